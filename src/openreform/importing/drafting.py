"""From one record to one draft: every cell goes to its field, or is kept word for word as a comment, and is accounted for.

Nothing is guessed. A cell is read in full, in part (a date that reads both ways keeps its year), or not at all; whatever
is not in a field stands in the comments, and the account names the row.
"""

import re
from dataclasses import dataclass, field
from typing import Any, Literal, get_args

from openreform.importing.countries import country_code
from openreform.importing.dates import read_date
from openreform.importing.records import Cell, Entry, Record
from openreform.mapping import NAMES, Column, Heading, SourceMapping
from openreform.messages.imports import NO, NUMBERED, YES
from openreform.plaintext import plain_lines, unaccented
from openreform.reform import (
    IRM_CODES,
    LONGEST_TEXT,
    PartialDate,
    Reform,
    ReformField,
    Undescribed,
    fields_of,
    find_field,
)

Kept = Literal[
    "missing", "open-ended", "turned", "either-way", "roughly", "unreadable", "doubtful", "too-long", "out-of-order", "from-text"
]  # fmt: skip
"""Why a cell is not, not wholly, or not word for word in a field."""
KEPT: tuple[Kept, ...] = get_args(Kept)

_READ_ELSEWHERE = ("concerns", "evidence")
"""Sections that are not part of what a commitment says: bad news, and what shows it at work."""
_MOST_OF_AN_ID = 80
_TAB = "    "
_POINTS = r"\n(?=\s*[-–•●*·▪◦]\s)"
"""Where a line ends and a point of a list begins; other line ends may stand in the midst of a name."""
_MOST_OF_A_LIST_OF_NAMES = 1000
"""Characters; under a heading that asks for bodies, more than that is a story about them."""
_PERIODS = (("start", "end"), ("plan.start", "plan.end"))


@dataclass(slots=True)
class Account:
    """Which rows of one column are not wholly in a field, by why; a row as it is shown: "12", or "12.3" for its third entry."""

    rows: dict[Kept, list[str]] = field(default_factory=dict)


@dataclass(slots=True)
class Draft:
    """A document to write: its values by section, what its comments keep, what is not described.

    `notes` stand above the section they belong to, as (column, words, why); `kept` holds the columns no field takes.
    """

    id: str
    number: int
    line: int
    content: dict[str, Any]
    notes: dict[str, list[tuple[str, str, str]]]
    kept: list[tuple[str, str]]
    undescribed: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Refusal:
    """A record that becomes no document: the code of the problem, with its details.

    `asked` holds what a template asks, where nobody has filled it in.
    """

    number: int
    line: int
    code: str
    details: dict[str, object]
    asked: tuple[Cell, ...] = ()


@dataclass(slots=True)
class Drafter:
    """Makes drafts of the records of one source, and keeps account by column."""

    mapping: SourceMapping
    accounts: dict[str, Account] = field(default_factory=dict)

    def draft(self, record: Record, spare_id: str | None = None) -> Draft | Refusal:
        """The draft of a record, or why it becomes none.

        Args:
            record: one commitment, cell by cell.
            spare_id: the id where the source has none; made of the title if left out.
        """
        return _Filling(self, record).draft(spare_id)

    def account(self, column: str, why: Kept, row: str) -> None:
        """Note that a row of a column is not wholly in a field."""
        rows = self.accounts.setdefault(column, Account()).rows.setdefault(why, [])
        if row not in rows[-1:]:
            rows.append(row)


