"""Words of the papers people print and send."""

PAPER = {
    "table": "Table {number}: {caption}",
    "figure": "Figure {number}: {caption}",
    "about": "As of {date}.",
    "skip": "Skip to the text",
    "contents": "Contents",
    "cite": "[{number}]",
    "back": "Back to where source {number} is cited, place {place}",
    "bars-of": "{label}. {bars}",
    "bar": "{series}: {shown}",
    "apart": "; ",
    "page": "Page {page} of {pages}",
    "made-by": "openreform {version}",
}
"""What every format of a paper says beside its own text."""

MISSING = {
    "docx": "Word files need python-docx. Install it: pip install 'openreform[docx]'",
    "pdf": "PDF files need WeasyPrint. Install it: pip install 'openreform[pdf]'",
    "pango": "PDF files need the library Pango. Install it (on Debian and Ubuntu: apt install libpango-1.0-0 libpangoft2-1.0-0 libharfbuzz-subset0; elsewhere see WeasyPrint’s first steps).",
    "fonts": "PDF files need a font, and none is installed. Install one (on Debian and Ubuntu: apt install fonts-dejavu-core).",
}
"""What a format needs that is not there."""
