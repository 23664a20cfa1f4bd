"""The window of papers: what lacks is one key away, what is masked leaves nowhere, keys alone do."""

import itertools
import re
from datetime import timedelta
from pathlib import Path

import pypdfium2
import pytest
from openpyxl import load_workbook
from PySide6.QtCore import QObject, QPoint, QRect, Qt, QUrl, Slot
from PySide6.QtGui import QDesktopServices, QGuiApplication
from PySide6.QtPrintSupport import QPrinter
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from call import commands as c
from call.events import HandoffMade
from handoff.missing import GAPS
from handoff.papers import NAMES
from handoff.validation import CHECKS
from scripts_ja.model import NoteKind
from scripts_ja.texts import all_keys, t
from ui.clipboard import HINTS
from ui.consult_sheet import ConsultSheet
from ui.customer_sheet import CustomerSheet
from ui.paper.places import place_of
from ui.paper.printing import print_on
from ui.paper.side_column import LACK_KEYS
from ui.port.paper_shelf import MASKS, MONTHS
from ui.wrap_up_sheet import WrapUpSheet

NAME, NUMBER, WORDS = "早乙女", "090-1234-5678", "話が違うじゃないか"


@pytest.fixture
def told(talk):
    """A call in which name, number and words were noted."""
    talk.work.do(c.FillField("customer", NAME))
    talk.work.do(c.FillField("callback_tel", NUMBER))
    talk.work.do(c.FillField("issue", f"{NAME}様のお届け先、{NUMBER}"))
    talk.work.do(c.TakeNote(NoteKind.QUOTE, WORDS))
    return talk


@pytest.fixture
def opened(told):
    """The window of papers, with the keys."""
    told.act("papers")
    press(told, "U")
    return told


def window_of(seat):
    return seat.controller.papers.handoff


def press(seat, key):
    seat.press(key, window_of(seat).sheets)


def saved(seat):
    """The file that was just saved."""
    before = window_of(seat).said.text()
    press(seat, "S")
    seat.wait_until(lambda: window_of(seat).said.text() != before)
    return Path(window_of(seat).said.text().removeprefix(t("paper.window.saved", path="")))


def words_in(path):
    """All that can be read out of a file, its metadata included."""
    if path.suffix == ".xlsx":
        cells = [c.value for sheet in load_workbook(path) for row in sheet for c in row]
        return "".join(str(cell) for cell in cells if cell)
    if path.suffix != ".pdf":
        return path.read_text(encoding="utf-8")
    pdf = pypdfium2.PdfDocument(path.read_bytes())
    pages = [page.get_textpage().get_text_range() for page in pdf]
    return "".join("".join(pages).split()) + str(pdf.get_metadata_dict())


def test_the_key_opens_it_with_the_papers_that_there_are(opened):
    window = window_of(opened)
    assert window.isVisible()
    assert window.windowModality() == Qt.WindowModality.NonModal
    names = [
        window.side.papers.item(row).data(Qt.ItemDataRole.UserRole)
        for row in range(window.side.papers.count())
    ]
    assert names == ["handoff", "consult_card", "timeline", *MONTHS]
    assert window.paper == "handoff"
    press(opened, "Ctrl+Down")
    assert window.paper == "consult_card"
    press(opened, "Ctrl+Up")
    assert window.paper == "handoff"
    press(opened, "Esc")
    assert window_of(opened) is None


def test_a_paper_that_cannot_be_made_is_told(seat):
    for name in NAMES:
        seat.controller.papers.show_paper(name)
        assert window_of(seat) is None
        assert seat.notice == t(f"paper.none.{name}")
        assert t(f"paper.name.{name}")


def test_each_paper_can_be_asked_for_by_name(told):
    now = told.work.now().wall
    told.work.do(c.PlanVisit(now + timedelta(hours=2), ("中村", "高橋")))
    told.work.do(c.RecordAct(("threat",), WORDS))
    told.work.do(c.WritePrevention(story="聞き違い"))
    for name in NAMES:
        told.controller.papers.show_paper(name)
        assert window_of(told).paper == name
        view = window_of(told).view
        assert view.pages.count >= 1
        assert bool(view.remark) is (name == "absence_note")
        assert window_of(told).remark.isVisible() is (name == "absence_note")


# -- what lacks -----------------------------------------------------------------------------------


