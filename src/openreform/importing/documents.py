"""Word, Markdown and plain text files as blocks. They are strangers' files: nothing in them is run, followed or trusted."""

import io
import re
import zipfile
import zlib
from collections.abc import Iterable, Iterator
from typing import TYPE_CHECKING, Any

from openreform.importing.blocks import Block, Paragraph, Table
from openreform.importing.records import SourceError

if TYPE_CHECKING:
    from markdown_it.token import Token

MOST_BLOCKS = 50_000
"""Paragraphs and cells of one document; a national action plan has some hundreds."""

MOST_INSIDE = 64 << 20
MOST_XML = 24 << 20
MOST_MEMBERS = 5_000
MOST_COLUMNS = 63  # as in Word

Piece = tuple[str, bool]
"""Some text of a paragraph, and whether it is bold."""


# --- Lines of a paragraph, whatever it was written in ------------------------------------------------------


def _lines(pieces: Iterable[Piece]) -> list[list[Piece]]:
    lines: list[list[Piece]] = [[]]
    for text, bold in pieces:
        first, *others = text.split("\n")
        lines[-1].append((first, bold))
        lines += [[(other, bold)] for other in others]
    return lines


def _text(line: Iterable[Piece]) -> str:
    return re.sub(r"[^\S\t\n]+", " ", "".join(text for text, _ in line)).strip()


def _paragraphs(pieces: Iterable[Piece], line: int = 0, heading: bool = False, prefix: str = "") -> Iterator[Paragraph]:
    """One paragraph, or several: a bold line, or bold text that ends in : or ? before other text, stands for itself."""
    waiting: list[str] = []
    begun = line
    for number, pieces_of_line in enumerate(_lines(pieces)):
        here = line + number if line else 0
        lead, after = ("", _text(pieces_of_line)) if heading or prefix else _split_lead(pieces_of_line)
        whole = _text(pieces_of_line)
        marked = bool(whole) and (heading or (not lead and _is_bold(pieces_of_line)))
        if (lead or marked) and waiting:
            yield Paragraph("\n".join(waiting), False, begun)
            waiting = []
        if lead:
            yield Paragraph(lead, True, here)
        if marked:
            yield Paragraph(prefix + whole, True, here)
        elif after:
            if not waiting:
                begun = here
            waiting.append((prefix if number == 0 else "") + after)
    if waiting:
        yield Paragraph("\n".join(waiting), False, begun)


def _is_bold(line: list[Piece]) -> bool:
    return all(bold for text, bold in line if text.strip())


def _split_lead(line: list[Piece]) -> tuple[str, str]:
    """`**Label:** answer` in two; ('', all of it) where it is not that."""
    bold = 0
    while bold < len(line) and (line[bold][1] or not line[bold][0].strip()):
        bold += 1
    lead, after = _text(line[:bold]), _text(line[bold:])
    if after.startswith(":"):
        lead, after = lead + ":", after[1:].strip()
    if lead.endswith((":", "?")) and after and lead != ":":
        return lead, after
    return "", _text(line)


# --- Plain text --------------------------------------------------------------------------------------------


def read_plain(text: str) -> list[Block]:
    """Paragraphs are parted by empty lines; a line that is underlined with = or - is marked."""
    blocks: list[Block] = []
    chunk: list[str] = []
    begun = 0
    lines = text.removeprefix("\ufeff").splitlines()
    for number, line in enumerate([*lines, ""], 1):
        if chunk and re.fullmatch(r"\s*(?:={3,}|-{3,}|~{3,})\s*", line):
            title = chunk.pop()
            if chunk:
                blocks.append(Paragraph("\n".join(chunk), False, begun))
            blocks.append(Paragraph(title, True, number - 1))
            chunk = []
        elif line.strip():
            begun = begun if chunk else number
            chunk.append(line.strip())
        elif chunk:
            blocks.append(Paragraph("\n".join(chunk), False, begun))
            chunk = []
        _bound(len(blocks))
    return blocks


def _bound(count: int) -> None:
    if count > MOST_BLOCKS:
        raise SourceError("too-long-inside", limit_=f"{MOST_BLOCKS:,}")


# --- Markdown ----------------------------------------------------------------------------------------------

