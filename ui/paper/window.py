"""The papers before they leave: what lacks first, then the paper as it is printed. Not modal."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial

from PySide6.QtCore import QRect, Qt, Signal
from PySide6.QtGui import QCloseEvent, QGuiApplication, QKeySequence, QShortcut
from PySide6.QtWidgets import QHBoxLayout, QPushButton, QVBoxLayout, QWidget

from scripts_ja.texts import t
from ui.flow_layout import FlowLayout
from ui.labels import PlainLabel
from ui.paper.choices import LETTER_KEY, MASK_KEYS, FormRow, LeaveOutRow
from ui.paper.sheets_view import SheetsView
from ui.paper.side_column import LACK_KEYS, SideColumn
from ui.port.paper_shelf import PaperShelfPort, PaperView
from ui.theme import Look

_SIDE = 210
_SIZE = (860, 860)
_LEAST = (440, 420)


class PaperWindow(QWidget):
    """One paper at a time; every action has one plain key, as nothing is typed here.

    Signals:
        copy_asked(), save_asked(), print_asked(), folder_asked(): what is to be done with it.
        mend_asked(str, str): the paper, and the id of what lacks.
        gone(): it was closed.
    """

    copy_asked = Signal()
    save_asked = Signal()
    print_asked = Signal()
    folder_asked = Signal()
    mend_asked = Signal(str, str)
    gone = Signal()

    def __init__(self, shelf: PaperShelfPort, look: Look) -> None:
        super().__init__(None, Qt.WindowType.Window)
        self.setObjectName("window")
        self._shelf = shelf
        self.view: PaperView | None = None
        # What hears its signals lives as long as it does.
        self.helpers: tuple[object, ...] = ()
        self.side = SideColumn()
        self.sheets = SheetsView()
        self.leave_out = LeaveOutRow(shelf.usual())
        self.form = FormRow()
        self.remark = PlainLabel(role="strong")
        self.remark.setWordWrap(True)
        self.remark.set_tone("warn")
        self.said = PlainLabel(role="muted")
        self.said.setWordWrap(True)
        self._lay_out()
        self._connect()
        self.show_look(look)
        self.resize(look.px(_SIZE[0]), look.px(_SIZE[1]))

    @property
    def paper(self) -> str:
        """The name of the paper that is shown."""
        return self.view.name if self.view else ""

    def show_paper(self, name: str) -> bool:
        """Show that paper as it reads now; False where there is none."""
        view = self._shelf.paper(name, self.leave_out.wanted)
        if view is None:
            return False
        self.view = view
        self.setWindowTitle(t("paper.window.title", title=view.title))
        self.side.show_papers(self._shelf.entries(), name)
        self.side.show_lacks(view.lacks)
        self.remark.set_text(view.remark)
        self.remark.setVisible(bool(view.remark))
        self.leave_out.show_letter(is_letter=view.is_letter)
        self.form.offer(view.forms)
        self.sheets.show_paper(view)
        return True

    def refresh(self) -> None:
        """The case has changed, or what is left out has."""
        if self.view is not None and not self.show_paper(self.view.name):
            self.close()

    def say(self, text: str) -> None:
        """One sentence at the foot."""
        self.said.set_text(text)

    def show_look(self, look: Look) -> None:
        """Theme and text size."""
        self.setStyleSheet(look.stylesheet())
        self.side.setFixedWidth(look.px(_SIDE))

    def show_beside(self, sidebar: QRect, *, takes_keys: bool) -> None:
        """Show it at the inner side of the sidebar.

        The keys stay with the sidebar, where the call goes on, unless they are wanted here.
        """
        self.setAttribute(Qt.WidgetAttribute.WA_ShowWithoutActivating, not takes_keys)
        found = QGuiApplication.screenAt(sidebar.center()) or QGuiApplication.primaryScreen()
        screen = found.availableGeometry()
        left, right = sidebar.left() - 8 - screen.left(), screen.right() - sidebar.right() - 8
        is_left = left >= right
        room = max(left, right, _LEAST[0])
        width = min(self.width(), room)
        self.resize(width, min(self.height(), screen.height() - 40))
        x = sidebar.left() - 8 - width if is_left else sidebar.right() + 9
        self.move(
            max(screen.left(), min(x, screen.right() - width)), max(screen.top(), sidebar.top())
        )
        self.show()
        if takes_keys:
            self.activateWindow()
            self.sheets.setFocus()

    def closeEvent(self, event: QCloseEvent) -> None:
        """Tell it."""
        self.gone.emit()
        super().closeEvent(event)

    # -- building -----------------------------------------------------------------------------

    def _lay_out(self) -> None:
        page = QVBoxLayout()
        page.setSpacing(8)
        page.addWidget(self.remark)
        page.addWidget(self.sheets, 1)
        middle = QHBoxLayout()
        middle.setSpacing(12)
        middle.addWidget(self.side)
        middle.addLayout(page, 1)
        column = QVBoxLayout(self)
        column.setContentsMargins(14, 12, 14, 12)
        column.setSpacing(8)
        column.addLayout(middle, 1)
        column.addWidget(self.leave_out)
        column.addWidget(self.form)
        column.addLayout(self._buttons())
        column.addWidget(self.said)
        self.setMinimumSize(*_LEAST)

    def _buttons(self) -> FlowLayout:
        row = FlowLayout()
        signals = {
            "copy": self.copy_asked,
            "save": self.save_asked,
            "print": self.print_asked,
            "folder": self.folder_asked,
        }
        self.buttons: dict[str, QPushButton] = {}
        for name, signal in signals.items():
            button = QPushButton(t(f"paper.window.{name}"))
            button.clicked.connect(signal)
            row.addWidget(button)
            self.buttons[name] = button
        close = QPushButton(t("paper.window.close"))
        close.setProperty("main", "true")
        close.clicked.connect(self.close)
        row.addWidget(close)
        self.buttons["close"] = close
        return row

    def _connect(self) -> None:
        self.side.chosen.connect(self.show_paper)
        self.side.mend_asked.connect(lambda lack: self.mend_asked.emit(self.paper, lack))
        self.leave_out.changed.connect(self.refresh)
        keys: dict[str, Callable[[], object]] = {
            "C": self.copy_asked.emit,
            "S": self.save_asked.emit,
            "P": self.print_asked.emit,
            "O": self.folder_asked.emit,
            LETTER_KEY: self._turn_letter,
            "Esc": self.close,
            "PgDown": partial(self.sheets.turn, 0.9),
            "PgUp": partial(self.sheets.turn, -0.9),
            "Space": partial(self.sheets.turn, 0.9),
            "Left": partial(self.form.step, -1),
            "Right": partial(self.form.step, 1),
            "Ctrl+Down": partial(self.side.step, 1),
            "Ctrl+Up": partial(self.side.step, -1),
        }
        keys |= {key: partial(self.leave_out.toggle, mask) for mask, key in MASK_KEYS.items()}
        keys |= {key: partial(self.side.mend, place) for place, key in enumerate(LACK_KEYS)}
        for key, act in keys.items():
            QShortcut(QKeySequence(key), self, act)

    def _turn_letter(self) -> None:
        if self.view is not None and self.view.is_letter:
            self.leave_out.turn_letter()
