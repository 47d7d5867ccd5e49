"""How far scores move with choices that others could have made: shapes only, filled by `scoring.robustness`."""

from collections.abc import Mapping, Sequence
from typing import Literal, NamedTuple


class Range(NamedTuple):
    """Between what a score lies in nine draws of ten: the 5 %, 50 % and 95 % points of the draws, 0 to 100."""

    low: float
    median: float
    high: float


class Cause(NamedTuple):
    """A choice, and its part of what moves the whole.

    dimension: whose weights they are; None for the points of the levels. share: the variance of the whole when this alone
    is drawn, over the sum of these variances; all shares together are 1.
    """

    dimension: str | None
    share: float


class AtExponent(NamedTuple):
    """The whole as it would be with another exponent of its power mean; 1 lets a strong dimension make up for a weak one."""

    exponent: float
    score: float


class SideRanges(NamedTuple):
    """One side of a reform.

    overall: None where the whole has no score. dimensions: by id, None where a dimension has no score on this side.
    causes: what moves the whole, most first; none where the whole has no score or does not move. exponents: three
    numbers, apart from the range; none where the whole has no score.
    """

    overall: Range | None
    dimensions: Mapping[str, Range | None]
    causes: tuple[Cause, ...]
    exponents: tuple[AtExponent, ...]


class GateDraws(NamedTuple):
    """How often a gate holds.

    reads_scores: whether its tests read scores of dimensions; one that reads only levels and facts is the same in each draw.
    passed: share of the draws in which it is passed. same: share in which its result is that of the assessment.
    """

    id: str
    title: str
    reads_scores: bool
    passed: float
    same: float


class Robustness(NamedTuple):
    """What came of weighing one reform anew in many draws.

    draws: how many. seed: what they were drawn from; the same seed gives the same draws.
    """

    draws: int
    seed: int
    promise: SideRanges
    practice: SideRanges
    gates: tuple[GateDraws, ...]

    def side(self, side: Literal["promise", "practice"]) -> SideRanges:
        """The ranges of one side."""
        return self.promise if side == "promise" else self.practice


class Whole(NamedTuple):
    """One reform among several: its whole as assessed, and in each draw; both 0 to 100."""

    id: str
    score: float
    drawn: Sequence[float]


class RankInterval(NamedTuple):
    """Where one reform stands among several; 1 is the highest whole, those with equal wholes share the best rank.

    rank: by the score as assessed. low, high: the best and the worst rank in nine draws of ten. ahead: the share of the draws
    in which it does not fall behind the next one; None for the last and where the next has the same score.
    """

    id: str
    score: float
    rank: int
    low: int
    high: int
    ahead: float | None


class Ranks(NamedTuple):
    """The order of several reforms by their whole, and how well it holds in the same draws for all.

    order_kept: share of the draws in which no pair changes places. pairs_kept: share of the pairs that do not change places,
    the mean of all draws; None where no two scores differ. left_out: how many reforms were there and could not be ranked.
    """

    draws: int
    seed: int
    intervals: tuple[RankInterval, ...]
    order_kept: float | None
    pairs_kept: float | None
    left_out: int = 0
