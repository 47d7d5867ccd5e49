"""What commands share at the door: printing, writing whole or not at all, refusing, and the exit codes of design §7."""

import contextlib
import errno
import os
import shutil
import sys
from collections.abc import Iterable, Iterator, Sequence
from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, NoReturn, TypeVar

import typer

from openreform.messages import commands as words

if TYPE_CHECKING:
    from openreform.findings import Threshold
    from openreform.framework import Framework
    from openreform.loading.frameworks import LoadedFramework
    from openreform.loading.reforms import Skipped
    from openreform.problems import Problem
    from openreform.reform import PartialDate
    from openreform.rendering.layout import Page

FormatT = TypeVar("FormatT", bound=StrEnum)
ENDINGS = {
    ".md": "markdown", ".markdown": "markdown", ".html": "html", ".htm": "html", ".json": "json", ".jsonl": "jsonl", ".csv": "csv",
    ".xlsx": "xlsx", ".docx": "docx", ".pdf": "pdf",
}  # fmt: skip
"""The format that the ending of a file names."""
FELL_SHORT, WRONG_USE, NOT_ASSESSABLE, CRASHED, INTERRUPTED = 1, 2, 3, 70, 130
STDOUT = "-"
SCHEMA_FILES = {"reform": "openreform.schema.json", "plan": "openreform-plan.schema.json"}


def say(product: str | bytes, *, settled: int = 0) -> None:
    """The product on standard output; that nobody reads on (a closed pipe) is no fault.

    `settled` is the exit code where it is known before anything is printed: a pipe that closes does not hide it.
    """
    _as_utf8(sys.stdout)
    try:
        if isinstance(product, str):
            sys.stdout.write(product)
        else:
            sys.stdout.buffer.write(product)
        sys.stdout.flush()
    except BrokenPipeError:
        leave(settled)
    except OSError as error:
        remark(words.SAID["cannot-write"].format(path=STDOUT, reason=error.strerror or type(error).__name__))
        leave(WRONG_USE)


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


def told_problems(problems: "Sequence[Problem]") -> None:
    """Every problem on a line of its own, and how many there are."""
    for found in problems:
        remark(problem_line(found))
    if problems:
        count_problems(problems)


def told_skipped(skipped: "Sequence[Skipped]") -> None:
    """What was passed over, and what looks like a slip."""
    for line in skipped_lines(skipped):
        remark(line)


def skipped_lines(skipped: "Sequence[Skipped]") -> "Iterator[str]":
    """The same as sentences."""
    from openreform.framework import DEFAULT_FRAMEWORKS  # noqa: PLC0415
    from openreform.messages.reports import TEXT  # noqa: PLC0415

    for each in skipped:
        if each.near:
            yield TEXT["near-miss"].format(path=shown(each.path), near=shown(each.near))
    for kind in (None, "plan", "reform"):
        count = sum(1 for each in skipped if each.kind == kind)
        key = f"skipped-{kind}" if kind else "skipped"
        if count:
            framework = DEFAULT_FRAMEWORKS.get(kind or "", "")
            yield TEXT[f"{key}-one" if count == 1 else key].format(count=count, framework=framework)


def count_problems(problems: "Sequence[Problem]") -> None:
    """How many problems there are, in how many files."""
    files = len({found.path for found in problems})
    remark(words.SAID["problems"].format(problems=_count("problem", len(problems)), files=_count("file", files)))


def _count(noun: str, count: int) -> str:
    return words.SAID[f"count-{noun}"] if count == 1 else words.SAID[f"count-{noun}s"].format(count=count)


def write_schema(folder: Path, kind: str = "reform") -> None:
    """The schema of a kind of document into a folder, for editors; a file of that name that is not ours stays as it is."""
    from openreform.rendering import schemas  # noqa: PLC0415

    path = folder / SCHEMA_FILES[kind]
    made = schemas.document_schema(kind)
    if path.exists() and (
        not path.is_file() or f'"{made["$id"]}"' not in path.read_text(encoding="utf-8", errors="replace")
    ):
        remark(words.SAID["schema-kept"].format(path=shown(path.as_posix())))
        return
    deliver([schemas.as_json(made)], str(path))


def framework_named(name: str) -> "LoadedFramework":
    """A sound framework by name or path; leaves with 2 and every mistake in it otherwise."""
    from openreform.loading.frameworks import bundled_names, load_framework  # noqa: PLC0415

    loaded = load_framework(name)
    if loaded is None:
        refuse("no-framework", name=shown(name), known=", ".join(bundled_names()))
    if isinstance(loaded, list):
        refuse_broken("bad-framework", name, loaded)
    return loaded


def sector_named(text: str) -> str:
    """A sector by name or by the number of its division in COFOG; leaves with 2 and the nearest one otherwise."""
    from openreform.library import SECTORS, sector_called  # noqa: PLC0415
    from openreform.loading.shapes import nearest  # noqa: PLC0415

    sector = sector_called(text)
    if sector is None:
        guess = nearest(text, SECTORS)
        known = words.SAID["known-sectors"].format(sectors=", ".join(SECTORS))
        refuse("no-sector", name=shown(text), guess=words.SAID["guess"].format(guess=guess) if guess else known)
    return sector


def day_named(text: str | None) -> "PartialDate | None":
    """The day a person named; leaves with 2 if it is none."""
    from openreform.reform import PartialDate  # noqa: PLC0415

    try:
        day = PartialDate.read(text) if text is not None else None
    except ValueError:
        day = None
    if text is not None and (day is None or day.first != day.last):  # of a month or a year nobody can count days
        refuse("bad-as-of", value=shown(text))
    return day


