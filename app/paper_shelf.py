"""All papers of the case in hand, as documents, views and files; what is masked is in none."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from msgspec import structs

from app.notice_board import NoticeBoard
from app.own_settings import OwnSettings
from app.paper_wishes import desk_of, masks_of, stamp_of, usual
from app.papers_folder import PapersFolder
from app.session import Session
from app.writing import write_file
from call.case import Case
from call.commands import RecordHandoff
from call.decision import Situation
from call.events import Envelope
from handoff.document import Document
from handoff.file_name import paper_file_name
from handoff.layout import HANDOFF
from handoff.masks import masked
from handoff.papers import NAMES, make_checked
from handoff.text_form import as_text
from handoff.validation import barrier, is_stopped, required
from scripts_ja.texts import t
from ui.port.paper_shelf import Lack, LeaveOut, PaperEntry, PaperView


class PaperShelf:
    """Makes them in the window's thread and writes files beside it."""

    def __init__(
        self,
        session: Session,
        settings: OwnSettings,
        folder: PapersFolder,
        database: Path,
        notices: NoticeBoard,
    ) -> None:
        self._session = session
        self._settings = settings
        self._folder, self._database = folder, database
        self._notices = notices

    @property
    def folder(self) -> str:
        """Where the files are."""
        return str(self._folder.path)

    def usual(self) -> LeaveOut:
        """What the settings say is left out."""
        return usual(self._settings.current)

    def entries(self) -> tuple[PaperEntry, ...]:
        """All papers that there are, in their order."""
        made = ((name, self.document(name, LeaveOut())) for name in NAMES)
        return tuple(
            PaperEntry(name, t(f"paper.name.{name}"), len(document.missing))
            for name, document in made
            if document is not None
        )

    def paper(self, name: str, wanted: LeaveOut) -> PaperView | None:
        """The paper as it reads now; None where there is nothing to write on it."""
        document = self.document(name, wanted)
        if document is None:
            return None
        # Nothing of it is needed before a paper is first looked at.
        from app.paper_forms import forms_of
        from handoff.printed.pages import Pages

        held_back = barrier(document, as_unconfirmed=wanted.as_unconfirmed)
        return PaperView(
            name=name,
            title=document.title,
            text=as_text(document),
            lacks=lacks_of(document),
            remark=document.screen_only,
            forms=forms_of(name),
            pages=Pages(document),
            is_letter=document.is_letter,
            barrier=held_back[1] if held_back else "",
            is_passable=bool(required(document)) and not is_stopped(document),
            gauge=document.gauge,
        )

    def save_month(self, then: Callable[[str], None], *, months_ago: int = 0) -> None:
        """Write the sheet of this month, or of one before, beside the window."""
        from app.month import month_before, write_month

        now, limits = self._session.now(), self._session.limits
        month = month_before(now, months_ago)
        folder = self._folder.path
        self._folder.write(
            lambda: write_month(self._database, folder, month, now, limits),
            lambda written: self._on_written(written, then),
            lambda _: self._on_failed(folder, then),
        )

    def save(self, name: str, form: str, wanted: LeaveOut, then: Callable[[str], None]) -> None:
        """Write the paper beside the window; ``then`` hears its path, empty where that failed."""
        from app.paper_forms import Origin, extension_of, file_content

        at, document = self._session.situation(), self.document(name, wanted)
        is_ready = document and not barrier(document, as_unconfirmed=wanted.as_unconfirmed)
        if at is None or document is None or not is_ready:
            then("")
            return
        passed = tuple(each.id for each in required(document))
        stamp = structs.replace(stamp_of(self._settings.current, at), unconfirmed=passed)
        path = self._folder.path / paper_file_name(document, stamp.made_at, extension_of(form))
        if name == HANDOFF:
            self._session.do(RecordHandoff(form, path.name, document.missing, passed))
        # After that: a bundle holds that it was handed over, and with which gaps.
        origin = Origin(at.case, self._history(wanted), stamp, masks_of(wanted))

        self._folder.write(
            lambda: write_file(path, file_content(form, document, origin)),
            lambda written: self._on_written(written, then),
            lambda _: self._on_failed(path, then),
            at.case.case_no,
        )

    def _on_written(self, path: Path, then: Callable[[str], None]) -> None:
        self._notices.say("handoff_file", "")
        then(str(path))

    def _on_failed(self, path: Path, then: Callable[[str], None]) -> None:
        self._notices.say("handoff_file", t("paper.unwritable", path=path), "danger")
        then("")

    def document(self, name: str, wanted: LeaveOut) -> Document | None:
        """The paper as it reads now, of events without what is to be left out."""
        at = self._session.situation()
        if at is None:
            return None
        shown, desk = self._masked(at, wanted), desk_of(self._settings.current, at, wanted)
        return make_checked(name, at, shown, desk, as_unconfirmed=wanted.as_unconfirmed)

    def _history(self, wanted: LeaveOut) -> tuple[Envelope, ...]:
        desk = self._session.desk
        return masked(desk.history, masks_of(wanted)) if desk else ()

    def _masked(self, at: Situation, wanted: LeaveOut) -> Situation:
        if not wanted.masks:
            return at
        return structs.replace(at, case=Case.of(at.case.id, self._history(wanted)))


def lacks_of(document: Document) -> tuple[Lack, ...]:
    """What the paper lacks, and what else was found in it."""
    if not document.findings:
        return tuple(map(Lack, document.missing, document.missing_names))
    return tuple(
        Lack(each.id, each.name, each.level, each.advice, each.target) for each in document.findings
    )
