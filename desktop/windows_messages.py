"""Windows: the messages of the window system, heard through Qt's native event filter.

Written from documentation; never run there (PLATFORMS.md).
"""

from __future__ import annotations

import ctypes
from abc import abstractmethod
from collections.abc import Iterable
from typing import Any

from PySide6.QtCore import QAbstractNativeEventFilter, QByteArray, QCoreApplication

# Qt sends a message of the thread under either name, by how the loop came across it.
_MESSAGES = (b"windows_generic_MSG", b"windows_dispatcher_MSG")
# A function of a library, the kinds of its arguments, and that of its result.
Signature = tuple[Any, tuple[Any, ...], Any]


class Point(ctypes.Structure):
    """POINT; c_int32, because LONG has eight bytes elsewhere."""

    _fields_ = (("x", ctypes.c_int32), ("y", ctypes.c_int32))


class Msg(ctypes.Structure):
    """MSG of winuser.h: 48 bytes on 64-bit systems, wParam at 16."""

    _fields_ = (
        ("hwnd", ctypes.c_void_p),
        ("message", ctypes.c_uint32),
        ("wParam", ctypes.c_size_t),
        ("lParam", ctypes.c_ssize_t),
        ("time", ctypes.c_uint32),
        ("pt", Point),
    )


class MessageFilter(QAbstractNativeEventFilter):
    """Sees every message that comes to this thread, so :meth:`on_message` does no more than it must.

    Nothing is heard before :meth:`hear`, nor after :meth:`stop_hearing`.
    """

    def hear(self) -> bool:
        """Begin; False where there is no loop whose messages could be heard."""
        application = QCoreApplication.instance()
        if application is not None:
            application.installNativeEventFilter(self)
        return application is not None

    def stop_hearing(self) -> None:
        """Hear no more messages."""
        application = QCoreApplication.instance()
        if application is not None:
            application.removeNativeEventFilter(self)

    @abstractmethod
    def on_message(self, msg: Msg) -> bool:
        """Hear a message; True takes it out of the stream."""

    def nativeEventFilter(
        self, event_type: QByteArray | bytes | bytearray | memoryview, message: int
    ) -> tuple[bool, int]:
        """Read what Qt hands over."""
        if bytes(event_type) not in _MESSAGES:  # type: ignore[arg-type]
            return False, 0
        return self.on_message(Msg.from_address(int(message))), 0


def declare_functions(signatures: Iterable[Signature]) -> None:
    """Tell ctypes the arguments; a handle would else be cut to 32 bits."""
    for function, arguments, result in signatures:
        function.argtypes = arguments
        function.restype = result
