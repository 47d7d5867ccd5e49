"""Evidence and the sources of frameworks as CSL-JSON, which Zotero, pandoc and other tools for references read.

An entry says only what is known: its type is `webpage` or `document`, since no field tells a law from a report. The body that
published it is the publisher; that it also wrote it is not known, so nobody is named as author.
"""

import re
from collections.abc import Iterable
from typing import Any
from urllib.parse import unquote

from openreform.assessment import Assessment, Evidence
from openreform.framework import Framework
from openreform.messages.citations import BIBLIOGRAPHY
from openreform.messages.reports import said
from openreform.rendering.citations import Source, source_of
from openreform.rendering.json import as_text

Entry = dict[str, Any]
"""One entry of CSL-JSON; `id` is what texts cite it by."""

_DOI = re.compile(r"https?://(?:dx\.)?doi\.org/(10\.\d{4,}(?:\.\d+)*/\S+)", re.IGNORECASE)
_WEB = re.compile(r"https?://", re.IGNORECASE)


def of_evidence(assessment: Assessment) -> list[Entry]:
    """The evidence of one document, but for what cannot be looked up: it has neither title, publisher nor address.

    The id is `reform:evidence`; where evidence has no id, `reform:evidence:3` for the third.
    """
    made: list[Entry] = []
    for number, evidence in enumerate(assessment.evidence, start=1):
        source = source_of(evidence)
        if source.title or source.publisher or source.url:
            name = evidence.id or f"evidence:{number}"
            kind = "document" if evidence.kind == "document" or not _WEB.match(source.url or "") else "webpage"
            made.append(_entry(f"{assessment.reform_id}:{name}", kind, source, _note(assessment, evidence)))
    return made


def of_framework(framework: Framework, *, version: bool = False) -> list[Entry]:
    """The sources of a framework. The id is `framework/source`; with `version`, `framework/0.1.0/source`."""
    prefix = f"{framework.id}/{framework.version}" if version else framework.id
    note = BIBLIOGRAPHY["source"].format(id=framework.id, version=framework.version)
    return [_entry(f"{prefix}/{each.id}", "webpage", source_of(each), note) for each in framework.sources]


def csl_json(entries: Iterable[Entry]) -> str:
    """The entries by id, as indented JSON ended by a line feed."""
    return as_text(sorted(entries, key=lambda entry: str(entry["id"])))


def _entry(name: str, kind: str, source: Source, note: str) -> Entry:
    doi = _DOI.fullmatch(source.url or "")
    found: Entry = {
        "id": name,
        "type": kind,
        "title": source.title,
        "publisher": source.publisher,
        "issued": {"date-parts": [[int(part) for part in source.date.split("-")]]} if source.date else None,
        "DOI": unquote(doi.group(1)) if doi else None,
        "URL": source.url,
        "note": note,
    }
    return {key: value for key, value in found.items() if value is not None}


def _note(assessment: Assessment, evidence: Evidence) -> str:
    return said(BIBLIOGRAPHY, "evidence", assessment.document).format(
        id=assessment.reform_id,
        kind=BIBLIOGRAPHY[evidence.kind],
        independent=BIBLIOGRAPHY["independent" if evidence.independent else "not-independent"],
    )
