"""The HTML report as a browser shows it: nothing runs or is fetched, everything fits, can be read, and prints.

Chromium takes its orders over two pipes, in the DevTools protocol (https://chromedevtools.github.io/devtools-protocol/): the
page stays as it was written, and nothing but Debian's package is needed. Each probe answers with what is wrong.
"""

import base64
import json
import os
import re
import select
import subprocess
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest
from typer.testing import CliRunner

from conftest import ROOT, need
from openreform.cli import main as cli
from test_strangers import HOSTILE, hostile_document

PATIENCE = 30.0  # seconds for one answer: many times what it takes, so that only a hanging browser fails
SCREENS = [320, 768, 1100]
PAPER = {"paperWidth": 8.27, "paperHeight": 11.69}  # A4, in inches
PRINTED = int((PAPER["paperWidth"] - 2 * 0.4) * 96)  # its width in pixels between the browser's own margins
SWITCHES = [
    "--headless",
    "--no-sandbox",  # CI runs as root in a container, where Chromium's sandbox does not start
    "--remote-debugging-pipe",
    "--host-resolver-rules=MAP * ~NOTFOUND",
    "--disable-background-networking",
    "--disable-breakpad",
    "--disable-component-update",
    "--disable-dev-shm-usage",
    "--disable-extensions",
    "--disable-gpu",
    "--disable-quic",
    "--disable-sync",
    "--no-first-run",
]
# The pipes are descriptors 3 and 4 for Chromium; the shell turns ours into these and leaves the rest to /dev/null.
START = 'exec "$@" 3<&0 4>&1 </dev/null >/dev/null'

BARRED = (
    "base, embed, form, frame, iframe, img, input, link, object, script, svg, video, audio, meta[http-equiv=refresh]"
)
NAMES = "const named = e => e.localName + (e.className ? '.' + e.className : '');"
TEXTS = """
    const texts = [];
    const walk = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
    while (walk.nextNode()) if (walk.currentNode.data.trim()) texts.push(walk.currentNode);
    const start = node => node.data.trim().slice(0, 40);
"""

FOREIGN = f"""
    for (const e of document.querySelectorAll('{BARRED}')) faults.push(`there is ${{named(e)}}`);
    for (const e of document.querySelectorAll('*')) for (const {{name, value}} of e.attributes) {{
        if (name.startsWith('on')) faults.push(`${{named(e)}} would run ${{name}}`);
        if (/url\\(/i.test(value)) faults.push(`${{named(e)}} fetches through ${{name}}`);
        if (/^(src|srcset|href|action|data|poster|background|ping)$/.test(name)
            && !(e.localName === 'a' && /^(#|https?:|mailto:)/.test(value))) faults.push(`${{named(e)}} leads to ${{value}}`);
    }}
    for (const style of document.querySelectorAll('style'))
        if (/url\\(|@import/i.test(style.textContent)) faults.push('a style fetches');
"""

SHAPE = """
    if (document.compatMode !== 'CSS1Compat') faults.push('no doctype');
    if (!document.documentElement.lang) faults.push('no language');
    if (!document.title.trim()) faults.push('no title');
    if (document.querySelectorAll('main').length !== 1) faults.push('not one main part');
    let above = 0;
    for (const h of document.querySelectorAll('h1, h2, h3, h4, h5, h6')) {
        const depth = Number(h.localName[1]);
        if (!h.textContent.trim()) faults.push(`${h.localName} is empty`);
        if (depth > above + 1) faults.push(`${h.localName} under h${above}: ${h.textContent.slice(0, 40)}`);
        above = depth;
    }
    if (document.querySelectorAll('h1').length !== 1) faults.push('not one h1');
    for (const table of document.querySelectorAll('table')) {
        if (!table.caption && !table.getAttribute('aria-label')) faults.push('a table has no caption');
        if (!table.tHead || table.tHead.querySelector('td')) faults.push('a table has no heading row');
        for (const row of table.rows) if (!row.querySelector('th[scope]')) faults.push(`a row has no heading: ${row.innerText}`);
    }
    const ids = [...document.querySelectorAll('[id]')].map(e => e.id);
    for (const id of new Set(ids)) if (ids.filter(other => other === id).length > 1) faults.push(`two anchors ${id}`);
    for (const a of document.querySelectorAll('a[href^="#"]'))
        if (!ids.includes(a.getAttribute('href').slice(1))) faults.push(`${a.getAttribute('href')} leads nowhere`);
    for (const a of document.querySelectorAll('a')) if (!a.textContent.trim()) faults.push('a link without words');
    for (const e of document.querySelectorAll('[role=img]'))
        if (!e.getAttribute('aria-label')) faults.push('a picture without words');
"""

