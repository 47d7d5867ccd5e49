"""What moved between two sides as JSON: the envelope of design §7 with `comparison` in place of assessments."""

from typing import Any

from openreform import __version__
from openreform.assessment import SIDES
from openreform.comparison import (
    Changes,
    Comparison,
    CriterionChange,
    DimensionChange,
    ExceptionChange,
    FactChange,
    FaultChange,
    FaultThen,
    Head,
    Listed,
    ScoreChange,
    ScoreThen,
    SideChange,
)
from openreform.problems import Problem
from openreform.rendering.json import FORMAT, as_text
from openreform.rendering.json_ranges import rounded
from openreform.rendering.opening import opening

Plain = dict[str, Any]


def as_json(changes: Changes | None, problems: list[Problem], as_of: str | None) -> str:
    """The comparison, or what is wrong with a side, as indented JSON ended by a line feed."""
    return as_text(
        {
            "format": FORMAT,
            "tool": {"name": "openreform", "version": __version__},
            "as_of": as_of,
            "comparison": _changes(changes) if changes else None,
            "problems": [
                {"path": p.path, "line": p.line, "column": p.column, "code": p.code, "message": p.message, "fix": p.fix}
                for p in problems
            ],
        }
    )


def _changes(changes: Changes) -> Plain:
    return {
        "old": changes.old,
        "new": changes.new,
        "by_id": changes.many,
        "compared": [_comparison(each) for each in changes.changed],
        "same": list(changes.same),
        "added": [_listed(each) for each in changes.added],
        "removed": [_listed(each) for each in changes.removed],
    }


def _listed(each: Listed) -> Plain:
    return {"id": each.id, "title": each.title, "path": each.path, "score": rounded(each.score)}


def _comparison(one: Comparison) -> Plain:
    stays = one.stays
    return {
        "reform": {"was": _reform(one.was), "now": _reform(one.now)},
        "framework": {"was": _framework(one.was), "now": _framework(one.now)},
        "assessor": {"was": _assessor(one.was), "now": _assessor(one.now)},
        "as_of": {"was": one.was.as_of, "now": one.now.as_of},
        "rescored_from": {"was": one.rescored[0], "now": one.rescored[1]},
        "nothing_changed": one.is_empty,
        "summary": opening(one),
        "overall": {"title": one.overall_title, **{score.side: _score(score, noted=True) for score in one.overall}},
        "dimensions": [_dimension(part) for part in one.dimensions],
        "gates": [
            {
                "id": gate.id,
                "title": gate.title,
                "was": {"result": gate.was.result, "reason": gate.was.reason},
                "now": {"result": gate.now.result, "reason": gate.now.reason},
            }
            for gate in one.gates
        ],
        "faults": [_fault(change) for change in one.faults],
        "exceptions": [_exception(change) for change in one.exceptions],
        "concerns": [
            {
                "kind": each.kind,
                "text": each.text,
                "was": was.line if was else None,
                "now": now.line if now else None,
            }
            for was, now in one.concerns
            if (each := now or was)
        ],
        "next_step": {"was": _step(one.steps.was), "now": _step(one.steps.now)},
        "unchanged": {"criteria": stays.criteria, "of_criteria": stays.all_criteria, "gates": stays.gates}
        | {"faults": stays.faults},
    }


def _reform(head: Head) -> Plain:
    return {
        "source": head.source,
        "document": head.document,
        "id": head.id,
        "title": head.title,
        "path": head.path,
        "stage": head.stage,
        "digest": head.digest,
    }


def _framework(head: Head) -> Plain:
    return {
        "id": head.framework_id,
        "title": head.framework_title,
        "version": head.framework_version,
        "attribution": head.framework_attribution,
        "digest": head.framework_digest,
    }


def _assessor(head: Head) -> Plain:
    return {"name": head.assessor, "role": head.role, "date": head.assessed}


def _score(change: ScoreChange, *, noted: bool = False) -> Plain:
    made = {
        "was": _held(change.was, noted=noted),
        "now": _held(change.now, noted=noted),
        "change": rounded(change.by),
    }
    return made if noted else {**made, "causes": list(change.causes)}


def _held(score: ScoreThen, *, noted: bool) -> Plain:
    made: Plain = {"score": rounded(score.score), "coverage": rounded(score.coverage)}
    return {**made, "note": score.note} if noted else made


def _dimension(part: DimensionChange) -> Plain:
    scores = {score.side: _score(score) for score in part.scores}
    return {
        "id": part.id,
        "title": part.title,
        **{side: scores.get(side) for side in SIDES},
        "criteria": [_criterion(criterion) for criterion in part.criteria],
    }


def _criterion(criterion: CriterionChange) -> Plain:
    sides = {side.side: _side(side) for side in criterion.sides}
    return {
        "id": criterion.id,
        "title": criterion.title,
        "rungs": criterion.rungs,
        **{side: sides.get(side) for side in SIDES},
    }


def _side(side: SideChange) -> Plain:
    return {
        "was": side.was._asdict(),
        "now": side.now._asdict(),
        "gained": [_fact(fact) for fact in side.gained],
        "lost": [_fact(fact) for fact in side.lost],
    }


def _fact(fact: FactChange) -> Plain:
    return {
        "test": fact.test,
        "says": fact.says,
        "turned": fact.turned,
        **{name: spot._asdict() if spot else None for name, spot in (("was", fact.was), ("now", fact.now))},
    }


def _fault(change: FaultChange) -> Plain:
    told = change.now or change.was
    return {
        **({name: getattr(told, name) for name in ("id", "title", "severity", "message", "fix")}),
        "was": _stands(change.was),
        "now": _stands(change.now),
    }


def _stands(fault: FaultThen | None) -> Plain | None:
    return {**fault.at._asdict(), "excepted": fault.standing == "excepted"} if fault else None


def _exception(change: ExceptionChange) -> Plain:
    told = change.now or change.was
    return {
        "id": told.id if told else "",
        "title": told.title if told else "",
        "where": list(told.where) if told else [],
        "was": change.was.terms._asdict() if change.was else None,
        "now": change.now.terms._asdict() if change.now else None,
    }


def _step(step: Any) -> Plain | None:
    return step._asdict() if step else None
