"""What a check says."""

CHECK: dict[str, str] = {
    "problem-title": "The file cannot be read",
    "threshold-title": "Below what is asked",
    "threshold-fix": "'openreform assess' says what to write next.",
    "gate-failed": "The gate “{title}” is failed: {reason}.",
    "gate-undecided": "The gate “{title}” is undecided: {reason}.",
    "below": "{what} of the {side} is {score}, and {limit} is asked.",
    "no-score": "{what} of the {side} has no score, and {limit} is asked.",
    "coverage": "{coverage} % of the promise could be assessed, and {limit} % is asked.",
    "promise": "promise",
    "practice": "practice",
    "line": "{path}:{line}:{column}: {level} {rule}: {message}",
    "line-file": "{path}: {level} {rule}: {message}",
    "fix": "{fix}",
    "named": "{name}: {message}",
    "excepted": "excepted until {end} by {by}: {because}",
    "error": "error",
    "warning": "warning",
    "info": "info",
    "of-file": "{path}: {counts}",
    "of-rule": "{message} [{rule}]",
    "verdict-fine": "Checked: {documents}. {counts}. Nothing asked for was missed.",
    "verdict-short": "Checked: {documents}. {counts}. {short} of them fall short: {ids}.",
    "verdict-one-short": "Checked: {documents}. {counts}. It falls short.",
    "documents-one": "1 document",
    "documents": "{count} documents",
    "count-error": "{count} errors",
    "count-error-one": "1 error",
    "count-warning": "{count} warnings",
    "count-warning-one": "1 warning",
    "count-info": "{count} remarks",
    "count-info-one": "1 remark",
    "count-exception": "{count} excepted",
    "count-exception-one": "1 excepted",
    "no-findings": "no faults",
    "threshold-of": "Score of at least {written}",
    "coverage-of": "Coverage of at least {limit} %",
    "and-more": " (and {count} more)",
    "checked": "Checked: {documents}. {counts}.",
    "today": "Exceptions are held against {date}.",
}

JOINED: dict[str, str] = {"and": " and ", "list": ", "}

SARIF: dict[str, str] = {
    "not-checked": "{path} could not be assessed; problems in it: {count}.",
    "help": "{what}\n\nWhy it matters: {why}\n\nWhat to write: {fix}",
    "help-markdown": "{what}\n\n**Why it matters:** {why}\n\n**What to write:** {fix}",
    "from": "Where this comes from",
    "help-threshold": "The lowest value the text could have is held against what is asked. 'openreform assess' says what to write next, and what each step would gain.",
    "help-problem": "The file is no document that can be assessed, so nothing was looked for in it. Mend the line that is named; 'openreform explain' tells the fields.",
}
"""The rules of a SARIF log, and what could not be done."""

JUNIT: dict[str, str] = {
    "fault": "{rule} {title}",
    "problem": "{rule} {title}",
    "gate": "Gate: {title}",
    "threshold": "{title}",
}
"""How a test is called."""

GITHUB: dict[str, str] = {
    "title": "openreform check",
    "found": "{rule} {title}",
    "excepted": "{rule} {title} (excepted)",
    "more": "GitHub shows {most} remarks of each level a step. Not shown on lines: {more}. All of them are in the log of this step.",
}

SUMMARY: dict[str, str] = {
    "title": "openreform check",
    "fine": "nothing asked for was missed",
    "short": "{short} of {documents} fall short",
    "short-one": "the document falls short",
    "broken": "{count} files could not be read",
    "broken-one": "1 file could not be read",
    "document": "Document",
    "whole": "Whole",
    "gates": "Gates failed",
    "found": "Found",
    "none": "—",
    "short-document": "**{title}** (falls short)<br>{path}",
    "fine-document": "{title}<br>{path}",
    "scores-note": "Scores are of what the text promises, from 0 to 100.",
    "more-documents": "And {count} more documents.",
    "more": "And {count} more: the log of this step has them all.",
    "problems": "Files that could not be read",
    "faults": "What was found, the worst first",
    "exceptions": "Excepted for now",
    "item": "- **{level}** {rule} · {path}, line {line}: {said} {fix}",
    "item-file": "- **{level}** {rule} · {path}: {said} {fix}",
    "exception": "- {rule} · {path}, line {line}: {said} *{excepted}*",
}
"""The summary of a check in Markdown."""
