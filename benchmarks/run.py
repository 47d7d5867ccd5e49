"""Measure the built wheel beside a peer, command after command in turn, and print one table of ratios.

Usage: python benchmarks/run.py [--rounds N] [--quick]

Needs `build`, `setuptools` and `pip` beside the standard library, as `make install` sets them up, and a system with os.wait4,
which tells what one child has used. It measures and does not judge: it exits 0 whatever the figures are, and fails only where
a command fails.
"""

import argparse
import itertools
import os
import platform
import re
import shutil
import statistics
import subprocess
import sys
import tempfile
import time
import venv
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

ROOT = Path(__file__).parent.parent
PEER = "check-jsonschema"
LINTER = "yamllint"
KB = 1024
TIMES = 20  # how many times as many documents memory is looked at with
LIMIT = 3 * KB  # documents above it and below it have aims of their own
ROWS = {"a row a criterion": ["-f", "csv"], "a row a reform": ["-f", "csv", "--rows", "reforms"]}
IMPORTS = "import typer, yaml, pydantic"
LOADS = """
import sys, time, yaml
texts = [open(name, encoding="utf-8").read() for name in sys.argv[1:]]
cpu, wall = time.process_time(), time.perf_counter()
for text in texts:
    yaml.load(text, yaml.CSafeLoader)
print(time.process_time() - cpu, time.perf_counter() - wall)
"""
RATED = ROOT.parent / "shared" / "data" / "ogp"
CONVERTS = """
import csv, os, sys, yaml
os.mkdir("bare")
for name in sys.argv[1:]:
    with open(name, encoding="utf-8", newline="") as file:
        for row in csv.DictReader(file):
            with open(os.path.join("bare", row["id"] + ".yaml"), "w", encoding="utf-8") as out:
                yaml.dump(row, out, yaml.SafeDumper, allow_unicode=True, sort_keys=False)
"""
# Without what would make Python slower or faster than it is at other people's: no unbuffered output, no missing bytecode.
ENVIRONMENT = {name: value for name, value in os.environ.items() if not name.startswith(("PYTHON", "COVERAGE"))}


@dataclass(frozen=True, slots=True)
class Cost:
    """What one run took: seconds of processor (its own and the system's for it) and of the clock; MiB at its highest."""

    cpu: float
    wall: float
    peak: float = 0.0

    def less(self, other: "Cost") -> "Cost":
        """What it took beyond another run."""
        return Cost(self.cpu - other.cpu, self.wall - other.wall)

    def plus(self, other: "Cost") -> "Cost":
        """What two runs took, one after the other."""
        return Cost(self.cpu + other.cpu, self.wall + other.wall, max(self.peak, other.peak))

    def each(self, count: int) -> "Cost":
        """What each of so many files took."""
        return Cost(self.cpu / count, self.wall / count)


@dataclass(frozen=True, slots=True)
class Aim:
    """What a figure should be at most, or at least."""

    limit: float
    least: bool = False

    def __str__(self) -> str:
        return f"{'≥' if self.least else '≤'} {self.limit:g}"

    def met(self, figure: float) -> bool:
        """Whether the figure, as it is printed, meets it."""
        return round(figure, 2) >= self.limit if self.least else round(figure, 2) <= self.limit


@dataclass(frozen=True, slots=True)
class Row:
    """One line of the table: a figure of each round, by processor or memory, the same by the clock, and what it is made of."""

    what: str
    figures: list[float]
    by_clock: list[float] | None
    made_of: str
    aim: Aim | None = None

    def __str__(self) -> str:
        middle = statistics.median(self.figures)
        measured = f"{middle:.2f} ({min(self.figures):.2f}–{max(self.figures):.2f})"
        clock = f"{statistics.median(self.by_clock):.2f}" if self.by_clock else "–"
        aim, met = (str(self.aim), "yes" if self.aim.met(middle) else "no") if self.aim else ("–", "–")
        return f"| {self.what} | {measured} | {clock} | {self.made_of} | {aim} | {met} |"


@dataclass(frozen=True, slots=True)
class Plan:
    """How often, and on how many files: few and many, whose difference has no start-up in it."""

    rounds: int
    warm_ups: int
    rounds_of_many: int
    rounds_of_peer: int  # on many files it takes half a minute
    few: int
    many: int


