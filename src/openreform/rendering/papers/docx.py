"""A paper as a Word file by python-docx: real headings, lists, captions, table heads and links, to be edited and sent.

Styles and lists are ours (`word_styles.xml`, `word_lists.xml`): python-docx brings 400 KB of those of an old Word.
"""

import datetime
import io
import re
import zipfile
from importlib.resources import files
from typing import TYPE_CHECKING, Any, cast

from openreform import __version__
from openreform.messages.papers import PAPER
from openreform.paper import Box, Bullets, Figure, Heading, Line, Paper, Paragraph, Sources, Table, Terms, Words
from openreform.rendering.papers.bars import picture
from openreform.rendering.papers.parts import (
    COLOURS,
    NotInstalledError,
    Placed,
    Places,
    captioned,
    clean,
    kept,
    placed,
    rows,
    runs_right_to_left,
    tag,
    widths_of,
)

if TYPE_CHECKING:
    from docx.document import Document as WordDocument
    from docx.text.paragraph import Paragraph as WordParagraph
    from docx.text.run import Run

_LONGEST_PROPERTY = 255
_WIDTH, _HEIGHT, _MARGIN = 11906, 16838, 1134  # A4 with 2 cm around, in twentieths of a point
_ROOM = _WIDTH - 2 * _MARGIN
_EMU = 635  # English Metric Units in a twentieth of a point
_LETTERS = 88  # that a line of a table has room for
_BOX_INDENT = 200
_NUMBERED, _BOX_POINTS, _BOX_NUMBERED = 2, 4, 5  # the lists of word_lists.xml
_FAR_EAST = ("zh", "ja", "ko")
_AFTER_TABLE = 160
_CODE_FONT = "Consolas"
_NAMESPACE = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
_R_ID = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}id"
_APPLICATION = (
    b'<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
    b'<Properties xmlns="http://schemas.openxmlformats.org/officeDocument/2006/extended-properties">'
    b"<Application>openreform</Application></Properties>"
)
# What must stand behind the frame of a paragraph in its properties.
_AFTER_FRAME = tuple("w:tabs w:bidi w:spacing w:ind w:contextualSpacing w:jc w:outlineLvl w:rPr w:sectPr".split())
_SAME_DAY = (1980, 1, 1, 0, 0, 0)  # the first day a ZIP archive knows


def require() -> None:
    """Look whether a Word file can be made on this machine.

    Raises:
        NotInstalledError: python-docx is missing.
    """
    try:
        import docx  # noqa: F401, PLC0415
    except ImportError:
        raise NotInstalledError("docx") from None


def render(paper: Paper) -> bytes:
    """The file; the same bytes each time.

    Raises:
        NotInstalledError: as `require` says.
    """
    require()
    return _Writer(paper).written()


