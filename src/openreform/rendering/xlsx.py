"""Assessments as a workbook: a sheet of reforms, one of criteria, one of problems, and one that says what it all means."""

from collections.abc import Iterable, Iterator, Sequence
from itertools import chain
from typing import TYPE_CHECKING

from openreform import __version__
from openreform.assessment import SIDES, Assessment, Finding
from openreform.messages.reports import said
from openreform.messages.workbooks import ABOUT_HEADINGS, HEADINGS, MEANINGS, WHAT, WORKBOOK
from openreform.problems import Problem
from openreform.rendering import sheets
from openreform.rendering.columns import SIDE, Cell, Scored, scored, side_cells
from openreform.rendering.sheets import Column, Form, Table

if TYPE_CHECKING:
    from xlsxwriter.workbook import Workbook

_ABOUT = ("id", "title", "country", "stage", "as_of", "role")
_AFTER = (
    *("faults", "excepted", "start", "end", "assessor", "assessed"),
    *("framework", "framework_version", "path", "digest"),
)
_CRITERIA = (
    *("id", "title", "dimension-title", "criterion", "criterion_title", "weight", "rungs", "side"),
    *("outcome", "level", "high", "score", "effective_weight", "contribution", "next_gain"),
    *("reason", "missing", "next_level", "next", "effort"),
)
_PROBLEMS = ("path", "line", "column", "code", "message", "fix")
_ONLY_HERE = (
    *("as_of", "faults", "excepted", "start", "end", "assessed", "digest"),
    *("dimension-title", "side", "reason", "next_level", "next", "effort"),
)
"""Columns that CSV does not have, or not under that name."""


_OF_SIDES = (*SIDE, "missing")
"""Columns that CSV has once for each side."""
_FORMS: dict[str, Form] = {
    **dict.fromkeys(("id", "title", "path", "assessor", "criterion_title", "reason"), "name"),
    **dict.fromkeys(("verdict", "missing", "next", "message", "fix"), "long"),
    **dict.fromkeys(("level", "high", "rungs", "next_level", "faults", "excepted", "line", "column"), "level"),
    **dict.fromkeys(("score", "contribution"), "score"),
    "digest": "code",
    "weight": "weight",
    "effective_weight": "share",
    "next_gain": "gain",
}
_SCORED_FORMS: dict[str, Form] = {
    **dict.fromkeys(("score", "low", "high", "range_low", "range_high"), "score"),
    **dict.fromkeys(("coverage", "reach"), "share"),
    "strength": "strength",
    "verdict": "long",
}


def workbook(assessments: Iterable[Assessment], problems: Sequence[Problem], as_of: str | None) -> bytes:
    """The workbook as the bytes of a file.

    Args:
        assessments: what came out, one by one: memory does not grow with their number.
        problems: what could not be assessed; looked at once the assessments have run out.
        as_of: the day asked for.

    Raises:
        OSError: there is no room for temporary files.
    """

    return sheets.made(lambda book: _fill(book, iter(assessments), problems, as_of))


def _fill(book: "Workbook", rest: Iterator[Assessment], problems: Sequence[Problem], as_of: str | None) -> str:
    """Fill every sheet; the title of the workbook."""
    first = next(rest, None)
    parts = [] if first is None else [part for part in scored(first) if part.of or part.kind != "overall"]
    names = [part.name for part in parts]
    reforms = Table(book, "reforms", [*map(_column, _ABOUT), *map(_scored, parts), *map(_column, _AFTER)])
    criteria = Table(book, "criteria", map(_column, _CRITERIA))
    tables, frameworks, count = [reforms, criteria], dict[str, Assessment](), 0
    for assessment in chain([first] if first else [], rest):
        count += 1
        frameworks.setdefault(assessment.framework_digest, assessment)
        cells = {part.name: part.cell for part in scored(assessment)}
        reforms.row((*_about(assessment), *(cells.get(name) for name in names), *_after(assessment)))
        for dimension in assessment.dimensions:
            for finding in dimension.findings:
                for row in _sides(finding):
                    criteria.row((assessment.reform_id, assessment.title, dimension.title, *row))
    if problems:
        broken = Table(book, "problems", map(_column, _PROBLEMS))
        tables.append(broken)
        for each in problems:
            broken.row((each.path, each.line, each.column, each.code, each.message, each.fix))
    about = Table(
        book, "about", [Column(heading, "", "long" if at == 2 else "name") for at, heading in enumerate(ABOUT_HEADINGS)]
    )
    for line in chain(_made_of(tables, frameworks.values(), count, len(problems), as_of), _meanings(tables)):
        about.row(line)
    for table in (*tables, about):
        table.end()
    return said(WORKBOOK, "title", first.document if first else "reform")


