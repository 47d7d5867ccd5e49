"""What moved between two sides, in words: a paper, printed as text, Markdown or HTML."""

from collections.abc import Iterable, Iterator

from openreform.assessment import Side
from openreform.comparison import (
    Changes,
    Comparison,
    CriterionChange,
    DimensionChange,
    ExceptionChange,
    ExceptionThen,
    FactChange,
    FaultChange,
    FaultThen,
    Head,
    Listed,
    ScoreChange,
    SideChange,
    Spot,
    Terms,
)
from openreform.findings import DIGITS
from openreform.messages.comparing import COMPARED
from openreform.messages.reports import TEXT
from openreform.paper import Align, Bullets, Heading, Line, Paper, Paragraph, Part, Table, Words
from openreform.plaintext import begun
from openreform.rendering.layout import WIDTH, Page, number, padded, short
from openreform.rendering.opening import fault_counts, level_words, opening

_COLUMN, _FEW = 10, 5
_MOST_NAMED = 20
_ALIGNS: tuple[Align, ...] = ("left", "right", "right", "right", "right", "right", "right", "right")
_OF_MANY = ("reform", "was", "now", "by", "criteria", "gates", "fixed", "new")


def paper(changes: Changes) -> Paper:
    """The whole comparison as a paper."""
    if changes.many:
        return _paper_of_many(changes)
    (one,) = changes.changed
    title = COMPARED["title"].format(title=one.now.title)
    return Paper(title, _about(one), "en", None, (*_comparison(one, "", 1), _method(one)))


def _paper_of_many(changes: Changes) -> Paper:
    parts: list[Part] = []
    if changes.changed:
        rows = tuple(_summary_row(each) for each in changes.changed)
        columns = tuple(COMPARED[f"column-{name}"] for name in _OF_MANY)
        parts.append(Heading(1, COMPARED["together"], "together"))
        parts.append(Table(1, COMPARED["together-table"], "table-1", columns, _ALIGNS, rows))
    else:
        parts.append(_said(COMPARED["none-many"]))
    for key, listed in (("added", changes.added), ("removed", changes.removed)):
        if listed:
            parts += [Heading(1, COMPARED[key], key), Bullets(tuple(_words(_listed(each)) for each in listed))]
    if changes.same:
        ids, more = COMPARED["join"].join(changes.same[:_MOST_NAMED]), len(changes.same) - _MOST_NAMED
        told = COMPARED["same-more" if more > 0 else "same-list"].format(ids=ids, more=more)
        parts += [Heading(1, COMPARED["same-many"], "same"), _said(told)]
    for position, each in enumerate(changes.changed, 1):
        parts.append(Heading(1, each.now.title, f"reform-{position}"))
        parts.append(_said(_about(each), note=True))
        parts += _comparison(each, f"-{position}", 2, table=position + 1)
    if changes.changed:
        parts.append(_method(changes.changed[0]))
    title = COMPARED["title-many"].format(old=changes.old, new=changes.new)
    count = len(changes.changed) + len(changes.same)
    about = COMPARED["about-many"].format(
        changed=len(changes.changed), all=count, added=len(changes.added), removed=len(changes.removed)
    )
    return Paper(title, about, "en", None, tuple(parts))


def _summary_row(each: Comparison) -> tuple[Line, ...]:
    """The whole promise of one reform, how many of its criteria moved, and its faults fixed and new."""
    fixed, new = fault_counts(each)
    counts = (sum(len(part.criteria) for part in each.dimensions), len(each.gates), fixed, new)
    return (*_score_row(each.now.id, each.overall[0]), *(_words(str(count)) for count in counts))


def _listed(each: Listed) -> str:
    return COMPARED["listed"].format(id=each.id, title=each.title, path=each.path, score=number(each.score))


# --- One reform ---------------------------------------------------------------------------------------------------


def _about(one: Comparison) -> str:
    """Which two, under which yardstick, assessed by whom."""
    framework = COMPARED["framework"].format(id=one.now.framework_id, version=one.now.framework_version)
    was, now = _who(one.was), _who(one.now)
    key = "assessed-one" if was == now else "assessed-two"
    told = COMPARED[key].format(who=now, was=was, now=now)
    return COMPARED["about"].format(was=one.was.path, now=one.now.path, framework=framework, assessed=told)


