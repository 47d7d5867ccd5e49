"""`openreform cases`: the case library, searched, and one case told in full or as a box for a paper."""

from enum import StrEnum
from typing import TYPE_CHECKING, Annotated, NoReturn

import typer

from openreform.cli.console import (
    NOT_ASSESSABLE,
    STDOUT,
    check_writable,
    deliver,
    framework_named,
    is_watched,
    refuse,
    remark,
    sector_named,
    show,
    shown,
)
from openreform.cli.settings import ConfigOption, InForce, IsolatedOption
from openreform.messages import commands as words

if TYPE_CHECKING:
    from openreform.assessment import Case, Precedent
    from openreform.framework import Criterion
    from openreform.library import Library
    from openreform.rendering.cases import Listing
    from openreform.rendering.layout import Page


class Format(StrEnum):
    """Output formats of `cases`."""

    TEXT = "text"
    JSON = "json"
    MARKDOWN = "markdown"
    HTML = "html"


class Side(StrEnum):
    """The side on which a case reaches a level."""

    PROMISE = "promise"
    PRACTICE = "practice"


def cases(
    context: typer.Context,
    names: Annotated[
        list[str] | None, typer.Argument(help=words.CASES_NAMES, metavar="ID | WORDS", show_default=False)
    ] = None,
    sector: Annotated[str | None, typer.Option("--sector", help=words.CASES_SECTOR, show_default=False)] = None,
    country: Annotated[str | None, typer.Option("--country", help=words.CASES_COUNTRY, show_default=False)] = None,
    criterion: Annotated[
        str | None, typer.Option("--criterion", help=words.CASES_CRITERION, metavar="ID", show_default=False)
    ] = None,
    level: Annotated[int | None, typer.Option("--level", help=words.CASES_LEVEL, show_default=False)] = None,
    side: Annotated[Side | None, typer.Option("--side", help=words.CASES_SIDE, show_default=False)] = None,
    box: Annotated[bool, typer.Option("--box", help=words.CASES_BOX)] = False,
    framework: Annotated[str, typer.Option("--framework", help=words.FRAMEWORK)] = "involve-ogp",
    output_format: Annotated[Format, typer.Option("--format", "-f", help=words.CASES_FORMAT)] = Format.TEXT,
    output: Annotated[str, typer.Option("--output", "-o", help=words.OUTPUT)] = STDOUT,
    config: ConfigOption = None,
    isolated: IsolatedOption = False,
) -> None:
    """List the cases that fit what is asked, or print one."""
    from openreform.library import Library, those_of  # noqa: PLC0415
    from openreform.rendering.cases import Listing, case_in  # noqa: PLC0415

    if criterion is None and (level is not None or side is not None):
        refuse("level-without-criterion")
    if box and output_format is Format.JSON:
        refuse("box-not-json")
    library = Library(framework_named(framework))
    InForce(context).remark()
    if not library.cases:
        refuse("cases-of-reforms", framework=shown(framework))
    names = names or []
    theme = sector_named(sector) if sector is not None else None
    place = _place(country, library) if country is not None else None
    measure = _criterion(criterion, library, level) if criterion is not None else None
    check_writable(output)
    ident = _one_case(names, library)
    if ident:
        if sector or country or criterion:
            refuse("id-stands-alone", id=ident)
        _tell(library, [ident], output_format, output, box=box)
        return
    found: list[Case | Precedent] = list(those_of(library.cases, names, theme, place))
    if not found and len(names) == 1 and "-" in names[0]:  # as in every id, so that one was meant
        _refuse_case(names[0], library)
    if measure:
        of_these = {case_in(each).id for each in found}
        reach = library.that_reach(measure.id, level or 1, (side or Side.PROMISE).value)
        found = [precedent for precedent in reach if precedent.case.id in of_these]
    if found and box:
        _tell(library, [case_in(each).id for each in found], output_format, output, box=True)
    elif found or output_format is Format.JSON:
        _list(Listing(library.framework.framework, measure, found), output_format, output)
    if not found:
        asked = _in_words(names, theme, place, measure, level or 1, side or Side.PROMISE)
        remark(words.SAID["no-case-found"].format(count=len(library), asked=asked))
        raise typer.Exit(NOT_ASSESSABLE)