@dataclass(frozen=True, slots=True)
class Bench:
    """A folder with everything that is measured, outside the checkout, and what stands in it."""

    folder: Path
    plan: Plan
    tool: str
    python: str
    peer: str
    linter: str

    def assess(self, *arguments: str) -> Callable[[], Cost]:
        """Assess files with the wheel."""
        return lambda: cost_of(self.folder, self.tool, "assess", *arguments)

    def validate(self, *files: str) -> Callable[[], Cost]:
        """Hold the same files against our published schema with the peer."""
        return lambda: cost_of(self.folder, self.peer, "--schemafile", "schema.json", *files)

    def load(self, *files: str) -> Callable[[], Cost]:
        """Have PyYAML's C loader read the same files in one process: the loading alone, told by that process."""

        def loading() -> Cost:
            cost_of(self.folder, self.python, "-c", LOADS, *files)
            cpu, wall = map(float, said(self.folder).split())
            return Cost(cpu, wall)

        return loading

    def copies(self, name: str, documents: list[Path], count: int | None = None) -> list[str]:
        """Many copies of the documents, one of each in turn, all with an id of their own; as many as the plan says if left out."""
        (self.folder / name).mkdir()
        files = [f"{name}/{number:05}.yaml" for number in range(count or self.plan.many)]
        for file, document in zip(files, itertools.cycle(documents), strict=False):
            text = document.read_text(encoding="utf-8")
            ident = file.removesuffix(".yaml").replace("/", "-")
            copy = re.sub(r"^id: .*$", f"id: {ident}", text, count=1, flags=re.MULTILINE)
            (self.folder / file).write_text(copy, encoding="utf-8")
        return files


# --- What is measured ------------------------------------------------------------------------------------------


def one_document(bench: Bench) -> list[Row]:
    """One process, one document or none: what a person waits for."""
    document = "id-lapor.yaml"
    shutil.copy(ROOT / "examples" / document, bench.folder)
    costs = in_turn(
        {
            "peer": bench.validate(document),
            "assess": bench.assess(document),
            "imports": lambda: cost_of(bench.folder, bench.python, "-c", IMPORTS),
            "explain T5": lambda: cost_of(bench.folder, bench.tool, "explain", "T5"),
            "schema reform": lambda: cost_of(bench.folder, bench.tool, "schema", "reform"),
            "--version": lambda: cost_of(bench.folder, bench.tool, "--version"),
        },
        bench.plan.rounds,
        bench.plan.warm_ups,
    )
    return [
        compared(f"one document: `assess` ÷ `{PEER}`", costs["assess"], costs["peer"], Aim(0.8)),
        compared(f"one document: `assess` ÷ `{IMPORTS}`", costs["assess"], costs["imports"], Aim(1.6)),
        *(
            compared(f"start-up: `{command}` ÷ `{IMPORTS}`", costs[command], costs["imports"])
            for command in ("explain T5", "schema reform", "--version")
        ),
    ]


def many_documents(bench: Bench, files: list[str]) -> list[Row]:
    """One process, many documents: files a second, ours by those of the peer."""
    count = len(files)
    uses = {rows: bench.assess(*options, *files) for rows, options in ROWS.items()}
    costs = in_turn({"peer": bench.validate(*files), **uses}, bench.plan.rounds_of_peer)
    each = {name: [cost.each(count) for cost in of_name] for name, of_name in costs.items()}
    return [
        compared(
            f"{count:,} documents, CSV, {rows}: files a second ÷ those of `{PEER}`",
            each["peer"],
            each[rows],
            Aim(10, least=True),
            "a file",
        )
        for rows in ROWS
    ]


