"""The case library: lists of cases, one case in full, the box of a case for a paper, and cases cited elsewhere."""

import json
from collections.abc import Iterable, Sequence
from dataclasses import asdict
from typing import Any, NamedTuple

from openreform import __version__
from openreform.assessment import SIDES, Assessment, Case, Precedent
from openreform.framework import Criterion, Framework
from openreform.messages.cases import CASES
from openreform.messages.fields import words_of_values
from openreform.messages.reports import JOIN, TEXT
from openreform.plaintext import begun, escape_json
from openreform.reform import Evidence, Mechanism, Reform, Thing
from openreform.rendering.layout import WIDTH, Page, padded
from openreform.rendering.text import counts, irm_codes, number

FORMAT = 1
_ID_WIDTH = 24
_PLACE_WIDTH = 8
_LEVELS_WIDTH = 6

Plain = dict[str, Any]


class Told(NamedTuple):
    """A case, what is said of it, and where it is, in words."""

    reform: Reform
    assessment: Assessment
    place: str


class Listing(NamedTuple):
    """The cases found; where a criterion was asked for, with their levels in it, best first."""

    framework: Framework
    criterion: Criterion | None
    found: Sequence[Case | Precedent]


class Part(NamedTuple):
    """A part of a case: its heading and what stands under it."""

    heading: str
    lines: tuple[str, ...]


class Source(NamedTuple):
    """Where something was read: who published it, as what, when; and the address, if it has one."""

    words: str
    url: str | None


# --- Lists ------------------------------------------------------------------------------------------------


def list_page(listing: Listing, width: int = WIDTH) -> Page:
    """The cases found, two lines each: what to type for more, place, levels, sector; and the title."""
    page = Page(width)
    page.add(count_words(listing), style="bold")
    if listing.criterion:
        page.add(levels_heading(listing), style="dim")
    page.add()
    page.add(_row(listing, CASES["case"], CASES["place"], levels_title(listing), CASES["sector"]), style="dim")
    for found in listing.found:
        case = case_in(found)
        page.add(_row(listing, case.id, case.place, levels_of(found), ", ".join(case.sector)), hang=_ID_WIDTH)
        page.add(case.title, indent=2, style="dim")
    page.add()
    page.add(CASES["next"], style="dim")
    return page


def list_json(listing: Listing) -> str:
    """The cases found, for programs."""
    criterion = listing.criterion
    content = {
        **_head(listing.framework.id, listing.framework.version),
        "criterion": None
        if criterion is None
        else {"id": criterion.id, "title": criterion.title, "rungs": len(criterion.levels)},
        "cases": [_listed(found) for found in listing.found],
    }
    return _as_json(content)


def count_words(listing: Listing) -> str:
    """How many cases were found."""
    count = len(listing.found)
    return CASES["count-one"] if count == 1 else CASES["count"].format(count=count)


def levels_heading(listing: Listing) -> str:
    """Of which criterion the levels are, and how to read them; empty if none was asked for."""
    criterion, framework = listing.criterion, listing.framework
    if criterion is None:
        return ""
    named = {"id": criterion.id, "title": criterion.title}
    return CASES["levels"].format(**named, framework=framework.id, version=framework.version)


def levels_title(listing: Listing) -> str:
    """The criterion above its column."""
    return listing.criterion.id if listing.criterion else ""


def case_in(found: Case | Precedent) -> Case:
    """The case itself."""
    return found.case if isinstance(found, Precedent) else found


def levels_of(found: Case | Precedent) -> str:
    """The levels of both sides; empty if no criterion was asked for."""
    if isinstance(found, Case):
        return ""
    promise, practice = (TEXT["no-score"] if level is None else level for level in (found.promise, found.practice))
    return CASES["both"].format(promise=promise, practice=practice)


def _row(listing: Listing, ident: str, place: str, levels: str, sector: str) -> str:
    width = max(_LEVELS_WIDTH, len(levels_title(listing)) + 2) if listing.criterion else 0
    return f"{padded(ident, _ID_WIDTH)}{padded(place, _PLACE_WIDTH)}{padded(levels, width)}{sector}".rstrip()


def _listed(found: Case | Precedent) -> Plain:
    case = case_in(found)
    levels = {"promise": found.promise, "practice": found.practice} if isinstance(found, Precedent) else None
    return {**case_json(case), "levels": levels}


def case_json(case: Case) -> Plain:
    """A case as lists name it."""
    return {**case._asdict(), "sector": list(case.sector)}


# --- One case ---------------------------------------------------------------------------------------------


def case_page(told: Told, width: int = WIDTH) -> Page:
    """All about one case: what was done, what came of it, the scores and who gave them, the sources."""
    page = Page(width)
    _title(page, told)
    reform = told.reform
    problem = Part(CASES["problem"], (reform.problem.text,) if reform.problem and reform.problem.text else ())
    rests = Part(CASES["rests"], tuple(_thing(part) for part in reform.instruments if part.title))
    for part in (problem, _aim(reform), *what_was_done(reform), rests, result(reform), caveats(reform)):
        _add(page, part)
    page.heading(CASES["scores"])
    for line in scores(told.assessment):
        page.add(line, indent=2, hang=4)
    page.add(assessed(told.assessment), indent=2, hang=4, style="dim")
    _irm(page, told.assessment)
    _sources(page, told.reform)
    return page


