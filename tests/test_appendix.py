"""The annex of a paper: what stands in it, that its numbers and links agree, and how it is asked for and printed."""

import json
import os
import re
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from markdown_it import MarkdownIt
from typer.testing import CliRunner, Result

from conftest import ROOT, compare_golden, need
from openreform.assessment import Assessment
from openreform.cli import main as cli
from openreform.cli.appendix import Section
from openreform.framework import Framework
from openreform.loading.frameworks import load_bundled
from openreform.messages.appendix import ANNEX, TERMS
from openreform.paper import Box, Figure, Heading, Line, Paper, Paragraph, Sources, Table, Terms
from openreform.rendering.appendix import SECTIONS, annex
from openreform.rendering.appendix.comparing import MOST_BARS
from openreform.rendering.appendix.writing import Content
from openreform.rendering.cases import Told
from openreform.rendering.citations import Numbering
from openreform.rendering.papers import docx, html, markdown, pdf
from openreform.rendering.papers.parts import Places, captioned, lines, walk
from openreform.running import run_all
from paper_fixture import undated, whole
from test_papers import Reader
from test_strangers import HOSTILE, hostile_assessment, raw

RUNNER = CliRunner()
DOCUMENTS = ROOT / "tests" / "appendix"
GOLDENS = ROOT / "tests" / "golden" / "appendix"
SMALL, CLINICS = (str(ROOT / "tests" / name) for name in ("small_framework.yaml", "clinics.yaml"))
EXAMPLES = [f"examples/{name}.yaml" for name in ("gb-sct-care-opinion", "co-bog-school-meals", "id-lapor")]


def run(*arguments: str, text: str | None = None) -> Result:
    return RUNNER.invoke(cli.app, ["appendix", *arguments], input=text)


@pytest.fixture(autouse=True)
def at_the_top(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(ROOT)


def no_case(ident: str) -> Told:
    raise AssertionError(ident)


def content(assessments: list[Assessment], framework: Framework) -> Content:
    return Content(tuple(assessments), {(framework.id, framework.version): framework}, no_case, {})


def on_examples(*sections: str, paths: list[str] = EXAMPLES, name: str = "involve-ogp") -> Paper:
    """An annex without cases, so that no library is read."""
    loaded = load_bundled(name)
    assessments, _ = run_all([str(ROOT / path) for path in paths], loaded)
    return annex(content(assessments, loaded.framework), sections)


def sections_of(paper: Paper) -> list[str]:
    return [part.text for part in paper.parts if isinstance(part, Heading) and part.level == 1]


def words(line: Line) -> str:
    return "".join(word.text for word in line)


def all_lines(paper: Paper) -> Iterator[Line]:
    for part in walk(paper.parts):
        yield from lines(part)


# --- What stands in it --------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("name", "arguments"),
    [
        ("one", f"tests/appendix/answers.yaml --framework {SMALL}"),
        (
            "three",
            f"tests/appendix --framework {CLINICS} --section summary --section framework --section scorecards "
            "--section comparison --section sources",
        ),
        ("plan", "tests/appendix/plan.yaml --framework ogp-co-creation --section summary --section method --section scorecards"),
        (
            "no-whole",
            "tests/appendix/answers.yaml tests/appendix/minutes.yaml --framework oecd-open-government --section summary "
            "--section method --section comparison",
        ),
    ],
)  # fmt: skip
def test_every_word(name: str, arguments: str, accept: bool) -> None:
    result = run(*arguments.split(), "-q")
    assert result.exit_code == 0, result.stderr
    compare_golden(GOLDENS / f"{name}.md", result.stdout, accept)


def test_the_parts_that_can_be_asked_for() -> None:
    assert tuple(section.value for section in Section) == SECTIONS
    assert sections_of(on_examples("sources", "comparison", "summary", "glossary")) == [
        ANNEX[name] for name in ("summary", "comparison", "glossary", "sources")
    ]


