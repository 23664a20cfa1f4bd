"""The papers of the case in hand: the consultation card, and the handoff note with its file."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

from msgspec import structs

from call.commands import RecordHandoff
from scripts_ja.texts import t

if TYPE_CHECKING:
    from app.notice_board import NoticeBoard
    from app.paper_shelf import PaperShelf
    from app.papers_folder import PapersFolder
    from app.session import Session
    from ui.port.papers import ConsultView, HandoffView


class Papers:
    """Makes them in the window's thread and writes files beside it."""

    def __init__(
        self,
        session: Session,
        shelf: Callable[[], PaperShelf],
        folder: PapersFolder,
        notices: NoticeBoard,
    ) -> None:
        self._session = session
        self._shelf = shelf
        self._folder = folder
        self._notices = notices

    def consult_card(self) -> ConsultView | None:
        """The consultation card as it stands."""
        from app.consulting import consult_view

        situation = self._session.situation()
        return consult_view(situation) if situation else None

    def hand_over(self, *, as_unconfirmed: bool = False) -> HandoffView | None:
        """Make the handoff note and write it to its file, beside the window.

        Nothing is written where the note may not leave yet.
        """
        # Here: who opens the card in the middle of a call waits for none of it.
        from app.handing_over import FORM, handoff_view
        from app.writing import write_file
        from handoff.document import Level
        from handoff.layout import HANDOFF
        from handoff.validation import barrier, required

        situation, shelf = self._session.situation(), self._shelf()
        wanted = structs.replace(shelf.usual(), as_unconfirmed=as_unconfirmed)
        document = shelf.document(HANDOFF, wanted)
        if situation is None or document is None:
            return None
        view = handoff_view(document, situation.now, self._folder.path)
        held_back = barrier(document, as_unconfirmed=as_unconfirmed)
        if held_back is not None:
            level, said = held_back
            return structs.replace(view, barrier=said, is_passable=level is Level.REQUIRED)
        path = Path(view.file_path)
        passed = tuple(each.id for each in required(document))
        self._session.do(RecordHandoff(FORM, path.name, view.missing_ids, passed, document.author))
        self._folder.write(
            lambda: write_file(path, view.text.encode()),
            lambda _: self._notices.say("handoff_file", ""),
            lambda _: self._notices.say(
                "handoff_file", t("handoff.unwritable", path=path), "danger"
            ),
            situation.case.case_no,
        )
        return view
