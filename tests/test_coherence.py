"""All bundled frameworks together: ids that never change their meaning, sources that are there, rungs that can be reached.

What one framework must be by itself is checked when it loads, and in tests/test_frameworks.py and tests/test_rungs.py.
"""

from pathlib import Path

import pytest

from conftest import ROOT
from openreform.loading.frameworks import bundled_names, load_bundled, load_version, versions_of

IDS = ROOT / "tests" / "framework_ids.tsv"
"""Framework, id of a criterion, gate or star, and the version it came with: once written, a line stays."""


def published() -> dict[tuple[str, str], str]:
    lines = IDS.read_text(encoding="utf-8").splitlines()
    rows = (line.split("\t") for line in lines if line and not line.startswith("#"))
    return {(framework, ident): since for framework, ident, since in rows}


def test_every_id_that_was_published_is_there_or_has_an_heir(accept: bool) -> None:
    """Documents and papers name criteria by id: it may be replaced, never reused or lost without a word."""
    known = published()
    now: dict[tuple[str, str], str] = {}
    heirs: set[tuple[str, str]] = set()
    for name in bundled_names():
        framework = load_bundled(name).framework
        ids = [part.id for part in framework.criteria] + [part.id for part in framework.gates]
        for ident in (*ids, *(part.id for part in framework.stars), *(part.id for part in framework.faults)):
            now[name, ident] = framework.version
        heirs |= {(name, old) for criterion in framework.criteria for old in criterion.replaces}
    if accept:
        merged = {**now, **known}
        head = [line for line in IDS.read_text(encoding="utf-8").splitlines() if line.startswith("#")]
        rows = [f"{framework}\t{ident}\t{since}" for (framework, ident), since in merged.items()]
        IDS.write_text("\n".join([*head, *sorted(rows)]) + "\n", encoding="utf-8")
        known = merged
    assert set(known) - set(now) - heirs == set()
    assert set(now) - set(known) == set(), "pytest --accept adds new ids"


def test_no_id_stands_in_for_another_and_for_itself() -> None:
    for name in bundled_names():
        criteria = load_bundled(name).framework.criteria
        ids = {criterion.id for criterion in criteria}
        replaced = [old for criterion in criteria for old in criterion.replaces]
        assert not ids & set(replaced)


def test_no_two_frameworks_call_themselves_alike() -> None:
    found = [load_bundled(name).framework for name in bundled_names()]
    assert len({framework.title for framework in found}) == len(found)
    assert [framework.id for framework in found] == bundled_names()


@pytest.mark.parametrize("name", bundled_names())
def test_every_source_is_an_entry_and_every_entry_is_used(name: str) -> None:
    framework = load_bundled(name).framework
    named = [part.source for criterion in framework.criteria for part in criterion.derived_from]
    named += [part.source for gate in framework.gates for part in gate.derived_from]
    named += [part.source for star in framework.stars for part in star.derived_from]
    named += [part.source for fault in framework.faults for part in fault.derived_from]
    assert set(named) == {source.id for source in framework.sources}


@pytest.mark.parametrize("name", bundled_names())
def test_every_rung_has_tests_or_is_judged(name: str) -> None:
    for criterion in load_bundled(name).framework.criteria:
        for level in criterion.levels:
            assert level.tests or level.judged, (criterion.id, level.text)


@pytest.mark.parametrize("name", bundled_names())
def test_placeholders_are_the_same_in_all(name: str) -> None:
    """A text that only holds a place does so under every framework."""
    default = load_bundled("involve-ogp").framework.words["placeholders"]
    assert load_bundled(name).framework.words["placeholders"] == default


@pytest.mark.parametrize("name", bundled_names())
def test_every_earlier_version_can_be_had(name: str) -> None:
    versions = versions_of(name)
    assert len(set(versions)) == len(versions)
    assert sorted(versions, key=lambda text: [int(part) for part in text.split(".")], reverse=True) == list(versions)
    for version in versions:
        loaded = load_version(name, version)
        assert loaded
        assert (loaded.framework.id, loaded.framework.version) == (name, version)


def test_earlier_versions_belong_to_a_framework_that_is_there() -> None:
    older = {path.stem for path in (ROOT / "frameworks" / "older").glob("*.yaml")}
    assert older == {f"{name}-{version}" for name in bundled_names() for version in versions_of(name)[1:]}
    assert Path(IDS).read_text(encoding="utf-8").endswith("\n")
