"""The evidence a document lists, and what in it rests on each."""

from collections.abc import Iterator

from pydantic import BaseModel

from openreform.assessment import Evidence, Place
from openreform.scoring.reading import Reader

_LIST = "evidence"


def listed_evidence(reader: Reader) -> tuple[Evidence, ...]:
    """Every entry under `evidence`, in its order, each with the entries of the document that name it."""
    supports: dict[str, list[Place]] = {}
    for section, fields in _fields_that_name_evidence(reader).items():
        for place, part in _parts(reader, section):
            for named in dict.fromkeys(name for field in fields for name in _named(part, field)):
                supports.setdefault(named, []).append(place)
    return tuple(
        Evidence(
            item.id,
            item.title,
            item.kind,
            item.publisher,
            item.url,
            item.date.text if item.date else None,
            item.independent,
            reader.place(_LIST, index),
            tuple(sorted(supports.get(item.id or "", ()), key=lambda place: (place.line, place.column))),
        )
        for index, item in enumerate(reader.reform.evidence)
    )


def _fields_that_name_evidence(reader: Reader) -> dict[str, list[list[str]]]:
    """By section, the fields in it that hold the id of evidence; each as the names that lead to it."""
    fields: dict[str, list[list[str]]] = {}
    for field in reader.kind.fields.values():
        if field.refers_to == _LIST:
            section, *rest = field.path.split(".")
            fields.setdefault(section, []).append(rest)
    return fields


def _parts(reader: Reader, section: str) -> Iterator[tuple[Place, object]]:
    """The entries of a section that is a list, those of one that is a map of ids, or the section itself."""
    held = getattr(reader.reform, section)
    if isinstance(held, tuple):
        yield from ((reader.place(section, index), entry) for index, entry in enumerate(held))
    elif isinstance(held, dict):
        for name, entry in held.items():
            yield Place(f"{section}.{name}", name, *reader.locate((section, name)), name), entry
    elif held is not None:
        yield reader.place(section), held


def _named(part: object, path: list[str]) -> Iterator[str]:
    """The ids a field holds, one or several."""
    for name in path:
        part = getattr(part, name, None) if isinstance(part, BaseModel) else None
    if isinstance(part, tuple):
        yield from part
    elif isinstance(part, str):
        yield part
