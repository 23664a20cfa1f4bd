"""The backups there are, and what going back to one would take away."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QAbstractSlider, QHBoxLayout, QPushButton, QVBoxLayout, QWidget
from shiboken6 import isValid

from scripts_ja.dates import echo_due
from scripts_ja.texts import t
from ui.case_button import CaseButton
from ui.labels import ElidedLabel
from ui.port.backups import BackupsPort, BackupsView, BackupView
from ui.sheet import CHOICE_KEYS, Sheet, scrolled
from ui.tab_order import put_after
from ui.theme import Look
from ui.wrapped_label import WrappedLabel

_SCROLLS = {
    Qt.Key.Key_Up: QAbstractSlider.SliderAction.SliderSingleStepSub,
    Qt.Key.Key_Down: QAbstractSlider.SliderAction.SliderSingleStepAdd,
    Qt.Key.Key_PageUp: QAbstractSlider.SliderAction.SliderPageStepSub,
    Qt.Key.Key_PageDown: QAbstractSlider.SliderAction.SliderPageStepAdd,
}
_ENTER = (Qt.Key.Key_Return, Qt.Key.Key_Enter)


class _SentenceSheet(Sheet):
    """A sheet with sentences that break where a reader would."""

    def __init__(self, title: str, look: Look, parent: QWidget | None = None) -> None:
        super().__init__(title, parent)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self._look = look

    def show_look(self, look: Look) -> None:
        """Change theme or text size."""
        self._look = look
        for label in self.findChildren(WrappedLabel):
            label.show_text("", label.text, look)

    def sentence(self, text: str, tone: str = "ink") -> WrappedLabel:
        """One of them."""
        label = WrappedLabel(tone)
        label.show_text("", text, self._look)
        return label


class BackupSheet(_SentenceSheet):
    """A list that is read beside the window; each row has a key of its own.

    Signals:
        chosen(object): the BackupView to go back to.
    """

    chosen = Signal(object)

    def __init__(self, backups: BackupsPort, look: Look, parent: QWidget | None = None) -> None:
        super().__init__(t("backup.title"), look, parent)
        self.rows: list[BackupView] = []
        self.make = QPushButton(t("backup.make"))
        self.make.clicked.connect(backups.make)
        self.make.clicked.connect(self.left)
        body = QWidget()
        self._lines = QVBoxLayout(body)
        self._lines.setContentsMargins(0, 0, 0, 0)
        self._lines.setSpacing(4)
        self._lines.addWidget(self.sentence(t("backup.reading"), "muted"))
        self._lines.addStretch(1)
        self._column.addWidget(self.sentence(t("backup.hint"), "muted"))
        self._area = scrolled(body)
        self._column.addWidget(self._area, 1)
        foot = QHBoxLayout()
        foot.addStretch(1)
        foot.addWidget(self.make)
        self._column.addLayout(foot)
        backups.fetch(self._show)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """A row's key chooses it; the arrows scroll."""
        scroll = _SCROLLS.get(Qt.Key(event.key()))
        if scroll is not None:
            self._area.verticalScrollBar().triggerAction(scroll)
            return
        place = CHOICE_KEYS.find(event.text().upper()) if event.text() else -1
        has_modifier = event.modifiers() & ~Qt.KeyboardModifier.KeypadModifier
        if 0 <= place < len(self.rows) and not has_modifier:
            self._choose(self.rows[place])
        else:
            super().keyPressEvent(event)

    def _show(self, view: BackupsView) -> None:
        """Show what came; the sheet may be gone meanwhile."""
        if not isValid(self):
            return
        self.rows = list(view.rows)
        while (item := self._lines.takeAt(0)) is not None:
            if (widget := item.widget()) is not None:
                widget.hide()
                widget.deleteLater()
        for place, row in enumerate(self.rows):
            self._lines.addWidget(self._row(CHOICE_KEYS[place : place + 1], row))
        if not self.rows:
            self._lines.addWidget(self.sentence(t("backup.none"), "muted"))
        if view.rescue:
            self._lines.addSpacing(8)
            self._lines.addWidget(ElidedLabel(t("rescue.title"), "strong"))
        for line in view.rescue:
            self._lines.addWidget(self.sentence(line))
        self._lines.addStretch(1)
        put_after(self.leave, self._area)  # they came later than the button below them

    def _row(self, key: str, row: BackupView) -> QWidget:
        first = t("backup.row", key=key, at=spoken(row.made_at), kind=t(f"backup.kind.{row.kind}"))
        button = CaseButton(first.strip(), holding(row))
        button.clicked.connect(lambda: self._choose(row))
        return button

    def _choose(self, row: BackupView) -> None:
        if not row.trouble:
            self.chosen.emit(row)


class RestoreSheet(_SentenceSheet):
    """What will be, what will be gone, and Enter.

    Signals:
        agreed(): go back to it.
    """

    agreed = Signal()

    def __init__(self, row: BackupView, look: Look, parent: QWidget | None = None) -> None:
        super().__init__(t("restore.title"), look, parent)
        body = QWidget()
        lines = QVBoxLayout(body)
        lines.setContentsMargins(0, 0, 4, 0)
        lines.setSpacing(8)
        when = t("restore.at", at=spoken(row.made_at), kind=t(f"backup.kind.{row.kind}"))
        lines.addWidget(ElidedLabel(when, "strong"))
        last = spoken(row.last_event_at) if row.last_event_at else t("backup.empty")
        lines.addWidget(self.sentence(t("restore.holds", cases=row.cases, last=last)))
        lines.addWidget(self.sentence(losing(row)))
        lines.addWidget(self.sentence(t("restore.undo"), "muted"))
        lines.addStretch(1)
        self.go = _button(t("restore.go"), self.agreed.emit)
        self.go.setProperty("main", "true")
        self.stay = _button(t("restore.stay"), self.left.emit)
        foot = QHBoxLayout()
        foot.addWidget(self.stay)
        foot.addStretch(1)
        foot.addWidget(self.go)
        self._column.addWidget(scrolled(body), 1)
        self._column.addLayout(foot)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Enter goes back to it."""
        if event.key() in _ENTER and not event.isAutoRepeat():
            self.agreed.emit()
        else:
            super().keyPressEvent(event)


def spoken(at: datetime) -> str:
    """A time with its day, in local time."""
    return echo_due(at.astimezone())


def holding(row: BackupView) -> str:
    """What a backup holds, in one line."""
    if row.trouble:
        return t("backup.unreadable")
    last = t("backup.last", at=spoken(row.last_event_at)) if row.last_event_at else ""
    count = t("backup.cases", count=row.cases)
    return t("list.joint").join(filter(None, [count, last or t("backup.empty")]))


def losing(row: BackupView) -> str:
    """What going back to it takes away, in one sentence."""
    if not row.is_loss_known:
        return t("restore.loses_unknown")
    if not row.lost_events:
        return t("restore.loses_nothing")
    return t("restore.loses", events=row.lost_events, cases=row.lost_cases, new=row.new_cases)


def _button(text: str, then: Callable[[], None]) -> QPushButton:
    button = QPushButton(text)
    button.clicked.connect(lambda _checked: then())
    return button
