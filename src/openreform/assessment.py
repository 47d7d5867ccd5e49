"""What came out: complete, frozen, every number and the reason for it. Renderers read this and score nothing."""

from collections.abc import Callable
from dataclasses import dataclass, field, replace
from functools import cached_property
from typing import Literal, NamedTuple, Protocol

from openreform.messages.many import NOT_KEPT
from openreform.progress import Progress
from openreform.ranges import Robustness

Side = Literal["promise", "practice"]
SIDES: tuple[Side, Side] = ("promise", "practice")
Outcome = Literal["scored", "absent", "not-assessed", "not-applicable"]
Severity = Literal["error", "warning", "info"]
GateResult = Literal["passed", "failed", "not-applicable", "undecided"]


class Place(NamedTuple):
    """An element of the document: its path as written in reports (`publications[0]`), its name, line and column from 1.

    key: the id the author gave it; empty if none.
    """

    path: str
    name: str
    line: int
    column: int
    key: str = ""


class Lack(NamedTuple):
    """A field that keeps an element from passing a test.

    field: its dotted name in the element. has: what it holds now, as shown; empty if nothing. needs: what it must hold,
    in words. write: the YAML value that would do, `<…>` where only the author knows. in_group: whether the group of a
    dotted name stands in the element already. alternatives: lacks of which one is enough; the other parts are then empty.
    elsewhere: whether the last part of the name is a field of the entry that the first part names.
    """

    field: str
    has: str
    needs: str
    write: str
    in_group: bool = False
    alternatives: tuple["Lack", ...] = ()
    elsewhere: bool = False


class Miss(NamedTuple):
    """The element that came nearest to a test: what it lacks, what holds it down in words, and what lifts that.

    is_another_thing: it is about something else, so that a new element is needed. others: further elements that miss it.
    """

    place: Place
    lacks: tuple[Lack, ...]
    held_down_by: str | None
    lift: str | None
    is_another_thing: bool
    others: tuple[Place, ...]


class Fact(NamedTuple):
    """One test of a rung (0 in gates): its id (`T5.3a`), the fact in words, what to say if it is not so, whether it holds.

    holds: None is undecided. of_each: it is asked of every entry of a list, or of most of them, so that each counts that
    misses it; otherwise one entry is enough.
    """

    test: str
    rung: int
    says: str
    otherwise: str
    fix: str
    holds: bool | None
    places: tuple[Place, ...]
    nearest: Miss | None
    of_each: bool = False


class NextRung(NamedTuple):
    """The rung above, and the exact gain of reaching it alone: points of the dimension and of the whole."""

    level: int
    says: str
    effort: str
    gain: float | None
    dimension_gain: float | None


class Explains(Protocol):
    """Tells, when asked, what a finding rests on: many readers of many reforms never ask."""

    def met(self) -> tuple[Fact, ...]:
        """The facts that earned the level."""

    def unmet(self) -> tuple[Fact, ...]:
        """The facts lacking for the rung above."""

    def missing(self) -> tuple[str, ...]:
        """The same in words alone."""

    def next(self) -> NextRung | None:
        """The rung above, and its gain."""

    def next_gain(self) -> float | None:
        """That gain alone."""


@dataclass  # not frozen: two are made for each criterion of each document
class SideFinding:
    """One criterion on one side.

    level: the rungs that hold; high: the rungs that hold if every unknown is for the reform; None if not assessed.
    score: points, 0 to 100. share: its part of the weight of what was assessed in its dimension. points: share × score.
    waits_for: the sections not described yet that it would need to be assessed.
    """

    outcome: Outcome
    level: int | None
    high: int | None
    score: float | None
    share: float | None
    points: float | None
    reason: str | None
    waits_for: tuple[str, ...]
    explains: Explains = field(compare=False, repr=False)

    @cached_property
    def met(self) -> tuple[Fact, ...]:
        """The facts of the rungs that hold."""
        return self.explains.met()

    @cached_property
    def unmet(self) -> tuple[Fact, ...]:
        """The facts lacking for the rung above."""
        return self.explains.unmet()

    @property
    def missing(self) -> tuple[str, ...]:
        """What is lacking for the rung above, in words alone."""
        return self.explains.missing()

    @cached_property
    def next(self) -> NextRung | None:
        """The rung above, and the exact gain of reaching it alone."""
        return self.explains.next()

    @property
    def next_gain(self) -> float | None:
        """What reaching the rung above would add to the whole."""
        return self.explains.next_gain()

    def __getstate__(self) -> dict[str, object]:
        """What goes to another process: with everything that could be asked, since nobody there could be asked."""
        told = ToldFinding(self.met, self.unmet, self.missing, self.next, self.next_gain)
        return {**self.__dict__, "explains": told}


