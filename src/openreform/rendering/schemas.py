"""JSON Schemas for editors and other programs: of a reform or plan document, of a framework, of the JSON report.

Those of documents are kind to editors: no null, no choice between shapes, a description on every field and value.
"""

import json
import tomllib
from typing import Any

from openreform.framework import Framework, Tailoring
from openreform.kinds import KINDS, kind_called
from openreform.messages.fields import IRM
from openreform.messages.reports import SCHEMA
from openreform.messages.settings import SETTING_EXAMPLES, SETTINGS
from openreform.reform import COUNTRIES, IRM_CODES, LONGEST_TEXT, REFORM, DocumentKind, ReformField, fields_of
from openreform.rendering.progress_json import progress_schema
from openreform.settings import TABLES, Settings

Schema = dict[str, Any]

DIALECT = "http://json-schema.org/draft-07/schema#"
_ID = "urn:openreform:schema:{name}:1"
_TEXT_OR_NUMBER = ["string", "integer", "number"]


def reform_schema() -> Schema:
    """The schema of a reform document, from the model and the words of its fields."""
    return document_schema(REFORM.name)


def plan_schema() -> Schema:
    """The schema of a plan document."""
    return document_schema("plan")


def document_schema(name: str) -> Schema:
    """The schema of a kind of document; what kind it is, a reform need not say."""
    kind = kind_called(name)
    made = _object(kind.top, kind)
    first, *others = made["properties"].items()
    says = ("document", {"description": SCHEMA["document"], "const": name})
    to_fill = ("to_fill", {"description": SCHEMA["to_fill"], **_list({"type": "string"})})
    return {
        "$schema": DIALECT,
        "$id": _ID.format(name=name),
        "title": SCHEMA[name],
        **made,
        "properties": dict((first, says, *others, to_fill)),
        "required": [*made["required"], *(["document"] if kind is not REFORM else [])],
    }


def framework_schema() -> Schema:
    """The schema of a framework, whole or made from another one, from their models; conditions may name any field."""
    whole, tailored = Framework.model_json_schema(by_alias=True), Tailoring.model_json_schema(by_alias=True)
    parts = {**tailored.pop("$defs"), **whole.pop("$defs")}
    parts["Conditions"] = {
        "type": "object",
        "properties": {
            "all_of": {"type": "array", "items": {"$ref": "#/$defs/Conditions"}},
            "any_of": {"type": "array", "items": {"$ref": "#/$defs/Conditions"}},
            "not": {"$ref": "#/$defs/Conditions"},
        },
        "additionalProperties": {
            "anyOf": [{"$ref": "#/$defs/Constraint"}, {"type": ["string", "number", "boolean"]}],
        },
    }
    constraint = parts["Constraint"]["properties"]
    for name in ("any", "all", "words"):
        values = {"type": "array", "items": {"type": ["string", "number", "boolean"]}, "minItems": 1}
        constraint[name] = {"anyOf": [values, {"type": "string", "pattern": "^\\$"}]}
    for name in ("before", "after"):
        constraint[name] = {"type": ["string", "integer"]}
    for name in ("same_as", "not_same_as"):
        constraint[name] = {"type": ["string", "array"], "items": {"type": "string"}}
    head = {"$schema": DIALECT, "$id": _ID.format(name="framework"), "title": SCHEMA["framework"]}
    return {**head, "if": {"required": ["extends"]}, "then": tailored, "else": whole, "$defs": parts}


