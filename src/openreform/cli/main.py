"""The door: the commands, a file each, and what becomes of a crash or an interruption.

Exit codes (design §7): 0 done, 1 the reform falls short of what was asked, 2 wrong use, 3 the input cannot be assessed,
70 a crash, 130 interrupted.
"""

import os
import signal
import sys
from functools import cache
from importlib import import_module
from keyword import iskeyword
from pathlib import Path
from typing import Annotated, NoReturn

import typer

from openreform import __version__
from openreform.cli.console import CRASHED, INTERRUPTED, leave, remark, say
from openreform.messages import commands as words
from openreform.messages.appendix import HELP as APPENDIX_HELP
from openreform.messages.comparing import COMPARE_HELP
from openreform.messages.steps import PLAN_HELP

COMMANDS = {
    "assess": words.ASSESS_HELP,
    "check": words.CHECK_HELP,
    "appendix": APPENDIX_HELP,
    "init": words.INIT_HELP,
    "import": words.IMPORT_HELP,
    "explain": words.EXPLAIN_HELP,
    "plan": PLAN_HELP,
    "compare": COMPARE_HELP,
    "cases": words.CASES_HELP,
    "migrate": words.MIGRATE_HELP,
    "schema": words.SCHEMA_HELP,
    "framework": words.FRAMEWORK_HELP,
}
"""Every command, in the order of the help. Each is a function, or a group, of its own name in a module of that name."""


@cache
def app_with(name: str | None) -> typer.Typer:
    """The program with one command, or with all: what is not asked for is not loaded.

    Args:
        name: a command; None for all of them.
    """
    app = typer.Typer(
        help=words.APP_HELP,
        no_args_is_help=True,
        pretty_exceptions_enable=False,
        rich_markup_mode=None,
        add_completion=True,
    )
    app.callback()(_options)
    for command in COMMANDS if name is None else [name]:
        own = f"{command}_" if iskeyword(command) else command
        found = getattr(import_module(f"openreform.cli.{own}"), own)
        if isinstance(found, typer.Typer):
            app.add_typer(found, name=command, help=COMMANDS[command])
        else:
            app.command(command, help=COMMANDS[command])(found)
    return app


def __getattr__(name: str) -> typer.Typer:
    """`app`, the whole program, made when somebody asks for it."""
    if name != "app":
        raise AttributeError(name)
    return app_with(None)


def _asked_for(arguments: list[str]) -> str | None:
    """The command that is called, if it is certain: the first word, with nothing but `--debug` before it."""
    first = next((each for each in arguments if each != "--debug"), "")
    completing = any(each.startswith("_OPENREFORM") for each in os.environ)
    return first if first in COMMANDS and not completing else None


def main() -> None:
    """Run the tool; a crash is one line, an interruption leaves nothing half-written."""
    signal.signal(signal.SIGINT, _interrupted)
    for name in ("stdout", "stderr"):
        if getattr(sys, name) is None:  # closed by the caller: what is printed goes nowhere
            setattr(sys, name, Path(os.devnull).open("w", encoding="utf-8"))  # noqa: SIM115
    try:
        app_with(_asked_for(sys.argv[1:]))()
    except Exception as error:
        if "--debug" in sys.argv:
            raise
        remark(words.SAID["crash"].format(error=type(error).__name__))
        leave(CRASHED)


def _version(asked: bool) -> None:
    if asked:
        say(f"openreform {__version__}\n")
        raise typer.Exit


def _options(
    version: Annotated[bool, typer.Option("--version", help=words.VERSION, is_eager=True, callback=_version)] = False,
    debug: Annotated[bool, typer.Option("--debug", help=words.DEBUG)] = False,
) -> None:
    """Options of every command."""


def _interrupted(*_: object) -> NoReturn:
    remark(words.SAID["interrupted"])
    sys.exit(INTERRUPTED)
