"""The line to type in, with what is typed kept: when a moment passes, and whenever the line goes."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QTimer
from PySide6.QtGui import QHideEvent
from PySide6.QtWidgets import QWidget

from ui.composition import keep_composition
from ui.rows.ask_line import AskLine
from ui.rows.row import Ask

# So long what is typed waits at most before it is kept.
_MILLISECONDS = 400


class KeptAsk(Ask, frozen=True):
    """A question whose answer is kept while it is typed, by ``keep``."""

    keep: Callable[[str], object] = lambda _: None


class KeptLine(AskLine):
    """Asks like its base; what is typed to a :class:`KeptAsk` is never lost."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._kept: Ask | None = None
        self._typed = ""
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.setInterval(_MILLISECONDS)
        self._timer.timeout.connect(self.keep_typed)
        self.entry.textChanged.connect(self._on_typed)

    def open_ask(self, ask: Ask) -> None:
        """Put a question; where something stands already, typing goes on behind it."""
        keep_composition()
        self.keep_typed()
        self._kept, self._typed = ask, ask.value
        super().open_ask(ask)
        if isinstance(ask, KeptAsk):
            self.entry.end(False)  # else one key would replace a long text

    def close_ask(self) -> None:
        """Leave the question; what was typed, and is being composed, comes back with it."""
        if self.entry.hasFocus():
            keep_composition()
        self.keep_typed()
        self._kept = None
        super().close_ask()

    def keep_typed(self) -> None:
        """Keep what stands in the line now."""
        self._timer.stop()
        if isinstance(self._kept, KeptAsk):
            self._kept.keep(self._typed)

    def hideEvent(self, event: QHideEvent) -> None:
        """Whoever takes the line away, what is typed is kept."""
        self.keep_typed()
        super().hideEvent(event)

    def _on_typed(self, text: str) -> None:
        if self.is_open:
            self._typed = text
            self._timer.start()
