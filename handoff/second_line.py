"""What the second line adds to a handoff note, as data: legal view, facts, columns, concession."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime, tzinfo

from msgspec import Struct

from call.case import Case
from call.clock import Reading
from call.events import Effect, FactAnswer, LegalView, OfferAnswer
from call.fold_columns import ColumnEntry, Lack
from call.fold_concession import ToldConcession
from call.reception import Reception
from handoff.timeline import Moment, moment_of
from scripts_ja.model import NoteKind


class LegalLine(Struct, frozen=True):
    """Who judged the liability how, and when (Block D, 18)."""

    view: LegalView
    by: str
    at: datetime


class WordsLine(Struct, frozen=True):
    """Words that eased or angered."""

    effect: Effect
    words: str
    at: Moment


class FactLine(Struct, frozen=True):
    """A row of the fact inventory. ``kind`` is 食い違い once the customer sees it differently."""

    note_id: str
    kind: NoteKind
    noted_kind: NoteKind
    text: str
    at: Moment
    happened: str
    source: str
    answer: FactAnswer
    words: str


class ColumnLine(Struct, frozen=True):
    """A promise, an ask or a refusal; ``due_at`` is local, ``requests`` are those it answers."""

    kind: NoteKind
    text: str
    due_at: datetime | None
    is_settled: bool
    owner: str
    reason: str
    alternatives: tuple[str, ...]
    result: str
    requests: tuple[str, ...]
    lacks: tuple[Lack, ...]


class ConcessionLine(Struct, frozen=True):
    """A concession as it was told; times are local."""

    at: Moment
    offer: str
    approver: str
    reason: str
    words: str
    expires_at: datetime | None
    is_expired: bool
    answer: OfferAnswer
    answer_words: str
    answered_at: Moment | None


class PlannedOffer(Struct, frozen=True):
    """The one proposal that was settled inside and is not told yet."""

    offer: str
    approver: str
    expires_at: datetime | None


class LimitLine(Struct, frozen=True):
    """The limit, stated once more."""

    at: Moment
    words: str


class ActionLine(Struct, frozen=True):
    """A next action; ``due_at`` is local."""

    text: str
    owner: str
    due_at: datetime | None
    is_now: bool
    is_done: bool
    lacks: tuple[Lack, ...]


class SecondLine(Struct, frozen=True, kw_only=True):
    """All of it. ``placed`` says for each request, by the id of its note, where it is answered.

    The request of the field stands under :data:`~call.fold_columns.REQUEST_FIELD`; a request
    that no column answers has None. ``is_in_conflict``: concessions were told in different
    places, none knowing of the other.
    """

    legal: LegalLine | None
    reception: Reception | None
    words: tuple[WordsLine, ...]
    facts: tuple[FactLine, ...]
    columns: tuple[ColumnLine, ...]
    placed: dict[str, NoteKind | None]
    concessions: tuple[ConcessionLine, ...]
    is_in_conflict: bool
    planned: PlannedOffer | None
    limits: tuple[LimitLine, ...]
    actions: tuple[ActionLine, ...]

    def column(self, kind: NoteKind) -> tuple[ColumnLine, ...]:
        """One of the three columns."""
        return tuple(line for line in self.columns if line.kind is kind)

    @property
    def has_placed(self) -> bool:
        """Whether the columns are in use: only then does an unplaced request say something."""
        return any(self.placed.values())


def second_line(
    case: Case, now: Reading, zone: tzinfo, reception: Reception | None = None
) -> SecondLine:
    """What the second line of ``case`` knows, times in the local ``zone``."""

    def moment(call_id: str | None, at: Reading) -> Moment:
        return moment_of(case, call_id, at, zone)

    return SecondLine(
        legal=_legal(case, zone),
        reception=reception,
        words=tuple(
            WordsLine(worked.effect, worked.words, moment(worked.call_id, worked.at))
            for worked in case.plan.words
        ),
        facts=_facts(case, moment),
        columns=tuple(_column(case, entry, zone) for entry in case.columns.entries),
        placed=_placed(case),
        concessions=tuple(_told(told, now, zone, moment) for told in case.concession.told),
        is_in_conflict=bool(case.concession.conflict),
        planned=_planned(case, zone),
        limits=tuple(
            LimitLine(moment(limit.call_id, limit.at), limit.words)
            for limit in case.concession.limits
        ),
        actions=_actions(case, zone),
    )


_MomentOf = Callable[[str | None, Reading], Moment]


def _legal(case: Case, zone: tzinfo) -> LegalLine | None:
    legal = case.plan.legal
    return LegalLine(legal.view, legal.by, legal.at.wall.astimezone(zone)) if legal else None


def _facts(case: Case, moment: _MomentOf) -> tuple[FactLine, ...]:
    return tuple(
        FactLine(
            row.note_id,
            row.shown_kind,
            row.kind,
            row.text,
            moment(row.call_id, row.begun_at),
            row.happened,
            row.source,
            row.answer,
            row.words,
        )
        for row in case.facts.rows
    )


def _column(case: Case, entry: ColumnEntry, zone: tzinfo) -> ColumnLine:
    return ColumnLine(
        kind=entry.kind,
        text=entry.text,
        due_at=_local(entry.due_at, zone),
        is_settled=entry.note_id in case.handing_up.settled,
        owner=entry.owner,
        reason=entry.reason,
        alternatives=entry.alternatives,
        result=entry.result,
        requests=tuple(request.text for request in entry.requests),
        lacks=entry.lacks,
    )


def _placed(case: Case) -> dict[str, NoteKind | None]:
    kinds = {entry.note_id: entry.kind for entry in case.columns.entries}
    return {request.id: kinds.get(request.entry_id) for request in case.columns.requests}


def _told(told: ToldConcession, now: Reading, zone: tzinfo, moment: _MomentOf) -> ConcessionLine:
    return ConcessionLine(
        at=moment(told.call_id, told.at),
        offer=told.offer,
        approver=told.approver,
        reason=told.superior_reason,
        words=told.words,
        expires_at=_local(told.expires_at, zone),
        is_expired=told.is_expired(now),
        answer=told.answer,
        answer_words=told.answer_words,
        answered_at=moment(None, told.answered_at) if told.answered_at else None,
    )


def _planned(case: Case, zone: tzinfo) -> PlannedOffer | None:
    planned = case.concession.planned
    if planned is None or any(told.offer == planned.offer for told in case.concession.told):
        return None
    return PlannedOffer(planned.offer, planned.approver, _local(planned.expires_at, zone))


def _actions(case: Case, zone: tzinfo) -> tuple[ActionLine, ...]:
    """Those for during the call first, then the others by their time."""
    return tuple(
        ActionLine(
            action.text,
            action.owner,
            _local(action.due_at, zone),
            action.is_now,
            action.is_done,
            action.lacks,
        )
        for action in (*case.actions.now, *case.actions.later)
    )


def _local(moment: datetime | None, zone: tzinfo) -> datetime | None:
    return moment.astimezone(zone) if moment else None
