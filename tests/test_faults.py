"""Drafting mistakes: for each a smallest document that has it, and one that has not any more once it is mended as it says."""

import csv
import re
import subprocess
import sys
from collections import Counter
from pathlib import Path
from typing import Any

import pytest
import yaml

from conftest import ROOT, compare_golden, missing
from openreform.assessment import Fault
from openreform.framework import NOTICES, Test
from openreform.framework import Fault as Rule
from openreform.kinds import kind_called
from openreform.loading.frameworks import (
    LoadedFramework,
    bundled_names,
    common_faults,
    load_bundled,
    load_framework_file,
)
from openreform.loading.reforms import Document, parse_document
from openreform.scoring.assess import Origin, assess

FOLDER = ROOT / "tests" / "faults"
FILES = sorted(path for path in FOLDER.glob("*/*.yaml") if not path.stem.endswith("-fine"))
COMMON = "common"
TODAY = "2026-11-25"


def framework_of(path: Path) -> LoadedFramework:
    name = path.parent.name
    return load_bundled("involve-ogp" if name == COMMON else name)


def found(text: str, loaded: LoadedFramework, today: str | None = TODAY) -> list[Fault]:
    kind = kind_called(loaded.framework.applies_to)
    parsed = parse_document(text, "x.yaml", kind)
    assert isinstance(parsed, Document), parsed
    assessment = assess(parsed.reform, loaded.framework, parsed.locate, Origin("x.yaml", "", ""))
    return list(assessment.advises.faults(today))


def of_rule(ident: str, faults: list[Fault]) -> list[Fault]:
    return [fault for fault in faults if fault.id == ident]


def words(faults: list[Fault]) -> str:
    return "".join(
        f"{fault.place.line}:{fault.place.column} {fault.severity} {fault.id} {fault.title}\n{fault.message}\n{fault.fix}\n"
        for fault in faults
    )


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.stem)
def test_the_smallest_document_with_it_has_it_once(path: Path, accept: bool) -> None:
    hits = of_rule(path.stem, found(path.read_text(encoding="utf-8"), framework_of(path)))
    compare_golden(path.with_suffix(".expected"), words(hits), accept)
    assert len(hits) == 1


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.stem)
def test_mended_as_it_says_it_is_gone(path: Path) -> None:
    """The other file is the near miss: the same with what `fix` asks for, and nothing else."""
    fine = path.with_stem(f"{path.stem}-fine").read_text(encoding="utf-8")
    assert fine != path.read_text(encoding="utf-8")
    assert not of_rule(path.stem, found(fine, framework_of(path)))


def test_every_fault_of_every_bundled_framework_has_its_files() -> None:
    own = {
        (name, fault.id)
        for name in bundled_names()
        for fault in load_bundled(name).framework.faults
        if fault not in common_faults().faults
    }
    wanted = own | {(COMMON, fault.id) for fault in common_faults().faults}
    assert {(path.parent.name, path.stem) for path in FILES} == wanted
    for path in FILES:
        assert path.with_suffix(".expected").is_file()
        assert path.with_stem(f"{path.stem}-fine").is_file()


# --- Silence where nothing is known ---------------------------------------------------------------------------


def lacking(rule: Rule) -> list[str]:
    """The fields an entry is faulted for not having."""
    assert rule.finds
    return [name for name, asked in rule.finds.with_.fields.items() if asked.present is False]


def sections(rule: Rule) -> set[str]:
    """The sections a fault looks at."""
    tests = [part for test in (rule.finds, rule.applies_when) if test for part in test.walk()]
    return {_section(test) for test in tests} - {""}


def _section(test: Test) -> str:
    return (test.section or test.present or test.absent or "").partition(".")[0]


@pytest.mark.parametrize("path", [path for path in FILES if path.parent.name != COMMON], ids=lambda path: path.stem)
def test_it_is_not_held_against_what_is_said_to_be_unknown(path: Path) -> None:
    loaded = framework_of(path)
    rule = loaded.framework.fault(path.stem)
    assert rule
    assert rule.finds
    if not rule.finds.some or not lacking(rule):
        return
    content: dict[str, Any] = yaml.safe_load(path.read_text(encoding="utf-8"))
    for field in {name.partition(".")[0] for name in lacking(rule)}:
        content[rule.finds.some][0]["unknown"] = [field]
        assert not of_rule(path.stem, found(yaml.safe_dump(content), loaded)), field


@pytest.mark.parametrize("path", [path for path in FILES if path.parent.name != COMMON], ids=lambda path: path.stem)
def test_it_is_not_held_against_what_is_undescribed(path: Path) -> None:
    """A section under `undescribed` is one warning, never a fault of each field that may stand in it."""
    loaded = framework_of(path)
    rule = loaded.framework.fault(path.stem)
    assert rule
    content: dict[str, Any] = yaml.safe_load(path.read_text(encoding="utf-8"))
    allowed = kind_called(loaded.framework.applies_to).find("undescribed")
    assert allowed
    open_ones = sorted(name for name in sections(rule) if name in allowed.values and name not in content)
    for name in open_ones:
        faults = found(yaml.safe_dump({**content, "undescribed": [name]}), loaded)
        assert not of_rule(path.stem, faults), name
        assert len(of_rule("F25", faults)) == 1


