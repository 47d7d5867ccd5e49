"""`openreform assess`: documents in, reports out."""

import os
import sys
from collections.abc import Callable, Generator, Iterable, Iterator
from contextlib import closing
from enum import StrEnum
from typing import TYPE_CHECKING, Annotated, Any

import typer

from openreform.cli.bibliographies import Bibliography, BibliographyOption
from openreform.cli.console import (
    FELL_SHORT,
    NOT_ASSESSABLE,
    STDOUT,
    by_ending,
    check_library,
    check_writable,
    count_problems,
    day_named,
    deliver,
    framework_named,
    is_watched,
    problem_line,
    refuse,
    remark,
    show,
    shown,
    skipped_lines,
    thresholds_named,
    told_skipped,
)
from openreform.cli.jobs import JobsOption, with_bar
from openreform.cli.settings import ConfigOption, InForce, IsolatedOption, ShowSettingsOption
from openreform.messages import commands as words
from openreform.messages.robustness import ROBUSTNESS_HELP

if TYPE_CHECKING:
    from openreform.assessment import Assessment
    from openreform.cli.work import Piece
    from openreform.framework import Framework
    from openreform.loading.frameworks import LoadedFramework
    from openreform.reform import PartialDate
    from openreform.rendering.text import Told
    from openreform.running import Run
    from openreform.scoring.ranking import Ranking


class Format(StrEnum):
    """Output formats of `assess`."""

    TEXT = "text"
    JSON = "json"
    JSONL = "jsonl"
    CSV = "csv"
    MARKDOWN = "markdown"
    HTML = "html"
    XLSX = "xlsx"
    PORTFOLIO = "portfolio"


class Rows(StrEnum):
    """What a row of CSV is."""

    CRITERIA = "criteria"
    REFORMS = "reforms"


def assess(
    context: typer.Context,
    paths: Annotated[list[str] | None, typer.Argument(help=words.ASSESS_PATHS, show_default=False)] = None,
    output_format: Annotated[Format, typer.Option("--format", "-f", help=words.ASSESS_FORMAT)] = Format.TEXT,
    framework: Annotated[str, typer.Option("--framework", help=words.FRAMEWORK)] = "involve-ogp",
    rows: Annotated[Rows | None, typer.Option("--rows", help=words.ASSESS_ROWS, show_default=False)] = None,
    full: Annotated[bool, typer.Option("--full", help=words.ASSESS_FULL)] = False,
    robustness: Annotated[bool, typer.Option("--robustness", help=ROBUSTNESS_HELP)] = False,
    as_of: Annotated[str | None, typer.Option("--as-of", help=words.AS_OF, show_default=False)] = None,
    fail_under: Annotated[
        list[str] | None,
        typer.Option("--fail-under", metavar="[WHAT=]NUMBER", help=words.FAIL_UNDER, show_default=False),
    ] = None,
    output: Annotated[str, typer.Option("--output", "-o", help=words.OUTPUT)] = STDOUT,
    jobs: JobsOption = 1,
    export_bibliography: BibliographyOption = None,
    config: ConfigOption = None,
    isolated: IsolatedOption = False,
    show_settings: ShowSettingsOption = False,
    quiet: Annotated[bool, typer.Option("--quiet", "-q", help=words.QUIET)] = False,
) -> None:
    """Assess documents and print the result; every file is reported, whatever is wrong with another."""
    from openreform.cli.work import Work, making  # noqa: PLC0415
    from openreform.many import itself, ranged  # noqa: PLC0415
    from openreform.running import Run  # noqa: PLC0415

    settings = InForce(context)
    if show_settings:
        settings.show(framework_named(framework).framework)
        return
    if not paths:
        refuse("no-paths")
    yardstick = framework_named(framework)
    settings.check_names(yardstick.framework)
    limits = thresholds_named(fail_under, yardstick.framework) if fail_under else ()
    day = day_named(as_of)
    output_format = by_ending(context, output_format, output)
    _check_use(paths, output_format, rows, output, robustness=robustness)
    bibliography = Bibliography(export_bibliography, output, yardstick)
    result = Run()
    below: list[str] = []
    on_one_page = output_format is Format.PORTFOLIO
    # scores side by side look like an order: the page says how far it holds
    ranking = _ranking(yardstick, on_one_page=on_one_page) if robustness or on_one_page else None
    as_of_told = day.text if day else None
    work = Work(making(output_format, by_reform=rows is Rows.REFORMS, as_of=as_of_told, full=full), limits)
    apart = jobs > 1 and ranking is None and export_bibliography is None  # nobody here wants the assessments themselves
    in_process: Callable[[Assessment], Any] = work if apart else ranged if robustness and not on_one_page else itself
    with (
        closing(_made(paths, yardstick, day, result, jobs, in_process)) as made,
        bibliography.beside(made) as noted,
    ):
        each: Iterator[Any] = (
            noted if apart else map(work, ranking.over(noted, ranges=not on_one_page) if ranking else noted)
        )
        contents = _noting(each, below)
        if not quiet:
            contents = with_bar(contents, result, paths, beside=output == STDOUT and sys.stdout.isatty())
        if output_format is Format.TEXT and output == STDOUT and is_watched():
            _show(contents, ranking)
        elif output_format is Format.PORTFOLIO:
            deliver(_portfolio(contents, yardstick.framework, result, as_of_told, ranking), output)
        else:
            deliver(_report(output_format, rows, contents, result, as_of_told, ranking), output)
    if not quiet:
        settings.remark()
        _remarks(result, problems_too=output_format is not Format.JSON)
    if result.problems:
        raise typer.Exit(NOT_ASSESSABLE)
    if below:
        asked = ", ".join(fail_under or [])
        remark(words.SAID["below"].format(count=len(below), all=result.assessed, limit=asked, ids=", ".join(below)))
        raise typer.Exit(FELL_SHORT)


