"""A framework as a blank form: printed and sent out, filled in by hand, for people without computers.

It knows no criterion: rows and boxes come from the levels, their practice wording and what their tests say. The text form
is made here; Markdown and HTML are templates over the same parts.
"""

from collections.abc import Iterable
from typing import NamedTuple

from openreform.framework import DEFAULT_FRAMEWORK, Criterion, Framework, Level, Side, Test, tests_of
from openreform.kinds import kind_called
from openreform.messages.reports import FORM, PAGE
from openreform.plaintext import begun
from openreform.rendering.layout import WIDTH, Page

_BOX = "[ ]"
_BOXES = (9, 9, 3)
"""How wide the columns of both boxes and of the level are."""
_ROOM = 2
"""Lines to write on below a question, of each kind."""
_LEAST_ROOM = 17
_KEPT = "\u00a0"
"""A space at which no line ends."""
_CONCERNS = "concerns"


class Row(NamedTuple):
    """A fact, and on which sides there is a box for it; `level` is empty where it belongs to the row above."""

    level: str
    text: str
    promise: bool
    practice: bool


class Question(NamedTuple):
    """A criterion: its rows, and what is asked below them."""

    id: str
    title: str
    question: str
    practice: bool
    may_not_apply: bool
    rows: tuple[Row, ...]
    evidence: str


class Part(NamedTuple):
    """A dimension."""

    id: str
    title: str
    question: str
    questions: tuple[Question, ...]


class Phase(NamedTuple):
    """Questions of the roadmap that belong to one phase."""

    title: str
    questions: tuple[str, ...]


class Form(NamedTuple):
    """The whole form; what is `head` and `claims` are labels with room to write."""

    title: str
    line: str
    attribution: str
    how: tuple[str, ...]
    heading: str
    head: tuple[str, ...]
    claims: tuple[str, ...]
    parts: tuple[Part, ...]
    roadmap: tuple[Phase, ...]
    concerns: bool
    enter: str


def form(framework: Framework, named: str = "") -> Form:
    """The form of a framework; `named` is what commands call it, its id if left out."""
    practised = any(criterion.practice for criterion in framework.criteria)
    kind = framework.applies_to
    return Form(
        title=FORM["title"].format(title=framework.title),
        line=PAGE["framework-line"].format(id=framework.id, version=framework.version, licence=framework.licence),
        attribution=framework.attribution,
        how=tuple(_how(practised=practised)),
        heading=FORM["heading-plan" if kind == "plan" else "heading-reform"],
        head=(
            FORM["name-plan" if kind == "plan" else "name-reform"],
            *(FORM[key] for key in ("country", "source", "who")),
        ),
        claims=tuple(_claims(framework)),
        parts=tuple(
            Part(part.id, part.title, part.question, tuple(map(_question, framework.criteria_of(part.id))))
            for part in framework.dimensions
        ),
        roadmap=tuple(_roadmap(framework)),
        concerns=any(test.section == _CONCERNS for test in _tests(framework)),
        enter=_enter(framework, named or framework.id),
    )


def _how(*, practised: bool) -> Iterable[str]:
    yield FORM["how-marks"]
    yield FORM["how-promised"].format(promised=FORM["promised"])
    if practised:
        yield FORM["how-at-work"].format(at_work=FORM["at-work"])
    yield FORM["how-order"]
    yield FORM["how-where"]
    if practised:
        yield FORM["how-shown"]
    yield FORM["how-unknown"]
    yield FORM["how-names"]


def _claims(framework: Framework) -> Iterable[str]:
    """The fields for what the text itself claims that a dimension or a gate asks for, in words."""
    paths = [part.claim for part in framework.dimensions if part.claim]
    for gate in framework.gates:
        paths += [test.present for test in (gate.applies_when.walk() if gate.applies_when else ()) if test.present]
    for path in dict.fromkeys(paths):
        words = kind_called(framework.applies_to).words[path]
        yield begun(words)


def _tests(framework: Framework) -> Iterable[Test]:
    for criterion in framework.criteria:
        yield from tests_of(criterion)
    for gate in framework.gates:
        for test in gate.tests:
            yield from test.walk()


def _question(criterion: Criterion) -> Question:
    return Question(
        criterion.id,
        criterion.title,
        criterion.question,
        criterion.practice,
        criterion.may_not_apply,
        tuple(row for number, level in enumerate(criterion.levels, 1) for row in _rows(str(number), level, criterion)),
        FORM["counts"].format(evidence="; ".join(criterion.evidence)) if criterion.evidence else "",
    )


def _rows(number: str, level: Level, criterion: Criterion) -> Iterable[Row]:
    """A level: one row with both boxes, or rows for each side where practice is worded or asked otherwise."""
    promised, practised = _facts(level, "promise"), _facts(level, "practice")
    same = level.practice_text is None and promised == practised
    yield from _side_rows(number, _judged(level.text, level), promised, practice=criterion.practice and same)
    if criterion.practice and not same:
        alone = practised[0] if level.practice_text is None and len(practised) == 1 else level.text_for("practice")
        text = FORM["practice"].format(text=_judged(alone, level))
        yield from _side_rows("", text, practised, promise=False, practice=True)


def _side_rows(
    number: str, text: str, facts: list[str], *, promise: bool = True, practice: bool = False
) -> Iterable[Row]:
    """One row, or, where several facts are asked, one without boxes and below it a row for each."""
    if len(facts) < 2:
        yield Row(number, text, promise, practice)
        return
    yield Row(number, FORM["facts"].format(text=text.rstrip(".")), promise=False, practice=False)
    for fact in facts:
        yield Row("", begun(fact), promise, practice)


