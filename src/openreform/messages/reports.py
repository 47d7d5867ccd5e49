"""The sentences of reports: verdicts, reasons, headings. Blanks are filled by the rooms that use them."""

NAMELESS = "entry {number} of {section}, which has no title"

HELD_DOWN: dict[str, tuple[str, str]] = {
    "no-title": ("it has no title, or one that only holds a place", "Give it a title of its own."),
    "ended": ("it has ended", "Nothing that has ended counts; describe what follows it."),
    "considered": ("it is only being considered", "Decide it, and write status: planned."),
    "undated": (
        "no dated milestone with a responsible body stands behind it",
        "Name the milestone that delivers it (milestone: its id); that milestone needs a due date and a responsible body.",
    ),
    "milestone-undated": (
        "its milestone {milestone} (line {line}) has no date",
        "Give milestone {milestone} (line {line}) a date: due: <YYYY-MM-DD>.",
    ),
    "milestone-without-body": (
        "nobody is responsible for its milestone {milestone} (line {line})",
        "Name who is responsible for milestone {milestone} (line {line}), or who leads the reform: leads.",
    ),
    "milestone-without-title": (
        "its milestone {milestone} (line {line}) has no title, or one that only holds a place",
        "Give milestone {milestone} (line {line}) a title of its own.",
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

NEEDS: dict[str, str] = {
    "unknown": "unknown",
    "choose": "<one of {values}>",
    "one-of": "one of {values}",
    "one": "{value}",
    "all-of": "all of {values}",
    "at-least": "at least {limit}",
    "at-least-several": "at least {limit} of them",
    "at-most": "at most {limit}",
    "absent": "to be left out",
    "before": "a date not after {limit}",
    "after": "a date not before {limit}",
    "words": "words such as {values}",
    "same": "the same as {others}",
    "other": "another than {others}",
    "and": " and ",
    "more": "{first}, …",
    "date": "<YYYY-MM-DD>",
    "number": "<number>",
    "name": "<name>",
    "text": "<words>",
    "link": "<https://…>",
    "id": "<id>",
    "reference": "<id of an entry under {section}>",
    "reference-with": "<id of an entry under {section} that has {field}: {value}>",
}

LACKS: dict[str, str] = {
    "missing": "no {field}",
    "unknown": "{field} is unknown",
    "wrong": "{field} is {has} and needs {needs}",
    "or": " or ",
    "add": "Add: {field}: {write}",
    "add-under": "Add under its '{group}:': {field}: {write}",
    "find-out": "Find out, and take it out of 'unknown': {field}: {write}",
    "change": "Change to: {field}: {write}",
    "new": "Add an entry under {section}, if the reform is to have one:",
    "where-one": "(line {lines})",
    "where-all": "(lines {lines})",
    "either": "{first}, or {second}",
}

JOIN: dict[str, str] = {"facts": "; "}

TEXT: dict[str, str] = {
    "promise": "Promise",
    "practice": "Practice",
    "as-of": "read as of {date}",
    "role-self": "self-assessed",
    "role-peer": "assessed by peers",
    "role-independent": "independently assessed",
    "coverage": "{percent} of criteria assessed",
    "scored": "{score} of 100",
    "no-score": "—",
    "insufficient": "insufficient data",
    "range": "{low} to {high} with what is unknown",
    "reach": "{above} of {all} at mean level {strength}",
    "reach-none": "none of {all}",
    "reach-unknown": "not assessed",
    "criteria": "What earns it",
    "level": "level {level} of {rungs}",
    "level-range": "level {level} of {rungs}, up to {high} if what is unknown is so",
    "not-assessed": "not assessed",
    "not-applicable": "not applicable",
    "shown-by": "line {line}, {name}",
    "missing": "missing for {level}: {says}",
    "missing-practice": "in practice, missing for {level}: {says}",
    "practice-reason": "in practice: {reason}",
    "reason": "{id} {title} ({reason})",
    "concern": "{kind}, line {line}: {text}",
    "nearest": "nearest: line {line}, {name}: {lacks}",
    "nearest-held": "nearest: line {line}, {name}: {held}",
    "nearest-both": "nearest: line {line}, {name}: {lacks}; {held}",
    "not-addressed": "Not addressed",
    "not-known": "Not assessed",
    "together": "All together",
    "claims": "The text claims: {claims}",
    "claim-shown": "{title} (here {score})",
    "placeholders": "Still to be filled in, or without a title, and earning nothing: line {lines}.",
    "gates": "Gates",
    "gate-passed": "passed",
    "gate-failed": "failed",
    "gate-undecided": "undecided",
    "gate-not-applicable": "not applicable",
    "next": "What to write next",
    "next-note": "Only what the reform is really to do: first into its text, then into this description.",
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
    "words": "Words used in reports",
    "also": "There are more fields of that name: {paths}.",
    "sections": "What a reform document can say",
}

PAGE: dict[str, str] = {
    "no-side": "—",
    "title-one": "{title}: how open is it?",
    "title-many": "How open are {count} reforms?",
    "generated": "Made with openreform {version}.",
    "framework-line": "{id} {version}, {licence}",
    "promise-side": "In the promise",
    "practice-side": "In practice",
    "effort": "Effort",
    "same": "the same",
    "contents": "Reforms",
    "skip": "Skip to the results",
    "scores": "Scores",
    "dimension": "Dimension",
    "of-100": "of 100",
    "addressed": "Addressed",
    "criteria": "Criteria",
    "criterion": "Criterion",
    "level": "Level",
    "points": "Points",
    "sum": "The sum",
    "missing-short": "Missing",
    "provenance": "Digests of the document and of the framework: {document}, {framework}",
    "sum-caption": "How the score of each dimension of the promise is made: level, share of the weight, contribution",
    "earned": "Earned by",
    "missing": "Missing for level {level}",
    "coverage": "Coverage",
    "share": "Share of weight",
    "contribution": "Contribution",
    "gate": "Gate",
    "result": "Result",
    "why": "Why",
    "gates-caption": "Gates pass or fail beside the score and change nothing in it",
    "method": "Method and limits",
    "who": "Who assessed",
    "reach": "{score} of 100",
    "bar": "{title}: {score} of 100",
    "range": "between {low} and {high} with what is unknown",
}

GLOSSARY: dict[str, str] = {
    "openness": (
        "One number for transparency, participation and accountability together, 0 to 100: their power mean with exponent "
        "one half. Equal scores give that score (40, 40, 40 make 40); silence in one is not made up for by strength in another "
        "(90, 30, 0 make 24.9)."
    ),
    "promise": "What the text commits to. A plan without a dated milestone and a responsible body reaches level 2 at most.",
    "practice": (
        "What operates today, by the best evidence given: a statement carries level 1, an official document 2, the working "
        "thing 3, an independent check 4. It never exceeds the promise."
    ),
    "level": "A rung of a criterion's ladder, 0 to 4. A rung holds when its tests and those of all lower rungs hold.",
    "rung": "A level of a criterion's ladder. A rung holds when its tests and those of all lower rungs hold.",
    "coverage": (
        "The share of criteria that could be assessed. Sections under 'undescribed' cannot. Under 75 % of those in "
        "transparency, participation and accountability there is no single score."
    ),
    "reach": "The share of a dimension's criteria that are above level 0. Score = reach × mean level, as a share of 100.",
    "strength": "The mean level of the criteria of a dimension that are above 0.",
    "gate": "A rule that passes or fails beside the score and never changes it. 'openreform explain' lists them.",
    "effort": "How much work a rung usually takes: low (writing it down), medium (arranging it), high (new rules or bodies).",
    "evidence": "What shows that a thing exists or works. 'openreform explain evidence.kind' lists what counts.",
    "irm": "OGP's Independent Reporting Mechanism, which assesses action plans. Nothing printed here is an IRM result.",
    "ogp": "The Open Government Partnership.",
}

SCHEMA: dict[str, str] = {
    "reform": "A public service reform, described for openreform",
    "framework": "A framework of openreform",
    "assessment": "The JSON report of openreform",
}
