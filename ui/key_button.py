"""A button that says its key, muted, beside its word."""

from __future__ import annotations

from PySide6.QtCore import QSize, Qt
from PySide6.QtWidgets import QHBoxLayout, QPushButton, QSizePolicy, QWidget

from scripts_ja.texts import t
from ui.actions import key_of, short_key_of
from ui.labels import PlainLabel, as_plain_tooltip


class KeyButton(QPushButton):
    """A button for one action. It never takes the focus by click: typing goes on."""

    def __init__(
        self,
        action: str,
        *,
        is_main: bool = False,
        is_short: bool = False,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self.action_id = action
        self._is_short = is_short
        self.word = PlainLabel()
        self.key = PlainLabel(role="key")
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        if is_main:
            self.setProperty("main", "true")
        row = QHBoxLayout(self)
        row.setContentsMargins(6, 8, 6, 8)
        row.setSpacing(6)
        row.addStretch(1)
        row.addWidget(self.word)
        row.addWidget(self.key)
        row.addStretch(1)
        for label in (self.word, self.key):
            label.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.set_words(t(f"action.{action}"), self._shown_key())

    def set_words(self, word: str, key: str) -> None:
        """Say another word or key."""
        self.word.set_text(word)
        self.key.set_text(key)
        self.setAccessibleName(word)
        named = t("tooltip.key", name=word, key=key_of(self.action_id))
        self.setToolTip(as_plain_tooltip(named))

    def show_key(self) -> None:
        """Say the key that is in force now."""
        self.set_words(self.word.text(), self._shown_key())

    def _shown_key(self) -> str:
        return short_key_of(self.action_id) if self._is_short else key_of(self.action_id)

    def sizeHint(self) -> QSize:
        """The size of its words."""
        layout = self.layout()
        return layout.sizeHint() if layout else super().sizeHint()

    def minimumSizeHint(self) -> QSize:
        """The same: a button is never cut."""
        return self.sizeHint()
