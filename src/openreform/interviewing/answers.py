"""What an answer becomes: a value of the field it is meant for, and lines in the text of the document."""

import re
from contextlib import suppress
from typing import Any, NamedTuple

from openreform.importing.dates import read_date
from openreform.importing.drafting import slug
from openreform.interviewing.editing import CannotEditError, put, take_out
from openreform.interviewing.prompts import (
    Prompt,
    following,
    is_hollow,
    name_of,
    new_id,
    note,
)
from openreform.interviewing.questions import Interview, Part
from openreform.loading import shapes, yaml_events
from openreform.loading.reforms import KIND_KEY, parse_document
from openreform.messages.imports import NO, YES
from openreform.messages.interview import AGAIN, DRAFT
from openreform.plaintext import plain_lines, quoted, unaccented
from openreform.reform import REFORM, PartialDate, ReformField, fields_of

UNDESCRIBED = "undescribed"
_WORDS = re.compile(r"[,;\s]+")
_WHOLE, _BROKEN = re.compile(r"[0-9]{1,12}"), re.compile(r"[0-9]{1,12}[.,][0-9]{1,6}")
_COLUMN = 33
_YEAR = 4


class Complaint(NamedTuple):
    """Why an answer cannot be taken, and how to write it."""

    words: str


def new_draft(interview: Interview) -> str:
    """A document that says nothing yet, and what in it is not described."""
    ident = f"{f'id: {interview.ident}':<{_COLUMN}}# {DRAFT['id']}\n"
    is_reform = interview.kind is REFORM
    lines = [f"# {line}\n" for line in DRAFT["about" if is_reform else f"about-{interview.kind.name}"].splitlines()]
    kind = "" if is_reform else f"{KIND_KEY}: {interview.kind.name}\n"
    lines += [f"openreform: 1\n{kind}{ident}title: {interview.title}\n\n"]
    lines += [f"# {line}\n" for line in DRAFT["undescribed"].splitlines()]
    words = interview.kind.words_of_values(UNDESCRIBED)
    lines += [f"{UNDESCRIBED}:\n"]
    lines += [f"{f'  - {name}':<{_COLUMN}}# {words[name]}\n" for name in interview.undescribed]
    return "".join(lines)


def without_described(text: str, interview: Interview) -> str:
    """The text without what its author has described by hand meanwhile in the list of what is not described."""
    root, wrong = yaml_events.read(text, "")
    if wrong or not isinstance(root, dict) or not isinstance(root.get(UNDESCRIBED), list):
        return text
    for name in [each for each in root[UNDESCRIBED] if isinstance(each, str) and each in interview.kind.top]:
        if not is_hollow(root.get(name)):
            with suppress(CannotEditError):
                text = take_out(text, UNDESCRIBED, name)
    return text


def read_answer(part: Part, answer: str) -> Any:
    """The value of an answer for its field, or a `Complaint`."""
    field = part.field
    if field.kind == "date":
        return _date(answer)
    if field.kind == "number":
        return _number(answer)
    if field.kind == "yes-no":
        said = unaccented(answer.strip())
        return said in YES if said in YES or said in NO else Complaint(AGAIN["yes-no"].format(answer=quoted(answer)))
    if field.kind == "choice":
        return _choice(field, answer)
    text = plain_lines(answer).strip()
    return text if part.lines or field.kind == "text" else " ".join(text.split("\n"))


def _date(answer: str) -> Any:
    try:
        text = PartialDate.read(answer).text
    except ValueError:
        near = read_date(answer, "unknown", ends=True)
        key = "date-near" if near.text and near.certainty == "read" else "date"
        return Complaint(AGAIN[key].format(answer=quoted(answer), date=near.text))
    return int(text) if len(text) == _YEAR else text


def _number(answer: str) -> Any:
    text = answer.strip()
    if _WHOLE.fullmatch(text):
        return int(text)
    if _BROKEN.fullmatch(text):
        return float(text.replace(",", "."))
    return Complaint(AGAIN["number"].format(answer=quoted(answer)))


