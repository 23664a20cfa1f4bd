"""Several calls, visits and parked after-call work in any order: nothing is lost or owed twice."""

from collections import Counter
from datetime import UTC, datetime, timedelta

from hypothesis import given, settings
from hypothesis import strategies as st

from call import commands as c
from call.agenda import Agenda, entries_of, lines_of
from call.callback_items import callback_items
from call.case import Case, summarize
from call.clock import SimulatedClock
from call.decision import Refusal
from call.desk import CaseDesk, DeskIdentity
from call.dues import KINDS
from call.events import (
    AbuseDecision,
    AttemptResult,
    Cause,
    Disposition,
    Judged,
    PlaceKind,
    VisitCheck,
    VisitMoment,
    decode_body,
    encode_body,
)
from call.guidance import advise
from call.limits import Limits
from call.past_calls import past_calls
from call.visit_check import lacks_of, suitability, waiting
from scripts_ja.model import FlowBook, NoteKind

START = datetime(2026, 11, 21, 14, 30, tzinfo=UTC)
words = st.sampled_from(["", " ", "佐藤", "お調べの結果"])
times = st.integers(-2, 40).map(lambda hours: START + timedelta(hours=hours))
maybe = st.none() | times
DUE = "the due"  # stands for one of the things that are owed
targets = st.sampled_from(["", DUE, DUE, "no such thing"])
afterwards = st.one_of(
    st.builds(c.ReadBackNumber, words),
    st.builds(c.ConfirmCallback, words),
    st.builds(c.TryCall, st.sampled_from(AttemptResult), words, maybe, targets),
    st.builds(c.SetNextTry, times, targets),
    st.builds(c.DecideUnreached, words, words, maybe, targets),
    st.builds(c.PostponeDue, targets, times, words, st.booleans()),
    st.builds(c.HandOnDue, targets, words),
    st.builds(c.SettleDue, targets),
    st.builds(c.JudgeVisit, st.sampled_from(VisitCheck), st.sampled_from(Judged)),
    st.builds(c.OfferPlace, st.sampled_from(PlaceKind)),
    st.builds(c.PlanVisit, times, st.tuples(words, words), st.sampled_from(PlaceKind), words),
    st.builds(c.CancelVisit, words),
    *[st.builds(c.MarkVisit, st.sampled_from(VisitMoment), words, maybe)] * 3,
    st.builds(c.LeaveAbsenceNote, words, maybe),
    st.builds(c.ReportVisit, words),
    *[st.builds(c.RecordAct, st.tuples(words), words, st.booleans())] * 2,
    st.builds(c.DetailAct, st.tuples(words), words),
    st.builds(c.DecideAbuse, st.sampled_from(AbuseDecision), words),
    st.builds(c.SetDisposition, st.sampled_from(Disposition), words),
    st.builds(c.SendReport, words),
    st.builds(c.AcknowledgeReport, words),
    st.builds(c.WritePrevention, st.none() | st.sampled_from(Cause), measure=words, check_at=maybe),
    st.builds(c.CheckEffect, st.booleans(), words),
)
calls = st.sampled_from(
    [
        *[c.StartCall("03-0000-1234"), c.EndCall(), c.ParkWrapUp(), c.ResumeWrapUp()],
        *[c.FinishWrapUp(), c.StartCall(), c.EndCall(), c.FinishWrapUp(), c.GiveWarning("大声")],
        *[c.TakeNote(NoteKind.PROMISE, "ご連絡", due_at=START), c.PlanAction("手配", "", START)],
        *[
            c.CommitCallback("田中", START, "課長"),
            c.AnswerCallback(True),
            c.Undo(),
            c.Correct("誤"),
        ],
    ]
)
waits = st.sampled_from([0, 1, 60, 900, 1800, 7200, 86_400])
days = st.lists(
    st.tuples(waits, st.one_of(calls, *[afterwards.map(lambda x: (x,))] * 2)), max_size=40
)
# What every day begins with, so that there is something to mark, to move and to hand on.
BEGINNING = [
    *[c.StartCall("03-0000-1234"), c.CommitCallback("田中", START + timedelta(hours=2))],
    c.PlanVisit(START + timedelta(hours=3), ("中村", "高橋")),
    c.TakeNote(NoteKind.PROMISE, "文書", due_at=START + timedelta(hours=4)),
    c.WritePrevention(measure="復唱の欄", check_at=START + timedelta(hours=30)),
]


def seen(case, now):
    """All that anybody can see of the time after a call."""
    return {
        "line": summarize(case, now),
        "callbacks": (case.callbacks.read_back, dict(case.callbacks.confirmed)),
        "attempts": (*case.callbacks.attempts, *case.callbacks.decisions),
        "dates": (*case.due_book.postponed, *case.due_book.handed_on, case.due_book.untold.copy()),
        "visits": (case.visits.visits, case.visits.judged.copy(), tuple(case.visits.offered)),
        "abuse": (*case.abuse.acts, *case.abuse.warnings, *case.abuse.decisions),
        "end": (case.wrap_up.ending, *case.wrap_up.reports),
        "sheet": (case.prevention.sheet, *case.prevention.checks),
    }


def meant(command, case, number):
    """The command with a due of the case in place of the sign for one."""
    dues = case.dues()
    if getattr(command, "target", "") != DUE or not dues:
        return command
    fields = {name: getattr(command, name) for name in command.__struct_fields__}
    return type(command)(**{**fields, "target": dues[number % len(dues)].target})


def check(desk, now):
    """What holds at any time."""
    case, limits = desk.case, desk.limits
    assert seen(Case.of(case.id, desk.history), now) == seen(case, now)
    dues = case.dues()
    assert set(Counter((due.kind, due.target) for due in dues).values()) <= {1}
    assert {due.kind for due in dues} <= set(KINDS)
    assert list(dues) == sorted(dues, key=lambda due: due.at)
    entries = entries_of(case, limits)
    assert max(Counter(entry.key for entry in entries).values(), default=0) <= 1
    lines = lines_of(Agenda.of(entries), case, now, limits)
    assert len(lines) == len(entries)
    advise(case, now, limits, Agenda.of(entries))
    callback_items(case)
    suitability(case)
    assert len(past_calls(case).at) <= len(case.calls)
    for visit in case.visits.visits:
        lacks_of(visit, limits)
        waiting(visit, now, limits)
        assert [mark.at for mark in visit.moments] == sorted(mark.at for mark in visit.moments)


@given(days)
@settings(max_examples=120)
def test_any_day_after_any_call(day):
    clock = SimulatedClock(START, "boot")
    rules = {"book": FlowBook(()), "limits": Limits(), "first_flow": "none"}
    desk = CaseDesk.open(DeskIdentity("desk"), "1", clock.now(), **rules)
    for command in BEGINNING:
        desk.do(command, clock.now())
    for number, (wait, drawn) in enumerate(day):
        is_after = isinstance(drawn, tuple)
        command = drawn[0] if is_after else drawn
        clock.advance(wait)
        now = clock.now()
        before = seen(desk.case, now)
        outcome = desk.do(meant(command, desk.case, number), now)
        if isinstance(outcome, Refusal) or outcome == ():
            assert seen(desk.case, now) == before
        check(desk, now)
        if outcome and isinstance(outcome, tuple) and is_after:
            (undone,) = desk.do(c.Undo(), now)
            assert undone.body.target == outcome[0].id
            assert seen(desk.case, now) == before
            desk.do(meant(command, desk.case, number), now)
    for event in desk.history:
        assert decode_body(event.kind, event.v, encode_body(event.body)) == event.body
