"""A whole check as the formats of other programs need it, and how each tells where things are and what is the same."""

import hashlib
import os
import posixpath
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from itertools import groupby
from pathlib import PurePath
from typing import NamedTuple, Protocol

from openreform.assessment import Assessment
from openreform.findings import CheckFinding, Sought
from openreform.framework import Framework
from openreform.plaintext import plain_lines, visible


class CheckedDocument(Protocol):
    """One document: what was said of it, what was found."""

    @property
    def assessment(self) -> Assessment:
        """What was said of it."""

    @property
    def findings(self) -> tuple[CheckFinding, ...]:
        """What was found in it."""

    @property
    def fell_short(self) -> bool:
        """Whether anything found makes the check fail."""


class Check(NamedTuple):
    """Everything a format may tell.

    sought: what every document was held against. findings: all of them, those of broken files too, by file and line.
    root: the folder paths are told from, for programs that know the repository and not where it was checked.
    """

    framework: Framework
    sought: Sequence[Sought]
    documents: Sequence[CheckedDocument]
    findings: Sequence[CheckFinding]
    root: str

    @property
    def problems(self) -> list[CheckFinding]:
        """What is wrong with files that could not be assessed."""
        return [finding for finding in self.findings if finding.kind == "problem"]

    def broken(self) -> Iterator[tuple[str, list[CheckFinding]]]:
        """Each file that could not be assessed, with what is wrong with it."""
        for path, group in groupby(self.problems, key=lambda finding: finding.path):
            yield path, list(group)


def one_line(text: str) -> str:
    """A text on one line, in characters any format may hold."""
    return plain_lines(visible(text))


def identities(findings: Iterable[CheckFinding]) -> list[str]:
    """A fingerprint for each finding that no other one has: programs show only the first of two that are the same."""
    met: Counter[str] = Counter()
    made = []
    for finding in findings:
        same = finding.fingerprint
        met[same] += 1
        made.append(same if met[same] == 1 else hashlib.sha256(f"{same} {met[same]}".encode()).hexdigest()[:32])
    return made


def relative(path: str, root: str) -> str:
    """A path as seen from a folder, if it lies in it; otherwise as it was given. Always with `/`."""
    if path == "-":
        return path
    whole = os.path.abspath(path)  # noqa: PTH100  # links stay as they were named
    inside = PurePath(whole).is_relative_to(root)
    return PurePath(whole).relative_to(root).as_posix() if inside else posixpath.normpath(PurePath(path).as_posix())
