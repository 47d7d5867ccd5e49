"""An entry that shows a fault, and the same without it: made from what the fault asks, where that can be made."""

from typing import NamedTuple

from openreform.framework import Conditions, Constraint, Fault, Framework
from openreform.kinds import kind_called
from openreform.messages.checks import SAMPLES
from openreform.reform import ReformField


class Sample(NamedTuple):
    """Lines of a document, with the fault and without it."""

    shows: str
    mended: str


class _Entry:
    """An entry in the making: what it holds, and what would take the fault away, the first way first."""

    def __init__(self, section: str, framework: Framework) -> None:
        self.section, self.framework = section, framework
        self.kind = kind_called(framework.applies_to)
        self.held: dict[str, list[str]] = {}
        self.ways: list[dict[str, list[str]]] = []
        self.can_be_made = True

    def fulfil(self, asks: Conditions) -> None:
        """Make these conditions hold."""
        for name, constraint in asks.fields.items():
            self._fulfil_field(name, constraint)
        for part in asks.all_of:
            self.fulfil(part)
        if asks.any_of:
            self.fulfil(asks.any_of[0])
            for other in asks.any_of[1:]:
                self._refuse(other)
        if asks.not_:
            self._leave_out(asks.not_)

    def _fulfil_field(self, name: str, constraint: Constraint) -> None:
        if constraint.present is False:
            self.ways.append({name: self._some_value(name)})
        elif constraint.words:
            self.held[name] = [SAMPLES["with-word"].format(word=self._literal(constraint.words).capitalize())]
        elif constraint.any or constraint.all or constraint.equals is not None:
            wanted = constraint.any or constraint.all
            self.held[name] = [self._literal(wanted) if wanted else str(constraint.equals).lower()]
        else:
            self.can_be_made = False

    def _refuse(self, asks: Conditions) -> None:
        """Make these conditions fail, by giving what they ask to be left out."""
        for name, constraint in asks.fields.items():
            if constraint.present is False:
                self.held[name] = self._some_value(name)

    def _leave_out(self, asks: Conditions) -> None:
        """What must not hold: left out, and written in to take the fault away."""
        if asks.parts or len(asks.fields) != 1:
            self.can_be_made = False
            return
        ((name, constraint),) = asks.fields.items()
        if not constraint.any:
            self.can_be_made = False
            return
        field = self._field(name)
        beside = self.held.get(name, []) if field and field.many else []
        self.ways.append({name: [*beside, self._literal(constraint.any)]})

    def _literal(self, values: tuple[object, ...]) -> str:
        first = str(values[0])
        return self.framework.words[first[1:]][0] if first.startswith("$") else first

    def _field(self, name: str) -> ReformField | None:
        return self.kind.find(name, self.section)

    def _some_value(self, name: str) -> list[str]:
        field = self._field(name)
        key = field.kind if field else ""
        if field and field.values:
            return [field.values[0]]
        if key not in SAMPLES:
            self.can_be_made = False
        return [SAMPLES.get(key, "")]

    def lines(self, held: dict[str, list[str]]) -> str:
        """The entry as it is written."""
        shown: dict[str, str] = {}
        if self._field("title") and "title" not in held:
            shown["title"] = SAMPLES["title"]
        for name, values in held.items():
            field = self._field(name)
            value = f"[{', '.join(values)}]" if field and field.many else values[0]
            head, _, rest = name.partition(".")
            shown[head] = f"{{{rest}: {value}}}" if rest else value
        return f"{self.section}:\n" + "".join(
            f"  {' ' if number else '-'} {name}: {value}\n" for number, (name, value) in enumerate(shown.items())
        )


def sample(fault: Fault, framework: Framework) -> Sample | None:
    """A sample of a fault that an entry of a list shows; none where it takes more than one entry to show it."""
    if fault.finds is None or not fault.finds.some or fault.finds.unless or fault.applies_when:
        return None
    entry = _Entry(fault.finds.some, framework)
    entry.fulfil(fault.finds.with_)
    if not entry.can_be_made or not entry.ways:
        return None
    return Sample(entry.lines(entry.held), entry.lines({**entry.held, **entry.ways[0]}))
