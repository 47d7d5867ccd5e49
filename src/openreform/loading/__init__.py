"""From files to checked models, or to problems with a line, a column and a fix."""
