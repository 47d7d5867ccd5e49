"""`openreform explain`: a criterion, a gate, a fault or a field in words."""

from typing import TYPE_CHECKING, Annotated, Any

import typer

from openreform.cli.console import framework_named, refuse, sector_named, show, shown
from openreform.cli.settings import ConfigOption, InForce, IsolatedOption
from openreform.messages import commands as words

if TYPE_CHECKING:
    from openreform.reform import DocumentKind
    from openreform.rendering.layout import Page


def explain(
    context: typer.Context,
    name: Annotated[str | None, typer.Argument(help=words.EXPLAIN_ID, metavar="[ID]", show_default=False)] = None,
    framework: Annotated[str, typer.Option("--framework", help=words.FRAMEWORK)] = "involve-ogp",
    sector: Annotated[str | None, typer.Option("--sector", help=words.EXPLAIN_SECTOR, show_default=False)] = None,
    config: ConfigOption = None,
    isolated: IsolatedOption = False,
) -> None:
    """Explain one thing by its id or field name; without one, list everything."""
    from openreform.framework import DEFAULT_FRAMEWORK  # noqa: PLC0415
    from openreform.kinds import KINDS, kind_called  # noqa: PLC0415
    from openreform.library import Library  # noqa: PLC0415
    from openreform.loading.shapes import nearest  # noqa: PLC0415
    from openreform.messages.reports import GLOSSARY  # noqa: PLC0415
    from openreform.rendering import explain as pages  # noqa: PLC0415

    loaded = framework_named(framework)
    InForce(context).remark()
    yardstick = loaded.framework
    kind = kind_called(yardstick.applies_to)
    theme = () if sector is None else (sector_named(sector),)
    if sector is not None and (name is None or yardstick.criterion(name) is None):
        refuse("sector-of-criterion")
    if name is None:
        show(pages.index_page(yardstick, "" if framework == DEFAULT_FRAMEWORK else shown(framework)))
    elif criterion := yardstick.criterion(name):
        from openreform.loading.crosswalk import counterparts  # noqa: PLC0415

        library = Library(loaded)
        precedents = library.who_does_it(criterion.id, theme) if library.cases else None
        others = counterparts(yardstick, criterion.id)
        show(pages.criterion_page(criterion, yardstick, precedents=precedents, counterparts=others))
    elif gate := yardstick.gate(name):
        show(pages.gate_page(gate, yardstick))
    elif fault := yardstick.fault(name):
        show(pages.fault_page(fault, yardstick))
    elif star := yardstick.star(name):
        show(pages.star_page(star, yardstick))
    elif dimension := yardstick.dimension(name):
        show(pages.dimension_page(dimension, yardstick))
    elif field := kind.find(name):
        show(pages.field_page(field, kind))
    elif name.casefold() in GLOSSARY:
        show(pages.word_page(name.casefold()))
    elif fields := [field for field in kind.fields.values() if field.name == name]:
        show(pages.fields_page(fields, kind))
    elif found := _in_other_documents(name, [kind_called(other) for other in KINDS if other != kind.name]):
        show(found)
    else:
        known = [*(part.id for part in yardstick.criteria), *(part.id for part in yardstick.gates), *GLOSSARY]
        known += [*(part.id for part in yardstick.faults), *(part.id for part in yardstick.stars)]
        known += kind.fields
        known += [part.title for part in yardstick.dimensions]
        guess = nearest(name, known)
        hint = words.SAID["guess"].format(guess=guess) if guess else words.SAID["list-ids"]
        refuse("no-id", name=shown(name), guess=hint)


def _in_other_documents(name: str, kinds: "list[DocumentKind[Any]]") -> "Page | None":
    """The page of a field that only documents of another kind have."""
    from openreform.rendering import explain as pages  # noqa: PLC0415

    for kind in kinds:
        if fields := [field for field in kind.fields.values() if name in {field.path, field.name}]:
            return pages.fields_page(fields, kind)
    return None
