"""The IRM's star by the rule of each era, worked out from recorded codes alone; no score reads it, and it reads none."""

from collections.abc import Iterable, Mapping

from openreform.assessment import Star
from openreform.framework import StarNeed, StarRule
from openreform.scoring.reading import Truth, both, either

Codes = Mapping[str, bool | str]


def star(rule: StarRule, codes: Codes) -> Star:
    """Whether the rule gives a star to a commitment with these codes.

    Every need must be met. One that recorded codes surely fail decides: no star, whatever else is not recorded. If none
    fails and a code is missing that could still decide, it is undecided.
    """
    met = [_met(need, codes) for need in rule.needs]
    by_rule = both(iter(met))
    lacks = [code for need, holds in zip(rule.needs, met, strict=True) if holds is None for code in need.codes]
    recorded = codes.get(rule.code)
    return Star(
        rule.id,
        rule.title,
        by_rule,
        recorded if isinstance(recorded, bool) else None,
        tuple(need.says for need, holds in zip(rule.needs, met, strict=True) if holds is False),
        () if by_rule is False else tuple(code for code in lacks if code not in codes),
    )


def stars(rules: Iterable[StarRule], codes: Codes) -> tuple[Star, ...]:
    """The stars of which these codes say anything, each by its rule."""
    return tuple(star(rule, codes) for rule in rules if not codes.keys().isdisjoint(_read(rule)))


def _met(need: StarNeed, codes: Codes) -> Truth:
    return either(iter([codes[code] in need.any if code in codes else None for code in need.codes]))


def _read(rule: StarRule) -> set[str]:
    """The codes a rule asks for, and the one that says what was given."""
    return {rule.code, *(code for need in rule.needs for code in need.codes)}
