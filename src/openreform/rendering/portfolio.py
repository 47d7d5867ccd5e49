"""Many reforms together: of each assessment what a row of a table needs, and the counts over all; nothing else is kept.

An assessment holds its document, so that two thousand of them would not fit. `gather` lets each go once its row is made.
"""

import hashlib
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, field
from statistics import fmean, median, quantiles
from typing import NamedTuple

from openreform.assessment import SIDES, Assessment, DimensionResult, GateResult, OverallScore, Side
from openreform.framework import Criterion, Dimension, Framework
from openreform.rendering.text import assessed_by, assessed_in

SHADES = (20.0, 40.0)
"""Where a score takes a darker shade: the same on every page, so that two pages can be laid side by side. Real reforms have all
shades; few score more than half."""

_LONGEST_TITLE = 160


class Cell(NamedTuple):
    """A score on one side, as a table shows it; `score` None is not assessed.

    above, assessed, applicable: numbers of criteria. strength: mean level of those above 0; None for the whole. little:
    too little was assessed for the score to be compared.
    """

    score: float | None
    high: float | None
    above: int | None
    assessed: int
    applicable: int
    reach: float | None
    strength: float | None
    little: bool

    @property
    def compared(self) -> float | None:
        """The score, where enough was assessed to compare it."""
        return None if self.little else self.score


class Row(NamedTuple):
    """What is kept of one reform.

    whole: both sides; None where the framework makes no whole. dimensions: both sides of each of the framework's dimensions,
    in its order. gates: in its order; None where the reform was held against another version that has no such gate. levels:
    of each criterion of the framework the level promised, None if not assessed, for what is drawn over all rows.
    counted: whether it was assessed by the yardstick itself and not by another version of it.
    """

    id: str
    title: str
    about: tuple[str, ...]
    assessed_by: str
    role: str
    whole: tuple[Cell, Cell] | None
    dimensions: tuple[tuple[Cell | None, Cell | None], ...]
    gates: tuple[GateResult | None, ...]
    levels: tuple[int | None, ...]
    counted: bool

    def cell(self, column: int | None, side: Side) -> Cell | None:
        """The score of a dimension, by its place, or of the whole (None)."""
        pair = self.whole if column is None else self.dimensions[column]
        return pair[SIDES.index(side)] if pair else None

    @property
    def practised(self) -> bool:
        """Whether any practice could be scored."""
        return any(cell is not None and cell.score is not None for _, cell in self.dimensions)


@dataclass(slots=True)
class Tally:
    """On one side of one criterion: how many were assessed in it, and how many of them are above level 0."""

    above: int = 0
    assessed: int = 0


class Spread(NamedTuple):
    """How the scores of one dimension, or of the whole (None), lie on one side.

    scores: sorted, of those with enough assessed. zero, low, middle, high: how many of them are 0 or have each shade. little,
    none: how many are assessed in too little, or not at all. reach: a mean share; strength: a mean of mean levels.
    """

    dimension: int | None
    side: Side
    scores: tuple[float, ...]
    zero: int
    low: int
    middle: int
    high: int
    little: int
    none: int
    reach: float | None
    strength: float | None

    @property
    def median(self) -> float | None:
        """The middle score."""
        return median(self.scores) if self.scores else None

    @property
    def quarters(self) -> tuple[float, float, float]:
        """The scores a quarter, a half and three quarters of the way up; there must be two or more."""
        first, second, third = quantiles(self.scores, n=4, method="inclusive")
        return first, second, third


class Gap(NamedTuple):
    """A criterion and how many address it."""

    criterion: Criterion
    promise: Tally
    practice: Tally | None

    @property
    def is_empty(self) -> bool:
        """Whether it was assessed and nobody addresses it."""
        return self.promise.assessed > 0 and not self.promise.above


@dataclass(slots=True)
class Portfolio:
    """Everything the page of many reforms shows."""

    framework: Framework
    kind: str
    rows: list[Row] = field(default_factory=list)
    roles: Counter[str] = field(default_factory=Counter)
    tallies: dict[tuple[str, Side], Tally] = field(default_factory=dict)
    framework_digest: str = ""
    documents_digest: str = ""

    @property
    def counted(self) -> list[Row]:
        """The rows that can be compared: assessed by the yardstick itself."""
        return [row for row in self.rows if row.counted]

    def spread(self, dimension: int | None, side: Side) -> Spread:
        """How the scores of the rows that are counted lie."""
        cells = [cell for row in self.counted if (cell := row.cell(dimension, side)) is not None]
        scores = sorted(score for cell in cells if (score := cell.compared) is not None)
        shades = Counter(shade(score) for score in scores)
        reaches = [cell.reach for cell in cells if cell.reach is not None]
        strengths = [cell.strength for cell in cells if cell.strength is not None]
        return Spread(
            dimension,
            side,
            tuple(scores),
            shades[0],
            shades[1],
            shades[2],
            shades[3],
            sum(1 for cell in cells if cell.little and cell.score is not None),
            len(self.counted) - sum(1 for cell in cells if cell.score is not None),
            fmean(reaches) if reaches else None,
            fmean(strengths) if strengths else None,
        )

    def has(self, dimension: int | None, side: Side) -> bool:
        """Whether any row has a score there."""
        return any(cell.score is not None for row in self.rows if (cell := row.cell(dimension, side)) is not None)

    def gaps(self, dimension: Dimension) -> list[Gap]:
        """The criteria of a dimension, those that fewest address first."""
        found = [
            Gap(
                criterion,
                self.tallies.get((criterion.id, "promise"), Tally()),
                self.tallies.get((criterion.id, "practice"), Tally()) if criterion.practice else None,
            )
            for criterion in self.framework.criteria_of(dimension.id)
        ]
        return sorted(found, key=lambda gap: (not gap.promise.assessed, gap.promise.above))

    def assessed_share(self) -> float:
        """The share of the criteria that apply whose promise could be assessed, over all rows that are counted."""
        cells = [cell for row in self.counted for cell, _ in row.dimensions if cell is not None]
        applicable = sum(cell.applicable for cell in cells)
        return sum(cell.assessed for cell in cells) / applicable if applicable else 0.0

    def gate_results(self, number: int) -> Counter[GateResult]:
        """How many rows that are counted pass, fail and so on by a gate."""
        return Counter(result for row in self.counted if (result := row.gates[number]) is not None)


