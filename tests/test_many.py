"""Many documents shared among workers: the same as one process makes, whatever happens to a worker."""

import os
import pickle
import shutil
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from concurrent.futures import Executor, Future, ProcessPoolExecutor, ThreadPoolExecutor
from multiprocessing import get_context
from pathlib import Path
from typing import Any

import pytest

import many_killers
from conftest import ROOT
from openreform.assessment import Assessment, NotKeptError
from openreform.library import Library
from openreform.loading.frameworks import LoadedFramework, load_framework_file
from openreform.many import BATCH, Shared, itself, recall, run_many
from openreform.rendering import json, text
from openreform.running import Run, run, run_all
from processes import children_of, runs

PATHS = [str(ROOT / "examples"), str(ROOT / "tests" / "invalid"), str(ROOT / "tests" / "nothing.yaml")]
TOOL = Path(sys.executable).parent / "openreform"


def copies(folder: Path, count: int) -> Path:
    """So many small documents, each with an id of its own."""
    folder.mkdir()
    for number in range(count):
        head = f"openreform: 1\nid: r{number:04}\ntitle: Reform {number}\n"
        (folder / f"r{number:04}.yaml").write_text(
            f"{head}milestones: [{{title: A page, due: 2027}}]\n", encoding="utf-8"
        )
    return folder


def as_lines(assessments: Iterator[Assessment]) -> str:
    return "".join(json.lines(assessments, None))


# --- What is sent ------------------------------------------------------------------------------------------


def test_an_assessment_that_was_sent_says_the_same(loaded: LoadedFramework) -> None:
    sent = [pickle.loads(pickle.dumps(each)) for each in run_all([PATHS[0]], loaded, None, Library)[0]]
    made = run_all([PATHS[0]], loaded, None, Library)[0]
    assert sent == made
    assert as_lines(iter(sent)) == as_lines(iter(made))
    assert list(text.report(sent, full=True)) == list(text.report(made, full=True))
    assert [each.evidence for each in sent] == [each.evidence for each in made]


def test_an_assessment_under_a_tailored_framework_can_be_sent() -> None:
    own = load_framework_file(str(ROOT / "tests" / "many" / "tailored.yaml"))
    assert isinstance(own, LoadedFramework), own
    (first, *_) = run_all([PATHS[0]], own)[0]
    sent = pickle.loads(pickle.dumps(first))
    assert sent.tailored == first.tailored
    assert sent.tailored is not None


def test_what_was_not_worked_out_is_refused(loaded: LoadedFramework) -> None:
    (first, *_) = run_all([PATHS[0]], loaded)[0]
    sent = pickle.loads(pickle.dumps(first))
    with pytest.raises(NotKeptError, match="without ranges"):
        sent.with_ranges()
    ranged = first.with_ranges()
    assert pickle.loads(pickle.dumps(ranged)).with_ranges() == ranged
    excepted = next(each for each in run_all([str(ROOT / "tests" / "checked" / "drafts" / "excepted.yaml")], loaded)[0])
    assert excepted.exceptions
    with pytest.raises(NotKeptError, match="own day"):
        pickle.loads(pickle.dumps(excepted)).advises.faults("2026-01-01")


# --- Executors ---------------------------------------------------------------------------------------------


class Here(Executor):
    """Does at once what it is given, as a process that knows nothing would."""

    def submit(self, function: Callable[..., Any], /, *args: Any, **kwargs: Any) -> "Future[Any]":
        future: Future[Any] = Future()
        future.set_result(pickle.loads(pickle.dumps(function(*pickle.loads(pickle.dumps(args)), **kwargs))))
        return future


EXECUTORS: dict[str, Callable[[], Executor]] = {
    "here": Here,
    "threads": lambda: ThreadPoolExecutor(3),
    "processes": lambda: ProcessPoolExecutor(2, get_context("spawn")),
}


@pytest.mark.parametrize("name", [*EXECUTORS, "own"])
@pytest.mark.parametrize("skip_others", [False, True])
def test_any_executor_makes_what_one_process_makes(loaded: LoadedFramework, name: str, *, skip_others: bool) -> None:
    alone, shared = Run(skip_others=skip_others), Run(skip_others=skip_others)
    expected = as_lines(run(PATHS, loaded, None, alone, Library))
    common: Shared[Any] = Shared(loaded, None, Library, itself)
    if name == "own":
        made = as_lines(run_many(PATHS, common, shared, 2, at_once=BATCH))
    else:
        with EXECUTORS[name]() as executor:
            made = as_lines(run_many(PATHS, common, shared, executor, at_once=3 * BATCH))
    assert made == expected
    assert shared == alone
    assert alone.problems
    assert alone.skipped
    assert alone.seen > 2 * BATCH


