"""A row of the settings: its name, a field of its kind, and what there is to say about it."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QLocale, Qt, Signal
from PySide6.QtGui import QKeyEvent, QPainter, QPaintEvent, QWheelEvent
from PySide6.QtWidgets import (
    QComboBox,
    QFileDialog,
    QHBoxLayout,
    QPushButton,
    QSpinBox,
    QVBoxLayout,
    QWidget,
)

from scripts_ja.texts import t
from ui.composition import ComposingLineEdit
from ui.port.settings import SettingView
from ui.theme import Look
from ui.wrapped_label import WrappedLabel

_MARGIN = 6  # pixels left of a number, as in the other fields

TryValue = Callable[[str, str | int], str]


class SettingRow(QWidget):
    """Base of all rows. A value is tried when it is changed; a bad one is told and not taken.

    Signals:
        left(): Esc in the field.
    """

    left = Signal()

    def __init__(self, view: SettingView, try_value: TryValue) -> None:
        super().__init__()
        self.view = view
        self._try = try_value
        self._problem = ""
        self._look: Look | None = None
        self._field: QWidget = self
        self._name, self.remark = WrappedLabel("ink"), WrappedLabel("muted")
        self.complaint = WrappedLabel("danger")
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 0, 0, 0)
        self._column.setSpacing(3)
        self._column.addWidget(self._name)
        self._column.addWidget(self.complaint)
        self._column.addWidget(self.remark)

    def put_field(self, field: QWidget, line: QWidget | None = None) -> None:
        """``field`` takes the focus; ``line`` is what holds it, where there is more in it."""
        self._field = field
        field.setAccessibleName(self.view.label)
        self._column.insertWidget(1, line or field)
        self.setFocusProxy(field)

    def show_view(self, view: SettingView, look: Look) -> None:
        """Show the value in force; what is being typed stays."""
        self.view, self._look = view, look
        if not self._problem and not self.is_being_changed:
            self.show_value(view.value)
        self._field.setEnabled(not view.is_locked)
        self._field.setAccessibleDescription(_remark(view))
        self._show_words()

    @property
    def is_being_changed(self) -> bool:
        """Whether something is typed that was not tried yet."""
        return False

    def show_value(self, value: str | int) -> None:
        """Show a value in the field."""
        raise NotImplementedError

    def save(self) -> None:
        """Try what was typed last."""

    def forget(self) -> None:
        """What was typed is given up."""

    def take(self, value: str | int) -> None:
        """Try a value."""
        if value != self.view.value or self._problem:
            self._problem = self._try(self.view.name, value)
            self._show_words()

    def _show_words(self) -> None:
        if self._look is None:
            return
        self._name.show_text(self.view.label, "", self._look)
        self.remark.show_text("", _remark(self.view), self._look)
        self.remark.setVisible(bool(_remark(self.view)))
        self.complaint.show_text("", self._problem, self._look)
        self.complaint.setVisible(bool(self._problem))


class TextRow(SettingRow):
    """A word, a name, a date: tried when the field is left, or on Enter."""

    def __init__(self, view: SettingView, try_value: TryValue) -> None:
        super().__init__(view, try_value)
        self.entry = ComposingLineEdit()
        self.entry.editingFinished.connect(self.save)
        self.entry.entered.connect(self._on_entered)
        self.entry.left.connect(self.left)
        self.put_field(self.entry)

    @property
    def is_being_changed(self) -> bool:
        """A half-written word is left alone."""
        return self.entry.isModified() or self.entry.is_composing

    def show_value(self, value: str | int) -> None:
        """Show it, the cursor at the beginning of a long one."""
        if self.entry.text() != str(value):
            self.entry.setText(str(value))
            self.entry.setCursorPosition(0)

    def save(self) -> None:
        """Try it."""
        if self.entry.isModified():
            self.entry.setModified(False)
            self.take(self.entry.text().strip())

    def forget(self) -> None:
        """Not even on leaving the field."""
        self.entry.setModified(False)

    def _on_entered(self) -> None:
        self.save()
        if not self._problem:
            self.focusNextChild()


class FolderRow(TextRow):
    """A folder, typed or chosen in a dialog that stops nothing."""

    def __init__(self, view: SettingView, try_value: TryValue) -> None:
        super().__init__(view, try_value)
        line = QWidget()
        row = QHBoxLayout(line)
        row.setContentsMargins(0, 0, 0, 0)
        self.choose = QPushButton(t("settings_window.choose_folder"))
        self.choose.clicked.connect(self._open)
        row.addWidget(self.entry, 1)
        row.addWidget(self.choose)
        self.put_field(self.entry, line)

    def show_view(self, view: SettingView, look: Look) -> None:
        """The button is of no use where the department decides."""
        super().show_view(view, look)
        self.choose.setEnabled(not view.is_locked)

    def _open(self) -> None:
        dialog = QFileDialog(self, self.view.label, self.entry.text())
        dialog.setFileMode(QFileDialog.FileMode.Directory)
        dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        dialog.setModal(False)
        dialog.fileSelected.connect(self.take)
        dialog.show()


class _Spin(QSpinBox):
    """The wheel scrolls the page, unless the field has the focus."""

    def paintEvent(self, event: QPaintEvent) -> None:
        """Paint what a hand with a mouse presses: a stylesheet takes away the system's own."""
        super().paintEvent(event)
        painter = QPainter(self)
        half = self.height() // 2
        box = self.rect().adjusted(0, 0, -8, 0)
        right = Qt.AlignmentFlag.AlignRight
        up, down = box.adjusted(0, 0, 0, -half + 2), box.adjusted(0, half - 2, 0, 0)
        painter.drawText(up, right | Qt.AlignmentFlag.AlignVCenter, "▴")
        painter.drawText(down, right | Qt.AlignmentFlag.AlignVCenter, "▾")

    def wheelEvent(self, event: QWheelEvent) -> None:
        """Only with the focus."""
        if self.hasFocus():
            super().wheelEvent(event)
        else:
            event.ignore()


