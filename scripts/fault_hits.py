"""How often faults are right: F01 and F05 against the IRM's specificity, and hits of every fault to read.

Usage: python scripts/fault_hits.py rates DATA_FOLDER
       python scripts/fault_hits.py draw DATA_FOLDER > hits.txt
       python scripts/fault_hits.py table DATA_FOLDER

DATA_FOLDER holds the rated commitments and the texts of plans (docs/import.md). `rates` and `table` print the Markdown tables that
stand in docs/validity.md; `draw` up to fifty hits of each fault, with the whole text they are about, for a person who says right or
wrong. The texts are other people's: what is drawn stays out of the repository. What was said of each hit stands in
tests/faults_read.tsv, where `table` counts it, and beside the hits that are drawn again; nothing there is copied from a text. Of
faults that were mended after a reading it also holds hits that are found no more.

The materials: the descriptions in tests/trial and examples, plans among them; rows as the importer makes them, whose steps nobody
has described; rows with the steps their text lists, or the one sentence it is, each as the title of a step; and two plans whose
steps stand apart. A row without usable text, with the text of another, or whose code the source itself doubts, is left out.
"""

import csv
import json
import math
import random
import re
import sys
from collections import Counter
from collections.abc import Iterator
from itertools import takewhile
from pathlib import Path
from typing import Any, NamedTuple

import yaml
from draw_trial import FILES

from openreform.action_plan import PLAN
from openreform.assessment import Fault
from openreform.converting import Conversion, convert
from openreform.loading.frameworks import bundled_names, load_bundled
from openreform.loading.reforms import Document, parse_document
from openreform.reform import REFORM, DocumentKind
from openreform.scoring.assess import Origin, assess

ROOT = Path(__file__).parent.parent
SEED = 20261125
MOST = 50
SHORTEST, LONGEST = 20, 300
"""Characters of a step's title; what is longer is a paragraph."""
BY_WORDS = ("F01", "F05")
PLANS = "examples of plans"
"""The material that is held against the frameworks for plans; the others against those for reforms."""
JUDGED = ROOT / "tests" / "faults_read.tsv"
"""Which hits are right: fault, material, document, element, right or wrong, and why."""
FAULTY = {"none", "low"}
_ITEM = re.compile(
    r"(?:^|\s)(?:(?P<bullet>[•·▪●➢✓])\s+|(?P<hyphen>-)\s+|(?P<letter>\(?[a-z]\))\s|(?P<number>\(?\d{1,2}\))\s|"
    r"(?P<dotted>\d{1,2}\.\d{1,2}(?:\.\d{1,2})*\.?)\s)|^[ \t]*(?P<dash>–)\s+",
    re.MULTILINE,
)
"""Marks of a list by their kind; a long dash within a line is punctuation."""
_CONTENTS = re.compile(r"(?i)(?:\b(?:contain|includ|consist)\w*\b[^.;:]{0,30}|\bsuch as|\bcomo)\s*:\s*\Z")
"""What comes before a list of what a thing holds, which is no list of steps."""
_INDICATORS = re.compile(r"(?i)\b(?:implementation indicators|indicators?|expected results?|indicador(?:es)?):")
_AFTER = re.compile(
    r"(?i)\b(?:implementation indicators|indicators?:|lead(?:ing)? institution|supporting institution|institution\(s\)|responsible|"
    r"start date|end date|timeline|deadline|main objective|status quo|brief description|ambition|relevance|necessary resources|"
    r"expected results?|intended results?|fecha de|responsables?:|indicador(?:es)?:|objetivo principal)"
)
"""Where the step ends and another field of a template begins."""
_ID = re.compile(r"^id: ['\"]?([^'\"\s]+)", re.MULTILINE)
_SENTENCE = re.compile(r"(?<=[.;!?])\s+(?=[A-ZÁÉÍÓÚÀÇÊ¿“\"])")


class Case(NamedTuple):
    """One document: where it is from, its text, what it was made from, and what the IRM said of it.

    name: its id; of the trial with the folder of the coder before it, since most texts were described more than once.
    """

    material: str
    name: str
    text: str
    source: str
    specificity: str


class Step(NamedTuple):
    """A step as a text lists it: its words, and those that say what will be there; the latter may be empty."""

    title: str
    output: str


