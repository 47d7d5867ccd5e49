"""Every rung of every bundled framework, and of a small one for plans, rests on facts alone: from its tests a smallest document is made, and each fact counts.

The document is built from the top rung of a ladder down, adding only what does not hold yet. Nothing here knows a criterion.
"""

import copy
import json
from collections.abc import Iterator
from typing import Any

import pytest

from conftest import ROOT, document_of
from openreform.assessment import SideFinding
from openreform.framework import Ceilings, Conditions, Constraint, Criterion, Framework, Side, Test
from openreform.kinds import kind_called
from openreform.loading.frameworks import LoadedFramework, bundled_names, load_bundled, load_framework_file
from openreform.reform import ReformField
from openreform.scoring.assess import Origin, assess
from openreform.scoring.reading import Reader
from openreform.scoring.testing import Asking, truth

Draft = dict[str, Any]
SAMPLES = {"yes-no": True, "number": 5, "date": "2026-06", "text": "Some words", "link": "https://example.org"}
DATES = {"end": "2027-12", "start": "2026-01"}
PAGE = {"url": "https://example.org"}
PROOFS: list[Draft] = [
    {},
    {"kind": "document", **PAGE},
    {"kind": "working", **PAGE},
    {"kind": "check", **PAGE, "publisher": "Auditors", "independent": True},
]
"""From the weakest evidence up."""

NOT_FACTS = {"id", "title"}
"""What every entry has so that it can be told from others; a fact is what stands beside it."""


