"""Many documents at once: every one assessed, every problem kept, nothing stopped by one bad file."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field, replace
from itertools import chain, islice
from typing import Any, NamedTuple

from openreform.assessment import Assessment, Place, Precedents, Tailored
from openreform.framework import FRAMEWORK_OF_THE_STARS, StarRule, split_criterion
from openreform.kinds import kind_called
from openreform.loading import shapes
from openreform.loading.crosswalk import crosswalk
from openreform.loading.files import Found, find, read_text
from openreform.loading.frameworks import (
    LoadedFramework,
    bundled_names,
    load_bundled,
    load_version,
    versions_of,
)
from openreform.loading.reforms import Document, Skipped, load_document, parse_document
from openreform.messages.problems import FIXES
from openreform.problems import Position, Problem, problem
from openreform.reform import PartialDate
from openreform.scoring.assess import Beside, Origin, assess, contradictions

NOTHING_FOUND = {"reform": "nothing-found", "plan": "no-plan-found"}
"""What to say where no document of a kind was found."""

CasesUnder = Callable[[LoadedFramework], Precedents | None]
"""The cases to cite under a framework: a document may ask for another version than the one named for the run."""


def no_cases(_: LoadedFramework) -> None:
    """Cites nothing."""


@dataclass(slots=True)
class Run:
    """What came of a run, apart from the assessments, which are handed on one by one and not kept.

    kind: what is assessed, "reform" or "plan". skip_others: whether a file that was named, and is no document of that kind,
    is skipped like one found in a folder; for programs that hand on every file of a kind, as git hooks do.
    seen: how many files were dealt with, whatever came of them.
    """

    kind: str = "reform"
    skip_others: bool = False
    assessed: int = 0
    problems: list[Problem] = field(default_factory=list)
    skipped: list[Skipped] = field(default_factory=list)
    ids: dict[str, str] = field(default_factory=dict)
    seen: int = 0

    def told_nothing(self, path: str) -> None:
        """Note, once all is through, that a path led to nothing, where it did."""
        if not self.assessed and not self.problems and not (self.skip_others and self.skipped):
            self.problems.append(problem(NOTHING_FOUND[self.kind], path))


def run(
    paths: list[str],
    framework: LoadedFramework,
    as_of: PartialDate | None,
    result: Run,
    cases_under: CasesUnder = no_cases,
    wanted: Callable[[Found], bool] | None = None,
) -> Iterator[Assessment]:
    """Assess every document the paths stand for, in their order, one at a time.

    Args:
        paths: files, folders, `-`.
        framework: the yardstick.
        as_of: the day tests that depend on time are read at.
        result: is filled with problems and skipped files on the way.
        cases_under: the cases to cite for what to write next, under the framework that a document is assessed with.
        wanted: which of the files to read; all if left out. That none is wanted is no problem.

    Yields:
        Each assessment as soon as it is made; memory does not grow with their number.
    """
    kind = kind_called(framework.framework.applies_to)
    result.kind = kind.name
    libraries: dict[str, Precedents | None] = {}
    for found in find(paths):
        result.seen += 1
        if isinstance(found, Problem):
            result.problems.append(found)
            continue
        if wanted is not None and not wanted(found):
            continue
        if result.skip_others and found.location is not None:
            found = found._replace(named=False)  # noqa: PLW2901
        loaded = load_document(found, kind)
        if isinstance(loaded, Skipped):
            result.skipped.append(loaded)
        elif isinstance(loaded, Document):
            used = _pinned(loaded, framework)
            problems = shapes.first_of(_all_problems(loaded, framework, used, result.ids), loaded.path)
            if used is None or problems:
                result.problems.extend(problems)
                continue
            result.ids[loaded.reform.id] = loaded.path
            result.assessed += 1
            if used.digest not in libraries:
                libraries[used.digest] = cases_under(used)
            yield assess_document(loaded, used, as_of, libraries[used.digest])
        else:
            result.problems.extend(loaded)
    if wanted is None:
        result.told_nothing(paths[0])


class Looked(NamedTuple):
    """A document by itself, before it is known whether another of the run has its id: for those who look elsewhere.

    document: what was read; `used`: the version of the framework it asks for, None if it cannot be had. pins, others: what is
    wrong with the versions it asks for, and with the rest, no more of it than is counted.
    """

    document: Document[Any]
    used: LoadedFramework | None
    pins: tuple[Problem, ...]
    others: tuple[Problem, ...]


def looked_at(document: Document[Any], framework: LoadedFramework) -> Looked:
    """Everything that document and framework show, the other documents of a run left out."""
    used = _pinned(document, framework)
    others = () if used is None else tuple(islice(_against(document, used, {}), shapes.MOST_TOLD))
    return Looked(document, used, tuple(_pins(document, framework)), others)


def settled(
    path: str, ident: str, id_at: Position, wrong: tuple[tuple[Problem, ...], tuple[Problem, ...]], result: Run
) -> list[Problem]:
    """What is wrong with a document that was looked at elsewhere, now that the ids before it are known; none: it is noted.

    `wrong`: as `Looked` has it, `pins` and `others`.
    """
    found = chain(wrong[0], _twice(path, ident, id_at, result.ids), wrong[1])
    problems = shapes.first_of(found, path)
    if not problems:
        result.ids[ident] = path
        result.assessed += 1
    return problems


def document_at(
    path: str, framework: LoadedFramework, *, filled: bool = False
) -> tuple[Document[Any], LoadedFramework, str] | list[Problem]:
    """One document that a person named, the version of the framework it asks for, and its text; or everything wrong with it.

    `filled`: whether to read what is still to be filled in as if it was.
    """
    found = next(find([path]))
    if isinstance(found, Problem):
        return [found]
    text = read_text(found)
    if isinstance(text, Problem):
        return [text]
    made = document_in(*text, found.shown, framework, filled=filled)
    if isinstance(made, Skipped):
        return [problem(NOTHING_FOUND[framework.framework.applies_to], path)]
    return made if isinstance(made, list) else (*made, text[0])


def document_in(
    text: str,
    raw: bytes,
    shown: str,
    framework: LoadedFramework,
    *,
    named: bool = True,
    filled: bool = False,
    ids: dict[str, str] | None = None,
) -> tuple[Document[Any], LoadedFramework] | Skipped | list[Problem]:
    """One document from its text, and the version of the framework it asks for; or everything wrong with it.

    Args:
        text: the document.
        raw: the bytes its digest is taken of.
        shown: its name, for problems and reports.
        framework: the yardstick, in the version for documents that ask for none.
        named: whether a person named this very document; otherwise one of another kind is skipped.
        filled: whether to read what is still to be filled in as if it was.
        ids: the ids that are taken, with the path of each.
    """
    loaded = parse_document(
        text, shown, kind_called(framework.framework.applies_to), named=named, raw=raw, filled=filled
    )
    if not isinstance(loaded, Document):
        return loaded
    used = _pinned(loaded, framework)
    problems = shapes.first_of(_all_problems(loaded, framework, used, ids or {}), loaded.path)
    return problems if used is None or problems else (loaded, used)


def run_all(
    paths: list[str],
    framework: LoadedFramework,
    as_of: PartialDate | None = None,
    cases_under: CasesUnder = no_cases,
) -> tuple[list[Assessment], Run]:
    """Everything at once, for those who need all assessments together."""
    result = Run()
    return list(run(paths, framework, as_of, result, cases_under)), result


def assess_document(
    document: Document[Any],
    framework: LoadedFramework,
    as_of: PartialDate | None = None,
    precedents: Precedents | None = None,
) -> Assessment:
    """One document under one framework; under a tailored one also under the framework it is made from."""
    origin = Origin(document.path, document.digest, framework.digest)

    def star_rules() -> tuple[StarRule, ...]:
        """Those of the framework in use, else those that come with the tool, which are read only now."""
        return framework.framework.stars or load_bundled(FRAMEWORK_OF_THE_STARS).framework.stars

    to_fill = tuple(Place(part.written, part.written, *part.at) for part in document.to_fill)
    beside = Beside(precedents, star_rules, crosswalk(framework.framework), to_fill)
    assessment = assess(document.reform, framework.framework, document.locate, origin, as_of, beside)
    if framework.base is None or framework.tailoring is None:
        return assessment
    tailoring, base = framework.tailoring, framework.base.framework
    criteria = {part.id: part for part in base.criteria}
    titles = {part.id: part.title for part in base.gates} | {name: part.title for name, part in criteria.items()}
    tailored = Tailored(
        base.id,
        base.version,
        tuple((name, titles[name], criteria[name].weight, weight) for name, weight in tailoring.weights.items()),
        tuple((name, titles[name], reason) for name, reason in tailoring.dropped.items()),
        (
            *((part.id, part.title) for part in tailoring.criteria),
            *((part.id, part.title) for part in tailoring.gates),
        ),
        assess_document(document, framework.base, as_of),
    )
    return replace(assessment, tailored=tailored)


def assess_under(document: Document[Any], used: LoadedFramework, as_of: PartialDate | None) -> Assessment | None:
    """One document by itself under this very version of a framework; None if it is not sound under it."""
    if next(_against(document, used, {}), None) is not None:
        return None
    return assess_document(document, used, as_of)


def _pinned(document: Document[Any], framework: LoadedFramework) -> LoadedFramework | None:
    """The framework in the version the document was written for; None if it cannot be had, which is a problem."""
    used = framework.framework
    version = document.reform.frameworks.get(used.id, used.version)
    if version == used.version:
        return framework
    is_bundled = used.id in bundled_names() and framework.digest == load_bundled(used.id).digest
    return load_version(used.id, version) if is_bundled else None


def _all_problems(
    document: Document[Any], framework: LoadedFramework, used: LoadedFramework | None, ids: dict[str, str]
) -> Iterator[Problem]:
    """What is wrong with the versions the document asks for, and, under the one it is to be assessed with, with the rest."""
    yield from _pins(document, framework)
    if used is not None:
        yield from _against(document, used, ids)


def _against(document: Document[Any], framework: LoadedFramework, ids: dict[str, str]) -> Iterator[Problem]:
    """Problems that only the document and the framework, or the other documents of the run, show."""
    reform = document.reform
    if reform.id in ids:
        yield from _twice(document.path, reform.id, document.locate(("id",)), ids)
    for name in reform.exceptions:
        known = _ids_like(name, framework, faults=True)
        if known is not None:
            place = document.locate(("exceptions", name))
            yield problem("fault-unknown", document.path, place, id=name, fix_=shapes.suggest(name, known))
    places: list[tuple[str, tuple[str | int, ...]]] = [
        (name, ("not_applicable", name)) for name in reform.not_applicable
    ]
    places += [(name, ("judgements", name)) for name in reform.judgements]
    for index, entry in enumerate(reform.none_found):
        places += [(name, ("none_found", index, "criteria", number)) for number, name in enumerate(entry.criteria)]
    for name, at in places:
        known = _ids_like(name, framework)
        if known is not None:
            fix = shapes.suggest(name, known)
            yield problem("criterion-unknown", document.path, document.locate(at), id=name, fix_=fix)
    for found in contradictions(reform, framework.framework, document.locate):
        yield problem(found.code, document.path, document.locate(found.at), **dict(found.details))


def _twice(path: str, ident: str, at: Position, ids: dict[str, str]) -> Iterator[Problem]:
    if ident in ids:
        yield problem("id-twice-in-run", path, at, id=ident, other=ids[ident])


def _pins(document: Document[Any], framework: LoadedFramework) -> Iterator[Problem]:
    """Versions the document asks for that cannot be had."""
    used = framework.framework
    own = used.id in bundled_names() and framework.digest != load_bundled(used.id).digest
    for name, version in document.reform.frameworks.items():
        at = document.locate(("frameworks", name))
        if name == used.id and (own or name not in bundled_names()):
            if version != used.version:
                yield problem("pin-other", document.path, at, id=name, value=version, version_=used.version)
        elif name not in bundled_names():
            yield problem("pin-unknown", document.path, at, id=name, fix_=shapes.suggest(name, bundled_names()))
        elif load_version(name, version) is None:
            fix = FIXES["one-of"].format(values_=", ".join(versions_of(name)))
            yield problem("pin-version", document.path, at, id=name, value=version, fix_=fix)


def _ids_like(name: str, framework: LoadedFramework, *, faults: bool = False) -> list[str] | None:
    """None if some framework has this criterion, or fault; else the ids it might be. Bare ids are the default framework's."""
    owner, ident = split_criterion(name, framework.framework.applies_to)
    family: LoadedFramework | None = framework
    while family and family.framework.id != owner:
        family = family.base
    if family:
        used = family.framework
    elif owner in bundled_names():
        used = load_bundled(owner).framework
    else:
        return [f"{other}:…" for other in bundled_names()]
    if (used.fault(ident) if faults else used.criterion(ident)) is not None:
        return None
    ids = [fault.id for fault in used.faults] if faults else [criterion.id for criterion in used.criteria]
    return [name.removesuffix(ident) + known for known in ids]
