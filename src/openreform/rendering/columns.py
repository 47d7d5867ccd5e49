"""What tables of assessments have in common: the names of their columns and what stands in them, as it is."""

from typing import NamedTuple

from openreform.assessment import SIDES, Assessment, DimensionResult, DimensionScore, Side, SideFinding
from openreform.ranges import Range

Cell = str | float | int | None

REFORM = ("path", "id", "title", "stage", "country", "assessor", "role", "framework", "framework_version")
CRITERION = ("dimension", "criterion", "criterion_title", "weight", "rungs")
SIDE = ("outcome", "level", "high", "score", "effective_weight", "contribution", "next_gain")
OVERALL = ("score", "low", "high", "coverage")
DIMENSION = ("score", "reach", "strength", "coverage")


class Scored(NamedTuple):
    """A column of one row for each reform, and what stands in it there.

    kind: what it is of. what: one of `OVERALL`, `DIMENSION`, an end of a range, or
    empty. of: the title of the whole, the dimension or the gate.
    """

    name: str
    kind: str
    side: Side | None
    what: str
    of: str
    cell: Cell


def about(assessment: Assessment) -> tuple[Cell, ...]:
    """The cells under `REFORM`."""
    return (
        assessment.path,
        assessment.reform_id,
        assessment.title,
        assessment.stage,
        assessment.country,
        assessment.assessor.name,
        assessment.assessor.role,
        assessment.framework_id,
        assessment.framework_version,
    )


def scored(assessment: Assessment) -> list[Scored]:
    """The verdict, the whole, each dimension and each gate of one reform; its framework's dimensions and gates."""
    columns = [Scored("verdict", "verdict", None, "", "", assessment.verdict)]
    for side in SIDES:
        overall = assessment.overall(side)
        columns += [
            Scored(f"{side}_{what}", "overall", side, what, assessment.overall_title, getattr(overall, what))
            for what in OVERALL
        ]
        if assessment.robustness:
            columns += _spread(
                side, "overall", side, assessment.overall_title, assessment.robustness.side(side).overall
            )
    for dimension in assessment.dimensions:
        for side in SIDES:
            columns += _of_dimension(dimension, side)
            if assessment.robustness:
                spread = assessment.robustness.side(side).dimensions[dimension.id]
                columns += _spread(f"{dimension.id}_{side}", "dimension", side, dimension.title, spread)
    columns += [Scored(f"gate_{gate.id}", "gate", None, "", gate.title, gate.result) for gate in assessment.gates]
    return columns


def side_cells(side: SideFinding) -> tuple[Cell, ...]:
    """The cells under `SIDE`."""
    return (side.outcome, side.level, side.high, side.score, side.share, side.points, side.next_gain)


def _of_dimension(dimension: DimensionResult, side: Side) -> list[Scored]:
    score: DimensionScore | None = dimension.side(side)
    return [
        Scored(
            f"{dimension.id}_{side}_{what}", "dimension", side, what, dimension.title, score and getattr(score, what)
        )
        for what in DIMENSION
    ]


def _spread(name: str, kind: str, side: Side, of: str, spread: Range | None) -> list[Scored]:
    """The ends of a range; columns that are there only if ranges were asked for."""
    return [
        Scored(f"{name}_{what}", kind, side, what, of, end)
        for what, end in (
            ("range_low", spread.low if spread else None),
            ("range_high", spread.high if spread else None),
        )
    ]
