"""What `openreform assess -f json` wrote earlier, read back as sides of a comparison.

Only what a comparison needs is asked for; what other versions of the tool wrote besides is passed over. Bounded, since it may
be a stranger's, and every mistake with its place.
"""

import json
import re
from collections import Counter
from typing import Annotated, Any, Literal, Self

from pydantic import BaseModel, ConfigDict, Field, ValidationError, model_validator

from openreform.assessment import GateResult, Outcome, Place, Severity
from openreform.comparison import (
    ConcernThen,
    CriterionThen,
    DimensionThen,
    ExceptionThen,
    FactThen,
    FaultThen,
    GateThen,
    Head,
    ScoreThen,
    SideThen,
    Snapshot,
    Spot,
    Standing,
    StepThen,
    Terms,
)
from openreform.findings import target_of
from openreform.loading import json_text
from openreform.loading.frameworks import LoadedFramework, bundled_names, load_version
from openreform.problems import Problem, problem

FORMATS = (1,)
"""The published formats that can be read."""
MAX_DEPTH = 32
TWICE = "twice"
"""Never shown: pydantic wants a text with an error."""
_TOOL = re.compile(r'"tool"\s*:')


class _Part(BaseModel):
    model_config = ConfigDict(extra="ignore", strict=True)


Percent = Annotated[float, Field(ge=0, le=100, allow_inf_nan=False)]
Share = Annotated[float, Field(ge=0, le=1, allow_inf_nan=False)]
Number = Annotated[float, Field(allow_inf_nan=False)]
Line = Annotated[int, Field(ge=0, le=10_000_000)]
Level = Annotated[int, Field(ge=0, le=100)]
Text = Annotated[str, Field(max_length=20_000)]
"""Longer than any sentence of a report; a text without an end would keep whoever prints it busy."""
Ident = Annotated[str, Field(pattern=r"^[A-Za-z0-9._-]{1,80}$")]


class _Place(_Part):
    path: Text
    line: Line


class _Met(_Part):
    test: Text
    says: Text
    shown_by: list[_Place]


class _Unmet(_Part):
    test: Text
    says: Text
    nearest: _Place | None


class _Side(_Part):
    outcome: Outcome
    level: Level | None
    high: Level | None
    contribution: Percent | None
    reason: Text | None
    met: list[_Met]
    unmet: list[_Unmet]


class _Criterion(_Part):
    id: Ident
    title: Text
    weight: Number
    rungs: Level
    promise: _Side
    practice: _Side | None


class _Score(_Part):
    score: Percent | None
    coverage: Share | None


class _Dimension(_Part):
    id: Ident
    title: Text
    promise: _Score
    practice: _Score | None
    criteria: list[_Criterion]


class _Overall(_Score):
    note: Text | None


class _Sides(_Part):
    promise: _Overall
    practice: _Overall


class _Reform(_Part):
    document: Literal["reform", "plan"] = "reform"
    id: Ident
    title: Text
    path: Text
    stage: Text | None
    digest: Text


class _Framework(_Part):
    id: Ident
    title: Text
    version: Text
    attribution: Text
    digest: Text


class _Assessor(_Part):
    name: Text | None
    role: Literal["self", "peer", "independent"]
    date: Text | None


class _Gate(_Part):
    id: Ident
    result: GateResult
    reason: Text


class _Fault(_Place):
    id: Ident
    title: Text
    severity: Severity
    message: Text
    fix: Text
    name: Text
    exception: dict[str, Any] | None


class _Exception(_Part):
    id: Ident
    title: Text
    where: list[Text]
    because: Text | None
    by: Text | None
    end: Text | None
    ended: bool | None
    line: Line


class _Concern(_Part):
    kind: Text
    text: Text
    line: Line


class _Step(_Part):
    criterion: Ident
    level: Level
    says: Text
    effort: Text
    gain: Number | None
    place: _Place


class _Steps(_Part):
    promise: list[_Step]


class _Assessment(_Part):
    reform: _Reform
    framework: _Framework
    assessor: _Assessor
    as_of: Text | None
    overall: _Sides
    gates: list[_Gate]
    dimensions: list[_Dimension]
    concerns: list[_Concern]
    next_steps: _Steps
    faults: list[_Fault]
    exceptions: list[_Exception]

    @model_validator(mode="after")
    def _once(self) -> Self:
        """Nothing is listed twice under one id."""
        criteria = [criterion.id for part in self.dimensions for criterion in part.criteria]
        for ids in (criteria, [part.id for part in self.dimensions], [gate.id for gate in self.gates]):
            if len(set(ids)) < len(ids):
                raise ValueError(TWICE)
        return self


class _File(_Part):
    assessments: list[_Assessment]


