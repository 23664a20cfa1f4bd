"""The advice bar: calm, amber and red, in a call, after it and between calls; in nobody's way."""

from datetime import UTC, datetime, timedelta

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QWidget

from call import commands as c
from call.agenda import AgendaEntry
from call.case import Due
from call.events import Safety
from call.fold_times import CallPhase
from call.guidance import TABLE, Level, Prompt
from scripts_ja.model import HoldKind
from scripts_ja.texts import t
from ui.advice_words import words_of
from ui.sheet import CHOICE_KEYS
from ui.theme import Look


def finish(seat):
    seat.work.do(c.EndCall())
    seat.work.do(c.RecordHandoff("text", "a.txt"))
    seat.work.do(c.FinishWrapUp())
    settle(seat)


def settle(seat):
    """What was begun beside the window has come."""
    seat.wait_until(lambda: seat.work.is_quiet)


def wait(seat, seconds):
    """Time passes; the window is looked at as the ticker does it."""
    seat.clock.advance(seconds)
    seat.window.show_advice()
    seat.settle()


def advice(seat):
    prompt = seat.window.advice.prompt
    return prompt.id if prompt else None


@pytest.fixture
def owing(seat):
    """A desk that waits; 山田 is owed a callback in an hour, and another call was taken since."""
    seat.begin_call("0312345678")
    seat.work.do(c.FillField("customer", "山田"))
    due = seat.work.now().wall + timedelta(hours=1)
    seat.work.do(c.CommitCallback("佐藤", due, "課長"))
    seat.owed = seat.case.id
    finish(seat)
    seat.begin_call("0698765432")
    finish(seat)
    return seat


# -- while nobody calls -----------------------------------------------------------------------


def test_a_reminder_comes_while_the_desk_waits(owing):
    assert owing.window.advice.isHidden()
    wait(owing, 45 * 60)
    bar = owing.window.advice
    assert bar.isVisible()
    assert owing.window.waiting.isAncestorOf(bar)
    assert owing.window.rect().contains(bar.mapTo(owing.window, bar.rect().bottomRight()))
    assert t("advice.callback_first.title", minutes=15, time="15時") in bar.title.text()
    assert "山田 様" in bar.accessibleName()
    assert "佐藤" in bar.accessibleName()
    assert bar.property("tone") == "warn"


def test_an_overdue_one_says_so_in_red(owing):
    wait(owing, 75 * 60)
    bar = owing.window.advice
    assert bar.title.text() == t("advice.mark_red") + t("advice.callback_late.title", when="15時")
    assert bar.property("tone") == "danger"


def test_following_a_reminder_opens_its_case_and_offers_to_ring(owing):
    wait(owing, 56 * 60)
    owing.act("follow_advice")
    owing.wait_until(lambda: owing.work.is_chosen)
    assert owing.case.id == owing.owed
    assert owing.window.sheet.title.text() == t("cases.do")
    owing.press("Escape")
    assert owing.work.is_chosen
    assert owing.window.stage_page.isAncestorOf(owing.window.advice)
    assert advice(owing) == "callback_last"
    owing.act("follow_advice")
    assert owing.window.sheet.title.text() == t("cases.do")
    owing.press("1")
    assert owing.work.phase is CallPhase.TALKING
    assert owing.case.id == owing.owed
    assert advice(owing) is None


def test_esc_puts_one_reminder_aside_and_the_next_still_comes(owing):
    wait(owing, 45 * 60)
    owing.press("Escape", owing.edit)
    assert owing.window.advice.isHidden()
    settle(owing)
    wait(owing, 60)
    assert advice(owing) is None
    wait(owing, 9 * 60)
    assert advice(owing) == "callback_last"
    owing.save()
    with owing.archive() as archive:
        kinds = [event.kind for event in archive.events_of(owing.owed)]
    assert kinds.count("AdviceDismissed") == 1


def test_it_is_put_aside_for_good(owing, make_seat):
    wait(owing, 45 * 60)
    owing.window.advice.later.click()
    settle(owing)
    again = make_seat().start()
    settle(again)
    wait(again, 1)
    assert advice(again) is None
    wait(again, 9 * 60)
    assert advice(again) is None
    wait(again, 60)
    assert advice(again) == "callback_last"


def test_after_a_new_start_what_is_due_is_there_at_once(owing, make_seat, clock):
    owing.die()
    clock.advance(58 * 60)
    again = make_seat().start()
    again.wait_until(lambda: advice(again) == "callback_last")
    assert again.window.advice.isVisible()


def test_the_list_of_what_is_due_keeps_its_place(owing):
    owing.wait_for_background()
    headline = owing.window.waiting.head.geometry()
    wait(owing, 45 * 60)
    assert owing.window.waiting.head.geometry() == headline


# -- in a call and after it -------------------------------------------------------------------


