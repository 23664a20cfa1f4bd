"""Several parts of a widget that come, go or change at once, and one layout for all of them."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

from PySide6.QtWidgets import QWidget


@contextmanager
def laid_out_once(whole: QWidget, *inner: QWidget) -> Iterator[None]:
    """Lay ``whole`` and those inside of it out at the end only, when it has its size, too.

    Else Qt lays out the window, from the part to its frame, with each part that is shown.
    """
    widgets = (whole, *inner)
    layouts = [layout for widget in widgets if (layout := widget.layout()) is not None]
    for layout in layouts:
        layout.setEnabled(False)
    try:
        yield
    finally:
        for layout in layouts:
            layout.setEnabled(True)
        for layout in layouts:
            layout.invalidate()  # it has not heard of another size meanwhile
            layout.activate()
