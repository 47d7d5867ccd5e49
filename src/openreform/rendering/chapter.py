"""A whole framework as a chapter of a guidance paper: what stands in it, in which order, whatever the form.

The text form is made here; Markdown and HTML are templates over the same parts, so that none of the three lacks anything.
"""

from collections.abc import Callable, Iterable
from typing import NamedTuple

from openreform.assessment import Counterpart
from openreform.framework import Ceilings, Criterion, Derivation, Dimension, Framework, Gate, Overall, Tailoring
from openreform.kinds import kind_called
from openreform.messages.checks import ASKED
from openreform.messages.reports import CHAPTER, EXPLAIN, PAGE, TEXT
from openreform.plaintext import begun
from openreform.rendering.explain import (
    applies_words,
    ceiling_words,
    counterpart_words,
    proven_lists,
    staged_lists,
)
from openreform.rendering.faults import fault_lines
from openreform.rendering.layout import WIDTH, Page, padded

Crosswalk = Callable[[str], tuple[Counterpart, ...]]

_PROMISE = ("considered", "undated", "dated", "ended")
_PRACTICE = ("without_evidence", "statement", "document", "working", "check", "piloted")
_EXAMPLE = (90.0, 10.0)
_ROOT = 0.5
_NOUN = "{noun}"


class Item(NamedTuple):
    """A line of a list: words, where they lead, and the number of the source they rest on."""

    text: str
    url: str = ""
    source: int = 0


class Topic(NamedTuple):
    """A heading and what stands under it: paragraphs, then a list."""

    heading: str
    paragraphs: tuple[str, ...] = ()
    items: tuple[Item, ...] = ()


class Rung(NamedTuple):
    """A level: its wording for the promise, and for the practice where any level of the criterion has another one."""

    number: int
    promise: str
    practice: str
    effort: str
    reason: str


class Entry(NamedTuple):
    """A criterion: `standing` says its weight and what else is special about it, `side` what the levels are worded for.

    differs: whether practice is worded otherwise on any level.
    """

    id: str
    title: str
    question: str
    why: str
    standing: str
    side: str
    differs: bool
    rungs: tuple[Rung, ...]
    topics: tuple[Topic, ...]


class Weight(NamedTuple):
    """What a criterion counts in its dimension."""

    id: str
    title: str
    weight: str
    share: str


class Group(NamedTuple):
    """A dimension."""

    id: str
    title: str
    question: str
    weights: tuple[Weight, ...]
    entries: tuple[Entry, ...]


class Rule(NamedTuple):
    """A gate."""

    id: str
    title: str
    question: str
    why: str
    topics: tuple[Topic, ...]


class Change(NamedTuple):
    """How a framework was made from another one."""

    base: Framework
    tailoring: Tailoring


class Chapter(NamedTuple):
    """The whole; `crosswalk` holds id, title and the names of the counterparts of each criterion that has some."""

    title: str
    line: str
    attribution: str
    reading: tuple[Topic, ...]
    groups: tuple[Group, ...]
    gates: tuple[Rule, ...]
    faults: tuple[str, ...]
    roadmap: tuple[Topic, ...]
    crosswalk: tuple[tuple[str, str, str], ...]
    unverified: tuple[str, ...]
    sources: tuple[Item, ...]


def chapter(framework: Framework, crosswalk: Crosswalk, change: Change | None = None) -> Chapter:
    """The chapter on a framework.

    Args:
        framework: the framework.
        crosswalk: tells what answers to a criterion in other frameworks.
        change: how it was made from another one, if it was.
    """
    numbers = {source.id: number for number, source in enumerate(framework.sources, start=1)}
    known = {criterion.id: crosswalk(criterion.id) for criterion in framework.criteria}
    return Chapter(
        title=framework.title,
        line=PAGE["framework-line"].format(id=framework.id, version=framework.version, licence=framework.licence),
        attribution=framework.attribution,
        reading=(*(_changed(change) if change else ()), *reading(framework)),
        groups=tuple(_group(part, framework, numbers, known) for part in framework.dimensions),
        gates=tuple(_gate(gate, framework, numbers) for gate in framework.gates),
        faults=tuple(fault_lines(framework)),
        roadmap=tuple(roadmap(framework)),
        crosswalk=tuple(
            (part.id, part.title, ", ".join(_names(known[part.id]))) for part in framework.criteria if known[part.id]
        ),
        unverified=framework.unverified,
        sources=tuple(
            Item(CHAPTER["source"].format(publisher=source.publisher, title=source.title), source.url)
            for source in framework.sources
        ),
    )


