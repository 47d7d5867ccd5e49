"""`openreform check`: drafts held against what somebody asks of them, for CI."""

import math
import os
from datetime import UTC, datetime
from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from openreform.cli.console import (
    FELL_SHORT,
    NOT_ASSESSABLE,
    STDOUT,
    check_writable,
    count_problems,
    day_named,
    deliver,
    framework_named,
    gates_named,
    is_watched,
    refuse,
    remark,
    show,
    shown,
    thresholds_named,
    told_skipped,
)
from openreform.cli.settings import ConfigOption, InForce, IsolatedOption, ShowSettingsOption
from openreform.messages import commands as words

if TYPE_CHECKING:
    from openreform.assessment import Severity
    from openreform.checking import Asked, Outcome
    from openreform.framework import Framework
    from openreform.rendering.checked import Check


class Format(StrEnum):
    """Forms of what a check found."""

    TEXT = "text"
    JSON = "json"
    SARIF = "sarif"
    JUNIT = "junit"
    GITHUB = "github"
    GITLAB = "gitlab"
    SUMMARY = "summary"


class FailOn(StrEnum):
    """The mildest fault that makes a check fail."""

    ERROR = "error"
    WARNING = "warning"
    INFO = "info"
    NEVER = "never"


def check(
    context: typer.Context,
    paths: Annotated[list[str] | None, typer.Argument(help=words.CHECK_PATHS, show_default=False)] = None,
    formats: Annotated[
        list[str] | None, typer.Option("--format", "-f", metavar="FORMAT[=FILE]", help=words.CHECK_FORMAT)
    ] = None,
    framework: Annotated[str, typer.Option("--framework", help=words.FRAMEWORK)] = "involve-ogp",
    fail_on: Annotated[FailOn, typer.Option("--fail-on", help=words.FAIL_ON)] = FailOn.ERROR,
    fail_under: Annotated[
        list[str] | None, typer.Option("--fail-under", metavar="[WHAT=]NUMBER", help=words.CHECK_FAIL_UNDER)
    ] = None,
    fail_coverage_under: Annotated[
        float | None, typer.Option("--fail-coverage-under", help=words.FAIL_COVERAGE, min=0, max=100)
    ] = None,
    require_gate: Annotated[list[str] | None, typer.Option("--require-gate", help=words.REQUIRE_GATE)] = None,
    select: Annotated[list[str] | None, typer.Option("--select", help=words.SELECT)] = None,
    ignore: Annotated[list[str] | None, typer.Option("--ignore", help=words.IGNORE)] = None,
    extend_select: Annotated[list[str] | None, typer.Option("--extend-select", help=words.EXTEND_SELECT)] = None,
    baseline: Annotated[
        str | None, typer.Option("--baseline", metavar="FILE", help=words.BASELINE, show_default=False)
    ] = None,
    write_baseline: Annotated[
        str | None, typer.Option("--write-baseline", metavar="FILE", help=words.WRITE_BASELINE, show_default=False)
    ] = None,
    since: Annotated[
        str | None, typer.Option("--since", metavar="REVISION", help=words.SINCE, show_default=False)
    ] = None,
    skip_others: Annotated[bool, typer.Option("--skip-others", help=words.SKIP_OTHERS)] = False,
    exit_zero: Annotated[bool, typer.Option("--exit-zero", help=words.EXIT_ZERO)] = False,
    as_of: Annotated[str | None, typer.Option("--as-of", help=words.CHECK_AS_OF, show_default=False)] = None,
    config: ConfigOption = None,
    isolated: IsolatedOption = False,
    show_settings: ShowSettingsOption = False,
    quiet: Annotated[bool, typer.Option("--quiet", "-q", help=words.QUIET)] = False,
) -> None:
    """Report every fault, gate and threshold missed; what makes it fail is said in one line."""
    from openreform.checking import Asked  # noqa: PLC0415
    from openreform.cli.ratchets import Ratchet  # noqa: PLC0415

    settings = InForce(context)
    if show_settings:
        settings.show(framework_named(framework).framework)
        return
    if not paths:
        refuse("no-check-paths")
    outputs = _outputs(formats or [Format.TEXT])
    if fail_coverage_under is not None and math.isnan(fail_coverage_under):
        refuse("bad-coverage")
    yardstick = framework_named(framework)
    settings.check_names(yardstick.framework)
    day = day_named(as_of)
    asked = Asked(
        None if fail_on is FailOn.NEVER else _severity(fail_on),
        gates_named(require_gate or [], yardstick.framework),
        thresholds_named(fail_under or [], yardstick.framework),
        fail_coverage_under,
        *_looked_for(settings, select or [], ignore or [], extend_select or [], yardstick.framework),
        skip_others,
    )
    for path in paths:
        if path != STDOUT and not os.path.lexists(path):
            refuse("no-path", path=shown(path))
    today = datetime.now(tz=UTC).date().isoformat()
    ratchet = Ratchet(
        None if settings.gives_way("baseline") else baseline, write_baseline, since, [place for _, place in outputs]
    )
    outcome = ratchet.run(paths, yardstick, asked, day, today)
    told = _told(outcome, asked, yardstick.framework)
    short = FELL_SHORT if outcome.fell_short and not exit_zero else 0
    code = NOT_ASSESSABLE if outcome.run.problems else short
    for output_format, output in sorted(outputs, key=lambda each: each[1] == STDOUT):  # nobody may read standard output
        deliver(_made(told, outcome, output_format, output, day.text if day else None), output, settled=code)
    if not quiet:
        settings.remark()
        ratchet.tell(outcome)
        _remarks(outcome, today=None if day else today)
    raise typer.Exit(code)


