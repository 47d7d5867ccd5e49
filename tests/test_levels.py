"""What is said of one criterion on one side: outcome, levels, the rung nobody reaches, and the reason, in every case there is."""

import math
from typing import Any

import pytest

from conftest import document
from openreform.assessment import OverallScore
from openreform.framework import Framework
from openreform.loading.frameworks import load_bundled
from openreform.scoring.levels import met, reach, unmet
from openreform.scoring.reading import Reader
from openreform.scoring.steps import score_side

PAGE = "evidence: [{id: e, title: The page, kind: working, url: https://example.org}]\n"
SHOWN = f"publications: [{{title: Figures, access: open, status: operational, evidence: [e]}}]\n{PAGE}"
PARTLY = f"publications: [{{title: A, access: open, status: operational, evidence: [e], formats: [csv], unknown: [licence]}}]\n{PAGE}"
OPEN = "publications: [{title: Figures, access: open}]\n"
NOTHING, SILENT = "nothing is described", "nothing operating is described"
PROMISED = "promised, but nothing that earns it operates with evidence"
NOBODY = (None, None, 0, 0, (), SILENT)

CASES: list[tuple[str, str, tuple[object, ...], tuple[object, ...]]] = [
    # outcome, level, high, held, stuck, unmet, reason: of the promise, and of the practice
    ("", "T5", ("absent", 0, 0, 0, 1, (0,), NOTHING), ("not-assessed", *NOBODY)),
    (OPEN, "T5", ("scored", 1, 1, 1, 2, (0,), None), ("not-assessed", *NOBODY)),
    (OPEN.replace("}", ", unknown: [formats]}"), "T5", ("scored", 1, 2, 1, 2, (0,), None), ("not-assessed", *NOBODY)),
    (SHOWN, "T5", ("scored", 1, 1, 1, 2, (0,), None), ("scored", 1, 1, 1, 2, (0,), None)),
    (PARTLY, "T5", ("scored", 2, 3, 2, 3, (0,), None), ("scored", 2, 3, 2, 3, (0,), None)),
    (
        SHOWN + "none_found: [{criteria: [P1]}]\n",
        "P1",
        ("absent", 0, 0, 0, 1, (0,), NOTHING),
        ("absent", 0, 0, 0, 1, (0,), "looked for and not found"),
    ),
    (
        SHOWN + "mechanisms: [{title: Ask, people_can: [comment]}]\n",
        "P1",
        ("scored", 1, 1, 1, 2, (0,), None),
        ("absent", 0, 0, 0, 1, (0,), PROMISED),
    ),
    (
        SHOWN,
        "P1",
        ("absent", 0, 0, 0, 1, (0,), NOTHING),
        ("not-assessed", None, None, 0, 0, (), "nothing is promised here, and nobody says they looked"),
    ),
    (
        SHOWN + "undescribed: [mechanisms]\n",
        "P1",
        ("not-assessed", None, None, 0, 1, (0,), "not described yet: mechanisms"),
        ("not-assessed", None, None, 0, 0, (), "not described yet: mechanisms"),
    ),
    (
        OPEN.replace("}", ", status: operational}") + "undescribed: [evidence]\n",
        "T5",
        ("scored", 1, 1, 1, 2, (0,), None),
        ("not-assessed", None, None, 0, 1, (0,), "not described yet: evidence"),
    ),
    (
        PARTLY.replace("evidence: [e], ", ""),
        "T5",
        ("scored", 2, 3, 2, 3, (0,), None),
        ("absent", 0, 0, 0, 1, (0,), PROMISED),
    ),
]


def reader_of(text: str, framework: Framework) -> Reader:
    parsed = document(text)
    return Reader(parsed.reform, framework, parsed.locate, None)


def with_criterion(framework: Framework, ident: str, **fields: object) -> Framework:
    criteria = tuple(part.model_copy(update=fields) if part.id == ident else part for part in framework.criteria)
    return framework.model_copy(update={"criteria": criteria})


