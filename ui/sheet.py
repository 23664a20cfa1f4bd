"""Sheets: what takes the place of the notes or of the stage for a moment, and never a dialog box."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from msgspec import Struct
from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QHBoxLayout, QPushButton, QVBoxLayout, QWidget

from scripts_ja.texts import t
from ui.broken_label import BrokenLabel
from ui.choice_row import ChoiceRow
from ui.column_height import ColumnFrame
from ui.composition import ComposingLineEdit
from ui.labels import ElidedLabel, FieldName, PlainLabel
from ui.scrolled import scrolled
from ui.theme import Look

# One key per row of a list of choices; after the digits come letters that no row's action uses.
CHOICE_KEYS = "1234567890ABC"
# Below this height of the window every line counts (pixels at 100 %).
_LOW = 700


class Sheet(QWidget):
    """Base of all sheets: a title, a body, Esc to leave.

    Signals:
        left(): the agent is done with it.
    """

    left = Signal()

    def __init__(self, title: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("sheet")
        self.says_gate = False  # it says the flow's gate itself, with more beside it
        self.comes_before_notes = False  # who calls for the keyboard wants to type here
        self.title = ElidedLabel(title, "title")
        self.leave = QPushButton(t("sheet.leave"))
        self.leave.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.leave.clicked.connect(self.left)
        head = QHBoxLayout()
        head.addWidget(self.title, 1)
        head.addWidget(self.leave)
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 4, 0, 0)
        self._column.setSpacing(6)
        self._column.addLayout(head)
        self.setAccessibleName(title)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Esc leaves."""
        if event.key() == Qt.Key.Key_Escape:
            self.left.emit()
        else:
            super().keyPressEvent(event)

    def show_look(self, look: Look) -> None:
        """Change theme or text size; the stylesheet does it where nothing is painted by hand."""

    def refresh(self) -> None:
        """Show what goes on while the sheet is open; most show nothing of the kind."""

    def begin(self) -> None:
        """Take the focus."""
        self.setFocus(Qt.FocusReason.ShortcutFocusReason)

    def _yield_head(self, look: Look) -> None:
        """Where the window is low, tabs are title enough."""
        for part in (self.title, self.leave):
            part.setVisible(not is_low(self, look))


class Choice(Struct, frozen=True):
    """A row to choose: its text, what stands muted behind it, and what it does.

    ``leads_on``: another sheet takes the place of the list.
    """

    text: str
    note: str
    choose: Callable[[], object]
    leads_on: bool = False


class ChoiceSheet(Sheet):
    """A short list; each row has a key of its own."""

    def __init__(
        self, title: str, choices: Sequence[Choice], empty: str, parent: QWidget | None = None
    ) -> None:
        super().__init__(title, parent)
        self._choices = list(choices)[: len(CHOICE_KEYS)]
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        body = ColumnFrame()
        body.setObjectName("scrolled")
        rows = self._rows = body.column
        rows.setContentsMargins(0, 0, 0, 0)
        rows.setSpacing(4)
        keyed = zip(CHOICE_KEYS, self._choices, strict=False)
        self.rows = [self._row(key, choice) for key, choice in keyed]
        for row in self.rows:
            rows.addWidget(row)
        if not self._choices:
            rows.addWidget(PlainLabel(empty, "muted"))
        rows.addStretch(1)
        self._column.addWidget(scrolled(body), 1)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """A row's key chooses it; an arrow goes to the first, from there Qt's own go on."""
        place = CHOICE_KEYS.find(event.text().upper()) if event.text() else -1
        has_modifier = event.modifiers() & ~Qt.KeyboardModifier.KeypadModifier
        if 0 <= place < len(self._choices) and not has_modifier:
            self._choose(self._choices[place])
        elif event.key() == Qt.Key.Key_Down and self._choices:
            self.rows[0].setFocus(Qt.FocusReason.TabFocusReason)
        else:
            super().keyPressEvent(event)

    def _row(self, key: str, choice: Choice) -> ChoiceRow:
        row = ChoiceRow(key, choice.text, choice.note, CHOICE_KEYS[: len(self._choices)])
        row.clicked.connect(lambda: self._choose(choice))
        return row

    def _choose(self, choice: Choice) -> None:
        if not choice.leads_on:
            self.left.emit()
        choice.choose()


