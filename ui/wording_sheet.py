"""Writing a wording of one's own, or one's first phrase: a text, and quiet remarks below it.

The text stands on top, where nothing moves it; what is below scrolls where it does not fit.
"""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QTextCursor
from PySide6.QtWidgets import QFrame, QVBoxLayout, QWidget

from scripts_ja.texts import t
from ui.composition import ComposingTextEdit
from ui.labels import PlainLabel, set_style_property
from ui.port.phrases import WordingView
from ui.scrolled import scrolled
from ui.sheet import Sheet
from ui.theme import Look
from ui.wrapped_label import WrappedLabel

_LINES = 4


class WordingSheet(Sheet):
    """The sheet. Nothing that is remarked on keeps anybody from saving.

    Signals:
        typed(str): the text has changed.
        saved(str): Enter.
    """

    typed = Signal(str)
    saved = Signal(str)

    def __init__(
        self,
        view: WordingView,
        text: str,
        remarks: Callable[[str], tuple[str, ...]],
        look: Look,
        parent: QWidget | None = None,
    ) -> None:
        key = "own.edit.title" if view.original else "own.edit.title_first"
        super().__init__(t(key, place=view.place), parent)
        self._view = view
        self._ask_remarks = remarks
        self._look = look
        self.original = WrappedLabel("muted")
        self.fields = WrappedLabel("muted")
        self.edit = ComposingTextEdit()
        self.edit.setAccessibleName(t("own.edit.name"))
        self.edit.setTabChangesFocus(True)
        self.edit.setPlainText(text)
        self.edit.moveCursor(QTextCursor.MoveOperation.End)
        self.hint = PlainLabel(t("own.edit.hint"), "small")
        self.remarks: list[WrappedLabel] = []
        self._lay_out()
        self.edit.entered.connect(self._on_entered)
        self.edit.left.connect(self.left)
        self.edit.text_typed.connect(self._on_typed)
        self.edit.focus_changed.connect(lambda has: set_style_property(self._field, "focused", has))
        self.show_look(look)

    def _lay_out(self) -> None:
        self._field = QFrame()
        self._field.setObjectName("field")
        inner = QVBoxLayout(self._field)
        inner.setContentsMargins(8, 4, 8, 4)
        inner.addWidget(self.edit)
        body = QWidget()
        self._below = QVBoxLayout(body)
        self._below.setContentsMargins(0, 0, 4, 0)
        self._below.setSpacing(6)
        self._below.addWidget(self.original)
        self._below.addWidget(self.fields)
        self._below.addStretch(1)
        for widget in (self._field, self.hint):
            self._column.addWidget(widget)
        self._column.addWidget(scrolled(body), 1)
        self.original.setVisible(bool(self._view.original))
        self.fields.setVisible(bool(self._view.fields))

    def begin(self) -> None:
        """Write at once."""
        self.edit.setFocus(Qt.FocusReason.ShortcutFocusReason)

    def show_look(self, look: Look) -> None:
        """Change theme or text size."""
        self._look = look
        self.original.show_text(t("own.edit.original"), self._view.original, look)
        named = (
            t("own.edit.field", key=f"{{{key}}}", label=name) for key, name in self._view.fields
        )
        self.fields.show_text("", t("own.edit.fields", fields=t("list.comma").join(named)), look)
        self.edit.setFixedHeight(round(look.px(14) * 1.5 * _LINES))
        self._show_remarks()

    def _show_remarks(self) -> None:
        text = self.edit.toPlainText().strip()
        found = self._ask_remarks(text) if text else ()
        while len(self.remarks) < len(found):
            label = WrappedLabel("warn")
            self._below.insertWidget(self._below.count() - 1, label)
            self.remarks.append(label)
        counted = t("own.edit.hint_remarks", count=len(found)) if found else t("own.edit.hint")
        self.hint.set_text(counted)
        for number, label in enumerate(self.remarks):
            label.show_text("", found[number] if number < len(found) else "", self._look)
            label.setVisible(number < len(found))

    def _on_typed(self) -> None:
        self.typed.emit(self.edit.toPlainText())
        self._show_remarks()

    def _on_entered(self) -> None:
        self.saved.emit(self.edit.toPlainText().strip())
