"""The first sentences on a comparison: what moved most, and because of what."""

from collections.abc import Iterator

from openreform.comparison import Comparison, CriterionChange, DimensionChange, Held, ScoreChange
from openreform.findings import DIGITS
from openreform.messages.comparing import COMPARED
from openreform.rendering.layout import number

_MOST_NAMED = 2


def opening(one: Comparison) -> str:
    """What a manager reads first."""
    if one.is_empty:
        alike = one.was.digest == one.now.digest and "result" not in (one.was.source, one.now.source)
        return COMPARED["same-text" if alike else "same"]
    return " ".join(_sentences(one))


def _sentences(one: Comparison) -> Iterator[str]:
    promise, practice = one.overall
    if one.overall_title:
        yield _end(_moved(COMPARED["whole-promise"].format(title=one.overall_title), promise))
    up, down = (_strongest(one, up=up) for up in (True, False))
    for found in (up, down):
        if found:
            dimension, score = found
            what = COMPARED["promise-of"].format(title=dimension.title.lower())
            yield _end(_moved(what, score) + _because(dimension, score))
    for dimension, score in _appeared(one)[:_MOST_NAMED]:
        yield _end(_moved(COMPARED["promise-of"].format(title=dimension.title.lower()), score))
    if one.overall_title and practice.was.score != practice.now.score:
        yield _end(_moved(COMPARED["whole-practice"].format(title=one.overall_title), practice))
    else:
        yield from _practised(one)
    count = sum(len(part.criteria) for part in one.dimensions)
    if count:
        yield COMPARED["criteria-moved-one" if count == 1 else "criteria-moved"].format(count=count)
    for key, won in (("gates-won", True), ("gates-lost", False)):
        titles = [gate.title for gate in one.gates if ((gate.now if won else gate.was).result == "passed")]
        if titles:
            yield COMPARED[key].format(titles=COMPARED["join"].join(titles))
    yield from _faults(one)


def _practised(one: Comparison) -> Iterator[str]:
    """The dimension whose practice moved most, where the whole has no practice to speak of."""
    moved = [
        (abs(score.by), -position, part, score)
        for position, part in enumerate(one.dimensions)
        for score in part.scores
        if score.side == "practice" and score.by
    ]
    if moved:
        _, _, part, score = max(moved, key=lambda each: each[:2])
        yield _end(_moved(COMPARED["practice-of"].format(title=part.title.lower()), score) + _because(part, score))


def _faults(one: Comparison) -> Iterator[str]:
    fixed, new = fault_counts(one)
    counts = (("faults-fixed", fixed), ("faults-new", new), ("faults-stay", one.stays.faults))
    if fixed or new:
        parts = [COMPARED[key].format(count=count) for key, count in counts if count]
        yield COMPARED["faults"].format(parts=COMPARED["join"].join(parts))


def fault_counts(one: Comparison) -> tuple[int, int]:
    """How many faults are fixed, and how many new, apart from those that were or are excepted."""
    fixed = sum(1 for was, now in one.faults if now is None and was and was.standing == "open")
    new = sum(1 for was, now in one.faults if was is None and now and now.standing == "open")
    return fixed, new


def _appeared(one: Comparison) -> list[tuple[DimensionChange, ScoreChange]]:
    """The dimensions whose promise has a score on one side only."""
    return [
        (part, score)
        for part in one.dimensions
        for score in part.scores
        if score.side == "promise" and (score.was.score is None) != (score.now.score is None)
    ]


def _strongest(one: Comparison, *, up: bool) -> tuple[DimensionChange, ScoreChange] | None:
    """The dimension whose promise went up, or down, the most; the first of several."""
    moved = [
        (abs(score.by), -position, part, score)
        for position, part in enumerate(one.dimensions)
        for score in part.scores
        if score.side == "promise" and score.by and (score.by > 0) is up
    ]
    if not moved:
        return None
    _, _, part, score = max(moved, key=lambda each: each[:2])
    return part, score


def _moved(what: str, score: ScoreChange) -> str:
    was, now = score.was.score, score.now.score
    note = score.now.note
    if was is None and now is None:
        told = COMPARED["has-none"]
    elif was is None:
        return COMPARED["has-now"].format(what=what, now=number(now))
    elif now is None:
        told = COMPARED["has-no-more"]
    elif was == now:
        return COMPARED["stays"].format(what=what, now=number(now))
    else:
        before, after = told_apart(was, now)
        return COMPARED["rose" if now > was else "fell"].format(what=what, was=before, now=after)
    return told.format(what=what, was=number(was)) + (COMPARED["note"].format(note=note) if note else "")


def told_apart(was: float, now: float) -> tuple[str, str]:
    """Two scores as reports print them, or, where they would look the same, in full."""
    before, after = number(was), number(now)
    return (before, after) if before != after else (f"{was:.{DIGITS}f}", f"{now:.{DIGITS}f}")


def _because(dimension: DimensionChange, score: ScoreChange) -> str:
    changes = {part.id: part for part in dimension.criteria}
    named = [_cause(changes[ident], score) for ident in score.causes[:_MOST_NAMED]]
    if named:
        more = len(score.causes) - len(named)
        if more:
            named.append(COMPARED["cause-more-one" if more == 1 else "cause-more"].format(count=more))
        *first, last = named
        causes = COMPARED["and"].join([COMPARED["join"].join(first), last]) if first else last
        return COMPARED["because"].format(causes=causes)
    shares = [round(100 * (side.coverage or 0)) for side in (score.was, score.now)]
    if shares[0] == shares[1]:
        return ""
    key = "because-more" if shares[1] > shares[0] else "because-less"
    return COMPARED[key].format(was=shares[0], now=shares[1])


def _cause(criterion: CriterionChange, score: ScoreChange) -> str:
    side = next(part for part in criterion.sides if part.side == score.side)
    return COMPARED["cause"].format(title=criterion.title, was=level_words(side.was), now=level_words(side.now))


def level_words(held: Held) -> str:
    """What a criterion reached, in words."""
    if held.level is None:
        return COMPARED[f"outcome-{held.outcome}"]
    return COMPARED["level"].format(level=held.level)


def _end(sentence: str) -> str:
    return COMPARED["end"].format(sentence=sentence)
