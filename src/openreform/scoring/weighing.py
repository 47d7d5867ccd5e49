"""From levels to scores: dimensions by weighted mean, the whole by power mean, coverage beside both (design §6)."""

from collections.abc import Collection, Iterable, Mapping
from typing import NamedTuple

from openreform.assessment import DimensionScore, OverallScore, Side
from openreform.framework import Criterion, Framework
from openreform.messages.reports import OVERALL
from openreform.scoring.levels import Reached

Levels = Mapping[str, tuple[Reached, Reached | None]]


class Weighed(NamedTuple):
    """The assessed criteria of a dimension on one side, and how many there are to assess."""

    assessed: tuple[tuple[Criterion, Reached], ...]
    applicable: int


def power_mean(scores: Iterable[float], exponent: float) -> float:
    """The power mean: (mean of score^exponent)^(1/exponent); 1 is the arithmetic mean, lower compensates less.

    Source: OECD/JRC Handbook on constructing composite indicators, on compensability; the exponent is the framework's.
    """
    return mean_of_powers([score**exponent for score in scores], exponent)


def mean_of_powers(powers: Collection[float], exponent: float) -> float:
    """The same from score^exponent: what would change one of the scores need not work out the others again."""
    return float((sum(powers) / len(powers)) ** (1 / exponent))


def on_side(levels: Levels, criterion: str, side: Side) -> Reached | None:
    """What a criterion reached on one side; None where it has no such side."""
    return levels[criterion][0 if side == "promise" else 1]


def weigh(framework: Framework, side: Side, levels: Levels) -> dict[str, Weighed | None]:
    """The criteria that count on one side, by dimension; None where no criterion of a dimension has that side."""
    assessed: dict[str, list[tuple[Criterion, Reached]]] = {}
    applicable: dict[str, int] = {}
    for criterion in framework.criteria:
        reached = on_side(levels, criterion.id, side)
        if reached is None:
            continue
        counted = assessed.setdefault(criterion.dimension, [])
        if reached.outcome != "not-applicable":
            applicable[criterion.dimension] = applicable.get(criterion.dimension, 0) + 1
        if reached.level is not None:
            counted.append((criterion, reached))
    return {
        part.id: Weighed(tuple(assessed[part.id]), applicable.get(part.id, 0)) if part.id in assessed else None
        for part in framework.dimensions
    }


def dimension_score(weighed: Weighed) -> DimensionScore:
    """Score, reach and strength of one dimension on one side."""
    coverage = len(weighed.assessed) / weighed.applicable if weighed.applicable else None
    if not weighed.assessed:
        return DimensionScore(None, None, None, None, None, coverage)
    total = above = steps = points = points_if = 0.0
    for criterion, reached in weighed.assessed:
        weight, level, high = criterion.weight, reached.level or 0, reached.high or 0
        total += weight
        points += weight * criterion.score(level)
        points_if += weight * criterion.score(max(level, high))
        if level:
            above += weight
            steps += weight * level
    score, strength = points / total, steps / above if above else None
    return DimensionScore(score, score, points_if / total, above / total, strength, coverage)


def overall_score(
    framework: Framework,
    side: Side,
    scores: Mapping[str, DimensionScore | None],
    counted: Mapping[str, Weighed | None],
    *,
    operates: bool,
) -> OverallScore:
    """The whole on one side; no score where a part has none or too little was assessed."""
    overall = framework.overall
    if overall is None:
        return OverallScore(None, None, None, 0.0, OVERALL["no-overall"])
    weighed = [counted[name] for name in overall.dimensions]
    applicable = sum(part.applicable for part in weighed if part)
    assessed = sum(len(part.assessed) for part in weighed if part)
    coverage = assessed / applicable if applicable else 0.0
    if side == "practice" and not operates and not assessed:
        return OverallScore(None, None, None, coverage, OVERALL["nothing-operates"])
    if coverage < overall.minimum_coverage:
        return OverallScore(None, None, None, coverage, OVERALL["insufficient"])
    parts = [scores[name] for name in overall.dimensions]
    missing = [name for name, part in zip(overall.dimensions, parts, strict=True) if part is None or part.score is None]
    if missing:
        return OverallScore(
            None, None, None, coverage, OVERALL["dimension-missing"].format(dimensions=", ".join(missing))
        )
    score, low, high = (
        power_mean((getattr(part, name) for part in parts), overall.exponent) for name in ("score", "low", "high")
    )
    return OverallScore(score, low, high, coverage, None)
