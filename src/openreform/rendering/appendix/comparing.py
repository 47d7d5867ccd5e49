"""Several reforms beside each other: promise and practice by dimension, and the measure that tells most."""

from collections.abc import Callable, Iterator
from typing import NamedTuple

from openreform.assessment import SIDES, Assessment, Side
from openreform.messages.appendix import ANNEX
from openreform.messages.reports import TEXT
from openreform.messages.robustness import ROBUST
from openreform.paper import Bar, Figure, Part, Table
from openreform.ranges import Ranks
from openreform.rendering import robustness
from openreform.rendering.appendix.writing import Content, Writing, listed, paragraph, version_of
from openreform.rendering.text import number

MOST_BARS = 30
"""A figure of more reforms is no longer read at a glance."""

ScoreOf = Callable[[Assessment, Side], float | None]


class Scored(NamedTuple):
    """A reform and its score in what is compared."""

    title: str
    score: float


def extremes(content: Content, score: Callable[[Assessment], float | None]) -> tuple[Scored, Scored] | None:
    """The lowest and the highest; the first of those that are equal; None if nothing is scored."""
    found = [Scored(content.name(part), value) for part in content.assessments if (value := score(part)) is not None]
    if not found:
        return None
    return min(found, key=lambda each: each.score), max(found, key=lambda each: each.score)


def measure(content: Content) -> tuple[str, ScoreOf]:
    """What to compare by, and its title: the whole; if there is none, the dimension in which promises differ most."""
    title = content.assessments[0].overall_title
    if title:
        return title, lambda assessment, side: assessment.overall(side).score
    spreads = []
    for ident, name in _dimensions(content).items():
        found = extremes(content, lambda part, ident=ident: _score(part, ident, "promise"))  # type: ignore[misc]
        spreads.append((found[1].score - found[0].score if found else -1.0, ident, name))
    _, ident, name = max(spreads, key=lambda each: each[0])
    return name, lambda assessment, side: _score(assessment, ident, side)


def comparison(writing: Writing) -> Iterator[Part]:
    """Two tables and a figure; nothing where there is one reform."""
    content = writing.content
    if len(content.assessments) == 1:
        return
    yield writing.heading(1, ANNEX["comparison"], "comparison")
    yield paragraph(" ".join(_remarks(content)))
    if len(content.assessments) <= MOST_BARS:
        yield _figure(writing)
    else:
        yield paragraph(ANNEX["compare-many"].format(count=len(content.assessments)))
    for side in SIDES:
        if any(part.side(side) for assessment in content.assessments for part in assessment.dimensions):
            yield _table(writing, side)
    if content.ranks:
        yield from _ranks(writing, content.ranks)


def _ranks(writing: Writing, ranks: Ranks) -> Iterator[Part]:
    """The order by the whole, and how well it holds."""
    names = {part.reform_id: writing.content.name(part) for part in writing.content.assessments}
    rows = [(names[row.reform], *row[1:]) for row in robustness.rank_rows(ranks)]
    columns = (writing.content.said("reform"), *(ROBUST[key] for key in ("score", "rank", "between", "ahead")))
    yield paragraph(ROBUST["ranks-note"], ANNEX["lines"], " ".join(robustness.order_lines(ranks)))
    yield writing.table(ROBUST["ranks"], "compare-ranks", columns, rows, numbers=range(1, len(columns)))


def _remarks(content: Content) -> Iterator[str]:
    yield ANNEX["compare-intro"]
    practised = (part.practice for assessment in content.assessments for part in assessment.dimensions)
    if any(score is not None and score.score is not None for score in practised):
        yield ANNEX["compare-practice"]
    versions = dict.fromkeys(map(version_of, content.assessments))
    if len(versions) > 1:
        yield ANNEX["compare-versions"].format(versions=listed([" ".join(version) for version in versions]))
    if len({part.assessor.role for part in content.assessments}) > 1:
        yield ANNEX["compare-roles"]


