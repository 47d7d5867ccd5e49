"""What a plan document says of how an action plan is made and followed: one model per section, of the same kinds as a reform's.

Field and value texts stand in `messages.plans`; nothing here rates anything.
"""

from typing import Annotated, Literal

from openreform.messages.fields import VALUES
from openreform.messages.plans import PLAN_FIELDS, PLAN_VALUES
from openreform.reform import (
    MOST_ENTRIES,
    Access,
    Action,
    Adaptation,
    Assessed,
    Channel,
    ChosenBy,
    Concern,
    Country,
    Days,
    DocumentKind,
    Element,
    Evidence,
    EvidenceIds,
    Exemption,
    FinalSay,
    FormatVersion,
    Frequency,
    Id,
    Judgement,
    Jurisdiction,
    Lead,
    Name,
    NoneFound,
    Openness,
    PartialDate,
    Partner,
    Published,
    Section,
    Stage,
    Status,
    Text,
)

# --- Values ------------------------------------------------------------------------------------------------

Member = Literal[
    "government", "parliament", "local-government", "civil-society", "business", "academia", "media", "citizens"
]
PlanContent = Literal[
    "plan",
    "contact",
    "opportunities",
    "drafts",
    "inputs",
    "answers",
    "minutes",
    "progress",
    "proof",
    "reviews",
    "archive",
]

# --- Sections ----------------------------------------------------------------------------------------------


class Arrangement(Element):
    """Something a plan is made or followed with: it exists, or will, and can be shown to take place."""

    status: Status = "planned"
    due: PartialDate | None = None
    evidence: EvidenceIds = ()


class Forum(Arrangement):
    """A space in which government and others meet about the plan, again and again."""

    members: tuple[Member, ...] = ()
    chosen_by: tuple[ChosenBy, ...] = ()
    frequency: Frequency | None = None
    publishes: tuple[Published, ...] = ()
    final_say: FinalSay | None = None


class Website(Arrangement):
    """A site or page on the country's part in the Open Government Partnership."""

    access: Access | None = None
    contains: tuple[PlanContent, ...] = ()
    frequency: Frequency | None = None
    adapted_for: tuple[Adaptation, ...] = ()


class Repository(Arrangement):
    """A place online where the documents of the plan are kept."""

    access: Access | None = None
    contains: tuple[PlanContent, ...] = ()
    frequency: Frequency | None = None


class Timeline(Arrangement):
    """A timetable of how the plan is made, and when others can take part."""

    access: Access | None = None
    contains: tuple[PlanContent, ...] = ()
    notice_days: Days | None = None
    channels: tuple[Channel, ...] = ()


class Outreach(Arrangement):
    """Something done so that people know that they can take part."""

    channels: tuple[Channel, ...] = ()
    groups: tuple[Name, ...] = ()
    adapted_for: tuple[Adaptation, ...] = ()


class Input(Arrangement):
    """A way to say what the plan is to hold."""

    people_can: tuple[Action, ...] = ()
    open_to: tuple[Openness, ...] = ()
    open_days: Days | None = None
    channels: tuple[Channel, ...] = ()


class Response(Arrangement):
    """What people are told of what became of their ideas."""

    publishes: tuple[Published, ...] = ()
    reasons: bool | None = None
    follow_up: bool | None = None


class Meeting(Arrangement):
    """Meetings on how the plan is carried out."""

    people_can: tuple[Action, ...] = ()
    open_to: tuple[Openness, ...] = ()
    frequency: Frequency | None = None
    publishes: tuple[Published, ...] = ()


class Listed(Section):
    """A reform, or commitment, that stands in the plan."""

    id: Id | None = None
    title: Text | None = None


Undescribed = Literal[
    "leads",
    "partners",
    "forum",
    "website",
    "repository",
    "timeline",
    "outreach",
    "inputs",
    "response",
    "meetings",
    "reforms",
    "evidence",
    "concerns",
]


class Plan(Section):
    """A plan document, which says `document: plan`; required are `openreform`, `id` and `title` as well."""

    openreform: FormatVersion
    id: Id
    title: Text
    country: Country | None = None
    jurisdiction: Jurisdiction | None = None
    stage: Stage | None = None
    start: PartialDate | None = None
    end: PartialDate | None = None
    leads: Annotated[tuple[Lead, ...], MOST_ENTRIES] = ()
    partners: Annotated[tuple[Partner, ...], MOST_ENTRIES] = ()
    forum: Annotated[tuple[Forum, ...], MOST_ENTRIES] = ()
    website: Annotated[tuple[Website, ...], MOST_ENTRIES] = ()
    repository: Annotated[tuple[Repository, ...], MOST_ENTRIES] = ()
    timeline: Annotated[tuple[Timeline, ...], MOST_ENTRIES] = ()
    outreach: Annotated[tuple[Outreach, ...], MOST_ENTRIES] = ()
    inputs: Annotated[tuple[Input, ...], MOST_ENTRIES] = ()
    response: Annotated[tuple[Response, ...], MOST_ENTRIES] = ()
    meetings: Annotated[tuple[Meeting, ...], MOST_ENTRIES] = ()
    reforms: Annotated[tuple[Listed, ...], MOST_ENTRIES] = ()
    evidence: Annotated[tuple[Evidence, ...], MOST_ENTRIES] = ()
    concerns: Annotated[tuple[Concern, ...], MOST_ENTRIES] = ()
    assessed: Assessed | None = None
    none_found: Annotated[tuple[NoneFound, ...], MOST_ENTRIES] = ()
    undescribed: tuple[Undescribed, ...] = ()
    frameworks: dict[str, Text] = {}  # noqa: RUF012
    not_applicable: dict[str, Text] = {}  # noqa: RUF012  # pydantic copies it
    judgements: dict[str, Judgement] = {}  # noqa: RUF012
    exceptions: dict[str, Exemption] = {}  # noqa: RUF012


PLAN = DocumentKind("plan", Plan, PLAN_FIELDS, {**VALUES, **PLAN_VALUES})
