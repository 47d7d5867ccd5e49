"""Templates somebody has filled in: which of a document's words are its headings and labels, and what was written there."""

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from typing import Generic, TypeVar

from openreform.importing.blocks import Block, Paragraph, Table
from openreform.importing.documents import read_markdown
from openreform.importing.records import Cell, Entry, Record
from openreform.mapping import Heading, TableColumn
from openreform.plaintext import unaccented

T = TypeVar("T")

LONGEST_LABEL = 250
"""Characters; the longest question of a template seen has 160."""

_SIGN = r"(?:[-*+•–—·▪◦●○\uf0b7]\s+)"
_LIST_SIGN = re.compile(rf"\s*(?:{_SIGN}|\(?(?:\d{{1,2}}|[a-z])[.)]\s+)")
_NUMBERING = re.compile(rf"\s*{_SIGN}?(?:\(?\d+(?:\.\d+)*[.):]?\s*|\(?[a-zA-Z][.)]\s+|\(?[IVXivx]+[.)]\s+)?")
_PLURAL = re.compile(r"\((?:s|es|e|n)\)", re.IGNORECASE)
_HINT = re.compile(r"\([^()]*\)")
_COMMENT = re.compile(r"<!--.*?(?:-->|\Z)", re.DOTALL)
NUMBER = "0"
_ANY_NUMBER = re.compile(r"\b\d+\b")
_WORDS_OF_A_LABEL = 12
_BRACKETS = {"[": "]", "<": ">", "_": "_", "{": "}"}


# --- Words as they are compared ----------------------------------------------------------------------------


def folded(text: str) -> str:
    """`text` without case, accents, punctuation and needless space."""
    return " ".join(re.sub(r"[\W_]+", " ", re.sub(r"['’`]", "", unaccented(text))).split())


def _label_words(text: str) -> str:
    return _ANY_NUMBER.sub(NUMBER, folded(_PLURAL.sub("", _NUMBERING.sub("", text, count=1))))


def _phrase_words(phrase: str) -> str:
    """A phrase of a mapping, in which # stands for any number."""
    return _ANY_NUMBER.sub(NUMBER, folded(_PLURAL.sub("", phrase.replace("#", "0"))))


@dataclass(frozen=True, slots=True)
class _Match(Generic[T]):
    target: T
    words: int
    length: int
    whole: bool


class _Phrases(Generic[T]):
    """What may stand in a label, and what it stands for."""

    def __init__(self, targets: Iterable[tuple[T, Iterable[Iterable[str]]]]) -> None:
        self.by_first: dict[str, list[tuple[str, T]]] = {}
        for target, languages in targets:
            for phrase in (_phrase_words(phrase) for phrases in languages for phrase in phrases):
                if phrase:
                    self.by_first.setdefault(phrase.split()[0], []).append((phrase, target))
        for phrases in self.by_first.values():
            phrases.sort(key=lambda pair: -len(pair[0]))

    def find(self, text: str, *, inside: bool = False) -> _Match[T] | None:
        """The longest phrase that `text` is or begins with; with `inside`, also one of several words within it."""
        words = _label_words(text)
        found = self._at(words)
        bare = _label_words(_HINT.sub(" ", text))
        if bare != words:
            found = _better(found, self._at(bare))
        if inside and found is None:
            places = words.split(" ")
            for start in range(1, len(places)):
                there = self._at(" ".join(places[start:]))
                if there is not None and there.words > 1:
                    found = _better(found, _Match(there.target, there.words, there.length, False))
        return found

    def _at(self, words: str) -> _Match[T] | None:
        first = words.split(" ", 1)[0]
        for phrase, target in self.by_first.get(first, ()):
            if f"{words} ".startswith(f"{phrase} "):
                return _Match(target, phrase.count(" ") + 1, len(phrase), words == phrase)
        return None