class Builder:
    """Adds to a draft what a test asks, and no more."""

    def __init__(self, framework: Framework, criterion: Criterion, side: Side) -> None:
        self.framework, self.criterion, self.side = framework, criterion, side
        self.kind = kind_called(framework.applies_to)
        self.draft: Draft = {}

    def build(self, rung: int) -> Draft:
        for number in [*range(rung, 0, -1)] * 2:  # what a lower rung adds may leave something of a higher one to do
            level = self.criterion.levels[number - 1]
            for test in level.tests:
                self.satisfy(test, "promise", number)
            if self.side == "practice":
                for test in level.tests_for("practice"):
                    self.satisfy(test, "practice", number)
        return self.draft

    def holds(self, test: Test, side: Side, rung: int) -> bool:
        parsed = document_of(self.kind, as_yaml(self.draft))
        reader = Reader(parsed.reform, self.framework, parsed.locate, None)
        return truth(test, reader, Asking(side, rung, self.criterion.ceilings)) is True

    def satisfy(self, test: Test, side: Side, rung: int) -> None:
        if self.holds(test, side, rung):
            return
        if test.any_of:
            self.satisfy(test.any_of[0], side, rung)
        elif test.all_of:
            for part in test.all_of:
                self.satisfy(part, side, rung)
        elif test.present:
            self.put_present(test.present)
        elif test.section:
            self.put_element(test, side, rung)
        assert self.holds(test, side, rung), (test, self.draft)

    def put_present(self, path: str) -> None:
        field = self.kind.find(path)
        assert field is not None
        holder, *rest = path.split(".")
        if rest:
            self.draft.setdefault(holder, {})[rest[0]] = self.sample(field)
        else:
            self.draft[holder] = self.sample(field)

    def put_element(self, test: Test, side: Side, rung: int) -> None:
        section = test.section or ""
        entries = self.draft.setdefault(section, [])
        if not entries:
            entries.append(self.new(section))
        if test.count:
            while len(entries) < (test.min or 1):
                entries.append({**self.new(section, len(entries)), test.of or "": f"2026-0{6 + len(entries)}"})
            return
        for element in entries if test.most or test.every else entries[:1]:
            self.put_conditions(test.with_, element, section)
        before = copy.deepcopy(self.draft)
        for lifts in ((self.lift_one,), (self.lift_one, self.lift_named)):
            if not self.holds(test, side, rung):
                self.draft = copy.deepcopy(before)
            for proof in PROOFS:
                if not self.holds(test, side, rung):
                    for lift in lifts:
                        lift(self.draft[section][0], section, side, proof)

    def new(self, section: str, number: int = 0) -> Draft:
        named = self.kind.find("title", section)
        return {"title": f"An entry of {section} {number}"} if named else {}

    def put_conditions(self, conditions: Conditions, element: Draft, section: str) -> None:
        for path, asked in conditions.fields.items():
            self.put(path, asked, element, section)
        for part in conditions.all_of:
            self.put_conditions(part, element, section)
        if conditions.any_of and not any(self.has(part, element, section) for part in conditions.any_of):
            self.put_conditions(conditions.any_of[0], element, section)

    def has(self, conditions: Conditions, element: Draft, section: str) -> bool:
        """Whether an element satisfies plain conditions already: tried on a draft of nothing else."""
        alone = {**self.draft, section: [element]}
        test = Test.model_validate({"some": section, "with": {}}).model_copy(update={"with_": conditions})
        parsed = document_of(self.kind, as_yaml(alone))
        reader = Reader(parsed.reform, self.framework, parsed.locate, None)
        return truth(test, reader, Asking("promise", 0, Ceilings())) is True

    def put(self, path: str, asked: Constraint, element: Draft, section: str) -> None:
        if self.has(
            Conditions.model_construct(fields={path: asked}, all_of=(), any_of=(), not_=None), element, section
        ):
            return
        head, _, rest = path.partition(".")
        field, first = self.kind.find(path, section), self.kind.find(head, section)
        assert field is not None
        assert first is not None
        if rest and first.refers_to:
            target = self.target(element, head, first.refers_to)
            self.put(rest, asked, target, first.refers_to)
        elif rest:
            element.setdefault(head, {})[rest] = self.value(asked, field, None)
        else:
            element[head] = self.value(asked, field, element.get(head))

    def target(self, element: Draft, head: str, section: str) -> Draft:
        """The entry an id of an element names; made if there is none."""
        entries: list[Draft] = self.draft.setdefault(section, [])
        ident = element.setdefault(head, f"{section}-1")
        named = next((entry for entry in entries if entry.get("id") == ident), None)
        if named is None:
            named = {"id": ident, **self.new(section)}
            entries.append(named)
        return named

    def value(self, asked: Constraint, field: ReformField, held: Any) -> Any:
        values: list[Any] = list(held) if isinstance(held, list) else []
        if asked.equals is not None:
            return asked.equals
        if asked.all is not None:
            values += [value for value in self.framework.values(asked.all) if value not in values]
        if asked.any is not None and not set(values) & set(self.framework.values(asked.any)):
            values.append(self.framework.values(asked.any)[0])
        if field.many:
            values += [value for value in field.values if value not in values][
                : max(0, int(asked.min or 1) - len(values))
            ]
            return values or self.sample(field)
        if asked.min is not None:
            return int(asked.min)
        return values[0] if values else self.sample(field)

    def sample(self, field: ReformField) -> Any:
        if field.kind == "choice":
            value: Any = field.values[0]
        elif field.kind == "reference":
            section = field.refers_to or ""
            entries = self.draft.setdefault(section, [])
            if not entries:
                entries.append({"id": f"{section}-1", **self.new(section)})
            value = entries[0].setdefault("id", f"{section}-1")
        else:
            value = DATES.get(field.name) or SAMPLES.get(field.kind) or f"The {field.name} named here"
        return [value] if field.many else value

    def lift_named(self, element: Draft, section: str, side: Side, proof: Draft) -> None:
        """The same for the rules an entry points at."""
        for name, held in list(element.items()):
            field = self.kind.find(name, section)
            if field and field.refers_to == "instruments":
                named = next(entry for entry in self.draft["instruments"] if entry.get("id") == held)
                self.lift_one(named, "instruments", side, proof)

    def lift_one(self, element: Draft, section: str, side: Side, proof: Draft) -> None:
        """What raises the ceiling of an entry: a date, its own or a step's, with a body, or proof that it works."""
        thing = self.kind.find("status", section) is not None
        if self.side == "practice" and thing:
            element["status"] = "operational"
        if side == "practice" and self.kind.find("evidence", section):
            element["evidence"] = ["proof"]
            before = self.draft.get("evidence", [{}])[0]
            if len(proof) >= len(before) - 2:  # what a higher rung needed is not taken back
                self.draft["evidence"] = [{"id": "proof", "title": "What shows it", **proof}]
        elif self.side == "promise" and thing and self.kind.find("due", section):
            element["due"] = "2026-06"
            self.draft.setdefault("leads", [{"organisation": "A ministry"}])
        elif self.side == "promise" and thing:
            element["milestone"] = "step"
            steps = self.draft.setdefault("milestones", [])
            if not any(step.get("id") == "step" for step in steps):
                steps.append({"id": "step", "title": "The step", "due": "2026-06"})
            if not any(step.get("responsible") for step in steps):
                self.draft.setdefault("leads", [{"organisation": "A ministry"}])


