"""YAML of every kind, grouped as the public yaml-test-suite groups its own: plain values, or a problem with its place.

The cases are ours; the suite itself is read by test_yaml_suite.py where it is at hand. Beside each file of cases stands what is expected of each.
"""

import json
import re
from typing import Any

import pytest
import yaml

from conftest import ROOT, compare_golden
from openreform.loading.reforms import Document, parse_reform
from openreform.loading.yaml_events import read
from openreform.problems import Problem

FOLDER = ROOT / "tests" / "yaml_cases"
REQUIRED = "openreform: 1\nid: a\ntitle: T\n"
GROUPS = {path.stem: yaml.safe_load(path.read_text(encoding="utf-8")) for path in sorted(FOLDER.glob("*.yaml"))}
CASES = [(f"{group}: {name}", text) for group, cases in GROUPS.items() for name, text in cases.items()]
FIELDS = [(name, text) for name, text in CASES if re.match(r"[a-z]+:", text)]


def each(cases: list[tuple[str, str]]) -> pytest.MarkDecorator:
    return pytest.mark.parametrize("text", [text for _, text in cases], ids=[name for name, _ in cases])


def outcome(text: str) -> list[str]:
    values, problems = read(text, "x.yaml")
    if problems:
        return [f"{problem.line}:{problem.column} {problem.code}" for problem in problems]
    return [json.dumps(values, ensure_ascii=False)]


@pytest.mark.parametrize("group", GROUPS)
def test_each_is_read_or_refused_as_expected(group: str, accept: bool) -> None:
    lines = [line for name, text in GROUPS[group].items() for line in [name, *(f"  {part}" for part in outcome(text))]]
    compare_golden(FOLDER / f"{group}.expected", "".join(f"{line}\n" for line in lines), accept)


def test_every_file_of_cases_has_its_expectations() -> None:
    assert {path.stem for path in FOLDER.glob("*.expected")} == set(GROUPS)
    assert all(GROUPS.values())


def written(value: Any) -> set[str]:
    """How a plain value can stand in a document."""
    if isinstance(value, bool):
        return {str(value).lower()}
    return {"", "~", "null"} if value is None else {str(value)}


def agrees(ours: Any, theirs: Any) -> bool:
    """Whether our values are those of PyYAML's reader that takes every scalar for text."""
    if isinstance(ours, dict):
        return isinstance(theirs, dict) and list(ours) == list(theirs) and all(agrees(ours[k], theirs[k]) for k in ours)
    if isinstance(ours, list):
        return isinstance(theirs, list) and len(ours) == len(theirs) and all(map(agrees, ours, theirs))
    return theirs is None or (isinstance(theirs, str) and theirs in written(ours))


@each(CASES)
def test_what_is_read_is_what_pyyaml_reads(text: str) -> None:
    values, problems = read(text, "x.yaml")
    if not problems:
        assert agrees(values, yaml.load(text, yaml.CBaseLoader))


def test_pyyaml_would_be_contradicted() -> None:
    assert agrees({"a": [1, True, None, "x"]}, {"a": ["1", "true", "~", "x"]})
    assert not agrees({"a": 7}, {"a": "07"})
    assert not agrees({"a": "x"}, {"a": ["x"]})
    assert not agrees(["x"], ["x", "y"])


def check_told(problems: list[Problem], text: str) -> None:
    """Each in one line of words, at a place that the text has; of the file as a whole only what has no place."""
    assert problems
    longest = [len(line) for line in text.split("\n")]
    for problem in problems:
        assert problem.message
        assert problem.fix
        assert "\n" not in problem.message + problem.fix
        if problem.code in {"empty", "more-problems"}:
            assert (problem.line, problem.column) == (0, 0)
        else:
            # libyaml ends a last line that has no end, and says what is missing on the one below
            assert 1 <= problem.line <= len(longest) + 1, problem
            assert 1 <= problem.column <= ([*longest, 0][problem.line - 1] + 1), problem


@each(CASES)
def test_every_beginning_is_a_document_or_told_problems(text: str) -> None:
    """As it is and, at some of its places, below the three required fields; a file that was cut off is one people have."""
    beginnings = [text[:end] for end in range(len(text), -1, -1)]
    for whole in [*beginnings, *(REQUIRED + part for part in beginnings[::5])]:
        parsed = parse_reform(whole, "x.yaml")
        if not isinstance(parsed, Document):
            assert isinstance(parsed, list)
            check_told(parsed, whole)


@each(FIELDS)
def test_a_field_above_changes_nothing_below(text: str) -> None:
    values, problems = read(text, "x.yaml")
    both, problems_below = read(f"openreform: 1\n{text}", "x.yaml")
    assert [(problem.line - 1, problem.column, problem.code) for problem in problems_below] == [
        (problem.line, problem.column, problem.code) for problem in problems
    ]
    if not problems:
        assert both == {"openreform": 1, **values}
