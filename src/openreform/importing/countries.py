"""Countries by name or code: ISO 3166-1, with the names in use in English, Spanish, French and Portuguese.

The table beside this module has a country a line: alpha-2, alpha-3, names (ISO 3166-1 and Unicode CLDR, and names that
OGP's own data uses).
"""

import re
from functools import cache
from importlib import resources

from openreform.plaintext import unaccented


def country_code(text: str) -> str | None:
    """The alpha-2 code of a country given by code or name; of "Kaduna State, Nigeria", that of the last part."""
    known = _known()
    name = _folded(text)
    return known.get(name) or known.get(_folded(text.rpartition(",")[2]))


def country_name(code: str) -> str:
    """The English name in use of a country given by its alpha-2 code."""
    return next(names[0] for alpha_2, _, names in _table() if alpha_2 == code)


@cache
def _known() -> dict[str, str]:
    return {_folded(name): alpha_2 for alpha_2, alpha_3, names in _table() for name in (alpha_2, alpha_3, *names)}


@cache
def _table() -> list[tuple[str, str, list[str]]]:
    """Alpha-2, alpha-3 and the names of each country, the English one in use first."""
    lines = (resources.files("openreform.importing") / "countries.tsv").read_text(encoding="utf-8").splitlines()
    return [(alpha_2, alpha_3, names.split("; ")) for alpha_2, alpha_3, names in (line.split("\t") for line in lines)]


def _folded(text: str) -> str:
    words = re.sub(r"[\W_]+", " ", unaccented(text)).split()
    return " ".join(words[1:] if words[:1] == ["the"] else words)
