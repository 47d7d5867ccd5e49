"""How far scores move: the draws against their definition, the page on method against the draws, and every format."""

import json
import re
import subprocess
import sys
from collections.abc import Iterator, Sequence
from itertools import combinations, pairwise
from pathlib import Path
from statistics import fmean, pvariance

import pytest
from hypothesis import given
from hypothesis import strategies as st
from typer.testing import CliRunner

from conftest import ROOT, assessed, compare_golden
from openreform.assessment import Assessment, Side
from openreform.cli import main as cli
from openreform.framework import Framework
from openreform.loading.frameworks import LoadedFramework, load_bundled
from openreform.ranges import Whole
from openreform.rendering.robustness import percent
from openreform.scoring.ranking import rank_intervals
from openreform.scoring.robustness import CONCENTRATION, DRAWS, SEED, Draws, Held, draws_of

RUNNER = CliRunner()
METHOD = ROOT / "docs" / "method.md"
SCHOOL_MEALS = "examples/co-bog-school-meals.yaml"
SMALL = """stage: draft
country: GB
start: 2026-01
leads: [{organisation: The health board}]
milestones: [{id: m1, title: The table of waiting times, kind: publication, due: 2026-06, output: a table}]
publications: [{id: times, title: Waiting times, access: open, formats: [csv], frequency: monthly, milestone: m1}]
mechanisms: [{id: ask, title: Ask about a wait, people_can: [complain], channels: [web]}]
"""


@pytest.fixture(scope="module")
def draws(loaded: LoadedFramework) -> Draws:
    return draws_of(loaded.framework)


def with_ranges(text: str, framework: Framework) -> Assessment:
    return assessed(text, framework).with_ranges()


def of_dimension(framework: Framework, name: str, level: int) -> Held:
    return tuple((part.id, level) for part in framework.criteria if part.dimension == name)


def shares(draws: Draws, names: Sequence[str], one: str) -> list[float]:
    """The weight of a criterion among these, in each draw: what it adds at the top while the others hold nothing."""
    held = tuple((name, 4 if name == one else 0) for name in names)
    return [score / 100 for score in draws.dimension(held, points=False)]


# --- The draws --------------------------------------------------------------------------------------------


def test_weights_are_dirichlet_draws_around_those_of_the_framework(draws: Draws) -> None:
    """Mean a/a0 and variance a(a0-a)/(a0²(a0+1)), as of any Dirichlet distribution; the draws are seeded, so this is no chance."""
    names = [f"T{number}" for number in range(1, 9)]
    whole = CONCENTRATION * len(names)
    for name in names:
        drawn = shares(draws, names, name)
        assert fmean(drawn) == pytest.approx(1 / 8, rel=0.03)
        assert pvariance(drawn) == pytest.approx(
            CONCENTRATION * (whole - CONCENTRATION) / whole**2 / (whole + 1), rel=0.2
        )
    assert [sum(row) for row in zip(*(shares(draws, names, name) for name in names), strict=True)] == pytest.approx(
        [1.0] * DRAWS
    )


def test_a_heavier_weight_is_drawn_around_its_own_share() -> None:
    heavy = _weighed({"T1": 3.0})
    names = [part.id for part in heavy.criteria if part.dimension == "T"]
    drawn = shares(draws_of(heavy), names, "T1")
    assert fmean(drawn) == pytest.approx(3 / (len(names) + 2), rel=0.03)


def test_weights_times_a_constant_draw_the_same() -> None:
    plain, tenfold = _weighed({}), _weighed({}, times=10.0)
    held = of_dimension(plain, "T", 2)[:2] + of_dimension(plain, "T", 3)[2:]
    assert draws_of(plain).dimension(held) == pytest.approx(draws_of(tenfold).dimension(held))


def _weighed(weights: dict[str, float], times: float = 1.0) -> Framework:
    """The bundled framework with other weights."""
    framework = load_bundled("involve-ogp").framework
    parts = [
        part.model_copy(update={"weight": weights.get(part.id, part.weight) * times}) for part in framework.criteria
    ]
    return framework.model_copy(update={"criteria": parts})


