"""What to write for a step: the least of a framework's own snippet that, in this very document, lifts a criterion to a level.

Lines are tried in the document, in memory, and held against the framework's tests; then all is left out that is not needed. What
is near already is completed; otherwise a new entry is added. Where a test asks something of most entries, each that lacks it
is completed, and a value that stands in the way is changed, with a note of what it was. Nothing of it is true yet: it shows
where the author has to say something, and of what kind.
"""

from collections.abc import Callable, Iterator, Sequence
from copy import deepcopy
from dataclasses import dataclass, field
from datetime import date, timedelta
from typing import Any, NamedTuple

from pydantic import BaseModel, ValidationError

from openreform.assessment import Fact
from openreform.framework import Criterion, Framework
from openreform.kinds import kind_called
from openreform.loading import yaml_events
from openreform.messages.steps import LEAD, MILESTONE, NEW_ID, SAME_AGAIN
from openreform.reform import REFORM, PartialDate, ReformField, fields_of
from openreform.scoring.levels import ask_rung, reach
from openreform.scoring.reading import Reader, normal

Build = Callable[[Any], Reader]
"""Reads what is described as an assessment would."""

MOST_ROUNDS = 5
_NAMES = ("title", "name", "organisation")
_OWN = frozenset({"id", "unknown", "evidence", "status"})
"""What an entry that is there already is not given."""
_STEPS = "milestones"
_CHANGED = frozenset({"choice", "yes-no", "number", "name", "date"})
_OF_EACH = frozenset({"every", "most", "none"})
_A_WHILE, _A_MONTH = timedelta(days=92), timedelta(days=30)


class Addition(NamedTuple):
    """Something to write.

    path: names and numbers from the top of the document; a last None is a new entry of a list. value: text, number, yes or no,
    list, or fields. was: what stands there now, of a value that is changed; None if nothing does.
    """

    path: tuple[str | int | None, ...]
    value: Any
    was: Any = None


class Skeleton(NamedTuple):
    """What to write for one step; lacking: what stays open where no lines reach the level."""

    additions: tuple[Addition, ...]
    lacking: tuple[Fact, ...] = ()


@dataclass
class Draft:
    """A document that grows: what it says, with everything written so far."""

    reform: Any
    framework: Framework
    build: Build
    texts: set[str] = field(default_factory=set)

    def __post_init__(self) -> None:
        self.kind = kind_called(self.framework.applies_to)
        self.texts |= {normal(text) for text in _texts(self.reform)}

    def level(self, criterion: Criterion, reform: Any = None) -> int:
        """The level of a promise, in what is written so far or in something else; 0 if it is not assessed."""
        return reach(criterion, self.build(self.reform if reform is None else reform))[0].level or 0

    def with_all(self, additions: Sequence[Addition]) -> Any:
        """The reform with something added; None if that is no sound document."""
        reform = self.reform
        try:
            for addition in additions:
                reform = _added(reform, addition.path, addition.value)
        except ValidationError:
            return None
        return reform

    def write(self, additions: Sequence[Addition]) -> None:
        """Keep something."""
        self.reform = self.with_all(additions)
        self.texts |= {normal(text) for addition in additions for text in _texts(addition.value)}


def skeleton(draft: Draft, criterion: Criterion, level: int) -> Skeleton:
    """The least to write so that a criterion reaches a level; the draft then has it."""
    if draft.level(criterion) >= level:
        return Skeleton(())
    snippet, support = _snippet(criterion, draft)
    for begun in (support, [*support, *_entries(draft, snippet)]):
        additions = _rounds(draft, criterion, level, snippet, begun)
        if additions is not None:
            least = _least(draft, criterion, level, additions)
            draft.write(least)
            return Skeleton(tuple(least))
    reader = draft.build(draft.reform)
    rungs = range((reach(criterion, reader)[0].level or 0) + 1, level + 1)
    facts = (fact for rung in rungs for fact in ask_rung(criterion, rung, "promise", reader))
    return Skeleton((), tuple(fact for fact in facts if fact.holds is not True))


# --- From the snippet --------------------------------------------------------------------------------------


