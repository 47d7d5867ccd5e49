"""Dates as people write them, read without guessing: what can be read two ways stays at the year both share.

Words are known in English, Spanish, French and Portuguese.
"""

import datetime
import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Literal

from openreform.mapping import DateOrder
from openreform.messages.dates import BEFORE_A_DATE, END_OF, MONTHS, ORDINALS, ROUGHLY, SEASONS
from openreform.plaintext import unaccented

Seasons = Mapping[str, int]
"""The last month of each season, by its English name."""

Certainty = Literal["read", "turned", "either-way", "roughly", "unreadable"]

_EXCEL_EPOCH = datetime.date(1899, 12, 30)
_EXCEL_SERIALS = range(20_000, 80_000)
"""From 1954 to 2119: outside it a bare number is more likely something else."""

_LAST_MONTHS: Seasons = {"spring": 5, "summer": 8, "autumn": 11}
"""North of the equator. Winter has none: it lies in two years, and a text names only one of them."""
_SOUTH = frozenset(
    """
    AO AR AU BO BR BW BI CG CD CL EC FJ GA ID KE KI KM LS MG MR MW MZ MU NA NR NZ PE PG PY RW
    SB SC SZ TL TO TZ UY VU WS ZA ZM ZW
    """.split()
)
"""Countries wholly or partly south of the equator, where the same word means other months or none."""

_QUARTER = r"(?:quarter|qtr|trimestre|trim)"
_YEAR = r"(?:19|20|21)\d\d"
_LONGEST = 200
"""Characters; a longer text is a story, no date."""


@dataclass(frozen=True, slots=True)
class Reading:
    """What was read: `text` as YYYY, YYYY-MM or YYYY-MM-DD, or None; `certainty` says how much of it is certain.

    `read`: all that was written is in `text`. `turned`: a quarter, half-year, season or period became its first or last
    month or year. `either-way`: day and month could change places, or the season lies in
    two years; only the year is kept. `roughly`: the year is certain, the words say more. `unreadable`: no date.
    """

    text: str | None
    certainty: Certainty

    @property
    def why(self) -> Literal["turned", "either-way", "roughly", "unreadable"] | None:
        """Why `text` is not all that was written; None if it is."""
        return None if self.certainty == "read" else self.certainty


_NOTHING = Reading(None, "unreadable")


def read_date(
    value: object,
    order: DateOrder,
    *,
    ends: bool,
    country: str | None = None,
    seasons: Seasons | None = None,
) -> Reading:
    """A date from a cell.

    Args:
        value: text, a number (Excel counts days), a date or a datetime.
        order: what comes first where a date is all numbers.
        ends: whether a period is meant by its end ("2012-2013" is 2013) or by its start.
        country: ISO 3166-1 alpha-2; south of the equator a season is no month, unless `seasons` says which.
        seasons: the last month of each season, in place of those north of the equator.
    """
    if isinstance(value, datetime.datetime | datetime.date):
        return Reading(value.isoformat()[:10], "read")
    if isinstance(value, bool) or not isinstance(value, str | int | float):
        return _NOTHING
    text = _folded(str(value)) if len(str(value)) <= _LONGEST else ""
    return _numbers(text, order) or _words(text, order, ends, _months_of_seasons(country, seasons)) or _NOTHING


def _months_of_seasons(country: str | None, seasons: Seasons | None) -> Seasons:
    if seasons:
        return seasons
    return {} if country in _SOUTH else _LAST_MONTHS


def _folded(text: str) -> str:
    """Small letters without accents, single spaces, plain dashes and apostrophes."""
    plain = re.sub("[\u2010-\u2015\u2212]", "-", unaccented(text)).replace("\u2019", "'")
    return re.sub(r"\s+", " ", plain).strip(" .,;:()[]*")


# --- All numbers --------------------------------------------------------------------------------------------


