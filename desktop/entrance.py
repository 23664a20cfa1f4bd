"""What the keeper of the door needs of the system: a name to listen at, and lines of those who come.

Unix sockets by Python's own module and Qt's notifier (``entrance_socket.py``); the pipes of Windows
by QtNetwork (``entrance_pipe.py``), which brings Kerberos and proxies along: three megabytes of
memory that a door on a Unix socket need not cost. The same tests go through both.
"""

from __future__ import annotations

import os
from typing import Protocol

from PySide6.QtCore import QObject, SignalInstance


class Guest(Protocol):
    """One connection. ``came``: there is more to read. ``left``: it is over."""

    @property
    def came(self) -> SignalInstance: ...  # noqa: D102
    @property
    def left(self) -> SignalInstance: ...  # noqa: D102

    def line(self) -> bytes | None:
        """The line that has come, without its newline; None while there is none."""
        ...

    def is_too_long(self) -> bool:
        """Whether more has come than a line may have."""
        ...

    def look(self) -> None:
        """Read what has come, and is not told yet."""
        ...

    def say(self, said: bytes) -> None:
        """One line, and the door."""
        ...

    def cut_off(self) -> None:
        """The door, without a word."""
        ...

    def descriptor(self) -> int:
        """What the system knows it by."""
        ...

    def deleteLater(self) -> None:  # noqa: N802 - Qt's own spelling
        """When nobody asks it anything any more."""
        ...


class Entrance(Protocol):
    """Where it is listened. ``visited``: somebody waits; told once for each of them at the least."""

    @property
    def visited(self) -> SignalInstance: ...  # noqa: D102

    def listen(self, door: str) -> bool:
        """Open it for this user alone; False where the system does not let us."""
        ...

    def remove(self, door: str) -> None:
        """Take away what a crash has left of it."""
        ...

    def guest(self) -> Guest | None:
        """Who waited first; None where nobody does."""
        ...

    def close(self) -> None:
        """Nobody comes any more."""
        ...


def made_entrance(parent: QObject) -> Entrance:
    """That of this system."""
    if os.name == "nt":
        from desktop.entrance_pipe import PipeEntrance

        return PipeEntrance(parent)
    from desktop.entrance_socket import SocketEntrance

    return SocketEntrance(parent)
