"""What the long report of one document adds to its findings: bars with a message, the worked sum, evidence, how to cite.

Markdown and HTML print the same parts; nothing here scores.
"""

from math import isclose, sqrt
from typing import NamedTuple

from openreform import __version__
from openreform.assessment import (
    SIDES,
    Assessment,
    DimensionResult,
    DimensionScore,
    Evidence,
    Finding,
    Place,
    Side,
    SideFinding,
)
from openreform.messages.appendix import ANNEX
from openreform.messages.checks import REPORT
from openreform.messages.citations import BIBLIOGRAPHY
from openreform.messages.report_pages import DOSSIER
from openreform.messages.reports import JOIN, NAMELESS, PAGE, TEXT, said
from openreform.messages.robustness import ROBUST
from openreform.paper import Line
from openreform.plaintext import begun, visible
from openreform.rendering import progress
from openreform.rendering.citations import gov_uk
from openreform.rendering.faults import standing
from openreform.rendering.text import assessed_by, assessed_in, number

_LIMITS = ("limit-description", "limit-silence", "limit-role", "limit-single", "limit-irm")


class Bar(NamedTuple):
    """One horizontal bar.

    length, high: 0 to 100; None without a score, and where it may not reach further. shown: the score. says: all in words.
    """

    side: Side
    length: float | None
    high: float | None
    shown: str
    says: str


class Chart(NamedTuple):
    """The bars of a dimension: a title that says the message, the same for who cannot see them, the numbers behind them.

    numbers: a row for each measure: its name, then a cell for each bar.
    """

    title: str
    description: str
    bars: tuple[Bar, ...]
    numbers: tuple[tuple[str, tuple[str, ...]], ...]


def chart(dimension: DimensionResult) -> Chart:
    """The bars of a dimension."""
    bars = [_bar(side, score) for side in SIDES if (score := dimension.side(side))]
    sides = [bar.side for bar in bars]
    rows = [
        (DOSSIER["score"], tuple(bar.shown for bar in bars)),
        (DOSSIER["could-be"], tuple(number(bar.high if bar.high is not None else bar.length) for bar in bars)),
        (DOSSIER["above"], tuple(_above(dimension, side) for side in sides)),
        (DOSSIER["strength"], tuple(_strength(dimension, side) for side in sides)),
        (DOSSIER["assessed"], tuple(_assessed(dimension, side) for side in sides)),
    ]
    description = DOSSIER["bars"].format(bars=" ".join(bar.says for bar in bars))
    return Chart(message(dimension), description, tuple(bars), tuple(rows))


def _bar(side: Side, score: DimensionScore) -> Bar:
    name = TEXT[side]
    if score.score is None:
        return Bar(side, None, None, TEXT["no-score"], DOSSIER["bar-none"].format(side=name))
    shown, most = number(score.score), number(score.high)
    key = "bar" if shown == most else "bar-up-to"
    says = DOSSIER[key].format(side=name, score=shown, high=most)
    return Bar(side, score.score, None if shown == most else score.high, shown, says)


def message(dimension: DimensionResult) -> str:
    """What the bars of a dimension show, in a sentence: its words in the verdict, how much is promised, how much shown."""
    levels = _levels(dimension, "promise")
    if not levels:
        return DOSSIER["title-nothing"].format(title=dimension.title)
    above = sum(1 for level in levels if level)
    promised = DOSSIER["promised" if above else "promised-none"].format(above=above, all=len(levels))
    if above and dimension.practice is not None:
        shown = sum(1 for level in _levels(dimension, "practice") if level)
        promised = DOSSIER["promised-shown" if shown else "promised-unshown"].format(promised=promised, count=shown)
    key = "title-known" if dimension.words else "title-unknown"
    return DOSSIER[key].format(title=dimension.title, words=dimension.words, promised=promised)


def _levels(dimension: DimensionResult, side: Side) -> list[int]:
    parts = [finding.side(side) for finding in dimension.findings]
    return [part.level for part in parts if part is not None and part.level is not None]


