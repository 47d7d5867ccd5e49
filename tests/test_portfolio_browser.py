"""The page of many reforms in a browser: its own script and no other runs, it fits, can be read, printed, sorted and searched."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from typer.testing import CliRunner

from browser import CONTRAST, FIT, FOREIGN, MANNERS, PRINTED, SCREENS, SHAPE, Chromium, Sheet, axe, opened
from conftest import ROOT
from openreform.cli import main as cli
from test_strangers import HOSTILE, hostile_document

EXAMPLES = str(ROOT / "examples")
CALLS = {
    "reforms": [EXAMPLES],
    "irm": [EXAMPLES, "--framework", "ogp-irm"],
    "plans": [str(ROOT / "examples" / "plans"), "--framework", "ogp-co-creation"],
    "broken": [str(ROOT / "tests" / "invalid")],
}
# What scrolls by itself, within a part of the page that the keyboard reaches, may be wider than the screen.
SCROLLED = "[role=region][tabindex='0']"
FIT_OR_SCROLL = FIT.replace(
    "of document.body.querySelectorAll('*')) {",
    f"of document.body.querySelectorAll('*')) {{ if (e.closest(\"{SCROLLED}\")) continue;",
).replace("of texts) {", f'of texts) {{ if (node.parentElement.closest("{SCROLLED}")) continue;')
assert FIT_OR_SCROLL.count("continue") == 2
# A shaded cell stands out from what is around it by its ground or by its edge: WCAG 2.2, success criterion 1.4.11.
EDGES = (
    CONTRAST
    + """
    for (const e of document.querySelectorAll('.s0, .s1, .s2, .s3, .little')) {
        const around = ground(e.parentElement);
        const edge = plain(getComputedStyle(e).borderTopColor);
        if (Math.max(ratio(edge, around), ratio(ground(e), around)) < 3) faults.push(`${named(e)} is lost in its ground`);
    }
"""
)
PRINTED_LIGHT = (
    CONTRAST
    + """
    if (light(ground(document.body)) < 0.9) faults.push('the page is dark');
    for (const node of texts) if (!node.parentElement.closest('.s1, .s2, .s3') && light(ground(node.parentElement)) < 0.9)
        faults.push(`on dark ground: ${start(node)}`);
