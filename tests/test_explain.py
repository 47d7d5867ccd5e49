"""What `openreform explain` says: lines that hold when pasted, the numbers that apply, nothing twice."""

import json
import re

import pytest
from typer.testing import CliRunner

from conftest import ROOT
from openreform.cli import main as cli
from openreform.framework import Criterion, Framework, Gate
from openreform.loading.frameworks import bundled_names, load_bundled
from openreform.reform import all_fields
from openreform.rendering.explain import criterion_page, gate_page

FRAMEWORK = load_bundled("involve-ogp").framework
RUNNER = CliRunner()
OF_REFORMS = [
    framework for name in bundled_names() if (framework := load_bundled(name).framework).applies_to == "reform"
]
each_criterion = pytest.mark.parametrize(
    ("framework", "criterion"),
    [
        pytest.param(framework, criterion, id=f"{framework.id}-{criterion.id}")
        for framework in OF_REFORMS
        for criterion in framework.criteria
    ],
)


def explained(*arguments: str) -> str:
    result = RUNNER.invoke(cli.app, ["explain", *arguments])
    assert result.exit_code == 0, result.stderr
    return result.stdout


def part(text: str, heading: str) -> str:
    """What stands under a heading, up to the next one."""
    return re.split(r"\n\n(?=\S)", text.split(f"\n{heading}\n")[1])[0]


def plain(text: str) -> str:
    return " ".join(text.split())


@each_criterion
def test_what_is_to_be_pasted_holds_in_a_document_that_has_nothing_else(
    framework: Framework, criterion: Criterion
) -> None:
    option = ("--framework", framework.id)
    lines = part(explained(criterion.id, *option), "To paste and adapt").split("\n\n")[0].split("\n")
    assert all(line.startswith("  ") for line in lines)
    fragment = "".join(f"{line[2:]}\n" for line in lines)
    text = f"openreform: 1\nid: x\ntitle: T\n{fragment}"
    result = RUNNER.invoke(cli.app, ["assess", "-", "-f", "json", *option], input=text)
    assert result.exit_code == 0, result.stderr
    found = {
        reached["id"]: reached["promise"]["level"]
        for dimension in json.loads(result.stdout)["assessments"][0]["dimensions"]
        for reached in dimension["criteria"]
    }
    assert found[criterion.id] == len(criterion.levels)


def test_a_milestone_is_added_only_where_it_is_named_and_not_described() -> None:
    note = "m1 stands for the id of one of your own milestones."
    assert note in plain(explained("T3"))
    assert note not in plain(explained("A1"))  # describes it
    assert note not in plain(explained("Q8"))  # names none


@pytest.mark.parametrize("criterion", FRAMEWORK.criteria, ids=lambda criterion: criterion.id)
def test_a_level_says_what_it_asks_once_and_how_to_write_it(criterion: Criterion) -> None:
    levels = plain(part(criterion_page(criterion, FRAMEWORK).text(), "Levels, and how to write each"))
    for level in criterion.levels:
        assert levels.count(plain(level.text)) == 1
        for test in level.tests:
            assert test.fix is not None
            assert plain(test.fix) in levels
            assert test.says is not None
            assert plain(test.says) not in levels


def test_practice_is_told_where_it_differs() -> None:
    text = plain(explained("T6"))
    assert "In practice: A publication was kept up for a year" in text
    assert text.count("Describe the binding rule under instruments, and name its id") == 1
    assert "In practice" not in explained("Q3")


def test_the_ceilings_are_those_of_the_criterion() -> None:
    def of(name: str) -> str:
        return plain(part(explained(name), "What holds a level down"))

    assert "those in charge: up to level 2 " in of("T3")
    assert "those in charge: up to level 3 " in of("T8")
    assert "those in charge: up to level 3 " in of("A2")
    assert "ended: not at all" in of("T3")
    assert "ended: up to level 4" in of("Q7")
    assert "ended: not at all" not in of("Q7")
    for name in ("Q5", "Q6"):
        assert "In the promise" in of(name)
        assert "In practice" not in of(name)
    assert "In the promise, an entry under mechanisms counts" in of("A1")
    assert "In practice, an entry under leads or mechanisms counts" in of("A1")
    assert "In the promise" not in of("Q8")  # a figure is neither planned nor decided
    assert "What holds a level down" not in explained("Q1")  # no entries at all