def each_document(bench: Bench) -> list[Row]:
    """What one document more takes, without the start-up: by what loading its YAML takes, and in milliseconds."""
    plan = bench.plan
    examples = sorted((ROOT / "examples").glob("*.yaml"), key=lambda path: path.stat().st_size)
    large = bench.copies("large", [path for path in examples if path.stat().st_size > LIMIT])
    small = bench.copies("small", examples[:1])
    uses: dict[str, Callable[[], Cost]] = {}
    for rows, options in ROWS.items():
        for size, files in {"small": small, "large": large}.items():
            uses[f"few {size}, {rows}"] = bench.assess(*options, *files[: plan.few])
            uses[f"many {size}, {rows}"] = bench.assess(*options, *files)
        uses[f"loading, {rows}"] = bench.load(*large)  # at the side of what it is compared with
    costs = in_turn(uses, plan.rounds_of_many)

    def slopes(of: str) -> list[Cost]:
        pairs = zip(costs[f"many {of}"], costs[f"few {of}"], strict=True)
        return [many.less(few).each(plan.many - plan.few) for many, few in pairs]

    by_loading = [
        compared(
            f"each document over 3 KB, CSV, {rows} ÷ `yaml.load(text, CSafeLoader)`",
            slopes(f"large, {rows}"),
            [cost.each(plan.many) for cost in costs[f"loading, {rows}"]],
            Aim(2.5),
            "a file",
        )
        for rows in ROWS
    ]
    in_milliseconds = [
        Row(
            f"each document under 3 KB, CSV, {rows}: milliseconds",
            [cost.cpu * 1000 for cost in slopes(f"small, {rows}")],
            [cost.wall * 1000 for cost in slopes(f"small, {rows}")],
            "–",
            Aim(2),
        )
        for rows in ROWS
    ]
    return by_loading + in_milliseconds


def memory(bench: Bench, files: list[str]) -> list[Row]:
    """Whether memory grows with the number of documents."""
    few, many = bench.plan.few, bench.plan.many
    uses: dict[str, Callable[[], Cost]] = {}
    for form in ("jsonl", "csv"):
        uses[f"few, {form}"] = bench.assess("-f", form, *files[:few])
        uses[f"many, {form}"] = bench.assess("-f", form, *files)
    costs = in_turn(uses, bench.plan.rounds_of_peer)
    return [
        peaks(
            f"peak memory, {form}: {many:,} documents ÷ {few:,}",
            costs[f"many, {form}"],
            costs[f"few, {form}"],
            Aim(1.1),
        )
        for form in ("jsonl", "csv")
    ]


def shared(bench: Bench, folder: str, documents: list[Path]) -> list[Row]:
    """What two processes gain by the clock over a folder of many, and whether memory grows with many times as many."""
    many, most = bench.plan.many, TIMES * bench.plan.many
    bench.copies("most", documents, most)

    uses = {
        f"{size} by {jobs}": bench.assess(*ROWS["a row a reform"], "--jobs", str(jobs), place)
        for size, place in ((many, folder), (most, "most"))
        for jobs in (1, 2)
    }
    costs = in_turn(uses, bench.plan.rounds_of_peer)
    return [
        *(
            compared(
                f"{size:,} documents, CSV, a row a reform: one process ÷ two (gain: by the clock)",
                costs[f"{size} by 1"],
                costs[f"{size} by 2"],
            )
            for size in (many, most)
        ),
        *(
            peaks(
                f"peak memory, CSV, a row a reform, `--jobs {jobs}`: {most:,} documents ÷ {many:,}",
                costs[f"{most} by {jobs}"],
                costs[f"{many} by {jobs}"],
                Aim(1.1),
            )
            for jobs in (1, 2)
        ),
    ]


def importing(bench: Bench) -> list[Row]:
    """All of OGP's rated commitments, imported and assessed: beside writing each row as YAML as it stands, and nothing more."""
    files = [str(path) for path in sorted(RATED.glob("ogp_irm_*.csv"))]
    if not files:
        remark("left out: OGP's data is not beside the checkout")
        return []

    def fresh(use: Callable[[], Cost]) -> Callable[[], Cost]:
        def using() -> Cost:
            for folder in ("drafts", "bare"):
                shutil.rmtree(bench.folder / folder, ignore_errors=True)
            return use()

        return using

    def made() -> Cost:
        return cost_of(bench.folder, bench.tool, "import", "--quiet", *files, "-o", "drafts")

    costs = in_turn(
        {
            "bare": fresh(lambda: cost_of(bench.folder, bench.python, "-c", CONVERTS, *files)),
            "import": fresh(made),
            "assess": bench.assess("-f", "csv", "drafts"),
        },
        bench.plan.rounds_of_peer,
    )
    count = len(list((bench.folder / "drafts").glob("*.yaml")))
    both = [one.plus(other) for one, other in zip(costs["import"], costs["assess"], strict=True)]
    return [
        compared(f"{count:,} rated commitments: `import` ÷ rows to YAML as they stand", costs["import"], costs["bare"]),
        compared("the same, `import` and `assess` ÷ rows to YAML as they stand", both, costs["bare"]),
        peaks("the same, peak memory: `import` ÷ rows to YAML as they stand", costs["import"], costs["bare"]),
    ]


