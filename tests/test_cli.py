"""The commands as people type them: what they print, where, and the code they leave with."""

import json
import os
import re
import signal
import subprocess
import sys
from pathlib import Path

import pytest
from typer.testing import CliRunner, Result

from conftest import ROOT, compare_golden, need
from openreform.cli import main as cli
from openreform.loading.files import Found, find, read_text
from openreform.problems import Problem

GOOD = "openreform: 1\nid: good\ntitle: A good reform\npublications: [{title: Figures, access: open}]\n"
BAD = "openreform: 1\nid: bad\ntitle: A bad reform\nstrat: 2025\n"
RUNNER = CliRunner()


def run(*arguments: str, text: str | None = None) -> Result:
    return RUNNER.invoke(cli.app, list(arguments), input=text)


def process(*arguments: str, text: str = "", **environment: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "-m", "openreform", *arguments],
        input=text,
        capture_output=True,
        encoding="utf-8",
        env={**os.environ, **environment},
        check=False,
    )


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    Path("good.yaml").write_text(GOOD, encoding="utf-8")
    Path("bad.yaml").write_text(BAD, encoding="utf-8")
    Path("broken.yaml").write_text('openreform: 1\nid: "x\n', encoding="utf-8")
    Path("notes.yaml").write_text("shopping: [milk]\n", encoding="utf-8")
    Path("slip.yaml").write_text("openrefrom: 1\nid: x\n", encoding="utf-8")
    Path(".hidden.yaml").write_text(BAD, encoding="utf-8")
    Path("drafts").mkdir()
    Path("drafts", "one.yml").write_text(GOOD.replace("good", "one"), encoding="utf-8")
    Path("drafts", "two.yaml").write_text(GOOD.replace("good", "two"), encoding="utf-8")
    Path("empty").mkdir()
    return tmp_path


# --- Exit codes: the same in every format ---------------------------------------------------------------------

CODES = [
    (["assess", "good.yaml"], 0),
    (["assess", "drafts"], 0),
    (["assess", "good.yaml", "--fail-under", "0"], 0),
    (["assess", "good.yaml", "--fail-under", "50"], 1),
    (["assess", "good.yaml", "bad.yaml", "--fail-under", "50"], 3),
    (["assess", "no-such-file.yaml"], 2),
    (["assess", "good.yaml", "no-such-file.yaml"], 2),
    (["assess"], 2),
    (["assess", "good.yaml", "--framework", "no-such-framework"], 2),
    (["assess", "good.yaml", "--framework", "notes.yaml"], 2),
    (["assess", "good.yaml", "--as-of", "someday"], 2),
    (["assess", "good.yaml", "--rows", "nothing"], 2),
    (["assess", "good.yaml", "--no-such-option"], 2),
    (["assess", "good.yaml", "-o", "no/such/folder/out"], 2),
    (["assess", "good.yaml", "-o", "drafts"], 2),
    (["assess", "bad.yaml"], 3),
    (["assess", "broken.yaml"], 3),
    (["assess", "notes.yaml"], 3),
    (["assess", "empty"], 3),
    (["assess", "."], 3),
    (["assess", "good.yaml", "good.yaml"], 0),
]


@pytest.mark.parametrize("output_format", ["text", "json", "jsonl", "csv", "markdown", "html", "portfolio"])
@pytest.mark.parametrize(
    ("arguments", "code"), CODES, ids=lambda part: " ".join(part) if isinstance(part, list) else part
)
def test_assess_leaves_with(arguments: list[str], code: int, output_format: str, folder: Path) -> None:
    result = run(*arguments, "-f", output_format)
    assert result.exit_code == code, result.stderr
    assert "Traceback" not in result.output
    if code == 2:
        assert result.stdout == ""


