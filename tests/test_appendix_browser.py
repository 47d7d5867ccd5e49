"""Annexes of real and of hostile documents in a real browser: nothing runs, all of it fits a phone, and nothing bars a reader."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from browser import FIT, FOREIGN, MANNERS, SCREENS, SHAPE, Chromium, Sheet, opened
from openreform.framework import Framework
from openreform.rendering.appendix import annex
from openreform.rendering.papers import html
from test_appendix import EXAMPLES, content, on_examples
from test_strangers import HOSTILE, hostile_assessment

PLANS = [f"examples/plans/{name}.yaml" for name in ("es-plan-2014", "hr-plan-2014")]


@pytest.fixture(scope="module", params=["reforms", "plans", "strangers"])
def page(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory, framework: Framework) -> Path:
    if request.param == "strangers":
        value = " ".join(text for name, text in HOSTILE.items() if name != "long")
        paper = annex(content([hostile_assessment(value, framework)], framework))
    elif request.param == "plans":
        paper = on_examples(paths=PLANS, name="ogp-co-creation")
    else:
        paper = on_examples(paths=EXAMPLES[:2])
    path = tmp_path_factory.mktemp("annex") / "annex.html"
    path.write_text(html.render(paper), encoding="utf-8")
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


@pytest.mark.parametrize("manner", MANNERS)
def test_nothing_bars_a_reader(sheet: Sheet, manner: str) -> None:
    """On paper nothing is pressed: there, marks of sources may stand closer than a finger is wide."""
    sheet.show(**MANNERS[manner])
    pressed = ("target-size",) if manner == "paper" else ()
    assert [barrier for barrier in sheet.barriers() if not barrier.startswith(pressed)] == []