class _Writer:
    """One file, part after part."""

    def __init__(self, paper: Paper) -> None:
        import docx  # noqa: PLC0415
        from docx.opc.constants import RELATIONSHIP_TYPE  # noqa: PLC0415

        self._paper = paper
        self._places = Places(paper)
        self._language = tag(paper.language) or "en"
        self._relations: Any = RELATIONSHIP_TYPE
        self._document: WordDocument = docx.Document()
        self._bookmarks: dict[str, str] = {}
        self._marks = 0
        self._boxes = 0
        self._boxed = False
        self._after_table = False

    def written(self) -> bytes:
        """The whole file."""
        self._prepare()
        self._head()
        self._parts(placed(self._paper.parts))
        self._foot()
        self._properties()
        raw = io.BytesIO()
        self._document.save(raw)
        return _same_each_time(raw)

    # --- The frame ---

    def _prepare(self) -> None:
        """Our styles, lists and page instead of those of the template, and nothing else it brings."""
        part = self._document.part
        styles = _resource("word_styles.xml")
        defaults = styles.find(_w("docDefaults"))
        self._tell_language(defaults.find(f".//{_w('lang')}"), self._language)
        if runs_right_to_left(self._language):
            defaults.find(f"./{_w('pPrDefault')}/{_w('pPr')}").insert(0, _element("bidi"))
            defaults.find(f"./{_w('rPrDefault')}/{_w('rPr')}").insert(1, _element("rtl"))
        cast("Any", part.part_related_by(self._relations.STYLES))._element = styles
        cast("Any", part.numbering_part)._element = _resource("word_lists.xml")
        for relation in list(part.rels.values()):
            if relation.reltype.rpartition("/")[2] in {"stylesWithEffects", "customXml"}:
                del part.rels[relation.rId]
        package = part.package
        for relation in list(package.rels.values()):
            if relation.reltype.endswith("/thumbnail"):
                del package.rels[relation.rId]
            elif relation.reltype.endswith("/extended-properties"):
                cast("Any", relation.target_part)._blob = _APPLICATION
        settings = self._document.settings.element
        for name in ("savePreviewPicture", "rsids", "proofState"):
            for found in settings.findall(_w(name)):
                settings.remove(found)
        self._tell_language(settings.find(_w("themeFontLang")), self._language)
        section: Any = self._document.sections[0]
        section.page_width, section.page_height = _WIDTH * _EMU, _HEIGHT * _EMU
        section.left_margin = section.right_margin = section.top_margin = section.bottom_margin = _MARGIN * _EMU

    def _properties(self) -> None:
        """Who wrote it and when: this tool, and the day the paper is read as of, or no day at all."""
        properties = self._document.core_properties
        made_by = PAPER["made-by"].format(version=__version__)
        properties.title = clean(self._paper.title)[:_LONGEST_PROPERTY]
        properties.subject = clean(self._paper.subtitle)[:_LONGEST_PROPERTY]
        properties.author = properties.last_modified_by = made_by
        properties.language = self._language
        properties.comments = properties.keywords = ""
        properties.revision = 1
        day = _day(self._paper.date)
        if day:
            properties.created = properties.modified = day
            return
        core: Any = properties
        for name in ("created", "modified"):
            core._element.remove(getattr(core._element, name))

    def _head(self) -> None:
        self._plain("Title", self._paper.title)
        if self._paper.subtitle:
            self._plain("Subtitle", self._paper.subtitle)
        if self._paper.date:
            self._plain("Note", PAPER["about"].format(date=clean(self._paper.date)))

    def _foot(self) -> None:
        """Page x of y; Word counts when it shows them."""
        section = self._document.sections[0]
        paragraph = section.footer.paragraphs[0]
        _set_style(paragraph._p, "footer")
        short = clean(self._paper.title)
        paragraph.add_run(f"{short[:59].rstrip()}…" if len(short) > 60 else short)
        paragraph.add_run("\t")
        for piece in re.split(r"(\{\w+\})", PAPER["page"]):
            field = {"{page}": "PAGE", "{pages}": "NUMPAGES"}.get(piece)
            if field:
                _add_field(paragraph, field, "1")
            elif piece:
                paragraph.add_run(piece)

    # --- Parts ---

    def _parts(self, parts: list[Placed]) -> None:
        for _, part, level, inside in parts:
            match part:
                case Heading():
                    self._plain(f"heading {level}", part.text, part.anchor)
                case Paragraph():
                    self._words("Note" if part.note else "Normal", part.words)
                case Bullets():
                    self._bullets(part)
                case Table():
                    self._table(part)
                case Figure():
                    self._figure(part)
                case Box():
                    self._boxed = True
                    self._boxes += 1
                    self._plain(f"heading {level}", part.title, part.anchor)
                    self._parts(inside)
                    self._boxed = False
                case Terms():
                    for term, meaning in part.entries:
                        self._plain("Definition Term", term)
                        self._words("Definition", meaning)
                case Sources():
                    for number, entry in enumerate(part.entries, start=1):
                        self._bookmark(self._words("Source", entry), f"source_{number}")

    def _bullets(self, part: Bullets) -> None:
        style = "List Number" if part.numbered else "List Bullet"
        number = self._new_list() if part.numbered else _BOX_POINTS if self._boxed else None
        for point in part.points:
            paragraph = self._words(style, point)
            if number is not None:
                properties: Any = paragraph._p.get_or_add_pPr().get_or_add_numPr()
                properties.get_or_add_ilvl().val = 0
                properties.get_or_add_numId().val = number

    def _new_list(self) -> int:
        """A numbered list that starts at one again."""
        numbering: Any = self._document.part.numbering_part.element
        added = numbering.add_num(_BOX_NUMBERED if self._boxed else _NUMBERED)
        added.add_lvlOverride(ilvl=0).add_startOverride(1)
        return int(added.numId)

    def _table(self, part: Table) -> None:
        self._caption(part, captioned(part))
        table: Any = self._document.add_table(rows=0, cols=len(part.columns))
        table.style = "Paper Table"
        properties = table._tbl.tblPr
        properties.remove(properties.find(_w("tblLook")))
        for found in properties.findall(_w("tblLayout")):
            properties.remove(found)
        size = properties.find(_w("tblW"))
        size.set(_w("type"), "dxa")
        size.set(_w("w"), str(_ROOM))
        properties.append(_element("tblLayout", type="fixed"))
        look = {"firstRow": "1", "lastRow": "0", "firstColumn": "1", "lastColumn": "0", "noHBand": "1", "noVBand": "1"}
        properties.append(_element("tblLook", val="06A0", **look))
        properties.append(_element("tblCaption", val=captioned(part)))
        widths = _widths(part)
        for column, width in zip(table._tbl.tblGrid.findall(_w("gridCol")), widths, strict=True):
            column.set(_w("w"), str(width))
        head = tuple((Words(column),) for column in part.columns)
        together = kept(part)
        for position, cells in enumerate((head, *part.rows)):
            row = table.add_row()
            about = row._tr.get_or_add_trPr()
            about.append(_element("cantSplit"))
            if not position:
                about.append(_element("tblHeader"))
            for cell, line, align, width in zip(row.cells, cells, part.aligns, widths, strict=True):
                cell.width = width * _EMU
                paragraph = cell.paragraphs[0]
                _set_style(paragraph._p, "Table Text")
                if align == "right":
                    paragraph.paragraph_format.alignment = 2
                if position < len(part.rows) and (not position or together):
                    paragraph.paragraph_format.keep_with_next = True
                self._fill(paragraph, line)
        self._after_table = True

    def _figure(self, part: Figure) -> None:
        """Each label with its numbers as text, and its bars as a picture below: words in a picture could not be enlarged."""
        self._caption(part, captioned(part))
        series = dict(part.legend)
        described = clean(part.description)
        for row in rows(part):
            label = self._paragraph("Bars Label")
            label.add_run(row.label).bold = True
            for bar in row.bars:
                label.add_run("   ")
                key: Any = label.add_run("■")
                key.font.color.rgb = _colour(COLOURS[bar.series])
                told = PAPER["bar"].format(series=clean(series.get(bar.series, bar.series)), shown=clean(bar.shown))
                label.add_run(f"\u00a0{told}")
            paragraph: Any = self._paragraph("Bars")
            drawn = paragraph.add_run().add_picture(io.BytesIO(picture(row.bars)), width=_ROOM * _EMU)
            drawn._inline.docPr.set("descr", f"{described} {row.told}".strip())
            for side in "TBLR":
                drawn._inline.set(f"dist{side}", "0")  # unsaid, LibreOffice takes an eighth of an inch
            described = ""
        self._table(part.table)

    def _caption(self, part: Table | Figure, text: str) -> None:
        """The number in a field, so that Word counts on where somebody adds a table."""
        paragraph = self._paragraph("caption")
        before, _, after = text.partition(str(part.number))
        paragraph.add_run(before)
        _add_field(paragraph, f"SEQ {before.strip()} \\* ARABIC", str(part.number))
        paragraph.add_run(after)
        self._bookmark(paragraph, self._bookmark_of(part.anchor))

    # --- Words ---

    def _paragraph(self, style: str) -> "WordParagraph":
        paragraph = self._document.add_paragraph()
        _set_style(paragraph._p, style)
        if self._boxed:
            self._frame(paragraph)
        if self._after_table and style != "caption" and not style.startswith("heading"):
            paragraph.paragraph_format.space_before = _AFTER_TABLE * _EMU
        self._after_table = False
        return paragraph

    def _frame(self, paragraph: "WordParagraph") -> None:
        """A frame around; Word draws one around paragraphs that follow each other with the same indent.

        So all of a box have one, points too, and the next box a hair's breadth more.
        """
        properties: Any = paragraph._p.get_or_add_pPr()
        borders = _element("pBdr")
        for side in ("top", "left", "bottom", "right"):
            colour, size = (COLOURS["practice"][1:], "36") if side == "left" else ("C9CCD3", "4")
            borders.append(_element(side, val="single", sz=size, space="6", color=colour))
        shade = _element("shd", val="clear", color="auto", fill="F4F5F7")
        properties.insert_element_before(borders, *_AFTER_FRAME)
        properties.insert_element_before(shade, *_AFTER_FRAME)
        indent = properties.get_or_add_ind()
        left = _BOX_INDENT + self._boxes % 2
        indent.set(_w("left"), str(left))
        indent.set(_w("right"), str(_BOX_INDENT))
        indent.set(_w("firstLine"), "0")

    def _plain(self, style: str, text: str, anchor: str = "") -> None:
        paragraph = self._paragraph(style)
        paragraph.add_run(clean(text))
        if anchor:
            self._bookmark(paragraph, self._bookmark_of(anchor))

    def _words(self, style: str, line: Line) -> "WordParagraph":
        paragraph = self._paragraph(style)
        self._fill(paragraph, line)
        return paragraph

    def _fill(self, paragraph: "WordParagraph", line: Line) -> None:
        for word in line:
            leads = self._places.leads(word.link)
            run = self._run(paragraph, word)
            if leads:
                self._link(paragraph, run, leads)
            if word.source:
                cite = PAPER["cite"].format(number=word.source)
                if paragraph.text:
                    paragraph.add_run("\u00a0" if word.text else " ")
                run = paragraph.add_run(cite)
                if self._places.is_listed(word.source):
                    self._link(paragraph, run, "", f"source_{word.source}")

    def _run(self, paragraph: "WordParagraph", word: Words) -> "Run":
        run = paragraph.add_run(clean(word.text))
        if word.strong:
            run.bold = True
        if word.code:
            _set_style(run._r, "Code")
        language = tag(word.lang)
        if language:
            if runs_right_to_left(language):
                run.font.rtl = True
            told = _element("lang")
            self._tell_language(told, language)
            run._r.get_or_add_rPr().append(told)
        return run

    def _link(self, paragraph: "WordParagraph", run: "Run", leads: str, bookmark: str = "") -> None:
        """Makes a run lead to an address, `#anchor` or a bookmark."""
        link = _element("hyperlink")
        if leads.startswith("#"):
            bookmark = self._bookmark_of(leads[1:])
        if bookmark:
            link.set(_w("anchor"), bookmark)
        else:
            link.set(_R_ID, self._document.part.relate_to(leads, self._relations.HYPERLINK, is_external=True))
        if run._r.style == "Code":
            run.font.name = _CODE_FONT
        _set_style(run._r, "Hyperlink")
        paragraph._p.remove(run._r)
        link.append(run._r)
        paragraph._p.append(link)

    def _bookmark_of(self, anchor: str) -> str:
        """The name of a bookmark; Word allows letters, digits and no more than 40 of them."""
        return self._bookmarks.setdefault(anchor, f"part_{len(self._bookmarks) + 1}")

    def _bookmark(self, paragraph: "WordParagraph", name: str) -> None:
        self._marks += 1
        start = _element("bookmarkStart", id=str(self._marks), name=name)
        paragraph._p.insert(1, start)  # behind the properties of the paragraph
        paragraph._p.append(_element("bookmarkEnd", id=str(self._marks)))

    @staticmethod
    def _tell_language(element: Any, language: str) -> None:
        """Writes a language into the attribute for its script; Word has one each for letters, signs and the right-to-left."""
        for name in ("eastAsia", "bidi"):
            element.attrib.pop(_w(name), None)
        element.set(_w("val"), language)
        if language.lower().partition("-")[0] in _FAR_EAST:
            element.set(_w("eastAsia"), language)
        if runs_right_to_left(language):
            element.set(_w("bidi"), language)


