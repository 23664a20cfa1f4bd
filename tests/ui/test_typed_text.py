"""What people type is shown as they typed it, everywhere, and never read as markup."""

import ast
import time
from pathlib import Path

import pytest
from PySide6.QtCore import QPoint, QRect, Qt
from PySide6.QtGui import QGuiApplication, QTextDocument
from PySide6.QtWidgets import QAbstractButton, QApplication, QLabel, QWidget

from call import commands as c
from scripts_ja.texts import t
from ui.labels import ElidedLabel, PlainLabel, as_plain_tooltip

UI = sorted((Path(__file__).parents[2] / "ui").glob("*.py"))

TYPED = {
    "markup": "<b>太字</b> & A&Bカンパニー &lt;b&gt; &amp;",
    "image": '<img src=x><img src="file:////10.0.0.1/x.png">',
    "letters": "👨‍👩‍👧怒り😡 𠮷野家の𩸽 ﾊﾝｶｸｶﾅ ｶﾞ 名前\u202eevil\u202c {agent} {0} %s %1",
    "long": "長い" * 5_000,
}


@pytest.fixture(params=TYPED.values(), ids=TYPED.keys())
def text(request) -> str:
    return request.param


def texts_of(widget: QWidget) -> list[str]:
    """Everything that labels below a widget show, whole."""
    for label in widget.findChildren(QLabel):
        assert label.textFormat() is Qt.TextFormat.PlainText, label.text()
    return [label.text() for label in widget.findChildren(QLabel)]


def assert_tooltips_are_plain(window: QWidget) -> None:
    """Qt guesses markup in a tooltip; what it would show must be what was typed."""
    for widget in window.findChildren(QWidget):
        tip = widget.toolTip()
        inside = tip.removeprefix("<p style='white-space: pre-wrap'>").removesuffix("</p>")
        assert "<" not in inside, tip
        assert len(inside) < len(tip) or "&" not in tip, tip


def assert_no_button_eats_an_ampersand(window: QWidget) -> None:
    for button in window.findChildren(QAbstractButton):
        assert "&" not in button.text()


def look_at(seat) -> None:
    """Paint everything, and check what holds for every window."""
    seat.settle()
    for window in QApplication.topLevelWidgets():
        if window.isVisible():
            window.grab()
            assert_tooltips_are_plain(window)
            assert_no_button_eats_an_ampersand(window)


# -- where it is shown ------------------------------------------------------------------------


def test_in_the_list_of_notes(talk, text):
    talk.note(text)
    assert talk.notes() == [text]
    model = talk.window.notes.notes
    assert model.data(model.index(0, 0)).endswith(f" {text}")
    lines = talk.window.notes._painter._lines(talk.case.notes.notes[0], 300)
    painted = "".join(lines).removesuffix("…")
    assert text.startswith(painted.rstrip("…")) or painted == text
    look_at(talk)


def test_in_the_field_and_back_from_a_draft(make_seat, text):
    seat = make_seat().start()
    seat.begin_call()
    seat.window.input.focus()
    seat.type(text)
    assert seat.edit.toPlainText() == text
    seat.close()
    assert make_seat().start().edit.toPlainText() == text


def test_as_the_customers_name(talk, text):
    talk.work.do(c.FillField("customer", text))
    shown = t("header.customer", name=text)
    assert talk.window.header.customer.text() == shown
    assert t("header.customer", name=text) in texts_of(talk.window)
    look_at(talk)


def test_in_a_phrase(talk, text):
    talk.work.do(c.FillField("issue", text))
    talk.work.do(c.EnterStage("F1-S5"))
    talk.settle()
    label = talk.window.stage.card.labels[0]
    beginning = text[:200]  # of a pasted mail; nobody reads more of it out
    assert f"主訴は{beginning}" in label.accessibleName()
    label.grab()
    assert f"主訴は{beginning}" in label._layout.text()
    talk.act("copy_phrase")
    assert text in QGuiApplication.clipboard().text()
    look_at(talk)


def test_on_the_card_and_enlarged(talk, text):
    talk.work.do(c.FillField("issue", text))
    talk.act("consult")
    assert text in [row.entry.text() for row in talk.window.sheet.rows]
    texts_of(talk.window)
    talk.act("consult")
    large = talk.controller.papers._large
    assert text in texts_of(large)
    look_at(talk)
    large.close()


def test_in_the_handoff_window(talk, text):
    talk.note(text)
    talk.act("handoff")
    window = talk.controller.papers.handoff
    visible = text.replace("\u202e", "").replace("\u202c", "")
    copied = QGuiApplication.clipboard().text().replace("\u202e", "").replace("\u202c", "")
    assert visible[:500] in "".join(copied.split("\n"))
    assert window.isVisible()
    texts_of(window)
    look_at(talk)
    window.close()


