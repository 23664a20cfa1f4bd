"""The phrases that were found: one row each."""

from __future__ import annotations

from PySide6.QtCore import QRectF, Qt
from PySide6.QtWidgets import QWidget

from scripts_ja.model import Audience
from scripts_ja.texts import t
from ui.painted_list import Ink, PaintedList, RowDelegate, RowModel
from ui.phrase_tray import PhraseTray
from ui.port.phrases import FoundPhrase


def about(found: FoundPhrase) -> str:
    """What stands muted beside a phrase: for whom, what for, and where it stands."""
    inside = t("phrase_search.inside") if found.phrase.audience is Audience.INSIDE else ""
    place = t("phrase_search.here") if found.is_here else found.place
    parts = (inside, found.phrase.mark, found.category, place, found.phrase.condition)
    return t("list.joint").join(part for part in parts if part)


class FoundModel(RowModel[FoundPhrase]):
    """What was found, in its order."""

    def said(self, row: FoundPhrase) -> str:
        """The phrase, and what it is for."""
        return f"{row.phrase.plain} {about(row)}"


class FoundDelegate(RowDelegate[FoundPhrase]):
    """Paints the beginning of a phrase, and below it muted what it is for."""

    sizes = (13, 12)

    def __init__(self, tray: PhraseTray, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._tray = tray

    def paint_row(self, ink: Ink, rect: QRectF, row: FoundPhrase) -> None:
        """What is said, and what for; a phrase that was gathered says so first."""
        first, second = self.sizes
        marks = [t("phrase_search.is_gathered")] if row.key in self._tray.keys else []
        ink.line(rect, first, "ink", _on_one_line(row.phrase.plain))
        words = t("list.joint").join([*marks, about(row)])
        token = "accent" if marks else "muted"
        ink.line(ink.below(rect, first), second, token, _on_one_line(words))


class FoundList(PaintedList[FoundPhrase]):
    """The list. The keyboard stays in the search field, which moves through it."""

    def __init__(self, tray: PhraseTray, parent: QWidget | None = None) -> None:
        rows, painter = FoundModel(), FoundDelegate(tray)
        name, empty = t("phrase_search.list"), t("phrase_search.none")
        super().__init__(rows, painter, name, parent, empty)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)


def _on_one_line(text: str) -> str:
    return " ".join(text.split())
