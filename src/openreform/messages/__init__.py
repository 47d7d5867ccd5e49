"""The message catalogue: every sentence a person reads that is not framework data, by subject."""
