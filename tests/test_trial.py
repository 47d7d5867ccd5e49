"""The trial's last descriptions: short enough, alike enough, and the table in docs/validity.md is theirs."""

import re
import subprocess
import sys

from conftest import ROOT


def table() -> str:
    command = [sys.executable, "scripts/trial_table.py", "tests/trial"]
    return subprocess.run(command, cwd=ROOT, capture_output=True, encoding="utf-8", check=True).stdout


def test_two_descriptions_of_a_text_end_alike() -> None:
    printed = table()
    share = re.search(r"Cells not 0 in both: (\d+); the same in both: (\d+)", printed)
    median = re.search(r"Documents: 30; median lines: ([\d.]+)", printed)
    assert share
    assert median
    assert int(share.group(2)) / int(share.group(1)) >= 0.8
    assert float(median.group(1)) <= 60


def test_the_table_in_the_docs_is_the_one_made() -> None:
    page = (ROOT / "docs" / "validity.md").read_text(encoding="utf-8")
    shown = page.partition("### Round 4\n\n")[2]
    assert shown.startswith(table())
