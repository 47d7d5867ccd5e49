"""A framework from its file: read, shaped, and every name in it checked against the model of the documents it is for."""

import os
import re
from collections.abc import Iterator, Set
from functools import cache
from importlib import resources
from itertools import pairwise
from pathlib import Path as FilePath
from typing import Any, Literal, NamedTuple, get_args, get_origin

from openreform.framework import (
    AS_OF,
    GATE_OPERATORS,
    LIST_OPERATORS,
    NOTICES,
    OPERATORS,
    CommonFaults,
    Conditions,
    Constraint,
    Criterion,
    Fault,
    Framework,
    Gate,
    Scalar,
    StarRule,
    Tailoring,
    Test,
    split_criterion,
)
from openreform.kinds import kind_called
from openreform.loading import prepared, shapes, yaml_events
from openreform.loading.files import bundled, text_at, unsound
from openreform.loading.salvage import salvage
from openreform.loading.yaml_events import Mapping, Path, locate
from openreform.messages.fields import FRAMEWORK_FIELDS
from openreform.messages.problems import FIELD_KINDS, FIXES, WHAT
from openreform.messages.reports import EXPLAIN
from openreform.problems import Problem, problem
from openreform.reform import IRM_CODES, REFORM, PartialDate, ReformField, fields_of

_BUNDLED = "openreform.frameworks"
_SUFFIXES = {".yaml", ".yml"}
_VERSION = re.compile(r"\d+\.\d+\.\d+")
_MOST_BASES = 8
"""Frameworks that extend one another; a person loses track long before."""
_LISTS_TO_NAME = (
    "instruments", "milestones", "publications", "mechanisms", "evidence", "concerns", "leads", "partners",
)  # fmt: skip
"""The lists of a reform a framework's author is told of, those most asked first; `none_found` is seldom meant."""


AT_VERSION = "@"
"""Between the name of a framework and the version of it that is meant."""
_OLDER = "older"
"""The folder of earlier versions, beside the newest ones."""


class LoadedFramework(NamedTuple):
    """A sound framework, the digest of its file, and, if it is tailored, how and from which one."""

    framework: Framework
    digest: str
    base: "LoadedFramework | None" = None
    tailoring: Tailoring | None = None


def bundled_names() -> list[str]:
    """The ids of the frameworks that come with the tool."""
    return bundled(_BUNDLED)


def load_framework(name_or_path: str) -> LoadedFramework | list[Problem] | None:
    """A bundled framework by name, or by name and version (`involve-ogp@0.2.0`), or one from a path; None if there is none."""
    name, at, version = name_or_path.partition(AT_VERSION)
    if name in bundled_names():
        return load_version(name, version) if at else load_bundled(name)
    if not os.path.exists(name_or_path):  # noqa: PTH110  # no error for a name too long to be a path
        return None
    return load_framework_file(name_or_path)


def load_framework_file(path: str, under: tuple[str, ...] = ()) -> LoadedFramework | list[Problem]:
    """The framework in a file that is there, or everything wrong with it; `under` are the files that led to it."""
    text = text_at(path)
    return [text] if isinstance(text, Problem) else parse_framework(text, FilePath(path).as_posix(), under=under)


@cache
def older_versions(name: str) -> tuple[str, ...]:
    """The earlier versions of a framework that come with the tool, the newest first."""
    begins = f"{name}-"
    names = (found.removeprefix(begins) for found in bundled(_BUNDLED, _OLDER) if found.startswith(begins))
    return tuple(sorted((name for name in names if _VERSION.fullmatch(name)), key=_numbers, reverse=True))


def versions_of(name: str) -> tuple[str, ...]:
    """All versions of a bundled framework, the newest first."""
    return load_bundled(name).framework.version, *older_versions(name)


def load_version(name: str, version: str) -> LoadedFramework | None:
    """One version of a bundled framework; None if that version does not come with the tool."""
    if version in older_versions(name):
        return load_bundled(f"{_OLDER}/{name}-{version}")
    newest = load_bundled(name)
    return newest if newest.framework.version == version else None


