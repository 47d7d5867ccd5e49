"""`openreform schema`: JSON Schemas for editors and other programs."""

from enum import StrEnum
from typing import Annotated

import typer

from openreform.cli.console import STDOUT, check_writable, deliver
from openreform.messages import commands as words


class Kind(StrEnum):
    """What a schema describes."""

    REFORM = "reform"
    PLAN = "plan"
    FRAMEWORK = "framework"
    ASSESSMENT = "assessment"
    SETTINGS = "settings"
    CHECK = "check"
    STEPS = "steps"
    COMPARISON = "comparison"


def schema(
    kind: Annotated[Kind, typer.Argument(help=words.SCHEMA_KIND, show_default=False)],
    output: Annotated[str, typer.Option("--output", "-o", help=words.OUTPUT)] = STDOUT,
) -> None:
    """Print or write one of the schemas."""
    from openreform.rendering import schemas  # noqa: PLC0415
    from openreform.rendering.comparison_schema import comparison_schema  # noqa: PLC0415
    from openreform.rendering.route_schema import steps_schema  # noqa: PLC0415

    check_writable(output)
    made = {
        Kind.REFORM: schemas.reform_schema,
        Kind.PLAN: schemas.plan_schema,
        Kind.FRAMEWORK: schemas.framework_schema,
        Kind.ASSESSMENT: schemas.assessment_schema,
        Kind.SETTINGS: schemas.settings_schema,
        Kind.CHECK: schemas.check_schema,
        Kind.STEPS: steps_schema,
        Kind.COMPARISON: comparison_schema,
    }[kind]()
    deliver([schemas.as_json(made)], output)
