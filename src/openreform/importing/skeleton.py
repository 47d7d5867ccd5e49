"""A mapping to begin with, made of a table's own columns: what each seems to hold is proposed, for its author to check."""

from collections.abc import Iterable

import yaml

from openreform.importing.templates import Template
from openreform.mapping import NAMES, Heading
from openreform.messages.imports import SKELETON
from openreform.plaintext import plain_lines

_AT = 40
_FIELDS = {"id", "title", "country", "stage", "start", "end", "leads", "partners"}
"""Columns called like these are these."""


def skeleton(ident: str, names: Iterable[str], headings: tuple[Heading, ...], records: str = "") -> str:
    """The mapping as YAML.

    Args:
        ident: its id.
        names: the columns, or the dotted ways to the fields of a record.
        headings: those of a template; a column called like one of them is proposed for the same field.
        records: the way to the records of a JSON file, "" if they are the file.
    """
    template = Template(headings)
    lines = [SKELETON["head"].format(id=ident)]
    if records:
        lines.append(f"records: {_scalar(records)}\n")
    lines.append("columns:\n")
    names = list(names)
    own = {name: name.casefold() for name in names if name.casefold() in _FIELDS}
    taken = set(own.values()) - set(NAMES)
    for name in names:
        to = own.get(name) or template.target(name.replace(".", " ").replace("_", " "))
        proposed = to if to != "milestones" and (name in own or to not in taken) else None
        if proposed and proposed not in NAMES:
            taken.add(proposed)
        entry = f"  {_scalar(name)}: {{{f'to: {proposed}' if proposed else ''}}}"
        lines.append(f"{entry:<{_AT}} # {SKELETON['proposed' if proposed else 'kept']}\n")
    return "".join(lines)


def _scalar(name: str) -> str:
    """A name as YAML on one line."""
    shown = " ".join(plain_lines(name).split())
    made: str = yaml.safe_dump(shown, allow_unicode=True, default_flow_style=True, width=10**6)
    return made.removesuffix("\n...\n").removesuffix("\n")
