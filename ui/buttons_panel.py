"""The buttons at the foot: the stage's two, and the call's three."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from call.phase import CallPhase
from scripts_ja.texts import t
from ui.actions import key_of, short_key_of
from ui.key_button import KeyButton


class ButtonsPanel(QWidget):
    """The main actions of each phase; the filled one is what comes next.

    Signals:
        pressed(str): the id of the action.
    """

    pressed = Signal(str)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.start = KeyButton("start", is_main=True)
        self.back = KeyButton("back")
        self.next = KeyButton("next", is_main=True)
        self.hold = KeyButton("hold", is_short=True)
        self.handoff = KeyButton("handoff", is_short=True)
        self.end = KeyButton("end", is_short=True)
        first, second = QHBoxLayout(), QHBoxLayout()
        for row in (first, second):
            row.setSpacing(8)
        first.addWidget(self.start)
        first.addWidget(self.back, 2)
        first.addWidget(self.next, 3)
        for button in (self.hold, self.handoff, self.end):
            second.addWidget(button, 1)
        rows = QVBoxLayout(self)
        rows.setContentsMargins(0, 0, 0, 0)
        rows.setSpacing(8)
        rows.addLayout(first)
        rows.addLayout(second)
        for button in (self.start, self.back, self.next, self.hold, self.handoff, self.end):
            button.clicked.connect(lambda _=False, b=button: self.pressed.emit(b.action_id))
        # As while nobody calls; saying so by show_phase would lay out what has no style yet.
        for button in (self.back, self.next):
            button.hide()
        for button in (self.hold, self.handoff, self.end):
            button.setEnabled(False)

    def offer_stage(self) -> None:
        """A call will be in hand in a moment: nothing is pressed here that is then another button."""
        self.start.hide()
        self.back.show()
        self.next.show()

    def show_phase(self, phase: CallPhase, *, has_case: bool) -> None:
        """Offer what fits the phase."""
        self.start.setVisible(phase.is_waiting)
        self.back.setVisible(not phase.is_waiting)
        self.next.setVisible(not phase.is_waiting)
        self.start.set_words(t(_start_word(phase)), key_of("start"))
        is_held = phase is CallPhase.ON_HOLD
        # After the call there is nothing to hold: its place leads to the record. Its key is no
        # Ctrl+Alt one like those beside it, so its last part alone would be taken for another.
        self.hold.action_id = "wrap_up" if phase.is_after_call else "hold"
        word = "action.resume" if is_held else "action.hold"
        self.hold.set_words(
            t("wrap_up.button" if phase.is_after_call else word),
            "" if phase.is_after_call else short_key_of("hold"),
        )
        self.hold.setEnabled(phase.is_live or phase.is_after_call)
        self.handoff.setEnabled(has_case)
        self.end.set_words(t(_end_word(phase)), short_key_of("end"))
        self.end.setEnabled(phase.is_live or phase.is_after_call or phase is CallPhase.RINGING)


def _start_word(phase: CallPhase) -> str:
    return "action.answer" if phase is CallPhase.RINGING else "action.start"


def _end_word(phase: CallPhase) -> str:
    if phase.is_after_call:
        return "action.finish"
    return "action.decline" if phase is CallPhase.RINGING else "action.end"
