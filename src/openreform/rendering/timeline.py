"""A small timeline of dated milestones: where what stands, for a picture without script, and the same made of letters."""

from datetime import date
from typing import NamedTuple

from rich.cells import cell_len, set_cell_size

from openreform.messages.progress import PROGRESS, SIGNS
from openreform.plaintext import visible
from openreform.progress import MilestoneProgress, Progress
from openreform.rendering import progress as words

_MOST = 20
_MOST_TICKS = 5
_LONGEST_LABEL = 30
_EDGE, _ROOM = 3.0, 94.0
"""Percent of the width left free at each side, and what lies between."""
_ROW, _AXIS = 38, 28
_LETTERS = 60
_DONE = ("on-time", "late", "done")


class Mark(NamedTuple):
    """A milestone: from where to where its bar goes, where the day it waits for is (if overdue), all in percent; its sign.

    y: of its label, in pixels; the bar is 14 below.
    """

    label: str
    sign: str
    kind: str
    begins: float
    due: float
    until: float | None
    y: int


class Tick(NamedTuple):
    """A year on the axis, in percent, and how its label is anchored there."""

    label: str
    at: float
    anchor: str


class Picture(NamedTuple):
    """A timeline: its marks, its axis, the day in percent, its height in pixels, and its words.

    caption: the message. description: all of it for who cannot see it. cut: that not all are drawn; empty if all are.
    key: the signs and what they mean.
    """

    marks: tuple[Mark, ...]
    ticks: tuple[Tick, ...]
    day: float | None
    height: int
    caption: str
    description: str
    cut: str
    key: tuple[tuple[str, str, str], ...]


class _Scale(NamedTuple):
    first: date
    last: date

    def at(self, day: date) -> float:
        """Where a day lies, from 0 to 1."""
        return (day - self.first).days / max(1, (self.last - self.first).days)

    def percent(self, day: date) -> float:
        return round(_EDGE + _ROOM * self.at(day), 2)


def picture(progress: Progress) -> Picture | None:
    """The timeline of a reform; None if no milestone has a date."""
    dated = _dated(progress)
    if not dated:
        return None
    shown = dated[:_MOST]
    day = _day(progress)
    scale = _scale(shown, day)
    marks = tuple(_mark(part, index, scale, day) for index, part in enumerate(shown))
    kinds = [mark.kind for mark in marks]
    key = [(SIGNS[kind], PROGRESS[f"key-{kind}"], kind) for kind in SIGNS if kind in kinds]
    if day:
        key.append((SIGNS["day"], PROGRESS["key-day"].format(day=progress.day), "day"))
    message = words.message(progress)
    return Picture(
        marks,
        _ticks(scale),
        scale.percent(day) if day else None,
        _ROW * len(marks) + _AXIS,
        PROGRESS["timeline-caption"].format(message=message),
        _description(progress, message, shown, scale),
        PROGRESS["timeline-cut"].format(count=len(shown), all=len(dated)) if len(dated) > len(shown) else "",
        tuple(key),
    )


def letters(progress: Progress) -> list[str]:
    """The timeline as lines of letters, with the numbers of the milestones; nothing if none has a date."""
    shown = _dated(progress)[:_MOST]
    if not shown:
        return []
    day = _day(progress)
    scale = _scale(shown, day)

    def column(of: date) -> int:
        return round(scale.at(of) * (_LETTERS - 1))

    rows = []
    for part in shown:
        row = [" "] * _LETTERS
        if day:
            row[column(day)] = SIGNS["day"]
        due = _read(part.when.last_day)
        begins = _begins(part)
        for at in range(column(begins), column(due)):
            row[at] = SIGNS["line"]
        row[column(due)] = SIGNS[_kind(part)]
        rows.append(f"{part.number:>3} {''.join(row)}".rstrip())
    first, last = str(scale.first.year), str(scale.last.year)
    kinds = {_kind(part) for part in shown}
    key = [f"{SIGNS[kind]} {PROGRESS[f'key-{kind}']}" for kind in SIGNS if kind in kinds]
    if day:
        key.append(f"{SIGNS['day']} {PROGRESS['key-day'].format(day=progress.day)}")
    rows.append(f"    {first}{last:>{_LETTERS - len(first)}}")
    return [*rows, f"    {'   '.join(key)}"]


