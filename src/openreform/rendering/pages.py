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
from openreform.rendering.text import (
    after_all,
    assessed_by,
    assessed_in,
    earned_by,
    level_words,
    missing_words,
    number,
    percent,
    reach_words,
    where,
    worth,
)

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
        level=_level,
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
        "earned_by": _earned,
        "worth": worth,
        "where": _where,
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


def _level(side: SideFinding | None, rungs: int) -> str:
    return PAGE["no-side"] if side is None else level_words(side, rungs)


def _earned(finding: Finding, side: Side) -> list[tuple[str, tuple[Place, ...]]]:
    """The facts of the rung reached, with the elements that show them."""
    part = finding.side(side)
    return [(fact.says, fact.places) for fact in earned_by(part)] if part else []


def _where(step: Step) -> str:
    return where(step, visible(step.place.name))


def line_of(place: Place) -> str:
    """Line and name of an element."""
    return TEXT["shown-by"].format(line=place.line, name=visible(place.name))
