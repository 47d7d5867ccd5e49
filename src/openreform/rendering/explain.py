"""Criteria, gates and fields explained as text: what is asked, what earns it, what to paste."""

import re
from collections.abc import Sequence
from typing import Any

from openreform.assessment import Counterpart, Precedent
from openreform.framework import (
    Ceilings,
    Conditions,
    Criterion,
    Derivation,
    Dimension,
    Fault,
    Framework,
    Gate,
    Level,
    Side,
    StarRule,
    Test,
    tests_of,
)
from openreform.kinds import kind_called
from openreform.messages.cases import CASES
from openreform.messages.checks import ASKED, CHECK
from openreform.messages.fields import IRM
from openreform.messages.reports import EXPLAIN, GLOSSARY, said
from openreform.reform import IRM_CODES, REFORM, DocumentKind, ReformField, fields_of
from openreform.rendering import asking
from openreform.rendering.citing import who_does_it
from openreform.rendering.layout import WIDTH, Page
from openreform.rendering.sampling import sample


def criterion_page(
    criterion: Criterion,
    framework: Framework,
    width: int = WIDTH,
    precedents: Sequence[Precedent] | None = None,
    counterparts: Sequence[Counterpart] = (),
) -> Page:
    """One criterion: question, levels and how to write each, a snippet, ceilings, faults, evidence, sources, fields.

    precedents: the cases that hold a level of it, those to learn from first; None if nobody looked.
    counterparts: the criteria of other frameworks that answer to it.
    """
    page = Page(width)
    dimension = next(part.title for part in framework.dimensions if part.id == criterion.dimension)
    page.add(EXPLAIN["heading"].format(id=criterion.id, title=criterion.title, dimension=dimension), style="bold")
    page.add(criterion.question)
    _section(page, "why", [criterion.why])
    page.heading(EXPLAIN["levels"])
    for number, level in enumerate(criterion.levels, start=1):
        page.add(EXPLAIN["level"].format(level=number, text=level.text), hang=3, style="bold")
        _level(page, level, criterion)
    words = EXPLAIN["foreshadow" if criterion.foreshadows_by == "promise" else "foreshadow-practice"]
    said = [words.format(level=number, says=says) for number, says in enumerate(criterion.foreshadows)]
    _section(page, "foreshadows", said)
    _section(page, "raise", [criterion.how_to_raise])
    _snippet(page, criterion.snippet, kind_called(framework.applies_to))
    _ceilings(page, criterion, framework)
    _section(page, "faults", criterion.common_faults)
    _section(page, "evidence", criterion.evidence)
    if precedents is not None:
        page.heading(CASES["who"])
        for line in who_does_it(criterion, framework, precedents):
            page.add(line, indent=2, hang=4)
    _section(page, "resources", [f"{resource.title}: {resource.url}" for resource in criterion.resources])
    _section(page, "derived", _derived(criterion.derived_from, framework))
    _section(page, "counterparts", [counterpart_words(part, framework) for part in counterparts])
    kind = kind_called(framework.applies_to)
    fields = [field for path in _fields_read(criterion, kind) if (field := kind.find(path))]
    if fields:
        page.heading(EXPLAIN["fields"])
    for field in fields:
        _field(page, field, kind)
    return page


def gate_page(gate: Gate, framework: Framework, width: int = WIDTH) -> Page:
    """One gate: question, why, when it applies, what passes it, sources."""
    page = Page(width)
    page.add(EXPLAIN["gate-heading"].format(id=gate.id, title=gate.title), style="bold")
    page.add(gate.question)
    _section(page, "why", [gate.why])
    if gate.applies_when:
        _section(page, "applies", [applies_words(gate.applies_when, framework)])
    _section(page, "pass", [gate.how_to_pass, *(test.fix for test in gate.tests if test.fix)])
    _section(page, "derived", _derived(gate.derived_from, framework))
    return page


