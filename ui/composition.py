"""Text fields that know when the input method is in the middle of a word."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QEvent, QObject, Qt, Signal
from PySide6.QtGui import QFocusEvent, QGuiApplication, QInputMethodEvent, QKeyEvent
from PySide6.QtWidgets import QApplication, QLineEdit, QPlainTextEdit, QWidget

from ui.known_parts import viewport_of

_ENTER = (Qt.Key.Key_Return, Qt.Key.Key_Enter)


class ComposingLineEdit(QLineEdit):
    """A one-line field.

    Signals:
        entered(): Enter outside a composition.
        left(): Esc outside a composition.
    """

    entered = Signal()
    left = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.is_composing = False
        self._preedit = ""

    def take_composition(self) -> None:
        """Make what is being composed part of the text, before something would discard it."""
        if self._preedit:
            _take(self, self._preedit, self.text, self.insert)
            self._preedit, self.is_composing = "", False

    def inputMethodEvent(self, event: QInputMethodEvent) -> None:
        """Notice whether a composition runs."""
        self._preedit = event.preeditString()
        self.is_composing = bool(self._preedit)
        super().inputMethodEvent(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Enter and Esc belong to the input method while it composes."""
        is_enter, is_escape = event.key() in _ENTER, event.key() == Qt.Key.Key_Escape
        if self.is_composing and (is_enter or is_escape):
            event.accept()
        elif is_enter:
            self.entered.emit()
        elif is_escape:
            self.left.emit()
        else:
            super().keyPressEvent(event)

    def focusOutEvent(self, event: QFocusEvent) -> None:
        """Keep what is being composed."""
        self.take_composition()
        super().focusOutEvent(event)


class ComposingTextEdit(QPlainTextEdit):
    """A field of several lines; Shift+Enter breaks a line.

    Signals:
        entered(): Enter outside a composition.
        left(): Esc outside a composition.
        text_typed(): the text changed; a composition that goes on is no change.
        focus_changed(bool): the field got or lost the focus.
    """

    entered = Signal()
    left = Signal()
    text_typed = Signal()
    focus_changed = Signal(bool)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.is_composing = False
        self._preedit = ""
        self._known = ""
        self._hint = ""
        self.textChanged.connect(self._on_text_changed)

    def show_hint(self, hint: str) -> None:
        """Say in the empty field what belongs there.

        Not while something is composed: Qt takes such a field for empty, and paints both.
        """
        self._hint = hint
        wanted = "" if self.is_composing else hint
        if self.placeholderText() != wanted:
            self.setPlaceholderText(wanted)
            viewport_of(self).update()  # Qt paints only where a hint comes or goes

    def take_composition(self) -> None:
        """Make what is being composed part of the text, before something would discard it."""
        if self._preedit:
            _take(self, self._preedit, self.toPlainText, self.insertPlainText)
            self._preedit, self.is_composing = "", False

    def inputMethodEvent(self, event: QInputMethodEvent) -> None:
        """Notice whether a composition runs."""
        self._preedit = event.preeditString()
        self.is_composing = bool(self._preedit)
        self.show_hint(self._hint)
        super().inputMethodEvent(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Enter and Esc belong to the input method while it composes."""
        is_enter, is_escape = event.key() in _ENTER, event.key() == Qt.Key.Key_Escape
        has_shift = bool(event.modifiers() & Qt.KeyboardModifier.ShiftModifier)
        if self.is_composing and (is_enter or is_escape):
            event.accept()
        elif is_enter and not has_shift:
            self.entered.emit()
        elif is_escape:
            self.left.emit()
        else:
            super().keyPressEvent(event)

    def focusInEvent(self, event: QFocusEvent) -> None:
        """Tell the frame around the field."""
        super().focusInEvent(event)
        self.focus_changed.emit(True)

    def focusOutEvent(self, event: QFocusEvent) -> None:
        """Keep what is being composed, then tell the frame."""
        self.take_composition()
        super().focusOutEvent(event)
        self.focus_changed.emit(False)

    def _on_text_changed(self) -> None:
        """Qt signals every step of a composition; only a changed text counts."""
        text = self.toPlainText()
        if text != self._known:
            self._known = text
            self.text_typed.emit()


def _take(
    field: QWidget, preedit: str, read: Callable[[], str], insert: Callable[[str], object]
) -> None:
    """Put ``preedit`` into the text of ``field`` once, whoever does it.

    Qt's ibus context drops a composition on commit, on a lost focus and on hiding; the text is
    therefore remembered by the field and put in by hand.
    """
    before = read()
    QGuiApplication.inputMethod().commit()
    if read() == before:
        QApplication.sendEvent(field, QInputMethodEvent("", []))
        insert(preedit)


def is_composing() -> bool:
    """Whether the field with the focus is in the middle of a composition."""
    return bool(getattr(QApplication.focusWidget(), "is_composing", False))


def keep_composition() -> None:
    """Make what is being composed part of its field, before the focus is moved.

    A real input method drops it when Qt moves the focus, before the field hears of that.
    """
    take = getattr(QApplication.focusWidget(), "take_composition", None)
    if take is not None:
        take()


class KeptOnLeaving(QObject):
    """Keeps what is being composed in a shown window when another window gets the focus.

    On its way out Qt has the input method drop it, before any field is told.
    """

    def __init__(self, window: QWidget) -> None:
        super().__init__(window)
        self._handle = window.windowHandle()
        self._handle.installEventFilter(self)

    def end(self) -> None:
        """Watch no more: a filter in Python must not see a window that is destroyed."""
        self._handle.removeEventFilter(self)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Hear of it first."""
        if event.type() == QEvent.Type.FocusAboutToChange:
            keep_composition()
        return super().eventFilter(watched, event)
