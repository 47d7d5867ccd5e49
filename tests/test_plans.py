"""Documents on action plans: read, checked and scored as reforms are, by a model of their own."""

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import jsonschema
import pytest
import yaml
from typer.testing import CliRunner

from conftest import ROOT, compare_golden, document_of, finding
from openreform.action_plan import PLAN, Plan
from openreform.assessment import Assessment
from openreform.cli import main as cli
from openreform.framework import DEFAULT_FRAMEWORKS, Ceilings, Criterion, Framework
from openreform.kinds import KINDS, kind_called
from openreform.loading.frameworks import LoadedFramework, load_bundled, load_framework_file, parse_framework
from openreform.loading.reforms import Document, parse_document
from openreform.loading.yaml_events import read
from openreform.messages.plans import PLAN_FIELDS, PLAN_VALUES
from openreform.reform import REFORM
from openreform.rendering import csv, pages, schemas
from openreform.rendering import json as json_report
from openreform.rendering import text as text_report
from openreform.running import run_all
from openreform.scoring.assess import Origin, assess
from openreform.scoring.reading import Reader

RUNNER = CliRunner()
SMALL = str(ROOT / "tests" / "small_plan_framework.yaml")
INVALID = sorted((ROOT / "tests" / "invalid_plans").glob("*.yaml"))
HEAD = "openreform: 1\ndocument: plan\nid: x\ntitle: A plan\n"
LED = "leads: [{organisation: Ministry of Justice}]\n"


@pytest.fixture(scope="module")
def small() -> LoadedFramework:
    found = load_framework_file(SMALL)
    assert isinstance(found, LoadedFramework), found
    return found


def plan(text: str) -> Document[Plan]:
    return document_of(PLAN, text)


def assessed(text: str, framework: Framework) -> Assessment:
    parsed = plan(text)
    return assess(parsed.reform, framework, parsed.locate, Origin("x.yaml", parsed.digest, "sha256:0"))


# --- The model --------------------------------------------------------------------------------------------------


def test_every_field_and_value_has_words() -> None:
    assert set(PLAN.words) == set(PLAN.fields) == set(PLAN_FIELDS)
    used = set()
    for field in PLAN.fields.values():
        if field.values:
            assert set(PLAN.words_of_values(field.path)) == set(field.values), field.path
            used.add(field.path if field.path in PLAN.values else field.name)
    assert set(PLAN_VALUES) <= used


def test_a_name_learnt_for_reforms_serves_for_plans() -> None:
    """One name means one thing; what is new of it is small."""
    reform, own = ({field.name: field for field in kind.fields.values()} for kind in (REFORM, PLAN))
    assert len(set(own) - set(reform)) <= 15
    for name in set(own) & set(reform) - {"contains", "undescribed"}:
        assert own[name].values == reform[name].values, name
        assert (own[name].kind, own[name].many) == (reform[name].kind, reform[name].many), name


def test_the_kinds_are_those_frameworks_apply_to() -> None:
    assert Framework.model_fields["applies_to"].annotation is not None
    assert set(DEFAULT_FRAMEWORKS) == set(KINDS)
    assert [kind_called(name).name for name in KINDS] == list(KINDS)


def test_the_starter_is_short_and_earns_nothing(small: LoadedFramework) -> None:
    text = (ROOT / "src" / "openreform" / "starter-plan.yaml").read_text(encoding="utf-8")
    keys = [line for line in text.splitlines() if line.strip() and not line.strip().startswith("#")]
    assert len(keys) <= 25
    parsed = parse_document(text, "starter-plan.yaml", PLAN)
    assert isinstance(parsed, Document)
    assessment = assess(parsed.reform, small.framework, parsed.locate, Origin("x", parsed.digest, "sha256:0"))
    levels = [part.promise.level for dimension in assessment.dimensions for part in dimension.findings]
    assert levels == [0, 0, 0]


