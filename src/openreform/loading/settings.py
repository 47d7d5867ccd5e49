"""Settings from their file: found, read, and everything wrong with them told at its place."""

import os
import re
import tomllib
from collections.abc import Iterator
from pathlib import Path as FilePath
from typing import Any, NamedTuple

from pydantic import ValidationError
from pydantic_core import ErrorDetails

from openreform.loading.files import Found, decode, read_raw
from openreform.loading.frameworks import AT_VERSION, bundled_names
from openreform.loading.places import PYPROJECT, settings_files
from openreform.loading.shapes import first_of, nearest, suggest
from openreform.loading.toml_places import placed
from openreform.loading.yaml_events import Mapping, Path, kind_of, locate
from openreform.messages.problems import FIXES
from openreform.messages.settings import SETTING_EXAMPLES, SETTING_REFUSED, SETTING_TAKES
from openreform.plaintext import quoted
from openreform.problems import Position, Problem, problem
from openreform.settings import CHECK_FORMATS, REFUSED, TABLES, Settings, keys_of

_OURS = "openreform"
_MOST_BYTES = 256 * 1024
_MOST_DOTS = 500
"""In one line: Python's reader takes minutes over a key of some ten thousand names."""
_WHERE = re.compile(r"\(at line (\d+), column (\d+)\)")
_TWICE = ("overwrite", "twice", "mutate", "immutable", "expand", "duplicate")


class LoadedSettings(NamedTuple):
    """Settings in force: what is set, where each setting stands, and the file as a person finds it.

    also: whether a pyproject.toml beside the file has settings too, which are not used.
    """

    settings: Settings
    root: Mapping
    path: str
    also: bool = False

    def at(self, path: Path) -> Position:
        """Line and column of a setting."""
        return locate(self.root, path)

    def beside(self, named: str) -> str:
        """A path of the settings as it is reached from the working directory."""
        return _shown(FilePath(self.path).parent / named)


def find_settings(start: FilePath) -> LoadedSettings | list[Problem] | None:
    """The nearest settings upward from a folder, or everything wrong with them; None if there are none."""
    for own, project in settings_files(start):
        if own is not None:
            found = load_settings(own)
            beside = load_settings(project) if project is not None else None
            return found._replace(also=beside is not None) if isinstance(found, LoadedSettings) else found
        if project is not None and (found := load_settings(project)) is not None:
            return found
    return None


def load_settings(path: FilePath) -> LoadedSettings | list[Problem] | None:
    """The settings in a file, or everything wrong with them; None if it is a pyproject.toml that has none."""
    shown = _shown(path)
    shared = path.name == PYPROJECT
    raw = read_raw(Found(path, shown, named=False), _MOST_BYTES)
    if isinstance(raw, Problem):
        return [raw]
    if shared and _OURS.encode() not in raw:
        return None
    if len(raw) > _MOST_BYTES:
        return [problem("settings-too-large", shown, limit_=f"{_MOST_BYTES // 1024} KiB")]
    text = decode(raw, shown)
    return [text] if isinstance(text, Problem) else parse_settings(text, shown, shared=shared)


def parse_settings(text: str, path: str, *, shared: bool = False) -> LoadedSettings | list[Problem] | None:
    """The settings in a text, or everything wrong with them; `shared` if they are one table of a pyproject.toml."""
    try:
        if any(line.count(".") > _MOST_DOTS for line in text.split("\n")):
            raise RecursionError
        root = placed(tomllib.loads(text), text)
    except RecursionError:
        return [problem("settings-too-deep", path)]
    except ValueError as error:
        return [_not_toml(error, text, path)]
    for name in ("tool", _OURS) if shared else ():
        if not isinstance(root.get(name), Mapping):
            return None
        root = root[name]
    problems = first_of(_wrong(root, path), path)
    if problems:
        return problems
    return LoadedSettings(Settings.model_validate_json(_as_json(root)), root, path)


def _not_toml(error: ValueError, text: str, path: str) -> Problem:
    said, lines = str(error), text.split("\n")
    where = _WHERE.search(said)
    line, column = (int(where[1]), int(where[2])) if where else (len(lines), len(lines[-1]) + 1)
    if any(word in said for word in _TWICE):  # found at the end of the value, and meant is its key
        return problem("settings-twice", path, (line, len(lines[line - 1]) - len(lines[line - 1].lstrip()) + 1))
    return problem("settings-not-toml", path, (line, column))


# --- What is wrong ------------------------------------------------------------------------------------------


def _wrong(root: Mapping, path: str) -> Iterator[Problem]:
    try:
        settings = Settings.model_validate_json(_as_json(root))
    except ValidationError as error:
        for detail in _of_each_value(error.errors(include_url=False, include_input=False)):
            yield _problem(detail, root, path)
        return
    if settings.framework is not None:
        yield from _framework(settings.framework, root, path)
    if settings.check.baseline is not None and not _place(settings.check.baseline, path)[0]:
        at = locate(root, ("check", "baseline"))
        yield problem("setting-outside", path, at, key_="baseline", value=settings.check.baseline)


