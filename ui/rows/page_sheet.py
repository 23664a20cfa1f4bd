"""A sheet made of one page of rows: keys go to the rows, all typing to the line at the foot."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from scripts_ja.texts import t
from ui.port.workplace import Workplace
from ui.rows.foot import Foot
from ui.rows.hint_strip import key_hints
from ui.rows.page import Page
from ui.rows.row import Ask, Row
from ui.rows.row_list import RowList
from ui.sheet import Sheet
from ui.theme import Look

MakePage = Callable[
    [Workplace, Callable[[Ask], None], Callable[[str], None], Callable[[str], None]], Page
]


class PageSheet(Sheet):
    """Shows a page of the case in hand.

    Signals:
        said(str): one sentence for the notice bar.
    """

    said = Signal(str)

    def __init__(
        self,
        title: str,
        workplace: Workplace,
        look: Look,
        make_page: MakePage,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(title, parent)
        self._work = workplace
        self._look = look
        self.rows = RowList(look)
        self.foot = Foot(self.rows)
        self.ask = self.foot.ask
        self.page = make_page(workplace, self._open_ask, self.said.emit, self._select)
        self._column.addWidget(self.rows, 1)
        self._column.addWidget(self.foot)
        self.rows.left.connect(self.left)
        self.rows.chosen_changed.connect(self._show_hint)
        self.foot.freed.connect(self.refresh)
        self.show_look(look)
        self.rows.to_top()

    def begin(self) -> None:
        """Take the focus: the line where something is asked, else the rows."""
        self.foot.begin()

    def refresh(self) -> None:
        """Show the case as it is now; what was asked of another case is asked no more."""
        case = self._work.case
        self.foot.close_unless(case.id if case else "")
        rows = self.page.rows(case) if case else [Row("no_case", t("second.no_case"), tone="muted")]
        self.rows.show_rows(rows, self.page.keys(case) if case else {}, self._look)
        self._show_hint()

    def show_look(self, look: Look) -> None:
        """Change theme or text size."""
        self._look = look
        self.foot.show_look(look)
        self.refresh()

    def _show_hint(self) -> None:
        hints = [*key_hints(self.rows.keys()), t("second.hint_leave")]
        self.foot.hint.show_hints(hints, self._look)

    def _select(self, row_id: str) -> None:
        self.refresh()
        self.rows.choose(row_id)

    def _open_ask(self, ask: Ask) -> None:
        case = self._work.case
        self.foot.put(ask, case.id if case else "")
