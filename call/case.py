"""A complaint over all its calls, folded from its events and nothing else."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime
from itertools import chain

from msgspec import Struct

from call.clock import Reading
from call.corrections import corrections_in, is_correction
from call.dues import ACTION, CALLBACK, OFFER, PROMISE
from call.dues import Due as Due
from call.editions import editions_in
from call.events import (
    Body,
    CaseOpened,
    DueHandedOn,
    DuePostponed,
    Envelope,
    OfferAnswer,
    StageEntered,
    UnknownEvent,
)
from call.fold_abuse import Abuse
from call.fold_actions import ActionList
from call.fold_callbacks import Callbacks
from call.fold_columns import Columns
from call.fold_concession import ConcessionMark, ConcessionSlot
from call.fold_dues import DueBook
from call.fold_facts import FactInventory
from call.fold_handing_up import HandingUp
from call.fold_marks import Marks
from call.fold_notes import NotePad
from call.fold_plan import Plan
from call.fold_prevention import Prevention
from call.fold_scale import ScaleOfCalls
from call.fold_stages import StagePath
from call.fold_times import CallPhase, CallRecord
from call.fold_visits import Visits
from call.fold_wrap_up import WrapUp
from scripts_ja.model import NoteKind

_AT_REST = (CallPhase.PARKED, CallPhase.CLOSED)


class Case:
    """What is known of a complaint now. Read it; only folding changes it."""

    def __init__(self, case_id: str) -> None:
        self.id = case_id
        self.case_no = ""
        self.opened_at: Reading | None = None
        self.calls: dict[str, CallRecord] = {}
        self.stages = StagePath()
        self.notes = NotePad()
        self.marks = Marks()
        self.handing_up = HandingUp()
        self.scales = ScaleOfCalls()
        self.plan = Plan()
        self.facts = FactInventory(self.notes)
        self.columns = Columns(self.notes)
        self.concession = ConcessionSlot()
        self.actions = ActionList()
        self.callbacks = Callbacks()
        self.due_book = DueBook()
        self.visits = Visits()
        self.abuse = Abuse()
        self.wrap_up = WrapUp()
        self.prevention = Prevention()

    @classmethod
    def of(cls, case_id: str, envelopes: Iterable[Envelope]) -> Case:
        """Fold all events of a case (and of the cases joined to it) anew.

        The case number is that of ``case_id`` itself, whatever was joined to it.
        """
        events = list(envelopes)
        corrections = corrections_in(events)
        case = cls(case_id)
        for event in events:
            if event.id not in corrections.annulled:
                case.apply(event, corrections.time_of(event))
        case.handing_up.recount(*editions_in(events, corrections.annulled))
        return case

    def apply(self, envelope: Envelope, at: Reading | None = None) -> None:
        """Fold one more event that is no correction; ``at`` is when it really happened."""
        body, call_id = envelope.body, envelope.call_id
        if isinstance(body, UnknownEvent) or is_correction(body):
            return
        when = at or envelope.at
        if isinstance(body, CaseOpened):
            self._open(envelope, body, when)
        self._apply_to_call(envelope, body, when)
        if isinstance(body, StageEntered):
            self.stages.apply(body, call_id, when)
        self.notes.apply(body, call_id)
        self.marks.apply(body, call_id, when)
        self.handing_up.apply(body, envelope.id, call_id, when)
        self.scales.apply(body, call_id)
        self._apply_to_second_line(envelope, body, when)
        self._apply_to_afterwards(envelope, body, when)

    def _open(self, envelope: Envelope, body: CaseOpened, at: Reading) -> None:
        if envelope.case_id == self.id:
            self.case_no, self.opened_at = body.case_no, at

    def _apply_to_second_line(self, envelope: Envelope, body: Body, at: Reading) -> None:
        self.plan.apply(body, envelope.call_id, at)
        self.facts.apply(body)
        self.columns.apply(body)
        self.concession.apply(body, envelope, at)
        self.actions.apply(body, envelope.call_id, at)

    def _apply_to_afterwards(self, envelope: Envelope, body: Body, at: Reading) -> None:
        call_id = envelope.call_id
        self.callbacks.apply(body, call_id, at)
        if isinstance(body, DuePostponed | DueHandedOn):
            self.due_book.apply(body, at, self.dues())
        self.visits.apply(body, at)
        self.abuse.apply(body, envelope.id, call_id, at)
        self.wrap_up.apply(body, envelope.id, call_id, at)
        self.prevention.apply(body, at)

    def _apply_to_call(self, envelope: Envelope, body: Body, at: Reading) -> None:
        if envelope.call_id is None:
            return
        call = self.calls.get(envelope.call_id) or CallRecord(envelope.call_id)
        call.apply(body, envelope.id, at)
        if call.spans:
            self.calls[envelope.call_id] = call

    @property
    def call(self) -> CallRecord | None:
        """The call that runs; else one whose after-call work waits; else the last one.

        A case that others were joined to may hold several that are not closed.
        """
        calls = list(reversed(self.calls.values()))
        running = (call for call in calls if call.phase not in _AT_REST)
        waiting = (call for call in calls if call.phase is CallPhase.PARKED)
        return next(chain(running, waiting, calls), None)

    @property
    def call_id(self) -> str | None:
        """The id of that call."""
        return self.call.call_id if self.call else None

    @property
    def phase(self) -> CallPhase:
        """Where that call stands."""
        return self.call.phase if self.call else CallPhase.IDLE

    @property
    def holds_in_call(self) -> int:
        """Holds of that call (rules.md #72)."""
        return len(self.call.holds) if self.call else 0

    @property
    def holds_in_case(self) -> int:
        """Holds over all calls of the case."""
        return sum(len(call.holds) for call in self.calls.values())

    @property
    def has_no_limits(self) -> bool:
        """Whether a card took all limits away for the rest of that call (flows.md X12)."""
        return bool(self.marks.suspending_cards(self.call_id))

    def field(self, key: str) -> str:
        """The value of a placeholder, or an empty string."""
        return self.marks.fields.get(key, "")

    def dues(self) -> tuple[Due, ...]:
        """What this case still owes and by when (:mod:`call.dues`), the soonest first."""
        commitment = self.handing_up.commitment
        callbacks = []
        if commitment and commitment.accepted is not False:
            callbacks.append(
                Due(CALLBACK, commitment.event_id, commitment.due_at, commitment.owner, "")
            )
        promises = [
            Due(PROMISE, entry.note_id, entry.due_at, entry.owner, entry.text)
            for entry in self.columns.of_kind(NoteKind.PROMISE)
            if entry.due_at is not None
        ]
        actions = [
            Due(ACTION, action.action_id, action.due_at, action.owner, action.text)
            for action in self.actions.open
            if action.due_at is not None
        ]
        offers = [
            Due(OFFER, told.event_id, told.expires_at, told.approver, told.offer)
            for told in self.concession.told
            if told.expires_at is not None and told.answer is OfferAnswer.OPEN
        ]
        settled = self.handing_up.settled
        promised = [*callbacks, *promises, *offers, *self.visits.dues(), *self.prevention.dues()]
        owed = [due for due in promised if due.target not in settled] + actions
        return tuple(sorted(self.due_book.with_untold(tuple(owed)), key=lambda due: due.at))


class CaseSummary(Struct, frozen=True):
    """A line about a case for lists: what storage keeps beside the events, derived from them.

    ``status`` is ``open`` (a call or after-call work runs, or something is owed), ``done`` or
    ``joined`` (its events count for ``joined_to``). ``concession`` says where there was more
    than the one.
    """

    case_id: str
    case_no: str
    status: str
    opened_at: datetime
    touched_at: datetime
    joined_to: str = ""
    company_no: str = ""
    customer: str = ""
    reading: str = ""
    number: str = ""
    issue: str = ""
    stage_title: str = ""
    phase: CallPhase = CallPhase.IDLE
    dues: tuple[Due, ...] = ()
    concession: ConcessionMark = ConcessionMark.NONE


def summarize(case: Case, touched_at: Reading) -> CaseSummary:
    """The line for lists, of a case that is not joined to another."""
    dues = case.dues()
    is_running = case.phase.is_live or case.phase.is_after_call or case.phase is CallPhase.RINGING
    stage = case.stages.current
    return CaseSummary(
        case_id=case.id,
        case_no=case.case_no,
        status="open" if is_running or dues else "done",
        opened_at=(case.opened_at or touched_at).wall,
        touched_at=touched_at.wall,
        company_no=case.field("company_no"),
        customer=case.field("customer"),
        reading=case.field("reading"),
        number=case.field("callback_tel") or (case.call.number if case.call else ""),
        issue=case.field("issue"),
        stage_title=stage.title if stage else "",
        phase=case.phase,
        dues=dues,
        concession=case.concession.mark,
    )
