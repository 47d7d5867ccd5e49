"""The annex of a guidance paper, from assessments to a paper that every format can print."""

from collections.abc import Callable, Collection, Iterator

from openreform.messages.appendix import ANNEX
from openreform.messages.reports import PAGE, said
from openreform.paper import Paper, Part
from openreform.rendering.appendix import back, comparing, opening, scorecards
from openreform.rendering.appendix.writing import Content, Writing, numbered, paragraph

LANGUAGE = "en-GB"

_TEXTS: dict[str, Callable[[Writing], Iterator[Part]]] = {
    "summary": opening.summary,
    "method": opening.method,
    "framework": opening.framework,
    "scorecards": scorecards.scorecards,
    "comparison": comparing.comparison,
    "cases": back.cases,
}
SECTIONS: tuple[str, ...] = (*_TEXTS, "glossary", "sources")
"""The parts of an annex, in their order."""


def annex(content: Content, sections: Collection[str] = ()) -> Paper:
    """An annex on what was assessed.

    Args:
        content: at least one assessment, and what it rests on.
        sections: the parts to write; all that have something to say if left out. One that was asked for and has nothing to
            say says so. The glossary and the sources are those of the parts beside them; of all, where none stands there.
    """
    asked = [name for name in SECTIONS if name in sections]
    picked = asked or list(SECTIONS)
    alone = not any(name in _TEXTS for name in picked)
    writing = Writing(content, SECTIONS if alone else picked)
    body: list[Part] = []
    for name, write in _TEXTS.items():
        if name in writing.picked:
            body += _or_why_not(name, list(write(writing)), writing, asked)
    parts = [] if alone else [*body]
    if "glossary" in picked:
        parts += _or_why_not("glossary", list(back.glossary(writing, body)), writing, asked)
    if "sources" in picked:
        parts += _or_why_not("sources", list(back.sources(writing)), writing, asked)
    return Paper(_title(content), ANNEX["subtitle"], LANGUAGE, _date(content), numbered(parts))


def _or_why_not(name: str, made: list[Part], writing: Writing, asked: list[str]) -> list[Part]:
    """A part; a sentence on why it is empty, if it was asked for."""
    if made or name not in asked:
        return made
    return [writing.heading(1, ANNEX[name], name), paragraph(writing.content.said(f"no-{name}"))]


def _title(content: Content) -> str:
    count = len(content.assessments)
    key = "title-one" if count == 1 else "title-many"
    return said(PAGE, key, content.document).format(title=content.assessments[0].title, count=count)


def _date(content: Content) -> str | None:
    """The day all were read as of; None where they differ, and then each scorecard has its own."""
    days = {assessment.as_of for assessment in content.assessments}
    return days.pop() if len(days) == 1 else None
