"""`openreform migrate`: documents to a newer version of a framework."""

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
    from openreform.migrating import Migration
    from openreform.problems import Problem


class Format(StrEnum):
    """Forms of the report of a migration."""

    TEXT = "text"
    JSON = "json"


def migrate(
    paths: Annotated[list[str] | None, typer.Argument(help=words.MIGRATE_PATHS, show_default=False)] = None,
    framework: Annotated[str, typer.Option("--framework", help=words.MIGRATE_TO)] = "involve-ogp",
    from_: Annotated[str | None, typer.Option("--from", help=words.MIGRATE_FROM, show_default=False)] = None,
    output: Annotated[str | None, typer.Option("--output", "-o", help=words.MIGRATE_OUTPUT, show_default=False)] = None,
    output_format: Annotated[Format, typer.Option("--format", "-f", help=words.MIGRATE_FORMAT)] = Format.TEXT,
    dry_run: Annotated[bool, typer.Option("--dry-run", help=words.MIGRATE_DRY_RUN)] = False,
) -> None:
    """Rewrite what the new version calls otherwise, and list what a person has to answer."""
    from openreform.rendering import migrations as reports  # noqa: PLC0415

    if not paths:
        refuse("no-migrate-paths")
    new = framework_named(framework)
    old = _earlier(from_, new) if from_ is not None else None
    for path in paths:
        if path == STDOUT and output is None and not dry_run:
            refuse("migrate-stdin")
        if path != STDOUT and not os.path.lexists(path):
            refuse("no-path", path=shown(path))
    if output is not None:
        check_writable(output)
    moved, problems = _all(paths, new, old)
    if output is not None and len(moved) > 1:
        refuse("migrate-one", count=len(moved))
    written = 0 if dry_run else _write(moved, output)
    page = reports.text(moved)
    if output_format is Format.JSON and output != STDOUT:
        say(reports.as_json(moved, problems))
    elif output == STDOUT:
        for line, _ in page.lines:
            remark(line)
    else:
        show(page)
    if output_format is Format.TEXT:
        told_problems(problems)
    if written and output is None:
        from openreform.messages.reports import MIGRATION  # noqa: PLC0415

        remark(MIGRATION["written-one" if written == 1 else "written"].format(count=written))
        remark(MIGRATION["next"].format(path=shown(paths[0])))
    if problems:
        raise typer.Exit(NOT_ASSESSABLE)


def _earlier(named: str, new: "LoadedFramework") -> "LoadedFramework":
    """The version named: a number, of a bundled framework, or the path of one."""
    from openreform.loading.frameworks import bundled_names, load_version, versions_of  # noqa: PLC0415

    name = new.framework.id
    if not os.path.exists(named) and name in bundled_names():  # noqa: PTH110  # no error for a name too long for a path
        found = load_version(name, named)
        if found is None:
            refuse("no-version", version=shown(named), name=name, known=", ".join(versions_of(name)))
        return found
    found = framework_named(named)
    if found.framework.id != name:
        refuse("other-framework", path=shown(named), other=found.framework.id, name=name)
    return found


def _all(
    paths: list[str], new: "LoadedFramework", old: "LoadedFramework | None"
) -> "tuple[list[Migration], list[Problem]]":
    from openreform.loading.files import find  # noqa: PLC0415
    from openreform.loading.reforms import Skipped  # noqa: PLC0415
    from openreform.migrating import migrate as move  # noqa: PLC0415
    from openreform.problems import Problem, problem  # noqa: PLC0415
    from openreform.running import NOTHING_FOUND  # noqa: PLC0415

    moved: list[Migration] = []
    problems: list[Problem] = []
    for found in find(paths):
        result = [found] if isinstance(found, Problem) else move(found, new, old)
        if isinstance(result, list):
            problems += result
        elif not isinstance(result, Skipped):
            moved.append(result)
    if not moved and not problems:
        problems.append(problem(NOTHING_FOUND[new.framework.applies_to], paths[0]))
    return moved, problems


def _write(moved: "list[Migration]", output: str | None) -> int:
    """Write what changed, each document whole or not at all; how many were written."""
    written = 0
    for each in moved:
        target = output or each.path
        if each.after != each.before or output is not None:
            deliver([each.after], target)
            written += 1
    return written
