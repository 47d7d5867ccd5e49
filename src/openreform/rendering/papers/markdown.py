"""A paper as Markdown that GitHub and pandoc read alike.

Anchors are spans, as GitHub leaves out what pandoc writes in braces; captions are paragraphs, and a figure is told in words
and drawn in letters, as neither shows a picture that has no file of its own.
"""

import re
from collections.abc import Iterable, Iterator

from openreform.messages.papers import PAPER
from openreform.paper import Box, Bullets, Figure, Heading, Line, Paper, Paragraph, Sources, Table, Terms, Words
from openreform.rendering.layout import padded
from openreform.rendering.pages import escape_markdown
from openreform.rendering.papers.parts import Placed, Places, captioned, clean, placed, rows, share, tag

_NUMBER = re.compile("^(\\d+)\u2060")
"""A number at the beginning, which `escape_markdown` keeps from being that of a list; here no text begins a line."""
_LIST = re.compile(r"^(\d+|)([.):])(?=\s|$)")
_BAR = 40
"""How many letters wide a bar of 100 is."""
_LABEL = 24
_WIDEST, _NARROWEST = 60, 3
"""Dashes under a column: pandoc makes columns as wide as these are to each other."""


def render(paper: Paper) -> str:
    """The whole paper, ended by a line feed."""
    blocks = [f"# {_text(paper.title)}"]
    if paper.subtitle:
        blocks.append(_text(paper.subtitle))
    if paper.date:
        blocks.append(_text(PAPER["about"].format(date=paper.date)))
    blocks += _Printer(paper).blocks(placed(paper.parts))
    return "\n\n".join(blocks) + "\n"


class _Printer:
    """Blocks of lines; what stands between them is left to who joins them."""

    def __init__(self, paper: Paper) -> None:
        self._places = Places(paper)

    def blocks(self, parts: Iterable[Placed]) -> Iterator[str]:
        """A block for each paragraph, list, table or heading."""
        for _, part, level, inside in parts:
            match part:
                case Heading():
                    yield f"{'#' * (level + 1)} {_anchor(part.anchor)}{_text(part.text)}"
                case Paragraph():
                    yield _begun(self.line(part.words))
                case Bullets():
                    yield "\n".join(
                        f"{f'{at}.' if part.numbered else '-'} {_begun(self.line(point))}"
                        for at, point in enumerate(part.points, start=1)
                    )
                case Table():
                    yield from self._table(part)
                case Figure():
                    yield from self._figure(part)
                case Box():
                    title = f"{_anchor(part.anchor)}**{_text(part.title)}**"
                    quoted = "\n\n".join([title, *self.blocks(inside)])
                    yield "\n".join(f"> {line}".rstrip() for line in quoted.split("\n"))
                case Terms():
                    yield "\n".join(f"- **{_text(term)}**: {self.line(meaning)}" for term, meaning in part.entries)
                case Sources():
                    yield "\n".join(
                        f"{at}. {_anchor(f'source-{at}')}{self.line(entry)}"
                        for at, entry in enumerate(part.entries, start=1)
                    )

    def line(self, line: Line) -> str:
        """Runs of words as Markdown on one line."""
        return "".join(map(self._run, line)).strip()

    def _run(self, word: Words) -> str:
        text = clean(word.text)
        inner = text.strip()
        shown = _code(inner) if word.code and inner else _text(inner)
        language = tag(word.lang)
        if language and shown:
            shown = f'<span lang="{language}">{shown}</span>'
        leads = self._places.leads(word.link)
        if leads and shown:
            shown = f"[{shown}](#{_name(leads[1:])})" if leads.startswith("#") else f"[{shown}](<{leads}>)"
        if word.strong and shown:
            shown = f"**{shown}**"
        lead, trail = (" " if text[:1] == " " else ""), (" " if text[-1:] == " " and inner else "")
        return f"{lead}{shown}{trail}{self._citation(word)}"

    def _citation(self, word: Words) -> str:
        if not word.source:
            return ""
        shown = _text(PAPER["cite"].format(number=word.source))
        if self._places.is_listed(word.source):
            shown = f"[{shown}](#{_name(f'source-{word.source}')})"
        return ("\u00a0" if word.text else " ") + shown

    def _table(self, table: Table) -> Iterator[str]:
        """The caption above, as a paragraph; a stroke inside a cell is escaped with the other marks."""
        yield f"{_anchor(table.anchor)}**{_text(captioned(table))}**"
        cells = [[self.line(cell) for cell in row] for row in table.rows]
        head = [_text(column) for column in table.columns]
        widths = [max(len(row[at]) for row in [head, *cells]) for at in range(len(head))]
        rules = []
        for width, align in zip(widths, table.aligns, strict=True):
            dashes = "-" * max(_NARROWEST, min(width, _WIDEST))
            rules.append(f"{dashes[1:]}:" if align == "right" else dashes)
        yield "\n".join(f"| {' | '.join(row)} |" for row in [head, rules, *cells])

    def _figure(self, figure: Figure) -> Iterator[str]:
        yield f"{_anchor(figure.anchor)}**{_text(captioned(figure))}**"
        yield _text(figure.description)
        yield "\n".join(["```text", *_drawn(figure), "```"])
        yield from self._table(figure.table)


def _drawn(figure: Figure) -> Iterator[str]:
    """A line for each bar; the label before the first of its own."""
    legend = {series: clean(words).partition(":")[0] for series, words in figure.legend}
    named = max((len(words) for words in legend.values()), default=0)
    for row in rows(figure):
        for at, bar in enumerate(row.bars):
            label = _short(row.label.replace("`", "'")) if not at else ""
            filled = "█" * round(share(bar) * _BAR / 100)
            parts = (padded(label, _LABEL), padded(legend.get(bar.series, ""), named), filled, clean(bar.shown))
            yield "  ".join(part for part in parts if part).replace("`", "'").rstrip()


def _short(label: str) -> str:
    return label if len(label) <= _LABEL else f"{label[: _LABEL - 1].rstrip()}…"


def _anchor(name: str) -> str:
    return f'<span id="{_name(name)}"></span>'


def _name(anchor: str) -> str:
    """An anchor as it stands in links: begun so that it is none of those that GitHub and pandoc make of headings."""
    return f"at-{''.join(letter if letter.isalnum() or letter in '-_.' else '-' for letter in anchor)}"


def _text(text: str) -> str:
    """Words within a line: nothing in them is a mark, whoever wrote them."""
    return _NUMBER.sub(r"\1", escape_markdown(clean(text))).replace("{", "\\{")


def _begun(line: str) -> str:
    """A line that begins with what would begin a list or a caption, so that it does not."""
    return _LIST.sub(r"\1\\\2", line)


def _code(text: str) -> str:
    """Code with a fence longer than any inside it."""
    fence = "`"
    while fence in text:
        fence += "`"
    between = " " if text.startswith("`") or text.endswith("`") else ""
    return f"{fence}{between}{text}{between}{fence}".replace("|", "\\|")
