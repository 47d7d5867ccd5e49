"""Criteria, gates and fields explained as text: what is asked, what earns it, what to paste."""

from openreform.framework import Conditions, Criterion, Derivation, Dimension, Framework, Gate, Test, tests_of
from openreform.messages.fields import FIELDS, words_of_values
from openreform.messages.reports import EXPLAIN, GLOSSARY, PAGE
from openreform.reform import Reform, ReformField, fields_of, find_field
from openreform.rendering.layout import WIDTH, Page


def criterion_page(criterion: Criterion, framework: Framework, width: int = WIDTH) -> Page:
    """One criterion: question, levels and what each needs, fields and values, evidence, a snippet, sources."""
    page = Page(width)
    dimension = next(part.title for part in framework.dimensions if part.id == criterion.dimension)
    page.add(EXPLAIN["heading"].format(id=criterion.id, title=criterion.title, dimension=dimension), style="bold")
    page.add(criterion.question)
    _section(page, "why", [criterion.why])
    page.heading(EXPLAIN["levels"])
    for number, level in enumerate(criterion.levels, start=1):
        page.add(EXPLAIN["level"].format(level=number, text=level.text), hang=3, style="bold")
        for test in level.tests:
            page.add(EXPLAIN["level-needs"].format(says=test.says), indent=3, hang=5)
        if level.practice_text:
            page.add(EXPLAIN["level-practice"].format(text=level.practice_text), indent=3, hang=5)
        if level.judged:
            page.add(level.judged, indent=3, hang=5)
        page.add(EXPLAIN["effort"].format(effort=level.effort), indent=3, style="dim")
        if level.effort_reason:
            page.add(level.effort_reason, indent=3, style="dim")
    _section(page, "ceilings", [EXPLAIN["ceilings-text"]])
    page.heading(EXPLAIN["snippet"])
    page.verbatim(criterion.snippet, indent=2)
    page.heading(EXPLAIN["fields"])
    for path in _fields_read(criterion):
        field = find_field(path)
        if field is not None:
            _field(page, field)
    _section(page, "evidence", criterion.evidence)
    _section(page, "faults", criterion.common_faults)
    _section(page, "raise", [criterion.how_to_raise])
    _section(page, "resources", [f"{resource.title}: {resource.url}" for resource in criterion.resources])
    _section(page, "derived", _derived(criterion.derived_from, framework))
    return page


def gate_page(gate: Gate, framework: Framework, width: int = WIDTH) -> Page:
    """One gate: question, why, when it applies, what passes it, sources."""
    page = Page(width)
    page.add(EXPLAIN["gate-heading"].format(id=gate.id, title=gate.title), style="bold")
    page.add(gate.question)
    _section(page, "why", [gate.why])
    if gate.applies_when and gate.applies_when.present:
        _section(page, "applies", [EXPLAIN["applies-present"].format(field=gate.applies_when.present)])
    _section(page, "pass", [gate.how_to_pass, *(test.fix for test in gate.tests if test.fix)])
    _section(page, "derived", _derived(gate.derived_from, framework))
    return page


def field_page(field: ReformField, width: int = WIDTH) -> Page:
    """One field of a reform document, with its values, or with its own fields."""
    page = Page(width)
    page.add(field.path, style="bold")
    page.add(FIELDS[field.path])
    if field.model is None:
        page.add()
        _field(page, field)
        return page
    page.add()
    for inner in fields_of(field.model, field.path).values():
        _field(page, inner)
        if inner.model is not None:
            for deeper in fields_of(inner.model, inner.path).values():
                _field(page, deeper)
    return page


def framework_page(framework: Framework, width: int = WIDTH) -> Page:
    """A whole framework: every dimension, criterion and rung, the gates, the sources."""
    page = Page(width)
    page.add(framework.title, style="bold")
    page.add(PAGE["framework-line"].format(id=framework.id, version=framework.version, licence=framework.licence))
    page.add(framework.attribution)
    for dimension in framework.dimensions:
        page.heading(f"{dimension.id} {dimension.title}: {dimension.question}")
        for criterion in framework.criteria_of(dimension.id):
            page.add(f"{criterion.id} {criterion.title}: {criterion.question}", indent=2, hang=4)
            for number, level in enumerate(criterion.levels, start=1):
                page.add(EXPLAIN["level"].format(level=number, text=level.text), indent=5, hang=8)
    page.heading(EXPLAIN["gates"])
    for gate in framework.gates:
        page.add(f"{gate.id}: {gate.question}", indent=2, hang=4)
    page.heading(EXPLAIN["derived"])
    for source in framework.sources:
        page.add(f"{source.publisher}, {source.title}: {source.url}", indent=2, hang=4)
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


def fields_page(fields: list[ReformField], width: int = WIDTH) -> Page:
    """The first of several fields of one name, and where the others are."""
    page = field_page(fields[0], width)
    if len(fields) > 1:
        page.add()
        page.add(EXPLAIN["also"].format(paths=", ".join(field.path for field in fields[1:])))
    return page


def index_page(framework: Framework, width: int = WIDTH) -> Page:
    """Everything that can be explained: criteria, gates, and the sections of a document."""
    page = Page(width)
    page.add(framework.title, style="bold")
    for dimension in framework.dimensions:
        page.heading(f"{dimension.title}: {dimension.question}")
        for criterion in framework.criteria_of(dimension.id):
            page.add(f"{criterion.id:<4}{criterion.title}", indent=2, hang=6)
    page.heading(EXPLAIN["gates"])
    for gate in framework.gates:
        page.add(f"{gate.id}: {gate.title}", indent=2, hang=4)
    page.heading(EXPLAIN["words"])
    page.add(", ".join(GLOSSARY), indent=2)
    page.heading(EXPLAIN["sections"])
    for field in fields_of(Reform).values():
        page.add(f"{field.name}: {FIELDS[field.path]}", indent=2, hang=4)
    return page


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


def _field(page: Page, field: ReformField) -> None:
    page.add(f"{field.path} ({_kind(field)}): {FIELDS[field.path]}", indent=2, hang=4)
    for value, words in words_of_values(field.path).items():
        page.add(f"{value}: {words}", indent=6, hang=8, style="dim")


def _kind(field: ReformField) -> str:
    if field.refers_to:
        return EXPLAIN["kind-references" if field.many else "kind-reference"].format(section=field.refers_to)
    if field.kind == "choice":
        return EXPLAIN["kind-choices" if field.many else "kind-choice"]
    if field.kind == "name" and field.many:
        return EXPLAIN["kind-names"]
    return EXPLAIN[f"kind-{field.kind}"]


def _fields_read(criterion: Criterion) -> list[str]:
    """The fields its tests read, as dotted paths of the document, in the order they are first asked."""
    found: dict[str, None] = {}
    for test in tests_of(criterion):
        for path in _paths_of(test):
            found.setdefault(path)
    return list(found)


def _paths_of(test: Test) -> list[str]:
    if test.present or test.absent:
        return [test.present or test.absent or ""]
    if test.section is None:
        return []
    paths = _condition_paths(test.with_, test.section)
    return [*paths, *([f"{test.section}.{test.of}"] if test.of else [])]


def _condition_paths(conditions: Conditions, section: str) -> list[str]:
    paths: list[str] = []
    for name in conditions.fields:
        head = find_field(name.split(".", maxsplit=1)[0], section)
        paths.append(f"{section}.{name.split('.', maxsplit=1)[0]}" if head and head.refers_to else f"{section}.{name}")
        target = find_field(name, section)
        if head and head.refers_to and target:
            paths.append(target.path)
    for part in conditions.parts:
        paths += _condition_paths(part, section)
    return paths
