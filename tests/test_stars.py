"""The star by the rule of each era, on recorded codes alone: three-valued, and the same as in OGP's data but for seven rows."""

import csv
from functools import cache
from pathlib import Path

import pytest

from conftest import ROOT, assessed, only_source, reform_of
from openreform.framework import FRAMEWORK_OF_THE_STARS, StarRule
from openreform.loading import frameworks
from openreform.loading.frameworks import load_bundled
from openreform.loading.mappings import load_bundled_mapping
from openreform.rendering.text import render
from openreform.running import run_all
from openreform.scoring.stars import Codes, star, stars

RULES: dict[str, StarRule] = {rule.id: rule for rule in load_bundled(FRAMEWORK_OF_THE_STARS).framework.stars}
FILES = ("ogp_irm_2011_2014.csv", "ogp_irm_parliament_2011_2024.csv")

COLUMNS = {
    "star-before-june-2014": "starred_pre_june_2014",
    "star-2015": "starred_2015",
    "star-progress": "starred_current_progress",
    "star-end-of-term": "starred_current_end_term",
}

OTHERWISE = {
    # Starred in the source, and not by the rule: no specificity is recorded, so that it is undecided.
    ("AR0045", "star-end-of-term"): {
        "starred_current_end_term": "1", "specificity": "", "verifiable": "Yes", "value_info": "1",
        "potential_impact": "transformative", "completion_end_term": "substantial",
    },
    # By the rule and not in the source. Technology is its only value, as of no other commitment that would have had a star.
    ("OGP16-0938", "star-before-june-2014"): {
        "starred_pre_june_2014": "0", "country": "Italy", "relevant": "0", "value_info": "0", "value_participation": "0",
        "value_accountability": "0", "value_technology": "1", "potential_impact": "moderate", "completion_progress": "complete",
    },
    # El Salvador's second plan: of its 35 commitments the source stars none, though three have all codes for it.
    ("OGP16-0552", "star-2015"): {
        "starred_2015": "0", "country": "El Salvador", "specificity": "medium", "value_info": "1", "value_accountability": "1",
        "potential_impact": "moderate", "completion_progress": "complete",
    },
    ("OGP16-0556", "star-2015"): {
        "starred_2015": "0", "country": "El Salvador", "specificity": "medium", "value_info": "1", "value_technology": "1",
        "potential_impact": "moderate", "completion_progress": "substantial",
    },
    ("OGP16-0558", "star-2015"): {
        "starred_2015": "0", "country": "El Salvador", "specificity": "medium", "value_info": "1", "value_accountability": "1",
        "potential_impact": "transformative", "completion_progress": "substantial",
    },
    # Moldova's second plan: completion reads substantial and is numbered 2, which stands for not started. By the word it would
    # have a star, by the number it has none; an import takes neither, and the rule is undecided.
    ("OGP16-1231", "star-2015"): {
        "starred_2015": "0", "country": "Moldova", "specificity": "high", "value_info": "1", "potential_impact": "moderate",
        "completion_progress": "substantial", "completion_progress_code": "2", "label_code_conflict": "completion_progress",
    },
    ("OGP16-1234", "star-2015"): {
        "starred_2015": "0", "country": "Moldova", "specificity": "high", "value_participation": "1", "potential_impact": "moderate",
        "completion_progress": "substantial", "completion_progress_code": "2", "label_code_conflict": "completion_progress",
    },
}  # fmt: skip
"""What the source says of the only rows whose star in it is not the one by the rule."""

IN_DOUBT = {("OGP16-1231", "star-2015"), ("OGP16-1234", "star-2015")}


@cache
def rows(folder: Path) -> dict[str, dict[str, str]]:
    """Each row of both files by its id."""
    found: dict[str, dict[str, str]] = {}
    for name in FILES:
        with (folder / name).open(encoding="utf-8", newline="") as file:
            found |= {row["id"]: row for row in csv.DictReader(file)}
    return found


@cache
def codes(folder: Path) -> dict[str, Codes]:
    """The codes an import reads from each row."""
    mapping = load_bundled_mapping("ogp-commitments")
    made = [each for name in FILES for each in only_source(folder / name, mapping).made]
    return {each.id: reform_of(each.text).irm for each in made}


