"""An assessment as text for a terminal, 80 columns wide."""

from collections.abc import Callable, Iterable, Iterator
from itertools import groupby
from typing import NamedTuple

from openreform.assessment import (
    SIDES,
    Assessment,
    Counterpart,
    DimensionResult,
    Fact,
    Finding,
    Foreshadowed,
    Gate,
    Lack,
    OverallScore,
    Place,
    Side,
    SideFinding,
    Star,
    Step,
    Tailored,
)
from openreform.framework import DEFAULT_FRAMEWORK
from openreform.messages.fields import IRM
from openreform.messages.reports import JOIN, LACKS, NEEDS, TEXT, VERDICT, said
from openreform.plaintext import begun
from openreform.ranges import Ranks
from openreform.rendering import faults, progress, robustness
from openreform.rendering.citing import cited
from openreform.rendering.layout import BAR_WIDTH, WIDTH, Page, bar, padded, short
from openreform.rendering.layout import number as shown_number

_TITLE_WIDTH = 25
_ID_WIDTH = 26
_NUMBER_WIDTH = 9
_CELL_WIDTH = 9
_MOST_PLACES = 3
_STYLES = {"passed": "green", "failed": "red", "undecided": "yellow", "not-applicable": "dim"}


number = shown_number
"""A score as people read it."""

Ranked = Callable[[], Ranks | None]
"""Gives the order of all reforms, once they went by."""


class Told(NamedTuple):
    """What is told of one reform: its page, its line of the table of all, the heads of that table, the yardstick."""

    page: Page
    row: tuple[str, list[float | None]]
    titles: list[str]
    method: str


def report(assessments: Iterable[Assessment], *, full: bool = False, ranked: Ranked | None = None) -> Iterator[str]:
    """The reports of several reforms as plain text; arguments as for `pages`."""
    return (page.text() for page in pages(assessments, full=full, ranked=ranked))


def pages(
    assessments: Iterable[Assessment], width: int = WIDTH, *, full: bool = False, ranked: Ranked | None = None
) -> Iterator[Page]:
    """A page for each reform; after several a table of them all; at the end, once, what the yardstick is.

    Args:
        assessments: one by one; none is kept.
        width: of a line, in cells.
        full: whether what earns each level is told too.
        ranked: gives how well the order of all holds; asked for at the end.
    """
    return together((told(assessment, width, full=full) for assessment in assessments), width, ranked)


def told(assessment: Assessment, width: int = WIDTH, *, full: bool = False) -> Told:
    """What `pages` needs of one reform."""
    whole = SIDES if assessment.overall_title else ()
    scores = [assessment.overall(side).score for side in whole]
    return Told(
        render(assessment, width, full=full),
        (assessment.reform_id, [*scores, *(part.promise.score for part in assessment.dimensions)]),
        [*(TEXT[side] for side in whole), *(part.id for part in assessment.dimensions)],
        TEXT["method"].format(
            title=assessment.framework_title,
            version=assessment.framework_version,
            attribution=assessment.framework_attribution,
        ),
    )


def together(reforms: Iterable[Told], width: int = WIDTH, ranked: Ranked | None = None) -> Iterator[Page]:
    """`pages` of what was told of each."""
    rows: list[tuple[str, list[float | None]]] = []
    method = ""
    titles: list[str] = []
    for page, row, titles, method in reforms:  # noqa: B007  # the last ones are used below
        if rows:
            page.lines.insert(0, ("", ""))
        yield page
        rows.append(row)
    last = Page(width)
    if len(rows) > 1:
        last.heading(TEXT["together"])
        cell = _NUMBER_WIDTH if _ID_WIDTH + _NUMBER_WIDTH * len(titles) <= width else _NUMBER_WIDTH - 1
        beside = max(0, min(_ID_WIDTH, width - cell * len(titles)))
        last.add("".join([padded("", beside), *(f"{title:>{cell}}" for title in titles)]))
        for ident, numbers in rows:
            last.add("".join([padded(ident, beside), *(f"{number(score):>{cell}}" for score in numbers)]))
    ranks = ranked() if ranked else None
    if ranks:
        robustness.add_ranks(last, ranks)
    if method:
        last.add()
        last.add(method, style="dim")
    yield last


