"""Import of what is really there: OGP's data and three plans, every row, read back and compared with its source."""

import csv
import json
import re
from collections.abc import Iterator
from functools import cache
from pathlib import Path

import pytest
from typer.testing import CliRunner

from conftest import ROOT
from openreform.cli import main as cli
from openreform.converting import Conversion, Source, convert
from openreform.importing.countries import country_code
from openreform.importing.dates import read_date
from openreform.loading.mappings import load_bundled_mapping, load_mapping
from openreform.loading.reforms import Document, parse_reform
from openreform.mapping import SourceMapping
from openreform.messages.dates import MONTHS
from openreform.plaintext import plain_lines, visible
from openreform.reform import Reform

OLD, NEW = "ogp_irm_2011_2014.csv", "ogp_irm_parliament_2011_2024.csv"
MISSING = {"not specified", "none specified", "unclear", ""}
OPEN_ENDED = {"ongoing", "continuous", "underway"}
COLUMNS = {"start_date": "start", "end_date": "end"}
NOT_GIVEN = {
    OLD: {"start_date": 470, "end_date": 283, "lead_institution": 59},
    NEW: {"start_date": 59, "end_date": 32, "lead_institution": 5},
}


@cache
def imported(path: Path, *mappings: Path) -> Source:
    loaded = tuple(found for each in mappings if isinstance(found := load_mapping(str(each)), SourceMapping))
    (source,) = convert([str(path)], Conversion(loaded))
    return source


def rows(path: Path) -> dict[str, tuple[int, dict[str, str]]]:
    """Each row by its id, with its number as a spreadsheet counts."""
    with path.open(encoding="utf-8", newline="") as file:
        return {row["id"]: (number, row) for number, row in enumerate(csv.DictReader(file), start=2)}


def made(source: Source) -> Iterator[tuple[str, Reform, str]]:
    for each in source.made:
        parsed = parse_reform(each.text, f"{each.id}.yaml")
        assert isinstance(parsed, Document), (each.id, parsed)
        yield each.id, parsed.reform, each.text


def plain(text: str) -> str:
    return " ".join(text.split()).strip(" .").casefold()


@pytest.mark.parametrize("name", [OLD, NEW])
def test_every_row_becomes_a_valid_document(name: str, ogp_data: Path) -> None:
    source = imported(ogp_data / name)
    listed = rows(ogp_data / name)
    assert not source.problems
    assert source.read == len(listed)
    assert [ident for ident, _, _ in made(source)] == list(listed)


@pytest.mark.parametrize("name", [OLD, NEW])
def test_the_report_names_the_rows_with_nothing_given_and_no_others(name: str, ogp_data: Path) -> None:
    source = imported(ogp_data / name)
    for column, count in NOT_GIVEN[name].items():
        without = [str(number) for number, row in rows(ogp_data / name).values() if plain(row[column]) in MISSING]
        assert len(without) == count
        assert source.accounts[column].rows["missing"] == without


