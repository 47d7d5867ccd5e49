"""Assessments as Markdown and as one self-contained HTML page, from templates; strangers' words are escaped in both."""

import re
from collections.abc import Iterable, Iterator
from functools import cache
from typing import NamedTuple

from jinja2 import Environment, PackageLoader, StrictUndefined, Template
from markupsafe import Markup, escape

from openreform import __version__
from openreform.assessment import SIDES, Assessment, DimensionResult, Fact, Finding, Place, Side, SideFinding, Step
from openreform.kinds import kind_called
from openreform.messages.checks import ASKED, CHECK, REPORT
from openreform.messages.progress import PROGRESS
from openreform.messages.report_pages import DOSSIER
from openreform.messages.reports import CHAPTER, EXPLAIN, FORM, JOIN, PAGE, REASONS, TEXT, said
from openreform.messages.robustness import ROBUST
from openreform.paper import Words
from openreform.plaintext import begun, visible
from openreform.rendering import dossier, faults, progress, robustness, timeline
from openreform.rendering.chapter import Chapter
from openreform.rendering.checklist import Form
from openreform.rendering.citing import cited
from openreform.rendering.languages import Passages
from openreform.rendering.text import (
    Ranked,
    after_all,
    assessed_by,
    assessed_in,
    counterpart_names,
    counts,
    earned_by,
    foreshadowed,
    irm_codes,
    level_words,
    missing_words,
    not_assessed,
    number,
    reach_words,
    star_words,
    tailored_lines,
    waiting,
    where,
    worth,
)

_PUNCTUATION = re.compile(r"([\\`*_\[\]<>|~$^&])")
_AT_THE_START = re.compile(r"^(\d+(?=[.)])|[#+=-])")
_EMPTY_LINES = re.compile(r"\n{3,}")
_WORD_JOINER = "\u2060"
# A field and its value, as it stands in a line of advice: a list, a group, a blank to fill in, or words up to a stop.
_YAML = re.compile(
    r"(?<![\w.'])(?:[a-z_]+\.)*(?P<name>[a-z_]+): "
    r"(?:\[[^\[\]`]*\]|\{[^{}`]*\}|<[^<>`]*>|[^\s\[\]{}<>`'\"“.,:;()](?:[^\[\]{}<>`'\"“,:;()]*[^\s\[\]{}<>`'\"“.,:;()])?(?=\.?(?:$|[\s,;)])))"
)


class Line(NamedTuple):
    """One line on a criterion: what it is about ("earned", "missing"), its heading, the fact, what shows it or comes near."""

    kind: str
    heading: str
    says: str
    beside: str


def markdown(assessments: Iterable[Assessment], ranked: Ranked | None = None) -> Iterator[str]:
    """A section for each reform, right for GitHub and for pandoc; at the end, if that is asked for, how well their order holds."""
    for position, assessment in enumerate(assessments):
        yield template("report.md.j2").render(_words(), reform=assessment, first=not position)
    ranks = ranked() if ranked else None
    if ranks:
        yield "\n" + template("ranks.md.j2").render(_words(), ranks=ranks)


def html(assessments: list[Assessment], ranked: Ranked | None = None) -> str:
    """One page without script and without a request to anywhere; at its end, if that is asked for, how well the order holds."""
    document = assessments[0].document if assessments else "reform"
    ranks = ranked() if ranked else None
    return template("report.html.j2").render(_words(), reforms=assessments, document=document, ranks=ranks)


def framework_markdown(chapter: Chapter) -> str:
    """A whole framework as Markdown."""
    return _EMPTY_LINES.sub("\n\n", template("framework.md.j2").render(_chapter_words(chapter)))


def framework_html(chapter: Chapter) -> str:
    """A whole framework as one page."""
    return template("framework.html.j2").render(_chapter_words(chapter))


def _chapter_words(chapter: Chapter) -> dict[str, object]:
    return {
        "words": CHAPTER,
        "page": PAGE,
        "explain": EXPLAIN,
        "asked": ASKED,
        "chapter": chapter,
        "tool_version": __version__,
    }


