"""The consultation card and the handoff note: opened, filled, copied, enlarged."""

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLabel, QPushButton

from call import commands as c
from call.events import Safety
from scripts_ja.model import NoteKind
from scripts_ja.texts import t
from ui.consult_sheet import ConsultSheet


def clipboard() -> str:
    return QGuiApplication.clipboard().text()


def button(widget, word) -> QPushButton:
    return next(b for b in widget.findChildren(QPushButton) if b.text() == word)


def click(widget):
    QTest.mouseClick(widget, Qt.MouseButton.LeftButton)


@pytest.fixture
def card(talk):
    talk.wait(11 * 60)
    talk.act("consult")
    assert isinstance(talk.window.sheet, ConsultSheet)
    return talk


def sheet(seat) -> ConsultSheet:
    return seat.window.sheet


def put(seat, row, text):
    """Go to a field of the card and type, in place of what is there."""
    row.entry.setFocus()
    row.entry.selectAll()
    seat.type(text, row.entry)


# -- the card ---------------------------------------------------------------------------------


STAND_IN = {
    "desk.superior": "佐藤",
    "desk.superior_title": "課長",
    "desk.stand_in": "高橋",
    "desk.stand_in_title": "主任",
}


def test_where_the_superior_is_out_one_press_names_the_other(talk):
    talk.work.settings.change(STAND_IN)
    talk.act("consult")
    card = sheet(talk)
    assert card.stand_in.accessibleName() == t("consult.stand_in", name="高橋主任")
    click(card.stand_in)
    assert (card.owner.entry.text(), card.owner_title.entry.text()) == ("高橋", "主任")
    assert talk.case.handing_up.commitment is None
    put(talk, card.due, "1530")
    talk.press("Return", card.due.entry)
    assert talk.case.handing_up.commitment.owner == "高橋"
    talk.act("consult")
    card = sheet(talk)
    assert card.stand_in.accessibleName() == t("consult.superior_again", name="佐藤課長")
    click(card.stand_in)
    made = talk.case.handing_up.commitment
    assert (made.owner, made.owner_title) == ("佐藤", "課長")


def test_nobody_is_offered_where_the_settings_name_nobody(card):
    assert not sheet(card).stand_in.isVisible()


def test_the_handoff_note_says_the_extension(talk):
    talk.work.settings.change({"desk.extension": "4321"})
    assert "田中 " + t("handoff.extension", number="4321") in talk.work.papers.hand_over().text
    talk.work.settings.change({"desk.extension": ""})
    assert t("handoff.extension", number="") not in talk.work.papers.hand_over().text


def test_a_label_for_the_customer_is_remarked_on_quietly(card):
    rows, remark = sheet(card).rows, sheet(card).remark
    height = remark.height()
    assert remark.text().strip() == ""
    put(card, rows[0], "クレーマーの方")
    card.wait_until(lambda: remark.text().strip())
    assert remark.text().startswith(f"「クレーマー」 {t('wording.category.label')}　")
    assert rows[0].entry.accessibleDescription() == remark.text()
    assert rows[0].entry.text() == "クレーマーの方"
    assert (remark.height(), card.case.field("issue")) == (height, "")
    put(card, rows[0], "水漏れ")
    card.wait_until(lambda: not remark.text().strip())


@pytest.mark.parametrize("text", ["すぐに来てほしい", "全額返金してよいか", "必ず直すと言えるか"])
def test_what_is_wanted_or_asked_is_no_word_of_ours(card, text):
    for row in sheet(card).rows[1:3]:
        put(card, row, text)
    sheet(card).remark.check()
    assert sheet(card).remark.text().strip() == ""


@pytest.mark.parametrize(
    ("typed", "read"),
    [
        ("1530", "4月1日(水) 15時30分"),
        ("+30", "4月1日(水) 14時41分"),
        ("明日10時", "4月2日(木) 10時"),
    ],
)
@pytest.mark.rule("M5", "M7")
def test_a_deadline_is_echoed_with_date_and_weekday(card, typed, read):
    put(card, sheet(card).due, typed)
    assert sheet(card).echo.text() == t("consult.due_echo", due=read)
    assert sheet(card).echo.property("tone") in ("", None)


