"""openreform for other programs: what `import openreform` offers. Each name is loaded when it is first used.

Everything here takes and returns values that do not change, prints nothing, exits nowhere and writes no file. Whatever goes
wrong is raised as an `OpenReformError`.
"""

import os
import time
from collections.abc import Iterable, Iterator, Mapping
from concurrent.futures import Executor
from itertools import groupby
from os import PathLike, fspath
from pathlib import Path
from typing import Any, Literal

from openreform.action_plan import PLAN
from openreform.assessment import Assessment
from openreform.checking import threshold
from openreform.errors import DocumentError, FrameworkError, UsageError, told
from openreform.framework import DEFAULT_FRAMEWORKS
from openreform.library import Library
from openreform.loading import frameworks, shapes
from openreform.loading.files import STDIN, Found, read_text, text_of
from openreform.loading.frameworks import LoadedFramework
from openreform.loading.reforms import Document, Skipped, parse_document
from openreform.many import AT_ONCE, Shared, itself, ranged, run_many
from openreform.messages.many import ERROR
from openreform.plaintext import quoted
from openreform.planning import routing
from openreform.problems import Problem, problem
from openreform.reform import REFORM, PartialDate, Reform
from openreform.route import Route
from openreform.running import Run, assess_document, looked_at, run

Format = Literal["text", "json", "jsonl", "csv", "markdown", "html"]
"""What `render` can make."""
FORMATS: tuple[Format, ...] = ("text", "json", "jsonl", "csv", "markdown", "html")
_OF_ROUTES = ("text", "json", "markdown")
SECONDS = 2.0
"""How long `plan` searches at most, if nothing is said."""

AnyFramework = LoadedFramework | str | PathLike[str] | None
"""A framework that was loaded, its name or path; None is the one that is used if nothing is said, for a document of that kind."""
AnyReform = Document[Any] | str | PathLike[str]
"""A document that was loaded, or its path."""


def load_framework(name: str | PathLike[str] = "involve-ogp") -> LoadedFramework:
    """Load a framework and check it.

    Args:
        name: that of a framework which comes with openreform (`involve-ogp`), also in a version (`involve-ogp@0.3.0`), or
            the path of a YAML file.

    Returns:
        The framework, ready to assess with. `.framework` holds what it says, `.digest` tells it from any other.

    Raises:
        FrameworkError: there is none of that name, or it is not sound; then `problems` says where and why.
    """
    loaded = frameworks.load_framework(fspath(name))
    if loaded is None:
        known = ", ".join(frameworks.bundled_names())
        raise FrameworkError(ERROR["no-framework"].format(name=quoted(fspath(name)), known=known))
    if isinstance(loaded, list):
        raise FrameworkError(told(tuple(loaded)), tuple(loaded))
    return loaded


def load_reform(path: str | PathLike[str], text: str | None = None) -> Document[Any]:
    """Read a document on a reform, or on a whole action plan, and check it.

    Args:
        path: its file; `-` is standard input.
        text: what the document says, where it is not in a file: `path` is then only its name in reports and errors.

    Returns:
        The document. `.reform` holds what it says, `.locate` tells the line of a part of it.

    Raises:
        DocumentError: it cannot be read or is not valid; `problems` says where and why, all of it.
    """
    shown = fspath(path)
    read: tuple[str, bytes | None] | Problem
    if text is None:
        read = read_text(Found(None if shown == STDIN else Path(shown), shown.replace(os.sep, "/"), named=True))
    else:
        decoded = text_of(text.encode("utf-8", "replace"), shown)
        read = decoded if isinstance(decoded, Problem) else (decoded, None)
    if isinstance(read, Problem):
        raise DocumentError(told((read,)), (read,))
    loaded: Document[Any] | Skipped | list[Problem] = parse_document(read[0], shown, REFORM, raw=read[1])
    if isinstance(loaded, list) and [found.code for found in loaded] == ["plan-not-reform"]:
        loaded = parse_document(read[0], shown, PLAN, raw=read[1])
    return _sound(loaded)