def test_among_the_waiting_cases(talk, text):
    talk.work.do(c.FillField("customer", text))
    talk.work.do(c.FillField("issue", text))
    due = talk.work.local(talk.work.now()).replace(hour=17)
    talk.work.do(c.CommitCallback(text, due))
    talk.act("end")
    talk.act("end")
    talk.wait_for_background()
    shown = texts_of(talk.window.waiting)
    # As what is due and among the last ones, and once more for those who cannot see it.
    assert sum(t("header.customer", name=text) in line for line in shown) == 3
    assert any(text in line and "17" not in line for line in shown)
    look_at(talk)


def test_on_the_button_back_to_parked_work(talk, text):
    talk.work.do(c.FillField("customer", text))
    talk.act("end")
    talk.act("start")
    talk.act("end")
    talk.act("end")
    talk.wait_for_background()
    # As much of it as there is room for, with its count and key.
    assert text[:5] in talk.window.waiting.parked.word.text()
    look_at(talk)
    button = talk.window.waiting.parked
    assert talk.window.rect().contains(
        QRect(button.mapTo(talk.window, QPoint(0, 0)), button.size())
    )


def test_in_the_list_of_cases(talk, text):
    talk.work.do(c.FillField("customer", text))
    talk.act("end")
    talk.act("end")
    talk.act("start")
    talk.act("cases")
    found = talk.window.sheet.list.found
    talk.wait_until(found.rowCount)
    assert text in found.data(found.index(0, 0))
    look_at(talk)


# -- how fast ---------------------------------------------------------------------------------


def test_ten_thousand_characters_do_not_stop_the_window(talk):
    """An agent pastes a whole mail: into a note, a name, a phrase."""
    mail = "お世話になっております。先日購入した洗濯機の件です。" * 400
    started = time.perf_counter()
    talk.note(mail)
    talk.work.do(c.FillField("customer", mail))
    talk.work.do(c.FillField("issue", mail))
    talk.work.do(c.EnterStage("F1-S5"))
    talk.window.grab()
    assert time.perf_counter() - started < 5.0
    started = time.perf_counter()
    for _ in range(10):
        talk.wait(1)
    assert time.perf_counter() - started < 1.0


# -- labels and tooltips ----------------------------------------------------------------------


def test_a_tooltip_shows_what_was_typed(text):
    document = QTextDocument()
    document.setHtml(as_plain_tooltip(text))
    assert document.toPlainText() == text


def test_a_narrow_label_offers_the_whole_in_its_tooltip(qtbot):
    label = ElidedLabel("<b>とても長い</b>お名前のお客様")
    qtbot.addWidget(label)
    label.resize(60, 20)
    label.show()
    document = QTextDocument()
    document.setHtml(label.toolTip())
    assert document.toPlainText() == "<b>とても長い</b>お名前のお客様"
    label.resize(600, 20)
    assert label.toolTip() == ""


def test_a_one_line_label_keeps_blanks_and_shows_line_breaks_as_blanks(qtbot):
    label = ElidedLabel()
    qtbot.addWidget(label)
    label.set_text("山田　太郎\n二行目")
    assert label.text() == "山田　太郎 二行目"


def test_a_plain_label_shows_markup_as_it_is(qtbot):
    plain, bold = PlainLabel("<b>x</b>"), PlainLabel("x")
    for label in (plain, bold):
        qtbot.addWidget(label)
    assert plain.sizeHint().width() > bold.sizeHint().width() * 3


def calls(name: str):
    """Every call of that name in ui/, with its file."""
    for path in UI:
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, ast.Call):
                called = node.func
                found = called.attr if isinstance(called, ast.Attribute) else ""
                found = called.id if isinstance(called, ast.Name) else found
                if found == name:
                    yield path.name, node


def test_every_label_is_a_plain_one():
    assert [(path, node.lineno) for path, node in calls("QLabel")] == []


def test_nothing_takes_rich_text():
    for name in ("setHtml", "insertHtml", "appendHtml", "QTextEdit", "QMessageBox", "QToolTip"):
        assert [(path, node.lineno) for path, node in calls(name)] == []


def test_every_tooltip_is_escaped():
    for path, node in calls("setToolTip"):
        source = ast.unparse(node.args[0])
        if path == "tray.py":  # the system's own tooltip knows no markup, and holds our words only
            continue
        assert source.startswith("as_plain_tooltip("), (path, node.lineno, source)
