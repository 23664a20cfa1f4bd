"""The top line: phase, customer, case number. And below it the clock and the hold counter."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QMouseEvent
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from call.phase import CallPhase
from scripts_ja.clock_time import clock_time
from scripts_ja.texts import t
from ui.actions import short_key_of
from ui.concession_mark import mark_tone, mark_words
from ui.labels import ElidedLabel, PlainLabel, as_plain_tooltip, set_style_property
from ui.still_label import StillLabel
from ui.window_controls import WindowControls

if TYPE_CHECKING:
    from call.case import Case
    from call.clock import Reading
    from call.fold_times import CallRecord, HoldSpan
    from call.limits import Limits
    from scripts_ja.model import HoldKind
    from ui.port.stage import StageView

_PHASE_TONES = {
    CallPhase.ON_HOLD: "warn",
    CallPhase.RINGING: "warn",
    CallPhase.IDLE: "quiet",
    CallPhase.CLOSED: "quiet",
    CallPhase.WRAP_UP: "quiet",
    CallPhase.PARKED: "quiet",
}


class HeaderPanel(QWidget):
    """Who is on the line.

    Signals:
        customer_clicked(): the customer's name was clicked.
    """

    customer_clicked = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.phase = PlainLabel(role="pill")
        self.customer = ElidedLabel(role="strong")
        self.number = PlainLabel(role="muted")
        self.case_no = PlainLabel(role="small")
        self.parked = PlainLabel(role="small")
        self.concession = PlainLabel(role="pill")
        self.controls = WindowControls()
        rows = QVBoxLayout(self)
        rows.setContentsMargins(0, 0, 0, 0)
        rows.setSpacing(2)
        first, second = QHBoxLayout(), QHBoxLayout()
        first.setSpacing(8)
        first.addWidget(self.phase)
        first.addWidget(self.concession)
        first.addWidget(self.parked)
        first.addStretch(1)
        first.addWidget(self.case_no)
        first.addWidget(self.controls)
        second.setSpacing(8)
        second.addWidget(self.customer, 1)
        second.addWidget(self.number)
        rows.addLayout(first)
        rows.addLayout(second)

    def show_case(self, case: Case | None, phase: CallPhase, parked: int) -> None:
        """Show phase, customer and number, and how many wrap-ups wait."""
        waiting = t("header.parked", count=parked, key=short_key_of("parked")) if parked else ""
        self.parked.set_text(waiting)
        self.parked.setVisible(bool(waiting))  # an empty one would still take its gap
        self.phase.set_text(t(f"phase.{phase}"))
        self.phase.set_tone(_PHASE_TONES.get(phase, ""))
        mark = case.concession.mark if case else None
        self.concession.set_text(mark_words(mark) if mark else "")
        self.concession.set_tone(mark_tone(mark) if mark else "")
        self.concession.setVisible(bool(mark))
        self.customer.set_text(_customer_line(case) if case else "")
        self._show_number(_number(case) if case else "")
        number = (case.field("company_no") or case.case_no) if case else ""
        self.case_no.set_text(number)
        named = t("header.case_no", number=number) if number else ""
        self.case_no.setAccessibleName(named)
        self.case_no.setToolTip(as_plain_tooltip(named))
        self.customer.setAccessibleName(self.customer.text() or t("header.no_customer"))

    def _show_number(self, number: str) -> None:
        """Who passes by reads the end of it; whoever needs it points at it, or opens the fields."""
        shown = ""
        if number:
            from call.phone_masks import mask_all_digits  # beside the first paint: no case yet

            shown = mask_all_digits(number, "*")  # narrow: the name needs the room
        self.number.set_text(shown)
        self.number.setToolTip(as_plain_tooltip(number) if number else "")

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """A click anywhere in the line opens the customer's fields."""
        self.customer_clicked.emit()
        super().mousePressEvent(event)


_MARKS = {"warn": "advice.mark_amber", "danger": "advice.mark_red"}


