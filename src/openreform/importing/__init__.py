"""From what people already have to reform documents: tables, records and templates, read without guessing a fact."""
