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
    "without-date": ("it has no date", "Say when it is to take place or to stand: due: <YYYY-MM-DD>."),
    "without-lead": ("nobody is named who leads", "Name the body that leads the making of the plan: leads."),
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
    "find-out": "Find out, and take {field} out of 'unknown': {line}",
    "find-out-there": "Find out, and in the entry that '{named}' names take {field} out of 'unknown': {field}: {write}",
    "change": "Change to: {field}: {write}",
    "new": "Add an entry under {section}, if the reform is to have one:",
    "new-plan": "Add an entry under {section}, if there is to be one:",
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
    "coverage": "{assessed} of {all} criteria assessed",
    "scored": "{score} of 100",
    "no-score": "—",
    "insufficient": "insufficient data",
    "range": "up to {high} if all that is unknown is so",
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
    "not-known": "Not known, could be more",
    "up-to": "{id} (up to {high})",
    "levels-note": "Levels 0 to {most}, promise/practice; + could be more, if what is unknown is so; — not assessed.",
    "practice-note": "In no criterion does practice exceed the promise; its mean is over the {assessed} of {all} criteria where something is promised or was looked for.",
    "full": "What earns each level, and where: openreform assess --full. What a criterion asks: openreform explain {id}{option}.",
    "full-framework": " --framework …",
    "no-whole": "Scores by dimension; this framework gives none of the whole",
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
    "next-note": "Only what the reform is really to do: first into its text, then into this description. A gain is that of the "
    "one criterion; what is written may lift others too.",
    "next-note-plan": "Only what is really to be done, or was: first in public, then in this description. A gain is that of the one "
    "criterion; what is written may lift others too.",
    "step": "{number}. {id} {title}, to level {level}: {says}",
    "step-where": "line {line}, {name}",
    "step-new": "new, under {section}",
    "gain": "{title} +{gain}",
    "gain-dimension": "{dimension} +{gain}",
    "gain-gate": "needed for the gate {gates}",
    "effort": "effort {effort}",
    "after-all": "All together: {scores}.",
    "after-score": "{title} {score}",
    "nothing-next": "Nothing: every level of the promise is reached.",
    "practice-next": "To show in practice",
    "practice-step": "{id} {title}: show evidence of this: {says}",
    "concerns": "Concerns recorded",
    "waiting": "Not described yet (line {line}): {sections}. Not assessed until then: {criteria}.",
    "not-waited-for": "Not described yet (line {line}): {sections}.",
    "run": "{first}–{last}",
    "tailored": "Tailored framework",
    "tailored-from": "Made from {id} {version}; scores above are not comparable with those of others.",
    "tailored-weight": "{id} {title} counts {new} here, {old} there.",
    "tailored-dropped": "{id} {title} is left out: {reason}",
    "tailored-added": "{id} {title} is added.",
    "untailored-promise": "Without these changes, promise: {scores}",
    "untailored-practice": "Without these changes, practice: {scores}",
    "irm": "Recorded by the IRM",
    "irm-note": "Codes of OGP's Independent Reporting Mechanism, as they stand in the document. They are not ours and in no score.",
    "irm-code": "{code}: {value}",
    "irm-yes": "yes",
    "irm-no": "no",
    "method": "{title}, version {version}. {attribution}",
    "problem": "{path}:{line}:{column}: {message} {fix}",
    "problem-file": "{path}: {message} {fix}",
    "skipped": "{count} files without the field 'openreform' skipped.",
    "skipped-one": "1 file without the field 'openreform' skipped.",
    "skipped-plan-one": "1 document on an action plan skipped, as the framework is for reforms; for plans: --framework {framework}.",
    "skipped-plan": "{count} documents on action plans skipped, as the framework is for reforms; for plans: --framework {framework}.",
    "skipped-reform-one": "1 document on a reform skipped, as the framework is for action plans; for reforms: --framework {framework}.",
    "skipped-reform": "{count} documents on reforms skipped, as the framework is for action plans; for reforms: --framework {framework}.",
    "near-miss": "{path} was skipped: it has the field {near}; did you mean 'openreform'?",
}

