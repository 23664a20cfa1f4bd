"""Solutions fold while anger is received, say why, open by key, and come without a jump."""

import pytest
from PySide6.QtCore import QPoint, QRect

from call import commands as c
from scripts_ja.texts import t
from ui.actions import key_of
from ui.port.phrases import PhraseKey

# At some of these, where nothing held them, a goal would come back above the phrase (730, 850 high)
# or a scroll bar would go (620, 850) when the time is over.
SIZES = [
    *(((340, height), 100) for height in (620, 680, 730, 1000, 1400)),
    ((440, 850), 150),
    ((560, 1000), 200),
]


def enter(seat, stage):
    assert seat.work.do(c.EnterStage(stage)).refusal is None
    seat.settle()


def shown(seat):
    return [view.plain for view in seat.window.stage.card.shown]


def solution(seat):
    stage = seat.work.stage()
    return (stage.phrases + stage.folded)[-1].plain


def places(seat):
    card = seat.window.stage.card
    labels = [label for label in card.labels if not label.isHidden()]
    return [QRect(label.mapTo(seat.window, QPoint()), label.size()) for label in labels]


@pytest.fixture(params=SIZES, ids=str)
def received(make_seat, request):
    size, percent = request.param
    talk = make_seat(size=size, view__text_percent=percent).start()
    talk.begin_call()
    enter(talk, "F3-S1")
    return talk


def test_the_place_says_why_and_with_which_key(received):
    why = received.window.stage.card.folded
    assert not why.isHidden()
    time = t("phrase_fold.minutes", count=3)
    assert t("phrase_fold.why", time=time, key=key_of("more_phrases")) in why.accessibleName()
    received.wait(180)
    assert why.isHidden()


def test_a_time_that_is_no_whole_minutes_is_said_in_seconds(make_seat):
    talk = make_seat(limits__anger_reception_seconds=90).start()
    talk.begin_call()
    enter(talk, "F3-S1")
    why = talk.window.stage.card.folded.accessibleName()
    assert t("phrase_fold.seconds", count=90) in why


def test_the_key_opens_them_and_folds_them_again(received):
    before = shown(received)
    assert solution(received) not in before
    received.act("more_phrases")
    assert shown(received)[-1] == solution(received)
    assert received.window.stage.card.folded.isHidden()
    received.act("more_phrases")
    assert shown(received) == before
    assert not received.window.stage.card.folded.isHidden()


def test_what_was_opened_is_closed_when_the_stage_is_left(received):
    received.act("more_phrases")
    enter(received, "F3-S2")
    enter(received, "F3-S1")
    assert solution(received) not in shown(received)


def test_when_the_time_is_over_no_phrase_moves(received):
    received.wait(170)
    before, words = places(received), shown(received)
    received.wait(20)
    assert received.work.stage().folded == ()
    assert shown(received)[: len(words)] == words
    assert places(received)[: len(before)] == before


def test_what_was_opened_by_key_stays_as_it_is_when_the_time_is_over(received):
    received.wait(60)
    received.act("more_phrases")
    before, words = places(received), shown(received)
    received.wait(130)
    assert (places(received), shown(received)) == (before, words)


def test_with_own_phrases_too_nothing_moves(received):
    received.work.phrases.keep(PhraseKey("F3-S1", "", is_own=True), "{agent}でございます。")
    received.work.phrases.keep(received.work.stage().folded[0].key, "こうご相談いたします。")
    received.settle()
    before = places(received)
    received.wait(181)
    assert places(received)[: len(before)] == before
    if received.window.stage.card.more.text():
        received.act("more_phrases")
    assert shown(received)[-1] == "こうご相談いたします。"
