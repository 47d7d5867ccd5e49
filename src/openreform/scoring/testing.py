"""Does a test of the framework hold for a document? Three-valued, with the element that shows it or came nearest.

A test is made into functions once for a framework, each bound to the fields and values it asks for; many documents are
then asked in turn. A function answers for all elements of a list at once, by marks: so what several rungs, both sides or
several criteria ask is looked up once in a document, and a rung is decided by laying marks over each other. What holds and
what is lacking come from the same functions.
"""

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import cache
from threading import Lock
from typing import Any, NamedTuple

from pydantic import BaseModel

from openreform.assessment import Fact, Lack, Miss, Place, Side
from openreform.framework import AS_OF, DEFAULT_SHARE, Ceilings, Conditions, Constraint, Criterion, Framework, Test
from openreform.messages.reports import NEEDS
from openreform.plaintext import unaccented
from openreform.reform import DocumentKind, PartialDate, fields_of
from openreform.scoring.lacking import lack_of
from openreform.scoring.reading import (
    UNKNOWN,
    AtLeast,
    Ceiling,
    Marks,
    Reach,
    Reader,
    Truth,
    both,
    either,
    marked,
    negated,
    normal,
)

_OF_EACH = frozenset(("every", "most", "none"))

GateTruth = Callable[[Test], Truth]
"""Answers `level` and `dimension`, which only gates may ask."""


class Asking(NamedTuple):
    """On which side, for which rung, with which ceilings a test is asked. Rung 0 (gates) asks no ceiling."""

    side: Side
    rung: int
    ceilings: Ceilings
    gate_truth: GateTruth | None = None


Lacking = tuple[str, Constraint] | Conditions
"""A field and what was asked of it, or conditions asked together."""

OfOne = Callable[[BaseModel, Reader, Asking], Truth]
"""Whether one element has what is asked of a field."""

Check = Callable[[Reader, Asking], Marks]
"""Which elements of a list have what one part of a test asks."""

Read = Callable[[BaseModel, Reader, Asking], Any]
"""What a field of an element holds: a tuple of values, or UNKNOWN."""


class Question(NamedTuple):
    """A test ready to be asked: what each element of its list must have, and the tests inside it.

    decide: whether the test holds. own: the same without `unless`. depends: whether what an element has depends on who asks.
    """

    test: Test
    decide: "Callable[[Question, Reader, Asking], Truth]"
    own: "Callable[[Question, Reader, Asking], Truth]"
    section: str
    asked: tuple[tuple[Lacking, Check], ...]
    checks: tuple[Check, ...]
    depends: bool
    of: Read | None
    parts: "tuple[Question, ...]"
    unless: "Question | None"


@dataclass(frozen=True, slots=True)
class _Look:
    """How one element did: whether it is about the thing asked (the first that is asked of it), whether it holds, what it lacks."""

    index: int
    about: Truth
    holds: Truth
    lacking: tuple[Lacking, ...]
    held: int
    ceiling: Ceiling | None


def ask(test: Test, ident: str, reader: Reader, asking: Asking) -> Fact:
    """The fact a test states, whether it holds, and what shows it."""
    question = _question(test, reader)
    holds = answer(question, reader, asking)
    places = _showing(question, reader, asking) if holds is True else ()
    nearest = None if holds is True else _nearest(question, reader, asking)
    of_each = test.operator in _OF_EACH
    return Fact(
        ident, asking.rung, test.says or "", test.otherwise or "", test.fix or "", holds, places, nearest, of_each
    )


def truth(test: Test, reader: Reader, asking: Asking) -> Truth:
    """Whether a test holds."""
    return answer(_question(test, reader), reader, asking)


def having_all(test: Test, reader: Reader, asking: Asking) -> Marks:
    """Which elements of its list have all that a test asks of one."""
    return _having_all(_question(test, reader), reader, asking)


class Rung(NamedTuple):
    """One rung of a criterion on one side, ready to be asked."""

    asking: Asking
    questions: tuple[Question, ...]
    judged: bool


_ONE_AT_A_TIME = Lock()


