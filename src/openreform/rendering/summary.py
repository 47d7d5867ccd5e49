"""What a check found as a short page of Markdown: for the summary of a CI step, or a comment on a pull request.

It never grows past what a comment may hold, however many documents there are: every list has a longest length, and every
stranger's text is cut.
"""

import re
from collections.abc import Iterable, Sequence
from typing import NamedTuple

from openreform.findings import SEVERITIES, CheckFinding, worst_first
from openreform.messages.check_formats import JOINED, SUMMARY
from openreform.messages.checks import CHECK
from openreform.rendering.checked import Check, CheckedDocument, one_line, relative
from openreform.rendering.checks import counted, excepted, said
from openreform.rendering.pages import escape_markdown, template
from openreform.rendering.text import number

LONGEST = 60_000
"""A comment on GitHub may have 65,536 characters."""
_MOST_ROWS, _MOST_FAULTS, _MOST_OTHERS = 25, 30, 15
_BUDGETS = {"rows": 14_000, "problems": 10_000, "faults": 22_000, "exceptions": 10_000}
_LONGEST_NAME, _LONGEST_PATH, _LONGEST_TEXT = 80, 120, 300
_ADDRESS = re.compile(r"(?i)\b(?:https?|ftp|www)(?=:|\.)")
_WORD_JOINER = "\u2060"


class _Listed(NamedTuple):
    """A list cut to what may be shown, and how many there are besides."""

    lines: list[str]
    more: int


def render(check: Check) -> str:
    """The page."""
    open_ = [finding for finding in check.findings if finding.kind != "problem" and not finding.exemption]
    excepted_ = [finding for finding in check.findings if finding.exemption]
    short = [each for each in check.documents if each.fell_short]
    rows = sorted(check.documents, key=lambda each: not each.fell_short)
    return template("check.md.j2").render(
        words=SUMMARY,
        verdict=_verdict(check, short),
        counts=CHECK["checked"].format(
            documents=_documents(len(check.documents)), counts=counted([*open_, *excepted_])
        ),
        head=_head(rows),
        rows=_cut((_row(each, rows, check) for each in rows), len(rows), _MOST_ROWS, "rows"),
        problems=_cut((_item(each, check) for each in check.problems), len(check.problems), _MOST_OTHERS, "problems"),
        faults=_cut(
            (_item(each, check) for each in sorted(open_, key=worst_first)), len(open_), _MOST_FAULTS, "faults"
        ),
        exceptions=_cut((_exception(each, check) for each in excepted_), len(excepted_), _MOST_OTHERS, "exceptions"),
    )


def _verdict(check: Check, short: Sequence[CheckedDocument]) -> str:
    broken = len(list(check.broken()))
    parts = []
    if short:
        key = "short-one" if len(check.documents) == 1 else "short"
        parts.append(SUMMARY[key].format(short=len(short), documents=_documents(len(check.documents))))
    if broken:
        parts.append(SUMMARY["broken-one" if broken == 1 else "broken"].format(count=broken))
    return JOINED["and"].join(parts) or SUMMARY["fine"]


def _documents(count: int) -> str:
    return CHECK["documents-one" if count == 1 else "documents"].format(count=count)


def _cut(made: Iterable[str], count: int, most: int, name: str) -> _Listed:
    """As many as fit, by number and by length."""
    lines: list[str] = []
    left = _BUDGETS[name]
    for line in made:
        left -= len(line)
        if len(lines) == most or left < 0:
            break
        lines.append(line)
    return _Listed(lines, count - len(lines))


def _plain(text: str, longest: int) -> str:
    """A stranger's words, cut, with nothing in them that Markdown or GitHub would make something of."""
    shown = one_line(text).strip()
    cut = shown if len(shown) <= longest else shown[: longest - 1].rstrip() + "…"
    return _ADDRESS.sub(lambda match: match.group() + _WORD_JOINER, escape_markdown(cut))


# --- The table of documents -------------------------------------------------------------------------------


def _head(documents: Sequence[CheckedDocument]) -> list[str]:
    if not documents:
        return []
    first = documents[0].assessment
    whole = [SUMMARY["whole"]] if first.overall_title else []
    dimensions = [_plain(part.title, _LONGEST_NAME) for part in first.dimensions]
    return [SUMMARY["document"], *dimensions, *whole, SUMMARY["gates"], SUMMARY["found"]]


def _row(document: CheckedDocument, documents: Sequence[CheckedDocument], check: Check) -> str:
    """A document with its promise by dimension, the gates it fails, and what was found in it."""
    assessment, first = document.assessment, documents[0].assessment
    scores = {part.id: number(part.promise.score) for part in assessment.dimensions}
    failed = [gate.title for gate in assessment.gates if gate.result == "failed"]
    counts = [
        CHECK[f"count-{level}-one" if count == 1 else f"count-{level}"].format(count=count)
        for level in SEVERITIES
        if (count := sum(1 for each in document.findings if each.level == level and not each.exemption))
    ]
    name = SUMMARY["short-document" if document.fell_short else "fine-document"].format(
        title=_plain(assessment.title, _LONGEST_NAME),
        path=_plain(relative(assessment.path, check.root), _LONGEST_PATH),
    )
    cells = [
        name,
        *(scores.get(part.id, SUMMARY["none"]) for part in first.dimensions),
        *([number(assessment.promise.score)] if first.overall_title else []),
        _plain(JOINED["list"].join(failed) or SUMMARY["none"], _LONGEST_TEXT),
        JOINED["list"].join(counts) or SUMMARY["none"],
    ]
    return f"| {' | '.join(cells)} |"


# --- The lists --------------------------------------------------------------------------------------------


def _item(finding: CheckFinding, check: Check) -> str:
    key = "item" if finding.line else "item-file"
    return (
        SUMMARY[key]
        .format(
            level=CHECK[finding.level],
            rule=_plain(finding.rule, _LONGEST_NAME),
            path=_plain(relative(finding.path, check.root), _LONGEST_PATH),
            line=finding.line,
            said=_plain(said(finding), _LONGEST_TEXT),
            fix=_plain(finding.fix, _LONGEST_TEXT),
        )
        .rstrip()
    )


def _exception(finding: CheckFinding, check: Check) -> str:
    return SUMMARY["exception"].format(
        rule=_plain(finding.rule, _LONGEST_NAME),
        path=_plain(relative(finding.path, check.root), _LONGEST_PATH),
        line=finding.line,
        said=_plain(said(finding), _LONGEST_TEXT),
        excepted=_plain(excepted(finding), _LONGEST_TEXT),
    )
