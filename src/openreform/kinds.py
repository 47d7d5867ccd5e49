"""The kinds of document there are, by name."""

from typing import TYPE_CHECKING, Any

from openreform.reform import REFORM, DocumentKind

if TYPE_CHECKING:
    from openreform.action_plan import Plan
    from openreform.reform import Reform

    Described = Reform | Plan
    """What a document describes, whatever its kind."""

KINDS = ("reform", "plan")


def kind_called(name: str) -> DocumentKind[Any]:
    """The kind of document of that name; the model of a plan is made only where somebody asks for it."""
    if name == REFORM.name:
        return REFORM
    from openreform.action_plan import PLAN  # noqa: PLC0415

    return PLAN
