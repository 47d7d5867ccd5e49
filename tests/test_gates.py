"""Gates: passed, failed, not applicable, undecided; they read the promise and change no score."""

import pytest

from conftest import assessed
from openreform.framework import Framework

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
