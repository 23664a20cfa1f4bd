"""What the notice bar says."""

from __future__ import annotations

from collections.abc import Callable
from typing import Protocol

from msgspec import Struct


class Notice(Struct, frozen=True):
    """One sentence for the notice bar. ``level`` is ``info``, ``calm``, ``warn`` or ``danger``.

    ``info`` passes by itself; ``calm`` stands until it is over, without a colour.

    ``key`` names what it is about: a newer notice of the same key replaces it, and
    an empty text says that it is over. It is cut where it needs more than ``lines``.
    """

    key: str
    text: str
    level: str = "info"
    lines: int = 1


class NoticesPort(Protocol):
    """What the notice bar should say."""

    def listen(self, listener: Callable[[Notice], None]) -> None:
        """Hear of every notice."""
        ...
