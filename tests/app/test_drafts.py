"""What is being typed: never with a number that must not be stored."""

from datetime import UTC, datetime

import pytest

from app.case_desks import Rules
from app.drafts import Drafts
from app.session import Session
from call import commands as c
from call.clock import SimulatedClock
from call.limits import Limits
from scripts_ja.model import FlowBook
from storage.journal import Draft


class Remembering:
    """A journal that remembers what it was given."""

    def __init__(self):
        self.drafts = []

    def append(self, envelopes, summaries, cleared_drafts=()):
        pass

    def save_draft(self, draft):
        self.drafts.append((draft.case_id, draft.text))


@pytest.fixture
def typing():
    clock = SimulatedClock(datetime(2026, 11, 21, 1, 0, tzinfo=UTC))
    journal = Remembering()
    session = Session(clock, journal, Rules(FlowBook(()), Limits(), "none"))
    session.open_in_memory("K7Q2")
    return session, Drafts(session, journal), journal.drafts


def test_without_a_case_a_draft_is_screened_too(typing):
    _, drafts, kept = typing
    drafts.keep("4111 1111 1111")
    assert kept == [("", "＊＊＊＊ ＊＊＊＊ ＊＊＊＊")]


def test_a_slip_number_once_allowed_is_written_while_it_is_typed(typing):
    session, drafts, kept = typing
    session.do(c.StartCall())
    session.do(c.AllowNumber("4111111111111111"))
    drafts.keep("伝票4111111111111111")
    assert kept[-1] == (session.desk.own_case_id, "伝票4111111111111111")


def test_the_change_of_an_old_note_stands_under_its_id(typing):
    session, drafts, kept = typing
    found = []
    drafts.listen(lambda text, note_id, _: found.append((text, note_id)))
    session.do(c.StartCall())
    case_id = session.desk.own_case_id
    drafts.keep("水漏れ、昨夜", "note-1")
    drafts.find([Draft(case_id, "note:note-1", "水漏れ、昨夜", session.now().wall)])
    drafts.find([Draft(case_id, "note", "水漏れ", session.now().wall)])
    drafts.find([Draft(case_id, "field.cause", "摩耗", session.now().wall)])
    assert kept == [(case_id, "水漏れ、昨夜")]
    assert found == [("水漏れ、昨夜", "note-1"), ("水漏れ", "")]


def test_what_is_typed_after_a_call_is_over_belongs_to_no_case(typing):
    session, drafts, kept = typing
    for command in (c.StartCall(), c.EndCall(), c.FinishWrapUp()):
        session.do(command)
    drafts.keep("次の方")
    assert kept[-1] == ("", "次の方")


def test_the_change_of_a_note_whose_case_is_over_waits_for_that_case(typing):
    session, drafts, kept = typing
    found = []
    drafts.listen(lambda text, note_id, _: found.append((text, note_id)))
    session.do(c.StartCall())
    case_id = session.desk.own_case_id
    for command in (c.EndCall(), c.FinishWrapUp()):
        session.do(command)
    history = session.desk.history
    drafts.keep("水漏れ、昨夜", "note-1")
    assert kept[-1] == (case_id, "水漏れ、昨夜")
    drafts.clear()

    session.do(c.StartCall())  # as after a crash: the next customer is on the line
    drafts.find([Draft(case_id, "note:note-1", "水漏れ、昨夜", session.now().wall)])
    assert found == []
    for command in (c.EndCall(), c.FinishWrapUp()):
        session.do(command)
    drafts.keep("書きかけ")
    assert session.choose(case_id, history)
    assert found == []  # what is being typed stays in the field
    session.lay_aside()
    drafts.clear()
    assert session.choose(case_id, history)
    assert found == [("水漏れ、昨夜", "note-1")]
    session.lay_aside()
    assert session.choose(case_id, history)
    assert len(found) == 1