class _Filling:
    """One record on its way into one draft."""

    def __init__(self, drafter: Drafter, record: Record) -> None:
        self.drafter, self.mapping, self.record = drafter, drafter.mapping, record
        for cell in record.cells:
            if isinstance(cell.column, Heading):
                cell.name = cell.name.rstrip(" :")
        self.content: dict[str, Any] = {}
        self.notes: dict[str, list[tuple[str, str, str]]] = {}
        self.kept: list[tuple[str, str]] = []
        self.places: set[str] = set(record.lists)
        self.country: str | None = None
        self.doubtful = self._doubtful()

    # --- The whole ---------------------------------------------------------------------------------------

    def draft(self, spare_id: str | None) -> Draft | Refusal:
        blank = self._blank()
        if blank:
            return Refusal(self.record.number, self.record.line, "template-blank", {}, tuple(blank))
        for name, value in self.mapping.constants.items():
            self._put(name, value if isinstance(value, bool) else str(value))
        for cell in self._country_first():
            self._cell(cell)
        self.kept += [(cell.name, _words(cell.value)) for cell in self.record.rest if _words(cell.value)]
        for to, entries in self.record.lists.items():
            self._entries(to, entries)
        for start, end in _PERIODS:
            self._in_order(start, end)
        title = self.content.get("title")
        if not title:
            return self._refused("record-without-title", column_=self._column_of("title"))
        ident = self.content.pop("id", None) or spare_id or slug(title)
        if not ident:
            return self._refused("record-without-id", column_=self._column_of("id"))
        return Draft(
            ident, self.record.number, self.record.line, self._ordered(), self.notes, self.kept, self._undescribed()
        )

    def _refused(self, code: str, **details: object) -> Refusal:
        return Refusal(self.record.number, self.record.line, code, details)

    def _blank(self) -> list[Cell]:
        """All that a template asks, if nothing of it is filled in."""
        asked = [cell for cell in self.record.cells if isinstance(cell.column, Heading)]
        if not asked or self.record.lists or any(_words(cell.value) for cell in (*asked, *self.record.rest)):
            return []
        return asked

    def _doubtful(self) -> frozenset[str]:
        """The columns this record itself says are not to be trusted."""
        said = next((cell for cell in self.record.cells if cell.name == self.mapping.doubtful), None)
        names = re.split(r"[;,|]", _words(said.value)) if said else []
        return frozenset(name.strip() for name in names if name.strip())

    def _country_first(self) -> list[Cell]:
        """The cells in their order, the country before dates: what a season means depends on it."""
        return sorted(self.record.cells, key=lambda cell: not (cell.column and cell.column.to == "country"))

    def _column_of(self, to: str) -> str:
        named = next((name for name, column in self.mapping.columns.items() if column.to == to), None)
        return named or next((cell.name for cell in self.record.cells if cell.column and cell.column.to == to), to)

    def _undescribed(self) -> tuple[str, ...]:
        """The sections the source has no place for; those it has a place for and left empty are empty."""
        if self.mapping.undescribed is not None:
            chosen: tuple[str, ...] = self.mapping.undescribed
        else:
            chosen = tuple(name for name in get_args(Undescribed) if name not in _READ_ELSEWHERE)
        places = {place.partition(".")[0] for place in self.places}
        return tuple(name for name in chosen if name not in self.content and name not in places)

    def _ordered(self) -> dict[str, Any]:
        return {name: self.content[name] for name in fields_of(Reform) if name in self.content}

    # --- Cells -------------------------------------------------------------------------------------------

    def _cell(self, cell: Cell) -> None:
        column = cell.column
        if column is None or column.to is None:
            words = _words(cell.value) or cell.prompt
            if words or isinstance(column, Heading):
                self.kept.append((cell.name, words))
            return
        row = str(self.record.number)
        if isinstance(column, Heading) and self._stays_words(cell, column.to):
            self.kept.append((cell.name, _words(cell.value) or cell.prompt))
            return
        self.places.add(column.to)
        if isinstance(column, Heading):
            elsewhere = self._is_answered_elsewhere(cell, column)
            why = "heading" if _words(cell.value) or elsewhere else "heading-alone"
            if cell.within:
                why = "heading-within"
                self.drafter.account(cell.within, "from-text", row)
            if cell.name:
                self.notes.setdefault(column.to.partition(".")[0], []).append((cell.name, "", why))
            if elsewhere:
                return
        if cell.name in self.doubtful:
            self._keep(cell, column.to, "doubtful", row)
            return
        if column.to in NAMES:
            self._names(cell, column, row)
            return
        if column.to.startswith("irm."):
            self._irm(cell, column, row)
            return
        target = find_field(column.to)
        if target is None:  # a mapping is checked when it is loaded
            return
        if target.kind == "elements":
            self._sentences(cell, column.to, row)
            return
        value = self._read(cell, column, target, row, at=column.to)
        if value is not None and not self._put(column.to, value):
            self.kept.append((cell.name, _words(cell.value)))
        if isinstance(column, Heading) and column.to in {"start", "plan.start"}:
            self._end_of_period(cell, column)

    def _stays_words(self, cell: Cell, to: str) -> bool:
        """Whether what stands under a heading is kept as words.

        In the running text of a column only sentences are taken from under headings: bodies, dates, sums and steps have
        columns of their own or stay to be described, since a broken line looks like a heading all too easily.
        """
        words = _words(cell.value)
        field = find_field(to)
        sentences = field is not None and field.kind == "text" and to != "title"
        return (bool(cell.within) and not (sentences and words)) or (
            to in NAMES and len(words) > _MOST_OF_A_LIST_OF_NAMES
        )

    def _is_answered_elsewhere(self, cell: Cell, column: Heading) -> bool:
        """Whether nothing stands under a heading because another of the same meaning, or a list, holds the answer."""
        if _words(cell.value) or cell.prompt:
            return False
        others = (other for other in self.record.cells if other is not cell and other.column)
        return column.to in self.record.lists or any(
            _words(other.value) for other in others if other.column and other.column.to == column.to
        )

    def _sentences(self, cell: Cell, to: str, row: str) -> None:
        """Sentences where a list was asked for: they stay words, and the list is still to be described."""
        words = _words(cell.value)
        if words:
            self.places.discard(to)
            self.kept.append((cell.name, words))
        else:
            self._keep(cell, to, "missing", row)

    def _keep(self, cell: Cell, at: str, why: Kept, row: str) -> None:
        """What is not wholly in a field: told in the account and, where there are words, above the section."""
        self.drafter.account(cell.name, why, row)
        words = _words(cell.value) or cell.prompt
        if words:
            self.notes.setdefault(at.partition(".")[0], []).append((cell.name, words, why))

    def _is_missing(self, words: str, column: Column) -> bool:
        known = column.missing if column.missing is not None else self.mapping.missing
        return not words or _folded(words) in {_folded(word) for word in known}

    def _is_open_ended(self, words: str, column: Column) -> bool:
        known = column.open_ended if column.open_ended is not None else self.mapping.open_ended
        return _folded(words) in {_folded(word) for word in known}

    def _read(self, cell: Cell, column: Column, target: ReformField, row: str, at: str) -> Any:
        """The value for a field; None, and an account of why, where there is none."""
        words = _words(cell.value)
        if self._is_missing(words, column):
            self._keep(cell, at, "missing", row)
            return None
        if self._is_open_ended(words, column):
            self._keep(cell, at, "open-ended", row)
            return None
        value, why = self._value(cell.value, words, column, target)
        if why:
            self._keep(cell, at, why, row)
        return value

    def _value(self, given: Any, words: str, column: Column, target: ReformField) -> tuple[Any, Kept | None]:
        if target.kind == "date":
            order = column.dates or self.mapping.dates
            ends = target.name in {"end", "due"}
            read = read_date(
                given,
                order,
                ends=ends,
                country=self.country,
                seasons={str(name): month for name, month in self.mapping.seasons.items()} or None,
            )
            return (PartialDate.read(read.text) if read.text else None), read.why
        if target.name == "country":
            country = country_code(words)
            return country, None if country else "unreadable"
        if target.kind == "id":
            return _as_id(column.prefix + words), None
        if target.kind in {"choice", "yes-no"}:
            value = _choice(words, column, target.values)
            return (
                [value] if target.many and value is not None else value
            ), None if value is not None else "unreadable"
        if target.kind == "number":
            number = re.fullmatch(r"\d{1,15}(?:\.\d{1,15})?", words.replace(" ", ""))
            return (float(number.group()) if number else None), None if number else "unreadable"
        if len(words) > LONGEST_TEXT:
            return None, "too-long"
        return (_split(words, column.split) if target.many else words), None

    def _put(self, to: str, value: Any, section: str = "") -> bool:
        """A value at a dotted field; a second text for one field is added below the first.

        False if the field holds something else already and cannot take it.
        """
        holder = self.content
        *groups, name = to.split(".")
        for group in groups:
            holder = holder.setdefault(group, {})
        held = holder.setdefault(name, value)
        if to == "country":
            self.country = held
        if held == value:
            return True
        if isinstance(value, list) and isinstance(held, list):
            holder[name] = [*held, *(part for part in value if part not in held)]
            return True
        field = find_field(to, section)
        if not (field and field.kind == "text" and to != "title" and len(held) + len(value) + 2 <= LONGEST_TEXT):
            return False
        holder[name] = f"{held}\n\n{value}"
        return True

    def _end_of_period(self, cell: Cell, column: Column) -> None:
        """A heading that asks for start and end at once: "January 2024 to June 2026" is both."""
        start_of, end_of = (
            read_date(cell.value, column.dates or self.mapping.dates, ends=ends, country=self.country)
            for ends in (False, True)
        )
        if end_of.text and end_of.text != start_of.text and column.to:
            self.places.add(column.to.replace("start", "end"))
            self._put(column.to.replace("start", "end"), PartialDate.read(end_of.text))

    def _names(self, cell: Cell, column: Column, row: str) -> None:
        """A column of bodies: an entry for each name."""
        words = _words(cell.value)
        to = column.to or ""
        if self._is_missing(words, column):
            self._keep(cell, to, "missing", row)
            return
        names = _split(words, column.split)
        if any(len(name) > LONGEST_TEXT for name in names):
            self._keep(cell, to, "too-long", row)
            return
        held: list[dict[str, str]] = self.content.setdefault(to, [])
        held += [entry for name in names if (entry := {NAMES[to]: name}) not in held]

    def _irm(self, cell: Cell, column: Column, row: str) -> None:
        """A code of the IRM: an empty cell means that it was not recorded, which is no fault of the row.

        Words that mean missing elsewhere, such as "unclear", are codes here, unless the column itself says otherwise.
        """
        words = _words(cell.value)
        code = (column.to or "").removeprefix("irm.")
        if not words or _folded(words) in {_folded(word) for word in column.missing or ()}:
            return
        value = _choice(words, column, IRM_CODES[code])
        if value is None:
            self._keep(cell, "irm", "unreadable", row)
        else:
            self.content.setdefault("irm", {})[code] = value

    # --- Lists -------------------------------------------------------------------------------------------

    def _entries(self, to: str, entries: list[Entry]) -> None:
        made: list[dict[str, Any]] = []
        for number, entry in enumerate(entries, start=1):
            holder, self.content = self.content, {}
            row = f"{self.record.number}.{number}"
            for cell in entry.cells:
                self._entry_cell(cell, to, number, row)
            if to == "milestones":
                self._in_order("start", "due", at=to, number=number)
            holder, self.content = self.content, holder
            if holder:
                made.append({name: holder[name] for name in fields_of(_model_of(to), to) if name in holder})
        ids = [one.get("id") for one in made]
        for number, one in enumerate(made, start=1):
            if "id" in one and ids.count(one["id"]) > 1:
                del one["id"]
            spare = f"{to[:1]}{number}"
            if "id" not in one and "id" in fields_of(_model_of(to), to) and spare not in ids:
                made[number - 1] = {"id": spare, **one}  # so that what is described next can name it
        if made:
            self.content[to] = made

    def _entry_cell(self, cell: Cell, to: str, number: int, row: str) -> None:
        column = cell.column
        words = _words(cell.value)
        if column is None or column.to is None:
            if words:
                self.kept.append((NUMBERED.format(number=number, name=cell.name), words))
            return
        target = find_field(column.to, to)
        if target is None:
            return
        noted = self.notes.get(to, [])
        before = len(noted)
        value = self._read(cell, column, target, row, at=to)
        noted = self.notes.get(to, [])
        noted[before:] = [(NUMBERED.format(number=number, name=name), said, why) for name, said, why in noted[before:]]
        if value is not None and not self._put(column.to, value, to):
            self.kept.append((NUMBERED.format(number=number, name=cell.name), words))

    def _in_order(self, start: str, end: str, at: str | None = None, number: int = 0) -> None:
        """An end before its start is not written: one of the two is wrong, and nobody here can tell which."""
        first, last = _held(self.content, start), _held(self.content, end)
        if not (isinstance(first, PartialDate) and isinstance(last, PartialDate) and last.last < first.first):
            return
        *groups, name = end.split(".")
        holder = self.content
        for group in groups:
            holder = holder[group]
        del holder[name]
        cells = self.record.lists[at][number - 1].cells if at else self.record.cells
        cell = next((cell for cell in cells if cell.column and cell.column.to == end), None)
        named = cell.name if cell else end
        row = f"{self.record.number}.{number}" if at else str(self.record.number)
        self.drafter.account(named, "out-of-order", row)
        shown = NUMBERED.format(number=number, name=named) if at else named
        words = _words(cell.value) if cell else last.text
        self.notes.setdefault(at or end.partition(".")[0], []).append((shown, words, "out-of-order"))


