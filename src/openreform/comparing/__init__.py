"""Two states of a reform held against each other: from files, earlier results and git revisions to what moved."""