def _numbers(text: str, order: DateOrder) -> Reading | None:
    text = re.sub(r"^(\d+)\.0+$", r"\1", text)  # a whole number as a spreadsheet may write it
    text = re.sub(r"[ t]\d\d?:\d\d(?::\d\d(?:\.\d+)?)?(?:z| ?[ap]m|[+-]\d\d:?\d\d)?$", "", text)
    if re.fullmatch(_YEAR, text):
        return Reading(text, "read")
    if text.isascii() and text.isdigit() and len(text) == 5 and int(text) in _EXCEL_SERIALS:
        return Reading((_EXCEL_EPOCH + datetime.timedelta(days=int(text))).isoformat(), "read")
    match = re.fullmatch(rf"({_YEAR})[-/.](\d\d?)(?:[-/.](\d\d?))?", text)
    if match:
        year, month, day = match.groups()
        if day is None and not 1 <= int(month) <= 12:
            return None  # 2026-27 is a period
        return _day(int(year), int(month), int(day) if day else None)
    match = re.fullmatch(rf"(\d\d?)[-/.]({_YEAR})", text)
    if match:
        return _day(int(match[2]), int(match[1]), None)
    match = re.fullmatch(rf"(\d\d?)([-/.])(\d\d?)\2({_YEAR}|\d\d)", text)
    return _three_numbers(int(match[1]), int(match[3]), match[4], order) if match else None


def _three_numbers(first: int, second: int, year_text: str, order: DateOrder) -> Reading:
    year = int(year_text) if len(year_text) == 4 else int(year_text) + (1900 if int(year_text) >= 70 else 2000)
    day_first, month_first = _day(year, second, first), _day(year, first, second)
    possible = {reading.text for reading in (day_first, month_first)} - {None}
    if order != "unknown":
        chosen = day_first if order == "dmy" else month_first
        # A 13th month is no slip of the day: the other way round is the only way it can be read.
        return chosen if chosen.text else day_first if day_first.text else month_first
    if len(possible) == 2:
        return Reading(str(year), "either-way")
    return Reading(possible.pop(), "read") if possible else _NOTHING


def _day(year: int, month: int, day: int | None) -> Reading:
    """A month or a day, if there is one."""
    try:
        date = datetime.date(year, month, day or 1)
    except ValueError:
        return _NOTHING
    return Reading(date.isoformat() if day else f"{year:04}-{month:02}", "read")


# --- Words --------------------------------------------------------------------------------------------------


def _words(text: str, order: DateOrder, ends: bool, seasons: Seasons) -> Reading | None:
    text = BEFORE_A_DATE.sub("", text)
    plain = _numbers(text, order)
    if plain:
        return plain
    end_of = END_OF.match(text)
    if end_of:
        return _turned(_end_of(text[end_of.end() :], seasons))
    return (
        _named_day(text)
        or _turned(_part_of_year(text, seasons, ends))
        or _turned(_period(text, ends))
        or (_roughly(text, ends) if ROUGHLY.search(text) else None)
    )


def _turned(found: Reading | None) -> Reading | None:
    return Reading(found.text, "turned") if found and found.certainty == "read" else found


def _part_of_year(text: str, seasons: Seasons, ends: bool = True) -> Reading | None:
    """A quarter, half-year or season: by its last month, or by its first where something starts then."""
    for months, reading in ((3, _quarter(text)), (6, _half(text)), (3, _season(text, seasons))):
        if reading is None or reading.certainty != "read" or not reading.text or ends:
            if reading:
                return reading
            continue
        year, last = map(int, reading.text.split("-"))
        return _day(year, max(1, last - months + 1), None)
    return None


def _roughly(text: str, ends: bool) -> Reading | None:
    """Early 2026, mid-June 2014, fiscal year 2023-24: the year alone."""
    period = re.search(rf"(?<!\d){_YEAR}\s?[-/]\s?(?:\d\d){{1,2}}(?!\d)", text)
    if period:
        found = _period(period.group(), ends)
        return Reading(found.text, "roughly") if found else None
    years = set(re.findall(rf"(?<!\d){_YEAR}(?!\d)", text))
    return Reading(years.pop(), "roughly") if len(years) == 1 else None


def _end_of(text: str, seasons: Seasons) -> Reading | None:
    """The end of a year is its last month; that of a month or a quarter, itself."""
    text = BEFORE_A_DATE.sub("", text)
    if re.fullmatch(_YEAR, text):
        return Reading(f"{text}-12", "read")
    return _named_day(text) or _part_of_year(text, seasons)


