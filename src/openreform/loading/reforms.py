"""A reform document from its text: read, shaped, and checked within itself."""

import hashlib
import re
from collections.abc import Iterator
from functools import cache
from typing import Any, NamedTuple

from pydantic import BaseModel

from openreform.loading import shapes, yaml_events
from openreform.loading.files import Found, may_be_ours, read_text
from openreform.loading.yaml_events import Mapping, Path, locate
from openreform.messages.fields import FIELDS
from openreform.messages.problems import FIXES
from openreform.problems import Position, Problem, problem
from openreform.reform import IRM_CODES, PartialDate, Reform, ReformField, all_fields, fields_of, find_field, lists

FORMAT_KEY = "openreform"
# Within one line each: what could run on over all the lines below would be tried again on every one of them.
_SLIP = re.compile(r"^[^\w\n]*open-?\w*[^\S\n]*:", re.IGNORECASE | re.MULTILINE)
_KEY = re.compile(r"^[\"']?openreform[\"']?[^\S\n]*:", re.MULTILINE)


class Document(NamedTuple):
    """A valid reform, where it came from, and where its parts stand in the file."""

    reform: Reform
    path: str
    digest: str
    root: Mapping

    def locate(self, path: Path) -> Position:
        """Line and column of a part of the document, or of the nearest part it has."""
        return locate(self.root, path)


class Skipped(NamedTuple):
    """A YAML file in a folder that is no reform document; `near` is the key that looks like a slip, if any."""

    path: str
    near: str | None


def load_reform(found: Found) -> Document | Skipped | list[Problem]:
    """The reform in a file; what to skip in a folder; or everything wrong with it."""
    text = read_text(found)
    if isinstance(text, Problem):
        return [text] if found.named or may_be_ours(found) else Skipped(found.shown, None)
    return parse_reform(text[0], found.shown, named=found.named, raw=text[1])


def parse_reform(
    text: str, path: str, *, named: bool = True, raw: bytes | None = None
) -> Document | Skipped | list[Problem]:
    """The reform in a text.

    Args:
        text: the document.
        path: its name, for problems and reports.
        named: whether the person named this very file; one found in a folder may be something else, and is skipped.
        raw: the bytes the digest is taken of; those of the text if left out.
    """
    root, problems = yaml_events.read(text, path)
    if problems:
        if not named and not _KEY.search(text):
            return Skipped(path, None)
        if not _SLIP.search(text) and all(found.code.startswith(("yaml-", "more-")) for found in problems):
            return [problem("not-yaml", path, (1, 1))]
        return sorted(problems)
    if not isinstance(root, Mapping):
        if not named:
            return Skipped(path, None)
        if root is None:
            return [problem("empty", path)]
        return [problem("not-a-mapping", path, (1, 1), what_=yaml_events.kind_of(root))]
    if FORMAT_KEY not in root:
        if not named:
            return Skipped(path, shapes.nearest(FORMAT_KEY, [key for key in root if key.casefold().startswith("open")]))
        return [problem("not-a-reform", path, (1, 1))]
    reform, problems = shapes.build(Reform, root, path, _lookup)
    if reform is None:
        sound = shapes.build_what_stands(Reform, root, _lookup)
        return sorted([*problems, *(_inner_problems(sound, root, path) if sound else ())])
    problems = _inner_problems(reform, root, path)
    if problems:
        return problems
    digest = hashlib.sha256(text.encode() if raw is None else raw).hexdigest()
    return Document(reform, path, f"sha256:{digest}", root)


def _lookup(dotted: str) -> tuple[tuple[str, ...], tuple[str, ...], str]:
    field = find_field(dotted) if dotted else None
    if not dotted:
        return tuple(fields_of(Reform)), (), ""
    section, _, code = dotted.partition(".")
    if section == "irm":
        return (tuple(IRM_CODES), (), FIELDS["irm"]) if not code else ((), IRM_CODES.get(code, ()), "")
    if field is None:
        return (), (), ""
    names = tuple(fields_of(field.model, field.path)) if field.model else ()
    return names, field.values, FIELDS.get(field.path, "")


# --- Within the document ----------------------------------------------------------------------------------


def _inner_problems(reform: Reform, root: Mapping, path: str) -> list[Problem]:
    """What is wrong within a well-shaped document, as far as one can read it."""
    return shapes.first_of(_all_inner_problems(reform, root, path), path)


def _all_inner_problems(reform: Reform, root: Mapping, path: str) -> Iterator[Problem]:
    yield from _ids(reform, root, path)
    yield from _references(reform, (), "", _known_ids(reform), root, path)
    yield from _unknowns(reform, root, path)
    for index, section in enumerate(reform.undescribed):
        if getattr(reform, section):
            yield problem("undescribed-described", path, locate(root, ("undescribed", index)), field=section)
    yield from _dates(reform, root, path)


@cache
def _lists_with(name: str) -> tuple[str, ...]:
    """The lists whose entries have a field of that name."""
    return tuple(section for section in lists() if find_field(name, section))


def _ids(reform: Reform, root: Mapping, path: str) -> Iterator[Problem]:
    for section in _lists_with("id"):
        seen: set[str] = set()
        for index, element in enumerate(getattr(reform, section)):
            ident = element.id
            if ident in seen:
                yield problem("id-twice", path, locate(root, (section, index, "id")), id=ident, field_=section)
            elif ident is not None:
                seen.add(ident)


Known = dict[str, dict[str, None]]
"""The ids of each section, in their order."""


def _known_ids(reform: Reform) -> Known:
    return {
        section: {element.id: None for element in getattr(reform, section) if element.id is not None}
        for section in _lists_with("id")
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
def _that_may_be_unknown(section: str) -> tuple[str, ...]:
    inside = (name.removeprefix(f"{section}.") for name in all_fields() if name.startswith(f"{section}."))
    return tuple(name for name in inside if name.split(".")[0] not in _ALWAYS_KNOWN)


def _unknowns(reform: Reform, root: Mapping, path: str) -> Iterator[Problem]:
    for section in _lists_with("unknown"):
        names = _that_may_be_unknown(section)
        for index, element in enumerate(getattr(reform, section)):
            for number, name in enumerate(element.unknown):
                place = locate(root, (section, index, "unknown", number))
                if name not in names:
                    yield problem("unknown-unknown", path, place, field=name, fix_=shapes.suggest(name, names))
                elif _given(element, name) and not all_fields()[f"{section}.{name}"].many:
                    yield problem("unknown-given", path, place, field=name)


def _given(element: Any, name: str) -> bool:
    for step in name.split("."):
        element = getattr(element, step, None)
    return element is not None and element != ()


def _dates(reform: Reform, root: Mapping, path: str) -> Iterator[Problem]:
    pairs: list[tuple[PartialDate | None, PartialDate | None, Path, str, str]] = [
        (reform.start, reform.end, ("end",), "start", "end"),
    ]
    if reform.plan:
        pairs.append((reform.plan.start, reform.plan.end, ("plan", "end"), "plan.start", "plan.end"))
    for index, milestone in enumerate(reform.milestones):
        pairs.append((milestone.start, milestone.due, ("milestones", index, "due"), "start", "due"))
    for start, end, at, start_name, end_name in pairs:
        if start and end and end.last < start.first:
            yield problem("end-before-start", path, locate(root, at), start_=start_name, end_=end_name)
