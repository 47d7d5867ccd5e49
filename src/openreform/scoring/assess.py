"""A reform or a plan and a framework become an assessment."""

from collections.abc import Callable
from typing import TYPE_CHECKING, NamedTuple

from openreform.assessment import (
    SIDES,
    Assessment,
    Assessor,
    Concern,
    Counterpart,
    DimensionResult,
    DimensionScore,
    Evidence,
    Excepted,
    Fact,
    Fault,
    Finding,
    Gate,
    NextRung,
    Place,
    Precedents,
    Side,
    SideFinding,
    Step,
    Steps,
    Undescribed,
)
from openreform.framework import Criterion, Framework, StarRule
from openreform.messages.reports import VERDICT
from openreform.plaintext import begun
from openreform.progress import Progress
from openreform.ranges import Robustness
from openreform.reform import IRM_CODES, PartialDate, Reform
from openreform.scoring.evidence import listed_evidence
from openreform.scoring.faults import exceptions_made, find_faults
from openreform.scoring.gates import judge, minima
from openreform.scoring.levels import Reached, met, reach, unmet
from openreform.scoring.reading import Locate, Reader
from openreform.scoring.robustness import ScoreGate, draws_of, ranges
from openreform.scoring.stars import stars
from openreform.scoring.steps import Coach, Scores, score_side
from openreform.scoring.weighing import Levels

if TYPE_CHECKING:
    from openreform.kinds import Described

MOST_NOT_APPLICABLE = 2
NOUN = "{noun}"


class Origin(NamedTuple):
    """Where a reform and a framework came from, for the record."""

    path: str
    digest: str
    framework_digest: str


class Contradiction(NamedTuple):
    """A problem only framework and document together show: its code, the place, and the blanks of its sentence."""

    code: str
    at: tuple[str | int, ...]
    details: tuple[tuple[str, str], ...]


def contradictions(reform: "Described", framework: Framework, locate: Locate) -> list[Contradiction]:
    """What the document denies or judges and may not, under this framework."""
    if not (reform.not_applicable or reform.none_found or reform.judgements):
        return []
    reader = Reader(reform, framework, locate, None)
    found: list[Contradiction] = []
    bare = Reader(reform.model_copy(update={"not_applicable": {}}), framework, locate, None)  # as if it could apply
    refused: dict[str, int] = {}
    for name in reform.not_applicable:
        criterion = framework.criterion(reader.own_id(name))
        if criterion is None:
            continue
        at = ("not_applicable", name)
        named = _named(criterion)
        refused[criterion.dimension] = refused.get(criterion.dimension, 0) + 1
        if reader.is_placeholder(reform.not_applicable[name]):
            found.append(Contradiction("not-applicable-no-reason", at, named))
        elif not criterion.may_not_apply:
            found.append(Contradiction("not-applicable-refused", at, named))
        elif reach(criterion, bare)[0].level:
            found.append(Contradiction("not-applicable-described", at, named))
        elif refused[criterion.dimension] == MOST_NOT_APPLICABLE + 1:
            title = next(part.title for part in framework.dimensions if part.id == criterion.dimension)
            found.append(Contradiction("not-applicable-too-many", at, (("dimension_", title),)))
    for index, entry in enumerate(reform.none_found):
        for number, name in enumerate(entry.criteria):
            criterion = framework.criterion(reader.own_id(name))
            practice = reach(criterion, reader)[1] if criterion else None
            if criterion and practice and practice.level:
                at_entry = ("none_found", index, "criteria", number)
                found.append(Contradiction("none-found-described", at_entry, _named(criterion)))
    for name in reform.judgements:
        criterion = framework.criterion(reader.own_id(name))
        if criterion and not any(level.judged for level in criterion.levels):
            found.append(Contradiction("judgement-refused", ("judgements", name), _named(criterion)))
    return found


StarRules = Callable[[], tuple[StarRule, ...]]
"""Gives the rules for stars, which only documents with recorded codes need."""


