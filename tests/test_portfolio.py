"""Many reforms on one page: what is counted, what is said, what is kept of each; how it looks, test_portfolio_browser.py."""

import base64
import gc
import hashlib
import html.parser
import re
import shutil
import weakref
from collections.abc import Iterator
from pathlib import Path

import pytest
from typer.testing import CliRunner

from conftest import ROOT, assessed, compare_golden
from openreform.assessment import Assessment
from openreform.cli import main as cli
from openreform.framework import Framework
from openreform.loading.frameworks import bundled_names, load_bundled
from openreform.messages.portfolio import PORTFOLIO
from openreform.rendering.portfolio import Portfolio, gather, shade
from openreform.rendering.portfolio_page import html as page_of
from openreform.rendering.portfolio_page import script
from openreform.running import Run, run
from test_strangers import HOSTILE, hostile_assessment, raw

GOLDEN = ROOT / "tests" / "golden" / "portfolio"
EXAMPLES = ROOT / "examples"
SEEN = "publications: [{title: A, access: open}]\n"
HEARD = "mechanisms: [{title: B, people_can: [comment]}]\n"
PAGES = {
    "reforms": ["examples/gb-sct-care-opinion.yaml", "examples/id-lapor.yaml", "examples/ge-112-channels.yaml"],
    "irm": ["examples/gb-sct-care-opinion.yaml", "examples/ge-112-channels.yaml", "--framework", "ogp-irm"],
    "plans": ["examples/plans", "--framework", "ogp-co-creation"],
    "broken": ["examples/id-lapor.yaml", "tests/invalid/country_uk.yaml", "tests/invalid/bulk_yes.yaml"],
    "none": ["tests/invalid/bulk_yes.yaml"],
}


def written(*arguments: str) -> str:
    result = CliRunner().invoke(cli.app, ["assess", "-f", "portfolio", "--isolated", *arguments])
    assert result.exit_code in {0, 3}, result.output
    return result.stdout


def made(texts: list[str], framework: Framework) -> Portfolio:
    return gather([assessed(text, framework) for text in texts], framework)


def page(texts: list[str], framework: Framework) -> str:
    return "".join(page_of((assessed(text, framework) for text in texts), framework))


def message(report: str) -> str:
    found = re.search(r'<p class="message">([^<]*)', report)
    return html.unescape(found[1]) if found else ""


@pytest.mark.parametrize("name", PAGES)
def test_the_page_is_as_agreed(name: str, accept: bool, monkeypatch: pytest.MonkeyPatch) -> None:
    """What a browser is given, without style and script, which change often and say nothing."""
    monkeypatch.chdir(ROOT)
    body = written(*PAGES[name]).partition("<body>\n")[2].partition("<script>")[0]
    compare_golden(GOLDEN / f"{name}.html", body, accept)


@pytest.mark.parametrize("name", sorted(set(bundled_names()) - {"ogp-co-creation"}))
def test_every_framework_makes_a_page(name: str) -> None:
    framework = load_bundled(name).framework
    report = written(str(EXAMPLES), "--framework", name)
    assert message(report)
    assert report.count('<tr role="row" data-g=') == len(list(EXAMPLES.glob("*.yaml")))
    for criterion in framework.criteria:
        assert f">{criterion.id} {html.escape(criterion.title)}<" in report.replace("&#39;", "&#x27;")
    assert (f"{framework.overall.title}, promise" in report) if framework.overall else True
    assert (PORTFOLIO["rank"] in report) == bool(framework.overall)


def test_the_same_documents_make_the_same_bytes() -> None:
    assert written(str(EXAMPLES)) == written(str(EXAMPLES))


def test_no_assessment_is_kept(framework: Framework) -> None:
    """Each holds its document: a page of two thousand would not fit."""
    alive: list[weakref.ref[Assessment]] = []
    most = 0

    def one_by_one() -> Iterator[Assessment]:
        nonlocal most
        for _ in range(20):
            gc.collect()
            most = max(most, sum(1 for each in alive if each() is not None))
            assessment = assessed(SEEN, framework)
            alive.append(weakref.ref(assessment))
            yield assessment
            del assessment

    assert len(gather(one_by_one(), framework).rows) == 20
    assert most <= 1


