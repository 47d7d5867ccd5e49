"""What became of documents that were moved to another version of a framework, for a person and for a program."""

import json
from collections.abc import Iterable
from typing import Any, Protocol

from openreform import __version__
from openreform.messages.reports import MIGRATION, TEXT
from openreform.plaintext import escape_json, visible
from openreform.problems import Problem
from openreform.rendering.layout import WIDTH, Page
from openreform.rendering.text import number

FORMAT = 1


class Noted(Protocol):
    """One thing that is different under the new version."""

    @property
    def kind(self) -> Any:
        """Which sentence of the catalogue it is."""

    @property
    def line(self) -> int:
        """Where in the document it matters; 0 for nowhere."""

    @property
    def criterion(self) -> str:
        """The criterion it is about."""

    @property
    def title(self) -> str:
        """Its title."""

    @property
    def details(self) -> dict[str, str]:
        """What else the sentence needs."""

    @property
    def needs_answer(self) -> bool:
        """Whether a person has to look at the document again."""


class Moved(Protocol):
    """What a report needs to know of one document."""

    framework: str
    old: str
    new: str
    notes: list[Any]
    scores: Any

    @property
    def path(self) -> str:
        """The file as the person named it."""

    @property
    def is_there_already(self) -> bool:
        """Whether nothing was to be done."""


def text(migrations: Iterable[Moved], width: int = WIDTH) -> Page:
    """A paragraph a document: from which version to which, what needs an answer, what else changed."""
    page = Page(width)
    for position, moved in enumerate(migrations):
        if position:
            page.add()
        names = {"path": visible(moved.path), "framework": moved.framework, "old": moved.old, "new": moved.new}
        page.add(MIGRATION["there" if moved.is_there_already else "moved"].format(**names), style="bold")
        if moved.is_there_already:
            continue
        if moved.scores:
            before, after = (number(score) for score in moved.scores)
            key = "scores-none" if before == after else "scores"
            page.add(MIGRATION[key].format(before=before, after=after))
        for heading, wanted in (("answers", True), ("changed", False)):
            notes = [note for note in moved.notes if note.needs_answer is wanted]
            if notes:
                page.heading(MIGRATION[heading])
            elif wanted:
                page.add(MIGRATION["nothing"])
            for note in notes:
                page.add(f"- {sentence(note)}", indent=2, hang=4)
    return page


def sentence(note: Noted) -> str:
    """A note in words, with its line."""
    details = {**note.details, "side": TEXT.get(note.details.get("side", ""), "").lower()}
    said = MIGRATION[note.kind].format(id=note.criterion, title=note.title, **details)
    return MIGRATION["line"].format(line=note.line, note=said) if note.line else said


def as_json(migrations: Iterable[Moved], problems: Iterable[Problem]) -> str:
    """The same as indented JSON, ended by a line feed."""
    report = {
        "format": FORMAT,
        "tool": {"name": "openreform", "version": __version__},
        "documents": [
            {
                "path": moved.path,
                "framework": moved.framework,
                "from": moved.old,
                "to": moved.new,
                "before": moved.scores.before if moved.scores else None,
                "after": moved.scores.after if moved.scores else None,
                "notes": [
                    {
                        "kind": note.kind,
                        "criterion": note.criterion,
                        "line": note.line,
                        "needs_answer": note.needs_answer,
                        "message": sentence(note),
                    }
                    for note in moved.notes
                ],
            }
            for moved in migrations
        ],
        "problems": [
            {"path": p.path, "line": p.line, "column": p.column, "code": p.code, "message": p.message, "fix": p.fix}
            for p in problems
        ],
    }
    return escape_json(json.dumps(report, indent=2, ensure_ascii=False)) + "\n"