def _better(one: _Match[T] | None, other: _Match[T] | None) -> _Match[T] | None:
    if one is None or other is None:
        return one or other
    return other if (other.length, other.whole) > (one.length, one.whole) else one


# --- What is met on the way through a document -------------------------------------------------------------


@dataclass(slots=True)
class _Label:
    heading: Heading
    name: str
    line: int


@dataclass(slots=True)
class _Line:
    text: str
    marked: bool
    first: bool  # of its paragraph
    line: int


@dataclass(slots=True)
class _Entries:
    heading: Heading
    entries: list[Entry]


@dataclass(slots=True)
class _Aside:
    """A row of a form whose label nothing knows."""

    cell: Cell


_Event = _Label | _Line | _Entries | _Aside


class Template:
    """A template by its headings, made ready once for any number of documents.

    `blank` is the empty template as Markdown: what stands in it where the author should have written is no answer.
    `strict` is for running text, which nobody wrote into a form: only what can hardly be anything else is a label.
    """

    def __init__(self, headings: tuple[Heading, ...], blank: str | None = None, *, strict: bool = False) -> None:
        self.strict = strict
        self.titles = next((heading for heading in headings if heading.to == "title"), None)
        self.labels = _Phrases((heading, heading.phrases.values()) for heading in headings)
        self.planned = [
            (heading, _Phrases((column, column.phrases.values()) for column in heading.columns))
            for heading in headings
            if heading.columns
        ]
        self.prompts = _Prompts(_Reader(self).events(read_markdown(blank)) if blank else [])

    def read(self, blocks: Sequence[Block]) -> list[Record]:
        """The commitments of a document. What stands under no heading is in their `rest`; no word is lost."""
        return _records(_Reader(self).events(blocks), self.prompts, None if self.strict else self.titles)

    def target(self, label: str) -> str | None:
        """The field of the heading that a label is, as a whole."""
        match = self.labels.find(label)
        return match.target.to if match is not None and match.whole else None


def read(blocks: Sequence[Block], headings: tuple[Heading, ...], blank: str | None = None) -> list[Record]:
    """The commitments of one document: `Template.read` for those who read only one."""
    return Template(headings, blank).read(blocks)


