"""The log of our own mistakes: where, not what. No customer's word ever reaches it."""

from __future__ import annotations

import logging
import re
import sys
import threading
import traceback
from pathlib import Path
from types import TracebackType

_MAX_BYTES = 512 * 1024
_log = logging.getLogger("yorisoi")

_ExceptionInfo = (
    tuple[type[BaseException], BaseException, TracebackType | None] | tuple[None, None, None]
)

_NOT_ASCII = re.compile(r"[^\x20-\x7e]+")
_DIGITS = re.compile(r"\d{4,}")


class TraceFormatter(logging.Formatter):
    """Keeps the place of a mistake and drops what could be a customer's words.

    The message of an exception may quote a note; its type and its frames do not.
    """

    def formatException(self, ei: _ExceptionInfo) -> str:  # noqa: N802 - logging's own spelling
        """Frames and type, no message."""
        kind, _, trace = ei
        lines = [*traceback.format_tb(trace), kind.__name__ if kind else ""]
        return "\n".join(scrub(line) for text in lines for line in text.splitlines())

    def formatMessage(self, record: logging.LogRecord) -> str:  # noqa: N802
        """The line of a record, what was said in it scrubbed."""
        record.message = scrub(record.message)
        return super().formatMessage(record)


def scrub(text: str) -> str:
    """ASCII only and no long numbers: names, notes and telephone numbers do not survive it."""
    return _DIGITS.sub("#", _NOT_ASCII.sub("?", text))


class Log(logging.Handler):
    """Writes to a file in ``folder``, begun by the first thing there is to say or by ``begin``.

    The first frame does not wait for it. What Qt says where it finds no screen comes before that,
    and is the last thing that the process does.
    """

    def __init__(self, folder: Path) -> None:
        super().__init__()
        self._folder = folder
        self._file: logging.Handler | None = None

    def begin(self) -> logging.Handler:
        """Import what it needs; where the folder cannot be written, standard error has to do."""
        if self._file is None:
            self._file = _file_in(self._folder)
            self._file.setFormatter(
                TraceFormatter("%(asctime)s %(levelname)s %(name)s %(message)s")
            )
        return self._file

    def emit(self, record: logging.LogRecord) -> None:
        """Hand it on."""
        self.begin().handle(record)


def start_log(folder: Path) -> Log:
    """Have all that is logged from now on written there."""
    log = Log(folder)
    root = logging.getLogger()
    root.addHandler(log)
    root.setLevel(logging.INFO)
    return log


def _file_in(folder: Path) -> logging.Handler:
    from logging.handlers import RotatingFileHandler  # brings sockets and pickles

    try:
        folder.mkdir(parents=True, exist_ok=True)
        return RotatingFileHandler(
            folder / "yorisoi.log", maxBytes=_MAX_BYTES, backupCount=2, encoding="utf-8", delay=True
        )
    except OSError:
        return logging.StreamHandler(sys.stderr)


def keep_running_on_mistakes() -> None:
    """A mistake of ours is logged and the call goes on: nothing ends an agent's work."""

    def log(kind: type[BaseException], error: BaseException, trace: TracebackType | None) -> None:
        if issubclass(kind, KeyboardInterrupt):
            sys.__excepthook__(kind, error, trace)
            return
        _log.error("a mistake of ours", exc_info=(kind, error, trace))

    def log_thread(args: threading.ExceptHookArgs) -> None:
        if args.exc_value is not None:
            log(args.exc_type, args.exc_value, args.exc_traceback)

    sys.excepthook = log
    threading.excepthook = log_thread
