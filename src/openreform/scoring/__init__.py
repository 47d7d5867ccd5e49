"""From a reform and a framework to an assessment: no files, no printing, no clock."""
