"""What a reform document says: one model per section, and a map of every field for those who read it by name.

Field and value texts stand in `messages.fields`; nothing here rates anything. Other kinds of document are made of the same
values and kinds of field (`plan.py`); `kinds.py` tells them apart.
"""

import calendar
import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import cache, cached_property, lru_cache
from typing import Annotated, Any, Generic, Literal, LiteralString, NamedTuple, TypeVar, get_args, get_origin

from pydantic import BaseModel, BeforeValidator, ConfigDict, Field, GetCoreSchemaHandler, ValidationError
from pydantic_core import CoreSchema, InitErrorDetails, PydanticCustomError, core_schema

from openreform.messages.fields import FIELDS, VALUES, words_of_values

# --- Values ------------------------------------------------------------------------------------------------

Stage = Literal["draft", "adopted", "implementing", "completed"]
Sector = Literal[
    "general-services",
    "defence",
    "order-and-safety",
    "economy",
    "environment",
    "housing-and-water",
    "health",
    "culture",
    "education",
    "social-protection",
]
Status = Literal["considered", "planned", "piloted", "operational", "ended"]
About = Literal[
    "entitlements",
    "performance",
    "outcomes",
    "satisfaction",
    "needs",
    "money",
    "contracts",
    "decisions",
    "rules",
    "people",
    "progress",
    "other",
]
Content = Literal[
    "eligibility",
    "steps",
    "costs",
    "times",
    "if-refused",
    "standards",
    "thresholds",
    "budget",
    "spending",
    "tenders",
    "awards",
    "agreements",
    "subcontractors",
    "payments",
    "audits",
    "drafts",
    "options",
    "impact",
    "minutes",
    "reasons",
    "each-step",
    "proof",
    "explanations",
    "documentation",
    "archive",
    "next-dates",
]
Adaptation = Literal["plain-language", "languages", "disability", "low-literacy"]
Tested = Literal["users", "excluded-groups"]
Access = Literal["open", "register", "fee", "on-request", "internal"]
Format = Literal[
    "web-page",
    "pdf",
    "document",
    "spreadsheet",
    "csv",
    "json",
    "xml",
    "geodata",
    "open-data",
    "api",
    "print",
    "dashboard",
]
Licence = Literal[
    "CC0-1.0",
    "CC-BY-3.0",
    "CC-BY-4.0",
    "CC-BY-SA-3.0",
    "CC-BY-SA-4.0",
    "CC-BY-NC-4.0",
    "CC-BY-ND-4.0",
    "CC-BY-NC-SA-4.0",
    "CC-BY-NC-ND-4.0",
    "DL-DE-BY-2.0",
    "DL-DE-ZERO-2.0",
    "IODL-1.0",
    "NLOD-2.0",
    "ODbL-1.0",
    "ODC-By-1.0",
    "OGL-Canada-2.0",
    "OGL-UK-3.0",
    "PDDL-1.0",
    "etalab-2.0",
    "open-unnamed",
    "own-terms",
]
Frequency = Literal[
    "once", "irregular", "yearly", "twice-yearly", "quarterly", "two-monthly", "monthly", "weekly", "daily", "live"
]
Granularity = Literal["country", "area", "provider", "record"]
Comparison = Literal["targets", "earlier-periods", "providers", "groups"]
Action = Literal[
    "learn",
    "contact",
    "take-part",
    "rate",
    "comment",
    "propose",
    "discuss",
    "vote",
    "decide",
    "complain",
    "appeal",
    "report",
    "petition",
    "request-review",
    "monitor",
    "question",
    "request-information",
    "correct",
    "deliver",
    "run",
]
FinalSay = Literal["officials", "shared", "participants"]
ChosenBy = Literal["officials", "open-call", "organisations", "lot", "independent-body"]
Support = Literal["expenses", "payment", "childcare", "interpretation", "training", "facilitation", "access", "advice"]
Information = Literal["purpose", "options", "costs", "evidence", "criticism", "records"]
Remedy = Literal["apology", "correction", "repeat", "compensation", "decision-changed", "sanction"]
Published = Literal[
    "rules",
    "members",
    "minutes",
    "calendar",
    "inputs",
    "answers",
    "changes",
    "findings",
    "statistics",
    "statistics-by-group",
]
InstrumentKind = Literal[
    "constitution", "law", "regulation", "order", "policy", "standard", "charter", "contract", "agreement", "guidance"
]
LaidDown = Literal[
    "rights",
    "service-standards",
    "conduct",
    "duty-to-publish",
    "right-to-information",
    "duty-to-answer",
    "participation",
    "protection",
    "remedies",
    "sanctions",
    "oversight",
    "mandate",
    "funding",
    "incentives",
    "roles",
    "same-service",
    "procedure",
]
Improvement = Literal[
    "information",
    "affordability",
    "distance",
    "time",
    "treatment",
    "special-needs",
    "effectiveness",
    "consistency",
    "safety",
    "fairness",
    "money",
    "trust",
]
Moment = Literal["agenda", "options", "draft", "after-decision", "delivery", "review"]
Openness = Literal["anyone", "affected", "users", "organisations", "invited", "officials"]
Channel = Literal["web", "app", "email", "phone", "text-message", "post", "in-person", "outreach", "radio-tv"]
MilestoneKind = Literal[
    "law",
    "rule",
    "body",
    "publication",
    "tool",
    "service",
    "event",
    "training",
    "study",
    "progress-report",
    "activity",
]
EvidenceKind = Literal["statement", "document", "working", "check"]
Role = Literal["self", "peer", "independent"]
ConcernKind = Literal["reprisal", "exclusion", "burden", "misuse", "abandoned", "other"]

