"""What is wrong with a file, where, and what to write instead."""

from typing import NamedTuple

from openreform.messages.problems import HINTS, PROBLEMS
from openreform.plaintext import quoted

Position = tuple[int, int]
"""Line and column, both from 1."""


class Problem(NamedTuple):
    """One thing wrong with one file. Line and column count from 1; 0 means the file as a whole."""

    path: str
    line: int
    column: int
    code: str
    message: str
    fix: str


def problem(code: str, path: str, position: Position = (0, 0), **details: object) -> Problem:
    """The problem `code` of the catalogue, its blanks filled from `details`.

    Text among the details is a stranger's: it is quoted, shortened and stripped of control characters. A detail whose
    name ends in `_` is ours and goes in as it stands.

    Raises:
        KeyError: the catalogue has no such code, or a blank has no detail.
    """
    message, fix = PROBLEMS[code]
    blanks = {
        name: quoted(value) if isinstance(value, str) and not name.endswith("_") else value
        for name, value in details.items()
    }
    return Problem(path, *position, code, message.format(**blanks), fix.format(**blanks))


def hint(code: str, path: str, position: Position, **details: object) -> Problem:
    """What is no mistake and yet worth a look, in the words of the catalogue; all details are ours."""
    message, fix = HINTS[code]
    return Problem(path, *position, code, message.format(**details), fix.format(**details))