def gather(assessments: Iterable[Assessment], framework: Framework) -> Portfolio:
    """Take of each assessment what is shown and counted.

    Args:
        assessments: one at a time; none is kept.
        framework: the yardstick of the run; a document may have asked for another version of it.
    """
    portfolio = Portfolio(framework, framework.applies_to)
    least = framework.overall.minimum_coverage if framework.overall else 0.0
    documents = hashlib.sha256()
    for assessment in assessments:
        row = _row(assessment, framework, least)
        portfolio.rows.append(row)
        portfolio.roles[row.role] += 1
        documents.update(f"{assessment.digest}\n".encode())
        if row.counted:
            portfolio.framework_digest = assessment.framework_digest
            _count(assessment, portfolio.tallies)
    portfolio.documents_digest = f"sha256:{documents.hexdigest()}"
    return portfolio


def shade(score: float) -> int:
    """The shade of a score: 0 for nothing, then 1 to 3; by the score as it is printed."""
    shown = round(score, 1)
    return 0 if not shown else 1 + sum(1 for limit in SHADES if shown >= limit)


def _row(assessment: Assessment, framework: Framework, least: float) -> Row:
    parts = {part.id: part for part in assessment.dimensions}
    results = {gate.id: gate.result for gate in assessment.gates}
    findings = {finding.id: finding for part in assessment.dimensions for finding in part.findings}
    whole = [_whole(assessment, side) for side in SIDES] if framework.overall else None
    return Row(
        assessment.reform_id,
        _cut(assessment.title),
        tuple(part for part in (assessment.reform_id, assessment.country, assessment.stage) if part),
        assessed_by(assessment),
        assessment.assessor.role,
        (whole[0], whole[1]) if whole else None,
        tuple(
            (_cell(parts.get(part.id), "promise", least), _cell(parts.get(part.id), "practice", least))
            for part in framework.dimensions
        ),
        tuple(results.get(gate.id) for gate in framework.gates),
        tuple(
            found.promise.level if (found := findings.get(criterion.id)) else None for criterion in framework.criteria
        ),
        assessment.framework_version == framework.version,
    )


def _cut(title: str) -> str:
    """A title cut where a table would be lost in it; the document has the rest."""
    if len(title) <= _LONGEST_TITLE:
        return title
    cut = title[: _LONGEST_TITLE - 1]
    return f"{(cut.rpartition(' ')[0] or cut).rstrip(' ,;')}…"


def _whole(assessment: Assessment, side: Side) -> Cell:
    overall: OverallScore = assessment.overall(side)
    parts = [part for part in assessment.dimensions if part.in_overall]
    applicable = sum(_applicable(part, side) for part in parts)
    assessed = sum(assessed_in(part, side) for part in parts)
    return Cell(overall.score, overall.high, None, assessed, applicable, None, None, little=False)


def _cell(dimension: DimensionResult | None, side: Side, least: float) -> Cell | None:
    score = dimension.side(side) if dimension else None
    if dimension is None or score is None:
        return None
    levels = [part.level for finding in dimension.findings if (part := finding.side(side)) and part.level is not None]
    return Cell(
        score.score,
        score.high,
        sum(1 for level in levels if level),
        len(levels),
        _applicable(dimension, side),
        score.reach,
        score.strength,
        little=(score.coverage or 0.0) < least,
    )


def _applicable(dimension: DimensionResult, side: Side) -> int:
    parts = (finding.side(side) for finding in dimension.findings)
    return sum(1 for part in parts if part and part.outcome != "not-applicable")


def _count(assessment: Assessment, tallies: dict[tuple[str, Side], Tally]) -> None:
    for dimension in assessment.dimensions:
        for finding in dimension.findings:
            for side in SIDES:
                part = finding.side(side)
                if part is not None and part.level is not None:
                    tally = tallies.setdefault((finding.id, side), Tally())
                    tally.assessed += 1
                    tally.above += bool(part.level)
