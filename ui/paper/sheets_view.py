"""A paper as it is printed, sheet below sheet, as wide as there is room."""

from __future__ import annotations

from PySide6.QtCore import QRectF, QSize, Qt
from PySide6.QtGui import QColor, QKeyEvent, QPainter, QPaintEvent, QPen, QResizeEvent, QShowEvent
from PySide6.QtWidgets import QScrollArea, QWidget

from scripts_ja.texts import t
from ui.port.paper_shelf import PaperView

_GAP = 10
_WIDEST = 900
_PAPER, _EDGE = QColor("#ffffff"), QColor("#8a8a8a")
_STEP = 60


class SheetsView(QScrollArea):
    """Scrolls by Page Up and Down and by the arrows; a screen reader is told the words."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.sheets = _Sheets()
        self.sheets.setObjectName("scrolled")
        self.setWidget(self.sheets)
        self.viewport().setAutoFillBackground(False)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        # Always there: whether it is needed must not change the width, on which that depends.
        self.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOn)
        self.verticalScrollBar().rangeChanged.connect(self._on_range)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)

    def show_paper(self, view: PaperView) -> None:
        """Show a paper; the same one again stays where it was scrolled to."""
        is_same = self.sheets.view is not None and self.sheets.view.name == view.name
        place = self.verticalScrollBar().value() if is_same else 0
        self.setAccessibleName(t("paper.window.shown", title=view.title))
        self.setAccessibleDescription(view.text)
        self.sheets.view = view
        self._fit()
        self.verticalScrollBar().setValue(place)

    def turn(self, pages: float) -> None:
        """Go on by so many screens."""
        bar = self.verticalScrollBar()
        bar.setValue(bar.value() + round(pages * self.viewport().height()))

    def resizeEvent(self, event: QResizeEvent) -> None:
        """As wide as there is room now."""
        super().resizeEvent(event)
        self._fit()

    def showEvent(self, event: QShowEvent) -> None:
        """The viewport has its size only now."""
        super().showEvent(event)
        self._fit()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Arrows scroll by some lines."""
        steps = {Qt.Key.Key_Down: _STEP, Qt.Key.Key_Up: -_STEP}
        step = steps.get(Qt.Key(event.key()))
        if step is None:
            super().keyPressEvent(event)
        else:
            bar = self.verticalScrollBar()
            bar.setValue(bar.value() + step)

    def _on_range(self, _: int, most: int) -> None:
        """Where all is seen the bar keeps its place, and shows nothing."""
        self.verticalScrollBar().setEnabled(most > 0)

    def _fit(self) -> None:
        self.sheets.fit(self.viewport().width())


class _Sheets(QWidget):
    """All sheets of one paper."""

    def __init__(self) -> None:
        super().__init__()
        self.view: PaperView | None = None
        self._scale = 1.0

    def fit(self, width: int) -> None:
        """Scale the sheets to that width."""
        if self.view is None:
            return
        sheet = self.view.pages.size
        shown = min(max(1, width - 2 * _GAP), _WIDEST)
        self._scale = shown / sheet.width()
        step = sheet.height() * self._scale + _GAP
        self.resize(QSize(width, round(step * self.view.pages.count) + _GAP))
        self.update()

    def paintEvent(self, event: QPaintEvent) -> None:
        """Paint the sheets that are seen: black on white in every theme, as it will be."""
        if self.view is None:
            return
        pages, painter = self.view.pages, QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        size = pages.size * self._scale
        left = (self.width() - size.width()) / 2
        for number in range(pages.count):
            top = _GAP + number * (size.height() + _GAP)
            area = QRectF(left, top, size.width(), size.height())
            if area.intersects(QRectF(event.rect())):
                self._paint(painter, area, number)
        painter.end()

    def _paint(self, painter: QPainter, area: QRectF, number: int) -> None:
        assert self.view is not None  # noqa: S101 - asked by paintEvent
        painter.fillRect(area, _PAPER)
        painter.setPen(QPen(_EDGE, 1))
        painter.drawRect(area)
        painter.save()
        painter.translate(area.topLeft())
        painter.scale(self._scale, self._scale)
        self.view.pages.paint(painter, number)
        painter.restore()
