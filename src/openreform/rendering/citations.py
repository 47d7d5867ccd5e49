"""References in the plain style of GOV.UK, and sources numbered in the order they appear.

The style: who published it, the title in single quotation marks and linked, the date; no italics, no bold, “and others” in
full, no full stop at the end. “(viewed on …)” is left out: no field tells the day somebody looked.
"""

import re
from collections.abc import Iterable
from typing import NamedTuple, Protocol

from openreform.messages.citations import CITATIONS, MONTH_NAMES
from openreform.paper import Line, Sources, Words

_ET_AL = re.compile(r",?\s+et\.?\s+al\b\.?", re.IGNORECASE)
_ONE_STOP = re.compile(r"(?<![.\s])(?<!\.\w)\.$")
"""A full stop that ends a sentence: not of three points, nor of an abbreviation such as U.S."""
_SCHEME = re.compile(r"^https?://(?:www\.)?", re.IGNORECASE)


class Source(NamedTuple):
    """Something published that a reader can look up; None is what nobody told.

    date: YYYY, YYYY-MM or YYYY-MM-DD.
    """

    title: str | None = None
    publisher: str | None = None
    url: str | None = None
    date: str | None = None


class HasSource(Protocol):
    """A source of a framework, or the evidence of an assessment; a document's own evidence, too."""

    @property
    def title(self) -> str | None:
        """What it is called."""

    @property
    def publisher(self) -> str | None:
        """Who published it."""

    @property
    def url(self) -> str | None:
        """Its address."""


def source_of(told: HasSource) -> Source:
    """What a reference needs of a source, its blanks tidied; a source of a framework has no date."""
    date = getattr(told, "date", None)
    return Source(_tidy(told.title), _tidy(told.publisher), _tidy(told.url), _tidy(getattr(date, "text", date)))


def gov_uk(told: HasSource) -> Line:
    """The reference of a source: never empty, whatever the source lacks."""
    source = source_of(told)
    line: list[Words] = []
    between = ""
    if source.publisher:
        named = _without_stop(_ET_AL.sub(f" {CITATIONS['and-others']}", source.publisher))
        line.append(Words(named))
        between = " " if named.endswith(".") else ". "
    if source.title:
        title = _without_stop(source.title)
        line += [Words(f"{between}‘"), Words(title, link=source.url), Words("’")]
    elif source.url:
        line += [*([Words(between)] if between else []), Words(source.url, link=source.url)]
    if not line:
        line.append(Words(CITATIONS["nameless"]))
    if source.date:
        blank = " " if source.title else ", "
        line.append(Words(f"{blank}{in_words(source.date)}"))
    return tuple(line)


def in_words(date: str) -> str:
    """A whole or partial date as people write it: `5 March 2024`, `March 2024`, `2024`."""
    year, *rest = date.split("-")
    month = [MONTH_NAMES[int(rest[0]) - 1]] if rest else []
    day = [str(int(rest[1]))] if len(rest) > 1 else []
    return " ".join((*day, *month, year))


class Numbering:
    """Gives each source its number when it is first cited: the first has 1.

    Two are one source if nothing they both tell differs and they share an address, or a title and a publisher. So two parts
    of one page, each with a title of its own, are two; and one that lacks an address or a date gets it from the other.
    """

    def __init__(self) -> None:
        self._sources: list[Source] = []
        self._by_place: dict[str, list[int]] = {}
        self._by_name: dict[tuple[str, str], list[int]] = {}

    def number(self, told: HasSource) -> int:
        """The number of a source, counted from 1; a new one if it was not cited before."""
        source = source_of(told)
        place, name = _place(source), _name(source)
        seen = [
            *(at for at in self._by_place.get(place, ()) if _agree(_folded(source.title), self._folded_title(at))),
            *(at for at in (self._by_name.get(name, ()) if name else ()) if self._may_be(source, at)),
        ]
        if seen:
            at = seen[0]
            self._sources[at] = Source(*(old or new for old, new in zip(self._sources[at], source, strict=True)))
        else:
            at = len(self._sources)
            self._sources.append(source)
        self._note(at)
        return at + 1

    def numbers(self, told: Iterable[HasSource]) -> tuple[int, ...]:
        """The numbers of several, each once, from the lowest."""
        return tuple(sorted({self.number(each) for each in told}))

    @property
    def sources(self) -> tuple[Source, ...]:
        """What was cited so far, in the order of the numbers."""
        return tuple(self._sources)

    def part(self) -> Sources:
        """The list of sources for a paper."""
        return Sources(tuple(gov_uk(source) for source in self._sources))

    def _folded_title(self, at: int) -> str:
        return _folded(self._sources[at].title)

    def _may_be(self, source: Source, at: int) -> bool:
        other = self._sources[at]
        return _agree(_place(source), _place(other)) and _agree(source.date or "", other.date or "")

    def _note(self, at: int) -> None:
        """Make it found by its address and by its name, which a later citation may have told."""
        place, name = _place(self._sources[at]), _name(self._sources[at])
        if place and at not in self._by_place.setdefault(place, []):
            self._by_place[place].append(at)
        if name and at not in self._by_name.setdefault(name, []):
            self._by_name[name].append(at)


def _agree(one: str, other: str) -> bool:
    return not one or not other or one == other


def _tidy(text: str | None) -> str | None:
    return " ".join(text.split()) or None if text else None


def _without_stop(text: str) -> str:
    return _ONE_STOP.sub("", text)


def _folded(text: str | None) -> str:
    return _without_stop(text or "").casefold()


def _place(source: Source) -> str:
    """An address without what does not tell pages apart; empty if there is none."""
    return _SCHEME.sub("", source.url or "").rstrip("/")


def _name(source: Source) -> tuple[str, str] | None:
    """Title and publisher, if both are told: a title such as “Annual report” alone is many documents'."""
    return (_folded(source.title), _folded(source.publisher)) if source.title and source.publisher else None
