"""Tables: CSV from any spreadsheet program, and XLSX. Rows keep the numbers a person sees in the spreadsheet."""

import csv
import io
import zipfile
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from typing import Any

from openreform.importing.records import Cell, Record, SourceError
from openreform.mapping import SourceMapping

MOST_INSIDE = 256 * 1024 * 1024
"""Bytes of a workbook once unpacked; a hundred thousand commitments take a quarter of it."""

_DELIMITERS = (",", ";", "\t", "|")
_HEADS_LOOKED_AT = 20
"""Rows in which the head is looked for: some sheets begin with a title."""


@dataclass(slots=True)
class Row:
    """One row: its number as the spreadsheet counts, the line it begins in (0 outside text), its values."""

    number: int
    line: int
    values: list[Any]


@dataclass(slots=True)
class Table:
    """The rows of one sheet, with those that cannot be read: row, line, code of the problem, details."""

    rows: list[Row] = field(default_factory=list)
    broken: list[tuple[int, int, str, dict[str, object]]] = field(default_factory=list)


# --- CSV ----------------------------------------------------------------------------------------------------


def read_csv(raw: bytes, mapping: SourceMapping | None) -> Table:
    """The rows of a CSV file, whatever stands between its values.

    Raises:
        SourceError: its bytes are not text in the encoding expected.
    """
    text = _decoded(raw, mapping.encoding if mapping else None)
    delimiter = (mapping.delimiter if mapping else None) or _delimiter_of(text)
    csv.field_size_limit(max(csv.field_size_limit(), len(raw) + 1))
    table = Table()
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=delimiter, strict=True)
    number = 0
    while True:
        number += 1
        line = reader.line_num + 1
        try:
            values = next(reader)
        except StopIteration:
            return table
        except csv.Error:
            table.broken.append((number, line, "row-unreadable", {}))
            continue
        table.rows.append(Row(number, line, values))


def _decoded(raw: bytes, encoding: str | None) -> str:
    marked = {b"\xff\xfe": "utf-16", b"\xfe\xff": "utf-16", b"\xef\xbb\xbf": "utf-8-sig"}
    chosen = next((name for mark, name in marked.items() if raw.startswith(mark)), encoding or "utf-8")
    try:
        text = raw.decode(chosen)
    except UnicodeDecodeError as error:
        line = raw[: error.start].count(b"\n") + 1
        raise SourceError("table-not-utf8", line, byte_=f"0x{raw[error.start]:02X}") from None
    if "\x00" in text:
        raise SourceError("binary", text[: text.index("\x00")].count("\n") + 1)
    return text


def _delimiter_of(text: str) -> str:
    """What stands most often in the first line, outside quotes."""
    head = next((line for line in text.splitlines() if line.strip()), "")
    bare = "".join(head.split('"')[::2])
    return max(_DELIMITERS, key=bare.count)


# --- XLSX ---------------------------------------------------------------------------------------------------


def read_xlsx(raw: bytes, mapping: SourceMapping | None) -> dict[str, Table]:
    """The sheets of a workbook by name: the one the mapping names, else all of them.

    Raises:
        SourceError: it is no workbook, larger inside than anyone's plan, without the sheet, or openpyxl is missing.
    """
    try:
        from openpyxl import load_workbook  # noqa: PLC0415
    except ImportError:
        raise SourceError("extra-missing", what_="XLSX", extra_="xlsx") from None
    try:
        with zipfile.ZipFile(io.BytesIO(raw)) as packed:
            if sum(member.file_size for member in packed.infolist()) > MOST_INSIDE:
                raise SourceError("too-large-inside", limit_=f"{MOST_INSIDE // 1024 // 1024} MiB")
        book = load_workbook(io.BytesIO(raw), read_only=True, data_only=True)
    except SourceError:
        raise
    except Exception:  # noqa: BLE001  # openpyxl fails in as many ways as a file can be broken
        raise SourceError("not-xlsx") from None
    names = list(book.sheetnames)
    if mapping and mapping.sheet:
        if mapping.sheet not in names:
            raise SourceError("no-sheet", sheet=mapping.sheet, sheets_=", ".join(names))
        names = [mapping.sheet]
    return {name: _sheet(book[name]) for name in names}


def _sheet(sheet: Any) -> Table:
    table = Table()
    try:
        for number, values in enumerate(sheet.iter_rows(values_only=True), start=1):
            held = list(values)
            while held and held[-1] is None:
                held.pop()
            table.rows.append(Row(number, 0, held))
    except Exception:  # noqa: BLE001  # as above
        table.broken.append((len(table.rows) + 1, 0, "row-unreadable", {}))
    return table


# --- From rows to records -----------------------------------------------------------------------------------


def head_of(table: Table, names: Iterable[str]) -> Row | None:
    """The row that names all these columns, looked for among the first ones."""
    wanted = {_plain(name) for name in names}
    for row in table.rows[:_HEADS_LOOKED_AT]:
        if wanted <= {_plain(value) for value in row.values}:
            return row
    return None


def first_row(table: Table) -> Row | None:
    """The first row with anything in it."""
    return next((row for row in table.rows if any(_plain(value) for value in row.values)), None)


def column_names(head: Row) -> list[str]:
    """The names of the columns, each once: a second of one name has its number behind it, one without a name only that."""
    names: list[str] = []
    for number, value in enumerate(head.values, start=1):
        name = str(value).strip() if value is not None else ""
        name = name or f"#{number}"
        names.append(name if name not in names else f"{name} #{number}")
    return names


def records(table: Table, head: Row, mapping: SourceMapping) -> Iterator[Record]:
    """A record for each row below the head; empty rows are passed over, rows longer than the head told as broken."""
    names = column_names(head)
    columns = {_plain(name): column for name, column in mapping.columns.items()}
    left_out = {_plain(name) for name in mapping.leave_out}
    for row in table.rows:
        if row.number <= head.number or not any(_plain(value) for value in row.values):
            continue
        if any(_plain(value) for value in row.values[len(names) :]):
            table.broken.append(
                (row.number, row.line, "row-too-long", {"count_": len(row.values), "columns_": len(names)})
            )
            continue
        values = [*row.values, *[None] * (len(names) - len(row.values))]
        yield Record(
            row.number,
            row.line,
            [
                Cell(name, value, columns.get(_plain(name)))
                for name, value in zip(names, values, strict=False)
                if _plain(name) not in left_out
            ],
        )


def _plain(value: object) -> str:
    return " ".join(str(value).split()).casefold() if value is not None else ""