class EntrySheet(Sheet):
    """One line to type, with a sentence under it that says what will be understood."""

    def __init__(
        self,
        title: str,
        hint: str,
        accept: Callable[[str], bool],
        echo: Callable[[str], str] | None = None,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(title, parent)
        self._accept = accept
        self._echo = echo
        self._hint = hint
        self.entry = ComposingLineEdit()
        self.entry.setAccessibleName(title)
        self.echo = BrokenLabel(hint, "muted")
        self.entry.entered.connect(self._on_entered)
        self.entry.left.connect(self.left)
        self.entry.textChanged.connect(self._on_text)
        self._column.addWidget(self.entry)
        self._column.addWidget(self.echo)
        self._column.addStretch(1)

    def begin(self) -> None:
        """Type at once."""
        self.entry.setFocus(Qt.FocusReason.ShortcutFocusReason)

    def _on_text(self, text: str) -> None:
        understood = self._echo(text) if self._echo and text.strip() else ""
        self.echo.set_text(understood or self._hint)

    def _on_entered(self) -> None:
        if self._accept(self.entry.text()):
            self.left.emit()


class FormRow(QWidget):
    """A named field of a form. ``save`` is called when it is left with another text.

    Signals:
        done(): Enter.
        left(): Esc.
    """

    done = Signal()
    left = Signal()

    def __init__(
        self, label: str, value: str, save: Callable[[str], object], parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self._save = save
        self._saved = value
        self.label = FieldName(label)
        self.entry = ComposingLineEdit()
        self.entry.setText(value)
        self.entry.setCursorPosition(0)  # a long value is read from its beginning
        self.entry.setAccessibleName(label)
        self.entry.editingFinished.connect(self.save)
        self.entry.entered.connect(self._on_entered)
        self.entry.left.connect(self.left)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(8)
        row.addWidget(self.label)
        row.addWidget(self.entry, 1)

    def save(self) -> None:
        """Save what differs from what was saved last."""
        text = self.entry.text().strip()
        if text != self._saved:
            self._saved = text
            self._save(text)

    def _on_entered(self) -> None:
        self.save()
        self.done.emit()


class FormSheet(Sheet):
    """Fields one below the other; Enter goes to the next, after the last it leaves."""

    def __init__(self, title: str, hint: str = "", parent: QWidget | None = None) -> None:
        super().__init__(title, parent)
        self.rows: list[FormRow] = []
        body = QWidget()
        body.setObjectName("scrolled")
        self._form = QVBoxLayout(body)
        self._form.setContentsMargins(0, 0, 4, 0)
        self._form.setSpacing(5)
        self._form.addStretch(1)
        self._area = scrolled(body)
        self._column.addWidget(self._area, 1)
        if hint:
            self._column.addWidget(BrokenLabel(hint, "muted"))

    def add_widget(self, widget: QWidget) -> None:
        """Put something between the rows."""
        self._form.insertWidget(self._form.count() - 1, widget)

    def add_row(self, label: str, value: str, save: Callable[[str], object]) -> FormRow:
        """Add a field."""
        row = FormRow(label, value, save)
        row.left.connect(self.left)
        row.done.connect(lambda: self._after(row))
        self.rows.append(row)
        self.add_widget(row)
        names = [each.label for each in self.rows]
        for name in names:
            name.column = names
        return row

    def begin(self) -> None:
        """Begin at the first empty field; a sheet without fields can be scrolled by key."""
        empty = next((row for row in self.rows if not row.entry.text()), None)
        row = empty or (self.rows[0] if self.rows else None)
        if row is not None:
            self.go_to(row)
        else:
            self._area.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
            self._area.setAccessibleName(self.title.text())
            self._area.setFocus(Qt.FocusReason.ShortcutFocusReason)

    def show_in_sight(self, widget: QWidget) -> None:
        """Scroll so far that the widget is seen."""
        self._area.ensureWidgetVisible(widget, 0, 8)

    def go_to(
        self, row: FormRow, reason: Qt.FocusReason = Qt.FocusReason.ShortcutFocusReason
    ) -> None:
        """Type into that field."""
        row.entry.setFocus(reason)
        row.entry.selectAll()
        self.show_in_sight(row)

    def save_all(self) -> None:
        """Save every field: the sheet may be closed by another key."""
        for row in self.rows:
            row.save()

    def _after(self, row: FormRow) -> None:
        place = self.rows.index(row) + 1
        if place < len(self.rows):
            self.go_to(self.rows[place], Qt.FocusReason.TabFocusReason)
        else:
            self.left.emit()


def is_low(widget: QWidget, look: Look) -> bool:
    """Whether the widget's window is so low that heads must make room."""
    return widget.window().height() < look.px(_LOW)
