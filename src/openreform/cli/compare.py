"""`openreform compare`: what moved between two drafts, two results, or two git revisions of one."""

from enum import StrEnum
from typing import TYPE_CHECKING, Annotated, NoReturn

import typer

from openreform.cli.console import (
    NOT_ASSESSABLE,
    STDOUT,
    WRONG_USE,
    by_ending,
    check_writable,
    day_named,
    deliver,
    framework_named,
    is_watched,
    remark,
    show,
    shown,
    told_problems,
    told_skipped,
)
from openreform.cli.settings import ConfigOption, InForce, IsolatedOption
from openreform.messages import commands as words
from openreform.messages import comparing as texts

if TYPE_CHECKING:
    from collections.abc import Mapping

    from openreform.comparing.sources import Side
    from openreform.comparison import Changes
    from openreform.problems import Problem


class Format(StrEnum):
    """Output formats of `compare`."""

    TEXT = "text"
    JSON = "json"
    MARKDOWN = "markdown"
    HTML = "html"


def compare(
    context: typer.Context,
    old: Annotated[str, typer.Argument(help=texts.COMPARE_OLD, show_default=False)],
    new: Annotated[str, typer.Argument(help=texts.COMPARE_NEW, show_default=False)],
    output_format: Annotated[Format, typer.Option("--format", "-f", help=texts.COMPARE_FORMAT)] = Format.TEXT,
    framework: Annotated[
        str | None, typer.Option("--framework", help=texts.COMPARE_FRAMEWORK, show_default=False)
    ] = None,
    allow_versions: Annotated[bool, typer.Option("--allow-versions", help=texts.COMPARE_VERSIONS)] = False,
    as_of: Annotated[str | None, typer.Option("--as-of", help=words.AS_OF, show_default=False)] = None,
    output: Annotated[str, typer.Option("--output", "-o", help=words.OUTPUT)] = STDOUT,
    config: ConfigOption = None,
    isolated: IsolatedOption = False,
    quiet: Annotated[bool, typer.Option("--quiet", "-q", help=words.QUIET)] = False,
) -> None:
    """Hold two sides against each other; 2 where they are not measured alike, 3 where one cannot be read."""
    from openreform.comparing.matching import changes  # noqa: PLC0415
    from openreform.comparing.sources import CannotCompareError, framework_for, understand  # noqa: PLC0415

    settings = InForce(context)
    day = day_named(as_of)
    yardstick = framework_named(framework) if framework is not None else None
    check_writable(output)
    output_format = by_ending(context, output_format, output)
    sides = _read(old, new)
    yardstick = yardstick or framework_named(framework_for(sides))
    for side in sides:
        understand(side, yardstick)
    problems = [found for side in sides for found in side.problems]
    if not problems:
        try:
            found = changes(*sides, day, allow_versions=allow_versions)
        except CannotCompareError as error:
            _refuse(error.key, error.details)
        _tell(found, output_format, output, day.text if day else None)
    elif output_format is Format.JSON:
        from openreform.rendering import compared_json  # noqa: PLC0415

        deliver([compared_json.as_json(None, problems, day.text if day else None)], output)
    if not quiet:
        settings.remark()
        told_skipped([each for side in sides for each in side.skipped])
    if problems:
        _tell_problems(problems, output_format)
        raise typer.Exit(NOT_ASSESSABLE)


def _read(old: str, new: str) -> "tuple[Side, Side]":
    """Both sides; leaves with 2 where there is nothing of that name."""
    from openreform.comparing.sources import CannotCompareError, read_side  # noqa: PLC0415
    from openreform.loading.git import GitError  # noqa: PLC0415

    if old == new == STDOUT:
        _refuse("stdin-twice", {})
    try:
        return read_side(old, texts.GENERIC_WHOLE), read_side(new, texts.GENERIC_WHOLE)
    except (CannotCompareError, GitError) as error:
        _refuse(error.key, error.details)


def _refuse(key: str, details: "Mapping[str, object]") -> NoReturn:
    remark(texts.SAID[key].format(**{name: shown(str(value)) for name, value in details.items()}))
    raise typer.Exit(WRONG_USE)


def _tell(found: "Changes", output_format: Format, output: str, as_of: str | None) -> None:
    if output_format is Format.JSON:
        from openreform.rendering import compared_json  # noqa: PLC0415

        deliver([compared_json.as_json(found, [], as_of)], output)
        return
    from openreform.rendering import compared  # noqa: PLC0415

    made = compared.paper(found)
    if output_format is Format.TEXT:
        page = compared.page(made)
        if output == STDOUT and is_watched():
            show(page)
        else:
            deliver([page.text()], output)
    elif output_format is Format.MARKDOWN:
        from openreform.rendering.papers import markdown  # noqa: PLC0415

        deliver([markdown.render(made)], output)
    else:
        from openreform.rendering.papers import html  # noqa: PLC0415

        deliver([html.render(made)], output)


def _tell_problems(problems: "list[Problem]", output_format: Format) -> None:
    """Everything that is wrong, where the report does not hold it."""
    if output_format is not Format.JSON:
        told_problems(problems)
