"""The words of the annex of a guidance paper: its headings, captions, method, limits and glossary."""

from typing import NamedTuple

HELP = "Write the annex of a paper: method, scorecards, comparison, cases, glossary and sources."
PATHS = "Files, folders, or - for standard input."
SECTION = "Only this part; can be repeated. The order stays that of the paper."
FORMAT = "markdown, html, docx (Word) or pdf; by the ending of the file if left out."

SAID: dict[str, str] = {
    "no-paths": "Name what the annex is to be about: openreform appendix drafts/, a file, or - for standard input.",
    "no-ending": (
        "The ending of {path} names no format of an annex. End it in {known}, or say which you want: -f markdown."
    ),
    "nothing": "There is nothing to write an annex about.",
}

ANNEX: dict[str, str] = {
    "none": "—",
    "nothing": "none",
    "same-title": "{title} ({id})",
    "and": " and ",
    "list-comma": ", ",
    "facts": "; ",
    "lines": " ",
    "stop": ".",
    "subtitle": "Annex: what was assessed, how, and what came of it",
    "table": "Table {number}",
    "figure": "Figure {number}",
    "and-more": "{shown} and {count} more",
    # Headings
    "summary": "Summary",
    "method": "How it was assessed",
    "framework": "What is asked",
    "scorecards": "Scorecards",
    "comparison": "Comparison",
    "cases": "Real reforms to learn from",
    "glossary": "Words used",
    "sources": "Sources",
    # Why a part that was asked for has nothing in it
    "no-comparison": "Only one reform was assessed, so there is nothing to compare.",
    "no-comparison-plan": "Only one action plan was assessed, so there is nothing to compare.",
    "no-cases": "No case of the library is named in the next steps.",
    "no-glossary": "No word of this paper needs explaining.",
    "no-sources": "No source is cited.",
    # Summary
    "what-one": "One reform was assessed: {title}.",
    "what-one-plan": "One action plan was assessed: {title}.",
    "what-many": "{count} reforms were assessed.",
    "what-many-plan": "{count} action plans were assessed.",
    "with": "The yardstick is {title} ({id}, version {version}).",
    "with-many": "The yardstick is {title} ({id}), in versions {versions}: each document says which one it was written for.",
    "who-self": "Taken as assessed by those who lead or wrote it{by}: the document names no other role.",
    "who-peer": "Peers assessed it{by}.",
    "who-independent": "It was assessed independently{by}.",
    "who-by": ": {name}",
    "who-day": ", {date}",
    "by-dated": "{by}, {date}",
    "by-role": "{role}, {name}",
    "by-role-nameless": "{role}, no name given",
    "described": "Nobody gave marks: the levels follow from what is described and from the evidence named.",
    "message": "In a sentence: {verdict}",
    "messages": "In a sentence each:",
    "range": "{measure}: what is promised runs from {low} of 100 ({lowest}) to {high} of 100 ({highest}).",
    "range-same": "{measure}: what is promised is {score} of 100 everywhere.",
    "compared-in": "They stand beside each other in {place}.",
    "assessed-caption": "What was assessed, and by whom",
    "reform": "Reform",
    "reform-plan": "Action plan",
    "where": "Where",
    "stage": "Stage",
    "assessed": "Assessed",
    # Method
    "method-box": "Method in short",
    "topic": "{heading}. ",
    "attribution": "Where it comes from",
    "attribution-see": "The sources of each criterion are cited in ",
    "attribution-sources": "It is derived from these sources:",
    "limits": "Limits",
    "limit-description": "What is read is a description of the reform, and the evidence it names. The tool does not read that evidence, and visits nobody.",
    "limit-description-plan": "What is read is a description of how the plan is made, and the evidence it names. The tool does not read that evidence, and visits nobody.",
    "limit-silence": "What a description does not mention counts as not promised, whatever may be done in fact.",
    "limit-role": "A self-assessment stays one: who assessed is written beside every score.",
    "limit-single": "Scores of different yardsticks, or of different versions of one, cannot be compared.",
    "limit-irm": (
        "Nothing in this paper is a result of OGP, of its Independent Reporting Mechanism, of the OECD or of any other body "
        "whose sources the yardstick is derived from."
    ),
    "gates-beside": "Gates pass or fail beside the scores and change none.",
    "unverified": "What is our reading",
    "version-of": "{title}, version {version}",
    # Framework
    "framework-intro": "{dimensions}, {criteria}.",
    "framework-intro-gates": "{dimensions}, {criteria} and {gates}: rules that pass or fail beside the score.",
    "gates-one": "1 gate",
    "gates-many": "{count} gates",
    "dimensions-caption": "The dimensions, and the question of each",
    "criteria-caption": "The criteria, and the question of each",
    "criteria-caption-of": "The criteria of version {version}, and the question of each",
    "gates-caption": "The gates, and the question of each",
    "dimension": "Dimension",
    "criterion": "Criterion",
    "question": "Question",
    "alike": "The criteria of a dimension count alike.",
    "share": "Share of the dimension",
    "percent": "{percent}\u00a0%",
    "derived": "Derived from",
    "gate": "Gate",
    "named": "{id} {title}",
    # Scorecards
    "about": " · ",
    "id": "id {id}",
    "as-of": "as things stood on {date}",
    "whole-side": "{side}: {score} of 100, {assessed} of {all} criteria assessed.",
    "whole-range": "It could be up to {high} if all that is unknown is so.",
    "whole-no-score": "{side}: no score ({note}), {assessed} of {all} criteria assessed.",
    "whole-title": "{title}. ",
    "shown-in": "{figure} shows the dimensions; the criteria stand in {tables}.",
    "figure-highest": "{title}: the promise is strongest in {best} ({high}) and weakest in {worst} ({low})",
    "figure-even": "{title}: the promise is {score} of 100 in every dimension",
    "figure-one": "{title}: the promise is {score} of 100 in {only}",
    "figure-nothing": "{title}: no dimension could be scored",
    "figure-practised": "{caption}; of {all} promised criteria that can be shown in practice, {count} are practised to the same level",
    "figure-no-practice": "{caption}; nothing in practice could be scored",
    "bars-of": "Horizontal bars from 0 to 100. {bars}",
    "bars-dimension": "{title}: {promise}.",
    "bars-dimension-both": "{title}: promise {promise}, practice {practice}.",
    "not-scored": "no score",
    "numbers-caption": "The numbers of the figure, and what they are made of",
    "above": "{side}: criteria above level 0",
    "criteria-of": "{dimension}, criterion by criterion",
    "criteria-of-above": "{dimension}, criterion by criterion: {above} of {all} promise something",
    "criteria-of-none": "{dimension}, criterion by criterion: none of {all} promises anything",
    "earned": "What earned it",
    "missing": "What is missing",
    "level-of": "{level} of {rungs}",
    "level-range": "{level} of {rungs}, up to {high}",
    "fact-shown": "{says} (",
    "fact-end": ")",
    "practice-missing": "In practice: {what}",
    "highest": "nothing: the highest level",
    "gates-result": "Gates: {counts}",
    "result": "Result",
    "why": "Why",
    "gates-passed": "{count} passed",
    "gates-failed": "{count} failed",
    "gates-undecided": "{count} undecided",
    "gates-not-applicable": "{count} not applicable",
    "concerns": "Bad news recorded",
    "faults": "Drafting",
    "faults-counted": "Faults found in the text and its description: {counts}.",
    "faults-none": "No fault was found in the text and its description.",
    "faults-check": "'openreform check' tells each, with what to write instead.",
    "exceptions": "Exceptions the document makes, which change no score:",
    "exceptions-none": "The document asks for no exception.",
    "exception": "{title}{where}: {because}. {by}. {end}",
    "exception-where": " ({where})",
    "exception-no-reason": "no reason is given",
    "exception-by": "Answered for by {by}",
    "exception-nobody": "Nobody answers for it",
    "exception-until": "Until {end}.",
    "exception-over": "It ended on {end}.",
    "exception-no-end": "No end is set.",
    "placeholders-one": "One text still holds only a place, and earns nothing.",
    "placeholders": "{count} texts still hold only a place, and earn nothing.",
    "waiting": "Not described yet: {sections}.",
    "waiting-for": "Not described yet: {sections}. Not assessed until then: {criteria}.",
    "next": "What to write next",
    "step": "{id} {title}, to level {level}: ",
    "step-worth": " ({worth}).",
    "step-case": " See ",
    "step-case-level": ": {levels}.",
    "step-read": " To read:",
    "nothing-next": "Nothing: every level of the promise is reached.",
    "practice-next": "To show in practice:",
    "practice-step": "{id} {title}: show evidence of this: {says}",
    "tailored": "How the yardstick was changed",
    "irm-note": "Codes of OGP's Independent Reporting Mechanism, as they stand in the document. They are in no score.",
    "provenance": "Digests of the document and of the framework: {document}, {framework}. Made with openreform {version}.",
    # Comparison
    "compare-intro": "Each number is of 100. A dash stands where nothing could be scored.",
    "compare-practice": (
        "In no criterion does practice exceed the promise; its means are over fewer criteria, those where something is promised or "
        "was looked for, and can therefore stand higher."
    ),
    "compare-versions": (
        "Not all were assessed with one version of the yardstick ({versions}); their scores can be read, but not compared."
    ),
    "compare-roles": "Not all were assessed in one role: a self-assessment beside an independent one says less.",
    "promise-caption": "What is promised, by dimension",
    "promise-caption-spread": "What is promised differs most in {dimension}: from {low} to {high}",
    "practice-caption": "What is shown in practice, by dimension",
    "practice-caption-spread": "What is shown in practice differs most in {dimension}: from {low} to {high}",
    "compare-figure": "{measure}: promises from {low} ({lowest}) to {high} ({highest})",
    "compare-figure-same": "{measure}: what is promised is {score} everywhere",
    "compare-figure-none": "{measure}: no promise could be scored",
    "compare-many": (
        "A figure of {count} reforms could not be read; 'openreform assess -f csv --rows reforms' has them in rows to sort."
    ),
    "compare-numbers": "The numbers of the figure",
    # Cases
    "cases-intro": "Cases of the library that already do what the next steps ask for.",
    "cited-by": "Named for: {steps}.",
    "part": "{heading}. ",
    "box-sources": "Read in:",
    # Glossary
    "whole-meaning": "One number, 0 to 100, for {dimensions} together; the method says how it is made.",
}
"""What an annex says around what came out. A key with `-plan` is said of action plans."""


