"""The settings window: made from the table, live, undone by Esc, worked by keys alone."""

from __future__ import annotations

from datetime import timedelta
from pathlib import Path

import pytest
from PySide6.QtCore import QObject, QPoint, Qt, QUrl, Slot
from PySide6.QtGui import QDesktopServices, QInputMethodEvent, QKeyEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QComboBox, QFileDialog, QLabel, QPushButton, QSpinBox

from app.settings import TABLE
from call import commands as c
from call.fold_times import CallPhase
from handoff.papers import NAMES
from handoff.text_form import as_text
from scripts_ja.texts import all_keys, t
from tests.ui.test_accessible import cut
from tests.ui.test_hotkeys import begin
from ui import actions
from ui.composition import ComposingLineEdit
from ui.consult_sheet import ConsultSheet
from ui.port.settings import SettingView
from ui.settings_window import PAGES, page_of
from ui.theme import DARK, LIGHT
from ui.wrapped_label import WrappedLabel


@pytest.fixture
def opened(seat):
    return _open(seat)


def _open(seat):
    seat.act("settings")
    window = seat.controller.settings.window
    window.activateWindow()
    seat.settle()
    return window


def _type(field, text: str) -> None:
    """Replace what stands in a line by keys."""
    field.setFocus()
    field.selectAll()
    if text.isascii():
        QTest.keyClicks(field, text)
        return
    event = QInputMethodEvent("", [])
    event.setCommitString(text)
    QApplication.sendEvent(field, event)


def _press(seat, window, key: str) -> None:
    seat.press(key, QApplication.focusWidget() or window)


# -- what is in it ----------------------------------------------------------------------------


def test_every_setting_of_the_table_has_a_row(seat, opened):
    rows = set(opened.rows) | {f"hotkeys.{action}" for action in opened.keys.key_rows}
    assert rows == {setting.name for setting in TABLE}


def test_what_nobody_placed_stands_with_the_files():
    assert page_of(SettingView("new.thing", "", "text", "", "")) == "files"


def test_every_choice_has_its_own_words(seat, opened):
    for view in opened._form.all():
        for value, word in view.choices:
            assert word != value or view.name == "flow.first", (view.name, value)


def test_every_limit_has_a_source_and_every_source_a_limit():
    keys = {key.removeprefix("settings.source.") for key in all_keys() if "settings.source." in key}
    assert keys == {setting.key for setting in TABLE if setting.section == "limits"}


def test_every_field_says_what_it_is(seat, opened):
    for kind in (ComposingLineEdit, QSpinBox, QComboBox, QPushButton):
        fields = opened.findChildren(kind)
        assert fields
        for field in fields:
            assert field.accessibleName() or (kind is QPushButton and field.text()), field


@pytest.mark.parametrize("percent", [100, 200])
def test_a_name_that_is_wider_than_its_page_goes_on_in_the_next_line(make_seat, percent):
    seat = make_seat(view__text_percent=percent).start()
    window = _open(seat)
    window.resize(300, 640)
    for page in PAGES:
        window.choose_page(page)
        seat.settle()
        labels = window._page(page).findChildren(WrappedLabel)
        assert labels
        assert not [label.accessibleName() for label in labels if label.isVisible() and cut(label)]


def test_every_number_says_what_it_counts(seat, opened):
    """「15」 alone could be minutes or calls."""
    for row in opened.rows.values():
        if row.view.kind == "number":
            assert row.spin.suffix().strip(), row.view.name
            assert row.spin.text() == f"{row.view.value} {row.view.unit}"


def test_a_number_can_be_changed_by_the_mouse_alone(seat, opened):
    opened.choose_page("limits")
    spin = opened.rows["limits.call_amber_minutes"].spin
    for y, value in ((4, 16), (4, 17), (spin.height() - 4, 16)):
        QTest.mouseClick(spin, Qt.MouseButton.LeftButton, pos=QPoint(spin.width() - 8, y))
        assert seat.work.limits.call_amber_minutes == value


def test_it_says_that_a_change_counts_at_once_and_what_esc_does(opened):
    words = [label.text() for label in opened.findChildren(QLabel)]
    assert t("settings_window.live") in words
    assert [b.text() for b in opened.findChildren(QPushButton)].count("取り消して閉じる Esc") == 1


