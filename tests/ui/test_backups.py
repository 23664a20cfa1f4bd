"""Backups in the window: seen, gone back to, taken back; never over a call."""

from __future__ import annotations

import threading
from contextlib import closing
from datetime import timedelta

import pytest

from app.control import Control
from call import commands as c
from scripts_ja.texts import t
from storage.backup_names import DAILY, RESTORE
from storage.backups import Backups
from storage.connection import connect_reader
from storage.troubles import Trouble
from ui.backup_sheet import BackupSheet, RestoreSheet, losing
from ui.port.backups import BackupView


def a_case(seat, customer):
    """A call that is over and done with."""
    seat.begin_call()
    seat.work.do(c.FillField("customer", customer))
    seat.work.do(c.EndCall())
    seat.work.do(c.FinishWrapUp())
    seat.clock.advance(60)
    seat.save()


def customers(seat):
    with seat.archive() as archive:
        return {case.customer for case in archive.recent(9)}


def made(seat, kind="asked"):
    return Backups(seat.places.database).make(kind, seat.clock.now().wall)


def notices(seat):
    heard = []
    seat.work.notices.listen(heard.append)
    return heard


def restored(seat, name):
    heard = notices(seat)
    assert seat.work.backups.restore(name) == ""
    seat.wait_until(lambda: any(n.text == t("restore.done") for n in heard))
    seat.wait_until(lambda: seat.work.session.is_open)


@pytest.fixture
def two_states(seat):
    """山田's case is in a backup, 佐藤's is not."""
    a_case(seat, "山田")
    made(seat)
    a_case(seat, "佐藤")
    return seat


def open_list(seat):
    seat.controller.backups.open()
    sheet = seat.window.sheet
    assert isinstance(sheet, BackupSheet)
    seat.wait_until(lambda: sheet.rows)
    return sheet


def test_the_settings_lead_to_it_and_enter_goes_back(two_states):
    seat = two_states
    seat.act("settings")
    settings = seat.controller.settings.window
    settings.choose_page("files")
    door = next(
        b for b in settings.findChildren(type(settings._done)) if b.text() == t("backup.open")
    )
    door.click()
    seat.settle()
    assert seat.controller.settings.window is None
    sheet = seat.window.sheet
    seat.wait_until(lambda: sheet.rows)
    row = sheet.rows[0]
    assert (row.cases, row.lost_cases, row.new_cases) == (1, 1, 1)
    seat.press("1", sheet)
    question = seat.window.sheet
    assert isinstance(question, RestoreSheet)
    heard = notices(seat)
    seat.press("Return", question)
    assert seat.window.sheet is None
    seat.wait_until(lambda: any(n.text == t("restore.done") for n in heard))
    seat.wait_until(lambda: seat.work.session.is_open)
    assert customers(seat) == {"山田"}
    assert seat.work.case is None


def test_the_window_works_on_and_no_number_comes_twice(two_states):
    seat = two_states
    with seat.archive() as archive:
        given = {case.case_no for case in archive.recent(9)}
    before = seat.work.session.identity.next_seq
    restored(seat, Backups(seat.places.database).all()[-1].path.name)
    assert seat.work.session.identity.next_seq >= before
    a_case(seat, "田村")
    assert customers(seat) == {"山田", "田村"}
    with seat.archive() as archive:
        new = {case.case_no for case in archive.recent(9) if case.customer == "田村"}
    assert not new & given


def test_a_restore_is_taken_back_by_another(two_states):
    seat = two_states
    restored(seat, Backups(seat.places.database).all()[0].path.name)
    assert customers(seat) == {"山田"}
    seat.clock.advance(1)
    sheet = open_list(seat)
    (kept,) = [row for row in sheet.rows if row.kind == RESTORE]
    seat.window.close_sheet()
    restored(seat, kept.name)
    assert customers(seat) == {"山田", "佐藤"}


def test_not_during_a_call(two_states):
    seat = two_states
    seat.begin_call()
    name = Backups(seat.places.database).all()[0].path.name
    assert seat.work.backups.restore(name) == t("restore.in_call")
    seat.controller.backups.open()
    assert seat.window.sheet is None
    assert seat.notice == t("restore.in_call")


def test_a_call_that_comes_while_it_is_prepared_is_not_disturbed(two_states):
    seat = two_states
    heard = notices(seat)
    assert seat.work.backups.restore(Backups(seat.places.database).all()[0].path.name) == ""
    assert seat.work.backups.restore("another") == t("restore.busy")
    seat.work.do(c.StartCall("0312345678"))
    seat.wait_until(lambda: any(n.text == t("restore.in_call") for n in heard))
    assert seat.work.phase.is_live
    seat.save()
    assert customers(seat) >= {"山田", "佐藤"}
    seat.wait_until(lambda: not [p for p in seat.places.data.iterdir() if "new-" in p.name])


