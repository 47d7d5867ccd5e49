"""The house itself: its floors, its package, its words."""

import ast
import re
import shutil
import subprocess
import sys
import zipfile
from pathlib import Path

from conftest import ROOT, tracked
from openreform import messages
from openreform.cli import main as cli
from openreform.library import Library
from openreform.loading.frameworks import bundled_names, load_bundled
from openreform.messages import cases, commands, papers, reports

SOURCE = ROOT / "src" / "openreform"


def has_cases(name: str) -> bool:
    return len(Library(load_bundled(name))) > 0


def test_a_room_uses_lower_floors_only() -> None:
    tool = Path(sys.executable).parent / "lint-imports"
    result = subprocess.run([tool, "--no-cache"], cwd=ROOT, capture_output=True, encoding="utf-8", check=False)
    assert result.returncode == 0, result.stdout
    assert "0 broken" in result.stdout


def test_the_wheel_holds_every_tracked_file_and_no_other(tmp_path: Path) -> None:
    """An explicit list of packages loses a new folder silently; this finds it."""
    copy = tmp_path / "copy"
    for name in tracked():
        (copy / name).parent.mkdir(parents=True, exist_ok=True)
        shutil.copyfile(ROOT / name, copy / name)
    build = [sys.executable, "-m", "build", "--wheel", "--no-isolation", "--outdir", str(tmp_path), str(copy)]
    subprocess.run(build, check=True, capture_output=True)
    (wheel,) = tmp_path.glob("*.whl")
    held = {name for name in zipfile.ZipFile(wheel).namelist() if ".dist-info/" not in name}
    expected = {name.removeprefix("src/") for name in tracked("src")}
    expected |= {f"openreform/{name}" for name in tracked("examples", "frameworks")}
    expected |= {
        f"openreform/{name[:-5]}.prepared"
        for name in tracked("frameworks")
        if name.endswith(".yaml") and "/common/" not in name
    }
    expected |= {f"openreform/examples/{name}.prepared" for name in bundled_names() if has_cases(name)}
    assert held == expected


def test_every_sentence_of_the_catalogue_is_used() -> None:
    """A key stands in the code in quotes, or is put together from one of these beginnings."""
    code = "".join(
        path.read_text(encoding="utf-8")
        for path in (*SOURCE.rglob("*.py"), *SOURCE.rglob("*.j2"))
        if path.parent.name != messages.__name__.rpartition(".")[2]
    )
    made = ("gate-", "role-", "status-", "kind-", "count-", "for-", "holds-", "skipped-", "untailored-")
    for catalogue in (
        reports.TEXT,
        reports.EXPLAIN,
        reports.CHAPTER,
        reports.FORM,
        reports.PAGE,
        reports.REASONS,
        reports.OVERALL,
        reports.VERDICT,
        reports.GATES,
        commands.SAID,
        cases.CASES,
        papers.PAPER,
        papers.MISSING,
    ):
        for key in catalogue:
            base = key.removesuffix("-plan")
            of_plans = base != key and base in catalogue  # found by messages.reports.said
            assert f'"{key}"' in code or f"'{key}'" in code or key.startswith(made) or of_plans, key


def sentences_in(path: Path) -> list[tuple[int, str]]:
    """Text of three words or more in a module that is neither a docstring nor part of an expression of its own kind."""
    tree = ast.parse(path.read_text(encoding="utf-8"))
    docs = {
        id(node.body[0].value)
        for node in ast.walk(tree)
        if isinstance(node, ast.Module | ast.ClassDef | ast.FunctionDef)
        and node.body
        and isinstance(node.body[0], ast.Expr)
    }
    after = {id(node.value) for node in ast.walk(tree) if isinstance(node, ast.Expr)}
    return [
        (node.lineno, node.value)
        for node in ast.walk(tree)
        if isinstance(node, ast.Constant)
        and isinstance(node.value, str)
        and id(node) not in docs | after
        and re.search(r"[A-Za-z]{2,} [a-z]{2,} [a-z]{2,}", node.value)
    ]


def test_every_sentence_stands_in_the_catalogue() -> None:
    """Every sentence a person reads is in openreform.messages, a template or framework data, so that it can be translated."""
    allowed = {
        "the version is 1",
        " has no attribute ",  # to programmers, in Python's own words
        "no such day",  # never shown: pydantic wants a text with an error, the catalogue's is printed
        # what libyaml says, to tell its errors apart
        *("cannot start any token", "block sequence entries", "could not find expected ':'"),
        *("mapping values are not allowed", "expected node content"),
    }
    found = [
        (path.relative_to(SOURCE).as_posix(), line, text)
        for path in sorted(SOURCE.rglob("*.py"))
        if path.parent.name != "messages"
        for line, text in sentences_in(path)
        if text not in allowed
    ]
    assert not found


def test_every_command_has_help_and_stands_in_the_readme() -> None:
    readme = (ROOT / "README.md").read_text(encoding="utf-8")
    for command in cli.app.registered_commands:
        assert command.help
        assert command.callback is not None
        assert f"openreform {command.name or command.callback.__name__}" in readme


def test_nothing_tells_where_it_was_made() -> None:
    """No path of a machine, no registry's host name, in any tracked file."""
    forbidden = re.compile(r"(?<![\w.-])/(?:home|Users|work|root)/\w|pypi\.org|files\.pythonhosted|registry\.npmjs")
    for name in sorted(tracked()):
        path = ROOT / name
        if (
            path.suffix in {".py", ".md", ".yaml", ".toml", ".txt", ".json", ".expected", ""}
            and path.name != "test_house.py"
        ):
            found = forbidden.search(path.read_text(encoding="utf-8", errors="replace"))
            assert found is None, (name, found)
