"""Which reform of one side is which of the other, under one yardstick; and what moved in each."""

import re
from collections.abc import Iterator
from typing import NamedTuple

from openreform.comparing.changes import compare
from openreform.comparing.snapshots import snapshot_of
from openreform.comparing.sources import CannotCompareError, Given, Side, Sound
from openreform.comparison import Changes, Comparison, Listed, Snapshot
from openreform.loading.frameworks import LoadedFramework, bundled_names, load_version, versions_of
from openreform.reform import PartialDate
from openreform.running import assess_document, assess_under


class _Pair(NamedTuple):
    """One reform on both sides, and the framework to score a side under that asks for an older one; None where it is its own."""

    was: Given
    now: Given
    under: tuple[LoadedFramework | None, LoadedFramework | None]


def changes(old: Side, new: Side, as_of: PartialDate | None, *, allow_versions: bool) -> Changes:
    """What moved from one side to the other.

    Two documents are compared whatever their ids; folders and results of several reforms, reform by reform.

    Args:
        old: the earlier side.
        new: the later one.
        as_of: the day tests that depend on time are read at; a result keeps its own.
        allow_versions: whether to score both under the newer version where the versions differ.

    Raises:
        CannotCompareError: two frameworks, or two versions of one.
    """
    many = old.many or new.many
    if many:
        both = [(old.reforms[ident], given) for ident, given in new.reforms.items() if ident in old.reforms]
    else:
        both = list(zip(old.reforms.values(), new.reforms.values(), strict=True))
    pairs = [_agreed(was, now, allow=allow_versions) for was, now in both]
    changed: list[Comparison] = []
    same: list[str] = []
    for pair in pairs:
        found = None if many and _is_the_same(pair) else _compared(pair, as_of)
        if found is None or (many and found.is_empty):
            same.append(pair.now.id)
        else:
            changed.append(found)
    only = [_only(each, other, as_of) if many else () for each, other in ((new, old), (old, new))]
    added, removed = (tuple(found) for found in only)
    return Changes(old.written, new.written, many, tuple(changed), tuple(same), added, removed)


def _only(side: Side, other: Side, as_of: PartialDate | None) -> Iterator[Listed]:
    """The reforms that only one side has, with their scores."""
    for ident, given in side.reforms.items():
        if ident not in other.reforms:
            score = _snapshot(given, None, as_of).promise.score
            yield Listed(ident, given.title, given.path, score)


# --- One yardstick ------------------------------------------------------------------------------------------------


def _agreed(was: Given, now: Given, *, allow: bool) -> _Pair:
    """Both sides with the framework to score them under; two versions only if they may be brought to one."""
    names = {"old": was.path, "new": now.path}
    if was.framework_id != now.framework_id:
        raise CannotCompareError("other-framework", **names, was=was.framework_id, now=now.framework_id)
    if was.version == now.version:
        return _Pair(was, now, (None, None))
    versions = {"id": was.framework_id, "was": was.version, "now": now.version}
    newer = _newer(was.framework_id, was.version, now.version)
    fixed = [each for each in (was, now) if isinstance(each.holds, Snapshot) and each.version != newer]
    if fixed:
        raise CannotCompareError(
            "result-older" if allow else "other-version-result",
            **names, **versions, newer=newer, older=fixed[0].version, path=fixed[0].path,
        )  # fmt: skip
    if not allow:
        raise CannotCompareError("other-version", **names, **versions, newer=newer)
    used = next(
        (each.holds.used for each in (was, now) if isinstance(each.holds, Sound) and each.version == newer), None
    )
    if used is None and was.framework_id in bundled_names():
        used = load_version(was.framework_id, newer)
    if used is None:
        raise CannotCompareError("no-newer", **versions, newer=newer)
    under = tuple(used if each.version != newer else None for each in (was, now))
    return _Pair(was, now, (under[0], under[1]))


def _newer(name: str, *versions: str) -> str:
    """The newer of two versions of a framework: as the bundled ones are listed, otherwise by their numbers."""
    known = versions_of(name) if name in bundled_names() else ()
    if all(version in known for version in versions):
        return min(versions, key=known.index)
    return max(versions, key=lambda version: ([int(part) for part in re.findall(r"[0-9]{1,9}", version)], version))


# --- One reform ---------------------------------------------------------------------------------------------------


def _is_the_same(pair: _Pair) -> bool:
    """Whether both sides are the same document under the same framework, so that nobody has to look."""
    old, new = pair.was.holds, pair.now.holds
    if not (isinstance(old, Sound) and isinstance(new, Sound)):
        return False
    return old.document.digest == new.document.digest and old.used.digest == new.used.digest


def _compared(pair: _Pair, as_of: PartialDate | None) -> Comparison:
    was, now = (_snapshot(given, under, as_of) for given, under in zip((pair.was, pair.now), pair.under, strict=True))
    if was.measure != now.measure:
        names = {"old": pair.was.path, "new": pair.now.path}
        raise CannotCompareError("other-measure", **names, id=now.head.framework_id, version=now.head.framework_version)
    before, after = (
        given.version if under else None for given, under in zip((pair.was, pair.now), pair.under, strict=True)
    )
    return compare(was, now, (before, after))


def _snapshot(given: Given, under: LoadedFramework | None, as_of: PartialDate | None) -> Snapshot:
    if isinstance(given.holds, Snapshot):
        return given.holds
    document, used = given.holds
    if under is None:
        return snapshot_of(assess_document(document, used, as_of))
    made = assess_under(document, under, as_of)
    if made is None:
        raise CannotCompareError("not-sound", path=given.path, version=under.framework.version)
    return snapshot_of(made)
