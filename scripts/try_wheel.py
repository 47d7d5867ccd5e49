"""Build the wheel, install it alone in a new environment outside the checkout, and assess an example with it."""

import shutil
import subprocess
import sys
import tempfile
import venv
from pathlib import Path

ROOT = Path(__file__).parent.parent
EXAMPLE = ROOT / "examples" / "id-lapor.yaml"


def main() -> None:
    """Print the first lines of the report the installed wheel makes."""
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


if __name__ == "__main__":
    main()
