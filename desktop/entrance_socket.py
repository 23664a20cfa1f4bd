"""The entrance by Unix sockets: everywhere but on Windows."""

from __future__ import annotations

import os
import socket
from contextlib import suppress

from PySide6.QtCore import QObject, QSocketNotifier, QTimer, Signal

from desktop.door import LINE_LIMIT

_OWN = 0o700
_REST_MILLISECONDS = 1000


class SocketGuest(QObject):
    """One connection.

    Signals:
        came(): there is more to read.
        left(): it is over.
    """

    came = Signal()
    left = Signal()

    def __init__(self, connection: socket.socket, parent: QObject) -> None:
        super().__init__(parent)
        connection.setblocking(False)
        self._socket = connection
        self._got = b""
        self._notifier = _notifier(connection, self)
        self._notifier.activated.connect(self.look)

    def line(self) -> bytes | None:
        """The line that has come."""
        line, newline, _ = self._got.partition(b"\n")
        return line if newline else None

    def is_too_long(self) -> bool:
        """Whether more has come than a line may have."""
        return len(self._got) >= LINE_LIMIT

    def look(self) -> None:
        """Read what has come, never more than a line may have."""
        if self._socket.fileno() < 0 or self.is_too_long():
            self._notifier.setEnabled(False)
            return
        try:
            got = self._socket.recv(LINE_LIMIT - len(self._got))
        except BlockingIOError:
            return
        except OSError:
            got = b""
        if got:
            self._got += got
            self.came.emit()
        else:
            self.cut_off()

    def say(self, said: bytes) -> None:
        """The system takes a line at once, and keeps it for who reads slowly."""
        with suppress(OSError):  # it has left
            self._socket.send(said)
        self.cut_off()

    def cut_off(self) -> None:
        """The door."""
        if self._socket.fileno() >= 0:
            self._notifier.setEnabled(False)
            self._socket.close()
            self.left.emit()

    def descriptor(self) -> int:
        """What the system knows it by."""
        return self._socket.fileno()


class SocketEntrance(QObject):
    """Where it is listened: a file.

    Signals:
        visited(): somebody waits.
    """

    visited = Signal()

    def __init__(self, parent: QObject) -> None:
        super().__init__(parent)
        self._socket: socket.socket | None = None
        self._notifier: QSocketNotifier | None = None
        self._door = ""
        self._rest = QTimer(self, singleShot=True, interval=_REST_MILLISECONDS)
        self._rest.timeout.connect(self._on_rested)

    def listen(self, door: str) -> bool:
        """Open it for this user alone; its folder is so already (``desktop/door.py``)."""
        listening = socket.socket(socket.AF_UNIX)
        try:
            listening.bind(door)
            os.chmod(door, _OWN)  # noqa: PTH101
            listening.listen()
        except OSError:
            listening.close()
            return False
        listening.setblocking(False)
        self._socket, self._door = listening, door
        self._notifier = _notifier(listening, self)
        self._notifier.activated.connect(self.visited)
        return True

    def remove(self, door: str) -> None:
        """Take away what a crash has left."""
        with suppress(OSError):
            os.unlink(door)  # noqa: PTH108

    def guest(self) -> SocketGuest | None:
        """Who waited first. Where the system has no place for one, they wait a little longer."""
        if self._socket is None or self._notifier is None:
            return None
        try:
            return SocketGuest(self._socket.accept()[0], self)
        except (BlockingIOError, ConnectionError):
            return None
        except OSError:  # too many open files: it would tell again at once, for ever
            self._notifier.setEnabled(False)
            self._rest.start()
            return None

    def close(self) -> None:
        """Nobody comes any more, and nobody finds the file."""
        if self._socket is not None and self._notifier is not None:
            self._rest.stop()
            self._notifier.setEnabled(False)
            self._socket.close()
            self._socket = None
            self.remove(self._door)

    def _on_rested(self) -> None:
        if self._notifier is not None:
            self._notifier.setEnabled(True)


def _notifier(of: socket.socket, parent: QObject) -> QSocketNotifier:
    return QSocketNotifier(of.fileno(), QSocketNotifier.Type.Read, parent)
