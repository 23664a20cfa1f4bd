"""An interrupt card: what must be done, what can be said. Closing it returns to the stage."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QWidget

from scripts_ja.texts import t
from ui.column_height import ColumnFrame
from ui.labels import PlainLabel
from ui.phrase_label import PhraseLabel
from ui.port.stage import CardView
from ui.scrolled import scrolled
from ui.sheet import CHOICE_KEYS, Sheet
from ui.theme import Look
from ui.wrapped_label import WrappedLabel


class InterruptSheet(Sheet):
    """The card.

    Signals:
        copy_asked(str): the text of a phrase whose key was pressed.
    """

    copy_asked = Signal(str)

    def __init__(self, card: CardView, look: Look, parent: QWidget | None = None) -> None:
        super().__init__(t("interrupt.title", code=card.code, title=card.title), parent)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self._card = card
        self._musts = [WrappedLabel("ink") for _ in card.must]
        self._phrases = [PhraseLabel(is_first=not place) for place in range(len(card.phrases))]
        body = ColumnFrame()
        rows = body.column
        rows.setContentsMargins(0, 0, 4, 0)
        rows.setSpacing(6)
        for must in self._musts:
            rows.addWidget(must)
        frame = ColumnFrame()
        frame.setObjectName("card")
        lines = frame.column
        lines.setContentsMargins(12, 8, 12, 8)
        for number, label in enumerate(self._phrases):
            lines.addWidget(PlainLabel(self._remark(number), "muted"))
            lines.addWidget(label)
        rows.addWidget(frame)
        rows.addStretch(1)
        self._column.addWidget(scrolled(body), 1)
        self._look = look

    def begin(self) -> None:
        """Say it now that it has its place: before, its lines would be broken for other widths."""
        self.show_look(self._look)
        super().begin()

    def show_look(self, look: Look) -> None:
        """Change the size of what is painted by hand."""
        self._look = look
        for number, (label, must) in enumerate(zip(self._musts, self._card.must, strict=True)):
            label.show_text(t("interrupt.must", number=number + 1), must, look)
        for phrase_label, phrase in zip(self._phrases, self._card.phrases, strict=True):
            phrase_label.show_segments(phrase.segments, look)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """A phrase's digit copies it."""
        place = CHOICE_KEYS.find(event.text()) if event.text() else -1
        if 0 <= place < len(self._card.phrases) and not event.modifiers():
            self.copy_asked.emit(self._card.phrases[place].plain)
        else:
            super().keyPressEvent(event)

    def _remark(self, number: int) -> str:
        condition = self._card.phrases[number].condition
        return t("interrupt.phrase", key=CHOICE_KEYS[number], condition=condition).rstrip()
