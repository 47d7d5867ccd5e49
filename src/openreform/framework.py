"""The yardstick: framework, dimension, criterion, level (a rung), test. Everything here is data read from YAML.

The test vocabulary is closed. On a list: some, every, most, none, count. On a field of the document: present, absent.
Joined by all_of, any_of, not. In gates also level and dimension. Conditions under one `with` hold for one element.
"""

from collections.abc import Iterator
from functools import cache
from typing import Annotated, Any, Literal, Self, get_args

from pydantic import BaseModel, BeforeValidator, ConfigDict, Field, StringConstraints, model_validator
from pydantic_core import PydanticCustomError

from openreform.messages.steps import EFFORT_REASONS

Side = Literal["promise", "practice"]
Effort = Literal["low", "medium", "high"]
Scalar = str | int | float | bool

LIST_OPERATORS = ("some", "every", "most", "none", "count")
FIELD_OPERATORS = ("present", "absent")
JOINING_OPERATORS = ("all_of", "any_of", "not")
GATE_OPERATORS = ("level", "dimension")
OPERATORS = (*LIST_OPERATORS, *FIELD_OPERATORS, *JOINING_OPERATORS, *GATE_OPERATORS)
DEFAULT_SHARE = 0.8
MOST_LEVELS = 4
AS_OF = "as_of"
"""In `before` and `after`: the day the assessment is read at."""

DEFAULT_FRAMEWORK = "involve-ogp"
"""The framework used where none is named."""

DEFAULT_FRAMEWORKS = {"reform": DEFAULT_FRAMEWORK, "plan": "ogp-co-creation"}
"""For each kind of document the framework that criterion ids without a prefix belong to."""

FRAMEWORK_OF_THE_STARS = "ogp-irm"
"""The framework whose rules for stars are read where the one in use has none."""

Sentence = Annotated[str, StringConstraints(strip_whitespace=True, min_length=1, max_length=4000)]
Ident = Annotated[str, StringConstraints(pattern=r"^[A-Za-z0-9][A-Za-z0-9._-]{0,79}$")]


class Part(BaseModel):
    """A part of a framework, or the whole."""

    model_config = ConfigDict(extra="forbid", frozen=True, defer_build=True)

    @classmethod
    def checked_before(cls, values: dict[str, Any]) -> Self:
        """What validation makes of values that have passed it; `model_construct` does the same, a field at a time."""
        made = cls.__new__(cls)
        object.__setattr__(made, "__dict__", {**_defaults(cls), **values})
        object.__setattr__(made, "__pydantic_fields_set__", set(values))
        object.__setattr__(made, "__pydantic_extra__", None)
        object.__setattr__(made, "__pydantic_private__", None)
        return made


@cache
def _defaults(part: type[Part]) -> dict[str, Any]:
    """All fields in their order; those without a default are always given."""
    return {**dict.fromkeys(part.model_fields), **vars(part.model_construct())}


def _list_or_name(value: object) -> object:
    """A list of values, or `$name` for a word list of the framework."""
    if isinstance(value, str) and value.startswith("$"):
        return [value]
    return value


Values = Annotated[tuple[Scalar, ...], BeforeValidator(_list_or_name), Field(min_length=1)]
DateOrPath = Annotated[str, BeforeValidator(lambda value: str(value) if isinstance(value, int) else value)]
Paths = Annotated[
    tuple[str, ...], BeforeValidator(lambda value: [value] if isinstance(value, str) else value), Field(min_length=1)
]


class Constraint(Part):
    """What is asked of one field of one element; all that is given must hold."""

    equals: Scalar | None = None
    any: Values | None = None
    all: Values | None = None
    min: float | None = None
    max: float | None = None
    present: bool | None = None
    before: DateOrPath | None = None
    after: DateOrPath | None = None
    words: Values | None = None
    same_as: Paths | None = None
    not_same_as: Paths | None = None

    @property
    def grows(self) -> bool:
        """Whether more values can only help: nothing asked sets a limit that one value more could break."""
        return (
            all(part is None for part in (self.max, self.before, self.after, self.not_same_as))
            and self.present is not False
        )

    @model_validator(mode="before")
    @classmethod
    def _shorthand(cls, value: object) -> object:
        """`access: open` is short for `access: {equals: open}`."""
        return value if isinstance(value, dict) else {"equals": value}


