"""Every bundled framework is sound, complete in text and tests, and cannot be earned by bare words."""

from typing import Any

import pytest

from conftest import ROOT, assessed, finding, level
from openreform.framework import DEFAULT_FRAMEWORK, FRAMEWORK_OF_THE_STARS, Criterion, Framework
from openreform.loading.frameworks import LoadedFramework, bundled_names, load_bundled, load_framework, parse_framework
from openreform.reform import all_fields

FRAMEWORK = load_bundled(DEFAULT_FRAMEWORK).framework
ALL = [load_bundled(name).framework for name in bundled_names()]
OF_REFORMS = [framework for framework in ALL if framework.applies_to == "reform"]
"""Bundled frameworks are tried alike, whoever wrote them; what only the default one promises is asked of it alone."""


def criteria_of(frameworks: list[Framework]) -> list[Any]:
    return [
        pytest.param(framework, criterion, id=f"{framework.id}-{criterion.id}")
        for framework in frameworks
        for criterion in framework.criteria
    ]


LISTS = ["instruments", "milestones", "indicators", "publications", "mechanisms"]
"""Not `co_creation`, `leads` and `oversight`: that others helped, that a body leads or checks is a fact of its own."""

STEP = "milestones:\n  - {id: m1, title: The step, due: 2026-06}\n"


@pytest.mark.parametrize("name", bundled_names())
def test_a_bundled_framework_is_sound(name: str) -> None:
    text = (ROOT / "frameworks" / f"{name}.yaml").read_text(encoding="utf-8")
    checked = parse_framework(text, f"{name}.yaml")
    assert isinstance(checked, LoadedFramework), checked
    assert checked.framework.id == name
    assert checked.digest == load_bundled(name).digest


@pytest.fixture
def framework() -> Framework:
    """The real one here, not the small one of other tests."""
    return FRAMEWORK


def test_eight_criteria_a_dimension() -> None:
    assert [criterion.id for criterion in FRAMEWORK.criteria] == [
        f"{letter}{number}" for letter in "TPAQ" for number in range(1, 9)
    ]


def test_the_gates_of_the_design() -> None:
    expected = ["verifiable", "lens", "mechanism", "consultation", "information-only", "reprisals"]
    assert [gate.id for gate in FRAMEWORK.gates] == expected


@pytest.mark.parametrize(("framework", "criterion"), criteria_of(ALL))
def test_a_criterion_is_complete(framework: Framework, criterion: Criterion) -> None:
    assert len(criterion.levels) == 4 or framework.id != DEFAULT_FRAMEWORK
    assert all(rung.tests or rung.judged for rung in criterion.levels)
    assert criterion.evidence
    assert criterion.common_faults
    assert criterion.resources
    assert criterion.derived_from


@pytest.mark.parametrize("framework", ALL, ids=lambda framework: framework.id)
def test_whoever_foreshadows_says_that_it_is_no_result(framework: Framework) -> None:
    """Each sentence says that it is only likely, and the attribution that it is nobody's judgement."""
    for criterion in framework.criteria:
        for sentence in criterion.foreshadows:
            assert "likely" in sentence.casefold() or "may or may not be" in sentence, sentence
        assert not criterion.foreshadows or "Nothing here is" in framework.attribution


def test_what_is_lacking_for_the_irm_has_words() -> None:
    for criterion in load_bundled(FRAMEWORK_OF_THE_STARS).framework.criteria:
        tests = [test for level in criterion.levels for test in (*level.tests, *(level.practice_tests or ()))]
        assert all(test.otherwise for test in tests), criterion.id


@pytest.mark.parametrize("framework", ALL, ids=lambda framework: framework.id)
def test_placeholders_speak_four_languages(framework: Framework) -> None:
    words = framework.words["placeholders"]
    for word in ("tbd", "por definir", "à définir", "a definir"):
        assert word in words


@pytest.mark.parametrize(("framework", "criterion"), criteria_of(OF_REFORMS))
def test_the_snippet_reaches_the_top(framework: Framework, criterion: Criterion) -> None:
    """What `explain` offers to paste, beside a dated step with a body, holds every rung of the promise nobody must judge."""
    beside = "" if "leads:" in criterion.snippet else "leads: [{organisation: Health board}]\n"
    if "milestones:" not in criterion.snippet:
        beside += STEP
    judged = [number for number, rung in enumerate(criterion.levels, start=1) if rung.judged]
    top = judged[0] - 1 if judged else len(criterion.levels)
    assert (level(beside + criterion.snippet + "\n", criterion.id, framework) or 0) == top


def levels_of(text: str, framework: Framework) -> list[int]:
    findings = [part for dimension in assessed(text, framework).dimensions for part in dimension.findings]
    return [part.promise.level or 0 for part in findings]