class Term(NamedTuple):
    """A word, the forms by which it is found in a paper, and what it means."""

    title: str
    forms: tuple[str, ...]
    meaning: str


TERMS: tuple[Term, ...] = (
    Term("Assessment", ("assessment", "assessed"), "The reading of one description under one yardstick, by somebody, on a day."),
    Term("Case", ("case", "cases"), "A real reform of the library that comes with openreform, told in its own words with its sources."),
    Term("Commitment", ("commitment", "commitments"), "A reform that stands in an action plan, with who delivers it by when."),
    Term("Coverage", ("coverage",), "The share of the criteria that could be assessed."),
    Term("Criterion", ("criterion", "criteria"), "One question about a reform, answered by a level."),
    Term("Dimension", ("dimension", "dimensions"), "A group of criteria that belong together, with a score of its own, 0 to 100."),
    Term("Evidence", ("evidence",), "What shows that a thing exists or works: a statement, an official document, the thing itself, a check by others."),
    Term("Exception", ("exception", "exceptions"), "A fault that the authors let stand for now, and say why."),
    Term("Fault", ("fault", "faults"), "A drafting mistake that is often made. It changes no score."),
    Term("Framework", ("framework", "yardstick"), "The yardstick: its dimensions, criteria, levels and rules, written down so that all are measured alike."),
    Term("Gate", ("gate", "gates"), "A rule that passes or fails beside the score, and never changes it."),
    Term("IRM", ("irm", "independent reporting mechanism"), "OGP's Independent Reporting Mechanism, which assesses the action plans of its members."),
    Term("Lead", ("lead", "leads"), "The body that answers for the reform."),
    Term("Level", ("level", "levels"), "How far a criterion is met, from 0 up. It holds when its facts, and those of all lower levels, hold."),
    Term("Milestone", ("milestone", "milestones"), "A step of the work, with a day by which it is to be done."),
    Term("Next step", ("next step", "next steps"), "What could be written or arranged to reach the next level, and what that alone would gain."),
    Term("OGP", ("ogp", "open government partnership"), "The Open Government Partnership, whose members write action plans."),
    Term("Practice", ("practice",), "What operates today, as far as evidence shows it."),
    Term("Promise", ("promise", "promises", "promised"), "What the text commits to."),
    Term("Reach", ("reach",), "The share of the criteria of a dimension that are above level 0."),
    Term("Reform", ("reform", "reforms"), "A change to a public service that is described here as one thing."),
    Term("Strength", ("strength",), "The mean level of those criteria of a dimension that are above 0."),
)  # fmt: skip
"""The words of the tool that a reader may not know, in alphabetical order."""