def _of_each_value(found: list[ErrorDetails]) -> Iterator[ErrorDetails]:
    """One of the things wrong with each value is enough."""
    seen: set[Path] = set()
    for detail in found:
        if detail["loc"] not in seen:
            seen.add(detail["loc"])
            yield detail


def _problem(detail: ErrorDetails, root: Mapping, path: str) -> Problem:
    location: Path = detail["loc"]
    names = [str(step) for step in location if isinstance(step, str)]
    table, key = ".".join(names[:-1]), names[-1]
    value = _value_at(root, location)
    if detail["type"] == "extra_forbidden":
        holder = _value_at(root, location[:-1])
        position = holder.keys_at[key] if isinstance(holder, Mapping) else locate(root, location)
        return _unknown(key, table, path, position)
    position = locate(root, location)
    if detail["type"] == "literal_error" and isinstance(value, str):
        return _no_value(value, key, detail, path, position)
    example = f"[{_table(key, path)}]" if key in TABLES else SETTING_EXAMPLES[".".join(names)]
    told = isinstance(value, str | int | float) and not isinstance(value, bool)
    what = f"{kind_of(value)} ({quoted(str(value), 30)})" if told else kind_of(value)
    return problem("setting-kind", path, position, key_=key, what_=what, takes_=SETTING_TAKES[key], example_=example)


def _no_value(value: str, key: str, detail: ErrorDetails, path: str, position: Position) -> Problem:
    name, file, _ = value.partition("=")
    if key == "format" and file and name in CHECK_FORMATS:
        return problem("setting-refused", path, position, key_=f"{key} = …=FILE", fix_=SETTING_REFUSED["output"])
    known = re.findall(r"'([^']*)'", str(detail.get("ctx", {}).get("expected", "")))
    return problem("value-unknown", path, position, value=value, field_=key, fix_=suggest(value, known))


def _unknown(key: str, table: str, path: str, position: Position) -> Problem:
    plain = key.strip().lstrip("-").replace("-", "_").casefold()
    if plain in REFUSED:
        return problem("setting-refused", path, position, key_=plain, fix_=SETTING_REFUSED[plain])
    known = keys_of(table)
    if plain in known:
        fix = FIXES["did-you-mean"].format(guess_=plain)
        return problem("setting-unknown", path, position, key=key, fix_=fix)
    guess = nearest(plain, known)
    homes = [name for name in TABLES if name != table and plain in keys_of(name)]
    if homes and not guess:
        where = FIXES["setting-in-table" if homes[0] else "setting-on-top"]
        fix = where.format(table_=_table(homes[0], path))
    else:
        fix = suggest(plain, known, "known-settings")
    return problem("setting-unknown", path, position, key=key, fix_=fix)


def _framework(named: str, root: Mapping, path: str) -> Iterator[Problem]:
    """A framework in settings is one that comes with the tool, or a file in the folder of the settings or below."""
    position = locate(root, ("framework",))
    name = named.partition(AT_VERSION)[0]
    if name in bundled_names():
        return
    inside, there = _place(named, path)
    if not inside:
        yield problem("setting-outside", path, position, key_="framework", value=named)
    elif not there:
        yield problem("setting-framework", path, position, value=named, fix_=suggest(name, bundled_names()))


def _place(named: str, path: str) -> tuple[bool, bool]:
    """Whether a path in settings stays in their folder, links followed, and whether it leads to a file."""
    folder = FilePath(path).parent
    place = folder / named
    try:
        return place.resolve().is_relative_to(folder.resolve()), place.is_file()
    except (OSError, ValueError, RuntimeError):  # too long for a path, a byte no path can hold, links in a circle
        return True, False


# --- Small things --------------------------------------------------------------------------------------------


def _table(name: str, path: str) -> str:
    """A table as it is headed in that file."""
    return f"tool.{_OURS}.{name}" if FilePath(path).name == PYPROJECT else name


def _as_json(root: Mapping) -> str:
    """As JSON, in which the models are strict; dates and times, which no setting takes, as text."""
    import json  # noqa: PLC0415

    return json.dumps(root, default=str)


def _value_at(root: Any, path: Path) -> Any:
    for step in path:
        if isinstance(root, dict | list) and not (isinstance(root, list) and isinstance(step, str)):
            try:
                root = root[step]  # type: ignore[index,call-overload,unused-ignore]
            except (KeyError, IndexError):
                return root
        else:
            return root
    return root


def _shown(path: FilePath) -> str:
    """A path as seen from the working directory."""
    try:
        return FilePath(os.path.relpath(path)).as_posix()
    except ValueError:  # another drive
        return path.as_posix()
