"""Processes on this machine that work for us, and end with us whatever happens."""

import contextlib
import gc
import multiprocessing
import os
import signal
import threading
from collections.abc import Callable, Iterator
from concurrent.futures import Executor, Future, ProcessPoolExecutor
from typing import Any, ParamSpec, TypeVar

GivenP = ParamSpec("GivenP")
ResultT = TypeVar("ResultT")

_MUCH = 100_000
"""New objects after which Python looks for garbage, as in `openreform.__main__`."""


class Processes(Executor):
    """A pool of processes. Each is begun anew (never forked), leaves Ctrl-C to us, and ends when we are gone."""

    def __init__(self, count: int, begin: Callable[..., None], given: tuple[Any, ...]) -> None:
        """A pool; a process starts when there is work for it.

        Args:
            count: at most so many at a time.
            begin: what each does first, with `given`.
            given: can be pickled.
        """
        self._pool = ProcessPoolExecutor(
            count, multiprocessing.get_context("spawn"), initializer=_begun, initargs=(begin, given)
        )

    def submit(
        self, function: Callable[GivenP, ResultT], /, *args: GivenP.args, **kwargs: GivenP.kwargs
    ) -> "Future[ResultT]":
        """As of any executor."""
        with _no_interruption():
            return self._pool.submit(function, *args, **kwargs)

    def end(self) -> None:
        """End all processes now, whatever they are at."""
        running = list((getattr(self._pool, "_processes", None) or {}).values())
        self._pool.shutdown(wait=False, cancel_futures=True)
        for process in running:
            process.terminate()
        for process in running:
            process.join()


@contextlib.contextmanager
def _no_interruption() -> Iterator[None]:
    """A process begun meanwhile never hears of Ctrl-C, from its first moment; we hear of it after."""
    if not hasattr(signal, "pthread_sigmask"):
        yield
        return
    before = signal.pthread_sigmask(signal.SIG_BLOCK, {signal.SIGINT})
    try:
        yield
    finally:
        signal.pthread_sigmask(signal.SIG_SETMASK, before)


def _begun(begin: Callable[..., None], given: tuple[Any, ...]) -> None:
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    gc.set_threshold(_MUCH)
    threading.Thread(target=_end_with_parent, daemon=True).start()
    begin(*given)


def _end_with_parent() -> None:
    """A parent that was killed tells nobody; without this its processes would wait for work for ever."""
    parent = multiprocessing.parent_process()
    if parent is not None:
        parent.join()
        os._exit(1)
