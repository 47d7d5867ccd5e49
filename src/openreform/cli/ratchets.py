"""What `check` is held against: a baseline in a file, or a git revision; and a baseline written."""

import os
from typing import TYPE_CHECKING

from openreform.cli.console import STDOUT, check_writable, deliver, refuse, refuse_broken, remark, shown

if TYPE_CHECKING:
    from openreform.checking import Asked, Outcome
    from openreform.earlier import Earlier
    from openreform.loading.frameworks import LoadedFramework
    from openreform.ratchet import Against
    from openreform.reform import PartialDate


class Ratchet:
    """The options of `check` that have to do with what was there before."""

    def __init__(self, baseline: str | None, write: str | None, since: str | None, places: list[str]) -> None:
        """Refuse what does not go together; `places` are where else something is written."""
        self.baseline, self.write, self.since = baseline, write, since
        self.against: Against | None = None
        self.earlier: Earlier | None = None
        self.remarks: list[str] = []
        if since is not None and baseline is not None:
            refuse("baseline-or-since")
        if since is not None and write is not None:
            refuse("baseline-of-some")
        if write is not None:
            if write in {"", STDOUT}:
                refuse("baseline-to-file")
            if any(os.path.realpath(write) == os.path.realpath(place) for place in places if place != STDOUT):
                refuse("check-one-place", place=shown(write))
            check_writable(write)

    def run(
        self,
        paths: list[str],
        framework: "LoadedFramework",
        asked: "Asked",
        as_of: "PartialDate | None",
        today: str,
    ) -> "Outcome":
        """Check, against what is named; write the baseline if all is well. Leaves with 2 where what is named cannot be used."""
        from openreform.checking import check  # noqa: PLC0415
        from openreform.loading.git import GitError  # noqa: PLC0415

        try:
            if self.since is not None:
                self.earlier = self._earlier(paths, self.since, framework, as_of, today)
            elif self.baseline is not None:
                self.against = self._against(self.baseline, framework)
            outcome = check(paths, framework, asked, as_of, today, self.earlier or self.against)
        except GitError as error:
            refuse(error.key, **{key: shown(str(value)) for key, value in error.details.items()})
        if self.write is not None:
            self._write(outcome, self.write, framework)
            if self.against is None:  # what is there now is what there is to live with
                outcome.live_with_all()
        return outcome

    def _against(self, path: str, framework: "LoadedFramework") -> "Against":
        from openreform.loading.baselines import load_baseline  # noqa: PLC0415
        from openreform.ratchet import Against  # noqa: PLC0415

        if not os.path.lexists(path):
            refuse("no-baseline", path=shown(path))
        loaded = load_baseline(path, framework.framework)
        if isinstance(loaded, list):
            refuse_broken("bad-baseline", path, loaded)
        return Against(loaded)

    def _earlier(
        self, paths: list[str], ref: str, framework: "LoadedFramework", as_of: "PartialDate | None", today: str
    ) -> "Earlier":
        from openreform.earlier import Earlier  # noqa: PLC0415

        if STDOUT in paths:
            refuse("since-stdin")
        return Earlier(paths, ref, framework, as_of, today)

    def _write(self, outcome: "Outcome", path: str, framework: "LoadedFramework") -> None:
        """The baseline whole, or not at all: not where something cannot be read or, against another, got worse."""
        from openreform.rendering import ratchets  # noqa: PLC0415
        from openreform.rendering.baselines import baseline  # noqa: PLC0415

        if outcome.run.problems:
            self.remarks.append(ratchets.not_written(path, broken=True))
        elif self.against is not None and outcome.fell_short:
            self.remarks.append(ratchets.not_written(path, broken=False))
        else:
            states = {each.assessment.reform_id: each.state for each in outcome.documents}
            deliver([baseline(states, framework.framework)], path)
            self.remarks.append(ratchets.written(path, states))

    def tell(self, outcome: "Outcome") -> None:
        """What was compared and what got better, on standard error."""
        from openreform.rendering import ratchets  # noqa: PLC0415

        if self.earlier is not None and self.since is not None:
            told = ratchets.of_earlier(
                self.since,
                len(self.earlier.only),
                self.earlier.count,
                self.earlier.deleted(),
                [each.assessment.path for each in outcome.documents if each.assessment.path in self.earlier.unread],
            )
            self.remarks = [*told, *self.remarks]
        for line in [*ratchets.better(outcome.documents, self.baseline, self.write), *self.remarks]:
            remark(line)
