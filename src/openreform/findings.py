"""What a check found: one shape for faults, broken files, gates and thresholds, however it is shown."""

import hashlib
import re
from typing import Literal, NamedTuple

from openreform.assessment import Exemption, Place, Severity, Side
from openreform.messages.reports import NAMELESS

Kind = Literal["fault", "problem", "gate", "threshold"]
SEVERITIES: tuple[Severity, ...] = ("error", "warning", "info")
"""The worst first."""
DIGITS = 6
"""Of a score that is compared, as many as the JSON report carries."""
_INDEX = re.compile(r"\.[0-9]+(?=\.|$)")


class Threshold(NamedTuple):
    """A score that must be reached: of the whole, or of a dimension, on one side. Compared with `low`."""

    side: Side
    dimension: str | None
    limit: float
    written: str

    def is_met_by(self, score: float | None) -> bool:
        """Whether a score reaches it, as the JSON report shows scores: what it shows as 40 meets 40. None never does."""
        return score is not None and round(score, DIGITS) >= self.limit


def target_of(place: Place) -> str:
    """What a place is about, by ids and names alone: no line and no number of an entry, so that both may move."""
    section, _, rest = place.path.partition("[")
    section = _INDEX.sub("", section)
    number = rest.partition("]")[0]
    named = place.name
    if number.isdecimal() and named == NAMELESS.format(number=int(number) + 1, section=section):
        named = ""
    return f"{section}/{place.key or named}"


class CheckFinding(NamedTuple):
    """One thing a check found, on one line of one file.

    rule: the id of the fault or gate, `threshold`, or the code of the problem. target: what it is about by ids and names that
    stay when lines move: the section, the entry's id or title. name: the entry as a person calls it. level: how bad.
    fails: whether it makes the check fail. exemption: what the document says if it is to stand for now. known: whether it
    was there before (`--baseline`, `--since`), and so does not make the check fail.
    """

    kind: Kind
    rule: str
    title: str
    level: Severity
    path: str
    line: int
    column: int
    message: str
    fix: str
    reform: str
    target: str
    name: str
    fails: bool
    exemption: Exemption | None = None
    known: bool = False

    @property
    def stands(self) -> bool:
        """Whether it may stand for now: the document says so, or it was there before."""
        return self.exemption is not None or (self.known and not self.fails)

    @property
    def fingerprint(self) -> str:
        """The same as long as the rule, the reform and what it is about are: lines may move. 32 hexadecimal digits."""
        key = "\n".join((self.rule, self.reform or self.path, self.target))
        return hashlib.sha256(key.encode()).hexdigest()[:32]


def worst_first(finding: CheckFinding) -> tuple[int, str, int, int, str]:
    """The order for readers who see only the first few."""
    return SEVERITIES.index(finding.level), finding.path, finding.line, finding.column, finding.rule


def in_order(finding: CheckFinding) -> tuple[str, int, int, str]:
    """The order of files and lines."""
    return finding.path, finding.line, finding.column, finding.rule


class Sought(NamedTuple):
    """One thing every document was held against: a fault by its id, a gate by its id twice, or a threshold as it was written.

    rule, target: those of what is found if it is missed; a fault has no target, as it may be found in many places.
    """

    kind: Kind
    rule: str
    target: str
    title: str

    def is_about(self, finding: CheckFinding) -> bool:
        """Whether a finding says something of this."""
        return finding.rule == self.rule and (not self.target or finding.target == self.target)
