"""The cheapest way to a target is the cheapest: held against trying every way, on frameworks cut to twelve steps."""

import itertools
import math
import random
from collections.abc import Iterator, Sequence
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from conftest import ROOT
from openreform.findings import Threshold
from openreform.framework import Framework, Gate
from openreform.kinds import kind_called
from openreform.loading.frameworks import bundled_names, load_bundled
from openreform.loading.reforms import Document, parse_document
from openreform.scoring.assess import reader_of
from openreform.scoring.branching import Found, never, search
from openreform.scoring.routes import Standing, Ways, asked_by, ways

STEPS = 12
EMPTY = "openreform: 1\n{kind}id: x\ntitle: T\n"
SEEDS = range(4)


def read(text: str, framework: Framework) -> Document[Any]:
    found = parse_document(text, "x.yaml", kind_called(framework.applies_to))
    assert isinstance(found, Document), found
    return found


def standing(text: str, framework: Framework) -> Standing:
    document = read(text, framework)
    reform = document.reform.model_copy(update={"undescribed": ()})
    return Standing(framework, reader_of(reform, framework, document.locate))


def texts(framework: Framework) -> list[str]:
    """A document that says nothing, and two real ones."""
    kind = "" if framework.applies_to == "reform" else f"document: {framework.applies_to}\n"
    folder = ROOT / "examples" / ("plans" if framework.applies_to == "plan" else "")
    names = sorted(folder.glob("*.yaml"))[:2]
    return [EMPTY.format(kind=kind), *(name.read_text(encoding="utf-8") for name in names)]


def cut(framework: Framework, seed: int) -> Framework:
    """The framework with at most twelve steps: criteria of every dimension in turn, ladders from the bottom; gates that still stand."""
    chance = random.Random(seed)
    by_dimension = [list(framework.criteria_of(part.id)) for part in framework.dimensions]
    for criteria in by_dimension:
        chance.shuffle(criteria)
    order = [part for turn in itertools.zip_longest(*by_dimension) for part in turn if part]
    kept, left = [], STEPS
    for criterion in order:
        rungs = min(len(criterion.levels), left, chance.choice((1, 2, 3, 4)))
        if rungs:
            scale = criterion.scale[:rungs] if criterion.scale else None
            shorter = {"levels": criterion.levels[:rungs], "scale": scale, "foreshadows": ()}
            kept.append(criterion.model_copy(update=shorter))
            left -= rungs
    known = {criterion.id for criterion in kept}
    gates = tuple(
        gate
        for gate in framework.gates
        if all(part.level.criterion in known for test in gate.tests for part in test.walk() if part.level)
    )
    return framework.model_copy(update={"criteria": tuple(kept), "gates": gates})


def solved(at: Standing, targets: Sequence[Threshold], gates: Sequence[Gate]) -> tuple[tuple[Ways, ...], Found]:
    alternatives = ways(at, targets, gates)
    return alternatives, search(alternatives, meeting(at, alternatives[0], targets, gates))


def meeting(at: Standing, chosen: Ways, targets: Sequence[Threshold], gates: Sequence[Gate]) -> Any:
    names = [rise.criterion for rise in chosen.rises]
    return lambda levels: at.meets(dict(zip(names, levels, strict=True)), targets, gates)


def by_trying_all(at: Standing, targets: Sequence[Threshold], gates: Sequence[Gate]) -> float:
    """The least cost by trying every level of every criterion; infinite if none will do."""
    chosen = ways(at, targets, gates)[0]
    meets = meeting(at, chosen, targets, gates)
    spans = [range(rise.start, rise.top + 1) for rise in chosen.rises]
    return min((chosen.cost(levels) for levels in itertools.product(*spans) if meets(levels)), default=math.inf)


def asked_of(framework: Framework) -> Iterator[tuple[tuple[Threshold, ...], tuple[Gate, ...]]]:
    whole = (Threshold("promise", None, 45, "45"),) if framework.overall else ()
    first, *_, last = framework.dimensions
    yield (*whole, Threshold("promise", first.id, 60, "")), ()
    yield (Threshold("promise", last.id, 34, ""), Threshold("promise", first.id, 34, "")), framework.gates[:1]
    yield whole, framework.gates
    for gate in framework.gates:
        yield (), (gate,)


@pytest.mark.parametrize("seed", SEEDS)
@pytest.mark.parametrize("name", bundled_names())
def test_no_way_is_cheaper_than_the_one_found(name: str, seed: int) -> None:
    framework = cut(load_bundled(name).framework, seed)
    assert sum(len(criterion.levels) for criterion in framework.criteria) <= STEPS
    for text in texts(framework):
        at = standing(text, framework)
        for targets, gates in asked_of(framework):
            chosen, found = solved(at, targets, gates)
            assert found.finished
            assert found.cost == pytest.approx(by_trying_all(at, targets, gates)), (
                targets,
                [gate.id for gate in gates],
            )
            assert found.bound == found.cost
            if found.levels is not None:
                assert meeting(at, chosen[0], targets, gates)(found.levels)
                assert chosen[0].cost(found.levels) == pytest.approx(found.cost)