# --- Mistakes ---------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("path", INVALID, ids=lambda path: path.stem)
def test_a_mistake_is_told_at_its_place(path: Path, small: LoadedFramework, accept: bool) -> None:
    assessments, result = run_all([str(path)], small)
    assert not assessments
    assert result.problems
    words = "".join(f"{p.line}:{p.column} {p.code}\n{p.message}\n{p.fix}\n" for p in result.problems)
    compare_golden(path.with_suffix(".expected"), words, accept)


def test_a_framework_for_plans_is_checked_against_the_plan() -> None:
    text = Path(SMALL).read_text(encoding="utf-8")
    for wrong, right in (("some: forums", "forum"), ("some: mechanisms", "forum")):
        problems = parse_framework(text.replace("some: forum\n", f"{wrong}\n", 1), "small.yaml")
        assert isinstance(problems, list)
        assert {problem.code for problem in problems} == {"test-list"}
        assert right in problems[0].fix
    for field in ("binding", "milestone"):
        problems = parse_framework(text.replace("frequency: quarterly}", f"{field}: true}}", 1), "small.yaml")
        assert isinstance(problems, list)
        assert [problem.code for problem in problems] == ["test-field"]
        assert "frequency" in problems[0].fix


# --- Scoring ----------------------------------------------------------------------------------------------------


def test_a_plan_is_scored_by_what_it_says(small: LoadedFramework) -> None:
    text = f"{LED}forum: [{{title: The forum, members: [civil-society], frequency: quarterly, due: 2027}}]\n"
    found = finding(assessed(text, small.framework), "F1")
    assert (found.promise.level, found.promise.next and found.promise.next.level) == (2, 3)
    assert [fact.says for fact in found.promise.unmet] == ["it publishes its minutes"]
    assert found.promise.unmet[0].nearest is not None
    assert found.promise.unmet[0].nearest.lacks[0].write == "[<one of rules, members, minutes, calendar, …>]" or (
        "minutes" in found.promise.unmet[0].nearest.lacks[0].write
    )


EVIDENCE = (
    "evidence:\n"
    "  - {id: check, title: A review, kind: check, publisher: IRM, independent: true, url: https://example.org/irm}\n"
    "  - {id: own, title: Own review, kind: check, publisher: Ministry of Justice, independent: true, url: https://example.org}\n"
)


@pytest.mark.parametrize(
    ("fields", "leads", "promise", "practice"),
    [
        ("status: considered, due: 2027", LED, 1, 0),
        ("due: 2027", LED, 4, 0),
        ("due: 2027", "", 2, 0),
        ("due: 2027", "leads: [{organisation: tbd}]\n", 2, 0),
        ("unknown: [due]", LED, 2, 0),
        ("status: planned", LED, 2, 0),
        ("status: operational", "", 4, 0),
        ("status: operational, evidence: [check]", "", 4, 4),
        ("status: operational, evidence: [own]", LED, 4, 2),
        ("status: ended, evidence: [check]", "", 4, 4),
    ],
)
def test_how_high_an_entry_can_reach(
    fields: str, leads: str, promise: int, practice: int, small: LoadedFramework
) -> None:
    parsed = plan(f"{leads}{EVIDENCE}forum: [{{title: The forum, {fields}}}]\n")
    reader = Reader(parsed.reform, small.framework, parsed.locate, None)
    assert reader.ceiling("forum", 0, "promise", Ceilings()).level == promise
    assert reader.ceiling("forum", 0, "practice", Ceilings()).level == practice
    assert reader.ceiling("forum", 0, "promise", Ceilings()).possible == (4 if "unknown" in fields else 0)


def test_what_took_place_counts_as_practice_where_the_framework_says_so(small: LoadedFramework) -> None:
    text = f"{EVIDENCE}response: [{{title: The answers, publishes: [answers], status: ended, evidence: [check]}}]\n"
    found = finding(assessed(text, small.framework), "D2")
    assert found.practice is not None
    assert (found.promise.level, found.practice.level) == (1, 1)
    strict = small.framework.model_copy(update={"ceilings": small.framework.ceilings.model_copy(update={"ended": 0})})
    found = finding(assessed(text, strict), "D2")
    assert found.practice is not None
    assert (found.promise.level, found.practice.outcome) == (0, "not-assessed")


