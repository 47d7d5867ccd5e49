"""What can be set, and what is said about settings."""

SETTINGS: dict[str, str] = {
    "framework": "The yardstick: a bundled framework by name, or the path of one in this folder or below.",
    "check": "What 'openreform check' asks of every document.",
    "check.format": "The form of what is found, on standard output. Formats that go to files are named on the command line.",
    "check.fail_on": "The mildest fault that makes a check fail; never: faults are told and nothing more.",
    "check.fail_under": "The least score: of the whole (50), a dimension (accountability=40), what is practised (practice=40) or both (practice.accountability=40).",
    "check.fail_coverage_under": "The least share of the promise that must be assessed, in percent.",
    "check.require_gate": "Gates that must be passed, by id.",
    "check.select": "Faults to look for, by id or the beginning of ids; all if left out.",
    "check.ignore": "Faults not to look for.",
    "check.extend_select": "Faults to look for besides those under 'select'.",
    "check.baseline": "A baseline in this folder or below: only what got worse fails.",
    "check.exit_zero": "Leave with 0 even if a document falls short, to try a check out.",
    "assess": "How 'openreform assess' reports.",
    "assess.format": "The form of the report.",
    "assess.full": "In text, also what earns each level, line by line.",
    "assess.robustness": "Also how far the scores move with other weights and other points for the levels.",
    "assess.fail_under": "Leave with 1 if a score is below: as under 'check'.",
}
"""What each setting means."""

SETTING_EXAMPLES: dict[str, str] = {
    "framework": 'framework = "involve-ogp"',
    "check.format": 'format = "json"',
    "check.fail_on": 'fail_on = "warning"',
    "check.fail_under": 'fail_under = ["50", "accountability=40"]',
    "check.fail_coverage_under": "fail_coverage_under = 80",
    "check.require_gate": 'require_gate = ["verifiable"]',
    "check.select": 'select = ["F02", "F13"]',
    "check.ignore": 'ignore = ["F13"]',
    "check.extend_select": 'extend_select = ["F13"]',
    "check.baseline": 'baseline = "baseline.json"',
    "check.exit_zero": "exit_zero = true",
    "assess.format": 'format = "markdown"',
    "assess.full": "full = true",
    "assess.robustness": "robustness = true",
    "assess.fail_under": 'fail_under = ["40"]',
}
"""How each is written."""

SETTING_TAKES: dict[str, str] = {
    "framework": "the name or the path of a framework, in quotes",
    "check": "a table of its own",
    "assess": "a table of its own",
    "format": "the name of a format, in quotes",
    "fail_on": "a severity, in quotes",
    "fail_under": "numbers from 0 to 100, each alone or after what it is for",
    "fail_coverage_under": "a number from 0 to 100",
    "require_gate": "ids of gates, in quotes",
    "select": "ids of faults, in quotes",
    "ignore": "ids of faults, in quotes",
    "extend_select": "ids of faults, in quotes",
    "baseline": "the path of a file, in quotes",
    "exit_zero": "true or false",
    "full": "true or false",
    "robustness": "true or false",
}
"""What a value must be, by the name of the setting."""

SETTING_REFUSED: dict[str, str] = {
    "output": "Settings write no file: whoever can change them could overwrite one. On the command line use -o, or -f FORMAT=FILE with check.",
    "config": "Settings name no other settings. Use --config on the command line.",
    "isolated": "Settings cannot switch themselves off. Use --isolated on the command line.",
    "show_settings": "It prints the settings and does nothing else. Use --show-settings on the command line.",
    "as_of": "A day that stands still in a file would keep exceptions alive for ever. Use --as-of on the command line.",
    "quiet": "What is said on standard error is for the one who runs it to choose. Use --quiet on the command line.",
    "since": "What to compare with differs from run to run. Use --since on the command line.",
    "write_baseline": "Settings write no file: whoever can change them could overwrite one. Use --write-baseline on the command line.",
    "paths": "What to check is named on the command line: openreform check drafts/",
}
"""Why an option is no setting, and what to do instead."""
