"""The inbox as it is read, beside the window: file by file; imported where something lies in it."""

from __future__ import annotations

import contextlib
import itertools
import logging
from pathlib import Path

from msgspec import Struct

from app.answers import Answering, Reply, read_answer
from app.bundle_import import Arrival, arrival_of, content_of
from app.seal_rules import UNKNOWN
from app.seals import SealError
from handoff.acknowledgement import EXTENSION as ANSWER
from handoff.acknowledgement import Acknowledgement
from handoff.bundle import EXTENSION, BundleError
from handoff.sealing import SEALED, is_sealed
from storage.journal import Journal
from storage.troubles import StorageError

_FLUSH_SECONDS = 5.0

_log = logging.getLogger(__name__)


class Came(Struct, frozen=True):
    """A case, and the answer to it where something in it is new."""

    arrival: Arrival
    reply: Reply | None


class Heard(Struct, frozen=True):
    """An answer, and the case of this desk that it is about."""

    case_id: str
    said: Acknowledgement


# What was found in a file, or why there is nothing in it.
Found = tuple[Path, Came | Heard | BundleError]

# A file as it was seen; with another size or time it is another.
_Mark = tuple[Path, int, int]

_BUNDLES = (EXTENSION, SEALED[EXTENSION])
_ANSWERS = (ANSWER, SEALED[ANSWER])
_SHUT, _LATER = "key_shut", "later"
# Nothing is wrong with the file: it is opened as soon as key store, rules and records can be.
PASSING = (_SHUT, _LATER, *UNKNOWN)


class Inbox:
    """Belongs to the thread beside the window, but for what is said otherwise."""

    def __init__(
        self, folder: Path, database: Path, journal: Journal, answering: Answering
    ) -> None:
        self._folder = folder
        self._database = database
        self._journal = journal
        self._answering = answering
        self._refused: set[_Mark] = set()
        self._told: dict[_Mark, str] = {}
        self._put_off: set[_Mark] = set()
        self._is_shut = False

    def begin(self) -> None:
        """Before a new look, in the window's thread: what had to wait is tried again."""
        self._put_off.clear()
        self._is_shut = False

    def forgive(self) -> None:
        """By other rules, what was refused may be welcome; in the window's thread."""
        self._refused = set()

    @property
    def is_waiting(self) -> bool:
        """Whether something that is here had to wait in this look."""
        return bool(self._put_off)

    def next(self) -> Found | None:
        """The next file that there is something to say of; reads the disk."""
        refused = self._refused  # forgiven while a file is read, that one is read once more
        ways = [sorted(self._folder.glob(f"*.{end}")) for end in (*_BUNDLES, *_ANSWERS)]
        for path in itertools.chain.from_iterable(ways):
            mark = _mark_of(path)
            if mark is None or mark in refused or mark in self._put_off:
                continue
            found = self._read(path)
            if not isinstance(found, BundleError) or self._is_news(mark, found.kind, refused):
                return path, found
        return None

    def put_away(self, path: Path, reply: Reply | None) -> None:
        """Only what is committed may be removed; what stays is taken over with the next start."""
        if self._journal.flush(_FLUSH_SECONDS):
            if reply is not None:
                self._answering.lay(reply)
            with contextlib.suppress(OSError):
                path.unlink()
        if (mark := _mark_of(path)) is not None:
            self._refused.add(mark)

    def _is_news(self, mark: _Mark, kind: str, refused: set[_Mark]) -> bool:
        """Put it aside: for good, or for this look. What has to wait is said once."""
        if kind not in PASSING:
            refused.add(mark)
            return True
        self._put_off.add(mark)
        self._is_shut = self._is_shut or kind == _SHUT
        was_told = self._told.get(mark) == kind
        self._told[mark] = kind
        return not was_told

    def _read(self, path: Path) -> Came | Heard | BundleError:
        self._journal.flush(_FLUSH_SECONDS)
        try:
            return self._opened(path)
        except BundleError as error:
            return error
        except SealError as error:
            return BundleError(f"key_{error.kind}")
        except StorageError as error:
            _log.warning("a case that came cannot be compared: %s", error.kind)
            return BundleError(_LATER)
        except OSError:
            return BundleError("unreadable")

    def _opened(self, path: Path) -> Came | Heard:
        raw, seals = content_of(path), self._answering.seals()
        if self._is_shut and is_sealed(raw):  # the system would ask its user once more
            raise BundleError(_SHUT)
        content, sender = seals.opened(raw)
        if path.name.endswith(_ANSWERS):
            answer = read_answer(content, self._database)
            if answer is None:
                raise BundleError("not_ours")
            return Heard(*answer)
        arrival = arrival_of(content, self._database, sender)
        return Came(arrival, self._answering.answer(arrival, seals) if arrival.new else None)


def _mark_of(path: Path) -> _Mark | None:
    """None where there is none, any more or at the end of a link."""
    try:
        stat = path.stat()
    except FileNotFoundError:
        return None
    return path, stat.st_size, stat.st_mtime_ns
