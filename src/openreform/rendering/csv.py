"""Assessments as CSV: a row for each criterion, or one for each reform; no cell is a formula."""

import csv
import io
from collections.abc import Iterable, Iterator
from functools import lru_cache
from typing import NamedTuple

from openreform.assessment import SIDES, Assessment, SideFinding
from openreform.plaintext import visible
from openreform.rendering.columns import CRITERION, REFORM, SIDE, Cell, about, scored, side_cells

_FORMULA = ("=", "+", "-", "@", "\t", "\r")
_SIDE = (*SIDE, "missing")
_NO_SIDE = [""] * len(_SIDE)


class ReformCells(NamedTuple):
    """The cells of one reform: about it, and by their names what it scored."""

    about: list[str]
    scored: dict[str, str]


def criteria(assessments: Iterable[Assessment]) -> Iterator[str]:
    """One row for each criterion of each reform, the header first."""
    return with_head(map(criterion_rows, assessments))


def criterion_rows(assessment: Assessment) -> str:
    """The rows of one reform."""
    reform = [_cell(cell) for cell in about(assessment)]
    rows: list[list[str]] = []
    for dimension in assessment.dimensions:
        for finding in dimension.findings:
            criterion = _criterion(dimension.id, finding.id, finding.title, finding.weight, finding.rungs)
            rows.append([*reform, *criterion, *_side(finding.promise), *_side(finding.practice)])
    return _rows(rows)


def with_head(rows: Iterable[str]) -> Iterator[str]:
    """Rows of criteria, the header first."""
    yield _rows([(*REFORM, *CRITERION, *(f"{side}_{name}" for side in SIDES for name in _SIDE))])
    yield from rows


def reforms(assessments: Iterable[Assessment]) -> Iterator[str]:
    """One row for each reform, the header first; dimensions and gates are those of the first reform's framework."""
    return reform_rows(map(reform_cells, assessments))


def reform_cells(assessment: Assessment) -> ReformCells:
    """The cells of one reform."""
    cells = {column.name: _cell(column.cell) for column in scored(assessment)}
    return ReformCells([_cell(cell) for cell in about(assessment)], cells)


def reform_rows(reforms: Iterable[ReformCells]) -> Iterator[str]:
    """`reforms` of the cells of each."""
    names: tuple[str, ...] = ()
    for reform in reforms:
        if not names:
            names = tuple(reform.scored)
            yield _rows([(*REFORM, *names)])
        yield _rows([(*reform.about, *(reform.scored.get(name, "") for name in names))])


def _side(side: SideFinding | None) -> list[str]:
    if side is None:
        return _NO_SIDE
    return [*map(_cell, side_cells(side)), _listed(side.missing)]


@lru_cache(maxsize=1024)
def _listed(texts: tuple[str, ...]) -> str:
    """Several texts as one cell."""
    return _cell("; ".join(texts))


@lru_cache(maxsize=1024)
def _criterion(*cells: Cell) -> tuple[str, ...]:
    """The cells that say which criterion it is: of a framework, so the same for each reform."""
    return tuple(map(_cell, cells))


def _rows(rows: Iterable[Iterable[str]]) -> str:
    buffer = io.StringIO()
    csv.writer(buffer, lineterminator="\n").writerows(rows)
    return buffer.getvalue()


@lru_cache(maxsize=4096)
def _cell(cell: Cell) -> str:
    """Numbers with six decimals at most; a text that a spreadsheet would calculate gets an apostrophe in front."""
    if cell is None:
        return ""
    if isinstance(cell, str):
        shown = visible(cell)
        return f"'{shown}" if shown.lstrip().startswith(_FORMULA) or cell.startswith(_FORMULA) else shown
    return f"{round(cell, 6):.6f}".rstrip("0").rstrip(".")
