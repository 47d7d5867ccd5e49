"""How far milestones and indicators have come, derived from what the document describes: status, evidence, dates.

Nothing is rated, and silence is no news: where nothing shows how far a milestone is, there is no evidence, which is another
thing than that it has not begun. A date that is a month or a year has passed when the whole of it has.
"""

import calendar
from collections.abc import Iterable, Iterator
from datetime import date, timedelta
from typing import NamedTuple

from openreform.progress import (
    COMPLETIONS,
    Completion,
    Delivered,
    Entry,
    IndicatorProgress,
    Measured,
    MilestoneProgress,
    Progress,
    Reading,
    Span,
    Timing,
    When,
    Why,
)
from openreform.reform import Evidence, Indicator, Milestone, PartialDate, Reform, Thing
from openreform.scoring.figures import Figure, date_in, figure
from openreform.scoring.reading import Reader

_BEGUN: tuple[Completion, ...] = ("limited", "substantial", "complete")
_MOSTLY: tuple[Completion, ...] = ("substantial", "complete")
_NOT_RUNNING = ("considered", "planned")
_DAYS_OF_A_MONTH = 30
_UNSHOWN: tuple[Why, ...] = ("unproven", "later", "unsaid")
"""Why there is no evidence, the most telling first."""


class _Shown(NamedTuple):
    """Evidence of an entry that counts on the day: where it stands, and its date."""

    entry: Entry
    date: PartialDate | None
    title: str


def progress_of(reader: Reader) -> Progress | None:
    """How far the reform has come by the day of the reader; None of a plan, which has no milestones of its own."""
    return _Progress(reader, reader.reform).read() if isinstance(reader.reform, Reform) else None


