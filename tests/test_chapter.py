"""A whole framework shown: as a chapter and as a blank form, in three forms each; nothing that stands in it is left out."""

import html
import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from markdown_it import MarkdownIt
from rich.cells import cell_len
from typer.testing import CliRunner

from conftest import ROOT, compare_golden
from openreform.cli import main as cli
from openreform.framework import Criterion, Framework
from openreform.loading import crosswalk as crosswalks
from openreform.loading.frameworks import (
    LoadedFramework,
    bundled_names,
    load_bundled,
    load_framework_file,
    parse_framework,
)
from openreform.rendering import chapter as chapters
from openreform.rendering import checklist as forms
from openreform.rendering import pages
from test_framework_check import SOUND
from test_strangers import HOSTILE

RUNNER = CliRunner()
KINDS = ("text", "markdown", "html")
ENDINGS = {"text": "txt", "markdown": "md", "html": "html"}
CLINICS = str(ROOT / "tests" / "clinics.yaml")
"""A small framework that uses all that a framework can hold."""


def loaded(name: str) -> Framework:
    found = load_bundled(name) if name in bundled_names() else load_framework_file(name)
    assert isinstance(found, LoadedFramework), found
    return found.framework


def shown(*arguments: str) -> str:
    result = RUNNER.invoke(cli.app, ["framework", "show", *arguments])
    assert result.exit_code == 0, result.output
    return result.stdout


def words(text: str, kind: str) -> str:
    """What a reader reads, in one line."""
    if kind == "markdown":
        text = MarkdownIt("commonmark").enable("table").render(text)
    if kind != "text":
        text = re.sub(r"<style>.*?</style>", "", text, flags=re.DOTALL)
        text = html.unescape(re.sub(r"<[^>]*>", " ", text))
    return " ".join(text.replace("\u2060", "").split())


def plain(text: str) -> str:
    return " ".join(text.split())


def of_the_chapter(framework: Framework) -> Iterator[str]:
    """Every sentence of a framework that a reader of the chapter needs."""
    yield from (framework.title, framework.version, framework.licence, framework.attribution, *framework.unverified)
    for dimension in framework.dimensions:
        yield from (dimension.title, dimension.question)
    for criterion in framework.criteria:
        yield from (criterion.title, criterion.question, criterion.why, criterion.how_to_raise)
        yield from (*criterion.evidence, *criterion.common_faults, *criterion.foreshadows)
        yield from (part.title for part in criterion.resources)
        yield from (part.idea for part in criterion.derived_from)
        yield from (part.how for part in criterion.corresponds_to)
        for level in criterion.levels:
            yield level.text.rstrip(".") if level.judged else level.text
            yield from (part for part in (level.judged, level.effort_reason) if part)
            if criterion.practice and level.practice_text:
                yield level.practice_text
    for gate in framework.gates:
        yield from (gate.title, gate.question, gate.why, gate.how_to_pass)
        yield from (test.fix for test in gate.tests if test.fix)
        yield from (part.idea for part in gate.derived_from)
    for step in framework.roadmap:
        yield from (step.phase, step.question)
    for source in framework.sources:
        yield from (source.title, source.publisher)


@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.parametrize("name", [*bundled_names(), CLINICS], ids=lambda name: Path(name).stem)
def test_the_chapter_leaves_nothing_out(name: str, kind: str) -> None:
    read = words(shown(name, "-f", kind), kind)
    for sentence in of_the_chapter(loaded(name)):
        assert plain(sentence) in read, sentence


@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.parametrize("name", [*bundled_names(), CLINICS], ids=lambda name: Path(name).stem)
def test_the_form_asks_everything(name: str, kind: str) -> None:
    framework = loaded(name)
    read = words(shown(name, "--checklist", "-f", kind), kind)
    for criterion in framework.criteria:
        for sentence in (criterion.title, criterion.question, *facts_of(criterion)):
            assert plain(sentence).casefold() in read.casefold(), (criterion.id, sentence)
    for step in framework.roadmap:
        assert plain(step.question) in read
    questions = len(framework.criteria)
    assert read.count("I do not know") == questions
    assert read.count("Where the text says so:") == questions
    assert read.count("What shows it at work") == sum(1 for criterion in framework.criteria if criterion.practice)
    assert read.count("Does not apply here") == sum(1 for criterion in framework.criteria if criterion.may_not_apply)
    for label in ("Country:", "Filled in by", "Date:", "How to fill it in", "Send it to:"):
        assert label in read


def facts_of(criterion: Criterion) -> Iterator[str]:
    """What must stand beside a box, or above several."""
    for level in criterion.levels:
        yield level.text.rstrip(".")
        yield from (level.judged,) if level.judged else ()
        if len(level.tests) > 1:
            yield from (test.says or "" for test in level.tests)
        if criterion.practice and level.practice_text:
            yield level.practice_text


def boxes(question: forms.Question) -> tuple[int, int]:
    return sum(row.promise for row in question.rows), sum(row.practice for row in question.rows)


