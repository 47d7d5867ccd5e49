"""`openreform import`: from tables, records and templates people have to reform documents."""

import contextlib
import os
import sys
from collections.abc import Iterator
from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from openreform.cli.console import (
    NOT_ASSESSABLE,
    STDOUT,
    check_writable,
    deliver,
    problem_line,
    refuse,
    refuse_broken,
    remark,
    say,
    show,
    shown,
    told_problems,
    write_schema,
)
from openreform.messages import commands as words

if TYPE_CHECKING:
    from openreform.converting import Made, Progress, Source
    from openreform.mapping import SourceMapping

_LIBRARIES = {".xlsx": "openpyxl", ".docx": "docx"}
"""What reading a kind of file needs; the extra that brings it is named as the kind."""
_SHOWN = 5
"""Of the files in the way; nobody reads more names in one line."""


class Format(StrEnum):
    """Forms of the report of an import."""

    TEXT = "text"
    JSON = "json"


def import_(
    paths: Annotated[list[str] | None, typer.Argument(help=words.IMPORT_PATHS, show_default=False)] = None,
    output: Annotated[str | None, typer.Option("--output", "-o", help=words.IMPORT_OUTPUT, show_default=False)] = None,
    mapping: Annotated[
        list[str] | None, typer.Option("--mapping", help=words.IMPORT_MAPPING, show_default=False)
    ] = None,
    write_mapping: Annotated[
        str | None, typer.Option("--write-mapping", help=words.IMPORT_WRITE_MAPPING, show_default=False)
    ] = None,
    output_format: Annotated[Format, typer.Option("--format", "-f", help=words.IMPORT_FORMAT)] = Format.TEXT,
    dry_run: Annotated[bool, typer.Option("--dry-run", help=words.IMPORT_DRY_RUN)] = False,
    force: Annotated[bool, typer.Option("--force", help=words.IMPORT_FORCE)] = False,
    quiet: Annotated[bool, typer.Option("--quiet", "-q", help=words.QUIET)] = False,
) -> None:
    """Turn every record into a document of its own, or say what is wrong with it; the others go on."""
    from openreform.converting import Conversion, convert  # noqa: PLC0415
    from openreform.problems import problem  # noqa: PLC0415

    if not paths:
        refuse("no-import-paths")
    if output is None and not dry_run and write_mapping is None:
        refuse("no-import-output")
    for path in paths:
        if path == STDOUT or not os.path.lexists(path):
            refuse("no-path" if path != STDOUT else "no-import-stdin", path=shown(path))
        _check_library(path)
    if write_mapping is not None:
        _begin_mapping(paths, write_mapping, force=force)
        return
    chosen = tuple(_mapping_named(name) for name in mapping or ())
    target = _Target(output, dry_run=dry_run)
    conversion = Conversion(chosen)
    with _progress(watched=not quiet and sys.stderr.isatty()) as progress:
        sources = list(convert(paths, conversion, progress))
    if not sources:
        sources_problem = problem("nothing-to-import", paths[0])
        remark(problem_line(sources_problem))
        raise typer.Exit(NOT_ASSESSABLE)
    written = target.write([made for source in sources for made in source.made], force=force)
    if not (quiet and output == STDOUT):
        _report(sources, written, output_format, target)
    problems = [found for source in sources for found in source.problems]
    if not quiet:
        if output_format is Format.TEXT:
            told_problems(problems)
        if conversion.passed_over:
            count = len(conversion.passed_over)
            remark(words.SAID["import-passed-one" if count == 1 else "import-passed-over"].format(count=count))
        target.remark(sources, written)
    if problems:
        raise typer.Exit(NOT_ASSESSABLE)