class ClockPanel(QWidget):
    """The call timer, large, and the hold counter."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.time = StillLabel("00:00", "time")
        self.time_note = PlainLabel(role="muted")
        self.hold = PlainLabel(role="hold")
        self.hold_note = StillLabel(role="muted")
        self.hold_seconds = ""
        right = Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter
        self.hold.setAlignment(right)
        self.hold_note.setAlignment(right)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        # Keeps the height that the clock had below an hour.
        strut = PlainLabel("0", "time")
        strut.setMaximumWidth(0)
        row.addWidget(self.time)
        row.addWidget(strut)
        row.addStretch(1)
        column = QVBoxLayout()
        column.setSpacing(0)
        column.addStretch(1)
        column.addWidget(self.hold)
        column.addWidget(self.hold_note, 0, Qt.AlignmentFlag.AlignRight)
        column.addStretch(1)
        row.addLayout(column)

    def show_times(
        self, case: Case | None, now: Reading, limits: Limits, view: StageView | None
    ) -> None:
        """Show the clock of the call, or of the after-call work, and the holds."""
        call = case.call if case else None
        hold = call.hold if call else None
        self.hold_seconds = clock_time(hold.seconds(now)) if hold else ""
        self.show_time(call, now)
        if case is None or call is None or call.started_at is None:
            self.hold.set_text("")
            self.hold_note.set_text("")
            return
        self._show_holds(case, call, now, limits, view)

    def show_time(self, call: CallRecord | None, now: Reading) -> None:
        """Show the large clock; all that a second changes while nobody is on hold."""
        text = _main_time(call, now)
        if text == self.time.text() and self.time.accessibleName():
            return
        self.time.set_text(text)
        set_style_property(self.time, "long", "true" if text.count(":") > 1 else "false")
        self.time.setAccessibleName(t("clock.name", time=text))

    def _show_holds(
        self, case: Case, call: CallRecord, now: Reading, limits: Limits, view: StageView | None
    ) -> None:
        from scripts_ja.model import HoldKind  # beside the first paint: no case, no hold

        kind = view.hold_kind if view else HoldKind.LOOKUP
        tone = "" if case.has_no_limits else _hold_tone(call, now, limits)
        mark = t(_MARKS[tone]) if tone else ""  # the colour is not the only sign
        self.hold.set_text(mark + t("hold.count", used=len(call.holds), most=limits.max_holds))
        self.hold.set_tone(tone)
        self.hold_note.set_tone(tone)
        self.hold_note.set_text(_hold_note(case, call, now, kind))


def _customer_line(case: Case) -> str:
    name, reading = case.field("customer"), case.field("customer_reading")
    shown = t("header.customer", name=name) if name else t("header.no_name")
    return " ".join(part for part in (shown, reading) if part)


def _number(case: Case) -> str:
    return case.field("callback_tel") or (case.call.number if case.call else "")


def _main_time(call: CallRecord | None, now: Reading) -> str:
    if call is None:
        return "00:00"
    if call.phase.is_after_call:
        return _padded(call.acw_seconds(now))
    return _padded(call.call_seconds(now))


def _padded(seconds: float) -> str:
    """The large clock keeps its width: 「04:12」."""
    return clock_time(seconds).rjust(5, "0")


def _hold_tone(call: CallRecord, now: Reading, limits: Limits) -> str:
    if call.hold is None:
        return "danger" if len(call.holds) > limits.max_holds else ""
    seconds = call.hold.seconds(now)
    is_red = seconds >= limits.hold_red_seconds(call.hold.kind)
    if is_red or len(call.holds) > limits.max_holds:
        return "danger"
    return "warn" if seconds >= limits.hold_amber_seconds(call.hold.kind) else ""


def _hold_note(case: Case, call: CallRecord, now: Reading, kind: HoldKind) -> str:
    if call.hold is not None:
        return _running_hold(call, call.hold, now)
    total = clock_time(call.hold_seconds(now))
    if call.phase.is_after_call or call.phase is CallPhase.CLOSED:
        return t("hold.after_call", call=clock_time(call.call_seconds(now)), total=total)
    if call.holds:
        other = case.holds_in_case - len(call.holds)
        key = "hold.total_with_case" if other else "hold.total"
        return t(key, total=total, case=case.holds_in_case)
    announced = call.announced_minutes
    if announced:
        return t("hold.announced", kind=t(f"hold.kind.{kind}"), minutes=announced)
    if case.holds_in_case:
        return t("hold.unused_in_call", case=case.holds_in_case)
    return t("hold.unused")


def _running_hold(call: CallRecord, hold: HoldSpan, now: Reading) -> str:
    values: dict[str, str | int] = {
        "kind": t(f"hold.kind.{hold.kind}"),
        "this": clock_time(hold.seconds(now)),
        "total": clock_time(call.hold_seconds(now)),
        "minutes": hold.announced_minutes,
    }
    return t("hold.running_announced" if hold.announced_minutes else "hold.running", **values)
