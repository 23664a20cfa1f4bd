"""Block A (30秒欄): what a superior reads first, in 30 seconds, in a fixed order."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime
from typing import NamedTuple

from call.dues import NEXT_DAY_CALL, VISIT, Due
from handoff.document import Row, Section, row_line
from handoff.note import Deadline, HandoffNote
from handoff.second_line import ConcessionLine
from handoff.typed_text import indented, one_line
from handoff.words import (
    SUMMARY_CHARS,
    bare_minutes,
    joined,
    or_unknown,
    owner_name,
    safety_words,
    summary,
    temperature_words,
    unknown,
)
from scripts_ja.dates import echo_due, minutes_left, spoken_time
from scripts_ja.model import NoteKind
from scripts_ja.texts import t

BLOCK_A_CHARS = 250


def block_a(note: HandoffNote) -> Section:
    """The seven items of artefacts.md 1, with the number of characters beside the title."""
    values = {
        "deadline": _deadline(note),
        "summary": _summary(note),
        "temperature": temperature_words(note),
        "safety": _safety(note),
        "decision": _decision(note),
        "opening": _opening(note),
        "ng": _ng(note),
        "answered": _answered_and_conceded(note),
    }
    rows = tuple(_row(key, value) for key, value in values.items())
    count = _count(rows)
    key = "block_a" if count <= BLOCK_A_CHARS else "block_a_long"
    made = spoken_time(note.created_at)
    case_no = one_line(note.case_no)
    remark = t(f"handoff.line.{key}", case_no=case_no, made=made, count=count)
    return Section(t("handoff.heading.block_a"), rows, remark)


def block_a_count(note: HandoffNote) -> int:
    """How many characters of the 30 seconds' reading there are."""
    return _count(block_a(note).rows)


def _count(rows: Iterable[Row]) -> int:
    return count_characters("".join(row_line(row) for row in rows))


def _row(key: str, value: str) -> Row:
    is_open = value.startswith(unknown())
    return Row(label=t(f"handoff.label.{key}"), value=value, is_item=False, is_open=is_open)


def count_characters(text: str) -> int:
    """What is read: every character but blanks and line ends, labels included."""
    return sum(not char.isspace() for char in text)


def telephone_words(note: HandoffNote) -> str:
    """The number to call, or that nobody has read it back, with the one that was displayed."""
    if note.field("callback_tel").strip():
        return one_line(note.field("callback_tel"))
    if note.displayed_number:
        return t("handoff.deadline.displayed", number=one_line(note.displayed_number))
    return t("handoff.deadline.no_number")


def _deadline(note: HandoffNote) -> str:
    dated = _dated(note)
    value = _pressing(note, dated)
    if note.is_missing("deadline") and (dated or _stands(note.deadline)):
        return t("handoff.deadline.undated", value=value)
    return value


def _pressing(note: HandoffNote, dated: list[_Dated]) -> str:
    """The callback while it stands; once it was made, or where there is none, what comes next."""
    if note.deadline is None or (note.deadline.is_settled and dated):
        return _first_dated(dated)
    return _callback(note, note.deadline)


def _callback(note: HandoffNote, deadline: Deadline) -> str:
    values = {"due": echo_due(deadline.due_at), "owner": owner_name(deadline)}
    if deadline.accepted is False:
        return t("handoff.deadline.refused", **values)
    if deadline.is_settled:
        return t("handoff.deadline.settled", **values)
    state = t("handoff.separator").join((_left(deadline.due_at, note), _answer(deadline)))
    return t("handoff.deadline.standing", telephone=telephone_words(note), state=state, **values)


class _Dated(NamedTuple):
    """A promise, a next action or a meeting that is still to come; ``key`` names its words."""

    due_at: datetime
    text: str
    owner: str
    key: str = "promise"


def _first_dated(dated: list[_Dated]) -> str:
    """Nobody has to call back: the earliest promise or next action is what presses."""
    if not dated:
        return t("handoff.deadline.nothing")
    first = min(dated)
    values = {"due": echo_due(first.due_at), "text": one_line(first.text)}
    if not first.owner:
        return t("handoff.deadline.promise", **values)
    key = "owned" if first.key == "promise" else first.key
    return t(f"handoff.deadline.{key}", owner=one_line(first.owner), **values)