_FIELD = re.compile(r"([A-Za-z_][\w-]*):(?:\s+(.*))?$")
_FRONT = re.compile(r"---[ \t]*\n(.*?)\n(?:---|\.\.\.)[ \t]*(?:\n|\Z)", re.DOTALL)
_TAG = re.compile(
    r"</?(?:a|abbr|b|blockquote|br|center|cite|code|dd|del|details|div|dl|dt|em|font|h[1-6]|hr|i|img|ins|kbd|li|mark|ol|p"
    r"|pre|q|s|script|small|span|strong|style|sub|summary|sup|table|tbody|td|tfoot|th|thead|tr|u|ul)(?=[\s/>])[^<>]*>",
    re.IGNORECASE,
)


def read_markdown(text: str) -> list[Block]:
    """CommonMark with tables; front matter at the top stays, a paragraph for each line. HTML is never run."""
    from markdown_it import MarkdownIt  # noqa: PLC0415

    text = text.removeprefix("\ufeff").replace("\r\n", "\n").replace("\r", "\n")
    blocks: list[Block] = []
    skipped = 0
    front = _FRONT.match(text)
    if front:
        blocks += _front_matter(front.group(1))
        skipped = front.group().count("\n")
        text = text[front.end() :]
    tokens = MarkdownIt("commonmark").enable("table").parse(text)
    _Markdown(blocks, skipped).read(tokens)
    return blocks


def _front_matter(text: str) -> list[Block]:
    """Field and value of each line; a value may go on over the lines below."""
    pairs: list[tuple[int, str, str]] = []
    for number, line in enumerate(text.split("\n"), start=2):
        field = _FIELD.match(line)
        if field:
            pairs.append((number, field.group(1), (field.group(2) or "").strip()))
        elif line.strip():
            first, name, value = pairs.pop() if pairs else (number, "", "")
            pairs.append((first, name, f"{value}\n{line.strip()}".strip()))
    return [Table(((name, value.strip("\"'")),), number, pairs=True) for number, name, value in pairs]


class _Markdown:
    def __init__(self, blocks: list[Block], skipped: int) -> None:
        self.blocks, self.skipped = blocks, skipped
        self.prefix = ""
        self.heading = False
        self.rows: list[tuple[str, ...]] | None = None
        self.row: list[str] = []

    def read(self, tokens: "list[Token]") -> None:
        for token in tokens:
            line = token.map[0] + 1 + self.skipped if token.map else 0
            if token.type == "list_item_open":
                self.prefix = "- "
            elif token.type == "heading_open":
                self.heading = True
            elif token.type == "heading_close":
                self.heading = False
            elif token.type == "table_open":
                self.rows, self.begun = [], line
            elif token.type == "tr_open":
                self.row = []
            elif token.type == "tr_close" and self.rows is not None:
                self.rows.append(tuple(self.row))
            elif token.type == "table_close" and self.rows is not None:
                self.blocks.append(Table(tuple(self.rows), self.begun))
                self.rows = None
            elif token.type == "inline":
                self.inline(token, line)
            elif token.type in ("fence", "code_block"):
                self.raw("\n".join(part for part in (token.info.strip(), token.content) if part), line)
            elif token.type == "hr" and token.markup.startswith("_"):
                self.raw(token.markup, line)  # in a template, a line to write on
            elif token.type == "html_block":
                self.raw(_without_tags(token.content), line)
            _bound(len(self.blocks) + len(self.rows or ()) * max(1, len(self.row)))

    def inline(self, token: "Token", line: int) -> None:
        pieces = list(_pieces(token.children or []))
        if self.rows is not None:
            self.row.append(_text(pieces))
            return
        self.blocks += _paragraphs(pieces, line, self.heading, self.prefix)
        self.prefix = ""

    def raw(self, text: str, line: int) -> None:
        if text.strip():
            self.blocks.append(Paragraph(self.prefix + text.strip(), False, line))
            self.prefix = ""


def _without_tags(text: str) -> str:
    return _TAG.sub(lambda tag: "\n" if tag.group().lower().startswith("<br") else "", text)


