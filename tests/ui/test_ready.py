"""What stands ready on the screen while the same talk goes on."""

import pytest
from PySide6.QtCore import QPoint
from PySide6.QtGui import QGuiApplication

from call import commands as c
from scripts_ja.model import NoteKind
from scripts_ja.texts import t


def ready(seat):
    return seat.window.stage.ready


def copied(seat):
    seat.act("copy_phrase")
    return QGuiApplication.clipboard().text()


def answer(seat, text="部品を無償で交換する"):
    seat.work.do(c.TakeNote(NoteKind.ANSWERED, text))


@pytest.mark.rule("T3")
def test_the_key_brings_the_sentence_and_something_new_takes_it_away(talk):
    answer(talk)
    assert ready(talk).isHidden()
    talk.act("same_talk")
    assert ready(talk).isVisible()
    assert "本日14時に「部品を無償で交換する」と" in ready(talk).phrase.accessibleName()
    assert t("repeat.counts", here=1) in ready(talk).remark.accessibleName()
    talk.act("new_fact")
    assert ready(talk).isHidden()


def test_no_phrase_moves_when_it_comes(talk):
    answer(talk)
    label = talk.window.stage.card.labels[0]
    before = label.mapTo(talk.window, label.rect().topLeft())
    talk.act("same_talk")
    assert label.mapTo(talk.window, label.rect().topLeft()) == before
    strip = ready(talk)
    assert strip.mapTo(talk.window, strip.rect().topLeft()).y() > before.y() + label.height()


@pytest.mark.parametrize(
    ("size", "percent"), [((340, 680), 100), ((340, 820), 100), ((560, 680), 200)]
)
def test_it_is_in_sight_in_a_small_window(make_seat, size, percent):
    seat = make_seat(size=size, view__text_percent=percent).start()
    seat.begin_call()
    answer(seat)
    seat.act("same_talk")
    area = seat.window.stage_area.viewport()
    place = ready(seat).geometry().translated(seat.window.stage.mapTo(area, QPoint(0, 0)))
    seen = place.intersected(area.rect())
    assert seen.height() == min(place.height(), area.height())
    assert seen.top() == place.top()


@pytest.mark.parametrize(("stage", "key"), [("F7-S2", "Ctrl 3"), ("F1-S1", "Ctrl 0")])
def test_without_an_answer_it_says_which_key_notes_one(talk, stage, key):
    talk.work.do(c.EnterStage(stage))
    talk.act("same_talk")
    assert ready(talk).phrase.isHidden()
    assert f"（{key}「回答済み」で" in ready(talk).remark.accessibleName()


def test_the_copy_key_begins_with_it(talk):
    answer(talk)
    first = copied(talk)
    talk.act("same_talk")
    assert "「部品を無償で交換する」とお答えしております" in copied(talk)
    assert copied(talk) == first
    talk.act("new_fact")
    assert copied(talk) == first


def test_notes_stand_where_advice_would_until_it_comes(make_seat):
    """Else a stage that leaves them just too little room had an empty page below it."""
    seat = make_seat(size=(340, 760)).start()
    seat.begin_call()
    seat.work.do(c.TakeNote(NoteKind.CLAIM, "回すたびに床に水が漏れる"))
    seat.work.do(c.EnterStage("F1-S3"))
    seat.act("same_talk")
    label, notes = seat.window.stage.card.labels[0], seat.window.notes
    place = label.mapTo(seat.window, label.rect().topLeft())
    assert seat.window.advice.isHidden()
    assert notes.isVisible()
    assert notes.height() > 40
    seat.wait(11 * 60)
    assert seat.window.advice.isVisible()
    assert not notes.isVisible()
    assert label.mapTo(seat.window, label.rect().topLeft()) == place


def test_a_sheet_is_never_laid_where_advice_may_come(make_seat):
    seat = make_seat(size=(340, 760)).start()
    seat.begin_call()
    seat.work.do(c.EnterStage("F1-S3"))
    seat.act("same_talk")
    assert seat.window.notes.isVisible()
    seat.act("retime")
    sheet = seat.window.sheet
    assert sheet.minimumSizeHint().height() <= seat.window.pad.height()
    assert seat.window.pad.indexOf(sheet) < 0
    seat.wait(11 * 60)
    assert sheet.isVisible()
