"""`openreform plan`: what is promised comes true, copies stay what they were, and every outcome is told."""

import json
import re
import subprocess
import sys
from pathlib import Path
from typing import Any

import jsonschema
import pytest
from markdown_it import MarkdownIt
from pydantic import BaseModel
from typer.testing import CliRunner

from conftest import ROOT, compare_golden
from openreform.cli import main as cli
from openreform.findings import Threshold
from openreform.framework import Framework, Gate
from openreform.kinds import kind_called
from openreform.loading import yaml_events
from openreform.loading.frameworks import LoadedFramework, bundled_names, load_bundled, load_framework_file
from openreform.loading.reforms import Document, parse_document
from openreform.planning.applying import applied
from openreform.planning.routing import Asked, plan, verify
from openreform.planning.timing import latest, months_left, time_for
from openreform.reform import PartialDate
from openreform.rendering import routes
from openreform.rendering.lines import lines_of, scalar
from openreform.rendering.route_schema import steps_schema
from openreform.route import Addition, Route, When
from openreform.scoring.assess import reader_of
from openreform.scoring.routes import Standing
from test_strangers import HOSTILE, hostile_document, raw

RUNNER = CliRunner()
GOLDEN = ROOT / "tests" / "golden" / "steps"
SCHEMA = jsonschema.Draft7Validator(steps_schema())
DRAFT = """openreform: 1
id: draft
title: Waiting times in the open
stage: draft
start: 2026-01
end: 2027-12
leads:
  - organisation: The health board     # answers for all of it
milestones:
  - id: m1
    title: The table of waiting times
    kind: publication
    due: 2026-06
    output: a table of every clinic

# What people will be able to see
publications:
  - {id: times, title: Waiting times, about: [performance], access: open, frequency: monthly, milestone: m1}

# Nothing else is described yet.
undescribed: [mechanisms, oversight]   # to come
"""
CANNOT_BE_WRITTEN = {("ogp-irm", "us-police-data", "Y1")}
"""Levels that no added line can reach: a mechanism that has ended counts against `every`, and must not be said to go on."""


def examples(framework: Framework) -> list[Path]:
    folder = ROOT / "examples" / ("plans" if framework.applies_to == "plan" else "")
    return sorted(folder.glob("*.yaml"))


EVERY = [
    pytest.param(name, path, id=f"{name}-{path.stem}")
    for name in bundled_names()
    for path in examples(load_bundled(name).framework)
]


def read(text: str, framework: Framework, *, filled: bool = False) -> Document[Any]:
    found = parse_document(text, "x.yaml", kind_called(framework.applies_to), filled=filled)
    assert isinstance(found, Document), found
    return found


def standing(document: Document[Any], framework: Framework) -> Standing:
    reform = document.reform.model_copy(update={"undescribed": ()})
    return Standing(framework, reader_of(reform, framework, document.locate))


def asked(framework: Framework, limit: float, *gates: Gate) -> Asked:
    """The whole, or where there is none every dimension."""
    if framework.overall:
        return Asked((Threshold("promise", None, limit, f"{limit:g}"),), gates)
    return Asked(tuple(Threshold("promise", part.id, limit, "") for part in framework.dimensions), gates)


def levels(document: Document[Any], framework: Framework) -> dict[str, int]:
    return {name: promise.level or 0 for name, (promise, _) in standing(document, framework).levels.items()}


def run(*arguments: str, text: str | None = None) -> Any:
    return RUNNER.invoke(cli.app, ["plan", *arguments], input=text)


# --- What is promised ---------------------------------------------------------------------------------------


