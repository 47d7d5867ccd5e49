"""YAML by libyaml's events: plain values, the place of every one of them, and problems in plain words.

Never `load` or `compose`: they recurse, and 100,000 open brackets crash the process. Events come one at a time, so
every bound is checked before the next is read.
"""

import re
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

import yaml
from yaml import events

from openreform.loading.yaml_errors import has_content, slip
from openreform.messages.problems import WHAT
from openreform.problems import Position, Problem, problem

MAX_BYTES = 1024 * 1024
MAX_DEPTH = 32
MAX_VALUES = 50_000
MOST_PROBLEMS = 100
"""Of one file; nobody reads more at a time, and each costs a search for the words to tell it in."""

Path = tuple[str | int, ...]
"""The way from the top of a document to a value: field names and list indexes from 0."""

_Loader = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
# Controls, and the line ends that YAML knows and editors do not show: they would shift every line number after them.
_FORBIDDEN = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\u2028\u2029\ud800-\udfff\ufffe\uffff]")
# Where files were joined: libyaml passes over it and then takes the line for indented.
_BYTE_ORDER_MARK = re.compile("^\ufeff", re.MULTILINE)
_NUMBER = re.compile(r"-?(?:0|[1-9][0-9]{0,14})(?:\.[0-9]{1,15})?")
_LOST = re.compile(r"\s+(#[^\s#].*)")
# A # after a space, or first of all, with no space after it. It begins with the sign itself: so Python leaps from # to #.
_TIGHT_COMMENT = re.compile(r"#(?<!\S#)[^\s#]")
_BARE_WORDS: dict[str, bool | None] = {"true": True, "false": False, "null": None, "~": None, "": None}


class Mapping(dict[str, Any]):
    """Fields and values, with the place of each field name and of each value."""

    __slots__ = ("keys_at", "values_at")

    def __init__(self) -> None:
        super().__init__()
        self.keys_at: dict[str, Position] = {}
        self.values_at: dict[str, Position] = {}


class Sequence(list[Any]):
    """Entries of a list, with the place of each."""

    __slots__ = ("values_at",)

    def __init__(self) -> None:
        super().__init__()
        self.values_at: list[Position] = []


@dataclass(slots=True)
class _Open:
    """A collection whose end has not come yet."""

    holder: Mapping | Sequence
    at: Position
    key: str | None = None
    key_at: Position = (0, 0)


@dataclass(slots=True)
class _Reading:
    """What has been read so far."""

    path: str
    lines: list[str]
    problems: list[Problem] = field(default_factory=list)
    left_out: int = 0
    root: Any = None
    stack: list[_Open] = field(default_factory=list)
    values: int = 0

    def report(self, code: str, position: Position, **details: object) -> None:
        """Note a problem; those nobody will read are only counted."""
        if len(self.problems) < MOST_PROBLEMS:
            self.problems.append(problem(code, self.path, position, **details))
        else:
            self.left_out += 1


class _StopError(Exception):
    """Reading further would tell the author nothing new."""


def read(text: str, path: str) -> tuple[Any, list[Problem]]:
    """The values of a YAML text, and everything wrong with it.

    Args:
        text: the whole document.
        path: the file's name, for problems.

    Returns:
        A `Mapping`, `Sequence`, text, number, bool or None, and the problems. With problems the value is not to be used.
    """
    # Python knows at once that all of a text is printable, and then nothing in it is forbidden.
    plain = text.replace("\n", "").isprintable()
    forbidden = None if plain else _FORBIDDEN.search(text) or _BYTE_ORDER_MARK.search(text)
    if forbidden:
        place = position_of(text, forbidden.start())
        return None, [problem("control-character", path, place, code_=_code(forbidden.group()))]
    if not _is_unusual(text):
        clean = _read_clean(text)
        if clean is not None:
            return clean, []
    reading = _Reading(path, text.split("\n"))
    try:
        for event in yaml.parse(_without_directives(reading, text), Loader=_Loader):
            _take(reading, event)
    except yaml.MarkedYAMLError as error:
        if "nesting depth" in (error.problem or ""):  # libyaml since 0.2.6 has a bound of its own, a thousand
            reading.report("yaml-too-deep", _place(error.problem_mark), limit_=MAX_DEPTH)
        else:
            reading.problems.append(slip(error, reading.lines, path, [part.at for part in reversed(reading.stack)]))
    except yaml.YAMLError:
        reading.problems.append(problem("yaml-other", path))
    except _StopError:
        pass
    if reading.left_out:
        reading.problems.append(problem("more-problems", path, count_=reading.left_out))
    return reading.root, reading.problems