@pytest.mark.parametrize("framework", OF_REFORMS, ids=lambda framework: framework.id)
def test_a_bare_title_earns_nothing(framework: Framework) -> None:
    assert levels_of("", framework) == [0] * len(framework.criteria)


@pytest.mark.parametrize("framework", OF_REFORMS, ids=lambda framework: framework.id)
def test_a_bare_element_earns_nothing(framework: Framework) -> None:
    text = "".join(f"{name}: [{{title: One of {name}}}]\n" for name in LISTS)
    assert levels_of(text, framework) == [0] * len(framework.criteria)


def one_fact_elements() -> list[str]:
    """Every element of a title and one more field, with each of its values."""
    values = {"yes-no": ["true"], "number": ["5"], "date": ["2026-06"], "name": ["Somebody"], "text": ["Some words"]}
    texts: list[str] = []
    for field in all_fields().values():
        section, _, rest = field.path.partition(".")
        if section not in LISTS or not rest or field.name in {"id", "title", "unknown"}:
            continue
        for value in field.values or values.get(field.kind, []):
            shown = f"[{value}]" if field.many else value
            inner = f"{{{rest.split('.')[1]}: {shown}}}" if "." in rest else shown
            texts.append(f"{section}: [{{title: An element, {rest.split('.')[0]}: {inner}}}]\n")
    return texts


def test_one_fact_never_earns_rungs_in_several_criteria(framework: Framework) -> None:
    """The verifiability of a step and its date are two facts of one date; all others earn in one criterion at most."""
    for text in one_fact_elements():
        findings = [part for d in assessed(text, framework).dimensions for part in d.findings]
        earned = [part.id for part in findings if part.promise.level]
        assert len(earned) <= 1, (text, earned)


@pytest.mark.parametrize("framework", OF_REFORMS, ids=lambda framework: framework.id)
def test_free_text_never_earns_more_than_the_first_rung(framework: Framework) -> None:
    texts = [
        field
        for field in all_fields().values()
        if field.kind == "text" and "." in field.path and field.path.split(".")[0] in LISTS
    ]
    for field in texts:
        text = f"{field.path.split('.')[0]}: [{{title: An element, {field.name}: {'very long words ' * 40}}}]\n"
        if field.name != "title":
            assert max(levels_of(text, framework)) <= 1


def test_the_same_words_count_once(framework: Framework) -> None:
    assert level("milestones: [{title: One, output: A register}]\n", "Q3", framework) == 1
    assert level("milestones: [{title: A register, output: a  REGISTER}]\n", "Q3", framework) == 0


def test_a_text_without_a_letter_holds_a_place_and_brackets_may_stand_in_a_title(framework: Framework) -> None:
    for title, expected in (("—", 0), ("\u200b", 0), ("[Draft] form [2]", 1), ("[Draft form]", 0)):
        assert level(f'publications: [{{title: "{title}", access: open}}]\n', "T5", framework) == expected, title


def test_a_text_on_an_entry_that_earns_nothing_takes_nothing_away(framework: Framework) -> None:
    text = "milestones:\n  - {output: A register}\n  - {title: One, output: A register}\n"
    assert level(text, "Q3", framework) == 1


def test_placeholders_earn_nothing(framework: Framework) -> None:
    for word in FRAMEWORK.words["placeholders"]:
        shown = word.replace("*", "say what").replace('"', "")
        assert level(f'milestones: [{{title: One, output: "{shown.upper()}"}}]\n', "Q3", framework) == 0, word


def test_bundled_first_then_path(tmp_path: object) -> None:
    assert load_framework("involve-ogp") == load_bundled("involve-ogp")
    assert load_framework("no-such-framework") is None
    by_path = load_framework(str(ROOT / "frameworks" / "involve-ogp.yaml"))
    assert isinstance(by_path, LoadedFramework)
    assert by_path.digest == load_bundled("involve-ogp").digest


def test_a_new_criterion_touches_yaml_only() -> None:
    """A criterion appended to the file is derived, scored and explained without a line of Python."""
    text = (ROOT / "frameworks" / "involve-ogp.yaml").read_text(encoding="utf-8")
    addition = """
  - id: T9
    dimension: T
    title: Verified
    question: Does anyone check the figures?
    why: Unchecked figures persuade nobody.
    how_to_raise: Name the checker.
    snippet: "publications: [{title: A, verified_by: B}]"
    levels:
      - text: A body checks
        effort: low
        tests:
          - some: publications
            with: {verified_by: {present: true}}
            says: a body checks
            fix: Name it.
"""
    loaded = parse_framework(text.replace("\ngates:", f"{addition}\ngates:"), "new.yaml")
    assert isinstance(loaded, LoadedFramework), loaded
    result = assessed("publications: [{title: A, verified_by: B}]\n", loaded.framework)
    assert finding(result, "T9").promise.score == 100
