"""`main.py ctl` against a real window: commands as keys, and what bad callers cannot do."""

from __future__ import annotations

import errno
import json
import os
import shutil
import socket
import subprocess
import sys
import tempfile
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from pathlib import Path
from typing import NamedTuple

import pytest

from app.control import RAISE, Control
from call.fold_times import CallPhase
from desktop import door_keeper
from desktop.door import LINE_LIMIT, door_of
from desktop.door_keeper import MAX_OPEN, DoorKeeper
from desktop.entrance_pipe import PipeEntrance
from desktop.entrance_socket import SocketEntrance
from scripts_ja.texts import t

ROOT = Path(__file__).parents[2]
MEGABYTES_10 = b"x" * 10_000_000

pytestmark = pytest.mark.skipif(os.name == "nt", reason="Unix sockets")


class Answer(NamedTuple):
    """What the program said."""

    code: int
    out: str
    error: str


class Door:
    """The open door of a seat, and programs that come to it."""

    def __init__(self, seat, path: str, entrance: type) -> None:
        self.seat = seat
        self.path = path
        self.raised: list[bool] = []
        self.control = Control(
            seat.work, seat.controller.carry_out, lambda: self.raised.append(True)
        )
        self.keeper = DoorKeeper(path, self.control, entrance)
        assert self.keeper.listen()
        self._pool = ThreadPoolExecutor(16)
        self._inside: list[socket.socket] = []

    def beside(self, *jobs: Callable[[], object]) -> list:
        """Do these in threads of their own while the window's loop goes round."""
        futures = [self._pool.submit(job) for job in jobs]
        self.seat.wait_until(lambda: all(future.done() for future in futures))
        return [future.result() for future in futures]

    def run(self, *words: str) -> Answer:
        """The program itself, as a hook starts it."""
        return self.beside(lambda: _run(words))[0]

    def send(self, sent: bytes) -> bytes:
        """A line (or none) written by somebody else's program; all that comes back."""
        return self.beside(lambda: _send(self.path, sent))[0]

    def enter(self) -> socket.socket:
        """Somebody comes in and says nothing."""
        connection = socket.socket(socket.AF_UNIX)
        connection.settimeout(10)
        connection.connect(self.path)
        self._inside.append(connection)
        return connection

    def close(self) -> None:
        for connection in self._inside:
            connection.close()
        self._pool.shutdown()
        self.keeper.close()


def _run(words) -> Answer:
    done = subprocess.run(
        [sys.executable, str(ROOT / "main.py"), "ctl", *words],
        capture_output=True,
        text=True,
        timeout=30,
    )
    return Answer(done.returncode, done.stdout.strip(), done.stderr.strip())


def _send(path: str, sent: bytes) -> bytes:
    with socket.socket(socket.AF_UNIX) as connection:
        connection.settimeout(10)
        connection.connect(path)
        with suppress(BrokenPipeError, ConnectionResetError):
            connection.sendall(sent)
        return _rest(connection)


def _rest(connection: socket.socket) -> bytes:
    got = b""
    with suppress(ConnectionResetError):  # what was said before is here already
        while part := connection.recv(4096):
            got += part
    return got


@pytest.fixture
def private_folder(monkeypatch) -> Iterator[str]:
    """A short name: the system allows a socket about a hundred characters."""
    folder = tempfile.mkdtemp(prefix="ctl")
    monkeypatch.setenv("XDG_RUNTIME_DIR", folder)
    yield folder
    shutil.rmtree(folder)


@pytest.fixture(params=[SocketEntrance, PipeEntrance])
def door(seat, private_folder, monkeypatch, request) -> Iterator[Door]:
    """Through both entrances: here Qt's listens at a Unix socket, too."""
    monkeypatch.setenv("YORISOI_DATA_DIR", str(seat.places.data))
    door = Door(seat, door_of(str(seat.places.data)), request.param)
    yield door
    door.close()


def no(key: str) -> bytes:
    return f"no\t{t(key)}\n".encode()


# -- what it does -----------------------------------------------------------------------------


