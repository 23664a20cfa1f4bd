"""Finding a case: type, see the list get shorter, Enter opens it (or joins the call to it)."""

from __future__ import annotations

from functools import partial

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent, QKeySequence
from PySide6.QtWidgets import QHBoxLayout, QPushButton, QSizePolicy, QWidget
from shiboken6 import isValid

from scripts_ja.texts import t
from ui.actions import spaced
from ui.case_list import CaseList
from ui.labels import ElidedLabel
from ui.phrase_sheet import SearchLine
from ui.port.cases import FoundCases, SearchPort
from ui.sheet import Sheet
from ui.theme import Look

COMMANDS = {"Ctrl+D": "erase", "Ctrl+L": "retention"}
_SHELVES = ("all", "open", "due", "closed")


class CaseSearchLine(SearchLine):
    """The search field of cases. Tab belongs to the input method while it composes.

    Signals:
        turned(int): the next shelf (or the one before).
        commanded(str): a key of the sheet, ``erase`` or ``retention``.
    """

    turned = Signal(int)
    commanded = Signal(str)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """What the keys of the sheet do."""
        command = COMMANDS.get(QKeySequence(event.keyCombination()).toString())
        if command and not self.is_composing:
            self.commanded.emit(command)
        else:
            super().keyPressEvent(event)

    def focusNextPrevChild(self, is_next: bool) -> bool:
        """Tab turns to another shelf: there is nothing else to go to."""
        if not self.is_composing:
            self.turned.emit(1 if is_next else -1)
        return True


class CaseSheet(Sheet):
    """The search over all cases. The list is brought by a thread; typing never waits for it.

    Signals:
        chosen(str): the id of the case to open.
        erase_asked(str): the id of the case to erase, empty where none is in the list.
        retention_asked(): how long cases are kept.
    """

    chosen = Signal(str)
    erase_asked = Signal(str)
    retention_asked = Signal()

    def __init__(
        self,
        search: SearchPort,
        title: str,
        hidden_case: str,
        look: Look,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(title, parent)
        self._search = search
        self._hidden_case = hidden_case
        self._shelf = 0
        self._shown: tuple[str, str] | None = None
        self._is_choosing = False
        self.entry = CaseSearchLine()
        self.entry.setPlaceholderText(t("case_search.hint"))
        self.entry.setAccessibleName(t("case_search.name"))
        self.tabs = [QPushButton(t(f"case_search.shelf.{name}")) for name in _SHELVES]
        self.count = ElidedLabel(role="muted")
        self.list = CaseList()
        self._lay_out()
        self._connect()
        self.show_look(look)
        self.turn_to(0)

    def _lay_out(self) -> None:
        row = QHBoxLayout()
        row.setSpacing(4)
        for tab in self.tabs:
            tab.setCheckable(True)
            tab.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Fixed)
            row.addWidget(tab, 1)
        self.list.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Ignored)
        self._column.addWidget(self.entry)
        self._column.addLayout(row)
        self._column.addWidget(self.count)
        self._column.addWidget(self.list, 1)
        for key in ("case_search.keys", "case_search.syntax"):
            self._column.addWidget(ElidedLabel(t(key), "small"))
        foot = QHBoxLayout()
        foot.addStretch(1)
        words = {"erase": "retention.button", "retention": "retention.list_button"}
        for key, command in COMMANDS.items():
            button = QPushButton(t(words[command], key=spaced(key)))
            button.setProperty("chip", "true")
            button.setFocusPolicy(Qt.FocusPolicy.NoFocus)
            button.clicked.connect(partial(self._on_command, command))
            foot.addWidget(button)
        self._column.addLayout(foot)

    def _connect(self) -> None:
        self.entry.searched.connect(self.search)
        self.entry.stepped.connect(lambda by: self.list.go_to(self.list.currentIndex().row() + by))
        self.entry.turned.connect(lambda by: self.turn_to(self._shelf + by))
        self.entry.entered.connect(self._choose)
        self.entry.left.connect(self.left)
        self.entry.commanded.connect(self._on_command)
        self.list.clicked.connect(self._choose)
        for place, tab in enumerate(self.tabs):
            tab.setFocusPolicy(self.list.focusPolicy())
            tab.clicked.connect(partial(self.turn_to, place))

    def begin(self) -> None:
        """Type at once."""
        self.entry.setFocus()

    def show_look(self, look: Look) -> None:
        """Change theme or text size."""
        self.list.show_look(look)

    def turn_to(self, place: int, _is_checked: bool = False) -> None:  # noqa: FBT001, FBT002 - Qt's
        """Show another shelf, round and round."""
        self._shelf = place % len(_SHELVES)
        for number, tab in enumerate(self.tabs):
            tab.setChecked(number == self._shelf)
        self.search()

    def search(self) -> None:
        """Look for what is typed, the composition as far as it is kana included."""
        self._is_choosing = False
        self._search.find(*self._asked, partial(self._show, self._asked))

    @property
    def _asked(self) -> tuple[str, str]:
        return self.entry.sought, _SHELVES[self._shelf]

    def _show(self, asked: tuple[str, str], found: FoundCases) -> None:
        """Show what came; the sheet may be gone meanwhile."""
        if not isValid(self):
            return
        rows = [row for row in found.rows if row.case.case_id != self._hidden_case]
        self.list.show_rows(rows)
        self.count.set_text(t("list.joint").join(self._said(found, len(rows))))
        self._shown = asked
        if self._is_choosing:
            self._choose()

    def _said(self, found: FoundCases, count: int) -> list[str]:
        if not found.is_read:
            return [t("case_search.unreadable")]
        nothing = "case_search.none" if self.entry.sought.strip() else "case_search.nothing"
        many = "case_search.count_more" if found.has_more else "case_search.count"
        said = [t(many, count=count) if count else t(nothing)]
        said += [t("case_search.unread", words=" ".join(found.unread))] if found.unread else []
        return said if found.is_whole else [*said, t("case_search.not_whole")]

    def _on_command(self, command: str, _is_checked: bool = False) -> None:  # noqa: FBT001, FBT002 - Qt's
        if command == "retention":
            self.retention_asked.emit()
            return
        row = self.list.chosen if self._shown == self._asked else None
        self.erase_asked.emit(row.case.case_id if row else "")

    def _choose(self) -> None:
        """Open the chosen case; of a list that is still to come, the first when it comes."""
        self._is_choosing = self._shown != self._asked
        row = None if self._is_choosing else self.list.chosen
        if row is not None:
            self.left.emit()
            self.chosen.emit(row.case.case_id)
