"""What is due while nobody calls: the soonest, each with the time that is left."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from call.agenda import AgendaLine
from call.limits import Limits
from scripts_ja.texts import t
from ui.agenda_words import countdown, headline, identity, particulars, spoken_line, tone
from ui.case_button import CaseButton
from ui.key_button import KeyButton
from ui.labels import PlainLabel

# More stand in the whole list, one key away.
_MOST = 8


class DueRows(QWidget):
    """A heading, the rows, and the button of the whole list.

    Signals:
        chosen(object): the line whose case is to be opened.
    """

    chosen = Signal(object)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._lines: tuple[AgendaLine, ...] = ()
        self._buttons: list[CaseButton] = []
        self.late = PlainLabel(role="muted")
        self.late.set_tone("danger")
        self.none = PlainLabel(t("waiting.no_dues"), "muted")
        self.all = KeyButton("agenda")
        head = QHBoxLayout()
        head.addWidget(PlainLabel(t("waiting.dues"), "strong"))
        head.addStretch(1)
        head.addWidget(self.late)
        self._rows = QVBoxLayout()
        self._rows.setSpacing(4)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(4)
        column.addLayout(head)
        column.addWidget(self.none)
        column.addLayout(self._rows)
        column.addWidget(self.all, 0, Qt.AlignmentFlag.AlignRight)

    def show_lines(self, lines: Sequence[AgendaLine], limits: Limits) -> None:
        """Show the soonest; where only the clock went on, nothing is laid out anew."""
        late = sum(line.is_late for line in lines)
        self.late.set_text(t("agenda.count_late", count=late) if late else "")
        self.none.setVisible(not lines)
        self.all.setVisible(bool(lines))
        self.all.set_words(t("agenda.all", count=len(lines)), self.all.key.text())
        shown = tuple(lines[:_MOST])
        if [_look_of(line) for line in shown] != [_look_of(line) for line in self._lines]:
            self._make(shown)
        self._lines = shown
        for button, line in zip(self._buttons, shown, strict=True):
            button.show_remark(countdown(line.seconds_left), tone(line, limits))
            button.setAccessibleName(spoken_line(line))

    def _make(self, lines: Sequence[AgendaLine]) -> None:
        for button in self._buttons:
            self._rows.removeWidget(button)
            button.hide()
            button.deleteLater()
        self._buttons = [CaseButton(headline(line), particulars(line)) for line in lines]
        for place, button in enumerate(self._buttons):
            button.clicked.connect(lambda _=False, at=place: self.chosen.emit(self._lines[at]))
            self._rows.addWidget(button)


def _look_of(line: AgendaLine) -> tuple[object, ...]:
    return identity(line), headline(line), particulars(line)