@pytest.mark.parametrize(("count", "result"), [(0, "not-applicable"), (3, "passed"), (4, "failed")])
def test_the_reforms_of_a_plan_are_counted(count: int, result: str, small: LoadedFramework) -> None:
    listed = ", ".join(f"{{id: r{number}, title: Reform {number}}}" for number in range(count))
    (gate,) = assessed(f"reforms: [{listed}]\n", small.framework).gates
    assert gate.result == result


def test_a_step_says_what_to_write_in_a_plan(small: LoadedFramework) -> None:
    steps = assessed(LED, small.framework).steps.promise
    assert steps[0].fixes[0].startswith("Add an entry under ")
    assert "reform" not in " ".join(fix for step in steps for fix in step.fixes)


def test_bare_ids_are_those_of_the_framework_for_plans(small: LoadedFramework) -> None:
    text = "not_applicable: {F1: The forum is not set up yet by law.}\nnone_found: [{criteria: [D1, ogp-co-creation:D2]}]\n"
    assessment = assessed(text, small.framework)
    assert finding(assessment, "F1").promise.outcome == "not-applicable"
    outcomes = [part.outcome for name in ("D1", "D2") if (part := finding(assessment, name).practice)]
    assert outcomes == ["absent", "absent"]


def test_reports_speak_of_plans(small: LoadedFramework) -> None:
    report = text_report.render(assessed(f"{LED}forum: [{{title: tbd}}]\n", small.framework)).text()
    assert "Levels 0 to 2 or 3, promise/practice" in report
    assert "Only what is really to be done" in report
    assert "reform is" not in report


# --- Folders ----------------------------------------------------------------------------------------------------

REFORM_TEXT = "openreform: 1\nid: a-reform\ntitle: A reform\n"


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    (tmp_path / "drafts").mkdir()
    (tmp_path / "drafts" / "plan.yaml").write_text(HEAD, encoding="utf-8")
    (tmp_path / "drafts" / "reform.yaml").write_text(REFORM_TEXT, encoding="utf-8")
    (tmp_path / "drafts" / "said.yaml").write_text(REFORM_TEXT.replace("a-r", "b-r") + "document: reform\n")
    return tmp_path


def run(*arguments: str) -> tuple[int, str, str]:
    result = RUNNER.invoke(cli.app, list(arguments))
    return result.exit_code, result.stdout, result.stderr


def test_in_a_folder_the_other_kind_is_skipped_and_counted(folder: Path) -> None:
    code, out, remarks = run("assess", "drafts", "-f", "json")
    assert code == 0
    assert [part["reform"]["id"] for part in json.loads(out)["assessments"]] == ["a-reform", "b-reform"]
    assert remarks == (
        "1 document on an action plan skipped, as the framework is for reforms; for plans: --framework ogp-co-creation.\n"
        "2 reforms assessed.\n"
    )
    code, out, remarks = run("assess", "drafts", "-f", "json", "--framework", SMALL)
    assert code == 0
    (only,) = json.loads(out)["assessments"]
    assert (only["reform"]["id"], only["reform"]["document"]) == ("x", "plan")
    assert remarks == (
        "2 documents on reforms skipped, as the framework is for action plans; for reforms: --framework involve-ogp.\n"
    )


def test_named_it_is_a_problem(folder: Path) -> None:
    code, out, remarks = run("assess", "drafts/plan.yaml")
    assert (code, out) == (3, "")
    assert remarks.startswith("drafts/plan.yaml:2:11: This document describes an action plan, and the framework is one")
    code, out, remarks = run("assess", "drafts/reform.yaml", "--framework", SMALL)
    assert (code, out) == (3, "")
    assert remarks.startswith("drafts/reform.yaml:1:13: This document describes a reform, and the framework is one for")


