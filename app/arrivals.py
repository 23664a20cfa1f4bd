"""Cases of other desks that are laid into the inbox: read beside the window, kept in its thread."""

from __future__ import annotations

from collections.abc import Callable
from functools import cached_property
from typing import TYPE_CHECKING

from scripts_ja.texts import t

if TYPE_CHECKING:
    from pathlib import Path

    from app.answers import Answering
    from app.background import Background
    from app.inbox import Found, Inbox
    from app.notice_board import NoticeBoard
    from app.session import Session
    from handoff.acknowledgement import Acknowledgement
    from storage.journal import Journal
    from ui.port.change import Change


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
        answering: Callable[[], Answering],
    ) -> None:
        self._session = session
        self._journal = journal
        self._places = places
        self._background = background
        self._notices = notices
        self._on_taken = on_taken
        self._answering = answering
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
        if "_inbox" in vars(self):  # made
            self._inbox.forget_refused()
        self.look()

    @cached_property
    def _inbox(self) -> Inbox:
        from app.inbox import Inbox

        database, folder = self._places
        return Inbox(folder, database, self._journal, self._answering())

    def _next(self) -> Found | None:
        """Beside the window: the next file that can be judged."""
        folder = self._places[1]
        is_empty = not folder.is_dir() or not any(folder.iterdir())
        return None if is_empty else self._inbox.next()

    def _on_change(self, _: Change) -> None:
        """The session is open: what came while no sidebar ran is taken over first."""
        if not self._has_begun and self._session.is_open:
            self._has_begun = True
            self.look()

    def _on_found(self, found: Found | None) -> None:
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
            from app.bundle_import import taken_over

            events, lines = taken_over(what, self._session.identity)
            self._journal.append(events, lines)
            self._session.take_in(what.case_id, events)
        said = "done" if what.new else "known"
        self._notices.say("arrival", t(f"import.{said}", case_no=what.case_no))
        self._background.run(
            lambda: self._inbox.put_away(path, what), lambda _: self._on_put_away()
        )

    def _hear(self, path: Path, case_id: str, said: Acknowledgement) -> None:
        """Another desk has taken a case of this one over."""
        from app.answers import noted

        self._answering().do_in(case_id, noted(said))
        by = said.name or said.department or said.company or t("import.someone")
        self._notices.say("arrival", t("import.answered", case_no=said.case_no, by=by))
        self._background.run(
            lambda: self._inbox.put_away(path, None), lambda _: self._on_put_away()
        )

    def _on_put_away(self) -> None:
        self._on_taken()
        self.look()
