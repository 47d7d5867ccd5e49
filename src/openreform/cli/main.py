"""The door: the commands, a file each, and what becomes of a crash or an interruption.

Exit codes (design §7): 0 done, 1 the reform falls short of what was asked, 2 wrong use, 3 the input cannot be assessed,
70 a crash, 130 interrupted.
"""

import os
import signal
import sys
from pathlib import Path
from typing import Annotated, NoReturn

import typer

from openreform import __version__
from openreform.cli.appendix import appendix
from openreform.cli.assess import assess
from openreform.cli.cases import cases
from openreform.cli.check import check
from openreform.cli.console import CRASHED, INTERRUPTED, leave, remark, say
from openreform.cli.explain import explain
from openreform.cli.framework import framework
from openreform.cli.import_ import import_
from openreform.cli.init import init
from openreform.cli.migrate import migrate
from openreform.cli.schema import schema
from openreform.messages import appendix as annex_words
from openreform.messages import commands as words

app = typer.Typer(
    help=words.APP_HELP,
    no_args_is_help=True,
    pretty_exceptions_enable=False,
    rich_markup_mode=None,
    add_completion=True,
)
app.command(help=words.ASSESS_HELP)(assess)
app.command(help=words.CHECK_HELP)(check)
app.command(help=words.INIT_HELP)(init)
app.command("import", help=words.IMPORT_HELP)(import_)
app.command(help=words.EXPLAIN_HELP)(explain)
app.command(help=words.CASES_HELP)(cases)
app.command(help=annex_words.HELP)(appendix)
app.command(help=words.MIGRATE_HELP)(migrate)
app.command(help=words.SCHEMA_HELP)(schema)
app.add_typer(framework, name="framework", help=words.FRAMEWORK_HELP)


def main() -> None:
    """Run the tool; a crash is one line, an interruption leaves nothing half-written."""
    signal.signal(signal.SIGINT, _interrupted)
    for name in ("stdout", "stderr"):
        if getattr(sys, name) is None:  # closed by the caller: what is printed goes nowhere
            setattr(sys, name, Path(os.devnull).open("w", encoding="utf-8"))  # noqa: SIM115
    try:
        app()
    except Exception as error:
        if "--debug" in sys.argv:
            raise
        remark(words.SAID["crash"].format(error=type(error).__name__))
        leave(CRASHED)


def _version(asked: bool) -> None:
    if asked:
        say(f"openreform {__version__}\n")
        raise typer.Exit


@app.callback()
def _options(
    version: Annotated[bool, typer.Option("--version", help=words.VERSION, is_eager=True, callback=_version)] = False,
    debug: Annotated[bool, typer.Option("--debug", help=words.DEBUG)] = False,
) -> None:
    """Options of every command."""


def _interrupted(*_: object) -> NoReturn:
    remark(words.SAID["interrupted"])
    sys.exit(INTERRUPTED)
