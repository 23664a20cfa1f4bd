"""What the journal tells, and whom."""

from __future__ import annotations

from typing import Protocol

from msgspec import Struct

from call.events import Envelope
from storage.rows import Draft
from storage.troubles import Trouble


class Opening(Struct, frozen=True):
    """What was found in the database when it could be opened.

    ``desk_code`` is four letters and digits that stand in the case numbers of this desk.
    ``last_seq`` is the highest sequence number of this desk. ``running`` are the cases whose
    last call is not over, the one touched last at the end, each with its events and those of
    the cases joined to it. ``case_nos`` are the numbers given in the last three days.

    What was appended before the database opened is included, if it could be written.
    """

    desk_id: str
    desk_code: str
    last_seq: int
    running: tuple[tuple[str, tuple[Envelope, ...]], ...]
    drafts: tuple[Draft, ...]
    case_nos: tuple[str, ...]


class JournalListener(Protocol):
    """Is told what became of what was given to the journal.

    Every method is called ON THE WRITER THREAD: hand the news over and return. What a listener
    raises is logged and does not stop the writing.
    """

    def on_opened(self, opening: Opening) -> None:
        """The database is open. Comes once, after what had waited for it was tried."""
        ...

    def on_committed(self, event_ids: tuple[str, ...]) -> None:
        """These events are on the disk, in the order they were appended."""
        ...

    def on_trouble(self, trouble: Trouble) -> None:
        """Nothing can be written for now, or an unusable file was moved aside.

        Said once for each new kind, not for each try.
        """
        ...

    def on_recovered(self) -> None:
        """Writing works again, and all that waited is on the disk."""
        ...
