"""Bringing the files into another form from the command line: by the lock, or by the sidebar."""

from __future__ import annotations

import sys

from app.control import CONVERT
from app.encryption_words import failed
from app.failure import Failure
from app.progress_bar import ProgressBar
from app.sidebar_asked import wait_until
from desktop.instance import SingleInstance
from desktop.paths import Places
from scripts_ja.texts import t
from storage.conversion import convert_all, is_to_convert
from storage.encryption import Encryption
from storage.key_record import Form
from storage.troubles import StorageError

_BUSY_SECONDS = 5.0


def change_form(where: Places, form: Form) -> None:
    """Want a form, and have all files brought into it.

    Only one program writes: where a sidebar is open, it is told and does it between two notes.

    Raises:
        Failure: it could not be begun, or not be finished; then the next start goes on with it.
    """
    instance = SingleInstance(where.data, where.lock)
    is_alone = instance.is_first()
    try:
        Encryption(where.database).want(form)
        if is_alone:
            _convert(where)
        else:
            _let_sidebar(instance, where)
    except StorageError as error:
        raise failed(error) from None
    finally:
        if is_alone:
            instance.release()


def _convert(where: Places) -> None:
    bar = ProgressBar(t("cli.encryption.progress"), sys.stderr)
    try:
        convert_all(where.database, _BUSY_SECONDS, bar.show)
    finally:
        bar.close()


def _let_sidebar(instance: SingleInstance, where: Places) -> None:
    if instance.ask_first(CONVERT):
        title = t("cli.encryption.progress")
        wait_until(lambda: not is_to_convert(where.database), title)
    if is_to_convert(where.database):
        raise Failure(t("cli.encryption.unfinished"))
