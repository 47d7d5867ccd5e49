"""What openreform raises where it is used as a library; all of one kind, so that one `except` is enough."""

from openreform.messages.many import ERROR
from openreform.problems import Problem


class OpenReformError(Exception):
    """Something openreform cannot do, and why. Its text is for people.

    problems: everything wrong, each with file, line, column, sentence and remedy; empty where it is about the call alone.
    """

    def __init__(self, message: str, problems: tuple[Problem, ...] = ()) -> None:
        super().__init__(message, problems)
        self.message = message
        self.problems = problems

    def __str__(self) -> str:
        """What is wrong, a line for each problem."""
        return self.message

    @property
    def path(self) -> str:
        """The file the first problem stands in; empty if it is about the call alone."""
        return self.problems[0].path if self.problems else ""

    @property
    def line(self) -> int:
        """The line of the first problem, from 1; 0 for the file as a whole."""
        return self.problems[0].line if self.problems else 0

    @property
    def column(self) -> int:
        """The column of the first problem, from 1; 0 for the file as a whole."""
        return self.problems[0].column if self.problems else 0


class DocumentError(OpenReformError):
    """A document that cannot be read, is not valid, or does not fit its framework."""


class FrameworkError(OpenReformError):
    """A framework that is not there or not sound."""


class UsageError(OpenReformError, ValueError):
    """An argument that means nothing here: a target, a gate, a day, a format."""


def told(problems: tuple[Problem, ...]) -> str:
    """Problems as the text of an error."""
    keys = (("problem" if found.line else "problem-file", found) for found in problems)
    return "\n".join(ERROR[key].format(**found._asdict()) for key, found in keys)
