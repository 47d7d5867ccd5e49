"""What can be wrong with a file: code, then the sentence, then what to write instead.

Blanks in braces are filled by `problems.problem`; those ending in `_` hold our own words.
"""

PROBLEMS: dict[str, tuple[str, str]] = {
    # Reaching the file
    "file-unreadable": ("The file cannot be read: {reason_}.", "Check that it exists and that you may read it."),
    "link-broken": ("This is a link to a file that is not there.", "Remove the link or put the file in its place."),
    "worker-lost": (
        "The process that assessed it was ended from outside, twice.",
        "Run this file alone, and look whether the machine has enough memory.",
    ),
    "link-outside": (
        "This is a link to a file outside the folder being assessed; it was not followed.",
        "Copy the file into the folder, or name it on the command line.",
    ),
    "not-a-file": ("This is neither a file nor a folder.", "Name a YAML file or a folder of YAML files."),
    "nothing-found": (
        "No reform document was found here.",
        "Name a YAML file that begins with 'openreform: 1', or make one with 'openreform init'.",
    ),
    "no-plan-found": (
        "No plan document was found here, and the framework is one for plans.",
        "Name a YAML file that begins with 'openreform: 1' and 'document: plan', or make one with 'openreform init --document plan'.",
    ),
    # A baseline of 'check'
    "baseline-too-large": (
        "The baseline is larger than {limit_}.",
        "Write it anew with --write-baseline, for fewer drafts at a time.",
    ),
    "baseline-too-deep": (
        "Brackets stand in brackets here, more than {limit_} deep; no baseline is written so.",
        "Write it anew with --write-baseline.",
    ),
    "baseline-not-json": (
        "From here on this is not JSON, so the baseline cannot be read; a merge may have left its marks.",
        "Write it anew with --write-baseline.",
    ),
    "baseline-twice": (
        "The baseline names {field} twice in one place; a merge may have joined two of them.",
        "Write it anew with --write-baseline.",
    ),
    "baseline-foreign": (
        "This is not a baseline that 'openreform check' wrote.",
        "Name the file that --write-baseline wrote, or write one under another name.",
    ),
    "baseline-format": (
        "The baseline has the format {value}, and this version of openreform reads format 1.",
        "Write it anew with --write-baseline, or install the version of openreform that wrote it.",
    ),
    "baseline-field": (
        "Something is not as 'openreform check' writes it: {field}.",
        "Take the change by hand back, or write the baseline anew with --write-baseline.",
    ),
    "baseline-framework": (
        "The baseline was written under the framework {id}, and this check uses {own_}.",
        "Name the framework it was written under (--framework), or another baseline.",
    ),
    "baseline-version": (
        "The baseline was written under version {version} of {id}, and this check uses {own_version_}; their levels cannot be compared.",
        "See with 'openreform check' what the new version finds, then write the baseline anew with --write-baseline.",
    ),
    # A result of 'assess -f json'
    "result-too-large": (
        "The result is larger than {limit_}.",
        "Compare the folders of documents themselves, or write a result for fewer reforms at a time.",
    ),
    "result-too-deep": (
        "Brackets stand in brackets here, more than {limit_} deep; no result is written so.",
        "Write it anew with 'openreform assess -f json'.",
    ),
    "result-not-json": (
        "From here on this is not JSON, so the result cannot be read; it may have been cut off.",
        "Write it anew with 'openreform assess -f json'.",
    ),
    "result-twice": (
        "The result names {field} twice in one place; a merge may have joined two of them.",
        "Write it anew with 'openreform assess -f json'.",
    ),
    "result-foreign": (
        "This is JSON, and no result that 'openreform assess -f json' wrote.",
        "Name a reform document, or a result written with 'openreform assess reform.yaml -f json -o result.json'.",
    ),
    "result-format": (
        "The result has the format {value}, and this version of openreform reads format 1.",
        "Write it anew with 'openreform assess -f json', or install the version of openreform that wrote it.",
    ),
    "result-field": (
        "Something is not as 'openreform assess -f json' writes it: {field}.",
        "Take the change by hand back, or write the result anew.",
    ),
    "result-empty": (
        "The result holds no reform, so there is nothing to compare.",
        "Write it anew with 'openreform assess -f json' from documents that have no problems.",
    ),
    "result-id-twice": (
        "The result holds two reforms called {id}.",
        "Give each reform an id of its own, then write the result anew.",
    ),
    "more-problems": (
        "This file has {count_} more problems than are listed here.",
        "Mend the ones listed first; many of the others may go with them.",
    ),
    "too-large": (
        "The file is larger than {limit_}; a reform document is a few kilobytes.",
        "Keep long annexes elsewhere and link to them as evidence.",
    ),
    "utf16": ("The file is saved as UTF-16.", "Save it again as UTF-8 (in the editor: Save as, Encoding, UTF-8)."),
    "not-utf8": (
        "The file is not UTF-8 text: the byte {byte_} cannot be read here.",
        "Save it again as UTF-8 (in the editor: Save as, Encoding, UTF-8).",
    ),
    "binary": (
        "This is not a text file: it contains binary data.",
        "Name the YAML file, not a Word, PDF or spreadsheet file.",
    ),
    "control-character": (
        "There is an invisible control character (U+{code_}) here.",
        "Delete it; it often comes along when text is pasted.",
    ),
    # Sources of an import: Word files and other templates
    "not-a-docx": (
        "This is not a Word file that can be read; it is damaged, or another kind of file with the ending .docx.",
        "Open it in a word processor and save it again as .docx, or as plain text.",
    ),
    "docx-encrypted": (
        "This Word file is protected by a password.",
        "Open it in a word processor, take the password off and save it again.",
    ),
    "old-word": (
        "This is a file of the old Word format (.doc).",
        "Open it in a word processor and save it as .docx.",
    ),
    "too-long-inside": (
        "This document has more than {limit_} paragraphs and cells.",
        "Cut it into several; one commitment takes a few pages.",
    ),
    # The shape of YAML
    "yaml-tab": (
        "This line is indented with a tab; YAML accepts only spaces.",
        "Replace the tab with two spaces for each step.",
    ),
    "yaml-no-space-after-colon": (
        "There is no space after the colon in {text}.",
        "Put a space after the colon: '{key_}: …'.",
    ),
    "yaml-no-colon": (
        "The line {text} has no colon, so it is neither a field nor part of one.",
        "Write 'field: value', or indent the line if it continues the text above.",
    ),
    "yaml-colon-in-text": (
        "The text contains a colon followed by a space, which YAML reads as a new field.",
        'Put the whole text in double quotes: {key_}: "…".',
    ),
    "yaml-indent": (
        "This line is not indented like the lines it belongs with.",
        "Give all fields of one element the same number of spaces at the start.",
    ),
    "yaml-list-dash": (
        "This line stands in a list, but does not begin with a dash in line with the others.",
        "Begin each entry with '- ', all dashes in one column, and its fields two spaces further in.",
    ),
    "yaml-list-same-line": (
        "A list cannot begin on the line of its field.",
        "Put the first '- ' on the next line, or write the list in brackets: [one, two].",
    ),
    "yaml-unclosed-quote": (
        "A quotation mark is opened here and never closed.",
        "Close it with the same mark at the end of the text.",
    ),
    "yaml-text-after-quote": (
        "There is text after the closing quotation mark.",
        "Put the whole text in double quotes; inside single quotes an apostrophe is written twice ('').",
    ),
    "yaml-needs-quotes": (
        "A text cannot begin with {char_} unless it is quoted.",
        'Put the whole text in double quotes: "{char_}…".',
    ),
    "yaml-alias": (
        "{text} is read by YAML as a reference to another place, which reform documents do not use.",
        'If it is text, put it in double quotes: "{raw_}".',
    ),
    "yaml-anchor": (
        "{text} is read by YAML as a label for reuse (an anchor), which reform documents do not use.",
        'If it is text, put the whole value in double quotes: "{raw_} …". Otherwise delete it.',
    ),
    "yaml-hash": (
        "What follows # here ({text}) is read by YAML as a comment and lost.",
        "If it is text, put the whole text in double quotes; if it is a comment, put a space after the #.",
    ),
    "yaml-tag": (
        "{text} is read by YAML as a type tag, which reform documents do not use.",
        'If it is text, put the whole value in double quotes: "{raw_} …". Otherwise delete it.',
    ),
    "yaml-merge": ("'<<' (a YAML merge key) is not used in reform documents.", "Write the fields out."),
    "yaml-directive": (
        "A line that begins with % is read by YAML as an instruction, which reform documents do not use.",
        "Delete the line.",
    ),
    "yaml-bracket": (
        "A bracket ({char_}) is opened here and not closed where its list ends.",
        'Close it, or, if it is text, put the whole value in double quotes: "{char_}…".',
    ),
    "yaml-text-after-bracket": (
        "There is text after the closing bracket.",
        'If the brackets are part of the text, put the whole text in double quotes: "[…] …".',
    ),
    "yaml-text-after-pipe": (
        "After '{char_}' the text must begin on the next line.",
        "Move the text to the next line and indent it by two spaces.",
    ),
    "yaml-backslash": (
        "A backslash in double quotes begins a special character, and this is not one.",
        "Write the backslash twice (\\\\), or use single quotes.",
    ),
    "yaml-no-character": (
        "The number after the backslash is not that of a character.",
        "Write the character itself.",
    ),
    "yaml-comma": ("There is nothing in front of this comma.", "Take the comma out, or write what is missing."),
    "yaml-curly-quotes": (
        "Curly quotation marks do not quote in YAML, and the text after them breaks the line.",
        'Use straight double quotes: "…".',
    ),
    "yaml-second-document": (
        "A second document begins here ('---'); a file holds one reform.",
        "Put the second reform in a file of its own.",
    ),
    "yaml-text-after-dashes": (
        "There are fields on the line of '---'.",
        "Begin them on the next line, or delete '---'.",
    ),
    "yaml-key-not-text": ("A field name must be plain text.", "Write 'field: value' with one of the known fields."),
    "yaml-key-twice": (
        "The field {key} stands twice in one place (first on line {first_}).",
        "Keep one of the two, or make the second a new entry of the list with its own dash.",
    ),
    "yaml-too-deep": (
        "The document is nested more than {limit_} levels deep.",
        "A reform document needs six at most: take the extra brackets or indentation out.",
    ),
    "yaml-too-many": (
        "The document has more than {limit_} values; a reform needs a few hundred.",
        "Describe one reform in a file.",
    ),
    "yaml-other": (
        "From here on the file cannot be read as YAML.",
        "Look at this line and the one above: indentation, a missing colon, dash or closing quotation mark.",
    ),
    "empty": (
        "The file is empty.",
        "Begin with 'openreform: 1', or make a starter with 'openreform init'.",
    ),
    "not-a-mapping": (
        "A document must be a set of fields, and this begins with {what_}.",
        "Begin with 'openreform: 1', then 'id:' and 'title:', each at the start of a line.",
    ),
    "not-yaml": (
        "This is not a reform document: no line begins with 'openreform:', and it cannot be read as YAML.",
        "Name a reform document, or make one with 'openreform init'.",
    ),
    "not-a-reform": (
        "This is not a reform document: it has no field 'openreform'.",
        "Write 'openreform: 1' as its first line.",
    ),
    # The kind of document
    "document-unknown": (
        "{value} is no kind of document.",
        "Write 'document: plan' for an action plan; for a reform leave it out.",
    ),
    "plan-not-reform": (
        "This document describes an action plan, and the framework is one for reforms.",
        "Assess it with a framework for plans: --framework {framework_}.",
    ),
    "reform-not-plan": (
        "This document describes a reform, and the framework is one for action plans.",
        "If it describes a plan, add the line 'document: plan'; if not, assess it with a framework for reforms: --framework {framework_}.",
    ),
    # The model
    "field-unknown": ("There is no field {field} here.", "{fix_}"),
    "field-missing": ("The field '{field_}' is missing.", "Add '{field_}: …'{words_}."),
    "needs-list": ("'{field_}' needs a list, and this is {what_}.", "{fix_}"),
    "needs-mapping": (
        "'{field_}' needs fields of its own, and this is {what_}.",
        "Write them below it, indented: {example_}.",
    ),
    "entry-needs-fields": ("An entry of '{field_}' has fields of its own, and this is {what_}.", "{fix_}"),
    "needs-one-value": ("'{field_}' takes one value, and this is {what_}.", "{fix_}"),
    "needs-text": ("'{field_}' needs a text, and this is {what_}.", "{fix_}"),
    "needs-yes-no": (
        "'{field_}' is a yes-or-no question, and this is {what_}.",
        "Write true or false; leave it out if the text does not say.",
    ),
    "needs-number": (
        "'{field_}' needs a number, and this is {what_}.",
        "Write digits only, such as 30; put other words in a text field.",
    ),
    "needs-whole-number": ("'{field_}' needs a whole number, and this is {what_}.", "Write digits only, such as 30."),
    "number-too-small": ("{value} is too small for '{field_}'.", "Write a number {limit_}."),
    "number-too-large": ("{value} is too large for '{field_}'.", "Write a number {limit_}."),
    "value-unknown": ("{value} is not one of the values of '{field_}'.", "{fix_}"),
    "bad-date": (
        "{value} is not a date.",
        "Write YYYY, YYYY-MM or YYYY-MM-DD: 2025, 2025-06 or 2025-06-30.",
    ),
    "bad-day": ("There is no such day: {value}.", "Check the month and the day; dates are written YYYY-MM-DD."),
    "bad-id": (
        "{value} cannot be an id.",
        "Use 1 to 80 letters, digits, '-', '_' or '.', without spaces: {example_}.",
    ),
    "bad-country": ("{value} is not an ISO 3166 country code.", "{fix_}"),
    "bad-form": ("{value} cannot be a '{field_}'.", "{fix_}"),
    "list-too-short": ("'{field_}' has {count_} entries and needs at least {limit_}.", "Add what is missing."),
    "list-too-long": ("'{field_}' has {count_} entries and may have {limit_}.", "Take the surplus out."),
    "bad-jurisdiction": (
        "{value} is not an ISO 3166-2 code of a part of a country.",
        "Write the country's two letters, a dash and the code of the part, such as GB-SCT; leave it out for a city.",
    ),
    "bad-url": (
        "{value} is not a web or mail address this tool will link to.",
        "Write it in full, beginning with https://, http:// or mailto:.",
    ),
    "text-too-long": (
        "The text of '{field_}' is longer than {limit_} characters.",
        "Shorten it; link to the long version as evidence.",
    ),
    "to-fill-unknown": (
        "'to_fill' names {value}, and nothing stands there.",
        "If it is filled in, or gone, take the line out of 'to_fill'; otherwise write where it is: publications[ID].licence.",
    ),
    "to-fill-many": (
        "'to_fill' lists more than {limit_} parts.",
        "Fill in some of them, and take them out of the list.",
    ),
    "id-twice": ("The id {id} stands twice in '{field_}'.", "Give each entry an id of its own."),
    "id-twice-in-run": (
        "The id {id} is already used by {other}, assessed in the same run.",
        "Give each document an id of its own.",
    ),
    "reference-unknown": ("'{field_}' names {id}, and no entry of '{list_}' has that id.", "{fix_}"),
    "unknown-unknown": ("'unknown' names {field}, which is not a field of this entry.", "{fix_}"),
    "unknown-given": (
        "'unknown' names {field}, and the field is filled in.",
        "Take it out of 'unknown', or leave the field out.",
    ),
    "undescribed-described": (
        "'undescribed' names {field}, and the section is described.",
        "Take it out of 'undescribed'.",
    ),
    "end-before-start": ("'{end_}' lies before '{start_}'.", "Check the two dates."),
    # The document against the framework
    "criterion-unknown": ("No framework has a criterion {id}.", "{fix_}"),
    "not-applicable-refused": (
        "{id_} ({title_}) always applies to a reform in this framework.",
        "Take it out of 'not_applicable'.",
    ),
    "not-applicable-no-reason": (
        "{id_} ({title_}) is called not applicable without a reason.",
        "Write why it cannot apply: '{id_}: …'.",
    ),
    "not-applicable-too-many": (
        "More than two criteria of '{dimension_}' are called not applicable.",
        "Keep the two that truly do not apply.",
    ),
    "not-applicable-described": (
        "{id_} ({title_}) is called not applicable, and the document describes something that earns it.",
        "Take it out of 'not_applicable', or take the description out.",
    ),
    "none-found-described": (
        "'none_found' says nothing was found for {id_} ({title_}), and the document shows something in operation.",
        "Take {id_} out of 'none_found', or correct the entry and its evidence.",
    ),
    "judgement-refused": (
        "{id_} ({title_}) is derived from the description; nobody judges it.",
        "Take it out of 'judgements' and describe what people will be able to see and do.",
    ),
    # The framework
    "framework-unreadable": ("The framework cannot be used: {what_}.", "{fix_}"),
    # Settings
    "settings-too-large": (
        "The file is larger than {limit_}; settings are a few lines.",
        "Keep the settings in an openreform.toml of their own.",
    ),
    "settings-too-deep": (
        "The settings are nested too deep.",
        "Settings need two levels: a table, and its keys.",
    ),
    "settings-not-toml": (
        "From here on the file cannot be read as TOML.",
        'Write key = value, one a line, texts in double quotes, lists in brackets: select = ["F02", "F13"].',
    ),
    "settings-twice": (
        "What is set here is set a second time.",
        "Keep one of the two; values of one key go in one list, in brackets.",
    ),
    "setting-unknown": ("There is no setting {key} here.", "{fix_}"),
    "setting-refused": ("'{key_}' cannot be set in a file.", "{fix_}"),
    "setting-kind": ("'{key_}' takes {takes_}, and this is {what_}.", "Write it so: {example_}"),
    "setting-framework": (
        "{value} is neither a framework that comes with openreform nor a file beside these settings or below.",
        "{fix_}",
    ),
    "setting-outside": (
        "'{key_}' names {value}, which lies outside the folder of these settings.",
        "Put the file in this folder or below, or name it on the command line.",
    ),
    "setting-gate": ("The framework {framework_} has no gate {value}.", "{fix_}"),
    "setting-fault": ("The framework {framework_} has no fault {value}.", "{fix_}"),
    "setting-threshold": ("{value} is no threshold of the framework {framework_}.", "{fix_}"),
    # Mappings
    "mapping-unreadable": (
        "The mapping cannot be used: {what_}.",
        "Begin with 'mapping: 1', then id, title and columns; docs/import.md shows one.",
    ),
    "mapping-target": ("Nothing can be written to {field}.", "{fix_}"),
    "mapping-without-title": (
        "No column is said to hold the title, and a document needs one.",
        "Write it behind the column that does: {{to: title}}.",
    ),
    "mapping-empty": (
        "The mapping says of no column or heading where it goes.",
        "Name at least the column that holds the title: columns: {{Name of the column: {{to: title}}}}.",
    ),
    # Sources of an import
    "nothing-to-import": (
        "There is nothing to import here.",
        "Name files, or a folder with files that end in .csv, .tsv, .xlsx, .json, .docx, .md or .txt.",
    ),
    "no-reader": (
        "Files that end in {ending} cannot be imported.",
        "Import .csv, .tsv, .xlsx, .json, .docx, .md or .txt; save it as one of these.",
    ),
    "no-columns": (
        "A mapping can be begun from a table or from records in JSON; this file is neither.",
        "Name a .csv, .tsv, .xlsx or .json file; docs/import.md shows how to write the headings of a template.",
    ),
    "source-too-large": ("The file is larger than {limit_}.", "Split it into several files."),
    "source-empty": ("There is nothing in this file.", "Check that it is the right one."),
    "extra-missing": (
        "To read {what_} files openreform needs a library that is not installed.",
        "Install it: pip install 'openreform[{extra_}]'.",
    ),
    "too-large-inside": (
        "Unpacked, the file is larger than {limit_}.",
        "Check where it comes from; save only the part you need as a new file.",
    ),
    "not-xlsx": (
        "This is no XLSX workbook, or a damaged or password-protected one.",
        "Open it in a spreadsheet program and save it anew as .xlsx or as CSV UTF-8.",
    ),
    "no-sheet": ("The mapping names the sheet {sheet}; this workbook has none.", "Its sheets are: {sheets_}."),
    "table-not-utf8": (
        "The table is not UTF-8 text: the byte {byte_} cannot be read here.",
        "Save it as 'CSV UTF-8', or say in a mapping what it is: encoding: windows-1252.",
    ),
    "table-unknown": (
        "No mapping knows this table; its columns are: {columns_}.",
        "Write a mapping that says where each goes, and name it with --mapping; docs/import.md shows how.",
    ),
    "table-lacks": (
        "The mapping does not fit this table: there is no column {lacking_}. The columns are: {columns_}.",
        "Mend the name in the mapping, or name another mapping.",
    ),
    "json-unknown": (
        "No mapping knows these records; the fields of the first are: {fields_}.",
        "Write a mapping that says where each field goes, and name it with --mapping; docs/import.md shows how.",
    ),
    "json-unreadable": ("What stands here is not JSON.", "Check that the file is complete, and that it is JSON."),
    "json-too-deep": ("The JSON is nested too deep to be a list of commitments.", "Check that it is the right file."),
    "json-number": ("The JSON holds a number that is too long to be one.", "Put it in quotes: it is a text."),
    "json-constant": ("{value} is no number in JSON.", "Write null, or leave the field out."),
    "json-field-twice": (
        "The field {field} stands twice in one object.",
        "Leave one of the two out: nobody knows which counts.",
    ),
    "json-no-records": (
        "There are no records at {place_}.",
        "Name the list of records in the mapping: records: commitments.",
    ),
    "row-unreadable": (
        "Row {row_} cannot be read: its quotation marks do not match.",
        "Mend the quotation marks, or save the table anew from the spreadsheet.",
    ),
    "row-too-long": (
        "Row {row_} has {count_} values, and there are {columns_} columns.",
        "Put quotation marks around values that hold the sign between columns, or save the table anew.",
    ),
    "record-without-title": ("{where_} has no title.", "Fill in {column_}; then import it again."),
    "record-without-id": (
        "{where_} has no id, and none can be made of its title.",
        "Fill in {column_} with a short id in letters and digits.",
    ),
    "record-twice": ("{where_} has the id {id}, as has {other_}.", "Give each its own id, or leave one out."),
    "record-invalid": ("{where_} does not become a valid document: {message_}", "{fix_}"),
    "template-blank": ("{where_} is a template that nobody has filled in.", "Write under its headings: {asked_}."),
    "test-operator": (
        "A test has exactly one of {operators_}; this has {found_}.",
        "Split it into several tests, or join them with all_of or any_of.",
    ),
    "test-looks-at-nothing": (
        "This test does not say what it looks at.",
        "{fix_}",
    ),
    "test-field": ("{field} is not a field of '{where_}'.", "{fix_}"),
    "test-list": ("{field} is not a list of elements in the {kind_} model.", "{fix_}"),
    "test-value": ("{value} is not a value of '{field_}'.", "{fix_}"),
    "test-constraint": ("'{constraint_}' cannot be asked of '{field_}', which holds {kind_}.", "{fix_}"),
    "test-word-list": ("The framework has no word list {name}.", "{fix_}"),
    "test-criterion": ("The framework has no criterion {id}.", "{fix_}"),
    "test-dimension": ("The framework has no dimension {id}.", "{fix_}"),
    "test-share": ("'{field_}' belongs to '{operator_}' only.", "Take it out."),
    "test-with": (
        "'with' belongs to tests that look at a list: {operators_}.",
        "Take it out, or look at the list: 'some: mechanisms'.",
    ),
    "constraint-empty": (
        "Nothing is asked of '{field_}': there is nothing behind it.",
        "Write what it must hold: '{field_}: {{present: true}}', or a value; or take the line out.",
    ),
    "gate-level": (
        "{id} has no level so high: it has {count_}, so this can never hold.",
        "Write a level from 1 to {count_}.",
    ),
    "overall-empty": (
        "The score of the whole needs the dimension {id}, which has no criterion.",
        "Add a criterion of that dimension, or take it out of the whole.",
    ),
    "test-codes": (
        "A test may not read '{field_}': what the IRM recorded is shown beside the result and is never part of it.",
        "Test what the document describes instead.",
    ),
    "test-place": ("'{operator_}' can be used in gates only.", "Test the facts of the document instead."),
    "test-words-missing": ("This test has no '{field_}'.", "Add '{field_}:' in words a drafter understands."),
    "test-min": ("'{operator_}' needs 'min'.", "Add 'min:' and the smallest number that passes."),
    "test-of": ("'count' needs 'of', the field whose distinct values are counted.", "Add 'of: FIELD'."),
    "rung-free-text": (
        "This rung rests on free text alone; above the first rung a fact is needed.",
        "Test a field with fixed values, a number, a date, or yes-or-no.",
    ),
    "rung-empty": (
        "This rung has no test and is not judged.",
        "Add 'tests:', or 'judged:' with the question to answer.",
    ),
    "rungs-number": ("A criterion has 1 to 4 rungs; this has {count_}.", "Give it 1 to 4 'levels'."),
    "scale-order": ("'scale' must rise from above 0 to at most 100.", "Give rising scores, such as 10, 30, 60, 100."),
    "scale-length": (
        "'scale' has {found_} numbers for {count_} rungs.",
        "Give one score for each rung, rising to 100.",
    ),
    "fault-unknown": ("No framework knows a fault {id}.", "{fix_}"),
    "fault-finds": (
        "A fault is found by exactly one of 'finds' and 'notices'.",
        "Write 'finds:' with a test that holds where the fault is, or 'notices:' with one of: {values_}.",
    ),
    "fault-at": ("'at' names {field}, which is no section of the document.", "{fix_}"),
    "foreshadows-length": (
        "'foreshadows' has {found_} sentences for {count_} levels, level 0 among them.",
        "Give one sentence for each level, that of level 0 first.",
    ),
    "corresponds-framework": ("No other framework that comes with openreform is called {id}.", "{fix_}"),
    "corresponds-criterion": ("No framework has a criterion {id}.", "{fix_}"),
    "star-code": ("The IRM records no code {id} that could stand here.", "{fix_}"),
    "star-value": ("{value} is not a value of the code '{field_}'.", "{fix_}"),
    "pin-unknown": ("'frameworks' names {id}, and no framework is called so.", "{fix_}"),
    "pin-version": ("Version {value} of {id} does not come with openreform.", "{fix_}"),
    "pin-other": (
        "This document was written for {id} {value}, and the framework used here is version {version_}.",
        "Move it with 'openreform migrate', or leave --framework out.",
    ),
    "migrate-unpinned": (
        "This document does not say which version of {id_} it was written for.",
        "Say it with --from, such as --from 0.2.0, or in the document: 'frameworks: {{{id_}: 0.2.0}}'.",
    ),
    "migrate-needs-old": (
        "This document was written for version {value} of {id_}, which is not at hand.",
        "Name the file of that version with --from.",
    ),
    "migrate-form": (
        "The new version cannot be written into this document as it stands.",
        "Write it yourself: 'frameworks: {{{id_}: {version_}}}'.",
    ),
    "extends-unknown": (
        "'extends' names {id}, which is neither a framework that comes with openreform nor a YAML file beside this one.",
        "{fix_}",
    ),
    "extends-version": ("'extends' names version {value} of {id}, which does not come with openreform.", "{fix_}"),
    "extends-outside": (
        "'extends' names {id}, which lies outside the folder of this file.",
        "Put both in one folder, or the one that is extended in a folder below.",
    ),
    "extends-cycle": (
        "The frameworks extend one another in a circle: {chain_}.",
        "Let one of them extend none, or a framework that comes with openreform.",
    ),
    "extends-deep": (
        "More than {count_} frameworks extend one another in a row.",
        "Extend a framework nearer to the first.",
    ),
    "tailor-unknown": ("The framework it extends has no {id}.", "{fix_}"),
    "tailor-empty-weights": ("{id} has no weight here.", "Write a number above 0, such as 2, or take the line out."),
    "tailor-empty-dropped": (
        "{id} is dropped without a reason.",
        "Write the reason after it: reports show it to those who compare.",
    ),
    "tailor-both": ("{id} has a weight and is dropped as well.", "Take one of the two out."),
    "tailor-asked": (
        "{id} is dropped, but '{gate_}' asks for it.",
        "Drop that too, with the reason, or keep the criterion.",
    ),
    "tailor-nothing-left": (
        "Nothing is left of the dimension {id}, which the score of the whole needs.",
        "Keep a criterion of it, or add one.",
    ),
    "source-unknown": ("'derived_from' names {id}, which is not under 'sources'.", "{fix_}"),
    "criterion-twice": (
        "The id {id} stands twice.",
        "Give each an id of its own; criteria, gates and faults share theirs.",
    ),
}