def _choice(field: ReformField, answer: str) -> Any:
    named = [part for part in _WORDS.split(answer.strip()) if part]
    known = {value.casefold(): value for value in field.values}
    found: list[str] = []
    for word in named:
        value = known.get(word.casefold())
        if value is None:
            near = shapes.nearest(word, field.values)
            key = "choice-near" if near else "choice"
            return Complaint(AGAIN[key].format(answer=quoted(word), near=near, values=", ".join(field.values)))
        found += [value] if value not in found else []
    if field.many:
        return found
    return found[0] if len(found) == 1 else Complaint(AGAIN["choice-one"].format(values=", ".join(field.values)))


def written(interview: Interview, text: str, prompt: Prompt, value: Any) -> str | Complaint:
    """The text of the document with an answer in it, and with the note of what is next.

    Args:
        interview: the questions.
        text: the document as it stands now.
        prompt: what was asked, as that document gives rise to it.
        value: as `read_answer` gives it.
    """
    root, _ = yaml_events.read(text, "")
    try:
        made = text
        for path, part in _edits(interview, root, prompt, value):
            made = put(made, path, part, interview.kind)
        made = take_out(made, UNDESCRIBED, prompt.section)
    except CannotEditError:
        return Complaint(AGAIN["layout"].format(path=prompt.part.field.path))
    wrong = parse_document(made, "", interview.kind)
    if isinstance(wrong, list):
        return Complaint(AGAIN["problem"].format(message=wrong[0].message, fix=wrong[0].fix).strip())
    after = prompt.at if prompt.part.many else following(interview, yaml_events.read(made, "")[0], prompt)
    return note(made, after)


def _edits(interview: Interview, root: dict[str, Any], prompt: Prompt, value: Any) -> list[tuple[tuple[Any, ...], Any]]:
    """What to write where, in order."""
    part = prompt.part
    section, *rest = part.field.path.split(".")
    entries = root.get(section) or []
    if interview.kind.top[section].kind != "elements":
        ident = slug(str(value)) if part.field.path == "title" and root.get("id") == interview.ident else ""
        return [((section, *rest), value), *([(("id",), ident)] if ident else [])]
    if part.each == section:
        return [((section, prompt.entry, *rest), value)]
    if part.each is None and not part.many:
        return [((section, 0, *rest) if entries else (section, None), value if entries else {rest[0]: value})]
    if part.each is None:
        return _into(section, entries, {"id": _free(part.ident, entries), rest[0]: value})
    return _linked(interview, root, prompt, value)


def _linked(
    interview: Interview, root: dict[str, Any], prompt: Prompt, value: Any
) -> list[tuple[tuple[Any, ...], Any]]:
    """An entry of another list that refers to the one asked about, which gets an id if it has none."""
    part, each = prompt.part, str(prompt.part.each)
    section, name = part.field.path.split(".")
    about = root[each][prompt.entry]
    ident = about.get("id") or _free(each[:1], root[each])
    edits: list[tuple[tuple[Any, ...], Any]] = [] if about.get("id") else [((each, prompt.entry, "id"), ident)]
    model = interview.kind.top[section].model
    links = {key: ident for key, known in fields_of(model).items() if known.refers_to == each} if model else {}
    entry = {"id": new_id(part, ident), name: value, **links}
    free = [
        other if all(other.get(key) in (None, "", link) for key, link in links.items()) else {name: "-"}
        for other in root.get(section) or ()
    ]
    return [*edits, *_into(section, free, entry)]


def _into(section: str, entries: list[Any], entry: dict[str, Any]) -> list[tuple[tuple[Any, ...], Any]]:
    """An entry for a list: in place of the first that has only our prompt for a name, or a further one."""
    for number, other in enumerate(entries):
        if isinstance(other, dict) and is_hollow(name_of(other)) and name_of(other) is not None:
            return [((section, number, name), part) for name, part in entry.items() if is_hollow(other.get(name))]
    return [((section, None), entry)]


def _free(begins: str, entries: list[Any]) -> str:
    taken = {str(entry.get("id")) for entry in entries if isinstance(entry, dict)}
    count = 1
    while f"{begins}{count}" in taken:
        count += 1
    return f"{begins}{count}"
