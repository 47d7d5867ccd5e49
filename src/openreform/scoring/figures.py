"""Reads the figure in a text such as `62 percent (2024)`: its value, its unit and its date; where two could be meant, none."""

import re
from typing import NamedTuple

from openreform.messages.dates import MONTHS
from openreform.messages.progress import NOT_UNITS, PERCENT
from openreform.plaintext import unaccented
from openreform.reform import PartialDate

_BRACKETS = re.compile(r"[(\[]([^()\[\]]{0,200})[)\]]")
_NUMBER = re.compile(
    r"(?<![\w.,])(?P<before>[$€£¥]|[A-Z]{3}[ \u00a0])?(?P<minus>[-\u2212](?=\d))?"
    r"(?P<number>\d{1,3}(?:[ \u00a0\u2009\u202f]\d{3})+(?![\d])(?:[.,]\d{1,6})?|\d{1,15}(?:[.,]\d{1,15}){0,6})"
    r"(?P<after>[ \u00a0]?%|[ \u00a0]?[^\W\d_]{1,40}(?: (?:cent|cento|ciento)\b)?)?"
)
_RANGE = re.compile(r"\d[ \u00a0]?(?:[-\u2013\u2014/]|to\b|or\b)[ \u00a0]?\d")
_ISO = re.compile(r"(?<![\d-])(?:1[89]|2[012])\d\d(?:-\d\d(?:-\d\d)?)?(?![\d-])")
_YEAR = re.compile(r"(?:19|20|21)\d\d")
_GROUPS = re.compile(r"\d{1,3}([.,])\d{3}(?:\1\d{3})*")
_GROUPS_AND_REST = re.compile(r"\d{1,3}([.,])\d{3}(?:\1\d{3})*(?!\1)[.,]\d+")
_CALENDAR = re.compile(r"(?<![\d-])\d{4}-\d\d(?:-\d\d)?(?![\d-])")
_LONGEST = 2_000
_SHORT = 3


class Figure(NamedTuple):
    """A number, the unit it stands in (`%`, or the sign before and the word after it, in small letters), the date in brackets."""

    value: float
    unit: str
    date: PartialDate | None


def figure(text: str, unit: str | None = None) -> Figure | None:
    """The one figure of a text; None if there is none, if there are several, if it is a range or may be a year.

    Args:
        text: what an author wrote.
        unit: only figures in this unit count, whatever other numbers there are; any if left out.
    """
    if len(text) > _LONGEST:
        return None
    if _RANGE.search(_CALENDAR.sub(" ; ", _BRACKETS.sub(" ; ", text))):
        return None
    found, _ = _numbers(text)
    if unit is None and sum(of == "%" for _, of in found) == 1:
        unit = "%"
    fitting = [(match, of) for match, of in found if unit is None or of == unit]
    if len(fitting) != 1:
        return None
    match, of = fitting[0]
    if _is_year(match, of) and not of:
        return None
    value = _value(match)
    return None if value is None else Figure(value, of, date_in(text))


def date_in(text: str) -> PartialDate | None:
    """The one date of a text: in brackets if one stands there, otherwise a year beside the figure."""
    if dates := _dates(" ; ".join(_BRACKETS.findall(text))):
        return dates[0] if len(dates) == 1 else None
    _, years = _numbers(text)
    outside = _BRACKETS.sub(" ; ", text)
    dates = _dates(outside if years else " ; ".join(_CALENDAR.findall(outside)))
    return dates[0] if len(dates) == 1 else None


def _numbers(text: str) -> tuple[list[tuple[re.Match[str], str]], list[str]]:
    """The numbers outside brackets with their units, and, apart, what must be a year since another number stands there."""
    outside = _CALENDAR.sub(" ; ", _BRACKETS.sub(" ; ", text))
    found = [(match, _unit(match)) for match in _NUMBER.finditer(outside)]
    others = [part for part in found if not _is_year(*part)]
    if not others or len(others) == len(found):
        return found, []
    return others, [match["number"] for match, unit in found if _is_year(match, unit)]


def _dates(text: str) -> list[PartialDate]:
    found: list[PartialDate] = []
    for match in _ISO.finditer(text):
        written = match.group()
        words = unaccented(text[: match.start()]).split()
        month = MONTHS.get(words[-1].strip(",.")) if words and len(written) == 4 else None
        try:
            found.append(PartialDate.read(f"{written}-{month:02}" if month else written))
        except ValueError:
            continue
    return list(dict.fromkeys(found))


def _is_year(match: re.Match[str], unit: str) -> bool:
    return _YEAR.fullmatch(match["number"]) is not None and not match["before"] and unit != "%"


def _unit(match: re.Match[str]) -> str:
    after = unaccented((match["after"] or "").strip())
    if after in PERCENT:
        return "%"
    after = after.split()[0] if after else ""
    after = "" if after in NOT_UNITS else after.removesuffix("s") if len(after) > _SHORT else after
    return " ".join(part for part in ((match["before"] or "").strip(), after) if part)


def _value(match: re.Match[str]) -> float | None:
    """The number; a comma or a point before three digits parts thousands where it is a comma, or stands there twice."""
    text = re.sub(r"\s", "", match["number"])
    grouped = _GROUPS.fullmatch(text)
    if grouped and not text.startswith("0") and (grouped[1] == "," or text.count(".") > 1):
        text = re.sub("[.,]", "", text)
    elif _GROUPS_AND_REST.fullmatch(text):
        text = re.sub(r"[.,](?=.*[.,])", "", text)
    try:
        value = float(text.replace(",", "."))
    except ValueError:
        return None
    return -value if match["minus"] else value
