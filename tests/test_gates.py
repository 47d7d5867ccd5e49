"""Gates: passed, failed, not applicable, undecided; they read the promise and change no score."""

import pytest

from conftest import assessed
from openreform.framework import Framework, Test
from openreform.messages.reports import GATES
from openreform.scoring.gates import minima

VERIFIABLE = "end: 2027\nmilestones: [{title: Open the register, kind: tool, due: 2026}]\n"
UNKNOWN_DATE = "milestones: [{title: Adopt the law, kind: law, unknown: [due]}]\n"
RICH = (
    "leads: [{organisation: Board}]\nmilestones: [{id: m1, title: Step, due: 2026}]\n"
    "publications: [{title: Figures, about: [performance], access: open, frequency: yearly, granularity: [area],\n"
    "  compares: [targets], formats: [csv], licence: CC0-1.0, milestone: m1}]\n"
)
COMPLAIN = "mechanisms: [{title: Complain, people_can: [complain], open_to: [anyone], channels: [web]}]\n"


@pytest.mark.parametrize(
    ("text", "gate", "expected"),
    [
        ("", "verifiable", "failed"),
        (VERIFIABLE, "verifiable", "passed"),
        (UNKNOWN_DATE, "verifiable", "undecided"),
        ("undescribed: [milestones]\n", "verifiable", "undecided"),
        ("", "lens", "failed"),
        ("publications: [{title: Figures, access: open}]\n", "lens", "failed"),
        ("publications: [{title: Figures, access: open, formats: [csv]}]\n", "lens", "passed"),
        ("publications: [{title: Figures, access: open, unknown: [formats]}]\n", "lens", "undecided"),
        (COMPLAIN, "lens", "passed"),
        ("", "mechanism", "not-applicable"),
        ("claims: {accountability: tbd}\n", "mechanism", "not-applicable"),
        ("undescribed: [claims]\n", "mechanism", "undecided"),
        ("claims: {accountability: Officials will answer.}\n", "mechanism", "failed"),
        ("claims: {accountability: Officials will answer.}\n" + COMPLAIN, "mechanism", "passed"),
        ("", "information-only", "passed"),
        (RICH, "information-only", "failed"),
        (RICH + COMPLAIN, "information-only", "passed"),
        ("", "reprisals", "passed"),
        ("concerns: [{kind: other, text: Delays.}]\n", "reprisals", "passed"),
        ("concerns: [{kind: reprisal, text: A clerk was dismissed.}]\n", "reprisals", "failed"),
        ("undescribed: [concerns]\n", "reprisals", "undecided"),
    ],
)  # fmt: skip
def test_gate(text: str, gate: str, expected: str, framework: Framework) -> None:
    result = assessed(text, framework)
    assert next(part.result for part in result.gates if part.id == gate) == expected


def test_a_gate_changes_no_score(framework: Framework) -> None:
    with_concern = assessed(RICH + "concerns: [{kind: reprisal, text: A clerk was dismissed.}]\n", framework)
    assert with_concern.promise == assessed(RICH, framework).promise


DATED, COUNTED = (
    "most milestones have a date of their own",
    "most milestones deliver something that can be counted, dated or found",
)


@pytest.mark.parametrize(
    ("text", "gate", "reason", "facts"),
    [
        (
            "undescribed: [claims]\n",
            "mechanism",
            "not known: If the text claims accountability, is there a mechanism the public can set off?",
            {},
        ),
        ("", "mechanism", "nothing stands under claims.accountability", {}),
        (
            "",
            "verifiable",
            "fewer than four in five milestones deliver something that can be counted, dated or found; "
            "fewer than four in five milestones have a date of their own, inside the plan",
            {"verifiable.a": False, "verifiable.b": False},
        ),
        (VERIFIABLE, "verifiable", f"{COUNTED}; {DATED}", {"verifiable.a": True, "verifiable.b": True}),
        (UNKNOWN_DATE, "verifiable", f"not known: {DATED}", {"verifiable.a": True, "verifiable.b": None}),
    ],
)
def test_a_gate_says_why(
    text: str, gate: str, reason: str, facts: dict[str, bool | None], framework: Framework
) -> None:
    rule = framework.gate(gate)
    assert rule is not None
    judged = next(part for part in assessed(text, framework).gates if part.id == gate)
    assert (judged.title, judged.reason) == (rule.title, reason)
    assert {fact.test: fact.holds for fact in judged.facts} == facts


def test_a_gate_without_words_of_its_own_says_why_all_the_same(framework: Framework) -> None:
    """Without a sentence of the framework the fact itself is told, and of several tests only those that failed."""
    gate = framework.gate("verifiable")
    assert gate is not None
    bare = tuple(test.model_copy(update={"otherwise": None}) for test in gate.tests)
    changed = gate.model_copy(update={"tests": bare, "not_applicable_says": None})
    made = framework.model_copy(update={"gates": (changed,)})
    (judged,) = assessed("end: 2027\nmilestones: [{title: Open the register, kind: tool, quantity: 3}]\n", made).gates
    assert (judged.result, judged.reason) == ("failed", f"not so: {DATED}")
    never = changed.model_copy(update={"applies_when": Test.model_validate({"present": "claims.accountability"})})
    (judged,) = assessed("", made.model_copy(update={"gates": (never,)})).gates
    assert (judged.result, judged.reason) == ("not-applicable", GATES["not-applicable"])


def test_the_scores_a_gate_reads_also_where_it_applies(framework: Framework) -> None:
    gate = framework.gate("information-only")
    assert gate is not None
    assert minima(gate) == (("T", 50.0), ("P", 25.0), ("A", 25.0))
    when = Test.model_validate({"dimension": {"id": "Q", "min": 10}})
    assert minima(gate.model_copy(update={"applies_when": when}))[-1] == ("Q", 10.0)
    plain = framework.gate("reprisals")
    assert plain is not None
    assert minima(plain) == ()


def test_a_dimension_that_might_reach_a_minimum_is_undecided(framework: Framework) -> None:
    gate = framework.gate("information-only")
    assert gate is not None
    wanted = Test.model_validate({"dimension": {"id": "T", "min": 20}, "says": "much can be seen"})
    made = framework.model_copy(update={"gates": (gate.model_copy(update={"tests": (wanted,), "applies_when": None}),)})
    text = "publications: [{title: Figures, access: open, unknown: [formats]}]\n"
    assert [part.result for part in assessed(text, made).gates] == ["undecided"]
    assert [part.result for part in assessed(text.replace(", unknown: [formats]", ""), made).gates] == ["failed"]
    wanted = Test.model_validate({"dimension": {"id": "T", "min": 1}, "says": "anything can be seen"})
    made = framework.model_copy(update={"gates": (gate.model_copy(update={"tests": (wanted,), "applies_when": None}),)})
    assert [part.result for part in assessed("", made).gates] == ["failed"]
