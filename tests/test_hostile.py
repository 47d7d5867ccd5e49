"""Documents made to do harm: each ends in a document or in problems with a place, soon, in bounded memory, and never in a crash.

Small mistakes, one to a file with the exact words, are in tests/invalid; YAML of every kind is in tests/yaml_cases. Here is
what is too big, too binary or too bound to a file system to be kept as a file.
"""

import gzip
import inspect
import json
import os
import random
import resource
import socket
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
import yaml
from typer.testing import CliRunner, Result

from openreform.cli import main as cli
from openreform.kinds import KINDS, kind_called
from openreform.loading import yaml_events
from openreform.loading.files import Found, find, read_text
from openreform.loading.frameworks import LoadedFramework
from openreform.loading.reforms import Document, load_document, parse_document
from openreform.loading.yaml_events import MAX_BYTES, MAX_DEPTH, MAX_VALUES, MOST_PROBLEMS
from openreform.problems import Problem
from openreform.reform import REFORM, DocumentKind, ReformField, all_fields, fields_of
from openreform.running import Run, run

HEAD = "openreform: 1\nid: a\ntitle: T\n"
GOOD = HEAD.encode()
MEMORY = 1024**3
PATIENCE = 120
"""Seconds for all that one process is given; a guard against what never ends, not a measure."""

RUNNER = CliRunner()


@pytest.fixture(autouse=True)
def in_a_folder_of_its_own(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)


def assess(*paths: str) -> Result:
    return RUNNER.invoke(cli.app, ["assess", *paths])


def bounded(*arguments: str, **options: Any) -> subprocess.CompletedProcess[str]:
    """The tool in a process of its own with a limit on memory, and not waited for for ever."""

    # Without the measuring of coverage, which takes time and memory of its own.
    environment = {name: value for name, value in os.environ.items() if not name.startswith("COVERAGE")}

    def limit() -> None:
        resource.setrlimit(resource.RLIMIT_AS, (MEMORY, MEMORY))

    return subprocess.run(
        [sys.executable, "-m", "openreform", *arguments],
        capture_output=True,
        encoding="utf-8",
        timeout=PATIENCE,
        preexec_fn=limit,
        env=environment,
        check=False,
        **options,
    )


# --- Big and deep ---------------------------------------------------------------------------------------------


