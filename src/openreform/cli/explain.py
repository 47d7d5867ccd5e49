"""`openreform explain`: a criterion, a gate or a field in words."""

from typing import Annotated

import typer

from openreform.cli.console import framework_named, refuse, show, shown
from openreform.messages import commands as words


def explain(
    name: Annotated[str | None, typer.Argument(help=words.EXPLAIN_ID, metavar="[ID]", show_default=False)] = None,
    framework: Annotated[str, typer.Option("--framework", help=words.FRAMEWORK)] = "involve-ogp",
) -> None:
    """Explain one thing by its id or field name; without one, list everything."""
    from openreform.framework import DEFAULT_FRAMEWORK  # noqa: PLC0415
    from openreform.loading.shapes import nearest  # noqa: PLC0415
    from openreform.messages.reports import GLOSSARY  # noqa: PLC0415
    from openreform.reform import all_fields, find_field  # noqa: PLC0415
    from openreform.rendering import explain as pages  # noqa: PLC0415

    yardstick = framework_named(framework).framework
    if name is None:
        show(pages.index_page(yardstick, "" if framework == DEFAULT_FRAMEWORK else shown(framework)))
    elif criterion := yardstick.criterion(name):
        from openreform.loading.crosswalk import counterparts  # noqa: PLC0415

        show(pages.criterion_page(criterion, yardstick, counterparts=counterparts(yardstick, criterion.id)))
    elif gate := yardstick.gate(name):
        show(pages.gate_page(gate, yardstick))
    elif dimension := yardstick.dimension(name):
        show(pages.dimension_page(dimension, yardstick))
    elif field := find_field(name):
        show(pages.field_page(field))
    elif name.casefold() in GLOSSARY:
        show(pages.word_page(name.casefold()))
    elif fields := [field for field in all_fields().values() if field.name == name]:
        show(pages.fields_page(fields))
    else:
        known = [*(part.id for part in yardstick.criteria), *(part.id for part in yardstick.gates), *GLOSSARY]
        known += all_fields()
        known += [part.title for part in yardstick.dimensions]
        guess = nearest(name, known)
        hint = words.SAID["guess"].format(guess=guess) if guess else words.SAID["list-ids"]
        refuse("no-id", name=shown(name), guess=hint)
