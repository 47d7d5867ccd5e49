"""A document that grows in memory: what it says, with what is added."""

import json
from collections.abc import Callable, Iterator, Sequence
from typing import Any

from pydantic import BaseModel, ValidationError

from openreform.framework import Criterion, Framework
from openreform.kinds import kind_called
from openreform.reform import DocumentKind, fields_of
from openreform.route import Addition
from openreform.scoring.levels import reach
from openreform.scoring.reading import Reader, normal

Build = Callable[[Any], Reader]
"""Reads what is described as an assessment would."""


class Draft:
    """A document that grows: what it says, with everything written so far."""

    def __init__(self, reform: Any, framework: Framework, build: Build) -> None:
        self.reform, self.build = reform, build
        self.kind: DocumentKind[Any] = kind_called(framework.applies_to)
        self.written: list[Addition] = []
        self.texts = {normal(text) for text in texts_in(reform)}

    def level(self, criterion: Criterion, reform: Any = None) -> int:
        """The level of a promise, in what is written so far or in something else; 0 if it is not assessed."""
        return reach(criterion, self.build(self.reform if reform is None else reform))[0].level or 0

    def with_all(self, additions: Sequence[Addition]) -> Any:
        """The reform with something added; None if that is no sound document."""
        reform = self.reform
        try:
            for addition in additions:
                reform = added(reform, addition.path, addition.value)
        except ValidationError:
            return None
        return reform

    def write(self, additions: Sequence[Addition]) -> None:
        """Keep something."""
        self.reform = self.with_all(additions)
        self.written += additions
        self.texts |= {normal(text) for addition in additions for text in texts_in(addition.value)}


def added(holder: Any, path: tuple[str | int | None, ...], value: Any) -> Any:
    """A part of a document with something added further in."""
    name, rest = str(path[0]), path[1:]
    held = getattr(holder, name)
    model: type[BaseModel] = type(holder)
    known = fields_of(model)[name]
    if not rest:
        return _with(holder, name, _piece(model, name, value))
    if rest[0] is None:
        return _with(holder, name, (*held, *_piece(model, name, [value])))
    if isinstance(rest[0], int):
        entries = list(held)
        entries[rest[0]] = added(entries[rest[0]], rest[1:], value)
        return _with(holder, name, tuple(entries))
    inner = known.model() if held is None and known.model else held
    return _with(holder, name, added(inner, rest, value))


def _with(holder: Any, name: str, value: Any) -> Any:
    changed: dict[str, Any] = {name: value}
    unknown = getattr(holder, "unknown", ())
    if any(part.partition(".")[0] == name for part in unknown):  # what is told is not unknown any more
        told = {name, *(f"{name}.{part}" for part in getattr(value, "model_fields_set", ()))}
        changed["unknown"] = tuple(part for part in unknown if part not in told)
    return holder.model_copy(update=changed)


def _piece(model: type[BaseModel], name: str, value: Any) -> Any:
    """A value as a field of a section holds it."""
    required = {"openreform": 1, "id": "x", "title": "x"} if "openreform" in model.model_fields else {}
    return getattr(model.model_validate_json(json.dumps({**required, name: value})), name)


def texts_in(value: Any) -> Iterator[str]:
    """Every text in plain values or in a part of a document."""
    if isinstance(value, str):
        yield value
    elif isinstance(value, BaseModel):
        for name in type(value).model_fields:
            yield from texts_in(getattr(value, name))
    elif isinstance(value, dict):
        for part in value.values():
            yield from texts_in(part)
    elif isinstance(value, list | tuple):
        for part in value:
            yield from texts_in(part)
