"""One mistake per file, and beside it the exact words a person reads; both ways."""

from pathlib import Path

import pytest

from conftest import ROOT, compare_golden
from openreform.checking import unknown_in
from openreform.converting import Conversion, convert
from openreform.framework import Framework
from openreform.loading.baselines import load_baseline
from openreform.loading.frameworks import LoadedFramework, load_framework_file
from openreform.loading.mappings import parse_mapping
from openreform.loading.results import parse_results
from openreform.loading.settings import LoadedSettings, parse_settings
from openreform.mapping import SourceMapping
from openreform.messages.problems import PROBLEMS
from openreform.problems import Problem
from openreform.ratchet import Baseline
from openreform.running import run_all
from openreform.settings import keys_of

REFORMS = sorted((ROOT / "tests" / "invalid").glob("*.yaml"))
FRAMEWORKS = sorted((ROOT / "tests" / "invalid_frameworks").glob("*.yaml"))
MAPPINGS = sorted((ROOT / "tests" / "invalid_mappings").glob("*.yaml"))
BASELINES = sorted((ROOT / "tests" / "invalid_baselines").glob("*.json"))
RESULTS = sorted((ROOT / "tests" / "invalid_results").glob("*.json"))
SETTINGS = sorted((ROOT / "tests" / "invalid_settings").glob("*.toml"))
SOURCES = sorted(path for path in (ROOT / "tests" / "invalid_sources").iterdir() if path.suffix != ".expected")

FOLDERS = (
    "invalid", "invalid_plans", "invalid_frameworks", "invalid_mappings", "invalid_settings", "invalid_sources",
    "invalid_baselines", "invalid_results",
)  # fmt: skip
"""Each mistake a file; those of plans are tried in tests/test_plans.py."""


def words(problems: list[Problem]) -> str:
    return "".join(f"{p.line}:{p.column} {p.code}\n{p.message}\n{p.fix}\n" for p in problems)


@pytest.mark.parametrize("path", REFORMS, ids=lambda path: path.stem)
def test_reform(path: Path, loaded: LoadedFramework, accept: bool) -> None:
    assessments, result = run_all([str(path)], loaded)
    assert not assessments
    assert result.problems
    compare_golden(path.with_suffix(".expected"), words(result.problems), accept)


