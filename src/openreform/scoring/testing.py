"""Does a test of the framework hold for a reform? Three-valued, with the element that shows it or came nearest."""

import re
import unicodedata
from collections.abc import Callable
from dataclasses import dataclass, replace
from typing import Any

from pydantic import BaseModel

from openreform.assessment import Fact, Lack, Miss, Place, Side
from openreform.framework import AS_OF, DEFAULT_SHARE, Ceilings, Conditions, Constraint, Test
from openreform.reform import PartialDate, fields_of
from openreform.scoring.lacking import lack_of
from openreform.scoring.reading import UNKNOWN, Ceiling, Reach, Reader, Truth, both, either, negated, normal

GateTruth = Callable[[Test], Truth]
"""Answers `level` and `dimension`, which only gates may ask."""


@dataclass(frozen=True, slots=True)
class Asking:
    """On which side, for which rung, with which ceilings a test is asked. Rung 0 (gates) asks no ceiling."""

    side: Side
    rung: int
    ceilings: Ceilings
    gate_truth: GateTruth | None = None


@dataclass(frozen=True, slots=True)
class _Scope:
    """The list a test looks at, and how it is asked."""

    section: str
    reader: Reader
    asking: Asking

    def value(self, element: BaseModel, path: str) -> Any:
        """What a field holds; an element it points at must reach the rung too."""
        asking = self.asking
        return self.reader.value(element, path, self.section, Reach(asking.side, asking.rung, asking.ceilings))


Lacking = tuple[str, Constraint] | Conditions
"""A field and what was asked of it, or conditions asked together."""


@dataclass(frozen=True, slots=True)
class _Look:
    """How one element did: whether it holds, and what it lacks."""

    index: int
    holds: Truth
    lacking: tuple[Lacking, ...]
    held: int
    ceiling: Ceiling | None


def ask(test: Test, ident: str, reader: Reader, asking: Asking) -> Fact:
    """The fact a test states, whether it holds, and what shows it."""
    holds = truth(test, reader, asking)
    places = _showing(test, reader, asking) if holds is True else ()
    nearest = None if holds is True else _nearest(test, reader, asking)
    return Fact(ident, asking.rung, test.says or "", test.otherwise or "", test.fix or "", holds, places, nearest)


def truth(test: Test, reader: Reader, asking: Asking) -> Truth:
    """Whether a test holds."""
    result = _own_truth(test, reader, asking)
    if result is not True and test.unless is not None:
        return either(iter((result, truth(test.unless, reader, asking))))
    return result


def _own_truth(test: Test, reader: Reader, asking: Asking) -> Truth:
    match test.operator:
        case "present" | "absent":
            path = test.present or test.absent or ""
            undescribed = reader.is_undescribed(path.split(".", maxsplit=1)[0])
            present: Truth = bool(reader.document_value(path)) or (None if undescribed else False)
            return present if test.present else negated(present)
        case "all_of":
            return both(truth(part, reader, asking) for part in test.parts)
        case "any_of":
            return either(truth(part, reader, asking) for part in test.parts)
        case "not":
            return negated(truth(test.parts[0], reader, asking))
        case "level" | "dimension":
            return asking.gate_truth(test) if asking.gate_truth else None
        case "count":
            return _count(test, reader, asking)
        case _:
            return _over_list(test, reader, asking)


def _over_list(test: Test, reader: Reader, asking: Asking) -> Truth:
    section = test.section or ""
    looks = [look.holds for look in _looks(test, reader, asking)]
    if not looks:
        return None if reader.is_undescribed(section) else test.operator == "none"
    match test.operator:
        case "some":
            return either(iter(looks))
        case "every":
            return both(iter(looks))
        case "none":
            return negated(either(iter(looks)))
        case _:
            share = DEFAULT_SHARE if test.share is None else test.share
            needed = share * len(looks) - 1e-9
            if looks.count(True) >= needed:
                return True
            return None if looks.count(True) + looks.count(None) >= needed else False


def _count(test: Test, reader: Reader, asking: Asking) -> Truth:
    section, of = test.section or "", test.of or ""
    sure: set[str] = set()
    open_ones = 0
    for look in _looks(test, reader, asking):
        if look.holds is False:
            continue
        values = _Scope(section, reader, asking).value(reader.elements(section)[look.index], of)
        if values is UNKNOWN or look.holds is None:
            open_ones += 1
        else:
            sure.update(
                str(value.last) if isinstance(value, PartialDate) else normal(_plain(value)) for value in values
            )
    wanted = test.min or 1
    if len(sure) >= wanted:
        return True
    if reader.is_undescribed(section) and not reader.elements(section):
        return None
    return None if len(sure) + open_ones >= wanted else False


