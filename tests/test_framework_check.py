"""What `openreform framework check` tells the author of a framework: every mistake at once, and what the framework holds."""

from itertools import combinations
from pathlib import Path

import pytest
from typer.testing import CliRunner

from conftest import ROOT
from openreform.cli import main as cli
from openreform.framework import PARTS
from openreform.loading.frameworks import LoadedFramework, load_bundled, parse_framework
from openreform.messages.fields import FRAMEWORK_FIELDS
from openreform.messages.problems import HINTS
from openreform.reviewing import review

RUNNER = CliRunner()

SOUND = """\
framework: 1
id: clinics
title: Clinics that listen
version: 1.0.0
licence: CC0-1.0
attribution: Made for tests.
applies_to: reform
sources:
  - {id: study, title: A study, publisher: A body, url: "https://example.org/study"}
words:
  placeholders: [tbd]
  open_forms: [csv, json]
ceilings: {}
efforts: {low: 1}
bands:
  - {from: 0, words: "weak on {noun}"}
dimensions:
  - {id: L, title: Listening, question: Do they listen?, noun: listening}
  - {id: S, title: Showing, question: Do they show?, noun: showing}
overall: {title: Both, dimensions: [L, S], exponent: 0.5, minimum_coverage: 0.5}
criteria:
  - id: L1
    dimension: L
    title: Asked
    question: Are people asked?
    why: Because they know.
    weight: 2
    how_to_raise: Ask them.
    snippet: "mechanisms: [{title: A day, people_can: [comment]}]"
    derived_from: [{source: study, idea: asking}]
    levels:
      - text: People are asked
        effort: low
        tests:
          - some: mechanisms
            with: {people_can: {any: [comment]}}
            says: people are asked
            fix: Ask.
      - text: Anyone is asked
        effort: low
        tests:
          - some: mechanisms
            with: {people_can: {any: [comment]}, open_to: anyone}
            says: anyone is asked
            fix: Ask all.
  - id: S1
    dimension: S
    title: Shown
    question: Is it shown?
    why: Because.
    how_to_raise: Show it.
    snippet: "publications: [{title: A list, formats: [csv]}]"
    levels:
      - text: It is shown in an open form
        effort: low
        tests:
          - some: publications
            with: {formats: {any: $open_forms}}
            says: it is shown
            fix: Show it.
gates:
  - id: heard
    title: Heard
    question: Is anybody heard?
    why: Because.
    how_to_pass: Ask.
    tests:
      - level: {criterion: L1, min: 2}
        says: anyone is asked
        fix: Ask.
      - level: {criterion: L1, min: 1}
        says: people are asked
        fix: Ask.
roadmap:
  - {phase: Begin, question: Who is asked?, criteria: [L1]}
"""

MISTAKES = {
    "weight below zero": ("weight: 2", "weight: -2"),
    "weight a word": ("weight: 2", "weight: much"),
    "criterion twice": ("id: S1", "id: L1"),
    "id of a criterion no id": ("  - id: S1", "  - id: S 1"),
    "dimension of a criterion missing": ("    dimension: S\n", ""),
    "title of a criterion missing": ("    title: Shown\n", ""),
    "why a list": ("why: Because they know.", "why: [a, b]"),
    "field of a criterion unknown": ("how_to_raise: Show it.", "how_to_raise: Show it.\n    how_to_rise: x"),
    "field of a test unknown": ("open_to: anyone", "opn_to: anyone"),
    "value of a test unknown": ("open_to: anyone}", "open_to: everybody}"),
    "word list unknown": ("$open_forms", "$open_form"),
    "word list not a list": ("open_forms: [csv, json]", "open_forms: {csv: 1}"),
    "list of a test unknown": ("- some: publications", "- some: publication"),
    "source unknown": ("source: study", "source: studdy"),
    "address of a source": ("https://example.org/study", "example.org"),
    "source without a title": ("title: A study, ", ""),
    "rung without tests": (
        "        tests:\n          - some: publications\n            with: {formats: {any: $open_forms}}\n            says: it is shown\n            fix: Show it.\n",
        "",
    ),
    "a test that looks at nothing": (
        "          - some: mechanisms\n            with: {people_can: {any: [comment]}, open_to: anyone}\n",
        "          - with: {people_can: {any: [comment]}, open_to: anyone}\n",
    ),
    "fix missing": ("            fix: Ask all.\n", ""),
    "effort unknown": (
        "      - text: Anyone is asked\n        effort: low",
        "      - text: Anyone is asked\n        effort: lots",
    ),
    "level of a gate too high": ("min: 2}", "min: 3}"),
    "criterion of a gate unknown": ("criterion: L1, min: 1", "criterion: L7, min: 1"),
    "gate without words": ("    how_to_pass: Ask.\n", ""),
    "roadmap names an unknown one": ("criteria: [L1]}", "criteria: [L8]}"),
    "dimension of the whole unknown": ("dimensions: [L, S]", "dimensions: [L, X]"),
    "version": ("version: 1.0.0", "version: one"),
    "applies to": ("applies_to: reform", "applies_to: law"),
    "band too high": ("from: 0,", "from: 101,"),
    "ceilings a list": ("ceilings: {}", "ceilings: []"),
    "a field twice": ("title: Clinics that listen", "title: Clinics that listen\ntitle: Others"),
}


