"""The last parts of an annex: cases in boxes, the words used, the sources."""

import re
from collections.abc import Iterator, Sequence

from openreform import __version__
from openreform.assessment import Assessment
from openreform.messages.appendix import ANNEX, TERMS
from openreform.messages.cases import CASES
from openreform.messages.reports import TEXT
from openreform.paper import Box, Part, Terms, Words
from openreform.rendering.appendix.writing import Writing, bullets, listed, paragraph, say, texts, with_marks
from openreform.rendering.cases import Told, about, assessed, box_parts, who
from openreform.rendering.text import irm_codes


def cases(writing: Writing) -> Iterator[Part]:
    """A box for each case that a next step names, in the order they are named."""
    named = _named(writing.content.assessments)
    if not named:
        return
    yield writing.heading(1, ANNEX["cases"], "cases")
    yield paragraph(ANNEX["cases-intro"])
    for ident, steps in named.items():
        told = writing.content.told(ident)
        yield Box(told.reform.title, writing.anchor(f"case-{ident}"), tuple(_box(told, steps, writing)))


def _named(assessments: Sequence[Assessment]) -> dict[str, list[str]]:
    """The cases by id, each with the criteria it is named for."""
    found: dict[str, list[str]] = {}
    for assessment in assessments:
        for step in assessment.steps.promise:
            if step.precedent:
                criteria = found.setdefault(step.precedent.case.id, [])
                name = ANNEX["named"].format(id=step.criterion, title=step.title)
                if name not in criteria:
                    criteria.append(name)
    return found


def _box(told: Told, steps: list[str], writing: Writing) -> Iterator[Part]:
    """What the box of `openreform cases --box` says, its sources by number."""
    yield paragraph(about(told), note=True)
    if leads := who(told):
        yield paragraph(leads)
    yield paragraph(ANNEX["cited-by"].format(steps=listed(steps)))
    for part in box_parts(told):
        heading = Words(ANNEX["part"].format(heading=part.heading), strong=True)
        if len(part.lines) == 1:
            yield paragraph(heading, part.lines[0])
        else:
            yield paragraph(heading)
            yield bullets(part.lines)
    if told.assessment.irm:
        heading = Words(ANNEX["part"].format(heading=TEXT["irm"]), strong=True)
        codes = ANNEX["facts"].join(irm_codes(told.assessment))
        yield paragraph(heading, f"{codes}{ANNEX['stop']}{ANNEX['lines']}{TEXT['irm-note']}")
    marks = writing.cite(told.reform.evidence)
    if marks:
        yield paragraph(*with_marks((Words(ANNEX["box-sources"], strong=True),), marks))
    yield paragraph(
        f"{assessed(told.assessment)}{ANNEX['lines']}{CASES['library'].format(version=__version__)}", note=True
    )


def glossary(writing: Writing, parts: Sequence[Part]) -> Iterator[Part]:
    """The words of the tool that stand in the parts, and what they mean."""
    text = "\n".join(texts(parts)).casefold()
    found = {
        term.title: say(term.meaning)
        for term in TERMS
        if any(re.search(rf"\b{re.escape(form)}\b", text) for form in term.forms)
    }
    for framework in writing.content.used:
        whole = framework.overall
        if whole and whole.title.casefold() in text:
            names = [part.title for part in framework.dimensions if part.id in whole.dimensions]
            found.setdefault(whole.title, say(ANNEX["whole-meaning"].format(dimensions=listed(names))))
    if found:
        yield writing.heading(1, ANNEX["glossary"], "glossary")
        yield Terms(tuple(sorted(found.items(), key=lambda entry: entry[0].casefold())))


def sources(writing: Writing) -> Iterator[Part]:
    """What was cited, by number."""
    listed_sources = writing.sources.part()
    if listed_sources.entries:
        yield writing.heading(1, ANNEX["sources"], "sources")
        yield listed_sources
