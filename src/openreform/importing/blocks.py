"""A document as a flat run of paragraphs and tables, whatever it was written in."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Paragraph:
    """One paragraph; `marked` if it is set as a heading or wholly in bold. `line` counts from 1, 0 where there are none."""

    text: str
    marked: bool = False
    line: int = 0


@dataclass(frozen=True, slots=True)
class Table:
    """A table, row by row; a cell that spans several places stands at the first of them, the others are empty.

    `pairs` tells that each row is a field and its value, and nothing else.
    """

    rows: tuple[tuple[str, ...], ...]
    line: int = 0
    pairs: bool = False


Block = Paragraph | Table