@pytest.mark.parametrize(("text", "ident", "promise", "practice"), CASES)
def test_everything_that_is_said(
    text: str, ident: str, promise: tuple[object, ...], practice: tuple[object, ...], framework: Framework
) -> None:
    criterion = framework.criterion(ident)
    assert criterion is not None
    promised, practised = reach(criterion, reader_of(text, framework))
    assert tuple(promised)[:7] == promise
    assert practised is not None
    assert tuple(practised)[:7] == practice


def test_all_sections_it_waits_for_are_told() -> None:
    framework = load_bundled("involve-ogp").framework
    criterion = framework.criterion("A5")
    assert criterion is not None
    text = SHOWN + "undescribed: [oversight, instruments, mechanisms]\n"
    promise, practice = reach(criterion, reader_of(text, framework))
    assert practice is not None
    assert promise.reason == practice.reason == "not described yet: mechanisms, instruments"


@pytest.mark.parametrize(("ident", "section"), [("Q1", "problem"), ("Q2", "objective"), ("Q6", "status_quo")])
def test_it_waits_for_a_section_of_which_one_field_is_asked(ident: str, section: str) -> None:
    framework = load_bundled("involve-ogp").framework
    criterion = framework.criterion(ident)
    assert criterion is not None
    promise, _ = reach(criterion, reader_of(f"undescribed: [{section}]\n", framework))
    assert promise.reason == f"not described yet: {section}"


def test_what_it_waits_for_is_told(framework: Framework) -> None:
    text = f"{SHOWN}undescribed: [mechanisms, evidence]\nmechanisms: []\n".replace(PAGE, "").replace(
        "evidence: [e]", "bulk: true"
    )
    for ident, sides in (("P1", (("mechanisms",), ("mechanisms",))), ("T5", ((), ("evidence",)))):
        criterion = framework.criterion(ident)
        assert criterion is not None
        promise, practice = reach(criterion, reader_of(text, framework))
        assert practice is not None
        assert (promise.waits_for, practice.waits_for) == sides


def test_what_cannot_apply_has_neither_side(framework: Framework) -> None:
    allowing = with_criterion(framework, "T5", may_not_apply=True)
    criterion = allowing.criterion("T5")
    assert criterion is not None
    both = reach(criterion, reader_of(f"{SHOWN}not_applicable: {{T5: No data here.}}\n", allowing))
    expected = ("not-applicable", None, None, 0, 0, (), "not applicable: No data here.", ())
    assert [tuple(side) if side else None for side in both] == [expected, expected]


def judged(framework: Framework, *rungs: int) -> tuple[Framework, Any]:
    """The framework with some rungs of T5 that a person has to judge."""
    criterion = framework.criterion("T5")
    assert criterion is not None
    levels = tuple(
        level.model_copy(update={"judged": f"Is it so, {number}?"}) if number in rungs else level
        for number, level in enumerate(criterion.levels, start=1)
    )
    made = with_criterion(framework, "T5", levels=levels)
    return made, made.criterion("T5")


JUDGED = "judgements: {T5: {level: 1, because: Seen., by: A reader, evidence: [e]}}\n"


def test_a_rung_nobody_judged_is_not_assessed(framework: Framework) -> None:
    """With the question of the first rung, which is where it stops; further up it leaves what is below, open above."""
    first, criterion = judged(framework, 1, 2)
    promise, practice = reach(criterion, reader_of(SHOWN, first))
    assert tuple(promise)[:3] == ("not-assessed", None, None)
    assert promise.reason == "nobody has judged it: Is it so, 1?"
    assert promise.stuck == 1
    assert practice is not None
    assert (practice.outcome, practice.level, practice.reason) == ("not-assessed", None, promise.reason)
    second, criterion = judged(framework, 2)
    promise, _ = reach(criterion, reader_of(PARTLY, second))
    assert tuple(promise)[:5] == ("scored", 1, 3, 1, 2)