def assess(
    reform: AnyReform, framework: AnyFramework = None, *, as_of: str | None = None, ranges: bool = False
) -> Assessment:
    """Assess one document.

    Args:
        reform: the document, or its path.
        framework: the yardstick; the usual one for this kind of document if left out. If the document asks for a version of
            it, that version is used.
        as_of: the day tests that depend on time are read at (YYYY, YYYY-MM or YYYY-MM-DD); the document's own if left out.
        ranges: whether to work out how far the scores move (`.robustness`).

    Returns:
        The assessment: scores, levels and the reasons for them. Scores are points from 0 to 100.

    Raises:
        DocumentError: the document cannot be read, is not valid, or does not fit the framework.
        FrameworkError: there is no such framework, or it is not sound.
        UsageError: `as_of` is no day.
    """
    day = _day(as_of)
    document, used = _under(reform, framework)
    assessment = assess_document(document, used, day, Library(used))
    return assessment.with_ranges() if ranges else assessment


def assess_many(
    paths: str | PathLike[str] | Iterable[str | PathLike[str]],
    executor: Executor | int | None = None,
    *,
    framework: AnyFramework = None,
    as_of: str | None = None,
    ranges: bool = False,
    at_once: int = AT_ONCE,
) -> Iterator[Assessment | DocumentError]:
    """Assess every document in files and folders, one after the other or by many workers; the results are the same.

    The files are read here, so workers need none of them. Memory does not grow with their number, as long as you keep no
    results. One bad file stops nothing.

    Args:
        paths: files and folders; in a folder, what is no document is passed over.
        executor: any `concurrent.futures.Executor`: of threads, of processes, or of a cluster (`client.get_executor()` of
            Dask); it stays open. A number starts so many processes, which end with the iterator. None: no worker at all.
        framework: the yardstick; `involve-ogp` if left out.
        as_of: as for `assess`.
        ranges: as for `assess`; workers cannot be asked for them later.
        at_once: how many documents may be on their way at a time, at least 1. More keep more workers busy, and take more memory.

    Yields:
        In the order of the files: an `Assessment`, or, for a file that could not be assessed, the `DocumentError` that
        `assess` would raise. If nothing was found at all, one such error at the end.

    Raises:
        FrameworkError: there is no such framework, or it is not sound.
        UsageError: `as_of` is no day, or `at_once` no number of documents.
        RuntimeError: a worker runs another version of openreform.
    """
    day = _day(as_of)
    if at_once < 1:
        raise UsageError(ERROR["bad-at-once"].format(value=at_once))
    used = _framework(framework, REFORM.name)
    named = [fspath(paths)] if isinstance(paths, str | PathLike) else [fspath(path) for path in paths]
    if not named:
        raise UsageError(ERROR["no-paths"])
    return _results(named, executor, used, day, ranges, at_once)


def plan(
    reform: AnyReform,
    target: float | Mapping[str, float] | None = None,
    *,
    gates: Iterable[str] = (),
    framework: AnyFramework = None,
    as_of: str | None = None,
    seconds: float = SECONDS,
) -> Route:
    """Find the cheapest steps that reach a target.

    Args:
        reform: the document, or its path.
        target: points of the whole (40), or of dimensions by id or title ({"accountability": 50}), 0 to 100, of the promise.
        gates: ids of gates to pass.
        framework: as for `assess`.
        as_of: as for `assess`.
        seconds: how long to search at most; then the best found is returned, and `.finished` is False.

    Returns:
        The way: its steps in their order, what to write for each, and the exact scores after them.

    Raises:
        DocumentError: the document cannot be read, is not valid, or does not fit the framework.
        FrameworkError: there is no such framework, or it is not sound.
        UsageError: the target, a gate or the day means nothing.
    """
    day = _day(as_of)
    document, used = _under(reform, framework)
    asked = _asked(target, gates, used)
    begun = time.monotonic()
    return routing.plan(document, used, asked, day, Library(used), lambda _: time.monotonic() - begun > seconds)


def render(
    results: Assessment | DocumentError | Route | Iterable[Assessment | DocumentError],
    output_format: Format = "text",
    *,
    as_of: str | None = None,
    full: bool = False,
) -> str:
    """Show what came out as the command line does, in the same characters.

    Args:
        results: an assessment, or several, in which errors may stand as `assess_many` yields them; or a way that `plan` found.
        output_format: `text`, `json`, `jsonl` (a line for each reform), `csv` (a row for each criterion), `markdown` or `html`;
            of a way `text`, `json` or `markdown`.
        as_of: the day that was asked for, which JSON repeats.
        full: whether the text also says what earns each level.

    Returns:
        The report, ended by a line feed. Errors are told in JSON alone, after the assessments.

    Raises:
        UsageError: there is no such format for this.
    """
    from openreform.rendering import together  # noqa: PLC0415

    known = _OF_ROUTES if isinstance(results, Route) else FORMATS
    if output_format not in known:
        raise UsageError(ERROR["bad-format"].format(value=quoted(str(output_format)), known=", ".join(known)))
    if isinstance(results, Route):
        return together.route(results, output_format, as_of, SECONDS)
    every = [results] if isinstance(results, Assessment | DocumentError) else results
    return together.assessments(every, output_format, as_of, full=full)


