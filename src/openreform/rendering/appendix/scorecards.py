"""A scorecard for each reform: verdict, bars, criteria with what earned them, gates, faults, what to write next."""

from collections.abc import Iterator

from openreform import __version__
from openreform.assessment import (
    SIDES,
    Assessment,
    DimensionResult,
    Evidence,
    Excepted,
    Fact,
    Finding,
    GateResult,
    Side,
    SideFinding,
    Step,
)
from openreform.framework import Resource
from openreform.messages.appendix import ANNEX
from openreform.messages.reports import TEXT, said
from openreform.messages.robustness import ROBUST
from openreform.paper import Bar, Bullets, Figure, Line, Paragraph, Part, Words
from openreform.rendering import faults, robustness
from openreform.rendering.appendix.advancing import progress_parts
from openreform.rendering.appendix.comparing import bar_words, shown
from openreform.rendering.appendix.opening import assessed_words, place_of, stage_of
from openreform.rendering.appendix.writing import (
    Cell,
    Writing,
    bullets,
    joined,
    paragraph,
    refer,
    say,
    with_marks,
    with_places,
)
from openreform.rendering.citations import Source
from openreform.rendering.citing import levels_in_words
from openreform.rendering.text import (
    after_all,
    counts,
    earned_by,
    foreshadowed,
    irm_codes,
    number,
    reach_words,
    star_words,
    tailored_lines,
    worth,
)

_RESULTS: tuple[GateResult, ...] = ("passed", "failed", "undecided", "not-applicable")
_MOST_SHOWN = 3


def scorecards(writing: Writing) -> Iterator[Part]:
    """All of them, in the order assessed."""
    yield writing.heading(1, ANNEX["scorecards"], "scorecards")
    told = next((note for part in writing.content.assessments if (note := robustness.note(part))), "")
    if told:
        yield paragraph(ANNEX["topic"].format(heading=ROBUST["heading"]), told, note=True)
    for position, assessment in enumerate(writing.content.assessments, start=1):
        yield from _Scorecard(writing, assessment, position).parts()