FIT = """
    const room = document.documentElement.clientWidth;
    const wide = document.documentElement.scrollWidth;
    if (wide > room) faults.push(`the page is ${wide} wide`);
    for (const e of document.body.querySelectorAll('*')) {
        if (e.clientWidth && e.scrollWidth > e.clientWidth + 1)
            faults.push(`${named(e)} of ${e.clientWidth} holds ${e.scrollWidth}`);
        if (getComputedStyle(e).overflowY !== 'visible' && e.scrollHeight > e.clientHeight + 1)
            faults.push(`${named(e)} is cut below`);
    }
    for (const node of texts) {
        const range = document.createRange();
        range.selectNodeContents(node);
        for (const box of range.getClientRects())  // what lies wholly to the left is there for screen readers
            if (box.right > room + 1 || (box.left < -1 && box.right > 0)) {
                faults.push(`cut at ${Math.round(box.left)} to ${Math.round(box.right)}: ${start(node)}`);
                break;
            }
    }
"""

# WCAG 2.2, success criteria 1.4.3 and 1.4.11: https://www.w3.org/TR/WCAG22/#dfn-contrast-ratio
CONTRAST = """
    const plain = colour => {
        const parts = /^rgb\\((\\d+), (\\d+), (\\d+)\\)$/.exec(colour);
        return parts && parts.slice(1).map(Number);
    };
    const light = colour => colour.map(part => part / 255)
        .map(part => part <= 0.04045 ? part / 12.92 : ((part + 0.055) / 1.055) ** 2.4)
        .reduce((sum, part, n) => sum + part * [0.2126, 0.7152, 0.0722][n], 0);
    const ratio = (one, other) => {
        const [dark, bright] = [light(one), light(other)].sort((a, b) => a - b);
        return (bright + 0.05) / (dark + 0.05);
    };
    const ground = e => {
        while (e && getComputedStyle(e).backgroundColor === 'rgba(0, 0, 0, 0)') e = e.parentElement;
        return e && plain(getComputedStyle(e).backgroundColor);
    };
    const judge = (what, front, back, least) => {
        if (!front || !back) faults.push(`no plain colour: ${what}`);
        else if (ratio(front, back) < least) faults.push(`${ratio(front, back).toFixed(2)} to 1: ${what}`);
    };
    for (const e of document.querySelectorAll('*')) {
        const style = getComputedStyle(e);
        if (style.opacity !== '1' || style.filter !== 'none' || style.backgroundImage !== 'none')
            faults.push(`no plain colour: ${named(e)}`);
    }
    for (const node of texts) {
        const e = node.parentElement;
        judge(`${named(e)}, ${start(node)}`, plain(getComputedStyle(e).color), ground(e), 4.5);
    }
    for (const e of document.querySelectorAll('[role=img] *'))
        if (e.clientWidth) judge(named(e), plain(getComputedStyle(e).backgroundColor), ground(e.parentElement), 3);
"""

LIGHT = (
    CONTRAST
    + """
    if (light(ground(document.body)) < 0.9) faults.push('the page is dark');
    for (const node of texts) if (light(ground(node.parentElement)) < 0.9) faults.push(`on dark ground: ${start(node)}`);
"""
)


class Chromium:
    """A headless browser, and what it told without being asked."""

    def __init__(self, program: str, profile: Path) -> None:
        self._told: list[dict[str, Any]] = []
        self._unread = b""
        self._asked = 0
        self._log = profile.with_suffix(".log")
        command = ["sh", "-c", START, "sh", program, *SWITCHES, f"--user-data-dir={profile}"]
        at_home = {**os.environ, "HOME": str(profile.parent)}  # so that it leaves nothing in the tester's own
        with self._log.open("wb") as log:
            self._process = subprocess.Popen(
                command, bufsize=0, stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=log, env=at_home
            )

    def ask(self, method: str, session: str | None = None, **details: object) -> dict[str, Any]:
        """Sends one order and waits for its answer."""
        assert self._process.stdin is not None
        self._asked += 1
        order = {"id": self._asked, "method": method, "params": details} | ({"sessionId": session} if session else {})
        with suppress(BrokenPipeError):  # a browser that is gone is told of where its answer is missed
            self._process.stdin.write(json.dumps(order).encode() + b"\0")
        while (message := self._next()).get("id") != self._asked:
            self._told.append(message)
        assert "error" not in message, (method, message)
        return dict(message["result"])

    def wait_for(self, event: str, session: str) -> None:
        """Waits until the browser tells of something that happens in a page."""
        while event not in [method for method, _ in self.told(session)]:
            self._told.append(self._next())

    def told(self, session: str) -> list[tuple[str, dict[str, Any]]]:
        """What happened in a page so far."""
        return [(told["method"], told["params"]) for told in self._told if told.get("sessionId") == session]

    def close(self) -> None:
        """Ends the browser, whether or not it still answers."""
        assert self._process.stdin is not None
        assert self._process.stdout is not None
        try:
            self.ask("Browser.close")
            self._process.wait(PATIENCE)
        finally:
            self._process.kill()
            self._process.wait()
            self._process.stdin.close()
            self._process.stdout.close()

    def _next(self) -> dict[str, Any]:
        assert self._process.stdout is not None
        pipe = self._process.stdout.fileno()
        until = time.monotonic() + PATIENCE
        while b"\0" not in self._unread:
            ready, _, _ = select.select([pipe], [], [], max(0, until - time.monotonic()))
            chunk = os.read(pipe, 1 << 20) if ready else b""
            assert chunk, f"Chromium does not answer: {self._log.read_text(errors='replace')[-2000:]}"
            self._unread += chunk
        message, _, self._unread = self._unread.partition(b"\0")
        return dict(json.loads(message))


