"""What holds whatever a document says and whatever the framework asks (design §6): properties, tried on made and on real documents.

Each has been seen to fail: the slip that makes it fail is named in its first lines.
"""

import copy
import math
from typing import Any

from hypothesis import HealthCheck, assume, given, settings
from hypothesis import strategies as st

from making import APART, Draft, Maker, drafts, empty_fields, filled, frameworks, read, scored, written
from openreform.assessment import SIDES, Assessment
from openreform.framework import Conditions, Framework, Test
from openreform.kinds import kind_called
from openreform.loading.frameworks import LoadedFramework, bundled_names, load_bundled
from openreform.loading.reforms import Document
from openreform.reform import DocumentKind

SLOW = [HealthCheck.too_slow, HealthCheck.data_too_large, HealthCheck.filter_too_much, HealthCheck.large_base_example]
EACH = settings(max_examples=120, deadline=None, derandomize=True, suppress_health_check=SLOW, database=None)


def sound(draft: Draft, framework: Framework) -> Document[Any]:
    """The document of a draft; another is tried where the draft contradicts itself."""
    document = read(draft, kind_called(framework.applies_to))
    assume(document is not None)
    assert document is not None
    return document


def levels_of(assessment: Assessment, side: str) -> dict[str, int]:
    sides = ((found.id, getattr(found, side)) for part in assessment.dimensions for found in part.findings)
    return {ident: found.level or 0 for ident, found in sides if found}


# --- What may lower a promise -------------------------------------------------------------------------------


def may_lower(framework: Framework) -> set[str]:
    """The fields a `none`, `not`, `absent` or `unless` reads, or that others must differ from; dotted from the top."""
    kind = kind_called(framework.applies_to)
    found: set[str] = set()
    for criterion in framework.criteria:
        for level in criterion.levels:
            for test in level.tests:
                found |= set(_read_against(test, kind, against=False))
    return found


def _read_against(test: Test, kind: DocumentKind[Any], *, against: bool) -> list[str]:
    against = against or test.operator in {"none", "not", "absent"}
    section = test.section or ""
    found = _fields_against(test.with_, section, kind, against=against)
    if against:
        found += [part for path in (test.present, test.absent) if path for part in _along(path, "", kind)]
        found += [*_along("title", section, kind), *_along("milestone.due", section, kind)] if section else []
    for part in test.parts:
        found += _read_against(part, kind, against=against)
    return [*found, *(_read_against(test.unless, kind, against=True) if test.unless else [])]


def _fields_against(conditions: Conditions, section: str, kind: DocumentKind[Any], *, against: bool) -> list[str]:
    found: list[str] = []
    for path, asked in conditions.fields.items():
        if against or asked.present is False:
            found += _along(path, section, kind)
        for other in asked.not_same_as or ():
            found += _along(other, section, kind) or _along(other, "", kind)
    for part in (*conditions.all_of, *conditions.any_of):
        found += _fields_against(part, section, kind, against=against)
    return [*found, *(_fields_against(conditions.not_, section, kind, against=True) if conditions.not_ else [])]


def _along(path: str, section: str, kind: DocumentKind[Any]) -> list[str]:
    """Every field on the way of a dotted path, ids followed."""
    steps = path.split(".")
    fields = [kind.find(".".join(steps[: number + 1]), section) for number in range(len(steps))]
    return [field.path for field in fields if field]


def test_few_fields_may_lower_a_promise() -> None:
    """What the next test leaves out is little, so that it is about something."""
    few = {name: may_lower(load_bundled(name).framework) for name in bundled_names()}
    for name, fields in few.items():
        kind = kind_called(load_bundled(name).framework.applies_to)
        assert len(fields) < len(kind.fields) / 8, (name, sorted(fields))


@EACH
@given(st.data(), frameworks())
def test_filling_in_an_empty_field_lowers_no_promise(data: st.DataObject, loaded: LoadedFramework) -> None:
    framework = loaded.framework
    kind = kind_called(framework.applies_to)
    draft = data.draw(drafts(framework))
    before = levels_of(scored(sound(draft, framework), framework), "promise")
    against = may_lower(framework)
    spots = [(path, field) for path, field in empty_fields(draft, kind) if field.path not in against]
    assert not any(path[-1] in APART for path, _ in spots)
    chosen = data.draw(st.lists(st.sampled_from(spots), min_size=1, max_size=6, unique_by=lambda spot: spot[0]))
    maker = Maker(data.draw, kind, framework)
    maker.made = 1000
    for path, field in chosen:
        value = maker.value(field, draft)
        fuller = filled(draft, path, value)
        document = read(fuller, kind)
        if value is None or document is None:  # an end before its start, a second entry of one name
            continue
        after = levels_of(scored(document, framework), "promise")
        lower = {name: (level, after[name]) for name, level in before.items() if after[name] < level}
        assert not lower, (path, value, written(draft))
        draft, before = fuller, after


# --- Practice -------------------------------------------------------------------------------------------------


def ways_to_weaken(draft: Draft) -> list[tuple[str | int, ...]]:
    """What shows something: an entry of evidence, a mention of one, and what makes one count for more."""
    found: list[tuple[str | int, ...]] = [("evidence", number) for number in range(len(draft.get("evidence", ())))]
    for name, held in draft.items():
        for number, entry in enumerate(held if isinstance(held, list) else ()):
            if not isinstance(entry, dict):
                continue
            if name == "evidence":
                found += [
                    (name, number, field) for field in ("url", "independent", "kind", "publisher") if field in entry
                ]
            elif "evidence" in entry:
                found.append((name, number, "evidence"))
    return found


