"""`openreform compare`: what moved is what moved, read backwards it is the reverse, and no two yardsticks are mixed."""

import json
import os
import re
import subprocess
from pathlib import Path
from typing import Any

import jsonschema
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from markdown_it import MarkdownIt
from typer.testing import CliRunner, Result

from conftest import ROOT, compare_golden, need
from openreform.assessment import SIDES, Assessment
from openreform.cli import main as cli
from openreform.comparing.changes import compare
from openreform.comparing.snapshots import snapshot_of
from openreform.comparison import Changes, Comparison, Snapshot
from openreform.loading.frameworks import LoadedFramework, bundled_names, load_bundled
from openreform.loading.json_text import MAX_BYTES
from openreform.loading.reforms import Document, parse_reform
from openreform.loading.results import parse_results
from openreform.messages.comparing import SAID
from openreform.rendering import compared, compared_json
from openreform.rendering import json as reports
from openreform.rendering.comparison_schema import comparison_schema
from openreform.rendering.papers import html, markdown
from openreform.running import assess_document, run_all
from test_strangers import HOSTILE, _Page, hostile_document, raw

RUNNER = CliRunner()
GOLDEN = ROOT / "tests" / "golden" / "compare"
DRAFTS = ROOT / "tests" / "compared"
SCHEMA = jsonschema.Draft7Validator(comparison_schema())
EXAMPLES = sorted((ROOT / "examples").glob("*.yaml"))
BEFORE = (DRAFTS / "before.yaml").read_text(encoding="utf-8")
AFTER = (DRAFTS / "after.yaml").read_text(encoding="utf-8")


def run(*arguments: str, given: str | None = None) -> Result:
    return RUNNER.invoke(cli.app, ["compare", *arguments], input=given)


def printed(*arguments: str) -> str:
    """The report on one line, wherever its lines were broken."""
    result = run(*arguments)
    assert result.exit_code == 0, result.output
    return " ".join(result.stdout.split())


def fine(*arguments: str) -> Any:
    """The comparison as JSON, held against its schema."""
    result = run(*arguments, "-f", "json")
    assert result.exit_code == 0, result.output
    told = json.loads(result.stdout)
    SCHEMA.validate(told)
    return told["comparison"]


def assessed(text: str, used: LoadedFramework, path: str = "x.yaml") -> Assessment:
    document = parse_reform(text, path)
    assert isinstance(document, Document), document
    return assess_document(document, used)


def taken(text: str, used: LoadedFramework) -> Snapshot:
    return snapshot_of(assessed(text, used))


