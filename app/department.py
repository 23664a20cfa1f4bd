"""The department's shared folder: its copy in force at once, the folder looked at beside.

What is new in it is adopted between calls, all in one piece: a call is worked from its first
second to the end of its after-call work by the rules that it began with. Only how cases are sealed
counts at once.
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from typing import TYPE_CHECKING

from call import commands as c
from call.clock import Reading, elapsed_seconds
from call.fold_times import CallPhase
from scripts_ja.dates import echo_due
from scripts_ja.texts import t

if TYPE_CHECKING:
    from app.department_copy import Copy
    from app.department_look import Found
    from app.errands import Errands
    from app.notice_board import NoticeBoard
    from app.own_settings import OwnSettings
    from app.rule_layers import Layers
    from app.seal_rules import SealRules
    from app.session import Session
    from desktop.paths import Places
    from ui.port.change import Change

# A sidebar stays open for days; the folder is looked at again between calls, not more often.
_LOOK_AGAIN_SECONDS = 3600
# Where nobody can tell whether cases are to be sealed, none leaves until the folder was read.
_LOOK_SOON_SECONDS = 60
_BETWEEN_CALLS = (CallPhase.IDLE, CallPhase.CLOSED)


class Department:
    """Looks, keeps the copy, and hands new rules on when no call is disturbed by them."""

    def __init__(
        self,
        places: Places,
        layers: Layers,
        session: Session,
        settings: OwnSettings,
        notices: NoticeBoard,
        errands: Errands,
        adopt: Callable[[Layers], None],
        seal_by: Callable[[SealRules], None],
    ) -> None:
        self._places = places
        self._layers = layers
        self._session = session
        self._settings = settings
        self._notices = notices
        self._errands = errands
        self._adopt = adopt
        self._seal_by = seal_by
        self._pending: Layers | None = None
        self._looking_for: str | None = None
        self._looked_at: Reading | None = None
        self._asked_for = self._folder
        settings.listen(self._on_settings)
        session.listen(self._on_change)

    def look(self) -> None:
        """Look at the folder, beside the window; nothing where there is none and was none."""
        folder, present, now = self._folder, self._latest.copy, self._session.now()
        if folder == self._looking_for:
            return
        self._asked_for, self._looked_at = folder, now
        self._looking_for = folder if folder or present else None
        if self._looking_for is not None:
            self._errands.run(
                lambda: self._look_at(folder, present, now.wall),
                self._on_found,
                lambda: self._on_late(folder),
                lambda: self._on_mistake(folder),
            )

    def _look_at(self, folder: str, present: Copy | None, now: datetime) -> Found:
        from app.department_look import look_at

        return look_at(folder, self._places, present, now)

    def before(self, command: c.Command) -> None:
        """A call is about to begin: the last moment for new rules, on a desk that is never free."""
        if isinstance(command, c.Ring | c.StartCall) and not self._session.phase.is_live:
            self._release()

    @property
    def _folder(self) -> str:
        return self._settings.get("department.folder")

    @property
    def _latest(self) -> Layers:
        """What is in force, or will be after this call."""
        return self._pending or self._layers

    def _on_found(self, found: Found) -> None:
        if found.folder != self._looking_for:
            return  # meanwhile somebody named another folder
        self._looking_for = None
        if found.layers is not None:
            self._pending = found.layers
            # Nobody reads these out, and a case that is to leave in this call cannot wait for its end.
            self._seal_by(found.layers.seals)
        self._tell(found)
        self._release_between_calls()

    def _tell(self, found: Found) -> None:
        if not found.is_reached:
            self._say_unreached(found.copy)
        elif not found.is_kept:
            self._say("unwritable", path=self._places.department)
        elif found.problems:
            self._say(
                "bad_files" if len(found.problems) > 1 else "bad_file",
                first=found.problems[0].sentence,
                others=len(found.problems) - 1,
            )
        else:
            self._notices.say("department", "")

    def _on_late(self, folder: str) -> None:
        """Slow is out of reach, until it comes after all."""
        if folder == self._looking_for:
            self._say_unreached(self._latest.copy)

    def _on_mistake(self, folder: str) -> None:
        """What could not be looked at is out of reach, and looked at again like any other."""
        self._on_late(folder)
        if folder == self._looking_for:
            self._looking_for = None

    def _say_unreached(self, copy: Copy | None) -> None:
        if copy is None:
            self._say("never_reached", path=self._folder)
        elif self._latest.seals.unknown:
            self._say("unreached_spoilt", path=self._folder)
        else:
            self._say("unreached", since=echo_due(copy.seen_at.astimezone()))

    def _say(self, key: str, **values: object) -> None:
        """One notice at a time, which stands until it is over; it never asks for anything."""
        self._notices.say("department", t(f"department.{key}", **values), "warn")

    def _on_settings(self) -> None:
        if self._folder != self._asked_for:
            self.look()

    def _on_change(self, change: Change) -> None:
        if self._session.phase not in _BETWEEN_CALLS:
            return
        self._release_between_calls()
        at, copy = self._looked_at, self._latest.copy
        is_known = copy is not None and not self._latest.seals.unknown
        patience = _LOOK_AGAIN_SECONDS if is_known or not self._folder else _LOOK_SOON_SECONDS
        if at is not None and elapsed_seconds(at, self._session.now()) >= patience:
            self.look()

    def _release_between_calls(self) -> None:
        """An earlier case that lies open is read as it was opened."""
        if self._session.phase in _BETWEEN_CALLS and not self._session.is_chosen:
            self._release()

    def _release(self) -> None:
        if self._pending is not None:
            self._layers, self._pending = self._pending, None
            self._adopt(self._layers)
