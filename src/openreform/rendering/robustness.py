"""How far scores move and how well an order holds, in words and rows that every format can print."""

from collections.abc import Iterator
from typing import NamedTuple

from openreform.assessment import SIDES, Assessment, Side
from openreform.messages.reports import TEXT
from openreform.messages.robustness import EXPONENT_SIGNS, ROBUST
from openreform.ranges import Cause, Range, RankInterval, Ranks
from openreform.rendering.layout import Page, number, padded

_WHAT_WIDTH = 40
_NAME_WIDTH = 40
_DECIMALS = 6
_TELLABLE = 0.005
"""A share that is 1 % at least when it is rounded."""


class Row(NamedTuple):
    """A score and its range, in words: what it is of, the score, the range."""

    what: str
    score: str
    range: str


def rows(assessment: Assessment) -> list[Row]:
    """What has a score: the whole on both sides, then every dimension on both."""
    if assessment.robustness is None:
        return []
    found = [
        _row(assessment.overall_title, side, assessment.overall(side).score, assessment.robustness.side(side).overall)
        for side in SIDES
    ]
    for dimension in assessment.dimensions:
        for side in SIDES:
            score = dimension.side(side)
            spread = assessment.robustness.side(side).dimensions[dimension.id]
            found.append(_row(dimension.title, side, score.score if score else None, spread))
    return [row for row in found if row is not None]


def _row(title: str, side: Side, score: float | None, spread: Range | None) -> Row | None:
    if spread is None:
        return None
    what = ROBUST["of-side"].format(title=title, side=TEXT[side].lower())
    return Row(what, number(score), ROBUST["from-to"].format(low=number(spread.low), high=number(spread.high)))


def note(assessment: Assessment) -> str:
    """How the ranges are made; empty if nobody asked for them."""
    told = assessment.robustness
    return ROBUST["note"].format(draws=f"{told.draws:,}", seed=told.seed) if told else ""


def sentences(assessment: Assessment) -> list[str]:
    """What moves the whole, how often the gates hold, and the whole at other exponents."""
    told = assessment.robustness
    if told is None:
        return []
    found = []
    for side in SIDES:
        ranges = told.side(side)
        if ranges.overall is not None:
            found.append(_causes(assessment, side, ranges.causes))
    moving = [gate for gate in told.gates if gate.reads_scores]
    results = {gate.id: gate.result for gate in assessment.gates}
    found += [
        ROBUST["gate-moves"].format(
            title=gate.title, result=TEXT[f"gate-{results[gate.id]}"], percent=percent(gate.same)
        )
        for gate in moving
    ]
    if len(moving) < len(told.gates):
        found.append(ROBUST["gates-stay" if moving else "gates-all-stay"])
    found += [line for side in SIDES if (line := _exponents(assessment, side))]
    return found


def _causes(assessment: Assessment, side: Side, causes: tuple[Cause, ...]) -> str:
    title = _whole(assessment, side)
    if not causes:
        return ROBUST["still"].format(title=title)
    titles = {part.id: part.title for part in assessment.dimensions}
    said = [
        (ROBUST["points"] if cause.dimension is None else ROBUST["weights"]).format(
            title=titles.get(cause.dimension or ""), percent=percent(cause.share, digits=0)
        )
        for cause in causes
        if cause.share >= _TELLABLE
    ]
    if not said[1:]:
        return ROBUST["moves-only"].format(title=title, first=said[0])
    *others, last = said[1:]
    joined = ROBUST["and"].join([*([ROBUST["comma"].join(others)] if others else []), last])
    return ROBUST["moves"].format(title=title, first=said[0], others=joined)


def _exponents(assessment: Assessment, side: Side) -> str:
    told = assessment.robustness
    shown = [
        ROBUST["at-exponent"].format(score=number(part.score), exponent=EXPONENT_SIGNS[part.exponent])
        for part in (told.side(side).exponents if told else ())
    ]
    return (
        ROBUST["exponents"].format(title=_whole(assessment, side), scores=ROBUST["comma"].join(shown)) if shown else ""
    )


def _whole(assessment: Assessment, side: Side) -> str:
    return ROBUST["of-side"].format(title=assessment.overall_title, side=TEXT[side].lower())


def percent(share: float, *, digits: int = 1) -> str:
    """A share in percent; never 100 or 0 where it is not all or nothing."""
    least, share = 10**-digits, round(share, _DECIMALS)
    shown = 100 * share if share in {0.0, 1.0} else min(max(round(100 * share, digits), least), 100 - least)
    return ROBUST["percent"].format(percent=f"{shown:.{digits}f}".removesuffix(".0"))


def add_to(page: Page, assessment: Assessment) -> None:
    """The ranges of one reform on a page of text; nothing if nobody asked for them."""
    if assessment.robustness is None:
        return
    page.heading(ROBUST["heading"])
    page.add(note(assessment), style="dim")
    for row in rows(assessment):
        page.add(f"{padded(row.what, _WHAT_WIDTH)}{row.score:>6}   {row.range}", indent=2, hang=4)
    for line in sentences(assessment):
        page.add(line, hang=2)


def add_ranks(page: Page, ranks: Ranks) -> None:
    """The order of several reforms and how well it holds, on a page of text."""
    page.heading(ROBUST["ranks"])
    page.add(ROBUST["ranks-note"], style="dim")
    heads = (ROBUST["score"], ROBUST["rank"], ROBUST["between"], ROBUST["ahead"])
    page.add("".join([padded("", _NAME_WIDTH), *(f"{head:>10}" for head in heads)]))
    for reform, *cells in rank_rows(ranks):
        page.add("".join([padded(reform, _NAME_WIDTH), *(f"{cell:>10}" for cell in cells)]))
    for line in order_lines(ranks):
        page.add(line, hang=2)


class RankRow(NamedTuple):
    """A reform in the order of all, in words."""

    reform: str
    score: str
    rank: str
    between: str
    ahead: str


def rank_rows(ranks: Ranks) -> Iterator[RankRow]:
    """The reforms in their order, with the ranks they may have."""
    for interval in ranks.intervals:
        ahead = TEXT["no-score"] if interval.ahead is None else percent(interval.ahead)
        yield RankRow(interval.id, number(interval.score), str(interval.rank), between(interval), ahead)


def between(interval: RankInterval) -> str:
    """The best and the worst likely rank; one number if they are the same."""
    key = "rank-one" if interval.low == interval.high else "rank-between"
    return ROBUST[key].format(low=interval.low, high=interval.high)


def order_lines(ranks: Ranks) -> Iterator[str]:
    """How well the order holds as a whole, and how many are not in it."""
    if ranks.order_kept is None or ranks.pairs_kept is None:
        yield ROBUST["no-order"]
    else:
        yield ROBUST["order"].format(order=percent(ranks.order_kept), pairs=percent(ranks.pairs_kept))
    if ranks.left_out:
        yield ROBUST["left-out-one" if ranks.left_out == 1 else "left-out"].format(count=ranks.left_out)
