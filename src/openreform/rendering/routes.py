"""A way to a target as text, as Markdown, and as JSON."""

from collections.abc import Iterator
from typing import Any

from openreform import __version__
from openreform.findings import DIGITS
from openreform.kinds import kind_called
from openreform.messages.steps import ROUTE
from openreform.plaintext import visible
from openreform.problems import Problem
from openreform.rendering.citing import who_did
from openreform.rendering.json import FORMAT, as_text
from openreform.rendering.layout import Page
from openreform.rendering.lines import lines_of
from openreform.rendering.pages import escape_markdown
from openreform.rendering.text import number
from openreform.route import WHENS, GateAim, Route, RouteStep, ScoreAim, When

Plain = dict[str, Any]


class Told:
    """The sentences on one way, for people. seconds: how long was searched at most."""

    def __init__(self, route: Route, seconds: float) -> None:
        self.route, self._seconds = route, f"{seconds:g}"
        self.titles = {part.id: part.title for part in route.dimensions}

    @property
    def about(self) -> str:
        """What is told of: id, stage, path, day."""
        route = self.route
        day = ROUTE["as-of"].format(date=route.as_of) if route.as_of else None
        return ROUTE["about"].join(part for part in (route.reform_id, route.stage, route.path, day) if part)

    @property
    def heading(self) -> str:
        """What was asked for."""
        aims = [ROUTE["to-one"].format(title=aim.title, limit=f"{aim.limit:g}") for aim in self.route.scores]
        aims += [ROUTE["to-gate"].format(title=aim.title) for aim in self.route.gates]
        return ROUTE["to"].format(aims=ROUTE["and"].join(aims))

    @property
    def result(self) -> str:
        """What came of it, in one sentence."""
        route = self.route
        if route.outcome == "way":
            count = len(route.steps)
            steps = ROUTE["steps-one"] if count == 1 else ROUTE["steps"].format(count=count)
            bound = f"{route.bound:g}"
            gap = f"{route.cost - route.bound:g}"
            found = "way" if route.finished else "way-open"
            return ROUTE[found].format(steps=steps, cost=f"{route.cost:g}", bound=bound, gap=gap, seconds=self._seconds)
        key: str = route.outcome
        if key == "met" and route.to_fill:
            key = "verified"
        elif key == "met" and not route.scores and all(gate.now == "not-applicable" for gate in route.gates):
            key = "met-idle"
        elif key == "missed" and not route.to_fill:
            key = "missed-as-is"
        return ROUTE[key].format(seconds=self._seconds, bound=f"{route.bound:g}", count=len(route.to_fill))

    @property
    def aims(self) -> list[str]:
        """Each score and gate asked for: now and then, or how far it can go."""
        return [
            *(self._score(aim) for aim in self.route.scores),
            *(self._gate(aim) for aim in self.route.gates),
        ]

    def _kind(self, *, met: bool, changed: bool) -> str:
        if self.route.outcome in {"out-of-reach", "not-found"}:
            return "best"
        return "way" if changed and met else "met" if met else "missed"

    def _score(self, aim: ScoreAim) -> str:
        details = {"title": aim.title, "limit": f"{aim.limit:g}", "now": number(aim.now), "after": number(aim.after)}
        if aim.now is None:
            return ROUTE["score-none"].format(**details, note=aim.note or ROUTE["no-note"])
        kind = self._kind(met=aim.met, changed=aim.after != aim.now)
        return ROUTE[f"score-{kind}"].format(**details, best=number(aim.best))

    def _gate(self, aim: GateAim) -> str:
        kind = self._kind(met=aim.met, changed=aim.after != aim.now)
        results = {"now": ROUTE[aim.now], "after": ROUTE[aim.after], "best": ROUTE[aim.best]}
        return ROUTE[f"gate-{kind}"].format(title=aim.title, reason=aim.reason, **results)

    @property
    def together(self) -> str:
        """The scores after all steps; empty if there are none."""
        route = self.route
        changes = [*([route.overall] if route.overall else []), *route.dimensions]
        shown = [
            ROUTE["change"].format(title=part.title, now=number(part.now), after=number(part.after))
            for part in changes
            if part.now != part.after
        ]
        if not (route.steps and shown):
            return ""
        along = ", ".join(ROUTE["along-one"].format(**part._asdict()) for part in route.along)
        told = ROUTE["together"].format(scores=", ".join(shown))
        return f"{told} {ROUTE['along'].format(criteria=along)}" if along else told

    @property
    def notes(self) -> list[str]:
        """What holds for all steps."""
        route = self.route
        told: list[str] = []
        if route.months is not None and route.steps:
            key = {0: "months-none", 1: "months-one"}.get(route.months, "months")
            told.append(ROUTE[key].format(months=route.months))
        if route.undescribed:
            told.append(ROUTE["undescribed"].format(sections=", ".join(route.undescribed)))
        if route.steps:
            counts = (ROUTE["effort-count"].format(effort=name, cost=f"{cost:g}") for name, cost in route.efforts)
            told.append(ROUTE["efforts"].format(efforts=", ".join(counts)))
            told += [ROUTE["only-plan" if route.document == "plan" else "only"], ROUTE["fills"]]
        if any(each.entry and each.entry.line for each in route.additions):
            told.append(ROUTE["existing"])
        return told

    def of(self, when: When) -> list[RouteStep]:
        """The steps of one time."""
        return [step for step in self.route.steps if step.when == when]

    def title(self, step: RouteStep) -> str:
        """A step in a line."""
        return ROUTE["step"].format(
            number=step.number,
            id=step.criterion,
            title=step.title,
            held=step.held,
            level=step.level,
            says=step.says,
        )

    def worth(self, step: RouteStep) -> str:
        """What a step gains, and its effort."""
        overall = self.route.overall
        gains = [(overall.title if overall else "", step.gain), (self.titles[step.dimension], step.dimension_gain)]
        shown = [ROUTE["gain"].format(title=title, gain=number(gain)) for title, gain in gains if gain]
        shared = [rung.counted_with for rung in step.rungs if rung.counted_with]
        if step.cost:
            effort = ROUTE["effort"].format(effort=step.effort.effort, cost=f"{step.cost:g}")
        elif shared:
            effort = ROUTE["effort-shared"].format(id=shared[0])
        else:
            effort = ROUTE["effort-none"]
        return "; ".join([", ".join(shown) or ROUTE["gain-none"], effort])

    def reasons(self, step: RouteStep) -> str:
        """Why it takes that much."""
        told = dict.fromkeys(rung.reason for rung in step.rungs if rung.cost)
        return ROUTE["reason"].format(reason=" ".join(told)) if told else ""

    def lines(self, step: RouteStep) -> str:
        """The lines to paste; empty if there are none."""
        return lines_of(step.additions, kind_called(self.route.document))

    def instead(self, step: RouteStep) -> str:
        """What is said where there are no lines."""
        if step.lacking:
            return ROUTE["lacking"].format(facts=ROUTE["facts"].join(step.lacking))
        return ROUTE["nothing-to-write"]

    @property
    def method(self) -> str:
        """What the yardstick is."""
        route = self.route
        return ROUTE["method"].format(
            title=route.framework_title, version=route.framework_version, attribution=route.framework_attribution
        )


