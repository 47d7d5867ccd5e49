"""A sound framework looked over for what is no mistake and yet worth a look: its author decides."""

from collections.abc import Iterator
from itertools import pairwise

from openreform.framework import (
    Conditions,
    Constraint,
    Criterion,
    Fault,
    Framework,
    Gate,
    Level,
    StarRule,
    Tailoring,
    Test,
    tests_of,
)
from openreform.kinds import kind_called
from openreform.loading import yaml_events
from openreform.loading.frameworks import LoadedFramework, bundled_names, load_bundled
from openreform.loading.reforms import Document, parse_document
from openreform.loading.yaml_events import Path, locate
from openreform.messages.reports import EXPLAIN
from openreform.problems import Problem, hint
from openreform.rendering.explain import proven_lists, staged_lists, to_paste
from openreform.scoring.assess import Origin, assess

_FOR_READERS = ("evidence", "common_faults", "resources", "derived_from")
"""What a criterion may leave out, and readers miss."""
_OF_THE_PROMISE = ("considered", "undated")
_OF_THE_PRACTICE = ("without_evidence", "statement")
"""Ceilings without which what is hardly there counts in full."""
_PLACEHOLDERS = "placeholders"
_HEAD = "openreform: 1\ndocument: {kind}\nid: x\ntitle: T\n"


def review(loaded: LoadedFramework, text: str, path: str) -> list[Problem]:
    """Hints on a framework that is sound, in the order of its file.

    Args:
        loaded: the framework.
        text: the file it was read from.
        path: the file's name.
    """
    return sorted(set(_Reviewer(loaded, text, path).hints()))


