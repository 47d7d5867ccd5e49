"""`--jobs`: documents shared among processes, and the bar that shows a person how far they are."""

import sys
import time
from collections.abc import Iterable, Iterator
from typing import TYPE_CHECKING, Annotated, Any, TypeVar

import typer

from openreform.messages.many import BAR, JOBS_HELP

if TYPE_CHECKING:
    from openreform.running import Run

MOST_JOBS = 61
"""More processes than these Windows cannot wait for."""
JobsOption = Annotated[int, typer.Option("--jobs", "-j", min=1, max=MOST_JOBS, help=JOBS_HELP)]

_LONG = 1.0
"""Seconds after which a run is long."""
ItemT = TypeVar("ItemT")


def with_bar(items: Iterable[ItemT], result: "Run", paths: list[str], *, beside: bool) -> Iterator[ItemT]:
    """Hand items on; once it takes long, a bar on standard error shows a person how far it is.

    Args:
        items: one by one.
        result: tells how many files were dealt with.
        paths: what is assessed.
        beside: whether the report itself goes to the same terminal, where a bar would stand in its lines.
    """
    if beside or not sys.stderr.isatty():
        yield from items
        return
    begun = time.monotonic()
    bar: Any = None
    try:
        for item in items:
            if bar is None and time.monotonic() - begun > _LONG:
                bar = _Bar(paths)
            if bar is not None:
                bar.at(result.seen)
            yield item
    finally:
        if bar is not None:
            bar.close()


class _Bar:
    """A bar that goes when it is done."""

    def __init__(self, paths: list[str]) -> None:
        from rich.console import Console  # noqa: PLC0415
        from rich.progress import BarColumn, Progress, TextColumn  # noqa: PLC0415

        from openreform.loading.files import find  # noqa: PLC0415

        count = TextColumn(BAR["count"].format(done="{task.completed}", all="{task.total}"))
        columns = (TextColumn(BAR["label"]), BarColumn(), count)
        self._bar = Progress(*columns, console=Console(stderr=True), transient=True)
        self._task = self._bar.add_task("", total=sum(1 for _ in find(paths)))
        self._bar.start()

    def at(self, seen: int) -> None:
        """Show that so many files were dealt with."""
        self._bar.update(self._task, completed=seen)

    def close(self) -> None:
        """Take it away."""
        self._bar.stop()
