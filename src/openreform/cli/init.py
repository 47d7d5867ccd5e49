"""`openreform init`: a starter document to fill in."""

import os
from pathlib import Path
from typing import Annotated

import typer

from openreform.cli.console import (
    SCHEMA_FILE,
    STDOUT,
    check_writable,
    deliver,
    refuse,
    remark,
    say,
    shown,
    write_schema,
)
from openreform.messages import commands as words

MODELINE = "# yaml-language-server: $schema={file}\n"


def init(
    path: Annotated[str, typer.Argument(help=words.INIT_PATH)] = "reform.yaml",
    force: Annotated[bool, typer.Option("--force", help=words.INIT_FORCE)] = False,
) -> None:
    """Write the starter; never over a file that is there unless told to."""
    from importlib import resources  # noqa: PLC0415

    starter = (resources.files("openreform") / "starter.yaml").read_text(encoding="utf-8")
    if path == STDOUT:
        say(starter)
        return
    if os.path.lexists(path) and not force:
        refuse("exists", path=shown(path))
    check_writable(path)
    deliver([MODELINE.format(file=SCHEMA_FILE), starter], path)
    write_schema(Path(path).parent)
    remark(words.SAID["written"].format(path=shown(path)))
