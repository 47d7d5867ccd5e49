"""The contract with scripts and CI (design §7): every command, in every form it has, leaves with the documented code.

What forms a command has is read from the command itself, so that a new one is held to the contract without a line here.
"""

import inspect
import os
import re
import shutil
import subprocess
import sys
import typing
from collections.abc import Callable, Iterator
from enum import StrEnum
from pathlib import Path
from typing import Any, NamedTuple

import pytest
from typer.testing import CliRunner

from conftest import ROOT
from openreform.cli import main as cli

RUNNER = CliRunner()
FINE = """openreform: 1
id: fine
title: Waiting times in the open
start: 2026-01
end: 2026-12
leads: [{organisation: The health board}]
milestones:
  - {id: m1, title: The table of waiting times, kind: publication, due: 2026-06, output: a table of every clinic}
publications:
  - {id: times, title: Waiting times, access: open, formats: [csv], licence: CC-BY-4.0, frequency: monthly, milestone: m1}
"""
FAULTY = "openreform: 1\nid: faulty\ntitle: A plan\nmilestones:\n  - {id: m1, title: Promote openness}\n"
BAD = "openreform: 1\nid: bad\ntitle: A bad one\nstrat: 2025\n"


class Row(NamedTuple):
    """A situation, what is typed after the command, the code it leaves with, and what is given on standard input."""

    situation: str
    arguments: str
    code: int
    text: str | None = None


