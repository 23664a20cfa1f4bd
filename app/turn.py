"""Whose turn it is to write: the command's, by the lock, or that of the sidebar that is open."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from contextlib import contextmanager

from app.failure import Failure
from app.progress_bar import ProgressBar
from app.sidebar_asked import STATUS
from desktop.instance import SingleInstance
from desktop.paths import Places, make_private
from scripts_ja.texts import t

_PATIENCE_SECONDS = 30.0


@contextmanager
def turn(where: Places) -> Iterator[SingleInstance | None]:
    """Hold the lock for as long as this lasts (None); or bring the sidebar that is to be asked.

    Another command that has the lock is waited for.

    Raises:
        Failure: whoever has the lock neither answers nor lets go of it.
    """
    make_private(where.data)
    instance = SingleInstance(where.data, where.lock)
    if not instance.is_first():
        with ProgressBar(t("instance.waiting"), sys.stderr):
            answer = instance.ask(STATUS, or_lock=True, seconds=_PATIENCE_SECONDS)
        if answer is not None:
            yield instance
            return
        if not instance.is_first():
            raise Failure(t("instance.taken"))
    try:
        yield None
    finally:
        instance.release()
