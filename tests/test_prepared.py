"""A framework prepared when the wheel is built is the one in its YAML, and never that of another text."""

from collections.abc import Iterator
from importlib import resources
from pathlib import Path
from typing import Any

import pytest

from conftest import ROOT
from openreform.framework import Framework, Part
from openreform.loading import frameworks, prepared
from openreform.loading.frameworks import LoadedFramework, bundled_names, load_bundled, load_framework_file

FILES = [*sorted((ROOT / "frameworks").glob("*.yaml")), ROOT / "tests" / "small_framework.yaml"]


def loaded(path: Path) -> LoadedFramework:
    found = load_framework_file(str(path))
    assert isinstance(found, LoadedFramework), found
    return found


def parts(value: Any) -> Iterator[Part]:
    """Every part of a framework, in the order of the models."""
    if isinstance(value, Part):
        yield value
        value = [getattr(value, name) for name in type(value).model_fields]
    if isinstance(value, dict):
        value = list(value.values())
    if isinstance(value, list | tuple):
        for part in value:
            yield from parts(part)


def same(one: Framework, other: Framework) -> bool:
    """Equal, with the same fields given in every part: the scoring looks at which those are."""
    pairs = zip(parts(one), parts(other), strict=True)
    return one == other and all(type(a) is type(b) and a.model_fields_set == b.model_fields_set for a, b in pairs)


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.stem)
def test_what_was_prepared_is_the_same_framework(path: Path) -> None:
    read = loaded(path)
    again = prepared.read(prepared.prepared(read.framework, read.digest), read.digest)
    assert again is not None
    assert same(again, read.framework)
    assert again.model_dump_json() == read.framework.model_dump_json()


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.stem)
def test_preparing_twice_gives_the_same_bytes(path: Path) -> None:
    first, second = loaded(path), loaded(path)
    assert first.framework is not second.framework
    made = [prepared.prepared(found.framework, found.digest) for found in (first, second)]
    assert made[0] == made[1]


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    """The bundled frameworks in a folder of their own, as a wheel lays them out, without what has been loaded before."""
    for path in (ROOT / "frameworks").glob("*.yaml"):
        (tmp_path / path.name).write_bytes(path.read_bytes())
    monkeypatch.setattr(resources, "files", lambda _: tmp_path)
    load_bundled.cache_clear()
    yield tmp_path
    load_bundled.cache_clear()


@pytest.mark.parametrize("name", bundled_names())
def test_it_is_used_where_it_stands_beside_its_yaml(name: str, folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    read = loaded(folder / f"{name}.yaml")
    (folder / f"{name}.prepared").write_text(prepared.prepared(read.framework, read.digest), encoding="utf-8")
    monkeypatch.setattr(frameworks, "parse_framework", None)  # the YAML is not read
    found = load_bundled(name)
    assert found.digest == read.digest
    assert same(found.framework, read.framework)


@pytest.mark.parametrize("name", bundled_names())
def test_one_made_from_another_text_is_never_used(name: str, folder: Path) -> None:
    before = loaded(folder / f"{name}.yaml")
    (folder / f"{name}.prepared").write_text(prepared.prepared(before.framework, before.digest), encoding="utf-8")
    source = folder / f"{name}.yaml"
    text = source.read_text(encoding="utf-8")
    changed = text.replace(f"version: {before.framework.version}", "version: 99.0.0", 1)
    assert changed != text
    source.write_text(changed, encoding="utf-8")
    found = load_bundled(name)
    assert found.framework.version == "99.0.0"
    assert found.digest != before.digest