TABLE: dict[str, list[Row]] = {
    "assess": [
        Row("fine", "fine.yaml", 0),
        Row("fine", "-", 0, FINE),
        Row("fine", "fine.yaml --export-bibliography cited.json", 0),
        Row("fault", "faulty.yaml", 0),
        Row("below", "fine.yaml --fail-under 90", 1),
        Row("bad", "bad.yaml", 3),
        Row("bad", "bad.yaml --export-bibliography cited.json", 3),
        Row("missing", "fine.yaml --export-bibliography no-such-folder/cited.json", 2),
        Row("missing", "fine.yaml --export-bibliography -", 2),
        Row("bad", "fine.yaml bad.yaml --fail-under 90", 3),
        Row("missing", "no-such-file.yaml", 2),
        Row("missing", "fine.yaml --framework no-such-framework", 2),
        Row("nothing", "empty", 3),
    ],
    "check": [
        Row("fine", "fine.yaml", 0),
        Row("fine", "drafts", 0),
        Row("fine", "-", 0, FINE),
        Row("fault", "faulty.yaml", 1),
        Row("fault", "fine.yaml faulty.yaml", 1),
        Row("fault", "faulty.yaml --quiet", 1),
        Row("fault", "faulty.yaml --exit-zero", 0),
        Row("fault", "faulty.yaml --fail-on never", 0),
        Row("fault", "fine.yaml --fail-on warning", 1),
        Row("fault", "fine.yaml --fail-on info", 1),
        Row("fault", "faulty.yaml --select F02", 1),
        Row("fault", "faulty.yaml --select F17", 0),
        Row("fault", "faulty.yaml --ignore F", 0),
        Row("below", "fine.yaml --fail-under 90", 1),
        Row("below", "fine.yaml --fail-under accountability=90", 1),
        Row("below", "fine.yaml --fail-under practice=1", 1),
        Row("below", "fine.yaml --fail-under 0", 0),
        Row("below", "fine.yaml --fail-under 90 --exit-zero", 0),
        Row("below", "fine.yaml --require-gate reprisals", 0),
        Row("below", "faulty.yaml --fail-on never --require-gate verifiable", 1),
        Row("below", "fine.yaml --fail-coverage-under 80", 0),
        Row("below", "undescribed.yaml --fail-on never --fail-coverage-under 80", 1),
        Row("bad", "bad.yaml", 3),
        Row("bad", "faulty.yaml bad.yaml", 3),
        Row("bad", "bad.yaml --exit-zero", 3),
        Row("missing", "no-such-file.yaml", 2),
        Row("missing", "fine.yaml --require-gate no-such-gate", 2),
        Row("missing", "fine.yaml --select no-such-fault", 2),
        Row("missing", "fine.yaml --fail-under openness=x", 2),
        Row("nothing", "empty", 3),
        Row("nothing", "empty --exit-zero", 3),
    ],
    "appendix": [
        Row("fine", "fine.yaml --section summary", 0),
        Row("fine", "- --section summary", 0, FINE),
        Row("fault", "faulty.yaml --section scorecards", 0),
        Row("bad", "bad.yaml", 3),
        Row("bad", "fine.yaml bad.yaml --section summary", 3),
        Row("missing", "no-such-file.yaml", 2),
        Row("missing", "fine.yaml --section abstract", 2),
        Row("missing", "fine.yaml --framework no-such-framework", 2),
        Row("nothing", "empty", 3),
    ],
    "explain": [
        Row("fine", "", 0),
        Row("fine", "T5", 0),
        Row("fault", "F02", 0),
        Row("fault", "x1", 0),
        Row("bad", "T5 --framework bad.yaml", 2),
        Row("missing", "F999", 2),
        Row("missing", "T5 --framework no-such-framework", 2),
    ],
    "cases": [
        Row("fine", "", 0),
        Row("fine", "id-lapor", 0),
        Row("below", "--criterion A4 --level 2", 0),
        Row("bad", "--framework bad.yaml", 2),
        Row("missing", "no-such-case", 2),
        Row("nothing", "zebra", 3),
    ],
    "framework list": [Row("fine", "", 0)],
    "framework show": [
        Row("fine", "", 0),
        Row("bad", "bad.yaml", 2),
        Row("missing", "no-such-framework", 2),
    ],
    "framework new": [
        Row("fine", "-", 0),
        Row("fault", "fine.yaml", 2),
        Row("missing", "no-such-folder/new.yaml", 2),
    ],
    "framework check": [
        Row("fine", "framework.yaml", 0),
        Row("bad", "bad.yaml", 3),
        Row("missing", "no-such-file.yaml", 2),
    ],
    "import": [
        Row("fine", "table.csv --dry-run", 0),
        Row("fine", "table.csv -o drafts", 0),
        Row("bad", "broken.csv --dry-run", 3),
        Row("missing", "no-such-file.csv --dry-run", 2),
        Row("missing", "table.csv -o no-such-folder/drafts", 2),
        Row("nothing", "empty --dry-run", 3),
    ],
    "init": [
        Row("fine", "-", 0),
        Row("fine", "new.yaml", 0),
        Row("fault", "fine.yaml", 2),
        Row("missing", "no-such-folder/new.yaml", 2),
        Row("fine", "--interview -o asked.yaml", 0, "Clinics\n\nMinistry\n"),
        Row("fine", "--interview -o asked.yaml", 0, ""),
        Row("fine", "--interview fine.yaml", 0, ""),
        Row("bad", "--interview -o bad.yaml", 3, "Clinics\n"),
        Row("bad", "--interview -o asked.yaml", 3, "Clinics\n\n\nA table\n\nsoon\n"),
        Row("missing", "--interview -o no-such-folder/new.yaml", 2),
        Row("missing", "--interview -", 2),
        Row("missing", "--interview --force fine.yaml", 2),
    ],
    "migrate": [
        Row("fine", "fine.yaml --from 0.2.0 --dry-run", 0),
        Row("fault", "faulty.yaml --from 0.2.0 --dry-run", 0),
        Row("bad", "bad.yaml --dry-run", 3),
        Row("missing", "no-such-file.yaml", 2),
        Row("nothing", "empty", 3),
    ],
    "plan": [
        Row("fine", "fine.yaml --target 1", 0),
        Row("fine", "- --target 40", 0, FINE),
        Row("fine", "fine.yaml --gate verifiable --target transparency=60", 0),
        Row("fine", "faulty.yaml --target 40", 0),
        Row("below", "fine.yaml --target 40 --verify", 1),
        Row("below", "worst.yaml --gate reprisals", 1),
        Row("bad", "bad.yaml --target 40", 3),
        Row("missing", "no-such-file.yaml --target 40", 2),
        Row("missing", "fine.yaml --gate no-such-gate", 2),
        Row("missing", "fine.yaml --target practice=40", 2),
        Row("missing", "fine.yaml", 2),
    ],
    "compare": [
        Row("fine", "fine.yaml faulty.yaml", 0),
        Row("fine", "fine.yaml fine.yaml", 0),
        Row("fine", "- fine.yaml", 0, FINE),
        Row("fine", "fine.yaml result.json", 0),
        Row("fine", "drafts drafts", 0),
        Row("bad", "fine.yaml bad.yaml", 3),
        Row("bad", "broken.json fine.yaml", 3),
        Row("nothing", "empty fine.yaml", 3),
        Row("missing", "fine.yaml no-such-file.yaml", 2),
        Row("missing", "- -", 2, FINE),
        Row("missing", "fine.yaml git:HEAD", 2),
        Row("missing", "git:no-such-revision:fine.yaml fine.yaml", 2),
        Row("missing", "pinned.yaml fine.yaml", 2),
        Row("fine", "pinned.yaml fine.yaml --allow-versions", 0),
        Row("missing", "fine.yaml fine.yaml --framework no-such-framework", 2),
    ],
    "schema": [
        Row("fine", "reform", 0),
        Row("fine", "plan", 0),
        Row("fine", "framework", 0),
        Row("fine", "assessment", 0),
        Row("fine", "steps", 0),
        Row("fine", "comparison", 0),
        Row("missing", "weather", 2),
    ],
}
SITUATIONS = {"fine", "fault", "below", "bad", "missing", "nothing"}