def test_nothing_of_that_kind_is_told(folder: Path) -> None:
    (folder / "drafts" / "plan.yaml").unlink()
    code, _, remarks = run("assess", "drafts", "--framework", SMALL)
    assert code == 3
    assert "No plan document was found here" in remarks
    assert "2 documents on reforms skipped" in remarks


def test_several_plans_are_told_together(folder: Path) -> None:
    (folder / "drafts" / "other.yaml").write_text(HEAD.replace("id: x", "id: y"), encoding="utf-8")
    for kind in ("text", "markdown", "html", "csv", "jsonl"):
        code, out, remarks = run("assess", "drafts", "--framework", SMALL, "-f", kind)
        assert code == 0
        assert remarks.endswith("2 plans assessed.\n")
        assert "eform" not in out.replace("openreform", "") or kind in {"csv", "jsonl"}, kind


def without_nothing(value: Any) -> Any:
    """The values of a document without fields left empty, as in a starter."""
    if isinstance(value, dict):
        return {key: without_nothing(part) for key, part in value.items() if part is not None}
    return [without_nothing(part) for part in value] if isinstance(value, list) else value


# --- Commands ---------------------------------------------------------------------------------------------------


def test_explain_finds_the_fields_of_a_plan() -> None:
    code, out, _ = run("explain", "forum", "--framework", SMALL)
    assert code == 0
    assert "forum.members (choose one or more, in brackets): who sits in it" in out
    assert "civil-society: associations" in out
    code, out, _ = run("explain", "members", "--framework", SMALL)
    assert code == 0
    code, out, _ = run("explain", "--framework", SMALL)
    assert code == 0
    assert "What a plan document can say" in out
    assert "mechanisms" not in out
    code, out, _ = run("explain", "F1", "--framework", SMALL)
    assert code == 0
    assert "without a date, or without a body that leads the plan: up to level 2" in " ".join(out.split())
    assert run("explain", "forum") == run("explain", "forum", "--framework", SMALL)
    assert run("explain", "forum.members")[1].startswith("forum.members\nwho sits in it\n")


def test_init_writes_a_starter_for_a_plan(folder: Path) -> None:
    code, _, remarks = run("init", "--document", "plan")
    assert code == 0
    assert remarks == "plan.yaml written. Fill it in, then: openreform assess --framework ogp-co-creation plan.yaml\n"
    written = Path("plan.yaml").read_text(encoding="utf-8")
    assert written.startswith("# yaml-language-server: $schema=openreform-plan.schema.json\n")
    schema = json.loads(Path("openreform-plan.schema.json").read_text(encoding="utf-8"))
    assert schema["$id"] == "urn:openreform:schema:plan:1"
    assert run("assess", "plan.yaml", "--framework", SMALL)[0] == 0
    assert run("init")[0] == 0
    assert Path("reform.yaml").is_file()


def test_the_schema_of_a_plan_agrees_with_the_model() -> None:
    code, out, _ = run("schema", "plan")
    assert code == 0
    schema = json.loads(out)
    jsonschema.Draft7Validator.check_schema(schema)
    assert schema["required"] == ["openreform", "id", "title", "document"]
    assert list(schema["properties"])[:3] == ["openreform", "document", "id"]
    validator = jsonschema.Draft7Validator(schema)
    content, _ = read(HEAD + LED + "forum: [{title: The forum, members: [civil-society], due: 2027}]\n", "x.yaml")
    assert not list(validator.iter_errors(content))
    for path in INVALID:
        first = path.with_suffix(".expected").read_text(encoding="utf-8").partition("\n")[0]
        if first.endswith(("field-unknown", "value-unknown", "document-unknown", "needs-list")):
            content, _ = read(path.read_text(encoding="utf-8"), path.name)
            assert list(validator.iter_errors(content)), path.name
    for path in (*PLANS, ROOT / "src" / "openreform" / "starter-plan.yaml"):
        content, problems = read(path.read_text(encoding="utf-8"), path.name)
        assert not problems
        assert not list(validator.iter_errors(without_nothing(content))), path.name
    said = jsonschema.Draft7Validator(schemas.reform_schema())
    content, _ = read(REFORM_TEXT + "document: reform\n", "x.yaml")
    assert not list(said.iter_errors(content))


