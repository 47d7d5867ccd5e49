"""The two sides of a comparison from what a person named: a file, a folder, a result, standard input, or `git:REV:PATH`."""

import os
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, NamedTuple

from openreform.comparison import Snapshot
from openreform.framework import DEFAULT_FRAMEWORK
from openreform.loading import json_text, yaml_events
from openreform.loading.files import STDIN, SUFFIXES, Found, decode, find, read_raw
from openreform.loading.frameworks import LoadedFramework, bundled_names
from openreform.loading.git import GitError, repository_of
from openreform.loading.reforms import Document, Skipped
from openreform.loading.results import is_result, parse_results
from openreform.problems import Problem, problem
from openreform.running import NOTHING_FOUND, document_in

GIT = "git:"
"""What the name of a file at a revision begins with: `git:REV:PATH`."""


class CannotCompareError(Exception):
    """The call cannot be answered: why, as a key of `messages.comparing.SAID`, and its blanks."""

    def __init__(self, key: str, **details: object) -> None:
        super().__init__(key)
        self.key = key
        self.details = details


class Read(NamedTuple):
    """A text that was read, or what is wrong with it. named: whether a person named this very file, not its folder."""

    text: str
    raw: bytes
    shown: str
    named: bool


class Sound(NamedTuple):
    """A document without problems, and the framework in the version it asks for."""

    document: Document[Any]
    used: LoadedFramework


class Given(NamedTuple):
    """One reform on one side: a document to assess, or what a result says."""

    id: str
    title: str
    path: str
    holds: Sound | Snapshot

    @property
    def framework_id(self) -> str:
        """The framework it is measured by."""
        return self.holds.used.framework.id if isinstance(self.holds, Sound) else self.holds.head.framework_id

    @property
    def version(self) -> str:
        """The version of it."""
        return self.holds.used.framework.version if isinstance(self.holds, Sound) else self.holds.head.framework_version


@dataclass(slots=True)
class Side:
    """Everything one side holds. written: as the person named it. many: a folder, or a result of several reforms."""

    written: str
    many: bool = False
    texts: list[Read] = field(default_factory=list)
    results: list[Snapshot] = field(default_factory=list)
    reforms: dict[str, Given] = field(default_factory=dict)
    problems: list[Problem] = field(default_factory=list)
    skipped: list[Skipped] = field(default_factory=list)


def read_side(written: str, generic: str) -> Side:
    """One side, its texts read and its results understood; documents wait for their framework (`understand`).

    Args:
        written: what the person named.
        generic: what to call the whole of a result whose framework does not come with the tool.

    Raises:
        CannotCompareError: there is no such file, revision or repository.
        GitError: git is not there, or cannot tell.
    """
    side = Side(written)
    for read in _texts(side):
        if isinstance(read, Problem):
            side.problems.append(read)
        elif not is_result(read.text):
            side.texts.append(read)
        else:
            found = parse_results(read.text, read.shown, generic)
            for each in found:
                if isinstance(each, Problem):
                    side.problems.append(each)
                else:
                    side.results.append(each)
    side.many = side.many or len(side.results) > 1
    return side


def framework_for(sides: tuple[Side, Side]) -> str:
    """The name of the framework documents are held against where the person names none: that of a result, if there is one."""
    named = [result.head.framework_id for side in sides for result in side.results]
    return next((name for name in named if name in bundled_names()), DEFAULT_FRAMEWORK)


def understand(side: Side, framework: LoadedFramework) -> None:
    """Read the documents of a side under a framework, each in the version it asks for."""
    ids: dict[str, str] = {}
    for read in side.texts:
        made = document_in(read.text, read.raw, read.shown, framework, named=read.named, ids=ids)
        if isinstance(made, Skipped):
            side.skipped.append(made)
        elif isinstance(made, list):
            side.problems += made
        else:
            document, used = made
            reform = document.reform
            ids[reform.id] = read.shown
            side.reforms[reform.id] = Given(reform.id, reform.title, read.shown, Sound(document, used))
    for result in side.results:
        head = result.head
        side.reforms[head.id] = Given(head.id, head.title, head.path, result)
    if not side.reforms and not side.problems:
        side.problems.append(problem(NOTHING_FOUND[framework.framework.applies_to], side.written))


def _texts(side: Side) -> Iterator[Read | Problem]:
    if side.written.startswith(GIT):
        yield from _of_revision(side)
        return
    path = side.written
    if path != STDIN and not os.path.lexists(path):
        raise CannotCompareError("no-path", path=path)
    side.many = os.path.isdir(path)  # noqa: PTH112  # no error for a name too long to be a path
    for found in find([path]):
        if isinstance(found, Problem):
            yield found
        else:
            yield _of_file(found)


def _of_file(found: Found) -> Read | Problem:
    raw = read_raw(found, json_text.MAX_BYTES)
    return raw if isinstance(raw, Problem) else _decoded(raw, found.shown, named=found.named)


def _decoded(raw: bytes, shown: str, *, named: bool) -> Read | Problem:
    if len(raw) > json_text.MAX_BYTES:
        return problem("result-too-large", shown, limit_="16 MiB")
    text = decode(raw, shown)
    if isinstance(text, Problem):
        return text
    if len(raw) > yaml_events.MAX_BYTES and not is_result(text):
        return problem("too-large", shown, limit_="1 MiB")
    return Read(text, raw, shown, named)


# --- git --------------------------------------------------------------------------------------------------------------


def _of_revision(side: Side) -> Iterator[Read | Problem]:
    """The files a path stands for as they were at a revision; only plain files, read as objects, nothing is checked out."""
    ref, colon, path = side.written.removeprefix(GIT).partition(":")
    if not ref or not colon or not path:
        raise CannotCompareError("git-form", value=side.written)
    repository = repository_of(Path.cwd())
    if repository is None:
        raise CannotCompareError("git-none")
    wanted = _in_repository(path, repository.top)
    files = repository.files(_commit(repository, ref))
    if wanted in files:
        names = [wanted]
    else:
        folder = f"{wanted}/" if wanted else ""
        names = sorted(name for name in files if name.startswith(folder) and _counts(name[len(folder) :]))
        side.many = True
        if not any(name.startswith(folder) for name in files):
            raise CannotCompareError("git-no-file", path=path, ref=ref)
    contents = repository.contents([files[name] for name in names], json_text.MAX_BYTES)
    for name, content in zip(names, contents, strict=True):
        shown = f"{GIT}{ref}:{name}" if side.many else side.written
        if content is None:
            yield problem("too-large" if side.many else "result-too-large", shown, limit_="16 MiB")
        else:
            yield _decoded(content, shown, named=not side.many)


def _commit(repository: Any, ref: str) -> str:
    try:
        return str(repository.commit(ref))
    except GitError as error:
        if error.key == "git-no-ref":
            raise CannotCompareError("git-no-ref", ref=ref) from None
        raise


def _in_repository(path: str, top: Path) -> str:
    """The path from the top of the repository, with `/`; empty for the top itself."""
    if "\0" in path:
        raise CannotCompareError("git-outside", path=path)
    whole = Path(os.path.normpath(Path(os.path.realpath(Path.cwd()), path)))
    if whole != top and not whole.is_relative_to(top):
        raise CannotCompareError("git-outside", path=path)
    return "" if whole == top else whole.relative_to(top).as_posix()


def _counts(inner: str) -> bool:
    """Whether a file in a folder is one that is looked into: as for folders on disk."""
    return Path(inner).suffix.lower() in SUFFIXES and not any(part.startswith(".") for part in inner.split("/"))