@pytest.mark.parametrize("name", SECTIONS)
def test_a_part_alone(name: str) -> None:
    result = run(*EXAMPLES, "--section", name, "-q")
    assert result.exit_code == 0, result.stderr
    heads = re.findall(r"^## <span id=.*?</span>(.*)$", result.stdout, re.MULTILINE)
    assert heads == [ANNEX[name]]
    assert "(#at-source-" not in result.stdout  # no mark without the list it leads to


def test_glossary_and_sources_alone_are_those_of_the_whole() -> None:
    complete = on_examples().parts
    for name, kind in (("glossary", Terms), ("sources", Sources)):
        assert [part for part in complete if isinstance(part, kind)] == list(on_examples(name).parts[1:])


@pytest.mark.parametrize(("name", "why"), [("comparison", "no-comparison"), ("cases", "no-cases")])
def test_a_part_with_nothing_in_it_says_why_if_it_was_asked_for(name: str, why: str) -> None:
    paper = on_examples(name, paths=EXAMPLES[:1])
    (heading, told) = paper.parts
    assert isinstance(heading, Heading)
    assert isinstance(told, Paragraph)
    assert words(told.words) == ANNEX[why]
    assert ANNEX[name] not in sections_of(on_examples(paths=EXAMPLES[:1]))


@pytest.mark.parametrize("name", ["involve-ogp", "oecd-co-production", "oecd-open-government", "ogp-irm"])
def test_numbers_and_links_agree(name: str) -> None:
    """Tables and figures are counted as printed, references say the number of what they lead to, sources come in order."""
    paper = on_examples(name=name)
    parts = list(walk(paper.parts))
    for kind in (Table, Figure):
        found = [part for part in parts if isinstance(part, kind)]
        assert [part.number for part in found] == list(range(1, len(found) + 1))
    places = Places(paper)
    captions = {f"#{part.anchor}": captioned(part) for part in parts if isinstance(part, Table | Figure)}
    led = [word for line in all_lines(paper) for word in line if word.link and word.link.startswith("#")]
    assert led
    for word in led:
        assert places.leads(word.link), word
        if word.link in captions:
            assert captions[word.link].startswith(f"{word.text}: "), word
    anchors = [part.anchor.casefold() for part in parts if isinstance(part, Heading | Table | Figure | Box)]
    assert len(anchors) == len(set(anchors))
    cited = list(dict.fromkeys(word.source for line in all_lines(paper) for word in line if word.source))
    assert cited == list(range(1, places.sources + 1))


@pytest.mark.parametrize("name", ["involve-ogp", "ogp-irm"])
def test_no_cell_is_empty(name: str) -> None:
    tables = [part for part in walk(on_examples(name=name).parts) if isinstance(part, Table)]
    assert len(tables) > 15
    for table in tables:
        for row in table.rows:
            assert len(row) == len(table.columns) == len(table.aligns)
            assert all(words(cell).strip() or any(word.source for word in cell) for cell in row), table.caption


def test_without_a_list_of_sources_nothing_is_cited() -> None:
    paper = on_examples("method", "framework", "scorecards")
    assert not [word for line in all_lines(paper) for word in line if word.source]
    assert ANNEX["derived"] not in [
        column for part in walk(paper.parts) if isinstance(part, Table) for column in part.columns
    ]


def test_the_method_cites_what_no_table_does() -> None:
    paper = on_examples("method", "sources")
    listed = next(part for part in paper.parts if isinstance(part, Sources))
    numbering = Numbering()
    numbering.numbers(load_bundled("involve-ogp").framework.sources)
    assert listed == numbering.part()


def test_a_level_is_told_with_the_evidence_of_what_earned_it(tmp_path: Path) -> None:
    result = run(
        "tests/appendix/answers.yaml", "--framework", SMALL, "--section", "scorecards", "--section", "sources", "-q"
    )
    row = next(line for line in result.stdout.splitlines() if line.startswith("| A4 Duty to answer"))
    assert "(A desk for complaints\u00a0[\\[1\\]](#at-source-1) [\\[2\\]](#at-source-2))" in row
    assert (
        '2. <span id="at-source-2"></span>Ministry of Services. ‘[Order on complaints](<https://example.org/order>)’ 20 November 2025'
        in result.stdout
    )
    assert "- Two offices publish no figures.\u00a0[\\[3\\]](#at-source-3)" in result.stdout