def test_in_a_call_it_is_told_and_takes_neither_focus_nor_place(owing):
    owing.begin_call("0312340000")
    owing.window.input.focus()
    focus = QApplication.focusWidget()
    first = owing.window.stage.card.labels[0]
    place = first.mapTo(owing.window, first.rect().topLeft())
    owing.work.do(c.CommitCallback("鈴木", owing.work.now().wall + timedelta(days=1)))
    owing.work.do(c.AnswerCallback(True))
    owing.wait(45 * 60)
    bar = owing.window.advice
    assert advice(owing) == "callback_first"
    assert bar.isVisible()
    assert bar.follow.isHidden()
    assert QApplication.focusWidget() is focus
    assert first.mapTo(owing.window, first.rect().topLeft()) == place
    case_id = owing.case.id
    owing.act("follow_advice")
    settle(owing)
    assert owing.case.id == case_id


def test_during_after_call_work_the_case_is_opened_and_the_work_waits(owing):
    owing.begin_call("0312340000")
    owing.work.do(c.EndCall())
    owing.wait(56 * 60)
    assert advice(owing) == "callback_last"
    in_hand = owing.case.id
    owing.act("follow_advice")
    owing.wait_until(lambda: owing.work.is_chosen)
    assert owing.case.id == owing.owed
    assert [case.id for case in owing.work.parked] == [in_hand]


def test_a_report_is_asked_for_after_the_call_and_one_key_makes_it(talk):
    talk.work.do(c.SetTemperature(4))
    talk.act("end")
    talk.wait(299)
    assert advice(talk) is None
    talk.wait(5)  # a prompt may speak up so much later
    assert advice(talk) == "report_amber"
    talk.wait(300)
    assert advice(talk) == "report_red"
    assert talk.window.advice.follow.word.text() == t("advice.report_red.action")
    talk.act("follow_advice")
    settle(talk)
    assert advice(talk) == "report_red"  # what lacks is shown first; the note's key lets it go
    talk.act("handoff")
    settle(talk)
    assert len(talk.case.handing_up.handoffs) == 1
    assert advice(talk) == "acw_guide"
    talk.controller.papers.close()


def test_harm_is_asked_for_at_once_and_while_the_desk_waits_too(talk):
    talk.work.do(c.SetSafety(Safety.YES))
    talk.act("end")
    assert advice(talk) == "report_safety"
    talk.act("end")
    assert talk.window.waiting.isVisible()
    assert talk.window.advice.isVisible()
    assert talk.window.advice.property("tone") == "danger"


def test_the_guide_of_after_call_work_goes_with_the_key_it_shows(talk):
    talk.act("end")
    talk.wait(300)
    assert advice(talk) == "acw_guide"
    talk.act("follow_advice")
    assert talk.work.phase is CallPhase.CLOSED
    assert advice(talk) is None


# -- calm -------------------------------------------------------------------------------------


def test_the_reception_of_anger_counts_down_calmly(talk):
    talk.work.do(c.EnterStage("F3-S1"))
    talk.settle()
    bar = talk.window.advice
    assert advice(talk) == "pause_cue"
    talk.wait(10)
    assert (bar.property("tone"), bar.calm.isVisible(), bar.amber.isHidden()) == (
        "calm",
        True,
        True,
    )
    assert bar.title.text() == t("advice.mark_calm") + t(
        "advice.reception_start.title", minutes=2, seconds=50
    )
    talk.act("temperature3")
    assert advice(talk) == "reception_runs"
    talk.wait(170)
    assert advice(talk) == "reception_end"
    talk.act("temperature3")
    assert [mark.value for mark in talk.case.marks.temperatures] == [3, 3]
    assert advice(talk) == "reception_over"
    talk.act("follow_advice")
    assert talk.case.stages.current.stage_id == "F3-S2"


def test_solutions_stay_folded_until_the_three_minutes_are_over_wherever_one_was(talk):
    talk.work.do(c.EnterStage("F3-S1"))
    talk.wait(100)
    talk.work.do(c.ToggleAside())
    talk.wait(79)
    talk.work.do(c.ToggleAside())
    folded = len(talk.work.stage().phrases)
    talk.wait(1)
    assert len(talk.work.stage().phrases) == folded + 1


def test_the_card_about_silence_is_followed_by_a_pause(talk):
    talk.work.interrupts.open("silence")
    assert advice(talk) == "pause_cue"
    talk.wait(30)
    assert advice(talk) is None


def test_after_the_card_about_life_the_hold_has_no_colour_either(talk):
    talk.work.interrupts.open("life")
    assert advice(talk) == "beside_you"
    talk.act("hold")
    talk.wait(600)
    assert not talk.window.clock.hold.property("tone")
    talk.act("follow_advice")
    assert talk.case.handing_up.was_consulted_in(talk.case.call_id)
    talk.window.close_sheet()
    assert advice(talk) is None


def test_esc_closes_the_card_about_life_and_never_the_wish_for_a_superior(talk):
    """One Esc too many must not leave the agent alone with it."""
    talk.act("cards")
    number = [card.id for card in talk.work.interrupts.all()].index("life")
    talk.press(CHOICE_KEYS[number])
    assert talk.window.sheet is not None
    for _ in range(3):
        talk.press("Esc")
    assert talk.window.sheet is None
    assert advice(talk) == "beside_you"
    assert talk.window.advice.later.isHidden()
    talk.act("follow_advice")
    talk.press("Esc")
    assert advice(talk) is None


