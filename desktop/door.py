"""Where the door of the running window is, and knocking at it: no Qt, nothing slow to import.

A softphone waits for its hook, so this file takes only what Python's own start has already read,
plus ``socket`` and ``zlib``. One request is one line, one answer is one line; what the lines
say is no business of this room (docs/CTL.md).
"""

from __future__ import annotations

import os
import stat
import time
from contextlib import suppress
from io import FileIO

from desktop.short_name import short_name

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable

LINE_LIMIT = 8192
"""Bytes of a request or an answer, its newline included."""

_PATIENCE_SECONDS = 3.0
_PIPE_BUSY = 231  # Windows: every instance of the pipe is taken
_PIPE_PAUSE_SECONDS = 0.05
_PRIVATE = 0o700


def door_of(folder: str | None, system: str = os.name) -> str:
    """The name of the door for a data folder (an absolute path), or for the system's own (None).

    A socket in a folder of this user alone, or on Windows the name of a pipe.

    Raises:
        OSError: there is no folder that is this user's alone.
    """
    name = f"yorisoi-{short_name(folder)}" if folder else "yorisoi"
    if system == "nt":
        return name
    return os.path.join(_private_folder(), name)


def knock(door: str, line: bytes, system: str = os.name) -> bytes:
    """Say one line at the door and bring back the one that is answered, without its newline.

    Raises:
        OSError: nobody is there, or nobody answers in time.
    """
    ask = _ask_pipe if system == "nt" else _ask_socket
    return ask(door, line + b"\n").partition(b"\n")[0]


def _private_folder() -> str:
    """``XDG_RUNTIME_DIR``, else a folder under the temporary one, made where it is missing.

    In a shared folder anybody could have made it first: it counts only if it is ours alone.
    """
    given = os.environ.get("XDG_RUNTIME_DIR")
    if given and _is_ours_alone(given):
        return given
    made = os.path.join(os.environ.get("TMPDIR") or "/tmp", f"yorisoi-{os.getuid()}")  # noqa: S108
    with suppress(FileExistsError):
        os.mkdir(made, _PRIVATE)
    if not _is_ours_alone(made):
        raise PermissionError(f"not ours alone: {made}")
    return made


def _is_ours_alone(folder: str) -> bool:
    try:
        found = os.lstat(folder)
    except OSError:
        return False
    is_closed = stat.S_ISDIR(found.st_mode) and not found.st_mode & 0o077
    return is_closed and found.st_uid == os.getuid()


def _ask_socket(door: str, line: bytes) -> bytes:
    import socket

    with socket.socket(socket.AF_UNIX) as connection:
        connection.settimeout(_PATIENCE_SECONDS)
        connection.connect(door)
        with suppress(BrokenPipeError, ConnectionResetError):  # cut off: the answer says why
            connection.sendall(line)
        return _whole_line(connection.recv)


def _ask_pipe(door: str, line: bytes) -> bytes:
    """A pipe is opened as a file. Reading it knows no time limit, so a thread does it."""
    from threading import Thread

    got: list[bytes | OSError] = []
    Thread(target=_talk_to_pipe, args=(rf"\\.\pipe\{door}", line, got.append), daemon=True).start()
    deadline = time.monotonic() + 2 * _PATIENCE_SECONDS
    while not got and time.monotonic() < deadline:
        time.sleep(_PIPE_PAUSE_SECONDS / 10)
    if not got:
        raise TimeoutError(door)
    if isinstance(got[0], OSError):
        raise got[0]
    return got[0]


def _talk_to_pipe(path: str, line: bytes, came: Callable[[bytes | OSError], None]) -> None:
    try:
        with open_pipe(path) as pipe:
            pipe.write(line)
            came(_whole_line(pipe.read))
    except OSError as error:
        came(error)


def open_pipe(path: str) -> FileIO:
    """Open a pipe, waiting a moment where all its instances are taken.

    Raises:
        OSError: it is not there, or stays busy.
    """
    deadline = time.monotonic() + _PATIENCE_SECONDS
    while True:
        try:
            return FileIO(path, "r+")
        except OSError as error:
            is_busy = getattr(error, "winerror", None) == _PIPE_BUSY
            if not is_busy or time.monotonic() > deadline:
                raise
            time.sleep(_PIPE_PAUSE_SECONDS)


def _whole_line(read: Callable[[int], bytes]) -> bytes:
    """Read up to the newline or the end.

    Raises:
        ConnectionError: the other side left without a word.
    """
    got = b""
    while b"\n" not in got and len(got) < LINE_LIMIT:
        part = read(LINE_LIMIT)
        if not part:
            break
        got += part
    if not got:
        raise ConnectionError("no answer")
    return got
