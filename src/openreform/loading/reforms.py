"""A document from its text, a reform or a plan: read, shaped, and checked within itself."""

import hashlib
import re
from collections.abc import Iterator
from functools import cache
from typing import Any, Generic, NamedTuple

from pydantic import BaseModel

from openreform.framework import DEFAULT_FRAMEWORKS
from openreform.kinds import KINDS
from openreform.loading import shapes, yaml_events
from openreform.loading.files import Found, may_be_ours, read_text, speaks_of_us, text_of
from openreform.loading.filling import FILL_KEY, ToFill, take_out
from openreform.loading.yaml_events import Mapping, Path, locate
from openreform.messages.problems import FIXES
from openreform.problems import Position, Problem, problem
from openreform.reform import IRM_CODES, REFORM, DescribedT, DocumentKind, PartialDate, Reform, ReformField, fields_of

FORMAT_KEY = "openreform"
KIND_KEY = "document"
# Within one line each: what could run on over all the lines below would be tried again on every one of them.
_SLIP = re.compile(r"^[^\w\n]*open-?\w*[^\S\n]*:", re.IGNORECASE | re.MULTILINE)
_KEY = re.compile(r"^[\"']?openreform[\"']?[^\S\n]*:", re.MULTILINE)


class Document(NamedTuple, Generic[DescribedT]):
    """A valid document: what it describes, where it came from, where its parts stand in the file, and what is to be filled in."""

    reform: DescribedT
    path: str
    digest: str
    root: Mapping
    to_fill: tuple[ToFill, ...] = ()

    def locate(self, path: Path) -> Position:
        """Line and column of a part of the document, or of the nearest part it has."""
        return locate(self.root, path)


class Skipped(NamedTuple):
    """A YAML file in a folder that is not to be assessed.

    near: the key that looks like a slip, if it is no document of ours. kind: what it describes, if that is another kind.
    """

    path: str
    near: str | None = None
    kind: str | None = None


def load_document(
    found: Found, kind: DocumentKind[DescribedT], *, filled: bool = False
) -> Document[DescribedT] | Skipped | list[Problem]:
    """The document of one kind in a file; what to skip in a folder; or everything wrong with it. `filled` as below."""
    text = read_text(found)
    if isinstance(text, Problem):
        return [text] if found.named or may_be_ours(found) else Skipped(found.shown)
    return parse_document(text[0], found.shown, kind, named=found.named, raw=text[1], filled=filled)


def parse_bytes(
    raw: bytes, path: str, kind: DocumentKind[DescribedT], *, named: bool
) -> Document[DescribedT] | Skipped | list[Problem]:
    """What `load_document` makes of a file whose bytes were read elsewhere, of which at most one too many."""
    text = text_of(raw, path)
    if isinstance(text, Problem):
        return [text] if named or speaks_of_us(raw) else Skipped(path)
    return parse_document(text, path, kind, named=named, raw=raw)


def parse_reform(text: str, path: str, *, named: bool = True) -> Document[Reform] | Skipped | list[Problem]:
    """The reform in a text; see `parse_document`."""
    return parse_document(text, path, REFORM, named=named)


def parse_document(
    text: str,
    path: str,
    kind: DocumentKind[DescribedT],
    *,
    named: bool = True,
    raw: bytes | None = None,
    filled: bool = False,
) -> Document[DescribedT] | Skipped | list[Problem]:
    """The document of one kind in a text.

    Args:
        text: the document.
        path: its name, for problems and reports.
        kind: what it is to describe.
        named: whether the person named this very file; one found in a folder may be something else, and is skipped.
        raw: the bytes the digest is taken of; those of the text if left out.
        filled: whether to read what is still to be filled in (`to_fill`) as if it was.
    """
    root, problems = yaml_events.read(text, path)
    if problems:
        if not named and not _KEY.search(text):
            return Skipped(path)
        if not _SLIP.search(text) and all(found.code.startswith(("yaml-", "more-")) for found in problems):
            return [problem("not-yaml", path, (1, 1))]
        return sorted(problems)
    if not isinstance(root, Mapping):
        if not named:
            return Skipped(path)
        if root is None:
            return [problem("empty", path)]
        return [problem("not-a-mapping", path, (1, 1), what_=yaml_events.kind_of(root))]
    if FORMAT_KEY not in root:
        if not named:
            return Skipped(path, shapes.nearest(FORMAT_KEY, [key for key in root if key.casefold().startswith("open")]))
        return [problem("not-a-reform", path, (1, 1))]
    other = _another_kind(root, path, kind, named=named)
    if other is not None:
        return other
    to_fill, problems, others = take_out(root, path, filled=filled) if FILL_KEY in root else ((), [], {})
    lookup = _lookup_in(kind)
    described, more = shapes.build(kind.model, root, path, lookup)
    problems += more
    if described is None:
        sound = shapes.build_what_stands(kind.model, root, lookup)
        return sorted([*problems, *(_inner_problems(sound, kind, root, path, others) if sound else ())])
    problems += _inner_problems(described, kind, root, path, others)
    if problems:
        return sorted(problems)
    digest = hashlib.sha256(text.encode() if raw is None else raw).hexdigest()
    return Document(described, path, f"sha256:{digest}", root, to_fill)


