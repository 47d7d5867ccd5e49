"""How far scores move with the weights and with the points of the levels: many seeded draws, and what comes of them.

In each draw every criterion gets another weight and every level other points; levels never change. Weights are Dirichlet
within a dimension, with concentration 20 × the weight (1 being the mean weight of its dimension). Points come from one
increasing function from 0 to 100 for all criteria, whose steps are Dirichlet too, with concentration 20 for a step of 25
points: a step is doubted as much as a weight. docs/method.md says why.

How to use it: `draws_of(framework)` once, `ranges(assessment, draws)` for each reform, and for several
`ranking.rank_intervals(wholes, draws)` over what `whole_of(assessment, draws)` gives.
"""

from array import array
from collections.abc import Callable, Iterable, Mapping, Sequence
from functools import lru_cache
from itertools import pairwise
from math import floor
from random import Random
from typing import NamedTuple

from openreform.assessment import Assessment, DimensionResult, DimensionScore, GateResult, Side
from openreform.framework import MOST_LEVELS, Framework
from openreform.ranges import AtExponent, Cause, GateDraws, Range, Robustness, SideRanges, Whole
from openreform.scoring.weighing import power_mean

DRAWS = 1000
SEED = 2008
CONCENTRATION = 20.0
EXPONENTS = (0.25, 0.5, 1.0)
LOW, HIGH = 0.05, 0.95
_DECIMALS = 6
_LEAST = 1e-3
"""The least concentration: below it a draw is 0 for any practical purpose, and near 0 the generator breaks down."""
_NEVER_ZERO = 1e-100
_STILL = 1e-12
"""A variance below this is what is left of rounding."""

Held = tuple[tuple[str, int], ...]
"""The assessed criteria of a dimension, each with its level."""


class Ladder(NamedTuple):
    """What is drawn for a criterion: its weight, and the points of each of its levels, level 0 first."""

    criterion: str
    dimension: str
    weight: float
    points: tuple[float, ...]


class Yardstick(NamedTuple):
    """What of a framework makes scores: two frameworks that agree in it have the same draws."""

    ladders: tuple[Ladder, ...]
    overall: tuple[str, ...]
    exponent: float


class ScoreGate(NamedTuple):
    """A gate that reads scores: the minima it asks of dimensions, and what it says to given scores."""

    id: str
    minima: tuple[tuple[str, float], ...]
    judge: Callable[[Mapping[str, DimensionScore | None]], GateResult]


