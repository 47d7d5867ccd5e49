"""`check` against what was there before: a baseline in a file, and a git revision."""

import json
import os
import re
import subprocess
import time
from collections.abc import Callable
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from typer.testing import CliRunner, Result

from conftest import ROOT, compare_golden, need
from openreform.checking import Asked, Outcome, check
from openreform.cli import main as cli
from openreform.findings import Threshold
from openreform.framework import Framework
from openreform.loading import git
from openreform.loading.baselines import load_baseline, parse_baseline
from openreform.loading.frameworks import LoadedFramework, load_bundled
from openreform.loading.json_text import MAX_BYTES
from openreform.problems import Problem
from openreform.ratchet import Against, Baseline
from openreform.rendering.baselines import baseline as as_text

GOLDEN = ROOT / "tests" / "golden" / "ratchet"
EXAMPLES = sorted((ROOT / "examples").glob("*.yaml"))
HEAD = "openreform: 1\nid: {id}\ntitle: Waiting times in hospitals\n"
TODAY = "2026-11-25"
RUNNER = CliRunner()


def strictest(framework: Framework) -> Asked:
    """More than any document gives."""
    thresholds = [Threshold(side, None, 100, side) for side in ("promise", "practice")]
    thresholds += [Threshold("practice", part.id, 100, f"practice.{part.id}") for part in framework.dimensions]
    return Asked("info", tuple(gate.id for gate in framework.gates), tuple(thresholds), 100)


def baseline_of(outcome: Outcome, framework: Framework) -> Baseline:
    """What a baseline of it, written and read, holds."""
    text = as_text({each.assessment.reform_id: each.state for each in outcome.documents}, framework)
    read = parse_baseline(text, "baseline.json", framework)
    assert isinstance(read, Baseline), read
    return read


def failing(outcome: Outcome) -> list[tuple[str, str]]:
    return [(finding.rule, finding.target) for finding in outcome.findings if finding.fails]


def run(*arguments: str) -> Result:
    return RUNNER.invoke(cli.app, ["check", *arguments])


def draft(ident: str, text: str) -> str:
    return HEAD.format(id=ident) + text


WARNED = Asked("warning")
ONE_STEP = "milestones:\n  - {id: a, title: A register of waiting times, kind: publication, due: 2026-03}\n"
NO_DATE = "  - {id: b, title: A survey of patients, kind: publication}\n"
SHARED = "publications:\n  - {title: Waiting times, access: open, status: planned}\n"


# --- A document against its own baseline ----------------------------------------------------------------------


def test_nothing_fails_against_its_own_baseline(loaded: LoadedFramework) -> None:
    asked = strictest(loaded.framework)
    paths = [str(path) for path in EXAMPLES]
    alone = check(paths, loaded, asked, None, TODAY)
    assert len(alone.fell_short) == len(EXAMPLES)
    again = check(paths, loaded, asked, None, TODAY, Against(baseline_of(alone, loaded.framework)))
    assert not again.fell_short
    assert len(again.findings) == len(alone.findings)
    assert all(finding.known for finding in again.findings if finding.kind != "problem" and not finding.exemption)
    assert not any(each.moves is None or each.moves.is_better for each in again.documents)


def test_a_baseline_is_the_same_bytes_each_time_whatever_is_asked(loaded: LoadedFramework) -> None:
    paths = [str(path) for path in EXAMPLES]
    outcomes = [
        check(paths, loaded, Asked(), None, TODAY),
        check(paths[::-1], loaded, strictest(loaded.framework)._replace(select=frozenset({"F02"})), None, TODAY),
    ]
    texts = {
        as_text({each.assessment.reform_id: each.state for each in outcome.documents}, loaded.framework)
        for outcome in outcomes
    }
    assert len(texts) == 1
    (text,) = texts
    assert "\r" not in text
    assert list(json.loads(text)["reforms"]) == sorted(json.loads(text)["reforms"])


