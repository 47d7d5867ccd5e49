"""Strangers' text is data: hostile strings through every text field and every format; nothing runs, breaks or escapes."""

import csv as csv_reader
import html.parser
import io
import json
import re

import pytest
from markdown_it import MarkdownIt

from conftest import document
from openreform.assessment import Assessment
from openreform.framework import Framework
from openreform.loading.reforms import Document, parse_reform
from openreform.reform import all_fields
from openreform.rendering import csv, pages, text
from openreform.rendering import json as json_report
from openreform.scoring.assess import Origin, assess

HOSTILE = {
    "script": "<script>alert(1)</script>",
    "image": '<img src=x onerror="alert(1)">',
    "attribute": '" onmouseover="alert(1)',
    "template": "{{ 7 * 7 }}{% raw %}",
    "markup": "[/] [bold red]x[/bold red]",
    "table": "| a | b |",
    "link": "[click](javascript:alert(1))",
    "heading": "# heading",
    "rule": "---",
    "list": "- one",
    "number": "1. one",
    "entity": "&lt;b&gt; &copy;",
    "code": "```sh",
    "mention": "@octocat #1",
    "formula": '=HYPERLINK("http://example.org","x")',
    "formula-plus": "+1+cmd|' /C calc'!A0",
    "formula-minus": "-2+3",
    "formula-at": "@SUM(A1)",
    "command": "::error::stop",
    "override": "\u202egnp.exe",
    "isolate": "\u2066x\u2069",
    "long": "x" * 10_000,
    "wide": "漢字" * 100,
}
REFUSED = {"escape": "\x1b[31mred", "bell": "\x07", "nul": "\x00", "csi": "\x9b31m", "separator": "\u2028"}

STEPS = "milestones: [{id: m1, title: Step, due: 2026}]\n"


def hostile_document(value: str) -> str:
    """A document that holds the value in every field that takes sentences or names."""
    shown = json.dumps(value, ensure_ascii=False)
    sections: dict[str, list[str]] = {}
    for field in all_fields().values():
        section, _, rest = field.path.partition(".")
        if field.kind in {"text", "name"} and rest and "." not in rest and field.name not in {"unknown", "criteria"}:
            if section in {"judgements", "none_found"}:
                continue
            sections.setdefault(section, []).append(f"{rest}: {f'[{shown}]' if field.many else shown}")
    lines = [f"title: {shown}", f"status_quo: {shown}"]
    for section, parts in sections.items():
        content = "{" + ", ".join(parts) + "}"
        if section == "exceptions":
            content = f"{{F16: {content}}}"
        lines.append(
            f"{section}: {content}"
            if section in {"plan", "claims", "assessed", "problem", "objective", "budget", "exceptions"}
            else f"{section}: [{content}]"
        )
    return "openreform: 1\nid: x\n" + "\n".join(lines) + "\n"


def hostile_assessment(value: str, framework: Framework) -> Assessment:
    parsed = parse_reform(hostile_document(value), "x.yaml")
    assert isinstance(parsed, Document), parsed
    return assess(parsed.reform, framework, parsed.locate, Origin("x.yaml", parsed.digest, "sha256:0"))


@pytest.fixture(params=sorted(HOSTILE))
def hostile(request: pytest.FixtureRequest, framework: Framework) -> tuple[str, Assessment]:
    value = HOSTILE[request.param]
    return value, hostile_assessment(value, framework)


def test_the_corpus_reaches_every_text_field() -> None:
    written = hostile_document("marker")
    elsewhere = {"judgements", "none_found"}  # their text goes into problems and reasons, tested with outcomes
    texts = [f for f in all_fields().values() if f.kind in {"text", "name"} and f.path.split(".")[0] not in elsewhere]
    by_code = {"country", "jurisdiction", "frameworks", "not_applicable"}
    assert written.count("marker") == len([f for f in texts if f.name not in by_code | {"unknown"}])


@pytest.mark.parametrize("name", sorted(REFUSED))
def test_what_moves_a_terminal_is_a_named_problem(name: str) -> None:
    escaped = json.dumps(REFUSED[name])
    problems = parse_reform(f"openreform: 1\nid: x\ntitle: {escaped}\n", "x.yaml")
    assert isinstance(problems, list)
    assert [problem.code for problem in problems] == ["control-character"]