# -- painting ---------------------------------------------------------------------------------


def test_a_second_that_changes_nothing_paints_nothing(talk, monkeypatch):
    talk.work.do(c.SetSafety(Safety.NO))
    talk.wait(11 * 60)
    bar = talk.window.advice
    assert advice(talk) == "in_circles"
    called = []
    for name in ("setToolTip", "setAccessibleName", "setVisible"):
        monkeypatch.setattr(bar, name, lambda *_, n=name: called.append(n))
    monkeypatch.setattr("ui.bars.words_of", lambda _: called.append("words"))
    for _ in range(5):
        talk.clock.advance(1)
        talk.window.show_advice()
    assert called == []


def an_entry(kind):
    at = Due(kind, "x", AT, "長宗我部右衛門左衛門", "経緯のご説明と交換品の発送日のご連絡")
    customer = "独立行政法人高齢・障害・求職者雇用支援機構"
    return AgendaEntry("x", "260401-K7Q2-01", customer, at, "x")


AT = datetime(2026, 4, 1, 6, 30, tzinfo=UTC)
WIDEST = {"minutes": 15, "seconds": 59, "announced": 2, "count": 2, "tries": 2, "hours": 24}
WIDEST |= {"whole": 3}


def a_prompt(row):
    kind = row.id.partition("_")[0]
    about = an_entry(kind) if row.action == "open_case" else None
    return Prompt(row.id, row.level, row.action, row.rule, WIDEST, about)


@pytest.mark.parametrize("row", TABLE, ids=lambda row: row.id)
def test_every_prompt_fits_its_place(talk, row):
    """The title on one line, and the whole in the place that is kept for it."""
    window = talk.window
    window.resize(340, 680)
    talk.settle()
    window.advice.show_prompt(a_prompt(row), Look(window.look.tokens, 100))
    talk.settle()
    title = window.advice.title
    assert title.fontMetrics().horizontalAdvance(title.text()) <= title.width(), title.text()
    assert window.advice.layout().totalHeightForWidth(window.advice.width()) <= 108  # ui/folding.py
    words = words_of(a_prompt(row))
    assert bool(words.action) == bool(row.action)


def test_every_level_has_a_mark_and_a_tone(talk):
    marks, tones = set(), set()
    for level in Level:
        prompt = Prompt("pause_cue", level, "", "#105", WIDEST)
        talk.window.advice.show_prompt(prompt, talk.window.look)
        marks.add(talk.window.advice.title.text()[0])
        tones.add(talk.window.advice.property("tone"))
        shown = [label for label in talk.window.advice._bodies.values() if label.isVisible()]
        assert len(shown) == 1
    assert len(marks) == len(tones) == len(Level)
    assert "#105" in talk.window.advice.toolTip()


def test_the_bar_can_be_clicked_in_both_places(owing):
    wait(owing, 56 * 60)
    QTest.mouseClick(owing.window.advice.follow, Qt.MouseButton.LeftButton)
    owing.wait_until(lambda: owing.work.is_chosen)
    assert owing.case.id == owing.owed


# -- outside the window -----------------------------------------------------------------------


@pytest.fixture
def told(monkeypatch):
    """What the desktop was asked for."""
    said = []
    monkeypatch.setattr(QApplication, "alert", lambda window, *_: said.append("flash"))
    monkeypatch.setattr(QApplication, "beep", lambda *_: said.append("sound"))
    return said


@pytest.mark.parametrize(
    ("flash", "sound", "expected"),
    [("on", "off", ["flash"]), ("off", "on", ["sound"]), ("off", "off", [])],
)
def test_a_red_hold_is_told_once(make_seat, told, flash, sound, expected):
    chosen = {"alerts__hold_red_flash": flash, "alerts__hold_red_sound": sound}
    seat = make_seat(**chosen).start()
    seat.begin_call()
    seat.work.do(c.Hold(HoldKind.LOOKUP))
    seat.wait(59)
    assert told == []
    for _ in range(5):
        seat.wait(1)
    assert told == expected
    seat.act("hold")
    seat.wait(60)
    assert told == expected
    seat.act("hold")
    assert advice(seat) == "second_hold"
    seat.press("Escape", seat.edit)
    seat.wait(60)
    assert advice(seat) == "hold_red"
    assert told == expected * 2


def test_by_default_it_flashes_and_is_silent(talk, told):
    talk.work.do(c.Hold(HoldKind.CONSULT))
    talk.wait(120)
    assert told == ["flash"]


def test_nothing_else_that_is_red_is_told(talk, told):
    talk.wait(25 * 60)
    assert advice(talk) == "call_red"
    assert told == []


def test_the_bar_is_one_widget(owing):
    bars = [w for w in owing.window.findChildren(QWidget) if w.objectName() == "advice"]
    assert len(bars) == 1