def no_counterparts(_: str) -> tuple[Counterpart, ...]:
    """What a framework that stands alone has in others."""
    return ()


class Beside(NamedTuple):
    """What stands beside a document and its framework, read only by those who show it.

    precedents: the cases to cite for what to write next; none is cited if left out. star_rules: asked for the rules of the
    stars if codes of the IRM are recorded; those of the framework if left out. crosswalk: tells, by a criterion's id, what
    answers to it in other frameworks. to_fill: what the document lists as still to be filled in, which is a fault of it.
    """

    precedents: Precedents | None = None
    star_rules: StarRules | None = None
    crosswalk: Callable[[str], tuple[Counterpart, ...]] = no_counterparts
    to_fill: tuple[Place, ...] = ()


ALONE = Beside()


def reader_of(reform: "Described", framework: Framework, locate: Locate, as_of: PartialDate | None = None) -> Reader:
    """Reads a reform as an assessment does; arguments as for `assess`."""
    return Reader(reform, framework, locate, as_of or (reform.assessed.date if reform.assessed else None))


def assess(
    reform: "Described",
    framework: Framework,
    locate: Locate,
    origin: Origin,
    as_of: PartialDate | None = None,
    beside: Beside = ALONE,
) -> Assessment:
    """Derive, score and explain.

    Args:
        reform: what is described: a reform, or a plan if the framework is one for plans.
        framework: the yardstick.
        locate: tells line and column of a part of the document.
        origin: where both came from.
        as_of: the day tests that depend on time are read at; the assessment's own date if left out.
        beside: the cases, the rules of the stars and the crosswalk.
    """
    reader = reader_of(reform, framework, locate, as_of)
    reader.to_fill = beside.to_fill
    day = reader.as_of
    levels: Levels = {criterion.id: reach(criterion, reader) for criterion in framework.criteria}
    operates = reader.operates
    promise = score_side(framework, "promise", levels, operates=operates)
    practice = score_side(framework, "practice", levels, operates=operates or bool(reader.none_found))
    gates = tuple(judge(rule, reader, levels, promise.dimensions) for rule in framework.gates)
    coach = Coach(framework, reader, levels, promise, practice)
    irm = reform.irm if isinstance(reform, Reform) else {}
    return Assessment(
        document=reader.kind.name,
        reform_id=reform.id,
        title=reform.title,
        path=origin.path,
        stage=reform.stage,
        country=reform.jurisdiction or reform.country,
        start=reform.start.text if reform.start else None,
        end=reform.end.text if reform.end else None,
        leads=tuple(lead.organisation for lead in reform.leads if lead.organisation),
        digest=origin.digest,
        title_at=locate(("title",)),
        framework_id=framework.id,
        framework_title=framework.title,
        framework_version=framework.version,
        framework_attribution=framework.attribution,
        framework_digest=origin.framework_digest,
        assessor=_assessor(reform),
        as_of=day.text if day else None,
        overall_title=framework.overall.title if framework.overall else "",
        promise=promise.overall,
        practice=practice.overall,
        verdict=_verdict(framework, promise),
        dimensions=_dimensions(framework, reader, levels, promise, practice, coach),
        gates=gates,
        concerns=tuple(
            Concern(concern.kind, concern.text or "", reader.place("concerns", index))
            for index, concern in enumerate(reform.concerns)
        ),
        undescribed=Undescribed(reform.undescribed, reader.place("undescribed")) if reform.undescribed else None,
        irm=tuple((code, irm[code]) for code in IRM_CODES if code in irm),
        stars=stars(beside.star_rules() if beside.star_rules else framework.stars, irm) if irm else (),
        has_exceptions=bool(reform.exceptions),
        advises=Adviser(reader, coach, gates, beside.precedents, levels, promise),
        crosswalk=beside.crosswalk,
    )


