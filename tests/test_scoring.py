"""Scores as arithmetic: properties that hold for any document and any framework of levels."""

import math

from hypothesis import given
from hypothesis import strategies as st

from conftest import ROOT, assessed, finding
from openreform.assessment import SIDES, Assessment, Outcome, Step
from openreform.framework import Framework
from openreform.loading.frameworks import load_bundled
from openreform.running import run_all
from openreform.scoring.levels import Reached
from openreform.scoring.steps import score_side
from openreform.scoring.weighing import Levels, dimension_score, overall_score, power_mean, weigh

FRAMEWORK = load_bundled("involve-ogp").framework
IDS = [criterion.id for criterion in FRAMEWORK.criteria]
SCORES = st.floats(min_value=0, max_value=100)


def reached(level: int | None, outcome: Outcome | None = None) -> Reached:
    return Reached(outcome or ("scored" if level else "absent"), level, level, level or 0, 0, (), None)


def promise(levels: dict[str, int]) -> Levels:
    return {name: (reached(level), None) for name, level in levels.items()}


LEVELS = st.fixed_dictionaries({name: st.integers(0, 4) for name in IDS})


def test_the_power_mean_of_the_design() -> None:
    assert math.isclose(power_mean([40, 40, 40], 0.5), 40)
    assert round(power_mean([90, 30, 0], 0.5), 1) == 24.9
    assert round(power_mean([40, 0, 0], 0.5), 1) == 4.4


@given(st.lists(SCORES, min_size=3, max_size=3), st.sampled_from([0.25, 0.5, 1.0]))
def test_the_power_mean_lies_between_and_never_above_the_mean(scores: list[float], exponent: float) -> None:
    mean = power_mean(scores, exponent)
    assert min(scores) - 1e-6 <= mean <= sum(scores) / 3 + 1e-6


@given(LEVELS, st.sampled_from(IDS))
def test_raising_a_level_never_lowers_a_score(levels: dict[str, int], name: str) -> None:
    if levels[name] == 4:
        return
    before = score_side(FRAMEWORK, "promise", promise(levels), operates=True)
    after = score_side(FRAMEWORK, "promise", promise({**levels, name: levels[name] + 1}), operates=True)
    dimension = next(criterion.dimension for criterion in FRAMEWORK.criteria if criterion.id == name)
    old, new = before.dimensions[dimension], after.dimensions[dimension]
    assert old is not None
    assert new is not None
    assert old.score is not None
    assert new.score is not None
    assert new.score > old.score
    assert before.overall.score is not None
    assert after.overall.score is not None
    assert after.overall.score >= before.overall.score - 1e-9
    assert (after.overall.score > before.overall.score) == (dimension != "Q")


@given(LEVELS)
def test_a_dimension_is_reach_times_strength(levels: dict[str, int]) -> None:
    for score in score_side(FRAMEWORK, "promise", promise(levels), operates=True).dimensions.values():
        assert score is not None
        assert score.reach is not None
        strength = score.strength or 0.0
        assert score.score is not None
        assert math.isclose(score.score, 100 * score.reach * strength / 4, abs_tol=1e-9)


@given(LEVELS, st.sampled_from(["T2", "P1", "A3"]))
def test_what_does_not_apply_never_counts(levels: dict[str, int], name: str) -> None:
    """Whatever level it would have had, the score is that of the others alone."""
    scores = set()
    for level in (0, 4):
        given_levels = promise({**levels, name: level})
        left_out = {**given_levels, name: (reached(None, "not-applicable"), None)}
        scores.add(score_side(FRAMEWORK, "promise", left_out, operates=True).overall.score)
    assert len(scores) == 1


@given(LEVELS)
def test_coverage_gates_the_whole(levels: dict[str, int]) -> None:
    """Of the 24 criteria in T, P and A six may be unknown: 18/24 is three quarters, 17/24 below."""
    unknown = (reached(None, "not-assessed"), None)
    most = {**promise(levels), **dict.fromkeys(("T1", "T2", "P1", "P2", "A1", "A2"), unknown)}
    first = score_side(FRAMEWORK, "promise", most, operates=True).overall
    second = score_side(FRAMEWORK, "promise", {**most, "A3": unknown}, operates=True).overall
    assert math.isclose(first.coverage, 18 / 24)
    assert first.score is not None
    assert (second.score, second.note) == (None, "insufficient data")


