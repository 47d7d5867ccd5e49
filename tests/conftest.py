"""What all tests share: two frameworks, short ways to assess a text, goldens, and what this machine lacks."""

import os
import shutil
import subprocess
import sys
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import TYPE_CHECKING, NoReturn

import pytest
from hypothesis import settings

from openreform.assessment import Assessment, Finding
from openreform.converting import Conversion, Source, convert
from openreform.framework import Framework
from openreform.loading.frameworks import LoadedFramework, load_bundled, load_framework_file
from openreform.loading.mappings import parse_mapping
from openreform.loading.reforms import Document, parse_document, parse_reform
from openreform.mapping import SourceMapping
from openreform.reform import REFORM, DescribedT, DocumentKind, Reform
from openreform.scoring.assess import Origin, assess

if TYPE_CHECKING:
    from browser import Chromium

ROOT = Path(__file__).parent.parent
SHARED = ROOT.parent / "shared" / "data" / "ogp"
settings.register_profile("same", derandomize=True, deadline=None, database=None)
settings.load_profile("same")  # the same cases everywhere; `make fuzz` looks for others
LOOPBACK = (None, "localhost", "127.0.0.1", "::1")

Assess = Callable[..., Assessment]


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption("--accept", action="store_true", help="write goldens and expected words anew; then read the diff")


def pytest_configure() -> None:
    sys.addaudithook(_only_this_machine)


def _only_this_machine(event: str, details: tuple[object, ...]) -> None:
    """Refuses what would leave this machine; Python tells of it before it is done."""
    if event == "socket.connect" and isinstance(details[1], tuple):
        host = details[1][0]
    elif event == "socket.getaddrinfo":
        host = details[0]
    else:
        return
    if host not in LOOPBACK:
        raise RuntimeError(f"The tests stay on this machine; something reached for {host!r}.")


@pytest.fixture
def accept(request: pytest.FixtureRequest) -> bool:
    return bool(request.config.getoption("--accept"))


@pytest.fixture(scope="session")
def loaded() -> LoadedFramework:
    return load_bundled("involve-ogp")


@pytest.fixture(scope="session")
def framework() -> Framework:
    """Eight criteria that stay as they are, for tests of how things are scored; what is scored, the real one says."""
    small = load_framework_file(str(ROOT / "tests" / "small_framework.yaml"))
    assert isinstance(small, LoadedFramework), small
    return small.framework


@pytest.fixture(scope="session")
def ogp_data() -> Path:
    """Real commitments beside the project; skips by name where they are missing, which CI makes a failure."""
    if not SHARED.is_dir():
        missing("../shared/data/ogp is not there")
    return SHARED


@pytest.fixture(scope="module")
def chromium(tmp_path_factory: pytest.TempPathFactory) -> "Iterator[Chromium]":
    """A headless browser; skips by name where Chromium is missing."""
    from browser import Chromium  # noqa: PLC0415  # it needs what stands here

    started = Chromium(need("chromium"), tmp_path_factory.mktemp("browser") / "profile")
    yield started
    started.close()


def missing(what: str) -> NoReturn:
    """Skip because this machine lacks something; in CI that is a failure, so that nothing is skipped unseen."""
    if os.environ.get("CI"):
        pytest.fail(f"CI must not skip: {what}")
    pytest.skip(what)


def need(program: str) -> str:
    """Where a program is that the machine may lack; skips where it is not there."""
    path = shutil.which(program)
    if path is None:
        missing(f"needs {program}: it is not there")
    return path


def tracked(*paths: str) -> set[str]:
    """The files git tracks; skips where this is no git checkout or git is not there."""
    need("git")
    command = ["git", "ls-files", *paths]
    listed = subprocess.run(command, cwd=ROOT, capture_output=True, encoding="utf-8", check=False)
    if listed.returncode:
        missing("this is not a git checkout")
    return set(listed.stdout.split())


def document(text: str) -> Document[Reform]:
    """A valid document from the fields after the three required ones."""
    return document_of(REFORM, text)


def document_of(kind: DocumentKind[DescribedT], text: str) -> Document[DescribedT]:
    """A valid document of a kind, from the fields after the required ones."""
    head = "" if kind is REFORM else f"document: {kind.name}\n"
    parsed = parse_document(f"openreform: 1\n{head}id: x\ntitle: A {kind.name}\n{text}", "x.yaml", kind)
    assert isinstance(parsed, Document), parsed
    return parsed


def reform_of(text: str) -> Reform:
    """The reform in a whole document that must be valid."""
    parsed = parse_reform(text, "x.yaml")
    assert isinstance(parsed, Document), parsed
    reform: Reform = parsed.reform
    return reform


def mapping_of(text: str) -> SourceMapping:
    """A sound mapping from the fields after the three required ones."""
    found = parse_mapping(f"mapping: 1\nid: m\ntitle: A mapping\n{text}", "m.yaml")
    assert isinstance(found, SourceMapping), found
    return found


def only_source(path: Path, *mappings: SourceMapping) -> Source:
    """What an import makes of a file that is one source."""
    (source,) = convert([str(path)], Conversion(mappings))
    return source


def assessed(text: str, framework: Framework) -> Assessment:
    """The assessment of such a document."""
    parsed = document(text)
    return assess(parsed.reform, framework, parsed.locate, Origin("x.yaml", parsed.digest, "sha256:0"))


def finding(assessment: Assessment, criterion: str) -> Finding:
    """One criterion's finding."""
    return next(part for dimension in assessment.dimensions for part in dimension.findings if part.id == criterion)


def level(text: str, criterion: str, framework: Framework) -> int | None:
    """The promise level of one criterion."""
    return finding(assessed(text, framework), criterion).promise.level


def compare_golden(path: Path, text: str, accept: bool) -> None:
    """The text must be what the golden says, byte for byte."""
    if accept:
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8", newline="\n")
    assert path.exists(), f"{path.name} is missing; pytest --accept writes it"
    assert text == path.read_bytes().decode("utf-8")