class Adviser(NamedTuple):
    """Finds what an author should write next, once somebody asks."""

    reader: Reader
    coach: Coach
    gates: tuple[Gate, ...]
    precedents: Precedents | None
    levels: Levels
    promised: Scores

    def placeholders(self) -> tuple[Place, ...]:
        """Where something is still to be filled in."""
        return self.reader.unfilled()

    def faults(self, today: str | None) -> tuple[Fault, ...]:
        """The drafting mistakes the framework knows."""
        return find_faults(self.reader, self.levels, self.promised.dimensions, today)

    def exceptions(self, faults: tuple[Fault, ...]) -> tuple[Excepted, ...]:
        """The exceptions the document makes."""
        return exceptions_made(self.reader, faults)

    def evidence(self) -> tuple[Evidence, ...]:
        """The evidence the document lists."""
        return listed_evidence(self.reader)

    def progress(self) -> Progress | None:
        """How far milestones and indicators have come."""
        from openreform.scoring.progress import progress_of  # noqa: PLC0415  # only reports tell of it

        return progress_of(self.reader)

    def robustness(self, assessment: Assessment) -> Robustness:
        """How far the scores move with the weights and with the points of the levels."""
        framework = self.coach.framework
        rules = [(rule, read) for rule in framework.gates if (read := minima(rule))]
        gates = (
            ScoreGate(rule.id, read, lambda scores, rule=rule: judge(rule, self.reader, self.levels, scores).result)  # type: ignore[misc]
            for rule, read in rules
        )
        return ranges(assessment, draws_of(framework), gates)

    def steps(self) -> Steps:
        """The next steps, those of the promise with a case that takes them already."""
        steps = self.coach.steps(self.gates)
        cases = 0 if self.precedents is None else len(self.precedents)
        return steps._replace(promise=self._with_cases(steps.promise), cases=cases)

    def next_steps(self) -> tuple[Step, ...]:
        """The next step of the promise in each criterion, with a case that takes it already."""
        return self._with_cases(tuple(self.coach.single_steps("promise")))

    def _with_cases(self, steps: tuple[Step, ...]) -> tuple[Step, ...]:
        if self.precedents is None:
            return steps
        reform = self.reader.reform
        sector: tuple[str, ...] = getattr(reform, "sector", ())  # a plan is about none
        return tuple(
            step._replace(precedent=self.precedents.best(step.criterion, step.level, sector, reform.id))
            for step in steps
        )


class Explainer(NamedTuple):
    """Finds what a finding rests on, once somebody asks."""

    criterion: Criterion
    side: Side
    reached: Reached
    coach: Coach

    def met(self) -> tuple[Fact, ...]:
        """The facts of the rungs that hold."""
        return met(self.criterion, self.side, self.reached, self.coach.reader)

    def unmet(self) -> tuple[Fact, ...]:
        """The facts lacking for the rung above."""
        return unmet(self.criterion, self.side, self.reached, self.coach.reader)

    def missing(self) -> tuple[str, ...]:
        """What those facts say."""
        if not self.reached.unmet:
            return ()
        tests = self.criterion.levels[self.reached.stuck - 1].tests_for(self.side)
        return tuple(tests[number].says or "" for number in self.reached.unmet)

    def next(self) -> NextRung | None:
        """The rung above, and its gain."""
        return self.coach.next_rung(self.criterion, self.side)

    def next_gain(self) -> float | None:
        """That gain alone."""
        level = self.coach.next_level(self.criterion, self.side)
        return self.coach.gain(self.criterion, self.side, level)[0] if level else None


def _named(criterion: Criterion) -> tuple[tuple[str, str], ...]:
    return ("id_", criterion.id), ("title_", criterion.title)


def _assessor(reform: "Described") -> Assessor:
    told = reform.assessed
    if told is None:
        return Assessor(None, "self", None)
    return Assessor(told.by, told.role, told.date.text if told.date else None)