class Conditions(Part):
    """What is asked of one element: constraints by dotted field, and joined conditions."""

    fields: dict[str, Constraint] = {}
    all_of: "tuple[Conditions, ...]" = ()
    any_of: "tuple[Conditions, ...]" = ()
    not_: "Conditions | None" = Field(default=None, alias="not")

    @property
    def parts(self) -> "tuple[Conditions, ...]":
        """The conditions it joins."""
        return (*self.all_of, *self.any_of, *((self.not_,) if self.not_ else ()))

    @model_validator(mode="before")
    @classmethod
    def _gather(cls, value: object) -> object:
        if not isinstance(value, dict):
            raise PydanticCustomError("needs-mapping", "fields wanted")
        joined = {key: part for key, part in value.items() if key in JOINING_OPERATORS}
        return {**joined, "fields": {key: part for key, part in value.items() if key not in JOINING_OPERATORS}}


class LevelAtLeast(Part):
    """In gates: a criterion has reached a level."""

    criterion: str
    min: Annotated[int, Field(ge=1)]


class DimensionAtLeast(Part):
    """In gates: a dimension has reached a score."""

    id: str
    min: Annotated[float, Field(gt=0, le=100)]


class Test(Part):
    """One test: exactly one operator; `says` is the fact it tests, `fix` what to write.

    otherwise: what is said where it does not hold. In gates a sentence; in rungs, where something is foreshadowed, what is
    lacking, such as "milestones that name no output".
    """

    __test__ = False  # not a pytest class

    some: str | None = None
    every: str | None = None
    most: str | None = None
    none: str | None = None
    count: str | None = None
    present: str | None = None
    absent: str | None = None
    all_of: "tuple[Test, ...] | None" = None
    any_of: "tuple[Test, ...] | None" = None
    not_: "Test | None" = Field(default=None, alias="not")
    level: LevelAtLeast | None = None
    dimension: DimensionAtLeast | None = None
    with_: Conditions = Field(default=Conditions.model_construct(), alias="with")
    of: str | None = None
    min: int | None = None
    share: Annotated[float, Field(gt=0, le=1)] | None = None
    says: Sentence | None = None
    otherwise: Sentence | None = None
    fix: Sentence | None = None
    unless: "Test | None" = None

    @property
    def operators(self) -> list[str]:
        """The operators it was written with; a sound test has one."""
        return [name for name in OPERATORS if getattr(self, "not_" if name == "not" else name) is not None]

    @property
    def operator(self) -> str:
        """Its one operator."""
        return next(name for name in OPERATORS if getattr(self, "not_" if name == "not" else name) is not None)

    @property
    def section(self) -> str | None:
        """The list it looks at, for the list operators."""
        return next((getattr(self, name) for name in LIST_OPERATORS if getattr(self, name) is not None), None)

    @property
    def parts(self) -> "tuple[Test, ...]":
        """The tests it joins."""
        return self.all_of or self.any_of or ((self.not_,) if self.not_ else ())

    def walk(self) -> "Iterator[Test]":
        """Itself and every test inside it."""
        yield self
        for part in (*self.parts, *((self.unless,) if self.unless else ())):
            yield from part.walk()


class Level(Part):
    """One rung. `practice_*` replace wording and tests where practice needs others."""

    text: Sentence
    tests: tuple[Test, ...] = ()
    practice_text: Sentence | None = None
    practice_tests: tuple[Test, ...] | None = None
    judged: Sentence | None = None
    effort: Effort
    effort_reason: Sentence | None = None

    def text_for(self, side: Side) -> str:
        """The wording for one side."""
        return (self.practice_text or self.text) if side == "practice" else self.text

    def tests_for(self, side: Side) -> tuple[Test, ...]:
        """The tests for one side."""
        return self.practice_tests if side == "practice" and self.practice_tests is not None else self.tests


class Resource(Part):
    """Something real to read or use."""

    title: Sentence
    url: Annotated[str, StringConstraints(pattern=r"^https?://\S+$")]


class Derivation(Part):
    """Where an idea comes from: a source of the framework, and what was taken."""

    source: str
    idea: Sentence


class Correspondence(Part):
    """A criterion of another framework, written `framework:id`, that asks the same or part of it, and how the two relate."""

    criterion: Annotated[
        str, StringConstraints(pattern=r"^[A-Za-z0-9][A-Za-z0-9._-]{0,79}:[A-Za-z0-9][A-Za-z0-9._-]{0,79}$")
    ]
    how: Sentence


class RoadmapStep(Part):
    """A question to ask on the way, in the order of the work, and the criteria that tell whether it has an answer."""

    phase: Sentence
    question: Sentence
    criteria: tuple[str, ...] = ()


Rung = Annotated[int, Field(ge=0, le=MOST_LEVELS)]