def read_back(assessment: Assessment) -> Snapshot:
    (found,) = parse_results(reports.render([assessment], [], None), "result.json", "Overall")
    assert isinstance(found, Snapshot), found
    return found


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Two drafts to work on, and results of both."""
    (tmp_path / "drafts").mkdir()
    monkeypatch.chdir(tmp_path)
    for name, text in (("before", BEFORE), ("after", AFTER)):
        Path(f"{name}.yaml").write_text(text, encoding="utf-8")
        done = RUNNER.invoke(cli.app, ["assess", f"{name}.yaml", "-f", "json", "-o", f"{name}.json"])
        assert done.exit_code == 0, done.output
    return tmp_path


# --- What holds of every comparison -----------------------------------------------------------------------------


@pytest.fixture(scope="module")
def snapshots() -> list[Snapshot]:
    return [snapshot_of(each) for each in run_all(["examples"], load_bundled("involve-ogp"))[0]]


@pytest.fixture(autouse=True)
def _at_the_top(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> None:
    if "folder" not in request.fixturenames:
        monkeypatch.chdir(ROOT)


def agrees(one: Comparison, was: Snapshot, now: Snapshot) -> None:
    """What is told of levels, gates and faults is what the two say."""
    before, after = (
        {part.id: part for dimension in each.dimensions for part in dimension.criteria} for each in (was, now)
    )
    told = {
        (part.id, side.side): (side.was.level, side.now.level)
        for dimension in one.dimensions
        for part in dimension.criteria
        for side in part.sides
    }
    for ident, criterion in after.items():
        for side in SIDES:
            old, new = before[ident].side(side), criterion.side(side)
            levels = (old.level if old else None, new.level if new else None)
            assert told.get((ident, side), (levels[1], levels[1])) == levels
    new_faults = sum(1 for change in one.faults if change.was is None)
    gone = sum(1 for change in one.faults if change.now is None)
    assert len(was.faults) + new_faults - gone == len(now.faults)
    results = {gate.id: gate.result for gate in was.gates}
    turned = {gate.id: (gate.was.result, gate.now.result) for gate in one.gates}
    for gate in now.gates:
        assert turned.get(gate.id, (gate.result, gate.result)) == (results[gate.id], gate.result)


def test_any_two_examples_read_backwards_are_the_reverse(snapshots: list[Snapshot]) -> None:
    for was in snapshots:
        assert compare(was, was).is_empty
        for now in snapshots:
            one = compare(was, now)
            assert one.mirrored() == compare(now, was)
            assert one.is_empty == (was is now)
            agrees(one, was, now)


_FREE = ("publications", "oversight", "indicators", "concerns", "claims", "budget", "problem", "objective", "leads")
"""Sections nothing refers to: a document without them is still valid."""


@st.composite
def drafts(draw: st.DrawFn) -> str:
    """An example without some of its sections, some of its yes and no turned round."""
    text = draw(st.sampled_from(EXAMPLES)).read_text(encoding="utf-8")
    parts = re.split(r"^(?=\w+:)", text, flags=re.MULTILINE)
    out = draw(st.sets(st.sampled_from(_FREE)))
    kept = "".join(part for part in parts if part.partition(":")[0] not in out)
    if draw(st.booleans()):
        kept = kept.replace(": true", ": false")
    return kept


@settings(max_examples=40, deadline=None, derandomize=True, suppress_health_check=list(HealthCheck))
@given(drafts(), drafts())
def test_any_two_drafts_read_backwards_are_the_reverse(one: str, other: str) -> None:
    used = load_bundled("involve-ogp")
    found = []
    for text in (one, other):
        document = parse_reform(text, "x.yaml")
        if not isinstance(document, Document):
            return
        found.append(snapshot_of(assess_document(document, used)))
    was, now = found
    there = compare(was, now)
    assert there.mirrored() == compare(now, was)
    assert there.mirrored().mirrored() == there
    assert compare(now, now).is_empty
    agrees(there, was, now)


@pytest.mark.parametrize("name", bundled_names())
def test_a_result_read_back_says_what_the_document_says(name: str) -> None:
    used = load_bundled(name)
    plans = used.framework.applies_to == "plan"
    assessments, result = run_all(["examples/plans" if plans else "examples"], used)
    assert assessments
    assert not result.problems
    for assessment in assessments:
        was, now = snapshot_of(assessment), read_back(assessment)
        assert compare(was, now).is_empty
        assert compare(now, was).is_empty
        assert was.overall_title == now.overall_title
        assert was.head._replace(source="result", path="result.json") == now.head
        assert was.gates == now.gates
        assert was.step == now.step


# --- What is told -----------------------------------------------------------------------------------------------


@pytest.mark.parametrize(("form", "suffix"), [("text", "txt"), ("markdown", "md"), ("json", "json"), ("html", "html")])
def test_two_drafts(form: str, suffix: str, accept: bool) -> None:
    result = run("tests/compared/before.yaml", "tests/compared/after.yaml", "-f", form)
    assert result.exit_code == 0, result.output
    if form == "json":
        SCHEMA.validate(json.loads(result.stdout))
    if form == "text":
        assert max(map(len, result.stdout.splitlines())) <= 80
    compare_golden(GOLDEN / f"drafts.{suffix}", result.stdout, accept)


def test_two_reforms_with_practice(accept: bool) -> None:
    result = run("examples/ug-power-to-the-people.yaml", "examples/ug-act-health.yaml")
    assert result.exit_code == 0, result.output
    compare_golden(GOLDEN / "practice.txt", result.stdout, accept)


def test_practice_that_is_lower_because_more_is_counted_is_told(folder: Path) -> None:
    before = (
        "openreform: 1\nid: x\ntitle: X\nevidence: [{id: e, title: The page, kind: working, url: https://example.org}]\n"
        "publications: [{title: Figures, access: open, about: [performance], status: operational, evidence: [e]}]\n"
        "undescribed: [mechanisms, leads, instruments, oversight]\n"
    )
    more = "publications: [{title: Rules, about: [decisions]}, {title: Spending, about: [money]}, {"
    (folder / "one.yaml").write_text(before, encoding="utf-8")
    (folder / "two.yaml").write_text(before.replace("publications: [{", more), encoding="utf-8")
    told = printed("one.yaml", "two.yaml")
    assert "Transparency in practice is lower because more is counted, not because something got worse: T3, T4" in told
    assert "more is counted" not in printed("two.yaml", "one.yaml")


def test_results_and_documents_tell_the_same(folder: Path) -> None:
    names: Any = {"yaml": fine("before.yaml", "after.yaml")}
    names |= {"json": fine("before.json", "after.json"), "mixed": fine("before.json", "after.yaml")}
    levels = {}
    for name, told in names.items():
        (one,) = told["compared"]
        levels[name] = [
            [part["id"], part["promise"]["now"]["score"], [c["id"] for c in part["criteria"]]]
            for part in one["dimensions"]
        ]
        assert [gate["id"] for gate in one["gates"]] == [gate["id"] for gate in names["yaml"]["compared"][0]["gates"]]
        assert one["summary"] == names["yaml"]["compared"][0]["summary"]
        assert len(one["faults"]) == len(names["yaml"]["compared"][0]["faults"])
    assert levels["yaml"] == levels["json"] == levels["mixed"]


def test_a_fact_carries_its_line_in_both_documents(folder: Path) -> None:
    (one,) = fine("before.yaml", "after.yaml")["compared"]
    criteria = {part["id"]: part for dimension in one["dimensions"] for part in dimension["criteria"]}
    (first, *_) = criteria["A4"]["promise"]["gained"]
    assert (first["turned"], first["was"]["line"], first["now"]["line"]) == (True, 14, 14)
    (lost,) = criteria["T6"]["promise"]["lost"]
    assert lost["was"] == {"path": "publications[0]", "name": "Waiting times", "line": 12}


def test_identical_documents_changed_nothing() -> None:
    result = run("tests/compared/after.yaml", "tests/compared/after.yaml")
    assert result.exit_code == 0
    assert "Nothing changed: both are the same document." in result.stdout
    assert "Scores" not in result.stdout


def test_words_that_earn_nothing_are_no_change(folder: Path) -> None:
    Path("other.yaml").write_text(BEFORE.replace("Complaints line", "A line for complaints"), encoding="utf-8")
    assert "Nothing that is measured changed" in printed("before.yaml", "other.yaml")


def test_an_exception_covers_a_fault_and_its_end_changes(folder: Path) -> None:
    excepted = f"{BEFORE}exceptions:\n  F05: {{because: Not decided yet., by: The health board, end: 2026-03-31}}\n"
    Path("excepted.yaml").write_text(excepted, encoding="utf-8")
    Path("later.yaml").write_text(excepted.replace("2026-03-31", "2026-06-30"), encoding="utf-8")
    (one,) = fine("before.yaml", "excepted.yaml")["compared"]
    assert [(f["id"], f["was"]["excepted"], f["now"]["excepted"]) for f in one["faults"]] == [("F05", False, True)]
    text = printed("excepted.yaml", "later.yaml")
    assert "Changed: F05" in text
    assert "until 2026-03-31" in text
    assert "Excepted before and no more: F05" in printed("excepted.yaml", "before.yaml")


def test_describing_more_is_told_as_such(folder: Path) -> None:
    """A score that falls because a section is described now is not told as if something was taken out."""
    Path("less.yaml").write_text(f"{BEFORE}undescribed: [oversight]\n", encoding="utf-8")
    text = printed("less.yaml", "before.yaml")
    assert "because more of it could be assessed" in text
    assert "Promise: not assessed → level 0" in text


def test_standard_input_can_be_one_side(folder: Path) -> None:
    result = run("-", "after.yaml", given=BEFORE)
    assert result.exit_code == 0, result.output
    assert "- → after.yaml" in result.stdout
    assert run("-", "after.yaml", given=Path("before.json").read_text(encoding="utf-8")).exit_code == 0


# --- Many -------------------------------------------------------------------------------------------------------


def lay(folder: str, **texts: str) -> None:
    Path(folder).mkdir(exist_ok=True)
    for name, text in texts.items():
        Path(folder, f"{name}.yaml").write_text(text.replace("id: waiting-times", f"id: {name}"), encoding="utf-8")


def test_folders_reform_by_reform(folder: Path, accept: bool) -> None:
    lay("then", same=BEFORE, moved=BEFORE, gone=BEFORE)
    lay("later", same=BEFORE, moved=AFTER, new=AFTER)
    told = fine("then", "later")
    assert told["same"] == ["same"]
    assert [one["reform"]["now"]["id"] for one in told["compared"]] == ["moved"]
    assert ([each["id"] for each in told["added"]], [each["id"] for each in told["removed"]]) == (["new"], ["gone"])
    result = run("then", "later")
    compare_golden(GOLDEN / "folders.txt", result.stdout, accept)
    assert run("then", "later", "-f", "markdown").exit_code == run("then", "later", "-f", "html").exit_code == 0
    back = fine("later", "then")
    assert ([each["id"] for each in back["added"]], [each["id"] for each in back["removed"]]) == (["gone"], ["new"])


def test_a_result_of_several_against_their_folder(folder: Path) -> None:
    lay("then", one=BEFORE, two=BEFORE)
    RUNNER.invoke(cli.app, ["assess", "then", "-f", "json", "-o", "then.json"])
    lay("then", two=AFTER)
    told = fine("then.json", "then")
    assert told["same"] == ["one"]
    assert [one["reform"]["now"]["id"] for one in told["compared"]] == ["two"]
    assert "Nothing that is measured changed in any of them" in printed("then", "then")


# --- Yardsticks are not mixed -----------------------------------------------------------------------------------


PINNED = BEFORE.replace("id: waiting-times", "id: waiting-times\nframeworks: {involve-ogp: 0.2.0}")


def refused(*arguments: str) -> str:
    result = run(*arguments)
    assert result.exit_code == 2, result.output
    assert result.stdout == ""
    assert len(result.stderr.splitlines()) == 1
    return result.stderr


def test_two_versions_are_refused_or_both_scored_under_the_newer(folder: Path) -> None:
    Path("pinned.yaml").write_text(PINNED, encoding="utf-8")
    for pair in (("pinned.yaml", "after.yaml"), ("after.yaml", "pinned.yaml")):
        assert "Add --allow-versions to score both under 0.3.0" in refused(*pair)
    (one,) = fine("pinned.yaml", "after.yaml", "--allow-versions")["compared"]
    (plain,) = fine("before.yaml", "after.yaml")["compared"]
    assert one["rescored_from"] == {"was": "0.2.0", "now": None}
    assert one["overall"] == plain["overall"]
    assert "asks for version 0.2.0; it is scored under 0.3.0 here" in printed(
        "pinned.yaml", "after.yaml", "--allow-versions"
    )
    assert fine("pinned.yaml", "pinned.yaml")["compared"][0]["framework"]["now"]["version"] == "0.2.0"


def test_an_older_result_cannot_be_scored_anew(folder: Path) -> None:
    Path("pinned.yaml").write_text(PINNED, encoding="utf-8")
    RUNNER.invoke(cli.app, ["assess", "pinned.yaml", "-f", "json", "-o", "older.json"])
    assert "older.json is a result and cannot be scored anew" in refused("older.json", "after.yaml")
    said = refused("older.json", "after.yaml", "--allow-versions")
    assert "--framework involve-ogp@0.2.0" in said
    assert run("older.json", "before.yaml", "--framework", "involve-ogp@0.2.0").exit_code == 0
    # The newer side may be the result: the document can be scored anew.
    assert "Add --allow-versions" in refused("pinned.yaml", "after.json")
    (one,) = fine("pinned.yaml", "after.json", "--allow-versions")["compared"]
    assert one["rescored_from"]["was"] == "0.2.0"


def test_two_frameworks_are_refused(folder: Path) -> None:
    RUNNER.invoke(cli.app, ["assess", "before.yaml", "--framework", "ogp-irm", "-f", "json", "-o", "irm.json"])
    for more in ((), ("--allow-versions",)):
        assert "ogp-irm" in refused("irm.json", "after.json", *more)
        assert "two yardsticks" in refused("irm.json", "after.yaml", "--framework", "involve-ogp", *more)
    assert fine("irm.json", "after.yaml")["compared"][0]["framework"]["now"]["id"] == "ogp-irm"


def test_a_framework_changed_under_its_version_is_told_or_refused(folder: Path) -> None:
    def edited(**changes: Any) -> None:
        content = json.loads(Path("before.json").read_text(encoding="utf-8"))
        (one,) = content["assessments"]
        one["framework"]["digest"] = "sha256:0"
        one["dimensions"][0]["criteria"][0] |= changes
        Path("edited.json").write_text(json.dumps(content), encoding="utf-8")

    edited()
    assert "The file of the framework is not the same on both sides" in printed("edited.json", "after.yaml")
    edited(weight=7)
    assert "are not measured alike" in refused("edited.json", "after.yaml")


def test_days_that_differ_are_told(folder: Path) -> None:
    assert "Read as of no day before and of 2026-05-01 now" in printed(
        "before.json", "after.yaml", "--as-of", "2026-05-01"
    )


# --- git --------------------------------------------------------------------------------------------------------


def call(*arguments: str) -> None:
    names = ("-c", "user.name=A", "-c", "user.email=a@example.org", "-c", "commit.gpgsign=false")
    clean = {name: value for name, value in os.environ.items() if not name.startswith("GIT_")}
    subprocess.run(["git", *names, *arguments], capture_output=True, check=True, env=clean)


@pytest.fixture
def repository(folder: Path) -> Path:
    """before.yaml as drafts/a.yaml at the first commit, after.yaml at the second."""
    need("git")
    call("init", "-q", "-b", "main")
    lay("drafts", a=BEFORE, b=BEFORE)
    Path("drafts", ".hidden.yaml").write_text(BEFORE, encoding="utf-8")
    Path("link.yaml").symlink_to("/etc/hostname")
    Path("drafts", "notes.txt").write_text("x", encoding="utf-8")
    Path("drafts", "large.json").write_bytes(b"{" + b" " * MAX_BYTES + b"}")
    call("add", "-A")
    call("commit", "-q", "--no-verify", "-m", "one")
    lay("drafts", a=AFTER)
    call("add", "-A")
    call("commit", "-q", "--no-verify", "-m", "two")
    return folder


def test_two_revisions_of_one_draft(repository: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    told = fine("git:HEAD~1:drafts/a.yaml", "git:HEAD:drafts/a.yaml")
    assert told["compared"][0]["reform"]["was"]["path"] == "git:HEAD~1:drafts/a.yaml"
    assert told["compared"][0]["overall"] == fine("git:main~1:drafts/a.yaml", "drafts/a.yaml")["compared"][0]["overall"]
    assert told["compared"][0]["overall"] == fine("before.yaml", "after.yaml")["compared"][0]["overall"]
    assert fine("git:HEAD:before.json", "git:HEAD:after.json")["compared"]
    monkeypatch.chdir("drafts")
    assert fine("git:HEAD~1:a.yaml", "a.yaml")["compared"][0]["overall"] == told["compared"][0]["overall"]
    assert fine("git:HEAD~1:../drafts/a.yaml", "a.yaml")["compared"]


def test_a_folder_at_a_revision(repository: Path) -> None:
    told = fine("git:HEAD~1:drafts", "drafts")
    assert [one["reform"]["now"]["id"] for one in told["compared"]] == ["a"]
    assert told["same"] == ["b"]
    assert not told["added"]
    assert fine("git:HEAD:drafts/", "drafts")["same"] == ["a", "b"]


@pytest.mark.parametrize(
    ("named", "key"),
    [
        ("git:HEAD:drafts/none.yaml", "git-no-file"),
        ("git:HEAD:link.yaml", "git-no-file"),
        ("git:nobody:drafts/a.yaml", "git-no-ref"),
        ("git:--output=stolen:drafts/a.yaml", "git-no-ref"),
        ("git:-p:drafts/a.yaml", "git-no-ref"),
        ("git:HEAD HEAD:drafts/a.yaml", "git-no-ref"),
        ("git:HEAD..HEAD~1:drafts/a.yaml", "git-no-ref"),
        ("git:$(touch stolen):drafts/a.yaml", "git-no-ref"),
        ("git:HEAD:../outside.yaml", "git-outside"),
        ("git:HEAD:/etc/hostname", "git-outside"),
        ("git:HEAD:drafts/../../x.yaml", "git-outside"),
        ("git:HEAD", "git-form"),
        ("git:", "git-form"),
        ("git::drafts/a.yaml", "git-form"),
        ("git:HEAD:", "git-form"),
        ("git:HEAD:--output=stolen", "git-no-file"),
    ],
)
def test_what_git_cannot_tell_is_one_line(named: str, key: str, repository: Path) -> None:
    for pair in ((named, "after.yaml"), ("after.yaml", named)):
        said = refused(*pair)
        pattern = re.sub(r"\\{\w+\\}", ".*", re.escape(SAID[key]))
        assert re.fullmatch(pattern, said.strip()), said
    assert not Path("stolen").exists()


def test_a_large_file_at_a_revision_is_a_problem(repository: Path) -> None:
    result = run("git:HEAD:drafts/large.json", "after.yaml")
    assert result.exit_code == 3
    assert "larger than 16 MiB" in result.stderr


def test_no_git_and_no_repository(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    need("git")
    monkeypatch.setenv("GIT_CEILING_DIRECTORIES", str(folder.parent))
    assert "not in a git repository" in refused("git:HEAD:before.yaml", "after.yaml")
    monkeypatch.setenv("PATH", str(folder))
    assert "needs the program git" in refused("git:HEAD:before.yaml", "after.yaml")


# --- Strangers --------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("name", sorted(HOSTILE))
def test_nothing_a_document_says_escapes(name: str, loaded: LoadedFramework, folder: Path) -> None:
    value = HOSTILE[name]
    Path("hostile.yaml").write_text(hostile_document(value), encoding="utf-8")
    Path("plain.yaml").write_text("openreform: 1\nid: x\ntitle: Plain\n", encoding="utf-8")
    RUNNER.invoke(cli.app, ["assess", "hostile.yaml", "-f", "json", "-o", "hostile.json"])
    for hostile in ("hostile.yaml", "hostile.json"):
        for pair in ((hostile, "plain.yaml"), ("plain.yaml", hostile)):
            text, page, written = (run(*pair, "-f", form).stdout for form in ("text", "html", "markdown"))
            assert not raw(text)
            assert not raw(page)
            assert not raw(written)
            fine(*pair)
            shown = _Page()
            shown.feed(page)
            assert not shown.tags & {"script", "img", "iframe", "object", "link", "form"}
            assert not {each for each in shown.attributes if each.startswith("on")}
            tokens = MarkdownIt("commonmark").enable("table").parse(written)
            assert not {token.type for token in tokens} & {"html_block", "fence", "code_block", "hr"}
            inner = [child for token in tokens for child in token.children or []]
            assert not {child.type for child in inner} & {"image", "link_open"}
            assert all(
                re.fullmatch(r'<span id="at-[a-z0-9-]+">|</span>', child.content)
                for child in inner
                if child.type == "html_inline"
            )


def test_a_strangers_result_moves_no_cursor(folder: Path) -> None:
    content = json.loads(Path("before.json").read_text(encoding="utf-8"))

    def poison(value: Any, key: str = "") -> Any:
        if isinstance(value, dict):
            return {name: poison(part, name) for name, part in value.items()}
        if isinstance(value, list):
            return [poison(part, key) for part in value]
        free = {"title", "says", "fix", "message", "reason", "text", "name", "attribution", "test", "path", "note"}
        return f"\x1b[31m<b>{value}\u202e" if isinstance(value, str) and key in free else value

    content["assessments"] = poison(content["assessments"])
    Path("poison.json").write_text(json.dumps(content), encoding="utf-8")
    for pair in (("poison.json", "after.json"), ("after.json", "poison.json")):
        for form in ("text", "markdown", "html", "json"):
            result = run(*pair, "-f", form)
            assert result.exit_code == 0, result.output
            assert not raw(result.stdout)
            assert form != "html" or "<b>" not in result.stdout


@pytest.mark.parametrize(
    "text",
    [
        '{"tool": ' + "[" * 100_000,
        '{"tool": 1, "assessments": [' + "{}," * 100_000 + "{}]}",
        '{"tool": 1, "format": ' + "9" * 100_000 + ', "assessments": []}',
        '{"tool": 1, "format": 1, "assessments": "' + "x" * 1_000_000 + '"}',
        '{"tool": 1, "format": 1, "assessments": [{"reform": "\\ud800"}]}',
    ],
    ids=["deep", "wide", "number", "long", "half"],
)
def test_a_strangers_result_does_not_hang(text: str, folder: Path) -> None:
    Path("bad.json").write_text(text, encoding="utf-8")
    result = run("bad.json", "after.yaml")
    assert result.exit_code == 3
    assert "bad.json" in result.stderr
    assert len(result.stderr) < 5000


def test_what_is_too_large_is_a_problem(folder: Path) -> None:
    Path("large.yaml").write_text(f"{BEFORE}# {'x' * 1_100_000}\n", encoding="utf-8")
    assert "larger than 1 MiB" in run("large.yaml", "after.yaml").stderr
    Path("large.json").write_text('{"tool": 1}' + " " * MAX_BYTES, encoding="utf-8")
    assert "larger than 16 MiB" in run("large.json", "after.yaml").stderr


def test_both_sides_are_reported_whatever_is_wrong_with_one(folder: Path) -> None:
    for name in ("one", "two"):
        Path(f"{name}.yaml").write_text("openreform: 1\nid: x\ntitle: X\nstrat: 1\n", encoding="utf-8")
    result = run("one.yaml", "two.yaml", "-f", "json")
    assert result.exit_code == 3
    told = json.loads(result.stdout)
    SCHEMA.validate(told)
    assert told["comparison"] is None
    assert [each["path"] for each in told["problems"]] == ["one.yaml", "two.yaml"]


def test_the_same_structure_gives_the_same_bytes(snapshots: list[Snapshot]) -> None:
    """Everything printed comes from the structure."""
    made = [Changes("a", "b", False, (compare(snapshots[0], snapshots[1]),), (), (), ()) for _ in range(2)]
    assert made[0] == made[1]
    assert made[0].mirrored().mirrored() == made[0]
    papers = [compared.paper(each) for each in made]
    assert markdown.render(papers[0]) == markdown.render(papers[1])
    assert html.render(papers[0]) == html.render(papers[1])
    assert compared_json.as_json(made[0], [], None) == compared_json.as_json(made[1], [], None)
