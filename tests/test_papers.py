"""Papers as HTML, Word and PDF, opened with readers that are not ours: what is in them, and that it is the same each time."""

import hashlib
import io
import json
import os
import re
import struct
import subprocess
import sys
import zipfile
import zlib
from collections.abc import Iterator
from functools import cache
from html.parser import HTMLParser
from pathlib import Path
from typing import Any

import docx as word
import pypdf
import pytest

from conftest import ROOT, missing, need
from openreform import __version__
from openreform.messages.papers import MISSING
from openreform.paper import Bar, Figure, Heading, Paper, Paragraph, Sources, Table, Words
from openreform.rendering.papers import bars, docx, html, parts, pdf
from paper_fixture import undated, whole
from test_strangers import HOSTILE, raw

MARKS = " ".join(word for name, word in HOSTILE.items() if name != "long")
HEADINGS = [
    (1, "Summary: a forum of users"),
    (2, "What stands out a forum of users"),
    (3, "What to do first"),
    (1, "Results"),
    (2, "Case: a forum of users"),
    (1, "All facts"),
    (1, "Words used"),
    (1, "Sources"),
]
CAPTIONS = [
    "Table 1: Scores of both reforms a forum of users",
    "Figure 1: Both promise more than they show a forum of users",
    "Table 2: The numbers of figure 1",
    "Table 3: Every fact, over more than a page",
]
BAD_ADDRESSES = [
    "javascript:alert(1)",
    "file:///etc/hosts",
    "data:text/html,x",
    "//example.org",
    'https://x.org/" onclick="y',
    "#nowhere",
]
W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"


@cache
def as_docx(text: str = "") -> bytes:
    return docx.render(whole(text) if text else whole())


@cache
def as_pdf(text: str = "") -> bytes:
    return made_pdf(whole(text, rows=12) if text else whole())


def made_pdf(paper: Paper) -> bytes:
    """The PDF; skips where this machine has no Pango or no font."""
    try:
        pdf.require()
    except parts.NotInstalledError as error:
        missing(str(error))
    return pdf.render(paper)


def run(program: str, *arguments: str, given: bytes = b"") -> str:
    result = subprocess.run([need(program), *arguments], input=given, capture_output=True, check=False)
    assert result.returncode == 0, result.stderr
    return result.stdout.decode()


# --- HTML ---------------------------------------------------------------------------------------------------


class Reader(HTMLParser):
    """What a page is made of."""

    def __init__(self, page: str) -> None:
        super().__init__()
        self.tags: list[str] = []
        self.attributes: set[str] = set()
        self.targets: list[str] = []
        self.ids: list[str] = []
        self.languages: list[str] = []
        self.feed(page)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append(tag)
        for name, value in attrs:
            self.attributes.add(name)
            if name in {"href", "src", "action"}:
                self.targets.append(value or "")
            elif name == "id":
                self.ids.append(value or "")
            elif name == "lang":
                self.languages.append(value or "")


def test_html_is_one_page_whose_links_lead_somewhere() -> None:
    page = html.render(whole())
    read = Reader(page)
    assert read.tags.count("h1") == 1
    assert "script" not in read.tags
    assert len(read.ids) == len(set(read.ids))
    assert {target[1:] for target in read.targets if target.startswith("#")} <= set(read.ids)
    assert read.languages == ["en-GB", "fr", "ar", "fr", "fr"]
    assert 'dir="rtl"' in page
    assert [caption in page for caption in CAPTIONS] == [True] * 4


def test_html_leads_from_a_source_back_to_each_citation() -> None:
    page = html.render(whole())
    assert re.findall(r'href="#cite-1-\d"', page) == ['href="#cite-1-1"', 'href="#cite-1-2"']
    assert re.findall(r'id="cite-1-\d"', page) == ['id="cite-1-1"', 'id="cite-1-2"']
    assert "#cite-5" not in page


