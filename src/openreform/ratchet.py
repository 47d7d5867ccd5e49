"""What a reform was like before, and what moved since: faults keyed on rule and target, scores, gates; never lines."""

from collections import Counter
from collections.abc import Iterable, Mapping
from typing import NamedTuple, Protocol

from openreform.assessment import SIDES, Assessment, Fault, GateResult, Side
from openreform.findings import CheckFinding, Threshold, target_of
from openreform.messages.ratchets import RATCHET

DECIMALS = 6
_ROUNDING = 1.5 * 10**-DECIMALS
MISSED = frozenset({"failed", "undecided"})
"""Results of a gate that is not passed."""

FaultKey = tuple[str, str]
"""The id of a fault, and what it is about."""


class Score(NamedTuple):
    """A score as thresholds read it (`low`), None if there is none, and the share that was assessed."""

    score: float | None = None
    coverage: float | None = None


class State(NamedTuple):
    """What a reform was like at one time, under one version of the framework.

    scores: by side and dimension, None for the whole. faults: how many there were of each. excepted: likewise, those the
    document says may stay; a baseline does not keep them, so that they count once the exception is gone.
    """

    version: str
    scores: Mapping[tuple[Side, str | None], Score]
    gates: Mapping[str, GateResult]
    faults: Mapping[FaultKey, int]
    excepted: Mapping[FaultKey, int]


class Baseline(NamedTuple):
    """What was there when a baseline was written, by reform."""

    tool_version: str
    framework_id: str
    framework_version: str
    reforms: Mapping[str, State]


class Before(Protocol):
    """Knows what reforms were like before."""

    @property
    def fix(self) -> str:
        """What to do about something that got worse."""

    @property
    def only(self) -> frozenset[str] | None:
        """The files that are to be checked, as they are shown; None for all."""

    def state(self, assessment: Assessment) -> State | None:
        """What the reform was like; None if it is new."""


class Move(NamedTuple):
    """A score that is another now."""

    side: Side
    dimension: str | None
    was: float | None
    now: float | None

    def title(self, assessment: Assessment) -> str:
        """What the score is called."""
        titles = {part.id: part.title for part in assessment.dimensions}
        return assessment.overall_title if self.dimension is None else titles[self.dimension]

    @property
    def told(self) -> tuple[str, str]:
        """Both as reports print scores, or, where they would look the same, in full."""
        pair = (self.was, self.now)
        for decimals in (1, DECIMALS):
            was, now = ("" if value is None else f"{value:.{decimals}f}" for value in pair)
            if was != now:
                break
        return was, now


class Moves(NamedTuple):
    """What moved in one reform.

    gone: faults that are there no more, and how many of each rule. lost, won: gates that were passed before and are missed
    now, and the reverse.
    """

    gone: Mapping[str, int]
    fell: tuple[Move, ...]
    rose: tuple[Move, ...]
    lost: tuple[str, ...]
    won: tuple[str, ...]

    @property
    def is_better(self) -> bool:
        """Whether anything got better."""
        return bool(self.gone or self.rose or self.won)


def state_of(assessment: Assessment, faults: Iterable[Fault]) -> State:
    """What a reform is like now; `faults` are all of its faults, whichever of them somebody asks for."""
    counted: Counter[FaultKey] = Counter()
    excepted: Counter[FaultKey] = Counter()
    for fault in faults:
        (counted if fault.exemption is None else excepted)[fault.id, target_of(fault.place)] += 1
    scores: dict[tuple[Side, str | None], Score] = {}
    for side in SIDES:
        whole = assessment.overall(side)
        scores[side, None] = _score(whole.low, whole.coverage)
        for part in assessment.dimensions:
            one = part.side(side)
            if one is not None:
                scores[side, part.id] = _score(one.low, one.coverage)
    gates = {gate.id: gate.result for gate in assessment.gates}
    return State(assessment.framework_version, scores, gates, counted, excepted)


def _score(score: float | None, coverage: float | None) -> Score:
    return Score(*(None if value is None else round(value, DECIMALS) for value in (score, coverage)))


# --- What was there before --------------------------------------------------------------------------------


def marked(
    findings: Iterable[CheckFinding], was: State, now: State, thresholds: Mapping[str, Threshold]
) -> list[CheckFinding]:
    """The findings in their order, with those that were there before known and failing nothing.

    Where one entry, or several called the same, show a fault more often than before, the last ones are the new ones.
    """
    left = Counter(was.faults)
    found = []
    for finding in findings:
        if finding.kind == "fault" and finding.exemption is None:
            key = (finding.rule, finding.target)
            known = left[key] > 0
            left[key] -= 1
        elif finding.kind == "gate":
            known = was.gates.get(finding.rule) in MISSED
        else:
            known = finding.kind == "threshold" and _was_missed(finding.target, was, now, thresholds)
        found.append(finding._replace(known=True, fails=False) if known else finding)
    return found


def known(findings: Iterable[CheckFinding]) -> tuple[CheckFinding, ...]:
    """Findings, all of which are there to be lived with, but those the document itself excepts."""
    return tuple(each if each.exemption else each._replace(known=True, fails=False) for each in findings)


def _was_missed(target: str, was: State, now: State, thresholds: Mapping[str, Threshold]) -> bool:
    """Whether a threshold that is missed was missed before, and by as much or more."""
    asked = thresholds.get(target)
    if asked is None:  # the coverage that is asked for
        before, after = (state.scores[("promise", None)].coverage for state in (was, now))
        return before is not None and after is not None and after >= before - _ROUNDING
    key = (asked.side, asked.dimension)
    score = was.scores.get(key, Score())
    missed = score.score is None or score.score < asked.limit
    return missed and not _fell(score, now.scores.get(key, Score()))


def moves(was: State, now: State) -> Moves:
    """What moved from one state to the other; scores are those of the promise.

    A score that falls while more of the reform can be assessed than before is not one that fell: describing what was left
    undescribed must not be punished.
    """
    gone: Counter[str] = Counter()
    for key, count in was.faults.items():
        less = count - now.faults.get(key, 0) - now.excepted.get(key, 0)
        if less > 0:
            gone[key[0]] += less
    pairs = [
        (Move(*key, before.score, now.scores[key].score), _fell(before, now.scores[key]))
        for key, before in was.scores.items()
        if key[0] == "promise" and key in now.scores
    ]
    rose = [move for move, _ in pairs if move.now is not None and (move.was is None or move.now > move.was + _ROUNDING)]
    results = [(ident, result, now.gates.get(ident)) for ident, result in was.gates.items()]
    return Moves(
        dict(sorted(gone.items())),
        tuple(move for move, fell in pairs if fell),
        tuple(rose),
        tuple(ident for ident, before, after in results if before == "passed" and after in MISSED),
        tuple(ident for ident, before, after in results if before in MISSED and after == "passed"),
    )


def _fell(was: Score, now: Score) -> bool:
    if was.score is None:
        return False
    if now.score is None:
        return True
    more = (now.coverage or 0) > (was.coverage or 0) + _ROUNDING
    return now.score < was.score - _ROUNDING and not more


class Against(NamedTuple):
    """A baseline, as what reforms were like before."""

    baseline: Baseline

    @property
    def fix(self) -> str:
        """What to do about something that got worse."""
        return RATCHET["fix-baseline"]

    @property
    def only(self) -> frozenset[str] | None:
        """Every file is checked."""
        return None

    def state(self, assessment: Assessment) -> State | None:
        """What the baseline says of a reform; nothing if it was assessed with another version of the framework then."""
        was = self.baseline.reforms.get(assessment.reform_id)
        return was if was is not None and was.version == assessment.framework_version else None