def _check_use(paths: list[str], output_format: Format, rows: Rows | None, output: str, *, robustness: bool) -> None:
    """What can be told before anything is read."""
    if rows is not None and output_format is not Format.CSV:
        refuse("rows-without-csv")
    if robustness and output_format is Format.CSV and rows is not Rows.REFORMS:
        refuse("robustness-without-rows")
    for path in paths:
        if path != STDOUT and not os.path.lexists(path):
            refuse("no-path", path=shown(path))
    if output_format is Format.XLSX:
        check_library("xlsx", "xlsxwriter")
    check_writable(output, binary=output_format is Format.XLSX)


def _made(
    paths: list[str],
    framework: "LoadedFramework",
    day: "PartialDate | None",
    result: "Run",
    jobs: int,
    make: "Callable[[Assessment], Any]",
) -> "Generator[Any]":
    """Each assessment, made here; or what processes make of it."""
    from openreform.library import Library  # noqa: PLC0415

    if jobs > 1:
        from openreform.many import Shared, run_many  # noqa: PLC0415

        yield from run_many(paths, Shared(framework, day, Library, make), result, jobs)
    else:
        from openreform.running import run  # noqa: PLC0415

        yield from run(paths, framework, day, result, Library)


def _ranking(framework: "LoadedFramework", *, on_one_page: bool) -> "Ranking":
    from openreform.assessment import SIDES  # noqa: PLC0415
    from openreform.scoring.ranking import Ranking  # noqa: PLC0415

    return Ranking(framework.framework, framework.digest, ("promise",) if on_one_page else SIDES)


def _noting(pieces: "Iterable[Piece]", below: list[str]) -> Iterator[Any]:
    """Hand the contents on, noting the reforms that miss a limit."""
    for piece in pieces:
        if piece.below is not None:
            below.append(piece.below)
        yield piece.content


def _show(reforms: "Iterable[Told]", ranking: "Ranking | None") -> None:
    from openreform.rendering import text  # noqa: PLC0415

    for page in text.together(reforms, ranked=ranking.ranks if ranking else None):
        show(page)


def _report(
    output_format: Format,
    rows: Rows | None,
    contents: Iterator[Any],
    result: "Run",
    as_of: str | None,
    ranking: "Ranking | None",
) -> Iterator[str | bytes]:
    """The report in pieces, as they are ready, of what `work.making` made of each reform."""
    match output_format:
        case Format.TEXT:
            from openreform.rendering import text  # noqa: PLC0415

            yield from (page.text() for page in text.together(contents, ranked=ranking.ranks if ranking else None))
        case Format.JSON | Format.JSONL:
            from openreform.rendering import json  # noqa: PLC0415

            if output_format is Format.JSONL:
                yield from contents
                yield from json.problem_lines(result.problems, as_of)
                if ranking:
                    yield json.ranks_line(ranking.ranks, as_of)
            else:
                yield json.render(list(contents), result.problems, as_of, ranking.ranks if ranking else None)
        case Format.CSV:
            from openreform.rendering import csv  # noqa: PLC0415

            yield from csv.reform_rows(contents) if rows is Rows.REFORMS else csv.with_head(contents)
        case Format.MARKDOWN:
            from openreform.rendering import pages  # noqa: PLC0415

            yield from pages.markdown(contents, ranking.ranks if ranking else None)
        case Format.HTML:
            from openreform.rendering import pages  # noqa: PLC0415

            yield pages.html(list(contents), ranking.ranks if ranking else None)
        case Format.XLSX:
            from openreform.rendering import xlsx  # noqa: PLC0415

            yield xlsx.workbook(contents, result.problems, as_of)


def _portfolio(
    assessments: "Iterator[Assessment]",
    framework: "Framework",
    result: "Run",
    as_of: str | None,
    ranking: "Ranking | None",
) -> Iterator[str | bytes]:
    """All reforms on one page. What was skipped, what could not be assessed and ranks are known once all are through."""
    from openreform.rendering import portfolio_page  # noqa: PLC0415

    yield from portfolio_page.html(
        assessments,
        framework,
        result.problems,
        as_of=as_of,
        skipped=lambda: skipped_lines(result.skipped),
        ranked=(lambda _: ranking.between()) if ranking else None,
    )


def _remarks(result: "Run", *, problems_too: bool) -> None:
    """What was wrong, what was passed over, and, where there were several files, what was done."""
    from openreform.messages.reports import said  # noqa: PLC0415

    if problems_too:
        for found in result.problems:
            remark(problem_line(found))
    told_skipped(result.skipped)
    if result.assessed > 1:
        remark(said(words.SAID, "assessed", result.kind).format(count=result.assessed))
    if result.problems:
        count_problems(result.problems)