def cut(progress: Progress) -> str:
    """That not all dated milestones are drawn; empty if all are."""
    count = len(_dated(progress))
    return PROGRESS["timeline-cut"].format(count=_MOST, all=count) if count > _MOST else ""


def _dated(progress: Progress) -> list[MilestoneProgress]:
    """The milestones with a date, the earliest first."""
    found = [part for part in progress.milestones if part.when.last_day]
    return sorted(found, key=lambda part: (part.when.last_day or "", part.number))


def _scale(shown: list[MilestoneProgress], day: date | None) -> _Scale:
    """Whole years that hold everything shown."""
    days = [_read(part.when.last_day) for part in shown] + [_begins(part) for part in shown] + ([day] if day else [])
    return _Scale(date(min(days).year, 1, 1), date(max(days).year, 12, 31))


def _day(progress: Progress) -> date | None:
    """The day; its first one if it is a month or a year."""
    if progress.day is None:
        return None
    year, month, day = [*(int(part) for part in progress.day.split("-")), 1, 1][:3]
    return date(year, month, day)


def _read(text: str | None) -> date:
    return date.fromisoformat(text or "")


def _begins(part: MilestoneProgress) -> date:
    """The first day of a milestone, or the last where it has no start, or one after its end."""
    due = _read(part.when.last_day)
    return min(_read(part.begins), due) if part.begins else due


def _kind(part: MilestoneProgress) -> str:
    timing = part.when.timing
    return "done" if timing in _DONE else timing if timing in {"overdue", "not-shown"} else "open"


def _mark(part: MilestoneProgress, index: int, scale: _Scale, day: date | None) -> Mark:
    due = _read(part.when.last_day)
    kind = _kind(part)
    return Mark(
        _label(part),
        SIGNS[kind],
        kind,
        scale.percent(_begins(part)),
        scale.percent(due),
        scale.percent(day) if day and kind in {"overdue", "not-shown"} else None,
        _ROW * index + 14,
    )


def _label(part: MilestoneProgress) -> str:
    """The number and the name, cut by the room it takes."""
    text = f"{part.number} {visible(part.entry.name)}"
    return text if cell_len(text) <= _LONGEST_LABEL else f"{set_cell_size(text, _LONGEST_LABEL - 1).rstrip()}…"


def _ticks(scale: _Scale) -> tuple[Tick, ...]:
    years = list(range(scale.first.year, scale.last.year + 2))
    step = -(-(len(years) - 1) // _MOST_TICKS)
    chosen = years[::step]
    ticks = []
    for year in chosen:
        at = round(_EDGE + _ROOM * min(1.0, scale.at(date(year, 1, 1))), 2)
        anchor = "start" if year == years[0] else "end" if at > _EDGE + _ROOM - 2 else "middle"
        ticks.append(Tick(str(year), at, anchor))
    return tuple(ticks)


def _description(progress: Progress, message: str, shown: list[MilestoneProgress], scale: _Scale) -> str:
    day = PROGRESS["timeline-day"].format(day=progress.day) if progress.day else ""
    parts = [
        PROGRESS["timeline"].format(message=message, first=scale.first.year, last=scale.last.year, day=day),
        *(
            words.stopped(
                PROGRESS["timeline-part"].format(
                    number=part.number,
                    name=_label(part).partition(" ")[2],
                    from_=PROGRESS["timeline-from"].format(begins=part.begins) if part.begins else "",
                    due=part.when.due,
                    timing=words.timing(part.when),
                )
            )
            for part in shown
        ),
    ]
    return " ".join(parts)
