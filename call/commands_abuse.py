"""What somebody wants to happen in an abusive call; warnings are ``GiveWarning``."""

from __future__ import annotations

from call.command_base import Command
from call.events import AbuseDecision, AbusePart


class RecordAct(Command, frozen=True):
    """An act happened: its types, its words, or both."""

    act_types: tuple[str, ...] = ()
    quote: str = ""
    is_danger: bool = False


class DetailAct(Command, frozen=True):
    """The types and words of an act that was recorded; without an id it is the last one."""

    act_types: tuple[str, ...] = ()
    quote: str = ""
    act_id: str = ""


class DecideAbuse(Command, frozen=True):
    """What the superior decided, and who that is."""

    decision: AbuseDecision
    by: str
    words: str = ""


class NoteAbuse(Command, frozen=True):
    """Write a part of the record."""

    part: AbusePart
    text: str