def render(assessment: Assessment, width: int = WIDTH, *, full: bool = False) -> Page:
    """The report of one reform; `full` adds what earns each level, line by line."""
    page = Page(width)
    page.add(assessment.title, style="bold")
    day = TEXT["as-of"].format(date=assessment.as_of) if assessment.as_of else None
    about = [assessment.reform_id, assessment.stage, assessment.country, assessment.path, day]
    page.add(" · ".join(part for part in about if part), style="dim")
    page.add()
    page.add(assessment.verdict)
    _whole(page, assessment)
    page.add()
    for dimension in assessment.dimensions:
        _dimension(page, dimension)
    page.add()
    longest = max((len(part.id) for dimension in assessment.dimensions for part in dimension.findings), default=0)
    for dimension in assessment.dimensions:
        page.add(_levels(dimension, max(_CELL_WIDTH, longest + 7)))
    page.add(TEXT["levels-note"].format(most=_rungs(assessment)), style="dim")
    if (assessment.practice.score or 0.0) > (assessment.promise.score or 0.0):
        page.add(TEXT["practice-note"].format(**counts(assessment, "practice")), style="dim")
    claimed = [dimension for dimension in assessment.dimensions if dimension.claimed]
    if claimed:
        shown = [TEXT["claim-shown"].format(title=part.title, score=number(part.promise.score)) for part in claimed]
        page.add(TEXT["claims"].format(claims=", ".join(shown)), hang=2)
    if assessment.tailored:
        page.heading(TEXT["tailored"])
        for line in tailored_lines(assessment.tailored):
            page.add(line, indent=2, hang=4)
    _open_points(page, assessment)
    _foreshadowed(page, assessment, None if full else _MOST_PLACES)
    if assessment.gates:
        page.heading(TEXT["gates"])
    for gate in assessment.gates:
        _gate(page, gate)
    robustness.add_to(page, assessment)
    if assessment.concerns:
        page.heading(TEXT["concerns"])
    for concern in assessment.concerns:
        line = TEXT["concern"].format(kind=concern.kind, line=concern.place.line, text=concern.text)
        page.add(line, indent=2, hang=4, style="yellow")
    progress.add_to(page, assessment, full=full)
    faults.add_to(page, assessment, full=full)
    _recorded(page, assessment)
    _steps(page, assessment)
    if full:
        _criteria(page, assessment)
    else:
        page.add()
        page.add(TEXT["full"].format(**_to_explain(assessment)), style="dim")
    return page


def _whole(page: Page, assessment: Assessment) -> None:
    """Both sides of the whole and who assessed; where there is no whole, that there is none."""
    if not assessment.overall_title:
        page.heading(TEXT["no-whole"])
        page.add(assessed_by(assessment), indent=2, hang=4, style="dim")
        return
    page.heading(assessment.overall_title)
    for side in SIDES:
        page.add(f"{padded(TEXT[side], 10)}{_overall(assessment, side)}", indent=2, hang=12)
    page.add(assessed_by(assessment, with_role=False), indent=12, style="dim")


def _foreshadowed(page: Page, assessment: Assessment, most: int | None) -> None:
    if assessment.foreshadowed:
        page.heading(TEXT["foreshadowed"])
        page.add(TEXT["foreshadowed-note"], style="dim")
    for line in foreshadowed(assessment, most):
        page.add(line, hang=3)


def _recorded(page: Page, assessment: Assessment) -> None:
    """The codes of the IRM that the document records, and what the rules of its star make of them."""
    if assessment.irm:
        page.heading(TEXT["irm"])
        page.add(TEXT["irm-note"], style="dim")
        page.add("; ".join(irm_codes(assessment)), hang=2)
    if assessment.stars:
        page.add(TEXT["stars-note"], style="dim")
    for star in assessment.stars:
        page.add(star_words(star), hang=2)


def _to_explain(assessment: Assessment) -> dict[str, str]:
    """A criterion to explain, and how to name the framework where it is not the default one."""
    findings = (finding.id for dimension in assessment.dimensions for finding in dimension.findings)
    option = "" if assessment.framework_id == DEFAULT_FRAMEWORK else TEXT["full-framework"]
    return {"id": next(findings, ""), "option": option}


def _levels(dimension: DimensionResult, width: int) -> str:
    """The level of every criterion of a dimension in one line: practice behind the stroke, + where more is not known."""
    cells = []
    for finding in dimension.findings:
        sides = [_level(part) for side in SIDES if (part := finding.side(side))]
        shown = sides[0] if len(sides) == 1 or sides[1] == TEXT["no-score"] else "/".join(sides)
        cells.append(padded(f"{finding.id} {shown}", width))
    return "".join(cells).rstrip()


