"""Settings at the door: found before anything else, they become the defaults of a command's options, so that flags win."""

from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any, NoReturn

import typer

from openreform.cli.console import refuse, refuse_broken, remark, say, shown
from openreform.messages import commands as words

if TYPE_CHECKING:
    from openreform.framework import Framework
    from openreform.loading.settings import LoadedSettings
    from openreform.problems import Problem

_KEPT = "openreform.settings"
_OPTIONS = {"format": ("formats", "output_format")}
"""Settings whose option has another name within the command."""
_PATHS = ("baseline",)
_FROM_SETTINGS, _TYPED = "DEFAULT_MAP", "COMMANDLINE"
_OF_RULES = ("select", "ignore", "extend_select")


def _isolated(context: typer.Context, isolated: bool) -> bool:
    if isolated and not context.resilient_parsing:
        if context.meta.get(_KEPT) is not None and context.meta[f"{_KEPT}.named"]:
            refuse("config-and-isolated")
        context.meta[_KEPT] = None
        context.meta[f"{_KEPT}.isolated"] = True
        context.default_map = None
    return isolated


def _config(context: typer.Context, config: str | None) -> str | None:
    """Read the settings before any other option is, and let them stand for those not typed."""
    if context.resilient_parsing:
        return config
    if context.meta.get(f"{_KEPT}.isolated"):
        if config is not None:
            refuse("config-and-isolated")
        return config
    loaded = _load(config)
    context.meta[_KEPT] = loaded
    context.meta[f"{_KEPT}.named"] = config is not None
    context.default_map = dict(_defaults(loaded, context)) if loaded else None
    return config


ConfigOption = Annotated[
    str | None,
    typer.Option(
        "--config", metavar="FILE", is_eager=True, expose_value=False, callback=_config, show_default=False,
        help=words.CONFIG,
    ),
]  # fmt: skip
IsolatedOption = Annotated[
    bool, typer.Option("--isolated", is_eager=True, expose_value=False, callback=_isolated, help=words.ISOLATED)
]
ShowSettingsOption = Annotated[bool, typer.Option("--show-settings", help=words.SHOW_SETTINGS)]


def _load(config: str | None) -> "LoadedSettings | None":
    from openreform.loading.places import settings_files  # noqa: PLC0415

    if config is None:
        try:
            here = Path.cwd()
        except OSError:  # the folder is gone
            return None
        if not any(settings_files(here)):
            return None
    from openreform.loading.settings import find_settings, load_settings  # noqa: PLC0415

    if config is None:
        found = find_settings(here)
    elif not Path(config).is_file():
        refuse("no-path", path=shown(config))
    else:
        found = load_settings(Path(config))
        if found is None:
            refuse("settings-without", path=shown(config))
    if isinstance(found, list):
        _refuse_problems(found)
    return found


def _defaults(loaded: "LoadedSettings", context: typer.Context) -> Iterator[tuple[str, Any]]:
    """What is set, by the names of the command's parameters."""
    from openreform.loading.frameworks import AT_VERSION, bundled_names  # noqa: PLC0415

    options = {parameter.name: parameter for parameter in context.command.params}
    framework = loaded.settings.framework
    if framework is not None:
        bundled = framework.partition(AT_VERSION)[0] in bundled_names()
        yield "framework", framework if bundled else loaded.beside(framework)
    for key, value in getattr(loaded.settings, context.command.name or "", ()):
        if value is None:
            continue
        name = next((name for name in _OPTIONS.get(key, (key,)) if name in options), key)
        several = getattr(options.get(name), "multiple", False)
        if key in _PATHS:
            yield name, loaded.beside(value)
        else:
            yield name, list(value) if isinstance(value, tuple) else [value] if several else value