@pytest.mark.parametrize(("name", "path"), EVERY)
def test_steps_give_the_score_promised_and_their_lines_the_levels(name: str, path: Path) -> None:
    loaded = load_bundled(name)
    framework = loaded.framework
    text = path.read_text(encoding="utf-8")
    document = read(text, framework)
    wanted = asked(framework, 75)
    route = plan(document, loaded, wanted)
    assert (route.outcome, route.finished) == ("way", True)
    at = standing(document, framework)

    raised: dict[str, int] = {}
    before = at.scores
    for step in route.steps:
        assert step.held == raised.get(step.criterion, at.levels[step.criterion][0].level or 0)
        raised[step.criterion] = step.level
        after = at.scored(raised)
        gained = after.dimensions[step.dimension].score - before.dimensions[step.dimension].score  # type: ignore[union-attr, operator]
        assert step.dimension_gain == pytest.approx(gained)
        before = after
    assert route.cost == pytest.approx(sum(step.cost for step in route.steps))
    for part in route.along:
        held = raised.get(part.criterion, at.levels[part.criterion][0].level or 0)
        assert part.held == held < part.level
        raised[part.criterion] = part.level
    before = at.scored(raised)
    assert [part.after for part in route.dimensions] == [
        score.score if score else None for score in before.dimensions.values()
    ]
    assert all(
        aim.met and aim.after == at.score(target, before)
        for aim, target in zip(route.scores, wanted.scores, strict=True)
    )

    made = applied(text, document, kind_called(framework.applies_to), route.additions)
    assert read(made, framework).reform == document.reform
    reached = levels(read(made, framework, filled=True), framework)
    short = {(name, path.stem, criterion) for criterion, level in raised.items() if reached[criterion] < level}
    assert short <= CANNOT_BE_WRITTEN
    assert {(name, path.stem, step.criterion) for step in route.steps if step.lacking} == short
    assert not short or name == "ogp-irm"
    for criterion, level in levels(document, framework).items():
        assert reached[criterion] >= level
        assert reached[criterion] == max(raised.get(criterion, 0), level) or (name, path.stem, criterion) in short
    outcome = verify(read(made, framework, filled=True), loaded, wanted).outcome
    assert outcome == ("missed" if short else "met")


def test_a_tailored_framework_is_planned_for_like_any_other(tmp_path: Path) -> None:
    own = tmp_path / "own.yaml"
    own.write_text(
        "framework: 1\nextends: involve-ogp\nid: own\ntitle: Own\nversion: 1.0.0\nweights: {T1: 5}\ndropped: {T2: Not here.}\n",
        encoding="utf-8",
    )
    loaded = load_framework_file(str(own))
    assert isinstance(loaded, LoadedFramework), loaded
    document = read(DRAFT, loaded.framework)
    route = plan(document, loaded, asked(loaded.framework, 40))
    assert route.outcome == "way"
    assert "T2" not in {step.criterion for step in route.steps}
    made = applied(DRAFT, document, kind_called("reform"), route.additions)
    assert verify(read(made, loaded.framework, filled=True), loaded, asked(loaded.framework, 40)).outcome == "met"


def test_what_is_not_described_counts_as_not_there() -> None:
    loaded = load_bundled("involve-ogp")
    document = read(DRAFT, loaded.framework)
    route = plan(document, loaded, asked(loaded.framework, 30))
    assert route.undescribed == ("mechanisms", "oversight")
    assert route.overall is not None
    assert route.overall.now is not None


def test_gates_are_reached_as_well() -> None:
    loaded = load_bundled("involve-ogp")
    text = DRAFT + "claims: {accountability: Everybody is heard., consulted: Users were asked.}\n"
    route = plan(read(text, loaded.framework), loaded, Asked((), loaded.framework.gates))
    assert route.outcome == "way"
    assert {aim.id for aim in route.gates if not aim.met} == set()
    assert {aim.id for aim in route.gates if aim.now != aim.after} == {"mechanism", "consultation"}
    assert {step.criterion for step in route.steps} >= {"P1", "P4", "P5"}


def test_steps_of_later_times_come_later_and_a_ladder_is_climbed_from_below() -> None:
    loaded = load_bundled("involve-ogp")
    route = plan(read(DRAFT, loaded.framework), loaded, asked(loaded.framework, 80), PartialDate.read("2026-02-01"))
    order = [("now", "plan", "next").index(step.when) for step in route.steps]
    assert order == sorted(order)
    assert set(order) == {0, 1}
    held: dict[str, int] = {}
    for step in route.steps:
        assert step.level > step.held >= held.get(step.criterion, 0)
        assert [rung.level for rung in step.rungs] == list(range(step.held + 1, step.level + 1))
        held[step.criterion] = step.level