class Hit(NamedTuple):
    """One fault found."""

    case: Case
    fault: Fault

    @property
    def key(self) -> tuple[str, str, str, str]:
        """What it is known by in the list of those that were read."""
        return self.fault.id, self.case.material, self.case.name, self.fault.place.path or "-"


class Judged(NamedTuple):
    """What a reader said of one hit; why may be empty where it is right."""

    right: bool
    why: str


# --- The materials ----------------------------------------------------------------------------------------


def rows(folder: Path) -> dict[str, dict[str, str]]:
    """The rated rows by id; of two with one id the first."""
    found: dict[str, dict[str, str]] = {}
    for name in FILES:
        with (folder / "ogp" / name).open(encoding="utf-8", newline="") as file:
            for row in csv.DictReader(file):
                found.setdefault(row["id"], row)
    return found


def specificity(row: dict[str, str]) -> str:
    """The IRM's code, or nothing where it cannot be used."""
    usable = row["text_usable"] == "1" and not row["same_text_as"] and "specificity" not in row["label_code_conflict"]
    return row["specificity"] if usable else ""


def listed(text: str) -> list[Step]:
    """The steps a text lists, or the one sentence it is; prose is no list of steps. A list within a step is part of it."""
    marks = list(_ITEM.finditer(text))
    own = [mark for mark in marks if mark.lastgroup == marks[0].lastgroup]
    if own and _CONTENTS.search(text[: own[0].start()]):
        return []
    ends = [mark.start() for mark in own[1:]] + [len(text)] * bool(own)
    steps = [step(text[mark.end() : end]) for mark, end in zip(own, ends, strict=True)]
    # what begins with a small letter goes on with a sentence
    steps = [one for one in steps if len(one.title) >= SHORTEST and one.title[0].isupper()]
    if len(steps) < 2:
        whole = on_one_line(text)
        alone = len(whole) >= SHORTEST and len(_SENTENCE.split(whole)) == 1 and not _AFTER.search(whole)
        steps = [Step(whole, "")] if alone and not whole.endswith(":") else []
    return [one for one in steps[:MOST] if len(one.title) <= LONGEST]


def step(part: str) -> Step:
    """What stands in a list after one of its marks, taken apart."""
    indicators = _INDICATORS.search(part)
    output = on_one_line(part[indicators.end() :]).strip(" .") if indicators else ""
    return Step(on_one_line(_AFTER.split(_ITEM.split(part, maxsplit=1)[0])[0]).strip(" .;:"), output[:LONGEST])


def on_one_line(text: str) -> str:
    """With single blanks between words."""
    return re.sub(r"\s+", " ", text).strip()


def descriptions() -> Iterator[tuple[str, Path]]:
    """Descriptions people or coders made, which say what there is and what not."""
    yield from (("trial", path) for path in sorted((ROOT / "tests" / "trial").rglob("*.yaml")))
    yield from (("examples", path) for path in sorted((ROOT / "examples").glob("*.yaml")))
    yield from ((PLANS, path) for path in sorted((ROOT / "examples" / "plans").glob("*.yaml")))


def cases(folder: Path) -> Iterator[Case]:
    """Every document."""
    known = rows(folder)
    for material, path in descriptions():
        text = path.read_text(encoding="utf-8")
        row = known.get(path.stem) if material == "trial" else None
        name = f"{path.parent.name}/{path.stem}" if material == "trial" else path.stem
        yield Case(material, name, text, row["text"] if row else text, specificity(row) if row else "")
    for made in imported(folder):
        row = known.get(made[0])
        if row is None:
            continue
        yield Case("rows as imported", made[0], made[1], row["text"], "")
        if specificity(row) and (steps := listed(row["text"])):
            yield Case("rows with steps", made[0], with_steps(made[1], steps), row["text"], specificity(row))
    for name, steps, source in plans(folder):
        head = yaml.safe_dump(
            {"openreform": 1, "id": name, "title": name, "undescribed": ["mechanisms", "publications"]}
        )
        yield Case("plans", name, with_steps(head, steps), source, "")


def imported(folder: Path) -> Iterator[tuple[str, str]]:
    """The id and the document the importer makes of each rated row; of two rows with one id the first."""
    seen = set()
    for name in FILES:
        for source in convert([str(folder / "ogp" / name)], Conversion()):
            for made in source.made:
                ident = _ID.findall(made.text)[0]
                if ident not in seen:
                    seen.add(ident)
                    yield ident, made.text