def assessment_schema() -> Schema:
    """The schema of the JSON report (design §7)."""
    number: Schema = {"type": ["number", "null"]}
    text: Schema = {"type": "string"}
    maybe: Schema = {"type": ["string", "null"]}
    level: Schema = {"type": ["integer", "null"]}
    place = {"path": text, "line": {"type": "integer"}, "column": {"type": "integer"}}
    overall, score = _overall(), _score()
    lacking: Schema = dict.fromkeys(("field", "has", "needs", "write"), text)
    lack = {"type": "object", "properties": {**lacking, "one_of": _list({"$ref": "#/definitions/lack"})}}
    nearest = {
        "type": ["object", "null"],
        "properties": {**place, "lacks": _list({"$ref": "#/definitions/lack"}), "held_down_by": maybe},
    }
    unmet = _exactly({"test": text, "says": text, "fix": text, "undecided": {"type": "boolean"}, "nearest": nearest})
    met = _exactly({"test": text, "says": text, "shown_by": _list(_exactly(place))})
    following = {
        "type": ["object", "null"],
        **_exactly(
            {"level": {"type": "integer"}, "says": text, "effort": text, "gain": number, "dimension_gain": number},
            typed=False,
        ),
    }
    side = {
        "type": ["object", "null"],
        **_exactly(
            {
                "outcome": {"enum": ["scored", "absent", "not-assessed", "not-applicable"]},
                "level": level,
                "high": level,
                "score": number,
                "effective_weight": number,
                "contribution": number,
                "reason": maybe,
                "met": _list(met),
                "unmet": _list(unmet),
                "next": following,
            },
            typed=False,
        ),
    }
    criterion = _exactly(
        {
            "id": text,
            "title": text,
            "weight": number,
            "rungs": {"type": "integer"},
            "promise": side,
            "practice": side,
            "corresponds_to": _list(_exactly(dict.fromkeys(("criterion", "title", "how", "said_by"), text))),
        }
    )
    dimension = _exactly(
        {
            "id": text,
            "title": text,
            "claimed": {"type": "boolean"},
            "promise": score,
            "practice": score,
            "criteria": _list(criterion),
        }
    )
    case = {
        "type": ["object", "null"],
        **_exactly(
            {"id": text, "title": text, "country": maybe, "sector": _list(text), "promise": level, "practice": level},
            typed=False,
        ),
    }
    step = _exactly(
        {
            "criterion": text,
            "dimension": text,
            "level": {"type": "integer"},
            "says": text,
            "fixes": _list(text),
            "effort": text,
            "gain": number,
            "dimension_gain": number,
            "gates": _list(text),
            "place": _exactly(place),
            "case": case,
        }
    )
    fault = _exactly({**_fault(), **place})
    excepted = _exactly(
        {
            **dict.fromkeys(("id", "title"), text),
            "where": _list(text),
            **dict.fromkeys(("because", "by", "end"), maybe),
            "ended": {"type": ["boolean", "null"]},
            "covers": _list({"type": "integer"}),
            "line": {"type": "integer"},
            "column": {"type": "integer"},
        }
    )
    yes_no: Schema = {"type": ["boolean", "null"]}
    star = _exactly(
        {"id": text, "title": text, "by_rule": yes_no, "recorded": yes_no, "fails": _list(text), "lacks": _list(text)}
    )
    lacking_fact = _exactly({"test": text, "says": text, "entries": _list(_exactly({"name": text, **place}))})
    foreshadowed = _exactly(
        {
            "criterion": text,
            "side": {"enum": ["promise", "practice"]},
            "level": {"type": ["integer", "null"]},
            "says": text,
            "could_be": maybe,
            "lacking": _list(lacking_fact),
        }
    )
    tailored = {
        "type": ["object", "null"],
        **_exactly(
            {
                "from": _exactly({"id": text, "version": text}),
                "weights": _list(_exactly({"id": text, "title": text, "untailored": number, "tailored": number})),
                "dropped": _list(_exactly(dict.fromkeys(("id", "title", "reason"), text))),
                "added": _list(_exactly({"id": text, "title": text})),
                "untailored": _exactly(
                    {
                        "overall": _exactly({"promise": overall, "practice": overall}),
                        "dimensions": _list(_exactly({"id": text, "title": text, "promise": score, "practice": score})),
                    }
                ),
            },
            typed=False,
        ),
    }
    evidence = _exactly(
        {
            "number": {"type": "integer"},
            "kind": text,
            **dict.fromkeys(("id", "title", "publisher", "url", "date"), maybe),
            "independent": {"type": "boolean"},
            **place,
            "supports": _list(_exactly({"name": text, **place})),
        }
    )
    assessment = _exactly(
        {
            **_head(),
            "concerns": _list(_exactly({"kind": text, "text": text, **place})),
            "undescribed": _list(text),
            "irm": {"type": "object", "additionalProperties": {"type": ["string", "boolean"]}},
            "stars": _list(star),
            "foreshadowed": _exactly({"note": maybe, "findings": _list(foreshadowed)}),
            "tailored": tailored,
            "placeholders": _list(_exactly(place)),
            "dimensions": _list(dimension),
            "progress": progress_schema(),
            "next_steps": _exactly(
                {
                    "promise": _list(step),
                    "practice": _list(step),
                    "score_after": number,
                    "dimensions_after": {"type": "object", "additionalProperties": number},
                }
            ),
            "faults": _list(fault),
            "exceptions": _list(excepted),
            "evidence": _list(evidence),
        },
        optional={"robustness": _robustness()},
    )
    return _envelope("assessment", assessment, {"lack": lack}, {"ranks": _ranks()})