# --- Times ---------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("effort", "months", "stage", "expected"),
    [
        ("low", None, None, "now"),
        ("medium", None, None, "plan"),
        ("high", None, "draft", "next"),
        ("high", 24, "draft", "plan"),
        ("high", 12, "draft", "next"),
        ("medium", 12, "implementing", "plan"),
        ("medium", 3, "implementing", "next"),
        ("low", 3, "implementing", "now"),
        ("low", 0, None, "next"),
        ("low", 0, "completed", "next"),
        # just enough is enough
        ("low", 1, "draft", "now"),
        ("medium", 6, "draft", "plan"),
        ("high", 18, "draft", "plan"),
        # what is over is over, whatever its end says
        ("low", 24, "completed", "next"),
    ],
)
def test_when_a_step_can_be_done(effort: str, months: int | None, stage: str | None, expected: str) -> None:
    assert time_for(effort, months, stage) == expected


@pytest.mark.parametrize(
    ("fields", "day", "expected"),
    [
        ("", "2026-01-01", None),
        ("end: 2027-12", None, None),
        ("end: 2027-12", "2026-01-01", 24),
        ("start: 2026\nend: 2026-06-15", None, 5),
        ("stage: implementing\nstart: 2026\nend: 2026-06-15", None, None),
        ("end: 2025", "2026-01-01", 0),
        ("end: 2027\nplan: {end: 2026-03}", "2026-01-31", 2),
        ("stage: completed", None, 0),
        ("plan: {start: 2026-02, end: 2026-06-15}", None, 4),
        # a month that has begun is no whole one
        ("end: 2026-06-15", "2026-01-20", 4),
        ("end: 2026-06-15", "2026-01-15", 5),
        ("end: 2026-06-15", "2026-01-16", 5),
        ("end: 2026-06-15", "2026-01-17", 4),
        ("end: 2028-02-29", "2028-02-01", 1),
        ("end: 2026-06", "2026-06-01", 1),
        ("end: 2026-06", "2026-06-02", 0),
        ("end: 2026-06", "2026-07-02", 0),
    ],
)
def test_how_many_months_are_left(fields: str, day: str | None, expected: int | None) -> None:
    reform = read(f"openreform: 1\nid: x\ntitle: T\n{fields}\n", load_bundled("involve-ogp").framework).reform
    assert months_left(reform, PartialDate.read(day) if day else None) == expected


def test_an_action_plan_has_an_end_too() -> None:
    framework = load_bundled("ogp-co-creation").framework
    plan = read("openreform: 1\ndocument: plan\nid: x\ntitle: T\nstart: 2026-01\nend: 2026-12\n", framework).reform
    assert months_left(plan, PartialDate.read("2026-07-01")) == 6


@pytest.mark.parametrize(
    ("one", "other", "expected"),
    [
        ("now", "now", "now"),
        ("now", "plan", "plan"),
        ("next", "plan", "next"),
        ("plan", "now", "plan"),
        ("now", "next", "next"),
    ],
)
def test_the_later_of_two_times(one: When, other: When, expected: When) -> None:
    assert latest(one, other) == expected


# --- Copies --------------------------------------------------------------------------------------------------


def copy_of(text: str, limit: float = 45) -> tuple[str, Route]:
    loaded = load_bundled("involve-ogp")
    document = read(text, loaded.framework)
    route = plan(document, loaded, asked(loaded.framework, limit))
    return applied(text, document, kind_called("reform"), route.additions), route


def test_a_copy(accept: bool) -> None:
    made, _ = copy_of(DRAFT)
    compare_golden(GOLDEN / "copy.yaml", made, accept)


@pytest.mark.parametrize("path", examples(load_bundled("involve-ogp").framework), ids=lambda path: path.stem)
def test_comments_and_lines_stay(path: Path) -> None:
    text = path.read_text(encoding="utf-8")
    made, _ = copy_of(text, 60)
    comments = [line for line in text.split("\n") if "#" in line]
    lines = made.split("\n")
    for line in comments:
        assert any(line == other or line.partition("#")[2] in other for other in lines), line
    lost = [line for line in text.split("\n") if line not in lines]
    assert all("[" in line or re.search(r"kind|due|start|milestone", line) for line in lost), lost