HINTS: dict[str, tuple[str, str]] = {
    "source-unused": (
        "Nothing is derived from the source '{id_}'.",
        "Name it under 'derived_from' of a criterion or gate, or take it out.",
    ),
    "words-unused": ("No test uses the word list '{name_}'.", "Use it as '${name_}', or take it out."),
    "no-placeholders": (
        "There is no word list 'placeholders', so that TBD and the like count as written.",
        "Add 'placeholders: [tbd, n/a, to be confirmed]' under 'words'.",
    ),
    "lacks": (
        "{id_} has no {fields_}.",
        "Readers of the chapter and of the form miss it. Where an idea is your own, say so under 'unverified'.",
    ),
    "practice-unworded": (
        "Level {level_} of {id_} asks something else in practice, and 'practice_text' does not say so.",
        "Add 'practice_text:' with what must be seen at work.",
    ),
    "practice-unused": (
        "{id_} has no practice, so what level {level_} says of practice is never read.",
        "Take it out, or take 'practice: false' out.",
    ),
    "practice-unasked": (
        "Level {level_} of {id_} is worded otherwise for practice, and asks the same.",
        "Add 'practice_tests:', or take 'practice_text' out if the words fit both.",
    ),
    "level-forgets": (
        "Level {level_} of {id_} does not ask again for {fields_}, as the level below does: two different entries under '{section_}' may then hold one each.",
        "Ask for it again if one entry is to hold both.",
    ),
    "ceilings-open": (
        "'ceilings' says nothing of {names_}, so that such an entry counts in full.",
        "Add what it may count at most: '{first_}: 1'.",
    ),
    "foreshadows-lacking": (
        "{id_} does not say what others would likely say, as other criteria here do.",
        "Add 'foreshadows:', a sentence for each level, that of level 0 first.",
    ),
    "dimension-empty": ("The dimension '{id_}' has no criterion.", "Add one, or take the dimension out."),
    "bands-from": (
        "No band begins at 0, so that reports say nothing in words of low scores.",
        "Add '- {{from: 0, words: \"silent on {{noun}}\"}}' under 'bands'.",
    ),
    "effort-uncounted": (
        "'efforts' does not say what {effort_} counts; it counts 1.",
        "Add it: 'efforts: {{low: 1, medium: 2, high: 4}}'.",
    ),
    "id-of-ours": (
        "A framework that comes with openreform is called '{id_}' too, and reports would not tell them apart.",
        "Give yours another id.",
    ),
    "snippet-invalid": ("The snippet of {id_} does not hold where it is pasted: {message_}", "{fix_}"),
    "snippet-short": (
        "The snippet of {id_} reaches level {level_} of {count_}; {lacking_}.",
        "Let it show what the highest level asks.",
    ),
}
"""What is no mistake in a framework, and yet worth a look."""

