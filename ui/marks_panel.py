"""What is marked with one key: temperature, safety, same talk, new fact."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QPushButton, QVBoxLayout, QWidget

from scripts_ja.texts import t
from ui.actions import key_of, short_key_of
from ui.labels import PlainLabel, as_plain_tooltip, set_style_property

if TYPE_CHECKING:
    from call.case import Case
    from call.clock import Reading

_HOT = 4


def chip(text: str, name: str, action: str) -> QPushButton:
    """A small button that says what it is by hover and to a screen reader."""
    button = QPushButton(text)
    button.setProperty("chip", "true")
    button.setFocusPolicy(Qt.FocusPolicy.TabFocus)
    button.setAccessibleName(name)
    button.setProperty("action", action)
    _show_key(button)
    return button


def _show_key(button: QPushButton) -> None:
    key = key_of(str(button.property("action")))
    said = t("tooltip.key", name=button.accessibleName(), key=key)
    button.setToolTip(as_plain_tooltip(said))


class MarksPanel(QWidget):
    """Two quiet rows of chips.

    Signals:
        temperature_chosen(int): 1 to 5.
        safety_asked(), same_talk(), new_fact(): that chip was pressed.
    """

    temperature_chosen = Signal(int)
    safety_asked = Signal()
    same_talk = Signal()
    new_fact = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._levels = [self._level_chip(level) for level in range(1, 6)]
        self.safety = chip(t("safety.chip.unasked"), t("safety.title"), "safety")
        self.same = chip(_same_talk_text(None), t("action.same_talk"), "same_talk")
        self.news = chip(
            t("marks.new_fact", key=short_key_of("new_fact")), t("action.new_fact"), "new_fact"
        )
        self.safety.clicked.connect(self.safety_asked)
        self.same.clicked.connect(self.same_talk)
        self.news.clicked.connect(self.new_fact)
        self._lay_out()

    def _level_chip(self, level: int) -> QPushButton:
        button = chip(str(level), t(f"temperature.{level}"), f"temperature{level}")
        button.clicked.connect(lambda: self.temperature_chosen.emit(level))
        return button

    def begin_temperature(self) -> None:
        """Choose the temperature by Tab and Space."""
        self._levels[0].setFocus(Qt.FocusReason.ShortcutFocusReason)

    def show_keys(self) -> None:
        """Say the keys that are in force now; those inside the words come with the next counts."""
        for button in (*self._levels, self.safety, self.same, self.news):
            _show_key(button)

    def _lay_out(self) -> None:
        first, second = QHBoxLayout(), QHBoxLayout()
        first.setSpacing(4)
        first.addWidget(PlainLabel(t("temperature.title"), "muted"))
        for button in self._levels:
            first.addWidget(button)
        first.addStretch(1)
        first.addWidget(self.safety)
        second.setSpacing(6)
        second.addWidget(self.same, 1)
        second.addWidget(self.news, 1)
        rows = QVBoxLayout(self)
        rows.setContentsMargins(0, 0, 0, 0)
        rows.setSpacing(4)
        rows.addLayout(first)
        rows.addLayout(second)

    def show_marks(self, case: Case | None, now: Reading) -> None:
        """Show what is marked; with no case all rest."""
        level = case.marks.temperature if case else 0
        for number, button in enumerate(self._levels, start=1):
            set_style_property(button, "on", "true" if number == level else "false")
            set_style_property(button, "tone", "danger" if number >= _HOT else "")
        safety = str(case.marks.safety) if case else "unasked"
        self.safety.setText(t(f"safety.chip.{safety}"))
        set_style_property(self.safety, "on", "true" if safety == "yes" else "false")
        set_style_property(self.safety, "tone", "danger" if safety == "yes" else "")
        self.show_counts(case, now)

    def show_counts(self, case: Case | None, now: Reading) -> None:
        """Show the counters; the only part that a second changes."""
        _set(self.same, _same_talk_text(case))
        _set(self.news, _news_text(case, now))


def _set(button: QPushButton, text: str) -> None:
    if button.text() != text:
        button.setText(text)


def _same_talk_text(case: Case | None) -> str:
    marks = case.marks.same_talks if case else []
    here = sum(1 for mark in marks if case and mark.call_id == case.call_id)
    key = "marks.same_talk" if here == len(marks) else "marks.same_talk_with_case"
    return t(key, here=here, case=len(marks), key=short_key_of("same_talk"))


def _news_text(case: Case | None, now: Reading) -> str:
    marks = case.marks.new_facts if case else []
    key = short_key_of("new_fact")
    if not marks:
        return t("marks.new_fact", key=key)
    from call.clock import elapsed_seconds  # beside the first paint: no case, no fact

    minutes = int(elapsed_seconds(marks[-1].at, now) // 60)
    return t("marks.new_fact_ago", minutes=minutes, key=key)
