"""The guided interview: in a real terminal, where it is not one, and what becomes of answers and of what others wrote."""

import os
import re
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pexpect
import pytest
from rich.cells import cell_len
from typer.testing import CliRunner

from conftest import ROOT, compare_golden
from openreform import framework as frameworks
from openreform.cli import main as cli
from openreform.interviewing.answers import Complaint, new_draft, read_answer, written
from openreform.interviewing.editing import CannotEditError, put, take_out
from openreform.interviewing.prompts import next_prompt, note, noted, prompts
from openreform.interviewing.questions import MOST_QUESTIONS, Interview, interview_about
from openreform.kinds import KINDS
from openreform.loading import yaml_events
from openreform.loading.frameworks import bundled_names, load_bundled
from openreform.loading.reforms import Document, parse_reform
from openreform.reform import REFORM
from openreform.rendering.oneline import score_line
from openreform.running import assess_document
from test_strangers import HOSTILE, hostile_document

RUNNER = CliRunner()
GOLDEN = ROOT / "tests" / "golden" / "interview"
_ESCAPES = re.compile(r"\x1b\[[0-9;?]*[A-Za-z]")
ANSWERS = [
    "Clinics in the open: every wait, every reason",
    ["Nobody sees how long a clinic lets people wait.", "People without a car wait longest.", ""],
    "Ministry of Health",
    "A public table of waiting times",
    "A desk for complaints",
    "",
    "2027-06",
    "publication",
    "2027-09-30",
    "service",
    "see how long each clinic lets people wait",
    "",
    "demand a reason for a long wait",
    "see what became of complaints",
    "say which figures they need",
    "",
    "outcomes",
    "open",
    "performance, outcomes",
    "",
    "complain, question",
    "anyone",
    "propose",
    "anyone",
    "the head of the clinic",
    "20",
    "yes",
    "the desk",
    "thirty",
    "30",
    "",
]
"""What somebody types; a list is an answer of several lines."""

ODD = [
    "a: b",
    "# no comment",
    "a #1 b",
    "---",
    "- a dash",
    "'single' and \"double\"",
    "{braces} [and brackets]",
    "& * ! | > % @ `",
    "back\\slash",
    "true",
    "NO",
    "null",
    "~",
    "012",
    "1.10",
    "2027-06",
    "é ñ ß – “…”",
    "漢字とかな",
    "مرحبا بالعالم",
    "\u202eabc",
    "😀",
    "##[error] ${{ secrets.X }} ::warning::",
    "<b>bold</b> &amp; *stars*",
    "to_fill",
    "two  spaces",
    "x" * 3000,
]


class Sitting:
    """Somebody at a terminal, in a folder of their own."""

    def __init__(self, folder: Path, *arguments: str, columns: int = 80) -> None:
        environment = {**os.environ, "TERM": "xterm", "LC_ALL": "C.UTF-8", "INPUTRC": os.devnull, "HOME": str(folder)}
        environment.pop("COLUMNS", None)
        self.child: pexpect.spawn[str] = pexpect.spawn(
            sys.executable,
            ["-m", "openreform", "init", "--interview", *arguments],
            cwd=str(folder),
            env=environment,
            dimensions=(60, columns),
            encoding="utf-8",
            timeout=30,
        )
        self.child.delaybeforesend = None
        self.seen = ""

    def asked(self) -> None:
        """Wait until something is asked."""
        self.child.expect_exact("> ")
        self.seen += str(self.child.before) + "> "

    def type(self, *answers: str | list[str]) -> None:
        """Answer what is asked, one after the other."""
        for answer in answers:
            for line in answer if isinstance(answer, list) else [answer]:
                self.asked()
                self.child.sendline(line)

    def left(self) -> int | None:
        """Wait for the end; the exit code."""
        self.child.expect(pexpect.EOF)
        self.seen += str(self.child.before)
        self.child.close()
        code: int | None = self.child.exitstatus
        return code

    @property
    def transcript(self) -> str:
        """What stood on the screen, without what moves the cursor."""
        plain = _ESCAPES.sub("", self.seen).replace("\r\n", "\n")
        return "".join(f"{line.rstrip()}\n" for line in plain.rstrip().split("\n"))


@pytest.fixture
def sit(tmp_path: Path) -> Iterator[Callable[..., Sitting]]:
    started: list[Sitting] = []

    def begin(*arguments: str, columns: int = 80) -> Sitting:
        started.append(Sitting(tmp_path, *arguments, columns=columns))
        return started[-1]

    yield begin
    for each in started:
        if each.child.isalive():
            each.child.sendintr()
            each.child.expect(pexpect.EOF)
        each.child.close(force=True)
    assert not [path.name for path in tmp_path.iterdir() if path.name.endswith(".part")]