def test_a_row_keeps_the_level_of_each_criterion(framework: Framework) -> None:
    assessment = assessed(SEEN, framework)
    levels = {part.id: part.promise.level for dimension in assessment.dimensions for part in dimension.findings}
    (row,) = gather([assessment], framework).rows
    assert row.levels == tuple(levels[criterion.id] for criterion in framework.criteria)
    assert any(row.levels)


def test_gaps_are_counted_over_all(framework: Framework) -> None:
    portfolio = made([SEEN, SEEN + HEARD, "", "undescribed: [publications]\n"], framework)
    gaps = {gap.criterion.id: gap for part in framework.dimensions for gap in portfolio.gaps(part)}
    assert (gaps["T5"].promise.above, gaps["T5"].promise.assessed) == (2, 3)
    assert not gaps["T5"].is_empty
    assert (gaps["A4"].promise.above, gaps["A4"].is_empty) == (0, True)
    for part in framework.dimensions:
        counts = [gap.promise.above for gap in portfolio.gaps(part) if gap.promise.assessed]
        assert counts == sorted(counts)


@pytest.mark.parametrize(
    ("score", "number"), [(0.0, 0), (0.04, 0), (0.06, 1), (19.94, 1), (19.96, 2), (39.9, 2), (40.0, 3), (100.0, 3)]
)
def test_a_shade_is_that_of_the_number_shown(score: float, number: int) -> None:
    assert shade(score) == number


def test_the_spread_counts_every_reform_once(framework: Framework) -> None:
    portfolio = made([SEEN, "", HEARD, "undescribed: [publications, mechanisms]\n"], framework)
    for place in (None, *range(len(framework.dimensions))):
        spread = portfolio.spread(place, "promise")
        assert spread.zero + spread.low + spread.middle + spread.high + spread.little + spread.none == 4
        assert len(spread.scores) == 4 - spread.little - spread.none


def test_what_is_little_assessed_has_a_number_and_no_shade(framework: Framework) -> None:
    text = "end: 2027\nundescribed: [milestones]\n"
    portfolio = made([text], framework)
    place = [part.id for part in framework.dimensions].index("Q")
    cell = portfolio.rows[0].cell(place, "promise")
    assert cell is not None
    assert (cell.assessed, cell.applicable, cell.little, cell.compared) == (1, 2, True, None)
    assert cell.score is not None
    spread = portfolio.spread(place, "promise")
    assert (spread.scores, spread.little) == ((), 1)
    report = page([text], framework)
    assert re.search(rf'<td role="cell" class="little">{cell.score:.1f}<small>', report)
    assert "<td>of none is enough assessed</td>" in report


@pytest.mark.parametrize(
    ("texts", "said"),
    [
        ([SEEN], "It says most about"),
        ([SEEN, SEEN, HEARD], "The 3 reforms say most about"),
        (["", ""], "The 2 reforms say about as much about"),
        (["undescribed: [publications, mechanisms, oversight, instruments, leads]\n"] * 2, "Too little is described"),
        ([SEEN, ""], "criteria are addressed by no reform, among them “"),
        ([SEEN, ""], "For none of them could practice be assessed."),
    ],
)
def test_the_page_begins_with_what_it_says(texts: list[str], said: str, framework: Framework) -> None:
    assert said in message(page(texts, framework))


def test_of_no_column_there_are_empty_ones_only(framework: Framework) -> None:
    report = page([SEEN, HEARD], framework)
    assert 'data-name="Transparency, practice"' not in report
    assert "Practice has no column where none of them has a score in it: Openness, Transparency" in report
    shown = page([SEEN + "undescribed: [mechanisms, oversight, instruments, leads]\n"], framework)
    assert "No column for Openness: too little is assessed of each of them." in shown


