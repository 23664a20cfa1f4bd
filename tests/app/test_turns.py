"""Only one program writes: a command has the lock, or leaves all to whoever has it."""

from __future__ import annotations

import os
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path
from types import SimpleNamespace

import pytest

from app import window_run
from app.command_line import run
from app.failure import Failure
from app.turn import turn
from desktop import instance
from desktop.instance import SingleInstance
from desktop.paths import Places
from scripts_ja.texts import t
from storage import keys
from storage.backups import Backups
from storage.key_record import has_recovery
from storage.keys import is_sealed
from tests.app.test_beside_sidebar import ROOT, a_case, data, terminal  # noqa: F401 - a fixture

PATIENCE_SECONDS = 60.0


@pytest.fixture
def where(data: Path) -> Places:  # noqa: F811
    return Places(data)


@pytest.fixture
def holder(where: Places) -> Iterator[SingleInstance]:
    """Somebody who has the lock, and no door."""
    holder = SingleInstance(where.data, where.lock)
    assert holder.is_first()
    yield holder
    holder.release()


def contents(where: Places) -> dict[str, bytes]:
    """Every file, but what readers leave beside a database."""
    files = [path for path in where.data.rglob("*") if path.is_file() and path != where.lock]
    return {
        str(path): path.read_bytes() for path in files if not path.name.endswith(("-wal", "-shm"))
    }


WRITING = (
    ("backup",),
    ("restore", "{name}"),
    ("restore", "{elsewhere}"),
    ("purge",),
    ("encrypt",),
    ("encrypt", "--json"),
    ("recovery-key", "new"),
    ("recovery-key", "open"),
    ("recovery-key", "remove"),
    ("desk-key",),
    ("desk-key", "--new"),
)


@pytest.mark.parametrize("command", WRITING, ids=" ".join)
def test_who_has_the_lock_and_does_not_answer_keeps_all_as_it_is(
    where, holder, tmp_path, capsys, monkeypatch, command, key_store
):
    monkeypatch.setattr("app.turn._PATIENCE_SECONDS", 0.0)
    holder.release()
    assert run(["--data-dir", str(where.data), "backup"]) == 0
    stick = tmp_path / "stick.db"
    assert run(["--data-dir", str(where.data), "backup", "--out", str(stick)]) == 0
    capsys.readouterr()
    assert holder.is_first()
    name = Backups(where.database).all()[0].path.name
    before = contents(where)
    words = [word.format(name=name, elsewhere=stick) for word in command]
    code = run(["--data-dir", str(where.data), *words])
    out, err = capsys.readouterr()
    assert (code, out, err) == (1, "", t("instance.taken") + "\n")
    assert contents(where) == before
    assert key_store.kept == {}


def test_a_command_that_has_the_lock_for_a_moment_is_waited_for(where, holder, monkeypatch):
    pauses = []

    def pause(_seconds):
        assert not pauses, "the lock was free, and was not taken"
        pauses.append(holder.release())

    monkeypatch.setattr(instance, "time", SimpleNamespace(monotonic=time.monotonic, sleep=pause))
    with turn(where) as sidebar:
        assert sidebar is None
        assert not SingleInstance(where.data, where.lock).is_first()
    assert SingleInstance(where.data, where.lock).is_first()


@pytest.mark.parametrize("is_let_go", [True, False])
def test_a_start_waits_for_a_command_that_is_writing(where, holder, monkeypatch, capsys, is_let_go):
    opened = []

    class Application:
        """The window, as far as it comes here."""

        def __init__(self, _arguments):
            """Nothing is shown yet."""

        def open(self, _choices):
            opened.append(SingleInstance(where.data, where.lock).is_first())

        def run(self, _fill):
            return 0

    pauses = []

    def pause(_seconds):
        assert not (is_let_go and pauses), "the lock was free, and was not taken"
        pauses.append(holder.release() if is_let_go else None)

    patience = 5.0 if is_let_go else 0.0
    monkeypatch.setattr(window_run, "Application", Application)
    monkeypatch.setattr(window_run, "start_log", lambda folder: None)
    monkeypatch.setattr(window_run, "keep_running_on_mistakes", lambda: None)
    monkeypatch.setattr(instance, "_STARTING_SECONDS", patience)
    monkeypatch.setattr(instance, "time", SimpleNamespace(monotonic=time.monotonic, sleep=pause))
    assert window_run.run_window(where) == 0
    assert opened == ([False] if is_let_go else []), "the window has the lock"
    said = capsys.readouterr().out
    assert said == ("" if is_let_go else t("instance.unreachable") + "\n")