def reform_in(path: Path) -> Any:
    found = parse_reform(path.read_text(encoding="utf-8"), path.name)
    assert isinstance(found, Document), found
    return found.reform


def piped(folder: Path, text: str | bytes, *arguments: str) -> subprocess.CompletedProcess[bytes]:
    return subprocess.run(
        [sys.executable, "-m", "openreform", "init", "--interview", *arguments],
        cwd=folder,
        input=text if isinstance(text, bytes) else text.encode(),
        capture_output=True,
        check=False,
    )


# --- In a terminal -------------------------------------------------------------------------------------------


@pytest.mark.parametrize("columns", [80, 40])
def test_a_whole_run(sit: Callable[..., Sitting], tmp_path: Path, columns: int, accept: bool) -> None:
    sitting = sit(columns=columns)
    for answer in ANSWERS:
        sitting.asked()
        assert reform_in(tmp_path / "reform.yaml")  # whole and valid whenever something is asked
        for number, line in enumerate(answer if isinstance(answer, list) else [answer]):
            if number:
                sitting.asked()
            sitting.child.sendline(line)
    assert sitting.left() == 0
    compare_golden(GOLDEN / f"whole-{columns}.txt", sitting.transcript, accept)
    compare_golden(GOLDEN / "whole.yaml", (tmp_path / "reform.yaml").read_text(encoding="utf-8"), accept)
    said = [
        line for line in sitting.transcript.split("\n") if "> " not in line and not line.startswith("  openreform ")
    ]
    assert [line for line in said if cell_len(line) > columns] == []
    assert "Traceback" not in sitting.transcript


def test_all_skipped_is_a_draft_that_says_nothing(sit: Callable[..., Sitting], tmp_path: Path) -> None:
    sitting = sit("-o", "draft.yaml")
    sitting.type(*[""] * 4)
    assert sitting.left() == 0
    assert "Question 4 of 8" in sitting.transcript
    assert "Question 5 of 8" not in sitting.transcript  # there is no step to ask about
    reform = reform_in(tmp_path / "draft.yaml")
    assert set(reform.undescribed) == set(interview_about("reform").undescribed)
    assert noted((tmp_path / "draft.yaml").read_text(encoding="utf-8")) is None
    assert "Openness —, too little yet, 0 of 24 criteria, self-assessed, involve-ogp" in sitting.transcript
    assert (tmp_path / "openreform.schema.json").exists()


def test_stopped_after_three_it_goes_on_there(sit: Callable[..., Sitting], tmp_path: Path) -> None:
    first = sit()
    first.type("Clinics in the open", ["Nobody sees waits.", ""], "Ministry of Health")
    first.asked()
    first.child.sendintr()
    assert first.left() == 130
    assert "  openreform init --interview -o reform.yaml" in first.transcript
    assert "nothing was written" not in first.transcript
    path = tmp_path / "reform.yaml"
    by_hand = path.read_text(encoding="utf-8").replace(
        "  - organisation: Ministry of Health\n",
        "  # agreed on Monday\n  - organisation: 'Ministry of Health'   # and no other\n    role: Minister\n",
    )
    path.write_text(f"{by_hand}\n# to do: ask the union\nstatus_quo: Nobody knows.\n", encoding="utf-8")
    second = sit("reform.yaml")
    second.type("A table", "", "", "", "", "", "")
    assert second.left() == 0
    assert "goes on at question 4 of 8" in second.transcript
    assert "Question 3 of 8" not in second.transcript
    text = path.read_text(encoding="utf-8")
    assert "  # agreed on Monday\n  - organisation: 'Ministry of Health'   # and no other\n    role: Minister\n" in text
    assert "# to do: ask the union\nstatus_quo: Nobody knows.\n" in text
    reform = reform_in(path)
    assert [milestone.title for milestone in reform.milestones] == ["A table"]
    assert "leads" not in reform.undescribed
    assert "publications" in reform.undescribed


def test_stopped_in_the_midst_of_a_question_it_goes_on_there(sit: Callable[..., Sitting], tmp_path: Path) -> None:
    first = sit()
    first.type("", "", "", "One", "Two", "", "2027", "law", "2028")
    first.asked()
    first.child.sendintr()
    assert first.left() == 130
    second = sit()
    second.asked()
    assert "kind>" in second.transcript
    assert "  Two\n" in second.transcript
    assert "  One\n" not in second.transcript
    second.child.sendline("rule")
    second.asked()
    second.child.sendeof()
    assert second.left() == 0
    assert [str(each.kind) for each in reform_in(tmp_path / "reform.yaml").milestones] == ["law", "rule"]


def test_the_end_of_input_is_the_end_for_today(sit: Callable[..., Sitting], tmp_path: Path) -> None:
    sitting = sit()
    sitting.type("Clinics")
    sitting.asked()
    sitting.child.sendeof()
    assert sitting.left() == 0
    assert "Your answers so far are in reform.yaml." in sitting.transcript
    assert reform_in(tmp_path / "reform.yaml").title == "Clinics"


