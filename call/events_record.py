"""Events of what is marked and noted: stages, temperature, fields, the note pad."""

from __future__ import annotations

from datetime import datetime

from call.clock import Reading
from call.event_base import Event, Safety
from scripts_ja.model import NoteKind


class StageEntered(Event, frozen=True, tag=True):
    """A stage was entered. The title is stored: folding never reads a flow file.

    For the same reason it says what guidance has to know of the stage: whether solutions are
    folded in it, whether it begins with a look at oneself, and whether its flow opens anywhere.
    """

    flow_id: str
    flow_version: int
    stage_id: str
    title: str
    hearing_try: int = 0
    back: bool = False
    solution_folded: bool = False
    self_check: bool = False
    aside: bool = False


class TemperatureSet(Event, frozen=True, tag=True):
    """How hot it is, 1 (calm) to 5 (danger)."""

    level: int


class SafetySet(Event, frozen=True, tag=True):
    """The answer to the safety question."""

    answer: Safety


class SameTalkRepeated(Event, frozen=True, tag=True):
    """The same talk came again (同じ話)."""


class NewFactHeard(Event, frozen=True, tag=True):
    """Something new was heard (新しい事実)."""


class CardOpened(Event, frozen=True, tag=True):
    """An interrupt card was opened. The title is stored: folding reads no card file.

    So is what guidance has to know of the card: whether it takes all limits away for the rest of
    the call, and whether it asks for a pause.
    """

    free_text = ("title",)
    card_id: str
    card_version: int
    title: str
    suspends_limits: bool = False
    pause_cue: bool = False


class FieldFilled(Event, frozen=True, tag=True):
    """A placeholder of the case got its value; an empty value empties it."""

    free_text = ("value",)
    key: str
    value: str


class NumberAllowed(Event, frozen=True, tag=True):
    """The agent says that this long number is a slip or part number and may be stored."""

    digits: str


# -- notes --------------------------------------------------------------------------------------


class NoteTaken(Event, frozen=True, tag=True):
    """A note was saved; its time is that of its first keystroke."""

    free_text = ("text",)
    note_id: str
    note_kind: NoteKind
    text: str
    begun_at: Reading
    due_at: datetime | None = None


class NoteEdited(Event, frozen=True, tag=True):
    """A note now reads differently."""

    free_text = ("text",)
    note_id: str
    note_kind: NoteKind
    text: str
    due_at: datetime | None = None


class NoteRemoved(Event, frozen=True, tag=True):
    """A note was taken off the list (undo brings it back)."""

    note_id: str
