"""What is stored: nothing unscreened, nothing lost between versions, ids that sort."""

import random
from datetime import UTC, datetime, timedelta
from typing import get_args

import msgspec
import pytest

from call import commands as c
from call import events as e
from call.clock import Reading
from call.upcast import UPCASTERS
from scripts_ja.model import HoldKind, NoteKind

NOW = Reading(datetime(2026, 11, 21, 1, 0, tzinfo=UTC), 12.5, "boot 1")

# Strings that nobody types: names of other things, and the number that is allowed on purpose.
IDS = {
    "CaseOpened": {"case_no"},
    "CaseJoined": {"into"},
    "StageEntered": {"flow_id", "stage_id", "title"},
    "CardOpened": {"card_id"},
    "FieldFilled": {"key"},
    "NumberAllowed": {"digits"},
    "NoteTaken": {"note_id"},
    "NoteEdited": {"note_id"},
    "NoteRemoved": {"note_id"},
    "DueSettled": {"target"},
    "HandoffMade": {"form", "missing"},
    "AdviceDismissed": {"prompt", "target"},
    "FactPlaced": {"note_id", "after"},
    "FactDetailed": {"note_id"},
    "FactAnswered": {"note_id"},
    "LineDrawn": {"note_id"},
    "RequestPlaced": {"request_id", "entry_id"},
    "ConcessionAnswered": {"target"},
    "ActionPlanned": {"action_id"},
    "ActionChanged": {"action_id"},
    "ActionDone": {"action_id"},
    "ActionReopened": {"action_id"},
    "ActionDropped": {"action_id"},
    "CallbackConfirmed": {"target"},
    "CallAttempted": {"target"},
    "UnreachedDecided": {"target"},
    "DuePostponed": {"target"},
    "DueHandedOn": {"target"},
    "AbsenceNoteLeft": {"visit_id"},
    "NextDayCallSet": {"visit_id"},
    "VisitCancelled": {"visit_id"},
    "VisitMarked": {"visit_id"},
    "VisitPlanned": {"visit_id"},
    "VisitReported": {"visit_id"},
    "VisitReportSet": {"visit_id"},
    "ActDetailed": {"act_id", "act_types"},
    "ActRecorded": {"act_types"},
    "ReportAcknowledged": {"target"},
    "EventUndone": {"target"},
    "EventCorrected": {"target"},
    "EventRetimed": {"target"},
}
KINDS = e.Event.__subclasses__()


def holds_text(kind):
    return kind is str or any(holds_text(part) for part in get_args(kind))


@pytest.mark.parametrize("kind", KINDS, ids=lambda kind: kind.__name__)
def test_every_text_is_screened_or_an_id(kind):
    texts = {field.name for field in msgspec.structs.fields(kind) if holds_text(field.type)}
    ids = IDS.get(kind.__name__, set())
    assert texts == set(kind.free_text) | ids
    assert not set(kind.free_text) & ids


def test_every_kind_is_a_body():
    assert set(get_args(e.Body)) == set(KINDS)


# One command for each event that holds what somebody typed.
CARD = "4111111111111111"
NOON = datetime(2026, 11, 21, 3, 0, tzinfo=UTC)
TYPED = [
    c.Ring(CARD),
    c.StartCall(CARD),
    c.FillField("issue", CARD),
    c.TakeNote(NoteKind.CLAIM, f"カード {CARD}"),
    c.CommitCallback(CARD, NOON, CARD),
    c.RecordHandoff("text", f"{CARD}.txt"),
    c.GiveWarning(CARD, f"暗証番号 1234 {CARD}"),
    c.TellConcession(CARD, CARD, CARD, CARD),
    c.PlanConcession(CARD, CARD),
    c.TakeLegalView(e.LegalView.NO, CARD),
    c.MarkWords(e.Effect.EASED, CARD),
    c.PlanAction(CARD, CARD),
    c.ReadBackNumber(CARD),
    c.SetDisposition(e.Disposition.PENDING, CARD),
    c.SendReport(CARD, CARD),
    c.WritePrevention(measure=CARD),
    c.RecordAct(("threat",), CARD),
    c.DecideAbuse(e.AbuseDecision.CONTINUE, CARD, CARD),
    c.NoteAbuse(e.AbusePart.POLICY, CARD),
    c.TryCall(e.AttemptResult.ABSENT, CARD),
]


@pytest.mark.parametrize("command", TYPED, ids=lambda command: type(command).__name__)
@pytest.mark.rule("D5")
def test_no_card_reaches_an_event(telephone, command):
    telephone.do(command)
    stored = "".join(e.encode_body(event.body) for event in telephone.desk.history)
    assert "＊" in stored
    assert CARD not in stored


def test_no_card_reaches_an_edited_note_or_a_reason(talk):
    talk.do(c.TakeNote(NoteKind.CLAIM, "伝票"))
    (note,) = talk.case.notes.notes
    talk.do(c.EditNote(note.note_id, NoteKind.CLAIM, CARD), c.Correct(CARD))
    stored = "".join(e.encode_body(event.body) for event in talk.desk.history)
    assert stored.count("＊" * 12 + "1111") == 2
    assert CARD not in stored


def test_no_card_reaches_what_is_said_about_a_row(talk):
    talk.do(
        *[c.TakeNote(NoteKind.CLAIM, "伝票"), c.TakeNote(NoteKind.CANNOT, "返金")],
        *[c.TellConcession("送料"), c.PlanAction("連絡")],
    )
    fact, entry = (note.note_id for note in talk.case.notes.notes)
    (action,) = talk.case.actions.actions
    before = len(talk.desk.history)
    talk.do(
        c.DetailFact(fact, CARD, CARD),
        c.AnswerFact(fact, e.FactAnswer.DIFFERENT, CARD),
        c.DrawLine(entry, CARD, CARD, (CARD, f"別の案 {CARD}"), CARD),
        c.AnswerConcession(e.OfferAnswer.DECLINED, CARD),
        c.StateLimit(CARD),
        c.ChangeAction(action.action_id, CARD, CARD),
    )
    stored = "".join(e.encode_body(event.body) for event in talk.desk.history[before:])
    assert stored.count("＊" * 12 + "1111") == 12
    assert CARD not in stored


