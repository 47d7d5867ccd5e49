"""Where settings can stand, without reading any: most folders have none, and then nothing that reads them is loaded."""

from collections.abc import Iterator
from pathlib import Path

OWN_NAME, PYPROJECT = "openreform.toml", "pyproject.toml"


def settings_files(start: Path) -> Iterator[tuple[Path | None, Path | None]]:
    """Folder by folder upward, the file of our own and the pyproject.toml that stand there; folders with neither are left out.

    The last folder looked in is the root of the git repository; where there is none, that of the file system.
    """
    for folder in (start, *start.parents):
        own, project = folder / OWN_NAME, folder / PYPROJECT
        found = own if own.is_file() else None, project if project.is_file() else None
        if any(found):
            yield found
        if (folder / ".git").exists():
            return