def _who(head: Head) -> str:
    """In what role it was assessed, by whom, when; as a sentence begins."""
    told = COMPARED["join"].join(part for part in (TEXT[f"role-{head.role}"], head.assessor, head.assessed) if part)
    return begun(told)


def _comparison(one: Comparison, suffix: str, level: int, table: int = 1) -> Iterator[Part]:
    """Everything on one reform; suffix: of its anchors. level: of its headings. table: the number of its table."""
    yield _said(opening(one))
    for line in _remarks(one):
        yield _said(line, note=True)
    if one.is_empty:
        return
    yield from _scores(one, suffix, level, table)
    for position, dimension in enumerate(one.dimensions, 1):
        if dimension.criteria:
            yield Heading(level, dimension.title, f"dimension-{position}{suffix}")
        for place, criterion in enumerate(dimension.criteria, 1):
            yield from _criterion(criterion, f"criterion-{position}-{place}{suffix}", level + 1)
    lists = (
        ("gates", [_gate(one, position) for position in range(len(one.gates))]),
        ("fault-heading", [_fault(each) for each in _by_line(one.faults)]),
        ("exceptions", [_exception(each) for each in one.exceptions]),
        ("concerns", list(_concerns(one))),
        ("next", list(_next(one))),
    )
    for key, lines in lists:
        if lines:
            yield Heading(level, COMPARED[key], f"{key}{suffix}")
            yield Bullets(tuple(_words(line) for line in lines))
    stays = one.stays
    yield _said(
        COMPARED["stays-as-it-was"].format(
            criteria=stays.criteria, all=stays.all_criteria, gates=stays.gates, faults=stays.faults
        ),
        note=True,
    )


def _remarks(one: Comparison) -> Iterator[str]:
    """What is different about the two besides what was found."""
    was, now = one.was, one.now
    if was.id != now.id:
        yield COMPARED["other-id"].format(was=was.id, now=now.id)
    if was.title != now.title:
        yield COMPARED["renamed"].format(was=was.title)
    if was.stage != now.stage:
        yield COMPARED["stage"].format(was=was.stage or number(None), now=now.stage or number(None))
    if was.as_of != now.as_of:
        days = (each.as_of or COMPARED["no-day"] for each in (was, now))
        yield COMPARED["as-of"].format(**dict(zip(("was", "now"), days, strict=True)))
    for head, version in zip((was, now), one.rescored, strict=True):
        if version:
            yield COMPARED["rescored"].format(path=head.path, version=version, newer=head.framework_version)
    if was.framework_digest != now.framework_digest:
        yield COMPARED["digest"]
    for dimension in one.dimensions:
        yield from _counted_more(dimension)


def _counted_more(dimension: DimensionChange) -> Iterator[str]:
    """Why the practice of a dimension fell where none of its criteria did: more of them count."""
    sides = [(part.id, side) for part in dimension.criteria for side in part.sides if side.side == "practice"]
    fell = any(score.side == "practice" and (score.by or 0) < 0 for score in dimension.scores)
    if not fell or any((side.was.level or 0) > (side.now.level or 0) for _, side in sides):
        return
    more = [ident for ident, side in sides if side.was.level is None and side.now.level == 0]
    if more:
        key = "counted-more-one" if len(more) == 1 else "counted-more"
        yield COMPARED[key].format(title=dimension.title, criteria=COMPARED["join"].join(more))


def _scores(one: Comparison, suffix: str, level: int, table: int) -> Iterator[Part]:
    moved = [
        *(((one.overall_title, score) for score in one.overall) if one.overall_title else ()),
        *((part.title, score) for part in one.dimensions for score in part.scores),
    ]
    shown = [(title, score) for title, score in moved if score.was.score is not None or score.now.score is not None]
    if not shown:
        return
    columns = tuple(COMPARED[f"column-{name}"] for name in ("what", "was", "now", "by"))
    rows = tuple(
        _score_row(COMPARED["row"].format(title=title, side=COMPARED[score.side]), score) for title, score in shown
    )
    yield Heading(level, COMPARED["scores"], f"scores{suffix}")
    aligns: tuple[Align, ...] = ("left", "right", "right", "right")
    yield Table(table, COMPARED["scores-table"], f"table-{table}", columns, aligns, rows)


