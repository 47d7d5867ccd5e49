"""A baseline of `check` as JSON: sorted, one thing a line, so that version control shows what changed in it."""

import json
from collections.abc import Mapping
from typing import Any

from openreform import __version__
from openreform.assessment import SIDES, Side
from openreform.framework import Framework
from openreform.plaintext import escape_json
from openreform.ratchet import Score, State

FORMAT = 1


def baseline(states: Mapping[str, State], framework: Framework) -> str:
    """What is there today, by the id of the reform; the same bytes for the same state, ended by a line feed."""
    content = {
        "baseline": FORMAT,
        "tool": {"name": "openreform", "version": __version__},
        "framework": {"id": framework.id, "version": framework.version},
        "reforms": {ident: _reform(state) for ident, state in states.items()},
    }
    return escape_json(_laid_out(content)) + "\n"


def _laid_out(value: Any, depth: int = 0) -> str:
    """JSON with sorted keys, what holds no more than values of its own on one line."""
    parts = list(value.values() if isinstance(value, dict) else value) if isinstance(value, dict | list) else []
    if not any(isinstance(part, dict | list) for part in parts):
        return json.dumps(value, sort_keys=True, ensure_ascii=False)
    indent = "\n" + " " * depth
    if isinstance(value, dict):
        lines = [f"{json.dumps(key)}: {_laid_out(value[key], depth + 1)}" for key in sorted(value)]
        return f"{{{indent} {f',{indent} '.join(lines)}{indent}}}"
    return f"[{indent} {f',{indent} '.join(_laid_out(part, depth + 1) for part in parts)}{indent}]"


def _reform(state: State) -> dict[str, Any]:
    return {
        "version": state.version,
        **{side: _side(state, side) for side in SIDES},
        "gates": dict(state.gates),
        "faults": [
            {"rule": rule, "target": target, "count": count} for (rule, target), count in sorted(state.faults.items())
        ],
    }


def _side(state: State, side: Side) -> dict[str, Any]:
    of_side = {name: _score(score) for (of, name), score in state.scores.items() if of == side and name is not None}
    return {"overall": _score(state.scores[side, None]), "dimensions": of_side}


def _score(score: Score) -> dict[str, float | None]:
    return {"score": score.score, "coverage": score.coverage}