def check_schema() -> Schema:
    """The schema of the JSON report of a check."""
    text: Schema = {"type": "string"}
    place: Schema = {"line": {"type": "integer"}, "column": {"type": "integer"}, "fingerprint": text}
    dimension = _exactly({"id": text, "title": text, "promise": _score(), "practice": _score()})
    truths: Schema = {key: {"type": "boolean"} for key in ("fails", "known")}
    told = {"rule": text, "target": text, "message": text, **place, **truths}
    missed = _exactly({"kind": {"enum": ["gate", "threshold"]}, **told})
    fault = _exactly({**_fault(), "path": text, **place, **truths})
    checked = _exactly(
        {
            **_head(),
            "dimensions": _list(dimension),
            "faults": _list(fault),
            "missed": _list(missed),
            "falls_short": {"type": "boolean"},
        }
    )
    return _envelope("check", checked, {}, {})


def _envelope(name: str, assessment: Schema, definitions: Schema, optional: Schema) -> Schema:
    """The envelope of design §7 around what each document is told of."""
    text: Schema = {"type": "string"}
    place = {"path": text, "line": {"type": "integer"}, "column": {"type": "integer"}}
    return {
        "$schema": DIALECT,
        "$id": _ID.format(name=name),
        "title": SCHEMA[name],
        **({"definitions": definitions} if definitions else {}),
        **_exactly(
            {
                "format": {"const": 1},
                "tool": _exactly({"name": {"const": "openreform"}, "version": text}),
                "as_of": {"type": ["string", "null"]},
                "assessments": _list(assessment),
                "problems": _list(_exactly({**place, "code": text, "message": text, "fix": text})),
            },
            optional=optional,
        ),
    }


def settings_schema() -> Schema:
    """The schema of settings, as editors of TOML use it: each key with its meaning, and no null."""
    made = Settings.model_json_schema()
    parts = made.pop("$defs")
    tables = {name: parts[model.__name__]["properties"] for name, model in TABLES.items() if name}

    def told(name: str, field: Schema) -> Schema:
        plain = next((choice for choice in field.get("anyOf", ()) if choice.get("type") != "null"), field)
        several = plain.get("type") == "array"
        example = tomllib.loads(SETTING_EXAMPLES[name])[name.rpartition(".")[2]]
        kept = {key: value for key, value in plain.items() if key not in {"title", "default", "anyOf"}}
        if several:
            one = dict(kept["items"])
            if "pattern" in one:
                one["type"] = ["string", "number"]
                one |= {"minimum": 0, "maximum": 100}
            kept = {"anyOf": [one, {**kept, "items": one}]}
        return {"description": SETTINGS[name], **kept, "examples": [example]}

    top = {name: field for name, field in made["properties"].items() if name not in tables}
    properties = {name: told(name, field) for name, field in top.items()}
    for table, fields in tables.items():
        properties[table] = {
            "description": SETTINGS[table],
            "type": "object",
            "properties": {name: told(f"{table}.{name}", field) for name, field in fields.items()},
            "additionalProperties": False,
        }
    return {
        "$schema": DIALECT,
        "$id": _ID.format(name="settings"),
        "title": SCHEMA["settings"],
        "type": "object",
        "properties": properties,
        "additionalProperties": False,
    }