def roadmap(framework: Framework) -> Iterable[Topic]:
    """The questions on the way, those of one phase together, each with the criteria that answer it."""
    phases: dict[str, list[Item]] = {}
    titles = {criterion.id: criterion.title for criterion in framework.criteria}
    for step in framework.roadmap:
        named = ", ".join(PAGE["named"].format(id=name, title=titles[name]) for name in step.criteria)
        words = CHAPTER["roadmap-criteria"].format(question=step.question, criteria=named) if named else step.question
        phases.setdefault(step.phase, []).append(Item(words))
    return (Topic(phase, items=tuple(items)) for phase, items in phases.items())


# --- How to read it ---------------------------------------------------------------------------------------


def _changed(change: Change) -> Iterable[Topic]:
    """What a tailored framework asks otherwise than the one it is made from."""
    base, tailoring = change
    criteria = {part.id: part for part in base.criteria}
    there: list[Criterion | Gate] = [*base.criteria, *base.gates]
    added: list[Criterion | Gate] = [*tailoring.criteria, *tailoring.gates]
    titles = {part.id: part.title for part in there}
    lines = [
        TEXT["tailored-weight"].format(id=name, title=titles[name], old=f"{criteria[name].weight:g}", new=f"{weight:g}")
        for name, weight in tailoring.weights.items()
    ]
    lines += [
        TEXT["tailored-dropped"].format(id=name, title=titles[name], reason=reason)
        for name, reason in tailoring.dropped.items()
    ]
    lines += [TEXT["tailored-added"].format(id=part.id, title=part.title) for part in added]
    told = CHAPTER["tailored-from"].format(id=base.id, version=base.version)
    yield Topic(CHAPTER["tailored"], (told,), _items(lines))


def reading(framework: Framework) -> Iterable[Topic]:
    """How to read a framework: what is asked, how levels, sides and scores come about."""
    yield Topic(CHAPTER["asked"], (" ".join(_asked(framework)),))
    yield Topic(CHAPTER["levels"], (" ".join(_levels(framework)),))
    yield Topic(CHAPTER["sides"], (_sides(framework),))
    yield from _ceilings(framework)
    yield Topic(CHAPTER["dimensions"], (" ".join(_dimensions(framework)),))
    yield Topic(CHAPTER["whole"], (" ".join(_whole(framework, framework.overall)),))
    yield Topic(CHAPTER["coverage"], (" ".join(_coverage(framework, framework.overall)),))
    if any(criterion.foreshadows for criterion in framework.criteria):
        yield Topic(CHAPTER["foreshadows"], (CHAPTER["foreshadows-note"],))


def _asked(framework: Framework) -> Iterable[str]:
    yield CHAPTER["asked-plan" if framework.applies_to == "plan" else "asked-reform"]
    criteria = count_words("criterion", "criteria", len(framework.criteria))
    dimensions = count_words("dimension", "dimensions", len(framework.dimensions))
    yield CHAPTER["asked-of"].format(criteria=criteria, dimensions=dimensions)
    yield CHAPTER["facts"]
    if any(level.judged for criterion in framework.criteria for level in criterion.levels):
        yield CHAPTER["judged"]


def _levels(framework: Framework) -> Iterable[str]:
    most = max((len(criterion.levels) for criterion in framework.criteria), default=0)
    yield CHAPTER["levels-one"].format(most=count_words("level", "levels", most))
    yield CHAPTER["points"]
    if any(criterion.scale for criterion in framework.criteria):
        yield CHAPTER["points-own"]
    efforts = [
        CHAPTER["effort-count"].format(effort=name, count=f"{count:g}") for name, count in framework.efforts.items()
    ]
    if efforts:
        yield CHAPTER["effort"].format(efforts=", ".join(efforts))


def _sides(framework: Framework) -> str:
    both = sum(1 for criterion in framework.criteria if criterion.practice)
    if not both:
        return CHAPTER["sides-none"]
    key = "sides-all" if both == len(framework.criteria) else "sides-some"
    return " ".join([CHAPTER["sides-two"], CHAPTER[key].format(count=both, all=len(framework.criteria))])


