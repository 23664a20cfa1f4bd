"""The department's folder: its copy at once, the folder beside, and no call disturbed by it."""

import os
import threading
from datetime import UTC, datetime
from pathlib import Path

import pytest

from app.department_copy import find_copy, make_count, write_copy
from app.department_folder import is_department_folder, read_shared
from app.department_limits import LOCKABLE, read_locks
from app.department_look import look_at
from app.errands import Errands, nothing
from app.opening import open_workplace
from call import commands as c
from call.clock import SimulatedClock
from desktop.paths import Places
from scripts_ja.toml_file import MAX_FILE_BYTES

FLOW = Path(__file__).parents[1] / "scripts_ja" / "own_flow.toml"
CARDS = Path(__file__).parents[1] / "scripts_ja" / "own_cards.toml"
OWN = FLOW.read_text(encoding="utf-8")
MONDAY = datetime(2026, 11, 16, 1, 0, tzinfo=UTC)
TUESDAY = datetime(2026, 11, 17, 1, 0, tzinfo=UTC)
LIMITS = "[limits]\ncall_red_minutes = 18\n"


@pytest.fixture
def share(tmp_path):
    """A shared folder with one of each."""
    folder = tmp_path / "share"
    for place in ("flows", "cards"):
        (folder / place).mkdir(parents=True)
    (folder / "flows" / "own.toml").write_text(OWN, encoding="utf-8")
    (folder / "cards" / "own.toml").write_bytes(CARDS.read_bytes())
    (folder / "limits.toml").write_text(LIMITS, encoding="utf-8")
    return folder


@pytest.fixture
def places(tmp_path):
    return Places(tmp_path / "data")


def with_title(title):
    return OWN.replace(f'title = "{OWN.split(chr(34))[5]}"', f'title = "{title}"', 1)


# -- the folder -----------------------------------------------------------------------------------


def test_what_is_good_is_read(share):
    shared = read_shared(share)
    assert shared.problems == ()
    assert shared.files == {
        "flows/own.toml": FLOW.read_bytes(),
        "cards/own.toml": CARDS.read_bytes(),
        "limits.toml": LIMITS.encode(),
    }
    assert is_department_folder(share)
    assert not is_department_folder(share / "flows")


