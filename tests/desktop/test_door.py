"""Where the door is, and knocking at a Windows pipe that is a recording fake here."""

from __future__ import annotations

import os
import tempfile
from pathlib import Path

import pytest

from desktop import door
from desktop.instance import SingleInstance

posix = pytest.mark.skipif(os.name == "nt", reason="modes of folders")


class FakePipe:
    """A pipe opened as a file: what was written, and answers in pieces."""

    def __init__(self, *parts: bytes) -> None:
        self.written = b""
        self._parts = list(parts)

    def __enter__(self):
        return self

    def __exit__(self, *_):
        pass

    def write(self, data: bytes) -> None:
        self.written += data

    def read(self, size: int) -> bytes:
        assert size > 0
        return self._parts.pop(0) if self._parts else b""


def _error(number: int) -> OSError:
    error = OSError("windows says")
    error.winerror = number
    return error


@pytest.fixture
def opened(monkeypatch):
    """Answers of the system to the opening of a pipe, in order; the calls it got."""
    calls: list[tuple[str, str]] = []
    answers: list[object] = []

    def open_file(path: str, mode: str) -> object:
        calls.append((path, mode))
        answer = answers.pop(0)
        if isinstance(answer, OSError):
            raise answer
        return answer

    monkeypatch.setattr(door, "FileIO", open_file)
    return answers, calls


def test_on_windows_the_door_is_a_pipe_of_that_name(opened):
    answers, calls = opened
    pipe = FakePipe(b"ok\t", b"x\n", b"more")
    answers.append(pipe)
    name = door.door_of("C:\\Data", system="nt")
    assert door.knock(name, b"1\tstatus", system="nt") == b"ok\tx"
    assert calls == [(rf"\\.\pipe\{name}", "r+")]
    assert pipe.written == b"1\tstatus\n"


def test_a_busy_pipe_is_tried_again(opened, monkeypatch):
    monkeypatch.setattr(door, "_PIPE_PAUSE_SECONDS", 0.001)
    answers, calls = opened
    answers += [_error(231), _error(231), FakePipe(b"ok\n")]
    assert door.knock("d", b"x", system="nt") == b"ok"
    assert len(calls) == 3


def test_a_pipe_that_is_not_there_is_nobody(opened):
    answers, _ = opened
    answers.append(_error(2))
    with pytest.raises(OSError, match="windows says"):
        door.knock("d", b"x", system="nt")


def test_a_pipe_that_ends_without_a_word_is_nobody(opened):
    answers, _ = opened
    answers.append(FakePipe())
    with pytest.raises(ConnectionError):
        door.knock("d", b"x", system="nt")


def test_a_pipe_that_never_answers_is_given_up(opened, monkeypatch):
    monkeypatch.setattr(door, "_PATIENCE_SECONDS", 0.02)
    answers, _ = opened
    from threading import Event

    never = Event()
    pipe = FakePipe()
    pipe.read = lambda _size: b"ok\n" if never.wait(20) else b""
    answers.append(pipe)
    with pytest.raises(TimeoutError):
        door.knock("d", b"x", system="nt")
    never.set()


def test_each_data_folder_has_its_own_door():
    names = {door.door_of(folder, system="nt") for folder in (None, "/a", "/b")}
    assert len(names) == 3


@posix
def test_a_runtime_folder_that_others_may_enter_is_not_used(monkeypatch, tmp_path):
    shared = tmp_path / "shared"
    shared.mkdir(mode=0o777)
    shared.chmod(0o777)
    monkeypatch.setenv("XDG_RUNTIME_DIR", str(shared))
    monkeypatch.setenv("TMPDIR", str(tmp_path))
    made = Path(door.door_of("/a")).parent
    assert made == tmp_path / f"yorisoi-{os.getuid()}"
    assert made.stat().st_mode & 0o777 == 0o700


@posix
def test_where_somebody_made_the_folder_first_there_is_no_door(monkeypatch, tmp_path):
    theirs = tmp_path / f"yorisoi-{os.getuid()}"
    theirs.mkdir()
    theirs.chmod(0o755)
    monkeypatch.delenv("XDG_RUNTIME_DIR", raising=False)
    monkeypatch.setenv("TMPDIR", str(tmp_path))
    with pytest.raises(PermissionError):
        door.door_of("/a")
    theirs.rmdir()
    (tmp_path / "elsewhere").mkdir(mode=0o700)
    theirs.symlink_to(tmp_path / "elsewhere")
    with pytest.raises(PermissionError):
        door.door_of("/a")


@pytest.mark.skipif(os.name == "nt" or os.getuid() != 0, reason="only root can give it away")
def test_a_closed_folder_of_somebody_else_is_not_used(monkeypatch, tmp_path):
    theirs = tmp_path / "run"
    theirs.mkdir(mode=0o700)
    os.chown(theirs, 65534, 65534)
    monkeypatch.setenv("XDG_RUNTIME_DIR", str(theirs))
    monkeypatch.setenv("TMPDIR", str(tmp_path))
    assert Path(door.door_of("/a")).parent != theirs


@posix
def test_the_door_that_a_killed_window_left_is_taken_over(monkeypatch, tmp_path, qapp):
    import socket

    folder = tempfile.mkdtemp(prefix="door")
    monkeypatch.setenv("XDG_RUNTIME_DIR", folder)
    left = door.door_of(str(tmp_path))
    with socket.socket(socket.AF_UNIX) as killed:
        killed.bind(left)
    instance = SingleInstance(tmp_path, tmp_path / "lock")
    assert instance.is_first()
    assert instance.listen(porter=None)
    assert oct(Path(left).stat().st_mode & 0o777) == "0o700"
    second = SingleInstance(tmp_path, tmp_path / "lock")
    assert not second.is_first()
    assert not second.listen(porter=None)
    instance.release()
    assert not Path(left).exists()
    Path(folder).rmdir()
