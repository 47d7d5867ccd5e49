"""What every field of a plan document means, and every value that a reform document does not have, in words for its writer."""

from openreform.messages.fields import FIELDS

_ENTRY = {
    "id": FIELDS["publications.id"],
    "unknown": FIELDS["publications.unknown"],
    "status": "how far it has come: planned if left out; operational while it goes on, ended if it took place or was replaced",
    "due": "when it is to take place or to stand, at the latest; what is planned without a date earns little",
    "evidence": "ids of entries under 'evidence' that show that it is there or took place",
}

_SECTIONS: dict[str, tuple[str, dict[str, str]]] = {
    "forum": (
        "the space in which government and others meet about the plan, from its making to its end: one entry for each",
        {
            "title": "the name of the forum",
            "members": "who sits in it",
            "chosen_by": "how those from outside government are chosen",
            "frequency": "how often it meets",
            "publishes": "what is published about it; 'rules' are how to take part and how it decides",
            "final_say": "who decides in it, if that is said",
        },
    ),
    "website": (
        "the site or page on the country's part in the Open Government Partnership: one entry for each",
        {
            "title": "the name of the site or page",
            "access": "who can see it",
            "contains": "what one finds there",
            "frequency": "how often it is renewed",
            "adapted_for": "the readers it is made for, if that is said",
        },
    ),
    "repository": (
        "the place online where what shows how the plan is made and carried out is kept; it may be a part of the website",
        {
            "title": "the name of the page or folder",
            "access": "who can get at it",
            "contains": "what one finds there",
            "frequency": "how often something is added",
        },
    ),
    "timeline": (
        "the published timetable of how the plan is made: one entry for each round",
        {
            "title": "the timetable in a few words",
            "access": "who can see it",
            "contains": "what it tells; 'opportunities' are when and how others can take part",
            "notice_days": "days between its publication and the first day on which others can take part",
            "channels": "the ways it is brought to people",
        },
    ),
    "outreach": (
        "what is done so that people know of the plan and that they can take part: one entry for each activity",
        {
            "title": "the activity in a few words",
            "channels": "the ways people are reached",
            "groups": "the people or bodies it is to reach, by name: disabled people's associations, councils of the north",
            "adapted_for": "those it is made for, if that is said",
        },
    ),
    "inputs": (
        "the ways in which people can say what the plan is to hold: one entry for each survey, workshop, page or round",
        {
            "title": "the way in a few words",
            "people_can": "what people can do in it",
            "open_to": "who can come, or send something in",
            "open_days": "days during which people can send in what they have to say, or meet",
            "channels": "the ways to take part",
        },
    ),
    "response": (
        "what people are told of what became of their ideas: one entry for each report or answer",
        {
            "title": "the report or answer in a few words",
            "publishes": "what is published",
            "reasons": "true if it says why: what was taken up, what was not, on what grounds",
            "follow_up": "true if people could come back on it before the plan was settled",
        },
    ),
    "meetings": (
        "the meetings on how the plan is carried out: one entry for each row of meetings",
        {
            "title": "the meetings in a few words",
            "people_can": "what people can do in them",
            "open_to": "who can come",
            "frequency": "how often they are held while the plan is carried out",
            "publishes": "what is published about them",
        },
    ),
}

_AS_IN_A_REFORM = (
    "openreform", "country", "jurisdiction", "leads.organisation", "leads.role", "leads.contact", "partners.name",
    "evidence.id", "evidence.title", "evidence.kind", "evidence.publisher", "evidence.url", "evidence.date",
    "concerns.kind", "concerns.text", "concerns.evidence", "assessed.by", "assessed.date",
    "none_found", "none_found.where", "none_found.date", "undescribed", "judgements",
    "judgements.level", "judgements.because", "judgements.evidence", "judgements.by",
    "exceptions", "exceptions.because", "exceptions.by", "exceptions.end", "exceptions.where",
)  # fmt: skip

PLAN_FIELDS: dict[str, str] = {
    **{name: FIELDS[name] for name in _AS_IN_A_REFORM},
    "id": "a short name for this plan: letters, digits, '-', '_', '.'",
    "title": "the name of the action plan",
    "stage": "how far the plan as a whole has come",
    "start": "when the plan begins: YYYY, YYYY-MM or YYYY-MM-DD",
    "end": "when the plan ends; an end means the last day of the year or month",
    "leads": "the bodies that lead the making of the plan",
    "leads.evidence": "ids of entries under 'evidence' that show it",
    "partners": "others who lead it together with them: a network of civil society, say",
    "reforms": "the reforms or commitments in the plan, one entry for each",
    "reforms.id": "its number in the plan, or the id of its own reform document",
    "reforms.title": "its name, as in the plan",
    "evidence": "what shows that a thing is there or took place; public documents only",
    "evidence.independent": "true if neither a lead nor a partner of the plan published it",
    "concerns": "bad news about how the plan is made that a reader must know; never scored",
    "assessed": "who described the plan for this assessment",
    "assessed.role": "how far from those who make the plan",
    "none_found.criteria": "ids of the criteria it was looked for: R3.1, R4.1",
    "frameworks": (
        "the version of a framework this document was written for, which it is then assessed with: 'ogp-co-creation: 0.1.0'; "
        "'openreform migrate' moves it to a newer one"
    ),
    "not_applicable": "criteria that cannot apply here, each with the reason: 'R5.1: The plan has not begun.'",
}
for _section, (_words, _fields) in _SECTIONS.items():
    PLAN_FIELDS[_section] = _words
    PLAN_FIELDS.update({f"{_section}.{name}": text for name, text in {**_ENTRY, **_fields}.items()})

PLAN_VALUES: dict[str, dict[str, str]] = {
    "status": {
        "considered": "it may, could or will be considered",
        "planned": "it will be done",
        "piloted": "running for a part, as a trial",
        "operational": "running",
        "ended": "it took place, or was there and is no more",
    },
    "members": {
        "government": "ministries and other bodies of the government",
        "parliament": "members or staff of parliament",
        "local-government": "regions, towns, councils, or their association",
        "civil-society": "associations, foundations, unions, networks",
        "business": "companies or their associations",
        "academia": "universities, researchers",
        "media": "journalists and media",
        "citizens": "people who speak for themselves",
    },
    "contains": {
        "plan": "the action plan",
        "contact": "who leads, and how to reach them",
        "opportunities": "when and how others can take part",
        "drafts": "drafts of the plan",
        "inputs": "what people sent in or said",
        "answers": "how it was considered, and what became of it",
        "minutes": "who met, and what was said and agreed",
        "progress": "how far each commitment is",
        "proof": "what shows that steps were done",
        "reviews": "assessments of the plan: by the government itself, by OGP's Independent Reporting Mechanism",
        "archive": "earlier plans and what belongs to them",
    },
    "assessed.role": {
        "self": "by those who make the plan",
        "peer": "by those who make another plan",
        "independent": "by someone with no part in it",
    },
    "undescribed": {
        "leads": "who leads",
        "partners": "who leads it with them",
        "forum": "where they meet",
        "website": "the site or page",
        "repository": "where documents are kept",
        "timeline": "the timetable",
        "outreach": "how people are told",
        "inputs": "how people can say what the plan is to hold",
        "response": "what they are told of it",
        "meetings": "meetings while it is carried out",
        "reforms": "what is in the plan",
        "evidence": "what shows it",
        "concerns": "bad news",
    },
}
"""The values a reform document does not have, or that mean something else here; all others mean what they mean there."""