def test_what_is_noted_while_it_is_prepared_is_not_lost(two_states):
    seat = two_states
    heard = notices(seat)
    seat.work.backups.restore(Backups(seat.places.database).all()[0].path.name)
    # At once, before the loop can bring the news that all is prepared.
    for command in (c.StartCall(), c.FillField("customer", "田村"), c.EndCall(), c.FinishWrapUp()):
        seat.work.do(command)
    assert seat.work.journal.flush(20.0)  # else it is said that not all is saved yet
    seat.wait_until(lambda: any(n.text == t("restore.more") for n in heard))
    seat.save()
    assert customers(seat) == {"山田", "佐藤", "田村"}
    seat.wait_until(lambda: not [p for p in seat.places.data.iterdir() if "new-" in p.name])


def test_a_backup_that_is_damaged_is_said_and_nothing_is_changed(two_states):
    seat = two_states
    backup = Backups(seat.places.database).all()[0].path
    content = bytearray(backup.read_bytes())
    content[4096 * 3 : 4096 * 4] = b"\xff" * 4096
    backup.write_bytes(content)
    heard = notices(seat)
    assert seat.work.backups.restore(backup.name) == ""
    seat.wait_until(lambda: any(n.text == t("restore.failed.damaged") for n in heard))
    seat.wait_until(lambda: seat.work.session.is_open)
    assert customers(seat) == {"山田", "佐藤"}
    a_case(seat, "田村")


def test_one_that_cannot_be_read_cannot_be_chosen(two_states):
    seat = two_states
    Backups(seat.places.database).all()[0].path.write_bytes(b"")
    sheet = open_list(seat)
    assert sheet.rows[0].trouble == "damaged"
    seat.press("1", sheet)
    assert seat.window.sheet is sheet


def test_the_door_asks_for_it_too(two_states):
    seat = two_states
    control = Control(seat.work, seat.controller.carry_out, lambda: None)
    assert control.answer(b"1\trestore\tnone\tt0").startswith(b"no\t")
    assert control.answer(b"1\toutcome\tt1") == b"no"
    name = Backups(seat.places.database).all()[0].path.name
    heard = notices(seat)
    assert control.answer(f"1\trestore\t{name}\tt1".encode()) == b"ok"
    assert control.answer(b"1\toutcome\tt1") == b"ok\tbusy"
    seat.wait_until(lambda: any(n.text == t("restore.done") for n in heard))
    seat.wait_until(lambda: seat.work.session.is_open)
    assert control.answer(b"1\toutcome\tt1") == b"ok\tdone"
    assert customers(seat) == {"山田"}


@pytest.mark.expects_log
def test_one_that_lies_elsewhere_is_gone_back_to_and_not_taken_in(two_states, tmp_path):
    seat = two_states
    control = Control(seat.work, seat.controller.carry_out, lambda: None)
    own = Backups(seat.places.database).all()
    elsewhere, damaged = tmp_path / "控え 1.db", tmp_path / "damaged.db"
    own[0].path.replace(elsewhere)
    damaged.write_bytes(elsewhere.read_bytes()[:5000])

    def ask(path, token):
        assert control.answer(f"1\trestore\t{path}\t{token}".encode()) == b"ok"
        asked = f"1\toutcome\t{token}".encode()
        seat.wait_until(lambda: control.answer(asked) != b"ok\tbusy")
        return control.answer(asked).decode()

    assert ask(damaged, "t1") == "no\t" + t("restore.failed.damaged")
    assert ask(elsewhere, "t2") == "ok\tdone"
    seat.wait_until(lambda: seat.work.session.is_open)
    assert customers(seat) == {"山田"}
    made = {backup.kind for backup in Backups(seat.places.database).all()} - {"daily"}
    assert made == {"restore"}


def test_what_would_be_lost_is_said():
    nothing = BackupView("n", DAILY, None)
    assert losing(nothing) == t("restore.loses_nothing")
    some = BackupView("n", DAILY, None, lost_events=4, lost_cases=2, new_cases=1)
    assert losing(some) == t("restore.loses", events=4, cases=2, new=1)


# -- by themselves --------------------------------------------------------------------------------


def kinds(seat):
    return [backup.kind for backup in Backups(seat.places.database).all()]


def test_one_a_day_and_one_at_the_end_where_something_changed(seat):
    work = seat.work
    a_case(seat, "山田")
    work.backups.begin()
    seat.wait_until(lambda: kinds(seat) == [DAILY])
    work.backups.at_end()
    assert kinds(seat) == [DAILY]
    seat.clock.advance(timedelta(days=1).total_seconds())
    a_case(seat, "佐藤")  # the first call of the next day
    seat.wait_until(lambda: len(kinds(seat)) == 2)
    a_case(seat, "田村")
    work.backups.at_end()
    (last, earlier) = Backups(seat.places.database).all()
    with closing(connect_reader(last.path)) as reader:
        assert reader.execute("SELECT count(*) FROM cases").fetchone() == (3,)
    assert (last.made_at - earlier.made_at).days == 1


