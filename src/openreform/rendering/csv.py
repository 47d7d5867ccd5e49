"""Assessments as CSV: a row for each criterion, or one for each reform; no cell is a formula."""

import csv
import io
from collections.abc import Iterable, Iterator
from functools import lru_cache

from openreform.assessment import SIDES, Assessment, DimensionScore, SideFinding
from openreform.plaintext import visible

Cell = str | float | int | None

_FORMULA = ("=", "+", "-", "@", "\t", "\r")
_REFORM = ("path", "id", "title", "stage", "country", "assessor", "role", "framework", "framework_version")
_CRITERION = ("dimension", "criterion", "criterion_title", "weight", "rungs")
_SIDE = ("outcome", "level", "high", "score", "effective_weight", "contribution", "next_gain", "missing")
_NO_SIDE = [""] * len(_SIDE)


def criteria(assessments: Iterable[Assessment]) -> Iterator[str]:
    """One row for each criterion of each reform, the header first."""
    yield _rows([(*_REFORM, *_CRITERION, *(f"{side}_{name}" for side in SIDES for name in _SIDE))])
    for assessment in assessments:
        about = [_cell(cell) for cell in _about(assessment)]
        rows: list[list[str]] = []
        for dimension in assessment.dimensions:
            for finding in dimension.findings:
                criterion = _criterion(dimension.id, finding.id, finding.title, finding.weight, finding.rungs)
                rows.append([*about, *criterion, *_side(finding.promise), *_side(finding.practice)])
        yield _rows(rows)


def reforms(assessments: Iterable[Assessment]) -> Iterator[str]:
    """One row for each reform, the header first; dimensions and gates are those of the first reform's framework."""
    header: tuple[str, ...] = ()
    for assessment in assessments:
        if not header:
            header = _reform_header(assessment)
            yield _rows([header])
        cells: list[Cell] = [assessment.verdict]
        for side in SIDES:
            overall = assessment.overall(side)
            cells += [overall.score, overall.low, overall.high, overall.coverage]
        for dimension in assessment.dimensions:
            for side in SIDES:
                cells += _dimension(dimension.side(side))
        cells += [gate.result for gate in assessment.gates]
        yield _rows([[_cell(cell) for cell in (*_about(assessment), *cells)]])


def _reform_header(assessment: Assessment) -> tuple[str, ...]:
    overall = [f"{side}_{name}" for side in SIDES for name in ("score", "low", "high", "coverage")]
    dimensions = [
        f"{dimension.id}_{side}_{name}"
        for dimension in assessment.dimensions
        for side in SIDES
        for name in ("score", "reach", "strength", "coverage")
    ]
    return (*_REFORM, "verdict", *overall, *dimensions, *(f"gate_{gate.id}" for gate in assessment.gates))


def _about(assessment: Assessment) -> tuple[Cell, ...]:
    return (
        assessment.path,
        assessment.reform_id,
        assessment.title,
        assessment.stage,
        assessment.country,
        assessment.assessor.name,
        assessment.assessor.role,
        assessment.framework_id,
        assessment.framework_version,
    )


def _side(side: SideFinding | None) -> list[str]:
    if side is None:
        return _NO_SIDE
    numbers = (side.level, side.high, side.score, side.share, side.points, side.next_gain)
    return [side.outcome, *map(_cell, numbers), _listed(side.missing)]


@lru_cache(maxsize=1024)
def _listed(texts: tuple[str, ...]) -> str:
    """Several texts as one cell."""
    return _cell("; ".join(texts))


@lru_cache(maxsize=1024)
def _criterion(*cells: Cell) -> tuple[str, ...]:
    """The cells that say which criterion it is: of a framework, so the same for each reform."""
    return tuple(map(_cell, cells))


def _dimension(score: DimensionScore | None) -> list[Cell]:
    return [None] * 4 if score is None else [score.score, score.reach, score.strength, score.coverage]


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
