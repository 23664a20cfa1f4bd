"""Filling a gap where it stands: Tab goes to the next empty placeholder of the phrases.

Then to what else the stage should learn, over the line that names it.
"""

from __future__ import annotations

from PySide6.QtCore import QEvent, QObject, QRect, Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QWidget

from call.commands import FillField
from call.events import StageEntered
from scripts_ja.placeholders import definitions
from scripts_ja.texts import t
from ui.composition import ComposingLineEdit
from ui.labels import as_plain_tooltip
from ui.port.change import Change
from ui.port.notices import Notice
from ui.port.workplace import Workplace
from ui.sidebar import Sidebar

_LEAST_WIDTH = 150
_HEIGHT = 30


class GapEntry(QObject):
    """A field laid over the gap that is being filled."""

    def __init__(self, workplace: Workplace, window: Sidebar) -> None:
        super().__init__(window)
        self._work = workplace
        self._window = window
        self._key = ""
        self.entry = ComposingLineEdit(window.page)
        self.entry.hide()
        self.entry.entered.connect(self._on_entered)
        self.entry.left.connect(self.close)
        self.entry.installEventFilter(self)
        window.stage.card.gap_clicked.connect(self.open)
        window.input.edit.installEventFilter(self)
        window.closing.connect(self._keep)
        workplace.listen(self._on_change)

    def open(self, key: str) -> None:
        """Lay the field over the gap of ``key``, or over the line that asks for it."""
        found = self._gap_of(key) or self._line_of(key)
        if found is None:
            return
        label, rect = found
        self._key = key
        self._window.bring_into_sight(label, rect)
        widest, height = self._window.width() - 28, self._window.look.px(_HEIGHT)
        width = min(widest, max(_LEAST_WIDTH, rect.width() + 20))
        place = label.mapTo(self._window, rect.center())
        left = max(12, min(place.x() - rect.width() // 2, self._window.width() - 16 - width))
        self.entry.setGeometry(left, place.y() - height // 2, width, height)
        definition = definitions()[key]
        self.entry.setPlaceholderText(definition.label)
        self.entry.setToolTip(as_plain_tooltip(definition.form))
        self.entry.setAccessibleName(definition.label)
        self.entry.clear()
        self.entry.show()
        self.entry.raise_()
        self.entry.setFocus(Qt.FocusReason.TabFocusReason)
        self._window.notice.setText(definition.form)

    def _gap_of(self, key: str) -> tuple[QWidget, QRect] | None:
        label = self._window.stage.card.label_with_gap(key)
        rect = label.gap_rect(key) if label else None
        return (label, rect) if label and rect else None

    def _line_of(self, key: str) -> tuple[QWidget, QRect] | None:
        line = self._window.stage.asks
        return (line, line.rect()) if key in self._asked() else None

    def _asked(self) -> list[str]:
        """What the line below the phrases asks for, where it is in sight."""
        view = self._work.stage()
        if view is None or self._window.stage.asks.isHidden():
            return []
        return [ask.key for ask in view.asks if ask.is_typed]

    def _keys(self) -> list[str]:
        """All that can be filled here, in reading order, each once."""
        return list(dict.fromkeys([*self._window.stage.card.gap_keys(), *self._asked()]))

    def open_next(self) -> bool:
        """Go to the next gap; False where there is none."""
        keys = self._keys() if self._window.sheet is None else []
        if not keys or self._window.center.currentIndex() != 0:
            return False
        place = keys.index(self._key) + 1 if self._key in keys else 0
        self._keep()
        left = self._keys()  # what was filled is no gap any more
        following = [key for key in (*keys[place:], *keys[:place]) if key in left]
        if following:
            self.open(following[0])
        else:
            self.close()
        return True

    def close(self) -> None:
        """Take the field away and go back to typing."""
        self._key = ""
        self.entry.hide()
        self._window.notice.say_again()
        self._window.input.focus()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Tab in the note field or in the gap goes on to the next gap."""
        if event.type() == QEvent.Type.KeyPress and isinstance(event, QKeyEvent):
            is_composing = bool(getattr(watched, "is_composing", False))
            if event.key() == Qt.Key.Key_Tab and not is_composing:
                if not self.open_next() and watched is self._window.input.edit:
                    # Moving on would let the next letters press buttons in the middle of a call.
                    self._window.notice.say(Notice("said", t("phrase.no_gap")))
                return True
        return super().eventFilter(watched, event)

    def _on_change(self, change: Change) -> None:
        """Another stage has other phrases: what was typed is kept, the field goes."""
        is_elsewhere = any(isinstance(event.body, StageEntered) for event in change.events)
        if is_elsewhere and self._key:
            self._keep()
            self.close()

    def _on_entered(self) -> None:
        self._keep()
        self.close()

    def _keep(self) -> None:
        self.entry.take_composition()
        text = self.entry.text().strip()
        if self._key and text:
            key, self._key = self._key, ""
            self.entry.clear()
            self._work.do(FillField(key, text))