def codes_by_the_word(folder: Path, tmp_path: Path) -> dict[str, Codes]:
    """The same, with what an import leaves out because word and number disagree: read by the word."""
    listed = [row for row in rows(folder).values() if row["label_code_conflict"]]
    path = tmp_path / "doubtful.csv"
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.DictWriter(file, listed[0].keys())
        writer.writeheader()
        writer.writerows(listed)
    mapping = load_bundled_mapping("ogp-commitments").model_copy(update={"doubtful": None})
    return codes(folder) | {each.id: reform_of(each.text).irm for each in only_source(path, mapping).made}


Ends = set[tuple[str, str]]


def otherwise(folder: Path, read: dict[str, Codes]) -> tuple[Ends, Ends]:
    """Where the source records a star of an era: what it stars and the rule does not, and the reverse."""
    missed, extra = set(), set()
    compared = dict.fromkeys(RULES, 0)
    listed = rows(folder)
    for ident, recorded in read.items():
        for name, rule in RULES.items():
            found = star(rule, recorded)
            given = listed[ident][COLUMNS[name]]
            assert found.recorded is (None if given == "" else given == "1")
            if given:
                compared[name] += 1
            if given == "1" and found.by_rule is not True:
                missed.add((ident, name))
            if given == "0" and found.by_rule is True:
                extra.add((ident, name))
    assert compared == {name: sum(1 for row in listed.values() if row[column]) for name, column in COLUMNS.items()}
    assert min(compared.values()) > 100
    return missed, extra


def test_no_starred_commitment_is_missed_and_none_added_but_seven(ogp_data: Path, tmp_path: Path) -> None:
    missed, extra = otherwise(ogp_data, codes_by_the_word(ogp_data, tmp_path))
    assert {ident for ident, _ in missed} == {"AR0045"}
    assert {ident.removeprefix("OGP16-") for ident, _ in extra} == {"0938", "0552", "0556", "0558", "1231", "1234"}
    assert missed | extra == set(OTHERWISE)


def test_what_an_import_leaves_out_as_doubtful_is_undecided(ogp_data: Path) -> None:
    missed, extra = otherwise(ogp_data, codes(ogp_data))
    assert missed == {("AR0045", "star-end-of-term")}
    assert extra == set(OTHERWISE) - missed - IN_DOUBT
    for ident, name in IN_DOUBT:
        found = star(RULES[name], codes(ogp_data)[ident])
        assert found.by_rule is None
        assert found.lacks == ("completion_progress",)


@pytest.mark.parametrize(("ident", "name"), list(OTHERWISE))
def test_what_the_source_says_of_each_of_the_seven(ident: str, name: str, ogp_data: Path) -> None:
    row = rows(ogp_data)[ident]
    assert {column: row[column] for column in OTHERWISE[ident, name]} == OTHERWISE[ident, name]


def test_what_is_said_of_their_plans(ogp_data: Path) -> None:
    listed = rows(ogp_data).values()
    salvador = [row["starred_2015"] for row in listed if row["country"] == "El Salvador" and row["starred_2015"]]
    assert salvador == ["0"] * 35
    only_technology = [
        row["id"]
        for row in listed
        if row["starred_pre_june_2014"]
        and [row[f"value_{value}"] for value in ("info", "participation", "accountability", "technology")] == [*"0001"]
        and row["potential_impact"] in {"moderate", "transformative"}
        and row["completion_progress"] in {"substantial", "complete"}
    ]
    assert only_technology == ["OGP16-0938"]


def test_what_was_given_is_known_only_where_it_says_yes_or_no() -> None:
    rule = RULES["star-2015"]
    assert [star(rule, {**FULL, rule.code: given}).recorded for given in (True, False, "unclear")] == [
        True,
        False,
        None,
    ]
    assert star(rule, FULL).recorded is None


FULL: dict[str, bool | str] = {
    "specificity": "medium",
    "access_to_information": False,
    "civic_participation": True,
    "public_accountability": False,
    "technology": False,
    "potential_impact": "transformative",
    "completion_progress": "substantial",
    "completion_end_of_term": "complete",
}


def by_rule(changed: dict[str, bool | str | None]) -> dict[str, bool | None]:
    recorded = {code: value for code, value in {**FULL, **changed}.items() if value is not None}
    return {name: star(rule, recorded).by_rule for name, rule in RULES.items()}