def raw(report: str) -> set[str]:
    """Characters that move a cursor or turn the reading direction."""
    return set(re.findall("[\x00-\x08\x0b-\x1f\x7f-\x9f\u200e\u200f\u2028-\u202e\u2066-\u2069]", report))


def test_text(hostile: tuple[str, Assessment]) -> None:
    assert not raw(text.render(hostile[1]).text())


def test_json(hostile: tuple[str, Assessment]) -> None:
    value, assessment = hostile
    report = json_report.render([assessment], [], None)
    assert not raw(report)
    assert json.loads(report)["assessments"][0]["reform"]["title"] == value
    (line,) = json_report.lines([assessment], None)
    assert line.count("\n") == 1


def test_csv(hostile: tuple[str, Assessment]) -> None:
    for rows in (csv.criteria([hostile[1]]), csv.reforms([hostile[1]])):
        report = "".join(rows)
        assert not raw(report)
        table = list(csv_reader.reader(io.StringIO(report)))
        assert len({len(row) for row in table}) == 1
        assert not [cell for row in table for cell in row if cell.startswith(("=", "+", "-", "@", "\t"))]


class _Page(html.parser.HTMLParser):
    def __init__(self) -> None:
        super().__init__()
        self.tags: set[str] = set()
        self.attributes: set[str] = set()
        self.targets: list[str] = []
        self.words: list[str] = []
        self.open: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.add(tag)
        self.attributes |= {name for name, _ in attrs}
        self.targets += [value or "" for name, value in attrs if name in {"href", "src"}]
        self.open.append(tag)

    def handle_data(self, data: str) -> None:
        self.words.append(data)


def test_html(hostile: tuple[str, Assessment]) -> None:
    value, assessment = hostile
    report = pages.html([assessment])
    assert not raw(report)
    page = _Page()
    page.feed(report)
    assert not page.tags & {"script", "img", "iframe", "object", "link", "form"}
    assert not {name for name in page.attributes if name.startswith("on")}
    assert all(target.startswith("#") for target in page.targets)
    assert " ".join(value.split())[:40] in " ".join(page.words) or raw(value)


def test_markdown(hostile: tuple[str, Assessment]) -> None:
    value, assessment = hostile
    report = "".join(pages.markdown([assessment]))
    assert not raw(report)
    tokens = MarkdownIt("commonmark").enable("table").parse(report)
    kinds = {token.type for token in tokens}
    assert not kinds & {"html_block", "fence", "code_block", "hr"}
    inner = {child.type for token in tokens for child in token.children or []}
    assert not inner & {"html_inline", "image", "link_open"}
    title = next(tokens[n + 1] for n, token in enumerate(tokens) if token.type == "heading_open")
    shown = "".join(child.content for child in title.children or []).replace("\u2060", "")
    assert shown == " ".join(value.split()) or raw(value)
    plain = MarkdownIt("commonmark").enable("table").parse("".join(pages.markdown([assessed_plain(assessment)])))
    coded = [
        [child.content for token in parsed for child in token.children or [] if child.type == "code_inline"]
        for parsed in (tokens, plain)
    ]
    assert coded[0] == coded[1]
    for kind in ("table_open", "tr_open", "td_open", "heading_open", "list_item_open"):
        assert len([t for t in tokens if t.type == kind]) == len([t for t in plain if t.type == kind]), kind


def assessed_plain(assessment: Assessment) -> Assessment:
    """The same report with a harmless title and assessor, to compare the shape with."""
    from dataclasses import replace  # noqa: PLC0415

    return replace(assessment, title="A reform", assessor=replace(assessment.assessor, name="Somebody"))


@pytest.mark.parametrize(
    ("url", "accepted"),
    [
        ("https://example.org/a?b=c#d", True),
        ("http://example.org", True),
        ("mailto:office@example.org", True),
        ("HTTPS://EXAMPLE.ORG", True),
        ("javascript:alert(1)", False),
        ("data:text/html,x", False),
        ("//example.org", False),
        ("example.org", False),
        ("https://exa mple.org", False),
        ('https://example.org/"><script>', False),
        ("file:///etc/passwd", False),
    ],
)
def test_links(url: str, accepted: bool) -> None:
    parsed = parse_reform(f"openreform: 1\nid: x\ntitle: A\nevidence: [{{id: e, url: {json.dumps(url)}}}]\n", "x.yaml")
    assert isinstance(parsed, Document) is accepted


def test_a_document_without_hostile_text_still_works() -> None:
    assert document(STEPS).reform.milestones[0].title == "Step"
