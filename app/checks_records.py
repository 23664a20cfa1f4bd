"""Looking at the records, their backups, and what had to be set aside."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta

from app.rescue_words import report_of
from desktop.paths import Places
from scripts_ja.texts import t
from storage.backups import Backups, content_of
from storage.connection import storage_errors
from storage.copying import check
from storage.diagnosis import Diagnosis, diagnose, is_sqlite_fit
from storage.rescue_report import rescue_of
from storage.troubles import LOCKED_AWAY, StorageError

_OLD = timedelta(days=7)
_KNOWN = ("damaged", "not_ours", "newer_version", "locked")

Told = Iterator[tuple[str, str]]


def check_records(where: Places) -> Told:
    """All that can be said of the database without writing to it."""
    if not is_sqlite_fit():
        yield "bad", t("doctor.records.sqlite")
    try:
        found = diagnose(where.database)
    except StorageError as error:
        yield "bad", _unopened(error, where)
        return
    if found is None:
        yield "ok", t("doctor.records.missing", path=where.database)
    elif found.is_older:
        yield ("bad", _damage(found)) if found.damage else ("warn", t("doctor.records.older"))
    else:
        yield from _of_today(found, where)


def _unopened(error: StorageError, where: Places) -> str:
    if error.kind in LOCKED_AWAY:
        return t(f"cli.unread.{error.kind}", path=where.database)
    kind = error.kind if error.kind in _KNOWN else "other"
    return t(f"doctor.records.{kind}", path=where.database)


def _of_today(found: Diagnosis, where: Places) -> Told:
    wrongs = []
    if found.damage:
        wrongs.append(("bad", _damage(found)))
    if found.schema:
        names = t("list.comma").join(found.schema)
        wrongs.append(("bad", t("doctor.records.schema", names=names)))
    if found.lineless:
        wrongs.append(("warn", t("doctor.records.lineless", count=found.lineless)))
    if not found.is_index_whole:
        wrongs.append(("warn", t("doctor.records.index")))
    if wrongs:
        yield from wrongs
        return
    content = content_of(where.database)
    yield "ok", t("doctor.records.ok", cases=content.cases, events=content.events)


def _damage(found: Diagnosis) -> str:
    return t("doctor.records.damage", detail=found.damage[0].splitlines()[0])


def check_backups(where: Places) -> Told:
    """Whether there is a whole and recent one."""
    backups = Backups(where.database)
    newest = next(iter(backups.all()), None)
    if newest is None:
        level = "warn" if where.database.exists() else "ok"
        yield level, t("doctor.backups.none")
        return
    at = f"{newest.made_at.astimezone():%Y-%m-%d %H:%M}"
    try:
        content_of(newest.path)
        with storage_errors(newest.path):
            check(newest.path)
    except StorageError as error:
        if error.kind in LOCKED_AWAY:  # nobody can tell
            yield "warn", t("doctor.backups.locked_away", at=at)
        else:
            yield "bad", t("doctor.backups.damaged", at=at, path=newest.path)
        return
    is_old = datetime.now(UTC) - newest.made_at > _OLD and _is_changed(backups)
    count = len(backups.all())
    yield (
        ("warn" if is_old else "ok"),
        t("doctor.backups.old" if is_old else "doctor.backups.ok", at=at, count=count),
    )


def _is_changed(backups: Backups) -> bool:
    try:
        return backups.is_changed()
    except StorageError:
        return False  # said by the records themselves


def check_set_aside(where: Places) -> Told:
    """Files that could not be used are never deleted: they are here until a person does it."""
    found = [
        path
        for path in where.data.glob(f"{where.database.name}.damaged*")
        if not path.name.endswith(("-wal", "-shm", "-journal"))
    ]
    if not found:
        return
    names = t("list.comma").join(sorted(path.name for path in found))
    yield "warn", t("doctor.set_aside", count=len(found), names=names)
    try:
        report = report_of(rescue_of(where.database))
    except StorageError:
        return
    if report:
        yield "ok", t("rescue.stop").join(report)
