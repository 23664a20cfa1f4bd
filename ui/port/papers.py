"""The papers of the case in hand."""

from __future__ import annotations

from typing import Protocol

from msgspec import Struct

from ui.port.stage import CardRow


class ConsultView(Struct, frozen=True):
    """The consultation card: rows to show, text for chat."""

    rows: tuple[CardRow, ...]
    text: str
    spoken: str


class HandoffView(Struct, frozen=True):
    """A handoff note: its text, the names of what is missing, and where it was written."""

    text: str
    missing: tuple[str, ...]
    file_path: str
    missing_ids: tuple[str, ...] = ()


class PapersPort(Protocol):
    """The papers of the case in hand."""

    def consult_card(self) -> ConsultView | None:
        """The consultation card as it stands."""
        ...

    def hand_over(self) -> HandoffView | None:
        """Make the handoff note and write it to its file, beside the window."""
        ...
