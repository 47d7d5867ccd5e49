"""From files people have to drafts of reform documents: every record a valid document or a problem with its place."""

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Literal

from openreform.importing import documents, tables, trees
from openreform.importing.blocks import Block
from openreform.importing.drafting import KEPT, Account, Draft, Drafter, Refusal, slug
from openreform.importing.records import Cell, Record, SourceError
from openreform.importing.skeleton import skeleton
from openreform.importing.templates import Template
from openreform.importing.writing import write
from openreform.loading.files import Found, decode, find, read_raw
from openreform.loading.mappings import bundled_mappings, load_bundled_mapping
from openreform.loading.reforms import Document, parse_reform
from openreform.mapping import SourceMapping
from openreform.messages.fields import FIELDS
from openreform.messages.imports import ASKED, WHERE
from openreform.plaintext import begun, quoted, visible
from openreform.problems import Position, Problem, problem

TABLES = frozenset({".csv", ".tsv", ".xlsx"})
TREES = frozenset({".json"})
TEMPLATES = frozenset({".docx", ".md", ".markdown", ".txt"})
SUFFIXES = TABLES | TREES | TEMPLATES
TEMPLATE_MAPPING = "ogp-template"
MOST_BYTES = 64 * 1024 * 1024
"""Of one file; OGP's data on all commitments ever made take a fifth of it."""

_LOOKS_LIKE_MARKDOWN = re.compile(r"^(?:#{1,6}\s|\*\*[^*\n]+\*\*\s*$)", re.MULTILINE)
_LONGEST_PROMPT = 90
_MOST_NAMED = 15
_INDEX = re.compile(r"\[\d+\]")
_NUMBER = re.compile(r"^\d+\. ")
Progress = Callable[[int], None]
_NOT_OURS = {"table-unknown", "json-unknown", "json-no-records"}
"""What is passed over in a folder: files of other kinds with the same ending."""
Kind = Literal["row", "record", "part"]
"""What one commitment is in its source: a row of a table, a record of a list, a part of a document."""


@dataclass(frozen=True, slots=True)
class Made:
    """One document to write: its id, the text, and where in the source it comes from."""

    id: str
    text: str
    number: int


@dataclass(slots=True)
class Source:
    """What came of one file, or of one sheet of a workbook."""

    path: str
    kind: Kind = "part"
    mapping: str = ""
    numbered: bool = True
    read: int = 0
    made: list[Made] = field(default_factory=list)
    problems: list[Problem] = field(default_factory=list)
    accounts: dict[str, Account] = field(default_factory=dict)
    kept: list[str] = field(default_factory=list)
    left_out: list[str] = field(default_factory=list)
    not_there: list[str] = field(default_factory=list)


@dataclass(slots=True)
class Conversion:
    """What a run knows across its files: the mappings asked for, and which id came from where.

    Of several mappings each file takes the first that knows it; none: those that come with the tool.
    """

    chosen: tuple[SourceMapping, ...] = ()
    ids: dict[str, str] = field(default_factory=dict)
    passed_over: list[str] = field(default_factory=list)


def convert(paths: list[str], conversion: Conversion, progress: Progress | None = None) -> Iterator[Source]:
    """What becomes of each file the paths stand for, in their order.

    Args:
        paths: files, or folders in which files of the known kinds are looked for.
        conversion: holds the mapping asked for; is filled with what the run has seen.
        progress: told how many records have been read since the last call.
    """
    for found in find(paths, SUFFIXES):
        if isinstance(found, Problem):
            yield Source(found.path, problems=[found])
            continue
        yield from _file(found, conversion, progress or (lambda _: None))


def _file(found: Found, conversion: Conversion, progress: Progress) -> Iterator[Source]:
    suffix = Path(found.shown).suffix.lower()
    if suffix not in SUFFIXES:
        yield Source(found.shown, problems=[problem("no-reader", found.shown, ending=suffix or found.shown)])
        return
    raw = _bytes_of(found)
    if isinstance(raw, Problem):
        yield Source(found.shown, problems=[raw])
        return
    try:
        if suffix in TABLES:
            yield from _tables(raw, suffix, found, conversion, progress)
        elif suffix in TREES:
            yield from _trees(raw, found, conversion, progress)
        else:
            yield from _templates(raw, suffix, found, conversion, progress)
    except SourceError as error:
        if not found.named and error.code in _NOT_OURS:
            conversion.passed_over.append(found.shown)
            return
        yield Source(found.shown, problems=[_told(error, found.shown)])


