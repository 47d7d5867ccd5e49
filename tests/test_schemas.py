"""The published schemas agree with what the tool reads and writes."""

import json
from pathlib import Path
from typing import Any

import jsonschema
import pytest

from conftest import ROOT
from openreform.loading.frameworks import load_bundled
from openreform.loading.yaml_events import read
from openreform.rendering import json as json_report
from openreform.rendering import schemas
from openreform.running import run_all

DOCUMENTS = sorted([*(ROOT / "examples").glob("*.yaml"), *(ROOT / "tests" / "trial").rglob("*.yaml")])
REFORM = jsonschema.Draft7Validator(schemas.reform_schema())
SEEN_BY_A_SCHEMA = (
    "field-unknown", "field-missing", "value-unknown", "needs-list", "needs-mapping", "needs-yes-no", "needs-number",
    "needs-one-value", "entry-needs-fields", "bad-country", "bad-jurisdiction", "bad-date", "bad-id", "bad-url", "text-too-long",
)  # fmt: skip


def without_nothing(value: Any) -> Any:
    if isinstance(value, dict):
        return {key: without_nothing(part) for key, part in value.items() if part is not None}
    return [without_nothing(part) for part in value] if isinstance(value, list) else value


def content(path: Path) -> Any:
    root, problems = read(path.read_text(encoding="utf-8"), path.name)
    assert not problems
    return without_nothing(root)


@pytest.mark.parametrize("schema", [schemas.reform_schema, schemas.framework_schema, schemas.assessment_schema])
def test_a_schema_is_a_schema(schema: Any) -> None:
    jsonschema.Draft7Validator.check_schema(schema())
    assert json.loads(schemas.as_json(schema())) == schema()


@pytest.mark.parametrize("path", DOCUMENTS, ids=lambda path: path.stem)
def test_a_sound_document_is_valid(path: Path) -> None:
    assert not list(REFORM.iter_errors(content(path)))


def test_the_starter_is_valid() -> None:
    assert not list(REFORM.iter_errors(content(ROOT / "src" / "openreform" / "starter.yaml")))


def invalid() -> list[Path]:
    return [
        path.with_suffix(".yaml")
        for path in sorted((ROOT / "tests" / "invalid").glob("*.expected"))
        if path.read_text(encoding="utf-8").partition("\n")[0].endswith(SEEN_BY_A_SCHEMA)
    ]


@pytest.mark.parametrize("path", invalid(), ids=lambda path: path.stem)
def test_a_mistake_the_tool_names_is_seen_by_an_editor_too(path: Path) -> None:
    assert list(REFORM.iter_errors(content(path)))


def test_every_field_and_value_is_described() -> None:
    def walk(part: Any) -> None:
        if isinstance(part, dict):
            assert "anyOf" not in part
            assert "null" not in (part.get("type") or [])
            if "enum" in part and "enumDescriptions" in part:
                assert len(part["enum"]) == len(part["enumDescriptions"]) and all(part["enumDescriptions"])
            for field in part.get("properties", {}).values():
                assert field.get("description")
            for inner in part.values():
                walk(inner)
        elif isinstance(part, list):
            for inner in part:
                walk(inner)

    walk(schemas.reform_schema())


def test_the_bundled_frameworks_are_valid() -> None:
    validator = jsonschema.Draft7Validator(schemas.framework_schema())
    for path in sorted((ROOT / "frameworks").glob("*.yaml")):
        assert not list(validator.iter_errors(content(path)))


def test_every_report_is_valid() -> None:
    validator = jsonschema.Draft7Validator(schemas.assessment_schema())
    for folder in ("examples", "tests/trial/a", "tests/invalid"):
        assessments, result = run_all([str(ROOT / folder)], load_bundled("involve-ogp"))
        report = json.loads(json_report.render(assessments, result.problems, None))
        assert not list(validator.iter_errors(report))
