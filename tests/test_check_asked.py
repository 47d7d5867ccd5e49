"""What can be asked of a check, one case a line: what falls short of it, and with which code the command leaves."""

import json
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
from typer.testing import CliRunner, Result

from conftest import ROOT
from openreform.checking import falls_below, rules_like, threshold
from openreform.cli import check
from openreform.cli import main as cli
from openreform.loading.frameworks import LoadedFramework, load_bundled
from openreform.running import run_all

RUNNER = CliRunner()
REFORM = ROOT / "examples" / "id-lapor.yaml"
PLAN = ROOT / "examples" / "plans" / "hr-plan-2014.yaml"
DATED = "openreform: 1\nid: dated\ntitle: Dated\nstart: 2025-01-01\n"
SILENT = "openreform: 1\nid: silent\ntitle: Nothing said\n"
UNSURE = (
    "openreform: 1\nid: unsure\ntitle: Unsure\npublications:\n"
    "  - {title: Figures, access: open, unknown: [formats, licence, bulk]}\n"
)
QUIET = ["--isolated", "--fail-on", "never"]


def run(*arguments: str) -> Result:
    return RUNNER.invoke(cli.app, list(arguments))


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    for name, text in {"dated": DATED, "silent": SILENT, "unsure": UNSURE}.items():
        Path(f"{name}.yaml").write_text(text, encoding="utf-8")
    Path("broken.yaml").write_text("openreform: 1\nid: [\n", encoding="utf-8")
    Path("empty").mkdir()
    return tmp_path


# --- Thresholds -------------------------------------------------------------------------------------------------

READ: list[tuple[str, str, tuple[str, str | None, float] | None]] = [
    ("involve-ogp", "50", ("promise", None, 50)),
    ("involve-ogp", " 12.5 ", ("promise", None, 12.5)),
    ("involve-ogp", "0", ("promise", None, 0)),
    ("involve-ogp", "100", ("promise", None, 100)),
    ("involve-ogp", "promise=40", ("promise", None, 40)),
    ("involve-ogp", "practice=40", ("practice", None, 40)),
    ("involve-ogp", "accountability=40", ("promise", "A", 40)),
    ("involve-ogp", "Accountability=40", ("promise", "A", 40)),
    ("involve-ogp", "a=40", ("promise", "A", 40)),
    ("involve-ogp", "practice.accountability=40", ("practice", "A", 40)),
    ("involve-ogp", "promise.T=40", ("promise", "T", 40)),
    ("involve-ogp", "quality of the commitment=40", ("promise", "Q", 40)),
    ("involve-ogp", "accountability.practice=40", None),
    ("involve-ogp", "practice.practice=40", None),
    ("involve-ogp", "practice.=40", None),
    ("involve-ogp", "=40", None),
    ("involve-ogp", "A5=40", None),
    ("involve-ogp", "101", None),
    ("involve-ogp", "-1", None),
    ("involve-ogp", "50 %", None),
    ("involve-ogp", "nan", None),
    ("involve-ogp", "1e1", None),
    ("involve-ogp", "", None),
    ("ogp-co-creation", "accountability=40", None),
    ("ogp-co-creation", "50", ("promise", None, 50)),
    ("oecd-co-production", "practice=50", ("practice", None, 50)),
]


@pytest.mark.parametrize(("framework", "written", "read"), READ)
def test_how_a_threshold_is_written(framework: str, written: str, read: tuple[str, str | None, float] | None) -> None:
    found = threshold(written, load_bundled(framework).framework)
    assert (found[:3] if found else None) == read


@pytest.mark.parametrize("framework", ["involve-ogp", "ogp-co-creation", "oecd-co-production", "oecd-open-government"])
def test_every_dimension_can_be_named_by_title_and_by_id_on_both_sides(framework: str) -> None:
    loaded = load_bundled(framework).framework
    for dimension in loaded.dimensions:
        for name in (dimension.id, dimension.title, dimension.title.upper()):
            assert threshold(f"{name}=1", loaded) == ("promise", dimension.id, 1, f"{name}=1")
            assert threshold(f"practice.{name}=1", loaded) == ("practice", dimension.id, 1, f"practice.{name}=1")