def test_a_closed_terminal_leaves_a_whole_draft(sit: Callable[..., Sitting], tmp_path: Path) -> None:
    sitting = sit()
    sitting.type("Clinics", [""])
    sitting.asked()
    sitting.child.close(force=False)
    until = time.monotonic() + 10
    while sitting.child.isalive() and time.monotonic() < until:
        time.sleep(0.05)
    assert not sitting.child.isalive()
    assert reform_in(tmp_path / "reform.yaml").title == "Clinics"
    assert noted((tmp_path / "reform.yaml").read_text(encoding="utf-8")) == "3"


@pytest.mark.parametrize(
    ("wrong", "said"),
    [
        ("31.12.2027", "Did you mean 2027-12-31?"),
        ("December 2027", "Did you mean 2027-12?"),
        ("03/04/2027", "is no date here. Write the year"),
        ("soon", "is no date here. Write the year"),
        ("2027-13", "is no date here. Write the year"),
        ("2027-02-30", "is no date here. Write the year"),
    ],
)
def test_a_wrong_date_is_asked_again(wrong: str, said: str) -> None:
    part = interview_about("reform").questions[4].parts[0]
    answer = read_answer(part, wrong)
    assert isinstance(answer, Complaint)
    assert said in answer.words
    assert read_answer(part, " 2027-12 ") == "2027-12"


def test_wrong_answers_are_asked_again(sit: Callable[..., Sitting], tmp_path: Path) -> None:
    sitting = sit()
    sitting.type("", "", "", "A desk", "", "31.12.2027", "2027-12-31", "law, rule", "lwa", "law")
    sitting.type("", "", "demand", "Complain!", "complain", "anyone", "", "twenty", "5000", "20", "perhaps", "Yes")
    assert sitting.left() == 0
    for said in (
        "“31.12.2027” is no date here. Did you mean 2027-12-31?",
        "Only one word goes here",
        "“lwa” is none of the words: law, rule",
        "“Complain!” is none of the words. Did you mean complain?",
        "“twenty” is no number here. Write digits alone, as in 20",
        "That cannot be written:",
        "“perhaps” is neither yes nor no here.",
    ):
        assert said in sitting.transcript
    (mechanism,) = reform_in(tmp_path / "reform.yaml").mechanisms
    assert mechanism.people_can == ("complain",)
    assert mechanism.reply.within_days == 20
    assert mechanism.reply.reasons is True


def test_a_question_mark_explains(sit: Callable[..., Sitting]) -> None:
    sitting = sit()
    sitting.type("", "?", "", "", "A desk", "", "?", "", "?")
    sitting.asked()
    assert "It goes into 'problem.text'" in sitting.transcript
    assert "A date: a year, a month or a day, as in 2027" in sitting.transcript
    assert "progress-report: " in sitting.transcript


def test_what_is_pasted_into_one_line_is_one_answer(sit: Callable[..., Sitting], tmp_path: Path) -> None:
    sitting = sit()
    sitting.asked()
    sitting.child.send("Clinics\nin the open\n")
    sitting.type("", "", "")
    assert sitting.left() == 0
    assert reform_in(tmp_path / "reform.yaml").title == "Clinics\nin the open"


def test_what_a_terminal_marks_as_pasted_is_one_answer(sit: Callable[..., Sitting], tmp_path: Path) -> None:
    sitting = sit()
    sitting.asked()
    sitting.child.send("\x1b[200~Clinics\nin the open\x1b[201~\n")
    sitting.asked()
    sitting.child.send("\x1b[200~Nobody sees.\n\nNobody asks.\x1b[201~\n")
    sitting.type("", "")
    sitting.asked()
    reform = reform_in(tmp_path / "reform.yaml")
    assert (reform.title, reform.problem.text) == ("Clinics\nin the open", "Nobody sees.\n\nNobody asks.")


def test_a_pasted_list_is_a_step_in_each_line(sit: Callable[..., Sitting], tmp_path: Path) -> None:
    sitting = sit()
    sitting.type("", "", "")
    sitting.asked()
    sitting.child.send("A table\nA desk\n\nA law\n")
    sitting.asked()
    sitting.child.sendintr()
    assert sitting.left() == 130
    assert [each.title for each in reform_in(tmp_path / "reform.yaml").milestones] == ["A table", "A desk", "A law"]


def test_odd_characters_typed_come_through(sit: Callable[..., Sitting], tmp_path: Path) -> None:
    texts = ["Öffnung: “drei” #1 --- 漢字", "مرحبا: 'é'", '- "x" {y}']
    sitting = sit()
    sitting.type(texts[0], "", texts[1], texts[2], "")
    sitting.asked()
    reform = reform_in(tmp_path / "reform.yaml")
    assert [reform.title, reform.leads[0].organisation, reform.milestones[0].title] == texts