def test_a_deadline_that_cannot_be_read_is_said_in_amber_and_kept(card):
    put(card, sheet(card).owner, "佐藤")
    put(card, sheet(card).due, "そのうち")
    assert sheet(card).echo.text() == t("consult.due_unread")
    assert sheet(card).echo.property("tone") == "warn"
    card.press("Return", sheet(card).due.entry)
    assert card.case.handing_up.commitment is None


@pytest.mark.rule("69")
def test_the_commitment_is_kept_as_soon_as_name_and_time_are_known(card):
    put(card, sheet(card).due, "1530")
    sheet(card).due.save()
    assert card.case.handing_up.commitment is None
    put(card, sheet(card).owner, "佐藤")
    put(card, sheet(card).owner_title, "課長")
    put(card, sheet(card).estimate, "20")
    card.window.close_sheet()
    commitment = card.case.handing_up.commitment
    assert (commitment.owner, commitment.owner_title) == ("佐藤", "課長")
    assert commitment.estimate_minutes == 20
    assert f"{commitment.due_at.astimezone():%m%d %H:%M}" == "0401 15:30"
    card.work.do(c.EnterStage("F1-S6"))
    assert "15時30分までに、課長の佐藤から" in card.window.stage.card.labels[0].accessibleName()


def test_a_card_opened_again_shows_what_was_committed_and_commits_nothing_new(card):
    put(card, sheet(card).owner, "佐藤")
    put(card, sheet(card).due, "1530")
    card.window.close_sheet()
    before = len(card.work.session.desk.history)
    card.act("consult")
    assert sheet(card).owner.entry.text() == "佐藤"
    assert "15時30分" in sheet(card).due.entry.text()
    card.window.close_sheet()
    kinds = [type(e.body).__name__ for e in card.work.session.desk.history[before:]]
    assert "CallbackCommitted" not in kinds


@pytest.mark.rule("65", "69")
def test_the_card_takes_the_matter_and_shows_the_figures(card):
    for row, text in zip(
        sheet(card).rows, ("洗濯機の水漏れ", "今日の修理", "訪問の可否", "3"), strict=False
    ):
        put(card, row, text)
    card.press("Esc", sheet(card).rows[0].entry)
    assert card.case.field("issue") == "洗濯機の水漏れ"
    assert card.case.field("extra_min") == "3"


@pytest.mark.rule("44")
def test_figures_go_on_while_the_card_is_open(card):
    before = [figure.accessibleName() for figure in sheet(card)._figures]
    card.wait(5 * 60)
    card.window.refresh()
    after = [figure.accessibleName() for figure in sheet(card)._figures]
    assert any("11" in figure for figure in before)
    assert any("16" in figure for figure in after)


def test_copy_puts_the_card_on_the_clipboard_with_what_is_still_being_typed(card):
    put(card, sheet(card).rows[0], "洗濯機の水漏れ")
    click(button(sheet(card), t("consult.copy")))
    assert "洗濯機の水漏れ" in clipboard()
    assert card.case.case_no in clipboard()
    assert card.notice == t("consult.copied")


@pytest.mark.expects_log  # the off-screen platform, once for each process, of a window made larger
def test_what_one_says_on_the_telephone_stands_below_and_follows_what_is_typed(card):
    put(card, sheet(card).rows[0], "洗濯機の水漏れ")
    sheet(card).save_all()
    card.settle()
    said = card.work.papers.consult_card().spoken
    assert "洗濯機の水漏れ" in said
    assert said in sheet(card).spoken.accessibleName()
    click(button(sheet(card), t("consult.enlarge")))
    assert card.controller.papers._large.spoken.text() == said
    card.controller.papers.close()


