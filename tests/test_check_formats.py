"""What a check found, in every format: as others read it back, whole, and with strangers' words as words."""

import json
import os
import re
import subprocess
import sys
import xml.etree.ElementTree as ET
from pathlib import Path
from typing import Any

import jsonschema
import junitparser
import pytest
from markdown_it import MarkdownIt
from rich.cells import cell_len
from typer.testing import CliRunner, Result

from conftest import ROOT, compare_golden
from openreform.checking import Asked, Outcome, check, sought
from openreform.cli import main as cli
from openreform.loading.frameworks import common_faults, load_bundled, load_framework_file
from openreform.rendering import annotations, checks, junit, sarif, schemas, summary
from openreform.rendering.checked import Check, identities, relative
from test_strangers import HOSTILE, hostile_document, raw

HERE = ROOT / "tests" / "checked"
SCHEMAS = ROOT / "tests" / "schemas"
ASKED = ["--require-gate", "verifiable", "--fail-under", "50", "--fail-coverage-under", "80", "--as-of", "2026-12-01"]
FORMATS = {
    "text": "txt",
    "json": "json",
    "sarif": "sarif",
    "junit": "xml",
    "github": "log",
    "gitlab": "json",
    "summary": "md",
}
RUNNER = CliRunner()


def run(*arguments: str, text: str | None = None) -> Result:
    return RUNNER.invoke(cli.app, ["check", *arguments], input=text)