def _is_unusual(text: str) -> bool:
    """Whether there is what the quick reading leaves to the thorough one: escapes, directives, comments with no space."""
    return "\\" in text or text.startswith("%") or "\n%" in text or _TIGHT_COMMENT.search(text) is not None


def _read_clean(text: str) -> Mapping | None:
    """The values of a text in which nothing is unusual, as in most; None at the first thing that needs a second look.

    It knows less than the reading below, which then tells what is wrong, and takes half the time.
    """
    events_of = _Loader(text)
    try:
        return _clean_values(events_of.get_event)
    except yaml.YAMLError:
        return None
    finally:
        events_of.dispose()


def _clean_values(next_event: Callable[[], Any]) -> Mapping | None:  # noqa: PLR0912  # one loop, run for every value
    root: Mapping | None = None
    outside: list[tuple[Any, Any, Position]] = []
    holder: Any = None
    key: str | None = None
    key_at: Position = (0, 0)
    values = documents = 0
    while True:
        event = next_event()
        kind = type(event)
        if kind is events.ScalarEvent or kind is events.MappingStartEvent or kind is events.SequenceStartEvent:
            values += 1
            if event.anchor is not None or event.tag is not None or values > MAX_VALUES:
                return None
            mark = event.start_mark
            at = (mark.line + 1, mark.column + 1)
            in_mapping = type(holder) is Mapping
            if kind is events.ScalarEvent:
                value: Any = event.value
                if in_mapping and key is None:
                    if value == "<<" or value in holder:
                        return None
                    key, key_at = value, at
                    continue
                if not event.style and event.implicit[0]:
                    value = _plain_value(value)
            elif in_mapping and key is None:
                return None
            else:
                value = Mapping() if kind is events.MappingStartEvent else Sequence()
            if in_mapping:
                holder[key] = value
                holder.keys_at[key] = key_at
                holder.values_at[key] = at
                key = None
            elif holder is not None:
                holder.append(value)
                holder.values_at.append(at)
            elif kind is events.MappingStartEvent:
                root = value
            else:
                return None
            if kind is not events.ScalarEvent:
                outside.append((holder, key, key_at))
                holder = value
                if len(outside) > MAX_DEPTH:
                    return None
        elif kind is events.MappingEndEvent or kind is events.SequenceEndEvent:
            holder, key, key_at = outside.pop()
        elif kind is events.DocumentStartEvent:
            documents += 1
            if event.version or event.tags or documents > 1:
                return None
        elif kind is events.AliasEvent:
            return None
        elif kind is events.StreamEndEvent:
            return root


def locate(root: Any, path: Path) -> Position:
    """The place of `path`, or of the nearest part of it that the document has.

    A value that is itself a set of fields or a list is placed at its field name, since that is where a reader looks.
    """
    place: Position = (1, 1)
    here = root
    for step in path:
        if isinstance(here, Mapping) and isinstance(step, str) and step in here:
            nested = isinstance(here[step], Mapping | Sequence)
            place = here.keys_at[step] if nested else here.values_at[step]
            here = here[step]
        elif isinstance(here, Sequence) and isinstance(step, int) and step < len(here):
            place = here.values_at[step]
            here = here[step]
        else:
            break
    return place


def position_of(text: str, index: int) -> Position:
    """Line and column of a character."""
    return text.count("\n", 0, index) + 1, index - (text.rfind("\n", 0, index) + 1) + 1


def kind_of(value: Any) -> str:
    """What a value is, in the catalogue's words."""
    if value is None:
        return WHAT["nothing"]
    if isinstance(value, bool):
        return WHAT["yes-no"]
    if isinstance(value, int | float):
        return WHAT["number"]
    if isinstance(value, str):
        return WHAT["text"]
    return WHAT["mapping"] if isinstance(value, dict) else WHAT["list"]


def _code(character: str) -> str:
    return f"{ord(character):04X}"


def _without_directives(reading: _Reading, text: str) -> str:
    """The text with the lines at its top that begin with % made comments.

    libyaml compares each %TAG with all before it, which for a megabyte of them takes it a minute.
    """
    lines = reading.lines.copy()
    for row, line in enumerate(lines):
        if line.startswith("%"):
            reading.report("yaml-directive", (row + 1, 1))
            lines[row] = f"#{line[1:]}"
        elif has_content(line):
            break
    return "\n".join(lines) if reading.problems else text


def _refuse_directives_after(reading: _Reading, end: events.DocumentEndEvent) -> None:
    """The same for lines that begin with % below the document, which libyaml would read before it says more."""
    after = range(end.end_mark.line if end.end_mark else 0, len(reading.lines))
    row = next((row for row in after if has_content(reading.lines[row])), None)
    if row is not None and reading.lines[row].startswith("%"):
        reading.report("yaml-directive", (row + 1, 1))
        raise _StopError


