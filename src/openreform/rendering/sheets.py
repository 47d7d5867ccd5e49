"""Tables in a workbook: a header that stays, rows that go to disk as they come, and texts that are never read as anything else."""

import io
from collections.abc import Callable, Iterable
from datetime import datetime
from functools import lru_cache
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING, Literal, NamedTuple

from rich.cells import cell_len

from openreform.messages.workbooks import SHEETS, WORKBOOK
from openreform.plaintext import plain_lines, visible
from openreform.rendering.columns import Cell

if TYPE_CHECKING:
    from xlsxwriter.workbook import Workbook
    from xlsxwriter.worksheet import Worksheet

Form = Literal["word", "name", "long", "code", "score", "share", "level", "strength", "weight", "gain"]
"""What stands in a column: texts of several lengths, or numbers shown in one way."""

MOST_ROWS = 1_048_576
"""Rows that fit on a sheet, the header among them."""
LONGEST_CELL = 32_767
"""UTF-16 units of text that fit into a cell."""
_CREATED = datetime(1980, 1, 1)  # a workbook has a date, and by the clock no two would be the same
_DECIMALS = 6
_FORMULA = ("=", "+", "-", "@")
_NUMBERS = {"score": "0.0", "share": "0%", "level": "0", "strength": "0.0", "weight": "General", "gain": "0.00"}
_WIDTHS = {"word": 16.0, "name": 30.0, "long": 52.0, "code": 84.0}
_WIDTH_OF_NUMBERS = 15.0
_LINE = 15.0
"""Points. Heights are told, since not every program works out those of wrapped text."""
_MOST_LINES = 12
"""More of a text is in its cell, but not in sight: one long text would push all others off the screen."""
_FILLED = 0.85
"""How much of a line is filled on average, as words are not broken and capitals are wide."""
_TEXT = {"valign": "top", "text_wrap": True, "align": "left", "indent": 1}
_HEADER = {**_TEXT, "bold": True, "bottom": 1, "bg_color": "#E8EDF2"}


class Column(NamedTuple):
    """A column: its heading, what it means, what stands in it, and its name in CSV where it has one."""

    heading: str
    meaning: str
    form: Form
    csv: str = ""


class Table:
    """A table on a sheet of its own, and on further ones where it does not fit."""

    def __init__(self, book: "Workbook", name: str, columns: Iterable[Column]) -> None:
        """Begin it; `name` is its key among the names of sheets."""
        self.columns = tuple(columns)
        self.sheets: list[str] = []
        self._widths = [_WIDTHS.get(column.form, _WIDTH_OF_NUMBERS) for column in self.columns]
        self._book = book
        self._name = SHEETS[name]
        self._headers = book.add_format(_HEADER), book.add_format({**_HEADER, "align": "right", "indent": 0})
        self._texts = book.add_format(_TEXT), book.add_format({**_TEXT, "quote_prefix": True})
        self._numbers = {
            form: book.add_format({"valign": "top", "num_format": shown}) for form, shown in _NUMBERS.items()
        }
        self._sheet = self._begin()

    def row(self, cells: Iterable[Cell]) -> None:
        """Add a row: a number as a number, a text as a text, nothing as an empty cell."""
        if self._row == MOST_ROWS:
            self.end()
            self._sheet = self._begin()
        row = [shown(cell) if isinstance(cell, str) else cell for cell in cells]
        self._sheet.set_row(self._row, self._height(row))
        for at, (column, cell) in enumerate(zip(self.columns, row, strict=True)):
            if isinstance(cell, str):
                self._sheet.write_string(self._row, at, cell, self._texts[cell.lstrip().startswith(_FORMULA)])
            elif cell is not None:
                number = round(cell, _DECIMALS) + 0.0
                self._sheet.write_number(self._row, at, number, self._numbers.get(column.form))
        self._row += 1

    def end(self) -> None:
        """Let people filter the rows there are."""
        self._sheet.autofilter(0, 0, self._row - 1, len(self.columns) - 1)

    def _height(self, cells: Iterable[Cell]) -> float:
        pairs = zip(cells, self._widths, strict=True)
        return max(_lines(cell, width) for cell, width in pairs if isinstance(cell, str)) * _LINE

    def _begin(self) -> "Worksheet":
        number = len(self.sheets) + 1
        name = self._name if number == 1 else SHEETS["next"].format(sheet=self._name, number=number)
        self.sheets.append(name)
        sheet = self._book.add_worksheet(name)
        sheet.freeze_panes(1, 1)
        sheet.repeat_rows(0)
        sheet.set_landscape()
        sheet.set_row(0, self._height([column.heading for column in self.columns]))
        for at, (column, width) in enumerate(zip(self.columns, self._widths, strict=True)):
            sheet.set_column(at, at, width)
            sheet.write_string(0, at, shown(column.heading), self._headers[column.form in _NUMBERS])
        self._row = 1
        return sheet


def made(fill: "Callable[[Workbook], str]") -> bytes:
    """A workbook that `fill` fills and tells the title of, as the bytes of a file; the same content makes the same bytes.

    Raises:
        OSError: there is no room for temporary files.
    """
    from xlsxwriter.exceptions import FileCreateError  # noqa: PLC0415
    from xlsxwriter.workbook import Workbook  # noqa: PLC0415

    held = io.BytesIO()
    with TemporaryDirectory(prefix="openreform-") as folder:
        book = Workbook(
            held,
            {
                "constant_memory": True,
                "tmpdir": folder,
                "strings_to_formulas": False,
                "strings_to_urls": False,
                "strings_to_numbers": False,
            },
        )
        book.set_properties({"title": fill(book), "created": _CREATED})
        try:
            book.close()
        except FileCreateError as error:
            raise OSError(str(error)) from error
    return held.getvalue()


@lru_cache(maxsize=4096)
def shown(text: str) -> str:
    """A text as it may stand in a cell: on one line, no character that XML forbids or that turns others round, not too long."""
    safe = visible(plain_lines(text))
    if len(safe) <= LONGEST_CELL // 2 or _units(safe) <= LONGEST_CELL:
        return safe
    kept = safe[: LONGEST_CELL - len(WORKBOOK["cut"])]
    while _units(kept) + len(WORKBOOK["cut"]) > LONGEST_CELL:
        kept = kept[: -((_units(kept) + len(WORKBOOK["cut"]) - LONGEST_CELL + 1) // 2)]
    return kept + WORKBOOK["cut"]


@lru_cache(maxsize=4096)
def _lines(text: str, width: float) -> int:
    """How many lines a text takes in a column, up to those that are shown."""
    if len(text) * 2 <= width:
        return 1
    return min(_MOST_LINES, -int(-cell_len(text) // (width * _FILLED)))


def _units(text: str) -> int:
    return len(text.encode("utf-16-le")) // 2
