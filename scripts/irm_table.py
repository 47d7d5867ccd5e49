"""Compare what openreform says of reforms with what the IRM recorded of the same: ranks, values, judgements.

Usage: python scripts/irm_table.py [--each]                        the examples that record codes of the IRM
       python scripts/irm_table.py [--each] ROUND_FOLDER DATA_FOLDER   a trial's descriptions, with the codes of OGP's data

ROUND_FOLDER holds the trial's descriptions (the first of each commitment is read), DATA_FOLDER the two files of rated
commitments. Prints Markdown: what the comparison comes to, or with --each a row for each reform. Ranks are compared by
Kendall's tau-b: 1 is the same order, 0 none, -1 the reverse.
"""

import csv
import sys
import tempfile
from collections.abc import Callable, Iterable, Sequence
from itertools import combinations
from pathlib import Path
from typing import NamedTuple

from draw_trial import FILES

from openreform.assessment import Assessment, Side
from openreform.converting import Conversion, convert
from openreform.loading.frameworks import load_bundled
from openreform.loading.mappings import load_bundled_mapping
from openreform.loading.reforms import Document, parse_reform
from openreform.reform import IRM_CODES
from openreform.running import run_all

EXAMPLES = Path(__file__).parent.parent / "examples"
Codes = dict[str, bool | str]

SPECIFICITY = IRM_CODES["specificity"]
IMPACT = ("none", "minor", "moderate", "transformative")
RESULTS = IRM_CODES["potential_for_results"]
COMPLETION = ("not-started", "limited", "substantial", "complete")
OPENED = ("worsened", "did-not-change", "marginal", "major", "outstanding")
EARLY = IRM_CODES["early_results"]


class Case(NamedTuple):
    """One reform under both frameworks, and the codes recorded of it."""

    id: str
    openness: Assessment
    irm: Assessment
    codes: Codes

    def score(self, name: str) -> float | None:
        """The promise of a dimension of involve-ogp, or of the whole."""
        if name == "openness":
            return self.openness.promise.score
        return next(part.promise.score for part in self.openness.dimensions if part.id == name)

    def level(self, criterion: str, side: Side = "promise") -> int | None:
        """The level of a criterion of either framework; None where nothing was assessed."""
        parts = [
            part for each in (self.irm, self.openness) for dimension in each.dimensions for part in dimension.findings
        ]
        found = next(part for part in parts if part.id == criterion).side(side)
        return found.level if found else None

    def code(self, *names: str) -> bool | str | None:
        """The first of some codes that is recorded."""
        return next((self.codes[name] for name in names if name in self.codes), None)


def tau_b(pairs: Sequence[tuple[float, float]]) -> float | None:
    """Kendall's tau-b: pairs in the same order less pairs in the reverse, over those not tied. None if one side never varies.

    Source: Kendall, Rank Correlation Methods.
    """
    order = tied_ours = tied_theirs = 0
    for (a, b), (c, d) in combinations(pairs, 2):
        ours, theirs = (a > c) - (a < c), (b > d) - (b < d)
        order += ours * theirs
        tied_ours += ours == 0
        tied_theirs += theirs == 0
    every = len(pairs) * (len(pairs) - 1) // 2
    room = (every - tied_ours) * (every - tied_theirs)
    return order / room**0.5 if room else None


def chance(n: int) -> float:
    """How far from 0 tau comes by chance alone in 19 of 20 cases, where nothing is tied: exactly, over all orders of n.

    Source: the number of orders with a given number of inversions, as in Kendall, Rank Correlation Methods.
    """
    orders = [1]
    for size in range(2, n + 1):
        longer = [0] * (len(orders) + size - 1)
        for inversions, count in enumerate(orders):
            for more in range(size):
                longer[inversions + more] += count
        orders = longer
    pairs, total, outside = n * (n - 1) // 2, sum(orders), 0
    for inversions, count in enumerate(orders):
        outside += 2 * count
        if 20 * outside > total:
            return 1 - 2 * inversions / pairs
    return 0.0


# --- What is compared -------------------------------------------------------------------------------------------


