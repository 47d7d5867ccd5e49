"""Compare the openness of the trial's commitments with what the IRM recognised in them: do ordinary ones spread?

Usage: python scripts/spread.py ROUND_FOLDER DATA_FOLDER

Reads the first description of every commitment (folders a… and c…) and the IRM's codes in DATA_FOLDER. Prints, for each of
transparency, participation and accountability, the scores of those with that value and of those without, sorted.
"""

import csv
import statistics
import sys
from pathlib import Path

from draw_trial import FILES
from draw_trial import VALUES as VALUE_COLUMNS

from openreform.loading.frameworks import load_bundled
from openreform.running import run_all

VALUES = dict(zip("TPA", VALUE_COLUMNS, strict=True))


def codes(folder: Path) -> dict[str, dict[str, bool]]:
    """For each commitment whether the IRM recognised each value; of two rows with one id the first."""
    found: dict[str, dict[str, bool]] = {}
    for name in FILES:
        with (folder / name).open(encoding="utf-8", newline="") as file:
            for row in csv.DictReader(file):
                found.setdefault(row["id"], {letter: row[column] == "1" for letter, column in VALUES.items()})
    return found


def scores(folder: Path) -> dict[str, dict[str, float]]:
    """The promise of each commitment by dimension."""
    paths = [
        str(path) for part in sorted(folder.iterdir()) if part.name[0] in "ac" for path in sorted(part.glob("*.yaml"))
    ]
    assessments, result = run_all(paths, load_bundled("involve-ogp"))
    if result.problems:
        raise SystemExit(f"{result.problems[0].path}: {result.problems[0].message}")
    return {
        assessment.reform_id: {part.id: part.promise.score or 0.0 for part in assessment.dimensions}
        for assessment in assessments
    }


def listed(values: list[float]) -> str:
    """Scores with one decimal, from the lowest."""
    return ", ".join(f"{value:.1f}" for value in values)


def main() -> None:
    """Print the table."""
    recognised, scored = codes(Path(sys.argv[2])), scores(Path(sys.argv[1]))
    print(
        "| | scores of those with the value | median | scores of those without | median | gap | different | most alike |"
    )
    print("| --- | --- | --- | --- | --- | --- | --- | --- |")
    for letter in VALUES:
        with_it = sorted(part[letter] for name, part in scored.items() if recognised[name][letter])
        without = sorted(part[letter] for name, part in scored.items() if not recognised[name][letter])
        middle, other = statistics.median(with_it), statistics.median(without)
        alike = max(with_it.count(value) for value in with_it)
        print(
            f"| {letter} | {listed(with_it)} | {middle:.1f} | {listed(without)} | {other:.1f} | {middle - other:.1f} "
            f"| {len(set(with_it))} | {alike} of {len(with_it)} |"
        )


if __name__ == "__main__":
    main()
