"""What a check found as remarks on lines: workflow commands for GitHub, a code quality report for GitLab."""

import json
from collections import Counter

from openreform.findings import SEVERITIES, CheckFinding, worst_first
from openreform.messages.check_formats import GITHUB, JOINED
from openreform.messages.checks import CHECK
from openreform.plaintext import escape_json
from openreform.rendering.checked import Check, identities, one_line, relative
from openreform.rendering.checks import sentence

_COMMANDS = {"error": "error", "warning": "warning", "info": "notice"}
_MOST_SHOWN = 10
"""How many annotations of each level GitHub shows of one step; the others are in its log only."""


def github(check: Check) -> list[str]:
    """A workflow command a finding, the worst first, those excepted last; at the end how many GitHub will not show."""
    found = sorted(check.findings, key=lambda finding: (finding.stands, *worst_first(finding)))
    made = [_command(finding, check.root) for finding in found]
    shown = Counter(_command_of(finding) for finding in found)
    more = [
        CHECK[f"count-{level}-one" if left == 1 else f"count-{level}"].format(count=left)
        for level in SEVERITIES
        if (left := shown[_COMMANDS[level]] - _MOST_SHOWN) > 0
    ]
    if more:
        said = GITHUB["more"].format(most=_MOST_SHOWN, more=JOINED["list"].join(more))
        made.append(f"::notice title={_property(GITHUB['title'])}::{_data(said)}")
    return made


def _command_of(finding: CheckFinding) -> str:
    return "notice" if finding.stands else _COMMANDS[finding.level]


def _command(finding: CheckFinding, root: str) -> str:
    place = {"file": relative(finding.path, root), "line": str(max(finding.line, 1))}
    if finding.column > 0:
        place["col"] = str(finding.column)
    place["title"] = GITHUB["excepted" if finding.exemption else "found"].format(
        rule=finding.rule, title=one_line(finding.title)
    )
    properties = ",".join(f"{name}={_property(value)}" for name, value in place.items())
    return f"::{_command_of(finding)} {properties}::{_data(sentence(finding))}"


def _data(text: str) -> str:
    """A text that ends no command and begins none, as the runner reads it back."""
    return one_line(text).replace("%", "%25").replace("\r", "%0D").replace("\n", "%0A")


def _property(text: str) -> str:
    return _data(text).replace(":", "%3A").replace(",", "%2C")


_GITLAB = {"error": "major", "warning": "minor", "info": "info"}


def gitlab(check: Check) -> str:
    """A list of findings as GitLab's merge requests show them; a broken file is the worst, what is excepted the mildest."""
    made = [
        {
            "description": one_line(sentence(finding)),
            "check_name": finding.rule,
            "fingerprint": identity,
            "severity": "critical"
            if finding.kind == "problem"
            else "info"
            if finding.stands
            else _GITLAB[finding.level],
            "location": {
                "path": one_line(relative(finding.path, check.root)),
                "lines": {"begin": max(finding.line, 1)},
            },
        }
        for finding, identity in zip(check.findings, identities(check.findings), strict=True)
    ]
    return escape_json(json.dumps(made, indent=2, ensure_ascii=False)) + "\n"
