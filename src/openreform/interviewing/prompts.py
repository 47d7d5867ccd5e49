"""Which question is next: every prompt a document gives rise to, in order, and which of them it answers already.

All of it is read from the document anew each time, so that what its author writes by hand meanwhile counts.
"""

import re
from collections.abc import Iterator
from functools import cache
from importlib import resources
from itertools import groupby
from typing import Any, NamedTuple

from openreform.interviewing.questions import Interview, Part, Question
from openreform.messages.imports import PROMPTS
from openreform.messages.interview import MARK
from openreform.reform import DocumentKind

_OURS = re.compile(r"<[^<>\n]+>")
_STARTERS = ("starter.yaml", "starter-plan.yaml")
_NAMES = ("title", "name", "organisation")
_MARK = re.compile(
    "^" + re.escape(MARK).replace(r"\{at\}", r"(?P<at>[0-9]{1,2}(?: \([^()\n]{1,90}\))?)") + r"[^\n]*\n",
    re.MULTILINE,
)
_FIRST_COMMENT = re.compile(r"# yaml-language-server:[^\n]*\n")


class Prompt(NamedTuple):
    """One answer to ask for.

    at: how a draft notes that it is next. entry: the number of the entry it is about, in the list `part.each`, or in the list
    itself for the only entry it fills. about: that entry's name. is_filled: whether the document answers it already.
    """

    question: Question
    part: Part
    at: str
    entry: int | None = None
    about: str = ""
    is_filled: bool = False

    @property
    def section(self) -> str:
        """The field at the top of the document that the answer goes into."""
        return self.part.section


def prompts(interview: Interview, root: dict[str, Any]) -> Iterator[Prompt]:
    """Every prompt for a document as it stands, in order."""
    for question in interview.questions:
        for each, grouped in groupby(enumerate(question.parts, 1), key=lambda part: part[1].each):
            parts = list(grouped)
            if each is None:
                for place, part in parts:
                    at = str(question.number) if len(question.parts) == 1 else f"{question.number} ({place})"
                    yield Prompt(question, part, at, is_filled=_is_filled(root, part, interview.kind))
                continue
            for number, entry in enumerate(root.get(each) or ()):
                about = name_of(entry)
                if is_hollow(about):
                    continue
                key = entry.get("id") or number + 1
                for place, part in parts:
                    alike = [other for _, other in parts if other.section == part.section]
                    filled = _is_filled_for(root, part, alike, entry, key)
                    yield Prompt(question, part, f"{question.number} ({key}, {place})", number, str(about), filled)


def next_prompt(interview: Interview, root: dict[str, Any], at: str | None) -> Prompt | None:
    """The first prompt from a place on that is not answered; None if there is none left.

    at: as a draft notes it; from the beginning if None. What is noted and not there any more is the beginning of its question.
    """
    every = list(prompts(interview, root))
    number = int(at.partition(" ")[0]) if at else 0
    start = next((index for index, each in enumerate(every) if each.at == at), None)
    if start is None:
        start = next((index for index, each in enumerate(every) if each.question.number >= number), len(every))
    for each in every[start:]:
        if not each.is_filled or (each.part.many and each.at == at):
            return each
    return None


def following(interview: Interview, root: dict[str, Any], prompt: Prompt) -> str | None:
    """The place after a prompt, as a draft notes it; None after the last one. An entry may have got an id meanwhile."""
    every = list(prompts(interview, root))
    found = [index for index, each in enumerate(every) if each.at == prompt.at] or [
        index
        for index, each in enumerate(every)
        if (each.part, each.entry, each.about) == (prompt.part, prompt.entry, prompt.about)
    ]
    if not found:
        return prompt.at
    return every[found[0] + 1].at if found[0] + 1 < len(every) else None


def same_prompt(interview: Interview, root: dict[str, Any], prompt: Prompt) -> Prompt | None:
    """The prompt in a document that may have changed meanwhile; None if what it is about is gone."""
    return next((each for each in prompts(interview, root) if each.at == prompt.at), None)


# --- The note of what is next ------------------------------------------------------------------------------------


def noted(text: str) -> str | None:
    """The place that a draft notes as the next; None if it notes none."""
    found = _MARK.search(text)
    return found["at"] if found else None


def note(text: str, at: str | None) -> str:
    """The text with the note of what is next, or without one: a comment below the line that names the schema."""
    text = _MARK.sub("", text)
    if at is None:
        return text
    first = _FIRST_COMMENT.match(text)
    start = first.end() if first else 0
    return f"{text[:start]}{MARK.format(at=at)}\n{text[start:]}"


# --- What is there ------------------------------------------------------------------------------------------------


def is_hollow(value: Any) -> bool:
    """Whether a value says nothing yet: it is empty, or one of our own prompts. What only looks like one is its author's."""
    return value in (None, "", [], {}) or (isinstance(value, str) and value.strip() in _own_prompts())


@cache
def _own_prompts() -> frozenset[str]:
    """What starters and imported drafts ask for in angle brackets."""
    texts = [(resources.files("openreform") / name).read_text(encoding="utf-8") for name in _STARTERS]
    return frozenset(found for text in (*texts, *PROMPTS.values()) for found in _OURS.findall(text))


def name_of(entry: Any) -> Any:
    """What an entry is called; None if it has no name."""
    if not isinstance(entry, dict):
        return None
    return next((entry[name] for name in _NAMES if entry.get(name) is not None), None)


def new_id(part: Part, key: object) -> str:
    """The id of an entry that answers a part for another entry."""
    return f"{part.ident}-{key}"[-80:]


def _is_filled(root: dict[str, Any], part: Part, kind: DocumentKind[Any]) -> bool:
    section, *rest = part.field.path.split(".")
    held = root.get(section)
    if kind.top[section].kind == "elements":
        entries = [entry for entry in held or () if isinstance(entry, dict)]
        return any(not is_hollow(_at(entry, rest)) for entry in entries)
    return not is_hollow(_at(held, rest))


def _refers(entry: dict[str, Any], key: object) -> bool:
    """Whether an entry names another one, by its id, in any of its fields."""
    return any(key in (value if isinstance(value, list) else [value]) for name, value in entry.items() if name != "id")


def _is_filled_for(root: dict[str, Any], part: Part, siblings: list[Part], entry: dict[str, Any], key: object) -> bool:
    """siblings: the parts of the same question that go into the same section, `part` among them."""
    if part.section != part.each:
        entries = [other for other in root.get(part.section) or () if not is_hollow(name_of(other))]
        open_ = [each for each in siblings if not any(other.get("id") == new_id(each, key) for other in entries)]
        ours = {new_id(each, key) for each in siblings}
        by_hand = [other for other in entries if other.get("id") not in ours and _refers(other, key)]
        return part not in open_[len(by_hand) :]  # what its author wrote for this step by hand answers the first ones
    rest = part.field.path.split(".")[1:]
    told = {".".join(rest[: count + 1]) for count in range(len(rest))}
    return not is_hollow(_at(entry, rest)) or bool(told & set(entry.get("unknown") or ()))


def _at(holder: Any, steps: list[str]) -> Any:
    for step in steps:
        holder = holder.get(step) if isinstance(holder, dict) else None
    return holder
