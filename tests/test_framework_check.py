"""What `openreform framework check` tells the author of a framework: every mistake at once, and what the framework holds."""

from itertools import combinations

import pytest

from openreform.loading.frameworks import LoadedFramework, parse_framework

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
