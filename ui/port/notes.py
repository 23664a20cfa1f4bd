"""What is being typed, and what the wording check says of it."""

from __future__ import annotations

from collections.abc import Callable
from typing import Protocol

from msgspec import Struct

from scripts_ja.model import NoteKind


class WordingReason(Struct, frozen=True):
    """Why words could be better, from ``start`` up to ``end`` of the text.

    ``better`` are wordings that can take their place, ``remark`` what else is said of them.
    """

    category: str
    start: int
    end: int
    found: str
    better: tuple[str, ...]
    remark: str


class WordingMark(Struct, frozen=True):
    """A place in the text that could be better, and why.

    Several reasons are in order and share words: what is ``found`` is all that any of them names.
    """

    start: int
    end: int
    found: str
    reasons: tuple[WordingReason, ...]


class DraftsPort(Protocol):
    """What is being typed."""

    def listen(self, listener: Callable[[str, str, str], None]) -> None:
        """Hear of typed text found again, of the id of the note it changes, of the kind chosen."""
        ...

    def keep(self, text: str, note_id: str = "") -> None:
        """Keep what is being typed; ``note_id`` is the old note that it changes."""
        ...

    def keep_kind(self, kind: str) -> None:
        """Keep the kind that was chosen by hand; an empty one: none was."""
        ...

    def clear(self) -> None:
        """What was typed is saved or given up."""
        ...

    def withheld_in(self, text: str) -> tuple[str, ...]:
        """The long numbers in a finished text that would be masked, as bare digits."""
        ...


class WordingPort(Protocol):
    """The wording check of what is typed."""

    def check(self, text: str, kind: NoteKind) -> tuple[WordingMark, ...]:
        """The words that could be better in a note of that kind, in order."""
        ...

    def listen(self, listener: Callable[[], None]) -> None:
        """Hear that other words may be marked now."""
        ...
