"""Settings: what a folder's owner asks of every run, so that nobody has to type it.

A setting goes by the name of the option it stands for. A stranger can change settings in a pull request, so none of them can
run anything, write anything, or read a file outside their own folder (docs/decisions.md).
"""

from typing import Annotated, Any, Literal, get_args

from pydantic import BaseModel, BeforeValidator, ConfigDict, Field, StringConstraints

CheckFormat = Literal["text", "json", "sarif", "junit", "github", "gitlab", "summary"]
AssessFormat = Literal["text", "json", "jsonl", "csv", "markdown", "html", "xlsx", "portfolio"]
CHECK_FORMATS: tuple[str, ...] = get_args(CheckFormat)
FAIL_ON = Literal["error", "warning", "info", "never"]
MOST_NAMES = 200

REFUSED = ("output", "config", "isolated", "show_settings", "as_of", "quiet", "since", "write_baseline", "paths")
"""Options that are no settings, each for a reason that messages/settings.py tells."""


def _several(value: Any) -> Any:
    """One value where a list is taken is a list of one."""
    return tuple(value) if isinstance(value, list) else (value,)


def _written(value: Any) -> Any:
    """A number where a text is taken, as `fail_under = 50`, is meant as it is written."""
    return f"{value:g}" if isinstance(value, int | float) and not isinstance(value, bool) else value


Name = Annotated[str, StringConstraints(strip_whitespace=True, min_length=1, max_length=200)]
Names = Annotated[tuple[Name, ...], Field(max_length=MOST_NAMES), BeforeValidator(_several)]
ThresholdText = Annotated[
    str,
    StringConstraints(pattern=r"^([^=]{1,100}=)?([0-9]{1,2}(\.[0-9]{1,6})?|100(\.0{1,6})?)$"),
    BeforeValidator(_written),
]
Thresholds = Annotated[tuple[ThresholdText, ...], Field(max_length=MOST_NAMES), BeforeValidator(_several)]


class _Part(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True, strict=True, defer_build=True)


class CheckSettings(_Part):
    """The table `[check]`."""

    format: CheckFormat | None = None
    fail_on: FAIL_ON | None = None
    fail_under: Thresholds | None = None
    fail_coverage_under: Annotated[float, Field(ge=0, le=100, allow_inf_nan=False)] | None = None
    require_gate: Names | None = None
    select: Names | None = None
    ignore: Names | None = None
    extend_select: Names | None = None
    baseline: Name | None = None
    exit_zero: bool | None = None


class AssessSettings(_Part):
    """The table `[assess]`."""

    format: AssessFormat | None = None
    full: bool | None = None
    robustness: bool | None = None
    fail_under: Thresholds | None = None


class Settings(_Part):
    """Everything that can be set."""

    framework: Name | None = None
    check: CheckSettings = CheckSettings.model_construct()
    assess: AssessSettings = AssessSettings.model_construct()


TABLES: dict[str, type[BaseModel]] = {"": Settings, "check": CheckSettings, "assess": AssessSettings}
"""The model of each table by its name; that of the top has none."""


def keys_of(table: str) -> tuple[str, ...]:
    """The names that can stand in a table; none for a command that has no table of its own."""
    model = TABLES.get(table)
    return tuple(model.model_fields) if model else ()