def _above(dimension: DimensionResult, side: Side) -> str:
    levels = _levels(dimension, side)
    return _of(sum(1 for level in levels if level), len(levels)) if levels else TEXT["no-score"]


def _strength(dimension: DimensionResult, side: Side) -> str:
    levels = [level for level in _levels(dimension, side) if level]
    return number(sum(levels) / len(levels)) if levels else TEXT["no-score"]


def _assessed(dimension: DimensionResult, side: Side) -> str:
    parts = [finding.side(side) for finding in dimension.findings]
    applying = [part for part in parts if part is not None and part.outcome != "not-applicable"]
    return _of(assessed_in(dimension, side), len(applying))


def _of(part: int, whole: int) -> str:
    return DOSSIER["of"].format(part=part, all=whole)


# --- The sum ----------------------------------------------------------------------------------------------


def wholes(assessment: Assessment) -> list[str]:
    """How the whole comes about on each side, with its numbers; nothing where the framework makes none."""
    if not assessment.overall_title:
        return []
    found = []
    for side in SIDES:
        overall = assessment.overall(side)
        if overall.score is None:
            found.append(DOSSIER["whole-none"].format(side=TEXT[side], note=overall.note or TEXT["insufficient"]))
        else:
            found.append(DOSSIER["whole-side"].format(side=TEXT[side], formula=_formula(assessment, side)))
    return found


def _formula(assessment: Assessment, side: Side) -> str:
    """The sum of the whole; in general words where the framework does not take square roots."""
    whole = assessment.overall(side).score or 0.0
    counted = [(part.id, part.side(side)) for part in assessment.dimensions if part.in_overall]
    parts = [(name, score.score) for name, score in counted if score is not None and score.score is not None]
    if not parts or not isclose((sum(sqrt(score) for _, score in parts) / len(parts)) ** 2, whole, abs_tol=1e-6):
        return DOSSIER["general"].format(title=assessment.overall_title, score=number(whole))
    return PAGE["formula"].format(
        title=assessment.overall_title,
        names=" + ".join(f"√{name}" for name, _ in parts),
        numbers=" + ".join(f"√{score:.5g}" for _, score in parts),
        count=len(parts),
        score=number(whole),
    )


def summed(assessment: Assessment, side: Side) -> list[DimensionResult]:
    """The dimensions that have a score on a side."""
    return [part for part in assessment.dimensions if (score := part.side(side)) and score.score is not None]


# --- Evidence ---------------------------------------------------------------------------------------------


def sources_of(assessment: Assessment, finding: Finding) -> list[int]:
    """The numbers of the evidence on which the entries rest that earned the levels of a criterion."""
    parts = [part for side in SIDES if (part := finding.side(side))]
    paths = {place.path for part in parts for fact in part.met for place in fact.places}
    return [
        at
        for at, evidence in enumerate(assessment.evidence, start=1)
        if any(p.path in paths for p in evidence.supports)
    ]


def parts_summed(dimension: DimensionResult, side: Side) -> list[tuple[Finding, SideFinding]]:
    """The criteria of a dimension's sum; of practice those that have a share in it, as most have none."""
    found = [(finding, part) for finding in dimension.findings if (part := finding.side(side))]
    return [each for each in found if side == "promise" or each[1].level is not None]


def reference(evidence: Evidence) -> Line:
    """Where to find it, in the style of GOV.UK."""
    return gov_uk(evidence)


def evidence_kind(evidence: Evidence) -> str:
    """What it is, and whether those who run the thing published it themselves."""
    kind = BIBLIOGRAPHY[evidence.kind]
    independent = BIBLIOGRAPHY["independent" if evidence.independent else "not-independent"]
    return DOSSIER["evidence-kind"].format(kind=begun(kind), independent=independent)


