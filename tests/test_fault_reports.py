"""Faults and exceptions where people read them: in reports, in `explain`, on the pages of a framework."""

import json
import re

import jsonschema
import pytest
from typer.testing import CliRunner

from openreform.cli import main as cli
from openreform.framework import Fault, Framework, Test
from openreform.loading.frameworks import bundled_names, load_bundled
from openreform.rendering.asking import asked
from openreform.rendering.explain import fault_page
from openreform.rendering.faults import fault_lines
from openreform.rendering.layout import Page
from openreform.rendering.sampling import Sample, sample
from openreform.rendering.schemas import assessment_schema

RUNNER = CliRunner()
FRAMEWORK = load_bundled("involve-ogp").framework
EXCEPTED = """openreform: 1
id: trial
title: A trial
start: 2026-01
end: 2026-12
assessed: {by: the office, role: self, date: 2026-06-01}
leads: [{organisation: The office}]
milestones:
  - {id: m1, title: Strengthen the offices}
  - {id: m2, title: A list of offices, kind: publication}
exceptions:
  F16: {because: The ministry of finance decides in spring., by: the head of the office, end: 2026-05-31}
  F02: {where: [m1]}
  F12: {because: It is told elsewhere, by: the head, end: 2026-06}
  F09: {because: Nothing of the kind, by: the head}
"""


def report(form: str = "text", *more: str, text: str = EXCEPTED) -> str:
    result = RUNNER.invoke(cli.app, ["assess", "-", "-f", form, *more], input=text)
    assert result.exit_code == 0, result.output
    return result.stdout


def plain(text: str) -> str:
    return " ".join(text.split())


def part(text: str, heading: str) -> str:
    """What stands under a heading, up to the next one."""
    return plain(re.split(r"\n\n(?=\S)", text.split(f"\n{heading}\n")[1])[0])


LINES = [
    "F16 No budget (line 12): The ministry of finance decides in spring. Answers for it: the head of the office. "
    "It ended: 2026-05-31. Covers line 3.",
    "F02 A step without a date, for m1 (line 13): No reason given. Nobody is named who answers for it. It has no end. "
    "Covers line 9.",
    "F12 No problem (line 14): It is told elsewhere. Answers for it: the head. Until 2026-06. Covers line 3.",
    "F09 A mechanism for officials only (line 15): Nothing of the kind. Answers for it: the head. It has no end. "
    "The document does not have this fault.",
]


def test_a_text_report_counts_faults_and_tells_every_exception() -> None:
    text = report()
    counts = re.fullmatch(r"(.*) \(lines (.*)\); openreform check - lists them\.", part(text, "Faults"))
    assert counts
    assert {"10", "12", "13", "15"} <= set(counts[2].split(", "))
    assert part(text, "Exceptions") == " ".join(LINES)
    assert all(len(line) <= 80 for line in text.splitlines())


def test_the_full_report_lists_each_fault_with_what_to_write() -> None:
    text = part(report("text", "--full"), "Faults")
    assert "openreform check" not in text
    assert (
        "F02 error, line 10: A list of offices: Nothing says by when this step is done. > Add due: YYYY-MM-DD" in text
    )
    assert "X1 error, line 13: This exception gives no reason. > Add because:" in text
    assert text.index(" error, ") < text.index(" warning, ")
    assert "F02 error, line 9" not in text  # excepted, and told under Exceptions
    assert "F16 warning" not in text


@pytest.mark.parametrize("form", ["markdown", "html"])
def test_a_published_report_lists_faults_and_exceptions(form: str) -> None:
    text = plain(re.sub(r"\\(?=\W)", "", report(form)))
    cells = ["F02", "error", "10", "A list of offices: Nothing says by when this step is done."]
    if form == "html":
        assert '<tr><th scope="row">F02</th><td class="failed">error</td><td>line 10</td><td>' + cells[3] in text
    else:
        assert (
            "| error | F02 | 10 | A list of offices: Nothing says by when this step is done. | Add due: YYYY-MM-DD"
            in text
        )
    for line in LINES:
        assert line in text


def test_no_faults_and_no_exceptions_are_no_sections() -> None:
    for form in ("text", "markdown", "html"):
        text = RUNNER.invoke(
            cli.app, ["assess", "-", "-f", form, "--framework", "ogp-co-creation"],
            input="openreform: 1\ndocument: plan\nid: p\ntitle: A plan\n",
        ).stdout  # fmt: skip
        assert "Exceptions" not in text
        if not load_bundled("ogp-co-creation").framework.faults:
            assert "Faults" not in text