def _bytes_of(found: Found) -> bytes | Problem:
    """What a file holds, if it is something and no more than anyone's plan."""
    raw = read_raw(found, MOST_BYTES)
    if isinstance(raw, Problem):
        return raw
    if len(raw) > MOST_BYTES:
        return problem("source-too-large", found.shown, limit_=f"{MOST_BYTES // 1024 // 1024} MiB")
    return raw if raw.strip() else problem("source-empty", found.shown)


def _told(error: SourceError, path: str) -> Problem:
    return problem(error.code, path, _place(error.line, error.column), **error.details)


def skeleton_of(path: str) -> str | Problem:
    """A mapping to begin with, made of the columns of a table or of the fields of the first record of a JSON file."""
    suffix = Path(path).suffix.lower()
    found = Found(Path(path), Path(path).as_posix(), named=True)
    if suffix not in TABLES | TREES:
        return problem("no-columns", found.shown)
    raw = _bytes_of(found)
    text = decode(raw, found.shown) if isinstance(raw, bytes) and suffix in TREES else ""
    if isinstance(raw, Problem) or isinstance(text, Problem):
        return raw if isinstance(raw, Problem) else text
    try:
        way, names = _columns_of(raw, suffix) if suffix in TABLES else _fields_of(text)
    except SourceError as error:
        return _told(error, found.shown)
    if not names:
        return problem("source-empty", found.shown)
    headings = load_bundled_mapping(TEMPLATE_MAPPING).headings
    return skeleton(slug(Path(path).stem) or "mapping", names, headings, way)


def _columns_of(raw: bytes, suffix: str) -> tuple[str, list[str]]:
    """The columns of the first sheet with anything in it."""
    head = _first_head(_sheets(raw, suffix, None))
    return "", tables.column_names(head) if head else []


def _fields_of(text: str) -> tuple[str, list[str]]:
    """The way to the first list of records in a JSON text, and their fields."""
    way, record = trees.first_record(trees.read_json(text))
    return way, trees.names_of(record)


def _sheets(raw: bytes, suffix: str, mapping: SourceMapping | None) -> dict[str, tables.Table]:
    return tables.read_xlsx(raw, mapping) if suffix == ".xlsx" else {"": tables.read_csv(raw, mapping)}


def _first_head(sheets: dict[str, tables.Table]) -> tables.Row | None:
    return next((row for table in sheets.values() if (row := tables.first_row(table))), None)


# --- Tables -------------------------------------------------------------------------------------------------


def _tables(raw: bytes, suffix: str, found: Found, conversion: Conversion, progress: Progress) -> Iterator[Source]:
    tried: dict[str, tables.Table] = {}
    known = 0
    for chosen in conversion.chosen or (None,):
        sheets = _sheets(raw, suffix, chosen)
        tried = tried or sheets
        for name, table in sheets.items():
            recognised = _recognised(table, chosen)
            if recognised is None:
                continue
            known += 1
            path = f"{found.shown}#{name}" if len(sheets) > 1 else found.shown
            yield _table(table, *recognised, Source(path, "row", recognised[0].id), conversion, progress, found)
        if known:
            return
    first = _first_head(tried)
    names = tables.column_names(first) if first else []
    shown = ", ".join([*(visible(name)[:40] for name in names[:_MOST_NAMED]), *(["…"] if names[_MOST_NAMED:] else [])])
    if not names:
        raise SourceError("source-empty")
    wanted = [title for chosen in conversion.chosen for title in chosen.recognise or _title_columns(chosen)]
    lacking = [title for title in wanted if not _among(title, names)]
    if lacking:
        raise SourceError("table-lacks", lacking_=", ".join(map(quoted, lacking[:_MOST_NAMED])), columns_=shown)
    raise SourceError("table-unknown", columns_=shown)


def _table(
    table: tables.Table,
    mapping: SourceMapping,
    head: tables.Row,
    source: Source,
    conversion: Conversion,
    progress: Progress,
    found: Found,
) -> Source:
    names = tables.column_names(head)
    source.left_out = [column for column in names if column in mapping.leave_out]
    source.not_there = [column for column in mapping.columns if not _among(column, names)]
    _draft_all(tables.records(table, head, mapping), mapping, source, conversion, progress, found)
    for number, line, code, details in table.broken:
        if number > head.number:
            source.read += 1
            source.problems.append(problem(code, source.path, _place(line), row_=number, **details))
    source.problems.sort()
    return source


