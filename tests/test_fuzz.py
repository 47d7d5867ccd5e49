"""Whatever bytes, trees or frameworks it is given, the tool ends soon, in bounded memory, with a documented code and no traceback.

Every case runs in a process of its own (tests/fuzz_child.py). What was found, or breaks other readers of YAML, stays as a file in
tests/fuzzed: its first line is the command, the rest the document. `make fuzz` tries thousands of other cases each time; CI the same few
hundred.
"""

import contextlib
import copy
import json
import os
import re
import subprocess
import sys
import tempfile
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

import pytest
import yaml
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st

from conftest import ROOT
from making import example_drafts, written
from openreform.loading.frameworks import bundled_names
from openreform.reform import all_fields

MANY = int(os.environ.get("FUZZ_EXAMPLES", "0"))
"""Cases of each kind in a long run; 0 for the same few that CI tries."""
FOUND = ROOT / "tests" / "fuzzed"
CODES = {0, 1, 2, 3}
EACH = settings(
    max_examples=MANY or 30,
    deadline=None,
    derandomize=not MANY,
    database=None,
    suppress_health_check=list(HealthCheck),
    # Making a find smaller takes minutes: that is for the long run.
    phases=[Phase.explicit, Phase.generate, *([Phase.shrink] if MANY else [])],
)


class Ran:
    """What came of a case."""

    def __init__(self, code: int, stdout: str, stderr: str, folder: Path, arguments: list[str]) -> None:
        self.code, self.stdout, self.stderr, self.folder, self.arguments = code, stdout, stderr, folder, arguments


class Child:
    """The process that runs cases; started anew should it die."""

    def __init__(self) -> None:
        self.process: subprocess.Popen[str] | None = None

    def run(self, folder: Path, arguments: list[str]) -> int:
        if self.process is None or self.process.poll() is not None:
            environment = {name: value for name, value in os.environ.items() if not name.startswith("COVERAGE")}
            self.process = subprocess.Popen(
                [sys.executable, str(ROOT / "tests" / "fuzz_child.py")],
                stdin=subprocess.PIPE,
                stdout=subprocess.PIPE,
                encoding="utf-8",
                env=environment,
            )
        assert self.process.stdin is not None
        assert self.process.stdout is not None
        self.process.stdin.write(json.dumps({"folder": str(folder), "arguments": arguments}) + "\n")
        self.process.stdin.flush()
        answer = self.process.stdout.readline()
        return int(json.loads(answer)["code"]) if answer else -999

    def end(self) -> None:
        if self.process is not None:
            self.process.communicate()


CHILD = Child()


@pytest.fixture(scope="module", autouse=True)
def child() -> Iterator[None]:
    yield
    CHILD.end()


@contextlib.contextmanager
def ran(command: str, files: Mapping[str, bytes]) -> Iterator[Ran]:
    """The tool on some files, in a folder of its own; always held to the contract."""
    with tempfile.TemporaryDirectory() as made:
        folder = Path(made) / "case"
        folder.mkdir()
        for name, content in files.items():
            (folder / name).parent.mkdir(exist_ok=True)
            (folder / name).write_bytes(content)
        arguments = command.split()
        code = CHILD.run(folder, arguments)
        out, err = ((Path(made) / f"case.{name}").read_bytes().decode("utf-8") for name in ("stdout", "stderr"))
        said = (command, code, err[-1500:])
        assert code in CODES, said
        assert "Traceback" not in err, said
        if "-f json" in command and out.strip() and "-o" not in arguments:
            json.loads(out)
        left = {str(path.relative_to(folder)) for path in folder.rglob("*") if path.is_file()} - set(files)
        assert not any(re.search(r"(^|/)\.|tmp|~$", name) for name in left), (left, said)
        is_copy = (
            command.startswith("migrate") or "--apply" in command
        )  # a report tells of problems too, a copy is of something
        assert code in {0, 1} or not (left and is_copy), (left, said)
        yield Ran(code, out, err, folder, arguments)


def tried(command: str, files: Mapping[str, bytes]) -> None:
    with ran(command, files) as case:
        out = case.folder / "out"
        if out.is_file() and "-f json" in command:
            json.loads(out.read_text(encoding="utf-8"))


# --- Bytes ----------------------------------------------------------------------------------------------------