def test_reforms_of_one_title_are_told_apart(tmp_path: Path) -> None:
    for name in ("one", "two"):
        (tmp_path / f"{name}.yaml").write_text(f"openreform: 1\nid: {name}\ntitle: The same title\n", encoding="utf-8")
    result = run(str(tmp_path), "-q")
    assert '### <span id="at-scorecard-1"></span>The same title (one)' in result.stdout
    assert result.stdout.count("The same title (two)") > 4


def test_each_version_of_a_framework_has_its_own_method_and_table(tmp_path: Path) -> None:
    for name, pin in (("old", "frameworks: {involve-ogp: 0.2.0}\n"), ("new", "")):
        text = f"openreform: 1\nid: {name}\ntitle: The {name} one\n{pin}"
        (tmp_path / f"{name}.yaml").write_text(text, encoding="utf-8")
    result = run(str(tmp_path), "-q")
    assert result.exit_code == 0, result.stderr
    now = load_bundled("involve-ogp").framework.version
    for version in ("0.2.0", now):
        assert f"{ANNEX['method-box']}, version {version}**" in result.stdout
        assert ANNEX["criteria-caption-of"].format(version=version) in result.stdout
    assert f"(involve-ogp 0.2.0 and involve-ogp {now})" in result.stdout.replace(
        f"involve-ogp {now} and involve-ogp 0.2.0", f"involve-ogp 0.2.0 and involve-ogp {now}"
    )


def test_days_that_differ_leave_the_paper_undated() -> None:
    loaded = load_bundled("involve-ogp")
    assessments, _ = run_all([str(ROOT / path) for path in EXAMPLES], loaded)
    dated = [
        replace(part, as_of=day) for part, day in zip(assessments, ("2026-01-01", "2026-01-01", None), strict=True)
    ]
    assert annex(content(dated[:2], loaded.framework), ["summary"]).date == "2026-01-01"
    assert annex(content(dated, loaded.framework), ["summary"]).date is None


def test_a_figure_of_too_many_is_left_out(tmp_path: Path) -> None:
    for number in range(MOST_BARS + 1):
        (tmp_path / f"{number:02}.yaml").write_text(
            f"openreform: 1\nid: r{number}\ntitle: Reform {number}\n", encoding="utf-8"
        )
    result = run(str(tmp_path), "-q", "--section", "comparison")
    assert ANNEX["compare-many"].format(count=MOST_BARS + 1).partition(";")[0] in result.stdout
    assert "```" not in result.stdout


def test_the_glossary_holds_the_words_used_and_no_other() -> None:
    assert [term.title for term in TERMS] == sorted((term.title for term in TERMS), key=str.casefold)
    assert all(form == form.casefold() for term in TERMS for form in term.forms)
    paper = on_examples("comparison", "glossary")
    terms = next(part for part in paper.parts if isinstance(part, Terms))
    titles = [title for title, _ in terms.entries]
    assert {"Practice", "Promise", "Openness"} <= set(titles)
    assert not {"Milestone", "Coverage"} & set(titles)
    assert titles == sorted(titles, key=str.casefold)


def test_no_word_is_left_over() -> None:
    code = "".join(path.read_text(encoding="utf-8") for path in (ROOT / "src" / "openreform").rglob("appendix/*.py"))
    made = ("who-", "gates-", "no-", "limit-", "promise-caption", "practice-caption")
    for key in ANNEX:
        base = key.removesuffix("-plan")
        assert f'"{base}"' in code or f"'{base}'" in code or key.startswith(made) or key in SECTIONS, key


