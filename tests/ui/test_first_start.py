"""The first start asks who answers, and takes a call at once if one comes."""

import tomllib

import pytest

from call.fold_times import CallPhase
from scripts_ja.texts import t
from ui.welcome_sheet import WelcomeSheet


@pytest.fixture
def new(make_seat):
    return make_seat(desk__name="", desk__company="").start()


def stored(seat):
    return tomllib.loads(seat.places.settings.read_text(encoding="utf-8"))


def test_it_asks_for_name_and_company(new):
    assert isinstance(new.window.sheet, WelcomeSheet)
    labels = [row.label.text() for row in new.window.sheet.rows]
    assert labels[:2] == [t("welcome.name"), t("welcome.company")]
    assert new.window.sheet.rows[0].entry.hasFocus()


def test_the_note_key_leads_to_the_first_field_that_is_empty(new):
    """At the edge the window waits without the keyboard: this key is how one begins to type."""
    new.type("田中", new.window.sheet.rows[0].entry)
    new.press("Return")
    new.edit.setFocus()
    new.act("focus_note")
    assert new.window.sheet.rows[1].entry.hasFocus()
    new.press("Esc")
    new.act("focus_note")
    assert new.edit.hasFocus()


def test_enter_goes_on_and_keeps_each_field(new):
    for text in ("田中", "みどり電器"):
        row = next(r for r in new.window.sheet.rows if r.entry.hasFocus())
        new.type(text, row.entry)
        new.press("Return")
    new.press("Esc")
    assert new.window.sheet is None
    new.wait_for_background()
    assert stored(new)["desk"]["name"] == "田中"
    assert stored(new)["desk"]["company"] == "みどり電器"


def test_a_call_is_taken_at_once_and_what_was_typed_is_kept(new):
    new.type("田中", new.window.sheet.rows[0].entry)
    new.act("start")
    assert new.work.phase is CallPhase.TALKING
    assert new.window.sheet is None
    assert new.edit.hasFocus()
    assert new.work.settings.get("desk.name") == "田中"
    assert "田中と申します" in new.window.stage.card.labels[0].accessibleName()
    new.wait_for_background()
    assert stored(new)["desk"]["name"] == "田中"


def test_it_does_not_ask_again(seat):
    assert seat.window.sheet is None


def test_a_call_comes_before_the_journal_is_open(make_seat):
    """The key is pressed while the disk still thinks: the call begins when it was pressed."""
    seat = make_seat()
    seat.act("start")
    seat.clock.advance(3)
    seat.start()
    assert seat.work.phase is CallPhase.TALKING
    assert seat.window.clock.time.text() == "00:03"


def test_without_a_name_the_phrase_has_a_gap_and_invents_nothing(make_seat):
    seat = make_seat(desk__name="").start()
    seat.begin_call()
    seat.window.close_sheet()
    assert "agent" in seat.window.stage.card.gap_keys()
