"""Words of the note being typed that could be better: marked in pauses, offered on a key."""

from __future__ import annotations

from collections.abc import Callable
from functools import cached_property
from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, QObject, QPoint, Qt, QTimer
from PySide6.QtGui import QInputMethodEvent, QKeyEvent, QTextCursor

from call.commands import TakeNote
from call.events import NoteTaken
from scripts_ja.texts import t
from ui.actions import key_of
from ui.marked_text_edit import MarkedWord, as_qt_counts
from ui.port.change import Change
from ui.port.notes import WordingMark, WordingReason
from ui.port.workplace import Workplace
from ui.sidebar import Sidebar
from ui.wording_words import category_of, title_of

if TYPE_CHECKING:
    from ui.wording_offer import WordingOffer

Say = Callable[[str], None]

# A pause in typing. Nothing is looked at between two keys.
_PAUSE_MILLISECONDS = 250
_GAP = 4
# What the offer was laid out for is no more.
_CHANGED = (QEvent.Type.Move, QEvent.Type.Resize)


class NoteWording(QObject):
    """Joins the field, the check and the offer."""

    def __init__(self, workplace: Workplace, window: Sidebar, say: Say) -> None:
        super().__init__(window)
        self._work = workplace
        self._window = window
        self._say = say
        self._edit = window.input.edit
        self._word: MarkedWord | None = None
        # Words that the agent wants as they are, by note; "" is the note that has no id yet.
        self._left_alone: dict[str, set[str]] = {}
        self._pause = QTimer(self)
        self._pause.setSingleShot(True)
        self._pause.setInterval(_PAUSE_MILLISECONDS)
        self._connect()

    def _connect(self) -> None:
        self._edit.describe = tip_of
        self._pause.timeout.connect(self._on_pause)
        self._window.input.typed.connect(self._on_typed)
        self._window.input.kind_changed.connect(self.check)
        self._work.settings.listen(self.check)
        self._work.listen(self._on_change)
        self._edit.cursorPositionChanged.connect(self.close)
        # Before the filter that takes Tab to the gaps: the last one installed is asked first.
        self._edit.installEventFilter(self)
        self._window.input.installEventFilter(self)

    @cached_property
    def offer(self) -> WordingOffer:
        """What stands over the field; made when something is first offered."""
        from ui.wording_offer import WordingOffer

        offer = WordingOffer(self._window)
        offer.replaced.connect(self._on_replaced)
        offer.rewriting.connect(self._on_rewriting)
        offer.left_alone.connect(self._on_left_alone)
        return offer

    # -- marking ------------------------------------------------------------------------------

    def check(self) -> None:
        """Mark the words of the text as it is now."""
        self._pause.stop()
        field = self._window.input
        if not field.text() and not field.editing:
            self._left_alone.pop("", None)
        fine = self._left_alone.get(field.editing, set())
        marks = self._work.wording.check(field.text(), field.kind) if field.text() else ()
        self.close()
        self._edit.show_marks([mark for mark in marks if mark.found not in fine])
        self._describe_field()

    def _describe_field(self) -> None:
        count = len(self._edit.marked)
        said = t("wording.count", count=count, key=key_of("wording")) if count else ""
        if self._edit.accessibleDescription() != said:
            self._edit.setAccessibleDescription(said)

    def _on_typed(self) -> None:
        self.close()
        if self._window.input.text():
            self._pause.start()
        else:
            self.check()

    def _on_pause(self) -> None:
        """What is being offered stays where it is."""
        if self._word is None:
            self.check()

    def _on_change(self, change: Change) -> None:
        """Facts may be confirmed now; what was just typed may have become a note with an id."""
        if isinstance(change.command, TakeNote) and "" in self._left_alone:
            for event in change.events:
                if isinstance(event.body, NoteTaken):
                    self._left_alone[event.body.note_id] = self._left_alone.pop("")
                    break
        if self._window.input.text():
            self._pause.start()

    # -- offering -----------------------------------------------------------------------------

    def press(self) -> None:
        """The key: offer a better wording, or take the one that is offered."""
        if self._word is not None:
            self.offer.take()
            return
        self._window.input.focus()
        self.check()
        word = self._nearest()
        if word is None:
            self._say(t("wording.none"))
        else:
            self._open(word)

    def close(self) -> None:
        """Take the offer away; the word stays as it is."""
        if self._word is not None:
            self._word = None
            self.offer.hide()
            self._edit.show_offered(None)

    def _nearest(self) -> MarkedWord | None:
        """The word at the caret, else the last one before it, else the first one after it."""
        caret = self._edit.textCursor().position()
        marked = self._edit.marked
        before = [word for word in marked if word.start <= caret]
        return next(iter(before[-1:] or marked), None)

    def _open(self, word: MarkedWord) -> None:
        self._word = word
        field = self._window.input
        self.offer.show_mark(word.mark, self._window.look, len(self._edit.marked) > 1)
        place = field.mapTo(self._window, QPoint(0, -_GAP))
        self.offer.open_above(place, field.width())
        self._edit.show_offered(word)

    def _step(self, words: int) -> None:
        """Go to another word, so many further on; past the end it begins again."""
        marked = self._edit.marked
        if self._word in marked:
            self._open(marked[(marked.index(self._word) + words) % len(marked)])

    def _on_replaced(self, reason: WordingReason, words: str) -> None:
        """Put them in as one step to undo; go on typing behind them."""
        cursor = self._taken(reason)
        if cursor is not None:
            _replace(cursor, words)
            self._edit.setTextCursor(cursor)
            self.check()

    def _on_rewriting(self, reason: WordingReason) -> None:
        """The words are selected: what is typed now takes their place."""
        cursor = self._taken(reason)
        if cursor is not None:
            self._edit.setTextCursor(cursor)

    def _on_left_alone(self) -> None:
        word = self._word
        if word is not None:
            alone = self._left_alone.setdefault(self._window.input.editing, set())
            alone.add(word.mark.found)
            self.check()

    def _taken(self, reason: WordingReason) -> QTextCursor | None:
        """The words of one reason in the place that was offered, which is offered no more."""
        word = self._word
        self.close()
        if word is None:
            return None
        start = word.start + as_qt_counts(word.mark.found, reason.start - word.mark.start)
        cursor = QTextCursor(self._edit.document())
        cursor.setPosition(start)
        end = start + as_qt_counts(reason.found, len(reason.found))
        cursor.setPosition(end, QTextCursor.MoveMode.KeepAnchor)
        return cursor

    # -- Qt -----------------------------------------------------------------------------------

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """While something is offered a few keys are about that; whatever else happens ends it."""
        if self._word is None:
            return False
        if watched is self._edit and isinstance(event, QKeyEvent):
            return event.type() == QEvent.Type.KeyPress and self._on_key(Qt.Key(event.key()))
        is_composed = isinstance(event, QInputMethodEvent) and bool(event.preeditString())
        is_left = watched is self._edit and event.type() == QEvent.Type.FocusOut
        is_changed = watched is self._window.input and event.type() in _CHANGED
        if is_composed or is_left or is_changed:
            self.close()
        return False

    def _on_key(self, key: Qt.Key) -> bool:
        """Whether the key was one of the offer's."""
        does: dict[Qt.Key, Callable[[], None]] = {
            Qt.Key.Key_Return: self.offer.take,
            Qt.Key.Key_Enter: self.offer.take,
            Qt.Key.Key_Escape: self.close,
            Qt.Key.Key_Up: lambda: self.offer.step(-1),
            Qt.Key.Key_Down: lambda: self.offer.step(1),
            Qt.Key.Key_Tab: lambda: self._step(1),
            Qt.Key.Key_Backtab: lambda: self._step(-1),
        }
        if key not in does:
            return False
        does[key]()
        return True


def _replace(cursor: QTextCursor, words: str) -> None:
    """Put ``words`` in place of what is selected; the cursor stands behind them.

    The old word goes last: what is typed next would join an insertion, and be undone with it.
    """
    start, length = cursor.selectionStart(), cursor.selectionEnd() - cursor.selectionStart()
    cursor.beginEditBlock()
    cursor.setPosition(start)
    cursor.insertText(words)
    behind = cursor.position()
    cursor.setPosition(behind + length, QTextCursor.MoveMode.KeepAnchor)
    cursor.removeSelectedText()
    cursor.endEditBlock()


def tip_of(mark: WordingMark) -> str:
    """What is said over a marked place: where there are several reasons, each with its words."""
    lines: list[str] = []
    for reason in mark.reasons:
        lines.append(category_of(reason) if len(mark.reasons) == 1 else title_of(reason))
        lines += [*reason.better, reason.remark] if reason.remark else reason.better
    return "\n".join([*lines, t("wording.tip.key", key=key_of("wording"))])