class _Reader:
    """Turns blocks into labels, lines and entries of tables."""

    def __init__(self, template: Template) -> None:
        self.labels, self.planned, self.strict = template.labels, template.planned, template.strict
        self.found: list[_Event] = []

    def events(self, blocks: Iterable[Block]) -> list[_Event]:
        for block in blocks:
            if isinstance(block, Paragraph):
                self.paragraph(block)
            else:
                self.table(block)
        return self.found

    # Paragraphs

    def paragraph(self, block: Paragraph) -> None:
        lines = [part for line in block.text.split("\n") for part in self.unrolled(line)]
        number = 0
        while number < len(lines):
            here = block.line + number if block.line else 0
            taken = self.label(lines[number : number + 4], block.marked, here, len(lines) == 1)
            if not taken and lines[number].strip():
                self.found.append(_Line(lines[number].strip(), block.marked, number == 0, here))
            number += taken or 1

    def unrolled(self, line: str) -> list[str]:
        """A line in which labels with their answers follow each other as so many lines."""
        begins = [0] if self.colon(line) else []
        for colon in re.finditer(":", line):
            begin = self.label_before(line, colon.start())
            if begin and begin not in begins:
                begins.append(begin)
        if len(begins) < 2:
            return [line]
        ends = [*begins[1:], len(line)]
        first = [line[: begins[0]]] if begins[0] else []
        return [*first, *(line[begin:end].rstrip("; ") for begin, end in zip(begins, ends, strict=True))]

    def label_before(self, line: str, end: int) -> int:
        """Where a label of two words or more begins that ends there, with a capital, after a sentence or a semicolon; else 0."""
        before = line[:end]
        words = list(re.finditer(r"\S+", before))[-_WORDS_OF_A_LABEL:]
        for word in words:
            begin = word.start()
            ended = before[:begin].rstrip()[-1:] in {".", ";", "?", "!", ")"}
            if not ended or not before[begin].isupper():
                continue
            match = self.labels.find(before[begin:])
            if match is not None and match.whole and match.words > 1:
                return begin
        return 0

    def label(self, lines: list[str], marked: bool, here: int, alone: bool) -> int:
        """If `lines` begin with a label, keeps it and what follows on its line; returns how many lines it took."""
        first = lines[0]
        found = self.question(lines) or self.colon(first)
        if found is None:
            match = self.labels.find(first, inside=marked) if len(first) <= LONGEST_LABEL else None
            if match is None or not ((marked and self.fits(match, first)) or self.stands_alone(match, first, alone)):
                return 0
            self.found.append(_Label(match.target, _bare(first), here))
            return 1
        heading, label, answer, taken = found
        self.found.append(_Label(heading, _bare(label), here))
        if answer:
            self.found.append(_Line(answer, False, True, here + taken - 1 if here else 0))
        return taken

    def question(self, lines: list[str]) -> tuple[Heading, str, str, int] | None:
        """A question and what follows it; it may go on over the ends of some lines."""
        first = self.labels.find(lines[0]) if len(lines[0]) <= LONGEST_LABEL else None
        for taken in range(1, 2 if first is not None and first.whole else len(lines) + 1):
            label, mark, answer = "\n".join(lines[:taken]).partition("?")
            if mark and len(label) <= LONGEST_LABEL and not re.search(r"[.!:;]\s", _NUMBERING.sub("", label, count=1)):
                match = self.labels.find(label)
                if match is None or match.words < 2:
                    return None
                return match.target, label + mark, answer.lstrip(": ").strip(), taken
        return None

    def colon(self, line: str) -> tuple[Heading, str, str, int] | None:
        """What stands before a colon or a tab, if it is a label, and what stands behind it."""
        for sign in (":", "\t"):
            label, there, answer = line.partition(sign)
            if there and len(label) <= LONGEST_LABEL and label.strip() and self.may_begin(label):
                match = self.labels.find(label)
                if match is not None and (match.whole or (match.words > 1 and len(label.split()) <= 14)):
                    return match.target, label + there.strip(), answer.strip(), 1
        return None

    def fits(self, match: _Match[Heading], text: str) -> bool:
        """One word at the beginning of a longer heading is no label."""
        return match.whole or match.words > 1

    def may_begin(self, text: str) -> bool:
        """Whether a label may begin so: in running text, not with a small letter, in the midst of a sentence."""
        first = _NUMBERING.sub("", text, count=1).lstrip('¿¡“"«(')[:1]
        return not self.strict or first != first.lower() or not first.isalpha()

    def stands_alone(self, match: _Match[Heading], line: str, alone: bool) -> bool:
        """An unmarked line that is a label though no colon tells so."""
        if self.strict:
            least = 3 if (match.target.to or "").startswith("claims.") else 2
            return match.whole and match.words >= least and self.may_begin(line)
        if match.whole:
            begins = _NUMBERING.sub("", line, count=1)[:1]
            return alone or begins != begins.lower() or not begins.isalpha()
        words = len(line.split())
        return alone and match.words > 2 and words <= 20 and not line.rstrip().endswith((".", ",", ";"))

    # Tables

    def table(self, block: Table) -> None:
        rows = [tuple(cell.strip() for cell in row) for row in block.rows]
        form = block.pairs or any(self.in_form(row) for row in rows)
        below: dict[int, list[_Event]] = {}  # answers under a row of labels, by column
        plan: _Plan | None = None
        number = 0
        while number < len(rows):
            row = rows[number]
            if not any(row):
                number += 1
                continue
            head = self.head(rows, number)
            if head is not None:
                self.settle(below)
                if plan is None or not plan.same(head):
                    self.close(plan)
                    plan = head
                number += head.deep
                continue
            if plan is not None and not self.ends_plan(row):
                plan.add(row)
                number += 1
                continue
            self.close(plan)
            plan = None
            self.form_row(row, rows, number, below, form, block.line)
            number += 1
        self.settle(below)
        self.close(plan)

    def close(self, plan: "_Plan | None") -> None:
        if plan is None:
            return
        if plan.entries:
            self.found.append(_Entries(plan.heading, plan.entries))
        told = {cell.name for entry in plan.entries for cell in entry.cells}
        self.found += [_Aside(Cell(name, "")) for name in plan.names if name and name not in told]

    def settle(self, below: dict[int, list[_Event]]) -> None:
        for column in sorted(below):
            self.found += below[column]
        below.clear()

    def cell_label(self, text: str) -> _Match[Heading] | None:
        """The heading a cell names, with whatever hint the template gives below it."""
        first = text.split("\n", maxsplit=1)[0].strip()
        match = self.labels.find(first.partition("?")[0] if "?" in first else first.rstrip(":"))
        if match is None or len(first) > LONGEST_LABEL:
            return None
        return match if match.whole or match.words > 1 else None

    def in_form(self, row: tuple[str, ...]) -> bool:
        filled = [cell for cell in row if cell]
        return len(row) > 1 and bool(filled) and self.cell_label(filled[0]) is not None

    def ends_plan(self, row: tuple[str, ...]) -> bool:
        filled = [cell for cell in row if cell]
        match = self.cell_label(filled[0])
        return match is not None and len(filled) <= 2 and (match.whole or "?" in filled[0])

    def head(self, rows: list[tuple[str, ...]], number: int) -> "_Plan | None":
        """The head of a planning table, one or two rows deep, if one begins here."""
        for heading, phrases in self.planned:
            for deep in (2, 1):
                if number + deep > len(rows) or (deep == 2 and not _goes_on(rows[number], rows[number + 1], phrases)):
                    continue
                names, columns = _columns(rows[number : number + deep], phrases)
                kinds = {id(column): column for column in columns if column is not None}
                leading = any(column in heading.columns[:2] for column in kinds.values())
                if len(kinds) >= 2 and (leading or self.last_heading() is heading):
                    return _Plan(heading, names, columns, deep)
        return None

    def last_heading(self) -> Heading | None:
        last = next((event for event in reversed(self.found) if not isinstance(event, _Line)), None)
        return last.heading if isinstance(last, _Label) else None

    def form_row(
        self,
        row: tuple[str, ...],
        rows: list[tuple[str, ...]],
        number: int,
        below: dict[int, list[_Event]],
        form: bool,
        line: int,
    ) -> None:
        filled = [(place, cell) for place, cell in enumerate(row) if cell]
        labels = [(place, match) for place, cell in filled if (match := self.cell_label(cell)) is not None]
        first = filled[0][0]
        if not labels or labels[0][0] != first:
            self.unlabelled(row, filled, below, form)
            return
        self.settle(below)
        if len(filled) == 1 and (len(row) == 1 or "\n" in filled[0][1] or not self.cell_is_label(filled[0][1])):
            self.lines(filled[0][1])
            return
        if len(labels) == len(filled) and len(filled) > 1 and self.answered_below(rows, number):
            for place, match in labels:
                below[place] = [_Label(match.target, row[place], line)]
            return
        known = dict(labels)
        answering = False
        for place, cell in filled:
            match = known.get(place)
            if match is not None and (
                place == first or (answering and (match.whole or cell.rstrip().endswith((":", "?"))))
            ):
                self.found.append(_Label(match.target, cell, line))
                answering = False
            else:
                self.text(cell, self.found)
                answering = True

    def cell_is_label(self, cell: str) -> bool:
        match = self.cell_label(cell)
        _, mark, after = cell.partition("?")
        _, colon, behind = cell.partition(":")
        return match is not None and not (after.strip() if mark else behind.strip() if colon else "")

    def answered_below(self, rows: list[tuple[str, ...]], number: int) -> bool:
        after = next((place for place in range(number + 1, len(rows)) if any(rows[place])), None)
        return after is not None and not self.in_form(rows[after])

    def unlabelled(
        self,
        row: tuple[str, ...],
        filled: list[tuple[int, str]],
        below: dict[int, list[_Event]],
        form: bool,
    ) -> None:
        """A row that begins with no label we know: an answer to the labels above it, or a label of its own."""
        if below:
            for place, cell in filled:
                column = max((other for other in below if other <= place), default=min(below))
                self.text(cell, below[column])
        elif len(filled) == 1 or not form:
            last = next(reversed(self.found), None)
            if len(row) == 1:
                self.lines(filled[0][1])
            elif form and not row[0] and isinstance(last, _Aside):
                last.cell.value = "\n".join(part for part in (last.cell.value, filled[0][1]) if part)
            else:
                self.text(" | ".join(cell for _, cell in filled), self.found)
        elif not row[0]:
            self.text(" | ".join(cell for _, cell in filled), self.found)
        else:
            self.found.append(_Aside(Cell(filled[0][1], "\n".join(cell for _, cell in filled[1:]))))

    def lines(self, cell: str) -> None:
        self.paragraph(Paragraph(cell))

    def text(self, cell: str, to: list[_Event]) -> None:
        to += [
            _Line(line.strip(), False, number == 0, 0) for number, line in enumerate(cell.split("\n")) if line.strip()
        ]


