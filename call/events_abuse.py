"""Events of an abusive call: acts and words, the superior's decision, what the record adds (F7).

Nothing here names a person: acts are recorded, with their words and their time (rules.md T3).
"""

from __future__ import annotations

from call.event_base import AbuseDecision, AbusePart, Event


class ActRecorded(Event, frozen=True, tag=True):
    """An act, by the ids of its types, with the words as they were said.

    ``is_danger``: harm was threatened; that goes to a superior at once (rules.md #110, L4).
    """

    free_text = ("quote",)
    act_types: tuple[str, ...] = ()
    quote: str = ""
    is_danger: bool = False


class ActDetailed(Event, frozen=True, tag=True):
    """An act got its types and words: it was kept by one key, at once, and these came after."""

    free_text = ("quote",)
    act_id: str
    act_types: tuple[str, ...] = ()
    quote: str = ""


class AbuseDecided(Event, frozen=True, tag=True):
    """A superior decided how the call goes on, or that it ends (rules.md T5)."""

    free_text = ("by", "words")
    decision: AbuseDecision
    by: str
    words: str = ""


class AbuseNoted(Event, frozen=True, tag=True):
    """A part of the record was written; empty words empty it."""

    free_text = ("text",)
    part: AbusePart
    text: str
