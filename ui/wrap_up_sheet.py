"""The wrap-up sheet: the record, prevention and reflection as three pages of rows, one line to type."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import (
    QApplication,
    QHBoxLayout,
    QPushButton,
    QSizePolicy,
)
from shiboken6 import isValid

from call.case import Case
from scripts_ja.texts import t
from ui.kept_line import KeptLine
from ui.labels import as_plain_tooltip, set_style_property
from ui.port.workplace import Workplace
from ui.port.wrap_up import CauseView, ReflectionView
from ui.prevention_page import PreventionPage
from ui.reflection_page import ReflectionPage
from ui.rows.foot import Foot
from ui.rows.hint_strip import key_hints
from ui.rows.row import Ask, Keys, Row
from ui.rows.row_list import RowList
from ui.sheet import Sheet
from ui.theme import Look
from ui.wrap_up_prompt import PromptPlace
from ui.wrap_up_record import WrapUpRecord

PAGES = ("record", "prevention", "reflection")


class WrapUpSheet(Sheet):
    """The pages. What is asked of a case stays that case's, whatever comes.

    Signals:
        said(str): one sentence for the notice bar.
        gone_on(str): ``end``, ``park`` or ``parked``: away from this record.
        paper_wanted(str): that paper is to be shown.
        case_chosen(str): open the case of that id.
    """

    said = Signal(str)
    gone_on = Signal(str)
    paper_wanted = Signal(str)
    case_chosen = Signal(str)

    def __init__(self, workplace: Workplace, look: Look, page: str) -> None:
        super().__init__(t("wrap_up.sheet"))
        self._work = workplace
        self._look = look
        self.page = page
        self.rows = RowList(look)
        self.ask = KeptLine()
        self.foot = Foot(self.rows, self.ask)
        self.prompt = PromptPlace()
        self.tabs = [self._tab(number, name) for number, name in enumerate(PAGES, start=1)]
        hands = (workplace, self._open_ask, self.said.emit, self._select)
        self.record = WrapUpRecord(*hands, self.gone_on.emit)
        self.prevention = PreventionPage(*hands, self.paper_wanted.emit, self.case_chosen.emit)
        self.reflection = ReflectionPage(*hands, self._fetch_reflections)
        self._lay_out()
        self._connect()
        self.show_look(look)
        self.turn_to(page)

    def _lay_out(self) -> None:
        tabs = QHBoxLayout()
        tabs.setSpacing(4)
        for tab in self.tabs:
            tabs.addWidget(tab, 1)
        self._column.addLayout(tabs)
        self._column.addWidget(self.rows, 1)
        self.rows.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Ignored)
        self._column.addWidget(self.foot)
        self._column.addWidget(self.prompt)

    def _connect(self) -> None:
        self.rows.left.connect(self.left)
        self.rows.page_asked.connect(self._on_digit)
        self.rows.chosen_changed.connect(self._show_hint)
        self.foot.freed.connect(self.refresh)

    def _tab(self, number: int, name: str) -> QPushButton:
        button = QPushButton(t("rows.tab", number=number, name=t(f"wrap_up.tab.{name}")))
        button.setProperty("chip", "true")
        button.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        button.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Fixed)
        tooltip = t("tooltip.key", name=t(f"wrap_up.tab.{name}"), key=str(number))
        button.setToolTip(as_plain_tooltip(tooltip))
        button.clicked.connect(lambda: self._on_digit(number))
        return button

    # -- showing ------------------------------------------------------------------------------

    def turn_to(self, page: str) -> None:
        """Show a page from its beginning; what it lists of the disk comes when it is read."""
        self.page = page
        if page == "prevention":
            self._work.causes.fetch(self._on_causes)
        elif page == "reflection":
            self._fetch_reflections()
        self.refresh()
        self.rows.to_top()
        self._show_hint()

    def refresh(self) -> None:
        """Show everything as it is now; what is asked of a case that has gone is kept for it."""
        case = self._work.case
        self.foot.close_unless(self._owner(case))
        self.rows.show_rows(*self._shown(case), self._look)
        self.prompt.show_for(case, is_record=self.page == "record")
        for name, tab in zip(PAGES, self.tabs, strict=True):
            set_style_property(tab, "on", "true" if name == self.page else "false")
        self._show_hint()

    def show_look(self, look: Look) -> None:
        """Change theme or text size."""
        self._look = look
        self.foot.show_look(look)
        self.refresh()

    def begin(self) -> None:
        """Take the focus: the line where something is asked, else the rows."""
        self.foot.begin()

    @property
    def has_keys(self) -> bool:
        """Whether keys go to the sheet."""
        focused = QApplication.focusWidget()
        return focused is not None and self.isAncestorOf(focused)

    def _shown(self, case: Case | None) -> tuple[list[Row], Keys]:
        if self.page == "reflection":
            return self.reflection.rows(case), self.reflection.keys(case)
        if case is None:
            return [Row("no_case", t("second.no_case"), tone="muted")], {}
        page = self.record if self.page == "record" else self.prevention
        return page.rows(case), page.keys(case)

    def _owner(self, case: Case | None) -> str:
        """Whose a question is: the case's, but a reflection is nobody's."""
        return case.id if case and self.page != "reflection" else ""

    def _show_hint(self) -> None:
        """The keys of this moment."""
        hints = [*key_hints(self.rows.keys()), t("wrap_up.hint.pages"), t("wrap_up.hint.leave")]
        self.foot.hint.show_hints(hints, self._look)

    # -- typing -------------------------------------------------------------------------------

    def _open_ask(self, ask: Ask) -> None:
        self.foot.put(ask, self._owner(self._work.case))

    def resizeEvent(self, event: QResizeEvent) -> None:
        """In a low window the tabs are title enough."""
        super().resizeEvent(event)
        self._yield_head(self._look)

    # -- what happens -------------------------------------------------------------------------

    def _on_digit(self, number: int) -> None:
        if number <= len(PAGES):
            self.ask.close_ask()
            self.turn_to(PAGES[number - 1])
            self.begin()

    def _select(self, row_id: str) -> None:
        self.refresh()
        self.rows.choose(row_id)

    def _fetch_reflections(self) -> None:
        self._work.reflections.fetch(self._on_reflections)

    def _on_causes(self, causes: tuple[CauseView, ...]) -> None:
        """The sheet may be gone meanwhile."""
        if isValid(self):
            self.prevention.causes.show(causes)
            self.refresh()

    def _on_reflections(self, earlier: tuple[ReflectionView, ...]) -> None:
        if isValid(self):
            self.reflection.show_earlier(earlier)
            self.refresh()
