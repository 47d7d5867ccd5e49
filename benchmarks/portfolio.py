"""Measure how the page of many reforms opens, sorts and searches in Chromium, beside a bare table of the same cells.

Usage: python benchmarks/portfolio.py [--rounds N] [--reforms N] [--keep FILE]

Needs Chromium, and the checkout installed as `make install` does: the page is the same bytes wherever it is made, and it is the
browser that is measured. Like run.py it judges nothing and exits 0 whatever the figures are.
"""

import argparse
import html
import itertools
import json
import os
import platform
import re
import shutil
import statistics
import subprocess
import sys
import tempfile
import time
from pathlib import Path

from run import Aim, Row, remark

ROOT = Path(__file__).parent.parent
sys.path.insert(0, str(ROOT / "tests"))

from browser import Chromium, Sheet, opened  # noqa: E402  # the tests drive the same browser

WIDTH = 1100
# The moment after the first frame that shows the whole page, in milliseconds since it was asked for.
WATCH = """addEventListener('load', () => requestAnimationFrame(() => setTimeout(() => {
    window.openedAt = performance.now();
})));"""
# What a change takes until the frame that shows it.
TIMED = """(() => {{
    const began = performance.now();
    {change};
    document.body.offsetHeight;
    return new Promise(done => requestAnimationFrame(() => setTimeout(() => done(performance.now() - began))));
}})()"""
SORT = "document.querySelectorAll('#table th[data-kind=score] button')[{column}].click()"
# The least that sorting by a number can be: read it from each row, compare, put the rows back.
BARE_SORT = """const body = document.querySelector('tbody');
    const key = row => parseFloat(row.cells[{column} + 1].textContent);
    body.append(...[...body.rows].map(row => [key(row), row]).sort((one, other) => other[0] - one[0]).map(pair => pair[1]))"""
SEARCH = (
    "document.getElementById('gate').value = '0:p'; document.getElementById('gate').dispatchEvent(new Event('change'))"
)
BARE_SEARCH = (
    "for (const row of document.querySelector('tbody').rows) row.hidden = row.textContent.includes('verifiable')"
)
CELLS = "[...document.querySelectorAll('#table tr')].map(row => [...row.cells].map(cell => [cell.localName, cell.textContent]))"


def page_of(count: int, folder: Path) -> Path:
    """The page of so many reforms: copies of the examples, each with an id and a title of its own."""
    documents = folder / "documents"
    documents.mkdir()
    texts = [path.read_text(encoding="utf-8") for path in sorted((ROOT / "examples").glob("*.yaml"))]
    for number, text in zip(range(count), itertools.cycle(texts), strict=False):
        copy = re.sub(r"^id: .*$", f"id: reform-{number:05}", text, count=1, flags=re.MULTILINE)
        (documents / f"{number:05}.yaml").write_text(copy, encoding="utf-8")
    page = folder / "portfolio.html"
    command = [sys.executable, "-m", "openreform", "assess", "--isolated", "-q", "-f", "portfolio"]
    began = time.perf_counter()
    subprocess.run([*command, "-o", str(page), str(documents)], check=True)
    remark(f"made in {time.perf_counter() - began:.1f} s, {page.stat().st_size / 1e6:.1f} MB")
    return page


def bare_of(sheet: Sheet, folder: Path) -> Path:
    """The same cells as a table and nothing more."""
    rows = sheet.value(CELLS)
    heads = sum(1 for row in rows if row and row[-1][0] == "th")

    def line(row: list[list[str]]) -> str:
        return "".join(f"<{name}>{html.escape(text)}" for name, text in row)

    body = "".join(f"<tr>{line(row)}\n" for row in rows[heads:])
    head = f"<tr>{line(rows[heads - 1])}\n"
    bare = folder / "bare.html"
    bare.write_text(
        f"<!DOCTYPE html><html lang=en><meta charset=utf-8><title>Bare</title><table><thead>{head}<tbody>{body}</table>",
        encoding="utf-8",
    )
    return bare


def opening(sheet: Sheet, page: Path) -> float:
    """Milliseconds until the whole page is shown."""
    sheet.ask("Page.navigate", url="about:blank")
    sheet.ask("Page.navigate", url=page.as_uri())
    while True:
        answer = sheet.value(f"location.href === {json.dumps(page.as_uri())} && window.openedAt || null")
        if answer:
            return float(answer)
        time.sleep(0.01)


def timed(sheet: Sheet, change: str) -> float:
    """Milliseconds until a change is shown."""
    return float(sheet.value(TIMED.format(change=change)))


def measured(chromium: Chromium, page: Path, bare: Path, rounds: int) -> dict[str, list[tuple[float, float]]]:
    """Pairs of ours and the bare table's, one after the other in each round; the first round warms up."""
    found: dict[str, list[tuple[float, float]]] = {"opens": [], "sorts": [], "sorts again": [], "searches": []}
    with opened(chromium, page) as sheet:
        sheet.show(WIDTH)
        sheet.ask("Page.addScriptToEvaluateOnNewDocument", source=WATCH)
        for number in range(-1, rounds):
            took: dict[str, list[float]] = {name: [] for name in found}
            for shown, sort, search in ((page, SORT, SEARCH), (bare, BARE_SORT, BARE_SEARCH)):
                took["opens"].append(opening(sheet, shown))
                took["sorts"].append(timed(sheet, sort.format(column=0)))
                took["sorts again"].append(timed(sheet, sort.format(column=3)))
                took["searches"].append(timed(sheet, search))
            if number >= 0:
                for name, (ours, others) in took.items():
                    found[name].append((ours, others))
    return found


def main() -> None:
    """Print the table."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").split("\n", maxsplit=1)[0], allow_abbrev=False)
    parser.add_argument("--rounds", type=int, default=7, metavar="N", help="rounds that count (default 7)")
    parser.add_argument("--reforms", type=int, default=2000, metavar="N", help="how many reforms (default 2000)")
    parser.add_argument("--keep", metavar="FILE", help="also write the page there")
    options = parser.parse_args()
    program = shutil.which("chromium")
    if program is None:
        raise SystemExit("chromium is not there")
    with tempfile.TemporaryDirectory(ignore_cleanup_errors=True) as name:
        folder = Path(name).resolve()
        page = page_of(options.reforms, folder)
        if options.keep:
            shutil.copy(page, options.keep)
        chromium = Chromium(program, folder / "profile")
        try:
            with opened(chromium, page) as sheet:
                bare = bare_of(sheet, folder)
            found = measured(chromium, page, bare, options.rounds)
        finally:
            chromium.close()
    print("| what | median (min–max) | by the clock | made of | aim | met |")
    print("| --- | --- | --- | --- | --- | --- |")
    for name, pairs in found.items():
        ours, others = (statistics.median(times) for times in zip(*pairs, strict=True))
        what = f"{options.reforms:,} reforms on one page: {name} ÷ a bare table of the same cells"
        print(Row(what, [one / other for one, other in pairs], None, f"{ours:.0f} ms, {others:.0f} ms", Aim(1)))
    slowest = {name: max(ours for ours, _ in pairs) for name, pairs in found.items()}
    told = ", ".join(f"{name} {milliseconds:.0f} ms" for name, milliseconds in slowest.items())
    print(
        f"\nThe slowest of {options.rounds} rounds: {told}. Python {platform.python_version()}, {os.cpu_count()} cores."
    )


if __name__ == "__main__":
    main()
