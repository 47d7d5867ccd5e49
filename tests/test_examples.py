"""The real examples: what was expected before scoring, and their reports as they stand."""

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
import yaml

from conftest import ROOT, compare_golden
from openreform.assessment import Assessment
from openreform.library import Library
from openreform.loading.frameworks import LoadedFramework, load_bundled
from openreform.rendering import csv, pages
from openreform.rendering import json as json_report
from openreform.rendering import text as text_report
from openreform.running import run_all

EXAMPLES = sorted((ROOT / "examples").glob("*.yaml"))
EXPECTED: dict[str, Any] = yaml.safe_load((ROOT / "tests" / "expected_order.yaml").read_text(encoding="utf-8"))


def assess(path: Path, loaded: LoadedFramework, monkeypatch: pytest.MonkeyPatch) -> Assessment:
    """As from the root of the checkout, so that the path in reports is the same everywhere."""
    monkeypatch.chdir(ROOT)
    assessments, result = run_all([path.relative_to(ROOT).as_posix()], loaded, None, Library)
    assert not result.problems, result.problems
    return assessments[0]


@pytest.fixture(scope="module")
def assessments() -> dict[str, Assessment]:
    assessments, result = run_all([str(ROOT / "examples")], load_bundled("involve-ogp"))
    assert not result.problems
    return {assessment.reform_id: assessment for assessment in assessments}


def score(assessment: Assessment, dimension: str) -> float:
    if dimension == "overall":
        value = assessment.promise.score
    else:
        value = next(part.promise.score for part in assessment.dimensions if part.id == dimension)
    assert value is not None
    return value


def pairs(relation: str) -> list[tuple[str, str, str]]:
    return [(dimension, *pair) for dimension, listed in EXPECTED[relation].items() for pair in listed]


@pytest.mark.parametrize(("dimension", "higher", "lower"), pairs("above"))
def test_above(dimension: str, higher: str, lower: str, assessments: dict[str, Assessment]) -> None:
    assert score(assessments[higher], dimension) > score(assessments[lower], dimension)


@pytest.mark.parametrize(("dimension", "higher", "lower"), pairs("at_least"))
def test_at_least(dimension: str, higher: str, lower: str, assessments: dict[str, Assessment]) -> None:
    assert score(assessments[higher], dimension) >= score(assessments[lower], dimension)


@pytest.mark.parametrize("name", sorted(EXPECTED["levels"]))
def test_levels(name: str, assessments: dict[str, Assessment]) -> None:
    findings = {part.id: part for dimension in assessments[name].dimensions for part in dimension.findings}
    for criterion, sides in EXPECTED["levels"][name].items():
        for side, (least, most) in sides.items():
            found = findings[criterion].side(side)
            assert found is not None
            assert found.level is not None
            assert least <= found.level <= most, (criterion, side, found.level)


@pytest.mark.parametrize("name", sorted(EXPECTED["gates"]))
def test_gates(name: str, assessments: dict[str, Assessment]) -> None:
    results = {gate.id: gate.result for gate in assessments[name].gates}
    assert {gate: results[gate] for gate in EXPECTED["gates"][name]} == EXPECTED["gates"][name]


def test_every_example_is_expected_somewhere() -> None:
    assert {path.stem for path in EXAMPLES} == set(EXPECTED["levels"]) == set(EXPECTED["gates"])


@pytest.mark.parametrize("path", EXAMPLES, ids=lambda path: path.stem)
def test_an_example_names_its_sources_and_its_file(path: Path, assessments: dict[str, Assessment]) -> None:
    text = path.read_text(encoding="utf-8")
    assert assessments[path.stem].reform_id == path.stem
    assert "https://" in text or "OGP16-" in text
    assert assessments[path.stem].assessor.role == "independent"


@pytest.mark.parametrize("path", EXAMPLES, ids=lambda path: path.stem)
def test_the_text_report_is_as_it_was(
    path: Path, loaded: LoadedFramework, accept: bool, monkeypatch: pytest.MonkeyPatch
) -> None:
    report = "".join(text_report.report([assess(path, loaded, monkeypatch)]))
    assert all(len(line) <= 80 for line in report.splitlines())
    compare_golden(ROOT / "tests" / "golden" / "examples" / f"{path.stem}.txt", report, accept)


@pytest.mark.parametrize("path", EXAMPLES, ids=lambda path: path.stem)
def test_the_json_report_is_as_it_was(
    path: Path, loaded: LoadedFramework, accept: bool, monkeypatch: pytest.MonkeyPatch
) -> None:
    report = json_report.render([assess(path, loaded, monkeypatch)], [], None)
    compare_golden(ROOT / "tests" / "golden" / "examples" / f"{path.stem}.json", report, accept)


FORMATS: dict[str, Callable[[list[Assessment]], str]] = {
    "md": lambda assessments: "".join(pages.markdown(assessments)),
    "html": pages.html,
    "csv": lambda assessments: "".join(csv.criteria(assessments)),
}


@pytest.mark.parametrize("kind", sorted(FORMATS))
@pytest.mark.parametrize("path", EXAMPLES, ids=lambda path: path.stem)
def test_other_reports_are_as_they_were(
    path: Path, kind: str, loaded: LoadedFramework, accept: bool, monkeypatch: pytest.MonkeyPatch
) -> None:
    report = FORMATS[kind]([assess(path, loaded, monkeypatch)])
    compare_golden(ROOT / "tests" / "golden" / "examples" / f"{path.stem}.{kind}", report, accept)


def test_the_examples_together_are_as_they_were(
    loaded: LoadedFramework, accept: bool, monkeypatch: pytest.MonkeyPatch
) -> None:
    together = [assess(path, loaded, monkeypatch) for path in EXAMPLES]
    folder = ROOT / "tests" / "golden" / "examples"
    compare_golden(folder / "together.txt", "".join(text_report.report(together)), accept)
    compare_golden(folder / "together.csv", "".join(csv.reforms(together)), accept)
    compare_golden(folder / "together.html", pages.html(together), accept)
    compare_golden(folder / "together.md", "".join(pages.markdown(together)), accept)


def test_the_envelope_is_the_one_designed(assessments: dict[str, Assessment]) -> None:
    report = json_report.envelope([assessments["ua-prozorro"]], [], None)
    assert list(report) == ["format", "tool", "as_of", "assessments", "problems"]
    assert report["format"] == 1
    assessment = report["assessments"][0]
    for key in ("reform", "framework", "assessor", "overall", "verdict", "gates", "dimensions", "faults"):
        assert key in assessment
    assert set(assessment["reform"]) >= {"id", "title", "path", "stage", "digest"}
    assert set(assessment["overall"]["promise"]) >= {"score", "low", "high", "coverage"}
    criterion = assessment["dimensions"][0]["criteria"][4]
    assert criterion["id"] == "T5"
    assert set(criterion["promise"]) >= {"outcome", "level", "high", "score", "met", "unmet", "next"}
    assert criterion["promise"]["unmet"][0]["nearest"]["path"] == "publications[0]"
    assert set(criterion["promise"]["next"]) >= {"level", "says", "gain"}
