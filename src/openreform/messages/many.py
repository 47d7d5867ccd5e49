"""What is said of runs over many documents and of openreform as a library."""

JOBS_HELP = "How many processes to share the documents among. The result is the same."

BAR: dict[str, str] = {"label": "Assessing", "count": "{done} of {all} files"}

NOT_KEPT: dict[str, str] = {
    "faults": "This assessment came from another process: its faults are those of its own day, and of no other.",
    "robustness": "This assessment came from another process without ranges: ask for them when you start.",
}

OTHER_VERSION = (
    "This process runs openreform {own}, the one that asked for work {asked}: use one version on all machines."
)

ERROR: dict[str, str] = {
    "problem": "{path}:{line}:{column}: {message} {fix}",
    "problem-file": "{path}: {message} {fix}",
    "no-framework": "There is no framework {name}; the bundled ones are {known}.",
    "bad-as-of": "{value} is not a date; write YYYY-MM-DD.",
    "bad-target": "{value} is no target: a number from 0 to 100, or one for each dimension by its id or title ({known}).",
    "target-practice": "{value} is about practice, which evidence shows and no plan can write.",
    "target-no-whole": "{id} makes no single score; name a dimension ({known}).",
    "no-target": "Say what is to be reached: a target, a gate, or both.",
    "no-gate": "There is no gate {name}; the gates are {known}.",
    "no-paths": "Name at least one file or folder.",
    "bad-format": "{value} is no format for this; the formats are {known}.",
    "bad-at-once": "{value} documents at once are none.",
}
