"""What becomes of each assessment in the process that made it; loaded in every process, so nothing of the door is."""

from collections.abc import Callable
from dataclasses import dataclass
from functools import partial
from typing import Any, NamedTuple

from openreform.assessment import Assessment
from openreform.findings import Threshold
from openreform.many import itself


class Piece(NamedTuple):
    """What a report needs of one reform, and the reform's id if it missed a limit."""

    content: Any
    below: str | None


@dataclass(frozen=True)
class Work:
    """Makes a piece of an assessment; can be sent to another process."""

    make: Callable[[Assessment], Any]
    limits: tuple[Threshold, ...]

    def __call__(self, assessment: Assessment) -> Piece:
        """The piece."""
        return Piece(self.make(assessment), below(assessment, self.limits))


def below(assessment: Assessment, limits: tuple[Threshold, ...]) -> str | None:
    """The reform's id, if it misses any of the limits."""
    if not limits:
        return None
    from openreform.checking import falls_below  # noqa: PLC0415

    return assessment.reform_id if any(falls_below(assessment, limit) for limit in limits) else None


def making(output_format: str, *, by_reform: bool, as_of: str | None, full: bool) -> Callable[[Assessment], Any]:
    """What to make of each assessment for a format of `assess`; for those that read several at once, itself.

    Args:
        output_format: as `--format` names it.
        by_reform: whether a row of CSV is a reform.
        as_of: the day asked for.
        full: whether a text tells what earns each level.
    """
    match output_format:
        case "text":
            from openreform.rendering.text import told  # noqa: PLC0415

            return partial(told, full=full)
        case "json":
            from openreform.rendering.json import plain  # noqa: PLC0415

            return plain
        case "jsonl":
            from openreform.rendering.json import line  # noqa: PLC0415

            return partial(line, as_of=as_of)
        case "csv":
            from openreform.rendering.csv import criterion_rows, reform_cells  # noqa: PLC0415

            return reform_cells if by_reform else criterion_rows
        case _:
            return itself