def fault_page(fault: Fault, framework: Framework, width: int = WIDTH) -> Page:
    """One fault: how bad it is, what it says, why, what to write, when it applies, what finds it, how to except it, sources."""
    page = Page(width)
    page.add(ASKED["heading"].format(id=fault.id, title=fault.title), style="bold")
    page.add(ASKED[f"severity-{fault.severity}"])
    for heading, text in ((ASKED["says"], fault.message), (EXPLAIN["why"], fault.why), (ASKED["fix"], fault.fix)):
        page.heading(heading)
        page.add(text, indent=2)
    if fault.applies_when:
        page.heading(EXPLAIN["applies"])
        asking.asked(page, fault.applies_when, framework, indent=2)
    page.heading(ASKED["finds"])
    asking.finds(page, fault, framework)
    made = sample(fault, framework)
    for heading, lines in (("sample", made.shows), ("mended", made.mended)) if made else ():
        page.heading(ASKED[heading])
        page.verbatim(lines, indent=2)
    if not (fault.notices or "").startswith("exception-"):
        page.heading(ASKED["excepting"])
        page.verbatim(ASKED["excepting-lines"].format(id=fault.id), indent=2)
    _section(page, "derived", _derived(fault.derived_from, framework))
    return page


def star_page(star: StarRule, framework: Framework, width: int = WIDTH) -> Page:
    """One star: what it takes of which recorded codes, the code it is compared with, sources."""
    page = Page(width)
    page.add(f"{star.id}: {star.title}", style="bold")
    needs = [
        EXPLAIN["star-need"].format(
            says=need.says,
            codes=EXPLAIN["or"].join(need.codes),
            values=EXPLAIN["or"].join(str(value).lower() for value in need.any),
        )
        for need in star.needs
    ]
    _section(page, "star-needs", needs)
    _section(page, "star-compared", [EXPLAIN["code"].format(words=IRM[star.code], values=star.code)])
    _section(page, "derived", _derived(star.derived_from, framework))
    return page


def field_page(field: ReformField, kind: DocumentKind[Any] = REFORM, width: int = WIDTH) -> Page:
    """One field of a document, with its values, or with its own fields."""
    if field.model is None:
        return fields_page([field], kind, width)
    page = Page(width)
    page.add(field.path, style="bold")
    page.add(kind.words[field.path])
    page.add()
    for inner in fields_of(field.model, field.path).values():
        _field(page, inner, kind)
        if inner.model is not None:
            for deeper in fields_of(inner.model, inner.path).values():
                _field(page, deeper, kind)
    return page


def dimension_page(dimension: Dimension, framework: Framework, width: int = WIDTH) -> Page:
    """One dimension: its question and its criteria."""
    page = Page(width)
    page.add(f"{dimension.id} {dimension.title}", style="bold")
    page.add(dimension.question)
    page.add()
    for criterion in framework.criteria_of(dimension.id):
        page.add(f"{criterion.id:<4}{criterion.title}: {criterion.question}", indent=2, hang=6)
    return page


def word_page(word: str, width: int = WIDTH) -> Page:
    """A word that reports use."""
    page = Page(width)
    page.add(word, style="bold")
    page.add(GLOSSARY[word])
    return page


def fields_page(fields: list[ReformField], kind: DocumentKind[Any] = REFORM, width: int = WIDTH) -> Page:
    """A field, or all of one name: those that mean the same together, values that all take once."""
    if len(fields) == 1 and fields[0].model is not None:
        return field_page(fields[0], kind, width)
    page = Page(width)
    alike: dict[tuple[str, str, tuple[tuple[str, str], ...]], list[ReformField]] = {}
    for field in fields:
        values = tuple(_meanings(field, kind).items())
        alike.setdefault((kind.words[field.path], _how_to_write(field), values), []).append(field)
    name = fields[0].path if len(fields) == 1 else fields[0].name
    page.add(EXPLAIN["required"].format(name=name) if fields[0].required else name, style="bold")
    for number, ((text, how, values), same) in enumerate(alike.items()):
        if number:
            page.add()
        if len(fields) > 1:
            page.add(EXPLAIN["stands-in"].format(sections=", ".join(field.path.rpartition(".")[0] for field in same)))
        page.add(text)
        page.add(how)
        later = [others for _, _, others in list(alike)[number + 1 :]]
        if values not in later:
            _values(page, dict(values), indent=2)
    return page


