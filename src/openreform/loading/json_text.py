"""JSON that may be a stranger's: bounded before it is read, nothing named twice, and every mistake with its place."""

import json
import re
from collections import Counter
from collections.abc import Iterator
from typing import Any, NoReturn

from pydantic import ValidationError

from openreform.problems import Position, Problem, problem

MAX_BYTES = 16 * 1024 * 1024
MAX_DEPTH = 16
MOST_PROBLEMS = 10
_HALF = re.compile(r"\\u[dD][89a-fA-F]")

_STRING = r'"[^"\\]*+(?:\\.[^"\\]*+)*+"?'
_MARKS = re.compile(f"{_STRING}|[\\[\\]{{}}]", re.DOTALL)
_TOKENS = re.compile(f'{_STRING}|[\\[\\]{{}},:]|[^\\s\\[\\]{{}},:"]+', re.DOTALL)


class _BrokenError(Exception):
    def __init__(self, code: str, **details: object) -> None:
        self.code, self.details = code, details


def values(text: str, path: str, what: str, depth: int = MAX_DEPTH) -> Any | Problem:
    """The values of a JSON text, or the problem with it as JSON.

    Args:
        text: the JSON.
        path: its name, for problems.
        what: what it is to be, as the codes of its problems begin: `baseline`, `result`.
        depth: how many brackets may stand in brackets.
    """
    try:
        return _values(text, path, what, depth)
    except _BrokenError as error:
        return problem(f"{what}-{error.code}", path, (1, 1), **error.details)


def _values(text: str, path: str, what: str, most: int) -> Any:
    depth = 0
    for mark in _MARKS.finditer(text):
        depth += {"[": 1, "{": 1, "]": -1, "}": -1}.get(mark.group()[0], 0)
        if depth > most:
            return problem(f"{what}-too-deep", path, _position(text, mark.start()), limit_=most)
    try:
        values = json.loads(text, object_pairs_hook=_once, parse_constant=_no_constant)
        if _HALF.search(text):  # half a character, which no text may hold
            json.dumps(values, ensure_ascii=False).encode()
    except json.JSONDecodeError as error:
        return problem(f"{what}-not-json", path, (error.lineno, error.colno))
    except ValueError:  # a number of thousands of digits, half a character
        raise _BrokenError("not-json") from None
    return values


def _once(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    held = dict(pairs)
    if len(held) < len(pairs):
        counted = Counter(name for name, _ in pairs)
        raise _BrokenError("twice", field=next(name for name, count in counted.items() if count > 1))
    return held


def _no_constant(_: str) -> NoReturn:
    raise _BrokenError("not-json")


def misshapen(error: ValidationError, text: str, path: str, what: str) -> list[Problem]:
    """The first mistakes of shape in a sound JSON text, each at the place of the value, or of the nearest that is there."""
    found = error.errors(include_url=False, include_input=False)
    where = dict(places(text))
    return sorted({_problem(detail["loc"], where, path, what) for detail in found[:MOST_PROBLEMS]})


def _problem(
    location: tuple[int | str, ...], places: dict[tuple[int | str, ...], Position], path: str, what: str
) -> Problem:
    at = location
    while at and at not in places:
        at = at[:-1]
    return problem(f"{what}-field", path, places.get(at, (1, 1)), field=".".join(map(str, location)))


def places(text: str) -> Iterator[tuple[tuple[int | str, ...], Position]]:
    """Where each value of a sound JSON text begins, by the way to it; counted in one go from the top."""
    way: list[int | str] = []
    line, start, before = 1, 0, 0
    name: str | None = None
    for token in _TOKENS.finditer(text):
        line += text.count("\n", before, token.start())
        start = max(start, text.rfind("\n", before, token.start()) + 1)
        before = token.start()
        mark = token.group()
        if mark == ":":
            continue
        if mark in {",", "]", "}"}:
            if mark != ",":
                way.pop()
            elif isinstance(way[-1], int):
                way[-1] += 1
            else:
                way[-1] = ""
            continue
        if way and way[-1] == "" and mark[0] == '"' and name is None:
            name = str(json.loads(mark))
            continue
        if way and name is not None:
            way[-1], name = name, None
        yield tuple(way), (line, token.start() - start + 1)
        if mark in {"[", "{"}:
            way.append(0 if mark == "[" else "")


def _position(text: str, index: int) -> Position:
    return text.count("\n", 0, index) + 1, index - (text.rfind("\n", 0, index) + 1) + 1
