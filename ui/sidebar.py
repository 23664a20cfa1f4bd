"""The sidebar: it composes the panels, gives each its slice of the case, and decides nothing."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QRect, QSize, Qt, Signal
from PySide6.QtGui import QCloseEvent, QResizeEvent
from PySide6.QtWidgets import (
    QHBoxLayout,
    QLayout,
    QPushButton,
    QStackedLayout,
    QStackedWidget,
    QVBoxLayout,
    QWidget,
)

from call.fold_times import CallPhase
from scripts_ja.model import HoldKind
from scripts_ja.texts import t
from ui.actions import key_of
from ui.bars import AdviceBar, NoticeBar
from ui.buttons_panel import ButtonsPanel
from ui.compact_strip import CompactStrip
from ui.composition import keep_composition
from ui.folding import Folding
from ui.gate_line import GateLine
from ui.header_panel import ClockPanel, HeaderPanel
from ui.labels import PlainLabel, as_plain_tooltip
from ui.marks_panel import MarksPanel
from ui.note_input import NoteInput
from ui.note_list import NoteList
from ui.port.stage import StageView
from ui.port.workplace import Workplace
from ui.second.desk import SecondDesk
from ui.second.place import DeskPlace
from ui.sheet import Sheet, scrolled
from ui.stage_panel import StagePanel
from ui.tab_order import put_after
from ui.theme import Look
from ui.waiting_panel import WaitingPanel

_MARGIN = 12
# How wide the window opens at each text size, in pixels.
WIDTHS = {100: 340, 125: 380, 150: 440, 200: 560}
MINIMUM = QSize(300, 420)


class Sidebar(QWidget):
    """The window.

    Signals:
        painted(): what was to be shown has been painted.
        closing(): the window is about to go.
        kind_asked(int): the chip of the stage's n-th kind of note was pressed.
        kinds_asked(): the list of all kinds is wanted.
        sheet_opened(): a sheet lies over the notes or the stage, and waits for keys.
        sheet_closed(): it is gone.
        keyboard_wanted(): keys are to come here, whoever has them.
        look_changed(): theme or text size are others.
        keyboard_done(): they are wanted no more; who had them may have them back.
    """

    painted = Signal()
    closing = Signal()
    kind_asked = Signal(int)
    kinds_asked = Signal()
    sheet_opened = Signal()
    sheet_closed = Signal()
    keyboard_wanted = Signal()
    keyboard_done = Signal()
    look_changed = Signal()

    def __init__(self, workplace: Workplace, look: Look) -> None:
        super().__init__()
        self._workplace = workplace
        self.look = look
        self.setObjectName("window")
        self.setWindowTitle(t("app.title"))
        self.header = HeaderPanel()
        self.clock = ClockPanel()
        self.marks = MarksPanel()
        self.gate = GateLine()
        self.stage = StagePanel()
        self.notes = NoteList()
        self.notes_title = PlainLabel(t("note.title"), "muted")
        self.kind_chips = [self._kind_chip(number) for number in range(3)]
        self.advice = AdviceBar()
        self.notice = NoticeBar()
        self.input = NoteInput()
        self.buttons = ButtonsPanel()
        self.waiting = WaitingPanel()
        self.pad = QStackedWidget()
        self._stage_area = scrolled(self.stage)
        self.folding = Folding(self.stage, self._stage_area, self.pad, self.advice)
        self.center = QStackedWidget()
        self.middle = DeskPlace(self.center, SecondDesk(workplace, look))
        self.page = QWidget()
        self.strip = CompactStrip()
        self._sheet: Sheet | None = None
        self._stage_page = self._build_stage_page()
        self._build()
        self.setStyleSheet(look.stylesheet())

    # -- building -----------------------------------------------------------------------------

    def _kind_chip(self, number: int) -> QPushButton:
        button = QPushButton()
        button.setProperty("chip", "true")
        button.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        button.clicked.connect(lambda: self.kind_asked.emit(number + 1))
        return button

    def _build_stage_page(self) -> QWidget:
        page = QWidget()
        column = QVBoxLayout(page)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(6)
        column.addWidget(self._stage_area)
        notes = QWidget()
        pad = QVBoxLayout(notes)
        pad.setContentsMargins(0, 0, 0, 0)
        pad.setSpacing(4)
        head = QHBoxLayout()
        head.setSpacing(6)
        head.addWidget(self.notes_title)
        head.addStretch(1)
        for button in self.kind_chips:
            head.addWidget(button)
        pad.addLayout(head)
        pad.addWidget(self.notes, 1)
        self.pad.addWidget(notes)
        column.addWidget(self.pad, 100)
        column.addStretch(1)  # takes the slack where the notes have folded too
        column.addWidget(self.advice)
        return page

    def _build(self) -> None:
        self.center.addWidget(self._stage_page)
        self.center.addWidget(self.waiting)
        # The strip takes the place of all the rest, which keeps its size behind it.
        self._forms = QStackedLayout(self)
        self._forms.setSizeConstraint(QLayout.SizeConstraint.SetNoConstraint)
        self._forms.addWidget(self.page)
        self._forms.addWidget(self.strip)
        column = QVBoxLayout(self.page)
        column.setContentsMargins(_MARGIN, 10, _MARGIN, _MARGIN)
        column.setSpacing(6)
        for panel in (self.header, self.clock, self.marks, self.gate):
            column.addWidget(panel)
        column.addWidget(self.middle, 1)
        column.addWidget(self.notice)
        column.addWidget(self.input)
        column.addWidget(self.buttons)
        # What does not fit folds; the window itself never grows by what it shows.
        column.setSizeConstraint(QLayout.SizeConstraint.SetNoConstraint)
        self.setMinimumSize(MINIMUM)

    # -- showing ------------------------------------------------------------------------------

    def refresh(self) -> None:
        """Show everything as it is now."""
        work = self._workplace
        case, phase = work.case, work.phase
        self.header.show_case(case, phase, len(work.parked))
        self.marks.show_marks(case, work.now())
        self.buttons.show_phase(phase, has_case=case is not None)
        view = work.stage()
        if view is not None:
            self._show_kinds(view)
        self.notes.show_case(case, self.look)
        self.input.show_look(self.look, self._hint(view))
        self._show_gate(phase, view)
        self._show_page(phase, view)
        self.tick()  # the desk, too

    def tick(self) -> None:
        """Show what a second changes: clocks, counters, advice."""
        work = self._workplace
        now, view = work.now(), work.stage()
        kind = view.hold_kind if view else HoldKind.LOOKUP
        self.clock.show_times(work.case, now, work.limits, kind)
        self.marks.show_counts(work.case, now)
        self.show_advice()
        if view is not None:
            self.folding.fit(view, self.look, self.room_for_stage())
            self.stage.show_time(view, now)
        self.middle.refresh()
        self.show_dues()
        if self._sheet is not None:
            self._sheet.refresh()
        if self.is_compact:
            self.strip.show_all(self)

    def show_dues(self) -> None:
        """Show what is owed, where it is seen: while nobody calls."""
        if self.center.currentWidget() is self.waiting:
            self.waiting.dues.show_lines(self._workplace.agenda.lines(), self._workplace.limits)

    def show_advice(self) -> None:
        """Show the one prompt for now."""
        self.advice.show_prompt(self._workplace.advice(), self.look)
        if self.is_compact:
            self.strip.show_advice(self.advice.prompt, self.look)

    def show_look(self, look: Look) -> None:
        """Change theme or text size."""
        self.look = look
        self.setStyleSheet(look.stylesheet())
        self.middle.show_look(look)
        self.middle.fit(self.width(), look)
        if self._sheet is not None:
            self._sheet.show_look(look)
        self.refresh()
        self.look_changed.emit()

    def show_keys(self) -> None:
        """Show the keys that are in force now."""
        self.marks.show_keys()
        self.waiting.show_keys()
        self.header.controls.show_keys()
        self.refresh()

    @property
    def is_compact(self) -> bool:
        """Whether the narrow strip is shown in place of everything."""
        return self._forms.currentWidget() is self.strip

    def show_compact(self, is_compact: bool) -> None:
        """Show the narrow strip, or everything again with the focus where one types."""
        if is_compact == self.is_compact:
            return
        keep_composition()
        self._forms.setCurrentWidget(self.strip if is_compact else self.page)
        self.refresh()
        if is_compact:
            self.setFocus()  # Qt would mark the one button there is
        elif self._sheet is not None:
            self._sheet.begin()
        else:
            self.input.focus()

    @property
    def has_keyboard(self) -> bool:
        """Whether keys come here. Qt hears a little late that they went to another program."""
        has_handle = self.testAttribute(Qt.WidgetAttribute.WA_WState_Created)
        refusing = Qt.WindowType.WindowDoesNotAcceptFocus
        is_refusing = has_handle and bool(self.windowHandle().flags() & refusing)
        return self.isActiveWindow() and not is_refusing

    def take_keyboard(self) -> None:
        """Keys go to this window from now on."""
        self.keyboard_wanted.emit()
        self.activateWindow()

    def fit_text_size(self) -> None:
        """Widen with the text, the right edge where it was."""
        width = WIDTHS.get(self.look.percent, WIDTHS[100])
        place = self.geometry()
        if place.width() < width:
            place.setLeft(max(0, place.right() - width + 1))
            place.setWidth(width)
            self.setGeometry(place)

    @property
    def stage_title(self) -> str:
        """The stage that the call is in; empty while there is none."""
        view = self._workplace.stage()
        return view.title if view is not None else ""

    def room_for_stage(self) -> int:
        """The pixels that the stage page has."""
        return self.center.height()

    def _show_page(self, phase: CallPhase, view: StageView | None) -> None:
        if self._sheet is not None and self.center.currentWidget() is self._sheet:
            return
        is_waiting = view is None or phase in (CallPhase.IDLE, CallPhase.CLOSED, CallPhase.RINGING)
        is_on_stage = not is_waiting or self._workplace.is_chosen
        page = self.middle.page or (self._stage_page if is_on_stage else self.waiting)
        self.center.setCurrentWidget(page)
        self._place_advice(page)

    def _show_gate(self, phase: CallPhase, view: StageView | None) -> None:
        """Before anything is laid out by the room that is left."""
        is_said = self._sheet is not None and self._sheet.says_gate
        is_in_call = phase.is_live or phase is CallPhase.WRAP_UP
        self.gate.show_gate(view.gate if view and is_in_call and not is_said else "", self.look)

    def _place_advice(self, page: QWidget) -> None:
        """At the foot of the page that is shown: there is one advice bar, as there is one prompt."""
        column = page.layout()
        if column is not None and column.indexOf(self.advice) < 0:
            column.addWidget(self.advice)

    def _show_kinds(self, view: StageView) -> None:
        for number, (button, kind) in enumerate(zip(self.kind_chips, view.note_kinds, strict=True)):
            word = t(f"note.short.{kind}")
            button.setText(t("note.kind_chip", number=number + 1, kind=word))
            name = t(f"note.kind.{kind}")
            button.setAccessibleName(name)
            named = t("tooltip.key", name=name, key=key_of(f"kind{number + 1}"))
            button.setToolTip(as_plain_tooltip(named))

    def _hint(self, view: StageView | None) -> str:
        if view is None or self.notes.notes.rowCount():
            return t("note.hint")
        return t("note.hint_record", record=view.record[0])

    def bring_into_sight(self, widget: QWidget, rect: QRect) -> None:
        """Scroll the stage so that a part of one of its widgets is in sight."""
        middle = widget.mapTo(self.stage, rect.center())
        self._stage_area.ensureVisible(middle.x(), middle.y(), 0, rect.height())

    # -- sheets -------------------------------------------------------------------------------

    @property
    def sheet(self) -> Sheet | None:
        """The sheet that is open."""
        return self._sheet

    def open_sheet(self, sheet: Sheet, *, is_large: bool) -> None:
        """Lay a sheet over the notes, or (large) over the stage."""
        keep_composition()
        self.close_sheet()
        is_on_stage = self.center.currentWidget() is self._stage_page
        has_room = (
            is_on_stage
            and not self.pad.isHidden()
            and (sheet.minimumSizeHint().height() <= self.pad.height())
        )
        place = self.pad if has_room and not is_large else self.center
        place.addWidget(sheet)
        place.setCurrentWidget(sheet)
        self._sheet = sheet
        self._show_gate(self._workplace.phase, self._workplace.stage())
        sheet.left.connect(self.close_sheet)
        sheet.begin()
        put_after(self.marks, sheet)
        self.sheet_opened.emit()

    def close_sheet(self) -> None:
        """Take the sheet away and give the place and the focus back."""
        sheet, self._sheet = self._sheet, None
        if sheet is None:
            return
        keep_composition()
        for place in (self.center, self.pad):
            if place.indexOf(sheet) >= 0:
                place.removeWidget(sheet)
        self.pad.setCurrentIndex(0)
        sheet.hide()
        sheet.deleteLater()
        self.input.focus()
        self.refresh()
        self.sheet_closed.emit()

    # -- Qt -----------------------------------------------------------------------------------

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Fold and unfold with the room there is."""
        super().resizeEvent(event)
        self.middle.fit(self.width(), self.look)
        self.refresh()

    def closeEvent(self, event: QCloseEvent) -> None:
        """Keep what is being typed and composed, in whichever field, before the window goes."""
        keep_composition()
        self.input.flush_draft()
        self.closing.emit()
        super().closeEvent(event)

    def event(self, event: QEvent) -> bool:
        """Tell when the window has been painted: Qt paints all of it on one request."""
        handled = super().event(event)
        if event.type() == QEvent.Type.UpdateRequest:
            self.painted.emit()
        return handled