def _recognised(table: tables.Table, chosen: SourceMapping | None) -> tuple[SourceMapping, tables.Row] | None:
    """The mapping for a table and the row its columns are named in."""
    for loaded in [chosen] if chosen else map(load_bundled_mapping, bundled_mappings()):
        names = loaded.recognise or _title_columns(loaded) if chosen else loaded.recognise
        head = tables.head_of(table, names) if names else None
        if head:
            return loaded, head
    return None


def _title_columns(mapping: SourceMapping) -> tuple[str, ...]:
    return tuple(name for name, column in mapping.columns.items() if column.to == "title")


def _among(name: str, names: list[str]) -> bool:
    return name.casefold() in {known.casefold() for known in names}


# --- JSON ---------------------------------------------------------------------------------------------------


def _trees(raw: bytes, found: Found, conversion: Conversion, progress: Progress) -> Iterator[Source]:
    text = decode(raw, found.shown)
    if isinstance(text, Problem):
        yield Source(found.shown, problems=[text])
        return
    tree = trees.read_json(text)
    offered = conversion.chosen or [load_bundled_mapping(name) for name in bundled_mappings()]
    only = conversion.chosen[0] if len(conversion.chosen) == 1 else None  # told to use it: if it does not fit, say why
    loaded = only or next((each for each in offered if _knows(each, tree)), None)
    if loaded is None:
        rows = tree if isinstance(tree, list) else [tree]
        fields = list(rows[0]) if rows and isinstance(rows[0], dict) else []
        raise SourceError("json-unknown", fields_=", ".join(visible(name)[:40] for name in fields[:_MOST_NAMED]) or "–")
    source = Source(found.shown, "record", loaded.id, left_out=list(loaded.leave_out))
    blank = trees.at(tree, loaded.blank) if loaded.blank else None
    made = trees.records(trees.rows_of(tree, loaded), loaded)
    _draft_all(made, loaded, source, conversion, progress, found, blank if isinstance(blank, str) else None)
    yield source


def _knows(mapping: SourceMapping, tree: Any) -> bool:
    names = mapping.recognise or _title_columns(mapping)
    try:
        rows = trees.rows_of(tree, mapping)
    except SourceError:
        return False
    return bool(names) and all(trees.at(rows[0], name) is not None for name in names)


# --- Templates ----------------------------------------------------------------------------------------------


def _templates(raw: bytes, suffix: str, found: Found, conversion: Conversion, progress: Progress) -> Iterator[Source]:
    for_templates = (each for each in conversion.chosen if each.headings and not each.columns)
    loaded = next(for_templates, None) or load_bundled_mapping(TEMPLATE_MAPPING)
    blocks: list[Block]
    if suffix == ".docx":
        blocks = documents.read_docx(raw)
    else:
        text = decode(raw, found.shown)
        if isinstance(text, Problem):
            yield Source(found.shown, problems=[text])
            return
        blocks = documents.read_plain(text) if suffix == ".txt" else documents.read_markdown(text)
    records = Template(loaded.headings).read(blocks)
    if not found.named and not any(record.cells or record.lists for record in records):
        conversion.passed_over.append(found.shown)
        return
    source = Source(found.shown, "part", loaded.id, numbered=len(records) > 1)
    _draft_all(iter(records), loaded, source, conversion, progress, found)
    yield source


def _with_headings(record: Record, template: Template, blank: str | None) -> None:
    """Read the columns of a record that hold a text under headings; a text without any stays one column."""
    for cell in list(record.cells):
        if cell.column is None or not cell.column.headings:
            continue
        text = cell.value if isinstance(cell.value, str) else ""
        markdown = bool(_LOOKS_LIKE_MARKDOWN.search(text))
        blocks = documents.read_markdown(text) if markdown else documents.read_plain(text)
        found = template.read(blocks)
        inner = [part for each in found for part in each.cells]
        if not inner and blank and not text.strip():  # nothing but the empty template was handed in
            found = template.read(documents.read_markdown(blank))
            inner = [part for each in found for part in each.cells]
        if not inner and not any(each.lists for each in found):
            continue
        record.cells.remove(cell)
        for part in inner if template.strict else ():
            part.within = cell.name
        record.cells += inner
        record.rest += [Cell(cell.name, part.value) for each in found for part in each.rest]
        for each in found:
            for to, entries in each.lists.items():
                if not template.strict:
                    record.lists.setdefault(to, []).extend(entries)
                    continue
                for part in (part for entry in entries for part in entry.cells):
                    record.rest.append(Cell(part.name, part.value))