def with_steps(text: str, steps: list[Step]) -> str:
    """A document with these steps, described in nothing else."""
    content = yaml.safe_load(text)
    content["milestones"] = [
        {"title": one.title} | ({"output": one.output} if one.output else {}) for one in dict.fromkeys(steps)
    ]
    content["undescribed"] = [name for name in content.get("undescribed", []) if name != "milestones"]
    return yaml.safe_dump(content, allow_unicode=True, sort_keys=False)


def plans(folder: Path) -> Iterator[tuple[str, list[Step], str]]:
    """The commitments of two plans: id, steps, and the text they stand in."""
    for part in json.loads((folder / "texts" / "us_nap5.json").read_text(encoding="utf-8")):
        steps = listed(part["text"].partition("Sub-Commitments:")[2])
        if steps:
            yield part["id"], steps, part["text"]
    for part in json.loads((folder / "texts" / "canada_nap6.json").read_text(encoding="utf-8"))["commitments"]:
        for language in ("en", "fr"):
            told = [one for one in part["milestones"] if one.get(language)]
            steps = [Step(one[language].strip()[:LONGEST], promised(one, language)[:LONGEST]) for one in told]
            source = [f"- {one[language].strip()}\n  > {promised(one, language)}" for one in told]
            if steps:
                yield f"{part['id']}-{language}", steps, "\n".join([part[f"title_{language}"], *source])


def promised(step: dict[str, Any], language: str) -> str:
    """What a step of Canada's plan says will be there, and by when."""
    told = [[one.get(language), (one.get("deadline") or {}).get(language)] for one in step.get("indicators") or ()]
    return " / ".join(on_one_line(", ".join(filter(None, one))) for one in told)


# --- Hits -------------------------------------------------------------------------------------------------


def hits(case: Case, framework: str) -> list[Hit]:
    """What is found in one document; of steps made from text only what their words show."""
    kind: DocumentKind[Any] = PLAN if case.material == PLANS else REFORM
    parsed = parse_document(case.text, f"{case.name}.yaml", kind)
    if not isinstance(parsed, Document):
        raise SystemExit(f"{case.material} {case.name}: {parsed}")
    loaded = load_bundled(framework)
    assessment = assess(parsed.reform, loaded.framework, parsed.locate, Origin(case.name, parsed.digest, loaded.digest))
    of_words = case.material in {"rows with steps", "plans"}
    return [Hit(case, fault) for fault in assessment.advises.faults(None) if not of_words or fault.id in BY_WORDS]


def steps_of(case: Case) -> int:
    """How many steps a document describes."""
    return len(yaml.safe_load(case.text).get("milestones") or ())


def rates(folder: Path) -> str:
    """The tables of F01 and F05 against the IRM's specificity."""
    lines = [
        "| fault | material | commitments | none or low | found | of them none or low: precision | of none or low: recall |",
        "| --- | --- | --- | --- | --- | --- | --- |",
    ]
    counted: dict[tuple[str, str], Counter[str]] = {}
    for case in cases(folder):
        steps = steps_of(case) if case.specificity else 0
        if not steps:
            continue
        found = Counter(hit.fault.id for hit in hits(case, "involve-ogp"))
        faulty = case.specificity in FAULTY
        for ident in BY_WORDS:
            for least, words in ((1 / steps, "a step"), (0.5, "half its steps"), (1.0, "every step")):
                counter = counted.setdefault((f"{ident} in {words}", case.material), Counter())
                counter["all"] += 1
                counter["faulty"] += faulty
                counter["found"] += (hit := found[ident] / steps >= least)
                counter["both"] += hit and faulty
    for (fault, material), counter in sorted(counted.items()):
        precision = share(counter["both"], counter["found"])
        recall = share(counter["both"], counter["faulty"])
        base = share(counter["faulty"], counter["all"])
        lines.append(
            f"| {fault} | {material} | {counter['all']} | {counter['faulty']} ({base}) | {counter['found']} "
            f"| {counter['both']} ({precision}) | {counter['both']} ({recall}) |"
        )
    return "\n".join(lines)


def share(part: int, whole: int) -> str:
    """A share in percent, rounded down; a dash of nothing."""
    return f"{100 * part // whole} %" if whole else "–"


