"""`openreform import`: what becomes of tables and records, cell by cell, and what the command does with files."""

import csv
import io
import json
import re
import string
import sys
import zipfile
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from typer.testing import CliRunner, Result

from conftest import ROOT, compare_golden, mapping_of, only_source, reform_of
from openreform.cli import main as cli
from openreform.converting import Conversion, Source, convert
from openreform.importing.drafting import Drafter
from openreform.importing.writing import write
from openreform.loading.frameworks import load_bundled
from openreform.loading.mappings import (
    bundled_mappings,
    load_bundled_mapping,
    load_mapping,
    parse_mapping,
)
from openreform.loading.reforms import Document, parse_reform
from openreform.mapping import SourceMapping
from openreform.messages.imports import NOTES, PROMPTS
from openreform.plaintext import plain_lines, visible
from openreform.rendering import json as json_report
from openreform.scoring.assess import Origin, assess
from test_strangers import HOSTILE, REFUSED

# What moves a cursor or turns text round must never come out raw.
UNSAFE = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f\u200e\u200f\u2028-\u202e\u2066-\u2069]")
TABLES = ROOT / "tests" / "import" / "tables"
GOLDEN = ROOT / "tests" / "golden" / "import"
RUNNER = CliRunner()
OGP = ["id", "iso3", "title", "text", "start_date", "end_date", "lead_institution", "specificity", "potential_impact"]


def run(*arguments: str) -> Result:
    return RUNNER.invoke(cli.app, ["import", *arguments])


def sources(path: Path, loaded: SourceMapping | None = None) -> list[Source]:
    return list(convert([str(path)], Conversion((loaded,) if loaded else ())))


def comments_of(text: str) -> str:
    """All words of the comments, in one line."""
    lines = [line[1:] for line in text.splitlines() if line.startswith("#")]
    return " ".join(" ".join(lines).split())


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    return tmp_path


# --- What is written ----------------------------------------------------------------------------------------


@pytest.mark.parametrize("name", ["plan", "ogp"])
def test_documents_and_report_are_as_they_were(name: str, folder: Path, accept: bool) -> None:
    for source in TABLES.glob(f"{name}.*"):  # by a name that is as long on every machine: the report is wrapped
        Path(source.name).write_bytes(source.read_bytes())
    options = ["--mapping", f"{name}.mapping.yaml"] if Path(f"{name}.mapping.yaml").exists() else []
    result = run(f"{name}.csv", *options, "-o", "made")
    compare_golden(GOLDEN / name / "report.txt", result.stdout, accept)
    assert result.exit_code == 0
    made = sorted(Path("made").glob("*.yaml"))
    for path in made:
        compare_golden(GOLDEN / name / path.name, path.read_text(encoding="utf-8"), accept)
    assert {path.name for path in made} == {path.name for path in (GOLDEN / name).glob("*.yaml")}


def test_what_is_written_can_be_assessed_and_says_once_what_is_not_described(folder: Path) -> None:
    run(str(TABLES / "plan.csv"), "--mapping", str(TABLES / "plan.mapping.yaml"), "-o", "made")
    result = RUNNER.invoke(cli.app, ["assess", "made/plan-1.yaml"])
    assert result.exit_code == 0
    assert result.stdout.count("Not described yet") == 1
    assert "(not described yet" not in result.stdout
    assert "insufficient data" in result.stdout
    assert "Not known: what people can see, what people can shape and who must answer." in result.stdout
    told = json.loads(RUNNER.invoke(cli.app, ["assess", "made/plan-1.yaml", "-f", "json"]).stdout)["assessments"][0]
    assert told["overall"]["promise"]["score"] is None
    assert told["overall"]["promise"]["coverage"] < 0.2
    assert {"publications", "mechanisms", "oversight", "instruments"} <= set(told["undescribed"])


def test_what_the_irm_recorded_stands_beside_the_result_and_moves_nothing(folder: Path) -> None:
    run(str(TABLES / "ogp.csv"), "-o", "made")
    text = Path("made/XX0001.yaml").read_text(encoding="utf-8")
    without = re.sub(r"^irm:\n(?:  .*\n)+", "", text, flags=re.MULTILINE)
    assert without != text
    Path("without.yaml").write_text(without, encoding="utf-8")
    with_codes, plain = (
        json.loads(RUNNER.invoke(cli.app, ["assess", name, "-f", "json"]).stdout)["assessments"][0]
        for name in ("made/XX0001.yaml", "without.yaml")
    )
    assert with_codes["irm"] == {
        "specificity": "medium", "access_to_information": True, "civic_participation": False, "potential_impact": "moderate",
        "completion_progress": "limited", "opened_government": "did-not-change", "starred_2015": False,
    }  # fmt: skip
    assert plain["irm"] == {}
    for name in ("overall", "verdict", "gates"):
        assert with_codes[name] == plain[name]
    for form, heading in (
        ("text", "Recorded by the IRM"),
        ("markdown", "## Recorded by the IRM"),
        ("html", ">Recorded by the IRM<"),
    ):
        assert heading in RUNNER.invoke(cli.app, ["assess", "made/XX0001.yaml", "-f", form]).stdout
        assert heading not in RUNNER.invoke(cli.app, ["assess", "without.yaml", "-f", form]).stdout