def checklist_markdown(form: Form) -> str:
    """A blank form as Markdown."""
    return _EMPTY_LINES.sub("\n\n", template("checklist.md.j2").render(_form_words(form)))


def checklist_html(form: Form) -> str:
    """A blank form as one page, to print."""
    return template("checklist.html.j2").render(_form_words(form))


def _form_words(form: Form) -> dict[str, object]:
    return {"words": FORM, "page": PAGE, "form": form, "tool_version": __version__}


@cache
def _environment() -> Environment:
    environment = Environment(
        loader=PackageLoader("openreform.rendering"),
        autoescape=lambda name: name is not None and name.endswith(".html.j2"),  # noqa: S701  # Markdown has its own
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        keep_trailing_newline=True,
    )
    environment.filters.update(
        md=escape_markdown,
        number=number,
        share=lambda share: TEXT["no-score"] if share is None else PAGE["percent"].format(percent=f"{100 * share:.1f}"),
        exact=lambda points: TEXT["no-score"] if points is None else f"{points:.3f}",
        level=_level,
        code=code,
        coded=coded,
        seen=lambda text: visible(str(text)),
        link=_link,
    )
    return environment


def _link(url: str) -> str:
    return visible(url).replace("<", "%3C").replace(">", "%3E")


def template(name: str) -> Template:
    """A template, with the filters that make strangers' words safe to show."""
    return _environment().get_template(name)


def _words() -> dict[str, object]:
    """What templates may use beside the assessments: the catalogue's words and small readers of shapes."""
    return {
        "words": PAGE,
        "text": TEXT,
        "said": said,
        "sides": SIDES,
        "tool_version": __version__,
        "assessed_by": _assessed_by,
        "about": _about,
        "claims": _claims,
        "coverage": _coverage,
        "range": _range,
        "reach": _reach,
        "practice_note": _practice_note,
        "open_points": _open_points,
        "cell": _cell,
        "standing": _standing,
        "lines": _lines,
        "after_all": after_all,
        "worth": worth,
        "where": _where,
        "waiting": waiting,
        "irm_codes": irm_codes,
        "star_words": star_words,
        "foreshadowed": foreshadowed,
        "counterparts": _counterparts,
        "cited": cited,
        "tailored_lines": tailored_lines,
        "checks": {**CHECK, **REPORT},
        "faults": faults,
        "progressed": PROGRESS,
        "progress": progress,
        "timeline": timeline,
        "dossier": dossier,
        "long": DOSSIER,
        "passages": Passages,
        "linked": _linked,
        "range_of": range,
        "sentence": begun,
        "robust": ROBUST,
        "robustness": robustness,
    }


def escape_markdown(text: object) -> str:
    """A stranger's words as words in Markdown: on one line, every mark escaped, nobody mentioned, no issue linked."""
    plain = visible(str(text)).strip()
    escaped = _AT_THE_START.sub(
        r"\\\1" if not plain[:1].isdigit() else rf"\1{_WORD_JOINER}", _PUNCTUATION.sub(r"\\\1", plain)
    )
    return re.sub(r"([@#])(?=\w)", rf"\1{_WORD_JOINER}", escaped)


def _linked(word: Words) -> str:
    """Words of a reference in Markdown; blanks at their ends stay."""
    shown = _inner(word.text)
    return f"[{shown}](<{_link(word.link)}>)" if word.link and shown else shown


def code(fix: str, kind: str = "reform") -> str:
    """A line of advice in Markdown: its YAML as code, so that it can be copied; the rest as text.

    Args:
        fix: the line.
        kind: the kind of document it is to be written into.
    """
    return "".join(f"`{visible(part)}`" if yaml else _inner(part) for yaml, part in _parts(fix, kind))


