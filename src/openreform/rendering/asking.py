"""What a test of a fault asks, in words: made from the data, so that a new fault needs none."""

from collections.abc import Iterator

from openreform.framework import Conditions, Constraint, Fault, Framework, Scalar, Test
from openreform.messages.checks import ASKED
from openreform.rendering.layout import Page

_MOST_VALUES = 8


def finds(page: Page, fault: Fault, framework: Framework, indent: int = 2) -> None:
    """What finds a fault, as lines of a page."""
    if fault.notices:
        page.add(ASKED[f"notices-{fault.notices}"], indent=indent)
    if fault.finds:
        asked(page, fault.finds, framework, indent)


def asked(page: Page, test: Test, framework: Framework, indent: int) -> None:
    """What a test asks: a sentence, and what it joins further in."""
    if test.section:
        _of_list(page, test, framework, indent)
    elif test.parts:
        page.add(ASKED["all-of" if test.all_of else "any-of" if test.any_of else "not"], indent=indent)
        for part in test.parts:
            asked(page, part, framework, indent + 2)
    else:
        page.add(_simple(test), indent=indent, hang=indent + 2)
    if test.unless:
        page.add(ASKED["unless"], indent=indent)
        asked(page, test.unless, framework, indent + 2)


def _simple(test: Test) -> str:
    if test.level:
        return ASKED["level"].format(id=test.level.criterion, min=test.level.min)
    if test.dimension:
        return ASKED["dimension"].format(id=test.dimension.id, min=f"{test.dimension.min:g}")
    return ASKED["present" if test.present else "absent"].format(field=test.present or test.absent)


def _of_list(page: Page, test: Test, framework: Framework, indent: int) -> None:
    share = f"{100 * (test.share or 0.8):g}"
    who = ASKED[test.operator].format(section=test.section, share=share, min=test.min, of=test.of)
    what = list(_conditions(test.with_, framework))
    if not what:
        bare = {"some": "bare-some", "none": "bare-none"}.get(test.operator)
        page.add(ASKED[bare].format(section=test.section) if bare else f"{who}.", indent=indent)
    elif len(what) == 1 and isinstance(what[0], str):
        page.add(ASKED["with"].format(who=who, what=what[0]), indent=indent, hang=indent + 2)
    else:
        page.add(ASKED["with-all"].format(who=who), indent=indent, hang=indent + 2)
        _lines(page, what, indent + 2)


Asked = str | tuple[str, "list[Asked]"]
"""What is asked of an entry: a few words, or a heading and what stands under it."""


def _lines(page: Page, what: "list[Asked]", indent: int) -> None:
    for part in what:
        if isinstance(part, str):
            page.add(f"- {part}", indent=indent, hang=indent + 2)
        else:
            page.add(f"- {part[0]}", indent=indent)
            _lines(page, part[1], indent + 2)


def _conditions(conditions: Conditions, framework: Framework) -> "Iterator[Asked]":
    for field, constraint in conditions.fields.items():
        yield from _constraint(field, constraint, framework)
    for part in conditions.all_of:
        yield from _conditions(part, framework)
    if conditions.any_of:
        yield ASKED["any-of"], [each for part in conditions.any_of for each in _conditions(part, framework)]
    if conditions.not_:
        yield ASKED["not"], list(_conditions(conditions.not_, framework))


def _constraint(field: str, asks: Constraint, framework: Framework) -> Iterator[str]:
    if asks.present is not None:
        yield ASKED["has-field" if asks.present else "no-field"].format(field=field)
    if asks.equals is not None:
        yield ASKED["is"].format(field=field, value=_value(asks.equals))
    for key, values in (("among", asks.any), ("all", asks.all), ("words", asks.words)):
        if values:
            yield ASKED[key].format(field=field, values=_values(values, framework, last=key != "all"))
    limits = {"at-least": asks.min, "at-most": asks.max, "before": asks.before, "after": asks.after}
    for key, limit in limits.items():
        if limit is not None:
            yield ASKED[key].format(field=field, limit=f"{limit:g}" if isinstance(limit, float) else limit)
    for key, others in (("same", asks.same_as), ("other", asks.not_same_as)):
        if others:
            yield ASKED[key].format(field=field, others=ASKED["or"].join(others))


def _values(values: tuple[Scalar, ...], framework: Framework, *, last: bool) -> str:
    """Values with the words of the lists they name; not all of a long list."""
    shown: list[str] = []
    for value in values:
        named = str(value)[1:] if str(value).startswith("$") else None
        shown += framework.words[named] if named else [_value(value)]
    if len(shown) > _MOST_VALUES:
        return ASKED["values-more"].format(shown=", ".join(shown[:_MOST_VALUES]))
    head, tail = shown[:-1], shown[-1]
    return ASKED["or"].join([", ".join(head), tail]) if head and last else ", ".join(shown)


def _value(value: Scalar) -> str:
    return str(value).lower() if isinstance(value, bool) else str(value)