class NumberRow(SettingRow):
    """A number within its bounds; one that is typed counts when it is complete."""

    def __init__(self, view: SettingView, try_value: TryValue) -> None:
        super().__init__(view, try_value)
        self.spin = _Spin()
        self.spin.setLocale(QLocale(QLocale.Language.C))
        self.spin.setRange(view.low, view.high)
        self.spin.setSuffix(f" {view.unit}" if view.unit else "")
        self.spin.lineEdit().setTextMargins(_MARGIN, 0, 0, 0)
        self.spin.setKeyboardTracking(False)
        self.spin.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.spin.setSingleStep(25 if view.name == "view.text_percent" else 1)
        self.spin.setValue(int(view.value))
        self.spin.valueChanged.connect(self.take)
        self.put_field(self.spin)

    @property
    def is_being_changed(self) -> bool:
        """A number whose digits are still coming."""
        return self.spin.hasFocus() and self.spin.cleanText() != str(self.spin.value())

    def show_value(self, value: str | int) -> None:
        """Show it without trying it again."""
        self.spin.blockSignals(True)
        self.spin.setValue(int(value))
        self.spin.blockSignals(False)

    def save(self) -> None:
        """Take the digits that stand there."""
        self.spin.interpretText()

    def forget(self) -> None:
        """Not even on leaving the field."""
        self.show_value(self.view.value)


class _Choice(QComboBox):
    """The wheel scrolls the page, unless the field has the focus; Enter opens the list."""

    def wheelEvent(self, event: QWheelEvent) -> None:
        """Only with the focus."""
        if self.hasFocus():
            super().wheelEvent(event)
        else:
            event.ignore()

    def paintEvent(self, event: QPaintEvent) -> None:
        """Paint the arrow too: a stylesheet takes away the system's own."""
        super().paintEvent(event)
        painter = QPainter(self)
        place = self.rect().adjusted(0, 0, -8, 0)
        painter.drawText(place, Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter, "▾")

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Enter opens it too."""
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self.showPopup()
        else:
            super().keyPressEvent(event)


class ChoiceRow(SettingRow):
    """One of several; the arrow keys change it at once."""

    def __init__(self, view: SettingView, try_value: TryValue) -> None:
        super().__init__(view, try_value)
        self.choice = _Choice()
        self.choice.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        policy = QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon
        self.choice.setSizeAdjustPolicy(policy)
        self.choice.setMinimumContentsLength(4)
        for value, word in view.choices:
            self.choice.addItem(word, value)
        self.show_value(view.value)
        self.choice.currentIndexChanged.connect(self._on_chosen)
        self.put_field(self.choice)

    def show_value(self, value: str | int) -> None:
        """Show it without trying it again."""
        self.choice.blockSignals(True)
        self.choice.setCurrentIndex(self.choice.findData(value))
        self.choice.blockSignals(False)

    def _on_chosen(self, place: int) -> None:
        self.take(str(self.choice.itemData(place)))


_ROWS: dict[str, type[SettingRow]] = {
    "text": TextRow,
    "date": TextRow,
    "folder": FolderRow,
    "number": NumberRow,
    "choice": ChoiceRow,
}


def row_of(view: SettingView, try_value: TryValue) -> SettingRow:
    """The row for a setting of that kind."""
    return _ROWS[view.kind](view, try_value)


def _remark(view: SettingView) -> str:
    """Who decides, what it is for, within which bounds, and where it comes from."""
    parts = [t("settings_window.locked")] if view.is_locked else []
    parts += [view.about] if view.about else []
    if view.kind == "number":
        bounds = {"low": view.low, "high": view.high, "default": view.default}
        parts.append(t("settings_window.bounds", **bounds))
    parts += [t("settings_window.source", source=view.source)] if view.source else []
    return t("settings_window.and").join(parts)
