"""The evidence list of an assessment: what each entry says, and which parts of the document rest on it."""

from conftest import assessed
from openreform.framework import Framework

TEXT = """\
objective: {text: People wait less, evidence: [asked]}
mechanisms:
  - {id: a, title: Complaints, status: operational, evidence: [counted, site]}
  - {id: b, title: Panel, evidence: [site]}
judgements: {T2: {level: 1, because: Seen, evidence: [counted], by: a reviewer}}
evidence:
  - {id: site, title: The website, kind: working, url: "https://example.org/", date: 2024-05}
  - {id: counted, title: The count, publisher: Office of counting, independent: true}
  - {id: asked, title: The survey}
  - {title: Named by nothing}
"""


def test_each_entry_says_which_parts_rest_on_it(framework: Framework) -> None:
    found = {item.title: item for item in assessed(TEXT, framework).evidence}
    assert {title: [place.path for place in item.supports] for title, item in found.items()} == {
        "The website": ["mechanisms[0]", "mechanisms[1]"],
        "The count": ["mechanisms[0]", "judgements.T2"],
        "The survey": ["objective"],
        "Named by nothing": [],
    }
    site, count = found["The website"], found["The count"]
    assert (site.kind, site.url, site.date, site.independent) == ("working", "https://example.org/", "2024-05", False)
    assert (count.kind, count.publisher, count.date, count.independent) == (
        "statement",
        "Office of counting",
        None,
        True,
    )
    assert (site.place.path, site.place.line) == ("evidence[0]", 10)
    assert [item.id for item in found.values()] == ["site", "counted", "asked", None]


def test_what_rests_on_evidence_is_named_as_it_is_elsewhere(framework: Framework) -> None:
    places = {place.path: place for item in assessed(TEXT, framework).evidence for place in item.supports}
    assert {path: (place.name, place.line, place.key) for path, place in places.items()} == {
        "objective": ("objective", 4, ""),
        "mechanisms[0]": ("Complaints", 6, "a"),
        "mechanisms[1]": ("Panel", 7, "b"),
        "judgements.T2": ("T2", 8, "T2"),
    }