def test_bounds_and_source_are_said(seat, opened):
    row = opened.rows["limits.call_red_minutes"]
    assert row.spin.accessibleDescription() == "1〜600、初期値 20。根拠：規則 63"
    row = opened.rows["limits.no_new_fact_minutes"]
    assert row.spin.accessibleDescription() == "1〜600、初期値 5。根拠：よりそいの目安"


# -- live -------------------------------------------------------------------------------------


def test_a_number_counts_at_once_and_within_its_bounds(seat, opened):
    spin = opened.rows["limits.call_red_minutes"].spin
    spin.setFocus()
    QTest.keyClick(spin, Qt.Key.Key_Up)
    assert seat.work.limits.call_red_minutes == 21
    _type(spin, "700")
    QTest.keyClick(spin, Qt.Key.Key_Return)
    assert 1 <= seat.work.limits.call_red_minutes <= 600


def test_the_theme_and_the_size_are_seen_at_once(seat, opened):
    opened.choose_page("view")
    choice = opened.rows["view.theme"].choice
    assert seat.window.look.tokens is LIGHT
    QTest.keyClick(choice, Qt.Key.Key_Down)
    assert seat.work.settings.get("view.theme") == "dark"
    assert seat.window.look.tokens is DARK
    assert DARK.bg in opened.styleSheet()
    opened.rows["view.text_percent"].spin.stepUp()
    assert seat.window.look.percent == 125


def test_a_name_counts_when_the_field_is_left(seat, opened):
    _type(opened.rows["desk.name"].entry, "鈴木")
    assert seat.work.settings.get("desk.name") == "田中"
    QTest.keyClick(opened.rows["desk.name"].entry, Qt.Key.Key_Tab)
    assert seat.work.settings.get("desk.name") == "鈴木"


def test_a_bad_date_is_told_and_not_taken_and_a_good_one_ends_it(seat, opened):
    row = opened.rows["desk.help_line_checked"]
    _type(row.entry, "yesterday")
    QTest.keyClick(row.entry, Qt.Key.Key_Return)
    assert row.complaint.isVisibleTo(row)
    assert row.entry.text() == "yesterday"
    assert seat.work.settings.get("desk.help_line_checked") == ""
    _type(row.entry, "2026-04-01")
    QTest.keyClick(row.entry, Qt.Key.Key_Return)
    assert not row.complaint.isVisibleTo(row)
    assert seat.work.settings.get("desk.help_line_checked") == "2026-04-01"


def test_what_another_key_changes_is_shown(seat, opened):
    seat.controller.trigger("theme")
    assert opened.rows["view.theme"].choice.currentData() == seat.work.settings.get("view.theme")


def test_what_is_half_written_is_left_alone(seat, opened):
    entry = opened.rows["desk.company"].entry
    _type(entry, "Aoi")
    seat.controller.trigger("theme")
    assert entry.text() == "Aoi"


def test_a_locked_value_is_shown_and_cannot_be_changed(seat):
    seat.work.settings.lock({"limits.call_red_minutes": 18})
    window = _open(seat)
    row = window.rows["limits.call_red_minutes"]
    assert (row.spin.value(), row.spin.isEnabled()) == (18, False)
    assert t("settings_window.locked") in row.spin.accessibleDescription()
    assert window._form.try_value("limits.call_red_minutes", 30) == t("settings_window.locked")
    window.cancel()
    assert seat.work.limits.call_red_minutes == 18


# -- leaving ----------------------------------------------------------------------------------


def test_esc_puts_everything_back(seat, opened):
    before = {setting.name: seat.work.settings.get(setting.name) for setting in TABLE}
    opened.rows["limits.max_holds"].spin.stepUp()
    opened.rows["view.theme"].choice.setCurrentIndex(2)
    _type(opened.rows["desk.name"].entry, "鈴木")
    QTest.keyClick(opened.rows["desk.name"].entry, Qt.Key.Key_Tab)
    opened.keys.key_rows["next"].try_key("Ctrl+Alt+M")
    _type(opened.rows["desk.company"].entry, "half")
    assert seat.window.look.tokens is DARK
    _press(seat, opened, "Esc")
    assert seat.controller.settings.window is None
    assert {setting.name: seat.work.settings.get(setting.name) for setting in TABLE} == before
    assert seat.window.look.tokens is LIGHT
    assert actions.key_in_force("next") == "Ctrl+Alt+N"