# --- Markdown ----------------------------------------------------------------------------------------------


def by_pandoc(text: str, dialect: str) -> dict[str, Any]:
    command = [need("pandoc"), "-f", dialect, "-t", "json"]
    found: dict[str, Any] = json.loads(
        subprocess.run(command, input=text, capture_output=True, encoding="utf-8", check=True).stdout
    )
    return found


def nodes(part: Any) -> Iterator[dict[str, Any]]:
    if isinstance(part, dict):
        if "t" in part:
            yield part
        for value in part.values():
            yield from nodes(value)
    elif isinstance(part, list):
        for value in part:
            yield from nodes(value)


@pytest.mark.parametrize("dialect", ["markdown", "gfm"])
@pytest.mark.parametrize("name", ["made", "examples"])
def test_pandoc_reads_what_was_written(dialect: str, name: str) -> None:
    """In its own Markdown and in GitHub's: the same tables and headings, and every link leads somewhere."""
    paper = whole(rows=3, word="a word") if name == "made" else on_examples()
    read = list(nodes(by_pandoc(markdown.render(paper), dialect)["blocks"]))
    parts = list(walk(paper.parts))
    headings = [node["c"][0] for node in read if node["t"] == "Header"]
    assert headings == [1, *(part.level + 1 for part in parts if isinstance(part, Heading))]
    assert sum(1 for node in read if node["t"] == "Table") == sum(1 for part in parts if isinstance(part, Table))
    assert sum(1 for node in read if node["t"] == "BlockQuote") == sum(1 for part in parts if isinstance(part, Box))
    ids = [node["c"][0][0] for node in read if node["t"] == "Span" and node["c"][0][0]]
    if dialect == "gfm":
        ids = [
            found[1]
            for node in read
            if node["t"] == "RawInline" and (found := re.match(r'<span id="(.*)">', node["c"][1]))
        ]
    assert len(ids) == len(set(ids))
    targets = [node["c"][2][0] for node in read if node["t"] == "Link"]
    inner = [target[1:] for target in targets if target.startswith("#")]
    assert inner
    assert set(inner) <= set(ids)
    assert all(target.startswith(("#at-", "http")) for target in targets)


def test_captions_and_descriptions_stand_in_markdown() -> None:
    paper = whole(rows=2)
    text = markdown.render(paper).replace("\\", "").replace("\u2060", "")
    for part in walk(paper.parts):
        if isinstance(part, Table | Figure):
            assert f"**{captioned(part)}**" in text
        if isinstance(part, Figure):
            assert part.description in text
    assert '<span lang="fr">une assemblée de citoyens</span>\u00a0' in text
    assert "`reply.within_days`" in text


def test_a_paper_with_hardly_anything() -> None:
    assert markdown.render(undated()) == "# A short paper\n\nOne sentence.\n"


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("1. one", "ordered_list_open"),
        ("12) x", "ordered_list_open"),
        ("- x", "bullet_list_open"),
        ("# x", "heading_open"),
        (": x", "dl"),
    ],
)
def test_a_paragraph_is_a_paragraph_whatever_it_begins_with(text: str, kind: str) -> None:
    from openreform.paper import Words  # noqa: PLC0415

    made = markdown.render(Paper("T", "", "en", None, (Paragraph((Words(text),)),)))
    assert [token.type for token in MarkdownIt().parse(made)].count("paragraph_open") == 1
    blocks = by_pandoc(made, "markdown")["blocks"]
    assert [block["t"] for block in blocks] == ["Header", "Para"], kind
    shown = re.sub(r"\\(?=[.):#-])|\u2060", "", made.splitlines()[2])
    assert shown == text


# --- Strangers ---------------------------------------------------------------------------------------------


def shape(text: str) -> dict[str, int]:
    tokens = MarkdownIt("commonmark").enable("table").parse(text)
    kinds = ["table_open", "tr_open", "td_open", "heading_open", "list_item_open", "blockquote_open", "fence"]
    return {kind: sum(1 for token in tokens if token.type == kind) for kind in kinds}


