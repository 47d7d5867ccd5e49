"""Which rung of a criterion a reform holds, on each side, and what happened where it holds none (design §6, Outcomes)."""

from dataclasses import dataclass

from openreform.assessment import Fact, Outcome, Side
from openreform.framework import DEFAULT_FRAMEWORK, Criterion, tests_of
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
            return _unassessed(climbed, REASONS["undescribed"].format(sections=", ".join(missing)))
        if criterion.levels[0].judged and criterion.id not in reader.reform.judgements:
            return _unassessed(climbed, REASONS["not-judged"].format(question=criterion.levels[0].judged))
    return climbed


def _practice(criterion: Criterion, promise: Reached, reader: Reader) -> Reached:
    refused = _not_applicable(criterion, reader)
    if refused:
        return refused
    looked = criterion.id in none_found(reader)
    if not reader.operates and not looked:
        return Reached("not-assessed", None, None, (), (), REASONS["nothing-operates"])
    climbed = _climb(criterion, "practice", reader)
    level = min(climbed.level or 0, promise.level or 0)
    high = min(climbed.high or 0, promise.high or 0)
    if level:
        return Reached("scored", level, high, climbed.met, climbed.unmet, None)
    if looked:
        return Reached("absent", 0, high, (), climbed.unmet, REASONS["none-found"])
    if promise.outcome == "not-assessed":
        return Reached("not-assessed", None, None, (), climbed.unmet, promise.reason)
    if promise.level and reader.is_undescribed("evidence"):
        reason = REASONS["undescribed"].format(sections="evidence")
        return Reached("not-assessed", None, None, (), climbed.unmet, reason)
    if promise.level or promise.high:
        return Reached("absent", 0, high, (), climbed.unmet, REASONS["promised-only"])
    return Reached("not-assessed", None, None, (), climbed.unmet, REASONS["nobody-looked"])


def none_found(reader: Reader) -> set[str]:
    """The criteria whose practice somebody looked for and did not find, by their ids in this framework."""
    return {own_id(name, reader) for entry in reader.reform.none_found for name in entry.criteria}


def own_id(name: str, reader: Reader) -> str:
    """The id within this framework of a criterion a document names; nothing if it is another framework's.

    Written `framework:id`, or bare, which means the default framework; upper and lower case do not matter.
    """
    owner, colon, ident = name.rpartition(":")
    if (owner if colon else DEFAULT_FRAMEWORK) != reader.framework.id:
        return ""
    criterion = reader.framework.criterion(ident)
    return criterion.id if criterion else ""


def _not_applicable(criterion: Criterion, reader: Reader) -> Reached | None:
    for name, reason in reader.reform.not_applicable.items():
        if own_id(name, reader) == criterion.id:
            return Reached("not-applicable", None, None, (), (), REASONS["not-applicable"].format(reason=reason))
    return None


def _climb(criterion: Criterion, side: Side, reader: Reader) -> Reached:
    """The highest rung whose tests, and those of all lower rungs, hold; and the same if every unknown were for it."""
    level = high = 0
    met: tuple[Fact, ...] = ()
    unmet: tuple[Fact, ...] = ()
    sure, possible = True, True
    for rung, step in enumerate(criterion.levels, start=1):
        facts = tuple(
            ask(test, fact_id(criterion, rung, index, side), reader, Asking(side, rung, criterion.ceilings))
            for index, test in enumerate(step.tests_for(side))
        )
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


def fact_id(criterion: Criterion, rung: int, index: int, side: Side) -> str:
    """The id of a test: criterion, rung, a letter; a `p` for practice where it has tests of its own."""
    own = side == "practice" and criterion.levels[rung - 1].practice_tests is not None
    return f"{criterion.id}.{rung}{'p' if own else ''}{chr(ord('a') + index)}"


def _judged(criterion: Criterion, rung: int, side: Side, reader: Reader) -> Truth:
    """Whether a person has judged this rung to hold; a judgement speaks of the promise, and of practice with evidence."""
    for name, judgement in reader.reform.judgements.items():
        if own_id(name, reader) == criterion.id:
            return judgement.level >= rung and (side == "promise" or bool(judgement.evidence))
    return None


def _unassessed(climbed: Reached, reason: str) -> Reached:
    return Reached("not-assessed", None, None, (), climbed.unmet, reason)


def _sections(criterion: Criterion) -> list[str]:
    """The sections of the document its tests read."""
    found: list[str] = []
    for test in tests_of(criterion):
        section = test.section or (test.present or test.absent or "").split(".", maxsplit=1)[0]
        if section and section not in found:
            found.append(section)
    return found
