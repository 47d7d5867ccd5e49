"""Earlier versions of files, asked of the program `git`; nothing is checked out, and nothing a repository says is run.

Only commands that read objects are used. They run no hook, filter, text conversion, external diff or file monitor, and
look at no index, so that a stranger's repository can do little; what could start something is switched off all the same.
"""

import hashlib
import os
import re
import shutil
import subprocess
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import NamedTuple

LIMIT = 60
"""Seconds that git may take to answer."""
_AT_ONCE = 50
_OFF = (
    *("--no-pager", "--no-replace-objects"),
    *("-c", "core.fsmonitor=false"),
    *("-c", f"core.hooksPath={os.devnull}"),
    *("-c", "diff.external="),
)
# Where a hook runs us, git says of itself where it is; the drafts named may be elsewhere.
_NOT_HANDED_ON = ("GIT_DIR", "GIT_WORK_TREE", "GIT_INDEX_FILE", "GIT_PREFIX", "GIT_COMMON_DIR", "GIT_EXTERNAL_DIFF")
_ENVIRONMENT = {
    "LC_ALL": "C",
    "GIT_PAGER": "cat",
    "GIT_TERMINAL_PROMPT": "0",
    "GIT_OPTIONAL_LOCKS": "0",
    "GIT_NO_LAZY_FETCH": "1",
    "GIT_ALLOW_PROTOCOL": "",  # what a partial copy lacks is not fetched: a check uses no network
}
_COMMIT = re.compile(r"[0-9a-f]{40,64}")
_NOT_THERE = "not a git repository"


class GitError(Exception):
    """git cannot tell: why, as a key of `messages.commands.SAID`, and its blanks."""

    def __init__(self, key: str, **details: object) -> None:
        super().__init__(key)
        self.key = key
        self.details = details


class Repository(NamedTuple):
    """A git repository, by the folder at its top."""

    top: Path

    def commit(self, ref: str) -> str:
        """The commit a person calls so.

        Raises:
            GitError: there is none.
        """
        asked = ("rev-parse", "--verify", "--quiet", f"{ref}^{{commit}}")
        # What begins with a dash would be an option, and no branch or tag may be called so.
        if ref.startswith("-") or "\0" in ref or "\n" in ref or not ref.strip():
            raise GitError("git-no-ref", ref=ref)
        code, out, _ = _run(self.top, *asked)
        found = os.fsdecode(out).strip()
        if code or not _COMMIT.fullmatch(found):
            raise GitError("git-no-ref", ref=ref)
        return found

    def files(self, commit: str) -> dict[str, str]:
        """The files of a commit: path from the top of the repository, with `/`, and the id of the content."""
        out = _sure(_run(self.top, "ls-tree", "-r", "-z", "--full-tree", commit))
        found = {}
        for entry in out.split(b"\0"):
            head, tab, path = entry.partition(b"\t")
            if tab and head.startswith(b"100"):  # a plain file; neither a link nor another repository
                found[os.fsdecode(path)] = head.split(b" ")[2].decode("ascii")
        return found

    def contents(self, ids: Iterable[str], limit: int) -> Iterator[bytes | None]:
        """The contents of these ids in their order, None for one that is longer than the limit."""
        wanted = list(ids)
        for start in range(0, len(wanted), _AT_ONCE):
            some = wanted[start : start + _AT_ONCE]
            sizes = _sure(_run(self.top, "cat-file", "--batch-check", given=_listed(some))).splitlines()
            small = [int(size.rpartition(b" ")[2]) <= limit if size[-1:].isdigit() else _lacks(size) for size in sizes]
            asked = [ident for ident, fits in zip(some, small, strict=True) if fits]
            out = _sure(_run(self.top, "cat-file", "--batch", given=_listed(asked))) if asked else b""
            at = 0
            for fits in small:
                if not fits:
                    yield None
                    continue
                end = out.index(b"\n", at)
                size = int(out[at:end].rpartition(b" ")[2])
                yield out[end + 1 : end + 1 + size]
                at = end + 1 + size + 1


def repository_of(path: Path) -> Repository | None:
    """The repository a file or folder is in; None if it is in none.

    Raises:
        GitError: git is not there, or refuses.
    """
    folder = path if path.is_dir() else path.parent
    code, out, said = _run(folder, "rev-parse", "--show-toplevel")
    if not code:
        return Repository(Path(os.path.realpath(os.fsdecode(out.removesuffix(b"\n")))))
    if _NOT_THERE in said:
        return None
    raise GitError("git-failed", reason=said)


def id_of(content: bytes, like: str) -> str:
    """The id git gives to a content, of the kind of another id."""
    whole = b"blob %d\0" % len(content) + content
    if len(like) == hashlib.sha256().digest_size * 2:
        return hashlib.sha256(whole).hexdigest()
    return hashlib.sha1(whole, usedforsecurity=False).hexdigest()


def _listed(ids: list[str]) -> bytes:
    return "".join(f"{ident}\n" for ident in ids).encode("ascii")


def _lacks(line: bytes) -> bool:
    raise GitError("git-failed", reason=line.decode("utf-8", "replace"))


def _sure(result: tuple[int, bytes, str]) -> bytes:
    code, out, said = result
    if code:
        raise GitError("git-failed", reason=said)
    return out


def _run(folder: Path, *arguments: str, given: bytes = b"") -> tuple[int, bytes, str]:
    """What git leaves with and prints, and the last line it says beside."""
    program = shutil.which("git")
    if program is None:
        raise GitError("git-missing")
    handed_on = {name: value for name, value in os.environ.items() if name not in _NOT_HANDED_ON}
    try:
        done = subprocess.run(  # noqa: S603  # a list of arguments, of which only a checked ref is a person's
            [program, *_OFF, *arguments],
            cwd=folder,
            env=handed_on | _ENVIRONMENT,
            input=given,
            capture_output=True,
            timeout=LIMIT,
            check=False,
        )
    except subprocess.TimeoutExpired:
        raise GitError("git-slow", seconds=LIMIT) from None
    except OSError as error:
        raise GitError("git-failed", reason=error.strerror or type(error).__name__) from None
    lines = done.stderr.decode("utf-8", "replace").strip().splitlines()
    told = next((line for line in lines if line.startswith("fatal:")), lines[-1] if lines else "")
    return done.returncode, done.stdout, told.removeprefix("fatal:").strip()
