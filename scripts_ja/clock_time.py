"""A length of time as clocks show it. Alone here: the first frame shows one."""

from __future__ import annotations


def clock_time(seconds: float) -> str:
    """A length of time as a call clock shows it: ``4:12``, from an hour on ``1:02:03``."""
    minutes, rest = divmod(max(0, int(seconds)), 60)
    hours, minutes = divmod(minutes, 60)
    return f"{hours}:{minutes:02d}:{rest:02d}" if hours else f"{minutes}:{rest:02d}"
