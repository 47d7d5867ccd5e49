"""Ours beside the IRM's: the tables in docs/validity.md are the ones made, and ranks are compared right."""

import itertools
import subprocess
import sys
from pathlib import Path

import pytest

from conftest import ROOT

sys.path.insert(0, str(ROOT / "scripts"))
import irm_table

PAGE = (ROOT / "docs" / "validity.md").read_text(encoding="utf-8")


def printed(*arguments: str) -> str:
    command = [sys.executable, "scripts/irm_table.py", *arguments]
    return subprocess.run(command, cwd=ROOT, capture_output=True, encoding="utf-8", check=True).stdout


@pytest.mark.parametrize("arguments", [(), ("--each",)], ids=["summary", "each"])
def test_the_tables_of_the_examples_are_the_ones_made(arguments: tuple[str, ...]) -> None:
    assert printed(*arguments) in PAGE


@pytest.mark.parametrize("arguments", [(), ("--each",)], ids=["summary", "each"])
def test_the_tables_of_the_trial_are_the_ones_made(arguments: tuple[str, ...], ogp_data: Path) -> None:
    assert printed(*arguments, "tests/trial", str(ogp_data)) in PAGE


def test_every_example_with_codes_is_in_the_table() -> None:
    coded = [path.stem for path in (ROOT / "examples").glob("*.yaml") if "\nirm:" in path.read_text(encoding="utf-8")]
    assert coded
    for name in coded:
        assert f"\n| {name} |" in PAGE


@pytest.mark.parametrize(
    ("pairs", "expected"),
    [
        ([(1, 1), (2, 2), (3, 3)], 1.0),
        ([(1, 3), (2, 2), (3, 1)], -1.0),
        ([(1, 1), (1, 1)], None),
        ([(1, 5), (2, 5)], None),
        # Of six pairs five stand in the same order and one is tied on our side: 5 through the root of 5 times 6
        ([(1, 1), (1, 2), (2, 3), (3, 4)], 5 / 30**0.5),
    ],
)
def test_kendall(pairs: list[tuple[float, float]], expected: float | None) -> None:
    found = irm_table.tau_b(pairs)
    assert found == (None if expected is None else pytest.approx(expected))


@pytest.mark.parametrize("n", [5, 6, 7])
def test_chance_is_counted_over_all_orders(n: int) -> None:
    taus = [irm_table.tau_b(list(enumerate(order))) or 0.0 for order in itertools.permutations(range(n))]
    limit = irm_table.chance(n)
    beyond = sum(abs(tau) > limit + 1e-9 for tau in taus) / len(taus)
    reached = sum(abs(tau) >= limit - 1e-9 for tau in taus) / len(taus)
    assert beyond <= 0.05 < reached
