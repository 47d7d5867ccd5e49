"""`openreform plan`: the cheapest steps from one document to a target, and a copy with their lines."""

import os
import sys
import time
from enum import StrEnum
from typing import TYPE_CHECKING, Annotated, Any

import typer

from openreform.cli.console import (
    FELL_SHORT,
    NOT_ASSESSABLE,
    STDOUT,
    by_ending,
    check_writable,
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
    told_problems,
)
from openreform.cli.settings import ConfigOption, InForce, IsolatedOption
from openreform.messages import commands as words
from openreform.messages import steps as texts

if TYPE_CHECKING:
    from openreform.framework import Framework
    from openreform.loading.frameworks import LoadedFramework
    from openreform.loading.reforms import Document
    from openreform.planning.routing import Asked
    from openreform.problems import Problem
    from openreform.reform import PartialDate
    from openreform.route import Route

SECONDS = 2.0
"""How long is searched before the best so far is told."""
_LIBRARY = "ruamel.yaml"


class Format(StrEnum):
    """Output formats of `plan`."""

    TEXT = "text"
    JSON = "json"
    MARKDOWN = "markdown"


def plan(
    context: typer.Context,
    path: Annotated[str, typer.Argument(help=texts.PLAN_PATH, show_default=False)],
    target: Annotated[
        list[str] | None, typer.Option("--target", metavar="[WHAT=]NUMBER", help=texts.PLAN_TARGET, show_default=False)
    ] = None,
    gate: Annotated[list[str] | None, typer.Option("--gate", help=texts.PLAN_GATE, show_default=False)] = None,
    output_format: Annotated[Format, typer.Option("--format", "-f", help=texts.PLAN_FORMAT)] = Format.TEXT,
    framework: Annotated[str, typer.Option("--framework", help=words.FRAMEWORK)] = "involve-ogp",
    apply: Annotated[bool, typer.Option("--apply", help=texts.PLAN_APPLY)] = False,
    verify: Annotated[bool, typer.Option("--verify", help=texts.PLAN_VERIFY)] = False,
    as_of: Annotated[str | None, typer.Option("--as-of", help=words.AS_OF, show_default=False)] = None,
    output: Annotated[str | None, typer.Option("--output", "-o", help=texts.PLAN_OUTPUT, show_default=False)] = None,
    force: Annotated[bool, typer.Option("--force", help=texts.PLAN_FORCE)] = False,
    config: ConfigOption = None,
    isolated: IsolatedOption = False,
    quiet: Annotated[bool, typer.Option("--quiet", "-q", help=words.QUIET)] = False,
) -> None:
    """Tell the cheapest steps to a target; 1 if it is out of reach, or, with --verify, not met."""
    settings = InForce(context)
    yardstick = framework_named(framework)
    asked = _asked(target or [], gate or [], yardstick.framework)
    day = day_named(as_of)
    _check_use(path, output, apply=apply, verify=verify, force=force)
    if not apply:
        output_format = by_ending(context, output_format, output or STDOUT)
    result = _result(path, yardstick, asked, day, verify=verify)
    if isinstance(result, list):
        _tell_problems(result, output_format, STDOUT if apply else output or STDOUT, day)
        raise typer.Exit(NOT_ASSESSABLE)
    document, text, route, used = result
    code = FELL_SHORT if route.fell_short else 0
    if apply and document.to_fill:
        refuse("plan-to-fill", path=shown(document.path))
    if apply:
        _write_copy(document, text, route, used, output or "")
    _tell(route, output_format, output or STDOUT, day, apply=apply, code=code)
    if not quiet:
        settings.remark()
        if apply:
            remark(texts.SAID["applied"].format(path=shown(output or ""), options=_options(target, gate, framework)))
    raise typer.Exit(code)


# --- What is asked ----------------------------------------------------------------------------------------


def _asked(targets: list[str], gates: list[str], framework: "Framework") -> "Asked":
    from openreform.planning.routing import Asked  # noqa: PLC0415

    limits = tuple(dict.fromkeys(thresholds_named(targets, framework, promised=True)))
    for limit in limits:
        if limit.side == "practice":
            refuse("plan-practice", value=shown(limit.written))
        if limit.dimension is None and framework.overall is None:
            names = ", ".join(part.title.lower() for part in framework.dimensions)
            refuse("plan-no-whole", id=framework.id, names=names, value=shown(limit.written))
    found = [part for name in gates_named(gates, framework) if (part := framework.gate(name))]
    if not limits and not found:
        refuse("plan-no-target")
    return Asked(limits, tuple(found))


