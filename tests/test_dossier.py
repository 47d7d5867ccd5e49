"""What the long report adds: titles that say the message, sums that add up, evidence by number, how to cite, provenance."""

import html.parser
import json
import re
from itertools import pairwise

import pytest

from conftest import ROOT, assessed
from openreform.assessment import SIDES, Assessment
from openreform.framework import Framework
from openreform.library import Library
from openreform.loading.frameworks import load_bundled
from openreform.rendering import dossier, pages
from openreform.rendering import json as json_report
from openreform.running import run_all

RICH = (
    "publications:\n"
    "  - {title: Budget, access: open, status: operational, evidence: [e1, e2], formats: [csv], licence: CC0-1.0}\n"
    "evidence:\n"
    "  - {id: e1, title: The page, kind: working, publisher: The office, url: 'https://example.org/a?b=1&c=2', date: 2026-03}\n"
    "  - {id: e2, title: A study, kind: check, independent: true}\n"
    "  - {id: e3, kind: statement}\n"
)


@pytest.fixture(scope="module")
def examples() -> dict[str, Assessment]:
    names = ["gb-sct-care-opinion", "ge-112-channels", "py-fonacide"]
    paths = [str(ROOT / "examples" / f"{name}.yaml") for name in names]
    assessments, result = run_all(paths, load_bundled("involve-ogp"), None, Library)
    assert not result.problems
    return {each.reform_id: each for each in assessments}


class _Text(html.parser.HTMLParser):
    """The cells of every table, row by row, and the headings."""

    def __init__(self, page: str) -> None:
        super().__init__()
        self.rows: list[list[str]] = []
        self.headings: list[str] = []
        self._open = ""
        self.feed(page)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self._open = tag if tag in {"td", "th"} or re.fullmatch(r"h\d", tag) else self._open
        if tag == "tr":
            self.rows.append([])
        elif tag in {"td", "th"}:
            self.rows[-1].append("")
        elif re.fullmatch(r"h\d", tag):
            self.headings.append("")

    def handle_endtag(self, tag: str) -> None:
        self._open = "" if tag == self._open else self._open

    def handle_data(self, data: str) -> None:
        if self._open in {"td", "th"}:
            self.rows[-1][-1] += data
        elif self._open:
            self.headings[-1] += data


def test_the_title_of_bars_says_what_they_show(examples: dict[str, Assessment]) -> None:
    said = {part.id: dossier.message(part) for part in examples["gb-sct-care-opinion"].dimensions}
    assert (
        said["T"] == "Transparency: weak on what people can see; 4 of 8 criteria promised, 4 of them shown in practice"
    )
    bare = {part.id: dossier.message(part) for part in examples["ge-112-channels"].dimensions}
    assert bare["T"] == "Transparency: silent on what people can see; none of 8 criteria promised"
    assert bare["A"].endswith("1 of 8 criteria promised, none of them shown in practice")
    page = _Text(pages.html([examples["gb-sct-care-opinion"]]))
    assert set(said.values()) <= set(page.headings)


def test_what_is_not_known_is_not_judged(framework: Framework) -> None:
    result = assessed("undescribed: [publications, mechanisms, oversight]\n", framework)
    first = result.dimensions[0]
    assert dossier.message(first) == f"{first.title}: not assessed"
    assert [bar.says for bar in dossier.chart(first).bars] == ["Promise: no score.", "Practice: no score."]


def test_bars_say_in_words_what_they_show(examples: dict[str, Assessment]) -> None:
    transparency = dossier.chart(examples["gb-sct-care-opinion"].dimensions[0])
    assert transparency.description == (
        "Horizontal bars from 0 to 100. Promise: 25.0 of 100, up to 28.1 if all that is unknown is so. Practice: 50.0 of 100."
    )
    assert dict(transparency.numbers) == {
        "Score, of 100": ("25.0", "50.0"),
        "If all that is unknown is so": ("28.1", "50.0"),
        "Criteria above level 0": ("4 of 8", "4 of 4"),
        "Mean level of these": ("2.0", "2.0"),
        "Criteria assessed": ("8 of 8", "4 of 8"),
    }
    page = pages.html([examples["gb-sct-care-opinion"]])
    assert 'aria-label="Promise: 25.0 of 100, up to 28.1 if all that is unknown is so."' in page