def _dimensions(
    framework: Framework, reader: Reader, levels: Levels, promise: Scores, practice: Scores, coach: Coach
) -> tuple[DimensionResult, ...]:
    results: list[DimensionResult] = []
    for dimension in framework.dimensions:
        criteria = framework.criteria_of(dimension.id)
        totals = {side: coach.assessed_weight(dimension.id, side) for side in SIDES}
        findings = tuple(_finding(criterion, totals, levels, coach) for criterion in criteria)
        promised = promise.dimensions[dimension.id]
        claimed = bool(dimension.claim and reader.document_value(dimension.claim))
        if promised is not None:
            practised = practice.dimensions[dimension.id]
            counted = framework.overall is not None and dimension.id in framework.overall.dimensions
            words = _words_for(framework, promised).replace(NOUN, dimension.noun)
            results.append(
                DimensionResult(dimension.id, dimension.title, promised, practised, findings, claimed, counted, words)
            )
    return tuple(results)


def _finding(criterion: Criterion, totals: dict[Side, float], levels: Levels, coach: Coach) -> Finding:
    promise, practice = levels[criterion.id]
    return Finding(
        criterion.id,
        criterion.title,
        criterion.weight,
        len(criterion.levels),
        _side(criterion, "promise", promise, totals["promise"], coach),
        _side(criterion, "practice", practice, totals["practice"], coach) if practice else None,
        criterion.foreshadows,
        criterion.foreshadows_by,
    )


def _side(criterion: Criterion, side: Side, reached: Reached, total: float, coach: Coach) -> SideFinding:
    score = None if reached.level is None else criterion.score(reached.level)
    share = None if score is None else criterion.weight / total
    points = None if score is None or share is None else share * score
    return SideFinding(
        reached.outcome,
        reached.level,
        None if reached.level is None else max(reached.level, reached.high or 0),
        score,
        share,
        points,
        reached.reason,
        reached.waits_for,
        Explainer(criterion, side, reached, coach),
    )


# --- The verdict ------------------------------------------------------------------------------------------


def _verdict(framework: Framework, promise: Scores) -> str:
    """One sentence from the profile: the dimensions of the whole by score, those of one band together.

    A dimension of which too little is assessed is not known, however the rest of it stands.
    """
    names = framework.overall.dimensions if framework.overall else [part.id for part in framework.dimensions]
    nouns = {part.id: part.noun for part in framework.dimensions}
    grouped: dict[str, list[str]] = {}
    unknown: list[str] = []
    scored: list[tuple[float, str, str]] = []
    for name in names:
        part = promise.dimensions[name]
        if part is None or part.score is None or not _is_known(framework, part):
            unknown.append(nouns[name])
        else:
            scored.append((part.score, _words_for(framework, part), nouns[name]))
    for _, words, noun in sorted(scored, key=lambda each: -each[0]):
        grouped.setdefault(words, []).append(noun)
    clauses = [words.replace(NOUN, _listed(nouns)) for words, nouns in grouped.items() if words]
    if unknown:
        clauses.append(VERDICT["unknown"].format(nouns=_listed(unknown)))
    sentence = VERDICT["end"].format(clauses=VERDICT["clauses"].join(clauses))
    return begun(sentence)


def _is_known(framework: Framework, part: DimensionScore) -> bool:
    """Whether enough of a dimension is assessed to say anything of it."""
    enough = framework.overall.minimum_coverage if framework.overall else 0.0
    return part.score is not None and (part.coverage or 0.0) >= enough


def _words_for(framework: Framework, part: DimensionScore) -> str:
    """The words of the band a score is in, `{noun}` still in them; none if it is not known or below every band."""
    if part.score is None or not _is_known(framework, part):
        return ""
    bands = sorted(framework.bands, key=lambda band: -band.from_)
    return next((band.words for band in bands if part.score >= band.from_), "")


def _listed(nouns: list[str]) -> str:
    if len(nouns) == 1:
        return nouns[0]
    return VERDICT["list-and"].format(first=VERDICT["list-comma"].join(nouns[:-1]), last=nouns[-1])
