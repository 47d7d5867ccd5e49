"""The search on ways made up at random, more tangled than any framework's: shared work, gates on scores, several alternatives."""

import itertools
import math
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from openreform.scoring.branching import search
from openreform.scoring.routes import Rise, Ways, Whole, Work

DIMENSIONS = ("A", "B")
COSTS = (0.5, 1.0, 2.0, 3.0, 4.0)


@dataclass(frozen=True)
class Wants:
    """A gate that wants a score between two limits, or a criterion to stay low: the part of a condition that a search asks."""

    dimension: str
    least: float
    most: float
    criterion: str = ""
    level: int = 0

    def can_be_met(self, spans: dict[str, Any], scores: dict[str, tuple[float, float]]) -> bool:
        low, high = scores[self.dimension]
        return (
            high >= self.least
            and low <= self.most
            and spans.get(self.criterion, (0, 9))[0] <= self.level + 9 * (not self.criterion)
        )


@st.composite
def made_up(draw: st.DrawFn) -> Ways:
    """Two to four criteria of two dimensions, whose rungs take some of four pieces of work."""
    works = tuple(Work(draw(st.sampled_from(COSTS)), ()) for _ in range(4))
    rises: list[Rise] = []
    for number in range(draw(st.integers(2, 4))):
        start, rungs = draw(st.integers(0, 1)), draw(st.integers(1, 3))
        steps = draw(st.lists(st.integers(0, 6), min_size=rungs + 1, max_size=rungs + 1))
        needed = draw(st.lists(st.sampled_from([None, 0, 0, 1, 1, 2, 3]), min_size=rungs, max_size=rungs))
        floor = draw(st.integers(start, start + rungs)) if draw(st.booleans()) else start
        rises.append(
            Rise(
                f"c{number}",
                draw(st.sampled_from(DIMENSIONS)),
                start,
                start + rungs,
                tuple(map(float, itertools.accumulate(steps))),
                tuple(needed),
                floor,
            )
        )
    gate = Wants(
        draw(st.sampled_from(DIMENSIONS)),
        float(draw(st.integers(0, 20))),
        float(draw(st.integers(5, 60))),
        draw(st.sampled_from(["", "c0", "c1"])),
        draw(st.integers(0, 2)),
    )
    whole = Whole(DIMENSIONS, draw(st.sampled_from([0.25, 0.5, 1.0])), float(draw(st.integers(1, 18))))
    return Ways(
        tuple(rises),
        works,
        {name: float(draw(st.integers(0, 4))) for name in DIMENSIONS},
        {},
        draw(st.dictionaries(st.sampled_from(DIMENSIONS), st.integers(1, 14).map(float))),
        whole if draw(st.booleans()) else None,
        (gate,) if draw(st.booleans()) else (),  # type: ignore[arg-type]  # what a search asks of a condition, and no more
    )


def scores(ways: Ways, levels: Sequence[int]) -> dict[str, float]:
    made = dict(ways.base)
    for rise, level in zip(ways.rises, levels, strict=True):
        made[rise.dimension] += rise.points[level - rise.start]
    return made


def meets(ways: Ways) -> Callable[[tuple[int, ...]], bool]:
    """Whether levels meet what is asked, worked out anew from the definition."""

    def met(levels: tuple[int, ...]) -> bool:
        made = scores(ways, levels)
        if any(made[name] < limit for name, limit in ways.limits.items()):
            return False
        if ways.whole is not None:
            exponent = ways.whole.exponent
            mean = sum(made[name] ** exponent for name in ways.whole.dimensions) / len(ways.whole.dimensions)
            if mean ** (1 / exponent) < ways.whole.limit - 1e-9:
                return False
        spans: Any = {rise.criterion: (level, level) for rise, level in zip(ways.rises, levels, strict=True)}
        points: Any = {name: (score, score) for name, score in made.items()}
        return all(gate.can_be_met(spans, points) for gate in ways.gates)

    return met


def cheapest(ways: Ways) -> float:
    choices = itertools.product(*(range(rise.floor, rise.top + 1) for rise in ways.rises))
    met = meets(ways)
    return min((ways.cost(levels) for levels in choices if met(levels)), default=math.inf)


@settings(max_examples=1500)
@given(made_up())
def test_nothing_is_cheaper(ways: Ways) -> None:
    found = search([ways], meets(ways))
    assert found.finished
    assert found.cost == pytest.approx(cheapest(ways))
    assert found.bound == found.cost
    if found.levels is None:
        assert found.cost == math.inf
    else:
        assert ways.cost(found.levels) == pytest.approx(found.cost)
        assert meets(ways)(found.levels)


@settings(max_examples=250)
@given(made_up(), st.lists(st.integers(0, 14).map(float), min_size=1, max_size=2), st.integers(0, 12))
def test_of_alternatives_the_cheapest_is_found_and_stopped_anywhere_the_bound_holds(
    first: Ways, limits: list[float], most: int
) -> None:
    alternatives = [first, *(replace(first, limits={"B": limit}) for limit in limits)]

    def met(levels: tuple[int, ...]) -> bool:
        return any(meets(ways)(levels) for ways in alternatives)

    least = min(cheapest(ways) for ways in alternatives)
    assert search(alternatives, met).cost == pytest.approx(least)
    stopped = search(alternatives, met, lambda nodes: nodes >= most)
    assert stopped.bound <= least + 1e-9
    assert stopped.bound <= stopped.cost
    assert stopped.cost >= least - 1e-9
    if stopped.finished:
        assert stopped.cost == pytest.approx(least)
