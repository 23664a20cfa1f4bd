"""The running desk: commands in, now or as soon as it is open; changes out to all who listen."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from app.case_desks import CaseDesks, Rules, is_free
from app.case_in_hand import CaseInHand, JournalPort
from app.case_numbers import CaseNumbers
from call import commands as c
from call.clock import Clock, Reading
from call.decision import Refusal, Situation
from call.desk import CaseDesk, DeskIdentity
from call.events import Envelope, new_id
from call.fold_times import CallPhase
from call.limits import Limits
from ui.port.change import Change

Listener = Callable[[Change], None]


class Session:
    """Lets commands wait until it is open, has them carried out in the case in hand, and tells."""

    def __init__(self, clock: Clock, journal: JournalPort, rules: Rules) -> None:
        self._clock = clock
        self._hand = CaseInHand(journal, rules)
        self._early: list[tuple[c.Command, Reading]] = []
        self._listeners: list[Listener] = []
        self._is_open = False

    # -- life ---------------------------------------------------------------------------------

    def listen(self, listener: Listener) -> None:
        """Hear of every change, in the thread that caused it."""
        self._listeners.append(listener)

    @property
    def phase(self) -> CallPhase:
        """The phase of the case in hand; idle without one."""
        return self._hand.phase

    @property
    def desk(self) -> CaseDesk | None:
        """The desk of the case in hand."""
        return self._hand.desk

    @property
    def parked(self) -> Sequence[CaseDesk]:
        """The desks of the cases whose after-call work waits; the next to be resumed first."""
        return self._hand.parked

    @property
    def is_open(self) -> bool:
        """Whether the desk knows who it is; until then commands wait."""
        return self._is_open

    def recover(self, identity: DeskIdentity, numbers: CaseNumbers) -> None:
        """Know who this desk is; commands still wait until :meth:`open`."""
        self._hand.desks = CaseDesks(identity, numbers)

    def open(self) -> None:
        """Start working; what was commanded before happens now, at the time it was meant."""
        self._is_open = True
        early, self._early = self._early, []
        for command, at in early:
            self._do_at(command, at)
        self._tell(Change(None))

    def clear(self) -> None:
        """Know nothing any more, because the records are replaced; commands wait until opened."""
        self._hand.clear()
        self._is_open = False

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
        return self._hand.find(case_id) is not None

    def take_up(self, case_id: str, history: Sequence[Envelope]) -> None:
        """Bring a case back that was running when the program stopped."""
        self._hand.take_up(case_id, history)

    def choose(self, case_id: str, history: Sequence[Envelope]) -> bool:
        """Lay an earlier case on the desk, to read it or to ring its customer.

        Where its after-call work was put aside, that is taken up again. Returns False where a
        call or after-call work is in hand.
        """
        if self.desk is not None and not is_free(self.desk):
            return False
        if self._hand.bring_up(case_id):
            return self.do(c.ResumeWrapUp()).refusal is None
        self._hand.choose(case_id, history)
        self._tell(Change(None))
        return True

    def lay_aside(self) -> None:
        """Put the earlier case back that was laid on the desk."""
        if self._hand.lay_aside():
            self._tell(Change(None))

    @property
    def is_chosen(self) -> bool:
        """Whether the case in hand is an earlier one that was laid on the desk."""
        return self._hand.is_chosen

    @property
    def limits(self) -> Limits:
        """The limits in force."""
        return self._hand.rules.limits

    def adopt(self, rules: Rules) -> None:
        """Work by other limits or flows from now on."""
        self._hand.rules = rules
        for desk in self._hand.all:
            desk.book, desk.limits, desk.first_flow = rules.book, rules.limits, rules.first_flow

    # -- commands -----------------------------------------------------------------------------

    def do(self, command: c.Command) -> Change:
        """Carry a command out now; never raises for a wrong state, never waits."""
        return self._do_at(command, self._clock.now())

    def join(self, case_id: str, history: Sequence[Envelope]) -> Change:
        """This call belongs to the earlier case ``case_id``, whose events are ``history``."""
        if self._hand.is_joined_elsewhere(case_id):
            change = Change(c.JoinCase(case_id), refusal=Refusal("join.already"))
            self._tell(change)
            return change
        change = self.do(c.JoinCase(case_id))
        if change.events:
            self._hand.join(case_id, history, self._clock.now())
            self._tell(Change(None))
        return change

    def do_in(
        self, case_id: str, command: c.Command, history: Sequence[Envelope] = ()
    ) -> Change | None:
        """Carry a command out in a case at hand, else in the one whose events are ``history``.

        Returns None where it is not at hand and there is no history.
        """
        desk = self._hand.find(case_id)
        if desk is None and history and self._is_open:
            desk = self._hand.made.for_case(self._hand.rules, case_id, history)
        if desk is None:
            return None
        change = self._hand.on(desk, command, self._clock.now())
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
        change = self._hand.do(command, at)
        self._tell(change)
        return change

    @property
    def identity(self) -> DeskIdentity:
        """In whose name events are recorded, once the session is open."""
        return self._hand.made.identity

    def take_in(self, case_id: str, events: Sequence[Envelope]) -> None:
        """A case got events of another desk; where it is at hand, they are shown."""
        for desk in self._hand.all:
            if desk.case.id == case_id:
                desk.take_in(events)
                self._hand.keep((), desk, self._clock.now())
        self._tell(Change(None))

    def write_again(self) -> None:
        """Give the journal all events of the cases at hand: its file had to be begun anew."""
        for desk in self._hand.all:
            self._hand.keep(tuple(desk.history), desk, self._clock.now())

    def _tell(self, change: Change) -> None:
        for listener in self._listeners:
            listener(change)