def test_what_the_report_shows_is_what_is_compared(loaded: LoadedFramework) -> None:
    """A score that the JSON report shows as 40 meets 40, whatever the digits behind."""
    assessments, _ = run_all([str(ROOT / "examples")], loaded)
    for assessment in assessments:
        shown = assessment.promise.low
        assert shown is not None
        exact = f"{round(shown, 6):.6f}"
        limit = threshold(exact, loaded.framework)
        assert limit is not None
        assert not falls_below(assessment, limit)
        assert falls_below(assessment, limit._replace(limit=limit.limit + 0.000001))


# --- What falls short, in every format ---------------------------------------------------------------------------

ASKED: list[tuple[str, list[str], int]] = [
    # the whole, a dimension, the other side
    (str(REFORM), ["--fail-under", "20"], 0),
    (str(REFORM), ["--fail-under", "22"], 1),
    (str(REFORM), ["--fail-under", "transparency=20"], 0),
    (str(REFORM), ["--fail-under", "transparency=99"], 1),
    (str(REFORM), ["--fail-under", "practice.transparency=1"], 0),
    (str(REFORM), ["--fail-under", "practice=99"], 1),
    (str(REFORM), ["--fail-under", "practice.accountability=99"], 1),
    (str(REFORM), ["--fail-under", "20", "--fail-under", "transparency=99"], 1),
    # no score never meets one, not even 0; what is unknown counts against
    ("silent.yaml", ["--fail-under", "0"], 0),
    ("silent.yaml", ["--fail-under", "practice=0"], 1),
    ("unsure.yaml", ["--fail-under", "transparency=4"], 1),
    # coverage
    (str(REFORM), ["--fail-coverage-under", "50"], 0),
    (str(REFORM), ["--fail-coverage-under", "100"], 0),
    # gates: failed and undecided do not pass, not applicable does
    (str(REFORM), ["--require-gate", "verifiable"], 1),
    ("silent.yaml", ["--require-gate", "mechanism"], 0),
    ("silent.yaml", ["--require-gate", "verifiable"], 1),
    ("silent.yaml", ["--require-gate", "mechanism,verifiable"], 1),
    (str(REFORM), ["--require-gate", "reprisals"], 0),
    # faults
    (str(REFORM), ["--fail-on", "error"], 0),
    (str(REFORM), ["--fail-on", "warning"], 1),
    (str(REFORM), ["--fail-on", "warning", "--select", "F02"], 0),
    (str(REFORM), ["--fail-on", "warning", "--select", "F23"], 1),
    (str(REFORM), ["--fail-on", "warning", "--select", "F02", "--extend-select", "f23"], 1),
    (str(REFORM), ["--fail-on", "warning", "--select", "F23", "--ignore", "F23"], 0),
    (str(REFORM), ["--fail-on", "warning", "--ignore", "F"], 0),
    # a framework without a whole, and one for plans
    (str(REFORM), ["--framework", "oecd-co-production", "--fail-under", "0"], 1),
    (str(REFORM), ["--framework", "oecd-co-production", "--fail-under", "1=0"], 2),
    (str(PLAN), ["--framework", "ogp-co-creation", "--fail-under", "1"], 0),
    (str(PLAN), ["--framework", "ogp-co-creation", "--fail-under", "99"], 1),
    (str(PLAN), ["--framework", "ogp-co-creation", "--require-gate", "verifiable"], 2),
    (str(PLAN), ["--fail-under", "1"], 3),
    # --exit-zero forgives what falls short, and nothing else
    (str(REFORM), ["--fail-under", "99", "--exit-zero"], 0),
    ("broken.yaml", ["--fail-under", "99", "--exit-zero"], 3),
    ("empty", ["--exit-zero"], 3),
    ("none.yaml", ["--exit-zero"], 2),
    (str(REFORM), ["--require-gate", "none", "--exit-zero"], 2),
    # words that mean nothing
    (str(REFORM), ["--fail-under", "zebra=40"], 2),
    (str(REFORM), ["--fail-coverage-under", "nan"], 2),
    (str(REFORM), ["--fail-coverage-under", "101"], 2),
    (str(REFORM), ["--select", "Z9"], 2),
    (str(REFORM), ["--ignore", "Z9"], 2),
    (str(REFORM), ["--extend-select", "Z9"], 2),
    (str(REFORM), ["--fail-on", "catastrophe"], 2),
]  # fmt: skip