class Draws:
    """Weights and points, drawn once for a framework and used for every reform.

    count: how many draws. seed: what they are drawn from. Each criterion has a stream of its own, named by its id, so that
    its draws stay the same when others are added or left out, or stand in another order.
    """

    def __init__(self, yardstick: Yardstick, count: int, seed: int) -> None:
        self.count, self.seed = count, seed
        self.overall, self.exponent = yardstick.overall, yardstick.exponent
        self._ladders = {ladder.criterion: ladder for ladder in yardstick.ladders}
        self._fixed: dict[str, float] = {}
        self._weights: dict[str, list[float]] = {}
        for name in dict.fromkeys(ladder.dimension for ladder in yardstick.ladders):
            self._draw_weights([ladder for ladder in yardstick.ladders if ladder.dimension == name])
        self._points = self._draw_points(
            {round(point, _DECIMALS) for part in yardstick.ladders for point in part.points}
        )
        self._columns: dict[tuple[str, int, bool, bool], list[float] | None] = {}
        self._totals: dict[tuple[tuple[str, ...], bool], list[float]] = {}
        self._of_dimension = lru_cache(maxsize=512)(self._worked_out)

    def dimension(self, held: Held, *, weights: bool = True, points: bool = True) -> Sequence[float]:
        """The score of a dimension in each draw, 0 to 100.

        Args:
            held: the assessed criteria, at least one; weights are shared out among them.
            weights: whether weights are drawn; else they are the framework's.
            points: whether the points of levels are drawn; else they are the framework's.
        """
        return self._of_dimension(held, weights, points)[0]

    def whole(self, parts: Sequence[Held], drawn: Sequence[bool] | None = None, *, points: bool = True) -> list[float]:
        """The power mean of dimensions in each draw, 0 to 100.

        Args:
            parts: what each dimension of the whole holds.
            drawn: for each of them whether its weights are drawn; all are if left out.
            points: whether the points of levels are drawn.
        """
        flags = [True] * len(parts) if drawn is None else drawn
        powers = [self._of_dimension(held, flag, points)[1] for held, flag in zip(parts, flags, strict=True)]
        number, root = len(powers), 1 / self.exponent
        return [(sum(column) / number) ** root for column in zip(*powers, strict=True)]

    def _draw_weights(self, ladders: list[Ladder]) -> None:
        """Gamma draws: those of any criteria of a dimension, over their sum, are a Dirichlet draw for these criteria."""
        heaviest = max(ladder.weight for ladder in ladders)
        fixed = {ladder.criterion: ladder.weight / heaviest for ladder in ladders}  # no sum of these can overflow
        mean = sum(fixed.values()) / len(fixed)
        for name, weight in fixed.items():
            concentration = max(_LEAST, round(CONCENTRATION * weight / mean, 9))
            self._fixed[name] = max(weight, _NEVER_ZERO)
            self._weights[name] = self._gammas(f"weight of {name}", concentration)

    def _draw_points(self, points: set[float]) -> dict[float, list[float]]:
        """For each number of points of the framework what it becomes: an increasing function that keeps 0 and 100."""
        steps = sorted(points | {0.0, 100.0})
        per_point = CONCENTRATION * MOST_LEVELS / 100
        gaps = [
            self._gammas(f"points {low}-{high}", max(_LEAST, per_point * (high - low))) for low, high in pairwise(steps)
        ]
        drawn: dict[float, list[float]] = {point: [] for point in steps}
        for pieces in zip(*gaps, strict=True):
            heights = [0.0]
            for piece in pieces:
                heights.append(heights[-1] + piece)
            for point, height in zip(steps, heights, strict=True):
                drawn[point].append(100.0 * (height / heights[-1]))
        return drawn

    def _gammas(self, stream: str, concentration: float) -> list[float]:
        random = Random(f"{self.seed} {stream}")  # noqa: S311  a draw that can be made again, not a secret
        return [max(_NEVER_ZERO, random.gammavariate(concentration, 1.0)) for _ in range(self.count)]

    def _worked_out(self, held: Held, weights: bool, points: bool) -> tuple[list[float], list[float]]:
        """The scores of a dimension, and these raised to the exponent of the whole."""
        names = tuple(name for name, _ in held)
        total = self._totals.get((names, weights))
        if total is None:
            columns = [self._weights[name] if weights else [self._fixed[name]] * self.count for name in names]
            total = self._totals[names, weights] = list(map(sum, zip(*columns, strict=True)))
        parts = [column for name, level in held if (column := self._column(name, level, weights, points)) is not None]
        if not parts:
            return [0.0] * self.count, [0.0] * self.count
        scores = [sum(row) / weight for row, weight in zip(zip(*parts, strict=True), total, strict=True)]
        return scores, [score**self.exponent for score in scores]

    def _column(self, name: str, level: int, weights: bool, points: bool) -> list[float] | None:
        """Weight × points of one criterion in each draw; None if that is 0."""
        key = (name, level, weights, points)
        if key not in self._columns:
            earned = self._ladders[name].points[level]
            heights = self._points[round(earned, _DECIMALS)] if points else [earned] * self.count
            counted = self._weights[name] if weights else [self._fixed[name]] * self.count
            self._columns[key] = (
                [weight * height for weight, height in zip(counted, heights, strict=True)] if earned else None
            )
        return self._columns[key]


def draws_of(framework: Framework, count: int = DRAWS, seed: int = SEED) -> Draws:
    """The draws for a framework; they are made once, and again only if it differs in what makes scores.

    Args:
        framework: the yardstick.
        count: how many draws; fewer are faster, and rougher at the ends of a range.
        seed: what they are drawn from.
    """
    overall = framework.overall
    ladders = tuple(
        Ladder(part.id, part.dimension, part.weight, tuple(part.score(level) for level in range(len(part.levels) + 1)))
        for part in framework.criteria
    )
    made_of = overall.dimensions if overall else ()
    return _draws(Yardstick(ladders, made_of, overall.exponent if overall else 1.0), count, seed)


@lru_cache(maxsize=4)
def _draws(yardstick: Yardstick, count: int, seed: int) -> Draws:
    return Draws(yardstick, count, seed)


# --- One reform -------------------------------------------------------------------------------------------


def ranges(assessment: Assessment, draws: Draws, gates: Iterable[ScoreGate] = ()) -> Robustness:
    """How far the scores of one reform move.

    Args:
        assessment: under the framework that the draws are of.
        draws: as `draws_of` makes them.
        gates: those that read scores; the others do not move.
    """
    rules = {rule.id: rule for rule in gates}
    judged = []
    for gate in assessment.gates:
        rule = rules.get(gate.id)
        results = _results(rule, assessment, draws) if rule else [gate.result]
        passed, same = results.count("passed") / len(results), results.count(gate.result) / len(results)
        judged.append(GateDraws(gate.id, gate.title, rule is not None, passed, same))
    sides = _side(assessment, draws, "promise"), _side(assessment, draws, "practice")
    return Robustness(draws.count, draws.seed, *sides, tuple(judged))