def coded(fix: str, kind: str = "reform") -> Markup:
    """The same in HTML."""
    parts = (
        Markup("<code>%s</code>") % visible(part) if yaml else escape(visible(part)) for yaml, part in _parts(fix, kind)
    )
    return Markup("").join(parts)


def _inner(text: str) -> str:
    """Escaped like any words; blanks at the ends stay, as code stands beside them."""
    lead = text[: len(text) - len(text.lstrip())]
    trail = text[len(text.rstrip()) :] if text.strip() else ""
    return f"{lead}{escape_markdown(text)}{trail}"


def _parts(fix: str, kind: str) -> Iterator[tuple[bool, str]]:
    """The pieces of a line of advice, and which of them are YAML."""
    end = 0
    for match in _YAML.finditer(fix):
        if match["name"] not in _field_names(kind):
            continue
        if match.start() > end:
            yield False, fix[end : match.start()]
        yield True, match.group()
        end = match.end()
    if end < len(fix):
        yield False, fix[end:]


@cache
def _field_names(kind: str) -> frozenset[str]:
    return frozenset(field.name for field in kind_called(kind).fields.values())


# --- The head ---------------------------------------------------------------------------------------------


def _about(assessment: Assessment) -> str:
    day = PAGE["as-of"].format(date=assessment.as_of) if assessment.as_of else None
    parts = [assessment.reform_id, assessment.stage, assessment.country, assessment.path, day]
    return PAGE["apart"].join(part for part in parts if part)


def _assessed_by(assessment: Assessment) -> str:
    return begun(assessed_by(assessment))


def _claims(assessment: Assessment) -> str:
    """What the text claims to serve, beside what it scores there."""
    shown = [
        PAGE["claim"].format(title=part.title, score=number(part.promise.score))
        for part in assessment.dimensions
        if part.claimed
    ]
    return PAGE["claims"].format(claims=", ".join(shown)) if shown else ""


def _coverage(assessment: Assessment, side: Side) -> str:
    return TEXT["coverage"].format(**counts(assessment, side))


def _range(assessment: Assessment, side: Side) -> str:
    """How high the whole could be; empty where nothing is unknown."""
    overall = assessment.overall(side)
    if overall.score is None or number(overall.high) == number(overall.score):
        return ""
    return TEXT["range"].format(low=number(overall.low), high=number(overall.high))


def _reach(dimension: DimensionResult, side: Side) -> str:
    """Reach and strength of a dimension; how many were assessed, where not all were."""
    score = dimension.side(side)
    if score is None:
        return PAGE["no-side"]
    count = assessed_in(dimension, side)
    parts = [
        part for finding in dimension.findings if (part := finding.side(side)) and part.outcome != "not-applicable"
    ]
    words = reach_words(dimension, side)
    if not count or count == len(parts):
        return words
    return PAGE["reach-of"].format(reach=words, assessed=count, all=len(parts))


def _practice_note(assessment: Assessment) -> str:
    """Why practice can stand above the promise; empty where no practice is scored."""
    if not any(part.practice and part.practice.score is not None for part in assessment.dimensions):
        return ""
    return PAGE["practice-note"].format(**counts(assessment, "practice"))


def _open_points(assessment: Assessment) -> list[tuple[str, list[str]]]:
    """What is not addressed, what may be more, what was not assessed, what does not apply: a heading and the criteria."""
    findings = [finding for dimension in assessment.dimensions for finding in dimension.findings]
    nothing = [finding for finding in findings if finding.promise.level == 0]
    lists = {
        "not-addressed": [
            PAGE["named"].format(id=part.id, title=part.title) for part in nothing if not part.promise.high
        ],
        "not-known": [
            PAGE["could"].format(id=part.id, title=part.title, high=part.promise.high)
            for part in nothing
            if part.promise.high
        ],
    }
    for outcome in ("not-assessed", "not-applicable"):
        named: dict[str | None, list[str]] = {}
        for part in not_assessed(assessment) if outcome == "not-assessed" else findings:
            if part.promise.outcome == outcome:
                named.setdefault(part.promise.reason, []).append(PAGE["named"].format(id=part.id, title=part.title))
        lists[outcome] = [
            PAGE["because"].format(says=", ".join(names), reason=reason) if reason else ", ".join(names)
            for reason, names in named.items()
        ]
    return [(begun(TEXT[heading]), shown) for heading, shown in lists.items() if shown]