REFORM_COMMANDS = (
    "assess d.yaml",
    "assess d.yaml -f json -o out",
    "assess d.yaml --full -f html -o out",
    "check d.yaml -f json",
    "check d.yaml -f sarif",
    "plan d.yaml --target 30",
    "plan d.yaml --target 40 --apply -o out",
    "plan d.yaml --target accountability=30 -f json -o out",
    "migrate d.yaml -o out",
    "migrate d.yaml --from 0.2.0 -f json --dry-run",
)
EXAMPLES = [path.read_bytes() for path in sorted((ROOT / "examples").glob("*.yaml"))]
ODD = [
    *(b"\xef\xbb\xbf", b"\r\n", b"\r", b"\x00", b"\xff\xfe", b"\x85", b"\xe2\x80\xa8", b"\xed\xa0\x80", b"\xc0\xaf"),
    *(
        b"&a ",
        b"*a",
        b"<<: *a",
        b"!!python/object:os.system x",
        b"!x ",
        b"%YAML 1.2\n---\n",
        b"---\n",
        b"...\n",
        b"? ",
        b"- ",
    ),
    *(b": ", b"#", b'"', b"'", b"|", b">-\n", b"{", b"}", b"[", b"]", b"@", b"`", b"\t", b"~", b"[" * 40, b"{a: " * 40),
    *(
        b"9" * 400,
        b"1e999",
        b"-0",
        b".inf",
        b".nan",
        b"0x10",
        b"1_000",
        b"2025-13-45",
        b"0000",
        b"9999-12-31",
        b"12:30:45",
    ),
    *(text.encode() for text in ("\u202e", "\U0010ffff", "e\u0301" * 20, "\ufeff", "ﷺ" * 50, "İ", "ß", "𝟙")),
]


@st.composite
def spoilt(draw: st.DrawFn, texts: list[bytes]) -> bytes:
    """A real text with bytes taken out, put in, doubled or moved; perhaps in another encoding."""
    text = draw(st.sampled_from(texts))
    for _ in range(draw(st.integers(0, 6))):
        at = draw(st.integers(0, len(text)))
        end = min(len(text), at + draw(st.integers(0, 40)))
        new = draw(st.one_of(st.sampled_from(ODD), st.binary(max_size=8), st.just(text[at:end] * 2), st.just(b"")))
        text = text[:at] + new + text[end:]
    how = draw(st.sampled_from(("as it is", "bom", "crlf", "utf-16", "latin-1", "cut")))
    if how == "bom":
        return b"\xef\xbb\xbf" + text
    if how == "crlf":
        return text.replace(b"\n", b"\r\n")
    if how in {"utf-16", "latin-1"}:
        return text.decode("utf-8", "replace").encode(how, "replace")
    return text[: draw(st.integers(0, len(text)))] if how == "cut" else text


@EACH
@given(st.one_of(st.binary(max_size=400), spoilt(EXAMPLES), spoilt(EXAMPLES)), st.sampled_from(REFORM_COMMANDS))
def test_bytes(content: bytes, command: str) -> None:
    tried(command, {"d.yaml": content})


# --- Trees ----------------------------------------------------------------------------------------------------

NAMES = sorted({field.name for field in all_fields().values()})
VALUES = sorted({value for field in all_fields().values() for value in field.values})
SCALARS = st.one_of(
    st.none(),
    st.booleans(),
    st.integers(-(10**30), 10**30),
    st.floats(allow_nan=True),
    st.text(max_size=30),
    st.sampled_from(
        [
            "",
            " ",
            "-",
            "x" * 19_000,
            "a " * 3000,
            "(" * 500,
            "TBD",
            "<" * 200,
            "aaaa" * 200 + "!",
            "{noun}",
            "{0}",
            "%s",
        ]
    ),
    st.sampled_from(["2025", "2025-02-30", "0001-01-01", "9999", "2025-06", "١٩٩٩", "2025-06-01T00:00:00Z"]),
    st.sampled_from(VALUES),
    st.sampled_from(
        ["involve-ogp:T1", "T1", "F01", "ogp-irm:V1", "no-such:T1", "x.y[0]", "a[b]c[1]", "publications[0].title"]
    ),
)
TREES = st.recursive(
    SCALARS,
    lambda inner: (
        st.lists(inner, max_size=4) | st.dictionaries(st.sampled_from(NAMES) | st.text(max_size=8), inner, max_size=5)
    ),
    max_leaves=20,
)


