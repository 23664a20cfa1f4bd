"""The running desk: the case in hand, the wrap-ups put aside, commands in and events out."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Protocol

from app.case_desks import CaseDesks, Rules, in_order, is_free, list_lines, waits
from app.case_numbers import CaseNumbers
from call import commands as c
from call.case import CaseSummary
from call.clock import Clock, Reading
from call.decision import Refusal, Situation
from call.desk import CaseDesk, DeskIdentity
from call.events import (
    CaseJoined,
    Direction,
    Envelope,
    EventCorrected,
    EventUndone,
    new_id,
)
from call.fold_times import CallPhase
from call.limits import Limits
from ui.port.change import Change


class JournalPort(Protocol):
    """What the session needs of the journal; never blocks."""

    def append(self, envelopes: Sequence[Envelope], summaries: Sequence[CaseSummary]) -> None:
        """Queue events for commit, with the list lines that follow from them."""
        ...


Listener = Callable[[Change], None]

_BEGINNINGS = (c.Ring, c.StartCall)
# What is typed and marked while the next call is waited for is not about the customer before.
_OF_A_CALL = (
    c.TakeNote,
    c.AdvanceStage,
    c.GoBack,
    c.EnterStage,
    c.ToggleAside,
    c.OpenCard,
    c.SetTemperature,
    c.SetSafety,
    c.StartConsult,
    *c.SECOND_LINE_BEGINNINGS,
)


class Session:
    """Holds at most one case in hand; which one depends on the commands, on nothing else."""

    def __init__(self, clock: Clock, journal: JournalPort, rules: Rules) -> None:
        self._clock = clock
        self._journal = journal
        self._rules = rules
        self._desks: CaseDesks | None = None
        self._early: list[tuple[c.Command, Reading]] = []
        self._listeners: list[Listener] = []
        self._is_open = False
        self._is_chosen = False
        self.desk: CaseDesk | None = None
        self.parked: list[CaseDesk] = []

    # -- life ---------------------------------------------------------------------------------

    def listen(self, listener: Listener) -> None:
        """Hear of every change, in the thread that caused it."""
        self._listeners.append(listener)

    @property
    def phase(self) -> CallPhase:
        """The phase of the case in hand; idle without one."""
        return self.desk.case.phase if self.desk else CallPhase.IDLE

    @property
    def is_open(self) -> bool:
        """Whether the desk knows who it is; until then commands wait."""
        return self._is_open

    def recover(self, identity: DeskIdentity, numbers: CaseNumbers) -> None:
        """Know who this desk is; commands still wait until :meth:`open`."""
        self._desks = CaseDesks(identity, numbers)

    def open(self) -> None:
        """Start working; what was commanded before happens now, at the time it was meant."""
        self._is_open = True
        early, self._early = self._early, []
        for command, at in early:
            self._do_at(command, at)
        self._tell(Change(None))

    def clear(self) -> None:
        """Know nothing any more, because the records are replaced; commands wait until opened."""
        self.desk, self.parked, self._is_chosen, self._is_open = None, [], False, False

    def open_in_memory(self, desk_code: str) -> None:
        """Start working though nothing can be read or written: as a desk of its own.

        Its events are kept by the journal and written when that works. Which case numbers the
        desk has given is not known, so these have a mark of their own in them.
        """
        desk_id = new_id(self._clock.now())
        self.recover(DeskIdentity(desk_id), CaseNumbers(desk_code + desk_id[-4:].upper()))
        self.open()

    def has(self, case_id: str) -> bool:
        """Whether a case is in hand or put aside."""
        desks = [*self.parked, *([self.desk] if self.desk else [])]
        return any(case_id in (desk.case.id, desk.own_case_id) for desk in desks)

    def take_up(self, case_id: str, history: Sequence[Envelope]) -> None:
        """Bring a case back that was running when the program stopped."""
        desk = self._desks_made.for_case(self._rules, case_id, history)
        if desk.case.phase is CallPhase.PARKED:
            self.parked.append(desk)
        elif self.desk is None or not self.desk.case.phase.is_live:
            self.parked += [self.desk] if self.desk and waits(self.desk) else []
            self.desk = desk
        elif waits(desk):
            self.parked.append(desk)

    def choose(self, case_id: str, history: Sequence[Envelope]) -> bool:
        """Lay an earlier case on the desk, to read it or to ring its customer.

        Where its after-call work was put aside, that is taken up again. Returns False where a
        call or after-call work is in hand.
        """
        if self.desk is not None and not is_free(self.desk):
            return False
        waiting = next((desk for desk in self.parked if desk.case.id == case_id), None)
        if waiting is not None:
            self.parked.remove(waiting)
            self.parked.insert(0, waiting)
            return self.do(c.ResumeWrapUp()).refusal is None
        self.desk, self._is_chosen = self._desks_made.for_case(self._rules, case_id, history), True
        self._tell(Change(None))
        return True

    def lay_aside(self) -> None:
        """Put the earlier case back that was laid on the desk."""
        if self._is_chosen:
            self.desk, self._is_chosen = None, False
            self._tell(Change(None))

    @property
    def is_chosen(self) -> bool:
        """Whether the case in hand is an earlier one that was laid on the desk."""
        return self._is_chosen

    @property
    def limits(self) -> Limits:
        """The limits in force."""
        return self._rules.limits

    def adopt(self, rules: Rules) -> None:
        """Work by other limits or flows from now on."""
        self._rules = rules
        for desk in [*self.parked, *([self.desk] if self.desk else [])]:
            desk.book, desk.limits, desk.first_flow = rules.book, rules.limits, rules.first_flow

    # -- commands -----------------------------------------------------------------------------

    def do(self, command: c.Command) -> Change:
        """Carry a command out now; never raises for a wrong state, never waits."""
        return self._do_at(command, self._clock.now())

    def join(self, case_id: str, history: Sequence[Envelope]) -> Change:
        """This call belongs to the earlier case ``case_id``, whose events are ``history``."""
        if self._is_joined_elsewhere(case_id):
            change = Change(c.JoinCase(case_id), refusal=Refusal("join.already"))
            self._tell(change)
            return change
        change = self.do(c.JoinCase(case_id))
        if self.desk is not None and change.events:
            own = self.desk.own_case_id
            self.parked = [desk for desk in self.parked if desk.case.id != case_id]
            self.desk = self._desks_made.for_call(
                self._rules, own, case_id, in_order([*history, *self.desk.history])
            )
            self._keep((), self.desk, self._clock.now())
            self._tell(Change(None))
        return change

    def do_in(
        self, case_id: str, command: c.Command, history: Sequence[Envelope] = ()
    ) -> Change | None:
        """Carry a command out in a case at hand, else in the one whose events are ``history``.

        Returns None where it is not at hand and there is no history.
        """
        desks = [*([self.desk] if self.desk else []), *self.parked]
        desk = next((d for d in desks if case_id in (d.case.id, d.own_case_id)), None)
        if desk is None and history and self._is_open:
            desk = self._desks_made.for_case(self._rules, case_id, history)
        if desk is None:
            return None
        change = self._on(desk, command, self._clock.now())
        self._tell(change)
        return change

    def situation(self) -> Situation | None:
        """What guidance and phrases look at, or None while there is no case."""
        return self.desk.situation(self._clock.now()) if self.desk else None

    def now(self) -> Reading:
        """Both clocks, now."""
        return self._clock.now()

    def _do_at(self, command: c.Command, at: Reading) -> Change:
        if not self._is_open:
            self._early.append((command, at))
            return Change(command)
        if isinstance(command, _BEGINNINGS):
            change = self._begin(command, at)
        elif isinstance(command, c.ResumeWrapUp):
            change = self._resume_wrap_up(command, at)
        elif isinstance(command, c.ParkWrapUp):
            change = self._park(command, at)
        elif (
            self.phase is CallPhase.CLOSED
            and not self._is_chosen
            and isinstance(command, _OF_A_CALL)
        ):
            change = Change(command, refusal=Refusal("phase.closed"))
        elif self.desk is None:
            change = Change(command, refusal=Refusal("phase.no_case"))
        else:
            change = self._on(self.desk, command, at)
        self._tell(change)
        return change

    def _on(self, desk: CaseDesk, command: c.Command, at: Reading) -> Change:
        outcome = desk.do(command, at)
        if isinstance(outcome, Refusal):
            return Change(command, refusal=outcome)
        if outcome:
            self._keep(outcome, desk, at)
            self._part_again(outcome)
            # Once something runs in it again, it is no longer there only to be read.
            self._is_chosen = self._is_chosen and (desk is not self.desk or is_free(desk))
        return Change(command, outcome)

    def _begin(self, command: c.Ring | c.StartCall, at: Reading) -> Change:
        """A call comes: a running one refuses it, unfinished after-call work steps aside."""
        if self.desk and self._belongs_here(command, self.desk):
            self._is_chosen = False
            return self._on(self.desk, command, at)
        self._set_aside(at)
        self.desk = self._desks_made.for_new_case(self._rules, at)
        opened = tuple(self.desk.history)
        self._keep(opened, self.desk, at)
        change = self._on(self.desk, command, at)
        return Change(command, opened + change.events, change.refusal)

    def _belongs_here(self, command: c.Ring | c.StartCall, desk: CaseDesk) -> bool:
        """Whether a call is one of the case in hand.

        It is where one rings or runs already, where the start was taken back, and where the
        agent rings the customer of the earlier case that they have just opened.
        """
        phase = desk.case.phase
        if self._is_chosen:
            return command.direction is Direction.OUTGOING
        return phase.is_live or phase in (CallPhase.RINGING, CallPhase.IDLE)

    def _resume_wrap_up(self, command: c.Command, at: Reading) -> Change:
        phase = self.phase
        if phase.is_live or phase is CallPhase.RINGING:
            return Change(command, refusal=Refusal("parked.in_call"))
        if self.desk and phase is CallPhase.PARKED:
            return self._on(self.desk, command, at)
        if not self.parked:
            return Change(command, refusal=Refusal("phase.no_parked"))
        self._set_aside(at)
        self.desk = self.parked.pop(0)
        if self.desk.case.phase is CallPhase.WRAP_UP:
            return Change(command)
        return self._on(self.desk, command, at)

    def _park(self, command: c.ParkWrapUp, at: Reading) -> Change:
        if self.desk is None:
            return Change(command, refusal=Refusal("phase.no_case"))
        change = self._on(self.desk, command, at)
        if change.refusal is None:
            self._set_aside(at)
        return change

    def _set_aside(self, at: Reading) -> None:
        """Clear the desk; after-call work that is not finished waits, one key away."""
        desk, self.desk, self._is_chosen = self.desk, None, False
        if desk is None or not waits(desk):
            return
        if desk.case.phase is CallPhase.WRAP_UP:
            self._on(desk, c.ParkWrapUp(), at)
        self.parked.append(desk)

    def _part_again(self, events: tuple[Envelope, ...]) -> None:
        """Where a join was taken back, the two cases are two again."""
        desk = self.desk
        if desk is None or desk.case.id == desk.own_case_id:
            return
        targets = {
            e.body.target for e in events if isinstance(e.body, EventUndone | EventCorrected)
        }
        joins = {e.id for e in desk.history if isinstance(e.body, CaseJoined)}
        if not targets & joins:
            return
        own = [event for event in desk.history if event.case_id == desk.own_case_id]
        others = [event for event in desk.history if event.case_id != desk.own_case_id]
        earlier = self._desks_made.for_case(self._rules, desk.case.id, others)
        self.parked += [earlier] if waits(earlier) else []
        self.desk = self._desks_made.for_call(self._rules, desk.own_case_id, desk.own_case_id, own)
        for parted in (earlier, self.desk):
            self._keep((), parted, events[-1].at)

    def _is_joined_elsewhere(self, case_id: str) -> bool:
        desk = self.desk
        return desk is not None and desk.case.id not in (desk.own_case_id, case_id)

    @property
    def identity(self) -> DeskIdentity:
        """In whose name events are recorded, once the session is open."""
        return self._desks_made.identity

    def take_in(self, case_id: str, events: Sequence[Envelope]) -> None:
        """A case got events of another desk; where it is at hand, they are shown."""
        for desk in [*self.parked, *([self.desk] if self.desk else [])]:
            if desk.case.id == case_id:
                desk.take_in(events)
                self._keep((), desk, self._clock.now())
        self._tell(Change(None))

    def write_again(self) -> None:
        """Give the journal all events of the cases at hand: its file had to be begun anew."""
        for desk in [*self.parked, *([self.desk] if self.desk else [])]:
            self._keep(tuple(desk.history), desk, self._clock.now())

    # -- plumbing -----------------------------------------------------------------------------

    @property
    def _desks_made(self) -> CaseDesks:
        assert self._desks is not None  # noqa: S101 - commands wait until the session is open
        return self._desks

    def _keep(self, events: tuple[Envelope, ...], desk: CaseDesk, at: Reading) -> None:
        self._journal.append(events, list_lines(desk, at))

    def _tell(self, change: Change) -> None:
        for listener in self._listeners:
            listener(change)
