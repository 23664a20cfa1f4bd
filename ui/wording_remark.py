"""A quiet line under fields of one line: the first words in them that could be better, and how.

Nothing in the fields is underlined or replaced, and nothing moves: the line is always there.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QLineEdit

from scripts_ja.model import NoteKind
from scripts_ja.texts import t
from ui.labels import ElidedLabel
from ui.wording_words import title_of

if TYPE_CHECKING:
    from ui.port.notes import WordingReason
    from ui.port.workplace import Workplace

# A pause in typing, as in the note field.
_PAUSE_MILLISECONDS = 250
# Keeps the line as high as one with words.
_NOTHING = "\u3000"


class WordingRemark(ElidedLabel):
    """Says it of the fields that it watches, in their order."""

    def __init__(self, workplace: Workplace) -> None:
        super().__init__(_NOTHING, "small")
        self._work = workplace
        self._watched: list[tuple[QLineEdit, NoteKind]] = []
        self._pause = QTimer(self)
        self._pause.setSingleShot(True)
        self._pause.setInterval(_PAUSE_MILLISECONDS)
        self._pause.timeout.connect(self.check)

    def watch(self, entry: QLineEdit, kind: NoteKind) -> None:
        """Look at what is typed there as at a note of that kind."""
        self._watched.append((entry, kind))
        entry.textChanged.connect(lambda _: self._pause.start())
        self.check()

    def check(self) -> None:
        """Say what there is to be said now."""
        first = ""
        for entry, kind in self._watched:
            # An empty field needs no check, which is imported when it is first asked for.
            marks = self._work.wording.check(entry.text(), kind) if entry.text() else ()
            said = _said(marks[0].reasons[0]) if marks else ""
            entry.setAccessibleDescription(said)
            first = first or said
        self.set_text(first or _NOTHING)


def _said(reason: WordingReason) -> str:
    better = t("wording.or").join(reason.better) or reason.remark
    return t("wording.remark", title=title_of(reason), better=better)