def _ceilings(framework: Framework) -> Iterable[Topic]:
    """The general ceilings, of the sides on which something is held down by one."""
    top = max((len(criterion.levels) for criterion in framework.criteria), default=0)
    limits = {name: min(top, framework.ceiling(name, Ceilings())) for name in Ceilings.model_fields}
    kind = kind_called(framework.applies_to)
    sides = []
    for words, otherwise, names, lists_of in (
        ("ceilings-promise", "nothing-held-promise", _PROMISE, staged_lists),
        ("ceilings-practice", "nothing-held-practice", _PRACTICE, proven_lists),
    ):
        if any(lists_of(criterion, kind) for criterion in framework.criteria):
            held = any(limits[name] < top for name in names if name != "ended")
            items = tuple(Item(ceiling_words(name, limits[name], kind)) for name in names) if held else ()
            sides.append((CHAPTER[words if held else otherwise], items))
    for number, (words, items) in enumerate(sides):
        yield Topic("" if number else CHAPTER["ceilings"], (words,), items)
    if sides and any(criterion.ceilings.model_fields_set for criterion in framework.criteria):
        yield Topic("", (CHAPTER["ceilings-own"],))


def _dimensions(framework: Framework) -> Iterable[str]:
    yield CHAPTER["dimensions-mean"]
    bands = [
        CHAPTER["band"].format(score=f"{band.from_:g}", words=band.words.replace(_NOUN, "…"))
        for band in framework.bands
    ]
    if bands:
        yield CHAPTER["bands"].format(bands=", ".join(bands))


def _whole(framework: Framework, overall: Overall | None) -> Iterable[str]:
    if overall is None:
        yield CHAPTER["whole-none"]
        return
    names = _listed([_title(framework, name) for name in overall.dimensions])
    if overall.exponent == 1 or len(overall.dimensions) == 1:
        yield CHAPTER["whole-mean"].format(title=overall.title, dimensions=names)
    else:
        high, low = _EXAMPLE
        scores = [high, *[low] * (len(overall.dimensions) - 1)]
        mean = sum(score**overall.exponent for score in scores) / len(scores)
        yield CHAPTER["whole-roots" if overall.exponent == _ROOT else "whole-power"].format(
            title=overall.title,
            dimensions=names,
            exponent=f"{overall.exponent:g}",
            back=f"{1 / overall.exponent:.3g}",
            example=f"{mean ** (1 / overall.exponent):.1f}",
            plain=f"{sum(scores) / len(scores):.1f}",
        )
    beside = [part.title for part in framework.dimensions if part.id not in overall.dimensions]
    if beside:
        yield CHAPTER["whole-beside"].format(dimensions=_listed(beside))


def _coverage(framework: Framework, overall: Overall | None) -> Iterable[str]:
    yield CHAPTER["coverage-share"]
    if overall and overall.minimum_coverage:
        yield CHAPTER["coverage-least"].format(
            percent=CHAPTER["percent"].format(percent=f"{100 * overall.minimum_coverage:g}"),
            dimensions=_listed([_title(framework, name) for name in overall.dimensions]),
            title=overall.title,
        )


# --- Criteria and gates -----------------------------------------------------------------------------------


def _group(
    dimension: Dimension, framework: Framework, numbers: dict[str, int], known: dict[str, tuple[Counterpart, ...]]
) -> Group:
    criteria = framework.criteria_of(dimension.id)
    total = sum(criterion.weight for criterion in criteria)
    weights = tuple(
        Weight(
            part.id,
            part.title,
            f"{part.weight:g}",
            CHAPTER["percent"].format(percent=f"{100 * part.weight / total:.1f}"),
        )
        for part in criteria
    )
    entries = tuple(
        Entry(
            part.id,
            part.title,
            part.question,
            part.why,
            " ".join(_standing(part, weight, dimension)),
            CHAPTER["both-sides"] if part.practice and not _differs(part) else PAGE["promise-side"],
            _differs(part),
            tuple(_rungs(part)),
            tuple(
                topic for topic in _topics(part, framework, numbers, known[part.id]) if topic.items or topic.paragraphs
            ),
        )
        for part, weight in zip(criteria, weights, strict=True)
    )
    return Group(dimension.id, dimension.title, dimension.question, weights, entries)


def _standing(criterion: Criterion, weight: Weight, dimension: Dimension) -> Iterable[str]:
    yield CHAPTER["standing"].format(weight=weight.weight, share=weight.share, dimension=dimension.title)
    if not criterion.practice:
        yield CHAPTER["text-alone"]
    if criterion.may_not_apply:
        yield CHAPTER["may-not-apply"]
    if criterion.scale:
        yield CHAPTER["own-points"].format(points=", ".join(f"{points:g}" for points in criterion.scale))