def index_page(framework: Framework, named: str = "", width: int = WIDTH) -> Page:
    """Everything that can be explained: criteria, gates, faults, and the sections of a document; `named` if not the default."""
    page = Page(width)
    kind = kind_called(framework.applies_to)
    option = f" --framework {named}" if named else ""
    parts = (framework.criteria[:1], framework.gates[:1], framework.faults[:1])
    own = [part.id for some in parts for part in some]
    section = "publications" if kind is REFORM else f"{kind.lists[2]}{option}"
    examples = [*(f"{ident}{option}" for ident in own), section, "coverage"]
    page.add(EXPLAIN["index"].format(examples=", ".join(f"openreform explain {example}" for example in examples)))
    page.add(said(EXPLAIN, "index-sections", kind.name))
    page.add()
    page.add(framework.title, style="bold")
    for dimension in framework.dimensions:
        page.heading(f"{dimension.title}: {dimension.question}")
        for criterion in framework.criteria_of(dimension.id):
            page.add(f"{criterion.id:<4}{criterion.title}", indent=2, hang=6)
    page.heading(EXPLAIN["gates"])
    for gate in framework.gates:
        page.add(f"{gate.id}: {gate.title}", indent=2, hang=4)
    if framework.faults:
        page.heading(ASKED["index"])
    for fault in framework.faults:
        page.add(f"{fault.id:<4}{CHECK[fault.severity]:<8} {fault.title}", indent=2, hang=15)
    if framework.stars:
        page.heading(EXPLAIN["stars"])
    for star in framework.stars:
        page.add(f"{star.id}: {star.title}", indent=2, hang=4)
    page.heading(EXPLAIN["words"])
    page.add(", ".join(GLOSSARY), indent=2)
    page.heading(said(EXPLAIN, "sections", kind.name))
    for field in kind.top.values():
        name = EXPLAIN["required"].format(name=field.name) if field.required else field.name
        page.add(f"{name}: {kind.words[field.path]}", indent=2, hang=4)
    return page


def _level(page: Page, level: Level, criterion: Criterion) -> None:
    """How to write what a level asks for: of each side what it has of its own."""
    fixes = [test.fix or test.says or "" for test in level.tests]
    for fix in fixes:
        page.add(fix, indent=3, hang=5)
    if criterion.practice:
        own = [f"{level.practice_text.rstrip('.')}."] if level.practice_text else []
        own += [fix for test in level.practice_tests or () if (fix := test.fix or test.says or "") not in fixes]
        if own:
            page.add(EXPLAIN["level-practice"].format(text=" ".join(own)), indent=3, hang=5)
    if level.judged:
        page.add(EXPLAIN["level-judged"].format(question=level.judged), indent=3, hang=5)
    effort = [EXPLAIN["effort"].format(effort=level.effort), *([level.effort_reason] if level.effort_reason else [])]
    page.add(". ".join(effort), indent=3, hang=5, style="dim")


def _snippet(page: Page, snippet: str, kind: DocumentKind[Any]) -> None:
    page.heading(EXPLAIN["snippet"])
    pieces, notes = to_paste(snippet, kind)
    for piece in pieces:
        page.verbatim(piece, indent=2)
    page.add()
    for note in (*notes, EXPLAIN["snippet-section"]):
        page.add(note, indent=2)


def to_paste(snippet: str, kind: DocumentKind[Any]) -> tuple[list[str], list[str]]:
    """Lines that hold as they stand in a document without any: with the milestones they name, in a plan with a lead.

    Returns the pieces, and a note on each that was added.
    """
    pieces, notes = [snippet], list[str]()
    if not re.search(r"^milestones:", snippet, re.MULTILINE):
        for ident in dict.fromkeys(re.findall(r"\bmilestone: *([A-Za-z0-9][A-Za-z0-9._-]*)", snippet)):
            lines = EXPLAIN["snippet-milestone"].format(id=ident)
            pieces.append(lines.partition("\n")[2] if notes else lines)
            notes.append(EXPLAIN["snippet-own"].format(id=ident))
    if kind is not REFORM:
        pieces.append(EXPLAIN["snippet-lead"])
        notes.append(EXPLAIN["snippet-lead-own"])
    return pieces, notes


