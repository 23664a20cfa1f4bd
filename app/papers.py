"""The papers of the case in hand: the consultation card, and the handoff note with its file."""

from __future__ import annotations

from pathlib import Path

from app.background import Background
from app.handing_over import FORM, consult_view, handoff_view
from app.notice_board import NoticeBoard
from app.paper_shelf import PaperShelf
from app.session import Session
from app.writing import write_file
from call.commands import RecordHandoff
from handoff.layout import HANDOFF
from scripts_ja.texts import t
from ui.port.papers import ConsultView, HandoffView


class Papers:
    """Makes them in the window's thread and writes files beside it."""

    def __init__(
        self,
        session: Session,
        shelf: PaperShelf,
        folder: Path,
        background: Background,
        notices: NoticeBoard,
    ) -> None:
        self._session = session
        self._shelf = shelf
        self._folder = folder
        self._background = background
        self._notices = notices

    def consult_card(self) -> ConsultView | None:
        """The consultation card as it stands."""
        situation = self._session.situation()
        return consult_view(situation) if situation else None

    def hand_over(self) -> HandoffView | None:
        """Make the handoff note and write it to its file, beside the window."""
        situation = self._session.situation()
        document = self._shelf.document(HANDOFF, self._shelf.usual())
        if situation is None or document is None:
            return None
        view = handoff_view(document, situation.now, self._folder)
        path = Path(view.file_path)
        self._session.do(RecordHandoff(FORM, path.name, view.missing_ids))
        self._background.run(
            lambda: write_file(path, view.text.encode()),
            lambda _: self._notices.say("handoff_file", ""),
            lambda _: self._notices.say(
                "handoff_file", t("handoff.unwritable", path=path), "danger"
            ),
        )
        return view
