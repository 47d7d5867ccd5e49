"""The quick reading of a usual text and the thorough one of any text must give the same values at the same places."""

from pathlib import Path
from typing import Any

import pytest

from conftest import ROOT
from openreform.loading import yaml_events
from openreform.loading.yaml_events import Mapping, Sequence

FILES = sorted(
    path for folder in ("examples", "frameworks", "tests") for path in (ROOT / folder).rglob("*.yaml") if path.is_file()
)


def described(value: Any) -> Any:
    """Values, their types and their places, so that two readings can be compared."""
    if isinstance(value, Mapping):
        return [(key, value.keys_at[key], value.values_at[key], described(part)) for key, part in value.items()]
    if isinstance(value, Sequence):
        return [(place, described(part)) for place, part in zip(value.values_at, value, strict=True)]
    return (type(value).__name__, value)


def thoroughly(text: str, monkeypatch: pytest.MonkeyPatch) -> tuple[Any, list[Any]]:
    with monkeypatch.context() as changed:
        changed.setattr(yaml_events, "_read_clean", lambda text: None)
        return yaml_events.read(text, "x.yaml")


def test_both_readings_agree(monkeypatch: pytest.MonkeyPatch) -> None:
    quick = 0
    for path in FILES:
        text = readable(path)
        root, problems = yaml_events.read(text, "x.yaml")
        other, others = thoroughly(text, monkeypatch)
        assert problems == others, path
        if not problems:
            assert described(root) == described(other), path
        quick += yaml_events._read_clean(text) is not None
    assert quick > 100


def readable(path: Path) -> str:
    return path.read_bytes().decode("utf-8", errors="replace")


@pytest.mark.parametrize(
    "text",
    [
        "a: 1\na: 2\n",
        "a: &x 1\n",
        "a: *x\n",
        "<<: {a: 1}\n",
        "- a\n",
        "a",
        "a: !!int 1\n",
        "{[1]: 2}",
        "a: 1\n---\nb: 2\n",
        "",
        "a: [1\n",
    ],
)
def test_what_is_unusual_is_left_to_the_thorough_one(text: str) -> None:
    assert yaml_events._read_clean(text) is None


def test_depth_and_number_are_bounded() -> None:
    assert yaml_events._read_clean(f"a: {'[' * 40}{']' * 40}") is None
    assert yaml_events._read_clean("a: [" + "1, " * yaml_events.MAX_VALUES + "1]") is None
