"""A baseline of `check` from its JSON: bounded, since it may be a stranger's, and every mistake with its place."""

import json
from pathlib import Path
from typing import Annotated, Literal

from pydantic import BaseModel, ConfigDict, Field, ValidationError

from openreform.assessment import GateResult, Side
from openreform.framework import Framework
from openreform.loading import json_text
from openreform.loading.files import Found, decode, read_raw
from openreform.loading.json_text import MAX_BYTES
from openreform.problems import Problem, problem
from openreform.ratchet import Baseline, FaultKey, Score, State


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
    content = json_text.values(text, path, "baseline")
    if isinstance(content, Problem):
        return [content]
    if not isinstance(content, dict) or "baseline" not in content:
        return [problem("baseline-foreign", path, (1, 1))]
    if content["baseline"] != 1:
        at = dict(json_text.places(text)).get(("baseline",), (1, 1))
        return [problem("baseline-format", path, at, value=json.dumps(content["baseline"]))]
    try:
        file = _File.model_validate_json(text)
    except ValidationError as error:
        return json_text.misshapen(error, text, path, "baseline")
    named = file.framework
    if (named.id, named.version) != (framework.id, framework.version):
        of_another = named.id != framework.id
        at = dict(json_text.places(text)).get(("framework", "id" if of_another else "version"), (1, 1))
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
