"""From the paths a person named to texts: every file found or reported, nothing read that could hang or escape."""

import errno
import os
import re
import stat
import sys
from collections.abc import Iterable, Iterator
from importlib import resources
from importlib.resources.abc import Traversable
from itertools import chain
from pathlib import Path
from typing import NamedTuple

from openreform.loading.yaml_events import MAX_BYTES, position_of
from openreform.problems import Problem, problem

STDIN = "-"
SUFFIXES = frozenset({".yaml", ".yml"})
_BYTE_ORDER_16 = (b"\xff\xfe", b"\xfe\xff")
# ASCII in UTF-16 without a mark; a picture or a film begins with several zeros in a row
_ZERO_AND_LETTER = re.compile(rb"[^\0]\0(?:[^\0]\0|$)|\0[^\0](?:\0[^\0]|$)")


class Found(NamedTuple):
    """A file to read: where it is, how the person named it, and whether it was named itself or found in a folder."""

    location: Path | None
    shown: str
    named: bool


def bundled(package: str, folder: str = "") -> list[str]:
    """The names of the YAML files that come with the tool in a package, or a folder of it, sorted, without their ending."""
    return names_in(resources.files(package) / folder if folder else resources.files(package))


def names_in(folder: Traversable) -> list[str]:
    """The names of the YAML files in a folder of the tool's own, sorted, without their ending; none if it is not there."""
    names = (file.name for file in folder.iterdir()) if folder.is_dir() else iter(())
    return sorted(name.removesuffix(".yaml") for name in names if name.endswith(".yaml"))


def unsound(problems: list[Problem]) -> ValueError:
    """What is raised where a file that comes with the tool is not sound; a bug of ours that the tests rule out."""
    return ValueError("\n".join(f"{found.path}:{found.line}:{found.column}: {found.message}" for found in problems))


def text_at(path: str) -> str | Problem:
    """The text of a file named by a person, that is there."""
    location = Path(path)
    text = read_text(Found(location, location.as_posix(), named=True))
    return text if isinstance(text, Problem) else text[0]


def find(paths: list[str], suffixes: frozenset[str] = SUFFIXES) -> Iterator[Found | Problem]:
    """The files the paths stand for, each once, folders walked and sorted; `-` is standard input.

    In a folder only regular files with one of the suffixes count, hidden ones do not, and no link leads outside it.
    """
    every = chain.from_iterable(_found(path, suffixes) for path in paths)
    return _once(every) if len(paths) > 1 else every


def _once(every: Iterable[Found | Problem]) -> Iterator[Found | Problem]:
    """Each file once: only where one can come twice, since of each its place is kept."""
    seen: set[str] = set()
    for found in every:
        key = _identity(found)
        if key not in seen:
            seen.add(key)
            yield found


def _found(path: str, suffixes: frozenset[str]) -> Iterator[Found | Problem]:
    if path == STDIN:
        yield Found(None, STDIN, named=True)
    elif Path(path).is_dir():
        yield from _walk(Path(path), suffixes)
    else:
        yield Found(Path(path), _shown(path), named=True)


def _identity(found: Found | Problem) -> str:
    """A file is the same under another name or through a link."""
    if isinstance(found, Problem):
        return found.path
    if found.location is None:
        return STDIN
    # What cannot be reached is not followed: Python calls itself for each link of a chain, and bears a thousand.
    return os.path.realpath(found.location) if _reached(found.location) else found.shown


def _reached(location: Path) -> bool:
    return os.path.exists(location)  # noqa: PTH110  # a loop or a closed folder is no error here


def _shown(path: str | Path) -> str:
    """A path as given, with `/`, and with bytes that are no text written out."""
    return os.fsencode(path).decode("utf-8", "backslashreplace").replace(os.sep, "/")


def may_be_ours(found: Found) -> bool:
    """Whether a file that cannot be read as text speaks of openreform at all; others in a folder are not our business."""
    try:
        raw = _read_bytes(found)
    except OSError:
        return True
    return raw is None or speaks_of_us(raw)


def speaks_of_us(raw: bytes) -> bool:
    """Whether bytes that are no text speak of openreform at all."""
    return b"openreform" in raw.replace(b"\x00", b"")


def read_text(found: Found) -> tuple[str, bytes] | Problem:
    """The file's text, without a byte order mark and with plain line ends, and its bytes as they are."""
    raw = read_raw(found)
    if isinstance(raw, Problem):
        return raw
    text = text_of(raw, found.shown)
    return text if isinstance(text, Problem) else (text, raw)


