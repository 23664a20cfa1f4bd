"""The clipboard, for words that may be about a customer: histories of it are asked to leave them out.

All that is copied here comes out of a case, so all of it is marked; whoever pastes sees nothing of
the marks. A history that does not know them keeps what it likes.
"""

from __future__ import annotations

import atexit
import sys

from PySide6.QtCore import QMimeData
from PySide6.QtGui import QGuiApplication

# Windows: the mere presence of the first keeps monitors off; the others are a DWORD that says no.
# Qt hands a format of that name to Windows under the name in quotation marks.
_WINDOWS = 'application/x-qt-windows-mime;value="{name}"'
_NO = b"\0\0\0\0"
HINTS = {
    _WINDOWS.format(name="ExcludeClipboardContentFromMonitorProcessing"): _NO,
    _WINDOWS.format(name="CanIncludeInClipboardHistory"): _NO,
    _WINDOWS.format(name="CanUploadToCloudClipboard"): _NO,
    # Klipper, and the histories of other desktops that follow it.
    "x-kde-passwordManagerHint": b"secret",
}


def copy_text(text: str) -> None:
    """Put a text on the clipboard."""
    atexit.unregister(_let_go)
    atexit.register(_let_go)  # the last to be registered is the first to be called
    QGuiApplication.clipboard().setMimeData(private_text(text))


def _let_go() -> None:
    """At the end, before Qt goes: it would free the data when Python is gone, and crash (6.11).

    Only where the clipboard ends with the program anyway; elsewhere the system takes the text over.
    """
    if sys.platform == "linux" and QGuiApplication.instance() is not None:
        QGuiApplication.clipboard().clear()


def private_text(text: str) -> QMimeData:
    """A text with all hints."""
    data = QMimeData()
    data.setText(text)
    for name, value in HINTS.items():
        data.setData(name, value)
    return data
