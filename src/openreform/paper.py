"""A paper in parts that every format can print: headings, paragraphs, tables, figures, boxes, lists of sources.

Numbers, anchors and the order of parts are settled before anything is printed, so that all formats agree. Words are plain
text: who prints them escapes them.
"""

from dataclasses import dataclass
from typing import Literal, NamedTuple

Align = Literal["left", "right"]
Series = Literal["promise", "practice"]


class Words(NamedTuple):
    """A run of words in one style.

    lang: the BCP 47 tag of a passage that is not in the language of the paper. link: the address it leads to, or `#anchor`.
    source: the number of a source that is cited after these words.
    """

    text: str
    strong: bool = False
    code: bool = False
    lang: str | None = None
    link: str | None = None
    source: int | None = None


Line = tuple[Words, ...]
"""Runs of words one after another; blanks between them are part of them."""


@dataclass(frozen=True, slots=True)
class Heading:
    """A heading; level 1 is the first below the title of the paper."""

    level: int
    text: str
    anchor: str


@dataclass(frozen=True, slots=True)
class Paragraph:
    """Some sentences; `note` ones are about the paper and are printed smaller."""

    words: Line
    note: bool = False


@dataclass(frozen=True, slots=True)
class Bullets:
    """A list of points, numbered if their order matters."""

    points: tuple[Line, ...]
    numbered: bool = False


@dataclass(frozen=True, slots=True)
class Table:
    """A table: every row has as many cells as there are columns, none is empty, and the first names the row.

    number: counted over the paper. aligns: one for each column.
    """

    number: int
    caption: str
    anchor: str
    columns: tuple[str, ...]
    aligns: tuple[Align, ...]
    rows: tuple[tuple[Line, ...], ...]


class Bar(NamedTuple):
    """One bar: what it is of, its length from 0 to 100, and its length in words; no length if there is no score."""

    label: str
    series: Series
    length: float | None
    shown: str


@dataclass(frozen=True, slots=True)
class Figure:
    """Horizontal bars from 0 to 100. Its caption says the message; `description` tells it to who cannot see it.

    legend: the two series in words. table: the numbers the bars are drawn from, printed below.
    """

    number: int
    caption: str
    anchor: str
    description: str
    legend: tuple[tuple[Series, str], ...]
    bars: tuple[Bar, ...]
    table: Table


@dataclass(frozen=True, slots=True)
class Box:
    """Something to read beside the text, such as a case: a title and what stands in it."""

    title: str
    anchor: str
    parts: "tuple[Part, ...]"


@dataclass(frozen=True, slots=True)
class Terms:
    """Words and what they mean, in alphabetical order."""

    entries: tuple[tuple[str, Line], ...]


@dataclass(frozen=True, slots=True)
class Sources:
    """What is cited, in the order it appears: the first has number 1."""

    entries: tuple[Line, ...]


Part = Heading | Paragraph | Bullets | Table | Figure | Box | Terms | Sources


@dataclass(frozen=True, slots=True)
class Paper:
    """A whole paper.

    language: BCP 47. date: YYYY-MM-DD, the day it is read as of; None if nothing says so, and then nothing is dated.
    """

    title: str
    subtitle: str
    language: str
    date: str | None
    parts: tuple[Part, ...]
