"""What the time line tells of the time after a call: tries, confirmations, decisions."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import tzinfo

from call.case import Case
from call.clock import Reading
from call.fold_visits import Visit
from scripts_ja.dates import echo_due
from scripts_ja.texts import t

# As in handoff.timeline: the call (None: to be looked for), when, what, and values for its words.
Happening = tuple[str | None, Reading, str, Mapping[str, object]]


def after_call(case: Case, zone: tzinfo) -> Iterator[Happening]:
    """All of it, in no order."""
    yield from _callbacks(case, zone)
    yield from _dates(case, zone)
    yield from _abuse(case)
    yield from _wrap_up(case)
    for visit in case.visits.visits:
        yield from _visit(visit, zone)


def _callbacks(case: Case, zone: tzinfo) -> Iterator[Happening]:
    folded = case.callbacks
    for confirmed in folded.confirmed.values():
        yield None, confirmed.at, "confirmed", {"by": confirmed.by}
    for tried in folded.attempts:
        values = {
            "result": tried.result,
            "words": tried.words,
            "late_minutes": tried.late_minutes,
            "next_at": tried.next_at.astimezone(zone) if tried.next_at else None,
        }
        yield None, tried.at, "tried", values
    for decided in folded.decisions:
        yield None, decided.at, "unreached", {"decision": decided.decision, "by": decided.by}


def _dates(case: Case, zone: tzinfo) -> Iterator[Happening]:
    for moved in case.due_book.postponed:
        told = "postponed_told" if moved.is_told else "postponed"
        due = echo_due(moved.due_at.astimezone(zone))
        values = {"what": _due_name(moved.kind), "due": due, "reason": moved.reason}
        yield None, moved.at, told, values
    for handed in case.due_book.handed_on:
        yield None, handed.at, "handed_on", {"what": _due_name(handed.kind), "owner": handed.owner}
    for at, answer in case.handing_up.taken_over:
        taken = echo_due(answer.taken_at.astimezone(zone))
        yield None, at, "taken_over", {"by": answer.by or t("handoff.unknown"), "due": taken}


def _due_name(kind: str) -> str:
    return t(f"agenda.kind.{kind}") if kind else t("handoff.timeline.due")


def _visit(visit: Visit, zone: tzinfo) -> Iterator[Happening]:
    """The appointment, each moment at its own time, the note that was left, the report."""
    planned = {
        "due": echo_due(visit.visit_at.astimezone(zone)),
        "people": t("handoff.separator").join(visit.people),
        "place": t(f"visit.place.{visit.place_kind}") + visit.place,
    }
    yield None, visit.planned_at, "visit_planned", planned
    for mark in visit.moments:
        elapsed = (mark.at - visit.planned_at.wall).total_seconds()
        values = {"moment": t(f"visit.moment.{mark.moment}"), "words": mark.words}
        yield None, visit.planned_at.shifted(elapsed), "visit_moment", values
    if visit.cancelled_at:
        yield None, visit.cancelled_at, "visit_cancelled", {"reason": visit.cancelled}
    if visit.note:
        yield None, visit.note.at, "visit_note", {"text": visit.note.text}
    if visit.reported_at:
        yield None, visit.reported_at, "visit_reported", {"to": visit.reported_to}


def _abuse(case: Case) -> Iterator[Happening]:
    """Acts and decisions; warnings stand in the time line anyway."""
    for act in case.abuse.acts:
        yield act.call_id, act.at, "act" if act.quote else "act_no_quote", {"quote": act.quote}
    for one in case.abuse.decisions:
        values = {"decision": t(f"abuse.decision.{one.decision}"), "by": one.by}
        yield one.call_id, one.at, "abuse_decided", values


def _wrap_up(case: Case) -> Iterator[Happening]:
    """How it ended, and who was told when."""
    ending = case.wrap_up.ending
    if ending:
        disposition = t(f"wrap_up.disposition.{ending.disposition}")
        yield None, ending.at, "disposition", {"disposition": disposition}
    for sent in case.wrap_up.reports:
        yield None, sent.at, "report", {"to": sent.to}
        if sent.read_at:
            yield None, sent.read_at, "report_read", {"by": sent.read_by}
