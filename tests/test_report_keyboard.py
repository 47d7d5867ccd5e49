"""The HTML report by keyboard alone: where the focus goes, that it can be seen, and what the keys do."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from typer.testing import CliRunner

from browser import Chromium, Sheet, opened
from conftest import ROOT
from openreform.cli import main as cli

KEYS: dict[str, dict[str, Any]] = {
    "Tab": {"code": "Tab", "windowsVirtualKeyCode": 9},
    "Enter": {"code": "Enter", "windowsVirtualKeyCode": 13, "text": "\r"},
    " ": {"code": "Space", "windowsVirtualKeyCode": 32, "text": " "},
}
REACHED = "[...document.querySelectorAll('a[href], summary')].filter(e => getComputedStyle(e.parentElement).display !== 'none')"
"""Links and what unfolds; those back to the contents are shown on a phone alone."""
FOCUSED = """(() => {
    const e = document.activeElement;
    if (!e || e === document.body) return null;
    const box = e.getBoundingClientRect();
    const style = getComputedStyle(e);
    return {
        at: REACHED.indexOf(e),
        words: e.innerText.trim().slice(0, 40),
        top: box.top + scrollY,
        seen: box.height > 0 && box.top >= 0 && box.left >= 0 && box.bottom <= innerHeight && box.right <= innerWidth,
        ring: style.outlineStyle === 'none' ? 0 : parseFloat(style.outlineWidth),
        listed: !!e.closest('nav'),
    };
})()""".replace("REACHED", REACHED)


@pytest.fixture(scope="module")
def report(tmp_path_factory: pytest.TempPathFactory) -> Path:
    page = tmp_path_factory.mktemp("keyboard") / "report.html"
    example = str(ROOT / "examples" / "gb-sct-care-opinion.yaml")
    told = CliRunner().invoke(cli.app, ["assess", example, "--format", "html", "--output", str(page)])
    assert told.exit_code == 0, told.output
    return page


@pytest.fixture
def sheet(chromium: Chromium, report: Path) -> Iterator[Sheet]:
    with opened(chromium, report) as sheet:
        sheet.show(1100)
        yield sheet


def press(sheet: Sheet, key: str) -> None:
    details = {"key": key, **KEYS[key]}
    sheet.ask("Input.dispatchKeyEvent", type="keyDown" if "text" in details else "rawKeyDown", **details)
    sheet.ask("Input.dispatchKeyEvent", type="keyUp", key=key, code=KEYS[key]["code"])


@pytest.mark.parametrize("width", [320, 1100])
def test_tab_goes_through_everything_in_reading_order(sheet: Sheet, width: int) -> None:
    sheet.show(width)
    count = sheet.value(f"{REACHED}.length")
    met = []
    for _ in range(count):
        press(sheet, "Tab")
        met.append(sheet.value(FOCUSED))
    assert [place["at"] for place in met] == list(range(count)), "focus goes as the page is read, and nowhere else"
    assert [place["words"] for place in met if not place["seen"]] == []
    assert [place["words"] for place in met if place["ring"] < 2] == []
    tops = [place["top"] for place in met if not place["listed"]]  # the list of contents runs in columns
    assert tops == sorted(tops)
    press(sheet, "Tab")
    left = sheet.value(FOCUSED)
    assert left is None or left["at"] == 0, "nothing holds the focus at the end"


def test_the_first_key_offers_to_skip_to_the_results(sheet: Sheet) -> None:
    press(sheet, "Tab")
    assert sheet.value("document.activeElement.className") == "skip"
    assert sheet.value(FOCUSED)["seen"]
    press(sheet, "Enter")
    press(sheet, "Tab")
    assert sheet.value("!!document.activeElement.closest('main')")


def test_what_is_folded_opens_and_closes_by_key(sheet: Sheet) -> None:
    sheet.value("document.querySelector('summary').focus() ?? null")
    unfolded = "document.querySelector('details').open"
    assert not sheet.value(unfolded)
    press(sheet, "Enter")
    assert sheet.value(unfolded)
    press(sheet, " ")
    assert not sheet.value(unfolded)


def test_what_is_folded_is_printed(sheet: Sheet) -> None:
    room = "document.querySelector('details table').getBoundingClientRect().height"
    assert sheet.value(room) == 0 or not sheet.value("document.querySelector('details table').checkVisibility()")
    sheet.show(700, "light", "print")
    assert sheet.value(room) > 20
    assert sheet.value("document.querySelector('details table').checkVisibility({contentVisibilityAuto: true})")
