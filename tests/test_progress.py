"""Progress: dates at their boundaries, figures as people write them, completion from what is described, every format."""

import csv
import html
import json
import re
from datetime import date, timedelta
from functools import cache
from html.parser import HTMLParser
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from typer.testing import CliRunner

from conftest import ROOT, compare_golden, document
from openreform.cli import main as cli
from openreform.framework import Framework
from openreform.loading.frameworks import LoadedFramework, load_framework_file
from openreform.messages.progress import COMPLETION, PROGRESS, READING, TIMING, WHY
from openreform.progress import COMPLETIONS, READ, Completion, Progress, Timing
from openreform.reform import PartialDate
from openreform.rendering import pages
from openreform.rendering.progress import message, span_words
from openreform.rendering.timeline import letters, picture
from openreform.scoring.assess import Origin, assess
from openreform.scoring.figures import date_in, figure
from openreform.scoring.progress import against, combined, span_between
from test_strangers import HOSTILE

RUNNER = CliRunner()
EXAMPLE = "docs/answers-in-time.yaml"
TABLES = Path(__file__).parent / "progress"
GOLDEN = Path(__file__).parent / "golden" / "progress"


def table(name: str) -> list[dict[str, str]]:
    with (TABLES / name).open(encoding="utf-8", newline="") as lines:
        return [
            {key: value or "" for key, value in row.items()}
            for row in csv.DictReader(lines, delimiter="\t", quoting=csv.QUOTE_NONE)
        ]


def progress(text: str, framework: Framework, as_of: str = "") -> Progress:
    parsed = document(text)
    day = PartialDate.read(as_of) if as_of else None
    found = assess(parsed.reform, framework, parsed.locate, Origin("x.yaml", parsed.digest, "sha256:0"), day).progress
    assert found is not None
    return found


@cache
def small() -> Framework:
    """The framework of the fixture, for properties: hypothesis would write out what it is handed."""
    loaded = load_framework_file(str(ROOT / "tests" / "small_framework.yaml"))
    assert isinstance(loaded, LoadedFramework), loaded
    return loaded.framework


def run(*arguments: str) -> str:
    result = RUNNER.invoke(cli.app, ["assess", *arguments, "--isolated", "-q"])
    assert result.exit_code == 0, result.output
    return result.stdout


# --- Dates ------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("row", table("dates.tsv"), ids=lambda row: row["case"])
def test_a_milestone_against_its_date(row: dict[str, str], framework: Framework) -> None:
    text = f"start: 2024-01\nstage: implementing\nmilestones: [{{id: m, title: A step, {row['milestone']}}}]\n"
    text += "publications: [{title: A page, milestone: m, status: planned}]\n"
    (found,) = progress(text, framework, row["as_of"]).milestones
    span = found.when.span
    assert (found.when.timing, found.when.last_day or "", str(span.total_days) if span else "") == (
        row["timing"],
        row["last_day"],
        row["days"],
    )


@given(st.dates(date(1900, 1, 1), date(2200, 12, 31)), st.dates(date(1900, 1, 1), date(2200, 12, 31)))
def test_a_day_is_late_from_the_day_after_on(due: date, day: date) -> None:
    timing, span = against(PartialDate.read(due.isoformat()), PartialDate.read(day.isoformat()))
    assert timing == ("overdue" if day > due else "not-due")
    assert span is not None
    assert span.total_days == abs((day - due).days)


@given(st.dates(date(1900, 1, 1), date(2200, 12, 31)), st.integers(0, 20_000))
def test_a_span_is_made_of_its_parts(start: date, days: int) -> None:
    end = start + timedelta(days=days)
    span = span_between(start, end)
    assert span.total_days == days
    assert span.years >= 0
    assert 0 <= span.months < 12
    assert 0 <= span.days < 31
    assert span_between(start, end + timedelta(days=1))[1:] > span[1:]


def test_spans_are_told_by_their_two_largest_units() -> None:
    told = {
        (date(2024, 1, 1), date(2024, 1, 1)): "0 days",
        (date(2024, 1, 1), date(2024, 1, 2)): "1 day",
        (date(2024, 1, 31), date(2024, 2, 29)): "1 month",
        (date(2024, 1, 1), date(2024, 3, 3)): "2 months and 2 days",
        (date(2024, 1, 1), date(2025, 1, 2)): "1 year",
        (date(2024, 1, 1), date(2026, 2, 9)): "2 years and 1 month",
    }
    assert {days: span_words(span_between(*days)) for days in told} == told