def test_the_key_closes_and_keeps_what_is_being_typed(seat, opened):
    _type(opened.rows["desk.name"].entry, "鈴木")
    _press(seat, opened, "F12")
    assert seat.controller.settings.window is None
    assert seat.work.settings.get("desk.name") == "鈴木"


def test_closing_keeps_what_is_being_composed(seat, opened):
    entry = opened.rows["desk.name"].entry
    entry.setFocus()
    entry.selectAll()
    entry.del_()
    seat.compose("さとう", entry)
    opened.close()
    seat.settle()
    assert seat.work.settings.get("desk.name") == "さとう"


def test_esc_while_composing_belongs_to_the_input_method(seat, opened):
    entry = opened.rows["desk.name"].entry
    entry.setFocus()
    seat.compose("さとう", entry)
    QTest.keyClick(entry, Qt.Key.Key_Escape)
    assert seat.controller.settings.window is opened


def test_a_call_goes_on_beside_it_and_it_goes_with_the_sidebar(seat, opened):
    assert not opened.isModal()
    seat.begin_call()
    seat.window.activateWindow()
    seat.window.input.focus()
    seat.settle()
    seat.act("hold")
    assert seat.work.phase is CallPhase.ON_HOLD
    assert seat.controller.settings.window is opened
    seat.window.close()
    seat.settle()
    assert seat.controller.settings.window is None


def test_it_opens_from_the_waiting_panel_and_only_once(seat):
    seat.window.waiting.settings.click()
    first = seat.controller.settings.window
    seat.act("settings")
    assert seat.controller.settings.window is first


@pytest.mark.parametrize("key", ["Esc", "F12"])
@pytest.mark.parametrize(
    "name", ["desk.name", "view.theme", "view.text_percent", "department.folder", "key", "chip"]
)
def test_both_keys_leave_from_every_kind_of_field(seat, opened, key, name):
    if name == "key":
        opened.choose_page("keys")
        field = opened.keys.key_rows["next"].reset
    elif name == "chip":
        field = opened._chips["view"]
    else:
        opened.choose_page(page_of(opened.rows[name].view))
        field = opened.rows[name].focusProxy()
    field.setFocus()
    seat.press(key, field)
    assert seat.controller.settings.window is None


def test_a_folder_is_chosen_in_a_dialog_that_stops_nothing(seat, opened, tmp_path):
    opened.choose_page("files")
    row = opened.rows["department.folder"]
    row.choose.click()
    dialog = row.findChild(QFileDialog)
    assert dialog.isVisible()
    assert not dialog.isModal()
    dialog.fileSelected.emit(str(tmp_path))
    assert seat.work.settings.get("department.folder") == str(tmp_path)
    assert row.entry.text() == str(tmp_path)
    dialog.close()


@pytest.fixture
def shown(application):
    """What was given to the system to open, by the path of the folder."""
    asked = []

    class Handler(QObject):
        @Slot(QUrl)
        def take(self, url):
            asked.append(Path(url.toLocalFile()))

    handler = Handler()
    QDesktopServices.setUrlHandler("file", handler, "take")
    yield asked
    QDesktopServices.unsetUrlHandler("file")


def test_every_folder_is_one_press_away_and_made_where_it_is_missing(seat, opened, shown):
    opened.choose_page("files")
    places = seat.places
    assert not places.handoffs.exists()
    for row in opened.places:
        assert row.button.accessibleName().startswith(t(f"folders.{row.view.name}"))
        row.button.click()
    seat.wait_until(lambda: len(shown) == 5)
    wanted = [places.data, places.handoffs, places.inbox, places.backups, places.logs]
    assert shown == wanted
    assert all(path.is_dir() for path in shown)


