"""One mistake per file, and beside it the exact words a person reads; both ways."""

from pathlib import Path

import pytest

from conftest import ROOT, compare_golden
from openreform.loading.frameworks import LoadedFramework, parse_framework
from openreform.messages.problems import PROBLEMS
from openreform.problems import Problem
from openreform.running import run_all

REFORMS = sorted((ROOT / "tests" / "invalid").glob("*.yaml"))
FRAMEWORKS = sorted((ROOT / "tests" / "invalid_frameworks").glob("*.yaml"))


def words(problems: list[Problem]) -> str:
    return "".join(f"{p.line}:{p.column} {p.code}\n{p.message}\n{p.fix}\n" for p in problems)


@pytest.mark.parametrize("path", REFORMS, ids=lambda path: path.stem)
def test_reform(path: Path, loaded: LoadedFramework, accept: bool) -> None:
    assessments, result = run_all([str(path)], loaded)
    assert not assessments
    assert result.problems
    compare_golden(path.with_suffix(".expected"), words(result.problems), accept)


@pytest.mark.parametrize("path", FRAMEWORKS, ids=lambda path: path.stem)
def test_framework(path: Path, accept: bool) -> None:
    problems = parse_framework(path.read_text(encoding="utf-8"), path.name)
    assert isinstance(problems, list)
    compare_golden(path.with_suffix(".expected"), words(problems), accept)


@pytest.mark.parametrize("folder", ["invalid", "invalid_frameworks"])
def test_every_expectation_has_a_file(folder: str) -> None:
    stems = {kind: {path.stem for path in (ROOT / "tests" / folder).glob(f"*.{kind}")} for kind in ("yaml", "expected")}
    assert stems["yaml"] == stems["expected"]
    assert stems["yaml"]


def test_every_sentence_of_the_catalogue_is_shown_by_a_case() -> None:
    shown = set()
    for path in [*REFORMS, *FRAMEWORKS]:
        text = path.with_suffix(".expected").read_text(encoding="utf-8")
        shown |= {line.split(" ")[1] for line in text.splitlines() if line[:1].isdigit() and " " in line}
    elsewhere = {
        # Files, runs and what is too big to keep here: tests/test_hostile.py and tests/test_cli.py
        "file-unreadable", "link-broken", "link-outside", "not-a-file", "nothing-found", "too-large",
        "id-twice-in-run", "yaml-too-many", "list-too-long",
        # Only what people do not write leads there, such as an alias behind an anchor: tests/yaml_cases
        "yaml-other",
        # The default framework allows no criterion to be not applicable yet: tests/test_outcomes.py
        "not-applicable-too-many", "not-applicable-described",
    }  # fmt: skip
    assert set(PROBLEMS) == shown | elsewhere
