"""An annex while it is written: what it is made from, who is cited where, and the numbers of tables and figures."""

import re
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cached_property

from openreform.assessment import Assessment
from openreform.framework import Framework
from openreform.messages.appendix import ANNEX
from openreform.messages.reports import said
from openreform.paper import Align, Box, Bullets, Figure, Heading, Line, Paragraph, Part, Table, Words
from openreform.ranges import Ranks
from openreform.rendering.cases import Told
from openreform.rendering.citations import HasSource, Numbering

Cell = str | Line
Version = tuple[str, str]
"""Id and version of a framework."""


@dataclass(frozen=True)
class Content:
    """What an annex is made from.

    frameworks: each one that an assessment was made with, by id and version, the one named for the run first.
    told: a case of the library by its id. countries: their names by code. ranks: how well the order of all holds; None if
    nobody asked, or there are not two to rank.
    """

    assessments: tuple[Assessment, ...]
    frameworks: Mapping[Version, Framework]
    told: Callable[[str], Told]
    countries: Mapping[str, str]
    ranks: Ranks | None = None

    @property
    def document(self) -> str:
        """The kind of document assessed, "reform" or "plan"."""
        return self.assessments[0].document

    @property
    def used(self) -> list[Framework]:
        """The frameworks in use, each once."""
        return [self.frameworks[version] for version in dict.fromkeys(map(version_of, self.assessments))]

    def name(self, assessment: Assessment) -> str:
        """Its title; with its id, where another one has the same title."""
        title = assessment.title
        return ANNEX["same-title"].format(title=title, id=assessment.reform_id) if self._titles[title] > 1 else title

    @cached_property
    def _titles(self) -> Counter[str]:
        return Counter(assessment.title for assessment in self.assessments)

    def framework_of(self, assessment: Assessment) -> Framework:
        """The yardstick of one assessment."""
        return self.frameworks[version_of(assessment)]

    def said(self, key: str) -> str:
        """A sentence of the catalogue, as it is said of this kind of document."""
        return said(ANNEX, key, self.document)


def version_of(assessment: Assessment) -> Version:
    """Id and version of the yardstick of an assessment."""
    return assessment.framework_id, assessment.framework_version


class Writing:
    """Hands out anchors and the numbers of sources; parts must be written in the order they are printed.

    Attributes:
        content: what the annex is made from.
        picked: the sections it has; a sentence that leads to another one stands only beside that one.
        sources: what was cited so far.
    """

    def __init__(self, content: Content, picked: Iterable[str]) -> None:
        self.content = content
        self.picked = frozenset(picked)
        self.sources = Numbering()
        self._anchors: set[str] = set()

    def cite(self, told: Iterable[HasSource]) -> Line:
        """Marks that cite sources; none where the annex has no list of them, or nothing of a source can be looked up."""
        if "sources" not in self.picked:
            return ()
        found = [each for each in told if each.title or each.publisher or each.url]
        return tuple(Words("", source=number) for number in self.sources.numbers(found))

    def anchor(self, name: str) -> str:
        """A name to lead to, unlike all others even where capitals do not count."""
        found, count = name, 1
        while found.casefold() in self._anchors:
            count += 1
            found = f"{name}-{count}"
        self._anchors.add(found.casefold())
        return found

    def heading(self, level: int, text: str, anchor: str) -> Heading:
        """A heading."""
        return Heading(level, text, self.anchor(anchor))

    def table(
        self,
        caption: str,
        anchor: str,
        columns: Sequence[str],
        rows: Iterable[Sequence[Cell]],
        numbers: Sequence[int] = (),
    ) -> Table:
        """A table, numbered later. numbers: the columns that hold numbers, counted from 0."""
        aligns: tuple[Align, ...] = tuple("right" if at in numbers else "left" for at in range(len(columns)))
        filled = tuple(tuple(_filled(cell) for cell in row) for row in rows)
        return Table(0, caption, self.anchor(anchor), tuple(columns), aligns, filled)


def refer(anchor: str) -> Words:
    """Leads to a table or figure by its number, which `numbered` fills in."""
    return Words("", link=f"#{anchor}")


