"""The cheapest steps from a document to a target, in the order of the work, each with the lines to write and what it gains."""

from collections.abc import Callable, Sequence
from typing import Any, NamedTuple

from openreform.assessment import Assessor, Place, Precedents
from openreform.findings import Threshold
from openreform.framework import Criterion, Framework, Gate
from openreform.loading.frameworks import LoadedFramework
from openreform.loading.reforms import Document
from openreform.planning.growing import Build, Draft
from openreform.planning.skeletons import Skeleton, skeleton
from openreform.planning.timing import latest, months_left, time_for
from openreform.reform import PartialDate
from openreform.route import (
    WHENS,
    Addition,
    Along,
    Change,
    GateAim,
    Outcome,
    Route,
    RouteStep,
    RungUp,
    ScoreAim,
    When,
)
from openreform.scoring.assess import reader_of
from openreform.scoring.branching import Found, Stop, never, search
from openreform.scoring.reading import Reader
from openreform.scoring.routes import Standing, Ways, is_met, ways
from openreform.scoring.steps import Coach, Scores, score_side

_ROUNDS = 3
_FREE = 1e-3
"""What a step that costs nothing is taken to cost where gains are compared."""


class Asked(NamedTuple):
    """What is asked of a document: scores of the promise, and gates."""

    scores: tuple[Threshold, ...]
    gates: tuple[Gate, ...]


class _Part(NamedTuple):
    """Rungs of one criterion that are climbed at one time."""

    criterion: Criterion
    held: int
    level: int
    when: When


def plan(
    document: Document[Any],
    framework: LoadedFramework,
    asked: Asked,
    as_of: PartialDate | None = None,
    precedents: Precedents | None = None,
    stop: Stop = never,
) -> Route:
    """The cheapest way from a document to what is asked of it.

    What is not described yet (`undescribed`) counts as not there: who writes a step there has to take it out, and then
    the rest of that section is silence.

    Args:
        document: what is described.
        framework: the yardstick, in the version the document asks for.
        asked: what is to be reached.
        as_of: the day tests that depend on time are read at; the assessment's own date if left out.
        precedents: the cases to cite.
        stop: when the search is to be content with the best so far.
    """
    return _Planner(document, framework, asked, as_of, precedents).plan(stop)


def verify(
    document: Document[Any], framework: LoadedFramework, asked: Asked, as_of: PartialDate | None = None
) -> Route:
    """Whether a document meets what is asked of it; read it with what is to be filled in, and that counts as filled in."""
    planner = _Planner(document, framework, asked, as_of, None)
    met = planner.standing.meets({}, asked.scores, asked.gates)
    return planner.route("met" if met else "missed", {}, (), Found(None, 0.0, 0.0, True, 0))