def test_a_telephone_drives_a_whole_call(door):
    assert door.run("ringing", "--", "0312345678") == Answer(0, "", "")
    assert door.seat.work.phase is CallPhase.RINGING
    assert door.run("start", "--", "0312345678").code == 0
    assert door.seat.case.call.number == "0312345678"
    assert door.run("hold").code == 0
    assert door.seat.work.phase is CallPhase.ON_HOLD
    assert door.run("toggle-hold", "--", "0312345678").code == 0
    assert door.seat.work.phase is CallPhase.TALKING
    assert door.run("next").code == 0
    assert door.seat.case.stages.current.stage_id == "F1-S2"
    assert door.run("back", "--").code == 0
    assert door.run("note", "claim", "音が", "止まらない").code == 0
    assert door.seat.notes() == ["音が 止まらない"]
    assert door.run("hold").code == 0
    assert door.run("resume").code == 0
    assert door.run("end", "--", "0312345678").code == 0
    assert door.seat.work.phase is CallPhase.WRAP_UP


def test_a_refusal_is_one_sentence_and_an_exit_code(door):
    assert door.run("hold") == Answer(1, "", t("refusal.phase.no_case"))
    door.run("start")
    assert door.run("start") == Answer(1, "", t("refusal.phase.already_running"))


def test_end_never_finishes_the_after_call_work(door):
    door.run("start")
    door.run("end")
    assert door.run("end") == Answer(1, "", t("refusal.phase.no_call_to_end"))
    assert door.seat.work.phase is CallPhase.WRAP_UP


def test_a_second_call_that_nobody_takes_does_not_end_the_first(door):
    door.run("start", "--", "0312345678")
    assert door.run("end", "--", "0900000000") == Answer(1, "", t("ctl.other_number"))
    assert door.run("hold", "--", "0900000000").code == 1
    assert door.seat.work.phase is CallPhase.TALKING


def test_a_broken_number_is_left_out_and_the_call_counts(door):
    assert door.run("start", "--", "--data-dir", "x; rm").code == 0
    assert door.seat.case.call.number == ""


def test_status_tells_how_it_stands_and_nothing_of_the_customer(door):
    assert door.run("status").out == t("ctl.idle")
    door.run("start", "--", "0312345678")
    door.seat.clock.advance(60)
    door.run("hold")
    door.seat.clock.advance(15)
    told = json.loads(door.run("status", "--json").out)
    assert told["phase"] == "on_hold"
    assert (told["call_seconds"], told["hold_seconds"], told["holds"]) == (75, 15, 1)
    assert (told["stage"], told["case_no"]) == ("F1-S1", door.seat.case.case_no)
    assert "0312345678" not in json.dumps(told)
    assert door.run("status").out.startswith("保留中（通話 1:15、保留 0:15）")


def test_wrong_usage_says_how_it_is_used(door):
    for words in ((), ("bogus",), ("note", "memo"), ("next", "3"), ("status", "--xml")):
        answer = door.run(*words)
        assert (answer.code, answer.error) == (2, t("ctl.usage")), words
    assert door.run("note", "memo", "あ" * LINE_LIMIT).error == t("ctl.too_long")
    assert door.run("note", "nothing", "x") == Answer(1, "", t("ctl.unknown_kind"))


def test_without_a_window_it_says_so(private_folder):
    assert _run(["start"]) == Answer(3, "", t("ctl.no_window"))


def test_a_call_that_begins_saves_what_was_typed_for_the_one_before(door):
    door.run("start")
    door.run("end")
    before = door.seat.case
    door.seat.type("録音を聞き直す")
    assert door.run("ringing").code == 0
    assert [note.text for note in before.notes.notes] == ["録音を聞き直す"]
    assert door.seat.edit.toPlainText() == ""


def test_hold_leaves_a_composition_alone(door):
    door.run("start")
    door.seat.compose("おと")
    door.run("hold")
    assert door.seat.edit.is_composing
    assert door.seat.work.phase is CallPhase.ON_HOLD


def test_the_answer_does_not_wait_for_the_screen(door):
    """Laying out a window takes longer than all the rest; a softphone waits for its hook."""
    window = door.seat.window
    door.run("start")
    assert not window.buttons.isHidden()
    before = window.header.phase.text()
    assert door.control.answer(b"1\thold") == b"ok"
    assert door.seat.work.phase is CallPhase.ON_HOLD
    assert window.header.phase.text() == before
    door.seat.settle()
    assert window.header.phase.text() != before
    door.seat.act("hold")  # a key is shown at once
    assert window.header.phase.text() == before


