"""Scored, absent, not assessed, not applicable: never confused, decided apart for promise and practice."""

import pytest

from conftest import assessed, document, finding, level
from openreform.assessment import Assessment, SideFinding
from openreform.framework import Framework
from openreform.loading.frameworks import load_bundled
from openreform.scoring.assess import contradictions

OPEN = "publications: [{title: Figures, access: open}]\n"
WORKING = (
    "publications: [{title: Figures, access: open, status: operational, evidence: [e]}]\n"
    "evidence: [{id: e, title: The page, kind: working}]\n"
)


def outcome(assessment: Assessment, criterion: str) -> tuple[str, int | None, str, int | None]:
    both = finding(assessment, criterion)
    assert both.practice is not None
    return both.promise.outcome, both.promise.level, both.practice.outcome, both.practice.level


@pytest.mark.parametrize(
    ("text", "criterion", "expected"),
    [
        # silence is level 0; where nothing operates nobody says anything of practice
        ("", "T5", ("absent", 0, "not-assessed", None)),
        (OPEN, "T5", ("scored", 1, "not-assessed", None)),
        # something operates: what is promised and not shown is absent, what is not promised was not looked at
        (WORKING, "T5", ("scored", 1, "scored", 1)),
        (WORKING, "P1", ("absent", 0, "not-assessed", None)),
        (WORKING + "mechanisms: [{title: Ask, people_can: [comment]}]\n", "P1", ("scored", 1, "absent", 0)),
        # somebody looked
        (WORKING + "none_found: [{criteria: [P1]}]\n", "P1", ("absent", 0, "absent", 0)),
        ("none_found: [{criteria: [T5]}]\n", "T5", ("absent", 0, "absent", 0)),
        ("none_found: [{criteria: ['involve-ogp:T5']}]\n", "T5", ("absent", 0, "absent", 0)),
        ("none_found: [{criteria: [T5]}]\n", "P1", ("absent", 0, "not-assessed", None)),
        # not written yet
        ("undescribed: [publications]\n", "T5", ("not-assessed", None, "not-assessed", None)),
        ("undescribed: [mechanisms]\n", "T5", ("absent", 0, "not-assessed", None)),
        (WORKING + "undescribed: [mechanisms]\n", "P1", ("not-assessed", None, "not-assessed", None)),
        (
            "publications: [{title: A, access: open, status: operational}]\nundescribed: [evidence]\n",
            "T5",
            ("scored", 1, "not-assessed", None),
        ),
        # upper and lower case do not matter, and something unknown stays in the mean
        (WORKING + "none_found: [{criteria: [p1]}]\n", "P1", ("absent", 0, "absent", 0)),
        (WORKING + "mechanisms: [{title: B, unknown: [people_can]}]\n", "P1", ("absent", 0, "absent", 0)),
    ],
)
def test_outcomes(
    text: str, criterion: str, expected: tuple[str, int | None, str, int | None], framework: Framework
) -> None:
    assert outcome(assessed(text, framework), criterion) == expected


def test_quality_has_no_practice(framework: Framework) -> None:
    result = assessed(WORKING, framework)
    assert finding(result, "Q3").practice is None
    assert next(part for part in result.dimensions if part.id == "Q").practice is None


def test_practice_never_exceeds_promise(framework: Framework) -> None:
    text = (
        "mechanisms: [{title: Complain, people_can: [complain], responder: Board, status: operational, evidence: [e],\n"
        "  reply: {within_days: 10, reasons: true, on_time_percent: 95}, publishes: [statistics]}]\n"
        "evidence: [{id: e, title: An audit, kind: check, publisher: Auditor, independent: true,\n"
        "  url: https://example.org/audit}]\n"
    )
    both = finding(assessed(text, framework), "A4")
    assert both.practice is not None
    assert (both.promise.level, both.practice.level) == (2, 2)


def test_unknown_fields_leave_a_range(framework: Framework) -> None:
    text = "publications: [{title: Figures, access: open, unknown: [formats, licence]}]\n"
    result = assessed(text, framework)
    assert (finding(result, "T5").promise.level, finding(result, "T5").promise.high) == (1, 2)
    dimension = next(part for part in result.dimensions if part.id == "T").promise
    assert (dimension.score, dimension.low, dimension.high) == (12.5, 12.5, 25.0)
    assert result.promise.low == result.promise.score
    assert result.promise.high is not None
    assert result.promise.score is not None
    assert result.promise.high > result.promise.score