@pytest.mark.parametrize("output_format", list(check.Format))
@pytest.mark.parametrize(
    ("path", "asked", "code"), ASKED, ids=lambda part: " ".join(part) if isinstance(part, list) else ""
)
def test_check_leaves_with(path: str, asked: list[str], code: int, output_format: str, folder: Path) -> None:
    own = [] if "--fail-on" in asked else ["--fail-on", "never"]
    result = run("check", path, "--isolated", *own, *asked, "-f", output_format)
    assert result.exit_code == code, result.output
    assert "Traceback" not in result.output
    if code == 2:
        assert result.stdout == ""
    if code in {0, 1}:
        assert sum(line.startswith("Checked: ") for line in result.stderr.splitlines()) == 1


def checked(path: str, *asked: str) -> dict[str, Any]:
    report = json.loads(run("check", path, *QUIET, "-f", "json", *asked).stdout)
    (document,) = report["assessments"]
    assert isinstance(document, dict)
    return document


@pytest.mark.parametrize(
    ("path", "asked", "missed"),
    [
        (str(REFORM), ["--fail-under", "22"], ["Openness of the promise is 21.8, and 22 is asked."]),
        ("silent.yaml", ["--fail-under", "practice.A=40"], ["Accountability of the practice has no score, and 40 is asked."]),
        (str(REFORM), ["--framework", "oecd-co-production", "--fail-under", "5"],
         ["This framework gives no single score, and 5 is asked of it. Ask it of a part, as working together=5: working together, conditions of success, risks to users, measures and learning."]),
    ],
)  # fmt: skip
def test_what_is_missed_is_told(path: str, asked: list[str], missed: list[str], folder: Path) -> None:
    document = checked(path, *asked)
    assert document["falls_short"] is True
    assert [each["message"] for each in document["missed"]] == missed


def test_gates_stand_in_json_whether_they_are_required_or_not(folder: Path, loaded: LoadedFramework) -> None:
    document = checked("silent.yaml")
    assert [gate["id"] for gate in document["gates"]] == [gate.id for gate in loaded.framework.gates]
    assert document["missed"] == []
    missed = checked("silent.yaml", "--require-gate", "verifiable")["missed"]
    assert [(each["kind"], each["rule"]) for each in missed] == [("gate", "verifiable")]


def test_an_undecided_gate_does_not_pass(folder: Path) -> None:
    asking = "openreform: 1\nid: u\ntitle: U\nundescribed: [milestones]\n"
    Path("undecided.yaml").write_text(asking, encoding="utf-8")
    (result,) = [gate["result"] for gate in checked("undecided.yaml")["gates"] if gate["id"] == "verifiable"]
    assert result == "undecided"
    assert run("check", "undecided.yaml", *QUIET, "--require-gate", "verifiable").exit_code == 1


def test_faults_are_named_whole_or_by_their_beginning(loaded: LoadedFramework) -> None:
    ids = tuple(fault.id for fault in loaded.framework.faults)
    assert rules_like("F", loaded.framework) == tuple(name for name in ids if name.startswith("F"))
    assert rules_like("f02", loaded.framework) == ("F02",)
    assert rules_like("", loaded.framework) == rules_like("Z", loaded.framework) == ()


# --- assess takes the same thresholds -------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("asked", "code"),
    [
        (["20"], 0),
        (["22"], 1),
        (["transparency=99"], 1),
        (["20", "practice=99"], 1),
        (["practice.T=0"], 0),
        (["zebra=1"], 2),
    ],
)
def test_assess_takes_the_same_thresholds(asked: list[str], code: int) -> None:
    flags = [part for each in asked for part in ("--fail-under", each)]
    result = run("assess", str(REFORM), "--isolated", *flags, "-f", "csv")
    assert result.exit_code == code, result.stderr
    assert (result.stdout == "") == (code == 2)
    assert (f"1 of 1 below {', '.join(asked)}: id-lapor" in result.stderr) == (code == 1)


def test_a_pipe_that_closes_does_not_hide_that_a_draft_falls_short(tmp_path: Path) -> None:
    path = tmp_path / "draft.yaml"
    path.write_text("openreform: 1\nid: draft\ntitle: A draft\n", encoding="utf-8")
    command = [sys.executable, "-m", "openreform", "check", str(path)]
    with subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE) as process:
        assert process.stdout
        process.stdout.close()
        assert process.wait(60) == 1
