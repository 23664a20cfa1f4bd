"""A row of a short list: its key, what it chooses, and a note behind it, or below where both are long."""

from __future__ import annotations

from PySide6.QtCore import QRect, QSize, Qt
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QPushButton, QSizePolicy, QWidget

from ui.broken_label import BrokenLabel
from ui.labels import PlainLabel

_SIDE, _ABOVE, _GAP = 8, 4, 8
_NARROWEST = 80


class ChoiceRow(QPushButton):
    """Nothing in it is cut: it is as high as its words and its note need at its width.

    ``keys`` are those of all rows of the list, so that the words of all begin on one line.
    """

    def __init__(
        self, key: str, text: str, note: str, keys: str, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self._keys = keys
        # By width and size of the text: a layout asks for them many times.
        self._places_at: dict[tuple[int, int, int], tuple[QRect, QRect]] = {}
        self._key = PlainLabel(key, "key", self)
        self.words = BrokenLabel(text, parent=self)
        self.note = BrokenLabel(note, "key", self)
        for label in (self._key, self.words, self.note):
            label.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        # Not Fixed: a layout would cap it at the height of one line.
        policy = QSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Preferred)
        policy.setHeightForWidth(True)
        self.setSizePolicy(policy)
        self.setAccessibleName(f"{key} {text} {note}")

    def hasHeightForWidth(self) -> bool:
        """A narrow one may be higher."""
        return True

    def heightForWidth(self, width: int) -> int:
        """The height of its words and its note at that width."""
        words, note = self._places(width)
        return max(words.bottom(), note.bottom()) + 1 + _ABOVE

    def sizeHint(self) -> QSize:
        """One line; the layout asks for the height at its width."""
        return QSize(200, self.words.sizeHint().height() + 2 * _ABOVE)

    def minimumSizeHint(self) -> QSize:
        """Narrow is fine."""
        return QSize(_NARROWEST, self.sizeHint().height())

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Put its labels where they belong at this width."""
        super().resizeEvent(event)
        words, note = self._places(self.width())
        self.words.setGeometry(words)
        self.note.setGeometry(note)
        size = self._key.sizeHint()
        middle = words.top() + (self.words.sizeHint().height() - size.height()) // 2
        self._key.setGeometry(_SIDE, middle, size.width(), size.height())

    def _places(self, width: int) -> tuple[QRect, QRect]:
        """Where words and note stand at that width, with the text as large as it is now."""
        self.words.ensurePolished()
        self.note.ensurePolished()
        now = (width, self.words.fontMetrics().height(), self.note.fontMetrics().height())
        if now not in self._places_at:
            self._places_at[now] = self._places_for(width)
        return self._places_at[now]

    def _places_for(self, width: int) -> tuple[QRect, QRect]:
        """Side by side if both fit on one line."""
        left = _SIDE + self._column() + _GAP
        room = width - _SIDE - left
        of_words, of_note = _advance(self.words), _advance(self.note)
        line = self.words.sizeHint().height()
        if not self.note.text() or of_words + _GAP + of_note <= room:
            height = self.words.heightForWidth(room)
            low = self.note.sizeHint().height()
            beside = QRect(left + room - of_note, _ABOVE + (line - low) // 2, of_note, low)
            return QRect(left, _ABOVE, room - of_note, height), beside
        words = QRect(left, _ABOVE, room, self.words.heightForWidth(room))
        return words, QRect(left, words.bottom() + 2, room, self.note.heightForWidth(room))

    def _column(self) -> int:
        """The width of the widest key."""
        self._key.ensurePolished()
        return max(self._key.fontMetrics().horizontalAdvance(key) for key in self._keys)


def _advance(label: BrokenLabel) -> int:
    """How wide its text is on one line."""
    label.ensurePolished()
    return label.fontMetrics().horizontalAdvance(label.text()) + 1 if label.text() else 0