@pytest.mark.parametrize(
    ("arguments", "code"),
    [
        (["--version"], 0),
        (["--help"], 0),
        ([], 2),
        (["no-such-command"], 2),
        (["explain"], 0),
        (["explain", "T5"], 0),
        (["explain", "t5"], 0),
        (["explain", "lens"], 0),
        (["explain", "publications"], 0),
        (["explain", "mechanisms.reply"], 0),
        (["explain", "publications.access"], 0),
        (["explain", "T55"], 2),
        (["explain", "zebra"], 2),
        (["init", "-"], 0),
        (["init", "good.yaml"], 2),
        (["init", "good.yaml", "--force"], 0),
        (["init", "no/such/folder/new.yaml"], 2),
        (["schema", "reform"], 0),
        (["schema", "framework"], 0),
        (["schema", "assessment"], 0),
        (["schema", "weather"], 2),
        (["framework", "list"], 0),
        (["framework", "show"], 0),
        (["framework", "show", "-f", "html"], 0),
        (["framework", "show", "-f", "markdown"], 0),
        (["framework", "show", "no-such-framework"], 2),
        (["framework", "check", "no-such-file.yaml"], 2),
        (["framework", "check", "notes.yaml"], 3),
    ],
)
def test_other_commands_leave_with(arguments: list[str], code: int, folder: Path) -> None:
    assert run(*arguments).exit_code == code


# --- What is said where ---------------------------------------------------------------------------------------


def test_problems_stand_on_stderr_and_the_others_go_on(folder: Path) -> None:
    result = run("assess", "bad.yaml", "good.yaml", "broken.yaml")
    assert result.exit_code == 3
    assert result.stdout.startswith("A good reform\n")
    assert result.stderr.splitlines() == [
        "bad.yaml:4:1: There is no field “strat” here. Did you mean 'start'?",
        "broken.yaml:2:5: A quotation mark is opened here and never closed. Close it with the same mark at the end of the text.",
        "2 problems in 2 files.",
    ]


def test_json_carries_the_problems_too(folder: Path) -> None:
    result = run("assess", "bad.yaml", "good.yaml", "-f", "json")
    report = json.loads(result.stdout)
    assert [item["reform"]["id"] for item in report["assessments"]] == ["good"]
    assert report["problems"] == [
        {
            "path": "bad.yaml",
            "line": 4,
            "column": 1,
            "code": "field-unknown",
            "message": "There is no field “strat” here.",
            "fix": "Did you mean 'start'?",
        }
    ]
    assert result.stderr == "1 problem in 1 file.\n"


def test_a_folder_is_walked_sorted_and_others_files_are_counted(folder: Path) -> None:
    result = run("assess", ".")
    assert [
        line for line in result.stdout.splitlines() if line in {"A good reform", "A one reform", "A two reform"}
    ] == [
        "A one reform",
        "A two reform",
        "A good reform",
    ]
    assert "slip.yaml was skipped: it has the field openrefrom; did you mean 'openreform'?" in result.stderr
    assert "2 files without the field 'openreform' skipped." in result.stderr
    assert ".hidden" not in result.stderr


def test_rows_go_with_csv_only(folder: Path) -> None:
    assert run("assess", "good.yaml", "--rows", "reforms").exit_code == 2
    lines = run("assess", "drafts", "-f", "csv", "--rows", "reforms").stdout.splitlines()
    assert [line.split(",")[1] for line in lines] == ["id", "one", "two"]


def test_json_lines_are_an_envelope_each(folder: Path) -> None:
    lines = [json.loads(line) for line in run("assess", "drafts", "bad.yaml", "-f", "jsonl").stdout.splitlines()]
    assert [line["format"] for line in lines] == [1, 1, 1]
    assert [item["reform"]["id"] for line in lines for item in line["assessments"]] == ["one", "two"]
    assert [item["path"] for line in lines for item in line["problems"]] == ["bad.yaml"]


def test_quiet_says_nothing_on_stderr(folder: Path) -> None:
    assert run("assess", "slip.yaml", "good.yaml", "-q").stderr == ""


def test_in_a_folder_what_is_no_mapping_is_skipped(folder: Path) -> None:
    Path("drafts", "list.yaml").write_text("- one\n", encoding="utf-8")
    Path("drafts", "link.yaml").symlink_to("nowhere.yaml")
    result = run("assess", "drafts")
    assert result.exit_code == 3
    assert result.stderr.splitlines() == [
        "drafts/link.yaml: This is a link to a file that is not there. Remove the link or put the file in its place.",
        "1 file without the field 'openreform' skipped.",
        "2 reforms assessed.",
        "1 problem in 1 file.",
    ]


def test_the_second_document_of_one_id_is_a_problem(folder: Path) -> None:
    Path("again.yaml").write_text(GOOD, encoding="utf-8")
    result = run("assess", "good.yaml", "again.yaml")
    assert result.exit_code == 3
    assert "again.yaml:2:5: The id “good” is already used by “good.yaml”, assessed in the same run." in result.stderr


