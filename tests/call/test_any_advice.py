"""Whatever happens in a call: one prompt, of one scale, that changes nothing and does not nag."""

from datetime import timedelta

from hypothesis import given, settings
from hypothesis import strategies as st

from call import commands as c
from call.advice import Look
from call.agenda import Agenda, AgendaEntry
from call.case import Case, Due
from call.decision import Refusal
from call.events import Safety
from call.guidance import TABLE, Level, advise
from scripts_ja.model import HoldKind, NoteKind

ORDINARY = {"call_red", "call_amber", "in_circles", "tries_used"}
ABUSE = {"stalemate", "long_call"}
DISMISS = "dismiss"

anything = st.sampled_from(
    [
        *[c.StartCall(), c.StartCall(), c.Hold(), c.Hold(HoldKind.CONSULT), c.Resume()],
        *[c.AnnounceHold(1), c.EndCall(), c.FinishWrapUp(), c.ParkWrapUp(), c.ResumeWrapUp()],
        *[c.EnterStage(f"A-S{n}") for n in (1, 2, 3)],
        *[c.EnterStage("C-S1"), c.EnterStage("C-S2"), c.GoBack(), c.ToggleAside(), c.ToggleAside()],
        *[c.GiveWarning("大声"), c.SetTemperature(3), c.SetTemperature(5), c.SetSafety(Safety.YES)],
        *[c.MarkSameTalk(), c.MarkNewFact(), c.StartConsult(), c.RecordHandoff("text", "a.txt")],
        *[c.TakeNote(NoteKind.PROMISE, "ご連絡"), c.AnswerCallback(True), c.Undo(), c.Undo()],
        *[c.OpenCard("life", suspends_limits=True), c.OpenCard("silence", pause_cue=True)],
        *[DISMISS, DISMISS, DISMISS],
    ]
)
waits = st.sampled_from([0, 1, 3, 30, 59, 60, 180, 299, 300, 600, 900, 1200, 1800, 3600])
days = st.lists(st.tuples(waits, anything), max_size=40)


def insides(value):
    """Everything that a case is made of, down to what cannot change."""
    if isinstance(value, list | tuple):
        return [insides(part) for part in value]
    if isinstance(value, dict):
        return [(key, insides(part)) for key, part in value.items()]
    return insides(vars(value)) if hasattr(value, "__dict__") else repr(value)


def others(telephone):
    """Two other cases, one of which owes something soon and one something long ago."""
    start = telephone.clock.now().wall
    dues = [
        Due("callback", "a", start + timedelta(minutes=20), "佐藤", ""),
        Due("promise", "b", start - timedelta(hours=1), "", "ご連絡"),
    ]
    return [AgendaEntry(f"case {d.target}", "1", "", d, d.target) for d in dues]


@given(days)
@settings(max_examples=150)
def test_advice_on_any_day(new_telephone, day):
    phone = new_telephone()
    entries = others(phone)
    aside = set()
    for seconds, command in day:
        phone.wait(seconds)
        agenda = Agenda.of(entries)
        before = insides(phone.case)
        prompt = phone.prompt(agenda)
        assert phone.prompt(agenda) == prompt
        assert insides(phone.case) == before
        look_at(phone, agenda, prompt)
        if prompt is not None:
            assert (prompt.id, prompt.target or phone.case.call_id) not in aside
        if command is not DISMISS:
            phone.desk.do(command, phone.clock.now())
        elif prompt is not None:
            aside.add((prompt.id, prompt.target or phone.case.call_id))
            entries = put_aside(phone, entries, prompt)
    again = Case.of(phone.case.id, phone.desk.history)
    now, limits = phone.clock.now(), phone.desk.limits
    assert advise(again, now, limits, Agenda.of(entries)) == phone.prompt(Agenda.of(entries))


def look_at(phone, agenda, prompt):
    """What could be said now, all rows asked."""
    case = phone.case
    look = Look(case, phone.clock.now(), phone.desk.limits, agenda)
    speaking = [row for row in TABLE if row.look(look) is not None]
    said = {row.id for row in speaking}
    assert not (said & ORDINARY and said & ABUSE)
    if case.phase.is_live and case.has_no_limits:
        assert prompt is None or prompt.id == "beside_you"
    elif prompt is not None:
        assert prompt.id in said
        assert not case.has_no_limits or prompt.id not in ORDINARY | ABUSE
        assert prompt.level is not Level.CALM or case.phase == "talking"


def put_aside(phone, entries, prompt):
    """In the case it belongs to, as the program does it; the others are seen through the agenda."""
    if prompt.about is None or prompt.about.case_id == phone.case.id:
        outcome = phone.desk.do(c.DismissAdvice(prompt.id, prompt.target), phone.clock.now())
        assert not isinstance(outcome, Refusal)
        return entries
    done = frozenset({(prompt.id, prompt.target)})
    return [
        AgendaEntry(e.case_id, e.case_no, e.customer, e.what, e.key, e.put_aside | done)
        if e.case_id == prompt.about.case_id
        else e
        for e in entries
    ]