def test_the_ceilings_follow_the_framework() -> None:
    general = FRAMEWORK.ceilings.model_copy(update={"undated": 3, "considered": 0, "piloted": 4, "dated": 3})
    (t3,) = (criterion for criterion in FRAMEWORK.criteria if criterion.id == "T3")
    text = plain(criterion_page(t3, FRAMEWORK.model_copy(update={"ceilings": general})).text())
    assert "only being considered: not at all" in text
    assert "responsible body: up to level 3" in text
    assert "or in operation: up to level 3" in text
    assert "only a pilot" not in text


WHEN: list[tuple[dict[str, object], str]] = [
    (
        {"present": "claims.accountability"},
        "the description says, under claims: accountability, what the text says it does for accountability",
    ),
    ({"absent": "status_quo"}, "the description says nothing under status_quo"),
    ({"dimension": {"id": "T", "min": 50}}, "Transparency scores 50 of 100 or more"),
    ({"level": {"criterion": "P1", "min": 2}}, "P1 Stage of influence is at level 2 or above"),
    (
        {"all_of": [{"dimension": {"id": "T", "min": 50}}, {"not": {"dimension": {"id": "P", "min": 12.5}}}]},
        "Transparency scores 50 of 100 or more and it is not so that Participation scores 12.5 of 100 or more",
    ),
    (
        {"any_of": [{"present": "budget.amount"}, {"some": "partners", "says": "others take part"}]},
        "GBP, four posts or others take part",
    ),
    ({"some": "concerns"}, "what is asked of the entries under concerns is so"),
]


@pytest.mark.parametrize(("test", "words"), WHEN, ids=[next(iter(test)) for test, _ in WHEN])
def test_when_a_gate_applies_is_told_whatever_it_asks(test: dict[str, object], words: str) -> None:
    some = FRAMEWORK.gates[0].model_dump(by_alias=True, exclude_none=True)
    gate = Gate.model_validate({**some, "applies_when": test, "tests": [{"none": "concerns", "says": "none"}]})
    assert words in plain(part(gate_page(gate, FRAMEWORK).text(), "Applies when"))


def test_everything_begins_with_what_to_do_next_and_marks_what_is_required(monkeypatch: pytest.MonkeyPatch) -> None:
    text = explained()
    assert text.startswith("For more on any of these: openreform explain T1,")
    assert text.count("(required)") == 3
    monkeypatch.chdir(ROOT)  # a path of any length would be broken anywhere
    path = "tests/small_framework.yaml"
    assert f"explain T2 --framework {path}," in plain(explained("--framework", path))


def test_fields_of_one_name_that_mean_the_same_are_told_once() -> None:
    assert explained("unknown").count("nobody could find out") == 1
    frequency = explained("frequency")
    assert frequency.count("  yearly: every year\n") == 1
    assert "A field of publications.\nhow often it is renewed\n" in frequency
    assert "  reprisal: " in explained("kind")


@pytest.mark.parametrize("name", ["", *sorted({field.name for field in all_fields().values()}), "openness", "reach"])
def test_a_page_is_of_plain_words_that_fit(name: str) -> None:
    text = explained(*([name] if name else []))
    assert all(len(line) <= 80 for line in text.split("\n"))
    assert "rung " not in text
    assert "list of the values" not in text


def test_the_list_of_frameworks_says_what_to_do_next() -> None:
    result = RUNNER.invoke(cli.app, ["framework", "list"])
    assert result.stdout.startswith("involve-ogp ")
    assert result.stderr == "Next: openreform framework show involve-ogp, or openreform explain\n"