class InForce:
    """The settings a command runs under, and which of its options they stand for."""

    def __init__(self, context: typer.Context) -> None:
        """Look at the options of this call."""
        self.context = context
        self.loaded: LoadedSettings | None = context.meta.get(_KEPT)

    def comes_from(self, name: str) -> str:
        """Where an option's value comes from, in click's words."""
        source = self.context.get_parameter_source(name)
        return source.name if source else ""

    def is_typed(self, name: str) -> bool:
        """Whether an option stands on the command line."""
        return self.comes_from(name) == _TYPED

    def sets(self, name: str) -> bool:
        """Whether an option's value comes from the settings."""
        return self.loaded is not None and self.comes_from(name) == _FROM_SETTINGS

    def remark(self) -> None:
        """Say which file had a say, and in what."""
        if self.loaded is None:
            return
        if self.loaded.also:
            folder = Path(self.loaded.path).parent.as_posix()
            remark(words.SAID["settings-both"].format(folder=folder))
        names = [key for key, name in self._options() if self.sets(name) and not self.gives_way(name)]
        if names:
            remark(words.SAID["settings-in-force"].format(path=self.loaded.path, names=", ".join(names)))

    def gives_way(self, name: str) -> bool:
        """Whether what is set no longer counts, because of something typed that it does not go with.

        `--select` says all there is to say of which faults are looked for; `--since` compares with git; a baseline that is
        to be written for the first time cannot be compared with.
        """
        if not self.sets(name):
            return False
        if name == "baseline":
            path = str(self.context.params.get(name))
            return self.is_typed("since") or (self.is_typed("write_baseline") and not Path(path).exists())
        return name in _OF_RULES and self.is_typed("select")

    def check_names(self, framework: "Framework") -> None:
        """Leave with 2 if settings in force name what this framework does not have."""
        if self.loaded is None:
            return
        from openreform.checking import unknown_in  # noqa: PLC0415

        keys = [key for key, name in self._options() if self.sets(name) and not self.gives_way(name)]
        problems = unknown_in(self.loaded, self._table, keys, framework)
        if problems:
            _refuse_problems(problems)

    def show(self, framework: "Framework") -> None:
        """Every option that can be set, its value, and where that comes from."""
        self.check_names(framework)
        path = self.loaded.path if self.loaded else ""
        say(f"{words.SAID['show-file'].format(path=shown(path)) if path else words.SAID['show-no-file']}\n\n")
        rows = [(key, self._value(name), self._origin(key, name)) for key, name in self._options()]
        widths = [max(len(row[column]) for row in rows) for column in (0, 1)]
        for key, value, origin in rows:
            say(f"{key:<{widths[0]}}  {value:<{widths[1]}}  {origin}\n")

    # --- Within -------------------------------------------------------------------------------------------

    @property
    def _table(self) -> str:
        return self.context.command.name or ""

    def _options(self) -> list[tuple[str, str]]:
        """The settings of this command, each with the name of its option."""
        from openreform.settings import keys_of  # noqa: PLC0415

        keys = ["framework", *keys_of(self._table)]
        known = {parameter.name for parameter in self.context.command.params}
        return [(key, next((name for name in _OPTIONS.get(key, (key,)) if name in known), key)) for key in keys]

    def _value(self, name: str) -> str:
        value = [] if self.gives_way(name) else self.context.params.get(name)
        if isinstance(value, bool):
            return str(value).lower()
        listed = value if isinstance(value, list | tuple) else [] if value is None else [value]
        text = ", ".join(f"{part:g}" if isinstance(part, float) else str(part) for part in listed)
        return shown(text) or words.SAID["show-nothing"]

    def _origin(self, key: str, name: str) -> str:
        if self.loaded is not None and self.sets(name) and not self.gives_way(name):
            line = self.loaded.at(("framework",) if key == "framework" else (self._table, key))[0]
            return words.SAID["show-line"].format(path=shown(self.loaded.path), line=line)
        return words.SAID["show-typed" if self.is_typed(name) else "show-default"]


def _refuse_problems(problems: "list[Problem]") -> NoReturn:
    refuse_broken("bad-settings", problems[0].path, problems)
