"""Reads a document the way tests need it: dotted fields, followed ids, texts that count as empty, ceilings.

Every answer has three values: True, False, and None where the document says that it is unknown.
"""

import unicodedata
from collections.abc import Callable, Iterator
from functools import cache, cached_property, lru_cache
from typing import TYPE_CHECKING, Any, NamedTuple

from pydantic import BaseModel

from openreform.assessment import Place, Side
from openreform.framework import MOST_LEVELS, Ceilings, Framework, split_criterion
from openreform.kinds import kind_called
from openreform.messages.reports import HELD_DOWN, NAMELESS
from openreform.reform import Element, Evidence, Judgement, PartialDate, Reform, fields_of

if TYPE_CHECKING:
    from openreform.kinds import Described

Locate = Callable[[tuple[str | int, ...]], tuple[int, int]]
Truth = bool | None

_NAMES = ("title", "name", "organisation")
_ENDS_OF_A_PLACEHOLDER = ".!;, \t\n"


class Unknown:
    """What stands where the document says a field is unknown."""


UNKNOWN = Unknown()


class AtLeast(tuple[Any, ...]):
    """The values a list is known to hold where the document says there may be more."""

    __slots__ = ()


def both(parts: Iterator[Truth]) -> Truth:
    """True if all are, False if one is, otherwise undecided."""
    result: Truth = True
    for part in parts:
        if part is False:
            return False
        if part is None:
            result = None
    return result


def either(parts: Iterator[Truth]) -> Truth:
    """True if one is, False if none can be, otherwise undecided."""
    result: Truth = False
    for part in parts:
        if part is True:
            return True
        if part is None:
            result = None
    return result


def negated(truth: Truth) -> Truth:
    """The opposite; undecided stays undecided."""
    return None if truth is None else not truth


Marks = tuple[int, int]
"""Which elements of a list have something: surely, and at least possibly. A bit for each element, the lowest the first."""


def marked(marks: Marks, index: int) -> Truth:
    """What marks say of one element."""
    sure, possible = marks
    bit = 1 << index
    return True if sure & bit else None if possible & bit else False


class Ceiling(NamedTuple):
    """The highest rung an element can hold, why not more, what would lift it; and the highest if unknowns were for it."""

    level: int
    reason: str | None = None
    lift: str | None = None
    possible: int = 0


class Reach(NamedTuple):
    """What an element must reach to count: a rung, on a side, under a criterion's own ceilings. Rung 0 asks nothing."""

    side: Side
    rung: int
    own: Ceilings


