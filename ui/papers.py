"""The consultation card, and the window of papers: opened, copied, shown."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from call.commands import StartConsult
from scripts_ja.texts import t
from ui.actions import key_of
from ui.clipboard import copy_text
from ui.composition import keep_composition
from ui.consult_sheet import ConsultSheet, ConsultWindow
from ui.paper_desk import PaperDesk
from ui.port.notices import Notice
from ui.port.papers import ConsultView, HandoffView
from ui.port.workplace import Workplace
from ui.sidebar import Sidebar

if TYPE_CHECKING:
    from ui.paper.window import PaperWindow

Say = Callable[..., None]
# What the card's key does next is said for as long as the card is open.
_OPENED = "consult"


class Papers:
    """Holds the windows that stand beside the sidebar."""

    def __init__(self, workplace: Workplace, window: Sidebar, say: Say, desk: PaperDesk) -> None:
        self._work = workplace
        self._window = window
        self._say = say
        self._large: ConsultWindow | None = None
        # The case whose note was held back by gaps: the same key again lets it go.
        self._warned = ""
        self.desk = desk
        window.closing.connect(self.close)
        window.sheet_closed.connect(lambda: window.notice.say(Notice(_OPENED, "")))

    def open_consult(self) -> None:
        """The card; pressed again it is enlarged."""
        case = self._work.case
        if case is None or case.call is None:
            self._say(t("refusal.phase.no_call"))
            return
        if isinstance(self._window.sheet, ConsultSheet):
            self._enlarge()
            return
        if case.phase.is_live:
            self._work.do(StartConsult())
        sheet = ConsultSheet(self._work, case, self._window.look)
        sheet.copy_asked.connect(self._copy_card)
        sheet.enlarge_asked.connect(self._enlarge)
        self._window.open_sheet(sheet, is_large=True)
        said = t("consult.opened", key=key_of("consult"))
        self._window.notice.say(Notice(_OPENED, said, "calm"))

    def hand_over(self) -> None:
        """Make the note: on the clipboard, in a file, and to look at with what is missing."""
        self._window.input.edit.take_composition()
        sheet = self._window.sheet
        if isinstance(sheet, ConsultSheet):
            sheet.save_all()
        case = self._work.case
        shown = self.handoff
        is_passed = shown is not None and (
            shown.wanted.as_unconfirmed or (case is not None and case.id == self._warned)
        )
        self._warned = ""
        view = self._work.papers.hand_over(as_unconfirmed=is_passed)
        if view is None:
            self._say(t("refusal.phase.no_case"))
            return
        if view.barrier:
            self._hold_back(view)
            return
        copy_text(view.text)
        self.desk.show("handoff", takes_keys=False)
        if self.handoff is not None:
            if is_passed:
                self.handoff.let_pass(is_passed=True)
            self.handoff.say(t("paper.window.handed", path=view.file_path))
        self._say(t("handoff.done"))

    def _hold_back(self, view: HandoffView) -> None:
        """Show what lacks instead; the keys stay with the call."""
        # The window's words are its own: it is read when it is first opened.
        from ui.paper.leaving import barrier_words

        self.desk.show("handoff", takes_keys=False)
        if self.handoff is not None:
            self.handoff.say(barrier_words(view.barrier, is_passable=view.is_passable))
        self._say(t("handoff.held_back" if view.is_passable else "handoff.stopped"))
        case = self._work.case
        self._warned = case.id if case is not None and view.is_passable else ""

    def show_paper(self, name: str) -> None:
        """Show that paper: one of those in ``paper.name`` of the texts."""
        keep_composition()
        if not self.desk.show(name, takes_keys=True):
            self._say(t(f"paper.none.{name}"))

    def open_papers(self) -> None:
        """Show the papers that there are, the handoff note first; opened already, take the keys.

        Without a case there is still the month.
        """
        window = self.handoff
        if window is None and self._work.case is None:
            keep_composition()
            self.desk.show_month()
            return
        self.show_paper(window.paper if window is not None else "handoff")

    @property
    def handoff(self) -> PaperWindow | None:
        """The window of papers, where it is open."""
        return self.desk.window

    def close(self) -> None:
        """Close what stands beside the sidebar: the program ends with its last window."""
        self.desk.close()
        if self._large is not None:
            self._large.close()

    def close_handoff(self) -> bool:
        """Close the window of papers; whether it was open."""
        return self.desk.close()

    def _copy_card(self) -> None:
        card = self._saved_card()
        if card is not None:
            copy_text(card.text)
            self._say(t("consult.copied"))

    def _enlarge(self) -> None:
        card = self._saved_card()
        if card is not None:
            self._large = ConsultWindow(card.rows, card.spoken, self._window.look)
            self._large.left.connect(self._back_to_card)
            self._large.show()

    def _back_to_card(self) -> None:
        """Its fields are typed in again, as before it was enlarged."""
        sheet = self._window.sheet
        if isinstance(sheet, ConsultSheet):
            self._window.take_keyboard()
            sheet.begin()

    def _saved_card(self) -> ConsultView | None:
        keep_composition()
        sheet = self._window.sheet
        if isinstance(sheet, ConsultSheet):
            sheet.save_all()
        return self._work.papers.consult_card()
