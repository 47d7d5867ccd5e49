"""Frameworks made from others: what stays, what changes, what reports say of it."""

import json
from pathlib import Path

import pytest
import yaml

from conftest import ROOT, compare_golden
from openreform.assessment import Assessment
from openreform.framework import Framework
from openreform.loading.frameworks import (
    LoadedFramework,
    load_bundled,
    load_framework,
    load_framework_file,
    parse_framework,
)
from openreform.problems import Problem
from openreform.rendering import json as json_report
from openreform.rendering import pages
from openreform.rendering import text as text_report
from openreform.running import run_all

PROFILE = ROOT / "docs" / "health-services.yaml"
HEAD = "framework: 1\nid: profile\ntitle: A profile\nversion: 1.0.0\n"
GOLDEN = ROOT / "tests" / "golden" / "tailored"


def sound(loaded: LoadedFramework | list[Problem] | None) -> LoadedFramework:
    assert isinstance(loaded, LoadedFramework), loaded
    return loaded


def tailored(text: str, extends: str = "involve-ogp") -> LoadedFramework:
    return sound(parse_framework(f"{HEAD}extends: {extends}\n{text}", "profile.yaml"))


@pytest.fixture
def profile() -> LoadedFramework:
    return sound(load_framework_file(str(PROFILE)))


@pytest.fixture
def assessment(profile: LoadedFramework, monkeypatch: pytest.MonkeyPatch) -> Assessment:
    monkeypatch.chdir(ROOT)
    (found,), result = run_all(["examples/gb-sct-care-opinion.yaml"], profile)
    assert not result.problems
    return found


def scores(assessment: Assessment) -> list[float | None]:
    return [
        assessment.promise.score,
        assessment.practice.score,
        *(part.promise.score for part in assessment.dimensions),
    ]


def test_changing_nothing_changes_no_score() -> None:
    base = load_bundled("involve-ogp")
    mine, _ = run_all([str(ROOT / "examples")], tailored(""))
    theirs, _ = run_all([str(ROOT / "examples")], base)
    assert [scores(each) for each in mine] == [scores(each) for each in theirs]
    assert [each.gates for each in mine] == [each.gates for each in theirs]


def test_the_untailored_result_is_that_of_the_framework_it_is_made_from(assessment: Assessment) -> None:
    (base,), _ = run_all([str(ROOT / "examples" / "gb-sct-care-opinion.yaml")], load_bundled("involve-ogp"))
    assert assessment.tailored is not None
    assert scores(assessment.tailored.untailored) == scores(base)
    assert scores(assessment) != scores(base)


def test_weights_and_dropped_criteria_work_as_written(profile: LoadedFramework) -> None:
    base: Framework = load_bundled("involve-ogp").framework
    said = yaml.safe_load(PROFILE.read_text(encoding="utf-8"))
    ids = [criterion.id for criterion in profile.framework.criteria]
    kept = [criterion.id for criterion in base.criteria if criterion.id not in said["dropped"]]
    assert ids == [*kept, *(criterion["id"] for criterion in said["criteria"])]
    for criterion in profile.framework.criteria:
        before = base.criterion(criterion.id)
        if before:
            assert criterion.weight == said["weights"].get(criterion.id, before.weight)
            assert criterion.levels == before.levels


def test_ids_of_the_framework_it_is_made_from_stay_its_own(tmp_path: Path) -> None:
    """A document that says something of T3 or of involve-ogp:A3 says it of the profile's too."""
    text = "none_found: [{criteria: [A3, 'involve-ogp:A4', 'profile:A5'], where: There.}]\n"
    path = tmp_path / "x.yaml"
    path.write_text(f"openreform: 1\nid: x\ntitle: X\n{text}", encoding="utf-8")
    (found,), result = run_all([str(path)], tailored("dropped: {T3: Not ours to ask.}\n"))
    assert not result.problems
    looked = {
        part.id
        for dimension in found.dimensions
        for part in dimension.findings
        if part.practice and part.practice.level == 0
    }
    assert looked == {"A3", "A4", "A5"}