def test_every_lack_has_a_place_and_a_key():
    lacks = {"handoff": [each.id for each in (*GAPS, *CHECKS)], "consult_card": []}
    for paper, root in (
        ("absence_note", "absence.gap."),
        ("abuse_record", "abuse.gap."),
        ("prevention_sheet", "prevention.field."),
        ("consult_card", "handoff.card.label."),
    ):
        lacks[paper] = [key.removeprefix(root) for key in all_keys() if key.startswith(root)]
    for paper, ids in lacks.items():
        assert ids, paper
        assert all(place_of(paper, each) for each in ids)
        assert len(ids) <= len(LACK_KEYS)
    used = {"C", "S", "P", "O", "T", "N", "Q", "L", "U"}
    assert not used & set(LACK_KEYS)


def lack_key(seat, lack):
    ids = [each.id for each in window_of(seat).view.lacks]
    return LACK_KEYS[ids.index(lack)]


FIELDS = {
    "request": (ConsultSheet, lambda sheet: sheet.rows[1]),
    "decision": (ConsultSheet, lambda sheet: sheet.rows[2]),
    "owner": (ConsultSheet, lambda sheet: sheet.owner),
    "deadline": (ConsultSheet, lambda sheet: sheet.due),
    "apology": (CustomerSheet, lambda sheet: sheet.rows[7]),
}


def test_a_key_leads_to_the_field_and_what_is_typed_there_is_on_the_paper(opened):
    for lack, (sheet, row) in FIELDS.items():
        opened.act("papers")  # the keys, for the window that is open already
        press(opened, lack_key(opened, lack))
        assert isinstance(opened.window.sheet, sheet)
        field = row(opened.window.sheet)
        assert opened.window.focusWidget() is field.entry
        assert window_of(opened).isVisible()
        field.entry.setText("15:30" if lack == "deadline" else "ご用意の方法")
        field.save()
        opened.controller.papers.desk.refresh()
        # A commitment needs both, who and when.
        assert (lack in [each.id for each in window_of(opened).view.lacks]) is (lack == "owner")


def test_marks_and_notes_of_a_kind_are_one_key_away(opened):
    marks, field = opened.window.marks, opened.window.input
    for lack, wanted in (("temperature", marks._levels[0]), ("safety", marks.safety)):
        opened.act("papers")
        press(opened, lack_key(opened, lack))
        assert opened.window.focusWidget() is wanted
    for kind in ("ng", "answered"):
        opened.act("papers")
        press(opened, lack_key(opened, kind))
        assert field.kind == kind
        opened.note("代わりの品")
        opened.controller.papers.desk.refresh()
        assert kind not in [each.id for each in window_of(opened).view.lacks]


def test_a_fact_without_a_kind_leads_to_the_table(told):
    told.work.do(c.FillField("fact1", "本体の下から水"))
    told.act("papers")
    press(told, lack_key(told, "fact_kind"))
    desk = told.window.middle.desk
    assert told.window.middle.is_open
    assert desk.page is desk.pages["facts"]


def test_the_prevention_sheet_is_one_key_away_and_stays_open(told):
    told.work.do(c.WritePrevention(story="聞き違い"))
    told.work.do(c.EndCall())
    for _ in range(2):
        told.controller.papers.show_paper("prevention_sheet")
        told.settle()
        press(told, lack_key(told, "measure"))
        assert isinstance(told.window.sheet, WrapUpSheet)


def test_the_button_of_the_wrap_up_shows_its_paper(told):
    told.work.do(c.WritePrevention(story="聞き違い"))
    told.controller.wrap_up.paper_wanted.emit("prevention_sheet")
    assert window_of(told).paper == "prevention_sheet"


def test_the_list_follows_the_paper(opened):
    window = window_of(opened)
    assert len([b for b in window.side.buttons if b.isVisible()]) == len(window.view.lacks)
    window.show_paper("timeline")
    assert window.side.buttons == []
    assert window.side.missing.text() == t("paper.window.complete")


def test_a_change_is_shown_soon_and_once(opened):
    desk = opened.controller.papers.desk
    assert not desk._later.isActive()
    opened.work.do(c.SetTemperature(4))
    assert desk._later.isActive()
    desk._later.timeout.emit()
    assert "temperature" not in [lack.id for lack in window_of(opened).view.lacks]


# -- leaving --------------------------------------------------------------------------------------


def test_what_is_masked_is_in_no_file(opened):
    window = window_of(opened)
    for form in window.view.forms:
        window.form.choose(form)
        whole = words_in(saved(opened))
        assert NAME in whole
        assert WORDS in whole
    for key in "TNQ":
        press(opened, key)
    assert window.leave_out.wanted.masks == MASKS
    for form in window.view.forms:
        window.form.choose(form)
        opened.clock.advance(1)
        path = saved(opened)
        said = words_in(path) + path.name
        assert not re.search(f"{NAME}|{WORDS}|{NUMBER}", said), form
        assert path.suffix == {"md": ".md", "text": ".txt"}.get(form, f".{form}")
    for key in "TNQ":
        press(opened, key)
    assert window.leave_out.wanted.masks == ()