def _another_kind(
    root: Mapping, path: str, kind: DocumentKind[DescribedT], *, named: bool
) -> Skipped | list[Problem] | None:
    """What to do if the document says that it is of another kind; what it says of that is then taken out of it."""
    at = locate(root, (KIND_KEY if KIND_KEY in root else FORMAT_KEY,))
    said = root.pop(KIND_KEY, None)
    if said is None:
        said = REFORM.name
    if said == kind.name:
        return None
    if said not in KINDS:
        if not isinstance(said, str):
            return [shapes.wrong_kind("string_type", said, KIND_KEY, path, at)]
        return [problem("document-unknown", path, at, value=said)]
    if not named:
        return Skipped(path, kind=said)
    return [problem(f"{said}-not-{kind.name}", path, at, framework_=DEFAULT_FRAMEWORKS[said])]


@cache
def _lookup_in(kind: DocumentKind[DescribedT]) -> shapes.Lookup:
    """Tells the fields, values and meaning of a dotted field of a kind of document."""

    def lookup(dotted: str) -> tuple[tuple[str, ...], tuple[str, ...], str]:
        field = kind.find(dotted) if dotted else None
        if not dotted:
            first, *others = kind.top
            return (first, KIND_KEY, *others, FILL_KEY), (), ""
        head, _, code = dotted.partition(".")
        section = kind.find(head)
        if section is not None and section.kind == "codes":
            return (tuple(IRM_CODES), (), kind.words[head]) if not code else ((), IRM_CODES.get(code, ()), "")
        if field is None and section is not None and section.model:  # a map of ids: what stands below one of them
            inner = code.partition(".")[2]
            if not inner:
                return tuple(fields_of(section.model, head)), (), ""
            field = kind.find(f"{head}.{inner}")
        if field is None:
            return (), (), ""
        names = tuple(fields_of(field.model, field.path)) if field.model else ()
        return names, field.values, kind.words.get(field.path, "")

    return lookup


# --- Within the document ----------------------------------------------------------------------------------


def _inner_problems(
    described: Any, kind: DocumentKind[Any], root: Mapping, path: str, others: "Known"
) -> list[Problem]:
    """What is wrong within a well-shaped document, as far as one can read it; `others` are ids of what is to be filled in."""
    return shapes.first_of(_all_inner_problems(described, kind, root, path, others), path)


def _all_inner_problems(
    described: Any, kind: DocumentKind[Any], root: Mapping, path: str, others: "Known"
) -> Iterator[Problem]:
    yield from _ids(described, kind, root, path)
    known = _known_ids(described, kind)
    known |= {section: {**known.get(section, {}), **ids} for section, ids in others.items()}
    yield from _references(described, (), "", known, root, path)
    yield from _unknowns(described, kind, root, path)
    for index, section in enumerate(described.undescribed):
        if getattr(described, section):
            yield problem("undescribed-described", path, locate(root, ("undescribed", index)), field=section)
    yield from _dates(described, kind, root, path)


@cache
def _lists_with(name: str, kind: DocumentKind[Any]) -> tuple[str, ...]:
    """The lists whose entries have a field of that name."""
    return tuple(section for section in kind.lists if kind.find(name, section))