# --- The framework, and real plans ------------------------------------------------------------------------------

STANDARDS = load_bundled("ogp-co-creation")
PLANS = sorted((ROOT / "examples" / "plans").glob("*.yaml"))
EXPECTED: dict[str, Any] = yaml.safe_load((ROOT / "tests" / "expected_plans.yaml").read_text(encoding="utf-8"))
STANDARD_CRITERIA = pytest.mark.parametrize(
    "criterion", STANDARDS.framework.criteria, ids=lambda criterion: criterion.id
)


@STANDARD_CRITERIA
def test_a_criterion_is_complete(criterion: Criterion) -> None:
    assert len(criterion.levels) == 4
    assert len(criterion.foreshadows) == 5
    assert criterion.levels[1].text.startswith("The minimum: ")
    assert criterion.evidence
    assert criterion.common_faults
    assert criterion.resources
    assert criterion.derived_from
    assert criterion.corresponds_to


def test_the_gate_asks_for_every_minimum_requirement() -> None:
    gate = STANDARDS.framework.gate("minimum")
    assert gate is not None
    asked = [(test.level.criterion, test.level.min) for test in gate.tests if test.level]
    assert asked == [(criterion.id, 2) for criterion in STANDARDS.framework.criteria]


@STANDARD_CRITERIA
def test_the_snippet_reaches_the_top(criterion: Criterion) -> None:
    assessment = assessed(f"{LED}{criterion.snippet}\n", STANDARDS.framework)
    assert finding(assessment, criterion.id).promise.level == 4


def test_all_snippets_together_meet_the_minimum() -> None:
    snippets = "".join(f"{criterion.snippet}\n" for criterion in STANDARDS.framework.criteria)
    assessment = assessed(LED + snippets, STANDARDS.framework)
    assert (assessment.promise.score, assessment.gates[0].result) == (100, "passed")


def test_what_has_only_a_title_or_one_fact_earns_little() -> None:
    """A bare entry earns nothing; no fact of an entry counts for two criteria, none for more than the minimum."""
    values = {"yes-no": ["true"], "number": ["30"], "date": ["2027"], "name": ["Somebody"], "text": ["Some words"]}
    sections = [name for name in PLAN.lists if PLAN.find("status", name)]
    for section in sections:
        bare = assessed(f"{LED}{section}: [{{title: One, due: 2027}}]\n", STANDARDS.framework)
        assert {part.promise.level for each in bare.dimensions for part in each.findings} == {0}, section
        for field in PLAN.fields.values():
            if not field.path.startswith(f"{section}.") or field.name in {"id", "title", "unknown", "due", "evidence"}:
                continue
            for value in field.values or values[field.kind]:
                shown = f"[{value}]" if field.many else value
                text = f"{LED}{section}: [{{title: One, due: 2027, {field.name}: {shown}}}]\n"
                findings = [part for each in assessed(text, STANDARDS.framework).dimensions for part in each.findings]
                assert sum(1 for part in findings if part.promise.level) <= 1, text
                assert max(part.promise.level or 0 for part in findings) <= 2, text


@pytest.mark.parametrize(("count", "result"), [(4, "failed"), (5, "passed"), (15, "passed"), (16, "failed")])
def test_a_plan_should_hold_five_to_fifteen(count: int, result: str) -> None:
    listed = ", ".join(f"{{title: Reform {number}}}" for number in range(count))
    gates = {gate.id: gate.result for gate in assessed(f"reforms: [{listed}]\n", STANDARDS.framework).gates}
    assert gates["size"] == result


def test_a_recorded_reprisal_fails() -> None:
    text = "concerns: [{kind: reprisal, text: An organisation lost its funds after it spoke up.}]\n"
    gates = {gate.id: gate.result for gate in assessed(text, STANDARDS.framework).gates}
    assert gates["reprisals"] == "failed"