def whole_of(assessment: Assessment, draws: Draws, side: Side = "promise") -> Whole | None:
    """The whole of a reform on one side in each draw, to rank it among others; None if it has no score."""
    score = assessment.overall(side).score
    if score is None:
        return None
    drawn = array("d", (round(value, _DECIMALS) for value in draws.whole(_parts(assessment, draws, side))))
    return Whole(assessment.reform_id, score, drawn)


def _side(assessment: Assessment, draws: Draws, side: Side) -> SideRanges:
    dimensions = {
        part.id: _range(draws.dimension(_held(part, side))) if score is not None and score.score is not None else None
        for part in assessment.dimensions
        for score in (part.side(side),)
    }
    whole = whole_of(assessment, draws, side)
    if whole is None:
        return SideRanges(None, dimensions, (), ())
    scores = [score for part in assessment.dimensions if part.id in draws.overall for score in (part.side(side),)]
    exponents = tuple(
        AtExponent(exponent, power_mean([score.score or 0.0 for score in scores if score], exponent))
        for exponent in EXPONENTS
    )
    return SideRanges(_range(whole.drawn), dimensions, _causes(assessment, draws, side), exponents)


def _causes(assessment: Assessment, draws: Draws, side: Side) -> tuple[Cause, ...]:
    """One thing drawn at a time, the rest as the framework has it."""
    parts = _parts(assessment, draws, side)
    moved: list[tuple[str | None, float]] = [(None, _variance(draws.whole(parts, [False] * len(parts))))]
    for index, name in enumerate(draws.overall):
        only = [index == other for other in range(len(parts))]
        moved.append((name, _variance(draws.whole(parts, only, points=False))))
    total = sum(variance for _, variance in moved)
    if total < _STILL:
        return ()
    causes = [Cause(name, variance / total) for name, variance in moved]
    return tuple(sorted(causes, key=lambda cause: -round(cause.share, _DECIMALS)))


def _results(rule: ScoreGate, assessment: Assessment, draws: Draws) -> list[GateResult]:
    """What a gate says in each draw: asked once for each way in which its minima can be met or missed."""
    found = {part.id: part for part in assessment.dimensions}
    read = [(found[name], minimum) for name, minimum in rule.minima if _has_score(found.get(name))]
    drawn = [
        (
            part.id,
            minimum,
            draws.dimension(_held(part, "promise")),
            draws.dimension(_held(part, "promise", at_most=True)),
        )
        for part, minimum in read
    ]
    known: dict[tuple[tuple[bool, bool], ...], GateResult] = {}
    results: list[GateResult] = []
    for draw in range(draws.count):
        met = tuple((scores[draw] >= minimum, highs[draw] >= minimum) for _, minimum, scores, highs in drawn)
        if met not in known:
            given: dict[str, DimensionScore | None] = {part.id: part.promise for part in assessment.dimensions}
            for name, _, scores, highs in drawn:
                given[name] = found[name].promise._replace(score=scores[draw], low=scores[draw], high=highs[draw])
            known[met] = rule.judge(given)
        results.append(known[met])
    return results


def _has_score(part: DimensionResult | None) -> bool:
    return part is not None and part.promise.score is not None


def _parts(assessment: Assessment, draws: Draws, side: Side) -> list[Held]:
    found = {part.id: part for part in assessment.dimensions}
    return [_held(found[name], side) for name in draws.overall]


def _held(dimension: DimensionResult, side: Side, *, at_most: bool = False) -> Held:
    """The levels a dimension holds; `at_most`: those it would hold if every unknown were for the reform."""
    parts = ((finding.id, finding.side(side)) for finding in dimension.findings)
    return tuple(
        (name, (part.high or 0) if at_most else part.level) for name, part in parts if part and part.level is not None
    )


def _range(drawn: Sequence[float]) -> Range:
    ordered = sorted(drawn)
    return Range(_quantile(ordered, LOW), _quantile(ordered, 0.5), _quantile(ordered, HIGH))


def _quantile(ordered: Sequence[float], share: float) -> float:
    """Between the two draws nearest to a share of the way from the least to the greatest, as the way between them."""
    place = share * (len(ordered) - 1)
    below = floor(place)
    low, high = ordered[below], ordered[min(below + 1, len(ordered) - 1)]
    return low + (high - low) * (place - below)


def _variance(drawn: Sequence[float]) -> float:
    mean = sum(drawn) / len(drawn)
    return sum((value - mean) ** 2 for value in drawn) / len(drawn)
