"""What a back end for global hotkeys is, and what it says."""

from __future__ import annotations

from collections.abc import Callable
from enum import StrEnum
from typing import NamedTuple, Protocol

from PySide6.QtCore import QObject, Qt, Signal

from desktop.hotkeys.chord import Chord


class Outcome(StrEnum):
    """What became of one key."""

    ACTIVE = "active"
    TAKEN = "taken"  # another program has it
    ABSENT = "absent"  # this keyboard has no such key
    PENDING = "pending"  # the desktop is being asked
    REFUSED = "refused"  # the desktop, the user or the library said no
    OFF = "off"  # there is no back end


class Unavailable(Exception):  # noqa: N818 - it is no mistake, only an answer
    """A back end cannot work here; ``reason`` is an id."""

    def __init__(self, reason: str) -> None:
        super().__init__(reason)
        self.reason = reason


class HotkeyBackend(Protocol):
    """Asks the system for keys. Belongs to the thread of the window."""

    def register(self, hotkey_id: str, chord: Chord) -> Outcome:
        """Ask for a key; what is heard of it comes under ``hotkey_id``. Never raises."""
        ...

    def unregister(self, hotkey_id: str) -> None:
        """Give one key back; an id that has none is nothing."""
        ...

    def unregister_all(self) -> None:
        """Give all keys back."""
        ...

    def close(self) -> None:
        """Give all keys back and let go of the system; nothing is heard afterwards."""
        ...


class Listener(NamedTuple):
    """Who wants to hear of a back end."""

    pressed: Callable[[str], None]
    changed: Callable[[str, Outcome], None]
    lost: Callable[[str], None]


class Relay(QObject):
    """Carries what a back end hears into the thread of the window, from any thread.

    Always by the event loop: nothing of ours runs inside a hook or a filter of the system, and
    an error there cannot end the process.

    Signals:
        pressed(str): the id of a hotkey that was pressed, once per press.
        changed(str, str): an id and its :class:`Outcome`, found out later than ``register``.
        lost(str): the back end works no more; the id of the reason.
    """

    pressed = Signal(str)
    changed = Signal(str, str)
    lost = Signal(str)

    def __init__(self, listener: Listener) -> None:
        super().__init__()
        self._listener: Listener | None = listener
        queued = Qt.ConnectionType.QueuedConnection
        self.pressed.connect(self._on_pressed, queued)
        self.changed.connect(self._on_changed, queued)
        self.lost.connect(self._on_lost, queued)

    def mute(self) -> None:
        """What is still on its way is dropped."""
        self._listener = None

    def _on_pressed(self, hotkey_id: str) -> None:
        if self._listener is not None:
            self._listener.pressed(hotkey_id)

    def _on_changed(self, hotkey_id: str, outcome: str) -> None:
        if self._listener is not None:
            self._listener.changed(hotkey_id, Outcome(outcome))

    def _on_lost(self, reason: str) -> None:
        if self._listener is not None:
            self._listener.lost(reason)