def _pieces(tokens: "list[Token]") -> Iterator[Piece]:
    """Text and whether it is bold. A paragraph that is wholly in italics keeps its underscores: often it is a prompt."""
    bold = 0
    links: list[tuple[str, list[str]]] = []
    prompt = (
        len(tokens) > 2
        and tokens[0].type == "em_open"
        and tokens[-1].type == "em_close"
        and sum(token.type == "em_open" for token in tokens) == 1
    )
    for token in tokens:
        text = ""
        if token.type == "strong_open":
            bold += 1
        elif token.type == "strong_close":
            bold -= 1
        elif token.type in ("em_open", "em_close"):
            text = "_" if prompt else ""
        elif token.type in ("softbreak", "hardbreak"):
            text = "\n"
        elif token.type == "link_open":
            links.append((str(token.attrGet("href") or ""), []))
        elif token.type == "link_close":
            url, inside = links.pop()
            text = "" if "".join(inside).strip() in (url, url.removeprefix("mailto:")) else f" ({url})"
        elif token.type == "image":
            text = f"{token.content} ({token.attrGet('src')})"
        elif token.type == "html_inline":
            text = _without_tags(token.content)
        else:
            text = token.content
        for _, inside in links:
            inside.append(text)
        yield text, bold > 0


# --- Word --------------------------------------------------------------------------------------------------

_W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_PASSED_OVER = frozenset(
    "del moveFrom instrText delText delInstrText pPr rPr tblPr tblGrid trPr tcPr sdtPr sectPr Fallback".split()
)
_BOXES = {"00FE": "☒", "0052": "☒", "0053": "☒", "0054": "☒", "00FD": "☒", "00A8": "☐", "006F": "☐", "00A3": "☐"}


def read_docx(raw: bytes) -> list[Block]:
    """Paragraphs and tables of a Word file in the order they stand in.

    Raises:
        SourceError: python-docx is not installed, or this is not a Word file that can be read.
    """
    try:
        from docx.opc.exceptions import PackageNotFoundError  # noqa: PLC0415
        from docx.opc.part import XmlPart  # noqa: PLC0415
        from docx.oxml.parser import parse_xml  # noqa: PLC0415
        from docx.package import Package  # noqa: PLC0415
    except ImportError:
        raise SourceError("extra-missing", what_="Word (.docx)", extra_="docx") from None

    _check_archive(raw)
    try:
        part = Package.open(io.BytesIO(raw)).main_document_part
        root: Any = part.element if isinstance(part, XmlPart) else parse_xml(part.blob)
        related: dict[str, Any] = {
            relation.reltype.rpartition("/")[2]: parse_xml(relation.target_part.blob)
            for relation in part.rels.values()
            if not relation.is_external and relation.reltype.rpartition("/")[2] in ("styles", "footnotes", "endnotes")
        }
    except (
        *(KeyError, ValueError, AttributeError, TypeError, IndexError, SyntaxError, AssertionError, RecursionError),
        *(OSError, EOFError, NotImplementedError, RuntimeError, zipfile.BadZipFile, zlib.error, PackageNotFoundError),
    ) as error:
        raise SourceError("not-a-docx") from error
    body = root.find(f"{_W}body")
    if body is None:
        raise SourceError("not-a-docx")
    return list(_Word(related).blocks(body))


def _check_archive(raw: bytes) -> None:
    """Refuses what is no Word file, and what would grow beyond all bounds, before any of it is read as XML."""
    if raw.startswith(_OLE):
        hidden = "EncryptedPackage".encode("utf-16-le")
        raise SourceError("docx-encrypted" if hidden in raw else "old-word")
    try:
        with zipfile.ZipFile(io.BytesIO(raw)) as archive:
            members = archive.infolist()
            if any(member.flag_bits & 1 for member in members):
                raise SourceError("docx-encrypted")
            if len(members) > MOST_MEMBERS or sum(member.file_size for member in members) > MOST_INSIDE:
                raise SourceError("too-large-inside", limit_=f"{MOST_INSIDE >> 20} MiB")
            xml = 0
            for member in members:
                content = archive.read(member)
                start = content[:64].replace(b"\x00", b"").lstrip(b"\xef\xbb\xbf\xff\xfe \t\r\n")
                if start.startswith(b"<"):
                    xml += len(content)
                    # Office writes no document type; one could name entities that unfold without end.
                    if b"<!DOCTYPE" in content.replace(b"\x00", b""):
                        raise SourceError("not-a-docx")
                if xml > MOST_XML:
                    raise SourceError("too-large-inside", limit_=f"{MOST_XML >> 20} MiB")
    except (zipfile.BadZipFile, zlib.error, OSError, EOFError, NotImplementedError, RuntimeError, ValueError) as error:
        raise SourceError("not-a-docx") from error


