"""How far a reform has come, in its scorecard: milestones against dates, indicators against targets."""

from collections.abc import Iterator

from openreform.assessment import Assessment
from openreform.messages.progress import PROGRESS
from openreform.paper import Part
from openreform.rendering import progress
from openreform.rendering.appendix.writing import Cell, Writing, paragraph

_NUMBER = 0


def progress_parts(writing: Writing, assessment: Assessment, anchor: str) -> Iterator[Part]:
    """A heading, sentences and two tables; nothing where the document has neither milestones nor indicators."""
    told = progress.told(assessment)
    if told is None:
        return
    yield writing.heading(3, progress.heading(told), f"{anchor}-progress")
    for line in progress.lines(told):
        yield paragraph(line)
    if told.milestones:
        names: tuple[str, ...] = ("number", "milestone", "due", "completion", "against", "why")
        rows: list[list[Cell]] = [
            [str(row.number), row.name, row.due, row.completion, row.timing, row.why]
            for row in progress.milestone_rows(told)
        ]
        columns = [PROGRESS[name] for name in names]
        caption = PROGRESS["milestones-caption"]
        yield writing.table(caption, f"{anchor}-milestones", columns, rows, numbers=(_NUMBER,))
    if told.indicators:
        names = ("indicator", "baseline", "target", "way", "against-target")
        figures: list[list[Cell]] = [
            [row.name, row.baseline, row.target, row.reading, row.timing] for row in progress.indicator_rows(told)
        ]
        columns = [PROGRESS[name] for name in names]
        yield writing.table(PROGRESS["indicators-caption"], f"{anchor}-indicators", columns, figures)
    yield paragraph(PROGRESS["note"], note=True)
