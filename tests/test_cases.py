"""The case library: what is found, how it is told, and which case is cited for what is short."""

import json
import re
from collections.abc import Callable
from pathlib import Path
from typing import Any

import jsonschema
import pytest
from rich.cells import cell_len
from typer.testing import CliRunner, Result

from conftest import ROOT, compare_golden, finding, reform_of
from openreform import library
from openreform.assessment import Assessment, Case, Precedent, Step, Steps
from openreform.cli import main as cli
from openreform.framework import Framework
from openreform.library import SECTORS, Library, case_of, to_learn_from
from openreform.loading.cases import load_case
from openreform.loading.frameworks import LoadedFramework, bundled_names, load_bundled, load_framework_file
from openreform.messages.fields import words_of_values
from openreform.rendering import case_pages, pages, schemas
from openreform.rendering import cases as rendering
from openreform.rendering import csv as csv_report
from openreform.rendering import json as json_report
from openreform.rendering import text as text_report
from openreform.rendering.cases import Listing, Told
from openreform.rendering.citing import cited, who_does_it
from openreform.running import run_all
from openreform.scoring.assess import Origin, assess

RUNNER = CliRunner()
GOLDENS = ROOT / "tests" / "golden" / "cases"
ENDINGS = {"text": "txt", "json": "json", "markdown": "md", "html": "html"}
SMALL = ROOT / "tests" / "small_framework.yaml"
DRAFT = "openreform: 1\nid: draft\ntitle: A draft\ncountry: KE\n"
INDEX = "involve-ogp.prepared"


def run(*arguments: str, text: str | None = None) -> Result:
    return RUNNER.invoke(cli.app, list(arguments), input=text)


def plain(text: str) -> str:
    return " ".join(text.split())


def small() -> LoadedFramework:
    found = load_framework_file(str(SMALL))
    assert isinstance(found, LoadedFramework), found
    return found


def shelf(folder: Path, **documents: str) -> Path:
    """A library of its own: documents by id, the fields after the three required ones."""
    for name, text in documents.items():
        ident = name.replace("_", "-")
        (folder / f"{ident}.yaml").write_text(
            f"openreform: 1\nid: {ident}\ntitle: Case {ident}\n{text}", encoding="utf-8"
        )
    return folder


def open_form(level: int, practice: int = 0, sector: str = "") -> str:
    """A document that promises a level of T5, the open form, and shows another in practice."""
    fields = ["access: open", "formats: [csv]", "licence: CC-BY-4.0", "bulk: true, standard: S"]
    kinds = ["statement", "document", "working", "check"]
    shown = ", status: operational, evidence: [e]" if practice else ", milestone: m"
    evidence = f"evidence: [{{id: e, title: E, kind: {kinds[practice - 1]}, publisher: P, url: 'https://example.org/', independent: true}}]\n"
    return (
        (f"sector: [{sector}]\n" if sector else "")
        + "leads: [{organisation: L}]\nmilestones: [{id: m, title: Step, due: 2027-01, responsible: [L]}]\n"
        + f"publications: [{{title: Data, {', '.join(fields[:level])}{shown}}}]\n"
        + (evidence if practice else "")
    )


# --- Which case to learn from -----------------------------------------------------------------------------------


def precedent(ident: str, promise: int | None, practice: int | None, sector: str = "") -> Precedent:
    return Precedent(Case(ident, f"Case {ident}", "KE", None, (sector,) if sector else ()), promise, practice)


def test_the_same_sector_goes_first_then_practice_then_promise_then_the_id() -> None:
    ranked = [
        precedent("e-health", 1, 0, "health"),
        precedent("d-practised", 3, 3, "education"),
        precedent("c-promised", 4, 2),
        precedent("a-less", 3, 2, "economy"),
        precedent("b-less", 3, 2),
        precedent("a-unseen", 2, 0),
        precedent("b-unlooked", 2, None),
    ]
    shuffled = ranked[1::2] + ranked[::2]
    assert sorted(shuffled, key=lambda each: to_learn_from(each, ("health", "culture"))) == ranked


def test_without_a_sector_none_goes_first() -> None:
    ranked = [precedent("b", 2, 2, "education"), precedent("a", 2, 1, "health")]
    assert sorted(ranked, key=lambda each: to_learn_from(each, ())) == ranked