def ladder(criterion: Criterion, side: Side, reader: Reader) -> Iterator[Rung]:
    """The rungs of a criterion on one side, from the lowest; those nobody climbs to are not made ready."""
    key = (id(criterion), side)
    rungs: list[Rung] | None = reader.questions.get(key)
    if rungs is None:
        rungs = reader.questions[key] = []
    elif len(rungs) == len(criterion.levels):
        return iter(rungs)
    return _made_on_the_way(rungs, criterion, side, reader)


def _made_on_the_way(rungs: list[Rung], criterion: Criterion, side: Side, reader: Reader) -> Iterator[Rung]:
    for number, level in enumerate(criterion.levels, start=1):
        if len(rungs) < number:
            asking = Asking(side, number, criterion.ceilings)
            questions = tuple(_question(test, reader) for test in level.tests_for(side))
            with _ONE_AT_A_TIME:
                if len(rungs) < number:  # another thread may have been quicker
                    rungs.append(Rung(asking, questions, level.judged is not None))
        yield rungs[number - 1]


def _question(test: Test, reader: Reader) -> Question:
    question: Question | None = reader.questions.get(id(test))
    if question is None:
        question = reader.questions[id(test)] = _made_question(test, reader)
    return question


def _made_question(test: Test, reader: Reader) -> Question:
    section = test.section or ""
    asked: list[tuple[Lacking, Check]] = [
        ((name, constraint), _check(name, constraint, section, reader))
        for name, constraint in test.with_.fields.items()
    ]
    asked += [(part, _checks_together(part, section, reader)) for part in _joined(test.with_)]
    own = _DECIDED[test.operator]
    return Question(
        test,
        _unless if test.unless else own,
        own,
        section,
        tuple(asked),
        tuple(check for _, check in asked),
        _depends(test.with_),
        _read(test.of, section, reader.kind) if test.of else None,
        tuple(_question(part, reader) for part in test.parts),
        _question(test.unless, reader) if test.unless else None,
    )


def answer(question: Question, reader: Reader, asking: Asking) -> Truth:
    """Whether the test behind a question holds."""
    return question.decide(question, reader, asking)


def _unless(question: Question, reader: Reader, asking: Asking) -> Truth:
    """Whether a test holds, or what makes up for it."""
    result = question.own(question, reader, asking)
    if result is True or question.unless is None:
        return result
    return either(iter((result, answer(question.unless, reader, asking))))


# --- Operators on a list ------------------------------------------------------------------------------------


def _having_all(question: Question, reader: Reader, asking: Asking) -> Marks:
    """The elements that have all that is asked; looked for only as long as there may be one."""
    sure = possible = reader.everything[question.section]
    if not question.checks:
        return sure, possible
    known = None if question.depends else reader.marks.get(question.checks)
    if known is not None:
        return known
    for check in question.checks:
        also_sure, also_possible = check(reader, asking)
        sure &= also_sure
        possible &= also_possible
        if not possible:
            break
    if not question.depends:
        reader.marks[question.checks] = sure, possible
    return sure, possible


def _counting(question: Question, reader: Reader, asking: Asking) -> Marks:
    """Those of them that count for the rung: an element counts up to its ceiling."""
    sure, possible = _having_all(question, reader, asking)
    if not (possible and asking.rung):
        return sure, possible
    high_enough, might_be = reader.reaching(question.section, asking.side, asking.rung, asking.ceilings)
    return sure & high_enough, possible & might_be


def _counting_against(question: Question, reader: Reader, asking: Asking) -> Marks:
    """The elements that must not be there; one that is held down counts against, as in `every`."""
    sure, possible = _having_all(question, reader, asking)
    if not asking.rung:
        return sure, possible
    high_enough, might_be = reader.reaching(question.section, asking.side, asking.rung, asking.ceilings)
    held_down = reader.everything[question.section] & ~high_enough
    return (sure & high_enough) | (held_down & ~(might_be & possible)), possible | held_down


def _some(question: Question, reader: Reader, asking: Asking) -> Truth:
    if not reader.everything[question.section]:
        return None if reader.is_undescribed(question.section) else False
    sure, possible = _counting(question, reader, asking)
    return True if sure else None if possible else False


def _every(question: Question, reader: Reader, asking: Asking) -> Truth:
    everything = reader.everything[question.section]
    if not everything:
        return None if reader.is_undescribed(question.section) else False
    sure, possible = _counting(question, reader, asking)
    return True if sure == everything else None if possible == everything else False


