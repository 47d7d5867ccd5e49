"""Documents held against what somebody asks of them: faults, gates, thresholds, coverage. Says what falls short, and why."""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import NamedTuple

from openreform.assessment import Assessment, Fault, Gate, OverallScore, Severity, Side
from openreform.findings import SEVERITIES, CheckFinding, Sought, in_order
from openreform.framework import Framework
from openreform.loading.frameworks import LoadedFramework
from openreform.messages.checks import CHECK
from openreform.problems import Problem
from openreform.reform import PartialDate
from openreform.running import Run, run

_SIDES: tuple[Side, ...] = ("promise", "practice")


class Threshold(NamedTuple):
    """A score that must be reached: of the whole, or of a dimension, on one side. Compared with `low`."""

    side: Side
    dimension: str | None
    limit: float
    written: str


class Asked(NamedTuple):
    """What is asked of every document.

    fail_on: the mildest fault that makes the check fail; none if None. gates: ids of gates that must be passed.
    coverage: the least share of the promise that must be assessed, 0 to 100. select: ids of faults to look for; all if
    empty. ignore: ids not to look for. skip_others: whether files that are no such documents are skipped even if named.
    """

    fail_on: Severity | None = "error"
    gates: tuple[str, ...] = ()
    thresholds: tuple[Threshold, ...] = ()
    coverage: float | None = None
    select: frozenset[str] = frozenset()
    ignore: frozenset[str] = frozenset()
    skip_others: bool = False

    def looks_for(self, rule: str) -> bool:
        """Whether a fault of this id is to be reported."""
        return (not self.select or rule in self.select) and rule not in self.ignore


class Checked(NamedTuple):
    """One document: what was said of it, what was found."""

    assessment: Assessment
    findings: tuple[CheckFinding, ...]

    @property
    def fell_short(self) -> bool:
        """Whether anything found makes the check fail."""
        return any(finding.fails for finding in self.findings)


@dataclass(slots=True)
class Outcome:
    """A whole check."""

    documents: list[Checked] = field(default_factory=list)
    run: Run = field(default_factory=Run)

    @property
    def findings(self) -> list[CheckFinding]:
        """All that was found, broken files too, by file and line."""
        problems = [_of_problem(found) for found in self.run.problems]
        return sorted([*problems, *(found for each in self.documents for found in each.findings)], key=in_order)

    @property
    def fell_short(self) -> list[Checked]:
        """The documents that fall short."""
        return [each for each in self.documents if each.fell_short]


def check(
    paths: list[str], framework: LoadedFramework, asked: Asked, as_of: PartialDate | None, today: str | None
) -> Outcome:
    """Check every document the paths stand for.

    Args:
        paths: files, folders, `-`.
        framework: the yardstick.
        asked: what is asked of each.
        as_of: the day tests that depend on time are read at.
        today: the day an exception runs out at where neither the call nor the document names a day, YYYY-MM-DD.
    """
    outcome = Outcome(run=Run(skip_others=asked.skip_others))
    for assessment in run(paths, framework, as_of, outcome.run):
        found = sorted(_found(assessment, asked, today), key=in_order)
        outcome.documents.append(Checked(assessment, tuple(found)))
    return outcome


def _found(assessment: Assessment, asked: Asked, today: str | None) -> Iterator[CheckFinding]:
    for fault in assessment.advises.faults(today):
        if asked.looks_for(fault.id):
            yield _of_fault(fault, assessment, asked)
    for gate in assessment.gates:
        if gate.id in asked.gates and gate.result in {"failed", "undecided"}:
            yield _of_gate(gate, assessment)
    for threshold in asked.thresholds:
        low = _low(assessment, threshold)
        if low is None or low < threshold.limit:
            yield _short(assessment, "threshold", threshold.written, _below(assessment, threshold, low))
    if asked.coverage is not None and 100 * assessment.promise.coverage < asked.coverage:
        said = CHECK["coverage"].format(
            coverage=f"{100 * assessment.promise.coverage:.0f}", limit=f"{asked.coverage:g}"
        )
        yield _short(assessment, "threshold", "coverage", said)


