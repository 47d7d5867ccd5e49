"""What a check says beside its findings of what was there before: what got better, what went, what was written."""

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from openreform.assessment import Assessment
from openreform.messages.checks import CHECK
from openreform.messages.ratchets import RATCHET
from openreform.plaintext import visible
from openreform.ratchet import Moves, State

_MOST_NAMED = 10


def better(documents: Iterable[Any], baseline: str | None, writes: str | None) -> list[str]:
    """A line for each reform that got better, the first ten; and how to keep that."""
    those = [each for each in documents if each.moves and each.moves.is_better]
    told = [
        RATCHET["better"].format(id=visible(each.assessment.reform_id), what=_moved(each.moves, each.assessment))
        for each in those[:_MOST_NAMED]
    ]
    if len(those) > _MOST_NAMED:
        told.append(RATCHET["better-more"].format(count=len(those) - _MOST_NAMED))
    if told and baseline and not writes:
        told.append(RATCHET["anew"].format(path=visible(baseline)))
    return told


def _moved(moves: Moves, assessment: Assessment) -> str:
    said = []
    count = sum(moves.gone.values())
    if count:
        key = "gone-one" if count == 1 else "gone"
        said.append(RATCHET[key].format(count=count, rules=visible(", ".join(moves.gone))))
    for move in moves.rose:
        was, now = move.told
        key = "rose" if was else "rose-new"
        said.append(RATCHET[key].format(what=move.title(assessment), was=was, now=now))
    titles = {gate.id: gate.title for gate in assessment.gates}
    said += [RATCHET["won"].format(title=titles[ident]) for ident in moves.won]
    return "; ".join(said)


def of_earlier(ref: str, changed: int, count: int, deleted: Sequence[str], unread: Sequence[str]) -> list[str]:
    """What was compared with a git revision."""
    ref = visible(ref)
    told = [RATCHET["since" if changed else "since-none"].format(changed=changed, all=count, ref=ref)]
    if deleted:
        named = ", ".join(deleted[:_MOST_NAMED]) + (" …" if len(deleted) > _MOST_NAMED else "")
        told.append(RATCHET["deleted"].format(ref=ref, paths=named))
    told += [RATCHET["unread-then"].format(path=path, ref=ref) for path in unread]
    return told


def written(path: str, states: Mapping[str, State]) -> str:
    """What was written."""
    faults = sum(sum(state.faults.values()) for state in states.values())
    key = {0: "written-faults-none", 1: "written-faults-one"}.get(faults, "written-faults")
    documents = CHECK["documents-one" if len(states) == 1 else "documents"].format(count=len(states))
    return RATCHET["written"].format(path=visible(path), documents=documents, faults=RATCHET[key].format(count=faults))


def not_written(path: str, *, broken: bool) -> str:
    """Why nothing was written."""
    return RATCHET["not-written-broken" if broken else "not-written-worse"].format(path=visible(path))
