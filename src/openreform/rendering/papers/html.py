"""A paper as one HTML page, without script and without a request to anywhere; the PDF is made from it too."""

import re
import unicodedata
from collections import Counter
from collections.abc import Iterator
from functools import partial
from typing import Literal, NamedTuple

from markupsafe import Markup, escape

from openreform import __version__
from openreform.messages.papers import PAPER
from openreform.paper import Figure, Heading, Line, Paper, Series, Table, Words
from openreform.rendering.pages import template
from openreform.rendering.papers.parts import (
    COLOURS,
    Places,
    captioned,
    clean,
    kept,
    longest_words,
    placed,
    rows,
    runs_right_to_left,
    share,
    tag,
    widths_of,
)

Medium = Literal["screen", "pdf"]
_FEWEST_LISTED = 3
_STACKED = 4
"""A table with so many columns or more is told row by row on a narrow screen."""
_SHORT = 60
_LONGEST_WORD = 16
"""A column with no longer word is not broken inside one, if there is room for that beside the others."""
_NARROWEST = 8
"""In letters: how narrow a column may get whose words are broken."""
_ROOM, _ROOM_STACKED = 28, 60
"""In letters: the width of a phone, and the least width at which a table is not told row by row."""
_LETTERS = 76
"""That a line of a table in the PDF has room for in DejaVu Sans, the widest of the fonts it may be set in."""
_ENDLESS = re.compile(r"\S{24}(?=\S{24})")
_TEXT, _LINE, _THICK, _GAP = 14, 19, 14, 14
"""A picture's letters, its lines, its bars and what lies between two rows, in CSS pixels."""
_WIDEST = 19.0
"""How wide a line of a picture may be, in heights of its letters: 266 pixels, which a narrow screen has."""
_BESIDE = 5.5
"""The same of what stands behind a bar; what is longer stands above it."""
_MOST_LINES = 3
_FULL = 70.0
"""How wide a bar of 100 is, in percent of the picture: room is left for its number."""


class Shape(NamedTuple):
    """A line of words in a picture, or a bar with its words behind it.

    down: CSS pixels from the top, to the foot of the words or to the head of the bar. wide: percent of the picture.
    """

    kind: Literal["label", "words", "bar"]
    down: int
    words: str = ""
    wide: float = 0.0
    series: Series = "promise"


class Drawing(NamedTuple):
    """A picture of bars: as high as `high` CSS pixels, as wide as there is room."""

    high: int
    shapes: list[Shape]


def render(paper: Paper) -> str:
    """The page as browsers show it."""
    return page(paper, "screen")


def page(paper: Paper, medium: Medium) -> str:
    """The page for a browser, or what the PDF is made from, where the title of a picture is all that is told of it."""
    marks = _Marks(paper, medium)
    contents = [part for part in paper.parts if isinstance(part, Heading) and part.level == 1]
    before, between, after = re.split(r"\{\w+\}", PAPER["page"])
    return template("paper.html.j2").render(
        paper=paper,
        language=tag(paper.language) or "en",
        parts=placed(paper.parts),
        words=PAPER,
        tool_version=__version__,
        in_pdf=medium == "pdf",
        contents=contents if len(contents) >= _FEWEST_LISTED else [],
        marked=marks.line,
        backs=marks.backs,
        addresses=marks.addresses,
        captioned=captioned,
        drawn=drawn,
        colours=COLOURS,
        clean=clean,
        shown=marks.text,
        short=_cut(clean(paper.title), _SHORT),
        stacked=_STACKED,
        kept=kept,
        column_kinds=partial(_column_kinds, medium=medium),
        widths_of=widths_of,
        letters=_LETTERS,
        text_size=_TEXT,
        thick=_THICK,
        full=_FULL,
        direction="rtl" if runs_right_to_left(paper.language) else "ltr",
        page_words=(before, between, after),
    )


