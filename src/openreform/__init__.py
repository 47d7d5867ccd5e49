"""Scores how open a public service reform is; the rooms and their floors are in pyproject.toml, [tool.importlinter].

Programs import from here; see docs/library.md. Nothing is loaded before it is used.
"""

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from openreform.api import assess as assess
    from openreform.api import assess_many as assess_many
    from openreform.api import load_framework as load_framework
    from openreform.api import load_reform as load_reform
    from openreform.api import plan as plan
    from openreform.api import render as render
    from openreform.assessment import Assessment as Assessment
    from openreform.errors import DocumentError as DocumentError
    from openreform.errors import FrameworkError as FrameworkError
    from openreform.errors import OpenReformError as OpenReformError
    from openreform.errors import UsageError as UsageError
    from openreform.loading.frameworks import LoadedFramework as LoadedFramework
    from openreform.loading.reforms import Document as Document
    from openreform.problems import Problem as Problem
    from openreform.route import Route as Route

__version__ = "0.1.0"

__all__ = [
    "Assessment",
    "Document",
    "DocumentError",
    "FrameworkError",
    "LoadedFramework",
    "OpenReformError",
    "Problem",
    "Route",
    "UsageError",
    "__version__",
    "assess",
    "assess_many",
    "load_framework",
    "load_reform",
    "plan",
    "render",
]

_ELSEWHERE = {
    "Assessment": "assessment",
    "Document": "loading.reforms",
    "DocumentError": "errors",
    "FrameworkError": "errors",
    "LoadedFramework": "loading.frameworks",
    "OpenReformError": "errors",
    "Problem": "problems",
    "Route": "route",
    "UsageError": "errors",
}
"""Where the kinds of values stand; the functions are in `api`."""


def __getattr__(name: str) -> object:
    """A public name, loaded when it is first asked for."""
    if name not in __all__:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}", name=name)
    from importlib import import_module  # noqa: PLC0415

    found: object = getattr(import_module(f"{__name__}.{_ELSEWHERE.get(name, 'api')}"), name)
    globals()[name] = found
    return found


def __dir__() -> list[str]:
    """The public names."""
    return sorted(__all__)
