"""Processes as Linux tells of them, for tests that start some and end some."""

from contextlib import suppress
from pathlib import Path

from conftest import missing


def children_of(process: int) -> set[int]:
    """The processes that a process has started and not waited for; none if it is gone. Skips where there is no /proc."""
    if not Path("/proc/self/task").exists():
        missing("needs /proc")
    found: set[int] = set()
    for thread in Path(f"/proc/{process}/task").glob("*"):  # each knows the processes that it has started itself
        with suppress(FileNotFoundError, ProcessLookupError):
            found.update(map(int, (thread / "children").read_text(encoding="ascii").split()))
    return found


def runs(process: int) -> bool:
    """Whether a process is there, and is more than what is left of one that ended."""
    state = Path(f"/proc/{process}/stat")
    try:
        return state.read_text(encoding="utf-8").rpartition(")")[2].split()[0] != "Z"
    except (FileNotFoundError, ProcessLookupError):
        return False
