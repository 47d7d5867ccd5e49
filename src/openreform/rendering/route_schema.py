"""The schema of what `openreform plan` reports as JSON."""

from typing import Any, get_args

from openreform.assessment import GateResult
from openreform.kinds import KINDS
from openreform.messages.reports import SCHEMA
from openreform.rendering.json import FORMAT
from openreform.rendering.schemas import DIALECT
from openreform.route import WHENS, Outcome

Schema = dict[str, Any]

_TEXT: Schema = {"type": "string"}
_MAYBE: Schema = {"type": ["string", "null"]}
_WHOLE: Schema = {"type": "integer"}
_NUMBER: Schema = {"type": "number"}
_SCORE: Schema = {"type": ["number", "null"]}
_YES_NO: Schema = {"type": "boolean"}


def steps_schema() -> Schema:
    """The envelope of `plan`: one plan, or the problems of the document."""
    problem = {**dict.fromkeys(("path", "code", "message", "fix"), _TEXT), "line": _WHOLE, "column": _WHOLE}
    top = {
        "format": {"const": FORMAT},
        "tool": _exactly({"name": {"const": "openreform"}, "version": _TEXT}),
        "as_of": _MAYBE,
        "plans": {**_list(_plan()), "maxItems": 1},
        "problems": _list(_exactly(problem)),
    }
    head = {"$schema": DIALECT, "$id": f"urn:openreform:schema:steps:{FORMAT}", "title": SCHEMA["steps"]}
    return {**head, **_exactly(top)}


def _plan() -> Schema:
    change = {"now": _SCORE, "after": _SCORE}
    result: Schema = {"enum": list(get_args(GateResult))}
    return _exactly(
        {
            "reform": _exactly(
                {"document": {"enum": list(KINDS)}, **dict.fromkeys(("id", "title", "path"), _TEXT), "stage": _MAYBE}
                | {"digest": _TEXT}
            ),
            "framework": _exactly(dict.fromkeys(("id", "title", "version", "attribution", "digest"), _TEXT)),
            "assessor": _exactly({"name": _MAYBE, "role": {"enum": ["self", "peer", "independent"]}, "date": _MAYBE}),
            "as_of": _MAYBE,
            "outcome": {"enum": list(get_args(Outcome))},
            "cost": _NUMBER,
            "bound": _NUMBER,
            "proven": _YES_NO,
            "targets": _list(
                _exactly(
                    {"written": _TEXT, "dimension": _MAYBE, "title": _TEXT, "limit": _NUMBER, **change}
                    | {"best": _SCORE, "met": _YES_NO, "within_reach": _YES_NO}
                )
            ),
            "gates": _list(
                _exactly(
                    {"id": _TEXT, "title": _TEXT, "now": result, "after": result, "best": result, "reason": _TEXT}
                    | {"met": _YES_NO, "within_reach": _YES_NO}
                )
            ),
            "overall": {"anyOf": [{"type": "null"}, _exactly(change)]},
            "dimensions": _list(_exactly({"id": _TEXT, "title": _TEXT, **change})),
            "along": _list(_exactly({"criterion": _TEXT, "from": _WHOLE, "level": _WHOLE})),
            "months_left": {"type": ["integer", "null"]},
            "efforts": {"type": "object", "additionalProperties": _NUMBER},
            "undescribed": _list(_TEXT),
            "to_fill": _list(_TEXT),
            "steps": _list(_step()),
        }
    )


def _step() -> Schema:
    case = _exactly(
        {
            "id": _TEXT,
            "title": _TEXT,
            "promise": {"type": ["integer", "null"]},
            "practice": {"type": ["integer", "null"]},
        }
    )
    rung = {"level": _WHOLE, "says": _TEXT, "effort": _TEXT, "reason": _TEXT, "cost": _NUMBER, "counted_with": _MAYBE}
    return _exactly(
        {
            "number": _WHOLE,
            **dict.fromkeys(("criterion", "title", "dimension"), _TEXT),
            "from": _WHOLE,
            "level": _WHOLE,
            "says": _TEXT,
            "when": {"enum": list(WHENS)},
            "effort": _TEXT,
            "cost": _NUMBER,
            "rungs": _list(_exactly(rung)),
            "gain": _SCORE,
            "dimension_gain": _SCORE,
            "why": _TEXT,
            "fixes": _list(_TEXT),
            "place": _exactly({"path": _TEXT, "name": _TEXT, "line": _WHOLE}),
            "lines": _TEXT,
            "lacking": _list(_TEXT),
            "case": {"anyOf": [{"type": "null"}, case]},
        }
    )


def _list(items: Schema) -> Schema:
    return {"type": "array", "items": items}


def _exactly(properties: Schema) -> Schema:
    return {"type": "object", "properties": properties, "required": list(properties), "additionalProperties": False}