def test_a_saved_note_is_recorded_with_its_form(opened):
    path = saved(opened)
    made = [e.body for e in opened.work.session.desk.history if isinstance(e.body, HandoffMade)]
    assert [(body.form, body.file_name) for body in made] == [("pdf", path.name)]
    window_of(opened).show_paper("timeline")
    opened.clock.advance(1)
    saved(opened)
    again = [e for e in opened.work.session.desk.history if isinstance(e.body, HandoffMade)]
    assert len(again) == 1


def test_what_the_desk_always_leaves_out_is_left_out_of_the_copy_at_once(make_seat):
    seat = make_seat(papers__mask_names="on").start()
    seat.begin_call()
    seat.work.do(c.FillField("customer", NAME))
    seat.hand_over()
    assert NAME not in QGuiApplication.clipboard().text()
    assert "○○様" in QGuiApplication.clipboard().text()
    assert window_of(seat).leave_out.wanted.masks == ("names",)
    press(seat, "N")
    press(seat, "C")
    assert NAME in QGuiApplication.clipboard().text()


def test_the_copy_asks_histories_to_leave_it_out(opened):
    press(opened, "C")
    data = QGuiApplication.clipboard().mimeData()
    assert data.text() == window_of(opened).view.text
    for name, value in HINTS.items():
        assert bytes(data.data(name).data()) == value


def test_nothing_is_copied_without_asking_histories():
    root = Path(__file__).parents[2] / "ui"
    found = [p.name for p in root.rglob("*.py") if "clipboard()" in p.read_text(encoding="utf-8")]
    assert found == ["clipboard.py"]


class Opener(QObject):
    """Takes what would be opened by another program."""

    def __init__(self):
        super().__init__()
        self.urls = []

    @Slot(QUrl)
    def open_url(self, url):
        self.urls.append(url)


@pytest.fixture
def opener():
    found = Opener()
    QDesktopServices.setUrlHandler("file", found, "open_url")
    yield found
    QDesktopServices.unsetUrlHandler("file")


def test_during_a_call_nothing_is_asked_and_a_pdf_is_opened(opened, opener):
    press(opened, "P")
    opened.wait_until(lambda: opener.urls)
    assert QApplication.activeModalWidget() is None
    path = Path(opener.urls[0].toLocalFile())
    assert path.suffix == ".pdf"
    assert window_of(opened).said.text() == t("paper.window.in_call", path=path)


def test_the_folder_is_opened(opened, opener):
    press(opened, "O")
    assert [Path(url.toLocalFile()) for url in opener.urls] == [opened.places.handoffs]


def test_what_is_printed_is_what_is_shown(opened, tmp_path):
    view = window_of(opened).view
    printer = QPrinter(QPrinter.PrinterMode.HighResolution)
    printer.setOutputFileName(str(tmp_path / "printed.pdf"))
    done = []
    print_on(view, printer, lambda: done.append(True))
    pdf = pypdfium2.PdfDocument((tmp_path / "printed.pdf").read_bytes())
    assert done
    assert len(pdf) == view.pages.count
    assert NAME in words_in(tmp_path / "printed.pdf")
    assert [round(side) for side in pdf[0].get_size()] == [595, 842]


@pytest.mark.rule("118")
def test_the_letter_has_its_own_sheet(told):
    told.work.do(c.PlanVisit(told.work.now().wall + timedelta(hours=2), ("中村", "高橋")))
    told.controller.papers.show_paper("absence_note")
    told.settle()
    window = window_of(told)
    assert window.leave_out.letter.isVisible()
    before = window.view.pages.size.width()
    press(told, "L")
    assert window.view.pages.size.width() < before
    assert "親展" in window.remark.text()
    assert "親展" not in window.view.text
    window.show_paper("handoff")
    assert not window.leave_out.letter.isVisible()


def test_the_form_is_chosen_by_arrows_and_only_what_fits_is_offered(opened):
    window = window_of(opened)
    press(opened, "Left")
    assert window.form.form == "json"
    window.show_paper("timeline")
    assert window.form.form == "pdf"
    assert not window.form.chips["json"].isVisible()
    press(opened, "Left")
    assert window.form.form == "xlsx"
    press(opened, "Right")
    assert window.form.form == "pdf"


def test_a_file_that_cannot_be_written_is_told(opened):
    opened.places.handoffs.write_text("in the way")
    press(opened, "S")
    opened.wait_until(lambda: "handoff_file" in opened.window.notice._standing)
    assert opened.window.notice.property("tone") == "danger"
    assert "書き込めません" in window_of(opened).said.text()


