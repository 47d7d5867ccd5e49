"""Plain values become a model, or problems: pydantic's findings in the catalogue's words, each at its place."""

import json
from collections.abc import Callable, Iterable, Iterator
from itertools import islice
from typing import Any, TypeVar

from pydantic import BaseModel, ValidationError
from pydantic_core import ErrorDetails

from openreform.loading.yaml_events import MOST_PROBLEMS, Mapping, Path, Sequence, kind_of, locate
from openreform.messages.problems import EXAMPLES, FIXES
from openreform.plaintext import quoted, visible
from openreform.problems import Position, Problem, problem

ModelT = TypeVar("ModelT", bound=BaseModel)

_LONG_ENOUGH = 3
_COUNTED = 1000
MOST_TOLD = MOST_PROBLEMS + _COUNTED
"""More problems of one document than these make no difference to anybody."""
_MOST_KNOWN = 100
_MOST_COMPARED = 500
_DOCUMENT = "openreform"
_KEPT_AS_WRITTEN = {"snippet"}
"""Texts that are themselves fields, to paste."""
_FEW = 5
"""Up to so many values speak for themselves; of more, `explain` tells what they mean."""

Lookup = Callable[[str], tuple[tuple[str, ...], tuple[str, ...], str]]
"""From a dotted field to the names of its fields, its values and its meaning, so far as it has them."""


def build(model: type[ModelT], root: Mapping, path: str, lookup: Lookup) -> tuple[ModelT | None, list[Problem]]:
    """A model of `root`, and everything wrong with it; fields left empty count as left out.

    Args:
        model: what to build.
        root: the document's values with their places.
        path: the file's name.
        lookup: tells the fields, values and meaning of a dotted field.
    """
    content = json.dumps(root)
    if "null" in content:  # a word in a text, or fields left empty, as in a starter; most documents have none
        content = json.dumps(_without_empty(root, lookup))
    try:
        return model.model_validate_json(content), []
    except ValidationError as error:
        found = [detail for detail in error.errors(include_url=False, include_input=True) if not _is_echo(detail, root)]
    problems = sorted({_problem(detail, root, path, lookup) for detail in found[:MOST_PROBLEMS]})
    return None, shortened(problems, len(found), path)


def _is_echo(detail: ErrorDetails, root: Mapping) -> bool:
    """Whether a list is called too short only because of mistakes in its entries, which are told already."""
    value = _value_at(root, _real(root, detail["loc"]))
    return detail["type"] == "too_short" and isinstance(value, list) and len(value) >= detail["ctx"]["min_length"]


def first_of(found: Iterator[Problem], path: str) -> list[Problem]:
    """As many problems as one can read, sorted, and how many more there are; beyond a thousand nobody counts."""
    first = sorted(islice(found, MOST_PROBLEMS))
    return shortened(first, len(first) + sum(1 for _ in islice(found, _COUNTED)), path)


def shortened(problems: list[Problem], count: int, path: str) -> list[Problem]:
    """The problems themselves and, if there are more than one can read, how many are left out."""
    rest = count - MOST_PROBLEMS
    return [*problems[:MOST_PROBLEMS], problem("more-problems", path, count_=rest)] if rest > 0 else problems


def build_what_stands(model: type[ModelT], root: Mapping, lookup: Lookup) -> ModelT | None:
    """A model of what is sound in a document with mistakes, so that the rest of it can be checked too.

    Fields with a mistake are left out. Where that would take out an entry or an id that others may point at, nothing is
    built: what is missing then would only be our doing.
    """
    content = _without_empty(root, lookup)
    try:
        return model.model_validate_json(json.dumps(content))
    except ValidationError as error:
        found = error.errors(include_url=False, include_input=False)
    for detail in found:
        location = _real(root, detail["loc"])
        if detail["type"] == "missing" or not location or isinstance(location[-1], int) or location[-1] == "id":
            return None
        holder: Any = content
        for step in location[:-1]:
            holder = holder[step]
        if isinstance(holder.pop(location[-1], None), list):
            return None
    try:
        return model.model_validate_json(json.dumps(content))
    except ValidationError:
        return None


def nearest(word: str, words: Iterable[str]) -> str | None:
    """The known word a person most likely meant."""
    import difflib  # noqa: PLC0415  # only mistakes need it

    known = {known.casefold(): known for known in islice(words, _MOST_COMPARED)}
    close = difflib.get_close_matches(word.casefold().replace(" ", "_")[:80], known, n=1, cutoff=0.7)
    if close:
        return known[close[0]]
    within = [name for name in known if len(word) >= _LONG_ENOUGH and word.casefold() in name.split("-")]
    return known[within[0]] if len(within) == 1 else None


