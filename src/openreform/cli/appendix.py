"""`openreform appendix`: the annex of a paper, from documents to Markdown, HTML, Word or PDF."""

import os
from collections.abc import Iterator
from enum import StrEnum
from typing import TYPE_CHECKING, Annotated

import typer

from openreform.cli.console import (
    NOT_ASSESSABLE,
    STDOUT,
    WRONG_USE,
    check_writable,
    day_named,
    deliver,
    ending_of,
    endings_of,
    framework_named,
    refuse,
    remark,
    shown,
    told_problems,
    told_skipped,
)
from openreform.cli.settings import ConfigOption, InForce, IsolatedOption
from openreform.messages import appendix as words
from openreform.messages import commands
from openreform.messages.robustness import ROBUSTNESS_HELP

if TYPE_CHECKING:
    from openreform.assessment import Assessment
    from openreform.library import Library
    from openreform.loading.frameworks import LoadedFramework
    from openreform.paper import Paper
    from openreform.rendering.appendix.writing import Content


class Format(StrEnum):
    """Output formats of `appendix`."""

    MARKDOWN = "markdown"
    HTML = "html"
    DOCX = "docx"
    PDF = "pdf"


class Section(StrEnum):
    """The parts of an annex."""

    SUMMARY = "summary"
    METHOD = "method"
    FRAMEWORK = "framework"
    SCORECARDS = "scorecards"
    COMPARISON = "comparison"
    CASES = "cases"
    GLOSSARY = "glossary"
    SOURCES = "sources"


def appendix(
    context: typer.Context,
    paths: Annotated[list[str] | None, typer.Argument(help=words.PATHS, show_default=False)] = None,
    section: Annotated[list[Section] | None, typer.Option("--section", help=words.SECTION, show_default=False)] = None,
    output_format: Annotated[
        Format | None, typer.Option("--format", "-f", help=words.FORMAT, show_default=False)
    ] = None,
    framework: Annotated[str, typer.Option("--framework", help=commands.FRAMEWORK)] = "involve-ogp",
    as_of: Annotated[str | None, typer.Option("--as-of", help=commands.AS_OF, show_default=False)] = None,
    robustness: Annotated[bool, typer.Option(help=ROBUSTNESS_HELP)] = True,
    output: Annotated[str, typer.Option("--output", "-o", help=commands.OUTPUT)] = STDOUT,
    config: ConfigOption = None,
    isolated: IsolatedOption = False,
    quiet: Annotated[bool, typer.Option("--quiet", "-q", help=commands.QUIET)] = False,
) -> None:
    """Assess documents and write the annex on all that could be; every file that could not be is told."""
    from openreform.library import Library  # noqa: PLC0415
    from openreform.running import run_all  # noqa: PLC0415

    if not paths:
        remark(words.SAID["no-paths"])
        raise typer.Exit(WRONG_USE)
    form = output_format or _by_ending(output)
    yardstick = framework_named(framework)
    day = day_named(as_of)
    for path in paths:
        if path != STDOUT and not os.path.lexists(path):
            refuse("no-path", path=shown(path))
    _require(form)
    check_writable(output, binary=form in {Format.DOCX, Format.PDF})
    library = Library(yardstick)
    assessments, result = run_all(paths, yardstick, day, Library)
    if assessments:
        from openreform.rendering.appendix import annex  # noqa: PLC0415

        content = _content(assessments, yardstick, library, robustness=robustness)
        settled = NOT_ASSESSABLE if result.problems else 0
        deliver(_printed(annex(content, [part.value for part in section or ()]), form), output, settled=settled)
    if not quiet:
        InForce(context).remark()
        told_problems(result.problems)
        told_skipped(result.skipped)
        if not assessments:
            remark(words.SAID["nothing"])
    if result.problems:
        raise typer.Exit(NOT_ASSESSABLE)


def _by_ending(output: str) -> Format:
    """The format that the ending of a file names; Markdown where there is no ending."""
    ending, endings = ending_of(output), endings_of(Format)
    if not ending:
        return Format.MARKDOWN
    if ending not in endings:
        remark(words.SAID["no-ending"].format(path=shown(output), known=", ".join(endings)))
        raise typer.Exit(WRONG_USE)
    return endings[ending]


def _require(form: Format) -> None:
    """Leave with 2 and what to install if a format needs what is not there."""
    from openreform.rendering.papers.parts import NotInstalledError  # noqa: PLC0415

    try:
        if form is Format.DOCX:
            from openreform.rendering.papers import docx  # noqa: PLC0415

            docx.require()
        elif form is Format.PDF:
            from openreform.rendering.papers import pdf  # noqa: PLC0415

            pdf.require()
    except NotInstalledError as error:
        remark(str(error))
        raise typer.Exit(WRONG_USE) from None


def _content(
    assessments: "list[Assessment]", yardstick: "LoadedFramework", library: "Library", *, robustness: bool
) -> "Content":
    """The assessments with the frameworks they were made with, what the case library tells, and how far scores move."""
    from openreform.library import place_in_words, place_named  # noqa: PLC0415
    from openreform.loading.frameworks import load_version  # noqa: PLC0415
    from openreform.rendering.appendix.writing import Content, version_of  # noqa: PLC0415
    from openreform.rendering.cases import Told  # noqa: PLC0415
    from openreform.scoring.ranking import Ranking  # noqa: PLC0415

    ranking = Ranking(yardstick.framework, yardstick.digest, ("promise",))
    if robustness:
        assessments = list(ranking.over(assessments))
    frameworks = {(yardstick.framework.id, yardstick.framework.version): yardstick.framework}
    for name in map(version_of, assessments):
        if name not in frameworks:
            loaded = load_version(*name)
            if loaded is not None:
                frameworks[name] = loaded.framework

    def told(ident: str) -> Told:
        document, assessment = library.told(ident)
        return Told(document.reform, assessment, place_in_words(document.reform))

    codes = {assessment.country for assessment in assessments if assessment.country}
    places = {code: place_named(code) for code in sorted(codes)}
    return Content(tuple(assessments), frameworks, told, places, ranking.ranks())


def _printed(paper: "Paper", form: Format) -> Iterator[str | bytes]:
    match form:
        case Format.MARKDOWN:
            from openreform.rendering.papers import markdown  # noqa: PLC0415

            yield markdown.render(paper)
        case Format.HTML:
            from openreform.rendering.papers import html  # noqa: PLC0415

            yield html.render(paper)
        case Format.DOCX:
            from openreform.rendering.papers import docx  # noqa: PLC0415

            yield docx.render(paper)
        case Format.PDF:
            from openreform.rendering.papers import pdf  # noqa: PLC0415

            yield pdf.render(paper)