def test_a_judgement_holds_up_to_its_level_and_of_practice_with_evidence(framework: Framework) -> None:
    made, criterion = judged(framework, 1, 2)
    text = PARTLY + JUDGED
    promise, practice = reach(criterion, reader_of(text, made))
    assert practice is not None
    assert (promise.level, promise.high, promise.stuck, promise.unmet) == (1, 1, 2, ())
    assert (practice.level, practice.high) == (1, 1)
    reader = reader_of(text, made)
    judgement = reader.judgements["T5"].model_copy(update={"evidence": ()})
    bare = reader.reform.model_copy(update={"judgements": {"T5": judgement}})
    promise, practice = reach(criterion, Reader(bare, made, reader.locate, None))
    assert practice is not None
    assert (promise.level, practice.level) == (1, 0)


def test_facts_have_ids_by_rung_and_side(framework: Framework) -> None:
    criterion = framework.criterion("T5")
    assert criterion is not None
    reader = reader_of(PARTLY, framework)
    promise, _ = reach(criterion, reader)
    assert [fact.test for fact in met(criterion, "promise", promise, reader)] == ["T5.1a", "T5.2a"]
    assert [(fact.test, fact.rung, fact.holds) for fact in unmet(criterion, "promise", promise, reader)] == [
        ("T5.3a", 3, None)
    ]
    top = promise._replace(stuck=0, unmet=())
    assert unmet(criterion, "promise", top, reader) == ()
    own = criterion.levels[0].tests
    twice = criterion.levels[0].model_copy(update={"practice_tests": (*own, *own)})
    made = criterion.model_copy(update={"levels": (twice, *criterion.levels[1:])})
    found = met(made, "practice", promise, reader_of(PARTLY, framework))
    assert [fact.test for fact in found] == ["T5.1pa", "T5.1pb", "T5.2a"]


# --- Coverage where there is no score -------------------------------------------------------------------------


def whole(text: str, framework: Framework, side: str = "promise", **overall: object) -> OverallScore:
    if overall:
        assert framework.overall is not None
        framework = framework.model_copy(update={"overall": framework.overall.model_copy(update=overall)})
    reader = reader_of(text, framework)
    levels = {criterion.id: reach(criterion, reader) for criterion in framework.criteria}
    return score_side(
        framework, "practice" if side == "practice" else "promise", levels, operates=reader.operates
    ).overall


def test_coverage_is_told_where_there_is_no_score(framework: Framework) -> None:
    """Six criteria make the whole; two of them read publications."""
    assert whole("undescribed: [publications]\n", framework) == (None, None, None, 4 / 6, "insufficient data")
    lenient = whole("undescribed: [publications]\n", framework, minimum_coverage=0.0)
    assert lenient == (None, None, None, 4 / 6, "no score for T")
    both = whole("undescribed: [publications, mechanisms]\n", framework, minimum_coverage=0.0)
    assert both.coverage < 1
    assert both.note is not None
    assert ", " in both.note
    assert whole("", framework, "practice") == (None, None, None, 0.0, SILENT)
    assert whole("", framework.model_copy(update={"overall": None})) == (
        None,
        None,
        None,
        0.0,
        "this framework makes no single score",
    )


def test_something_assessed_is_told_though_nothing_operates(framework: Framework) -> None:
    """Who says that they looked has assessed something: what is missing then is data, not operation."""
    looked = whole("none_found: [{criteria: [T5]}]\n", framework, "practice")
    assert (looked.coverage, looked.note) == (1 / 6, "insufficient data")
    promise = whole("undescribed: [publications, mechanisms, instruments, leads, oversight]\n", framework)
    assert promise.note == "insufficient data"


def test_what_two_unknowns_could_add_adds_up(framework: Framework) -> None:
    text = "publications: [{title: Figures, about: [performance], access: open, unknown: [formats, frequency, compares, granularity]}]\n"
    reader = reader_of(text, framework)
    levels = {criterion.id: reach(criterion, reader) for criterion in framework.criteria}
    part = score_side(framework, "promise", levels, operates=False).dimensions["T"]
    assert part is not None
    criteria = framework.criteria_of("T")
    could = [
        criterion.score(max(levels[criterion.id][0].level or 0, levels[criterion.id][0].high or 0))
        for criterion in criteria
    ]
    assert len([points for points in could if points]) == len(criteria) == 2
    assert part.high is not None
    assert part.score is not None
    assert math.isclose(part.high, sum(could) / 2)
    assert part.high > part.score