def test_what_is_on_its_way_to_the_disk_counts_as_a_change(seat, monkeypatch):
    a_case(seat, "山田")
    order = []
    for owner, name in ((type(seat.work.journal), "flush"), (Backups, "is_changed")):
        original = getattr(owner, name)

        def noted(self, *arguments, original=original, name=name):
            order.append((threading.get_ident(), name))
            return original(self, *arguments)

        monkeypatch.setattr(owner, name, noted)
    seat.work.backups.begin()
    seat.wait_until(lambda: kinds(seat) == [DAILY])
    (by,) = [thread for thread, name in order if name == "is_changed"]  # others flush, too
    assert [name for thread, name in order if thread == by] == ["flush", "is_changed"]


def test_asked_for_by_hand(seat):
    a_case(seat, "山田")
    heard = notices(seat)
    sheet = BackupSheet(seat.work.backups, seat.window.look)
    sheet.make.click()
    seat.wait_until(lambda: any(n.text == t("backup.made") for n in heard))
    assert kinds(seat) == ["asked"]
    sheet.deleteLater()


def test_where_none_can_be_made_it_is_said(seat):
    a_case(seat, "山田")
    seat.places.backups.write_text("no folder")
    heard = notices(seat)
    seat.work.backups.begin()
    seat.wait_until(lambda: any(n.text == t("backup.not_made") for n in heard))


def test_one_that_failed_is_tried_again_once_the_disk_can_be_written(seat):
    """Its notice goes then; one that succeeded is not made twice."""
    a_case(seat, "山田")
    seat.places.backups.write_text("no folder")
    heard = notices(seat)
    seat.work.backups.begin()
    seat.wait_until(lambda: any(n.text == t("backup.not_made") for n in heard))
    seat.places.backups.unlink()
    assert kinds(seat) == []
    watch = seat.work.watch
    watch.on_trouble(Trouble("disk_full", seat.places.database))
    watch.on_recovered()
    seat.wait_until(lambda: kinds(seat) == [DAILY])
    seat.wait_until(lambda: [n.text for n in heard if n.key == "backup"][-1] == "")
    (made,) = Backups(seat.places.database).all()
    watch.on_trouble(Trouble("disk_full", seat.places.database))
    watch.on_recovered()
    seat.settle()
    a_case(seat, "佐藤")
    assert Backups(seat.places.database).all() == (made,)


@pytest.mark.expects_log
def test_the_last_one_is_given_up_where_it_takes_long(seat, monkeypatch):
    a_case(seat, "山田")
    monkeypatch.setattr("app.backup_desk.CLOSING_SECONDS", -1.0)
    seat.work.backups.at_end()
    assert kinds(seat) == []
    assert list(seat.places.backups.iterdir()) == []


# -- damage ---------------------------------------------------------------------------------------


def test_damage_that_the_daily_backup_meets_is_mended_while_a_call_goes_on(seat):
    a_case(seat, "山田")
    seat.begin_call()
    seat.work.do(c.FillField("customer", "佐藤"))
    seat.save()
    with closing(connect_reader(seat.places.database)) as reader:
        (root,) = reader.execute(
            "SELECT rootpage FROM sqlite_master WHERE name = 'events_case'"
        ).fetchone()
    checkpointed(seat.places.database)
    with seat.places.database.open("r+b") as file:
        file.seek((root - 1) * 4096)
        file.write(b"\xff" * 4096)
    heard = notices(seat)
    seat.work.backups.begin()
    seat.wait_until(
        lambda: any("別名" in n.text or "新しい記録に移しました" in n.text for n in heard)
    )
    seat.work.do(c.FillField("issue", "水漏れ"))
    seat.save()
    assert customers(seat) == {"山田", "佐藤"}
    assert seat.work.phase.is_live
    sheet_rows = []
    seat.work.backups.fetch(lambda view: sheet_rows.append(view.rescue))
    seat.wait_until(lambda: sheet_rows)
    assert any("damaged-" in line for line in sheet_rows[0])


def checkpointed(database):
    from storage.connection import connect_writer

    with closing(connect_writer(database)) as writer:
        assert writer.execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchone()[0] == 0


def test_settings_that_had_to_be_set_aside_are_said(make_seat, tmp_path):
    (tmp_path / "data").mkdir()
    (tmp_path / "data" / "settings.toml").write_text("no [toml", encoding="utf-8")
    seat = make_seat().start()
    heard = notices(seat)
    seat.work.settings.change({"desk.name": "田中"})
    seat.wait_until(lambda: any("settings.broken.toml" in n.text for n in heard))
    assert (tmp_path / "data" / "settings.broken.toml").read_text(encoding="utf-8") == "no [toml"