def test_points_rise_with_levels_and_keep_both_ends(draws: Draws, loaded: LoadedFramework) -> None:
    rungs = [draws.dimension(of_dimension(loaded.framework, "A", level)) for level in range(5)]
    assert list(rungs[0]) == [0.0] * DRAWS
    assert list(rungs[4]) == pytest.approx([100.0] * DRAWS)
    for lower, higher in pairwise(rungs):
        assert all(one < other for one, other in zip(lower, higher, strict=True))
    for level, drawn in enumerate(rungs[1:4], 1):
        share = 25 * level / 100  # a sum of Dirichlet shares: Beta of 20 for each step below and above
        assert fmean(drawn) == pytest.approx(25 * level, rel=0.02)
        assert pvariance(drawn) == pytest.approx(100**2 * share * (1 - share) / (4 * CONCENTRATION + 1), rel=0.15)


@given(st.lists(st.integers(0, 4), min_size=8, max_size=8), st.randoms(use_true_random=False))
def test_neither_order_nor_a_level_more_turns_a_draw_about(levels: list[int], random: "object") -> None:
    framework = load_bundled("involve-ogp").framework
    drawn = draws_of(framework, 40)
    held = tuple((f"P{number}", level) for number, level in enumerate(levels, 1))
    mixed = list(held)
    random.shuffle(mixed)  # type: ignore[attr-defined]
    scores = drawn.dimension(held)
    assert scores == pytest.approx(drawn.dimension(tuple(mixed)))
    assert min(scores) >= 0.0
    assert max(scores) <= 100.0 + 1e-9
    raised = ((held[0][0], min(4, held[0][1] + 1)), *held[1:])
    assert all(more >= less - 1e-9 for more, less in zip(drawn.dimension(raised), scores, strict=True))


def test_a_criterion_keeps_its_draws_when_others_go(loaded: LoadedFramework) -> None:
    """So that a tailored framework moves as the one it is made from, in what both hold."""
    framework = loaded.framework
    fewer = framework.model_copy(
        update={"criteria": [part for part in framework.criteria if part.id not in {"P7", "A1"}]}
    )
    held = tuple((part.id, 2) for part in fewer.criteria if part.dimension == "P")
    assert draws_of(fewer).dimension(held) == pytest.approx(draws_of(framework).dimension(held))


def test_nothing_said_and_everything_done_do_not_move(loaded: LoadedFramework, draws: Draws) -> None:
    parts = [of_dimension(loaded.framework, name, 4) for name in "TPA"]
    assert draws.whole(parts) == pytest.approx([100.0] * DRAWS)
    ranges = with_ranges("stage: draft\ncountry: GB\n", loaded.framework).robustness
    assert ranges is not None
    assert ranges.promise.overall == (0.0, 0.0, 0.0)
    assert ranges.promise.causes == ()


def test_the_same_draws_in_every_process() -> None:
    code = (
        "from openreform.loading.frameworks import load_bundled as load; from openreform.scoring.robustness import draws_of;"
        "print(draws_of(load('involve-ogp').framework).dimension((('T1', 2), ('T2', 3))))"
    )
    printed = {
        subprocess.run(
            [sys.executable, "-c", code], env={"PYTHONHASHSEED": seed}, capture_output=True, text=True, check=True
        ).stdout
        for seed in ("0", "7")
    }
    assert len(printed) == 1


# --- The page on method -----------------------------------------------------------------------------------


def tables() -> dict[str, dict[str, list[str]]]:
    """The two tables of the page: that of the levels, by its last heading, and that of the first draw; rows by dimension."""
    found: dict[str, dict[str, list[str]]] = {}
    rows: dict[str, list[str]] = {}
    for line in METHOD.read_text(encoding="utf-8").splitlines():
        cells = [cell.strip() for cell in line.strip("|").split("|")]
        if line.startswith("| dimension"):
            rows = found.setdefault(cells[-1], {})
        elif line.startswith("| ") and not line.startswith("| ---"):
            rows[cells[0]] = cells[1:]
    return found


