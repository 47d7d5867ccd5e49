"""YAML by libyaml's events: plain values, the place of every one of them, and problems in plain words.

Never `load` or `compose`: they recurse, and 100,000 open brackets crash the process. Events come one at a time, so
every bound is checked before the next is read.
"""

import re
from dataclasses import dataclass, field
from typing import Any

import yaml
from yaml import events

from openreform.messages.problems import WHAT
from openreform.problems import Problem, problem

MAX_BYTES = 1024 * 1024
MAX_DEPTH = 32
MAX_VALUES = 50_000

Position = tuple[int, int]
"""Line and column, both from 1."""

Path = tuple[str | int, ...]
"""The way from the top of a document to a value: field names and list indexes from 0."""

_Loader = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
# Controls, and the line ends that YAML knows and editors do not show: they would shift every line number after them.
_FORBIDDEN = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\u2028\u2029\ufffe\uffff]")
_NUMBER = re.compile(r"-?(?:0|[1-9][0-9]{0,14})(?:\.[0-9]{1,15})?")
_LOST = re.compile(r"\s+(#[^\s#].*)")
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
    key: str | None = None
    key_at: Position = (0, 0)


@dataclass(slots=True)
class _Reading:
    """What has been read so far."""

    path: str
    lines: list[str]
    problems: list[Problem] = field(default_factory=list)
    root: Any = None
    stack: list[_Open] = field(default_factory=list)
    values: int = 0


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
    forbidden = _FORBIDDEN.search(text)
    if forbidden:
        return None, [_control(path, forbidden.group(), position_of(text, forbidden.start()))]
    reading = _Reading(path, text.split("\n"))
    try:
        for event in yaml.parse(text, Loader=_Loader):
            _take(reading, event)
    except yaml.MarkedYAMLError as error:
        reading.problems.append(_syntax_problem(error, reading.lines, path))
    except yaml.YAMLError:
        reading.problems.append(problem("yaml-other", path))
    except _StopError:
        pass
    return reading.root, reading.problems


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


def _control(path: str, character: str, position: Position) -> Problem:
    return problem("control-character", path, position, code_=f"{ord(character):04X}")


def _at(event: events.Event) -> Position:
    mark = event.start_mark
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
                reading.problems.append(problem("yaml-too-deep", reading.path, _at(event), limit_=MAX_DEPTH))
                raise _StopError
            holder = Mapping() if isinstance(event, events.MappingStartEvent) else Sequence()
            _add(reading, holder, event)
            reading.stack.append(_Open(holder))
        case events.MappingEndEvent() | events.SequenceEndEvent():
            reading.stack.pop()
        case events.AliasEvent():
            _refuse_label(reading, "yaml-alias", f"*{event.anchor}", event)
            _add(reading, None, event)
        case events.DocumentStartEvent():
            if event.version or event.tags:
                reading.problems.append(problem("yaml-directive", reading.path, (1, 1)))
            if reading.values:
                reading.problems.append(problem("yaml-second-document", reading.path, _at(event)))
                raise _StopError


def _refuse_labels(
    reading: _Reading, event: events.ScalarEvent | events.MappingStartEvent | events.SequenceStartEvent
) -> None:
    if event.anchor is not None:
        _refuse_label(reading, "yaml-anchor", f"&{event.anchor}", event)
    if event.tag is not None:
        _refuse_label(reading, "yaml-tag", event.tag.replace("tag:yaml.org,2002:", "!!"), event)


def _refuse_label(reading: _Reading, code: str, raw: str, event: events.Event) -> None:
    shown = re.sub(r"[^\w!&*:/.-]", "", raw)[:40]
    reading.problems.append(problem(code, reading.path, _at(event), text=raw, raw_=shown))


def _count(reading: _Reading, event: events.Event) -> None:
    reading.values += 1
    if reading.values > MAX_VALUES:
        reading.problems.append(problem("yaml-too-many", reading.path, _at(event), limit_=MAX_VALUES))
        raise _StopError


def _add_scalar(reading: _Reading, event: events.ScalarEvent) -> None:
    text: str = event.value
    forbidden = _FORBIDDEN.search(text)
    if forbidden:
        reading.problems.append(_control(reading.path, forbidden.group(), _at(event)))
    plain = event.implicit[0] and not event.style
    if _expects_key(reading):
        if plain and text == "<<":
            reading.problems.append(problem("yaml-merge", reading.path, _at(event)))
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
        place = (mark.line + 1, lost.start(1) + 1)
        reading.problems.append(problem("yaml-hash", reading.path, place, text=lost.group(1)))


def _plain_value(text: str) -> str | int | float | bool | None:
    """Only true, false, null, ~ and nothing are special; a number is one only if it writes back the same."""
    if text in _BARE_WORDS:
        return _BARE_WORDS[text]
    if _NUMBER.fullmatch(text):
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
            reading.problems.append(problem("yaml-key-not-text", reading.path, position))
            raise _StopError
        top.key, top.key_at = value, position
    else:
        key, top.key = top.key, None
        if key in holder:
            first = holder.keys_at[key][0]
            reading.problems.append(problem("yaml-key-twice", reading.path, top.key_at, key=key, first_=first))
            return
        holder[key] = value
        holder.keys_at[key] = top.key_at
        holder.values_at[key] = position