class Finding(NamedTuple):
    """One criterion; `practice` is None where the criterion is about the text alone.

    foreshadows: what others would likely say at each level of the side `foreshadows_by`; empty if nobody is thought of.
    """

    id: str
    title: str
    weight: float
    rungs: int
    promise: SideFinding
    practice: SideFinding | None
    foreshadows: tuple[str, ...] = ()
    foreshadows_by: Side = "promise"

    def side(self, side: Side) -> SideFinding | None:
        """The finding on one side."""
        return self.promise if side == "promise" else self.practice


class Foreshadowed(NamedTuple):
    """What others would likely say of one finding, and why; it is never theirs.

    level: None where nothing was assessed; then `says` is why. could_be: what they would say if all that is unknown were
    so, where that is another thing. lacking: the facts that are missing for the level above.
    """

    criterion: str
    title: str
    side: Side
    level: int | None
    says: str
    could_be: str | None
    lacking: tuple[Fact, ...]


class Star(NamedTuple):
    """What the rule of one era makes of the codes recorded, beside what is recorded of its star.

    by_rule: None is undecided. recorded: None where the document does not say. fails: what is asked and is not so.
    lacks: the codes that decide it and are not recorded.
    """

    id: str
    title: str
    by_rule: bool | None
    recorded: bool | None
    fails: tuple[str, ...]
    lacks: tuple[str, ...]


class Counterpart(NamedTuple):
    """A criterion of another framework that answers to one of this: how the two relate, and which of the two says so."""

    framework: str
    criterion: str
    title: str
    how: str
    said_by: str

    @property
    def name(self) -> str:
        """Its name among all frameworks."""
        return f"{self.framework}:{self.criterion}"


class DimensionScore(NamedTuple):
    """One dimension on one side.

    score, low, high: 0 to 100, None if nothing was assessed. reach: share of criteria above 0. strength: mean level of
    those. coverage: assessed ÷ applicable.
    """

    score: float | None
    low: float | None
    high: float | None
    reach: float | None
    strength: float | None
    coverage: float | None


class DimensionResult(NamedTuple):
    """A dimension and its findings; `practice` is None where no criterion has that side.

    claimed: whether the text itself claims it. in_overall: whether the whole is made of it. words: what the verdict says of
    it alone ("weak on what people can see"); empty where too little is assessed, or the framework has no words for it.
    """

    id: str
    title: str
    promise: DimensionScore
    practice: DimensionScore | None
    findings: tuple[Finding, ...]
    claimed: bool
    in_overall: bool
    words: str = ""

    def side(self, side: Side) -> DimensionScore | None:
        """The score on one side."""
        return self.promise if side == "promise" else self.practice


class OverallScore(NamedTuple):
    """The whole on one side; `note` says why there is no score."""

    score: float | None
    low: float | None
    high: float | None
    coverage: float
    note: str | None


class Gate(NamedTuple):
    """A pass/fail rule beside the score."""

    id: str
    title: str
    result: GateResult
    reason: str
    facts: tuple[Fact, ...]


class Exemption(NamedTuple):
    """What a document says of a fault that is to stand for now."""

    because: str | None
    by: str | None
    end: str | None
    place: Place


