"""Pages of rows behind tabs, and below them the line to type in, or the keys of this moment."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from msgspec import Struct
from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import (
    QApplication,
    QGridLayout,
    QPushButton,
    QVBoxLayout,
    QWidget,
)

from scripts_ja.texts import t
from ui.labels import as_plain_tooltip, set_style_property
from ui.port.workplace import Workplace
from ui.rows.foot import Foot
from ui.rows.hint_strip import key_hints
from ui.rows.page import Page
from ui.rows.row import Ask, Row
from ui.rows.row_list import RowList
from ui.theme import Look

_GAP = 4

# What a page is given: the workplace, and ways to ask, to say and to choose a row.
PageMaker = Callable[
    [Workplace, Callable[[Ask], None], Callable[[str], None], Callable[[str], None]], Page
]


class Words(Struct, frozen=True):
    """What pages are called on their tabs and in full, by id, and what Esc does."""

    tab: Callable[[str], str]
    page: Callable[[str], str]
    leave: str


class PagedRows(QWidget):
    """All pages; one is shown.

    Signals:
        left(): Esc, while nothing is asked.
        said(str): one sentence for the notice bar.
        page_changed(): another page is shown.
    """

    left = Signal()
    said = Signal(str)
    page_changed = Signal()

    def __init__(
        self,
        workplace: Workplace,
        makers: Sequence[PageMaker],
        words: Words,
        look: Look,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self._work = workplace
        self._words = words
        self._look = look
        self.rows = RowList(look)
        self.foot = Foot(self.rows)
        self.ask = self.foot.ask
        made = [make(workplace, self._open_ask, self.said.emit, self._select) for make in makers]
        self.pages: dict[str, Page] = {page.id: page for page in made}
        self.page: Page = made[0]
        self.tabs = [self._tab(number, page) for number, page in enumerate(made, start=1)]
        self._tab_grid = QGridLayout()
        self.column = QVBoxLayout(self)
        self._lay_out()
        self._connect()

    def _lay_out(self) -> None:
        self.column.setContentsMargins(0, 0, 0, 0)
        self.column.setSpacing(5)
        self._tab_grid.setSpacing(_GAP)
        self.column.addLayout(self._tab_grid)
        self.column.addWidget(self.rows, 1)
        self.column.addWidget(self.foot)

    def _connect(self) -> None:
        self.rows.left.connect(self.left)
        self.rows.page_asked.connect(self._on_digit)
        self.rows.chosen_changed.connect(self._show_hint)
        self.foot.freed.connect(self.refresh)

    def _tab(self, number: int, page: Page) -> QPushButton:
        button = QPushButton(t("rows.tab", number=number, name=self._words.tab(page.id)))
        button.setProperty("chip", "true")
        button.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        name = self._words.page(page.id)
        button.setAccessibleName(name)
        button.setToolTip(as_plain_tooltip(t("tooltip.key", name=name, key=str(number))))
        button.clicked.connect(lambda: self._on_digit(number))
        return button

    # -- showing ------------------------------------------------------------------------------

    @property
    def is_typing(self) -> bool:
        """Whether somebody types here."""
        return self.ask.is_open

    def show_page(self, page_id: str) -> None:
        """Turn to a page, at its beginning."""
        if self.page.id != page_id:
            self.page = self.pages[page_id]
            self.refresh()
            self.rows.to_top()
            self.page_changed.emit()
        self._show_hint()

    def refresh(self) -> None:
        """Show the case as it is now."""
        case = self._work.case
        self.foot.close_unless(case.id if case else "")
        empty = Row("no_case", t("second.no_case"), tone="muted")
        rows = self.page.rows(case) if case else [empty]
        self.rows.show_rows(rows, self.page.keys(case) if case else {}, self._look)
        for page, tab in zip(self.pages.values(), self.tabs, strict=True):
            set_style_property(tab, "on", "true" if page is self.page else "false")
        self._show_hint()

    def show_look(self, look: Look) -> None:
        """Change theme or text size."""
        self._look = look
        self.foot.show_look(look)
        self.refresh()
        self._place_tabs()

    def begin(self) -> None:
        """Take the focus: the line where something is asked, else the rows."""
        self.foot.begin()

    def has_keys(self) -> bool:
        """Whether keys go here."""
        focused = QApplication.focusWidget()
        return focused is not None and self.isAncestorOf(focused)

    def _show_hint(self) -> None:
        """The keys of this moment, on the row that is chosen; two that do the same are said once."""
        hints = key_hints(self.rows.keys())
        row = self.rows.chosen
        if row is not None and row.move:
            hints.append(t("second.hint_move"))
        pages = t("rows.hint_pages", count=len(self.pages))
        self.foot.hint.show_hints([*hints, pages, self._words.leave], self._look)

    def _place_tabs(self) -> None:
        """In one line where all fit, else in two."""
        widths = [tab.sizeHint().width() + _GAP for tab in self.tabs]
        fits = max(widths) * len(widths) <= self.width()
        columns = len(self.tabs) if fits else -(-len(self.tabs) // 2)
        for place, tab in enumerate(self.tabs):
            self._tab_grid.addWidget(tab, place // columns, place % columns)

    # -- what happens -------------------------------------------------------------------------

    def _on_digit(self, number: int) -> None:
        if number <= len(self.pages):
            self.show_page(list(self.pages)[number - 1])
            self.begin()

    def _select(self, row_id: str) -> None:
        self.refresh()
        self.rows.choose(row_id)

    def _open_ask(self, ask: Ask) -> None:
        case = self._work.case
        self.foot.put(ask, case.id if case else "")

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Tabs in one line or two."""
        super().resizeEvent(event)
        self._place_tabs()