def _named_day(text: str) -> Reading | None:
    """April 2012; 15 April 2012; April 15th, 2012; 15 de abril de 2012; 2012 April; Apr-12."""
    tokens = [part for part in re.split(r"[\s,./-]+", text) if part not in {"de", "del", "of", "the", "do", "da", ""}]
    months = [MONTHS[part] for part in tokens if part in MONTHS]
    numbers = [re.sub(r"(?<=\d)(?:st|nd|rd|th|er|o)$", "", part) for part in tokens if part not in MONTHS]
    if len(months) != 1 or not 1 <= len(numbers) <= 2 or not all(part.isascii() and part.isdigit() for part in numbers):
        return None
    years = [part for part in numbers if re.fullmatch(_YEAR, part)]
    if len(years) != 1:
        short = len(numbers) == 1 and len(numbers[0]) == 2 and len(tokens) == 2 and tokens[1] == numbers[0]
        return Reading(f"20{numbers[0]}", "either-way") if short and int(numbers[0]) > 31 else None
    days = [int(part) for part in numbers if part != years[0] and len(part) <= 2]
    if len(days) != len(numbers) - 1:
        return None
    return _day(int(years[0]), months[0], days[0] if days else None)


def _quarter(text: str) -> Reading | None:
    """Quarter 4 2012; Q4 2012; 2012 Q4; fourth quarter of 2012; cuarto trimestre de 2012; T4 2012."""
    year = re.search(rf"(?<!\d){_YEAR}(?!\d)", text)
    if not year:
        return None
    rest = re.sub(r"\b(?:of|de|del|the|du|do|da|el|le|o)\b|[,/-]", " ", text.replace(year.group(), " "))
    match = re.fullmatch(rf"\s*(?:{_QUARTER}\s*(\w+)|[qt]\s?([1-4])|(\w+)\s+{_QUARTER}|([1-4])[qt])\s*", rest)
    number = match and ORDINALS.get(next(part for part in match.groups() if part))
    return Reading(f"{year.group()}-{number * 3:02}", "read") if number else None


def _half(text: str) -> Reading | None:
    """First half of 2014; segundo semestre de 2014; H2 2014."""
    year = re.search(rf"(?<!\d){_YEAR}(?!\d)", text)
    if not year:
        return None
    rest = re.sub(r"\b(?:of|de|del|the|du|do|da|el|le|o)\b|[,/-]", " ", text.replace(year.group(), " "))
    match = re.fullmatch(
        r"\s*(?:(?:half|semester|semestre)\s*(\w+)|[hs]\s?([12])|(\w+)\s+(?:half|semester|semestre))\s*", rest
    )
    number = match and ORDINALS.get(next(part for part in match.groups() if part))
    return Reading(f"{year.group()}-{number * 6:02}", "read") if number in {1, 2} else None


def _season(text: str, seasons: Seasons) -> Reading | None:
    """Spring 2015, as its last month."""
    match = re.fullmatch(rf"(?:the )?([a-z]+)(?: of| de| del)? ({_YEAR})|({_YEAR}) ([a-z]+)", text)
    if not match:
        return None
    word, year = (match[1], match[2]) if match[1] else (match[4], match[3])
    season = SEASONS.get(word)
    if season is None:
        return None
    month = seasons.get(season)
    return Reading(f"{year}-{month:02}", "read") if month else Reading(year, "either-way")


def _period(text: str, ends: bool) -> Reading | None:
    """2012-2013; 2026-27; 2025 to 2028; from 2025 to 2028; April 2012 - June 2013."""
    match = re.fullmatch(rf"({_YEAR})\s?[-/]\s?(\d\d)", text)
    if match:
        later = match[1][:2] + match[2]
        return Reading(later if ends else match[1], "read") if later > match[1] else None
    parts = re.split(
        r"\s+(?:-|to|until|till|a|al|hasta|through|thru|ate|au|jusqu'a)\s+|(?<=\d\d\d\d)\s?-\s?(?=\d\d\d\d)", text
    )
    if len(parts) != 2:
        return None
    first, last = _side(parts[0]), _side(parts[1])
    if not (first and first.text and last and last.text) or last.text[:4] < first.text[:4]:
        return None
    return last if ends else first


def _side(text: str) -> Reading | None:
    text = BEFORE_A_DATE.sub("", text.strip())
    return Reading(text, "read") if re.fullmatch(_YEAR, text) else _named_day(text) or _quarter(text)