def _at(event: events.Event) -> Position:
    return _place(event.start_mark)


def _place(mark: Any) -> Position:
    return (mark.line + 1, mark.column + 1) if mark else (1, 1)


def _take(reading: _Reading, event: events.Event) -> None:
    match event:
        case events.ScalarEvent():
            _refuse_labels(reading, event)
            _count(reading, event)
            _add_scalar(reading, event)
        case events.MappingStartEvent() | events.SequenceStartEvent():
            _refuse_labels(reading, event)
            _count(reading, event)
            if len(reading.stack) >= MAX_DEPTH:
                reading.report("yaml-too-deep", _at(event), limit_=MAX_DEPTH)
                raise _StopError
            holder = Mapping() if isinstance(event, events.MappingStartEvent) else Sequence()
            _add(reading, holder, event)
            reading.stack.append(_Open(holder, _at(event)))
        case events.MappingEndEvent() | events.SequenceEndEvent():
            reading.stack.pop()
        case events.AliasEvent():
            _refuse_label(reading, "yaml-alias", f"*{event.anchor}", event)
            _count(reading, event)
            _add(reading, None, event)
        case events.DocumentStartEvent():
            if reading.values:
                reading.report("yaml-second-document", _at(event))
                raise _StopError
        case events.DocumentEndEvent():
            _refuse_directives_after(reading, event)


def _refuse_labels(
    reading: _Reading, event: events.ScalarEvent | events.MappingStartEvent | events.SequenceStartEvent
) -> None:
    if event.anchor is not None:
        _refuse_label(reading, "yaml-anchor", f"&{event.anchor}", event)
    if event.tag is not None:
        _refuse_label(reading, "yaml-tag", event.tag.replace("tag:yaml.org,2002:", "!!"), event)


def _refuse_label(reading: _Reading, code: str, raw: str, event: events.Event) -> None:
    shown = re.sub(r"[^\w!&*:/.-]", "", raw)[:40]
    reading.report(code, _at(event), text=raw, raw_=shown)


def _count(reading: _Reading, event: events.Event) -> None:
    reading.values += 1
    if reading.values > MAX_VALUES:
        reading.report("yaml-too-many", _at(event), limit_=MAX_VALUES)
        raise _StopError


def _add_scalar(reading: _Reading, event: events.ScalarEvent) -> None:
    text: str = event.value
    forbidden = _FORBIDDEN.search(text)
    if forbidden:
        reading.report("control-character", _at(event), code_=_code(forbidden.group()))
    plain = event.implicit[0] and not event.style
    if _expects_key(reading):
        if plain and text == "<<":
            reading.report("yaml-merge", _at(event))
        _add(reading, text, event)
    else:
        if plain:
            _refuse_lost_text(reading, event)
        _add(reading, _plain_value(text) if plain else text, event)


def _refuse_lost_text(reading: _Reading, event: events.ScalarEvent) -> None:
    """A text after which `#1` follows: YAML drops it as a comment, which nobody who wrote it meant."""
    mark = event.end_mark
    if mark is None or mark.line >= len(reading.lines):
        return
    lost = _LOST.match(reading.lines[mark.line], mark.column)
    if lost:
        reading.report("yaml-hash", (mark.line + 1, lost.start(1) + 1), text=lost.group(1))


def _plain_value(text: str) -> str | int | float | bool | None:
    """Only true, false, null, ~ and nothing are special; a number is one only if it writes back the same."""
    if text in _BARE_WORDS:
        return _BARE_WORDS[text]
    if text[0] in "-0123456789" and _NUMBER.fullmatch(text):
        number = float(text) if "." in text else int(text)
        if str(number) == text:
            return number
    return text


def _expects_key(reading: _Reading) -> bool:
    return bool(reading.stack) and isinstance(reading.stack[-1].holder, Mapping) and reading.stack[-1].key is None


def _add(reading: _Reading, value: Any, event: events.Event) -> None:
    """Put a value where the document has come to: as the root, a field name, a field's value or a list entry."""
    position = _at(event)
    if not reading.stack:
        reading.root = value
        return
    top = reading.stack[-1]
    holder = top.holder
    if isinstance(holder, Sequence):
        holder.append(value)
        holder.values_at.append(position)
    elif top.key is None:
        if not isinstance(value, str):
            reading.report("yaml-key-not-text", position)
            raise _StopError
        top.key, top.key_at = value, position
    else:
        key, top.key = top.key, None
        if key in holder:
            reading.report("yaml-key-twice", top.key_at, key=key, first_=holder.keys_at[key][0])
            return
        holder[key] = value
        holder.keys_at[key] = top.key_at
        holder.values_at[key] = position