def box_page(told: Told, width: int = WIDTH) -> Page:
    """The box of a case for a paper, as plain text between two lines."""
    page = Page(width)
    page.add("─" * width)
    _title(page, told)
    for part in box_parts(told):
        _add(page, part)
    _irm(page, told.assessment)
    _sources(page, told.reform)
    page.add()
    page.add(assessed(told.assessment))
    page.add(CASES["library"].format(version=__version__))
    page.add("─" * width)
    return page


def told_json(told: Iterable[Told]) -> str:
    """Cases in full, for programs."""
    cases = list(told)
    head = cases[0].assessment
    content = {**_head(head.framework_id, head.framework_version), "cases": [_in_full(each) for each in cases]}
    return _as_json(content)


def box_parts(told: Told) -> list[Part]:
    """What a box says before its sources."""
    outcome = result(told.reform)
    lines = tuple(line for line in outcome.lines if line != CASES["no-figures"])
    outcome = Part(outcome.heading, (*lines, *_on_the_whole(told.assessment)))
    return [
        part for part in (_aim(told.reform), *what_was_done(told.reform), outcome, caveats(told.reform)) if part.lines
    ]


def about(told: Told) -> str:
    """Where, when, how far, in which sector."""
    reform = told.reform
    start, end = (date.text if date else None for date in (reform.start, reform.end))
    if not (start or end) and reform.plan:
        start, end = (date.text if date else None for date in (reform.plan.start, reform.plan.end))
    key = "from-to" if start and end else "from" if start else "until"
    period = CASES[key].format(start=start, end=end) if start or end else None
    stage = words_of_values("stage")[reform.stage] if reform.stage else None
    parts = [told.place, period, stage, ", ".join(sector.replace("-", " ") for sector in reform.sector)]
    return CASES["about"].join(part for part in parts if part)


def who(told: Told) -> str:
    """Who leads, and who takes part."""
    leads = JOIN["facts"].join(told.assessment.leads)
    partners = JOIN["facts"].join(part.name for part in told.reform.partners if part.name)
    parts = [
        CASES["led"].format(leads=leads) if leads else "",
        CASES["with"].format(partners=partners) if partners else "",
    ]
    return " ".join(filter(None, parts))


def what_was_done(reform: Reform) -> list[Part]:
    """What people can see and do, and who answers."""
    see = [_thing(part) for part in reform.publications if part.title]
    do = [_thing(part, *_doing(part)) for part in reform.mechanisms if part.title]
    answers = [answer for part in reform.mechanisms if (answer := _answer(part))]
    answers += [
        _thing(part, what=CASES["checks"].format(who=part.organisation))
        for part in reform.oversight
        if part.organisation
    ]
    return [
        Part(CASES["see"], tuple(see) or (CASES["nothing"],)),
        Part(CASES["do"], tuple(do) or (CASES["nothing"],)),
        Part(CASES["answers"], tuple(dict.fromkeys(answers)) or (CASES["nobody-answers"],)),
    ]


def result(reform: Reform) -> Part:
    """What came of it: the figures recorded."""
    lines: list[str] = []
    for part in reform.indicators:
        key = "figure" if not part.target else "target" if part.baseline else "target-only"
        if part.title and (part.baseline or part.target):
            lines.append(CASES[key].format(title=part.title, baseline=part.baseline, target=part.target))
    return Part(CASES["result"], tuple(lines) or (CASES["no-figures"],))


def caveats(reform: Reform) -> Part:
    """The bad news recorded."""
    return Part(CASES["caveats"], tuple(part.text for part in reform.concerns if part.text) or (CASES["no-caveats"],))


def scores(assessment: Assessment) -> list[str]:
    """The verdict, the whole and each dimension, both sides."""
    lines = _on_the_whole(assessment)
    for part in assessment.dimensions:
        key = "score" if part.practice else "score-text-only"
        practice = number(part.practice.score) if part.practice else ""
        lines.append(CASES[key].format(title=part.title, promise=number(part.promise.score), practice=practice))
    return lines


def _on_the_whole(assessment: Assessment) -> list[str]:
    """The verdict and the whole, and why practice can stand above the promise where it does."""
    lines = [CASES["verdict"].format(verdict=assessment.verdict)] if assessment.verdict else []
    if assessment.overall_title:
        sides = {side: number(assessment.overall(side).score) for side in SIDES}
        lines.append(CASES["score"].format(title=assessment.overall_title, **sides))
    if (assessment.practice.score or 0.0) > (assessment.promise.score or 0.0):
        lines.append(TEXT["practice-note"].format(**counts(assessment, "practice")))
    return lines


def assessed(assessment: Assessment) -> str:
    """By which framework and by whom."""
    told = assessment.assessor
    by = ", ".join(part for part in (told.name, TEXT[f"role-{told.role}"], told.date) if part)
    return CASES["assessed"].format(framework=assessment.framework_title, version=assessment.framework_version, by=by)


