"""Looking at what may lie on a share: the folder chosen for papers, and how cases are sealed."""

from __future__ import annotations

import os
import threading
from collections.abc import Iterator
from pathlib import Path

from app.desk_key import public_key
from app.errands import PATIENCE_SECONDS
from app.papers_folder import NAME
from app.seals import seals_of
from app.settings import load
from desktop.paths import Places
from scripts_ja.texts import t

Told = Iterator[tuple[str, str]]


def check_papers_folder(where: Places) -> Told:
    """The folder that somebody has chosen; our own is among the folders of the records."""
    chosen = load(where.settings)[0].text(NAME)
    if chosen:
        path = Path(chosen).expanduser()
        state = _state_in_time(path)
        yield ("ok" if state == "ok" else "warn"), t(f"doctor.papers.{state}", path=path)


def check_sealing(where: Places) -> Told:
    """Whether cases can leave as the department wants it; by the copy, as a command does."""
    settings, _ = load(where.settings)
    if not settings.text("department.folder"):
        return
    rules, own = seals_of(where, settings).rules, public_key(where.data)
    if rules.unknown:
        yield "warn", t(f"seal.unsealed.{rules.unknown}", folder=rules.folder)
    elif not rules.is_required:
        yield "ok", t("doctor.sealing.plain")
    elif own not in rules.senders:
        yield "warn", t("seal.unlisted" if own else "seal.wanted")
    else:
        yield "ok", t("doctor.sealing.ok", count=len(rules.receivers))


def _state_in_time(path: Path) -> str:
    """A share may never answer."""
    found: list[str] = []
    look = threading.Thread(target=lambda: found.append(_state(path)), daemon=True)
    look.start()
    look.join(PATIENCE_SECONDS)
    return found[0] if found else "slow"


def _state(path: Path) -> str:
    try:
        if not path.exists():
            return "missing"
        is_fit = path.is_dir() and os.access(path, os.W_OK | os.X_OK)
    except OSError:
        return "unwritable"
    return "ok" if is_fit else "unwritable"
