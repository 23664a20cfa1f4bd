"""What lies in the inbox, read and judged beside the window; imported where something does."""

from __future__ import annotations

import contextlib
import itertools
import logging
from pathlib import Path

from app.answers import Answering, read_answer
from app.bundle_import import Arrival, arrival_of, content_of
from handoff.acknowledgement import EXTENSION as ANSWER
from handoff.acknowledgement import Acknowledgement
from handoff.bundle import EXTENSION, BundleError
from handoff.sealing import SEALED
from storage.journal import Journal
from storage.troubles import StorageError

_FLUSH_SECONDS = 5.0

_log = logging.getLogger(__name__)

# What was found in a file: a case, an answer to one, or the key of the sentence that says why there
# is none.
Answer = tuple[str, Acknowledgement]
Found = tuple[Path, Arrival | Answer | str]

_BUNDLES = (EXTENSION, SEALED[EXTENSION])
_ANSWERS = (ANSWER, SEALED[ANSWER])


class Inbox:
    """Goes through the files; one that is refused is passed over until it has changed."""

    def __init__(self, folder: Path, database: Path, journal: Journal, answer: Answering) -> None:
        self._folder = folder
        self._database = database
        self._journal = journal
        self._answer = answer
        self._refused: set[tuple[Path, int, int]] = set()

    def forget_refused(self) -> None:
        """What was refused is judged again."""
        self._refused.clear()

    def next(self) -> Found | None:
        """The next file that can be judged; reads the disk."""
        ways = [sorted(self._folder.glob(f"*.{end}")) for end in (*_BUNDLES, *_ANSWERS)]
        for path in itertools.chain.from_iterable(ways):
            stat = path.stat()
            mark = (path, stat.st_size, stat.st_mtime_ns)
            if mark not in self._refused:
                found = self._read(path)
                if isinstance(found, str):
                    self._refused.add(mark)
                return path, found
        return None

    def put_away(self, path: Path, taken: Arrival | None) -> None:
        """Only what is committed may be removed; what stays is taken over with the next start."""
        if self._journal.flush(_FLUSH_SECONDS):
            if taken is not None and taken.new:
                self._answer.write(taken)
            with contextlib.suppress(OSError):
                path.unlink()
        if path.exists():
            stat = path.stat()
            self._refused.add((path, stat.st_size, stat.st_mtime_ns))

    def _read(self, path: Path) -> Arrival | Answer | str:
        self._journal.flush(_FLUSH_SECONDS)
        try:
            content, sender = self._answer.seals().opened(content_of(path))
            if path.name.endswith(_ANSWERS):
                return read_answer(content, self._database) or "import.refused.not_ours"
            return arrival_of(content, self._database, sender)
        except BundleError as error:
            return f"import.refused.{error.kind}"
        except StorageError as error:
            _log.warning("a case that came cannot be compared: %s", error.kind)
            return "import.refused.later"
        except OSError:
            return "import.refused.unreadable"
