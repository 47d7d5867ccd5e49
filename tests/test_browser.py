"""The HTML report as a browser shows it: nothing runs or is fetched, everything fits, can be read, and prints."""

import json
import re
from collections.abc import Iterator
from itertools import cycle
from pathlib import Path

import pytest
from typer.testing import CliRunner

import browser
from browser import (
    CONTRAST,
    FIT,
    FOREIGN,
    LIGHT,
    MANNERS,
    PRINTED,
    SCREENS,
    SHAPE,
    Chromium,
    Sheet,
    axe,
    opened,
)
from conftest import ROOT, need
from openreform.cli import main as cli
from test_strangers import HOSTILE, hostile_document

CLINICS = str(ROOT / "tests" / "clinics.yaml")
SHOWN = {
    "framework": ["framework", "show", "involve-ogp"],
    "form": ["framework", "show", "involve-ogp", "--checklist"],
    "small framework": ["framework", "show", CLINICS],
    "small form": ["framework", "show", CLINICS, "--checklist"],
    "cases": ["cases", "--criterion", "T2"],
    "boxes": ["cases", "--box"],
}
"""Pages that need no document."""
TOGETHER = ["gb-sct-care-opinion", "ge-112-channels", "ua-prozorro"]
"""A rich description, a bare one, and one with what others recorded."""
LAID_OUT = ["examples", "alone", "mixed", "long", *SHOWN]
"""All pages but that of every stranger's document, which is the same over and over; axe-core looks at it for minutes."""


def mixed_document() -> str:
    """A document in whose fields the hostile strings take turns."""
    turns = cycle(value for name, value in HOSTILE.items() if name != "long")
    return re.sub('"@turn@"', lambda _: json.dumps(next(turns), ensure_ascii=False), hostile_document("@turn@"))


