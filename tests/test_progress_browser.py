"""Timelines in a real browser: many of them, short and long, fit a phone, can be read in light and dark, and bar nobody."""

import json
from collections.abc import Iterator
from pathlib import Path

import pytest
from typer.testing import CliRunner

from browser import CONTRAST, FIT, FOREIGN, LIGHT, MANNERS, PRINTED, SCREENS, SHAPE, Chromium, Sheet, opened
from conftest import ROOT
from openreform.cli import main as cli
from test_strangers import HOSTILE

HEAD = "openreform: 1\nid: {name}\ntitle: {name}\nstart: 2020\nstage: implementing\n"


@pytest.fixture(scope="module")
def page(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The example of the docs, forty milestones over a lifetime, one alone, and strangers' words."""
    folder = tmp_path_factory.mktemp("progress")
    lists = {
        "many": [{"title": f"Step {n}", "start": str(1990 + n), "due": f"{1995 + n}-03"} for n in range(40)],
        "one": [{"title": "The only step there is", "due": "2026-03-10"}],
        "strangers": [{"title": text, "due": "2024-02-29"} for text in HOSTILE.values()],
    }
    for name, milestones in lists.items():
        written = HEAD.format(name=name) + f"milestones: {json.dumps(milestones, ensure_ascii=False)}\n"
        (folder / f"{name}.yaml").write_text(written, encoding="utf-8")
    report = folder / "report.html"
    named = [
        "assess",
        str(folder),
        str(ROOT / "docs" / "answers-in-time.yaml"),
        "--as-of",
        "2026-03-10",
        "-o",
        str(report),
    ]
    result = CliRunner().invoke(cli.app, [*named, "--format", "html", "--isolated"])
    assert result.exit_code == 0, result.output[:1000]
    return report


@pytest.fixture(scope="module")
def sheet(chromium: Chromium, page: Path) -> Iterator[Sheet]:
    with opened(chromium, page) as sheet:
        yield sheet


def test_the_pictures_are_there_and_nothing_runs(sheet: Sheet, page: Path) -> None:
    assert sheet.value("document.querySelectorAll('svg.timeline').length") == 4
    assert sheet.faults(FOREIGN) + sheet.faults(SHAPE) + sheet.outcry() == []
    assert sheet.fetched() == [page.as_uri()]


@pytest.mark.parametrize("width", SCREENS)
def test_everything_fits_the_screen(sheet: Sheet, width: int) -> None:
    sheet.show(width)
    assert sheet.faults(FIT) == []


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_everything_can_be_told_apart(sheet: Sheet, scheme: str) -> None:
    sheet.show(scheme=scheme)
    assert sheet.faults(CONTRAST) == []


def test_paper_is_light(sheet: Sheet) -> None:
    sheet.show(PRINTED, "dark", "print")
    assert sheet.faults(LIGHT) == []


def test_a_mark_stands_where_its_date_is(sheet: Sheet) -> None:
    """The first milestone of the docs' example is due at the end of September 2024, on an axis of 2024 to 2026."""
    sheet.show(1100)
    share = sheet.value(
        "(() => { const svg = [...document.querySelectorAll('svg.timeline')].find(e => e.ariaLabel.includes('Rules on'));"
        "const box = svg.getBoundingClientRect(); const mark = svg.querySelector('g circle').getBoundingClientRect();"
        "return ((mark.left + mark.right) / 2 - box.left) / box.width; })()"
    )
    assert share == pytest.approx(0.03 + 0.94 * 273 / 1095, abs=0.003)


@pytest.mark.parametrize("manner", MANNERS)
def test_nothing_bars_a_reader(sheet: Sheet, manner: str) -> None:
    sheet.show(**MANNERS[manner])
    assert sheet.barriers() == []
