"""The months among the papers: read beside the window when asked for, shown as they were read."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

from msgspec import Struct

from app.background import Background
from app.handing_over import zone_of
from app.notice_board import NoticeBoard
from app.paper_saving import PaperSaving
from app.session import Session
from app.writing import write_file
from call.clock import Reading
from call.limits import Limits
from scripts_ja.texts import t
from storage.troubles import StorageError
from ui.port.paper_shelf import MONTHS, PaperView, Written

if TYPE_CHECKING:
    from handoff.document import Document
    from handoff.month import MonthLine

_FORMS = ("pdf", "html", "md", "text", "xlsx", "csv")


class _Month(Struct, frozen=True):
    """A month as it was read, and the paper of it."""

    month: date
    lines: tuple[MonthLine, ...]
    document: Document


class MonthShelf:
    """Keeps what was read last of each."""

    def __init__(
        self,
        session: Session,
        database: Path,
        saving: PaperSaving,
        background: Background,
        notices: NoticeBoard,
    ) -> None:
        self._session = session
        self._database = database
        self._saving = saving
        self._background = background
        self._notices = notices
        self._read: dict[str, _Month] = {}

    def read(self, name: str, then: Callable[[], None]) -> None:
        """Read all cases of that month beside the window, then say so."""
        now, limits = self._session.now(), self._session.limits
        self._background.run(
            lambda: _month_of(name, self._database, now, limits),
            lambda found: self._on_read(name, found, then),
        )

    def view(self, name: str) -> PaperView | None:
        """The paper of the month as it was read last; None where it was not."""
        found = self._read.get(name)
        if found is None:
            return None
        from handoff.printed.pages import Pages
        from handoff.text_form import as_text

        document = found.document
        return PaperView(
            name=name,
            title=document.title,
            text=as_text(document),
            lacks=(),
            remark="",
            forms=_FORMS,
            pages=Pages(document),
            is_maskable=False,
        )

    def save(self, name: str, form: str, then: Callable[[Written], None]) -> None:
        """Write it as it was read, beside the window."""
        found = self._read.get(name)
        if found is None:
            then(Written())
            return
        from app.paper_forms import extension_of
        from handoff.file_name import safe_name

        path = self._saving.folder.path / safe_name(found.document.title, extension_of(form))
        self._saving.folder.write(
            lambda: write_file(path, _content(found, form)),
            lambda written: self._saving.say_written(written, then),
            lambda _: self._saving.say_failed(path, then),
        )

    def _on_read(self, name: str, found: _Month | StorageError, then: Callable[[], None]) -> None:
        if isinstance(found, StorageError):
            self._notices.say("month", t("month.unread"), "warn")
            return
        self._notices.say("month", "")
        self._read[name] = found
        then()


def _month_of(name: str, database: Path, now: Reading, limits: Limits) -> _Month | StorageError:
    from app.month import lines_of_month, month_before
    from handoff.month_paper import month_document

    month, zone = month_before(now, MONTHS.index(name)), zone_of(now)
    try:
        lines = lines_of_month(database, month, now, limits, zone)
    except StorageError as error:
        return error
    return _Month(month, lines, month_document(name, lines, month, now.wall.astimezone(zone)))


def _content(found: _Month, form: str) -> bytes:
    from app.month import FORMS
    from app.paper_forms import document_content

    write = FORMS.get(f".{form}")
    if write is not None:
        return write(found.lines, found.month)
    return document_content(form, found.document)
