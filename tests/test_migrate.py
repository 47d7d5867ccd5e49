"""`openreform migrate`: what moves, what stays as it was written, what a person is asked."""

import json
from pathlib import Path

import pytest
from typer.testing import CliRunner, Result

from conftest import ROOT, compare_golden
from openreform.cli import main as cli
from openreform.loading.frameworks import (
    LoadedFramework,
    bundled_names,
    load_bundled,
    load_framework_file,
    older_versions,
)
from openreform.loading.reforms import Document, parse_reform
from openreform.running import run_all

VERSIONS = ROOT / "tests" / "versions"
GOLDEN = ROOT / "tests" / "golden" / "migrate"
OLD, NEW = "yardstick-1.0.0.yaml", "yardstick-2.0.0.yaml"


def run(*arguments: str) -> Result:
    return CliRunner().invoke(cli.app, ["migrate", *arguments])


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    for path in VERSIONS.iterdir():
        (tmp_path / path.name).write_bytes(path.read_bytes())
    monkeypatch.chdir(tmp_path)
    return tmp_path


def test_what_moves_and_what_is_asked(folder: Path, accept: bool) -> None:
    done = run("document.yaml", "--framework", NEW, "--from", OLD)
    assert done.exit_code == 0, done.output
    compare_golden(GOLDEN / "document.txt", done.stdout, accept)
    compare_golden(GOLDEN / "document.yaml", (folder / "document.yaml").read_text(encoding="utf-8"), accept)
    assert "Written: 1 document." in done.stderr


def test_the_same_for_programs(folder: Path, accept: bool) -> None:
    done = run("document.yaml", "--framework", NEW, "--from", OLD, "--dry-run", "-f", "json")
    compare_golden(GOLDEN / "document.json", done.stdout, accept)
    told = json.loads(done.stdout)["documents"][0]
    assert {note["kind"] for note in told["notes"]} == {
        "renamed", "gone", "gone-named", "new", "new-held", "lower", "answer-again",
    }  # fmt: skip


def test_only_the_version_and_the_names_change(folder: Path) -> None:
    before = (folder / "document.yaml").read_text(encoding="utf-8").splitlines()
    run("document.yaml", "--framework", NEW, "--from", OLD)
    after = (folder / "document.yaml").read_text(encoding="utf-8").splitlines()
    changed = [(old.strip(), new.strip()) for old, new in zip(before, after, strict=True) if old != new]
    assert changed == [
        ('yardstick: "1.0.0"       # written for this version', 'yardstick: "2.0.0"       # written for this version'),
        ("- criteria: [yardstick:D5, 'yardstick:D6']", "- criteria: [yardstick:E5, 'yardstick:E6']"),
    ]


def test_a_dry_run_writes_nothing(folder: Path) -> None:
    before = (folder / "document.yaml").read_bytes()
    done = run("document.yaml", "--framework", NEW, "--from", OLD, "--dry-run")
    assert done.exit_code == 0
    assert "Needs your answer" in done.stdout
    assert (folder / "document.yaml").read_bytes() == before


def test_a_second_time_there_is_nothing_to_do(folder: Path) -> None:
    run("document.yaml", "--framework", NEW, "--from", OLD)
    moved = (folder / "document.yaml").read_bytes()
    done = run("document.yaml", "--framework", NEW, "--from", NEW)
    assert done.stdout == "document.yaml: written for yardstick 2.0.0 already.\n"
    assert not done.stderr
    assert (folder / "document.yaml").read_bytes() == moved


def test_into_another_file_or_out(folder: Path) -> None:
    before = (folder / "document.yaml").read_bytes()
    printed = run("document.yaml", "--framework", NEW, "--from", OLD, "-o", "-")
    assert printed.exit_code == 0
    assert run("document.yaml", "--framework", NEW, "--from", OLD, "-o", "moved.yaml").exit_code == 0
    assert (folder / "moved.yaml").read_text(encoding="utf-8") == printed.stdout
    assert (folder / "document.yaml").read_bytes() == before
    assert "Needs your answer" in printed.stderr


@pytest.mark.parametrize(
    ("document", "expected"),
    [
        ("openreform: 1\nid: x\ntitle: X\n", "openreform: 1\nframeworks:\n  yardstick: 2.0.0\nid: x\ntitle: X\n"),
        (
            "openreform: 1\nid: x\ntitle: X\nframeworks:\n    involve-ogp: VERSION  # pinned\n",
            "openreform: 1\nid: x\ntitle: X\nframeworks:\n    yardstick: 2.0.0\n    involve-ogp: VERSION  # pinned\n",
        ),
    ],
)
def test_a_document_that_names_no_version_gets_one(document: str, expected: str, folder: Path) -> None:
    version = load_bundled("involve-ogp").framework.version
    (folder / "x.yaml").write_text(document.replace("VERSION", version), encoding="utf-8")
    assert run("x.yaml", "--framework", NEW, "--from", OLD).exit_code == 0
    assert (folder / "x.yaml").read_text(encoding="utf-8") == expected.replace("VERSION", version)