def _rungs(assessment: Assessment) -> str:
    """How many levels the criteria have: one number, or all there are."""
    counts = sorted({finding.rungs for dimension in assessment.dimensions for finding in dimension.findings})
    *others, last = map(str, counts)
    first = VERDICT["list-comma"].join(others)
    return TEXT["levels-or"].format(first=first, last=last) if others else last


def _level(part: SideFinding) -> str:
    if part.level is None:
        return TEXT["no-score"]
    return f"{part.level}{'+' if (part.high or 0) > part.level else ''}"


def assessed_by(assessment: Assessment, *, with_role: bool = True) -> str:
    """Who assessed, in what role, when, with what."""
    told = assessment.assessor
    role = TEXT[f"role-{told.role}"] if with_role else None
    framework = f"{assessment.framework_id} {assessment.framework_version}"
    return ", ".join(part for part in (role, told.name, told.date, framework) if part)


def _overall(assessment: Assessment, side: Side) -> str:
    overall: OverallScore = assessment.overall(side)
    scored = TEXT["scored"].format(score=number(overall.score)) if overall.score is not None else number(None)
    parts = [scored, TEXT[f"role-{assessment.assessor.role}"]]
    if overall.note:
        parts.append(overall.note)
    if overall.score is not None and overall.high is not None and f"{overall.high:.1f}" != f"{overall.score:.1f}":
        parts.append(TEXT["range"].format(low=number(overall.low), high=number(overall.high)))
    parts.append(TEXT["coverage"].format(**counts(assessment, side)))
    return ", ".join(parts)


def counts(assessment: Assessment, side: Side) -> dict[str, int]:
    """How many criteria of the whole were assessed on one side, of how many that apply; of all where there is no whole."""
    parts = [
        part
        for dimension in assessment.dimensions
        if dimension.in_overall or not assessment.overall_title
        for finding in dimension.findings
        if (part := finding.side(side)) and part.outcome != "not-applicable"
    ]
    return {"assessed": sum(1 for part in parts if part.level is not None), "all": len(parts)}


def _dimension(page: Page, dimension: DimensionResult) -> None:
    for side in SIDES:
        score = dimension.side(side)
        if score is None:
            continue
        title = dimension.title if side == "promise" else f"  {TEXT['practice'].lower()}"
        shown = f"{number(score.score):>6} {bar(score.score)} {reach_words(dimension, side)}"
        line = f"{padded(title, _TITLE_WIDTH)}{shown}"
        page.add(line, hang=_TITLE_WIDTH + 8 + BAR_WIDTH, style="" if side == "promise" else "dim")


def assessed_in(dimension: DimensionResult, side: Side) -> int:
    """How many criteria of a dimension were assessed on one side."""
    return len(_levels_in(dimension, side))


def reach_words(dimension: DimensionResult, side: Side) -> str:
    """Reach and strength in words: how many criteria are above 0, counted whatever their weight, and at what mean level."""
    score, levels = dimension.side(side), _levels_in(dimension, side)
    if score is None or score.reach is None or not levels:
        return TEXT["reach-unknown"]
    if score.strength is None:
        return TEXT["reach-none"].format(all=len(levels))
    above = sum(1 for level in levels if level)
    return TEXT["reach"].format(above=above, all=len(levels), strength=f"{score.strength:.1f}")


def _levels_in(dimension: DimensionResult, side: Side) -> list[int]:
    found = [finding.side(side) for finding in dimension.findings]
    return [part.level for part in found if part and part.level is not None]


# --- Criteria ---------------------------------------------------------------------------------------------


def _criteria(page: Page, assessment: Assessment) -> None:
    findings = [finding for dimension in assessment.dimensions for finding in dimension.findings]
    addressed = [finding for finding in findings if finding.promise.level]
    if addressed:
        page.heading(TEXT["criteria"])
    for finding in addressed:
        _criterion(page, finding, assessment.crosswalk(finding.id))


