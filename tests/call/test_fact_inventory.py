"""The fact inventory: its order, its details, the customer's answers."""

import pytest

from call import commands as c
from call.events import FactAnswer
from scripts_ja.model import NoteKind


@pytest.fixture
def facts(talk):
    """Four facts, noted as they came; a memo among them."""
    for kind, text in [
        (NoteKind.CLAIM, "漏れる"),
        (NoteKind.FACT_CONFIRMED, "設置"),
        (NoteKind.MEMO, "覚え"),
        (NoteKind.UNCONFIRMED, "空き"),
        (NoteKind.FACT_CONFIRMED, "入電"),
    ]:
        talk.wait(1).do(c.TakeNote(kind, text))
    return talk


def order(talk):
    return [row.text for row in talk.case.facts.rows]


def note_id(talk, text):
    return next(note.note_id for note in talk.case.notes.notes if note.text == text)


def test_what_the_records_confirm_is_read_first(facts):
    assert order(facts) == ["設置", "入電", "漏れる", "空き"]


def test_a_fact_is_put_behind_another_or_first(facts):
    facts.do(c.PlaceFact(note_id(facts, "空き"), note_id(facts, "設置")))
    assert order(facts) == ["設置", "空き", "入電", "漏れる"]
    facts.do(c.PlaceFact(note_id(facts, "漏れる")))
    assert order(facts) == ["漏れる", "設置", "空き", "入電"]
    facts.do(c.Undo(), c.Undo())
    assert order(facts) == ["設置", "入電", "漏れる", "空き"]


@pytest.mark.parametrize(
    ("text", "by", "expected"),
    [
        ("入電", -1, ["入電", "設置", "漏れる", "空き"]),
        ("入電", -9, ["入電", "設置", "漏れる", "空き"]),
        ("設置", 2, ["入電", "漏れる", "設置", "空き"]),
        ("設置", 99, ["入電", "漏れる", "空き", "設置"]),
    ],
)
def test_a_fact_moves_by_places(facts, text, by, expected):
    facts.do(c.MoveFact(note_id(facts, text), by))
    assert order(facts) == expected


@pytest.mark.parametrize(("text", "by"), [("設置", -1), ("空き", 1), ("入電", 0)])
def test_moving_past_the_end_is_no_event(facts, text, by):
    assert facts.do(c.MoveFact(note_id(facts, text), by)) == ()


def test_what_is_no_fact_is_not_moved(facts):
    memo, fact = note_id(facts, "覚え"), note_id(facts, "設置")
    for command in (
        c.PlaceFact(memo),
        c.PlaceFact(fact, memo),
        c.PlaceFact(fact, fact),
        c.PlaceFact("nothing"),
        c.MoveFact(memo, 1),
        c.DetailFact(memo),
        c.AnswerFact(memo, FactAnswer.AGREED),
    ):
        assert facts.refusal(command) == "fact.not_there"


def test_a_new_fact_does_not_disturb_what_was_placed(facts):
    facts.do(c.PlaceFact(note_id(facts, "空き")), c.TakeNote(NoteKind.CLAIM, "三回目"))
    facts.do(c.TakeNote(NoteKind.FACT_CONFIRMED, "受注"))
    assert order(facts) == ["空き", "設置", "入電", "受注", "漏れる", "三回目"]


def test_what_was_put_behind_a_removed_fact_stays_there(facts):
    facts.do(c.PlaceFact(note_id(facts, "空き"), note_id(facts, "設置")))
    facts.do(c.RemoveNote(note_id(facts, "設置")))
    assert order(facts) == ["空き", "入電", "漏れる"]
    facts.do(c.Undo())
    assert order(facts) == ["設置", "空き", "入電", "漏れる"]


def test_details_and_answers_belong_to_the_fact(facts):
    fact = note_id(facts, "設置")
    facts.do(c.DetailFact(fact, " 14日 ", "受注記録"), c.AnswerFact(fact, FactAnswer.AGREED))
    row = facts.case.facts.row(fact)
    assert (row.happened, row.source, row.answer) == ("14日", "受注記録", FactAnswer.AGREED)
    assert facts.do(c.DetailFact(fact, "14日", "受注記録")) == ()
    assert facts.do(c.AnswerFact(fact, FactAnswer.AGREED)) == ()
    assert fact not in {row.note_id for row in facts.case.facts.unanswered}


def test_a_fact_seen_differently_is_a_discrepancy_and_keeps_its_kind(facts):
    fact = note_id(facts, "設置")
    facts.do(c.AnswerFact(fact, FactAnswer.DIFFERENT, "15日だ"))
    row = facts.case.facts.row(fact)
    assert (row.shown_kind, row.kind) == (NoteKind.DISCREPANCY, NoteKind.FACT_CONFIRMED)
    assert facts.case.facts.differences == (row,)
    assert order(facts)[0] == "設置"
    facts.do(c.Undo())
    assert facts.case.facts.row(fact).shown_kind is NoteKind.FACT_CONFIRMED


def test_other_words_are_confirmed_anew(facts):
    """The customer agreed to what was read out, not to what was written later."""
    fact = note_id(facts, "設置")
    facts.do(c.AnswerFact(fact, FactAnswer.DIFFERENT, "15日だ"))
    facts.do(c.EditNote(fact, NoteKind.CLAIM, "設置"))
    assert facts.case.facts.row(fact).answer is FactAnswer.DIFFERENT
    facts.do(c.EditNote(fact, NoteKind.CLAIM, "15日に設置"))
    row = facts.case.facts.row(fact)
    assert (row.answer, row.words) == (FactAnswer.OPEN, "15日だ")


def test_a_note_that_becomes_a_memo_is_no_fact(facts):
    facts.do(c.EditNote(note_id(facts, "設置"), NoteKind.MEMO, "設置"))
    assert order(facts) == ["入電", "漏れる", "空き"]