def test_nothing_left_means_no_score(framework: Framework) -> None:
    result = assessed("undescribed: [publications]\n", framework)
    dimension = next(part for part in result.dimensions if part.id == "T").promise
    assert (dimension.score, dimension.reach, dimension.strength, dimension.coverage) == (None, None, None, 0.0)
    assert (result.promise.score, result.promise.note) == (None, "insufficient data")
    assert (result.practice.score, result.practice.note) == (None, "nothing operating is described")


def test_a_dimension_without_score_leaves_the_whole_without() -> None:
    weightless = {**promise(dict.fromkeys(IDS, 2))}
    for name in (ident for ident in IDS if ident.startswith("T")):
        weightless[name] = (reached(None, "not-applicable"), None)
    overall = score_side(FRAMEWORK, "promise", weightless, operates=True).overall
    assert (overall.score, overall.note) == (None, "no score for T")


def test_weights_and_scales_are_data() -> None:
    heavy = FRAMEWORK.model_copy(
        update={
            "criteria": tuple(
                c.model_copy(update={"weight": 3.0, "scale": (10.0, 30.0, 60.0, 100.0)}) if c.id == "T5" else c
                for c in FRAMEWORK.criteria
                if c.id in {"T2", "T5"} or c.dimension != "T"
            )
        }
    )
    levels = promise({**dict.fromkeys(IDS, 0), "T2": 4, "T5": 2})
    score = score_side(heavy, "promise", levels, operates=True).dimensions["T"]
    assert score is not None
    assert score.score == (1 * 100 + 3 * 30) / 4
    assert (score.reach, score.strength) == (1.0, (1 * 4 + 3 * 2) / 4)


def test_a_framework_without_overall_gives_none() -> None:
    bare = FRAMEWORK.model_copy(update={"overall": None})
    overall = score_side(bare, "promise", promise(dict.fromkeys(IDS, 4)), operates=True).overall
    assert (overall.score, overall.note) == (None, "this framework makes no single score")


def every_example() -> list[tuple[str, Assessment]]:
    assessments, result = run_all([str(ROOT / "examples")], load_bundled("involve-ogp"))
    assert not result.problems
    return [(assessment.reform_id, assessment) for assessment in assessments]


def test_the_worked_sum_adds_up() -> None:
    for name, assessment in every_example():
        for dimension in assessment.dimensions:
            for side in SIDES:
                score = dimension.side(side)
                parts = [part for f in dimension.findings if (part := f.side(side))]
                points = [part.points for part in parts if part.points is not None]
                if score is not None and score.score is not None:
                    assert math.isclose(sum(points), score.score), (name, dimension.id, side)
                    assert math.isclose(sum(part.share or 0 for part in parts), 1)


def test_every_gain_is_exact() -> None:
    """Taking a step and scoring anew gives what the step promised; taking all gives the last line."""
    for _, assessment in every_example():
        levels = {f.id: f.promise.level for d in assessment.dimensions for f in d.findings}
        start = assessment.promise.score
        if start is None or None in levels.values():
            continue
        known = {name: level for name, level in levels.items() if level is not None}
        for step in assessment.steps.promise:
            after = score_side(FRAMEWORK, "promise", promise({**known, step.criterion: step.level}), operates=True)
            assert after.overall.score is not None
            assert step.gain is not None
            assert math.isclose(after.overall.score - start, step.gain, abs_tol=1e-9)
        raised = {**known, **{step.criterion: step.level for step in assessment.steps.promise}}
        final = score_side(FRAMEWORK, "promise", promise(raised), operates=True).overall.score
        assert final == assessment.steps.score_after


def test_steps_first_turn_gates_then_gain_per_effort(framework: Framework) -> None:
    result = assessed(
        "publications: [{title: Figures, access: open}]\nclaims: {accountability: Officials will answer.}\n", framework
    )
    steps = result.steps.promise
    assert [(step.criterion, step.level, step.gates) for step in steps[:3]] == [
        ("Q3", 2, ("verifiable",)),
        ("Q4", 2, ("verifiable",)),
        ("A3", 2, ("mechanism", "lens")),
    ]
    assert [step.gates for step in steps[3:]] == [(), ()]
    assert len(steps) == 5
    per_dimension = [step.dimension for step in steps]
    assert max(per_dimension.count(name) for name in per_dimension) <= 2
    assert steps[0].place.path == "milestones"


