"""The case library under a yardstick: which level each case holds in each criterion, and which case to learn from.

Holding a yardstick against every case takes longer than assessing one document does. So nothing is done before somebody
asks, then only for the criterion asked; and a wheel holds the levels under the bundled frameworks, prepared when it is built
(`setup.py`). Digests stand on top of what was prepared: of the framework and of all cases. With any other it is not used. The
scoring is loaded where it is needed, so that what was prepared can be told without it.
"""

import json
from collections.abc import Iterator
from functools import cached_property
from importlib.resources.abc import Traversable
from typing import TYPE_CHECKING, NamedTuple, get_args

from openreform.assessment import Assessment, Case, Precedent, Side
from openreform.framework import Criterion
from openreform.importing.countries import country_code, country_name
from openreform.loading.cases import case_folder, digest_of, load_case, read_cases
from openreform.loading.frameworks import LoadedFramework
from openreform.loading.prepared import SUFFIX
from openreform.loading.reforms import Document
from openreform.loading.shapes import nearest
from openreform.plaintext import unaccented
from openreform.reform import COUNTRIES, Reform, Sector

if TYPE_CHECKING:
    from openreform.scoring.reading import Reader

SECTORS: tuple[str, ...] = get_args(Sector)
"""The sectors in the order of COFOG's divisions: the first is 01."""

Levels = tuple[int | None, int | None]
"""Of the promise and of the practice."""


class _Prepared(NamedTuple):
    """What was worked out when the wheel was built: the cases by id, and for each criterion their levels in that order."""

    cases: tuple[Case, ...]
    levels: dict[str, list[Levels]]


class Library:
    """The cases, and the level each holds under one framework; one for plans has none, as the cases are reforms."""

    def __init__(self, framework: LoadedFramework, folder: Traversable | None = None) -> None:
        self.framework = framework
        self._given = folder
        self._levels: dict[str, list[Levels]] = {}

    def __len__(self) -> int:
        """How many cases there are."""
        return len(self.cases)

    @cached_property
    def cases(self) -> tuple[Case, ...]:
        """Every case, by id."""
        return self._prepared.cases if self._prepared else tuple(case_of(each.reform) for each in self._documents)

    def precedents(self, criterion: str) -> list[Precedent]:
        """Every case with the levels it holds in a criterion of the framework, by id."""
        levels = self._prepared.levels[criterion] if self._prepared else self._worked_out(criterion)
        return [Precedent(case, *held) for case, held in zip(self.cases, levels, strict=True)]

    def best(self, criterion: str, level: int, sector: tuple[str, ...], but_not: str) -> Precedent | None:
        """The case to learn from that promises at least this level: of one of the sectors first, never the named one."""
        able = [each for each in self.precedents(criterion) if each.case.id != but_not and (each.promise or 0) >= level]
        return min(able, key=lambda each: to_learn_from(each, sector), default=None)

    def who_does_it(self, criterion: str, sector: tuple[str, ...]) -> list[Precedent]:
        """The cases that hold any level of a criterion, those to learn from first."""
        able = [each for each in self.precedents(criterion) if each.promise]
        return sorted(able, key=lambda each: to_learn_from(each, sector))

    def that_reach(self, criterion: str, level: int, side: Side) -> list[Precedent]:
        """The cases that reach at least this level of a criterion on one side, best first."""
        able = [each for each in self.precedents(criterion) if (each.side(side) or 0) >= level]
        other: Side = "practice" if side == "promise" else "promise"
        return sorted(able, key=lambda each: (-(each.side(side) or 0), -(each.side(other) or 0), each.case.id))

    def told(self, ident: str) -> tuple[Document[Reform], Assessment]:
        """One case, and what is said of it under the framework."""
        from openreform.scoring.assess import Origin, assess  # noqa: PLC0415

        document = load_case(ident, self._raw[ident])
        origin = Origin(document.path, document.digest, self.framework.digest)
        return document, assess(document.reform, self.framework.framework, document.locate, origin)

    def prepared(self) -> str:
        """What to keep beside the cases; the same characters for the same framework and cases."""
        levels = {each.id: self._worked_out(each.id) for each in self.framework.framework.criteria}
        content = {"cases": self.cases, "levels": levels}
        return f"{self._digests}{json.dumps(content, ensure_ascii=False, separators=(',', ':'))}\n"

    @cached_property
    def _folder(self) -> Traversable:
        return self._given or case_folder()

    @cached_property
    def _raw(self) -> dict[str, bytes]:
        return read_cases(self._folder) if self.framework.framework.applies_to == "reform" else {}

    @cached_property
    def _digests(self) -> str:
        """Of the framework, of those it is made from, and of all cases: a line each."""
        family: list[str] = []
        part: LoadedFramework | None = self.framework
        while part:
            family.append(part.digest)
            part = part.base
        return "".join(f"{digest}\n" for digest in (*family, digest_of(self._raw)))

    @cached_property
    def _prepared(self) -> _Prepared | None:
        """What was prepared; None if nothing was, or of other cases or another framework."""
        kept = self._folder / f"{self.framework.framework.id}{SUFFIX}"
        text = kept.read_text(encoding="utf-8") if kept.is_file() else ""
        if not text.startswith(self._digests):
            return None
        content = json.loads(text[len(self._digests) :])
        cases = tuple(Case._make((*named, tuple(sector))) for *named, sector in content["cases"])
        return _Prepared(cases, content["levels"])

    @cached_property
    def _documents(self) -> list[Document[Reform]]:
        return [load_case(name, raw) for name, raw in self._raw.items()]

    @cached_property
    def _readers(self) -> "list[Reader]":
        from openreform.scoring.assess import reader_of  # noqa: PLC0415

        framework = self.framework.framework
        return [reader_of(each.reform, framework, each.locate) for each in self._documents]

    def _worked_out(self, ident: str) -> list[Levels]:
        if ident not in self._levels:
            criterion = next(part for part in self.framework.framework.criteria if part.id == ident)
            self._levels[ident] = [_levels(criterion, reader) for reader in self._readers]
        return self._levels[ident]


