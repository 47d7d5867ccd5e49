"""The guided interview in a terminal: asks, reads, and writes the document after every answer."""

import contextlib
import os
import shutil
import signal
from pathlib import Path
from shlex import quote
from typing import TYPE_CHECKING, Any, NoReturn

import typer

from openreform.cli.console import (
    INTERRUPTED,
    NOT_ASSESSABLE,
    SCHEMA_FILES,
    STDOUT,
    WRONG_USE,
    check_writable,
    deliver,
    leave,
    remark,
    shown,
    told_problems,
    write_schema,
)
from openreform.cli.init import MODELINE
from openreform.cli.listening import BYTE_ORDER_MARK, EXPLAIN, Listener
from openreform.interviewing.answers import Complaint, new_draft, read_answer, without_described, written
from openreform.interviewing.prompts import Prompt, following, is_hollow, name_of, next_prompt, note, noted, same_prompt
from openreform.interviewing.questions import Interview, interview_about
from openreform.kinds import KINDS
from openreform.loading import yaml_events
from openreform.loading.files import Found, decode, read_raw
from openreform.loading.reforms import KIND_KEY, parse_document
from openreform.messages import commands as words
from openreform.messages.interview import AGAIN, ASK, HELP, SAID
from openreform.problems import Problem
from openreform.reform import REFORM
from openreform.rendering.layout import WIDTH, Page

if TYPE_CHECKING:
    from openreform.reform import ReformField

TARGET = 40
_NARROWEST = 20
_LONGEST_NAME = 140
_STOPS = [getattr(signal, name) for name in ("SIGINT", "SIGTERM", "SIGHUP") if hasattr(signal, name)]
"""What ends the program: a key, another program, a terminal that closes."""
_END = "99"
"""A place after every question."""


class _WrongLineError(Exception):
    """An answer that is no terminal's cannot be taken, and there is nobody to ask again."""


def interview(path: str, kind: str) -> NoReturn:
    """Ask what is not answered yet; leaves with 0 at the end, or where the answers end; with 130 if interrupted."""
    if path == STDOUT:
        _refuse("interview-stdout")
    check_writable(path)
    session = _Session(path, interview_about(kind))
    before = signal.getsignal(signal.SIGINT)
    try:
        signal.signal(signal.SIGINT, signal.default_int_handler)
        code = session.run()
    except KeyboardInterrupt:
        signal.signal(signal.SIGINT, signal.SIG_IGN)
        session.stopped()
        code = INTERRUPTED
    except BrokenPipeError:  # nobody reads the questions any more
        leave(0)
    finally:
        signal.signal(signal.SIGINT, before)
    raise typer.Exit(code)


def _refuse(key: str, **details: object) -> NoReturn:
    remark(SAID[key].format(**details))
    raise typer.Exit(WRONG_USE)


def _is_empty(path: str) -> bool:
    return os.path.isfile(path) and not os.path.getsize(path)  # noqa: PTH113, PTH202


def _cut(name: str) -> str:
    return name if len(name) <= _LONGEST_NAME else f"{name[: _LONGEST_NAME - 1].rstrip()}…"