def test_json_tells_exceptions_and_whether_each_had_ended() -> None:
    made = json.loads(report("json"))
    jsonschema.validate(made, assessment_schema())
    (assessment,) = made["assessments"]
    told = {
        each["id"]: (each["ended"], each["covers"], each["where"], each["line"]) for each in assessment["exceptions"]
    }
    assert told == {
        "F16": (True, [3], [], 12),
        "F02": (None, [9], ["m1"], 13),
        "F12": (False, [3], [], 14),
        "F09": (None, [], [], 15),
    }
    found = [(each["id"], each["line"], each["exception"]) for each in assessment["faults"]]
    assert ("F02", 9, {"because": None, "by": None, "end": None, "line": 13}) in found
    assert ("F02", 10, None) in found
    assert {("X1", 13, None), ("X2", 12, None), ("X3", 15, None)} <= {each for each in found if each[2] is None}


def test_what_has_ended_depends_on_the_day_of_reading_alone() -> None:
    def ended(*more: str, text: str = EXCEPTED) -> list[bool | None]:
        made = json.loads(report("json", *more, text=text))
        return [each["ended"] for each in made["assessments"][0]["exceptions"]]

    assert ended("--as-of", "2026-05-31") == [False, None, False, None]
    assert ended("--as-of", "2026-07-01") == [True, None, True, None]
    undated = EXCEPTED.replace(", date: 2026-06-01", "")
    assert ended(text=undated) == [None, None, None, None]
    assert "It ended" not in report(text=undated)


def test_a_strangers_words_do_no_harm() -> None:
    rude = EXCEPTED.replace("It is told elsewhere", '"<script>alert(1)</script> | [x](http://example.org) \\u202e"')
    assert "<script" not in report("html", text=rude)
    assert "\u202e" not in report("text", text=rude)
    assert "\\[x\\]" in report("markdown", text=rude)


# --- explain --------------------------------------------------------------------------------------------------

EVERY = [
    (load_bundled(name).framework, fault) for name in bundled_names() for fault in load_bundled(name).framework.faults
]


@pytest.mark.parametrize(("framework", "fault"), EVERY, ids=lambda part: part.id)
def test_every_fault_is_explained(framework: Framework, fault: Fault) -> None:
    result = RUNNER.invoke(cli.app, ["explain", fault.id.lower(), "--framework", framework.id])
    assert result.exit_code == 0, result.stderr
    text = plain(result.stdout)
    for words in (
        f"Fault {fault.id}: {fault.title}",
        fault.message,
        fault.why,
        fault.fix,
        *(d.idea for d in fault.derived_from),
    ):
        assert plain(words) in text
    assert part(result.stdout, "What finds it")
    assert ("Applies when" in text) == (fault.applies_when is not None)
    assert ("To let it stand for now" in text) == (not fault.id.startswith("X"))
    assert all(len(line) <= 80 for line in result.stdout.splitlines() if "https://" not in line)


SAMPLED = [(fault, made) for fault in FRAMEWORK.faults if (made := sample(fault, FRAMEWORK))]


@pytest.mark.parametrize(("fault", "made"), SAMPLED, ids=lambda part: getattr(part, "id", ""))
def test_the_entry_shown_has_the_fault_and_the_mended_one_has_not(fault: Fault, made: Sample) -> None:
    def found(lines: str) -> list[int]:
        assessment = json.loads(report("json", text=f"openreform: 1\nid: x\ntitle: T\n{lines}"))["assessments"][0]
        return [each["line"] for each in assessment["faults"] if each["id"] == fault.id]

    assert found(made.shows), made.shows
    assert not found(made.mended), made.mended


def test_most_faults_of_an_entry_have_a_sample() -> None:
    of_entries = [fault for fault in FRAMEWORK.faults if fault.finds and fault.finds.some]
    assert len(SAMPLED) >= len(of_entries) / 2


def test_the_lines_that_except_a_fault_hold() -> None:
    lines = RUNNER.invoke(cli.app, ["explain", "F16"]).stdout.split("To let it stand for now\n")[1].split("\n\n")[0]
    pasted = "".join(f"{line[2:]}\n" for line in lines.splitlines())
    pasted = pasted.replace("<YYYY-MM-DD>", "2026-12-31").replace("<", "").replace(">", "")
    made = json.loads(report("json", text=f"openreform: 1\nid: x\ntitle: T\n{pasted}"))["assessments"][0]
    assert [each["covers"] for each in made["exceptions"]] == [[3]]