def problems_of(*names: str) -> set[tuple[str, str]]:
    """Code and message of every problem of the sound framework with these mistakes in it; lines move, so they are left out."""
    text = SOUND
    for name in names:
        before, after = MISTAKES[name]
        assert text.count(before) == 1, name
        text = text.replace(before, after)
    found = parse_framework(text, "x.yaml")
    if isinstance(found, LoadedFramework):
        return set()
    assert all(problem.line and problem.column for problem in found)
    return {(problem.code, problem.message) for problem in found}


def together(one: str, other: str) -> bool:
    """Whether two mistakes can stand in one file, each where the other does not touch it."""
    text = SOUND.replace(*MISTAKES[one])
    return text.count(MISTAKES[other][0]) == 1 and text.replace(*MISTAKES[other]).count(MISTAKES[one][1]) >= 1


def test_it_is_sound_without_them() -> None:
    assert isinstance(parse_framework(SOUND, "x.yaml"), LoadedFramework)


@pytest.mark.parametrize("name", MISTAKES)
def test_a_mistake_is_told_once(name: str) -> None:
    assert len(problems_of(name)) == 1, problems_of(name)


@pytest.mark.parametrize(("one", "other"), [pair for pair in combinations(MISTAKES, 2) if together(*pair)])
def test_no_mistake_hides_another(one: str, other: str) -> None:
    assert problems_of(one, other) == problems_of(one) | problems_of(other)


def test_all_mistakes_together_are_told_together() -> None:
    text = SOUND
    names = [name for name in MISTAKES if name != "weight a word"]
    for name in names:
        text = text.replace(*MISTAKES[name]) if text.count(MISTAKES[name][0]) == 1 else text
    found = parse_framework(text, "x.yaml")
    assert isinstance(found, list)
    assert len(found) >= 20
    assert found == sorted(found)


def test_more_than_one_reads_are_counted() -> None:
    many = "".join(f"          - {{some: publications, with: {{wrong{n}: 1}}, says: a, fix: b}}\n" for n in range(150))
    at = "            with: {formats: {any: $open_forms}}\n            says: it is shown\n            fix: Show it.\n"
    found = parse_framework(SOUND.replace(at, at + many), "x.yaml")
    assert isinstance(found, list)
    assert len(found) == 101
    assert "50 more problems" in found[-1].message


def test_an_id_of_another_case_is_named_as_it_stands() -> None:
    found = parse_framework(SOUND.replace("criterion: L1, min: 2", "criterion: l1, min: 2"), "x.yaml")
    assert isinstance(found, list)
    assert [problem.code for problem in found] == ["test-criterion"]
    assert "Did you mean 'L1'?" in found[0].fix


def test_a_criterion_that_depends_on_a_broken_one_is_left_alone() -> None:
    """What the file names is what its author meant: only the mistake itself is told, not what follows from it."""
    text = SOUND.replace("  - id: L1\n", "").replace("    dimension: L\n", "  - dimension: L\n", 1)
    found = parse_framework(text, "x.yaml")
    assert isinstance(found, list)
    assert [problem.code for problem in found] == ["field-missing"]


# --- What is no mistake -----------------------------------------------------------------------------------

CLEAN = (ROOT / "src" / "openreform" / "framework_starter.yaml").read_text(encoding="utf-8")
HINTED = {
    "level-forgets": (
        "with: {people_can: {any: $ways_to_speak}, open_to: {any: $the_public}, channels",
        "with: {open_to: {any: $the_public}, channels",
    ),
    "ceilings-open": ("without_evidence: 0, statement: 1, ", ""),
    "source-unused": ("\nwords:", '\n  - {id: other, title: O, publisher: P, url: "https://example.org"}\n\nwords:'),
    "words-unused": ("  the_public:", "  nobody: [invited]\n  the_public:"),
    "no-placeholders": ("  placeholders:", "  the_unused:"),
    "lacks": ("    common_faults:\n      - a receipt that is sent by a machine, counted as an answer\n", ""),
    "practice-unworded": ("        practice_text: At least four in five answers came in time\n", ""),
    "practice-unused": ("    why: Who never hears back", "    practice: false\n    why: Who never hears back"),
    "practice-unasked": (
        "      - text: It is free,",
        "      - practice_text: It was free\n        text: It is free,",
    ),
    "foreshadows-lacking": ("    why: Who never", "    foreshadows: [a, b, c]\n    why: Who never"),
    "dimension-empty": ("dimensions:\n", "dimensions:\n  - {id: X, title: X, question: X?, noun: x}\n"),
    "bands-from": ("{from: 0, words", "{from: 0.5, words"),
    "effort-uncounted": ("efforts: {low: 1, medium: 2, high: 4}", "efforts: {low: 1}"),
    "id-of-ours": ("id: services-that-listen", "id: involve-ogp"),
    "snippet-invalid": ("          reply: {within_days: 20}", "          reply: soon"),
    "snippet-short": ("          anonymous: true\n          milestone", "          milestone"),
}


