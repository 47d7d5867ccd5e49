"""The cheapest levels that meet what is asked: branch and bound, exact unless it is stopped.

Criteria are taken dimension by dimension, and for each a level is chosen. What is left to choose can cost no less than its
relaxation: within a dimension, for every score the least cost of the rest of its criteria (all that is dominated, dearer and no
better, left out); over the dimensions, for every sum of powered scores the least cost of those still to come. In it gates are
left aside, and a piece of work that several criteria share costs each of them its part. So without gates and shared work
the bound is the cost itself, and the search goes straight to an answer.
"""

import math
from bisect import bisect_left
from collections.abc import Callable, Iterable, Sequence
from typing import NamedTuple

from openreform.scoring.routes import TOLERANCE, Rise, Span, Ways

MOST_POINTS = 2000
"""Of a list of costs and scores; a longer one is made shorter so that it promises rather too much."""
_LITTLE = 1e-9

Stop = Callable[[int], bool]
"""Told how many nodes were looked at, says whether to stop."""


class Found(NamedTuple):
    """What a search found.

    levels: for each rise its level; None if nothing was found. cost: theirs; infinite if there are none. bound: no way costs
    less. finished: whether everything was looked at, so that `levels` are a cheapest way, or that there is none.
    """

    levels: tuple[int, ...] | None
    cost: float
    bound: float
    finished: bool
    nodes: int


Point = tuple[float, float]
"""A cost, and what one gets for it."""


def never(_: int) -> bool:
    """Stops nowhere."""
    return False


def search(alternatives: Sequence[Ways], meets: Callable[[tuple[int, ...]], bool], stop: Stop = never) -> Found:
    """A cheapest way to meet what is asked.

    Args:
        alternatives: what there is to choose from; the cheapest of all is looked for.
        meets: whether levels, one for each rise, meet what is asked, by the tool's own scoring.
        stop: when to be content with the best so far.
    """
    searches = sorted((_Search(ways, meets, stop) for ways in alternatives), key=lambda each: each.bound)
    best = Found(None, math.inf, math.inf, True, 0)
    for number, each in enumerate(searches):
        best = each.run(best)
        if not best.finished:
            later = [other.bound for other in searches[number + 1 :]]
            return best._replace(bound=min([best.bound, *later]))
    return best


class _Node(NamedTuple):
    """The levels chosen so far, and what no way from here costs less than."""

    bound: float
    levels: tuple[int, ...]


