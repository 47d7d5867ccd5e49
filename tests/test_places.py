"""Where people already are: the hook for pre-commit, the action for GitHub and the job for GitLab, run as they would be."""

import json
import os
import re
import shutil
import subprocess
import sys
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import jsonschema
import pytest
import yaml
from typer.testing import CliRunner

from conftest import ROOT, missing, need, tracked
from openreform.cli import main as cli

SOUND = ROOT / "examples" / "id-lapor.yaml"
SERVICE = "services:\n  web:\n    image: nginx\n"
SCHEMAS = ROOT / "tests" / "schemas"
PAGE = (ROOT / "docs" / "ci.md").read_text(encoding="utf-8")
_BLOCK = re.compile(r"^```yaml\n(.*?)^```$", re.MULTILINE | re.DOTALL)
_UNREACHED = re.compile(r"Failed to establish|Temporary failure|No matching distribution|Could not find a version")


def loaded(text: str) -> Any:
    """YAML as GitHub and GitLab read it: `on` is no yes."""
    return yaml.load(text, yaml.BaseLoader)


def block(containing: str) -> str:
    """The one block of the page with that in it."""
    (found,) = [text for text in _BLOCK.findall(PAGE) if containing in text]
    return str(found)


def faulty() -> str:
    """A document with faults of severity error."""
    return "openreform: 1\nid: thin\ntitle: A thin draft\nmilestones:\n  - title: Something is done\n"


def run(command: list[str], folder: Path, environment: Mapping[str, str] | None = None) -> tuple[int, str]:
    """What a program answers; skips where it cannot reach what pip installs from."""
    result = subprocess.run(
        command, cwd=folder, env={**os.environ, **(environment or {})}, check=False,
        stdout=subprocess.PIPE, stderr=subprocess.STDOUT, encoding="utf-8",
    )  # fmt: skip
    if result.returncode and _UNREACHED.search(result.stdout):
        missing(f"pip's index is not reached: {result.stdout[-2000:]}")
    return result.returncode, result.stdout


