"""The place of the window's one prompt on the wrap-up sheet, which stays open for minutes."""

from __future__ import annotations

from PySide6.QtWidgets import QVBoxLayout, QWidget

from call.case import Case
from ui.bars import AdviceBar

# Prompts of the case in hand that the record says itself.
_SAID_THERE = ("report_safety", "report_red", "report_amber", "acw_guide")


class PromptPlace(QWidget):
    """What other cases owe is seen here meanwhile; what the record says itself is not said twice."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._bar: AdviceBar | None = None
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 0, 0, 0)

    def host(self, bar: AdviceBar) -> None:
        """Take the bar, until the window wants it back."""
        self._bar = bar
        self._column.addWidget(bar)

    def show_for(self, case: Case | None, *, is_record: bool) -> None:
        """Make room for the prompt, or for the rows."""
        self.setVisible(not (is_record and self._is_said_there(case)))

    def _is_said_there(self, case: Case | None) -> bool:
        prompt = self._bar.prompt if self._bar else None
        if prompt is None or case is None:
            return False
        is_own = prompt.about is None or prompt.about.case_id == case.id
        return is_own and prompt.id in _SAID_THERE