# --- XML and the archive ----------------------------------------------------------------------------------


def _w(name: str) -> str:
    return f"{{{_NAMESPACE}}}{name}"


def _element(name: str, /, **attributes: str) -> Any:
    from docx.oxml.parser import OxmlElement  # noqa: PLC0415

    return OxmlElement(f"w:{name}", {_w(key): value for key, value in attributes.items()})


def _set_style(element: Any, name: str) -> None:
    """Gives a paragraph or a run a style of ours by its id; python-docx would look through all styles for the name."""
    element.style = name.title().replace(" ", "")


def _resource(name: str) -> Any:
    from docx.oxml.parser import parse_xml  # noqa: PLC0415

    return parse_xml((files(__package__) / name).read_bytes())


def _colour(written: str) -> Any:
    from docx.shared import RGBColor  # noqa: PLC0415

    return RGBColor.from_string(written[1:].upper())


def _add_field(paragraph: "WordParagraph", code: str, shown: str) -> None:
    """A field that Word counts anew, and what it shows until then."""
    for kind, text in (("begin", ""), ("", code), ("separate", ""), ("text", shown), ("end", "")):
        run: Any = paragraph.add_run(text if kind == "text" else "")
        if kind == "":
            instruction = _element("instrText")
            instruction.text = f" {text} "
            instruction.set("{http://www.w3.org/XML/1998/namespace}space", "preserve")
            run._r.append(instruction)
        elif kind != "text":
            run._r.append(_element("fldChar", fldCharType=kind))


def _widths(table: Table) -> list[int]:
    """How wide the columns are, in twentieths of a point."""
    widths = [int(_ROOM * part) for part in widths_of(table, _LETTERS)]
    widths[-1] += _ROOM - sum(widths)
    return widths


def _day(date: str | None) -> datetime.datetime | None:
    try:
        return datetime.datetime.fromisoformat(date) if date else None
    except ValueError:
        return None


def _same_each_time(raw: io.BytesIO) -> bytes:
    """The archive with no day and no machine in it."""
    made = io.BytesIO()
    with zipfile.ZipFile(raw) as before, zipfile.ZipFile(made, "w") as after:
        for member in before.namelist():
            entry = zipfile.ZipInfo(member, _SAME_DAY)
            entry.create_system = 0
            entry.compress_type = zipfile.ZIP_DEFLATED
            after.writestr(entry, before.read(member), compresslevel=9)
    return made.getvalue()