def _score_row(title: str, score: ScoreChange) -> tuple[Line, ...]:
    cells = (number(score.was.score), number(score.now.score), _by(score))
    return (_words(title), *(_words(cell) for cell in cells))


def _by(score: ScoreChange) -> str:
    if score.by is None:
        return COMPARED["by-unknown" if score.was.score != score.now.score else "by-none"]
    by = round(score.by, DIGITS)
    return COMPARED["by" if abs(by) >= 0.05 else "by-little" if by else "by-none"].format(by=by)


def _criterion(criterion: CriterionChange, anchor: str, level: int) -> Iterator[Part]:
    title = COMPARED["criterion"].format(id=criterion.id, title=criterion.title)
    yield Heading(level, title, anchor)
    for side in criterion.sides:
        yield _said(_moved(side, criterion.rungs))
        facts = [*(_fact(fact, "gained", "counts") for fact in side.gained)]
        facts += [_fact(fact, "lost", "uncounted") for fact in side.lost]
        if facts:
            yield Bullets(tuple(_words(line) for line in facts))


def _moved(side: SideChange, rungs: int) -> str:
    names = {"side": _sentence(side.side), "was": level_words(side.was), "now": level_words(side.now)}
    if side.was.level != side.now.level or side.was.outcome != side.now.outcome:
        levels = side.was.level is not None and side.now.level is not None
        told = COMPARED["moved-level" if levels else "moved"].format(
            **names, rungs=rungs, old=side.was.level, new=side.now.level
        )
        reason = side.now.reason if side.now.level is None else None
        return told + (COMPARED["reason"].format(reason=reason) if reason else "")
    if side.gained or side.lost:
        return COMPARED["nearer"].format(**names, rungs=rungs)
    return COMPARED["high"].format(
        **names, rungs=rungs, high=number_of(side.now.high), was_high=number_of(side.was.high)
    )


def number_of(level: int | None) -> str:
    """A level, or a dash for none."""
    return number(None) if level is None else str(level)


def _fact(fact: FactChange, turned: str, counted: str) -> str:
    """A fact that earns or no longer earns, and where both documents speak of it."""
    earns_now = turned == "gained"
    now = _spot(fact.now, "where-now" if earns_now else "near-now")
    was = _spot(fact.was, "near-was" if earns_now else "where-was")
    places = [part for part in ((now, was) if earns_now else (was, now)) if part]
    where = COMPARED["where"].format(places=COMPARED["where-join"].join(places)) if places else ""
    return COMPARED[turned if fact.turned else counted].format(says=fact.says, where=where)


def _spot(spot: Spot | None, key: str) -> str:
    return COMPARED[key].format(name=short(spot.name), line=spot.line) if spot and spot.line else ""


def _gate(one: Comparison, position: int) -> str:
    gate = one.gates[position]
    return COMPARED["gate"].format(
        title=gate.title, was=COMPARED[gate.was.result], now=COMPARED[gate.now.result], reason=gate.now.reason
    )


def _by_line(faults: Iterable[FaultChange]) -> list[FaultChange]:
    """New faults in the order of the document, then the others."""
    return sorted(faults, key=lambda each: (each.now is None, each.now.at.line if each.now else 0))


def _fault(change: FaultChange) -> str:
    was, now = change
    told = now or was
    key = _fault_key(was, now)
    return COMPARED[key].format(
        id=told.id if told else "",
        title=told.title if told else "",
        name=short(told.at.name) if told else "",
        line=told.at.line if told else 0,
        message=now.message if now else "",
        fix=now.fix if now else "",
    )


def _fault_key(was: FaultThen | None, now: FaultThen | None) -> str:
    if now is None:
        return "fault-gone-excepted" if was and was.standing == "excepted" else "fault-fixed"
    if was is None:
        return "fault-new-excepted" if now.standing == "excepted" else "fault-new"
    return "fault-excepted" if now.standing == "excepted" else "fault-no-exception"


