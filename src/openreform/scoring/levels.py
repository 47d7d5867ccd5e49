"""Which rung of a criterion a reform holds, on each side, and what happened where it holds none (design §6, Outcomes)."""

from dataclasses import dataclass

from openreform.assessment import Fact, Outcome, Side
from openreform.framework import Criterion, tests_of
from openreform.messages.reports import REASONS
from openreform.scoring.reading import Reader, Truth, both
from openreform.scoring.testing import Asking, ask


@dataclass(frozen=True, slots=True)
class Reached:
    """One criterion on one side, before it is weighed. `level` and `high` are None where nothing was assessed."""

    outcome: Outcome
    level: int | None
    high: int | None
    met: tuple[Fact, ...]
    unmet: tuple[Fact, ...]
    reason: str | None


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
        missing = [section for section in _sections(criterion) if reader.is_undescribed(section)]
        if missing:
            return _unassessed(climbed.unmet, REASONS["undescribed"].format(sections=", ".join(missing)))
        if criterion.levels[0].judged and criterion.id not in reader.judgements:
            return _unassessed(climbed.unmet, REASONS["not-judged"].format(question=criterion.levels[0].judged))
    return climbed


def _practice(criterion: Criterion, promise: Reached, reader: Reader) -> Reached:
    refused = _not_applicable(criterion, reader)
    if refused:
        return refused
    looked = criterion.id in reader.none_found
    if not reader.operates and not looked:
        return _unassessed((), REASONS["nothing-operates"])
    climbed = _climb(criterion, "practice", reader)
    level = min(climbed.level or 0, promise.level or 0)
    high = min(climbed.high or 0, promise.high or 0)
    if level:
        return Reached("scored", level, high, climbed.met, climbed.unmet, None)
    if looked:
        return Reached("absent", 0, high, (), climbed.unmet, REASONS["none-found"])
    if promise.outcome == "not-assessed":
        return _unassessed(climbed.unmet, promise.reason)
    if promise.level and reader.is_undescribed("evidence"):
        return _unassessed(climbed.unmet, REASONS["undescribed"].format(sections="evidence"))
    if promise.level or promise.high:
        return Reached("absent", 0, high, (), climbed.unmet, REASONS["promised-only"])
    return _unassessed(climbed.unmet, REASONS["nobody-looked"])


def _not_applicable(criterion: Criterion, reader: Reader) -> Reached | None:
    reason = reader.not_applicable.get(criterion.id)
    if reason is None:
        return None
    return Reached("not-applicable", None, None, (), (), REASONS["not-applicable"].format(reason=reason))


def _climb(criterion: Criterion, side: Side, reader: Reader) -> Reached:
    """The highest rung whose tests, and those of all lower rungs, hold; and the same if every unknown were for it."""
    level = high = 0
    met: tuple[Fact, ...] = ()
    unmet: tuple[Fact, ...] = ()
    sure, possible = True, True
    for rung, step in enumerate(criterion.levels, start=1):
        facts = ask_rung(criterion, rung, side, reader)
        judged: Truth = _judged(criterion, rung, side, reader) if step.judged else True
        holds = both(iter((judged, *(fact.holds for fact in facts))))
        sure = sure and holds is True
        possible = possible and holds is not False
        if sure:
            level, met = rung, (*met, *facts)
        elif not unmet:
            unmet = tuple(fact for fact in facts if fact.holds is not True)
        if possible:
            high = rung
        else:
            break
    reason = None if level else REASONS["nothing-described"]
    return Reached("scored" if level else "absent", level, high, met, unmet, reason)


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


def _unassessed(unmet: tuple[Fact, ...], reason: str | None) -> Reached:
    return Reached("not-assessed", None, None, (), unmet, reason)


def _sections(criterion: Criterion) -> list[str]:
    """The sections of the document its tests read."""
    found: list[str] = []
    for test in tests_of(criterion):
        section = test.section or (test.present or test.absent or "").split(".", maxsplit=1)[0]
        if section and section not in found:
            found.append(section)
    return found
