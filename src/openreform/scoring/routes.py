"""How far the levels of a promise could be raised, what each rung costs, and whether levels meet what is asked.

A rung costs what its effort costs. Two rungs of different criteria whose tests ask the same (the same operators, of the same
list, with the same conditions, word lists written out) are one piece of work and cost once; how they are worded plays no part.
A rung all of whose tests hold already costs nothing. Every score here is made by `scoring.steps`, as in an assessment.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import product
from typing import NamedTuple

from openreform.assessment import GateResult
from openreform.findings import Threshold
from openreform.framework import Ceilings, Conditions, Constraint, Criterion, Framework, Gate, Test
from openreform.scoring.gates import answers, judge
from openreform.scoring.levels import Reached, reach
from openreform.scoring.reading import Reader
from openreform.scoring.steps import Scores, raised_to, score_side
from openreform.scoring.testing import Asking, ladder, truth
from openreform.scoring.weighing import Levels

_MET = frozenset({"passed", "not-applicable"})
TOLERANCE = 1e-6
"""Of a score, 0 to 100: how much less than asked a bound lets pass; the levels in the end are held against what is asked itself."""

MOST_CHOICES = 64
"""Of combinations of choices that gates leave; with more, gates are only looked at on the way."""


class Work(NamedTuple):
    """A piece of work: what it costs, and the rungs (criterion, level) that are reached by it."""

    cost: float
    rungs: tuple[tuple[str, int], ...]


class Rise(NamedTuple):
    """A criterion that can be raised.

    start, top: the levels it can have. points: what each of them, from `start`, adds to the score of the dimension.
    works: the piece of work behind each rung above `start`, by its number; None where there is nothing left to do.
    floor: the lowest level that a gate leaves open.
    """

    criterion: str
    dimension: str
    start: int
    top: int
    points: tuple[float, ...]
    works: tuple[int | None, ...]
    floor: int


class Whole(NamedTuple):
    """What is asked of the whole: its dimensions, the exponent of its mean, the score."""

    dimensions: tuple[str, ...]
    exponent: float
    limit: float


@dataclass(frozen=True, slots=True)
class Ways:
    """All ways to raise a promise: what a search chooses from.

    base: what the criteria that stay as they are add to each dimension; fixed: their levels. limits: the least score asked
    of a dimension. gates: the gates asked for.
    """

    rises: tuple[Rise, ...]
    works: tuple[Work, ...]
    base: Mapping[str, float]
    fixed: Mapping[str, int]
    limits: Mapping[str, float]
    whole: Whole | None
    gates: tuple["Condition", ...]

    def cost(self, levels: Sequence[int]) -> float:
        """What levels cost, one for each rise: every piece of work once."""
        return sum(self.works[number].cost for number in self.needed(levels))

    def needed(self, levels: Sequence[int]) -> list[int]:
        """The pieces of work behind levels, by number."""
        return sorted(
            {
                number
                for rise, level in zip(self.rises, levels, strict=True)
                for number in rise.works[: level - rise.start]
                if number is not None
            }
        )


class Standing:
    """A promise as it stands, and what becomes of it with other levels."""

    def __init__(self, framework: Framework, reader: Reader) -> None:
        self.framework, self.reader = framework, reader
        self.levels: Levels = {criterion.id: reach(criterion, reader) for criterion in framework.criteria}
        self.scores = self.scored({})

    def with_levels(self, raised: Mapping[str, int]) -> Levels:
        """All levels, some of them raised."""
        levels = dict(self.levels)
        for name, level in raised.items():
            promise, practice = levels[name]
            if level > (promise.level or 0):
                levels[name] = (raised_to(promise, level), practice)
        return levels

    def scored(self, raised: Mapping[str, int]) -> Scores:
        """All scores of the promise, with some levels raised."""
        levels = self.with_levels(raised)
        return score_side(self.framework, "promise", levels, operates=self.reader.operates)

    def score(self, asked: Threshold, scores: Scores) -> float | None:
        """The score that a threshold of the promise is about, as it is compared: what is unknown counts against it."""
        if asked.dimension is None:
            return scores.overall.low
        part = scores.dimensions[asked.dimension]
        return part.low if part else None

    def result(self, gate: Gate, raised: Mapping[str, int], scores: Scores) -> tuple[GateResult, str]:
        """What comes of a gate with some levels raised, and why."""
        judged = judge(gate, self.reader, self.with_levels(raised), scores.dimensions)
        return judged.result, judged.reason

    def meets(self, raised: Mapping[str, int], targets: Iterable[Threshold], gates: Iterable[Gate]) -> bool:
        """Whether everything asked is met with some levels raised."""
        scores = self.scored(raised)
        if not all(target.is_met_by(self.score(target, scores)) for target in targets):
            return False
        return all(is_met(self.result(gate, raised, scores)[0]) for gate in gates)

    def top(self, criterion: Criterion) -> int | None:
        """The highest level that can be written; None if the criterion is not assessed or does not apply.

        What a person must judge cannot be written down, so a ladder ends below the first rung that nobody has judged to hold.
        """
        reached: Reached = self.levels[criterion.id][0]
        if reached.level is None:
            return None
        above = (
            number for number, rung in enumerate(criterion.levels) if rung.judged and number >= (reached.level or 0)
        )
        return next(above, len(criterion.levels))

    def is_held(self, criterion: Criterion, level: int) -> bool:
        """Whether all that a rung asks is so already, though a lower one is not."""
        rung = next(each for each in ladder(criterion, "promise", self.reader) if each.asking.rung == level)
        return all(question.decide(question, self.reader, rung.asking) is True for question in rung.questions)


def is_met(result: str) -> bool:
    """Whether a gate of this result stands in nobody's way."""
    return result in _MET