def _ids(described: Any, kind: DocumentKind[Any], root: Mapping, path: str) -> Iterator[Problem]:
    for section in _lists_with("id", kind):
        seen: set[str] = set()
        for index, element in enumerate(getattr(described, section)):
            ident = element.id
            if ident in seen:
                yield problem("id-twice", path, locate(root, (section, index, "id")), id=ident, field_=section)
            elif ident is not None:
                seen.add(ident)


Known = dict[str, dict[str, None]]
"""The ids of each section, in their order."""


def _known_ids(described: Any, kind: DocumentKind[Any]) -> Known:
    return {
        section: {element.id: None for element in getattr(described, section) if element.id is not None}
        for section in _lists_with("id", kind)
    }


@cache
def _that_refer(model: type[BaseModel], under: str) -> tuple[ReformField, ...]:
    """The fields of a section that hold ids, or that hold fields which do."""
    fields = fields_of(model, under).values()
    return tuple(f for f in fields if f.refers_to or (f.model is not None and _that_refer(f.model, f.path)))


def _references(model: BaseModel, at: Path, under: str, known: Known, root: Mapping, path: str) -> Iterator[Problem]:
    for field in _that_refer(type(model), under):
        value = getattr(model, field.name)
        if not value:
            continue
        here = (*at, field.name)
        if field.refers_to:
            yield from _reference(field, value, here, known, root, path)
        elif isinstance(value, BaseModel):
            yield from _references(value, here, field.path, known, root, path)
        elif field.model is not None:
            parts = value.items() if isinstance(value, dict) else enumerate(value or ())
            for key, part in parts:
                yield from _references(part, (*here, key), field.path, known, root, path)


def _reference(field: ReformField, value: Any, at: Path, known: Known, root: Mapping, path: str) -> Iterator[Problem]:
    section = field.refers_to or ""
    ids = known.get(section, {})
    for index, ident in enumerate(value if field.many else (value,)):
        if ident not in ids:
            place = locate(root, (*at, index) if field.many else at)
            fix = shapes.suggest(ident, ids) if ids else FIXES["no-entries"].format(field_=field.name)
            yield problem("reference-unknown", path, place, field_=field.name, id=ident, list_=section, fix_=fix)


_ALWAYS_KNOWN = {"id", "title", "unknown", "status", "evidence", "milestone"}


@cache
def _that_may_be_unknown(section: str, kind: DocumentKind[Any]) -> tuple[str, ...]:
    inside = (name.removeprefix(f"{section}.") for name in kind.fields if name.startswith(f"{section}."))
    return tuple(name for name in inside if name.split(".")[0] not in _ALWAYS_KNOWN)


def _unknowns(described: Any, kind: DocumentKind[Any], root: Mapping, path: str) -> Iterator[Problem]:
    for section in _lists_with("unknown", kind):
        names = _that_may_be_unknown(section, kind)
        for index, element in enumerate(getattr(described, section)):
            for number, name in enumerate(element.unknown):
                place = locate(root, (section, index, "unknown", number))
                if name not in names:
                    yield problem("unknown-unknown", path, place, field=name, fix_=shapes.suggest(name, names))
                elif _given(element, name) and not kind.fields[f"{section}.{name}"].many:
                    yield problem("unknown-given", path, place, field=name)


def _given(element: Any, name: str) -> bool:
    for step in name.split("."):
        element = getattr(element, step, None)
    return element is not None and element != ()


@cache
def _spans(kind: DocumentKind[Any]) -> tuple[tuple[str, str, str], ...]:
    """Where a beginning and an end stand together: the section, and the names of both."""
    sections = ("", *(field.name for field in kind.fields.values() if field.model and "." not in field.path))
    return tuple(
        (section, "start", last)
        for section in sections
        for last in ("end", "due")
        if kind.find("start", section) and kind.find(last, section)
    )


def _dates(described: Any, kind: DocumentKind[Any], root: Mapping, path: str) -> Iterator[Problem]:
    for section, first, last in _spans(kind):
        held = getattr(described, section) if section else described
        several = isinstance(held, tuple)
        for index, part in enumerate(held if several else () if held is None else (held,)):
            start: PartialDate | None = getattr(part, first)
            end: PartialDate | None = getattr(part, last)
            if start and end and end.last < start.first:
                at: Path = (section, index, last) if several else (section, last) if section else (last,)
                group = f"{section}." if section and not several else ""
                names = {"start_": f"{group}{first}", "end_": f"{group}{last}"}
                yield problem("end-before-start", path, locate(root, at), **names)