"""
)
FOCUS = """(() => {
    const e = document.activeElement, box = e.getBoundingClientRect();
    const at = document.elementFromPoint(box.left + box.width / 2, box.top + Math.min(box.height / 2, 20));
    return {name: e.getAttribute('aria-label') || e.id || e.textContent.trim(), tag: e.localName, seen: e.contains(at),
            ring: getComputedStyle(e).outlineStyle, high: box.height, wide: box.width};
})()"""
NAMES_SHOWN = "[...document.querySelectorAll('#table tbody tr')].filter(row => !row.hidden).map(row => row.querySelector('.name').textContent)"
SCORES = "[...document.querySelectorAll('#table tbody tr')].map(row => row.cells[{column}].firstChild.data)"
PAUSE = "new Promise(done => setTimeout(() => done(0), 250))"
STATUS = "document.getElementById('status').textContent"


@pytest.fixture(scope="module", params=[*CALLS, "strangers", "long"])
def page(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Path:
    return written(request.param, tmp_path_factory.mktemp("portfolios"))


def written(name: str, folder: Path) -> Path:
    """A page as the command writes it."""
    if name not in CALLS:
        for each in HOSTILE if name == "strangers" else ["long"]:
            text = hostile_document(HOSTILE[each]).replace("id: x\n", f"id: {each}\n", 1)
            (folder / f"{each}.yaml").write_text(text, encoding="utf-8")
    report = folder / f"{name}.html"
    command = ["assess", *CALLS.get(name, [str(folder)]), "--isolated", "-f", "portfolio", "-o", str(report)]
    result = CliRunner().invoke(cli.app, command)
    assert result.exit_code == (3 if name == "broken" else 0), result.output[:1000]
    return report


@pytest.fixture(scope="module")
def sheet(chromium: Chromium, page: Path) -> Iterator[Sheet]:
    with opened(chromium, page) as sheet:
        yield sheet


@pytest.fixture
def reforms(chromium: Chromium, tmp_path: Path) -> Iterator[Sheet]:
    """The examples, as nobody has touched them yet."""
    with opened(chromium, written("reforms", tmp_path)) as sheet:
        sheet.show()
        yield sheet


def test_its_own_script_runs_and_nothing_is_fetched(sheet: Sheet, page: Path) -> None:
    own = {"there is script", "there is input"}
    assert [fault for fault in sheet.faults(FOREIGN) if fault not in own] == []
    assert sheet.value("document.scripts.length") == 1
    assert sheet.fetched() == [page.as_uri()]
    assert sheet.outcry() == []


def test_the_shape_is_sound(sheet: Sheet) -> None:
    assert sheet.faults(SHAPE) == []


@pytest.mark.parametrize("width", SCREENS)
def test_everything_fits_the_screen_or_scrolls_in_its_place(sheet: Sheet, width: int) -> None:
    sheet.show(width)
    assert sheet.faults(FIT_OR_SCROLL) == []
    for scrolled in sheet.value(
        f'[...document.querySelectorAll("{SCROLLED}")].map(e => getComputedStyle(e).overflowX)'
    ):
        assert scrolled == "auto"


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_everything_can_be_read(sheet: Sheet, scheme: str) -> None:
    sheet.show(scheme=scheme)
    assert sheet.faults(EDGES) == []


@pytest.mark.parametrize("manner", MANNERS)
def test_nothing_bars_a_reader(sheet: Sheet, manner: str) -> None:
    sheet.show(**MANNERS[manner])
    assert sheet.barriers() == []


def test_it_prints_light_and_whole(sheet: Sheet) -> None:
    for width in (PRINTED, 1040):  # upright and across
        sheet.show(width, "dark", "print")
        assert sheet.faults(FIT) == []
    assert sheet.faults(PRINTED_LIGHT) == []
    assert sheet.faults(EDGES) == []
    assert sheet.pdf().startswith(b"%PDF-")


def test_another_script_is_held_back(chromium: Chromium, tmp_path: Path) -> None:
    page = written("reforms", tmp_path)
    text = page.read_text(encoding="utf-8")
    for place in ("</header>", "</body>"):
        text = text.replace(place, f"<script>window.ran = true</script><b onclick='window.ran = true'>x</b>{place}")
    page.write_text(text, encoding="utf-8")
    with opened(chromium, page) as sheet:
        sheet.value("document.querySelector('b').click() ?? 0")
        assert sheet.value("window.ran === undefined")
        assert not sheet.value("document.getElementById('controls').hidden")
        assert any("Content Security Policy" in told for told in sheet.outcry())


def test_without_script_all_is_there_and_nothing_is_offered(chromium: Chromium, tmp_path: Path) -> None:
    page = written("reforms", tmp_path)
    head, _, rest = page.read_text(encoding="utf-8").partition("<script>")
    page.write_text(head + rest.partition("</script>")[2], encoding="utf-8")
    with opened(chromium, page) as sheet:
        sheet.show()
        assert len(sheet.value(NAMES_SHOWN)) == len(list((ROOT / "examples").glob("*.yaml")))
        assert sheet.value("document.querySelectorAll('button').length") == 1
        assert sheet.value("getComputedStyle(document.getElementById('controls')).display") == "none"
        assert sheet.value("document.querySelector('.sub th').textContent") == "Promise"
        assert sheet.value(STATUS) == ""
        assert sheet.barriers() == []


def test_sorting_by_keyboard(reforms: Sheet) -> None:
    order = reforms.value(NAMES_SHOWN)
    reached = tab_to(reforms, "Transparency, promise")
    assert (reached["tag"], reached["ring"]) == ("button", "solid")
    press(reforms, "Enter")
    scores = [float(score) for score in reforms.value(SCORES.format(column=3))]
    assert scores == sorted(scores, reverse=True)
    sorted_by = "[...document.querySelectorAll('[aria-sort]')].map(e => [e.dataset.name, e.ariaSort])"
    assert reforms.value(sorted_by) == [["Transparency, promise", "descending"]]
    assert (
        reforms.value(STATUS) == f"{len(order)} of {len(order)} shown. Sorted by Transparency, promise, highest first."
    )
    assert reforms.value(FOCUS)["name"] == "Transparency, promise"
    press(reforms, " ")
    scores = [float(score) for score in reforms.value(SCORES.format(column=3))]
    assert scores == sorted(scores)
    assert "lowest first" in reforms.value(STATUS)
    tab_to(reforms, "Openness, practice")
    press(reforms, "Enter")
    shown = reforms.value(SCORES.format(column=2))
    assert shown[-1] == "—"  # what is not assessed comes last, whichever way it is sorted
    press(reforms, "Enter")
    assert reforms.value(SCORES.format(column=2))[-1] == "—"
    tab_to(reforms, "Reform", back=True)
    press(reforms, "Enter")
    assert reforms.value(NAMES_SHOWN) == sorted(order, key=str.casefold)
    assert "A to Z" in reforms.value(STATUS)
    tab_to(reforms, "reset", back=True)
    press(reforms, "Enter")
    assert reforms.value(NAMES_SHOWN) == order
    assert reforms.value("document.querySelectorAll('[aria-sort]').length") == 0
    assert reforms.outcry() == []


@pytest.mark.parametrize("width", [320, 1100])
def test_the_keyboard_reaches_everything_and_sees_where_it_is(reforms: Sheet, width: int) -> None:
    reforms.show(width)
    seen: list[dict[str, Any]] = []
    for _ in range(80):
        press(reforms, "Tab")
        focus = reforms.value(FOCUS)
        if focus["tag"] == "body":
            break
        seen.append(focus)
    names = [focus["name"] for focus in seen]
    assert {"find", "column", "compare", "points", "gate", "reset", "Reform", "Likely rank", "Gates"} <= set(names)
    assert len([focus for focus in seen if focus["tag"] == "button"]) == 15
    for focus in seen:
        assert focus["ring"] not in {"none", ""}, focus
        if focus["tag"] != "div":
            assert focus["seen"], focus
            assert focus["high"] >= 24, focus
            assert focus["wide"] >= 24, focus


def test_filters_join_and_say_how_many_are_left(reforms: Sheet) -> None:
    everything = reforms.value(NAMES_SHOWN)
    choose(reforms, "find", "PROZORRO  procurement", "input")
    found = reforms.value(NAMES_SHOWN)
    assert 0 < len(found) < len(everything)
    assert all("ProZorro" in name for name in found)
    assert reforms.value(STATUS) == f"{len(found)} of {len(everything)} shown."
    choose(reforms, "find", "independently ugánda", "input")
    assert reforms.value(NAMES_SHOWN) == []
    assert reforms.value(STATUS) == f"0 of {len(everything)} shown."
    choose(reforms, "find", "", "input")
    choose(reforms, "column", "3", "change")
    choose(reforms, "points", "25", "input")
    scores = [float(score) for score in reforms.value(SCORES.format(column=3))]
    expected = sum(1 for score in scores if score >= 25)
    assert len(reforms.value(NAMES_SHOWN)) == expected
    choose(reforms, "compare", "most", "change")
    assert len(reforms.value(NAMES_SHOWN)) == sum(1 for score in scores if score <= 25)
    choose(reforms, "gate", "0:f", "change")
    failing = reforms.value(
        "[...document.querySelectorAll('#table tbody tr')].filter(row => !row.hidden).map(row => row.dataset.g[0])"
    )
    assert set(failing) == {"f"}
    assert len(failing) < expected
    reforms.value("document.getElementById('reset').click() ?? 0")
    assert reforms.value(NAMES_SHOWN) == everything
    assert reforms.value("[...document.querySelectorAll('input, select')].map(e => e.value)") == [
        "",
        "",
        "least",
        "",
        "",
    ]


def test_long_tables_are_laid_out_as_they_are_looked_at(chromium: Chromium, tmp_path: Path) -> None:
    """Of many rows those out of sight cost nothing, and are there for search, screen readers and paper all the same."""
    text = (ROOT / "examples" / "id-lapor.yaml").read_text(encoding="utf-8")
    for number in range(120):
        copy = text.replace("id: id-lapor", f"id: reform-{number:03}", 1)
        (tmp_path / f"{number:03}.yaml").write_text(copy, encoding="utf-8")
    page = tmp_path / "many.html"
    command = ["assess", str(tmp_path), "--isolated", "-q", "-f", "portfolio", "-o", str(page)]
    assert CliRunner().invoke(cli.app, command).exit_code == 0
    last = "[...document.querySelectorAll('#table tbody tr')].at(-1)"
    with opened(chromium, page) as sheet:
        sheet.show()
        assert sheet.value(f"getComputedStyle({last}).contentVisibility") == "auto"
        assert not sheet.value(f"{last}.cells[1].checkVisibility({{contentVisibilityAuto: true}})")
        sheet.value(f"{last}.scrollIntoView() ?? 0")
        sheet.value(PAUSE)
        assert sheet.value(f"{last}.cells[1].checkVisibility({{contentVisibilityAuto: true}})")
        sheet.show(PRINTED, media="print")
        assert sheet.value(f"getComputedStyle({last}).contentVisibility") == "visible"
        assert sheet.value(f"getComputedStyle({last}).display") == "table-row"


def press(sheet: Sheet, key: str, *, shift: bool = False) -> None:
    codes = {"Tab": 9, "Enter": 13, " ": 32}
    text = {"Enter": "\r", " ": " "}.get(key)
    pressed: dict[str, Any] = {"key": key, "windowsVirtualKeyCode": codes[key], "modifiers": 8 if shift else 0}
    sheet.ask("Input.dispatchKeyEvent", type="keyDown", **pressed, **({"text": text} if text else {}))
    sheet.ask("Input.dispatchKeyEvent", type="keyUp", **pressed)


def tab_to(sheet: Sheet, name: str, *, back: bool = False) -> dict[str, Any]:
    """Press Tab until that is in focus."""
    for _ in range(80):
        press(sheet, "Tab", shift=back)
        focus = sheet.value(FOCUS)
        if focus["name"] == name:
            assert focus["seen"], focus
            return dict(focus)
    raise AssertionError(f"Tab does not lead to {name}")


def choose(sheet: Sheet, control: str, value: str, event: str) -> None:
    """Give a control a value as a person does, and wait until it is answered."""
    sheet.value(
        f"(() => {{ const e = document.getElementById('{control}'); e.value = {value!r}; return e.dispatchEvent(new Event('{event}')); }})()"
    )
    sheet.value(PAUSE)


def test_axe_is_there() -> None:
    assert "axe" in axe()
