"""One's own wording and first phrase: written by key, shown, found, changed, taken away."""

import pytest
from PySide6.QtGui import QGuiApplication

from call import commands as c
from scripts_ja.texts import t
from ui.phrase_sheet import PhraseSheet
from ui.port.phrases import PhraseKey
from ui.sheet import ChoiceSheet
from ui.wording_sheet import WordingSheet

ASK = "どうぞ、今一番お伝えになりたいことからお聞かせください。"
OWN = "{customer}、何からでもお話しください。"


def enter(seat, stage):
    assert seat.work.do(c.EnterStage(stage)).refusal is None
    seat.settle()


def write(seat, text):
    edit = seat.window.sheet.edit
    edit.clear()
    seat.type(text, edit)
    seat.settle()


def marks(seat):
    return [view.mark for view in seat.work.stage().phrases if view.mark]


@pytest.fixture
def received(talk):
    enter(talk, "F3-S1")
    return talk


def test_from_the_stage_a_phrase_is_chosen_and_written_anew(received):
    received.act("own_wording")
    assert isinstance(received.window.sheet, ChoiceSheet)
    received.press("3")
    sheet = received.window.sheet
    assert isinstance(sheet, WordingSheet)
    assert sheet.edit.toPlainText() == ASK
    write(received, OWN)
    received.press("Return")
    assert received.window.sheet is None
    assert received.notice == t("own.edit.saved")
    views = received.work.stage().phrases
    place = [view.plain for view in views].index(ASK)
    assert views[place + 1].plain == "お客様、何からでもお話しください。"
    assert views[place + 1].mark == t("own.wording")


def test_the_stage_shows_it_with_its_mark(make_seat):
    talk = make_seat(size=(340, 1400)).start()
    talk.begin_call()
    enter(talk, "F3-S1")
    talk.work.phrases.keep(PhraseKey("F3-S1", ASK), OWN)
    talk.settle()
    card = talk.window.stage.card
    remarks = [remark.text() for remark in card._remarks if not remark.isHidden()]
    assert t("own.wording") in remarks
    assert len(card.labels) >= 4


def test_from_the_search_and_back_to_it_and_removed_again(talk):
    talk.act("find_phrase")
    talk.type("今一番", talk.window.sheet.entry)
    talk.act("own_wording")
    write(talk, OWN)
    talk.press("Return")
    assert isinstance(talk.window.sheet, PhraseSheet)
    assert talk.window.sheet.entry.text() == "今一番"
    assert [f.key.is_own for f in talk.work.phrases.find("何からでも")] == [True]
    talk.window.sheet.entry.setText("何からでも")
    talk.act("own_wording")
    assert talk.window.sheet.edit.toPlainText() == OWN
    write(talk, "")
    talk.press("Return")
    assert talk.notice == t("own.edit.removed")
    assert talk.work.phrases.find("何からでも") == ()


def test_it_is_there_after_a_new_start(make_seat):
    first = make_seat().start()
    first.work.phrases.keep(PhraseKey("F3-S1", ASK), OWN)
    first.wait_for_background()
    again = make_seat().start()
    again.wait_until(lambda: again.work.phrases.find("何からでも"))


def test_a_wording_that_is_the_shipped_one_is_not_kept(received):
    received.act("own_wording")
    received.press("1")
    received.press("Return")
    assert received.window.sheet is None
    assert marks(received) == []


def test_remarks_come_while_typing_and_keep_nobody_from_saving(received):
    received.work.do(c.FillField("customer", "山田太郎"))
    received.act("own_wording")
    received.press("3")
    sheet = received.window.sheet
    assert all(label.isHidden() for label in sheet.remarks)
    write(received, "規則ですので、{nobody}、山田太郎様。")
    shown = [label.accessibleName() for label in sheet.remarks if not label.isHidden()]
    assert len(shown) >= 3
    assert sheet.hint.text() == t("own.edit.hint_remarks", count=len(shown))
    received.press("Return")
    assert marks(received) == [t("own.wording")]


def test_enter_and_escape_belong_to_the_input_method_while_it_composes(received):
    received.act("own_wording")
    received.press("3")
    edit = received.window.sheet.edit
    received.compose("なにから", edit)
    received.press("Return", edit)
    received.press("Escape", edit)
    assert isinstance(received.window.sheet, WordingSheet)


def test_what_is_being_written_survives_another_sheet(received):
    received.act("own_wording")
    received.press("3")
    write(received, OWN)
    received.act("cards")
    received.press("Escape")
    received.act("own_wording")
    received.press("3")
    assert received.window.sheet.edit.toPlainText() == OWN
    assert marks(received) == []


def test_the_first_phrase_is_written_from_the_stage_and_stands_first(received):
    received.act("first_phrase")
    assert isinstance(received.window.sheet, WordingSheet)
    write(received, "{company}の{agent}でございます。まずお詫びいたします。")
    received.press("Return")
    label = received.window.stage.card.labels[0]
    assert label.accessibleName() == "みどり電器の田中でございます。まずお詫びいたします。"
    assert label._is_first
    assert received.window.stage.card._remarks[0].text() == t("own.first")
    received.act("copy_phrase")
    assert QGuiApplication.clipboard().text() == label.accessibleName()


def test_the_first_phrase_is_pinned_from_the_search_and_let_go_again(received):
    received.act("find_phrase")
    received.type("今一番", received.window.sheet.entry)
    received.act("first_phrase")
    assert received.notice == t("own.edit.first_saved", place="怒りの受け止め")
    assert isinstance(received.window.sheet, PhraseSheet)
    assert received.work.stage().phrases[0].plain == ASK
    assert received.window.sheet.chosen.phrase.mark == t("own.first")
    received.act("first_phrase")
    assert received.notice == t("own.edit.first_removed", place="怒りの受け止め")
    assert marks(received) == []


def test_no_event_speaks_of_ones_own_phrases(received):
    before = len(received.work.session.desk.history)
    received.act("first_phrase")
    write(received, OWN)
    received.press("Return")
    received.work.phrases.keep(PhraseKey("F3-S1", ASK), OWN)
    received.act("find_phrase")
    received.type("今一番", received.window.sheet.entry)
    received.press("Return")
    assert len(received.work.session.desk.history) == before


def test_a_card_shows_own_wordings_under_its_phrases(talk):
    card = talk.work.interrupts.all()[0]
    talk.work.phrases.keep(card.phrases[0].key, "お体はご無事でしょうか。")
    shown = talk.work.interrupts.all()[0].phrases
    assert [view.mark for view in shown[:2]] == ["", t("own.wording")]
    assert shown[1].plain == "お体はご無事でしょうか。"


@pytest.mark.parametrize(("size", "percent"), [((320, 680), 100), ((560, 1000), 200)])
def test_nothing_is_cut_where_it_is_written(make_seat, size, percent):
    talk = make_seat(size=size, view__text_percent=percent).start()
    talk.begin_call()
    talk.work.phrases.keep(PhraseKey("F1-S1", "元"), OWN)
    talk.act("find_phrase")
    talk.type("新しいお話がない", talk.window.sheet.entry)
    talk.press("Shift+Return")
    talk.act("own_wording")
    sheet = talk.window.sheet
    write(talk, "規則ですので、{nobody}。")
    shown = (sheet.original, sheet.fields, *(r for r in sheet.remarks if not r.isHidden()))
    for label in shown:
        assert label.height() >= label.heightForWidth(label.width())
    assert sheet.edit.height() >= 3 * sheet.edit.fontMetrics().height()
    assert sheet.rect().contains(sheet._field.geometry())
