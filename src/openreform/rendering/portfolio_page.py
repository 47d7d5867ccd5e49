"""Many reforms as one self-contained HTML page: it works without script; a small one of its own finds and sorts."""

import base64
import hashlib
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from functools import cache, partial
from importlib.resources import files
from typing import NamedTuple

from openreform import __version__
from openreform.assessment import SIDES, Assessment, Side
from openreform.framework import Framework
from openreform.messages.portfolio import PORTFOLIO
from openreform.messages.reports import TEXT, said
from openreform.problems import Problem
from openreform.rendering.pages import template
from openreform.rendering.portfolio import SHADES, Cell, Gap, Portfolio, Row, Spread, gather, shade
from openreform.rendering.text import number

_SCRIPT = "templates/portfolio.js"
_LONG = 100  # rows from which on those out of sight are not laid out: it takes a browser long, and shows nothing
_PIECES = 500  # of the template in one piece of output

Ranks = Mapping[str, tuple[int, int]]
"""By a reform's id the best and the worst rank it is likely to have; those that cannot be ranked are left out."""


class Column(NamedTuple):
    """A column of scores: the place of its dimension (None is the whole), the side, its full name, whether it starts a group."""

    dimension: int | None
    side: Side
    name: str
    first: bool


class Rank(NamedTuple):
    """The ranks a reform lies between, in words, and a number to sort by: the best of them, then the worst."""

    words: str
    key: str


class Group(NamedTuple):
    """The columns of one dimension, or of the whole, under their heading."""

    title: str
    columns: tuple[Column, ...]


def html(
    assessments: Iterable[Assessment],
    framework: Framework,
    problems: Sequence[Problem] = (),
    *,
    as_of: str | None = None,
    skipped: Callable[[], Iterable[str]] = tuple,
    ranked: Callable[[Portfolio], Ranks] | None = None,
) -> Iterator[str]:
    """The page, in pieces.

    Args:
        assessments: one at a time; none is kept.
        framework: the yardstick of the run.
        problems: what is wrong with documents that could not be assessed; read once all assessments are through.
        as_of: the day that was named to read time at.
        skipped: gives sentences on files that were passed over, asked for then.
        ranked: works out between which ranks each reform lies; without it there is no such column.
    """
    portfolio = gather(assessments, framework)
    page = _Page(portfolio, ranked(portfolio) if ranked else {})
    stream = template("portfolio.html.j2").stream(
        words=PORTFOLIO,
        said=partial(_said, portfolio.kind),
        text=TEXT,
        page=page,
        portfolio=portfolio,
        problems=problems,
        broken=len({problem.path for problem in problems}),
        skipped=list(skipped()),
        as_of=as_of,
        sides=SIDES,
        script=script(),
        script_digest=_digest(script()),
        tool_version=__version__,
        shades=[f"{limit:g}" for limit in SHADES],
    )
    stream.enable_buffering(_PIECES)
    yield from stream


@cache
def script() -> str:
    """The one script that may run in the page."""
    return files("openreform.rendering").joinpath(_SCRIPT).read_text(encoding="utf-8")


def _digest(text: str) -> str:
    """A script as a Content Security Policy names it."""
    return f"sha256-{base64.b64encode(hashlib.sha256(text.encode()).digest()).decode()}"


def _said(kind: str, key: str, **blanks: object) -> str:
    """A sentence of the catalogue as it is said of this kind of document, its blanks filled."""
    return said(PORTFOLIO, key, kind).format(**blanks)


