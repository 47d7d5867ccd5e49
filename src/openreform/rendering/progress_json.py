"""Progress as plain values of the JSON report, and the schema of them."""

from typing import Any, get_args

from openreform.progress import COMPLETIONS, Delivered, Entry, Measured, Progress, Reading, Timing, When, Why
from openreform.reform import Status
from openreform.rendering.json_ranges import rounded

Plain = dict[str, Any]


def progress_as_plain(progress: Progress | None) -> Plain | None:
    """The progress of a reform; None of a plan."""
    if progress is None:
        return None
    return {
        "day": progress.day,
        "completion": progress.completion,
        "rests_on": progress.rests_on,
        "milestones": [
            {
                **_entry(part.entry),
                "completion": part.completion,
                "why": part.why,
                "begins": part.begins,
                **_when(part.when),
                "shown_on": part.shown_on,
                "delivers": [_delivered(one) for one in part.delivers],
            }
            for part in progress.milestones
        ],
        "indicators": [
            {
                **_entry(part.entry),
                "baseline_text": part.baseline_text,
                "target_text": part.target_text,
                "baseline": rounded(part.baseline),
                "target": rounded(part.target),
                "unit": part.unit,
                "latest": _measured(part.latest),
                "reading": part.reading,
                "share": rounded(part.share),
                **_when(part.when),
            }
            for part in progress.indicators
        ],
        "others": [_delivered(one) for one in progress.others],
    }


def _entry(entry: Entry) -> Plain:
    return {"name": entry.name, "path": entry.path, "line": entry.line, "column": entry.column}


def _when(when: When) -> Plain:
    return {
        "timing": when.timing,
        "due": when.due,
        "last_day": when.last_day,
        "counted": when.counted,
        "days": when.span.total_days if when.span else None,
    }


def _delivered(one: Delivered) -> Plain:
    return {
        **_entry(one.entry),
        "status": one.status,
        "completion": one.completion,
        "why": one.why,
        "shown_on": one.shown_on,
        "evidence": [_entry(part) for part in one.evidence],
    }


def _measured(measured: Measured | None) -> Plain | None:
    if measured is None:
        return None
    return {"value": rounded(measured.value), "date": measured.date, "evidence": _entry(measured.evidence)}


def progress_schema() -> Plain:
    """The schema of these values."""
    text: Plain = {"type": "string"}
    maybe: Plain = {"type": ["string", "null"]}
    number: Plain = {"type": ["number", "null"]}
    whole: Plain = {"type": "integer"}
    entry = {"name": text, "path": text, "line": whole, "column": whole}
    completion = {"enum": list(COMPLETIONS)}
    when = {
        "timing": {"enum": list(get_args(Timing))},
        "due": maybe,
        "last_day": maybe,
        "counted": {"type": "boolean"},
        "days": {"type": ["integer", "null"], "minimum": 0},
    }
    why = {"enum": list(get_args(Why))}
    delivered = _exactly(
        {
            **entry,
            "status": {"enum": list(get_args(Status))},
            "completion": completion,
            "why": why,
            "shown_on": maybe,
            "evidence": _list(_exactly(entry)),
        }
    )
    milestone = {
        **entry,
        "completion": completion,
        "why": why,
        "begins": maybe,
        **when,
        "shown_on": maybe,
        "delivers": _list(delivered),
    }
    latest = _exactly({"value": {"type": "number"}, "date": maybe, "evidence": _exactly(entry)})
    indicator = {
        **entry,
        **dict.fromkeys(("baseline_text", "target_text"), maybe),
        **dict.fromkeys(("baseline", "target"), number),
        "unit": maybe,
        "latest": {**latest, "type": ["object", "null"]},
        "reading": {"enum": list(get_args(Reading))},
        "share": number,
        **when,
    }
    made = _exactly(
        {
            "day": maybe,
            "completion": completion,
            "rests_on": {"enum": ["milestones", "things", "nothing"]},
            "milestones": _list(_exactly(milestone)),
            "indicators": _list(_exactly(indicator)),
            "others": _list(delivered),
        }
    )
    return {**made, "type": ["object", "null"]}


def _exactly(properties: Plain) -> Plain:
    return {
        "type": "object",
        "properties": properties,
        "required": list(properties),
        "additionalProperties": False,
    }


def _list(items: Plain) -> Plain:
    return {"type": "array", "items": items}
