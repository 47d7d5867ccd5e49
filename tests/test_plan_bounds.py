"""The search looks at little and never promises too much: its bounds hold, and without what they leave aside they are the cost."""

import itertools
import math

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from openreform.findings import Threshold
from openreform.framework import Framework, Gate
from openreform.loading.frameworks import bundled_names, load_bundled
from openreform.scoring.branching import MOST_POINTS, Found, _undominated, search
from openreform.scoring.routes import ways
from test_plan_search import asked_of, by_trying_all, meeting, small, standing, texts

MOST_NODES = 520
"""Looked at in the hardest of the cases below, a gate that any of nine criteria opens; most take one for each criterion."""
POINTS = st.lists(st.tuples(st.integers(0, 12).map(float), st.integers(0, 12).map(float)), min_size=1, max_size=12)


@pytest.mark.parametrize("name", bundled_names())
def test_the_search_goes_straight_to_an_answer(name: str) -> None:
    """One node for each criterion and one to begin with; some more only where a gate or shared work is in play."""
    framework = load_bundled(name).framework
    for text in texts(framework):
        at = standing(text, framework)
        for targets, gates in asked_of(framework):
            alternatives = ways(at, targets, gates)
            asked: list[int] = []

            def counted(nodes: int, asked: list[int] = asked) -> bool:
                asked.append(nodes)
                return nodes > MOST_NODES

            found = search(alternatives, meeting(at, alternatives[0], targets, gates), counted)
            assert asked == list(range(found.nodes))
            assert found.finished
            shared = any(len({ident for ident, _ in work.rungs}) > 1 for work in alternatives[0].works)
            if not gates and not shared:
                assert found.nodes in {0, len(alternatives[0].rises) + 1}


@settings(max_examples=40)
@given(small(), st.integers(0, 2), st.integers(1, 100), st.integers(1, 100), st.booleans(), st.integers(0, 30))
def test_stopped_anywhere_the_bound_holds(
    framework: Framework, text: int, limit: int, other: int, with_gates: bool, most: int
) -> None:
    at = standing(texts(framework)[text], framework)
    targets = [Threshold("promise", framework.dimensions[-1].id, other, "")]
    if framework.overall:
        targets.append(Threshold("promise", None, limit, ""))
    gates: tuple[Gate, ...] = framework.gates[:2] if with_gates else ()
    alternatives = ways(at, targets, gates)
    found = search(alternatives, meeting(at, alternatives[0], targets, gates), lambda nodes: nodes >= most)
    cheapest = by_trying_all(at, targets, gates)
    assert found.bound <= cheapest + 1e-6
    assert found.cost >= cheapest - 1e-6
    assert found.bound <= found.cost
    assert (found.levels is None) == (found.cost == math.inf)
    if found.levels is not None:
        assert alternatives[0].cost(found.levels) == pytest.approx(found.cost)
        assert meeting(at, alternatives[0], targets, gates)(found.levels)


def test_of_nothing_nothing_is_found() -> None:
    assert search([], lambda _: True) == Found(None, math.inf, math.inf, True, 0)


@given(POINTS)
def test_what_is_dearer_and_no_better_is_left_out(points: list[tuple[float, float]]) -> None:
    kept = _undominated(points)
    assert set(kept) <= set(points)
    assert all(a[0] < b[0] and a[1] < b[1] for a, b in itertools.pairwise(kept))
    assert all(any(cost <= a and gain >= b for cost, gain in kept) for a, b in points)


@pytest.mark.parametrize("more", [0, 1, 5, MOST_POINTS, 2 * MOST_POINTS + 3])
def test_a_long_list_is_made_shorter_so_that_it_promises_rather_too_much(more: int) -> None:
    """Each point of it costs no more than what it stands for and brings no less, and not more than its neighbours do."""
    points = [(float(at), float(at + 1)) for at in range(MOST_POINTS + more)]
    kept = _undominated(points)
    assert len(kept) <= MOST_POINTS
    step = math.ceil(len(points) / MOST_POINTS)
    assert kept[0][0] == 0
    assert kept[-1][1] == points[-1][1]
    assert all(before[1] == after[0] for before, after in itertools.pairwise(kept))
    assert all(gain - cost <= step for cost, gain in kept)