def weakened(draft: Draft, way: tuple[str | int, ...]) -> Draft:
    made = copy.deepcopy(draft)
    if len(way) == 3:
        del made[str(way[0])][way[1]][way[2]]
        return made
    gone = made["evidence"].pop(way[1])

    def forget(held: Any) -> None:
        for part in held.values() if isinstance(held, dict) else held if isinstance(held, list) else ():
            forget(part)
        if isinstance(held, dict) and isinstance(held.get("evidence"), list) and held is not made:
            held["evidence"] = [name for name in held["evidence"] if name != gone.get("id")]
        if (
            isinstance(held, dict)
            and isinstance(held.get("users_asked"), str)
            and held["users_asked"] == gone.get("id")
        ):
            del held["users_asked"]

    forget(made)
    made.pop("judgements", None)  # a judgement needs evidence
    return made


@EACH
@given(st.data(), frameworks())
def test_removing_evidence_raises_no_practice(data: st.DataObject, loaded: LoadedFramework) -> None:
    framework = loaded.framework
    draft = data.draw(drafts(framework))
    draft.pop("judgements", None)
    before = scored(sound(draft, framework), framework)
    ways = ways_to_weaken(draft)
    assume(ways)
    after = scored(sound(weakened(draft, data.draw(st.sampled_from(ways))), framework), framework)
    old, new = levels_of(before, "practice"), levels_of(after, "practice")
    assert all(new[name] <= old[name] for name in old), written(draft)
    operates = before.practice.score is not None and after.practice.score is not None
    if operates and before.practice.coverage == after.practice.coverage:
        assert (after.practice.score or 0) <= (before.practice.score or 0) + 1e-9, written(draft)


@EACH
@given(st.data(), frameworks())
def test_practice_never_exceeds_promise(data: st.DataObject, loaded: LoadedFramework) -> None:
    framework = loaded.framework
    draft = data.draw(drafts(framework))
    for part in scored(sound(draft, framework), framework).dimensions:
        for found in part.findings:
            if found.practice and found.practice.level is not None:
                assert found.practice.level <= (found.promise.level or 0), (found.id, written(draft))
                assert (found.practice.high or 0) <= (found.promise.high or 0), (found.id, written(draft))


# --- Sums -----------------------------------------------------------------------------------------------------


@EACH
@given(st.data(), frameworks(), st.sampled_from((0.001, 0.5, 3.0, 1e6)))
def test_weights_times_anything_change_nothing(data: st.DataObject, loaded: LoadedFramework, factor: float) -> None:
    framework = loaded.framework
    document = sound(data.draw(drafts(framework)), framework)
    heavier = tuple(part.model_copy(update={"weight": part.weight * factor}) for part in framework.criteria)
    before = scored(document, framework)
    after = scored(document, framework.model_copy(update={"criteria": heavier}))
    assert close(numbers(before), numbers(after))
    assert (before.verdict, before.gates) == (after.verdict, after.gates)
    assert [step.criterion for step in before.steps.promise] == [step.criterion for step in after.steps.promise]


def numbers(assessment: Assessment) -> list[float | None]:
    found: list[float | None] = []
    for side in SIDES:
        whole = getattr(assessment, side)
        found += [whole.score, whole.low, whole.high, whole.coverage]
        for part in assessment.dimensions:
            score = part.side(side)
            found += [score.score, score.low, score.high, score.reach, score.strength] if score else []
            found += [shown.points for each in part.findings if (shown := each.side(side))]
    return found


def close(some: list[float | None], others: list[float | None]) -> bool:
    return len(some) == len(others) and all(
        a is b or (a is not None and b is not None and math.isclose(a, b, rel_tol=1e-9, abs_tol=1e-9))
        for a, b in zip(some, others, strict=True)
    )


@EACH
@given(st.data(), frameworks())
def test_reach_times_strength_is_the_score(data: st.DataObject, loaded: LoadedFramework) -> None:
    """Strength is a mean level where all ladders have as many rungs; else what is above 0 has a mean of points."""
    framework = loaded.framework
    for part in scored(sound(data.draw(drafts(framework)), framework), framework).dimensions:
        criteria = framework.criteria_of(part.id)
        rungs = {len(criterion.levels) for criterion in criteria}
        for side in SIDES:
            score = part.side(side)
            if score is None or score.score is None:
                continue
            shown = [
                (found.weight, each) for found in part.findings if (each := found.side(side)) and each.score is not None
            ]
            above = [(weight, each.score or 0.0) for weight, each in shown if each.level]
            total = sum(weight for weight, _ in above)
            mean = sum(weight * points for weight, points in above) / total if total else 0.0
            assert score.reach is not None
            assert math.isclose(score.score, score.reach * mean, abs_tol=1e-9)
            assert (score.strength is None) == (score.reach == 0)
            if len(rungs) == 1 and not any(criterion.scale for criterion in criteria):
                assert math.isclose(score.score, 100 * score.reach * (score.strength or 0) / max(rungs), abs_tol=1e-9)
