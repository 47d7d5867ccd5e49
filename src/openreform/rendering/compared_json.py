"""What moved between two sides as JSON, and the schema of it."""
