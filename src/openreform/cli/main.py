"""The commands, their exit codes, and the one place that prints.

Exit codes (design §7): 0 done, 1 the reform falls short of what was asked, 2 wrong use, 3 the input cannot be assessed,
70 a crash, 130 interrupted.
"""

import os
import signal
import sys
from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, NoReturn

import typer

from openreform import __version__
from openreform.messages import commands as words

if TYPE_CHECKING:
    from openreform.assessment import Assessment
    from openreform.loading.frameworks import LoadedFramework
    from openreform.problems import Problem
    from openreform.reform import PartialDate
    from openreform.rendering.layout import Page
    from openreform.running import Run

FELL_SHORT, WRONG_USE, NOT_ASSESSABLE, CRASHED, INTERRUPTED = 1, 2, 3, 70, 130

app = typer.Typer(
    help=words.APP_HELP,
    no_args_is_help=True,
    pretty_exceptions_enable=False,
    rich_markup_mode=None,
    add_completion=True,
)


class Format(StrEnum):
    """Output formats of `assess`."""

    TEXT = "text"
    JSON = "json"


def main() -> None:
    """Run the tool; a crash is one line, a closed pipe is no fault, an interruption leaves nothing half-written."""
    signal.signal(signal.SIGINT, _interrupted)
    try:
        app()
    except Exception as error:
        if "--debug" in sys.argv:
            raise
        _remark(words.SAID["crash"].format(error=type(error).__name__))
        _leave(CRASHED)


def _version(asked: bool) -> None:
    if asked:
        _print(f"openreform {__version__}\n")
        raise typer.Exit


@app.callback()
def _options(
    version: Annotated[bool, typer.Option("--version", help=words.VERSION, is_eager=True, callback=_version)] = False,
    debug: Annotated[bool, typer.Option("--debug", help=words.DEBUG)] = False,
) -> None:
    """Options of every command."""


def _interrupted(*_: object) -> NoReturn:
    _remark(words.SAID["interrupted"])
    sys.exit(INTERRUPTED)


@app.command(help=words.ASSESS_HELP)
def assess(
    paths: Annotated[list[str], typer.Argument(help=words.ASSESS_PATHS, show_default=False)],
    output_format: Annotated[Format, typer.Option("--format", "-f", help=words.ASSESS_FORMAT)] = Format.TEXT,
    framework: Annotated[str, typer.Option("--framework", help=words.FRAMEWORK)] = "involve-ogp",
    as_of: Annotated[str | None, typer.Option("--as-of", help=words.AS_OF, show_default=False)] = None,
    fail_under: Annotated[
        float | None, typer.Option("--fail-under", help=words.FAIL_UNDER, min=0, max=100, show_default=False)
    ] = None,
    output: Annotated[str, typer.Option("--output", "-o", help=words.OUTPUT)] = "-",
    quiet: Annotated[bool, typer.Option("--quiet", "-q", help=words.QUIET)] = False,
) -> None:
    """Assess documents and print the result; every file is reported, whatever is wrong with another."""
    from openreform.running import run  # noqa: PLC0415

    yardstick = _framework(framework)
    day = _day(as_of)
    for path in paths:
        if path != "-" and not os.path.lexists(path):
            _refuse(words.SAID["no-path"].format(path=_shown(path)))
    _check_writable(output)
    result = run(paths, yardstick, day)
    if output_format is Format.JSON:
        from openreform.rendering import json  # noqa: PLC0415

        _deliver(json.render(result.assessments, result.problems, as_of), output)
    else:
        _deliver_pages(result, output)
    if not quiet:
        _remarks(result, problems_too=output_format is Format.TEXT)
    if result.problems:
        raise typer.Exit(NOT_ASSESSABLE)
    if fail_under is not None and _below(result.assessments, fail_under):
        raise typer.Exit(FELL_SHORT)