def _bare(label: str) -> str:
    """A label as it stands, on one line, without the sign of a list before it."""
    return " ".join(re.sub(rf"^\s*{_SIGN}", "", label).split())


# --- Planning tables ---------------------------------------------------------------------------------------


@dataclass(slots=True)
class _Plan:
    heading: Heading
    names: list[str]
    columns: list[TableColumn | None]
    deep: int
    entries: list[Entry] = field(default_factory=list)

    def same(self, other: "_Plan") -> bool:
        return [folded(name) for name in self.names] == [folded(name) for name in other.names]

    def add(self, row: tuple[str, ...]) -> None:
        cells: list[Cell] = []
        width = max(len(row), len(self.names))
        for place in range(width):
            value = row[place] if place < len(row) else ""
            name = self.names[place] if place < len(self.names) else ""
            column = self.columns[place] if place < len(self.columns) else None
            if value or column is not None:
                cells.append(Cell(name, value, column))
        self.entries.append(Entry(cells))


def _spread(row: tuple[str, ...]) -> list[str]:
    """Each place of a head with the words of the cell that spans it."""
    spread: list[str] = []
    for cell in row:
        spread.append(cell or (spread[-1] if spread else ""))
    return spread


def _goes_on(upper: tuple[str, ...], lower: tuple[str, ...], phrases: _Phrases[TableColumn]) -> bool:
    """Whether `lower` is the second row of a head: every cell of it names a column, and one stands under a wide cell."""
    filled = [(place, cell) for place, cell in enumerate(lower) if cell]
    return (
        bool(filled)
        and all((match := phrases.find(cell)) is not None and (match.whole or match.words > 1) for _, cell in filled)
        and any(place >= len(upper) or not upper[place] or not lower[0] for place, _ in filled)
    )