def test_one_bad_file_is_told_and_the_others_count(share):
    (share / "flows" / "half.toml").write_text(OWN[: len(OWN) // 2], encoding="utf-8")
    shared = read_shared(share)
    assert shared.doubtful == {"flows/half.toml"}
    assert {problem.path.name for problem in shared.problems} == {"half.toml"}
    assert len(shared.files) == 3


@pytest.mark.parametrize("name", [".own.toml", "._x.toml", "own.toml~", "own.tmp", "x.txt"])
def test_other_files_are_passed_over(share, name):
    (share / "flows" / name).write_text("=", encoding="utf-8")
    (share / "flows" / "deeper").mkdir()
    (share / "flows" / "deeper" / "own.toml").write_text("=", encoding="utf-8")
    assert read_shared(share).problems == ()


def test_links_that_lead_out_are_refused(share, tmp_path):
    (tmp_path / "elsewhere.toml").write_text(OWN, encoding="utf-8")
    (share / "flows" / "link.toml").symlink_to(tmp_path / "elsewhere.toml")
    (share / "flows" / "inside.toml").symlink_to(share / "flows" / "own.toml")
    shared = read_shared(share)
    assert shared.doubtful == {"flows/link.toml"}
    assert "外を指すリンク" in shared.problems[0].sentence
    assert "flows/inside.toml" in shared.files


def test_a_folder_that_is_a_link_out_gives_nothing(share, tmp_path):
    elsewhere = tmp_path / "elsewhere"
    (share / "flows").rename(elsewhere)
    (share / "flows").symlink_to(elsewhere)
    assert set(read_shared(share).files) == {"cards/own.toml", "limits.toml"}


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="no pipes here")
def test_a_pipe_holds_nobody_up(share):
    os.mkfifo(share / "flows" / "pipe.toml")
    assert read_shared(share).doubtful == {"flows/pipe.toml"}


def test_a_file_beyond_all_measure_is_refused(share):
    (share / "cards" / "big.toml").write_bytes(b"#" * (MAX_FILE_BYTES + 1))
    assert read_shared(share).doubtful == {"cards/big.toml"}


def test_a_file_that_changes_while_it_is_read_is_refused(share, monkeypatch):
    real, calls = Path.stat, []

    def stat(path, **options):
        found = real(path, **options)
        if path.name == "limits.toml" and options.get("follow_symlinks", True):
            calls.append(path)
            os.utime(path, ns=(len(calls), len(calls)))
        return found

    monkeypatch.setattr(Path, "stat", stat)
    assert read_shared(share).doubtful == {"limits.toml"}


@pytest.mark.parametrize("content", [(), ("readme.txt",)])
def test_what_an_unmounted_share_leaves_is_out_of_reach(tmp_path, content):
    (tmp_path / "share").mkdir()
    for name in content:
        (tmp_path / "share" / name).touch()
    with pytest.raises(OSError, match="share"):
        read_shared(tmp_path / "share")
    with pytest.raises(OSError, match="nowhere"):
        read_shared(tmp_path / "nowhere")


def test_a_folder_that_nobody_may_look_into_is_out_of_reach(share, monkeypatch):
    def refuse(path):
        raise PermissionError(13, "no", str(path))

    monkeypatch.setattr(Path, "iterdir", refuse)
    with pytest.raises(PermissionError):
        read_shared(share)


# -- locked settings ------------------------------------------------------------------------------


def test_limits_and_some_words_of_the_desk_can_be_locked():
    assert "limits.call_red_minutes" in LOCKABLE
    assert LOCKABLE & {"desk.name", "view.theme", "department.folder"} == set()
    source = '[limits]\nmax_holds = 1\n[desk]\nhours = "平日9時から18時"\n'
    found = read_locks(Path("limits.toml"), source.encode())
    # A lock that is the default is a lock.
    assert found == {"limits.max_holds": 1, "desk.hours": "平日9時から18時"}


@pytest.mark.parametrize(
    ("source", "said"),
    [
        ("[limits]\nmax_holds = 99\n", "2行目：「1回の通話で保留できる回数」は 1 から 20 まで"),
        ('[desk]\nhelp_line_checked = "昨日"\n', "日付は 2026-04-01 の形"),
        ("[limits]\nmax_holds = 2\ncolour = 1\n", "知らない項目"),
        ('[desk]\nname = "田中"\n', "固定できない"),
        ("[limits\n", "1行目"),
        ('[view]\ntheme = "dark"\n', "固定できない"),
    ],
)
def test_one_wrong_value_locks_nothing(source, said):
    (problem,) = read_locks(Path("limits.toml"), source.encode())
    assert said in problem.sentence
    assert problem.sentence.startswith("limits.toml")
    assert "使っています" not in problem.sentence


# -- the copy -------------------------------------------------------------------------------------


def test_a_copy_counts_when_it_is_whole(places):
    where, files = places.department, {"flows/a.toml": b"1", "limits.toml": b"2"}
    copy = write_copy(where, "/share", files, MONDAY)
    assert find_copy(where, "/share") is None
    make_count(where, copy)
    assert find_copy(where, "/share") == copy
    assert copy.files() == files
    assert find_copy(where, "/other") is None


def test_of_two_copies_only_the_last_is_kept(places):
    where = places.department
    for number in (b"1", b"2"):
        copy = write_copy(where, "/share", {"limits.toml": number}, MONDAY)
        make_count(where, copy)
    assert find_copy(where, "/share").files() == {"limits.toml": b"2"}
    assert len([path for path in where.iterdir() if path.is_dir()]) == 1


def test_a_copy_that_was_begun_and_never_finished_is_written_anew(places):
    where, files = places.department, {"flows/a.toml": b"1", "limits.toml": b"2"}
    half = write_copy(where, "/share", files, MONDAY)
    (half.path / "limits.toml").unlink()
    (half.path / "more.toml").touch()
    assert write_copy(where, "/share", files, MONDAY).files() == files


@pytest.mark.parametrize(
    "label",
    [
        b"",
        b"{",
        b"\xff",
        b"[]",
        b'{"folder": "/share", "name": "..", "seen_at": "2026-11-16T10:00:00Z"}',
        b'{"folder": "/share", "name": "0123456789abcdef", "seen_at": "2026-11-16T10:00:00"}',
        b'{"folder": "/share", "name": "fedcba9876543210", "seen_at": "2026-11-16T10:00:00Z"}',
    ],
)
def test_a_spoilt_label_is_no_copy(places, label):
    (places.department / "0123456789abcdef").mkdir(parents=True)
    (places.department / "copy.json").write_bytes(label)
    assert find_copy(places.department, "/share") is None


# -- a look at the folder -------------------------------------------------------------------------


def look(share, places, present=None, now=MONDAY):
    return look_at(str(share), places, present, now)


def test_the_first_look_copies(share, places):
    found = look(share, places)
    assert found.is_reached
    assert found.problems == ()
    assert found.layers.locks == {"limits.call_red_minutes": 18}
    assert found.layers.book.flows[-1].code == "Z1"
    assert find_copy(places.department, str(share)).seen_at == MONDAY


def test_the_same_again_changes_nothing_but_the_day(share, places):
    first = look(share, places).copy
    found = look(share, places, first, TUESDAY)
    assert found.layers is None
    assert find_copy(places.department, str(share)).seen_at == TUESDAY


def test_out_of_reach_the_copy_stays_with_its_day(share, places):
    first = look(share, places).copy
    share.rename(share.with_name("gone"))
    found = look(share, places, first, TUESDAY)
    assert (found.is_reached, found.layers, found.copy) == (False, None, first)
    assert find_copy(places.department, str(share)).seen_at == MONDAY
    share.mkdir()  # where it was mounted
    assert not look(share, places, first, TUESDAY).is_reached
    assert find_copy(places.department, str(share)).files() == first.files() != {}


@pytest.mark.parametrize("name", ["flows/own.toml", "cards/own.toml", "limits.toml"])
def test_a_broken_file_never_replaces_a_good_copy(share, places, name):
    first = look(share, places).copy
    good = first.files()
    (share / name).write_bytes((share / name).read_bytes()[:-20] + b"\n[[")
    found = look(share, places, first, TUESDAY)
    assert found.layers is None
    assert [problem.path for problem in found.problems] == [share / name]
    assert find_copy(places.department, str(share)).files() == good


def test_a_broken_file_does_not_keep_the_others_back(share, places):
    first = look(share, places).copy
    (share / "flows" / "own.toml").write_text("=", encoding="utf-8")
    (share / "limits.toml").write_text("[limits]\ncall_red_minutes = 17\n", encoding="utf-8")
    found = look(share, places, first, TUESDAY)
    assert found.layers.locks == {"limits.call_red_minutes": 17}
    assert found.layers.book.flows[-1].code == "Z1"


def test_a_file_that_clashes_does_not_replace_a_good_one(share, places):
    first = look(share, places).copy
    clash = OWN.replace('code = "Z1"', 'code = "F1"').replace("Z1-", "F1-")
    (share / "flows" / "own.toml").write_text(clash, encoding="utf-8")
    found = look(share, places, first, TUESDAY)
    assert found.layers is None
    assert len(found.problems) == 1
    assert find_copy(places.department, str(share)).files() == first.files()


def test_what_was_taken_out_goes(share, places):
    first = look(share, places).copy
    (share / "flows" / "own.toml").unlink()
    (share / "limits.toml").unlink()
    found = look(share, places, first, TUESDAY)
    assert (found.layers.book.flows[-1].code, found.layers.locks) == ("F8", {})


def test_ones_own_lies_over_the_departments(share, places):
    places.flows.mkdir(parents=True)
    (places.flows / "mine.toml").write_text(with_title("私の流れ"), encoding="utf-8")
    (share / "flows" / "own.toml").write_text(with_title("部署の流れ"), encoding="utf-8")
    assert look(share, places).layers.book.flows[-1].title == "私の流れ"


def test_a_data_folder_that_cannot_be_written(share, places):
    places.data.mkdir()
    places.department.write_text("", encoding="utf-8")
    found = look(share, places)
    assert (found.is_kept, found.layers) == (False, None)


# -- errands --------------------------------------------------------------------------------------


class Loop:
    """In place of the window's loop: what is posted is done when the test says so."""

    def __init__(self):
        self.calls = []
        self.came = threading.Event()

    def post(self, call):
        self.calls.append(call)
        self.came.set()

    def run_next(self):
        assert self.came.wait(20)
        self.came.clear()
        calls, self.calls = self.calls, []
        for call in calls:
            call()


def test_what_takes_too_long_is_said_and_comes_after_all():
    loop, share_answers, heard = Loop(), threading.Event(), []
    errands = Errands(loop.post, patience_seconds=0)
    errands.run(lambda: share_answers.wait(20), heard.append, lambda: heard.append("late"))
    loop.run_next()
    assert heard == ["late"]
    share_answers.set()
    loop.run_next()
    assert heard == ["late", True]


def test_what_came_before_anybody_heard_that_it_was_late_is_not():
    loop, share_answers, heard = Loop(), threading.Event(), []
    errands = Errands(loop.post, patience_seconds=0)
    errands.run(lambda: share_answers.wait(20), heard.append, lambda: heard.append("late"))
    assert loop.came.wait(20)
    loop.came.clear()
    share_answers.set()
    loop.run_next()
    assert heard == [True]


@pytest.mark.expects_log
def test_a_mistake_of_ours_is_logged_and_who_asked_goes_on(caplog):
    loop, heard = Loop(), []
    errands = Errands(loop.post)
    errands.run(
        lambda: 1 / 0,
        heard.append,
        late=lambda: heard.append("late"),
        failed=lambda: heard.append("failed"),
    )
    loop.run_next()
    assert heard == ["failed"]
    assert "ZeroDivisionError" in caplog.text


def test_what_comes_in_time_is_not_late_and_after_the_end_nothing_comes():
    loop, heard = Loop(), []
    errands = Errands(loop.post)
    errands.run(lambda: 7, heard.append, lambda: heard.append("late"))
    loop.run_next()
    assert heard == [7]
    errands.run(lambda: 8, heard.append, lambda: heard.append("late"))
    assert loop.came.wait(20)
    errands.close()
    loop.run_next()
    assert heard == [7]


# -- a desk ---------------------------------------------------------------------------------------


class Hands:
    """In place of threads: a look is begun, and brought or late when the test says so."""

    def __init__(self):
        self.begun = []

    def run(self, job, then, late=nothing, failed=nothing):
        if "Retention" not in job.__qualname__:  # which has errands of its own
            self.begun.append((job, then, late, failed))

    def bring(self):
        job, then, *_ = self.begun.pop(0)
        then(job())

    def be_late(self):
        self.begun[0][2]()

    def break_down(self):
        self.begun.pop(0)[3]()

    def close(self):
        pass


class Seat:
    """A desk without a window."""

    def __init__(self, places, share, settings=""):
        places.data.mkdir(exist_ok=True)
        text = f"[department]\nfolder = '{share}'\n{settings}"
        places.settings.write_text(text, encoding="utf-8")
        self.clock, self.hands, self.said = SimulatedClock(MONDAY, "boot 0"), Hands(), {}
        self.work, notices = open_workplace(
            places, self.clock, lambda call: call(), errands=self.hands
        )
        self.notices = {notice.key: notice.text for notice in notices}
        self.work.notices.listen(lambda notice: self.said.update({notice.key: notice.text}))
        self.work.session.open_in_memory("K7Q2")
        self.work.department.look()

    @property
    def red(self):
        return self.work.limits.call_red_minutes

    @property
    def codes(self):
        situation = self.work.session.situation()
        return [flow.code for flow in situation.book.flows] if situation else []

    def do(self, *commands):
        for command in commands:
            assert self.work.do(command).refusal is None


@pytest.fixture
def sit_down(places, share):
    seats = []

    def sit(settings="", folder=share):
        seats.append(Seat(places, folder, settings))
        return seats[-1]

    yield sit
    for seat in seats:
        seat.work.close()


def test_without_a_folder_nobody_looks_for_one(sit_down, places):
    seat = sit_down(folder="")
    assert seat.hands.begun == []
    assert not places.department.exists()


def test_at_the_first_start_the_folder_is_adopted_when_it_comes(sit_down):
    seat = sit_down()
    assert seat.red == 20
    seat.hands.bring()
    assert seat.red == 18
    seat.do(c.StartCall())
    assert "Z1" in seat.codes
    assert seat.said.get("department", "") == ""


def test_the_copy_is_in_force_before_anybody_looks(sit_down, share, places):
    sit_down().hands.bring()
    share.rename(share.with_name("gone"))
    seat = sit_down()
    assert seat.red == 18
    assert "department" not in seat.said
    seat.hands.bring()
    assert seat.said["department"].startswith("部署の設定は11月16日")
    assert seat.red == 18


def test_where_there_is_not_even_a_copy_it_is_said(sit_down, tmp_path):
    seat = sit_down(folder=tmp_path / "nowhere")
    seat.hands.bring()
    assert str(tmp_path / "nowhere") in seat.said["department"]
    assert seat.red == 20


def test_after_a_mistake_of_ours_it_is_said_and_the_folder_is_looked_at_again(sit_down):
    sit_down().hands.bring()
    seat = sit_down()
    seat.hands.break_down()
    assert "接続できません" in seat.said["department"]
    seat.work.department.look()
    seat.hands.bring()
    assert seat.said["department"] == ""


def test_a_slow_folder_is_said_until_it_comes(sit_down):
    sit_down().hands.bring()
    seat = sit_down()
    seat.hands.be_late()
    assert "接続できません" in seat.said["department"]
    seat.hands.bring()
    assert seat.said["department"] == ""


def test_a_running_call_keeps_its_rules_to_the_end_of_its_after_call_work(sit_down):
    seat = sit_down()
    seat.do(c.StartCall(), c.EnterStage("F1-S2"))
    shown = seat.work.stage()
    seat.hands.bring()
    for command in (c.Hold(), c.Resume(), c.EndCall()):
        assert (seat.red, "Z1" in seat.codes) == (20, False)
        seat.do(command)
    assert seat.work.stage().phrases == shown.phrases
    # Neither does a change of the look bring them in.
    seat.work.settings.change({"view.text_percent": 150})
    assert (seat.red, "Z1" in seat.codes) == (20, False)
    assert seat.work.interrupts.open("own_card") is None
    seat.do(c.FinishWrapUp())
    assert (seat.red, "Z1" in seat.codes) == (18, True)


def test_on_a_desk_that_is_never_free_the_next_call_brings_them(sit_down):
    seat = sit_down()
    seat.do(c.StartCall())
    seat.hands.bring()
    seat.do(c.EndCall())
    assert seat.red == 20
    seat.do(c.StartCall())
    assert seat.red == 18
    assert "Z1" in seat.codes


def test_a_refused_second_start_brings_nothing(sit_down):
    seat = sit_down()
    seat.do(c.StartCall())
    seat.hands.bring()
    seat.work.do(c.StartCall())
    assert seat.red == 20


def test_the_folder_is_looked_at_again_between_calls_and_not_too_often(sit_down, share):
    seat = sit_down()
    seat.hands.bring()
    seat.do(c.StartCall(), c.EndCall(), c.FinishWrapUp())
    assert seat.hands.begun == []
    (share / "limits.toml").write_text("[limits]\ncall_red_minutes = 17\n", encoding="utf-8")
    seat.clock.advance(3600)
    seat.do(c.StartCall(), c.EndCall())
    assert seat.hands.begun == []
    seat.do(c.FinishWrapUp())
    seat.hands.bring()
    assert seat.red == 17


def test_another_folder_is_looked_at_when_it_is_named(sit_down, share, tmp_path):
    seat = sit_down()
    seat.work.settings.change({"department.folder": str(tmp_path / "other")})
    assert len(seat.hands.begun) == 2
    seat.hands.be_late()
    assert "department" not in seat.said
    seat.hands.bring()  # of the folder before: nobody wants it any more
    assert seat.red == 20
    seat.hands.bring()
    assert str(tmp_path / "other") in seat.said["department"]
    seat.work.settings.change({"department.folder": str(share)})
    seat.hands.bring()
    assert (seat.red, seat.said["department"]) == (18, "")
    seat.work.settings.change({"department.folder": ""})
    seat.hands.bring()
    assert seat.red == 20


def test_one_notice_for_however_many_bad_files(sit_down, share):
    for name in ("bad1.toml", "bad2.toml"):
        (share / "flows" / name).write_text("=", encoding="utf-8")
    seat = sit_down()
    seat.hands.bring()
    assert "bad1.toml" in seat.said["department"]
    assert "ほか1件" in seat.said["department"]
    assert seat.red == 18


def test_a_clash_in_the_folder_is_said_by_one_line_only(sit_down, share):
    (share / "flows" / "twice.toml").write_text(OWN, encoding="utf-8")
    sit_down().hands.bring()
    seat = sit_down()
    assert seat.notices == {}
    seat.hands.bring()
    assert "twice.toml" in seat.said["department"]


def test_what_is_locked_stands_over_ones_own_and_is_said_once(sit_down):
    sit_down().hands.bring()
    seat = sit_down("[limits]\ncall_red_minutes = 30\ncall_amber_minutes = 12\n")
    assert (seat.red, seat.work.limits.call_amber_minutes) == (18, 12)
    assert "（18）" in seat.notices["overridden"]
    assert "黄色" not in seat.notices["overridden"]
    seat.hands.bring()
    assert "overridden" not in seat.said


def test_ones_own_value_stays_for_when_the_lock_is_gone(sit_down, share):
    (share / "limits.toml").write_text("[limits]\nmax_holds = 2\n", encoding="utf-8")
    seat = sit_down()
    seat.hands.bring()
    seat.work.settings.change({"limits.max_holds": 3})
    assert seat.work.limits.max_holds == 2
    assert "（2）" in seat.said["overridden"]
    (share / "limits.toml").unlink()
    seat.work.department.look()
    seat.hands.bring()
    assert seat.work.limits.max_holds == 3
    assert seat.said["overridden"] == ""


# -- the help line --------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("settings", "said"),
    [
        ("", ""),
        ("help_line_checked = 2020-01-01", ""),
        ('help_line = "窓口"', "。確かめた日付"),
        ('help_line = "窓口"\nhelp_line_checked = 2025-11-15', ""),
        ('help_line = "窓口"\nhelp_line_checked = 2025-11-14', "2025年11月14日"),
        ('help_line = "窓口"\nhelp_line_checked = "2025-11-14"', "2025年11月14日"),
        ('help_line = "窓口"\nhelp_line_checked = 2062-01-01', "。確かめた日付"),
    ],
)
def test_the_help_line_is_checked_once_a_year(sit_down, settings, said):
    seat = sit_down(f"[desk]\n{settings}\n", folder="")
    told = seat.notices.get("help_line", "")
    assert said in told
    assert bool(said) == bool(told)


def test_as_long_as_nobody_can_tell_whether_to_seal_the_folder_is_looked_at_more_often(
    sit_down, share
):
    hidden = share.rename(share.with_name("hidden"))
    seat = sit_down()
    seat.hands.bring()
    assert "受け渡せません" in seat.said["department"]
    seat.do(c.StartCall(), c.EndCall(), c.FinishWrapUp())
    assert seat.hands.begun == []
    hidden.rename(share)
    seat.clock.advance(60)
    seat.do(c.StartCall(), c.EndCall())
    assert seat.hands.begun == [], "between calls only"
    seat.do(c.FinishWrapUp())
    seat.hands.bring()
    assert (seat.red, seat.said["department"]) == (18, "")
    seat.clock.advance(60)
    seat.do(c.StartCall(), c.EndCall(), c.FinishWrapUp())
    assert seat.hands.begun == []
