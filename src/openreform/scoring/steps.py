"""What to write next: first what turns a failed gate, then the promise by gain per effort, practice apart (design §6)."""

from collections.abc import Mapping
from typing import NamedTuple

from openreform.assessment import (
    DimensionScore,
    Fact,
    Gate,
    Lack,
    NextRung,
    OverallScore,
    Place,
    Side,
    Step,
    Steps,
)
from openreform.framework import Criterion, Framework, Test
from openreform.messages.reports import LACKS, NEEDS, said
from openreform.scoring.gates import needed_levels
from openreform.scoring.levels import Reached, ask_rung
from openreform.scoring.reading import Reader
from openreform.scoring.testing import lacks_of_a_new_one
from openreform.scoring.weighing import Levels, dimension_score, mean_of_powers, on_side, overall_score, weigh

MOST_STEPS = 5
MOST_OF_ONE_DIMENSION = 2


class Scores(NamedTuple):
    """Every score of one side, the weight of what was assessed in each dimension, and score^exponent of those of the whole."""

    overall: OverallScore
    dimensions: Mapping[str, DimensionScore | None]
    weights: Mapping[str, float]
    powers: Mapping[str, float]


def score_side(framework: Framework, side: Side, levels: Levels, *, operates: bool) -> Scores:
    """The dimensions and the whole of one side."""
    counted = weigh(framework, side, levels)
    dimensions = {name: dimension_score(part) if part else None for name, part in counted.items()}
    weights = {
        name: sum(criterion.weight for criterion, _ in part.assessed) if part else 0.0 for name, part in counted.items()
    }
    overall = overall_score(framework, side, dimensions, counted, operates=operates)
    powers: dict[str, float] = {}
    if framework.overall and overall.score is not None:
        parts = ((name, dimensions[name]) for name in framework.overall.dimensions)
        powers = {name: (part.score or 0.0) ** framework.overall.exponent for name, part in parts if part}
    return Scores(overall, dimensions, weights, powers)


Gain = tuple[float | None, float | None]
"""Points of the whole and of the dimension; None where one of them has no score."""


