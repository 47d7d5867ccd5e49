"""A bundled framework as it was read and checked when the wheel was built; reading YAML is most of what loading one takes.

Two lines: the digest of the YAML, and the framework as JSON, each part with the name of its kind. A text whose digest is
another is not used. Without one, as in a checkout, the YAML is read.
"""

import hashlib
import json
from typing import Any

from openreform.framework import PARTS, Framework, Part

SUFFIX = ".prepared"
_KIND = ""
"""The key of the name of a part's kind: no field and no word list is called so."""


def digest_of(text: str) -> str:
    """The digest of a framework's YAML, as reports show it."""
    return f"sha256:{hashlib.sha256(text.encode()).hexdigest()}"


def prepared(framework: Framework, digest: str) -> str:
    """What to keep beside the YAML of this digest; the same characters for the same framework."""
    return f"{digest}\n{json.dumps(_plain(framework), ensure_ascii=False, separators=(',', ':'))}\n"


def read(text: str, digest: str) -> Framework | None:
    """The framework that was prepared; None if it was made from a YAML of another digest."""
    of, _, content = text.partition("\n")
    return json.loads(content, object_hook=_part) if of == digest else None


def _plain(value: Any) -> Any:
    if isinstance(value, Part):
        given = [name for name in type(value).model_fields if name in value.model_fields_set]
        return {_KIND: type(value).__name__, **{name: _plain(getattr(value, name)) for name in given}}
    if isinstance(value, tuple):
        return [_plain(part) for part in value]
    return {key: _plain(part) for key, part in value.items()} if isinstance(value, dict) else value


def _part(values: dict[str, Any]) -> Any:
    """A part, or a map as it stands; what is inside it has been made already."""
    kind: str | None = values.pop(_KIND, None)
    made = {key: tuple(value) if isinstance(value, list) else value for key, value in values.items()}
    return made if kind is None else PARTS[kind].checked_before(made)
