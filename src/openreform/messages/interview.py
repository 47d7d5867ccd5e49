"""What the guided interview says around its questions, which stand in `openreform/interviewing`."""

INTERVIEW_OPTION = (
    "Ask a few questions, at most eight, and write the answers into the document. Each may be skipped; if the file is there, "
    "the questions go on in it."
)
INIT_OUTPUT = "Where to write it: the same as PATH."

MARK = "# The interview goes on at question {at}: openreform init --interview -o THIS-FILE"
"""The note in a draft of what is next; read again when the interview goes on."""

DRAFT: dict[str, str] = {
    "about": "Written from the answers to openreform's questions. Change and add what you like; nobody rates it.\n'openreform explain' lists what can be said, 'openreform explain publications' the fields of a section.",
    "about-plan": "Written from the answers to openreform's questions. Change and add what you like; nobody rates it.\n'openreform explain --framework ogp-co-creation' lists what can be said.",
    "id": "letters, digits, '-', no spaces",
    "undescribed": "Not described yet, so not assessed. Take a section out of this list once it is described.",
}

ASK: dict[str, str] = {
    "begin": "{count} questions about the reform. Enter skips one, ? explains it. Ctrl-C stops; every answer is in {path} at once, and you can go on later.",
    "begin-plan": "{count} questions about the action plan. Enter skips one, ? explains it. Ctrl-C stops; every answer is in {path} at once, and you can go on later.",
    "resume": "{path} is there; the interview goes on at question {number} of {count}. What stands in the file stays. Enter skips, ? explains, Ctrl-C stops.",
    "piped": "Standard input is no terminal: each line is read as the next answer, an empty line skips.",
    "question": "Question {number} of {count}. {asks}",
    "example": "For example: {example}",
    "many": "One in each line; Enter in an empty line goes on.",
    "lines": "As many lines as you like; Enter in an empty line ends the answer.",
    "values": "Words: {values}",
    "held": "There already: {held}",
    "prompt": "{label}> ",
    "taken": "{path} answers this already by now; what stands there stays.",
    "gone": "What this was about is not in {path} any more; the interview goes on.",
    "broken": "{path} was changed meanwhile and has a mistake:",
    "repair": "Put that right and save it, then press Enter: your answer is kept until then.",
}

HELP: dict[str, str] = {
    "field": "It goes into '{path}': {words}.",
    "value": "{value}: {words}",
    "date": "A date: a year, a month or a day, as in 2027, 2027-06 or 2027-06-30.",
    "number": "A number in digits, as in 20.",
    "yes-no": "yes or no.",
    "choice": "One of the words below.",
    "choices": "One or more of the words below, with commas between them.",
}

AGAIN: dict[str, str] = {
    "date": "{answer} is no date here. Write the year, the month or the day in digits, as in 2027, 2027-06 or 2027-06-30; Enter skips.",
    "date-near": "{answer} is no date here. Did you mean {date}? Write it like that, or only the year; Enter skips.",
    "number": "{answer} is no number here. Write digits alone, as in 20; Enter skips.",
    "yes-no": "{answer} is neither yes nor no here. Write yes or no; Enter skips.",
    "choice": "{answer} is none of the words: {values}. Enter skips.",
    "choice-near": "{answer} is none of the words. Did you mean {near}? Enter skips.",
    "choice-one": "Only one word goes here: {values}. Enter skips.",
    "problem": "That cannot be written: {message} {fix} Enter skips.",
    "layout": "The file is laid out so that this cannot be added without changing something else. Write it under '{path}' by hand; Enter skips.",
    "unreadable": "That could not be read as text. Please write it again; Enter skips.",
}

SAID: dict[str, str] = {
    "interview-stdout": "The interview writes a file after each answer: openreform init --interview -o reform.yaml",
    "interview-force": "--interview never overwrites: it goes on in a file that is there. Leave out --force.",
    "interview-two": "{path} and {other}: name one file, as PATH or with -o.",
    "interview-line": "Line {line} of the answers: {complaint}",
    "interview-ended": "Your answers so far are in {path}. To go on:",
    "stopped": "Stopped. {path} is a whole document with all answers so far. To go on:",
    "resume": "openreform init --interview -o {path}",
    "done": "That was all: {path} is ready.",
    "assess": "What earns it, and what to write next:",
    "assess-command": "openreform assess{options} {path}",
    "plan": "The cheapest steps to a target:",
    "plan-command": "openreform plan{options} {path} --target {target}",
    "score": "{title} {score}, {who}",
    "of": "{assessed} of {all} criteria",
    "too-little": "too little yet",
}
