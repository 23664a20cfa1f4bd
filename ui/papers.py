"""The consultation card and the handoff note: opened, copied, shown."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtGui import QGuiApplication

from call.commands import StartConsult
from scripts_ja.texts import t
from ui.actions import key_of
from ui.composition import keep_composition
from ui.consult_sheet import ConsultSheet, ConsultWindow
from ui.handoff_window import HandoffWindow
from ui.port.papers import ConsultView
from ui.port.workplace import Workplace
from ui.sidebar import Sidebar

Say = Callable[..., None]


class Papers:
    """Holds the windows that stand beside the sidebar."""

    def __init__(self, workplace: Workplace, window: Sidebar, say: Say) -> None:
        self._work = workplace
        self._window = window
        self._say = say
        self._large: ConsultWindow | None = None
        self.handoff: HandoffWindow | None = None
        window.closing.connect(self.close)

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
        self._say(t("consult.opened", key=key_of("consult")))

    def hand_over(self) -> None:
        """Make the note: on the clipboard, in a file, and to look at with what is missing."""
        self._window.input.edit.take_composition()
        sheet = self._window.sheet
        if isinstance(sheet, ConsultSheet):
            sheet.save_all()
        view = self._work.papers.hand_over()
        if view is None:
            self._say(t("refusal.phase.no_case"))
            return
        QGuiApplication.clipboard().setText(view.text)
        window = HandoffWindow(view, self._window.look)
        window.copy_asked.connect(lambda: QGuiApplication.clipboard().setText(view.text))
        window.mend_asked.connect(self._mend)
        self.close_handoff()
        self.handoff = window
        window.show_beside(self._window.frameGeometry())
        self._say(t("handoff.done"))

    def close(self) -> None:
        """Close what stands beside the sidebar: the program ends with its last window."""
        for window in (self._large, self.handoff):
            if window is not None:
                window.close()

    def close_handoff(self) -> bool:
        """Close the note's window; whether it was open."""
        window, self.handoff = self.handoff, None
        was_open = window is not None and window.isVisible()
        if window is not None:
            window.close()
        return was_open

    def _mend(self) -> None:
        self.close_handoff()
        self._window.take_keyboard()
        self.open_consult()

    def _copy_card(self) -> None:
        card = self._saved_card()
        if card is not None:
            QGuiApplication.clipboard().setText(card.text)
            self._say(t("consult.copied"))

    def _enlarge(self) -> None:
        card = self._saved_card()
        if card is not None:
            self._large = ConsultWindow(card.rows, self._window.look)
            self._large.show()

    def _saved_card(self) -> ConsultView | None:
        keep_composition()
        sheet = self._window.sheet
        if isinstance(sheet, ConsultSheet):
            sheet.save_all()
        return self._work.papers.consult_card()