@pytest.mark.parametrize(
    "text",
    [
        DRAFT.replace("title: Waiting times in the open", "title: 'It''s open'\ncountry: NO"),
        DRAFT.replace("due: 2026-06\n", 'due: "2026-06"\n'),
        DRAFT.replace("id: m1", "id: 012").replace("milestone: m1", "milestone: 012"),
        DRAFT.replace("id: m1", "id: 1.10").replace("milestone: m1", "milestone: 1.10"),
        DRAFT.replace("id: m1", "id: yes").replace("milestone: m1", "milestone: yes"),
        DRAFT.replace("output: a table of every clinic", "output: >-\n      a table\n      of every clinic"),
        DRAFT.replace("output: a table of every clinic", "output: |\n      a table\n\n      of every clinic"),
        DRAFT.replace("output: a table of every clinic", "output:\n    # to come\n    where: here"),
        DRAFT.replace("\n", "\r\n"),
        DRAFT.replace("  - ", "- ").replace("\n    ", "\n  "),
        DRAFT.replace("publications:\n", "publications:\n# one so far\n"),
        DRAFT.rstrip("\n"),
        DRAFT + "# the end\n",
        "# first\n" + DRAFT + "mechanisms:\n".replace("mechanisms", "indicators"),
        "{openreform: 1, id: x, title: T, milestones: [{id: m1, title: A}]}",
        "openreform: 1\nid: x\ntitle: T\n",
    ],
)
def test_a_document_stays_what_it_was_however_it_is_written(text: str) -> None:
    loaded = load_bundled("involve-ogp")
    text = text.replace("\r\n", "\n")  # as the loader hands it on
    made, route = copy_of(text)
    before, after = read(text, loaded.framework), read(made, loaded.framework)
    assert after.reform == before.reform
    assert [part.written for part in after.to_fill]
    reached = levels(read(made, loaded.framework, filled=True), loaded.framework)
    assert all(reached[step.criterion] >= step.level for step in route.steps)
    for line in text.split("\n"):
        if line.lstrip().startswith("#"):
            assert line.strip() in made


# --- What is to be filled in -----------------------------------------------------------------------------------

FILLING = """openreform: 1
id: x
title: T
milestones:
  - {id: m1, title: Step, due: 2026-06, kind: tool, unknown: [quantity]}
  - {id: new-m, title: Step}
publications:
  - {id: a, title: P, about: [performance, contracts], milestone: new-m}
  - {title: Q, access: open}
undescribed: [mechanisms]
mechanisms:
  - {id: new, title: R}
to_fill:
"""
PARTS = [
    ("publications[a].about[contracts]", "publications.0.about", ("performance",), ("performance", "contracts")),
    ("publications[a].about[1]", "publications.0.about", ("performance",), ("performance", "contracts")),
    ("publications[1]", "publications.1", None, "Q"),
    ("milestones[m1].due", "milestones.0.due", None, PartialDate.read("2026-06")),
    ("milestones[m1].kind (was activity)", "milestones.0.kind", "activity", "tool"),
    ("milestones[m1].title (was '(was)')", "milestones.0.title", "(was)", "Step"),
]


def held(reform: Any, path: str) -> Any:
    for step in path.split("."):
        number = int(step) if step.isdecimal() else None
        reform = getattr(reform, step) if number is None else reform[number] if number < len(reform) else None
    return getattr(reform, "title", None) if isinstance(reform, BaseModel) else reform


@pytest.mark.parametrize(("part", "path", "without", "with_it"), PARTS, ids=[part for part, *_ in PARTS])
def test_a_part_to_fill_counts_only_when_it_is_filled(part: str, path: str, without: Any, with_it: Any) -> None:
    framework = load_bundled("involve-ogp").framework
    text = f"{FILLING}  - mechanisms[new]\n  - {part}\n"
    assert held(read(text, framework).reform, path) == without
    assert held(read(text, framework, filled=True).reform, path) == with_it


def test_what_is_filled_in_is_neither_unknown_nor_undescribed() -> None:
    framework = load_bundled("involve-ogp").framework
    text = FILLING.replace("kind: tool", "quantity: 3") + "  - mechanisms[new]\n  - milestones[m1].quantity\n"
    before, after = read(text, framework).reform, read(text, framework, filled=True).reform
    assert (before.undescribed, before.milestones[0].unknown) == (("mechanisms",), ("quantity",))
    assert (after.undescribed, after.milestones[0].unknown) == ((), ())


