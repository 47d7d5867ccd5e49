"""From a target to the steps that reach it, and from steps to lines in a document."""
