"""Settings: found upward, read with the place of every value, and put behind what is typed."""

import json
import os
import re
import tomllib
from pathlib import Path
from typing import Any

import jsonschema
import pytest
from typer.testing import CliRunner, Result

from conftest import ROOT
from openreform.cli import assess, check
from openreform.cli import main as cli
from openreform.loading.settings import LoadedSettings, find_settings, load_settings, parse_settings
from openreform.loading.toml_places import placed
from openreform.loading.yaml_events import Mapping, Sequence
from openreform.loading.yaml_events import Path as Way
from openreform.messages.settings import SETTING_EXAMPLES, SETTING_REFUSED, SETTING_TAKES, SETTINGS
from openreform.rendering import schemas
from openreform.settings import REFUSED, TABLES, keys_of

GOOD = "openreform: 1\nid: good\ntitle: A good reform\npublications: [{title: Figures, access: open}]\n"
PLAN = "openreform: 1\ndocument: plan\nid: plan\ntitle: A plan\n"
RUNNER = CliRunner()
KEYS = sorted(f"{table}.{key}".lstrip(".") for table in TABLES for key in keys_of(table))


def run(*arguments: str) -> Result:
    return RUNNER.invoke(cli.app, list(arguments))


def write(name: str, text: str) -> None:
    Path(name).parent.mkdir(parents=True, exist_ok=True)
    Path(name).write_text(text, encoding="utf-8")


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A repository, so that nothing above it has a say."""
    monkeypatch.chdir(tmp_path)
    Path(".git").mkdir()
    write("good.yaml", GOOD)
    return tmp_path


# --- Where values stand -----------------------------------------------------------------------------------------

PLACES = '''# a comment with key = "value"
top = "a # no comment"
"quoted.key" = 1
dotted.name.deep = true

[table]  # [not.a.table]
list = [
  "one",   # "two"
  'three', """four
"five" ""]""",
  [1, 2026-01-01 10:00:00, { inner = "x", "o\\u0074her" = [2] }],
]
literal = '\\'
[table."sub.table"]
x = 1.5
[[many]]
n = 1
[[many]]
n = 2
[many.below]
m = 3
[[many.more]]
k = 4
'''


def found_at(root: Any, way: Way = ()) -> dict[Way, tuple[int, int]]:
    inner: list[tuple[str | int, Any, tuple[int, int]]] = []
    if isinstance(root, Mapping):
        inner = [(name, value, root.values_at[name]) for name, value in root.items()]
    elif isinstance(root, Sequence):
        inner = list(zip(range(len(root)), root, root.values_at, strict=True))
    found: dict[Way, tuple[int, int]] = {}
    for step, value, place in inner:
        found |= {(*way, step): place, **found_at(value, (*way, step))}
    return found


def test_every_value_of_a_toml_has_its_place() -> None:
    root = placed(tomllib.loads(PLACES), PLACES)
    lines = PLACES.split("\n")

    def behind(*way: str | int) -> str:
        line, column = found_at(root)[way]
        return lines[line - 1][column - 1 :]

    assert behind("top").startswith('"a #')
    assert behind("quoted.key") == "1"
    assert behind("dotted", "name", "deep") == "true"
    assert behind("dotted") == "dotted.name.deep = true"
    assert behind("table", "list", 0).startswith('"one"')
    assert behind("table", "list", 1).startswith("'three'")
    assert behind("table", "list", 2) == '"""four'
    assert behind("table", "list", 3, 1).startswith("2026-01-01 10")
    assert behind("table", "list", 3, 2, "inner").startswith('"x"')
    assert behind("table", "list", 3, 2, "other", 0).startswith("2]")
    assert behind("table", "literal") == "'\\'"
    assert behind("table", "sub.table", "x") == "1.5"
    assert [behind("many", number, "n") for number in (0, 1)] == ["1", "2"]
    assert behind("many", 1, "below", "m") == "3"
    assert behind("many", 1, "more", 0, "k") == "4"