@pytest.mark.parametrize("name", bundled_names())
def test_every_framework_has_the_faults_of_the_document_itself(name: str) -> None:
    loaded = load_bundled(name)
    assert {fault.notices for fault in loaded.framework.faults if fault.notices} == set(NOTICES)
    head = "document: plan\n" if loaded.framework.applies_to == "plan" else ""
    text = f"openreform: 1\n{head}id: x\ntitle: TBD\nundescribed: [evidence]\n"
    assert {"F24", "F25"} <= {fault.id for fault in found(text, loaded)}


def test_a_framework_may_word_them_itself(tmp_path: Path) -> None:
    """Its own fault with the same `notices` stands instead of the common one."""
    small = (ROOT / "tests" / "small_framework.yaml").read_text(encoding="utf-8")
    own = "faults:\n  - {id: gap, title: A gap, severity: info, message: A gap., why: It is., fix: Fill it., notices: placeholders}\n"
    path = tmp_path / "own.yaml"
    path.write_text(small + own, encoding="utf-8")
    loaded = load_framework_file(str(path))
    assert isinstance(loaded, LoadedFramework), loaded
    assert {fault.id for fault in loaded.framework.faults} == {"gap", "F25", "X1", "X2", "X3"}
    assert [fault.id for fault in found("openreform: 1\nid: x\ntitle: '<title>'\n", loaded)] == ["gap"]


# --- Words --------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "title",
    [
        "Promoting a culture of openness", "Awareness raising among young people", "Fortalecimiento de capacidades",
        "Sensibilización de la ciudadanía", "Renforcer la confiance", "RENFORCEMENT DES CAPACITES", "Promoção da transparência",
        "Melhoria da gestão",
    ],
)  # fmt: skip
def test_an_aim_is_an_aim_in_four_languages(title: str, loaded: LoadedFramework) -> None:
    text = f"openreform: 1\nid: x\ntitle: A reform\nmilestones:\n  - title: {title}\n    due: 2027\n"
    assert of_rule("F01", found(text, loaded))


@pytest.mark.parametrize(
    "title",
    [
        "Strengthen the law on access to information", "Promote the portal by forty workshops", "Mejora del portal de quejas",
        "Renforcer la loi sur les archives", "Melhoria do portal", "Supporters' club", "Improvised theatre",
    ],
)  # fmt: skip
def test_what_names_a_thing_is_none(title: str, loaded: LoadedFramework) -> None:
    text = f"openreform: 1\nid: x\ntitle: A reform\nmilestones:\n  - title: {title}\n    due: 2027\n"
    assert not of_rule("F01", found(text, loaded))


@pytest.mark.parametrize(
    "title",
    [
        "Determine the rules of contact",
        "Use of webpages for comments",
        "Reducir la brecha digital, elaborando políticas",
    ],
)
def test_what_can_be_found_can_be_checked(title: str, loaded: LoadedFramework) -> None:
    text = "openreform: 1\nid: x\ntitle: A reform\nmilestones:\n  - title: {}\n"
    assert of_rule("F05", found(text.format("Reduce the distance"), loaded))
    assert not of_rule("F05", found(text.format(title), loaded))


def test_what_has_no_channels_is_not_known_to_be_online(loaded: LoadedFramework) -> None:
    text = "openreform: 1\nid: x\ntitle: A reform\nmechanisms:\n  - {title: Complaints, channels: [web]}\n  - {title: Dialogue"
    assert of_rule("F15", found(text + ", channels: [app]}\n", loaded))
    assert not of_rule("F15", found(text + "}\n", loaded))


@pytest.mark.parametrize(
    ("frequency", "ends"), [("yearly", True), ("daily", True), ("irregular", False), ("live", False)]
)
def test_a_rhythm_says_when_it_is_to_be_done(frequency: str, ends: bool, loaded: LoadedFramework) -> None:
    text = f"openreform: 1\nid: x\ntitle: A reform\nmilestones:\n  - {{title: Report, frequency: {frequency}}}\n"
    assert bool(of_rule("F26", found(text, loaded))) is not ends


# --- Exceptions ---------------------------------------------------------------------------------------------

STEPS = "milestones:\n  - {id: a, title: Publish the plan}\n  - {id: b, title: Publish the report}\n"


def excepted(exceptions: str, loaded: LoadedFramework, today: str | None = TODAY) -> tuple[list[str], list[str]]:
    """The names of the steps excepted from F02 and of those not; and the faults of exceptions."""
    text = f"openreform: 1\nid: x\ntitle: A reform\n{STEPS}exceptions:\n{exceptions}"
    faults = found(text, loaded, today)
    named = [f"{'-' if fault.exemption else '+'}{fault.place.key}" for fault in of_rule("F02", faults)]
    return named, [fault.id for fault in faults if fault.id.startswith("X")]


