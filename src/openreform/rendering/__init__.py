"""From results to text and JSON; nothing is scored here."""
