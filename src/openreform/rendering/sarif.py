"""What a check found as SARIF 2.1.0, for code scanning and for viewers.

What is wrong with a file that could not be assessed is a result, as viewers show results on their lines and notifications
nowhere; that the file was not assessed is a notification as well, and the run then counts as unsuccessful.
"""

import json
import re
from typing import Any
from urllib.parse import quote

from openreform import __version__
from openreform.findings import CheckFinding
from openreform.framework import Derivation, Framework
from openreform.messages.check_formats import SARIF
from openreform.messages.checks import CHECK
from openreform.plaintext import escape_json
from openreform.rendering.checked import Check, identities, one_line, relative
from openreform.rendering.checks import excepted, sentence
from openreform.rendering.pages import escape_markdown

Plain = dict[str, Any]

SCHEMA = "https://docs.oasis-open.org/sarif/sarif/v2.1.0/errata01/os/schemas/sarif-schema-2.1.0.json"
_LEVELS = {"error": "error", "warning": "warning", "info": "note"}
_SEVERITIES = {"error": "error", "warning": "warning", "info": "recommendation"}
_LINK = re.compile(
    r"\](?=\()|\{(?=\d+\})"
)  # a message may hold links and blanks to fill; strangers' words hold neither
_WORD_JOINER = "\u2060"


def render(check: Check) -> str:
    """A log with one run, as indented JSON."""
    rules = _rules(check)
    order = {rule["id"]: number for number, rule in enumerate(rules)}
    named = zip(check.findings, identities(check.findings), strict=True)
    broken = [
        {
            "level": "error",
            "message": _message(SARIF["not-checked"].format(path=one_line(path), count=len(found))),
            "locations": [_location(path, 0, 0, check.root)],
        }
        for path, found in check.broken()
    ]
    run = {
        "tool": {"driver": {"name": "openreform", "version": __version__, "rules": rules}},
        "automationDetails": {"id": f"openreform-check/{check.framework.id}/"},
        "columnKind": "unicodeCodePoints",
        "invocations": [{"executionSuccessful": not broken, "toolExecutionNotifications": broken}],
        "artifacts": [
            {
                "location": {"uri": _uri(each.assessment.path, check.root)},
                "roles": ["analysisTarget"],
                "hashes": {"sha-256": each.assessment.digest.removeprefix("sha256:")},
            }
            for each in check.documents
        ],
        "results": [_result(finding, name, order[finding.rule], check.root) for finding, name in named],
    }
    return (
        escape_json(json.dumps({"$schema": SCHEMA, "version": "2.1.0", "runs": [run]}, indent=2, ensure_ascii=False))
        + "\n"
    )


# --- Results ----------------------------------------------------------------------------------------------


def _result(finding: CheckFinding, identity: str, index: int, root: str) -> Plain:
    made: Plain = {
        "ruleId": finding.rule,
        "ruleIndex": index,
        "level": _LEVELS[finding.level],
        "message": _message(one_line(sentence(finding))),
        "locations": [_location(finding.path, finding.line, finding.column, root)],
        "partialFingerprints": {"openreform/v1": identity, "primaryLocationLineHash": f"{identity}:1"},
    }
    if finding.known:
        made["baselineState"] = "unchanged"
    if finding.exemption:
        made["suppressions"] = [
            {
                "kind": "inSource",
                "status": "accepted",
                "justification": one_line(excepted(finding)),
                "location": _location(finding.path, finding.exemption.place.line, finding.exemption.place.column, root),
            }
        ]
    return made


def _message(text: str) -> Plain:
    return {"text": _LINK.sub(lambda match: match.group() + _WORD_JOINER, text)}


def _location(path: str, line: int, column: int, root: str) -> Plain:
    region = {"startLine": max(line, 1), **({"startColumn": column} if column > 0 else {})}
    return {"physicalLocation": {"artifactLocation": {"uri": _uri(path, root)}, "region": region}}


def _uri(path: str, root: str) -> str:
    """A reference relative to the repository; for a file outside it, the whole path."""
    seen = relative(path, root)
    return ("file://" if seen.startswith("/") else "") + quote(seen, safe="/")


# --- Rules ------------------------------------------------------------------------------------------------


def _rules(check: Check) -> list[Plain]:
    """Everything looked for, and whatever else was found, each once."""
    looked_for = {each.rule for each in check.sought}
    framework = check.framework
    made = [_rule_of(each, framework, fault=True) for each in framework.faults if each.id in looked_for]
    made += [_rule_of(each, framework, fault=False) for each in framework.gates if each.id in looked_for]
    known = {rule["id"] for rule in made}
    titles = {each.rule: CHECK["threshold-title"] for each in check.sought if each.rule not in known}
    for finding in check.findings:
        if finding.rule not in known:
            titles.setdefault(finding.rule, finding.title)
    levels = {finding.rule: finding.level for finding in check.findings}
    for ident, title in titles.items():
        kind = "threshold" if ident == "threshold" else "problem"
        helped = SARIF[f"help-{kind}"]
        made.append(_descriptor(ident, title, helped, helped, levels.get(ident, "error"), (framework.id, kind)))
    return made


def _rule_of(rule: Any, framework: Framework, *, fault: bool) -> Plain:
    """The rule of a fault or a gate: what it is, why it matters, what to write, and where the idea comes from."""
    what, todo, level = (rule.message, rule.fix, rule.severity) if fault else (rule.question, rule.how_to_pass, "error")
    text = SARIF["help"].format(what=what, why=rule.why, fix=todo)
    markdown = SARIF["help-markdown"].format(
        what=escape_markdown(what), why=escape_markdown(rule.why), fix=escape_markdown(todo)
    )
    sources = _sources(rule.derived_from, framework)
    if sources:
        text += "\n\n" + SARIF["from"] + "\n" + "\n".join(f"- {title}: {url}" for title, url in sources)
        markdown += f"\n\n**{SARIF['from']}**\n\n"
        markdown += "\n".join(f"- {escape_markdown(title)}: <{url}>" for title, url in sources)
    made = _descriptor(rule.id, rule.title, text, markdown, level, (framework.id, "fault" if fault else "gate"))
    made["fullDescription"] = {"text": f"{what} {rule.why}"}
    if sources:
        made["helpUri"] = sources[0][1]
    return made


def _descriptor(ident: str, title: str, text: str, markdown: str, level: str, tags: tuple[str, ...]) -> Plain:
    return {
        "id": ident,
        "shortDescription": {"text": title},
        "fullDescription": {"text": title},
        "help": {"text": text, "markdown": markdown},
        "defaultConfiguration": {"level": _LEVELS[level]},
        "properties": {"tags": list(tags), "problem.severity": _SEVERITIES[level]},
    }


def _sources(derived: tuple[Derivation, ...], framework: Framework) -> list[tuple[str, str]]:
    """The published sources an idea comes from: title and address."""
    known = {source.id: source for source in framework.sources}
    found = (known[each.source] for each in derived if each.source in known)
    return [(f"{source.publisher}, {source.title}", source.url) for source in found]