# --- Criteria ---------------------------------------------------------------------------------------------


def _cell(finding: Finding) -> str:
    """The levels of a criterion, short: practice behind a stroke, a plus where the promise may be more."""
    promise, practice = finding.promise, finding.practice
    shown = PAGE["no-side"] if promise.level is None else str(promise.level)
    if promise.level is not None and (promise.high or 0) > promise.level:
        shown += PAGE["more"]
    return shown if practice is None or practice.level is None else f"{shown}/{practice.level}"


def _standing(finding: Finding) -> str:
    """The levels of a criterion in words, and why there is none, or why practice is lower."""
    parts = []
    for side in SIDES:
        part = finding.side(side)
        if part is None or (side == "practice" and not finding.promise.level and part.level is None):
            continue
        words = PAGE["side-level"].format(side=TEXT[side].lower(), level=level_words(part, finding.rungs))
        parts.append(PAGE["because"].format(says=words, reason=part.reason) if _says_why(finding, part) else words)
    return "; ".join(parts)


def _says_why(finding: Finding, part: SideFinding) -> bool:
    """A reason says something where nothing was assessed, or of practice; not where level 0 says it all."""
    if not part.reason:
        return False
    if part is finding.promise:
        return part.level is None
    if part.level is None:
        return True
    return part.level < (finding.promise.level or 0) or part.reason != REASONS["promised-only"]


def _lines(finding: Finding, most: int | None = None) -> list[Line]:
    """What earned the level, what the next one lacks, and what practice lacks where it is lower."""
    promise, practice = finding.promise, finding.practice
    if promise.level is None:
        return []
    found = [Line("earned", PAGE["earned"], fact.says, _shown(fact, most)) for fact in earned_by(promise)]
    found += _missing(promise, "missing")
    if practice and practice.level is not None and practice.level < promise.level:
        found += _missing(practice, "missing-practice")
    return found


def _counterparts(assessment: Assessment, finding: Finding) -> str:
    """The criteria of other frameworks that answer to this one; empty if there are none."""
    found = assessment.crosswalk(finding.id)
    words = counterpart_names(found) if found else ""
    return begun(words)


def _missing(part: SideFinding, words: str) -> list[Line]:
    heading = PAGE[words].format(level=part.next.level if part.next else (part.level or 0) + 1)
    return [Line("missing", heading, fact.says, _near(fact)) for fact in part.unmet]


def _near(fact: Fact) -> str:
    """The element that came nearest; empty where that one is about something else."""
    return missing_words(fact) if fact.nearest and not fact.nearest.is_another_thing else ""


def _shown(fact: Fact, most: int | None) -> str:
    """The elements that show a fact, each once; no more than `most` of them."""
    places = list(dict.fromkeys(line_of(place) for place in fact.places))
    shown = JOIN["facts"].join(places[:most])
    return PAGE["and-more"].format(shown=shown, count=len(places) - most) if most and len(places) > most else shown


def _level(side: SideFinding | None, rungs: int) -> str:
    """A level for a table: the number, how high it could be, or that there is none."""
    if side is None:
        return PAGE["no-side"]
    if side.level is None:
        return TEXT[side.outcome]
    words = PAGE["level-range"] if (side.high or 0) > side.level else PAGE["level-of"]
    return words.format(level=side.level, rungs=rungs, high=side.high)


def _where(step: Step) -> str:
    return where(step, visible(step.place.name))


def line_of(place: Place) -> str:
    """Line and name of an element."""
    return TEXT["shown-by"].format(line=place.line, name=visible(place.name))