# --- Figures ----------------------------------------------------------------------------------------------


@pytest.mark.parametrize("row", table("figures.tsv"), ids=lambda row: row["text"][:40] or "empty")
def test_a_figure_as_people_write_it(row: dict[str, str]) -> None:
    found = figure(row["text"], row["unit"] or None)
    if not row["value"]:
        assert found is None
        return
    assert found is not None
    assert (found.value, found.unit) == (float(row["value"]), row["read_unit"])
    assert (found.date.text if found.date else "") == row["date"]


@given(st.text(alphabet="0123456789.,-% ()abcé[]–/$", max_size=60))
def test_any_text_is_read_or_is_none(text: str) -> None:
    found = figure(text)
    assert found is None or found.value == found.value
    assert date_in(text) is None or date_in(text) == date_in(text)


@pytest.mark.parametrize("row", table("targets.tsv"), ids=lambda row: row["case"])
def test_an_indicator_against_its_target(row: dict[str, str], framework: Framework) -> None:
    measured = [part.strip() for part in row["measured"].split("|") if part.strip()]
    text = f"indicators: [{{title: A figure, {row['indicator']}, evidence: [{', '.join(f'e{n}' for n, _ in enumerate(measured))}]}}]\n"
    text += "".join(
        ["evidence:\n" if measured else ""]
        + [f'  - {{id: e{n}, title: "A report: {part}"}}\n' for n, part in enumerate(measured)]
    )
    (found,) = progress(text, framework, row["as_of"]).indicators
    share = "" if found.share is None else f"{found.share:.6g}"
    days = str(found.when.span.total_days) if found.when.span else ""
    assert (found.reading, share, found.when.timing, days) == (row["reading"], row["share"], row["timing"], row["days"])
    assert (found.share is not None) == (found.reading in READ)


def test_every_word_for_a_reading_and_a_timing_is_met_in_a_table() -> None:
    met = {row["reading"] for row in table("targets.tsv")}
    assert met == set(READING)
    timings = {row["timing"] for row in (*table("targets.tsv"), *table("dates.tsv"))}
    assert timings == set(TIMING) - {"due-today"}
    assert {row["completion"] for row in table("completion.tsv")} == set(COMPLETION) == set(COMPLETIONS)


# --- Completion -------------------------------------------------------------------------------------------


@pytest.mark.parametrize("row", table("completion.tsv"), ids=lambda row: row["case"])
def test_completion_follows_from_what_is_described(row: dict[str, str], framework: Framework) -> None:
    things = []
    for number, told in enumerate(row["things"].split()):
        status, _, evidence = told.partition("+")
        said = {"-": "", "unknown": ", unknown: [status]"}.get(status, f", status: {status}")
        things.append(f"{{title: Page {number}, milestone: m{said}{f', evidence: [{evidence}]' if evidence else ''}}}")
    text = (
        f"stage: {row['stage']}\nmilestones: [{{id: m, title: A step, due: 2026-06}}]\npublications: [{', '.join(things)}]\n"
        "evidence:\n  - {id: early, title: A page, date: 2025}\n  - {id: late, title: A page, date: 2027-02}\n"
        "  - {id: empty, title: TBD}\n"
    )
    found = progress(text, framework, row["as_of"])
    assert (found.milestones[0].completion, found.milestones[0].why) == (row["completion"], row["why"])
    assert found.completion == row["completion"]


@given(st.lists(st.sampled_from(COMPLETIONS), max_size=8))
def test_of_one_step_more_the_whole_is_never_less(parts: list[Completion]) -> None:
    """Begun is more than not begun; between no evidence and not begun there is no more or less."""
    rank = {"no-evidence": 0, "not-started": 0, "limited": 1, "substantial": 2, "complete": 3}
    whole = combined(parts)
    assert whole == combined(reversed(parts))
    for index in range(len(parts)):
        raised: list[Completion] = [*parts[:index], "complete", *parts[index + 1 :]]
        assert rank[combined(raised)] >= rank[whole]
    assert (whole == "complete") == (bool(parts) and set(parts) == {"complete"})