def is_result(text: str) -> bool:
    """Whether a text is a report of the tool in JSON, and no document, which may be written in braces as well."""
    return text.lstrip()[:1] == "{" and _TOOL.search(text) is not None


def parse_results(text: str, path: str, generic: str) -> list[Snapshot] | list[Problem]:
    """The assessments in a result.

    Args:
        text: what `assess -f json` wrote.
        path: its name, for problems and reports.
        generic: what to call a whole whose framework does not come with the tool, so that nobody says its title.
    """
    content = json_text.values(text, path, "result", MAX_DEPTH)
    if isinstance(content, Problem):
        return [content]
    if not isinstance(content, dict) or "assessments" not in content:
        return [problem("result-foreign", path, (1, 1))]
    if content.get("format") not in FORMATS:
        at = dict(json_text.places(text)).get(("format",), (1, 1))
        return [problem("result-format", path, at, value=json.dumps(content.get("format"))[:80])]
    try:
        file = _File.model_validate_json(text)
    except ValidationError as error:
        return json_text.misshapen(error, text, path, "result")
    if not file.assessments:
        return [problem("result-empty", path)]
    counted = Counter(each.reform.id for each in file.assessments)
    again = next((ident for ident, count in counted.items() if count > 1), None)
    if again is not None:
        return [problem("result-id-twice", path, (1, 1), id=again)]
    return [_snapshot(each, path, generic) for each in file.assessments]


def _snapshot(made: _Assessment, path: str, generic: str) -> Snapshot:
    framework = _framework(made.framework)
    gates = {gate.id: gate.title for gate in framework.framework.gates} if framework else {}
    whole = framework.framework.overall if framework else None
    has_whole = any(side.score is not None or side.note for side in (made.overall.promise, made.overall.practice))
    titles = {part.id: part.title for dimension in made.dimensions for part in dimension.criteria}
    first = next(iter(made.next_steps.promise), None)
    head = Head(
        "result",
        made.reform.document,
        made.reform.id,
        made.reform.title,
        path,
        made.reform.stage,
        made.reform.digest,
        made.framework.id,
        made.framework.title,
        made.framework.version,
        made.framework.attribution,
        made.framework.digest,
        made.assessor.name,
        made.assessor.role,
        made.assessor.date,
        made.as_of,
    )
    return Snapshot(
        head,
        whole.title if whole else generic if not framework and has_whole else "",
        ScoreThen(made.overall.promise.score, made.overall.promise.coverage, made.overall.promise.note),
        ScoreThen(made.overall.practice.score, made.overall.practice.coverage, made.overall.practice.note),
        tuple(
            DimensionThen(
                part.id,
                part.title,
                ScoreThen(part.promise.score, part.promise.coverage),
                ScoreThen(part.practice.score, part.practice.coverage) if part.practice else None,
                tuple(_criterion(criterion) for criterion in part.criteria),
            )
            for part in made.dimensions
        ),
        tuple(GateThen(gate.id, gates.get(gate.id, gate.id), gate.result, gate.reason) for gate in made.gates),
        tuple(_fault(fault) for fault in made.faults),
        tuple(
            ExceptionThen(
                each.id,
                each.title,
                tuple(each.where),
                Terms(each.because, each.by, each.end, each.ended, each.line),
            )
            for each in made.exceptions
        ),
        tuple(ConcernThen(each.kind, each.text, each.line) for each in made.concerns),
        StepThen(
            first.criterion,
            titles.get(first.criterion, first.criterion),
            first.level,
            first.says,
            first.effort,
            first.gain,
            first.place.line,
        )
        if first
        else None,
    )


def _framework(named: _Framework) -> LoadedFramework | None:
    """The framework a result names, if it comes with the tool: it has titles that results do not hold."""
    return load_version(named.id, named.version) if named.id in bundled_names() else None


def _criterion(made: _Criterion) -> CriterionThen:
    practice = _side(made.practice) if made.practice else None
    return CriterionThen(made.id, made.title, made.weight, made.rungs, _side(made.promise), practice)


def _side(made: _Side) -> SideThen:
    return SideThen(
        made.outcome,
        made.level,
        made.high,
        made.contribution,
        made.reason,
        tuple(FactThen(fact.test, fact.says, _spot(next(iter(fact.shown_by), None))) for fact in made.met),
        tuple(FactThen(fact.test, fact.says, _spot(fact.nearest)) for fact in made.unmet),
    )


def _spot(place: _Place | None) -> Spot | None:
    return Spot(place.path, place.path, place.line) if place else None


def _fault(made: _Fault) -> FaultThen:
    target = target_of(Place(made.path, made.name, made.line, 1))
    at = Spot(made.path, made.name or made.path, made.line)
    standing: Standing = "open" if made.exception is None else "excepted"
    return FaultThen(made.id, made.title, made.severity, made.message, made.fix, at, "", target, standing)
