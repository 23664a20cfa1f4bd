"""What stands over the note field while a better wording is offered. It never takes the focus."""

from __future__ import annotations

from PySide6.QtCore import QPoint, Signal
from PySide6.QtGui import QAccessible, QAccessibleAnnouncementEvent, QMouseEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QVBoxLayout, QWidget

from scripts_ja.texts import t
from ui.labels import ElidedLabel, set_style_property
from ui.port import WordingMark
from ui.theme import Look
from ui.wrapped_label import WrappedLabel


class OfferRow(QFrame):
    """One thing that can be done with the word.

    Signals:
        clicked(): by mouse.
    """

    clicked = Signal()

    def __init__(self, text: str, token: str, look: Look) -> None:
        super().__init__()
        self.text = text
        self.setObjectName("offerRow")
        label = WrappedLabel(token)
        label.show_text("", text, look)
        row = QHBoxLayout(self)
        row.setContentsMargins(8, 3, 8, 3)
        row.addWidget(label)

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        """Choose it."""
        if self.rect().contains(event.position().toPoint()):
            self.clicked.emit()


class WordingOffer(QFrame):
    """The better wordings of one word; one of the rows is chosen.

    The rows are the wordings (where there are none: to write the word anew), then to leave it.

    Signals:
        replaced(str): put this in its place.
        rewriting(): the agent will write something else.
        left_alone(): this word is fine in this note.
    """

    replaced = Signal(str)
    rewriting = Signal()
    left_alone = Signal()

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.setObjectName("offer")
        self.rows: list[OfferRow] = []
        self._chosen = 0
        self._mark: WordingMark | None = None
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(10, 8, 10, 8)
        self._column.setSpacing(2)
        self.hide()

    # -- showing ------------------------------------------------------------------------------

    def show_mark(self, mark: WordingMark, look: Look, has_more: bool) -> None:
        """Offer what is better than ``mark``; ``has_more``: other words are marked too."""
        self._clear()
        self._mark = mark
        category = t(f"wording.category.{mark.category}")
        title = t("wording.offer.title", found=mark.found, category=category)
        self._column.addWidget(ElidedLabel(title, "strong"))
        if mark.remark:
            remark = WrappedLabel("muted")
            remark.show_text("", mark.remark, look)
            self._column.addWidget(remark)
        for words in mark.better or (t("wording.offer.rewrite"),):
            self._add_row(OfferRow(words, "ink", look))
        self._add_row(OfferRow(t("wording.offer.leave"), "muted", look))
        keys = t("wording.offer.keys_more" if has_more else "wording.offer.keys")
        self._column.addWidget(ElidedLabel(keys, "small"))
        self.setAccessibleName(title)
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
        said = t("list.comma").join([self.accessibleName(), self.rows[self._chosen].text])
        QAccessible.updateAccessibility(QAccessibleAnnouncementEvent(self, said))

    def step(self, rows: int) -> None:
        """Choose another row, so many further down."""
        self.choose(self._chosen + rows)

    def take(self) -> None:
        """Do what the chosen row says."""
        mark = self._mark
        if mark is None:
            return
        if self._chosen < len(mark.better):
            self.replaced.emit(mark.better[self._chosen])
        elif self._chosen == len(self.rows) - 1:
            self.left_alone.emit()
        else:
            self.rewriting.emit()

    # -- building -----------------------------------------------------------------------------

    def _add_row(self, row: OfferRow) -> None:
        number = len(self.rows)
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