class Ceilings(Part):
    """The highest rung an element can hold, by how far it has come and how well that is shown (design §6).

    ended: a thing of the past, on both sides; 0 unless a criterion asks for what has been, as co-creation.
    promise: considered, undated (planned or piloted without a dated milestone that has a responsible body), dated.
    practice: by the best evidence of the element itself; piloted caps it further.
    """

    considered: Rung | None = None
    ended: Rung | None = None
    undated: Rung | None = None
    dated: Rung | None = None
    without_evidence: Rung | None = None
    statement: Rung | None = None
    document: Rung | None = None
    working: Rung | None = None
    check: Rung | None = None
    piloted: Rung | None = None


class Criterion(Part):
    """One question with a ladder of rungs, each a fact a text can promise.

    foreshadows: what others who judge such texts would likely say at each level, level 0 first; empty if nobody does.
    foreshadows_by: the side whose level is read for it: what is promised, or what is practised.
    replaces: the ids under which earlier versions asked this, or asked what it took over.
    """

    id: Ident
    dimension: str
    title: Sentence
    question: Sentence
    why: Sentence
    weight: Annotated[float, Field(gt=0, allow_inf_nan=False)] = 1.0
    may_not_apply: bool = False
    practice: bool = True
    levels: Annotated[tuple[Level, ...], Field(min_length=1, max_length=MOST_LEVELS)]
    foreshadows: tuple[Sentence, ...] = ()
    foreshadows_by: Side = "promise"
    scale: tuple[float, ...] | None = None
    ceilings: Ceilings = Ceilings.model_construct()
    evidence: tuple[Sentence, ...] = ()
    common_faults: tuple[Sentence, ...] = ()
    how_to_raise: Sentence
    snippet: Sentence
    resources: tuple[Resource, ...] = ()
    derived_from: tuple[Derivation, ...] = ()
    corresponds_to: tuple[Correspondence, ...] = ()
    replaces: tuple[Ident, ...] = ()

    def score(self, level: int) -> float:
        """Points, 0 to 100, for a level: its share of the rungs, or the criterion's own map."""
        if level == 0:
            return 0.0
        return self.scale[level - 1] if self.scale else 100.0 * level / len(self.levels)


class Band(Part):
    """What to say of a dimension from a score up; `{}` of the dimension's noun is filled in."""

    from_: Annotated[float, Field(alias="from", ge=0, le=100)]
    words: Sentence


class Dimension(Part):
    """A group of criteria with a score of its own."""

    id: Ident
    title: Sentence
    question: Sentence
    noun: Sentence
    claim: str | None = None


class Overall(Part):
    """How dimensions make the whole: a power mean of some of them, and the coverage it needs."""

    title: Sentence
    dimensions: Annotated[tuple[str, ...], Field(min_length=1)]
    exponent: Annotated[float, Field(gt=0, le=1)]
    minimum_coverage: Annotated[float, Field(ge=0, le=1)]


class Gate(Part):
    """A pass/fail rule beside the score; it reads the promise and changes nothing."""

    id: Ident
    title: Sentence
    question: Sentence
    why: Sentence
    applies_when: Test | None = None
    tests: Annotated[tuple[Test, ...], Field(min_length=1)]
    not_applicable_says: Sentence | None = None
    how_to_pass: Sentence
    derived_from: tuple[Derivation, ...] = ()


Severity = Literal["error", "warning", "info"]
Notice = Literal["placeholders", "undescribed", "exception-unexplained", "exception-expired", "exception-unused"]
NOTICES: tuple[str, ...] = get_args(Notice)


class Fault(Part):
    """A drafting mistake the framework knows, found on the line where it stands; it changes no score.

    finds: a test that holds where the fault is; with `some`, every entry that has all that is asked is one of its own.
    notices: instead of it, what no test can read: texts that hold a place, sections not described, exceptions.
    at: the section it stands at where no entry shows it. message: what is wrong there. fix: what to write instead.
    """

    id: Ident
    title: Sentence
    severity: Severity
    message: Sentence
    why: Sentence
    fix: Sentence
    applies_when: Test | None = None
    finds: Test | None = None
    notices: Notice | None = None
    at: str | None = None
    derived_from: tuple[Derivation, ...] = ()


class StarNeed(Part):
    """What a star asks of recorded codes: that one of `codes` has one of the values `any`."""

    codes: Annotated[tuple[str, ...], Field(min_length=1)]
    any: Annotated[tuple[bool | str, ...], Field(min_length=1)]
    says: Sentence


