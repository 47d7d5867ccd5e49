"""The schema of what `openreform compare` reports as JSON."""

from typing import Any, get_args

from openreform.assessment import SIDES, GateResult, Outcome, Severity
from openreform.comparison import Source
from openreform.kinds import KINDS
from openreform.messages.comparing import SCHEMA_TITLE
from openreform.rendering.json import FORMAT
from openreform.rendering.schemas import DIALECT

Schema = dict[str, Any]

_TEXT: Schema = {"type": "string"}
_MAYBE: Schema = {"type": ["string", "null"]}
_WHOLE: Schema = {"type": "integer"}
_MAYBE_WHOLE: Schema = {"type": ["integer", "null"]}
_SCORE: Schema = {"type": ["number", "null"]}
_YES_NO: Schema = {"type": "boolean"}


def comparison_schema() -> Schema:
    """The envelope of `compare`: one comparison, or the problems of its sides."""
    problem = {**dict.fromkeys(("path", "code", "message", "fix"), _TEXT), "line": _WHOLE, "column": _WHOLE}
    listed = _exactly({"id": _TEXT, "title": _TEXT, "path": _TEXT, "score": _SCORE})
    comparison = {
        "old": _TEXT,
        "new": _TEXT,
        "by_id": _YES_NO,
        "compared": _list(_compared()),
        "same": _list(_TEXT),
        "added": _list(listed),
        "removed": _list(listed),
    }
    top = {
        "format": {"const": FORMAT},
        "tool": _exactly({"name": {"const": "openreform"}, "version": _TEXT}),
        "as_of": _MAYBE,
        "comparison": _or_null(_exactly(comparison)),
        "problems": _list(_exactly(problem)),
    }
    head = {"$schema": DIALECT, "$id": f"urn:openreform:schema:comparison:{FORMAT}", "title": SCHEMA_TITLE}
    return {**head, **_exactly(top)}


def _compared() -> Schema:
    reform = {
        "source": {"enum": list(get_args(Source))},
        "document": {"enum": list(KINDS)},
        **dict.fromkeys(("id", "title", "path"), _TEXT),
        "stage": _MAYBE,
        "digest": _TEXT,
    }
    framework = dict.fromkeys(("id", "title", "version", "attribution", "digest"), _TEXT)
    assessor = {"name": _MAYBE, "role": {"enum": ["self", "peer", "independent"]}, "date": _MAYBE}
    overall = {"score": _SCORE, "coverage": _SCORE, "note": _MAYBE}
    whole = _exactly({**_both(_exactly(overall)), "change": _SCORE})
    gate: Schema = _exactly({"result": {"enum": list(get_args(GateResult))}, "reason": _TEXT})
    step = {
        "criterion": _TEXT,
        "title": _TEXT,
        "level": _WHOLE,
        "says": _TEXT,
        "effort": _TEXT,
        "gain": _SCORE,
        "line": _WHOLE,
    }
    return _exactly(
        {
            "reform": _exactly(_both(_exactly(reform))),
            "framework": _exactly(_both(_exactly(framework))),
            "assessor": _exactly(_both(_exactly(assessor))),
            "as_of": _exactly(_both(_MAYBE)),
            "rescored_from": _exactly(_both(_MAYBE)),
            "nothing_changed": _YES_NO,
            "summary": _TEXT,
            "overall": _exactly({"title": _TEXT, **dict.fromkeys(SIDES, whole)}),
            "dimensions": _list(_dimension()),
            "gates": _list(_exactly({"id": _TEXT, "title": _TEXT, **_both(gate)})),
            "faults": _list(_fault()),
            "exceptions": _list(_exception()),
            "concerns": _list(_exactly({"kind": _TEXT, "text": _TEXT, **_both(_MAYBE_WHOLE)})),
            "next_step": _exactly(_both(_or_null(_exactly(step)))),
            "unchanged": _exactly(dict.fromkeys(("criteria", "of_criteria", "gates", "faults"), _WHOLE)),
        }
    )


def _dimension() -> Schema:
    score = {"score": _SCORE, "coverage": _SCORE}
    change = _or_null(_exactly({**_both(_exactly(score)), "change": _SCORE, "causes": _list(_TEXT)}))
    spot = _or_null(_spot())
    fact = _exactly({"test": _TEXT, "says": _TEXT, "turned": _YES_NO, **_both(spot)})
    held = {
        "outcome": {"enum": list(get_args(Outcome))},
        "level": _MAYBE_WHOLE,
        "high": _MAYBE_WHOLE,
        "reason": _MAYBE,
    }
    side = _or_null(_exactly({**_both(_exactly(held)), "gained": _list(fact), "lost": _list(fact)}))
    criterion = _exactly({"id": _TEXT, "title": _TEXT, "rungs": _WHOLE, **dict.fromkeys(SIDES, side)})
    return _exactly({"id": _TEXT, "title": _TEXT, **dict.fromkeys(SIDES, change), "criteria": _list(criterion)})


def _fault() -> Schema:
    spot = _spot()
    stands = _or_null(_exactly({**spot["properties"], "excepted": _YES_NO}))
    told = {**dict.fromkeys(("id", "title", "message", "fix"), _TEXT), "severity": {"enum": list(get_args(Severity))}}
    return _exactly({**told, **_both(stands)})


def _exception() -> Schema:
    ended: Schema = {"type": ["boolean", "null"]}
    terms = {**dict.fromkeys(("because", "by", "end"), _MAYBE), "ended": ended, "line": _WHOLE}
    return _exactly({"id": _TEXT, "title": _TEXT, "where": _list(_TEXT), **_both(_or_null(_exactly(terms)))})


def _spot() -> Schema:
    """An entry of a document."""
    return _exactly({"path": _TEXT, "name": _TEXT, "line": _WHOLE})


def _both(schema: Schema) -> Schema:
    """The same of the earlier and of the later side."""
    return {"was": schema, "now": schema}


def _or_null(schema: Schema) -> Schema:
    return {"anyOf": [{"type": "null"}, schema]}


def _list(items: Schema) -> Schema:
    return {"type": "array", "items": items}


def _exactly(properties: Schema) -> Schema:
    return {"type": "object", "properties": properties, "required": list(properties), "additionalProperties": False}