def test_an_entry_may_name_one_that_is_still_to_be_filled_in() -> None:
    framework = load_bundled("involve-ogp").framework
    reform = read(f"{FILLING}  - mechanisms[new]\n  - milestones[new-m]\n", framework).reform
    assert [milestone.id for milestone in reform.milestones] == ["m1"]
    assert reform.publications[0].milestone == "new-m"


def test_a_report_says_what_is_still_to_be_filled_in_and_a_copy_scores_as_before(tmp_path: Path) -> None:
    made, _ = copy_of(DRAFT)
    results = []
    for name, text in (("before", DRAFT), ("after", made)):
        (tmp_path / f"{name}.yaml").write_text(text, encoding="utf-8")
        result = RUNNER.invoke(cli.app, ["assess", str(tmp_path / f"{name}.yaml"), "-f", "json"])
        results.append(json.loads(result.stdout)["assessments"][0])
        told = RUNNER.invoke(cli.app, ["assess", str(tmp_path / f"{name}.yaml")]).stdout
        assert ("Still to be filled in" in told) == (name == "after")
    assert results[0]["overall"] == results[1]["overall"]
    assert [part["promise"] for part in results[0]["dimensions"]] == [
        part["promise"] for part in results[1]["dimensions"]
    ]


# --- Lines -----------------------------------------------------------------------------------------------------


PLAIN_VALUES = "a|NO|no|true|07|2026|2026-06-30|a: b|a #b|# b|- a|[a]|'|\"|| a|é|x@y".split("|")


@pytest.mark.parametrize("value", [*PLAIN_VALUES, 3, 0.5, True, False, *HOSTILE.values()])
def test_a_value_is_read_back_as_it_was(value: Any) -> None:
    for text in (f"a: {scalar(value)}", f"a: [{scalar(value)}]"):
        found, problems = yaml_events.read(text, "x")
        assert not problems
        assert found["a"] in (value, [value]) or str(found["a"]).strip("[]'") == str(value)


def test_lines_tell_where_they_go() -> None:
    loaded = load_bundled("involve-ogp")
    route = plan(read(DRAFT, loaded.framework), loaded, asked(loaded.framework, 60))
    shown = "".join(lines_of(step.additions, kind_called("reform")) for step in route.steps)
    assert "- id: times  # line 18: add these lines to it" in shown
    changed = [Addition(("milestones", 0, "kind"), "tool", "activity")]
    assert lines_of(changed, kind_called("reform")).endswith("kind: tool  # was activity\n")


# --- The command -------------------------------------------------------------------------------------------------