class StarRule(Part):
    """The rule of one era for a star on a commitment: all needs must be met by recorded codes; nothing of ours is read.

    code: the recorded code that says whether the star was given, to compare with.
    """

    id: Ident
    title: Sentence
    code: str
    needs: Annotated[tuple[StarNeed, ...], Field(min_length=1)]
    derived_from: tuple[Derivation, ...] = ()


class Source(Part):
    """A published source."""

    id: Ident
    title: Sentence
    publisher: Sentence
    url: Annotated[str, StringConstraints(pattern=r"^https?://\S+$")]


class CommonFaults(Part):
    """Faults every framework has, since they are about the document and not about what it is measured by."""

    faults: tuple[Fault, ...]

    def added_to(self, framework: "Framework") -> "Framework":
        """A framework with these as well, but for those it words itself."""
        return framework.model_copy(update={"faults": (*framework.faults, *self.lacking_in(framework))})

    def lacking_in(self, framework: "Framework") -> tuple[Fault, ...]:
        """Those of which a framework has none of its own."""
        own = {fault.notices for fault in framework.faults}
        return tuple(fault for fault in self.faults if fault.notices not in own)


Version = Annotated[str, StringConstraints(pattern=r"^\d+\.\d+\.\d+$")]


class Framework(Part):
    """A whole framework.

    efforts: what each effort costs, in units of its own; only how they compare counts.
    effort_reasons: what is said of a rung of each effort that gives no reason of its own.
    unverified: what it says that was not read in a source: each as a sentence that says whose reading it is.
    """

    framework: Literal[1]
    id: Ident
    title: Sentence
    version: Version
    licence: Sentence
    attribution: Sentence
    applies_to: Literal["reform", "plan"]
    sources: tuple[Source, ...]
    words: dict[str, tuple[str, ...]]
    ceilings: Ceilings
    efforts: dict[Effort, Annotated[float, Field(gt=0, allow_inf_nan=False)]] = {"low": 1, "medium": 2, "high": 4}
    effort_reasons: dict[Effort, Sentence] = {}
    bands: tuple[Band, ...]
    dimensions: tuple[Dimension, ...]
    overall: Overall | None = None
    criteria: tuple[Criterion, ...]
    gates: tuple[Gate, ...] = ()
    faults: tuple[Fault, ...] = ()
    stars: tuple[StarRule, ...] = ()
    roadmap: tuple[RoadmapStep, ...] = ()
    unverified: tuple[Sentence, ...] = ()

    def goes_by(self, ident: str) -> bool:
        """Whether a criterion written `ident:…` may be one of this framework."""
        return ident == self.id

    def criterion(self, ident: str) -> Criterion | None:
        """The criterion of that id, whatever its case."""
        return next((criterion for criterion in self.criteria if criterion.id.casefold() == ident.casefold()), None)

    def dimension(self, name: str) -> Dimension | None:
        """The dimension of that id or title, whatever its case."""
        wanted = name.casefold()
        return next((part for part in self.dimensions if wanted in {part.id.casefold(), part.title.casefold()}), None)

    def criteria_of(self, dimension: str) -> tuple[Criterion, ...]:
        """The criteria of the dimension of that id."""
        return tuple(criterion for criterion in self.criteria if criterion.dimension == dimension)

    def gate(self, ident: str) -> Gate | None:
        """The gate of that id, whatever its case."""
        return next((gate for gate in self.gates if gate.id.casefold() == ident.casefold()), None)

    def fault(self, ident: str) -> Fault | None:
        """The fault of that id, whatever its case."""
        return next((fault for fault in self.faults if fault.id.casefold() == ident.casefold()), None)

    def star(self, ident: str) -> StarRule | None:
        """The rule of that id, whatever its case."""
        return next((star for star in self.stars if star.id.casefold() == ident.casefold()), None)

    def cost(self, effort: str) -> float:
        """What a rung of an effort costs; 1 where the framework does not say."""
        return next((cost for name, cost in self.efforts.items() if name == effort), 1.0)

    def why_that_much(self, level: Level) -> str:
        """Why a rung takes the effort it takes: its own reason, the framework's for such efforts, or the tool's."""
        return level.effort_reason or self.effort_reasons.get(level.effort) or EFFORT_REASONS[level.effort]

    def ceiling(self, name: str, own: Ceilings) -> int:
        """The highest level under one ceiling: the criterion's own, else the general one, else none that holds down.

        What has ended counts only where one of them says so.
        """
        for said in (getattr(own, name), getattr(self.ceilings, name)):
            if said is not None:
                return int(said)
        return 0 if name == "ended" else MOST_LEVELS

    def values(self, listed: tuple[Scalar, ...]) -> tuple[Scalar, ...]:
        """`listed` with `$name` replaced by the framework's word list."""
        if len(listed) == 1 and isinstance(listed[0], str) and listed[0].startswith("$"):
            return self.words[listed[0][1:]]
        return listed