class Fault(NamedTuple):
    """A drafting mistake, where it stands, and what to write instead; `exemption` if the document says that it may stay."""

    id: str
    title: str
    severity: Severity
    message: str
    fix: str
    place: Place
    exemption: Exemption | None


class Excepted(NamedTuple):
    """An exception a document makes, and what came of it.

    id, title: the fault that is to stand. where: the entries or sections it is for; the whole document if empty.
    ended: whether it had ended by the assessment's own day; None if it has no end, or the assessment no day.
    covers: the lines of the faults that stand by it; none if the document does not have the fault.
    """

    id: str
    title: str
    where: tuple[str, ...]
    exemption: Exemption
    ended: bool | None
    covers: tuple[int, ...]


class Case(NamedTuple):
    """A real reform of the case library, as lists name it."""

    id: str
    title: str
    country: str | None
    jurisdiction: str | None
    sector: tuple[str, ...]

    @property
    def place(self) -> str:
        """Where it is, by the shortest code that says so; empty if it does not say."""
        return self.jurisdiction or self.country or ""


class Precedent(NamedTuple):
    """A case and the levels it holds in one criterion; None where that side was not assessed."""

    case: Case
    promise: int | None
    practice: int | None

    def side(self, side: Side) -> int | None:
        """The level on one side."""
        return self.promise if side == "promise" else self.practice


class Precedents(Protocol):
    """Finds, when asked, a real reform that does what a step asks for."""

    def best(self, criterion: str, level: int, sector: tuple[str, ...], but_not: str) -> Precedent | None:
        """The case to learn from that promises at least this level: of one of the sectors first, never the named one."""

    def __len__(self) -> int:
        """How many cases there are to look at."""


class Step(NamedTuple):
    """Something to write next.

    gain, dimension_gain: points of the whole and of the dimension if this step alone is taken. gates: the failed gates it
    helps to turn. place: the element to work on, or the place where a new one belongs. precedent: a real reform that does it.
    """

    criterion: str
    title: str
    dimension: str
    side: Side
    level: int
    says: str
    fixes: tuple[str, ...]
    effort: str
    gain: float | None
    dimension_gain: float | None
    gates: tuple[str, ...]
    place: Place
    precedent: Precedent | None = None


class Steps(NamedTuple):
    """The steps proposed, and the exact score of the whole (and of each dimension) once all promise steps are taken.

    cases: how many cases were looked at for one that does what a step asks for.
    """

    promise: tuple[Step, ...]
    practice: tuple[Step, ...]
    score_after: float | None
    dimensions_after: tuple[tuple[str, float | None], ...]
    cases: int = 0


class Concern(NamedTuple):
    """Bad news the document records: its kind, what happened, and where it stands."""

    kind: str
    text: str
    place: Place


@dataclass(frozen=True, slots=True)
class Undescribed:
    """The sections a document says are not written yet, and where it says so."""

    sections: tuple[str, ...]
    place: Place


@dataclass(frozen=True, slots=True)
class Assessor:
    """Who described the reform, in what role, when."""

    name: str | None
    role: str
    date: str | None


@dataclass(frozen=True, slots=True)
class Tailored:
    """How the framework differs from the one it is made from, and what that one makes of the same reform.

    reweighted: id, title, weight there, weight here. dropped: id, title, reason. added: id, title.
    """

    framework_id: str
    framework_version: str
    reweighted: tuple[tuple[str, str, float, float], ...]
    dropped: tuple[tuple[str, str, str], ...]
    added: tuple[tuple[str, str], ...]
    untailored: "Assessment"


class Evidence(NamedTuple):
    """Something the document shows that a thing exists or works; fields that it leaves out are None.

    kind: as the document writes it. supports: the entries that name it, in the order of the document.
    """

    id: str | None
    title: str | None
    kind: str
    publisher: str | None
    url: str | None
    date: str | None
    independent: bool
    place: Place
    supports: tuple[Place, ...]


