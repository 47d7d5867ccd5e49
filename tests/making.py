"""Documents and frameworks made by hypothesis, for tests of what holds whatever a document says.

A draft is a document as plain values. One is made from nothing, from the map of fields alone, or from a real example with
parts taken out. Nothing here knows a criterion.
"""

import copy
import json
from collections.abc import Callable, Iterator
from functools import cache
from typing import Any

from hypothesis import strategies as st

from conftest import ROOT
from openreform.assessment import Assessment
from openreform.framework import Framework
from openreform.kinds import kind_called
from openreform.loading import yaml_events
from openreform.loading.frameworks import LoadedFramework, bundled_names, load_bundled
from openreform.loading.reforms import Document, parse_document
from openreform.reform import DocumentKind, ReformField
from openreform.scoring.assess import Origin, assess

Draft = dict[str, Any]
Path = tuple[str | int, ...]
Draw = Callable[[st.SearchStrategy[Any]], Any]

APART = frozenset({"status", "concerns", "unknown", "undescribed", "not_applicable"})
"""What may lower a promise when it is written: it says that something is less than it seems."""
_NOT_DESCRIBED = frozenset(
    {"openreform", "document", "id", "title", "exceptions", "frameworks", "irm", "judgements", "none_found", "country"}
    | {"jurisdiction", "not_applicable", "undescribed", "assessed", "to_fill"}
)
"""What is not made: it is about the document or its assessment, not about the reform."""
_STATES = ("considered", "planned", "piloted", "operational", "ended")


def example_drafts(kind: str) -> list[Draft]:
    """Every example of a kind as plain values; read afresh, so that it may be changed."""
    return copy.deepcopy(_example_drafts(kind))


@cache
def _example_drafts(kind: str) -> list[Draft]:
    folder = ROOT / "examples" / ("plans" if kind == "plan" else "")
    drafts = []
    for path in sorted(folder.glob("*.yaml")):
        tree, problems = yaml_events.read(path.read_text(encoding="utf-8"), str(path))
        assert not problems
        drafts.append(json.loads(json.dumps(tree)))
    return drafts


def written(draft: Draft) -> str:
    """A draft as text; JSON is YAML."""
    return json.dumps(draft, ensure_ascii=False)


def read(draft: Draft, kind: DocumentKind[Any]) -> Document[Any] | None:
    """The document, or None if it is no sound one: two ends that contradict each other, say."""
    found = parse_document(written(draft), "x.yaml", kind)
    return found if isinstance(found, Document) else None


def scored(document: Document[Any], framework: Framework) -> Assessment:
    """Its assessment."""
    return assess(document.reform, framework, document.locate, Origin("x.yaml", document.digest, "sha256:0"))


# --- Drafts -----------------------------------------------------------------------------------------------


