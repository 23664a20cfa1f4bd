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


def start_log(folder: Path) -> None:
    """Write to a file in ``folder``; where that cannot be written, to standard error."""
    from logging.handlers import RotatingFileHandler  # brings sockets and pickles

    try:
        folder.mkdir(parents=True, exist_ok=True)
        handler: logging.Handler = RotatingFileHandler(
            folder / "yorisoi.log", maxBytes=_MAX_BYTES, backupCount=2, encoding="utf-8", delay=True
        )
    except OSError:
        handler = logging.StreamHandler(sys.stderr)
    handler.setFormatter(TraceFormatter("%(asctime)s %(levelname)s %(name)s %(message)s"))
    root = logging.getLogger()
    root.addHandler(handler)
    root.setLevel(logging.INFO)


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