def rank(value: bool | str | None, scale: Sequence[str]) -> int | None:
    """The place of a code on its scale; None where it is not recorded, or is none of them, such as unclear."""
    return scale.index(value) if isinstance(value, str) and value in scale else None


def impact(case: Case) -> int | None:
    return rank(case.code("potential_impact"), IMPACT)


def specificity(case: Case) -> int | None:
    return rank(case.code("specificity"), SPECIFICITY)


def potential(case: Case) -> int | None:
    return rank(case.code("potential_for_results"), RESULTS)


def completion(case: Case) -> int | None:
    return rank(case.code("completion_end_of_term", "completion_progress"), COMPLETION)


def opened(case: Case) -> int | None:
    return rank(case.code("opened_government"), OPENED)


def early(case: Case) -> int | None:
    return rank(case.code("early_results"), EARLY)


def verifiable(case: Case) -> int | None:
    """The yes or no of the second method; of the first, medium or high specificity, which OGP counts as yes."""
    said = case.code("verifiable")
    if isinstance(said, bool):
        return int(said)
    step = rank(case.code("specificity"), SPECIFICITY)
    return None if step is None else int(step >= 2)


Theirs = Callable[[Case], int | None]
Ours = Callable[[Case], float | None]

Sides = tuple[Side, ...]

RANKS: list[tuple[str, Ours, str, Theirs, Side]] = [
    ("transparency", lambda case: case.score("T"), "potential impact", impact, "promise"),
    ("participation", lambda case: case.score("P"), "potential impact", impact, "promise"),
    ("accountability", lambda case: case.score("A"), "potential impact", impact, "promise"),
    ("openness", lambda case: case.score("openness"), "potential impact", impact, "promise"),
    ("quality of the commitment", lambda case: case.score("Q"), "potential impact", impact, "promise"),
    ("involve-ogp Q6, ambition", lambda case: case.level("Q6"), "potential impact", impact, "promise"),
    ("ogp-irm M2", lambda case: case.level("M2"), "potential impact", impact, "promise"),
    ("ogp-irm M1", lambda case: case.level("M1"), "potential for results", potential, "promise"),
    ("involve-ogp Q3, deliverables", lambda case: case.level("Q3"), "specificity", specificity, "promise"),
    ("ogp-irm V2", lambda case: case.level("V2"), "specificity", specificity, "promise"),
    ("ogp-irm Y1, practice", lambda case: case.level("Y1", "practice"), "completion", completion, "practice"),
    ("ogp-irm Y2, practice", lambda case: case.level("Y2", "practice"), "did it open government", opened, "practice"),
    ("ogp-irm Y3, practice", lambda case: case.level("Y3", "practice"), "early results", early, "practice"),
]  # fmt: skip

VALUES = (
    ("information", "access_to_information", "L2", "T"),
    ("participation", "civic_participation", "L3", "P"),
    ("accountability", "public_accountability", "L4", "A"),
)

JUDGED: list[tuple[str, Side, str, Theirs, Sequence[str]]] = [
    ("V1", "promise", "verifiable", verifiable, ("no", "yes")),
    ("L1", "promise", "open government lens", lambda case: as_number(case.code("relevant")), ("no", "yes")),
    ("V2", "promise", "specificity", specificity, SPECIFICITY),
    ("M2", "promise", "potential impact", impact, IMPACT),
    ("M1", "promise", "potential for results", potential, RESULTS),
    ("Y1", "practice", "completion", completion, COMPLETION),
    ("Y2", "practice", "did it open government", lambda case: lowered(opened(case)), ("did not change", "marginal", "major")),
    ("Y3", "practice", "early results", early, EARLY),
]  # fmt: skip
"""What is foreshadowed at level 0, 1 and so on, and what they recorded, as places on one scale."""


def as_number(value: bool | str | None) -> int | None:
    return int(value) if isinstance(value, bool) else None


def lowered(step: int | None) -> int | None:
    """Their five steps as our three: a description tells neither worsened from unchanged nor outstanding from major."""
    return None if step is None else min(max(step - 1, 0), 2)