class Reader:
    """One reform or plan, read against one framework for its kind."""

    def __init__(self, reform: "Described", framework: Framework, locate: Locate, as_of: PartialDate | None) -> None:
        self.reform, self.framework, self.as_of = reform, framework, as_of
        self.kind = kind_called(framework.applies_to)
        self._locate = locate
        self._ceilings: dict[tuple[str, int, Side, int], Ceiling] = {}
        self._heights: dict[tuple[str, Side, int], list[Marks]] = {}
        self._shown: dict[int, dict[str | None, int]] = {}
        self._values: dict[tuple[int, str, tuple[Side, int, int] | None], Any] = {}
        self.questions = _made_ready(framework)
        """The framework's tests made ready, by identity; all readers of it share them."""
        self._document_values: dict[str, tuple[Any, ...]] = {}
        self._places: dict[str, bool] = {}
        self.marks: dict[Any, Marks] = {}
        """Which elements have what, by who asked: a check, or a rung and its ceilings."""
        self.everything = {section: (1 << len(getattr(reform, section))) - 1 for section in self.kind.lists}
        """A mark for every entry of each list."""
        self.to_fill: tuple[Place, ...] = ()
        """What the document lists as still to be filled in: it is not read, and yet its author is to be told."""
        self.looks: dict[tuple[int, Side, int], Any] = {}
        """What a test has found already, by the test's identity, the side and the rung: each is asked for several ends."""

    # --- What the document says of criteria ----------------------------------------------------------------

    def own_id(self, name: str) -> str:
        """The id within this framework of a criterion a document names, whatever its case; nothing if it is another's."""
        owner, ident = split_criterion(name, self.framework.applies_to)
        criterion = self.framework.criterion(ident) if self.framework.goes_by(owner) else None
        return criterion.id if criterion else ""

    @cached_property
    def none_found(self) -> frozenset[str]:
        """The criteria whose practice somebody looked for and did not find."""
        named = (name for entry in self.reform.none_found for name in entry.criteria)
        return frozenset(ident for name in named if (ident := self.own_id(name)))

    @cached_property
    def not_applicable(self) -> dict[str, str]:
        """The reason of each criterion that cannot apply."""
        return {self.own_id(name): reason for name, reason in reversed(self.reform.not_applicable.items())}

    @cached_property
    def judgements(self) -> dict[str, Judgement]:
        """What a person judged, by criterion; of two for one criterion the first."""
        return {self.own_id(name): judgement for name, judgement in reversed(self.reform.judgements.items())}

    # --- Elements ------------------------------------------------------------------------------------------

    def elements(self, section: str) -> tuple[BaseModel, ...]:
        """The entries of a list of the document."""
        entries: tuple[BaseModel, ...] = getattr(self.reform, section)
        return entries

    def is_undescribed(self, section: str) -> bool:
        """Whether the author says this section is not written yet."""
        return section in self.reform.undescribed

    def place(self, section: str, index: int | None = None) -> Place:
        """Where an element stands; without an index, where the list does or would."""
        if index is None:
            line, column = self._locate(tuple(section.split(".")))
            return Place(section, section, line, column)
        element = self.elements(section)[index]
        line, column = self._locate((section, index))
        name = _name_of(element) or NAMELESS.format(number=index + 1, section=section)
        return Place(f"{section}[{index}]", name, line, column, getattr(element, "id", None) or "")

    def place_of_field(self, section: str, index: int, paths: tuple[str, ...]) -> Place:
        """Where an element stands, at the last of some fields that is written in it."""
        place = self.place(section, index)
        for path in reversed(paths):
            at: tuple[str | int, ...] = (section, index, *path.split("."))
            if self._locate(at) != self._locate(at[:-1]):
                line, column = self._locate(at)
                return place._replace(line=line, column=column)
        return place

    def locate(self, path: tuple[str | int, ...]) -> tuple[int, int]:
        """Line and column of a part of the document, or of the nearest part it has."""
        return self._locate(path)

    def holds(self, section: str) -> bool:
        """Whether the document has a section of that name."""
        return bool(getattr(self.reform, section, None))

    # --- Values --------------------------------------------------------------------------------------------

    def value(self, element: BaseModel, path: str, section: str, reach: Reach | None) -> Any:
        """What a dotted field of an element holds: a tuple of values, or UNKNOWN. Empty if absent or a placeholder.

        An id is followed to the element it names, which counts only if it reaches `reach` itself: a law that is only
        being considered obliges nobody. Without `reach` the path follows no id.
        """
        key = (id(element), path, (reach.side, reach.rung, id(reach.own)) if reach else None)
        if key not in self._values:
            self._values[key] = self._value(element, path, section, reach)
        return self._values[key]

    def _value(self, element: BaseModel, path: str, section: str, reach: Reach | None) -> Any:
        here: BaseModel | None = element
        steps = path.split(".")
        for index, step in enumerate(steps):
            held = getattr(here, step)
            unknown = _is_unknown(element, ".".join(steps[: index + 1]))
            if unknown and not (isinstance(held, tuple) and held):
                return UNKNOWN
            rest = steps[index + 1 :]
            if rest:
                field = self.kind.find(".".join(steps[: index + 1]), section)
                if field and field.refers_to and reach:
                    return self._follow(held, field.refers_to, ".".join(rest), reach)
                here = held
                if here is None:
                    return UNKNOWN if _is_unknown(element, path) else ()
                continue
            values = held if isinstance(held, tuple) else () if held is None else (held,)
            counted = tuple(value for value in values if not self._counts_as_empty(value, element, path))
            return AtLeast(counted) if unknown else counted
        return ()

    def document_value(self, path: str) -> tuple[Any, ...]:
        """What a dotted field of the document itself holds, lists flattened."""
        counted = self._document_values.get(path)
        if counted is not None:
            return counted
        held: list[Any] = [self.reform]
        for step in path.split("."):
            held = [
                part
                for holder in held
                if (value := getattr(holder, step, None)) is not None
                for part in (value if isinstance(value, tuple) else (value,))
            ]
        counted = tuple(value for value in held if not (isinstance(value, str) and self.is_placeholder(value)))
        self._document_values[path] = counted
        return counted

    def _follow(self, held: Any, section: str, path: str, reach: Reach) -> Any:
        idents = set(held if isinstance(held, tuple) else (held,)) - {None}
        values: list[Any] = []
        for index, element in enumerate(self.elements(section)):
            if getattr(element, "id", None) in idents and self._reaches(section, index, element, reach):
                value = self.value(element, path, section, reach)
                if value is UNKNOWN:
                    return UNKNOWN
                values.extend(value)
        return tuple(values)

    def _reaches(self, section: str, index: int, element: BaseModel, reach: Reach) -> bool:
        """Steps and bodies have no state of their own: they count as soon as they have a name."""
        if _state_of(element) is None or not reach.rung:
            return not self._earns_nothing(element)
        return self.ceiling(section, index, reach.side, reach.own).level >= reach.rung

    def _counts_as_empty(self, value: Any, element: BaseModel, path: str) -> bool:
        if not isinstance(value, str):
            return False
        if self.is_placeholder(value):
            return True
        first = self._first_use.get(normal(value))
        return first is not None and path != "title" and first != (id(element), path) and self._is_prose(element, path)

    @staticmethod
    def _is_prose(element: BaseModel, path: str) -> bool:
        field = fields_of(type(element)).get(path)
        return field is not None and field.kind == "text"

    @cached_property
    def _first_use(self) -> dict[str, tuple[int, str]]:
        """Where each text of the author stands first: a text equal to another field's counts once."""
        first: dict[str, tuple[int, str]] = {}
        self._note_texts(self.reform, first)
        return first

    def _note_texts(self, holder: BaseModel, first: dict[str, tuple[int, str]]) -> None:
        """Every text of the author in document order: those of an element before those of what stands in it."""
        texts, nested = _texts_in(type(holder))
        if not (isinstance(holder, Element) and self._earns_nothing(holder)):
            for name in texts:
                text = getattr(holder, name)
                if text is not None:
                    first.setdefault(normal(text), (id(holder), name))
        for name in nested:
            held = getattr(holder, name)
            if held and not isinstance(held, dict):  # what is said of criteria and faults is no part of the description
                for part in held if isinstance(held, tuple) else (held,):
                    self._note_texts(part, first)

    def is_placeholder(self, text: str) -> bool:
        """Whether a text only holds a place: the framework's list, `*` standing for anything."""
        known = self._places.get(text)
        if known is None:
            known = self._places[text] = self._holds_a_place(text)
        return known

    def _holds_a_place(self, text: str) -> bool:
        said = normal(text).strip(_ENDS_OF_A_PLACEHOLDER)
        if not said[:1].isalnum() and not any(character.isalnum() for character in said):
            return True
        words, brackets, beginnings = self._placeholders
        if said in words:
            return True
        return said.startswith(beginnings) and any(
            said.startswith(a) and said.endswith(b) and b not in said[len(a) : -len(b)] for a, b in brackets
        )

    @cached_property
    def _placeholders(self) -> tuple[frozenset[str], tuple[tuple[str, str], ...], tuple[str, ...]]:
        """The framework's placeholders; what comes before and after `*`, where there is one; and those beginnings alone."""
        ready: tuple[frozenset[str], tuple[tuple[str, str], ...], tuple[str, ...]] | None
        ready = self.questions.get("placeholders")
        if ready is None:
            words = self.framework.words.get("placeholders", ())
            brackets = tuple((a, b) for a, _, b in (word.partition("*") for word in words if "*" in word))
            ready = frozenset(map(normal, words)), brackets, tuple(a for a, _ in brackets)
            self.questions["placeholders"] = ready
        return ready

    def placeholders(self) -> Iterator[Place]:
        """Where the document still holds a placeholder."""
        for path, text in _texts_and_names(self.reform, ()):
            if self.is_placeholder(text):
                line, column = self._locate(path)
                yield Place(".".join(map(str, path)), text, line, column)

    def unfilled(self) -> tuple[Place, ...]:
        """Where something is still to be filled in: placeholders, elements without a title, what the document lists as such."""
        found = (*self.placeholders(), *self.nameless(), *self.to_fill)
        return tuple(sorted(found, key=lambda place: (place.line, place.column)))

    def nameless(self) -> Iterator[Place]:
        """Elements without a title, which earn nothing."""
        for section in self.kind.lists:
            for index, element in enumerate(self.elements(section)):
                if isinstance(element, Element) and not element.title:
                    yield self.place(section, index)

    def _earns_nothing(self, element: BaseModel) -> bool:
        name = _name_of(element)
        return name is None or self.is_placeholder(name)

    # --- Ceilings ------------------------------------------------------------------------------------------

    def ceiling(self, section: str, index: int, side: Side, own: Ceilings) -> Ceiling:
        """The highest rung this element can hold (design §6, Ceilings); `own` are the criterion's."""
        key = (section, index, side, id(own))
        if key not in self._ceilings:
            self._ceilings[key] = self._ceiling(self.elements(section)[index], side, own)
        return self._ceilings[key]

    def reaching(self, section: str, side: Side, rung: int, own: Ceilings) -> Marks:
        """The elements whose ceiling lets them hold a rung."""
        key = (section, side, id(own))
        heights = self._heights.get(key)
        if heights is None:
            heights = self._heights[key] = self._heights_of(section, side, own)
        return heights[rung]

    def _heights_of(self, section: str, side: Side, own: Ceilings) -> list[Marks]:
        """For each rung, 0 first, the elements that can hold it."""
        heights = [(0, 0)] * (MOST_LEVELS + 1)
        bit = 1
        for index in range(len(self.elements(section))):
            ceiling = self.ceiling(section, index, side, own)
            for rung in range(min(max(ceiling.level, ceiling.possible), MOST_LEVELS) + 1):
                sure, possible = heights[rung]
                heights[rung] = (sure | bit if rung <= ceiling.level else sure, possible | bit)
            bit <<= 1
        return heights

    def _ceiling(self, element: BaseModel, side: Side, own: Ceilings) -> Ceiling:
        if self._earns_nothing(element):
            return Ceiling(0, *HELD_DOWN["no-title"])
        state = _state_of(element)
        if state is None:
            return Ceiling(MOST_LEVELS) if side == "promise" else self._proven(element, own)
        if state == "ended":
            limit = self.framework.ceiling("ended", own)
            past = self._proven(element, own) if side == "practice" else Ceiling(MOST_LEVELS)
            return past if past.level <= limit else Ceiling(limit, *HELD_DOWN["ended"])
        if side == "promise":
            return self._promise_ceiling(element, state, own)
        return self._practice_ceiling(element, state, own)

    def _promise_ceiling(self, element: BaseModel, state: str, own: Ceilings) -> Ceiling:
        if state == "considered":
            return Ceiling(self.framework.ceiling("considered", own), *HELD_DOWN["considered"])
        missing = None if state == "operational" else self._missing_behind(element)
        if missing is None:
            return Ceiling(self.framework.ceiling("dated", own))
        possible = self.framework.ceiling("dated", own) if self._might_be_dated(element) else 0
        return Ceiling(self.framework.ceiling("undated", own), *missing, possible)

    def _might_be_dated(self, element: BaseModel) -> bool:
        """Whether what is missing behind a plan is only unknown: its date, or its milestone's, or who is responsible."""
        if not isinstance(self.reform, Reform):
            return bool(self._is_led() and _is_unknown(element, "due"))
        index = self._milestones_by_id.get(getattr(element, "milestone", None) or "")
        if index is None or self._earns_nothing(self.reform.milestones[index]):
            return False
        milestone = self.reform.milestones[index]
        body = milestone.responsible or self.reform.leads or "responsible" in milestone.unknown
        return bool((milestone.due or "due" in milestone.unknown) and body)

    @cached_property
    def _milestones_by_id(self) -> dict[str, int]:
        """Where the milestone of an id stands; no two have the same."""
        milestones = self.reform.milestones if isinstance(self.reform, Reform) else ()
        return {milestone.id: index for index, milestone in enumerate(milestones) if milestone.id is not None}

    def _missing_behind(self, element: BaseModel) -> tuple[str, str] | None:
        """What keeps a plan from being dated: its milestone needs a name, a date and a body, its own or a lead.

        Where there are no milestones, in a plan, an entry has its date itself.
        """
        if not isinstance(self.reform, Reform):
            undated = getattr(element, "due", None) is None
            return HELD_DOWN["without-date"] if undated else None if self._is_led() else HELD_DOWN["without-lead"]
        index = self._milestones_by_id.get(getattr(element, "milestone", None) or "")
        if index is None:
            return HELD_DOWN["undated"]
        milestone = self.reform.milestones[index]
        bodies = [*milestone.responsible, *(lead.organisation or "" for lead in self.reform.leads)]
        if self._earns_nothing(milestone):
            key = "milestone-without-title"
        elif milestone.due is None:
            key = "milestone-undated"
        elif not any(body and not self.is_placeholder(body) for body in bodies):
            key = "milestone-without-body"
        else:
            return None
        line = self._locate(("milestones", index))[0]
        reason, lift = (words.format(milestone=milestone.id, line=line) for words in HELD_DOWN[key])
        return reason, lift

    def _is_led(self) -> bool:
        """Whether a body is named that leads."""
        return any(lead.organisation and not self.is_placeholder(lead.organisation) for lead in self.reform.leads)

    def _practice_ceiling(self, element: BaseModel, state: str, own: Ceilings) -> Ceiling:
        if state in {"considered", "planned"}:
            return Ceiling(0, *HELD_DOWN["not-operating"])
        proven = self._proven(element, own)
        if state == "piloted" and proven.level > self.framework.ceiling("piloted", own):
            return Ceiling(self.framework.ceiling("piloted", own), *HELD_DOWN["piloted"])
        return proven

    def _proven(self, element: BaseModel, own: Ceilings) -> Ceiling:
        """By the best evidence of the element itself; a kind of entry that cannot have any has no practice."""
        named: tuple[str, ...] | None = getattr(element, "evidence", None)
        if named is None:
            return Ceiling(0)
        if not named:
            return Ceiling(self.framework.ceiling("without_evidence", own), *HELD_DOWN["without-evidence"])
        shown = self._shown.get(id(own))
        if shown is None:
            shown = self._shown[id(own)] = {}
            for item in self.reform.evidence:
                shown[item.id] = max(self._weight_of(item, own), shown.get(item.id, 0))
        best = max((shown.get(name, 0) for name in named), default=0)
        return Ceiling(best, *HELD_DOWN["evidence"]) if best < MOST_LEVELS else Ceiling(best)

    def _weight_of(self, item: Evidence, own: Ceilings) -> int:
        if self._earns_nothing(item):
            return 0
        if not item.url:
            return min(self.framework.ceiling("statement", own), self.framework.ceiling(item.kind, own))
        if item.kind == "check" and not self._is_independent(item):
            return self.framework.ceiling("document", own)
        return self.framework.ceiling(item.kind, own)

    def _is_independent(self, item: Evidence) -> bool:
        """Independent counts only if the publisher is named and is neither lead nor partner."""
        if not item.independent or not item.publisher or self.is_placeholder(item.publisher):
            return False
        own = [*(lead.organisation for lead in self.reform.leads), *(partner.name for partner in self.reform.partners)]
        return normal(item.publisher) not in {normal(name) for name in own if name}

    # --- The whole -----------------------------------------------------------------------------------------

    @cached_property
    def operates(self) -> bool:
        """Whether anything in the document is piloted or operational, or is shown to be there where no state is told.

        Where a framework lets count what has ended, what took place is as good as what goes on.
        """
        past_counts = bool(self.framework.ceilings.ended)
        return any(
            (_operates(element) or (past_counts and _state_of(element) == "ended")) and not self._earns_nothing(element)
            for section in self.kind.lists
            for element in self.elements(section)
        )


