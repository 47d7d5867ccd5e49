"""What to write for a step: the least of a framework's own snippet that, in this very document, lifts a criterion to a level.

Lines are tried in the document, in memory, and held against the framework's tests; then all is left out that is not needed. What
is near already is completed; otherwise a new entry is added. Where a test asks something of most entries, each that lacks it
is completed, and a value that stands in the way is changed, with a note of what it was. Nothing of it is true yet: it shows
where the author has to say something, and of what kind.
"""

from collections.abc import Callable, Iterator
from copy import deepcopy
from functools import partial
from typing import Any, NamedTuple

from pydantic import BaseModel

from openreform.assessment import Fact
from openreform.framework import Criterion
from openreform.messages.steps import MILESTONE
from openreform.planning.growing import Draft, texts_in
from openreform.planning.snippets import STEPS, fitted, fitting_day, milestone_for, not_said_yet
from openreform.reform import REFORM, ReformField, fields_of
from openreform.route import Addition
from openreform.scoring.levels import ask_rung, reach
from openreform.scoring.reading import Reader, normal

MOST_ROUNDS = 5
_NAMES = ("title", "name", "organisation")
_OWN = frozenset({"id", "unknown", "evidence", "status"})
"""What an entry that is there already is not given."""
_CHANGED = frozenset({"choice", "yes-no", "number", "name", "date"})
_OF_EACH = frozenset({"every", "most", "none"})


class Skeleton(NamedTuple):
    """What to write for one step; lacking: what stays open where no lines reach the level."""

    additions: tuple[Addition, ...]
    lacking: tuple[Fact, ...] = ()


def skeleton(draft: Draft, criterion: Criterion, level: int) -> Skeleton:
    """The least to write so that a criterion reaches a level; the draft then has it."""
    if draft.level(criterion) >= level:
        return Skeleton(())
    snippet, support = fitted(criterion, draft)
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
    step = milestone_for(draft, list(additions)) if draft.kind is REFORM else None
    for changing in (False, True):
        tried = list(additions)
        texts = draft.texts | {normal(text) for addition in tried for text in texts_in(addition.value)}
        for _ in range(MOST_ROUNDS):
            tried = _undangled(draft, tried)
            reform = draft.with_all(tried)
            if reform is None:
                return None
            reader = draft.build(reform)
            if (reach(criterion, reader)[0].level or 0) >= level:
                return tried
            more = [
                addition
                for place, of_each in _near(criterion, level, reader)
                for addition in _into(
                    getattr(reform, place[0])[place[1]], place, snippet, texts, step, changing and of_each
                )
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
    model: type[BaseModel] = type(element)
    fields = fields_of(model, at[0])
    for name, known in fields.items():
        held = getattr(element, name)
        if known.refers_to == STEPS and step and (held is None or (changing and held != step)):
            yield Addition((*at, name), step, held)
    for entry in entries[:1] if isinstance(entries, list) else ():
        days: list[str] = []
        for name, value in sorted(entry.items(), key=lambda item: item[0] == "start"):
            if name not in fields or name in _OWN or name in _NAMES or fields[name].refers_to == STEPS:
                continue
            known, held = fields[name], getattr(element, name)
            if known.kind == "text" and isinstance(value, str) and held is None:
                value = not_said_yet(value, texts)  # noqa: PLW2901
            if known.kind == "date" and (held is None or changing):
                value = fitting_day(element, name, str(value), texts, days)  # noqa: PLW2901
                days.append(value)
            yield from _missing_in(element, at, name, value, known)
            if changing and not known.many and known.kind in _CHANGED and held not in (None, value):
                yield Addition((*at, name), value, held)


def _missing_in(
    holder: BaseModel, at: tuple[str | int, ...], name: str, value: Any, known: ReformField
) -> Iterator[Addition]:
    """What a part of a document lacks of a field: all of it, some values of a list, some fields of a group."""
    held = getattr(holder, name)
    if held is None or held == ():
        yield Addition((*at, name), value)
    elif known.kind == "group" and isinstance(value, dict):
        model: type[BaseModel] = type(held)
        inside = fields_of(model, known.path)
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
    for what in reversed(list(dict.fromkeys(map(_what, additions)))):
        fewer = [each for each in kept if _what(each) != what]
        if len(fewer) < len(kept) and enough(without := _undangled(draft, fewer)):
            kept = without
    for number in range(len(kept)):
        if kept[number].path == (STEPS, None) and str(kept[number].value["id"]).startswith(str(MILESTONE["id"])):
            continue  # whole, so that no test of all milestones fails by it
        for smaller in _smaller(kept[number].value):
            current = kept[number].value
            found = smaller(current)
            if found is not None and enough([*kept[:number], kept[number]._replace(value=found), *kept[number + 1 :]]):
                kept[number] = kept[number]._replace(value=found)
    return kept


def _what(addition: Addition) -> tuple[object, ...]:
    """What an addition is, apart from the entry it is for: a field of many entries is left out of all of them or of none."""
    section, *rest = addition.path
    if rest == [None] and isinstance(addition.value, dict):
        return section, repr(next(iter(addition.value.items()), None))
    value = str(addition.value) if rest[-1:] == [None] else None
    return section, *(step for step in rest if not isinstance(step, int)), value


def _smaller(value: Any, names: tuple[str, ...] = ()) -> list[Callable[[Any], Any]]:
    """Ways to make a value smaller: each takes one field or value out of what it is given; None if it is not there."""
    ways: list[Callable[[Any], Any]] = []
    if isinstance(value, dict):
        for name, part in reversed(value.items()):
            if name == "id" or (not names and name in _NAMES):
                continue
            ways.append(partial(_without, at=(*names, name), value=None))
            ways += _smaller(part, (*names, name))
    elif isinstance(value, list):
        ways += [partial(_without, at=names, value=each) for each in reversed(value)]
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
