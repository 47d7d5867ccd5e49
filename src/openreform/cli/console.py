"""What commands share at the door: printing, writing whole or not at all, refusing, and the exit codes of design §7."""

import os
import sys
from collections.abc import Iterable
from pathlib import Path
from typing import TYPE_CHECKING, NoReturn

import typer

from openreform.messages import commands as words

if TYPE_CHECKING:
    from openreform.loading.frameworks import LoadedFramework
    from openreform.problems import Problem
    from openreform.rendering.layout import Page

FELL_SHORT, WRONG_USE, NOT_ASSESSABLE, CRASHED, INTERRUPTED = 1, 2, 3, 70, 130
STDOUT = "-"


def say(text: str) -> None:
    """The product on standard output; that nobody reads on (a closed pipe) is no fault."""
    _as_utf8(sys.stdout)
    try:
        sys.stdout.write(text)
        sys.stdout.flush()
    except BrokenPipeError:
        leave(0)


def show(page: "Page") -> None:
    """A page with colours where a person watches, plain otherwise."""
    if is_watched():
        from rich.console import Console  # noqa: PLC0415
        from rich.text import Text  # noqa: PLC0415

        console = Console(highlight=False, markup=False, soft_wrap=True)
        for line, style in page.lines:
            console.print(Text(line, style=style))
    else:
        say(page.text())


def is_watched() -> bool:
    """Whether a person watches standard output and has not asked for plain text."""
    return sys.stdout.isatty() and not os.environ.get("NO_COLOR")


def remark(text: str) -> None:
    """A line on standard error."""
    _as_utf8(sys.stderr)
    sys.stderr.write(f"{shown(text)}\n")


def shown(text: str) -> str:
    """A stranger's text made safe to show."""
    from openreform.plaintext import visible  # noqa: PLC0415

    return visible(text)


def refuse(key: str, **details: object) -> NoReturn:
    """Say what is wrong with the call, from the catalogue, and leave with 2."""
    remark(words.SAID[key].format(**details))
    raise typer.Exit(WRONG_USE)


def leave(code: int) -> NoReturn:
    """Exit without flushing into a pipe that is gone."""
    os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
    sys.exit(code)


def problem_line(found: "Problem") -> str:
    """A problem as editors and people read it."""
    from openreform.messages.reports import TEXT  # noqa: PLC0415

    key = "problem" if found.line else "problem-file"
    return TEXT[key].format(path=found.path, line=found.line, column=found.column, message=found.message, fix=found.fix)


def framework_named(name: str) -> "LoadedFramework":
    """A sound framework by name or path; leaves with 2 and every mistake in it otherwise."""
    from openreform.loading.frameworks import bundled_names, load_framework  # noqa: PLC0415

    loaded = load_framework(name)
    if loaded is None:
        refuse("no-framework", name=shown(name), known=", ".join(bundled_names()))
    if isinstance(loaded, list):
        remark(words.SAID["bad-framework"].format(name=shown(name)))
        for found in loaded:
            remark(problem_line(found))
        raise typer.Exit(WRONG_USE)
    return loaded


def check_writable(output: str) -> None:
    """Refuse an output that cannot be written before anything is done."""
    if output == STDOUT:
        return
    folder = Path(output).parent
    if not folder.is_dir():
        refuse("no-folder", path=shown(output), folder=shown(folder.as_posix()))
    if Path(output).is_dir() or not os.access(folder, os.W_OK):
        reason = os.strerror(21 if Path(output).is_dir() else 13)
        refuse("cannot-write", path=shown(output), reason=reason)


def deliver(chunks: Iterable[str], output: str) -> None:
    """The product to standard output as it comes, or to a file: beside it first, then moved into place."""
    if output == STDOUT:
        for chunk in chunks:
            say(chunk)
        return
    target = Path(output)
    beside = target.with_name(f".{target.name}.{os.getpid()}.part")
    try:
        with beside.open("w", encoding="utf-8", newline="\n") as file:
            for chunk in chunks:
                file.write(chunk)
        beside.replace(target)
    except OSError as error:
        refuse("cannot-write", path=shown(output), reason=error.strerror or type(error).__name__)
    finally:
        beside.unlink(missing_ok=True)


def _as_utf8(stream: object) -> None:
    """The same bytes out on every machine, whatever its locale."""
    if getattr(stream, "encoding", "").lower() not in {"utf-8", "utf8"} and hasattr(stream, "reconfigure"):
        stream.reconfigure(encoding="utf-8", errors="backslashreplace")
