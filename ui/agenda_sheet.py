"""The agenda as a sheet: the list, what the chosen line says, and a line to type in."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QHBoxLayout, QSizePolicy, QWidget

from scripts_ja.texts import t
from ui.agenda_deeds import AgendaDeeds
from ui.agenda_list import AgendaList
from ui.agenda_words import headline, particulars
from ui.labels import PlainLabel
from ui.port.workplace import Workplace
from ui.rows.foot import Foot
from ui.rows.hint_strip import key_hints
from ui.rows.row import Ask
from ui.sheet import Sheet, scrolled
from ui.theme import Look
from ui.wrapped_label import WrappedLabel

# What the foot keeps, at 100 %: it is the same whether it says something or asks.
_DETAIL, _LOW_DETAIL, _HINTS = 88, 44, 36
# Below this height of the window, at 100 %.
_LOW = 450
_SIZE = 12


class AgendaSheet(Sheet):
    """Everything that has a date.

    Signals:
        open_asked(object): the line whose case is to be opened.
        said(str): one sentence for the notice bar.
    """

    open_asked = Signal(object)
    said = Signal(str)

    def __init__(self, workplace: Workplace, look: Look, parent: QWidget | None = None) -> None:
        super().__init__(t("agenda.title"), parent)
        self._work = workplace
        self._look = look
        self.list = AgendaList(look, workplace.limits)
        self.count = PlainLabel(role="muted")
        self.late = PlainLabel(role="muted")
        self.detail = WrappedLabel("ink")
        self.foot = Foot(self.list, about=scrolled(self.detail))
        self.hint, self.ask = self.foot.hint, self.foot.ask
        self.deeds = AgendaDeeds(workplace, self._open_ask, self.said.emit, self.open_asked.emit)
        self._lay_out()
        self._connect()
        self.show_look(look)

    def _lay_out(self) -> None:
        counts = QHBoxLayout()
        counts.addWidget(self.count)
        counts.addWidget(self.late, 1)
        self._column.addLayout(counts)
        self.list.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Ignored)
        self._column.addWidget(self.list, 1)
        self._column.addWidget(self.foot)

    def _connect(self) -> None:
        self.list.left.connect(self.left)
        self.list.key_named.connect(self._on_key)
        self.list.chosen_changed.connect(self._show_chosen)
        self.foot.freed.connect(self.refresh)

    def begin(self) -> None:
        """Take the focus: the line where something is asked, else the list."""
        self.foot.begin()

    def refresh(self) -> None:
        """Show the agenda as it is now; while something is asked, the chosen line stays."""
        lines = self._work.agenda.lines()
        late = sum(line.is_late for line in lines)
        self.count.set_text(t("agenda.count", count=len(lines)) if lines else "")
        self.count.setVisible(bool(lines))
        self.late.setVisible(bool(lines))
        self.late.set_text(t("agenda.count_late", count=late) if late else "")
        self.late.set_tone("danger")
        self.list.show_lines(lines)

    def show_look(self, look: Look) -> None:
        """Change theme or text size."""
        self._look = look
        self.list.show_look(look)
        self.hint.setFixedHeight(look.px(_HINTS))
        self._fit_foot()
        self.refresh()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """In a low window the list keeps more of the room, and what is said below it scrolls."""
        super().resizeEvent(event)
        self._fit_foot()

    def _fit_foot(self) -> None:
        is_low = self.window().height() < self._look.px(_LOW)
        self.foot.show_look(self._look, (_LOW_DETAIL if is_low else _DETAIL) + _HINTS)

    def _show_chosen(self) -> None:
        """What the chosen line says in full; of a late one, what is said first."""
        line = self.list.chosen
        apology = self._work.agenda.apology(line) if line else ""
        if line is None:
            self.detail.show_text("", "", self._look)
        elif apology:
            self.detail.show_text(t("agenda.apology"), apology, self._look, "danger", _SIZE)
        else:
            said = t("list.joint").join([headline(line), line.entry.case_no, particulars(line)])
            self.detail.show_text("", said, self._look, "ink", _SIZE)
        self.hint.show_hints([*key_hints(self.deeds.of(line)), t("second.hint_leave")], self._look)

    # -- keys ---------------------------------------------------------------------------------

    def _on_key(self, name: str) -> None:
        do = self.deeds.of(self.list.chosen).get(name)
        if do is not None:
            do.act()

    def _open_ask(self, ask: Ask) -> None:
        self.foot.put(ask, "")