@pytest.mark.parametrize("name", sorted(HOSTILE))
def test_markdown_of_strangers(name: str, framework: Framework) -> None:
    """Nothing in a document makes a mark: the same blocks as with plain words, and no tag or link of a stranger's."""
    made, plain = (
        markdown.render(annex(content([hostile_assessment(value, framework)], framework)))
        for value in (HOSTILE[name], "plain words")
    )
    assert not raw(made)
    tokens = MarkdownIt("commonmark").enable("table").parse(made)
    assert not {token.type for token in tokens} & {"html_block", "hr", "code_block"}
    tags = {child.content for token in tokens for child in token.children or [] if child.type == "html_inline"}
    assert all(re.fullmatch(r'<span id="at-[\w.-]+">|</span>', tag) for tag in tags)
    assert not [child for token in tokens for child in token.children or [] if child.type == "image"]
    links = [
        str(child.attrs["href"]) for token in tokens for child in token.children or [] if child.type == "link_open"
    ]
    assert all(link.startswith(("#at-", "http")) for link in links)
    found, wanted = shape(made), shape(plain)
    if name not in {
        "rule",
        "number",
    }:  # a placeholder, or words that say the same as another field, are assessed otherwise
        assert found == wanted
    assert found["fence"] == wanted["fence"] == 1


@pytest.mark.parametrize("form", ["html", "docx"])
@pytest.mark.parametrize("name", ["script", "attribute", "override", "table", "long", "formula"])
def test_other_formats_of_strangers(form: str, name: str, framework: Framework) -> None:
    paper = annex(content([hostile_assessment(HOSTILE[name], framework)], framework))
    if form == "html":
        made = html.render(paper)
        assert not raw(made)
        page = Reader(made)
        assert "script" not in page.tags
        assert not [name for name in page.attributes if name.startswith("on")]
    else:
        assert docx.render(paper)[:2] == b"PK"


def test_pdf_of_strangers(framework: Framework) -> None:
    value = " ".join(text for name, text in HOSTILE.items() if name not in {"long", "wide"})
    made = pdf.render(annex(content([hostile_assessment(value, framework)], framework), ["summary", "scorecards"]))
    assert made.startswith(b"%PDF-")


# --- The command -------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("name", "begins"),
    [("a.md", b"# "), ("a.html", b"<!DOCTYPE html>"), ("A.DOCX", b"PK"), ("a.pdf", b"%PDF-"), ("annex", b"# ")],
)
def test_the_ending_says_the_format(name: str, begins: bytes, tmp_path: Path) -> None:
    target = tmp_path / name
    result = run("tests/appendix/answers.yaml", "-o", str(target), "--section", "summary")
    assert result.exit_code == 0, result.stderr
    assert target.read_bytes()[: len(begins)].lower() == begins.lower()


def test_what_is_typed_goes_before_the_ending(tmp_path: Path) -> None:
    run("tests/appendix/answers.yaml", "-o", str(tmp_path / "a.odt"), "-f", "markdown", "--section", "summary")
    assert (tmp_path / "a.odt").read_bytes().startswith(b"# ")


@pytest.mark.parametrize(
    ("arguments", "says"),
    [
        ("tests/appendix/answers.yaml -o annex.odt", ".docx"),
        ("tests/appendix/answers.yaml --section abstract", "scorecards"),
        ("tests/appendix/answers.yaml --framework nothing", "involve-ogp"),
        ("tests/appendix/answers.yaml -o no/such/folder.md", "no/such"),
        ("no-such-file.yaml", "no-such-file.yaml"),
        ("", "openreform appendix"),
    ],
)
def test_wrong_use_is_told_before_anything_is_done(arguments: str, says: str) -> None:
    result = run(*arguments.split())
    assert result.exit_code == 2
    assert result.stdout == ""
    assert says in result.stderr
    assert not Path("annex.odt").exists()