@pytest.mark.parametrize("name", [OLD, NEW])
def test_every_field_read_back_is_what_the_row_says(name: str, ogp_data: Path) -> None:
    """Title, country, dates, bodies and codes of the IRM; where a field holds less, the account says so for that row."""
    source = imported(ogp_data / name)
    listed = rows(ogp_data / name)
    codes = {
        code: column.to.removeprefix("irm.")
        for code, column in load_bundled_mapping("ogp-commitments").columns.items()
        if column.to and column.to.startswith("irm.")
    }
    for ident, reform, text in made(source):
        number, row = listed[ident]
        told = {
            (column, why)
            for column, account in source.accounts.items()
            for why, held in account.rows.items()
            if str(number) in held
        }
        assert plain(reform.title) == plain(row["title"])
        assert reform.country == country_code(row["iso3"]) == country_code(row["country"])
        for column, field in COLUMNS.items():
            value = getattr(reform, field)
            words = plain(row[column])
            read = read_date(row[column], "unknown", ends=field == "end", country=reform.country)
            if (column, "out-of-order") in told:
                assert value is None
            elif words in MISSING | OPEN_ENDED or read.text is None:
                why = "missing" if words in MISSING else "open-ended" if words in OPEN_ENDED else "unreadable"
                assert (column, why) in told
            else:
                assert value is not None and value.text == read.text, (ident, column)
                assert ((column, "either-way") in told) == (read.certainty == "either-way")
            if words in OPEN_ENDED or (words not in MISSING and read.certainty != "read"):
                assert f"in the source: {row[column]}" in text
        if plain(row["lead_institution"]) not in MISSING:
            held = " ".join(lead.organisation or "" for lead in reform.leads)
            assert set(re.findall(r"\w+", row["lead_institution"])) == set(re.findall(r"\w+", held)), ident
        doubtful = {name.strip() for name in row["label_code_conflict"].split(";") if name.strip()}
        for column, code in codes.items():
            if not row[column] or column in doubtful:
                assert code not in reform.irm
                continue
            value = reform.irm[code]
            shown = (
                {True: ("1", "yes"), False: ("0", "no")}.get(value)
                if isinstance(value, bool)
                else (value.replace("-", " "),)
            )
            same = {
                "did not change": "none",
                "worsened": "worsens",
                "no early results": "no early results to report yet",
                "no notable": "no notable results",
            }
            assert shown is not None
            assert row[column].casefold() in shown or same.get(shown[0]) == row[column], (ident, column)
        for column in doubtful:
            assert (column, "doubtful") in told


@pytest.mark.parametrize("name", [OLD, NEW])
def test_no_word_of_a_row_is_lost(name: str, ogp_data: Path) -> None:
    source = imported(ogp_data / name)
    for ident, reform, text in made(source):
        _, row = rows(ogp_data / name)[ident]
        held = set(
            re.findall(
                r"\w+", visible(text.replace("\n", " ")) + " " + visible(str(reform.model_dump()).replace("\\n", " "))
            )
        )
        for column, value in row.items():
            if (
                column in {"lang_guess"}
                or not value
                or column.startswith(
                    ("diog", "early", "starred", "completion", "potential", "value", "relevant", "verifiable")
                )
            ):
                continue
            lost = [
                word
                for word in re.findall(r"\w+", plain_lines(value).replace("\n", " "))
                if word not in held and word.casefold() not in MONTHS and not re.fullmatch(r"\d{1,2}|[a-z]", word)
            ]
            assert not lost or column in {"start_date", "end_date", "iso3", "specificity"}, (ident, column, lost)


def test_plans_of_other_shapes_are_read_by_mappings_of_their_own(ogp_data: Path) -> None:
    texts, mappings = ogp_data.parent / "texts", ROOT / "tests" / "mappings"
    plan = imported(texts / "us_nap5.json", mappings / "us_nap5.yaml")
    listed = json.loads((texts / "us_nap5.json").read_text(encoding="utf-8"))
    assert not plan.problems
    for (ident, reform, _), record in zip(made(plan), listed, strict=True):
        assert (ident, reform.title, reform.country) == (record["id"], record["title"].strip(), "US")
        assert [step.id for step in reform.milestones] == [step["id"] for step in record["subcommitments"]]
        assert [plain(step.title or "") for step in reform.milestones] == [
            plain(step["text"]) for step in record["subcommitments"]
        ]
        assert [plain(" ".join(step.responsible)) for step in reform.milestones] == [
            plain(step["agency"]) for step in record["subcommitments"]
        ]
    tracker = imported(texts / "canada_nap6.json", mappings / "canada_nap6.yaml")
    listed = json.loads((texts / "canada_nap6.json").read_text(encoding="utf-8"))["commitments"]
    assert not tracker.problems
    for (ident, reform, _), record in zip(made(tracker), listed, strict=True):
        steps = [step for milestone in record["milestones"] for step in milestone["indicators"]]
        assert (ident, reform.country) == (f"canada-nap6-{record['id']}", "CA")
        assert [(step.id, plain(step.title or "")) for step in reform.milestones] == [
            (step["id"], plain(step["en"])) for step in steps
        ]
        assert [step.due.text if step.due else None for step in reform.milestones] == [
            read_date(step["deadline"]["en"], "unknown", ends=True).text for step in steps
        ]


