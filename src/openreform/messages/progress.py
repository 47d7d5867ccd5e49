"""What is said of milestones and indicators against their dates and targets, and the words figures are read by."""

PERCENT: frozenset[str] = frozenset(
    ("%", "percent", "per cent", "percentage", "pct", "por ciento", "por cento", "pour cent")
)
"""Words for hundredths, in small letters without accents."""

NOT_UNITS: frozenset[str] = frozenset(
    "a and at by each for from in no of on or out per since so the to until were with".split()
)
"""Small words that may follow a number and are no unit."""

COMPLETION: dict[str, str] = {
    "no-evidence": "no evidence available",
    "not-started": "not started",
    "limited": "limited",
    "substantial": "substantial",
    "complete": "complete",
}
"""The IRM's five steps, as its reports name them."""

TIMING: dict[str, str] = {
    "on-time": "on time",
    "late": "late by {span}, going by its evidence",
    "done": "done, the evidence does not tell whether in time",
    "not-due": "{span} left",
    "due-today": "due on this day",
    "overdue": "overdue by {span}",
    "not-shown": "date passed {span} ago, nothing shows that it was met",
    "no-day": "no day to compare with",
    "coarse-day": "the day is not exact enough to tell",
    "undated": "no date",
    "unknown-date": "the date is not known",
}

WHY: dict[str, str] = {
    "planned": "the document says that it is only planned or considered",
    "draft": "the reform is still being written",
    "adopted": "the reform is decided and has not begun",
    "begins-later": "it begins on {begins}",
    "unlinked": "nothing in the document names this milestone",
    "unsaid": "what it delivers has no status",
    "unproven": "said to be there, and no evidence is named",
    "later": "the evidence is from after this day",
    "shown-all": "evidence shows all that it delivers",
    "shown-all-on": "evidence shows all that it delivers, by {date}",
    "shown-one": "evidence shows what it delivers",
    "shown-one-on": "evidence shows what it delivers, by {date}",
    "shown-part": "evidence shows {done} of the {all} things it delivers to run{trials}",
    "trials": ", and {count} on trial",
    "shown-trial": "what it delivers runs on trial",
}

READING: dict[str, str] = {
    "reached": "target reached: {latest}",
    "beyond": "beyond the target, {percent} of the way: {latest}",
    "part": "{percent} of the way: {latest}",
    "unmoved": "where it began, 0 % of the way: {latest}",
    "backwards": "further from the target than at the start ({percent} of the way): {latest}",
    "no-target": "it has no target",
    "target-unknown": "the target is not known",
    "target-no-number": "no single number can be read from the target",
    "no-baseline": "it has no baseline, so no way can be measured",
    "baseline-unknown": "the baseline is not known, so no way can be measured",
    "baseline-no-number": "no single number can be read from the baseline",
    "same": "the target is where it stood already, so there is no way to go",
    "other-unit": "baseline and target are not in the same unit",
    "not-measured": "no evidence gives a later figure",
    "measured-unclear": "evidence gives several figures, and nothing tells which is the latest",
}

PROGRESS: dict[str, str] = {
    "heading": "Progress",
    "on-day": "Progress as of {day}",
    "note": (
        "Derived from what the document describes: the status of what each milestone delivers, the evidence of it, and dates. "
        "“No evidence available” says that nothing shows how far it is; “not started” says that something shows that it has not begun. "
        "A date that is a month or a year has passed when the whole of it has."
    ),
    "no-day": "No day is given to compare dates with: name one with --as-of, or in the document as assessed.date.",
    # The message
    "all-done": "All {count} milestones are complete",
    "all-done-only": "The only milestone is complete",
    "none-due": "No milestone is overdue",
    "none-told": "Without a day, nobody can say whether a milestone is overdue",
    "none-dated": "No milestone has a date that can be compared",
    "overdue-one": "1 of {all} milestones is overdue, by {span}",
    "overdue-only": "The only milestone is overdue, by {span}",
    "overdue-many": "{count} of {all} milestones are overdue, the longest by {span}",
    "not-shown-one": "nothing shows whether 1 more that is past its date was met",
    "not-shown-many": "nothing shows whether {count} more that are past their dates were met",
    "not-shown-first-one": "Nothing shows whether 1 of {all} milestones, past its date, was met",
    "not-shown-first-only": "Nothing shows whether the only milestone, past its date, was met",
    "not-shown-first-many": "Nothing shows whether {count} of {all} milestones, past their dates, were met",
    "joined": "{first}; {second}",
    "stop": "{sentence}.",
    # The whole
    "whole-milestones": "Completion of the whole: {completion} ({counts}).",
    "whole-things": "Completion of the whole, which has no milestones: {completion} ({counts}).",
    "whole-nothing": "Completion of the whole: {completion}.",
    "count": "{count} {completion}",
    "others": "{count} further things belong to no milestone; evidence shows that {done} of them run.",
    "others-none": "{count} further things belong to no milestone; no evidence shows that any of them runs.",
    "others-one": "1 further thing belongs to no milestone; evidence shows that it runs.",
    "others-one-none": "1 further thing belongs to no milestone; no evidence shows that it runs.",
    # Lines and tables
    "milestones-caption": "Milestones: how far each has come, and how it stands against its date",
    "indicators-caption": "Indicators: how far each is on the way from its baseline to its target",
    "number": "No.",
    "milestone": "Milestone",
    "begins": "Begins",
    "due": "Due",
    "counted": "counted from its start",
    "completion": "Completion",
    "against": "Against its date",
    "against-target": "Against the date of its target",
    "why": "Why",
    "indicator": "Indicator",
    "baseline": "Baseline",
    "target": "Target",
    "way": "On the way",
    "none": "—",
    "line": "{number}. {name}: {completion}; {timing}",
    "line-due": "{number}. {name}: {completion}; due {due}, {timing}",
    "because": "{says} ({why})",
    "figure": "{name}: {reading}",
    "figure-dated": "{name}: {reading}; target for {due}, {timing}",
    "latest": "{value} ({date})",
    "latest-undated": "{value}",
    "more": "{count} more; --full shows them all.",
    # Spans of time
    "year": "1 year",
    "years": "{count} years",
    "month": "1 month",
    "months": "{count} months",
    "day": "1 day",
    "days": "{count} days",
    "comma": ", ",
    "and": "{first} and {last}",
    "percent": "{percent} %",
    # The timeline
    "timeline": "{message}. From {first} to {last}{day}.",
    "timeline-day": "; the upright line is {day}",
    "timeline-part": "{number}, {name}: {from_}due {due}; {timing}",
    "timeline-from": "from {begins}, ",
    "timeline-caption": "{message}.",
    "timeline-cut": "Only the first {count} of {all} dated milestones are drawn; the table has them all.",
    "key-done": "done",
    "key-open": "not done",
    "key-overdue": "overdue",
    "key-not-shown": "past its date, nothing shown",
    "key-day": "the day ({day})",
    "key": "Key",
}

SIGNS: dict[str, str] = {"done": "●", "open": "○", "overdue": "▲", "not-shown": "◇", "line": "─", "day": "│"}
"""Signs of a timeline made of letters."""
