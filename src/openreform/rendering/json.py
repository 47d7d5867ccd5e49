"""Assessments and problems in the JSON envelope of design §7. Field names here are for ever; `format` numbers them."""

import json
from collections.abc import Callable, Iterable, Iterator
from typing import Any

from openreform import __version__
from openreform.assessment import (
    SIDES,
    Assessment,
    Counterpart,
    DimensionResult,
    DimensionScore,
    Evidence,
    Excepted,
    Exemption,
    Fact,
    Finding,
    Foreshadowed,
    Lack,
    OverallScore,
    Place,
    Precedent,
    Side,
    SideFinding,
    Star,
    Step,
    Tailored,
)
from openreform.findings import CheckFinding
from openreform.messages.reports import TEXT
from openreform.plaintext import escape_json
from openreform.problems import Problem
from openreform.ranges import Ranks
from openreform.rendering.json_ranges import (
    dimension_range,
    overall_range,
    ranks_as_plain,
    robustness_as_plain,
    rounded,
)
from openreform.rendering.progress_json import progress_as_plain
from openreform.rendering.text import lacking_places

FORMAT = 1

Plain = dict[str, Any]
Ranked = Callable[[Side], Ranks | None]
"""Gives the order of all reforms by the whole of one side."""


def render(
    assessments: Iterable[Assessment | Plain],
    problems: Iterable[Problem],
    as_of: str | None,
    ranked: Ranked | None = None,
) -> str:
    """The envelope as indented JSON, ended by a line feed; arguments as for `envelope`."""
    return as_text(envelope(assessments, problems, as_of, ranked))


def as_text(content: Plain | list[Plain]) -> str:
    """An envelope, or a list of plain values, as indented JSON, ended by a line feed."""
    return escape_json(json.dumps(content, indent=2, ensure_ascii=False)) + "\n"


def lines(assessments: Iterable[Assessment], as_of: str | None) -> Iterator[str]:
    """The envelope of each reform on a line of its own."""
    for assessment in assessments:
        yield line(assessment, as_of)


def line(assessment: Assessment, as_of: str | None) -> str:
    """The envelope of one reform on a line."""
    return _line(envelope([assessment], [], as_of))


def problem_lines(problems: Iterable[Problem], as_of: str | None) -> Iterator[str]:
    """The envelope of each problem on a line of its own."""
    for problem in problems:
        yield _line(envelope([], [problem], as_of))


def ranks_line(ranked: Ranked, as_of: str | None) -> str:
    """The envelope of how well the order of all holds, on a line of its own."""
    return _line(envelope([], [], as_of, ranked))


def _line(content: Plain) -> str:
    return escape_json(json.dumps(content, ensure_ascii=False, separators=(",", ":"))) + "\n"


def envelope(
    assessments: Iterable[Assessment | Plain],
    problems: Iterable[Problem],
    as_of: str | None,
    ranked: Ranked | None = None,
) -> Plain:
    """The envelope as plain values.

    Args:
        assessments: one by one; or already as plain values, as `plain` makes them.
        problems: read once these have run out.
        as_of: the day asked for; each assessment carries the day it used.
        ranked: gives how well the order holds on one side, asked for at the end; without it there is no such key.
    """
    made: Plain = {
        "format": FORMAT,
        "tool": {"name": "openreform", "version": __version__},
        "as_of": as_of,
        "assessments": [part if isinstance(part, dict) else plain(part) for part in assessments],
        "problems": [
            {"path": p.path, "line": p.line, "column": p.column, "code": p.code, "message": p.message, "fix": p.fix}
            for p in problems
        ],
    }
    return {**made, "ranks": {side: ranks_as_plain(ranked(side)) for side in SIDES}} if ranked else made


def _head(assessment: Assessment) -> Plain:
    """What both an assessment and a check tell of a document."""
    return {
        "reform": {
            "document": assessment.document,
            "id": assessment.reform_id,
            "title": assessment.title,
            "path": assessment.path,
            "stage": assessment.stage,
            "country": assessment.country,
            "start": assessment.start,
            "end": assessment.end,
            "leads": list(assessment.leads),
            "digest": assessment.digest,
        },
        "framework": {
            "id": assessment.framework_id,
            "title": assessment.framework_title,
            "version": assessment.framework_version,
            "attribution": assessment.framework_attribution,
            "digest": assessment.framework_digest,
        },
        "assessor": {
            "name": assessment.assessor.name,
            "role": assessment.assessor.role,
            "date": assessment.assessor.date,
        },
        "as_of": assessment.as_of,
        "overall": {side: {**_overall(assessment.overall(side)), **overall_range(assessment, side)} for side in SIDES},
        "verdict": assessment.verdict,
        "gates": [{"id": gate.id, "result": gate.result, "reason": gate.reason} for gate in assessment.gates],
    }


