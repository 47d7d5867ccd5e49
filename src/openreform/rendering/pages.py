"""Assessments as Markdown and as one self-contained HTML page, from templates; strangers' words are escaped in both."""

import re
from collections.abc import Iterable, Iterator
from functools import cache

from jinja2 import Environment, PackageLoader, StrictUndefined, Template

from openreform import __version__
from openreform.assessment import SIDES, Assessment, Finding, Place, Side, SideFinding, Step
from openreform.framework import Framework
from openreform.messages.reports import EXPLAIN, PAGE, TEXT
from openreform.plaintext import visible
from openreform.rendering.text import after_all, assessed_by, assessed_in, missing_words, number, percent, reach_words

_PUNCTUATION = re.compile(r"([\\`*_\[\]<>|~$^&])")
_AT_THE_START = re.compile(r"^(\d+(?=[.)])|[#+=-])")
_WORD_JOINER = "\u2060"


def markdown(assessments: Iterable[Assessment]) -> Iterator[str]:
    """A section for each reform, right for GitHub and for pandoc."""
    for position, assessment in enumerate(assessments):
        yield _template("report.md.j2").render(_words(), reform=assessment, first=not position)


def html(assessments: list[Assessment]) -> str:
    """One page without script and without a request to anywhere."""
    return _template("report.html.j2").render(_words(), reforms=assessments)


def framework_markdown(framework: Framework) -> str:
    """A whole framework as Markdown."""
    return _template("framework.md.j2").render(_framework_words(framework))


def framework_html(framework: Framework) -> str:
    """A whole framework as one page."""
    return _template("framework.html.j2").render(_framework_words(framework))


def _framework_words(framework: Framework) -> dict[str, object]:
    sources = {source.id: source for source in framework.sources}
    return {"words": PAGE, "text": TEXT, "explain": EXPLAIN, "framework": framework, "sources": sources}


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
        percent=lambda share: TEXT["no-score"] if share is None else percent(share),
        level=level_words,
        code=code,
        seen=lambda text: visible(str(text)),
    )
    return environment


def _template(name: str) -> Template:
    return _environment().get_template(name)


def _words() -> dict[str, object]:
    """What templates may use beside the assessments: the catalogue's words and small readers of shapes."""
    return {
        "words": PAGE,
        "text": TEXT,
        "sides": SIDES,
        "tool_version": __version__,
        "assessed_by": assessed_by,
        "assessed_in": assessed_in,
        "reach_words": reach_words,
        "after_all": after_all,
        "missing_words": missing_words,
        "earned_by": earned_by,
        "worth": worth,
        "where": where,
        "line_of": line_of,
    }


def escape_markdown(text: object) -> str:
    """A stranger's words as words in Markdown: on one line, every mark escaped, nobody mentioned, no issue linked."""
    plain = visible(str(text)).strip()
    escaped = _AT_THE_START.sub(
        r"\\\1" if not plain[:1].isdigit() else rf"\1{_WORD_JOINER}", _PUNCTUATION.sub(r"\\\1", plain)
    )
    return re.sub(r"([@#])(?=\w)", rf"\1{_WORD_JOINER}", escaped)


def code(fix: str) -> str:
    """A line to write, in Markdown: its YAML as code, so that it can be copied; other advice as text."""
    lead, colon, line = fix.partition(": ")
    if not colon or "`" in line or ", or " in line or not re.match(r"^[a-z_]+: ", line):
        return escape_markdown(fix)
    return f"{escape_markdown(lead)}: `{visible(line)}`"


def level_words(side: SideFinding | None, rungs: int) -> str:
    """A level in words, or why there is none."""
    if side is None:
        return PAGE["no-side"]
    if side.level is None:
        return TEXT[side.outcome]
    if side.high is not None and side.high > side.level:
        return TEXT["level-range"].format(level=side.level, rungs=rungs, high=side.high)
    return TEXT["level"].format(level=side.level, rungs=rungs)


def earned_by(finding: Finding, side: Side) -> list[tuple[str, tuple[Place, ...]]]:
    """The facts of the rung reached, with the elements that show them."""
    part = finding.side(side)
    if part is None or not part.level:
        return []
    return [(fact.says, fact.places) for fact in part.met if rung_of(fact.test) == part.level]


def rung_of(test: str) -> int:
    """The rung a test belongs to, from its id: `T5.3a` and `A4.3pa` are of rung 3."""
    match = re.search(r"\.(\d+)", test)
    return int(match.group(1)) if match else 0


def where(step: Step) -> str:
    """The element to work on, or the list where a new one belongs."""
    if "[" in step.place.path:
        return TEXT["step-where"].format(line=step.place.line, name=visible(step.place.name))
    return TEXT["step-new"].format(section=step.place.path)


def worth(step: Step, reform: Assessment) -> str:
    """What a step gains, which gate needs it, and its effort."""
    titles = {dimension.id: dimension.title for dimension in reform.dimensions}
    parts = [TEXT["gain-gate"].format(gates=", ".join(step.gates))] if step.gates else []
    if step.gain:
        parts.append(TEXT["gain"].format(title=reform.overall_title, gain=number(step.gain)))
    elif step.dimension_gain:
        parts.append(TEXT["gain-dimension"].format(dimension=titles[step.dimension], gain=number(step.dimension_gain)))
    return "; ".join([*parts, TEXT["effort"].format(effort=step.effort)])


def line_of(place: Place) -> str:
    """Line and name of an element."""
    return TEXT["shown-by"].format(line=place.line, name=visible(place.name))