def page(route: Route, seconds: float) -> Page:
    """A way as text, 80 columns wide."""
    told, made = Told(route, seconds), Page()
    made.add(route.title, style="bold")
    made.add(told.about, style="dim")
    made.heading(told.heading)
    made.add(told.result, style="red" if route.fell_short else "green")
    for line in told.aims:
        made.add(line, indent=2, hang=4)
    if told.together:
        made.add(told.together, hang=2)
    if told.notes:
        made.add()
    for note in told.notes:
        made.add(note, hang=2, style="dim")
    for when in WHENS:
        steps = told.of(when)
        if steps:
            made.heading(ROUTE[when])
            made.add(ROUTE[f"{when}-note"], style="dim")
        for step in steps:
            _step(made, step, told)
    made.add()
    made.add(told.method, style="dim")
    return made


def _step(made: Page, step: RouteStep, told: Told) -> None:
    made.add()
    made.add(told.title(step), hang=3)
    made.add(told.worth(step), indent=3, style="cyan")
    if reasons := told.reasons(step):
        made.add(reasons, indent=3, hang=5, style="dim")
    made.add(ROUTE["why"].format(why=step.why), indent=3, hang=5, style="dim")
    if lines := told.lines(step):
        made.add(ROUTE["write"], indent=3)
        made.verbatim(lines, indent=5)
    else:
        made.add(told.instead(step), indent=3, hang=5)
    if case := who_did(step.precedent, step.level, told.route.cases, whole=False):
        made.add(case, indent=3, hang=5, style="dim")


def markdown(route: Route, seconds: float) -> str:
    """A way as Markdown: right for GitHub and for pandoc."""
    told = Told(route, seconds)
    return "".join(f"{line}\n" for line in _markdown(route, told))


