"""The keyboard is lent: a click into a text field takes it, Esc or a saved note gives it back.

The window does not accept the focus (`WindowDoesNotAcceptFocus`), so a click on a button leaves
it where it was. For typing the flag is taken off the window's handle for as long as it lasts.
"""

from __future__ import annotations

from PySide6.QtCore import QEvent, QObject, Qt, QTimer, Signal
from PySide6.QtGui import QMouseEvent
from PySide6.QtWidgets import QApplication, QLineEdit, QPlainTextEdit, QWidget

from call.commands import EditNote, TakeNote
from ui.composition import keep_composition
from ui.known_parts import know_parts
from ui.port.change import Change
from ui.port.workplace import Workplace
from ui.sidebar import Sidebar

# So long a system may take to bring a window forward.
_LATE_MILLISECONDS = 400
_NO_FOCUS = Qt.WindowType.WindowDoesNotAcceptFocus


class KeyboardLoan(QObject):
    """Whose the keyboard is, for a window that has been shown.

    Signals:
        returned(): it is not ours any more.
    """

    returned = Signal()

    def __init__(self, workplace: Workplace, window: Sidebar) -> None:
        super().__init__(window)
        self._edge = workplace.edge
        self._settings = workplace.settings
        self._window = window
        self._lender = 0
        # Not for the note: for a sheet or a gap, after which it goes back by itself.
        self._is_for_a_moment = False
        self._has_saved = False
        self._is_coming = False
        self._focus_before: QWidget | None = None
        workplace.listen(self._on_change)

    def begin(self) -> None:
        """Follow the window, now that it has a handle."""
        window = self._window
        window.keyboard_wanted.connect(self.take)
        window.keyboard_done.connect(self.give_back)
        window.input.saved.connect(self._on_enter)
        window.notes.edit_asked.connect(lambda _: window.take_keyboard())
        window.windowHandle().installEventFilter(self)
        window.installEventFilter(self)
        QApplication.instance().focusChanged.connect(self._on_focus)  # type: ignore[union-attr]

    def end(self) -> None:
        """Watch no more: the window goes."""
        self._window.removeEventFilter(self)
        self._window.windowHandle().removeEventFilter(self)
        QApplication.instance().focusChanged.disconnect(self._on_focus)  # type: ignore[union-attr]

    @property
    def is_ours(self) -> bool:
        """Whether the window accepts the focus."""
        return not self._window.windowHandle().flags() & _NO_FOCUS

    def take(self) -> None:
        """Accept the focus from now on; who has it is remembered."""
        if self._window.has_keyboard:
            return
        front = self._edge.front_window()
        if front != self._window.winId():
            self._lender = front
        self._is_for_a_moment = not self._is_for_the_note()
        self._is_coming = True
        self._window.windowHandle().setFlag(_NO_FOCUS, False)

    def give_back(self) -> None:
        """To the window that had it; where that is gone, it stays: keys must go somewhere."""
        if not self.is_ours:
            return
        keep_composition()
        if self._lender and self._edge.bring_front(self._lender):
            self._refuse_focus()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Clicks come to the window's handle before any widget; other windows take it themselves."""
        kind = event.type()
        if watched is self._window:
            self._on_activation(kind)
        elif kind == QEvent.Type.FocusAboutToChange:
            keep_composition()  # before Qt hears of it: it would have a real input method drop it
        elif kind == QEvent.Type.MouseButtonPress and isinstance(event, QMouseEvent):
            self._on_press(event)
        elif kind == QEvent.Type.MouseButtonRelease:
            QTimer.singleShot(0, self._window, self._on_clicked)
        return super().eventFilter(watched, event)

    def _on_activation(self, kind: QEvent.Type) -> None:
        """Keys went elsewhere, unless this is the end of the loan before, heard only now."""
        if kind == QEvent.Type.WindowActivate:
            self._is_coming = False
        elif kind == QEvent.Type.WindowDeactivate:
            QTimer.singleShot(
                _LATE_MILLISECONDS if self._is_coming else 0, self._window, self._look
            )

    def _look(self) -> None:
        if self.is_ours and not self._window.isActiveWindow():
            self._refuse_focus()

    # -- slots --------------------------------------------------------------------------------

    def _on_press(self, event: QMouseEvent) -> None:
        self._focus_before = self._window.focusWidget()
        know_parts(self._window)
        clicked = self._window.childAt(event.position().toPoint())
        field = _text_field(clicked)
        if field is not None:
            field.setFocus(Qt.FocusReason.MouseFocusReason)
            self._window.take_keyboard()

    def _on_clicked(self) -> None:
        """A click that opened something to type in: a gap, a form."""
        focus, before = self._window.focusWidget(), self._focus_before
        is_new = focus is not before and focus is not self._window.input.edit
        if is_new and not self.is_ours and _text_field(focus) is not None:
            self._window.take_keyboard()

    def _on_change(self, change: Change) -> None:
        is_note = isinstance(change.command, TakeNote | EditNote)
        self._has_saved = is_note and change.refusal is None

    def _on_enter(self) -> None:
        """The note desk was told first: what could be saved is."""
        was_saved, self._has_saved = self._has_saved, False
        if was_saved and self._settings.get("view.after_note") == "back":
            self.give_back()

    def _on_focus(self, _before: QWidget | None, now: QWidget | None) -> None:
        if now is self._window.input.edit and self._is_for_a_moment:
            QTimer.singleShot(0, self._window, self._end_moment)

    def _end_moment(self) -> None:
        """What it was taken for is over, unless another sheet has followed."""
        if self._is_for_a_moment and self._is_for_the_note():
            self._is_for_a_moment = False
            self.give_back()

    def _is_for_the_note(self) -> bool:
        return self._window.sheet is None and self._window.focusWidget() is self._window.input.edit

    def _refuse_focus(self) -> None:
        self._lender, self._is_for_a_moment, self._is_coming = 0, False, False
        self._window.windowHandle().setFlag(_NO_FOCUS, True)
        self.returned.emit()


def _text_field(widget: QWidget | None) -> QWidget | None:
    """The field that a click on a widget would type into; its frame has it as focus proxy."""
    around = [near for near in (widget, widget.parentWidget() if widget else None) if near]
    for found in (*around, *(near.focusProxy() for near in around)):
        if isinstance(found, QLineEdit | QPlainTextEdit):
            return found if found.isEnabled() and not found.isReadOnly() else None
    return None