class Tailoring(Part):
    """A framework in a few lines: another one with other weights, without some criteria, with some more.

    extends: the framework it is made from: the name of one that comes with the tool, with its version if it is not to be
    the newest (`involve-ogp@0.2.0`), or the path of a file in the same folder or below.
    dropped: criteria and gates left out, each with the reason.
    """

    framework: Literal[1]
    extends: Sentence
    id: Ident
    title: Sentence
    version: Version
    licence: Sentence | None = None
    attribution: Sentence | None = None
    sources: tuple[Source, ...] = ()
    words: dict[str, tuple[str, ...]] = {}
    weights: dict[str, Annotated[float, Field(gt=0, allow_inf_nan=False)]] = {}
    dropped: dict[str, Sentence] = {}
    dimensions: tuple[Dimension, ...] = ()
    criteria: tuple[Criterion, ...] = ()
    gates: tuple[Gate, ...] = ()
    faults: tuple[Fault, ...] = ()
    roadmap: tuple[RoadmapStep, ...] = ()
    unverified: tuple[Sentence, ...] = ()

    def applied_to(self, base: Framework) -> "TailoredFramework":
        """The whole framework: what is kept of `base`, with the weights given here, then what is added."""
        kept = [part for part in base.criteria if part.id not in self.dropped]
        criteria = tuple(
            part.model_copy(update={"weight": self.weights[part.id]}) if part.id in self.weights else part
            for part in kept
        )
        steps = (
            step.model_copy(update={"criteria": tuple(name for name in step.criteria if name not in self.dropped)})
            for step in base.roadmap
        )
        own = {
            "id": self.id,
            "title": self.title,
            "version": self.version,
            "licence": self.licence or base.licence,
            "attribution": self.attribution or base.attribution,
            "sources": (*base.sources, *self.sources),
            "words": {**base.words, **self.words},
            "dimensions": (*base.dimensions, *self.dimensions),
            "criteria": (*criteria, *self.criteria),
            "gates": (
                *(self._without_dropped(gate) for gate in base.gates if gate.id not in self.dropped),
                *self.gates,
            ),
            "faults": (*(fault for fault in base.faults if fault.id not in self.dropped), *self.faults),
            "roadmap": (*steps, *self.roadmap),
            "unverified": (*base.unverified, *self.unverified),
            "heir_of": (base.id, *(base.heir_of if isinstance(base, TailoredFramework) else ())),
        }
        same = {name: getattr(base, name) for name in Framework.model_fields if name not in own}
        return TailoredFramework.checked_before({**same, **own})

    def _without_dropped(self, gate: Gate) -> Gate:
        """A gate that does not ask for dropped criteria where others would do as well."""
        tests = tuple(self._without_dropped_ways(test) for test in gate.tests)
        return gate if tests == gate.tests else gate.model_copy(update={"tests": tests})

    def _without_dropped_ways(self, test: Test) -> Test:
        ways = tuple(way for way in test.any_of or () if not (way.level and way.level.criterion in self.dropped))
        return test.model_copy(update={"any_of": ways}) if ways and ways != test.any_of else test


class TailoredFramework(Framework):
    """A framework made from another one, whose criteria keep their ids: `involve-ogp:T5`, or T5, stays what it is.

    heir_of: the ids of the frameworks it is made from, the nearest first.
    """

    heir_of: tuple[Ident, ...]

    def goes_by(self, ident: str) -> bool:
        """Whether a criterion written `ident:…` may be one of this framework."""
        return ident == self.id or ident in self.heir_of


PARTS: dict[str, type[Part]] = {part.__name__: part for part in Part.__subclasses__()}
"""The kinds of part, by name."""


def split_criterion(name: str, kind: str = "reform") -> tuple[str, str]:
    """The framework's id and the criterion's of a name written `framework:id`, or bare: then the default framework's.

    Args:
        name: as a document or a framework writes it.
        kind: the kind of document it stands in.
    """
    owner, colon, ident = name.rpartition(":")
    return owner if colon else DEFAULT_FRAMEWORKS[kind], ident


def tests_of(criterion: Criterion) -> Iterator[Test]:
    """Every test of a criterion, both sides, those inside others too."""
    for level in criterion.levels:
        for test in (*level.tests, *(level.practice_tests or ())):
            yield from test.walk()