STEP = {
    "due": "2026-06-01",
    "kind": "publication",
    "output": "A report that everybody can read",
    "quantity": "12",
    "where": "the ministry's website",
}
TOP = {
    "leads": "[{organisation: Ministry of Health, role: Head of planning, contact: plan@example.org}]",
    "budget": "{organisation: Ministry of Health, amount: 1000}",
    "start": "2026-01-01",
    "end": "2027-12-31",
    "problem": "{text: Nobody knows how long people wait, groups: [patients], baseline: 40 days}",
    "instruments": "[{title: The act on waiting times, kind: law, binding: true, status: operational}]",
    "partners": "[{name: Patients' Voice}]",
    "publications": "[{id: figures, title: Waiting times, access: open, status: planned}]",
}
SOME_FIELDS = st.sets(st.sampled_from(sorted(STEP)))
SOME_STEPS = st.lists(st.tuples(SOME_FIELDS, SOME_FIELDS), max_size=4)
"""Of each step what is there, and what is added."""
SOME_TOP = st.sets(st.sampled_from(sorted(TOP)))


def described(top: set[str], steps: list[set[str]]) -> str:
    lines = [f"{name}: {TOP[name]}" for name in sorted(top)]
    lines += ["milestones:"] * bool(steps)
    for number, step in enumerate(steps):
        parts = [
            f"id: m{number}",
            f"title: Improve report {number}",
            *(f"{name}: {STEP[name]}" for name in sorted(step)),
        ]
        lines.append(f"  - {{{', '.join(parts)}}}")
    return draft("good", "".join(f"{line}\n" for line in lines))