@pytest.mark.parametrize("name", ["gb-sct-care-opinion", "ge-112-channels", "py-fonacide"])
def test_the_printed_sums_add_up(name: str, examples: dict[str, Assessment]) -> None:
    assessment = examples[name]
    rows = iter(_Text(pages.html([assessment])).rows)
    for side in SIDES:
        for dimension in dossier.summed(assessment, side):
            total = 0.0
            for row in rows:
                if row[0] == dimension.title and len(row) == 2:
                    assert float(row[1]) == pytest.approx(total, abs=0.005)
                    break
                if len(row) == 5 and re.fullmatch(r"\d+\.\d{3}", row[4]):
                    assert float(row[2]) * float(row[3].rstrip(" %")) / 100 == pytest.approx(float(row[4]), abs=0.05)
                    total += float(row[4])
            else:
                pytest.fail(f"no sum of {dimension.title}, {side}")


def test_the_whole_is_worked_on_both_sides(examples: dict[str, Assessment]) -> None:
    promise, practice = dossier.wholes(examples["gb-sct-care-opinion"])
    numbers = [float(part) for part in re.findall(r"√(\d+(?:\.\d+)?)", promise)]
    assert round((sum(number**0.5 for number in numbers) / len(numbers)) ** 2, 1) == float(promise.rpartition("= ")[2])
    assert practice == "Practice: no score, insufficient data."


def test_each_criterion_has_its_next_step_and_who_does_it(examples: dict[str, Assessment]) -> None:
    assessment = examples["gb-sct-care-opinion"]
    parts = re.split(r'<section class="criterion" id="r-1-(\w+)">', pages.html([assessment]))[1:]
    blocks = {name: block.split("</section>")[0] for name, block in pairwise(parts) if re.fullmatch(r"[A-Z]\d", name)}
    findings = [finding for dimension in assessment.dimensions for finding in dimension.findings]
    assert set(blocks) == {finding.id for finding in findings}
    for finding in findings:
        step = assessment.next_steps.get(finding.id)
        if step:
            assert f"Next step, to level {step.level}" in blocks[finding.id]
            assert "Who does it" in blocks[finding.id]
        assert ("Earned by" in blocks[finding.id]) is bool(finding.promise.level)
        assert ("Missing for" in blocks[finding.id]) is bool(
            finding.promise.level is not None and finding.promise.unmet
        )


def test_evidence_is_numbered_the_same_everywhere(framework: Framework) -> None:
    result = assessed(RICH, framework)
    told = json.loads(json_report.render([result], [], None))["assessments"][0]["evidence"]
    assert [each["number"] for each in told] == [1, 2, 3]
    assert told[0]["supports"] == [{"name": "Budget", "path": "publications[0]", "line": 5, "column": 5}]
    assert told[0]["url"] == "https://example.org/a?b=1&c=2"
    assert told[1]["independent"]
    assert told[2]["title"] is None
    page = pages.html([result])
    assert re.search(
        r'<li id="r-1-source-1">The office\. ‘<a href="https://example.org/a\?b=1&amp;c=2">The page</a>’ March 2026',
        page,
    )
    assert '<a href="#r-1-source-1" aria-label="Evidence 1">[1]</a> <a href="#r-1-source-2"' in page
    markdown = "".join(pages.markdown([result]))
    assert "\n1. The office. ‘[The page](<https://example.org/a?b=1&c=2>)’ March 2026. The thing itself" in markdown
    assert "\n3. A source without a name. A statement; nothing says that it is independent. Nothing in the" in markdown
    cited = dossier.sources_of(result, next(f for f in result.dimensions[0].findings if f.promise.level))
    assert cited == [1, 2]


def test_no_evidence_is_said(framework: Framework) -> None:
    for report in (pages.html([assessed("", framework)]), "".join(pages.markdown([assessed("", framework)]))):
        assert "The document names no evidence" in report


def test_it_can_be_cited_and_traced(framework: Framework) -> None:
    result = assessed("assessed: {by: The forum, role: peer, date: 2026-03}\n", framework)
    for report in (pages.html([result]), "".join(pages.markdown([result])).replace("\\", "")):
        assert f"‘{result.title}: how open is it?’" in report
        for told in (
            "The forum",
            "assessed by peers",
            "2026-03",
            result.digest,
            result.framework_digest,
            "openreform 0",
        ):
            assert told in report
    assert ("Described by", "the document does not say") in dossier.provenance(assessed("", framework))
