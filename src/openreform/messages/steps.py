"""The sentences of `openreform plan`: what a step takes, when it can be done, what came of a target."""

EFFORT_REASONS: dict[str, str] = {
    "low": "What is planned already is written down, or promised by those who draft.",
    "medium": "Those who run the service have to arrange it.",
    "high": "Needs a rule, money or a body that those who draft do not decide on alone.",
}
"""Why a rung takes its effort, where a framework does not say."""