def ways(standing: Standing, targets: Sequence[Threshold], gates: Sequence[Gate]) -> tuple[Ways, ...]:
    """What there is to choose from to meet targets of the promise and gates.

    Several where a gate leaves a choice of dimensions to score in: the cheapest way is the cheapest of all of them. They
    differ in `floor` and in `limits` alone.
    """
    limits: dict[str, float] = {}
    whole: Whole | None = None
    overall = standing.framework.overall
    for target in targets:
        if target.dimension is not None:
            limits[target.dimension] = max(target.limit, limits.get(target.dimension, 0.0))
        elif overall is not None:
            whole = Whole(overall.dimensions, overall.exponent, max(target.limit, whole.limit if whole else 0.0))
    conditions = [Condition(gate, standing) for gate in gates]
    choices = list(product(*(condition.alternatives() for condition in conditions)))
    if len(choices) > MOST_CHOICES:
        choices = [()]
    wanted = {*limits, *(whole.dimensions if whole else ())}
    wanted |= {name for condition in conditions for name in condition.dimensions}
    named = {name for condition in conditions for name in condition.criteria}
    chosen = [part for part in standing.framework.criteria if part.dimension in wanted or part.id in named]
    works, numbers = _works(standing, chosen)
    found: list[Ways] = []
    for choice in choices:
        needs = [test for tests in choice for test in tests]
        floors: dict[str, int] = {}
        least = dict(limits)
        for test in needs:
            if test.level:
                floors[test.level.criterion] = max(test.level.min, floors.get(test.level.criterion, 0))
            if test.dimension:
                least[test.dimension.id] = max(test.dimension.min, least.get(test.dimension.id, 0.0))
        rises = tuple(_rises(standing, chosen, numbers, floors))
        raised = {rise.criterion for rise in rises}
        reached = {name: promise.level for name, (promise, _) in standing.levels.items() if name not in raised}
        fixed = {name: level for name, level in reached.items() if level is not None}
        found.append(Ways(rises, works, _base(standing, raised), fixed, least, whole, tuple(conditions)))
    return tuple(found)


