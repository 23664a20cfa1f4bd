"""One window per data folder: a lock, and a small door through which a second start knocks."""

from __future__ import annotations

import contextlib
import hashlib
import os
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QLockFile, QStandardPaths

if TYPE_CHECKING:
    from PySide6.QtNetwork import QLocalServer, QLocalSocket

_KNOCK = b"raise\n"
_WAIT_MILLISECONDS = 1000


class SingleInstance:
    """The lock first, the door only for who holds it.

    With ``UserAccessOption`` a second server would take the socket's name from the first, so
    nobody listens without the lock. Where the folder cannot be written there is no lock: the
    window opens, says so, and works in memory.
    """

    def __init__(self, folder: Path, lock_path: Path) -> None:
        self._name = _door_name(folder)
        self._lock = _made_lock(lock_path)
        self._server: QLocalServer | None = None

    def is_first(self) -> bool:
        """Take the lock; False where another window has it."""
        if self._lock.tryLock(0):
            return True
        return self._lock.error() is not QLockFile.LockError.LockFailedError

    def raise_first(self) -> bool:
        """Ask the first window to come forward; False where it does not answer."""
        from PySide6.QtNetwork import QLocalSocket

        socket = QLocalSocket()
        socket.connectToServer(self._name)
        if not socket.waitForConnected(_WAIT_MILLISECONDS):
            return False
        socket.write(_KNOCK)
        sent = socket.waitForBytesWritten(_WAIT_MILLISECONDS)
        socket.disconnectFromServer()
        return bool(sent)

    def listen(self, on_knock: Callable[[], None]) -> None:
        """Open the door. Without one a second start still finds the lock."""
        from PySide6.QtNetwork import QLocalServer

        server = QLocalServer()
        server.setSocketOptions(QLocalServer.SocketOption.UserAccessOption)
        if not server.listen(self._name):
            QLocalServer.removeServer(self._name)  # left by a crash: the lock is ours
            server.listen(self._name)
        server.newConnection.connect(lambda: self._on_connection(on_knock))
        self._server = server

    def release(self) -> None:
        """Close the door and give the lock back."""
        if self._server is not None:
            self._server.close()
        self._lock.unlock()

    def _on_connection(self, on_knock: Callable[[], None]) -> None:
        if self._server is None:
            return
        while self._server.hasPendingConnections():
            socket = self._server.nextPendingConnection()
            socket.setReadBufferSize(len(_KNOCK))
            socket.disconnected.connect(socket.deleteLater)
            socket.readyRead.connect(lambda s=socket: _answer(s, on_knock))
            if socket.bytesAvailable():
                _answer(socket, on_knock)


def _answer(socket: QLocalSocket, on_knock: Callable[[], None]) -> None:
    """One word is known; whatever else comes is cut off."""
    if bytes(socket.readAll().data()) == _KNOCK:
        on_knock()
    socket.abort()


def _made_lock(path: Path) -> QLockFile:
    with contextlib.suppress(OSError):  # the journal will say it
        path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
    lock = QLockFile(str(path))
    lock.setStaleLockTime(0)
    return lock


def _door_name(folder: Path) -> str:
    """A socket of this user and this data folder alone, never in a shared folder."""
    key = hashlib.sha256(str(folder.absolute()).encode()).hexdigest()[:16]
    if os.name == "nt":
        return f"yorisoi-{key}"
    runtime = QStandardPaths.writableLocation(QStandardPaths.StandardLocation.RuntimeLocation)
    return str(Path(runtime) / f"yorisoi-{key}") if runtime else f"yorisoi-{key}"
