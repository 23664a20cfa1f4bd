"""The desk's key among the settings: one button makes it, and copies what the department needs."""

import pytest
from PySide6.QtGui import QGuiApplication

from app.desk_key import public_key
from scripts_ja.texts import t


@pytest.fixture
def opened(key_store, make_seat, tmp_path):
    """The settings of a desk whose department has a shared folder."""
    seat = make_seat(department__folder=str(tmp_path)).start()
    return open_row(seat)


def open_row(seat):
    seat.act("settings")
    window = seat.controller.settings.window
    window.choose_page("files")
    seat.wait_until(lambda: not seat.work.desk_key.view.is_busy)
    return seat


def row_of(seat):
    return seat.controller.settings.window.desk_key


def said(seat):
    return row_of(seat).sentence.accessibleName()


def test_one_button_makes_it_and_copies_it(opened):
    row = row_of(opened)
    assert row.isVisible()
    assert t("seal.about") in said(opened)
    row.button.click()
    opened.wait_until(lambda: opened.work.desk_key.view.public)
    key = public_key(opened.places.data)
    assert key.spoken in said(opened)
    assert row.button.text() == t("seal.copy")
    row.button.click()
    assert QGuiApplication.clipboard().text() == key.as_text()
    assert key.spoken in said(opened)
    assert public_key(opened.places.data) == key, "it is made once"


def test_by_keys_alone(opened):
    row = row_of(opened)
    row.button.setFocus()
    opened.press("Space", row.button)
    opened.wait_until(lambda: opened.work.desk_key.view.public)
    opened.press("Space", row.button)
    assert QGuiApplication.clipboard().text() == public_key(opened.places.data).as_text()


def test_where_there_is_no_key_store_it_says_so_and_makes_none(make_seat, tmp_path):
    seat = open_row(make_seat(department__folder=str(tmp_path)).start())
    row_of(seat).button.click()
    seat.wait_until(lambda: seat.work.desk_key.view.remark)
    assert said(seat).strip() == t("seal.unmade.no_store")
    assert public_key(seat.places.data) is None
    assert row_of(seat).button.isEnabled()


def test_a_locked_key_store_is_said(opened, key_store):
    key_store.is_locked = True
    row_of(opened).button.click()
    opened.wait_until(lambda: opened.work.desk_key.view.remark)
    assert said(opened).strip() == t("seal.unmade.shut")
    assert public_key(opened.places.data) is None


def test_nobody_without_a_department_is_bothered(seat):
    assert not row_of(open_row(seat)).isVisible()


@pytest.mark.expects_log
def test_after_a_mistake_of_ours_it_is_said_and_can_be_tried_again(opened, monkeypatch):
    def break_(*_):
        raise ZeroDivisionError

    row = row_of(opened)
    with monkeypatch.context() as patch:
        patch.setattr("app.desk_key.make_key", break_)
        row.button.click()
        opened.wait_until(lambda: opened.work.desk_key.view.remark)
    assert said(opened).strip() == t("seal.unmade.unknown")
    assert row.button.isEnabled()
    row.button.click()
    opened.wait_until(lambda: opened.work.desk_key.view.public)
