"""The case library: the reform documents that come with the tool, each real and told with its sources."""

import hashlib
from functools import lru_cache
from importlib import resources
from importlib.resources.abc import Traversable

from openreform.loading.files import decode, names_in, unsound
from openreform.loading.reforms import Document, Skipped, parse_document
from openreform.problems import Problem
from openreform.reform import REFORM, Reform

_BUNDLED = "openreform.examples"
_MOST_KEPT = 256


def case_folder() -> Traversable:
    """Where the cases that come with the tool stand."""
    return resources.files(_BUNDLED)


def read_cases(folder: Traversable) -> dict[str, bytes]:
    """The cases of a folder by their names, which are their ids, as bytes: nothing is made of them yet."""
    return {name: (folder / f"{name}.yaml").read_bytes() for name in names_in(folder)}


def digest_of(cases: dict[str, bytes]) -> str:
    """One digest of all cases, their names included."""
    made = hashlib.sha256()
    for name, raw in cases.items():
        made.update(f"{name} {len(raw)}\n".encode())
        made.update(raw)
    return f"sha256:{made.hexdigest()}"


@lru_cache(_MOST_KEPT)
def load_case(name: str, raw: bytes) -> Document[Reform]:
    """A case from its bytes; kept, as several yardsticks may be held against it in one process.

    Raises:
        ValueError: it is not sound; a bug of ours that the tests rule out.
    """
    path = f"{name}.yaml"
    text = decode(raw, path)
    loaded = [text] if isinstance(text, Problem) else parse_document(text, path, REFORM, raw=raw)
    if isinstance(loaded, list):
        raise unsound(loaded)
    assert not isinstance(loaded, Skipped)  # noqa: S101  # only what is found in a folder of strangers' files is
    return loaded