def _head() -> Schema:
    """What both an assessment and a check tell of a document."""
    text: Schema = {"type": "string"}
    maybe: Schema = {"type": ["string", "null"]}
    overall = _overall()
    return {
        "reform": _exactly(
            {
                "document": {"enum": list(KINDS)},
                **dict.fromkeys(("id", "title", "path", "digest"), text),
                **dict.fromkeys(("stage", "country", "start", "end"), maybe),
                "leads": _list(text),
            }
        ),
        "framework": _exactly(dict.fromkeys(("id", "title", "version", "attribution", "digest"), text)),
        "assessor": _exactly({"name": maybe, "role": {"enum": ["self", "peer", "independent"]}, "date": maybe}),
        "as_of": maybe,
        "overall": _exactly({"promise": overall, "practice": overall}),
        "verdict": text,
        "gates": _list(
            _exactly(
                {
                    "id": text,
                    "result": {"enum": ["passed", "failed", "not-applicable", "undecided"]},
                    "reason": text,
                }
            )
        ),
    }


def _overall() -> Schema:
    number: Schema = {"type": ["number", "null"]}
    maybe: Schema = {"type": ["string", "null"]}
    return _exactly(
        {"score": number, "low": number, "high": number, "coverage": {"type": "number"}, "note": maybe},
        optional={"range": _range()},
    )


def _score() -> Schema:
    """The score of a dimension on one side, or that there is none."""
    names = ("score", "low", "high", "reach", "strength", "coverage")
    numbers: Schema = {name: {"type": ["number", "null"]} for name in names}
    score = _exactly(numbers, typed=False, optional={"range": _range()})
    return {"type": ["object", "null"], **score}


def _range() -> Schema:
    """Between what a score lies in nine draws of ten; there only if it was asked for."""
    numbers: Schema = {name: {"type": "number"} for name in ("low", "median", "high")}
    return {"type": ["object", "null"], **_exactly(numbers, typed=False)}


def _robustness() -> Schema:
    """How the ranges were made, and what came of it beside them."""
    share: Schema = {"type": "number", "minimum": 0, "maximum": 1}
    number: Schema = {"type": "number"}
    cause = {"what": {"enum": ["points", "weights"]}, "dimension": {"type": ["string", "null"]}, "share": share}
    side = _exactly(
        {
            "moves_most": _list(_exactly(cause)),
            "exponents": _list(_exactly({"exponent": number, "score": number})),
        }
    )
    gate = {"id": {"type": "string"}, "reads_scores": {"type": "boolean"}, "passed": share, "same": share}
    return _exactly({**_drawn(), "promise": side, "practice": side, "gates": _list(_exactly(gate))})


def _ranks() -> Schema:
    """The order of several reforms by the whole, on each side, and how well it holds."""
    number: Schema = {"type": "integer", "minimum": 1}
    share: Schema = {"type": ["number", "null"], "minimum": 0, "maximum": 1}
    reform = {
        "id": {"type": "string"},
        "score": {"type": "number"},
        **dict.fromkeys(("rank", "low", "high"), number),
        "ahead_of_next": share,
    }
    told = {
        **_drawn(),
        "order_kept": share,
        "pairs_kept": share,
        "left_out": {"type": "integer", "minimum": 0},
        "reforms": _list(_exactly(reform)),
    }
    side = {"type": ["object", "null"], **_exactly(told, typed=False)}
    return _exactly({"promise": side, "practice": side})


def _drawn() -> Schema:
    return {"draws": {"type": "integer"}, "seed": {"type": "integer"}}