@pytest.mark.parametrize("name", sorted(HOSTILE))
def test_html_of_strangers(name: str) -> None:
    page = html.render(whole(HOSTILE[name], rows=2))
    plain, read = Reader(html.render(whole(rows=2))), Reader(page)
    assert read.tags == [*plain.tags[: plain.tags.index("svg")], *read.tags[plain.tags.index("svg") :]]
    assert set(read.tags) == set(plain.tags)
    assert read.attributes == plain.attributes
    assert not raw(page)


@pytest.mark.parametrize("address", BAD_ADDRESSES)
def test_an_address_that_must_not_be_followed_is_words(address: str, tmp_path: Path) -> None:
    paper = whole(address=address, rows=2)
    assert address not in Reader(html.render(paper)).targets
    assert "the plan a forum of users" in html.render(paper)
    related = word.Document(io.BytesIO(docx.render(paper))).part.rels.values()
    assert {relation.target_ref for relation in related if relation.is_external} == {
        "https://example.org/plans/2026?a=1&b=2",
        "https://example.org/letters",
    }
    assert address not in _links(made_pdf(paper))


def test_numbers_of_sources_that_are_not_listed_lead_nowhere() -> None:
    paper = Paper("T", "", "en", None, (Paragraph((Words("A", source=7),)),))
    assert "#source-7" not in html.render(paper)
    assert "[7]" in html.render(paper)
    assert b"source_7" not in zipfile.ZipFile(io.BytesIO(docx.render(paper))).read("word/document.xml")


def test_headings_never_jump() -> None:
    paper = Paper("T", "", "en", None, (Heading(3, "Deep", "a"), Heading(6, "Deeper", "b"), Heading(1, "Up", "c")))
    assert re.findall(r"<(h\d) id=", html.render(paper)) == ["h2", "h3", "h2"]


def test_a_language_that_is_none_is_left_out() -> None:
    paper = Paper("T", "", 'x" onload="y', None, (Paragraph((Words("A", lang="not a tag"),)),))
    assert Reader(html.render(paper)).languages == ["en"]
    assert docx.render(paper)


@pytest.mark.parametrize(("length", "drawn"), [(None, 0), (-5, 0), (0, 0), (50, 35), (100, 70), (900, 70)])
def test_bars_stay_in_their_frame(length: float | None, drawn: float) -> None:
    figure = Figure(1, "C", "a", "D", (("promise", "P"),), (Bar("L", "promise", length, "s"),), _numbers())
    (bar,) = [shape for shape in html.drawn(figure).shapes if shape.kind == "bar"]
    assert bar.wide == pytest.approx(drawn)
    assert bars.picture(figure.bars)


def test_labels_of_pictures_fit_a_phone() -> None:
    for name, text in HOSTILE.items():
        figure = Figure(1, "C", "a", "D", (), (Bar(text, "promise", 1, text),), _numbers())
        lines = [shape.words for shape in html.drawn(figure).shapes if shape.kind != "bar"]
        assert lines, name
        assert max(html._width(line) for line in lines) <= 20, name
        assert len(lines) <= 6, name


def _numbers() -> Table:
    return Table(1, "N", "n", ("A", "B"), ("left", "right"), (((Words("a"),), (Words("1"),)),))


# --- Word ---------------------------------------------------------------------------------------------------


def _blocks(blocks: list[dict[str, Any]]) -> Iterator[dict[str, Any]]:
    """Pandoc's blocks and inlines, inner ones after the outer."""
    for block in blocks:
        yield block
        stack: list[Any] = [block.get("c")]
        while stack:
            part = stack.pop(0)
            if isinstance(part, dict) and "t" in part:
                yield part
                stack.insert(0, part.get("c"))
            elif isinstance(part, list):
                stack = [*part, *stack]


def _text(part: Any) -> str:
    """The words of a piece of pandoc's document."""
    if isinstance(part, dict):
        if part.get("t") == "Str":
            return str(part["c"])
        return " " if part.get("t") in {"Space", "SoftBreak"} else _text(part.get("c"))
    return "".join(map(_text, part)) if isinstance(part, list) else ""