@STANDARD_CRITERIA
def test_what_explain_offers_to_paste_holds(criterion: Criterion) -> None:
    code, out, _ = run("explain", criterion.id, "--framework", "ogp-co-creation")
    assert code == 0
    assert all(len(line) <= 80 for line in out.split("\n") if "https://" not in line)
    pasted = out.split("\nTo paste and adapt\n")[1].split("\n\n")[0].replace("\n  ", "\n").removeprefix("  ")
    assert finding(assessed(f"{pasted}\n", STANDARDS.framework), criterion.id).promise.level == 4


@pytest.fixture
def real(monkeypatch: pytest.MonkeyPatch) -> dict[str, Assessment]:
    """As from the root of the checkout, so that the path in reports is the same everywhere."""
    monkeypatch.chdir(ROOT)
    assessments, result = run_all(["examples/plans"], STANDARDS)
    assert not result.problems
    return {assessment.reform_id: assessment for assessment in assessments}


def test_the_plans_come_out_as_expected(real: dict[str, Assessment]) -> None:
    assert set(real) == {path.stem for path in PLANS} == set(EXPECTED["levels"]) == set(EXPECTED["gates"])
    for dimension, pairs in EXPECTED["above"].items():
        for higher, lower in pairs:
            scores = [
                each.promise.score
                if dimension == "overall"
                else next(part.promise.score for part in each.dimensions if part.id == dimension)
                for each in (real[higher], real[lower])
            ]
            assert (scores[0] or 0) > (scores[1] or 0), (dimension, higher, lower)
    for name, criteria in EXPECTED["levels"].items():
        for criterion, sides in criteria.items():
            for side, (least, most) in sides.items():
                found = finding(real[name], criterion).side(side)
                assert found is not None
                assert found.level is not None
                assert least <= found.level <= most, (name, criterion, side, found.level)
    for name, gates in EXPECTED["gates"].items():
        assert {gate.id: gate.result for gate in real[name].gates} == gates


REPORTS: dict[str, Callable[[list[Assessment]], str]] = {
    "txt": lambda assessments: "".join(text_report.report(assessments)),
    "json": lambda assessments: json_report.render(assessments, [], None),
    "csv": lambda assessments: "".join(csv.criteria(assessments)),
    "md": lambda assessments: "".join(pages.markdown(assessments)),
    "html": pages.html,
}


@pytest.mark.parametrize("kind", sorted(REPORTS))
def test_the_reports_are_as_they_were(kind: str, real: dict[str, Assessment], accept: bool) -> None:
    for name, chosen in (("hr-plan-2014", [real["hr-plan-2014"]]), ("together", list(real.values()))):
        report = REPORTS[kind](chosen)
        if kind == "txt":
            assert all(len(line) <= 80 for line in report.splitlines())
        compare_golden(ROOT / "tests" / "golden" / "plans" / f"{name}.{kind}", report, accept)


def test_the_json_report_is_valid(real: dict[str, Assessment]) -> None:
    report = json.loads(json_report.render(list(real.values()), [], None))
    assert not list(jsonschema.Draft7Validator(schemas.assessment_schema()).iter_errors(report))


def test_examples_are_assessed_as_before_and_the_plans_counted() -> None:
    code, out, remarks = run("assess", str(ROOT / "examples"), "-f", "csv", "--rows", "reforms")
    assert code == 0
    assert "-plan-2014" not in out
    assert remarks.startswith("2 documents on action plans skipped, as the framework is for reforms; for plans: ")


@pytest.mark.parametrize("name", ["R1.1", "minimum", "forum", "inputs.open_days"])
def test_explain_is_as_it_was(name: str, accept: bool) -> None:
    code, out, _ = run("explain", name, "--framework", "ogp-co-creation")
    assert code == 0
    compare_golden(ROOT / "tests" / "golden" / "plans" / f"explain-{name}.txt", out, accept)
