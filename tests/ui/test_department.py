"""The department's folder through the real loop: a hanging share holds nothing up."""

import threading

import pytest

from app import department_look
from call import commands as c

LIMITS = "[limits]\ncall_red_minutes = 18\n"


@pytest.fixture
def share(tmp_path):
    (tmp_path / "share").mkdir()
    (tmp_path / "share" / "limits.toml").write_text(LIMITS, encoding="utf-8")
    return tmp_path / "share"


def test_what_the_department_shares_comes_beside_the_window(make_seat, share):
    seat = make_seat(department__folder=str(share)).start()
    seat.wait_until(lambda: seat.work.limits.call_red_minutes == 18)
    assert seat.notice == ""


def test_a_share_that_hangs_holds_up_neither_window_nor_notes(make_seat, share, monkeypatch):
    asked, answers = threading.Event(), threading.Event()

    def hang(folder, _desks):
        asked.set()
        answers.wait(60)
        raise OSError(5, "gone", str(folder))

    monkeypatch.setattr(department_look, "read_shared", hang)
    seat = make_seat(department__folder=str(share)).start()
    seat.wait_until(asked.is_set)
    seat.begin_call()
    seat.note("水漏れ")
    assert seat.work.papers.hand_over() is not None
    seat.wait_for_background()
    seat.work.do(c.EndCall())
    assert seat.notes() == ["水漏れ"]
    seat.close()
    answers.set()


def test_out_of_reach_is_one_quiet_line(make_seat, share):
    seat = make_seat(department__folder=str(share)).start()
    seat.wait_until(lambda: seat.work.limits.call_red_minutes == 18)
    share.rename(share.with_name("gone"))
    seat = make_seat(department__folder=str(share)).start()
    seat.wait_until(lambda: seat.notice)
    assert seat.notice == (
        "部署の設定は4月1日(水) 14時の写しです（共有フォルダーに接続できません）"
    )
    assert seat.work.limits.call_red_minutes == 18
