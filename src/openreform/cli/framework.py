"""`openreform framework`: the yardsticks themselves."""

import os
from enum import StrEnum
from typing import Annotated

import typer

from openreform.cli.console import (
    NOT_ASSESSABLE,
    STDOUT,
    check_writable,
    deliver,
    framework_named,
    problem_line,
    refuse,
    remark,
    say,
    shown,
)
from openreform.messages import commands as words

framework = typer.Typer(no_args_is_help=True, rich_markup_mode=None)


class Format(StrEnum):
    """Output formats of `framework show`."""

    TEXT = "text"
    MARKDOWN = "markdown"
    HTML = "html"


@framework.command("list", help=words.FRAMEWORK_LIST)
def list_frameworks() -> None:
    """Name every bundled framework."""
    from openreform.loading.frameworks import bundled_names, load_bundled  # noqa: PLC0415
    from openreform.messages.reports import EXPLAIN  # noqa: PLC0415

    names = bundled_names()
    for name in names:
        loaded = load_bundled(name).framework
        say(f"{loaded.id} {loaded.version}: {loaded.title}\n")
    remark(EXPLAIN["frameworks-next"].format(id=names[0]))


@framework.command("show", help=words.FRAMEWORK_SHOW)
def show_framework(
    name: Annotated[str, typer.Argument(help=words.FRAMEWORK)] = "involve-ogp",
    output_format: Annotated[Format, typer.Option("--format", "-f", help=words.FRAMEWORK_FORMAT)] = Format.TEXT,
    output: Annotated[str, typer.Option("--output", "-o", help=words.OUTPUT)] = STDOUT,
) -> None:
    """Print a whole framework: dimensions, criteria, levels, gates, sources."""
    yardstick = framework_named(name).framework
    check_writable(output)
    if output_format is Format.TEXT:
        from openreform.rendering.explain import framework_page  # noqa: PLC0415

        deliver([framework_page(yardstick).text()], output)
    else:
        from openreform.rendering import pages  # noqa: PLC0415

        made = pages.framework_html if output_format is Format.HTML else pages.framework_markdown
        deliver([made(yardstick)], output)


@framework.command("check", help=words.FRAMEWORK_CHECK)
def check_framework(path: Annotated[str, typer.Argument(help=words.FRAMEWORK_PATH, show_default=False)]) -> None:
    """Tell the author of a framework every mistake in it, with line and column."""
    from openreform.loading.frameworks import load_framework_file  # noqa: PLC0415

    if not os.path.exists(path):  # noqa: PTH110  # no error for a name too long to be a path
        refuse("no-path", path=shown(path))
    loaded = load_framework_file(path)
    if isinstance(loaded, list):
        for found in loaded:
            remark(problem_line(found))
        raise typer.Exit(NOT_ASSESSABLE)
    criteria, gates = len(loaded.framework.criteria), len(loaded.framework.gates)
    say(words.SAID["sound"].format(path=shown(path), criteria=criteria, gates=gates) + "\n")
