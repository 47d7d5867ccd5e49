"""What moved from one side to the other; exchanging the sides gives the same, mirrored."""

from collections.abc import Callable, Hashable, Iterable
from typing import TypeVar

from openreform.assessment import SIDES, Side
from openreform.comparison import (
    Comparison,
    ConcernChange,
    ConcernThen,
    CriterionChange,
    CriterionThen,
    DimensionChange,
    DimensionThen,
    ExceptionChange,
    ExceptionThen,
    FactChange,
    FactThen,
    FaultChange,
    FaultThen,
    GateChange,
    Held,
    ScoreChange,
    SideChange,
    SideThen,
    Snapshot,
    Spot,
    Stays,
    Steps,
)

_Kind = TypeVar("_Kind")
_SMALLEST = 1e-6


def compare(was: Snapshot, now: Snapshot, rescored: tuple[str | None, str | None] = (None, None)) -> Comparison:
    """What moved from `was` to `now`, which are measured by one yardstick (`Snapshot.measure`).

    rescored: the version each was scored under before, where it is scored under a newer one here.
    """
    dimensions = tuple(_dimension(*pair) for pair in zip(was.dimensions, now.dimensions, strict=True))
    criteria = sum(len(part.criteria) for part in now.dimensions)
    faults, standing = _faults(was.faults, now.faults)
    results = {gate.id: gate for gate in was.gates}
    gates = [(results[gate.id], gate) for gate in now.gates if gate.id in results]
    turned = tuple(GateChange(new.id, new.title, old, new) for old, new in gates if old.result != new.result)
    return Comparison(
        was.head,
        now.head,
        now.overall_title,
        tuple(ScoreChange(side, was.overall(side), now.overall(side)) for side in SIDES),
        dimensions,
        turned,
        faults,
        _exceptions(was.exceptions, now.exceptions),
        _concerns(was.concerns, now.concerns),
        Steps(was.step, now.step),
        Stays(criteria - sum(len(part.criteria) for part in dimensions), criteria, len(gates) - len(turned), standing),
        rescored,
    )


# --- Criteria -----------------------------------------------------------------------------------------------------


def _dimension(was: DimensionThen, now: DimensionThen) -> DimensionChange:
    before = {part.id: part for part in was.criteria}
    pairs = [(before[part.id], part) for part in now.criteria]
    criteria = tuple(change for pair in pairs if (change := _criterion(*pair)))
    scores = []
    for side in SIDES:
        old, new = was.side(side), now.side(side)
        if old is not None and new is not None:
            score = ScoreChange(side, old, new)
            scores.append(score._replace(causes=_causes(score, pairs, criteria)))
    return DimensionChange(now.id, now.title, tuple(scores), criteria)


def _causes(
    change: ScoreChange, pairs: list[tuple[CriterionThen, CriterionThen]], moved: tuple[CriterionChange, ...]
) -> tuple[str, ...]:
    """The criteria whose level moved and with it the points of the dimension the way it went, the strongest first."""
    if not change.by:
        return ()
    levels = {part.id for part in moved for side in part.sides if side.side == change.side and _leveled(side)}
    up = change.by > 0
    gains = []
    for position, (old, new) in enumerate(pairs):
        before, after = old.side(change.side), new.side(change.side)
        gain = ((after.points if after else None) or 0.0) - ((before.points if before else None) or 0.0)
        if new.id in levels and abs(gain) > _SMALLEST and (gain > 0) is up:
            gains.append((-round(abs(gain), 6), position, new.id))
    return tuple(ident for _, _, ident in sorted(gains))


def _leveled(side: SideChange) -> bool:
    return side.was.level != side.now.level


def _criterion(was: CriterionThen, now: CriterionThen) -> CriterionChange | None:
    sides = []
    for side in SIDES:
        old, new = was.side(side), now.side(side)
        change = _side(side, old, new) if old is not None and new is not None else None
        if change:
            sides.append(change)
    return CriterionChange(now.id, now.title, now.rungs, tuple(sides)) if sides else None


def _side(side: Side, was: SideThen, now: SideThen) -> SideChange | None:
    gained, lost = _earned(was, now), tuple(fact.mirrored() for fact in _earned(now, was))
    before, after = (Held(each.outcome, each.level, each.high, each.reason) for each in (was, now))
    if before[:3] == after[:3] and not gained and not lost:
        return None
    return SideChange(side, before, after, gained, lost)