@cache
def _by_pandoc(text: str = "") -> dict[str, Any]:
    return dict(json.loads(run("pandoc", "-f", "docx", "-t", "json", given=as_docx(text))))


def test_pandoc_finds_headings_in_order() -> None:
    found = _by_pandoc()
    assert _text(found["meta"]["title"]["c"]) == "How open are two reforms: a forum of users"
    assert [(block["c"][0], _text(block["c"][2])) for block in found["blocks"] if block["t"] == "Header"] == HEADINGS


def test_pandoc_finds_tables_with_heads_and_captions() -> None:
    tables = [block["c"] for block in _by_pandoc()["blocks"] if block["t"] == "Table"]
    assert [_text(caption[1]) for _, caption, *_ in tables] == [CAPTIONS[0], CAPTIONS[2], CAPTIONS[3]]
    heads = [[_text(cell[4]) for cell in head[1][0][1]] for _, _, _, head, *_ in tables]
    assert heads == [
        ["Reform", "Stage", "Lead a forum of users", "Promise", "Practice"],
        ["Dimension", "Promise", "Practice"],
        ["Criterion", "Fact"],
    ]
    assert [len(bodies[0][3]) for *_, bodies, _ in tables] == [2, 4, 60]
    for *_, bodies, _ in tables:
        for _, cells in bodies[0][3]:
            assert all(_text(cell[4]) for cell in cells)
            assert all(cell[2:4] == [1, 1] for cell in cells)


def test_pandoc_finds_pictures_described() -> None:
    told = [_text(part["c"][1]) for part in _blocks(_by_pandoc()["blocks"]) if part["t"] == "Image"]
    assert len(told) == 5
    assert told[0].startswith("Bars from 0 to 100 of five dimensions. Accountability is promised in full")
    assert told[1] == "Participation. What the text promises: 38; What is shown to be done: no score"


def test_pandoc_finds_links_lists_and_terms() -> None:
    found = list(_blocks(_by_pandoc()["blocks"]))
    links = [(_text(part["c"][1]), part["c"][2][0]) for part in found if part["t"] == "Link"]
    anchors = {part["c"][0][0] for part in found if part["t"] == "Span"}
    anchors |= {part["c"][1][0] for part in found if part["t"] == "Header"}
    assert ("the plan a forum of users", "https://example.org/plans/2026?a=1&b=2") in links
    assert [target for text, target in links if text == "[1]"] == ["#source_1"] * 2
    assert {target[1:] for _, target in links if target.startswith("#")} <= anchors
    ordered = [[_text(item) for item in part["c"][1]] for part in found if part["t"] == "OrderedList"]
    assert [len(items) for items in ordered] == [2, 2, 5]
    assert all(part["c"][0][0] == 1 for part in found if part["t"] == "OrderedList")
    (terms,) = [part["c"] for part in found if part["t"] == "DefinitionList"]
    assert [_text(term) for term, _ in terms] == ["Promise", "Reach a forum of users"]


def test_word_knows_title_language_and_who_made_it() -> None:
    opened = word.Document(io.BytesIO(as_docx()))
    about = opened.core_properties
    assert (about.title, about.subject) == (
        "How open are two reforms: a forum of users",
        "An annex on a forum of users",
    )
    assert about.author == about.last_modified_by == f"openreform {__version__}"
    assert about.language == "en-GB"
    assert about.created == about.modified
    assert about.created is not None
    assert about.created.isoformat().startswith("2026-11-26T00:00:00")
    defaults: Any = opened.styles.element
    assert defaults.find(f".//{W}docDefaults//{W}lang").get(f"{W}val") == "en-GB"
    spoken = [
        (run.text, run._r.rPr.find(f"{W}lang"))
        for part in opened.paragraphs
        for run in part.runs
        if run._r.rPr is not None
    ]
    languages = {text: dict(found.attrib) for text, found in spoken if found is not None}
    assert languages["une assemblée de citoyens"] == {f"{W}val": "fr"}
    assert languages["منتدى المواطنين"] == {f"{W}val": "ar", f"{W}bidi": "ar"}
    (section,) = opened.sections
    assert section.page_width is not None
    assert section.page_height is not None
    assert (round(section.page_width.mm), round(section.page_height.mm)) == (210, 297)


