"""The documents of a run shared among the workers of an executor: processes here, threads, or machines of a cluster.

Files are found and read here; workers get their bytes and so need no disk of ours. What all documents share, the framework
above all, goes to each worker process once. What comes back is put into the order of the files, and only so much is on its
way at a time that memory does not grow with the number of documents.
"""

import hashlib
import pickle
from collections import deque
from collections.abc import Callable, Iterator
from concurrent.futures import BrokenExecutor, Executor, Future
from itertools import chain
from threading import Lock
from typing import Any, Generic, NamedTuple, TypeVar

from openreform import __version__
from openreform.assessment import Assessment, Precedents
from openreform.kinds import kind_called
from openreform.loading.files import Found, find, may_be_ours, read_raw
from openreform.loading.frameworks import LoadedFramework
from openreform.loading.reforms import Document, Skipped, parse_bytes
from openreform.messages.many import OTHER_VERSION
from openreform.problems import Position, Problem, problem
from openreform.processes import Processes
from openreform.reform import PartialDate
from openreform.running import CasesUnder, Run, assess_document, looked_at, settled

MadeT = TypeVar("MadeT")

BATCH = 8
"""Documents a worker gets at a time: asking for one alone would take as long as assessing it."""
AT_ONCE = 256
"""Documents that are on their way or wait for those before them, where the caller says nothing."""
_CONTEXTS = 4
"""How many contexts a worker process keeps."""
_LOST = "KilledWorker"
"""What Dask calls a task that several workers died over; its name, so that Dask need not be loaded."""


class Task(NamedTuple):
    """A file that was read here: its bytes, its name, and whether a person named it."""

    raw: bytes
    shown: str
    named: bool


class Shared(NamedTuple, Generic[MadeT]):
    """What all documents of a run share.

    make: what to make of each assessment where it was made; the assessment itself goes a long way, a row of it does not.
    """

    framework: LoadedFramework
    as_of: PartialDate | None
    cases_under: CasesUnder
    make: Callable[[Assessment], MadeT]


class Returned(NamedTuple, Generic[MadeT]):
    """What a worker made of a valid document, or what is wrong with it; as `running.settled` wants it."""

    path: str
    id: str
    id_at: Position
    wrong: tuple[tuple[Problem, ...], tuple[Problem, ...]]
    made: MadeT | None


Outcome = Returned[MadeT] | Skipped | list[Problem]


def itself(assessment: Assessment) -> Assessment:
    """Makes nothing of it."""
    return assessment


def ranged(assessment: Assessment) -> Assessment:
    """Adds how far its scores move."""
    return assessment.with_ranges()


def run_many(
    paths: list[str],
    shared: Shared[MadeT],
    result: Run,
    executor: Executor | int,
    *,
    wanted: Callable[[Found], bool] | None = None,
    at_once: int = AT_ONCE,
) -> Iterator[MadeT]:
    """Do what `running.run` does, by many workers; with the same arguments the same comes out, in the same order.

    A document that its worker dies over twice, the second time alone in a process of its own, is a problem of that file. If a
    pool of processes breaks, processes of ours take its place. All processes started here have ended when this ends.

    Args:
        paths: files, folders, `-`.
        shared: framework, day, cases, and what to make of each assessment; all of it can be pickled.
        result: is filled with problems and skipped files on the way.
        executor: any executor, which stays open; or how many processes to start here.
        wanted: which of the files to read; all if left out. That none is wanted is no problem.
        at_once: how many documents may be on their way at a time.

    Yields:
        What was made of each assessment.

    Raises:
        RuntimeError: a worker runs another version of openreform.
    """
    kind = kind_called(shared.framework.framework.applies_to)
    result.kind = kind.name
    crew = _Crew(executor, shared)
    try:
        for outcome in _in_order(_items(paths, wanted, result), crew, at_once):
            result.seen += 1
            if isinstance(outcome, Skipped):
                result.skipped.append(outcome)
            elif isinstance(outcome, list):
                result.problems.extend(outcome)
            else:
                problems = settled(outcome.path, outcome.id, outcome.id_at, outcome.wrong, result)
                result.problems.extend(problems)
                if not problems and outcome.made is not None:
                    yield outcome.made
    finally:
        crew.close()
    if wanted is None:
        result.told_nothing(paths[0])


def _items(
    paths: list[str], wanted: Callable[[Found], bool] | None, result: Run
) -> Iterator[Task | Skipped | list[Problem]]:
    for found in find(paths):
        if isinstance(found, Problem):
            yield [found]
            continue
        if wanted is not None and not wanted(found):
            continue
        named = found.named and not (result.skip_others and found.location is not None)
        raw = read_raw(found._replace(named=named))
        if isinstance(raw, bytes):
            yield Task(raw, found.shown, named)
        else:
            yield [raw] if named or may_be_ours(found) else Skipped(found.shown)


# --- Sending out, and putting in order ----------------------------------------------------------------------


class _Batch(NamedTuple):
    """Files in their order; those that were read went to a worker."""

    items: list[Task | Skipped | list[Problem]]
    tasks: tuple[Task, ...]
    future: "Future[list[Outcome[Any]] | None] | None"


def _in_order(items: Iterator[Task | Skipped | list[Problem]], crew: "_Crew", at_once: int) -> Iterator[Outcome[Any]]:
    waiting: deque[_Batch] = deque()
    for batch in _batches(items, crew):
        waiting.append(batch)
        if len(waiting) * BATCH >= at_once:
            yield from _outcomes(waiting.popleft(), crew)
    while waiting:
        yield from _outcomes(waiting.popleft(), crew)