def test_the_second_of_two_with_one_id_is_a_problem_however_late_it_comes(
    loaded: LoadedFramework, tmp_path: Path
) -> None:
    folder = copies(tmp_path / "drafts", 3 * BATCH)
    shutil.copyfile(folder / "r0003.yaml", folder / "z.yaml")
    result = Run()
    made = list(run_many([str(folder)], Shared(loaded, None, Library, itself), result, 2))
    assert [each.reform_id for each in made] == [f"r{number:04}" for number in range(3 * BATCH)]
    assert [(found.code, Path(found.path).name) for found in result.problems] == [("id-twice-in-run", "z.yaml")]


def test_no_more_is_on_its_way_than_was_said(loaded: LoadedFramework, tmp_path: Path) -> None:
    folder = copies(tmp_path / "drafts", 10 * BATCH)
    read: list[str] = []
    made = run_many(
        [str(folder)],
        Shared(loaded, None, Library, itself),
        Run(),
        Here(),
        wanted=lambda found: bool(read.append(found.shown) or True),  # type: ignore[func-returns-value]
        at_once=2 * BATCH,
    )
    next(made)
    assert len(read) == 2 * BATCH
    assert len([*made]) == 10 * BATCH - 1


def test_nothing_is_found_by_workers_as_by_one(loaded: LoadedFramework, tmp_path: Path) -> None:
    result = Run()
    assert not list(run_many([str(tmp_path)], Shared(loaded, None, Library, itself), result, 2))
    assert [found.code for found in result.problems] == ["nothing-found"]


def test_another_version_of_the_tool_is_refused() -> None:
    with pytest.raises(RuntimeError, match="use one version"):
        recall("key", pickle.dumps(("0.0.0", None)))


# --- Killed workers ----------------------------------------------------------------------------------------


@pytest.mark.parametrize("foreign", [False, True])
def test_a_document_its_worker_dies_over_is_named_and_the_rest_finishes(
    loaded: LoadedFramework, tmp_path: Path, *, foreign: bool
) -> None:
    folder = copies(tmp_path / "drafts", 4 * BATCH)
    common: Shared[Any] = Shared(loaded, None, Library, many_killers.Deadly("r0013"))
    result = Run()
    executor: Executor | int = ProcessPoolExecutor(2, get_context("spawn")) if foreign else 2
    made = list(run_many([str(folder)], common, result, executor))
    assert made == [f"r{number:04}" for number in range(4 * BATCH) if number != 13]
    assert [(found.code, Path(found.path).name) for found in result.problems] == [("worker-lost", "r0013.yaml")]
    if isinstance(executor, Executor):
        executor.shutdown()


def test_a_worker_killed_once_costs_nothing(loaded: LoadedFramework, tmp_path: Path) -> None:
    folder = copies(tmp_path / "drafts", 4 * BATCH)
    common: Shared[Any] = Shared(loaded, None, Library, many_killers.Deadly("r0013", str(tmp_path / "died")))
    result = Run()
    made = list(run_many([str(folder)], common, result, 2))
    assert (tmp_path / "died").exists()
    assert made == [f"r{number:04}" for number in range(4 * BATCH)]
    assert not result.problems


def test_a_bug_in_a_worker_is_a_bug_here(loaded: LoadedFramework, tmp_path: Path) -> None:
    folder = copies(tmp_path / "drafts", 1)
    with pytest.raises(ZeroDivisionError):
        list(run_many([str(folder)], Shared(loaded, None, Library, many_killers.broken), Run(), 2))


@pytest.mark.parametrize(("sent", "code"), [(signal.SIGINT, 130), (signal.SIGKILL, -9)])
def test_the_workers_end_with_the_one_who_called(tmp_path: Path, sent: int, code: int) -> None:
    folder = copies(tmp_path / "drafts", 3000)
    command: list[str] = [
        str(TOOL),
        "assess",
        str(folder),
        "--jobs",
        "2",
        "-f",
        "jsonl",
        "-o",
        str(tmp_path / "out.jsonl"),
    ]
    with subprocess.Popen(command, stderr=subprocess.PIPE, start_new_session=True) as process:
        workers: set[int] = set()
        until = time.monotonic() + 60
        while not list(tmp_path.glob(".out*")) or len(workers) < 3:  # two workers, and Python's keeper of shared things
            workers |= children_of(process.pid)
            assert time.monotonic() < until
            time.sleep(0.05)
        if sent == signal.SIGINT:
            os.killpg(process.pid, sent)  # a terminal tells the whole group
        else:
            process.kill()
        said = process.stderr.read().decode() if process.stderr else ""
        assert process.wait(30) == code
    if sent == signal.SIGINT:  # who was killed cannot see to it that a worker, still starting, finds no end of it odd
        assert "Traceback" not in said
    until = time.monotonic() + 30
    while any(runs(each) for each in workers):
        assert time.monotonic() < until
        time.sleep(0.05)
    assert not (tmp_path / "out.jsonl").exists()