def _columns(head: list[tuple[str, ...]], phrases: _Phrases[TableColumn]) -> tuple[list[str], list[TableColumn | None]]:
    names: list[str] = []
    columns: list[TableColumn | None] = []
    width = max(len(row) for row in head)
    rows = [(*row, *[""] * (width - len(row))) for row in head]
    for place in range(width):
        own = rows[-1][place]
        parts = [own]
        if len(rows) == 2:
            above = _spread(rows[0])[place] if own else rows[0][place]
            parts = [part for part in (above, own) if part]
        name = " ".join(part for part in " ".join(parts).split() if part)
        found = phrases.find(own) or phrases.find(name) or (phrases.find(parts[0]) if parts else None)
        column = (
            found.target if found is not None and (found.whole or found.words > 1 or len(own.split()) <= 6) else None
        )
        if column is not None and column in columns:
            column = None
        names.append(name)
        columns.append(column)
    return names, columns


# --- Prompts of the empty template -------------------------------------------------------------------------


class _Prompts:
    """What the empty template says: under each of its headings, and under none."""

    def __init__(self, events: list[_Event]) -> None:
        self.answers: dict[int, set[str]] = {}
        self.loose: set[str] = set()
        heading: Heading | None = None
        answer: list[str] = []
        for event in [*events, None]:
            if isinstance(event, _Line):
                words = folded(event.text)
                if heading is None:
                    self.loose.add(words)
                else:
                    answer.append(words)
                    self.answers.setdefault(id(heading), set()).add(words)
                continue
            if heading is not None and answer:
                self.answers.setdefault(id(heading), set()).add(" ".join(answer))
            if isinstance(event, _Label):
                heading, answer = event.heading, []
        self.loose.discard("")

    def left(self, lines: list[_Line], heading: Heading | None) -> tuple[list[_Line], bool]:
        """The lines that are no prompt, and whether there was one."""
        known = self.loose if heading is None else self.answers.get(id(heading), set())
        if known and heading is not None and folded(" ".join(line.text for line in lines)) in known:
            return [], True
        left = [line for line in lines if not (known and folded(line.text) in known)]
        prompted = len(left) < len(lines)
        if heading is not None and left:
            text = "\n".join(line.text for line in left)
            bare = _COMMENT.sub("", text)
            if bare != text:
                first = left[0]
                left = [_Line(part.strip(), False, True, first.line) for part in bare.split("\n") if part.strip()]
                prompted = True
            if left and _is_prompt("\n".join(line.text for line in left)):
                return [], True
        return left, prompted


