"""Draw the commitments of a description trial: six each with none, one, two and three values recognised by the IRM.

Five of each kind make up the trial; the sixth was added for the spread, by the same draw, once those were chosen.

Usage: python scripts/draw_trial.py DATA_FOLDER OUT_FOLDER [SEED]

Writes one text file per commitment, the text alone, and `drawn.csv` (id, country, plan year, characters, values, whether
it is to be described twice). The texts are other people's and stay out of the repository; the ids go into
docs/validity.md.
"""

import csv
import random
import sys
from pathlib import Path

FILES = ("ogp_irm_2011_2014.csv", "ogp_irm_parliament_2011_2024.csv")
VALUES = ("value_info", "value_participation", "value_accountability")
EACH = 5
TWICE = (3, 2, 3, 2)
SEED = 20261122


def rated_rows(folder: Path) -> list[dict[str, str]]:
    """Rows of both files that have a usable text, all three codes without conflict, and no earlier twin."""
    rows: list[dict[str, str]] = []
    for name in FILES:
        with (folder / name).open(encoding="utf-8", newline="") as file:
            rows += csv.DictReader(file)
    kept: dict[str, dict[str, str]] = {}
    for row in rows:
        coded = all(row[value] in {"0", "1"} for value in VALUES)
        conflict = any(value in row["label_code_conflict"] for value in VALUES)
        if coded and row["text_usable"] == "1" and not conflict:
            kept.setdefault(" ".join(row["text"].split()), row)
    return sorted(kept.values(), key=lambda row: row["id"])


def draw(rows: list[dict[str, str]], seed: int) -> list[dict[str, str]]:
    """For each number of values one text from each fifth of the lengths, no country twice while others are left."""
    chance = random.Random(seed)  # a draw, not a secret
    countries: set[str] = set()
    drawn: list[dict[str, str]] = []
    for count, twice in zip(range(4), TWICE, strict=True):
        of_kind = [row for row in rows if sum(int(row[value]) for value in VALUES) == count]
        of_kind.sort(key=lambda row: (len(row["text"]), row["id"]))
        chosen = []
        for fifth in range(EACH):
            part = of_kind[len(of_kind) * fifth // EACH : len(of_kind) * (fifth + 1) // EACH]
            fresh = [row for row in part if row["iso3"] not in countries] or part
            row = chance.choice(fresh)
            countries.add(row["iso3"])
            chosen.append(row)
        doubled = set(chance.sample(range(EACH), twice))
        drawn += [
            {**row, "values": str(count), "twice": "yes" if i in doubled else "no"} for i, row in enumerate(chosen)
        ]
    for count in range(4):
        seen = {row["id"] for row in drawn}
        of_kind = [row for row in rows if sum(int(row[value]) for value in VALUES) == count and row["id"] not in seen]
        fresh = [row for row in of_kind if row["iso3"] not in countries] or of_kind
        row = chance.choice(fresh)
        countries.add(row["iso3"])
        drawn.append({**row, "values": str(count), "twice": "no"})
    return drawn


def main() -> None:
    """Draw and write."""
    data, out = Path(sys.argv[1]), Path(sys.argv[2])
    seed = int(sys.argv[3]) if len(sys.argv) > 3 else SEED
    out.mkdir(parents=True, exist_ok=True)
    drawn = draw(rated_rows(data), seed)
    with (out / "drawn.csv").open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file, lineterminator="\n")
        writer.writerow(["id", "country", "year", "characters", "values", "twice"])
        for row in drawn:
            writer.writerow(
                [row["id"], row["iso3"], row["year_submitted"], len(row["text"]), row["values"], row["twice"]]
            )
            (out / f"{row['id']}.txt").write_text(row["text"] + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