@app.command(help=words.INIT_HELP)
def init(
    path: Annotated[str, typer.Argument(help=words.INIT_PATH)] = "reform.yaml",
    force: Annotated[bool, typer.Option("--force", help=words.INIT_FORCE)] = False,
) -> None:
    """Write the starter; never over a file that is there unless told to."""
    from importlib import resources  # noqa: PLC0415

    starter = (resources.files("openreform") / "starter.yaml").read_text(encoding="utf-8")
    if path == "-":
        _print(starter)
        return
    if os.path.lexists(path) and not force:
        _refuse(words.SAID["exists"].format(path=_shown(path)))
    _check_writable(path)
    _write(path, starter)
    _remark(words.SAID["written"].format(path=_shown(path)))


@app.command(help=words.EXPLAIN_HELP)
def explain(
    name: Annotated[str | None, typer.Argument(help=words.EXPLAIN_ID, metavar="[ID]", show_default=False)] = None,
    framework: Annotated[str, typer.Option("--framework", help=words.FRAMEWORK)] = "involve-ogp",
) -> None:
    """Explain one thing by its id or field name; without one, list everything."""
    from openreform.loading.shapes import nearest  # noqa: PLC0415
    from openreform.reform import all_fields, find_field  # noqa: PLC0415
    from openreform.rendering import explain as pages  # noqa: PLC0415

    yardstick = _framework(framework).framework
    if name is None:
        _show(pages.index_page(yardstick))
    elif criterion := yardstick.criterion(name):
        _show(pages.criterion_page(criterion, yardstick))
    elif gate := yardstick.gate(name):
        _show(pages.gate_page(gate, yardstick))
    elif field := find_field(name):
        _show(pages.field_page(field))
    else:
        known = [*(part.id for part in yardstick.criteria), *(part.id for part in yardstick.gates), *all_fields()]
        guess = nearest(name, known)
        hint = words.SAID["guess"].format(guess=guess) if guess else words.SAID["list-ids"]
        _refuse(words.SAID["no-id"].format(name=_shown(name), guess=hint))


# --- What commands share ----------------------------------------------------------------------------------


def _framework(name: str) -> "LoadedFramework":
    from openreform.loading.frameworks import bundled_names, load_framework  # noqa: PLC0415

    loaded = load_framework(name)
    if loaded is None:
        _refuse(words.SAID["no-framework"].format(name=_shown(name), known=", ".join(bundled_names())))
    if isinstance(loaded, list):
        _remark(words.SAID["bad-framework"].format(name=_shown(name)))
        for found in loaded:
            _remark(_problem(found))
        raise typer.Exit(WRONG_USE)
    return loaded


def _day(text: str | None) -> "PartialDate | None":
    from openreform.reform import PartialDate  # noqa: PLC0415

    try:
        return PartialDate.read(text) if text is not None else None
    except ValueError:
        _refuse(words.SAID["bad-as-of"].format(value=_shown(text or "")))


def _below(assessments: "list[Assessment]", limit: float) -> bool:
    """Whether any promise is below the limit; it is compared with `low`, and no score never meets it."""
    below = [item.reform_id for item in assessments if item.promise.low is None or item.promise.low < limit]
    if below:
        text = words.SAID["below"].format(
            count=len(below), all=len(assessments), limit=f"{limit:g}", ids=", ".join(below)
        )
        _remark(text)
    return bool(below)


def _remarks(result: "Run", *, problems_too: bool) -> None:
    """What was wrong, what was passed over, and, where there were several files, what was done."""
    from openreform.messages.reports import TEXT  # noqa: PLC0415

    if problems_too:
        for found in result.problems:
            _remark(_problem(found))
    for skipped in result.skipped:
        if skipped.near:
            _remark(TEXT["near-miss"].format(path=_shown(skipped.path), near=_shown(skipped.near)))
    if result.skipped:
        count = len(result.skipped)
        _remark(TEXT["skipped-one"] if count == 1 else TEXT["skipped"].format(count=count))
    if len(result.assessments) > 1:
        _remark(words.SAID["assessed"].format(count=len(result.assessments)))
    if result.problems:
        files = len({found.path for found in result.problems})
        _remark(
            words.SAID["problems"].format(problems=_count("problem", len(result.problems)), files=_count("file", files))
        )