class Coach:
    """Proposes steps for one reform, with the exact gain of each taken alone."""

    def __init__(self, framework: Framework, reader: Reader, levels: Levels, promise: Scores, practice: Scores) -> None:
        self.framework, self.reader, self.levels = framework, reader, levels
        self.scores: dict[Side, Scores] = {"promise": promise, "practice": practice}
        self._gains: dict[tuple[str, Side, int], Gain] = {}

    def next_level(self, criterion: Criterion, side: Side) -> int | None:
        """The level above the one held, if there is one and the criterion was assessed."""
        reached = self._reached(criterion, side)
        if reached is None or reached.level is None or reached.level >= len(criterion.levels):
            return None
        return reached.level + 1

    def next_rung(self, criterion: Criterion, side: Side) -> NextRung | None:
        """The rung above the one held, if there is one and the criterion was assessed."""
        level = self.next_level(criterion, side)
        if level is None:
            return None
        rung = criterion.levels[level - 1]
        gain, dimension_gain = self.gain(criterion, side, level)
        return NextRung(level, rung.text_for(side), rung.effort, gain, dimension_gain)

    def steps(self, gates: tuple[Gate, ...]) -> Steps:
        """The steps proposed: those that turn a gate, then promise steps by gain per effort; practice steps apart."""
        chosen = self._gate_steps(gates)
        taken = {step.criterion for step in chosen}
        per_dimension = {dimension.id: 0 for dimension in self.framework.dimensions}
        for step in chosen:
            per_dimension[step.dimension] += 1
        for step in sorted(self.single_steps("promise"), key=self._worth):
            if len(chosen) >= MOST_STEPS:
                break
            if step.criterion not in taken and per_dimension[step.dimension] < MOST_OF_ONE_DIMENSION:
                chosen.append(step)
                taken.add(step.criterion)
                per_dimension[step.dimension] += 1
        practice = sorted(self.single_steps("practice"), key=self._worth)[:MOST_STEPS]
        after = self._scores_with({step.criterion: step.level for step in chosen}, "promise")
        dimensions = tuple((name, score.score if score else None) for name, score in after.dimensions.items())
        return Steps(tuple(chosen), tuple(practice), after.overall.score, dimensions)

    def _reached(self, criterion: Criterion, side: Side) -> Reached | None:
        return on_side(self.levels, criterion.id, side)

    def _worth(self, step: Step) -> tuple[float, float, str]:
        """Most gain of the whole per effort first, then of the dimension, then by id."""
        effort = self._effort_between(step)
        return -((step.gain or 0.0) / effort), -((step.dimension_gain or 0.0) / effort), step.criterion

    def _effort_between(self, step: Step) -> float:
        criterion = self.framework.criterion(step.criterion)
        reached = self._reached(criterion, step.side) if criterion else None
        if criterion is None or reached is None:
            return 1.0
        rungs = criterion.levels[(reached.level or 0) : step.level]
        return sum(self.framework.efforts.get(rung.effort, 1.0) for rung in rungs) or 1.0

    def _gate_steps(self, gates: tuple[Gate, ...]) -> list[Step]:
        """The fewest steps that turn the failed gates: where only one criterion will do first, then what is chosen anyway."""
        wanted = [
            (gate.id, one_of)
            for gate in gates
            if gate.result == "failed"
            for one_of in needed_levels(self.framework, gate)
        ]
        chosen: dict[str, Step] = {}
        for gate, one_of in sorted(wanted, key=lambda pair: len(pair[1])):
            taken = next(
                (chosen[name] for name, level in one_of if name in chosen and chosen[name].level >= level), None
            )
            steps = [step for name, level in one_of if (step := self._gate_step(name, level))]
            if taken is None and not steps:
                continue
            step = taken or min(steps, key=self._worth)
            before = chosen[step.criterion].gates if step.criterion in chosen else ()
            chosen[step.criterion] = step._replace(gates=tuple(dict.fromkeys((*before, gate))))
        order = [gate for gate, _ in wanted]
        return sorted(chosen.values(), key=lambda step: (order.index(step.gates[0]), step.criterion))

    def _gate_step(self, name: str, level: int) -> Step | None:
        criterion = self.framework.criterion(name)
        reached = self._reached(criterion, "promise") if criterion else None
        if criterion is None or reached is None or reached.level is None or reached.level >= level:
            return None
        return self._step(criterion, "promise", level)

    def single_steps(self, side: Side) -> list[Step]:
        """The step to the level above in every criterion that has one; practice goes no higher than the promise."""
        steps: list[Step] = []
        for criterion in self.framework.criteria:
            level = self.next_level(criterion, side)
            promised = self.levels[criterion.id][0].level or 0
            if level and (side == "promise" or level <= promised):
                steps.append(self._step(criterion, side, level))
        return steps

    def _step(self, criterion: Criterion, side: Side, level: int) -> Step:
        reached = self._reached(criterion, side)
        held = reached.level or 0 if reached else 0
        unmet = self._unmet(criterion, side, held + 1, level)
        gain, dimension_gain = self.gain(criterion, side, level)
        efforts = [rung.effort for rung in criterion.levels[held:level]]
        return Step(
            criterion.id,
            criterion.title,
            criterion.dimension,
            side,
            level,
            criterion.levels[level - 1].text_for(side),
            tuple(dict.fromkeys(fix for test, fact in unmet for fix in _fixes(test, fact, self.reader))),
            max(efforts, key=lambda name: self.framework.efforts.get(name, 1.0)),
            gain,
            dimension_gain,
            (),
            self._where(criterion, unmet),
        )

    def what_to_write(self, criterion: Criterion, first: int, last: int) -> tuple[tuple[str, ...], Place]:
        """The lines that some rungs of the promise lack, in words, and the element to work on."""
        unmet = self._unmet(criterion, "promise", first, last)
        fixes = dict.fromkeys(fix for test, fact in unmet for fix in _fixes(test, fact, self.reader))
        return tuple(fixes), self._where(criterion, unmet)

    def _unmet(self, criterion: Criterion, side: Side, first: int, last: int) -> list[tuple[Test, Fact]]:
        """The tests of some rungs that do not hold; where rungs look at one list, the highest says it all."""
        found: list[tuple[Test, Fact]] = []
        for rung in range(first, last + 1):
            tests = criterion.levels[rung - 1].tests_for(side)
            facts = ask_rung(criterion, rung, side, self.reader)
            found += [(test, fact) for test, fact in zip(tests, facts, strict=True) if fact.holds is not True]
        top = [part for part in found if part[1].rung == last]
        covered = {test.section for test, _ in top}
        return [part for part in found if part in top or part[0].section not in covered]

    def _where(self, criterion: Criterion, unmet: list[tuple[Test, Fact]]) -> Place:
        """The element to work on; where a new one belongs if none is near."""
        for test, fact in unmet:
            if fact.nearest and not ((test.some or test.any_of) and fact.nearest.is_another_thing):
                return fact.nearest.place
        tests = [test for test, _ in unmet] or [test for level in criterion.levels for test in level.tests]
        section = next((inner.section for test in tests for inner in test.walk() if inner.section), "")
        return self.reader.place(section or "title")

    def gain(self, criterion: Criterion, side: Side, level: int) -> Gain:
        """The exact gain of one level; asked for the rung above and again for the step that leads there."""
        key = (criterion.id, side, level)
        if key not in self._gains:
            self._gains[key] = self._worked_out(criterion, side, level)
        return self._gains[key]

    def _worked_out(self, criterion: Criterion, side: Side, level: int) -> Gain:
        """What the dimension and the whole gain: the other dimensions stay, and so does what was assessed."""
        scores, reached = self.scores[side], self._reached(criterion, side)
        old = scores.dimensions[criterion.dimension]
        if old is None or old.score is None or reached is None:
            return None, None
        raised = criterion.score(level) - criterion.score(reached.level or 0)
        gained = raised * criterion.weight / self.assessed_weight(criterion.dimension, side)
        rule = self.framework.overall
        if rule is None or scores.overall.score is None or criterion.dimension not in rule.dimensions:
            return (None if scores.overall.score is None else 0.0), gained
        powers = dict(scores.powers)
        powers[criterion.dimension] = (old.score + gained) ** rule.exponent
        return mean_of_powers(powers.values(), rule.exponent) - scores.overall.score, gained

    def assessed_weight(self, dimension: str, side: Side) -> float:
        """The weight of what was assessed in a dimension on one side."""
        return self.scores[side].weights[dimension]

    def _scores_with(self, raised: Mapping[str, int], side: Side) -> Scores:
        levels = dict(self.levels)
        for name, level in raised.items():
            promise, practice = levels[name]
            if side == "promise":
                levels[name] = (raised_to(promise, level), practice)
            elif practice:
                levels[name] = (promise, raised_to(practice, level))
        return score_side(self.framework, side, levels, operates=self.reader.operates)