@cache
def load_bundled(name: str) -> LoadedFramework:
    """A framework that comes with the tool.

    Raises:
        ValueError: it is not sound; a bug of ours that the tests rule out.
    """
    folder = resources.files(_BUNDLED)
    text = (folder / f"{name}.yaml").read_text(encoding="utf-8")
    kept = folder / f"{name}{prepared.SUFFIX}"
    if kept.is_file():
        digest = prepared.digest_of(text)
        framework = prepared.read(kept.read_text(encoding="utf-8"), digest)
        if framework is not None:
            return LoadedFramework(framework, digest)
    loaded = parse_framework(text, f"{name}.yaml", trusted=True)
    if isinstance(loaded, list):
        raise unsound(loaded)
    return loaded


def parse_framework(
    text: str, path: str, *, trusted: bool = False, under: tuple[str, ...] = ()
) -> LoadedFramework | list[Problem]:
    """The framework in a text, or everything wrong with it.

    Args:
        text: the YAML.
        path: its name, for problems.
        trusted: leave out the check against the model of its documents, which the tests have made for bundled files.
        under: the files that extend this one, in the order they were read.
    """
    root, slips = yaml_events.read(text, path)
    if slips and not (isinstance(root, Mapping) and all(found.code in _SLIPS for found in slips)):
        return sorted(slips)
    if not isinstance(root, Mapping) or "framework" not in root:
        what = WHAT["no-framework-field" if isinstance(root, Mapping) else "no-mapping"]
        return [problem("framework-unreadable", path, (1, 1), what_=what, fix_=FIXES["framework-format"])]
    if "extends" in root:
        return _tailored(text, root, path, under, slips)
    framework, problems = shapes.build(Framework, root, path, _lookup)
    broken: set[Path] = set()
    if framework is None:
        framework = salvage(Framework, root, broken)
    if not trusted:
        checker = _Checker(framework, framework, root, path, broken, _doubled(slips, text))
        problems = _all_told([*slips, *problems, *checker.check()], path)
    if problems:
        return problems
    return LoadedFramework(common_faults().added_to(framework), prepared.digest_of(text))


@cache
def common_faults() -> CommonFaults:
    """The faults every framework has.

    Raises:
        ValueError: they are not sound; a bug of ours that the tests rule out.
    """
    text = (resources.files(_BUNDLED) / "common" / "faults.yaml").read_text(encoding="utf-8")
    root, problems = yaml_events.read(text, "faults.yaml")
    common, wrong = (
        shapes.build(CommonFaults, root, "faults.yaml", _lookup) if isinstance(root, Mapping) else (None, [])
    )
    if common is None:
        raise unsound([*problems, *wrong])
    return common


def _all_told(problems: list[Problem], path: str) -> list[Problem]:
    """Every problem once, in the order of the file, as many as one can read."""
    told = sorted(set(problems))
    return shapes.shortened(told, len(told), path)


# --- Tailoring --------------------------------------------------------------------------------------------


def _tailored(
    text: str, root: Mapping, path: str, under: tuple[str, ...], slips: list[Problem]
) -> LoadedFramework | list[Problem]:
    tailoring, problems = shapes.build(Tailoring, root, path, _lookup_tailoring)
    broken: set[Path] = set()
    if tailoring is None:
        tailoring = salvage(Tailoring, root, broken)
    if ("extends",) in broken:
        return _all_told([*slips, *problems], path)
    base = _base_of(tailoring.extends, path, locate(root, ("extends",)), (*under, path))
    if isinstance(base, list):
        return _all_told([*slips, *problems, *base], path)
    framework = tailoring.applied_to(base.framework)
    checker = _Checker(framework, tailoring, root, path, broken, _doubled(slips, text))
    found = [*slips, *problems, *checker.check(), *checker.check_tailoring(tailoring, base.framework)]
    if problems := _all_told(found, path):
        return problems
    return LoadedFramework(framework, prepared.digest_of(f"{text}{base.digest}"), base, tailoring)


