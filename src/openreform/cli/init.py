"""`openreform init`: a starter document to fill in."""

import os
from pathlib import Path
from typing import Annotated

import typer

from openreform.cli.console import STDOUT, check_writable, deliver, refuse, remark, say, shown
from openreform.messages import commands as words

SCHEMA_FILE = "openreform.schema.json"
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
    schema = Path(path).with_name(SCHEMA_FILE)
    if os.path.lexists(path) and not force:
        refuse("exists", path=shown(path))
    check_writable(path)
    deliver([MODELINE.format(file=SCHEMA_FILE), starter], path)
    _write_schema(schema)
    remark(words.SAID["written"].format(path=shown(path)))


def _write_schema(path: Path) -> None:
    """The schema beside the document, for editors; a file of that name that is not ours stays as it is."""
    from openreform.rendering import schemas  # noqa: PLC0415

    made = schemas.reform_schema()
    if path.exists() and (
        not path.is_file() or f'"{made["$id"]}"' not in path.read_text(encoding="utf-8", errors="replace")
    ):
        remark(words.SAID["schema-kept"].format(path=shown(path.as_posix())))
        return
    deliver([schemas.as_json(made)], str(path))