# --- What is written by hand meanwhile ------------------------------------------------------------------------


def test_what_is_edited_between_two_answers_stays(sit: Callable[..., Sitting], tmp_path: Path) -> None:
    sitting = sit()
    sitting.type("Clinics")
    sitting.asked()
    path = tmp_path / "reform.yaml"
    text = path.read_text(encoding="utf-8").replace("title: Clinics", "title: Clinics and labs  # both\ncountry: KE")
    path.write_text(f"{text}# the end\n", encoding="utf-8")
    sitting.child.sendline("Nobody sees.")
    sitting.type("")
    sitting.asked()
    text = path.read_text(encoding="utf-8")
    assert "title: Clinics and labs  # both\ncountry: KE\nproblem:\n  text: Nobody sees.\n" in text
    assert text.endswith("# the end\n")


def test_what_is_answered_by_hand_meanwhile_is_not_written_over(sit: Callable[..., Sitting], tmp_path: Path) -> None:
    sitting = sit()
    sitting.type("Clinics", "")
    sitting.asked()
    path = tmp_path / "reform.yaml"
    described = re.sub("  - leads .*\n", "", path.read_text(encoding="utf-8"))
    path.write_text(f"{described}leads: [{{organisation: Us}}]\n", encoding="utf-8")
    sitting.child.sendline("Them")
    sitting.asked()
    assert "answers this already by now" in sitting.transcript
    assert [lead.organisation for lead in reform_in(path).leads] == ["Us"]


def test_a_mistake_made_by_hand_meanwhile_is_told_and_the_answer_kept(
    sit: Callable[..., Sitting], tmp_path: Path
) -> None:
    sitting = sit()
    sitting.type("Clinics", "")
    sitting.asked()
    path = tmp_path / "reform.yaml"
    sound = path.read_text(encoding="utf-8")
    path.write_text(f"{sound}cuntry: KE\n", encoding="utf-8")
    sitting.child.sendline("Ministry of Health")
    sitting.asked()
    assert "Did you mean 'country'?" in sitting.transcript
    assert path.read_text(encoding="utf-8") == f"{sound}cuntry: KE\n"
    path.write_text(f"{sound}country: KE\n", encoding="utf-8")
    sitting.child.sendline("")
    sitting.asked()
    reform = reform_in(path)
    assert (reform.country, reform.leads[0].organisation) == ("KE", "Ministry of Health")


def test_what_it_was_about_may_be_gone(sit: Callable[..., Sitting], tmp_path: Path) -> None:
    sitting = sit()
    sitting.type("Clinics", "", "", "A table", "A desk", "")
    sitting.asked()
    path = tmp_path / "reform.yaml"
    text = path.read_text(encoding="utf-8").replace("  - id: m1\n    title: A table\n", "")
    path.write_text(text, encoding="utf-8")
    sitting.child.sendline("2027")
    sitting.asked()
    assert "What this was about is not in reform.yaml any more" in sitting.transcript
    assert sitting.transcript.endswith("  A desk\n    by when>\n")
    assert [each.due for each in reform_in(path).milestones] == [None]


def test_a_file_taken_away_is_written_again(sit: Callable[..., Sitting], tmp_path: Path) -> None:
    sitting = sit()
    sitting.type("Clinics", "")
    sitting.asked()
    (tmp_path / "reform.yaml").unlink()
    sitting.child.sendline("Ministry of Health")
    sitting.asked()
    reform = reform_in(tmp_path / "reform.yaml")
    assert (reform.title, reform.leads[0].organisation) == ("Clinics", "Ministry of Health")