def test_word_has_heads_that_repeat_and_rows_in_one_piece() -> None:
    body: Any = word.Document(io.BytesIO(as_docx())).element.body
    for table in body.iter(f"{W}tbl"):
        rows = table.findall(f"{W}tr")
        assert [row.find(f"{W}trPr/{W}tblHeader") is not None for row in rows] == [True, *[False] * (len(rows) - 1)]
        assert all(row.find(f"{W}trPr/{W}cantSplit") is not None for row in rows)
        assert table.find(f"{W}tblPr/{W}tblCaption").get(f"{W}val") in CAPTIONS
    for name in ("gridSpan", "vMerge", "hMerge"):
        assert body.find(f".//{W}{name}") is None


def test_word_uses_its_own_styles_only() -> None:
    archive = zipfile.ZipFile(io.BytesIO(as_docx()))
    known = set(re.findall(r'w:styleId="(\w+)"', archive.read("word/styles.xml").decode()))
    for name in ("word/document.xml", "word/footer1.xml"):
        used = set(re.findall(r'<w:(?:p|r|tbl)Style w:val="(\w+)"', archive.read(name).decode()))
        assert used
        assert used <= known
    captions = [
        part for part in word.Document(io.BytesIO(as_docx())).paragraphs if part.style and part.style.name == "Caption"
    ]
    assert [part.text for part in captions] == CAPTIONS
    fields = [
        re.sub(r"\s+", " ", found).strip()
        for found in re.findall(r"<w:instrText[^>]*>([^<]*)<", archive.read("word/document.xml").decode())
    ]
    assert fields == [f"SEQ {kind} \\* ARABIC" for kind in ("Table", "Figure", "Table", "Table")]


def test_word_without_a_day_says_none() -> None:
    archive = zipfile.ZipFile(io.BytesIO(docx.render(undated())))
    core = archive.read("docProps/core.xml").decode()
    assert "created" not in core
    assert "modified" not in core
    assert "As of" not in archive.read("word/document.xml").decode()


def test_the_archive_tells_no_day_and_no_other_program() -> None:
    archive = zipfile.ZipFile(io.BytesIO(as_docx()))
    assert {entry.date_time for entry in archive.infolist()} == {(1980, 1, 1, 0, 0, 0)}
    assert archive.namelist()[0] == "[Content_Types].xml"
    everything = b"".join(map(archive.read, archive.namelist()))
    assert b"python-docx" not in everything
    assert b"Macintosh" not in everything
    assert not [name for name in archive.namelist() if "thumbnail" in name or "customXml" in name]


@pytest.mark.parametrize("name", sorted(HOSTILE))
def test_word_of_strangers(name: str) -> None:
    plain, made = (zipfile.ZipFile(io.BytesIO(docx.render(whole(text, rows=2)))) for text in ("plain", HOSTILE[name]))
    assert made.namelist() == plain.namelist()
    opened = word.Document(io.BytesIO(docx.render(whole(HOSTILE[name], rows=2))))
    assert opened.core_properties.title == parts.clean(f"How open are two reforms: {HOSTILE[name]}")[:255]
    assert f"Case: {parts.clean(HOSTILE[name])}" in [part.text for part in opened.paragraphs]
    document = made.read("word/document.xml").decode()
    assert not raw(document)
    assert set(re.findall(r"<(?:\w+:)?(\w+)", document)) == set(
        re.findall(r"<(?:\w+:)?(\w+)", plain.read("word/document.xml").decode())
    )


