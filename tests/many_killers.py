"""What tests let workers make of an assessment; a module of its own, since workers load it by name."""

import os
import signal
from dataclasses import dataclass
from pathlib import Path

from openreform.assessment import Assessment


@dataclass(frozen=True)
class Deadly:
    """Kills the process that makes this reform; only once, if it is told where to note that."""

    reform: str
    noted: str = ""

    def __call__(self, assessment: Assessment) -> str:
        if assessment.reform_id == self.reform and not (self.noted and Path(self.noted).exists()):
            if self.noted:
                Path(self.noted).touch()
            os.kill(os.getpid(), signal.SIGKILL)
        return assessment.reform_id


def broken(_: Assessment) -> float:
    return 1 / 0
