"""What imported documents say in their comments, and what the report of an import says."""

NUMBERED = "{number}. {name}"

YES = frozenset("1 yes y true si sí oui sim x".split())
NO = frozenset("0 no n false non não".split())
"""What people write in a cell that asks yes or no, in English, Spanish, French and Portuguese."""

DOCUMENT: dict[str, str] = {
    "modeline": "yaml-language-server: $schema={file}",
    "from-part": "Imported from {source}, {where}, with the mapping {mapping}.",
    "from-file": "Imported from {source}, with the mapping {mapping}.",
    "check": "What the source says was copied, nothing was guessed. Read it against the source, then describe the rest.",
    "kept": "The source's own words, for what no field above takes:",
    "undescribed": "Not described yet. Take a section out of this list once it is described; what the text does not have stays out too.",
    "prompts": "How to begin a section: take '# ' (the sign and the space) away in front, and its name out of the list above.",
}

NOTES: dict[str, str] = {
    "missing": "in the source: {words}",
    "open-ended": "in the source: {words} (no date is named)",
    "turned": "in the source: {words}",
    "either-way": "in the source: {words} (can be read two ways; only the year is certain)",
    "roughly": "in the source: {words} (only the year is certain)",
    "unreadable": "in the source: {words} (could not be read as what this field holds)",
    "doubtful": "in the source: {words} (the source itself marks it as doubtful)",
    "too-long": "in the source, too long for the field: {words}",
    "out-of-order": "in the source: {words} (before the start; one of the two is wrong)",
    "heading": "under “{name}”:",
    "heading-alone": "under “{name}”: nothing",
    "heading-within": "under “{name}” in the source's text; check where it begins and ends:",
}

SKELETON: dict[str, str] = {
    "head": """\
# A mapping to complete: say of each column where it goes. How: docs/import.md
mapping: 1
id: {id}
title: <what this table is>
dates: unknown                           # dmy if 03/04/2024 is the third of April, mdy if it is the fourth of March
missing: []                              # words that mean nothing is given: [n/a, to be confirmed]
open_ended: []                           # words that mean no end: [ongoing]
""",
    "proposed": "proposed by its name: check",
    "kept": "kept as a comment",
}

PROMPTS: dict[str, str] = {
    "problem": """\
problem:                         # what is wrong today
  text: <what is wrong, in a sentence or two>
  groups: [<who bears it>]
  baseline: <a figure that shows it, with its year>
""",
    "objective": """\
objective:                       # what is to be better
  text: <what is to be better>
  because: <why what is done should bring it about>
""",
    "milestones": """\
milestones:                      # what will be done, a dash for each step
  - id: m1
    title: <what will be done>
    kind:                        # law, rule, body, publication, tool, service, event, training, study…
    output: <what will be there when it is done>
    due:                         # YYYY, YYYY-MM or YYYY-MM-DD
""",
    "publications": """\
publications:                    # what people will be able to see
  - title: <what will be published>
    about: []                    # performance, outcomes, money, contracts, decisions, rules…
    access:                      # open, register, fee, on-request, internal
    milestone:                   # the id of the step that delivers it: m1
""",
    "mechanisms": """\
mechanisms:                      # what people will be able to do, and who must answer
  - title: <how people can take part, complain or check>
    people_can: []               # comment, propose, discuss, complain, appeal, report, monitor…
    open_to: []                  # anyone, affected, users, organisations, invited, officials
    responder: <who must answer>
    milestone:                   # the id of the step that delivers it: m1
""",
    "oversight": """\
oversight:                       # who checks independently
  - title: <what is checked>
    organisation: <which body checks>
    publishes: []                # findings, statistics…
""",
    "instruments": """\
instruments:                     # what makes it binding: laws, rules, orders, agreements
  - title: <what it is called>
    kind:                        # law, regulation, order, policy, standard, agreement…
    binding:                     # true or false
""",
}
"""How to begin each section that an import leaves undescribed; what stands behind a # is for the person who writes."""

REPORT: dict[str, str] = {
    "made": "{path}: {read}, {made} with the mapping {mapping}",
    "row-one": "1 row",
    "row": "{count} rows",
    "record-one": "1 record",
    "record": "{count} records",
    "part-one": "1 commitment",
    "part": "{count} commitments",
    "documents-one": "1 document",
    "documents": "{count} documents",
    "column": "{column}: {why}: {rows}",
    "heading": "{column}: {why}",
    "missing": "nothing given",
    "open-ended": "said to go on, no date named",
    "turned": "a quarter, season or period, made a date",
    "from-text": "taken from under headings in the text, to be checked",
    "either-way": "read two ways, year kept",
    "roughly": "only the year is certain",
    "unreadable": "not readable",
    "doubtful": "marked as doubtful by the source",
    "too-long": "too long for the field",
    "out-of-order": "before the start, left out",
    "in-rows": "{count} ({rows})",
    "left-out": "left out, as the mapping says: {columns}",
    "not-there": "named in the mapping, but not in the file: {columns}",
    "kept": "kept as comments: {columns}",
    "written": "{documents} written to {place}.",
    "unchanged": "{documents} there already, the same.",
    "would-be": "To be written: {names}",
    "would-write": "Nothing was written (--dry-run); it would be {documents}.",
    "next": "Describe what they promise, then: openreform assess {place}",
}

WHERE: dict[str, str] = {
    "row": "row {number}",
    "record": "record {number}",
    "part": "commitment {number}",
    "whole": "the document",
    "of": "{where} of {path}",
}

ASKED: dict[str, str] = {
    "with-words": "{heading} ({words})",
    "alone": "{heading}",
}