def _earned(was: SideThen, now: SideThen) -> tuple[FactChange, ...]:
    """The facts that count now and did not before.

    At one and the same level a fact that was lacking for the next and is no more counts as well: something came nearer.
    """
    held, lacked = ({fact.test: fact for fact in facts} for facts in (was.met, was.unmet))
    lacking = {fact.test for fact in now.unmet}
    shown = {fact.test for fact in now.met}
    found = [
        FactChange(fact.test, fact.says, _at(lacked.get(fact.test)), fact.at, fact.test in lacked)
        for fact in now.met
        if fact.test not in held
    ]
    if was.level is not None and was.level == now.level:
        found += [
            FactChange(fact.test, fact.says, fact.at, None, turned=True)
            for fact in was.unmet
            if fact.test not in lacking and fact.test not in shown
        ]
    return tuple(found)


def _at(fact: FactThen | None) -> Spot | None:
    return fact.at if fact else None


# --- Lists --------------------------------------------------------------------------------------------------------


def _matched(
    was: Iterable[_Kind], now: Iterable[_Kind], keys: list[Callable[[_Kind], Hashable | None]]
) -> list[tuple[_Kind | None, _Kind | None]]:
    """What is the same on both sides by the first key that says so; the n-th that is called so with the n-th.

    A key of None tells nothing. In the order of the new side, then what is left of the old.
    """
    old, new = list(was), list(now)
    partner: dict[int, int] = {}
    for key in keys:
        taken = set(partner.values())
        waiting: dict[Hashable, list[int]] = {}
        for position, each in enumerate(old):
            name = key(each)
            if position not in taken and name is not None:
                waiting.setdefault(name, []).append(position)
        for position, each in enumerate(new):
            name = key(each)
            if position not in partner and name is not None and waiting.get(name):
                partner[position] = waiting[name].pop(0)
    left = set(range(len(old))) - set(partner.values())
    pairs: list[tuple[_Kind | None, _Kind | None]] = [
        (old[partner[position]] if position in partner else None, each) for position, each in enumerate(new)
    ]
    return [*pairs, *((old[position], None) for position in sorted(left))]


def _faults(was: tuple[FaultThen, ...], now: tuple[FaultThen, ...]) -> tuple[tuple[FaultChange, ...], int]:
    """The faults that came, went or are excepted now or no more, and how many stand as they stood."""
    pairs = _matched(was, now, [_by_key, lambda fault: (fault.id, fault.target)])
    changes, standing = [], 0
    for old, new in pairs:
        if old is None or new is None or old.standing != new.standing:
            changes.append(FaultChange(old, new))
        elif new.standing == "open":
            standing += 1
    return tuple(sorted(changes, key=_order)), standing


def _by_key(fault: FaultThen) -> Hashable | None:
    return (fault.id, fault.at.path.partition("[")[0], fault.key) if fault.key else None


def _order(change: FaultChange) -> tuple[str, str, int, str]:
    """The same from both sides."""
    sides = [each for each in change if each is not None]
    return min((each.id, each.target, each.at.line, each.message) for each in sides)


def _concerns(was: tuple[ConcernThen, ...], now: tuple[ConcernThen, ...]) -> tuple[ConcernChange, ...]:
    pairs = _matched(was, now, [lambda each: (each.kind, each.text)])
    changed = [ConcernChange(*pair) for pair in pairs if None in pair]
    return tuple(sorted(changed, key=lambda change: next(each for each in change if each)))


def _exceptions(was: tuple[ExceptionThen, ...], now: tuple[ExceptionThen, ...]) -> tuple[ExceptionChange, ...]:
    pairs = _matched(was, now, [lambda each: (each.id, each.where)])
    changed = [ExceptionChange(old, new) for old, new in pairs if not (old and new and _same(old, new))]
    return tuple(sorted(changed, key=lambda change: min((each.id, each.where) for each in change if each)))


def _same(was: ExceptionThen, now: ExceptionThen) -> bool:
    """Whether an exception says what it said, on whatever line."""
    return was.terms._replace(line=0) == now.terms._replace(line=0)
