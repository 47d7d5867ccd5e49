"""The schemas in the language server that editors use for YAML: what a person writing a document is offered, told and shown.

`make language-server` puts the server into `.language-server/`, and CI does so.
"""

from collections.abc import Iterator
from pathlib import Path

import pytest

from conftest import ROOT, missing, need
from language_client import Editor
from openreform.cli.console import SCHEMA_FILES
from openreform.cli.init import MODELINE
from openreform.rendering import schemas

SERVER = ROOT / ".language-server" / "node_modules" / "yaml-language-server" / "bin" / "yaml-language-server"
EXAMPLES = [("reform", path) for path in sorted((ROOT / "examples").glob("*.yaml"))]
EXAMPLES += [("plan", path) for path in sorted((ROOT / "examples" / "plans").glob("*.yaml"))]
STARTERS = [
    ("reform", ROOT / "src" / "openreform" / "starter.yaml"),
    ("plan", ROOT / "src" / "openreform" / "starter-plan.yaml"),
]

DRAFT = """\
openreform: 1
id: open-data
title: Open data
publications:
  - title: Waiting times
    licence: our-own
    """


@pytest.fixture(scope="module")
def editor(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Editor]:
    node = need("node")
    if not SERVER.is_file():
        missing("the language server is not there: make language-server")
    folder = tmp_path_factory.mktemp("drafts")
    for kind, name in SCHEMA_FILES.items():
        (folder / name).write_text(schemas.as_json(schemas.document_schema(kind)), encoding="utf-8")
    with Editor([node, str(SERVER), "--stdio"], folder) as opened:
        yield opened


def written(kind: str, text: str) -> str:
    """As `openreform init` writes it: the first line names the schema beside it."""
    return MODELINE.format(file=SCHEMA_FILES[kind]) + text


def test_a_wrong_licence_is_underlined_and_the_right_ones_are_told(editor: Editor) -> None:
    (mark,) = editor.marks("draft.yaml", written("reform", DRAFT))
    assert mark["range"] == {"start": {"line": 6, "character": 13}, "end": {"line": 6, "character": 20}}
    assert '"CC-BY-4.0"' in mark["message"]


def test_a_field_is_offered_with_its_meaning(editor: Editor) -> None:
    editor.marks("fields.yaml", written("reform", DRAFT))
    offered = editor.offers("fields.yaml", 7, 4)
    assert offered["access"]["documentation"] == "who can get at it"
    assert offered["access"]["textEdit"]["newText"].startswith("access:")
    assert "licence" not in offered  # it is there already
    assert "people_can" not in offered  # a field of another section


def test_values_are_offered(editor: Editor) -> None:
    editor.marks("values.yaml", written("reform", DRAFT))
    offered = editor.offers("values.yaml", 6, 13)
    assert {"CC-BY-4.0", "ODbL-1.0", "own-terms"} <= set(offered)


def test_a_field_is_explained_with_its_values(editor: Editor) -> None:
    editor.marks("hover.yaml", written("reform", DRAFT))
    told = editor.hover("hover.yaml", 6, 6)
    assert "the terms of reuse" in told
    assert "`CC-BY-4.0`: Creative Commons Attribution 4.0" in told


def test_a_field_that_is_none_is_underlined_in_a_plan(editor: Editor) -> None:
    text = written("plan", "openreform: 1\ndocument: plan\nid: p\ntitle: A plan\nlicence: our-own\n")
    (mark,) = editor.marks("plan.yaml", text)
    assert mark["range"]["start"] == {"line": 5, "character": 0}


@pytest.mark.parametrize(("kind", "path"), EXAMPLES, ids=lambda part: getattr(part, "stem", part))
def test_nothing_is_underlined_in_a_sound_document(editor: Editor, kind: str, path: Path) -> None:
    assert editor.marks(path.name, written(kind, path.read_text(encoding="utf-8"))) == []


@pytest.mark.parametrize(("kind", "path"), STARTERS, ids=lambda part: getattr(part, "stem", part))
def test_in_a_starter_only_what_is_still_blank_is_underlined(editor: Editor, kind: str, path: Path) -> None:
    text = written(kind, path.read_text(encoding="utf-8"))
    marks = editor.marks(path.name, text)
    lines = [*(line.partition("#")[0].strip() for line in text.splitlines()), ""]
    blank = {at for at, line in enumerate(lines) if line.endswith(":") and not lines[at + 1].startswith("-")}
    assert {mark["range"]["start"]["line"] for mark in marks} == blank