class _Search:
    """One search; rises stand in an order of its own, dimension by dimension."""

    def __init__(self, ways: Ways, meets: Callable[[tuple[int, ...]], bool], stop: Stop) -> None:
        self.ways, self._stop = ways, stop
        dimensions = list(dict.fromkeys(rise.dimension for rise in ways.rises))
        self._order = sorted(range(len(ways.rises)), key=lambda number: dimensions.index(ways.rises[number].dimension))
        self.rises = [ways.rises[number] for number in self._order]
        self._given = meets
        self._shared = self._shared_works()
        self._options = [self._options_of(rise) for rise in self.rises]
        self.parts = [*dimensions, *(name for name in self._asked() if name not in dimensions)]
        self._part_of = [self.parts.index(rise.dimension) for rise in self.rises]
        self._within = self._costs_within()
        self._after = self._costs_after()

    def _as_given(self, levels: Sequence[int]) -> tuple[int, ...]:
        given = dict(zip(self._order, levels, strict=True))
        return tuple(given[number] for number in range(len(given)))

    def _asked(self) -> list[str]:
        return [*(self.ways.whole.dimensions if self.ways.whole else ()), *self.ways.limits]

    # --- The relaxation --------------------------------------------------------------------------------------

    def _shared_works(self) -> list[tuple[float, list[tuple[int, int]]]]:
        """Of each piece of work that several criteria need: its cost, and from which level on which rise needs it."""
        users: dict[int, dict[int, int]] = {}
        for at, rise in enumerate(self.rises):
            for number, work in enumerate(rise.works):
                if work is not None:
                    users.setdefault(work, {}).setdefault(at, rise.start + number + 1)
        return [(self.ways.works[work].cost, list(rungs.items())) for work, rungs in users.items() if len(rungs) > 1]

    def _options_of(self, rise: Rise) -> list[tuple[int, float, float, float]]:
        """For each level: its cost with its part of shared work, the same without shared work, and its points."""
        sharers = {
            work: sum(1 for other in self.rises if work in other.works) for work in rise.works if work is not None
        }
        options: list[tuple[int, float, float, float]] = []
        for level in range(rise.floor, rise.top + 1):
            works = {work for work in rise.works[: level - rise.start] if work is not None}
            parted = sum(self.ways.works[work].cost / sharers[work] for work in works)
            alone = sum(self.ways.works[work].cost for work in works if sharers[work] == 1)
            options.append((level, parted, alone, rise.points[level - rise.start]))
        return options

    def _costs_within(self) -> list[list[Point]]:
        """For each place in the order, what the points of the rest of its dimension cost."""
        within: list[list[Point]] = [[] for _ in self.rises]
        for at in reversed(range(len(self.rises))):
            last = at + 1 == len(self.rises) or self._part_of[at + 1] != self._part_of[at]
            rest = [(0.0, 0.0)] if last else within[at + 1]
            within[at] = _undominated(
                (cost + parted, points + own) for _, parted, _, own in self._options[at] for cost, points in rest
            )
        return within

    def _costs_after(self) -> list[tuple[list[float], list[float]]]:
        """For each dimension and the end: costs and sums of powered scores of it and all later ones."""
        after: list[list[Point]] = [[(0.0, 0.0)]]
        for part in reversed(range(len(self.parts))):
            first = next((at for at, of in enumerate(self._part_of) if of == part), None)
            own = [(0.0, 0.0)] if first is None else self._within[first]
            reached = [(cost, self._power(part, points)) for cost, points in own]
            after.append(
                _undominated(
                    (cost + later, power + more)
                    for cost, power in reached
                    if power is not None
                    for later, more in after[-1]
                )
            )
        return [([cost for cost, _ in points], [power for _, power in points]) for points in reversed(after)]

    def _power(self, part: int, points: float) -> float | None:
        """What a dimension adds to the sum the whole is made of; None if it is too little for what is asked of itself."""
        name = self.parts[part]
        score = self.ways.base.get(name, 0.0) + points
        if score < self.ways.limits.get(name, 0.0) - TOLERANCE:
            return None
        whole = self.ways.whole
        if whole is None or name not in whole.dimensions:
            return 0.0
        return float(max(score, 0.0) ** whole.exponent)

    @property
    def _needed(self) -> float:
        """The sum of powered scores that the whole asks for."""
        whole = self.ways.whole
        if whole is None:
            return 0.0
        least: float = max(whole.limit - TOLERANCE, 0.0) ** whole.exponent
        return len(whole.dimensions) * least - _LITTLE

    # --- The search ------------------------------------------------------------------------------------------

    @property
    def bound(self) -> float:
        """What no way costs less than; infinite if there is none."""
        return self._bound(()) if self._gates_can_be_met(()) else math.inf

    def run(self, before: Found) -> Found:
        """Look at nodes, the cheapest of a level first and its children before its sisters, until none is left.

        Args:
            before: what was found elsewhere, to do better than.
        """
        best, cost, nodes = before.levels, before.cost, before.nodes
        waiting = [_Node(self.bound, ())]
        highest = tuple(rise.top for rise in self.rises)
        if waiting[0].bound < cost - _LITTLE and best is None and self._given(self._as_given(highest)):
            best = self._as_given(highest)
            cost = self.ways.cost(best)
        while waiting:
            node = waiting.pop()
            if node.bound >= cost - _LITTLE:
                continue
            if self._stop(nodes):
                bound = min([node.bound, *(other.bound for other in waiting)])
                return Found(best, cost, min(bound, cost), False, nodes)
            nodes += 1
            if len(node.levels) == len(self.rises):
                if self._given(self._as_given(node.levels)):
                    best, cost = self._as_given(node.levels), node.bound
                continue
            waiting += self._children(node, cost)
        return Found(best, cost, cost, True, nodes)

    def _children(self, node: _Node, cost: float) -> list[_Node]:
        """Those that may lead to something better, the best last; of equals the one with most points."""
        children: list[tuple[float, float, _Node]] = []
        for level, _, _, points in self._options[len(node.levels)]:
            levels = (*node.levels, level)
            bound = self._bound(levels)
            if bound < cost - _LITTLE and self._gates_can_be_met(levels):
                children.append((-bound, points, _Node(bound, levels)))
        return [child for _, _, child in sorted(children, key=lambda child: child[:2])]

    def _bound(self, levels: tuple[int, ...]) -> float:
        """What no way with these levels costs less than; infinite if none leads to what is asked, but for gates."""
        spent = self._spent(levels)
        at = len(levels)
        powers, points, part = 0.0, 0.0, self._part_of[at] if at < len(self.rises) else len(self.parts)
        for before in range(part):
            power = self._power(before, self._points(levels, before))
            if power is None:
                return math.inf
            powers += power
        if part == len(self.parts):
            return spent if powers >= self._needed else math.inf
        points = self._points(levels, part)
        costs, sums = self._after[part + 1]
        least = math.inf
        for cost, more in self._within[at]:
            if cost >= least:
                break
            power = self._power(part, points + more)
            if power is not None:
                found = bisect_left(sums, self._needed - powers - power)
                if found < len(costs):
                    least = min(least, cost + costs[found])
        return spent + least

    def _points(self, levels: tuple[int, ...], part: int) -> float:
        return sum(
            rise.points[level - rise.start]
            for rise, level, of in zip(self.rises, levels, self._part_of, strict=False)
            if of == part
        )

    def _spent(self, levels: tuple[int, ...]) -> float:
        """What the levels chosen cost: of shared work, its part for each who needs it so far; all of it once all have chosen."""
        spent = sum(
            next(alone for number, _, alone, _ in options if number == level)
            for options, level in zip(self._options, levels, strict=False)
        )
        for cost, users in self._shared:
            needing = sum(1 for at, rung in users if at < len(levels) and levels[at] >= rung)
            if needing:
                settled = all(at < len(levels) for at, _ in users)
                spent += cost if settled else cost * needing / len(users)
        return spent

    def _gates_can_be_met(self, levels: tuple[int, ...]) -> bool:
        if not self.ways.gates:
            return True
        spans: dict[str, Span] = {}
        scores: dict[str, list[float]] = {name: [score, score] for name, score in self.ways.base.items()}
        for at, rise in enumerate(self.rises):
            chosen = (levels[at], levels[at]) if at < len(levels) else (rise.floor, rise.top)
            spans[rise.criterion] = chosen
            within = rise.points[chosen[0] - rise.start : chosen[1] - rise.start + 1]
            score = scores.setdefault(rise.dimension, [0.0, 0.0])
            score[0] += min(within)
            score[1] += max(within)
        limits = self.ways.limits  # what does not reach them is no answer
        dimensions = {name: (max(low, limits.get(name, low)), high) for name, (low, high) in scores.items()}
        for name, level in self.ways.fixed.items():
            spans.setdefault(name, (level, level))
        return all(gate.can_be_met(spans, dimensions) for gate in self.ways.gates)


def _undominated(points: Iterable[Point]) -> list[Point]:
    """Costs and what they bring, both rising: whatever costs more and brings no more is left out.

    Too long a list is thinned: of a few neighbours, what the dearest brings stands at the cost of the cheapest.
    """
    kept: list[Point] = []
    for cost, gain in sorted(points, key=lambda point: (point[0], -point[1])):
        if not kept or gain > kept[-1][1]:
            kept.append((cost, gain))
    if len(kept) <= MOST_POINTS:
        return kept
    step = math.ceil(len(kept) / MOST_POINTS)
    return [(kept[at][0], kept[min(at + step, len(kept)) - 1][1]) for at in range(0, len(kept), step)]