_READY: dict[int, tuple[Framework, dict[Any, Any]]] = {}
_MOST_READY = 8


def _made_ready(framework: Framework) -> dict[Any, Any]:
    """What was made ready of this very framework; it is kept with it, so that no identity is given twice."""
    kept = _READY.get(id(framework))
    if kept is None or kept[0] is not framework:
        if len(_READY) >= _MOST_READY:
            _READY.clear()
        kept = _READY[id(framework)] = (framework, {})
    return kept[1]


@lru_cache(maxsize=4096)
def normal(text: str) -> str:
    """A text as it is compared: case and white space evened out, invisible characters and closing marks left out."""
    seen = text
    if not text.isascii():
        seen = "".join(c for c in unicodedata.normalize("NFKC", text) if unicodedata.category(c) != "Cf")
    return " ".join(seen.casefold().split()).rstrip(" .,;:")


def _state_of(element: BaseModel) -> str | None:
    """How far a thing has come; None for steps, bodies and figures, which have no such state."""
    state: str | None = getattr(element, "status", None)
    return state


def _operates(element: BaseModel) -> bool:
    state = _state_of(element)
    return bool(getattr(element, "evidence", ())) if state is None else state in {"piloted", "operational"}


def _entries(held: Any) -> tuple[BaseModel, ...]:
    return held if isinstance(held, tuple) else ()


