"""The papers before they leave: what lacks first, then the paper as it is printed. Not modal."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial

from msgspec import structs
from PySide6.QtCore import QRect, Qt, Signal
from PySide6.QtGui import QCloseEvent, QGuiApplication, QKeySequence, QShortcut
from PySide6.QtWidgets import QHBoxLayout, QPushButton, QVBoxLayout, QWidget

from scripts_ja.texts import t
from ui.broken_label import BrokenLabel
from ui.flow_layout import FlowLayout
from ui.paper.choices import LETTER_KEY, MASK_KEYS, FormRow, LeaveOutRow
from ui.paper.sheets_view import SheetsView
from ui.paper.side_column import LACK_KEYS, THROUGH_KEY, SideColumn
from ui.port.paper_shelf import MONTHS, LeaveOut, PaperShelfPort, PaperView
from ui.sheet import scrolled
from ui.tab_order import put_after
from ui.theme import Look

_SIDE = 210
_SIZE = (860, 860)
_LEAST = (440, 420)
# With text larger than this the paper needs what stands below it otherwise: that goes beside it.
_LARGE_PERCENT = 140
_LARGE_SIDE = 206
_LARGE_LEAST = (350, 240)
_BAR = 12


class PaperWindow(QWidget):
    """One paper at a time; every action has one plain key, as nothing is typed here.

    Signals:
        copy_asked(), save_asked(), print_asked(), folder_asked(): what is to be done with it.
        month_asked(str): the month of that name is to be read, and then shown.
        mend_asked(str, str, str): the paper, the id of what lacks, the note or field it is about.
        gone(): it was closed.
    """

    copy_asked = Signal()
    save_asked = Signal()
    print_asked = Signal()
    folder_asked = Signal()
    month_asked = Signal(str)
    mend_asked = Signal(str, str, str)
    gone = Signal()

    def __init__(self, shelf: PaperShelfPort, look: Look) -> None:
        super().__init__(None, Qt.WindowType.Window)
        self.setObjectName("window")
        self._shelf = shelf
        self.view: PaperView | None = None
        # The title of the note that goes with gaps, which names its case: of no other one.
        self._passed = ""
        # The month that is being read, until another paper is chosen.
        self._awaited = ""
        # What hears its signals lives as long as it does.
        self.helpers: tuple[object, ...] = ()
        self.side = SideColumn()
        self.sheets = SheetsView()
        self.leave_out = LeaveOutRow(shelf.usual())
        stays = self.leave_out.sizePolicy()  # what stands below never moves
        stays.setRetainSizeWhenHidden(True)
        self.leave_out.setSizePolicy(stays)
        self.form = FormRow()
        self.remark = BrokenLabel(role="strong")
        self.remark.set_tone("warn")
        self.said = BrokenLabel(role="muted")
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
        view = self._read(name)
        if view is None:
            return False
        if self.view is not None and self.view.title != view.title:
            self.say("")  # what was done with the other paper
        self.view, self._awaited = view, ""
        self.setWindowTitle(t("paper.window.title", title=view.title))
        self.side.show_papers(self._shelf.entries(), name)
        self.side.show_lacks(view.lacks, can_lack=view.name not in MONTHS)
        self.side.show_barrier(view, is_passed=self.wanted.as_unconfirmed)
        self.remark.set_text(view.remark)
        self.remark.setVisible(bool(view.remark))
        self.leave_out.show_letter(is_letter=view.is_letter)
        self.leave_out.setVisible(view.is_maskable)
        self.form.offer(view.forms)
        self.sheets.show_paper(view)
        return True

    def choose(self, name: str) -> None:
        """Another paper; a month is read first, and shown when it is there."""
        if name in MONTHS:
            self._awaited = name
            self.month_asked.emit(name)
        else:
            self.show_paper(name)

    def show_month(self, name: str) -> None:
        """The month was read; it is shown unless another paper was chosen meanwhile."""
        if name == self._awaited:
            self.show_paper(name)

    @property
    def wanted(self) -> LeaveOut:
        """How the paper that is shown is wanted."""
        return structs.replace(self.leave_out.wanted, as_unconfirmed=bool(self._passed))

    def let_pass(self, *, is_passed: bool) -> None:
        """The agent says that this note goes with its gaps, or no more."""
        self._passed = self.view.title if self.view and is_passed else ""
        self.refresh()

    def _read(self, name: str) -> PaperView | None:
        view = self._shelf.paper(name, self.wanted)
        if view is None or not self._passed or not view.is_passable or view.title == self._passed:
            return view
        self._passed = ""  # the note of another case
        return self._shelf.paper(name, self.wanted)

    def _turn_pass(self) -> None:
        if self.view is not None and self.view.is_passable:
            self.let_pass(is_passed=not self._passed)

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
        is_large = self.side.is_large = look.percent > _LARGE_PERCENT
        wide = look.px(_LARGE_SIDE if is_large else _SIDE)
        self.beside.setFixedWidth(wide + _BAR)
        self.side.setFixedWidth(wide)
        rows = self._beside if is_large else self._below
        for row in (self.leave_out, self.form):
            rows.addWidget(row)
        put_after(self.side if is_large else self.sheets, self.leave_out)
        put_after(self.leave_out, self.form)
        least = (look.px(_LARGE_LEAST[0]), look.px(_LARGE_LEAST[1])) if is_large else _LEAST
        self.setMinimumSize(*least)
        self.side.fit()
        self.refresh()

    def show_beside(self, sidebar: QRect, *, takes_keys: bool) -> None:
        """Show it at the inner side of the sidebar.

        The keys stay with the sidebar, where the call goes on, unless they are wanted here.
        """
        self.setAttribute(Qt.WidgetAttribute.WA_ShowWithoutActivating, not takes_keys)
        found = QGuiApplication.screenAt(sidebar.center()) or QGuiApplication.primaryScreen()
        screen = found.availableGeometry()
        left, right = sidebar.left() - 8 - screen.left(), screen.right() - sidebar.right() - 8
        is_left = left >= right
        room = max(left, right, self.minimumWidth())
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
        middle.setSpacing(4)
        body = QWidget()
        self._beside = QVBoxLayout(body)
        self._beside.setContentsMargins(0, 0, 0, 0)
        self._beside.addWidget(self.side, 1)
        self.beside = scrolled(body)
        middle.addWidget(self.beside)
        middle.addLayout(page, 1)
        self._below = QVBoxLayout()
        self._below.setSpacing(8)
        column = QVBoxLayout(self)
        column.setContentsMargins(14, 12, 14, 12)
        column.setSpacing(8)
        column.addLayout(middle, 1)
        column.addLayout(self._below)
        column.addLayout(self._buttons())
        column.addWidget(self.said)

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
        row.addWidget(self.side.month)
        close = QPushButton(t("paper.window.close"))
        close.setProperty("main", "true")
        close.clicked.connect(self.close)
        row.addWidget(close)
        self.buttons["close"] = close
        return row

    def _connect(self) -> None:
        self.side.chosen.connect(self.choose)
        self.side.mend_asked.connect(self._mend)
        self.side.pass_asked.connect(self._turn_pass)
        self.side.month.clicked.connect(lambda: self.choose(MONTHS[0]))
        self.leave_out.changed.connect(self.refresh)
        keys: dict[str, Callable[[], object]] = {
            "C": self.copy_asked.emit,
            "S": self.save_asked.emit,
            "P": self.print_asked.emit,
            "O": self.folder_asked.emit,
            LETTER_KEY: self._turn_letter,
            THROUGH_KEY: self._turn_pass,
            "W": partial(self.choose, MONTHS[0]),
            "Shift+W": partial(self.choose, MONTHS[1]),
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

    def _mend(self, lack_id: str) -> None:
        lacks = self.view.lacks if self.view else ()
        target = next((lack.target for lack in lacks if lack.id == lack_id), "")
        self.mend_asked.emit(self.paper, lack_id, target)

    def _turn_letter(self) -> None:
        if self.view is not None and self.view.is_letter:
            self.leave_out.turn_letter()