def checked_as_json(assessment: Assessment, findings: Iterable[CheckFinding]) -> Plain:
    """What a check says of one document: its scores and gates, its faults, and what else that was asked for it missed."""
    found = list(findings)
    return {
        **_head(assessment),
        "dimensions": [
            {
                "id": part.id,
                "title": part.title,
                **{side: _score(score) if (score := part.side(side)) else None for side in SIDES},
            }
            for part in assessment.dimensions
        ],
        "faults": [
            {
                **_fault(each.rule, each.title, each.level, each.message, each.fix, each.name, each.exemption),
                "path": each.target,
                "line": each.line,
                "column": each.column,
                "fingerprint": each.fingerprint,
                "fails": each.fails,
                "known": each.known,
            }
            for each in found
            if each.kind == "fault"
        ],
        "missed": [
            {
                "kind": each.kind,
                "rule": each.rule,
                "target": each.target,
                "message": each.message,
                "line": each.line,
                "column": each.column,
                "fingerprint": each.fingerprint,
                "fails": each.fails,
                "known": each.known,
            }
            for each in found
            if each.kind != "fault"
        ],
        "falls_short": any(each.fails for each in found),
    }


def plain(assessment: Assessment) -> Plain:
    """One assessment as plain values."""
    steps = assessment.steps
    return {
        **_head(assessment),
        "concerns": [
            {"kind": concern.kind, "text": concern.text, **_place(concern.place)} for concern in assessment.concerns
        ],
        "undescribed": list(assessment.undescribed.sections) if assessment.undescribed else [],
        "irm": dict(assessment.irm),
        "stars": [_star(star) for star in assessment.stars],
        "foreshadowed": {
            "note": TEXT["foreshadowed-note"] if assessment.foreshadowed else None,
            "findings": [_foreshadowed(part) for part in assessment.foreshadowed],
        },
        "tailored": _tailored(assessment.tailored) if assessment.tailored else None,
        "placeholders": [_place(place) for place in assessment.placeholders],
        "dimensions": [_dimension(dimension, assessment) for dimension in assessment.dimensions],
        "progress": progress_as_plain(assessment.progress),
        **robustness_as_plain(assessment),
        "next_steps": {
            "promise": [_step(step) for step in steps.promise],
            "practice": [_step(step) for step in steps.practice],
            "score_after": rounded(steps.score_after),
            "dimensions_after": {name: rounded(score) for name, score in steps.dimensions_after},
        },
        "faults": [
            {
                **_fault(each.id, each.title, each.severity, each.message, each.fix, each.place.name, each.exemption),
                **_place(each.place),
            }
            for each in assessment.faults
        ],
        "exceptions": [_excepted(each) for each in assessment.exceptions],
        "evidence": [_evidence(number, each) for number, each in enumerate(assessment.evidence, start=1)],
    }


def _star(star: Star) -> Plain:
    return {
        "id": star.id,
        "title": star.title,
        "by_rule": star.by_rule,
        "recorded": star.recorded,
        "fails": list(star.fails),
        "lacks": list(star.lacks),
    }


def _foreshadowed(part: Foreshadowed) -> Plain:
    return {
        "criterion": part.criterion,
        "side": part.side,
        "level": part.level,
        "says": part.says,
        "could_be": part.could_be,
        "lacking": [
            {
                "test": fact.test,
                "says": fact.otherwise or fact.says,
                "entries": [{"name": place.name, **_place(place)} for place in lacking_places(fact)],
            }
            for fact in part.lacking
        ],
    }


def _tailored(tailored: Tailored) -> Plain:
    other = tailored.untailored
    return {
        "from": {"id": tailored.framework_id, "version": tailored.framework_version},
        "weights": [
            {"id": ident, "title": title, "untailored": old, "tailored": new}
            for ident, title, old, new in tailored.reweighted
        ],
        "dropped": [{"id": ident, "title": title, "reason": reason} for ident, title, reason in tailored.dropped],
        "added": [{"id": ident, "title": title} for ident, title in tailored.added],
        "untailored": {
            "overall": {side: _overall(other.overall(side)) for side in SIDES},
            "dimensions": [
                {
                    "id": part.id,
                    "title": part.title,
                    **{side: _score(found) if (found := part.side(side)) else None for side in SIDES},
                }
                for part in other.dimensions
            ],
        },
    }


def _fault(  # a fault of an assessment and a finding of a check have these, and no common shape
    ident: str, title: str, severity: str, message: str, fix: str, name: str, exception: Exemption | None
) -> Plain:
    """A fault as plain values; `exception` if the document says that it may stay."""
    return {
        "id": ident,
        "title": title,
        "severity": severity,
        "message": message,
        "fix": fix,
        "name": name,
        "exception": None
        if exception is None
        else {"because": exception.because, "by": exception.by, "end": exception.end, "line": exception.place.line},
    }