def _dated(note: HandoffNote) -> list[_Dated]:
    promises = [
        _Dated(promise.due_at, promise.text, promise.owner)
        for promise in note.second.column(NoteKind.PROMISE)
        if promise.due_at and not promise.is_settled
    ]
    actions = [
        _Dated(action.due_at, action.text, action.owner)
        for action in note.second.actions
        if action.due_at and not action.is_done
    ]
    meetings = [_meeting(due, note) for due in note.meetings]
    return promises + actions + meetings


def _meeting(due: Due, note: HandoffNote) -> _Dated:
    """Somebody goes there, or rings on the day after nobody was met."""
    if due.kind == VISIT:
        return _Dated(due.at, due.text, due.owner, VISIT)
    return _Dated(due.at, telephone_words(note), due.owner, NEXT_DAY_CALL)


def _stands(deadline: Deadline | None) -> bool:
    return deadline is not None and deadline.accepted is not False


def _left(due_at: datetime, note: HandoffNote) -> str:
    minutes = minutes_left(due_at, note.created_at)
    if minutes < 0:
        return t("handoff.deadline.over", minutes=-minutes)
    return t("handoff.deadline.left", minutes=minutes)


def _answer(deadline: Deadline) -> str:
    return t(f"handoff.deadline.{'accepted' if deadline.accepted else 'unanswered'}")


def _summary(note: HandoffNote) -> str:
    value = summary(note)
    if len(value) <= SUMMARY_CHARS:
        return value
    return t("handoff.line.summary_long", value=value, count=len(value))


def _safety(note: HandoffNote) -> str:
    value = safety_words(note.safety, note.field("safety"), note.field("safety_detail"))
    if note.warnings:
        value = t("handoff.safety.warnings", value=value, count=len(note.warnings))
    return t("handoff.safety.danger", value=value) if note.has_danger else value


def _decision(note: HandoffNote) -> str:
    decision = or_unknown(note.field("decision"))
    if not note.estimate_minutes:
        return decision
    estimate = bare_minutes(note.estimate_minutes)
    return t("handoff.decision.with_estimate", decision=decision, estimate=estimate)


def _opening(note: HandoffNote) -> str:
    """What has to be acknowledged first: the apology's scope and the burden (rules.md #87, #104)."""
    parts = [or_unknown(note.field("apology"))]
    if note.field("burden"):
        parts.append(one_line(note.field("burden")))
    return t("handoff.separator").join(parts)


def _ng(note: HandoffNote) -> str:
    items = note.of_kind(NoteKind.NG)
    if items:
        return joined(item.text for item in items)
    return unknown() if note.is_missing("ng") else t("handoff.none")


def _answered_and_conceded(note: HandoffNote) -> str:
    return t("handoff.line.answered", value=_answered(note), concession=_concession(note))


def _answered(note: HandoffNote) -> str:
    texts = [item.text for item in note.of_kind(NoteKind.ANSWERED)]
    if note.field("answered"):
        texts.append(note.field("answered"))
    if texts:
        return joined(texts)
    return unknown() if note.is_missing("answered") else t("handoff.none")


def _concession(note: HandoffNote) -> str:
    """None, or how many and what: a second one with its reason, two in conflict as such."""
    told = note.second.concessions
    if not told:
        return t("handoff.none")
    offers = t("handoff.separator").join(_offer(one) for one in told)
    key = "conflict" if note.second.is_in_conflict else "told"
    return t(f"handoff.concession.{key}", count=len(told), offers=offers)


def _offer(told: ConcessionLine) -> str:
    parts = [indented(told.offer)]
    if told.approver:
        parts.append(t("handoff.concession.approver", name=one_line(told.approver)))
    if told.reason:
        parts.append(t("handoff.concession.reason", reason=one_line(told.reason)))
    return t("handoff.remark_separator").join(parts)
