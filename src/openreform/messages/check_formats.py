"""What a check says in the formats of others: SARIF, JUnit, GitHub, the Markdown summary."""

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