_VALUES_OF_RESULTS = (
    "worsened",
    "did-not-change",
    "marginal",
    "major",
    "outstanding",
    "no-early-results",
    "not-applicable",
)
_VALUES_OF_COMPLETION = ("not-started", "limited", "substantial", "complete", "unclear", "withdrawn")
IRM_CODES: dict[str, tuple[str, ...]] = {
    "specificity": ("none", "low", "medium", "high"),
    "verifiable": (),
    "relevant": (),
    "access_to_information": (),
    "civic_participation": (),
    "public_accountability": (),
    "technology": (),
    "potential_impact": ("none", "minor", "moderate", "transformative", "unclear"),
    "potential_for_results": ("unclear", "modest", "substantial"),
    "completion_progress": _VALUES_OF_COMPLETION,
    "completion_end_of_term": _VALUES_OF_COMPLETION,
    "opened_government": _VALUES_OF_RESULTS,
    "opened_information": _VALUES_OF_RESULTS,
    "opened_participation": _VALUES_OF_RESULTS,
    "opened_accountability": _VALUES_OF_RESULTS,
    "early_results": ("no-notable", "moderate", "significant"),
    "starred_before_june_2014": (),
    "starred_2015": (),
    "starred_progress": (),
    "starred_end_of_term": (),
}
"""What OGP's Independent Reporting Mechanism records of a commitment, in both generations of its method, and the values
of each code; none: true or false. Sources: OGP, IRM Procedures Manual; the IRM's Guidelines for the Assessment of
Commitments; the columns of OGP's commitments data."""

COUNTRIES = frozenset(
    """
    AD AE AF AG AI AL AM AO AQ AR AS AT AU AW AX AZ BA BB BD BE BF BG BH BI BJ BL BM BN BO BQ BR BS BT
    BV BW BY BZ CA CC CD CF CG CH CI CK CL CM CN CO CR CU CV CW CX CY CZ DE DJ DK DM DO DZ EC EE EG EH
    ER ES ET FI FJ FK FM FO FR GA GB GD GE GF GG GH GI GL GM GN GP GQ GR GS GT GU GW GY HK HM HN HR HT
    HU ID IE IL IM IN IO IQ IR IS IT JE JM JO JP KE KG KH KI KM KN KP KR KW KY KZ LA LB LC LI LK LR LS
    LT LU LV LY MA MC MD ME MF MG MH MK ML MM MN MO MP MQ MR MS MT MU MV MW MX MY MZ NA NC NE NF NG NI
    NL NO NP NR NU NZ OM PA PE PF PG PH PK PL PM PN PR PS PT PW PY QA RE RO RS RU RW SA SB SC SD SE SG
    SH SI SJ SK SL SM SN SO SR SS ST SV SX SY SZ TC TD TF TG TH TJ TK TL TM TN TO TR TT TV TW TZ UA UG
    UM US UY UZ VA VC VE VG VI VN VU WF WS YE YT ZA ZM ZW
    """.split()
)
"""ISO 3166-1 alpha-2 codes."""

