"""`main.py ctl` against the program itself: many at once, and callers that mean no good."""

from __future__ import annotations

import json
import os
import shutil
import socket
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from pathlib import Path

import pytest

from desktop.door import door_of
from desktop.door_keeper import MAX_OPEN
from scripts_ja.texts import t

MAIN = Path(__file__).parents[2] / "main.py"
PATIENCE_SECONDS = 60

pytestmark = pytest.mark.skipif(os.name == "nt", reason="Unix sockets")


class Running:
    """The program with a call, and what others do at its door."""

    def __init__(self, folder: str) -> None:
        self.folder = folder
        self._environment = {
            **os.environ,
            "YORISOI_DATA_DIR": folder,
            "XDG_RUNTIME_DIR": folder,
            "QT_QPA_PLATFORM": "offscreen",
        }
        self._window = subprocess.Popen([sys.executable, MAIN], env=self._environment)
        while self.ask("start").returncode:  # opened as soon as there is a window
            assert self._window.poll() is None

    def ask(self, *words: str) -> subprocess.CompletedProcess[str]:
        """Ask it as a softphone does."""
        command = [sys.executable, MAIN, "ctl", *words]
        return subprocess.run(
            command,
            env=self._environment,
            capture_output=True,
            text=True,
            timeout=PATIENCE_SECONDS,
        )

    def enter(self) -> socket.socket:
        """Come in and say nothing."""
        connection = socket.socket(socket.AF_UNIX)
        connection.settimeout(PATIENCE_SECONDS)
        connection.connect(self.door)
        return connection

    @property
    def door(self) -> str:
        return str(Path(self.folder) / Path(door_of(self.folder)).name)

    @property
    def state(self) -> dict[str, object]:
        return json.loads(self.ask("status", "--json").stdout)

    def close(self) -> None:
        self._window.terminate()
        self._window.wait(PATIENCE_SECONDS)


@pytest.fixture(scope="module")
def program() -> Iterator[Running]:
    folder = tempfile.mkdtemp(prefix="ctl")
    running = Running(folder)
    yield running
    running.close()
    shutil.rmtree(folder)


def rest(connection: socket.socket) -> str:
    """All that is answered."""
    got = b""
    with suppress(ConnectionResetError):
        while part := connection.recv(4096):
            got += part
    return got.decode()


def test_a_hundred_one_after_the_other(program):
    before = program.state["holds"]
    assert {program.ask("toggle-hold").returncode for _ in range(100)} == {0}
    assert program.state["holds"] == before + 50
    assert program.state["phase"] == "talking"


def test_eight_at_once(program):
    with ThreadPoolExecutor(MAX_OPEN) as together:
        texts = [f"記録{number}" for number in range(MAX_OPEN)]
        answers = list(together.map(lambda text: program.ask("note", "memo", text), texts))
    assert [(answer.returncode, answer.stderr) for answer in answers] == [(0, "")] * MAX_OPEN


def test_who_never_finishes_the_line_is_cut_off_and_the_call_goes_on(program):
    with program.enter() as slow:
        slow.sendall(b"1\tend")
        assert program.state["phase"] == "talking"  # others are served meanwhile
        assert rest(slow) == f"no\t{t('ctl.silent')}\n"
    assert program.state["phase"] == "talking"


def test_ten_megabytes_are_cut_off_and_the_call_goes_on(program):
    with program.enter() as long:
        with suppress(BrokenPipeError, ConnectionResetError):
            long.sendall(b"1\tnote\tmemo\t" + b"x" * 10_000_000)
        assert rest(long) == f"no\t{t('ctl.too_long')}\n"
    assert program.state["phase"] == "talking"


@pytest.mark.skipif(
    not hasattr(os, "geteuid") or os.geteuid() != 0 or not shutil.which("runuser"),
    reason="only root can be somebody else",
)
@pytest.mark.parametrize("is_opened", [False, True], ids=["by its mode", "by the kernel's word"])
def test_another_users_process_is_refused_and_the_call_goes_on(program, is_opened):
    folder, door = Path(program.folder), Path(program.door)
    modes = folder.stat().st_mode, door.stat().st_mode
    folder.chmod(0o755)  # somebody opened the folder by hand
    if is_opened:  # and the socket in it
        door.chmod(0o777)
    said = (
        "import socket,sys\ns=socket.socket(socket.AF_UNIX)\ns.connect(sys.argv[1])\n"
        "s.sendall(b'1\\tend\\n')\nprint(s.recv(99))"
    )
    command = ["runuser", "-u", "nobody", "--", "python3", "-c", said, program.door]
    done = subprocess.run(command, capture_output=True, timeout=PATIENCE_SECONDS, cwd="/")
    folder.chmod(modes[0])
    door.chmod(modes[1])
    assert done.stdout.strip() in (b"", b"b''")
    assert (b"PermissionError" in done.stderr) is not is_opened
    assert program.state["phase"] == "talking"