class Maker:
    """Makes values for fields; every text is one of its own, since a text said twice counts once."""

    def __init__(self, draw: Draw, kind: DocumentKind[Any], framework: Framework) -> None:
        self.draw, self.kind, self.framework = draw, kind, framework
        self.made = 0

    def value(self, field: ReformField, draft: Draft) -> Any:
        """A value the field takes, or None if there is none: no entry to refer to."""
        if field.kind == "reference":
            ids = [entry["id"] for entry in draft.get(field.refers_to or "", ()) if isinstance(entry.get("id"), str)]
            if not ids:
                return None
            return self.some_of(ids) if field.many else self.draw(st.sampled_from(ids))
        if field.kind == "choice":
            return self.some_of(list(field.values)) if field.many else self.draw(st.sampled_from(field.values))
        if field.kind == "group":
            return self.section(field.path, draft, likely=2)
        one = self.plain(field)
        return [one] if field.many else one

    def plain(self, field: ReformField) -> Any:
        if field.kind == "yes-no":
            return self.draw(st.booleans())
        if field.kind == "number":
            return self.draw(st.integers(1, 100))
        if field.kind == "date":
            return self.date(field.name)
        if field.kind == "link":
            return self.draw(st.sampled_from(("https://example.org", "https://example.org/a", "mailto:a@example.org")))
        self.made += 1
        if field.kind == "id":
            return f"made-{self.made}"
        words = [word for name, listed in self.framework.words.items() if name != "placeholders" for word in listed]
        told = self.draw(st.sampled_from(words)) if words and self.draw(st.booleans()) else "words"
        return f"{told} number {self.made}"

    def date(self, name: str) -> str:
        """Such that a beginning lies before an end."""
        year = 2024 if name == "start" else self.draw(st.integers(2025, 2027))
        shape = self.draw(st.integers(0, 2))
        return f"{year}-12-28"[: (4, 7, 10)[shape]]

    def some_of(self, values: list[str]) -> list[str]:
        chosen: list[str] = self.draw(st.lists(st.sampled_from(values), min_size=1, max_size=4, unique=True))
        return chosen

    def section(self, path: str, draft: Draft, likely: int) -> Draft:
        """An entry or a group with some of its fields: one in so many is left out."""
        made: Draft = {}
        for field in fields_under(self.kind, path):
            if field.name in {"unknown", "id"} or self.draw(st.integers(0, likely)) == 0:
                continue
            value = self.value(field, draft)
            if value not in (None, {}, []):
                made[field.name] = value
        return made


@cache
def _fields_under(kind: str, path: str) -> tuple[ReformField, ...]:
    fields = kind_called(kind).fields.values()
    return tuple(field for field in fields if field.path.rpartition(".")[0] == path)


def fields_under(kind: DocumentKind[Any], path: str) -> tuple[ReformField, ...]:
    """The fields right inside a section; of the top if the path is empty."""
    return _fields_under(kind.name, path)


@st.composite
def drafts(draw: st.DrawFn, framework: Framework) -> Draft:
    """A document of the framework's kind: made from nothing, or a real one with parts taken out."""
    kind = kind_called(framework.applies_to)
    return draw(made_drafts(framework)) if draw(st.booleans()) else draw(cut_drafts(kind))


@st.composite
def made_drafts(draw: st.DrawFn, framework: Framework) -> Draft:
    """A document made from the map of fields alone."""
    kind = kind_called(framework.applies_to)
    maker = Maker(draw, kind, framework)
    draft: Draft = {"openreform": 1, **({} if kind.name == "reform" else {"document": kind.name})}
    draft |= {"id": "x", "title": "A document"}
    sections = [name for name in kind.lists if name not in _NOT_DESCRIBED]
    for name in sorted(sections, key=lambda each: each not in {"evidence", "milestones", "instruments"}):
        count = draw(st.integers(0, 2))
        for number in range(count):
            entry = maker.section(name, draft, likely=draw(st.integers(1, 4)))
            if any(field.name == "id" for field in fields_under(kind, name)):
                entry = {"id": f"{name}-{number}", **entry}
            draft.setdefault(name, []).append(entry)
    for field in fields_under(kind, ""):
        if field.kind != "elements" and field.name not in _NOT_DESCRIBED and draw(st.booleans()):
            value = maker.value(field, draft)
            if value not in (None, {}, []):
                draft[field.name] = value
    return draft


@st.composite
def cut_drafts(draw: st.DrawFn, kind: DocumentKind[Any]) -> Draft:
    """A real example with some fields taken out, and some things in another state."""
    draft = draw(st.sampled_from(example_drafts(kind.name)))
    draft = copy.deepcopy(draft)
    places = [path for path in _inner(draft, ()) if path[-1] not in {"id", "openreform", "document"} and len(path) > 1]
    gone = draw(st.lists(st.sampled_from(places), max_size=12, unique=True))
    for path in sorted(gone, key=lambda each: (len(each), str(each)), reverse=True):
        _take_out(draft, path)
    for entry in [entry for held in draft.values() if isinstance(held, list) for entry in held]:
        if isinstance(entry, dict) and "status" in entry and draw(st.integers(0, 5)) == 0:
            entry["status"] = draw(st.sampled_from(_STATES))
    return draft


