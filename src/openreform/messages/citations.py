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