class Given(Library):
    """A library whose levels are given."""

    def __init__(self, *given: Precedent) -> None:
        super().__init__(load_bundled("involve-ogp"))
        self.given = list(given)

    def precedents(self, criterion: str) -> list[Precedent]:
        return self.given


def test_the_best_holds_the_level_wanted_and_is_never_the_document_itself() -> None:
    given = Given(precedent("a", 4, 4, "health"), precedent("b", 2, 2, "health"), precedent("c", 3, 0))

    def best(level: int, but_not: str = "x", sector: str = "health") -> str | None:
        found = given.best("T5", level, (sector,), but_not)
        return found.case.id if found else None

    assert best(1) == "a"
    assert best(2, but_not="a") == "b"
    assert best(3, but_not="a") == "c"  # b is of the sector, but does not hold it
    assert best(4, but_not="a") is None
    assert best(1, but_not="a", sector="culture") == "b"


def test_what_was_not_assessed_holds_nothing() -> None:
    given = Given(precedent("a", None, None), precedent("b", 1, None))
    found = given.best("T5", 1, (), "x")
    assert found is not None
    assert found.case.id == "b"
    assert [each.case.id for each in given.who_does_it("T5", ())] == ["b"]


def test_those_that_reach_a_level_are_best_first_on_the_side_asked_for() -> None:
    given = Given(precedent("a", 4, 1), precedent("b", 3, 3), precedent("c", 4, 2), precedent("d", 2, 2))
    assert [each.case.id for each in given.that_reach("T5", 3, "promise")] == ["c", "a", "b"]
    assert [each.case.id for each in given.that_reach("T5", 2, "practice")] == ["b", "c", "d"]


# --- The levels ---------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("name", [*bundled_names(), str(SMALL)], ids=lambda name: Path(name).stem)
def test_the_levels_are_those_of_an_assessment(name: str) -> None:
    framework = small() if name == str(SMALL) else load_bundled(name)
    held = Library(framework)
    assessments = {case.id: held.told(case.id)[1] for case in held.cases}
    for criterion in framework.framework.criteria if held.cases else ():
        for each in held.precedents(criterion.id):
            found = finding(assessments[each.case.id], criterion.id)
            assert each.promise == found.promise.level
            assert each.practice == (found.practice.level if found.practice else None)


def test_every_case_can_be_named_and_told_from_words() -> None:
    """That an id has a hyphen is how a slip in one is told from a word that no title has."""
    cases = Library(load_bundled("involve-ogp")).cases
    assert [case.id for case in cases] == sorted(path.stem for path in (ROOT / "examples").glob("*.yaml"))
    assert all("-" in case.id for case in cases)


def test_the_numbers_of_sectors_are_those_told_of_them() -> None:
    for number, sector in enumerate(SECTORS, start=1):
        assert words_of_values("sector")[sector].startswith(f"COFOG {number:02}: ")


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """Some of the cases in a folder of their own, as a wheel lays them out."""
    for name in ("gb-sct-care-opinion", "id-lapor", "ge-112-channels"):
        (tmp_path / f"{name}.yaml").write_bytes((ROOT / "examples" / f"{name}.yaml").read_bytes())
    return tmp_path


def prepare(folder: Path) -> None:
    (folder / INDEX).write_text(Library(load_bundled("involve-ogp"), folder).prepared(), encoding="utf-8")


def everything(held: Library) -> tuple[Any, ...]:
    return held.cases, [held.precedents(criterion.id) for criterion in held.framework.framework.criteria]


def unread(name: str, raw: bytes) -> None:
    raise AssertionError(f"{name} is read")


