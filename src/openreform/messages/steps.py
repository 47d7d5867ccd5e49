"""The sentences of `openreform plan`: what a step takes, when it can be done, what came of a target."""

PLAN_HELP = "The cheapest steps from a document to a target, in the order of the work."
PLAN_PATH = "The document, or - for standard input."
PLAN_TARGET = "What the promise is to reach: 40, or accountability=50. Can be repeated."
PLAN_GATE = "A gate that is to be passed: verifiable. Can be repeated."
PLAN_FORMAT = "text and markdown for people; json for programs."
PLAN_APPLY = (
    "Write the lines of all steps into a copy (-o COPY), where they count for nothing until they are filled in."
)
PLAN_VERIFY = "Say whether the target is reached once everything under to_fill is filled in; 1 if not."
PLAN_FORCE = "With --apply: overwrite a copy that is there."
PLAN_OUTPUT = "Write to this file instead of standard output; with --apply, the copy."

SAID: dict[str, str] = {
    "applied": "{path} written. Fill in what is listed under to_fill; what would count: openreform plan {path} {options} --verify",
    "nothing-to-apply": "There is nothing to write, so no copy was written.",
}

EFFORT_REASONS: dict[str, str] = {
    "low": "What is planned already is written down, or promised by those who draft.",
    "medium": "Those who run the service have to arrange it.",
    "high": "Needs a rule, money or a body that those who draft do not decide on alone.",
}
"""Why a rung takes its effort, where a framework does not say."""

NEW_ID = "new-{criterion}"
SAME_AGAIN = "{text} ({count})"
"""A text that must differ from another one."""

MILESTONE: dict[str, object] = {
    "id": "new-milestone",
    "title": "The step that delivers what is new here",
    "kind": "publication",
    "output": "What will be there when this step is done",
    "where": "the website of the body in charge",
    "due": "2027-06-30",
    "responsible": ["The body in charge"],
}
"""A step with a date and a body, where a document has none."""

LEAD = "The body that leads the plan"

LINES: dict[str, str] = {
    "into": "line {line}: add these lines to it",
    "into-new": "from an earlier step: add these lines to it",
    "besides": "besides what is there",
    "was": "was {was}",
}

ROUTE: dict[str, str] = {
    "about": " · ",
    "as-of": "read as of {date}",
    "to": "What it takes to reach {aims}",
    "to-one": "{title} {limit}",
    "to-gate": "the gate {title}",
    "and": " and ",
    "met": "Nothing: it is reached already.",
    "met-idle": "Nothing: the gate does not apply here.",
    "way": "{steps}, effort {cost}. No way costs less.",
    "way-open": "{steps}, effort {cost}: the best found in {seconds} seconds. No way costs less than {bound}, so it is at most {gap} above the cheapest.",
    "steps": "{count} steps",
    "steps-one": "1 step",
    "out-of-reach": "Out of reach by what can be written down.",
    "not-found": "No way was found in {seconds} seconds, and none is ruled out. A way would cost at least {bound}.",
    "verified": "Reached, if everything under to_fill is true and filled in ({count} parts).",
    "missed-as-is": "Not reached. Nothing is listed under to_fill: it is read as it stands.",
    "missed": "Not reached, even if everything under to_fill is filled in ({count} parts).",
    "score-met": "{title}: {now}, reached",
    "score-way": "{title}: {now} → {after}",
    "score-best": "{title}: {now} now, {best} at most; asked for is {limit}",
    "score-missed": "{title}: {now}; asked for is {limit}",
    "score-none": "{title}: no score, {note}; asked for is {limit}",
    "gate-met": "Gate {title}: {now}",
    "gate-way": "Gate {title}: {now} → {after}",
    "gate-best": "Gate {title}: {now} now, {best} at best: {reason}",
    "gate-missed": "Gate {title}: {now}: {reason}",
    "no-note": "nothing of it is assessed",
    "passed": "passed",
    "failed": "failed",
    "undecided": "undecided",
    "not-applicable": "does not apply",
    "change": "{title} {now} → {after}",
    "together": "After all steps: {scores}.",
    "along": "Counted in: what the lines raise besides, {criteria}.",
    "along-one": "{criterion} from level {held} to {level}",
    "no-score": "—",
    "now": "Now",
    "plan": "Within the plan",
    "next": "Next plan",
    "now-note": "Words: those who draft can write them.",
    "plan-note": "To be arranged, or to be decided, while the plan runs.",
    "next-note": "Needs rules, money or bodies that take longer than the plan has left, or nobody says how long that is.",
    "months": "{months} months are left until its end.",
    "months-one": "1 month is left until its end.",
    "months-none": "Less than a month is left, or it is over: what is new belongs in the next plan.",
    "step": "{number}. {id} {title}, from level {held} to {level}: {says}",
    "gain": "{title} +{gain}",
    "gain-none": "no score changes by it alone",
    "effort": "effort {effort} ({cost})",
    "effort-shared": "effort counted with {id}",
    "effort-none": "nothing to do, once the steps before are taken",
    "reason": "Effort: {reason}",
    "why": "Why: {why}",
    "write": "To write:",
    "existing": "Lines for an entry that runs already: write them only if they are so today. What is only planned belongs in an entry of its own.",
    "fills": "The values only show what kind is wanted: write what is so.",
    "nothing-to-write": "Nothing more to write: the lines of earlier steps do it.",
    "lacking": "No lines can be given; what stays open: {facts}",
    "facts": "; ",
    "undescribed": "Not described yet, and counted as not there: {sections}. So a score may start lower here than in a report, which leaves out what is not described. Who writes a step there takes the section out of 'undescribed'.",
    "efforts": "Effort counts {efforts} a level, as the framework says; work that several criteria ask for alike counts once.",
    "effort-count": "{cost} for {effort}",
    "only": "Only what the reform is really to do: first into its text, then into this description.",
    "only-plan": "Only what is really to be done: first in public, then in this description.",
    "method": "{title}, version {version}. {attribution}",
}

APPLY: dict[str, str] = {
    "comment": "Written by 'openreform plan --apply', and not true yet. Write what is so in place of each part, then take its\n"
    "line out: until then it counts nowhere. What would count: openreform plan THIS-FILE --verify --target …",
    "was": "(was {was})",
}