class _Session:
    """One sitting: a file, and what was asked last."""

    def __init__(self, path: str, interview: Interview) -> None:
        self.path, self.shown, self.interview = path, shown(Path(path).as_posix()), interview
        self.hears = Listener()
        self.ends, self.mark = "\n", False
        self.kept: str | None = None
        self.asked = 0
        self.last: object = None

    # --- The whole ---------------------------------------------------------------------------------------

    def run(self) -> int:
        """Ask to the end; the exit code."""
        is_there = os.path.lexists(self.path) and not _is_empty(self.path)
        if is_there:
            self._check()
        at: str | None = None
        if is_there:
            at = noted(self._text())
            self._settle()
        else:
            schema = SCHEMA_FILES[self.interview.kind.name]
            self._write(MODELINE.format(file=schema) + new_draft(self.interview))
            write_schema(Path(self.path).parent, self.interview.kind.name)
        return self._ask_all(at, is_there=is_there)

    def stopped(self) -> None:
        """Say what there is after an interruption."""
        with contextlib.suppress(OSError):
            self._tell("")
            if os.path.lexists(self.path):
                self._tell_resume("stopped")
            else:
                remark(words.SAID["interrupted"])

    def _ask_all(self, at: str | None, *, is_there: bool) -> int:
        prompt = next_prompt(self.interview, self._root(), at)
        count = len(self.interview.questions)
        if not self.hears.a_terminal:
            self._say(ASK["piped"])
        if is_there and prompt:
            self._say(ASK["resume"], number=prompt.question.number, count=count)
        elif prompt:
            self._say(
                ASK["begin" if self.interview.kind is REFORM else f"begin-{self.interview.kind.name}"],
                count=count,
            )
        try:
            while prompt is not None:
                at = self._ask(prompt)
                prompt = next_prompt(self.interview, self._root(), at)
        except EOFError:
            with contextlib.suppress(OSError, EOFError):
                self._tell("")
                self._settle()
                self._tell_resume("interview-ended")
                self._score()
            return 0
        except _WrongLineError as error:
            remark(SAID["interview-line"].format(line=self.hears.lines, complaint=error))
            self._tell_resume("interview-ended")
            return NOT_ASSESSABLE
        self._write(note(self._text(), None))
        self._tell("")
        self._say(SAID["done"])
        self._score()
        return 0

    # --- One prompt --------------------------------------------------------------------------------------

    def _ask(self, prompt: Prompt) -> str:
        """Ask until there is an answer that can be taken, or none; the place that is next."""
        self._head(prompt)
        while True:
            answer = self.hears.answer(f"    {prompt.part.label}" if prompt.part.label else "", prompt.part.lines)
            if answer.strip() == EXPLAIN:
                self._explain(prompt)
                continue
            if not answer.strip():
                return self._skip(prompt)
            complaint = self._take(prompt, answer)
            if complaint is None:
                return prompt.at if prompt.part.many else self._after(self._text(), prompt)
            if not self.hears.a_terminal:
                raise _WrongLineError(complaint)
            self._tell(complaint, indent=4 if prompt.part.label else 2)

    def _take(self, prompt: Prompt, answer: str) -> str | None:
        """Write an answer; why it cannot be taken otherwise."""
        try:
            answer.encode("utf-8")
        except UnicodeEncodeError:
            return AGAIN["unreadable"]
        given = answer.split("\n") if prompt.part.many else [answer]
        for each in filter(str.strip, given):
            value = read_answer(prompt.part, each)
            if isinstance(value, Complaint):
                return value.words
            text = self._text()
            now = same_prompt(self.interview, self._root(text), prompt)
            if now is None or (now.is_filled and not now.part.many):
                self._say(ASK["taken" if now else "gone"])
                self._note(text, self._after(text, prompt))
                return None
            made = written(self.interview, text, now, value)
            if isinstance(made, Complaint):
                return made.words
            self._write(made)
        return None

    def _skip(self, prompt: Prompt) -> str:
        text = self._text()
        after = self._after(text, prompt)
        self._note(text, after)
        return after

    def _note(self, text: str, at: str) -> None:
        self._write(note(text, None if at == _END else at))

    def _after(self, text: str, prompt: Prompt) -> str:
        return following(self.interview, self._root(text), prompt) or _END

    # --- What is said -------------------------------------------------------------------------------------

    def _head(self, prompt: Prompt) -> None:
        """The question, if it was not the last one asked; and what this part of it is about."""
        question, part = prompt.question, prompt.part
        if self.asked != question.number:
            self.asked, self.last = question.number, None
            count = len(self.interview.questions)
            self._tell("")
            self._tell(ASK["question"].format(number=question.number, count=count, asks=question.asks))
            self._tell(ASK["example"].format(example=question.example), indent=2)
            if part.many:
                self._tell(ASK["many"], indent=2)
                self._tell_held(prompt)
            if part.lines:
                self._tell(ASK["lines"], indent=2)
            for each in question.parts:
                if each.field.kind == "choice":
                    values = ", ".join(each.field.values)
                    self._tell(
                        f"{each.label}: {values}" if each.label else ASK["values"].format(values=values), indent=2
                    )
        if prompt.about and self.last != (prompt.part.each, prompt.entry, prompt.about):
            self.last = (prompt.part.each, prompt.entry, prompt.about)
            self._tell(_cut(prompt.about), indent=2)

    def _tell_held(self, prompt: Prompt) -> None:
        for entry in self._root().get(prompt.section) or ():
            if not is_hollow(name_of(entry)):
                self._tell(ASK["held"].format(held=_cut(str(name_of(entry)))), indent=2)

    def _explain(self, prompt: Prompt) -> None:
        field: ReformField = prompt.part.field
        kind = self.interview.kind
        self._tell(HELP["field"].format(path=field.path, words=kind.words[field.path]), indent=2)
        key = "choices" if field.kind == "choice" and field.many else field.kind
        if key in HELP:
            self._tell(HELP[key], indent=2)
        for value, meaning in kind.words_of_values(field.path).items() if field.kind == "choice" else ():
            self._tell(HELP["value"].format(value=value, words=meaning), indent=4)

    def _score(self) -> None:
        """The score in one line, and the two commands to go on with."""
        from openreform.framework import DEFAULT_FRAMEWORK, DEFAULT_FRAMEWORKS  # noqa: PLC0415
        from openreform.loading.frameworks import load_bundled  # noqa: PLC0415
        from openreform.rendering.oneline import score_line  # noqa: PLC0415
        from openreform.running import assess_document, document_at  # noqa: PLC0415

        name = DEFAULT_FRAMEWORKS[self.interview.kind.name]
        found = document_at(self.path, load_bundled(name))
        if isinstance(found, list):
            told_problems(found)
            return
        assessment = assess_document(found[0], found[1])
        self._tell(score_line(assessment))
        options = "" if name == DEFAULT_FRAMEWORK else f" --framework {name}"
        target = TARGET if assessment.overall_title else quote(f"{assessment.dimensions[0].title.lower()}={TARGET}")
        for key in ("assess", "plan"):
            self._tell(SAID[key])
            self._tell_command(f"{key}-command", options=options, target=target)

    def _tell_resume(self, key: str) -> None:
        self._say(SAID[key])
        self._tell_command("resume")

    def _tell_command(self, key: str, **details: object) -> None:
        """A command to copy, on one line however narrow the terminal is."""
        remark(f"  {SAID[key].format(path=quote(self.path), **details)}")

    def _say(self, text: str, **details: object) -> None:
        self._tell(text.format(path=self.shown, **details))

    def _tell(self, text: str, indent: int = 0) -> None:
        """Lines no wider than the terminal."""
        page = Page(max(_NARROWEST, min(WIDTH, shutil.get_terminal_size().columns)))
        page.add(text, indent=indent)
        for line, _ in page.lines:
            remark(line.rstrip())

    # --- The file ---------------------------------------------------------------------------------------------

    def _text(self) -> str:
        """What stands in the file now, mistakes apart: a person is told of those and asked to put them right."""
        while True:
            found = self._found()
            if isinstance(found, str):
                return found
            self._say(ASK["broken"])
            told_problems(found)
            if not self.hears.a_terminal:
                raise typer.Exit(NOT_ASSESSABLE)
            self._say(ASK["repair"])
            self.hears.line()

    def _settle(self) -> None:
        """Let the list of what is not described go with what its author wrote by hand."""
        text = self._text()
        if text != self.kept:
            self._write(text)

    def _check(self) -> None:
        """Ask about the kind of document that is there; refuse what is none."""
        found = self._found()
        kind = self._root(self.kept).get(KIND_KEY, REFORM.name) if self.kept else None
        if kind in KINDS and kind != self.interview.kind.name:
            self.interview = interview_about(kind)
            found = self._found()
        if not isinstance(found, str):
            told_problems(found)
            raise typer.Exit(NOT_ASSESSABLE)

    def _found(self) -> str | list[Problem]:
        if self.kept is not None and not os.path.lexists(self.path):
            self._write(self.kept)  # taken away meanwhile: what was known of it is written again
        raw = read_raw(Found(Path(self.path), self.shown, named=True))
        if isinstance(raw, Problem):
            return [raw]
        text = decode(raw, self.shown)
        if isinstance(text, Problem):
            return [text]
        self.ends, self.mark = "\r\n" if b"\r\n" in raw else "\n", raw.startswith(BYTE_ORDER_MARK.encode())
        self.kept = text
        text = without_described(text, self.interview)
        found = parse_document(text, self.shown, self.interview.kind)
        return found if isinstance(found, list) else text

    def _root(self, text: str | None = None) -> dict[str, Any]:
        root = yaml_events.read(self._text() if text is None else text, "")[0]
        return root if isinstance(root, dict) else {}

    def _write(self, text: str) -> None:
        """The whole file, with the line ends it had; an interruption waits until it is written."""
        held: list[int] = []
        before = {number: signal.signal(number, lambda given, _: held.append(given)) for number in _STOPS}
        try:
            made = text if self.ends == "\n" else text.replace("\n", self.ends)
            self.kept = text
            deliver([f"{BYTE_ORDER_MARK if self.mark else ''}{made}"], self.path)
        finally:
            for number, handler in before.items():
                signal.signal(number, handler)
        for number in held:
            signal.raise_signal(number)