@pytest.mark.parametrize("section", sorted(PROMPTS))
def test_a_prompt_is_a_valid_beginning_of_its_section(section: str) -> None:
    reform = reform_of(f"openreform: 1\nid: x\ntitle: A\n{PROMPTS[section]}")
    assert getattr(reform, section)


def test_every_reason_is_told_in_a_document() -> None:
    told = comments_of("".join(path.read_text(encoding="utf-8") for path in GOLDEN.rglob("*.yaml")))
    for why, words in NOTES.items():
        if why not in {"too-long", "roughly", "turned"} and not why.startswith("heading"):
            assert words.removeprefix("in the source: {words}").split("{")[0].strip() in told, why


# --- What the command does with files -----------------------------------------------------------------------


def test_nothing_is_overwritten_unless_told_to(folder: Path) -> None:
    arguments = (str(TABLES / "ogp.csv"), "-o", "made")
    assert run(*arguments).exit_code == 0
    again = run(*arguments)
    assert again.exit_code == 0
    assert "3 documents there already, the same." in again.stderr
    Path("made/XX0001.yaml").write_text("mine\n", encoding="utf-8")
    Path("made/XX0002.yaml").unlink()
    refused = run(*arguments)
    assert refused.exit_code == 2
    assert "made/XX0001.yaml" in refused.stderr
    assert Path("made/XX0001.yaml").read_text(encoding="utf-8") == "mine\n"
    assert not Path("made/XX0002.yaml").exists()
    assert run(*arguments, "--force").exit_code == 0
    assert Path("made/XX0001.yaml").read_text(encoding="utf-8") != "mine\n"
    assert Path("made/XX0002.yaml").exists()


def test_many_documents_in_the_way_are_counted(folder: Path) -> None:
    rows = "".join(f"{number},A reform of {number}\n" for number in range(9))
    Path("t.csv").write_text(f"n,t\n{rows}", encoding="utf-8")
    Path("m.yaml").write_text(
        "mapping: 1\nid: m\ntitle: M\ncolumns: {n: {to: id, prefix: r}, t: {to: title}}\n", encoding="utf-8"
    )
    Path("made").mkdir()
    for number in range(9):
        Path("made", f"r{number}.yaml").write_text("mine\n", encoding="utf-8")
    result = run("t.csv", "--mapping", "m.yaml", "-o", "made")
    assert result.exit_code == 2
    assert "9 documents are already there" in result.stderr


def test_a_dry_run_writes_nothing(folder: Path) -> None:
    for options in (["--dry-run"], ["--dry-run", "-o", "made"], ["--dry-run", "-o", "-"]):
        result = (
            run(str(TABLES / "ogp.csv"), *options) if options[-1] != "-" else run(str(TABLES / "one.csv"), *options)
        )
        assert result.exit_code == 0, result.stderr
        assert "Nothing was written (--dry-run)" in result.stderr
        made = "XX0009.yaml" if options[-1] == "-" else "XX0003.yaml"
        assert made in result.stdout + result.stderr
        assert not list(folder.iterdir())


def test_one_document_goes_to_a_file_or_to_standard_output(folder: Path) -> None:
    printed = run(str(TABLES / "one.csv"), "-o", "-")
    assert printed.exit_code == 0
    assert reform_of(printed.stdout).id == "XX0009"
    assert "1 row, 1 document" in " ".join(printed.stderr.split())
    assert run(str(TABLES / "one.csv"), "-o", "draft.yaml").exit_code == 0
    assert Path("draft.yaml").read_text(encoding="utf-8") == printed.stdout
    several = run(str(TABLES / "ogp.csv"), "-o", "-")
    assert (several.exit_code, several.stdout) == (2, "")
    assert "3 documents" in several.stderr


