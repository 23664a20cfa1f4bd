"""Waiting for a call: what is due, the last cases, the key to start."""

from __future__ import annotations

from PySide6.QtCore import QEvent, Qt, Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QVBoxLayout, QWidget

from call.case import Case, CaseSummary
from call.phone_masks import mask_numbers
from scripts_ja.texts import t
from ui.actions import key_of
from ui.case_button import CaseButton
from ui.concession_mark import marked
from ui.due_rows import DueRows
from ui.key_button import KeyButton
from ui.labels import PlainLabel, as_plain_tooltip
from ui.port.cases import WaitingView
from ui.scrolled import scrolled
from ui.waiting_head import WaitingHead

_MOST_RECENT = 5


class WaitingPanel(QWidget):
    """What stands where the stage will be.

    Signals:
        case_chosen(str): the id of a case to open.
        parked_asked(): back to the unfinished after-call work.
    """

    case_chosen = Signal(str)
    parked_asked = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("sheet")
        self.head = WaitingHead()
        self.headline, self.hint = self.head.headline, self.head.hint
        self.parked = KeyButton("parked", is_main=True)
        self.parked.clicked.connect(self.parked_asked)
        self.settings = KeyButton("settings")
        self.dues = DueRows()
        self.encryption = CaseButton(t("encryption.offer"), t("encryption.offer_about"))
        self.encryption.hide()
        self._body = QWidget()
        self._body.setObjectName("scrolled")
        self._parked = ("", 0)
        self._rows = QVBoxLayout(self._body)
        self._rows.setContentsMargins(0, 0, 0, 0)
        self._rows.setSpacing(4)
        page = QWidget()
        inner = QVBoxLayout(page)
        inner.setContentsMargins(0, 0, 0, 0)
        inner.setSpacing(8)
        for widget in (self.head, self.parked, self.dues, self._body):
            inner.addWidget(widget)
        inner.addStretch(1)
        inner.addWidget(self.encryption)
        inner.addWidget(self.settings, 0, Qt.AlignmentFlag.AlignRight)
        # All of it scrolls: the advice below keeps its room where not all fits.
        self._area = scrolled(page)
        self._area.setMinimumHeight(1)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 8, 0, 0)
        column.setSpacing(8)
        column.addWidget(self._area, 1)

    def show_keys(self) -> None:
        """Say the keys that are in force now."""
        self.head.show_key()
        self.dues.all.show_key()

    def offer_encryption(self, is_offered: bool, *, is_locked: bool) -> None:
        """Point out that records could be encrypted, or that they wait to be opened."""
        key = "unlock" if is_locked else "offer"
        self.encryption.set_words(t(f"encryption.{key}"), t(f"encryption.{key}_about"))
        self.encryption.setVisible(is_offered)

    def show_view(self, view: WaitingView, parked: list[Case]) -> None:
        """Show what was last."""
        self.parked.setVisible(bool(parked))
        self._parked = (_name(parked[0]), len(parked)) if parked else ("", 0)
        self._fit_parked()
        while (item := self._rows.takeAt(0)) is not None:
            if (widget := item.widget()) is not None:
                widget.deleteLater()
        recent = [self._case(case) for case in view.recent[:_MOST_RECENT]]
        self._add_section(t("waiting.recent"), t("waiting.no_recent"), recent)
        self._rows.addStretch(1)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Another width has room for more or less of a name."""
        super().resizeEvent(event)
        self._fit_parked()

    def event(self, event: QEvent) -> bool:
        """Another text size lays out anew, with room for more or less of a name."""
        handled = super().event(event)
        if event.type() == QEvent.Type.LayoutRequest:
            self._fit_parked()
        return handled

    def _fit_parked(self) -> None:
        """Say whose after-call work waits; of a long name as much as the button has room for."""
        name, count = self._parked
        if not count:
            return
        metrics = self.parked.word.fontMetrics()
        bare = metrics.horizontalAdvance(t("waiting.parked", count=count, name=""))
        around = self.parked.sizeHint().width() - self.parked.word.sizeHint().width()
        bar = self._area.verticalScrollBar().sizeHint().width()
        # The outer width of letters may pass their advance by a little.
        room = self.width() - bar - around - bare - 4
        shown = metrics.elidedText(name, Qt.TextElideMode.ElideRight, room)
        self.parked.set_words(t("waiting.parked", count=count, name=shown), key_of("parked"))

    def _add_section(self, title: str, empty: str, rows: list[QWidget]) -> None:
        self._rows.addWidget(PlainLabel(title, "strong"))
        for row in rows or [PlainLabel(empty, "muted")]:
            self._rows.addWidget(row)
        self._rows.addSpacing(8)

    def _case(self, case: CaseSummary) -> QWidget:
        who = t("header.customer", name=case.customer) if case.customer else t("header.no_name")
        return self._row(f"{case.case_no}  {who}", case.issue or case.stage_title, case)

    def _row(self, first: str, second: str, case: CaseSummary) -> QWidget:
        button = CaseButton(first, marked(case.concession, mask_numbers(second)))
        whole = "\n".join(filter(None, [case.number, second]))
        button.setToolTip(as_plain_tooltip(whole) if whole else "")
        button.clicked.connect(lambda: self.case_chosen.emit(case.case_id))
        return button


def _name(case: Case) -> str:
    name = case.field("customer")
    return t("header.customer", name=name) if name else case.case_no