def _base_of(named: str, path: str, at: tuple[int, int], under: tuple[str, ...]) -> LoadedFramework | list[Problem]:
    """The framework that is extended: a bundled one, of any version that comes with the tool, or a file beside or below."""
    name, versioned, version = named.partition(AT_VERSION)
    if name in bundled_names():
        found = load_version(name, version) if versioned else load_bundled(name)
        if found is None:
            fix = FIXES["one-of"].format(values_=", ".join(versions_of(name)))
            return [problem("extends-version", path, at, id=name, value=version, fix_=fix)]
        return found
    folder = FilePath(path).parent
    base = folder / named
    if FilePath(named).suffix not in _SUFFIXES or not os.path.isfile(base):  # noqa: PTH113  # no error for a name too long to be a path
        return [problem("extends-unknown", path, at, id=named, fix_=shapes.suggest(name, bundled_names()))]
    if not base.resolve().is_relative_to(folder.resolve()):
        return [problem("extends-outside", path, at, id=named)]
    if any(base.resolve() == FilePath(each).resolve() for each in under):
        chain = " → ".join(FilePath(each).name for each in (*under, str(base)))
        return [problem("extends-cycle", path, at, chain_=chain)]
    if len(under) > _MOST_BASES:
        return [problem("extends-deep", path, at, count_=_MOST_BASES)]
    return load_framework_file(str(base), under)


def _lookup_tailoring(dotted: str) -> tuple[tuple[str, ...], tuple[str, ...], str]:
    """Fields of a tailored framework, or of a part of it, which has the same as in any other."""
    return _lookup(dotted) if dotted else (tuple(Tailoring.model_fields), (), "")


def _lookup(dotted: str) -> tuple[tuple[str, ...], tuple[str, ...], str]:
    """Fields of a part of a framework, by the last name on the way to it."""
    models: dict[str, Any] = {
        "": Framework, "criteria": Criterion, "gates": Gate, "faults": Fault,
        "tests": Test, "practice_tests": Test, "all_of": Test, "any_of": Test,
    }  # fmt: skip
    last = dotted.rsplit(".", 1)[-1]
    model = Constraint if ".with." in dotted else models.get(last)
    values: tuple[str, ...] = ()
    if model is None:
        parent = Framework
        for step in dotted.split("."):
            info = parent.model_fields.get(step)
            inside = list(_within(info.annotation)) if info else []
            model = next((part for part in inside if hasattr(part, "model_fields")), None)
            parent = model or parent
            values = tuple(str(word) for part in inside if get_origin(part) is Literal for word in get_args(part))
    names = tuple(info.alias or name for name, info in model.model_fields.items()) if model else ()
    return names, values, FRAMEWORK_FIELDS.get(last, "")


def _within(annotation: Any) -> Iterator[Any]:
    """An annotation and all that it is made of."""
    yield annotation
    for part in get_args(annotation):
        yield from _within(part)


_SLIPS = {"yaml-key-twice", "yaml-hash", "yaml-anchor", "yaml-tag"}
"""Slips after which the rest of a file is read all the same."""
_TOLD = problem("framework-unreadable", "", what_="", fix_="")
"""Stands for a problem that follows from one that is told already."""
_NAMED_IN = {
    "source-unknown": ("sources", "id"),
    "test-dimension": ("dimensions", "id"),
    "test-criterion": ("criteria", "id"),
    "test-word-list": ("words", ""),
    "overall-empty": ("criteria", "dimension"),
    "tailor-nothing-left": ("criteria", "dimension"),
}
"""Problems of names that are not there: the section where they would stand, and in which field of its entries."""
_OF_WHAT_IS_INSIDE = {"rung-empty", "rung-free-text", "test-operator", "test-looks-at-nothing"}


