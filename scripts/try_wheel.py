"""Build the wheel, install it alone in a new environment outside the checkout, assess an example and import a table with it."""

import shutil
import subprocess
import sys
import tempfile
import venv
from pathlib import Path

ROOT = Path(__file__).parent.parent
EXAMPLE = ROOT / "examples" / "id-lapor.yaml"
TABLE = ROOT / "tests" / "import" / "tables" / "one.csv"


def main() -> None:
    """Print the first lines of what the installed wheel makes; it must ask for the library it lacks."""
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        build = [sys.executable, "-m", "build", "--wheel", "--no-isolation", "--outdir", name, str(ROOT)]
        shutil.rmtree(ROOT / "build", ignore_errors=True)  # what an earlier build left must not come along
        subprocess.run(build, check=True, stdout=subprocess.DEVNULL)
        (wheel,) = folder.glob("*.whl")
        venv.create(folder / "alone", with_pip=True)
        tool = folder / "alone" / "bin"
        subprocess.run([tool / "pip", "install", "--quiet", str(wheel)], check=True, cwd=name)
        (folder / EXAMPLE.name).write_bytes(EXAMPLE.read_bytes())
        command = [str(tool / "openreform"), "assess", EXAMPLE.name]
        report = subprocess.run(command, check=True, cwd=name, capture_output=True, encoding="utf-8").stdout
        print(wheel.name)
        print("\n".join(report.splitlines()[:10]))
        (folder / TABLE.name).write_bytes(TABLE.read_bytes())
        command = [str(tool / "openreform"), "import", TABLE.name, "--quiet", "-o", "-"]
        made = subprocess.run(command, check=True, cwd=name, capture_output=True, encoding="utf-8").stdout
        print("\n".join(made.splitlines()[4:12]))
        (folder / "plan.xlsx").write_bytes(b"")
        command = [str(tool / "openreform"), "import", "plan.xlsx", "-o", "drafts"]
        refused = subprocess.run(command, check=False, cwd=name, capture_output=True, encoding="utf-8")
        if refused.returncode != 2 or "openreform[xlsx]" not in refused.stderr:
            raise SystemExit(f"a missing library is not named: {refused}")


if __name__ == "__main__":
    main()
