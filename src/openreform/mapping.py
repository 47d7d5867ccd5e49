"""How somebody else's table, list of records or template becomes reform documents: which of its parts goes into which field.

Everything here is data read from YAML; no mapping needs code. What a mapping does not name is kept as a comment.
"""

from typing import Annotated, Literal

from pydantic import BaseModel, BeforeValidator, ConfigDict, Field, StringConstraints

from openreform.framework import Ident, Sentence
from openreform.reform import Undescribed

DateOrder = Literal["dmy", "mdy", "unknown"]
"""What comes first in 03/04/2024: the day, the month, or nobody knows."""

Season = Literal["spring", "summer", "autumn", "winter"]
Language = Annotated[str, StringConstraints(pattern=r"^[a-z]{2,3}(-[A-Za-z0-9]{2,8})*$")]
Word = Annotated[
    str,
    BeforeValidator(
        lambda value: str(value) if isinstance(value, int | float) and not isinstance(value, bool) else value
    ),
    StringConstraints(max_length=1000),
]
Words = tuple[Word, ...]
Target = Annotated[str, StringConstraints(strip_whitespace=True, min_length=1, max_length=200)]


class _Part(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True, strict=True, defer_build=True)


class Column(_Part):
    """Where one column goes, and how its words are read.

    `to` is a field of a reform document (`start`, `problem.text`), a list of names (`leads`, `partners`) or a code of
    the IRM (`irm.specificity`); left out, the column is kept as a comment. `missing`, `open_ended` and `dates` stand
    before those of the whole mapping.
    """

    to: Target | None = None
    dates: DateOrder | None = None
    missing: Words | None = None
    open_ended: Words | None = None
    values: dict[str, str | bool] = {}
    split: Words = ()
    prefix: Annotated[str, StringConstraints(pattern=r"^[A-Za-z0-9._-]{0,40}$")] = ""
    headings: bool = False


class ListOf(_Part):
    """Records within a record, each of which becomes an entry of a list: `each` is the way to them."""

    to: Target
    each: Target
    columns: dict[str, Column]


class TableColumn(Column):
    """A column of a table in a template, by what may stand in its head."""

    phrases: Annotated[dict[Language, Words], Field(min_length=1)]


class Heading(Column):
    """A heading or label of a template, by what it may say; below or beside it stands what the author wrote.

    `starts` marks a heading with which a further commitment begins; `columns` are those of the table below it.
    """

    phrases: Annotated[dict[Language, Words], Field(min_length=1)]
    starts: bool = False
    columns: tuple[TableColumn, ...] = ()


class SourceMapping(_Part):
    """A mapping document.

    `records` is the way to the records of a JSON file and `blank` the way to its empty template; `recognise` names
    columns that, all together, tell that a table is of this kind.
    """

    mapping: Annotated[Literal[1], Field()]
    id: Ident
    title: Sentence
    source: Sentence | None = None
    recognise: Words = ()
    records: Target | None = None
    sheet: Word | None = None
    encoding: Literal["utf-8", "windows-1252", "iso-8859-1", "utf-16"] | None = None
    delimiter: Literal[",", ";", "\t", "|"] | None = None
    dates: DateOrder = "unknown"
    missing: Words = ()
    open_ended: Words = ()
    seasons: dict[Season, Annotated[int, Field(ge=1, le=12)]] = {}
    constants: dict[str, str | int | bool] = {}
    columns: dict[str, Column] = {}
    lists: tuple[ListOf, ...] = ()
    headings: tuple[Heading, ...] = ()
    headings_of: Ident | None = None
    blank: Target | None = None
    doubtful: Word | None = None
    leave_out: Words = ()
    undescribed: tuple[Undescribed, ...] | None = None
