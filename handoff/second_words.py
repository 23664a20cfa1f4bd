"""The second line in words: facts, columns, the one concession, next actions, the plan."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime

from call.events import Effect, FactAnswer, OfferAnswer
from call.fold_columns import Lack
from call.preparation import APPROVER, FIRST_PHRASE, LANDING_POINT, NEVER_OFFER
from handoff.document import Row
from handoff.note import HandoffNote
from handoff.second_line import ActionLine, ColumnLine, ConcessionLine, FactLine
from handoff.typed_text import indented, one_line
from handoff.words import inside_name, moment_words, temperature_or_unknown, unknown
from scripts_ja.dates import echo_due
from scripts_ja.texts import t

# The fields of the plan, which stand together in the note.
PLAN_FIELDS = (LANDING_POINT, APPROVER, NEVER_OFFER, FIRST_PHRASE)

Rows = Iterator[Row]


def fact_row(fact: FactLine, note: HandoffNote) -> Row:
    """When it was noted, its kind, its words, when it was, its source, the customer's answer."""
    remarks = []
    if fact.happened:
        remarks.append(one_line(fact.happened))
    if fact.source:
        remarks.append(t("handoff.fact.source", source=one_line(fact.source)))
    if fact.kind is not fact.noted_kind:
        remarks.append(t("handoff.fact.was", kind=t(f"handoff.kind.{fact.noted_kind}")))
    value = indented(fact.text) + _in_brackets(remarks)
    if fact.answer is not FactAnswer.OPEN or fact.words:
        value += _answer(f"handoff.fact.{fact.answer}", fact.words)
    moment, kind = moment_words(fact.at, note), t(f"handoff.kind.{fact.kind}")
    return Row(moment=moment, kind=kind, value=value)


def column_row(line: ColumnLine, note: HandoffNote) -> Row:
    """An entry with owner and time, reason, alternatives, and the requests that it answers."""
    remarks = []
    is_nobodys = Lack.OWNER in line.lacks and note.is_missing("promise_owner")
    if line.owner or is_nobodys:
        remarks.append(t("handoff.column.owner", owner=one_line(line.owner) or unknown()))
    if line.reason or Lack.REASON in line.lacks:
        remarks.append(t("handoff.column.reason", reason=one_line(line.reason) or unknown()))
    if line.due_at or (Lack.DUE in line.lacks and not line.is_settled):
        remarks.append(t("handoff.column.due", due=_due(line.due_at)))
    if line.is_settled:
        remarks.append(t("handoff.column.done"))
    if line.alternatives:
        remarks.append(t("handoff.column.instead", alternatives=_several(line.alternatives)))
    if line.result:
        remarks.append(t("handoff.column.result", result=one_line(line.result)))
    if line.requests:
        remarks.append(t("handoff.column.requests", requests=_several(line.requests)))
    return Row(value=indented(line.text) + _in_brackets(remarks))


def request_place(note: HandoffNote, request_id: str) -> str:
    """In which column a request is answered; nothing before the columns are in use."""
    if not note.second.has_placed or request_id not in note.second.placed:
        return ""
    kind = note.second.placed[request_id]
    place = t(f"handoff.kind.{kind}") if kind else t("handoff.column.unplaced")
    return t("handoff.column.place", place=place)


def concessions(note: HandoffNote) -> Rows:
    """The one concession: planned or told, answered, and how often the limit was stated."""
    second = note.second
    if second.is_in_conflict:
        told_in_all = t("handoff.concession.in_conflict", count=len(second.concessions))
        yield Row(value=told_in_all, is_open=True)
    for told in second.concessions:
        yield Row(moment=moment_words(told.at, note), value=_told(told))
    if second.planned:
        planned = second.planned
        approver = t("handoff.concession.approver", name=one_line(planned.approver) or unknown())
        remarks = [approver, *_expiry(planned.expires_at)]
        value = one_line(planned.offer) + _in_brackets(remarks)
        yield Row(label=t("handoff.concession.planned"), value=value)
    if second.limits:
        count = t("handoff.concession.times", count=len(second.limits))
        yield Row(label=t("handoff.concession.limits"), value=count)
    for limit in second.limits:
        if limit.words:
            words = t("handoff.quote.marks", text=indented(limit.words))
            yield Row(moment=moment_words(limit.at, note), value=words)


