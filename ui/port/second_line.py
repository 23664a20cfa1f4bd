"""The second line's desk."""

from __future__ import annotations

from typing import Protocol

from msgspec import Struct

from call.events import ActionTopic
from call.proposals import Proposal
from call.reception import Reception


class ProspectView(Struct, frozen=True):
    """What the customer is told of the end: sentences in order, as they can be said.

    ``untimed`` are the words of what has no time yet, which the sentences leave out.
    """

    sentences: tuple[str, ...] = ()
    untimed: tuple[str, ...] = ()


class SecondLinePort(Protocol):
    """The second line's desk, as far as the case itself does not say it."""

    def block_a(self) -> tuple[str, ...]:
        """What is read in thirty seconds: the lines of Block A of the handoff note."""
        ...

    def reception(self) -> Reception | None:
        """The first three minutes, where anger was received in this case."""
        ...

    def proposals(self) -> tuple[Proposal, ...]:
        """Next actions that law or safety asks for now."""
        ...

    def take_over(self, topic: ActionTopic, owner: str = "") -> None:
        """Put what is proposed on that topic on the list of next actions."""
        ...

    def prospect(self) -> ProspectView:
        """What the customer can be told of the end."""
        ...