def test_a_step_says_what_lifts_a_ceiling(framework: Framework) -> None:
    text = "mechanisms: [{title: Complain, people_can: [complain], responder: Board, reply: {within_days: 10, reasons: true}, binding_on: i}]\ninstruments: [{id: i, title: Act, binding: true, status: operational}]\n"
    accountability = tuple(criterion for criterion in framework.criteria if criterion.id == "A4")
    only = framework.model_copy(update={"criteria": accountability, "gates": ()})
    step = assessed(text, only).steps.promise[0]
    assert step.level == 3
    assert step.fixes == (
        "Name the milestone that delivers it (milestone: its id); that milestone needs a due date and a responsible body.",
    )


def test_a_step_writes_what_the_nearest_element_lacks(framework: Framework) -> None:
    """What is there is kept, what only the author knows stands in angle brackets, what belongs to a group says so."""
    text = (
        "leads: [{organisation: Board}]\nmilestones: [{id: m1, title: Step}]\n"
        "mechanisms:\n  - {title: Complain, people_can: [complain], open_to: [users], channels: [web], responder: Board,\n"
        "     reply: {within_days: 9}, milestone: m1}\n"
    )
    only = framework.model_copy(
        update={"criteria": tuple(c for c in framework.criteria if c.id in {"A3", "A4"}), "gates": ()}
    )
    steps = {step.criterion: step for step in assessed(text, only).steps.promise}
    assert steps["A3"].fixes == (
        "Change to: channels: [web, <one of phone, text-message, post, in-person, outreach, radio-tv>]",
        "Add: free: true",
        "Add: anonymous: true, or add: protected: true",
        "Give milestone m1 (line 5) a date: due: <YYYY-MM-DD>.",
    )
    assert steps["A4"].fixes == (
        "Add under its 'reply:': reasons: true",
        "Add: binding_on: <id of an entry under instruments that has binding: true>",
        "Give milestone m1 (line 5) a date: due: <YYYY-MM-DD>.",
    )


def test_the_nearest_element_is_about_the_thing(framework: Framework) -> None:
    """A list of contracts with every fact but the first is not nearer to performance than bare performance figures."""
    text = (
        "publications:\n  - {title: Contracts, about: [contracts], access: open, frequency: monthly}\n"
        "  - {title: Waiting times, about: [performance]}\n"
    )
    miss = finding(assessed(text, framework), "T2").promise.unmet[0].nearest
    assert miss is not None
    assert miss.place.path == "publications[1]"


def test_a_group_that_is_not_there_is_written_in_one_line(framework: Framework) -> None:
    only = framework.model_copy(update={"criteria": tuple(c for c in framework.criteria if c.id == "P5"), "gates": ()})
    text = "mechanisms: [{title: Comment, people_can: [comment], responder: Board}]\n"
    assert assessed(text, only).steps.promise[0].fixes == ("Add: publishes: [answers]",)


def test_of_several_milestones_all_are_named(framework: Framework) -> None:
    only = framework.model_copy(update={"criteria": tuple(c for c in framework.criteria if c.id == "Q4"), "gates": ()})
    text = "end: 2027\nmilestones:\n  - {title: One, due: 2026}\n  - {title: Two}\n  - {title: Three}\n"
    assert assessed(text, only).steps.promise[0].fixes == (
        "Give each milestone a date (due), not after the plan ends. (lines 7, 8)",
    )


def test_a_step_does_not_make_one_thing_into_another(framework: Framework) -> None:
    """Where the only mechanism is for complaints, taking part is a new mechanism, not a change of that one."""
    only = framework.model_copy(update={"criteria": tuple(c for c in framework.criteria if c.id == "P1"), "gates": ()})
    step = assessed("mechanisms: [{title: Complain, people_can: [complain]}]\n", only).steps.promise[0]
    assert step.fixes == (
        "Add an entry under mechanisms, if the reform is to have one:",
        "Add: title: <words>",
        "Add: people_can: [<one of take-part, rate, comment, propose, discuss, vote, decide>]",
    )
    assert step.place.path == "mechanisms"


def test_practice_steps_never_ask_for_more_than_is_promised(framework: Framework) -> None:
    text = (
        "publications: [{title: Figures, access: open, formats: [csv], status: operational, evidence: [e]}]\n"
        "mechanisms: [{title: Ask, people_can: [comment]}]\nevidence: [{id: e, title: News, kind: statement}]\n"
    )
    result = assessed(text, framework)
    assert {(step.criterion, step.level) for step in result.steps.practice} == {("T5", 2), ("P1", 1)}
    for step in result.steps.practice:
        assert (finding(result, step.criterion).promise.level or 0) >= step.level


