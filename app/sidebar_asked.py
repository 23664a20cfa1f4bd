"""A command that writes, where a sidebar is open: it is asked, and does it in its own time."""

from __future__ import annotations

import sys
import time
from collections.abc import Callable
from uuid import uuid4

from app.asked_work import BUSY
from app.failure import Failure
from app.progress_bar import ProgressBar
from desktop.instance import SingleInstance
from scripts_ja.texts import t

STATUS = b"1\tstatus"
"""What every sidebar answers, and which changes nothing."""

WAIT_SECONDS = 120.0
_LOOK_SECONDS = 0.2


def ask(instance: SingleInstance, request: str) -> str:
    """Have it begun; brings what is said of it.

    Raises:
        Failure: it does not answer, or says why not.
    """
    answer = instance.ask(f"1\t{request}".encode())
    verdict, _, said = (answer or b"no").decode("utf-8", "replace").partition("\t")
    if verdict != "ok":
        raise Failure(said or t("instance.unreachable"))
    return said


def have_done(instance: SingleInstance, request: str, title: str) -> None:
    """Have it done, and wait until the sidebar says that it is.

    Raises:
        Failure: it does not answer, or says what did not work; or it takes too long.
    """
    token = uuid4().hex
    ask(instance, f"{request}\t{token}")
    if not wait_until(lambda: ask(instance, f"outcome\t{token}") != BUSY, title):
        raise Failure(t("instance.goes_on"))


def wait_until(is_done: Callable[[], bool], title: str) -> bool:
    """Look again and again; whether it is done before one's patience is at its end.

    At a terminal a line says that it goes on, once that takes over a second.
    """
    until = time.monotonic() + WAIT_SECONDS
    with ProgressBar(title, sys.stderr):
        while not is_done():
            if time.monotonic() > until:
                return False
            time.sleep(_LOOK_SECONDS)
    return True
