"""Bibliographies as CSL-JSON: every entry as the format asks, and read back by others who know it."""

import json
import os
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
from citeproc import Citation, CitationItem, CitationStylesBibliography, CitationStylesStyle, formatter
from citeproc.source.json import CiteProcJSON
from jsonschema import Draft7Validator
from typer.testing import CliRunner, Result

from conftest import ROOT, assessed, need
from openreform.cli import main as cli
from openreform.framework import Framework
from openreform.loading import frameworks
from openreform.loading.frameworks import LoadedFramework
from openreform.rendering.bibliography import Entry, csl_json, of_evidence, of_framework
from test_strangers import HOSTILE, hostile_assessment, raw

RUNNER = CliRunner()
GOLDEN = ROOT / "tests" / "golden" / "bibliography"
RULES = Draft7Validator(json.loads((ROOT / "tests" / "schemas" / "csl-json-fields.json").read_text(encoding="utf-8")))
EVIDENCE = """
evidence:
  - {id: law, title: "The law, section 5", kind: document, publisher: Parliament, url: "https://example.org/law", date: 2024-03-05}
  - {id: page, title: Waiting times, kind: working, publisher: The health board, url: "https://example.org/times", date: 2024-03}
  - {title: A study, kind: check, publisher: A university, url: "https://doi.org/10.1000/a%28b%29", date: 2023, independent: true}
  - {title: Said at a meeting}
  - {id: post, title: A letter, url: "mailto:office@example.org"}
  - {id: empty, kind: check, date: 2024}
"""


def entries_of(text: str, framework: Framework) -> list[Entry]:
    return of_evidence(assessed(text, framework))


def formatted(entries: list[Entry]) -> list[str]:
    """The bibliography that citeproc-py makes of the entries, in their order."""
    style = CitationStylesStyle("harvard-cite-them-right", validate=False)
    bibliography = CitationStylesBibliography(style, CiteProcJSON(entries), formatter.plain)
    for entry in entries:
        bibliography.register(Citation([CitationItem(entry["id"])]))
    return [str(line) for line in bibliography.bibliography()]


def flat(text: str) -> str:
    """Letters and digits alone: a style turns quotation marks and blanks about."""
    return "".join(filter(str.isalnum, text))


def test_what_a_bibliography_holds(framework: Framework, accept: bool) -> None:
    made = csl_json(entries_of(EVIDENCE, framework))
    golden = GOLDEN / "evidence.json"
    if accept:
        golden.write_text(made, encoding="utf-8")
    assert made == golden.read_text(encoding="utf-8")
    RULES.validate(json.loads(made))


def test_citeproc_formats_every_title(loaded: LoadedFramework, framework: Framework) -> None:
    entries = [*entries_of(EVIDENCE, framework), *of_framework(loaded.framework)]
    lines = formatted(entries)
    assert len(lines) == len(entries)
    for entry, line in zip(entries, lines, strict=True):
        assert flat(entry["title"]) in flat(line)
        assert flat(entry.get("publisher", "")) in flat(line)
    assert "2024" in lines[0]
    assert "10.1000/a(b)" in lines[2] or "10.1000/a%28b%29" in lines[2]


def test_pandoc_reads_it(framework: Framework) -> None:
    entries = entries_of(EVIDENCE, framework)
    command = [need("pandoc"), "-f", "csljson", "-t", "csljson"]
    result = subprocess.run(command, input=csl_json(entries), capture_output=True, encoding="utf-8", check=True)
    back = {entry["id"]: entry for entry in json.loads(result.stdout)}
    assert {name: entry["title"] for name, entry in back.items()} == {each["id"]: each["title"] for each in entries}
    assert back["x:law"]["issued"] == {"date-parts": [[2024, 3, 5]]}


@pytest.mark.parametrize("name", sorted(HOSTILE))
def test_strangers_text_is_data(name: str, framework: Framework) -> None:
    value = HOSTILE[name]
    made = csl_json(of_evidence(hostile_assessment(value, framework)))
    assert not raw(made)
    entries = json.loads(made)
    RULES.validate(entries)
    assert [entry["title"] for entry in entries] == [value]
    if not raw(value) and "<" not in value:  # a tag in a title is a style's to print
        (line,) = formatted(entries)
        assert flat(value) in flat(line)


