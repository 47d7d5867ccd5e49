"""The one step of building that pyproject.toml cannot say: what is prepared beside frameworks and cases.

Each framework as it was read (loading/prepared.py), and the level each case of the library holds under it (library.py).
"""

import sys
from pathlib import Path

from setuptools import setup
from setuptools.command.build_py import build_py


class BuildWithPrepared(build_py):
    """Copies the package, then writes beside the YAML what was read from it and worked out."""

    def run(self) -> None:
        """Build; an editable install has no copy to write beside, and reads the YAML."""
        super().run()
        if self.editable_mode:
            return
        # What was just copied, not the source: there the frameworks lie in their package, and one may name another's criteria.
        sys.path.insert(0, str(Path(self.build_lib).resolve()))
        from openreform.library import Library  # noqa: PLC0415
        from openreform.loading import prepared  # noqa: PLC0415
        from openreform.loading.frameworks import LoadedFramework, load_framework_file  # noqa: PLC0415

        package = Path(self.build_lib, "openreform")
        folder = package / "frameworks"
        for path in sorted([*folder.glob("*.yaml"), *folder.glob("older/*.yaml")]):
            loaded = load_framework_file(str(path))
            if not isinstance(loaded, LoadedFramework):
                raise SystemExit("\n".join(f"{found.path}:{found.line}: {found.message}" for found in loaded))
            made = prepared.prepared(loaded.framework, loaded.digest)
            path.with_suffix(prepared.SUFFIX).write_text(made, encoding="utf-8", newline="\n")
            library = Library(loaded, package / "examples")
            if library.cases and path.parent == folder:  # of earlier versions, seldom asked, on the spot
                made = library.prepared()
                beside = (package / "examples" / path.name).with_suffix(prepared.SUFFIX)
                beside.write_text(made, encoding="utf-8", newline="\n")


setup(cmdclass={"build_py": BuildWithPrepared})
