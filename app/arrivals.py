"""Cases of other desks that are laid into the inbox: read beside the window, kept in its thread."""

from __future__ import annotations

from collections.abc import Callable
from functools import cached_property
from typing import TYPE_CHECKING

from scripts_ja.texts import t

if TYPE_CHECKING:
    from pathlib import Path

    from app.answers import Answering, Reply
    from app.background import Background
    from app.bundle_import import Arrival
    from app.inbox import Found, Inbox
    from app.notice_board import NoticeBoard
    from app.session import Session
    from handoff.acknowledgement import Acknowledgement
    from storage.journal import Journal
    from ui.port.change import Change

_NOTICE, _WAITING = "arrival", "arrival_waiting"


class Arrivals:
    """Takes over one file after the other.

    A file is removed when all of it is on the disk; one that is refused stays where it is, and is
    looked at again when it has changed or with the next start. What only has to wait (for a key
    store that is locked) is tried again with each look; ``come_back`` is asked for another one,
    some minutes later.
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
        self.come_back: Callable[[], None] = lambda: None
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
        if not self._is_looking:
            if self._made is not None:
                self._made.begin()
            self._go_on()

    def look_again(self) -> None:
        """Other desks are trusted now: what was refused may be welcome."""
        if self._made is not None:
            self._made.forgive()
        self.look()

    def look_for_waiting(self) -> None:
        """Some minutes have passed; over a live call the system's key store asks nobody anything."""
        if self._session.phase.is_live:
            self.come_back()
        else:
            self.look()

    def _on_change(self, _: Change) -> None:
        """The session is open: what came while no sidebar ran is taken over first."""
        if not self._has_begun and self._session.is_open:
            self._has_begun = True
            self.look()

    def _go_on(self) -> None:
        if self._session.is_open and not self._is_looking:
            self._is_looking = True
            self._background.run(self._next, self._on_found, lambda _: self._on_found(None))

    @cached_property
    def _inbox(self) -> Inbox:
        from app.inbox import Inbox

        database, folder = self._places
        return Inbox(folder, database, self._journal, self._answering())

    @property
    def _made(self) -> Inbox | None:
        """The inbox, where something has ever lain in it."""
        return vars(self).get("_inbox")

    def _next(self) -> Found | None:
        """Beside the window: the next file that there is something to say of."""
        folder = self._places[1]
        is_empty = not folder.is_dir() or not any(folder.iterdir())
        return None if is_empty else self._inbox.next()

    def _on_found(self, found: Found | None) -> None:
        self._is_looking = False
        if found is None:
            self._on_all_seen()
            return
        from app.inbox import Came
        from handoff.bundle import BundleError

        path, what = found
        if isinstance(what, BundleError):
            self._refuse(path, what.kind)
        elif isinstance(what, Came):
            self._take(path, what.arrival, what.reply)
        else:
            self._hear(path, what.case_id, what.said)

    def _on_all_seen(self) -> None:
        if self._is_asked_again:  # something came after the folder was read
            self.look()
        elif self._made is not None and self._made.is_waiting:
            self.come_back()
        else:
            self._notices.say(_WAITING, "")

    def _refuse(self, path: Path, kind: str) -> None:
        from app.inbox import PASSING

        if kind in PASSING:
            self._notices.say(_WAITING, t(f"import.waiting.{kind}", path=path), "warn")
        else:
            self._notices.say(_NOTICE, t(f"import.refused.{kind}", path=path), "warn")
        self._go_on()

    def _take(self, path: Path, taken: Arrival, reply: Reply | None) -> None:
        from app.bundle_import import taken_over

        if taken.new:
            events, lines = taken_over(taken, self._session.identity)
            self._journal.append(events, lines)
            self._session.take_in(taken.case_id, events)
        said = "done" if taken.new else "known"
        self._notices.say(_NOTICE, t(f"import.{said}", case_no=taken.case_no))
        self._put_away(path, reply)

    def _hear(self, path: Path, case_id: str, said: Acknowledgement) -> None:
        """Another desk has taken a case of this one over."""
        from app.answers import noted

        self._answering().do_in(case_id, noted(said))
        by = said.name or said.department or said.company or t("import.someone")
        self._notices.say(_NOTICE, t("import.answered", case_no=said.case_no, by=by))
        # Behind the reading of that case, where it was not at hand: so its event goes before the file.
        self._background.run(lambda: None, lambda _: self._put_away(path, None))

    def _put_away(self, path: Path, reply: Reply | None) -> None:
        self._background.run(
            lambda: self._inbox.put_away(path, reply), lambda _: self._on_put_away()
        )

    def _on_put_away(self) -> None:
        self._on_taken()
        self._go_on()
