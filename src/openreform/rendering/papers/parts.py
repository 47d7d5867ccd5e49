"""What all printers of papers share: words made safe, links that may be followed, captions, bars, and who is cited where."""

import re
from collections import Counter
from collections.abc import Iterable, Iterator
from itertools import groupby
from typing import NamedTuple

from openreform.messages.papers import MISSING, PAPER
from openreform.paper import (
    Bar,
    Box,
    Bullets,
    Figure,
    Heading,
    Line,
    Paper,
    Paragraph,
    Part,
    Series,
    Sources,
    Table,
    Terms,
    Words,
)
from openreform.plaintext import visible

# What may be followed from a paper: a page or a mailbox. Blanks and quotes are no part of an address.
_FOLLOWED = re.compile(r"(?:https?://[^\s<>\"\\^`{|}]+|mailto:[^\s<>\"\\^`{|}]+)", re.IGNORECASE)
_TAG = re.compile(r"[a-z]{2,8}(?:-[a-z0-9]{1,8})*", re.IGNORECASE)
_NO_TEXT = re.compile("[\ud800-\udfff\ufffe\uffff]")
_RIGHT_TO_LEFT = frozenset({"ar", "arc", "ckb", "dv", "fa", "he", "ks", "ku-arab", "ps", "sd", "ug", "ur", "yi"})

COLOURS: dict[Series, str] = {"promise": "#12436d", "practice": "#f46a25"}
"""Two series in the palette of the Government Analysis Function, as on the report."""
_DEEPEST = 5
_KEPT, _KEPT_LETTERS = 8, 900
_BOLD = 1.2  # how much wider letters are in the head of a table
_FEWEST_LETTERS, _MOST_LETTERS, _LONGEST_WORD, _LONGEST_IN_HEAD = 6, 160, 15, 18  # of a column, for its width


class NotInstalledError(Exception):
    """A library that a format needs is not there; the text is the one line that says what to install."""

    def __init__(self, what: str) -> None:
        super().__init__(MISSING[what])


class Row(NamedTuple):
    """The bars of one label, and all of them in words."""

    label: str
    bars: tuple[Bar, ...]
    told: str


class Placed(NamedTuple):
    """A part, what it is, the level of its heading (1 is the first below the title), and what stands in it."""

    kind: str
    part: Part
    level: int
    inside: "list[Placed]"


def clean(text: str) -> str:
    """A stranger's text on one line, with nothing in it that a document may not hold or that turns the reading round."""
    return _NO_TEXT.sub("\ufffd", visible(text))


def captioned(part: Table | Figure) -> str:
    """The caption with its number."""
    kind = "table" if isinstance(part, Table) else "figure"
    return PAPER[kind].format(number=part.number, caption=clean(part.caption))


def longest_words(table: Table) -> list[int]:
    """How long the longest word of each column is, its heading's too."""
    return [max((len(word) for text in texts for word in text.split()), default=0) for texts in _columns(table)]


def widths_of(table: Table, room: int) -> list[float]:
    """The share of the width each column gets, by its longest word and by how much stands in it; they add up to 1.

    Args:
        table: what is printed.
        room: about how many letters a line of it has room for.
    """
    least, more = [], []
    for title, *cells in _columns(table):
        longest = min(_LONGEST_WORD, max((len(word) for text in cells for word in text.split()), default=0))
        longest = max(longest, *(min(_LONGEST_IN_HEAD, round(_BOLD * len(word))) for word in title.split() or [""]))
        # Long cells count for more than many short ones: they make the rows high.
        mean = (sum(len(text) ** 2 for text in cells) / len(cells)) ** 0.5 if cells else 0.0
        least.append(max(_FEWEST_LETTERS, longest + 2))
        more.append(max(0.0, min(_MOST_LETTERS, mean) - least[-1]))
    left = max(0, room - sum(least)) / (sum(more) or 1.0)
    letters = [few + beyond * left for few, beyond in zip(least, more, strict=True)]
    return [count / sum(letters) for count in letters]


def _columns(table: Table) -> list[list[str]]:
    """The texts of each column, its heading's first, with their marks of sources."""
    return [
        [clean(title), *("".join(map(_told, row[position])) for row in table.rows)]
        for position, title in enumerate(table.columns)
    ]


