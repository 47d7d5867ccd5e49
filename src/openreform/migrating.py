"""From one version of a framework to a newer one: the document is changed where its words tell how, and nothing is lost.

What the new version asks that the old one did not is listed, to be answered by a person: nobody's answer is made up.
"""

from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any, Literal, NamedTuple

from openreform.assessment import SIDES, Assessment, Finding
from openreform.framework import Criterion, Framework, split_criterion, tests_of
from openreform.kinds import kind_called
from openreform.loading.files import Found, read_text
from openreform.loading.frameworks import LoadedFramework, bundled_names, load_version, versions_of
from openreform.loading.reforms import Document, Skipped, parse_document
from openreform.loading.yaml_events import Mapping
from openreform.messages.problems import FIXES
from openreform.messages.reports import JOIN, TEXT
from openreform.problems import Position, Problem, problem
from openreform.running import assess_document

Kind = Literal["renamed", "gone", "gone-named", "new", "new-held", "lower", "higher", "answer-again"]
"""What a note is about; the words stand in the catalogue under it."""


class Note(NamedTuple):
    """One thing that is different under the new version, and where in the document it matters.

    needs_answer: whether a person has to look at the document again.
    """

    kind: Kind
    line: int
    criterion: str
    title: str
    details: dict[str, str]
    needs_answer: bool


class Scores(NamedTuple):
    """The whole of the promise under the old and the new version; None for no score."""

    before: float | None
    after: float | None


@dataclass(slots=True)
class Migration:
    """A document before and after."""

    found: Found
    before: str
    after: str
    framework: str
    old: str
    new: str
    notes: list[Note] = field(default_factory=list)
    scores: Scores | None = None

    @property
    def path(self) -> str:
        """The file as the person named it."""
        return self.found.shown

    @property
    def is_there_already(self) -> bool:
        """Whether the document is written for the new version already."""
        return self.old == self.new


def migrate(found: Found, new: LoadedFramework, old: LoadedFramework | None) -> Migration | Skipped | list[Problem]:
    """Move one document; what is wrong with it, if it cannot be moved.

    Args:
        found: the file.
        new: the version to move to.
        old: the version it was written for, where it does not say so itself.
    """
    read = read_text(found)
    if isinstance(read, Problem):
        return [read]
    text, raw = read
    kind = kind_called(new.framework.applies_to)
    document = parse_document(text, found.shown, kind, named=found.named, raw=raw)
    if not isinstance(document, Document):
        return document
    before = _version_before(document, new.framework, old)
    if isinstance(before, Problem):
        return [before]
    framework = new.framework
    migration = Migration(found, text, text, framework.id, before.framework.version, framework.version)
    if before.framework.version == framework.version:
        return migration
    names = _names(document, before.framework, framework)
    migration.after = _edited(text, document, framework, names)
    moved = parse_document(migration.after, found.shown, kind)
    if not isinstance(moved, Document) or moved.reform.frameworks.get(framework.id) != framework.version:
        at = document.locate(("openreform",))
        return [problem("migrate-form", found.shown, at, id_=framework.id, version_=framework.version)]
    assessments = assess_document(document, before), assess_document(moved, new)
    migration.scores = Scores(*(each.promise.score for each in assessments))
    notes = [*_about_names(names), *_about_criteria(document, before.framework, framework, assessments)]
    migration.notes = sorted(notes, key=lambda note: not note.needs_answer)
    return migration


def _version_before(document: Document[Any], new: Framework, old: LoadedFramework | None) -> LoadedFramework | Problem:
    """The version a document was written for: the one it pins, else the one the person named."""
    pinned = document.reform.frameworks.get(new.id)
    if pinned is None:
        return old or problem("migrate-unpinned", document.path, document.locate(("id",)), id_=new.id)
    if old is not None and pinned == old.framework.version:
        return old
    at = document.locate(("frameworks", new.id))
    if new.id not in bundled_names():
        return problem("migrate-needs-old", document.path, at, id_=new.id, value=pinned)
    found = load_version(new.id, pinned)
    known = FIXES["one-of"].format(values_=", ".join(versions_of(new.id)))
    return found or problem("pin-version", document.path, at, id=new.id, value=pinned, fix_=known)


# --- Names --------------------------------------------------------------------------------------------------


class Name(NamedTuple):
    """A criterion the document names: how it is written, where, what it is called now (None: nothing, or not clear)."""

    written: str
    at: Position
    criterion: str
    now: str | None
    title: str


def _names(document: Document[Any], old: Framework, new: Framework) -> list[Name]:
    """What the document says of criteria that have another id in the new version, or none."""
    found: list[Name] = []
    for holder, listed in _named_in(document):
        taken = {_own(name, new) for name, _ in listed}
        for name, at in listed:
            criterion = old.criterion(_own(name, old))
            if criterion is None or new.criterion(criterion.id):
                continue
            heirs = [part.id for part in new.criteria if criterion.id in part.replaces]
            heir = heirs[0] if len(heirs) == 1 and (holder == "none_found" or heirs[0] not in taken) else None
            taken.add(heir or "")
            found.append(Name(name, at, criterion.id, heir, criterion.title))
    return found