def _open_points(page: Page, assessment: Assessment) -> None:
    """What is not addressed, not assessed, not applicable, each in one line; and which lines only hold a place."""
    findings = [finding for dimension in assessment.dimensions for finding in dimension.findings]
    absent = [finding for finding in findings if finding.promise.outcome == "absent"]
    could = [finding for finding in absent if finding.promise.high]
    page.add()
    for heading, shown in (
        ("not-addressed", ", ".join(finding.id for finding in absent if finding not in could)),
        ("not-known", ", ".join(TEXT["up-to"].format(id=part.id, high=part.promise.high) for part in could)),
        ("not-assessed", "; ".join(_named(part) for part in not_assessed(assessment))),
        ("not-applicable", "; ".join(_named(part) for part in findings if part.promise.outcome == "not-applicable")),
    ):
        if shown:
            title = TEXT[heading]
            page.add(f"{begun(title)}: {shown}", hang=2)
    if assessment.undescribed:
        page.add(waiting(assessment), hang=2)
    if assessment.placeholders:
        page.add()
        lines = ", ".join(str(place.line) for place in assessment.placeholders)
        page.add(TEXT["placeholders"].format(lines=lines), hang=2, style="yellow")


def not_assessed(assessment: Assessment) -> list[Finding]:
    """The criteria whose promise is not assessed, apart from those that wait for a section: one remark tells of them."""
    findings = [finding for dimension in assessment.dimensions for finding in dimension.findings]
    return [part for part in findings if part.promise.outcome == "not-assessed" and not part.promise.waits_for]


def waiting(assessment: Assessment) -> str:
    """Which sections are not described yet, and which criteria wait for them; empty if there are none."""
    if assessment.undescribed is None:
        return ""
    ids = assessment.waiting
    return TEXT["waiting" if ids else "not-waited-for"].format(
        line=assessment.undescribed.place.line,
        sections=", ".join(assessment.undescribed.sections),
        criteria=", ".join(_runs(assessment, set(ids))),
    )


def _runs(assessment: Assessment, ids: set[str]) -> Iterator[str]:
    """Ids in their order, three or more in a row of one dimension as first and last."""
    for dimension in assessment.dimensions:
        for together, group in groupby(dimension.findings, key=lambda finding: finding.id in ids):
            run = [finding.id for finding in group] if together else []
            if len(run) > 2:
                yield TEXT["run"].format(first=run[0], last=run[-1])
            else:
                yield from run


def irm_codes(assessment: Assessment) -> list[str]:
    """The codes of the IRM that the document records, in words."""
    return [
        TEXT["irm-code"].format(
            code=IRM[code],
            value=value.replace("-", " ") if isinstance(value, str) else TEXT["irm-yes" if value else "irm-no"],
        )
        for code, value in assessment.irm
    ]


def star_words(star: Star) -> str:
    """What a star's rule makes of the recorded codes, and why; what is recorded of it."""
    answers = {True: TEXT["irm-yes"], False: TEXT["irm-no"], None: TEXT["star-undecided"]}
    result, recorded = answers[star.by_rule], TEXT["star-not-recorded"]
    if star.fails:
        why = TEXT["star-fails"].format(facts=JOIN["facts"].join(star.fails))
        result = TEXT["star-why"].format(result=result, why=why)
    elif star.lacks:
        why = TEXT["star-lacks"].format(codes=JOIN["facts"].join(IRM[code] for code in star.lacks))
        result = TEXT["star-why"].format(result=result, why=why)
    if star.recorded is not None:
        recorded = TEXT["star-recorded"].format(result=answers[star.recorded])
    return TEXT["star"].format(title=star.title, result=result, recorded=recorded)


# --- What others would likely say ----------------------------------------------------------------------------


def foreshadowed(assessment: Assessment, most: int | None = None) -> list[str]:
    """A sentence for each criterion, with what is lacking and where, `most` places each; last, what nothing can be said of."""
    said = [part for part in assessment.foreshadowed if part.level is not None]
    unsaid: dict[str, list[str]] = {}
    for part in assessment.foreshadowed:
        if part.level is None:
            unsaid.setdefault(part.says, []).append(f"{part.criterion} {part.title}")
    lines = [f"{part.criterion} {_likely(part, most)}" for part in said]
    lines += [
        TEXT["foreshadowed-unknown"].format(criteria=VERDICT["list-comma"].join(named), reason=reason)
        for reason, named in unsaid.items()
    ]
    return lines


def _likely(part: Foreshadowed, most: int | None) -> str:
    says = begun(part.says.rstrip("."))
    if part.could_be:
        could = part.could_be.rstrip(".")
        says = TEXT["foreshadowed-could"].format(says=says, could=could[:1].lower() + could[1:])
    lacking = JOIN["facts"].join(_lacking(fact, most) for fact in part.lacking)
    if not lacking:
        return says
    named = all(fact.otherwise for fact in part.lacking)
    words = "foreshadowed-take" if not named else "foreshadowed-more" if part.level else "foreshadowed-why"
    return TEXT[words].format(says=says, lacking=lacking)