def test_a_second_start_knocks_at_the_same_door(door):
    assert door.send(RAISE + b"\n") == b"ok\n"
    assert door.raised == [True]


# -- many, and bad ones -----------------------------------------------------------------------


def test_a_hundred_one_after_the_other(door):
    door.run("start")
    for _ in range(20):
        assert door.beside(lambda: [_run(["toggle-hold"]).code for _ in range(5)]) == [[0] * 5]
    assert door.seat.case.holds_in_call == 50
    assert door.seat.work.phase is CallPhase.TALKING


def test_eight_at_once(door):
    door.run("start")
    answers = door.beside(*(lambda: _run(["next"]) for _ in range(MAX_OPEN)))
    assert {answer.code for answer in answers} <= {0, 1}
    said = [answer.error for answer in answers if answer.code]
    assert set(said) <= {t("refusal.stage.last_one")}
    texts = [f"記録{n}" for n in range(MAX_OPEN)]
    answers = door.beside(*(lambda text=text: _run(["note", "memo", text]) for text in texts))
    assert [answer.code for answer in answers] == [0] * MAX_OPEN
    assert sorted(door.seat.notes()) == texts


def test_the_ninth_is_told_that_it_is_too_many_and_the_next_gets_in(door):
    door.run("start")
    silent = [door.enter() for _ in range(MAX_OPEN)]
    assert door.send(b"1\thold\n") == no("ctl.busy")
    assert door.seat.work.phase is CallPhase.TALKING
    for connection in silent:
        connection.close()
    assert door.run("hold").code == 0


def test_who_never_finishes_the_line_is_cut_off_and_the_call_goes_on(door, monkeypatch):
    monkeypatch.setattr(door_keeper, "SILENCE_MILLISECONDS", 50)
    door.run("start")
    slow = door.enter()
    slow.sendall(b"1\tho")
    assert door.beside(lambda: _rest(slow)) == [no("ctl.silent")]
    assert door.seat.work.phase is CallPhase.TALKING
    assert door.run("hold").code == 0


def test_what_came_while_the_window_was_busy_is_not_called_silent(door):
    """The loop stood still for longer than its own patience: the line lies there unread."""
    door.run("start")
    caller = door.enter()
    door.seat.wait_until(lambda: door.keeper.children()[1:])
    caller.sendall(b"1\thold\n")
    visit = door.keeper.children()[-1]
    visit._on_silence()
    assert door.beside(lambda: _rest(caller)) == [b"ok\n"]
    assert door.seat.work.phase is CallPhase.ON_HOLD


def test_half_a_line_that_came_meanwhile_is(door):
    caller = door.enter()
    door.seat.wait_until(lambda: door.keeper.children()[1:])
    caller.sendall(b"1\tho")
    door.keeper.children()[-1]._on_silence()
    assert door.beside(lambda: _rest(caller)) == [no("ctl.silent")]


def test_a_mistake_of_ours_is_answered_and_logged_without_words(door, caplog):
    """A listener that raises must not let a softphone wait for nothing."""

    def fail(_change):
        raise RuntimeError("田中")

    door.seat.work.listen(fail)
    with caplog.at_level("ERROR"):
        assert door.run("start") == Answer(1, "", t("ctl.failed"))
    assert [record.getMessage() for record in caplog.records] == ["a mistake of ours"]
    assert door.seat.work.phase is CallPhase.TALKING  # it happened, and the door is still open
    assert door.run("status").code == 0


def test_what_is_asked_while_it_is_being_done_is_not_done_again(door, qapp):
    asked, caller = [], door.enter()

    class Porter:
        def answer(self, line: bytes) -> bytes:
            asked.append(line)
            caller.sendall(b"1\tend\n")
            for _ in range(5):
                qapp.processEvents()
            return b"ok"

        def turn_away(self, why: str) -> bytes:
            return why.encode()

    door.keeper._porter = Porter()
    caller.sendall(b"1\thold\n")
    assert door.beside(lambda: _rest(caller)) == [b"ok\n"]
    assert asked == [b"1\thold"]


