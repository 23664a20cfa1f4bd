"""All that is owed over all cases, and what is said when it is done or late."""

from __future__ import annotations

from typing import Protocol

from msgspec import Struct

from call.agenda import AgendaLine
from call.commands import Command
from call.dues import Due


class CallWords(Struct, frozen=True):
    """What may be said to whoever answers: on which occasion, and the words as they read now."""

    occasion: str
    text: str


class AgendaPort(Protocol):
    """The list of all that is owed. It is kept ready; nothing here waits for the disk."""

    def lines(self) -> tuple[AgendaLine, ...]:
        """All that is owed over all cases, the soonest first."""
        ...

    def do(self, line: AgendaLine, command: Command) -> None:
        """Settle it, postpone it, hand it on: in its own case, wherever that is."""
        ...

    def apology(self, line: AgendaLine) -> str:
        """What is said first where a line is late; else empty."""
        ...


class CallbackPort(Protocol):
    """What is said when the customer of the case in hand is rung."""

    def greeting(self, due: Due) -> str:
        """The first words: in time, or an apology for the delay."""
        ...

    def left_words(self) -> tuple[CallWords, ...]:
        """What may be left on voicemail or with whoever else answers: never the matter."""
        ...
