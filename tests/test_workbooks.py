"""Workbooks of assessments: read back cell by cell by a library that did not write them."""

import io
import os
import subprocess
import sys
import zipfile
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import openpyxl
import pytest
from openpyxl.cell.cell import Cell
from openpyxl.utils.escape import unescape
from openpyxl.workbook import Workbook
from openpyxl.worksheet.worksheet import Worksheet
from typer.testing import CliRunner, Result

from conftest import ROOT, assessed
from openreform.assessment import Assessment
from openreform.cli import main as cli
from openreform.framework import Framework
from openreform.messages.workbooks import HEADINGS, MEANINGS, SHEETS, WORKBOOK
from openreform.problems import Problem
from openreform.rendering import sheets, xlsx
from test_strangers import HOSTILE, hostile_assessment, raw

RUNNER = CliRunner()
GOLDEN = ROOT / "tests" / "golden" / "workbooks"
SMALL = """stage: draft
country: GB
start: 2026-01
leads: [{organisation: The health board}]
milestones: [{id: m1, title: The table of waiting times, kind: publication, due: 2026-06, output: a table}]
publications: [{id: times, title: Waiting times, access: open, formats: [csv], frequency: monthly, milestone: m1}]
assessed: {by: A forum, role: peer, date: 2026-02-03}
"""
FORMULAS = ("=1+1", "+1", "-1", "@SUM(A1)", "\t=1+1", " =1+1", '=HYPERLINK("http://example.org")')


def made(assessments: list[Assessment], problems: tuple[Problem, ...] = ()) -> bytes:
    return xlsx.workbook(assessments, problems, None)


def opened(content: bytes) -> Workbook:
    return openpyxl.load_workbook(io.BytesIO(content))


def cells(book: Workbook) -> Iterator[tuple[Worksheet, Cell]]:
    for sheet in book.worksheets:
        for row in sheet.iter_rows():
            for cell in row:
                assert isinstance(cell, Cell)
                yield sheet, cell


def dumped(book: Workbook) -> str:
    """Every cell that holds something, with how a number is shown."""
    lines: list[str] = []
    for sheet in book.worksheets:
        lines.append(f"# {sheet.title} {sheet.dimensions} frozen {sheet.freeze_panes} filter {sheet.auto_filter.ref}")
        headings = [cell.value for cell in sheet[1]]
        for row in sheet.iter_rows(min_row=2):
            lines.append(f"## {row[0].row}")
            for heading, cell in zip(headings, row, strict=True):
                if cell.value is not None:
                    form = f" [{cell.number_format}]" if cell.data_type == "n" else ""
                    lines.append(f"{heading}: {cell.value}{form}")
    return "\n".join(lines) + "\n"


def test_every_cell(framework: Framework, accept: bool) -> None:
    problem = Problem("bad.yaml", 4, 1, "unknown-field", "'strat' is not a field.", "Did you mean 'start'?")
    book = opened(made([assessed(SMALL, framework)], (problem,)))
    told = dumped(book)
    golden = GOLDEN / "small.txt"
    if accept:
        golden.write_text(told, encoding="utf-8")
    assert told == golden.read_text(encoding="utf-8")
    assert book.sheetnames == ["Reforms", "Criteria", "Problems", "About"]


def test_no_sheet_of_problems_without_any(framework: Framework) -> None:
    assert opened(made([assessed(SMALL, framework)])).sheetnames == ["Reforms", "Criteria", "About"]


def test_a_workbook_of_nothing_has_its_headings() -> None:
    book = opened(made([]))
    assert [sheet.max_row for sheet in book.worksheets[:2]] == [1, 1]
    assert book["Reforms"]["A1"].value == "Id"


def test_numbers_are_the_assessments_own(framework: Framework) -> None:
    assessment = assessed(SMALL, framework)
    reforms = opened(made([assessment]))["Reforms"]
    row = {str(reforms.cell(1, at).value): reforms.cell(2, at).value for at in range(1, reforms.max_column + 1)}
    assert row[f"{assessment.overall_title}, promise: score"] == pytest.approx(assessment.promise.score, abs=1e-6)
    for dimension in assessment.dimensions:
        for side in ("promise", "practice"):
            for what in ("score", "reach", "strength", "coverage"):
                expected = getattr(dimension.side(side), what, None)
                shown = row[f"{dimension.title}, {side}: {what}"]
                assert shown == (None if expected is None else pytest.approx(expected, abs=1e-6))
    criteria = opened(made([assessment]))["Criteria"]
    findings = [part for dimension in assessment.dimensions for part in dimension.findings]
    assert criteria.max_row == 1 + sum(1 + (finding.practice is not None) for finding in findings)


