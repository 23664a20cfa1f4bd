"""What stands ready while the same talk goes on: the record's own sentence, or how to note one."""

from __future__ import annotations

from PySide6.QtWidgets import QWidget

from scripts_ja.model import NoteKind
from scripts_ja.texts import t
from ui.actions import key_of
from ui.column_height import ColumnFrame, height_of
from ui.phrase_label import PhraseLabel
from ui.port.stage import ReadyView, StageView
from ui.theme import Look
from ui.wrapped_label import WrappedLabel


class ReadyStrip(ColumnFrame):
    """A card below the phrases of the stage, so that none of them moves when it comes."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("card")
        self.remark = WrappedLabel("muted")
        self.phrase = PhraseLabel(is_first=False)
        column = self.column
        column.setContentsMargins(12, 8, 12, 8)
        column.setSpacing(4)
        column.addWidget(self.remark)
        column.addWidget(self.phrase)
        self.hide()

    def show_stage(self, view: StageView, look: Look) -> None:
        """Show what the record says, or give the place back."""
        ready = view.ready
        self.setVisible(ready is not None)
        if ready is None:
            return
        self.remark.show_text(t("repeat.heading"), _remark(ready, view.note_kinds), look)
        self.phrase.setVisible(ready.phrase is not None)
        if ready.phrase is not None:
            self.phrase.show_segments(ready.phrase.segments, look)

    def height_at(self, width: int) -> int:
        """The height at that width."""
        room = self.room_at(width)
        shown = (part for part in (self.remark, self.phrase) if not part.isHidden())
        return self.height_of_parts(height_of(part, room) for part in shown)


def _remark(ready: ReadyView, kinds: tuple[NoteKind, ...]) -> str:
    key = "repeat.counts" if ready.here == ready.in_case else "repeat.counts_with_case"
    counts = t(key, here=ready.here, case=ready.in_case)
    if ready.phrase is not None:
        return counts
    return t(
        "repeat.no_answer",
        counts=counts,
        kind=t(f"note.kind.{NoteKind.ANSWERED}"),
        key=_key_for_answers(kinds),
    )


def _key_for_answers(kinds: tuple[NoteKind, ...]) -> str:
    """The key that makes the next note an answer: a chip's own, else the list of all kinds."""
    is_chip = NoteKind.ANSWERED in kinds
    return key_of(f"kind{kinds.index(NoteKind.ANSWERED) + 1}" if is_chip else "kinds")