class _Reviewer:
    """Walks what a file itself holds: a whole framework, or what it adds to the one it extends."""

    def __init__(self, loaded: LoadedFramework, text: str, path: str) -> None:
        self.loaded, self.path = loaded, path
        self.framework: Framework = loaded.framework
        self.own: Framework | Tailoring = loaded.tailoring or loaded.framework
        self.root, _ = yaml_events.read(text, path)
        self.kind = kind_called(self.framework.applies_to)

    def hints(self) -> Iterator[Problem]:
        """Everything worth a look."""
        yield from self._names()
        yield from self._of_the_whole()
        foretold = any(criterion.foreshadows for criterion in self.own.criteria)
        for number, criterion in enumerate(self.own.criteria):
            at: Path = ("criteria", number)
            lacking = [name for name in _FOR_READERS if not getattr(criterion, name)]
            if lacking:
                yield self._hint("lacks", (*at, "id"), id_=criterion.id, fields_=_either(lacking))
            if foretold and not criterion.foreshadows:
                yield self._hint("foreshadows-lacking", (*at, "id"), id_=criterion.id)
            for rung, level in enumerate(criterion.levels, start=1):
                yield from self._level(criterion, level, rung, (*at, "levels", rung - 1))
            yield from self._forgotten(criterion, at)
            yield from self._snippet(criterion, (*at, "snippet"))
        for number, gate in enumerate(self.own.gates):
            if not gate.derived_from:
                yield self._hint("lacks", ("gates", number, "id"), id_=gate.id, fields_="derived_from")

    def _hint(self, code: str, at: Path, **details: object) -> Problem:
        return hint(code, self.path, locate(self.root, at), **details)

    def _names(self) -> Iterator[Problem]:
        """Sources and word lists that nothing uses, and an id that is taken."""
        whole = self.framework
        parts: list[Criterion | Gate | Fault | StarRule] = [
            *whole.criteria, *whole.gates, *whole.faults, *whole.stars
        ]  # fmt: skip
        cited = {derivation.source for part in parts for derivation in part.derived_from}
        for number, source in enumerate(self.own.sources):
            if source.id not in cited:
                yield self._hint("source-unused", ("sources", number, "id"), id_=source.id)
        used = {name for test in _all_tests(self.framework) for name in _word_lists(test.with_)}
        for name in self.own.words:
            if name not in used and name != _PLACEHOLDERS:
                yield self._hint("words-unused", ("words", name), name_=name)
        if self.own.id in bundled_names() and self.loaded.digest != load_bundled(self.own.id).digest:
            yield self._hint("id-of-ours", ("id",), id_=self.own.id)

    def _of_the_whole(self) -> Iterator[Problem]:
        if _PLACEHOLDERS not in self.framework.words:
            yield self._hint("no-placeholders", ("words",))
        for number, dimension in enumerate(self.own.dimensions):
            if not self.framework.criteria_of(dimension.id):
                yield self._hint("dimension-empty", ("dimensions", number, "id"), id_=dimension.id)
        if isinstance(self.own, Framework) and all(band.from_ > 0 for band in self.own.bands):
            yield self._hint("bands-from", ("bands",))
        staged = any(staged_lists(criterion, self.kind) for criterion in self.own.criteria)
        proven = any(proven_lists(criterion, self.kind) for criterion in self.own.criteria)
        names = [*(_OF_THE_PROMISE if staged else ()), *(_OF_THE_PRACTICE if proven else ())]
        silent = [name for name in names if getattr(self.framework.ceilings, name) is None]
        if isinstance(self.own, Framework) and silent:
            yield self._hint("ceilings-open", ("ceilings",), names_=_either(silent), first_=silent[0])
        for effort in dict.fromkeys(level.effort for criterion in self.own.criteria for level in criterion.levels):
            if effort not in self.framework.efforts:
                yield self._hint("effort-uncounted", ("efforts",), effort_=effort)

    def _level(self, criterion: Criterion, level: Level, rung: int, at: Path) -> Iterator[Problem]:
        """What a level says of practice, and what it asks of it."""
        details = {"id_": criterion.id, "level_": rung}
        worded, asked = level.practice_text is not None, level.practice_tests is not None
        if not criterion.practice:
            if worded or asked:
                yield self._hint("practice-unused", at, **details)
        elif asked and not worded and _facts(level.tests) != _facts(level.practice_tests or ()):
            yield self._hint("practice-unworded", at, **details)
        elif worded and not asked and not level.judged:
            yield self._hint("practice-unasked", at, **details)

    def _forgotten(self, criterion: Criterion, at: Path) -> Iterator[Problem]:
        """What a level asks of an entry and the next one does not."""
        for rung, (lower, upper) in enumerate(pairwise(criterion.levels), start=2):
            above = [part for test in upper.tests for part in test.walk() if part.some]
            for test in lower.tests:
                again = {_head(name) for other in above if other.some == test.some for name in other.with_.fields}
                forgotten = [name for name in test.with_.fields if _head(name) not in again]
                if not (test.some and again and forgotten) or any(other.with_.parts for other in above):
                    continue
                details = {"id_": criterion.id, "level_": rung, "section_": test.some, "fields_": _either(forgotten)}
                yield self._hint("level-forgets", (*at, "levels", rung - 1), **details)

    def _snippet(self, criterion: Criterion, at: Path) -> Iterator[Problem]:
        """Whether what is offered to paste reaches the top, in a document that has nothing else."""
        if any(level.judged for level in criterion.levels):
            return
        pieces, _ = to_paste(criterion.snippet, self.kind)
        text = _HEAD.format(kind=self.kind.name) + "".join(f"{piece.rstrip()}\n" for piece in pieces)
        document = parse_document(text, self.path, self.kind)
        if not isinstance(document, Document):
            found = document[0] if isinstance(document, list) else None
            if found:
                yield self._hint("snippet-invalid", at, id_=criterion.id, message_=found.message, fix_=found.fix)
            return
        origin = Origin(self.path, document.digest, self.loaded.digest)
        assessed = assess(document.reform, self.framework, document.locate, origin)
        findings = (finding for dimension in assessed.dimensions for finding in dimension.findings)
        promise = next(finding.promise for finding in findings if finding.id == criterion.id)
        if (promise.level or 0) < len(criterion.levels):
            lacking = EXPLAIN["missing"].format(facts=EXPLAIN["and"].join(promise.missing))
            count = len(criterion.levels)
            yield self._hint(
                "snippet-short", at, id_=criterion.id, level_=promise.level or 0, count_=count, lacking_=lacking
            )


def _head(name: str) -> str:
    """The field of the entry itself, where an id or a group is followed further."""
    return name.partition(".")[0]


def _either(names: list[str]) -> str:
    return EXPLAIN["or"].join([", ".join(names[:-1]), names[-1]] if len(names) > 1 else names)


def _facts(tests: tuple[Test, ...]) -> list[str | None]:
    return [test.says for test in tests]


def _all_tests(framework: Framework) -> Iterator[Test]:
    for criterion in framework.criteria:
        yield from tests_of(criterion)
    rules: list[tuple[Test | None, ...]] = [(*gate.tests, gate.applies_when) for gate in framework.gates]
    rules += [(fault.finds, fault.applies_when) for fault in framework.faults]
    for tests in rules:
        for test in tests:
            yield from test.walk() if test else ()


def _word_lists(conditions: Conditions) -> Iterator[str]:
    for constraint in conditions.fields.values():
        yield from _lists_of(constraint)
    for part in conditions.parts:
        yield from _word_lists(part)


def _lists_of(constraint: Constraint) -> Iterator[str]:
    for values in (constraint.any, constraint.all, constraint.words):
        yield from (value[1:] for value in values or () if isinstance(value, str) and value.startswith("$"))
