"""The two places where the program speaks: one prompt at a time, and one line of notices."""

from __future__ import annotations

from PySide6.QtCore import QSize, Qt, QTimer, Signal
from PySide6.QtWidgets import QFrame, QHBoxLayout, QPushButton, QVBoxLayout, QWidget

from call.guidance import Level, Prompt
from scripts_ja.texts import t
from ui.actions import key_of
from ui.key_button import KeyButton
from ui.labels import ElidedLabel, set_style_property
from ui.port import Notice
from ui.theme import Look
from ui.wrapped_label import WrappedLabel

_PASSING_MILLISECONDS = 6000


class AdviceBar(QFrame):
    """One prompt in two lines, with the one key that follows it.

    Signals:
        followed(), dismissed(): what the agent chose.
    """

    followed = Signal()
    dismissed = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("advice")
        self.prompt: Prompt | None = None
        self.title = ElidedLabel(role="strong")
        self.amber = WrappedLabel("warn")
        self.red = WrappedLabel("danger")
        self.follow = KeyButton("follow_advice", is_main=True)
        self.later = QPushButton(t("advice.later"))
        self.follow.clicked.connect(self.followed)
        self.later.clicked.connect(self.dismissed)
        self._lay_out()
        self.hide()

    def _lay_out(self) -> None:
        column = QVBoxLayout(self)
        column.setContentsMargins(12, 8, 12, 8)
        column.setSpacing(4)
        column.addWidget(self.title)
        column.addWidget(self.amber)
        column.addWidget(self.red)
        row = QHBoxLayout()
        row.setSpacing(8)
        row.addWidget(self.follow)
        row.addWidget(self.later)
        row.addStretch(1)
        column.addLayout(row)
        self.later.setAccessibleName(t("advice.later_name"))

    def show_prompt(self, prompt: Prompt | None, look: Look) -> None:
        """Show a prompt, or give the place back."""
        self.prompt = prompt
        self.setVisible(prompt is not None)
        if prompt is None:
            return
        is_red = prompt.level is Level.RED
        set_style_property(self, "tone", "danger" if is_red else "warn")
        values = dict(prompt.values)
        mark = t("advice.mark_red" if is_red else "advice.mark_amber")
        self.title.set_text(mark + t(f"advice.{prompt.id}.title", **values))
        body = t(f"advice.{prompt.id}.body", **values)
        self.red.setVisible(is_red)
        self.amber.setVisible(not is_red)
        (self.red if is_red else self.amber).show_text("", body, look)
        self.follow.setVisible(bool(prompt.action))
        if prompt.action:
            self.follow.set_words(t(f"advice.{prompt.id}.action"), key_of("follow_advice"))
        self.setAccessibleName(f"{self.title.text()} {body}")


class NoticeBar(ElidedLabel):
    """One line: what went wrong or was done. The gravest that stands is shown.

    A notice of level ``info`` passes by itself; others stand until they are over.
    """

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__("", "notice", parent)
        self.shown: Notice | None = None
        self._standing: dict[str, Notice] = {}
        self._passing: Notice | None = None
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.setInterval(_PASSING_MILLISECONDS)
        self._timer.timeout.connect(self._on_passed)
        self.setAlignment(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter)

    def sizeHint(self) -> QSize:
        """A line is kept free even when there is nothing to say: nothing jumps."""
        return QSize(100, self.fontMetrics().height() + 2)

    def minimumSizeHint(self) -> QSize:
        """The same line."""
        return QSize(0, self.fontMetrics().height() + 2)

    def say(self, notice: Notice) -> None:
        """Show a notice; an empty text takes the standing one of that key away."""
        if not notice.text:
            self._standing.pop(notice.key, None)
        elif notice.level == "info":
            self._passing = notice
            self._timer.start()
        else:
            self._standing[notice.key] = notice
        self._show()

    def say_again(self) -> None:
        """Show what stands, after somebody borrowed the line."""
        self._show()

    def _show(self) -> None:
        gravest = [n for n in self._standing.values() if n.level == "danger"]
        others = [n for n in self._standing.values() if n.level != "danger"]
        shown = [*gravest, *([self._passing] if self._passing else []), *others]
        first = self.shown = shown[0] if shown else None
        self.set_text(first.text if first else "")
        self.set_tone({"info": ""}.get(first.level, first.level) if first else "")

    def _on_passed(self) -> None:
        self._passing = None
        self._show()
