"""A framework's snippet made to fit a document: ids of its own, dates within its time, texts it does not have yet."""

from copy import deepcopy
from datetime import date, timedelta
from typing import Any

from openreform.framework import Criterion
from openreform.loading import yaml_events
from openreform.messages.steps import LEAD, MILESTONE, NEW_ID, SAME_AGAIN
from openreform.planning.growing import Draft
from openreform.reform import REFORM, PartialDate
from openreform.route import Addition
from openreform.scoring.reading import normal

STEPS = "milestones"
_A_WHILE, _A_MONTH = timedelta(days=92), timedelta(days=30)
_WHOLE_DAY = len("2027-06-30")


def fitted(criterion: Criterion, draft: Draft) -> tuple[dict[str, Any], list[Addition]]:
    """The lines of a snippet for this document: ids of their own, dates within its time, texts it does not have yet.

    Beside them what stands behind every entry and the snippet may leave out: a dated milestone; in a plan, who leads.
    """
    read, _ = yaml_events.read(criterion.snippet, criterion.id)
    if not isinstance(read, yaml_events.Mapping):
        return {}, []
    content: dict[str, Any] = _plain(read)
    support: list[Addition] = []
    _refer(content, _rename(content, criterion, draft), "", draft, support)
    if draft.kind is REFORM:
        milestone_for(draft, support)
    elif not draft.reform.leads:
        support.append(Addition(("leads", None), {"organisation": LEAD}))
    _set_dates(content, draft)
    _new_texts(content, "", draft, set(draft.texts))
    return content, support


def _plain(value: Any) -> Any:
    if isinstance(value, dict):
        return {name: _plain(part) for name, part in value.items()}
    return [_plain(part) for part in value] if isinstance(value, list) else value


def _rename(content: dict[str, Any], criterion: Criterion, draft: Draft) -> dict[tuple[str, str], str]:
    """Give every entry an id that nothing has; which id became which, by list."""
    renamed: dict[tuple[str, str], str] = {}
    for section, entries in content.items():
        known = draft.kind.find("id", section)
        if not isinstance(entries, list) or known is None or not all(isinstance(entry, dict) for entry in entries):
            continue
        taken = {entry.id for entry in getattr(draft.reform, section)}
        for number, entry in enumerate(entries):
            ident = NEW_ID.format(criterion=criterion.id.lower())
            count = 1
            while ident in taken:
                count += 1
                ident = f"{NEW_ID.format(criterion=criterion.id.lower())}-{count}"
            taken.add(ident)
            if "id" in entry:
                renamed[section, str(entry["id"])] = ident
            entries[number] = {"id": ident, **{name: value for name, value in entry.items() if name != "id"}}
    return renamed


def _refer(
    content: dict[str, Any], renamed: dict[tuple[str, str], str], under: str, draft: Draft, support: list[Addition]
) -> None:
    """Let what names an entry by its id name the renamed one; a milestone that the snippet leaves out is found, or added."""
    for name, value in list(content.items()):
        path = f"{under}.{name}" if under else name
        known = draft.kind.find(path)
        if isinstance(value, dict):
            _refer(value, renamed, path, draft, support)
        elif isinstance(value, list) and value and isinstance(value[0], dict):
            for entry in value:
                _refer(entry, renamed, path, draft, support)
        elif known is not None and known.refers_to:
            section = known.refers_to
            if isinstance(value, list):
                content[name] = [renamed.get((section, str(each)), each) for each in value]
            elif (section, str(value)) in renamed:
                content[name] = renamed[section, str(value)]
            elif section == STEPS:
                content[name] = milestone_for(draft, support)