def next_actions(note: HandoffNote) -> Rows:
    """What is done in the call, then what follows by when."""
    yield from (_action(action) for action in note.second.actions)


def plan_and_words(note: HandoffNote) -> Rows:
    """Block D, 18: the legal view with who gave it, the plan, and what eased or angered."""
    yield from _plan(note)
    yield from _reception(note)


def _plan(note: HandoffNote) -> Rows:
    legal = note.second.legal
    if legal is not None:
        view, by = t(f"handoff.legal.{legal.view}"), one_line(legal.by) or unknown()
        value = t("handoff.legal.line", view=view, by=by, at=echo_due(legal.at))
        yield Row(label=t("handoff.legal.label"), value=value)
    for key in PLAN_FIELDS:
        if note.field(key):
            yield Row(label=t(f"handoff.field.{key}"), value=one_line(note.field(key)))


def _reception(note: HandoffNote) -> Rows:
    second = note.second
    if second.reception is not None:
        minutes = second.reception.seconds // 60
        value = t(
            "handoff.reception.temperature",
            minutes=minutes,
            start=temperature_or_unknown(second.reception.temperature_at_start),
            end=temperature_or_unknown(second.reception.temperature_at_end),
        )
        yield Row(label=t("handoff.reception.label", minutes=minutes), value=value)
    for effect in Effect:
        for worked in second.words:
            if worked.effect is effect:
                words = t("handoff.quote.marks", text=indented(worked.words))
                moment = moment_words(worked.at, note)
                value = t("handoff.reception.words", moment=moment, words=words)
                yield Row(label=t(f"handoff.reception.{effect}"), value=value)


def _told(told: ConcessionLine) -> str:
    remarks = [t("handoff.concession.approver", name=one_line(told.approver) or unknown())]
    if told.reason:
        remarks.append(t("handoff.concession.reason", reason=one_line(told.reason)))
    remarks += _expiry(told.expires_at)
    if told.is_expired:
        remarks.append(t("handoff.concession.expired"))
    value = one_line(told.offer) + _in_brackets(remarks)
    if told.words:
        value += t("handoff.quote.marks", text=indented(told.words))
    if told.answer is OfferAnswer.OPEN and not told.answer_words:
        return value + t("handoff.concession.unanswered")
    return value + _answer(f"handoff.concession.{told.answer}", told.answer_words)


def _action(action: ActionLine) -> Row:
    remarks = []
    if action.owner or Lack.OWNER in action.lacks:
        owner = inside_name(action.owner, "") or unknown()
        remarks.append(t("handoff.column.owner", owner=owner))
    if action.due_at or Lack.DUE in action.lacks:
        remarks.append(t("handoff.column.due", due=_due(action.due_at)))
    if action.is_now:
        remarks.append(t("handoff.next.now"))
    if action.is_done:
        remarks.append(t("handoff.column.done"))
    return Row(value=indented(action.text) + _in_brackets(remarks))


def _answer(key: str, words: str) -> str:
    said = t("handoff.quote.marks", text=indented(words)) if words else ""
    return t("handoff.answer", answer=t(key), words=said)


def _expiry(expires_at: datetime | None) -> list[str]:
    return [t("handoff.concession.expires", due=echo_due(expires_at))] if expires_at else []


def _due(due_at: datetime | None) -> str:
    return echo_due(due_at) if due_at else unknown()


def _several(texts: tuple[str, ...]) -> str:
    return t("handoff.separator").join(one_line(text) for text in texts)


def _in_brackets(remarks: list[str]) -> str:
    if not remarks:
        return ""
    return t("handoff.remarks", remarks=t("handoff.remark_separator").join(remarks))
