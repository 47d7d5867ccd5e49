"""The words of references and of bibliographies."""

CITATIONS: dict[str, str] = {
    "nameless": "A source without a name",
    "and-others": "and others",
}

MONTH_NAMES: tuple[str, ...] = (
    "January", "February", "March", "April", "May", "June",
    "July", "August", "September", "October", "November", "December",
)  # fmt: skip
"""As a date in a reference is written."""

BIBLIOGRAPHY: dict[str, str] = {
    "evidence": "Evidence of the reform {id}: {kind}; {independent}",
    "evidence-plan": "Evidence of the action plan {id}: {kind}; {independent}",
    "source": "Source of the framework {id} {version}",
    "statement": "a statement",
    "document": "an official public document",
    "working": "the thing itself at work",
    "check": "a check by others",
    "independent": "the document says that those who run it did not publish it",
    "not-independent": "nothing says that it is independent",
}
"""What the note of an entry says; `kind` is told by the names that documents use."""

EXPORT_BIBLIOGRAPHY = (
    "Also write the evidence and the framework's sources to this file, as CSL-JSON for Zotero, pandoc and others."
)
