"""Where the process begins, for `openreform` and for `python -m openreform`."""

import atexit
import gc
import os


def main() -> None:
    """Set the process up for a short life, then hand over to the commands."""
    # Hardly anything made at start is garbage, and at the end all memory is given back at once: looking for what nobody
    # needs any more, as Python does after every 700 new objects and three times at the end, would take a tenth of a run.
    gc.set_threshold(100_000)
    atexit.register(gc.freeze)
    # Plugins of pydantic that happen to be installed beside openreform have no say in what is valid.
    os.environ.setdefault("PYDANTIC_DISABLE_PLUGINS", "__all__")
    from openreform.cli.main import main as run  # noqa: PLC0415

    run()


if __name__ == "__main__":
    main()
