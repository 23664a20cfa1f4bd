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
    """A handoff note: its text, the names of what is missing, and where it was written.

    ``barrier`` is why it may not leave yet, in one sentence: nothing was written then.
    ``is_passable``: it may, where the agent says so.
    """

    text: str
    missing: tuple[str, ...]
    file_path: str
    missing_ids: tuple[str, ...] = ()
    barrier: str = ""
    is_passable: bool = False


class PapersPort(Protocol):
    """The papers of the case in hand."""

    def consult_card(self) -> ConsultView | None:
        """The consultation card as it stands."""
        ...

    def hand_over(self, *, as_unconfirmed: bool = False) -> HandoffView | None:
        """Make the handoff note and write it to its file, beside the window.

        With gaps that are required it is written only ``as_unconfirmed``.
        """
        ...