def _most(question: Question, reader: Reader, asking: Asking) -> Truth:
    everything = reader.everything[question.section]
    if not everything:
        return None if reader.is_undescribed(question.section) else False
    sure, possible = _counting(question, reader, asking)
    share = DEFAULT_SHARE if question.test.share is None else question.test.share
    needed = share * everything.bit_count() - 1e-9
    return True if sure.bit_count() >= needed else None if possible.bit_count() >= needed else False


def _none(question: Question, reader: Reader, asking: Asking) -> Truth:
    if not reader.everything[question.section]:
        return None if reader.is_undescribed(question.section) else True
    sure, possible = _counting_against(question, reader, asking)
    return False if sure else None if possible else True


def _count(question: Question, reader: Reader, asking: Asking) -> Truth:
    values_seen: set[str] = set()
    open_ones = 0
    counting = _counting(question, reader, asking)
    elements = reader.elements(question.section)
    for index, element in enumerate(elements):
        holds = marked(counting, index)
        if holds is False or question.of is None:
            continue
        values = question.of(element, reader, asking)
        if values is UNKNOWN or holds is None:
            open_ones += 1
        else:
            values_seen.update(
                str(value.last) if isinstance(value, PartialDate) else normal(_plain(value)) for value in values
            )
    wanted = question.test.min or 1
    if len(values_seen) >= wanted:
        return True
    if reader.is_undescribed(question.section) and not elements:
        return None
    return None if len(values_seen) + open_ones >= wanted else False


# --- Other operators ----------------------------------------------------------------------------------------


def _present(question: Question, reader: Reader, asking: Asking) -> Truth:
    path = question.test.present or question.test.absent or ""
    if reader.document_value(path):
        return True
    return None if reader.is_undescribed(path.partition(".")[0]) else False


def _absent(question: Question, reader: Reader, asking: Asking) -> Truth:
    return negated(_present(question, reader, asking))


def _all_of(question: Question, reader: Reader, asking: Asking) -> Truth:
    return both(answer(part, reader, asking) for part in question.parts)


def _any_of(question: Question, reader: Reader, asking: Asking) -> Truth:
    return either(answer(part, reader, asking) for part in question.parts)


def _not(question: Question, reader: Reader, asking: Asking) -> Truth:
    return negated(answer(question.parts[0], reader, asking))


def _by_gate(question: Question, reader: Reader, asking: Asking) -> Truth:
    return asking.gate_truth(question.test) if asking.gate_truth else None


_DECIDED: dict[str, Callable[[Question, Reader, Asking], Truth]] = {
    "some": _some,
    "every": _every,
    "most": _most,
    "none": _none,
    "count": _count,
    "present": _present,
    "absent": _absent,
    "all_of": _all_of,
    "any_of": _any_of,
    "not": _not,
    "level": _by_gate,
    "dimension": _by_gate,
}


# --- Conditions asked together ------------------------------------------------------------------------------


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


def _checks_together(conditions: Conditions, section: str, reader: Reader) -> Check:
    all_of = [_check(name, constraint, section, reader) for name, constraint in conditions.fields.items()]
    all_of += [_checks_together(part, section, reader) for part in conditions.all_of]
    any_of = [_checks_together(part, section, reader) for part in conditions.any_of]
    not_ = _checks_together(conditions.not_, section, reader) if conditions.not_ else None

    def check(reader: Reader, asking: Asking) -> Marks:
        sure = possible = reader.everything[section]
        for each in all_of:
            also_sure, also_possible = each(reader, asking)
            sure, possible = sure & also_sure, possible & also_possible
        if any_of:
            one_sure = one_possible = 0
            for each in any_of:
                also_sure, also_possible = each(reader, asking)
                one_sure, one_possible = one_sure | also_sure, one_possible | also_possible
            sure, possible = sure & one_sure, possible & one_possible
        if not_:
            not_sure, not_possible = not_(reader, asking)
            sure, possible = sure & ~not_possible, possible & ~not_sure
        return sure, possible

    return all_of[0] if len(all_of) == 1 and not any_of and not_ is None else check


# --- One field --------------------------------------------------------------------------------------------

_PLAIN_KINDS = {"choice", "yes-no", "number", "date"}
"""What such a field holds is neither a placeholder nor said twice: it counts as it stands."""


