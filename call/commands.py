"""What somebody wants to happen: small, immutable, decided on by the desk.

The tag under ``do`` is what a scenario file (and later the local door) calls the command.
"""

from __future__ import annotations

from datetime import datetime
from typing import Annotated

from msgspec import Meta

from call.clock import Reading
from call.command_base import Command as Command
from call.command_base import Level, Minutes
from call.commands_abuse import *  # noqa: F403 - all commands are taken from here
from call.commands_callback import *  # noqa: F403
from call.commands_second import *  # noqa: F403
from call.commands_visit import *  # noqa: F403
from call.commands_wrap_up import *  # noqa: F403
from call.events import Direction, Safety
from scripts_ja.model import HoldKind, NoteKind


class Ring(Command, frozen=True):
    """The telephone rings."""

    number: str = ""
    direction: Direction = Direction.INCOMING


class StartCall(Command, frozen=True):
    """The call is answered, or starts without having rung."""

    number: str = ""
    direction: Direction | None = None


class Hold(Command, frozen=True):
    """Put the caller on hold."""

    hold_kind: HoldKind | None = None


class Resume(Command, frozen=True):
    """Take the caller off hold."""


class ToggleHold(Command, frozen=True):
    """Hold, or resume: one key for both."""


class ToggleHoldKind(Command, frozen=True):
    """The other kind of hold."""


class AnnounceHold(Command, frozen=True):
    """The caller was told how many minutes the hold takes."""

    minutes: Annotated[int, Meta(ge=1, le=60)]


class EndCall(Command, frozen=True):
    """The line is closed, or ringing stopped."""


class ParkWrapUp(Command, frozen=True):
    """Put after-call work aside."""


class ResumeWrapUp(Command, frozen=True):
    """Take after-call work up again."""


class FinishWrapUp(Command, frozen=True):
    """After-call work is done."""


class AdvanceStage(Command, frozen=True):
    """Go to the first stage that follows."""


class GoBack(Command, frozen=True):
    """Go to the stage before."""


class EnterStage(Command, frozen=True):
    """Go to a stage, of this flow or another."""

    stage: str


class ToggleAside(Command, frozen=True):
    """Open the flow that opens from any stage, or return from it."""


class OpenCard(Command, frozen=True):
    """Open an interrupt card; what it says is the window's business, that it was is the case's."""

    card: str
    version: int = 1
    title: str = ""
    suspends_limits: bool = False
    pause_cue: bool = False


class SetTemperature(Command, frozen=True):
    """How hot it is."""

    level: Level


class SetSafety(Command, frozen=True):
    """Answer the safety question."""

    answer: Safety


class MarkSameTalk(Command, frozen=True):
    """The same talk came again."""


class MarkNewFact(Command, frozen=True):
    """Something new was heard."""


class FillField(Command, frozen=True):
    """Give a placeholder its value."""

    key: str
    value: str


class TakeNote(Command, frozen=True):
    """Save a note. ``begun_at`` is the first keystroke; None: now."""

    kind: NoteKind
    text: str
    begun_at: Reading | None = None
    due_at: datetime | None = None


class EditNote(Command, frozen=True):
    """Change a note."""

    note_id: str
    kind: NoteKind
    text: str
    due_at: datetime | None = None


class RemoveNote(Command, frozen=True):
    """Take a note off the pad."""

    note_id: str


class AllowNumber(Command, frozen=True):
    """This long number is a slip or part number."""

    digits: str


class StartConsult(Command, frozen=True):
    """Ask a superior."""


class CommitCallback(Command, frozen=True):
    """Somebody promised to call back."""

    owner: str
    due_at: datetime
    owner_title: str = ""
    estimate_minutes: Minutes = 0


class AnswerCallback(Command, frozen=True):
    """The customer's answer to the callback."""

    accepted: bool


class SettleDue(Command, frozen=True):
    """Something that had a date was done."""

    target: str


class RecordHandoff(Command, frozen=True):
    """The handoff note was made; ``unconfirmed`` are the required gaps it was let through with.

    ``by`` is whose name stands on it.
    """

    form: str
    file_name: str
    missing: tuple[str, ...] = ()
    unconfirmed: tuple[str, ...] = ()
    by: str = ""


class NoteTakenOver(Command, frozen=True):
    """The desk it was handed to has answered: who took the case over and when.

    ``bundle`` is the checksum of the file that they took over.
    """

    by: str
    at: datetime
    bundle: str


class GiveWarning(Command, frozen=True):
    """The customer was asked to stop an act."""

    act: str
    quote: str = ""


class DismissAdvice(Command, frozen=True):
    """Put a prompt aside: in this call, or with a target for that one thing."""

    prompt: str
    target: str = ""


class JoinCase(Command, frozen=True):
    """This call belongs to an earlier case."""

    into: str


class Undo(Command, frozen=True):
    """Take back the last phase, stage, temperature or mark."""


class Correct(Command, frozen=True):
    """Take back what undo may not, with a reason that stays on record.

    ``target`` is the event that is meant; empty: the last one that undo would come to.
    """

    reason: str
    target: str = ""


class Retime(Command, frozen=True):
    """The last start, hold, resume or end happened earlier.

    ``what`` is ``start``, ``hold``, ``resume`` or ``end``; empty: the last of them.
    """

    seconds_ago: Annotated[float, Meta(ge=0, le=86_400)]
    what: str = ""