# --- Words ------------------------------------------------------------------------------------------------


def _model_of(section: str) -> Any:
    found = find_field(section)
    return found.model if found else Reform


def _held(content: dict[str, Any], way: str) -> Any:
    found: Any = content
    for step in way.split("."):
        found = found.get(step) if isinstance(found, dict) else None
    return found


def _words(value: Any) -> str:
    """A cell as text: a whole number without a point, a list line by line, line ends as line feeds."""
    if value is None:
        return ""
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, float) and value.is_integer():
        return str(int(value))
    if isinstance(value, list):
        return "\n".join(_words(part) for part in value)
    if hasattr(value, "isoformat"):
        shown: str = value.isoformat()
        return shown.removesuffix("T00:00:00")
    lines = plain_lines(str(value)).replace("\t", _TAB).split("\n") if value != {} else []
    return "\n".join(line.rstrip() for line in lines).strip()


def _folded(words: str) -> str:
    return " ".join(words.split()).strip(" .").casefold()


def _split(words: str, at: tuple[str, ...]) -> list[str]:
    """The parts of a text, without the signs of a list before them, each once."""
    parts = re.split("|".join([*map(re.escape, at), _POINTS]), words)
    plain = (re.sub(r"^\s*[-–•●*·]\s+", "", " ".join(part.split())).strip(" ;,") for part in parts)
    return list(dict.fromkeys(part for part in plain if part))


def _choice(words: str, column: Column, values: tuple[str, ...]) -> str | bool | None:
    """The value a word stands for: by the mapping, or because it is the value's own word; yes or no where there are none."""
    by_word = {_folded(word): value for word, value in column.values.items()}
    folded = _folded(words)
    if folded in by_word:
        return by_word[folded]
    if not values:
        return True if folded in YES else False if folded in NO else None
    return next((value for value in values if value.replace("-", " ") == folded.replace("-", " ")), None)


def _as_id(words: str) -> str | None:
    """An id of what stands in the source: what no id may hold becomes a hyphen."""
    made = re.sub(r"[^A-Za-z0-9._-]+", "-", words).strip("-.")[:_MOST_OF_AN_ID]
    return made or None


def slug(title: str) -> str:
    """An id made of a title."""
    words = re.findall(r"[a-z0-9]+", unaccented(title))
    return "-".join(words[:8])[:_MOST_OF_AN_ID].strip("-")