def test_below_the_limit_is_named(folder: Path) -> None:
    assert run("assess", "drafts", "--fail-under", "50").stderr == "2 reforms assessed.\n2 of 2 below 50: one, two\n"


def test_no_score_never_meets_a_limit(folder: Path) -> None:
    Path("new.yaml").write_text(
        "openreform: 1\nid: x\ntitle: A\nundescribed: [publications, mechanisms]\n", encoding="utf-8"
    )
    assert run("assess", "new.yaml", "--fail-under", "0").exit_code == 1


def test_standard_input(folder: Path) -> None:
    result = run("assess", "-", text=GOOD)
    assert result.exit_code == 0
    assert "good · -\n" in result.stdout


def test_as_of_goes_into_the_report(folder: Path) -> None:
    report = json.loads(run("assess", "good.yaml", "-f", "json", "--as-of", "2026-01-31").stdout)
    assert (report["as_of"], report["assessments"][0]["as_of"]) == ("2026-01-31", "2026-01-31")


@pytest.mark.parametrize("day", ["2026", "2026-01", "2026-01-32", "tomorrow"])
def test_as_of_is_a_whole_day(day: str, folder: Path) -> None:
    """Of a month nobody can count days."""
    result = run("assess", "good.yaml", "--as-of", day)
    assert result.exit_code == 2
    assert result.stderr == f"{day} is not a date; write YYYY-MM-DD.\n"


@pytest.mark.parametrize("name", ["r.html", "r.MD", "r.json", "r.jsonl", "r.csv", "r.txt"])
def test_an_output_is_what_its_ending_says(name: str, folder: Path) -> None:
    assert run("assess", "good.yaml", "-q", "-o", name).exit_code == 0
    written = Path(name).read_text(encoding="utf-8")
    forms = {"html": "html", "md": "markdown", "json": "json", "jsonl": "jsonl", "csv": "csv", "txt": "text"}
    assert written == run("assess", "good.yaml", "-q", "-f", forms[name.partition(".")[2].lower()]).stdout
    assert run("assess", "good.yaml", "-q", "-f", "text", "-o", name).exit_code == 0
    assert Path(name).read_text(encoding="utf-8") == run("assess", "good.yaml", "-q").stdout


@pytest.mark.parametrize("output_format", ["text", "json", "jsonl", "csv", "markdown", "html", "portfolio"])
def test_output_to_a_file_is_the_same_bytes(output_format: str, folder: Path) -> None:
    printed = run("assess", "drafts", "-f", output_format).stdout
    result = run("assess", "drafts", "-f", output_format, "-o", "report")
    assert result.stdout == ""
    assert Path("report").read_bytes() == printed.encode()
    assert sorted(path.name for path in folder.iterdir() if "part" in path.name) == []


