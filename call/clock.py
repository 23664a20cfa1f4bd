"""Time as the core sees it: readings that are passed in, never taken here."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import Protocol

from msgspec import Struct


class Reading(Struct, frozen=True):
    """One look at both clocks: the wall (UTC) and the time since boot (suspend included).

    ``boot_id`` names the boot that ``boot_seconds`` counts from; two readings with different
    ids can only be compared by their walls.
    """

    wall: datetime
    boot_seconds: float
    boot_id: str

    def shifted(self, seconds: float) -> Reading:
        """The same reading, ``seconds`` later (earlier where negative)."""
        return Reading(
            self.wall + timedelta(seconds=seconds), self.boot_seconds + seconds, self.boot_id
        )


class Clock(Protocol):
    """Where readings come from: the machine in use, or a simulation."""

    def now(self) -> Reading:
        """Read both clocks."""
        ...


class SimulatedClock:
    """A clock that only moves when told, for the sample call and the tests."""

    def __init__(self, start: datetime, boot_id: str = "simulated") -> None:
        self._reading = Reading(start.astimezone(UTC), 0.0, boot_id)

    def now(self) -> Reading:
        """The reading that was last set."""
        return self._reading

    def advance(self, seconds: float) -> None:
        """Let ``seconds`` pass on both clocks."""
        self._reading = self._reading.shifted(seconds)

    def correct_wall(self, seconds: float) -> None:
        """Set the wall clock forward or back, as a time server or a person would."""
        now = self._reading
        wall = now.wall + timedelta(seconds=seconds)
        self._reading = Reading(wall, now.boot_seconds, now.boot_id)

    def reboot(self, boot_id: str, seconds: float) -> None:
        """Start a new boot ``seconds`` of wall time later."""
        wall = self._reading.wall + timedelta(seconds=seconds)
        self._reading = Reading(wall, 0.0, boot_id)


def elapsed_seconds(start: Reading, end: Reading) -> float:
    """Seconds from ``start`` to ``end``, never negative.

    Within one boot it is the boot-time difference, so that a suspended machine and a corrected
    wall clock give right figures; across boots only the walls can be compared.
    """
    if start.boot_id == end.boot_id:
        return max(0.0, end.boot_seconds - start.boot_seconds)
    return max(0.0, (end.wall - start.wall).total_seconds())


def as_utc(moment: datetime) -> datetime:
    """The same moment in UTC, as times are stored; one without a zone is meant locally."""
    return moment.astimezone(UTC)


def later_of(first: Reading, second: Reading) -> Reading:
    """The later of two readings of one boot; of two boots the second.

    What follows a restart is later whatever the walls say: they may have been set back.
    """
    if first.boot_id != second.boot_id:
        return second
    return second if second.boot_seconds > first.boot_seconds else first
