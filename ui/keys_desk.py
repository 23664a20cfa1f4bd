"""The keys of the window and those that the system brings: one press is one action, never two."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QObject, Qt
from PySide6.QtGui import QKeySequence, QShortcut

from ui import actions
from ui.composition import is_composing
from ui.key_button import KeyButton
from ui.port.workplace import Workplace
from ui.sidebar import Sidebar


class KeysDesk(QObject):
    """Shortcuts of the window for all actions; where a key may come both ways, it stands aside."""

    def __init__(
        self, workplace: Workplace, window: Sidebar, trigger: Callable[[str], None]
    ) -> None:
        super().__init__(window)
        self._hotkeys = workplace.hotkeys
        self._window = window
        self._trigger = trigger
        self._was_called = False
        self._shortcuts = {action.id: self._shortcut(action.id) for action in actions.TABLE}
        self._hotkeys.listen(self._follow)
        self._hotkeys.listen_pressed(self._on_hotkey)
        window.sheet_opened.connect(self._on_sheet_opened)
        self._follow()

    def _shortcut(self, action_id: str) -> QShortcut:
        shortcut = QShortcut(self._window)
        shortcut.setContext(Qt.ShortcutContext.WindowShortcut)
        shortcut.setAutoRepeat(False)
        shortcut.activated.connect(lambda: self._on_key(action_id))
        return shortcut

    def _follow(self) -> None:
        """Take over the keys in force, and show them.

        Where the system takes a key from the window, the shortcut stays: a press that was under
        way before the key was asked for is then not lost.
        """
        actions.put_in_force(self._hotkeys.keys())
        brought = set() if self._hotkeys.is_exclusive else self._brought()
        for action_id, shortcut in self._shortcuts.items():
            shortcut.setKey(QKeySequence(actions.key_in_force(action_id)))
            shortcut.setEnabled(action_id not in brought)
        for button in self._window.findChildren(KeyButton):
            button.show_key()
        self._window.show_keys()

    def _brought(self) -> set[str]:
        return {view.action for view in self._hotkeys.all() if view.state == "active"}

    def _on_key(self, action_id: str) -> None:
        """A key that comes while a word is being composed belongs to the input method."""
        if not is_composing():
            self._was_called = False
            self._trigger(action_id)

    def _on_hotkey(self, action_id: str) -> None:
        """The system took the key before any input method saw it: it is for us, whatever is typed.

        What is being composed stays as it is; an action that moves the focus inside the window
        makes the field keep it (ui/composition.py).
        """
        self._was_called = not self._window.has_keyboard
        self._trigger(action_id)

    def _on_sheet_opened(self) -> None:
        """A sheet that was called from another window waits for keys, so it gets the focus."""
        was_called, self._was_called = self._was_called, False
        if was_called:
            self._window.take_keyboard()