class Advises(Protocol):
    """Finds, when asked, what an author should write next, and what the document rests on."""

    def placeholders(self) -> tuple[Place, ...]:
        """Where the document still holds a placeholder, or an element without a title."""

    def steps(self) -> Steps:
        """The next steps."""

    def next_steps(self) -> tuple[Step, ...]:
        """The next step of the promise in each criterion."""

    def faults(self, today: str | None) -> tuple[Fault, ...]:
        """The drafting mistakes; `today` is the day an exception runs out at where the assessment has none of its own."""

    def exceptions(self, faults: tuple[Fault, ...]) -> tuple[Excepted, ...]:
        """The exceptions the document makes, and which of the faults stand by each."""

    def evidence(self) -> tuple[Evidence, ...]:
        """The evidence the document lists."""

    def progress(self) -> Progress | None:
        """How far the reform has come; None of a plan."""

    def robustness(self, assessment: "Assessment") -> Robustness:
        """How far the scores move with the weights and with the points of the levels."""


@dataclass(frozen=True)
class Assessment:
    """Everything said about one reform under one framework. Scores stand in it; explanations are made when asked for.

    document: what was described, "reform" or "plan"; of a plan, `reform_id` is its own id.
    """

    document: str
    reform_id: str
    title: str
    path: str
    stage: str | None
    country: str | None
    start: str | None
    end: str | None
    leads: tuple[str, ...]
    digest: str
    title_at: tuple[int, int]
    framework_id: str
    framework_title: str
    framework_version: str
    framework_attribution: str
    framework_digest: str
    assessor: Assessor
    as_of: str | None
    overall_title: str
    promise: OverallScore
    practice: OverallScore
    verdict: str
    dimensions: tuple[DimensionResult, ...]
    gates: tuple[Gate, ...]
    concerns: tuple[Concern, ...]
    undescribed: Undescribed | None
    irm: tuple[tuple[str, bool | str], ...]
    has_exceptions: bool
    stars: tuple[Star, ...]
    advises: Advises = field(compare=False, repr=False)
    crosswalk: Callable[[str], tuple[Counterpart, ...]] = field(compare=False, repr=False)
    """Tells, by the id of a criterion, those of other frameworks that answer to it."""
    tailored: Tailored | None = None
    robustness: Robustness | None = None
    """Filled where somebody asked for it: `with_ranges` makes such an assessment."""

    def with_ranges(self) -> "Assessment":
        """The same with how far its scores move."""
        return replace(self, robustness=self.advises.robustness(self))

    @cached_property
    def placeholders(self) -> tuple[Place, ...]:
        """Where the document still holds a placeholder, an element without a title or what is to be filled in, in its order."""
        return self.advises.placeholders()

    @cached_property
    def faults(self) -> tuple[Fault, ...]:
        """The drafting mistakes the framework knows, in the order of the document."""
        return self.advises.faults(None)

    @cached_property
    def exceptions(self) -> tuple[Excepted, ...]:
        """The exceptions the document makes from these faults, in its order."""
        return self.advises.exceptions(self.faults) if self.has_exceptions else ()

    @cached_property
    def evidence(self) -> tuple[Evidence, ...]:
        """The evidence the document lists, in its order."""
        return self.advises.evidence()

    @cached_property
    def progress(self) -> Progress | None:
        """How far the reform has come by the day of the assessment; None of a plan, which has no milestones of its own."""
        return self.advises.progress()

    @cached_property
    def steps(self) -> Steps:
        """What to write next, with what each step would gain."""
        return self.advises.steps()

    @cached_property
    def next_steps(self) -> dict[str, Step]:
        """By criterion, the step to the level above the one promised; of those at the top or not assessed, none."""
        return {step.criterion: step for step in self.advises.next_steps()}

    @cached_property
    def foreshadowed(self) -> tuple[Foreshadowed, ...]:
        """What others would likely say of it, criterion by criterion; nothing where the framework thinks of nobody."""
        findings = (finding for dimension in self.dimensions for finding in dimension.findings)
        return tuple(_foreshadowed(finding) for finding in findings if finding.foreshadows)

    @property
    def waiting(self) -> tuple[str, ...]:
        """The ids of the criteria whose promise cannot be assessed until a section is described."""
        findings = (finding for dimension in self.dimensions for finding in dimension.findings)
        return tuple(finding.id for finding in findings if finding.promise.waits_for)

    def overall(self, side: Side) -> OverallScore:
        """The whole on one side."""
        return self.promise if side == "promise" else self.practice

    def __getstate__(self) -> dict[str, object]:
        """What goes to another process: with all advice, and ranges only where they were asked for before."""
        ids = (finding.id for dimension in self.dimensions for finding in dimension.findings)
        table = ToldCrosswalk({ident: known for ident in ids if (known := self.crosswalk(ident))})
        advice = ToldAdvice(
            self.advises.placeholders(), self.steps, self.faults, self.exceptions, self.evidence, self.progress
        )
        return {**self.__dict__, "advises": advice, "crosswalk": table}