def as_yaml(draft: Draft) -> str:
    return "".join(f"{name}: {json.dumps(value)}\n" for name, value in draft.items())


def drops(draft: Draft) -> Iterator[tuple[str, Draft]]:
    """The draft without each of its facts in turn: a field of an entry, a value of a list, a field of the document."""

    def inside(value: Any, path: tuple[str | int, ...]) -> Iterator[tuple[str | int, ...]]:
        if isinstance(value, dict):
            for name, part in value.items():
                if isinstance(part, dict | list):
                    yield from inside(part, (*path, name))
                elif name not in NOT_FACTS:
                    yield (*path, name)
        elif isinstance(value, list):
            for number, part in enumerate(value):
                if isinstance(part, dict):
                    yield from inside(part, (*path, number))
                else:
                    yield (*path, number)

    for path in inside(draft, ()):
        without = copy.deepcopy(draft)
        holder: Any = without
        for step in path[:-1]:
            holder = holder[step]
        if isinstance(holder, list) and len(holder) == 1:
            parent: Any = without
            for step in path[:-2]:
                parent = parent[step]
            del parent[path[-2]]
        else:
            del holder[path[-1]]
        yield ".".join(map(str, path)), {name: part for name, part in without.items() if part not in ({}, [])}


def ladders() -> list[Any]:
    found = []
    small = load_framework_file(str(ROOT / "tests" / "small_plan_framework.yaml"))
    assert isinstance(small, LoadedFramework), small
    frameworks = {"small-plan": small.framework, **{name: load_bundled(name).framework for name in bundled_names()}}
    for name, framework in frameworks.items():
        for criterion in framework.criteria:
            sides: tuple[Side, ...] = ("promise", "practice") if criterion.practice else ("promise",)
            found += [pytest.param(framework, criterion, side, id=f"{name}-{criterion.id}-{side}") for side in sides]
    return found


def reached(draft: Draft, framework: Framework, criterion: Criterion, side: Side) -> int:
    parsed = document_of(kind_called(framework.applies_to), as_yaml(draft))
    assessment = assess(parsed.reform, framework, parsed.locate, Origin("x.yaml", parsed.digest, "sha256:0"))
    findings = (finding for dimension in assessment.dimensions for finding in dimension.findings)
    found: SideFinding | None = next(part for part in findings if part.id == criterion.id).side(side)
    return (found.level or 0) if found else 0


@pytest.mark.parametrize(("framework", "criterion", "side"), ladders())
def test_every_fact_of_a_rung_counts(framework: Framework, criterion: Criterion, side: Side) -> None:
    for rung in range(1, len(criterion.levels) + 1):
        draft = Builder(framework, criterion, side).build(rung)
        assert reached(draft, framework, criterion, side) >= rung, draft
        for fact, without in drops(draft):
            lower = reached(without, framework, criterion, side)
            assert lower < rung, f"rung {rung} stands without {fact}:\n{as_yaml(draft)}"
