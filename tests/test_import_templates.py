"""Templates people filled in, from the file to the document: Word, Markdown and plain text, in three languages."""

import json
from pathlib import Path
from typing import Any

import docx
import pytest
from typer.testing import CliRunner, Result

from conftest import ROOT, compare_golden, mapping_of, only_source, reform_of
from openreform.cli import main as cli

TEMPLATES = sorted(path for path in (ROOT / "tests" / "import").iterdir() if path.suffix in {".md", ".txt"})
GOLDEN = ROOT / "tests" / "golden" / "import"
RUNNER = CliRunner()

FORM = {
    "en": [
        ("Commitment title", "Show waiting times at the town desk"),
        ("What is the public problem that the commitment will address?", "Nobody knows how long a visit takes."),
        ("What is the commitment?", "Waiting times are shown each hour."),
        ("How will the commitment contribute to solving the public problem?", "People can choose a quiet hour."),
        ("Lead implementing agency", "Town desk"),
        ("Other actors involved", "Residents' council"),
        ("Start and end date", "January 2026 to June 2027"),
    ],
    "es": [
        ("Título del compromiso", "Mostrar los tiempos de espera"),
        ("¿Cuál es la problemática que el compromiso aborda?", "Nadie sabe cuánto dura una visita."),
        ("¿Cuál es el compromiso?", "Los tiempos se muestran cada hora."),
        ("Institución responsable", "Oficina municipal"),
        ("Fecha de inicio", "enero de 2026"),
        ("Fecha de término", "junio de 2027"),
    ],
    "fr": [
        ("Titre de l'engagement", "Afficher les temps d'attente"),
        ("Quel est le problème public que l'engagement vise à résoudre ?", "Personne ne sait combien dure une visite."),
        ("Quel est l'engagement ?", "Les temps sont affichés chaque heure."),
        ("Organisme responsable", "Guichet municipal"),
        ("Date de début", "janvier 2026"),
        ("Date de fin", "juin 2027"),
    ],
}
PLANS = {
    "en": (["Milestone", "Expected output", "Start date", "End date"], ["Measure waiting times", "A table", "01/2026", "March 2026"]),
    "es": (["Hito", "Producto esperado", "Fecha de inicio", "Fecha de término"], ["Medir los tiempos", "Una tabla", "01/2026", "marzo de 2026"]),
    "fr": (["Jalon", "Produit attendu", "Date de début", "Date de fin"], ["Mesurer les temps", "Un tableau", "01/2026", "mars 2026"]),
}  # fmt: skip


def word_file(path: Path, language: str, layout: str) -> Path:
    document = docx.Document()
    head, row = PLANS[language]
    if layout == "form":
        table = document.add_table(rows=0, cols=2)
        for label, answer in FORM[language]:
            cells = table.add_row().cells
            cells[0].text, cells[1].text = label, answer
    else:
        for label, answer in FORM[language]:
            document.add_heading(label, level=2)
            document.add_paragraph(answer)
    plan = document.add_table(rows=2, cols=4)
    for place in range(4):
        plan.rows[0].cells[place].text, plan.rows[1].cells[place].text = head[place], row[place]
    document.save(str(path))
    return path


def run(*arguments: str) -> Result:
    return RUNNER.invoke(cli.app, ["import", *arguments])


@pytest.mark.parametrize("layout", ["form", "headings"])
@pytest.mark.parametrize("language", ["en", "es", "fr"])
def test_a_word_file_becomes_a_document(language: str, layout: str, tmp_path: Path) -> None:
    source = only_source(word_file(tmp_path / f"{language}.docx", language, layout))
    assert not source.problems
    reform = reform_of(source.made[0].text)
    answers = [answer for _, answer in FORM[language]]
    assert reform.id == language
    assert reform.title == answers[0]
    assert reform.problem and reform.problem.text == answers[1]
    assert reform.objective and reform.objective.text == answers[2]
    assert [lead.organisation for lead in reform.leads] == [
        dict(FORM[language])[label]
        for label in dict(FORM[language])
        if label in {"Lead implementing agency", "Institución responsable", "Organisme responsable"}
    ]
    assert reform.start and reform.end
    assert (reform.start.text, reform.end.text) == ("2026-01", "2027-06")
    (step,) = reform.milestones
    assert step.start and step.due
    assert (step.title, step.output, step.start.text, step.due.text) == (*PLANS[language][1][:2], "2026-01", "2026-03")
    assert not {"publications", "mechanisms", "oversight", "instruments"} - set(reform.undescribed)


@pytest.mark.parametrize("path", TEMPLATES, ids=lambda path: path.name)
def test_documents_are_as_they_were(path: Path, tmp_path: Path, accept: bool) -> None:
    folder = tmp_path / "made"
    result = run(str(path), "-o", str(folder))
    assert result.exit_code == 0, result.stderr
    made = sorted(folder.glob("*.yaml"))
    for each in made:
        compare_golden(GOLDEN / path.name / each.name, each.read_text(encoding="utf-8"), accept)
    assert {each.name for each in made} == {each.name for each in (GOLDEN / path.name).glob("*.yaml")}


def test_an_empty_template_says_what_to_write(tmp_path: Path) -> None:
    path = tmp_path / "empty.md"
    path.write_text("".join(f"## {label}\n\n" for label, _ in FORM["en"]), encoding="utf-8")
    (problem,) = only_source(path).problems
    assert problem.code == "template-blank"
    assert "The document is a template that nobody has filled in." in problem.message
    assert "“What is the public problem that the commitment will address?”" in problem.fix