@pytest.mark.expects_log  # the off-screen platform, once for each process, of a window made larger
def test_the_card_enlarged_is_at_least_twice_as_large_and_closes_by_esc(card):
    card.work.do(c.SetSafety(Safety.YES))
    click(button(sheet(card), t("consult.enlarge")))
    large = card.controller.papers._large
    assert large.isVisible()
    values = [label for label in large.findChildren(QLabel) if label.property("role") == "title"]
    assert len(values) == 7
    assert all(label.fontMetrics().height() >= 30 for label in values)
    assert all(label.textFormat() is Qt.TextFormat.PlainText for label in values)
    wanted = []
    card.window.keyboard_wanted.connect(lambda: wanted.append(True))
    QTest.keyClick(large, Qt.Key.Key_Escape)
    assert not large.isVisible()
    assert wanted, "its fields are typed in again"


def test_advice_goes_once_somebody_was_consulted(card):
    card.window.close_sheet()
    assert card.window.advice.prompt is None


@pytest.mark.rule("70")
def test_after_a_commitment_the_answer_is_asked_for_and_taken_by_a_digit(card):
    put(card, sheet(card).owner, "佐藤")
    put(card, sheet(card).due, "1530")
    card.window.close_sheet()
    assert card.window.advice.prompt.id == "tell_callback"
    card.act("follow_advice")
    card.press("1")
    assert card.case.handing_up.commitment.accepted is True
    assert card.window.advice.prompt is None


# -- the note ---------------------------------------------------------------------------------


@pytest.fixture
def handed(talk):
    talk.note("本体の下から水")
    talk.hand_over()
    window = talk.controller.papers.handoff
    yield talk, window
    window.close()


@pytest.mark.rule("78")
def test_the_window_lists_what_is_missing_before_the_paper(handed):
    talk, window = handed
    view = talk.work.papers.hand_over()
    assert view.missing
    assert window.side.missing.text() == t("paper.window.missing", count=len(view.missing))
    assert window.side.missing.property("tone") == "danger"
    names = [button.text().split("・", 1)[1] for button in window.side.buttons]
    assert names[: len(view.missing)] == list(view.missing)
    assert "未確認" in window.view.text


def test_the_note_is_on_the_clipboard_and_in_its_file(handed):
    talk, window = handed
    assert "本体の下から水" in clipboard()
    talk.wait_for_background()
    files = list(talk.places.handoffs.glob("*.txt"))
    assert [file.read_text(encoding="utf-8") for file in files] == [clipboard()]
    assert str(files[0]) in window.said.text()


def test_a_second_note_is_shown_in_the_same_window(handed):
    talk, first = handed
    talk.controller.trigger("handoff")
    assert talk.controller.papers.handoff is first
    assert first.isVisible()


def test_what_is_being_composed_comes_into_the_note(talk):
    talk.type("頭")
    talk.compose("にほん")
    talk.controller.papers.hand_over()
    assert talk.edit.toPlainText() == "頭にほん"
    talk.controller.papers.handoff.close()


def test_a_file_that_cannot_be_written_is_said_and_the_clipboard_has_the_note(talk):
    talk.places.handoffs.write_text("im Weg")
    talk.hand_over()
    talk.wait_until(lambda: "handoff_file" in talk.window.notice._standing)
    assert talk.case.case_no in clipboard()
    assert talk.window.notice.property("tone") == "danger"
    talk.controller.papers.handoff.close()


def test_closing_the_sidebar_closes_its_papers(talk):
    """Else the program would go on without its window."""
    talk.hand_over()
    talk.act("consult")
    talk.act("consult")
    talk.close()
    assert not [w for w in QApplication.topLevelWidgets() if w.isVisible()]


def test_a_promise_in_the_notes_is_in_the_note(talk):
    talk.controller.notes.choose_kind(NoteKind.PROMISE)
    talk.note("部長から電話@明日10時")
    talk.hand_over()
    assert "部長から電話" in clipboard()
    talk.controller.papers.handoff.close()