@pytest.fixture(scope="module")
def checkout(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The project as someone gets it: what git tracks, in a repository with a tag."""
    copy = tmp_path_factory.mktemp("got") / "openreform"
    for name in tracked(".", ":!tests"):
        (copy / name).parent.mkdir(parents=True, exist_ok=True)
        shutil.copyfile(ROOT / name, copy / name)
    git(copy, "init", "--quiet")
    git(copy, "add", "--all")
    git(copy, "commit", "--quiet", "--message", "x")
    git(copy, "tag", "v0.1.0")
    return copy


def git(folder: Path, *arguments: str) -> None:
    who = ["-c", "user.name=x", "-c", "user.email=x@example.org"]
    subprocess.run([need("git"), *who, *arguments], cwd=folder, check=True)


# --- Files that are no reform documents -------------------------------------------------------------------


def checked(*arguments: str) -> tuple[int, str]:
    result = CliRunner().invoke(cli.app, ["check", *arguments])
    return result.exit_code, result.stderr


def test_a_file_that_is_named_is_never_skipped_unless_asked(tmp_path: Path) -> None:
    (tmp_path / "compose.yaml").write_text(SERVICE, encoding="utf-8")
    other = str(tmp_path / "compose.yaml")
    assert checked(other)[0] == 3
    assert checked("--skip-others", other) == (0, "1 file without the field 'openreform' skipped.\n")
    assert checked("--skip-others", other, str(SOUND))[0] == checked(str(SOUND))[0]


def test_what_is_skipped_is_told_with_a_hint_at_a_slip(tmp_path: Path) -> None:
    (tmp_path / "slip.yaml").write_text("open-reform: 1\nid: x\n", encoding="utf-8")
    code, told = checked("--skip-others", str(tmp_path / "slip.yaml"))
    assert (code, told.count("did you mean 'openreform'?")) == (0, 1)


def test_a_plan_is_another_kind_and_skipped_too() -> None:
    code, told = checked("--skip-others", str(ROOT / "examples" / "plans" / "es-plan-2014.yaml"))
    assert (code, told.startswith("1 document on an action plan skipped")) == (0, True)


def test_a_broken_document_is_not_passed_over(tmp_path: Path) -> None:
    (tmp_path / "broken.yaml").write_text("openreform: 1\nid: [x\n", encoding="utf-8")
    assert checked("--skip-others", str(tmp_path / "broken.yaml"))[0] == 3


def test_a_folder_with_nothing_in_it_is_still_nothing_to_check(tmp_path: Path) -> None:
    assert checked("--skip-others", str(tmp_path))[0] == 3


# --- pre-commit -------------------------------------------------------------------------------------------


@pytest.fixture(scope="module")
def drafts(checkout: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A repository of drafts that uses the hook as the page says."""
    folder = tmp_path_factory.mktemp("drafts")
    config = block("openreform-check").replace("ADDRESS", str(checkout)).replace("files: ^drafts/", "verbose: true")
    (folder / ".pre-commit-config.yaml").write_text(config, encoding="utf-8")
    (folder / "compose.yaml").write_text(SERVICE, encoding="utf-8")
    (folder / "notes.txt").write_text("openreform: 1\n", encoding="utf-8")
    git(folder, "init", "--quiet")
    git(folder, "add", "--all")
    return folder


def hook(drafts: Path, store: Path) -> tuple[int, str]:
    git(drafts, "add", "--all")
    command = [sys.executable, "-m", "pre_commit", "run", "--all-files", "--color=never"]
    return run(command, drafts, {"PRE_COMMIT_HOME": str(store)})


def test_the_hook_runs_in_the_real_pre_commit(drafts: Path, tmp_path: Path) -> None:
    code, told = hook(drafts, tmp_path)
    assert code == 0, told
    assert "2 files without the field 'openreform' skipped." in told  # pre-commit's own configuration, and the services

    (drafts / "thin.yaml").write_text(faulty(), encoding="utf-8")
    code, told = hook(drafts, tmp_path)
    assert code == 1
    assert re.search(r"^thin\.yaml:\d+:\d+: (error|warning) F", told, re.MULTILINE), told
    assert "notes.txt" not in told

    (drafts / "thin.yaml").write_text("openreform: 1\nid: [x\n", encoding="utf-8")
    code, told = hook(drafts, tmp_path)
    assert code == 1
    assert "exit code: 3" in told


# --- GitHub -----------------------------------------------------------------------------------------------

ACTION = loaded((ROOT / "action.yml").read_text(encoding="utf-8"))
STEPS = [step for step in ACTION["runs"]["steps"] if "run" in step]
_EXPRESSION = re.compile(r"\$\{\{\s*(.*?)\s*\}\}")


def test_the_action_is_one_for_github() -> None:
    schema = json.loads((SCHEMAS / "github-action.json").read_text(encoding="utf-8"))
    jsonschema.Draft7Validator(schema).validate(yaml.safe_load((ROOT / "action.yml").read_text(encoding="utf-8")))


def test_no_script_of_the_action_holds_an_expression() -> None:
    assert not [step["name"] for step in STEPS if "${{" in step["run"]]


def test_every_input_of_the_action_is_used_and_told_on_the_page() -> None:
    used = set(re.findall(r"\$\{\{ inputs\.([\w-]+) \}\}", (ROOT / "action.yml").read_text(encoding="utf-8")))
    assert used == set(ACTION["inputs"])
    assert used == set(re.findall(r"^\| `([\w-]+)` \|(?! \|)", PAGE, re.MULTILINE))


def test_the_workflow_on_the_page_gives_the_action_what_it_takes() -> None:
    workflow = loaded(block("runs-on"))
    (step,) = [step for step in workflow["jobs"]["check"]["steps"] if "OWNER" in step["uses"]]
    assert set(step["with"]) <= set(ACTION["inputs"])


class Runner:
    """GitHub's runner, as far as the steps that run scripts see it."""

    def __init__(self, checkout: Path, folder: Path) -> None:
        self.workspace, self._checkout, self._temporary = folder / "work space", checkout, folder / "temporary"
        self.workspace.mkdir()
        self._temporary.mkdir()

    def step(self, step: Mapping[str, Any], **inputs: str) -> tuple[int, str, str, str]:
        """The code a step ends with, what it prints, what it puts on the page of the run, what it puts out."""
        known = {f"inputs.{name}": told.get("default", "") for name, told in ACTION["inputs"].items()}
        known |= {f"inputs.{name.replace('_', '-')}": value for name, value in inputs.items()}
        known["steps.python.outputs.python-path"] = sys.executable
        script, summary, output = (self._temporary / name for name in ("script.sh", "summary", "output"))
        script.write_text(step["run"], encoding="utf-8")
        summary.write_text("Before\n", encoding="utf-8")
        output.write_text("", encoding="utf-8")
        environment = {
            name: _EXPRESSION.sub(lambda found: known[found[1]], value) for name, value in step["env"].items()
        }
        environment |= {
            "GITHUB_ACTION_PATH": str(self._checkout),
            "GITHUB_OUTPUT": str(output),
            "GITHUB_STEP_SUMMARY": str(summary),
            "GITHUB_WORKSPACE": str(self.workspace),
            "RUNNER_TEMP": str(self._temporary),
        }
        shell = [need("bash"), "--noprofile", "--norc", "-eo", "pipefail", str(script)]
        code, printed = run(shell, self.workspace, environment)
        return code, printed, summary.read_text(encoding="utf-8"), output.read_text(encoding="utf-8")


@pytest.fixture(scope="module")
def runner(checkout: Path, tmp_path_factory: pytest.TempPathFactory) -> Runner:
    """A runner that has done all but the last step."""
    made = Runner(checkout, tmp_path_factory.mktemp("runner"))
    for step in STEPS[:-1]:
        code, printed, _, _ = made.step(step)
        assert code == 0, printed
    shutil.copyfile(SOUND, made.workspace / "sound.yaml")
    (made.workspace / "a draft.yaml").write_text(faulty(), encoding="utf-8")
    return made


def test_the_action_says_how_it_ended(runner: Runner) -> None:
    code, printed, summary, output = runner.step(
        STEPS[-1], summary="false", args="-f\njson=a.json", paths="missing.yaml"
    )
    assert (code, summary, output) == (2, "Before\n", "exit-code=2\n"), printed


def test_the_action_marks_lines_and_writes_a_summary(runner: Runner) -> None:
    code, printed, summary, output = runner.step(STEPS[-1], fail_on="warning", sarif="out put.sarif")
    assert (code, output) == (1, "exit-code=1\n"), printed
    assert re.search(r"^::(error|warning) .*file=a draft\.yaml,", printed, re.MULTILINE), printed
    assert summary.startswith("Before\n")
    assert "a draft.yaml" in summary
    assert json.loads((runner.workspace / "out put.sarif").read_text(encoding="utf-8"))["version"] == "2.1.0"


def test_the_action_passes_on_every_line_of_an_input(runner: Runner) -> None:
    code, printed, _, _ = runner.step(STEPS[-1], fail_on="never", paths="sound.yaml\r\n\n  \na draft.yaml\n")
    assert code == 0, printed
    code, printed, _, _ = runner.step(
        STEPS[-1], fail_on="never", paths="sound.yaml", fail_under="0\naccountability=100"
    )
    assert code == 1, printed


def test_the_name_of_a_file_is_no_command_to_the_runner(runner: Runner) -> None:
    stranger = "::stop-commands::x.yaml"
    (runner.workspace / stranger).write_text("open-reform: 1\n", encoding="utf-8")
    _, printed, _, _ = runner.step(STEPS[-1], fail_on="never", args="--skip-others", paths=f"sound.yaml\n{stranger}")
    assert f"openreform: {stranger} was skipped" in printed
    assert not re.search(r"^\s*::stop-commands", printed, re.MULTILINE)


@pytest.mark.parametrize("name", sorted(ACTION["inputs"].keys() - {"python-version", "sarif"}))
def test_what_a_caller_writes_is_never_run(runner: Runner, name: str) -> None:
    evil = "$(touch evil); touch evil; `touch evil`\n\"; touch evil; '; touch evil"
    runner.step(STEPS[-1], **{"summary": "false", name.replace("-", "_"): evil})
    assert not (runner.workspace / "evil").exists()


# --- GitLab -----------------------------------------------------------------------------------------------

TEMPLATE = ROOT / "templates" / "openreform.gitlab-ci.yml"
PIPELINE = loaded(TEMPLATE.read_text(encoding="utf-8"))


def test_the_template_and_the_page_are_pipelines_for_gitlab() -> None:
    schema = json.loads((SCHEMAS / "gitlab-ci.json").read_text(encoding="utf-8"))
    for text in (TEMPLATE.read_text(encoding="utf-8"), block("include:")):
        jsonschema.Draft7Validator(schema).validate(yaml.safe_load(text))


def job(folder: Path, **variables: str) -> tuple[int, str]:
    """The script of the job in one shell, as GitLab's runner runs it."""
    lines = ["set -eo pipefail", *PIPELINE["openreform"]["script"]]
    environment = {**PIPELINE["variables"], "CI_PROJECT_DIR": str(folder), **variables}
    return run([need("bash"), "--noprofile", "--norc", "-c", "\n".join(lines)], folder, environment)


def test_the_job_says_what_to_set(tmp_path: Path) -> None:
    code, printed = job(tmp_path)
    assert code
    assert "OPENREFORM_SOURCE: is not set; docs/ci.md says to what" in printed


def test_the_job_runs_as_the_page_says(checkout: Path, tmp_path: Path) -> None:
    shown = loaded(block("include:"))["variables"]
    assert set(shown) <= set(PIPELINE["variables"])
    source = shown["OPENREFORM_SOURCE"].replace("ADDRESS", checkout.as_uri())
    (tmp_path / "drafts").mkdir()
    (tmp_path / "drafts" / "thin.yaml").write_text(faulty(), encoding="utf-8")
    code, printed = job(tmp_path, **{**shown, "OPENREFORM_SOURCE": source})
    assert code == 1, printed
    assert "drafts/thin.yaml:" in printed
    reports = PIPELINE["openreform"]["artifacts"]["reports"]
    quality = json.loads((tmp_path / reports["codequality"]).read_text(encoding="utf-8"))
    assert {entry["location"]["path"] for entry in quality} == {"drafts/thin.yaml"}
    assert "<testsuite" in (tmp_path / reports["junit"]).read_text(encoding="utf-8")