def milestone_for(draft: Draft, support: list[Addition]) -> str:
    """The id of a milestone that has a date and a body; where there is none, of one that is added."""
    reader = draft.build(draft.reform)
    led = any(lead.organisation and not reader.is_placeholder(lead.organisation) for lead in draft.reform.leads)
    for milestone in draft.reform.milestones:
        named = milestone.title and not reader.is_placeholder(milestone.title)
        bodies = [body for body in milestone.responsible if not reader.is_placeholder(body)]
        if milestone.id and named and milestone.due and (bodies or led):
            return str(milestone.id)
    if not support:
        entry = deepcopy(MILESTONE)
        taken = {milestone.id for milestone in draft.reform.milestones}
        while entry["id"] in taken:
            entry["id"] = f"{entry['id']}-2"
        _set_dates({STEPS: [entry]}, draft)
        support.append(Addition((STEPS, None), entry))
    return str(support[0].value["id"])


def _set_dates(content: dict[str, Any], draft: Draft) -> None:
    """Dates to come lie within the time of the document, in the order they have in the snippet."""
    last = _end_of(draft.reform)
    if last is None:
        return
    holders = [content, *(entry for part in content.values() if isinstance(part, list) for entry in part)]
    holders += [part for part in content.values() if isinstance(part, dict)]
    dated = [
        (holder, name) for holder in holders if isinstance(holder, dict) for name in ("due", "end") if name in holder
    ]
    order = sorted({str(holder[name]) for holder, name in dated})
    first = _start_of(draft.reform)
    step = (last - first) / len(order) if first and first < last and order else _A_WHILE
    for holder, name in dated:
        day = last - step * (len(order) - 1 - order.index(str(holder[name])))
        holder[name] = day.isoformat()
        if "start" in holder:
            holder["start"] = _before(day, first)


def _before(day: date, first: date | None) -> str:
    """A while before a day, and not before the first one."""
    return max(day - _A_WHILE, min(first or date.min, day)).isoformat()


def _end_of(reform: Any) -> date | None:
    plan = getattr(reform, "plan", None)
    ends = [end for end in (reform.end, plan.end if plan else None) if end]
    dues = [milestone.due for milestone in getattr(reform, "milestones", ()) if milestone.due]
    found = min(ends, key=lambda end: end.last, default=None) or max(dues, key=lambda due: due.last, default=None)
    return date(*found.last) if found else None


def _start_of(reform: Any) -> date | None:
    plan = getattr(reform, "plan", None)
    found: PartialDate | None = reform.start or (plan.start if plan else None)
    return date(*found.first) if found else None


def _new_texts(content: dict[str, Any], under: str, draft: Draft, texts: set[str]) -> None:
    """A text that the document has already would not count twice, so it is numbered."""
    for name, value in content.items():
        path = f"{under}.{name}" if under else name
        known = draft.kind.find(path)
        if isinstance(value, dict):
            _new_texts(value, path, draft, texts)
        elif isinstance(value, list):
            for entry in value:
                if isinstance(entry, dict):
                    _new_texts(entry, path, draft, texts)
        elif known is not None and known.kind == "text" and isinstance(value, str) and name != "title":
            content[name] = not_said_yet(value, texts)


def not_said_yet(text: str, texts: set[str]) -> str:
    """A text, numbered if it is said already; it then is."""
    made, count = text, 1
    while normal(made) in texts:
        count += 1
        made = SAME_AGAIN.format(text=text.rstrip(" ."), count=count)
    texts.add(normal(made))
    return made


def fitting_day(element: Any, name: str, value: str, texts: set[str], given: list[str]) -> str:
    """A day for an entry's beginning or end that goes with the other one, held or just given; ends fall on different days."""
    due = getattr(element, "due", None)
    if name == "start":
        ends = [*map(date.fromisoformat, given), *([date(*due.first)] if due else [])]
        return _before(min(ends), None) if ends else value
    start = getattr(element, "start", None)
    day = date.fromisoformat(value) if len(value) == _WHOLE_DAY else date(*PartialDate.read(value).last)
    while day.isoformat() in texts:
        day -= _A_MONTH
    if start and day < date(*start.first):
        day = date(*start.last) + _A_WHILE
    texts.add(day.isoformat())
    return day.isoformat()
