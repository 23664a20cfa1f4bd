"""Searching all phrases: type, see the list get shorter, read the chosen one in large type."""

from __future__ import annotations

import re

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QInputMethodEvent, QKeyEvent
from PySide6.QtWidgets import QFrame, QSizePolicy, QVBoxLayout, QWidget

from scripts_ja.texts import t
from ui.actions import key_of
from ui.composition import ComposingLineEdit
from ui.known_parts import viewport_of
from ui.labels import ElidedLabel
from ui.phrase_label import PhraseLabel
from ui.phrase_list import FoundList, about
from ui.phrase_tray import PhraseTray
from ui.port.phrases import FoundPhrase, PhrasesPort
from ui.scrolled import scrolled
from ui.sheet import Sheet
from ui.theme import Look

# What most phrases need in large type; a longer one scrolls.
_CARD_HEIGHT = 205

# Letters that wait at the end of a composition to become kana.
_UNFINISHED = re.compile("[A-Za-zＡ-Ｚａ-ｚ]+$")
_ENTER = (Qt.Key.Key_Return, Qt.Key.Key_Enter)
_STEPS = {
    Qt.Key.Key_Up: -1,
    Qt.Key.Key_Down: 1,
    Qt.Key.Key_PageUp: -5,
    Qt.Key.Key_PageDown: 5,
}


class SearchLine(ComposingLineEdit):
    """The search field. What is being composed counts as typed, and is never touched.

    Signals:
        searched(str): what to look for has changed.
        stepped(int): so many rows down (or up).
        gathered(): Shift+Enter outside a composition.
    """

    searched = Signal(str)
    stepped = Signal(int)
    gathered = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._sought = ""
        self.textChanged.connect(self._on_typed)

    def inputMethodEvent(self, event: QInputMethodEvent) -> None:
        """Search by the composition as far as it is kana."""
        super().inputMethodEvent(event)
        self._on_typed()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Arrows and Shift+Enter, unless they belong to the input method."""
        is_gather = event.key() in _ENTER and event.modifiers() & Qt.KeyboardModifier.ShiftModifier
        if self.is_composing:
            super().keyPressEvent(event)
        elif event.key() in _STEPS:
            self.stepped.emit(_STEPS[Qt.Key(event.key())])
        elif is_gather:
            self.gathered.emit()
        else:
            super().keyPressEvent(event)

    @property
    def sought(self) -> str:
        """The text with the kana that are being composed in their place."""
        text, place = self.text(), self.cursorPosition()
        return text[:place] + _UNFINISHED.sub("", self._preedit) + text[place:]

    def _on_typed(self) -> None:
        if self.sought != self._sought:
            self._sought = self.sought
            self.searched.emit(self._sought)


class PhraseSheet(Sheet):
    """The search. The chosen phrase stands below in large type, in a place that never changes.

    Signals:
        copy_asked(FoundPhrase), gather_asked(FoundPhrase): the key for it was pressed.
    """

    copy_asked = Signal(object)
    gather_asked = Signal(object)

    def __init__(
        self, phrases: PhrasesPort, tray: PhraseTray, look: Look, parent: QWidget | None = None
    ) -> None:
        super().__init__(t("phrase_search.title"), parent)
        self._phrases = phrases
        self._tray = tray
        self._look = look
        self.entry = SearchLine()
        self.entry.setPlaceholderText(t("phrase_search.hint"))
        self.entry.setAccessibleName(t("phrase_search.name"))
        self.count = ElidedLabel(role="muted")
        self.list = FoundList(tray)
        self.about = ElidedLabel(role="muted")
        self.phrase = PhraseLabel(is_first=True)
        self.keys = [ElidedLabel(text, "small") for text in _key_lines()]
        self._lay_out()
        self._connect()
        self.show_look(look)
        self.search()

    def _lay_out(self) -> None:
        card = self._card = QFrame()
        card.setObjectName("card")
        body = QWidget()
        said = QVBoxLayout(body)
        said.setContentsMargins(0, 0, 4, 0)
        said.addWidget(self.phrase)
        said.addStretch(1)
        lines = QVBoxLayout(card)
        lines.setContentsMargins(12, 6, 8, 6)
        lines.setSpacing(2)
        lines.addWidget(self.about)
        lines.addWidget(scrolled(body), 1)
        policy = QSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Ignored)
        policy.setRetainSizeWhenHidden(True)
        for widget in (self.list, card):
            widget.setSizePolicy(policy)
        self._column.addWidget(self.entry)
        self._column.addWidget(self.count)
        self._column.addWidget(self.list, 5)
        self._column.addWidget(card, 6)
        for label in self.keys:
            self._column.addWidget(label)

    def _connect(self) -> None:
        self.entry.searched.connect(self.search)
        self.entry.stepped.connect(lambda by: self.list.go_to(self.list.currentIndex().row() + by))
        self.entry.entered.connect(self._ask_copy)
        self.entry.gathered.connect(self._ask_gather)
        self.entry.left.connect(self.left)
        self.list.selectionModel().currentChanged.connect(self.refresh)
        self.list.doubleClicked.connect(self._ask_copy)

    def begin(self) -> None:
        """Type at once."""
        self.entry.setFocus(Qt.FocusReason.ShortcutFocusReason)

    def show_look(self, look: Look) -> None:
        """Change theme or text size."""
        self._look = look
        self.list.show_look(look)
        self._card.setMaximumHeight(look.px(_CARD_HEIGHT))
        self.refresh()

    def refresh(self) -> None:
        """Show the chosen phrase as it reads now."""
        chosen = self.list.chosen
        now = self._phrases.filled(chosen.key) if chosen else None
        self.phrase.show_segments(now.phrase.segments if now else (), self._look)
        self.about.set_text(about(now) if now else "")
        self._card.setVisible(now is not None)  # its place is kept

    def search(self) -> None:
        """Show what the words in the field lead to."""
        found = self._phrases.find(self.entry.sought)
        self.list.show_rows(found)
        self.show_counts()
        self.refresh()

    def show_counts(self) -> None:
        """How many were found, and how many are gathered."""
        found = self.list.rows.rowCount()
        parts = [t("phrase_search.count", count=found)]
        if self._tray.keys:
            parts.append(t("phrase_search.gathered", count=len(self._tray.keys)))
        self.count.set_text(t("list.joint").join(parts))
        viewport_of(self.list).update()

    @property
    def chosen(self) -> FoundPhrase | None:
        """The phrase that keys are for."""
        return self.list.chosen

    def _ask_copy(self) -> None:
        if self.chosen is not None:
            self.copy_asked.emit(self.chosen)

    def _ask_gather(self) -> None:
        if self.chosen is not None:
            self.gather_asked.emit(self.chosen)


def _key_lines() -> tuple[str, str]:
    return (
        t("phrase_search.keys", key=key_of("find_phrase")),
        t("phrase_search.keys_own", own=key_of("own_wording"), pin=key_of("first_phrase")),
    )