def test_a_turn_that_fails_gives_the_lock_back(where, monkeypatch):
    made = []  # one that is gone would give it back by itself

    def make(*paths):
        made.append(SingleInstance(*paths))
        return made[-1]

    monkeypatch.setattr("app.turn.SingleInstance", make)
    with pytest.raises(Failure), turn(where):
        raise Failure("")
    assert SingleInstance(where.data, where.lock).is_first()


@pytest.fixture
def at_terminal(where, tmp_path, monkeypatch):
    """Starts a command at a terminal; a second one may be started beside it."""
    runtime = tmp_path / "runtime"
    runtime.mkdir(mode=0o700)
    environment = {
        **os.environ,
        "PYTHONPATH": str(ROOT),
        "XDG_RUNTIME_DIR": str(runtime),
        "PYTHON_KEYRING_BACKEND": "tests.doubles.key_stores.FileKeyring",
        "YORISOI_TEST_KEYRING": str(tmp_path / "keyring.json"),
    }
    line = [sys.executable, str(ROOT / "main.py"), "--data-dir", str(where.data)]

    def start(*arguments):
        return terminal([*line, *arguments], environment)

    return start


def shown_key(process: subprocess.Popen[str]) -> str:
    """The recovery key, as it is shown."""
    assert process.stdout is not None
    while groups := process.stdout.readline():
        if len(groups.split()) == 8:
            return groups
    raise AssertionError("no recovery key was shown")


@pytest.mark.timeout(120)
@pytest.mark.skipif(os.name != "posix", reason="a terminal")
def test_from_the_recovery_key_to_the_last_file_the_lock_is_held(where, at_terminal):
    with at_terminal("encrypt") as (first, keyboard):
        groups = shown_key(first)
        assert not SingleInstance(where.data, where.lock).is_first()
        with at_terminal("backup", "--json") as (second, _):
            os.write(keyboard, groups.encode())
            _, err = first.communicate(timeout=PATIENCE_SECONDS)
            assert (first.returncode, err) == (0, "")
            _, err = second.communicate(timeout=PATIENCE_SECONDS)
            assert (second.returncode, err) == (0, "")
    assert has_recovery(where.data)
    assert not (where.data / "recovery.db.new").exists()
    assert is_sealed(where.database)
    assert all(is_sealed(backup.path) for backup in Backups(where.database).all())


@pytest.mark.timeout(120)
@pytest.mark.skipif(os.name != "posix", reason="a terminal")
def test_ctrl_c_at_the_recovery_key_leaves_nothing_half_made(where, at_terminal):
    with at_terminal("encrypt") as (process, _):
        shown_key(process)
        process.send_signal(2)
        process.communicate(timeout=PATIENCE_SECONDS)
    assert process.returncode == 130
    assert not (where.data / "recovery.db.new").exists()
    assert not is_sealed(where.database)
    assert SingleInstance(where.data, where.lock).is_first()


def test_records_that_cannot_be_opened_get_no_new_key(where, key_store, capsys, monkeypatch):
    """With a record of another key, damage and a lost key could not be told apart any more."""
    assert run(["--data-dir", str(where.data), "encrypt", "--json"]) == 0
    (where.data / "encryption.json").unlink()
    key_store.kept.clear()
    keys.forget_all()
    capsys.readouterr()
    before = contents(where)
    monkeypatch.setattr("sys.stdin", SimpleNamespace(isatty=lambda: True, readline=lambda: "\n"))
    for command in (["encrypt"], ["encrypt", "--json"], ["recovery-key", "new"]):
        assert run(["--data-dir", str(where.data), *command]) == 1
        assert capsys.readouterr().err.count("\n") == 1
        assert contents(where) == before
        assert key_store.kept == {}