@st.composite
def changed(draw: st.DrawFn, trees: list[Any]) -> Any:
    """A sound tree in which some parts are something else, are gone, or are there many times over."""
    tree = copy.deepcopy(draw(st.sampled_from(trees)))
    for _ in range(draw(st.integers(1, 5))):
        places = list(_places(tree))
        if len(places) > 5000:  # more of it would take longer to write than to read
            break
        holder, key = draw(st.sampled_from(places))
        what = draw(st.sampled_from(("other", "other", "gone", "more", "deep", "renamed")))
        if what == "gone":
            del holder[key]
        elif what == "more":
            holder[key] = [copy.deepcopy(holder[key])] * draw(st.sampled_from((2, 30, 600)))
        elif what == "deep":
            for _ in range(draw(st.sampled_from((3, 20, 60, 400)))):
                holder[key] = draw(st.sampled_from(([holder[key]], {"not": holder[key]}, {"all_of": [holder[key]]})))
        elif what == "renamed" and isinstance(holder, dict):
            holder[draw(st.sampled_from(NAMES) | st.text(max_size=8))] = holder.pop(key)
        else:
            holder[key] = draw(TREES)
        if not list(_places(tree)):
            break
    return tree


def _places(tree: Any) -> Iterator[tuple[Any, Any]]:
    """Every part: what holds it, and its key there. Not recursive, since what is made may be very deep."""
    waiting = [tree]
    while waiting:
        holder = waiting.pop()
        pairs = (
            list(holder.items())
            if isinstance(holder, dict)
            else list(enumerate(holder))
            if isinstance(holder, list)
            else []
        )
        for key, part in pairs:
            yield holder, key
            waiting.append(part)


def as_yaml(tree: Any) -> bytes:
    """Block YAML where the writer can, with anchors for what stands twice; else JSON."""
    try:
        return str(yaml.dump(tree, allow_unicode=True)).encode("utf-8", "surrogatepass")
    except (RecursionError, yaml.YAMLError):
        return b"[" * 3000


REFORMS = example_drafts("reform")
PLANS = example_drafts("plan")


@EACH
@given(st.one_of(TREES, changed(REFORMS), changed(REFORMS)), st.booleans(), st.sampled_from(REFORM_COMMANDS))
def test_trees(tree: Any, headed: bool, command: str) -> None:
    if headed and isinstance(tree, dict):
        tree = {**tree, "openreform": 1, "id": "x", "title": "T"}
    tried(command, {"d.yaml": as_yaml(tree)})


@EACH
@given(changed(PLANS), st.sampled_from(("assess d.yaml", "check d.yaml", "plan d.yaml --target 50 --apply -o out")))
def test_trees_of_plans(tree: Any, command: str) -> None:
    tried(f"{command} --framework ogp-co-creation", {"d.yaml": as_yaml(tree)})


# --- Frameworks -----------------------------------------------------------------------------------------------

SMALL = [
    yaml.safe_load((ROOT / "tests" / name).read_bytes())
    for name in ("small_framework.yaml", "small_plan_framework.yaml")
]
LISTS = {
    "ladder of brackets": ["(" * 5000],
    "what a pattern could go over again and again": [
        "a" * 3000 + "!",
        "(a+)+$",
        "(.*)*x",
        "\\",
        "[",
        "*" * 300,
        "^" * 99,
    ],
    "many": [f"word {number}" for number in range(20_000)],
    "signs": ["*", "**", "<*>", "", " ", "\u200b", "\n"],
}
TAILORED: list[Any] = [
    {
        "framework": 1,
        "extends": base,
        "id": "own",
        "title": "Own",
        "version": "1.0.0",
        "weights": {"T1": 5},
        "dropped": {"T2": "No."},
    }
    for base in (
        *bundled_names(),
        "fw.yaml",
        "./fw.yaml",
        "../fw.yaml",
        "/etc/passwd",
        "involve-ogp@0.2.0",
        "other.yaml",
        "a@b@c",
        "",
    )
]
FRAMEWORK_COMMANDS = (
    "framework check fw.yaml",
    "framework check fw.yaml",
    "assess d.yaml --framework fw.yaml -f json -o out",
    "check d.yaml --framework fw.yaml",
    "plan d.yaml --framework fw.yaml --target 40",
)
DOCUMENT = written(REFORMS[0]).encode()


@EACH
@given(changed(SMALL), st.sampled_from(FRAMEWORK_COMMANDS))
def test_framework_trees(tree: Any, command: str) -> None:
    tried(command, {"fw.yaml": as_yaml(tree), "d.yaml": DOCUMENT})