class _Scorecard:
    """One reform; its anchors begin with its place in the run, as its id may hold anything a Word bookmark may not."""

    def __init__(self, writing: Writing, assessment: Assessment, position: int) -> None:
        self._writing = writing
        self._assessment = assessment
        self._name = writing.content.name(assessment)
        self._anchor = f"scorecard-{position}"
        self._shows: dict[str, list[Evidence]] = {}
        for evidence in assessment.evidence:
            for place in evidence.supports:
                self._shows.setdefault(place.path, []).append(evidence)

    def parts(self) -> Iterator[Part]:
        """The scorecard from its heading to where it comes from."""
        assessment = self._assessment
        yield self._writing.heading(2, self._name, self._anchor)
        yield paragraph(Words(assessment.verdict, strong=True))
        yield from self._head()
        tables = [refer(self._table_of(at)) for at in range(len(assessment.dimensions))]
        yield Paragraph(with_places(ANNEX["shown-in"], figure=[refer(f"{self._anchor}-figure")], tables=tables))
        yield self._figure()
        for at, dimension in enumerate(assessment.dimensions):
            yield self._criteria(dimension, self._table_of(at))
        yield from self._gates()
        yield from self._ranges()
        yield from progress_parts(self._writing, assessment, self._anchor)
        yield from self._heard()
        yield from self._drafting()
        yield from self._next()
        yield paragraph(
            ANNEX["provenance"].format(
                document=assessment.digest, framework=assessment.framework_digest, version=__version__
            ),
            note=True,
        )

    def _heading(self, key: str) -> Part:
        text = TEXT[key] if key in {"irm", "foreshadowed"} else self._writing.content.said(key)
        return self._writing.heading(3, text, f"{self._anchor}-{key}")

    # --- The head ---

    def _head(self) -> Iterator[Part]:
        assessment = self._assessment
        day = ANNEX["as-of"].format(date=assessment.as_of) if assessment.as_of else ""
        about = [
            ANNEX["id"].format(id=assessment.reform_id),
            place_of(assessment, self._writing),
            stage_of(assessment),
            assessed_words(assessment),
            f"{assessment.framework_id} {assessment.framework_version}",
            day,
        ]
        yield paragraph(ANNEX["about"].join(part for part in about if part), note=True)
        if assessment.overall_title:
            title = Words(ANNEX["whole-title"].format(title=assessment.overall_title), strong=True)
            yield paragraph(title, ANNEX["lines"].join(self._side(side) for side in SIDES))
        else:
            yield paragraph(f"{TEXT['no-whole']}{ANNEX['stop']}")
        if self._practice_exceeds():
            yield paragraph(TEXT["practice-note"].format(**counts(assessment, "practice")), note=True)

    def _practice_exceeds(self) -> bool:
        """Whether a mean of the practice stands above that of the promise, which has to be explained."""
        pairs = [
            (part.promise.score, part.practice.score if part.practice else None) for part in self._assessment.dimensions
        ]
        return any((practice or 0.0) > (promise or 0.0) for promise, practice in pairs)

    def _side(self, side: Side) -> str:
        overall = self._assessment.overall(side)
        key = "whole-side" if overall.score is not None else "whole-no-score"
        says = ANNEX[key].format(
            side=TEXT[side], score=number(overall.score), note=overall.note, **counts(self._assessment, side)
        )
        if overall.score is None or number(overall.high) == number(overall.score):
            return says
        span = ANNEX["whole-range"].format(high=number(overall.high))
        return ANNEX["lines"].join((says, span))

    # --- The figure ---

    def _figure(self) -> Figure:
        """Bars of each dimension; its caption says where the reform is strong and weak."""
        dimensions = self._assessment.dimensions
        sides: list[Side] = [side for side in SIDES if any(part.side(side) for part in dimensions)]
        bars = []
        told = []
        rows: list[list[Cell]] = []
        for part in dimensions:
            scores = {side: found.score for side in sides if (found := part.side(side))}
            bars += [Bar(part.title, side, score, shown(score)) for side, score in scores.items()]
            told.append(bar_words(part.title, *(shown(score) for score in scores.values())))
            row: list[Cell] = [part.title]
            for side in sides:
                row += [number(scores.get(side)), reach_words(part, side) if part.side(side) else ANNEX["none"]]
            rows.append(row)
        columns = [ANNEX["dimension"]]
        for side in sides:
            columns += [TEXT[side], ANNEX["above"].format(side=TEXT[side])]
        anchor = self._writing.anchor(f"{self._anchor}-figure")
        table = self._writing.table(
            ANNEX["numbers-caption"], f"{self._anchor}-numbers", columns, rows, numbers=range(1, len(columns), 2)
        )
        legend = tuple((side, TEXT[side]) for side in sides)
        description = ANNEX["bars-of"].format(bars=ANNEX["lines"].join(told))
        return Figure(0, self._caption(), anchor, description, legend, tuple(bars), table)

    def _caption(self) -> str:
        scored = [
            (part.promise.score, part.title) for part in self._assessment.dimensions if part.promise.score is not None
        ]
        if not scored:
            return ANNEX["figure-nothing"].format(title=self._name)
        high, best = max(scored, key=lambda each: each[0])
        low, worst = min(scored, key=lambda each: each[0])
        key = "figure-one" if len(scored) == 1 else "figure-even" if number(high) == number(low) else "figure-highest"
        caption = ANNEX[key].format(
            title=self._name, best=best, high=number(high), worst=worst, low=number(low), only=best, score=number(high)
        )
        return self._practised(caption)

    def _practised(self, caption: str) -> str:
        """The caption with how much of what is promised is practised.

        Means of the two sides are over different criteria, so that their difference would say nothing.
        """
        dimensions = [part for part in self._assessment.dimensions if part.practice]
        promised = [
            finding for part in dimensions for finding in part.findings if finding.practice and finding.promise.level
        ]
        if not promised:
            return caption
        if all(part.practice is None or part.practice.score is None for part in dimensions):
            return ANNEX["figure-no-practice"].format(caption=caption)
        alike = [each for each in promised if each.practice and each.practice.level == each.promise.level]
        return ANNEX["figure-practised"].format(caption=caption, all=len(promised), count=len(alike))

    # --- Criteria ---

    def _table_of(self, position: int) -> str:
        """The anchor of the table of a dimension, by the place of it."""
        return f"{self._anchor}-dimension-{position + 1}"

    def _criteria(self, dimension: DimensionResult, anchor: str) -> Part:
        """A table of the criteria of one dimension."""
        has_practice = any(finding.practice for finding in dimension.findings)
        sides: list[Side] = ["promise", "practice"] if has_practice else ["promise"]
        columns = [ANNEX["criterion"], *(TEXT[side] for side in sides), ANNEX["earned"], ANNEX["missing"]]
        rows: list[list[Cell]] = []
        for finding in dimension.findings:
            levels = [_level(finding.side(side), finding.rungs) for side in sides]
            named = ANNEX["named"].format(id=finding.id, title=finding.title)
            rows.append([named, *levels, self._earned(finding), say(_missing(finding))])
        assessed = [part.promise.level for part in dimension.findings if part.promise.level is not None]
        above = sum(1 for level in assessed if level)
        key = "criteria-of-above" if above else "criteria-of-none" if assessed else "criteria-of"
        caption = ANNEX[key].format(dimension=dimension.title, above=above, all=len(assessed))
        return self._writing.table(caption, anchor, columns, rows)

    def _earned(self, finding: Finding) -> Line:
        """The facts of the level reached, what shows each, and the evidence of that."""
        if finding.promise.level is None:
            return say(ANNEX["none"])
        line = joined((self._fact(fact) for fact in earned_by(finding.promise)), ANNEX["facts"])
        return line or say(ANNEX["nothing"])

    def _fact(self, fact: Fact) -> Line:
        names = list(dict.fromkeys(place.name for place in fact.places if place.name != place.path))
        evidence = [each for place in fact.places for each in self._shows.get(place.path, ())]
        marks = self._writing.cite(evidence)
        if not names:
            return with_marks(say(fact.says), marks)
        listed = ANNEX["facts"].join(names[:_MOST_SHOWN])
        if len(names) > _MOST_SHOWN:
            listed = ANNEX["and-more"].format(shown=listed, count=len(names) - _MOST_SHOWN)
        shown_by = say(f"{ANNEX['fact-shown'].format(says=fact.says)}{listed}")
        return (*with_marks(shown_by, marks), Words(ANNEX["fact-end"]))

    # --- Beside the score ---

    def _gates(self) -> Iterator[Part]:
        gates = self._assessment.gates
        if not gates:
            return
        results = [gate.result for gate in gates]
        found = [
            ANNEX[f"gates-{result}"].format(count=results.count(result)) for result in _RESULTS if result in results
        ]
        rows = [(gate.title, TEXT[f"gate-{gate.result}"], gate.reason) for gate in gates]
        columns = (ANNEX["gate"], ANNEX["result"], ANNEX["why"])
        caption = ANNEX["gates-result"].format(counts=ANNEX["list-comma"].join(found))
        yield self._writing.table(caption, f"{self._anchor}-gates", columns, rows)

    def _ranges(self) -> Iterator[Part]:
        """How far the scores move; the heading that says what that is stands above all scorecards."""
        rows = robustness.rows(self._assessment)
        if rows:
            columns = (ROBUST["what"], ROBUST["score"], ROBUST["range"])
            yield self._writing.table(ROBUST["caption"], f"{self._anchor}-ranges", columns, rows, numbers=(1, 2))
        if lines := robustness.sentences(self._assessment):
            yield bullets(lines)

    def _heard(self) -> Iterator[Part]:
        """Another yardstick's result, and what others say: bad news, codes of the IRM, what the IRM would likely say."""
        assessment = self._assessment
        if assessment.tailored:
            yield self._heading("tailored")
            yield bullets(tailored_lines(assessment.tailored))
        if assessment.concerns:
            yield self._heading("concerns")
            yield Bullets(
                tuple(
                    with_marks(say(part.text), self._writing.cite(self._shows.get(part.place.path, ())))
                    for part in assessment.concerns
                )
            )
        if assessment.irm:
            yield self._heading("irm")
            yield paragraph(ANNEX["irm-note"])
            yield bullets(irm_codes(assessment))
            if assessment.stars:
                yield paragraph(TEXT["stars-note"])
                yield bullets(map(star_words, assessment.stars))
        if assessment.foreshadowed:
            yield self._heading("foreshadowed")
            yield paragraph(TEXT["foreshadowed-note"])
            yield bullets(foreshadowed(assessment, _MOST_SHOWN))

    def _drafting(self) -> Iterator[Part]:
        """Faults counted, exceptions told, and what could not be read yet."""
        assessment = self._assessment
        yield self._heading("faults")
        found = faults.standing(assessment)
        says = (
            [ANNEX["faults-counted"].format(counts=faults.counted(found)), ANNEX["faults-check"]]
            if found
            else [ANNEX["faults-none"]]
        )
        holding = len(assessment.placeholders)
        if holding:
            says.append(ANNEX["placeholders-one" if holding == 1 else "placeholders"].format(count=holding))
        if assessment.undescribed:
            says.append(
                ANNEX["waiting-for" if assessment.waiting else "waiting"].format(
                    sections=ANNEX["list-comma"].join(assessment.undescribed.sections),
                    criteria=ANNEX["list-comma"].join(assessment.waiting),
                )
            )
        if not assessment.exceptions:
            says.append(ANNEX["exceptions-none"])
        yield paragraph(ANNEX["lines"].join(says))
        if assessment.exceptions:
            yield paragraph(ANNEX["exceptions"])
            yield bullets(map(_exception, assessment.exceptions))

    # --- Next ---

    def _next(self) -> Iterator[Part]:
        assessment = self._assessment
        steps = assessment.steps
        yield self._heading("next")
        if steps.promise:
            yield paragraph(said(TEXT, "next-note", assessment.document))
            yield Bullets(tuple(map(self._step, steps.promise)), numbered=True)
            yield paragraph(after_all(assessment))
        else:
            yield paragraph(ANNEX["nothing-next"])
        if steps.practice:
            yield paragraph(ANNEX["practice-next"])
            yield bullets(
                ANNEX["practice-step"].format(id=step.criterion, title=step.title, says=step.says)
                for step in steps.practice
            )

    def _step(self, step: Step) -> Line:
        """What to write, what it gains, a case that does it, and what to read."""
        head = ANNEX["step"].format(id=step.criterion, title=step.title, level=step.level)
        line = [
            Words(head, strong=True),
            Words(f"{step.says.rstrip('.')}{ANNEX['step-worth'].format(worth=worth(step, self._assessment))}"),
        ]
        if step.precedent:
            case = step.precedent.case
            link = f"#case-{case.id}" if "cases" in self._writing.picked else None
            levels = levels_in_words(step.precedent)
            line += [
                Words(ANNEX["step-case"]),
                Words(case.title, link=link),
                Words(ANNEX["step-case-level"].format(levels=levels)),
            ]
        criterion = self._writing.content.framework_of(self._assessment).criterion(step.criterion)
        marks = self._writing.cite(map(_as_source, criterion.resources)) if criterion else ()
        if marks:
            line += with_marks(say(ANNEX["step-read"]), marks)
        return tuple(line)


