"""Writing a paper to its file, beside the window; a case is sealed where the department wants it."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from msgspec import structs

from app.background import Background
from app.notice_board import NoticeBoard
from app.own_settings import OwnSettings
from app.paper_wishes import masks_of, stamp_of
from app.papers_folder import PapersFolder
from app.seals import Close, SealError, Seals
from app.session import Session
from app.writing import write_file
from call.commands import RecordHandoff
from call.events import Envelope
from handoff.document import Document
from handoff.file_name import paper_file_name
from handoff.layout import HANDOFF
from handoff.masks import masked
from handoff.sealing import SEALED
from handoff.validation import required
from scripts_ja.texts import t
from ui.port.paper_shelf import LeaveOut, Written

Then = Callable[[Written], None]

# The forms of a note that leaves without a file of its own.
COPIED, PRINTED = "copy", "print"


class PaperSaving:
    """Records first that a note leaves, for a bundle holds that too; ``then`` hears what came."""

    def __init__(
        self,
        session: Session,
        settings: OwnSettings,
        folder: PapersFolder,
        background: Background,
        notices: NoticeBoard,
        seals: Callable[[], Seals],
    ) -> None:
        self._session = session
        self._settings = settings
        self.folder = folder
        self._background = background
        self._notices = notices
        self._seals = seals

    def history(self, wanted: LeaveOut) -> tuple[Envelope, ...]:
        """The events of the case in hand, without what is to be left out."""
        desk = self._session.desk
        return masked(desk.history, masks_of(wanted)) if desk else ()

    def save(self, document: Document, form: str, wanted: LeaveOut, then: Then) -> None:
        """Write it; where that fails, nothing has left."""
        from app.paper_forms import BUNDLE

        seals = self._seals()
        if form != BUNDLE or not seals.rules.is_required:
            self._save(document, form, wanted, then, None)
            return
        # The system may ask the user for the key: until it is there, nothing is said to have left.
        case_id = self._case_id()
        self._background.run(
            lambda: _closing(seals),
            lambda found: self._on_key(found, case_id, (document, form, wanted, then)),
        )

    def leave(self, document: Document, form: str) -> None:
        """The note has left as it is: :data:`COPIED` or :data:`PRINTED`."""
        self._record(document, form, "")

    def say_written(self, path: Path, then: Then) -> None:
        """It is there."""
        self._notices.say("handoff_file", "")
        then(Written(str(path)))

    def say_failed(self, path: Path, then: Then) -> None:
        """It could not be written."""
        self._say_kept(t("paper.unwritable", path=path), then)

    def _say_kept(self, trouble: str, then: Then) -> None:
        """Said in the sidebar, where it stands, and to who asked."""
        self._notices.say("handoff_file", trouble, "danger")
        then(Written(trouble=trouble))

    def _on_key(
        self, found: Close | str, case_id: str, asked: tuple[Document, str, LeaveOut, Then]
    ) -> None:
        document, form, wanted, then = asked
        if isinstance(found, str):
            self._say_kept(found, then)
            return
        if self._case_id() != case_id:
            then(Written())
            return
        self._save(document, form, wanted, then, found)

    def _save(
        self, document: Document, form: str, wanted: LeaveOut, then: Then, close: Close | None
    ) -> None:
        from app.paper_forms import Origin, extension_of, file_content

        at = self._session.situation()
        if at is None:
            then(Written())
            return
        made = stamp_of(self._settings.current, at)
        extension = extension_of(form)
        if close is not None:
            extension = SEALED[extension]
        path = self.folder.path / paper_file_name(document, made.made_at, extension)
        stamp = structs.replace(made, unconfirmed=self._record(document, form, path.name))
        origin = Origin(at.case, self.history(wanted), stamp, masks_of(wanted))

        def write() -> Path:
            content = file_content(form, document, origin)
            return write_file(path, close(content) if close else content)

        self.folder.write(
            write,
            lambda written: self.say_written(written, then),
            lambda _: self.say_failed(path, then),
            at.case.case_no,
        )

    def _record(self, document: Document, form: str, name: str) -> tuple[str, ...]:
        """Keep that the note leaves; the ids of the required gaps that it leaves with."""
        passed = tuple(each.id for each in required(document))
        if document.name == HANDOFF:
            self._session.do(RecordHandoff(form, name, document.missing, passed))
        return passed

    def _case_id(self) -> str:
        desk = self._session.desk
        return desk.case.id if desk else ""


def _closing(seals: Seals) -> Close | str:
    """What seals, or the sentence that says why nothing leaves; asks the system's key store."""
    try:
        return seals.closing()
    except SealError as error:
        return t(f"seal.unsealed.{error.kind}", folder=seals.rules.folder)
