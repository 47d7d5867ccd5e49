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
MOST_PROBLEMS = 100
"""Of one file; nobody reads more at a time, and each costs a search for the words to tell it in."""

Position = tuple[int, int]
"""Line and column, both from 1."""

Path = tuple[str | int, ...]
"""The way from the top of a document to a value: field names and list indexes from 0."""

_Loader = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
# Controls, and the line ends that YAML knows and editors do not show: they would shift every line number after them.
_FORBIDDEN = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\u2028\u2029\ud800-\udfff\ufffe\uffff]")
# Where files were joined: libyaml passes over it and then takes the line for indented.
_BYTE_ORDER_MARK = re.compile("^\ufeff", re.MULTILINE)
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
    forbidden = _FORBIDDEN.search(text) or _BYTE_ORDER_MARK.search(text)
    if forbidden:
        place = position_of(text, forbidden.start())
        return None, [problem("control-character", path, place, code_=_code(forbidden.group()))]
    reading = _Reading(path, text.split("\n"))
    try:
        for event in yaml.parse(_without_directives(reading, text), Loader=_Loader):
            _take(reading, event)
    except yaml.MarkedYAMLError as error:
        reading.problems.append(_syntax_problem(error, reading))
    except yaml.YAMLError:
        reading.problems.append(problem("yaml-other", path))
    except _StopError:
        pass
    if reading.left_out:
        reading.problems.append(problem("more-problems", path, count_=reading.left_out))
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
        elif _has_content(line):
            break
    return "\n".join(lines) if reading.problems else text


def _refuse_directives_after(reading: _Reading, end: events.DocumentEndEvent) -> None:
    """The same for lines that begin with % below the document, which libyaml would read before it says more."""
    after = range(end.end_mark.line if end.end_mark else 0, len(reading.lines))
    row = next((row for row in after if _has_content(reading.lines[row])), None)
    if row is not None and reading.lines[row].startswith("%"):
        reading.report("yaml-directive", (row + 1, 1))
        raise _StopError


def _has_content(line: str) -> bool:
    """Whether a line is neither empty nor a comment nor the end of a document."""
    return bool(line.strip()) and not line.startswith("...") and line.lstrip()[0] != "#"


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


# --- Syntax errors in plain words -------------------------------------------------------------------------

_FIELD_WITHOUT_SPACE = re.compile(r"\s*(?:- +)?([A-Za-z_]\w*):[^\s:/]")
_FIELD = re.compile(r"\s*(?:- +)?([A-Za-z_][\w-]*):(?:\s|$)")
_ENTRY = re.compile(r"\s*- +(?=\S)")
_LAST_WORD = re.compile(r"([A-Za-z_]\w*)\s*$")
_CURLY = re.compile(r":\s+[“”„«]|-\s+[“”„«]")


def _syntax_problem(error: yaml.MarkedYAMLError, reading: _Reading) -> Problem:
    """libyaml's error, as the slip a person most likely made there."""
    path, lines = reading.path, reading.lines
    what = error.problem or ""
    mark = error.problem_mark or error.context_mark
    row = min(mark.line, len(lines) - 1) if mark else 0
    here: Position = (row + 1, mark.column + 1 if mark else 1)
    began: Position = (error.context_mark.line + 1, error.context_mark.column + 1) if error.context_mark else here
    line = lines[row].rstrip("\r")
    context = error.context or ""

    if "tab character" in what or _char(line, here) == "\t":
        return problem("yaml-tab", path, here)
    if "cannot start any token" in what or "mapping keys" in what:
        return problem("yaml-needs-quotes", path, here, char_=_char(line, here))
    if any(part in context for part in ("anchor", "alias", "tag", "directive")) or "tag handle" in what:
        return problem("yaml-needs-quotes", path, began, char_=_char(_line(lines, began), began))
    if "quoted scalar" in context:
        code = "yaml-unclosed-quote" if "unexpected" in what and "escape" not in what else "yaml-backslash"
        return problem(code, path, began if code == "yaml-unclosed-quote" else here)
    if "block scalar" in context:
        return problem("yaml-text-after-pipe", path, began, char_=_char(_line(lines, began), began))
    if "unexpected ':'" in what and (word := _LAST_WORD.search(line[: here[1] - 1][-80:])):
        return problem("yaml-no-space-after-colon", path, here, text=line, key_=word.group(1))
    if "flow" in context:
        return _bracket(reading, here, began if "node" not in context else None)
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
        return _after_the_end(lines, here, path)
    return problem("yaml-other", path, here)


def _bracket(reading: _Reading, here: Position, began: Position | None) -> Problem:
    """A list in brackets that does not end, begun there or at the innermost bracket that is open; or an empty entry."""
    if began is None:
        opened = (part.at for part in reversed(reading.stack))
        began = next((at for at in opened if _char(_line(reading.lines, at), at) in "[{"), here)
        char = _line(reading.lines, here)[here[1] - 1 : here[1]]
        if char and (char != "-" or here[0] == began[0]):
            return problem("yaml-needs-quotes", reading.path, here, char_=char)
    return problem("yaml-bracket", reading.path, began, char_=_char(_line(reading.lines, began), began))


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
    if before.startswith("--- "):
        return problem("yaml-text-after-dashes", path, (here[0], len(before) - len(before[3:].lstrip()) + 1))
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
        entry = _ENTRY.match(lines[above])
        if entry:
            return problem("yaml-no-colon", path, (above + 1, entry.end() + 1), text=lines[above])
        beginning = _beginning(lines, above)
        key_above = _FIELD.match(beginning)
        if key_above:
            return problem("yaml-colon-in-text", path, here, key_=key_above.group(1))
        if not beginning:
            return problem("yaml-no-colon", path, (above + 1, 1), text=lines[above])
    return problem("yaml-other", path, here)


def _beginning(lines: list[str], row: int) -> str:
    """The line of the field or the entry whose text goes on in `row`; nothing if there is neither."""
    upwards = (lines[above] for above in range(row, -1, -1))
    return next((line for line in upwards if _FIELD.match(line) or _ENTRY.match(line)), "")


def _after_the_end(lines: list[str], here: Position, path: str) -> Problem:
    """What stands below a value that is already whole: a second document, or a slip in the one."""
    row = here[0] - 1
    if any(line.startswith("...") for line in lines[: here[0]]):
        return problem("yaml-second-document", path, here)
    above = [*lines[:row], _line(lines, here)[: here[1] - 1]]
    last = next((number for number in range(row, -1, -1) if _has_content(above[number])), 0)
    match above[last].rstrip()[-1:]:
        case "]" | "}":
            return problem("yaml-text-after-bracket", path, here)
        case "'" | '"':
            return problem("yaml-text-after-quote", path, here)
        case _:
            return problem("yaml-no-colon", path, (last + 1, 1), text=lines[last])


def _expected_key(line: str, here: Position, path: str) -> Problem:
    before = line[: here[1] - 1]
    if line[here[1] - 1 :].startswith(":"):
        return problem("yaml-key-not-text", path, here)
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
