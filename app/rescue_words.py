"""What is said of a file that could not be used: one sentence, and the report."""

from __future__ import annotations

from pathlib import Path

from scripts_ja.texts import t
from storage.troubles import VANISHED, Rescue, Trouble


def notice_of(trouble: Trouble) -> str:
    """One sentence for the notice bar."""
    rescue = trouble.rescue
    if trouble.kind == VANISHED:
        return t("storage.vanished", at=backup_of_name(rescue.backup if rescue else ""))
    if rescue is None or not rescue.events:
        return t(f"storage.{trouble.kind}", path=trouble.path)
    missing = _missing(rescue)
    return t("rescue.notice", cases=rescue.cases, missing=missing, path=trouble.path.name)


def report_of(rescue: Rescue | None) -> tuple[str, ...]:
    """All that is known of it, in lines; none where nothing ever had to be saved."""
    if rescue is None:
        return ()
    lines = [
        t("rescue.when", at=f"{rescue.at.astimezone():%Y-%m-%d %H:%M}"),
        t("rescue.have", cases=rescue.cases, events=rescue.events),
    ]
    backup = backup_of_name(rescue.backup)
    if backup:
        lines.append(t("rescue.from_backup", at=backup, saved=rescue.saved))
    elif rescue.events:
        lines.append(t("rescue.from_file", saved=rescue.saved))
    lines.append(_missing(rescue))
    if rescue.aside:
        lines.append(t("rescue.aside", name=rescue.aside))
    return tuple(lines)


def backup_of_name(name: str) -> str:
    """When a backup of that name was made, in local time; empty for none."""
    from storage.backup_names import backup_of  # hardly ever needed

    backup = backup_of(Path(name)) if name else None
    return f"{backup.made_at.astimezone():%Y-%m-%d %H:%M}" if backup else ""


def _missing(rescue: Rescue) -> str:
    if not rescue.is_all_known:
        return t("rescue.unknown")
    return t("rescue.missing", count=rescue.missing) if rescue.missing else t("rescue.none_missing")
