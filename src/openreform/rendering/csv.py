"""Assessments as CSV: a row for each criterion, or one for each reform; no cell is a formula."""

from collections.abc import Iterable, Iterator
from functools import lru_cache

from openreform.assessment import SIDES, Assessment, DimensionScore, SideFinding
from openreform.plaintext import visible

Cell = str | float | int | None

_FORMULA = ("=", "+", "-", "@", "\t", "\r")
_REFORM = ("path", "id", "title", "stage", "country", "assessor", "role", "framework", "framework_version")
_CRITERION = ("dimension", "criterion", "criterion_title", "weight", "rungs")
_NO_SIDE = "," * 7
_SIDE = ("outcome", "level", "high", "score", "effective_weight", "contribution", "next_gain", "missing")


def criteria(assessments: Iterable[Assessment]) -> Iterator[str]:
    """One row for each criterion of each reform, the header first."""
    yield _joined((*_REFORM, *_CRITERION, *(f"{side}_{name}" for side in SIDES for name in _SIDE))) + "\n"
    rows: list[str] = []
    for assessment in assessments:
        about = _joined(_about(assessment))
        for dimension in assessment.dimensions:
            for finding in dimension.findings:
                criterion = _criterion(dimension.id, finding.id, finding.title, finding.weight, finding.rungs)
                rows.append(f"{about},{criterion},{_side(finding.promise)},{_side(finding.practice)}\n")
        yield "".join(rows)
        rows.clear()


def reforms(assessments: Iterable[Assessment]) -> Iterator[str]:
    """One row for each reform, the header first; dimensions and gates are those of the first reform's framework."""
    header: tuple[str, ...] = ()
    for assessment in assessments:
        if not header:
            header = _reform_header(assessment)
            yield _joined(header) + "\n"
        cells: list[Cell] = [assessment.verdict]
        for side in SIDES:
            overall = assessment.overall(side)
            cells += [overall.score, overall.low, overall.high, overall.coverage]
        for dimension in assessment.dimensions:
            for side in SIDES:
                cells += _dimension(dimension.side(side))
        cells += [gate.result for gate in assessment.gates]
        yield _joined((*_about(assessment), *cells)) + "\n"


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


def _side(side: SideFinding | None) -> str:
    """The cells of one side; what is a number or a word of ours holds nothing that CSV quotes."""
    if side is None:
        return _NO_SIDE
    numbers = (side.level, side.high, side.score, side.share, side.points, side.next_gain)
    return f"{side.outcome},{','.join(map(_cell, numbers))},{_listed(side.missing)}"


@lru_cache(maxsize=1024)
def _listed(texts: tuple[str, ...]) -> str:
    """Several texts as one cell."""
    return _quoted(_cell("; ".join(texts)))


def _dimension(score: DimensionScore | None) -> list[Cell]:
    return [None] * 4 if score is None else [score.score, score.reach, score.strength, score.coverage]


@lru_cache(maxsize=1024)
def _criterion(*cells: Cell) -> str:
    """The cells that say which criterion it is: of a framework, so the same for each reform."""
    return _joined(cells)


def _joined(cells: Iterable[Cell]) -> str:
    """Cells as a row, or as a part of one."""
    return ",".join([_quoted(_cell(cell)) for cell in cells])


def _quoted(cell: str) -> str:
    """A cell as it is written: in quotation marks where it holds a comma or such a mark; line ends no cell has."""
    return '"' + cell.replace('"', '""') + '"' if '"' in cell or "," in cell else cell


@lru_cache(maxsize=4096)
def _cell(cell: Cell) -> str:
    """Numbers with six decimals at most; a text that a spreadsheet would calculate gets an apostrophe in front."""
    if cell is None:
        return ""
    if isinstance(cell, str):
        shown = visible(cell)
        return f"'{shown}" if shown.lstrip().startswith(_FORMULA) or cell.startswith(_FORMULA) else shown
    return f"{round(cell, 6):.6f}".rstrip("0").rstrip(".")