# --- What is asked for --------------------------------------------------------------------------------------


def _framework(given: AnyFramework, kind: str) -> LoadedFramework:
    if isinstance(given, LoadedFramework):
        return given
    return load_framework(DEFAULT_FRAMEWORKS[kind] if given is None else given)


def _day(text: str | None) -> PartialDate | None:
    try:
        return None if text is None else PartialDate.read(text)
    except ValueError as error:
        raise UsageError(ERROR["bad-as-of"].format(value=quoted(str(text)))) from error


def _asked(target: float | Mapping[str, float] | None, gates: Iterable[str], used: LoadedFramework) -> routing.Asked:
    framework = used.framework
    known = ", ".join(part.title.lower() for part in framework.dimensions)
    parts = target if isinstance(target, Mapping) else {} if target is None else {"": target}
    limits = []
    for name, value in parts.items():
        written = f"{name}={value:.12g}" if name else f"{value:.12g}"
        limit = threshold(written, framework)
        if limit is None:
            raise UsageError(ERROR["bad-target"].format(value=quoted(written), known=known))
        if limit.side == "practice":
            raise UsageError(ERROR["target-practice"].format(value=quoted(written)))
        if limit.dimension is None and framework.overall is None:
            raise UsageError(ERROR["target-no-whole"].format(id=framework.id, known=known))
        limits.append(limit)
    found = []
    for name in gates:
        gate = framework.gate(name)
        if gate is None:
            names = ", ".join(each.id for each in framework.gates)
            raise UsageError(ERROR["no-gate"].format(name=quoted(name), known=names))
        found.append(gate)
    if not limits and not found:
        raise UsageError(ERROR["no-target"])
    return routing.Asked(tuple(limits), tuple(found))


# --- Documents ----------------------------------------------------------------------------------------------


def _sound(loaded: object) -> Document[Any]:
    if isinstance(loaded, Document):
        return loaded
    problems = tuple(loaded) if isinstance(loaded, list) else ()
    raise DocumentError(told(problems), problems)


def _under(reform: AnyReform, framework: AnyFramework) -> tuple[Document[Any], LoadedFramework]:
    """A document and the version of the framework to assess it with."""
    document = reform if isinstance(reform, Document) else load_reform(reform)
    kind = REFORM if isinstance(document.reform, Reform) else PLAN
    given = _framework(framework, kind.name)
    if given.framework.applies_to != kind.name:
        code = f"{kind.name}-not-{given.framework.applies_to}"
        problems: tuple[Problem, ...] = (problem(code, document.path, framework_=DEFAULT_FRAMEWORKS[kind.name]),)
        raise DocumentError(told(problems), problems)
    looked = looked_at(document, given)
    problems = tuple(shapes.first_of(iter((*looked.pins, *looked.others)), document.path))
    if problems or looked.used is None:
        raise DocumentError(told(problems), problems)
    return document, looked.used


def _results(
    paths: list[str],
    executor: Executor | int | None,
    framework: LoadedFramework,
    day: PartialDate | None,
    ranges: bool,
    at_once: int,
) -> Iterator[Assessment | DocumentError]:
    result = Run()
    make = ranged if ranges else itself
    if executor is None:
        made: Iterator[Assessment] = map(make, run(paths, framework, day, result, Library))
    else:
        made = run_many(paths, Shared(framework, day, Library, make), result, executor, at_once=at_once)
    told_already = 0
    for assessment in made:
        yield from _errors(result.problems[told_already:])
        told_already = len(result.problems)
        yield assessment
    yield from _errors(result.problems[told_already:])


def _errors(problems: list[Problem]) -> Iterator[DocumentError]:
    """Problems as errors, one for each file."""
    for _, of_one in groupby(problems, key=lambda found: found.path):
        together = tuple(of_one)
        yield DocumentError(told(together), together)