def test_word_of_all_strangers_is_what_pandoc_reads() -> None:
    heading = next(block for block in _by_pandoc(MARKS)["blocks"] if block["t"] == "Header")
    assert re.sub(r"\s", "", _text(heading["c"][2])) == re.sub(r"\s", "", parts.clean(f"Summary: {MARKS}"))


def test_characters_no_document_may_hold() -> None:
    text = "a\x00b\x0bc\ud800d\uffffe\x85f"
    assert docx.render(whole(text, rows=1))
    assert html.render(whole(text, rows=1)).encode()
    assert made_pdf(whole(text, rows=1))


def test_pictures_are_sound() -> None:
    """Read by hand, for no reader of pictures is installed: right sums, and as many bytes as the head says."""
    made = bars.picture((Bar("a", "promise", 50, ""), Bar("a", "practice", None, "")))
    assert made[:8] == b"\x89PNG\r\n\x1a\n"
    position, pixels = 8, b""
    while position < len(made):
        size, kind = struct.unpack(">I4s", made[position : position + 8])
        content = made[position + 8 : position + 8 + size]
        assert struct.unpack(">I", made[position + 8 + size : position + 12 + size])[0] == zlib.crc32(kind + content)
        pixels += zlib.decompress(content) if kind == b"IDAT" else b""
        if kind == b"IHDR":
            width, height = struct.unpack(">II", content[:8])
        position += 12 + size
    assert len(pixels) == (width + 1) * height
    middle = pixels[(width + 1) * 18 : (width + 1) * 19]
    assert middle.count(2) == width // 2
    assert pixels.count(3) == 0


# --- PDF ----------------------------------------------------------------------------------------------------


def _read(text: str = "") -> pypdf.PdfReader:
    return pypdf.PdfReader(io.BytesIO(as_pdf(text)))


def _links(made: bytes) -> list[str]:
    found = []
    for page in pypdf.PdfReader(io.BytesIO(made)).pages:
        for annotation in page.get("/Annots", []):
            action = annotation.get_object().get("/A")
            if action and "/URI" in action:
                found.append(str(action["/URI"]))
    return found


def _structure(reader: pypdf.PdfReader) -> Iterator[Any]:
    """The elements of the structure tree in reading order."""
    root: Any = reader.trailer["/Root"]
    stack: list[Any] = [root["/StructTreeRoot"]["/K"]]
    while stack:
        part = stack.pop(0)
        part = part.get_object() if hasattr(part, "get_object") else part
        if isinstance(part, list):
            stack = [*part, *stack]
        elif isinstance(part, dict) and "/S" in part:
            yield part
            stack.insert(0, part.get("/K", []))


def test_pdf_is_tagged_and_claims_nothing() -> None:
    reader = _read()
    root: Any = reader.trailer["/Root"]
    assert root["/Lang"] == "en-GB"
    assert root["/MarkInfo"]["/Marked"]
    assert root["/ViewerPreferences"]["/DisplayDocTitle"]
    assert b"pdfuaid" not in as_pdf()
    assert "/Metadata" not in root
    kinds = [str(part["/S"]) for part in _structure(reader)]
    assert [kind for kind in kinds if re.fullmatch(r"/H\d", kind)] == [
        "/H1",
        "/H2",
        "/H3",
        "/H4",
        "/H2",
        "/H3",
        "/H2",
        "/H2",
        "/H2",
    ]
    assert kinds.count("/Table") >= 3
    assert {"/TH", "/TD", "/TR", "/Caption", "/L", "/LI", "/Link", "/P"} <= set(kinds)
    told = [str(part["/Alt"]) for part in _structure(reader) if part["/S"] == "/Figure"]
    assert told[:2] == ["What the text promises", "What is shown to be done"]
    assert told[2].startswith(f"{CAPTIONS[1]}. Bars from 0 to 100 of five dimensions.")


def test_pdf_says_what_it_is_and_not_when() -> None:
    about: Any = _read().metadata
    assert about.title == "How open are two reforms: a forum of users"
    assert about.author == f"openreform {__version__}"
    assert about.creation_date is None
    assert about.modification_date is None