@pytest.mark.parametrize("name", [*bundled_names(), CLINICS], ids=lambda name: Path(name).stem)
def test_there_is_a_box_for_each_fact_and_side(name: str) -> None:
    framework = loaded(name)
    asked = {question.id: question for part in forms.form(framework).parts for question in part.questions}
    assert list(asked) == [c.id for d in framework.dimensions for c in framework.criteria_of(d.id)]
    for criterion in framework.criteria:
        promised = sum(max(1, len(level.tests)) for level in criterion.levels)
        practised = sum(max(1, len(level.tests_for("practice"))) for level in criterion.levels)
        assert boxes(asked[criterion.id]) == (promised, practised if criterion.practice else 0), criterion.id
        assert [row.level for row in asked[criterion.id].rows if row.level] == [
            str(number) for number in range(1, len(criterion.levels) + 1)
        ]


@pytest.mark.parametrize("kind", KINDS)
def test_the_boxes_are_drawn(kind: str) -> None:
    drawn = shown(CLINICS, "--checklist", "-f", kind)
    box = {"text": "[ ]", "markdown": "☐", "html": 'aria-label="box to tick"'}[kind]
    rows = [row for part in forms.form(loaded(CLINICS)).parts for question in part.questions for row in question.rows]
    beside = len(loaded(CLINICS).criteria)  # "I do not know"
    assert drawn.count(box) > sum(row.promise + row.practice for row in rows) + beside


@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.parametrize(
    ("name", "option"), [("clinics", ""), ("clinics", "--checklist"), ("involve-ogp", "--checklist")]
)
def test_it_is_as_it_was(name: str, option: str, kind: str, accept: bool) -> None:
    if name == "involve-ogp" and kind != "text":
        return  # the same templates as for the small one
    argument = CLINICS if name == "clinics" else name
    golden = ROOT / "tests" / "golden" / "framework" / f"{name}{'-form' if option else ''}.{ENDINGS[kind]}"
    compare_golden(golden, shown(argument, *([option] if option else []), "-f", kind), accept)


@pytest.mark.parametrize("option", [[], ["--checklist"]])
def test_text_fits_and_links_stay_whole(option: list[str]) -> None:
    for name in (*bundled_names(), CLINICS):
        for line in shown(name, *option).split("\n"):
            assert cell_len(line) <= 80 or "https://" in line or "http://" in line


def test_sources_are_numbered_and_cited_by_number() -> None:
    text = shown(CLINICS)
    framework = loaded(CLINICS)
    for number, source in enumerate(framework.sources, start=1):
        assert f"[{number}]  {source.publisher}, {source.title}" in text
    first = framework.criteria[0].derived_from[0]
    number = [source.id for source in framework.sources].index(first.source) + 1
    assert f"- {first.idea} [{number}]" in text


def test_how_to_read_it_is_told_from_the_frameworks_own_data() -> None:
    read = words(shown(CLINICS), "text")
    for sentence in (
        "It has 3 criteria, in 2 dimensions.",
        "A criterion has up to 3 levels.",
        "A criterion that sets points of its own says so.",
        "where low counts 1, medium counts 3.",
        "2 of the 3 criteria ask for both; the others are about the text alone.",
        "only being considered: up to level 1",
        "from 0 “weak on …”",
        "Both is made of Listening and Showing: take the square root of each score, average, and square.",
        "one at 90 and the rest at 10 make 40.0, where a plain mean would make 50.0.",
        "Where it is under 50 % in Listening and Showing together, Both has no score.",
        "Weight 2, 66.7 % of Listening.",
        "The levels score 20, 100 of 100.",
        "May be called not applicable, with a reason.",
        "Where a level says that a person judges it",
    ):
        assert sentence in read, sentence
    sound = parse_framework(SOUND.replace("exponent: 0.5", "exponent: 1"), "x.yaml")
    assert isinstance(sound, LoadedFramework)
    read = words(chapters.page(chapters.chapter(sound.framework, lambda _: ())).text(), "text")
    assert "Both is the mean of Listening and Showing." in read
    assert "Every criterion asks for both." in read
    other = parse_framework(SOUND.replace("exponent: 0.5", "exponent: 0.25"), "x.yaml")
    assert isinstance(other, LoadedFramework)
    read = words(chapters.page(chapters.chapter(other.framework, lambda _: ())).text(), "text")
    assert "each score to the power of 0.25, their mean, and back by the power of 4." in read
    alone = sound.framework.model_copy(update={"overall": None})
    read = words(chapters.page(chapters.chapter(alone, lambda _: ())).text(), "text")
    assert "There is no single score: each dimension stands for itself." in read