@cache
def _read(name: str, section: str, kind: DocumentKind[Any]) -> Read:
    """How to read a field, by what kind of field it is."""
    field, head = kind.find(name, section), name.partition(".")[0]
    first = kind.find(head, section)
    follows = first is not None and bool(first.refers_to)
    may_be_unknown = kind.find("unknown", section) is not None

    def plainly(element: BaseModel, reader: Reader, asking: Asking) -> Any:
        held = getattr(element, name)
        if may_be_unknown and name in element.unknown:  # type: ignore[attr-defined]
            return AtLeast(held) if isinstance(held, tuple) and held else UNKNOWN
        return held if isinstance(held, tuple) else () if held is None else (held,)

    def named(element: BaseModel, reader: Reader, asking: Asking) -> Any:
        held = getattr(element, name)
        if may_be_unknown and name in element.unknown:  # type: ignore[attr-defined]
            return reader.value(element, name, section, None)
        if isinstance(held, str):
            return () if reader.is_placeholder(held) else (held,)
        return tuple(value for value in held if not reader.is_placeholder(value)) if held else ()

    def worded(element: BaseModel, reader: Reader, asking: Asking) -> Any:
        if not getattr(element, name) and not (may_be_unknown and name in element.unknown):  # type: ignore[attr-defined]
            return ()
        return reader.value(element, name, section, None)

    def in_full(element: BaseModel, reader: Reader, asking: Asking) -> Any:
        reach = Reach(asking.side, asking.rung, asking.ceilings) if follows else None
        return reader.value(element, name, section, reach)

    if field is None or "." in name or follows:
        return in_full
    if field.kind == "name":
        return named
    return plainly if field.kind in _PLAIN_KINDS else worded


def _enough(
    name: str, asked: Constraint, section: str, framework: Framework, kind: DocumentKind[Any]
) -> frozenset[Any]:
    """The values of which one is enough, where nothing else is asked of a field that takes listed values only."""
    field = kind.find(name, section)
    if field is None or field.kind not in {"choice", "yes-no"} or "." in name or not kind.find("unknown", section):
        return frozenset()
    if asked.model_fields_set == {"equals"}:
        return frozenset((asked.equals,))
    only_any = asked.model_fields_set == {"any"} and asked.any is not None
    return frozenset(framework.values(asked.any or ())) if only_any else frozenset()


def _check(name: str, asked: Constraint, section: str, reader: Reader) -> Check:
    """The check of one field: one for all tests of a framework that ask the same of the same field."""
    # By how values are written: Python takes true and 1 for the same.
    key = (section, name, frozenset((part, repr(getattr(asked, part))) for part in asked.model_fields_set))
    check: Check | None = reader.questions.get(key)
    if check is None:
        of_one = _of_one(name, asked, section, reader)
        check = reader.questions[key] = _of_all(of_one, section, depends=_depends_on_asking(name, asked))
    return check


def _depends_on_asking(name: str, asked: Constraint) -> bool:
    """Whether side and rung have a say: they do where an id is followed, to an element that must reach the rung too."""
    limits = (limit for limit in (asked.before, asked.after) if limit is not None)
    return any("." in path for path in (name, *limits, *(asked.same_as or ()), *(asked.not_same_as or ())))


def _depends(conditions: Conditions) -> bool:
    """The same of conditions asked together."""
    return any(_depends_on_asking(name, asked) for name, asked in conditions.fields.items()) or any(
        _depends(part) for part in conditions.parts
    )


def _of_all(of_one: OfOne, section: str, *, depends: bool) -> Check:
    """Asks every element of a list, once in each document."""

    def check(reader: Reader, asking: Asking) -> Marks:
        key = (of_one, asking.side, asking.rung, id(asking.ceilings)) if depends else of_one
        known = reader.marks.get(key)
        if known is not None:
            return known
        sure = possible = 0
        bit = 1
        for element in reader.elements(section):
            truth = of_one(element, reader, asking)
            if truth is True:
                sure |= bit
                possible |= bit
            elif truth is None:
                possible |= bit
            bit <<= 1
        reader.marks[key] = sure, possible
        return sure, possible

    return check