def test_a_folder_that_cannot_be_opened_is_said_with_its_path(seat, opened, monkeypatch):
    monkeypatch.setattr(QDesktopServices, "openUrl", lambda _: False)
    opened.places[-1].button.click()
    seat.wait_until(lambda: seat.notice)
    assert seat.notice == t("folders.failed", path=str(seat.places.logs))


def another_value(view, folder):
    """A value that a setting may have and has not."""
    if view.kind == "number":
        return view.low if view.value != view.low else view.high
    if view.kind == "choice":
        return next(value for value, _ in reversed(view.choices) if value != view.value)
    return {"date": "2026-04-01", "folder": str(folder)}.get(view.kind, f"別の{view.label}")


# What these change is seen in tests of their own; here only that they are live.
SHOWN_ELSEWHERE = {
    "desk.help_line_checked": "app/test_department.py: the reminder at the start",
    "desk.code": "below: the next number",
    "department.folder": "ui/test_department.py",
    "view.wording_marks": "ui/test_note_wording.py",
    "view.dock": "ui/test_window_at_the_edge.py",
    "view.compact": "ui/test_window_at_the_edge.py",
    "view.after_note": "ui/test_window_at_the_edge.py",
    "alerts.hold_red_flash": "ui/test_advice.py",
    "alerts.hold_red_sound": "ui/test_advice.py",
    "alerts.reminder_sound": "ui/test_tray.py",
    "alerts.reminder_notice": "ui/test_tray.py",
    "start.at_login": "ui/test_login_start.py",
    "hotkeys.backend": "app/test_hotkeys.py",
    "encryption.offer": "ui/test_encryption.py",
}


def what_it_works_by(seat, *, is_limit=False):
    """All that the running program shows, says, writes and keeps to, as far as settings change it."""
    if is_limit:
        return (seat.work.limits, seat.work.session.desk.limits)
    work, window = seat.work, seat.window
    shelf = work.paper_shelf
    papers = [shelf.document(name, shelf.usual()) for name in NAMES]
    return {
        "limits": (work.limits, work.session.desk.limits),
        "first flow": work.session.desk.first_flow,
        "look": (window.look, window.styleSheet()),
        "phrases": [found.phrase.plain for found in work.phrases.find("")],
        "callback": [words.text for words in work.callback.left_words()],
        "papers": [document and as_text(document) for document in papers],
        "left out": (shelf.usual(), shelf.folder),
        "consult": _who_is_asked(seat),
        "keys": dict(work.hotkeys.keys()),
    }


def _who_is_asked(seat):
    sheet = ConsultSheet(seat.work, seat.case, seat.window.look)
    asked = [sheet.owner.entry.text(), sheet.owner_title.entry.text()]
    return [*asked, sheet.stand_in.accessibleName()]


def test_each_setting_is_live_and_all_are_undone_by_cancel(seat, opened, tmp_path):
    """Over the whole table, in a call: something of the running program changes with each."""
    seat.begin_call("0312345678")
    seat.work.do(c.PlanVisit(seat.work.now().wall + timedelta(hours=2), ("中村", "高橋")))
    values = {view.name: view.value for view in opened._form.all()}
    before = works_by = what_it_works_by(seat)
    unseen = set()
    for view in opened._form.all():
        value = another_value(view, tmp_path)
        assert opened._form.try_value(view.name, value) == "", view.name
        assert seat.work.settings.current.value(view.name) == value
        assert _shown_in(opened.rows[view.name]) == value, view.name
        is_limit = view.name.startswith("limits.")
        now = what_it_works_by(seat, is_limit=is_limit)
        if now == (works_by["limits"] if is_limit else works_by):
            unseen.add(view.name)
        works_by = {**works_by, "limits": now} if is_limit else now
    for row in opened.keys.key_rows.values():
        row.try_key("none")
        assert seat.work.settings.get(f"hotkeys.{row.action}") == "none"
    assert unseen == set(SHOWN_ELSEWHERE)
    opened.cancel()
    seat.wait_until(lambda: seat.work.is_quiet)
    assert {name: seat.work.settings.current.value(name) for name in values} == values
    after = what_it_works_by(seat)
    assert {key: after[key] for key in after if after[key] != before[key]} == {}