def _is_prompt(text: str) -> bool:
    """Whether nothing stands there but brackets, `<…>`, `_…_` or a line to write on."""
    text = _LIST_SIGN.sub("", text.strip(), count=1).strip()
    if not folded(text):
        return bool(re.search(r"_{3,}|\.{4,}|…|\[\s*\]", text))
    opening = text[:1]
    inside = text[1:-1]
    return (
        len(text) > 2
        and _BRACKETS.get(opening) == text[-1]
        and opening not in inside
        and text[-1] not in inside
        and "☐" not in text
    )


# --- Records -----------------------------------------------------------------------------------------------


def _records(events: list[_Event], prompts: _Prompts, titles: Heading | None) -> list[Record]:
    records = [_read_one(part, number, prompts, titles) for number, part in enumerate(_parted(events), 1)]
    return [record for record in records if record.cells or record.lists or record.rest]


def _parted(events: list[_Event]) -> Iterator[list[_Event]]:
    """The events of one commitment after the other.

    A heading that starts one does so whenever it is met again. Where there is none, the first label does, in the same
    words and after two others at least: templates repeat some labels within a commitment.
    """
    known = any(isinstance(event, _Label) and event.heading.starts for event in events)
    part: list[_Event] = []
    begun: _Label | None = None
    others: set[int] = set()
    for event in events:
        label = event if isinstance(event, _Label) and (event.heading.starts or not known) else None
        if label is not None and begun is not None and (known or (len(others) > 2 and _same(begun, label))):
            # Headings of the author's own right before it belong to what follows.
            kept = len(part)
            while kept and isinstance(before := part[kept - 1], _Line) and before.marked:
                kept -= 1
            yield part[:kept]
            part, begun, others = part[kept:], None, set()
        begun = begun or label
        if label is not None:
            others.add(id(label.heading))
        part.append(event)
    if part:
        yield part