def _fault() -> Schema:
    """What a fault is, wherever it is told; `exception` if the document says that it may stay."""
    text: Schema = {"type": "string"}
    maybe: Schema = {"type": ["string", "null"]}
    exception = _exactly({"because": maybe, "by": maybe, "end": maybe, "line": {"type": "integer"}}, typed=False)
    return {
        **dict.fromkeys(("id", "title", "message", "fix", "name"), text),
        "severity": {"enum": ["error", "warning", "info"]},
        "exception": {"type": ["object", "null"], **exception},
    }


def as_json(schema: Schema) -> str:
    """A schema as indented JSON, ended by a line feed."""
    return json.dumps(schema, indent=2, ensure_ascii=False) + "\n"


def _list(items: Schema) -> Schema:
    return {"type": "array", "items": items}


def _exactly(properties: Schema, *, typed: bool = True, optional: Schema | None = None) -> Schema:
    """An object of just these properties, all required but the optional ones."""
    made: Schema = {
        "properties": {**properties, **(optional or {})},
        "required": list(properties),
        "additionalProperties": False,
    }
    return {"type": "object", **made} if typed else made


def _object(fields: dict[str, ReformField], kind: DocumentKind[Any]) -> Schema:
    made: Schema = {
        "type": "object",
        "additionalProperties": False,
        "properties": {field.name: _field(field, kind) for field in fields.values()},
    }
    required = [field.name for field in fields.values() if field.required]
    return {**made, "required": required} if required else made


_BY_PATH: dict[str, Schema] = {
    "country": {"type": "string", "enum": sorted(COUNTRIES)},
    "jurisdiction": {"type": "string", "pattern": "^[A-Z]{2}-[A-Z0-9]{1,3}$"},
}


def _field(field: ReformField, kind: DocumentKind[Any]) -> Schema:
    described = {"description": kind.words[field.path]}
    if field.path in _BY_PATH:
        return {**described, **_BY_PATH[field.path]}
    if field.name in {"frameworks", "not_applicable", "judgements", "exceptions"} and "." not in field.path:
        inner = _object(fields_of(field.model, field.path), kind) if field.model else {"type": _TEXT_OR_NUMBER}
        return {**described, "type": "object", "additionalProperties": inner}
    if field.kind == "codes":
        return {**described, **_codes()}
    if field.many:
        return {**described, "type": "array", "items": _one(field, kind)}
    return {**described, **_one(field, kind)}


def _codes() -> Schema:
    properties = {
        code: {
            "description": IRM[code],
            **({"type": "string", "enum": list(values)} if values else {"type": "boolean"}),
        }
        for code, values in IRM_CODES.items()
    }
    return {"type": "object", "properties": properties, "additionalProperties": False}


def _one(field: ReformField, kind: DocumentKind[Any]) -> Schema:
    if field.model is not None:
        return _object(fields_of(field.model, field.path), kind)
    if field.values == ("1",):
        return {"const": 1}
    if field.values:
        words = kind.words_of_values(field.path)
        return {
            "type": "string",
            "enum": list(field.values),
            "enumDescriptions": [words[value] for value in field.values],
            "markdownEnumDescriptions": [words[value] for value in field.values],
        }
    match field.kind:
        case "yes-no":
            return {"type": "boolean"}
        case "number":
            return {"type": "number"}
        case "date":
            return {
                "type": ["string", "integer"],
                "pattern": "^\\d{4}(-\\d{2}(-\\d{2})?)?$",
                "minimum": 1900,
                "maximum": 2200,
            }
        case "id" | "reference":
            return {"type": _TEXT_OR_NUMBER, "pattern": "^[A-Za-z0-9._-]{1,80}$"}
        case "link":
            return {"type": "string", "pattern": "^([Hh][Tt][Tt][Pp][Ss]?://|[Mm][Aa][Ii][Ll][Tt][Oo]:)"}
        case _:
            return {"type": _TEXT_OR_NUMBER, "maxLength": LONGEST_TEXT}
