"""Whose turn it is to write: the command's, by the lock, or that of the sidebar that is open."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

from app.failure import Failure
from app.sidebar_asked import STATUS
from desktop.instance import SingleInstance
from desktop.paths import Places, make_private
from scripts_ja.texts import t


@contextmanager
def turn(where: Places) -> Iterator[SingleInstance | None]:
    """Hold the lock for as long as this lasts (None); or bring the sidebar that is to be asked.

    Another command that has the lock is waited for a moment.

    Raises:
        Failure: whoever has the lock neither answers nor lets go of it.
    """
    make_private(where.data)
    instance = SingleInstance(where.data, where.lock)
    if not instance.is_first():
        if instance.ask(STATUS, or_lock=True) is not None:
            yield instance
            return
        if not instance.is_first():
            raise Failure(t("instance.taken"))
    try:
        yield None
    finally:
        instance.release()