def filled(unit: str, before: str = "", after: str = "") -> str:
    """As much of it as a document may have."""
    return before + unit * ((MAX_BYTES - len((before + after).encode())) // len(unit.encode())) + after


def numbered(shape: str, count: int) -> str:
    return "".join(shape.format(number) for number in range(count))


def big_documents() -> dict[str, tuple[str, str]]:
    """Documents at their bounds, and the first problem of each; made when asked for, since some are very big."""
    return {
        # Nested
        "brackets": (f"{HEAD}leads: {'[' * 100_000}", "4:1007 yaml-too-deep"),
        "braces": (filled("{a: ", f"{HEAD}plan: "), "4:131 yaml-too-deep"),
        "brackets on lines of their own": (filled("[\n", f"{HEAD}leads: "), "35:1 yaml-too-deep"),
        "fields in fields": (HEAD + "".join(f"{' ' * depth}a:\n" for depth in range(1400)), "36:33 yaml-too-deep"),
        "dashes in dashes": (filled("- ", f"{HEAD}leads:\n  "), "5:65 yaml-too-deep"),
        "question marks": (filled("? ", f"{HEAD}leads:\n  "), "5:5 yaml-key-not-text"),
        # Many
        "values": (f"{HEAD}leads: [{'a,' * MAX_VALUES}]\n", "4:99991 yaml-too-many"),
        "fields": (HEAD + numbered("k{}:\n", 99_000), "25000:8 yaml-too-many"),
        "fields, a million": (HEAD + numbered("k{}: 1\n", 1_000_000), "0:0 too-large"),
        "anchors": (f"{HEAD}leads: [{'&a b,' * 10_000}]\n", "4:9 yaml-anchor"),
        "aliases": (filled("*a,", f"{HEAD}leads: [", "]\n"), "4:9 yaml-alias"),
        "tags": (f"{HEAD}leads: [{'!a b,' * 10_000}]\n", "4:9 yaml-tag"),
        "merge keys": (HEAD + "<<: a\n" * 10_000, "4:1 yaml-merge"),
        "lost texts": (HEAD + "a: b #c\n" * 10_000, "4:6 yaml-hash"),
        "the same field": (HEAD + "title: x\n" * 10_000, "4:1 yaml-key-twice"),
        "documents": (filled("---\n", HEAD), "4:1 yaml-second-document"),
        "tags' beginnings": (numbered("%TAG !a{}! tag:x\n", 40_000) + f"---\n{HEAD}", "1:1 yaml-directive"),
        "tags' beginnings below": (f"{HEAD}...\n" + numbered("%TAG !a{}! tag:x\n", 40_000), "5:1 yaml-directive"),
        "unknown ids": (f"{HEAD}publications: [{{title: x, evidence: [{'x,' * 40_000}]}}]\n", "4:38 reference-unknown"),
        "unknown criteria": (f"{HEAD}not_applicable: {{{numbered('k{}: x,', 20_000)}}}\n", "4:22 criterion-unknown"),
        # Long
        "a scalar of 60 MB": (f"{HEAD}status_quo: {'x' * 60_000_000}\n", "0:0 too-large"),
        "a field name": (f"? {'k' * 900_000}\n: v\n{HEAD}", "1:3 field-unknown"),
        "a field name on one line": (f"{HEAD}{'k' * 900_000}: v\n", "4:1 yaml-no-colon"),
        "an id": (f"openreform: 1\nid: {'a b ' * 250_000}\ntitle: T\n", "2:5 bad-id"),
        "a title": (f"openreform: 1\nid: a\ntitle: {'a b ' * 250_000}\n", "3:8 text-too-long"),
        "a number": (f"{HEAD}mechanisms: [{{reply: {{within_days: {'9' * 5000}}}}}]\n", "4:36 needs-whole-number"),
        "a date": (f"{HEAD}start: {'9' * 5000}\n", "4:8 bad-date"),
        "an anchor": (f"{HEAD}country: &{'a' * 900_000} KE\n", "4:10 yaml-anchor"),
        "a tag": (f"{HEAD}country: !<{'a' * 900_000}> KE\n", "4:10 yaml-tag"),
        # What a search could go over again and again
        "line ends, then a mistake": (filled("\n", HEAD, "!a b\n"), "1048546:1 yaml-no-colon"),
        "signs on lines of their own": (filled("!\n"), "1:1 not-yaml"),
        "spaces on lines of their own": (filled(" \n", "", "\t["), "1:1 not-yaml"),
        "text over many lines, then a mistake": (filled("  w w\n", f"{HEAD}plan: a\n", "  x: y\n"), "174760:4 yaml-colon-in-text"),
        "spaces before a colon": (filled(" ", "@\nopenreform", "\n"), "1:1 not-yaml"),
    }  # fmt: skip


def test_big_documents_are_refused_in_bounded_memory() -> None:
    expected = {}
    for name, (text, place_and_code) in big_documents().items():
        Path(f"{name}.yaml").write_text(text, encoding="utf-8")
        expected[f"{name}.yaml"] = place_and_code
    result = bounded("assess", *expected, "--format", "json")
    assert result.returncode == 3, result.stderr
    found: dict[str, list[dict[str, Any]]] = {}
    for problem in json.loads(result.stdout)["problems"]:
        found.setdefault(problem["path"], []).append(problem)
    firsts = {}
    for path, problems in found.items():
        assert len(problems) <= MOST_PROBLEMS + 2, path
        assert max(len(problem["message"] + problem["fix"]) for problem in problems) < 1500, path
        first = next(problem for problem in problems if problem["code"] != "more-problems")
        firsts[path] = f"{first['line']}:{first['column']} {first['code']}"
    assert firsts == expected


def test_a_problem_of_a_big_document_is_one_line() -> None:
    Path("big.yaml").write_bytes(GOOD + b"#" * (MAX_BYTES - len(GOOD) + 1))
    assert assess("big.yaml").stderr.splitlines()[0] == (
        "big.yaml: The file is larger than 1 MiB; a reform document is a few kilobytes. "
        "Keep long annexes elsewhere and link to them as evidence."
    )


def test_the_bounds_themselves_are_allowed() -> None:
    Path("just.yaml").write_bytes(GOOD + b"#" * (MAX_BYTES - len(GOOD)))
    assert assess("just.yaml").exit_code == 0
    for text in (
        f"{'[' * MAX_DEPTH}{']' * MAX_DEPTH}",
        f"[{'a,' * (MAX_VALUES - 1)}]",
        f"? {'k' * 100_000}\n: v\n",
    ):
        assert not yaml_events.read(text, "x.yaml")[1]


def test_a_big_document_on_standard_input_is_not_read_to_its_end() -> None:
    Path("big").write_bytes(GOOD + b"x" * 60_000_000)
    with Path("big").open("rb") as stdin:
        assert bounded("assess", "-", stdin=stdin).stderr.startswith("-: The file is larger than 1 MiB;")


def test_no_more_is_read_than_the_bound_allows(monkeypatch: pytest.MonkeyPatch) -> None:
    """Counted in events, which is what libyaml hands over, so that it is the same on every machine."""
    taken = 0
    parse = yaml.parse

    def counted(*arguments: Any, **options: Any) -> Iterator[Any]:
        nonlocal taken
        for event in parse(*arguments, **options):
            taken += 1
            yield event

    monkeypatch.setattr(yaml, "parse", counted)
    most = {
        "yaml-too-deep": 3 * MAX_DEPTH,
        "yaml-too-many": MAX_VALUES + MAX_DEPTH,
        "yaml-alias": MAX_VALUES + MAX_DEPTH,
    }
    seen = set()
    for name, (text, first) in big_documents().items():
        code = first.split()[1]
        if code in most:
            taken = 0
            yaml_events.read(text, "x.yaml")
            assert 0 < taken <= most[code], name
            seen.add(code)
    assert seen == set(most)


# --- Bytes that are no text, or text of another kind ----------------------------------------------------------

UTF_16 = "The file is saved as UTF-16."
BINARY = "This is not a text file: it contains binary data."
EMPTY = "The file is empty."
RANDOM = random.Random(1).randbytes(4096)
REFUSED_BYTES = {
    "nothing": (b"", f": {EMPTY}"),
    "a line end": (b"\n", f": {EMPTY}"),
    "only comments": (b"# openreform: 1\n# id: a", f": {EMPTY}"),
    "only a byte order mark": (b"\xef\xbb\xbf", f": {EMPTY}"),
    "two byte order marks": (b"\xef\xbb\xbf" * 2 + GOOD, ":1:1: There is an invisible control character (U+FEFF) here."),
    "UTF-16, little end first": (HEAD.encode("utf-16-le"), f": {UTF_16}"),
    "UTF-16, big end first": (HEAD.encode("utf-16-be"), f": {UTF_16}"),
    "UTF-16, little end first, marked": (b"\xff\xfe" + HEAD.encode("utf-16-le"), f": {UTF_16}"),
    "UTF-16, big end first, marked": (b"\xfe\xff" + HEAD.encode("utf-16-be"), f": {UTF_16}"),
    "UTF-16 of one letter": ("a".encode("utf-16-le"), f": {UTF_16}"),
    "UTF-32": (HEAD.encode("utf-32-le"), f": {BINARY}"),
    "random bytes": (RANDOM, f": {BINARY}"),
    "random bytes that begin with a zero": (b"\0\0\0" + RANDOM, f": {BINARY}"),
    "a picture": (b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR\0\0\0\x01", f": {BINARY}"),
    "a film": (b"\0\0\0\x18ftypmp42\0\0\0\0", f": {BINARY}"),
    "an icon": (b"\0\0\x01\0\x01\0\x10\x10\0\0", f": {BINARY}"),
    "compressed": (gzip.compress(GOOD, mtime=0), f": {BINARY}"),
    "a Word document": (b"PK\x03\x04\x14\x00\x06\x00", f": {BINARY}"),
    "zeros": (b"\0" * 4096, f": {BINARY}"),
    "a zero in the text": (GOOD + b"country: K\0E\n", f": {BINARY}"),
    "a zero far down in the text": (GOOD + b"# -\n" * 500 + b"country: K\0E\n", ":504:11: There is an invisible control character (U+0000) here."),
    "Latin-1": (GOOD + "status_quo: été\n".encode("latin-1"), ":4:13: The file is not UTF-8 text: the byte 0xE9 cannot be read here."),
    "Latin-1 behind a byte order mark": (b"\xef\xbb\xbf" + GOOD + b"status_quo: \xe9t\xe9\n", ":4:13: The file is not UTF-8 text: the byte 0xE9 cannot be read here."),
    "Latin-1 with carriage returns": (GOOD.replace(b"\n", b"\r") + b"status_quo: \xe9t\xe9\r", ":4:13: The file is not UTF-8 text: the byte 0xE9 cannot be read here."),
    "half a character": (GOOD + b"status_quo: \xed\xa0\xbd\n", ":4:13: The file is not UTF-8 text: the byte 0xED cannot be read here."),
    "too long a way to write a letter": (GOOD + b"status_quo: \xc1\xa1\n", ":4:13: The file is not UTF-8 text: the byte 0xC1 cannot be read here."),
    "half a character, written out": (GOOD + b'status_quo: "\\ud83d"\n', ":4:16: The number after the backslash is not that of a character."),
    "a mistake behind carriage returns": (GOOD.replace(b"\n", b"\r") + b"strat: 2025\r", ":4:1: There is no field “strat” here."),
    "a mistake behind both line ends": (GOOD.replace(b"\n", b"\r\n") + b"strat: 2025\r\n", ":4:1: There is no field “strat” here."),
}  # fmt: skip


@pytest.mark.parametrize("name", REFUSED_BYTES)
def test_bytes_that_are_no_document_are_told_apart(name: str) -> None:
    raw, said = REFUSED_BYTES[name]
    Path("x.yaml").write_bytes(raw)
    result = assess("x.yaml")
    first, last = result.stderr.splitlines()
    assert result.exit_code == 3
    assert first.startswith(f"x.yaml{said} ")
    assert last == "1 problem in 1 file."


@pytest.mark.parametrize(
    "raw",
    [
        b"\xef\xbb\xbf" + GOOD,
        GOOD.replace(b"\n", b"\r\n"),
        GOOD.replace(b"\n", b"\r"),
        GOOD.rstrip(),
        GOOD + b"\n" * 1000,
        GOOD + b"...\n",
        b"---\n" + GOOD,
        "openreform: 1\nid: a\ntitle: 👩‍💻 é 漢字 بئر\n".encode(),
        b"openreform: 1\nid: a\ntitle: 12:30:45\n",
        b"openreform: 1\nid: 0o17\ntitle: 0x1F\n",
        b"openreform: 1\nid: __proto__\ntitle: constructor\n",
    ],
)
def test_what_is_harmless_is_accepted(raw: bytes) -> None:
    Path("x.yaml").write_bytes(raw)
    result = assess("x.yaml")
    assert (result.exit_code, result.stderr) == (0, "")


def test_random_bytes_never_crash() -> None:
    source = random.Random(2)
    for _ in range(100):
        Path("x.yaml").write_bytes(source.randbytes(source.randrange(1, 400)))
        loaded = load_document(Found(Path("x.yaml"), "x.yaml", named=True), REFORM)
        assert isinstance(loaded, list)
        assert loaded


# --- Files that are none, and files that change ---------------------------------------------------------------


def test_a_pipe_that_nobody_writes_into_is_not_waited_for() -> None:
    Path("drafts").mkdir()
    os.mkfifo("drafts/pipe.yaml")
    os.mkfifo("pipe.yaml")
    result = bounded("assess", "pipe.yaml", "drafts")
    assert result.returncode == 3
    assert result.stderr.splitlines() == [
        "pipe.yaml: This is neither a file nor a folder. Name a YAML file or a folder of YAML files.",
        "drafts/pipe.yaml: This is neither a file nor a folder. Name a YAML file or a folder of YAML files.",
        "2 problems in 2 files.",
    ]
    result = bounded("framework", "check", "pipe.yaml")
    assert result.returncode == 3
    assert "pipe.yaml: This is neither a file nor a folder." in result.stderr


def test_a_pipe_that_somebody_wrote_into_is_read() -> None:
    ours, theirs = os.pipe()
    os.write(theirs, GOOD)
    os.close(theirs)
    result = bounded("assess", f"/dev/fd/{ours}", pass_fds=[ours])
    os.close(ours)
    assert (result.returncode, result.stdout[:2]) == (0, "T\n")


def test_devices_end_soon_or_are_empty() -> None:
    result = bounded("assess", "/dev/zero", "/dev/urandom", "/dev/null")
    assert result.returncode == 3
    assert [line.partition(";")[0].partition(". ")[0] for line in result.stderr.splitlines()] == [
        "/dev/zero: The file is larger than 1 MiB",
        "/dev/urandom: The file is larger than 1 MiB",
        "/dev/null: The file is empty",
        "3 problems in 3 files.",
    ]


def test_a_socket_is_no_file() -> None:
    Path("drafts").mkdir()
    with socket.socket(socket.AF_UNIX) as listening:
        listening.bind("drafts/s.yaml")
        for path in ("drafts", "drafts/s.yaml"):
            assert assess(path).stderr.startswith("drafts/s.yaml: This is neither a file nor a folder.")


def test_a_closed_standard_input_is_a_problem() -> None:
    command = f'exec "{sys.executable}" -m openreform assess - <&-'
    result = subprocess.run(["sh", "-c", command], capture_output=True, encoding="utf-8", timeout=PATIENCE, check=False)
    assert result.returncode == 3
    assert result.stderr.startswith("-: The file cannot be read: Bad file descriptor.")


def test_a_folder_named_like_a_document_is_a_folder() -> None:
    Path("x.yaml").mkdir()
    assert assess("x.yaml").stderr.startswith("x.yaml: No reform document was found here.")
    Path("x.yaml", "y.yaml").write_bytes(GOOD)
    assert assess("x.yaml").exit_code == 0
    assert assess(".").exit_code == 0


@pytest.mark.parametrize("length", [0, 1, 1100], ids=["to itself", "to another and back", "over 1,100 others"])
def test_links_that_lead_nowhere_are_problems(length: int) -> None:
    """More links than the machine follows; and more than Python would, which calls itself for each."""
    Path("drafts").mkdir()
    for number in range(length):
        Path("drafts", f"link{number}.yaml").symlink_to(f"link{number + 1}.yaml")
    Path("drafts", f"link{length}.yaml").symlink_to("link0.yaml")
    assert assess("drafts").stderr.startswith("drafts/link0.yaml: This is a link to a file that is not there.")
    result = assess("drafts/link0.yaml")
    assert result.exit_code == 3
    assert result.stderr.startswith("drafts/link0.yaml: The file cannot be read: Too many levels of symbolic links.")


def test_folders_in_folders_are_walked_however_deep() -> None:
    """Deeper than Python lets a function call itself, which is lowered here: a thousand folders take a while."""
    folder = Path("/".join("f" * 300))
    folder.mkdir(parents=True)
    (folder / "x.yaml").write_bytes(GOOD)
    limit = sys.getrecursionlimit()
    sys.setrecursionlimit(len(inspect.stack()) + 100)
    try:
        found = list(find(["f"]))
    finally:
        sys.setrecursionlimit(limit)
    assert [item.named for item in found if isinstance(item, Found)] == [False]


def test_a_file_that_vanishes_is_a_problem_and_the_others_go_on(loaded: LoadedFramework) -> None:
    for name in "abc":
        Path(f"{name}.yaml").write_bytes(HEAD.replace("id: a", f"id: {name}").encode())
    result = Run()
    assessments = run(["."], loaded, None, result)
    next(assessments)
    Path("b.yaml").unlink()
    assert [assessment.reform_id for assessment in assessments] == ["c"]
    assert [(found.path, found.message) for found in result.problems] == [
        ("b.yaml", "The file cannot be read: No such file or directory.")
    ]


def test_a_file_that_becomes_something_else_is_not_waited_for() -> None:
    Path("a.yaml").write_bytes(GOOD)
    (found,) = find(["."])
    assert isinstance(found, Found)
    Path("a.yaml").unlink()
    os.mkfifo("a.yaml")
    problem = read_text(found)
    assert isinstance(problem, Problem)
    assert problem.code == "not-a-file"


def test_a_file_that_may_not_be_read_is_a_problem_and_the_others_go_on(monkeypatch: pytest.MonkeyPatch) -> None:
    """Simulated: where the tests run as root, every file may be read."""
    Path("closed.yaml").write_bytes(GOOD)
    Path("open.yaml").write_bytes(GOOD)
    opened = os.open

    def refused(path: Any, *rest: Any, **options: Any) -> int:
        if str(path).endswith("closed.yaml"):
            raise PermissionError(13, "Permission denied", path)
        return opened(path, *rest, **options)

    monkeypatch.setattr(os, "open", refused)
    result = assess("closed.yaml", "open.yaml")
    assert result.exit_code == 3
    assert result.stdout.startswith("T\n")
    assert result.stderr.startswith("closed.yaml: The file cannot be read: Permission denied. Check that it exists")


# --- Values of the wrong kind ---------------------------------------------------------------------------------

ENDLESS = [".inf", "-.inf", ".nan", "inf", "NaN", "1e999"]
ANY = ["{a: b}", "{a: [b]}", "true"]
WRONG = {
    "text": ["[a, b]", "[[]]", *ANY],
    "name": ["[a, b]", "[[]]", *ANY],
    "id": ["a b", "''", "é", "[a]", "a" * 81, *ANY],
    "choice": ["nonsense", "''", "7", *ENDLESS, *ANY],
    "number": ["x", "''", "-5", "9" * 15, "9" * 5000, "12:30", "0o17", "0x1F", "1_0", "[5]", *ENDLESS, *ANY],
    "yes-no": ["yes", "1", "''", "[true]", "{a: b}"],
    "date": ["soon", "2025-02-30", "2025-13", "0000", "20250101", "2025-01-01T00:00:00Z", "9" * 5000, "''", *ENDLESS, *ANY],
    "reference": ["nobody", "a b", *ANY],
    "link": ["javascript:alert(1)", "x", "''", "5", *ANY],
    "codes": ["x", "5", "true", "[x]", "[]"],
    "group": ["x", "5", "true", "[]", "[{}]"],
    "elements": ["x", "5", "true", "[x]", "[5]", "[true]", "[[]]", "{a: b}"],
}  # fmt: skip
WRONG_LISTS = ["x", "5", "true", "{a: b}", "[[]]"]
WRONG_MAPPINGS = ["x", "5", "true", "[x]", "[]"]
MAPPINGS = {"frameworks", "not_applicable", "judgements", "exceptions"}
"""Sections whose fields are the ids of criteria, faults or frameworks."""

REQUIRED = {"openreform": "1", "id": "a", "title": "T"}
NEIGHBOURS = {"number": "1", "text": "x", "name": "x", "reference": "e"}


def wrong_values(field: ReformField) -> list[str]:
    if field.path in MAPPINGS:
        return WRONG_MAPPINGS
    if field.many and field.kind != "elements":
        return [*WRONG_LISTS, *(f"[{value}]" for value in WRONG[field.kind] if not value.startswith("["))]
    return WRONG[field.kind]


def with_value(field: ReformField, value: str, kind: DocumentKind[Any] = REFORM) -> str:
    """A document that gives the field this value, and the fields it cannot go without sound ones, on one line."""
    steps = field.path.split(".")
    text = f"{steps[-1]}: {value}"
    for depth in range(len(steps) - 1, 0, -1):
        section = kind.find(".".join(steps[:depth]))
        assert section is not None
        assert section.model is not None
        others = [
            f"{name}: [{NEIGHBOURS[other.kind]}]" if other.many else f"{name}: {NEIGHBOURS[other.kind]}"
            for name, other in fields_of(section.model, section.path).items()
            if other.required and name != steps[depth]
        ]
        text = "{" + ", ".join([text, *others]) + "}"
        if section.path in MAPPINGS:
            text = f"{{T1: {text}}}"
        elif section.kind == "elements":
            text = f"[{text}]"
        text = f"{steps[depth - 1]}: {text}"
    head = "".join(f"{name}: {sound}\n" for name, sound in REQUIRED.items() if name != field.path)
    head += "" if kind is REFORM else f"document: {kind.name}\n"
    return f"{text}\n{head}evidence: [{{id: e}}]\n" if steps[0] != "evidence" else f"{text}\n{head}"


@pytest.mark.parametrize("document", KINDS)
@pytest.mark.parametrize("kind", WRONG)
def test_a_value_of_the_wrong_kind_is_told_at_its_place(kind: str, document: str) -> None:
    of = kind_called(document)
    fields = [field for field in of.fields.values() if field.kind == kind]
    assert fields or (of is not REFORM and kind in {"codes", "group"})
    for field, value in [(each, value) for each in fields for value in wrong_values(each)]:
        case = f"{field.path}: {value[:40]}"
        problems = parse_document(with_value(field, value, of), "x.yaml", of)
        assert isinstance(problems, list), case
        assert [problem.line for problem in problems] == [1] * len(problems), case
        assert all(problem.column >= 1 and problem.fix for problem in problems), case
        assert any(f"'{field.name}'" in p.message or p.code.startswith(("bad-", "yaml-")) for p in problems), case


def test_every_kind_of_field_is_given_wrong_values() -> None:
    assert {field.kind for field in all_fields().values()} == set(WRONG)


@pytest.mark.parametrize("document", KINDS)
def test_the_documents_for_wrong_values_are_otherwise_sound(document: str) -> None:
    of = kind_called(document)
    sound = {"id": "a", "date": "2025", "link": "https://example.org", "yes-no": "true", **NEIGHBOURS}
    for field in of.fields.values():
        coded = field.name in {"country", "jurisdiction", "unknown"} or field.refers_to not in {None, "evidence"}
        if coded or field.path in MAPPINGS or field.kind in {"group", "elements", "codes"}:
            continue
        value = field.values[0] if field.values else sound[field.kind]
        parsed = parse_document(with_value(field, f"[{value}]" if field.many else value, of), "x.yaml", of)
        assert isinstance(parsed, Document), (field.path, parsed)