def text_of(raw: bytes, shown: str) -> str | Problem:
    """The text in the bytes of a file, unless there are too many of them."""
    return problem("too-large", shown, limit_="1 MiB") if len(raw) > MAX_BYTES else decode(raw, shown)


def read_raw(found: Found, limit: int = MAX_BYTES) -> bytes | Problem:
    """The file's bytes, at most one more than the limit."""
    try:
        raw = _read_bytes(found, limit)
    except (OSError, ValueError) as error:
        if getattr(error, "errno", None) == errno.ENXIO:  # a socket
            return problem("not-a-file", found.shown)
        strerror = getattr(error, "strerror", None)
        return problem("file-unreadable", found.shown, reason_=strerror or type(error).__name__)
    if raw is None:
        return problem("not-a-file", found.shown)
    return raw


def _walk(folder: Path, suffixes: frozenset[str]) -> Iterator[Found | Problem]:
    closed: list[OSError] = []
    links: set[str] = set()
    # All names are kept, as text, which takes a tenth of the room of paths; and sorted as paths are, folder by folder.
    listed = sorted(_documents_in(folder, suffixes, closed, links), key=lambda name: name.replace(os.sep, "\0"))
    files = _inside(folder, listed, links)
    yield from _once(files) if links else files
    for error in closed:
        yield problem("file-unreadable", _shown(error.filename), reason_=error.strerror or type(error).__name__)


def _inside(folder: Path, listed: list[str], links: set[str]) -> Iterator[Found | Problem]:
    """The files of a folder; of links only those that lead to one in it."""
    root = Path(os.path.realpath(folder))
    for name in listed:
        location, shown = Path(name), _shown(name)
        if name in links and not _reached(location):
            yield problem("link-broken", shown)
        elif name in links and not Path(os.path.realpath(location)).is_relative_to(root):
            yield problem("link-outside", shown)
        else:
            yield Found(location, shown, named=False)


def _documents_in(folder: Path, suffixes: frozenset[str], closed: list[OSError], links: set[str]) -> Iterator[str]:
    """Folder by folder from a list: `os.walk` calls itself for each folder in a folder, and Python bears a thousand.

    What cannot be opened is added to `closed`, the names of links to `links`.
    """
    folders = [os.fspath(folder)]
    while folders:
        try:
            with os.scandir(folders.pop()) as entries:
                for entry in entries:
                    if entry.name.startswith("."):
                        continue
                    if entry.is_dir(follow_symlinks=False):
                        folders.append(entry.path)
                    elif Path(entry.name).suffix.lower() in suffixes and not os.path.isdir(entry.path):  # noqa: PTH112
                        name = os.fspath(Path(entry.path))
                        if entry.is_symlink():
                            links.add(name)
                        yield name
        except OSError as error:
            closed.append(error)


def _read_bytes(found: Found, limit: int = MAX_BYTES) -> bytes | None:
    """At most one byte more than the limit.

    None for a pipe that nobody writes into, and for all that is not a file in a folder of strangers' files.
    """
    if found.location is None:
        if sys.stdin is None:
            raise OSError(errno.EBADF, os.strerror(errno.EBADF))
        return sys.stdin.buffer.read(limit + 1)
    with open(found.location, "rb", opener=_without_waiting) as file:
        mode = os.fstat(file.fileno()).st_mode
        if stat.S_ISREG(mode):
            return file.read(limit + 1)
        if not found.named:
            return None
        os.set_blocking(file.fileno(), True)
        raw = file.read(limit + 1)
        return None if not raw and stat.S_ISFIFO(mode) else raw


def _without_waiting(path: str, flags: int) -> int:
    """Opens a pipe even if nobody writes into it; it then reads as empty, where it would be waited for for ever."""
    return os.open(path, flags | getattr(os, "O_NONBLOCK", 0))


def decode(raw: bytes, shown: str) -> str | Problem:
    """UTF-8 bytes as text, without a byte order mark and with plain line ends."""
    if raw.startswith(_BYTE_ORDER_16):
        return problem("utf16", shown)
    if b"\x00" in raw[:1024]:
        return problem("utf16" if _ZERO_AND_LETTER.match(raw) else "binary", shown)
    try:
        text = raw.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        if b"\x00" in raw or raw[:4] in (b"%PDF", b"PK\x03\x04"):
            return problem("binary", shown)
        before = _plain_ends(error.object[: error.start].decode())  # its bytes begin after the byte order mark
        byte = error.object[error.start]
        return problem("not-utf8", shown, position_of(before, len(before)), byte_=f"0x{byte:02X}")
    return _plain_ends(text)


def _plain_ends(text: str) -> str:
    return text.replace("\r\n", "\n").replace("\r", "\n")
