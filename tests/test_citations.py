"""References in the style of GOV.UK, and their numbers in order of appearance."""

from itertools import permutations

import pytest

from conftest import document
from openreform.framework import Framework
from openreform.paper import Line
from openreform.rendering.citations import HasSource, Numbering, Source, gov_uk, in_words, source_of
from test_strangers import HOSTILE

PAGE = "https://example.org/a"


def plain(line: Line) -> str:
    return "".join(words.text for words in line)


@pytest.mark.parametrize(
    ("source", "expected"),
    [
        (
            Source("Waiting times", "The health board", PAGE, "2024-03-05"),
            "The health board. ‘Waiting times’ 5 March 2024",
        ),
        (Source("Waiting times", "The health board", PAGE), "The health board. ‘Waiting times’"),
        (Source("Waiting times", None, PAGE, "2024-12"), "‘Waiting times’ December 2024"),
        (Source("Waiting times"), "‘Waiting times’"),
        (Source("Waiting\n  times. ", "Board Ltd."), "Board Ltd. ‘Waiting times’"),
        (Source("And so on...", "Bureau of the U.S."), "Bureau of the U.S. ‘And so on...’"),
        (Source(None, "The health board", PAGE, "2024"), "The health board. https://example.org/a, 2024"),
        (Source(None, "The health board", None, "2024"), "The health board, 2024"),
        (Source(None, "The health board"), "The health board"),
        (Source(None, None, PAGE), PAGE),
        (Source(None, None, None, "2024"), "A source without a name, 2024"),
        (Source(), "A source without a name"),
        (Source("A study", "Poe, et al."), "Poe and others. ‘A study’"),
        (Source("A study", "Poe et al"), "Poe and others. ‘A study’"),
        (Source("A study", "Planet Al"), "Planet Al. ‘A study’"),
    ],
)
def test_a_reference_in_the_style_of_gov_uk(source: Source, expected: str) -> None:
    line = gov_uk(source)
    assert plain(line) == expected
    assert [words.link for words in line if words.link] == ([source.url] if source.url else [])
    assert not any(words.strong or words.code for words in line)


@pytest.mark.parametrize(
    ("date", "expected"), [("2024", "2024"), ("2024-01", "January 2024"), ("2024-01-09", "9 January 2024")]
)
def test_dates_are_written_in_words(date: str, expected: str) -> None:
    assert in_words(date) == expected


def test_evidence_and_sources_of_a_framework_are_sources(framework: Framework) -> None:
    parsed = document("evidence: [{id: e, title: Minutes, publisher: The board, date: 2024-02}]\n")
    assert source_of(parsed.reform.evidence[0]) == Source("Minutes", "The board", None, "2024-02")
    first = framework.sources[0]
    assert source_of(first) == Source(first.title, first.publisher, first.url, None)


SAME: list[tuple[str, Source, Source]] = [
    ("the same", Source("A", "B", PAGE, "2024"), Source("A", "B", PAGE, "2024")),
    ("address", Source("A", "B", PAGE), Source(None, None, PAGE)),
    ("address, seen on another day", Source("A", "B", PAGE, "2023"), Source("A", "B", PAGE, "2024")),
    ("address written otherwise", Source("A", "B", "http://www.example.org/a/"), Source("A.", "C", PAGE)),
    ("name", Source("A", "B", PAGE), Source("a", "b")),
    ("name and date", Source("A", "B", None, "2024"), Source("A", "B")),
]
OTHER: list[tuple[str, Source, Source]] = [
    ("parts of one page", Source("Row 1", "B", PAGE), Source("Row 2", "B", PAGE)),
    ("another address", Source("A", "B", PAGE), Source("A", "B", "https://example.org/b")),
    ("another year", Source("A", "B", None, "2023"), Source("A", "B", None, "2024")),
    ("another publisher", Source("Annual report", "B"), Source("Annual report", "C")),
    ("no publisher", Source("Annual report"), Source("Annual report")),
    ("nothing told", Source(), Source()),
]


@pytest.mark.parametrize(("one", "other"), [row[1:] for row in SAME], ids=[row[0] for row in SAME])
def test_one_source_has_one_number(one: Source, other: Source) -> None:
    for pair in permutations((one, other)):
        numbering = Numbering()
        assert [numbering.number(each) for each in pair] == [1, 1]


@pytest.mark.parametrize(("one", "other"), [row[1:] for row in OTHER], ids=[row[0] for row in OTHER])
def test_two_sources_have_two_numbers(one: Source, other: Source) -> None:
    for pair in permutations((one, other)):
        numbering = Numbering()
        assert [numbering.number(each) for each in pair] == [1, 2]


def test_numbers_go_in_the_order_of_appearance() -> None:
    numbering = Numbering()
    cited: list[HasSource] = [Source("B", "x"), Source("A", "x"), Source("B", "x", PAGE), Source(None, None, PAGE)]
    assert [numbering.number(each) for each in cited] == [1, 2, 1, 1]
    assert numbering.numbers(reversed(cited)) == (1, 2)
    assert numbering.sources == (Source("B", "x", PAGE), Source("A", "x"))
    assert [plain(line) for line in numbering.part().entries] == ["x. ‘B’", "x. ‘A’"]


@pytest.mark.parametrize("name", sorted(HOSTILE))
def test_strangers_text_stays_text_in_one_run_of_words(name: str) -> None:
    value = " ".join(HOSTILE[name].split())
    line = gov_uk(Source(HOSTILE[name], HOSTILE[name], PAGE))
    assert [words.text for words in line] == [value, ". ‘", value, "’"]
    assert [words.link for words in line] == [None, None, PAGE, None]
