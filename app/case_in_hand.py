"""Which case is in hand, and which wait: it depends on the commands, on nothing else."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Protocol

from app.case_desks import CaseDesks, Rules, in_order, is_free, list_lines, waits
from call import commands as c
from call.case import CaseSummary
from call.clock import Reading
from call.corrections import taken_back
from call.decision import Refusal
from call.desk import CaseDesk
from call.events import CaseJoined, Direction, Envelope, EventCorrected, EventUndone
from call.fold_times import CallPhase
from ui.port.change import Change


class JournalPort(Protocol):
    """What the session needs of the journal; never blocks."""

    def append(self, envelopes: Sequence[Envelope], summaries: Sequence[CaseSummary]) -> None:
        """Queue events for commit, with the list lines that follow from them."""
        ...


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


class CaseInHand:
    """At most one case in hand, and the wrap-ups put aside: begins, parks, resumes, joins, parts.

    All it records goes to the journal with the list lines that follow; whoever asked gets the
    change and tells it. ``desks`` is there from the moment the desk knows who it is.
    """

    def __init__(self, journal: JournalPort, rules: Rules) -> None:
        self._journal = journal
        self.rules = rules
        self.desks: CaseDesks | None = None
        self.desk: CaseDesk | None = None
        self.parked: list[CaseDesk] = []
        self.is_chosen = False

    @property
    def all(self) -> list[CaseDesk]:
        """The desks of all cases at hand."""
        return [*self.parked, *([self.desk] if self.desk else [])]

    @property
    def phase(self) -> CallPhase:
        """The phase of the case in hand; idle without one."""
        return self.desk.case.phase if self.desk else CallPhase.IDLE

    @property
    def made(self) -> CaseDesks:
        """Whoever makes desks, in the name of this one."""
        assert self.desks is not None  # noqa: S101 - commands wait until the session is open
        return self.desks

    def find(self, case_id: str) -> CaseDesk | None:
        """The desk of a case at hand, under its own id or that of a call that was joined to it."""
        desks = [*([self.desk] if self.desk else []), *self.parked]
        return next((desk for desk in desks if case_id in (desk.case.id, desk.own_case_id)), None)

    # -- laid there ---------------------------------------------------------------------------

    def take_up(self, case_id: str, history: Sequence[Envelope]) -> None:
        """Bring a case back that was running when the program stopped."""
        desk = self.made.for_case(self.rules, case_id, history)
        if desk.case.phase is CallPhase.PARKED:
            self.parked.append(desk)
        elif self.desk is None or not self.desk.case.phase.is_live:
            self.parked += [self.desk] if self.desk and waits(self.desk) else []
            self.desk = desk
        elif waits(desk):
            self.parked.append(desk)

    def choose(self, case_id: str, history: Sequence[Envelope]) -> None:
        """Lay an earlier case on the desk, to read it or to ring its customer."""
        self.desk, self.is_chosen = self.made.for_case(self.rules, case_id, history), True

    def bring_up(self, case_id: str) -> bool:
        """Make a parked case the next to be resumed; False where it is not among them."""
        waiting = next((desk for desk in self.parked if desk.case.id == case_id), None)
        if waiting is not None:
            self.parked.remove(waiting)
            self.parked.insert(0, waiting)
        return waiting is not None

    def lay_aside(self) -> bool:
        """Put the earlier case back that was laid on the desk; False where there is none."""
        was_chosen = self.is_chosen
        if was_chosen:
            self.desk, self.is_chosen = None, False
        return was_chosen

    def clear(self) -> None:
        """Know of no case any more, because the records are replaced."""
        self.desk, self.parked, self.is_chosen = None, [], False

    def is_joined_elsewhere(self, case_id: str) -> bool:
        """Whether the call belongs to another earlier case already."""
        desk = self.desk
        return desk is not None and desk.case.id not in (desk.own_case_id, case_id)

    def join(self, case_id: str, history: Sequence[Envelope], at: Reading) -> None:
        """Go on with the call in hand as one of that earlier case, now that it was said."""
        if self.desk is None:
            return
        own = self.desk.own_case_id
        self.parked = [desk for desk in self.parked if desk.case.id != case_id]
        self.desk = self.made.for_call(
            self.rules, own, case_id, in_order([*history, *self.desk.history])
        )
        self.keep((), self.desk, at)

    # -- commands -----------------------------------------------------------------------------

    def do(self, command: c.Command, at: Reading) -> Change:
        """Carry a command out at that time."""
        if isinstance(command, _BEGINNINGS):
            return self._begin(command, at)
        if isinstance(command, c.ResumeWrapUp):
            return self._resume_wrap_up(command, at)
        if isinstance(command, c.ParkWrapUp):
            return self._park(command, at)
        is_between_calls = self.phase is CallPhase.CLOSED and not self.is_chosen
        if is_between_calls and isinstance(command, _OF_A_CALL):
            return Change(command, refusal=Refusal("phase.closed"))
        if self.desk is None:
            return Change(command, refusal=Refusal("phase.no_case"))
        return self.on(self.desk, command, at)

    def on(self, desk: CaseDesk, command: c.Command, at: Reading) -> Change:
        """Carry a command out in the case of that desk."""
        outcome = desk.do(command, at)
        if isinstance(outcome, Refusal):
            return Change(command, refusal=outcome)
        if outcome:
            self.keep(outcome, desk, at)
            self._part_again(outcome)
            # Once something runs in it again, it is no longer there only to be read.
            self.is_chosen = self.is_chosen and (desk is not self.desk or is_free(desk))
        return Change(command, outcome, taken_back=taken_back(outcome, desk.history))

    def _begin(self, command: c.Ring | c.StartCall, at: Reading) -> Change:
        """A call comes: a running one refuses it, unfinished after-call work steps aside."""
        if self.desk and self._belongs_here(command, self.desk):
            self.is_chosen = False
            return self.on(self.desk, command, at)
        self._set_aside(at)
        self.desk = self.made.for_new_case(self.rules, at)
        opened = tuple(self.desk.history)
        self.keep(opened, self.desk, at)
        change = self.on(self.desk, command, at)
        return Change(command, opened + change.events, change.refusal)

    def _belongs_here(self, command: c.Ring | c.StartCall, desk: CaseDesk) -> bool:
        """Whether a call is one of the case in hand.

        It is where one rings or runs already, where the start was taken back, and where the
        agent rings the customer of the earlier case that they have just opened.
        """
        phase = desk.case.phase
        if self.is_chosen:
            return command.direction is Direction.OUTGOING
        return phase.is_live or phase in (CallPhase.RINGING, CallPhase.IDLE)

    def _resume_wrap_up(self, command: c.Command, at: Reading) -> Change:
        phase = self.phase
        if phase.is_live or phase is CallPhase.RINGING:
            return Change(command, refusal=Refusal("parked.in_call"))
        if self.desk and phase is CallPhase.PARKED:
            return self.on(self.desk, command, at)
        if not self.parked:
            return Change(command, refusal=Refusal("phase.no_parked"))
        self._set_aside(at)
        self.desk = self.parked.pop(0)
        if self.desk.case.phase is CallPhase.WRAP_UP:
            return Change(command)
        return self.on(self.desk, command, at)

    def _park(self, command: c.ParkWrapUp, at: Reading) -> Change:
        if self.desk is None:
            return Change(command, refusal=Refusal("phase.no_case"))
        change = self.on(self.desk, command, at)
        if change.refusal is None:
            self._set_aside(at)
        return change

    def _set_aside(self, at: Reading) -> None:
        """Clear the desk; after-call work that is not finished waits, one key away."""
        desk, self.desk, self.is_chosen = self.desk, None, False
        if desk is None or not waits(desk):
            return
        if desk.case.phase is CallPhase.WRAP_UP:
            self.on(desk, c.ParkWrapUp(), at)
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
        earlier = self.made.for_case(self.rules, desk.case.id, others)
        self.parked += [earlier] if waits(earlier) else []
        self.desk = self.made.for_call(self.rules, desk.own_case_id, desk.own_case_id, own)
        for parted in (earlier, self.desk):
            self.keep((), parted, events[-1].at)

    def keep(self, events: tuple[Envelope, ...], desk: CaseDesk, at: Reading) -> None:
        """Give the journal what was recorded, with the list lines that follow."""
        self._journal.append(events, list_lines(desk, at))