def suggest(word: str, words: Iterable[str], known: str = "one-of") -> str:
    """How to mend an unknown word: the nearest known one, or all there are."""
    words = list(words)
    guess = nearest(word, words)
    listed = ", ".join(words[:_MOST_KNOWN])
    if guess and known == "one-of" and len(words) <= 20:
        return FIXES["did-you-mean-of"].format(guess_=guess, values_=listed)
    return FIXES["did-you-mean"].format(guess_=guess) if guess else FIXES[known].format(values_=listed)


def _without_empty(value: Any, lookup: Lookup, path: Path = ()) -> Any:
    """The values without fields left empty; an unknown field stays, to be found."""
    if isinstance(value, dict):
        known = lookup(dotted(path))[0]
        return {
            key: _without_empty(part, lookup, (*path, key))
            for key, part in value.items()
            if part is not None or (known and key not in known)
        }
    return [_without_empty(part, lookup, path) for part in value] if isinstance(value, list) else value


def _value_at(root: Any, path: Path) -> Any:
    for step in path:
        if isinstance(root, Mapping) and step in root:
            root = root[str(step)]
        elif isinstance(root, Sequence) and isinstance(step, int) and step < len(root):
            root = root[step]
        else:
            return None
    return root


def _real(root: Any, location: tuple[int | str, ...]) -> Path:
    """pydantic's location without the steps that are not in the document (names of union members and the like).

    The last step stays: a missing or unknown field is not in the document either.
    """
    real: list[str | int] = []
    for number, step in enumerate(location, start=1):
        here = _value_at(root, tuple(real))
        if isinstance(here, Mapping | Sequence) and (
            number == len(location) or _value_at(root, (*real, step)) is not None
        ):
            real.append(step)
    return tuple(real)


def dotted(path: Path) -> str:
    """A path as the field it stands for: indexes left out."""
    return ".".join(str(step) for step in path if isinstance(step, str))


def _problem(detail: ErrorDetails, root: Mapping, path: str, lookup: Lookup) -> Problem:
    location = _real(root, detail["loc"])
    position = locate(root, location)
    field = next((str(step) for step in reversed(location) if isinstance(step, str)), "")
    value = _value_at(root, location)
    name = dotted(location)
    kind = detail["type"]
    limits = detail.get("ctx", {})
    if kind == "extra_forbidden":
        return _unknown_field(location, root, path, lookup)
    if kind in _NEEDS_MAPPING:
        first = next((part for part in ("title", *lookup(name)[0]) if part in lookup(name)[0]), "title")
        if isinstance(value, str) and isinstance(location[-1], int):
            fix = FIXES["entry-fields"].format(first_=first, value_=visible(value)[:40])
            return problem("entry-needs-fields", path, position, field_=field, what_=_what(value), fix_=fix)
        example = EXAMPLES.get(name, f"{first}: …")
        return problem("needs-mapping", path, position, field_=field, what_=_what(value), example_=example)
    if kind == "missing":
        words = lookup(name)[2]
        return problem(
            "field-missing", path, locate(root, location[:-1]), field_=field, words_=f" ({words})" if words else ""
        )
    if kind in {"bad-date", "bad-day", "bad-country", "bad-url"}:
        return _bad_value(kind, value, field, path, position)
    see = FIXES["see"].format(path_=name) if lookup(name)[2] and len(lookup(name)[1]) > _FEW else ""
    if kind == "literal_error" and isinstance(value, str | int | float) and not isinstance(value, bool):
        return problem(
            "value-unknown",
            path,
            position,
            value=str(value),
            field_=field,
            fix_=suggest(str(value), lookup(name)[1]) + see,
        )
    if kind == "string_pattern_mismatch":
        return _wrong_pattern(value, field, path, position)
    if kind in {"too_long", "too_short"} and isinstance(value, list):
        code = "rungs-number" if field == "levels" else "list-too-short" if kind == "too_short" else "list-too-long"
        limit = limits.get("max_length", limits.get("min_length"))
        return problem(code, path, position, field_=field, count_=len(value), limit_=limit)
    if kind in {"string_too_long", "too_long"}:
        return problem("text-too-long", path, position, field_=field, limit_=limits["max_length"])
    if kind in {"greater_than_equal", "greater_than", "less_than_equal", "less_than"} and kind_of(value) == kind_of(1):
        code = "number-too-small" if "greater" in kind else "number-too-large"
        word, limit = next((key, limits[key]) for key in ("ge", "gt", "le", "lt") if key in limits)
        return problem(
            code, path, position, value=str(value), field_=field, limit_=f"{FIXES[f'limit-{word}']} {limit:g}"
        )
    if field == "version" and isinstance(value, int | float):
        return problem("bad-form", path, position, value=str(value), field_=field, fix_=FIXES["form-version"])
    return wrong_kind(kind, value, field, path, position, lookup(name)[0])


