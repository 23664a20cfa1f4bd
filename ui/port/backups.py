"""Backups of the records: what there is, going back to one, and what was saved from damage."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from typing import Protocol

from msgspec import Struct


class BackupView(Struct, frozen=True):
    """One backup, and what going back to it would take away.

    ``kind`` is ``daily``, ``migration``, ``restore`` or ``asked``. Of what is recorded now,
    ``lost_events`` events in ``lost_cases`` cases, of which ``new_cases`` are in none of it, are not
    in the backup; where ``is_loss_known`` is False, nobody can tell. ``trouble`` is the id of what keeps it from being read.
    """

    name: str
    kind: str
    made_at: datetime
    cases: int = 0
    last_event_at: datetime | None = None
    lost_events: int = 0
    lost_cases: int = 0
    new_cases: int = 0
    trouble: str = ""
    is_loss_known: bool = True


class BackupsView(Struct, frozen=True):
    """All of them, the newest first, and the report of what was saved from damage, in lines."""

    rows: tuple[BackupView, ...] = ()
    rescue: tuple[str, ...] = ()


class BackupsPort(Protocol):
    """The backups; all of it happens beside the window."""

    def fetch(self, then: Callable[[BackupsView], None]) -> None:
        """Look what there is, and bring it."""
        ...

    def make(self) -> None:
        """Make one now; a notice says when it is there."""
        ...

    def make_for(self, then: Callable[[str], None]) -> None:
        """The same for somebody who waits: ``then`` hears what did not work (else empty)."""
        ...

    def restore(self, name: str, then: Callable[[str], None] = lambda failure: None) -> str:
        """Begin to go back to one; or say in one sentence why that cannot be now (else empty).

        ``name`` is that of a backup, or the whole path of one that lies elsewhere. The present state
        is kept as a backup first. A notice says when it is done; ``then`` hears what did not work.
        """
        ...
