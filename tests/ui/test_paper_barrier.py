"""未確認のまま渡す: what lacks keeps a note here until the agent says so, and never more than one."""

import pytest
from PySide6.QtGui import QGuiApplication

from call import commands as c
from call.events import HandoffMade
from scripts_ja.model import NoteKind
from scripts_ja.texts import t
from ui.paper.side_column import THROUGH_KEY
from ui.paper.window import PaperWindow

NOTHING = "（まだ何もない）"


@pytest.fixture
def lacking(talk):
    """A call of which little is known; the clipboard holds something else."""
    talk.note("本体の下から水")
    QGuiApplication.clipboard().setText(NOTHING)
    return talk


def window_of(seat) -> PaperWindow:
    return seat.controller.papers.handoff


def press(seat, key):
    seat.press(key, window_of(seat).sheets)


def made(seat):
    return [e.body for e in seat.work.session.desk.history if isinstance(e.body, HandoffMade)]


def copied():
    return QGuiApplication.clipboard().text()


def test_the_key_of_the_note_shows_what_lacks_and_the_second_press_lets_it_go(lacking):
    lacking.act("handoff")
    window = window_of(lacking)
    assert (copied(), made(lacking)) == (NOTHING, [])
    assert lacking.notice == t("handoff.held_back")
    assert "必須の項目が" in window.said.text()
    assert "必須・主訴" in window.side.buttons[0].text()
    lacking.act("handoff")
    assert t("handoff.unconfirmed") in copied()
    (event,) = made(lacking)
    assert event.unconfirmed[0] == "issue"
    assert set(event.unconfirmed) < set(event.missing)
    assert window.wanted.as_unconfirmed


@pytest.mark.parametrize("key", ["C", "S", "P"])
def test_nothing_leaves_by_the_window_either(lacking, key):
    lacking.act("papers")
    press(lacking, key)
    assert "必須の項目が" in window_of(lacking).said.text()
    assert (copied(), made(lacking)) == (NOTHING, [])
    assert not lacking.places.handoffs.exists() or not list(lacking.places.handoffs.iterdir())


def test_one_key_says_so_and_takes_it_back(lacking):
    lacking.act("papers")
    window = window_of(lacking)
    assert window.side.passing.isVisible()
    press(lacking, THROUGH_KEY)
    press(lacking, "C")
    assert t("handoff.unconfirmed") in copied()
    QGuiApplication.clipboard().setText(NOTHING)
    press(lacking, THROUGH_KEY)
    press(lacking, "C")
    assert copied() == NOTHING


def test_it_is_said_of_one_case_only(lacking):
    lacking.act("papers")
    press(lacking, THROUGH_KEY)
    lacking.work.do(c.EndCall())
    lacking.work.do(c.FinishWrapUp())
    lacking.begin_call("03-9999-0000")
    lacking.controller.papers.desk.refresh()
    assert not window_of(lacking).wanted.as_unconfirmed
    press(lacking, "C")
    assert copied() == NOTHING


def test_the_first_press_in_one_case_is_no_first_press_in_another(lacking):
    lacking.act("handoff")
    lacking.work.do(c.EndCall())
    lacking.work.do(c.FinishWrapUp())
    lacking.begin_call("03-9999-0000")
    lacking.act("handoff")
    assert (copied(), made(lacking)) == (NOTHING, [])


def test_other_papers_are_not_held_back(lacking):
    lacking.act("papers")
    press(lacking, "Ctrl+Down")
    assert window_of(lacking).paper == "consult_card"
    assert not window_of(lacking).side.passing.isVisible()
    press(lacking, "C")
    assert "相談カード" in copied()


def test_the_count_of_the_first_block_stands_beside_the_paper(lacking):
    lacking.act("papers")
    assert window_of(lacking).side.gauge.text().startswith("30秒欄 ")
    assert window_of(lacking).side.gauge.text().endswith("/250字")


def test_a_word_about_the_customer_is_one_key_from_its_note(lacking):
    lacking.work.do(c.TakeNote(NoteKind.MEMO, "クレーマーの方"))
    lacking.act("papers")
    window = window_of(lacking)
    window.refresh()
    place = [lack.id for lack in window.view.lacks].index("label")
    window.side.mend(place)
    assert lacking.edit.toPlainText() == "クレーマーの方"


def test_a_copy_of_an_unconfirmed_note_is_recorded_as_every_other_way_out(lacking):
    """The copy by the window, and with which gaps it went (item: 未確認のまま渡す)."""
    lacking.act("papers")
    press(lacking, "C")
    assert made(lacking) == [], "held back"
    press(lacking, THROUGH_KEY)
    press(lacking, "C")
    (event,) = made(lacking)
    assert (event.form, event.file_name) == ("copy", "")
    assert event.unconfirmed[0] == "issue"
    assert t("handoff.unconfirmed") in copied()
    lacking.controller.papers.desk.refresh()
    window_of(lacking).show_paper("timeline")
    press(lacking, "C")
    assert len(made(lacking)) == 1, "only the note is handed over"


def test_a_printed_note_is_recorded_too(lacking):
    lacking.act("papers")
    press(lacking, THROUGH_KEY)
    window = window_of(lacking)
    leaving = window.helpers[1]
    leaving._on_printed("handoff", window.wanted)
    (event,) = made(lacking)
    assert event.form == "print"
    assert event.unconfirmed
