"""What is asked before a paper leaves: what to leave out, the letter's sheet, and which form."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QPushButton, QWidget

from scripts_ja.texts import t
from ui.flow_layout import FlowLayout
from ui.labels import PlainLabel, set_style_property
from ui.port.paper_shelf import FORMS, MASKS, LeaveOut

MASK_KEYS = dict(zip(MASKS, "TNQ", strict=True))
LETTER_KEY = "L"
_LETTERS = ("a5", "a6")


def chip(text: str, name: str) -> QPushButton:
    """A small button that is on or off."""
    button = QPushButton(text)
    button.setProperty("chip", "true")
    button.setProperty("wide", "true")
    button.setAccessibleName(name)
    button.setFocusPolicy(Qt.FocusPolicy.TabFocus)
    return button


def turn(button: QPushButton, *, is_on: bool) -> None:
    """Show whether it is on."""
    set_style_property(button, "on", "true" if is_on else "false")
    button.setAccessibleDescription(t("paper.window.on" if is_on else "paper.window.off"))


class LeaveOutRow(QWidget):
    """Telephone numbers, names, quotes: what is on is left out of whatever leaves.

    Signals:
        changed(): something is to be left out, or no more.
    """

    changed = Signal()

    def __init__(self, usual: LeaveOut, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.wanted = usual
        self.masks = {mask: self._mask_chip(mask) for mask in MASKS}
        self.letter = chip("", t("paper.window.letter"))
        self.letter.clicked.connect(self.turn_letter)
        row = FlowLayout(self)
        row.addWidget(PlainLabel(t("paper.window.leave_out"), "muted"))
        for button in (*self.masks.values(), self.letter):
            row.addWidget(button)
        self._show()

    def toggle(self, mask: str) -> None:
        """Leave it out, or no more."""
        had = self.wanted.masks
        masks = tuple(m for m in MASKS if (m in had) != (m == mask))
        self.wanted = LeaveOut(masks, self.wanted.letter)
        self._show()
        self.changed.emit()

    def turn_letter(self) -> None:
        """The other sheet for what goes into an envelope."""
        letter = _LETTERS[1 - _LETTERS.index(self.wanted.letter)]
        self.wanted = LeaveOut(self.wanted.masks, letter)
        self._show()
        self.changed.emit()

    def show_letter(self, *, is_letter: bool) -> None:
        """The sheet is asked for only where there is a choice."""
        self.letter.setVisible(is_letter)

    def _mask_chip(self, mask: str) -> QPushButton:
        name = t(f"handoff.mask.label.{mask}")
        button = chip(t(f"paper.window.mask.{mask}", key=MASK_KEYS[mask]), name)
        button.clicked.connect(lambda: self.toggle(mask))
        return button

    def _show(self) -> None:
        for mask, button in self.masks.items():
            turn(button, is_on=mask in self.wanted.masks)
        sheet = self.wanted.letter.upper()
        self.letter.setText(t("paper.window.letter_chip", sheet=sheet, key=LETTER_KEY))


class FormRow(QWidget):
    """The form of the file; arrows left and right choose another."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.form = FORMS[0]
        self._offered: Sequence[str] = FORMS
        self.chips = {
            form: chip(t(f"paper.form.{form}"), t(f"paper.form.{form}")) for form in FORMS
        }
        row = FlowLayout(self)
        row.addWidget(PlainLabel(t("paper.window.form"), "muted"))
        for form, button in self.chips.items():
            button.clicked.connect(lambda _=False, f=form: self.choose(f))
            row.addWidget(button)
        self.choose(self.form)

    def offer(self, forms: Sequence[str]) -> None:
        """Only these fit the paper."""
        self._offered = forms
        for form, button in self.chips.items():
            button.setVisible(form in forms)
        self.choose(self.form if self.form in forms else forms[0])

    def choose(self, form: str) -> None:
        """Files are of this form from now on."""
        self.form = form
        for each, button in self.chips.items():
            turn(button, is_on=each == form)

    def step(self, by: int) -> None:
        """The next form, or the one before."""
        place = self._offered.index(self.form) + by
        self.choose(self._offered[place % len(self._offered)])