# --- Drafts -------------------------------------------------------------------------------------------------


def _draft_all(
    records: Iterator[Record],
    mapping: SourceMapping,
    source: Source,
    conversion: Conversion,
    progress: Progress,
    found: Found,
    blank: str | None = None,
) -> None:
    drafter = Drafter(mapping)
    kept: dict[str, None] = {}
    template = Template(mapping.headings, blank, strict=bool(mapping.columns) and blank is None)
    stem = slug(Path(found.shown).stem)
    named: set[str] = set()  # columns; headings in the text of one are too many to name
    for record in records:
        source.read += 1
        named.update(cell.name for cell in record.cells)
        named.update(cell.name for entries in record.lists.values() for entry in entries for cell in entry.cells)
        _with_headings(record, template, blank)
        spare = None if mapping.columns else f"{stem}-{record.number}" if source.numbered else stem
        draft = drafter.draft(record, spare)
        progress(1)
        if isinstance(draft, Refusal):
            source.problems.append(_refused(draft, source))
            continue
        kept.update(dict.fromkeys(name for name, _ in draft.kept))
        _make(draft, source, conversion, Path(found.shown).name)
    source.accounts = _in_order(drafter.accounts, mapping)
    shown = ((name, _NUMBER.sub("", name)) for name in kept)
    told = (plain for name, plain in shown if not mapping.columns or name in named or plain in named)
    source.kept = list(dict.fromkeys(_INDEX.sub("", name) for name in told))


def _in_order(accounts: dict[str, Account], mapping: SourceMapping) -> dict[str, Account]:
    """Columns as the mapping names them, then the others; reasons always in one order."""
    names = [*(name for name in mapping.columns if name in accounts), *accounts]
    return {
        name: Account({why: accounts[name].rows[why] for why in KEPT if why in accounts[name].rows})
        for name in dict.fromkeys(names)
    }


def _make(draft: Draft, source: Source, conversion: Conversion, shown: str) -> None:
    where = _where(draft.number, source)
    place = _place(draft.line)
    other = conversion.ids.get(draft.id.casefold())
    if other is not None:
        source.problems.append(problem("record-twice", source.path, place, where_=where, id=draft.id, other_=other))
        return
    conversion.ids[draft.id.casefold()] = WHERE["of"].format(
        where=_where(draft.number, source, inside=True), path=source.path
    )
    place_in_it = _where(draft.number, source, inside=True) if source.numbered else ""
    text = write(draft, shown, source.mapping, place_in_it)
    parsed = parse_reform(text, f"{draft.id}.yaml")
    if isinstance(parsed, Document):
        source.made.append(Made(draft.id, text, draft.number))
        return
    first = parsed[0] if isinstance(parsed, list) else problem("not-a-reform", source.path)
    source.problems.append(
        problem("record-invalid", source.path, place, where_=where, message_=first.message, fix_=first.fix)
    )


def _refused(refusal: Refusal, source: Source) -> Problem:
    details = dict(refusal.details)
    if refusal.code == "template-blank":
        details["asked_"] = "; ".join(_asked(cell) for cell in refusal.asked)
    return problem(refusal.code, source.path, _place(refusal.line), where_=_where(refusal.number, source), **details)


def _asked(cell: Cell) -> str:
    """A heading nobody wrote under, with the template's prompt, or else what the field is for."""
    field = FIELDS.get(cell.column.to or "", "") if cell.column else ""
    words = quoted(cell.prompt, _LONGEST_PROMPT) if cell.prompt else field
    return ASKED["with-words" if words else "alone"].format(heading=quoted(cell.name, _LONGEST_PROMPT), words=words)


def _where(number: int, source: Source, *, inside: bool = False) -> str:
    """What a record is called: row 12 of a table, record 3 of a list, the document, commitment 2 of a document."""
    told = WHERE[source.kind if source.numbered else "whole"].format(number=number)
    return told if inside else begun(told)


def _place(line: int, column: int = 1) -> Position:
    return (line, column) if line else (0, 0)