def test_the_starter_is_filled_in(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    assert RUNNER.invoke(cli.app, ["init"]).exit_code == 0
    answers = "Clinics\nNobody sees\n\nMinistry\nA table\nA desk\n\n2027\nlaw\n\n\nsee it\n\ndemand it\n"
    assert piped(tmp_path, answers).returncode == 0
    text = (tmp_path / "reform.yaml").read_text(encoding="utf-8")
    assert "title: Clinics\n" in text
    assert "    due: 2027                    # when this step is to be done\n" in text
    assert re.findall("<.*>", text) == ["<what will be there when it is done>", "<who must answer>"]  # not asked yet
    reform = reform_in(tmp_path / "reform.yaml")
    assert [each.id for each in reform.milestones] == ["m1", "m2"]
    assert [(each.id, each.milestone) for each in (*reform.publications, *reform.mechanisms)] == [
        ("see-m1", "m1"),
        ("demand-m1", "m1"),
    ]


# --- Where there is no terminal -------------------------------------------------------------------------------


def test_lines_of_a_pipe_are_the_answers(tmp_path: Path) -> None:
    lines = [line for answer in ANSWERS for line in (answer if isinstance(answer, list) else [answer])]
    result = piped(tmp_path, "".join(f"{line}\n" for line in lines if line != "thirty"))
    assert result.returncode == 0
    assert result.stdout == b""
    assert b"Standard input is no terminal: each line is read as the next answer" in result.stderr
    compare_golden(GOLDEN / "whole.yaml", (tmp_path / "reform.yaml").read_text(encoding="utf-8"), accept=False)


def test_a_wrong_line_of_a_pipe_ends_it_and_the_draft_stays(tmp_path: Path) -> None:
    result = piped(tmp_path, "Clinics\n\n\nA table\n\nsoon\nlaw\n")
    assert result.returncode == 3
    assert "Line 6 of the answers: “soon” is no date here." in result.stderr.decode()
    assert reform_in(tmp_path / "reform.yaml").milestones[0].due is None
    assert piped(tmp_path, "2027\nlaw\n").returncode == 0
    assert reform_in(tmp_path / "reform.yaml").milestones[0].due.text == "2027"


def test_bytes_of_a_pipe_that_are_no_text_end_it(tmp_path: Path) -> None:
    result = piped(tmp_path, b"caf\xe9\n")
    assert result.returncode == 3
    assert b"Line 1 of the answers: That could not be read as text." in result.stderr
    assert b"Traceback" not in result.stderr


def test_nothing_on_standard_input_is_no_fault(tmp_path: Path) -> None:
    assert piped(tmp_path, "").returncode == 0
    assert reform_in(tmp_path / "reform.yaml").id == "my-reform"


@pytest.mark.parametrize("text", ODD)
def test_an_answer_comes_through_as_data(text: str) -> None:
    interview = interview_about("reform")
    several = f"{text}\nand é\n- {text}"
    draft = new_draft(interview)
    for at, answer in (("1", text), ("2", several), ("3", text), ("4", text), ("6 (m1, 1)", text), ("6 (m1, 3)", text)):
        (prompt,) = [each for each in prompts(interview, yaml_events.read(draft, "")[0]) if each.at == at]
        made = written(interview, draft, prompt, read_answer(prompt.part, answer))
        assert isinstance(made, str)
        draft = made
    found = parse_reform(draft, "draft.yaml")
    assert isinstance(found, Document)
    reform = found.reform
    assert reform.title == text
    assert reform.problem is not None
    assert reform.problem.text == several
    assert [reform.leads[0].organisation, reform.milestones[0].title] == [text, text]
    assert [each.title for each in (*reform.publications, *reform.mechanisms)] == [text, text]


def test_odd_lines_of_a_pipe_come_through(tmp_path: Path) -> None:
    steps = [text for text in ODD if len(text) < 100]
    assert piped(tmp_path, "\n\n\n" + "".join(f"{text}\n" for text in steps)).returncode == 0
    assert [each.title for each in reform_in(tmp_path / "reform.yaml").milestones] == steps


def test_controls_are_written_out(tmp_path: Path) -> None:
    assert piped(tmp_path, "a\x1b[31mb\x00c\td\n").returncode == 0
    assert reform_in(tmp_path / "reform.yaml").title == "a\\x1b[31mb\\x00c\td"


def test_line_ends_and_a_mark_of_another_system_stay(tmp_path: Path) -> None:
    path = tmp_path / "reform.yaml"
    path.write_bytes(b"\xef\xbb\xbfopenreform: 1\r\nid: x\r\ntitle: T\r\n")
    assert piped(tmp_path, "Nobody\n\nUs\n\n").returncode == 0
    assert path.read_bytes() == (
        b"\xef\xbb\xbfopenreform: 1\r\nid: x\r\ntitle: T\r\nproblem:\r\n  text: Nobody\r\nleads:\r\n  - organisation: Us\r\n"
    )


@pytest.mark.parametrize("name", sorted(HOSTILE))
def test_what_strangers_wrote_stays_and_moves_nothing(name: str, tmp_path: Path) -> None:
    path = tmp_path / "reform.yaml"
    strange = hostile_document(HOSTILE[name]) + "# theirs\n"
    path.write_text(strange, encoding="utf-8")
    before = yaml_events.read(strange, "")[0]
    result = RUNNER.invoke(cli.app, ["init", "--interview", str(path)], input="2027\nlaw\nsee it\n\n\n")
    assert result.exit_code == 0, result.output
    assert not re.search("[\x00-\x08\x0b-\x1f\x7f-\x9f\u200e\u200f\u2028-\u202e\u2066-\u2069]", result.output)
    text = path.read_text(encoding="utf-8")
    assert text.endswith("# theirs\n")
    after = yaml_events.read(text, "")[0]
    for section, held in before.items():
        if isinstance(held, str):
            assert after[section] == held
        for number, entry in enumerate(held if isinstance(held, list) else []):
            assert isinstance(entry, str) or entry.items() <= after[section][number].items()


def test_an_empty_file_is_a_new_one(tmp_path: Path) -> None:
    (tmp_path / "reform.yaml").touch()
    assert piped(tmp_path, "Clinics\n").returncode == 0
    assert reform_in(tmp_path / "reform.yaml").title == "Clinics"


def test_nobody_reading_the_questions_is_no_fault(tmp_path: Path) -> None:
    ours, theirs = os.pipe()
    os.close(ours)
    command = [sys.executable, "-m", "openreform", "init", "--interview"]
    try:
        result = subprocess.run(command, cwd=tmp_path, stdin=subprocess.DEVNULL, stderr=theirs, check=False)
    finally:
        os.close(theirs)
    assert result.returncode == 0
    assert reform_in(tmp_path / "reform.yaml").openreform == 1


@pytest.mark.parametrize(
    ("arguments", "code", "said"),
    [
        (["-"], 2, "The interview writes a file after each answer"),
        (["new.yaml", "--force"], 2, "--interview never overwrites"),
        (["new.yaml", "-o", "other.yaml"], 2, "new.yaml and other.yaml: name one file"),
        (["-o", "no-such-folder/new.yaml"], 2, "there is no folder"),
        (["-o", "folder"], 2, "cannot be written"),
        (["-o", "bad.yaml"], 3, "Did you mean 'start'?"),
        (["-o", "notes.yaml"], 3, "notes.yaml"),
        (["-o", "latin.yaml"], 3, "latin.yaml"),
    ],
)
def test_what_is_refused(arguments: list[str], code: int, said: str, tmp_path: Path) -> None:
    (tmp_path / "folder").mkdir()
    texts = {
        "bad.yaml": b"openreform: 1\nid: x\ntitle: T\nstrat: 2025\n",
        "notes.yaml": b"milk\n",
        "latin.yaml": b"title: caf\xe9\n",
    }
    for name, text in texts.items():
        (tmp_path / name).write_bytes(text)
    result = piped(tmp_path, "x\n", *arguments)
    assert result.returncode == code
    assert said in result.stderr.decode()
    assert result.stdout == b""
    assert {name: (tmp_path / name).read_bytes() for name in texts} == texts
    assert {path.name for path in tmp_path.iterdir()} == {"folder", *texts}


def test_a_plan_is_asked_about_in_its_own_words(tmp_path: Path, accept: bool) -> None:
    answers = "Third plan\nOffice\nForum\n\ngovernment, civil-society\nquarterly\nminutes\nOur page\nopen\nplan\nA survey\n\nanyone\npropose\n"
    result = piped(tmp_path, answers, "--document", "plan")
    assert result.returncode == 0
    goes_on = piped(tmp_path, "30\nClinics\n\n", "-o", "plan.yaml")  # the file itself says that it is a plan
    assert goes_on.returncode == 0
    compare_golden(GOLDEN / "plan.txt", goes_on.stderr.decode(), accept)
    compare_golden(GOLDEN / "plan.yaml", (tmp_path / "plan.yaml").read_text(encoding="utf-8"), accept)


def test_an_interruption_while_writing_waits_until_it_is_written(sit: Callable[..., Sitting], tmp_path: Path) -> None:
    """However soon it comes after an answer."""
    for wait in (0, 0.002, 0.01):
        sitting = sit("-o", f"{wait}.yaml")
        sitting.asked()
        sitting.child.sendline("Clinics")
        time.sleep(wait)
        sitting.child.kill(signal.SIGINT)
        assert sitting.left() == 130
        assert "Traceback" not in sitting.transcript
        assert reform_in(tmp_path / f"{wait}.yaml").openreform == 1


def test_an_interruption_before_anything_is_written(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def interrupted(_: Interview) -> str:
        raise KeyboardInterrupt

    monkeypatch.setattr("openreform.cli.interview.new_draft", interrupted)
    monkeypatch.chdir(tmp_path)
    result = RUNNER.invoke(cli.app, ["init", "--interview"])
    assert result.exit_code == 130
    assert result.stderr == "\nInterrupted; nothing was written.\n"
    assert not list(tmp_path.iterdir())


# --- The questions ----------------------------------------------------------------------------------------------


@pytest.mark.parametrize("kind", KINDS)
def test_at_most_eight_questions_each_filling_what_a_framework_reads(kind: str) -> None:
    interview = interview_about(kind)
    assert len(interview.questions) <= MOST_QUESTIONS == 8
    read = set()
    for name in bundled_names():
        framework = load_bundled(name).framework
        if framework.applies_to == kind:
            for criterion in framework.criteria:
                for test in frameworks.tests_of(criterion):
                    read |= {test.section, *([test.present] if test.present else [])}
                    read |= {f"{test.section}.{field}" for field in _fields(test)}
    for question in interview.questions:
        assert question.asks.endswith("?") or question.asks.endswith(".")
        assert question.example
        for part in question.parts:
            assert part.field.path in read or part.field.name in ("title", "organisation"), part
            assert part.field.path in interview.kind.words


def _fields(test: Any) -> Iterator[str]:
    conditions = [test.with_] if test.section else []
    while conditions:
        each = conditions.pop()
        yield from each.fields
        conditions += [*each.all_of, *each.any_of, *([each.not_] if each.not_ else [])]


def test_each_milestone_is_asked_what_people_can_see_do_and_demand() -> None:
    interview = interview_about("reform")
    root = {"milestones": [{"id": "m1", "title": "One"}, {"title": "Two"}, {"title": "<what will be done>"}]}
    asked = [(each.about, each.part.label) for each in prompts(interview, root) if each.question.number == 6]
    assert asked == [(step, label) for step in ("One", "Two") for label in ("see", "do", "demand")]


def test_what_its_author_wrote_for_a_step_by_hand_is_not_asked() -> None:
    """An entry that names the step answers the first part of its section; what the interview wrote answers its own."""
    interview = interview_about("reform")
    root: dict[str, Any] = {
        "milestones": [{"id": "m1", "title": "One"}, {"id": "m2", "title": "Two"}],
        "publications": [{"title": "A register", "milestone": "m1"}, {"title": "Of nothing"}],
        "mechanisms": [{"id": "a", "title": "A desk", "milestone": "m1"}, {"id": "demand-m2", "title": "A reply"}],
    }
    open_ = [each for each in prompts(interview, root) if each.question.number == 6 and not each.is_filled]
    assert [(each.about, each.part.label) for each in open_] == [("One", "demand"), ("Two", "see"), ("Two", "do")]


def test_a_step_without_an_id_gets_one_and_what_is_unknown_is_not_asked() -> None:
    interview = interview_about("reform")
    text = "openreform: 1\nid: x\ntitle: T\nmilestones:\n- title: One   # first\n  unknown: [due]\n"
    root = yaml_events.read(text, "")[0]
    open_ = [each for each in prompts(interview, root) if not each.is_filled and each.about]
    assert [each.part.label for each in open_] == ["kind", "see", "do", "demand"]
    (kind, see) = open_[:2]
    assert written(interview, text, kind, "law") == note(f"{text}  kind: law\n", "6 (1, 1)")
    assert written(interview, text, see, "the wait") == note(
        "openreform: 1\nid: x\ntitle: T\nmilestones:\n- title: One   # first\n  unknown: [due]\n  id: m1\n"
        "publications:\n  - id: see-m1\n    title: the wait\n    milestone: m1\n",
        "6 (m1, 2)",
    )


def test_a_note_that_names_nothing_leads_to_the_beginning_of_its_question() -> None:
    interview = interview_about("reform")
    root = {"title": "T", "milestones": [{"id": "m1", "title": "One"}]}
    found = next_prompt(interview, root, "5 (m9, 1)")
    assert found is not None
    assert (found.question.number, found.part.label) == (5, "by when")
    assert next_prompt(interview, root, "99") is None
    first = next_prompt(interview, root, None)
    assert first is not None
    assert first.question.number == 2


# --- Values written into a text -----------------------------------------------------------------------------------


VALUES: list[Any] = ["plain", "odd: #1", "two\nlines", 20, True, ["open", "fee"]]
LAYOUTS = {
    "block": "openreform: 1\nid: x # the id\ntitle: T\nmilestones:\n  - id: m1\n    title: A # one\n\n# two\n  # three\nundescribed: [problem]\n",
    "tight": "openreform: 1\nid: x\ntitle: T\nmilestones:\n- id: m1\n  title: A\n",
    "flow": "openreform: 1\nid: x\ntitle: T\nmilestones: [{id: m1, title: A}] # one\nproblem: {groups: [a]}\n",
    "empty": "openreform: 1\nid: x\ntitle: T\nmilestones: [] # none\nproblem:   # nothing\nleads: ~\n",
    "all in braces": "{openreform: 1, id: x, title: T, milestones: [{id: m1, title: A}]}\n",
    "no last line end": "openreform: 1\nid: x\ntitle: T\nmilestones:\n  - id: m1\n    title: A",
    "long text last": "openreform: 1\nid: x\ntitle: T\nmilestones:\n  - id: m1\n    title: |\n      A\n\n      B\n\n\n# end\n",
    "folded": "openreform: 1\nid: x\ntitle: >-\n  T\n  t\nmilestones:\n  - id: m1\n    title: A\n      b\n",
    "quoted": '"openreform": 1\n\'id\': x\n"title": "T # t"\n"milestones":\n  - "id": m1\n',
    "marked": "---\nopenreform: 1\nid: x\ntitle: T\nmilestones:\n  -\n    id: m1\n...\n",
}
PATHS: list[tuple[str | int | None, ...]] = [
    ("country",),
    ("problem", "text"),
    ("milestones", None),
    ("milestones", 0, "where"),
    ("leads", None),
    ("mechanisms", None),
]


@pytest.mark.parametrize("layout", LAYOUTS)
def test_a_value_goes_in_and_nothing_else_changes(layout: str) -> None:
    text = LAYOUTS[layout]
    before = yaml_events.read(text, "")[0]
    for path in PATHS:
        if path[:2] == ("milestones", 0) and not before["milestones"]:
            continue
        for value in VALUES:
            given = {"title": value} if path[-1] is None else value
            made = put(text, path, given, REFORM)  # reads it again, and compares
            held = yaml_events.read(made, "")[0]
            for step in path:
                held = held[-1 if step is None else step]
            assert held == given
            left = iter(made.split())
            assert all(
                word in left for word in re.sub(r"\[\] |~", "", text).split() if "]" not in word and "}" not in word
            )


@pytest.mark.parametrize("path", sorted((ROOT / "examples").glob("*.yaml")), ids=lambda path: path.stem)
def test_every_line_of_a_real_document_stays(path: Path) -> None:
    text = path.read_text(encoding="utf-8")
    milestones = parse_reform(text, path.name).reform.milestones  # type: ignore[union-attr]
    where: list[tuple[str | int | None, ...]] = [("milestones", None), ("mechanisms", None), ("publications", None)]
    where += [("milestones", number, "verified_by") for number in range(min(3, len(milestones)))]
    for each in where:
        made = put(text, each, {"title": "odd: #1"} if each[-1] is None else "odd: #1", REFORM)
        lines = iter(made.split("\n"))
        assert all(line in lines for line in text.split("\n") if "verified_by" not in line), each


@pytest.mark.parametrize(
    ("text", "left"),
    [
        ("a: 1\nundescribed: [x, y, z]\n", "a: 1\nundescribed: [x, z]\n"),
        ("a: 1\nundescribed: [y, z] # all\n", "a: 1\nundescribed: [z] # all\n"),
        ("a: 1\nundescribed: [y]\nb: 2\n", "a: 1\nb: 2\n"),
        (
            "a: 1\nundescribed:\n  - x # one\n  - y # two\n  - z # three\n",
            "a: 1\nundescribed:\n  - x # one\n  - z # three\n",
        ),
        ("a: 1\nundescribed:\n  - y\n# end\n", "a: 1\n# end\n"),
        ("a: 1\nundescribed: [x]\n", "a: 1\nundescribed: [x]\n"),
        ("a: 1\n", "a: 1\n"),
    ],
)
def test_a_section_leaves_the_list_of_what_is_not_described(text: str, left: str) -> None:
    assert take_out(text, "undescribed", "y") == left


@pytest.mark.parametrize(
    ("text", "path"), [("a: [b", ("a",)), ("a: b\n", ("a", "c", "d")), ("a: {b: 1}\n", ("a", None)), ("- a\n", ("a",))]
)
def test_what_cannot_be_written_is_refused(text: str, path: tuple[str | int | None, ...]) -> None:
    with pytest.raises(CannotEditError):
        put(text, path, "x", REFORM)


@pytest.mark.parametrize(
    ("name", "line"),
    [
        ("involve-ogp", "Openness 0.0 of 100, 24 of 24 criteria, assessed by peers, Us, 2026-11, involve-ogp 0.3.0"),
        (
            "ogp-irm",
            "Verifiability 0.0, Open government lens 0.0, Ambition 0.0, Results 0.0, 11 of 11 criteria, assessed by peers, Us, 2026-11, ogp-irm 0.1.0",
        ),
    ],
)
def test_a_score_in_one_line(name: str, line: str) -> None:
    found = parse_reform("openreform: 1\nid: x\ntitle: T\nassessed: {by: Us, role: peer, date: 2026-11}\n", "x.yaml")
    assert isinstance(found, Document)
    assert score_line(assess_document(found, load_bundled(name))) == line


def test_a_note_is_written_and_taken_away_again() -> None:
    draft = new_draft(interview_about("reform"))
    for at in ("1", "5 (m1, 2)", "6 (see-m1.x, 10)", "2 (1)"):
        assert noted(note(note(draft, "3"), at)) == at
        assert note(note(draft, at), None) == draft
    assert noted(draft) is None


def test_every_draft_on_the_way_is_a_document(tmp_path: Path) -> None:
    for kind in KINDS:
        interview: Interview = interview_about(kind)
        assert next_prompt(interview, yaml_events.read(new_draft(interview), "")[0], None) is not None
