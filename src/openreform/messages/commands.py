"""What the commands say of themselves, and to the person who types them."""

APP_HELP = "Scores how open a public service reform is, and says what to write next."

ASSESS_HELP = "Assess reform documents and say what to write next."
ASSESS_PATHS = "Files, folders, or - for standard input."
ASSESS_FORMAT = "text, markdown, html and xlsx (a workbook) for people, portfolio for many on one page; json, jsonl and csv for programs."
ASSESS_FULL = "Text only: also what earns each level, line by line."
ASSESS_ROWS = "What a row of CSV is."
FRAMEWORK = "A bundled framework by name, or the path of one."
AS_OF = "The day to read time at (YYYY-MM-DD); the assessment's own date if left out."
FAIL_UNDER = (
    "Exit with 1 if a score is below: 50, accountability=40, practice=40, practice.accountability=40. Can be repeated."
)
OUTPUT = "Write to this file instead of standard output."
QUIET = "No remarks on standard error."
DEBUG = "Show the traceback of a crash."
VERSION = "Print the version and exit."

INIT_HELP = "Write a starter document to fill in, or ask for what goes into it."
INIT_PATH = "Where to write it: reform.yaml or plan.yaml if left out; - prints it."
INIT_FORCE = "Overwrite a file that is there."
INIT_DOCUMENT = "What is to be described: a reform, or how an action plan is made."

IMPORT_HELP = "Turn tables, records and templates into reform documents."
IMPORT_PATHS = "CSV, XLSX, JSON, DOCX, Markdown or text files, or folders of them."
IMPORT_OUTPUT = "The folder to write documents to; FILE.yaml or - for a single one."
IMPORT_MAPPING = "A bundled mapping by name, or the path of one: which column or heading goes where. Can be repeated."
IMPORT_WRITE_MAPPING = "Write a mapping to complete, made of the columns of the file named, and import nothing."
IMPORT_FORMAT = "The report of what was read: text, or json for programs."
IMPORT_DRY_RUN = "Say what would be written; write nothing."
IMPORT_FORCE = "Overwrite documents that are there."

EXPLAIN_HELP = "Explain a criterion, a gate, a field or a word."
EXPLAIN_ID = "What to explain: T5, lens, publications.access, coverage; everything, if left out."

EXPLAIN_SECTOR = "With a criterion: cases of this sector first."

CASES_HELP = "Search the case library: real reforms, with their results and sources."
CASES_NAMES = "The id of one case, or words of titles; every case, if left out."
CASES_SECTOR = "A sector: health, education and so on, or its COFOG number (07)."
CASES_COUNTRY = "A country: its code (GB) or name, or a part of it (GB-SCT)."
CASES_CRITERION = "Cases that reach a level of this criterion, best first."
CASES_LEVEL = "With --criterion: at least this level; 1 if left out."
CASES_SIDE = "With --criterion: the level promised, or the one shown in practice; promise if left out."
CASES_BOX = "As a box for a paper."
CASES_FORMAT = "text, json, markdown or html; of one case, markdown and html are its box."

CHECK_HELP = "Check drafts: faults on their lines, gates and thresholds, for CI."
CHECK_PATHS = "Files, folders, or - for standard input."
CHECK_FORMAT = "text or summary (Markdown) for people; json, sarif, junit, github and gitlab for programs. FORMAT=FILE writes it to a file. Can be repeated."
FAIL_ON = "The mildest fault that makes the check fail."
CHECK_FAIL_UNDER = "Fail below a score of the promise: 50, or accountability=40; practice=40, practice.accountability=40 for practice. Can be repeated."
FAIL_COVERAGE = "Fail if less than this share of the promise could be assessed, in percent."
REQUIRE_GATE = "A gate that must be passed: verifiable. Can be repeated."
SELECT = "Look for these faults only: F02,F16, or F for all that begin so. Can be repeated."
IGNORE = "Do not look for these faults. Can be repeated."
EXTEND_SELECT = "Look for these faults as well as those selected. Can be repeated."
SKIP_OTHERS = "Skip a file that is no such document even if it is named; for programs that name every YAML file."
EXIT_ZERO = "Exit with 0 where documents fall short; wrong use and broken files still count."
BASELINE = "Fail only on what is worse than in this file, which --write-baseline wrote."
WRITE_BASELINE = "Write what is there today to this file, and fail nothing; with --baseline, only if nothing got worse."
SINCE = "Check only drafts that changed since this git revision (main, HEAD~1, a tag), and fail only on what got worse."
CHECK_AS_OF = "The day to read time at (YYYY-MM-DD). Left out, exceptions are held against today."

