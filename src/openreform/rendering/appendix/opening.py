"""The first parts of an annex: what was assessed and what came of it, how, and what is asked."""

from collections.abc import Iterator

from openreform.assessment import Assessment
from openreform.framework import Framework
from openreform.messages.appendix import ANNEX
from openreform.messages.fields import words_of_values
from openreform.messages.reports import TEXT
from openreform.paper import Box, Bullets, Paragraph, Part, Table, Words
from openreform.rendering.appendix.comparing import extremes, measure
from openreform.rendering.appendix.writing import (
    Cell,
    Writing,
    bullets,
    listed,
    paragraph,
    refer,
    say,
    with_marks,
    with_places,
)
from openreform.rendering.chapter import Topic, count_words, reading
from openreform.rendering.text import number

# --- Summary ----------------------------------------------------------------------------------------------


def summary(writing: Writing) -> Iterator[Part]:
    """What was assessed, with what, by whom, and the message in a sentence."""
    content = writing.content
    first, *others = content.assessments
    yield writing.heading(1, ANNEX["summary"], "summary")
    if not others:
        yield paragraph(
            Words(ANNEX["message"].format(verdict=first.verdict), strong=True),
        )
        said = [content.said("what-one").format(title=first.title.rstrip(".")), _by_whom(first)]
    else:
        said = [content.said("what-many").format(count=len(content.assessments))]
    yield paragraph(" ".join([*said, *_yardsticks(writing), ANNEX["described"]]))
    if not others:
        return
    yield from _message(writing)
    yield paragraph(ANNEX["messages"])
    yield Bullets(
        tuple(
            (_to_scorecard(writing, at, part), Words(f": {part.verdict}"))
            for at, part in enumerate(content.assessments, start=1)
        )
    )
    columns = (content.said("reform"), ANNEX["where"], ANNEX["stage"], ANNEX["assessed"])
    rows = [
        (content.name(part), place_of(part, writing), stage_of(part), assessed_words(part))
        for part in content.assessments
    ]
    yield writing.table(ANNEX["assessed-caption"], "assessed", columns, rows)


def _yardsticks(writing: Writing) -> Iterator[str]:
    """The yardsticks, each with its versions."""
    by_id: dict[str, list[Framework]] = {}
    for framework in writing.content.used:
        by_id.setdefault(framework.id, []).append(framework)
    for ident, found in by_id.items():
        versions = [framework.version for framework in found]
        key = "with" if len(versions) == 1 else "with-many"
        yield ANNEX[key].format(title=found[0].title, id=ident, version=versions[0], versions=listed(versions))


def _by_whom(assessment: Assessment) -> str:
    told = assessment.assessor
    by = ANNEX["who-by"].format(name=told.name.rstrip(".")) if told.name else ""
    by += ANNEX["who-day"].format(date=told.date) if told.date else ""
    return ANNEX[f"who-{told.role}"].format(by=by)


def _message(writing: Writing) -> Iterator[Part]:
    """How far apart the promises are."""
    title, of = measure(writing.content)
    found = extremes(writing.content, lambda part: of(part, "promise"))
    if found is None:
        return
    low, high = found
    key = "range-same" if number(low.score) == number(high.score) else "range"
    says = ANNEX[key].format(
        measure=title,
        score=number(low.score),
        low=number(low.score),
        lowest=low.title,
        high=number(high.score),
        highest=high.title,
    )
    yield paragraph(Words(says, strong=True))
    if "comparison" in writing.picked:
        yield Paragraph(with_places(ANNEX["compared-in"], place=[refer("compare-promise")]))


def _to_scorecard(writing: Writing, position: int, assessment: Assessment) -> Words:
    link = f"#scorecard-{position}" if "scorecards" in writing.picked else None
    return Words(writing.content.name(assessment), link=link)


def place_of(assessment: Assessment, writing: Writing) -> str:
    """The country by its name, or the code as the document writes it."""
    return writing.content.countries.get(assessment.country or "", assessment.country or "")


def stage_of(assessment: Assessment) -> str:
    """How far it has come, in words."""
    return words_of_values("stage").get(assessment.stage or "", "")


def assessed_words(assessment: Assessment) -> str:
    """In what role, by whom, when."""
    told = assessment.assessor
    key = "by-role" if told.name else "by-role-nameless"
    says = ANNEX[key].format(role=TEXT[f"role-{told.role}"], name=told.name)
    return ANNEX["by-dated"].format(by=says, date=told.date) if told.date else says


# --- Method -----------------------------------------------------------------------------------------------


def method(writing: Writing) -> Iterator[Part]:
    """A box for each yardstick: how a level and a score come about, where it comes from; below, the limits."""
    used = writing.content.used
    yield writing.heading(1, ANNEX["method"], "method")
    for framework in used:
        title = ANNEX["method-box"]
        if len(used) > 1:
            title = ANNEX["version-of"].format(title=title, version=framework.version)
        yield Box(title, writing.anchor("method-box"), tuple(_method_of(framework, writing)))
    yield writing.heading(2, ANNEX["limits"], "limits")
    limits = ["limit-description", "limit-silence", "limit-role", "limit-single", "limit-irm"]
    yield bullets(map(writing.content.said, limits))
    for framework in used:
        if framework.unverified:
            yield writing.heading(2, ANNEX["unverified"], "our-reading")
            yield bullets(framework.unverified)