def test_evidence_tells_on_time_late_and_neither(framework: Framework) -> None:
    def timing(evidence: str) -> tuple[Timing, str | None]:
        text = (
            "milestones: [{id: m, title: A step, due: 2025-06}]\n"
            "publications: [{title: A page, milestone: m, status: operational, evidence: [e]}]\n"
            f"evidence: [{{id: e, title: A page{evidence}}}]\n"
        )
        (found,) = progress(text, framework, "2026-01-01").milestones
        return found.when.timing, span_words(found.when.span) if found.when.span else None

    assert timing(", date: 2025-06-30") == ("on-time", None)
    assert timing(", date: 2025-06") == ("on-time", None)
    assert timing(", date: 2025-07-01") == ("late", "1 day")
    assert timing(", date: 2025-07") == ("late", "1 day")
    assert timing(", date: 2025") == ("done", None)
    assert timing("") == ("done", None)


def test_without_milestones_the_whole_is_what_is_described(framework: Framework) -> None:
    assert progress("stage: draft\n", framework).rests_on == "nothing"
    thing = "publications: [{title: A page, status: operational, evidence: [e]}]\nevidence: [{id: e, title: A page}]\n"
    assert (progress(thing, framework).rests_on, progress(thing, framework).completion) == ("things", "complete")


def test_how_a_text_was_written_is_not_delivered_by_it(framework: Framework) -> None:
    thing = "co_creation: [{title: A round, status: ended, evidence: [e]}]\nevidence: [{id: e, title: Minutes}]\n"
    assert progress(thing, framework).others == ()


def test_a_plan_has_no_progress_of_its_own() -> None:
    told = json.loads(
        run(str(next((ROOT / "examples" / "plans").glob("*.yaml"))), "--framework", "ogp-co-creation", "-f", "json")
    )
    assert told["assessments"][0]["progress"] is None


class Tags(HTMLParser):
    """The tags of a piece of HTML with the names of their attributes, as a browser reads them."""

    def __init__(self) -> None:
        super().__init__()
        self.seen: list[tuple[str, list[str]]] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.seen.append((tag, [name for name, _ in attrs]))


# --- Formats ----------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("name", "options"),
    [("text", ()), ("full", ("--full",)), ("markdown", ("-f", "markdown")), ("html", ("-f", "html"))],
)
def test_the_section_in_every_format(name: str, options: tuple[str, ...], accept: bool) -> None:
    report = run(EXAMPLE, *options)
    start = re.search(r"^(## |[^\n]*id=.r-1-progress.>)?Progress as of", report, re.MULTILINE)
    assert start is not None
    section = report[start.start() :]
    end = re.search(r"</section>\n|\n(## )?Faults\n", section)
    assert end is not None
    compare_golden(GOLDEN / f"{name}.txt", section[: end.end()], accept)


def test_the_section_in_json(accept: bool) -> None:
    (told,) = json.loads(run(EXAMPLE, "-f", "json"))["assessments"]
    compare_golden(GOLDEN / "json.txt", json.dumps(told["progress"], indent=1, ensure_ascii=False) + "\n", accept)


def test_the_day_decides_and_no_clock() -> None:
    early, late = (
        json.loads(run(EXAMPLE, "-f", "json", "--as-of", day))["assessments"][0]["progress"]
        for day in ("2025-12-31", "2026-01-01")
    )
    assert [part["timing"] for part in early["milestones"]][2] == "not-due"
    assert (late["milestones"][2]["timing"], late["milestones"][2]["days"]) == ("overdue", 1)


def test_without_a_day_the_report_says_so(tmp_path: Path) -> None:
    text = (ROOT / EXAMPLE).read_text(encoding="utf-8")
    undated = tmp_path / "undated.yaml"
    undated.write_text(re.sub(r"^assessed:.*\n", "", text, flags=re.MULTILINE), encoding="utf-8")
    report = " ".join(run(str(undated)).split())
    assert "name one with --as-of" in report
    assert "no day to compare with" in report
    assert "Without a day, nobody can say whether a milestone is overdue." in report
    assert "overdue by" not in report


def many(count: int) -> str:
    return "milestones:\n" + "".join(f"  - {{id: m{n}, title: Step {n}, due: {2000 + n % 90}}}\n" for n in range(count))


