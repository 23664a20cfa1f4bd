"""The two places where the program speaks: one prompt at a time, and one line of notices."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QSize, Qt, QTimer, Signal
from PySide6.QtGui import QPainter, QPaintEvent, QResizeEvent
from PySide6.QtWidgets import QFrame, QPushButton, QVBoxLayout, QWidget

from call.guidance import Level, Prompt
from scripts_ja.texts import t
from ui.actions import key_of, short_key_of
from ui.advice_words import words_of
from ui.flow_layout import FlowLayout
from ui.japanese_lines import break_lines
from ui.key_button import KeyButton
from ui.labels import ElidedLabel, as_plain_tooltip, set_style_property
from ui.port.notices import Notice
from ui.theme import Look
from ui.wrapped_label import WrappedLabel

_PASSING_MILLISECONDS = 6000
_BETWEEN_LINES = 1.2
_TONES = {Level.CALM: "calm", Level.AMBER: "warn", Level.RED: "danger"}


class AdviceBar(QFrame):
    """One prompt in two lines, with the one key that follows it.

    Signals:
        followed(), dismissed(): what the agent chose.
        turned(): another prompt stands here, or none; not that its seconds went on.
    """

    followed = Signal()
    dismissed = Signal()
    turned = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("advice")
        self.prompt: Prompt | None = None
        self._shown_in: Look | None = None
        self._fitted = ("", "")
        self.title = ElidedLabel(role="strong")
        self.calm = WrappedLabel("accent")
        self.amber = WrappedLabel("warn")
        self.red = WrappedLabel("danger")
        self._bodies = {Level.CALM: self.calm, Level.AMBER: self.amber, Level.RED: self.red}
        self.follow = KeyButton("follow_advice", is_main=True)
        self.later = QPushButton(t("advice.later"))
        self.follow.clicked.connect(self.followed)
        self.later.clicked.connect(self.dismissed)
        self._lay_out()
        self.hide()

    def _lay_out(self) -> None:
        column = self._column = QVBoxLayout(self)
        column.setContentsMargins(12, 8, 12, 8)
        column.setSpacing(4)
        column.addWidget(self.title)
        for body in self._bodies.values():
            column.addWidget(body)
        buttons = QWidget()
        self._row = FlowLayout(buttons, 8)
        self._row.addWidget(self.follow)
        self._row.addWidget(self.later)
        column.addWidget(buttons)
        self.later.setAccessibleName(t("advice.later_name"))

    def show_prompt(self, prompt: Prompt | None, look: Look) -> None:
        """Show a prompt, or give the place back; nothing is painted anew where it is the same."""
        if (prompt, look) == (self.prompt, self._shown_in):
            return
        is_another = _identity(prompt) != _identity(self.prompt)
        self.prompt, self._shown_in = prompt, look
        if prompt is not None:
            self._show(prompt, look, is_another=is_another)
        self.setVisible(prompt is not None)
        if is_another:
            self.turned.emit()

    def _show(self, prompt: Prompt, look: Look, *, is_another: bool) -> None:
        words = words_of(prompt)
        set_style_property(self, "tone", _TONES[prompt.level])
        self.title.set_text(t(f"advice.mark_{prompt.level}") + words.title)
        for level, body in self._bodies.items():
            body.setVisible(level is prompt.level)
        self._bodies[prompt.level].show_text("", words.body, look)
        self.later.setVisible(not prompt.stays)
        self.follow.setVisible(bool(words.action))
        if words.action:
            self._fit_key(words.action)
        if is_another:  # seconds that go on are not read out each time
            self.setAccessibleName(f"{self.title.text()} {words.body}")
            self.setToolTip(as_plain_tooltip(t("advice.rule", rule=prompt.rule)))

    def event(self, event: QEvent) -> bool:
        """Another width or text size has room for more or less of the key."""
        handled = super().event(event)
        is_other = event.type() in (QEvent.Type.Resize, QEvent.Type.LayoutRequest)
        if is_other and self.prompt is not None and not self.follow.isHidden():
            self._fit_key(self.follow.word.text())
        return handled

    def _fit_key(self, action: str) -> None:
        """In a narrow window the key is its last part, as on the buttons below."""
        key, advance = key_of("follow_advice"), self.follow.key.fontMetrics().horizontalAdvance
        self.follow.word.set_text(action)
        needed = self._row.sizeHint().width() + advance(key) - advance(self.follow.key.text())
        margins = self._column.contentsMargins()
        if needed > self.width() - margins.left() - margins.right():
            key = short_key_of("follow_advice")
        if (action, key) != self._fitted:
            self._fitted = (action, key)
            self.follow.set_words(action, key)


def _identity(prompt: Prompt | None) -> tuple[str, str] | None:
    return (prompt.id, prompt.target) if prompt else None


# Levels without a colour.
_QUIET = ("info", "calm")


class NoticeBar(ElidedLabel):
    """One line: what went wrong or was done. The gravest that stands is shown.

    A notice of level ``info`` passes by itself; others stand until they are over. One that may
    have more lines takes them from what is above it; nothing below moves.
    """

    def __init__(self, parent: QWidget | None = None) -> None:
        self.shown: Notice | None = None  # before Qt asks for the lines
        super().__init__("", "notice", parent)
        self._standing: dict[str, Notice] = {}
        self._passing: Notice | None = None
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.setInterval(_PASSING_MILLISECONDS)
        self._timer.timeout.connect(self._on_passed)
        self.setAlignment(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter)

    def sizeHint(self) -> QSize:
        """A line is kept free even when there is nothing to say: nothing jumps."""
        return QSize(100, self._step() * (len(self._lines()) - 1) + self.fontMetrics().height() + 2)

    def minimumSizeHint(self) -> QSize:
        """The same lines."""
        return QSize(0, self.sizeHint().height())

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Another width may need more lines, or fewer."""
        super().resizeEvent(event)
        if self.height() != self.sizeHint().height():
            self.updateGeometry()

    def paintEvent(self, event: QPaintEvent) -> None:
        """Paint the lines."""
        painter = QPainter(self)
        painter.setPen(self.palette().color(self.foregroundRole()))
        lines = self._lines()
        rect = self.contentsRect().adjusted(0, 0, 0, -self._step() * (len(lines) - 1))
        for number, line in enumerate(lines):
            painter.drawText(rect.translated(0, number * self._step()), self.alignment(), line)

    def _step(self) -> int:
        """From one line to the next."""
        return round(self.fontMetrics().height() * _BETWEEN_LINES)

    def said(self) -> str:
        """All lines as one."""
        return "".join(self._lines())

    def _lines(self) -> list[str]:
        """What is shown; the last line is cut where the whole does not fit."""
        metrics, width = self.fontMetrics(), self.contentsRect().width()
        most = self.shown.lines if self.shown else 1
        if most == 1 or metrics.horizontalAdvance(self.text()) <= width:
            return [super().said()]
        lines = break_lines(self.text(), width, metrics.horizontalAdvance)
        last = metrics.elidedText("".join(lines[most - 1 :]), Qt.TextElideMode.ElideRight, width)
        return [*lines[: most - 1], *([last] if last else [])]

    def say(self, notice: Notice) -> None:
        """Show a notice; an empty text takes the standing one of that key away."""
        if not notice.text:
            self._standing.pop(notice.key, None)
        elif notice.level == "info":
            self._passing = notice
            self._timer.start()
        else:
            self._standing = {notice.key: notice, **self._others(notice)}
        self._show()

    def say_again(self) -> None:
        """Show what stands, after somebody borrowed the line."""
        self._show()

    def _others(self, notice: Notice) -> dict[str, Notice]:
        """What stands about other things; of two that are as grave the newer one is shown."""
        return {key: known for key, known in self._standing.items() if key != notice.key}

    def _show(self) -> None:
        gravest = [n for n in self._standing.values() if n.level == "danger"]
        others = [n for n in self._standing.values() if n.level != "danger"]
        shown = [*gravest, *([self._passing] if self._passing else []), *others]
        first = self.shown = shown[0] if shown else None
        self.set_text(first.text if first else "")
        self.set_tone(first.level if first and first.level not in _QUIET else "")
        self.updateGeometry()

    def _on_passed(self) -> None:
        self._passing = None
        self._show()