def _rises(
    standing: Standing,
    criteria: Sequence[Criterion],
    works: Mapping[tuple[str, int], int | None],
    floors: Mapping[str, int],
) -> Iterator[Rise]:
    for criterion in criteria:
        top, start = standing.top(criterion), standing.levels[criterion.id][0].level
        if top is None or start is None or top <= start:
            continue
        share = criterion.weight / standing.scores.weights[criterion.dimension]
        yield Rise(
            criterion.id,
            criterion.dimension,
            start,
            top,
            tuple(share * criterion.score(level) for level in range(start, top + 1)),
            tuple(works[criterion.id, level] for level in range(start + 1, top + 1)),
            max(start, min(top, floors.get(criterion.id, 0))),
        )


def _base(standing: Standing, raised: set[str]) -> dict[str, float]:
    base: dict[str, float] = {}
    for criterion in standing.framework.criteria:
        level = standing.levels[criterion.id][0].level
        weight = standing.scores.weights[criterion.dimension]
        if level is not None and criterion.id not in raised:
            base[criterion.dimension] = (
                base.get(criterion.dimension, 0.0) + criterion.weight * criterion.score(level) / weight
            )
    return base


def _works(
    standing: Standing, criteria: Sequence[Criterion]
) -> tuple[tuple[Work, ...], dict[tuple[str, int], int | None]]:
    """The pieces of work above the levels held, and which of them is behind each rung."""
    framework = standing.framework
    by_facts: dict[tuple[object, ...], list[tuple[str, int]]] = {}
    numbers: dict[tuple[str, int], int | None] = {}
    efforts: dict[tuple[str, int], float] = {}
    for criterion in criteria:
        top, start = standing.top(criterion), standing.levels[criterion.id][0].level
        for level in range((start or 0) + 1, (top or 0) + 1):
            rung = criterion.levels[level - 1]
            efforts[criterion.id, level] = framework.cost(rung.effort)
            if standing.is_held(criterion, level):
                numbers[criterion.id, level] = None
            else:
                facts = tuple(sorted({asked_by(test, framework) for test in rung.tests}))
                key: tuple[object, ...] = facts or (criterion.id, level)
                by_facts.setdefault(key, []).append((criterion.id, level))
    works: list[Work] = []
    for number, rungs in enumerate(by_facts.values()):
        works.append(Work(max(efforts[rung] for rung in rungs), tuple(rungs)))
        numbers.update(dict.fromkeys(rungs, number))
    return tuple(works), numbers


# --- What a test asks, however it is worded ---------------------------------------------------------------


def asked_by(test: Test, framework: Framework) -> str:
    """The same text for two tests that ask the same, whatever they are worded like."""
    level = (test.level.criterion, test.level.min) if test.level else None
    dimension = (test.dimension.id, test.dimension.min) if test.dimension else None
    parts = [asked_by(part, framework) for part in test.parts]
    unless = asked_by(test.unless, framework) if test.unless else None
    where = (test.operator, test.section, test.present, test.absent, test.of, test.min, test.share)
    return repr((where, level, dimension, _asked_of_one(test.with_, framework), sorted(parts), unless))


def _asked_of_one(conditions: Conditions, framework: Framework) -> str:
    fields = sorted((name, _asked_of_field(asked, framework)) for name, asked in conditions.fields.items())
    joined = [
        sorted(_asked_of_one(part, framework) for part in parts) for parts in (conditions.all_of, conditions.any_of)
    ]
    return repr((fields, joined, _asked_of_one(conditions.not_, framework) if conditions.not_ else None))


def _asked_of_field(asked: Constraint, framework: Framework) -> str:
    parts: list[tuple[str, str]] = []
    for name in sorted(asked.model_fields_set):
        value = getattr(asked, name)
        if name in {"any", "all", "words"} and value is not None:
            value = sorted(map(repr, framework.values(value)))
        parts.append((name, repr(value)))
    return repr(parts)


# --- Gates, as far as levels are known ----------------------------------------------------------------------

_YES, _NO, _OPEN = 1, 2, 4
_ANY = _YES | _NO
_ONLY = {True: _YES, False: _NO, None: _OPEN}

