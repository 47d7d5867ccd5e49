"""Which rung of a criterion a reform holds, on each side, and what happened where it holds none (design §6, Outcomes)."""

from typing import NamedTuple

from openreform.assessment import Fact, Outcome, Side
from openreform.framework import Criterion, tests_of
from openreform.messages.reports import REASONS
from openreform.scoring.reading import Reader, Truth
from openreform.scoring.testing import Asking, ask, ladder


class Reached(NamedTuple):
    """One criterion on one side, before it is weighed and explained.

    level, high: None where nothing was assessed. held: the rungs all of whose tests hold. stuck: the rung above them, and
    which of its tests do not hold; 0 if there is none. waits_for: the sections not described yet that it would need.
    """

    outcome: Outcome
    level: int | None
    high: int | None
    held: int
    stuck: int
    unmet: tuple[int, ...]
    reason: str | None
    waits_for: tuple[str, ...] = ()


def reach(criterion: Criterion, reader: Reader) -> tuple[Reached, Reached | None]:
    """The levels of the promise and of the practice; no practice where the criterion is about the text alone."""
    promise = _promise(criterion, reader)
    return promise, _practice(criterion, promise, reader) if criterion.practice else None


def _promise(criterion: Criterion, reader: Reader) -> Reached:
    refused = _not_applicable(criterion, reader)
    if refused:
        return refused
    climbed = _climb(criterion, "promise", reader)
    if climbed.level == 0:
        left_out = reader.reform.undescribed
        missing = [section for section in _sections(criterion, reader) if section in left_out] if left_out else []
        if missing:
            return _waiting(climbed, *missing)
        if criterion.levels[0].judged and criterion.id not in reader.judgements:
            return _unassessed(climbed, REASONS["not-judged"].format(question=criterion.levels[0].judged))
    return climbed


def _practice(criterion: Criterion, promise: Reached, reader: Reader) -> Reached:
    refused = _not_applicable(criterion, reader)
    if refused:
        return refused
    looked = criterion.id in reader.none_found
    if not reader.operates and not looked:
        return _unassessed(None, REASONS["nothing-operates"])
    if not (looked or promise.level or promise.high):
        if promise.waits_for:
            return _waiting(None, *promise.waits_for)
        return _unassessed(None, promise.reason if promise.outcome == "not-assessed" else REASONS["nobody-looked"])
    climbed = _climb(criterion, "practice", reader)
    level = min(climbed.level or 0, promise.level or 0)
    high = min(climbed.high or 0, promise.high or 0)
    if level:
        return Reached("scored", level, high, climbed.held, climbed.stuck, climbed.unmet, None)
    if looked:
        return Reached("absent", 0, high, 0, climbed.stuck, climbed.unmet, REASONS["none-found"])
    if promise.level and reader.is_undescribed("evidence"):
        return _waiting(climbed, "evidence")
    return Reached("absent", 0, high, 0, climbed.stuck, climbed.unmet, REASONS["promised-only"])


def _not_applicable(criterion: Criterion, reader: Reader) -> Reached | None:
    reason = reader.not_applicable.get(criterion.id)
    if reason is None:
        return None
    return Reached("not-applicable", None, None, 0, 0, (), REASONS["not-applicable"].format(reason=reason))


def _climb(criterion: Criterion, side: Side, reader: Reader) -> Reached:
    """The highest rung whose tests, and those of all lower rungs, hold; and the same if every unknown were for it."""
    level = high = stuck = 0
    unmet: tuple[int, ...] = ()
    for rung, step in enumerate(ladder(criterion, side, reader), start=1):
        judged = _judged(criterion, rung, side, reader) if step.judged else True
        answers = [question.decide(question, reader, step.asking) for question in step.questions]
        if answers.count(True) != len(answers) or judged is not True:
            if not stuck:
                stuck, unmet = rung, tuple(number for number, found in enumerate(answers) if found is not True)
            if judged is False or False in answers:
                break
        elif high == level:  # no rung below is open
            level = rung
        high = rung
    reason = None if level else REASONS["nothing-described"]
    return Reached("scored" if level else "absent", level, high, level, stuck, unmet, reason)


def met(criterion: Criterion, side: Side, reached: Reached, reader: Reader) -> tuple[Fact, ...]:
    """The facts of the rungs that hold."""
    return tuple(fact for rung in range(1, reached.held + 1) for fact in ask_rung(criterion, rung, side, reader))


def unmet(criterion: Criterion, side: Side, reached: Reached, reader: Reader) -> tuple[Fact, ...]:
    """The facts of the rung above that do not hold."""
    facts = ask_rung(criterion, reached.stuck, side, reader) if reached.unmet else ()
    return tuple(facts[number] for number in reached.unmet)


def ask_rung(criterion: Criterion, rung: int, side: Side, reader: Reader) -> tuple[Fact, ...]:
    """The facts of one rung, in the order of its tests.

    Ids are made of criterion, rung and a letter; with a `p` for practice where it has tests of its own.
    """
    step = criterion.levels[rung - 1]
    own = "p" if side == "practice" and step.practice_tests is not None else ""
    asking = Asking(side, rung, criterion.ceilings)
    return tuple(
        ask(test, f"{criterion.id}.{rung}{own}{chr(ord('a') + index)}", reader, asking)
        for index, test in enumerate(step.tests_for(side))
    )


def _judged(criterion: Criterion, rung: int, side: Side, reader: Reader) -> Truth:
    """Whether a person has judged this rung to hold; a judgement speaks of the promise, and of practice with evidence."""
    judgement = reader.judgements.get(criterion.id)
    if judgement is None:
        return None
    return judgement.level >= rung and (side == "promise" or bool(judgement.evidence))


def _unassessed(climbed: Reached | None, reason: str | None) -> Reached:
    if climbed is None:
        return Reached("not-assessed", None, None, 0, 0, (), reason)
    return Reached("not-assessed", None, None, 0, climbed.stuck, climbed.unmet, reason)


def _waiting(climbed: Reached | None, *sections: str) -> Reached:
    """Not assessed until these sections are described."""
    found = _unassessed(climbed, REASONS["undescribed"].format(sections=", ".join(sections)))
    return found._replace(waits_for=sections)


def _sections(criterion: Criterion, reader: Reader) -> list[str]:
    """The sections of the document its tests read."""
    key = ("sections", id(criterion))
    found: list[str] | None = reader.questions.get(key)
    if found is None:
        named = (test.section or (test.present or test.absent or "").split(".")[0] for test in tests_of(criterion))
        found = reader.questions[key] = list(dict.fromkeys(section for section in named if section))
    return found