def _as_source(resource: Resource) -> Source:
    return Source(title=resource.title, url=resource.url)


def _level(side: SideFinding | None, rungs: int) -> str:
    """A level for a table: the number, how high it could be, or that there is none."""
    if side is None:
        return ANNEX["none"]
    if side.level is None:
        return TEXT[side.outcome]
    words = "level-range" if (side.high or 0) > side.level else "level-of"
    return ANNEX[words].format(level=side.level, rungs=rungs, high=side.high)


def _missing(finding: Finding) -> str:
    """What the next level lacks, on both sides, or why nothing was assessed."""
    promise, practice = finding.promise, finding.practice
    if promise.level is None:
        return promise.reason or ANNEX["none"]
    parts = [*promise.missing] or ([ANNEX["highest"]] if promise.level == finding.rungs else [ANNEX["nothing"]])
    says = ANNEX["facts"].join(parts)
    if practice is None or not promise.level or (practice.level or 0) >= promise.level:
        return says
    lacks = [part for part in practice.missing if part not in promise.missing]
    what = practice.reason or ANNEX["facts"].join(lacks)
    if not what:
        return says
    return f"{says}{ANNEX['stop']}{ANNEX['lines']}{ANNEX['practice-missing'].format(what=what)}"


def _exception(made: Excepted) -> str:
    told = made.exemption
    end = "exception-no-end" if not told.end else "exception-over" if made.ended else "exception-until"
    by = ANNEX["exception-by"].format(by=told.by) if told.by else ANNEX["exception-nobody"]
    where = ANNEX["exception-where"].format(where=ANNEX["list-comma"].join(made.where)) if made.where else ""
    return ANNEX["exception"].format(
        title=ANNEX["named"].format(id=made.id, title=made.title),
        where=where,
        because=(told.because or ANNEX["exception-no-reason"]).rstrip("."),
        by=by.rstrip("."),
        end=ANNEX[end].format(end=told.end),
    )
