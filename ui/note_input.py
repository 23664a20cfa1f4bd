"""Where the agent types: the kind of the note, the field, and what the input method needs."""

from __future__ import annotations

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtGui import QFontMetricsF, QKeyEvent, QResizeEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QSizePolicy, QWidget

from call.clock import Reading
from call.fold_notes import Note
from scripts_ja.model import NoteKind
from scripts_ja.texts import t
from ui.composition import keep_composition
from ui.known_parts import viewport_of
from ui.labels import PlainLabel, set_style_property
from ui.marked_text_edit import MarkedTextEdit
from ui.theme import Look

# The finding's 300-500 ms: often enough that a second is the most that can be lost.
_DRAFT_MILLISECONDS = 400
_MOST_LINES = 4


class NoteEdit(MarkedTextEdit):
    """The field; Up in an empty field asks for the list above.

    Signals:
        list_asked(): the agent wants to the list.
    """

    list_asked = Signal()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Up leaves an empty field."""
        is_empty = not self.toPlainText() and not self.is_composing
        if is_empty and event.key() == Qt.Key.Key_Up:
            self.list_asked.emit()
            return
        super().keyPressEvent(event)


class NoteInput(QFrame):
    """The note being written.

    Signals:
        saved(): Enter outside a composition; read :attr:`kind`, :meth:`text`, :attr:`editing`.
        draft(str): the text to keep, at most once in 400 ms.
        typed(): the text changed.
        kind_changed(): the note is of another kind now.
        left(): Esc outside a composition.
    """

    saved = Signal()
    draft = Signal(str)
    typed = Signal()
    kind_changed = Signal()
    left = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("field")
        self.kind = NoteKind.CLAIM
        self.editing: str = ""
        self.begun_at: Reading | None = None
        self._look: Look | None = None
        self._hint, self._shorter = "", ""
        self.kind_label = PlainLabel(role="kind")
        self.edit = NoteEdit()
        self._draft_timer = QTimer(self)
        self._draft_timer.setSingleShot(True)
        self._draft_timer.setInterval(_DRAFT_MILLISECONDS)
        self._build()

    def _build(self) -> None:
        row = QHBoxLayout(self)
        row.setContentsMargins(10, 5, 8, 5)
        row.setSpacing(8)
        row.addWidget(self.kind_label, 0, Qt.AlignmentFlag.AlignTop)
        row.addWidget(self.edit, 1)
        # A click beside the text, on the frame of the field, is meant for it.
        self.setFocusPolicy(Qt.FocusPolicy.ClickFocus)
        self.setFocusProxy(self.edit)
        self.edit.setAccessibleName(t("note.input"))
        self.edit.setTabChangesFocus(True)
        self.edit.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAsNeeded)
        self.edit.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.edit.document().setDocumentMargin(1)
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Fixed)
        self.edit.entered.connect(self.saved)
        self.edit.left.connect(self.left)
        self.edit.text_typed.connect(self._on_text_typed)
        self.edit.focus_changed.connect(self._on_focus_changed)
        self._draft_timer.timeout.connect(self._on_draft_due)
        self.set_kind(self.kind)

    # -- reading ------------------------------------------------------------------------------

    def text(self) -> str:
        """What is typed, without what is still being composed."""
        return self.edit.toPlainText()

    # -- changing -----------------------------------------------------------------------------

    def show_look(self, look: Look, hint: str, shorter: str = "") -> None:
        """Take a look, and say in the empty field what belongs there, shorter where it is narrow."""
        self._hint, self._shorter = hint, shorter or hint
        if look != self._look:
            self._look = look
            self.edit.setFont(look.font(14))
            self.edit.show_look(look)
            self._fit_height()
        self._fit_hint()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """A narrower field has room for less of the hint."""
        super().resizeEvent(event)
        self._fit_hint()

    def set_kind(self, kind: NoteKind) -> None:
        """Choose what the note is."""
        self.kind = kind
        self.kind_label.set_text(t(f"note.short.{kind}"))
        self.kind_label.setAccessibleName(t("note.kind_is", kind=t(f"note.kind.{kind}")))
        self.kind_changed.emit()

    def load(self, note: Note, text: str) -> None:
        """Put a note back into the field to change it, as one would type it."""
        self.editing = note.note_id
        self.set_kind(note.kind)
        self.put(text)

    def put(self, text: str) -> None:
        """Set the text, unless a composition would be torn."""
        if self.edit.is_composing:
            return
        self.edit.setPlainText(text)
        self.edit.moveCursor(self.edit.textCursor().MoveOperation.End)
        self.focus()

    def clear(self) -> None:
        """Empty the field for the next note."""
        self.editing, self.begun_at = "", None
        self.edit.clear()
        self._draft_timer.stop()  # clearing has started it: an empty draft is none

    def focus(self) -> None:
        """Take the focus for typing."""
        if not self.edit.hasFocus():
            keep_composition()
        self.edit.setFocus(Qt.FocusReason.ShortcutFocusReason)

    def flush_draft(self) -> None:
        """Keep what is typed now, composition included: the window may go any moment."""
        self.edit.take_composition()
        if self._draft_timer.isActive():
            self._draft_timer.stop()
            self.draft.emit(self.text())

    # -- slots --------------------------------------------------------------------------------

    def _on_text_typed(self) -> None:
        self._fit_height()
        if not self._draft_timer.isActive():
            self._draft_timer.start()
        self.typed.emit()

    def _on_draft_due(self) -> None:
        self.draft.emit(self.text())

    def _on_focus_changed(self, has_focus: bool) -> None:
        set_style_property(self, "focused", "true" if has_focus else "false", has_inner=False)

    def _fit_hint(self) -> None:
        """The empty field has one line: a long hint ends in an ellipsis and is never cut."""
        metrics = QFontMetricsF(self.edit.font())
        margins = 2 * self.edit.document().documentMargin()
        room = viewport_of(self.edit).width() - margins
        hint = self._hint if metrics.horizontalAdvance(self._hint) <= room else self._shorter
        end = Qt.TextElideMode.ElideRight
        self.edit.show_hint(metrics.elidedText(hint, end, room))

    def _fit_height(self) -> None:
        """Grow with the text up to four lines."""
        line = QFontMetricsF(self.edit.font()).lineSpacing()
        lines = min(max(1, round(self.edit.document().size().height())), _MOST_LINES)
        self.edit.setFixedHeight(round(lines * line) + 6)
