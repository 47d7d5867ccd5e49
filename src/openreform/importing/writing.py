"""A draft as YAML a person goes on writing in: fields first, then the source's own words, then what is still to describe."""

import re
from textwrap import wrap
from typing import Any

import yaml

from openreform.importing.drafting import Draft
from openreform.messages.fields import VALUES
from openreform.messages.imports import DOCUMENT, NOTES, PROMPTS
from openreform.plaintext import escape_json, turns, visible
from openreform.reform import PartialDate, Reform, fields_of

SCHEMA_FILE = "openreform.schema.json"
_WIDTH = 80
_PROMPTED_AT = 33
_PLAIN_DATE = {4: "int", 7: "str", 10: "timestamp"}


class _Dumper(yaml.SafeDumper):
    """Block style, entries of a list indented below their field, texts of several lines as they stand."""

    def increase_indent(self, flow: bool = False, indentless: bool = False) -> None:
        super().increase_indent(flow, False)

    def ignore_aliases(self, data: Any) -> bool:
        return True


def _text(dumper: yaml.SafeDumper, text: str) -> yaml.Node:
    style = '"' if turns(text) else "|" if "\n" in text else None
    return dumper.represent_scalar("tag:yaml.org,2002:str", text, style=style)


def _date(dumper: yaml.SafeDumper, date: PartialDate) -> yaml.Node:
    return dumper.represent_scalar(f"tag:yaml.org,2002:{_PLAIN_DATE[len(date.text)]}", date.text)


_Dumper.add_representer(str, _text)
_Dumper.add_representer(PartialDate, _date)


def write(draft: Draft, source: str, mapping: str, where: str = "") -> str:
    """The document as text, ended by a line feed.

    Args:
        draft: what to write.
        source: the name of the file it came from.
        mapping: the name of the mapping.
        where: the row or part of the file, in words; a file with one commitment has none.
    """
    about = DOCUMENT["from-part" if where else "from-file"].format(source=source, where=where, mapping=mapping)
    parts = [f"# {DOCUMENT['modeline'].format(file=SCHEMA_FILE)}\n", _comment(about), _comment(DOCUMENT["check"])]
    content = {"openreform": 1, "id": draft.id} | draft.content
    for name in fields_of(Reform):
        parts += [_note(*note) for note in draft.notes.get(name, ())]
        if name in content:
            parts.append(_dump({name: content[name]}))
    if draft.kept:
        parts += ["\n", _comment(DOCUMENT["kept"])]
        parts += [_kept(name, words) for name, words in draft.kept]
    parts += _to_describe(draft.undescribed)
    return "".join(parts)


def _to_describe(sections: tuple[str, ...]) -> list[str]:
    """The list of what is not described, and how to begin each section of it that has a prompt."""
    if not sections:
        return []
    lines = ["\n", _comment(DOCUMENT["undescribed"]), "undescribed:\n"]
    lines += [f"{f'  - {name}':<{_PROMPTED_AT}}# {VALUES['undescribed'][name]}\n" for name in sections]
    prompts = [PROMPTS[name] for name in sections if name in PROMPTS]
    if prompts:
        lines += ["\n", _comment(DOCUMENT["prompts"])]
        lines += ["#\n" + "".join(f"# {line}\n" for line in prompt.splitlines()) for prompt in prompts]
    return lines


def _dump(content: dict[str, Any]) -> str:
    made: str = yaml.dump(content, Dumper=_Dumper, allow_unicode=True, sort_keys=False, width=_WIDTH)
    return escape_json(made) if turns(made) else made  # what turns text round stands in double quotes alone


def _note(name: str, words: str, why: str) -> str:
    if why.startswith("heading"):
        return _comment(NOTES[why].format(name=" ".join(name.split())))
    return _kept(name, NOTES[why].format(words=words))


def _kept(name: str, words: str) -> str:
    """A column and its words, line by line, wrapped between words."""
    lines = _lines(f"{' '.join(name.split())}: {words}" if "\n" not in words else f"{' '.join(name.split())}:\n{words}")
    return "".join(f"# {'  ' if index else ''}{line}".rstrip() + "\n" for index, line in enumerate(lines))


def _comment(words: str) -> str:
    return "".join(f"# {line}\n" for line in _lines(words))


def _lines(words: str) -> list[str]:
    """Lines of a comment; what could end a comment or move a cursor is written out."""
    lines: list[str] = []
    for line in words.split("\n"):
        shown = visible(re.sub(r"\t", "    ", line).rstrip())
        lines += wrap(shown, _WIDTH, break_long_words=False, break_on_hyphens=False) or [""]
    return lines