def _table(writing: Writing, side: Side) -> Table:
    """Every reform by every dimension, the whole last."""
    content = writing.content
    whole = content.assessments[0].overall_title
    dimensions = _dimensions(content)
    rows = [
        [
            content.name(part),
            *(number(_score(part, ident, side)) for ident in dimensions),
            *([number(part.overall(side).score)] if whole else []),
        ]
        for part in content.assessments
    ]
    columns = [content.said("reform"), *dimensions.values(), *([whole] if whole else [])]
    caption = _caption(content, dimensions, side)
    return writing.table(caption, f"compare-{side}", columns, rows, numbers=range(1, len(columns)))


def _caption(content: Content, dimensions: dict[str, str], side: Side) -> str:
    """Where they are furthest apart."""
    found = {}
    for ident, title in dimensions.items():
        ends = extremes(content, lambda part, ident=ident: _score(part, ident, side))  # type: ignore[misc]
        if ends:
            found[title] = ends
    if not found:
        return ANNEX[f"{side}-caption"]
    title = max(found, key=lambda name: found[name][1].score - found[name][0].score)
    if number(found[title][0].score) == number(found[title][1].score):
        return ANNEX[f"{side}-caption"]
    low, high = (number(each.score) for each in found[title])
    return ANNEX[f"{side}-caption-spread"].format(dimension=title, low=low, high=high)


def _figure(writing: Writing) -> Figure:
    """A bar for each side of each reform."""
    content = writing.content
    title, of = measure(content)
    has_practice = any(of(part, "practice") is not None for part in content.assessments)
    sides: list[Side] = ["promise", "practice"] if has_practice else ["promise"]
    scores = [{side: of(part, side) for side in sides} for part in content.assessments]
    names = [content.name(part) for part in content.assessments]
    bars = [
        Bar(name, side, found[side], shown(found[side]))
        for name, found in zip(names, scores, strict=True)
        for side in sides
    ]
    told = ANNEX["lines"].join(
        bar_words(name, *(shown(found[side]) for side in sides)) for name, found in zip(names, scores, strict=True)
    )
    columns = [content.said("reform"), *(TEXT[side] for side in sides)]
    rows = [[name, *(number(found[side]) for side in sides)] for name, found in zip(names, scores, strict=True)]
    anchor = writing.anchor("compare-figure")
    table = writing.table(ANNEX["compare-numbers"], "compare-numbers", columns, rows, numbers=range(1, len(columns)))
    legend = [(side, TEXT[side]) for side in sides]
    ends = extremes(content, lambda part: of(part, "promise"))
    if ends is None:
        caption = ANNEX["compare-figure-none"].format(measure=title)
    else:
        low, high = ends
        same = number(low.score) == number(high.score)
        caption = ANNEX["compare-figure-same" if same else "compare-figure"].format(
            measure=title,
            score=number(low.score),
            low=number(low.score),
            lowest=low.title,
            high=number(high.score),
            highest=high.title,
        )
    description = ANNEX["bars-of"].format(bars=told)
    return Figure(0, caption, anchor, description, tuple(legend), tuple(bars), table)


def shown(score: float | None) -> str:
    """A score, or that there is none, in words."""
    return ANNEX["not-scored"] if score is None else number(score)


def bar_words(title: str, *scores: str) -> str:
    """The bars of one label in a sentence."""
    if len(scores) == 1:
        return ANNEX["bars-dimension"].format(title=title, promise=scores[0])
    return ANNEX["bars-dimension-both"].format(title=title, promise=scores[0], practice=scores[1])


def _dimensions(content: Content) -> dict[str, str]:
    """The titles of all dimensions by id."""
    return {part.id: part.title for assessment in content.assessments for part in assessment.dimensions}


def _score(assessment: Assessment, dimension: str, side: Side) -> float | None:
    found = next((part.side(side) for part in assessment.dimensions if part.id == dimension), None)
    return found.score if found else None