def test_the_report_for_programs_names_every_row(folder: Path) -> None:
    told = json.loads(run(str(TABLES / "ogp.csv"), "-o", "made", "-f", "json").stdout)
    (source,) = told["sources"]
    assert [made["id"] for made in source["documents"]] == ["XX0001", "XX0002", "XX0003"]
    assert source["columns"]["start_date"] == {"missing": ["3"], "either-way": ["2"]}
    assert told["written"] == ["made/XX0001.yaml", "made/XX0002.yaml", "made/XX0003.yaml"]


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        ([], "Name what to import"),
        (["one.csv"], "Say where documents go"),
        (["absent.csv", "-o", "made"], "There is no file or folder absent.csv."),
        (["-", "-o", "made"], "Standard input cannot be imported"),
        (["one.csv", "-o", "absent/made"], "there is no folder"),
        (["one.csv", "-o", "one.csv"], "is not a folder"),
        (["one.csv", "-o", "made", "--mapping", "nonsense"], "There is no mapping nonsense; the bundled ones are ogp-commitments"),
        (["one.csv", "-o", "made", "--mapping", "bad.yaml"], "bad.yaml:4:19: Nothing can be written to “star”."),
        (["one.csv", "-o", "made", "-f", "csv"], "Invalid value"),
    ],
)  # fmt: skip
def test_wrong_use_is_told_before_anything_is_done(arguments: list[str], said: str, folder: Path) -> None:
    Path("one.csv").write_text((TABLES / "one.csv").read_text(encoding="utf-8"), encoding="utf-8")
    Path("bad.yaml").write_text("mapping: 1\nid: m\ntitle: M\ncolumns: {a: {to: star}}\n", encoding="utf-8")
    result = run(*arguments)
    assert result.exit_code == 2
    assert said in result.stderr
    assert not Path("made").exists()