@dataclass(frozen=True)
class Sheet:
    """A page open in the browser."""

    chromium: Chromium
    session: str

    def show(self, width: int = 1100, scheme: str = "light", media: str = "screen") -> None:
        """Shows the page that wide, to a reader who wishes for light or dark."""
        self.ask("Emulation.setDeviceMetricsOverride", width=width, height=900, deviceScaleFactor=1, mobile=False)
        wish = {"name": "prefers-color-scheme", "value": scheme}
        self.ask("Emulation.setEmulatedMedia", media=media, features=[wish])
        assert self.value("innerWidth") == width

    def faults(self, probe: str) -> list[str]:
        """What a probe finds wrong; the first few, for a fault in a style is a fault in every line."""
        script = f"(() => {{ const faults = []; {NAMES} {TEXTS} {probe} return faults.slice(0, 12); }})()"
        return list(self.value(script))

    def value(self, expression: str) -> Any:
        """What an expression is, as the page stands."""
        answer = self.ask("Runtime.evaluate", expression=expression, returnByValue=True)
        assert "exceptionDetails" not in answer, answer
        return answer["result"]["value"]

    def fetched(self) -> list[str]:
        """Every address asked for, the page's own first."""
        told = self.chromium.told(self.session)
        return [details["request"]["url"] for method, details in told if method == "Network.requestWillBeSent"]

    def outcry(self) -> list[str]:
        """Whatever ran, spoke up or was held back by the page's own policy."""
        loud = {"Log.entryAdded", "Page.javascriptDialogOpening", "Runtime.consoleAPICalled", "Runtime.exceptionThrown"}
        return [f"{method}: {details}" for method, details in self.chromium.told(self.session) if method in loud]

    def pdf(self) -> bytes:
        """The page as the browser prints it, backgrounds and all."""
        return base64.b64decode(self.ask("Page.printToPDF", printBackground=True, **PAPER)["data"])

    def ask(self, method: str, **details: object) -> dict[str, Any]:
        return self.chromium.ask(method, self.session, **details)


@contextmanager
def opened(chromium: Chromium, page: Path) -> Iterator[Sheet]:
    """The page in a window of its own."""
    target = chromium.ask("Target.createTarget", url="about:blank")["targetId"]
    sheet = Sheet(chromium, chromium.ask("Target.attachToTarget", targetId=target, flatten=True)["sessionId"])
    for domain in ("Log", "Network", "Page", "Runtime"):
        sheet.ask(f"{domain}.enable")
    # As on a phone, a scrollbar takes no room; on a desktop there is more of it.
    sheet.ask("Emulation.setScrollbarsHidden", hidden=True)
    sheet.ask("Page.navigate", url=page.as_uri())
    chromium.wait_for("Page.loadEventFired", sheet.session)
    yield sheet
    chromium.ask("Target.closeTarget", targetId=target)


@pytest.fixture(scope="module")
def chromium(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Chromium]:
    browser = Chromium(need("chromium"), tmp_path_factory.mktemp("browser") / "profile")
    yield browser
    browser.close()


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


@pytest.fixture(scope="module", params=["examples", "strangers", "long", *SHOWN])
def page(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A page as the command writes it: the examples, everything hostile together, one endless word, and those without."""
    folder = tmp_path_factory.mktemp("reports")
    if request.param in SHOWN:
        shown = folder / f"{request.param}.html"
        told = CliRunner().invoke(cli.app, [*SHOWN[request.param], "--format", "html"])
        assert told.exit_code == 0, told.output[:1000]
        shown.write_text(told.stdout, encoding="utf-8")
        return shown
    if request.param != "examples":
        for name in HOSTILE if request.param == "strangers" else ["long"]:
            written = hostile_document(HOSTILE[name]).replace("id: x\n", f"id: {name}\n", 1)
            (folder / f"{name}.yaml").write_text(written, encoding="utf-8")
    source = ROOT / "examples" if request.param == "examples" else folder
    report = folder / f"{request.param}.html"
    result = CliRunner().invoke(cli.app, ["assess", str(source), "--format", "html", "--output", str(report)])
    assert result.exit_code == 0, result.output[:1000]
    return report


@pytest.fixture(scope="module")
def sheet(chromium: Chromium, page: Path) -> Iterator[Sheet]:
    with opened(chromium, page) as sheet:
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