def hints_of(text: str) -> list[str]:
    found = parse_framework(text, "x.yaml")
    assert isinstance(found, LoadedFramework), found
    return [hint.code for hint in review(found, text, "x.yaml")]


def test_what_a_new_author_begins_with_needs_no_second_look() -> None:
    assert hints_of(CLEAN) == []


@pytest.mark.parametrize("code", HINTS)
def test_a_hint_is_given_once_and_for_this_alone(code: str) -> None:
    before, after = HINTED[code]
    assert before in CLEAN
    expected = [code, "words-unused"] if code == "no-placeholders" else [code]
    assert sorted(hints_of(CLEAN.replace(before, after, 1))) == sorted(expected)


@pytest.mark.parametrize("path", sorted(ROOT.glob("frameworks/*.yaml")), ids=lambda path: path.stem)
def test_what_only_a_fault_or_a_star_uses_is_used(path: Path) -> None:
    text = path.read_text(encoding="utf-8")
    found = parse_framework(text, str(path))
    assert isinstance(found, LoadedFramework), found
    assert not {"words-unused", "source-unused"} & {hint.code for hint in review(found, text, str(path))}


def test_what_the_default_framework_extends_is_not_looked_at_again() -> None:
    path = ROOT / "docs" / "health-services.yaml"
    result = RUNNER.invoke(cli.app, ["framework", "check", str(path)])
    assert result.exit_code == 0
    assert "It extends involve-ogp 0.3.0.\n" in result.stdout
    assert result.stderr
    assert all(":18:9: H1 " in line for line in result.stderr.splitlines()[1:])


def test_a_sound_framework_is_told_by_what_it_holds() -> None:
    result = RUNNER.invoke(cli.app, ["framework", "check", str(ROOT / "tests" / "clinics.yaml")])
    assert result.exit_code == 0
    lines = result.stdout.splitlines()
    assert lines[0].endswith("clinics.yaml is sound: clinics 1.0.0, for a reform.")
    assert lines[1] == "It holds 2 dimensions, 3 criteria, 6 levels, 1 gate, 1 source, 3 questions on the way."
    assert lines[2] == "It lists 1 statement as its own reading."
    assert result.stderr.startswith("Worth a look, and no mistake:\n")


def test_mistakes_end_with_three_and_their_number(tmp_path: Path) -> None:
    path = tmp_path / "x.yaml"
    path.write_text(SOUND.replace("weight: 2", "weight: -2").replace("min: 2}", "min: 3}"), encoding="utf-8")
    result = RUNNER.invoke(cli.app, ["framework", "check", str(path)])
    assert result.exit_code == 3
    assert result.stdout == ""
    assert result.stderr.endswith("2 problems in 1 file.\n")
    assert RUNNER.invoke(cli.app, ["framework", "check", str(tmp_path / "none.yaml")]).exit_code == 2


def test_a_framework_is_begun_and_nothing_overwritten(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    result = RUNNER.invoke(cli.app, ["framework", "new"])
    assert result.exit_code == 0
    assert result.stderr == "framework.yaml written. Change it, then: openreform framework check framework.yaml\n"
    assert (tmp_path / "framework.yaml").read_text(encoding="utf-8") == CLEAN
    assert RUNNER.invoke(cli.app, ["framework", "check", "framework.yaml"]).stderr == ""
    assert RUNNER.invoke(cli.app, ["framework", "new"]).exit_code == 2
    assert RUNNER.invoke(cli.app, ["framework", "new", "--force"]).exit_code == 0
    assert RUNNER.invoke(cli.app, ["framework", "new", "-"]).stdout == CLEAN


def test_the_list_tells_what_each_is_for_and_fits() -> None:
    lines = RUNNER.invoke(cli.app, ["framework", "list"]).stdout.splitlines()
    assert all(len(line) <= 80 for line in lines)
    made = load_bundled("involve-ogp").framework
    (head,) = (line for line in lines if line.startswith("involve-ogp "))
    assert head.split() == ["involve-ogp", made.version, "for", "a", "reform", str(len(made.criteria)), "criteria"]


def test_every_field_that_must_be_there_has_a_meaning_to_tell() -> None:
    fields = {info.alias or name for part in PARTS.values() for name, info in part.model_fields.items()}
    assert set(FRAMEWORK_FIELDS) <= fields
    required = {
        info.alias or name for part in PARTS.values() for name, info in part.model_fields.items() if info.is_required()
    }
    assert required - set(FRAMEWORK_FIELDS) == {"extends"}
