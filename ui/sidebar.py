"""The sidebar: it composes the panels, gives each its slice of the case, and decides nothing.

It is shown before most of it exists: the frame, which is all that this file imports, says that the
program waits and which key begins a call. :meth:`Sidebar.furnish` brings the rest (ui/furniture.py)
into the same window, so that keys typed meanwhile come to it.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, QRect, QSize, Qt, Signal
from PySide6.QtGui import QCloseEvent, QResizeEvent
from PySide6.QtWidgets import QLayout, QStackedLayout, QVBoxLayout, QWidget

from call.phase import CallPhase
from scripts_ja.texts import t
from ui.actions import key_of
from ui.buttons_panel import ButtonsPanel
from ui.composition import keep_composition
from ui.dock_geometry import WIDTHS
from ui.header_panel import ClockPanel, HeaderPanel
from ui.labels import as_plain_tooltip
from ui.marks_panel import MarksPanel
from ui.resuming import say_resuming
from ui.tab_order import put_after
from ui.theme import Look
from ui.waiting_head import WaitingHead

if TYPE_CHECKING:
    from PySide6.QtWidgets import QPushButton, QScrollArea, QStackedWidget

    from ui.bars import AdviceBar, NoticeBar
    from ui.compact_strip import CompactStrip
    from ui.folding import Folding
    from ui.gate_line import GateLine
    from ui.labels import PlainLabel
    from ui.note_input import NoteInput
    from ui.note_list import NoteList
    from ui.port.stage import StageView
    from ui.port.workplace import Workplace
    from ui.second.place import DeskPlace
    from ui.second_hand import SecondHand
    from ui.sheet import Sheet
    from ui.stage_panel import StagePanel
    from ui.waiting_panel import WaitingPanel

_MARGIN = 12
MINIMUM = QSize(300, 420)


class Sidebar(QWidget):
    """The window.

    Signals:
        painted(): what was to be shown has been painted.
        seen(): the system has asked for a picture for the first time, and has it next.
        closing(): the window is about to go.
        strip_opened(): everything is wanted again in place of the strip.
        kind_asked(int): the chip of the stage's n-th kind of note was pressed.
        kinds_asked(): the list of all kinds is wanted.
        sheet_opened(): a sheet lies over the notes or the stage, and waits for keys.
        sheet_closed(): it is gone.
        keyboard_wanted(): keys are to come here, whoever has them.
        look_changed(): theme or text size are others.
        keyboard_done(): they are wanted no more; who had them may have them back.
    """

    painted = Signal()
    seen = Signal()
    closing = Signal()
    strip_opened = Signal()
    kind_asked = Signal(int)
    kinds_asked = Signal()
    sheet_opened = Signal()
    sheet_closed = Signal()
    keyboard_wanted = Signal()
    keyboard_done = Signal()
    look_changed = Signal()

    # Not in the first frame:
    _workplace: Workplace
    _hand: SecondHand
    gate: GateLine
    stage: StagePanel
    stage_area: QScrollArea
    stage_page: QWidget
    folding: Folding
    pad: QStackedWidget
    notes: NoteList
    notes_title: PlainLabel
    kind_chips: list[QPushButton]
    advice: AdviceBar
    notice: NoticeBar
    input: NoteInput
    waiting: WaitingPanel
    center: QStackedWidget
    middle: DeskPlace

    def __init__(self, look: Look, kind: Qt.WindowType = Qt.WindowType.Widget) -> None:
        super().__init__(None, kind)  # at once: another kind would style all of it anew
        self.look = look
        self.setObjectName("window")
        self.setWindowTitle(t("app.title"))
        self.header = HeaderPanel()
        self.clock = ClockPanel()
        self.marks = MarksPanel()
        self.buttons = ButtonsPanel()
        self._strip: CompactStrip | None = None
        self.page = QWidget()
        self.is_furnished = False
        self.is_resuming = False
        self._is_seen = False
        self._sheet: Sheet | None = None
        self._build_frame()
        self.setMinimumSize(MINIMUM)
        self.setStyleSheet(look.stylesheet())
        self.setFocus()  # Qt would mark the first chip, and a frame around it moves the rest

    # -- building -----------------------------------------------------------------------------

    def _build_frame(self) -> None:
        # The strip takes the place of all the rest, which keeps its size behind it.
        self._forms = QStackedLayout(self)
        self._forms.setSizeConstraint(QLayout.SizeConstraint.SetNoConstraint)
        self._forms.addWidget(self.page)
        self._column = QVBoxLayout(self.page)
        self._column.setContentsMargins(_MARGIN, 10, _MARGIN, _MARGIN)
        self._column.setSpacing(6)
        for panel in (self.header, self.clock, self.marks):
            self._column.addWidget(panel)
        self._first = QWidget()
        first = QVBoxLayout(self._first)
        first.setContentsMargins(0, 8, 0, 0)
        self.head = WaitingHead()
        first.addWidget(self.head)
        first.addStretch(1)
        self._column.addWidget(self._first, 1)
        self._column.addWidget(self.buttons)
        # What does not fit folds; the window itself never grows by what it shows.
        self._column.setSizeConstraint(QLayout.SizeConstraint.SetNoConstraint)
        self.header.show_case(None, CallPhase.IDLE, 0)

    def furnish(self, workplace: Workplace) -> None:
        """Bring in all that the frame did not show yet, nothing of which moves."""
        from ui.furniture import fill
        from ui.second_hand import SecondHand

        self._workplace = workplace
        self._hand = SecondHand(self, workplace)
        fill(self, workplace)
        self._column.removeWidget(self._first)
        self._first.hide()
        self._first.deleteLater()
        place = self._column.indexOf(self.marks) + 1
        self._column.insertWidget(place, self.gate)
        for panel, stretch in ((self.middle, 1), (self.notice, 0), (self.input, 0)):
            place += 1
            self._column.insertWidget(place, panel, stretch)
            panel.show()
        put_after(self.input, self.buttons)
        self.head = self.waiting.head
        self.is_furnished = True

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
        self.input.show_look(self.look, *self._hints(view))
        self._show_gate(phase, view)
        self._show_page(phase, view)
        self._hand.show_all()  # the desk, too
        if self.is_resuming:
            say_resuming(self)

    def tick(self) -> None:
        """Show what a second changes."""
        self._hand.tick()

    @property
    def shows_more_than_stage(self) -> bool:
        """Whether something is open that may say seconds of its own."""
        return self._sheet is not None or self.is_compact or self.middle.is_open

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
        return self._forms.currentWidget() is not self.page

    @property
    def strip(self) -> CompactStrip:
        """The narrow strip, made when it is first wanted."""
        if self._strip is None:
            from ui.compact_strip import CompactStrip

            self._strip = CompactStrip()
            self._strip.show_first(self)
            self._strip.opened.connect(self.strip_opened)
            self._forms.addWidget(self._strip)
        return self._strip

    def show_compact(self, is_compact: bool) -> None:
        """Show the narrow strip, or everything again with the focus where one types."""
        if is_compact == self.is_compact:
            return
        keep_composition()
        self._forms.setCurrentWidget(self.strip if is_compact else self.page)
        if not self.is_furnished:
            return
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
        is_on_stage = (view is not None and not phase.is_waiting) or self._workplace.is_chosen
        page = self.middle.page or (self.stage_page if is_on_stage else self.waiting)
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

    def _hints(self, view: StageView | None) -> tuple[str, ...]:
        if view is None or self.notes.notes.rowCount():
            return (t("note.hint"),)
        return t("note.hint_record", record=view.record[0]), view.record[0]

    def bring_into_sight(self, widget: QWidget, rect: QRect) -> None:
        """Scroll the stage so that a part of one of its widgets is in sight."""
        middle = widget.mapTo(self.stage, rect.center())
        self.stage_area.ensureVisible(middle.x(), middle.y(), 0, rect.height())

    # -- sheets -------------------------------------------------------------------------------

    @property
    def sheet(self) -> Sheet | None:
        """The sheet that is open."""
        return self._sheet

    def open_sheet(self, sheet: Sheet, *, is_large: bool) -> None:
        """Lay a sheet over the notes, or (large) over the stage, in place of one that is open."""
        keep_composition()
        if self._take_sheet_away():
            self._show_page(self._workplace.phase, self._workplace.stage())
            self.sheet_closed.emit()
        place = self.center if is_large or not self._has_room_for(sheet) else self.pad
        place.addWidget(sheet)
        place.setCurrentWidget(sheet)
        self._sheet = sheet
        self._show_gate(self._workplace.phase, self._workplace.stage())
        sheet.left.connect(self.close_sheet)
        sheet.begin()
        put_after(self.marks, sheet)
        self.sheet_opened.emit()

    def _has_room_for(self, sheet: Sheet) -> bool:
        """Whether it fits where the notes are."""
        is_on_stage = self.center.currentWidget() is self.stage_page
        has_pad = is_on_stage and self.folding.has_pad
        return has_pad and sheet.minimumSizeHint().height() <= self.pad.height()

    def close_sheet(self) -> None:
        """Take the sheet away and give the place and the focus back."""
        if self._take_sheet_away():
            self.input.focus()
            self.refresh()
            self.sheet_closed.emit()

    def _take_sheet_away(self) -> bool:
        """Returns whether there was one."""
        sheet, self._sheet = self._sheet, None
        if sheet is None:
            return False
        keep_composition()
        self.setFocus()  # Qt would pass it from field to field on the way
        for place in (self.center, self.pad):
            if place.indexOf(sheet) >= 0:
                place.removeWidget(sheet)
        self.pad.setCurrentIndex(0)
        sheet.hide()
        sheet.deleteLater()
        return True

    # -- Qt -----------------------------------------------------------------------------------

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Fold and unfold with the room there is."""
        super().resizeEvent(event)
        if self.is_furnished:
            self.middle.fit(self.width(), self.look)
            self.refresh()

    def closeEvent(self, event: QCloseEvent) -> None:
        """Keep what is being typed and composed, in whichever field, before the window goes."""
        if self.is_furnished:
            keep_composition()
            self.input.flush_draft()
        self.closing.emit()
        super().closeEvent(event)

    def event(self, event: QEvent) -> bool:
        """Tell when the window has been painted: Qt paints all of it on one request."""
        handled = super().event(event)
        if event.type() == QEvent.Type.UpdateRequest:
            self.painted.emit()
        elif event.type() == QEvent.Type.Paint and not self._is_seen:
            self._is_seen = True
            self.seen.emit()
        return handled
