"""Answers from whoever is there: a person at a terminal, or lines from somewhere else."""

import contextlib
import os
import select
import sys
from collections.abc import Iterator

from openreform.messages.interview import ASK

EXPLAIN = "?"
BYTE_ORDER_MARK = "\ufeff"
_PASTE = 0.05
"""Seconds: what comes so soon after a line nobody typed; it belongs to the same answer."""


class Listener:
    """Standard input. `lines` counts what was read of it; `a_terminal` tells whether somebody can be asked again."""

    def __init__(self) -> None:
        """Read text as UTF-8 where it comes from no terminal, and let a person move within a line."""
        self.a_terminal = sys.stdin is not None and sys.stdin.isatty()
        self.lines = 0
        if sys.stdin is not None and hasattr(sys.stdin, "reconfigure"):
            encoding = sys.stdin.encoding if self.a_terminal else "utf-8"
            sys.stdin.reconfigure(encoding=encoding, errors="surrogateescape")
        if self.a_terminal:
            with contextlib.suppress(ImportError):
                import readline  # noqa: F401, PLC0415  # input() then has it

    def answer(self, label: str, several: bool) -> str:
        """What is typed: one line, or more where they came in one go or are asked for.

        Args:
            label: what stands before it.
            several: whether lines are read up to an empty one.

        Raises:
            EOFError: nothing more will come.
        """
        lines = [self.line(label)]
        if several and lines[0].strip() not in ("", EXPLAIN):
            with contextlib.suppress(EOFError):
                while (line := self.line(label)).strip():
                    lines.append(line)
        elif not several:
            lines += self._pasted()
        return "\n".join(lines)

    def line(self, label: str = "") -> str:
        """One line, without its end.

        Raises:
            EOFError: nothing more will come.
        """
        ask = ASK["prompt"].format(label=label)
        try:
            if self.a_terminal and sys.stdout is not None and sys.stdout.isatty():
                return input(ask)
            if self.a_terminal:
                sys.stderr.write(ask)
                sys.stderr.flush()
            line = sys.stdin.readline() if sys.stdin else ""
        except BrokenPipeError:
            raise
        except OSError as error:  # the terminal is gone
            raise EOFError from error
        if not line:
            raise EOFError
        self.lines += 1
        return line.removeprefix(BYTE_ORDER_MARK).removesuffix("\n")

    def _pasted(self) -> Iterator[str]:
        while self.a_terminal and os.name == "posix" and select.select([sys.stdin], [], [], _PASTE)[0]:
            try:
                yield input("")
            except EOFError:
                return