def _inner(held: Any, at: Path) -> Iterator[Path]:
    """The place of every field inside."""
    pairs = held.items() if isinstance(held, dict) else enumerate(held) if isinstance(held, list) else ()
    for key, part in pairs:
        if isinstance(held, dict):
            yield (*at, key)
        if isinstance(part, dict) or (isinstance(part, list) and any(isinstance(each, dict) for each in part)):
            yield from _inner(part, (*at, key))


def _take_out(draft: Draft, path: Path) -> None:
    holder: Any = draft
    for step in path[:-1]:
        holder = holder.get(step) if isinstance(holder, dict) else holder[step]
        if holder is None:
            return
    holder.pop(path[-1], None)


# --- Filling in -------------------------------------------------------------------------------------------


def empty_fields(draft: Draft, kind: DocumentKind[Any]) -> list[tuple[Path, ReformField]]:
    """Every field of what is described that holds nothing yet."""
    found: list[tuple[Path, ReformField]] = []
    for field in fields_under(kind, ""):
        if field.name in _NOT_DESCRIBED | APART:
            continue
        held = draft.get(field.name)
        if held is None:
            if field.kind != "elements":
                found.append(((field.name,), field))
        elif field.kind == "group":
            found += _empty_in(held, (field.name,), field.path, kind)
        elif field.kind == "elements":
            for number, entry in enumerate(held):
                found += _empty_in(entry, (field.name, number), field.path, kind)
    return found


def _empty_in(holder: Draft, at: Path, section: str, kind: DocumentKind[Any]) -> Iterator[tuple[Path, ReformField]]:
    for field in fields_under(kind, section):
        held = holder.get(field.name)
        if field.name in APART or field.name in holder.get("unknown", ()):
            continue
        if held in (None, [], ""):
            yield (*at, field.name), field
        elif field.kind == "group":
            yield from _empty_in(held, (*at, field.name), field.path, kind)


def filled(draft: Draft, path: Path, value: Any) -> Draft:
    """The draft with a value at a place."""
    made = copy.deepcopy(draft)
    holder: Any = made
    for step in path[:-1]:
        holder = holder[step]
    holder[path[-1]] = value
    return made


# --- Frameworks -------------------------------------------------------------------------------------------


@st.composite
def frameworks(draw: st.DrawFn) -> LoadedFramework:
    """A bundled framework as it is, or with fewer criteria, shorter ladders, other weights, scales, ceilings and exponent."""
    loaded = load_bundled(draw(st.sampled_from(bundled_names())))
    if draw(st.integers(0, 2)) == 0:
        return loaded
    framework = loaded.framework
    kept: list[Any] = []
    for part in framework.dimensions:
        own = framework.criteria_of(part.id)
        chosen = draw(st.lists(st.sampled_from(own), min_size=1, max_size=3, unique_by=lambda each: each.id))
        kept += [each for each in own if each in chosen]
    criteria = []
    for criterion in kept:
        rungs = draw(st.integers(1, len(criterion.levels)))
        points = draw(st.lists(st.integers(1, 100), min_size=rungs, max_size=rungs, unique=True))
        scale = tuple(map(float, sorted(points))) if draw(st.booleans()) else None
        changed = {
            "levels": criterion.levels[:rungs],
            "scale": scale,
            "weight": draw(st.sampled_from((0.25, 1.0, 1.0, 3.0))),
            "foreshadows": (),
        }
        criteria.append(criterion.model_copy(update=changed))
    made: dict[str, Any] = {"criteria": tuple(criteria), "gates": (), "faults": ()}
    if framework.overall:
        made["overall"] = framework.overall.model_copy(
            update={"exponent": draw(st.sampled_from((0.25, 0.5, 1.0))), "minimum_coverage": 0.0}
        )
    return loaded._replace(framework=framework.model_copy(update=made))
