"""Where things stand in a TOML text: Python's own reader gives values and no places.

Only a text that reader has accepted is looked through, so this need not tell right from wrong.
"""

import re
import tomllib
from bisect import bisect_right
from typing import Any

from openreform.loading.yaml_events import Mapping, Path, Sequence
from openreform.problems import Position

_BETWEEN = re.compile(r"(?:[ \t\r\n,]+|#[^\n]*)*+")
_SPACES = re.compile(r"[ \t]*")
_BARE_KEY = re.compile(r"[A-Za-z0-9_-]+")
_TEXTS = (
    re.compile(r'"""(?:[^\\"]|\\.|"{1,2}(?!"))*+"{3,5}', re.DOTALL),
    re.compile(r"'''(?:[^']|'{1,2}(?!'))*+'{3,5}"),
    re.compile(r'"(?:[^"\\\n]|\\.)*+"'),
    re.compile(r"'[^'\n]*'"),
)
_BARE_VALUE = re.compile(r"\d{4}-\d\d-\d\d \d\d:[^\s,\]}#]+|[^\s,\]}#]+")


def placed(values: dict[str, Any], text: str) -> Mapping:
    """The values read from a text, each with its place."""
    scanner = _Scanner(text)
    scanner.read()
    return scanner.mapping(values, ())


class _Scanner:
    """Goes through a text once and notes where each key and each value begins."""

    def __init__(self, text: str) -> None:
        self.text, self.at = text, 0
        self.keys: dict[Path, int] = {}
        self.values: dict[Path, int] = {}
        self.tables: dict[Path, int] = {}
        self.lines = [0, *(match.end() for match in re.finditer("\n", text))]

    # --- Reading ------------------------------------------------------------------------------------------

    def read(self) -> None:
        table: Path = ()
        self._skip(_BETWEEN)
        while self.at < len(self.text):
            if self.text[self.at] == "[":
                table = self._header()
            else:
                self._pair(table)
            self._skip(_BETWEEN)

    def _header(self) -> Path:
        """`[a.b]` or `[[a.b]]`: the table it opens; within a list of tables, the last one so far."""
        listed = self.text.startswith("[[", self.at)
        self.at += 2 if listed else 1
        path: Path = ()
        for name, at in (names := self._key()):
            path = (*path, name)
            self._note(path, at, at)
            if path in self.tables and not (listed and len(names) == _depth(path)):
                path = (*path, self.tables[path])
        if listed:
            self.tables[path] = self.tables.get(path, -1) + 1
            path = (*path, self.tables[path])
            self.values[path] = names[-1][1]
        self.at += 2 if listed else 1
        return path

    def _pair(self, table: Path) -> None:
        path = table
        for name, at in self._key():
            path = (*path, name)
            self._note(path, at, at)
        self.at += 1  # the equals sign
        self._value(path)

    def _key(self) -> list[tuple[str, int]]:
        """The names of a dotted key and where each stands; leaves at what follows."""
        names: list[tuple[str, int]] = []
        while True:
            self._skip(_SPACES)
            at = self.at
            names.append((self._name(), at))
            self._skip(_SPACES)
            if not self.text.startswith(".", self.at):
                return names
            self.at += 1

    def _name(self) -> str:
        at = self.at
        bare = _BARE_KEY.match(self.text, at)
        if bare is not None:
            self.at = bare.end()
            return bare.group()
        self._skip_text()
        return str(tomllib.loads(f"k = {self.text[at : self.at]}")["k"])

    def _value(self, path: Path) -> None:
        self._skip(_SPACES)
        self.values[path] = self.at
        opening = self.text[self.at : self.at + 1]
        if opening in {"[", "{"}:
            self.at += 1
            self._inside(path, listed=opening == "[")
        elif opening in {'"', "'"}:
            self._skip_text()
        else:
            self._skip(_BARE_VALUE)

    def _inside(self, path: Path, *, listed: bool) -> None:
        number = 0
        self._skip(_BETWEEN)
        while self.text[self.at] != ("]" if listed else "}"):
            if listed:
                self._value((*path, number))
                number += 1
            else:
                self._pair(path)
            self._skip(_BETWEEN)
        self.at += 1

    def _skip(self, pattern: re.Pattern[str]) -> None:
        match = pattern.match(self.text, self.at)
        self.at = match.end() if match else self.at

    def _skip_text(self) -> None:
        found = next(match for pattern in _TEXTS if (match := pattern.match(self.text, self.at)))
        self.at = found.end()

    def _note(self, path: Path, key: int, value: int) -> None:
        """The first mention counts: there a reader looks."""
        self.keys.setdefault(path, key)
        self.values.setdefault(path, value)

    # --- Values with their places ---------------------------------------------------------------------------

    def mapping(self, values: dict[str, Any], path: Path) -> Mapping:
        made = Mapping()
        for name, value in values.items():
            inner = (*path, name)
            made[name] = self._with_places(value, inner)
            made.keys_at[name] = self._position(self.keys.get(inner, 0))
            made.values_at[name] = self._position(self.values.get(inner, 0))
        return made

    def _with_places(self, value: Any, path: Path) -> Any:
        if isinstance(value, dict):
            return self.mapping(value, path)
        if not isinstance(value, list):
            return value
        made = Sequence()
        for number, part in enumerate(value):
            made.append(self._with_places(part, (*path, number)))
            made.values_at.append(self._position(self.values.get((*path, number), 0)))
        return made

    def _position(self, index: int) -> Position:
        line = bisect_right(self.lines, index)
        return line, index - self.lines[line - 1] + 1


def _depth(path: Path) -> int:
    return sum(1 for step in path if isinstance(step, str))
