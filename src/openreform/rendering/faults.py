"""The faults and exceptions of one document, for its reports; and those a framework knows, for its pages."""

from collections.abc import Iterable

from openreform.assessment import Assessment, Excepted, Fault, Severity
from openreform.findings import SEVERITIES
from openreform.framework import DEFAULT_FRAMEWORK, Framework
from openreform.messages.checks import CHECK, REPORT
from openreform.messages.reports import TEXT
from openreform.plaintext import visible
from openreform.rendering.layout import Page, short

STYLES: dict[Severity, str] = {"error": "red", "warning": "yellow", "info": "cyan"}
_MOST_LINES = 12


def standing(assessment: Assessment) -> list[Fault]:
    """The faults to be mended, the worst first: those no exception speaks of, and those of exceptions themselves."""
    found = [fault for fault in assessment.faults if fault.exemption is None]
    return sorted(found, key=lambda fault: SEVERITIES.index(fault.severity))


def summary(assessment: Assessment) -> str:
    """How many faults there are, on which lines, and what lists them."""
    found = standing(assessment)
    lines = sorted({fault.place.line for fault in found})
    more = len(lines) - _MOST_LINES
    shown = ", ".join(str(line) for line in lines[:_MOST_LINES])
    option = "" if assessment.framework_id == DEFAULT_FRAMEWORK else TEXT["full-framework"]
    return REPORT["summary-one" if len(lines) == 1 else "summary"].format(
        counts=counted(found),
        lines=REPORT["and-more"].format(shown=shown, count=more) if more > 0 else shown,
        path=visible(assessment.path),
        option=option,
    )


def counted(faults: Iterable[Fault]) -> str:
    """How many of each severity there are."""
    severities = [fault.severity for fault in faults]
    counts = {level: severities.count(level) for level in SEVERITIES}
    return ", ".join(
        CHECK[f"count-{level}-one" if count == 1 else f"count-{level}"].format(count=count)
        for level, count in counts.items()
        if count
    )


def said_of(fault: Fault) -> str:
    """What is wrong, with the name of the entry where the fault is that of one entry."""
    own = "[" in fault.place.path and fault.place.name
    return CHECK["named"].format(name=short(fault.place.name), message=fault.message) if own else fault.message


def exception_line(made: Excepted) -> str:
    """An exception in words: for what, why, who answers for it, until when, and which lines stand by it."""
    told = made.exemption
    end = "exception-no-end" if not told.end else "exception-ended" if made.ended else "exception-until"
    covers = (
        "exception-covers" if len(made.covers) > 1 else "exception-covers-one" if made.covers else "exception-unused"
    )
    return REPORT["exception"].format(
        id=made.id,
        title=made.title,
        where=REPORT["exception-where"].format(where=", ".join(made.where)) if made.where else "",
        line=told.place.line,
        because=(told.because or REPORT["exception-no-reason"]).rstrip("."),
        by=REPORT["exception-by" if told.by else "exception-by-nobody"].format(by=told.by),
        end=REPORT[end].format(end=told.end),
        covers=REPORT[covers].format(lines=", ".join(str(line) for line in made.covers)),
    )


def add_to(page: Page, assessment: Assessment, *, full: bool) -> None:
    """The faults in one line, or each with what to write if all is to be told; and every exception."""
    found = standing(assessment)
    if found:
        page.heading(REPORT["faults"])
        page.add(counted(found) if full else summary(assessment), indent=2, hang=4)
    for fault in found if full else ():
        head = REPORT["fault"].format(
            id=fault.id, severity=CHECK[fault.severity], line=fault.place.line, message=said_of(fault)
        )
        page.add(head, indent=2, hang=6, style=STYLES[fault.severity])
        page.add(f"> {fault.fix}", indent=6, hang=8)
    if assessment.exceptions:
        page.heading(REPORT["exceptions"])
    for made in assessment.exceptions:
        page.add(exception_line(made), indent=2, hang=4, style="yellow" if made.ended or not made.covers else "")


def fault_lines(framework: Framework) -> list[str]:
    """Every fault a framework knows, a line each: id, severity, what it is called, what it says."""
    return [
        REPORT["known"].format(id=fault.id, severity=CHECK[fault.severity], title=fault.title, message=fault.message)
        for fault in framework.faults
    ]