def _differs(criterion: Criterion) -> bool:
    """Whether practice is worded otherwise on any level."""
    return criterion.practice and any(level.practice_text for level in criterion.levels)


def _rungs(criterion: Criterion) -> Iterable[Rung]:
    for number, level in enumerate(criterion.levels, start=1):
        judged = [EXPLAIN["level-judged"].format(question=level.judged)] if level.judged else []
        practice = (level.practice_text or PAGE["same"]) if _differs(criterion) else ""
        promise = " ".join([f"{level.text.rstrip('.')}.", *judged]) if judged else level.text
        yield Rung(number, promise, practice, level.effort, level.effort_reason or "")


def _topics(
    criterion: Criterion, framework: Framework, numbers: dict[str, int], counterparts: tuple[Counterpart, ...]
) -> Iterable[Topic]:
    kind, says = kind_called(framework.applies_to), enumerate(criterion.foreshadows)
    limits = [(name, getattr(criterion.ceilings, name)) for name in (*_PROMISE, *_PRACTICE)]
    own = (ceiling_words(name, min(limit, len(criterion.levels)), kind) for name, limit in limits if limit is not None)
    yield Topic(CHAPTER["own-ceilings"], items=_items(own))
    yield Topic(EXPLAIN["evidence"], items=_items(criterion.evidence))
    yield Topic(EXPLAIN["faults"], items=_items(criterion.common_faults))
    yield Topic(EXPLAIN["raise"], (criterion.how_to_raise,))
    foreshadowed = (CHAPTER["foreshadow"].format(level=level, says=words) for level, words in says)
    yield Topic(CHAPTER["foreshadows"], items=_items(foreshadowed))
    yield Topic(EXPLAIN["resources"], items=tuple(Item(part.title, part.url) for part in criterion.resources))
    yield Topic(EXPLAIN["derived"], items=_derived(criterion.derived_from, numbers))
    yield Topic(EXPLAIN["counterparts"], items=_items(counterpart_words(part, framework) for part in counterparts))


def _gate(gate: Gate, framework: Framework, numbers: dict[str, int]) -> Rule:
    topics = [
        Topic(EXPLAIN["applies"], (_sentence(applies_words(gate.applies_when, framework)),))
        if gate.applies_when
        else Topic(""),
        Topic(
            EXPLAIN["pass"],
            items=_items(dict.fromkeys([gate.how_to_pass, *(test.fix for test in gate.tests if test.fix)])),
        ),
        Topic(EXPLAIN["derived"], items=_derived(gate.derived_from, numbers)),
    ]
    return Rule(
        gate.id,
        gate.title,
        gate.question,
        gate.why,
        tuple(topic for topic in topics if topic.items or topic.paragraphs),
    )


def _derived(derivations: tuple[Derivation, ...], numbers: dict[str, int]) -> tuple[Item, ...]:
    return tuple(Item(part.idea, source=numbers[part.source]) for part in derivations)


def _items(lines: Iterable[str]) -> tuple[Item, ...]:
    return tuple(Item(line) for line in lines)


def _names(counterparts: tuple[Counterpart, ...]) -> Iterable[str]:
    return dict.fromkeys(TEXT["counterpart"].format(name=part.name, title=part.title) for part in counterparts)


def _sentence(words: str) -> str:
    """Words that stand alone: a capital at their beginning, a stop at their end."""
    return f"{begun(words).rstrip('.')}."


def _title(framework: Framework, name: str) -> str:
    return next(part.title for part in framework.dimensions if part.id == name)


def _listed(names: list[str]) -> str:
    return EXPLAIN["and"].join([", ".join(names[:-1]), names[-1]] if len(names) > 1 else names)


def count_words(one: str, several: str, count: int) -> str:
    """A number of criteria, dimensions or levels in words."""
    return CHAPTER[f"count-{one}"] if count == 1 else CHAPTER[f"count-{several}"].format(count=count)


# --- All of them ------------------------------------------------------------------------------------------


def list_page(frameworks: list[Framework], width: int = WIDTH) -> Page:
    """The frameworks there are: id, version, what each is for, how many criteria it has; below, its title."""
    page = Page(width)
    ids = max(len(f"{framework.id} {framework.version}") for framework in frameworks)
    kinds = max(len(CHAPTER[f"for-{framework.applies_to}"]) for framework in frameworks)
    for framework in frameworks:
        columns = (
            padded(f"{framework.id} {framework.version}", ids),
            padded(CHAPTER[f"for-{framework.applies_to}"], kinds),
            count_words("criterion", "criteria", len(framework.criteria)),
        )
        page.add("  ".join(columns), style="bold")
        page.add(framework.title, indent=4)
    return page


