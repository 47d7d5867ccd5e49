"""Lists of cases and their boxes as Markdown and as one self-contained HTML page, from templates."""

from collections.abc import Sequence

from openreform import __version__
from openreform.messages.cases import CASES
from openreform.messages.reports import TEXT
from openreform.rendering import cases
from openreform.rendering.cases import Listing, Told
from openreform.rendering.pages import template
from openreform.rendering.text import irm_codes


def list_markdown(listing: Listing) -> str:
    """The cases found, as a table."""
    return template("cases.md.j2").render(_words(), listing=listing)


def list_html(listing: Listing) -> str:
    """The cases found, as a page with a table."""
    return template("cases.html.j2").render(_words(), listing=listing, boxes=[])


def boxes_markdown(told: Sequence[Told]) -> str:
    """A box for each case, to paste into a paper."""
    return template("boxes.md.j2").render(_words(), boxes=told)


def boxes_html(told: Sequence[Told]) -> str:
    """A page with a box for each case, to copy from or to print."""
    return template("cases.html.j2").render(_words(), listing=None, boxes=told)


def _words() -> dict[str, object]:
    return {
        "words": CASES,
        "text": TEXT,
        "tool_version": __version__,
        "count_words": cases.count_words,
        "levels_heading": cases.levels_heading,
        "case_in": cases.case_in,
        "levels_of": cases.levels_of,
        "about": cases.about,
        "who": cases.who,
        "box_parts": cases.box_parts,
        "sources": cases.sources,
        "assessed": cases.assessed,
        "irm_codes": irm_codes,
    }
