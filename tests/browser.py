"""A real browser for tests: pages opened in headless Chromium, and probes that say what is wrong with one.

Chromium takes its orders over two pipes, in the DevTools protocol (https://chromedevtools.github.io/devtools-protocol/): the
page stays as it was written, and nothing but Debian's package is needed. Each probe answers with what is wrong.

`Sheet.barriers` runs axe-core, which `make axe-core` fetches from npm, in the page: light, dark, on a phone and on paper.
"""

import base64
import json
import os
import select
import subprocess
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

from conftest import ROOT, missing

PATIENCE = 30.0  # seconds for one answer: many times what it takes, so that only a hanging browser fails
SCREENS = [320, 768, 1100]
AXE = ROOT / ".axe-core" / "axe.min.js"
GUIDELINES = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22a", "wcag22aa", "best-practice"]
PAPER = {"paperWidth": 8.27, "paperHeight": 11.69}  # A4, in inches
PRINTED = int((PAPER["paperWidth"] - 2 * 0.4) * 96)  # its width in pixels between the browser's own margins
MANNERS: dict[str, dict[str, Any]] = {
    "light": {"scheme": "light"},
    "dark": {"scheme": "dark"},
    "phone": {"width": 320},
    "paper": {"width": PRINTED, "scheme": "dark", "media": "print"},
}
"""The ways to show a page in which nothing may bar a reader: what `Sheet.show` takes."""
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

BARRED = "base, embed, form, frame, iframe, img, input, link, object, script, svg:not(.timeline), video, audio, meta[http-equiv=refresh]"
NAMES = "const named = e => e.localName + (e.getAttribute('class') ? '.' + e.getAttribute('class') : '');"
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
    for (const e of document.querySelectorAll('[role=img]:not(svg) *'))
        if (e.clientWidth) judge(named(e), plain(getComputedStyle(e).backgroundColor), ground(e.parentElement), 3);
"""

LIGHT = (
    CONTRAST
    + """
    if (light(ground(document.body)) < 0.9) faults.push('the page is dark');
    for (const node of texts) if (light(ground(node.parentElement)) < 0.9) faults.push(`on dark ground: ${start(node)}`);
"""
)

# Rules the axe-core developers leave off until asked stay on here: target size is one of them.
BARRIERS = f"""axe.run(document, {{
    runOnly: {{type: 'tag', values: {json.dumps(GUIDELINES)}}},
    rules: {{'target-size': {{enabled: true}}}},
    resultTypes: ['violations'],
}}).then(found => found.violations.flatMap(rule => rule.nodes.map(node =>
    `${{rule.id}}: ${{node.target.join(' ')}}: ${{node.any.concat(node.all, node.none).map(check => check.message).join(' ')}}`
)))"""


@cache
def axe() -> str:
    """The script of axe-core; skips by name where it was not fetched."""
    if not AXE.is_file():
        missing("axe-core is not there: make axe-core")
    return AXE.read_text(encoding="utf-8")


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

    def barriers(self) -> list[str]:
        """What axe-core finds against WCAG 2.2 AA and good practice, as the page is shown now: rule, element, why."""
        self.ask("Runtime.evaluate", expression=axe())
        return list(self.value(BARRIERS))

    def value(self, expression: str) -> Any:
        """What an expression is, or comes to be, as the page stands."""
        answer = self.ask("Runtime.evaluate", expression=expression, returnByValue=True, awaitPromise=True)
        assert "exceptionDetails" not in answer, answer
        return answer["result"].get("value")  # nothing, if it comes to nothing

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