def test_every_section_that_is_known_is_told() -> None:
    told = re.sub(r"[^\w]+", " ", run("tests/appendix/answers.yaml", "--section", "abstract").stderr)
    assert all(name in told for name in SECTIONS)


@pytest.mark.parametrize("form", ["docx", "pdf"])
def test_a_terminal_is_no_place_for_it(form: str) -> None:
    code = (
        "import sys; sys.stdout.isatty = lambda: True\n"
        "from openreform.__main__ import main\n"
        f"sys.argv = ['openreform', 'appendix', 'tests/appendix/answers.yaml', '-f', '{form}']; main()"
    )
    result = subprocess.run([sys.executable, "-c", code], capture_output=True, encoding="utf-8", check=False)
    assert result.returncode == 2
    assert result.stdout == ""
    assert result.stderr.count("\n") == 1
    assert "-o FILE" in result.stderr


@pytest.mark.parametrize(("form", "library"), [("docx", "docx"), ("pdf", "weasyprint")])
def test_what_is_not_installed_is_one_line(form: str, library: str, tmp_path: Path) -> None:
    code = (
        f"import sys; sys.modules['{library}'] = None\n"
        "from openreform.__main__ import main\n"
        f"sys.argv = ['openreform', 'appendix', 'tests/appendix/answers.yaml', '-o', '{tmp_path / f'a.{form}'}']; main()"
    )
    result = subprocess.run([sys.executable, "-c", code], capture_output=True, encoding="utf-8", check=False)
    assert result.returncode == 2
    assert result.stderr.count("\n") == 1
    assert f"pip install 'openreform[{form}]'" in result.stderr
    assert not list(tmp_path.iterdir())


def test_what_is_sound_is_written_and_the_rest_is_told(tmp_path: Path) -> None:
    (tmp_path / "bad.yaml").write_text("openreform: 1\nid: bad\n", encoding="utf-8")
    (tmp_path / "good.yaml").write_text("openreform: 1\nid: good\ntitle: A good one\n", encoding="utf-8")
    target = tmp_path / "annex.md"
    result = run(str(tmp_path), "-o", str(target))
    assert result.exit_code == 3
    assert "bad.yaml:" in result.stderr
    assert "1 problem in 1 file." in result.stderr
    assert "A good one" in target.read_text(encoding="utf-8")


def test_where_nothing_is_sound_nothing_is_written(tmp_path: Path) -> None:
    (tmp_path / "bad.yaml").write_text("openreform: 1\nid: bad\n", encoding="utf-8")
    target = tmp_path / "annex.md"
    target.write_text("what was there", encoding="utf-8")
    result = run(str(tmp_path / "bad.yaml"), "-o", str(target))
    assert result.exit_code == 3
    assert target.read_text(encoding="utf-8") == "what was there"
    assert "nothing to write an annex about" in result.stderr


@pytest.mark.parametrize("form", ["markdown", "html", "docx", "pdf"])
def test_the_same_bytes_each_time(form: str, tmp_path: Path) -> None:
    made = []
    for seed, zone in (("1", "UTC"), ("2", "Pacific/Auckland")):
        target = tmp_path / seed
        command = [sys.executable, "-m", "openreform", "appendix", "tests/appendix", "--framework", CLINICS]
        options = ["-f", form, "-q", "-o", str(target), "--section", "summary", "--section", "comparison"]
        environment = {**os.environ, "PYTHONHASHSEED": seed, "TZ": zone}
        subprocess.run([*command, *options], env=environment, check=True)
        made.append(target.read_bytes())
    assert made[0] == made[1]


def test_what_stands_under_the_changes_of_a_yardstick_is_only_these() -> None:
    result = run("examples/id-lapor.yaml", "--framework", "docs/health-services.yaml", "--section", "scorecards", "-q")
    _, _, below = result.stdout.partition(f"{ANNEX['tailored']}\n")
    assert below.startswith("\n- Made from involve-ogp ")
    assert "**Table" not in below
