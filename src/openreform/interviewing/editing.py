"""Values written into the text of a document where they belong; every other character stays as it is.

Nothing is parsed and printed anew: the places come from libyaml's events, and what is written goes between them. So comments,
quotes and the author's own way of laying things out stay, without another library. The result is read again, and must say what
the old text says with the new value in it and nothing else.
"""

from copy import deepcopy
from dataclasses import dataclass, field
from typing import Any

import yaml
from yaml import events

from openreform.loading import yaml_events
from openreform.reform import DocumentKind
from openreform.rendering.lines import scalar

Path = tuple[str | int | None, ...]
"""Where something goes: names of fields and numbers of entries from 0; None at the end for a further entry of a list."""

_Loader = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
_DEEPER = 2


class CannotEditError(Exception):
    """A value cannot be written there without changing something else."""


@dataclass(slots=True)
class _Node:
    """A value in the text: `start` and `end` count characters, without what only surrounds it; `column` is that of its first one.

    A scalar has neither pairs nor items; `is_flow` tells of a collection in brackets.
    """

    start: int
    end: int
    column: int
    is_flow: bool = False
    pairs: list[tuple[str, "_Node"]] | None = None
    items: list["_Node"] | None = None
    key: str | None = field(default=None, repr=False)

    @property
    def is_scalar(self) -> bool:
        """Whether it is no collection."""
        return self.pairs is None and self.items is None

    def add(self, node: "_Node", value: str | None) -> None:
        """Take in a part; in a mapping by turns the name of a field and its value."""
        if self.items is not None:
            self.items.append(node)
        elif self.pairs is not None and self.key is None:
            self.key = value or ""
        elif self.pairs is not None:
            self.pairs.append((self.key or "", node))
            self.key = None


def put(text: str, path: Path, value: Any, kind: DocumentKind[Any]) -> str:
    """The text with a value at a path: what only held a place is replaced, a missing field is added where the model has it.

    Args:
        text: a document that can be read.
        path: where to; what leads there and is not there is added as well.
        value: a text, number, yes or no, a list of texts, or fields and values.
        kind: what the document describes: the order of its fields.

    Raises:
        CannotEditError: it cannot be done without changing something else.
    """
    before, wrong = yaml_events.read(text, "")
    if wrong:
        raise CannotEditError
    try:
        expected = _with(before, path, value)
        made = _put(text, path, value, kind)
    except (AttributeError, IndexError, KeyError, TypeError, yaml.YAMLError) as error:
        raise CannotEditError from error
    return _checked(made, expected)


def take_out(text: str, name: str, entry: str) -> str:
    """The text without one entry of a list of words at the top; as it is if that is not in it.

    Raises:
        CannotEditError: it cannot be done without changing something else.
    """
    before, wrong = yaml_events.read(text, "")
    held = before.get(name) if isinstance(before, dict) and not wrong else None
    if not isinstance(held, list) or entry not in held:
        return text
    node = dict(_tree(text).pairs or ())[name]
    items, number = node.items or [], held.index(entry)
    expected = {key: part for key, part in before.items() if key != name or len(held) > 1}
    if len(held) > 1:
        expected[name] = [part for at, part in enumerate(held) if at != number]
    item = items[number]
    if len(held) == 1:
        start = text.rindex(name, 0, node.start)
        made = text[: _line_start(text, start)] + text[_next_line(text, node.end) :]
    elif node.is_flow:
        start = items[number - 1].end if number else item.start
        made = text[:start] + text[item.end if number else items[1].start :]
    else:
        made = text[: _line_start(text, item.start)] + text[_next_line(text, item.end) :]
    return _checked(made, expected)


def _checked(made: str, expected: Any) -> str:
    after, wrong = yaml_events.read(made, "")
    if wrong or after != expected:
        raise CannotEditError
    return made


def _with(root: Any, path: Path, value: Any) -> Any:
    """Plain values with a value at a path."""
    made = deepcopy(root)
    here = made
    for at, step in enumerate(path[:-1]):
        if isinstance(step, str) and not here.get(step):
            here[step] = [] if path[at + 1] is None else {}
        here = here[step]
    if path[-1] is None:
        here.append(value)
    else:
        here[path[-1]] = value
    return made


# --- Where things stand ---------------------------------------------------------------------------------------


def _tree(text: str) -> _Node:
    """The values of a text with their places.

    Raises:
        CannotEditError: there are none.
    """
    stack: list[_Node] = []
    for event in yaml.parse(text, Loader=_Loader):
        if isinstance(event, events.CollectionEndEvent):
            node = stack.pop()
            parts = [part for _, part in node.pairs or ()] or node.items or []
            node.end = _place(event.end_mark)[0] if node.is_flow else parts[-1].end
            if not stack:
                return node
            stack[-1].add(node, None)
        elif isinstance(event, events.CollectionStartEvent):
            start, column = _place(event.start_mark)
            node = _Node(start, start, column, bool(event.flow_style))
            if isinstance(event, events.MappingStartEvent):
                node.pairs = []
            else:
                node.items = []
            stack.append(node)
        elif isinstance(event, events.ScalarEvent):
            start, column = _place(event.start_mark)
            end = start + len(text[start : _place(event.end_mark)[0]].rstrip())
            if not stack:
                break
            stack[-1].add(_Node(start, end, column), event.value)
    raise CannotEditError


def _place(mark: Any) -> tuple[int, int]:
    """How many characters stand before a mark, in the text and in its line."""
    return mark.index, mark.column