def _excepted(made: Excepted) -> Plain:
    told = made.exemption
    return {
        "id": made.id,
        "title": made.title,
        "where": list(made.where),
        "because": told.because,
        "by": told.by,
        "end": told.end,
        "ended": made.ended,
        "covers": list(made.covers),
        "line": told.place.line,
        "column": told.place.column,
    }


def _evidence(number: int, evidence: Evidence) -> Plain:
    """Evidence under the number by which reports cite it."""
    return {
        "number": number,
        "id": evidence.id,
        "title": evidence.title,
        "kind": evidence.kind,
        "publisher": evidence.publisher,
        "url": evidence.url,
        "date": evidence.date,
        "independent": evidence.independent,
        **_place(evidence.place),
        "supports": [{"name": place.name, **_place(place)} for place in evidence.supports],
    }


def _overall(overall: OverallScore) -> Plain:
    return {
        "score": rounded(overall.score),
        "low": rounded(overall.low),
        "high": rounded(overall.high),
        "coverage": rounded(overall.coverage),
        "note": overall.note,
    }


def _dimension(dimension: DimensionResult, assessment: Assessment) -> Plain:
    return {
        "id": dimension.id,
        "title": dimension.title,
        "claimed": dimension.claimed,
        **{
            side: {**score, **dimension_range(assessment, dimension.id, side)}
            if (score := _score(dimension.side(side)))
            else None
            for side in SIDES
        },
        "criteria": [_finding(finding, assessment.crosswalk(finding.id)) for finding in dimension.findings],
    }


def _score(score: DimensionScore | None) -> Plain | None:
    if score is None:
        return None
    names = ("score", "low", "high", "reach", "strength", "coverage")
    return {name: rounded(getattr(score, name)) for name in names}


def _finding(finding: Finding, counterparts: tuple[Counterpart, ...]) -> Plain:
    return {
        "id": finding.id,
        "title": finding.title,
        "weight": finding.weight,
        "rungs": finding.rungs,
        "promise": _side(finding.promise),
        "practice": _side(finding.practice),
        "corresponds_to": [
            {"criterion": part.name, "title": part.title, "how": part.how, "said_by": part.said_by}
            for part in counterparts
        ],
    }


def _side(side: SideFinding | None) -> Plain | None:
    if side is None:
        return None
    return {
        "outcome": side.outcome,
        "level": side.level,
        "high": side.high,
        "score": rounded(side.score),
        "effective_weight": rounded(side.share),
        "contribution": rounded(side.points),
        "reason": side.reason,
        "met": [
            {"test": fact.test, "says": fact.says, "shown_by": [_place(place) for place in fact.places]}
            for fact in side.met
        ],
        "unmet": [_unmet(fact) for fact in side.unmet],
        "next": None
        if side.next is None
        else {
            "level": side.next.level,
            "says": side.next.says,
            "effort": side.next.effort,
            "gain": rounded(side.next.gain),
            "dimension_gain": rounded(side.next.dimension_gain),
        },
    }


def _unmet(fact: Fact) -> Plain:
    nearest = fact.nearest
    return {
        "test": fact.test,
        "says": fact.says,
        "fix": fact.fix,
        "undecided": fact.holds is None,
        "nearest": None
        if nearest is None
        else {
            **_place(nearest.place),
            "lacks": [_lack(lack) for lack in nearest.lacks],
            "held_down_by": nearest.held_down_by,
        },
    }


def _lack(lack: Lack) -> Plain:
    if lack.alternatives:
        return {"one_of": [_lack(part) for part in lack.alternatives]}
    return {"field": lack.field, "has": lack.has, "needs": lack.needs, "write": lack.write}


def _place(place: Place) -> Plain:
    return {"path": place.path, "line": place.line, "column": place.column}


def _step(step: Step) -> Plain:
    return {
        "criterion": step.criterion,
        "dimension": step.dimension,
        "level": step.level,
        "says": step.says,
        "fixes": list(step.fixes),
        "effort": step.effort,
        "gain": rounded(step.gain),
        "dimension_gain": rounded(step.dimension_gain),
        "gates": list(step.gates),
        "place": _place(step.place),
        "case": _case(step.precedent),
    }


def _case(precedent: Precedent | None) -> Plain | None:
    """A case that does what a step asks for, and the levels it holds in that criterion."""
    if precedent is None:
        return None
    case = precedent.case
    return {
        "id": case.id,
        "title": case.title,
        "country": case.place or None,
        "sector": list(case.sector),
        "promise": precedent.promise,
        "practice": precedent.practice,
    }
