"""When a step can be done: now, within the plan, or in the next plan.

By effort, since it says who has to act: what is low is words, and can be written now; what is medium has to be arranged; what
is high needs a rule, money or a body outside. How many months are left of the plan decides what still fits in. Where the
document does not tell, what is medium fits in and what is high does not. Nothing fits into a plan that is over.
"""

from calendar import monthrange
from typing import Any

from openreform.reform import PartialDate
from openreform.route import WHENS, When

MONTHS = {"low": 1, "medium": 6, "high": 18}
"""How many months must be left of the plan for a step of this effort."""
_WHERE_UNKNOWN: dict[str, When] = {"low": "now", "medium": "plan", "high": "next"}
_NOT_BEGUN = (None, "draft")
_OVER = "completed"


def months_left(reform: Any, day: PartialDate | None) -> int | None:
    """Whole months from a day to the end of the reform or of its plan, whichever is earlier; None if either is not known.

    Both days count. Without a day, a draft is taken to be at its beginning.
    """
    plan = getattr(reform, "plan", None)
    ends = [end for end in (reform.end, plan.end if plan else None) if end]
    if reform.stage == _OVER:
        return 0
    if day is None and reform.stage in _NOT_BEGUN:
        day = reform.start or (plan.start if plan else None)
    if day is None or not ends:
        return None
    end, begin = min(end.last for end in ends), day.first
    months: int = 12 * (end[0] - begin[0]) + end[1] - begin[1]
    if begin[2] == 1 and end[2] == monthrange(end[0], end[1])[1]:
        months += 1  # the last month is whole
    elif end[2] + 1 < begin[2]:
        months -= 1
    return max(0, months)


def time_for(effort: str, months: int | None, stage: str | None) -> When:
    """When a rung of an effort can be climbed.

    Args:
        effort: low, medium or high.
        months: how many are left of the plan; None if that is not known.
        stage: how far the reform has come.
    """
    usual = _WHERE_UNKNOWN[effort]
    if months is None:
        return usual
    if months < MONTHS[effort] or stage == _OVER:
        return "next"
    return "plan" if usual == "next" else usual


def latest(one: When, other: When) -> When:
    """The later of two times."""
    return max(one, other, key=WHENS.index)