def _of_one(name: str, asked: Constraint, section: str, reader: Reader) -> OfOne:
    """Asks one element; the two commonest kinds look at nothing that they need not."""
    read, field = _read(name, section, reader.kind), reader.kind.find(name, section)
    wanted = _enough(name, asked, section, reader.framework, reader.kind)
    if wanted and field is not None:
        return _among(name, wanted, many=field.many)
    grows = asked.grows

    def there(element: BaseModel, reader: Reader, asking: Asking) -> Truth:
        values = read(element, reader, asking)
        return None if values is UNKNOWN else bool(values)

    def in_full(element: BaseModel, reader: Reader, asking: Asking) -> Truth:
        values = read(element, reader, asking)
        if values is UNKNOWN:
            return None
        holds = _holds(asked, values, element, _Scope(section, reader, asking))
        # More values may be there than are known: what holds may cease to, or begin to.
        sure = holds is not False if grows else holds is False
        return holds if sure or not isinstance(values, AtLeast) else None

    return there if asked.model_fields_set == {"present"} and asked.present is True else in_full


def _among(name: str, wanted: frozenset[Any], *, many: bool) -> OfOne:
    """Whether one of some listed values is held."""

    def one(element: BaseModel, reader: Reader, asking: Asking) -> Truth:
        return getattr(element, name) in wanted or (None if name in element.unknown else False)  # type: ignore[attr-defined]

    def some(element: BaseModel, reader: Reader, asking: Asking) -> Truth:
        held = getattr(element, name)
        return not wanted.isdisjoint(held) or (None if name in element.unknown else False)  # type: ignore[attr-defined]

    return some if many else one


class _Scope(NamedTuple):
    """The list a test looks at, and how it is asked."""

    section: str
    reader: Reader
    asking: Asking

    def value(self, element: BaseModel, path: str) -> Any:
        """What a field holds; an element it points at must reach the rung too."""
        return _read(path, self.section, self.reader.kind)(element, self.reader, self.asking)

    def has(self, check: Check, index: int) -> bool:
        """Whether an element surely has what is asked."""
        return marked(check(self.reader, self.asking), index) is True


def _holds(asked: Constraint, values: Any, element: BaseModel, scope: _Scope) -> Truth:
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
        checks.append(any(_says(value, listed(asked.words)) for value in values))
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


def _says(value: Any, words: tuple[Any, ...]) -> bool:
    """Whether a text contains one of some words, whatever its case and accents."""
    return _one_of(words).search(_bare(_plain(value))) is not None


@cache
def _one_of(words: tuple[Any, ...]) -> re.Pattern[str]:
    """Finds any of some words; made once for a list, which may hold hundreds."""
    return re.compile(rf"(?<!\w)(?:{'|'.join(re.escape(_bare(str(word))) for word in words)})(?!\w)")


def _bare(text: str) -> str:
    return unaccented(normal(text))


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


def _looks(question: Question, reader: Reader, asking: Asking) -> list[_Look]:
    """How each element did; asked for what shows it and for what came nearest, and looked at once."""
    key = (id(question), asking.side, asking.rung)
    if key not in reader.looks:
        found = [(what, check(reader, asking)) for what, check in question.asked]
        against = question.own is _none
        counting = (_counting_against if against else _counting)(question, reader, asking)
        reader.looks[key] = [
            _look(question, index, found, marked(counting, index), reader, asking)
            for index in range(len(reader.elements(question.section)))
        ]
    looks: list[_Look] = reader.looks[key]
    return looks


def _look(
    question: Question,
    index: int,
    found: list[tuple[Lacking, Marks]],
    holds: Truth,
    reader: Reader,
    asking: Asking,
) -> _Look:
    lacking = tuple(what for what, marks in found if marked(marks, index) is not True)
    ceiling = reader.ceiling(question.section, index, asking.side, asking.ceilings) if asking.rung else None
    return _Look(
        index,
        marked(found[0][1], index) if found else True,
        holds,
        lacking,
        len(found) - len(lacking),
        ceiling if ceiling and ceiling.level < asking.rung else None,
    )


def _showing(question: Question, reader: Reader, asking: Asking) -> tuple[Place, ...]:
    if question.section:
        looks = _looks(question, reader, asking)
        return tuple(reader.place(question.section, look.index) for look in looks if look.holds is True)
    if question.test.present:
        return (reader.place(question.test.present),)
    holding = (part for part in question.parts if answer(part, reader, asking) is True)
    return tuple(dict.fromkeys(place for part in holding for place in _showing(part, reader, asking)))


