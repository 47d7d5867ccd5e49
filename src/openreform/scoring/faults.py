"""Drafting mistakes the framework knows, each where it stands; they read the document and change no score."""

from collections.abc import Callable, Iterator, Mapping

from openreform.assessment import DimensionScore, Excepted, Exemption, Fault, Place
from openreform.framework import Ceilings, Notice, split_criterion
from openreform.framework import Fault as FaultRule
from openreform.reform import PartialDate
from openreform.scoring.gates import answers
from openreform.scoring.reading import Reader
from openreform.scoring.testing import Asking, having_all, truth
from openreform.scoring.weighing import Levels

_AT_LEAST_TITLE = "title"
"""Where a fault of the document as a whole stands: what is not there has no line."""


def find_faults(
    reader: Reader, levels: Levels, dimensions: Mapping[str, DimensionScore | None], today: str | None
) -> tuple[Fault, ...]:
    """Every fault of a document, in the order of its lines.

    Args:
        reader: reads the document against the framework.
        levels: the levels reached, which a fault may ask for.
        dimensions: the scores of the promise by dimension, likewise.
        today: the day exceptions are held against where the assessment has no day of its own, YYYY-MM-DD.
    """
    asking = Asking("promise", 0, Ceilings(), answers(levels, dimensions))
    found = [
        Fault(rule.id, rule.title, rule.severity, rule.message, rule.fix, place, _exemption(rule, place, reader))
        for rule in reader.framework.faults
        for place in _places(rule, reader, asking)
    ]
    day = reader.as_of or (PartialDate.read(today) if today else None)
    excepted = {(fault.id, fault.exemption.place) for fault in found if fault.exemption}
    for rule in reader.framework.faults:
        places = _OF_EXCEPTIONS[rule.notices](reader, day, excepted) if rule.notices in _OF_EXCEPTIONS else ()
        found += [Fault(rule.id, rule.title, rule.severity, rule.message, rule.fix, place, None) for place in places]
    return tuple(sorted(found, key=lambda fault: (fault.place.line, fault.place.column, fault.id)))


def _places(rule: FaultRule, reader: Reader, asking: Asking) -> Iterator[Place]:
    """Where the fault is: each entry that shows it, or one place for the document."""
    if rule.notices == "placeholders":
        yield from reader.unfilled()
    elif rule.notices == "undescribed":
        yield from (_at_section(reader, "undescribed", index) for index in range(len(reader.reform.undescribed)))
    if rule.finds is None or (rule.applies_when and truth(rule.applies_when, reader, asking) is not True):
        return
    if rule.finds.some and not rule.finds.unless:
        sure, _ = having_all(rule.finds, reader, asking)
        for index in range(len(reader.elements(rule.finds.some))):
            if sure & (1 << index):
                yield reader.place_of_field(rule.finds.some, index, tuple(rule.finds.with_.fields))
    elif truth(rule.finds, reader, asking) is True:
        yield _in_document(reader, rule.at)


def _in_document(reader: Reader, section: str | None) -> Place:
    """The section a fault is about, or, if the document has none, its title."""
    if section and reader.holds(section):
        return reader.place(section)
    return reader.place(_AT_LEAST_TITLE)._replace(path=section or "", name=section or "")


def _at_section(reader: Reader, section: str, index: int) -> Place:
    place = reader.place(section)
    named: str = getattr(reader.reform, section)[index]
    line, column = reader.locate((section, index))
    return Place(f"{section}[{index}]", named, line or place.line, column)


# --- Exceptions -------------------------------------------------------------------------------------------


def own_fault(name: str, reader: Reader) -> str:
    """The id within this framework of a fault a document names; nothing if it is another's."""
    owner, ident = split_criterion(name, reader.framework.applies_to)
    fault = reader.framework.fault(ident) if reader.framework.goes_by(owner) else None
    return fault.id if fault else ""


def _exemption(rule: FaultRule, place: Place, reader: Reader) -> Exemption | None:
    """What the document says of this fault at this place; of two that speak of it, the first."""
    for name, given in reader.reform.exceptions.items():
        if own_fault(name, reader) == rule.id and (not given.where or _named(place, reader) & set(given.where)):
            end = given.end.text if given.end else None
            return Exemption(given.because, given.by, end, _place_of(name, reader))
    return None


def _named(place: Place, reader: Reader) -> set[str]:
    """How an exception may name a place: by the section, or by the id of the entry."""
    section, _, rest = place.path.replace("[", ".").replace("]", "").partition(".")
    index = rest.partition(".")[0]
    entry = reader.elements(section)[int(index)] if index.isdigit() and section in reader.kind.lists else None
    return {section, getattr(entry, "id", None) or section}


def _place_of(name: str, reader: Reader) -> Place:
    line, column = reader.locate(("exceptions", name))
    return Place(f"exceptions.{name}", name, line, column)


Covered = set[tuple[str, Place]]


def _unexplained(reader: Reader, day: PartialDate | None, excepted: Covered) -> Iterator[Place]:
    for name, given in reader.reform.exceptions.items():
        if own_fault(name, reader) and (not given.because or reader.is_placeholder(given.because)):
            yield _place_of(name, reader)


def _expired(reader: Reader, day: PartialDate | None, excepted: Covered) -> Iterator[Place]:
    for name, given in reader.reform.exceptions.items():
        if own_fault(name, reader) and has_expired(given.end, day):
            yield _place_of(name, reader)


def _unused(reader: Reader, day: PartialDate | None, excepted: Covered) -> Iterator[Place]:
    for name in reader.reform.exceptions:
        ident = own_fault(name, reader)
        if ident and (ident, _place_of(name, reader)) not in excepted:
            yield _place_of(name, reader)


def exceptions_made(reader: Reader, faults: tuple[Fault, ...]) -> tuple[Excepted, ...]:
    """Every exception from a fault of this framework, in the order of the document.

    Args:
        reader: reads the document against the framework.
        faults: what was found in it.
    """
    made = []
    for name, given in reader.reform.exceptions.items():
        rule = reader.framework.fault(own_fault(name, reader)) if own_fault(name, reader) else None
        if rule is not None:
            told = Exemption(given.because, given.by, given.end.text if given.end else None, _place_of(name, reader))
            ended = has_expired(given.end, reader.as_of) if given.end and reader.as_of else None
            lines = {fault.place.line for fault in faults if fault.exemption and fault.exemption.place == told.place}
            made.append(Excepted(rule.id, rule.title, given.where, told, ended, tuple(sorted(lines))))
    return tuple(made)


def has_expired(end: PartialDate | None, day: PartialDate | None) -> bool:
    """Whether an end, its last day, lies before a day; neither known, it does not."""
    return end is not None and day is not None and end.last < day.first


_OF_EXCEPTIONS: dict[Notice | None, Callable[[Reader, PartialDate | None, Covered], Iterator[Place]]] = {
    "exception-unexplained": _unexplained,
    "exception-expired": _expired,
    "exception-unused": _unused,
}
