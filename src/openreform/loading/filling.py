"""What a document still has to fill in: the parts listed by path under `to_fill` count only once their author takes them out.

`to_fill` is no field of what is described, as `document` is none: it says which parts of the file to read, and is gone before
anything is made of them. A path is written `publications[new-t5]`, `milestones[m1].output` or
`publications[stories].contains[payments]`: in the brackets the id of an entry, a value of a list, or its number from 0. What
stands in place of something else says so, and that is read instead: `milestones[m1].kind (was activity)`.
"""

import re
from typing import Any, NamedTuple

from openreform.loading import yaml_events
from openreform.loading.shapes import wrong_kind
from openreform.loading.yaml_events import Mapping, Path, Sequence, locate
from openreform.problems import Position, Problem, problem

FILL_KEY = "to_fill"
MOST_PATHS = 5000
_STEP = re.compile(r"(?:^|\.)([A-Za-z_]+)((?:\[[^\[\]]*\])*)")
_WAS = re.compile(r"(.+?) \(was (.*)\)")
_KEY = re.compile(r"\[([^\[\]]*)\]")


class ToFill(NamedTuple):
    """A part of a document that is to be filled in: its path as written, and where it stands."""

    written: str
    at: Position


class Filling(NamedTuple):
    """What was listed, what is wrong with the list, and the ids of entries left out, by list."""

    parts: tuple[ToFill, ...]
    problems: list[Problem]
    ids: dict[str, dict[str, None]]


def take_out(root: Mapping, path: str, *, filled: bool) -> Filling:
    """Take the list out of a document, and what it lists as well.

    Args:
        root: the document; it is changed.
        path: the file's name, for problems.
        filled: whether to leave in what is listed, as if its author had filled it in.
    """
    at = locate(root, (FILL_KEY,))
    listed = root.get(FILL_KEY)
    problems = _wrong_with(listed, at, path)
    if problems:
        root.pop(FILL_KEY)
        return Filling((), problems, {})
    steps: dict[Path, Any] = {}
    parts: list[ToFill] = []
    names: dict[int, dict[str, int]] = {}
    for number, written in enumerate(listed or ()):
        match = _WAS.fullmatch(written)
        found = _found(root, match[1] if match else written, names)
        was = yaml_events.read(f"was: {match[2]}", path)[0] if match else None
        if found is None or (match and not (isinstance(was, Mapping) and isinstance(_at(root, found[:-1]), Mapping))):
            problems.append(problem("to-fill-unknown", path, locate(root, (FILL_KEY, number)), value=written))
        elif found not in steps:
            steps[found] = was["was"] if match and isinstance(was, Mapping) else None
            parts.append(ToFill(written, locate(root, found)))
    root.pop(FILL_KEY, None)
    ids = {} if filled else _ids_of(root, list(steps))
    for each in sorted(steps, key=_last_first):
        if filled:
            _make_known(root, each)
        elif steps[each] is not None:
            _at(root, each[:-1])[each[-1]] = steps[each]
        else:
            _remove(root, each)
    return Filling(tuple(parts), problems, ids)


def _wrong_with(listed: Any, at: Position, path: str) -> list[Problem]:
    if listed is None:
        return []
    if not isinstance(listed, Sequence):
        return [wrong_kind("list_type", listed, FILL_KEY, path, at)]
    if len(listed) > MOST_PATHS:
        return [problem("to-fill-many", path, at, limit_=MOST_PATHS)]
    wrong = [number for number, part in enumerate(listed) if not isinstance(part, str)]
    return [wrong_kind("string_type", listed[number], FILL_KEY, path, listed.values_at[number]) for number in wrong]


def split(written: str) -> tuple[str | tuple[str], ...] | None:
    """The steps of a path: a field's name, or in a tuple of one what stands in brackets; None if it is no path."""
    steps: list[str | tuple[str]] = []
    end = 0
    for match in _STEP.finditer(written):
        if match.start() != end:
            return None
        steps += [match[1], *((key,) for key in _KEY.findall(match[2]))]
        end = match.end()
    return tuple(steps) if steps and end == len(written) else None


def _found(root: Mapping, written: str, names: dict[int, dict[str, int]]) -> Path | None:
    """Where in the document a path leads; None if nothing is there."""
    here: Any = root
    found: list[str | int] = []
    for step in split(written) or ():
        if isinstance(step, str):
            if not isinstance(here, Mapping) or step not in here:
                return None
            found.append(step)
        else:
            number = _entry(here, step[0], names)
            if number is None:
                return None
            found.append(number)
        here = here[found[-1]]
    return tuple(found) or None


def _entry(holder: Any, key: str, names: dict[int, dict[str, int]]) -> int | None:
    if not isinstance(holder, Sequence):
        return None
    known = names.get(id(holder))
    if known is None:
        known = names[id(holder)] = {}
        for number, entry in enumerate(holder):
            name = entry.get("id") if isinstance(entry, Mapping) else entry
            if name is not None:
                known.setdefault(str(name), number)
    if key in known:
        return known[key]
    return int(key) if key.isdecimal() and len(key) <= 9 and int(key) < len(holder) else None


def _last_first(path: Path) -> tuple[object, ...]:
    """So that what is taken out of a list moves nothing that is still to be taken out; what stands in an entry goes first."""
    return tuple((0, "", -step) if isinstance(step, int) else (1, step, 0) for step in path), -len(path)


def _ids_of(root: Mapping, paths: list[Path]) -> dict[str, dict[str, None]]:
    ids: dict[str, dict[str, None]] = {}
    for path in paths:
        entry = _at(root, path)
        if len(path) == 2 and isinstance(entry, Mapping) and isinstance(entry.get("id"), str):
            ids.setdefault(str(path[0]), {})[entry["id"]] = None
    return ids


def _at(root: Any, path: Path) -> Any:
    here = root
    for step in path:
        if isinstance(here, Mapping) and step in here:
            here = here[str(step)]
        elif isinstance(here, Sequence) and isinstance(step, int) and step < len(here):
            here = here[step]
        else:
            return None
    return here


def _remove(root: Mapping, path: Path) -> None:
    holder, last = _at(root, path[:-1]), path[-1]
    if isinstance(holder, Sequence) and isinstance(last, int) and last < len(holder):
        del holder[last], holder.values_at[last]
    elif isinstance(holder, Mapping):
        holder.pop(str(last), None)


def _make_known(root: Mapping, path: Path) -> None:
    """What is filled in is neither unknown nor undescribed any more."""
    undescribed = root.get("undescribed")
    if isinstance(undescribed, Sequence) and path[0] in undescribed:
        number = undescribed.index(path[0])
        del undescribed[number], undescribed.values_at[number]
    names = [step for step in path[2:] if isinstance(step, str)]
    entry = _at(root, path[:2])
    unknown = entry.get("unknown") if isinstance(entry, Mapping) else None
    if not names or not isinstance(unknown, Sequence):
        return
    filled = _at(root, path)
    told = {".".join(names[: count + 1]) for count in range(len(names))}
    told |= {".".join([*names, part]) for part in (filled if isinstance(filled, Mapping) else ())}
    for number in reversed(range(len(unknown))):
        if unknown[number] in told:
            del unknown[number], unknown.values_at[number]