# -- what is shown --------------------------------------------------------------------------------


def test_the_sheets_are_painted_and_scroll_by_key(opened):
    window = window_of(opened)
    window.resize(860, 420)
    opened.settle()
    image = window.sheets.sheets.grab().toImage().convertToFormat(image_format())
    inks = {image.pixelColor(x, y).lightness() for x in range(0, image.width(), 3)
            for y in range(0, min(600, image.height()), 3)}  # fmt: skip
    assert min(inks) < 60
    assert max(inks) == 255
    bar = window.sheets.verticalScrollBar()
    assert bar.maximum() > 0
    press(opened, "PgDown")
    assert bar.value() > 0
    press(opened, "PgUp")
    assert bar.value() == 0
    assert NAME in window.sheets.accessibleDescription()


def image_format():
    from PySide6.QtGui import QImage

    return QImage.Format.Format_RGB32


@pytest.mark.parametrize("percent", [100, 200])
def test_no_word_of_the_window_is_cut(make_seat, percent):
    seat = make_seat(view__text_percent=percent).start()
    seat.begin_call()
    seat.act("papers")
    window = window_of(seat)
    window.resize(window.sizeHint().expandedTo(window.minimumSizeHint()))
    seat.settle()
    chips = [*window.form.chips.values(), *window.leave_out.masks.values()]
    for button in (*window.side.buttons, *window.buttons.values(), *chips):
        if button.isVisible():
            needed = button.fontMetrics().horizontalAdvance(button.text())
            assert button.width() >= needed, button.text()


def test_another_look_is_shown_at_once(opened):
    before = window_of(opened).styleSheet()
    opened.controller.looks.next_text_size()
    assert window_of(opened).styleSheet() != before


def test_what_was_said_of_one_case_is_not_said_below_another(opened):
    assert saved(opened).name in window_of(opened).said.text()
    opened.work.do(c.EndCall())
    opened.work.do(c.FinishWrapUp())
    opened.begin_call("03-9999-0000")
    opened.controller.papers.desk.refresh()
    assert opened.case.case_no in window_of(opened).view.title
    assert window_of(opened).said.text() == ""


def test_nothing_of_another_case_is_on_any_paper(opened):
    """A second call begins: papers, files and their names are its own."""
    opened.work.do(c.EndCall())
    opened.work.do(c.FinishWrapUp())
    opened.begin_call("03-9999-0000")
    opened.controller.papers.desk.refresh()
    for name in ("handoff", "consult_card", "timeline"):
        opened.controller.papers.show_paper(name)
        window = window_of(opened)
        if window.view.barrier:  # what was said of the case before is not said of this one
            press(opened, "U")
        for form in window.view.forms:
            window.form.choose(form)
            opened.clock.advance(1)
            said = words_in(saved(opened))
            assert opened.case.case_no in said
            assert not re.search(f"{NAME}|{WORDS}|{NUMBER}", said)


def test_the_keys_go_back_to_the_call(opened):
    QTest.keyClick(window_of(opened).sheets, Qt.Key.Key_Escape)
    opened.settle()
    assert opened.window.isActiveWindow()


def test_the_handoff_leaves_the_keys_with_the_call(told):
    told.hand_over()
    told.type("続き")
    assert told.edit.toPlainText() == "続き"
    assert window_of(told).said.text().startswith("クリップボードに")


@pytest.mark.parametrize("size", [(700, 740), (712, 760)], ids=str)
def test_large_text_leaves_the_paper_its_room_and_nothing_lies_over_another(make_seat, size):
    """At 200 % on a screen of 800 lines: what stands below the paper otherwise is beside it."""
    seat = make_seat(view__text_percent=200).start()
    seat.begin_call()
    seat.act("handoff")
    seat.wait_until(lambda: seat.work.is_quiet)
    window = seat.controller.papers.handoff
    window.resize(*size)
    seat.settle()
    sheets = window.sheets
    assert sheets.width() >= 230
    assert sheets.height() >= 0.6 * size[1]
    placed = [window.beside, sheets, *window.buttons.values(), window.said]
    rects = [QRect(part.mapTo(window, QPoint(0, 0)), part.size()) for part in placed]
    for one, other in itertools.combinations(rects, 2):
        assert not one.intersects(other)
    for button in window.side.buttons:
        assert button.width() >= button.sizeHint().width()
        assert button.mapTo(window.beside, button.rect().topRight()).x() <= window.beside.width()
    assert window.beside.isAncestorOf(window.form)
    seat.work.settings.change({"view.text_percent": 100})
    seat.controller.looks.apply()
    seat.settle()
    assert not window.beside.isAncestorOf(seat.controller.papers.handoff.form)
