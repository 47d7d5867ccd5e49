"""Change the code of scoring and planning in small ways, one at a time, and see whether a test notices (mutmut).

Usage: python scripts/mutants.py [--accept] [MODULE…]

Modules are named as in MODULES; all of them if none is named. Each change that no test notices must stand in tests/mutants.tsv with
the reason why it may. Others are printed, and the exit code is 1; so it is if an entry has no reason. Entries that are noticed now
are printed and may be taken out. --accept writes the list anew: it keeps the reasons that are there and puts ? for new entries.
"""

import json
import re
import shutil
import subprocess
import sys
from pathlib import Path
from typing import NamedTuple

ROOT = Path(__file__).parent.parent
LIST = ROOT / "tests" / "mutants.tsv"
PLACE = ROOT / ".mutants"
MODULES = {
    "weighing": "scoring",
    "levels": "scoring",
    "gates": "scoring",
    "stars": "scoring",
    "evidence": "scoring",
    "branching": "scoring",
    "timing": "planning",
}
"""Module and room; the others of both rooms are held by tests of what is printed, which take too long to be run for each change."""
TESTS = (
    "levels scoring ceilings outcomes testing gates evidence stars plan_search plan_bounds plan_made_up".split(),
    [
        f"plan_command.py::test_{name}"
        for name in (
            "when_a_step_can_be_done",
            "how_many_months_are_left",
            "an_action_plan_has_an_end_too",
            "the_later_of_two_times",
        )
    ],
)
SETTINGS = """
[tool.mutmut]
source_paths = ["src/"]
only_mutate = {modules}
also_copy = ["frameworks", "examples"]
pytest_add_cli_args_test_selection = {tests}
pytest_add_cli_args = ["-p", "no:cacheprovider"]
"""
HEAD = """\
# Changes to the code that no test notices, and why they may stay. Written by scripts/mutants.py --accept; the reasons by hand.
# module\tfunction\tas it is\tas changed\treason
"""
NOT_SEEN = {0, 5, 33}
"""Exit codes of mutmut for a change that no test noticed, or that no test runs."""


class Change(NamedTuple):
    """One change to the code: where, and the lines before and after."""

    module: str
    function: str
    was: str
    now: str


def main() -> int:
    """Run the changes and hold those that survive against the list."""
    named = [name for name in sys.argv[1:] if name != "--accept"]
    if unknown := [name for name in named if name not in MODULES]:
        print(f"No such module: {', '.join(unknown)}. There are {', '.join(MODULES)}.")
        return 2
    modules = named or list(MODULES)
    survivors = run(modules)
    known = listed()
    if "--accept" in sys.argv:
        kept = {change: why for change, why in known.items() if change.module not in modules}
        write(kept | {change: known.get(change, "?") for change in survivors})
        known = listed()
    new = [change for change in survivors if change not in known]
    gone = [change for change in known if change.module in modules and change not in survivors]
    unexplained = [change for change, why in known.items() if change.module in modules and why in {"", "?"}]
    for words, changes in (("Not noticed", new), ("No reason given", unexplained), ("Noticed now", gone)):
        for change in changes:
            print(f"{words}: {change.module}.{change.function}\n  {change.was}\n  {change.now}")
    print(f"{len(survivors)} changes are not noticed, {len(new)} of them new; {len(gone)} listed ones are noticed now.")
    return 1 if new or unexplained else 0


def run(modules: list[str]) -> list[Change]:
    """The changes to some modules that no test notices, tried in a copy of the checkout."""
    shutil.rmtree(PLACE, ignore_errors=True)
    files = subprocess.run(
        ["git", "ls-files"], cwd=ROOT, capture_output=True, encoding="utf-8", check=True
    ).stdout.split("\n")
    for name in filter(None, files):
        if (ROOT / name).is_file():
            (PLACE / name).parent.mkdir(parents=True, exist_ok=True)
            shutil.copyfile(ROOT / name, PLACE / name)
    paths = [f"src/openreform/{MODULES[name]}/{name}.py" for name in modules]
    tests = [f"tests/test_{name}.py" for name in TESTS[0]] + [f"tests/test_{name}" for name in TESTS[1]]
    settings = SETTINGS.format(modules=json.dumps(paths), tests=json.dumps(tests))
    with (PLACE / "pyproject.toml").open("a", encoding="utf-8") as file:
        file.write(settings)
    command = [sys.executable, "-m", "mutmut", "run", "--max-children", "1"]
    done = subprocess.run(command, cwd=PLACE, capture_output=True, encoding="utf-8", check=False)
    found: list[Change] = []
    for path in paths:
        results = PLACE / "mutants" / f"{path}.meta"
        codes = json.loads(results.read_text(encoding="utf-8"))["exit_code_by_key"] if results.is_file() else {"": None}
        if None in codes.values():
            sys.exit(f"mutmut did not come to its end:\n{done.stdout[-3000:]}{done.stderr[-3000:]}")
        names = [name for name, code in codes.items() if code in NOT_SEEN]
        print(f"{path}: {len(codes)} changes, {len(codes) - len(names)} noticed", flush=True)
        found += changes_of(names, Path(path))
    return found


def changes_of(names: list[str], path: Path) -> list[Change]:
    """What some changes of one module are, by their names; asked of mutmut in one process, where it finds its settings."""
    program = (
        "import json, sys\nfrom mutmut.mutation.diff_apply import get_diff_for_mutant\n"
        "print(json.dumps([get_diff_for_mutant(name, path=sys.argv[1]) for name in json.load(sys.stdin)]))"
    )
    told = subprocess.run(
        [sys.executable, "-c", program, str(path)],
        cwd=PLACE,
        input=json.dumps(names),
        capture_output=True,
        encoding="utf-8",
        check=True,
    )
    found: list[Change] = []
    for name, diff in zip(names, json.loads(told.stdout), strict=True):
        lines = [line for line in diff.splitlines() if line[:1] in "+-" and line[:3] not in {"+++", "---"}]
        was, now = (" ⏎ ".join(line[1:].strip() for line in lines if line[0] == sign) for sign in "-+")
        function = (
            re.sub(r"__mutmut_\d+$", "", name.rpartition(".")[2])
            .removeprefix("x_")
            .removeprefix("xǁ")
            .replace("ǁ", ".")
        )
        found.append(Change(path.stem, function, was, now))
    return list(dict.fromkeys(found))


def listed() -> dict[Change, str]:
    """The list as it stands: each change with its reason."""
    if not LIST.exists():
        return {}
    rows = [
        line.split("\t") for line in LIST.read_text(encoding="utf-8").splitlines() if line and not line.startswith("#")
    ]
    return {Change(*row[:4]): row[4] for row in rows}


def write(changes: dict[Change, str]) -> None:
    """The list anew, sorted."""
    rows = sorted("\t".join((*change, why)) for change, why in changes.items())
    LIST.write_text(HEAD + "".join(f"{row}\n" for row in rows), encoding="utf-8", newline="\n")


if __name__ == "__main__":
    sys.exit(main())