def _ceilings(page: Page, criterion: Criterion, framework: Framework) -> None:
    """What holds a level down, of what its tests look at: sections with a state, and with evidence of their own."""
    top, kind = len(criterion.levels), kind_called(framework.applies_to)
    if not _lists_read(criterion, "promise", kind):
        return
    page.heading(EXPLAIN["ceilings"])
    limits = {name: min(top, framework.ceiling(name, criterion.ceilings)) for name in Ceilings.model_fields}
    staged, proven = staged_lists(criterion, kind), proven_lists(criterion, kind)
    if staged:
        page.add(EXPLAIN["ceilings-promise"].format(sections=_either(staged)), indent=2)
        for name in ("considered", "undated", "dated", "ended"):
            if limits[name] < top or name == "ended":
                _ceiling(page, name, limits[name], kind)
    if proven:
        page.add(EXPLAIN["ceilings-practice"].format(sections=_either(proven)), indent=2)
        for name in ("without_evidence", "statement", "document", "working", "check"):
            _ceiling(page, name, limits[name], kind)
        if any(section in staged for section in proven):
            if limits["piloted"] < top:
                _ceiling(page, "piloted", limits["piloted"], kind)
            _ceiling(page, "not-operating", 0, kind)
            if limits["ended"] < top:
                _ceiling(page, "ended", limits["ended"], kind)
    page.add(EXPLAIN["ceilings-title"], indent=2)


def _ceiling(page: Page, name: str, level: int, kind: DocumentKind[Any]) -> None:
    page.add(ceiling_words(name, level, kind), indent=4, hang=6)


def ceiling_words(name: str, level: int, kind: DocumentKind[Any]) -> str:
    """Up to which level something counts that has come so far, or is shown so well."""
    state = said(EXPLAIN, name, kind.name)
    return EXPLAIN["ceiling" if level else "ceiling-none"].format(state=state, level=level)


def staged_lists(criterion: Criterion, kind: DocumentKind[Any]) -> list[str]:
    """The lists its tests of the promise look at whose entries say how far they have come."""
    return [section for section in _lists_read(criterion, "promise", kind) if kind.find("status", section)]


def proven_lists(criterion: Criterion, kind: DocumentKind[Any]) -> list[str]:
    """The lists its tests of the practice look at whose entries have evidence; none where it has no practice."""
    if not criterion.practice:
        return []
    return [section for section in _lists_read(criterion, "practice", kind) if kind.find("evidence", section)]


def _lists_read(criterion: Criterion, side: Side, kind: DocumentKind[Any]) -> list[str]:
    """The lists whose entries its tests look at on one side, those they follow ids to included."""
    found: dict[str, None] = {}
    for level in criterion.levels:
        for test in level.tests_for(side):
            for part in test.walk():
                sections = [path.split(".", maxsplit=1)[0] for path in _paths_of(part, kind)]
                found.update(dict.fromkeys([*([part.section] if part.section else []), *sections]))
    return [section for section in found if section in kind.lists]


def _either(names: list[str]) -> str:
    return EXPLAIN["or"].join([", ".join(names[:-1]), names[-1]] if len(names) > 1 else names)


def applies_words(test: Test, framework: Framework) -> str:
    """When a gate applies, in words: its own, or made from what it asks."""
    if test.says:
        return test.says
    if path := test.present or test.absent:
        key = "applies-present" if test.present else "applies-absent"
        words = kind_called(framework.applies_to).words
        return EXPLAIN[key].format(field=path.replace(".", ": "), text=words[path])
    if test.dimension:
        dimension = framework.dimension(test.dimension.id)
        title = dimension.title if dimension else test.dimension.id
        return EXPLAIN["applies-dimension"].format(title=title, min=f"{test.dimension.min:g}")
    if test.level:
        criterion = framework.criterion(test.level.criterion)
        title = criterion.title if criterion else ""
        return EXPLAIN["applies-level"].format(id=test.level.criterion, title=title, min=test.level.min)
    parts = [applies_words(part, framework) for part in test.parts]
    if test.not_:
        return EXPLAIN["applies-not"].format(what=parts[0])
    if parts:
        return EXPLAIN["and" if test.all_of else "or"].join(parts)
    return EXPLAIN["applies-list"].format(section=test.section)