def test_a_long_list_is_cut_and_says_so(framework: Framework) -> None:
    found = progress(many(60), framework, "2030-01-01")
    drawn = picture(found)
    assert drawn is not None
    assert len(drawn.marks) == 20
    assert "20 of 60" in drawn.cut
    assert all(len(line) <= 76 for line in letters(found))
    assert drawn.ticks[0].label == "2000"


@given(
    st.lists(
        st.tuples(st.integers(1900, 2200), st.one_of(st.none(), st.integers(1900, 2200))), min_size=1, max_size=12
    ),
    st.one_of(st.none(), st.integers(1900, 2200)),
)
def test_every_mark_lies_in_the_picture(years: list[tuple[int, int | None]], day: int | None) -> None:
    text = "milestones:\n" + "".join(
        f"  - {{title: Step {n}, due: {due}{f', start: {min(start, due)}' if start else ''}}}\n"
        for n, (due, start) in enumerate(years)
    )
    found = progress(text, small(), str(day) if day else "")
    drawn = picture(found)
    assert drawn is not None
    for mark in drawn.marks:
        assert 0 <= mark.begins <= mark.due <= 100
        assert mark.until is None or mark.due <= mark.until <= 100
    assert 1 <= len(drawn.ticks) <= 7
    assert message(found) in drawn.description
    assert len({len(line) for line in letters(found)} & set(range(77, 200))) == 0


@pytest.mark.parametrize("name", sorted(HOSTILE))
def test_strangers_words_stay_words(name: str, framework: Framework) -> None:
    value = json.dumps(HOSTILE[name], ensure_ascii=False)
    text = (
        f"milestones: [{{id: m, title: {value}, due: 2025, start: 2024}}]\n"
        f"indicators: [{{title: {value}, baseline: {value}, target: {value}, evidence: [e]}}]\n"
        f"publications: [{{title: {value}, milestone: m, status: operational, evidence: [e]}}]\n"
        f"evidence: [{{id: e, title: {value}}}]\n"
    )
    parsed = document(text)
    assessment = assess(
        parsed.reform, framework, parsed.locate, Origin("x.yaml", parsed.digest, "sha256:0"), PartialDate.read("2026")
    )
    page = pages.html([assessment])
    (svg,) = re.findall(r"<svg.*?</svg>", page, re.DOTALL)
    read = Tags()
    read.feed(svg)
    assert {tag for tag, _ in read.seen} <= {"svg", "line", "text", "g", "circle"}
    assert not [name for _, names in read.seen for name in names if name.startswith("on")]
    assert "\u202e" not in html.unescape(page)
    (markdown,) = pages.markdown([assessment])
    fenced = re.search(r"^```text\n(.*?)^```$", markdown, re.DOTALL | re.MULTILINE)
    assert fenced is not None
    assert len(fenced[1].splitlines()) == len(letters(assessment.progress or pytest.fail("no progress")))
    assert set(fenced[1]) <= set(" ─●○▲◇│\n,()") | set("abcdefghijklmnopqrstuvwxyz0123456789-")


def test_every_sentence_is_used() -> None:
    """A key stands in the code or a template in quotes, or is put together from one of these beginnings."""
    source = ROOT / "src" / "openreform"
    code = "".join(
        path.read_text(encoding="utf-8")
        for path in (*source.rglob("*.py"), *source.rglob("*.j2"))
        if path.parent.name != "messages"
    )
    made = ("whole-", "key-", "others-", "not-shown-", "shown-", "year", "month", "day")
    unused = [
        key for catalogue in (PROGRESS, WHY) for key in catalogue if f'"{key}"' not in code and not key.startswith(made)
    ]
    assert not unused


def test_beside_the_codes_of_the_irm() -> None:
    """As docs/progress.md counts them: of the examples with a code, how many come out the same, lower and higher here."""
    told = json.loads(run(*sorted(str(path) for path in (ROOT / "examples").glob("*.yaml")), "-f", "json"))[
        "assessments"
    ]
    differences = []
    for each in told:
        code = each["irm"].get("completion_end_of_term") or each["irm"].get("completion_progress")
        if code:
            here = COMPLETIONS.index(each["progress"]["completion"])
            differences.append(here - COMPLETIONS.index(code))
    assert (len(differences), differences.count(0), sum(d < 0 for d in differences)) == (10, 2, 7)
