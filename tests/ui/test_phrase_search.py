"""Finding a phrase with the hands on the keyboard, in the middle of a call."""

import pytest
from PySide6.QtCore import QPoint, QRect, Qt
from PySide6.QtGui import QGuiApplication

from call import commands as c
from scripts_ja.texts import t
from ui.actions import key_of
from ui.phrase_sheet import PhraseSheet
from ui.reading_sheet import ReadingSheet


@pytest.fixture
def search(talk):
    talk.act("find_phrase")
    assert isinstance(talk.window.sheet, PhraseSheet)
    return talk


def sheet(seat):
    return seat.window.sheet


def rows(seat):
    found = sheet(seat).list.rows
    return [found.row_at(row).phrase.plain for row in range(found.rowCount())]


def clipboard():
    return QGuiApplication.clipboard().text()


def look_for(seat, words):
    sheet(seat).entry.clear()
    seat.type(words, sheet(seat).entry)
    seat.settle()


def gather(seat, *queries):
    found = []
    for words in queries:
        look_for(seat, words)
        found.append(sheet(seat).chosen.phrase.plain)
        seat.press("Shift+Return")
    return found


def test_the_list_gets_shorter_while_typing(search):
    everything = len(rows(search))
    search.type("かく", sheet(search).entry)
    fewer = len(rows(search))
    search.type("にん", sheet(search).entry)
    assert everything > fewer > len(rows(search)) > 0
    assert sheet(search).count.text() == t("phrase_search.count", count=len(rows(search)))


def test_what_is_being_composed_is_searched_for_and_left_to_the_input_method(search):
    entry = sheet(search).entry
    search.compose("かくにn", entry)
    assert rows(search) == [one.phrase.plain for one in search.work.phrases.find("かくに")]
    assert entry.text() == ""
    assert entry.is_composing
    search.press("Return", entry)
    search.press("Down", entry)
    search.press("Shift+Return", entry)
    search.act("find_phrase")
    assert isinstance(sheet(search), PhraseSheet)
    assert entry.is_composing
    assert sheet(search).list.currentIndex().row() == 0
    assert search.controller.phrases.tray.keys == []
    search.type("確認", entry)
    assert entry.text() == "確認"
    assert rows(search) == [one.phrase.plain for one in search.work.phrases.find("確認")]


def test_escape_while_composing_closes_nothing(search):
    search.compose("かく", sheet(search).entry)
    search.press("Escape")
    assert isinstance(sheet(search), PhraseSheet)


def test_enter_copies_the_chosen_phrase_and_closes(search):
    search.work.do(c.FillField("issue", "水漏れ"))
    look_for(search, "聞き違い")
    plain = sheet(search).chosen.phrase.plain
    assert "水漏れ" in plain
    assert "＿" in plain or "_" in plain  # the gaps are to be seen
    search.press("Return")
    assert clipboard() == plain
    assert search.window.sheet is None
    assert search.edit.hasFocus()
    assert search.case.stages.current.stage_id == "F1-S1"


def test_arrows_choose_and_the_chosen_one_stands_below_in_full(search):
    look_for(search, "お詫び")
    search.press("Down")
    search.press("Down")
    chosen = sheet(search).chosen
    assert chosen.phrase.plain == rows(search)[2]
    assert (
        sheet(search)
        .phrase.accessibleName()
        .replace("\xa0", "")
        .startswith(chosen.phrase.segments[0].text[:5])
    )
    search.press("PgUp")
    assert sheet(search).list.currentIndex().row() == 0
    search.press("PgDown")
    assert sheet(search).list.currentIndex().row() == 5


def test_where_nothing_fits_one_sentence_says_so(search):
    """An empty box leaves open whether something is still to come."""
    found = sheet(search).list
    search.type("なにもない言葉", sheet(search).entry)
    search.settle()
    assert rows(search) == []
    assert found.accessibleDescription() == t("phrase_search.none")
    said = found.viewport().grab().toImage()
    found.empty = ""
    assert said != found.viewport().grab().toImage()
    assert not sheet(search)._card.isVisible()
    look_for(search, "お詫び")
    assert found.accessibleDescription() == ""
    assert sheet(search)._card.isVisible()


def test_the_place_of_the_chosen_phrase_never_moves(search):
    def places():
        return [
            QRect(w.mapTo(search.window, QPoint()), w.size())
            for w in (sheet(search).list, sheet(search)._card, sheet(search).entry)
        ]

    before = places()
    for words in ("お詫び", "けがや危ない", "なにもない言葉"):
        look_for(search, words)
        assert places() == before
    assert sheet(search).count.text() == t("phrase_search.count", count=0)
    search.press("Return")
    search.press("Shift+Return")
    assert sheet(search) is not None


