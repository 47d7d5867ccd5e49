"""The trial's last descriptions: short enough, alike enough, and the table in docs/validity.md is theirs."""

import csv
import re
import subprocess
import sys
from pathlib import Path

from conftest import ROOT


def table() -> str:
    command = [sys.executable, "scripts/trial_table.py", "tests/trial"]
    return subprocess.run(command, cwd=ROOT, capture_output=True, encoding="utf-8", check=True).stdout


def test_two_descriptions_of_a_text_end_alike() -> None:
    printed = table()
    share = re.search(r"Cells not 0 in both: (\d+); the same in both: (\d+)", printed)
    median = re.search(r"Documents: 34; median lines: ([\d.]+)", printed)
    assert share
    assert median
    assert int(share.group(2)) / int(share.group(1)) >= 0.8
    assert float(median.group(1)) <= 60


def test_the_table_in_the_docs_is_the_one_made() -> None:
    page = (ROOT / "docs" / "validity.md").read_text(encoding="utf-8")
    shown = page.partition("### Round 6\n\n")[2]
    assert shown.startswith(table())


def test_the_draw_is_the_one_described(ogp_data: Path, tmp_path: Path) -> None:
    command = [sys.executable, "scripts/draw_trial.py", str(ogp_data), str(tmp_path)]
    subprocess.run(command, cwd=ROOT, check=True)
    with (tmp_path / "drawn.csv").open(encoding="utf-8", newline="") as file:
        drawn = list(csv.DictReader(file))
    folders = {name: {path.stem for path in (ROOT / "tests" / "trial" / name).glob("*.yaml")} for name in "abc"}
    assert {row["id"] for row in drawn if row["twice"] == "yes"} == folders["a"] == folders["b"]
    assert {row["id"] for row in drawn if row["twice"] == "no"} == folders["c"]
    kinds = [str(count) for count in range(4)]
    assert [row["values"] for row in drawn] == [count for count in kinds for _ in range(5)] + kinds


def test_the_spread_in_the_docs_is_the_one_made(ogp_data: Path) -> None:
    command = [sys.executable, "scripts/spread.py", "tests/trial", str(ogp_data)]
    made = subprocess.run(command, cwd=ROOT, capture_output=True, encoding="utf-8", check=True).stdout
    assert made in (ROOT / "docs" / "validity.md").read_text(encoding="utf-8")