# --- Tables -----------------------------------------------------------------------------------------------------


def table(head: Sequence[str], rows: Iterable[Sequence[object]]) -> None:
    print(f"| {' | '.join(head)} |")
    print(f"|{' --- |' * len(head)}")
    for row in rows:
        print(f"| {' | '.join('–' if cell is None else str(cell) for cell in row)} |")
    print()


def shown(score: float | None) -> str | None:
    return None if score is None else f"{score:.1f}"


def word(value: bool | str | None) -> str | None:
    return value if value is None or isinstance(value, str) else "yes" if value else "no"


LISTED: list[tuple[str, Side]] = [
    *((criterion, "promise") for criterion in ("V1", "V2", "L1", "L2", "L3", "L4", "M1", "M2")),
    *((criterion, "practice") for criterion in ("Y1", "Y2", "Y3")),
]


def listing(cases: Sequence[Case], sides: Sides) -> None:
    """Each reform: our scores, the levels that foreshadow something, and their codes."""

    def levels(case: Case) -> str:
        found = [(criterion, case.level(criterion, side)) for criterion, side in LISTED if side in sides]
        return " ".join(f"{criterion} {'–' if level is None else level}" for criterion, level in found)

    def theirs(case: Case) -> str:
        values = [
            letter
            for letter, code in zip("IPA", (code for _, code, _, _ in VALUES), strict=True)
            if case.codes.get(code)
        ]
        known = any(code in case.codes for _, code, _, _ in VALUES)
        parts = [
            ("specificity", word(case.code("specificity"))),
            ("verifiable", word(case.code("verifiable"))),
            ("values", ("+".join(values) or "none") if known else None),
            ("impact", word(case.code("potential_impact"))),
            ("potential", word(case.code("potential_for_results"))),
            ("completion", word(case.code("completion_end_of_term", "completion_progress"))),
            ("opened", word(case.code("opened_government"))),
            ("early results", word(case.code("early_results"))),
        ]
        return ", ".join(f"{name} {value}" for name, value in parts if value)

    head = ["reform", "T", "P", "A", "openness", "Q", "levels under ogp-irm", "recorded by the IRM"]
    rows = [
        (case.id, *(shown(case.score(name)) for name in ("T", "P", "A", "openness", "Q")), levels(case), theirs(case))
        for case in cases
    ]
    table(head, rows)


def ranks(cases: Sequence[Case], sides: Sides) -> None:
    """Whether what we put higher stands higher with them."""
    rows = []
    for words, ours, code, theirs, side in RANKS:
        if side not in sides:
            continue
        pairs = [(a, b) for case in cases if (a := ours(case)) is not None and (b := theirs(case)) is not None]
        found = tau_b(pairs) if len(pairs) > 2 else None
        by_chance = None if found is None else f"±{chance(len(pairs)):.2f}"
        rows.append((words, code, len(pairs), None if found is None else f"{found:+.2f}", by_chance))
    table(["ours", "theirs", "n", "tau-b", "by chance"], rows)


def values(cases: Sequence[Case]) -> None:
    """On how many both say the same of a value, beside what saying yes to all would get."""
    rows = []
    for words, code, criterion, dimension in VALUES:
        said = [(case, bool(case.codes[code])) for case in cases if code in case.codes]
        yes = sum(theirs for _, theirs in said)

        def alike(ours: Callable[[Case], bool], said: list[tuple[Case, bool]] = said) -> str:
            return f"{sum(ours(case) == theirs for case, theirs in said)} of {len(said)}"

        rows.append(
            (
                words,
                len(said),
                yes,
                f"{yes} of {len(said)}",
                alike(lambda case, name=dimension: (case.score(name) or 0) > 0),  # type: ignore[misc]
                alike(lambda case, name=criterion: (case.level(name) or 0) >= 1),  # type: ignore[misc]
                alike(lambda case, name=criterion: (case.level(name) or 0) >= 2),  # type: ignore[misc]
            )
        )
    table(["value", "n", "theirs yes", "always yes", "T, P, A above 0", "L2–L4 at 1", "L2–L4 at 2"], rows)