def _nearest(question: Question, reader: Reader, asking: Asking) -> Miss | None:
    """The element with most of what is asked; of equals, the one not held down, then the first."""
    test = question.test
    if test.section:
        misses = [look for look in _looks(question, reader, asking) if look.holds is not True]
        if not misses:
            return None
        elements = reader.elements(test.section)
        ours = {
            look.index: look.about is not False and (look.holds is None or not _has_ended(elements[look.index]))
            for look in misses
        }
        look = max(misses, key=lambda look: (ours[look.index], look.held - len(look.lacking), -look.index))
        held = look.ceiling or Ceiling(asking.rung)
        scope = _Scope(test.section, reader, asking)
        lacks = tuple(lack for what in look.lacking for lack in _lacks(what, look.index, scope))
        others = tuple(reader.place(test.section, miss.index) for miss in misses if miss is not look)
        place = reader.place(test.section, look.index)
        return Miss(place, _once(lacks), held.reason, held.lift, not ours[look.index], others)
    parts = [part for part in question.parts if not test.all_of or answer(part, reader, asking) is not True]
    found = [miss for part in parts if (miss := _nearest(part, reader, asking))]
    return max(found, key=lambda miss: (not miss.is_another_thing, -len(miss.lacks)), default=None)


def _has_ended(element: BaseModel) -> bool:
    """What is over is not what an author works on next, unless there is something to find out about it."""
    return getattr(element, "status", None) == "ended"


def _once(lacks: tuple[Lack, ...]) -> tuple[Lack, ...]:
    """Each field once, as the author writes it: of an id the first that is asked of it, of a list all values together."""
    named: dict[str, Lack] = {}
    for number, lack in enumerate(lacks):
        key = lack.field or str(number)
        before = named.get(key)
        if before is None:
            named[key] = lack
        elif before.write.startswith("[") and lack.write.startswith("["):
            held = [part for part in (before.write[1:-1], lack.write[1:-1]) if part]
            needs = NEEDS["and"].join(dict.fromkeys((before.needs, lack.needs)))
            named[key] = before._replace(needs=needs, write=f"[{', '.join(dict.fromkeys(held))}]")
    return tuple(named.values())


def lacks_of_a_new_one(test: Test, reader: Reader) -> tuple[Lack, ...]:
    """Everything a new element must have to pass a test."""
    asked: list[Lacking] = [*test.with_.fields.items(), *_joined(test.with_)]
    return _once(tuple(lack for what in asked for lack in _new_one(what, test.section or "", reader)))


def _new_one(what: Lacking, section: str, reader: Reader) -> list[Lack]:
    if isinstance(what, tuple):
        return [lack_of(what[0], what[1], (), None, section, reader)]
    own = [lack for pair in what.fields.items() for lack in _new_one(pair, section, reader)]
    own += [lack for part in what.all_of for lack in _new_one(part, section, reader)]
    alternatives = [lack for part in what.any_of for lack in _new_one(part, section, reader)]
    return [*own, Lack("", "", "", "", alternatives=tuple(alternatives))] if alternatives else own


def _lacks(what: Lacking, index: int, scope: _Scope) -> list[Lack]:
    element = scope.reader.elements(scope.section)[index]
    if isinstance(what, tuple):
        name, constraint = what
        values = scope.value(element, name)
        held = getattr(element, name.partition(".")[0], None)  # of a field that follows an id, the id
        lack = lack_of(name, constraint, values, held, scope.section, scope.reader)
        group = name.rpartition(".")[0]
        return [lack._replace(in_group=bool(group) and getattr(element, group.split(".")[0], None) is not None)]
    own = [
        (name, constraint)
        for name, constraint in what.fields.items()
        if not scope.has(_check(name, constraint, scope.section, scope.reader), index)
    ]
    lacks = [lack for part in own for lack in _lacks(part, index, scope)]
    for part in what.all_of:
        if not scope.has(_checks_together(part, scope.section, scope.reader), index):
            lacks += _lacks(part, index, scope)
    alternatives = [lack for part in what.any_of for lack in _lacks(part, index, scope)]
    if alternatives:
        lacks.append(Lack("", "", "", "", alternatives=tuple(dict.fromkeys(alternatives))))
    return lacks
