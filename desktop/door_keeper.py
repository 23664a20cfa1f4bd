"""The door of the running window: a local socket (on Windows a named pipe) of this user alone.

Whoever listens must hold the lock of the data folder first: what stands at the name of the door is
taken for the rest of a crash, and removed.
"""

from __future__ import annotations

import os
import socket
import struct
from collections.abc import Callable
from typing import Protocol

from PySide6.QtCore import QObject, QTimer

from desktop.door import LINE_LIMIT
from desktop.entrance import Entrance, Guest, made_entrance

MAX_OPEN = 8
SILENCE_MILLISECONDS = 2000
_CREDENTIALS = struct.Struct("3i")  # pid, uid, gid


class Porter(Protocol):
    """Who answers at the door. Answers are one line without its newline, at most LINE_LIMIT."""

    def answer(self, line: bytes) -> bytes:
        """Do what a line asks for, and say what became of it."""
        ...

    def turn_away(self, why: str) -> bytes:
        """The words for whoever was ``busy`` (too many), ``silent`` or ``too_long``."""
        ...


class DoorKeeper(QObject):
    """Lets at most MAX_OPEN in at a time; each says one line and gets one back."""

    def __init__(
        self, door: str, porter: Porter, make: Callable[[QObject], Entrance] = made_entrance
    ) -> None:
        super().__init__()
        self._door = door
        self._porter = porter
        self._open = 0
        self._entrance = make(self)
        self._entrance.visited.connect(self._on_visited)

    def listen(self) -> bool:
        """Open the door; False where the system does not let us."""
        if self._entrance.listen(self._door):
            return True
        self._entrance.remove(self._door)  # left by a crash: the lock is ours
        return self._entrance.listen(self._door)

    def close(self) -> None:
        """Close it; whoever is inside is cut off."""
        self._entrance.close()
        for visit in self.findChildren(_Visit):
            visit.cut_off()

    def _on_visited(self) -> None:
        """One at a time: who has left again meanwhile is let out before the next comes in."""
        guest = self._entrance.guest()
        if guest is None:
            return
        guest.left.connect(guest.deleteLater)
        if not _is_same_user(guest):
            guest.cut_off()
        elif self._open >= MAX_OPEN:
            _say(guest, self._porter.turn_away("busy"))
        else:
            self._open += 1
            guest.left.connect(self._on_left)
            _Visit(self, guest, self._porter)

    def _on_left(self) -> None:
        self._open -= 1


class _Visit(QObject):
    """One connection: a line in, a line out, and the door."""

    def __init__(self, keeper: DoorKeeper, guest: Guest, porter: Porter) -> None:
        super().__init__(keeper)
        self._guest = guest
        self._porter = porter
        self._is_over = False
        guest.left.connect(self._on_left)
        guest.came.connect(self._on_bytes)
        self._patience = QTimer(self, singleShot=True, interval=SILENCE_MILLISECONDS)
        self._patience.timeout.connect(self._on_silence)
        self._patience.start()
        self._on_bytes()

    def cut_off(self) -> None:
        """Leave it without a word."""
        self._guest.cut_off()

    def _on_bytes(self) -> None:
        if self._is_over:  # its answer is being made, or on the way: a pipe is written beside us
            return
        if (line := self._guest.line()) is not None:
            self._is_over = True  # what it says while that is being done is not heard
            self._end(self._porter.answer(line))
        elif self._guest.is_too_long():
            self._end(self._porter.turn_away("too_long"))

    def _on_silence(self) -> None:
        """Too slow, or it does not take its answer.

        Where this loop was the slow one, what was sent in time is there and not yet read.
        """
        if self._is_over:
            self._guest.cut_off()
            return
        self._patience.start()
        self._guest.look()
        self._on_bytes()
        if not self._is_over:
            self._end(self._porter.turn_away("silent"))

    def _end(self, said: bytes) -> None:
        self._is_over = True
        _say(self._guest, said)

    def _on_left(self) -> None:
        self._is_over = True
        self._patience.stop()
        self.deleteLater()


def _say(guest: Guest, said: bytes) -> None:
    guest.say(said[: LINE_LIMIT - 1] + b"\n")


def _is_same_user(guest: Guest) -> bool:
    """Besides the socket's mode, the kernel's own word on Linux; elsewhere the mode (or the ACL)."""
    if not hasattr(socket, "SO_PEERCRED"):
        return True
    try:
        with socket.socket(fileno=os.dup(guest.descriptor())) as peer:
            told = peer.getsockopt(socket.SOL_SOCKET, socket.SO_PEERCRED, _CREDENTIALS.size)
    except OSError:
        return False  # it has left already, or nobody knows who it was
    return bool(_CREDENTIALS.unpack(told)[1] == os.getuid())