def test_the_page_on_method_works_the_sum_as_the_tool_does(loaded: LoadedFramework, draws: Draws) -> None:
    """Every number of its hand-worked example comes from the numbers beside it, and is what the tool finds."""
    page = tables()
    text = METHOD.read_text(encoding="utf-8")
    drawn_points = [
        0.0,
        *(float(number) for number in re.findall(r"\d+\.\d\d", text.split("first draw makes")[1])[:3]),
        100.0,
    ]
    report = json.loads(RUNNER.invoke(cli.app, ["assess", SCHOOL_MEALS, "-f", "json"]).stdout)
    (reform,) = report["assessments"]
    held: list[Held] = []
    for dimension in reform["dimensions"][:3]:
        levels = [criterion["promise"]["level"] for criterion in dimension["criteria"]]
        told, drawn = page["score"][dimension["title"]], page["sum"][dimension["title"]]
        assert [int(cell) for cell in told[:8]] == levels
        assert told[9].endswith(f"= {dimension['promise']['score']:.1f}")
        assert sum(25 * level for level in levels) == int(told[8])
        held.append(
            tuple((criterion["id"], level) for criterion, level in zip(dimension["criteria"], levels, strict=True))
        )
        weights = [float(cell) for cell in drawn[:8]]
        assert float(drawn[8]) == pytest.approx(sum(weights), abs=0.02)
        by_hand = sum(weight * drawn_points[level] for weight, level in zip(weights, levels, strict=True)) / sum(
            weights
        )
        assert draws.dimension(held[-1])[0] == pytest.approx(by_hand, abs=0.01)
        assert f"{by_hand:.1f}" in text.split("### One draw by hand")[1]
    assert f"3.966² = {draws.whole(held)[0]:.1f}" in text
    assert f"4.106² = {reform['overall']['promise']['score']:.1f}" in text


# --- Several reforms --------------------------------------------------------------------------------------


@given(
    st.lists(
        st.tuples(st.integers(0, 5), st.lists(st.integers(0, 9), min_size=12, max_size=12)), min_size=2, max_size=7
    )
)
def test_ranks_are_those_that_counting_finds(reforms: list[tuple[int, list[int]]]) -> None:
    few = draws_of(load_bundled("involve-ogp").framework, 12)
    wholes = [
        Whole(f"r{number}", float(score), [float(one) for one in drawn])
        for number, (score, drawn) in enumerate(reforms)
    ]
    ranks = rank_intervals(wholes, few)
    by_id = {whole.id: whole for whole in wholes}
    for interval in ranks.intervals:
        own = by_id[interval.id]
        assert interval.rank == 1 + sum(whole.score > own.score for whole in wholes)
        seen = sorted(1 + sum(other.drawn[draw] > own.drawn[draw] for other in wholes) for draw in range(12))
        assert (interval.low, interval.high) == (seen[0], seen[-1])  # of twelve draws, a twentieth is less than one
    pairs = [(one, other) for one, other in combinations(wholes, 2) if one.score != other.score]
    kept = [
        [
            (one.score > other.score) == (one.drawn[draw] >= other.drawn[draw]) or one.drawn[draw] == other.drawn[draw]
            for one, other in pairs
        ]
        for draw in range(12)
    ]
    if not pairs:
        assert ranks.pairs_kept is None
        return
    assert ranks.pairs_kept == pytest.approx(fmean(fmean(map(float, row)) for row in kept))
    assert ranks.order_kept == pytest.approx(fmean(float(all(row)) for row in kept))


@pytest.mark.parametrize("form", ["text", "markdown", "html"])
def test_of_one_reform_no_order_is_told(form: str) -> None:
    told = RUNNER.invoke(cli.app, ["assess", SCHOOL_MEALS, "--robustness", "-f", form]).stdout
    assert "How far the scores can move" in told
    assert "How well the order holds" not in told


# --- One reform, in every format --------------------------------------------------------------------------


@pytest.mark.parametrize("side", ["promise", "practice"])
def test_a_range_holds_its_score_and_its_causes_make_a_whole(side: Side) -> None:
    for path in sorted((ROOT / "examples").glob("*.yaml")):
        report = json.loads(RUNNER.invoke(cli.app, ["assess", str(path), "-f", "json", "--robustness"]).stdout)
        told = report["assessments"][0]
        ranges, scores = told["robustness"][side], told["overall"][side]
        for score in (scores, *(dimension[side] for dimension in told["dimensions"])):
            assert (score.get("range") is None) == (score["score"] is None), path
            if score["score"] is not None:
                assert score["range"]["low"] <= score["score"] <= score["range"]["high"], path
        if scores["score"] is not None:
            assert sum(cause["share"] for cause in ranges["moves_most"]) == pytest.approx(1.0, abs=0.001)
            at = {part["exponent"]: part["score"] for part in ranges["exponents"]}
            assert at[0.25] <= at[0.5] <= at[1.0]
            assert at[0.5] == pytest.approx(scores["score"], abs=0.06)


