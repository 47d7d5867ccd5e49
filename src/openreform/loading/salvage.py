"""A framework with mistakes, as far as it can be read, so that one mistake does not hide the others.

What is wrong is left blank and noted; what it held is not looked at again. Nothing made here is ever used for assessing.
"""

from functools import cache
from types import NoneType, UnionType
from typing import Annotated, Any, Literal, TypeVar, Union, get_args, get_origin

from pydantic import TypeAdapter, ValidationError

from openreform.framework import JOINING_OPERATORS, Conditions, Constraint, Part
from openreform.loading.yaml_events import Path

PartT = TypeVar("PartT", bound=Part)


def salvage(model: type[PartT], root: Any, broken: set[Path]) -> PartT:
    """A part of a framework with all that is sound in it.

    Args:
        model: which part.
        root: its values as read.
        broken: is filled with the places of what is wrong or missing.
    """
    return _part(model, root, (), broken)


def _part(model: type[PartT], value: Any, at: Path, broken: set[Path]) -> PartT:
    values = _values(model, value)
    if values is None:
        broken.add(at)
        values = {}
    model.model_rebuild()  # parts hold parts of their own kind, by name
    made: dict[str, Any] = {}
    for name, info in model.model_fields.items():
        key = info.alias or name
        here = at if model is Conditions and name == "fields" else (*at, key)
        if values.get(key) is not None:
            made[name] = _field(model, name, values[key], here, broken)
        elif info.is_required():
            made[name] = _blank(info.annotation)
            broken.add(here)
    return model.checked_before({name: part for name, part in made.items() if part is not _LEFT_OUT})


_LEFT_OUT = object()


def _values(model: type[Part], value: Any) -> dict[str, Any] | None:
    """The values of a part by field, its short forms written out; None if they are of no such shape."""
    if model is Constraint and not isinstance(value, dict):
        return {"equals": value}
    if not isinstance(value, dict):
        return None
    if model is Conditions:
        joined = {key: part for key, part in value.items() if key in JOINING_OPERATORS}
        return {**joined, "fields": {key: part for key, part in value.items() if key not in JOINING_OPERATORS}}
    return value


@cache
def _adapter(model: type[Part], name: str) -> TypeAdapter[Any]:
    return TypeAdapter(model.model_fields[name].rebuild_annotation())


def _field(model: type[Part], name: str, value: Any, at: Path, broken: set[Path]) -> Any:
    """A field's value; as much of it as is sound; or nothing, for one that may be left out."""
    info = model.model_fields[name]
    try:
        return _adapter(model, name).validate_python(value)
    except ValidationError:
        found = _inside(info.annotation, value, at, broken)
    if found is not _LEFT_OUT:
        return found
    broken.add(at)
    if name == "id" and isinstance(value, str):
        return value  # others may name it: that is no mistake of theirs
    return _blank(info.annotation) if info.is_required() else _LEFT_OUT


def _inside(annotation: Any, value: Any, at: Path, broken: set[Path]) -> Any:
    """What is sound inside a part, a list or a set of parts."""
    annotation = _bare(annotation)
    if isinstance(annotation, type) and issubclass(annotation, Part):
        return _part(annotation, value, at, broken)
    inner = get_args(annotation)
    if get_origin(annotation) is tuple and isinstance(value, list) and _is_part(inner[0]):
        return tuple(_inside(inner[0], each, (*at, number), broken) for number, each in enumerate(value))
    if get_origin(annotation) is dict and isinstance(value, dict) and _is_part(inner[1]):
        return {key: _inside(inner[1], each, (*at, key), broken) for key, each in value.items() if each is not None}
    if get_origin(annotation) is dict and isinstance(value, dict):
        return _sound_entries(annotation, value, at, broken)
    return _LEFT_OUT


def _sound_entries(annotation: Any, value: dict[str, Any], at: Path, broken: set[Path]) -> dict[str, Any]:
    """The entries of a set that hold by themselves, such as word lists."""
    adapter: TypeAdapter[dict[str, Any]] = TypeAdapter(annotation)
    sound: dict[str, Any] = {}
    for key, each in value.items():
        try:
            sound |= adapter.validate_python({key: each})
        except ValidationError:
            broken.add((*at, key))
    return sound


def _bare(annotation: Any) -> Any:
    """The type itself, without remarks on it, and without that there may be none."""
    while True:
        origin, inner = get_origin(annotation), get_args(annotation)
        if origin is Annotated:
            annotation = inner[0]
        elif origin in {Union, UnionType} and NoneType in inner:
            annotation = next(part for part in inner if part is not NoneType)
        else:
            return annotation


def _is_part(annotation: Any) -> bool:
    annotation = _bare(annotation)
    return isinstance(annotation, type) and issubclass(annotation, Part)


def _blank(annotation: Any) -> Any:
    """A value of the right kind that says nothing."""
    annotation = _bare(annotation)
    origin = get_origin(annotation)
    if origin is Literal:
        return get_args(annotation)[0]
    if origin is not None:
        return origin()
    return _part(annotation, {}, (), set()) if _is_part(annotation) else annotation()