def _of_fault(fault: Fault, assessment: Assessment, asked: Asked) -> CheckFinding:
    too_bad = asked.fail_on is not None and SEVERITIES.index(fault.severity) <= SEVERITIES.index(asked.fail_on)
    place = fault.place
    section = place.path.partition("[")[0]
    return CheckFinding(
        "fault",
        fault.id,
        fault.title,
        fault.severity,
        assessment.path,
        place.line,
        place.column,
        fault.message,
        fault.fix,
        assessment.reform_id,
        f"{section}/{place.key or place.name}",
        place.name,
        too_bad and fault.exemption is None,
        fault.exemption,
    )


def _of_gate(gate: Gate, assessment: Assessment) -> CheckFinding:
    said = CHECK[f"gate-{gate.result}"].format(title=gate.title, reason=gate.reason.rstrip("."))
    return _short(assessment, "gate", gate.id, said)._replace(title=gate.title, rule=gate.id)


def _short(assessment: Assessment, kind: str, target: str, said: str) -> CheckFinding:
    return CheckFinding(
        "gate" if kind == "gate" else "threshold",
        "threshold",
        CHECK["threshold-title"],
        "error",
        assessment.path,
        assessment.title_at[0],
        assessment.title_at[1],
        said,
        CHECK["threshold-fix"],
        assessment.reform_id,
        target,
        assessment.title,
        fails=True,
    )


def _of_problem(found: Problem) -> CheckFinding:
    return CheckFinding(
        "problem", found.code, CHECK["problem-title"], "error", found.path, found.line, found.column,
        found.message, found.fix, "", found.code, "", fails=True,
    )  # fmt: skip


def sought(asked: Asked, framework: Framework) -> tuple[Sought, ...]:
    """Everything a document is held against, for formats that tell of what is in order too."""
    faults = [Sought("fault", each.id, "", each.title) for each in framework.faults if asked.looks_for(each.id)]
    gates = [Sought("gate", each.id, each.id, each.title) for each in framework.gates if each.id in asked.gates]
    thresholds = [
        Sought("threshold", "threshold", each.written, CHECK["threshold-of"].format(written=each.written))
        for each in asked.thresholds
    ]
    if asked.coverage is not None:
        title = CHECK["coverage-of"].format(limit=f"{asked.coverage:g}")
        thresholds.append(Sought("threshold", "threshold", "coverage", title))
    return (*faults, *gates, *thresholds)


# --- Thresholds -------------------------------------------------------------------------------------------

_THRESHOLD = re.compile(r"(?:(?P<what>[^=]+)=)?(?P<limit>\d+(?:\.\d+)?)")


def threshold(written: str, framework: Framework) -> Threshold | None:
    """A threshold as people write it: `50`, `accountability=40`, `practice=40`, `practice.T=40`; None if it is none."""
    match = _THRESHOLD.fullmatch(written.strip())
    if match is None or not 0 <= float(match["limit"]) <= 100:
        return None
    side: Side = "promise"
    dimension: str | None = None
    for word in (match["what"] or "").split(".") if match["what"] else ():
        name = word.strip().casefold()
        known = framework.dimension(name)
        if name in _SIDES:
            side = "practice" if name == "practice" else "promise"
        elif known is not None and dimension is None:
            dimension = known.id
        else:
            return None
    return Threshold(side, dimension, float(match["limit"]), written.strip())


def _low(assessment: Assessment, asked: Threshold) -> float | None:
    if asked.dimension is None:
        whole: OverallScore = assessment.overall(asked.side)
        return whole.low
    part = next((part for part in assessment.dimensions if part.id == asked.dimension), None)
    score = part.side(asked.side) if part else None
    return score.low if score else None


def _below(assessment: Assessment, asked: Threshold, low: float | None) -> str:
    titles = {part.id: part.title for part in assessment.dimensions}
    what = titles.get(asked.dimension or "", asked.dimension or assessment.overall_title)
    key = "no-score" if low is None else "below"
    shown = "" if low is None else f"{low:.1f}"
    return CHECK[key].format(what=what, side=CHECK[asked.side], score=shown, limit=f"{asked.limit:g}")
