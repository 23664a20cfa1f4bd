"""``purge [--dry-run] [--json]``: erase what has been over for long enough, or only say what.

Only one program writes: where a sidebar is open, it does it, and not during a call; otherwise the
lock is taken for as long as this lasts.
"""

from __future__ import annotations

import argparse
import json
import sys
from datetime import datetime, timedelta

from app.failure import Failure
from app.known_settings import in_force
from app.progress_bar import ProgressBar
from app.retention_work import view_of
from app.sidebar_asked import have_done
from app.storage_words import unread, unwritten
from app.system_clock import SystemClock
from app.turn import turn
from call.case import CaseSummary
from desktop.instance import SingleInstance
from desktop.paths import Places
from scripts_ja.texts import t
from storage.archive import Archive
from storage.purge import PURGING, Purge
from storage.troubles import MISSING, StorageError
from ui.port.retention import RetentionView


def run(arguments: argparse.Namespace, where: Places) -> int:
    """Say what goes; without ``--dry-run`` do it."""
    now = SystemClock().now().wall
    days = in_force(where)[0].number("limits.retention_days")
    with ProgressBar(t("cli.purge.looking"), sys.stderr):
        view = _view(where, now, days)
    # What an earlier one could not clean is gone on with, though no case is over any more.
    if not arguments.dry_run and (view.over or _state(where, PURGING)):
        _purge(where, view, now)
    is_done = not arguments.dry_run
    sys.stdout.write(_as_json(view, is_done) if arguments.json else _as_lines(view, is_done))
    return 0


def _view(where: Places, now: datetime, days: int) -> RetentionView:
    try:
        with Archive(where.database):
            pass
    except StorageError as error:
        if error.kind != MISSING:
            raise unread(error) from None
    return view_of(where, now, days)


def _purge(where: Places, view: RetentionView, now: datetime) -> None:
    with turn(where) as sidebar:
        if sidebar is not None:
            _ask_sidebar(sidebar, where, view, now)
        else:
            _purge_alone(where, view, now)


def _purge_alone(where: Places, view: RetentionView, now: datetime) -> None:
    before = now - timedelta(days=view.days)
    case_ids = [case.case_id for case in view.over]
    with ProgressBar(t("cli.purge.title"), sys.stderr) as bar:
        try:
            outcome = Purge(where.database, on_done=bar.show).overdue(case_ids, before, now)
        except StorageError as error:
            raise unwritten(error) from None
    if not outcome.is_clean:
        raise Failure(t("cli.purge.not_all"))


def _ask_sidebar(
    instance: SingleInstance, where: Places, view: RetentionView, now: datetime
) -> None:
    have_done(instance, "purge", t("cli.purge.title"))
    asked = {case.case_id for case in view.over}
    left = asked & {case.case_id for case in view_of(where, now, view.days).over}
    if left:
        raise Failure(t("cli.purge.left", count=len(left)))
    if _state(where, PURGING):
        raise Failure(t("cli.purge.not_all"))


def _state(where: Places, key: str) -> str:
    try:
        with Archive(where.database) as archive:
            return archive.state(key)
    except StorageError:
        return ""


def _as_json(view: RetentionView, is_done: bool) -> str:  # noqa: FBT001
    told = {
        "days": view.days,
        "dry_run": not is_done,
        "purge": [_object(case) for case in view.over],
        "kept_open": [_object(case) for case in view.kept_open],
        "files": list(view.files),
    }
    return json.dumps(told, ensure_ascii=False, indent=2) + "\n"


def _object(case: CaseSummary) -> dict[str, str]:
    return {
        "case_no": case.case_no,
        "opened_at": case.opened_at.isoformat(),
        "closed_at": case.touched_at.isoformat(),
        "status": case.status,
    }


def _as_lines(view: RetentionView, is_done: bool) -> str:  # noqa: FBT001
    word = "done" if is_done else "would"
    lines = [t(f"cli.purge.{word}", count=len(view.over), days=view.days)]
    lines += [_line(case) for case in view.over]
    if view.kept_open:
        lines.append(t("cli.purge.kept_open", count=len(view.kept_open)))
        lines += [_line(case) for case in view.kept_open]
    if view.files:
        lines.append(t("cli.purge.files", count=len(view.files)))
        lines += [f"  {path}" for path in view.files]
    return "\n".join(lines) + "\n"


def _line(case: CaseSummary) -> str:
    touched = f"{case.touched_at.astimezone():%Y-%m-%d}"
    return t("cli.purge.line", case_no=case.case_no, touched=touched)
