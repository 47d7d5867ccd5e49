"""The script of docs/cluster.md on a real local cluster of two worker processes, one of which is killed half-way."""

import os
import re
import signal
import subprocess
import sys
import time
from contextlib import suppress
from pathlib import Path

import pytest

from conftest import ROOT
from processes import children_of, runs

TOOL = Path(sys.executable).parent / "openreform"
DOCUMENTS = 400
LIMIT = 240
"""Seconds after which a run that has not ended is said to hang."""


@pytest.fixture(scope="module")
def place(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with the page's script, drafts of which one is wrong, and the report that one process makes of them."""
    folder = tmp_path_factory.mktemp("cluster")
    page = (ROOT / "docs" / "cluster.md").read_text(encoding="utf-8")
    (script,) = re.findall(r"^```python\n(.*?)^```$", page, re.MULTILINE | re.DOTALL)
    (folder / "cluster.py").write_text(script, encoding="utf-8")
    (folder / "plans").mkdir()
    examples = sorted((ROOT / "examples").glob("*.yaml"))
    for number in range(DOCUMENTS):
        text = examples[number % len(examples)].read_text(encoding="utf-8")
        copy = re.sub(r"^id: .*$", f"id: r{number:04}", text, count=1, flags=re.MULTILINE)
        (folder / "plans" / f"r{number:04}.yaml").write_text(copy, encoding="utf-8")
    wrong = (ROOT / "tests" / "invalid" / "id_missing.yaml").read_text(encoding="utf-8")
    (folder / "plans" / "r0200-wrong.yaml").write_text(wrong, encoding="utf-8")
    alone = subprocess.run(
        [TOOL, "assess", "plans/", "-f", "jsonl", "-o", "alone.jsonl"], cwd=folder, capture_output=True, check=False
    )
    assert alone.returncode == 3, alone.stderr
    return folder


@pytest.mark.parametrize("killed", [False, True])
def test_two_workers_write_what_one_process_writes(place: Path, *, killed: bool) -> None:
    expected = (place / "alone.jsonl").read_bytes()
    assert expected.count(b"\n") > DOCUMENTS
    report = place / f"report-{killed}.jsonl"
    with (place / "said").open("wb") as said:
        script = subprocess.Popen(
            [sys.executable, "cluster.py", "plans/", report.name], cwd=place, stdout=said, stderr=said
        )
    seen: set[int] = set()
    victim = 0
    ends = time.monotonic() + LIMIT
    while script.poll() is None:
        if time.monotonic() > ends:
            script.kill()
        seen |= (running := workers(script.pid))
        written = report.stat().st_size if report.exists() else 0
        if killed and not victim and len(running) == 2 and len(expected) // 4 < written < len(expected) // 2:
            victim = min(running)
            os.kill(victim, signal.SIGKILL)
        time.sleep(0.02)
    assert script.returncode == 0, (place / "said").read_text(encoding="utf-8")
    assert bool(victim) == killed
    assert len(seen) >= 2 + killed, "a worker that was killed has a successor"
    assert report.read_bytes() == expected
    assert not any(map(runs, seen))


def workers(script: int) -> set[int]:
    """The worker processes of the cluster that a script has started: what else Python starts is no worker."""
    found: set[int] = set()
    for process in children_of(script):
        with suppress(FileNotFoundError, ProcessLookupError):
            if b"spawn_main" in Path(f"/proc/{process}/cmdline").read_bytes():
                found.add(process)
    return found