def changed(framework: Framework, criterion: str, **fields: object) -> Framework:
    """The framework with some fields of one criterion replaced."""
    criteria = tuple(part.model_copy(update=fields) if part.id == criterion else part for part in framework.criteria)
    return framework.model_copy(update={"criteria": criteria})


def test_not_applicable_leaves_the_mean(framework: Framework) -> None:
    allowing = changed(framework, "T5", may_not_apply=True)
    text = "publications: [{title: Figures, about: [performance]}]\n"
    without, with_ = (
        assessed(text, allowing),
        assessed(text + "not_applicable: {T5: Nothing is data here.}\n", allowing),
    )
    scores = [next(part for part in result.dimensions if part.id == "T").promise for result in (without, with_)]
    assert [score.score for score in scores] == [12.5, 25.0]
    assert [score.coverage for score in scores] == [1.0, 1.0]
    side: SideFinding = finding(with_, "T5").promise
    assert (side.outcome, side.level, side.reason) == ("not-applicable", None, "not applicable: Nothing is data here.")


def test_not_applicable_is_refused_where_it_is_denied_by_the_document(framework: Framework) -> None:
    allowing = framework
    for ident in ("T2", "T5", "P1", "P5"):
        allowing = changed(allowing, ident, may_not_apply=True)
    text = f"{OPEN}not_applicable: {{T5: No., P1: No.}}\n"
    parsed = document(text)
    assert [(c.code, c.at) for c in contradictions(parsed.reform, allowing, parsed.locate)] == [
        ("not-applicable-described", ("not_applicable", "T5"))
    ]
    crowded = framework.model_copy(
        update={
            "criteria": tuple(
                c.model_copy(update={"dimension": "T", "may_not_apply": True}) for c in framework.criteria
            )
        }
    )
    parsed = document("not_applicable: {T2: No., T5: No., P1: No., P5: No.}\n")
    assert [c.code for c in contradictions(parsed.reform, crowded, parsed.locate)] == ["not-applicable-too-many"]


def test_a_judged_rung_waits_for_a_judgement(framework: Framework) -> None:
    levels = framework.criteria[0].levels
    judged_first = tuple(
        level.model_copy(update={"tests": (), "practice_tests": None, "judged": "Is it ambitious?"}) for level in levels
    )
    judging = changed(framework, "T2", levels=judged_first)
    waiting = finding(assessed("", judging), "T2").promise
    assert (waiting.outcome, waiting.level, waiting.reason) == (
        "not-assessed",
        None,
        "nobody has judged it: Is it ambitious?",
    )
    text = (
        "evidence: [{id: e, title: The plan}]\n"
        "judgements: {T2: {level: 3, because: It is., evidence: [e], by: The forum}}\n"
    )
    assert finding(assessed(text, judging), "T2").promise.level == 3
    for name in ("T2", "t2", "'involve-ogp:T2'"):
        none_of_it = text.replace("T2:", f"{name}:").replace("level: 3", "level: 0")
        assert finding(assessed(none_of_it, judging), "T2").promise.level == 0


def test_a_judged_rung_above_others_leaves_a_range(framework: Framework) -> None:
    levels = (
        *framework.criteria[1].levels[:1],
        framework.criteria[1].levels[1].model_copy(update={"judged": "Is it?", "tests": ()}),
    )
    assert framework.criteria[1].id == "T5"
    judging = changed(framework, "T5", levels=levels)
    side = finding(assessed(OPEN, judging), "T5").promise
    assert (side.outcome, side.level, side.high) == ("scored", 1, 2)


def test_bare_ids_are_the_default_frameworks(framework: Framework) -> None:
    other = framework.model_copy(update={"id": "mine"})
    text = "none_found: [{criteria: [A4]}]\n"
    assert outcome(assessed(text, framework), "A4")[2] == "absent"
    assert outcome(assessed(text, other), "A4")[2] == "not-assessed"
    assert outcome(assessed("none_found: [{criteria: ['mine:A4']}]\n", other), "A4")[2] == "absent"
    assert assessed(text, other).practice == assessed("", other).practice


def test_a_judgement_is_read_where_texts_are_compared() -> None:
    """Its sentences are the author's too, and stand by the id of a criterion and not in a list."""
    text = (
        "milestones: [{title: The step, output: It is done}]\nevidence: [{id: e, title: The proof}]\n"
        "judgements: {T2: {level: 3, because: It is done, evidence: [e], by: The forum}}\n"
    )
    assert level(text, "Q3", load_bundled("involve-ogp").framework) == 1