@pytest.mark.parametrize("text", HOSTILE.values(), ids=list(HOSTILE))
def test_a_strangers_framework_is_shown_as_text(text: str) -> None:
    framework = loaded(CLINICS)
    strange = framework.model_copy(
        update={
            "title": text,
            "attribution": text,
            "unverified": (text,),
            "criteria": tuple(
                part.model_copy(update={"title": text, "question": text, "how_to_raise": text, "evidence": (text,)})
                for part in framework.criteria
            ),
        }
    )
    chapter, form = chapters.chapter(strange, lambda _: ()), forms.form(strange)
    for made in (pages.framework_html(chapter), pages.checklist_html(form)):
        assert "<script" not in made
        assert "<img" not in made
        assert not re.search("[\u202a-\u202e\u2066-\u2069\x1b]", made)
    for made in (pages.framework_markdown(chapter), pages.checklist_markdown(form)):
        rendered = MarkdownIt("commonmark").enable("table").render(made)
        assert "<script" not in rendered
        assert "<img" not in rendered
        assert len(re.findall(r"<h1>", rendered)) == 1
    for page in (chapters.page(chapter), forms.page(form)):
        assert not re.search("[\u202a-\u202e\u2066-\u2069\x1b]", page.text())
        assert all(cell_len(line) <= 80 or "http" in line for line, _ in page.lines)


# --- Other frameworks -------------------------------------------------------------------------------------

OTHER = SOUND.replace(
    "    levels:\n      - text: It is shown",
    '    corresponds_to: [{criterion: "involve-ogp:T5", how: asks part of the same}]\n    levels:\n      - text: It is shown',
)


@pytest.fixture
def two_frameworks(monkeypatch: pytest.MonkeyPatch) -> Iterator[Framework]:
    """As if a second framework came with the tool, which names a criterion of the default one."""
    other = parse_framework(OTHER, "clinics.yaml")
    assert isinstance(other, LoadedFramework), other

    def load(name: str) -> LoadedFramework:
        return other if name == "clinics" else load_bundled(name)

    monkeypatch.setattr(crosswalks, "bundled_names", lambda: ["clinics", "involve-ogp"])
    monkeypatch.setattr(crosswalks, "load_bundled", load)
    crosswalks._naming.cache_clear()  # what was gathered without the second one
    yield other.framework
    crosswalks._naming.cache_clear()


def test_counterparts_are_told_in_both_directions(two_frameworks: Framework) -> None:
    named = crosswalks.counterparts(two_frameworks, "S1")
    assert [(part.name, part.title, part.how, part.said_by) for part in named] == [
        ("involve-ogp:T5", "Open form", "asks part of the same", "clinics")
    ]
    naming = crosswalks.counterparts(loaded("involve-ogp"), "t5")
    assert ("clinics:S1", "Shown", "asks part of the same", "clinics") in [
        (part.name, part.title, part.how, part.said_by) for part in naming
    ]
    assert crosswalks.counterparts(two_frameworks, "L1") == ()
    assert crosswalks.counterparts(two_frameworks, "none") == ()


def test_explain_and_show_tell_them(two_frameworks: Framework) -> None:
    explained = words(RUNNER.invoke(cli.app, ["explain", "T5"]).stdout, "text")
    assert "In other frameworks clinics:S1 Shown. In its words: asks part of the same" in explained
    for kind in KINDS:
        read = words(shown("involve-ogp", "-f", kind), kind)
        assert "clinics:S1 Shown. In its words: asks part of the same" in read
        assert "Criteria of other frameworks that answer to those of this one" in read


def test_a_tailored_framework_keeps_the_counterparts_of_its_own(two_frameworks: Framework) -> None:
    tailored = load_framework_file(str(ROOT / "docs" / "health-services.yaml"))
    assert isinstance(tailored, LoadedFramework), tailored
    assert "clinics:S1" in [part.name for part in crosswalks.counterparts(tailored.framework, "T5")]


@pytest.mark.parametrize("kind", KINDS)
def test_the_chapter_on_a_tailored_framework_says_what_is_changed(kind: str) -> None:
    read = words(shown(str(ROOT / "docs" / "health-services.yaml"), "-f", kind), kind)
    assert "What is changed Made from involve-ogp 0.3.0, whose criteria keep their ids here." in read
    assert "T2 Performance and outcomes counts 2 here, 1 there." in read
    assert "T3 Money and contracts is left out: Money and contracts of health services" in read
    assert "H1 Patients' safety reports is added." in read


@pytest.mark.parametrize("option", [["--full"], ["-f", "markdown"], ["-f", "html"]])
def test_reports_name_them(two_frameworks: Framework, option: list[str]) -> None:
    report = RUNNER.invoke(cli.app, ["assess", str(ROOT / "examples" / "it-opencoesione.yaml"), *option])
    kind = "text" if option == ["--full"] else option[1]
    assert re.search("n other frameworks:? clinics:S1 Shown", words(report.stdout, kind))


def test_the_json_report_carries_them(two_frameworks: Framework) -> None:
    report = RUNNER.invoke(cli.app, ["assess", str(ROOT / "examples" / "it-opencoesione.yaml"), "-f", "json"])
    assert '"criterion": "clinics:S1",' in report.stdout


def test_a_plain_report_reads_no_other_framework(monkeypatch: pytest.MonkeyPatch) -> None:
    def never(_: str) -> LoadedFramework:
        raise AssertionError("another framework was read")

    monkeypatch.setattr(crosswalks, "load_bundled", never)
    crosswalks._naming.cache_clear()
    for option in ([], ["-f", "csv"]):
        result = RUNNER.invoke(cli.app, ["assess", str(ROOT / "examples" / "id-lapor.yaml"), *option])
        assert result.exit_code == 0, result.output
