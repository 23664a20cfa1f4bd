"""Cases that are not in hand: waiting, found."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from typing import Protocol

from msgspec import Struct

from call.case import CaseSummary
from call.commands import Command
from call.guidance import Prompt


class WaitingView(Struct, frozen=True):
    """What is shown while nobody calls."""

    recent: tuple[CaseSummary, ...] = ()


class FoundCase(Struct, frozen=True):
    """A case that was found, and where: ``text`` is a piece of a note, or a field, of that ``kind``.

    ``places`` are the sought words in it, from one character up to another; ``in_name`` and
    ``in_number`` those in the customer's name and in the number of the case. Without a text the
    case was only listed. ``answered`` is the last answer that was noted. Telephone numbers in
    text and answer are masked; ``whole`` is the text without masks, for a closer look.
    """

    case: CaseSummary
    at: datetime
    kind: str = ""
    text: str = ""
    places: tuple[tuple[int, int], ...] = ()
    answered: str = ""
    whole: str = ""
    in_name: tuple[tuple[int, int], ...] = ()
    in_number: tuple[tuple[int, int], ...] = ()


class FoundCases(Struct, frozen=True):
    """A list of cases; ``unread`` are words of a filter that nobody understands.

    ``is_whole`` is False while the index is being made anew, ``is_read`` where it failed.
    """

    rows: tuple[FoundCase, ...] = ()
    has_more: bool = False
    is_whole: bool = True
    unread: tuple[str, ...] = ()
    is_read: bool = True


class CasesPort(Protocol):
    """Cases that are not in hand, read beside the window."""

    def fetch_waiting(self, then: Callable[[WaitingView], None]) -> None:
        """Look up what was last, and bring it."""
        ...

    def open(self, case_id: str) -> None:
        """Lay an earlier case on the desk, or join the running call to it."""
        ...

    def do_in(self, case_id: str, command: Command) -> None:
        """Carry a command out in a case that need not be in hand; it stays where it is."""
        ...

    def lay_aside(self) -> None:
        """Put the opened earlier case back."""
        ...


class SearchPort(Protocol):
    """Finding cases, beside the window; only the newest search brings something."""

    def find(self, query: str, shelf: str, then: Callable[[FoundCases], None]) -> None:
        """Look for what was typed; ``shelf`` is ``all``, ``open``, ``due`` or ``closed``."""
        ...

    def earlier_of(
        self, number: str, name: str, then: Callable[[tuple[FoundCase, ...]], None]
    ) -> None:
        """Look up the cases of that telephone number, or of that name, the last one first."""
        ...


class RemindersPort(Protocol):
    """What other cases owe, and putting a prompt aside."""

    def listen(self, listener: Callable[[], None]) -> None:
        """Hear that something else is due."""
        ...

    def put_aside(self, prompt: Prompt) -> None:
        """A prompt was put aside; it goes at once."""
        ...
