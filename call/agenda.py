"""What is due in cases that are not in hand: pure structs, projected from folded cases.

Times here are walls (UTC): what is due at 15:30 is due by the clock on the wall, across restarts.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import datetime, timedelta

from msgspec import Struct

from call.case import Case
from call.clock import Reading, elapsed_seconds
from call.dues import Due
from call.events import Safety
from call.fold_times import CallPhase, CallRecord
from call.limits import Limits
from scripts_ja.model import NoteKind

INTERIM = "interim"
# Nobody was reached as often as is tried: a superior decides.
UNREACHED = "unreached"
# Nobody has heard of the visitors though they should have left.
VISIT_OVERDUE = "visit_overdue"
# What must be told upwards after a call; the second where somebody may be harmed.
REPORT, REPORT_SAFETY = "report", "report_safety"

_HOT = 4  # temperatures 4 and 5 are told upwards (rules.md #38)


class AgendaEntry(Struct, frozen=True):
    """One thing that a case owes.

    ``what.kind`` is one of :mod:`call.dues`, ``unreached`` (a call was tried in vain as often as is
    tried), ``interim`` (nobody has talked with the customer for long), ``report`` or
    ``report_safety`` (a call is over that a superior has not heard of). ``key`` is what a reminder
    of it is put aside under: it changes when the date does. ``put_aside`` are the prompts (id, key)
    that were put aside in this case.
    """

    case_id: str
    case_no: str
    customer: str
    what: Due
    key: str
    put_aside: frozenset[tuple[str, str]] = frozenset()

    @property
    def at(self) -> datetime:
        """When it is due (UTC)."""
        return self.what.at

    @property
    def owner(self) -> str:
        """Who owes it, where somebody is named."""
        return self.what.owner


class Agenda(Struct, frozen=True):
    """All entries of the other cases, the soonest first."""

    entries: tuple[AgendaEntry, ...] = ()

    @classmethod
    def of(cls, entries: Iterable[AgendaEntry]) -> Agenda:
        """The agenda of these entries, in any order."""
        return cls(tuple(sorted(entries, key=lambda entry: entry.at)))


class AgendaLine(Struct, frozen=True):
    """A line of the list of all that is owed. ``seconds_left`` is negative once it is late."""

    entry: AgendaEntry
    seconds_left: float

    @property
    def is_late(self) -> bool:
        """Whether its time has passed."""
        return self.seconds_left <= 0


def lines_of(
    agenda: Agenda, case: Case | None, now: Reading, limits: Limits
) -> tuple[AgendaLine, ...]:
    """All that is owed over all cases, the soonest first.

    The case in hand is as it is now: the agenda may still hold it as it was.
    """
    own = entries_of(case, limits) if case else ()
    own_id = case.id if case else ""
    others = (entry for entry in agenda.entries if entry.case_id != own_id)
    entries = Agenda.of((*own, *others)).entries
    return tuple(AgendaLine(entry, (entry.at - now.wall).total_seconds()) for entry in entries)


def entries_of(case: Case, limits: Limits) -> tuple[AgendaEntry, ...]:
    """What a case owes, its first and its interim report with it; nothing while one talks."""
    if case.phase.is_live:
        return ()
    dues = case.dues()
    owed = (
        *_dated(case, dues, limits),
        *_interim(case, dues, limits),
        *_report(case, limits),
        *_overdue(case, limits),
    )
    if not owed:
        return ()
    number = case.field("company_no") or case.case_no
    customer, aside = case.field("customer"), frozenset(case.handing_up.put_aside)
    return tuple(AgendaEntry(case.id, number, customer, what, key, aside) for what, key in owed)


def _dated(case: Case, dues: tuple[Due, ...], limits: Limits) -> Iterator[tuple[Due, str]]:
    """What has a date; once a call was tried often enough, the decision that it waits for."""
    for due in dues:
        tries = case.callbacks.in_vain(due.target)
        if len(tries) >= limits.callback_attempts:
            since = tries[limits.callback_attempts - 1].at.wall
            yield Due(UNREACHED, due.target, since, due.owner, due.text), f"{due.target} unreached"
        else:
            yield due, f"{due.target} {due.at:%Y-%m-%dT%H:%M}"


def _interim(case: Case, dues: tuple[Due, ...], limits: Limits) -> Iterator[tuple[Due, str]]:
    """An interim report where a date is further away than the customer can be left alone (R10)."""
    ends = [call.ended_at.wall for call in case.calls.values() if call.ended_at is not None]
    if not ends:
        return
    at = max(ends) + timedelta(hours=limits.interim_report_hours)
    last = max((due.at for due in dues), default=None)
    if last is not None and last > at:
        yield Due(INTERIM, case.id, at, "", ""), f"{max(ends):%Y-%m-%dT%H:%M:%S}"


def _report(case: Case, limits: Limits) -> Iterator[tuple[Due, str]]:
    """The first report of the last call, where there is something to tell that nobody told.

    Of harm to somebody at once, of the rest within the limit (rules.md #38).
    """
    call = case.call
    if call is None or call.ended_at is None or not _is_over(call):
        return
    told = [at for at_call, at in case.handing_up.consults if at_call == call.call_id]
    told += [at for at, _ in case.handing_up.handoffs]
    told += [sent.at for sent in case.wrap_up.reports]
    ended = call.ended_at.wall
    if _is_untold(_harm(case, call.call_id), told):
        yield Due(REPORT_SAFETY, call.call_id, ended, "", ""), call.call_id
    elif _is_untold(_news(case, call.call_id), told):
        at = ended + timedelta(minutes=limits.first_report_minutes)
        yield Due(REPORT, call.call_id, at, "", ""), call.call_id


def has_news(case: Case) -> bool:
    """Whether the last call brought something that a superior has to hear of (rules.md #38)."""
    call = case.call
    if call is None:
        return False
    return any((*_harm(case, call.call_id), *_news(case, call.call_id)))


def _overdue(case: Case, limits: Limits) -> Iterator[tuple[Due, str]]:
    """Visitors who are still out after the time box: whoever stayed behind rings them (F6-S2)."""
    for visit in case.visits.visits:
        if visit.is_under_way:
            ends = visit.visit_at + timedelta(minutes=visit.minutes)
            at = ends + timedelta(minutes=limits.visit_overdue_minutes)
            what = Due(VISIT_OVERDUE, visit.visit_id, at, visit.visitor, visit.place)
            yield what, f"{visit.visit_id} {at:%Y-%m-%dT%H:%M}"


def _is_over(call: CallRecord) -> bool:
    return call.phase.is_after_call or call.phase is CallPhase.CLOSED


def _is_untold(happened: Iterable[Reading], told: list[Reading]) -> bool:
    """Whether something happened that no later report can have told of."""
    return any(not any(_is_by(at, report) for report in told) for at in happened)


def _is_by(at: Reading, report: Reading) -> bool:
    """Whether ``at`` was not after ``report``."""
    return elapsed_seconds(report, at) == 0


def _harm(case: Case, call_id: str) -> Iterator[Reading]:
    """Somebody was harmed or threatened, or spoke of their own death."""
    safety = case.marks.safety_mark
    if safety and safety.call_id == call_id and case.marks.safety is Safety.YES:
        yield safety.at
    yield from (card.at for card in case.marks.suspending_cards(call_id))
    yield from (act.at for act in case.abuse.dangers_in(call_id))


def _news(case: Case, call_id: str) -> Iterator[Reading]:
    """A commitment, a promise, a hot call, an act, or the flow that opens anywhere."""
    up, marks = case.handing_up, case.marks
    yield from (made.at for made in up.commitments if made.call_id == call_id)
    promises = case.notes.of_kind(NoteKind.PROMISE)
    yield from (note.begun_at for note in promises if note.call_id == call_id)
    hot = (mark for mark in marks.temperatures if mark.value >= _HOT)
    yield from (mark.at for mark in hot if mark.call_id == call_id)
    aside = (visit for visit in case.stages.visits if visit.is_aside)
    yield from (visit.entered_at for visit in aside if visit.call_id == call_id)
    yield from (act.at for act in case.abuse.acts if act.call_id == call_id)