@pytest.mark.parametrize("door", [SocketEntrance], indirect=True)
def test_where_the_system_has_no_place_for_a_guest_the_door_opens_again(door):
    class Full:
        def accept(self):
            raise OSError(errno.EMFILE, "too many open files")

    entrance = door.keeper._entrance
    listening, entrance._socket = entrance._socket, Full()
    caller = door.enter()
    caller.sendall(b"1\tstatus\n")
    door.seat.wait_until(lambda: not entrance._notifier.isEnabled())
    assert Path(door.path).exists()
    entrance._socket = listening
    entrance._rest.timeout.emit()
    assert door.beside(lambda: _rest(caller))[0].startswith(b"ok\t")


def test_ten_megabytes_are_not_read(door):
    door.run("start")
    assert door.send(MEGABYTES_10) == no("ctl.too_long")
    assert door.send(b"1\tnote\tmemo\t" + MEGABYTES_10 + b"\n") == no("ctl.too_long")
    assert door.seat.notes() == []
    assert door.run("hold").code == 0


@pytest.mark.parametrize(
    ("line", "key"),
    [
        (b"\n", "ctl.not_one"),
        (b"\xff\xfe\n", "ctl.not_one"),
        (b"2\thold\n", "ctl.not_one"),
        (b"GET / HTTP/1.1\r\n", "ctl.not_one"),
        (b"1\tnote\tmemo\t\x1b[2Jx\n", "ctl.not_one"),
        ("1\tnote\tmemo\t\u202eabc\n".encode(), "ctl.not_one"),
        (b"1\n", "ctl.unknown"),
        (b"1\tquit\n", "ctl.unknown"),
        (b"1\tnext\tnext\n", "ctl.unknown"),
        (b"1\tnote\tmemo\t \n", "ctl.unknown"),
        (b"1\tnote\tMEMO\tx\n", "ctl.unknown_kind"),
        (b"1\tend\t03 1234\n", "ctl.bad_number"),
        (b"1\tend\t\n", "ctl.bad_number"),
        (b"1\tend\t1\t2\n", "ctl.bad_number"),
        (b"1\tend\t" + b"1" * 65 + b"\n", "ctl.bad_number"),
    ],
)
def test_what_cannot_be_read_gets_one_line_and_changes_nothing(door, line, key):
    door.run("start")
    before = len(door.seat.case.notes.notes), door.seat.work.phase
    assert door.send(line) == no(key)
    assert (len(door.seat.case.notes.notes), door.seat.work.phase) == before


def test_of_two_requests_at_once_the_second_is_dropped(door):
    door.run("start")
    assert door.send(b"1\thold\n1\tend\n") == b"ok\n"
    assert door.seat.work.phase is CallPhase.ON_HOLD


def test_who_leaves_without_waiting_takes_no_place(door):
    door.run("start")
    for _ in range(2 * MAX_OPEN):
        door.enter().close()
    assert door.send(b"1\thold\n") == b"ok\n"


@pytest.mark.skipif(
    not hasattr(os, "geteuid") or os.geteuid() != 0 or not shutil.which("runuser"),
    reason="only root can be somebody else",
)
@pytest.mark.parametrize("is_opened", [False, True])
def test_another_users_process_is_turned_away(door, private_folder, is_opened):
    """By the socket's mode; and where somebody opened that by hand, by the kernel's word."""
    door.run("start")
    if is_opened:
        Path(private_folder).chmod(0o755)
        Path(door.path).chmod(0o777)
    program = (
        "import socket,sys\ns=socket.socket(socket.AF_UNIX)\ns.connect(sys.argv[1])\n"
        "s.sendall(b'1\\thold\\n')\nprint(s.recv(99))"
    )
    command = ["runuser", "-u", "nobody", "--", "python3", "-c", program, door.path]
    done = door.beside(lambda: subprocess.run(command, capture_output=True, timeout=30, cwd="/"))[0]
    if is_opened:
        assert done.stdout.strip() in (b"", b"b''"), done
        assert b"PermissionError" not in done.stderr
    else:
        assert b"PermissionError" in done.stderr
    assert door.seat.work.phase is CallPhase.TALKING
    if not is_opened:
        assert door.run("hold").code == 0
