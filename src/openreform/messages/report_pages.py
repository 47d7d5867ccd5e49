"""What the long report of one document says: titles of bars, the sum, evidence, limits, how to cite, provenance."""

DOSSIER: dict[str, str] = {
    "contents": "On this page",
    # Bars
    "title-known": "{title}: {words}; {promised}",
    "title-unknown": "{title}: too little is described to say how far it goes; {promised}",
    "title-nothing": "{title}: not assessed",
    "promised": "{above} of {all} criteria promised",
    "promised-none": "none of {all} criteria promised",
    "promised-shown": "{promised}, {count} of them shown in practice",
    "promised-unshown": "{promised}, none of them shown in practice",
    "bars": "Horizontal bars from 0 to 100. {bars}",
    "bar": "{side}: {score} of 100.",
    "bar-up-to": "{side}: {score} of 100, up to {high} if all that is unknown is so.",
    "bar-none": "{side}: no score.",
    "bars-note": "A line across a bar: as far as it may reach, if all that is unknown is so.",
    "numbers": "The numbers of the bars",
    "numbers-of": "The numbers of the bars: {title}",
    "measure": "Measure",
    "score": "Score, of 100",
    "could-be": "If all that is unknown is so",
    "above": "Criteria above level 0",
    "strength": "Mean level of these",
    "assessed": "Criteria assessed",
    "of": "{part} of {all}",
    # Criteria
    "next-step": "Next step, to level {level}",
    "top": "Next step",
    "top-reached": "None: the highest level is promised.",
    "example": "Who does it",
    "rests-on": "Evidence",
    "elsewhere": "In other frameworks",
    "source": "[{number}]",
    "to-source": "Evidence {number}",
    # The sum
    "sum-intro": (
        "Each level has points, 0 to 100. Points times the criterion's share of the weight make its contribution; the contributions "
        "add up to the score of the dimension. What was not assessed or does not apply has no share: the others carry its weight."
    ),
    "sum-side": "{side}: from criteria to dimensions",
    "sum-caption": "{side}: points times share of the weight make the contribution, and these add up to the dimension",
    "whole": "From dimensions to the whole",
    "whole-side": "{side}: {formula}",
    "whole-none": "{side}: no score, {note}.",
    "general": "{title} is a mean of the scores of its dimensions, as the framework lays down: {score}",
    # Evidence
    "evidence": "Evidence",
    "evidence-note": "As the document names it, in its order. This tool opens none of it; read it before you rely on it.",
    "evidence-note-plan": "As the document names it, in its order. This tool opens none of it; read it before you rely on it.",
    "evidence-none": "The document names no evidence, so nothing in practice can be shown.",
    "evidence-kind": "{kind}; {independent}.",
    "evidence-supports": "Named by: {places}.",
    "evidence-unused": "Nothing in the document names it.",
    # Method
    "marks": (
        "Nobody gave marks. The document describes; the framework derives each level from the facts in it. A level holds when its own "
        "facts and those of all lower levels hold."
    ),
    "sides": (
        "Promise is what the text commits to. Practice is what operates today, as far as the evidence named shows it. "
        "They are two numbers and are never mixed."
    ),
    "small": "Small differences between scores mean nothing, and a score is no verdict on the people who do the work.",
    "limits": "Limits",
    # How to cite
    "cite": "How to cite",
    "cite-as": "‘{title}’{on}. {who}, made with openreform {tool} under ‘{framework}’, version {version}. Document {digest}",
    "cite-on": ", as things stood on {date}",
    "cite-note": "The digest names the very text that was read: if one letter of the document changes, so does the digest.",
    # Provenance
    "provenance": "Provenance",
    "provenance-caption": "What made this report, and out of what",
    "what": "What",
    "which": "Which",
    "tool": "Tool",
    "tool-is": "openreform {version}",
    "framework": "Framework",
    "framework-is": "{id} {version}",
    "framework-digest": "Digest of the framework",
    "document": "Document",
    "document-digest": "Digest of the document",
    "assessor": "Described by",
    "assessor-nobody": "the document does not say",
    "assessor-role": "In what role",
    "assessor-date": "On what day",
    "as-of": "Read as things stood on",
    "same": "The same document, framework and version of the tool make the same report, byte for byte.",
}
"""`said` finds the words for plans; blanks are filled by `rendering.dossier`."""