# --- What is asked ----------------------------------------------------------------------------------------


def _outputs(written: list[str]) -> list[tuple[Format, str]]:
    """Each `FORMAT` or `FORMAT=FILE`; two may not go to one place."""
    found: list[tuple[Format, str]] = []
    for each in written:
        name, _, output = each.partition("=")
        if name not in set(Format):
            refuse("no-check-format", name=shown(name), known=", ".join(Format))
        place = output or STDOUT
        if any(os.path.realpath(place) == os.path.realpath(other) for _, other in found):
            refuse("check-one-place", place=shown(place))
        check_writable(place)
        found.append((Format(name), place))
    return found


def _severity(fail_on: FailOn) -> "Severity":
    levels: dict[FailOn, Severity] = {FailOn.ERROR: "error", FailOn.WARNING: "warning", FailOn.INFO: "info"}
    return levels[fail_on]


def _looked_for(
    settings: InForce, select: list[str], ignore: list[str], extend: list[str], framework: "Framework"
) -> tuple[frozenset[str], frozenset[str]]:
    """The faults selected (all, if none is) and those ignored.

    What is typed goes before what is set: `--select` says all there is to say, and `--extend-select` brings back what
    settings ignore.
    """
    chosen, added, passed = _rules(select, framework), _rules(extend, framework), _rules(ignore, framework)
    if settings.gives_way("extend_select"):
        added = []
    if settings.gives_way("ignore"):
        passed = []
    if settings.sets("ignore") and settings.is_typed("extend_select"):
        passed = [rule for rule in passed if rule not in added]
    return frozenset([*chosen, *added] if chosen else []), frozenset(passed)


def _rules(named: list[str], framework: "Framework") -> list[str]:
    """Ids of faults, each written whole or by its beginning."""
    from openreform.checking import rules_like  # noqa: PLC0415

    found: list[str] = []
    for name in _split(named):
        like = rules_like(name, framework)
        if not like:
            refuse("no-fault", name=shown(name), known=", ".join(each.id for each in framework.faults))
        found += like
    return found


def _split(named: list[str]) -> list[str]:
    return [name.strip() for each in named for name in each.split(",") if name.strip()]


# --- What is said -----------------------------------------------------------------------------------------


def _told(outcome: "Outcome", asked: "Asked", framework: "Framework") -> "Check":
    from openreform.checking import sought  # noqa: PLC0415
    from openreform.rendering.checked import Check  # noqa: PLC0415

    return Check(framework, sought(asked, framework), outcome.documents, outcome.findings, _root())


def _root() -> str:
    """The folder of the repository, where GitHub or GitLab says which it is and we are in it; otherwise where we are."""
    here = Path.cwd()
    for name in ("GITHUB_WORKSPACE", "CI_PROJECT_DIR"):
        folder = os.environ.get(name)
        if folder and here.is_relative_to(Path(folder).resolve()):
            return str(Path(folder).resolve())
    return str(here)


def _made(told: "Check", outcome: "Outcome", output_format: Format, output: str, as_of: str | None) -> list[str]:
    """What goes to one place, in one form; what a person watches is shown at once, in colours."""
    from openreform.rendering import checks  # noqa: PLC0415

    if output_format is Format.TEXT and output == STDOUT and is_watched():
        show(checks.page(told.findings))
        return []
    if output_format is Format.TEXT:
        return [f"{line}\n" for line in checks.lines(told.findings)]
    if output_format is Format.JSON:
        return [checks.as_json(outcome.documents, outcome.findings, outcome.run.problems, as_of)]
    return _for_programs(told, output_format)


def _for_programs(told: "Check", output_format: Format) -> list[str]:
    from openreform.rendering import annotations, junit, sarif, summary  # noqa: PLC0415

    match output_format:
        case Format.SARIF:
            return [sarif.render(told)]
        case Format.JUNIT:
            return [junit.render(told)]
        case Format.GITHUB:
            return [f"{line}\n" for line in annotations.github(told)]
        case Format.GITLAB:
            return [annotations.gitlab(told)]
        case _:
            return [summary.render(told)]


def _remarks(outcome: "Outcome", today: str | None) -> None:
    from openreform.messages.checks import CHECK  # noqa: PLC0415
    from openreform.rendering import checks  # noqa: PLC0415

    told_skipped(outcome.run.skipped)
    if outcome.run.problems:
        count_problems(outcome.run.problems)
    if today and any(each.assessment.has_exceptions for each in outcome.documents):
        remark(CHECK["today"].format(date=today))
    if outcome.documents:
        remark(checks.verdict(outcome.documents, outcome.findings))
