"""What a field lacks to pass a test, in words, and the value to write: so that a next step can be pasted as it stands."""

from collections.abc import Callable
from typing import Any

from openreform.assessment import Lack
from openreform.framework import Constraint, Scalar
from openreform.messages.reports import NEEDS
from openreform.reform import PartialDate, ReformField
from openreform.scoring.reading import Reader

Listed = Callable[[tuple[Scalar, ...]], tuple[Scalar, ...]]

_SHOWN_VALUES = 4
_TO_CHOOSE_FROM = 8


def lack_of(name: str, asked: Constraint, values: Any, first_held: Any, section: str, reader: Reader) -> Lack:
    """What the field `name` of an element of `section` lacks.

    Args:
        name: dotted, as in the framework; may follow an id.
        asked: what it must satisfy.
        values: what it holds now, as read; anything but a tuple if unknown.
        first_held: what the first field of a dotted name holds: the id it points with.
        section: the list the element stands in.
        reader: knows the fields of such a document, and the word lists of the framework.
    """
    find, listed = reader.kind.find, reader.framework.values
    held = values if isinstance(values, tuple) else ()
    head, _, rest = name.partition(".")
    first = find(head, section)
    if first is not None and first.refers_to and rest:
        if isinstance(values, tuple) or not first_held:
            return _through_an_id(first, rest, asked, first_held, reader)
        target = find(rest, first.refers_to)
        needs, write = _needs(asked, (), listed, target), _write(asked, (), listed, target)
        return Lack(name, NEEDS["unknown"], needs, write, elsewhere=True)
    field = find(name, section)
    has = ", ".join(_plain(value) for value in held) if isinstance(values, tuple) else NEEDS["unknown"]
    return Lack(name, has, _needs(asked, held, listed, field), _write(asked, held, listed, field))


def _through_an_id(field: ReformField, rest: str, asked: Constraint, held: Any, reader: Reader) -> Lack:
    """A field of the element an id names: what is lacking is an id of an element that has it."""
    target = reader.kind.find(rest, field.refers_to or "")
    value = _write(asked, (), reader.framework.values, target)
    write = NEEDS["reference-with"].format(section=field.refers_to, field=rest, value=value)
    return Lack(field.name, _plain(held) if held else "", write.strip("<>"), write)


def _plain(value: Any) -> str:
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, float) and value.is_integer():
        return str(int(value))
    return value.text if isinstance(value, PartialDate) else str(value)


def _some(values: tuple[Scalar, ...], most: int = _SHOWN_VALUES) -> str:
    shown = ", ".join(_plain(value) for value in values[:most])
    return NEEDS["more"].format(first=shown) if len(values) > most else shown


def _needs(asked: Constraint, held: tuple[Any, ...], listed: Listed, field: ReformField | None) -> str:
    """What is still needed: of several things asked only those that what is there does not give."""
    there = {_plain(value) for value in held}
    parts: list[str] = []
    if asked.equals is not None:
        parts.append(NEEDS["one"].format(value=_plain(asked.equals)))
    if asked.any is not None and there.isdisjoint(map(_plain, listed(asked.any))):
        values = listed(asked.any)
        parts.append(NEEDS["one-of" if len(values) > 1 else "one"].format(values=_some(values), value=_some(values)))
    if asked.all is not None:
        missing = tuple(value for value in listed(asked.all) if _plain(value) not in there)
        parts.append(NEEDS["all-of" if len(missing) > 1 else "one"].format(values=_some(missing), value=_some(missing)))
    if asked.min is not None and not (field is not None and field.many and len(there) >= asked.min):
        several = field is not None and field.many
        parts.append(NEEDS["at-least-several" if several else "at-least"].format(limit=_plain(asked.min)))
    if asked.max is not None:
        parts.append(NEEDS["at-most"].format(limit=_plain(asked.max)))
    if asked.present is False:
        parts.append(NEEDS["absent"])
    if asked.before is not None:
        parts.append(NEEDS["before"].format(limit=asked.before))
    if asked.after is not None:
        parts.append(NEEDS["after"].format(limit=asked.after))
    if asked.words is not None:
        parts.append(NEEDS["words"].format(values=_some(listed(asked.words))))
    if asked.same_as is not None:
        parts.append(NEEDS["same"].format(others=", ".join(asked.same_as)))
    if asked.not_same_as is not None:
        parts.append(NEEDS["other"].format(others=", ".join(asked.not_same_as)))
    return NEEDS["and"].join(parts)


def _write(asked: Constraint, held: tuple[Any, ...], listed: Listed, field: ReformField | None) -> str:
    """A value that would do: what is there already is kept, what only the author knows stands in angle brackets."""
    wanted: list[str] = []
    if asked.equals is not None:
        wanted.append(_plain(asked.equals))
    if asked.any is not None and not any(_plain(value) in {_plain(v) for v in listed(asked.any)} for value in held):
        choices = listed(asked.any)
        wanted.append(
            _plain(choices[0]) if len(choices) == 1 else NEEDS["choose"].format(values=_some(choices, _TO_CHOOSE_FROM))
        )
    if asked.all is not None:
        wanted += [_plain(value) for value in listed(asked.all)]
    if field is not None and field.many and field.kind == "choice":
        kept = [_plain(value) for value in held]
        values = list(dict.fromkeys([*kept, *wanted]))
        if asked.min is not None:
            values += [value for value in field.values if value not in values][: max(0, int(asked.min) - len(values))]
        return f"[{', '.join(values or [NEEDS['choose'].format(values=_some(field.values))])}]"
    if wanted:
        return wanted[0]
    if asked.min is not None:
        return _plain(asked.min)
    if field is None or field.kind in {"group", "elements"}:
        return NEEDS["text"]
    if field.kind == "choice":
        return NEEDS["choose"].format(values=_some(field.values))
    if field.kind == "yes-no":
        return "true"
    if field.kind == "reference":
        return NEEDS["reference"].format(section=field.refers_to)
    made = NEEDS[field.kind]
    return f"[{made}]" if field.many else made
