"""The second line's desk: tabs of six pages, the rows of one, and the line to type in."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import (
    QApplication,
    QGridLayout,
    QHBoxLayout,
    QPushButton,
    QStackedWidget,
    QVBoxLayout,
    QWidget,
)

from scripts_ja.texts import t
from ui.actions import key_of
from ui.labels import ElidedLabel, as_plain_tooltip, set_style_property
from ui.port.workplace import Workplace
from ui.second.actions_page import ActionsPage
from ui.second.ask_line import AskLine
from ui.second.columns_page import ColumnsPage
from ui.second.concession_page import ConcessionPage
from ui.second.facts_page import FactsPage
from ui.second.hint_strip import HintStrip, key_hints
from ui.second.page import Page
from ui.second.preparation_page import PreparationPage
from ui.second.reception_page import ReceptionPage
from ui.second.row import Ask, Row
from ui.second.row_list import RowList
from ui.theme import Look

# In the order of the flow (F3, F4).
_PAGES: tuple[type[Page], ...] = (
    PreparationPage,
    ReceptionPage,
    FactsPage,
    ColumnsPage,
    ConcessionPage,
    ActionsPage,
)
# The foot keeps its height whether it says keys or asks something: nothing jumps.
_FOOT = 72
_GAP = 4
# Below this height of the window every line counts (pixels at 100 %).
_LOW = 700


class SecondDesk(QWidget):
    """All pages; one is shown.

    Signals:
        left(): Esc: back to the note.
        said(str): one sentence for the notice bar.
        close_asked(): the closing button was pressed.
    """

    left = Signal()
    said = Signal(str)
    close_asked = Signal()

    def __init__(self, workplace: Workplace, look: Look, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("sheet")
        self._work = workplace
        self._look = look
        self._asked_for = ""
        self.rows = RowList(look)
        self.ask = AskLine()
        pages = [kind(workplace, self._open_ask, self.said.emit, self._select) for kind in _PAGES]
        self.pages: dict[str, Page] = {page.id: page for page in pages}
        self.page: Page = pages[0]
        self.tabs = [self._tab(number, page) for number, page in enumerate(pages, start=1)]
        self.head = QWidget()
        self.title = ElidedLabel(role="title")
        self.close_button = QPushButton()
        self.hint = HintStrip()
        self.foot = QStackedWidget()
        self._tab_grid = QGridLayout()
        self._lay_out()
        self._connect()

    def _lay_out(self) -> None:
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(5)
        self.close_button.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        head = QHBoxLayout(self.head)
        head.setContentsMargins(0, 0, 0, 0)
        head.addWidget(self.title, 1)
        head.addWidget(self.close_button)
        column.addWidget(self.head)
        self._tab_grid.setSpacing(_GAP)
        column.addLayout(self._tab_grid)
        column.addWidget(self.rows, 1)
        self.foot.addWidget(self.hint)
        self.foot.addWidget(self.ask)
        column.addWidget(self.foot)
        self.show_look(self._look)

    def _connect(self) -> None:
        self.rows.left.connect(self.left)
        self.rows.page_asked.connect(self._on_digit)
        self.rows.chosen_changed.connect(self._show_hint)
        self.ask.closed.connect(self._on_ask_closed)
        self.close_button.clicked.connect(self.close_asked)

    def _tab(self, number: int, page: Page) -> QPushButton:
        button = QPushButton(t("second.tab", number=number, name=t(f"second.tabs.{page.id}")))
        button.setProperty("chip", "true")
        button.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        name = t(f"second.pages.{page.id}")
        button.setAccessibleName(name)
        button.setToolTip(as_plain_tooltip(t("tooltip.key", name=name, key=str(number))))
        button.clicked.connect(lambda: self._on_digit(number))
        return button

    # -- showing ------------------------------------------------------------------------------

    @property
    def is_typing(self) -> bool:
        """Whether somebody types on the desk."""
        return self.ask.is_open

    def show_page(self, page_id: str) -> None:
        """Turn to a page, at its beginning."""
        if self.page.id != page_id:
            self.page = self.pages[page_id]
            self.refresh()
            self.rows.to_top()
        self._show_hint()

    def refresh(self) -> None:
        """Show the case as it is now."""
        case = self._work.case
        if self.ask.is_open and (case is None or case.id != self._asked_for):
            self.ask.close_ask()  # what was asked is of a case that is no longer in hand
        empty = Row("no_case", t("second.no_case"), tone="muted")
        rows = self.page.rows(case) if case else [empty]
        self.rows.show_rows(rows, self.page.keys(case) if case else {}, self._look)
        self.title.set_text(t(f"second.pages.{self.page.id}"))
        self.close_button.setText(t("second.close", key=key_of("second_desk")))
        for page, tab in zip(self.pages.values(), self.tabs, strict=True):
            set_style_property(tab, "on", "true" if page is self.page else "false")
        self._show_hint()

    def show_look(self, look: Look) -> None:
        """Change theme or text size."""
        self._look = look
        self.foot.setFixedHeight(look.px(_FOOT))
        self.refresh()
        self._place_tabs()

    def begin(self) -> None:
        """Take the focus: the line where something is asked, else the rows."""
        target: QWidget = self.ask.entry if self.ask.is_open else self.rows
        target.setFocus(Qt.FocusReason.ShortcutFocusReason)

    def has_keys(self) -> bool:
        """Whether keys go to the desk."""
        focused = QApplication.focusWidget()
        return focused is not None and self.isAncestorOf(focused)

    def _show_hint(self) -> None:
        """The keys of this moment, on the row that is chosen."""
        hints = key_hints(self.rows.keys())
        row = self.rows.chosen
        if row is not None and row.move:
            hints.append(t("second.hint_move"))
        self.hint.show_hints([*hints, t("second.hint_pages"), t("second.hint_leave")], self._look)

    def _place_tabs(self) -> None:
        """In one line where all fit, else in two."""
        widths = [tab.sizeHint().width() + _GAP for tab in self.tabs]
        columns = len(self.tabs) if max(widths) * len(widths) <= self.width() else 3
        for place, tab in enumerate(self.tabs):
            self._tab_grid.addWidget(tab, place // columns, place % columns)

    # -- what happens -------------------------------------------------------------------------

    def _on_digit(self, number: int) -> None:
        self.show_page(list(self.pages)[number - 1])
        self.begin()

    def _select(self, row_id: str) -> None:
        self.refresh()
        self.rows.choose(row_id)

    def _open_ask(self, ask: Ask) -> None:
        case = self._work.case
        self._asked_for = case.id if case else ""
        self.foot.setCurrentWidget(self.ask)
        self.ask.open_ask(ask)
        self.rows.set_lit(is_lit=True)

    def _on_ask_closed(self) -> None:
        had_focus = self.ask.entry.hasFocus()
        self.foot.setCurrentIndex(0)
        self.rows.set_lit(is_lit=False)
        if had_focus:
            self.rows.setFocus(Qt.FocusReason.ShortcutFocusReason)
        self.refresh()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Tabs in one line or two; in a low window they are title enough."""
        super().resizeEvent(event)
        self.head.setVisible(self.window().height() >= self._look.px(_LOW))
        self._place_tabs()
