"""What a check found, for a person: a finding a line, or grouped where a person watches; and its verdict in one line."""

from collections.abc import Iterable
from itertools import groupby
from typing import Any

from openreform import __version__
from openreform.findings import SEVERITIES, CheckFinding, worst_first
from openreform.messages.checks import CHECK
from openreform.messages.ratchets import RATCHET
from openreform.plaintext import begun, visible
from openreform.problems import Problem
from openreform.rendering.json import FORMAT, as_text, checked_as_json
from openreform.rendering.layout import WIDTH, Page

_STYLES = {"error": "red", "warning": "yellow", "info": "cyan"}
_MOST_NAMED = 10
_HANG = 18


def lines(findings: Iterable[CheckFinding]) -> list[str]:
    """A line a finding, as editors and scripts read it; and none that GitHub would take for a command of a workflow."""
    return [_harmless(_line(finding)) for finding in findings]


def _harmless(line: str) -> str:
    """A line that does not begin with `::` and holds no `##[`: a file may be called so, or a step."""
    return ("./" if line.lstrip().startswith("::") else "") + line.replace("##[", "##\u2060[")


def _line(finding: CheckFinding) -> str:
    key = "line" if finding.line else "line-file"
    return CHECK[key].format(
        path=visible(finding.path),
        line=finding.line,
        column=finding.column,
        level=CHECK[finding.level],
        rule=finding.rule,
        message=sentence(finding),
    )


def sentence(finding: CheckFinding) -> str:
    """All there is to say of a finding: what is wrong, what to write, and that it may stay if it may."""
    return f"{said(finding)} {finding.fix}{_beside(finding)}".strip()


def said(finding: CheckFinding) -> str:
    """What is wrong, with the name of the entry where it has one of its own."""
    own = (
        finding.kind == "fault" and finding.name and not finding.target.endswith(f"/{finding.target.partition('/')[0]}")
    )
    return CHECK["named"].format(name=visible(finding.name), message=finding.message) if own else finding.message


def excepted(finding: CheckFinding) -> str:
    """Until when a fault may stay, who says so, and why; empty where it may not."""
    if finding.exemption is None:
        return ""
    told = finding.exemption
    return visible(CHECK["excepted"].format(end=told.end or "…", by=told.by or "…", because=told.because or "…"))


def _beside(finding: CheckFinding) -> str:
    """The same behind what is wrong."""
    if finding.exemption is None:
        return RATCHET["known-after"] if finding.known else ""
    return f" ({excepted(finding)})"


def page(findings: Iterable[CheckFinding], width: int = WIDTH) -> Page:
    """Grouped by file, the worst of each first, for a person at a terminal."""
    made = Page(width)
    for number, (path, group) in enumerate(groupby(findings, key=lambda finding: finding.path)):
        if number:
            made.add()
        found = sorted(group, key=lambda finding: (finding.exemption is not None, *worst_first(finding)))
        made.add(CHECK["of-file"].format(path=visible(path), counts=counted(found)), style="bold")
        for finding in found:
            place = f"{finding.line}:{finding.column}" if finding.line else ""
            style = "dim" if finding.exemption or finding.known else _STYLES[finding.level]
            told = CHECK["of-rule"].format(message=f"{said(finding)}{_beside(finding)}", rule=finding.rule)
            made.add(f"{place:>7}  {CHECK[finding.level]:<7}  {told}", hang=_HANG, style=style)
            if finding.fix:
                made.add(finding.fix, indent=_HANG, style="dim")
    return made


def verdict(documents: Iterable[Any], findings: list[CheckFinding]) -> str:
    """The whole check in one line."""
    checked = list(documents)
    short = [each.assessment.reform_id for each in checked if each.fell_short]
    key = "verdict-fine" if not short else "verdict-one-short" if len(checked) == 1 else "verdict-short"
    if key == "verdict-short" and len(short) == 1:
        key = "verdict-short-one"
    named = ", ".join(visible(ident) for ident in short[:_MOST_NAMED]) + (" …" if len(short) > _MOST_NAMED else "")
    return CHECK[key].format(
        documents=CHECK["documents-one" if len(checked) == 1 else "documents"].format(count=len(checked)),
        counts=begun(counted(finding for finding in findings if finding.kind != "problem")),
        short=len(short),
        ids=named,
    )


def counted(findings: Iterable[CheckFinding]) -> str:
    """How many of each kind there are, those excepted and those known before apart."""
    found = list(findings)
    counts: dict[str, int] = {
        level: sum(1 for each in found if each.level == level and not each.exemption and not each.known)
        for level in SEVERITIES
    }
    counts["known"] = sum(1 for each in found if each.known)
    counts["exception"] = sum(1 for each in found if each.exemption)
    said = [
        CHECK[f"count-{level}-one" if count == 1 else f"count-{level}"].format(count=count)
        for level, count in counts.items()
        if count
    ]
    return ", ".join(said) or CHECK["no-findings"]


def as_json(documents: Iterable[Any], findings: list[CheckFinding], problems: list[Problem], as_of: str | None) -> str:
    """The envelope of design §7 with what was found, and what is failed, in each document."""
    return as_text(
        {
            "format": FORMAT,
            "tool": {"name": "openreform", "version": __version__},
            "as_of": as_of,
            "assessments": [checked_as_json(each.assessment, each.findings) for each in documents],
            "problems": [
                {"path": p.path, "line": p.line, "column": p.column, "code": p.code, "message": p.message, "fix": p.fix}
                for p in problems
            ],
        }
    )
