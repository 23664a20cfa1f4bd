"""Bringing the files into another form from the command line: by the lock, or by the sidebar."""

from __future__ import annotations

import sys

from app.progress_bar import ProgressBar
from app.sidebar_asked import have_done
from desktop.instance import SingleInstance
from desktop.paths import Places
from scripts_ja.texts import t
from storage.conversion import convert_all
from storage.encryption import Encryption
from storage.key_record import Form

_BUSY_SECONDS = 5.0


def change_form(where: Places, form: Form, sidebar: SingleInstance | None) -> None:
    """Want a form, and have all files brought into it, in one's turn (:func:`app.turn.turn`).

    A sidebar does both itself, the files between two notes.

    Raises:
        Failure: the sidebar could not begin or finish it.
        StorageError: the same without one; what was begun is finished by the next start.
    """
    title = t("cli.encryption.progress")
    if sidebar is not None:
        have_done(sidebar, f"convert\t{form}", title)
        return
    Encryption(where.database).want(form)
    with ProgressBar(title, sys.stderr) as bar:
        convert_all(where.database, _BUSY_SECONDS, bar.show)
