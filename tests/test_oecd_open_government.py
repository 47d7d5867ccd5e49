"""What a reform contributes to the OECD's areas of open government: never a judgement of a government, and not cheaply earned."""

import pytest

from conftest import ROOT, assessed, compare_golden, level
from openreform.assessment import Assessment
from openreform.framework import Criterion, Framework
from openreform.loading.frameworks import load_bundled
from openreform.rendering import text as text_report
from openreform.running import run_all
from test_frameworks import LISTS, STEP, one_fact_elements

LOADED = load_bundled("oecd-open-government")
FRAMEWORK = LOADED.framework
CRITERIA = FRAMEWORK.criteria


@pytest.fixture
def framework() -> Framework:
    """This one here, not the small one of other tests."""
    return FRAMEWORK


def levels(text: str) -> dict[str, int]:
    result = assessed(text, FRAMEWORK)
    return {part.id: part.promise.level or 0 for dimension in result.dimensions for part in dimension.findings}


def test_six_areas_and_no_whole() -> None:
    assert [dimension.id for dimension in FRAMEWORK.dimensions] == list("GDEHCO")
    assert FRAMEWORK.overall is None


def test_every_provision_has_its_criterion_and_its_step() -> None:
    titles = [criterion.title for criterion in CRITERIA]
    assert len(FRAMEWORK.roadmap) == 10
    for number, step in enumerate(FRAMEWORK.roadmap, start=1):
        assert step.phase.startswith(f"Provision {number}, ")
        assert sum(f"(provision {number})" in title for title in titles) == 1
        named = FRAMEWORK.criterion(step.criteria[0])
        assert named
        assert named.title.endswith(f"(provision {number})")


@pytest.mark.parametrize("criterion", CRITERIA, ids=lambda criterion: criterion.id)
def test_a_criterion_asks_for_a_contribution_and_is_complete(criterion: Criterion) -> None:
    assert criterion.question.startswith("What does this reform contribute to ")
    assert criterion.evidence
    assert criterion.common_faults
    assert criterion.resources
    assert criterion.derived_from
    assert all(other.criterion.startswith("involve-ogp:") for other in criterion.corresponds_to)
    assert criterion.corresponds_to


@pytest.mark.parametrize("criterion", CRITERIA, ids=lambda criterion: criterion.id)
def test_the_snippet_reaches_the_top(criterion: Criterion, framework: Framework) -> None:
    beside = "" if "leads:" in criterion.snippet else "leads: [{organisation: Health board}]\n"
    if "milestones:" not in criterion.snippet:
        beside += STEP
    assert level(beside + criterion.snippet + "\n", criterion.id, framework) == len(criterion.levels)


def test_titles_and_bare_elements_earn_nothing() -> None:
    assert set(levels("").values()) == {0}
    bare = "".join(f"{name}: [{{title: One of {name}}}]\n" for name in LISTS)
    assert set(levels(bare).values()) == {0}


def test_one_fact_never_earns_rungs_in_several_criteria() -> None:
    for text in one_fact_elements():
        earned = {ident: reached for ident, reached in levels(text).items() if reached}
        assert len(earned) <= 1, (text, earned)
        assert max(earned.values(), default=0) <= 1, (text, earned)


def test_the_sentence_on_top_tells_what_is_added_and_rates_nobody() -> None:
    assert all(band.words.startswith("adds ") for band in FRAMEWORK.bands)
    assert assessed("", FRAMEWORK).verdict == (
        "Adds nothing to how openness is governed, public information, people's part in decisions, who must answer, "
        "room to speak and to check and the part of independent institutions."
    )


def test_partners_and_money_alone_open_nothing() -> None:
    text = "partners: [{name: A town}]\nbudget: {amount: 5 posts}\nindicators: [{title: Calls answered, about: [performance]}]\n"
    result = assessed(text, FRAMEWORK)
    assert {ident for ident, reached in levels(text).items() if reached} == {"G3", "G4", "G5"}
    assert next(gate for gate in result.gates if gate.id == "lens").result == "failed"


# --- The examples -----------------------------------------------------------------------------------------
# These orders were written down after scoring: they keep what a reader of the examples would say, and prove nothing.


@pytest.fixture(scope="module")
def examples() -> dict[str, Assessment]:
    assessments, result = run_all([str(ROOT / "examples")], LOADED)
    assert not result.problems
    return {assessment.reform_id: assessment for assessment in assessments}


def score(assessment: Assessment, area: str) -> float:
    found = next(dimension for dimension in assessment.dimensions if dimension.id == area)
    assert found.promise.score is not None
    return found.promise.score


@pytest.mark.parametrize(
    ("area", "above", "below"),
    [
        ("G", "it-opencoesione", "ge-112-channels"),
        ("D", "it-opencoesione", "in-ap-social-audits"),
        ("D", "id-lapor", "us-police-data"),
        ("E", "ua-prozorro", "it-opencoesione"),
        ("E", "gb-sct-care-opinion", "us-police-data"),
        ("H", "ua-prozorro", "us-police-data"),
        ("H", "in-ap-social-audits", "gb-sct-care-opinion"),
        ("C", "in-ap-social-audits", "it-opencoesione"),
        ("C", "ph-citizen-audit", "co-bog-school-meals"),
        ("O", "py-fonacide", "gb-sct-care-opinion"),
        ("E", "ph-grassroots-budgeting", "hr-e-citizens"),
    ],
)
def test_examples_can_be_told_apart(area: str, above: str, below: str, examples: dict[str, Assessment]) -> None:
    assert score(examples[above], area) > score(examples[below], area)


def test_a_better_service_that_opens_nothing_adds_to_governance_only(examples: dict[str, Assessment]) -> None:
    found = examples["ge-112-channels"]
    assert all(score(found, area) == 0 for area in "DEHCO")
    assert {gate.id: gate.result for gate in found.gates} == {"lens": "failed", "reprisals": "passed"}


def test_a_report_as_people_see_it(accept: bool, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(ROOT)
    assessments, _ = run_all(["examples/in-ap-social-audits.yaml"], LOADED)
    report = "".join(text_report.report(assessments))
    assert all(len(line) <= 80 for line in report.splitlines())
    compare_golden(ROOT / "tests" / "golden" / "oecd-open-government" / "in-ap-social-audits.txt", report, accept)


def test_several_fit_into_a_table(monkeypatch: pytest.MonkeyPatch) -> None:
    """Without a whole, the table of several has the areas only: eight columns would not fit."""
    monkeypatch.chdir(ROOT)
    assessments, _ = run_all(["examples/ge-112-channels.yaml", "examples/id-lapor.yaml"], LOADED)
    report = "".join(text_report.report(assessments))
    head, row = report[report.index("All together\n ") :].splitlines()[1:3]
    assert head.split() == list("GDEHCO")
    assert len(row.split()) == 7
