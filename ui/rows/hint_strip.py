"""The keys of this moment, as many to a line as fit; none is broken in two."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Qt
from PySide6.QtGui import QFontMetricsF, QPainter, QPaintEvent
from PySide6.QtWidgets import QWidget

from scripts_ja.texts import t
from ui.rows.page import BLANK
from ui.rows.row import Keys
from ui.theme import Look

_SIZE, _LINE = 12, 17


class HintStrip(QWidget):
    """Paints hints; what does not fit is said by the tooltip."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._hints: tuple[str, ...] = ()
        self._look: Look | None = None

    @property
    def hints(self) -> tuple[str, ...]:
        """What is shown."""
        return self._hints

    def show_hints(self, hints: Sequence[str], look: Look) -> None:
        """Show these."""
        if (tuple(hints), look) == (self._hints, self._look):
            return
        self._hints, self._look = tuple(hints), look
        self.setAccessibleName(BLANK.join(hints))
        self.setToolTip("\n".join(hints))
        self.update()

    def paintEvent(self, event: QPaintEvent) -> None:
        """Line by line."""
        if self._look is None:
            return
        painter = QPainter(self)
        painter.setPen(self._look.color("muted"))
        painter.setFont(self._look.font(_SIZE))
        height = self._look.px(_LINE)
        for number, line in enumerate(self.lines()):
            box = self.rect().adjusted(0, number * height, 0, 0)
            painter.drawText(box, Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignTop, line)

    def lines(self) -> list[str]:
        """The hints, packed at the present width."""
        if self._look is None:
            return []
        measure = QFontMetricsF(self._look.font(_SIZE)).horizontalAdvance
        lines: list[str] = []
        for hint in self._hints:
            longer = BLANK.join([*lines[-1:], hint])
            if lines and measure(longer) <= self.width():
                lines[-1] = longer
            else:
                lines.append(hint)
        return lines


def key_hints(keys: Keys) -> list[str]:
    """What the keys do, in words; two that do the same are said once."""
    words: dict[str, str] = {}
    for name, do in keys.items():
        if do.word:
            words.setdefault(do.word, t(f"second.keys.{name}") if len(name) > 1 else name)
    return [t("second.hint_key", key=key, word=word) for word, key in words.items()]
