"""What a second changes in the window, and what may come some seconds later.

A machine that sleeps in between pays for every line it has to look at again: each second of a call
only what has a second in it is shown. Minutes, prompts and dates follow with the next of some
seconds, or at once with whatever is done.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from call.clock import Reading, elapsed_seconds

if TYPE_CHECKING:
    from ui.port.stage import StageView
    from ui.port.workplace import Workplace
    from ui.sidebar import Sidebar

# A prompt may speak up so much later than its time.
_LATE_SECONDS = 5


class SecondHand:
    """Moves what moves in one window."""

    def __init__(self, window: Sidebar, workplace: Workplace) -> None:
        self._window = window
        self._work = workplace
        self._all_at: Reading | None = None
        self._view: StageView | None = None

    def tick(self) -> None:
        """A second has passed."""
        now = self._work.now()
        late = elapsed_seconds(self._all_at, now) if self._all_at else _LATE_SECONDS
        prompt = self._window.advice.prompt
        is_counting = prompt is not None and "seconds" in prompt.values
        if is_counting or self._window.shows_more_than_stage or not 0 <= late < _LATE_SECONDS:
            self.show_all()
        else:
            self._show_seconds(now)

    def show_all(self) -> None:
        """Show all that time changes."""
        window, work = self._window, self._work
        now, self._view = work.now(), work.stage()
        self._all_at = now
        self._show_seconds(now)
        window.marks.show_counts(work.case, now)
        window.show_advice()
        if self._view is not None:
            window.folding.fit(self._view, window.look, window.room_for_stage())
        window.middle.refresh()
        window.show_dues()
        if window.sheet is not None:
            window.sheet.refresh()
        if window.is_compact:
            window.strip.show_all(window)

    def _show_seconds(self, now: Reading) -> None:
        window, work = self._window, self._work
        window.clock.show_times(work.case, now, work.limits, self._view)
        if self._view is not None:
            window.stage.show_time(self._view, now)
