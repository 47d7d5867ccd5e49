"""Data: found by importlib.resources from a wheel and an editable install alike."""
