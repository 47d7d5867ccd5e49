"""A score in one line: where much else is said, and the whole report is a command away."""

from openreform.assessment import Assessment
from openreform.messages.interview import SAID
from openreform.messages.reports import TEXT
from openreform.rendering.layout import number
from openreform.rendering.text import assessed_by, counts


def score_line(assessment: Assessment) -> str:
    """The promise of the whole, or of each dimension where there is no whole; how much of it is assessed, by whom, with what."""
    coverage = SAID["of"].format(**counts(assessment, "promise"))
    parts: list[str | None] = [coverage, assessed_by(assessment)]
    if not assessment.overall_title:
        parts = [*(f"{part.title} {number(part.promise.score)}" for part in assessment.dimensions), *parts]
        return ", ".join(part for part in parts if part)
    overall = assessment.overall("promise")
    score = number(None) if overall.score is None else TEXT["scored"].format(score=number(overall.score))
    who = ", ".join(part for part in (SAID["too-little"] if overall.score is None else None, *parts) if part)
    return SAID["score"].format(title=assessment.overall_title, score=score, who=who)