def test_what_was_prepared_is_the_same_and_no_case_is_read(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    live = everything(Library(load_bundled("involve-ogp"), folder))
    prepare(folder)
    monkeypatch.setattr(library, "load_case", unread)
    assert everything(Library(load_bundled("involve-ogp"), folder)) == live
    assert Library(load_bundled("involve-ogp"), folder).best("A4", 1, ("health",), "x") is not None


def test_preparing_twice_gives_the_same_bytes(folder: Path) -> None:
    made = [Library(load_bundled("involve-ogp"), folder).prepared() for _ in range(2)]
    assert made[0] == made[1]


def change_a_case(folder: Path) -> None:
    path = folder / "id-lapor.yaml"
    path.write_bytes(path.read_bytes().replace(b"country: ID", b"country: MY"))


def add_a_case(folder: Path) -> None:
    shelf(folder, ke_new=open_form(3, 3))


def take_a_case_out(folder: Path) -> None:
    (folder / "ge-112-channels.yaml").unlink()


def spoil_the_first_line(folder: Path) -> None:
    text = (folder / INDEX).read_text(encoding="utf-8")
    (folder / INDEX).write_text(text.replace("sha256:", "sha256:0", 1), encoding="utf-8")


@pytest.mark.parametrize("change", [change_a_case, add_a_case, take_a_case_out, spoil_the_first_line])
def test_what_was_prepared_of_other_cases_or_another_framework_is_never_used(
    change: Callable[[Path], None], folder: Path
) -> None:
    prepare(folder)
    change(folder)
    now = everything(Library(load_bundled("involve-ogp"), folder))
    (folder / INDEX).unlink()
    assert now == everything(Library(load_bundled("involve-ogp"), folder))


def test_a_framework_of_the_same_id_and_other_text_is_worked_out(folder: Path) -> None:
    prepare(folder)
    loaded = load_bundled("involve-ogp")
    other = loaded._replace(
        framework=loaded.framework.model_copy(update={"criteria": loaded.framework.criteria[:1]}), digest="sha256:1"
    )
    assert Library(other, folder)._prepared is None
    tailored = loaded._replace(base=other)  # the same text, made from another
    assert Library(tailored, folder)._prepared is None
    assert Library(loaded, folder)._prepared is not None


def test_a_library_is_not_read_before_somebody_asks(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(library, "read_cases", unread)
    assessments, _ = run_all([str(ROOT / "examples" / "id-lapor.yaml")], load_bundled("involve-ogp"), None, Library)
    assert "".join(csv_report.criteria(assessments))


def test_there_are_no_cases_for_plans() -> None:
    loaded = small()
    plans = loaded._replace(framework=loaded.framework.model_copy(update={"applies_to": "plan"}))
    assert Library(plans).cases == ()


def test_a_case_that_is_not_sound_is_a_bug_of_ours() -> None:
    with pytest.raises(ValueError, match=r"\nbad\.yaml:2:1: There is no field “strat” here\."):
        load_case("bad", b"openreform: 1\nstrat: 2025\n")
    with pytest.raises(ValueError, match=r"^bad\.yaml:0:0: "):
        load_case("bad", b"\xff\xfe")


# --- What is cited ------------------------------------------------------------------------------------------------


def first_steps(folder: Path, text: str, framework: LoadedFramework) -> Steps:
    path = folder / "draft.yaml"
    path.write_text(DRAFT + text, encoding="utf-8")
    cases = folder / "cases"
    assessments, result = run_all([str(path)], framework, None, lambda used: Library(used, cases))
    assert not result.problems, result.problems
    return assessments[0].steps


def three_criteria() -> LoadedFramework:
    """The small framework with T5 and two more, so that each is a step of a draft."""
    loaded = small()
    kept = tuple(part for part in loaded.framework.criteria if part.id in {"T5", "P1", "A4"})
    return loaded._replace(framework=loaded.framework.model_copy(update={"criteria": kept, "gates": ()}))


def of_open_form(steps: Steps) -> Step:
    return next(step for step in steps.promise if step.criterion == "T5")


def test_a_step_cites_the_case_that_does_it(tmp_path: Path) -> None:
    (tmp_path / "cases").mkdir()
    shelf(
        tmp_path / "cases",
        ke_data=open_form(3, 3, "education"),
        ke_health=open_form(2, 1, "health"),
        draft=open_form(4, 3, "health"),
    )
    framework = three_criteria()
    step = of_open_form(first_steps(tmp_path, "sector: [health]\n", framework))
    assert step.level == 1
    assert step.precedent is not None
    assert step.precedent.case.id == "ke-health"
    other = of_open_form(first_steps(tmp_path, "sector: [culture]\n", framework))
    assert other.precedent is not None
    assert other.precedent.case.id == "ke-data"


def test_steps_of_the_practice_cite_none_and_an_unnamed_library_neither(tmp_path: Path) -> None:
    assessments, _ = run_all([str(ROOT / "examples" / "id-lapor.yaml")], load_bundled("involve-ogp"), None, Library)
    assert all(step.precedent is None for step in assessments[0].steps.practice)
    assessments, _ = run_all([str(ROOT / "examples" / "id-lapor.yaml")], load_bundled("involve-ogp"))
    assert assessments[0].steps.cases == 0
    assert all(step.precedent is None for step in assessments[0].steps.promise)
    assert "No case in the library" not in "".join(text_report.report(assessments))


@pytest.fixture
def drafted(tmp_path: Path) -> Assessment:
    """A draft that lacks everything, beside a library in which somebody does T5 and nobody anything else."""
    (tmp_path / "cases").mkdir()
    shelf(tmp_path / "cases", ke_data=f"country: KE\n{open_form(2, 1, 'health')}")
    path = tmp_path / "draft.yaml"
    path.write_text(DRAFT, encoding="utf-8")
    assessments, _ = run_all([str(path)], three_criteria(), None, lambda used: Library(used, tmp_path / "cases"))
    return assessments[0]


SEE = "See ke-data (Case ke-data, KE): level 1 in practice"
NOBODY = "No case in the library does this."


def test_every_report_cites_it_or_says_that_nobody_does_it(drafted: Assessment) -> None:
    text = "".join(text_report.report([drafted]))
    markdown = "".join(pages.markdown([drafted]))
    html = pages.html([drafted])
    for report, times in ((text, 1), (markdown, 2), (html, 2)):  # the long forms say it under each criterion too
        assert plain(report).count(SEE) == times
        assert plain(report).count(NOBODY) == 2 * times
    envelope = json_report.envelope([drafted], [], None)
    cited = {step["criterion"]: step["case"] for step in envelope["assessments"][0]["next_steps"]["promise"]}
    assert cited.pop("T5") == {
        "id": "ke-data",
        "title": "Case ke-data",
        "country": "KE",
        "sector": ["health"],
        "promise": 2,
        "practice": 1,
    }
    assert set(cited.values()) == {None}
    jsonschema.Draft7Validator(schemas.assessment_schema()).validate(envelope)


@pytest.mark.parametrize(
    ("promise", "practice", "words"),
    [
        (3, 3, "level 3 in practice"),
        (4, 2, "level 2 in practice"),
        (3, 1, "level 3 promised, 1 in practice"),
        (3, 0, "level 3 promised, nothing shown in practice"),
        (3, None, "level 3 promised"),
    ],
)
def test_what_a_case_holds_is_told_by_what_it_shows(
    promise: int, practice: int | None, words: str, drafted: Assessment
) -> None:
    step = of_open_form(drafted.steps)._replace(level=2, precedent=precedent("a", promise, practice))
    assert cited(step, drafted.steps) == f"See a (Case a, KE): {words}"


def test_a_framework_of_ones_own_is_held_against_the_cases() -> None:
    result = run("assess", "-", "--framework", str(SMALL), text=DRAFT)
    assert result.exit_code == 0
    assert re.search(r"\n   See [a-z0-9-]+ \(", result.stdout)
    tailored = run("assess", "-", "--framework", str(ROOT / "docs" / "health-services.yaml"), text=DRAFT)
    assert tailored.exit_code == 0, tailored.stderr
    assert re.search(r"\n   See [a-z0-9-]+ \(", tailored.stdout)


def test_explain_says_who_does_it_well() -> None:
    page = plain(run("explain", "A4").stdout).split("Who does it well ")[1].split(" To read ")[0]
    assert page.count(" level ") >= 3
    assert page.endswith("openreform cases --criterion A4")
    health = plain(run("explain", "A4", "--sector", "07").stdout).split("Who does it well ")[1]
    first = health.split(" ", maxsplit=1)[0]
    (case,) = (case for case in Library(load_bundled("involve-ogp")).cases if case.id == first)
    assert "health" in case.sector


def who(framework: Framework, *precedents: Precedent) -> list[str]:
    criterion = framework.criterion("T5")
    assert criterion is not None
    return who_does_it(criterion, framework, list(precedents))


def test_that_nobody_does_it_is_said(framework: Framework) -> None:
    assert who(framework) == ["No case in the library reaches level 1."]
    assert who(framework, precedent("a", 2, 1)) == [
        "a (Case a, KE): level 2 promised, 1 in practice",
        "No case in the library reaches level 3.",
    ]
    assert who(framework, *(precedent(name, 4, 4) for name in "abcd")) == [
        *(f"{name} (Case {name}, KE): level 4 promised, 4 in practice" for name in "abc"),
        "All that do it at any level: openreform cases --criterion T5",
    ]
    other = framework.model_copy(update={"id": "mine"})
    assert who(other, *(precedent(name, 4, 4) for name in "abcd"))[-1].endswith("--criterion T5 --framework …")


# --- The command --------------------------------------------------------------------------------------------------

LISTS = {
    "all": [],
    "health": ["--sector", "health"],
    "reach-A4": ["--criterion", "A4"],
    "practise-T5": ["--criterion", "t5", "--level", "2", "--side", "practice"],
}
TOLD = {"gb-sct-care-opinion": ["gb-sct-care-opinion"], "ua-prozorro": ["ua-prozorro"]}


@pytest.mark.parametrize("kind", ENDINGS)
@pytest.mark.parametrize("name", LISTS)
def test_a_list_is_as_it_was(name: str, kind: str, accept: bool) -> None:
    result = run("cases", *LISTS[name], "-f", kind)
    assert (result.exit_code, result.stderr) == (0, "")
    compare_golden(GOLDENS / f"{name}.{ENDINGS[kind]}", result.stdout, accept)


@pytest.mark.parametrize("kind", [*ENDINGS, "box"])
@pytest.mark.parametrize("name", TOLD)
def test_a_case_is_told_as_it_was(name: str, kind: str, accept: bool) -> None:
    options = ["--box"] if kind == "box" else ["-f", kind]
    result = run("cases", *TOLD[name], *options)
    assert (result.exit_code, result.stderr) == (0, "")
    compare_golden(GOLDENS / f"{name}.{ENDINGS.get(kind, 'box.txt')}", result.stdout, accept)


def listed(*arguments: str) -> list[str]:
    result = run("cases", *arguments, "-f", "json")
    assert result.exit_code == 0, result.stderr
    return [case["id"] for case in json.loads(result.stdout)["cases"]]


def test_cases_are_found_by_sector_country_and_words() -> None:
    assert listed("--sector", "07") == listed("--sector", "7") == listed("--sector", "Health")
    assert "gb-sct-care-opinion" in listed("--sector", "health")
    assert listed("--country", "GB") == listed("--country", "united kingdom") == listed("--country", "gb-sct")
    assert listed("--country", "GB") == ["gb-sct-care-opinion"]
    assert listed("LAPOR!") == listed("lapor", "COMPLAINTS") == ["id-lapor"]
    assert listed("social", "--country", "India") == ["in-ap-social-audits"]
    assert listed("ID-LAPOR") == ["id-lapor"]


def test_cases_are_found_by_the_level_they_reach() -> None:
    everything = json.loads(run("cases", "--criterion", "T5", "--level", "2", "-f", "json").stdout)
    assert everything["criterion"] == {"id": "T5", "title": "Open form", "rungs": 4}
    levels = [case["levels"]["promise"] for case in everything["cases"]]
    assert levels == sorted(levels, reverse=True)
    assert min(levels) >= 2
    practised = json.loads(run("cases", "--criterion", "T5", "--level", "2", "--side", "practice", "-f", "json").stdout)
    assert all(case["levels"]["practice"] >= 2 for case in practised["cases"])
    assert set(listed("--criterion", "T5", "--sector", "health")) <= set(listed("--sector", "health"))


def test_several_boxes_come_at_once() -> None:
    health = listed("--sector", "health")
    markdown = run("cases", "--sector", "health", "--box", "-f", "markdown").stdout
    assert len(re.findall(r"^> \*\*.*\*\*$", markdown, re.MULTILINE)) >= len(health) > 1
    assert "\n\n> **" in markdown
    assert run("cases", "--sector", "health", "--box", "-f", "html").stdout.count('<section class="box">') == len(
        health
    )
    assert run("cases", "--sector", "health", "--box").stdout.count("Assessed with ") == len(health)


def test_a_case_is_written_to_a_file(tmp_path: Path) -> None:
    path = tmp_path / "box.md"
    assert run("cases", "id-lapor", "-f", "markdown", "-o", str(path)).stdout == ""
    assert path.read_text(encoding="utf-8") == run("cases", "id-lapor", "-f", "markdown").stdout
    assert run("cases", "-o", str(tmp_path / "no" / "list")).exit_code == 2
    assert run("cases", "-o", str(tmp_path / "list")).exit_code == 0
    assert (tmp_path / "list").read_text(encoding="utf-8") == run("cases").stdout


COUNT = len(list((ROOT / "examples").glob("*.yaml")))
PLACES = ", ".join(sorted({case.place for case in Library(load_bundled("involve-ogp")).cases}))
REFUSED = [
    (["gb-sct-care-opinon"], 2, "There is no case gb-sct-care-opinon in the library. Did you mean gb-sct-care-opinion?"),
    (["zz-zz"], 2, "There is no case zz-zz in the library. 'openreform cases' lists them all."),
    (["--sector", "helth"], 2, "There is no sector helth. Did you mean health?"),
    (["--sector", "11"], 2, f"There is no sector 11. The sectors are {', '.join(SECTORS)}."),
    (["--country", "Urugay"], 2, "There is no country Urugay. Did you mean UY?"),
    (["--country", "Atlantis"], 2, f"There is no country Atlantis. There are cases from {PLACES}."),
    (["--criterion", "A44"], 2, "There is no criterion A44 in involve-ogp. Did you mean A4?"),
    (["--criterion", "zz"], 2, "There is no criterion zz in involve-ogp. 'openreform explain' lists everything."),
    (["--criterion", "A4", "--level", "5"], 2, "A4 has no level 5; its levels are 1 to 4."),
    (["--level", "2"], 2, "--level and --side go with --criterion."),
    (["--side", "practice"], 2, "--level and --side go with --criterion."),
    (["id-lapor", "--sector", "health"], 2, "id-lapor is one case; leave out --sector, --country and --criterion."),
    (["id-lapor", "--box", "-f", "json"], 2, "--box goes with text, markdown and html."),
    (["--framework", "no-such"], 2, None),
    (["zebra"], 3, f"None of the {COUNT} cases fits: “zebra” in the title. 'openreform cases' lists them all."),
    (
        ["--sector", "defence", "--country", "NO", "--criterion", "A4", "--level", "4", "--side", "practice"],
        3,
        f"None of the {COUNT} cases fits: sector defence, country NO, A4 shown in practice at level 4 or above. "
        "'openreform cases' lists them all.",
    ),
]  # fmt: skip


@pytest.mark.parametrize("kind", ["text", "json", "markdown", "html"])
@pytest.mark.parametrize(("arguments", "code", "words"), REFUSED, ids=lambda part: str(part)[:40])
def test_wrong_use_and_nothing_found_are_said(arguments: list[str], code: int, words: str | None, kind: str) -> None:
    result = run("cases", *([] if "json" in arguments else ["-f", kind]), *arguments)
    assert result.exit_code == code
    if words is not None:
        assert result.stderr == f"{words}\n"
    if code == 3 and kind == "json":
        assert json.loads(result.stdout)["cases"] == []
    else:
        assert result.stdout == ""


def test_a_framework_for_plans_has_no_cases(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(Library, "cases", ())
    assert run("cases").stderr == "The cases are reforms, and the framework involve-ogp is for plans.\n"
    assert "Who does it well" not in run("explain", "A4").stdout


def test_a_sector_is_asked_for_with_a_criterion() -> None:
    said = "--sector goes with a criterion: openreform explain T5 --sector health\n"
    for arguments in (["lens"], []):
        result = run("explain", *arguments, "--sector", "health")
        assert (result.exit_code, result.stdout, result.stderr) == (2, "", said)
    assert run("explain", "T5", "--sector", "helth").stderr == "There is no sector helth. Did you mean health?\n"


# --- Strangers' words ---------------------------------------------------------------------------------------------

HOSTILE = [
    "<script>alert(1)</script>",
    "[link](javascript:alert(1)) `x` *y* | z",
    "# heading @someone #1",
    "\u202eevil\u2066",
    "two\n\nlines\n> of quotation",
    "x" * 3000,
    "漢" * 200,
]


def told(text: str) -> Told:
    shown = json.dumps(text)
    reform = reform_of(
        f"openreform: 1\nid: ke-x\ntitle: {shown}\ncountry: KE\nsector: [health]\nleads: [{{organisation: {shown}}}]\n"
        f"objective: {{text: {shown}}}\npublications: [{{title: {shown}}}]\noversight: [{{organisation: {shown}}}]\n"
        f"mechanisms: [{{title: {shown}, people_can: [complain], responder: {shown}, remedies: [decision-changed],"
        " reply: {within_days: 3, reasons: true}, status: ended}]\n"
        f"indicators: [{{title: {shown}, target: {shown}}}, {{title: B, baseline: {shown}, target: C}}]\n"
        f"concerns: [{{text: {shown}}}]\nirm: {{verifiable: true}}\nassessed: {{by: {shown}}}\n"
        f"evidence: [{{title: {shown}, publisher: {shown}, url: 'https://example.org/<x>', date: 2020}}, {{publisher: P}}]\n".replace(
            "<x>", ""
        )
    )
    assessments = Library(load_bundled("involve-ogp"))
    document = load_case("ke-x", b"openreform: 1\nid: ke-x\ntitle: T\n")
    assessment = assess(
        reform, assessments.framework.framework, document.locate, Origin("x.yaml", "sha256:0", "sha256:0")
    )
    return Told(reform, assessment, "Kenya")


@pytest.fixture
def measure() -> Listing:
    framework = load_bundled("involve-ogp").framework
    return Listing(framework, framework.criterion("A4"), [])


@pytest.mark.parametrize("text", HOSTILE, ids=lambda text: ascii(text)[:20])
def test_a_strangers_words_are_words_in_lists_and_boxes(text: str, measure: Listing) -> None:
    case = told(text)
    listing = measure._replace(found=[Precedent(case_of(case.reform), 2, None)])
    shown = [rendering.list_page(listing), rendering.case_page(case), rendering.box_page(case)]
    for page in shown:
        assert all(cell_len(line) <= 80 for line, _ in page.lines)
    markdown = case_pages.boxes_markdown([case]) + case_pages.list_markdown(listing)
    html = case_pages.boxes_html([case]) + case_pages.list_html(listing)
    data = rendering.told_json([case]) + rendering.list_json(listing)
    for report in (*(page.text() for page in shown), markdown, html, data):
        assert "\u202e" not in report
        assert "\u2066" not in report
    assert "<script" not in html
    assert not re.search(r"(?<!\\)(<script|\](?=\(javascript))", markdown)
    assert all(line.startswith(">") for line in case_pages.boxes_markdown([case]).splitlines())
    assert "**Who answers**" in markdown


def test_a_case_of_little_is_told_honestly() -> None:
    document = load_case("ke-x", b"openreform: 1\nid: ke-x\ntitle: T\nplan: {start: 2020, end: 2021}\n")
    yardstick = load_bundled("involve-ogp")
    assessment = assess(document.reform, yardstick.framework, document.locate, Origin("x.yaml", "sha256:0", "sha256:0"))
    case = Told(document.reform, assessment, "")
    for page in (rendering.case_page(case), rendering.box_page(case)):
        words = plain(page.text())
        assert "2020 to 2021" in words
        assert "What people can see Nothing is described. What people can do Nothing is described." in words
        assert "Who answers Nobody is described who must answer." in words
        assert "Caveats None is recorded." in words
        assert "Sources None is recorded." in words
        assert "self-assessed" in words
    listing = Listing(yardstick.framework, None, [case_of(document.reform)])
    assert "1 real reform\n" in rendering.list_page(listing).text()


def test_a_watched_terminal_shows_the_same(monkeypatch: pytest.MonkeyPatch) -> None:
    from openreform.cli import cases as command  # noqa: PLC0415

    plainly = run("cases", "--sector", "health", "--box").stdout
    monkeypatch.setattr(command, "is_watched", lambda: True)
    assert run("cases", "--sector", "health", "--box").stdout == plainly