def test_pdf_has_its_fonts_in_it() -> None:
    fonts = {}
    for page in _read().pages:
        resources: Any = page["/Resources"]
        for font in resources["/Font"].values():
            inner = font.get_object()["/DescendantFonts"][0].get_object()
            fonts[inner["/BaseFont"]] = inner["/FontDescriptor"].get_object()
    assert fonts
    assert all("/FontFile2" in described or "/FontFile3" in described for described in fonts.values())


def test_pdf_outline_is_the_headings() -> None:
    def titles(outline: list[Any]) -> Iterator[str]:
        for part in outline:
            if isinstance(part, list):
                yield from titles(part)
            else:
                yield str(part.title)

    assert list(titles(_read().outline)) == [
        "How open are two reforms: a forum of users",
        *(text for _, text in HEADINGS if not text.startswith("Case")),
    ]


def test_pdftotext_counts_pages_and_sees_heads_again(tmp_path: Path) -> None:
    (tmp_path / "paper.pdf").write_bytes(as_pdf())
    pages = run("pdftotext", "-layout", str(tmp_path / "paper.pdf"), "-").split("\f")[:-1]
    assert len(pages) == len(_read().pages) > 4
    for number, page in enumerate(pages, start=1):
        assert f"Page {number} of {len(pages)}" in page
    for page in pages:
        if re.search(r"^T\d+ ", page, re.MULTILINE):
            assert re.search(r"^Criterion +Fact$", page, re.MULTILINE)
    everything = " ".join("".join(pages).split())
    assert all(caption in everything for caption in CAPTIONS)
    for row in range(1, 61):
        assert f"T{row} Fact {row} is published" in everything
    assert "‘Letters’ https://example.org/letters" in everything


def test_qpdf_finds_no_fault(tmp_path: Path) -> None:
    (tmp_path / "paper.pdf").write_bytes(as_pdf())
    assert "No syntax or stream encoding errors found" in run("qpdf", "--check", str(tmp_path / "paper.pdf"))


@pytest.mark.parametrize("text", [MARKS, HOSTILE["long"]], ids=["marks", "long"])
def test_pdf_of_strangers(text: str, tmp_path: Path) -> None:
    reader = _read(text)
    root: Any = reader.trailer["/Root"]
    assert not {"/OpenAction", "/AA", "/Names", "/AcroForm"} & {
        key for key in root if key != "/Names" or "/JavaScript" in root[key] or "/EmbeddedFiles" in root[key]
    }
    assert set(_links(as_pdf(text))) == set(_links(as_pdf()))
    (tmp_path / "paper.pdf").write_bytes(as_pdf(text))
    shown = run("pdftotext", "-f", "1", "-l", "1", str(tmp_path / "paper.pdf"), "-")
    for word_ in ("<script>alert(1)</script>", "{{ 7 * 7 }}") if text == MARKS else ("xxxxx",):
        assert word_.replace(" ", "") in re.sub(r"\s", "", shown)


def test_pdf_fetches_nothing(tmp_path: Path) -> None:
    made_pdf(undated())
    import weasyprint  # noqa: PLC0415

    fetcher = pdf._fetches_nothing()
    picture = tmp_path / "x.png"
    picture.write_bytes(bars.picture((Bar("a", "promise", 50, ""),)))
    for address in (picture.as_uri(), "http://127.0.0.1:9/x.png", "data:text/plain,x"):
        with pytest.raises(ValueError, match=re.escape(address)):
            fetcher.fetch(address)
    with pdf._silence():
        made = weasyprint.HTML(string=f'<img src="{picture.as_uri()}">', url_fetcher=fetcher).write_pdf()
    assert b"/Image" not in made