def _looks(test: Test, reader: Reader, asking: Asking) -> list[_Look]:
    """How each element did; asked for the answer, for what shows it and for what came nearest, and looked at once."""
    key = (id(test), asking.side, asking.rung)
    if key not in reader.looks:
        elements = reader.elements(test.section or "")
        reader.looks[key] = [_look(test, index, element, reader, asking) for index, element in enumerate(elements)]
    found: list[_Look] = reader.looks[key]
    return found


def _look(test: Test, index: int, element: BaseModel, reader: Reader, asking: Asking) -> _Look:
    section = test.section or ""
    ceiling = reader.ceiling(section, index, asking.side, asking.ceilings) if asking.rung else None
    held_down = ceiling is not None and ceiling.level < asking.rung
    scope = _Scope(section, reader, asking)
    asked: list[tuple[Lacking, Truth]] = [
        ((name, c), _constraint(c, name, element, scope)) for name, c in test.with_.fields.items()
    ]
    asked += [(part, _conditions(part, element, scope)) for part in _joined(test.with_)]
    everything = both(result for _, result in asked)
    # `none` looks for an element that must not be there: one that is held down counts against, as in `every`.
    holds: Truth = test.operator == "none" if held_down else everything
    if ceiling is not None and held_down and ceiling.possible >= asking.rung and everything is not False:
        holds = None
    lacking = tuple(what for what, result in asked if result is not True)
    return _Look(index, holds, lacking, len(asked) - len(lacking), ceiling if held_down else None)


def _joined(conditions: Conditions) -> list[Conditions]:
    parts = (
        [Conditions.model_construct(any_of=conditions.any_of, fields={}, all_of=(), not_=None)]
        if conditions.any_of
        else []
    )
    negative = (
        [Conditions.model_construct(not_=conditions.not_, fields={}, all_of=(), any_of=())] if conditions.not_ else []
    )
    return [*conditions.all_of, *parts, *negative]


def _conditions(conditions: Conditions, element: BaseModel, scope: _Scope) -> Truth:
    own = (_constraint(c, name, element, scope) for name, c in conditions.fields.items())
    every = (_conditions(part, element, scope) for part in conditions.all_of)
    parts = [both(own), both(every)]
    if conditions.any_of:
        parts.append(either(_conditions(part, element, scope) for part in conditions.any_of))
    if conditions.not_:
        parts.append(negated(_conditions(conditions.not_, element, scope)))
    return both(iter(parts))


# --- One field --------------------------------------------------------------------------------------------


def _constraint(asked: Constraint, name: str, element: BaseModel, scope: _Scope) -> Truth:
    values = scope.value(element, name)
    if values is UNKNOWN:
        return None
    if asked.present is not None and asked.present != bool(values):
        return False
    listed = scope.reader.framework.values
    checks: list[Truth] = []
    if asked.equals is not None:
        checks.append(any(_same(value, asked.equals) for value in values))
    if asked.any is not None:
        checks.append(any(_same(value, wanted) for value in values for wanted in listed(asked.any)))
    if asked.all is not None:
        checks.append(all(any(_same(value, wanted) for value in values) for wanted in listed(asked.all)))
    if asked.min is not None:
        checks.append(bool(values) and _size(values) >= asked.min)
    if asked.max is not None:
        checks.append(bool(values) and _size(values) <= asked.max)
    if asked.words is not None:
        checks.append(any(_says(value, word) for value in values for word in listed(asked.words)))
    if asked.before is not None:
        checks.append(_compare(values, asked.before, element, scope, earlier=True))
    if asked.after is not None:
        checks.append(_compare(values, asked.after, element, scope, earlier=False))
    if asked.same_as is not None:
        checks.append(_overlaps(values, asked.same_as, element, scope))
    if asked.not_same_as is not None:
        checks.append(negated(_overlaps(values, asked.not_same_as, element, scope)) if values else False)
    return both(iter(checks))


def _plain(value: Any) -> str:
    return value.text if isinstance(value, PartialDate) else str(value)


def _same(value: Any, wanted: Any) -> bool:
    if isinstance(value, bool) or isinstance(wanted, bool):
        return value is wanted
    if isinstance(value, int | float) and isinstance(wanted, int | float):
        return value == wanted
    said, asked = _plain(value), _plain(wanted)
    return said == asked or normal(said) == normal(asked)


def _size(values: tuple[Any, ...]) -> float:
    """A number as it stands; of anything else, how many values there are."""
    only = values[0] if len(values) == 1 else None
    return (
        float(only)
        if isinstance(only, int | float) and not isinstance(only, bool)
        else float(len(set(map(_plain, values))))
    )


def _says(value: Any, word: object) -> bool:
    """Whether a text contains a word, whatever its case and accents."""
    return re.search(rf"(?<!\w){re.escape(_bare(str(word)))}(?!\w)", _bare(_plain(value))) is not None


def _bare(text: str) -> str:
    return "".join(c for c in unicodedata.normalize("NFKD", normal(text)) if not unicodedata.combining(c))


