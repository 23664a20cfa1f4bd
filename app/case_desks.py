"""Desks of cases: making them under the rules in force, and what lists keep of them."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from msgspec import Struct, structs

from app.case_numbers import CaseNumbers
from call.case import CaseSummary, summarize
from call.clock import Reading
from call.desk import CaseDesk, DeskIdentity
from call.events import CaseOpened, Envelope
from call.fold_times import CallPhase
from call.limits import Limits
from scripts_ja.model import FlowBook


class Rules(Struct, frozen=True):
    """What decisions depend on besides the case: replaced whole when settings or flows change."""

    book: FlowBook
    limits: Limits
    first_flow: str


class CaseDesks:
    """Makes desks in the name of one desk identity, with case numbers of its own."""

    def __init__(self, identity: DeskIdentity, numbers: CaseNumbers) -> None:
        self.identity = identity
        self._numbers = numbers

    def for_new_case(self, rules: Rules, at: Reading) -> CaseDesk:
        """A desk for a case that nobody has had before."""
        case_no = self._numbers.next(at.wall.astimezone())
        return CaseDesk.open(self.identity, case_no, at, **structs.asdict(rules))

    def for_case(self, rules: Rules, case_id: str, history: Sequence[Envelope]) -> CaseDesk:
        """A desk for a case with a history; new events go where those of the last call went."""
        calls = [event for event in history if event.call_id is not None]
        own = calls[-1].case_id if calls else case_id
        return self.for_call(rules, own, case_id, history)

    def for_call(
        self, rules: Rules, own_case_id: str, case_id: str, history: Sequence[Envelope]
    ) -> CaseDesk:
        """A desk for a case whose running call files its events under ``own_case_id``."""
        return CaseDesk(
            self.identity,
            own_case_id,
            case_id=case_id,
            history=in_order(history),
            **structs.asdict(rules),
        )


def waits(desk: CaseDesk) -> bool:
    """Whether after-call work of this case is not finished."""
    return desk.case.phase.is_after_call


def is_free(desk: CaseDesk) -> bool:
    """Whether nothing runs in this case."""
    return desk.case.phase in (CallPhase.IDLE, CallPhase.CLOSED)


def in_order(events: Iterable[Envelope]) -> list[Envelope]:
    """One desk's events as they happened; those of several desks as they came."""
    found = list(events)
    if len({event.desk_id for event in found}) > 1:
        return found
    return sorted(found, key=lambda event: event.seq)


def list_lines(desk: CaseDesk, at: Reading) -> list[CaseSummary]:
    """The list lines of a case and, where this call was joined to it, of the call's own case."""
    whole = summarize(desk.case, at)
    if desk.case.id == desk.own_case_id:
        return [whole]
    opened = _own_opening(desk)
    own = CaseSummary(
        case_id=desk.own_case_id,
        case_no=opened.body.case_no if opened and isinstance(opened.body, CaseOpened) else "",
        status="joined",
        opened_at=opened.at.wall if opened else at.wall,
        touched_at=at.wall,
        joined_to=desk.case.id,
    )
    return [whole, own]


def _own_opening(desk: CaseDesk) -> Envelope | None:
    own = (event for event in desk.history if event.case_id == desk.own_case_id)
    return next((event for event in own if isinstance(event.body, CaseOpened)), None)