def _section(page: Page, heading: str, paragraphs: list[str] | tuple[str, ...]) -> None:
    if paragraphs:
        page.heading(EXPLAIN[heading])
        for paragraph in paragraphs:
            page.add(paragraph, indent=2)


def _derived(derivations: tuple[Derivation, ...], framework: Framework) -> list[str]:
    sources = {source.id: source for source in framework.sources}
    return [
        f"{part.idea} ({sources[part.source].publisher}, {sources[part.source].title}, {sources[part.source].url})"
        for part in derivations
    ]


def counterpart_words(part: Counterpart, framework: Framework) -> str:
    """A criterion of another framework and how the two relate; what the other says of itself is told as such."""
    key = "counterpart" if part.said_by == framework.id else "counterpart-says"
    return EXPLAIN[key].format(name=part.name, title=part.title, how=part.how)


def _field(page: Page, field: ReformField, document: DocumentKind[Any]) -> None:
    kind = EXPLAIN["required-kind"].format(kind=_kind(field)) if field.required else _kind(field)
    page.add(f"{field.path} ({kind}): {document.words[field.path]}", indent=2, hang=4)
    _values(page, _meanings(field, document), indent=6)


def _meanings(field: ReformField, kind: DocumentKind[Any]) -> dict[str, str]:
    """What each value of a field means; of the IRM's codes, what each is called and its values."""
    if field.kind != "codes":
        return kind.words_of_values(field.path)
    return {
        code: EXPLAIN["code"].format(words=IRM[code], values=", ".join(values or ("true", "false")))
        for code, values in IRM_CODES.items()
    }


def _values(page: Page, values: dict[str, str], indent: int) -> None:
    for value, words in values.items():
        page.add(f"{value}: {words}", indent=indent, hang=indent + 2, style="dim")


def _how_to_write(field: ReformField) -> str:
    if not field.values:
        return EXPLAIN["write"].format(kind=_kind(field))
    shown = f"[{', '.join(field.values[:2])}]" if field.many else field.values[0]
    return EXPLAIN["write-such-as"].format(kind=_kind(field), example=f"{field.name}: {shown}")


def _kind(field: ReformField) -> str:
    if field.refers_to:
        return EXPLAIN["kind-references" if field.many else "kind-reference"].format(section=field.refers_to)
    if field.kind == "choice":
        return EXPLAIN["kind-choices" if field.many else "kind-choice"]
    if field.kind == "name" and field.many:
        return EXPLAIN["kind-names"]
    return EXPLAIN[f"kind-{field.kind}"]


def _fields_read(criterion: Criterion, kind: DocumentKind[Any]) -> list[str]:
    """The fields its tests read, as dotted paths of the document, in the order they are first asked."""
    found: dict[str, None] = {}
    for test in tests_of(criterion):
        for path in _paths_of(test, kind):
            found.setdefault(path)
    return list(found)


def _paths_of(test: Test, kind: DocumentKind[Any]) -> list[str]:
    if test.present or test.absent:
        return [test.present or test.absent or ""]
    if test.section is None:
        return []
    paths = _condition_paths(test.with_, test.section, kind)
    return [*paths, *([f"{test.section}.{test.of}"] if test.of else [])]


def _condition_paths(conditions: Conditions, section: str, kind: DocumentKind[Any]) -> list[str]:
    paths: list[str] = []
    for name in conditions.fields:
        head = kind.find(name.split(".", maxsplit=1)[0], section)
        paths.append(f"{section}.{name.split('.', maxsplit=1)[0]}" if head and head.refers_to else f"{section}.{name}")
        target = kind.find(name, section)
        if head and head.refers_to and target:
            paths.append(target.path)
    for part in conditions.parts:
        paths += _condition_paths(part, section, kind)
    return paths