def run(*arguments: str) -> Result:
    return RUNNER.invoke(cli.app, ["assess", *arguments])


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    for name in "ab":
        text = f"openreform: 1\nid: {name}\ntitle: Reform {name}\n{EVIDENCE}"
        (tmp_path / f"{name}.yaml").write_text(text, encoding="utf-8")
    (tmp_path / "bad.yaml").write_text("openreform: 1\nid: bad\n", encoding="utf-8")
    return tmp_path


def written(path: Path) -> list[dict[str, Any]]:
    entries: list[dict[str, Any]] = json.loads(path.read_text(encoding="utf-8"))
    RULES.validate(entries)
    return entries


def test_all_documents_and_the_framework_in_one_file(folder: Path, loaded: LoadedFramework) -> None:
    plain = run("a.yaml", "b.yaml")
    result = run("b.yaml", "a.yaml", "--export-bibliography", "all.json")
    assert result.exit_code == plain.exit_code == 0
    entries = written(folder / "all.json")
    ids = [entry["id"] for entry in entries]
    assert ids == sorted(set(ids))
    assert len(ids) == 2 * 5 + len(loaded.framework.sources)
    first = (folder / "all.json").read_bytes()
    run("a.yaml", "b.yaml", "-f", "csv", "-o", "report.csv", "--export-bibliography", "all.json")
    assert (folder / "all.json").read_bytes() == first
    assert sorted(path.name for path in folder.iterdir()) == ["a.yaml", "all.json", "b.yaml", "bad.yaml", "report.csv"]


def test_a_bad_document_keeps_nothing_from_the_file(folder: Path) -> None:
    result = run("bad.yaml", "a.yaml", "--export-bibliography", "all.json")
    assert result.exit_code == 3
    assert any(entry["id"] == "a:law" for entry in written(folder / "all.json"))


def test_sources_of_the_version_a_document_asks_for(
    folder: Path, loaded: LoadedFramework, monkeypatch: pytest.MonkeyPatch
) -> None:
    """One that is the same in both versions has one entry; another stands beside it, with the version in its id."""
    (folder / "old.yaml").write_text(
        f"openreform: 1\nid: old\ntitle: An old one\nframeworks: {{involve-ogp: 0.2.0}}\n{EVIDENCE}", encoding="utf-8"
    )
    assert run("old.yaml", "--export-bibliography", "same.json").exit_code == 0
    same = {entry["id"] for entry in written(folder / "same.json")}
    assert len(same) == 5 + len(loaded.framework.sources)

    older = frameworks.load_version("involve-ogp", "0.2.0")
    assert older is not None
    first, *rest = older.framework.sources
    changed = older.framework.model_copy(
        update={"sources": (first.model_copy(update={"title": "Under its former title"}), *rest)}
    )
    monkeypatch.setattr(frameworks, "load_version", lambda *_: older._replace(framework=changed))
    assert run("old.yaml", "--export-bibliography", "both.json").exit_code == 0
    both = {entry["id"]: entry["title"] for entry in written(folder / "both.json")}
    assert both.keys() - same == {f"involve-ogp/0.2.0/{first.id}"}
    assert both[f"involve-ogp/0.2.0/{first.id}"] == "Under its former title"


def test_on_standard_output_beside_a_report_in_a_file(folder: Path) -> None:
    result = run("a.yaml", "-o", "report.txt", "--export-bibliography", "-")
    assert result.exit_code == 0
    RULES.validate(json.loads(result.stdout))


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (["--export-bibliography", "-"], "go to one place"),
        (["--export-bibliography", "r.txt", "-o", "r.txt"], "go to one place"),
        (["--export-bibliography", "none/b.json"], "there is no folder"),
        (["--export-bibliography", "."], "cannot be written"),
    ],
)
def test_what_cannot_be_written_is_refused_before_anything_is_done(
    folder: Path, arguments: list[str], said: str
) -> None:
    result = run("a.yaml", *arguments)
    assert result.exit_code == 2
    assert result.stdout == ""
    assert said in result.stderr
    assert not (folder / "r.txt").exists()


def test_a_reader_who_leaves_early_keeps_nothing_from_the_file(folder: Path) -> None:
    ours, theirs = os.pipe()
    os.close(ours)
    try:
        command = [
            sys.executable,
            "-m",
            "openreform",
            "assess",
            "a.yaml",
            "b.yaml",
            "--export-bibliography",
            "all.json",
        ]
        result = subprocess.run(command, stdout=theirs, stderr=subprocess.PIPE, check=False)
    finally:
        os.close(theirs)
    assert result.returncode == 0
    assert {"a:law", "b:law"} <= {entry["id"] for entry in written(folder / "all.json")}
