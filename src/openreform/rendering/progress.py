"""How far milestones and indicators have come, in words and rows that every format can print."""

from collections.abc import Iterable
from typing import NamedTuple

from openreform.assessment import Assessment
from openreform.messages.progress import COMPLETION, PROGRESS, READING, TIMING, WHY
from openreform.progress import (
    COMPLETIONS,
    Completion,
    Delivered,
    IndicatorProgress,
    Measured,
    MilestoneProgress,
    Progress,
    Span,
    When,
)
from openreform.rendering import timeline
from openreform.rendering.layout import Page

_MOST = 5
_ALL_OF_IT = 100
_LATE = ("overdue", "not-shown")


class MilestoneRow(NamedTuple):
    """A milestone in words, and how its timing is to be coloured: failed, undecided, passed or nothing.

    counted: how its date came about, where the document does not give it.
    """

    number: int
    name: str
    due: str
    counted: str
    completion: str
    why: str
    timing: str
    colour: str


class IndicatorRow(NamedTuple):
    """An indicator in words."""

    name: str
    baseline: str
    target: str
    reading: str
    timing: str
    colour: str


def told(assessment: Assessment) -> Progress | None:
    """What there is to tell: only where the document has milestones or indicators."""
    found = assessment.progress
    return found if found and (found.milestones or found.indicators) else None


def heading(progress: Progress) -> str:
    """The heading, with the day if there is one."""
    return PROGRESS["on-day"].format(day=progress.day) if progress.day else PROGRESS["heading"]


def lines(progress: Progress) -> list[str]:
    """The message, the completion of the whole, what no milestone delivers, and whether a day is lacking."""
    found = [stopped(message(progress))] if progress.milestones else []
    found.append(_whole(progress))
    if progress.milestones and progress.others:
        running = sum(part.why == "shown" for part in progress.others)
        key = ("others-one" if len(progress.others) == 1 else "others") + ("" if running else "-none")
        found.append(PROGRESS[key].format(count=len(progress.others), done=running))
    whens = [*(part.when for part in progress.milestones), *(part.when for part in progress.indicators)]
    if any(when.timing == "no-day" for when in whens):
        found.append(PROGRESS["no-day"])
    return found


def message(progress: Progress) -> str:
    """What the dates of the milestones come to, as a sentence without its stop."""
    overdue, unshown, count = progress.timed("overdue"), progress.timed("not-shown"), len(progress.milestones)
    said = []
    if overdue:
        longest = max((part.when.span for part in overdue if part.when.span), key=lambda span: span.total_days)
        key = "overdue-only" if count == 1 else "overdue-one" if len(overdue) == 1 else "overdue-many"
        said.append(PROGRESS[key].format(count=len(overdue), all=count, span=span_words(longest)))
    if unshown:
        how = "one" if len(unshown) == 1 else "many"
        key = f"not-shown-{how}" if overdue else f"not-shown-first-{'only' if count == 1 else how}"
        said.append(PROGRESS[key].format(count=len(unshown), all=count))
    if progress.completion == "complete":
        return PROGRESS["all-done-only" if count == 1 else "all-done"].format(count=count)
    if not said:
        comparable = progress.timed("on-time", "late", "done", "not-due")
        undecided = progress.timed("no-day")
        said.append(PROGRESS["none-told" if undecided else "none-due" if comparable else "none-dated"])
    return said[0] if len(said) == 1 else PROGRESS["joined"].format(first=said[0], second=said[1])


def stopped(sentence: str) -> str:
    """A sentence with its stop."""
    return PROGRESS["stop"].format(sentence=sentence)


def _whole(progress: Progress) -> str:
    parts: Iterable[MilestoneProgress | Delivered] = progress.milestones or progress.others
    found = [part.completion for part in parts]
    counts = PROGRESS["comma"].join(
        PROGRESS["count"].format(count=found.count(step), completion=COMPLETION[step])
        for step in reversed(COMPLETIONS)
        if step in found
    )
    return PROGRESS[f"whole-{progress.rests_on}"].format(completion=COMPLETION[progress.completion], counts=counts)


def milestone_rows(progress: Progress) -> list[MilestoneRow]:
    """Every milestone, in the order of the document."""
    return [
        MilestoneRow(
            part.number,
            part.entry.name,
            part.when.due or PROGRESS["none"],
            PROGRESS["counted"] if part.when.counted else "",
            COMPLETION[part.completion],
            _why(part),
            timing(part.when),
            _colour(part.when),
        )
        for part in progress.milestones
    ]


def indicator_rows(progress: Progress) -> list[IndicatorRow]:
    """Every indicator, in the order of the document."""
    return [
        IndicatorRow(
            part.entry.name,
            part.baseline_text or PROGRESS["none"],
            part.target_text or PROGRESS["none"],
            reading(part),
            PROGRESS["none"] if part.when.due is None else timing(part.when),
            _colour(part.when),
        )
        for part in progress.indicators
    ]