@pytest.mark.parametrize("path", FRAMEWORKS, ids=lambda path: path.stem)
def test_framework(path: Path, accept: bool, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(path.parent)
    problems = load_framework_file(path.name)
    assert isinstance(problems, list)
    compare_golden(path.with_suffix(".expected"), words(problems), accept)


@pytest.mark.parametrize("path", MAPPINGS, ids=lambda path: path.stem)
def test_mapping(path: Path, accept: bool) -> None:
    problems = parse_mapping(path.read_text(encoding="utf-8"), path.name)
    assert isinstance(problems, list)
    compare_golden(path.with_suffix(".expected"), words(problems), accept)


@pytest.mark.parametrize("path", SETTINGS, ids=lambda path: path.stem)
def test_settings(path: Path, accept: bool, loaded: LoadedFramework, monkeypatch: pytest.MonkeyPatch) -> None:
    """Those of a pyproject.toml by name; what no framework has is told once one is known."""
    monkeypatch.chdir(path.parent)
    shared = path.name.startswith("pyproject")
    text = path.read_text(encoding="utf-8")
    found = parse_settings(text, "pyproject.toml" if shared else path.name, shared=shared)
    assert found is not None
    if isinstance(found, LoadedSettings):
        found = unknown_in(found, "check", keys_of("check"), loaded.framework)
    assert found
    compare_golden(path.with_suffix(".expected"), words(found), accept)


@pytest.mark.parametrize("path", BASELINES, ids=lambda path: path.stem)
def test_baseline(path: Path, framework: Framework, accept: bool, monkeypatch: pytest.MonkeyPatch) -> None:
    """Each is tests/baseline.json with one mistake in it."""
    monkeypatch.chdir(path.parent)
    problems = load_baseline(path.name, framework)
    assert isinstance(problems, list)
    assert isinstance(load_baseline(str(ROOT / "tests" / "baseline.json"), framework), Baseline)
    compare_golden(path.with_suffix(".expected"), words(problems), accept)


@pytest.mark.parametrize("path", RESULTS, ids=lambda path: path.stem)
def test_result(path: Path, accept: bool) -> None:
    """Each is tests/result.json with one mistake in it."""
    found = parse_results(path.read_text(encoding="utf-8"), path.name, "Overall")
    problems = [each for each in found if isinstance(each, Problem)]
    assert len(problems) == len(found) > 0
    (sound,) = parse_results((ROOT / "tests" / "result.json").read_text(encoding="utf-8"), "result.json", "Overall")
    assert not isinstance(sound, Problem)
    compare_golden(path.with_suffix(".expected"), words(problems), accept)


@pytest.mark.parametrize("path", SOURCES, ids=lambda path: path.name)
def test_source_of_an_import(path: Path, accept: bool) -> None:
    """With a mapping of two columns, or with those that come with the tool where no mapping is to know the file."""
    chosen = parse_mapping("mapping: 1\nid: m\ntitle: M\ncolumns: {id: {to: id}, title: {to: title}}\n", "m.yaml")
    assert isinstance(chosen, SourceMapping)
    conversion = Conversion(() if path.stem.startswith("unknown") else (chosen,))
    problems = [found for source in convert([str(path)], conversion) for found in source.problems]
    shown = words(problems).replace(path.as_posix(), path.name)
    compare_golden(path.with_suffix(f"{path.suffix}.expected"), shown, accept)
    assert problems


@pytest.mark.parametrize("folder", FOLDERS)
def test_every_expectation_has_a_file(folder: str) -> None:
    expected = {path.name.removesuffix(".expected") for path in (ROOT / "tests" / folder).glob("*.expected")}
    others = [path for path in (ROOT / "tests" / folder).iterdir() if path.suffix != ".expected"]
    assert expected == {path.name if folder == "invalid_sources" else path.stem for path in others}
    assert expected


def test_every_sentence_of_the_catalogue_is_shown_by_a_case() -> None:
    shown = set()
    for path in [path for folder in FOLDERS for path in (ROOT / "tests" / folder).glob("*.expected")]:
        text = path.read_text(encoding="utf-8")
        shown |= {line.split(" ")[1] for line in text.splitlines() if line[:1].isdigit() and " " in line}
    elsewhere = {
        # Files, runs and what is too big to keep here: tests/test_hostile.py and tests/test_cli.py
        "file-unreadable", "link-broken", "link-outside", "not-a-file", "nothing-found", "no-plan-found", "too-large", "worker-lost",
        "id-twice-in-run", "yaml-too-many", "list-too-long", "settings-too-large",
        # A baseline that is too big to keep here: tests/test_ratchet.py
        "baseline-too-large",
        # A result that is: tests/test_compare.py
        "result-too-large",
        # Of imports: what a library or a big file is needed for, or an empty folder: tests/test_import.py, test_templates.py
        "extra-missing", "no-sheet", "too-large-inside", "too-long-inside", "source-too-large", "nothing-to-import",
        "docx-encrypted", "old-word", "template-blank", "record-invalid", "no-columns",
        # What two frameworks or a second version are needed for: tests/test_tailoring.py, tests/test_migrate.py
        "pin-other", "extends-deep", "migrate-unpinned", "migrate-needs-old", "migrate-form",
        # Only what people do not write leads there, such as an alias behind an anchor: tests/yaml_cases
        "yaml-other",
        # The default framework allows no criterion to be not applicable yet: tests/test_outcomes.py
        "not-applicable-too-many", "not-applicable-described",
    }  # fmt: skip
    assert set(PROBLEMS) == shown | elsewhere