def _levels(criterion: Criterion, reader: "Reader") -> Levels:
    from openreform.scoring.levels import reach  # noqa: PLC0415

    promise, practice = reach(criterion, reader)
    return promise.level, practice.level if practice else None


def to_learn_from(precedent: Precedent, sector: tuple[str, ...]) -> tuple[bool, int, int, str]:
    """The order in which cases are worth reading: of the same sector, then what is practised, what is promised, the id."""
    case = precedent.case
    return not set(case.sector) & set(sector), -(precedent.practice or 0), -(precedent.promise or 0), case.id


def case_of(reform: Reform) -> Case:
    """A case as lists name it."""
    return Case(reform.id, reform.title, reform.country, reform.jurisdiction, reform.sector)


def those_of(cases: tuple[Case, ...], words: list[str], sector: str | None, place: str | None) -> Iterator[Case]:
    """The cases of a sector and a place whose titles hold all words, whatever their case and accents."""
    wanted = [unaccented(word) for word in words]
    for case in cases:
        title = unaccented(case.title)
        if sector and sector not in case.sector:
            continue
        if place and place not in (case.country, case.jurisdiction, case.place[:2]):
            continue
        if all(word in title for word in wanted):
            yield case


def sector_called(text: str) -> str | None:
    """A sector by its name, or by the number of its division in COFOG."""
    if text.isdecimal() and 1 <= int(text) <= len(SECTORS):
        return SECTORS[int(text) - 1]
    return next((sector for sector in SECTORS if sector == text.strip().casefold().replace(" ", "-")), None)


def place_called(text: str, cases: tuple[Case, ...]) -> str | None:
    """The code of a country, given by code or name; or of a part of one, if a case is from there."""
    code = text.strip().upper()
    if code in COUNTRIES or code in {case.jurisdiction for case in cases}:
        return code
    return country_code(text)


def place_meant(text: str, cases: tuple[Case, ...]) -> str | None:
    """The code of a place of the library that was most likely meant."""
    known = {case.place: case.place for case in cases if case.place}
    known |= {country_name(case.country).replace(" ", "_"): case.country for case in cases if case.country}
    guess = nearest(text, known)
    return known[guess] if guess else None


def place_in_words(reform: Reform) -> str:
    """The country by its name, and the part of it by its code."""
    name = country_name(reform.country) if reform.country else ""
    return " ".join(part for part in (name, f"({reform.jurisdiction})" if reform.jurisdiction else "") if part)


def place_named(code: str) -> str:
    """The same from a code alone, of a country (`GB`) or a part of one (`GB-SCT`)."""
    name = country_name(code.partition("-")[0])
    return f"{name} ({code})" if "-" in code else name