WORDS: list[tuple[dict[str, object], str]] = [
    ({"some": "milestones"}, "There is an entry under milestones."),
    ({"none": "concerns"}, "There is no entry under concerns."),
    ({"some": "milestones", "with": {"due": {"present": False}}}, "An entry under milestones with no due."),
    ({"every": "milestones", "with": {"kind": {"any": ["tool", "service"]}}}, "Every entry under milestones with kind: tool or service."),
    ({"most": "milestones", "share": 0.5, "with": {"due": {"present": True}}}, "50 % or more of the entries under milestones with due given."),
    ({"none": "publications", "with": {"access": "open"}}, "No entry under publications with access: open."),
    (
        {"count": "mechanisms", "of": "channels", "min": 2},
        "At least 2 different values of channels among the entries under mechanisms.",
    ),
    ({"some": "mechanisms", "with": {"free": True, "open_days": {"min": 5, "max": 9}}},
     "An entry under mechanisms with all of these: - free: true - open_days at least 5 - open_days at most 9"),
    ({"some": "milestones", "with": {"due": {"after": "end"}}}, "An entry under milestones with due not before end."),
    ({"some": "milestones", "with": {"not": {"due": {"before": "2026"}}}},
     "An entry under milestones with all of these: - Not this: - due not after 2026"),
    ({"some": "milestones", "with": {"output": {"same_as": ["status_quo", "title"]}}},
     "An entry under milestones with output that says the same as status_quo or title."),
    ({"some": "milestones", "with": {"output": {"not_same_as": "title"}}},
     "An entry under milestones with output that says something else than title."),
    ({"some": "mechanisms", "with": {"channels": {"all": ["web", "phone"]}}},
     "An entry under mechanisms with channels: all of web, phone."),
    ({"some": "mechanisms", "with": {"channels": {"any": "$online"}}}, "An entry under mechanisms with channels: web, app or email."),
    ({"some": "milestones", "with": {"title": {"words": "$vague_verbs"}}}, "An entry under milestones with words in title such as "),
    ({"present": "plan.end"}, "plan.end is given."),
    ({"absent": "budget", "unless": {"present": "leads"}}, "Nothing stands under budget. Unless this is so: leads is given."),
    ({"not": {"present": "budget"}}, "Not this: budget is given."),
    ({"any_of": [{"level": {"criterion": "Q3", "min": 2}}, {"dimension": {"id": "T", "min": 50}}]},
     "One of these: Q3 is at level 2 or above. T scores 50 of 100 or more."),
    ({"all_of": [{"absent": "start"}, {"absent": "end"}]}, "All of these: Nothing stands under start. Nothing stands under end."),
]  # fmt: skip


@pytest.mark.parametrize(("test", "words"), WORDS, ids=[next(iter(test)) for test, _ in WORDS])
def test_what_finds_a_fault_is_told_whatever_it_asks(test: dict[str, object], words: str) -> None:
    page = Page()
    asked(page, Test.model_validate(test), FRAMEWORK, indent=2)
    assert words in plain(page.text())


def test_the_index_and_the_pages_of_a_framework_list_faults() -> None:
    index = RUNNER.invoke(cli.app, ["explain"]).stdout
    for fault in FRAMEWORK.faults:
        assert re.search(rf"^  {fault.id} +\w+ +{re.escape(fault.title)}$", index, re.MULTILINE)
    for form in ("text", "markdown", "html"):
        shown = plain(RUNNER.invoke(cli.app, ["framework", "show", "-f", form]).stdout)
        assert all(f"{fault.id} {fault.severity}: {fault.title}" in shown for fault in FRAMEWORK.faults), form
    assert len(fault_lines(FRAMEWORK)) == len(FRAMEWORK.faults)


def test_a_fault_nearly_named_is_suggested() -> None:
    result = RUNNER.invoke(cli.app, ["explain", "F027"])
    assert result.exit_code == 2
    assert "Did you mean F0" in result.stderr


def test_a_fault_page_says_how_bad_it_is() -> None:
    for severity, words in (("error", "An error"), ("warning", "A warning"), ("info", "A remark")):
        fault = FRAMEWORK.faults[0].model_copy(update={"severity": severity})
        assert words in fault_page(fault, FRAMEWORK).text().split("\n")[1]
