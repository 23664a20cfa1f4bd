"""After the call: what the record lacks, causes over all cases, the agent's own reflections."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from typing import Protocol

from call.events import Cause


class FieldDrafts(Protocol):
    """What is being typed into named fields, until it is taken or given up."""

    def text(self, field: str) -> str:
        """What was typed there last and not taken yet."""
        ...

    def keep(self, field: str, text: str) -> None:
        """Keep what is typed there; an empty text is none."""
        ...

    def drop(self, field: str) -> None:
        """It was taken, or given up."""
        ...


class WrapUpPort(Protocol):
    """What the wrap-up record needs besides the case itself."""

    def gaps(self) -> tuple[str, ...]:
        """What after-call work still lacks, the conclusion first (``wrap_up.gap.<id>``)."""
        ...

    def report_text(self) -> str:
        """The first report as the flow words it, filled from the case; empty without one."""
        ...

    def questions(self, measure: str) -> tuple[str, ...]:
        """What should be asked about a measure (``prevention.question.<id>``)."""
        ...

    def drafts(self) -> FieldDrafts:
        """What is being typed for the case in hand; it stays that case's, whatever comes."""
        ...


class CauseView(Protocol):
    """A cause with the cases that it was found in: their ids and numbers."""

    @property
    def cause(self) -> Cause:
        """Which cause."""
        ...

    @property
    def cases(self) -> tuple[tuple[str, str], ...]:
        """The id and the number of each case."""
        ...

    @property
    def recurs(self) -> bool:
        """Whether it was found more than once."""
        ...


class CausesPort(Protocol):
    """Causes counted over all cases, read beside the window."""

    def fetch(self, then: Callable[[tuple[CauseView, ...]], None]) -> None:
        """Count and bring them, the most frequent first."""
        ...


class ReflectionView(Protocol):
    """A reflection; ``kind`` is ``reflection``, or ``care`` for what helped after a hard call."""

    @property
    def id(self) -> int:
        """Its number in its file."""
        ...

    @property
    def at(self) -> datetime:
        """When it was written."""
        ...

    @property
    def kind(self) -> str:
        """What it is."""
        ...

    @property
    def keep(self) -> str:
        """One thing to keep; with the kind ``care``, what helped."""
        ...

    @property
    def change(self) -> str:
        """One thing to change."""
        ...

    @property
    def first_phrase(self) -> str:
        """What to say first next time."""
        ...


class ReflectionsPort(Protocol):
    """The agent's own reflections: a file of their own, told to nobody."""

    @property
    def draft(self) -> FieldDrafts:
        """What is being written: the fields ``keep``, ``change`` and ``first_phrase``."""
        ...

    def keep(self, keep: str = "", change: str = "", first_phrase: str = "") -> None:
        """Write a reflection of now; what was being written is written."""
        ...

    def remove(self, reflection_id: int) -> None:
        """Take one out; nothing of it stays."""
        ...

    def fetch(self, then: Callable[[tuple[ReflectionView, ...]], None]) -> None:
        """Bring all of them, the last one first; what was being written is known by then."""
        ...
