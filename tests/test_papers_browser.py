"""Papers as HTML in a real browser: nothing runs or is fetched, all of it fits a phone, can be read in the dark, and prints."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from browser import CONTRAST, FIT, FOREIGN, LIGHT, MANNERS, PRINTED, SCREENS, SHAPE, Chromium, Sheet, opened
from openreform.rendering.papers import html
from paper_fixture import whole
from test_strangers import HOSTILE

# Of pictures it is what they are drawn with that must stand out: words, bars, and the squares that say which bar is what.
PLAIN = CONTRAST.replace("querySelectorAll('[role=img] *')", "querySelectorAll('[role=img] no-such')")
PICTURES = (
    PLAIN.split("for (const e of document.querySelectorAll('*'))")[0]
    + """
    let seen = 0;
    for (const e of document.querySelectorAll('svg text, svg rect:not(.track)')) {
        seen += 1;
        judge(named(e), plain(getComputedStyle(e).fill), ground(e.closest('figure')), e.localName === 'text' ? 4.5 : 3);
    }
    if (seen < 10) faults.push('hardly anything is drawn');
"""
)
LIT = LIGHT.replace(CONTRAST, PLAIN)

PAPERS = {
    "plain": whole(),
    "strangers": whole(" ".join(word for name, word in HOSTILE.items() if name != "long")),
    "long": whole(HOSTILE["long"], rows=3),
}


@pytest.fixture(scope="module", params=PAPERS)
def page(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("papers") / f"{request.param}.html"
    path.write_text(html.render(PAPERS[request.param]), encoding="utf-8")
    return path


@pytest.fixture(scope="module")
def sheet(chromium: Chromium, page: Path) -> Iterator[Sheet]:
    with opened(chromium, page) as sheet:
        yield sheet


def test_nothing_runs_and_nothing_is_fetched(sheet: Sheet, page: Path) -> None:
    assert [fault for fault in sheet.faults(FOREIGN) if not fault.startswith("there is svg")] == []
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
    assert sheet.faults(PLAIN) == []
    assert sheet.faults(PICTURES) == []
    assert bool(sheet.faults(LIT)) is (scheme == "dark")


def test_it_prints_light_and_whole(sheet: Sheet) -> None:
    sheet.show(PRINTED, "dark", "print")
    assert sheet.faults(FIT) == []
    assert sheet.faults(LIT) == []
    assert sheet.pdf().startswith(b"%PDF-")


@pytest.mark.parametrize("manner", MANNERS)
def test_nothing_bars_a_reader(sheet: Sheet, manner: str) -> None:
    """WCAG 2.2 AA as far as axe-core can tell; the sizes of targets too, but on paper, where nobody presses them."""
    sheet.show(**MANNERS[manner])
    found = sheet.barriers()
    assert [barrier for barrier in found if manner != "paper" or not barrier.startswith("target-size: ")] == []