def _named_in(document: Document[Any]) -> Iterator[tuple[str, list[tuple[str, Position]]]]:
    """Every place where a document names criteria, those of one place together."""
    reform = document.reform
    for section in ("not_applicable", "judgements"):
        named: dict[str, object] = getattr(reform, section)
        holder = document.root.get(section)
        keys = holder.keys_at if isinstance(holder, Mapping) else {}
        yield section, [(name, keys[name]) for name in named]
    for index, entry in enumerate(reform.none_found):
        places = (("none_found", index, "criteria", number) for number in range(len(entry.criteria)))
        yield "none_found", list(zip(entry.criteria, map(document.locate, places), strict=True))


def _own(name: str, framework: Framework) -> str:
    owner, ident = split_criterion(name, framework.applies_to)
    return ident if framework.goes_by(owner) else ""


def _edited(text: str, document: Document[Any], new: Framework, names: list[Name]) -> str:
    """The text with the new version and the new names in place of the old, everything else as it was written."""
    lines = text.split("\n")
    changes = [
        (name.at, name.written, name.written.removesuffix(name.criterion) + name.now) for name in names if name.now
    ]
    pins = document.root.get("frameworks")
    if isinstance(pins, Mapping) and new.id in pins:
        changes.append((pins.values_at[new.id], document.reform.frameworks[new.id], new.version))
    for (line, column), old, now in sorted(changes, reverse=True):
        before, after = lines[line - 1][: column - 1], lines[line - 1][column - 1 :]
        lines[line - 1] = before + after.replace(old, now, 1)
    if not isinstance(pins, Mapping) or new.id not in pins:
        pin = PIN.format(id=new.id, version=new.version)
        at = pins.keys_at[next(iter(pins))] if isinstance(pins, Mapping) and pins else None
        if at:
            lines.insert(at[0] - 1, " " * (at[1] - 1) + pin)
        else:
            lines.insert(document.locate(("openreform",))[0], PINS.format(pin=pin))
    return "\n".join(lines)


PIN = "{id}: {version}"
PINS = "frameworks:\n  {pin}"


def _about_names(names: list[Name]) -> Iterator[Note]:
    for name in names:
        details = {"written": name.written, "now": name.now or ""}
        yield Note(
            "renamed" if name.now else "gone-named", name.at[0], name.criterion, name.title, details, not name.now
        )


# --- Criteria -----------------------------------------------------------------------------------------------


def _about_criteria(
    document: Document[Any], old: Framework, new: Framework, assessments: tuple[Assessment, Assessment]
) -> Iterator[Note]:
    """What the new version asks that the old one did not, criterion by criterion, in its order."""
    before, after = (
        {part.id: part for dimension in each.dimensions for part in dimension.findings} for each in assessments
    )
    judged = _answered_by_hand(document, new)
    for criterion in new.criteria:
        finding = after[criterion.id]
        known = [part for ident in (criterion.id, *criterion.replaces) if (part := old.criterion(ident))]
        if not known:
            held = bool(finding.promise.level)
            details = {"question": criterion.question, "sections": ", ".join(_sections(criterion))}
            details["level"] = str(finding.promise.level or 0)
            yield Note("new-held" if held else "new", 0, criterion.id, criterion.title, details, not held)
            continue
        if all(part.levels == criterion.levels for part in known):
            continue
        yield from _moved(criterion, [before[part.id] for part in known], finding)
        for at in judged.get(criterion.id, ()):
            yield Note("answer-again", at[0], criterion.id, criterion.title, {}, True)
    still_asked = {ident for part in new.criteria for ident in (part.id, *part.replaces)}
    for criterion in old.criteria:
        if criterion.id not in still_asked:
            yield Note("gone", 0, criterion.id, criterion.title, {}, False)


def _moved(criterion: Criterion, before: list[Finding], after: Finding) -> Iterator[Note]:
    """Whether the level of a criterion whose rungs were rewritten is another now, on either side."""
    for side in SIDES:
        now = after.side(side)
        was = max((part.level for each in before if (part := each.side(side)) and part.level is not None), default=None)
        if now is None or now.level == was:
            continue
        lower = (now.level or 0) < (was or 0)
        nearest = [fact.nearest.place.line for fact in now.unmet if fact.nearest]
        details = {
            "side": side,
            "was": _shown(was),
            "now": _shown(now.level),
            "lacks": JOIN["facts"].join(fact.says for fact in now.unmet),
        }
        line = nearest[0] if lower and nearest else 0
        yield Note("lower" if lower else "higher", line, criterion.id, criterion.title, details, lower)


def _shown(level: int | None) -> str:
    return TEXT["no-score"] if level is None else str(level)


def _answered_by_hand(document: Document[Any], new: Framework) -> dict[str, list[Position]]:
    """Where a person answered for a criterion: a judgement, that it cannot apply, that it was looked for in vain."""
    found: dict[str, list[Position]] = {}
    for _, listed in _named_in(document):
        for name, at in listed:
            own = _own(name, new)
            criterion = new.criterion(own) or next((part for part in new.criteria if own in part.replaces), None)
            if criterion:
                found.setdefault(criterion.id, []).append(at)
    return found


def _sections(criterion: Criterion) -> list[str]:
    """The sections of the document its tests read."""
    named = (test.section or (test.present or test.absent or "").partition(".")[0] for test in tests_of(criterion))
    return list(dict.fromkeys(section for section in named if section))