class NotKeptError(LookupError):
    """What is asked of an assessment from another process was not worked out there."""


class ToldFinding(NamedTuple):
    """The answers of `Explains`, for a finding that came from another process."""

    facts_met: tuple[Fact, ...]
    facts_unmet: tuple[Fact, ...]
    lacking: tuple[str, ...]
    rung_above: NextRung | None
    gain_above: float | None

    def met(self) -> tuple[Fact, ...]:
        """The facts that earned the level."""
        return self.facts_met

    def unmet(self) -> tuple[Fact, ...]:
        """The facts lacking for the rung above."""
        return self.facts_unmet

    def missing(self) -> tuple[str, ...]:
        """The same in words alone."""
        return self.lacking

    def next(self) -> NextRung | None:
        """The rung above, and its gain."""
        return self.rung_above

    def next_gain(self) -> float | None:
        """That gain alone."""
        return self.gain_above


class ToldCrosswalk(NamedTuple):
    """The counterparts of each criterion that has some."""

    known: dict[str, tuple[Counterpart, ...]]

    def __call__(self, criterion: str) -> tuple[Counterpart, ...]:
        """Those of one criterion."""
        return self.known.get(criterion, ())


class ToldAdvice(NamedTuple):
    """The answers of `Advises`, for an assessment that came from another process."""

    to_write: tuple[Place, ...]
    proposed: Steps
    found: tuple[Fault, ...]
    excepted: tuple[Excepted, ...]
    listed: tuple[Evidence, ...]
    made: Progress | None

    def placeholders(self) -> tuple[Place, ...]:
        """Where the document still holds a placeholder, or an element without a title."""
        return self.to_write

    def steps(self) -> Steps:
        """The next steps."""
        return self.proposed

    def faults(self, today: str | None) -> tuple[Fault, ...]:
        """The drafting mistakes.

        Raises:
            NotKeptError: a day is given, and an exception might run out at it.
        """
        if today is not None and self.excepted:
            raise NotKeptError(NOT_KEPT["faults"])
        return self.found

    def exceptions(self, faults: tuple[Fault, ...]) -> tuple[Excepted, ...]:
        """The exceptions the document makes; the faults are those it came with."""
        return self.excepted

    def evidence(self) -> tuple[Evidence, ...]:
        """The evidence the document lists."""
        return self.listed

    def progress(self) -> Progress | None:
        """How far it has come."""
        return self.made

    def robustness(self, assessment: Assessment) -> Robustness:
        """The ranges it came with.

        Raises:
            NotKeptError: it came without.
        """
        if assessment.robustness is None:
            raise NotKeptError(NOT_KEPT["robustness"])
        return assessment.robustness


def _foreshadowed(finding: Finding) -> Foreshadowed:
    side = finding.foreshadows_by
    part = finding.side(side)
    if part is None or part.level is None:
        reason = (part.reason if part else None) or ""
        return Foreshadowed(finding.id, finding.title, side, None, reason, None, ())
    says = finding.foreshadows[part.level]
    could_be = finding.foreshadows[max(part.level, part.high or 0)]
    return Foreshadowed(
        finding.id, finding.title, side, part.level, says, could_be if could_be != says else None, part.unmet
    )
