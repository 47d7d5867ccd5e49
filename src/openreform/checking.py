"""Documents held against what somebody asks of them: faults, gates, thresholds, coverage. Says what falls short, and why."""

import re
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field
from typing import NamedTuple

from openreform.assessment import Assessment, Fault, Gate, Severity, Side
from openreform.findings import DIGITS, SEVERITIES, CheckFinding, Sought, Threshold, in_order, target_of
from openreform.framework import Framework
from openreform.loading.frameworks import LoadedFramework
from openreform.loading.settings import LoadedSettings
from openreform.loading.shapes import suggest
from openreform.messages.checks import CHECK
from openreform.messages.problems import FIXES
from openreform.messages.ratchets import RATCHET
from openreform.problems import Problem, problem
from openreform.ratchet import Before, Moves, State, known, marked, moves, state_of
from openreform.reform import PartialDate
from openreform.running import Run, run

_SIDES: tuple[Side, ...] = ("promise", "practice")


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
    """One document: what was said of it, what was found; what it is like, and how that differs from before."""

    assessment: Assessment
    findings: tuple[CheckFinding, ...]
    state: State
    moves: Moves | None = None

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

    def live_with_all(self) -> None:
        """Hold everything that was found for known, as it is from the moment a baseline of it is written."""
        self.documents = [each._replace(findings=known(each.findings)) for each in self.documents]


def check(
    paths: list[str],
    framework: LoadedFramework,
    asked: Asked,
    as_of: PartialDate | None,
    today: str | None,
    before: Before | None = None,
) -> Outcome:
    """Check every document the paths stand for.

    Args:
        paths: files, folders, `-`.
        framework: the yardstick.
        asked: what is asked of each.
        as_of: the day tests that depend on time are read at.
        today: the day an exception runs out at where neither the call nor the document names a day, YYYY-MM-DD.
        before: what the documents were like; what was there then makes nothing fail, what got worse does.
    """
    outcome = Outcome(run=Run(skip_others=asked.skip_others))
    only = before.only if before else None
    wanted = None if only is None else lambda found: found.shown in only
    for assessment in run(paths, framework, as_of, outcome.run, wanted=wanted):
        faults = assessment.advises.faults(today)
        found = sorted(_found(assessment, faults, asked), key=in_order)
        now = state_of(assessment, faults)
        was = before.state(assessment) if before else None
        moved = None
        if before and was:
            found = marked(found, was, now, {each.written: each for each in asked.thresholds})
            moved = moves(was, now)
            found = sorted([*found, *_worse(assessment, moved, found, before.fix)], key=in_order)
        outcome.documents.append(Checked(assessment, tuple(found), now, moved))
    return outcome


def _found(assessment: Assessment, faults: Iterable[Fault], asked: Asked) -> Iterator[CheckFinding]:
    for fault in faults:
        if asked.looks_for(fault.id):
            yield _of_fault(fault, assessment, asked)
    for gate in assessment.gates:
        if gate.id in asked.gates and gate.result in {"failed", "undecided"}:
            yield _of_gate(gate, assessment)
    for threshold in asked.thresholds:
        low = _low(assessment, threshold)
        if falls_below(assessment, threshold):
            yield _short(assessment, "threshold", threshold.written, _below(assessment, threshold, low))
    covered = round(100 * assessment.promise.coverage, DIGITS)
    if asked.coverage is not None and covered < asked.coverage:
        said = CHECK["coverage"].format(coverage=_under(covered, asked.coverage, 0), limit=f"{asked.coverage:g}")
        yield _short(assessment, "threshold", "coverage", said)


def _of_fault(fault: Fault, assessment: Assessment, asked: Asked) -> CheckFinding:
    too_bad = asked.fail_on is not None and SEVERITIES.index(fault.severity) <= SEVERITIES.index(asked.fail_on)
    place = fault.place
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
        target_of(place),
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


def _worse(assessment: Assessment, moved: Moves, found: list[CheckFinding], fix: str) -> Iterator[CheckFinding]:
    """What got worse and is no finding yet: scores that fell, gates that were lost.

    A gate that nobody requires may be lost because something else got better: openness towards readers alone fails
    `information-only`. It is told then, and fails nothing.
    """
    for move in moved.fell:
        key = "fell-away" if move.now is None else "fell"
        was, now = move.told
        said = RATCHET[key].format(what=move.title(assessment), was=was, now=now)
        target = move.dimension or assessment.framework_id
        yield _short(assessment, "threshold", target, said)._replace(
            rule="got-worse", title=RATCHET["worse-title"], fix=fix
        )
    required = {finding.rule for finding in found if finding.kind == "gate"}
    for gate in assessment.gates:
        if gate.id in moved.lost and gate.id not in required:
            said = RATCHET["lost"].format(title=gate.title, result=RATCHET[gate.result], reason=gate.reason)
            fails = bool(moved.fell) or not moved.rose
            yield _short(assessment, "gate", gate.id, said)._replace(
                title=gate.title, rule=gate.id, fix=fix, fails=fails, level="error" if fails else "info"
            )


