"""The second line's desk: six pages of rows under a head that says which is shown."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QHBoxLayout, QPushButton, QWidget

from scripts_ja.texts import t
from ui.actions import key_of
from ui.labels import ElidedLabel
from ui.port.workplace import Workplace
from ui.rows.paged_rows import PagedRows, PageMaker, Words
from ui.second.actions_page import ActionsPage
from ui.second.columns_page import ColumnsPage
from ui.second.concession_page import ConcessionPage
from ui.second.facts_page import FactsPage
from ui.second.preparation_page import PreparationPage
from ui.second.reception_page import ReceptionPage
from ui.sheet import is_low
from ui.theme import Look

# In the order of the flow (F3, F4).
_PAGES: tuple[PageMaker, ...] = (
    PreparationPage,
    ReceptionPage,
    FactsPage,
    ColumnsPage,
    ConcessionPage,
    ActionsPage,
)


class SecondDesk(PagedRows):
    """All pages; one is shown. Esc goes back to the note.

    Signals:
        close_asked(): the closing button was pressed.
    """

    close_asked = Signal()

    def __init__(self, workplace: Workplace, look: Look, parent: QWidget | None = None) -> None:
        words = Words(
            tab=lambda page_id: t(f"second.tabs.{page_id}"),
            page=lambda page_id: t(f"second.pages.{page_id}"),
            leave=t("second.hint_leave"),
        )
        super().__init__(workplace, _PAGES, words, look, parent)
        self.setObjectName("sheet")
        self.head = QWidget()
        self.title = ElidedLabel(role="title")
        self.close_button = QPushButton()
        self.close_button.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.close_button.clicked.connect(self.close_asked)
        head = QHBoxLayout(self.head)
        head.setContentsMargins(0, 0, 0, 0)
        head.addWidget(self.title, 1)
        head.addWidget(self.close_button)
        self.column.insertWidget(0, self.head)
        self.show_look(look)

    def refresh(self) -> None:
        """Show the case as it is now, and which page it is."""
        super().refresh()
        self.title.set_text(t(f"second.pages.{self.page.id}"))
        self.close_button.setText(t("second.close", key=key_of("second_desk")))

    def resizeEvent(self, event: QResizeEvent) -> None:
        """In a low window the tabs are title enough."""
        self.head.setVisible(not is_low(self, self._look))
        super().resizeEvent(event)