def checking(bench: Bench) -> list[Row]:
    """All of OGP's rated commitments, imported and checked: beside the peers on the documents that the import has made."""
    sources = [str(path) for path in sorted(RATED.glob("ogp_irm_*.csv"))]
    if not sources:
        return []

    def made() -> Cost:
        shutil.rmtree(bench.folder / "drafts", ignore_errors=True)
        return cost_of(bench.folder, bench.tool, "import", "--quiet", *sources, "-o", "drafts")

    made()
    files = sorted(f"drafts/{path.name}" for path in (bench.folder / "drafts").glob("*.yaml"))
    costs = in_turn(
        {
            "import": made,
            "check": lambda: cost_of(bench.folder, bench.tool, "check", "--exit-zero", "drafts"),
            PEER: bench.validate(*files),
            LINTER: lambda: cost_of(bench.folder, bench.linter, "-d", "relaxed", "drafts"),
        },
        bench.plan.rounds_of_peer,
    )
    count = len(files)
    both = [one.plus(other) for one, other in zip(costs["import"], costs["check"], strict=True)]
    rows: list[Row] = []
    for peer in (PEER, LINTER):
        rows += [
            compared(f"{count:,} rated commitments: `import` and `check` ÷ `{peer}` alone", both, costs[peer]),
            in_files_a_second(
                f"the same: files a second of `check` ÷ those of `{peer}`", costs["check"], costs[peer], count
            ),
            peaks(f"the same, peak memory: `check` ÷ `{peer}`", costs["check"], costs[peer]),
        ]
    return rows


# --- How it is measured ----------------------------------------------------------------------------------------


def in_turn(uses: dict[str, Callable[[], Cost]], rounds: int, warm_ups: int = 0) -> dict[str, list[Cost]]:
    """A B C A B C …: what else the machine does meets all of them alike."""
    costs: dict[str, list[Cost]] = {name: [] for name in uses}
    for number in range(-warm_ups, rounds):
        for name, use in uses.items():
            cost = use()
            if number >= 0:
                costs[name].append(cost)
    return costs


def cost_of(folder: Path, *command: str) -> Cost:
    """Run a command in a folder to its end, its output into a file there, and tell what it took."""
    with (folder / "out").open("wb") as out, (folder / "err").open("wb") as err:
        began = time.perf_counter()
        process = subprocess.Popen(
            command, cwd=folder, env=ENVIRONMENT, stdin=subprocess.DEVNULL, stdout=out, stderr=err
        )
        _, status, used = os.wait4(process.pid, 0)
        wall = time.perf_counter() - began
    process.returncode = os.waitstatus_to_exitcode(status)
    if process.returncode:
        complaint = (folder / "err").read_text("utf-8", "replace") + said(folder)
        raise SystemExit(f"{' '.join(command)[:200]}\nended with {process.returncode}:\n{complaint[-2000:]}")
    # A child's peak is never told as less than its parent's: this program must stay smaller than what it measures.
    return Cost(used.ru_utime + used.ru_stime, wall, used.ru_maxrss / (KB**2 if sys.platform == "darwin" else KB))


def said(folder: Path) -> str:
    """What the last command there printed."""
    return (folder / "out").read_text("utf-8", "replace")


def compared(what: str, ones: list[Cost], others: list[Cost], aim: Aim | None = None, unit: str = "") -> Row:
    """A ratio for each round, of what was measured side by side in it."""
    pairs = list(zip(ones, others, strict=True))
    made_of = ", ".join(milliseconds(costs) for costs in (ones, others))
    return Row(
        what,
        [one.cpu / other.cpu for one, other in pairs],
        [one.wall / other.wall for one, other in pairs],
        f"{made_of} {unit}".rstrip(),
        aim,
    )


def in_files_a_second(what: str, ones: list[Cost], others: list[Cost], count: int) -> Row:
    """How many files each reads in a second, as a ratio."""
    rates = [f"{count / statistics.median(cost.cpu for cost in costs):,.0f}" for costs in (ones, others)]
    row = compared(what, others, ones)
    return Row(row.what, row.figures, row.by_clock, f"{', '.join(rates)} a second")