class _Progress:
    def __init__(self, reader: Reader, reform: Reform) -> None:
        self._reader, self._reform, self._day = reader, reform, reader.as_of
        self._evidence = {item.id: (index, item) for index, item in reversed(list(enumerate(reform.evidence)))}

    def read(self) -> Progress:
        """Milestones, indicators, and the whole."""
        linked: dict[str, list[Delivered]] = {}
        others: list[Delivered] = []
        by_id = {part.id: part for part in self._reform.milestones if part.id}
        for section, index, thing in self._things():
            milestone = by_id.get(thing.milestone or "")
            delivered = self._delivered(section, index, thing, milestone)
            if milestone:
                linked.setdefault(thing.milestone or "", []).append(delivered)
            elif section != "co_creation":  # how the text was written is nothing that the reform delivers
                others.append(delivered)
        milestones = tuple(
            self._milestone(index, part, tuple(linked.get(part.id or "", ())))
            for index, part in enumerate(self._reform.milestones)
        )
        parts = milestones or others
        return Progress(
            self._day.text if self._day else None,
            combined(part.completion for part in parts),
            "milestones" if milestones else "things" if others else "nothing",
            milestones,
            tuple(self._indicator(index, part) for index, part in enumerate(self._reform.indicators)),
            tuple(others),
        )

    def _things(self) -> Iterator[tuple[str, int, Thing]]:
        for section in self._reader.kind.lists:
            for index, element in enumerate(self._reader.elements(section)):
                if isinstance(element, Thing):
                    yield section, index, element

    def _entry(self, section: str, index: int) -> Entry:
        place = self._reader.place(section, index)
        return Entry(place.path, place.name, place.line, place.column)

    # --- Evidence ---

    def _shown(self, named: tuple[str, ...]) -> tuple[list[_Shown], bool]:
        """The evidence that counts on the day, and whether there is some from after it."""
        found: list[_Shown] = []
        later = False
        for ident in dict.fromkeys(named):
            index, item = self._evidence.get(ident, (0, None))
            if item is None or not self._names_something(item):
                continue
            if item.date and self._day and item.date.first > self._day.last:
                later = True
                continue
            found.append(_Shown(self._entry("evidence", index), item.date, item.title or ""))
        return found, later

    def _names_something(self, item: Evidence) -> bool:
        return bool(item.title and not self._reader.is_placeholder(item.title))

    # --- Milestones ---

    def _delivered(self, section: str, index: int, thing: Thing, milestone: Milestone | None) -> Delivered:
        entry = self._entry(section, index)
        completion, why, shown = self._state_of(thing, milestone)
        dated = [part.date for part in shown if part.date]
        first = min(dated, key=lambda day: day.last).text if dated else None
        return Delivered(entry, thing.status, completion, why, first, tuple(part.entry for part in shown))

    def _state_of(self, thing: Thing, milestone: Milestone | None) -> tuple[Completion, Why, list[_Shown]]:
        if thing.status in _NOT_RUNNING:
            if "status" in thing.model_fields_set:
                return "not-started", "planned", []
            return (*self._by_stage(milestone, "unsaid"), [])
        shown, later = self._shown(thing.evidence)
        if shown:
            return "limited" if thing.status == "piloted" else "complete", "shown", shown
        return "no-evidence", "later" if later else "unproven", []

    def _by_stage(self, milestone: Milestone | None, otherwise: Why) -> tuple[Completion, Why]:
        """What the stage of the whole tells of a part that says nothing itself.

        It was written before the date of the milestone, so that once this has passed it tells nothing.
        """
        stage = self._reform.stage
        due = self._due(milestone)[0] if milestone else None
        passed = due and self._day and self._day.first > due.last
        if stage in ("draft", "adopted") and not passed:
            return "not-started", stage
        return "no-evidence", otherwise

    def _milestone(self, index: int, part: Milestone, delivers: tuple[Delivered, ...]) -> MilestoneProgress:
        completion, why = combined(one.completion for one in delivers), self._why(part, delivers)
        if completion == "no-evidence" and why in {"draft", "adopted", "begins-later"}:
            completion = "not-started"
        due, counted, timing = self._due(part)
        when = When(timing) if timing else When("undated")
        shown_on = None
        if due:
            when = self._against(due, completion, delivers, counted=counted)
        if completion == "complete" and all(one.shown_on for one in delivers):
            shown_on = max((PartialDate.read(one.shown_on) for one in delivers), key=lambda day: day.last).text
        begins = _day_of(part.start.first).isoformat() if part.start else None
        return MilestoneProgress(
            index + 1, self._entry("milestones", index), completion, why, delivers, begins, when, shown_on
        )

    def _why(self, part: Milestone, delivers: tuple[Delivered, ...]) -> Why:
        whys = {one.why for one in delivers}
        if "shown" in whys:
            return "shown"
        if not delivers or whys <= {"unsaid"}:
            if part.start and self._day and part.start.first > self._day.last:
                return "begins-later"
            return self._by_stage(part, "unsaid" if delivers else "unlinked")[1]
        if combined(one.completion for one in delivers) == "not-started":
            return delivers[0].why
        return next(why for why in _UNSHOWN if why in whys)

    def _due(self, part: Milestone) -> tuple[PartialDate | None, bool, Timing | None]:
        """The date of a milestone, whether it is counted from its start, or why it has none."""
        if part.due:
            return part.due, False, None
        begins = part.start or self._reform.start
        if part.within_months and begins:
            return _after(begins, part.within_months), True, None
        return None, False, "unknown-date" if {"due", "within_months"} & set(part.unknown) else "undated"

    def _against(
        self, due: PartialDate, completion: Completion, delivers: tuple[Delivered, ...], *, counted: bool
    ) -> When:
        last = _day_of(due.last)

        def told(timing: Timing, span: Span | None = None) -> When:
            return When(timing, due.text, last.isoformat(), counted, span)

        if completion == "complete":
            late = [first for one in delivers if (first := self._first_after(one, due))]
            if late:
                return told("late", span_between(last, max(late)))
            in_time = all(one.shown_on and PartialDate.read(one.shown_on).last <= due.last for one in delivers)
            return told("on-time" if in_time else "done")
        timing, span = against(due, self._day)
        return told("not-shown" if timing == "overdue" and completion == "no-evidence" else timing, span)

    def _first_after(self, one: Delivered, due: PartialDate) -> date | None:
        """The first day by which something is shown, where all its evidence has a date and is from after another."""
        items = [self._reform.evidence[int(entry.path[:-1].rpartition("[")[2])] for entry in one.evidence]
        dates = [item.date for item in items]
        if not all(day and day.first > due.last for day in dates):
            return None
        return _day_of(min(day.first for day in dates if day))

    # --- Indicators ---

    def _indicator(self, index: int, part: Indicator) -> IndicatorProgress:
        baseline_text, target_text = (
            text if text and not self._reader.is_placeholder(text) else None for text in (part.baseline, part.target)
        )
        target = figure(target_text) if target_text else None
        baseline = figure(baseline_text, target.unit if target else None) if baseline_text else None
        other = figure(baseline_text) if baseline_text and target and not baseline else None
        measured, unclear = self._measured(part, target)
        latest = measured[-1] if measured and not unclear else None
        reading: Reading
        share = None
        if target is None:
            reading = "target-no-number" if target_text else _lacking(part, "target")
        elif baseline is None and other is None:
            reading = "baseline-no-number" if baseline_text else _lacking(part, "baseline")
        elif baseline is None:
            reading = "other-unit"
        elif baseline.value == target.value:
            reading = "same"
        elif latest is None:
            reading = "measured-unclear" if unclear else "not-measured"
        else:
            share = (latest.value - baseline.value) / (target.value - baseline.value)
            reading = reading_of(share)
        when = self._target_met(part, target_text, target, measured, reading, baseline)
        return IndicatorProgress(
            self._entry("indicators", index),
            baseline_text,
            target_text,
            (baseline or other).value if baseline or other else None,  # type: ignore[union-attr]
            target.value if target else None,
            target.unit if target else None,
            latest,
            reading,
            share,
            when,
        )

    def _measured(self, part: Indicator, target: Figure | None) -> tuple[list[Measured], bool]:
        """What evidence reports in the unit of the target, oldest first; and whether it is unclear which is the latest."""
        if target is None:
            return [], False
        found: list[tuple[PartialDate | None, Measured]] = []
        for shown in self._shown(part.evidence)[0]:
            read = figure(shown.title, target.unit)
            if read is None:
                continue
            day = date_in(shown.title) or shown.date
            if day and self._day and day.first > self._day.last:
                continue
            found.append((day, Measured(read.value, day.text if day else None, shown.entry)))
        dated = sorted(((day, one) for day, one in found if day), key=lambda pair: (pair[0].last, pair[0].first))
        chosen = [one for _, one in dated] if dated else [one for _, one in found]
        last = (
            [one.value for day, one in dated if day.last == dated[-1][0].last] if dated else [o.value for o in chosen]
        )
        return chosen, len(set(last)) > 1

    def _target_met(  # all that is known of one figure
        self,
        part: Indicator,
        text: str | None,
        target: Figure | None,
        measured: list[Measured],
        reading: Reading,
        baseline: Figure | None,
    ) -> When:
        due = (target.date if target else None) or (date_in(text) if text else None)
        if due is None:
            return When("unknown-date" if "target" in part.unknown else "undated")
        last = _day_of(due.last)
        if reading in {"reached", "beyond"} and target and baseline:
            way = target.value - baseline.value
            days = [
                PartialDate.read(one.date) if one.date else None
                for one in measured
                if (one.value - baseline.value) / way >= 1
            ]
            if any(day and day.last <= due.last for day in days):
                return When("on-time", due.text, last.isoformat())
            if all(day and day.first > due.last for day in days):
                first = min(day.first for day in days if day)
                return When("late", due.text, last.isoformat(), span=span_between(last, _day_of(first)))
            return When("done", due.text, last.isoformat())
        timing, span = against(due, self._day)
        if timing == "overdue" and not (reading in {"part", "unmoved", "backwards"} and _of_then(measured, due)):
            timing = "not-shown"
        return When(timing, due.text, last.isoformat(), span=span)