def _of_problem(found: Problem) -> CheckFinding:
    return CheckFinding(
        "problem", found.code, CHECK["problem-title"], "error", found.path, found.line, found.column,
        found.message, found.fix, "", found.code, "", fails=True,
    )  # fmt: skip


def rules_like(name: str, framework: Framework) -> tuple[str, ...]:
    """The ids of faults that a person means: one written whole, or all that begin so."""
    exact = framework.fault(name)
    if exact is not None:
        return (exact.id,)
    return tuple(fault.id for fault in framework.faults if name and fault.id.casefold().startswith(name.casefold()))


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

_THRESHOLD = re.compile(r"(?:(?P<what>[^=]+)=)?\s*(?P<limit>[0-9]{1,3}(?:\.[0-9]{1,9})?)")


def threshold(written: str, framework: Framework) -> Threshold | None:
    """A threshold as people write it: `50`, `accountability=40`, `practice=40`, `practice.T=40`; None if it is none."""
    match = _THRESHOLD.fullmatch(written.strip())
    if match is None or not 0 <= float(match["limit"]) <= 100:
        return None
    words = [word.strip().casefold() for word in match["what"].split(".", 1)] if match["what"] else []
    side: Side = "practice" if words[:1] == ["practice"] else "promise"
    rest = ".".join(words[1:] if words[:1] in (["promise"], ["practice"]) else words)
    dimension = framework.dimension(rest) if rest else None
    if not all(words) or (rest and dimension is None):
        return None
    return Threshold(side, dimension.id if dimension else None, float(match["limit"]), written.strip())


def falls_below(assessment: Assessment, asked: Threshold) -> bool:
    """Whether a document does not meet a threshold; no score never meets one."""
    return not asked.is_met_by(_low(assessment, asked))


def _low(assessment: Assessment, asked: Threshold) -> float | None:
    if asked.dimension is None:
        low = assessment.overall(asked.side).low
    else:
        part = next((part for part in assessment.dimensions if part.id == asked.dimension), None)
        score = part.side(asked.side) if part else None
        low = score.low if score else None
    return None if low is None else round(low, DIGITS)


def _under(score: float, limit: float, digits: int = 1) -> str:
    """A score that is below a limit, with as many digits as it takes to see that."""
    return next(text for count in range(digits, DIGITS + 1) if float(text := f"{score:.{count}f}") < limit)


def _below(assessment: Assessment, asked: Threshold, low: float | None) -> str:
    titles = {part.id: part.title for part in assessment.dimensions}
    if asked.dimension is None and not assessment.overall_title:
        parts = [title.lower() for title in titles.values()]
        example = f"{parts[0]}={asked.limit:g}"
        return CHECK["no-whole"].format(limit=f"{asked.limit:g}", example=example, parts=", ".join(parts))
    what = titles.get(asked.dimension or "", asked.dimension or assessment.overall_title)
    key = "no-score" if low is None else "below"
    shown = "" if low is None else _under(low, asked.limit)
    return CHECK[key].format(what=what, side=CHECK[asked.side], score=shown, limit=f"{asked.limit:g}")


# --- Settings ---------------------------------------------------------------------------------------------


def unknown_in(loaded: LoadedSettings, table: str, keys: Iterable[str], framework: Framework) -> list[Problem]:
    """What settings name that this framework does not have: gates, faults, what thresholds are for.

    Args:
        loaded: the settings.
        table: `check` or `assess`.
        keys: the settings that count in this run.
        framework: the yardstick of this run.
    """
    given = getattr(loaded.settings, table)
    titles = [dimension.title.lower() for dimension in framework.dimensions]
    known: dict[str, tuple[str, Callable[[str], object], str]] = {
        "fail_under": (
            "setting-threshold",
            lambda name: threshold(name, framework),
            FIXES["threshold-of"].format(values_=", ".join(titles)),
        ),
        "require_gate": ("setting-gate", framework.gate, ""),
        **{
            key: ("setting-fault", lambda name: rules_like(name, framework), "")
            for key in ("select", "ignore", "extend_select")
        },
    }
    names = {"setting-gate": [gate.id for gate in framework.gates], "setting-fault": [f.id for f in framework.faults]}
    found: list[Problem] = []
    for key in keys:
        code, is_known, fix = known.get(key, ("", bool, ""))
        for number, written in enumerate(getattr(given, key, None) or () if code else ()):
            for name in filter(None, (part.strip() for part in written.split(","))):
                if not is_known(name):
                    at = loaded.at((table, key, number))
                    fix_ = fix or suggest(name, names[code])
                    found.append(problem(code, loaded.path, at, framework_=framework.id, value=name, fix_=fix_))
    return found