def test_the_mark_of_the_desk_counts_from_the_next_number_on(seat, opened):
    seat.begin_call()
    first = seat.case.case_no
    for command in (c.EndCall(), c.FinishWrapUp()):
        seat.work.do(command)
    opened._form.try_value("desk.code", "Z9")
    seat.begin_call()
    assert seat.case.case_no == f"{first.split('-')[0]}-Z9-01"


def _shown_in(row):
    field = row.focusProxy()
    if row.view.kind == "number":
        return field.value()
    return field.currentData() if row.view.kind == "choice" else field.text()


def test_each_limit_says_its_bounds_and_stays_within(seat, opened):
    for view in [view for view in opened._form.all() if view.kind == "number"]:
        spin = opened.rows[view.name].spin
        bounds = t("settings_window.bounds", low=view.low, high=view.high, default=view.default)
        assert bounds in spin.accessibleDescription(), view.name
        assert (spin.minimum(), spin.maximum()) == (view.low, view.high)
        assert opened._form.try_value(view.name, view.high + 1) != ""
        assert seat.work.settings.current.value(view.name) == view.default


def test_cases_are_kept_for_ninety_days_and_never_less_than_a_week(opened):
    view = opened.rows["limits.retention_days"].view
    assert (view.low, view.default, view.high) == (7, 90, 365)
    assert page_of(view) == "files"


# -- keys alone -------------------------------------------------------------------------------


def test_pages_turn_by_keys_and_begin_at_a_field(seat, opened):
    for name in [*PAGES[1:], PAGES[0]]:
        _press(seat, opened, "Ctrl+PgDown")
        assert opened._stack.currentWidget() is opened._page(name)
        assert opened._page(name).isAncestorOf(opened.focusWidget())
    _press(seat, opened, "Ctrl+PgUp")
    assert opened._stack.currentIndex() == len(PAGES) - 1


def test_tab_reaches_every_field_of_a_page(seat, opened):
    opened.choose_page("limits")
    wanted = {row.spin for name, row in opened.rows.items() if page_of(row.view) == "limits"}
    seen = set()
    for _ in range(200):
        seen.add(opened.focusWidget())
        QTest.keyClick(opened.focusWidget(), Qt.Key.Key_Tab)
    assert wanted <= seen


# -- keys that are recorded -------------------------------------------------------------------


def _record(row, key) -> None:
    row.recorder.setFocus()
    row.recorder.click()
    assert row.recorder.text() == t("settings_window.press_key")
    QTest.keyClick(row.recorder, *key)


_CTRL_ALT = Qt.KeyboardModifier.ControlModifier | Qt.KeyboardModifier.AltModifier


def test_a_key_is_recorded_reset_and_kept_to_the_sidebar(seat, opened):
    opened.choose_page("keys")
    row = opened.keys.key_rows["next"]
    _record(row, (Qt.Key.Key_M, _CTRL_ALT))
    assert actions.key_in_force("next") == "Ctrl+Alt+M"
    assert row.recorder.text() == "Ctrl Alt M"
    row.off.click()
    assert seat.work.settings.get("hotkeys.next") == "none"
    assert row.remark.isVisibleTo(row)
    row.reset.click()
    assert seat.work.settings.get("hotkeys.next") == ""
    assert actions.key_in_force("next") == "Ctrl+Alt+N"


def test_a_key_of_another_action_is_named_and_not_taken(seat, opened):
    row = opened.keys.key_rows["next"]
    opened.choose_page("keys")
    _record(row, (Qt.Key.Key_B, _CTRL_ALT))
    assert row.complaint.accessibleName().strip() == t(
        "settings_window.key_ours", name=t("action.back")
    )
    assert actions.key_in_force("next") == "Ctrl+Alt+N"


def test_a_key_that_cannot_be_global_is_told(seat, opened):
    row = opened.keys.key_rows["next"]
    opened.choose_page("keys")
    _record(row, (Qt.Key.Key_A, Qt.KeyboardModifier.NoModifier))
    assert row.complaint.isVisibleTo(row)
    assert actions.key_in_force("next") == "Ctrl+Alt+N"