class _Target:
    """Where documents go: a folder, one file, or standard output; checked before anything is read."""

    def __init__(self, output: str | None, *, dry_run: bool) -> None:
        self.output, self.dry_run = output, dry_run
        self.unchanged = 0
        self.is_folder = output not in {None, STDOUT} and Path(output or "").suffix.lower() not in {".yaml", ".yml"}
        if output is None or output == STDOUT:
            return
        if not self.is_folder:
            check_writable(output)
        elif not os.path.isdir(output):  # noqa: PTH112  # no error for a name too long to be a path
            check_writable(output.rstrip("/" + os.sep) or output)
            if os.path.lexists(output):
                refuse("not-a-folder", path=shown(output))
        elif not os.access(output, os.W_OK):
            refuse("cannot-write", path=shown(output), reason=os.strerror(13))

    def write(self, made: "list[Made]", *, force: bool) -> list[str]:
        """Write the documents, none over a file that says something else unless told to; the paths written."""
        if self.output is not None and not self.is_folder and len(made) > 1:
            refuse("import-needs-folder", count=len(made))
        if self.output is None or not made:
            return []
        if self.output == STDOUT:
            if not self.dry_run:
                say(made[0].text)
            return []
        folder = Path(self.output)
        texts = {folder / f"{each.id}.yaml" if self.is_folder else folder: each.text for each in made}
        same = [path for path, text in texts.items() if _holds(path, text)]
        in_the_way = [path for path in texts if path not in same and os.path.lexists(path)]
        if in_the_way and not force:
            names = ", ".join(shown(path.as_posix()) for path in in_the_way[:_SHOWN])
            refuse("import-exists" if len(in_the_way) <= _SHOWN else "import-exist", count=len(in_the_way), paths=names)
        self.unchanged = len(same)
        to_write = {path: text for path, text in texts.items() if path not in same}
        if not self.dry_run:
            if self.is_folder:
                folder.mkdir(exist_ok=True)
                write_schema(folder)
            for path, text in to_write.items():
                deliver([text], str(path))
        return [path.as_posix() for path in to_write]

    def remark(self, sources: "list[Source]", written: list[str]) -> None:
        """What was written and what to do next."""
        from openreform.messages.imports import REPORT  # noqa: PLC0415
        from openreform.rendering.imports import counted  # noqa: PLC0415

        if self.dry_run:
            count = len(written) if self.output else sum(len(source.made) for source in sources)
            remark(REPORT["would-write"].format(documents=counted("documents", count)))
            return
        if self.unchanged:
            remark(REPORT["unchanged"].format(documents=counted("documents", self.unchanged)))
        if written:
            place = self.output or ""
            remark(REPORT["written"].format(documents=counted("documents", len(written)), place=place))
            remark(REPORT["next"].format(place=place))


def _holds(path: Path, text: str) -> bool:
    """Whether a file is there already, with the same text."""
    try:
        return path.is_file() and path.read_bytes() == text.encode()
    except OSError:
        return False


def _report(sources: "list[Source]", written: list[str], output_format: Format, target: _Target) -> None:
    from openreform.rendering import imports  # noqa: PLC0415

    if output_format is Format.JSON and target.output != STDOUT:
        say(imports.as_json(sources, written))
        return
    page = imports.text(sources)
    if target.dry_run:
        imports.add_names(page, written or [f"{made.id}.yaml" for source in sources for made in source.made])
    if target.output == STDOUT:
        for line, _ in page.lines:
            remark(line)
    else:
        show(page)


def _mapping_named(name: str) -> "SourceMapping":
    """A sound mapping by name or path; leaves with 2 and every mistake in it otherwise."""
    from openreform.loading.mappings import bundled_mappings, load_mapping  # noqa: PLC0415

    loaded = load_mapping(name)
    if loaded is None:
        refuse("no-mapping", name=shown(name), known=", ".join(bundled_mappings()))
    if isinstance(loaded, list):
        refuse_broken("bad-mapping", name, loaded)
    return loaded


def _begin_mapping(paths: list[str], output: str, *, force: bool) -> None:
    """Write a mapping of the columns of one file; never over a file that is there unless told to."""
    from openreform.converting import skeleton_of  # noqa: PLC0415
    from openreform.problems import Problem  # noqa: PLC0415

    if len(paths) != 1:
        refuse("mapping-of-one")
    if output != STDOUT and os.path.lexists(output) and not force:
        refuse("exists", path=shown(output))
    check_writable(output)
    made = skeleton_of(paths[0])
    if isinstance(made, Problem):
        remark(problem_line(made))
        raise typer.Exit(NOT_ASSESSABLE)
    deliver([made], output)
    if output != STDOUT:
        remark(words.SAID["mapping-written"].format(path=shown(output), source=shown(paths[0])))


def _check_library(path: str) -> None:
    """Refuse a file for which a library is missing, and say how to install it."""
    from importlib.util import find_spec  # noqa: PLC0415

    suffix = Path(path).suffix.lower()
    library = _LIBRARIES.get(suffix)
    if library and library not in sys.modules and find_spec(library) is None:
        refuse("no-library", kind=suffix[1:].upper(), extra=suffix[1:])


@contextlib.contextmanager
def _progress(*, watched: bool) -> "Iterator[Progress]":
    """A bar on standard error where a person watches it; how many there will be is not known before the end."""
    if not watched:
        yield lambda _: None
        return
    from rich.console import Console  # noqa: PLC0415
    from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn  # noqa: PLC0415

    columns = (TextColumn(words.SAID["importing"]), BarColumn(), MofNCompleteColumn())
    with Progress(*columns, console=Console(stderr=True), transient=True) as bar:
        task = bar.add_task("", total=None)
        yield lambda count: bar.advance(task, count)