REFUSED = [
    ("openreform: 1\nid: x\ntitle: X\n", [], "x.yaml:2:5: This document does not say which version of yardstick"),
    (
        "openreform: 1\nid: x\ntitle: X\nframeworks: {yardstick: 0.9.0}\n",
        [],
        "x.yaml:4:25: This document was written for",
    ),
    (
        "{openreform: 1, id: x, title: X}\n",
        ["--from", OLD],
        "x.yaml:1:14: The new version cannot be written into this document as it stands.",
    ),
    ("openreform: 1\nid: x\n", ["--from", OLD], "x.yaml:1:1: "),
]


@pytest.mark.parametrize(("document", "options", "words"), REFUSED)
def test_what_cannot_be_moved_is_told_and_left_alone(
    document: str, options: list[str], words: str, folder: Path
) -> None:
    (folder / "x.yaml").write_text(document, encoding="utf-8")
    done = run("x.yaml", "--framework", NEW, *options)
    assert done.exit_code == 3
    assert words in done.stderr
    assert (folder / "x.yaml").read_text(encoding="utf-8") == document


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        ([], "Name what to move"),
        (["-", "--framework", NEW], "Standard input cannot be moved in place"),
        (["nothing.yaml"], "There is no file or folder nothing.yaml."),
        (["document.yaml", "--from", "0.0.7"], "Version 0.0.7 of involve-ogp does not come with openreform"),
        (["document.yaml", "--from", OLD], "yardstick-1.0.0.yaml is the framework yardstick, not an earlier version of involve-ogp"),
        (["document.yaml", "--framework", "nothing"], "There is no framework nothing"),
        (["document.yaml", "copy.yaml", "--framework", NEW, "--from", OLD, "-o", "out.yaml"], "-o goes with one document; there are 2."),
    ],
)  # fmt: skip
def test_wrong_use_is_told_before_anything_is_written(arguments: list[str], words: str, folder: Path) -> None:
    (folder / "copy.yaml").write_bytes((folder / "document.yaml").read_bytes())
    done = run(*arguments)
    assert done.exit_code == 2
    assert words in done.stderr
    assert not (folder / "out.yaml").exists()


def test_a_folder_is_moved_file_by_file(folder: Path) -> None:
    Path("drafts").mkdir()
    (folder / "drafts" / "one.yaml").write_bytes((folder / "document.yaml").read_bytes())
    (folder / "drafts" / "notes.yaml").write_text("shopping: [milk]\n", encoding="utf-8")
    (folder / "drafts" / "broken.yaml").write_text("openreform: 1\nid: [\n", encoding="utf-8")
    done = run("drafts", "--framework", NEW, "--from", OLD)
    assert done.exit_code == 3
    assert "drafts/broken.yaml:2:5" in done.stderr
    assert 'yardstick: "2.0.0"' in (folder / "drafts" / "one.yaml").read_text(encoding="utf-8")
    Path("empty").mkdir()
    assert run("empty", "--framework", NEW, "--from", OLD).exit_code == 3


def test_a_pin_decides_which_version_is_used(folder: Path) -> None:
    new, old = (load_framework_file(name) for name in (NEW, OLD))
    assert isinstance(new, LoadedFramework)
    assert isinstance(old, LoadedFramework)
    (assessment,), result = run_all(["document.yaml"], old)
    assert assessment.framework_version == "1.0.0"
    assert not result.problems
    assessments, result = run_all(["document.yaml"], new)
    assert not assessments
    assert [found.code for found in result.problems] == ["pin-other"]


@pytest.mark.parametrize("name", bundled_names())
def test_an_earlier_version_that_comes_along_is_used_where_a_document_asks_for_it(name: str, tmp_path: Path) -> None:
    if load_bundled(name).framework.applies_to != "reform":
        return
    for version in older_versions(name):
        path = tmp_path / f"{version}.yaml"
        pin = f"frameworks: {{{name}: {version}}}\n"
        path.write_text(f"openreform: 1\nid: x\ntitle: X\n{pin}", encoding="utf-8")
        (assessment,), result = run_all([str(path)], load_bundled(name))
        assert not result.problems
        assert assessment.framework_version == version


def test_what_is_moved_can_be_assessed(folder: Path) -> None:
    """Once the person has taken out what is asked no more."""
    run("document.yaml", "--framework", NEW, "--from", OLD)
    text = (folder / "document.yaml").read_text(encoding="utf-8")
    text = text.replace("not_applicable:\n  yardstick:D4: There are no rules.\n", "")
    assert isinstance(parse_reform(text, "x.yaml"), Document)
    (folder / "x.yaml").write_text(text, encoding="utf-8")
    new = load_framework_file(NEW)
    assert isinstance(new, LoadedFramework)
    assessments, result = run_all(["x.yaml"], new)
    assert [found.code for found in result.problems] == ["none-found-described"]
    assert not assessments
