"""Visits, as far as the case itself does not say it."""

from __future__ import annotations

from datetime import datetime
from typing import Protocol


class PaperText(Protocol):
    """A paper as it reads now; ``missing`` are ids whose words the paper's own texts hold."""

    @property
    def text(self) -> str:
        """The paper, line by line."""
        ...

    @property
    def missing(self) -> tuple[str, ...]:
        """What is not known."""
        ...


class VisitsPort(Protocol):
    """What is left at the door."""

    def absence_note(self, call_at: datetime | None = None) -> PaperText | None:
        """The letter as it would be left now, naming ``call_at`` for the next day's call."""
        ...
