"""What moved between two states of a reform: complete, frozen, and the same read backwards with both sides exchanged.

A `Snapshot` is what one side says, whether it was assessed just now or is read from a result written earlier.
"""

from dataclasses import dataclass
from typing import Literal, NamedTuple

from openreform.assessment import GateResult, Outcome, Severity, Side

Standing = Literal["open", "excepted"]
"""A fault that is there: as it is, or by an exception the document makes."""
Source = Literal["document", "result"]


# --- One side ---------------------------------------------------------------------------------------------------------


class Spot(NamedTuple):
    """An entry of a document: its path as reports write it, its name (its path where that is not known), its line from 1."""

    path: str
    name: str
    line: int


class FactThen(NamedTuple):
    """One test of a rung: its id, what it says, and where it is shown, or where it came nearest."""

    test: str
    says: str
    at: Spot | None


class SideThen(NamedTuple):
    """A criterion on one side. score, points: 0 to 100, `points` being its part of the dimension; None if not assessed.

    met: the facts that earn the level. unmet: those lacking for the level above.
    """

    outcome: Outcome
    level: int | None
    high: int | None
    points: float | None
    reason: str | None
    met: tuple[FactThen, ...]
    unmet: tuple[FactThen, ...]


class CriterionThen(NamedTuple):
    """A criterion; `practice` is None where it is about the text alone."""

    id: str
    title: str
    weight: float
    rungs: int
    promise: SideThen
    practice: SideThen | None

    def side(self, side: Side) -> SideThen | None:
        """The criterion on one side."""
        return self.promise if side == "promise" else self.practice


class ScoreThen(NamedTuple):
    """A score of 0 to 100, None if there is none, and the share that was assessed; `note` says why there is no score."""

    score: float | None
    coverage: float | None
    note: str | None = None


class DimensionThen(NamedTuple):
    """A dimension and its criteria; `practice` is None where no criterion has that side."""

    id: str
    title: str
    promise: ScoreThen
    practice: ScoreThen | None
    criteria: tuple[CriterionThen, ...]

    def side(self, side: Side) -> ScoreThen | None:
        """The score on one side."""
        return self.promise if side == "promise" else self.practice


class GateThen(NamedTuple):
    """A gate and what came of it."""

    id: str
    title: str
    result: GateResult
    reason: str


class FaultThen(NamedTuple):
    """A drafting mistake. key: the id of the entry it is about, where that is known. target: the same by its name."""

    id: str
    title: str
    severity: Severity
    message: str
    fix: str
    at: Spot
    key: str
    target: str
    standing: Standing


class Terms(NamedTuple):
    """What an exception says of itself."""

    because: str | None
    by: str | None
    end: str | None
    ended: bool | None
    line: int


class ExceptionThen(NamedTuple):
    """An exception the document makes. where: the entries it is for; all of them if empty."""

    id: str
    title: str
    where: tuple[str, ...]
    terms: Terms


class ConcernThen(NamedTuple):
    """Bad news the document records."""

    kind: str
    text: str
    line: int


class StepThen(NamedTuple):
    """The first thing to write next. gain: points of the whole."""

    criterion: str
    title: str
    level: int
    says: str
    effort: str
    gain: float | None
    line: int


class Head(NamedTuple):
    """Which reform, under which yardstick, described by whom. source: where it was read from. path: as the person named it."""

    source: Source
    document: str
    id: str
    title: str
    path: str
    stage: str | None
    digest: str
    framework_id: str
    framework_title: str
    framework_version: str
    framework_attribution: str
    framework_digest: str
    assessor: str | None
    role: str
    assessed: str | None
    as_of: str | None


class Snapshot(NamedTuple):
    """Everything one side says."""

    head: Head
    overall_title: str
    promise: ScoreThen
    practice: ScoreThen
    dimensions: tuple[DimensionThen, ...]
    gates: tuple[GateThen, ...]
    faults: tuple[FaultThen, ...]
    exceptions: tuple[ExceptionThen, ...]
    concerns: tuple[ConcernThen, ...]
    step: StepThen | None

    def overall(self, side: Side) -> ScoreThen:
        """The whole on one side."""
        return self.promise if side == "promise" else self.practice

    @property
    def measure(self) -> tuple[tuple[str, tuple[tuple[str, float, int], ...]], ...]:
        """What is measured and how it is weighed: where this is another, no scores can be compared."""
        return tuple((part.id, tuple((c.id, c.weight, c.rungs) for c in part.criteria)) for part in self.dimensions)


# --- What moved -------------------------------------------------------------------------------------------------------


class ScoreChange(NamedTuple):
    """A score on one side. causes: the criteria that moved it, the strongest first."""

    side: Side
    was: ScoreThen
    now: ScoreThen
    causes: tuple[str, ...] = ()

    @property
    def moved(self) -> bool:
        """Whether it is another score, or one of more or less."""
        return self.was[:2] != self.now[:2]

    @property
    def by(self) -> float | None:
        """By how many points; None if one of the two is none."""
        if self.was.score is None or self.now.score is None:
            return None
        return self.now.score - self.was.score

    def mirrored(self) -> "ScoreChange":
        """The same read backwards."""
        return self._replace(was=self.now, now=self.was)


class FactChange(NamedTuple):
    """A fact that earns a level on one side and not on the other: where it is shown, and what came nearest on the other.

    turned: whether it is known not to be so on the other side; otherwise nobody asked there, as a lower level did not hold.
    """

    test: str
    says: str
    was: Spot | None
    now: Spot | None
    turned: bool

    def mirrored(self) -> "FactChange":
        """The same read backwards."""
        return self._replace(was=self.now, now=self.was)


