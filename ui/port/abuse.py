"""Abusive calls, as far as the case itself does not say it."""

from __future__ import annotations

from collections.abc import Callable
from typing import Protocol

from msgspec import Struct

from call.past_calls import PastCalls
from scripts_ja.model import ActType
from ui.port.visits import PaperText


class AbuseGuide(Struct, frozen=True):
    """What stands over every such call: the gate, what to tell apart, kinds of acts to mark."""

    gate: str = ""
    checks: tuple[str, ...] = ()
    kinds: tuple[ActType, ...] = ()


class RepeatView(Struct, frozen=True):
    """The earlier cases of a number, the last one first.

    ``calls`` counts with the call that runs; ``is_repeated``: as often as the limit says.
    """

    cases: tuple[PastCalls, ...]
    calls: int
    is_repeated: bool


class AbusePort(Protocol):
    """Who rings again, what is written down, and the agent's own care."""

    def guide(self) -> AbuseGuide:
        """The flow's gate and kinds of acts."""
        ...

    def fetch_repeats(self, number: str, then: Callable[[RepeatView], None]) -> None:
        """Look the number up beside the window, and bring what earlier cases say."""
        ...

    def record(self) -> PaperText | None:
        """The record of the last call in which something was recorded, or None."""
        ...

    def care(self, words: str) -> None:
        """Keep for the agent alone what was offered or helped: no event, no paper."""
        ...
