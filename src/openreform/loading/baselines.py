"""A baseline of `check` from its JSON: bounded, since it may be a stranger's, and every mistake with its place."""

import json
import re
from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from typing import Annotated, Any, Literal, NoReturn

from pydantic import BaseModel, ConfigDict, Field, ValidationError

from openreform.assessment import GateResult, Side
from openreform.framework import Framework
from openreform.loading.files import Found, decode, read_raw
from openreform.problems import Position, Problem, problem
from openreform.ratchet import Baseline, FaultKey, Score, State

MAX_BYTES = 16 * 1024 * 1024
MAX_DEPTH = 16
MOST_PROBLEMS = 10
_HALF = re.compile(r"\\u[dD][89a-fA-F]")

_STRING = r'"[^"\\]*+(?:\\.[^"\\]*+)*+"?'
_MARKS = re.compile(f"{_STRING}|[\\[\\]{{}}]", re.DOTALL)
_TOKENS = re.compile(f'{_STRING}|[\\[\\]{{}},:]|[^\\s\\[\\]{{}},:"]+', re.DOTALL)


class _Part(BaseModel):
    model_config = ConfigDict(extra="forbid", strict=True)


Percent = Annotated[float, Field(ge=0, le=100, allow_inf_nan=False)]


class _Score(_Part):
    score: Percent | None
    coverage: Annotated[float, Field(ge=0, le=1, allow_inf_nan=False)] | None


class _Side(_Part):
    overall: _Score
    dimensions: dict[str, _Score]


class _Fault(_Part):
    rule: str
    target: str
    count: Annotated[int, Field(ge=1)]


class _Reform(_Part):
    version: str
    promise: _Side
    practice: _Side
    gates: dict[str, GateResult]
    faults: list[_Fault]


class _Named(_Part):
    version: str


class _Tool(_Named):
    name: Literal["openreform"]


class _Framework(_Named):
    id: str


class _File(_Part):
    baseline: Literal[1]
    tool: _Tool
    framework: _Framework
    reforms: dict[str, _Reform]


class _BrokenError(Exception):
    def __init__(self, code: str, **details: object) -> None:
        self.code, self.details = code, details


def load_baseline(path: str, framework: Framework) -> Baseline | list[Problem]:
    """The baseline in a file that is there, if it was written under this framework; or what is wrong with it."""
    shown = Path(path).as_posix()
    raw = read_raw(Found(Path(path), shown, named=True), MAX_BYTES)
    if isinstance(raw, Problem):
        return [raw]
    if len(raw) > MAX_BYTES:
        return [problem("baseline-too-large", shown, limit_="16 MiB")]
    text = decode(raw, shown)
    return [text] if isinstance(text, Problem) else parse_baseline(text, shown, framework)


def parse_baseline(text: str, path: str, framework: Framework) -> Baseline | list[Problem]:
    """The baseline in a text; see `load_baseline`."""
    try:
        content = _values(text, path)
    except _BrokenError as error:
        return [problem(error.code, path, (1, 1), **error.details)]
    if isinstance(content, Problem):
        return [content]
    if not isinstance(content, dict) or "baseline" not in content:
        return [problem("baseline-foreign", path, (1, 1))]
    if content["baseline"] != 1:
        at = dict(_places(text)).get(("baseline",), (1, 1))
        return [problem("baseline-format", path, at, value=json.dumps(content["baseline"]))]
    try:
        file = _File.model_validate_json(text)
    except ValidationError as error:
        found = error.errors(include_url=False, include_input=False)
        places = dict(_places(text))
        return sorted({_problem(detail["loc"], places, path) for detail in found[:MOST_PROBLEMS]})
    named = file.framework
    if (named.id, named.version) != (framework.id, framework.version):
        of_another = named.id != framework.id
        at = dict(_places(text)).get(("framework", "id" if of_another else "version"), (1, 1))
        code = "baseline-framework" if of_another else "baseline-version"
        return [
            problem(
                code, path, at, id=named.id, version=named.version, own_=framework.id, own_version_=framework.version
            )
        ]
    reforms = {ident: _state(reform) for ident, reform in file.reforms.items()}
    return Baseline(file.tool.version, named.id, named.version, reforms)


def _state(reform: _Reform) -> State:
    faults: dict[FaultKey, int] = {}
    for each in reform.faults:
        faults[each.rule, each.target] = faults.get((each.rule, each.target), 0) + each.count
    scores: dict[tuple[Side, str | None], Score] = {}
    sides: tuple[tuple[Side, _Side], ...] = (("promise", reform.promise), ("practice", reform.practice))
    for side, held in sides:
        scores[side, None] = Score(held.overall.score, held.overall.coverage)
        for name, one in held.dimensions.items():
            scores[side, name] = Score(one.score, one.coverage)
    return State(reform.version, scores, reform.gates, faults, {})


# --- JSON -------------------------------------------------------------------------------------------------


def _values(text: str, path: str) -> Any:
    """The values of a JSON text, or the problem with it as JSON."""
    depth = 0
    for mark in _MARKS.finditer(text):
        depth += {"[": 1, "{": 1, "]": -1, "}": -1}.get(mark.group()[0], 0)
        if depth > MAX_DEPTH:
            return problem("baseline-too-deep", path, _position(text, mark.start()), limit_=MAX_DEPTH)
    try:
        values = json.loads(text, object_pairs_hook=_once, parse_constant=_no_constant)
        if _HALF.search(text):  # half a character, which no text may hold
            json.dumps(values, ensure_ascii=False).encode()
    except json.JSONDecodeError as error:
        return problem("baseline-not-json", path, (error.lineno, error.colno))
    except ValueError:  # a number of thousands of digits, half a character
        raise _BrokenError("baseline-not-json") from None
    return values


def _once(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    held = dict(pairs)
    if len(held) < len(pairs):
        counted = Counter(name for name, _ in pairs)
        raise _BrokenError("baseline-twice", field=next(name for name, count in counted.items() if count > 1))
    return held


def _no_constant(_: str) -> NoReturn:
    raise _BrokenError("baseline-not-json")


def _problem(location: tuple[int | str, ...], places: dict[tuple[int | str, ...], Position], path: str) -> Problem:
    """A mistake at the place of the value, or of the nearest that is there."""
    at = location
    while at and at not in places:
        at = at[:-1]
    return problem("baseline-field", path, places.get(at, (1, 1)), field=".".join(map(str, location)))


def _places(text: str) -> Iterator[tuple[tuple[int | str, ...], Position]]:
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
