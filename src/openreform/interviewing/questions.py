"""The questions of an interview: data, a file for each kind of document, held against the fields of its model."""

from importlib import resources
from typing import Any, NamedTuple

from openreform.kinds import kind_called
from openreform.loading import yaml_events
from openreform.reform import DocumentKind, ReformField

MOST_QUESTIONS = 8


class Part(NamedTuple):
    """One answer of a question: the field it fills, and for which entries it is asked.

    each: the list whose entries are gone through; None if it is asked once. label: what stands before the answer. many: whether
    every line becomes an entry. lines: whether the answer may have several lines. ident: what the id of a new entry begins with.
    """

    field: ReformField
    each: str | None = None
    label: str = ""
    many: bool = False
    lines: bool = False
    ident: str = ""

    @property
    def section(self) -> str:
        """The field at the top of the document that the answer goes into."""
        return self.field.path.partition(".")[0]


class Question(NamedTuple):
    """What is asked, an answer that somebody might give, and the parts of it."""

    number: int
    asks: str
    example: str
    parts: tuple[Part, ...]


class Interview(NamedTuple):
    """All questions about a kind of document; `ident` and `title` stand in a draft until there are better ones."""

    kind: DocumentKind[Any]
    ident: str
    title: str
    undescribed: tuple[str, ...]
    questions: tuple[Question, ...]


def interview_about(kind: str) -> Interview:
    """The interview about a kind of document, "reform" or "plan".

    Raises:
        ValueError: its file is not sound; a bug of ours that the tests rule out.
    """
    text = (resources.files("openreform.interviewing") / f"{kind}.yaml").read_text(encoding="utf-8")
    read, wrong = yaml_events.read(text, kind)
    if wrong or len(read["questions"]) > MOST_QUESTIONS:
        raise ValueError(kind)
    known = kind_called(kind)
    questions = [
        Question(number, each["asks"], each["example"], tuple(_part(part, known) for part in each["parts"]))
        for number, each in enumerate(read["questions"], 1)
    ]
    return Interview(known, read["id"], read["title"], tuple(read["undescribed"]), tuple(questions))


def _part(written: dict[str, Any], kind: DocumentKind[Any]) -> Part:
    field = kind.find(written["field"])
    each = written.get("each")
    if field is None or (each is not None and each not in kind.lists):
        raise ValueError(written["field"])
    return Part(
        field,
        each,
        written.get("label", ""),
        written.get("many", False),
        written.get("lines", False),
        written.get("id", ""),
    )
