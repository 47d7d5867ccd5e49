"""Records in JSON: at a place the mapping names, with lists of their own where it says so."""

import json
from collections.abc import Iterator
from typing import Any, NoReturn

from openreform.importing.records import Cell, Entry, Record, SourceError
from openreform.mapping import SourceMapping

Step = str | int
Leaf = tuple[tuple[Step, ...], Any]


def read_json(text: str) -> Any:
    """The values of a JSON text.

    Raises:
        SourceError: it is no JSON, has a field twice, a number that is none, or is nested deeper than Python bears.
    """
    try:
        return json.loads(text, object_pairs_hook=_once, parse_constant=_no_constant)
    except json.JSONDecodeError as error:
        raise SourceError("json-unreadable", error.lineno, error.colno) from None
    except RecursionError:
        raise SourceError("json-too-deep") from None
    except ValueError:  # a number of thousands of digits
        raise SourceError("json-number") from None


def _once(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    held: dict[str, Any] = {}
    for name, value in pairs:
        if name in held:
            raise SourceError("json-field-twice", field=name)
        held[name] = value
    return held


def _no_constant(name: str) -> NoReturn:
    raise SourceError("json-constant", value=name)


def rows_of(tree: Any, mapping: SourceMapping) -> list[dict[str, Any]]:
    """The records: a list of objects at the place the mapping names, or at the top; one object alone is one record.

    Raises:
        SourceError: there is no such place, or something else stands there.
    """
    found = at(tree, mapping.records) if mapping.records else tree
    rows = found if isinstance(found, list) else [found]
    if not rows or not all(isinstance(row, dict) for row in rows):
        raise SourceError("json-no-records", place_=mapping.records or "/")
    return rows


def at(tree: Any, way: str) -> Any:
    """What stands at a dotted way from the top; None if nothing does."""
    for step in way.split("."):
        tree = tree.get(step) if isinstance(tree, dict) else None
    return tree


def first_record(tree: Any) -> tuple[str, dict[str, Any]]:
    """The first list of objects from the top, the way to it, and its first object; an object alone is a record itself."""
    if isinstance(tree, list):
        return "", next((row for row in tree if isinstance(row, dict)), {})
    if not isinstance(tree, dict):
        return "", {}
    for name, value in tree.items():
        if isinstance(value, list) and value and isinstance(value[0], dict):
            return name, value[0]
    return "", tree


def names_of(row: dict[str, Any]) -> list[str]:
    """The dotted ways to its values, without what stands in lists."""
    ways = (way for way, _ in _leaves(row, ()) if way)
    return list(dict.fromkeys(".".join(map(str, way)) for way in ways if all(isinstance(step, str) for step in way)))


def records(rows: list[dict[str, Any]], mapping: SourceMapping) -> Iterator[Record]:
    """A record for each object, its values by their dotted way; what a list of the mapping covers becomes entries."""
    for number, row in enumerate(rows, start=1):
        record = Record(number)
        entries: dict[tuple[int, tuple[Step, ...]], Entry] = {}
        for way, value in _leaves(row, ()):
            names = ".".join(step for step in way if isinstance(step, str))
            if names in mapping.leave_out:
                continue
            held = _entry_of(way, mapping)
            if held is None:
                record.cells.append(Cell(_shown(way), value, mapping.columns.get(names)))
                continue
            index, key, rest = held
            listed = mapping.lists[index]
            if (index, key) not in entries:
                entry = entries[index, key] = Entry([])
                record.lists.setdefault(listed.to, []).append(entry)
            inside = ".".join(step for step in rest if isinstance(step, str))
            entries[index, key].cells.append(Cell(f"{listed.each}.{inside}", value, listed.columns.get(inside)))
        _add_missing(record, mapping)
        yield record


def _add_missing(record: Record, mapping: SourceMapping) -> None:
    """Columns a record does not have count as empty, as in a table."""
    there = {cell.name for cell in record.cells}
    record.cells += [
        Cell(name, None, column) for name, column in mapping.columns.items() if column.to and name not in there
    ]
    for listed in mapping.lists:
        for entry in record.lists.setdefault(listed.to, []):
            held = {cell.name for cell in entry.cells}
            entry.cells += [
                Cell(f"{listed.each}.{name}", None, column)
                for name, column in listed.columns.items()
                if column.to and f"{listed.each}.{name}" not in held
            ]


def _leaves(value: Any, way: tuple[Step, ...]) -> Iterator[Leaf]:
    """Every value with the way to it; a list of plain values is one value."""
    if isinstance(value, dict) and value:
        for name, part in value.items():
            yield from _leaves(part, (*way, name))
    elif isinstance(value, list) and any(isinstance(part, dict | list) for part in value):
        for index, part in enumerate(value):
            yield from _leaves(part, (*way, index))
    else:
        yield way, value


def _entry_of(way: tuple[Step, ...], mapping: SourceMapping) -> tuple[int, tuple[Step, ...], tuple[Step, ...]] | None:
    """Which list of the mapping a value belongs to, which entry of it, and the way within the entry."""
    for index, listed in enumerate(mapping.lists):
        wanted = listed.each.split(".")
        names = 0
        for place, step in enumerate(way):
            if isinstance(step, str):
                if names == len(wanted):
                    return index, way[:place], way[place:]
                if step != wanted[names]:
                    break
                names += 1
            elif names == len(wanted) and place + 1 < len(way) and isinstance(way[place + 1], str):
                return index, way[: place + 1], way[place + 1 :]
    return None


def _shown(way: tuple[Step, ...]) -> str:
    shown = ""
    for step in way:
        shown += f"[{step + 1}]" if isinstance(step, int) else f".{step}" if shown else step
    return shown