class _Page:
    """What the template asks of a portfolio, in words."""

    def __init__(self, portfolio: Portfolio, ranks: Ranks) -> None:
        self.portfolio = portfolio
        self.framework = portfolio.framework
        self.ranks = ranks
        self.count = len(portfolio.rows)
        self._said = partial(_said, portfolio.kind)
        self._spreads: dict[tuple[int | None, Side], Spread] = {}

    def numbered(self, key: str, **blanks: object) -> str:
        """A sentence of the catalogue, in the words for one where there is one reform."""
        one = f"{key}-one" if self.count == 1 and f"{key}-one" in PORTFOLIO else key
        return self._said(one, count=f"{self.count:,}", **blanks)

    @property
    def title(self) -> str:
        return self.numbered("title") if self.count else self._said("title-none")

    @property
    def roles(self) -> str:
        """In which roles it was assessed, the commonest first."""
        told = sorted(self.portfolio.roles.items(), key=lambda pair: (-pair[1], pair[0]))
        parts = (PORTFOLIO["roles"].format(count=f"{count:,}", role=TEXT[f"role-{role}"]) for role, count in told)
        return PORTFOLIO["list"].join(parts)

    # --- The message ----------------------------------------------------------------------------------------

    @property
    def message(self) -> str:
        """What the page says, in a few sentences."""
        if not self.portfolio.counted:
            return ""
        return PORTFOLIO["sentences"].join([self._profile(), *self._most_missing(), self._at_work()])

    def _profile(self) -> str:
        """What the reforms say most about, and what least: by the middle score of those of which enough is assessed."""
        enough = max(1, len(self.portfolio.counted) / 2)
        names = self.framework.overall.dimensions if self.framework.overall else None
        middles = [
            (middle, part.noun)
            for place, part in enumerate(self.framework.dimensions)
            if names is None or part.id in names
            if (spread := self.spread(place, "promise")) and len(spread.scores) >= enough
            if (middle := spread.median) is not None
        ]
        if not middles:
            return self.numbered("thin", percent=_percent(self.portfolio.assessed_share()))
        high, most = max(middles, key=lambda pair: pair[0])
        low, least = min(middles, key=lambda pair: pair[0])
        blanks = {"high": number(high), "low": number(low), "most": most, "least": least}
        if len(middles) == 1:
            return self.numbered("only", **blanks)
        if number(high) == number(low):
            return self.numbered("equal", nouns=PORTFOLIO["list"].join(noun for _, noun in middles), **blanks)
        return self.numbered("unequal", **blanks)

    def _most_missing(self) -> Iterator[str]:
        """How many criteria nobody addresses, and one of them; or the one that fewest address."""
        gaps = [gap for part in self.framework.dimensions for gap in self.portfolio.gaps(part)]
        assessed = [gap for gap in gaps if gap.promise.assessed]
        empty = [gap for gap in assessed if gap.is_empty]
        if not assessed:
            return
        blanks: dict[str, object] = {"all": len(gaps)}
        if empty:
            widest = max(empty, key=lambda gap: gap.promise.assessed)
            key = "nobody" if len(empty) > 1 else "nobody-alone"
            yield self.numbered(key, gaps=len(empty), title=self._quoted(widest), **blanks)
        elif len(assessed) == len(gaps):
            fewest = min(gaps, key=lambda gap: gap.promise.above / gap.promise.assessed)
            told = _of(fewest.promise.above, fewest.promise.assessed)
            key = "somebody-one" if self.count == 1 else "somebody"
            yield self._said(key, title=self._quoted(fewest), count=told, **blanks)

    def _at_work(self) -> str:
        if not any(part.practice for part in self.framework.criteria):
            return ""
        counted = self.portfolio.counted
        practised = sum(1 for row in counted if row.practised)
        if practised:
            return self._said("at-work", count=_of(practised, len(counted)))
        return self.numbered("not-at-work")

    def _quoted(self, gap: Gap) -> str:
        return PORTFOLIO["quoted"].format(title=gap.criterion.title)

    # --- The spread -----------------------------------------------------------------------------------------

    def spread(self, dimension: int | None, side: Side) -> Spread:
        """How scores lie; counted once."""
        key = (dimension, side)
        if key not in self._spreads:
            self._spreads[key] = self.portfolio.spread(dimension, side)
        return self._spreads[key]

    @property
    def spreads(self) -> list[tuple[str, Spread]]:
        """The rows of the table of spreads, with their names."""
        return [
            (column.name, self.spread(column.dimension, column.side))
            for group in self.groups
            for column in group.columns
        ]

    def in_words(self, spread: Spread) -> str:
        """How the scores lie, in words."""
        scores = [number(score) for score in spread.scores]
        if not scores:
            return PORTFOLIO["little-scored" if spread.little else "nothing-scored"]
        blanks = {"low": scores[0], "high": scores[-1]}
        if len(scores) == 1:
            return PORTFOLIO["one-scored"].format(**blanks)
        if scores[0] == scores[-1]:
            return PORTFOLIO["same-score"].format(**blanks)
        if len(scores) < 4:
            return PORTFOLIO["few-scored"].format(**blanks)
        first, middle, third = map(number, spread.quarters)
        return PORTFOLIO["half"].format(first=first, median=middle, third=third, **blanks)

    def percent(self, share: float | None) -> str:
        return PORTFOLIO["not-counted"] if share is None else _percent(share)

    # --- The large table ------------------------------------------------------------------------------------

    @property
    def groups(self) -> list[Group]:
        """The columns of scores: those of the whole first; a practice nobody has a score in has no column."""
        whole = self.framework.overall
        wanted: list[tuple[int | None, str]] = [(None, whole.title)] if whole else []
        wanted += [(place, part.title) for place, part in enumerate(self.framework.dimensions)]
        groups = []
        for dimension, title in wanted:
            sides: list[Side] = [side for side in SIDES if self.portfolio.has(dimension, side)]
            if dimension is not None and "promise" not in sides:
                sides.insert(0, "promise")
            columns = (
                Column(
                    dimension,
                    side,
                    PORTFOLIO["side-of"].format(title=title, side=TEXT[side].lower()),
                    first=side == sides[0],
                )
                for side in sides
            )
            if sides:
                groups.append(Group(title, tuple(columns)))
        return groups

    @property
    def two_rows(self) -> bool:
        """Whether a column of practice makes headings of two rows necessary."""
        return any(len(group.columns) > 1 for group in self.groups)

    @property
    def columns(self) -> list[Column]:
        """The columns of scores, from the left."""
        return [column for group in self.groups for column in group.columns]

    @property
    def is_long(self) -> bool:
        """Whether there are so many rows that a browser had better not lay out all."""
        return self.count >= _LONG

    @property
    def paired(self) -> int:
        """How many of them stand beside another of the same dimension."""
        return sum(len(group.columns) for group in self.groups if len(group.columns) > 1)

    @property
    def left_out(self) -> Iterator[str]:
        """Which columns there are none of, and why."""
        groups = self.groups
        whole = self.framework.overall
        if whole and self.portfolio.rows and not self.portfolio.has(None, "promise"):
            yield PORTFOLIO["no-whole"].format(title=whole.title)
        without = [group.title for group in groups if [column.side for column in group.columns] == ["promise"]]
        if without:
            yield PORTFOLIO["no-practice"].format(titles=PORTFOLIO["list"].join(without))

    @property
    def little(self) -> str:
        """What a number without a shade means; empty where the framework asks for no coverage."""
        least = self.framework.overall.minimum_coverage if self.framework.overall else 0.0
        return PORTFOLIO["little-key"].format(percent=_percent(least)) if least else ""

    def shade(self, cell: Cell | None) -> str:
        """The class of a cell."""
        if cell is None or cell.score is None:
            return "none"
        return "little" if cell.little else f"s{shade(cell.score)}"

    def lines(self, cell: Cell | None) -> list[str]:
        """What stands under a score: how high it could be, reach and strength, how much was assessed if not all."""
        if cell is None or not cell.applicable:
            return []
        lines = []
        if cell.score is not None and number(cell.high) != number(cell.score):
            lines.append(PORTFOLIO["up-to"].format(high=number(cell.high)))
        if cell.above is not None and cell.assessed:
            words = PORTFOLIO["reach-of" if cell.above else "reach-none"]
            strength = f"{cell.strength:.1f}" if cell.strength is not None else ""
            lines.append(words.format(above=cell.above, all=cell.assessed, strength=strength))
        if cell.assessed < cell.applicable or cell.above is None:
            lines.append(PORTFOLIO["assessed"].format(assessed=cell.assessed, all=cell.applicable))
        return lines

    def rank(self, row: Row) -> Rank | None:
        """Between which ranks a reform likely lies; None if it cannot be ranked."""
        if row.id not in self.ranks:
            return None
        best, worst = self.ranks[row.id]
        return Rank(PORTFOLIO["ranks"].format(best=f"{best:,}", worst=f"{worst:,}"), f"{best}.{worst:07}")

    def gates_passed(self, row: Row) -> str:
        """How many of the gates that apply a reform passes."""
        applied = [result for result in row.gates if result not in {None, "not-applicable"}]
        passed = sum(1 for result in applied if result == "passed")
        return PORTFOLIO["gates-passed"].format(passed=passed, all=len(applied)) if applied else PORTFOLIO["gates-none"]

    def gates_open(self, row: Row) -> Iterator[str]:
        """Which gates it fails, and which are undecided."""
        for result in ("failed", "undecided"):
            titles = [
                gate.title.lower() for gate, got in zip(self.framework.gates, row.gates, strict=True) if got == result
            ]
            if titles:
                yield PORTFOLIO[f"gates-{result}"].format(titles=PORTFOLIO["list"].join(titles))

    def gate_codes(self, row: Row) -> str:
        """The results of all gates, a letter each, for the script."""
        return "".join((result or "-")[0] for result in row.gates)

    # --- Gaps and gates -------------------------------------------------------------------------------------

    @property
    def gaps(self) -> list[tuple[str, str, list[Gap]]]:
        """Of each dimension its title, its message and its criteria."""
        made = []
        for part in self.framework.dimensions:
            gaps = self.portfolio.gaps(part)
            empty = sum(1 for gap in gaps if gap.is_empty)
            known = any(gap.promise.assessed for gap in gaps)
            key = "gaps-unknown" if not known else "gaps-some" if empty else "gaps-none"
            made.append((part.title, PORTFOLIO[key].format(title=part.title, gaps=empty, all=len(gaps)), gaps))
        return made

    @property
    def gates_message(self) -> str:
        """The gate that most fail."""
        results = [(self.portfolio.gate_results(place), gate) for place, gate in enumerate(self.framework.gates)]
        counts, gate = max(results, key=lambda pair: pair[0]["failed"])
        if not counts["failed"]:
            return PORTFOLIO["gates-fine"]
        told = _of(counts["failed"], sum(counts.values()) - counts["not-applicable"])
        return PORTFOLIO["gates-message"].format(title=PORTFOLIO["quoted"].format(title=gate.title), count=told)

    @property
    def others(self) -> int:
        """How many were written for another version of the yardstick."""
        return self.count - len(self.portfolio.counted)


def _of(count: int, whole: int) -> str:
    return PORTFOLIO["of"].format(count=f"{count:,}", all=f"{whole:,}")


def _percent(share: float) -> str:
    return PORTFOLIO["percent"].format(percent=f"{100 * share:.0f}")