def test_a_global_key_that_is_pressed_to_be_recorded_does_nothing_else(seat, opened):
    """The system brings it: else it would have ended the call."""
    seat.begin_call()
    row = opened.keys.key_rows["next"]
    opened.choose_page("keys")
    row.recorder.setFocus()
    row.recorder.click()
    seat.controller.keys._on_hotkey("end")
    assert seat.work.phase is CallPhase.TALKING
    assert row.complaint.isVisibleTo(row)
    seat.controller.keys._on_hotkey("end")
    assert seat.work.phase is CallPhase.WRAP_UP


def test_a_key_that_another_program_has_is_named_and_the_offered_one_is_one_press_away(seat):
    begin(seat, "Ctrl+Alt+N", "Ctrl+Alt+R")
    window = _open(seat)
    window.choose_page("keys")
    row = window.keys.key_rows["next"]
    assert row.remark.accessibleName().strip() == t("hotkeys.mark.taken")
    _record(row, (Qt.Key.Key_R, _CTRL_ALT))  # nor can that one be had
    assert row.complaint.accessibleName().strip() == t(
        "settings_window.key_taken", key="Ctrl Alt R"
    )
    assert seat.work.settings.get("hotkeys.next") == ""
    assert row.offer.text() == t("settings_window.key_offer", key="Ctrl Alt M")
    row.offer.click()
    assert actions.key_in_force("next") == "Ctrl+Alt+M"
    assert not row.offer.isVisibleTo(row)
    assert not row.complaint.isVisibleTo(row)
    window.cancel()
    assert actions.key_in_force("next") == "Ctrl+Alt+N"


def test_a_key_that_was_disabled_works_in_the_window_alone_and_reset_gives_it_back(seat):
    press = begin(seat)
    seat.begin_call()
    window = _open(seat)
    window.choose_page("keys")
    row = window.keys.key_rows["hold"]
    row.off.click()
    assert row.remark.accessibleName().strip() == t("settings_window.key_here")
    assert not row.off.isEnabled()
    assert _state(seat, "hold") == "disabled"
    seat.window.activateWindow()
    seat.window.input.focus()
    seat.settle()
    seat.press("Ctrl+Alt+W", seat.edit)
    assert seat.work.phase is CallPhase.ON_HOLD
    row.reset.click()
    assert _state(seat, "hold") == "active"
    press("hold")
    assert seat.work.phase is CallPhase.TALKING


def _state(seat, action):
    return next(view.state for view in seat.work.hotkeys.all() if view.action == action)


def test_esc_ends_the_recording_and_nothing_more(seat, opened):
    row = opened.keys.key_rows["next"]
    opened.choose_page("keys")
    _record(row, (Qt.Key.Key_Escape,))
    assert not row.recorder.is_waiting
    assert seat.controller.settings.window is opened
    row.recorder.click()
    QTest.keyClick(row.recorder, Qt.Key.Key_Tab)
    assert row.complaint.isVisibleTo(row)  # Tab is no key for it, and it did not go on
    assert not row.recorder.is_waiting


def test_modifiers_alone_and_held_keys_are_no_key(seat, opened):
    row = opened.keys.key_rows["next"]
    opened.choose_page("keys")
    row.recorder.setFocus()
    row.recorder.click()
    QTest.keyPress(row.recorder, Qt.Key.Key_Control)
    repeat = QKeyEvent(QKeyEvent.Type.KeyPress, Qt.Key.Key_M, _CTRL_ALT, "", True)
    QApplication.sendEvent(row.recorder, repeat)
    assert row.recorder.is_waiting


# -- how it looks -----------------------------------------------------------------------------


@pytest.mark.parametrize("percent", [100, 200])
@pytest.mark.parametrize("page", PAGES)
def test_no_row_is_cut_at_340(make_seat, percent, page):
    """At 340 pixels and 100 %, and at 560 and 200 %: every row fits the width of its page."""
    seat = make_seat(view__text_percent=percent).start()
    window = _open(seat)
    window.resize(340 if percent == 100 else 560, 640)
    window.choose_page(page)
    seat.settle()
    area = window._page(page)._area.viewport().width()
    assert window._page(page)._body.minimumSizeHint().width() <= area
    assert window.minimumSizeHint().width() <= window.width()