EXPLAIN: dict[str, str] = {
    "heading": "{id} {title} ({dimension})",
    "gate-heading": "Gate {id}: {title}",
    "why": "Why it matters",
    "levels": "Levels, and how to write each",
    "level": "{level}  {text}",
    "level-practice": "In practice: {text}",
    "level-judged": "A person judges this: {question}",
    "effort": "Effort: {effort}",
    "fields": "The fields it reads",
    "evidence": "What counts as evidence",
    "faults": "Common faults",
    "raise": "How to raise it",
    "snippet": "To paste and adapt",
    "snippet-milestone": (
        "milestones:\n  - id: {id}\n    title: The step that delivers it\n    due: 2027-06-30\n    responsible: [The body in charge]"
    ),
    "snippet-own": (
        "{id} stands for the id of one of your own milestones. If your document has milestones already, leave these lines out "
        "and write the id of the one that delivers this."
    ),
    "snippet-lead": "leads:\n  - organisation: The body that leads the plan",
    "snippet-lead-own": "If your document says who leads already, leave those lines out.",
    "snippet-section": "If your document has one of these sections already, put the new lines under it.",
    "resources": "To read",
    "derived": "Derived from",
    "pass": "How to pass",
    "applies": "Applies when",
    "applies-present": "the description says, under {field}, {text}",
    "applies-absent": "the description says nothing under {field}",
    "applies-dimension": "{title} scores {min} of 100 or more",
    "applies-level": "{id} {title} is at level {min} or above",
    "applies-list": "what is asked of the entries under {section} is so",
    "applies-not": "it is not so that {what}",
    "and": " and ",
    "or": " or ",
    "ceilings": "What holds a level down",
    "ceilings-promise": "In the promise, an entry under {sections} counts:",
    "ceilings-practice": "In practice, an entry under {sections} counts by its best evidence, and never above the promise:",
    "ceilings-title": "An entry without a title or name of its own does not count.",
    "ceiling": "{state}: up to level {level}",
    "ceiling-none": "{state}: not at all",
    "considered": "only being considered",
    "undated": "planned or piloted, without a milestone that has a date and a responsible body",
    "dated": "planned or piloted with a dated milestone, or in operation",
    "ended": "ended",
    "not-operating": "planned or only being considered",
    "without_evidence": "no evidence",
    "statement": "a statement, or anything without a web address",
    "document": "an official document, or a check by those in charge",
    "working": "the thing itself at work",
    "check": "a check by others",
    "piloted": "only a pilot, whatever the evidence",
    "kind-text": "a few words or a sentence",
    "kind-name": "a name or a few words",
    "kind-number": "a number",
    "kind-yes-no": "true or false",
    "kind-date": "YYYY, YYYY-MM or YYYY-MM-DD",
    "kind-reference": "the id of an entry under {section}",
    "kind-references": "ids of one or more entries under {section}, in brackets",
    "kind-choice": "choose one",
    "kind-choices": "choose one or more, in brackets",
    "kind-names": "one or more names, in brackets",
    "kind-id": "an id",
    "kind-link": "a web address",
    "kind-group": "a group of fields",
    "kind-elements": "one or more entries, each with fields of its own",
    "code": "{words} ({values})",
    "kind-codes": "codes, each with its value",
    "required": "{name} (required)",
    "required-kind": "required; {kind}",
    "write": "How to write it: {kind}",
    "write-such-as": "How to write it: {kind}, such as {example}",
    "gates": "Gates, pass or fail, beside the score",
    "words": "Words used in reports",
    "stands-in": "A field of {sections}.",
    "index": "For more on any of these: {examples}.",
    "index-sections": (
        "A description says what people will see (publications), what they will be able to do (mechanisms), which laws and "
        "rules stand behind it (instruments) and what is done by when (milestones)."
    ),
    "frameworks-next": "Next: openreform framework show {id}, or openreform explain",
    "sections": "What a reform document can say",
    "index-sections-plan": (
        "A description says where government and others meet (forum), what people can see (website, repository), how they can "
        "say what the plan is to hold (timeline, outreach, inputs), what they are told of it (response), and how they follow "
        "the plan (meetings)."
    ),
    "sections-plan": "What a plan document can say",
    "undated-plan": "planned or piloted, without a date, or without a body that leads the plan",
    "dated-plan": "planned or piloted with a date and a body that leads the plan, or in operation",
}

PAGE: dict[str, str] = {
    "no-side": "—",
    "title-one": "{title}: how open is it?",
    "title-many": "How open are {count} reforms?",
    "title-one-plan": "{title}: how is it made?",
    "title-many-plan": "How are {count} action plans made?",
    "generated": "Made with openreform {version}.",
    "framework-line": "{id} {version}, {licence}",
    "promise-side": "In the promise",
    "practice-side": "In practice",
    "effort": "Effort",
    "same": "the same",
    "contents": "Reforms",
    "contents-plan": "Action plans",
    "skip": "Skip to the results",
    "scores": "Scores",
    "dimension": "Dimension",
    "of-100": "of 100",
    "criteria": "Criteria",
    "criterion": "Criterion",
    "level": "Level",
    "points": "Points",
    "sum": "The sum",
    "provenance": "Digests of the document and of the framework: {document}, {framework}",
    "sum-caption": "How the score of each dimension of the promise is made: points times share of the weight is the contribution",
    "earned": "Earned by",
    "missing": "Missing for level {level}",
    "missing-practice": "In practice, missing for level {level}",
    "and-more": "{shown} and {count} more",
    "could": "{id} {title} (up to {high})",
    "named": "{id} {title}",
    "because": "{says} ({reason})",
    "side-level": "{side} {level}",
    "level-of": "{level} of {rungs}",
    "level-range": "{level} of {rungs}, up to {high}",
    "more": "+",
    "apart": " · ",
    "as-of": "as things stood on {date}",
    "claims": "The text says it serves: {claims}.",
    "claim": "{title} (scored here: {score})",
    "could-be": "Could be",
    "coverage": "Coverage",
    "above": "Above level 0",
    "reach-of": "{reach} ({assessed} of {all} assessed)",
    "percent": "{percent} %",
    "formula": "{title} = (({names}) ÷ {count})² = (({numbers}) ÷ {count})² = {score}",
    "formula-general": "{title} is a mean of the scores of its dimensions, as the framework lays down.",
    "practice-note": (
        "Criterion by criterion, practice never exceeds the promise. Its scores are means over fewer criteria, though: "
        "over the {assessed} of {all} where something is promised or was looked for."
    ),
    "overview": "Levels at a glance",
    "overview-note": (
        "Each criterion with the level of its promise and, after a stroke, that of its practice. + may be more, as something is "
        "unknown; — not assessed."
    ),
    "levels-caption": "What each level of {id} asks",
    "share": "Share of weight",
    "contribution": "Contribution",
    "gate": "Gate",
    "result": "Result",
    "why": "Why",
    "gates-caption": "Gates pass or fail beside the score and change nothing in it",
    "method": "Method and limits",
    "bar": "{title}: {score} of 100",
}