def test_an_allowed_number_is_kept_from_then_on(talk):
    talk.do(c.AllowNumber(f"{CARD[:4]}-{CARD[4:]}"), c.TakeNote(NoteKind.MEMO, f"伝票 {CARD}"))
    assert talk.case.notes.notes[0].text == f"伝票 {CARD}"
    assert talk.refusal(c.AllowNumber("なし")) == "number.nothing_held_back"


def test_half_a_surrogate_pair_can_be_stored(talk):
    (taken,) = talk.do(c.TakeNote(NoteKind.QUOTE, "もう\ud83dいい😀"))
    stored = e.encode_body(taken.body)
    assert e.decode_body("NoteTaken", 1, stored) == taken.body
    assert taken.body.text == "もう\ufffdいい😀"


def test_deadlines_are_stored_in_utc(talk):
    local = NOON.astimezone(tz=None).astimezone().replace(tzinfo=None)
    talk.do(c.CommitCallback("田中", local), c.TakeNote(NoteKind.PROMISE, "連絡", due_at=local))
    assert [due.at for due in talk.case.dues()] == [NOON, NOON]
    stored = "".join(e.encode_body(event.body) for event in talk.desk.history)
    assert stored.count("2026-11-21T03:00:00Z") == 2


def test_a_body_is_stored_without_its_kind():
    body = e.CallHeld(HoldKind.CONSULT, 2)
    assert e.encode_body(body) == '{"hold_kind":"consult","announced_minutes":2}'
    assert e.decode_body("CallHeld", 1, e.encode_body(body)) == body


# -- other versions -------------------------------------------------------------------------------


def envelope(body, v=1):
    return e.Envelope(
        id="x", desk_id="d", case_id="c", call_id=None, seq=99, at=NOW, body=body, v=v
    )


@pytest.mark.parametrize(("kind", "v"), [("CallPraised", 1), ("CallHeld", 2), ("CallHeld", 99)])
def test_what_a_newer_desk_wrote_is_kept_and_passed_on(talk, kind, v):
    payload = '{"hold_kind":"video","mood":{"deep":[1,2]}}'
    body = e.decode_body(kind, v, payload)
    assert body == e.UnknownEvent(kind, {"hold_kind": "video", "mood": {"deep": [1, 2]}})
    assert (envelope(body, v).kind, e.encode_body(body)) == (kind, payload)

    talk.desk.history.append(envelope(body, v))
    replayed = talk.replayed()
    assert (replayed.phase, replayed.holds_in_case) == ("talking", 0)
    talk.do(c.Hold())
    assert talk.replayed().holds_in_case == 1


def test_old_versions_are_lifted_step_by_step(monkeypatch):
    """Twice in its life CallHeld changed: seconds became minutes, then the kind was added."""
    monkeypatch.setitem(e._VERSIONS, "CallHeld", 3)
    steps = {
        ("CallHeld", 1): lambda old: {"announced_minutes": old["announced_seconds"] // 60},
        ("CallHeld", 2): lambda old: {**old, "hold_kind": "lookup"},
    }
    for step, lift in steps.items():
        monkeypatch.setitem(UPCASTERS, step, lift)
    held = e.CallHeld(HoldKind.LOOKUP, 2)
    assert e.decode_body("CallHeld", 1, '{"announced_seconds":120}') == held
    assert e.decode_body("CallHeld", 2, '{"announced_minutes":2}') == held
    newest = '{"hold_kind":"consult","announced_minutes":2}'
    assert e.decode_body("CallHeld", 3, newest) == e.CallHeld(HoldKind.CONSULT, 2)


def test_every_older_version_has_its_step():
    needed = {(kind.__name__, v) for kind in KINDS for v in range(1, kind.version)}
    assert needed == set(UPCASTERS)


def test_a_missing_step_is_a_mistake_of_ours(monkeypatch):
    monkeypatch.setitem(e._VERSIONS, "CallHeld", 2)
    with pytest.raises(KeyError):
        e.decode_body("CallHeld", 1, "{}")


@pytest.mark.parametrize(
    ("payload", "error"),
    [
        ('{"hold_kind":"video"}', msgspec.ValidationError),
        ("{}", msgspec.ValidationError),
        ("[]", msgspec.ValidationError),
        ("{", msgspec.DecodeError),
    ],
)
def test_damage_is_said(payload, error):
    with pytest.raises(error):
        e.decode_body("CallHeld", 1, payload)


# -- ids ------------------------------------------------------------------------------------------


def test_ids_sort_by_their_time():
    moments = [NOW.shifted(seconds) for seconds in (0, 0.002, 1, 60, 86_400, 1e8)]
    ids = [e.new_id(moment) for moment in moments]
    shuffled = random.Random(1).sample(ids, len(ids))
    assert sorted(shuffled) == ids


def test_ids_are_those_of_version_7_and_never_the_same():
    ids = {e.new_id(NOW) for _ in range(1000)}
    assert len(ids) == 1000
    for text in ids:
        assert len(text) == 36
        assert text[14] == "7"
        assert text[19] in "89ab"
        milliseconds = int(text[:8] + text[9:13], 16)
        assert datetime.fromtimestamp(0, UTC) + timedelta(milliseconds=milliseconds) == NOW.wall