def _batches(items: Iterator[Task | Skipped | list[Problem]], crew: "_Crew") -> Iterator[_Batch]:
    kept: list[Task | Skipped | list[Problem]] = []
    for item in items:
        kept.append(item)
        if len(kept) == BATCH:
            yield _sent(kept, crew)
            kept = []
    if kept:
        yield _sent(kept, crew)


def _sent(items: list[Task | Skipped | list[Problem]], crew: "_Crew") -> _Batch:
    tasks = tuple(item for item in items if isinstance(item, Task))
    return _Batch(items, tasks, crew.send(tasks) if tasks else None)


def _outcomes(batch: _Batch, crew: "_Crew") -> Iterator[Outcome[Any]]:
    done = iter(crew.results(batch.future, batch.tasks) if batch.future else ())
    for item in batch.items:
        yield next(done) if isinstance(item, Task) else item


class _Crew:
    """Those who work: an executor, what takes its place if it breaks, and a process for what nobody survived."""

    def __init__(self, executor: Executor | int, shared: Shared[Any]) -> None:
        self._payload = pickle.dumps((__version__, shared))
        self._key = hashlib.sha256(self._payload).hexdigest()
        self._own: list[Processes] = []
        self._apart: Processes | None = None
        self._count = executor if isinstance(executor, int) else int(getattr(executor, "_max_workers", 1) or 1)
        if not isinstance(executor, int):
            recall(self._key, self._payload)  # threads find it so
        self._executor: Executor = self._started(executor) if isinstance(executor, int) else executor

    def send(self, tasks: tuple[Task, ...]) -> "Future[list[Outcome[Any]] | None]":
        """Give some documents to a worker."""
        try:
            return self._executor.submit(assess_batch, self._key, None, tasks)
        except BrokenExecutor:
            self._executor = self._started(self._count)
            return self._executor.submit(assess_batch, self._key, None, tasks)

    def results(self, future: "Future[list[Outcome[Any]] | None]", tasks: tuple[Task, ...]) -> list[Outcome[Any]]:
        """What came of them; if their worker died, of each alone."""
        try:
            found = future.result()
            if found is None:  # a worker that met nothing of this run before
                found = self._executor.submit(assess_batch, self._key, self._payload, tasks).result()
        except Exception as error:
            if not (isinstance(error, BrokenExecutor) or type(error).__name__ == _LOST):
                raise
            return [self._alone(task) for task in tasks]
        return found or []

    def close(self) -> None:
        """End every process that was started here, whatever it is at."""
        for each in self._own:
            each.end()

    def _started(self, count: int) -> Processes:
        started = Processes(count, recall, (self._key, self._payload))
        self._own.append(started)
        return started

    def _alone(self, task: Task) -> Outcome[Any]:
        self._apart = self._apart or self._started(1)
        try:
            found = self._apart.submit(assess_batch, self._key, None, (task,)).result()
        except BrokenExecutor:
            self._apart.end()
            self._apart = None
            return [problem("worker-lost", task.shown)]
        return found[0] if found else []


# --- In the worker ------------------------------------------------------------------------------------------


class _Context(NamedTuple):
    shared: Shared[Any]
    libraries: dict[str, Precedents | None]


_known: dict[str, _Context] = {}
_one_at_a_time = Lock()
"""Threads of one process gain nothing by assessing at once, and might make the same thing ready twice."""


def recall(key: str, payload: bytes) -> None:
    """Keep what all documents of a run share; the oldest goes when there is too much of it.

    Raises:
        RuntimeError: it was sent by another version of openreform.
    """
    version, shared = pickle.loads(payload)  # noqa: S301  # from the process that started this one, or its scheduler
    if version != __version__:
        raise RuntimeError(OTHER_VERSION.format(own=__version__, asked=version))
    while len(_known) >= _CONTEXTS:
        _known.pop(next(iter(_known)), None)
    _known[key] = _Context(shared, {})


def assess_batch(key: str, payload: bytes | None, tasks: tuple[Task, ...]) -> list[Outcome[Any]] | None:
    """What comes of some documents by themselves, in their order; None if this process needs the payload first.

    Args:
        key: of what they share.
        payload: that itself, if this process asked for it.
        tasks: the documents.
    """
    if payload is not None and key not in _known:
        recall(key, payload)
    context = _known.get(key)
    if context is None:
        return None
    with _one_at_a_time:
        return [_outcome(task, context) for task in tasks]


def _outcome(task: Task, context: _Context) -> Outcome[Any]:
    shared = context.shared
    kind = kind_called(shared.framework.framework.applies_to)
    loaded = parse_bytes(task.raw, task.shown, kind, named=task.named)
    if not isinstance(loaded, Document):
        return loaded
    looked = looked_at(loaded, shared.framework)
    used, wrong = looked.used, (looked.pins, looked.others)
    made = None
    if used is not None and not any(chain(*wrong)):
        if used.digest not in context.libraries:
            context.libraries[used.digest] = shared.cases_under(used)
        made = shared.make(assess_document(loaded, used, shared.as_of, context.libraries[used.digest]))
    return Returned(loaded.path, loaded.reform.id, loaded.locate(("id",)), wrong, made)
