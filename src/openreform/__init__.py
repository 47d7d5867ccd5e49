"""Scores how open a public service reform is; the rooms and their floors are in pyproject.toml, [tool.importlinter]."""

__version__ = "0.1.0"