# --- As text ----------------------------------------------------------------------------------------------


def page(made: Chapter, width: int = WIDTH) -> Page:
    """The chapter as text."""
    page = Page(width)
    page.add(made.title, style="bold")
    page.add(made.line)
    page.add(made.attribution)
    _chapter_heading(page, CHAPTER["reading"])
    for topic in made.reading:
        _topic(page, topic, 0)
    _chapter_heading(page, CHAPTER["weights"])
    page.add(CHAPTER["weights-caption"])
    width = max((len(weight.id) for group in made.groups for weight in group.weights), default=0)
    for group in made.groups:
        page.heading(PAGE["named"].format(id=group.id, title=group.title))
        for weight in group.weights:
            line = f"{padded(weight.id, width)}{weight.weight:>6}{weight.share:>10}  {weight.title}"
            page.add(line, indent=2, hang=20 + width)
    for group in made.groups:
        _chapter_heading(page, PAGE["named"].format(id=group.id, title=group.title))
        page.add(group.question)
        for entry in group.entries:
            _entry(page, entry)
    if made.gates:
        _chapter_heading(page, EXPLAIN["gates"])
        page.add(CHAPTER["gates-beside"])
    for gate in made.gates:
        page.heading(EXPLAIN["gate-heading"].format(id=gate.id, title=gate.title))
        page.add(gate.question)
        page.add(gate.why)
        for topic in gate.topics:
            _topic(page, topic, 2)
    if made.faults:
        _chapter_heading(page, ASKED["index"])
    for line in made.faults:
        page.add(line, indent=2, hang=4)
    _back(page, made)
    return page


def _back(page: Page, made: Chapter) -> None:
    """What stands behind the criteria and gates."""
    if made.roadmap:
        _chapter_heading(page, CHAPTER["roadmap"])
    for topic in made.roadmap:
        _topic(page, topic, 0)
    if made.crosswalk:
        _chapter_heading(page, CHAPTER["crosswalk"])
        page.add(CHAPTER["crosswalk-caption"])
    for ident, title, names in made.crosswalk:
        page.add(EXPLAIN["counterpart"].format(name=ident, title=title, how=names), indent=2, hang=6)
    if made.unverified:
        _chapter_heading(page, CHAPTER["unverified"])
        page.add(CHAPTER["unverified-note"])
    for says in made.unverified:
        page.add(f"- {says}", indent=2, hang=4)
    if made.sources:
        _chapter_heading(page, CHAPTER["sources"])
    for number, source in enumerate(made.sources, start=1):
        page.add(f"{f'[{number}]':<5}{source.text}: {source.url}", hang=5)


def _chapter_heading(page: Page, text: str) -> None:
    """A heading of the first order: a rule above it."""
    page.add()
    page.add("─" * page.width, style="dim")
    page.add(text, style="bold")


def _topic(page: Page, topic: Topic, indent: int) -> None:
    if topic.heading:
        page.add()
        page.add(topic.heading, indent=indent, style="bold")
    for paragraph in topic.paragraphs:
        page.add(paragraph, indent=indent + 2)
    for item in topic.items:
        words = CHAPTER["cited"].format(idea=item.text, number=item.source) if item.source else item.text
        page.add(f"- {words}: {item.url}" if item.url else f"- {words}", indent=indent + 2, hang=indent + 4)


def _entry(page: Page, entry: Entry) -> None:
    page.heading(PAGE["named"].format(id=entry.id, title=entry.title))
    page.add(entry.question)
    page.add(entry.why)
    page.add(entry.standing, style="dim")
    page.add()
    page.add(f"{entry.side}:", indent=2)
    for rung in entry.rungs:
        page.add(EXPLAIN["level"].format(level=rung.number, text=rung.promise), indent=2, hang=5)
        if rung.practice and rung.practice != PAGE["same"]:
            page.add(EXPLAIN["level-practice"].format(text=rung.practice), indent=5)
        effort = [EXPLAIN["effort"].format(effort=rung.effort), *([rung.reason] if rung.reason else [])]
        page.add(". ".join(effort), indent=5, style="dim")
    for topic in entry.topics:
        _topic(page, topic, 2)
