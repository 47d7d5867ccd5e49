"""A mapping from its file: read, shaped, and every name in it checked against the reform model."""

import os
from collections.abc import Iterator
from functools import cache
from importlib import resources
from pathlib import Path as FilePath
from typing import Any, get_args

from pydantic import BaseModel

from openreform.loading import shapes, yaml_events
from openreform.loading.files import bundled, text_at, unsound
from openreform.loading.yaml_events import Mapping, Path, locate
from openreform.mapping import NAMES, Column, Heading, SourceMapping
from openreform.messages.problems import FIXES, WHAT
from openreform.problems import Problem, problem
from openreform.reform import COUNTRIES, IRM_CODES, PartialDate, Reform, ReformField, fields_of, find_field

_BUNDLED = "openreform.mappings"
_KEY = "mapping"
LANGUAGES = ("en", "es", "fr", "pt")
"""For examples; phrases may be given in any language."""
_NOT_FOR_COLUMNS = (
    "openreform", "frameworks", "undescribed", "none_found", "not_applicable", "judgements", "exceptions", "assessed", "irm",
)  # fmt: skip
"""What a table cannot say of itself, or says code by code."""


def bundled_mappings() -> list[str]:
    """The ids of the mappings that come with the tool."""
    return bundled(_BUNDLED)


def load_mapping(name_or_path: str) -> SourceMapping | list[Problem] | None:
    """A bundled mapping by name, or one from a path; None if there is neither."""
    if name_or_path in bundled_mappings():
        return load_bundled_mapping(name_or_path)
    if not os.path.exists(name_or_path):  # noqa: PTH110  # no error for a name too long to be a path
        return None
    text = text_at(name_or_path)
    return [text] if isinstance(text, Problem) else parse_mapping(text, FilePath(name_or_path).as_posix())


@cache
def load_bundled_mapping(name: str) -> SourceMapping:
    """A mapping that comes with the tool.

    Raises:
        ValueError: it is not sound; a bug of ours that the tests rule out.
    """
    text = (resources.files(_BUNDLED) / f"{name}.yaml").read_text(encoding="utf-8")
    loaded = parse_mapping(text, f"{name}.yaml")
    if isinstance(loaded, list):
        raise unsound(loaded)
    return loaded


def parse_mapping(text: str, path: str) -> SourceMapping | list[Problem]:
    """The mapping in a text, or everything wrong with it."""
    root, problems = yaml_events.read(text, path)
    if problems:
        return sorted(problems)
    if not isinstance(root, Mapping) or _KEY not in root:
        what = WHAT["no-mapping-field" if isinstance(root, Mapping) else "no-mapping"]
        return [problem("mapping-unreadable", path, (1, 1), what_=what)]
    mapping, problems = shapes.build(SourceMapping, root, path, _lookup)
    if mapping is None:
        return problems
    problems = sorted(set(_check(mapping, root, path)))
    if problems:
        return problems
    if mapping.headings_of:
        shared = load_bundled_mapping(mapping.headings_of)
        mapping = mapping.model_copy(update={"headings": (*mapping.headings, *shared.headings)})
    return mapping


def _lookup(dotted: str) -> tuple[tuple[str, ...], tuple[str, ...], str]:
    """The fields of a part of a mapping; the names of columns on the way are the author's own."""
    if dotted.endswith("phrases"):
        return LANGUAGES, (), ""
    model: type[BaseModel] = SourceMapping
    values: tuple[str, ...] = ()
    steps = dotted.split(".") if dotted else []
    while steps:
        info = model.model_fields.get(steps.pop(0))
        if info is None:
            return (), (), ""
        inner = next(_models_in(info.annotation), None)
        values = tuple(_values_in(info.annotation))
        if inner is None:
            return (), values, ""
        model = inner
        if "dict" in str(info.annotation) and steps:
            # A column's name may hold dots; what follows it is the last known field.
            steps = steps[-1:] if steps[-1] in model.model_fields else []
    return tuple(model.model_fields), values, ""


def _models_in(annotation: Any) -> Iterator[type[BaseModel]]:
    if isinstance(annotation, type) and issubclass(annotation, BaseModel):
        yield annotation
    for part in get_args(annotation):
        yield from _models_in(part)


def _values_in(annotation: Any) -> Iterator[str]:
    for part in get_args(annotation):
        if isinstance(part, str | int):
            yield str(part)
        else:
            yield from _values_in(part)


# --- Names that mean something ------------------------------------------------------------------------------


