"""One tick a second, on the second of the call; while there is none, six a minute for what is due."""

from __future__ import annotations

from PySide6.QtCore import QObject, Qt, QTimer

from call.fold_times import CallPhase
from ui.port.change import Change
from ui.port.workplace import Workplace
from ui.sidebar import Sidebar

_TICKING = (CallPhase.TALKING, CallPhase.ON_HOLD, CallPhase.WRAP_UP)
# A tick a little late shows the new second; a little early would show the old one twice.
_AFTER_THE_SECOND = 8
# A reminder may come a little late while nobody talks: the machine rests in between.
_WAITING_MILLISECONDS = 10_000


class CallTicker(QObject):
    """Elapsed time is a difference of readings: a tick only says when to look again."""

    def __init__(self, workplace: Workplace, window: Sidebar) -> None:
        super().__init__(window)
        self._work = workplace
        self._window = window
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        # A coarse timer fires up to 5 % early and would tick twice a second now and then.
        self._timer.setTimerType(Qt.TimerType.PreciseTimer)
        self._timer.timeout.connect(self._on_tick)
        workplace.listen(self._on_change)

    def _on_change(self, change: Change) -> None:
        self._timer.start(self._milliseconds_to_next())

    def _on_tick(self) -> None:
        self._window.tick()
        self._timer.start(self._milliseconds_to_next())

    def _milliseconds_to_next(self) -> int:
        case = self._work.case
        call = case.call if case else None
        if call is None or self._work.phase not in _TICKING:
            return _WAITING_MILLISECONDS
        now = self._work.now()
        shown = call.acw_seconds(now) if call.phase.is_after_call else call.call_seconds(now)
        return int((1.0 - shown % 1.0) * 1000) + _AFTER_THE_SECOND
