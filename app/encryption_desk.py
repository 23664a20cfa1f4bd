"""The encryption as the window asks for it: beside the window, by errands nobody waits for.

The system's key store may ask the user, or hang; the call goes on meanwhile. Converting is done by
the journal's own thread, between two commits, so that what is noted meanwhile waits in memory.
"""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from msgspec import structs

from app.background import Post
from app.encryption_deeds import EncryptionDeeds, Outcome, not_done
from app.encryption_words import failure_words, shortfall
from app.errands import Errands
from app.notice_board import NoticeBoard
from app.own_settings import OwnSettings
from scripts_ja.texts import t
from storage.journal import Journal, Trouble
from storage.key_record import PLAIN, Form, has_record
from storage.recovery_words import right_groups
from storage.troubles import LOCKED_AWAY
from ui.port.encryption import EncryptionState, EncryptionView

_OFFER = "encryption.offer"
_NOTICE = "encryption"


class EncryptionDesk:
    """Holds the view; belongs to the window's thread. ``post`` brings calls into it."""

    def __init__(
        self,
        database: Path,
        journal: Journal,
        errands: Errands,
        post: Post,
        notices: NoticeBoard,
        settings: OwnSettings,
    ) -> None:
        self._deeds = EncryptionDeeds(database, lambda: self._locked)
        self._journal = journal
        self._errands = errands
        self._post = post
        self._notices = notices
        self._settings = settings
        self._listeners: list[Callable[[], None]] = []
        self._is_known = has_record(database.parent)
        self._proposed: tuple[str, ...] = ()
        self._is_converting = False
        self._waiting: tuple[Form, Callable[[str], None]] | None = None
        self._locked = ""  # the kind of trouble that keeps the journal from its file
        self.view = EncryptionView()

    @property
    def is_offered(self) -> bool:
        """Where nothing was ever encrypted, until it is declined; and where nothing opens.

        Once it is known that it cannot be had here, it is not offered any more.
        """
        is_wanted = not self._is_known and self._settings.get(_OFFER) == "on"
        is_new = is_wanted and self.view.state is not EncryptionState.IMPOSSIBLE
        return is_new or self.view.state is EncryptionState.LOCKED

    def listen(self, listener: Callable[[], None]) -> None:
        """Hear that the view is another."""
        self._listeners.append(listener)

    def look(self) -> None:
        """Find out how it stands; what is under way shows itself."""
        if not self.view.is_busy:
            self._do(self._deeds.nothing)

    def on_trouble(self, trouble: Trouble | None) -> None:
        """The journal could not be opened, or it works again."""
        self._locked = trouble.kind if trouble and trouble.kind in LOCKED_AWAY else ""
        if self._locked:
            remark = failure_words(self._locked)
            self._show(EncryptionView(EncryptionState.LOCKED, remark=remark))
        elif self.view.state is EncryptionState.LOCKED:
            self._show(EncryptionView())

    def decline(self) -> None:
        """Not to be pointed out again."""
        self._settings.change({_OFFER: "off"})
        self._tell()

    def propose(self) -> None:
        """A new recovery key, to be written down."""

        def take(words: str) -> None:
            self._proposed = tuple(words.split("-"))

        self._do(self._deeds.propose, take)

    def give_up(self) -> None:
        """The one that was proposed is not wanted."""
        self._do(self._deeds.give_up, lambda _: self._forget_proposed())

    def right_groups(self, typed: str) -> int:
        """How many groups, from the first, are well written so far."""
        return right_groups(typed)

    def prove(self, typed: str) -> None:
        """What was written down; where nothing is encrypted yet, it is from then on."""
        self._do(lambda: self._deeds.prove(typed), self._after_proof)

    def recover(self, typed: str) -> None:
        """Open by the recovery key; the journal finds the key at its next try."""
        self._do(lambda: self._deeds.recover(typed), self._say)

    def remove_recovery(self) -> None:
        """Have no recovery key any more."""
        self._do(self._deeds.remove_recovery, self._say)

    def decrypt(self) -> None:
        """Have nothing encrypted any more."""
        self._want(PLAIN)

    def change_form(self, form: Form, then: Callable[[str], None]) -> str:
        """As a command asks for it; never while somebody is at it in the window."""
        if self.view.is_busy or self._proposed:
            return t("encryption.in_window")
        self._waiting = (form, then)
        self._want(form)
        return ""

    def _want(self, form: Form) -> None:
        self._do(lambda: self._deeds.want(form), lambda _: self.convert())

    def convert(self) -> None:
        """Bring all files into the form that is wanted, between two commits."""
        self._is_converting = True
        self._show(EncryptionView(EncryptionState.CONVERTING, is_busy=True))
        self._journal.reopen(
            lambda done: self._post(lambda: self._on_progress(done)),
            lambda trouble: self._post(lambda: self._on_converted(trouble)),
        )

    def _forget_proposed(self) -> None:
        self._proposed = ()

    def _after_proof(self, said: str) -> None:
        self._forget_proposed()
        if said:
            self._say(said)
        else:
            self.convert()

    def _on_progress(self, done: float) -> None:
        percent = int(done * 100)
        if self.view.state is EncryptionState.CONVERTING and percent != self.view.percent:
            self._show(structs.replace(self.view, percent=percent))

    def _on_converted(self, trouble: Trouble | None) -> None:
        self._is_converting = False
        if trouble is not None:
            remark = failure_words(trouble.kind)
            self._notices.say(_NOTICE, remark, "warn")
            self._do(self._deeds.nothing, remark=remark)
            return
        self._notices.say(_NOTICE, "")
        self._do(self._deeds.converted, self._say)

    # -- aside --------------------------------------------------------------------------------

    def _do(
        self,
        job: Callable[[], str],
        then: Callable[[str], None] = lambda said: None,
        remark: str = "",
    ) -> None:
        """Do it aside, show how things stand then, and pass on what it says."""
        before = self.view
        self._show(structs.replace(before, is_busy=True, remark=""))

        def take(came: Outcome) -> None:
            self._take(came, then)

        self._errands.run(
            lambda: self._deeds.outcome(job, before, remark),
            take,
            failed=lambda: take(not_done(before, failure_words("other"))),
        )

    def _take(self, came: Outcome, then: Callable[[str], None]) -> None:
        if came.said is not None:
            then(came.said)
        if self._is_converting:
            return  # which shows itself
        view = structs.replace(came.view, is_busy=False)
        if self._proposed:
            view = structs.replace(view, state=EncryptionState.PROPOSED, groups=self._proposed)
        self._show(view)

    # -- telling ------------------------------------------------------------------------------

    def _show(self, view: EncryptionView) -> None:
        if view.state in (EncryptionState.ENCRYPTED, EncryptionState.CONVERTING):
            self._is_known = True
        if view != self.view:
            self.view = view
            self._tell()
        if self._waiting is not None and not view.is_busy:
            (form, then), self._waiting = self._waiting, None
            then(shortfall(view, form))

    def _tell(self) -> None:
        for listener in self._listeners:
            listener()

    def _say(self, said: str) -> None:
        self._notices.say("said", said)