def _check_use(path: str, output: str | None, *, apply: bool, verify: bool, force: bool) -> None:
    """What can be told without reading anything."""
    if path != STDOUT and not os.path.lexists(path):
        refuse("no-path", path=shown(path))
    if os.path.isdir(path):  # noqa: PTH112  # no error for a name too long to be a path
        refuse("plan-folder", path=shown(path))
    if apply and verify:
        refuse("plan-apply-verify")
    if apply and output is None:
        refuse("plan-apply-where")
    if apply and output != STDOUT and os.path.realpath(output or "") == os.path.realpath(path):
        refuse("plan-apply-copy", path=shown(path))
    if apply and output != STDOUT and os.path.lexists(output or "") and not force:
        refuse("exists", path=shown(output or ""))  # somebody may have filled in what stands there
    check_writable(output or STDOUT)
    if apply:
        from importlib.util import find_spec  # noqa: PLC0415

        if _is_missing(find_spec):
            refuse("no-edit")


def _is_missing(find_spec: Any) -> bool:
    try:
        return find_spec(_LIBRARY) is None
    except ModuleNotFoundError:
        return True


def _options(targets: list[str] | None, gates: list[str] | None, framework: str) -> str:
    from openreform.framework import DEFAULT_FRAMEWORK  # noqa: PLC0415

    parts = [*(f"--target {each}" for each in targets or ()), *(f"--gate {each}" for each in gates or ())]
    if framework != DEFAULT_FRAMEWORK:
        parts.append(f"--framework {framework}")
    return shown(" ".join(parts))


# --- What comes of it ---------------------------------------------------------------------------------------


def _result(
    path: str, yardstick: "LoadedFramework", asked: "Asked", day: "PartialDate | None", *, verify: bool
) -> "tuple[Document[Any], str, Route, LoadedFramework] | list[Problem]":
    from openreform.library import Library  # noqa: PLC0415
    from openreform.planning.routing import Asked, plan  # noqa: PLC0415
    from openreform.planning.routing import verify as verified  # noqa: PLC0415
    from openreform.running import document_at  # noqa: PLC0415

    found = document_at(path, yardstick, filled=verify)
    if isinstance(found, list):
        return found
    document, used, text = found
    gates = tuple(gate for each in asked.gates if (gate := used.framework.gate(each.id)))
    own = Asked(asked.scores, gates)
    if verify:
        return document, text, verified(document, used, own, day), used
    begun = time.monotonic()
    route = plan(document, used, own, day, Library(used), lambda _: time.monotonic() - begun > SECONDS)
    return document, text, route, used


def _tell_problems(problems: "list[Problem]", output_format: Format, output: str, day: "PartialDate | None") -> None:
    if output_format is Format.JSON:
        from openreform.rendering import routes  # noqa: PLC0415

        deliver([routes.as_json(None, problems, day.text if day else None)], output)
    else:
        told_problems(problems)


def _tell(
    route: "Route", output_format: Format, output: str, day: "PartialDate | None", *, apply: bool, code: int
) -> None:
    """The report to standard output or a file; beside a copy on standard output, to standard error."""
    from openreform.rendering import routes  # noqa: PLC0415

    if output_format is Format.TEXT:
        page = routes.page(route, SECONDS)
        if apply and output == STDOUT:
            sys.stderr.write(page.text())
        elif output == STDOUT and is_watched():
            show(page)
        else:
            deliver([page.text()], STDOUT if apply else output, settled=code)
        return
    made = routes.markdown(route, SECONDS)
    if output_format is Format.JSON:
        made = routes.as_json(route, [], day.text if day else None)
    if apply and output == STDOUT:
        sys.stderr.write(made)
    else:
        deliver([made], STDOUT if apply else output, settled=code)


def _write_copy(document: "Document[Any]", text: str, route: "Route", used: "LoadedFramework", output: str) -> None:
    """The copy, written as a whole; nothing where there is nothing to write or it would change what stands there."""
    from openreform.kinds import kind_called  # noqa: PLC0415
    from openreform.planning.applying import CannotApplyError, applied  # noqa: PLC0415

    if not route.additions:
        remark(texts.SAID["nothing-to-apply"])
        return
    try:
        made = applied(text, document, kind_called(used.framework.applies_to), route.additions)
    except CannotApplyError:
        refuse("plan-cannot-apply", path=shown(document.path))
    deliver([made], output)