def test_nothing_is_half_written(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    Path("report").write_text("the old one", encoding="utf-8")

    def full(self: Path, target: Path) -> Path:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(Path, "replace", full)
    result = run("assess", "good.yaml", "-o", "report")
    assert result.exit_code == 2
    assert result.stderr == "report cannot be written: No space left on device.\n"
    assert Path("report").read_text(encoding="utf-8") == "the old one"
    assert not [path for path in folder.iterdir() if path.name.endswith(".part")]


def test_a_framework_with_mistakes_is_told_line_by_line(folder: Path) -> None:
    mistaken = ROOT / "tests" / "invalid_frameworks" / "value_unknown.yaml"
    result = run("assess", "good.yaml", "--framework", str(mistaken))
    assert result.exit_code == 2
    assert (
        "value_unknown.yaml:33:28: “opened” is not a value of 'publications.access'. Did you mean 'open'?"
        in result.stderr
    )


def test_a_framework_by_path(folder: Path) -> None:
    path = str(ROOT / "frameworks" / "involve-ogp.yaml")
    assert run("assess", "good.yaml", "--framework", path).stdout == run("assess", "good.yaml").stdout


# --- init and explain -----------------------------------------------------------------------------------------


def test_init_writes_a_starter_that_can_be_assessed(folder: Path) -> None:
    result = run("init", "new.yaml")
    assert result.exit_code == 0
    assert result.stderr == "new.yaml written. Fill it in, then: openreform assess new.yaml\n"
    assert (
        Path("new.yaml")
        .read_text(encoding="utf-8")
        .startswith("# yaml-language-server: $schema=openreform.schema.json\n")
    )
    assert (
        json.loads(Path("openreform.schema.json").read_text(encoding="utf-8"))["$id"]
        == "urn:openreform:schema:reform:1"
    )
    assessed = run("assess", "new.yaml", "-f", "json")
    assert assessed.exit_code == 0
    levels = [
        criterion["promise"]["level"]
        for dimension in json.loads(assessed.stdout)["assessments"][0]["dimensions"]
        for criterion in dimension["criteria"]
    ]
    assert set(levels) == {0}


def test_init_leaves_another_file_of_the_schemas_name_alone(folder: Path) -> None:
    Path("openreform.schema.json").write_text("{}", encoding="utf-8")
    result = run("init", "new.yaml")
    assert result.exit_code == 0
    assert "openreform.schema.json is another file and was left alone" in result.stderr
    assert Path("openreform.schema.json").read_text(encoding="utf-8") == "{}"


def test_init_overwrites_nothing(folder: Path) -> None:
    result = run("init", "good.yaml")
    assert result.stderr.startswith("good.yaml is already there; nothing was written.")
    assert Path("good.yaml").read_text(encoding="utf-8") == GOOD


@pytest.mark.parametrize(
    "name",
    [
        *("T2", "T3", "T5", "T8", "P1", "P5", "A3", "A4", "Q3", "Q4", "Q7"),
        *("verifiable", "lens", "mechanism", "consultation", "information-only", "reprisals"),
        *("mechanisms", "milestones.frequency", "none_found", "unknown"),
    ],
)
def test_explain_is_as_it_was(name: str, accept: bool) -> None:
    compare_golden(ROOT / "tests" / "golden" / "explain" / f"{name}.txt", run("explain", name).stdout, accept)


def test_explain_lists_everything(accept: bool) -> None:
    compare_golden(ROOT / "tests" / "golden" / "explain" / "everything.txt", run("explain").stdout, accept)


@pytest.mark.parametrize("kind", ["text", "markdown", "html"])
def test_a_whole_framework_is_shown_as_it_was(kind: str, accept: bool) -> None:
    ending = {"text": "txt", "markdown": "md", "html": "html"}[kind]
    golden = ROOT / "tests" / "golden" / "framework" / f"involve-ogp.{ending}"
    compare_golden(golden, run("framework", "show", "-f", kind).stdout, accept)


def test_a_framework_is_checked(folder: Path) -> None:
    sound = ROOT / "frameworks" / "involve-ogp.yaml"
    assert run("framework", "check", str(sound)).stdout.startswith(
        f"{sound} is sound: involve-ogp 0.3.0, for a reform.\n"
    )
    mistaken = ROOT / "tests" / "invalid_frameworks" / "value_unknown.yaml"
    result = run("framework", "check", str(mistaken))
    assert result.exit_code == 3
    assert "value_unknown.yaml:33:28: “opened” is not a value" in result.stderr


def test_explain_names_what_was_meant() -> None:
    assert run("explain", "publicatons").stderr == (
        "There is nothing called publicatons to explain. Did you mean publications?\n"
    )
    assert "'openreform explain' lists everything." in run("explain", "qqqqqq").stderr


# --- Real processes -------------------------------------------------------------------------------------------


def test_the_version() -> None:
    assert process("--version").stdout.startswith("openreform 0.")


def test_a_closed_pipe_is_no_fault(folder: Path) -> None:
    need("bash")
    command = f"{sys.executable} -m openreform assess good.yaml | true; echo ${{PIPESTATUS[0]}}"
    result = subprocess.run(["bash", "-c", command], capture_output=True, encoding="utf-8", check=False)
    assert result.stdout == "0\n"
    assert result.stderr == ""


def test_colours_only_where_a_person_watches(folder: Path) -> None:
    import pty  # noqa: PLC0415

    seen = {}
    for name, environment in (("colour", {"TERM": "xterm-256color"}), ("none", {"NO_COLOR": "1"})):
        ours, theirs = pty.openpty()
        command = [sys.executable, "-m", "openreform", "assess", "good.yaml"]
        clean = {key: value for key, value in os.environ.items() if key not in {"NO_COLOR", "FORCE_COLOR"}}
        subprocess.run(command, stdout=theirs, env={**clean, "COLUMNS": "200", **environment}, check=True)
        os.close(theirs)
        seen[name] = b""
        while chunk := _read_some(ours):
            seen[name] += chunk
    assert b"\x1b[" in seen["colour"]
    assert b"\x1b[" not in seen["none"]
    plain = re.sub(rb"\x1b\[[0-9;]*m", b"", seen["colour"])
    assert plain.split() == seen["none"].split()


def _read_some(terminal: int) -> bytes:
    try:
        return os.read(terminal, 65536)
    except OSError:
        return b""


def test_a_crash_is_one_line(folder: Path) -> None:
    broken = folder / "sitecustomize.py"
    broken.write_text("import openreform.running\nopenreform.running.run = lambda *a: 1 / 0\n", encoding="utf-8")
    result = process("assess", "good.yaml", PYTHONPATH=str(folder))
    assert result.returncode == 70
    assert result.stdout == ""
    assert result.stderr.startswith("openreform crashed (ZeroDivisionError). This is a bug of ours")
    assert result.stderr.count("\n") == 1
    assert "Traceback" in process("--debug", "assess", "good.yaml", PYTHONPATH=str(folder)).stderr


def test_an_interruption_leaves_130() -> None:
    waiting = subprocess.Popen(
        [sys.executable, "-m", "openreform", "assess", "-"],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
    )
    assert waiting.stderr is not None
    import time  # noqa: PLC0415

    time.sleep(2)
    waiting.send_signal(signal.SIGINT)
    _, remark = waiting.communicate(timeout=30)
    assert waiting.returncode == 130
    assert remark.decode() == "Interrupted; nothing was written.\n"


def test_output_is_utf8_whatever_the_locale(folder: Path) -> None:
    Path("good.yaml").write_text(GOOD.replace("A good reform", "Réforme ouverte — été"), encoding="utf-8")
    result = process("assess", "good.yaml", LC_ALL="C", PYTHONUTF8="0", PYTHONIOENCODING="ascii")
    assert result.returncode == 0
    assert result.stdout.startswith("Réforme ouverte — été\n")


# --- Files ----------------------------------------------------------------------------------------------------


def codes(paths: list[str]) -> list[str]:
    found = [item if isinstance(item, Problem) else read_text(item) for item in find(paths)]
    return [item.code if isinstance(item, Problem) else "read" for item in found]


def test_links_in_a_folder_stay_inside(folder: Path) -> None:
    outside = folder.parent / f"{folder.name}-outside.yaml"
    outside.write_text(GOOD, encoding="utf-8")
    drafts = folder / "drafts"
    (drafts / "a-broken.yaml").symlink_to("nowhere.yaml")
    (drafts / "b-outside.yaml").symlink_to(outside)
    (drafts / "c-inside.yaml").symlink_to("one.yml")
    assert codes(["drafts"]) == ["link-broken", "link-outside", "read", "read"]  # c-inside is one.yml, read once
    assert codes([str(drafts / "b-outside.yaml")]) == ["read"]


def test_a_link_to_itself_and_a_closed_folder_are_problems(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (folder / "drafts" / "loop.yaml").symlink_to("loop.yaml")
    assert codes(["drafts"]) == ["link-broken", "read", "read"]
    (folder / "drafts" / "loop.yaml").unlink()
    (folder / "drafts" / "closed").mkdir()
    scandir = os.scandir

    def closed(path: str) -> object:
        if path.endswith("closed"):
            raise PermissionError(13, "Permission denied", path)
        return scandir(path)

    monkeypatch.setattr(os, "scandir", closed)
    assert codes(["drafts"]) == ["read", "read", "file-unreadable"]


def test_files_of_others_in_a_folder_are_skipped(folder: Path) -> None:
    Path("drafts", "openapi.yaml").write_text("openapi: 3.0.0\nx: &a [*a]\n", encoding="utf-8")
    Path("drafts", "latin.yaml").write_bytes(b"name: Caf\xe9\n")
    Path("drafts", "broken.yaml").write_text('name: "x\n', encoding="utf-8")
    result = run("assess", "drafts")
    assert result.exit_code == 0
    assert "3 files without the field 'openreform' skipped." in result.stderr
    Path("drafts", "ours.yaml").write_bytes(b"openreform: 1\ntitle: Caf\xe9\n")
    assert run("assess", "drafts").exit_code == 3


def test_many_mistakes_take_no_time_and_are_counted(folder: Path) -> None:
    steps = "".join(f"  - {{id: m{n}, title: Step}}\n" for n in range(500))
    things = "".join(f"  - {{title: Thing, milestone: x{n}}}\n" for n in range(500))
    Path("many.yaml").write_text(f"{GOOD}milestones:\n{steps}mechanisms:\n{things}", encoding="utf-8")
    result = run("assess", "many.yaml")
    assert result.exit_code == 3
    assert "more problems than are listed here" in result.stderr
    assert result.stderr.count("many.yaml:") <= 102


def test_output_writes_through_a_link_and_keeps_the_mode(folder: Path) -> None:
    Path("real").write_text("old", encoding="utf-8")
    Path("real").chmod(0o600)
    Path("link").symlink_to("real")
    assert run("assess", "good.yaml", "-o", "link").exit_code == 0
    assert Path("link").is_symlink()
    assert Path("real").stat().st_mode & 0o777 == 0o600
    assert Path("real").read_text(encoding="utf-8").startswith("A good reform")


def test_a_device_is_written_to_and_not_replaced(folder: Path) -> None:
    assert run("assess", "good.yaml", "-o", "/dev/null").exit_code == 0
    assert Path("/dev/null").is_char_device()
    if Path("/dev/full").exists():
        assert run("assess", "good.yaml", "-o", "/dev/full").exit_code == 2


def test_a_name_too_long_is_wrong_use(folder: Path) -> None:
    for arguments in (["--framework", "x" * 5000], ["-o", "x" * 5000]):
        assert run("assess", "good.yaml", *arguments).exit_code == 2
    assert run("framework", "check", "x" * 5000).exit_code == 2


def test_what_is_no_file_does_not_hang(folder: Path) -> None:
    os.mkfifo(folder / "drafts" / "pipe.yaml")
    assert codes(["drafts"]) == ["read", "not-a-file", "read"]


def test_a_file_over_the_limit_is_not_read_to_its_end(folder: Path) -> None:
    Path("big.yaml").write_bytes(b"openreform: 1\n" + b"#" * (1024 * 1024))
    assert codes(["big.yaml"]) == ["too-large"]
    assert codes(["/dev/zero"]) == ["too-large"]


def test_an_unreadable_file_is_a_problem(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def refused(path: Path, *_: object) -> int:
        raise PermissionError(13, "Permission denied")

    monkeypatch.setattr(os, "open", refused)
    problem = read_text(Found(Path("good.yaml"), "good.yaml", named=True))
    assert isinstance(problem, Problem)
    assert problem.message == "The file cannot be read: Permission denied."


def test_a_broken_link_named_is_a_problem(folder: Path) -> None:
    Path("link.yaml").symlink_to("nowhere.yaml")
    result = run("assess", "link.yaml")
    assert result.exit_code == 3
    assert "link.yaml: The file cannot be read: No such file or directory." in result.stderr


def test_line_ends_and_byte_order_marks_do_not_matter(folder: Path) -> None:
    Path("windows.yaml").write_bytes(b"\xef\xbb\xbf" + GOOD.replace("\n", "\r\n").encode())
    mine, theirs = (
        json.loads(run("assess", name, "-f", "json").stdout)["assessments"][0] for name in ("good.yaml", "windows.yaml")
    )
    assert mine["dimensions"] == theirs["dimensions"]
    assert mine["reform"]["digest"] != theirs["reform"]["digest"]


def test_too_many_values(folder: Path) -> None:
    Path("many.yaml").write_text("openreform: 1\nleads: [" + "a," * 50_000 + "]\n", encoding="utf-8")
    assert "The document has more than 50000 values" in run("assess", "many.yaml").stderr


def test_a_hundred_thousand_brackets_do_no_harm(folder: Path) -> None:
    Path("deep.yaml").write_text("openreform: " + "[" * 100_000, encoding="utf-8")
    result = run("assess", "deep.yaml")
    assert result.exit_code == 3
    assert "nested more than 32 levels deep" in result.stderr
