"""Many documents at once: every one assessed, every problem kept, nothing stopped by one bad file."""

from collections.abc import Iterator
from dataclasses import dataclass, field

from openreform.assessment import Assessment
from openreform.framework import split_criterion
from openreform.loading import shapes
from openreform.loading.crosswalk import crosswalk
from openreform.loading.files import find
from openreform.loading.frameworks import LoadedFramework, bundled_names, load_bundled
from openreform.loading.reforms import Document, Skipped, load_reform
from openreform.problems import Problem, problem
from openreform.reform import PartialDate
from openreform.scoring.assess import Origin, assess, contradictions


@dataclass(slots=True)
class Run:
    """What came of a run, apart from the assessments, which are handed on one by one and not kept."""

    assessed: int = 0
    problems: list[Problem] = field(default_factory=list)
    skipped: list[Skipped] = field(default_factory=list)
    ids: dict[str, str] = field(default_factory=dict)


def run(paths: list[str], framework: LoadedFramework, as_of: PartialDate | None, result: Run) -> Iterator[Assessment]:
    """Assess every document the paths stand for, in their order, one at a time.

    Args:
        paths: files, folders, `-`.
        framework: the yardstick.
        as_of: the day tests that depend on time are read at.
        result: is filled with problems and skipped files on the way.

    Yields:
        Each assessment as soon as it is made; memory does not grow with their number.
    """
    for found in find(paths):
        if isinstance(found, Problem):
            result.problems.append(found)
            continue
        loaded = load_reform(found)
        if isinstance(loaded, Skipped):
            result.skipped.append(loaded)
        elif isinstance(loaded, Document):
            problems = shapes.first_of(_against(loaded, framework, result.ids), loaded.path)
            if problems:
                result.problems.extend(problems)
                continue
            result.ids[loaded.reform.id] = loaded.path
            result.assessed += 1
            yield _assess(loaded, framework, as_of)
        else:
            result.problems.extend(loaded)
    if not result.assessed and not result.problems:
        result.problems.append(problem("nothing-found", paths[0]))


def run_all(
    paths: list[str], framework: LoadedFramework, as_of: PartialDate | None = None
) -> tuple[list[Assessment], Run]:
    """Everything at once, for those who need all assessments together."""
    result = Run()
    return list(run(paths, framework, as_of, result)), result


def _assess(document: Document, framework: LoadedFramework, as_of: PartialDate | None) -> Assessment:
    origin = Origin(document.path, document.digest, framework.digest)
    return assess(document.reform, framework.framework, document.locate, origin, as_of, crosswalk(framework.framework))


def _against(document: Document, framework: LoadedFramework, ids: dict[str, str]) -> Iterator[Problem]:
    """Problems that only the document and the framework, or the other documents of the run, show."""
    reform = document.reform
    if reform.id in ids:
        place = document.locate(("id",))
        yield problem("id-twice-in-run", document.path, place, id=reform.id, other=ids[reform.id])
    places: list[tuple[str, tuple[str | int, ...]]] = [
        (name, ("not_applicable", name)) for name in reform.not_applicable
    ]
    places += [(name, ("judgements", name)) for name in reform.judgements]
    for index, entry in enumerate(reform.none_found):
        places += [(name, ("none_found", index, "criteria", number)) for number, name in enumerate(entry.criteria)]
    for name, at in places:
        known = _criteria_called(name, framework)
        if known is not None:
            fix = shapes.suggest(name, known)
            yield problem("criterion-unknown", document.path, document.locate(at), id=name, fix_=fix)
    for found in contradictions(reform, framework.framework, document.locate):
        yield problem(found.code, document.path, document.locate(found.at), **dict(found.details))


def _criteria_called(name: str, framework: LoadedFramework) -> list[str] | None:
    """None if some framework has this criterion; else the ids it might be. Bare ids are the default framework's."""
    owner, ident = split_criterion(name)
    if owner == framework.framework.id:
        used = framework.framework
    elif owner in bundled_names():
        used = load_bundled(owner).framework
    else:
        return [f"{other}:…" for other in bundled_names()]
    if used.criterion(ident) is not None:
        return None
    return [name.removesuffix(ident) + criterion.id for criterion in used.criteria]
