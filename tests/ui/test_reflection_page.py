"""振り返り: written, pinned when the agent says so, removed; and nowhere else."""

import pytest

from call import commands as c
from scripts_ja.texts import t
from tests.ui.wrap_up import WrapUp

KEEP, CHANGE, FIRST = (
    "秘密の続けること",
    "秘密の変えること",
    "ご説明のお手間をおかけし、申し訳ございません",
)


@pytest.fixture
def page(talk):
    talk.work.do(c.EndCall())
    talk.act("wrap_up")
    page = WrapUp(talk).page(3)
    talk.wait_for_background()
    return page


def earlier(page):
    page.seat.wait_for_background()
    return [row for row in page.rows() if row.id.startswith("earlier_")]


def write(page, *texts):
    page.go_to("keep")
    for text in texts:
        page.press("Return")
        page.answer(text)


@pytest.mark.rule("103", "105", "106")
def test_three_lines_by_enter_alone_and_kept(page):
    write(page, KEEP, CHANGE, "")
    assert page.chosen.id == "save"
    page.press("Return")
    (row,) = earlier(page)
    assert t("reflection.page.line", name="続けること", text=KEEP) in row.text
    assert CHANGE in row.text
    assert page.row("keep").text == t("wrap_up.blank")


def test_nothing_is_no_reflection(page):
    page.press("S")
    assert page.seat.notice == t("reflection.page.blank")
    assert earlier(page) == []


@pytest.mark.rule("103")
def test_it_says_that_nobody_else_sees_it(page):
    assert t("reflection.private") in page.texts()


@pytest.mark.rule("28", "104")
def test_the_next_first_phrase_is_pinned_only_when_confirmed(page):
    phrases = page.seat.work.phrases
    write(page, "", "", FIRST)
    page.press("S")
    assert page.asked == t("reflection.page.pin", place=phrases.first_phrase().place)
    page.press("Escape")
    assert phrases.first_phrase().text == ""
    (row,) = earlier(page)
    page.go_to(row.id)
    page.press("F", "Return")
    assert phrases.first_phrase().text == FIRST
    assert len(earlier(page)) == 1


def test_removing_takes_the_key_twice(page):
    for text in ("一つ目", "二つ目"):
        write(page, text)
        page.press("S")
        page.seat.wait_for_background()
    newest, oldest = earlier(page)
    page.go_to(oldest.id)
    page.press("Delete")
    assert len(earlier(page)) == 2
    assert page.row(oldest.id).note == t("reflection.page.remove_again")
    page.press("Delete")
    assert [row.id for row in earlier(page)] == [newest.id]
    page.seat.save()
    assert "一つ目".encode() not in page.seat.bytes_on_disk()


def test_what_is_being_written_outlives_the_sheet_and_a_crash(page, make_seat):
    page.press("Return")
    page.seat.type(KEEP, page.desk.ask.entry)
    page.reopen().page(3)
    assert page.row("keep").text == KEEP
    page.seat.wait_for_background()
    page.seat.die()
    seat = make_seat().start()
    seat.act("wrap_up")
    again = WrapUp(seat).page(3)
    seat.wait_until(lambda: again.row("keep").text == KEEP)
    assert earlier(again) == []


def test_it_is_nobodys_case(page):
    """Another case in hand changes nothing of what is being written."""
    page.press("Return")
    page.seat.type(KEEP, page.desk.ask.entry)
    page.seat.work.do(c.FinishWrapUp())
    page.seat.work.do(c.Ring())
    page.seat.settle()
    assert page.desk.ask.entry.text() == KEEP
    page.press("Return")
    assert page.row("keep").text == KEEP


def test_nothing_of_it_is_in_the_journal_nor_the_log(page, caplog):
    caplog.set_level(0)
    events = len(page.seat.work.session.desk.history)
    write(page, KEEP, CHANGE, FIRST)
    page.press("S", "Escape")
    page.press("Return")
    page.seat.type("秘密の書きかけ", page.desk.ask.entry)
    page.press("Escape")
    page.seat.wait_for_background()
    page.seat.save()
    assert len(page.seat.work.session.desk.history) == events
    kept = b"".join(
        path.read_bytes()
        for path in page.seat.places.data.rglob("*")
        if path.is_file() and not path.name.startswith("reflections.db")
    )
    for words in (KEEP, CHANGE, FIRST, "秘密の書きかけ"):
        assert words.encode() not in kept
        assert words not in caplog.text
