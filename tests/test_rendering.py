"""Reports show strangers' words as words, fit the width, and say who assessed."""

import csv
import dataclasses
import io
import json

import pytest
from hypothesis import example, given
from hypothesis import strategies as st
from rich.cells import cell_len

from conftest import assessed
from openreform.framework import Framework
from openreform.plaintext import escape_json, quoted, visible
from openreform.rendering import csv as csv_report
from openreform.rendering import json as json_report
from openreform.rendering import text as text_report
from openreform.rendering.layout import Page, bar

HOSTILE = [
    "<script>alert(1)</script>",
    "[/]",
    "[bold]x[/bold]",
    "| a |",
    "\u202eevil",
    "\u2066x",
    "x" * 10_000,
    "漢" * 200,
]


@pytest.mark.parametrize("text", HOSTILE, ids=lambda text: ascii(text)[:20])
def test_hostile_titles_are_text(text: str, framework: Framework) -> None:
    shown = json.dumps(text, ensure_ascii=False)
    result = assessed(f"publications: [{{title: {shown}, access: open}}]\nassessed: {{by: {shown}}}\n", framework)
    page = text_report.render(result)
    assert all(cell_len(line) <= 80 for line, _ in page.lines)
    assert "\u202e" not in page.text()
    assert "\u2066" not in page.text()
    report = json_report.render([result], [], None)
    assert json.loads(report)["assessments"][0]["assessor"]["name"] == text
    assert "\u202e" not in report


def test_without_a_whole_all_criteria_are_counted(framework: Framework) -> None:
    result = assessed("", framework.model_copy(update={"overall": None}))
    assert text_report.counts(result, "promise") == {"assessed": 8, "all": 8}


def test_criteria_above_zero_are_counted_whatever_they_weigh(framework: Framework) -> None:
    heavy = [part.model_copy(update={"weight": 2.0 if part.id == "T5" else 1.0}) for part in framework.criteria]
    result = assessed(
        "publications: [{title: A, access: open}]\n", framework.model_copy(update={"criteria": tuple(heavy)})
    )
    assert text_report.reach_words(result.dimensions[0], "promise").startswith("1 of ")


@pytest.mark.parametrize(
    "text", ['a, "b"', '"', ",", "two\nlines", "back\rwards", "=1+1", " spaced ", "a;b\tc"], ids=ascii
)
def test_rows_read_back_as_they_were_meant(text: str, framework: Framework) -> None:
    result = assessed("publications: [{title: A, access: open}]\n", framework)
    result = dataclasses.replace(result, title=text)
    apostrophe = "'" if text.startswith("=") else ""
    for report in (csv_report.criteria([result]), csv_report.reforms([result])):
        written = "".join(report)
        header, *rows = csv.reader(io.StringIO(written))
        assert {len(row) for row in rows} == {len(header)}
        assert {row[header.index("title")] for row in rows} == {apostrophe + visible(text)}
        again = io.StringIO()
        csv.writer(again, lineterminator="\n").writerows([header, *rows])
        assert again.getvalue() == written


@given(st.text(max_size=300), st.integers(20, 100), st.integers(0, 8))
@example(" 00000000\x1f\x1f\x1f", 20, 0)
def test_lines_fit_and_lose_nothing(text: str, width: int, indent: int) -> None:
    page = Page(width)
    page.add(text, indent=indent)
    assert all(cell_len(line) <= width for line, _ in page.lines)
    joined = "".join(line for line, _ in page.lines).replace(" ", "")
    assert joined == visible(text).replace(" ", "")


@given(st.text(max_size=100))
def test_visible_text_moves_no_cursor(text: str) -> None:
    assert not {c for c in visible(text) if ord(c) < 0x20 or 0x7F <= ord(c) < 0xA0 or c in "\u2028\u2029\u202e\u2066"}


@given(st.text(max_size=100))
def test_json_stays_the_same_value(text: str) -> None:
    assert json.loads(escape_json(json.dumps(text, ensure_ascii=False))) == text


def test_quoted_is_short() -> None:
    assert quoted("x" * 100, 10) == "“" + "x" * 9 + "…”"


def test_a_bar_is_as_long_as_its_score() -> None:
    assert [bar(score).count("█") for score in (None, 0, 50, 100)] == [0, 0, 10, 20]


def test_self_assessed_looks_self_assessed(framework: Framework) -> None:
    lines = text_report.render(assessed("", framework)).text().splitlines()
    assert "  Promise   0.0 of 100, self-assessed, 6 of 6 criteria assessed" in lines
    told = assessed("assessed: {by: The forum, role: peer, date: 2026-03}\n", framework)
    text = text_report.render(told, 200).text()
    assert "  Promise   0.0 of 100, assessed by peers, 6 of 6 criteria assessed" in text
    assert "The forum, 2026-03, involve-ogp 0.1.0" in text


def test_no_score_is_a_dash(framework: Framework) -> None:
    text = text_report.render(assessed("undescribed: [publications, mechanisms]\n", framework)).text()
    assert "  Promise   —, self-assessed, insufficient data, 0 of 6 criteria assessed" in text
    assert "  Practice  —, self-assessed, nothing operating is described" in text
    assert "Not described yet (line 4): publications, mechanisms." in text


def test_a_range_is_shown_where_something_is_unknown(framework: Framework) -> None:
    text = text_report.render(
        assessed("publications: [{title: A, access: open, unknown: [formats]}]\n", framework), full=True
    ).text()
    assert "T5 1+" in text
    assert "T5 Open form: promise level 1 of 4, up to 2 if what is unknown is so" in text


def test_practice_that_falls_short_is_explained(framework: Framework) -> None:
    text = text_report.render(
        assessed(
            "publications: [{title: A, access: open, status: operational, evidence: [e]}]\n"
            "mechanisms: [{title: B, people_can: [comment]}]\nevidence: [{id: e, title: E}]\n",
            framework,
        ),
        full=True,
    ).text()
    assert "P1 1/0" in text
    assert "- in practice: promised, but nothing that earns it operates with evidence" in text
    assert "- in practice, missing for 1: people can rate" in text
    assert "nearest: line 5, B: it is not in operation" in text


def test_a_perfect_reform_has_nothing_to_write(framework: Framework) -> None:
    text = "leads: [{organisation: Board}]\nend: 2027\n"
    only = framework.model_copy(update={"criteria": tuple(c for c in framework.criteria if c.id == "Q4"), "gates": ()})
    q4 = next(c for c in framework.criteria if c.id == "Q4")
    assert (
        "Nothing: every level of the promise is reached."
        in text_report.render(assessed(text.split("end", maxsplit=1)[0] + q4.snippet, only)).text()
    )