def _due(when: When) -> str:
    if when.due is None:
        return PROGRESS["none"]
    return PROGRESS["because"].format(says=when.due, why=PROGRESS["counted"]) if when.counted else when.due


def timing(when: When) -> str:
    """How something stands against its date, in words."""
    if when.timing == "not-due" and when.span and not when.span.total_days:
        return TIMING["due-today"]
    return TIMING[when.timing].format(span=span_words(when.span) if when.span else "")


def _colour(when: When) -> str:
    return {"overdue": "failed", "not-shown": "undecided", "late": "undecided", "on-time": "passed"}.get(
        when.timing, ""
    )


def _why(part: MilestoneProgress) -> str:
    if part.why != "shown":
        return WHY[part.why].format(begins=part.begins)
    done, trials = (_count(part.delivers, step) for step in ("complete", "limited"))
    if part.completion == "complete":
        key = "shown-one" if len(part.delivers) == 1 else "shown-all"
        return WHY[f"{key}-on" if part.shown_on else key].format(date=part.shown_on)
    if len(part.delivers) == 1:
        return WHY["shown-trial"]
    on_trial = WHY["trials"].format(count=trials) if trials else ""
    return WHY["shown-part"].format(done=done, all=len(part.delivers), trials=on_trial)


def _count(delivers: tuple[Delivered, ...], step: Completion) -> int:
    return sum(one.completion == step for one in delivers)


def reading(part: IndicatorProgress) -> str:
    """How far a figure is on its way, or why that cannot be said."""
    return READING[part.reading].format(
        latest=_latest(part.latest, part.unit) if part.latest else "",
        percent="" if part.share is None else PROGRESS["percent"].format(percent=_percent(part.share)),
    )


def _percent(share: float) -> str:
    """Whole percents; never 0, 100 or a negative nothing where it is not quite that."""
    shown = round(_ALL_OF_IT * share)
    if share not in {0.0, 1.0} and shown in {0, _ALL_OF_IT}:
        return f"{_ALL_OF_IT * share:.2g}" if shown == 0 else f"{_ALL_OF_IT * share:.4g}"
    return f"{shown:,}"


def _latest(measured: Measured, unit: str | None) -> str:
    value = f"{measured.value:,.10g}"
    if unit == "%":
        value = PROGRESS["percent"].format(percent=value)
    return PROGRESS["latest" if measured.date else "latest-undated"].format(value=value, date=measured.date)


def span_words(span: Span) -> str:
    """A time between two days by its two largest units: 1 year and 2 months; 3 months and 4 days; 5 days."""
    counts = {"year": span.years, "month": span.months, "day": 0 if span.years else span.days}
    parts = [
        PROGRESS[unit if count == 1 else f"{unit}s"].format(count=count) for unit, count in counts.items() if count
    ]
    if not parts:
        return PROGRESS["days"].format(count=0)
    return parts[0] if len(parts) == 1 else PROGRESS["and"].format(first=parts[0], last=parts[1])


def add_to(page: Page, assessment: Assessment, *, full: bool) -> None:
    """The progress of one reform on a page of text; in short the first few milestones and indicators, late ones before."""
    progress = told(assessment)
    if progress is None:
        return
    page.heading(heading(progress))
    if full:
        page.add(PROGRESS["note"], style="dim")
    for line in lines(progress):
        page.add(line, hang=2)
    if full:
        for row in timeline.letters(progress):
            page.verbatim(row, indent=2)
    most = None if full else _MOST
    late = [part for part in progress.milestones if part.when.timing in _LATE]
    others = [part for part in progress.milestones if part not in late]
    for part in [*late, *others][:most]:
        page.add(_milestone_line(part), indent=2, hang=4, style="yellow" if part in late else "")
    for figure in progress.indicators[:most]:
        page.add(_indicator_line(figure), indent=2, hang=4)
    hidden = sum(max(0, len(parts) - _MOST) for parts in (progress.milestones, progress.indicators))
    if hidden and not full:
        page.add(PROGRESS["more"].format(count=hidden), indent=2, style="dim")


def _milestone_line(part: MilestoneProgress) -> str:
    completion = PROGRESS["because"].format(says=COMPLETION[part.completion], why=_why(part))
    key = "line-due" if part.when.due else "line"
    return PROGRESS[key].format(
        number=part.number, name=part.entry.name, completion=completion, due=_due(part.when), timing=timing(part.when)
    )


def _indicator_line(part: IndicatorProgress) -> str:
    key = "figure-dated" if part.when.due else "figure"
    return PROGRESS[key].format(
        name=part.entry.name, reading=reading(part), due=part.when.due, timing=timing(part.when)
    )
