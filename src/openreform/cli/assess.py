"""`openreform assess`: documents in, reports out."""

import os
from collections.abc import Iterable, Iterator
from enum import StrEnum
from typing import TYPE_CHECKING, Annotated

import typer

from openreform.cli.bibliographies import Bibliography, BibliographyOption
from openreform.cli.console import (
    FELL_SHORT,
    NOT_ASSESSABLE,
    STDOUT,
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
from openreform.cli.settings import ConfigOption, InForce, IsolatedOption, ShowSettingsOption
from openreform.messages import commands as words
from openreform.messages.robustness import ROBUSTNESS_HELP

if TYPE_CHECKING:
    from openreform.assessment import Assessment
    from openreform.findings import Threshold
    from openreform.framework import Framework
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
    export_bibliography: BibliographyOption = None,
    config: ConfigOption = None,
    isolated: IsolatedOption = False,
    show_settings: ShowSettingsOption = False,
    quiet: Annotated[bool, typer.Option("--quiet", "-q", help=words.QUIET)] = False,
) -> None:
    """Assess documents and print the result; every file is reported, whatever is wrong with another."""
    from openreform.library import Library  # noqa: PLC0415
    from openreform.running import Run, run  # noqa: PLC0415

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
    bibliography = Bibliography(export_bibliography, output, yardstick)
    result = Run()
    below: list[str] = []
    with bibliography.beside(run(paths, yardstick, day, result, Library)) as noted:
        assessments = _watched_for(limits, noted, below)
        ranking = None
        if robustness:
            from openreform.scoring.ranking import Ranking  # noqa: PLC0415

            ranking = Ranking(yardstick.framework, yardstick.digest)
            assessments = ranking.over(assessments, ranges=output_format is not Format.PORTFOLIO)
        if output_format is Format.TEXT and output == STDOUT and is_watched():
            _show(assessments, ranking, full=full)
        else:
            as_of_told = day.text if day else None
            made: Iterator[str | bytes]
            if output_format is Format.PORTFOLIO:
                made = _portfolio(assessments, yardstick.framework, result, as_of_told, ranking)
            else:
                made = _report(output_format, rows, assessments, result, as_of_told, ranking, full=full)
            deliver(made, output)
    if not quiet:
        settings.remark()
        _remarks(result, problems_too=output_format is not Format.JSON)
    if result.problems:
        raise typer.Exit(NOT_ASSESSABLE)
    if below:
        asked = ", ".join(fail_under or [])
        remark(words.SAID["below"].format(count=len(below), all=result.assessed, limit=asked, ids=", ".join(below)))
        raise typer.Exit(FELL_SHORT)


def _watched_for(
    limits: "tuple[Threshold, ...]", assessments: "Iterator[Assessment]", below: list[str]
) -> "Iterator[Assessment]":
    """Hand assessments on, noting those that miss a limit."""
    if not limits:
        yield from assessments
        return
    from openreform.checking import falls_below  # noqa: PLC0415

    for assessment in assessments:
        if any(falls_below(assessment, limit) for limit in limits):
            below.append(assessment.reform_id)
        yield assessment


def _show(assessments: "Iterable[Assessment]", ranking: "Ranking | None", *, full: bool) -> None:
    from openreform.rendering import text  # noqa: PLC0415

    for page in text.pages(assessments, full=full, ranked=ranking.ranks if ranking else None):
        show(page)


def _report(
    output_format: Format,
    rows: Rows | None,
    assessments: "Iterator[Assessment]",
    result: "Run",
    as_of: str | None,
    ranking: "Ranking | None",
    *,
    full: bool,
) -> Iterator[str | bytes]:
    """The report in pieces, as they are ready."""
    match output_format:
        case Format.TEXT:
            from openreform.rendering import text  # noqa: PLC0415

            yield from text.report(assessments, full=full, ranked=ranking.ranks if ranking else None)
        case Format.JSON | Format.JSONL:
            from openreform.rendering import json  # noqa: PLC0415

            if output_format is Format.JSONL:
                yield from json.lines(assessments, as_of)
                yield from json.problem_lines(result.problems, as_of)
                if ranking:
                    yield json.ranks_line(ranking.ranks, as_of)
            else:
                yield json.render(list(assessments), result.problems, as_of, ranking.ranks if ranking else None)
        case Format.CSV:
            from openreform.rendering import csv  # noqa: PLC0415

            yield from csv.reforms(assessments) if rows is Rows.REFORMS else csv.criteria(assessments)
        case Format.MARKDOWN:
            from openreform.rendering import pages  # noqa: PLC0415

            yield from pages.markdown(assessments)
        case Format.HTML:
            from openreform.rendering import pages  # noqa: PLC0415

            yield pages.html(list(assessments))
        case Format.XLSX:
            from openreform.rendering import xlsx  # noqa: PLC0415

            yield xlsx.workbook(assessments, result.problems, as_of)


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