@st.composite
def small(draw: st.DrawFn) -> Framework:
    """The small framework of the tests with other efforts, weights, ladders and exponent."""
    loaded = load_bundled("ogp-irm").framework if draw(st.booleans()) else load_bundled("involve-ogp").framework
    framework = cut(loaded, draw(st.integers(0, 50)))
    efforts = {name: draw(st.sampled_from((0.3, 1, 2, 2.5, 7))) for name in ("low", "medium", "high")}
    criteria = []
    for criterion in framework.criteria:
        points = sorted(
            draw(st.lists(st.integers(1, 100), min_size=len(criterion.levels), max_size=len(criterion.levels)))
        )
        scale = tuple(map(float, points)) if draw(st.booleans()) else None
        weight = draw(st.sampled_from((0.5, 1.0, 3.0)))
        criteria.append(criterion.model_copy(update={"weight": weight, "scale": scale}))
    changed: dict[str, Any] = {"criteria": tuple(criteria), "efforts": efforts}
    if framework.overall:
        exponent = draw(st.sampled_from((0.25, 0.5, 1.0)))
        changed["overall"] = framework.overall.model_copy(update={"exponent": exponent})
    return framework.model_copy(update=changed)


@settings(max_examples=60, deadline=None, derandomize=True)
@given(small(), st.integers(0, 2), st.integers(1, 100), st.integers(1, 100), st.booleans())
def test_the_way_is_cheapest_whatever_the_numbers(
    framework: Framework, text: int, limit: int, other: int, with_gates: bool
) -> None:
    at = standing(texts(framework)[text], framework)
    targets = [Threshold("promise", framework.dimensions[0].id, other, "")]
    if framework.overall:
        targets.append(Threshold("promise", None, limit, ""))
    gates = framework.gates[:2] if with_gates else ()
    _, found = solved(at, targets, gates)
    assert found.finished
    assert found.cost == pytest.approx(by_trying_all(at, targets, gates))


@pytest.mark.parametrize("most", [1, 3, 10, 30])
def test_stopped_early_it_knows_how_far_it_is_from_the_cheapest(most: int) -> None:
    framework = load_bundled("ogp-irm").framework
    at = standing(EMPTY.format(kind=""), framework)
    targets = [Threshold("promise", part.id, 60, "") for part in framework.dimensions]
    alternatives, best = solved(at, targets, ())
    found = search(alternatives, meeting(at, alternatives[0], targets, ()), lambda nodes: nodes >= most)
    assert found.bound <= best.cost <= found.cost
    assert found.levels is not None
    assert found.finished == (found.nodes < most or found.cost == found.bound)


def test_stopped_before_it_begins_it_still_has_a_way() -> None:
    framework = load_bundled("involve-ogp").framework
    at = standing(EMPTY.format(kind=""), framework)
    targets = (Threshold("promise", None, 40, "40"),)
    alternatives, best = solved(at, targets, ())
    found = search(alternatives, meeting(at, alternatives[0], targets, ()), lambda _: True)
    assert (found.finished, found.nodes) == (False, 0)
    assert found.levels is not None
    assert 0 < found.bound <= best.cost < found.cost


def test_what_two_criteria_ask_alike_costs_once() -> None:
    framework = load_bundled("ogp-irm").framework
    at = standing(EMPTY.format(kind=""), framework)
    targets = [Threshold("promise", part.id, 100, "") for part in framework.dimensions]
    chosen = ways(at, targets, ())[0]
    shared = {work.rungs for work in chosen.works if len({name for name, _ in work.rungs}) > 1}
    assert {(("V1", 1), ("V2", 2)), (("M1", 1), ("M2", 1)), (("M1", 2), ("M2", 3)), (("Y2", 1), ("Y3", 1))} == shared
    every = sum(framework.cost(level.effort) for part in framework.criteria for level in part.levels)
    assert chosen.cost([rise.top for rise in chosen.rises]) < every


def test_wording_is_no_difference_and_a_word_list_is_its_words() -> None:
    framework = load_bundled("involve-ogp").framework
    test = framework.criteria[1].levels[0].tests[0]
    other = test.model_copy(update={"says": "Something else", "fix": "Do something else"})
    assert asked_by(test, framework) == asked_by(other, framework)
    constraint = test.with_.fields["about"]
    spelled = constraint.model_copy(update={"any": tuple(framework.values(constraint.any or ()))})
    conditions = test.with_.model_copy(update={"fields": {"about": spelled}})
    assert asked_by(test, framework) == asked_by(test.model_copy(update={"with_": conditions}), framework)
    narrower = spelled.model_copy(update={"any": (spelled.any or ())[:1]})
    conditions = test.with_.model_copy(update={"fields": {"about": narrower}})
    assert asked_by(test, framework) != asked_by(test.model_copy(update={"with_": conditions}), framework)


def test_what_holds_already_costs_nothing() -> None:
    """All that the second rung of Q2 asks stands there; only the first is open."""
    framework = load_bundled("involve-ogp").framework
    at = standing(EMPTY.format(kind="") + "objective: {improves: [time]}\n", framework)
    chosen = ways(at, [Threshold("promise", "Q", 100, "")], ())[0]
    rise = next(rise for rise in chosen.rises if rise.criterion == "Q2")
    assert rise.works[0] is not None
    assert rise.works[1] is None


def test_what_a_person_must_judge_cannot_be_written() -> None:
    framework = load_bundled("involve-ogp").framework
    first = framework.criteria[0]
    levels = (*first.levels[:2], first.levels[2].model_copy(update={"judged": "Is it so?"}), first.levels[3])
    judged = first.model_copy(update={"levels": levels})
    at = standing(EMPTY.format(kind=""), framework.model_copy(update={"criteria": (judged, *framework.criteria[1:])}))
    assert at.top(judged) == 2


def test_never_stops_nowhere() -> None:
    assert not never(10**9)
