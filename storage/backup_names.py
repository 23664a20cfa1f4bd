"""What backups are called, and which of them are kept: names and dates only, no disk."""

from __future__ import annotations

import re
from collections.abc import Iterable
from datetime import UTC, datetime, tzinfo
from pathlib import Path

from msgspec import Struct

DAILY = "daily"
MIGRATION = "migration"
RESTORE = "restore"
ASKED = "asked"

KEPT_DAYS = 7
"""Of the daily ones, the last of each of so many days is kept."""
KEPT = {MIGRATION: 2, RESTORE: 2, ASKED: 3}
"""Of the others, so many: before a new version's first start, before a restore, asked for."""

_STAMP = "%Y%m%dT%H%M%S%fZ"
_NAME = re.compile(r"yorisoi-(\d{8})T(\d{12})Z-(daily|migration|restore|asked)\.db")


class Backup(Struct, frozen=True):
    """One backup: when it was made (UTC), and what for."""

    path: Path
    kind: str
    made_at: datetime


def file_name(kind: str, made_at: datetime) -> str:
    """The name, by which they sort."""
    return f"yorisoi-{made_at.astimezone(UTC).strftime(_STAMP)}-{kind}.db"


def backup_of(path: Path) -> Backup | None:
    """What a name says; None for a file that is none of ours."""
    found = _NAME.fullmatch(path.name)
    if found is None:
        return None
    day, time, kind = found.groups()
    return Backup(path, kind, datetime.fromisoformat(f"{day}T{time[:6]}.{time[6:]}+00:00"))


def superfluous(backups: Iterable[Backup], zone: tzinfo | None = None) -> list[Backup]:
    """Those to go: a day is a day of the calendar here (``zone``: the local one)."""
    newest_first = sorted(backups, key=lambda backup: backup.made_at, reverse=True)
    kept = {*_daily(newest_first, zone)}
    for kind, count in KEPT.items():
        kept |= {backup.path for backup in [b for b in newest_first if b.kind == kind][:count]}
    return [backup for backup in newest_first if backup.path not in kept]


def _daily(newest_first: Iterable[Backup], zone: tzinfo | None) -> list[Path]:
    last_of_day: dict[object, Path] = {}
    for backup in newest_first:
        if backup.kind == DAILY:
            last_of_day.setdefault(backup.made_at.astimezone(zone).date(), backup.path)
    return list(last_of_day.values())[:KEPT_DAYS]