def _snippet(criterion: Criterion, draft: Draft) -> tuple[dict[str, Any], list[Addition]]:
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
        _milestone(draft, support)
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
            elif section == _STEPS:
                content[name] = _milestone(draft, support)


def _milestone(draft: Draft, support: list[Addition]) -> str:
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
        _set_dates({_STEPS: [entry]}, draft)
        support.append(Addition((_STEPS, None), entry))
    return str(support[0].value["id"])


def _set_dates(content: dict[str, Any], draft: Draft) -> None:
    """Dates to come lie within the time of the document, in the order they have in the snippet."""
    last = _end_of(draft.reform)
    if last is None:
        return
    holders = [content, *(entry for part in content.values() if isinstance(part, list) for entry in part)]
    holders += [part for part in content.values() if isinstance(part, dict)]
    dated = [(holder, name) for holder in holders if isinstance(holder, dict) for name in ("due", "end") if name in holder]
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
            content[name] = _not_said_yet(value, texts)


def _not_said_yet(text: str, texts: set[str]) -> str:
    made, count = text, 1
    while normal(made) in texts:
        count += 1
        made = SAME_AGAIN.format(text=text.rstrip(" ."), count=count)
    texts.add(normal(made))
    return made


# --- What is tried ------------------------------------------------------------------------------------------


def _entries(draft: Draft, snippet: dict[str, Any]) -> list[Addition]:
    """The snippet's entries as new ones, and what the document does not say yet of what it can say once."""
    additions: list[Addition] = []
    for name, value in snippet.items():
        known = draft.kind.top.get(name)
        if known is None:
            continue
        if known.kind == "elements":
            additions += [Addition((name, None), entry) for entry in value]
        else:
            additions += _missing_in(draft.reform, (), name, value, known)
    return additions


def _rounds(
    draft: Draft, criterion: Criterion, level: int, snippet: dict[str, Any], additions: list[Addition]
) -> list[Addition] | None:
    """Complete what comes nearest, again and again, until the level is reached or nothing is left to complete."""
    step = _milestone(draft, list(additions)) if draft.kind is REFORM else None
    for changing in (False, True):
        tried = list(additions)
        texts = draft.texts | {normal(text) for addition in tried for text in _texts(addition.value)}
        for _ in range(MOST_ROUNDS):
            reform = draft.with_all(tried)
            if reform is None:
                return None
            reader = draft.build(reform)
            if (reach(criterion, reader)[0].level or 0) >= level:
                return tried
            more = [
                addition
                for place, of_each in _near(criterion, level, reader)
                for addition in _into(getattr(reform, place[0])[place[1]], place, snippet, texts, step, changing and of_each)
            ]
            if not more:
                break
            tried = _folded(draft, tried, more)
    return None


def _folded(draft: Draft, additions: list[Addition], more: list[Addition]) -> list[Addition]:
    """Further additions; what belongs into a new entry is written into it."""
    result = deepcopy(additions)
    for addition in more:
        section, number, *rest = addition.path
        known = getattr(draft.reform, str(section)) if isinstance(number, int) else ()
        if not isinstance(number, int) or number < len(known):
            result.append(addition)
            continue
        new = [each for each in result if each.path == (section, None)]
        holder = new[number - len(known)].value
        for step in rest[:-1]:
            if step is not None and rest[-1] is not None:
                holder = holder.setdefault(str(step), {})
        if rest[-1] is None:
            holder.setdefault(str(rest[-2]), []).append(addition.value)
        else:
            holder[str(rest[-1])] = addition.value
    return result


def _near(criterion: Criterion, level: int, reader: Reader) -> Iterator[tuple[tuple[str, int], bool]]:
    """The entries that come nearest to what is lacking, and whether each such entry has to have it."""
    seen: set[tuple[str, int]] = set()
    held = reach(criterion, reader)[0].level or 0
    for rung in range(held + 1, level + 1):
        tests = criterion.levels[rung - 1].tests_for("promise")
        for test, fact in zip(tests, ask_rung(criterion, rung, "promise", reader), strict=True):
            miss = fact.nearest
            of_each = any(part.operator in _OF_EACH for part in test.walk())
            if fact.holds is True or miss is None or (miss.is_another_thing and not of_each):
                continue
            for place in (miss.place, *(miss.others if of_each else ())):
                section, _, number = place.path.partition("[")
                at = (section, int(number.rstrip("]"))) if number else None
                if at and at not in seen:
                    seen.add(at)
                    yield at, of_each