def sources(reform: Reform) -> list[Source]:
    """Where it was read."""
    return [_source(part) for part in reform.evidence if part.title or part.publisher]


def _title(page: Page, told: Told) -> None:
    page.add(told.reform.title, style="bold")
    page.add(about(told), style="dim")
    if leads := who(told):
        page.add(leads, style="dim")


def _add(page: Page, part: Part) -> None:
    if part.lines:
        page.heading(part.heading)
    for line in part.lines:
        page.add(line, indent=2, hang=4)


def _irm(page: Page, assessment: Assessment) -> None:
    if assessment.irm:
        page.heading(TEXT["irm"])
        page.add(TEXT["irm-note"], indent=2, style="dim")
        page.add(JOIN["facts"].join(irm_codes(assessment)), indent=2, hang=4)


def _sources(page: Page, reform: Reform) -> None:
    page.heading(CASES["sources"])
    for source in sources(reform):
        page.add(source.words, indent=2, hang=4)
        if source.url:
            page.add(source.url, indent=4)
    if not sources(reform):
        page.add(CASES["no-sources"], indent=2)


def _aim(reform: Reform) -> Part:
    return Part(CASES["aim"], (reform.objective.text,) if reform.objective and reform.objective.text else ())


def _thing(part: Thing, *notes: str, what: str = "") -> str:
    """What it is called, what is noted of it, and how far it has come if it does not run."""
    status = [] if part.status == "operational" else [CASES[f"status-{part.status}"]]
    return _noted(what or part.title or "", [*notes, *status])


def _noted(what: str, notes: list[str]) -> str:
    return CASES["noted"].format(what=what, notes=JOIN["facts"].join(notes)) if notes else what


def _doing(part: Mechanism) -> list[str]:
    """What people can do there, and who may."""
    actions = [", ".join(action.replace("-", " ") for action in part.people_can)]
    return [*filter(None, actions), *([CASES["open-to"].format(who=", ".join(part.open_to))] if part.open_to else [])]


def _answer(part: Mechanism) -> str:
    """Who must answer, how soon, with what; empty if nobody is named."""
    if not part.responder:
        return ""
    notes = []
    if part.reply and part.reply.within_days is not None:
        notes.append(CASES["within"].format(days=part.reply.within_days))
    if part.reply and part.reply.reasons:
        notes.append(CASES["reasons"])
    if part.remedies:
        notes.append(CASES["remedies"].format(remedies=", ".join(each.replace("-", " ") for each in part.remedies)))
    return _thing(part, *notes, what=begun(part.responder))


def _source(part: Evidence) -> Source:
    words = part.title or part.publisher or ""
    if part.title and part.publisher:
        words = CASES["source"].format(publisher=part.publisher, title=part.title)
    if part.date:
        words = CASES["source-dated"].format(source=words, date=part.date.text)
    return Source(words, part.url)


def _in_full(told: Told) -> Plain:
    reform, assessment = told.reform, told.assessment
    return {
        "id": reform.id,
        "title": reform.title,
        "country": reform.country,
        "jurisdiction": reform.jurisdiction,
        "place": told.place,
        "sector": list(reform.sector),
        "stage": reform.stage,
        "start": assessment.start,
        "end": assessment.end,
        "leads": list(assessment.leads),
        "problem": reform.problem.text if reform.problem else None,
        "aim": reform.objective.text if reform.objective else None,
        "see": [part.title for part in reform.publications if part.title],
        "do": [part.title for part in reform.mechanisms if part.title],
        "answers": list(dict.fromkeys(part.responder for part in reform.mechanisms if part.responder)),
        "result": [
            {"title": part.title, "baseline": part.baseline, "target": part.target} for part in reform.indicators
        ],
        "caveats": [{"kind": part.kind, "text": part.text} for part in reform.concerns],
        "verdict": assessment.verdict,
        "overall": {side: _rounded(assessment.overall(side).score) for side in SIDES},
        "dimensions": [
            {
                "id": part.id,
                "title": part.title,
                "promise": _rounded(part.promise.score),
                "practice": _rounded(part.practice.score) if part.practice else None,
            }
            for part in assessment.dimensions
        ],
        "assessor": asdict(assessment.assessor),
        "irm": dict(assessment.irm),
        "sources": [
            {
                "title": part.title,
                "publisher": part.publisher,
                "url": part.url,
                "date": part.date.text if part.date else None,
                "kind": part.kind,
                "independent": part.independent,
            }
            for part in reform.evidence
        ],
    }


def _head(framework: str, version: str) -> Plain:
    return {
        "format": FORMAT,
        "tool": {"name": "openreform", "version": __version__},
        "framework": {"id": framework, "version": version},
    }


def _rounded(score: float | None) -> float | None:
    return None if score is None else round(score, 6) + 0.0


def _as_json(content: Plain) -> str:
    return escape_json(json.dumps(content, indent=2, ensure_ascii=False)) + "\n"