def _one_case(names: list[str], library: "Library") -> str | None:
    """The id of the case that was named, if it is one."""
    if len(names) != 1:
        return None
    return next((case.id for case in library.cases if case.id.casefold() == names[0].strip().casefold()), None)


def _refuse_case(name: str, library: "Library") -> NoReturn:
    from openreform.loading.shapes import nearest  # noqa: PLC0415

    guess = nearest(name, [case.id for case in library.cases])
    hint = words.SAID["guess"].format(guess=guess) if guess else words.SAID["list-cases"]
    refuse("no-case", name=shown(name), guess=hint)


def _place(text: str, library: "Library") -> str:
    from openreform.library import place_called, place_meant  # noqa: PLC0415

    place = place_called(text, library.cases)
    if place is None:
        guess = place_meant(text, library.cases)
        known = ", ".join(sorted({case.place for case in library.cases if case.place}))
        hint = words.SAID["guess"].format(guess=guess) if guess else words.SAID["known-places"].format(places=known)
        refuse("no-country", name=shown(text), guess=hint)
    return place


def _criterion(text: str, library: "Library", level: int | None) -> "Criterion":
    from openreform.loading.shapes import nearest  # noqa: PLC0415

    framework = library.framework.framework
    criterion = framework.criterion(text)
    if criterion is None:
        guess = nearest(text, [part.id for part in framework.criteria])
        hint = words.SAID["guess"].format(guess=guess) if guess else words.SAID["list-ids"]
        refuse("no-criterion", name=shown(text), framework=framework.id, guess=hint)
    if level is not None and not 1 <= level <= len(criterion.levels):
        refuse("no-level", level=level, id=criterion.id, rungs=len(criterion.levels))
    return criterion


def _in_words(
    names: list[str], sector: str | None, place: str | None, criterion: "Criterion | None", level: int, side: Side
) -> str:
    """What was asked for, so that it is seen why nothing fits."""
    asked = [words.ASKED["words"].format(words=shown(" ".join(names)))] if names else []
    if sector:
        asked.append(words.ASKED["sector"].format(sector=sector))
    if place:
        asked.append(words.ASKED["country"].format(country=place))
    if criterion:
        asked.append(words.ASKED[side.value].format(id=criterion.id, level=level))
    return ", ".join(asked)


def _list(listing: "Listing", output_format: Format, output: str) -> None:
    from openreform.rendering.cases import list_json, list_page  # noqa: PLC0415

    if output_format is Format.TEXT:
        _print([list_page(listing)], output)
    elif output_format is Format.JSON:
        deliver([list_json(listing)], output)
    else:
        from openreform.rendering import case_pages  # noqa: PLC0415

        made = case_pages.list_html if output_format is Format.HTML else case_pages.list_markdown
        deliver([made(listing)], output)


def _tell(library: "Library", idents: list[str], output_format: Format, output: str, *, box: bool) -> None:
    from openreform.library import place_in_words  # noqa: PLC0415
    from openreform.rendering.cases import Told, box_page, case_page, told_json  # noqa: PLC0415

    told = [
        Told(document.reform, assessment, place_in_words(document.reform))
        for document, assessment in map(library.told, idents)
    ]
    if output_format is Format.TEXT:
        _print([(box_page if box else case_page)(each) for each in told], output)
    elif output_format is Format.JSON:
        deliver([told_json(told)], output)
    else:
        from openreform.rendering import case_pages  # noqa: PLC0415

        made = case_pages.boxes_html if output_format is Format.HTML else case_pages.boxes_markdown
        deliver([made(told)], output)


def _print(pages: "list[Page]", output: str) -> None:
    """Pages with colours where a person watches, with an empty line between them."""
    for page in pages[1:]:
        page.lines.insert(0, ("", ""))
    if output == STDOUT and is_watched():
        for page in pages:
            show(page)
    else:
        deliver((page.text() for page in pages), output)