def interval(part: int, whole: int) -> str:
    """Wilson's 95 % interval of a share in percent, rounded outwards; a dash of nothing."""
    if not whole:
        return "–"
    z, p = 1.96, part / whole
    middle, half = p + z * z / (2 * whole), z * math.sqrt(p * (1 - p) / whole + z * z / (4 * whole * whole))
    low, high = (middle - half) / (1 + z * z / whole), (middle + half) / (1 + z * z / whole)
    return f"{math.floor(100 * max(low, 0) + 1e-9)}–{math.ceil(100 * min(high, 1) - 1e-9)} %"


def found_in(folder: Path) -> dict[str, list[Hit]]:
    """Every hit of every fault; of a fault that several frameworks have those of involve-ogp."""
    found: dict[str, list[Hit]] = {}
    own = load_bundled("involve-ogp").framework
    for case in cases(folder):
        for framework in bundled_names():
            if load_bundled(framework).framework.applies_to != ("plan" if case.material == PLANS else "reform"):
                continue
            for hit in hits(case, framework):
                if framework == "involve-ogp" or own.fault(hit.fault.id) is None:
                    found.setdefault(hit.fault.id, []).append(hit)
    return dict(sorted(found.items()))


def drawn(ident: str, of_fault: list[Hit]) -> list[Hit]:
    """Up to fifty hits of a fault, the same in every run."""
    return random.Random(f"{SEED}{ident}").sample(of_fault, min(MOST, len(of_fault)))  # a sample, no secret


def draw(folder: Path) -> str:
    """Up to fifty hits of each fault, what they are about, and what was said of them; a text stands once for each fault."""
    known = judged()
    lines = []
    for ident, of_fault in found_in(folder).items():
        of = Counter(hit.case.material for hit in of_fault)
        sample = drawn(ident, of_fault)
        lines.append(f"\n=== {ident}: {len(of_fault)} hits, {dict(of)}; drawn {len(sample)}\n")
        shown: dict[str, str] = {}
        for number, hit in enumerate(sample, start=1):
            place, source = hit.fault.place, re.sub(r"[^\S\n]+", " ", hit.case.source).strip()
            mark = f"{ident}.{number}"
            said = known.get(hit.key)
            lines.append(f"{mark} [{hit.case.material} {hit.case.name} {hit.key[-1]}] {place.name}")
            if said:
                lines.append(f"    read: {'right' if said.right else 'wrong'}. {said.why}".rstrip())
            if hit.case.text != hit.case.source:
                lines += [f"    | {line}" for line in entry(hit.case.text, place.line)]
            lines += [f"    (the text of {shown[source]})"] if source in shown else [f"    {source}"]
            shown.setdefault(source, mark)
    return "\n".join(lines)


def entry(text: str, number: int) -> list[str]:
    """The lines of the entry that begins at a line, counted from 1."""
    first, *others = text.splitlines()[number - 1 :]
    inner = len(first) - len(first.lstrip(" -"))
    return [first, *takewhile(lambda line: len(line) - len(line.lstrip(" ")) >= max(inner, 1), others)]


def judged() -> dict[tuple[str, str, str, str], Judged]:
    """What was said of the hits that were read."""
    with JUDGED.open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file, delimiter="\t", quoting=csv.QUOTE_NONE))
    return {
        (row["fault"], row["material"], row["document"], row["element"]): Judged(row["said"] == "right", row["why"])
        for row in rows
    }


def table(folder: Path) -> str:
    """Of each fault its hits, how many of those drawn were read, and how many of them are right."""
    known, found = judged(), found_in(folder)
    faults = {fault.id: fault for name in bundled_names() for fault in load_bundled(name).framework.faults}
    lines = [
        "| fault | severity | hits | read | right | share | 95 % interval | title |",
        "| --- | --- | --- | --- | --- | --- | --- | --- |",
    ]
    for ident, fault in sorted(faults.items()):
        of_fault = found.get(ident, [])
        said = [known[hit.key] for hit in drawn(ident, of_fault) if hit.key in known]
        right = sum(one.right for one in said)
        lines.append(
            f"| {ident} | {fault.severity} | {len(of_fault):,} | {len(said)} | {right} | {share(right, len(said))} "
            f"| {interval(right, len(said))} | {fault.title} |"
        )
    return "\n".join(lines)


def main() -> None:
    """Print what is asked for."""
    what, folder = sys.argv[1], Path(sys.argv[2])
    sys.stdout.write(f"{PRINTED[what](folder)}\n")


PRINTED = {"rates": rates, "draw": draw, "table": table}


if __name__ == "__main__":
    main()