def _lacking(fact: Fact, most: int | None) -> str:
    """What is lacking, or else what it would take: of what is asked of each entry, which ones; else what came nearest."""
    says = fact.otherwise or fact.says
    places = lacking_places(fact)
    if not places:
        return says
    if not fact.of_each:
        return TEXT["lacking"].format(says=says, where=missing_words(fact))
    where = JOIN["facts"].join(
        TEXT["shown-by"].format(line=place.line, name=short(place.name)) for place in places[:most]
    )
    if most and len(places) > most:
        where = TEXT["lacking-more"].format(places=where, count=len(places) - most)
    return TEXT["lacking"].format(says=says, where=where)


def lacking_places(fact: Fact) -> tuple[Place, ...]:
    """The entries that lack something, in the order of the document; of what one entry is enough for, the nearest."""
    miss = fact.nearest
    if miss is None:
        return ()
    if fact.of_each:
        return tuple(sorted((miss.place, *miss.others), key=lambda place: (place.line, place.column)))
    return () if miss.is_another_thing else (miss.place,)


def tailored_lines(tailored: Tailored) -> list[str]:
    """How the framework differs from the one it is made from, and what that one makes of the same reform."""
    other = tailored.untailored
    lines = [TEXT["tailored-from"].format(id=tailored.framework_id, version=tailored.framework_version)]
    lines += [
        TEXT["tailored-weight"].format(id=ident, title=title, old=f"{old:g}", new=f"{new:g}")
        for ident, title, old, new in tailored.reweighted
    ]
    lines += [
        TEXT["tailored-dropped"].format(id=ident, title=title, reason=reason)
        for ident, title, reason in tailored.dropped
    ]
    lines += [TEXT["tailored-added"].format(id=ident, title=title) for ident, title in tailored.added]
    for side in SIDES:
        scores = [(other.overall_title, other.overall(side).score)] if other.overall_title else []
        scores += [(part.title, found.score) for part in other.dimensions if (found := part.side(side))]
        shown = ", ".join(TEXT["after-score"].format(title=title, score=number(score)) for title, score in scores)
        lines.append(TEXT[f"untailored-{side}"].format(scores=shown))
    return lines


def _named(finding: Finding) -> str:
    """Id and title; with the reason where it was not assessed or does not apply."""
    if finding.promise.level is None and finding.promise.reason:
        return TEXT["reason"].format(id=finding.id, title=finding.title, reason=finding.promise.reason)
    return f"{finding.id} {finding.title}"


def _criterion(page: Page, finding: Finding, counterparts: tuple[Counterpart, ...]) -> None:
    sides = [
        f"{TEXT[side].lower()} {level_words(part, finding.rungs)}" for side in SIDES if (part := finding.side(side))
    ]
    page.add(f"{finding.id} {finding.title}: {', '.join(sides)}", hang=3)
    for fact in earned_by(finding.promise):
        page.add(f"+ {fact.says}{_shown(fact)}", indent=3, hang=5, style="green")
    _missing(page, finding.promise, "missing")
    practice = finding.practice
    if practice and practice.level is not None and practice.level < (finding.promise.level or 0):
        if practice.reason:
            page.add(f"- {TEXT['practice-reason'].format(reason=practice.reason)}", indent=3, hang=5)
        _missing(page, practice, "missing-practice")
    if counterparts:
        page.add(counterpart_names(counterparts), indent=3, hang=5, style="dim")


def counterpart_names(counterparts: tuple[Counterpart, ...]) -> str:
    """Which criteria of other frameworks answer to one, each once; how, `explain` tells."""
    names = dict.fromkeys(TEXT["counterpart"].format(name=part.name, title=part.title) for part in counterparts)
    return TEXT["counterparts"].format(names=", ".join(names))


def _missing(page: Page, part: SideFinding, words: str) -> None:
    for fact in part.unmet:
        level = part.next.level if part.next else ""
        page.add(f"- {TEXT[words].format(level=level, says=fact.says)}", indent=3, hang=5)
        if fact.nearest:
            page.add(missing_words(fact), indent=5, style="dim")


def earned_by(part: SideFinding) -> list[Fact]:
    """The facts of the rung reached."""
    return [fact for fact in part.met if fact.rung == part.level]


def level_words(part: SideFinding, rungs: int) -> str:
    """A level in words, or why there is none."""
    if part.level is None:
        return TEXT[part.outcome]
    if part.high is not None and part.high > part.level:
        return TEXT["level-range"].format(level=part.level, rungs=rungs, high=part.high)
    return TEXT["level"].format(level=part.level, rungs=rungs)