def test_a_profile_of_a_profile(tmp_path: Path) -> None:
    (tmp_path / "one.yaml").write_text(f"{HEAD}extends: involve-ogp\nweights: {{T1: 3}}\n", encoding="utf-8")
    two = HEAD.replace("profile", "second") + "extends: one.yaml\nweights: {T2: 2}\n"
    (tmp_path / "two.yaml").write_text(two, encoding="utf-8")
    loaded = sound(load_framework_file(str(tmp_path / "two.yaml")))
    weights = {criterion.id: criterion.weight for criterion in loaded.framework.criteria}
    assert (weights["T1"], weights["T2"], weights["T3"]) == (3, 2, 1)
    assert all(loaded.framework.goes_by(name) for name in ("second", "profile", "involve-ogp"))
    (found,), _ = run_all([str(ROOT / "examples" / "id-lapor.yaml")], loaded)
    assert found.tailored
    assert found.tailored.untailored.tailored
    assert found.tailored.untailored.tailored.framework_id == "involve-ogp"


def test_a_named_version_is_extended() -> None:
    version = load_bundled("involve-ogp").framework.version
    loaded = tailored("", f"involve-ogp@{version}")
    assert loaded.base
    assert loaded.base.framework.version == version
    again = sound(load_framework(f"involve-ogp@{version}"))
    assert again.framework.version == version
    assert load_framework("involve-ogp@0.0.9") is None


def test_two_that_extend_one_another(tmp_path: Path) -> None:
    for here, there in (("a", "b"), ("b", "a")):
        (tmp_path / f"{here}.yaml").write_text(f"{HEAD}extends: {there}.yaml\n", encoding="utf-8")
    problems = load_framework_file(str(tmp_path / "a.yaml"))
    assert isinstance(problems, list)
    assert [found.code for found in problems] == ["extends-cycle"]
    assert "a.yaml → b.yaml → a.yaml" in problems[0].message


def test_a_long_row_of_extended_frameworks_ends(tmp_path: Path) -> None:
    for number in range(40):
        (tmp_path / f"{number}.yaml").write_text(f"{HEAD}extends: {number + 1}.yaml\n", encoding="utf-8")
    problems = load_framework_file(str(tmp_path / "0.yaml"))
    assert isinstance(problems, list)
    assert [found.code for found in problems] == ["extends-deep"]


@pytest.mark.parametrize("name", ["a" * 3000, "/etc/passwd", "../../x.yaml", "x\x00y.yaml", "."])
def test_what_is_extended_is_a_framework_beside_it_and_nothing_else(name: str, tmp_path: Path) -> None:
    path = tmp_path / "profile.yaml"
    path.write_text(f"{HEAD}extends: {json.dumps(name)}\n", encoding="utf-8")
    problems = load_framework_file(str(path))
    assert isinstance(problems, list)
    assert {found.code for found in problems} <= {"extends-unknown", "extends-outside", "control-character"}


def test_the_digest_is_of_both() -> None:
    one, two = tailored(""), tailored("weights: {T1: 2}\n")
    assert one.digest != two.digest
    assert one.digest != load_bundled("involve-ogp").digest


def test_a_gate_asks_no_more_for_what_is_dropped() -> None:
    loaded = tailored("dropped: {T3: Not ours to ask.}\n")
    lens = loaded.framework.gate("lens")
    assert lens
    asked = {part.level.criterion for test in lens.tests for part in test.walk() if part.level}
    assert "T3" not in asked
    assert "T2" in asked


@pytest.mark.parametrize("kind", ["txt", "md", "html", "json"])
def test_reports_say_how_it_is_tailored(kind: str, assessment: Assessment, accept: bool) -> None:
    made = {
        "txt": lambda: "".join(text_report.report([assessment])),
        "md": lambda: "".join(pages.markdown([assessment])),
        "html": lambda: pages.html([assessment]),
        "json": lambda: json_report.render([assessment], [], None),
    }[kind]()
    compare_golden(GOLDEN / f"gb-sct-care-opinion.{kind}", made, accept)
    for word in ("involve-ogp", "audit office", "Patients' safety reports" if kind != "html" else "safety reports"):
        assert word in made.replace("\n    ", " ")