def commands() -> Iterator[tuple[str, Callable[..., Any]]]:
    """Every command as it is typed, and what it runs."""
    for group, app in [("", cli.app), *((f"{each.name} ", each.typer_instance) for each in cli.app.registered_groups)]:
        assert app is not None
        for command in app.registered_commands:
            assert command.callback is not None
            yield f"{group}{command.name or command.callback.__name__}", command.callback


def forms_of(callback: Callable[..., Any]) -> list[str]:
    """The forms it can print, from the enumeration behind its option --format; one empty one if it has no such option."""
    for annotation in typing.get_type_hints(callback, include_extras=True).values():
        declared = [part for part in typing.get_args(annotation)[1:] if hasattr(part, "param_decls")]
        if any("--format" in (part.default, *(part.param_decls or ())) for part in declared):
            kind = typing.get_args(annotation)[0]
            if not (inspect.isclass(kind) and issubclass(kind, StrEnum)):  # several at once, as FORMAT=FILE
                kind = vars(sys.modules[callback.__module__])["Format"]
            return [str(form) for form in kind]
    return [""]


EVERY = [
    pytest.param(name, form, row, id=f"{name} {row.arguments} {form}".strip())
    for name, callback in commands()
    for form in forms_of(callback)
    for row in TABLE.get(name, ())
]
PIPED = [
    pytest.param(name, form, row, id=f"{name} {row.arguments} {form}".strip())
    for name, callback in commands()
    for form in forms_of(callback)
    for row in TABLE.get(name, ())[:1]
]