def _markdown(route: Route, told: Told) -> Iterator[str]:
    yield from (f"## {escape_markdown(route.title)}", "", escape_markdown(told.about), "")
    yield from (f"**{escape_markdown(told.heading)}.** {escape_markdown(told.result)}", "")
    yield from (f"- {escape_markdown(line)}" for line in told.aims)
    for note in (told.together, *told.notes):
        if note:
            yield from ("", escape_markdown(note))
    for when in WHENS:
        steps = told.of(when)
        if steps:
            yield from ("", f"### {ROUTE[when]}", "", ROUTE[f"{when}-note"])
        for step in steps:
            yield from ("", f"#### {escape_markdown(told.title(step))}", "", escape_markdown(told.worth(step)))
            for line in (told.reasons(step), ROUTE["why"].format(why=step.why)):
                if line:
                    yield from ("", escape_markdown(line))
            lines = told.lines(step)
            if lines:
                yield from ("", "```yaml", *(visible(line) for line in lines.rstrip("\n").split("\n")), "```")
            else:
                yield from ("", escape_markdown(told.instead(step)))
            if case := who_did(step.precedent, step.level, route.cases, whole=True):
                yield from ("", escape_markdown(case))
    yield from ("", escape_markdown(told.method))


# --- For programs -------------------------------------------------------------------------------------------


def as_json(route: Route | None, problems: list[Problem], as_of: str | None) -> str:
    """The way, or what is wrong with the document, in an envelope like that of an assessment."""
    return as_text(
        {
            "format": FORMAT,
            "tool": {"name": "openreform", "version": __version__},
            "as_of": as_of,
            "plans": [_route(route)] if route else [],
            "problems": [
                {"path": p.path, "line": p.line, "column": p.column, "code": p.code, "message": p.message, "fix": p.fix}
                for p in problems
            ],
        }
    )


def _rounded(score: float | None) -> float | None:
    return None if score is None else round(score, DIGITS) + 0.0


def _route(route: Route) -> Plain:
    return {
        "reform": {
            "document": route.document,
            "id": route.reform_id,
            "title": route.title,
            "path": route.path,
            "stage": route.stage,
            "digest": route.digest,
        },
        "framework": {
            "id": route.framework_id,
            "title": route.framework_title,
            "version": route.framework_version,
            "attribution": route.framework_attribution,
            "digest": route.framework_digest,
        },
        "assessor": {"name": route.assessor.name, "role": route.assessor.role, "date": route.assessor.date},
        "as_of": route.as_of,
        "outcome": route.outcome,
        "cost": _rounded(route.cost),
        "bound": _rounded(route.bound),
        "proven": route.finished,
        "targets": [
            {
                "written": aim.written,
                "dimension": aim.dimension,
                "title": aim.title,
                "limit": aim.limit,
                "now": _rounded(aim.now),
                "after": _rounded(aim.after),
                "best": _rounded(aim.best),
                "met": aim.met,
                "within_reach": aim.within_reach,
            }
            for aim in route.scores
        ],
        "gates": [aim._asdict() for aim in route.gates],
        "overall": {"now": _rounded(route.overall.now), "after": _rounded(route.overall.after)}
        if route.overall
        else None,
        "dimensions": [
            {"id": part.id, "title": part.title, "now": _rounded(part.now), "after": _rounded(part.after)}
            for part in route.dimensions
        ],
        "along": [{"criterion": part.criterion, "from": part.held, "level": part.level} for part in route.along],
        "months_left": route.months,
        "efforts": dict(route.efforts),
        "undescribed": list(route.undescribed),
        "to_fill": [place.path for place in route.to_fill],
        "steps": [_step_plain(step, route.document) for step in route.steps],
    }


def _step_plain(step: RouteStep, document: str) -> Plain:
    found = step.precedent
    return {
        "number": step.number,
        "criterion": step.criterion,
        "title": step.title,
        "dimension": step.dimension,
        "from": step.held,
        "level": step.level,
        "says": step.says,
        "when": step.when,
        "effort": step.effort.effort,
        "cost": _rounded(step.cost),
        "rungs": [rung._asdict() for rung in step.rungs],
        "gain": _rounded(step.gain),
        "dimension_gain": _rounded(step.dimension_gain),
        "why": step.why,
        "fixes": list(step.fixes),
        "place": {"path": step.place.path, "name": step.place.name, "line": step.place.line},
        "lines": lines_of(step.additions, kind_called(document)),
        "lacking": list(step.lacking),
        "case": {"id": found.case.id, "title": found.case.title, "promise": found.promise, "practice": found.practice}
        if found
        else None,
    }
