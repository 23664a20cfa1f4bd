"""The keys of the settings: pressed to be recorded, given back, or kept to the sidebar alone."""

from __future__ import annotations

from PySide6.QtCore import QEvent, Qt, Signal
from PySide6.QtGui import QFocusEvent, QKeyEvent, QKeySequence
from PySide6.QtWidgets import QHBoxLayout, QPushButton, QVBoxLayout, QWidget

from scripts_ja.texts import t
from ui.action_words import action_name
from ui.actions import spaced
from ui.port.surroundings import HotkeysPort, HotkeyView
from ui.settings_page import SettingsPage
from ui.theme import Look
from ui.wrapped_label import WrappedLabel

_MODIFIERS = (Qt.Key.Key_Control, Qt.Key.Key_Shift, Qt.Key.Key_Alt, Qt.Key.Key_Meta)
_MARKED = ("taken", "absent", "refused")


class KeyRecorder(QPushButton):
    """Shows a key; pressed, it waits for another one.

    Signals:
        recorded(str): 「Ctrl+Alt+N」 was pressed.
    """

    recorded = Signal(str)

    def __init__(self) -> None:
        super().__init__()
        self.is_waiting = False
        self._key = ""
        self.clicked.connect(lambda: self._wait(is_waiting=True))

    def show_key(self, key: str) -> None:
        """Show the key in force."""
        self._key = key
        waits = t("settings_window.press_key")
        self.setText(waits if self.is_waiting else spaced(key))

    def take(self, key: str) -> None:
        """That key was pressed, whoever brought it."""
        self._wait(is_waiting=False)
        self.recorded.emit(key)

    def event(self, event: QEvent) -> bool:
        """While it waits no key is a shortcut, nor does Tab go on."""
        if self.is_waiting and isinstance(event, QKeyEvent):
            if event.type() == QEvent.Type.ShortcutOverride:
                event.accept()
                return True
            if event.type() == QEvent.Type.KeyPress:
                self._on_pressed(event)
                return True
        return super().event(event)

    def focusOutEvent(self, event: QFocusEvent) -> None:
        """Gone elsewhere: no key is meant for it any more."""
        self._wait(is_waiting=False)
        super().focusOutEvent(event)

    def _on_pressed(self, event: QKeyEvent) -> None:
        if event.key() in _MODIFIERS or event.isAutoRepeat():
            return
        if event.key() == Qt.Key.Key_Escape and not event.modifiers():
            self._wait(is_waiting=False)
            return
        portable = QKeySequence.SequenceFormat.PortableText
        self.take(QKeySequence(event.keyCombination()).toString(portable))

    def _wait(self, *, is_waiting: bool) -> None:
        self.is_waiting = is_waiting
        self.show_key(self._key)


class HotkeyRow(QWidget):
    """An action, its key, and what can be done about it."""

    def __init__(self, action: str, hotkeys: HotkeysPort) -> None:
        super().__init__()
        self.action = action
        self._hotkeys = hotkeys
        self._problem = ""
        self._look: Look | None = None
        self._name, self.remark = WrappedLabel("ink"), WrappedLabel("muted")
        self.complaint = WrappedLabel("danger")
        self.recorder = KeyRecorder()
        self.recorder.recorded.connect(self.try_key)
        self.offer = QPushButton()
        self.offer.clicked.connect(self._accept)
        self.off = QPushButton(t("settings_window.key_off"))
        self.off.clicked.connect(lambda: self.try_key("none"))
        self.reset = QPushButton(t("settings_window.key_reset"))
        self.reset.clicked.connect(lambda: self.try_key(""))
        line = QHBoxLayout()
        line.setSpacing(6)
        for button, stretch in ((self.recorder, 3), (self.off, 1), (self.reset, 1)):
            line.addWidget(button, stretch)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(3)
        column.addWidget(self._name)
        column.addLayout(line)
        for widget in (self.complaint, self.remark, self.offer):
            column.addWidget(widget)
        self.setFocusProxy(self.recorder)

    def try_key(self, key: str) -> None:
        """Take a key where it can be had, else say why not."""
        before = self._hotkeys.keys()
        became = self._hotkeys.try_key(self.action, key)
        self._problem = ""
        if became == "ours":
            shown = QKeySequence(key)
            owner = next(a for a, k in before.items() if QKeySequence(k) == shown)
            self._problem = t("settings_window.key_ours", name=action_name(owner))
        elif became in ("unfit", *_MARKED):
            self._problem = t(f"settings_window.key_{became}", key=spaced(key))
        view = next(v for v in self._hotkeys.all() if v.action == self.action)
        if self._look is not None:
            self.show_view(view, self._look)

    def show_view(self, view: HotkeyView, look: Look) -> None:
        """Show key and state."""
        self._look = look
        name = action_name(view.action)
        self._name.show_text(name, "", look)
        self.recorder.show_key(view.key)
        remark = self._remark(view)
        for button, word in (
            (self.recorder, t("settings_window.key_name", name=name, key=spaced(view.key))),
            (self.off, t("settings_window.off_name", name=name)),
            (self.reset, t("settings_window.reset_name", name=name)),
        ):
            button.setAccessibleName(word)
        self.recorder.setAccessibleDescription(remark)
        self.off.setEnabled(view.state != "disabled")
        self._show_line(self.remark, remark)
        self._show_line(self.complaint, self._problem)
        self.offer.setText(t("settings_window.key_offer", key=spaced(view.offer)))
        self.offer.setVisible(bool(view.offer))

    def _show_line(self, label: WrappedLabel, text: str) -> None:
        if self._look is not None:
            label.show_text("", text, self._look)
        label.setVisible(bool(text))

    def _remark(self, view: HotkeyView) -> str:
        if view.state in _MARKED:
            return t(f"hotkeys.mark.{view.state}")
        return t("settings_window.key_here") if view.state == "disabled" else ""

    def _accept(self) -> None:
        view = next(v for v in self._hotkeys.all() if v.action == self.action)
        self.try_key(view.offer)


class HotkeysPage(SettingsPage):
    """What hears the keys and why, then a row for each."""

    def __init__(self, hotkeys: HotkeysPort) -> None:
        super().__init__()
        self._hotkeys = hotkeys
        self._about = WrappedLabel("muted")
        self.add_row(self._about)
        self.key_rows = {v.action: HotkeyRow(v.action, hotkeys) for v in hotkeys.all()}

    def add_keys(self) -> None:
        """Add the rows of the keys, below what was added before."""
        for row in self.key_rows.values():
            self.add_row(row)

    def show_keys(self, look: Look) -> None:
        """Show all of them, and what hears them."""
        backend = t(f"hotkeys.backend.{self._hotkeys.backend}")
        reason = t(f"hotkeys.reason.{self._hotkeys.reason}")
        self._about.show_text("", t("hotkeys.about", backend=backend, reason=reason), look)
        for view in self._hotkeys.all():
            self.key_rows[view.action].show_view(view, look)

    def record(self, key: str) -> bool:
        """Give a key to the row that waits for one; whether there is one."""
        waiting = [row for row in self.key_rows.values() if row.recorder.is_waiting]
        for row in waiting:
            row.recorder.take(key)
        return bool(waiting)