def test_an_exception_holds_for_all_of_its_kind(loaded: LoadedFramework) -> None:
    assert excepted("  F02: {because: The dates come with the budget.}\n", loaded) == (["-a", "-b"], [])


def test_one_with_where_holds_there_alone(loaded: LoadedFramework) -> None:
    assert excepted("  F02: {because: It waits for the budget., where: [b]}\n", loaded) == (["+a", "-b"], [])
    assert excepted("  F02: {because: They wait for the budget., where: [milestones]}\n", loaded) == (["-a", "-b"], [])
    assert excepted("  F02: {because: It waits for the budget., where: [c]}\n", loaded) == (["+a", "+b"], ["X3"])


@pytest.mark.parametrize(("because", "faults"), [("''", ["X1"]), ("TBD", ["X1"]), ("It waits.", [])])
def test_a_reason_is_asked_for(because: str, faults: list[str], loaded: LoadedFramework) -> None:
    assert excepted(f"  F02: {{because: {because}}}\n", loaded)[1] == faults


@pytest.mark.parametrize(
    ("end", "today", "faults"),
    [
        ("2026-11-24", TODAY, ["X2"]), ("2026-11-25", TODAY, []), ("2026-11", TODAY, []), ("2026-10", TODAY, ["X2"]),
        ("2025", TODAY, ["X2"]), ("2025", None, []),
    ],
)  # fmt: skip
def test_its_end_is_its_last_day(end: str, today: str | None, faults: list[str], loaded: LoadedFramework) -> None:
    assert excepted(f"  F02: {{because: It waits., end: {end}}}\n", loaded, today)[1] == faults


def test_those_of_other_frameworks_are_theirs(loaded: LoadedFramework) -> None:
    assert excepted("  oecd-co-production:F22: {because: It waits.}\n", loaded) == (["+a", "+b"], [])
    assert excepted("  involve-ogp:F02: {because: It waits.}\n", loaded) == (["-a", "-b"], [])
    assert excepted("  f02: {because: It waits.}\n", loaded) == (["-a", "-b"], [])


def test_an_entry_that_holds_a_place_can_be_named(loaded: LoadedFramework) -> None:
    text = (
        "openreform: 1\nid: x\ntitle: A reform\nmilestones:\n  - {id: a, title: TBD}\n  - {id: b, title: TBD}\n"
        "exceptions:\n  F24: {because: It waits., where: [b]}\n"
    )
    assert [bool(fault.exemption) for fault in of_rule("F24", found(text, loaded))] == [False, True]


# --- How often they are right ---------------------------------------------------------------------------------


@pytest.mark.parametrize("what", ["rates", "table"])
def test_what_the_note_says_of_hits_is_what_the_script_prints(what: str, ogp_data: Path) -> None:
    data = ogp_data.parent
    if not (data / "texts").is_dir():
        missing("../shared/data/texts is not there")
    command = [sys.executable, "scripts/fault_hits.py", what, str(data)]
    printed = subprocess.run(command, cwd=ROOT, capture_output=True, encoding="utf-8", check=True).stdout
    assert printed.strip() in (ROOT / "docs" / "validity.md").read_text(encoding="utf-8")


def said_of_hits() -> list[dict[str, str]]:
    """What was said of each hit that was read."""
    with (ROOT / "tests" / "faults_read.tsv").open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file, delimiter="\t", quoting=csv.QUOTE_NONE))


def severities() -> dict[str, str]:
    return {fault.id: fault.severity for name in bundled_names() for fault in load_bundled(name).framework.faults}


def test_each_hit_that_was_read_is_right_or_wrong_for_a_reason() -> None:
    keys = [(row["fault"], row["material"], row["document"], row["element"]) for row in said_of_hits()]
    assert keys == sorted(set(keys))
    for row in said_of_hits():
        assert row["fault"] in severities()
        assert row["said"] in {"right", "wrong"}
        assert row["why"].strip()


def test_a_fault_that_is_often_wrong_is_only_a_remark() -> None:
    """Of the hits read, right in under 60 of 100: it becomes info."""
    read = Counter(row["fault"] for row in said_of_hits())
    right = Counter(row["fault"] for row in said_of_hits() if row["said"] == "right")
    often_wrong = {ident for ident, of_fault in read.items() if right[ident] * 100 < of_fault * 60}
    assert often_wrong  # else the next line could not fail
    assert {severities()[ident] for ident in often_wrong} == {"info"}


def test_the_note_tells_every_fault_and_that_all_its_hits_were_read() -> None:
    note = (ROOT / "docs" / "validity.md").read_text(encoding="utf-8")
    section = note.partition("## Faults: how often they are right")[2].partition("\n## ")[0]
    rows = re.findall(r"^\| ([FX]\d+) \| (\w+) \| ([\d,]+) \| (\d+) \|", section, re.MULTILINE)
    assert {ident: severity for ident, severity, *_ in rows} == severities()
    for _, _, hits, read in rows:
        assert int(read) == min(50, int(hits.replace(",", "")))
