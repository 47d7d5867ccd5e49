"""What an import did, for a person and for a program: which rows became documents, and which cells no field could take."""

import json
from collections.abc import Iterable
from itertools import count, groupby
from typing import Any, Protocol

from openreform import __version__
from openreform.messages.imports import REPORT
from openreform.plaintext import escape_json, visible
from openreform.problems import Problem
from openreform.rendering.layout import Page

FORMAT = 1


class Accounted(Protocol):
    """The rows of a column that are not wholly in a field, by why."""

    @property
    def rows(self) -> Any:
        """From why to the rows, as they are shown."""


class Imported(Protocol):
    """What a report needs to know of one file."""

    path: str
    kind: Any
    mapping: str
    numbered: bool
    read: int
    made: list[Any]
    problems: list[Problem]
    accounts: dict[str, Any]
    kept: list[str]
    left_out: list[str]
    not_there: list[str]


def text(sources: Iterable[Imported]) -> Page:
    """The report for a person: a paragraph a file, a line for each column and reason, rows in runs."""
    page = Page()
    for number, source in enumerate(sources):
        if not source.mapping:
            continue
        if number:
            page.add()
        page.add(
            REPORT["made"].format(
                path=visible(source.path),
                read=counted(source.kind, source.read),
                made=counted("documents", len(source.made)),
                mapping=source.mapping,
            ),
            style="bold",
        )
        for column, account in source.accounts.items():
            for why, rows in account.rows.items():
                numbers = REPORT["in-rows"].format(count=len(rows), rows=", ".join(runs(rows)))
                key = "column" if source.numbered else "heading"
                page.add(REPORT[key].format(column=visible(column), why=REPORT[why], rows=numbers), indent=2, hang=4)
        for key, names in (("kept", source.kept), ("left-out", source.left_out), ("not-there", source.not_there)):
            if names:
                page.add(REPORT[key].format(columns=", ".join(map(visible, names))), indent=2, hang=4, style="dim")
    return page


def add_names(page: Page, names: list[str]) -> None:
    """The files that would be written."""
    if names:
        page.add(REPORT["would-be"].format(names=", ".join(map(visible, names))), hang=2)


def as_json(sources: Iterable[Imported], written: Iterable[str]) -> str:
    """The report for a program: what the text says, every row named."""
    content = {
        "format": FORMAT,
        "tool": {"name": "openreform", "version": __version__},
        "sources": [
            {
                "path": source.path,
                "kind": source.kind,
                "mapping": source.mapping,
                "read": source.read,
                "documents": [{"id": made.id, "row": made.number} for made in source.made],
                "columns": {column: dict(account.rows) for column, account in source.accounts.items()},
                "kept": source.kept,
                "left_out": source.left_out,
                "not_there": source.not_there,
                "problems": [
                    {
                        "path": p.path,
                        "line": p.line,
                        "column": p.column,
                        "code": p.code,
                        "message": p.message,
                        "fix": p.fix,
                    }
                    for p in source.problems
                ],
            }
            for source in sources
        ],
        "written": list(written),
    }
    return escape_json(json.dumps(content, indent=2, ensure_ascii=False)) + "\n"


def counted(noun: str, number: int) -> str:
    """A number with its noun."""
    return REPORT[f"{noun}-one"] if number == 1 else REPORT[noun].format(count=number)


def runs(rows: list[str]) -> list[str]:
    """Rows with three or more in a row told as first and last."""
    shown: list[str] = []
    plain = [row for row in rows if row.isdigit()]
    counter = count()
    for _, group in groupby(plain, key=lambda row: int(row) - next(counter)):
        run = list(group)
        shown += [f"{run[0]}–{run[-1]}"] if len(run) > 2 else run
    return [*shown, *(row for row in rows if not row.isdigit())]
