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
