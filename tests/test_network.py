"""No command reaches the network: drafts and frameworks are strangers' files, and people work with secrets.

The guard listens to Python's audit events (`socket.*`, https://docs.python.org/3/library/audit_events.html), which no library
can go round without leaving Python.
"""

import socket
import subprocess
import sys
from pathlib import Path

import pytest

from conftest import ROOT, missing

GUARD = """
import sys

def guard(event, details):
    if event.startswith("socket."):
        print("reached for the network:", event, file=sys.stderr)
        raise SystemExit(99)

sys.addaudithook(guard)
"""
OPENREFORM = "sys.argv[0] = 'openreform'\nfrom openreform.cli.main import main\nmain()\n"
REACHING = "import socket\nsocket.create_connection(('127.0.0.1', 9), timeout=1)\n"
EXAMPLES = str(ROOT / "examples")
CASE = str(ROOT / "examples" / "gb-sct-care-opinion.yaml")
FORMATS = ["text", "json", "jsonl", "csv", "markdown", "html", "portfolio"]
COMMANDS = [
    ["--help"],
    ["--version"],
    *(["assess", EXAMPLES, "--format", name] for name in FORMATS),
    *(["appendix", CASE, "-o", f"annex.{ending}"] for ending in ("md", "html", "docx", "pdf")),
    ["assess", EXAMPLES, "--framework", str(ROOT / "frameworks" / "involve-ogp.yaml")],
    ["init", "new.yaml"],
    ["explain", "T5"],
    ["cases", "--criterion", "A4"],
    ["cases", "gb-sct-care-opinion", "--format", "html"],
    ["schema", "reform"],
    ["framework", "list"],
    ["framework", "show", "involve-ogp"],
    ["framework", "check", str(ROOT / "frameworks" / "involve-ogp.yaml")],
]


def guarded(program: str, *arguments: str, cwd: Path) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, "-c", GUARD + program, *arguments]
    return subprocess.run(command, cwd=cwd, capture_output=True, encoding="utf-8", check=False)


def test_the_guard_sees_who_reaches_out(tmp_path: Path) -> None:
    result = guarded(REACHING, cwd=tmp_path)
    assert result.returncode == 99
    assert result.stderr.startswith("reached for the network: socket.")


@pytest.mark.parametrize("arguments", COMMANDS, ids=lambda arguments: " ".join(Path(part).name for part in arguments))
def test_no_command_reaches_the_network(arguments: list[str], tmp_path: Path) -> None:
    result = guarded(OPENREFORM, *arguments, cwd=tmp_path)
    if result.returncode == 2 and arguments[-1] == "annex.pdf":
        missing(result.stderr.strip())
    assert result.returncode == 0, result.stderr
    assert "network" not in result.stderr


def test_the_tests_themselves_stay_on_this_machine() -> None:
    with pytest.raises(RuntimeError, match="tests stay on this machine"):
        socket.create_connection(("192.0.2.1", 9), timeout=1)
    with pytest.raises(RuntimeError, match="tests stay on this machine"):
        socket.getaddrinfo("example.org", 80)