def _facts(level: Level, side: Side) -> list[str]:
    return [test.says for test in level.tests_for(side) if test.says]


def _judged(text: str, level: Level) -> str:
    """The words of a level, with the question to answer where a person judges it."""
    return FORM["judged"].format(text=_closed(text), question=level.judged) if level.judged else text


def _closed(text: str) -> str:
    return f"{text.rstrip('.')}."


def _roadmap(framework: Framework) -> Iterable[Phase]:
    phases: dict[str, list[str]] = {}
    for step in framework.roadmap:
        named = f" ({', '.join(step.criteria)})" if step.criteria else ""
        phases.setdefault(step.phase, []).append(f"{step.question}{named}")
    return (Phase(title, tuple(questions)) for title, questions in phases.items())


def _enter(framework: Framework, named: str) -> str:
    ids = [criterion.id for criterion in framework.criteria]
    first = ids[0] if ids else ""
    return FORM["enter"].format(
        ids=", ".join([*ids[:2], "…"] if len(ids) > 2 else ids),
        framework=framework.id,
        begin=FORM["enter-begin-plan" if framework.applies_to == "plan" else "enter-begin"],
        id=first,
        option="" if named == DEFAULT_FRAMEWORK else f" --framework {named}",
    )


# --- As text ----------------------------------------------------------------------------------------------


def page(made: Form, width: int = WIDTH) -> Page:
    """The form as text, to print in letters of one width."""
    page = Page(width)
    page.add(made.title, style="bold")
    page.add(made.line)
    page.add(made.attribution)
    page.heading(FORM["how"])
    for number, words in enumerate(made.how, start=1):
        page.add(f"{number}. {words}", indent=2, hang=5)
    page.heading(made.heading)
    for label in made.head:
        _write(page, label)
    _choose(page, FORM["role"], ("role-self", "role-peer", "role-independent"))
    _write(page, FORM["date"])
    if made.claims:
        page.heading(FORM["claims"])
        page.add(FORM["claims-note"], indent=2)
    for label in made.claims:
        _write(page, label)
    for part in made.parts:
        page.heading(PAGE["named"].format(id=part.id, title=part.title))
        page.add(part.question)
        for question in part.questions:
            _ask(page, question)
    if made.roadmap:
        page.heading(FORM["roadmap"])
        page.add(FORM["roadmap-note"], indent=2)
    for phase in made.roadmap:
        page.heading(phase.title)
        for number, asked in enumerate(phase.questions):
            if number:
                page.add()
            page.add(asked, indent=2)
            _choose(page, "", ("yes", "partly", "no", "not-known"))
            _write(page, FORM["notes"])
    if made.concerns:
        page.heading(FORM["concerns"])
        page.add(FORM["concerns-note"], indent=2)
        _lines(page, _ROOM)
    page.heading(FORM["back"])
    _write(page, FORM["send-to"])
    _write(page, FORM["send-by"])
    page.add()
    page.add(made.enter, indent=2)
    return page


def _ask(page: Page, question: Question) -> None:
    """One criterion with its boxes and room to write."""
    page.heading(PAGE["named"].format(id=question.id, title=question.title))
    page.add(question.question)
    page.add()
    first, second, third = _BOXES
    heads = [f"{FORM['promised']:<{first}}", f"{FORM['at-work']:<{second}}" if question.practice else "", FORM["level"]]
    page.add("".join(heads).rstrip(), style="dim")
    for row in question.rows:
        boxes = [f"{_BOX if row.promise else '':<{first}}"]
        boxes += [f"{_BOX if row.practice else '':<{second}}"] if question.practice else []
        start = "".join([*boxes, f"{row.level:<{third}}"])
        page.add(f"{start}{row.text}", hang=len(start))
    if question.evidence:
        page.add()
        page.add(question.evidence, indent=2, style="dim")
    _write(page, FORM["where"], _ROOM - 1)
    if question.practice:
        _write(page, FORM["shown"], _ROOM - 1)
        _choose(page, FORM["by"], ("by-statement", "by-document", "by-working", "by-check"))
    unknown = f"{_BOX} {FORM['unknown']}"
    if question.practice:
        _write(page, f"{unknown}   {_BOX} {FORM['none-found']}")
    else:
        page.add()
        page.add(unknown, indent=2)
    if question.may_not_apply:
        _write(page, f"{_BOX} {FORM['not-applicable']}")


def _write(page: Page, label: str, more: int = 0) -> None:
    """A label and room to write behind it, on an empty line above where a hand needs it; then further lines."""
    page.add()
    beside = len(label) <= page.width - _LEAST_ROOM
    page.add(f"{label}: ".ljust(page.width - 2, "_") if beside else f"{label}:", indent=2)
    _lines(page, more if beside else more + 1)


def _lines(page: Page, count: int) -> None:
    for _ in range(count):
        page.add()
        page.add("_" * (page.width - 2), indent=2)


def _choose(page: Page, label: str, keys: tuple[str, ...]) -> None:
    """Boxes in a row, none of them parted from its words by the end of a line."""
    page.add()
    start = f"{label}: " if label else ""
    choices = (f"{_BOX} {FORM[key]}".replace(" ", _KEPT) for key in keys)
    before = len(page.lines)
    page.add(start + f"{_KEPT}{_KEPT} ".join(choices), indent=2, hang=2 + len(start))
    page.lines[before:] = [(line.replace(_KEPT, " "), style) for line, style in page.lines[before:]]
