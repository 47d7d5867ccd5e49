"""A child process that runs the tool on one case after another, each in a process of its own with bounds.

It is asked over standard input, a JSON object a line: {"folder": where to run, "arguments": what follows `openreform`}. It answers
with a line of its own: {"code": the exit code, or the negated signal}. What the tool prints goes to files beside the folder. What
takes long to load is loaded once, before any case.
"""

import gc
import json
import os
import resource
import signal
import sys
from pathlib import Path
from types import FrameType

MEMORY = 2 * 1024**3
"""Bytes a case may have, what is loaded before it included."""
SECONDS = 10
"""Of processor time a case may take; the slowest sound one takes a fifth of it."""
PATIENCE = 60
"""Seconds by the clock, for what waits instead of working."""


def main() -> None:
    from openreform.cli import main as cli  # noqa: PLC0415
    from openreform.loading.frameworks import bundled_names, load_bundled  # noqa: PLC0415

    for name in (None, *cli.COMMANDS):
        cli.app_with(name)
    for name in bundled_names():
        load_bundled(name)
    gc.freeze()
    for line in sys.stdin:
        case = json.loads(line)
        child = os.fork()
        if child == 0:
            _run(case["folder"], case["arguments"])
        _, status = os.waitpid(child, 0)
        code = -os.WTERMSIG(status) if os.WIFSIGNALED(status) else os.WEXITSTATUS(status)
        sys.stdout.write(json.dumps({"code": code}) + "\n")
        sys.stdout.flush()


def _run(folder: str, arguments: list[str]) -> None:
    resource.setrlimit(resource.RLIMIT_AS, (MEMORY, MEMORY))
    resource.setrlimit(resource.RLIMIT_CPU, (SECONDS, SECONDS))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    signal.alarm(PATIENCE)
    os.chdir(folder)
    given = Path("stdin")
    os.dup2(os.open(given if given.exists() else os.devnull, os.O_RDONLY), 0)
    for number, name in ((1, "stdout"), (2, "stderr")):
        os.dup2(os.open(f"{folder}.{name}", os.O_WRONLY | os.O_CREAT | os.O_TRUNC), number)
    sys.argv = ["openreform", *arguments]
    code = 71
    try:
        from openreform.cli.main import main as tool  # noqa: PLC0415

        tool()
        code = 0
    except SystemExit as left:
        code = left.code if isinstance(left.code, int) else 0 if left.code is None else 72
    except BaseException:  # noqa: BLE001  # whatever escapes is a find, and its words are wanted
        sys.excepthook(*sys.exc_info())
    finally:
        for stream in (sys.stdout, sys.stderr):
            try:
                stream.flush()
            except (OSError, ValueError):
                code = 73
        os._exit(code)


def _ended(_number: int, _frame: FrameType | None) -> None:
    os._exit(0)


if __name__ == "__main__":
    signal.signal(signal.SIGTERM, _ended)
    main()
