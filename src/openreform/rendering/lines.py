"""Lines of YAML to paste: what a step adds to a document, each in its section, with a remark where it goes."""

import json
import re
from collections.abc import Sequence
from typing import Any

from openreform.messages.steps import LINES
from openreform.plaintext import escape_json, visible
from openreform.reform import DocumentKind
from openreform.route import Addition

_PLAIN = re.compile(r"[^\W_](?:[^\n:#,\[\]{}&*!|>%@`\"'\\]*[^\s:#,\[\]{}&*!|>%@`\"'\\])?")
_NUMBER = re.compile(r"[-+.0-9_]+")
_DATE = re.compile(r"[0-9]{4}(?:-[0-9]{2}){1,2}")
_NAMES = ("title", "name", "organisation")
_BARE = frozenset({"true", "false", "null", "yes", "no", "on", "off", "y", "n"})


def lines_of(additions: Sequence[Addition], kind: DocumentKind[Any]) -> str:
    """The lines of some additions to a kind of document, block by block in their order, each ended by a line feed."""
    sections: dict[str, list[Addition]] = {}
    for addition in additions:
        sections.setdefault(str(addition.path[0]), []).append(addition)
    return "".join(f"{line}\n" for name, parts in sections.items() for line in _section(name, parts, kind))


def scalar(value: Any) -> str:
    """A value as YAML writes it on one line: plain where that is safe, in double quotes otherwise."""
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, int | float):
        return f"{value:.12g}"
    text = str(value)
    is_number = _NUMBER.fullmatch(text) and not _DATE.fullmatch(text)
    if _PLAIN.fullmatch(text) and not is_number and text.casefold() not in _BARE and visible(text) == text:
        return text
    return escape_json(json.dumps(text, ensure_ascii=False))


def _section(name: str, additions: list[Addition], kind: DocumentKind[Any]) -> list[str]:
    if len(additions[0].path) == 1:
        return [line for addition in additions for line in _field(name, addition.value, 0, _remark(addition))]
    if not any(addition.path[1] is None or isinstance(addition.path[1], int) for addition in additions):
        return [f"{name}:", *_inside(additions, 1, 2)]
    lines = [f"{name}:"]
    named_by = next((each for each in _NAMES if kind.find(each, name)), _NAMES[0])
    entries: dict[object, list[Addition]] = {}
    for number, addition in enumerate(additions):
        key = addition.path[1]
        entries.setdefault(("new", number) if key is None else key, []).append(addition)
    for parts in entries.values():
        if parts[0].path[1] is None:
            lines += _entry(parts[0].value)
        else:
            lines += [_which(parts[0], named_by), *_inside(parts, 2, 4)]
    return lines


def _entry(value: Any) -> list[str]:
    if not isinstance(value, dict):
        return [f"  - {scalar(value)}"]
    lines = [line for name, part in value.items() for line in _field(name, part, 4)]
    return [f"  - {lines[0].lstrip()}", *lines[1:]] if lines else []


def _which(addition: Addition, named_by: str) -> str:
    """The line that tells into which entry the next ones go."""
    entry = addition.entry
    if entry is None:
        return "  -"
    named = f"id: {scalar(entry.key)}" if entry.key else f"{named_by}: {scalar(entry.name)}"
    remark = LINES["into"].format(line=entry.line) if entry.line else LINES["into-new"]
    return f"  - {named}  # {remark}"


def _inside(additions: list[Addition], depth: int, indent: int) -> list[str]:
    """Fields to add to something that is there, or to a group."""
    lines: list[str] = []
    groups: dict[str, list[Addition]] = {}
    for addition in additions:
        groups.setdefault(str(addition.path[depth]), []).append(addition)
    for name, parts in groups.items():
        if len(parts[0].path) == depth + 1:
            lines += [line for part in parts for line in _field(name, part.value, indent, _remark(part))]
        elif parts[0].path[depth + 1] is None:
            lines += _field(name, [part.value for part in parts], indent, LINES["besides"])
        else:
            lines += [f"{' ' * indent}{name}:", *_inside(parts, depth + 1, indent + 2)]
    return lines


def _remark(addition: Addition) -> str:
    return "" if addition.was is None else LINES["was"].format(was=visible(scalar(plain(addition.was))))


def plain(value: Any) -> Any:
    """What a field holds, as it is written."""
    return value if isinstance(value, bool | int | float | str) else getattr(value, "text", str(value))


def _field(name: str, value: Any, indent: int, remark: str = "") -> list[str]:
    before, after = " " * indent, f"  # {remark}" if remark else ""
    if isinstance(value, dict):
        inner = [line for key, part in value.items() for line in _field(key, part, indent + 2)]
        return [f"{before}{name}:{after}", *inner]
    if isinstance(value, list) and any(isinstance(part, dict) for part in value):
        return [f"{before}{name}:{after}", *(f"{before}{line}" for part in value for line in _entry(part))]
    if isinstance(value, list):
        return [f"{before}{name}: [{', '.join(map(scalar, value))}]{after}"]
    return [f"{before}{name}: {scalar(value)}{after}"]
