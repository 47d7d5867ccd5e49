"""`openreform framework`: the yardsticks themselves."""

import os
from collections.abc import Iterator
from enum import StrEnum
from pathlib import Path
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
    told_problems,
)
from openreform.messages import commands as words

if TYPE_CHECKING:
    from openreform.loading.frameworks import LoadedFramework

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
    loaded = framework_named(name)
    check_writable(output)
    named = Path(name).name
    deliver([_checklist(loaded, named, output_format) if checklist else _chapter(loaded, output_format)], output)


def _chapter(loaded: "LoadedFramework", output_format: Format) -> str:
    from openreform.loading.crosswalk import crosswalk  # noqa: PLC0415
    from openreform.rendering import chapter as chapters  # noqa: PLC0415

    base, tailoring = loaded.base, loaded.tailoring
    change = chapters.Change(base.framework, tailoring) if base and tailoring else None
    chapter = chapters.chapter(loaded.framework, crosswalk(loaded.framework), change)
    if output_format is Format.TEXT:
        return chapters.page(chapter).text()
    from openreform.rendering import pages  # noqa: PLC0415

    return pages.framework_html(chapter) if output_format is Format.HTML else pages.framework_markdown(chapter)


def _checklist(loaded: "LoadedFramework", named: str, output_format: Format) -> str:
    from openreform.rendering import checklist  # noqa: PLC0415

    form = checklist.form(loaded.framework, shown(named))
    if output_format is Format.TEXT:
        return checklist.page(form).text()
    from openreform.rendering import pages  # noqa: PLC0415

    return pages.checklist_html(form) if output_format is Format.HTML else pages.checklist_markdown(form)


@framework.command("new", help=words.FRAMEWORK_NEW)
def new_framework(
    path: Annotated[str, typer.Argument(help=words.FRAMEWORK_NEW_PATH)] = "framework.yaml",
    force: Annotated[bool, typer.Option("--force", help=words.INIT_FORCE)] = False,
) -> None:
    """Write a small framework to change; never over a file that is there unless told to."""
    from importlib import resources  # noqa: PLC0415

    starter = (resources.files("openreform") / "framework_starter.yaml").read_text(encoding="utf-8")
    if path == STDOUT:
        say(starter)
        return
    if os.path.lexists(path) and not force:
        refuse("exists", path=shown(path))
    check_writable(path)
    deliver([starter], path)
    remark(words.SAID["framework-written"].format(path=shown(path)))


@framework.command("check", help=words.FRAMEWORK_CHECK)
def check_framework(path: Annotated[str, typer.Argument(help=words.FRAMEWORK_PATH, show_default=False)]) -> None:
    """Tell the author of a framework every mistake in it, with line and column."""
    from openreform.loading.files import text_at  # noqa: PLC0415
    from openreform.loading.frameworks import load_framework_file  # noqa: PLC0415
    from openreform.reviewing import review  # noqa: PLC0415

    if not os.path.exists(path):  # noqa: PTH110  # no error for a name too long to be a path
        refuse("no-path", path=shown(path))
    loaded = load_framework_file(path)
    if isinstance(loaded, list):
        told_problems(loaded)
        raise typer.Exit(NOT_ASSESSABLE)
    say("".join(f"{line}\n" for line in _what_it_holds(loaded, path)))
    text = text_at(path)
    hints = review(loaded, text, Path(path).as_posix()) if isinstance(text, str) else []
    if hints:
        remark(words.SAID["hints"])
    for found in hints:
        remark(problem_line(found))


def _what_it_holds(loaded: "LoadedFramework", path: str) -> Iterator[str]:
    from openreform.messages.reports import CHAPTER  # noqa: PLC0415

    made, said = loaded.framework, words.SAID
    kind = CHAPTER[f"for-{made.applies_to}"]
    yield said["sound"].format(path=shown(path), id=shown(made.id), version=made.version, kind=kind)
    if loaded.base:
        yield said["sound-extends"].format(id=shown(loaded.base.framework.id), version=loaded.base.framework.version)
    counts = (
        ("dimension", "dimensions", len(made.dimensions)),
        ("criterion", "criteria", len(made.criteria)),
        ("level", "levels", sum(len(criterion.levels) for criterion in made.criteria)),
        ("gate", "gates", len(made.gates)),
        ("source", "sources", len(made.sources)),
        ("question", "questions", len(made.roadmap)),
    )
    yield said["sound-holds"].format(parts=", ".join(_counted(*each) for each in counts))
    yield said["sound-unverified"].format(count=_counted("statement", "statements", len(made.unverified)))


def _counted(one: str, several: str, count: int) -> str:
    return f"{count} {words.SAID[f'holds-{one if count == 1 else several}']}"