def test_likely_ranks_are_told_as_two_numbers(framework: Framework) -> None:
    found = "".join(page_of([assessed(SEEN, framework)], framework, ranked=lambda made: {made.rows[0].id: (2, 11)}))
    assert PORTFOLIO["rank"] in found
    assert '<td role="cell" class="rank" data-v="2.0000011">2–11</td>' in found
    without = "".join(page_of([assessed(SEEN, framework)], framework, ranked=lambda _: {"another": (1, 2)}))
    assert '<td role="cell" class="rank">—</td>' in without


def test_another_version_is_shown_and_not_counted(tmp_path: Path) -> None:
    text = (EXAMPLES / "id-lapor.yaml").read_text(encoding="utf-8")
    (tmp_path / "new.yaml").write_text(text, encoding="utf-8")
    old = text.replace("id: id-lapor", "id: old", 1) + "frameworks: {involve-ogp: 0.2.0}\n"
    (tmp_path / "old.yaml").write_text(old, encoding="utf-8")
    report = written(str(tmp_path))
    assert "Written for another version of the yardstick: 1." in report
    assert "involve-ogp 0.2.0</small>" in report
    result = Run()
    yardstick = load_bundled("involve-ogp")
    portfolio = gather(run([str(tmp_path)], yardstick, None, result), yardstick.framework)
    assert [row.counted for row in portfolio.rows] == [True, False]
    assert {tally.assessed for tally in portfolio.tallies.values()} <= {0, 1}


def test_the_page_lists_what_could_not_be_assessed(tmp_path: Path) -> None:
    shutil.copy(EXAMPLES / "id-lapor.yaml", tmp_path)
    (tmp_path / "bad.yaml").write_text("openreform: 1\nid: x\ntitle: <b>\npublications: 3\n", encoding="utf-8")
    (tmp_path / "notes.yaml").write_text("shopping: [milk]\n", encoding="utf-8")
    report = written(str(tmp_path))
    assert "1 document could not be assessed." in report
    assert re.search(r"<li>[^<]*bad\.yaml:4:", report)
    assert "1 file without the field &#39;openreform&#39; skipped." in report


def test_only_its_own_script_may_run() -> None:
    report = written(str(EXAMPLES / "id-lapor.yaml"))
    (own,) = re.findall(r"<script>(.*?)</script>", report, re.DOTALL)
    digest = base64.b64encode(hashlib.sha256(own.encode()).digest()).decode()
    policy = re.search(r'Content-Security-Policy" content="([^"]*)"', report)
    assert policy is not None
    assert html.unescape(policy[1]).split("; ") == [
        "default-src 'none'",
        "style-src 'unsafe-inline'",
        f"script-src 'sha256-{digest}'",
        "base-uri 'none'",
        "form-action 'none'",
    ]
    assert own == script()


class _Tags(html.parser.HTMLParser):
    def __init__(self) -> None:
        super().__init__()
        self.tags: list[str] = []
        self.attributes: set[str] = set()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append(tag)
        self.attributes |= {name for name, _ in attrs}


@pytest.mark.parametrize("name", sorted(HOSTILE))
def test_strangers_words_stay_words(name: str, framework: Framework) -> None:
    found = []
    for value in (HOSTILE[name], "plain"):
        report = "".join(page_of([hostile_assessment(value, framework)], framework))
        assert not raw(report)
        parsed = _Tags()
        parsed.feed(report)
        assert not {attribute for attribute in parsed.attributes if attribute.startswith("on")}
        found.append(parsed.tags)
    assert found[0] == found[1]


def test_every_sentence_of_its_catalogue_is_used() -> None:
    folder = ROOT / "src" / "openreform" / "rendering"
    code = "".join(path.read_text("utf-8") for path in [*folder.glob("portfolio*.py"), *folder.glob("*/portfolio.*")])
    for key in PORTFOLIO:
        base = re.sub(r"-(one|plan)$", "", re.sub(r"-(one|none)-plan$", r"-\1", key))
        assert {f'"{key}"', f'"{base}"'} & set(re.findall(r'"[^"\s]+"', code)) or key.startswith("gates-"), key