Span = tuple[float, float]
"""The least and the most that something can still become."""


class Condition:
    """A gate that is asked for: what it needs for certain, and whether it can still be met while levels are being chosen."""

    def __init__(self, gate: Gate, standing: Standing) -> None:
        self.gate = gate
        asking = Asking("promise", 0, Ceilings(), answers(standing.levels, standing.scores.dimensions))
        tests = [*gate.tests, *([gate.applies_when] if gate.applies_when else [])]
        inner = [part for test in tests for part in test.walk()]
        self.criteria = frozenset(part.level.criterion for part in inner if part.level)
        self.dimensions = frozenset(part.dimension.id for part in inner if part.dimension)
        self._known = {id(part): truth(part, standing.reader, asking) for part in inner if not _looks_at_levels(part)}
        self._applies = truth(gate.applies_when, standing.reader, asking) if gate.applies_when else True

    def can_be_met(self, levels: Mapping[str, Span], dimensions: Mapping[str, Span]) -> bool:
        """Whether it may yet be met, by what each level and each score can still become."""
        if self.gate.applies_when:
            applies = self._can_be(self.gate.applies_when, levels, dimensions)
            if applies & _NO:
                return True
            if not applies & _YES:
                return False
        return all(self._can_be(test, levels, dimensions) & _YES for test in self.gate.tests)

    def alternatives(self) -> list[list[Test]]:
        """Levels and scores without which it is not met; several where one of some scores will do.

        A gate that does not apply may go on not to. One that does, or may by what is unknown, no raised level lets off.
        """
        applies = self.gate.applies_when
        found: list[list[Test]] = [[]]
        waiting = [*self.gate.tests, *([applies] if applies else [])]
        while waiting:
            test = waiting.pop()
            if test.unless:
                continue
            if test.all_of:
                waiting += test.all_of
            elif test.any_of and all(part.dimension and not part.unless for part in test.any_of):
                found = [[*needs, part] for needs in found for part in test.any_of]
            elif test.level or test.dimension:
                found = [[*needs, test] for needs in found]
        return found if self._applies is not False else [[], *found]

    def _can_be(self, test: Test, levels: Mapping[str, Span], dimensions: Mapping[str, Span]) -> int:
        """Which of true, false and undecided a test can still be."""
        if id(test) in self._known:
            return _ONLY[self._known[id(test)]]
        own = self._can_be_itself(test, levels, dimensions)
        return _either(own, self._can_be(test.unless, levels, dimensions)) if test.unless else own

    def _can_be_itself(self, test: Test, levels: Mapping[str, Span], dimensions: Mapping[str, Span]) -> int:
        if test.level:
            return _at_least(levels.get(test.level.criterion), test.level.min, 0.0)
        if test.dimension:
            return _at_least(dimensions.get(test.dimension.id), test.dimension.min, TOLERANCE)
        parts = [self._can_be(part, levels, dimensions) for part in test.parts]
        if test.not_:
            return _negated(parts[0])
        result = parts[0]
        for part in parts[1:]:
            result = _both(result, part) if test.all_of else _either(result, part)
        return result


def _looks_at_levels(test: Test) -> bool:
    return any(part.level or part.dimension for part in test.walk())


def _at_least(span: Span | None, limit: float, tolerance: float) -> int:
    if span is None:
        return _OPEN
    low, high = span
    if low >= limit + tolerance:
        return _YES
    return _NO if high < limit - tolerance else _ANY


def _negated(can_be: int) -> int:
    return (_NO if can_be & _YES else 0) | (_YES if can_be & _NO else 0) | (can_be & _OPEN)


def _both(one: int, other: int) -> int:
    result = (one | other) & _NO
    if one & _YES and other & _YES:
        result |= _YES
    if (one & _OPEN and other & (_OPEN | _YES)) or (other & _OPEN and one & _YES):
        result |= _OPEN
    return result


def _either(one: int, other: int) -> int:
    return _negated(_both(_negated(one), _negated(other)))