def _into(
    element: BaseModel, at: tuple[str, int], snippet: dict[str, Any], texts: set[str], step: str | None, changing: bool
) -> Iterator[Addition]:
    """What an entry lacks of the snippet's first entry in the same list; where `changing`, what it has otherwise as well."""
    entries = snippet.get(at[0])
    fields = fields_of(type(element), at[0])
    for name, known in fields.items():
        held = getattr(element, name)
        if known.refers_to == _STEPS and step and (held is None or (changing and held != step)):
            yield Addition((*at, name), step, held)
    for entry in entries[:1] if isinstance(entries, list) else ():
        for name, value in entry.items():
            if name not in fields or name in _OWN or name in _NAMES or fields[name].refers_to == _STEPS:
                continue
            known, held = fields[name], getattr(element, name)
            if known.kind == "text" and isinstance(value, str) and held is None:
                value = _not_said_yet(value, texts)  # noqa: PLW2901
            if known.kind == "date" and (held is None or changing):
                value = _fitting_day(element, name, str(value), texts)  # noqa: PLW2901
            yield from _missing_in(element, at, name, value, known)
            if changing and not known.many and known.kind in _CHANGED and held not in (None, value):
                yield Addition((*at, name), value, held)


def _fitting_day(element: Any, name: str, value: str, texts: set[str]) -> str:
    """A day for an entry's beginning or end that goes with the other one; ends fall on different days."""
    due = getattr(element, "due", None)
    if name == "start":
        return _before(date(*due.first), None) if due else value
    start = getattr(element, "start", None)
    day = date.fromisoformat(value) if len(value) == len("2027-06-30") else date(*PartialDate.read(value).last)
    while day.isoformat() in texts:
        day -= _A_MONTH
    if start and day < date(*start.first):
        day = date(*start.last) + _A_WHILE
    texts.add(day.isoformat())
    return day.isoformat()


def _missing_in(
    holder: BaseModel, at: tuple[str | int, ...], name: str, value: Any, known: ReformField
) -> Iterator[Addition]:
    """What a part of a document lacks of a field: all of it, some values of a list, some fields of a group."""
    held = getattr(holder, name)
    if held is None or held == ():
        yield Addition((*at, name), value)
    elif known.kind == "group" and isinstance(value, dict):
        inside = fields_of(type(held), known.path)
        for inner, part in value.items():
            if inner in inside:
                yield from _missing_in(held, (*at, name), inner, part, inside[inner])
    elif known.many and isinstance(value, list):
        yield from (Addition((*at, name, None), each) for each in value if each not in held)


# --- The least of it ----------------------------------------------------------------------------------------


def _least(draft: Draft, criterion: Criterion, level: int, additions: list[Addition]) -> list[Addition]:
    """What is left once everything is left out that is not needed for the level: whole entries first, then line by line."""

    def enough(tried: list[Addition]) -> bool:
        if _dangling(draft, tried):
            return False
        reform = draft.with_all(tried)
        return reform is not None and draft.level(criterion, reform) >= level

    kept = list(additions)
    for number in reversed(range(len(kept))):
        fewer = kept[:number] + kept[number + 1 :]
        if enough(without := _undangled(draft, fewer)):
            kept = without
    for number in range(len(kept)):
        if kept[number].path == (_STEPS, None) and str(kept[number].value["id"]).startswith(str(MILESTONE["id"])):
            continue  # whole, so that no test of all milestones fails by it
        for smaller in _smaller(kept[number].value):
            current = kept[number].value
            found = smaller(current)
            if found is not None and enough([*kept[:number], kept[number]._replace(value=found), *kept[number + 1 :]]):
                kept[number] = kept[number]._replace(value=found)
    return kept


