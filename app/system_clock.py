"""The clock of the machine in use."""

from __future__ import annotations

from datetime import UTC, datetime

from call.clock import Reading
from desktop.boot import boot_id, boot_seconds


class SystemClock:
    """Reads the wall and the time since boot."""

    def now(self) -> Reading:
        """Read both clocks."""
        return Reading(datetime.now(UTC), boot_seconds(), boot_id())