@pytest.fixture(scope="module")
def prepared(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with a file for each situation."""
    folder = tmp_path_factory.mktemp("prepared")
    texts = {
        "fine.yaml": FINE,
        "faulty.yaml": FAULTY,
        "bad.yaml": BAD,
        "worst.yaml": f"{FINE}concerns: [{{kind: reprisal, text: A user lost her place.}}]\n",
        "undescribed.yaml": f"{FAULTY}undescribed: [publications, mechanisms, oversight]\n".replace("faulty", "new"),
        "drafts/one.yaml": FINE.replace("id: fine", "id: one"),
        "drafts/notes.yaml": "shopping: [milk]\n",
        "pinned.yaml": FINE.replace("id: fine", "id: fine\nframeworks: {involve-ogp: 0.2.0}"),
        "broken.json": '{"tool": 1, "format": 1, "assessments": [',
        "framework.yaml": (ROOT / "tests" / "small_framework.yaml").read_text(encoding="utf-8"),
        "table.csv": (ROOT / "tests" / "import" / "tables" / "ogp.csv").read_text(encoding="utf-8"),
        "broken.csv": "no,heading,anybody,knows\n1,2,3,4\n",
    }
    for folder_name in ("drafts", "empty"):
        (folder / folder_name).mkdir()
    for name, text in texts.items():
        (folder / name).write_text(text, encoding="utf-8")
    arguments = [str(folder / "fine.yaml"), "-f", "json", "-o", str(folder / "result.json")]
    assert RUNNER.invoke(cli.app, ["assess", *arguments]).exit_code == 0
    return folder


@pytest.fixture
def folder(prepared: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A copy of it to work in."""
    place = shutil.copytree(prepared, tmp_path / "work")
    monkeypatch.chdir(place)
    return place


def typed(name: str, row: Row, form: str) -> list[str]:
    return [*name.split(), *row.arguments.split(), *(["-f", form] if form else [])]


def test_the_table_knows_every_command_and_every_situation() -> None:
    assert {name for name, _ in commands()} <= set(TABLE)
    assert {row.situation for rows in TABLE.values() for row in rows} == SITUATIONS
    for name in ("assess", "check"):
        assert {row.situation for row in TABLE[name]} == SITUATIONS


def test_forms_are_read_from_the_commands() -> None:
    forms = {name: forms_of(callback) for name, callback in commands()}
    assert {"text", "json", "jsonl", "csv", "markdown", "html", "xlsx"} <= set(forms["assess"])
    assert {"text", "json"} <= set(forms["check"])
    assert forms["init"] == [""]


@pytest.mark.parametrize(("name", "form", "row"), EVERY)
def test_a_command_leaves_with_the_documented_code(name: str, form: str, row: Row, folder: Path) -> None:
    result = RUNNER.invoke(cli.app, typed(name, row, form), input=row.text)
    assert result.exit_code == row.code, result.output
    assert result.exception is None or isinstance(result.exception, SystemExit)
    assert "Traceback" not in result.output
    if row.code == 2:
        assert result.stdout == ""
        assert result.stderr
    if row.code == 3:
        assert result.output


CHECKS = [
    pytest.param(form, row, id=f"{row.arguments} {form}")
    for form in forms_of(dict(commands())["check"])
    for row in TABLE["check"]
    if row.text is None
]


@pytest.mark.parametrize(("form", "row"), CHECKS)
def test_a_check_into_a_file_leaves_with_the_same_code(form: str, row: Row, folder: Path) -> None:
    result = RUNNER.invoke(cli.app, ["check", *row.arguments.split(), "-f", f"{form}=report"])
    assert result.exit_code == row.code, result.output
    assert result.stdout == ""
    assert (folder / "report").exists() == (row.code != 2)


@pytest.mark.parametrize(("name", "form", "row"), PIPED)
def test_nobody_reading_is_no_fault(name: str, form: str, row: Row, folder: Path) -> None:
    """The reader has gone before a word is written."""
    ours, theirs = os.pipe()
    os.close(ours)
    try:
        result = subprocess.run(
            [sys.executable, "-m", "openreform", *typed(name, row, form)],
            stdin=subprocess.DEVNULL,
            stdout=theirs,
            stderr=subprocess.PIPE,
            encoding="utf-8",
            check=False,
        )
    finally:
        os.close(theirs)
    assert result.returncode == 0, result.stderr
    assert not re.search("Traceback|Broken pipe|crashed", result.stderr)