def test_an_inside_phrase_is_marked(search):
    look_for(search, "ほうむ")
    assert sheet(search).about.text().startswith(t("phrase_search.inside"))


def test_time_that_passes_is_seen_in_the_chosen_phrase(search):
    look_for(search, "進展がありません")
    search.wait(7 * 60)
    assert "7分お話を" in sheet(search).phrase.accessibleName().replace("\xa0", "")


def test_several_are_gathered_read_in_their_order_and_copied_together(search):
    gathered = gather(search, "ほりゅう", "ふくしょう", "おわび")
    assert t("phrase_search.gathered", count=3) in sheet(search).count.text()
    search.act("find_phrase")
    reading = sheet(search)
    assert isinstance(reading, ReadingSheet)
    shown = [label for label in reading.labels if not label.isHidden()]
    assert len(shown) == 3
    search.press("Return")
    assert clipboard() == "\n".join(gathered)
    search.press("2")
    assert clipboard() == gathered[1]
    assert search.case.stages.current.stage_id == "F1-S1"
    search.act("find_phrase")
    assert isinstance(sheet(search), PhraseSheet)
    assert sheet(search).entry.text() == "おわび"


def test_gathered_phrases_are_put_in_order_and_taken_out(search):
    one, two, three = gather(search, "ほりゅう", "ふくしょう", "おわび")
    search.act("find_phrase")
    search.press("Alt+Down")
    search.press("Return")
    assert clipboard() == "\n".join([two, one, three])
    assert sheet(search).place == 1
    search.press("Down")
    search.press("Alt+Down")  # the last stays the last
    search.press("Delete")
    search.press("Return")
    assert clipboard() == "\n".join([two, one])
    search.press("Delete")
    search.press("Delete")
    assert isinstance(sheet(search), PhraseSheet)
    assert search.controller.phrases.tray.keys == []


def test_gathering_again_takes_out(search):
    gather(search, "ほりゅう", "ほりゅう")
    assert search.controller.phrases.tray.keys == []


def test_without_a_gathered_phrase_the_chosen_one_is_read(search):
    look_for(search, "おわび")
    chosen = sheet(search).chosen.key
    search.act("find_phrase")
    assert sheet(search).chosen.key == chosen
    search.press("Delete")
    assert isinstance(sheet(search), ReadingSheet)
    search.press("Escape")
    assert search.window.sheet is None


def test_notes_can_be_typed_while_reading(search):
    gather(search, "おわび")
    search.act("find_phrase")
    search.act("focus_note")
    search.note("型番は三つ")
    assert isinstance(sheet(search), ReadingSheet)
    assert "型番は三つ" in search.notes()


def test_what_was_gathered_is_forgotten_with_the_call(search):
    gather(search, "おわび")
    search.press("Escape")
    search.act("next")
    assert len(search.controller.phrases.tray.keys) == 1
    search.act("end")
    assert search.controller.phrases.tray.keys == []


def test_a_call_that_is_taken_closes_the_search(seat):
    seat.act("find_phrase")
    assert isinstance(sheet(seat), PhraseSheet)
    seat.act("start")
    assert seat.window.sheet is None
    assert seat.edit.hasFocus()


@pytest.mark.parametrize(
    ("size", "percent"), [((340, 680), 100), ((320, 680), 100), ((560, 1000), 200)]
)
def test_the_keys_are_named_and_all_is_in_the_window(make_seat, size, percent):
    talk = make_seat(size=size, view__text_percent=percent).start()
    talk.begin_call()
    talk.act("find_phrase")
    words = " ".join(label.text() for label in sheet(talk).keys)
    assert all(key_of(name) in words for name in ("find_phrase", "own_wording", "first_phrase"))
    for label in sheet(talk).keys:
        assert label.said() == label.text()
    for widget in (sheet(talk).entry, sheet(talk).list, sheet(talk)._card, *sheet(talk).keys):
        place = QRect(widget.mapTo(talk.window, QPoint()), widget.size())
        assert talk.window.rect().contains(place)
        assert place.height() >= 11
    gather(talk, "おわび", "ほりゅう")
    talk.act("find_phrase")
    talk.press("Down")
    reading = sheet(talk)
    top = reading.heads[1].mapTo(talk.window, QPoint()).y()
    assert 0 < top < talk.window.height()
    assert reading.focusPolicy() is Qt.FocusPolicy.StrongFocus
