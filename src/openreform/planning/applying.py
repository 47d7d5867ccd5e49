"""Steps written into a copy of a document: everything that stands there stays as it is, comments too.

ruamel.yaml keeps comments, order and quotes. It is told to take every plain word for text, so that it changes no value that our
own reader reads otherwise. The copy is read again: without what was added it must say what the document says, and with it
what the steps ask for; otherwise nothing is written.
"""

import io
from collections.abc import Iterator, Sequence
from typing import Any

from ruamel.yaml import YAML
from ruamel.yaml.comments import CommentedMap, CommentedSeq
from ruamel.yaml.error import YAMLError
from ruamel.yaml.resolver import VersionedResolver
from ruamel.yaml.scalarstring import DoubleQuotedScalarString

from openreform.loading.filling import FILL_KEY, split
from openreform.loading.reforms import Document, parse_document
from openreform.messages.steps import APPLY
from openreform.plaintext import visible
from openreform.reform import DocumentKind
from openreform.rendering.lines import plain, scalar
from openreform.route import Addition

_WIDTH = 1_000_000
"""Of a line: nothing is wrapped that was not."""


class CannotApplyError(Exception):
    """The steps cannot be written into this document without changing something else."""


class _PlainResolver(VersionedResolver):
    """Takes every plain scalar for text."""

    @property
    def versioned_resolver(self) -> dict[Any, Any]:
        """What tells numbers, dates and the like from text: nothing."""
        return {}


def applied(text: str, document: Document[Any], kind: DocumentKind[Any], additions: Sequence[Addition]) -> str:
    """The text of a document with additions, and the list of them under `to_fill`.

    Args:
        text: the document as it stands in its file.
        document: the same as read.
        kind: what it describes.
        additions: what to write, in order.

    Raises:
        CannotApplyError: what is there would not stay as it is.
    """
    try:
        made = _written(text, kind, additions)
    except (YAMLError, AttributeError, IndexError, KeyError, TypeError, ValueError) as error:
        raise CannotApplyError from error
    before = parse_document(made, document.path, kind)
    after = parse_document(made, document.path, kind, filled=True)
    if not isinstance(before, Document) or not isinstance(after, Document) or before.reform != document.reform:
        raise CannotApplyError(made)
    return made


def _written(text: str, kind: DocumentKind[Any], additions: Sequence[Addition]) -> str:
    yaml = YAML()
    yaml.Resolver = _PlainResolver
    yaml.preserve_quotes = True
    yaml.width = _WIDTH
    yaml.indent(mapping=2, sequence=4, offset=2)
    yaml.allow_unicode = True
    root = yaml.load(text)
    listed = _outermost([path for addition in additions for path in _write(root, addition, kind)])
    held = _after(root)
    _append(root, FILL_KEY, CommentedSeq([_path(each) for each in listed]))
    root.yaml_set_comment_before_after_key(FILL_KEY, before=APPLY["comment"])
    _put_back(root, held)
    stream = io.StringIO()
    yaml.dump(root, stream)
    return stream.getvalue()


def _outermost(paths: list[str]) -> list[str]:
    """Each path once, without those of parts of something that is listed as a whole."""
    listed: dict[str, None] = {}
    for path in paths:
        inside = any(path[:end] in listed for end in range(1, len(path)) if path[end] in ".[")
        if not inside:
            listed[path] = None
    return list(listed)


def _write(root: Any, addition: Addition, kind: DocumentKind[Any]) -> Iterator[str]:
    """Write one addition; yields its path as `to_fill` names it."""
    here = root
    written = ""
    path = addition.path
    for at, step in enumerate(path[:-1]):
        following = path[at + 1]
        if isinstance(step, int):
            written += f"[{_key(here, step)}]"
            here = here[step]
            continue
        name = str(step)
        written = f"{written}.{name}" if written else name
        if name not in here or here[name] is None or here[name] == "":
            _append(here, name, _seq([]) if following is None or isinstance(following, int) else CommentedMap())
        here = here[name]
    last = path[-1]
    if last is None:
        held = _after(here)
        here.append(_value(addition.value))
        _put_back(here, held)
        yield f"{written}[{_key(here, len(here) - 1)}]"
        return
    name = str(last)
    if addition.was is not None:
        was = scalar(plain(addition.was))
        here[name] = _value(addition.value)
        yield f"{written}.{name} {APPLY['was'].format(was=was)}"
        return
    if name in here:
        here[name] = _value(addition.value)
    else:
        _append(here, name, _value(addition.value))
    yield f"{written}.{name}" if written else name


def _key(holder: Any, number: int) -> str:
    """How `to_fill` names an entry: by its id, by the value it is, or by its number."""
    entry = holder[number]
    name = entry.get("id") if isinstance(entry, CommentedMap) else entry
    names = [each.get("id") if isinstance(each, CommentedMap) else each for each in holder]
    found = None if name is None else str(name)
    if found is not None and split(f"x[{found}]") and names.index(name) == number:
        return found
    if str(number) in {str(each) for each in names if each is not None}:
        raise CannotApplyError
    return str(number)


def _value(value: Any) -> Any:
    """A value as ruamel writes it."""
    if isinstance(value, dict):
        made = CommentedMap()
        for name, part in value.items():
            made[name] = _value(part)
        return made
    if isinstance(value, list):
        entries = CommentedSeq([_value(part) for part in value])
        if not any(isinstance(part, dict) for part in value):
            entries.fa.set_flow_style()
        return entries
    shown = scalar(value)
    return DoubleQuotedScalarString(str(value)) if shown.startswith('"') else shown


def _path(written: str) -> str:
    """A path as it stands in the list: brackets need no quotes in the middle of a word."""
    safe = visible(written) == written and ": " not in written and " #" not in written and not written.endswith(":")
    return written if safe else DoubleQuotedScalarString(written)


def _seq(values: Sequence[str]) -> CommentedSeq:
    return CommentedSeq([_value(value) for value in values])


# --- Comments after the last line -----------------------------------------------------------------------------


def _append(holder: Any, name: str, value: Any) -> None:
    held = _after(holder)
    holder[name] = value
    _put_back(holder, held)


def _last(holder: Any) -> tuple[Any, Any] | None:
    """The innermost collection at the end of another one, and its last key; None if it is empty."""
    found: tuple[Any, Any] | None = None
    here = holder
    while isinstance(here, CommentedMap | CommentedSeq) and len(here):
        key = list(here)[-1] if isinstance(here, CommentedMap) else len(here) - 1
        found = (here, key)
        here = here[key]
    return found


def _after(holder: Any) -> Any:
    """Take out the comment lines that follow a collection: they belong to what comes next."""
    found = _last(holder)
    if found is None:
        return None
    inner, key = found
    items = inner.ca.items.get(key)
    at = 2 if isinstance(inner, CommentedMap) else 0
    token = items[at] if items and len(items) > at else None
    if (
        token is None
        or isinstance(token, list)
        or ("\n" not in token.value.rstrip("\n") and not token.value.startswith("\n"))
    ):
        return None
    first, _, rest = token.value.partition("\n")
    if not rest.strip():
        return None
    if first.strip():
        token.value = f"{first}\n"
        return token.__class__(f"\n{rest}", token.start_mark, token.end_mark)
    items[at] = None
    return token


def _put_back(holder: Any, token: Any) -> None:
    """Let comment lines follow what is the end of a collection now."""
    found = _last(holder)
    if token is None or found is None:
        return
    inner, key = found
    at = 2 if isinstance(inner, CommentedMap) else 0
    items = inner.ca.items.setdefault(key, [None, None, None, None] if at else [None, None])
    items[at] = token
