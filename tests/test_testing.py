"""The test vocabulary, operator by operator, with what is unknown told apart from what is not so."""

import pytest

from conftest import document
from openreform.framework import Ceilings, Framework, Test
from openreform.loading.shapes import build
from openreform.loading.yaml_events import Mapping, read
from openreform.scoring.reading import Reader
from openreform.scoring.testing import Asking, ask, truth

NAMED = "milestones:\n  - {id: m1, title: One, kind: law, due: 2025-06, start: 2025-01, responsible: [Ministry]}\n"
TWO = NAMED + "  - {id: m2, title: Two, kind: event, due: 2026-06, unknown: [where]}\n"
FIVE = "milestones:\n" + "".join(f"  - {{title: Step {n}, kind: law{', due: 2025' if n else ''}}}\n" for n in range(5))


def holds(text: str, test: str, framework: Framework, rung: int = 1, as_of: object = None) -> bool | None:
    root, problems = read(test, "test")
    assert not problems
    assert isinstance(root, Mapping)
    built, problems = build(Test, root, "test", lambda _: ((), (), ""))
    assert built is not None, problems
    parsed = document(text)
    reader = Reader(parsed.reform, framework, parsed.locate, as_of)  # type: ignore[arg-type]
    return truth(built, reader, Asking("promise", rung, Ceilings()))


