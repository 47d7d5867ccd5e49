"""Compare the descriptions of a trial: levels derived from each, and on how many cells two coders agree.

Usage: python scripts/trial_table.py ROUND_FOLDER

ROUND_FOLDER holds one folder per coder (a…, b… describe the same commitments, c… once), each with ID.yaml files.
Prints a Markdown table; the share that agrees counts only cells that are not 0 in both descriptions.
"""

import statistics
import sys
from pathlib import Path

from openreform.loading.frameworks import load_bundled
from openreform.running import run_all


def levels(path: Path) -> dict[str, int | None]:
    """The promise levels of one description."""
    assessments, result = run_all([str(path)], load_bundled("involve-ogp"))
    if result.problems:
        raise SystemExit(f"{path}: {result.problems[0].message}")
    findings = [finding for dimension in assessments[0].dimensions for finding in dimension.findings]
    return {finding.id: finding.promise.level for finding in findings}


def lines(path: Path) -> int:
    """Lines that are neither blank nor comment."""
    texts = path.read_text(encoding="utf-8").splitlines()
    return sum(1 for line in texts if line.strip() and not line.strip().startswith("#"))


def shown(level: int | None) -> str:
    """A level for a table."""
    return "–" if level is None else str(level)


def main() -> None:
    """Print the table and the figures."""
    folder = Path(sys.argv[1])
    described: dict[str, dict[str, Path]] = {}
    for coder in sorted(part for part in folder.iterdir() if part.is_dir()):
        for path in sorted(coder.glob("*.yaml")):
            described.setdefault(path.stem, {})[coder.name[0]] = path
    ids = [criterion.id for criterion in load_bundled("involve-ogp").framework.criteria]
    print("| commitment | lines | levels that are not 0, by the first and the second description |")
    print("| --- | --- | --- |")
    cells = agreed = 0
    sizes: list[int] = []
    for name, by_coder in sorted(described.items()):
        derived = {coder: levels(path) for coder, path in by_coder.items()}
        counted = {coder: lines(path) for coder, path in by_coder.items()}
        sizes += counted.values()
        row = []
        for ident in ids:
            found = [derived[coder][ident] for coder in sorted(derived)]
            if any(found):
                row.append(f"{ident} {' / '.join(shown(level) for level in found)}")
            if len(found) == 2 and any(found):
                cells += 1
                agreed += found[0] == found[1]
        print(f"| {name} | {' / '.join(str(counted[c]) for c in sorted(counted))} | {', '.join(row) or 'none'} |")
    print()
    print(f"Documents: {len(sizes)}; median lines: {statistics.median(sizes):g}; longest: {max(sizes)}.")
    if cells:
        print(f"Cells not 0 in both: {cells}; the same in both: {agreed} ({100 * agreed / cells:.0f} %).")


if __name__ == "__main__":
    main()