# --- Syntax errors in plain words -------------------------------------------------------------------------

_FIELD_WITHOUT_SPACE = re.compile(r"\s*(?:- +)?([A-Za-z_]\w*):[^\s:/]")
_FIELD = re.compile(r"\s*(?:- +)?([A-Za-z_][\w-]*):(?:\s|$)")
_CURLY = re.compile(r":\s+[“”„«]|-\s+[“”„«]")


def _syntax_problem(error: yaml.MarkedYAMLError, lines: list[str], path: str) -> Problem:
    """libyaml's error, as the slip a person most likely made there."""
    what = error.problem or ""
    mark = error.problem_mark or error.context_mark
    row = min(mark.line, len(lines) - 1) if mark else 0
    here: Position = (row + 1, mark.column + 1 if mark else 1)
    began: Position = (error.context_mark.line + 1, error.context_mark.column + 1) if error.context_mark else here
    line = lines[row].rstrip("\r")
    context = error.context or ""

    if "tab character" in what or (line[: here[1]].strip(" ") == "\t"):
        return problem("yaml-tab", path, (here[0], line.find("\t") + 1))
    if "cannot start any token" in what:
        return problem("yaml-needs-quotes", path, here, char_=_char(line, here))
    if "directive" in context:
        return problem("yaml-needs-quotes", path, began, char_="%")
    if "anchor" in context or "alias" in context:
        return problem("yaml-needs-quotes", path, began, char_=_char(_line(lines, began), began))
    if "tag" in context:
        return problem("yaml-needs-quotes", path, began, char_="!")
    if "quoted scalar" in context:
        code = "yaml-unclosed-quote" if "unexpected" in what and "escape" not in what else "yaml-backslash"
        return problem(code, path, began if code == "yaml-unclosed-quote" else here)
    if "block scalar" in context:
        return problem("yaml-text-after-pipe", path, began, char_=_char(_line(lines, began), began))
    if "flow" in context:
        return problem("yaml-bracket", path, began, char_=_char(_line(lines, began), began))
    if "block sequence entries" in what:
        return problem("yaml-list-same-line", path, here)
    if "could not find expected ':'" in what:
        return _no_colon(lines, began, path)
    if "mapping values are not allowed" in what:
        return _unexpected_colon(lines, here, path)
    if "expected '-' indicator" in what:
        return problem("yaml-list-dash", path, here)
    if "expected key" in what:
        return _expected_key(line, here, path)
    if "expected node content" in what:
        return problem("yaml-needs-quotes", path, here, char_=_char(line, here))
    if "document start" in what:
        return problem("yaml-second-document", path, here)
    return problem("yaml-other", path, here)


def _line(lines: list[str], position: Position) -> str:
    """The line of a position; nothing at the very end of the text."""
    return lines[position[0] - 1] if position[0] <= len(lines) else ""


def _char(line: str, position: Position) -> str:
    return line[position[1] - 1 : position[1]] or "?"


def _no_colon(lines: list[str], began: Position, path: str) -> Problem:
    line = _line(lines, began)
    glued = _FIELD_WITHOUT_SPACE.match(line)
    if glued:
        return _glued_colon(line, began[0], glued, path)
    return problem("yaml-no-colon", path, began, text=line)


def _glued_colon(line: str, row: int, glued: re.Match[str], path: str) -> Problem:
    return problem("yaml-no-space-after-colon", path, (row, glued.start(1) + 1), text=line, key_=glued.group(1))


def _unexpected_colon(lines: list[str], here: Position, path: str) -> Problem:
    line = _line(lines, here)
    before = line[: here[1] - 1]
    above = next((row for row in range(here[0] - 2, -1, -1) if lines[row].strip()), None)
    if above is not None:
        glued = _FIELD_WITHOUT_SPACE.match(lines[above])
        if glued and not _FIELD.match(lines[above]):
            return _glued_colon(lines[above], above + 1, glued, path)
    if _CURLY.search(before):
        return problem("yaml-curly-quotes", path, here)
    key = _FIELD.match(before)
    if key:
        return problem("yaml-colon-in-text", path, here, key_=key.group(1))
    if above is not None:
        if _CURLY.search(lines[above]):
            return problem("yaml-curly-quotes", path, (above + 1, 1))
        key_above = _FIELD.match(lines[above])
        if key_above and " " not in before.strip():
            return problem("yaml-indent", path, (here[0], len(line) - len(line.lstrip()) + 1))
        if key_above:
            return problem("yaml-colon-in-text", path, here, key_=key_above.group(1))
    return problem("yaml-other", path, here)


def _expected_key(line: str, here: Position, path: str) -> Problem:
    before = line[: here[1] - 1]
    if not before.strip():
        if line.lstrip().startswith("- "):
            return problem("yaml-list-dash", path, here)
        return problem("yaml-indent", path, here)
    value = _FIELD.sub("", before, count=1).lstrip()
    if value[:1] in {"'", '"'}:
        return problem("yaml-text-after-quote", path, here)
    if value[:1] in {"[", "{"}:
        return problem("yaml-text-after-bracket", path, here)
    return problem("yaml-other", path, here)
