"""Where a call stands. Alone here: the window shows it before the core is imported."""

from __future__ import annotations

from enum import StrEnum


class CallPhase(StrEnum):
    """Where a call stands (待機・呼出中・通話中・保留中・後処理中・中断・完了)."""

    IDLE = "idle"
    RINGING = "ringing"
    TALKING = "talking"
    ON_HOLD = "on_hold"
    WRAP_UP = "wrap_up"
    PARKED = "parked"
    CLOSED = "closed"

    @property
    def is_live(self) -> bool:
        """Whether the line is open."""
        return self in (CallPhase.TALKING, CallPhase.ON_HOLD)

    @property
    def is_waiting(self) -> bool:
        """Whether nobody is talked to yet, or any more."""
        return self in (CallPhase.IDLE, CallPhase.CLOSED, CallPhase.RINGING)

    @property
    def is_after_call(self) -> bool:
        """Whether after-call work waits or runs."""
        return self in (CallPhase.WRAP_UP, CallPhase.PARKED)