# --- All --------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("format_", ["html", "docx", "pdf"])
def test_the_same_bytes_each_time(format_: str) -> None:
    """In processes of their own, with other hashes, another time zone and another language of the machine."""
    program = (
        "import hashlib, sys; sys.path.insert(0, 'tests'); from paper_fixture import whole; "
        f"from openreform.rendering.papers import {format_} as made; content = made.render(whole()); "
        "print(hashlib.sha256(content if isinstance(content, bytes) else content.encode()).hexdigest())"
    )
    mine = as_docx() if format_ == "docx" else as_pdf() if format_ == "pdf" else html.render(whole()).encode()
    for seed, zone, tongue in (("1", "Asia/Tokyo", "C"), ("2", "America/Lima", "C.UTF-8")):
        environment = {**os.environ, "PYTHONHASHSEED": seed, "TZ": zone, "LC_ALL": tongue}
        result = subprocess.run(
            [sys.executable, "-c", program], cwd=ROOT, env=environment, capture_output=True, check=True
        )
        assert result.stdout.decode().strip() == hashlib.sha256(mine).hexdigest()


def _require(format_: str, before: str = "", **environment: str) -> subprocess.CompletedProcess[str]:
    """What `require` of a format says in a process where something is missing."""
    program = (
        f"{before}\nfrom openreform.rendering.papers import {format_}, parts\n"
        f"try:\n    {format_}.require()\nexcept parts.NotInstalledError as error:\n    print(error)\n"
    )
    return subprocess.run(
        [sys.executable, "-W", "error", "-c", program],
        env={**os.environ, **environment},
        capture_output=True,
        encoding="utf-8",
        check=False,
    )


@pytest.mark.parametrize(
    ("format_", "before", "said"),
    [
        ("docx", "import sys; sys.modules['docx'] = None", "docx"),
        ("pdf", "import sys; sys.modules['weasyprint'] = None", "pdf"),
        ("pdf", "import cffi\ndef gone(*_): raise OSError('cannot load library')\ncffi.FFI.dlopen = gone", "pango"),
    ],
)
def test_what_is_missing_is_one_line(format_: str, before: str, said: str) -> None:
    result = _require(format_, before)
    assert (result.returncode, result.stdout, result.stderr) == (0, f"{MISSING[said]}\n", "")


def test_a_machine_without_fonts_is_told_so(tmp_path: Path) -> None:
    made_pdf(undated())
    (tmp_path / "fonts.conf").write_text("<fontconfig></fontconfig>", encoding="utf-8")
    result = _require("pdf", FONTCONFIG_FILE=str(tmp_path / "fonts.conf"))
    assert (result.returncode, result.stdout) == (0, f"{MISSING['fonts']}\n"), result.stderr


def test_nothing_is_missing_here_and_libraries_come_late() -> None:
    made_pdf(undated())
    program = (
        "import sys\nfrom openreform.rendering.papers import docx, html, pdf\n"
        "assert not {'docx', 'lxml', 'weasyprint'} & set(sys.modules)\ndocx.require(); pdf.require()\n"
    )
    result = subprocess.run([sys.executable, "-c", program], capture_output=True, encoding="utf-8", check=False)
    assert (result.returncode, result.stdout, result.stderr) == (0, "", "")


def test_a_paper_with_hardly_anything_is_still_one() -> None:
    assert "<nav" not in html.render(undated())
    assert len(pypdf.PdfReader(io.BytesIO(made_pdf(undated()))).pages) == 1
    assert [part.text for part in word.Document(io.BytesIO(docx.render(undated()))).paragraphs] == [
        "A short paper",
        "One sentence.",
    ]


def test_a_paper_from_right_to_left() -> None:
    paper = Paper("تقرير", "", "ar", None, (Paragraph((Words("جملة"),)), Sources(((Words("مصدر"),),))))
    assert '<html lang="ar" dir="rtl">' in html.render(paper)
    styles = zipfile.ZipFile(io.BytesIO(docx.render(paper))).read("word/styles.xml").decode()
    assert "<w:bidi/>" in styles
    assert "<w:rtl/>" in styles