LONGEST_TEXT = 20_000
"""Characters; the longest real commitment seen has 5,000."""

MOST_ENTRIES = Field(max_length=500)
"""Of one list; the longest real description seen has 20."""

# --- Kinds of field ----------------------------------------------------------------------------------------

FieldKind = Literal[
    "text", "name", "id", "choice", "number", "yes-no", "date", "reference", "link", "group", "elements", "codes"
]


class Refers(NamedTuple):
    """Marks a field that holds the id of an entry of another list."""

    section: str


class Kind(NamedTuple):
    """Marks what a field holds where its type alone does not tell."""

    kind: FieldKind


_FULL_DATE = re.compile(r"([0-9]{4})(?:-([0-9]{2})(?:-([0-9]{2}))?)?")
_URL = re.compile(r"(?:https?://[^\s/<>\"]+(?:[/?#][^\s<>\"]*)?|mailto:[^\s@<>\"]+@[^\s@<>\"]+)", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class PartialDate:
    """A year, a month or a day, as written: ISO 8601 with what is not known left out.

    `first` and `last` are its first and last day as (year, month, day). A start counts from the first, an end to the last.
    """

    text: str
    first: tuple[int, int, int]
    last: tuple[int, int, int]

    @classmethod
    def read(cls, value: object) -> "PartialDate":
        """A date from YYYY, YYYY-MM or YYYY-MM-DD.

        Raises:
            PydanticCustomError: it is not such a date (bad-date) or there is no such day (bad-day).
        """
        match = _FULL_DATE.fullmatch(str(value).strip()) if isinstance(value, str | int) else None
        if isinstance(value, bool) or match is None:
            raise PydanticCustomError("bad-date", "not a date")
        year, month, day = (int(part) if part else 0 for part in match.groups())
        given_month, given_day = match.group(2) is not None, match.group(3) is not None
        if not 1900 <= year <= 2200 or (given_month and not 1 <= month <= 12):
            raise PydanticCustomError("bad-day", "no such day")
        last_month = month or 12
        days = calendar.monthrange(year, last_month)[1]
        if given_day and not 1 <= day <= days:
            raise PydanticCustomError("bad-day", "no such day")
        return cls(str(value).strip(), (year, month or 1, day or 1), (year, last_month, day or days))

    @classmethod
    def __get_pydantic_core_schema__(cls, source: object, handler: GetCoreSchemaHandler) -> CoreSchema:
        """Lets pydantic read a `PartialDate` and write it back as given."""
        return core_schema.no_info_plain_validator_function(
            cls.read, serialization=core_schema.plain_serializer_function_ser_schema(lambda date: date.text)
        )


def _as_text(value: object) -> object:
    """A bare number is accepted where a text is meant: the loader keeps only numbers that write back the same."""
    return str(value) if isinstance(value, int | float) and not isinstance(value, bool) else value


def _whole_number(value: object) -> object:
    """Python takes true and 1.0 for 1; a format version is written 1."""
    if isinstance(value, bool | float):
        raise PydanticCustomError("literal_error", "the version is 1")
    return value


def _as_country(value: object) -> object:
    if isinstance(value, str) and value.strip() not in COUNTRIES:
        raise PydanticCustomError("bad-country", "not a country")
    return value


def _as_url(value: object) -> object:
    if isinstance(value, str) and not _URL.fullmatch(value.strip()):
        raise PydanticCustomError("bad-url", "not a link")
    return value


def _as_irm(value: object) -> object:
    """Codes the IRM has, each with one of its own values; told like unknown fields and values elsewhere."""
    if not isinstance(value, dict):
        return value
    wrong = {code: kind for code, recorded in value.items() if (kind := _wrong_code(code, recorded))}
    if wrong:
        raise ValidationError.from_exception_data(
            "irm",
            [
                InitErrorDetails(type=PydanticCustomError(kind, "unknown"), loc=(code,), input=value[code])
                for code, kind in wrong.items()
            ],
        )
    return value


def _wrong_code(code: str, recorded: object) -> LiteralString | None:
    values = IRM_CODES.get(code)
    if values is None:
        return "extra_forbidden"
    if not values:
        return None if isinstance(recorded, bool) else "bool_type"
    return None if recorded in values else "literal_error" if isinstance(recorded, str | int | float) else "string_type"


class Checked:
    """How pydantic checks a value: worked out once here, not again for each of the hundred fields that hold one."""

    def __init__(self, before: Callable[[object], object] | None = None, **limits: Any) -> None:
        text = core_schema.str_schema(strip_whitespace=True, **limits)
        self.schema = core_schema.no_info_before_validator_function(before, text) if before else text

    def __get_pydantic_core_schema__(self, source: object, handler: GetCoreSchemaHandler) -> CoreSchema:
        """Lets pydantic take it as it stands."""
        return self.schema.copy()


_PLAIN = Checked(_as_text, max_length=LONGEST_TEXT)
Text = Annotated[str, _PLAIN, Kind("text")]
"""Sentences in the author's words. They explain, they never earn more than the first rung."""
Name = Annotated[str, _PLAIN, Kind("name")]
"""The name of a body, role, document or place: a fact that somebody can look up."""
FormatVersion = Annotated[Literal[1], BeforeValidator(_whole_number)]
Id = Annotated[str, Checked(_as_text, pattern=r"^[A-Za-z0-9._-]{1,80}$"), Kind("id")]
Country = Annotated[str, Checked(_as_country), Kind("name")]
Jurisdiction = Annotated[str, Checked(pattern=r"^[A-Z]{2}-[A-Z0-9]{1,3}$"), Kind("name")]
Url = Annotated[str, Checked(_as_url, max_length=2000), Kind("link")]
Days = Annotated[int, Field(ge=0, le=3650)]
Months = Annotated[float, Field(gt=0, le=600)]
Percent = Annotated[float, Field(ge=0, le=100)]
Count = Annotated[float, Field(gt=0, le=10**12)]
MilestoneId = Annotated[Id, Refers("milestones")]
EvidenceIds = tuple[Annotated[Id, Refers("evidence")], ...]
InstrumentId = Annotated[Id, Refers("instruments")]

# --- Sections ----------------------------------------------------------------------------------------------


class Section(BaseModel):
    """A part of a document, or the whole."""

    model_config = ConfigDict(extra="forbid", frozen=True, strict=True, defer_build=True)


class Plan(Section):
    """The action plan a commitment belongs to."""

    name: Name | None = None
    start: PartialDate | None = None
    end: PartialDate | None = None


class Claims(Section):
    """What the author says the reform does for the three values: never scored, only compared."""

    transparency: Text | None = None
    participation: Text | None = None
    accountability: Text | None = None
    consulted: Text | None = None


class PublicProblem(Section):
    """What is wrong today, for whom."""

    text: Text | None = None
    groups: tuple[Name, ...] = ()
    baseline: Name | None = None
    users_asked: Name | None = None


class Objective(Section):
    """What is to be better, and why this should bring it about."""

    text: Text | None = None
    improves: tuple[Improvement, ...] = ()
    because: Text | None = None
    milestone: MilestoneId | None = None
    evidence: EvidenceIds = ()


class Budget(Section):
    """What it costs and who pays."""

    organisation: Name | None = None
    amount: Name | None = None
    end: PartialDate | None = None


class Lead(Section):
    """A body that leads the reform."""

    organisation: Name | None = None
    role: Name | None = None
    contact: Name | None = None
    evidence: EvidenceIds = ()


class Partner(Section):
    """Another body that takes part."""

    name: Name | None = None


class Element(Section):
    """Something described, that others may name by its id."""

    id: Id | None = None
    title: Text | None = None
    unknown: tuple[Name, ...] = ()


class Thing(Element):
    """An element that exists, or will, and can be shown to operate."""

    status: Status = "planned"
    milestone: MilestoneId | None = None
    evidence: EvidenceIds = ()


class CoCreation(Thing):
    """A round in which others helped to write the reform."""

    people_can: tuple[Action, ...] = ()
    open_to: tuple[Openness, ...] = ()
    publishes: tuple[Published, ...] = ()
    follow_up: bool | None = None


class Instrument(Thing):
    """A law, rule, order or agreement."""

    kind: InstrumentKind | None = None
    lays_down: tuple[LaidDown, ...] = ()
    binding: bool | None = None


class Milestone(Element):
    """A dated step."""

    kind: MilestoneKind | None = None
    output: Text | None = None
    quantity: Count | None = None
    where: Name | None = None
    start: PartialDate | None = None
    due: PartialDate | None = None
    within_months: Months | None = None
    frequency: Frequency | None = None
    responsible: tuple[Name, ...] = ()
    verified_by: Name | None = None


class Indicator(Element):
    """A figure by which it will be seen whether things got better."""

    about: tuple[About, ...] = ()
    baseline: Name | None = None
    target: Name | None = None
    access: Access | None = None
    frequency: Frequency | None = None
    verified_by: Name | None = None
    evidence: EvidenceIds = ()


class Publication(Thing):
    """Something people will be able to see."""

    about: tuple[About, ...] = ()
    contains: tuple[Content, ...] = ()
    access: Access | None = None
    formats: tuple[Format, ...] = ()
    licence: Licence | None = None
    bulk: bool | None = None
    standard: Name | None = None
    frequency: Frequency | None = None
    on_time_percent: Percent | None = None
    granularity: tuple[Granularity, ...] = ()
    compares: tuple[Comparison, ...] = ()
    verified_by: Name | None = None
    channels: tuple[Channel, ...] = ()
    adapted_for: tuple[Adaptation, ...] = ()
    tested_with: tuple[Tested, ...] = ()
    binding_on: InstrumentId | None = None


class Reply(Section):
    """What people get back."""

    promised: bool | None = None
    within_days: Days | None = None
    reasons: bool | None = None
    follow_up: bool | None = None
    on_time_percent: Percent | None = None


class Mechanism(Thing):
    """Something people will be able to do, and who must answer."""

    people_can: tuple[Action, ...] = ()
    when: tuple[Moment, ...] = ()
    decides: Name | None = None
    final_say: FinalSay | None = None
    open_to: tuple[Openness, ...] = ()
    groups: tuple[Name, ...] = ()
    chosen_by: tuple[ChosenBy, ...] = ()
    support: tuple[Support, ...] = ()
    notice_days: Days | None = None
    open_days: Days | None = None
    information: tuple[Information, ...] = ()
    frequency: Frequency | None = None
    channels: tuple[Channel, ...] = ()
    anonymous: bool | None = None
    protected: bool | None = None
    free: bool | None = None
    tracked: bool | None = None
    responder: Name | None = None
    reply: Reply | None = None
    remedies: tuple[Remedy, ...] = ()
    covers_contractors: bool | None = None
    publishes: tuple[Published, ...] = ()
    verified_by: Name | None = None
    escalates_to: Name | None = None
    binding_on: InstrumentId | None = None


class Oversight(Thing):
    """A body that checks, from outside those who run the service."""

    organisation: Name | None = None
    own_initiative: bool | None = None
    publishes: tuple[Published, ...] = ()
    follow_up: bool | None = None
    binding_on: InstrumentId | None = None


class Evidence(Section):
    """Something that shows a thing exists or works."""

    id: Id | None = None
    title: Text | None = None
    kind: EvidenceKind = "statement"
    publisher: Name | None = None
    url: Url | None = None
    date: PartialDate | None = None
    independent: bool = False


class Concern(Section):
    """Bad news about the reform."""

    kind: ConcernKind = "other"
    text: Text | None = None
    evidence: EvidenceIds = ()


class Assessed(Section):
    """Who assessed, in what role, when."""

    by: Name | None = None
    role: Role = "self"
    date: PartialDate | None = None


class NoneFound(Section):
    """Looked for in practice, and not there."""

    criteria: tuple[Name, ...]
    where: Text | None = None
    date: PartialDate | None = None


class Judgement(Section):
    """A level that needs a person's judgement, with what it rests on."""

    level: Annotated[int, Field(ge=0, le=4)]
    because: Text
    evidence: Annotated[EvidenceIds, Field(min_length=1)]
    by: Name


class Exemption(Section):
    """A fault that is to stand for now: why, who answers for it, until when, and for which entries."""

    because: Text | None = None
    by: Name | None = None
    end: PartialDate | None = None
    where: tuple[Name, ...] = ()


Undescribed = Literal[
    "claims",
    "problem",
    "objective",
    "status_quo",
    "co_creation",
    "leads",
    "partners",
    "budget",
    "instruments",
    "milestones",
    "indicators",
    "publications",
    "mechanisms",
    "oversight",
    "concerns",
    "evidence",
]


class Reform(Section):
    """A reform document: only `openreform`, `id` and `title` are required."""

    openreform: FormatVersion
    id: Id
    title: Text
    country: Country | None = None
    jurisdiction: Jurisdiction | None = None
    sector: tuple[Sector, ...] = ()
    stage: Stage | None = None
    start: PartialDate | None = None
    end: PartialDate | None = None
    plan: Plan | None = None
    claims: Claims | None = None
    problem: PublicProblem | None = None
    objective: Objective | None = None
    status_quo: Text | None = None
    co_creation: Annotated[tuple[CoCreation, ...], MOST_ENTRIES] = ()
    leads: Annotated[tuple[Lead, ...], MOST_ENTRIES] = ()
    partners: Annotated[tuple[Partner, ...], MOST_ENTRIES] = ()
    budget: Budget | None = None
    instruments: Annotated[tuple[Instrument, ...], MOST_ENTRIES] = ()
    milestones: Annotated[tuple[Milestone, ...], MOST_ENTRIES] = ()
    indicators: Annotated[tuple[Indicator, ...], MOST_ENTRIES] = ()
    publications: Annotated[tuple[Publication, ...], MOST_ENTRIES] = ()
    mechanisms: Annotated[tuple[Mechanism, ...], MOST_ENTRIES] = ()
    oversight: Annotated[tuple[Oversight, ...], MOST_ENTRIES] = ()
    evidence: Annotated[tuple[Evidence, ...], MOST_ENTRIES] = ()
    concerns: Annotated[tuple[Concern, ...], MOST_ENTRIES] = ()
    assessed: Assessed | None = None
    none_found: Annotated[tuple[NoneFound, ...], MOST_ENTRIES] = ()
    undescribed: tuple[Undescribed, ...] = ()
    frameworks: dict[str, Text] = {}
    not_applicable: dict[str, Text] = {}
    judgements: dict[str, Judgement] = {}
    exceptions: dict[str, Exemption] = {}
    irm: Annotated[dict[str, bool | str], BeforeValidator(_as_irm), Kind("codes")] = {}


# --- The map of fields ------------------------------------------------------------------------------------


class ReformField(NamedTuple):
    """One field of a document: where it stands, what it holds, which values it takes.

    `path` is dotted from the top of the document, without list indexes: `mechanisms.reply.within_days`.
    """

    path: str
    name: str
    kind: FieldKind
    many: bool
    required: bool
    values: tuple[str, ...]
    refers_to: str | None
    model: type[BaseModel] | None


@cache
def fields_of(model: type[BaseModel], under: str = "") -> dict[str, ReformField]:
    """The fields of one section, by name."""
    return {name: _field(name, info, under) for name, info in model.model_fields.items()}


DescribedT = TypeVar("DescribedT", bound=BaseModel)


_BY_RULE = frozenset({"judgements", "exceptions"})
"""Entries by the id of a criterion or a fault: nothing that a document describes."""


class DocumentKind(Generic[DescribedT]):
    """A kind of document: its name, its model, the words of its fields and values, and the map of its fields.

    words: what each field means, by dotted path. values: what each value means, by dotted path of its field, or by the
    field's name where all agree. A map is made once: whoever asks often keeps the kind.
    """

    def __init__(
        self, name: str, model: type[DescribedT], words: dict[str, str], values: dict[str, dict[str, str]]
    ) -> None:
        self.name, self.model, self.words, self.values = name, model, words, values
        self.find: Callable[..., ReformField | None] = lru_cache(maxsize=1024)(self._find)
        """The field at a dotted path seen from a section, following ids to the elements they name; None if there is none."""

    @cached_property
    def top(self) -> dict[str, ReformField]:
        """The fields at the top of the document, by name."""
        return fields_of(self.model)

    @cached_property
    def fields(self) -> dict[str, "ReformField"]:
        """Every field, by dotted path, in the order of the model."""
        return {field.path: field for field in _walk(self.model, "")}

    @cached_property
    def lists(self) -> tuple[str, ...]:
        """The lists whose entries have fields of their own, in the order of the model."""
        fields = self.top.values()
        return tuple(field.name for field in fields if field.kind == "elements" and field.name not in _BY_RULE)

    def words_of_values(self, path: str) -> dict[str, str]:
        """What each value of a field means, by value."""
        return words_of_values(path, self.values)

    def _find(self, path: str, section: str = "") -> "ReformField | None":
        here = section
        found: ReformField | None = None
        for step in path.split("."):
            if found is not None and found.refers_to:
                here = found.refers_to
            found = self.fields.get(f"{here}.{step}" if here else step)
            if found is None:
                return None
            here = found.path
        return found


REFORM = DocumentKind("reform", Reform, FIELDS, VALUES)
find_field = REFORM.find


def all_fields() -> dict[str, ReformField]:
    """Every field of a reform document, by dotted path, in the order of the model."""
    return REFORM.fields


def _walk(model: type[BaseModel], under: str) -> Iterator[ReformField]:
    for field in fields_of(model, under).values():
        yield field
        if field.model is not None:
            yield from _walk(field.model, field.path)


def _field(name: str, info: Any, under: str) -> ReformField:
    path = f"{under}.{name}" if under else name
    annotation, marks = info.annotation, list(info.metadata)
    many = False
    while True:
        origin, arguments = get_origin(annotation), get_args(annotation)
        if origin is Annotated:
            annotation, marks = arguments[0], [*marks, *arguments[1:]]
        elif origin is tuple:
            annotation, many = arguments[0], True
        elif origin is dict:
            annotation, many = arguments[1], True
        elif type(None) in arguments:
            annotation = next(part for part in arguments if part is not type(None))
        else:
            break
    values = tuple(str(value) for value in get_args(annotation)) if origin is Literal else ()
    model = annotation if isinstance(annotation, type) and issubclass(annotation, BaseModel) else None
    refers_to = next((mark.section for mark in marks if isinstance(mark, Refers)), None)
    kind = _kind(annotation, values, model, many, marks, refers_to)
    return ReformField(
        path,
        name,
        kind,
        many and kind != "codes",
        info.is_required(),
        values,
        refers_to,
        model,
    )


def _kind(
    annotation: Any,
    values: tuple[str, ...],
    model: type[BaseModel] | None,
    many: bool,
    marks: list[Any],
    refers_to: str | None,
) -> FieldKind:
    if refers_to:
        return "reference"
    if values:
        return "choice"
    if model is not None:
        return "elements" if many else "group"
    marked: FieldKind | None = next((mark.kind for mark in marks if isinstance(mark, Kind)), None)
    if marked:
        return marked
    if annotation is PartialDate:
        return "date"
    return "yes-no" if annotation is bool else "number"
