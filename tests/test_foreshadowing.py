"""What the IRM would likely say: the sentence of the level reached, what is lacking and which entries lack it, and that it is no result."""

import json
from collections.abc import Callable
from pathlib import Path

import jsonschema
import pytest

from conftest import ROOT, assessed, compare_golden
from openreform.assessment import Assessment, Foreshadowed
from openreform.framework import Framework
from openreform.loading.frameworks import load_bundled
from openreform.rendering import json as json_report
from openreform.rendering import pages, schemas
from openreform.rendering import text as text_report
from openreform.running import run_all

IRM = load_bundled("ogp-irm")
REMARK = "None of it is a result of OGP's Independent Reporting Mechanism"
STEPS = """
milestones:
  - {title: Open the register, kind: tool, due: 2026-06}
  - {title: Raise awareness, kind: activity}
  - {title: Improve cooperation, kind: activity}
"""


def of(text: str, criterion: str) -> Foreshadowed:
    return next(part for part in assessed(text, IRM.framework).foreshadowed if part.criterion == criterion)


def line(text: str, criterion: str, *, most: int | None = None) -> str:
    lines = text_report.foreshadowed(assessed(text, IRM.framework), most)
    return next(found for found in lines if found.startswith(criterion))


def test_it_names_what_is_lacking_and_which_entries_lack_it() -> None:
    assert line(STEPS, "V1") == (
        "V1 Likely judged not verifiable: milestones that name no output (line 7, Raise awareness; line 8, Improve "
        "cooperation); milestones with no number, no date and no place (line 7, Raise awareness; line 8, Improve cooperation)"
    )


def test_of_many_entries_the_first_and_how_many_more() -> None:
    text = "milestones:\n" + "".join(f"  - {{title: Step {number}, kind: activity}}\n" for number in range(6))
    said = line(text, "V1", most=3).partition(";")[2]
    assert "line 6, Step 1; line 7, Step 2; and 3 more)" in line(text, "V1", most=3)
    assert said
    assert "line 10, Step 5)" in line(text, "V1")


def test_above_level_0_it_says_what_more_would_take() -> None:
    assert line("mechanisms: [{title: The forum, people_can: [discuss]}]\n", "L3") == (
        "L3 May or may not be coded for civic participation. For more: the text does not say that those concerned or their "
        "organisations can come (nearest: line 4, The forum: no open_to)"
    )


def test_at_the_top_nothing_is_lacking() -> None:
    assert (
        line("publications: [{title: The register, access: open}]\n", "L2")
        == "L2 Likely coded for access to information"
    )


def test_where_nothing_is_near_nothing_is_named() -> None:
    assert (
        line("", "L4")
        == "L4 Likely not coded for public accountability: no mechanism and no rule calls anybody to account"
    )


def test_what_is_unknown_may_change_it() -> None:
    text = "milestones: [{title: The register, kind: tool, unknown: [due]}]\n"
    found = of(text, "V1")
    assert (found.level, found.says, found.could_be) == (0, "likely judged not verifiable", "likely judged verifiable")
    assert "V1 Likely judged not verifiable (if what is unknown is so: likely judged verifiable): " in line(text, "V1")


def test_practice_is_read_for_what_came_of_it() -> None:
    """A promise, however good, foreshadows no result; what operates with evidence does."""
    promised = "publications: [{title: The register, access: open, frequency: monthly}]\n"
    assert of(promised, "Y2").level is None
    assert text_report.foreshadowed(assessed(promised, IRM.framework))[-1] == (
        "Nothing can be said yet of Y1 Completion, Y2 Did it open government? (until about 2020), Y3 Early results (since "
        "2020): nothing operating is described"
    )
    shown = promised.replace("}]", ", status: operational, evidence: [e]}]")
    shown += "evidence: [{id: e, title: It, kind: working, url: 'https://example.org'}]\n"
    assert (of(shown, "Y2").side, of(shown, "Y2").level) == ("practice", 2)
    assert of(shown, "Y1").says.startswith("completion likely judged complete")
    assert of(shown, "Y3").says == "early results likely judged moderate"


def test_a_statement_shows_no_result() -> None:
    text = "publications: [{title: A, access: open, status: operational, evidence: [e]}]\nevidence: [{id: e, title: It was said}]\n"
    assert [of(text, name).level for name in ("Y1", "Y2", "Y3")] == [0, 0, 0]