@pytest.mark.parametrize(
    ("changed", "before", "in_2015", "progress", "end"),
    [
        ({}, True, True, True, True),
        ({"specificity": "low"}, True, False, False, False),
        ({"potential_impact": "moderate"}, True, True, False, False),
        ({"potential_impact": "unclear"}, False, False, False, False),
        ({"completion_progress": "limited"}, False, False, False, True),
        ({"completion_end_of_term": "withdrawn"}, True, True, True, False),
        ({"civic_participation": False}, False, False, False, False),
        ({"civic_participation": False, "technology": True}, True, False, False, False),
        # A missing code makes it undecided, ...
        ({"specificity": None}, True, None, None, None),
        ({"completion_progress": None}, None, None, None, True),
        ({"potential_impact": None}, None, None, None, None),
        # ... but not where another value is there already, or where a known code surely fails.
        ({"access_to_information": None}, True, True, True, True),
        ({"civic_participation": None}, None, None, None, None),
        ({"specificity": None, "potential_impact": "minor"}, False, False, False, False),
        (
            {"completion_progress": None, "completion_end_of_term": None, "specificity": "none"},
            None,
            False,
            False,
            False,
        ),
    ],
    ids=str,
)
def test_three_answers(
    changed: dict[str, bool | str | None],
    before: bool | None,
    in_2015: bool | None,
    progress: bool | None,
    end: bool | None,
) -> None:
    assert list(by_rule(changed).values()) == [before, in_2015, progress, end]


def test_it_says_what_fails_and_what_is_not_recorded() -> None:
    found = star(RULES["star-2015"], {"potential_impact": "minor", "specificity": "high"})
    assert (found.by_rule, found.lacks) == (False, ())
    assert found.fails == ("moderate or transformative potential impact",)
    found = star(
        RULES["star-2015"], {"potential_impact": "moderate", "specificity": "high", "public_accountability": False}
    )
    assert found.by_rule is None
    assert found.lacks == ("access_to_information", "civic_participation", "completion_progress")


def test_codes_of_which_no_rule_asks_bring_no_star() -> None:
    assert stars(RULES.values(), {"verifiable": True, "early_results": "moderate"}) == ()
    assert [part.id for part in stars(RULES.values(), {"completion_end_of_term": "complete"})] == ["star-end-of-term"]
    assert [part.id for part in stars(RULES.values(), {"starred_2015": True})] == ["star-2015"]


IRM = (
    "irm: {specificity: high, access_to_information: true, potential_impact: moderate, completion_progress: complete, "
    "starred_2015: true}\n"
)


def test_a_star_stands_beside_the_codes_and_in_no_score(tmp_path: Path) -> None:
    described = "publications: [{title: The register, access: open}]\n"
    paths = []
    for name, codes_too in (("with", IRM), ("without", "")):
        path = tmp_path / f"{name}.yaml"
        path.write_text(f"openreform: 1\nid: {name}\ntitle: A reform\n{described}{codes_too}", encoding="utf-8")
        paths.append(str(path))
    for framework in ("involve-ogp", "ogp-irm"):
        (one, other), _ = run_all(paths, load_bundled(framework))
        assert one.dimensions == other.dimensions
        assert one.promise == other.promise
        assert other.stars == ()
        text = render(one).text()
        assert "Star, rule of 2015: yes; recorded: yes" in text
        assert "Star, later rule, at the progress report: no (lacking: transformative potential" in text
        assert "Star, later rule, at the end of term: no" in text


def test_the_rules_are_read_only_for_documents_with_codes(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = tmp_path / "x.yaml"
    path.write_text("openreform: 1\nid: x\ntitle: A reform\n", encoding="utf-8")
    yardstick = load_bundled("involve-ogp")
    read: list[str] = []

    def noted(name: str) -> frameworks.LoadedFramework:
        read.append(name)
        return load_bundled(name)

    monkeypatch.setattr("openreform.running.load_bundled", noted)
    run_all([str(path)], yardstick)
    assert FRAMEWORK_OF_THE_STARS not in read
    path.write_text(f"openreform: 1\nid: x\ntitle: A reform\n{IRM}", encoding="utf-8")
    run_all([str(path)], yardstick)
    assert FRAMEWORK_OF_THE_STARS in read


def test_a_framework_with_stars_of_its_own_is_asked_first() -> None:
    own = load_bundled(FRAMEWORK_OF_THE_STARS).framework.model_copy(update={"stars": (RULES["star-2015"],)})
    assert [part.id for part in assessed(IRM, own).stars] == ["star-2015"]


def test_every_era_is_compared_with_the_code_that_records_it() -> None:
    assert {rule.code for rule in RULES.values()} == {
        "starred_before_june_2014", "starred_2015", "starred_progress", "starred_end_of_term",
    }  # fmt: skip
    assert set(COLUMNS) == set(RULES)
    assert (ROOT / "frameworks" / f"{FRAMEWORK_OF_THE_STARS}.yaml").is_file()