GLOSSARY: dict[str, str] = {
    "openness": (
        "One number for transparency, participation and accountability together, 0 to 100: their power mean with exponent "
        "one half (take the square root of each, average, square). Equal scores give that score (40, 40, 40 make 40); silence in one is not made up for by strength in another "
        "(90, 30, 0 make 24.9)."
    ),
    "promise": "What the text commits to. A plan without a dated milestone and a responsible body reaches level 2 at most.",
    "practice": (
        "What operates today, by the best evidence given: a statement carries level 1, an official document 2, the working "
        "thing 3, an independent check 4. In no criterion does it exceed the promise; criteria where nothing is promised are left "
        "out of it, so that its mean may."
    ),
    "level": "How far a criterion is met, 0 to 4. A level holds when its tests and those of all lower levels hold.",
    "rung": "Another word for level.",
    "coverage": (
        "The share of criteria that could be assessed. Sections under 'undescribed' cannot. Under 75 % of those in "
        "transparency, participation and accountability there is no single score."
    ),
    "reach": "The share of a dimension's criteria that are above level 0. Score = 100 × reach × mean level ÷ 4.",
    "strength": "The mean level of the criteria of a dimension that are above 0.",
    "gate": "A rule that passes or fails beside the score and never changes it. 'openreform explain' lists them.",
    "effort": "How much work a level usually takes: low (writing it down), medium (arranging it), high (new rules or bodies).",
    "evidence": "What shows that a thing exists or works. 'openreform explain evidence.kind' lists what counts.",
    "irm": "OGP's Independent Reporting Mechanism, which assesses action plans. Nothing printed here is an IRM result.",
    "ogp": "The Open Government Partnership.",
}

MIGRATION: dict[str, str] = {
    "moved": "{path}: {framework} {old} → {new}",
    "there": "{path}: written for {framework} {new} already.",
    "scores": "Openness of the promise: {before} → {after}.",
    "scores-none": "Openness of the promise: {after}, as before.",
    "answers": "Needs your answer",
    "changed": "Changed, nothing to do",
    "nothing": "Nothing needs a new answer.",
    "line": "line {line}: {note}",
    "renamed": "{written} is {now} now; the document says so.",
    "gone-named": "{id} {title} is not asked any more, or not alone: take {written} out, or write what it is now.",
    "gone": "{id} {title} is not asked any more.",
    "new": "{id} {title} is new, and nothing in the document answers it: {question} It looks at {sections}.",
    "new-held": "{id} {title} is new; by what is described it stands at level {level}.",
    "lower": "{id} {title}, {side}: level {was} → {now}. Now needed as well: {lacks}.",
    "higher": "{id} {title}, {side}: level {was} → {now}.",
    "answer-again": "{id} {title} is asked in other words now: see whether what you say of it here still holds.",
    "written": "Written: {count} documents.",
    "written-one": "Written: 1 document.",
    "next": "Next: openreform explain ID tells what a criterion asks; openreform assess {path}",
}

SCHEMA: dict[str, str] = {
    "reform": "A public service reform, described for openreform",
    "plan": "How an action plan is made and followed, described for openreform",
    "document": "what kind of document this is: a reform if left out",
    "framework": "A framework of openreform",
    "assessment": "The JSON report of openreform",
    "check": "The JSON report of openreform check",
}


def said(catalogue: dict[str, str], key: str, kind: str) -> str:
    """A sentence of a catalogue as it is said of one kind of document: its own (`next-note-plan`) where it has one."""
    return catalogue.get(f"{key}-{kind}", catalogue[key])
