"""Dates as people write them: a line for each in tests/dates.tsv, and what must hold of any text."""

import csv
import datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from conftest import ROOT
from openreform.importing.countries import country_code
from openreform.importing.dates import Reading, read_date
from openreform.reform import COUNTRIES, PartialDate

with (ROOT / "tests" / "dates.tsv").open(encoding="utf-8", newline="") as file:
    CASES = list(csv.DictReader(file, delimiter="\t", quoting=csv.QUOTE_NONE))


@pytest.mark.parametrize(
    "case", CASES, ids=lambda case: f"{case['words']} {case['order']} {case['ends']} {case['country']}"
)
def test_a_date_is_read_as_far_as_it_is_certain(case: dict[str, str]) -> None:
    order = case["order"]
    assert order in {"dmy", "mdy", "unknown"}
    found = read_date(case["words"], order, ends=case["ends"] == "yes", country=case["country"] or None)  # type: ignore[arg-type]
    assert found == Reading(case["read"] or None, case["certainty"])  # type: ignore[arg-type]


def test_every_date_is_one_the_model_takes() -> None:
    for case in CASES:
        if case["read"]:
            assert PartialDate.read(case["read"]).text == case["read"]


def test_what_a_spreadsheet_knows_as_a_date_is_one() -> None:
    assert read_date(datetime.datetime(2024, 5, 3, 12, 30), "unknown", ends=True).text == "2024-05-03"
    assert read_date(datetime.date(2024, 5, 3), "unknown", ends=True).text == "2024-05-03"
    assert read_date(43525, "unknown", ends=True).text == "2019-03-01"
    assert read_date(2014.0, "unknown", ends=True).text == "2014"
    assert read_date(True, "unknown", ends=True) == Reading(None, "unreadable")
    assert read_date(None, "unknown", ends=True) == Reading(None, "unreadable")


def test_a_mapping_may_name_the_months_of_its_own_seasons() -> None:
    assert read_date("Spring 2015", "unknown", ends=True, country="AR", seasons={"spring": 11}).text == "2015-11"
    assert read_date("Summer 2015", "unknown", ends=True, seasons={"spring": 11}) == Reading("2015", "either-way")


@given(st.dates(datetime.date(1970, 1, 1), datetime.date(2069, 12, 31)), st.sampled_from("/.-"))
def test_a_day_written_in_a_known_order_is_that_day(day: datetime.date, sign: str) -> None:
    for order, shape in (("dmy", "%d{0}%m{0}%Y"), ("mdy", "%m{0}%d{0}%Y"), ("dmy", "%d{0}%m{0}%y")):
        found = read_date(day.strftime(shape.format(sign)), order, ends=False)  # type: ignore[arg-type]
        assert found == Reading(day.isoformat(), "read")


@given(st.dates(datetime.date(1970, 1, 1), datetime.date(2069, 12, 31)))
def test_an_unknown_order_never_tells_a_wrong_day(day: datetime.date) -> None:
    for shape in ("%d/%m/%Y", "%m/%d/%Y"):
        found = read_date(day.strftime(shape), "unknown", ends=False)
        assert found.text in {day.isoformat(), str(day.year)}
        assert (found.text == str(day.year)) == (day.day <= 12 and day.day != day.month)


@given(st.text(max_size=60) | st.text("0123456789/-. QqTt", max_size=20) | st.integers() | st.floats(allow_nan=True))
def test_any_cell_is_read_or_not_and_never_fails(value: object) -> None:
    found = read_date(value, "unknown", ends=True)
    assert (found.text is None) == (found.certainty == "unreadable")
    if found.text:
        PartialDate.read(found.text)


@pytest.mark.parametrize(
    ("name", "code"),
    [
        ("Morocco", "MA"), ("MAR", "MA"), ("ma", "MA"), ("Maroc", "MA"), ("Macedonia", "MK"), ("USA", "US"), ("U.S.A.", "US"),
        ("the United Kingdom", "GB"), ("Cote d'Ivoire", "CI"), ("Côte d’Ivoire", "CI"), ("Turkey", "TR"), ("Czech Republic", "CZ"),
        ("Kaduna State, Nigeria", "NG"), ("Tbilisi, Georgia", "GE"), ("República Dominicana", "DO"), ("Etats-Unis", "US"),
        ("Norway", "NO"), ("Atlantis", None), ("", None),
    ],
)  # fmt: skip
def test_a_country_is_known_by_name_or_code(name: str, code: str | None) -> None:
    assert country_code(name) == code


def test_the_table_of_countries_is_that_of_iso() -> None:
    import pycountry  # noqa: PLC0415

    listed = list(pycountry.countries)
    assert {country.alpha_2 for country in listed} == COUNTRIES
    for country in listed:
        names = [country.alpha_2, country.alpha_3, country.name, getattr(country, "official_name", None)]
        for name in [*names, getattr(country, "common_name", None)]:
            assert name is None or country_code(name) == country.alpha_2, name