def _count(noun: str, count: int) -> str:
    return words.SAID[f"count-{noun}"] if count == 1 else words.SAID[f"count-{noun}s"].format(count=count)


def _problem(found: "Problem") -> str:
    from openreform.rendering.text import problem_line  # noqa: PLC0415

    return problem_line(found.path, found.line, found.column, found.message, found.fix)


def _deliver_pages(result: "Run", output: str) -> None:
    from openreform.rendering import text  # noqa: PLC0415

    pages = [text.render(assessment) for assessment in result.assessments]
    if output != "-":
        _deliver("\n".join(page.text() for page in pages), output)
        return
    for number, page in enumerate(pages):
        if number:
            _print("\n")
        _show(page)


def _deliver(product: str, output: str) -> None:
    if output == "-":
        _print(product)
    else:
        _write(output, product)


# --- Printing and writing ---------------------------------------------------------------------------------


def _show(page: "Page") -> None:
    """A page with colours where a person watches, plain otherwise."""
    if sys.stdout.isatty() and not os.environ.get("NO_COLOR"):
        from rich.console import Console  # noqa: PLC0415
        from rich.text import Text  # noqa: PLC0415

        console = Console(highlight=False, markup=False, soft_wrap=True)
        for line, style in page.lines:
            console.print(Text(line, style=style))
    else:
        _print(page.text())


def _print(text: str) -> None:
    """The product on standard output; that nobody reads on (a closed pipe) is no fault."""
    _as_utf8(sys.stdout)
    try:
        sys.stdout.write(text)
        sys.stdout.flush()
    except BrokenPipeError:
        _leave(0)


def _remark(text: str) -> None:
    from openreform.plaintext import visible  # noqa: PLC0415

    _as_utf8(sys.stderr)
    sys.stderr.write(f"{visible(text)}\n")


def _as_utf8(stream: object) -> None:
    """The same bytes out on every machine, whatever its locale."""
    if getattr(stream, "encoding", "").lower() not in {"utf-8", "utf8"} and hasattr(stream, "reconfigure"):
        stream.reconfigure(encoding="utf-8", errors="backslashreplace")


def _shown(text: str) -> str:
    from openreform.plaintext import visible  # noqa: PLC0415

    return visible(text)


def _refuse(text: str) -> NoReturn:
    _remark(text)
    raise typer.Exit(WRONG_USE)


def _check_writable(output: str) -> None:
    """Refuse an output that cannot be written before anything is done."""
    if output == "-":
        return
    folder = Path(output).parent
    if not folder.is_dir():
        _refuse(words.SAID["no-folder"].format(path=_shown(output), folder=_shown(folder.as_posix())))
    if Path(output).is_dir() or not os.access(folder, os.W_OK):
        reason = os.strerror(21 if Path(output).is_dir() else 13)
        _refuse(words.SAID["cannot-write"].format(path=_shown(output), reason=reason))


def _write(output: str, text: str) -> None:
    """Write whole or not at all: to a file beside it first, then moved into place."""
    target = Path(output)
    beside = target.with_name(f".{target.name}.{os.getpid()}.part")
    try:
        with beside.open("w", encoding="utf-8", newline="\n") as file:
            file.write(text)
        beside.replace(target)
    except OSError as error:
        _refuse(words.SAID["cannot-write"].format(path=_shown(output), reason=error.strerror or type(error).__name__))
    finally:
        beside.unlink(missing_ok=True)


def _leave(code: int) -> NoReturn:
    """Exit without flushing into a pipe that is gone."""
    devnull = os.open(os.devnull, os.O_WRONLY)
    os.dup2(devnull, sys.stdout.fileno())
    sys.exit(code)