def with_marks(line: Line, marks: Line) -> Line:
    """Words with the marks of sources behind them; the first belongs to the last word, so that it stays beside it."""
    if not line or not marks:
        return (*line, *marks)
    return (*line[:-1], line[-1]._replace(source=marks[0].source), *marks[1:])


def with_places(text: str, **places: Sequence[Words]) -> Line:
    """A sentence of the catalogue with references in its blanks, listed where there are several."""
    line: list[Words] = []
    for piece in re.split(r"(\{\w+\})", text):
        found = places.get(piece[1:-1])
        if found is None:
            line.append(Words(piece))
            continue
        for at, place in enumerate(found):
            if at:
                line.append(Words(ANNEX["and"] if at == len(found) - 1 else ANNEX["list-comma"]))
            line.append(place)
    return tuple(line)


def say(text: str) -> Line:
    """Plain words."""
    return (Words(text),)


def paragraph(*words: str | Words, note: bool = False) -> Paragraph:
    """A paragraph of runs of words."""
    return Paragraph(tuple(Words(word) if isinstance(word, str) else word for word in words), note)


def bullets(points: Iterable[str]) -> Bullets:
    """A list of plain points."""
    return Bullets(tuple(map(say, points)))


def joined(lines: Iterable[Line], between: str) -> Line:
    """Lines one after another with words between them."""
    found: list[Words] = []
    for line in lines:
        found += [*([Words(between)] if found else []), *line]
    return tuple(found)


def listed(names: Sequence[str]) -> str:
    """Names as a sentence lists them."""
    if len(names) < 2:
        return "".join(names)
    return f"{ANNEX['list-comma'].join(names[:-1])}{ANNEX['and']}{names[-1]}"


def numbered(parts: Sequence[Part]) -> tuple[Part, ...]:
    """The parts with the numbers of their tables and figures, and with these numbers where words lead to them."""
    names: dict[str, str] = {}
    counts = {"table": 0, "figure": 0}

    def next_of(kind: str, anchor: str) -> int:
        counts[kind] += 1
        names[f"#{anchor}"] = ANNEX[kind].format(number=counts[kind])
        return counts[kind]

    def counted(part: Part) -> Part:
        match part:
            case Table():
                return replace(part, number=next_of("table", part.anchor))
            case Figure():
                number = next_of("figure", part.anchor)
                table = replace(part.table, number=next_of("table", part.table.anchor))
                return replace(part, number=number, table=table)
            case Box():
                return replace(part, parts=tuple(map(counted, part.parts)))
            case _:
                return part

    def told(line: Line) -> Line:
        return tuple(
            word._replace(text=names[word.link]) if word.link in names and not word.text else word for word in line
        )

    def filled(part: Part) -> Part:
        match part:
            case Paragraph():
                return replace(part, words=told(part.words))
            case Bullets():
                return replace(part, points=tuple(map(told, part.points)))
            case Table():
                return replace(part, rows=tuple(tuple(map(told, row)) for row in part.rows))
            case Box():
                return replace(part, parts=tuple(map(filled, part.parts)))
            case _:
                return part

    return tuple(map(filled, [counted(part) for part in parts]))


def texts(parts: Iterable[Part]) -> Iterator[str]:
    """All that stands in parts to be read, piece by piece."""
    for part in parts:
        match part:
            case Heading():
                yield part.text
            case Paragraph():
                yield _text(part.words)
            case Bullets():
                yield from map(_text, part.points)
            case Table():
                yield part.caption
                yield from part.columns
                yield from (_text(cell) for row in part.rows for cell in row)
            case Figure():
                yield part.caption
                yield part.description
                yield from texts([part.table])
            case Box():
                yield part.title
                yield from texts(part.parts)
            case _:
                pass


def _text(line: Line) -> str:
    return "".join(word.text for word in line)


def _filled(cell: Cell) -> Line:
    """A cell that is not empty: what has neither words nor a source is told by a dash."""
    line = say(cell) if isinstance(cell, str) else cell
    return line if any(word.text.strip() or word.source or word.link for word in line) else say(ANNEX["none"])