def combined(parts: Iterable[Completion]) -> Completion:
    """The completion of a whole: most of it, more than half, is substantial; begun anywhere is limited.

    Where nothing has begun, one part of which nothing is known is enough for nothing to be known of the whole.
    """
    found = list(parts)
    if not found or not any(part in _BEGUN for part in found):
        return "not-started" if found and set(found) == {"not-started"} else COMPLETIONS[0]
    if all(part == "complete" for part in found):
        return "complete"
    return "substantial" if 2 * sum(part in _MOSTLY for part in found) > len(found) else "limited"


def reading_of(share: float) -> Reading:
    """What a share of the way is called."""
    if share < 0:
        return "backwards"
    if share == 0:
        return "unmoved"
    return "part" if share < 1 else "reached" if share == 1 else "beyond"


def against(due: PartialDate, day: PartialDate | None) -> tuple[Timing, Span | None]:
    """How a day stands to a date of something that is not done: before its end (a day in it included) or after it."""
    if day is None:
        return "no-day", None
    last = _day_of(due.last)
    if day.first > due.last:
        return "overdue", span_between(last, _day_of(day.first))
    return ("not-due", span_between(_day_of(day.last), last)) if day.last <= due.last else ("coarse-day", None)


def span_between(start: date, end: date) -> Span:
    """The time from one day to another that is not before it."""
    months = 12 * (end.year - start.year) + end.month - start.month
    while _months_later(start, months) > end:
        months -= 1
    rest = (end - _months_later(start, months)).days
    return Span((end - start).days, months // 12, months % 12, rest)


def _months_later(day: date, months: int) -> date:
    """The same day of a later month, or the last one of it."""
    year, month = divmod(12 * day.year + day.month - 1 + months, 12)
    return date(year, month + 1, min(day.day, calendar.monthrange(year, month + 1)[1]))


def _after(begins: PartialDate, months: float) -> PartialDate:
    """The day by which a number of months after a start have passed: from the end of it, if it is a month or a year."""
    whole = int(months)
    start = _day_of(begins.last)
    end = _months_later(start, whole)
    if begins.first != begins.last:
        end = date(end.year, end.month, calendar.monthrange(end.year, end.month)[1])
    end += timedelta(days=round((months - whole) * _DAYS_OF_A_MONTH))
    return PartialDate(end.isoformat(), (end.year, end.month, end.day), (end.year, end.month, end.day))


def _day_of(parts: tuple[int, int, int]) -> date:
    return date(*parts)


def _of_then(measured: list[Measured], due: PartialDate) -> bool:
    """Whether the latest figure is of the date of the target, or of later: an older one does not show what came by then."""
    of = measured[-1].date if measured else None
    return bool(of and PartialDate.read(of).last >= due.first)


def _lacking(part: Indicator, name: str) -> Reading:
    """That a figure is not given, or not known."""
    unknown = name in part.unknown
    if name == "target":
        return "target-unknown" if unknown else "no-target"
    return "baseline-unknown" if unknown else "no-baseline"
