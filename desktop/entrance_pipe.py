"""The entrance by QtNetwork: named pipes on Windows."""

from __future__ import annotations

from PySide6.QtCore import QObject, Signal
from PySide6.QtNetwork import QLocalServer, QLocalSocket

from desktop.door import LINE_LIMIT


class PipeGuest(QObject):
    """One connection.

    Signals:
        came(): there is more to read.
        left(): it is over.
    """

    came = Signal()
    left = Signal()

    def __init__(self, pipe: QLocalSocket, parent: QObject) -> None:
        super().__init__(parent)
        pipe.setParent(self)
        pipe.setReadBufferSize(LINE_LIMIT)
        pipe.readyRead.connect(self.came)
        pipe.disconnected.connect(self.left)
        self._pipe = pipe

    def line(self) -> bytes | None:
        """The line that has come."""
        if not self._pipe.canReadLine():
            return None
        return bytes(self._pipe.readLine(LINE_LIMIT + 1).data()).removesuffix(b"\n")

    def is_too_long(self) -> bool:
        """Whether more has come than a line may have."""
        return self._pipe.bytesAvailable() >= LINE_LIMIT

    def look(self) -> None:
        """Read what has come."""
        self._pipe.waitForReadyRead(0)

    def say(self, said: bytes) -> None:
        """It is written beside us; the end comes when it is."""
        self._pipe.write(said)
        self._pipe.flush()
        self._pipe.disconnectFromServer()

    def cut_off(self) -> None:
        """The door."""
        self._pipe.abort()

    def descriptor(self) -> int:
        """What the system knows it by."""
        return int(self._pipe.socketDescriptor())


class PipeEntrance(QObject):
    """Where it is listened.

    Signals:
        visited(): somebody waits.
    """

    visited = Signal()

    def __init__(self, parent: QObject) -> None:
        super().__init__(parent)
        self._server = QLocalServer(self)
        self._server.setSocketOptions(QLocalServer.SocketOption.UserAccessOption)
        self._server.newConnection.connect(self.visited)

    def listen(self, door: str) -> bool:
        """Open it for this user alone."""
        return self._server.listen(door)

    def remove(self, door: str) -> None:
        """Take away what a crash has left."""
        QLocalServer.removeServer(door)

    def guest(self) -> PipeGuest | None:
        """Who waited first."""
        waiting = (
            self._server.nextPendingConnection() if self._server.hasPendingConnections() else None
        )
        return None if waiting is None else PipeGuest(waiting, self)

    def close(self) -> None:
        """Nobody comes any more."""
        self._server.close()
