"""The stage in hand as the window shows it, made anew only where it may read otherwise.

The window asks each second of a call. Between two events the stage changes with whole minutes at
most: of the call (``elapsed_min``), of the clock on the wall (a date that passes, a new day), and
when anger has been received long enough (rules.md #85).
"""

from __future__ import annotations

from app.own_phrases import OwnPhrases
from app.own_settings import OwnSettings
from app.session import Session
from app.stage_view import is_receiving, stage_view
from call.decision import Situation
from ui.port.stage import StageView


class PresentStage:
    """Remembers one view, and all that it was made of."""

    def __init__(self, session: Session, settings: OwnSettings, own: OwnPhrases) -> None:
        self._session = session
        self._settings = settings
        self._own = own
        self._made_of: tuple[object, ...] = ()
        self._view: StageView | None = None

    def view(self) -> StageView | None:
        """The view; None before the first stage."""
        desk, at = self._session.desk, self._session.situation()
        if desk is None or at is None:
            return None
        settings, own = self._settings.current, self._own.held
        # Every event counts, also one that takes another back: none is ever removed.
        state = (at.case.id, len(desk.history), at.book, at.limits, settings, own)
        made_of = (*state, *_minutes(at))
        if made_of != self._made_of:
            self._made_of, self._view = made_of, stage_view(at, settings, self._own)
        return self._view


def _minutes(at: Situation) -> tuple[int, int, bool]:
    call = at.case.call
    return (
        int(call.call_seconds(at.now) // 60) if call else 0,
        int(at.now.wall.timestamp() // 60),
        is_receiving(at),
    )