def test_a_folder_that_cannot_be_written_is_refused(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    Path("made").mkdir()
    monkeypatch.setattr("os.access", lambda *_: False)
    result = run(str(TABLES / "one.csv"), "-o", "made")
    assert result.exit_code == 2
    assert "cannot be written" in result.stderr


def test_a_row_that_cannot_be_read_is_reported_and_the_others_go_on(folder: Path) -> None:
    rows = [["A1", "First"], ["A2", ""], ["A1", "Third"], ["a1", "Fourth"], ["A5", "Fifth"]]
    text = (
        "id,title\n"
        + "".join(f"{ident},{title}\n" for ident, title in rows)
        + 'A6,"Sixth" and more\nA7,Seventh,extra\n\nA8,Eighth\n'
    )
    Path("t.csv").write_text(text, encoding="utf-8")
    Path("m.yaml").write_text(
        "mapping: 1\nid: m\ntitle: M\ncolumns: {id: {to: id}, title: {to: title}}\n", encoding="utf-8"
    )
    result = run("t.csv", "--mapping", "m.yaml", "-o", "made")
    assert result.exit_code == 3
    assert sorted(path.stem for path in Path("made").glob("*.yaml")) == ["A1", "A5", "A8"]
    for said in (
        "t.csv:3:1: Row 3 has no title.", "t.csv:4:1: Row 4 has the id “A1”, as has row 2 of t.csv.",
        "t.csv:5:1: Row 5 has the id “a1”", "t.csv:7:1: Row 7 cannot be read", "t.csv:8:1: Row 8 has 3 values",
        "5 problems in 1 file.",
    ):  # fmt: skip
        assert said in result.stderr


def test_folders_are_searched_for_files_of_the_known_kinds(folder: Path) -> None:
    Path("in").mkdir()
    Path("in/t.csv").write_text((TABLES / "one.csv").read_text(encoding="utf-8"), encoding="utf-8")
    Path("in/picture.png").write_bytes(b"\x89PNG")
    Path("in/.hidden.csv").write_text("x", encoding="utf-8")
    result = run("in", "-o", "made")
    assert result.exit_code == 0, result.stderr
    assert [path.stem for path in Path("made").glob("*.yaml")] == ["XX0009"]
    Path("empty").mkdir()
    nothing = run("empty", "-o", "made")
    assert nothing.exit_code == 3
    assert "There is nothing to import here." in nothing.stderr


def test_a_progress_bar_is_for_people_who_watch(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    from openreform.cli import import_  # noqa: PLC0415

    with import_._progress(watched=True) as progress:
        progress(1)
    with import_._progress(watched=False) as progress:
        progress(1)


# --- Tables -------------------------------------------------------------------------------------------------

TITLES = mapping_of("columns: {id: {to: id}, title: {to: title}}")


@pytest.mark.parametrize(
    "raw",
    [
        b"id,title\nA,caf\xc3\xa9\n", b"\xef\xbb\xbfid,title\nA,caf\xc3\xa9\n", b"id;title\nA;caf\xc3\xa9\n", b"id\ttitle\r\nA\tcaf\xc3\xa9\r\n",
        b'"id"|"title"\n"A"|"caf\xc3\xa9"\n', "id,title\nA,café\n".encode("utf-16"), b"My plan,\n,\nid,title\nA,caf\xc3\xa9\n",
        b"Title,ID,title,\nx,A,caf\xc3\xa9,\n".replace(b"Title", b"other"),
    ],
)  # fmt: skip
def test_tables_of_all_spreadsheet_programs_are_read(raw: bytes, tmp_path: Path) -> None:
    path = tmp_path / "t.csv"
    path.write_bytes(raw)
    source = only_source(path, TITLES)
    assert not source.problems
    reform = reform_of(source.made[0].text)
    assert (reform.id, reform.title) == ("A", "café")


def test_another_encoding_is_named_in_the_mapping(tmp_path: Path) -> None:
    path = tmp_path / "t.csv"
    path.write_bytes(b"id,title\nA,caf\xe9\n")
    (problem,) = only_source(path, TITLES).problems
    assert (problem.code, problem.line) == ("table-not-utf8", 2)
    loaded = mapping_of("encoding: windows-1252\ncolumns: {id: {to: id}, title: {to: title}}")
    assert reform_of(only_source(path, loaded).made[0].text).title == "café"


def workbook(path: Path, sheets: dict[str, list[list[Any]]]) -> Path:
    from openpyxl import Workbook  # noqa: PLC0415

    book = Workbook()
    del book[book.sheetnames[0]]
    for name, rows in sheets.items():
        sheet = book.create_sheet(name)
        for row in rows:
            sheet.append(row)
    book.save(path)
    return path


def test_a_workbook_is_read_with_its_own_dates_and_numbers(tmp_path: Path) -> None:
    import datetime  # noqa: PLC0415

    loaded = mapping_of(
        "columns: {id: {to: id}, title: {to: title}, from: {to: start}, until: {to: end}, cost: {to: budget.amount}}"
    )
    rows: list[list[Any]] = [
        ["id", "title", "from", "until", "cost", "note"],
        [7, "Open the register", datetime.datetime(2024, 5, 3), 45657, 25000.0, True],
        ["B", "Open the minutes", "03/04/2024", None, 0.5, datetime.date(2024, 1, 2)],
    ]
    source = only_source(workbook(tmp_path / "t.xlsx", {"Plan": rows}), loaded)
    assert not source.problems
    first, second = (reform_of(made.text) for made in source.made)
    assert first.start and first.end and first.budget and second.start and second.budget
    assert (first.id, first.start.text, first.end.text, first.budget.amount) == (
        "7",
        "2024-05-03",
        "2024-12-31",
        "25000",
    )
    assert (second.start.text, second.budget.amount) == ("2024", "0.5")
    assert "note: true" in comments_of(source.made[0].text)
    assert "note: 2024-01-02" in comments_of(source.made[1].text)
    assert source.accounts["from"].rows == {"either-way": ["3"]}


def test_the_sheets_of_a_workbook_that_are_known_are_read(tmp_path: Path) -> None:
    head: list[Any] = ["id", "title"]
    path = workbook(
        tmp_path / "t.xlsx", {"Read me": [["x"]], "2023": [head, ["A", "One"]], "2024": [head, ["B", "Two"]]}
    )
    both = sources(path, TITLES)
    assert [(source.path.rpartition("#")[2], source.made[0].id) for source in both] == [("2023", "A"), ("2024", "B")]
    loaded = mapping_of('sheet: "2024"\ncolumns: {id: {to: id}, title: {to: title}}')
    assert [made.id for source in sources(path, loaded) for made in source.made] == ["B"]
    loaded = mapping_of('sheet: "2025"\ncolumns: {id: {to: id}, title: {to: title}}')
    (problem,) = only_source(path, loaded).problems
    assert problem.code == "no-sheet"


def test_a_missing_library_is_named_with_the_way_to_install_it(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = workbook(tmp_path / "t.xlsx", {"Plan": [["id", "title"], ["A", "One"]]})
    monkeypatch.setitem(sys.modules, "openpyxl", None)
    (problem,) = only_source(path, TITLES).problems
    assert problem.code == "extra-missing"
    assert "pip install 'openreform[xlsx]'" in problem.fix
    monkeypatch.delitem(sys.modules, "openpyxl")
    monkeypatch.setattr("importlib.util.find_spec", lambda _: None)
    refused = run(str(path), "--dry-run")
    assert refused.exit_code == 2
    assert "pip install 'openreform[xlsx]'" in refused.stderr


def test_columns_without_a_name_and_of_one_name_are_told_apart(tmp_path: Path) -> None:
    path = tmp_path / "t.csv"
    path.write_text("id,title,note,note,\nA,One,first,second,third\n", encoding="utf-8")
    text = only_source(path, TITLES).made[0].text
    assert "note: first # note #4: second # #5: third" in " ".join(text.split())


# --- Records ------------------------------------------------------------------------------------------------


def tree(path: Path, content: object) -> Path:
    path.write_text(json.dumps(content), encoding="utf-8")
    return path


STEPS = mapping_of(
    "records: plan.items\nconstants: {country: CA}\nleave_out: [secret]\ncolumns: {id: {to: id}, name.en: {to: title}}\n"
    "lists: [{to: milestones, each: parts.steps, columns: {what: {to: title}, by.when: {to: due}, who: {to: responsible}}}]"
)


def test_records_within_records_become_entries(tmp_path: Path) -> None:
    steps = [
        {"what": "Write", "by": {"when": "2025-03"}, "who": ["one", "two"]},
        {"what": "Print", "by": {"when": "soon"}, "cost": 3},
    ]
    record = {
        "id": "A",
        "name": {"en": "One", "fr": "Un"},
        "secret": "x",
        "tags": ["a", "b"],
        "parts": [{"title": "P", "steps": steps}, {"steps": []}],
    }
    source = only_source(tree(tmp_path / "t.json", {"plan": {"items": [record]}}), STEPS)
    assert not source.problems
    reform = reform_of(source.made[0].text)
    assert reform.country == "CA"
    assert [(step.title, step.due and step.due.text, step.responsible) for step in reform.milestones] == [
        ("Write", "2025-03", ("one two",)), ("Print", None, ()),
    ]  # fmt: skip
    told = comments_of(source.made[0].text)
    for words in (
        "name.fr: Un",
        "tags: # a # b",
        "parts[1].title: P",
        "2. by.when: in the source: soon",
        "2. parts.steps.cost: 3",
    ):
        assert words.replace("# ", "") in told.replace("# ", "").replace("parts.steps.by", "by"), words
    assert "secret" not in source.made[0].text
    assert source.accounts["parts.steps.by.when"].rows == {"unreadable": ["1.2"]}
    assert source.left_out == ["secret"]


def test_one_record_alone_is_a_list_of_one(tmp_path: Path) -> None:
    assert [made.id for made in only_source(tree(tmp_path / "t.json", {"id": "A", "title": "One"}), TITLES).made] == [
        "A"
    ]


def test_records_are_recognised_by_their_fields(tmp_path: Path) -> None:
    record = dict.fromkeys(OGP, "") | {"id": "A", "title": "One", "iso3": "MAR"}
    source = only_source(tree(tmp_path / "t.json", [record]))
    assert source.mapping == "ogp-commitments"
    assert reform_of(source.made[0].text).country == "MA"


# --- Mappings -----------------------------------------------------------------------------------------------


def test_bundled_mappings_are_sound_and_found_by_name() -> None:
    assert bundled_mappings() == ["ogp-commitments", "ogp-template"]
    for name in bundled_mappings():
        assert load_mapping(name) == load_bundled_mapping(name)
        assert load_bundled_mapping(name).id == name


def test_every_mapping_of_the_tests_is_sound() -> None:
    for path in (ROOT / "tests" / "mappings").glob("*.yaml"):
        assert isinstance(load_mapping(str(path)), SourceMapping), path


def test_a_word_of_a_column_stands_before_those_of_the_mapping(tmp_path: Path) -> None:
    loaded = mapping_of(
        "missing: [none]\nopen_ended: [always]\ncolumns:\n  id: {to: id}\n  title: {to: title}\n"
        "  a: {to: start, missing: [later], open_ended: [never]}\n  b: {to: end}\n  c: {to: stage, values: {running: implementing}}"
    )
    path = tmp_path / "t.csv"
    path.write_text(
        "id,title,a,b,c\nA,One,later,none,Running\nB,Two,none,always,draft\nC,Three,never,,else\n", encoding="utf-8"
    )
    source = only_source(path, loaded)
    assert source.accounts["a"].rows == {"missing": ["2"], "open-ended": ["4"], "unreadable": ["3"]}
    assert source.accounts["b"].rows == {"missing": ["2", "4"], "open-ended": ["3"]}
    assert source.accounts["c"].rows == {"unreadable": ["4"]}
    assert [reform_of(made.text).stage for made in source.made] == ["implementing", "draft", None]


# --- What must hold of any row ------------------------------------------------------------------------------

ANY_TEXT = st.text(st.characters(exclude_categories=["Cs"]), max_size=200)
ODD_TEXT = st.one_of(
    ANY_TEXT,
    st.text(string.printable, max_size=80),
    st.sampled_from(
        [
            "yes", "NO", "null", "~", "0x1F", "1.10", "2024-05-03", "- a", "a: b", "# c", "a #b", "'", '"', "\\", "|", ">", "{a}", "[b]", "&a", "*a",
            "!!python/object", "%TAG", "---", "...", "a\nb", "a\n\n  b\n", " \n x", "\ta", "a\t#b", "=HYPERLINK(1)", "::error::", "\x1b[31m", "\u202eabc",
            "\x00", "\x85x", "a\u2028b", "\ufeff", "é" * 50, "x" * 300, "word " * 200, "@a", "`b`", "? x", ": y", "key:", "<<",
        ]
    ),
)  # fmt: skip


def words_of(text: str) -> list[str]:
    return plain_lines(text).split()


@settings(max_examples=200, deadline=None)
@given(title=ODD_TEXT, problem=ODD_TEXT, lead=ODD_TEXT, other=ODD_TEXT)
def test_every_kind_of_text_is_read_back_as_it_was(title: str, problem: str, lead: str, other: str) -> None:
    """A row becomes a valid document that holds its words, or a named problem."""
    from openreform.importing.drafting import Refusal  # noqa: PLC0415
    from openreform.importing.records import Cell, Record  # noqa: PLC0415

    loaded = mapping_of("columns: {t: {to: title}, p: {to: problem.text}, l: {to: leads}}")
    columns = loaded.columns
    record = Record(
        2,
        2,
        [
            Cell("t", title, columns["t"]),
            Cell("p", problem, columns["p"]),
            Cell("l", lead, columns["l"]),
            Cell("o", other),
        ],
    )
    draft = Drafter(loaded).draft(record, "x")
    if isinstance(draft, Refusal):
        assert draft.code == "record-without-title"
        assert not title.strip()
        return
    text = write(draft, "t.csv", "m", "row 2")
    parsed = parse_reform(text, "x.yaml")
    assert isinstance(parsed, Document), parsed
    reform = parsed.reform
    yardstick = load_bundled("involve-ogp").framework
    assessment = assess(reform, yardstick, parsed.locate, Origin("x.yaml", parsed.digest, "sha256:0"))
    told = json.loads(json_report.render([assessment], [], None))["assessments"][0]["reform"]
    assert words_of(told["title"]) == words_of(reform.title) == words_of(title)
    assert told["leads"] == [part.organisation for part in reform.leads]
    assert words_of(reform.problem.text or "" if reform.problem else "") == words_of(problem)
    joined = " ".join(part.organisation or "" for part in reform.leads)
    assert words_of(re.sub(r"[-–•●*·;,\s]", "", joined)) == words_of(re.sub(r"[-–•●*·;,\s]", "", plain_lines(lead)))
    assert "".join(visible(plain_lines(other)).split()) in "".join(comments_of(text).split())


@settings(max_examples=60, deadline=None)
@given(st.lists(st.tuples(ODD_TEXT, ODD_TEXT), max_size=6))
def test_any_table_becomes_documents_or_problems(rows: list[tuple[str, str]]) -> None:
    import tempfile  # noqa: PLC0415

    held = io.StringIO(newline="")
    csv.writer(held).writerows([("id", "title"), *rows])
    with tempfile.TemporaryDirectory() as there:
        path = Path(there, "t.csv")
        path.write_bytes(held.getvalue().encode("utf-8"))
        (source,) = sources(path, TITLES)
    assert (
        len(source.made) + len(source.problems) == source.read
        or (not source.read and source.problems)
        or not source.problems
    )
    for made in source.made:
        reform_of(made.text)


@settings(max_examples=200, deadline=None)
@given(st.binary(max_size=300))
def test_any_bytes_become_documents_or_problems(raw: bytes) -> None:
    import tempfile  # noqa: PLC0415

    with tempfile.TemporaryDirectory() as there:
        for ending in ("csv", "json", "xlsx"):
            path = Path(there, f"t.{ending}")
            path.write_bytes(raw)
            for source in sources(path, TITLES):
                assert source.problems or source.mapping


# --- Strangers' files ---------------------------------------------------------------------------------------


@pytest.mark.parametrize("name", sorted({**HOSTILE, **REFUSED}))
def test_hostile_words_are_words_wherever_they_stand(name: str, folder: Path) -> None:
    """As title, body, comment, name of a column and of a sheet: they stay text, and nothing reaches the terminal raw."""
    value = {**HOSTILE, **REFUSED}[name]
    held = io.StringIO(newline="")
    csv.writer(held).writerows([("id", "title", "lead", value), ("A", value, value, value)])
    Path("t.csv").write_bytes(held.getvalue().replace("\x00", "").encode("utf-8"))
    Path("m.yaml").write_text(
        "mapping: 1\nid: m\ntitle: M\ncolumns: {id: {to: id}, title: {to: title}, lead: {to: leads}}\n",
        encoding="utf-8",
    )
    for form in ("text", "json"):
        result = run("t.csv", "--mapping", "m.yaml", "-o", f"made-{form}", "-f", form)
        assert result.exit_code in {0, 3}, result.stderr
        assert not UNSAFE.search(result.stdout + result.stderr), form
    if result.exit_code == 0:
        text = Path("made-text/A.yaml").read_text(encoding="utf-8")
        reform = reform_of(text)
        assert words_of(reform.title) == words_of(value.replace("\x00", ""))
        assert "".join(visible(plain_lines(value.replace("\x00", ""))).split()) in "".join(comments_of(text).split())
        assert not UNSAFE.search(text)
    else:
        assert "has no title" in result.stdout + result.stderr


def test_a_path_in_an_id_leads_nowhere(folder: Path) -> None:
    names = ["../../evil", "/etc/passwd", "..", ".hidden", "a/b", "C:\\x", "~root", "a" * 300]
    rows = "".join(f'"{name}",Title of {number}\n' for number, name in enumerate(names))
    Path("t.csv").write_text(f"id,title\n{rows}", encoding="utf-8")
    Path("m.yaml").write_text(
        "mapping: 1\nid: m\ntitle: M\ncolumns: {id: {to: id}, title: {to: title}}\n", encoding="utf-8"
    )
    result = run("t.csv", "--mapping", "m.yaml", "-o", "made")
    assert result.exit_code == 0, result.stderr
    made = sorted(path.name for path in Path("made").iterdir())
    assert made == [
        "C-x.yaml", "a-b.yaml", f"{'a' * 80}.yaml", "etc-passwd.yaml", "evil.yaml", "hidden.yaml", "openreform.schema.json",
        "root.yaml", "title-of-2.yaml",
    ]  # fmt: skip
    assert {path.name for path in folder.iterdir()} == {"t.csv", "m.yaml", "made"}


def test_a_link_in_the_folder_is_not_written_through(folder: Path) -> None:
    Path("made").mkdir()
    Path("elsewhere.yaml").write_text("mine\n", encoding="utf-8")
    Path("made/XX0009.yaml").symlink_to(folder / "elsewhere.yaml")
    assert run(str(TABLES / "one.csv"), "-o", "made").exit_code == 2
    assert Path("elsewhere.yaml").read_text(encoding="utf-8") == "mine\n"


def packed(path: Path, members: dict[str, bytes]) -> Path:
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as file:
        for name, content in members.items():
            file.writestr(name, content)
    return path


def test_workbooks_made_to_do_harm_are_refused(tmp_path: Path) -> None:
    bomb = packed(tmp_path / "bomb.xlsx", {"xl/workbook.xml": b"0" * (300 * 1024 * 1024)})
    assert bomb.stat().st_size < 1024 * 1024
    assert [found.code for found in only_source(bomb, TITLES).problems] == ["too-large-inside"]
    good = workbook(tmp_path / "good.xlsx", {"Plan": [["id", "title"], ["A", "One"]]})
    with zipfile.ZipFile(good) as file:
        members = {name: file.read(name) for name in file.namelist()}
    (holder,) = (name for name, content in members.items() if b"One" in content)
    _, _, plain = members[holder].decode().rpartition("?>")

    def with_head(head: str, entity: str) -> Source:
        content = f'<?xml version="1.0"?><!DOCTYPE x [{head}]>{plain.replace("One", f"&{entity};")}'
        return only_source(packed(tmp_path / "made.xlsx", {**members, holder: content.encode()}), TITLES)

    laughs = "".join(f'<!ENTITY e{n} "{f"&e{n - 1};" * 10 if n else "lol"}">' for n in range(9))
    (tmp_path / "secret").write_text("a secret", encoding="utf-8")
    for head, entity in ((laughs, "e8"), (f'<!ENTITY e SYSTEM "file://{tmp_path}/secret">', "e")):
        source = with_head(head, entity)
        assert source.problems
        assert not source.made


def test_a_file_larger_than_any_plan_is_refused(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("openreform.converting.MOST_BYTES", 100)
    path = tmp_path / "t.csv"
    path.write_bytes(b"id,title\n" + b"A,One\n" * 100)
    assert [found.code for found in only_source(path, TITLES).problems] == ["source-too-large"]


def test_text_longer_than_a_field_stays_in_a_comment(tmp_path: Path) -> None:
    loaded = mapping_of("columns: {id: {to: id}, title: {to: title}, why: {to: problem.text}, who: {to: leads}}")
    long = "word " * 5000
    path = tmp_path / "t.csv"
    path.write_text(f"id,title,why,who\nA,One,{long},{long}\n", encoding="utf-8")
    source = only_source(path, loaded)
    assert {why for account in source.accounts.values() for why in account.rows} == {"too-long"}
    assert comments_of(source.made[0].text).count("word") == 10_000


def test_what_finds_its_field_taken_is_kept_in_words(tmp_path: Path) -> None:
    loaded = mapping_of(
        "constants: {country: KE}\ncolumns:\n  title: {to: title}\n  also: {to: title}\n  from: {to: start}\n  start: {to: start}\n"
        "  land: {to: country}\n  why: {to: problem.text}\n  more: {to: problem.text}\n  too: {to: problem.text}"
    )
    long = "word " * 3999
    path = tmp_path / "t.csv"
    path.write_text(
        f"title,also,from,start,land,why,more,too\nOne,Two,2024,2025,Ghana,Short.,Longer.,{long}\n", encoding="utf-8"
    )
    (made,) = only_source(path, loaded).made
    reform = reform_of(made.text)
    assert reform.start and reform.problem
    assert (reform.title, reform.start.text, reform.country) == ("One", "2024", "KE")
    assert reform.problem.text == "Short.\n\nLonger."
    for words in ("also: Two", "start: 2025", "land: Ghana", "too: word word"):
        assert f"# {words}" in made.text


# --- A mapping to begin with --------------------------------------------------------------------------------


def test_a_mapping_is_begun_from_the_columns_of_a_file_and_can_be_used(folder: Path) -> None:
    rows: list[list[Any]] = [
        ["ID", "Name of the commitment", "Lead institution", "Start date", "What else: | #", "Pays"],
        [1, "Open it", "A ministry", "2025", "x", "Maroc"],
    ]
    path = workbook(folder / "plan.xlsx", {"Plan": rows})
    result = run(str(path), "--write-mapping", "plan.yaml")
    assert result.exit_code == 0
    assert "plan.yaml written." in result.stderr
    begun = load_mapping("plan.yaml")
    assert isinstance(begun, SourceMapping), begun
    assert {name: column.to for name, column in begun.columns.items()} == {
        "ID": "id", "Name of the commitment": "title", "Lead institution": "leads", "Start date": "start", "What else: | #": None, "Pays": "country",
    }  # fmt: skip
    reform = reform_of(only_source(path, begun).made[0].text)
    assert reform.start
    assert (reform.id, reform.title, reform.country, reform.start.text) == ("1", "Open it", "MA", "2025")
    assert run(str(path), "--write-mapping", "plan.yaml").exit_code == 2
    assert run(str(path), "--write-mapping", "plan.yaml", "--force").exit_code == 0


def test_a_mapping_of_records_names_the_way_to_them(folder: Path) -> None:
    tree(
        folder / "t.json",
        {"about": "x", "items": [{"title": "One", "when": {"end_date": "2026"}, "steps": [{"a": 1}]}]},
    )
    result = run("t.json", "--write-mapping", "-")
    begun = parse_mapping(result.stdout, "t.yaml")
    assert isinstance(begun, SourceMapping), begun
    assert begun.records == "items"
    assert list(begun.columns) == ["title", "when.end_date"]
    assert reform_of(only_source(folder / "t.json", begun).made[0].text).title == "One"


@pytest.mark.parametrize(
    ("names", "code", "said"),
    [
        (["t.csv", "u.csv"], 2, "goes with one file"), (["t.md"], 3, "this file is neither"), (["empty.csv"], 3, "There is nothing in this file."),
        (["broken.json"], 3, "What stands here is not JSON."),
        (["latin.json"], 3, "The file is not UTF-8 text"), (["text.json"], 3, "There is nothing in this file."),
    ],
)  # fmt: skip
def test_what_no_mapping_can_be_begun_from(names: list[str], code: int, said: str, folder: Path) -> None:
    files = {
        "t.csv": "a,b\n",
        "u.csv": "a\n",
        "t.md": "# A\n",
        "empty.csv": " \n",
        "broken.json": "{",
        "text.json": '"x"',
    }
    for name, text in files.items():
        Path(name).write_text(text, encoding="utf-8")
    Path("latin.json").write_bytes(b'[{"caf\xe9": 1}]')
    result = run(*names, "--write-mapping", "m.yaml")
    assert result.exit_code == code
    assert said in result.stderr
    assert not Path("m.yaml").exists()
