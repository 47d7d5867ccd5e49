"""Drafts as they were at a git revision, assessed the same way as those of today."""

import os
from pathlib import Path
from typing import Any

from openreform.assessment import Assessment
from openreform.kinds import kind_called
from openreform.loading.files import SUFFIXES, Found, decode, find, read_raw
from openreform.loading.frameworks import LoadedFramework, load_version
from openreform.loading.git import GitError, Repository, id_of, repository_of
from openreform.loading.reforms import Document, Skipped, parse_document
from openreform.loading.yaml_events import MAX_BYTES
from openreform.messages.ratchets import RATCHET
from openreform.problems import Problem
from openreform.ratchet import State, state_of
from openreform.reform import PartialDate
from openreform.running import assess_under

Old = Document[Any] | Skipped | list[Problem]


class Earlier:
    """The drafts some paths stand for, held against the same drafts at a revision.

    A draft is the same one as before if it stands at the same path, or bears the same id as one that went from its path:
    so renaming and moving are no loss. What git does not know yet is new.
    """

    def __init__(
        self, paths: list[str], ref: str, framework: LoadedFramework, as_of: PartialDate | None, today: str | None
    ) -> None:
        """Ask git what changed.

        Args:
            paths: files and folders, as for `running.run`.
            ref: the revision.
            framework: the yardstick.
            as_of: the day tests that depend on time are read at.
            today: the day an exception runs out at where neither the call nor the document names a day.

        Raises:
            GitError: git cannot tell.
        """
        self._framework, self._as_of, self._today = framework, as_of, today
        self._repository = _repository(paths)
        self._then = self._repository.files(self._repository.commit(ref))
        self._contents: dict[str, bytes | None] = {}
        self._changed: dict[str, str | None] = {}
        self._claimed: set[str] = set()
        self._scope = [self._from_top(Path(path)) for path in paths]
        self.unread: list[str] = []
        """Drafts that could not be assessed as they were, and so count as new."""
        self.count = 0
        """How many files the paths stand for."""
        for found in find(paths):
            if isinstance(found, Found) and found.location is not None:
                self.count += 1
                path = self._from_top(found.location)
                if path is None or not self._is_same(found, path):
                    self._changed[found.shown] = path
        self._old_ids = self._ids_then()

    @property
    def fix(self) -> str:
        """What to do about something that got worse."""
        return RATCHET["fix-since"]

    @property
    def only(self) -> frozenset[str]:
        """The files that changed, as they are shown."""
        return frozenset(self._changed)

    def state(self, assessment: Assessment) -> State | None:
        """What the draft was like; None if it is new."""
        old = self._before(assessment)
        if old is None or isinstance(old, Skipped):
            return None
        used = self._version(assessment.framework_version)
        was = assess_under(old, used, self._as_of) if used and isinstance(old, Document) else None
        if was is None:
            self.unread.append(assessment.path)
            return None
        return state_of(was, was.advises.faults(self._today))

    def deleted(self) -> list[str]:
        """The drafts of the paths named that are there no more, under no other name either; once all is checked."""
        went = set(self._old_ids.values()) - self._claimed
        return sorted(path for path in went if not self._is_there(path) and self._is_in_scope(path))

    # --- Which draft was which --------------------------------------------------------------------------------

    def _before(self, assessment: Assessment) -> Old | None:
        path = self._changed.get(assessment.path)
        here = self._parsed(path) if path in self._then else None
        here_id = here.reform.id if isinstance(here, Document) else None
        if here_id == assessment.reform_id:
            return here
        elsewhere = self._old_ids.get(assessment.reform_id)
        if elsewhere is not None:
            self._claimed.add(elsewhere)
            return self._parsed(elsewhere)
        # It has a new id, unless what stood here has moved on and this is another draft
        return None if here_id in self._ids_now() else here

    def _ids_then(self) -> dict[str, str]:
        """The ids of the drafts that went or changed, with the path of each."""
        names = {path for path in self._changed.values() if path in self._then}
        names |= {path for path in self._then if Path(path).suffix.lower() in SUFFIXES and not self._is_there(path)}
        wanted = sorted(path for path in names if path not in self._contents)
        contents = self._repository.contents([self._then[path] for path in wanted], MAX_BYTES)
        self._contents |= {
            path: content if content and b"openreform" in content else None
            for path, content in zip(wanted, contents, strict=True)
        }
        parsed = ((path, self._parsed(path)) for path in sorted(names))
        return {old.reform.id: path for path, old in parsed if isinstance(old, Document)}

    def _ids_now(self) -> set[str]:
        found = (find([shown]) for shown in self._changed)
        texts = ((read_raw(each), each.shown) for some in found for each in some if isinstance(each, Found))
        parsed = (self._parse(raw, shown) for raw, shown in texts if isinstance(raw, bytes))
        return {document.reform.id for document in parsed if isinstance(document, Document)}

    def _parsed(self, path: str | None) -> Old | None:
        content = self._content(path) if path is not None else None
        return self._parse(content, path) if content is not None and path is not None else None

    def _parse(self, content: bytes, path: str) -> Old:
        text = decode(content, path)
        if isinstance(text, Problem):
            return [text]
        kind = kind_called(self._framework.framework.applies_to)
        return parse_document(text, path, kind, named=False, raw=content)

    def _version(self, version: str) -> LoadedFramework | None:
        """The framework in the version today's draft is assessed with: only under one version can scores be compared."""
        used = self._framework.framework
        return self._framework if used.version == version else load_version(used.id, version)

    # --- Files ------------------------------------------------------------------------------------------------

    def _is_same(self, found: Found, path: str) -> bool:
        """Whether a file holds what it held, line ends aside, which git may change on the way."""
        raw = read_raw(found)
        if path not in self._then or isinstance(raw, Problem) or len(raw) > MAX_BYTES:
            return False
        if id_of(raw, self._then[path]) == self._then[path]:
            return True
        content = self._content(path)
        return content is not None and content.replace(b"\r\n", b"\n") == raw.replace(b"\r\n", b"\n")

    def _content(self, path: str) -> bytes | None:
        """What a file held; None if it was too large for a draft."""
        if path not in self._contents:
            (self._contents[path],) = self._repository.contents([self._then[path]], MAX_BYTES)
        return self._contents[path]

    def _from_top(self, location: Path) -> str | None:
        """The path from the top of the repository; None if it is not in it."""
        real = Path(os.path.realpath(location))
        return real.relative_to(self._repository.top).as_posix() if real.is_relative_to(self._repository.top) else None

    def _is_there(self, path: str) -> bool:
        return os.path.lexists(self._repository.top / path)

    def _is_in_scope(self, path: str) -> bool:
        """Whether a path lies in a folder that is checked, and is not hidden in it."""
        for scope in self._scope:
            inner = path if scope == "." else path.removeprefix(f"{scope}/") if scope else path
            if (scope == "." or inner != path) and not any(part.startswith(".") for part in inner.split("/")):
                return True
        return False


def _repository(paths: list[str]) -> Repository:
    """The one repository all paths are in."""
    found: dict[Repository, str] = {}
    for path in paths:
        repository = repository_of(Path(path))
        if repository is None:
            raise GitError("git-none", path=path)
        found.setdefault(repository, path)
        if len(found) > 1:
            raise GitError("git-two", path=path, other=paths[0])
    return next(iter(found))