FIXES: dict[str, str] = {
    "did-you-mean": "Did you mean '{guess_}'?",
    "one-of": "Write one of: {values_}.",
    "did-you-mean-of": "Did you mean '{guess_}'? The values are: {values_}.",
    "a-number": "Write a number; for a range, {min: 10} or {max: 30}.",
    "a-date": "Ask for an earlier or a later one: {before: 2026-01-01}, {after: start}; or for any: {present: true}.",
    "known-fields": "The fields here are: {values_}.",
    "known-settings": "The settings here are: {values_}.",
    "setting-in-table": "Write it below [{table_}].",
    "setting-on-top": "Write it at the top of the settings, before any table.",
    "threshold-of": "Write a number from 0 to 100, alone for the whole or after one of: {values_}, practice.",
    "list-brackets": "Put it in brackets: {field_}: [{value_}].",
    "list-dash-space": "Put each entry on its own line and a space after each dash: '- one'.",
    "list-dash": "Begin each entry on a new line with a dash: '- {first_}: …'.",
    "list-entry": "Write it as an entry, on a line of its own below '{field_}:': '  - {first_}: {value_}'.",
    "entry-fields": "Write it with its field: '- {first_}: {value_}'.",
    "list-quotes": "Put the entries in brackets, each of them in quotes if it holds a comma or a colon: {field_}: [one, two].",
    "one-value": "Write it without brackets: {field_}: {value_}.",
    "one-of-several": "Choose one of them.",
    "under": "It belongs under '{group_}': write it there, indented.",
    "see": " See: openreform explain {path_}.",
    "text-quotes": "Put it in double quotes if it is text.",
    "look-at-list": "Begin with a list of the description, such as 'some: publications', and write under 'with' what one of its entries must have.",
    "look-at-level": "Begin with a level, such as 'level: {criterion: T1, min: 2}', or with a list, such as 'none: concerns'.",
    "text-block": "Put a | after '{field_}:', so that the lines below it are kept as they stand.",
    "text-one": "Write one text, not several entries.",
    "country-guess": "Did you mean {guess_}? Write two capital letters, such as KE, FR or GB.",
    "country-two-letters": "Write two capital letters, such as KE, FR or GB.",
    "no-entries": "Add an entry with that id, or leave '{field_}' out.",
    "known-constraints": "Dates take before and after, numbers and lists min and max, texts words; every field takes present.",
    "form-version": "Write three numbers: 1.0.0.",
    "form-url": "Write it in full, beginning with https:// or http://.",
    "limit-ge": "from",
    "limit-gt": "above",
    "limit-le": "up to",
    "limit-lt": "below",
    "framework-format": "Begin with 'framework: 1', or with a small one that works: openreform framework new.",
}

EXAMPLES: dict[str, str] = {
    "frameworks": "involve-ogp: 0.3.0",
    "not_applicable": "T3: …",
    "judgements": "Q6: …",
    "exceptions": "F16: …",
}
"""What to write under a field whose own fields are ids of criteria or of frameworks."""

FIELD_KINDS: dict[str, str] = {
    "text": "sentences",
    "name": "a name",
    "id": "an id",
    "choice": "one of fixed values",
    "number": "a number",
    "yes-no": "true or false",
    "date": "a date",
    "reference": "the id of another entry",
    "link": "a web address",
    "group": "fields of its own",
    "elements": "a list of entries",
    "codes": "codes with their values",
}

WHAT: dict[str, str] = {
    "mapping": "a set of fields",
    "list": "a list",
    "text": "a text",
    "number": "a number",
    "yes-no": "true or false",
    "nothing": "empty",
    "document": "the document",
    "no-mapping-field": "it has no field 'mapping'",
    "no-framework-field": "it has no field 'framework'",
    "no-mapping": "it is not a set of fields",
}