def evidence_supports(evidence: Evidence) -> str:
    """The entries that name it."""
    if not evidence.supports:
        return DOSSIER["evidence-unused"]
    places = [TEXT["shown-by"].format(line=place.line, name=_called(place)) for place in evidence.supports]
    return DOSSIER["evidence-supports"].format(places=JOIN["facts"].join(places))


def _called(place: Place) -> str:
    """The name of an entry, or the list it stands in if it has none: beside its line that is enough."""
    section, _, at = place.path.rstrip("]").partition("[")
    nameless = at.isdigit() and place.name == NAMELESS.format(number=int(at) + 1, section=section)
    return section if nameless else visible(place.name)


def others(assessment: Assessment, finding: Finding) -> str:
    """The criteria of other frameworks that answer to this one, each once; empty if there are none."""
    found = assessment.crosswalk(finding.id)
    names = dict.fromkeys(TEXT["counterpart"].format(name=part.name, title=part.title) for part in found)
    return ", ".join(names)


# --- The parts of the page ---------------------------------------------------------------------------------


def contents(assessment: Assessment) -> list[tuple[str, str]]:
    """The parts the report has, each by its anchor and its heading, in their order."""
    come = progress.told(assessment)
    parts = [
        ("scores", PAGE["scores"], True),
        ("next", TEXT["next"], True),
        ("gates", TEXT["gates"], assessment.gates),
        ("faults", REPORT["faults"], standing(assessment)),
        ("exceptions", REPORT["exceptions"], assessment.exceptions),
        ("concerns", TEXT["concerns"], assessment.concerns),
        ("criteria", PAGE["criteria"], True),
        ("sum", PAGE["sum"], True),
        ("ranges", ROBUST["heading"], assessment.robustness),
        ("progress", progress.heading(come) if come else "", come),
        ("foreshadowed", TEXT["foreshadowed"], assessment.foreshadowed),
        ("irm", TEXT["irm"], assessment.irm),
        ("evidence", DOSSIER["evidence"], True),
        ("method", PAGE["method"], True),
        ("cite", DOSSIER["cite"], True),
        ("provenance", DOSSIER["provenance"], True),
    ]
    return [(key, heading) for key, heading, there in parts if there]


# --- Method, citing, provenance ---------------------------------------------------------------------------


def method(assessment: Assessment) -> list[str]:
    """How the levels and scores come about, and of which framework."""
    told = TEXT["method"].format(
        title=assessment.framework_title,
        version=assessment.framework_version,
        attribution=assessment.framework_attribution,
    )
    return [DOSSIER["marks"], DOSSIER["sides"], told]


def limits(assessment: Assessment) -> list[str]:
    """What the report cannot tell."""
    return [*(said(ANNEX, key, assessment.document) for key in _LIMITS), DOSSIER["small"]]


def citation(assessment: Assessment) -> str:
    """The report as a source in somebody's text."""
    who = assessed_by(assessment)
    return DOSSIER["cite-as"].format(
        title=said(PAGE, "title-one", assessment.document).format(title=assessment.title),
        on=DOSSIER["cite-on"].format(date=assessment.as_of) if assessment.as_of else "",
        who=begun(who),
        tool=__version__,
        framework=assessment.framework_title,
        version=assessment.framework_version,
        digest=assessment.digest,
    )


def provenance(assessment: Assessment) -> list[tuple[str, str]]:
    """What made the report, and out of what: what it is, which one."""
    assessor = assessment.assessor
    rows: list[tuple[str, str | None]] = [
        ("tool", DOSSIER["tool-is"].format(version=__version__)),
        (
            "framework",
            DOSSIER["framework-is"].format(id=assessment.framework_id, version=assessment.framework_version),
        ),
        ("framework-digest", assessment.framework_digest),
        ("document", assessment.path),
        ("document-digest", assessment.digest),
        ("assessor", assessor.name or DOSSIER["assessor-nobody"]),
        ("assessor-role", TEXT[f"role-{assessor.role}"]),
        ("assessor-date", assessor.date),
        ("as-of", assessment.as_of),
    ]
    return [(DOSSIER[key], value) for key, value in rows if value]