def judgements(cases: Sequence[Case], sides: Sides) -> None:
    """On how many what is foreshadowed is what was recorded, beside what always saying the commonest would get."""
    rows: list[tuple[object, ...]] = []
    for criterion, side, words, theirs, scale in JUDGED:
        if side not in sides:
            continue
        known = [(case.level(criterion, side), said) for case in cases if (said := theirs(case)) is not None]
        pairs = [(level, said) for level, said in known if level is not None]
        count = len(pairs)
        if not count:
            rows.append((f"{criterion} {words}", 0, None, None, None, None))
            continue
        commonest = max(range(len(scale)), key=lambda step: sum(said == step for _, said in pairs))
        rows.append(
            (
                f"{criterion} {words}",
                count,
                f"{sum(level == said for level, said in pairs)} of {count}",
                f"{sum(level < said for level, said in pairs)} / {sum(level > said for level, said in pairs)}",
                f"{sum(abs(level - said) > 1 for level, said in pairs)}",
                f"{scale[commonest]}, {sum(said == commonest for _, said in pairs)} of {count}",
            )
        )
    head = ["foreshadowed", "n", "the same", "ours lower / higher", "by more than one step", "always the commonest"]
    table(head, rows)


# --- Where cases come from --------------------------------------------------------------------------------------


def assessed(paths: Sequence[Path]) -> dict[str, tuple[Assessment, Assessment]]:
    """Each document under both frameworks."""
    found: list[dict[str, Assessment]] = []
    for name in ("involve-ogp", "ogp-irm"):
        assessments, result = run_all([str(path) for path in paths], load_bundled(name))
        if result.problems:
            raise SystemExit(f"{result.problems[0].path}: {result.problems[0].message}")
        found.append({assessment.reform_id: assessment for assessment in assessments})
    return {ident: (found[0][ident], found[1][ident]) for ident in found[0]}


def of_examples() -> list[Case]:
    """The examples in which codes stand."""
    made = assessed(sorted(EXAMPLES.glob("*.yaml")))
    return [Case(ident, one, other, dict(one.irm)) for ident, (one, other) in sorted(made.items()) if one.irm]


def of_a_trial(folder: Path, data: Path) -> list[Case]:
    """The first description of each commitment of a trial, with the codes an import reads from OGP's data."""
    parts = [part for part in sorted(folder.iterdir()) if part.is_dir() and part.name[0] in "ac"]
    made = assessed([path for part in parts for path in sorted(part.glob("*.yaml"))])
    rows: dict[str, dict[str, str]] = {}
    for name in FILES:
        with (data / name).open(encoding="utf-8", newline="") as file:
            for row in csv.DictReader(file):
                if row["id"] in made:
                    rows.setdefault(row["id"], row)
    with tempfile.TemporaryDirectory() as scratch:
        path = Path(scratch) / "rows.csv"
        with path.open("w", encoding="utf-8", newline="") as file:
            writer = csv.DictWriter(file, next(iter(rows.values())).keys(), extrasaction="ignore", restval="")
            writer.writeheader()
            writer.writerows(rows.values())
        (source,) = convert([str(path)], Conversion((load_bundled_mapping("ogp-commitments"),)))
    codes: dict[str, Codes] = {}
    for each in source.made:
        parsed = parse_reform(each.text, each.id)
        if isinstance(parsed, Document):
            codes[each.id] = dict(parsed.reform.irm)
    return [Case(ident, *made[ident], codes[ident]) for ident in sorted(made)]


def main() -> None:
    """Print the tables; of a trial the promise only, since its coders saw nothing but the text."""
    folders = [Path(part) for part in sys.argv[1:] if part != "--each"]
    cases = of_a_trial(*folders) if folders else of_examples()
    sides: Sides = ("promise",) if folders else ("promise", "practice")
    if "--each" in sys.argv:
        listing(cases, sides)
        return
    print(f"Reforms with recorded codes: {len(cases)}.")
    print()
    ranks(cases, sides)
    values(cases)
    judgements(cases, sides)


if __name__ == "__main__":
    main()
