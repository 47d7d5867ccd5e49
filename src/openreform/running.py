"""Many documents at once: every one assessed, every problem kept, nothing stopped by one bad file."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field

from openreform.assessment import Assessment
from openreform.loading import shapes
from openreform.loading.files import Found, find
from openreform.loading.frameworks import DEFAULT_FRAMEWORK, LoadedFramework, bundled_names, load_bundled
from openreform.loading.reforms import Document, Skipped, load_reform
from openreform.problems import Problem, problem
from openreform.reform import PartialDate
from openreform.scoring.assess import Origin, assess, contradictions


@dataclass(slots=True)
class Run:
    """What came of a run."""

    assessments: list[Assessment] = field(default_factory=list)
    problems: list[Problem] = field(default_factory=list)
    skipped: list[Skipped] = field(default_factory=list)


def run(
    paths: list[str],
    framework: LoadedFramework,
    as_of: PartialDate | None,
    tell: Callable[[str], None] = lambda _: None,
) -> Run:
    """Assess every document the paths stand for, in their order.

    Args:
        paths: files, folders, `-`.
        framework: the yardstick.
        as_of: the day tests that depend on time are read at.
        tell: is told each path as it is begun.
    """
    result = Run()
    ids: dict[str, str] = {}
    for found in _all(paths, result):
        tell(found.shown)
        loaded = load_reform(found)
        if isinstance(loaded, Skipped):
            result.skipped.append(loaded)
        elif isinstance(loaded, Document):
            _assess(loaded, framework, as_of, ids, result)
        else:
            result.problems.extend(loaded)
    if not result.assessments and not result.problems:
        result.problems.append(problem("nothing-found", paths[0]))
    return result


def _all(paths: list[str], result: Run) -> Iterator[Found]:
    for found in find(paths):
        if isinstance(found, Problem):
            result.problems.append(found)
        else:
            yield found


def _assess(
    document: Document, framework: LoadedFramework, as_of: PartialDate | None, ids: dict[str, str], result: Run
) -> None:
    reform = document.reform
    problems = sorted(_against(document, framework))
    if reform.id in ids:
        place = document.locate(("id",))
        problems.append(problem("id-twice-in-run", document.path, place, id=reform.id, other=ids[reform.id]))
    if problems:
        result.problems.extend(problems)
        return
    ids[reform.id] = document.path
    origin = Origin(document.path, document.digest, framework.digest)
    result.assessments.append(assess(reform, framework.framework, document.locate, origin, as_of))


def _against(document: Document, framework: LoadedFramework) -> Iterator[Problem]:
    """Problems that only document and framework together show."""
    reform = document.reform
    named = [(name, ("not_applicable", name)) for name in reform.not_applicable]
    named += [(name, ("judgements", name)) for name in reform.judgements]
    places: list[tuple[str, tuple[str | int, ...]]] = [*named]
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
    prefix, colon, ident = name.rpartition(":")
    owner = prefix if colon else DEFAULT_FRAMEWORK
    if owner == framework.framework.id:
        used = framework.framework
    elif owner in bundled_names():
        used = load_bundled(owner).framework
    else:
        return [f"{other}:…" for other in bundled_names()]
    if used.criterion(ident) is not None:
        return None
    return [f"{prefix}{colon}{criterion.id}" for criterion in used.criteria]
