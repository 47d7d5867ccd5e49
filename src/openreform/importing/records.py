"""What the readers of all kinds of source hand on: one record for each commitment, cell by cell, in the source's words."""

from dataclasses import dataclass, field
from typing import Any

from openreform.mapping import Column


@dataclass(slots=True)
class Cell:
    """One value of a record.

    `name` is the column, the dotted way to it in a JSON record, or the heading as it stands in a template; `value` a
    text, number, yes or no, date or datetime, None, or a list of these. `column` says where it goes; None: a comment.
    `prompt` is the template's own prompt, where nothing but that stands there. `within` is the column whose running text
    the heading was found in.
    """

    name: str
    value: Any
    column: Column | None = None
    prompt: str = ""
    within: str = ""


@dataclass(slots=True)
class Entry:
    """What becomes one entry of a list of the document."""

    cells: list[Cell]


@dataclass(slots=True)
class Record:
    """One commitment of a source.

    `number` is its row as the spreadsheet counts (the header is row 1), or its place from 1; `line` the line it begins
    in where the source is text, else 0. `rest` holds what stands under no heading.
    """

    number: int
    line: int = 0
    cells: list[Cell] = field(default_factory=list)
    lists: dict[str, list[Entry]] = field(default_factory=dict)
    rest: list[Cell] = field(default_factory=list)


class SourceError(Exception):
    """A source that cannot be read at all; `code` is that of a problem, `details` fill its blanks."""

    def __init__(self, code: str, line: int = 0, column: int = 1, **details: object) -> None:
        super().__init__(code)
        self.code, self.line, self.column, self.details = code, line, column, details