def _compare(values: Any, limit: str, element: BaseModel, scope: _Scope, *, earlier: bool) -> Truth:
    """Whether every date lies on or before (after) the limit: the last day counts before, the first day after."""
    limits = _dates_at(limit, element, scope)
    if limits is UNKNOWN:
        return None
    if not values or not limits:
        return False
    if earlier:
        return bool(max(value.last for value in values) <= max(date.last for date in limits))
    return bool(min(value.first for value in values) >= min(date.first for date in limits))


def _dates_at(limit: str, element: BaseModel, scope: _Scope) -> Any:
    if limit == AS_OF:
        return UNKNOWN if scope.reader.as_of is None else (scope.reader.as_of,)
    if limit[:4].isdigit():
        return (PartialDate.read(limit),)
    return _other(limit, element, scope)


def _other(path: str, element: BaseModel, scope: _Scope) -> Any:
    """A path seen from the element, or, if it has no such field, from the document."""
    if path.split(".", maxsplit=1)[0] in fields_of(type(element)):
        return scope.value(element, path)
    return scope.reader.document_value(path)


def _overlaps(values: Any, paths: tuple[str, ...], element: BaseModel, scope: _Scope) -> Truth:
    mine = {normal(_plain(value)) for value in values}
    result: Truth = False
    for path in paths:
        others = _other(path, element, scope)
        if others is UNKNOWN:
            result = None
        elif mine & {normal(_plain(other)) for other in others}:
            return True
    return result


# --- What shows it, what came nearest ---------------------------------------------------------------------


def _showing(test: Test, reader: Reader, asking: Asking) -> tuple[Place, ...]:
    if test.section:
        section = test.section
        return tuple(reader.place(section, look.index) for look in _looks(test, reader, asking) if look.holds is True)
    if test.present:
        return (reader.place(test.present),)
    return tuple(
        place for part in test.parts if truth(part, reader, asking) is True for place in _showing(part, reader, asking)
    )


def _nearest(test: Test, reader: Reader, asking: Asking) -> Miss | None:
    """The element with most of what is asked; of equals, the one not held down, then the first."""
    if test.section:
        misses = [look for look in _looks(test, reader, asking) if look.holds is not True]
        if not misses:
            return None
        look = max(misses, key=lambda look: (_is_the_thing(test, look), look.held - len(look.lacking), -look.index))
        held = look.ceiling or Ceiling(asking.rung)
        element = reader.elements(test.section)[look.index]
        scope = _Scope(test.section, reader, asking)
        lacks = tuple(lack for what in look.lacking for lack in _lacks(what, element, scope))
        others = tuple(reader.place(test.section, miss.index) for miss in misses if miss is not look)
        place = reader.place(test.section, look.index)
        return Miss(place, lacks, held.reason, held.lift, not _is_the_thing(test, look), others)
    found = (_nearest(part, reader, asking) for part in test.parts)
    return next((miss for miss in found if miss), None)


def _is_the_thing(test: Test, look: _Look) -> bool:
    """Whether an element passes the first thing asked, which says what it is about."""
    first = next(iter(test.with_.fields), None)
    return all(not isinstance(what, tuple) or what[0] != first for what in look.lacking)


def lacks_of_a_new_one(test: Test, reader: Reader) -> tuple[Lack, ...]:
    """Everything a new element must have to pass a test."""
    asked: list[Lacking] = [*test.with_.fields.items(), *_joined(test.with_)]
    return tuple(lack for what in asked for lack in _all_of(what, test.section or "", reader))


def _all_of(what: Lacking, section: str, reader: Reader) -> list[Lack]:
    if isinstance(what, tuple):
        return [lack_of(what[0], what[1], (), section, reader.framework.values)]
    own = [lack for pair in what.fields.items() for lack in _all_of(pair, section, reader)]
    own += [lack for part in what.all_of for lack in _all_of(part, section, reader)]
    alternatives = [lack for part in what.any_of for lack in _all_of(part, section, reader)]
    return [*own, Lack("", "", "", "", alternatives=tuple(alternatives))] if alternatives else own


def _lacks(what: Lacking, element: BaseModel, scope: _Scope) -> list[Lack]:
    if isinstance(what, tuple):
        name, constraint = what
        values = scope.value(element, name)
        lack = lack_of(name, constraint, values, scope.section, scope.reader.framework.values)
        group = name.rpartition(".")[0]
        return [replace(lack, in_group=bool(group) and getattr(element, group.split(".")[0], None) is not None)]
    own = [
        (name, constraint)
        for name, constraint in what.fields.items()
        if _constraint(constraint, name, element, scope) is not True
    ]
    lacks = [lack for part in own for lack in _lacks(part, element, scope)]
    for part in what.all_of:
        if _conditions(part, element, scope) is not True:
            lacks += _lacks(part, element, scope)
    alternatives = [lack for part in what.any_of for lack in _lacks(part, element, scope)]
    if alternatives:
        lacks.append(Lack("", "", "", "", alternatives=tuple(dict.fromkeys(alternatives))))
    return lacks
