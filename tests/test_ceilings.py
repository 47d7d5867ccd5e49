"""How high an element can reach: by how firmly it is planned, and by the best evidence that it works."""

import pytest

from conftest import assessed, document, finding
from openreform.framework import Ceilings, Framework
from openreform.scoring.reading import Reader

DATED = "leads: [{organisation: Health board}]\nmilestones: [{id: m1, title: Step, due: 2026}]\n"
EVIDENCE = (
    "partners: [{name: The partner}]\n"
    "evidence:\n"
    "  - {id: statement, title: A speech, kind: statement}\n"
    "  - {id: document, title: A plan, kind: document, url: https://example.org/plan}\n"
    "  - {id: working, title: The page, kind: working, url: https://example.org/page}\n"
    "  - {id: check, title: An audit, kind: check, publisher: Audit office, independent: true, url: https://example.org/audit}\n"
    "  - {id: own-check, title: Own audit, kind: check, publisher: HEALTH  board, independent: true, url: https://example.org/own}\n"
    "  - {id: partner-check, title: Partner's audit, kind: check, publisher: The partner, independent: true, url: https://example.org/partner}\n"
    "  - {id: nobody-check, title: An audit by nobody, kind: check, independent: true, url: https://example.org/nobody}\n"
    "  - {id: modest-check, title: Audit not called independent, kind: check, publisher: Audit office, url: https://example.org/modest}\n"
    "  - {id: nowhere, title: An audit nobody can look up, kind: check, publisher: Audit office, independent: true}\n"
    "  - {id: placeholder, title: tbd, kind: working}\n"
)


def ceiling(text: str, side: str, framework: Framework, own: Ceilings | None = None) -> int:
    parsed = document(text)
    reader = Reader(parsed.reform, framework, parsed.locate, None)
    return reader.ceiling("publications", 0, side, own or Ceilings()).level  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("fields", "expected"),
    [
        ("status: considered, milestone: m1", 1),
        ("status: planned", 2),
        ("status: piloted", 2),
        ("milestone: m1", 4),
        ("status: piloted, milestone: m1", 4),
        ("status: operational", 4),
        ("status: ended, milestone: m1", 0),
    ],
)
def test_promise(fields: str, expected: int, framework: Framework) -> None:
    assert ceiling(f"{DATED}publications: [{{title: A, {fields}}}]\n", "promise", framework) == expected


@pytest.mark.parametrize(
    ("milestone", "leads", "expected"),
    [
        ("{id: m1, title: Step, due: 2026, responsible: [Ministry]}", "[]", 4),
        ("{id: m1, title: Step, due: 2026}", "[]", 2),
        ("{id: m1, title: Step, due: 2026}", "[{organisation: tbd}]", 2),
        ("{id: m1, title: Step, responsible: [Ministry]}", "[]", 2),
        ("{id: m1, title: tbd, due: 2026, responsible: [Ministry]}", "[]", 2),
        ("{id: m1, due: 2026, responsible: [Ministry]}", "[]", 2),
    ],
)
def test_a_plan_needs_a_dated_step_with_a_body(milestone: str, leads: str, expected: int, framework: Framework) -> None:
    text = f"leads: {leads}\nmilestones: [{milestone}]\npublications: [{{title: A, milestone: m1}}]\n"
    assert ceiling(text, "promise", framework) == expected


@pytest.mark.parametrize(
    ("fields", "expected"),
    [
        ("status: operational", 0),
        ("status: operational, evidence: [statement]", 1),
        ("status: operational, evidence: [document]", 2),
        ("status: operational, evidence: [working]", 3),
        ("status: operational, evidence: [check]", 4),
        ("status: operational, evidence: [statement, check, document]", 4),
        ("status: operational, evidence: [own-check]", 2),
        ("status: operational, evidence: [partner-check]", 2),
        ("status: operational, evidence: [nobody-check]", 2),
        ("status: operational, evidence: [modest-check]", 2),
        ("status: operational, evidence: [placeholder]", 0),
        ("status: operational, evidence: [nowhere]", 1),
        ("status: piloted, evidence: [check]", 2),
        ("status: piloted, evidence: [statement]", 1),
        ("status: planned, evidence: [check]", 0),
        ("status: considered, evidence: [check]", 0),
        ("status: ended, evidence: [check]", 0),
    ],
)
def test_practice(fields: str, expected: int, framework: Framework) -> None:
    assert ceiling(f"{DATED}{EVIDENCE}publications: [{{title: A, {fields}}}]\n", "practice", framework) == expected


def test_a_criterion_may_set_its_own(framework: Framework) -> None:
    text = f"{DATED}{EVIDENCE}publications: [{{title: A, status: operational, evidence: [document]}}]\n"
    assert ceiling(text, "practice", framework, Ceilings(document=4)) == 4
    assert ceiling("publications: [{title: A}]\n", "promise", framework, Ceilings(undated=3)) == 3


@pytest.mark.parametrize(
    "title",
    ["", "title: tbd, ", "title: N/A, ", "title: <what is published>, ", 'title: "[…]", ', "title: Por definir., "],
)
def test_without_a_title_nothing_is_earned(title: str, framework: Framework) -> None:
    assert ceiling(f"publications: [{{{title}access: open}}]\n", "promise", framework) == 0


def test_one_elements_proof_never_pays_for_another(framework: Framework) -> None:
    text = (
        f"{DATED}{EVIDENCE}publications:\n"
        "  - {title: Proven, status: operational, evidence: [check]}\n"
        "  - {title: Rich, access: open, formats: [csv], licence: CC0-1.0, status: operational, evidence: [statement]}\n"
    )
    practice = finding(assessed(text, framework), "T5").practice
    assert practice is not None
    assert practice.level == 1
    assert practice.unmet[0].nearest is not None
    assert practice.unmet[0].nearest.held_down_by == "its best evidence carries no more"


def test_what_is_only_unknown_behind_a_plan_leaves_a_range(framework: Framework) -> None:
    text = (
        "milestones: [{id: m1, title: Step, responsible: [Ministry], unknown: [due]}]\n"
        "publications: [{title: A, access: open, formats: [csv], licence: CC0-1.0, milestone: m1}]\n"
    )
    side = finding(assessed(text, framework), "T5").promise
    assert (side.level, side.high) == (2, 3)