@pytest.fixture
def draft(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    (tmp_path / "draft.yaml").write_text(DRAFT, encoding="utf-8")
    return tmp_path


@pytest.mark.parametrize("form", ["text", "markdown", "json"])
def test_a_plan_in_every_form(form: str, draft: Path, accept: bool) -> None:
    result = run("draft.yaml", "--target", "25", "--gate", "verifiable", "-f", form)
    assert result.exit_code == 0, result.output
    text = result.stdout
    if form == "json":
        found = json.loads(text)
        assert not list(SCHEMA.iter_errors(found))
        text = re.sub(r'"(version|digest)": "[^"]*"', r'"\1": "…"', text)
    else:
        text = re.sub(r"version \d+\.\d+\.\d+", "version …", text)
    if form == "text":
        assert max(len(line) for line in text.split("\n")) <= 80
    compare_golden(GOLDEN / f"draft.{form}", text, accept)


OUTCOMES = [
    ("met", ["--target", "1"], 0, "Nothing: it is reached already."),
    ("met", ["--target", "transparency=1", "--gate", "reprisals"], 0, "Gate No reprisals recorded: passed"),
    ("way", ["--target", "q=100"], 0, "No way costs less."),
    ("out-of-reach", ["--target", "50", "--gate", "reprisals"], 1, "Out of reach"),
]


@pytest.mark.parametrize(("outcome", "arguments", "code", "words"), OUTCOMES)
def test_what_comes_of_a_target(outcome: str, arguments: list[str], code: int, words: str, draft: Path) -> None:
    text = DRAFT
    if outcome == "out-of-reach":
        text += "concerns: [{kind: reprisal, text: A user lost her place.}]\n"
    for form in ("text", "markdown", "json"):
        result = run("-", *arguments, "-f", form, text=text)
        assert result.exit_code == code, result.output
        if form == "json":
            found = json.loads(result.stdout)
            assert not list(SCHEMA.iter_errors(found))
            assert found["plans"][0]["outcome"] == outcome
        elif form == "text":
            assert words in " ".join(result.stdout.split())


def test_out_of_reach_says_how_far_it_goes(draft: Path) -> None:
    text = DRAFT + "concerns: [{kind: reprisal, text: A user lost her place.}]\n"
    result = run("-", "--target", "50", "--gate", "reprisals", text=text)
    told = " ".join(result.stdout.split())
    assert re.search(r"Openness: \d+\.\d now, 100\.0 at most; asked for is 50", told)
    assert "Gate No reprisals recorded: failed now, failed at best" in told


def test_searched_for_too_long_it_says_what_is_proven(draft: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    from openreform.cli import plan as command  # noqa: PLC0415

    monkeypatch.setattr(command, "SECONDS", -1.0)
    result = run("draft.yaml", "--target", "40")
    assert result.exit_code == 0, result.output
    told = " ".join(result.stdout.split())
    assert re.search(
        r"effort \d+: the best found in -1 seconds\. No way costs less than \d+, so it is at most \d+ above", told
    )


def test_a_copy_is_written_and_verified(draft: Path) -> None:
    result = run("draft.yaml", "--target", "40", "--apply", "-o", "copy.yaml")
    assert result.exit_code == 0, result.output
    assert "openreform plan copy.yaml --target 40 --verify" in result.stderr
    verified = run("copy.yaml", "--target", "40", "--verify")
    assert verified.exit_code == 0, verified.output
    assert "Reached, if everything under to_fill is true" in verified.stdout
    more = run("copy.yaml", "--target", "95", "--verify", "-f", "json")
    assert more.exit_code == 1
    assert json.loads(more.stdout)["plans"][0]["outcome"] == "missed"
    assert not list(SCHEMA.iter_errors(json.loads(more.stdout)))
    filled = Path("copy.yaml").read_text(encoding="utf-8").replace("title:", "title: My own", 1)
    Path("copy.yaml").write_text(filled, encoding="utf-8")
    refused = run("draft.yaml", "--target", "40", "--apply", "-o", "copy.yaml")
    assert (refused.exit_code, refused.stderr) == (
        2,
        "copy.yaml is already there; nothing was written. Use --force to overwrite it, or give another name.\n",
    )
    assert Path("copy.yaml").read_text(encoding="utf-8") == filled
    assert run("draft.yaml", "--target", "40", "--apply", "--force", "-o", "copy.yaml").exit_code == 0
    assert Path("copy.yaml").read_text(encoding="utf-8") != filled
    again = run("copy.yaml", "--target", "60", "--apply", "-o", "other.yaml")
    assert again.exit_code == 2
    assert "to_fill" in again.stderr
    assert not (draft / "other.yaml").exists()


def test_what_is_to_be_filled_in_is_a_fault_of_the_copy(draft: Path) -> None:
    assert run("draft.yaml", "--target", "40", "--apply", "-o", "copy.yaml").exit_code == 0
    listed = read(Path("copy.yaml").read_text(encoding="utf-8"), load_bundled("involve-ogp").framework).to_fill
    checked = RUNNER.invoke(cli.app, ["check", "copy.yaml", "--select", "F24"])
    assert checked.exit_code == 1
    assert checked.stdout.count("error F24") == len(listed) > 1


def test_copies_by_ending_and_gates_that_do_not_apply(draft: Path) -> None:
    assert run("draft.yaml", "--target", "40", "-o", "way.md").exit_code == 0
    assert Path("way.md").read_text(encoding="utf-8") == run("draft.yaml", "--target", "40", "-f", "markdown").stdout
    idle = run("draft.yaml", "--gate", "consultation")
    assert "Nothing: the gate does not apply here." in idle.stdout
    assert "Nothing is listed under to_fill" in run("draft.yaml", "--target", "90", "--verify").stdout


def test_a_copy_on_standard_output_stands_there_alone(draft: Path) -> None:
    result = run("draft.yaml", "--target", "40", "--apply", "-o", "-")
    assert result.exit_code == 0
    assert read(result.stdout, load_bundled("involve-ogp").framework).to_fill
    assert "What it takes" in result.stderr


def test_nothing_to_write_writes_nothing(draft: Path) -> None:
    result = run("draft.yaml", "--target", "1", "--apply", "-o", "copy.yaml")
    assert result.exit_code == 0
    assert not (draft / "copy.yaml").exists()
    assert "no copy was written" in result.stderr


WRONG = [
    ([], "Say what is to be reached"),
    (["--target", "practice=40"], "about practice"),
    (["--target", "nothing=40"], "is no target"),
    (["--gate", "nothing"], "There is no gate"),
    (["--target", "40", "--framework", "ogp-irm"], "makes no single score"),
    (["--target", "40", "--apply"], "Name the copy"),
    (["--target", "40", "--apply", "-o", "draft.yaml"], "name another file"),
    (["--target", "40", "--apply", "--verify", "-o", "x.yaml"], "one at a time"),
    (["--target", "40", "--apply", "-o", "none/x.yaml"], "there is no folder"),
]


@pytest.mark.parametrize(("arguments", "words"), WRONG)
def test_wrong_use_is_one_line(arguments: list[str], words: str, draft: Path) -> None:
    result = run("draft.yaml", *arguments)
    assert result.exit_code == 2, result.output
    assert words in result.stderr
    assert result.stdout == ""
    assert len(result.stderr.strip().split("\n")) == 1


def test_a_folder_is_no_document(draft: Path) -> None:
    result = run(".", "--target", "40")
    assert result.exit_code == 2
    assert "a plan is for one document" in result.stderr


def test_without_the_library_it_says_what_to_install(draft: Path) -> None:
    code = "import sys; sys.modules['ruamel'] = None; from openreform.__main__ import main; main()"
    command = [sys.executable, "-c", code, "plan", "draft.yaml", "--target", "40", "--apply", "-o", "copy.yaml"]
    result = subprocess.run(command, capture_output=True, encoding="utf-8", check=False)
    assert result.returncode == 2, result.stderr
    assert result.stderr.strip().endswith("pip install 'openreform[edit]'.")
    assert not (draft / "copy.yaml").exists()


def test_a_broken_document_is_a_problem_in_every_form(draft: Path) -> None:
    for form in ("text", "markdown", "json"):
        result = run("-", "--target", "40", "-f", form, text="openreform: 1\nid: x\ntitle: T\nstrat: 1\n")
        assert result.exit_code == 3
        if form == "json":
            found = json.loads(result.stdout)
            assert not list(SCHEMA.iter_errors(found))
            assert [problem["code"] for problem in found["problems"]] == ["field-unknown"]
        else:
            assert "strat" in result.stderr


@pytest.mark.parametrize("name", sorted(HOSTILE))
def test_strangers_words_stay_words(name: str) -> None:
    loaded = load_bundled("involve-ogp")
    text = hostile_document(HOSTILE[name])
    document = read(text, loaded.framework)
    route = plan(document, loaded, asked(loaded.framework, 40))
    assert not raw(routes.page(route, 2).text())
    assert not raw(routes.as_json(route, [], None))
    made = routes.markdown(route, 2)
    assert not raw(made)
    html = MarkdownIt("commonmark").render(made)
    assert "<script" not in html
    assert "<img" not in html
    assert "javascript:" not in re.sub(r"(?s)<pre>.*?</pre>", "", html) or 'href="javascript' not in html
    copy = applied(text, document, kind_called("reform"), route.additions)
    assert read(copy, loaded.framework).reform == document.reform


def test_the_same_bytes_every_time(draft: Path) -> None:
    first, second = (run("draft.yaml", "--target", "70", "-f", "json").stdout for _ in range(2))
    assert first == second
