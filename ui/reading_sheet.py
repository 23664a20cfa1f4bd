"""Phrases in large type, one below the other, to be read out while the stage stays where it is."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QFrame, QVBoxLayout, QWidget

from scripts_ja.texts import t
from ui.actions import key_of
from ui.labels import ElidedLabel
from ui.phrase_label import PhraseLabel
from ui.phrase_list import about
from ui.port.phrases import FoundPhrase
from ui.scrolled import scrolled
from ui.sheet import CHOICE_KEYS, Sheet
from ui.theme import Look

ToRead = Callable[[], tuple[FoundPhrase, ...]]

_ENTER = (Qt.Key.Key_Return, Qt.Key.Key_Enter)
_REMOVE = (Qt.Key.Key_Delete, Qt.Key.Key_Backspace)
_STEPS = {Qt.Key.Key_Up: -1, Qt.Key.Key_Down: 1}
_NO_KEY = -1


class ReadingSheet(Sheet):
    """The phrases; one of them is marked as the present one.

    Signals:
        copy_asked(list): copy these phrases, in this order.
        moved(int, int): the phrase at that place should go so far down (or up).
        removed(int): the phrase at that place is to be taken out.
    """

    copy_asked = Signal(list)
    moved = Signal(int, int)
    removed = Signal(int)

    def __init__(self, to_read: ToRead, look: Look, parent: QWidget | None = None) -> None:
        super().__init__("", parent)
        self._to_read = to_read
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self._look = look
        self._shown: tuple[FoundPhrase, ...] = ()
        self.place = 0
        self.heads: list[ElidedLabel] = []
        self.labels: list[PhraseLabel] = []
        self._rules: list[QFrame] = []
        card = QFrame()
        card.setObjectName("card")
        self._lines = QVBoxLayout(card)
        self._lines.setContentsMargins(12, 8, 12, 8)
        self._lines.setSpacing(4)
        body = QWidget()
        rows = QVBoxLayout(body)
        rows.setContentsMargins(0, 0, 4, 0)
        rows.addWidget(card)
        rows.addStretch(1)
        self._area = scrolled(body)
        self._column.addWidget(self._area, 1)
        keys = (t("phrase_reading.keys"), t("phrase_reading.back", key=key_of("find_phrase")))
        for text in keys:
            self._column.addWidget(ElidedLabel(text, "small"))
        self.show_place(0)

    @property
    def chosen(self) -> FoundPhrase | None:
        """The phrase that keys are for."""
        return self._shown[self.place] if self._shown else None

    def show_place(self, place: int) -> None:
        """Show the phrases as they stand now, the one at ``place`` as the present one."""
        shown = self._to_read()
        title = t("phrase_reading.title", count=len(shown))
        self.title.set_text(title)
        self.setAccessibleName(title)
        self._shown = shown
        while len(self.labels) < len(shown):
            self._add_place()
        for number, label in enumerate(self.labels):
            is_there = number < len(shown)
            self._rules[number].setVisible(is_there and number > 0)
            self.heads[number].setVisible(is_there)
            label.setVisible(is_there)
            if is_there:
                label.show_segments(shown[number].phrase.segments, self._look)
        self._go_to(place)

    def show_look(self, look: Look) -> None:
        """Change theme or text size."""
        self._look = look
        self.show_place(self.place)

    def refresh(self) -> None:
        """What is filled in may have changed."""
        if self._to_read() != self._shown:
            self.show_place(self.place)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Arrows choose (with Alt they move), Delete takes out, Enter and digits copy."""
        has_alt = bool(event.modifiers() & Qt.KeyboardModifier.AltModifier)
        digit = CHOICE_KEYS.find(event.text()) if event.text() else _NO_KEY
        if event.key() in _STEPS:
            step = _STEPS[Qt.Key(event.key())]
            self.moved.emit(self.place, step) if has_alt else self._go_to(self.place + step)
        elif event.key() in _REMOVE and self._shown:
            self.removed.emit(self.place)
        elif event.key() in _ENTER and self._shown:
            self.copy_asked.emit(list(self._shown))
        elif 0 <= digit < len(self._shown):
            self._go_to(digit)
            self.copy_asked.emit([self._shown[digit]])
        else:
            super().keyPressEvent(event)

    def _add_place(self) -> None:
        rule = QFrame()
        rule.setObjectName("rule")
        head = ElidedLabel(role="muted")
        label = PhraseLabel(is_first=True)
        for widget in (rule, head, label):
            self._lines.addWidget(widget)
        self._rules.append(rule)
        self.heads.append(head)
        self.labels.append(label)

    def _go_to(self, place: int) -> None:
        """Make a phrase the present one, in sight."""
        self.place = max(0, min(place, len(self._shown) - 1))
        for number, found in enumerate(self._shown):
            is_present = number == self.place
            key = "phrase_reading.present" if is_present else "phrase_reading.head"
            self.heads[number].set_text(t(key, number=number + 1, about=about(found)))
            self.heads[number].set_tone("present" if is_present else "")
        if self._shown:
            self._area.ensureWidgetVisible(self.labels[self.place], 0, 8)
            self._area.ensureWidgetVisible(self.heads[self.place], 0, 8)