def _about(assessment: Assessment) -> tuple[Cell, ...]:
    return (
        assessment.reform_id,
        assessment.title,
        assessment.country,
        assessment.stage,
        assessment.as_of,
        assessment.assessor.role,
    )


def _after(assessment: Assessment) -> tuple[Cell, ...]:
    excepted = sum(fault.exemption is not None for fault in assessment.faults)
    return (
        len(assessment.faults) - excepted,
        excepted,
        assessment.start,
        assessment.end,
        assessment.assessor.name,
        assessment.assessor.date,
        assessment.framework_id,
        assessment.framework_version,
        assessment.path,
        assessment.digest,
    )


def _sides(finding: Finding) -> Iterator[tuple[Cell, ...]]:
    for side in SIDES:
        found = finding.side(side)
        if found is not None:
            above = found.next
            yield (
                finding.id,
                finding.title,
                finding.weight,
                finding.rungs,
                side,
                *side_cells(found),
                found.reason,
                "; ".join(found.missing) or None,
                *((above.level, above.says, above.effort) if above else (None, None, None)),
            )


def _column(name: str) -> Column:
    csv = "" if name in _ONLY_HERE else ", ".join(f"{side}_{name}" for side in SIDES) if name in _OF_SIDES else name
    return Column(HEADINGS[name], MEANINGS[name], _FORMS.get(name, "word"), csv)


def _scored(part: Scored) -> Column:
    key = f"{part.kind}-{part.what}" if part.what else part.kind
    heading = HEADINGS[part.kind].format(of=part.of, side=part.side, what=WHAT.get(part.what, ""))
    return Column(heading, MEANINGS[key], _SCORED_FORMS.get(part.what or part.kind, "word"), part.name)


def _made_of(
    tables: Sequence[Table], frameworks: Iterable[Assessment], count: int, problems: int, as_of: str | None
) -> Iterator[tuple[Cell, ...]]:
    """What the workbook was made of, and what holds for all of it."""

    def line(part: str, name: str, text: Cell) -> tuple[Cell, ...]:
        return WORKBOOK[part], WORKBOOK[name], text, None

    yield line("document", "tool", WORKBOOK["tool-text"].format(version=__version__))
    if as_of:
        yield line("document", "as-of", as_of)
    yield line("document", "count", str(count))
    if problems:
        yield line("document", "problems", WORKBOOK["problems-text"].format(count=problems))
    further = ", ".join(chain.from_iterable(table.sheets[1:] for table in tables))
    if further:
        rows = f"{sheets.MOST_ROWS:,}"
        yield line("document", "more-sheets", WORKBOOK["more-sheets-text"].format(rows=rows, sheets=further))
    for each in frameworks:
        yield line("framework", "name", each.framework_title)
        yield line("framework", "version", f"{each.framework_id} {each.framework_version}")
        yield line("framework", "digest", each.framework_digest)
        yield line("framework", "attribution", each.framework_attribution)
    for name in ("sides", "empty", "numbers", "contract"):
        yield line("reading", name, WORKBOOK[f"{name}-text"])


def _meanings(tables: Sequence[Table]) -> Iterator[tuple[Cell, ...]]:
    """What the columns mean, sheet by sheet."""
    for table in tables:
        part = WORKBOOK["sheet"].format(sheet=table.sheets[0])
        for column in table.columns:
            yield part, column.heading, column.meaning, column.csv or None
