"""An assessment made just now as one side of a comparison."""

from openreform.assessment import SIDES, Assessment, Excepted, Fact, Fault, Finding, Place, SideFinding, Step
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
    StepThen,
    Terms,
)
from openreform.findings import DIGITS, target_of


def snapshot_of(assessment: Assessment) -> Snapshot:
    """One side of a comparison, with every score as the JSON report carries it: a result read back must say the same."""
    told = assessment.assessor
    head = Head(
        "document",
        assessment.document,
        assessment.reform_id,
        assessment.title,
        assessment.path,
        assessment.stage,
        assessment.digest,
        assessment.framework_id,
        assessment.framework_title,
        assessment.framework_version,
        assessment.framework_attribution,
        assessment.framework_digest,
        told.name,
        told.role,
        told.date,
        assessment.as_of,
    )
    wholes = (assessment.overall(side) for side in SIDES)
    promise, practice = (ScoreThen(_rounded(each.score), _rounded(each.coverage), each.note) for each in wholes)
    first = next(iter(assessment.steps.promise), None)
    return Snapshot(
        head,
        assessment.overall_title,
        promise,
        practice,
        tuple(
            DimensionThen(
                part.id,
                part.title,
                ScoreThen(_rounded(part.promise.score), _rounded(part.promise.coverage)),
                ScoreThen(_rounded(part.practice.score), _rounded(part.practice.coverage)) if part.practice else None,
                tuple(_criterion(finding) for finding in part.findings),
            )
            for part in assessment.dimensions
        ),
        tuple(GateThen(gate.id, gate.title, gate.result, gate.reason) for gate in assessment.gates),
        tuple(_fault(fault) for fault in assessment.faults),
        tuple(_exception(each) for each in assessment.exceptions),
        tuple(ConcernThen(each.kind, each.text, each.place.line) for each in assessment.concerns),
        _step(first) if first else None,
    )


def _rounded(score: float | None) -> float | None:
    return None if score is None else round(score, DIGITS) + 0.0


def _spot(place: Place) -> Spot:
    return Spot(place.path, place.name or place.path, place.line)


def _criterion(finding: Finding) -> CriterionThen:
    practice = _side(finding.practice) if finding.practice else None
    return CriterionThen(finding.id, finding.title, finding.weight, finding.rungs, _side(finding.promise), practice)


def _side(side: SideFinding) -> SideThen:
    return SideThen(
        side.outcome,
        side.level,
        side.high,
        _rounded(side.points),
        side.reason,
        tuple(_fact(fact, next(iter(fact.places), None)) for fact in side.met),
        tuple(_fact(fact, fact.nearest.place if fact.nearest else None) for fact in side.unmet),
    )


def _fact(fact: Fact, place: Place | None) -> FactThen:
    return FactThen(fact.test, fact.says, _spot(place) if place else None)


def _fault(fault: Fault) -> FaultThen:
    return FaultThen(
        fault.id,
        fault.title,
        fault.severity,
        fault.message,
        fault.fix,
        _spot(fault.place),
        fault.place.key,
        target_of(fault.place._replace(key="")),
        "excepted" if fault.exemption else "open",
    )


def _exception(made: Excepted) -> ExceptionThen:
    told = made.exemption
    terms = Terms(told.because, told.by, told.end, made.ended, told.place.line)
    return ExceptionThen(made.id, made.title, made.where, terms)


def _step(step: Step) -> StepThen:
    gain = _rounded(step.gain)
    return StepThen(step.criterion, step.title, step.level, step.says, step.effort, gain, step.place.line)