def test_every_value_of_a_real_toml_has_its_place() -> None:
    text = (ROOT / "pyproject.toml").read_text(encoding="utf-8")
    values = tomllib.loads(text)
    root = placed(values, text)
    assert root == values
    for way, (line, column) in found_at(root).items():
        assert text.split("\n")[line - 1][column - 1 :].strip(), way
        assert (line, column) != (1, 1) or way[0] == "build-system", way


# --- Which file ---------------------------------------------------------------------------------------------------


def used(path: Path) -> str | None:
    found = find_settings(path)
    assert not isinstance(found, list), found
    return found.path if found else None


def test_the_nearest_upward_is_used(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    write("openreform.toml", "")
    write("a/pyproject.toml", "[tool.openreform]\n")
    write("a/b/pyproject.toml", "[tool.other]\nname = 'openreform'\n")
    write("a/b/c/x.yaml", GOOD)
    assert used(folder) == "openreform.toml"
    assert used(folder / "a" / "b" / "c") == "a/pyproject.toml"
    monkeypatch.chdir("a/b/c")
    assert used(Path.cwd()) == "../../pyproject.toml"


def test_nothing_above_the_repository_is_used(folder: Path) -> None:
    write("openreform.toml", "")
    write("inner/.git", "gitdir: elsewhere\n")
    write("inner/drafts/x.yaml", GOOD)
    assert used(folder / "inner" / "drafts") is None
    write("inner/openreform.toml", "")
    assert used(folder / "inner" / "drafts") == "inner/openreform.toml"


def test_of_two_in_one_folder_openreform_toml_wins_and_that_is_said(folder: Path) -> None:
    write("openreform.toml", "[check]\nfail_under = 0\n")
    write("pyproject.toml", "[tool.openreform.check]\nfail_under = 99\n")
    result = run("check", "good.yaml", "--fail-on", "never")
    assert result.exit_code == 0
    assert result.stderr.splitlines()[:2] == [
        ". has both openreform.toml and [tool.openreform] in pyproject.toml; openreform.toml is used.",
        "Settings of openreform.toml: fail_under.",
    ]


@pytest.mark.parametrize("text", ["[tool.other]\n", "this is = not = toml\n", "[tool]\nopenreform = 3\n"])
def test_a_pyproject_without_settings_of_ours_is_passed_over(text: str, folder: Path) -> None:
    write("pyproject.toml", text)
    assert find_settings(folder) is None


def test_a_broken_pyproject_that_speaks_of_openreform_is_not_passed_over(folder: Path) -> None:
    write("pyproject.toml", "[tool.openreform]\ncheck = \n")
    assert run("check", "good.yaml").exit_code == 2
    assert run("check", "good.yaml", "--isolated", "--fail-on", "never").exit_code == 0


def test_hostile_settings_are_refused_at_once(folder: Path) -> None:
    for name, text in {
        "key": f"{'a.' * 60_000}a = 1\n",
        "brackets": f"x = {'[' * 100_000}",
        "braces": f"x = {'{a=' * 3000}1{'}' * 3000}",
        "number": f"x = {'9' * 100_000}\n",
    }.items():
        found = parse_settings(text, "openreform.toml")
        assert isinstance(found, list), name
        assert found[0].code in {"settings-too-deep", "settings-not-toml"}
    write("openreform.toml", "#" * 300_000)
    found = load_settings(Path("openreform.toml"))
    assert isinstance(found, list)
    assert found[0].code == "settings-too-large"


def test_a_pipe_is_no_settings_file(folder: Path) -> None:
    if not hasattr(os, "mkfifo"):
        pytest.skip("no pipes here")
    os.mkfifo("openreform.toml")
    assert find_settings(folder) is None
    write("fine.toml", 'framework = "pipe.yaml"\n')
    os.mkfifo("pipe.yaml")
    assert run("check", "good.yaml", "--config", "fine.toml").exit_code == 2


# --- Flags win ------------------------------------------------------------------------------------------------------

SET = '[check]\nfail_on = "never"\nfail_under = 90\nselect = ["F23"]\nignore = ["F02"]\nextend_select = ["F02"]\n'
FLAGS: list[tuple[list[str], int]] = [
    ([], 1),
    (["--fail-under", "0"], 0),
    (["--fail-under", "0", "--fail-on", "warning"], 1),
    (["--fail-under", "0", "--fail-on", "warning", "--ignore", "F23"], 0),
    (["--exit-zero"], 0),
    (["--isolated", "--fail-on", "never"], 0),
]


@pytest.mark.parametrize("file", ["openreform.toml", "pyproject.toml", "elsewhere/any.toml"])
@pytest.mark.parametrize(("flags", "code"), FLAGS, ids=lambda part: " ".join(part) if isinstance(part, list) else "")
def test_what_is_typed_goes_before_what_is_set(flags: list[str], code: int, file: str, folder: Path) -> None:
    write(file, SET.replace("[check]", "[tool.openreform.check]") if file == "pyproject.toml" else SET)
    named = ["--config", file] if "/" in file and "--isolated" not in flags else []
    result = run("check", "good.yaml", *named, *flags)
    assert result.exit_code == code, result.stderr


def faults(*flags: str) -> set[str]:
    report = json.loads(run("check", "good.yaml", "-f", "json", *flags).stdout)
    return {fault["id"] for each in report["assessments"] for fault in each["faults"]}


def test_which_faults_are_looked_for(folder: Path) -> None:
    everything = faults()
    assert {"F23", "F12"} < everything
    write("openreform.toml", '[check]\nselect = ["F23"]\n')
    assert faults() == {"F23"}
    assert faults("--extend-select", "F12") == {"F23", "F12"}
    assert faults("--select", "F12") == {"F12"}
    assert faults("--ignore", "F23") == set()
    write("openreform.toml", '[check]\nselect = ["F23"]\nextend_select = ["F12"]\n')
    assert faults() == {"F23", "F12"}
    assert faults("--select", "F23") == {"F23"}
    write("openreform.toml", '[check]\nignore = ["F23"]\n')
    assert faults() == everything - {"F23"}
    assert faults("--select", "F23") == {"F23"}
    assert faults("--extend-select", "F23") == everything
    assert faults("--ignore", "F12") == everything - {"F12"}


def test_a_framework_beside_the_settings_is_found_from_anywhere(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    write("frameworks/mine.yaml", "framework: 1\nextends: involve-ogp\nid: mine\ntitle: Mine\nversion: 9.9.9\n")
    write("openreform.toml", 'framework = "frameworks/mine.yaml"\n')
    write("drafts/deep/one.yaml", GOOD)
    monkeypatch.chdir("drafts/deep")
    report = json.loads(run("assess", "one.yaml", "-f", "json").stdout)
    assert report["assessments"][0]["framework"]["version"] == "9.9.9"
    other = json.loads(run("assess", "one.yaml", "-f", "json", "--framework", "involve-ogp").stdout)
    assert other["assessments"][0]["framework"]["version"] != "9.9.9"


def test_what_is_explained_and_cited_goes_by_the_framework_that_is_set(folder: Path) -> None:
    write("openreform.toml", 'framework = "ogp-irm"\n')
    for command in (["explain", "V1"], ["cases", "--criterion", "V1"]):
        told = run(*command)
        assert told.exit_code == 0, told.output
        assert "V1 Verifiable" in told.stdout
        assert told.stderr == "Settings of openreform.toml: framework.\n"
        alone = run(*command, "--isolated")
        assert alone.exit_code == 2, alone.output
        assert "V1" in alone.stderr


def test_a_link_does_not_lead_a_framework_outside(folder: Path) -> None:
    write("repo/openreform.toml", 'framework = "link.yaml"\n')
    write("secret.yaml", "framework: 1\n")
    Path("repo/link.yaml").symlink_to("../secret.yaml")
    found = load_settings(Path("repo/openreform.toml"))
    assert isinstance(found, list)
    assert found[0].code == "setting-outside"


def test_a_baseline_beside_the_settings(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    write("openreform.toml", '[check]\nbaseline = "baseline.json"\nfail_on = "info"\n')
    missing = run("check", "good.yaml")
    assert missing.exit_code == 2
    assert "There is no baseline baseline.json." in missing.stderr
    assert run("check", "good.yaml", "--write-baseline", "baseline.json").exit_code == 0
    Path("drafts").mkdir()
    monkeypatch.chdir("drafts")
    assert run("check", "../good.yaml").exit_code == 0
    assert run("check", "../good.yaml", "--isolated", "--fail-on", "info").exit_code == 1
    since = run(
        "check", "../good.yaml", "--since", "main"
    ).stderr  # the folder is no real repository: git is what is asked
    assert "leave one of them out" not in since


def test_settings_for_another_framework_are_told_with_their_line(folder: Path) -> None:
    write("openreform.toml", '[check]\nfail_under = "accountability=40"\n')
    write("plan.yaml", PLAN)
    result = run("check", "plan.yaml", "--framework", "ogp-co-creation")
    assert result.exit_code == 2
    assert (
        "openreform.toml:2:14: “accountability=40” is no threshold of the framework ogp-co-creation." in result.stderr
    )
    assert (
        run("check", "plan.yaml", "--framework", "ogp-co-creation", "--fail-under", "0", "--fail-on", "never").exit_code
        == 0
    )


def test_assess_has_settings_too(folder: Path) -> None:
    write("openreform.toml", '[assess]\nformat = "json"\nfail_under = ["transparency=90"]\n')
    result = run("assess", "good.yaml")
    assert result.exit_code == 1
    assert json.loads(result.stdout)
    assert "1 of 1 below transparency=90: good" in result.stderr
    assert run("assess", "good.yaml", "--isolated").stdout.startswith("A good reform")


@pytest.mark.parametrize(
    "flags",
    [["--config", "none.toml"], ["--config", "."], ["--config", "pyproject.toml"], ["--config", "x.toml", "--isolated"],
     ["--isolated", "--config", "x.toml"]],
    ids=" ".join,
)  # fmt: skip
@pytest.mark.parametrize("command", ["check", "assess"])
def test_wrong_use(command: str, flags: list[str], folder: Path) -> None:
    write("x.toml", "")
    write("pyproject.toml", "[project]\nname = 'openreform'\n")
    result = run(command, "good.yaml", *flags)
    assert (result.exit_code, result.stdout) == (2, "")


def test_wrong_settings_are_found_before_anything_is_assessed(folder: Path) -> None:
    write("openreform.toml", '[check]\nfail_no = "error"\nfail_on = "eror"\n')
    result = run("check", "good.yaml", "-f", "json=out.json")
    assert (result.exit_code, result.stdout, Path("out.json").exists()) == (2, "", False)
    assert result.stderr.splitlines() == [
        "The settings openreform.toml cannot be used:",
        "openreform.toml:2:1: There is no setting “fail_no” here. Did you mean 'fail_on'?",
        "openreform.toml:3:11: “eror” is not one of the values of 'fail_on'. Did you mean 'error'? The values are: error, warning, info, never.",
    ]
    assert run("check", "--help").exit_code == 0


def test_what_is_in_force_can_be_looked_at(folder: Path) -> None:
    write("openreform.toml", '[check]\nfail_under = [50, "accountability=40"]\nselect = ["F02"]\nexit_zero = true\n')
    shown = run("check", "--show-settings", "--fail-on", "info", "--select", "F23").stdout
    assert (
        shown.splitlines()
        == [
            "Settings file: openreform.toml",
            "",
            "framework            involve-ogp           default",
            "format               not set               default",
            "fail_on              info                  command line",
            "fail_under           50, accountability=40  openreform.toml:2".replace("  openreform", "  openreform"),
            "fail_coverage_under  not set               default",
            "require_gate         not set               default",
            "select               F23                   command line",
            "ignore               not set               default",
            "extend_select        not set               default",
            "baseline             not set                default",
            "exit_zero            true                  openreform.toml:4",
        ]
        or shown
    )
    assert run("check", "--show-settings", "--isolated").stdout.startswith("No settings file is in force.\n")


# --- The same in words, in the schema and in the options -----------------------------------------------------------


def test_every_setting_has_its_words() -> None:
    assert sorted(SETTINGS) == KEYS
    assert sorted(SETTING_EXAMPLES) == [key for key in KEYS if key not in TABLES]
    assert set(SETTING_TAKES) == {key.rpartition(".")[2] for key in KEYS}
    assert set(SETTING_REFUSED) == set(REFUSED)


@pytest.mark.parametrize("key", sorted(SETTING_EXAMPLES))
def test_every_example_is_sound_and_valid(key: str) -> None:
    table = key.rpartition(".")[0]
    text = (f"[{table}]\n" if table else "") + SETTING_EXAMPLES[key] + "\n"
    assert isinstance(parse_settings(text, "x.toml"), LoadedSettings)
    validator = jsonschema.Draft7Validator(schemas.settings_schema())
    assert not list(validator.iter_errors(tomllib.loads(text)))


@pytest.mark.parametrize(("command", "of"), [("check", check.check), ("assess", assess.assess)])
def test_every_setting_is_an_option_of_its_command(command: str, of: Any, folder: Path) -> None:
    shown = run(command, "--show-settings").stdout
    options = run(command, "--help").stdout
    for key in keys_of(command):
        assert f"--{key.replace('_', '-')}" in options
        assert f"\n{key} " in shown


def test_the_formats_that_can_be_set_are_those_there_are() -> None:
    schema = schemas.settings_schema()["properties"]
    assert schema["check"]["properties"]["format"]["enum"] == list(check.Format)
    assert schema["assess"]["properties"]["format"]["enum"] == list(assess.Format)
    assert schema["check"]["properties"]["fail_on"]["enum"] == list(check.FailOn)


def seen_by_a_schema() -> list[Path]:
    told = ("setting-unknown", "setting-refused", "setting-kind", "value-unknown")
    paths = sorted((ROOT / "tests" / "invalid_settings").glob("*.toml"))
    expected = [path.with_suffix(".expected").read_text(encoding="utf-8").partition("\n")[0] for path in paths]
    return [path for path, first in zip(paths, expected, strict=True) if first.endswith(told)]


@pytest.mark.parametrize("path", seen_by_a_schema(), ids=lambda path: path.stem)
def test_a_mistake_the_tool_names_is_seen_by_an_editor_too(path: Path) -> None:
    content: dict[str, Any] = tomllib.loads(path.read_text(encoding="utf-8"))
    content = content["tool"]["openreform"] if path.name.startswith("pyproject") else content
    if path.stem == "coverage_not_a_number":
        return  # JSON has no such number
    assert list(jsonschema.Draft7Validator(schemas.settings_schema()).iter_errors(content))


def test_the_schema_is_a_schema() -> None:
    jsonschema.Draft7Validator.check_schema(schemas.settings_schema())
    assert json.loads(run("schema", "settings").stdout) == schemas.settings_schema()


def test_the_page_shows_sound_settings_and_names_every_one() -> None:
    page = (ROOT / "docs" / "settings.md").read_text(encoding="utf-8")
    (shown,) = re.findall(r"^```toml\n(.*?)^```$", page, re.MULTILINE | re.DOTALL)
    assert isinstance(parse_settings(shown, "x.toml"), LoadedSettings)
    for key in KEYS:
        assert f"`{key.rpartition('.')[2]}`" in page or f"`[{key}]`" in page, key