class _Marks:
    """Words with their styles, links and citations; citations are counted, since each is a place to come back to."""

    def __init__(self, paper: Paper, medium: Medium) -> None:
        self._places = Places(paper)
        self._medium = medium
        self._seen: Counter[int] = Counter()

    def text(self, text: str) -> str:
        """A text to be read; in a PDF, long words may be broken at every so many letters.

        WeasyPrint looks for the end of each line over all that is left of such a word.
        """
        shown = clean(text)
        return _ENDLESS.sub(lambda match: f"{match.group()}\u200b", shown) if self._medium == "pdf" else shown

    def line(self, line: Line) -> Markup:
        """A line as HTML."""
        return Markup("").join(self._run(word) for word in line)

    def addresses(self, line: Line) -> list[str]:
        """The addresses that a line leads to, to be printed behind it."""
        return [self.text(address) for address in self._places.addresses(line)]

    def backs(self, number: int) -> range:
        """The places where a source is cited, counted from 1."""
        return range(1, self._places.cited[number] + 1)

    def _run(self, word: Words) -> Markup:
        shown: Markup = escape(self.text(word.text))
        if word.code:
            shown = Markup("<code>%s</code>") % shown
        if word.strong:
            shown = Markup("<strong>%s</strong>") % shown
        language = tag(word.lang)
        if language:
            turned = Markup(' dir="rtl"') if runs_right_to_left(language) else Markup("")
            shown = Markup('<span lang="%s"%s>%s</span>') % (language, turned, shown)
        leads = self._places.leads(word.link)
        if leads:
            shown = Markup('<a href="%s">%s</a>') % (leads, shown)
        if not word.source:
            return shown
        # Several marks in a row may stand on two lines: kept together they would widen the column of a table. WeasyPrint
        # ends a line too early before words kept together with a link.
        together = word.text and self._medium == "screen"
        return shown + escape("\u00a0" if together else " ") + self._citation(word.source)

    def _citation(self, number: int) -> Markup:
        shown = PAPER["cite"].format(number=number)
        self._seen[number] += 1
        if not self._places.is_listed(number):
            return escape(shown)
        return Markup('<a class="cite" id="cite-%s-%s" href="#source-%s">%s</a>') % (
            *(number, self._seen[number], number),
            shown,
        )


# --- Pictures ---------------------------------------------------------------------------------------------


def drawn(figure: Figure) -> Drawing:
    """The bars of a figure, one under another, each label above its own.

    Nothing in it is as wide as the text around it asks: a browser and WeasyPrint stretch the bars, never the letters.
    """
    down = 0
    shapes: list[Shape] = []
    for row in rows(figure):
        for line in _wrapped(row.label):
            down += _LINE
            shapes.append(Shape("label", down - 5, line))
        for bar in row.bars:
            beside = clean(bar.shown)
            if _width(beside) > _BESIDE:
                for line in _wrapped(beside):
                    down += _LINE
                    shapes.append(Shape("words", down - 5, line))
                beside = ""
            shapes.append(Shape("bar", down, beside, share(bar) * _FULL / 100, bar.series))
            down += _THICK + 3
        down += _GAP
    return Drawing(down, shapes)


def _width(text: str) -> float:
    """About how wide a text is, in heights of its letters: rather too much than too little."""
    return sum(map(_advance, text))


def _advance(letter: str) -> float:
    if unicodedata.east_asian_width(letter) in "WF" or letter in "MWmw@%—…":
        return 1.0
    if letter.isupper():
        return 0.8
    return 0.35 if letter in " .,:;'|!ilj()[]" else 0.64


def _wrapped(text: str) -> list[str]:
    """Lines no wider than a narrow screen; what takes more lines than a label should is cut, the table has it in full."""
    lines = list(_broken(text))
    if len(lines) > _MOST_LINES:
        lines = [*lines[: _MOST_LINES - 1], f"{lines[_MOST_LINES - 1][:-1].rstrip()}…"]
    return lines


def _broken(text: str) -> Iterator[str]:
    line = ""
    for word in text[: int(_WIDEST / 0.35) * (_MOST_LINES + 1)].split():
        joined = f"{line} {word}" if line else word
        if _width(joined) <= _WIDEST:
            line = joined
            continue
        if line:
            yield line
        line = ""
        for letter in word:
            if _width(line + letter) > _WIDEST:
                yield line
                line = ""
            line += letter
    if line:
        yield line


def _column_kinds(table: Table, medium: Medium) -> list[Markup]:
    """The class attribute of each column's cells: numbers to the right, short words kept whole where columns find their width."""
    longest = longest_words(table)
    room = _ROOM if len(table.columns) < _STACKED else _ROOM_STACKED
    whole: set[int] = set()
    for position in sorted(range(len(longest)), key=lambda at: longest[at]) if medium == "screen" else ():
        beside = _NARROWEST * (len(longest) - len(whole) - 1)
        if longest[position] <= _LONGEST_WORD and sum(longest[at] for at in (*whole, position)) + beside <= room:
            whole.add(position)
    kinds = []
    for position, align in enumerate(table.aligns):
        names = [name for name, so in (("n", align == "right"), ("whole", position in whole)) if so]
        kinds.append(Markup(' class="%s"') % " ".join(names) if names else Markup(""))
    return kinds


def _cut(text: str, most: int) -> str:
    return text if len(text) <= most else f"{text[: most - 1].rstrip()}…"
