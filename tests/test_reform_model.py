"""The reform model: every field and value has words, dates are what they say, numbers stay as written."""

import json

import pycountry
import pytest
from hypothesis import given
from hypothesis import strategies as st

from conftest import ROOT, assessed, document
from openreform.framework import Framework
from openreform.loading.reforms import Document, parse_reform
from openreform.loading.yaml_events import read
from openreform.messages.fields import FIELDS, VALUES, words_of_values
from openreform.reform import COUNTRIES, PartialDate, all_fields, find_field


def test_every_field_has_words_and_every_word_a_field() -> None:
    assert set(FIELDS) == set(all_fields())
    assert all(FIELDS.values())


def test_every_value_has_words_and_every_word_a_value() -> None:
    used = set()
    for field in all_fields().values():
        if field.values:
            assert set(words_of_values(field.path)) == set(field.values), field.path
            used.add(field.path if field.path in VALUES else field.name)
    assert used == set(VALUES)


def test_at_most_110_field_names() -> None:
    assert len({field.name for field in all_fields().values()}) <= 110


def test_no_field_is_named_like_a_yaml_boolean() -> None:
    assert not {field.name for field in all_fields().values()} & {"on", "off", "yes", "no", "y", "n", "true", "false"}


def test_countries_are_iso_3166() -> None:
    assert {country.alpha_2 for country in pycountry.countries} == COUNTRIES


def test_fields_are_found_through_the_ids_they_hold() -> None:
    for path, section, expected in [
        ("milestone.due", "publications", "milestones.due"),
        ("binding_on.binding", "mechanisms", "instruments.binding"),
        ("reply.within_days", "mechanisms", "mechanisms.reply.within_days"),
        ("plan.end", "", "plan.end"),
        ("milestone.evidence", "publications", None),
        ("nothing", "", None),
    ]:
        found = find_field(path, section)
        assert (found.path if found else None) == expected


@pytest.mark.parametrize(
    ("written", "first", "last"),
    [
        ("2024", (2024, 1, 1), (2024, 12, 31)),
        (2024, (2024, 1, 1), (2024, 12, 31)),
        ("2024-02", (2024, 2, 1), (2024, 2, 29)),
        ("2023-02", (2023, 2, 1), (2023, 2, 28)),
        ("2024-02-29", (2024, 2, 29), (2024, 2, 29)),
    ],
)
def test_a_date_is_as_wide_as_it_is_written(written: object, first: tuple[int, ...], last: tuple[int, ...]) -> None:
    date = PartialDate.read(written)
    assert (date.first, date.last, date.text) == (first, last, str(written))


@pytest.mark.parametrize(
    "written", ["", "2023-2", "soon", "2023-02-29", "2024-13", "1800", "24", "2024-00", "2024-01-00", True, 3.5, None]
)
def test_what_is_no_date_is_refused(written: object) -> None:
    with pytest.raises(ValueError, match=r"no such day|not a date"):
        PartialDate.read(written)


def test_a_reform_writes_back_as_it_was_read() -> None:
    parsed = document("start: 2025-02\nend: 2026\nplan: {end: 2027-01-31}\n")
    again = json.loads(parsed.reform.model_dump_json(exclude_defaults=True))
    assert again["start"] == "2025-02"
    assert again["plan"] == {"end": "2027-01-31"}


@pytest.mark.parametrize(
    ("written", "value"),
    [
        ("true", True),
        ("false", False),
        ("null", None),
        ("~", None),
        ("", None),
        ("NO", "NO"),
        ("no", "no"),
        ("yes", "yes"),
        ("on", "on"),
        ("True", "True"),
        ("012", "012"),
        ("07", "07"),
        ("1.10", "1.10"),
        ("1.5", 1.5),
        ("-3", -3),
        ("-0", "-0"),
        ("0", 0),
        ("1e3", "1e3"),
        ("0x1F", "0x1F"),
        ("1_000", "1_000"),
        (".inf", ".inf"),
        (".nan", ".nan"),
        ("12:30", "12:30"),
        ("2025-01-01", "2025-01-01"),
        ("9" * 5000, "9" * 5000),
        ('"true"', "true"),
        ("'5'", "5"),
    ],
)
def test_scalars_are_what_they_look_like(written: str, value: object) -> None:
    root, problems = read(f"key: {written}\n", "x.yaml")
    assert not problems
    assert root["key"] == value
    assert type(root["key"]) is type(value)


def test_a_bare_number_is_accepted_as_text() -> None:
    parsed = parse_reform("openreform: 1\nid: 2030\ntitle: 2030\n", "x.yaml")
    assert isinstance(parsed, Document)
    assert (parsed.reform.id, parsed.reform.title) == ("2030", "2030")


@given(st.text(max_size=200))
def test_any_text_is_a_document_or_problems(text: str) -> None:
    parsed = parse_reform(text, "x.yaml")
    assert isinstance(parsed, Document) or parsed


@given(st.binary(max_size=200))
def test_any_bytes_in_quotes_keep_their_text(raw: bytes) -> None:
    text = raw.decode("utf-8", "replace")
    parsed = parse_reform(f"openreform: 1\nid: x\ntitle: {json.dumps(text)}\n", "x.yaml")
    if isinstance(parsed, Document):
        assert parsed.reform.title == text.strip()


def test_the_starter_is_short_and_earns_nothing(framework: Framework) -> None:
    text = (ROOT / "src" / "openreform" / "starter.yaml").read_text(encoding="utf-8")
    keys = [line for line in text.splitlines() if line.strip() and not line.strip().startswith("#")]
    assert len(keys) <= 25
    assert not [line for line in keys if "{" in line]
    parsed = parse_reform(text, "starter.yaml")
    assert isinstance(parsed, Document)
    body = text[text.index("title:") :].partition("\n")[2]
    levels = [part.promise.level for d in assessed(body, framework).dimensions for part in d.findings]
    assert set(levels) <= {0, None}


def test_a_writer_learns_at_most_110_names() -> None:
    """A name means the same wherever it stands (docs/decisions.md), so it is learnt once."""
    assert len({field.name for field in all_fields().values()}) <= 110


def test_a_list_has_a_most_number_of_entries() -> None:
    entries = "".join(f"- {{title: Step {number}}}\n" for number in range(501))
    found = parse_reform(f"openreform: 1\nid: x\ntitle: T\nmilestones:\n{entries}", "x.yaml")
    assert isinstance(found, list)
    assert [problem.code for problem in found] == ["list-too-long"]