def _line_start(text: str, index: int) -> int:
    return text.rfind("\n", 0, index) + 1


def _line_end(text: str, index: int) -> int:
    found = text.find("\n", index)
    return len(text) if found < 0 else found


def _next_line(text: str, index: int) -> int:
    return min(_line_end(text, index) + 1, len(text))


# --- Writing ----------------------------------------------------------------------------------------------------


def _put(text: str, path: Path, value: Any, kind: DocumentKind[Any]) -> str:
    here = _tree(text)
    for at, step in enumerate(path):
        rest = path[at + 1 :]
        if step is None:
            return _append(text, here, value)
        if isinstance(step, int):
            here = (here.items or [])[step]
            continue
        if here.pairs is None:
            raise CannotEditError
        found = dict(here.pairs).get(step)
        if found is None:
            order = [name for name in kind.fields if name.rpartition(".")[0] == _dotted(path[:at])]
            return _add_field(text, here, step, _nested(rest, value), [name.rpartition(".")[2] for name in order])
        if not rest or found.is_scalar or not (found.pairs or found.items):
            return _replace(text, here, found, _nested(rest, value))
        here = found
    raise CannotEditError


def _dotted(path: Path) -> str:
    return ".".join(step for step in path if isinstance(step, str))


def _nested(rest: Path, value: Any) -> Any:
    for step in reversed(rest):
        value = [value] if step is None else {step: value}
    return value


def _append(text: str, holder: _Node, value: Any) -> str:
    if holder.items is None:
        raise CannotEditError
    if holder.is_flow:
        end = holder.items[-1].end
        return f"{text[:end]}, {_flow(value)}{text[end:]}"
    return _below(text, holder.end, _entry(value, holder.column))


def _add_field(text: str, holder: _Node, name: str, value: Any, order: list[str]) -> str:
    pairs = holder.pairs or []
    if holder.is_flow:
        end = pairs[-1][1].end if pairs else holder.start + 1
        return f"{text[:end]}{', ' if pairs else ''}{name}: {_flow(value)}{text[end:]}"
    earlier = set(order[: order.index(name)]) if name in order else set()
    before = [node for key, node in pairs if key in earlier] or [node for _, node in pairs]
    return _below(text, max(node.end for node in before), _field(name, value, holder.column))


def _replace(text: str, holder: _Node, node: _Node, value: Any) -> str:
    """Put something in place of a value that is nothing yet."""
    if holder.is_flow:
        space = "" if node.start < node.end else " "
        return f"{text[: node.start]}{space}{_flow(value)}{text[node.end :]}"
    if _is_block(value):
        cut = text[: node.start].rstrip(" ") + text[node.end :]
        start = len(text[: node.start].rstrip(" "))
        return _below(cut, start, _inside(value, holder.column))
    first, *more = _lines_of(value, holder.column)
    old = text[node.start : node.end]
    before, after = text[: node.start], text[node.end :]
    if not old:
        first = f" {first}"
    tail = after.lstrip(" ")
    if tail.startswith("#"):  # a remark keeps its column, where it can
        after = " " * max(1, len(after) - len(tail) - len(first) + len(old)) + tail
    line, _, rest = after.partition("\n")
    below = "".join(f"\n{each}" for each in more)
    return f"{before}{first}{line}{below}\n{rest}" if "\n" in after else f"{before}{first}{line}{below}\n"


def _below(text: str, index: int, lines: list[str]) -> str:
    """The text with lines after the one that holds a character."""
    end = _line_end(text, index)
    return text[:end] + "".join(f"\n{line}" for line in lines) + (text[end:] or "\n")


def _is_block(value: Any) -> bool:
    return isinstance(value, dict) or (isinstance(value, list) and any(isinstance(part, dict) for part in value))


def _field(name: str, value: Any, column: int) -> list[str]:
    before = " " * column
    if _is_block(value):
        return [f"{before}{name}:", *_inside(value, column)]
    first, *more = _lines_of(value, column)
    return [f"{before}{name}: {first}", *more]


def _inside(value: Any, column: int) -> list[str]:
    """The lines under the name of a field."""
    inner = column + _DEEPER
    if isinstance(value, dict):
        return [line for name, part in value.items() for line in _field(name, part, inner)]
    return [line for part in value for line in _entry(part, inner)]


def _entry(value: Any, column: int) -> list[str]:
    before = " " * column
    if not isinstance(value, dict):
        return [f"{before}- {_flow(value)}"]
    lines = [line for name, part in value.items() for line in _field(name, part, column + _DEEPER)]
    return [f"{before}- {lines[0].lstrip(' ')}", *lines[1:]]


def _lines_of(value: Any, column: int) -> list[str]:
    """A value behind the name of its field; a text of several lines as they are, where YAML can show them so."""
    if isinstance(value, str) and "\n" in value and _flow(value) == scalar(value):
        lines = value.split("\n")
        shown = all(line == line.strip() and line.isprintable() for line in lines) and lines[0] and lines[-1]
        if shown:
            inner = " " * (column + _DEEPER)
            return ["|-", *(f"{inner}{line}" if line else "" for line in lines)]
    return [_flow(value)]


def _flow(value: Any) -> str:
    """A value on one line."""
    if isinstance(value, dict):
        return f"{{{', '.join(f'{name}: {_flow(part)}' for name, part in value.items())}}}"
    if isinstance(value, list):
        return f"[{', '.join(map(_flow, value))}]"
    return scalar(value)
