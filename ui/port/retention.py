"""How long cases are kept: what goes next, what went, and erasing one."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from typing import Protocol

from msgspec import Struct

from call.case import CaseSummary


class ErasedLine(Struct, frozen=True):
    """A case that is no more: its number, when it ended, when it went; ``files`` were exported."""

    case_no: str
    closed_at: datetime
    purged_at: datetime
    was_asked: bool
    files: tuple[str, ...] = ()


class RetentionView(Struct, frozen=True):
    """What goes at the next purge, what is as old but open, and what went.

    ``files`` are exported notes and bundles in our folders that tell of what goes.
    """

    days: int = 0
    over: tuple[CaseSummary, ...] = ()
    kept_open: tuple[CaseSummary, ...] = ()
    erased: tuple[ErasedLine, ...] = ()
    files: tuple[str, ...] = ()
    is_read: bool = True


class ErasureView(Struct, frozen=True):
    """What would go with a case. ``events`` counts what was recorded; ``files`` are paths."""

    case: CaseSummary
    events: int = 0
    files: tuple[str, ...] = ()


class RetentionPort(Protocol):
    """Looking, and erasing one case; beside the window, never during a call."""

    def listen(self, listener: Callable[[], None]) -> None:
        """Hear that cases are gone."""
        ...

    def fetch(self, then: Callable[[RetentionView], None]) -> None:
        """Look up what goes and what went, and bring it."""
        ...

    def purge(self, then: Callable[[str], None]) -> str:
        """Begin to erase what is over, or say why not; ``then`` hears what did not work."""
        ...

    def look_at(self, case_id: str, then: Callable[[ErasureView], None]) -> None:
        """Look up what would go with a case; brings nothing where it cannot be erased now."""
        ...

    def erase(self, view: ErasureView, with_files: bool, then: Callable[[], None]) -> None:  # noqa: FBT001
        """Erase it, and the files that tell of it where that is wanted."""
        ...
