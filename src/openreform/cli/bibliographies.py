"""`--export-bibliography`: what was cited, in a file beside the report."""

import os
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING, Annotated

import typer

from openreform.cli.console import check_writable, deliver, refuse
from openreform.messages.citations import EXPORT_BIBLIOGRAPHY

if TYPE_CHECKING:
    from openreform.assessment import Assessment
    from openreform.loading.frameworks import LoadedFramework
    from openreform.rendering.bibliography import Entry

BibliographyOption = Annotated[
    str | None,
    typer.Option("--export-bibliography", metavar="FILE", help=EXPORT_BIBLIOGRAPHY, show_default=False),
]


class Bibliography:
    """The bibliography of a run; without a file to write it to, it only lets the run pass."""

    def __init__(self, path: str | None, report: str, framework: "LoadedFramework") -> None:
        """Check, before anything is assessed, that it can be written.

        Args:
            path: the file, `-` for standard output, or None.
            report: where the report goes: elsewhere, or the command is refused.
            framework: the yardstick of the run.
        """
        self._path = path
        self._framework = framework
        self._entries: dict[str, Entry] = {}
        self._digests: set[str] = set()
        if path is not None:
            if os.path.realpath(path) == os.path.realpath(report):
                refuse("bibliography-one-place")
            check_writable(path)
            self._add_sources(framework, version=False)

    @contextmanager
    def beside(self, assessments: "Iterator[Assessment]") -> "Iterator[Iterator[Assessment]]":
        """Hand assessments on to a report, and write what they rest on once the report is made.

        That nobody reads the report to its end (a closed pipe) keeps nothing from the file.
        """
        noted = self._noted(assessments)
        try:
            yield noted
        except SystemExit:
            self._write(noted)
            raise
        self._write(noted)

    def _noted(self, assessments: "Iterable[Assessment]") -> "Iterator[Assessment]":
        if self._path is None:
            yield from assessments
            return
        from openreform.loading.frameworks import load_version  # noqa: PLC0415
        from openreform.rendering.bibliography import of_evidence  # noqa: PLC0415

        for assessment in assessments:
            self._entries |= {str(entry["id"]): entry for entry in of_evidence(assessment)}
            if assessment.framework_digest not in self._digests:
                other = load_version(assessment.framework_id, assessment.framework_version)
                if other is not None:
                    self._add_sources(other, version=True)
            yield assessment

    def _add_sources(self, loaded: "LoadedFramework", *, version: bool) -> None:
        """The sources of a framework; those of a version that a document asks for, only where they differ."""
        from openreform.rendering.bibliography import of_framework  # noqa: PLC0415

        self._digests.add(loaded.digest)
        known = [{**entry, "id": None, "note": None} for entry in self._entries.values()]
        for entry in of_framework(loaded.framework, version=version):
            if not version or {**entry, "id": None, "note": None} not in known:
                self._entries[str(entry["id"])] = entry

    def _write(self, rest: "Iterable[Assessment]") -> None:
        if self._path is None:
            return
        from openreform.rendering.bibliography import csl_json  # noqa: PLC0415

        for _ in rest:
            pass
        deliver([csl_json(self._entries.values())], self._path)