def _check(mapping: SourceMapping, root: Mapping, path: str) -> Iterator[Problem]:
    for name, column in mapping.columns.items():
        yield from _column(column, "", ("columns", name), root, path)
    for index, listed in enumerate(mapping.lists):
        field = find_field(listed.to)
        if field is None or field.kind != "elements" or listed.to in _NOT_FOR_COLUMNS:
            yield _unknown(listed.to, _lists(), ("lists", index, "to"), root, path)
            continue
        for name, column in listed.columns.items():
            yield from _column(column, listed.to, ("lists", index, "columns", name), root, path)
    for index, heading in enumerate(mapping.headings):
        at: Path = ("headings", index)
        yield from _heading(heading, at, root, path)
    for name, value in mapping.constants.items():
        yield from _constant(name, value, root, path)
    if mapping.headings_of and mapping.headings_of not in bundled_mappings():
        yield _unknown(mapping.headings_of, bundled_mappings(), ("headings_of",), root, path)
    named = {part.to for part in (*mapping.columns.values(), *mapping.headings)}
    if mapping.columns and "title" not in {*named, *mapping.constants} and not mapping.headings_of:
        yield problem("mapping-without-title", path, locate(root, ("columns",)))
    if not (mapping.columns or mapping.headings or mapping.headings_of):
        yield problem("mapping-empty", path, locate(root, ("id",)))


def _constant(name: str, value: str | int | bool, root: Mapping, path: str) -> Iterator[Problem]:
    """A constant is read as a field is: it must be one of the values, a country, a date."""
    values = _target(name, "")
    field = find_field(name)
    at: Path = ("constants", name)
    if values is None:
        yield _unknown(name, _targets(""), at, root, path)
    elif values and value not in values:
        fix = shapes.suggest(str(value), [str(known) for known in values])
        yield problem("value-unknown", path, locate(root, at), value=str(value), field_=name, fix_=fix)
    elif name == "country" and value not in COUNTRIES:
        yield problem("bad-country", path, locate(root, at), value=str(value), fix_=FIXES["country-two-letters"])
    elif field is not None and field.kind == "date" and not _is_date(value):
        yield problem("bad-date", path, locate(root, at), value=str(value), fix_="")


def _is_date(value: object) -> bool:
    try:
        PartialDate.read(value)
    except ValueError:
        return False
    return True


def _heading(heading: Heading, at: Path, root: Mapping, path: str) -> Iterator[Problem]:
    if heading.columns and heading.to and find_field(heading.to) is not None:
        field = find_field(heading.to)
        if field is None or field.kind != "elements":
            yield _unknown(heading.to, _lists(), (*at, "to"), root, path)
            return
        for index, column in enumerate(heading.columns):
            yield from _column(column, heading.to, (*at, "columns", index), root, path)
    else:
        yield from _column(heading, "", at, root, path)


def _column(column: Column, section: str, at: Path, root: Mapping, path: str) -> Iterator[Problem]:
    if column.to is None:
        return
    values = _target(column.to, section)
    if values is None:
        yield _unknown(column.to, _targets(section), (*at, "to"), root, path)
        return
    for word, value in column.values.items():
        if values and value not in values:
            fix = shapes.suggest(str(value), [str(known) for known in values])
            yield problem(
                "value-unknown", path, locate(root, (*at, "values", word)), value=str(value), field_=column.to, fix_=fix
            )


def _target(to: str, section: str) -> tuple[str | bool, ...] | None:
    """The values a column may take there, none if they are free; None if no column can go there."""
    if not section and to.startswith("irm."):
        values = IRM_CODES.get(to.removeprefix("irm."))
        return None if values is None else values or (True, False)
    if not section and to in NAMES:
        return ()
    if to.partition(".")[0] in _NOT_FOR_COLUMNS and not section:
        return None
    field = find_field(to, section)
    if field is None or not _is_plain(field) or (not section and _within_a_list(to)):
        return None
    return field.values if field.kind == "choice" else (True, False) if field.kind == "yes-no" else ()


def _is_plain(field: ReformField) -> bool:
    return field.kind not in {"group", "elements", "codes", "reference"}


def _within_a_list(to: str) -> bool:
    first = find_field(to.partition(".")[0])
    return first is None or first.kind == "elements"


def _lists() -> list[str]:
    """The lists whose entries a table or a list of records can fill."""
    return [
        name for name, part in fields_of(Reform).items() if part.kind == "elements" and name not in _NOT_FOR_COLUMNS
    ]


def _targets(section: str) -> list[str]:
    """Where a column can go: for a suggestion."""
    if section:
        field = find_field(section)
        inside = fields_of(field.model, section) if field and field.model else {}
        return [name for name, part in inside.items() if _is_plain(part)]
    top = [name for name, part in fields_of(Reform).items() if _is_plain(part) and name not in _NOT_FOR_COLUMNS]
    groups = [
        f"{name}.{inner}"
        for name, part in fields_of(Reform).items()
        if part.kind == "group" and part.model and name not in _NOT_FOR_COLUMNS
        for inner, field in fields_of(part.model, name).items()
        if _is_plain(field)
    ]
    return [*top, *groups, *NAMES, *(f"irm.{code}" for code in IRM_CODES)]


def _unknown(name: str, known: list[str], at: Path, root: Mapping, path: str) -> Problem:
    fix = shapes.suggest(name, known, "known-fields") if known else FIXES["text-one"]
    return problem("mapping-target", path, locate(root, at), field=name, fix_=fix)