def test_files_without_any_heading_are_passed_over_in_a_folder_and_told_when_named(tmp_path: Path) -> None:
    folder = tmp_path / "in"
    folder.mkdir()
    (folder / "README.md").write_text("# Our drafts\n\nPut them here.\n", encoding="utf-8")
    word_file(folder / "one.docx", "en", "form")
    result = run(str(folder), "-o", str(tmp_path / "made"))
    assert result.exit_code == 0, result.stderr
    assert "1 file in folders is of no kind a mapping knows, and was passed over." in result.stderr
    named = run(str(folder / "README.md"), "-o", str(tmp_path / "other"))
    assert named.exit_code == 3
    assert "has no title" in named.stderr


def test_a_text_file_in_another_encoding_is_told_at_its_place(tmp_path: Path) -> None:
    path = tmp_path / "t.txt"
    path.write_bytes(b"Title: caf\xe9\n")
    (problem,) = only_source(path).problems
    assert (problem.code, problem.line, problem.column) == ("not-utf8", 1, 11)


def test_a_template_of_ones_own_is_a_mapping(tmp_path: Path) -> None:
    own = mapping_of(
        "undescribed: [publications, milestones]\nheadings:\n"
        "  - {to: title, starts: true, phrases: {en: [Name]}}\n  - {to: stage, phrases: {en: [State]}, values: {Running: implementing}}\n"
        "  - {to: budget.amount, phrases: {en: [Cost]}}\n  - {to: plan.start, phrases: {en: [Plan years]}}\n"
        "  - {to: problem.groups, split: [','], phrases: {en: [For whom]}}\n  - {to: milestones, phrases: {en: [Steps]}, columns: [{to: title, phrases: {en: [Step]}}]}\n"
    )
    path = tmp_path / "own.md"
    path.write_text(
        "## Name\n\nOne\n\n## State\n\nRunning\n\n## Cost\n\n25,000\n\n## Plan years\n\n2025-2027\n\n## For whom\n\npatients, carers\n\n"
        "## For whom\n\ncarers, staff\n\n## Steps\n\nFirst we look.\n\n## Name\n\nTwo\n\n## State\n\nlost\n\n## Plan years\n\n2027-2025\n",
        encoding="utf-8",
    )
    source = only_source(path, own)
    assert not source.problems
    one, two = (reform_of(made.text) for made in source.made)
    assert (one.id, two.id) == ("own-1", "own-2")
    assert one.plan and one.plan.start and one.plan.end and one.budget and one.problem
    assert (one.stage, one.budget.amount, one.plan.start.text, one.plan.end.text) == (
        "implementing",
        "25,000",
        "2025",
        "2027",
    )
    assert one.problem.groups == ("patients", "carers", "staff")
    assert one.undescribed == ("publications", "milestones")
    assert "# Steps: First we look." in source.made[0].text
    assert two.stage is None
    assert {(name, why) for name, account in source.accounts.items() for why in account.rows} == {
        ("State", "unreadable"), ("Plan years", "turned"), ("Plan years", "unreadable"),
    }  # fmt: skip


def test_numbers_and_dates_out_of_order_within_steps(tmp_path: Path) -> None:
    loaded = mapping_of(
        "records: items\ncolumns: {title: {to: title}, plan.from: {to: plan.start}, plan.to: {to: plan.end}}\n"
        "lists: [{to: milestones, each: steps, columns: {what: {to: title}, from: {to: start}, until: {to: due}, count: {to: quantity}}}]"
    )
    steps: list[dict[str, Any]] = [
        {"what": "Write", "from": "2026", "until": "2025", "count": 3}, {"what": "Print", "count": "a few"}, {"what": None, "count": None},
    ]  # fmt: skip
    path = tmp_path / "t.json"
    path.write_text(
        json.dumps({"items": [{"title": "One", "plan": {"from": "2026", "to": "2024"}, "steps": steps}]}),
        encoding="utf-8",
    )
    source = only_source(path, loaded)
    assert not source.problems
    reform = reform_of(source.made[0].text)
    assert [(step.title, step.quantity, step.due) for step in reform.milestones] == [
        ("Write", 3, None),
        ("Print", None, None),
    ]
    assert reform.plan and reform.plan.end is None
    assert source.accounts["steps.until"].rows["out-of-order"] == ["1.1"]
    assert source.accounts["plan.to"].rows == {"out-of-order": ["1"]}
    assert source.accounts["steps.count"].rows["unreadable"] == ["1.2"]


def test_what_becomes_no_valid_document_is_told_with_its_row(tmp_path: Path) -> None:
    """A link the model refuses: the mapping may name any field, and the document is checked as any other."""
    loaded = mapping_of("columns: {title: {to: title}, place: {to: jurisdiction}}")
    path = tmp_path / "t.csv"
    path.write_text("title,place\nOne,Lombardy\nTwo,IT-25\n", encoding="utf-8")
    source = only_source(path, loaded)
    (problem,) = source.problems
    assert (problem.code, problem.line) == ("record-invalid", 2)
    assert "Row 2 does not become a valid document" in problem.message
    assert [made.id for made in source.made] == ["two"]