@settings(deadline=None, max_examples=60, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(top=SOME_TOP, more=SOME_TOP, steps=SOME_STEPS)
def test_fixing_anything_never_makes_it_fail(
    tmp_path: Path, top: set[str], more: set[str], steps: list[tuple[set[str], set[str]]]
) -> None:
    """Adding what is missing, in any order and in part, is never worse than leaving it out.

    Remarks are left aside: once a step says that it is a publication, F18 can say that all steps stand alone.
    """
    loaded = load_bundled("involve-ogp")
    path = tmp_path / "good.yaml"
    asked = strictest(loaded.framework)._replace(fail_on="warning", gates=("verifiable", "lens"))
    path.write_text(described(top, [there for there, _ in steps]), encoding="utf-8")
    before = baseline_of(check([str(path)], loaded, asked, None, TODAY), loaded.framework)
    path.write_text(described(top | more, [there | added for there, added in steps]), encoding="utf-8")
    outcome = check([str(path)], loaded, asked, None, TODAY, Against(before))
    assert not outcome.run.problems
    assert not failing(outcome)


# --- What is the same fault ------------------------------------------------------------------------------------


@pytest.fixture
def compared(tmp_path: Path, loaded: LoadedFramework) -> Callable[[str, str], Outcome]:
    def compare(before: str, after: str, asked: Asked = WARNED) -> Outcome:
        path = tmp_path / "draft.yaml"
        path.write_text(draft("draft", before), encoding="utf-8")
        then = check([str(path)], loaded, asked, None, TODAY)
        path.write_text(draft("draft", after), encoding="utf-8")
        return check([str(path)], loaded, asked, None, TODAY, Against(baseline_of(then, loaded.framework)))

    return compare


def test_lines_may_move_and_entries_change_places(
    tmp_path: Path, loaded: LoadedFramework, compared: Callable[[str, str], Outcome]
) -> None:
    entries = [
        "  - {title: A survey, kind: publication}\n",
        "  - {kind: publication, output: TBD}\n",
        "  - {title: TBD, due: 2026-01}\n",
        "  - {id: x, title: A third one}\n",
        "  - {id: y, due: 2026-02, output: TBD}\n",
    ]
    there = "milestones:\n" + "".join(entries)
    back = "\n# A note\n\nmilestones:\n" + "\n".join(entries[::-1])
    outcome = compared(there, back)
    assert not outcome.fell_short
    (tmp_path / "one.yaml").write_text(draft("one", there), encoding="utf-8")
    (tmp_path / "two.yaml").write_text(draft("one", back), encoding="utf-8")
    one, two = (
        sorted(finding.fingerprint for finding in check([str(tmp_path / name)], loaded, Asked(), None, TODAY).findings)
        for name in ("one.yaml", "two.yaml")
    )
    assert one == two
    assert {finding.rule for finding in outcome.findings} >= {"F02", "F24"}


def test_the_title_is_the_name_of_an_entry_without_an_id(compared: Callable[[str, str], Outcome]) -> None:
    entry = "milestones:\n  - {{{id}title: {title}, kind: publication}}\n"
    outcome = compared(entry.format(id="", title="A survey"), entry.format(id="", title="A census"))
    assert ("F02", "milestones/A census") in failing(outcome)
    outcome = compared(entry.format(id="id: s, ", title="A survey"), entry.format(id="id: s, ", title="A census"))
    assert not failing(outcome)


def test_of_two_with_one_name_a_third_is_new(compared: Callable[[str, str], Outcome]) -> None:
    entry = "  - {title: A meeting, kind: event}\n"
    outcome = compared("milestones:\n" + entry * 2, "milestones:\n" + entry * 3)
    assert failing(outcome).count(("F02", "milestones/A meeting")) == 1
    assert sum(1 for finding in outcome.findings if finding.rule == "F02" and finding.known) == 2
    outcome = compared("milestones:\n" + entry * 3, "milestones:\n" + entry * 2)
    (document,) = outcome.documents
    assert document.moves
    assert document.moves.gone["F02"] == 1


def test_an_exception_that_goes_leaves_a_new_fault(compared: Callable[[str, str], Outcome]) -> None:
    """What a document excepts is not in the baseline: the exception has a reason and an end, and they count."""
    steps = ONE_STEP + NO_DATE
    excepted = "exceptions: {F02: {because: The date is being agreed., by: Ministry, end: 2027-01-01}}\n"
    outcome = compared(steps + excepted, steps)
    assert ("F02", "milestones/b") in failing(outcome)
    outcome = compared(steps, steps + excepted)
    (document,) = outcome.documents
    assert not failing(outcome)
    assert document.moves
    assert "F02" not in document.moves.gone
    (finding,) = [finding for finding in outcome.findings if finding.rule == "F02"]
    assert finding.exemption
    assert not finding.known


def test_a_score_that_falls_fails_by_itself(compared: Callable[..., Outcome]) -> None:
    outcome = compared(ONE_STEP + SHARED, ONE_STEP + SHARED.replace("open", "internal"), Asked(None))
    assert {rule for rule, _ in failing(outcome)} == {"got-worse"}
    assert ("got-worse", "T") in failing(outcome)


def test_a_threshold_missed_before_fails_only_where_the_score_fell(compared: Callable[..., Outcome]) -> None:
    asked = Asked(None, (), (Threshold("promise", "T", 90, "T=90"),))
    assert not failing(compared(SHARED, SHARED + ONE_STEP, asked))
    worse = failing(compared(SHARED, SHARED.replace("open", "internal"), asked))
    assert ("threshold", "T=90") in worse
    assert ("got-worse", "T") in worse
    met_before = Asked(None, (), (Threshold("promise", "T", 3, "T=3"),))
    assert ("threshold", "T=3") in failing(compared(SHARED, ONE_STEP, met_before))


def test_describing_what_was_left_out_is_not_punished(compared: Callable[..., Outcome]) -> None:
    """Of two dimensions assessed in part, the mean may fall when the rest is described."""
    silent = "undescribed: [co_creation, mechanisms, budget]\n"
    outcome = compared(ONE_STEP + SHARED + silent, ONE_STEP + SHARED, Asked(None))
    assert not failing(outcome)


def test_a_gate_that_is_lost_fails_though_nobody_requires_it(compared: Callable[..., Outcome]) -> None:
    whole = "milestones:\n  - {id: a, title: A register, kind: publication, due: 2026-03, quantity: 1}\n"
    outcome = compared(whole, whole.replace(", due: 2026-03", ""), Asked(None))
    assert "verifiable" in {rule for rule, _ in failing(outcome)}


def test_a_new_reform_is_held_to_everything(tmp_path: Path, loaded: LoadedFramework) -> None:
    old, new = tmp_path / "old.yaml", tmp_path / "new.yaml"
    old.write_text(draft("old", ONE_STEP + NO_DATE), encoding="utf-8")
    before = baseline_of(check([str(old)], loaded, Asked(), None, TODAY), loaded.framework)
    new.write_text(draft("new", ONE_STEP + NO_DATE), encoding="utf-8")
    outcome = check([str(tmp_path)], loaded, Asked(), None, TODAY, Against(before))
    assert [each.assessment.reform_id for each in outcome.fell_short] == ["new"]


# --- The command -----------------------------------------------------------------------------------------------


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    Path("drafts").mkdir()
    Path("drafts", "one.yaml").write_text(draft("one", ONE_STEP + NO_DATE + SHARED), encoding="utf-8")
    Path("drafts", "two.yaml").write_text(draft("two", ONE_STEP + SHARED), encoding="utf-8")
    return tmp_path


def edit(name: str, old: str, new: str) -> None:
    text = Path(name).read_text(encoding="utf-8")
    assert old in text
    Path(name).write_text(text.replace(old, new), encoding="utf-8")


def told(result: Result) -> str:
    return f"{result.stdout}---\n{result.stderr}--- {result.exit_code}\n"


def test_a_baseline_from_first_to_last(folder: Path, accept: bool) -> None:
    said = told(run("drafts"))
    said += told(run("drafts", "--write-baseline", "baseline.json"))
    first = Path("baseline.json").read_bytes()
    said += told(run("drafts", "--baseline", "baseline.json"))
    edit(
        "drafts/one.yaml",
        "A survey of patients, kind: publication",
        "A survey of patients, kind: publication, due: 2026-05",
    )
    edit("drafts/two.yaml", "access: open", "access: closed")
    said += told(run("drafts", "--baseline", "baseline.json", "--write-baseline", "baseline.json"))
    assert Path("baseline.json").read_bytes() == first
    edit("drafts/two.yaml", "access: closed", "access: open")
    said += told(run("drafts", "--baseline", "baseline.json"))
    said += told(run("drafts", "--baseline", "baseline.json", "--write-baseline", "baseline.json"))
    assert Path("baseline.json").read_bytes() != first
    said += told(run("drafts", "--baseline", "baseline.json"))
    Path("drafts", "two.yaml").write_text("openreform: 2\n", encoding="utf-8")
    said += told(run("drafts", "--write-baseline", "other.json"))
    assert not Path("other.json").exists()
    compare_golden(GOLDEN / "baseline.txt", said, accept)
    compare_golden(GOLDEN / "baseline.json", Path("baseline.json").read_text(encoding="utf-8"), accept)


def test_json_says_what_is_known(folder: Path) -> None:
    run("drafts", "--write-baseline", "baseline.json")
    result = run("drafts", "--baseline", "baseline.json", "-f", "json", "--fail-under", "90")
    assert result.exit_code == 0
    for one in json.loads(result.stdout)["assessments"]:
        assert not one["falls_short"]
        assert all(found["known"] and not found["fails"] for found in [*one["faults"], *one["missed"]])
        assert one["missed"]


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (["--baseline", "nowhere.json"], "There is no baseline nowhere.json"),
        (["--baseline", "x\x1b[2J.json"], "There is no baseline x\\x1b[2J.json"),
        (["--baseline", "drafts"], "The baseline drafts cannot be used"),
        (["--baseline", "drafts/one.yaml"], "drafts/one.yaml:1:1: From here on this is not JSON"),
        (["--baseline", "a.json", "--since", "HEAD"], "--since compares with git"),
        (["--write-baseline", "a.json", "--since", "HEAD"], "leave out --since to write one"),
        (["--write-baseline", "-"], "A baseline goes to a file"),
        (["--write-baseline", "nowhere/a.json"], "there is no folder"),
        (["--write-baseline", "drafts"], "drafts cannot be written"),
        (["--write-baseline", "a.json", "-f", "json=./a.json"], "Two formats go to a.json"),
        (["--since", "-x"], "git knows no commit -x here"),
        (["--since", "HEAD", "-"], "Standard input has no earlier version"),
    ],
)
def test_wrong_use_is_found_before_anything_is_assessed(
    folder: Path, arguments: list[str], said: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    if arguments[:2] == ["--since", "-x"]:
        repository(folder)
    monkeypatch.setattr("openreform.checking.run", None)
    result = run("drafts", *arguments)
    assert result.exit_code == 2, result.output
    assert not result.stdout
    assert said in result.stderr


def test_a_baseline_of_another_version_is_refused_with_the_remedy(folder: Path) -> None:
    run("drafts", "--write-baseline", "baseline.json")
    text = Path("baseline.json").read_text(encoding="utf-8")
    Path("baseline.json").write_text(re.sub('"version": "[^"]*"', '"version": "0.0.1"', text), encoding="utf-8")
    result = run("drafts", "--baseline", "baseline.json")
    assert result.exit_code == 2
    assert "version “0.0.1” of “involve-ogp”" in result.stderr
    assert "write the baseline anew" in result.stderr


# --- Strangers' baselines --------------------------------------------------------------------------------------


def test_a_huge_or_endless_baseline_is_no_trouble(tmp_path: Path, framework: Framework) -> None:
    path = tmp_path / "b.json"
    path.write_bytes(b" " * (MAX_BYTES + 1))
    (found,) = _problems(path, framework)
    assert found.code == "baseline-too-large"
    (found,) = _problems(Path("/dev/zero"), framework) if Path("/dev/zero").exists() else (found,)
    assert found.code in {"baseline-too-large", "binary"}
    os.mkfifo(tmp_path / "pipe")
    (found,) = _problems(tmp_path / "pipe", framework)
    assert found.code == "not-a-file"


def _problems(path: Path, framework: Framework) -> list[Problem]:
    found = load_baseline(str(path), framework)
    assert isinstance(found, list)
    return found


@pytest.mark.parametrize(
    "text",
    [
        "[" * 1_000_000,
        '{"a":' * 1_000_000,
        '"' + '\\"' * 1_000_000,
        '{"baseline": 1, "x": "' + "\\" * 999_999,
        '{"baseline": 1, "reforms": {' + ", ".join(f'"r{n}": 1' for n in range(100_000)) + "}}",
        '{"baseline": 1, "reforms": {' + ", ".join(f'"r{n}": 1' for n in range(100_000)) + ', "r9": 1}}',
        '{"baseline": 1, "reforms": [' + "1," * 500_000 + "1]}",
        '{"baseline": ' + "1" * 1_000_000 + "}",
    ],
    ids=range(8),
)
def test_a_strangers_baseline_does_not_hang(text: str, framework: Framework) -> None:
    start = time.monotonic()
    found = parse_baseline(text, "b.json", framework)
    assert isinstance(found, list)
    assert 1 <= len(found) <= 10
    assert time.monotonic() - start < 20


def test_nothing_a_baseline_says_moves_a_cursor(folder: Path) -> None:
    evil = "\\u001b[2J\\u202e\\n::error::"
    for text in (
        f'{{"baseline": "{evil}"}}',
        f'{{"baseline": 1, "{evil}": 1}}',
        (ROOT / "tests" / "baseline.json").read_text(encoding="utf-8").replace("involve-ogp", evil),
        (ROOT / "tests" / "baseline.json").read_text(encoding="utf-8").replace('"failed"', f'"{evil}"'),
    ):
        Path("evil.json").write_text(text, encoding="utf-8")
        result = run("drafts", "--baseline", "evil.json")
        assert result.exit_code == 2
        assert "\x1b" not in result.stderr
        assert "\u202e" not in result.stderr
        assert "\n::error" not in result.stderr


def test_a_baseline_may_name_what_the_framework_does_not_have(folder: Path) -> None:
    """Written by hand, or by a later version: it says nothing of what is checked, and hurts nothing."""
    run("drafts", "--write-baseline", "b.json")
    held = json.loads(Path("b.json").read_text(encoding="utf-8"))
    one = held["reforms"]["one"]
    one["gates"]["\x1bnew"] = "passed"
    one["promise"]["dimensions"]["\x1bZ"] = {"score": 50, "coverage": 1}
    one["faults"].append({"rule": "F\x1b99", "target": "x/y", "count": 10**30})
    one["faults"].append(one["faults"][0])
    Path("b.json").write_text(json.dumps(held), encoding="utf-8")
    result = run("drafts", "--baseline", "b.json")
    assert result.exit_code == 0, result.output
    assert "\x1b" not in result.stderr


# --- Since a git revision --------------------------------------------------------------------------------------


def repository(folder: Path, *, commit: bool = True) -> None:
    need("git")
    call(folder, "init", "-q")
    if commit:
        keep(folder)


def call(folder: Path, *arguments: str) -> str:
    names = ("-c", "user.name=A", "-c", "user.email=a@example.org", "-c", "commit.gpgsign=false")
    clean = {name: value for name, value in os.environ.items() if not name.startswith("GIT_")}
    done = subprocess.run(
        ["git", *names, *arguments], cwd=folder, capture_output=True, encoding="utf-8", check=True, env=clean
    )
    return done.stdout.strip()


def keep(folder: Path) -> None:
    call(folder, "add", "-A")
    call(folder, "commit", "-q", "--no-verify", "-m", "x")


def test_since_a_revision_from_first_to_last(folder: Path, accept: bool) -> None:
    repository(folder)
    said = told(run("drafts", "--since", "HEAD"))
    edit(
        "drafts/one.yaml",
        "A survey of patients, kind: publication",
        "A survey of patients, kind: publication, due: 2026-05",
    )
    edit("drafts/two.yaml", "access: open", "access: closed")
    said += told(run("drafts", "--since", "HEAD"))
    edit("drafts/two.yaml", "access: closed", "access: open")
    Path("drafts", "sub").mkdir()
    Path("drafts", "one.yaml").rename(Path("drafts", "sub", "eins zwei é.yaml"))
    Path("drafts", "two.yaml").unlink()
    Path("drafts", "three.yaml").write_text(draft("three", NO_DATE.join(["milestones:\n", ""])), encoding="utf-8")
    said += told(run("drafts", "--since", "HEAD"))
    keep(folder)
    said += told(run("drafts", "--since", "HEAD~1", "--fail-on", "never"))
    compare_golden(GOLDEN / "since.txt", said, accept)


def test_an_unchanged_draft_is_not_checked_and_a_broken_one_neither(folder: Path) -> None:
    Path("drafts", "broken.yaml").write_text("openreform: 2\n", encoding="utf-8")
    repository(folder)
    assert run("drafts").exit_code == 3
    result = run("drafts", "--since", "HEAD")
    assert result.exit_code == 0
    assert not result.stdout
    edit("drafts/broken.yaml", "openreform: 2\n", draft("mended", ONE_STEP + NO_DATE))
    result = run("drafts", "--since", "HEAD")
    assert result.exit_code == 1
    assert "drafts/broken.yaml could not be assessed as it was at HEAD" in result.stderr
    edit("drafts/broken.yaml", "openreform: 1\n", "openreform: 3\n")
    assert run("drafts", "--since", "HEAD").exit_code == 3


@pytest.mark.parametrize(
    "name",
    ["with space.yaml", "été ☂.yaml", "-x.yaml", "--help.yaml", "a\nb.yaml", 'q"u\\o.yaml', "a\tb.yaml", "*.yaml"],
)
def test_any_name_of_a_file(folder: Path, name: str) -> None:
    path = Path("drafts", name)
    path.write_text(draft("odd", ONE_STEP + NO_DATE), encoding="utf-8")
    repository(folder)
    edit(str(path), "A survey of patients", "A survey of all patients")
    result = run("drafts", "--since", "HEAD", "-f", "json")
    assert result.exit_code == 0, result.output
    (one,) = json.loads(result.stdout)["assessments"]
    assert next(fault for fault in one["faults"] if fault["id"] == "F02")["known"]
    path.unlink()
    result = run("drafts", "--since", "HEAD")
    assert result.exit_code == 0
    assert "Deleted since HEAD" in result.stderr
    assert result.stderr.count("\n") == 2


def test_two_drafts_that_changed_places_are_known_by_their_ids(folder: Path) -> None:
    repository(folder)
    one, two = Path("drafts", "one.yaml"), Path("drafts", "two.yaml")
    texts = one.read_text(encoding="utf-8"), two.read_text(encoding="utf-8")
    one.write_text(texts[1], encoding="utf-8")
    two.write_text(texts[0], encoding="utf-8")
    result = run("drafts", "--since", "HEAD", "--fail-on", "info")
    assert result.exit_code == 0, result.output


def test_a_draft_with_a_new_id_is_still_the_draft_at_its_path(folder: Path) -> None:
    repository(folder)
    edit("drafts/one.yaml", "id: one", "id: uno")
    assert run("drafts", "--since", "HEAD", "--fail-on", "info").exit_code == 0
    edit("drafts/two.yaml", "id: two", "id: one")  # now another bears its id: what stood at one.yaml went there
    assert run("drafts", "--since", "HEAD", "--fail-on", "info").exit_code == 1


def test_line_ends_alone_are_no_change(folder: Path) -> None:
    repository(folder)
    path = Path("drafts", "one.yaml")
    path.write_bytes(path.read_bytes().replace(b"\n", b"\r\n"))
    assert "No draft changed" in run("drafts", "--since", "HEAD").stderr


def test_from_within_a_folder_and_for_one_file(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    repository(folder)
    edit("drafts/one.yaml", "A survey of patients", "A survey")
    monkeypatch.chdir(folder / "drafts")
    assert "1 of 2 files changed" in run(".", "--since", "HEAD").stderr
    assert "1 of 1 files changed" in run("one.yaml", "--since", "HEAD").stderr
    result = run("two.yaml", "--since", "HEAD")
    assert result.exit_code == 0
    assert "No draft changed" in result.stderr


def test_no_repository_no_commit_two_repositories_no_git(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    need("git")
    monkeypatch.setenv("GIT_CEILING_DIRECTORIES", str(folder.parent))
    result = run("drafts", "--since", "HEAD")
    assert result.exit_code == 2
    assert "drafts is not in a git repository" in result.stderr
    repository(folder, commit=False)
    assert "git knows no commit HEAD here" in run("drafts", "--since", "HEAD").stderr
    keep(folder)
    refs = "nowhere", "HEAD:drafts", "^HEAD", "HEAD..HEAD", "--all", "-", "", " ", "a\nb", "HEAD^{tree}", "\x1b[2J"
    for ref in refs:
        result = run("drafts", "--since", ref)
        assert result.exit_code == 2, ref
        assert "git knows no commit" in result.stderr
        assert "\x1b" not in result.stderr
    Path("other").mkdir()
    Path("other", "x.yaml").write_text(draft("x", ONE_STEP), encoding="utf-8")
    repository(folder / "other")
    assert "are in two git repositories" in run("drafts", "other", "--since", "HEAD").stderr
    monkeypatch.setenv("PATH", str(folder))
    result = run("drafts", "--since", "HEAD")
    assert result.exit_code == 2
    assert "needs the program git" in result.stderr


def test_a_git_that_hangs_is_given_up(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    repository(folder)
    fake = folder / "bin" / "git"
    fake.parent.mkdir()
    fake.write_text("#!/bin/sh\nexec sleep 30\n", encoding="utf-8")
    fake.chmod(0o755)
    monkeypatch.setenv("PATH", f"{fake.parent}{os.pathsep}{os.environ['PATH']}")
    monkeypatch.setattr(git, "LIMIT", 0.2)
    result = run("drafts", "--since", "HEAD")
    assert result.exit_code == 2
    assert "took longer than" in result.stderr


def test_a_hostile_repository_runs_nothing(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Pagers, file monitors, external diffs, filters, text conversion, hooks: each would leave a mark."""
    repository(folder)
    program = folder / "evil.sh"
    program.write_text(f"#!/bin/sh\ntouch '{folder}/ran'\ncat\n", encoding="utf-8")
    program.chmod(0o755)
    (folder / ".gitattributes").write_text("*.yaml diff=evil filter=evil\n", encoding="utf-8")
    for key in (
        "core.pager", "core.fsmonitor", "core.sshCommand", "core.editor", "diff.external", "diff.evil.command",
        "diff.evil.textconv", "filter.evil.clean", "filter.evil.smudge", "filter.evil.process", "pager.ls-tree",
        "pager.cat-file", "pager.rev-parse", "credential.helper", "core.askPass", "core.alternateRefsCommand",
    ):  # fmt: skip
        with (folder / ".git" / "config").open("a", encoding="utf-8") as config:
            section, _, name = key.rpartition(".")
            top, _, sub = section.partition(".")
            config.write(f"[{top}{f' {chr(34)}{sub}{chr(34)}' if sub else ''}]\n\t{name} = {program}\n")
    for hook in ("post-index-change", "post-checkout", "fsmonitor-watchman", "reference-transaction"):
        (folder / ".git" / "hooks").mkdir(exist_ok=True)
        (folder / ".git" / "hooks" / hook).write_bytes(program.read_bytes())
        (folder / ".git" / "hooks" / hook).chmod(0o755)
    for name in ("GIT_PAGER", "GIT_EXTERNAL_DIFF", "PAGER"):
        monkeypatch.setenv(name, str(program))
    monkeypatch.setenv("GIT_DIR", str(folder / "nowhere"))
    edit("drafts/one.yaml", "A survey of patients", "A survey")
    result = run("drafts", "--since", "HEAD")
    assert result.exit_code == 0, result.output
    assert "1 of 2 files changed" in result.stderr
    assert not (folder / "ran").exists()


def test_what_git_holds_may_be_huge_or_no_text(folder: Path) -> None:
    path = Path("drafts", "one.yaml")
    text = path.read_bytes()
    for content in (b"openreform: 1\n" + b"#" * 2_000_000, b"openreform\x00\xff\xfe", b"openreform: [" * 50_000):
        path.write_bytes(content)
        if (folder / ".git").exists():
            keep(folder)
        else:
            repository(folder)
        path.write_bytes(text)
        assert run("drafts", "--since", "HEAD").exit_code == 1  # a step without a date, and nothing to hold it against
