"""The language of strangers' words, told from the words themselves or not at all."""

from pathlib import Path

import pytest

from conftest import assessed
from openreform.framework import Framework
from openreform.rendering import pages
from openreform.rendering.languages import language_of

CASES = [
    line.split("\t")
    for line in (Path(__file__).parent / "languages.tsv").read_text(encoding="utf-8").splitlines()
    if not line.startswith("#")
]


@pytest.mark.parametrize(("text", "country", "language"), CASES, ids=[case[0][:30] for case in CASES])
def test_the_language_is_told_or_left_open(text: str, country: str, language: str) -> None:
    assert (language_of(text, country.replace("-", "", len(country) == 1) or None) or "-") == language


def test_a_passage_is_marked_wherever_it_stands(framework: Framework) -> None:
    result = assessed(
        "country: UA\n"
        "publications: [{title: Відкриті дані про закупівлі, access: open, evidence: [e1], status: operational}]\n"
        "evidence: [{id: e1, title: Звіт <b> про дані, publisher: The Ministry, kind: document, url: 'https://example.org'}]\n",
        framework,
    )
    page = pages.html([result])
    marked = '<span lang="uk">Відкриті дані про закупівлі</span>'
    assert page.count(marked) == page.count("Відкриті дані про закупівлі") > 1
    assert '<span lang="uk">Звіт &lt;b&gt; про дані</span>' in page


def test_what_is_written_from_the_right_is_turned(framework: Framework) -> None:
    page = pages.html([assessed("country: TN\nleads: [{organisation: البوابة الوطنية}]\n", framework)])
    assert 'lang="ar" dir="rtl"' not in page.split("<main")[0]
    titled = pages.html(
        [assessed("country: TN\npublications: [{title: البوابة الوطنية للبيانات, access: open}]\n", framework)]
    )
    assert '<span lang="ar" dir="rtl">البوابة الوطنية للبيانات</span>' in titled


def test_english_is_not_marked(framework: Framework) -> None:
    page = pages.html([assessed("publications: [{title: Data on the service, access: open}]\n", framework)])
    assert page.count("lang=") == 1
