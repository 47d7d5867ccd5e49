"""`openreform framework`: the yardsticks themselves."""

import os
from enum import StrEnum
from typing import TYPE_CHECKING, Annotated

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
    show,
    shown,
)
from openreform.messages import commands as words

if TYPE_CHECKING:
    from openreform.framework import Framework

framework = typer.Typer(no_args_is_help=True, rich_markup_mode=None)


class Format(StrEnum):
    """Output formats of `framework show`."""

    TEXT = "text"
    MARKDOWN = "markdown"
    HTML = "html"


@framework.command("list", help=words.FRAMEWORK_LIST)
def list_frameworks() -> None:
    """Name every bundled framework, what it is for and how much it asks."""
    from openreform.loading.frameworks import bundled_names, load_bundled  # noqa: PLC0415
    from openreform.messages.reports import EXPLAIN  # noqa: PLC0415
    from openreform.rendering.chapter import list_page  # noqa: PLC0415

    names = bundled_names()
    show(list_page([load_bundled(name).framework for name in names]))
    remark(EXPLAIN["frameworks-next"].format(id=names[0]))


@framework.command("show", help=words.FRAMEWORK_SHOW)
def show_framework(
    name: Annotated[str, typer.Argument(help=words.FRAMEWORK)] = "involve-ogp",
    output_format: Annotated[Format, typer.Option("--format", "-f", help=words.FRAMEWORK_FORMAT)] = Format.TEXT,
    output: Annotated[str, typer.Option("--output", "-o", help=words.OUTPUT)] = STDOUT,
    checklist: Annotated[bool, typer.Option("--checklist", help=words.FRAMEWORK_CHECKLIST)] = False,
) -> None:
    """Print a whole framework as a chapter, or as a form to fill in by hand."""
    yardstick = framework_named(name).framework
    check_writable(output)
    deliver([_checklist(yardstick, output_format) if checklist else _chapter(yardstick, output_format)], output)


def _chapter(yardstick: "Framework", output_format: Format) -> str:
    from openreform.loading.crosswalk import crosswalk  # noqa: PLC0415
    from openreform.rendering import chapter as chapters  # noqa: PLC0415

    chapter = chapters.chapter(yardstick, crosswalk(yardstick))
    if output_format is Format.TEXT:
        return chapters.page(chapter).text()
    from openreform.rendering import pages  # noqa: PLC0415

    return pages.framework_html(chapter) if output_format is Format.HTML else pages.framework_markdown(chapter)


def _checklist(yardstick: "Framework", output_format: Format) -> str:
    from openreform.rendering import checklist  # noqa: PLC0415

    form = checklist.form(yardstick)
    if output_format is Format.TEXT:
        return checklist.page(form).text()
    from openreform.rendering import pages  # noqa: PLC0415

    return pages.checklist_html(form) if output_format is Format.HTML else pages.checklist_markdown(form)


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