def _name(element: Any) -> str:
    """The local name of an element; '' for a comment or the like."""
    return element.tag.rpartition("}")[2] if isinstance(element.tag, str) else ""


def _value(element: Any, way: str, default: str = "") -> str | None:
    """The w:val of what stands at `way`; `default` if it has none; None if nothing stands there."""
    found = element.find("/".join(_W + step for step in way.split("/")))
    return None if found is None else str(found.get(f"{_W}val", default))


def _number(text: str | None) -> int:
    return int(text) if text and text.isascii() and text.isdigit() else 0


def _is_on(text: str | None) -> bool | None:
    return None if text is None else text not in ("0", "false", "off")


class _Word:
    """Walks a document; `count` keeps it within bounds."""

    def __init__(self, related: dict[str, Any]) -> None:
        self.count = 0
        self.styles: dict[str, Any] = {}
        self.default = ""
        for style in related["styles"].iter(f"{_W}style") if "styles" in related else ():
            name = style.get(f"{_W}styleId", "")
            self.styles[name] = style
            if style.get(f"{_W}default") in ("1", "true") and style.get(f"{_W}type") == "paragraph":
                self.default = name
        self.notes = {
            kind.removesuffix("s"): {note.get(f"{_W}id"): note for note in root} for kind, root in related.items()
        }

    def blocks(self, parent: Any) -> Iterator[Block]:
        for child in parent:
            kind = _name(child)
            if kind == "p":
                yield from self.paragraph(child)
            elif kind == "tbl":
                yield from self.table(child)
            elif kind and kind not in _PASSED_OVER:
                yield from self.blocks(child)

    def paragraph(self, element: Any) -> Iterator[Block]:
        self.step()
        boxes: list[Any] = []
        style = _value(element, "pPr/pStyle") or self.default
        pieces = list(self.pieces(element, style, boxes))
        heading = self.is_heading(element, style) and any(text.strip() for text, _ in pieces)
        whole = [piece for line in _lines(pieces) for piece in line]
        listed = self.in_list(element, style) and not heading and not _is_bold(whole)
        yield from _paragraphs(pieces, 0, heading, "- " if listed else "")
        for box in boxes:
            yield from self.blocks(box)

    def step(self) -> None:
        self.count += 1
        _bound(self.count)

    def chain(self, style: str) -> Iterator[Any]:
        """A style and those it is based on."""
        seen: set[str] = set()
        while style in self.styles and style not in seen:
            seen.add(style)
            yield self.styles[style]
            style = _value(self.styles[style], "basedOn") or ""

    def is_heading(self, element: Any, style: str) -> bool:
        for holder in (element, *self.chain(style)):
            level = _value(holder, "pPr/outlineLvl")
            if level is not None:
                return _number(level) < 9
            name = (_value(holder, "name") or "").casefold()
            if name in ("title", "subtitle") or re.fullmatch(r"heading \d", name):
                return True
        return False

    def in_list(self, element: Any, style: str) -> bool:
        for holder in (element, *self.chain(style)):
            if holder.find(f"{_W}pPr/{_W}numPr") is not None:
                return _value(holder, "pPr/numPr/numId") != "0"
        return False

    def is_bold(self, run: Any, style: str) -> bool:
        holders = (run, *self.chain(_value(run, "rPr/rStyle") or ""), *self.chain(style))
        return next(
            (on for on in (_is_on(_value(holder, "rPr/b", "1")) for holder in holders) if on is not None), False
        )

    def pieces(self, parent: Any, style: str, boxes: list[Any], prompt: bool = False) -> Iterator[Piece]:
        """The text below an element, deletions and field codes left out; text boxes are put aside in `boxes`."""
        for child in parent:
            kind = _name(child)
            if kind == "r":
                text = "".join(self.run(child, boxes))
                yield text, self.is_bold(child, style)
            elif kind == "sdt":
                shown = child.find(f"{_W}sdtPr/{_W}showingPlcHdr") is not None
                inside = list(self.pieces(child, style, boxes))
                words = "".join(text for text, _ in inside).strip()
                # What Word shows where nothing was filled in yet; the brackets tell that it is a prompt.
                yield from [(f"[{words.strip('[]')}]", False)] if shown and words else inside
            elif kind and kind not in _PASSED_OVER:
                yield from self.pieces(child, style, boxes)

    def run(self, run: Any, boxes: list[Any]) -> Iterator[str]:
        for child in run:
            kind = _name(child)
            if kind == "t":
                yield child.text or ""
            elif kind in ("tab", "ptab"):
                yield "\t"
            elif kind in ("br", "cr"):
                yield "\n"
            elif kind == "noBreakHyphen":
                yield "-"
            elif kind == "sym":
                code = child.get(f"{_W}char", "").upper()
                yield _BOXES.get("00" + code[-2:], "") if "dings" in child.get(f"{_W}font", "").casefold() else ""
            elif kind == "fldChar":
                yield from _form_field(child)
            elif kind in ("footnoteReference", "endnoteReference"):
                yield self.note(kind.removesuffix("Reference"), child.get(f"{_W}id"))
            elif kind in ("drawing", "pict", "object", "AlternateContent"):
                boxes += _outermost_boxes(child)

    def note(self, kind: str, number: str | None) -> str:
        note = self.notes.get(kind, {}).pop(number, None)
        if note is None:
            return ""
        text = " ".join(_text(self.pieces(part, "", [])) for part in note.iter(f"{_W}p")).strip()
        return f" ({text})" if text else ""

    def table(self, element: Any) -> Iterator[Block]:
        """A table; one that stands in a cell follows the row it stands in, and the rest of the outer one follows it."""
        rows: list[tuple[str, ...]] = []
        for row in _below(element, "tr"):
            cells: list[str] = []
            inner: list[Block] = []
            cells += [""] * min(_number(_value(row, "trPr/gridBefore")), MOST_COLUMNS)
            for cell in _below(row, "tc"):
                self.step()
                merged = _value(cell, "tcPr/vMerge", "continue")
                span = min(max(1, _number(_value(cell, "tcPr/gridSpan"))), MOST_COLUMNS)
                texts: list[str] = []
                for block in self.blocks(cell) if merged in (None, "restart") else ():
                    if isinstance(block, Table):
                        inner.append(block)
                    else:
                        texts.append(block.text)
                cells += ["\n".join(texts), *[""] * (span - 1)]
            rows.append(tuple(cells))
            if inner:
                yield Table(tuple(rows))
                yield from inner
                rows = []
        if rows:
            yield Table(tuple(rows))