MIGRATE_HELP = "Move documents to a newer version of a framework, and list what needs a new answer."
MIGRATE_PATHS = "Files or folders."
MIGRATE_TO = (
    "The framework to move to: a bundled one by name (NAME@VERSION for another than the newest), or the path of one."
)
MIGRATE_FROM = (
    "The version a document was written for, where it does not say so: a version number, or the path of a framework."
)
MIGRATE_OUTPUT = "Write to this file, or - for standard output, instead of into the document itself."
MIGRATE_DRY_RUN = "Say what would change; write nothing."
MIGRATE_FORMAT = "The report: text, or json for programs."

CONFIG = "Read settings from this file; the nearest openreform.toml or pyproject.toml upward if left out."
ISOLATED = "Use no settings file."
SHOW_SETTINGS = "Print what is in force and where each comes from; do nothing else."

SCHEMA_HELP = "Print a JSON Schema, for editors and other programs."
SCHEMA_KIND = "What the schema describes."

FRAMEWORK_HELP = "List, show, check and begin frameworks."
FRAMEWORK_LIST = "Name the bundled frameworks."
FRAMEWORK_SHOW = "Show a whole framework: as a chapter, or as a form to fill in by hand."
FRAMEWORK_CHECKLIST = "A blank form to print and send out, for people without computers."
FRAMEWORK_NEW = "Write a small framework that works, to change into one of your own."
FRAMEWORK_NEW_PATH = "Where to write it; - prints it."
FRAMEWORK_CHECK = "Check a framework file: every mistake with line, column and what to write."
FRAMEWORK_PATH = "The framework file."
FRAMEWORK_FORMAT = "text, markdown or html."