def test_what_is_not_verifiable_is_not_reviewable() -> None:
    gates = {gate.id: gate.result for gate in assessed(STEPS, IRM.framework).gates}
    assert gates == {"reviewable": "failed", "technology-alone": "failed"}
    opened = STEPS + "publications: [{title: The register, access: open}]\n"
    assert {gate.result for gate in assessed(opened, IRM.framework).gates if gate.id == "technology-alone"} == {
        "passed"
    }


def test_where_no_words_say_what_is_lacking_it_says_what_it_would_take() -> None:
    first = IRM.framework.criteria[0]
    tests = tuple(test.model_copy(update={"otherwise": None}) for test in first.levels[0].tests)
    changed = {
        "foreshadows": ("Likely asked for more: nothing can be checked.", "Likely enough."),
        "levels": (first.levels[0].model_copy(update={"tests": tests}),),
    }
    own = IRM.framework.model_copy(update={"criteria": (first.model_copy(update=changed),), "gates": ()})
    (said,) = text_report.foreshadowed(assessed("milestones: [{title: A step, kind: tool, unknown: [due]}]\n", own))
    assert said == (
        "V1 Likely asked for more: nothing can be checked (if what is unknown is so: likely enough). It would take this: what at least "
        "half of the milestones deliver can be counted, dated or found (line 4, A step)"
    )


FORMATS: dict[str, Callable[[Assessment], str]] = {
    "text": lambda assessment: text_report.render(assessment).text(),
    "text-full": lambda assessment: text_report.render(assessment, full=True).text(),
    "markdown": lambda assessment: "".join(pages.markdown([assessment])),
    "html": lambda assessment: pages.html([assessment]),
    "json": lambda assessment: json_report.render([assessment], [], None),
}


def flat(text: str) -> str:
    return " ".join(text.replace("&#39;", "'").replace("\\_", "_").split())


@pytest.mark.parametrize("kind", FORMATS)
def test_every_report_says_it_and_that_it_is_no_result(kind: str) -> None:
    report = flat(FORMATS[kind](assessed(STEPS, IRM.framework)))
    assert REMARK in report
    assert "ikely judged not verifiable" in report
    assert "milestones that name no output" in report
    assert "Raise awareness" in report


@pytest.mark.parametrize("kind", FORMATS)
def test_a_framework_that_foreshadows_nothing_says_nothing_of_it(kind: str, framework: Framework) -> None:
    assert REMARK not in flat(FORMATS[kind](assessed(STEPS, framework)))


def test_json_has_every_entry_with_its_place() -> None:
    report = json.loads(FORMATS["json"](assessed(STEPS, IRM.framework)))
    found = next(part for part in report["assessments"][0]["foreshadowed"]["findings"] if part["criterion"] == "V1")
    assert found["lacking"][0]["says"] == "milestones that name no output"
    assert found["lacking"][0]["entries"] == [
        {"name": "Raise awareness", "path": "milestones[1]", "line": 7, "column": 5},
        {"name": "Improve cooperation", "path": "milestones[2]", "line": 8, "column": 5},
    ]


def test_reports_under_every_framework_are_valid() -> None:
    validator = jsonschema.Draft7Validator(schemas.assessment_schema())
    for folder in ("examples", "tests/trial/a"):
        assessments, result = run_all([str(ROOT / folder)], IRM)
        report = json.loads(json_report.render(assessments, result.problems, None))
        assert not list(validator.iter_errors(report))


EXAMPLES = ["ua-prozorro", "uy-a-tu-servicio", "us-police-data"]
GOLDEN: dict[str, Callable[[Assessment], str]] = {
    "txt": lambda assessment: "".join(text_report.report([assessment])),
    "md": FORMATS["markdown"],
    "html": FORMATS["html"],
    "json": FORMATS["json"],
}


@pytest.mark.parametrize("ending", GOLDEN)
@pytest.mark.parametrize("name", EXAMPLES)
def test_reports_are_as_they_were(name: str, ending: str, accept: bool, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(ROOT)
    (assessment,), result = run_all([f"examples/{name}.yaml"], IRM)
    assert not result.problems
    report = GOLDEN[ending](assessment)
    assert ending != "txt" or all(len(found) <= 80 for found in report.splitlines())
    compare_golden(Path(ROOT / "tests" / "golden" / "irm" / f"{name}.{ending}"), report, accept)