def _smaller(value: Any, names: tuple[str, ...] = ()) -> list[Callable[[Any], Any]]:
    """Ways to make a value smaller: each takes one field or value out of what it is given; None if it is not there."""
    ways: list[Callable[[Any], Any]] = []
    if isinstance(value, dict):
        for name, part in reversed(value.items()):
            if name == "id" or (not names and name in _NAMES):
                continue
            ways.append(lambda whole, at=(*names, name): _without(whole, at, None))
            ways += _smaller(part, (*names, name))
    elif isinstance(value, list):
        ways += [lambda whole, at=names, each=each: _without(whole, at, each) for each in reversed(value)]
    return ways


def _without(whole: Any, at: tuple[str, ...], value: Any) -> Any:
    """A copy without a field, or without one value of a list that has more; None if there is no such thing to leave out."""
    made = deepcopy(whole)
    holder = made
    for name in at if value is not None else at[:-1]:
        if not isinstance(holder, dict) or name not in holder:
            return None
        holder = holder[name]
    if value is not None:
        if not isinstance(holder, list) or value not in holder or len(holder) == 1:
            return None
        holder.remove(value)
    elif not isinstance(holder, dict) or at[-1] not in holder or len(holder) == 1:
        return None
    else:
        del holder[at[-1]]
    return made


def _undangled(draft: Draft, additions: list[Addition]) -> list[Addition]:
    """The same without naming entries that are not there."""
    kept: list[Addition] = []
    for addition in additions:
        if isinstance(addition.value, dict):
            value = {
                name: part
                for name, part in addition.value.items()
                if not _names_nothing(draft, additions, (*addition.path, name), part)
            }
            kept.append(addition._replace(value=value))
        elif not _names_nothing(draft, additions, addition.path, addition.value):
            kept.append(addition)
    return kept


def _dangling(draft: Draft, additions: list[Addition]) -> bool:
    return _undangled(draft, additions) != additions


def _names_nothing(draft: Draft, additions: list[Addition], path: tuple[str | int | None, ...], value: Any) -> bool:
    known = draft.kind.find(".".join(step for step in path if isinstance(step, str)))
    if known is None or not known.refers_to:
        return False
    there = {entry.id for entry in getattr(draft.reform, known.refers_to)}
    there |= {each.value["id"] for each in additions if each.path == (known.refers_to, None) and "id" in each.value}
    named = value if isinstance(value, list) else [value]
    return any(ident not in there for ident in named)


# --- Into the model -----------------------------------------------------------------------------------------


def _added(holder: Any, path: tuple[str | int | None, ...], value: Any) -> Any:
    """A part of a document with something added further in."""
    name, rest = str(path[0]), path[1:]
    held = getattr(holder, name)
    known = fields_of(type(holder))[name]
    if not rest:
        return _with(holder, name, _piece(type(holder), name, value))
    if rest[0] is None:
        return _with(holder, name, (*held, *_piece(type(holder), name, [value])))
    if isinstance(rest[0], int):
        entries = list(held)
        entries[rest[0]] = _added(entries[rest[0]], rest[1:], value)
        return _with(holder, name, tuple(entries))
    assert known.model is not None
    return _with(holder, name, _added(known.model() if held is None else held, rest, value))


def _with(holder: Any, name: str, value: Any) -> Any:
    changed: dict[str, Any] = {name: value}
    unknown = getattr(holder, "unknown", ())
    if any(part.partition(".")[0] == name for part in unknown):  # what is told is not unknown any more
        told = {name, *(f"{name}.{part}" for part in getattr(value, "model_fields_set", ()))}
        changed["unknown"] = tuple(part for part in unknown if part not in told)
    return holder.model_copy(update=changed)


def _piece(model: type[BaseModel], name: str, value: Any) -> Any:
    """A value as a field of a section holds it."""
    import json  # noqa: PLC0415

    required = {"openreform": 1, "id": "x", "title": "x"} if "openreform" in model.model_fields else {}
    return getattr(model.model_validate_json(json.dumps({**required, name: value})), name)


def _texts(value: Any) -> Iterator[str]:
    """Every text in plain values or in a part of a document."""
    if isinstance(value, str):
        yield value
    elif isinstance(value, BaseModel):
        for name in type(value).model_fields:
            yield from _texts(getattr(value, name))
    elif isinstance(value, dict):
        for part in value.values():
            yield from _texts(part)
    elif isinstance(value, list | tuple):
        for part in value:
            yield from _texts(part)
