"""The sentences of `openreform plan`: what a step takes, when it can be done, what came of a target."""

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
