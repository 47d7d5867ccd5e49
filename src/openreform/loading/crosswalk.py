"""Which criteria of other frameworks a criterion answers to: what it says itself, and what others say of it.

All frameworks that come with the tool are read for the second half, and only when somebody asks.
"""

from collections.abc import Callable
from functools import cache, partial

from openreform.assessment import Counterpart
from openreform.framework import Framework, TailoredFramework, split_criterion
from openreform.loading.frameworks import bundled_names, load_bundled


def crosswalk(framework: Framework) -> Callable[[str], tuple[Counterpart, ...]]:
    """Tells, when asked, the counterparts of one criterion of this framework."""
    return partial(counterparts, framework)


def counterparts(framework: Framework, ident: str) -> tuple[Counterpart, ...]:
    """The counterparts of a criterion: those it names, then criteria of other frameworks that name it."""
    criterion = framework.criterion(ident)
    if criterion is None:
        return ()
    known_as = [framework.id, *(framework.heir_of if isinstance(framework, TailoredFramework) else ())]
    named = [_named(framework.id, part.criterion, part.how) for part in criterion.corresponds_to]
    naming = [
        found
        for other in bundled_names()
        if other not in known_as
        for name in known_as
        for found in _naming(other).get((name, criterion.id.casefold()), ())
    ]
    return tuple(dict.fromkeys([*named, *naming]))


def _named(said_by: str, name: str, how: str) -> Counterpart:
    owner, ident = split_criterion(name)
    known = load_bundled(owner).framework.criterion(ident) if owner in bundled_names() else None
    return Counterpart(owner, known.id if known else ident, known.title if known else "", how, said_by)


@cache
def _naming(other: str) -> dict[tuple[str, str], tuple[Counterpart, ...]]:
    """Of one framework, its criteria that name another's, by that one's framework and id."""
    framework = load_bundled(other).framework
    found: dict[tuple[str, str], tuple[Counterpart, ...]] = {}
    for criterion in framework.criteria:
        for part in criterion.corresponds_to:
            owner, ident = split_criterion(part.criterion)
            key = (owner, ident.casefold())
            told = Counterpart(framework.id, criterion.id, criterion.title, part.how, framework.id)
            found[key] = (*found.get(key, ()), told)
    return found