def _same(one: _Label, other: _Label) -> bool:
    return one.heading is other.heading and _label_words(one.name) == _label_words(other.name)


def _read_one(events: list[_Event], number: int, prompts: _Prompts, titles: Heading | None) -> Record:
    if titles is not None and not any(isinstance(event, _Label) and event.heading.to == "title" for event in events):
        events = _with_title(events, titles)
    record = Record(
        number, next((event.line for event in events if isinstance(event, _Label | _Line) and event.line), 0)
    )
    label: _Label | None = None
    lines: list[_Line] = []
    for event in events:
        if isinstance(event, _Line):
            lines.append(event)
            continue
        if isinstance(event, _Entries):
            record.lists.setdefault(event.heading.to or "", []).extend(_without_prompts(event.entries))
            continue
        _keep(record, label, lines, prompts)
        lines, label = [], None
        if isinstance(event, _Label):
            label = event
        else:
            record.cells.append(event.cell)
    _keep(record, label, lines, prompts)
    return record


def _with_title(events: list[_Event], titles: Heading) -> list[_Event]:
    """Without a label for it, the last of the document's own headings before the first label is the title."""
    first = next((place for place, event in enumerate(events) if isinstance(event, _Label)), None)
    before = events[:first] if first is not None else []
    place = max((at for at, event in enumerate(before) if isinstance(event, _Line) and event.marked), default=None)
    if place is None:
        return events
    line = before[place]
    label = _Label(titles, "", line.line if isinstance(line, _Line) else 0)
    return [*events[:place], *events[place + 1 : first], label, line, *events[first:]]


def _keep(record: Record, label: _Label | None, lines: list[_Line], prompts: _Prompts) -> None:
    heading = label.heading if label is not None else None
    left, prompted = prompts.left(lines, heading)
    if label is None or heading is None:
        record.rest += [Cell("text", _join(paragraph)) for paragraph in _grouped(left)]
        return
    entries: list[Entry] = []
    if heading.columns and heading.to:
        left, entries = _bullets(left, heading, label.name)
        if entries:
            record.lists.setdefault(heading.to, []).extend(entries)
    if heading.to == "title" and len(left) > 1:  # a title is one line; what stands below it is not part of it
        record.rest += [Cell("text", _join(paragraph)) for paragraph in _grouped(left[1:])]
        left = left[:1]
    prompt = _join(lines) if prompted and not left and not entries else ""
    record.cells.append(Cell(label.name, _join(left), heading, prompt))


def _without_prompts(entries: list[Entry]) -> list[Entry]:
    for entry in entries:
        for cell in entry.cells:
            if isinstance(cell.value, str) and _is_prompt(cell.value):
                cell.value, cell.prompt = "", cell.value
    return entries


def _bullets(lines: list[_Line], heading: Heading, name: str) -> tuple[list[_Line], list[Entry]]:
    """The points of a list as entries, each with the first column's field; other lines stay an answer."""
    others: list[_Line] = []
    entries: list[Entry] = []
    for line in lines:
        sign = _LIST_SIGN.match(line.text)
        if sign and line.text[sign.end() :].strip():
            entries.append(Entry([Cell(name, line.text[sign.end() :].strip(), heading.columns[0])]))
        elif entries and not line.first:
            entries[-1].cells[0].value += "\n" + line.text
        else:
            others.append(line)
    return others, _without_prompts(entries)


def _grouped(lines: list[_Line]) -> Iterator[list[_Line]]:
    group: list[_Line] = []
    for line in lines:
        if group and line.first and not (_is_point(line) and _is_point(group[-1])):
            yield group
            group = []
        group.append(line)
    if group:
        yield group


def _is_point(line: _Line) -> bool:
    return _LIST_SIGN.match(line.text) is not None


def _join(lines: list[_Line]) -> str:
    return "\n\n".join("\n".join(line.text for line in group) for group in _grouped(lines))