def test_templates_nobody_filled_in_say_what_to_fill_in(ogp_data: Path) -> None:
    path = ogp_data.parent / "texts" / "us_nap4_proposals.json"
    listed = json.loads(path.read_text(encoding="utf-8"))["items"]
    source = imported(path, ROOT / "tests" / "mappings" / "us_nap4_proposals.yaml")
    untouched = {number for number, item in enumerate(listed, start=1) if item["kind"] == "blank_template"}
    assert len(untouched) == 20
    assert {int(re.findall(r"Record (\d+) is a template", found.message)[0]) for found in source.problems} == untouched
    for found in source.problems:
        assert found.code == "template-blank"
        for heading in ("Topline Description", "Key Objective(s)", "Paragraph Description", "Measurable Metrics"):
            assert heading in found.fix
    assert {each.id for each in source.made} == {
        f"us-nap4-{item['number']}" for item in listed if item["kind"] != "blank_template"
    }


def test_everything_in_one_run_and_assessed(ogp_data: Path, tmp_path: Path) -> None:
    texts, mappings = ogp_data.parent / "texts", ROOT / "tests" / "mappings"
    names = ["us_nap5", "canada_nap6", "us_nap4_proposals"]
    options = [part for name in names for part in ("--mapping", str(mappings / f"{name}.yaml"))]
    files = [str(ogp_data / OLD), str(ogp_data / NEW), *(str(texts / f"{name}.json") for name in names)]
    folder = tmp_path / "drafts"
    result = CliRunner().invoke(
        cli.app, ["import", *files, "--mapping", "ogp-commitments", *options, "-o", str(folder)]
    )
    assert result.exit_code == 3
    assert "20 problems in 1 file." in result.stderr
    assert len(list(folder.glob("*.yaml"))) == 971 + 282 + 36 + 4 + 11
    told = CliRunner().invoke(cli.app, ["assess", str(folder), "-f", "jsonl"])
    assert told.exit_code == 0
    lines = [json.loads(line)["assessments"][0] for line in told.stdout.splitlines()]
    assert len(lines) == 1304
    for each in lines:
        assert each["overall"]["promise"]["score"] is None
        assert each["overall"]["promise"]["coverage"] < 0.5
        assert {"publications", "mechanisms", "oversight", "instruments"} <= set(each["undescribed"])
    listed = {ident: row for name in (OLD, NEW) for ident, (_, row) in rows(ogp_data / name).items()}
    coded = {
        ident
        for ident, row in listed.items()
        if any(row[code] for code in ("specificity", "verifiable", "value_info", "starred_2015"))
    }
    assert {each["reform"]["id"] for each in lines if each["irm"]} >= coded
    read_back = {each["reform"]["id"]: each["reform"] for each in lines}
    for ident, row in listed.items():
        told_of = read_back[ident]
        assert plain(told_of["title"]) == plain(row["title"])
        assert told_of["country"] == country_code(row["country"])
        for column, name in COLUMNS.items():
            written = read_date(row[column], "unknown", ends=name == "end", country=told_of["country"]).text
            assert told_of[name] in {written, None}, (ident, name)
            out_of_order = told_of["end"] is None and written is not None and name == "end"
            assert told_of[name] == written or out_of_order or plain(row[column]) in MISSING | OPEN_ENDED, (ident, name)
        if plain(row["lead_institution"]) not in MISSING:
            held = " ".join(told_of["leads"])
            assert set(re.findall(r"\w+", row["lead_institution"])) == set(re.findall(r"\w+", held)), ident