class _Checker:
    """Walks a framework and finds every name that means nothing."""

    def __init__(
        self,
        framework: Framework,
        own: Framework | Tailoring,
        root: Mapping,
        path: str,
        broken: Set[Path],
        doubled: Set[str],
    ) -> None:
        """Prepare the walk.

        Args:
            framework: the whole framework.
            own: what the file itself holds: all of the framework, or what it adds to the one it extends.
            root: what was read.
            path: the file's name.
            broken: the places of mistakes told already; nothing is said of what follows from them alone.
            doubled: sections of which only a part was read.
        """
        self.framework, self.own, self.root, self.path = framework, own, root, path
        self.broken, self.doubled = broken, doubled
        self.kind = kind_called(framework.applies_to)

    def check(self) -> Iterator[Problem]:
        """What is wrong that does not follow from a mistake told already."""
        return (found for found in self._check() if found is not _TOLD)

    def _check(self) -> Iterator[Problem]:
        dimensions = [dimension.id for dimension in self.framework.dimensions]
        sources = [source.id for source in self.framework.sources]
        yield from self._twice()
        yield from self._roadmap()
        for number, part in enumerate(self.own.criteria):
            at: Path = ("criteria", number)
            if part.dimension not in dimensions:
                yield self._named("test-dimension", (*at, "dimension"), part.dimension, dimensions)
            unread = (*at, "levels") in self.broken
            if part.scale is not None and len(part.scale) != len(part.levels) and not unread:
                yield self._at("scale-length", (*at, "scale"), found_=len(part.scale), count_=len(part.levels))
            if part.scale is not None and not _rises(part.scale):
                yield self._at("scale-order", (*at, "scale"))
            if part.foreshadows and len(part.foreshadows) != len(part.levels) + 1 and not unread:
                found, count = len(part.foreshadows), len(part.levels) + 1
                yield self._at("foreshadows-length", (*at, "foreshadows"), found_=found, count_=count)
            yield from self._sources(part, at, sources)
            yield from self._correspondences(part, at)
            yield from self._rungs(part, at)
        for number, gate in enumerate(self.own.gates):
            at = ("gates", number)
            yield from self._sources(gate, at, sources)
            for index, test in enumerate(gate.tests):
                yield from self._test(test, (*at, "tests", index), gate=True, top=True)
            if gate.applies_when:
                yield from self._test(gate.applies_when, (*at, "applies_when"), gate=True)
        for number, fault in enumerate(self.own.faults):
            yield from self._fault(fault, ("faults", number), sources)
        for number, rule in enumerate(self.own.stars if isinstance(self.own, Framework) else ()):
            at = ("stars", number)
            yield from self._sources(rule, at, sources)
            yield from self._star(rule, at)
        for number, dimension in enumerate(self.own.dimensions):
            if dimension.claim and self.kind.find(dimension.claim) is None:
                yield self._no_field(("dimensions", number, "claim"), dimension.claim)
        overall = self.own.overall if isinstance(self.own, Framework) else None
        for index, name in enumerate(overall.dimensions if overall else ()):
            here: Path = ("overall", "dimensions", index)
            if name not in dimensions:
                yield self._named("test-dimension", here, name, dimensions)
            elif overall and name in overall.dimensions[:index]:
                yield self._at("id-twice", here, id=name, field_="dimensions")
            elif not self.framework.criteria_of(name):
                yield self._at("overall-empty", here, id=name)

    def _twice(self) -> Iterator[Problem]:
        """Ids that stand twice; criteria, gates, faults and stars share one set, since all are explained by id."""
        for sections in (("sources",), ("dimensions",), ("criteria", "gates", "faults", "stars")):
            seen = {ident.casefold() for section in sections for ident in self._inherited(section)}
            if "faults" in sections and isinstance(self.own, Framework):
                seen |= {fault.id.casefold() for fault in common_faults().lacking_in(self.framework)}
            for section in sections:
                for number, part in enumerate(getattr(self.own, section, ())):  # a tailored one adds no stars
                    if part.id.casefold() in seen:
                        yield self._at("criterion-twice", (section, number, "id"), id=part.id)
                    seen.add(part.id.casefold())

    def _inherited(self, section: str) -> list[str]:
        """The ids of a section that stand in the framework this one extends, what is dropped included."""
        if isinstance(self.own, Framework):
            return []
        own = {id(part) for part in getattr(self.own, section, ())}
        kept = [part.id for part in getattr(self.framework, section) if id(part) not in own]
        return [*kept, *(self.own.dropped if section == "criteria" else ())]

    def check_tailoring(self, tailoring: Tailoring, base: Framework) -> Iterator[Problem]:
        """What is changed and dropped is there, and nothing that stays asks for what is dropped."""
        return (found for found in self._check_tailoring(tailoring, base) if found is not _TOLD)

    def _check_tailoring(self, tailoring: Tailoring, base: Framework) -> Iterator[Problem]:
        criteria = [criterion.id for criterion in base.criteria]
        known = [*criteria, *(gate.id for gate in base.gates), *(fault.id for fault in base.faults)]
        placeholders = {word.casefold() for word in base.words.get("placeholders", ())}
        for section in ("weights", "dropped"):
            given = self.root.get(section)
            for name, said in given.items() if isinstance(given, Mapping) else ():
                if said is None or (isinstance(said, str) and said.strip(" .").casefold() in placeholders):
                    yield self._at(f"tailor-empty-{section}", (section, name), id=name)
        for name in tailoring.weights:
            if name not in criteria:
                yield self._named("tailor-unknown", ("weights", name), name, criteria)
            elif name in tailoring.dropped:
                yield self._at("tailor-both", ("weights", name), id=name)
        for name in tailoring.dropped:
            at: Path = ("dropped", name)
            if name not in known:
                yield self._named("tailor-unknown", at, name, known)
            rules: list[Gate | Fault] = [*self.framework.gates, *self.framework.faults]
            for gate in rules:
                asked = {part.level.criterion for test in _tests_of(gate) for part in test.walk() if part.level}
                if name in asked and gate not in (*tailoring.gates, *tailoring.faults):
                    yield self._at("tailor-asked", at, id=name, gate_=gate.id)
        for dimension in base.overall.dimensions if base.overall else ():
            if not self.framework.criteria_of(dimension):
                yield self._at("tailor-nothing-left", ("dropped",), id=dimension)

    def _at(self, code: str, at: Path, **details: object) -> Problem:
        """A problem at its place; none of its own if what stands there, or what it rests on, is told to be wrong."""
        inside = code in _OF_WHAT_IS_INSIDE and any(part[: len(at)] == at for part in self.broken)
        if inside or any(at[: len(part)] == part for part in self.broken):
            return _TOLD
        if code in _NAMED_IN and self._is_unread(*_NAMED_IN[code], details.get("id", details.get("name"))):
            return _TOLD
        return problem(code, self.path, locate(self.root, at), **details)

    def _named(self, code: str, at: Path, name: str, known: list[str]) -> Problem:
        return self._at(code, at, id=name, fix_=shapes.suggest(name, known))

    def _fault(self, fault: Fault, at: Path, sources: list[str]) -> Iterator[Problem]:
        yield from self._sources(fault, at, sources)
        if (fault.finds is None) == (fault.notices is None):
            yield self._at("fault-finds", at, values_=", ".join(NOTICES))
        for name in ("finds", "applies_when"):
            test: Test | None = getattr(fault, name)
            if test:
                yield from self._test(test, (*at, name), gate=True)
        if fault.at and fault.at not in self.kind.top:
            fix = shapes.suggest(fault.at, self.kind.top, "known-fields")
            yield self._at("fault-at", (*at, "at"), field=fault.at, fix_=fix)

    def _is_unread(self, section: str, field: str, name: object) -> bool:
        """Whether what a name stands for may be among what could not be read."""
        if section in self.doubled:
            return True
        for part in self.broken:
            if part in {(section,), (section, name)}:
                return True
            if part[:1] == (section,) and (len(part) == 2 or part[2:] == (field,)) and isinstance(part[1], int):
                entry = self._raw(part[:2])
                if not isinstance(entry, Mapping) or not isinstance(entry.get(field), str):
                    return True
        return False

    def _raw(self, at: Path) -> Any:
        """What was read at a place."""
        here: Any = self.root
        for step in at:
            here = here.get(step) if isinstance(here, dict) and isinstance(step, str) else here[step] if here else None
        return here

    def _sources(self, part: Criterion | Gate | Fault | StarRule, at: Path, sources: list[str]) -> Iterator[Problem]:
        for index, derivation in enumerate(part.derived_from):
            if derivation.source not in sources:
                yield self._named("source-unknown", (*at, "derived_from", index, "source"), derivation.source, sources)

    def _correspondences(self, criterion: Criterion, at: Path) -> Iterator[Problem]:
        for index, other in enumerate(criterion.corresponds_to):
            here: Path = (*at, "corresponds_to", index, "criterion")
            owner, ident = split_criterion(other.criterion)
            known = [name for name in bundled_names() if name != self.framework.id]
            if owner not in known:
                yield self._named("corresponds-framework", here, owner, known)
            elif (framework := load_bundled(owner).framework).criterion(ident) is None:
                known = [f"{owner}:{part.id}" for part in framework.criteria]
                yield self._named("corresponds-criterion", here, other.criterion, known)

    def _star(self, rule: StarRule, at: Path) -> Iterator[Problem]:
        yes_no = [code for code, values in IRM_CODES.items() if not values]
        if rule.code not in yes_no:
            yield self._named("star-code", (*at, "code"), rule.code, yes_no)
        for number, need in enumerate(rule.needs):
            for index, code in enumerate(need.codes):
                here: Path = (*at, "needs", number, "codes", index)
                if code not in IRM_CODES:
                    yield self._named("star-code", here, code, list(IRM_CODES))
                    continue
                values: tuple[bool | str, ...] = IRM_CODES[code] or (True, False)
                for place, value in enumerate(need.any):
                    if value not in values:
                        shown = [str(part).lower() for part in values]
                        fix = shapes.suggest(str(value), shown)
                        there: Path = (*at, "needs", number, "any", place)
                        yield self._at("star-value", there, value=str(value), field_=code, fix_=fix)

    def _roadmap(self) -> Iterator[Problem]:
        known = [criterion.id for criterion in self.framework.criteria]
        for number, step in enumerate(self.own.roadmap):
            for index, name in enumerate(step.criteria):
                if name not in known:
                    yield self._named("test-criterion", ("roadmap", number, "criteria", index), name, known)

    def _rungs(self, criterion: Criterion, at: Path) -> Iterator[Problem]:
        for rung, level in enumerate(criterion.levels, start=1):
            here = (*at, "levels", rung - 1)
            if not level.tests and not level.judged:
                yield self._at("rung-empty", here)
            for name, tests in (("tests", level.tests), ("practice_tests", level.practice_tests or ())):
                for index, test in enumerate(tests):
                    yield from self._test(test, (*here, name, index), gate=False, top=True)
                if rung > 1 and tests and not any(self._rests_on_fact(test) for test in tests):
                    yield self._at("rung-free-text", (*here, name))

    def _test(self, test: Test, at: Path, *, gate: bool, top: bool = False) -> Iterator[Problem]:
        if top:
            for field in ("says", "fix"):
                if getattr(test, field) is None:
                    yield self._at("test-words-missing", (*at, field), field_=field)
        if not test.operators:
            yield self._at("test-looks-at-nothing", at, fix_=FIXES["look-at-level" if gate else "look-at-list"])
            return
        if len(test.operators) != 1:
            found = EXPLAIN["and"].join(test.operators)
            yield self._at("test-operator", at, operators_=", ".join(OPERATORS), found_=found)
            return
        operator = test.operator
        yield from self._not_asked_here(test, at)
        if operator in GATE_OPERATORS:
            yield from self._gate_test(test, at, gate=gate)
        elif operator in LIST_OPERATORS:
            yield from self._list_test(test, at)
        elif operator in {"present", "absent"}:
            path = test.present or test.absent or ""
            asked = self.kind.find(path)
            if asked is None:
                yield self._no_field((*at, operator), path)
            elif asked.kind == "codes":
                yield self._at("test-codes", (*at, operator), field_=path)
        for index, part in enumerate(test.parts):
            yield from self._test(part, (*at, operator) if operator == "not" else (*at, operator, index), gate=gate)
        if test.unless:
            yield from self._test(test.unless, (*at, "unless"), gate=gate)

    def _gate_test(self, test: Test, at: Path, *, gate: bool) -> Iterator[Problem]:
        if not gate:
            yield self._at("test-place", at, operator_=test.operator)
        known = [criterion.id for criterion in self.framework.criteria]
        named = test.level.criterion if test.level else ""
        asked = self.framework.criterion(named) if named in known else None
        if test.level and asked is None:
            yield self._named("test-criterion", (*at, "level", "criterion"), test.level.criterion, known)
        elif test.level and asked and test.level.min > len(asked.levels):
            yield self._at("gate-level", (*at, "level", "min"), id=asked.id, count_=len(asked.levels))
        known = [dimension.id for dimension in self.framework.dimensions]
        if test.dimension and test.dimension.id not in known:
            yield self._named("test-dimension", (*at, "dimension", "id"), test.dimension.id, known)

    def _list_test(self, test: Test, at: Path) -> Iterator[Problem]:
        section = test.section or ""
        if section not in self.kind.lists:
            known = _LISTS_TO_NAME if self.kind is REFORM else self.kind.lists
            fix = shapes.suggest(section, known)
            yield self._at("test-list", (*at, test.operator), field=section, kind_=self.kind.name, fix_=fix)
            yield from self._word_lists(test.with_, (*at, "with"))
            return
        yield from self._conditions(test.with_, (*at, "with"), section)
        if test.operator == "count":
            if test.of is None:
                yield self._at("test-of", at)
            elif self.kind.find(test.of, section) is None:
                yield self._no_field((*at, "of"), test.of, section)
            if test.min is None:
                yield self._at("test-min", at, operator_="count")

    def _not_asked_here(self, test: Test, at: Path) -> Iterator[Problem]:
        """What a test says that its operator does not read."""
        for name, owner in (("share", "most"), ("of", "count"), ("min", "count")):
            if getattr(test, name) is not None and test.operator != owner:
                yield self._at("test-share", (*at, name), field_=name, operator_=owner)
        if "with_" in test.model_fields_set and test.operator not in LIST_OPERATORS:
            yield self._at("test-with", (*at, "with"), operators_=", ".join(LIST_OPERATORS))

    def _no_field(self, at: Path, path: str, section: str = "") -> Problem:
        """`path` is no field of a section; of the document, if there is no section."""
        field = self.kind.find(section) if section else None
        names = fields_of(field.model, field.path) if field and field.model else self.kind.top
        fix = shapes.suggest(path.split(".", maxsplit=1)[0], names, "known-fields")
        return self._at("test-field", at, field=path, where_=section or WHAT["document"], fix_=fix)

    def _conditions(self, conditions: Conditions, at: Path, section: str) -> Iterator[Problem]:
        for name in self._left_empty(at):
            yield self._at("constraint-empty", (*at, name), field_=name)
        for name, constraint in conditions.fields.items():
            field = self.kind.find(name, section)
            if field is None:
                yield self._no_field((*at, name), name, section)
                yield from self._word_lists_of(constraint, (*at, name))
            else:
                yield from self._constraint(constraint, field, (*at, name), section)
        for key, parts in (("all_of", conditions.all_of), ("any_of", conditions.any_of)):
            for index, part in enumerate(parts):
                yield from self._conditions(part, (*at, key, index), section)
        if conditions.not_:
            yield from self._conditions(conditions.not_, (*at, "not"), section)

    def _left_empty(self, at: Path) -> list[str]:
        """Fields that stand under `with` with nothing behind them: nothing would be asked of them."""
        given = self._raw(at)
        return [name for name, asked in given.items() if asked in (None, {})] if isinstance(given, Mapping) else []

    def _constraint(self, constraint: Constraint, field: ReformField, at: Path, section: str) -> Iterator[Problem]:
        yield from self._word_lists_of(constraint, at)
        for name in ("any", "all"):
            for value in self._listed(getattr(constraint, name) or ()):
                yield from self._value(value, field, (*at, name))
        if constraint.equals is not None:
            yield from self._value(constraint.equals, field, at)
        wrong = (
            ("min", constraint.min is not None and field.kind != "number" and not field.many),
            ("max", constraint.max is not None and field.kind != "number" and not field.many),
            ("before", constraint.before is not None and field.kind != "date"),
            ("after", constraint.after is not None and field.kind != "date"),
            ("words", constraint.words is not None and field.kind not in {"text", "name"}),
        )
        for name, is_wrong in wrong:
            if is_wrong:
                yield self._at(
                    "test-constraint",
                    (*at, name),
                    constraint_=name,
                    field_=field.path,
                    kind_=FIELD_KINDS[field.kind],
                    fix_=FIXES["known-constraints"],
                )
        for name in ("before", "after"):
            yield from self._date_path(getattr(constraint, name), (*at, name), section)
        for name in ("same_as", "not_same_as"):
            for path in getattr(constraint, name) or ():
                if self.kind.find(path, section) is None and self.kind.find(path) is None:
                    yield self._no_field((*at, name), path, section)

    def _date_path(self, value: str | None, at: Path, section: str) -> Iterator[Problem]:
        if value is None or value == AS_OF or value[:4].isdigit():
            if value is not None and value != AS_OF and not _is_date(value):
                yield self._at("bad-date", at, value=value)
            return
        target = self.kind.find(value, section) or self.kind.find(value)
        if target is None or target.kind != "date":
            yield self._no_field(at, value, section)

    def _word_lists(self, conditions: Conditions, at: Path) -> Iterator[Problem]:
        """Word lists that are not there, where nothing else can be said of what is asked."""
        for name, constraint in conditions.fields.items():
            yield from self._word_lists_of(constraint, (*at, name))
        for key, parts in (("all_of", conditions.all_of), ("any_of", conditions.any_of)):
            for index, part in enumerate(parts):
                yield from self._word_lists(part, (*at, key, index))
        if conditions.not_:
            yield from self._word_lists(conditions.not_, (*at, "not"))

    def _word_lists_of(self, constraint: Constraint, at: Path) -> Iterator[Problem]:
        for name in ("any", "all", "words"):
            listed = _word_list(getattr(constraint, name) or ())
            if listed and listed not in self.framework.words:
                fix = shapes.suggest(listed, self.framework.words)
                yield self._at("test-word-list", (*at, name), name=listed, fix_=fix)

    def _listed(self, values: tuple[Scalar, ...]) -> tuple[Scalar, ...]:
        """Values, or those of the word list they name."""
        listed = _word_list(values)
        return self.framework.words.get(listed, ()) if listed else values

    def _value(self, value: object, field: ReformField, at: Path) -> Iterator[Problem]:
        if field.values and str(value) not in field.values:
            fix = shapes.suggest(str(value), field.values)
            yield self._at("test-value", at, value=str(value), field_=field.path, fix_=fix)
        elif field.kind == "yes-no" and not isinstance(value, bool):
            yield self._at(
                "test-value",
                at,
                value=str(value),
                field_=field.path,
                fix_=FIXES["one-of"].format(values_="true, false"),
            )
        elif field.kind == "number" and (isinstance(value, bool) or not isinstance(value, int | float)):
            yield self._at("test-value", at, value=str(value), field_=field.path, fix_=FIXES["a-number"])
        elif field.kind == "date":
            yield self._at("test-value", at, value=str(value), field_=field.path, fix_=FIXES["a-date"])

    def _rests_on_fact(self, test: Test) -> bool:
        if not test.operators:
            return True  # what it looks at is asked for elsewhere
        if test.operator in {"present", "absent"}:
            field = self.kind.find(test.present or test.absent or "")
            return field is not None and field.kind not in {"text", "group"}
        if test.operator in LIST_OPERATORS:
            return test.operator == "count" or self._conditions_rest_on_fact(test.with_, test.section or "")
        return any(self._rests_on_fact(part) for part in test.parts)

    def _conditions_rest_on_fact(self, conditions: Conditions, section: str) -> bool:
        kinds = [field.kind for name in conditions.fields if (field := self.kind.find(name, section))]
        return any(kind != "text" for kind in kinds) or any(
            self._conditions_rest_on_fact(part, section) for part in conditions.parts
        )


def _word_list(values: tuple[Scalar, ...]) -> str:
    """The name of the word list that stands for values, written `$name`; empty if they stand for themselves."""
    first = values[0] if len(values) == 1 else ""
    return first[1:] if isinstance(first, str) and first.startswith("$") else ""


def _doubled(slips: list[Problem], text: str) -> set[str]:
    """The sections of which only the first half was read, as they stand twice in the file."""
    lines = text.split("\n")
    twice = [found for found in slips if found.code == "yaml-key-twice" and found.column == 1]
    return {lines[found.line - 1].partition(":")[0].strip() for found in twice}


def _tests_of(rule: Gate | Fault) -> Iterator[Test]:
    tests = rule.tests if isinstance(rule, Gate) else (rule.finds,)
    yield from (test for test in (*tests, rule.applies_when) if test)


def _numbers(version: str) -> tuple[int, ...]:
    return tuple(int(part) for part in version.split("."))


def _rises(scale: tuple[float, ...]) -> bool:
    return all(0 < score <= 100 for score in scale) and all(a < b for a, b in pairwise(scale))


def _is_date(value: str) -> bool:
    try:
        PartialDate.read(value)
    except ValueError:
        return False
    return True