def peaks(what: str, ones: list[Cost], others: list[Cost], aim: Aim | None = None) -> Row:
    """The highest memory of one by that of another."""
    ratios = [one.peak / other.peak for one, other in zip(ones, others, strict=True)]
    highest = ", ".join(f"{statistics.median(cost.peak for cost in costs):.1f} MiB" for costs in (ones, others))
    return Row(what, ratios, None, highest, aim)


def milliseconds(costs: list[Cost]) -> str:
    """The median of the processor time."""
    middle = statistics.median(cost.cpu for cost in costs) * 1000
    return f"{middle:.0f} ms" if middle >= 100 else f"{middle:.3g} ms"


def remark(text: str) -> None:
    """Say what is being done, apart from the table."""
    print(text, file=sys.stderr)


# --- What it is measured on ------------------------------------------------------------------------------------


def set_up(folder: Path, plan: Plan) -> Bench:
    """Build the wheel from a copy of the checkout; install it, and each peer, alone in a new environment."""
    source = folder / "source"
    shutil.copytree(ROOT, source, ignore=shutil.ignore_patterns(".*", "build", "dist", "tests", "*.egg-info"))
    cost_of(folder, sys.executable, "-m", "build", "--wheel", "--no-isolation", "--outdir", str(folder), str(source))
    (wheel,) = folder.glob("*.whl")
    ours, theirs, linter = (
        installed(folder / name, what) for name, what in (("ours", str(wheel)), ("theirs", PEER), ("linter", LINTER))
    )
    tools = (ours / "openreform", ours / "python", theirs / PEER, linter / LINTER)
    bench = Bench(folder, plan, *map(str, tools))
    cost_of(folder, bench.tool, "schema", "reform")
    (folder / "out").rename(folder / "schema.json")
    return bench


def installed(place: Path, what: str) -> Path:
    """The programs of a new environment with one thing in it and what that needs, compiled as pip does for anybody."""
    venv.create(place)
    programs = place / "bin"
    pip = [sys.executable, "-m", "pip", "--python", str(programs / "python")]
    cost_of(place, *pip, "install", "--quiet", "--disable-pip-version-check", what)
    return programs


def asked() -> Plan:
    """The plan asked for on the command line."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").split("\n", maxsplit=1)[0], allow_abbrev=False)
    parser.add_argument("--rounds", type=int, default=15, metavar="N", help="rounds of the short commands (default 15)")
    parser.add_argument("--quick", action="store_true", help="3 rounds and a tenth of the files: shows that it runs")
    options = parser.parse_args()
    if options.rounds < 1:
        parser.error("--rounds must be 1 or more")
    if options.quick:
        return Plan(rounds=3, warm_ups=1, rounds_of_many=1, rounds_of_peer=1, few=10, many=100)
    many = max(2, options.rounds // 3)
    return Plan(options.rounds, warm_ups=2, rounds_of_many=many, rounds_of_peer=2, few=100, many=1000)


def main() -> None:
    """Print the table, and on what it was measured."""
    plan = asked()
    with tempfile.TemporaryDirectory() as name:
        remark("Building the wheel, setting up three environments …")
        bench = set_up(Path(name).resolve(), plan)
        examples = sorted((ROOT / "examples").glob("*.yaml"))
        mixed = bench.copies("mixed", examples)
        remark("One document …")
        rows = one_document(bench)
        remark("Many documents, beside the peer …")
        rows += many_documents(bench, mixed)
        remark("Each document …")
        rows += each_document(bench)
        remark("Memory …")
        rows += memory(bench, mixed)
        remark("Two processes …")
        rows += shared(bench, "mixed", examples)
        remark("Import …")
        rows += importing(bench)
        remark("Check …")
        rows += checking(bench)
        versions = []
        for peer, program in ((PEER, bench.peer), (LINTER, bench.linter)):
            cost_of(bench.folder, program, "--version")
            versions.append(f"{peer} {said(bench.folder).split()[-1]}")
    print("| what | median (min–max) | by the clock | made of | aim | met |")
    print("| --- | --- | --- | --- | --- | --- |")
    print("\n".join(map(str, rows)))
    print(
        f"\nPython {platform.python_version()}, {os.cpu_count()} cores, {', '.join(versions)}; "
        f"{plan.rounds} rounds of one document, {plan.rounds_of_many} of each, {plan.rounds_of_peer} of many and of memory."
    )


if __name__ == "__main__":
    main()
