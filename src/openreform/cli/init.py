"""`openreform init`: a starter document to fill in."""

import os
from enum import StrEnum
from pathlib import Path
from typing import Annotated, NoReturn

import typer

from openreform.cli.console import (
    SCHEMA_FILES,
    STDOUT,
    WRONG_USE,
    check_writable,
    deliver,
    refuse,
    remark,
    say,
    shown,
    write_schema,
)
from openreform.messages import commands as words
from openreform.messages import interview as texts

MODELINE = "# yaml-language-server: $schema={file}\n"


class Kind(StrEnum):
    """What a starter is for."""

    REFORM = "reform"
    PLAN = "plan"


def init(
    path: Annotated[str | None, typer.Argument(help=words.INIT_PATH, show_default=False)] = None,
    document: Annotated[Kind, typer.Option("--document", help=words.INIT_DOCUMENT)] = Kind.REFORM,
    asking: Annotated[bool, typer.Option("--interview", help=texts.INTERVIEW_OPTION)] = False,
    output: Annotated[str | None, typer.Option("--output", "-o", help=texts.INIT_OUTPUT, show_default=False)] = None,
    force: Annotated[bool, typer.Option("--force", help=words.INIT_FORCE)] = False,
) -> None:
    """Write the starter, never over a file that is there unless told to; or ask, and go on in a file that is there."""
    if path is not None and output is not None and path != output:
        _refuse_interview("interview-two", path=shown(path), other=shown(output))
    path = output if path is None else path
    if asking:
        if force:
            _refuse_interview("interview-force")
        from openreform.cli.interview import interview  # noqa: PLC0415

        interview(f"{document}.yaml" if path is None else path, document)
    from importlib import resources  # noqa: PLC0415

    name = "starter.yaml" if document is Kind.REFORM else f"starter-{document}.yaml"
    starter = (resources.files("openreform") / name).read_text(encoding="utf-8")
    path = f"{document}.yaml" if path is None else path
    if path == STDOUT:
        say(starter)
        return
    if os.path.lexists(path) and not force:
        refuse("exists", path=shown(path))
    check_writable(path)
    deliver([MODELINE.format(file=SCHEMA_FILES[document]), starter], path)
    write_schema(Path(path).parent, document)
    key = "written" if document is Kind.REFORM else "written-plan"
    remark(words.SAID[key].format(path=shown(path)))


def _refuse_interview(key: str, **details: object) -> NoReturn:
    remark(texts.SAID[key].format(**details))
    raise typer.Exit(WRONG_USE)
