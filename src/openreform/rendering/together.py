"""A whole report of one format as one text, for programs that call openreform."""

from collections.abc import Iterable, Iterator

from openreform.assessment import Assessment
from openreform.errors import DocumentError
from openreform.problems import Problem
from openreform.route import Route


def assessments(
    results: Iterable[Assessment | DocumentError], output_format: str, as_of: str | None, *, full: bool
) -> str:
    """Assessments, and the errors among them where the format has a place for them, which is at the end.

    Args:
        results: one by one.
        output_format: text, json, jsonl, csv, markdown or html.
        as_of: the day asked for.
        full: whether a text tells what earns each level.
    """
    problems: list[Problem] = []
    sound = _sound(results, problems)
    match output_format:
        case "json":
            from openreform.rendering import json  # noqa: PLC0415

            return json.render(sound, problems, as_of)
        case "jsonl":
            from openreform.rendering import json  # noqa: PLC0415

            lines = "".join(json.lines(sound, as_of))
            return lines + "".join(json.problem_lines(problems, as_of))
        case "csv":
            from openreform.rendering import csv  # noqa: PLC0415

            return "".join(csv.criteria(sound))
        case "markdown":
            from openreform.rendering import pages  # noqa: PLC0415

            return "".join(pages.markdown(sound))
        case "html":
            from openreform.rendering import pages  # noqa: PLC0415

            return pages.html(list(sound))
        case _:
            from openreform.rendering import text  # noqa: PLC0415

            return "".join(text.report(sound, full=full))


def route(found: Route, output_format: str, as_of: str | None, seconds: float) -> str:
    """A way to a target. seconds: how long was searched at most."""
    from openreform.rendering import routes  # noqa: PLC0415

    if output_format == "json":
        return routes.as_json(found, [], as_of)
    return routes.markdown(found, seconds) if output_format == "markdown" else routes.page(found, seconds).text()


def _sound(results: Iterable[Assessment | DocumentError], problems: list[Problem]) -> Iterator[Assessment]:
    for result in results:
        if isinstance(result, DocumentError):
            problems.extend(result.problems)
        else:
            yield result