def _fixes(test: Test, fact: Fact, reader: Reader) -> list[str]:
    """What to write: into the nearest element exactly what it lacks, or a new element; of several, which ones."""
    miss = fact.nearest
    if test.any_of:
        near = miss.place.path.partition("[")[0] if miss and not miss.is_another_thing else None
        part = next((part for part in test.any_of if part.section == near), test.any_of[0])
        return _fixes(part, fact, reader) if part.some else [fact.fix]
    only_one = miss is not None and not miss.others and not miss.is_another_thing
    if not test.some and not only_one:
        if miss is None:
            return [fact.fix]
        lines = sorted({place.line for place in (miss.place, *miss.others)})
        key = "where-one" if len(lines) == 1 else "where-all"
        return [
            f"{fact.fix} {LACKS[key].format(lines=', '.join(map(str, lines)))}",
            *([miss.lift] if miss.lift else []),
        ]
    if miss is None or miss.is_another_thing:
        title = (Lack("title", "", "", NEEDS["text"]),) if reader.kind.find("title", test.section or "") else ()
        lines_of_it = _lines((*title, *lacks_of_a_new_one(test, reader)))
        return [said(LACKS, "new", reader.kind.name).format(section=test.section), *lines_of_it]
    return [*_lines(miss.lacks), *([miss.lift] if miss.lift else [])]


def _lines(lacks: tuple[Lack, ...]) -> list[str]:
    """The lines to add or to change; what belongs to a group that is not there yet comes as one line."""
    lines: list[str] = []
    groups: dict[str, list[Lack]] = {}
    for lack in lacks:
        group = lack.field.rpartition(".")[0]
        if group and not lack.in_group and not lack.alternatives and lack.has != NEEDS["unknown"]:
            groups.setdefault(group, []).append(lack)
        else:
            lines.append(_line(lack))
    for group, parts in groups.items():
        inner = ", ".join(f"{part.field.rpartition('.')[2]}: {part.write}" for part in parts)
        lines.append(LACKS["add"].format(field=group, write=f"{{{inner}}}"))
    return lines


def _line(lack: Lack) -> str:
    if lack.alternatives:
        shown = [_line(part) for part in lack.alternatives[:2]]
        return (
            LACKS["either"].format(first=shown[0], second=shown[1][:1].lower() + shown[1][1:])
            if len(shown) == 2
            else shown[0]
        )
    group, _, name = lack.field.rpartition(".")
    if lack.elsewhere:
        return LACKS["find-out-there"].format(named=group, field=name, write=lack.write)
    if lack.has == NEEDS["unknown"]:
        line = f"{name}: {lack.write}" if lack.in_group or not group else f"{group}: {{{name}: {lack.write}}}"
        return LACKS["find-out"].format(field=lack.field, line=line)
    if group and not lack.in_group:
        return LACKS["add"].format(field=group, write=f"{{{name}: {lack.write}}}")
    key = "add-under" if group else "change" if lack.has else "add"
    return LACKS[key].format(group=group, field=name, write=lack.write)


def raised_to(reached: Reached, level: int) -> Reached:
    """A criterion as it would stand at a level."""
    return reached._replace(outcome="scored", level=level, high=max(reached.high or 0, level))
