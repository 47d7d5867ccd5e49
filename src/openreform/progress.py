"""How far a reform has come, by what its document shows: shapes only, filled by `scoring.progress`.

Dates are YYYY-MM-DD where they are days, and as the document writes them otherwise.
"""

from typing import Literal, NamedTuple

Completion = Literal["no-evidence", "not-started", "limited", "substantial", "complete"]
"""The five steps in which OGP's Independent Reporting Mechanism tells completion. Nobody rates them here: they follow."""
COMPLETIONS: tuple[Completion, ...] = ("no-evidence", "not-started", "limited", "substantial", "complete")

Why = Literal["shown", "planned", "draft", "adopted", "begins-later", "unlinked", "unsaid", "unproven", "later"]
"""What a step of completion rests on.

shown: evidence. planned: the document says that it is planned or considered. draft, adopted: the stage of the whole.
begins-later: the milestone begins after the day. unlinked: nothing in the document names the milestone. unsaid: what it
delivers has no status. unproven: said to run, without evidence.
later: the evidence is from after the day.
"""

Timing = Literal[
    "on-time", "late", "done", "not-due", "overdue", "not-shown", "no-day", "coarse-day", "undated", "unknown-date"
]
"""How something stands against its date.

on-time, late, done: carried out, shown by then, only by later evidence, or by evidence that does not tell. not-due, overdue,
not-shown: the day is before the end of the date, after it, or after it with nothing that shows how far it is. no-day: there
is no day to compare with. coarse-day: the day is a month or a year in which the date ends. undated, unknown-date: it has no
date, or one that the document says is not known.
"""

Reading = Literal[
    "reached", "beyond", "part", "unmoved", "backwards", "no-target", "target-unknown", "target-no-number", "no-baseline",
    "baseline-unknown", "baseline-no-number", "same", "other-unit", "not-measured", "measured-unclear",
]  # fmt: skip
"""How far a figure is on its way from baseline to target, or why that cannot be said."""

READ: tuple[Reading, ...] = ("reached", "beyond", "part", "unmoved", "backwards")
"""Those in which there is a share of the way."""


class Entry(NamedTuple):
    """An entry of the document: its path, its name (empty if it has none), its line and column from 1."""

    path: str
    name: str
    line: int
    column: int


class Span(NamedTuple):
    """A time between two days, in days, and the same in whole years, months and days."""

    total_days: int
    years: int
    months: int
    days: int


class When(NamedTuple):
    """How something stands against its date.

    due: as the document writes it, or the day counted from its start (`counted`). last_day: the last on which it is not
    late. span: by how long it is late or overdue, or how long is left; None for the other timings.
    """

    timing: Timing
    due: str | None = None
    last_day: str | None = None
    counted: bool = False
    span: Span | None = None


class Delivered(NamedTuple):
    """Something that a milestone delivers: its status, how far that makes it, why, and the date of its first evidence.

    completion: complete, limited (a trial), not-started or no-evidence. evidence: the entries that count.
    """

    entry: Entry
    status: str
    completion: Completion
    why: Why
    shown_on: str | None
    evidence: tuple[Entry, ...]


class MilestoneProgress(NamedTuple):
    """A milestone: how far it has come, why, how it stands against its date.

    number: its place among the milestones, from 1. begins: its first day, if it has a start. shown_on: the date by which
    evidence shows all of it; None if not all of it is shown, or evidence has no date.
    """

    number: int
    entry: Entry
    completion: Completion
    why: Why
    delivers: tuple[Delivered, ...]
    begins: str | None
    when: When
    shown_on: str | None


class Measured(NamedTuple):
    """A figure that evidence of an indicator reports: the value, the date it is of, and the evidence."""

    value: float
    date: str | None
    evidence: Entry


class IndicatorProgress(NamedTuple):
    """An indicator: its figures, how far it is on the way, how it stands against the date of its target.

    baseline_text, target_text: as the document writes them. share: (latest - baseline) / (target - baseline), so that below
    0 is away from the target and above 1 beyond it; None where it cannot be told, and then `reading` says why.
    """

    entry: Entry
    baseline_text: str | None
    target_text: str | None
    baseline: float | None
    target: float | None
    unit: str | None
    latest: Measured | None
    reading: Reading
    share: float | None
    when: When


class Progress(NamedTuple):
    """How far a reform has come on a day.

    day: as given; None if there is none. rests_on: what the completion of the whole is counted over. others: what the
    document describes that no milestone delivers.
    """

    day: str | None
    completion: Completion
    rests_on: Literal["milestones", "things", "nothing"]
    milestones: tuple[MilestoneProgress, ...]
    indicators: tuple[IndicatorProgress, ...]
    others: tuple[Delivered, ...]

    def count(self, *completions: Completion) -> int:
        """How many milestones have come as far as one of these."""
        return sum(part.completion in completions for part in self.milestones)

    def timed(self, *timings: Timing) -> tuple[MilestoneProgress, ...]:
        """The milestones that stand so against their dates."""
        return tuple(part for part in self.milestones if part.when.timing in timings)
