"""The sentences of reports: verdicts, reasons, headings. Blanks are filled by the rooms that use them."""

HELD_DOWN: dict[str, tuple[str, str]] = {
    "no-title": ("it has no title, or one that only holds a place", "Give it a title of its own."),
    "ended": ("it has ended", "Nothing that has ended counts; describe what follows it."),
    "considered": ("it is only being considered", "Decide it, and write status: planned."),
    "undated": (
        "no dated milestone with a responsible body stands behind it",
        "Name the milestone that delivers it (milestone: m1), with a due date and a responsible body.",
    ),
    "not-operating": ("it is not in operation", "Once it runs, write status: operational, with evidence."),
    "without-evidence": ("no evidence shows it in operation", "Add the evidence: evidence: [e1]."),
    "evidence": (
        "its best evidence carries no more",
        "Add stronger evidence: the thing at work, or an independent check.",
    ),
    "piloted": ("it is only a pilot", "Run it for everyone, then write status: operational."),
}

REASONS: dict[str, str] = {
    "not-judged": "nobody has judged it: {question}",
    "undescribed": "not described yet: {sections}",
    "nothing-operates": "nothing operating is described",
    "nobody-looked": "nothing is promised here, and nobody says they looked",
    "not-applicable": "not applicable: {reason}",
    "none-found": "looked for and not found",
    "promised-only": "promised, but nothing that earns it operates with evidence",
    "nothing-described": "nothing is described",
}

OVERALL: dict[str, str] = {
    "no-overall": "this framework makes no single score",
    "nothing-operates": "nothing operating is described",
    "insufficient": "insufficient data",
    "dimension-missing": "no score for {dimensions}",
}

VERDICT: dict[str, str] = {
    "list-and": "{first} and {last}",
    "list-comma": ", ",
    "clauses": "; ",
    "unknown": "not known: {nouns}",
    "end": "{clauses}.",
}

GATES: dict[str, str] = {
    "passed": "{says}",
    "failed": "not so: {says}",
    "undecided": "not known: {says}",
    "not-applicable": "does not apply",
}

JOIN: dict[str, str] = {"facts": "; "}

TEXT: dict[str, str] = {
    "promise": "Promise",
    "practice": "Practice",
    "as-of": "read as of {date}",
    "role-self": "self-assessed",
    "role-peer": "peer",
    "role-independent": "independent",
    "coverage": "coverage {percent}",
    "no-score": "—",
    "insufficient": "insufficient data",
    "range": "{low} to {high} with what is unknown",
    "reach": "{above} of {all} addressed, mean level {strength}",
    "reach-none": "none of {all} addressed",
    "reach-unknown": "not assessed",
    "criteria": "What earns it",
    "level": "level {level} of {rungs}",
    "level-range": "level {level} of {rungs}, up to {high} if what is unknown is so",
    "not-assessed": "not assessed",
    "not-applicable": "not applicable",
    "shown-by": "line {line}, {name}",
    "missing": "missing for {level}: {says}",
    "nearest": "nearest: line {line}, {name}; lacks {lacks}",
    "nearest-held": "nearest: line {line}, {name}; {held}",
    "nearest-both": "nearest: line {line}, {name}; lacks {lacks}; {held}",
    "not-addressed": "Not addressed",
    "not-known": "Not assessed",
    "claims": "Claimed by the text",
    "claim-shown": "{title} {score}",
    "gates": "Gates",
    "gate-passed": "passed",
    "gate-failed": "failed",
    "gate-undecided": "undecided",
    "gate-not-applicable": "not applicable",
    "next": "What to write next",
    "step": "{number}. {id} {title} to level {level}: {says}",
    "step-where": "line {line}, {name}",
    "step-new": "new, under {section}",
    "gain": "{title} +{gain}",
    "gain-dimension": "{dimension} +{gain}",
    "gain-gate": "needed for the gate {gates}",
    "effort": "effort {effort}",
    "after-all": "All together: {scores}.",
    "after-score": "{title} {score}",
    "nothing-next": "Nothing: every rung of the promise holds.",
    "practice-next": "To show in practice",
    "practice-step": "{id} {title}: show evidence of this: {says}",
    "concerns": "Concerns recorded",
    "method": "{title}, version {version}. {attribution}",
    "problem": "{path}:{line}:{column}: {message} {fix}",
    "problem-file": "{path}: {message} {fix}",
    "skipped": "{count} files without the field 'openreform' skipped.",
    "skipped-one": "1 file without the field 'openreform' skipped.",
    "near-miss": "{path} was skipped: it has the field {near}; did you mean 'openreform'?",
}

EXPLAIN: dict[str, str] = {
    "heading": "{id} {title} ({dimension})",
    "gate-heading": "Gate {id}: {title}",
    "question": "Question",
    "why": "Why it matters",
    "levels": "Levels",
    "level": "{level}  {text}",
    "level-practice": "in practice: {text}",
    "level-needs": "needs: {says}",
    "effort": "effort: {effort}",
    "fields": "Fields its tests read",
    "evidence": "What counts as evidence",
    "faults": "Common faults",
    "raise": "How to raise it",
    "snippet": "To paste and adapt",
    "resources": "To read",
    "derived": "Derived from",
    "pass": "How to pass",
    "applies": "Applies when",
    "applies-present": "{field} is filled in",
    "ceilings": "What holds a promise down",
    "ceilings-text": (
        "Only being considered: level 1. Planned or piloted without a dated milestone that has a responsible body: level 2. "
        "In practice: no evidence 0, a statement 1, an official document 2, the working thing 3, an independent check 4; a "
        "pilot at most 2. An element without a title earns nothing."
    ),
    "kind-text": "text",
    "kind-name": "a name",
    "kind-number": "a number",
    "kind-yes-no": "true or false",
    "kind-date": "YYYY, YYYY-MM or YYYY-MM-DD",
    "kind-reference": "id of an entry of '{section}'",
    "kind-references": "list of ids of entries of '{section}', in brackets",
    "kind-choice": "one of the values",
    "kind-choices": "a list of the values, in brackets",
    "kind-names": "a list of names, in brackets",
    "kind-id": "an id",
    "kind-link": "a web address",
    "kind-group": "fields of its own",
    "kind-elements": "a list of entries",
    "gates": "Gates, pass or fail, beside the score",
    "sections": "What a reform document can say",
}
