"""What a plan to a target is made of: aims, steps in their order, and whether a cheaper way was ruled out."""

from dataclasses import dataclass
from typing import Any, Literal, NamedTuple

from openreform.assessment import Assessor, GateResult, Place, Precedent

When = Literal["now", "plan", "next"]
"""Now; before the plan ends; in the plan after it."""
WHENS: tuple[When, ...] = ("now", "plan", "next")

Outcome = Literal["met", "way", "out-of-reach", "not-found", "missed"]
"""Met already; a way was found; there is none; none was found in time; `missed`: not met by what was filled in (`--verify`)."""


class Addition(NamedTuple):
    """Something to write.

    path: names and numbers from the top of the document; a last None is a new entry of a list. value: text, number, yes or no,
    list, or fields. was: what stands there now, of a value that is changed; None if nothing does. entry: the entry it is
    written into, where one is there already; its line is 0 if an earlier step adds it.
    """

    path: tuple[str | int | None, ...]
    value: Any
    was: Any = None
    entry: Place | None = None


class ScoreAim(NamedTuple):
    """A score that is to be reached: now, after all steps, and at most; None for no score.

    dimension: None is the whole. note: why there is no score.
    """

    written: str
    title: str
    dimension: str | None
    limit: float
    now: float | None
    after: float | None
    best: float | None
    met: bool
    within_reach: bool
    note: str | None


class GateAim(NamedTuple):
    """A gate that is to be passed: now, after all steps, and with every level at its highest, with the reason of the last."""

    id: str
    title: str
    now: GateResult
    after: GateResult
    best: GateResult
    reason: str
    met: bool
    within_reach: bool


class RungUp(NamedTuple):
    """A rung of a step: what it takes, and why that much.

    cost: 0 where it is reached already once the rungs below are, or is counted with another criterion's rung, which
    `counted_with` then names.
    """

    level: int
    says: str
    effort: str
    reason: str
    cost: float
    counted_with: str | None


class RouteStep(NamedTuple):
    """A criterion raised from one level to another, all of it at one time.

    gain, dimension_gain: points of the whole and of the dimension once it is taken after all steps before it; None for no
    score. additions: lines to paste, as they would be written; lacking: what stays open where no lines reach the level.
    """

    number: int
    criterion: str
    title: str
    dimension: str
    held: int
    level: int
    says: str
    when: When
    rungs: tuple[RungUp, ...]
    cost: float
    gain: float | None
    dimension_gain: float | None
    why: str
    fixes: tuple[str, ...]
    place: Place
    additions: tuple[Addition, ...]
    lacking: tuple[str, ...]
    precedent: Precedent | None

    @property
    def effort(self) -> RungUp:
        """The rung that takes most."""
        return max(self.rungs, key=lambda rung: (rung.cost, rung.level))


class Along(NamedTuple):
    """A criterion that the lines of all steps raise higher than any step is there for."""

    criterion: str
    held: int
    level: int


class Change(NamedTuple):
    """A score now and after all steps; None for no score."""

    id: str | None
    title: str
    now: float | None
    after: float | None


@dataclass(frozen=True)
class Route:
    """The cheapest way found from a document to what is asked of it.

    document: "reform" or "plan". along: what else their lines raise, which the scores after all steps count. additions:
    those of all steps, in the order to write them. cost: of all steps; bound: no way costs less. finished: whether all ways
    were looked at or ruled out, so that the two are one. undescribed: the sections that count as not there. efforts: what
    each effort costs. months: how many are left of the plan; None if that is not known. cases: how many were looked at for
    one that does what a step asks for.
    """

    document: str
    reform_id: str
    title: str
    path: str
    digest: str
    stage: str | None
    framework_id: str
    framework_title: str
    framework_version: str
    framework_attribution: str
    framework_digest: str
    assessor: Assessor
    as_of: str | None
    outcome: Outcome
    scores: tuple[ScoreAim, ...]
    gates: tuple[GateAim, ...]
    steps: tuple[RouteStep, ...]
    along: tuple[Along, ...]
    additions: tuple[Addition, ...]
    cost: float
    bound: float
    finished: bool
    overall: Change | None
    dimensions: tuple[Change, ...]
    undescribed: tuple[str, ...]
    to_fill: tuple[Place, ...]
    months: int | None
    efforts: tuple[tuple[str, float], ...]
    cases: int

    @property
    def fell_short(self) -> bool:
        """Whether what is asked cannot be reached, or is not."""
        return self.outcome not in {"met", "way"}