def _told(word: Words) -> str:
    return clean(word.text) + (f" {PAPER['cite'].format(number=word.source)}" if word.source else "")


def rows(figure: Figure) -> list[Row]:
    """The bars of a figure, those with one label after another together."""
    series = {name: clean(words) for name, words in figure.legend}
    found = []
    for label, group in groupby(figure.bars, key=lambda bar: bar.label):
        bars = tuple(group)
        told = PAPER["apart"].join(
            PAPER["bar"].format(series=series.get(bar.series, bar.series), shown=clean(bar.shown)) for bar in bars
        )
        found.append(Row(clean(label), bars, PAPER["bars-of"].format(label=clean(label), bars=told)))
    return found


def kept(table: Table) -> bool:
    """Whether a table is not to be cut between two pages: it is short, and takes no more than about half of one."""
    letters = sum(len(word.text) for row in table.rows for cell in row for word in cell)
    return len(table.rows) <= _KEPT and letters <= _KEPT_LETTERS


def share(bar: Bar) -> float:
    """The length of a bar, 0 to 100, whatever is written; 0 if there is none."""
    return 0.0 if bar.length is None else min(100.0, max(0.0, bar.length))


def tag(language: str | None) -> str | None:
    """A language tag, if it is one; strangers write them."""
    return language if language and _TAG.fullmatch(language) else None


def runs_right_to_left(language: str) -> bool:
    """Whether a language (BCP 47) is written from the right."""
    tag = language.lower()
    return tag in _RIGHT_TO_LEFT or tag.partition("-")[0] in _RIGHT_TO_LEFT


class Places:
    """Where links may lead in one paper, and how often each source is cited.

    Attributes:
        anchors: of the headings, tables, figures and boxes.
        sources: how many are listed.
        cited: how often a source is cited, by its number.
    """

    def __init__(self, paper: Paper) -> None:
        parts = list(walk(paper.parts))
        self.anchors = frozenset(
            part.anchor for part in parts if isinstance(part, Heading | Table | Figure | Box) and part.anchor
        )
        self.sources = max((len(part.entries) for part in parts if isinstance(part, Sources)), default=0)
        self.cited = Counter(word.source for part in parts for line in lines(part) for word in line if word.source)

    def leads(self, link: str | None) -> str | None:
        """Where a link leads: `#anchor` in this paper or an address; None if it is neither and must not be followed."""
        if link is None:
            return None
        if link.startswith("#"):
            return link if link[1:] in self.anchors else None
        return link if _FOLLOWED.fullmatch(link) else None

    def addresses(self, line: Line) -> list[str]:
        """The addresses a line leads to and does not spell out; on paper they must be."""
        told = "".join(word.text for word in line)
        found = (self.leads(word.link) for word in line)
        return [address for address in dict.fromkeys(found) if address and address[0] != "#" and address not in told]

    def is_listed(self, source: int) -> bool:
        """Whether the list of sources has one of this number."""
        return 1 <= source <= self.sources


def placed(parts: Iterable[Part], above: int = 0) -> list[Placed]:
    """The parts with the levels of their headings, none of which jumps over one."""
    found = []
    for part in parts:
        inside: list[Placed] = []
        level = above
        if isinstance(part, Heading):
            level = above = min(part.level, above + 1, _DEEPEST)
        elif isinstance(part, Box):
            level = min(above + 1, _DEEPEST)
            inside = placed(part.parts, level)
        found.append(Placed(type(part).__name__.lower(), part, level, inside))
    return found


def walk(parts: Iterable[Part]) -> Iterator[Part]:
    """Every part in the order they are printed, the table of a figure after it, what stands in a box after the box."""
    for part in parts:
        yield part
        if isinstance(part, Figure):
            yield part.table
        elif isinstance(part, Box):
            yield from walk(part.parts)


def lines(part: Part) -> Iterator[Line]:
    """The lines a part itself holds, in the order they are printed."""
    match part:
        case Paragraph():
            yield part.words
        case Bullets():
            yield from part.points
        case Table():
            for row in part.rows:
                yield from row
        case Terms():
            for _, meaning in part.entries:
                yield meaning
        case Sources():
            yield from part.entries
        case _:
            pass