def step_for(text: str, criterion: str) -> Step:
    """What would be proposed for one criterion of the real framework, were it the only one."""
    only = tuple(part for part in FRAMEWORK.criteria if part.id == criterion)
    return assessed(text, FRAMEWORK.model_copy(update={"criteria": only, "gates": ()})).steps.promise[0]


def test_of_two_ways_the_step_takes_the_one_that_is_near() -> None:
    standards = "publications: [{title: Charter, contains: [standards]}]\n"
    step = step_for(standards, "A2")
    assert (step.place.path, step.fixes) == ("publications[0]", ("Add: access: open",))
    nothing_near = "publications: [{title: Figures, about: [performance]}]\n"
    step = step_for(nothing_near, "A2")
    assert step.place.path == "instruments"
    assert step.fixes[0] == "Add an entry under instruments, if the reform is to have one:"


def test_what_has_ended_is_not_what_to_work_on() -> None:
    over = "  - {title: Round, people_can: [comment], when: [draft], open_to: [anyone], status: ended}\n"
    planned = "  - {title: Forum, people_can: [take-part]}\n"
    assert step_for(f"mechanisms:\n{over}{planned}", "P2").place.path == "mechanisms[1]"
    step = step_for(f"mechanisms:\n{over}", "P2")
    assert (step.place.path, step.fixes[1]) == ("mechanisms", "Add: title: <words>")


def test_what_is_unknown_is_to_be_found_out() -> None:
    mechanism = "{title: Office, people_can: [complain], responder: Board, unknown: [reply.within_days]}"
    assert step_for(f"mechanisms: [{mechanism}]\n", "A4").fixes == (
        "Find out, and take reply.within_days out of 'unknown': reply: {within_days: <number>}",
    )


def test_what_is_unknown_of_a_rule_is_to_be_found_out_where_the_rule_stands() -> None:
    rule = "instruments: [{id: act, title: Act, status: operational, unknown: [binding]}]\n"
    mechanism = "{title: Office, people_can: [complain], responder: Board, binding_on: act, status: operational, reply: {within_days: 5, reasons: true}}"
    assert step_for(f"{rule}mechanisms: [{mechanism}]\n", "A4").fixes == (
        "Find out, and in the entry that 'binding_on' names take binding out of 'unknown': binding: true",
    )


def test_only_what_is_not_there_yet_is_asked_for() -> None:
    step = "leads: [{organisation: Board}]\nmilestones: [{id: m1, title: Open it, due: 2026}]\n"
    register = "{title: Register, access: open, frequency: monthly, contains: [archive], milestone: m1}"
    fixes = step_for(f"{step}publications: [{register}]\n", "T6").fixes
    assert fixes == ("Change to: contains: [archive, next-dates]",)
    miss = finding(assessed(f"{step}publications: [{register}]\n", FRAMEWORK), "T6").promise.unmet[0].nearest
    assert miss is not None
    assert [lack.needs for lack in miss.lacks] == ["next-dates"]


def test_a_whole_without_parts_says_which(framework: Framework) -> None:
    """Parts of which no criterion applies have no score, and neither has the whole; where nothing applies, nothing is assessed."""
    overall = framework.overall
    assert overall is not None
    inapplicable: Levels = {
        criterion.id: (Reached("not-applicable", None, None, 0, 0, (), ""), None) for criterion in framework.criteria
    }
    counted = weigh(framework, "promise", inapplicable)
    assert {name: (part.assessed, part.applicable) for name, part in counted.items() if part} == {
        part.id: ((), 0) for part in framework.dimensions
    }
    scores = {name: dimension_score(part) if part else None for name, part in counted.items()}
    whole = overall_score(framework, "promise", scores, counted, operates=True)
    assert (whole.score, whole.coverage) == (None, 0.0)
    first, *others = overall.dimensions
    some: Levels = {
        criterion.id: (Reached("scored", 1, 1, 1, 2, (), None), None)
        if criterion.dimension == first
        else inapplicable[criterion.id]
        for criterion in framework.criteria
    }
    counted = weigh(framework, "promise", some)
    scores = {name: dimension_score(part) if part else None for name, part in counted.items()}
    whole = overall_score(framework, "promise", scores, counted, operates=True)
    assert (whole.score, whole.coverage) == (None, 1.0)
    assert whole.note is not None
    assert whole.note.endswith(", ".join(others))