@pytest.fixture(autouse=True)
def nowhere(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("GITHUB_WORKSPACE", "CI_PROJECT_DIR"):
        monkeypatch.delenv(name, raising=False)


@pytest.fixture
def drafts(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """A fine document, a faulty one, one with exceptions and a broken file, under a yardstick of their own."""
    monkeypatch.chdir(HERE)
    return ["drafts", "--framework", "yardstick.yaml"]


@pytest.mark.parametrize("name", FORMATS)
def test_golden(name: str, drafts: list[str], accept: bool) -> None:
    result = run(*drafts, *ASKED, "-f", name)
    assert result.exit_code == 3
    compare_golden(ROOT / "tests" / "golden" / "check" / f"{name}.{FORMATS[name]}", result.stdout, accept)


def test_golden_of_a_terminal(drafts: list[str], accept: bool) -> None:
    told = told_of(["drafts"], gates=("verifiable",))
    page = checks.page(told.findings)
    assert all(cell_len(line) <= 80 for line, _ in page.lines)
    compare_golden(ROOT / "tests" / "golden" / "check" / "terminal.txt", page.text(), accept)


def told_of(paths: list[str], **asked: Any) -> Check:
    loaded = load_framework_file(str(HERE / "yardstick.yaml"))
    assert not isinstance(loaded, list) and loaded is not None
    wanted = Asked(**asked)
    outcome = check(paths, loaded, wanted, None, "2026-12-01")
    return check_of(outcome, wanted, loaded.framework)


def check_of(outcome: Outcome, asked: Asked, framework: Any, root: str | None = None) -> Check:
    return Check(framework, sought(asked, framework), outcome.documents, outcome.findings, root or str(Path.cwd()))


# --- Every format tells the same ---------------------------------------------------------------------------


def test_every_format_tells_what_was_missed(drafts: list[str]) -> None:
    for name in FORMATS:
        shown = run(
            "drafts/faulty.yaml", *drafts[1:], "--fail-under", "T=90", "--fail-coverage-under", "100", "-f", name
        )
        assert shown.exit_code == 1
        assert "Transparency of the promise is 0.0, and 90 is asked." in shown.stdout.replace("\\", ""), name
        shown = run("drafts/excepted.yaml", *drafts[1:], "--require-gate", "verifiable", "-f", name)
        assert shown.exit_code == 1
        assert "The gate “Verifiable” is failed: no step has a date." in shown.stdout.replace("\\", ""), name


def test_every_format_tells_of_exceptions_and_they_never_fail(drafts: list[str]) -> None:
    for name in FORMATS:
        shown = run("drafts/excepted.yaml", *drafts[1:], "--fail-on", "info", "-f", name)
        assert shown.exit_code == 0, name
        assert "The rule follows the trial" in shown.stdout, name


def test_every_format_has_something_to_say_of_nothing(drafts: list[str]) -> None:
    for name in FORMATS:
        assert run("drafts/fine.yaml", *drafts[1:], "-f", name).exit_code == 0, name


def test_the_code_is_the_same_in_every_format(drafts: list[str]) -> None:
    for name in FORMATS:
        assert run("drafts/faulty.yaml", *drafts[1:], "-f", name).exit_code == 1, name
        assert run("drafts/faulty.yaml", *drafts[1:], "-f", name, "--exit-zero").exit_code == 0, name
        assert run("drafts/broken,half.yaml", *drafts[1:], "-f", name).exit_code == 3, name
        assert run("-", *drafts[1:], "-f", name, text="openreform: 1\nid: a\ntitle: A\n").exit_code == 0, name


def test_a_document_with_exceptions_is_assessed_under_a_real_framework() -> None:
    shown = run(str(HERE / "drafts" / "excepted.yaml"), "--as-of", "2026-12-01", "--ignore", "F")
    assert shown.exit_code == 0, shown.exception
    shown = run(str(HERE / "drafts" / "excepted.yaml"), "--as-of", "2026-12-01")
    assert "The rule follows the trial" in shown.stdout


# --- Each as others read it --------------------------------------------------------------------------------


def valid_sarif(text: str) -> Any:
    log = json.loads(text)
    schema = json.loads((SCHEMAS / "sarif-2.1.0.json").read_text(encoding="utf-8"))
    jsonschema.Draft4Validator(schema, format_checker=jsonschema.FormatChecker()).validate(log)
    (only,) = log["runs"]
    rules = [rule["id"] for rule in only["tool"]["driver"]["rules"]]
    assert len(set(rules)) == len(rules)
    for rule in only["tool"]["driver"]["rules"]:
        assert rule["help"]["text"] and rule["help"]["markdown"] and rule["properties"]["tags"]
    named = [result["partialFingerprints"]["openreform/v1"] for result in only["results"]]
    assert len(set(named)) == len(named)
    for result in only["results"]:
        assert rules[result["ruleIndex"]] == result["ruleId"]
        (place,) = result["locations"]
        physical = place["physicalLocation"]
        assert physical["region"]["startLine"] >= 1
        assert re.fullmatch(r"[\w.~%/-]+", physical["artifactLocation"]["uri"], re.ASCII)
    return only


def test_sarif(drafts: list[str]) -> None:
    only = valid_sarif(run(*drafts, *ASKED, "-f", "sarif").stdout)
    rules = {rule["id"]: rule for rule in only["tool"]["driver"]["rules"]}
    shared = {fault.id for fault in common_faults().faults}
    assert shared | {"F02", "F04", "F21", "verifiable", "threshold", "field-unknown"} == set(rules)
    assert rules["F02"]["helpUri"] == "https://opengovpartnership.org/glossary/verifiability"
    assert "helpUri" not in rules["F04"]
    assert rules["F21"]["defaultConfiguration"] == {"level": "note"}
    assert only["invocations"][0]["executionSuccessful"] is False
    broken = only["invocations"][0]["toolExecutionNotifications"]
    assert [each["locations"][0]["physicalLocation"]["artifactLocation"]["uri"] for each in broken] == [
        "drafts/broken%2Chalf.yaml"
    ]
    suppressed = {result["ruleId"]: result["suppressions"] for result in only["results"] if "suppressions" in result}
    assert set(suppressed) == {"F02", "F21"}
    assert suppressed["F21"][0]["justification"] == "excepted until 2027-12 by Legal office: The rule follows the trial"
    assert suppressed["F21"][0]["location"]["physicalLocation"]["region"]["startLine"] == 13


def test_sarif_of_the_case_library_is_valid() -> None:
    loaded = load_bundled("involve-ogp")
    asked = Asked(gates=("verifiable",), coverage=90)
    outcome = check([str(ROOT / "examples"), str(ROOT / "tests" / "invalid")], loaded, asked, None, None)
    only = valid_sarif(sarif.render(check_of(outcome, asked, loaded.framework, str(ROOT))))
    assert len(only["results"]) == len(outcome.findings)
    assert len(only["artifacts"]) == len(outcome.documents)


def read_junit(text: str) -> junitparser.JUnitXml:
    made = junitparser.JUnitXml.fromstring(text.encode())
    counted = [made.tests, made.failures, made.errors, made.skipped]
    made.update_statistics()  # type: ignore[no-untyped-call]
    assert counted == [made.tests, made.failures, made.errors, made.skipped]
    return made


def test_junit(drafts: list[str]) -> None:
    made = read_junit(run(*drafts, *ASKED, "-f", "junit").stdout)
    suites = {suite.name: suite for suite in made}
    assert list(suites) == [f"drafts/{name}.yaml" for name in ("excepted", "faulty", "fine", "broken,half")]
    shared = {f"{fault.id} {fault.title}": list[str]() for fault in common_faults().faults}
    assert [len(suite) for suite in suites.values()] == [*[6 + len(shared)] * 3, 2]
    results = {
        name: {case.name: [type(each).__name__ for each in case.result] for case in suite}
        for name, suite in suites.items()
    }
    assert all(not each for each in results["drafts/fine.yaml"].values())
    assert results["drafts/faulty.yaml"] == {
        **shared,
        "F02 A step without a date": ["Failure"],
        "F04 No lead, and nobody to ask": [],
        "F21 Nothing makes it last": [],
        "Gate: Verifiable": [],
        "Score of at least 50": ["Failure"],
        "Coverage of at least 80 %": [],
    }
    assert results["drafts/excepted.yaml"]["F02 A step without a date"] == ["Skipped"]
    assert results["drafts/excepted.yaml"]["Gate: Verifiable"] == ["Failure"]
    assert list(results["drafts/broken,half.yaml"].values()) == [["Error"], ["Error"]]
    mild = next(case for case in suites["drafts/faulty.yaml"] if case.name.startswith("F04"))
    assert "warning F04" in str(mild.system_out)


def test_junit_tells_of_both_where_one_of_two_is_excepted(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    Path("a.yaml").write_text(
        "openreform: 1\nid: a\ntitle: A\nmilestones:\n  - {id: one, title: First}\n  - {id: two, title: Second}\n"
        "exceptions: {F02: {because: Later, by: Office, end: 2030, where: [one]}}\n",
        encoding="utf-8",
    )
    (suite,) = read_junit(junit.render(told_of(["a.yaml"])))
    case = next(case for case in suite if case.name.startswith("F02"))
    (failure,) = case.result
    assert "Second" in failure.text and "First" not in failure.text
    assert "First" in str(case.system_out)


COMMAND = re.compile(r"::(error|warning|notice) ([^:]*)::(.*)")


def read_github(line: str) -> tuple[str, dict[str, str], str]:
    """A workflow command as the runner reads it."""
    match = COMMAND.fullmatch(line)
    assert match, line
    properties = dict(part.split("=", 1) for part in match[2].split(","))
    back = {"%2C": ",", "%3A": ":", "%0A": "\n", "%0D": "\r"}

    def plain(text: str) -> str:
        for code, sign in back.items():
            text = text.replace(code, sign)
        return text.replace("%25", "%")

    return match[1], {name: plain(value) for name, value in properties.items()}, plain(match[3])


def test_github(drafts: list[str]) -> None:
    shown = [read_github(line) for line in run(*drafts, *ASKED, "-f", "github").stdout.splitlines()]
    levels = [level for level, _, _ in shown]
    assert levels == sorted(levels, key=["error", "warning", "notice"].index)
    assert shown[0][1] == {
        "file": "drafts/broken,half.yaml", "line": "5", "col": "21", "title": "field-unknown The file cannot be read",
    }  # fmt: skip
    assert [told["title"] for _, told, _ in shown[-2:]] == [
        "F02 A step without a date (excepted)",
        "F21 Nothing makes it last (excepted)",
    ]
    assert any(said.startswith("No body leads this: 0 % of it is anybody's.") for _, _, said in shown)


def test_github_says_how_many_it_will_not_show(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    for number in range(12):
        text = f"openreform: 1\nid: d{number}\ntitle: A\nmilestones: [{{title: Open it}}]\n"
        Path(f"d{number:02}.yaml").write_text(text, encoding="utf-8")
    lines = annotations.github(told_of(["."]))
    assert len(lines) == 12 * 3 + 1
    assert read_github(lines[-1]) == (
        "notice",
        {"title": "openreform check"},
        "GitHub shows 10 remarks of each level a step. Not shown on lines: 2 errors, 2 warnings, 2 remarks. "
        "All of them are in the log of this step.",
    )
    assert [read_github(line)[0] for line in lines[:12]] == ["error"] * 12


def test_gitlab(drafts: list[str]) -> None:
    made = json.loads(run(*drafts, *ASKED, "-f", "gitlab").stdout)
    schema = json.loads((SCHEMAS / "gitlab-code-quality.json").read_text(encoding="utf-8"))
    for each in made:
        jsonschema.validate(each, schema)
        assert each["severity"] in {"info", "minor", "major", "critical", "blocker"}
        assert each["location"]["lines"]["begin"] >= 1
        assert not each["location"]["path"].startswith(("/", "./"))
    assert len({each["fingerprint"] for each in made}) == len(made)
    severities = {
        each["check_name"]: each["severity"] for each in made if each["location"]["path"].endswith("faulty.yaml")
    }
    assert severities == {"F02": "major", "F04": "minor", "F21": "info", "threshold": "major"}
    assert {each["severity"] for each in made if "excepted until" in each["description"]} == {"info"}


def test_the_json_report_is_valid(drafts: list[str]) -> None:
    validator = jsonschema.Draft7Validator(schemas.check_schema())
    jsonschema.Draft7Validator.check_schema(schemas.check_schema())
    printed = RUNNER.invoke(cli.app, ["schema", "check"])
    assert json.loads(printed.stdout) == schemas.check_schema()
    for extra in (ASKED, []):
        report = json.loads(run(*drafts, *extra, "-f", "json").stdout)
        assert not list(validator.iter_errors(report))
    report = json.loads(run(str(ROOT / "examples"), "-f", "json", "--require-gate", "lens").stdout)
    assert not list(validator.iter_errors(report))


# --- Where things are --------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("path", "seen"),
    [
        ("a.yaml", "a.yaml"),
        ("./a.yaml", "a.yaml"),
        ("sub/../a.yaml", "a.yaml"),
        ("/repo/here/sub/a.yaml", "sub/a.yaml"),
        ("/repo/there/a.yaml", "/repo/there/a.yaml"),
        ("-", "-"),
    ],
)
def test_a_path_is_told_from_the_repository(path: str, seen: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(
        os.path, "abspath", lambda given: os.path.normpath(f"/repo/here/{given}" if given[0] != "/" else given)
    )
    assert relative(path, "/repo/here") == seen


def test_a_step_in_a_folder_tells_paths_of_the_repository(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "plans").mkdir()
    (tmp_path / "plans" / "a.yaml").write_text("openreform: 1\nid: a\ntitle: A\n", encoding="utf-8")
    monkeypatch.chdir(tmp_path / "plans")
    for name in ("GITHUB_WORKSPACE", "CI_PROJECT_DIR"):
        monkeypatch.setenv(name, str(tmp_path))
        assert {each["location"]["path"] for each in json.loads(run("a.yaml", "-f", "gitlab").stdout)} == {
            "plans/a.yaml"
        }
        assert "file=plans/a.yaml," in run("a.yaml", "-f", "github").stdout
        assert "\na.yaml:3:8" in run("a.yaml").stdout
        monkeypatch.delenv(name)


def test_fingerprints_stay_when_lines_move(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    text = "openreform: 1\nid: a\ntitle: A\nmilestones:\n  - {title: Same}\n  - {title: Same}\n"
    Path("a.yaml").write_text(text, encoding="utf-8")
    before = identities(told_of(["."]).findings)
    Path("a.yaml").write_text(text.replace("title: A\n", "\n\n# moved\ntitle: A\n"), encoding="utf-8")
    assert identities(told_of(["."]).findings) == before
    assert len(set(before)) == len(before) == 4


# --- Several at once ---------------------------------------------------------------------------------------


def test_several_formats_in_one_run(drafts: list[str], tmp_path: Path) -> None:
    files = [argument for name in FORMATS for argument in ("-f", f"{name}={tmp_path / name}")]
    result = run(*drafts, *ASKED, *files, "-f", "text")
    assert result.exit_code == 3
    for name in FORMATS:
        assert (tmp_path / name).read_text(encoding="utf-8") == run(*drafts, *ASKED, "-f", name).stdout, name
    assert not [path for path in tmp_path.iterdir() if path.name not in FORMATS]


def test_two_formats_to_one_place_are_refused(drafts: list[str], tmp_path: Path) -> None:
    place = tmp_path / "a"
    for pair in (["text", "json"], [f"json={place}", f"sarif={place}"], [f"json={place}", f"sarif={tmp_path}/./a"]):
        result = run(*drafts, *(argument for each in pair for argument in ("-f", each)))
        assert result.exit_code == 2
        assert "Two formats go to" in result.stderr
    assert not place.exists()


def test_a_file_is_written_though_nobody_reads_standard_output(tmp_path: Path) -> None:
    line = f"{sys.executable} -m openreform check {ROOT / 'examples'} -f text -f sarif={tmp_path / 'a.sarif'} | true"
    subprocess.run(["sh", "-c", line], check=False, capture_output=True)
    valid_sarif((tmp_path / "a.sarif").read_text(encoding="utf-8"))


# --- Strangers' words --------------------------------------------------------------------------------------

MORE = {
    "end-of-command": "%0A::error::x",
    "old-command": "##[stop-commands]x",
    "property": "a,title=b:c%3A::d",
    "sarif-link": "[x](1) {0}",
    "cdata": "]]><x/>&#0;",
    "address": "see https://example.org/x and www.example.org, a@example.org",
    "html": "<details open><summary>x</summary></details><!-- -->",
    "not-a-character": "\ufffe\uffff",
    "picture": "![x](https://example.org/x.png)",
}
VALUES = {**HOSTILE, **MORE}
REFUSED_BY_YAML = {"not-a-character"}


@pytest.fixture(params=sorted(VALUES))
def hostile(request: pytest.FixtureRequest, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> tuple[str, Check]:
    """A check of a document full of a hostile text, beside one that is broken with it, in files that are called so."""
    monkeypatch.chdir(tmp_path)
    value: str = VALUES[request.param]
    name = value.replace("/", "∕").encode()[:100].decode(errors="ignore")
    Path(f"{name}.yaml").write_text(hostile_document(value).replace("{F16: ", "{F04: "), encoding="utf-8")
    shown = json.dumps(value, ensure_ascii=False)
    faulty = (
        f"openreform: 1\nid: faulty\ntitle: {shown}\nmilestones: [{{title: {shown}}}]\n"
        f"exceptions: {{F04: {{because: {shown}, by: {shown}, end: 2030}}}}\n"
    )
    Path(f"b {name}.yaml").write_text(faulty, encoding="utf-8")
    Path(f"c {name}.yaml").write_text(f"openreform: 1\nid: x\ntitle: A\n{shown}: 1\n", encoding="utf-8")
    told = told_of(["."], gates=("verifiable",), coverage=100)
    assert len(told.documents) == (0 if request.param in REFUSED_BY_YAML else 2), told.problems
    return value, told


def test_hostile_text(hostile: tuple[str, Check]) -> None:
    for line in checks.lines(hostile[1].findings):
        assert not raw(line) and "\n" not in line
        assert not line.lstrip().startswith("::") and "##[" not in line
    assert not raw(checks.page(hostile[1].findings).text())


def test_nothing_a_log_shows_is_obeyed_by_a_runner(hostile: tuple[str, Check]) -> None:
    told = hostile[1]
    made = [
        *checks.lines(told.findings),
        sarif.render(told),
        junit.render(told),
        annotations.gitlab(told),
        summary.render(told),
        checks.as_json(told.documents, list(told.findings), [], None),
    ]
    for text in made:
        assert "##[" not in text
        assert not any(line.lstrip().startswith("::") for line in text.splitlines())


def test_hostile_sarif(hostile: tuple[str, Check]) -> None:
    made = sarif.render(hostile[1])
    assert not raw(made)
    only = valid_sarif(made)
    for result in only["results"]:
        assert not re.search(r"\]\(|\{\d", result["message"]["text"])


def test_hostile_junit(hostile: tuple[str, Check]) -> None:
    made = junit.render(hostile[1])
    assert not raw(made)
    suites = list(read_junit(made))
    assert len(suites) == len({finding.path for finding in hostile[1].findings})
    tags = {element.tag for element in ET.fromstring(made).iter()}
    assert tags <= {
        "testsuites", "testsuite", "testcase", "properties", "property", "failure", "error", "skipped", "system-out",
    }  # fmt: skip


def test_hostile_github(hostile: tuple[str, Check]) -> None:
    found = hostile[1].findings
    lines = annotations.github(hostile[1])
    assert len(lines) >= len(found)
    for line in lines:
        assert not raw(line) and "\n" not in line
        _, told, _ = read_github(line)
        assert set(told) <= {"file", "line", "col", "title"}


def test_hostile_gitlab(hostile: tuple[str, Check]) -> None:
    made = annotations.gitlab(hostile[1])
    assert not raw(made)
    assert len(json.loads(made)) == len(hostile[1].findings)


def tokens_of(page: str) -> list[Any]:
    return MarkdownIt("commonmark").enable("table").parse(page)


def test_hostile_summary(hostile: tuple[str, Check]) -> None:
    told = hostile[1]
    made = summary.render(told)
    assert not raw(made)
    assert len(made) < summary.LONGEST
    tokens = tokens_of(made)
    assert not {token.type for token in tokens} & {"html_block", "fence", "code_block", "hr"}
    inner = [child for token in tokens for child in token.children or []]
    assert not {child.type for child in inner} & {"image", "link_open", "code_inline"}
    assert {child.content for child in inner if child.type == "html_inline"} <= {"<br>"}
    assert not re.search(r"(?i)https?://|www\.|[@#]\w", made)
    rows = [token for token in tokens if token.type == "tr_open"]
    assert len(rows) == (1 + len(told.documents) if told.documents else 0)
    cells = [token for token in tokens if token.type in {"td_open", "th_open"}]
    assert len(cells) == len(rows) * 6
    assert any(token.type == "inline" and "falls short" in token.content for token in tokens) or not told.documents


def test_a_summary_stays_short_enough_for_a_comment(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    long = "*_[]" * 2_000
    for number in range(60):
        shown = json.dumps(f"{number} {long}")
        Path(f"{number}{'_' * 150}.yaml").write_text(
            f"openreform: 1\nid: d{number}\ntitle: {shown}\nmilestones: [{{title: {shown}}}, {{title: {shown}}}]\n"
            f"exceptions: {{F04: {{because: {shown}, by: {shown}, end: 2030}}}}\n",
            encoding="utf-8",
        )
        Path(f"x{number}{'_' * 150}.yaml").write_text(f'openreform: 1\nid: d\n{shown[:100]}": 1\n', encoding="utf-8")
    made = summary.render(told_of(["."]))
    assert len(made) < summary.LONGEST
    assert "more documents." in made
    assert len(re.findall(r"And \d+ more: the log of this step has them all\.", made)) == 3


def test_every_finding_is_told_in_every_format(drafts: list[str]) -> None:
    found = told_of(["drafts"], gates=("verifiable",))
    assert len(annotations.github(found)) == len(json.loads(annotations.gitlab(found))) == len(found.findings)
    report = json.loads(run(*drafts, "--require-gate", "verifiable", "-f", "json").stdout)
    told_in_json = sum(len(each["faults"]) + len(each["missed"]) for each in report["assessments"])
    assert told_in_json == len([finding for finding in found.findings if finding.kind != "problem"])