class _Planner:
    def __init__(
        self,
        document: Document[Any],
        framework: LoadedFramework,
        asked: Asked,
        as_of: PartialDate | None,
        precedents: Precedents | None,
    ) -> None:
        self.document, self.loaded, self.asked, self.precedents = document, framework, asked, precedents
        self.framework: Framework = framework.framework
        self.reform = document.reform.model_copy(update={"undescribed": ()})
        self.build: Build = lambda reform: reader_of(reform, self.framework, document.locate, as_of)
        self.reader: Reader = self.build(self.reform)
        self.standing = Standing(self.framework, self.reader)
        practice = score_side(self.framework, "practice", self.standing.levels, operates=self.reader.operates)
        self.coach = Coach(self.framework, self.reader, self.standing.levels, self.standing.scores, practice)
        self.months = months_left(self.reform, self.reader.as_of)

    def plan(self, stop: Stop) -> Route:
        """Search, and tell what was found."""
        nothing = Found((), 0.0, 0.0, True, 0)
        as_it_stands = Standing(self.framework, self.build(self.document.reform))
        for standing in (as_it_stands, self.standing):
            if standing.meets({}, self.asked.scores, self.asked.gates):
                return self.route("met", {}, (), nothing)
        alternatives = ways(self.standing, self.asked.scores, self.asked.gates)
        names = [rise.criterion for rise in alternatives[0].rises]
        found = search(alternatives, self._meets(names), stop)
        if found.levels is None:
            return self.route("out-of-reach" if found.finished else "not-found", {}, (), found)
        raised = dict(zip(names, found.levels, strict=True))
        steps, draft = self._steps(raised, alternatives[0])
        return self.route("way", raised, steps, found, draft)

    def _meets(self, names: Sequence[str]) -> Callable[[tuple[int, ...]], bool]:
        def meets(levels: tuple[int, ...]) -> bool:
            return self.standing.meets(dict(zip(names, levels, strict=True)), self.asked.scores, self.asked.gates)

        return meets

    # --- Steps -----------------------------------------------------------------------------------------------

    def _steps(self, raised: dict[str, int], chosen: Ways) -> tuple[tuple[RouteStep, ...], Draft]:
        """The steps in the order of the work, each with what it adds to those before it; and what the document says then."""
        waiting = [part for name, level in raised.items() for part in self._parts(name, level)]
        paid: dict[int, str] = {}
        reached: dict[str, int] = {}
        scores = self.standing.scores
        draft = Draft(self.reform, self.framework, self.build)
        steps: list[RouteStep] = []
        while waiting:
            part, after = self._next(waiting, reached, scores, chosen, paid)
            waiting.remove(part)
            rungs = self._rungs(part, chosen, paid)
            steps.append(self._step(len(steps) + 1, part, rungs, scores, after, draft))
            reached[part.criterion.id], scores = part.level, after
        for _ in range(_ROUNDS):
            before = len(draft.written)
            steps = self._kept_up(steps, draft)
            if len(draft.written) == before:
                break
        return tuple(steps), draft

    def _parts(self, name: str, level: int) -> list[_Part]:
        """The rungs of a criterion, those at one time together; a rung comes no earlier than the one below."""
        criterion = self.framework.criterion(name)
        start = self.standing.levels[name][0].level or 0
        parts: list[_Part] = []
        when: When = WHENS[0]
        for rung in range(start + 1, level + 1) if criterion else ():
            if criterion and not self.standing.is_held(criterion, rung):
                when = latest(when, time_for(criterion.levels[rung - 1].effort, self.months, self.reform.stage))
            if parts and parts[-1].when == when:
                parts[-1] = parts[-1]._replace(level=rung)
            elif criterion:
                parts.append(_Part(criterion, rung - 1, rung, when))
        return parts

    def _next(
        self,
        waiting: list[_Part],
        reached: dict[str, int],
        scores: Scores,
        chosen: Ways,
        paid: dict[int, str],
    ) -> tuple[_Part, Scores]:
        """Of what can be done next at the earliest time, what gains most for its cost; and the scores then."""
        earliest = min(WHENS.index(part.when) for part in waiting)
        ready: list[tuple[float, float, str, _Part, Scores]] = []
        for part in waiting:
            held = reached.get(part.criterion.id, self.standing.levels[part.criterion.id][0].level or 0)
            if WHENS.index(part.when) != earliest or part.held != held:
                continue
            after = self.standing.scored({**reached, part.criterion.id: part.level})
            cost = sum(rung.cost for rung in self._rungs(part, chosen, dict(paid))) or _FREE
            whole, dimension = _gains(part.criterion, scores, after)
            ready.append((-(whole or 0.0) / cost, -(dimension or 0.0) / cost, part.criterion.id, part, after))
        *_, part, after = min(ready, key=lambda each: each[:3])
        return part, after

    def _rungs(self, part: _Part, chosen: Ways, paid: dict[int, str]) -> tuple[RungUp, ...]:
        """What each rung takes; a piece of work is paid where it is first needed."""
        numbers = {rung: number for number, work in enumerate(chosen.works) for rung in work.rungs}
        rungs: list[RungUp] = []
        for level in range(part.held + 1, part.level + 1):
            number = numbers.get((part.criterion.id, level))
            text = part.criterion.levels[level - 1]
            cost, with_what = 0.0, None
            if number is not None and number in paid:
                with_what = paid[number]
            elif number is not None:
                cost, paid[number] = chosen.works[number].cost, part.criterion.id
            reason = self.framework.why_that_much(text)
            rungs.append(RungUp(level, text.text, text.effort, reason, cost, with_what))
        return tuple(rungs)

    def _step(
        self, number: int, part: _Part, rungs: tuple[RungUp, ...], before: Scores, after: Scores, draft: Draft
    ) -> RouteStep:
        criterion = part.criterion
        whole, dimension = _gains(criterion, before, after)
        fixes, place = self.coach.what_to_write(criterion, part.held + 1, part.level)
        found = skeleton(draft, criterion, part.level)
        sector: tuple[str, ...] = getattr(self.reform, "sector", ())  # a plan is about none
        cited = self.precedents.best(criterion.id, part.level, sector, self.reform.id) if self.precedents else None
        return RouteStep(
            number,
            criterion.id,
            criterion.title,
            criterion.dimension,
            part.held,
            part.level,
            criterion.levels[part.level - 1].text,
            part.when,
            rungs,
            sum(rung.cost for rung in rungs),
            whole,
            dimension,
            criterion.why,
            fixes,
            place,
            self._placed(found, draft),
            tuple(fact.says for fact in found.lacking),
            cited,
        )

    def _placed(self, found: Skeleton, draft: Draft) -> tuple[Addition, ...]:
        """The lines with the entry each goes into, where there is one already."""
        reader = self.build(draft.reform)
        placed: list[Addition] = []
        for addition in found.additions:
            section, number = (*addition.path, None)[:2]
            if isinstance(number, int):
                place = reader.place(str(section), number)
                is_new = number >= len(getattr(self.reform, str(section)))
                addition = addition._replace(entry=place._replace(line=0, column=0) if is_new else place)  # noqa: PLW2901
            placed.append(addition)
        return tuple(placed)

    def _kept_up(self, steps: list[RouteStep], draft: Draft) -> list[RouteStep]:
        """The steps again, with what lines of one took from another criterion given back by lines of the last step to blame."""
        wanted = {step.criterion: step.level for step in steps if not step.lacking}
        for criterion in self.framework.criteria:
            level = max(wanted.get(criterion.id, 0), self.standing.levels[criterion.id][0].level or 0)
            if any(step.criterion == criterion.id and step.lacking for step in steps):
                continue
            if draft.level(criterion) < level:
                more = skeleton(draft, criterion, level)
                at = next((n for n, step in enumerate(steps) if step.criterion == criterion.id), len(steps) - 1)
                lacking = (*steps[at].lacking, *(fact.says for fact in more.lacking))
                additions = (*steps[at].additions, *self._placed(more, draft))
                steps[at] = steps[at]._replace(additions=additions, lacking=lacking)
        return steps

    # --- What is told ------------------------------------------------------------------------------------------

    def route(
        self,
        outcome: Outcome,
        raised: dict[str, int],
        steps: tuple[RouteStep, ...],
        found: Found,
        draft: Draft | None = None,
    ) -> Route:
        """What was found, beside what was asked; with a draft, the scores are those of what it says."""
        reform, framework, standing = self.reform, self.framework, self.standing
        then = Standing(framework, self.build(draft.reform)) if draft else standing
        after = then.scored(raised)
        tops = {part.id: top for part in framework.criteria if (top := standing.top(part)) is not None}
        best = standing.scored(tops)
        told = reform.assessed
        day = self.reader.as_of
        whole = framework.overall
        return Route(
            document=self.reader.kind.name,
            reform_id=reform.id,
            title=reform.title,
            path=self.document.path,
            digest=self.document.digest,
            stage=reform.stage,
            framework_id=framework.id,
            framework_title=framework.title,
            framework_version=framework.version,
            framework_attribution=framework.attribution,
            framework_digest=self.loaded.digest,
            assessor=_assessor(told),
            as_of=day.text if day else None,
            outcome=outcome,
            scores=tuple(self._score_aim(each, after, best) for each in self.asked.scores),
            gates=tuple(self._gate_aim(each, (then, raised, after), tops, best) for each in self.asked.gates),
            steps=steps,
            along=self._along(then, raised),
            additions=tuple(draft.written) if draft else (),
            cost=found.cost if outcome == "way" else 0.0,
            bound=found.bound if outcome in {"way", "not-found"} else 0.0,
            finished=found.finished,
            overall=Change(None, whole.title, standing.scores.overall.score, after.overall.score) if whole else None,
            dimensions=tuple(
                Change(part.id, part.title, _of(standing.scores, part.id), _of(after, part.id))
                for part in framework.dimensions
            ),
            undescribed=self.document.reform.undescribed,
            to_fill=tuple(Place(part.written, part.written, *part.at) for part in self.document.to_fill),
            months=self.months,
            efforts=tuple(framework.efforts.items()),
            cases=len(self.precedents) if self.precedents is not None else 0,
        )

    def _along(self, then: Standing, raised: dict[str, int]) -> tuple[Along, ...]:
        """What the lines raise beyond what the steps are there for."""
        found: list[Along] = []
        for criterion in self.framework.criteria:
            held = self.standing.levels[criterion.id][0].level or 0
            held, level = max(held, raised.get(criterion.id, 0)), then.levels[criterion.id][0].level or 0
            if level > held:
                found.append(Along(criterion.id, held, level))
        return tuple(found)

    def _score_aim(self, asked: Threshold, after: Scores, best: Scores) -> ScoreAim:
        whole = self.framework.overall
        titles = {part.id: part.title for part in self.framework.dimensions}
        now, then, most = (self.standing.score(asked, each) for each in (self.standing.scores, after, best))
        return ScoreAim(
            asked.written,
            titles[asked.dimension] if asked.dimension else whole.title if whole else "",
            asked.dimension,
            asked.limit,
            now,
            then,
            most,
            asked.is_met_by(then),
            asked.is_met_by(most),
            best.overall.note if asked.dimension is None else None,
        )

    def _gate_aim(
        self, gate: Gate, written: tuple[Standing, dict[str, int], Scores], tops: dict[str, int], best: Scores
    ) -> GateAim:
        at, raised, after = written
        now, _ = self.standing.result(gate, {}, self.standing.scores)
        then, _ = at.result(gate, raised, after)
        most, reason = self.standing.result(gate, tops, best)
        return GateAim(gate.id, gate.title, now, then, most, reason, is_met(then), is_met(most))


def _gains(criterion: Criterion, before: Scores, after: Scores) -> tuple[float | None, float | None]:
    """Points of the whole and of the criterion's dimension between two states."""
    return (
        _between(before.overall.score, after.overall.score),
        _between(_of(before, criterion.dimension), _of(after, criterion.dimension)),
    )


def _of(scores: Scores, dimension: str) -> float | None:
    part = scores.dimensions[dimension]
    return part.score if part else None


def _between(before: float | None, after: float | None) -> float | None:
    return None if before is None or after is None else after - before


def _assessor(told: Any) -> Assessor:
    if told is None:
        return Assessor(None, "self", None)
    return Assessor(told.by, told.role, told.date.text if told.date else None)