@pytest.mark.parametrize(
    ("document_text", "test", "expected"),
    [
        # some, every, most, none, count
        (TWO, "{some: milestones, with: {kind: law}}", True),
        (TWO, "{some: milestones, with: {kind: body}}", False),
        (TWO, "{every: milestones, with: {due: {present: true}}}", True),
        (TWO, "{every: milestones, with: {kind: law}}", False),
        ("", "{every: milestones, with: {kind: law}}", False),
        (FIVE, "{most: milestones, with: {due: {present: true}}}", True),
        (FIVE, "{most: milestones, with: {due: {present: true}}, share: 0.9}", False),
        ("", "{most: milestones, with: {due: {present: true}}}", False),
        (TWO, "{none: milestones, with: {kind: body}}", True),
        (TWO, "{none: milestones, with: {kind: law}}", False),
        ("", "{none: milestones, with: {kind: law}}", True),
        (TWO, "{count: milestones, of: kind, min: 2}", True),
        (TWO, "{count: milestones, of: kind, min: 3}", False),
        (TWO, "{count: milestones, of: kind, min: 2, with: {kind: law}}", False),
        # present, absent, joined
        ("end: 2027\n", "{present: end}", True),
        ("", "{present: end}", False),
        ("", "{absent: end}", True),
        ("plan: {end: 2027}\n", "{present: plan.end}", True),
        ("leads: [{organisation: tbd}]\n", "{present: leads.organisation}", False),
        ("end: 2027\n", "{all_of: [{present: end}, {present: start}]}", False),
        ("end: 2027\n", "{any_of: [{present: end}, {present: start}]}", True),
        ("end: 2027\n", "{not: {present: start}}", True),
        ("", "{present: end, unless: {absent: end}}", True),
        ("start: 2026\n", "{present: end, unless: {absent: start}}", False),
        # constraints
        (TWO, "{some: milestones, with: {kind: {equals: law}}}", True),
        (TWO, "{some: milestones, with: {kind: {any: [body, event]}}}", True),
        (TWO, "{some: milestones, with: {kind: {any: $deliverables}}}", True),
        ("publications: [{title: A, formats: [csv, pdf]}]\n", "{some: publications, with: {formats: {all: [csv, pdf]}}}", True),
        ("publications: [{title: A, formats: [csv]}]\n", "{some: publications, with: {formats: {all: [csv, pdf]}}}", False),
        ("publications: [{title: A, formats: [csv, pdf]}]\n", "{some: publications, with: {formats: {min: 2}}}", True),
        ("publications: [{title: A, formats: [csv]}]\n", "{some: publications, with: {formats: {min: 2}}}", False),
        ("publications: [{title: A, formats: [csv]}]\n", "{some: publications, with: {formats: {max: 1}}}", True),
        ("publications: [{title: A}]\n", "{some: publications, with: {formats: {max: 1}}}", False),
        ("milestones: [{title: A, quantity: 4}]\n", "{some: milestones, with: {quantity: {min: 4, max: 5}}}", True),
        ("milestones: [{title: A, quantity: 6}]\n", "{some: milestones, with: {quantity: {min: 4, max: 5}}}", False),
        ("milestones: [{title: A, quantity: 6}]\n", "{some: milestones, with: {quantity: 6}}", True),
        ("publications: [{title: A, bulk: true}]\n", "{some: publications, with: {bulk: true}}", True),
        ("publications: [{title: A, bulk: false}]\n", "{some: publications, with: {bulk: true}}", False),
        ("publications: [{title: A}]\n", "{some: publications, with: {bulk: {present: false}}}", True),
        ("publications: [{title: A, bulk: false}]\n", "{some: publications, with: {bulk: {present: false}}}", False),
        (NAMED, "{some: milestones, with: {due: {before: 2025}}}", True),
        (NAMED, "{some: milestones, with: {due: {before: 2025-05}}}", False),
        (NAMED, "{some: milestones, with: {due: {after: 2025-06-01}}}", True),
        (NAMED, "{some: milestones, with: {due: {after: start}}}", True),
        (NAMED + "end: 2025\n", "{some: milestones, with: {due: {before: end}}}", True),
        (NAMED, "{some: milestones, with: {due: {before: end}}}", False),
        ("milestones: [{title: A, output: We will promote openness}]\n", "{some: milestones, with: {output: {words: [promote]}}}", True),
        ("milestones: [{title: A, output: A promoter}]\n", "{some: milestones, with: {output: {words: [promote]}}}", False),
        ("milestones: [{title: A, output: Será Difusión}]\n", "{some: milestones, with: {output: {words: [difusion]}}}", True),
        (
            "milestones: [{title: A, responsible: [Ministry], verified_by: ministry }]\n",
            "{some: milestones, with: {verified_by: {same_as: responsible}}}",
            True,
        ),
        (
            "leads: [{organisation: Ministry}]\nmilestones: [{title: A, verified_by: Ministry}]\n",
            "{some: milestones, with: {verified_by: {not_same_as: [responsible, leads.organisation]}}}",
            False,
        ),
        ("milestones: [{title: A}]\n", "{some: milestones, with: {verified_by: {not_same_as: responsible}}}", False),
        # conditions joined for one element
        (TWO, "{some: milestones, with: {any_of: [{kind: body}, {kind: law}]}}", True),
        (TWO, "{some: milestones, with: {all_of: [{kind: law}, {due: {before: 2025}}]}}", True),
        (TWO, "{some: milestones, with: {not: {kind: law}, due: {before: 2025}}}", False),
        # ids followed
        (
            NAMED + "publications: [{title: A, milestone: m1}]\n",
            "{some: publications, with: {milestone.due: {before: 2025}}}",
            True,
        ),
        ("publications: [{title: A}]\n", "{some: publications, with: {milestone.due: {present: true}}}", False),
        (
            "instruments: [{id: i, title: Act, binding: true}]\nmechanisms: [{title: A, binding_on: i}]\n",
            "{some: mechanisms, with: {binding_on.binding: true}}",
            True,
        ),
        (
            "instruments: [{id: i, title: tbd, binding: true}]\nmechanisms: [{title: A, binding_on: i}]\n",
            "{some: mechanisms, with: {binding_on.binding: true}}",
            False,
        ),
        ("mechanisms: [{title: A, reply: {within_days: 3}}]\n", "{some: mechanisms, with: {reply.within_days: 3}}", True),
        # unknown is neither
        (TWO, "{some: milestones, with: {where: {present: true}}}", None),
        (TWO, "{every: milestones, with: {where: {present: true}}}", False),
        (TWO, "{none: milestones, with: {where: {present: true}}}", None),
        (TWO, "{not: {some: milestones, with: {where: {present: true}}}}", None),
        (TWO, "{count: milestones, of: where, min: 1}", None),
        (TWO, "{all_of: [{present: end}, {some: milestones, with: {where: {present: true}}}]}", False),
        (TWO, "{any_of: [{some: milestones, with: {kind: law}}, {some: milestones, with: {where: {present: true}}}]}", True),
        (TWO, "{some: milestones, with: {due: {before: as_of}}}", None),
        (NAMED, "{count: milestones, of: due, min: 2}", False),
        ("milestones: [{title: A, due: 2027}, {title: B, due: 2027-12-31}]\n", "{count: milestones, of: due, min: 2}", False),
        ("milestones: [{title: A, unknown: [due]}]\n", "{count: milestones, of: due, min: 2}", False),
        (
            "leads: [{organisation: Ministry}]\nmilestones: [{title: A, verified_by: Ministry.}]\n",
            "{some: milestones, with: {verified_by: {not_same_as: leads.organisation}}}",
            False,
        ),
        ("undescribed: [milestones]\n", "{some: milestones, with: {kind: law}}", None),
        ("undescribed: [milestones]\n", "{count: milestones, of: kind, min: 1}", None),
        ("undescribed: [claims]\n", "{present: claims.accountability}", None),
        (
            "mechanisms: [{title: A, unknown: [reply]}]\n",
            "{some: mechanisms, with: {reply.within_days: {present: true}}}",
            None,
        ),
        (
            "milestones: [{id: m1, title: A, unknown: [due]}]\npublications: [{title: A, milestone: m1}]\n",
            "{some: publications, with: {milestone.due: {present: true}}}",
            None,
        ),
        (
            "publications: [{title: A, contains: [budget], unknown: [contains]}]\n",
            "{some: publications, with: {contains: {any: [budget]}}}",
            True,
        ),
        (
            "publications: [{title: A, contains: [budget], unknown: [contains]}]\n",
            "{some: publications, with: {contains: {any: [audits]}}}",
            None,
        ),
        (
            "publications: [{title: A, contains: [budget], unknown: [contains]}]\n",
            "{some: publications, with: {contains: {max: 1}}}",
            None,
        ),
        (
            "mechanisms: [{title: A, unknown: [reply.within_days]}]\n",
            "{some: mechanisms, with: {reply.within_days: {present: true}}}",
            None,
        ),
        (
            "milestones: [{title: A, verified_by: B, unknown: [responsible]}]\n",
            "{some: milestones, with: {verified_by: {not_same_as: responsible}}}",
            None,
        ),
        (
            "milestones: [{title: A, due: 2025, unknown: [start]}]\n",
            "{some: milestones, with: {due: {after: start}}}",
            None,
        ),
        (
            "milestones: [{title: A, kind: law}, {title: B, unknown: [kind]}]\n",
            "{most: milestones, with: {kind: law}}",
            None,
        ),
    ],
)  # fmt: skip
def test_vocabulary(document_text: str, test: str, expected: bool | None, framework: Framework) -> None:
    assert holds(document_text, test, framework) is expected