def _name_of(element: BaseModel) -> str | None:
    return next((value for name in _names_in(type(element)) if (value := getattr(element, name))), None)


@cache
def _names_in(model: type[BaseModel]) -> tuple[str, ...]:
    return tuple(name for name in _NAMES if name in model.model_fields)


def _is_unknown(element: BaseModel, path: str) -> bool:
    unknown: tuple[str, ...] = getattr(element, "unknown", ())
    return path in unknown


def _texts_and_names(model: BaseModel, at: tuple[str | int, ...]) -> Iterator[tuple[tuple[str | int, ...], str]]:
    """Every text and name of the document, with its path."""
    for field in fields_of(type(model)).values():
        held = getattr(model, field.name)
        here = (*at, field.name)
        if field.kind in {"text", "name"}:
            if isinstance(held, str):
                yield here, held
            elif isinstance(held, tuple):
                yield from (((*here, index), part) for index, part in enumerate(held))
        elif isinstance(held, BaseModel):
            yield from _texts_and_names(held, here)
        else:
            for index, part in enumerate(_entries(held)):
                if isinstance(part, BaseModel):
                    yield from _texts_and_names(part, (*here, index))


@cache
def _texts_in(model: type[BaseModel]) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """The fields of a section that hold a text, and those that hold more fields."""
    fields = fields_of(model).values()
    texts = tuple(field.name for field in fields if field.kind == "text" and not field.many)
    return texts, tuple(field.name for field in fields if field.kind in {"elements", "group"})
