"""The door of the running window: a local socket (on Windows a named pipe) of this user alone.

Whoever listens must hold the lock of the data folder first: with ``UserAccessOption`` a second
server would take the socket's name from the first without an error, and remove it on leaving.
"""

from __future__ import annotations

import os
import socket
import struct
from typing import Protocol

from PySide6.QtCore import QObject, QTimer
from PySide6.QtNetwork import QLocalServer, QLocalSocket

from desktop.door import LINE_LIMIT

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

    def __init__(self, door: str, porter: Porter) -> None:
        super().__init__()
        self._door = door
        self._porter = porter
        self._open = 0
        self._server = QLocalServer(self)
        self._server.setSocketOptions(QLocalServer.SocketOption.UserAccessOption)
        self._server.newConnection.connect(self._on_connection)

    def listen(self) -> bool:
        """Open the door; False where the system does not let us."""
        if self._server.listen(self._door):
            return True
        QLocalServer.removeServer(self._door)  # left by a crash: the lock is ours
        return self._server.listen(self._door)

    def close(self) -> None:
        """Close it; whoever is inside is cut off."""
        self._server.close()
        for visit in self.findChildren(_Visit):
            visit.cut_off()

    def _on_connection(self) -> None:
        while self._server.hasPendingConnections():
            connection = self._server.nextPendingConnection()
            connection.disconnected.connect(connection.deleteLater)
            if not _is_same_user(connection):
                connection.abort()
            elif self._open >= MAX_OPEN:
                _say(connection, self._porter.turn_away("busy"))
            else:
                self._open += 1
                connection.disconnected.connect(self._on_left)
                _Visit(self, connection, self._porter)

    def _on_left(self) -> None:
        self._open -= 1


class _Visit(QObject):
    """One connection: a line in, a line out, and the door."""

    def __init__(self, keeper: DoorKeeper, connection: QLocalSocket, porter: Porter) -> None:
        super().__init__(keeper)
        self._connection = connection
        self._porter = porter
        self._is_over = False
        connection.setReadBufferSize(LINE_LIMIT)
        connection.disconnected.connect(self._on_left)
        connection.readyRead.connect(self._on_bytes)
        self._patience = QTimer(self, singleShot=True, interval=SILENCE_MILLISECONDS)
        self._patience.timeout.connect(self._on_silence)
        self._patience.start()
        if connection.bytesAvailable():
            self._on_bytes()

    def cut_off(self) -> None:
        """Leave it without a word."""
        self._connection.abort()

    def _on_bytes(self) -> None:
        if self._is_over:  # its answer is on the way: a pipe is written beside us
            return
        if self._connection.canReadLine():
            line = bytes(self._connection.readLine(LINE_LIMIT + 1).data())
            self._end(self._porter.answer(line.removesuffix(b"\n")))
        elif self._connection.bytesAvailable() >= LINE_LIMIT:
            self._end(self._porter.turn_away("too_long"))

    def _on_silence(self) -> None:
        """Too slow, or it does not take its answer.

        Where this loop was the slow one, what was sent in time is there and not yet read.
        """
        if self._is_over:
            self._connection.abort()
            return
        self._patience.start()
        self._connection.waitForReadyRead(0)
        self._on_bytes()
        if not self._is_over:
            self._end(self._porter.turn_away("silent"))

    def _end(self, said: bytes) -> None:
        self._is_over = True
        _say(self._connection, said)

    def _on_left(self) -> None:
        self._is_over = True
        self._patience.stop()
        self.deleteLater()


def _say(connection: QLocalSocket, said: bytes) -> None:
    connection.write(said[: LINE_LIMIT - 1] + b"\n")
    connection.flush()
    connection.disconnectFromServer()


def _is_same_user(connection: QLocalSocket) -> bool:
    """Besides the socket's mode, the kernel's own word on Linux; elsewhere the mode (or the ACL)."""
    if not hasattr(socket, "SO_PEERCRED"):
        return True
    try:
        with socket.socket(fileno=os.dup(connection.socketDescriptor())) as peer:
            told = peer.getsockopt(socket.SOL_SOCKET, socket.SO_PEERCRED, _CREDENTIALS.size)
    except OSError:
        return False  # it has left already, or nobody knows who it was
    return bool(_CREDENTIALS.unpack(told)[1] == os.getuid())