_NEEDS_MAPPING = {"model_type", "dict_type", "model_attributes_type", "needs-mapping"}


def _what(value: Any) -> str:
    """What a value is, with the value itself where it is short enough to recognise."""
    if isinstance(value, str | int | float) and not isinstance(value, bool):
        return f"{kind_of(value)} ({quoted(str(value), 30)})"
    return kind_of(value)


def wrong_kind(
    kind: str, value: Any, field: str, path: str, position: Position, names: tuple[str, ...] = ()
) -> Problem:
    """What is wrong with a value that is of another kind than its field takes; `kind` is pydantic's name for that."""
    what = _what(value)
    if kind in {"tuple_type", "list_type"}:
        return problem("needs-list", path, position, field_=field, what_=what, fix_=_as_list(value, field, names))
    if kind in {"bool_type", "bool_parsing"}:
        return problem("needs-yes-no", path, position, field_=field, what_=what)
    if kind in {"int_type", "int_parsing", "int_from_float"}:
        return problem("needs-whole-number", path, position, field_=field, what_=what)
    if kind.startswith(("float", "finite")):
        return problem("needs-number", path, position, field_=field, what_=what)
    if isinstance(value, list):
        only = value[0] if len(value) == 1 and isinstance(value[0], str | int | float) else None
        shown = visible(str(only))[:40]
        fix = FIXES["one-of-several"] if only is None else FIXES["one-value"].format(field_=field, value_=shown)
        return problem("needs-one-value", path, position, field_=field, what_=what, fix_=fix)
    fix = FIXES["text-quotes"] if isinstance(value, bool) else FIXES["text-one"]
    if field in _KEPT_AS_WRITTEN:
        fix = FIXES["text-block"].format(field_=field)
    return problem("needs-text", path, position, field_=field, what_=what, fix_=fix)


def _as_list(value: Any, field: str, names: tuple[str, ...]) -> str:
    """How to write a list: of entries with fields of their own, or of values in brackets."""
    first = "title" if "title" in names else names[0] if names else "id"
    if not isinstance(value, str | int | float) or isinstance(value, bool):
        return FIXES["list-dash"].format(first_=first)
    shown = visible(str(value))
    if names:
        return FIXES["list-entry"].format(field_=field, first_=first, value_=shown[:40])
    if shown.lstrip().startswith("-"):
        return FIXES["list-dash-space"]
    simple = len(shown) <= 40 and not set(shown) & set(":[]{}")
    return FIXES["list-brackets" if simple else "list-quotes"].format(field_=field, value_=shown)


def _wrong_pattern(value: Any, field: str, path: str, position: Position) -> Problem:
    if field == "jurisdiction":
        return problem("bad-jurisdiction", path, position, value=str(value))
    if field in {"version", "url"}:
        return problem("bad-form", path, position, value=str(value), field_=field, fix_=FIXES[f"form-{field}"])
    return problem("bad-id", path, position, value=str(value), example_=_id_from(str(value)))


def _unknown_field(location: Path, root: Mapping, path: str, lookup: Lookup) -> Problem:
    word = str(location[-1])
    holder = _value_at(root, location[:-1])
    position = holder.keys_at[word] if isinstance(holder, Mapping) and word in holder else locate(root, location)
    known = lookup(dotted(location[:-1]))[0]
    glued = word.partition(":")
    if glued[1] and glued[0] in known:
        return problem("yaml-no-space-after-colon", path, position, text=word, key_=glued[0])
    section = dotted(location[:-1])
    group = next((name for name in known if section and word in lookup(f"{section}.{name}")[0]), None)
    if group is not None:
        return problem("field-unknown", path, position, field=word, fix_=FIXES["under"].format(group_=group))
    explained = section and lookup(section)[2] and _DOCUMENT in root  # a framework's own fields have no page
    see = FIXES["see"].format(path_=section) if explained else ""
    return problem("field-unknown", path, position, field=word, fix_=suggest(word, known, "known-fields") + see)


def _bad_value(kind: str, value: Any, field: str, path: str, position: Position) -> Problem:
    if not isinstance(value, str | int | float) or isinstance(value, bool):
        return wrong_kind("string_type", value, field, path, position)
    fix = ""
    if kind == "bad-country":
        guess = {"UK": "GB", "EL": "GR"}.get(str(value).strip().upper(), str(value).strip().upper())
        known = len(guess) == 2 and guess != str(value).strip()
        fix = FIXES["country-guess"].format(guess_=guess) if known else FIXES["country-two-letters"]
    return problem(kind, path, position, value=str(value), fix_=fix)


def _id_from(value: str) -> str:
    made = "-".join("".join(c if c.isascii() and c.isalnum() else " " for c in value.lower()).split())[:40]
    return made or "my-reform"