def test_an_element_pointed_at_must_reach_the_rung_too(framework: Framework) -> None:
    """A law that is only being considered, or has ended, obliges nobody."""
    for state, expected in (("considered", False), ("ended", False), ("planned", False), ("operational", True)):
        text = f"instruments: [{{id: i, title: Act, binding: true, status: {state}}}]\nmechanisms: [{{title: A, binding_on: i, status: operational}}]\n"
        assert holds(text, "{some: mechanisms, with: {binding_on.binding: true}}", framework, rung=3) is expected, state


def test_an_element_below_the_rung_counts_against(framework: Framework) -> None:
    considered = "publications:\n  - {title: A, access: open, status: considered}\n  - {title: B, access: open}\n"
    for operator, expected in (("some", True), ("every", False), ("most", False), ("none", False)):
        test = f"{{{operator}: publications, with: {{access: {'fee' if operator == 'none' else 'open'}}}}}"
        assert holds(considered, test, framework, rung=2) is expected, operator
    assert holds(considered, "{count: publications, of: access, min: 1}", framework, rung=2) is True


def test_a_gate_asks_no_ceiling(framework: Framework) -> None:
    text = "publications: [{title: A, access: open, status: ended}]\n"
    assert holds(text, "{some: publications, with: {access: open}}", framework, rung=1) is False
    assert holds(text, "{some: publications, with: {access: open}}", framework, rung=0) is True


def test_the_nearest_element_is_named_with_what_it_lacks(framework: Framework) -> None:
    text = (
        "publications:\n  - {title: Far}\n  - {title: Near, access: open, formats: [pdf]}\n"
        "  - {title: Ended, access: open, formats: [pdf], status: ended}\n"
    )
    test = Test.model_validate(
        {"some": "publications", "with": {"access": "open", "formats": {"any": ["csv"]}}, "says": "s", "fix": "f"}
    )
    parsed = document(text)
    fact = ask(test, "x", Reader(parsed.reform, framework, parsed.locate, None), Asking("promise", 1, Ceilings()))
    assert fact.holds is False
    assert fact.nearest is not None
    assert (fact.nearest.place.path, fact.nearest.place.line, fact.nearest.place.column) == ("publications[1]", 6, 5)
    assert [(lack.field, lack.has, lack.needs, lack.write) for lack in fact.nearest.lacks] == [
        ("formats", "pdf", "csv", "[pdf, csv]")
    ]
    assert fact.nearest.held_down_by is None


def test_what_holds_is_shown_with_its_place(framework: Framework) -> None:
    test = Test.model_validate({"any_of": [{"present": "end"}, {"present": "start"}], "says": "s", "fix": "f"})
    parsed = document("end: 2027\n")
    fact = ask(test, "x", Reader(parsed.reform, framework, parsed.locate, None), Asking("promise", 1, Ceilings()))
    assert fact.holds is True
    assert [(place.path, place.line, place.column) for place in fact.places] == [("end", 4, 6)]


def test_of_tests_joined_only_what_is_lacking_comes_near_and_each_place_is_shown_once(framework: Framework) -> None:
    law, body = ({"some": "milestones", "with": {"kind": kind}} for kind in ("law", "body"))
    parsed = document(TWO)
    reader = Reader(parsed.reform, framework, parsed.locate, None)
    both = Test.model_validate({"all_of": [law, body], "says": "s", "fix": "f"})
    fact = ask(both, "x", reader, Asking("promise", 1, Ceilings()))
    assert fact.nearest is not None
    assert {lack.needs for lack in fact.nearest.lacks} == {"body"}
    twice = Test.model_validate({"any_of": [law, law], "says": "s", "fix": "f"})
    assert len(ask(twice, "x", reader, Asking("promise", 1, Ceilings())).places) == 1