class Held(NamedTuple):
    """What a criterion reached. high: what it would reach if all that is unknown were so."""

    outcome: Outcome
    level: int | None
    high: int | None
    reason: str | None


class SideChange(NamedTuple):
    """One side of a criterion. gained, lost: the facts that earn it what they did not before, and the reverse."""

    side: Side
    was: Held
    now: Held
    gained: tuple[FactChange, ...]
    lost: tuple[FactChange, ...]

    def mirrored(self) -> "SideChange":
        """The same read backwards."""
        gained, lost = (tuple(fact.mirrored() for fact in facts) for facts in (self.lost, self.gained))
        return SideChange(self.side, self.now, self.was, gained, lost)


class CriterionChange(NamedTuple):
    """A criterion that moved, on one side or both."""

    id: str
    title: str
    rungs: int
    sides: tuple[SideChange, ...]

    def mirrored(self) -> "CriterionChange":
        """The same read backwards."""
        return self._replace(sides=tuple(side.mirrored() for side in self.sides))


class DimensionChange(NamedTuple):
    """A dimension, whether it moved or not, and those of its criteria that did."""

    id: str
    title: str
    scores: tuple[ScoreChange, ...]
    criteria: tuple[CriterionChange, ...]

    @property
    def moved(self) -> bool:
        """Whether a score or a criterion of it moved."""
        return bool(self.criteria) or any(score.moved for score in self.scores)

    def mirrored(self) -> "DimensionChange":
        """The same read backwards."""
        scores = tuple(score.mirrored() for score in self.scores)
        return self._replace(scores=scores, criteria=tuple(part.mirrored() for part in self.criteria))


class GateChange(NamedTuple):
    """A gate that turned."""

    id: str
    title: str
    was: GateThen
    now: GateThen

    def mirrored(self) -> "GateChange":
        """The same read backwards."""
        return GateChange(self.id, self.was.title, self.now, self.was)


class FaultChange(NamedTuple):
    """A fault that came, went, or has or lost an exception; None where it is not there."""

    was: FaultThen | None
    now: FaultThen | None

    def mirrored(self) -> "FaultChange":
        """The same read backwards."""
        return FaultChange(self.now, self.was)


class ExceptionChange(NamedTuple):
    """An exception that came, went, or says something else; None where it is not there."""

    was: ExceptionThen | None
    now: ExceptionThen | None

    def mirrored(self) -> "ExceptionChange":
        """The same read backwards."""
        return ExceptionChange(self.now, self.was)


class ConcernChange(NamedTuple):
    """Bad news that came or went; None where it is not there."""

    was: ConcernThen | None
    now: ConcernThen | None

    def mirrored(self) -> "ConcernChange":
        """The same read backwards."""
        return ConcernChange(self.now, self.was)


class Steps(NamedTuple):
    """The first next step, before and now; None where there is nothing to write."""

    was: StepThen | None
    now: StepThen | None


class Stays(NamedTuple):
    """What is as it was: how many criteria of how many, gates, and faults."""

    criteria: int
    all_criteria: int
    gates: int
    faults: int


@dataclass(frozen=True)
class Comparison:
    """What moved in one reform. rescored: whether a side was scored under another version than it asks for."""

    was: Head
    now: Head
    overall_title: str
    overall: tuple[ScoreChange, ...]
    dimensions: tuple[DimensionChange, ...]
    gates: tuple[GateChange, ...]
    faults: tuple[FaultChange, ...]
    exceptions: tuple[ExceptionChange, ...]
    concerns: tuple[ConcernChange, ...]
    steps: Steps
    stays: Stays
    rescored: tuple[str | None, str | None] = (None, None)
    """The version each side was scored under before, where it is scored under a newer one here."""

    @property
    def is_empty(self) -> bool:
        """Whether nothing that is found moved, whatever became of the words."""
        moved = any(part.moved for part in self.overall) or any(part.moved for part in self.dimensions)
        return not (moved or self.gates or self.faults or self.exceptions or self.concerns)

    def mirrored(self) -> "Comparison":
        """The same read backwards: what `NEW` and `OLD` exchanged would give."""
        return Comparison(
            self.now,
            self.was,
            self.overall_title,
            tuple(part.mirrored() for part in self.overall),
            tuple(part.mirrored() for part in self.dimensions),
            tuple(part.mirrored() for part in self.gates),
            tuple(part.mirrored() for part in self.faults),
            tuple(part.mirrored() for part in self.exceptions),
            tuple(part.mirrored() for part in self.concerns),
            Steps(self.steps.now, self.steps.was),
            self.stays,
            (self.rescored[1], self.rescored[0]),
        )


class Listed(NamedTuple):
    """A reform that stands on one side only, or that nothing moved in; score: of the whole promise, None if there is none."""

    id: str
    title: str
    path: str
    score: float | None


@dataclass(frozen=True)
class Changes:
    """What moved between two sides: in one reform, or in many, matched by their ids.

    old, new: the sides as the person named them. many: whether reforms were matched by id; otherwise there is one comparison,
    empty or not. changed: those something moved in. same: the others, by id.
    """

    old: str
    new: str
    many: bool
    changed: tuple[Comparison, ...]
    same: tuple[str, ...]
    added: tuple[Listed, ...]
    removed: tuple[Listed, ...]

    def mirrored(self) -> "Changes":
        """The same read backwards."""
        changed = tuple(part.mirrored() for part in self.changed)
        return Changes(self.new, self.old, self.many, changed, self.same, self.removed, self.added)
