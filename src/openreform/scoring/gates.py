"""Pass/fail rules beside the score; they read the promise and change nothing."""

from collections.abc import Iterator, Mapping

from openreform.assessment import DimensionScore, Fact, Gate
from openreform.framework import Ceilings, Framework, Test
from openreform.framework import Gate as GateRule
from openreform.messages.reports import GATES, JOIN
from openreform.scoring.reading import Reader, Truth, both
from openreform.scoring.testing import Asking, GateTruth, ask, truth
from openreform.scoring.weighing import Levels as ReachedLevels


def judge(
    rule: GateRule, reader: Reader, levels: ReachedLevels, dimensions: Mapping[str, DimensionScore | None]
) -> Gate:
    """Whether a gate is passed, failed, not applicable (nothing claimed) or undecided."""
    asking = Asking("promise", 0, Ceilings(), answers(levels, dimensions))
    applies = truth(rule.applies_when, reader, asking) if rule.applies_when else True
    if applies is None:
        return Gate(rule.id, rule.title, "undecided", GATES["undecided"].format(says=rule.question), ())
    if applies is False:
        reason = rule.not_applicable_says or GATES["not-applicable"]
        return Gate(rule.id, rule.title, "not-applicable", reason, ())
    facts = tuple(
        ask(test, f"{rule.id}.{chr(ord('a') + index)}", reader, asking) for index, test in enumerate(rule.tests)
    )
    holds = both(fact.holds for fact in facts)
    if holds is True:
        return Gate(rule.id, rule.title, "passed", GATES["passed"].format(says=_joined(facts)), facts)
    if holds is None:
        undecided = tuple(fact for fact in facts if fact.holds is None)
        return Gate(rule.id, rule.title, "undecided", GATES["undecided"].format(says=_joined(undecided)), facts)
    failed = tuple(fact for fact in facts if fact.holds is False)
    return Gate(
        rule.id,
        rule.title,
        "failed",
        JOIN["facts"].join(fact.otherwise or GATES["failed"].format(says=fact.says) for fact in failed),
        facts,
    )


def answers(levels: ReachedLevels, dimensions: Mapping[str, DimensionScore | None]) -> GateTruth:
    """Answers what only gates and faults may ask: of the promise, a level reached or a dimension's score."""

    def answer(test: Test) -> Truth:
        if test.level:
            reached = levels[test.level.criterion][0]
            return _at_least(test.level.min, reached.level, reached.high)
        score = dimensions.get(test.dimension.id) if test.dimension else None
        return _at_least(test.dimension.min, score.score, score.high) if score and test.dimension else None

    return answer


def minima(rule: GateRule) -> tuple[tuple[str, float], ...]:
    """The scores a gate asks for, by dimension; none if it reads only levels and facts."""
    tests = (*rule.tests, *((rule.applies_when,) if rule.applies_when else ()))
    read = (inner.dimension for test in tests for inner in test.walk())
    return tuple(dict.fromkeys((wanted.id, wanted.min) for wanted in read if wanted))


def needed_levels(framework: Framework, gate: Gate) -> Iterator[list[tuple[str, int]]]:
    """What would turn a failed gate: for each test that failed, the criteria and levels of which one is enough."""
    rule = framework.gate(gate.id)
    for test, fact in zip(rule.tests if rule else (), gate.facts, strict=True):
        if fact.holds is False:
            wanted = [(inner.level.criterion, inner.level.min) for inner in test.walk() if inner.level]
            if wanted:
                yield wanted


def _at_least(minimum: float, reached: float | None, possible: float | None) -> Truth:
    """Whether a level or score reaches a minimum; undecided where it is not known or only might."""
    if reached is None:
        return None
    return reached >= minimum or (None if (possible or 0) >= minimum else False)


def _joined(facts: tuple[Fact, ...]) -> str:
    return JOIN["facts"].join(fact.says for fact in facts)