def _below(element: Any, wanted: str) -> Iterator[Any]:
    """Rows of a table or cells of a row, also those in content controls and tracked insertions."""
    for child in element:
        kind = _name(child)
        if kind == wanted:
            if kind != "tr" or child.find(f"{_W}trPr/{_W}del") is None:
                yield child
        elif kind in ("sdt", "sdtContent", "customXml", "ins"):
            yield from _below(child, wanted)


def _outermost_boxes(element: Any) -> Iterator[Any]:
    for child in element:
        kind = _name(child)
        if kind == "txbxContent":
            yield child
        elif kind and kind not in _PASSED_OVER:
            yield from _outermost_boxes(child)


def _form_field(character: Any) -> Iterator[str]:
    """The box or choice of an old form; its result stands in no run."""
    box = character.find(f"{_W}ffData/{_W}checkBox")
    if box is not None:
        on = _is_on(_value(box, "checked", "1"))
        yield "☒" if (_is_on(_value(box, "default", "1")) if on is None else on) else "☐"
    choice = character.find(f"{_W}ffData/{_W}ddList")
    if choice is not None:
        entries = [entry.get(f"{_W}val", "") for entry in choice.iter(f"{_W}listEntry")]
        yield next(iter(entries[_number(_value(choice, "result")) :]), "")