SAID: dict[str, str] = {
    "no-framework": "There is no framework {name}; the bundled ones are {known}.",
    "mapping-written": "{path} written. Say of each column where it goes, then: openreform import {source} --mapping {path} -o drafts",
    "mapping-of-one": "--write-mapping goes with one file.",
    "no-mapping": "There is no mapping {name}; the bundled ones are {known}.",
    "bad-mapping": "The mapping {name} cannot be used:",
    "no-import-paths": "Name what to import: openreform import plan.csv -o drafts",
    "no-import-output": "Say where documents go: -o FOLDER; or look first: --dry-run.",
    "no-import-stdin": "Standard input cannot be imported: its kind is not known. Name a file.",
    "import-needs-folder": "There are {count} documents; name a folder for them: -o FOLDER. Nothing was written.",
    "import-exists": "Already there, and different: {paths}. Nothing was written. Use --force to overwrite, or another folder.",
    "import-exist": "{count} documents are already there, and different: {paths}… Nothing was written. Use --force to overwrite them, or another folder.",
    "import-passed-one": "1 file in folders is of no kind a mapping knows, and was passed over.",
    "import-passed-over": "{count} files in folders are of no kind a mapping knows, and were passed over.",
    "importing": "Importing",
    "binary-to-terminal": "This format is no text and cannot be shown here. Write it to a file: -o FILE.",
    "no-library": "To read {kind} files openreform needs a library that is not installed. Install it: pip install 'openreform[{extra}]'.",
    "no-library-to-write": "To write {kind} files openreform needs a library that is not installed. Install it: pip install 'openreform[{extra}]'.",
    "no-check-paths": "Name what to check: openreform check drafts/, a file, or - for standard input.",
    "no-check-format": "There is no format {name}; the formats are {known}.",
    "check-one-place": "Two formats go to {place}; give all but one a file: -f json=check.json.",
    "bibliography-one-place": "The report and the bibliography go to one place; give one of them a file: -o FILE.",
    "settings-in-force": "Settings of {path}: {names}.",
    "settings-both": "{folder} has both openreform.toml and [tool.openreform] in pyproject.toml; openreform.toml is used.",
    "settings-without": "{path} has no table [tool.openreform].",
    "config-and-isolated": "--config and --isolated exclude each other: use one.",
    "bad-settings": "The settings {name} cannot be used:",
    "show-no-file": "No settings file is in force.",
    "show-file": "Settings file: {path}",
    "show-line": "{path}:{line}",
    "show-typed": "command line",
    "show-default": "default",
    "show-nothing": "not set",
    "plan-no-target": "Say what is to be reached: --target 40, --target accountability=50, or --gate with the id of a gate.",
    "plan-practice": "{value} is about practice, which evidence shows and no plan can write; name a target of the promise: --target 40 or --target accountability=50.",
    "plan-no-whole": "{id} makes no single score, so {value} says nothing there; name a dimension ({names}): --target WHAT=NUMBER.",
    "plan-folder": "{path} is a folder; a plan is for one document.",
    "plan-apply-verify": "--apply writes what is to be filled in, --verify reads it: use one at a time.",
    "plan-apply-where": "Name the copy to write: --apply -o COPY.yaml",
    "plan-apply-copy": "--apply writes a copy: name another file than {path} with -o.",
    "plan-to-fill": "{path} has parts to fill in already, under to_fill: fill them in and take them out of the list first.",
    "plan-cannot-apply": "The steps cannot be written into {path} so that all else stays as it is; paste the lines by hand.",
    "no-edit": "To write a copy openreform needs a library that is not installed. Install it: pip install 'openreform[edit]'.",
    "no-gate": "There is no gate {name}; the gates are {known}.",
    "no-fault": "There is no fault {name}; the faults are {known}.",
    "bad-target": "{value} is no target. Write a number from 0 to 100 for the whole, or WHAT=NUMBER, where WHAT is one of {known}: {example}.",
    "bad-threshold": "{value} is no threshold. Write a number from 0 to 100, or WHAT=NUMBER, where WHAT is one of {known}, practice, or both: {example}.",
    "bad-coverage": "--fail-coverage-under takes a number from 0 to 100.",
    "no-baseline": "There is no baseline {path}. Write one of what is there today: openreform check PATH --write-baseline {path}",
    "bad-baseline": "The baseline {name} cannot be used:",
    "baseline-or-since": "--since compares with git and --baseline with a file; leave one of them out.",
    "baseline-of-some": "--since looks at some of the drafts only, and a baseline is of all; leave out --since to write one.",
    "baseline-to-file": "A baseline goes to a file: --write-baseline baseline.json",
    "since-stdin": "Standard input has no earlier version in git: name files or folders with --since.",
    "git-missing": "--since needs the program git, and it is not there. Install it, or use --baseline.",
    "git-none": "{path} is not in a git repository, so nothing is known of earlier versions. Use --baseline, or name drafts in a repository.",
    "git-two": "{path} and {other} are in two git repositories; check one at a time.",
    "git-no-ref": "git knows no commit {ref} here. Name a branch, a tag or a commit; if the copy of the repository is shallow, as in CI, fetch the history first (fetch-depth: 0).",
    "git-slow": "git took longer than {seconds} seconds to answer; nothing was checked.",
    "git-failed": "git could not read the earlier versions: {reason}",
    "no-migrate-paths": "Name what to move: openreform migrate reform.yaml",
    "migrate-stdin": "Standard input cannot be moved in place: name an output with -o.",
    "migrate-one": "-o goes with one document; there are {count}.",
    "no-version": "Version {version} of {name} does not come with openreform; those that do: {known}.",
    "other-framework": "{path} is the framework {other}, not an earlier version of {name}.",
    "not-a-folder": "{path} is not a folder.",
    "bad-framework": "The framework {name} cannot be used:",
    "rows-without-csv": "--rows goes with -f csv only.",
    "robustness-without-rows": "--robustness is about scores of whole reforms: in CSV it goes with --rows reforms.",
    "no-paths": "Name what to assess: openreform assess reform.yaml, a folder, or - for standard input.",
    "no-path": "There is no file or folder {path}.",
    "bad-as-of": "{value} is not a date; write YYYY-MM-DD.",
    "no-id": "There is nothing called {name} to explain. {guess}",
    "guess": "Did you mean {guess}?",
    "list-ids": "'openreform explain' lists everything.",
    "sector-of-criterion": "--sector goes with a criterion: openreform explain T5 --sector health",
    "no-case": "There is no case {name} in the library. {guess}",
    "list-cases": "'openreform cases' lists them all.",
    "no-case-found": "None of the {count} cases fits: {asked}. 'openreform cases' lists them all.",
    "cases-of-reforms": "The cases are reforms, and the framework {framework} is for plans.",
    "id-stands-alone": "{id} is one case; leave out --sector, --country and --criterion.",
    "level-without-criterion": "--level and --side go with --criterion.",
    "box-not-json": "--box goes with text, markdown and html.",
    "no-sector": "There is no sector {name}. {guess}",
    "known-sectors": "The sectors are {sectors}.",
    "no-country": "There is no country {name}. {guess}",
    "known-places": "There are cases from {places}.",
    "no-criterion": "There is no criterion {name} in {framework}. {guess}",
    "no-level": "{id} has no level {level}; its levels are 1 to {rungs}.",
    "exists": "{path} is already there; nothing was written. Use --force to overwrite it, or give another name.",
    "no-folder": "{path} cannot be written: there is no folder {folder}.",
    "cannot-write": "{path} cannot be written: {reason}.",
    "sound": "{path} is sound: {id} {version}, {kind}.",
    "sound-holds": "It holds {parts}.",
    "sound-extends": "It extends {id} {version}.",
    "sound-unverified": "It lists {count} as its own reading.",
    "holds-dimension": "dimension",
    "holds-dimensions": "dimensions",
    "holds-criterion": "criterion",
    "holds-criteria": "criteria",
    "holds-level": "level",
    "holds-levels": "levels",
    "holds-gate": "gate",
    "holds-gates": "gates",
    "holds-source": "source",
    "holds-sources": "sources",
    "holds-question": "question on the way",
    "holds-questions": "questions on the way",
    "holds-statement": "statement",
    "holds-statements": "statements",
    "hints": "Worth a look, and no mistake:",
    "schema-kept": "{path} is another file and was left alone; editors will not find the schema.",
    "written": "{path} written. Fill it in, then: openreform assess {path}",
    "framework-written": "{path} written. Change it, then: openreform framework check {path}",
    "written-plan": "{path} written. Fill it in, then: openreform assess --framework ogp-co-creation {path}",
    "below": "{count} of {all} below {limit}: {ids}",
    "crash": "openreform crashed ({error}). This is a bug of ours: please report it with the command and, if you can, the file. --debug shows more.",
    "problems": "{problems} in {files}.",
    "count-problem": "1 problem",
    "count-problems": "{count} problems",
    "count-file": "1 file",
    "count-files": "{count} files",
    "assessed": "{count} reforms assessed.",
    "assessed-plan": "{count} plans assessed.",
    "interrupted": "Interrupted; nothing was written.",
}

ASKED: dict[str, str] = {
    "words": "“{words}” in the title",
    "sector": "sector {sector}",
    "country": "country {country}",
    "promise": "{id} promised at level {level} or above",
    "practice": "{id} shown in practice at level {level} or above",
}
"""What cases were asked for."""
