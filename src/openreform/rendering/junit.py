"""What a check found as JUnit XML: a testsuite a document, a testcase for each thing it was held against.

A test fails exactly where the finding makes the check fail, so that the page of tests and the exit code agree; milder
faults stand in the output of a test that passes, and what the document excepts is a test skipped.
"""

from collections.abc import Sequence
from xml.etree import ElementTree as ET

from openreform.findings import CheckFinding, Sought
from openreform.messages.check_formats import JUNIT
from openreform.messages.checks import CHECK
from openreform.rendering.checked import Check, CheckedDocument, one_line, relative
from openreform.rendering.checks import excepted, lines, said, sentence

_COUNTS = ("tests", "failures", "errors", "skipped")


def render(check: Check) -> str:
    """The XML document, ended by a line feed."""
    top = ET.Element("testsuites", {"name": "openreform check"})
    for each in check.documents:
        _document(top, each, check)
    for path, problems in check.broken():
        seen = one_line(relative(path, check.root))
        suite = ET.SubElement(top, "testsuite", {"name": seen})
        for number, problem in enumerate(problems, 1):
            name = JUNIT["problem"].format(rule=problem.rule, title=problem.title)
            case = _case(suite, name if len(problems) == 1 else f"{name} {number}", seen, max(problem.line, 1))
            _outcome(case, "error", problem.rule, one_line(sentence(problem)), [problem])
    for suite in top:
        _count(suite, suite)
    _count(top, top)
    ET.indent(top)
    made = ET.tostring(top, encoding="unicode").replace("##[", "#&#35;[")  # which GitHub's runner obeys in a log
    return f'<?xml version="1.0" encoding="UTF-8"?>\n{made}\n'


def _document(top: ET.Element, document: CheckedDocument, check: Check) -> None:
    assessment = document.assessment
    seen = one_line(relative(assessment.path, check.root))
    suite = ET.SubElement(top, "testsuite", {"name": seen})
    properties = ET.SubElement(suite, "properties")
    for name, value in (
        ("reform", assessment.reform_id),
        ("title", assessment.title),
        ("framework", f"{assessment.framework_id} {assessment.framework_version}"),
    ):
        ET.SubElement(properties, "property", {"name": name, "value": one_line(value)})
    left = list(document.findings)
    tests: list[tuple[Sought, list[CheckFinding]]] = []
    for sought in check.sought:
        tests.append((sought, [finding for finding in left if sought.is_about(finding)]))
        left = [finding for finding in left if not sought.is_about(finding)]
    tests += [(Sought(each.kind, each.rule, each.target, each.title), [each]) for each in left]
    for sought, found in tests:
        name = JUNIT[sought.kind].format(rule=sought.rule, title=sought.title)
        case = _case(suite, one_line(name), seen, max(found[0].line, 1) if found else 0)
        failing = [finding for finding in found if finding.fails]
        mild = [finding for finding in found if not finding.fails and not finding.exemption]
        if failing:
            more = CHECK["and-more"].format(count=len(failing) - 1) if len(failing) > 1 else ""
            _outcome(case, "failure", sought.rule, one_line(said(failing[0])) + more, failing)
        elif found and not mild:
            _outcome(case, "skipped", sought.rule, one_line(excepted(found[0])), found)
        aside = [finding for finding in found if not finding.fails] if failing else mild
        if aside:
            ET.SubElement(case, "system-out").text = _told(aside)


def _case(suite: ET.Element, name: str, path: str, line: int) -> ET.Element:
    place = {"file": path, **({"line": str(line)} if line else {})}
    return ET.SubElement(suite, "testcase", {"name": name, "classname": path, **place, "time": "0"})


def _outcome(case: ET.Element, result: str, rule: str, message: str, found: Sequence[CheckFinding]) -> None:
    made = ET.SubElement(case, result, {"type": rule, "message": message})
    made.text = _told(found)


def _told(found: Sequence[CheckFinding]) -> str:
    return "\n".join(one_line(line) for line in lines(found))


def _count(into: ET.Element, of: ET.Element) -> None:
    """How many tests there are, and of each result; on the element itself, as programs that read it expect."""
    results = {"tests": "testcase", "failures": "failure", "errors": "error", "skipped": "skipped"}
    for name in _COUNTS:
        into.set(name, str(len(list(of.iter(results[name])))))
    into.set("time", "0")
