"""Tab goes where the eye goes: what is laid over others takes their place among the fields too.

Qt puts every widget that joins a window at the end of its order, wherever it is shown.
"""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QWidget

from ui.known_parts import know_parts


def put_after(before: QWidget, page: QWidget) -> None:
    """Have Tab come to all of ``page``, in its own order, behind the last field of ``before``."""
    know_parts(before.window())
    place = _fields(before)[-1:] or [before]
    for field in _fields(page):
        QWidget.setTabOrder(place[-1], field)
        place.append(field)


def _fields(root: QWidget) -> list[QWidget]:
    """What Tab may come to inside of a widget, and itself, in the order in which it does."""
    found: list[QWidget] = []
    widget: QWidget | None = root
    while widget is not None:
        is_inside = widget is root or root.isAncestorOf(widget)
        if is_inside and widget.focusPolicy() & Qt.FocusPolicy.TabFocus:
            found.append(widget)
        widget = widget.nextInFocusChain()
        if widget is root:
            break
    return found