@EACH
@given(st.one_of(st.sampled_from(TAILORED), changed(TAILORED)), changed(TAILORED), st.sampled_from(FRAMEWORK_COMMANDS))
def test_tailored_frameworks(tree: Any, other: Any, command: str) -> None:
    tried(command, {"fw.yaml": as_yaml(tree), "other.yaml": as_yaml(other), "d.yaml": DOCUMENT})


@pytest.mark.parametrize("name", LISTS)
def test_word_lists(name: str) -> None:
    tree = copy.deepcopy(SMALL[0])
    said = {"publications": [{"title": "a" * 15_000, "standard": "a" * 15_000}], "status_quo": "(" * 19_000}
    for listed in (*tree["words"], "placeholders"):
        tree["words"][listed] = LISTS[name]
    document = json.dumps({**REFORMS[0], **said}).encode()
    for command in FRAMEWORK_COMMANDS[1:]:
        tried(command, {"fw.yaml": as_yaml(tree), "d.yaml": document})


FRAMEWORK_FILES = [path.read_bytes() for path in sorted((ROOT / "frameworks").glob("*.yaml"))]


@EACH
@given(
    spoilt([(ROOT / "tests" / "small_framework.yaml").read_bytes(), *FRAMEWORK_FILES[:1]]),
    st.sampled_from(FRAMEWORK_COMMANDS),
)
def test_framework_bytes(content: bytes, command: str) -> None:
    tried(command, {"fw.yaml": content, "d.yaml": DOCUMENT})


# --- Tables ---------------------------------------------------------------------------------------------------

TABLES = sorted((ROOT / "tests" / "import" / "tables").glob("*.csv"))
CELLS = st.one_of(
    st.text(max_size=20), st.sampled_from(["=1+1", '"', "\n", "\x00", "9" * 400, "2025-99-99", "x" * 25_000, "\ufeff"])
)
COLUMNS = yaml.safe_load((ROOT / "tests" / "import" / "tables" / "plan.mapping.yaml").read_bytes())


@st.composite
def tables(draw: st.DrawFn) -> bytes:
    if draw(st.booleans()):
        return draw(spoilt([path.read_bytes() for path in TABLES]))
    rows = draw(st.lists(st.lists(CELLS, max_size=9), max_size=5))
    sign = draw(st.sampled_from((",", ";", "\t", "|")))
    head = draw(st.sampled_from(("", sign.join(COLUMNS["columns"]) + "\n")))
    return (head + "\n".join(sign.join(row) for row in rows)).encode("utf-8", "surrogatepass")


IMPORT_COMMANDS = (
    "import t.csv --mapping ogp-commitments -o out",
    "import t.csv -o out",
    "import t.csv --mapping m.yaml -o out -f json",
)


@EACH
@given(tables(), st.one_of(st.just(COLUMNS), changed([COLUMNS])), st.sampled_from(IMPORT_COMMANDS))
def test_tables(table: bytes, mapping: Any, command: str) -> None:
    with ran(command, {"t.csv": table, "m.yaml": as_yaml(mapping)}) as case:
        out = case.folder / "out"
        made = [path for path in out.rglob("*") if path.is_file()] if out.is_dir() else []
        for path in made[:2]:  # a whole document, that the tool itself can read
            assert path.suffix in {".yaml", ".json"}
            assert path.read_text(encoding="utf-8").endswith("\n")


# --- What was found ---------------------------------------------------------------------------------------------


@pytest.mark.parametrize("path", sorted(FOUND.glob("*")), ids=lambda path: path.name)
def test_what_was_found_stays_mended(path: Path) -> None:
    command, _, content = path.read_bytes().partition(b"\n")
    name = "fw.yaml" if b"fw.yaml" in command else "t.csv" if b"t.csv" in command else "d.yaml"
    tried(command.decode().removeprefix("# "), {"d.yaml": DOCUMENT, name: content})


def test_the_bounds_hold(tmp_path: Path) -> None:
    """The child tells of what dies: without this, a case that hangs could not fail."""
    program = "import sys; sys.path.insert(0, 'tests'); import fuzz_child as f\nf.SECONDS = 1\nimport openreform.cli.main as m\nm.main = {}\nf._run('{}', [])"
    for body, expected in (("lambda: [0 for _ in iter(int, 1)]", {-24, -9}), ("lambda: bytearray(4 * 1024**3)", {71})):
        folder = tmp_path / "case"
        folder.mkdir(exist_ok=True)
        done = subprocess.run(
            [sys.executable, "-c", program.format(body, folder)], cwd=ROOT, capture_output=True, check=False, timeout=60
        )
        assert done.returncode in expected, done
