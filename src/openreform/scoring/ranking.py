"""The order of several reforms by their whole, and how well it holds in the same draws for all (`scoring.robustness`)."""

from array import array
from bisect import bisect_left, bisect_right, insort
from collections.abc import Iterable, Iterator, Sequence
from itertools import groupby
from math import ceil, floor

from openreform.assessment import SIDES, Assessment, Side
from openreform.framework import Framework
from openreform.ranges import RankInterval, Ranks, Whole
from openreform.scoring.robustness import HIGH, LOW, Draws, draws_of, whole_of

_DECIMALS = 6
_FEWEST = 2


def rank_intervals(wholes: Iterable[Whole], draws: Draws) -> Ranks:
    """Between which ranks each reform lies, and how well the order holds; the order of the input does not matter.

    Args:
        wholes: as `whole_of` makes them from the same draws, rounded: only what is measured alike can be ranked.
        draws: these draws.
    """
    ordered = sorted(wholes, key=lambda whole: (-round(whole.score, _DECIMALS), whole.id))
    scores = [-round(whole.score, _DECIMALS) for whole in ordered]
    drawn = [whole.drawn for whole in ordered]
    groups = [[index for index, _ in group] for _, group in groupby(enumerate(scores), key=lambda pair: pair[1])]
    ranks = [array("l") for _ in ordered]
    turned, kept_whole = 0, 0
    for values in zip(*drawn, strict=True):
        in_order = sorted(values)
        for place, value in enumerate(values):
            ranks[place].append(len(values) - bisect_right(in_order, value) + 1)
        inversions = _turned(values, groups)
        turned += inversions
        kept_whole += not inversions
    pairs = _pairs(len(ordered)) - sum(_pairs(len(group)) for group in groups)
    return Ranks(
        draws.count,
        draws.seed,
        tuple(
            RankInterval(
                whole.id,
                whole.score,
                bisect_left(scores, scores[place]) + 1,
                *_between(ranks[place]),
                _ahead(drawn[place], drawn[place + 1]) if scores[place] < max(scores[place : place + 2]) else None,
            )
            for place, whole in enumerate(ordered)
        ),
        kept_whole / draws.count if pairs else None,
        1 - turned / (pairs * draws.count) if pairs else None,
    )


class Ranking:
    """Ranks reforms as they go by; of each it keeps the whole in every draw, 8 kB a side, and not the reform."""

    def __init__(self, framework: Framework, digest: str, sides: Sequence[Side] = SIDES) -> None:
        """A ranking of nothing yet.

        Args:
            framework: the yardstick of the run.
            digest: its digest: what was assessed under another version of it is left out.
            sides: which wholes to rank by.
        """
        self._framework, self._digest, self._count = framework, digest, 0
        self._wholes: dict[Side, list[Whole]] = {side: [] for side in sides}

    def over(self, assessments: Iterable[Assessment], *, ranges: bool = True) -> Iterator[Assessment]:
        """Hand assessments on, each with its ranges if `ranges`, and note their wholes."""
        for assessment in assessments:
            self._count += 1
            if assessment.framework_digest == self._digest:
                for side, known in self._wholes.items():
                    whole = whole_of(assessment, draws_of(self._framework), side)
                    known.extend([whole] if whole else [])
            yield assessment.with_ranges() if ranges and assessment.robustness is None else assessment

    def ranks(self, side: Side = "promise") -> Ranks | None:
        """The order of what went by; None where there are not two to compare."""
        wholes = self._wholes[side]
        if len(wholes) < _FEWEST:
            return None
        return rank_intervals(wholes, draws_of(self._framework))._replace(left_out=self._count - len(wholes))

    def between(self) -> dict[str, tuple[int, int]]:
        """By the id of each reform that can be ranked by its promise: its best and its worst likely rank."""
        ranks = self.ranks()
        return {part.id: (part.low, part.high) for part in ranks.intervals} if ranks else {}


def _turned(values: Sequence[float], groups: list[list[int]]) -> int:
    """How many pairs changed places: of two different groups, the one of the earlier now below that of the later."""
    before: list[float] = []
    turned = 0
    for group in groups:
        turned += sum(bisect_left(before, values[index]) for index in group)
        for index in group:
            insort(before, values[index])
    return turned


def _pairs(number: int) -> int:
    return number * (number - 1) // 2


def _between(ranks: Sequence[int]) -> tuple[int, int]:
    """The best and the worst rank in nine draws of ten: ranks that occurred, rounded outwards."""
    ordered = sorted(ranks)
    last = len(ordered) - 1
    return ordered[floor(LOW * last)], ordered[ceil(HIGH * last)]


def _ahead(first: Sequence[float], second: Sequence[float]) -> float:
    return sum(one >= other for one, other in zip(first, second, strict=True)) / len(first)
