"""Cases of other desks that are laid into the inbox: read beside the window, kept in its thread."""

from __future__ import annotations

import contextlib
import itertools
import logging
from collections.abc import Callable
from pathlib import Path

from app.answers import Answering, noted, read_answer
from app.background import Background
from app.bundle_import import Arrival, arrival_of, content_of, taken_over
from app.notice_board import NoticeBoard
from app.session import Session
from handoff.acknowledgement import EXTENSION as ANSWER
from handoff.acknowledgement import Acknowledgement
from handoff.bundle import EXTENSION, BundleError
from handoff.sealing import SEALED
from scripts_ja.texts import t
from storage.journal import Journal
from storage.troubles import StorageError
from ui.port.change import Change

_FLUSH_SECONDS = 5.0

_log = logging.getLogger(__name__)

# What was found in a file: a case, an answer to one, or the key of the sentence that says why there
# is none.
_Answer = tuple[str, Acknowledgement]
_Found = tuple[Path, Arrival | _Answer | str]

_BUNDLES = (EXTENSION, SEALED[EXTENSION])
_ANSWERS = (ANSWER, SEALED[ANSWER])


class Arrivals:
    """Takes over one file after the other.

    A file is removed when all of it is on the disk; one that is refused stays where it is, and is
    looked at again when it has changed or with the next start.
    """

    def __init__(
        self,
        session: Session,
        journal: Journal,
        places: tuple[Path, Path],
        background: Background,
        notices: NoticeBoard,
        on_taken: Callable[[], None],
        answer: Answering,
    ) -> None:
        self._session = session
        self._journal = journal
        self._database, self._inbox = places
        self._background = background
        self._notices = notices
        self._on_taken = on_taken
        self._answer = answer
        self._refused: set[tuple[Path, int, int]] = set()
        self._is_looking = False
        self._is_asked_again = False
        self._has_begun = False
        session.listen(self._on_change)

    def look(self) -> None:
        """Look into the inbox; again when what is being looked at is done."""
        self._is_asked_again = self._is_looking
        if self._session.is_open and not self._is_looking:
            self._is_looking = True
            self._background.run(self._next, self._on_found, lambda _: self._on_found(None))

    def look_again(self) -> None:
        """Other desks are trusted now: what was refused may be welcome."""
        self._refused.clear()
        self.look()

    def _on_change(self, _: Change) -> None:
        """The session is open: what came while no sidebar ran is taken over first."""
        if not self._has_begun and self._session.is_open:
            self._has_begun = True
            self.look()

    def _on_found(self, found: _Found | None) -> None:
        self._is_looking = False
        if found is None:
            if self._is_asked_again:  # something came after the folder was read
                self.look()
            return
        path, what = found
        if isinstance(what, str):
            self._notices.say("arrival", t(what, path=path), "warn")
            self.look()
            return
        if isinstance(what, tuple):
            self._hear(path, *what)
            return
        if what.new:
            events, lines = taken_over(what, self._session.identity)
            self._journal.append(events, lines)
            self._session.take_in(what.case_id, events)
        said = "done" if what.new else "known"
        self._notices.say("arrival", t(f"import.{said}", case_no=what.case_no))
        self._background.run(lambda: self._put_away(path, what), lambda _: self._on_put_away())

    def _hear(self, path: Path, case_id: str, said: Acknowledgement) -> None:
        """Another desk has taken a case of this one over."""
        self._answer.do_in(case_id, noted(said))
        by = said.name or said.department or said.company or t("import.someone")
        self._notices.say("arrival", t("import.answered", case_no=said.case_no, by=by))
        self._background.run(lambda: self._put_away(path, None), lambda _: self._on_put_away())

    def _on_put_away(self) -> None:
        self._on_taken()
        self.look()

    # -- beside the window --------------------------------------------------------------------

    def _next(self) -> _Found | None:
        """The next file that can be judged; reads the disk."""
        ways = [sorted(self._inbox.glob(f"*.{end}")) for end in (*_BUNDLES, *_ANSWERS)]
        for path in itertools.chain.from_iterable(ways):
            stat = path.stat()
            mark = (path, stat.st_size, stat.st_mtime_ns)
            if mark not in self._refused:
                found = self._read(path)
                if isinstance(found, str):
                    self._refused.add(mark)
                return path, found
        return None

    def _read(self, path: Path) -> Arrival | _Answer | str:
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

    def _put_away(self, path: Path, taken: Arrival | None) -> None:
        """Only what is committed may be removed; what stays is taken over with the next start."""
        if self._journal.flush(_FLUSH_SECONDS):
            if taken is not None and taken.new:
                self._answer.write(taken)
            with contextlib.suppress(OSError):
                path.unlink()
        if path.exists():
            stat = path.stat()
            self._refused.add((path, stat.st_size, stat.st_mtime_ns))