@pytest.fixture(scope="module", params=[*LAID_OUT, "strangers"])
def page(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A page as the command writes it: the examples, everything hostile together, one endless word, and those without."""
    folder = tmp_path_factory.mktemp("reports")
    if request.param in SHOWN:
        shown = folder / f"{request.param}.html"
        told = CliRunner().invoke(cli.app, [*SHOWN[request.param], "--format", "html"])
        assert told.exit_code == 0, told.output[:1000]
        shown.write_text(told.stdout, encoding="utf-8")
        return shown
    options = ["--robustness"] if request.param == "alone" else []
    sources = [ROOT / "examples" / f"{name}.yaml" for name in TOGETHER]
    if request.param == "alone":
        sources = sources[:1]
    elif request.param == "mixed":
        sources = [folder / "mixed.yaml"]
        sources[0].write_text(mixed_document(), encoding="utf-8")
    elif request.param != "examples":
        sources = [folder]
        for name in HOSTILE if request.param == "strangers" else ["long"]:
            written = hostile_document(HOSTILE[name]).replace("id: x\n", f"id: {name}\n", 1)
            (folder / f"{name}.yaml").write_text(written, encoding="utf-8")
    report = folder / f"{request.param}.html"
    result = CliRunner().invoke(
        cli.app, ["assess", *map(str, sources), *options, "--format", "html", "--output", str(report)]
    )
    assert result.exit_code == 0, result.output[:1000]
    return report


@pytest.fixture(scope="module")
def sheet(chromium: Chromium, page: Path) -> Iterator[Sheet]:
    with opened(chromium, page) as sheet:
        sheet.value("document.querySelectorAll('details').forEach(part => { part.open = true; })")
        yield sheet


def test_nothing_runs_and_nothing_is_fetched(sheet: Sheet, page: Path) -> None:
    assert sheet.faults(FOREIGN) == []
    assert sheet.fetched() == [page.as_uri()]
    assert sheet.outcry() == []


def test_the_shape_is_sound(sheet: Sheet) -> None:
    assert sheet.faults(SHAPE) == []


@pytest.mark.parametrize("width", SCREENS)
def test_everything_fits_the_screen(sheet: Sheet, width: int) -> None:
    sheet.show(width)
    assert sheet.faults(FIT) == []


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_everything_can_be_read(sheet: Sheet, scheme: str) -> None:
    sheet.show(scheme=scheme)
    assert sheet.faults(CONTRAST) == []
    assert bool(sheet.faults(LIGHT)) is (scheme == "dark")


@pytest.mark.parametrize("page", LAID_OUT, indirect=True, scope="module")
@pytest.mark.parametrize("manner", MANNERS)
def test_nothing_bars_a_reader(sheet: Sheet, manner: str) -> None:
    sheet.show(**MANNERS[manner])
    assert sheet.barriers() == []


def test_it_prints_light_and_whole(sheet: Sheet) -> None:
    sheet.show(PRINTED, "dark", "print")
    assert sheet.faults(FIT) == []
    assert sheet.faults(LIGHT) == []
    printed = sheet.pdf()
    assert printed.startswith(b"%PDF-")
    assert len(re.findall(rb"/Type\s*/Page\b", printed)) > 1


BAD = (
    """<style>body { background: #fff url(http://example.org/ground.png); } .pale { color: #999; } .box { width: 5rem; overflow: hidden }
div { white-space: nowrap; }</style>
<h3 id="a">Too deep</h3><p id="a" class="pale" onclick="alert(1)">Hard to read</p><a href="#b">Nowhere</a>
<table><tr><td>No heading</td></tr></table><div class="box">Words that do not fit their box</div>
<img src="http://example.org/x.png"><script>console.log("ran")</script><div>"""
    + "Wide words " * 30
)


def test_the_probes_see_what_is_wrong(chromium: Chromium, tmp_path: Path) -> None:
    page = tmp_path / "bad.html"
    page.write_text(BAD, encoding="utf-8")
    with opened(chromium, page) as sheet:
        sheet.show(320)
        assert set(sheet.faults(FOREIGN)) >= {
            "there is img",
            "there is script",
            "p.pale would run onclick",
            "img leads to http://example.org/x.png",
            "a style fetches",
        }
        assert set(sheet.faults(SHAPE)) >= {
            "no doctype",
            "no language",
            "no title",
            "h3 under h0: Too deep",
            "a table has no heading row",
            "two anchors a",
            "#b leads nowhere",
        }
        fit = " ".join(sheet.faults(FIT))
        assert all(word in fit for word in ("the page is", "div.box of 80 holds", "cut at 8 to")), fit
        assert {"no plain colour: body", "2.85 to 1: p.pale, Hard to read"} <= set(sheet.faults(CONTRAST))
        assert "http://example.org/x.png" in sheet.fetched()
        assert any("ran" in told for told in sheet.outcry())


@pytest.mark.parametrize(("ci", "outcome"), [("", pytest.skip.Exception), ("true", pytest.fail.Exception)])
def test_a_missing_browser_is_named_and_in_ci_a_failure(
    ci: str, outcome: type[BaseException], monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setenv("CI", ci)
    monkeypatch.setenv("PATH", str(tmp_path))
    with pytest.raises(outcome, match="needs chromium: "):
        need("chromium")


BARRING = """<!DOCTYPE html><html><title>Barred</title>
<style>.pale { color: #999 } @media (prefers-color-scheme: dark) { body { background: #111; color: #eee } a { color: #114 } }
@media print { .paper { color: #333 } }
button { display: block; width: 9px; height: 9px; border: 0; padding: 0; margin: 0; }</style>
<main><h1>Barred</h1><h4>Deep</h4><p class="pale">Hard to read</p><p class="paper">Printed pale</p><p><a href="#x">Somewhere</a></p>
<div role="img"></div><button aria-label="a"></button><button aria-label="b"></button></main>"""


def test_axe_sees_what_bars_a_reader(chromium: Chromium, tmp_path: Path) -> None:
    page = tmp_path / "barred.html"
    page.write_text(BARRING, encoding="utf-8")
    found = {}
    with opened(chromium, page) as sheet:
        for manner, shown in MANNERS.items():
            sheet.show(**shown)
            found[manner] = {": ".join(barrier.split(": ")[:2]) for barrier in sheet.barriers()}
    everywhere = {
        "html-has-lang: html",
        "heading-order: h4",
        "role-img-alt: div",
        'target-size: button[aria-label="a"]',
    }
    for manner, barriers in found.items():
        assert everywhere <= barriers, (manner, barriers)
    assert {manner for manner, barriers in found.items() if "color-contrast: .pale" in barriers} >= {"light", "phone"}
    assert {manner for manner, barriers in found.items() if "color-contrast: a" in barriers} == {"dark", "paper"}
    assert {manner for manner, barriers in found.items() if "color-contrast: .paper" in barriers} == {"paper"}


def test_missing_axe_is_named_and_in_ci_a_failure(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setattr(browser, "AXE", tmp_path / "axe.min.js")
    axe.cache_clear()
    for ci, outcome in (("", pytest.skip.Exception), ("true", pytest.fail.Exception)):
        monkeypatch.setenv("CI", ci)
        with pytest.raises(outcome, match="make axe-core"):
            axe()