def _shown(fact: Fact) -> str:
    if not fact.places:
        return ""
    places = [TEXT["shown-by"].format(line=place.line, name=short(place.name)) for place in fact.places[:3]]
    more = len(fact.places) - len(places)
    return f" ({'; '.join(places)}{f' +{more}' if more else ''})"


def missing_words(fact: Fact) -> str:
    """The element that came nearest to a test, and what it lacks."""
    miss = fact.nearest
    if miss is None:
        return ""
    place = {"line": miss.place.line, "name": short(miss.place.name)}
    lacks = "; ".join(lack_words(lack) for lack in miss.lacks)
    if miss.lacks and miss.held_down_by:
        return TEXT["nearest-both"].format(**place, lacks=lacks, held=miss.held_down_by)
    if miss.held_down_by:
        return TEXT["nearest-held"].format(**place, held=miss.held_down_by)
    return TEXT["nearest"].format(**place, lacks=lacks)


def lack_words(lack: Lack) -> str:
    """What a field lacks: that it is not there, or what it holds and what it needs."""
    if lack.alternatives:
        return LACKS["or"].join(dict.fromkeys(lack_words(part) for part in lack.alternatives))
    if lack.has == NEEDS["unknown"]:
        return LACKS["unknown"].format(field=lack.field)
    if not lack.has or not lack.needs:
        return LACKS["missing"].format(field=lack.field)
    return LACKS["wrong"].format(field=lack.field, has=lack.has, needs=lack.needs)


def _gate(page: Page, gate: Gate) -> None:
    result = TEXT[f"gate-{gate.result}"]
    page.add(f"{padded(result, 15)}{gate.title}: {gate.reason}", indent=2, hang=17, style=_STYLES[gate.result])


# --- Steps ------------------------------------------------------------------------------------------------


def _steps(page: Page, assessment: Assessment) -> None:
    steps = assessment.steps
    page.heading(TEXT["next"])
    page.add(said(TEXT, "next-note" if steps.promise else "nothing-next", assessment.document), style="dim")
    for count, step in enumerate(steps.promise, start=1):
        page.add(
            TEXT["step"].format(number=count, id=step.criterion, title=step.title, level=step.level, says=step.says),
            hang=3,
        )
        page.add(f"{where(step, short(step.place.name))}; {worth(step, assessment)}", indent=3, style="cyan")
        for fix in step.fixes:
            page.add(f"> {fix}", indent=3, hang=5)
        if case := cited(step, steps, whole=False):
            page.add(case, indent=3, hang=5, style="dim")
    if steps.promise:
        page.add(after_all(assessment), hang=3)
    if steps.practice:
        page.heading(TEXT["practice-next"])
        for step in steps.practice:
            page.add(
                TEXT["practice-step"].format(id=step.criterion, title=step.title, says=step.says), indent=2, hang=4
            )


def after_all(assessment: Assessment) -> str:
    """The exact scores once all steps proposed for the promise are taken."""
    steps = assessment.steps
    titles = _titles(assessment)
    scores = [(assessment.overall_title, steps.score_after)] if steps.score_after is not None else []
    scores += [(titles[name], score) for name, score in steps.dimensions_after if score is not None]
    shown = ", ".join(TEXT["after-score"].format(title=title, score=number(score)) for title, score in scores)
    return TEXT["after-all"].format(scores=shown)


def where(step: Step, name: str) -> str:
    """The element to work on, by the name to show, or the list where a new one belongs."""
    if "[" in step.place.path:
        return TEXT["step-where"].format(line=step.place.line, name=name)
    return TEXT["step-new"].format(section=step.place.path)


def worth(step: Step, assessment: Assessment) -> str:
    """What a step gains, which gate needs it, and its effort."""
    parts = [TEXT["gain-gate"].format(gates=", ".join(step.gates))] if step.gates else []
    if step.gain:
        parts.append(TEXT["gain"].format(title=assessment.overall_title, gain=number(step.gain)))
    elif step.dimension_gain:
        title = _titles(assessment)[step.dimension]
        parts.append(TEXT["gain-dimension"].format(dimension=title, gain=number(step.dimension_gain)))
    return "; ".join([*parts, TEXT["effort"].format(effort=step.effort)])


def _titles(assessment: Assessment) -> dict[str, str]:
    return {dimension.id: dimension.title for dimension in assessment.dimensions}
