"""Docs that run: every console block of README and docs is typed and must answer as it says."""

import io
import os
import re
import subprocess
import sys
from contextlib import redirect_stdout
from pathlib import Path

import pytest

from conftest import ROOT, need
from openreform.framework import PARTS
from openreform.loading.frameworks import LoadedFramework, parse_framework
from openreform.loading.mappings import load_mapping, parse_mapping
from openreform.mapping import Column, Heading, ListOf, SourceMapping

PAGES = [ROOT / "README.md", ROOT / "CONTRIBUTING.md", *sorted((ROOT / "docs").glob("*.md"))]
FROM_THE_START = ROOT / "docs" / "frameworks.md"
"""Its commands follow one another, in a folder that is empty at first."""
_BLOCK = re.compile(r"^```console\n(.*?)^```$", re.MULTILINE | re.DOTALL)


def sessions() -> list[tuple[str, str, str]]:
    """Page, command, and the output shown for it; of pages whose commands stand each for itself."""
    found: list[tuple[str, str, str]] = []
    for page in PAGES:
        if page == FROM_THE_START:
            continue
        for block in _BLOCK.findall(page.read_text(encoding="utf-8")):
            for part in re.split(r"^\$ ", block, flags=re.MULTILINE)[1:]:
                command, _, shown = part.partition("\n")
                found.append((page.name, command, shown))
    return found


@pytest.mark.parametrize(("page", "command", "shown"), sessions(), ids=lambda part: str(part)[:40].strip())
def test_a_console_block_answers_as_shown(page: str, command: str, shown: str) -> None:
    assert typed(command, ROOT) == shown.rstrip("\n"), page


def typed(command: str, folder: Path) -> str:
    """What a person sees who types a command there."""
    need("bash")
    environment = {**os.environ, "PATH": f"{Path(sys.executable).parent}{os.pathsep}{os.environ['PATH']}"}
    result = subprocess.run(
        ["bash", "-c", command], cwd=folder, capture_output=True, encoding="utf-8", env=environment, check=False
    )
    return (result.stdout + result.stderr).rstrip("\n")


def test_a_framework_is_written_as_the_page_says(tmp_path: Path) -> None:
    """Block by block, from an empty folder: what is shown as YAML goes where the page says, what is typed answers as shown."""
    framework = tmp_path / "listen.yaml"
    seen = 0
    for kind, block in re.findall(
        r"^```(console|yaml)\n(.*?)^```$", FROM_THE_START.read_text(encoding="utf-8"), re.MULTILINE | re.DOTALL
    ):
        if kind == "console":
            for part in re.split(r"^\$ ", block, flags=re.MULTILINE)[1:]:
                command, _, shown = part.partition("\n")
                assert typed(command, tmp_path) == shown.rstrip("\n")
                seen += 1
        elif block.startswith("# "):
            (tmp_path / block.partition("\n")[0].removeprefix("# ")).write_text(block, encoding="utf-8")
        elif block.startswith("  - id: "):
            below = framework.read_text(encoding="utf-8").replace("\n# Pass or fail", f"\n{block}\n# Pass or fail")
            framework.write_text(below, encoding="utf-8")
        else:
            assert isinstance(parse_framework(block, "tailored.yaml"), LoadedFramework)
            seen += 1
    assert seen == 9


def test_the_library_answers_as_the_page_says(monkeypatch: pytest.MonkeyPatch, accept: bool) -> None:
    """Block by block, as one program: what a block of Python prints is what the block of text below it shows."""
    monkeypatch.chdir(ROOT)
    page = ROOT / "docs" / "library.md"
    text = page.read_text(encoding="utf-8")
    known: dict[str, object] = {}
    written = text
    pairs = re.findall(r"^```python\n(.*?)^```\n\n```text\n(.*?)^```$", text, re.MULTILINE | re.DOTALL)
    for program, shown in pairs:
        printed = io.StringIO()
        with redirect_stdout(printed):
            exec(compile(program, str(page), "exec"), known)
        if accept:
            before = f"```python\n{program}```\n\n```text\n"
            written = written.replace(f"{before}{shown}```", f"{before}{printed.getvalue()}```")
        else:
            assert printed.getvalue() == shown, program
    if accept:
        page.write_text(written, encoding="utf-8", newline="\n")
    assert len(pairs) == text.count("```python") > 5


def test_every_field_of_a_framework_is_documented() -> None:
    page = FROM_THE_START.read_text(encoding="utf-8")
    for part in PARTS.values():
        for name, info in part.model_fields.items():
            written = info.alias or name
            assert re.search(rf"`[^`]*\b{written}\b[^`]*`", page) or name in {"fields", "heir_of"}, (
                part.__name__,
                written,
            )


def test_the_readme_has_console_blocks() -> None:
    assert any(page == "README.md" for page, _, _ in sessions())


def test_the_first_two_sh_blocks_are_one_command_each() -> None:
    blocks = re.findall(
        r"^```sh\n(.*?)^```$", (ROOT / "README.md").read_text(encoding="utf-8"), re.MULTILINE | re.DOTALL
    )
    install, test = blocks[:2]
    assert "openreform assess examples/" in install
    assert test.rstrip().endswith("-m pytest")
    assert install.count("\n") == test.count("\n") == 1


def test_mappings_shown_are_sound() -> None:
    page = (ROOT / "docs" / "import.md").read_text(encoding="utf-8")
    shown = re.findall(r"^```yaml\n(mapping: 1\n.*?)^```$", page, re.MULTILINE | re.DOTALL)
    loaded = [parse_mapping(text, "docs/import.md") for text in shown]
    assert len(loaded) == 2
    assert all(isinstance(each, SourceMapping) for each in loaded), loaded
    assert loaded[0] == load_mapping(str(ROOT / "tests" / "import" / "tables" / "plan.mapping.yaml"))


def test_every_field_of_a_mapping_is_documented() -> None:
    page = (ROOT / "docs" / "import.md").read_text(encoding="utf-8")
    for model in (SourceMapping, Column, ListOf, Heading):
        for name in model.model_fields:
            assert f"`{name}`" in page or f"{name}:" in page or name == "source", name


def test_links_between_pages_lead_somewhere() -> None:
    for page in PAGES:
        for target in re.findall(r"\]\(([^)#:]+)(?:#[^)]*)?\)", page.read_text(encoding="utf-8")):
            assert (page.parent / target).exists(), (page.name, target)
