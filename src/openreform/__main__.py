"""Lets `python -m openreform` do what `openreform` does."""

from openreform.cli.main import main

main()