def test_only_a_gate_that_asks_for_a_score_turns() -> None:
    told = json.loads(RUNNER.invoke(cli.app, ["assess", SCHOOL_MEALS, "-f", "json", "--robustness"]).stdout)
    gates = told["assessments"][0]["robustness"]["gates"]
    assert {gate["id"] for gate in gates if gate["reads_scores"]} == {"information-only"}
    for gate in gates:
        assert gate["reads_scores"] or (gate["same"] == 1.0 and gate["passed"] in {0.0, 1.0})
    (turning,) = (gate for gate in gates if gate["reads_scores"])
    assert 0.5 < turning["same"] < 1.0  # transparency in practice is near to 50 here


@pytest.mark.parametrize("form", ["text", "markdown", "json", "csv", "html"])
def test_every_word(form: str, accept: bool, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    for name, text in (("a", SMALL), ("b", SMALL.partition("mechanisms")[0])):
        Path(f"{name}.yaml").write_text(f"openreform: 1\nid: {name}\ntitle: Reform {name}\n{text}", encoding="utf-8")
    rows = ["--rows", "reforms"] if form == "csv" else []
    yardstick = str(ROOT / "tests" / "small_framework.yaml")
    result = RUNNER.invoke(
        cli.app, ["assess", "a.yaml", "b.yaml", "--framework", yardstick, "--robustness", "-q", "-f", form, *rows]
    )
    assert result.exit_code == 0, result.output
    compare_golden(
        ROOT / "tests" / "golden" / "robustness" / f"{form}.txt",
        "\n".join(part_on_ranges(form, result.stdout)) + "\n",
        accept,
    )


def part_on_ranges(form: str, told: str) -> Iterator[str]:
    """What of a report is about ranges; the rest has goldens of its own."""
    if form == "json":
        report = json.loads(told)
        parts = [
            *(part for one in report["assessments"] for part in (one["overall"], one["robustness"])),
            report["ranks"],
        ]
        yield from json.dumps(parts, indent=1, ensure_ascii=False).splitlines()
    elif form == "csv":
        lines = [line.split(",") for line in told.splitlines()]
        kept = [number for number, head in enumerate(lines[0]) if head == "id" or "range" in head]
        yield from (",".join(line[number] for number in kept) for line in lines)
    else:
        start = {"text": "How ", "markdown": r"#+ How ", "html": r"<h\d[^>]*>How "}[form]
        end = {"text": r"What to write|Open public", "markdown": "#+ ", "html": r"<h\d"}[form]
        inside = False
        for line in told.splitlines():
            if re.match(rf"\s*{start}(far|well)", line):
                inside = True
            elif re.match(rf"\s*({end})", line):
                inside = False
            if inside:
                yield line.rstrip()


@pytest.mark.parametrize(
    ("share", "shown"),
    [
        (0.0, "0 %"),
        (1e-9, "0 %"),
        (0.0001, "0.1 %"),
        (0.12345, "12.3 %"),
        (0.9999, "99.9 %"),
        (1.0, "100 %"),
        (0.5, "50 %"),
    ],
)
def test_a_share_is_all_or_nothing_only_where_it_is(share: float, shown: str) -> None:
    assert percent(share) == shown


def test_the_seed_is_the_one_the_page_names() -> None:
    assert f"The seed is {SEED}" in METHOD.read_text(encoding="utf-8")


@pytest.mark.parametrize("rows", [[], ["--rows", "criteria"]])
def test_a_table_of_criteria_has_no_room_for_ranges(rows: list[str]) -> None:
    result = RUNNER.invoke(cli.app, ["assess", SCHOOL_MEALS, "--robustness", "-f", "csv", *rows])
    assert result.exit_code == 2
    assert "--rows reforms" in result.stderr