@pytest.mark.parametrize("name", sorted(HOSTILE))
def test_strangers_text_is_data(name: str, framework: Framework) -> None:
    content = made([hostile_assessment(HOSTILE[name], framework)])
    found = [cell for _, cell in cells(opened(content)) if isinstance(cell.value, str)]
    assert all(cell.data_type == "s" and cell.hyperlink is None for cell in found)
    assert not any(raw(str(cell.value)) for cell in found)
    with zipfile.ZipFile(io.BytesIO(content)) as parts:
        assert not any(b"<f>" in parts.read(part) or b"<hyperlink" in parts.read(part) for part in parts.namelist())
        assert not any("externalLink" in part or "vba" in part for part in parts.namelist())
    if not raw(HOSTILE[name]):
        assert " ".join(HOSTILE[name].split()) in {str(cell.value) for cell in found}


@pytest.mark.parametrize("text", FORMULAS)
def test_what_looks_like_a_formula_stays_text_even_when_edited(text: str, framework: Framework) -> None:
    title = opened(made([replace(assessed(SMALL, framework), title=text)]))["Reforms"]["B2"]
    assert title.data_type == "s"
    assert title.value == text.replace("\t", " ")
    assert title.quotePrefix


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("plain", "plain"),
        ("two\nlines", "two lines"),
        ("\x00\x1b[31m", "\\x00\\x1b[31m"),
        ("\udc80", "\\udc80"),
        ("\ufffe\uffff", "\\ufffe\\uffff"),
        ("a\u202eb", "a\\u202eb"),
        ("_x0041_", "_x0041_"),
        ("😀", "😀"),
    ],
)
def test_what_xml_forbids_is_written_out(text: str, shown: str, framework: Framework) -> None:
    title = opened(made([replace(assessed(SMALL, framework), title=text)]))["Reforms"]["B2"]
    assert unescape(str(title.value)) == shown  # what would be read as an escape is escaped itself, as the format asks


