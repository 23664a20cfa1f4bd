"""Labels that show text exactly as it is: nothing typed by anybody is ever read as markup."""

from __future__ import annotations

from PySide6.QtCore import QSize, Qt
from PySide6.QtGui import QPainter, QPaintEvent, QResizeEvent
from PySide6.QtWidgets import QLabel, QSizePolicy, QWidget


class PlainLabel(QLabel):
    """A label for plain text. ``role`` and ``tone`` pick its style (ui/theme.py)."""

    def __init__(self, text: str = "", role: str = "", parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setTextFormat(Qt.TextFormat.PlainText)
        self.setTextInteractionFlags(Qt.TextInteractionFlag.NoTextInteraction)
        if role:
            self.setProperty("role", role)
        self.setText(text)

    def set_tone(self, tone: str) -> None:
        """Change the colour by what it means; repolished only where it changed."""
        set_style_property(self, "tone", tone)

    def set_text(self, text: str) -> None:
        """Set the text; nothing is laid out again where it is the same."""
        if text != self.text():
            self.setText(text)


class ElidedLabel(PlainLabel):
    """A one-line label that ends in an ellipsis where it is too narrow, its whole in the tooltip."""

    def __init__(self, text: str = "", role: str = "", parent: QWidget | None = None) -> None:
        self._shorter = ""
        super().__init__(text, role, parent)
        self.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Fixed)

    def minimumSizeHint(self) -> QSize:
        """As narrow as must be."""
        return QSize(0, super().minimumSizeHint().height())

    def paintEvent(self, event: QPaintEvent) -> None:
        """Paint what fits."""
        painter = QPainter(self)
        painter.setPen(self.palette().color(self.foregroundRole()))
        painter.drawText(self.contentsRect(), self.alignment(), self.said())

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Offer the whole text where it does not fit."""
        super().resizeEvent(event)
        self._offer_whole()

    def setText(self, text: str) -> None:
        """Set the text, line breaks shown as blanks."""
        super().setText(" ".join(text.splitlines()))
        self._offer_whole()

    def offer_shorter(self, text: str) -> None:
        """Say this instead where there is no room for the whole."""
        if text != self._shorter:
            self._shorter = text
            self.update()

    def said(self) -> str:
        """What of it stands there."""
        width, metrics = self.contentsRect().width(), self.fontMetrics()
        is_whole = not self._shorter or metrics.horizontalAdvance(self.text()) <= width
        said = self.text() if is_whole else self._shorter
        return metrics.elidedText(said, Qt.TextElideMode.ElideRight, width)

    def _offer_whole(self) -> None:
        is_cut = self.said() != self.text()
        self.setToolTip(as_plain_tooltip(self.text()) if is_cut else "")


class FieldName(PlainLabel):
    """The name of a field of a form, as wide as the widest of its ``column``, at any text size."""

    def __init__(self, text: str) -> None:
        super().__init__(text, "muted")
        self.column: list[FieldName] = [self]

    def sizeHint(self) -> QSize:
        """So that all fields begin on one line."""
        sizes = [QLabel.sizeHint(name) for name in self.column]
        return QSize(max(size.width() for size in sizes), QLabel.sizeHint(self).height())

    def minimumSizeHint(self) -> QSize:
        """Never narrower."""
        return self.sizeHint()


def set_style_property(
    widget: QWidget, name: str, value: object, *, has_inner: bool = True
) -> None:
    """Set a property that the stylesheet looks at, and restyle only where it changed.

    ``has_inner``: what is inside of the widget looks otherwise by it, too.
    """
    if widget.property(name) == value:
        return
    widget.setProperty(name, value)
    if not widget.testAttribute(Qt.WidgetAttribute.WA_WState_Polished):
        return  # it has no style yet; asking for one has PySide make all its enums
    style = widget.style()
    style.unpolish(widget)
    style.polish(widget)
    for child in widget.findChildren(QWidget) if has_inner else ():
        style.unpolish(child)
        style.polish(child)


def as_plain_tooltip(text: str) -> str:
    """A tooltip that shows ``text`` as typed: Qt would guess markup in it."""
    escaped = text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")
    return f"<p style='white-space: pre-wrap'>{escaped}</p>"
