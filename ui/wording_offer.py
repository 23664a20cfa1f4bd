"""What stands over the note field while a better wording is offered. It never takes the focus."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial

from PySide6.QtCore import QPoint, Signal
from PySide6.QtGui import QAccessible, QAccessibleAnnouncementEvent, QMouseEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QVBoxLayout, QWidget

from scripts_ja.texts import t
from ui.labels import ElidedLabel, set_style_property
from ui.port.notes import WordingMark, WordingReason
from ui.theme import Look
from ui.wording_words import category_of, title_of
from ui.wrapped_label import WrappedLabel

# Pixels between what is said for one reason and for the next.
_BETWEEN = 6


class OfferRow(QFrame):
    """One thing that can be done: what it is ``about``, and what ``does`` it.

    Signals:
        clicked(): by mouse.
    """

    clicked = Signal()

    def __init__(self, text: str, about: str, does: Callable[[], None]) -> None:
        super().__init__()
        self.text = text
        self.about = about
        self.does = does
        self.setObjectName("offerRow")
        self._row = QHBoxLayout(self)
        self._row.setContentsMargins(8, 3, 8, 3)

    def show_text(self, token: str, look: Look) -> None:
        """Say it in the colour ``token``."""
        label = WrappedLabel(token)
        label.show_text("", self.text, look)
        self._row.addWidget(label)

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        """Choose it."""
        if self.rect().contains(event.position().toPoint()):
            self.clicked.emit()


class WordingOffer(QFrame):
    """The better wordings of one place, reason by reason; one of the rows is chosen.

    The rows are the wordings of each reason (where there are none: to write the words anew), then
    to leave the place as it is. Only one of them is done: each is about words of its own.

    Signals:
        replaced(WordingReason, str): put this in the place of its words.
        rewriting(WordingReason): the agent will write something else for its words.
        left_alone(): this place is fine in this note.
    """

    replaced = Signal(object, str)
    rewriting = Signal(object)
    left_alone = Signal()

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.setObjectName("offer")
        self.rows: list[OfferRow] = []
        self._chosen = 0
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(10, 8, 10, 8)
        self._column.setSpacing(2)
        self.hide()

    # -- showing ------------------------------------------------------------------------------

    def show_mark(self, mark: WordingMark, look: Look, has_more: bool) -> None:
        """Offer what is better than ``mark``; ``has_more``: other places are marked too."""
        self._clear()
        for reason in mark.reasons:
            self._add_reason(reason, look)
        names = t("list.comma").join(category_of(reason) for reason in mark.reasons)
        about = t("wording.offer.title", found=mark.found, category=names)
        leave = OfferRow(t("wording.offer.leave"), about, self.left_alone.emit)
        self._add_row(leave, "muted", look)
        keys = t("wording.offer.keys_more" if has_more else "wording.offer.keys")
        self._column.addWidget(ElidedLabel(keys, "small"))
        self.choose(0)

    def open_above(self, place: QPoint, width: int) -> None:
        """Stand with the lower left corner at ``place`` of the parent, as high as it must be."""
        height = min(self._column.totalHeightForWidth(width), place.y())
        self.setGeometry(place.x(), place.y() - height, width, height)
        self.show()
        self.raise_()

    # -- choosing -----------------------------------------------------------------------------

    def choose(self, number: int) -> None:
        """Choose a row; past the end it begins again."""
        self._chosen = number % len(self.rows)
        for place, row in enumerate(self.rows):
            set_style_property(row, "on", "true" if place == self._chosen else "false")
        row = self.rows[self._chosen]
        self.setAccessibleName(row.about)
        said = t("list.comma").join([row.about, row.text])
        QAccessible.updateAccessibility(QAccessibleAnnouncementEvent(self, said))

    def step(self, rows: int) -> None:
        """Choose another row, so many further down."""
        self.choose(self._chosen + rows)

    def take(self) -> None:
        """Do what the chosen row says."""
        if self.rows:
            self.rows[self._chosen].does()

    # -- building -----------------------------------------------------------------------------

    def _add_reason(self, reason: WordingReason, look: Look) -> None:
        about = title_of(reason)
        if self.rows:
            self._column.addSpacing(_BETWEEN)
        self._column.addWidget(ElidedLabel(about, "strong"))
        if reason.remark:
            remark = WrappedLabel("muted")
            remark.show_text("", reason.remark, look)
            self._column.addWidget(remark)
        rows = [
            OfferRow(words, about, partial(self.replaced.emit, reason, words))
            for words in reason.better
        ]
        write = partial(self.rewriting.emit, reason)
        for row in rows or [OfferRow(t("wording.offer.rewrite"), about, write)]:
            self._add_row(row, "ink", look)

    def _add_row(self, row: OfferRow, token: str, look: Look) -> None:
        number = len(self.rows)
        row.show_text(token, look)
        row.clicked.connect(lambda: self._on_clicked(number))
        self.rows.append(row)
        self._column.addWidget(row)

    def _on_clicked(self, number: int) -> None:
        self.choose(number)
        self.take()

    def _clear(self) -> None:
        self.rows.clear()
        while (item := self._column.takeAt(0)) is not None:
            widget = item.widget()
            if widget is not None:
                widget.hide()
                widget.deleteLater()