def _method_of(framework: Framework, writing: Writing) -> Iterator[Part]:
    for topic in reading(framework):
        yield from _topic(topic)
    if framework.gates:
        yield paragraph(ANNEX["gates-beside"])
    words = [
        Words(ANNEX["topic"].format(heading=ANNEX["attribution"]), strong=True),
        Words(f"{framework.attribution}{ANNEX['lines']}"),
    ]
    if "framework" in writing.picked:
        words += [Words(ANNEX["attribution-see"]), refer(_criteria_anchor(framework, writing)), Words(ANNEX["stop"])]
    elif marks := writing.cite(framework.sources):
        words += with_marks(say(ANNEX["attribution-sources"]), marks)
    yield Paragraph(tuple(words))


def _topic(topic: Topic) -> Iterator[Part]:
    """A heading that runs into its first sentence, so that a box has no headings inside."""
    heading = [Words(ANNEX["topic"].format(heading=topic.heading), strong=True)] if topic.heading else []
    for at, text in enumerate(topic.paragraphs):
        yield paragraph(*(() if at else heading), text)
    if topic.items:
        yield bullets(item.text for item in topic.items)


def _criteria_anchor(framework: Framework, writing: Writing) -> str:
    at = writing.content.used.index(framework)
    return f"criteria-{at + 1}"


# --- Framework --------------------------------------------------------------------------------------------


def framework(writing: Writing) -> Iterator[Part]:
    """Every dimension, criterion and gate with its question, and the sources each is derived from."""
    used = writing.content.used
    yield writing.heading(1, ANNEX["framework"], "framework")
    for each in used:
        if len(used) > 1:
            heading = ANNEX["version-of"].format(title=each.title, version=each.version)
            yield writing.heading(2, heading, "framework-version")
        gates = len(each.gates)
        says = ANNEX["framework-intro-gates" if gates else "framework-intro"].format(
            dimensions=count_words("dimension", "dimensions", len(each.dimensions)),
            criteria=count_words("criterion", "criteria", len(each.criteria)),
            gates=ANNEX["gates-one" if gates == 1 else "gates-many"].format(count=gates),
        )
        yield paragraph(says, *([f"{ANNEX['lines']}{ANNEX['alike']}"] if _alike(each) else []))
        yield _dimensions(each, writing)
        yield _criteria(each, writing)
        if each.gates:
            yield _gates(each, writing)


def _dimensions(framework: Framework, writing: Writing) -> Table:
    rows = [(part.title, part.question) for part in framework.dimensions]
    return writing.table(ANNEX["dimensions-caption"], "dimensions", (ANNEX["dimension"], ANNEX["question"]), rows)


def _criteria(framework: Framework, writing: Writing) -> Table:
    """The criteria; where they come from only if sources are listed, what they weigh only if they weigh differently."""
    sources = {source.id: source for source in framework.sources}
    cites, weighs = "sources" in writing.picked, not _alike(framework)
    rows: list[list[Cell]] = []
    for dimension in framework.dimensions:
        criteria = framework.criteria_of(dimension.id)
        total = sum(part.weight for part in criteria)
        for part in criteria:
            row: list[Cell] = [ANNEX["named"].format(id=part.id, title=part.title), dimension.title, part.question]
            if weighs:
                row.append(ANNEX["percent"].format(percent=f"{100 * part.weight / total:.1f}"))
            if cites:
                row.append(writing.cite(sources[derived.source] for derived in part.derived_from))
            rows.append(row)
    columns = [ANNEX["criterion"], ANNEX["dimension"], ANNEX["question"]]
    columns += [ANNEX["share"]] if weighs else []
    columns += [ANNEX["derived"]] if cites else []
    several = len(writing.content.used) > 1
    caption = ANNEX["criteria-caption-of" if several else "criteria-caption"].format(version=framework.version)
    numbers = (3,) if weighs else ()
    return writing.table(caption, _criteria_anchor(framework, writing), columns, rows, numbers)


def _alike(framework: Framework) -> bool:
    """Whether the criteria of each dimension have one weight."""
    return all(
        len({part.weight for part in framework.criteria_of(dimension.id)}) <= 1 for dimension in framework.dimensions
    )


def _gates(framework: Framework, writing: Writing) -> Table:
    sources = {source.id: source for source in framework.sources}
    cites = "sources" in writing.picked
    rows = [
        [
            say(part.title),
            say(part.question),
            *([writing.cite(sources[derived.source] for derived in part.derived_from)] if cites else []),
        ]
        for part in framework.gates
    ]
    columns = [ANNEX["gate"], ANNEX["question"], *([ANNEX["derived"]] if cites else [])]
    return writing.table(ANNEX["gates-caption"], "gates", columns, rows)