@pytest.mark.parametrize("letter", ["x", "é", "漢", "😀"])
def test_a_text_too_long_for_a_cell_says_that_it_was_cut(letter: str) -> None:
    cut = sheets.shown(letter * 40_000)
    units = len(cut.encode("utf-16-le")) // 2
    assert sheets.LONGEST_CELL - 2 < units <= sheets.LONGEST_CELL
    assert cut.endswith(WORKBOOK["cut"])
    fits = letter * (sheets.LONGEST_CELL // (2 if letter == "😀" else 1))
    assert sheets.shown(fits) == fits


def test_what_does_not_fit_on_a_sheet_is_on_the_next(framework: Framework, monkeypatch: pytest.MonkeyPatch) -> None:
    whole = opened(made([assessed(SMALL, framework)]))["Criteria"]
    monkeypatch.setattr(sheets, "MOST_ROWS", 6)
    book = opened(made([assessed(SMALL, framework)]))
    parts = [sheet for sheet in book.worksheets if sheet.title.startswith("Criteria")]
    assert [sheet.title for sheet in parts][:2] == ["Criteria", "Criteria 2"]
    rows = [[cell.value for cell in row] for sheet in parts for row in sheet.iter_rows(min_row=2)]
    assert rows == [[cell.value for cell in row] for row in whole.iter_rows(min_row=2)]
    assert all(sheet.max_row <= 6 and sheet.freeze_panes == "B2" and sheet.auto_filter.ref for sheet in parts)
    said = [
        str(row[2].value) for sheet in book.worksheets if sheet.title.startswith("About") for row in sheet.iter_rows()
    ]
    assert any(text.startswith("A sheet holds 6 rows") and "Criteria 2" in text for text in said)


def test_a_row_is_as_high_as_its_text_and_no_higher_than_a_screen(framework: Framework) -> None:
    assessment = assessed(SMALL, framework)
    titles = ("A title", "A title of several words " * 3, "Words without end " * 500)
    sheet = opened(made([replace(assessment, title=title, verdict="") for title in titles]))["Reforms"]
    heights = [sheet.row_dimensions[row].height or 0 for row in (2, 3, 4)]
    assert heights[0] < heights[1] < heights[2] <= 180


def test_documents_under_another_version_keep_their_columns(framework: Framework) -> None:
    first = assessed(SMALL, framework)
    other = replace(first, dimensions=first.dimensions[::-1], gates=first.gates[1:], framework_digest="sha256:1")
    sheet = opened(made([first, other]))["Reforms"]
    rows = [[cell.value for cell in row] for row in sheet.iter_rows(min_row=2)]
    gate = [cell.value for cell in sheet[1]].index(HEADINGS["gate"].format(of=first.gates[0].title))
    assert rows[1][gate] is None
    assert rows[0][:gate] == rows[1][:gate]


def test_a_framework_without_a_whole_has_no_columns_for_it(framework: Framework) -> None:
    sheet = opened(made([replace(assessed(SMALL, framework), overall_title="")]))["Reforms"]
    assert not [cell.value for cell in sheet[1] if str(cell.value).startswith(",")]


def test_every_column_says_what_it_means(framework: Framework) -> None:
    problem = Problem("bad.yaml", 1, 1, "x", "y", "z")
    book = opened(made([assessed(SMALL, framework)], (problem,)))
    told = [[cell.value for cell in row] for row in book["About"].iter_rows(min_row=2)]
    for sheet in book.worksheets[:3]:
        meant = {row[1]: row[2] for row in told if row[0] == WORKBOOK["sheet"].format(sheet=sheet.title)}
        assert [cell.value for cell in sheet[1]] == list(meant)
        assert all(meant.values())


def test_no_word_is_left_over(framework: Framework) -> None:
    """Headings and meanings are looked up by names that are put together, so nothing else finds an unused one."""
    problem = Problem("bad.yaml", 1, 1, "x", "y", "z")
    about = opened(made([assessed(SMALL, framework).with_ranges()], (problem,)))["About"]
    told = {cell.value for row in about.iter_rows() for cell in row}
    assert not [text for text in MEANINGS.values() if text not in told]
    templates = {HEADINGS[name] for name in ("overall", "dimension", "gate")}
    assert not [text for text in HEADINGS.values() if text not in told | templates]
    assert all(len(name) <= 27 for name in SHEETS.values())  # and a number after it


def run(*arguments: str) -> Result:
    return RUNNER.invoke(cli.app, ["assess", *arguments])


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    (tmp_path / "a.yaml").write_text(f"openreform: 1\nid: a\ntitle: A reform\n{SMALL}", encoding="utf-8")
    (tmp_path / "bad.yaml").write_text("openreform: 1\nid: bad\n", encoding="utf-8")
    return tmp_path


def test_the_same_bytes_each_time_wherever_it_is_made(folder: Path) -> None:
    command = [sys.executable, "-m", "openreform", "assess", "a.yaml", "-f", "xlsx", "-q", "-o"]
    for name, zone, mask in (("one.xlsx", "UTC", 0o022), ("two.xlsx", "Pacific/Auckland", 0o077)):
        environment = {**os.environ, "TZ": zone, "PYTHONHASHSEED": str(mask)}
        subprocess.run([*command, name], env=environment, umask=mask, check=True)
    piped = run("a.yaml", "-f", "xlsx", "-q")
    assert (folder / "one.xlsx").read_bytes() == (folder / "two.xlsx").read_bytes() == piped.stdout_bytes
    book = openpyxl.load_workbook(folder / "one.xlsx")
    assert book.properties.title == WORKBOOK["title"]
    assert str(book.properties.created) == str(book.properties.modified) == "1980-01-01 00:00:00"
    assert not list(folder.glob(".*"))


def test_bad_documents_have_a_sheet(folder: Path) -> None:
    result = run("a.yaml", "bad.yaml", "-f", "xlsx", "-o", "r.xlsx")
    assert result.exit_code == 3
    book = openpyxl.load_workbook(folder / "r.xlsx")
    assert book["Problems"]["A2"].value == "bad.yaml"
    assert book["Reforms"].max_row == 2


def test_a_plan_has_its_own_title(folder: Path) -> None:
    (folder / "plan.yaml").write_text("openreform: 1\ndocument: plan\nid: p\ntitle: A plan\n", encoding="utf-8")
    result = run("plan.yaml", "-f", "xlsx", "-o", "p.xlsx", "--framework", "ogp-co-creation")
    assert result.exit_code == 0, result.stderr
    assert openpyxl.load_workbook(folder / "p.xlsx").properties.title == WORKBOOK["title-plan"]


def test_a_terminal_is_no_place_for_a_workbook(folder: Path) -> None:
    code = (
        "import sys; sys.stdout.isatty = lambda: True\n"
        "from openreform.__main__ import main; sys.argv = ['openreform', 'assess', 'a.yaml', '-f', 'xlsx']; main()"
    )
    result = subprocess.run([sys.executable, "-c", code], capture_output=True, encoding="utf-8", check=False)
    assert result.returncode == 2
    assert result.stdout == ""
    assert result.stderr == "This format is no text and cannot be shown here. Write it to a file: -o FILE.\n"


def test_a_missing_library_is_one_line_before_anything_is_done(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("importlib.util.find_spec", lambda name: None)
    for name in [name for name in sys.modules if name.split(".")[0] == "xlsxwriter"]:
        monkeypatch.delitem(sys.modules, name)
    result = run("a.yaml", "-f", "xlsx", "-o", "r.xlsx")
    assert result.exit_code == 2
    assert result.stderr.count("\n") == 1
    assert "pip install 'openreform[xlsx]'" in result.stderr
    assert not (folder / "r.xlsx").exists()


def test_what_was_there_stays_if_it_cannot_be_written(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (folder / "r.xlsx").write_text("what was there")

    def full(*_: object) -> bytes:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(xlsx, "workbook", full)
    result = run("a.yaml", "-f", "xlsx", "-o", "r.xlsx")
    assert result.exit_code == 2
    assert "No space left on device" in result.stderr
    assert (folder / "r.xlsx").read_text() == "what was there"
    assert len(list(folder.iterdir())) == 3