def endings_of(formats: type[FormatT]) -> dict[str, FormatT]:
    """The endings that name one of a command's formats."""
    known = {each.value: each for each in formats}
    return {ending: known[name] for ending, name in ENDINGS.items() if name in known}


def ending_of(output: str) -> str:
    """The ending of a file's name, in small letters."""
    return os.path.splitext(output)[1].lower()  # noqa: PTH122  # no error for a name too long to be a path


def by_ending(context: typer.Context, named: FormatT, output: str) -> FormatT:
    """The format a person named, on the command line or in settings; else the one that the ending of the output names."""
    source = context.get_parameter_source("output_format")
    if source is None or source.name != "DEFAULT":
        return named
    return endings_of(type(named)).get(ending_of(output), named)


def thresholds_named(
    written: "list[str]", framework: "Framework", *, promised: bool = False
) -> "tuple[Threshold, ...]":
    """The thresholds a person wrote; leaves with 2 at the first that is none in this framework.

    promised: whether they are targets of a plan, which are about the promise alone.
    """
    from openreform.checking import threshold  # noqa: PLC0415

    found: list[Threshold] = []
    for text in written:
        read = threshold(text, framework)
        if read is None:
            names = [part.id if " " in part.title else part.title.lower() for part in framework.dimensions]
            key, example = (
                ("bad-target", f"--target {names[0]}=40") if promised else ("bad-threshold", f"practice.{names[-1]}=40")
            )
            refuse(key, value=shown(text), known=", ".join(names), example=example)
        found.append(read)
    return tuple(found)


def gates_named(named: "list[str]", framework: "Framework") -> "tuple[str, ...]":
    """The ids of the gates a person wrote, one by one or with commas; leaves with 2 at the first that is none."""
    found: list[str] = []
    for name in (part.strip() for each in named for part in each.split(",") if part.strip()):
        gate = framework.gate(name)
        if gate is None:
            refuse("no-gate", name=shown(name), known=", ".join(each.id for each in framework.gates))
        found.append(gate.id)
    return tuple(found)


def refuse_broken(key: str, name: str, problems: "Sequence[Problem]") -> NoReturn:
    """Say which file the call named cannot be used, and everything wrong with it, and leave with 2."""
    remark(words.SAID[key].format(name=shown(name)))
    for found in problems:
        remark(problem_line(found))
    raise typer.Exit(WRONG_USE)


def check_writable(output: str, *, binary: bool = False) -> None:
    """Refuse an output that cannot be written before anything is done; a terminal cannot show what is no text."""
    if output == STDOUT:
        if binary and sys.stdout.isatty():
            refuse("binary-to-terminal")
        return
    target = os.path.realpath(output)
    folder = os.path.dirname(target)  # noqa: PTH120  # no error for a name too long to be a path
    if not os.path.isdir(folder):  # noqa: PTH112
        refuse("no-folder", path=shown(output), folder=shown(folder))
    if os.path.isdir(target) or not os.access(folder, os.W_OK):  # noqa: PTH112
        reason = os.strerror(errno.EISDIR if os.path.isdir(target) else errno.EACCES)  # noqa: PTH112
        refuse("cannot-write", path=shown(output), reason=reason)


def check_library(extra: str, *libraries: str) -> None:
    """Refuse a format whose libraries are not installed, before anything is done, and say how to install them.

    extra: that of this package, named like the format. libraries: the modules it brings.
    """
    from importlib.util import find_spec  # noqa: PLC0415

    if any(name not in sys.modules and find_spec(name) is None for name in libraries):
        refuse("no-library-to-write", kind=extra.upper(), extra=extra)


def deliver(chunks: Iterable[str | bytes], output: str, *, settled: int = 0) -> None:
    """The product to standard output as it comes, or to a file: beside it first, then moved into place.

    A product that is no text (a workbook, a PDF) is one chunk of bytes: who reads a pipe gets all of it or nothing.

    `settled` is the exit code where it is known already, as for `say`.
    """
    if output == STDOUT:
        for chunk in chunks:
            say(chunk, settled=settled)
        return
    target = Path(os.path.realpath(output))
    beside = target.with_name(f".{target.name[:80]}.{os.getpid()}.part")
    try:
        if target.exists() and not target.is_file():  # a pipe or a device is written to, not replaced
            with target.open("wb") as file:
                file.writelines(_as_bytes(chunks))
            return
        with beside.open("wb") as file:
            file.writelines(_as_bytes(chunks))
        if target.exists():
            shutil.copymode(target, beside)
        beside.replace(target)
    except OSError as error:
        refuse("cannot-write", path=shown(output), reason=error.strerror or type(error).__name__)
    finally:
        with contextlib.suppress(OSError):
            beside.unlink(missing_ok=True)


def _as_bytes(chunks: Iterable[str | bytes]) -> Iterator[bytes]:
    for chunk in chunks:
        yield chunk.encode("utf-8") if isinstance(chunk, str) else chunk


def _as_utf8(stream: object) -> None:
    """The same bytes out on every machine, whatever its locale."""
    if getattr(stream, "encoding", "").lower() not in {"utf-8", "utf8"} and hasattr(stream, "reconfigure"):
        stream.reconfigure(encoding="utf-8", errors="backslashreplace")
