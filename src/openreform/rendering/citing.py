"""A case of the library cited where it helps: beside a step to take, and under a criterion."""

from collections.abc import Sequence

from openreform.assessment import Case, Precedent, Step, Steps
from openreform.framework import DEFAULT_FRAMEWORK, Criterion, Framework
from openreform.messages.cases import CASES
from openreform.messages.reports import TEXT
from openreform.plaintext import visible
from openreform.rendering.layout import short

MOST_CITED = 3


def cited(step: Step, steps: Steps, *, whole: bool = True) -> str:
    """The case that does what a step asks for, or that none does; empty if nobody looked. Its title whole, or cut."""
    return who_did(step.precedent, step.level, steps.cases, whole=whole)


def who_did(precedent: Precedent | None, level: int, cases: int, *, whole: bool) -> str:
    """The same by the case itself, the level that is wanted, and how many cases were looked at."""
    if precedent is None:
        return CASES["no-case"] if cases else ""
    practice = precedent.practice or 0
    levels = CASES["in-practice"].format(practice=practice) if practice >= level else levels_in_words(precedent)
    return CASES["see-case"].format(named=named(precedent.case, whole=whole), levels=levels)


def levels_in_words(precedent: Precedent) -> str:
    """The levels a case holds, in words."""
    if precedent.practice is None:
        return CASES["promised"].format(promise=precedent.promise)
    key = "promised-practised" if precedent.practice else "promised-unseen"
    return CASES[key].format(promise=precedent.promise, practice=precedent.practice)


def named(case: Case, *, whole: bool = False) -> str:
    """What to type to read a case, what it is called, and where it is."""
    key = "named" if case.place else "named-nowhere"
    return CASES[key].format(id=case.id, title=visible(case.title) if whole else short(case.title), place=case.place)


def who_does_it(criterion: Criterion, framework: Framework, precedents: Sequence[Precedent]) -> list[str]:
    """The first few cases that hold a level of a criterion, and what none does; every case is listed by the last line."""
    lines = [
        CASES["who-line"].format(named=named(each.case), levels=levels_in_words(each))
        for each in precedents[:MOST_CITED]
    ]
    highest = max((each.promise or 0 for each in precedents), default=0)
    if not highest:
        return [CASES["none-at-all"]]
    if highest < len(criterion.levels):
        lines.append(CASES["none-higher"].format(level=highest + 1))
    if len(precedents) > MOST_CITED:
        option = "" if framework.id == DEFAULT_FRAMEWORK else TEXT["full-framework"]
        lines.append(CASES["more"].format(id=criterion.id, option=option))
    return lines
