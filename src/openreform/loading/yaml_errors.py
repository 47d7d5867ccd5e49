"""What libyaml says of a text it cannot read, in plain words: the slip a person most likely made there."""

import re

import yaml

from openreform.problems import Position, Problem, problem

_FIELD_WITHOUT_SPACE = re.compile(r"\s*(?:- +)?([A-Za-z_]\w*):[^\s:/]")
_FIELD = re.compile(r"\s*(?:- +)?([A-Za-z_][\w-]*):(?:\s|$)")
_OPENED = re.compile(r"(?:[&!]\S* +)*[\[{]")
_ENTRY = re.compile(r"\s*- +(?=\S)")
_LAST_WORD = re.compile(r"([A-Za-z_]\w*)\s*$")
_CURLY = re.compile(r":\s+[“”„«]|-\s+[“”„«]")


def has_content(line: str) -> bool:
    """Whether a line is neither empty nor a comment nor the end of a document."""
    return bool(line.strip()) and not line.startswith("...") and line.lstrip()[0] != "#"


def slip(error: yaml.MarkedYAMLError, lines: list[str], path: str, open_at: list[Position]) -> Problem:
    """libyaml's error, as the slip a person most likely made there.

    Args:
        error: what libyaml said, and where.
        lines: the whole document.
        path: the file's name.
        open_at: where the collections began that had not ended, the innermost first.
    """
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
        if "unexpected" in what:
            return problem("yaml-unclosed-quote", path, began)
        return problem("yaml-no-character" if "Unicode" in what else "yaml-backslash", path, here)
    if "block scalar" in context:
        return problem("yaml-text-after-pipe", path, began, char_=_char(_line(lines, began), began))
    if "unexpected ':'" in what and (word := _LAST_WORD.search(line[: here[1] - 1][-80:])):
        return problem("yaml-no-space-after-colon", path, here, text=line, key_=word.group(1))
    if "flow" in context:
        return _bracket(lines, here, path, open_at) if "node" in context else _unclosed(lines, began, path)
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


def _bracket(lines: list[str], here: Position, path: str, open_at: list[Position]) -> Problem:
    """Something in brackets that is no entry: a comma too many, a sign no text begins with, or the text below them."""
    char = _line(lines, here)[here[1] - 1 : here[1]]
    if char in {",", ":"}:
        return problem("yaml-comma" if char == "," else "yaml-key-not-text", path, here)
    opened = next(filter(None, (_opened(lines, at) for at in open_at)), None)
    if opened is None:
        return problem("yaml-other", path, here)
    if char and (char != "-" or here[0] == opened[0]):
        return problem("yaml-needs-quotes", path, here, char_=char)
    return _unclosed(lines, opened, path)


def _unclosed(lines: list[str], opened: Position, path: str) -> Problem:
    return problem("yaml-bracket", path, opened, char_=_char(_line(lines, opened), opened))


def _opened(lines: list[str], at: Position) -> Position | None:
    """Where the bracket of a collection in brackets stands, behind its label or tag if it has one."""
    bracket = _OPENED.match(_line(lines, at), at[1] - 1)
    return (at[0], bracket.end()) if bracket else None


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
    last = next((number for number in range(row, -1, -1) if has_content(above[number])), 0)
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
