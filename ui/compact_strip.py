"""The narrow form: clock, holds, stage, and what is urgent, for who works in other windows."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QMouseEvent
from PySide6.QtWidgets import QFrame, QPushButton, QSizePolicy, QVBoxLayout, QWidget

from scripts_ja.texts import t
from ui.actions import key_of
from ui.labels import PlainLabel, as_plain_tooltip, set_style_property
from ui.wrapped_label import WrappedLabel

if TYPE_CHECKING:
    from call.guidance import Prompt
    from ui.sidebar import Sidebar
    from ui.theme import Look

_LEVELS = {"calm": "calm", "amber": "warn", "red": "danger"}
_TOKENS = {"calm": "accent", "warn": "warn", "danger": "danger"}


class CompactStrip(QWidget):
    """It repeats what the panels say: nothing is found out here.

    Signals:
        opened(): everything is wanted again.
    """

    opened = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.phase = PlainLabel(role="pill")
        self.time = PlainLabel(role="strip_time")
        self.hold = PlainLabel(role="strong")
        self.hold_time = PlainLabel(role="strong")
        self.stage = WrappedLabel("ink")
        self.advice = _Block()
        self.notice = _Block()
        self.open = QPushButton(t("edge.open"))
        self.open.setProperty("chip", "true")
        self.open.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.open.clicked.connect(self.opened)
        policy = QSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Preferred)
        policy.setHeightForWidth(True)
        self.setSizePolicy(policy)
        column = QVBoxLayout(self)
        column.setContentsMargins(8, 10, 8, 12)
        column.setSpacing(6)
        column.addWidget(self.phase, 0, Qt.AlignmentFlag.AlignLeft)
        for label in (self.time, self.hold, self.hold_time, self.stage, self.advice, self.notice):
            column.addWidget(label)
        column.addStretch(1)
        column.addWidget(self.open)

    def show_first(self, window: Sidebar) -> None:
        """Say what the first frame says: the phase and the clock."""
        self.phase.set_text(window.header.phase.text())
        self.phase.set_tone(window.header.phase.property("tone") or "")
        self.time.set_text(window.clock.time.text())
        for empty in (self.hold, self.hold_time, self.stage, self.advice, self.notice):
            empty.hide()

    def show_all(self, window: Sidebar) -> None:
        """Say what the panels of the window say now."""
        self.phase.set_text(window.header.phase.text())
        self.phase.set_tone(window.header.phase.property("tone") or "")
        clock = window.clock
        self.time.set_text(clock.time.text())
        self.time.setAccessibleName(clock.time.accessibleName())
        for label, text in ((self.hold, clock.hold.text()), (self.hold_time, clock.hold_seconds)):
            label.set_text(text)
            label.set_tone(clock.hold.property("tone") or "")
            label.setVisible(bool(text))
        self.stage.show_text("", window.stage_title, window.look)
        self.stage.setVisible(bool(window.stage_title))
        self.show_advice(window.advice.prompt, window.look)
        self._show_notice(window)
        named = t("tooltip.key", name=t("edge.open_name"), key=key_of("compact"))
        self.open.setAccessibleName(t("edge.open_name"))
        self.open.setToolTip(as_plain_tooltip(named))

    def show_advice(self, prompt: Prompt | None, look: Look) -> None:
        """The mark and the title of the prompt, in its colour."""
        if prompt is None:
            self.advice.hide()
            return
        from ui.advice_words import words_of  # the strip is in the first frame, advice is not

        words = words_of(prompt)
        self.advice.say(_LEVELS[prompt.level], t(f"advice.mark_{prompt.level}"), words.title, look)
        self.advice.setToolTip(as_plain_tooltip(words.body))

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """A click anywhere brings everything."""
        super().mousePressEvent(event)
        self.opened.emit()

    def _show_notice(self, window: Sidebar) -> None:
        notice = window.notice.shown
        self.notice.setVisible(notice is not None)
        if notice is not None:
            tone = notice.level if notice.level in _TOKENS else "calm"
            self.notice.say(tone, "", notice.text, window.look)


class _Block(QFrame):
    """A few words on the colour of their level."""

    def __init__(self) -> None:
        super().__init__()
        self.setObjectName("stripBlock")
        self._labels = {tone: WrappedLabel(token) for tone, token in _TOKENS.items()}
        column = QVBoxLayout(self)
        column.setContentsMargins(6, 5, 6, 5)
        for label in self._labels.values():
            column.addWidget(label)

    def say(self, tone: str, mark: str, text: str, look: Look) -> None:
        """Show them."""
        set_style_property(self, "tone", tone)
        for each, label in self._labels.items():
            label.setVisible(each == tone)
        self._labels[tone].show_text("", mark + text, look)
        self.setAccessibleName(mark + text)
        self.show()