def _exception(change: ExceptionChange) -> str:
    was, now = change
    if was is not None and now is not None:
        return COMPARED["exception-other"].format(**_excepted(now), before=_terms(was.terms))
    if now is not None:
        return COMPARED["exception-new"].format(**_excepted(now))
    return COMPARED["exception-gone"].format(**_excepted(was)) if was else ""


def _excepted(made: ExceptionThen) -> dict[str, object]:
    where = COMPARED["join"].join(made.where)
    return {
        "id": made.id,
        "title": made.title,
        "where": COMPARED["exception-where"].format(where=where) if where else "",
        "line": made.terms.line,
        "terms": _terms(made.terms),
    }


def _terms(terms: Terms) -> str:
    told = [
        COMPARED["exception-by"].format(by=terms.by) if terms.by else "",
        COMPARED["exception-end"].format(end=terms.end) if terms.end else COMPARED["exception-open"],
        COMPARED["exception-ended"] if terms.ended else "",
        COMPARED["exception-because"].format(because=terms.because) if terms.because else "",
    ]
    return "".join(told)


def _concerns(one: Comparison) -> Iterator[str]:
    """What is recorded now in the order of the document, then what is no more."""
    new = sorted((each.now for each in one.concerns if each.now), key=lambda each: each.line)
    gone = sorted((each.was for each in one.concerns if each.was), key=lambda each: each.line)
    for key, concerns in (("concern-new", new), ("concern-gone", gone)):
        for each in concerns:
            yield COMPARED[key].format(**each._asdict())


def _next(one: Comparison) -> Iterator[str]:
    was, now = one.steps
    if now is None:
        if was is not None:
            yield COMPARED["step-none"]
        return
    gain = COMPARED["step-gain"].format(title=one.overall_title, gain=number(now.gain)) if now.gain else ""
    told = now._asdict() | {"gain": gain, "id": now.criterion}
    yield COMPARED["step" if now.line else "step-nowhere"].format(**told)
    if was and (was.criterion, was.level) == (now.criterion, now.level):
        yield COMPARED["step-same"]


def _method(one: Comparison) -> Paragraph:
    now = one.now
    return _said(
        COMPARED["method"].format(
            title=now.framework_title, version=now.framework_version, attribution=now.framework_attribution
        ),
        note=True,
    )


def _sentence(side: Side) -> str:
    return COMPARED[side.capitalize()]


def _words(text: str) -> Line:
    return (Words(text),)


def _said(text: str, *, note: bool = False) -> Paragraph:
    return Paragraph(_words(text), note)


# --- For a terminal -----------------------------------------------------------------------------------------------


def page(made: Paper, width: int = WIDTH) -> Page:
    """A paper of headings, paragraphs, points and tables of numbers as text."""
    told = Page(width)
    told.add(made.title, style="bold")
    told.add(made.subtitle, style="dim")
    before: Part | None = None
    for part in made.parts:
        match part:
            case Heading():
                if part.level == 1 or not isinstance(before, Heading):
                    told.add()
                told.add(part.text, style="bold" if part.level == 1 else "cyan")
            case Paragraph():
                if not isinstance(before, Heading | Bullets):
                    told.add()
                told.add(_text(part.words), hang=2 if part.note else 0, style="dim" if part.note else "")
            case Bullets():
                for point in part.points:
                    told.add(f"- {_text(point)}", indent=2, hang=4)
            case Table():
                _table(told, part)
            case _:
                raise TypeError(type(part))
        before = part
    return told


def _table(told: Page, table: Table) -> None:
    told.add(table.caption, style="dim")
    column = _COLUMN if len(table.columns) <= _FEW else _COLUMN - 1
    beside = told.width - column * (len(table.columns) - 1)
    for row in (table.columns, *(tuple(_text(cell) for cell in row) for row in table.rows)):
        first, *others = row
        told.add(padded(first, beside) + "".join(f"{cell:>{column}}" for cell in others))


def _text(line: Line) -> str:
    return "".join(words.text for words in line)
