"""Going back to a backup while the window is open: prepared aside, put in place between two commits."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import suppress
from pathlib import Path

from app.backup_parts import BackupParts
from app.storage_errand import run_storage_errand
from call.fold_times import CallPhase
from scripts_ja.texts import t
from storage import troubles
from storage.troubles import StorageError
from ui.port.change import Change

_FLUSH_SECONDS = 2.0


class RestoreDesk:
    """One at a time, never in a call. Commands given meanwhile wait, as at a start."""

    def __init__(self, parts: BackupParts) -> None:
        self._parts = parts
        self._is_restoring = self._has_more = False
        self._then: Callable[[str], None] = lambda failure: None
        parts.session.listen(self._on_change)

    def begin(self, name: str, then: Callable[[str], None]) -> str:
        """Begin to go back to one, here or elsewhere, or say why not; ``then`` hears of the end."""
        from storage.backup_names import backup_of

        refusal = self._refusal()
        path = self._parts.places.backups / name  # a whole path stays what it is
        if refusal or not (Path(name).is_absolute() or backup_of(path)):
            return refusal or t("restore.no_backup", name=name)
        self._is_restoring, self._has_more, self._then = True, False, then
        self._parts.notices.say("restore", t("restore.running"), "warn")
        prepared: list[Path] = []
        run_storage_errand(
            self._parts.errands,
            lambda: prepared.append(self._prepare(path)),
            lambda trouble: self._on_prepared(trouble, prepared),
        )
        return ""

    def _on_change(self, change: Change) -> None:
        """What is recorded while the present state is being kept would not be in it."""
        self._has_more = self._has_more or bool(change.events)

    def _refusal(self) -> str:
        if self._is_restoring:
            return t("restore.busy")
        phase = self._parts.session.phase
        if phase.is_live or phase is CallPhase.RINGING:
            return t("restore.in_call")
        if not self._parts.session.is_open or self._parts.journal.unsaved_since() is not None:
            return t("restore.unsaved")
        return ""

    def _prepare(self, backup: Path) -> Path:
        """Beside the window: keep the present state, and make what will take its place."""
        from storage.backup_names import RESTORE
        from storage.copying import STEP_PAUSE_SECONDS, remove
        from storage.restoring import prepare

        if not self._parts.journal.flush(_FLUSH_SECONDS):
            raise StorageError(troubles.LOCKED, backup)
        now = self._parts.now()
        prepared = prepare(backup, self._parts.places.database, now)
        try:
            self._parts.backups.make(RESTORE, now, pause_seconds=STEP_PAUSE_SECONDS)
        except BaseException:
            remove(prepared)
            raise
        return prepared

    def _on_prepared(self, trouble: str, prepared: list[Path]) -> None:
        """A call may have come meanwhile, or more been noted: then nothing is changed."""
        self._is_restoring = False
        refusal = self._refusal() or (t("restore.more") if self._has_more else "")
        if trouble or refusal:
            run_storage_errand(self._parts.errands, lambda: _remove(prepared), lambda _: None)
            self._end(t(f"restore.failed.{_told(trouble)}") if trouble else refusal)
            return
        self._is_restoring = True
        self._parts.session.clear()
        self._parts.elsewhere.forget()
        self._parts.journal.adopt(prepared[0], lambda error: self._tell(error, prepared))

    def _tell(self, error: StorageError | None, prepared: list[Path]) -> None:
        """On the writer thread: bring it to the window."""
        said = t(f"restore.failed.{_told(error.kind)}") if error else ""
        _remove(prepared)
        self._parts.errands.bring(lambda: self._end(said))

    def _end(self, failure: str) -> None:
        self._is_restoring = False
        self._parts.reminders.refresh()
        self._parts.notices.say("restore", failure, "warn")
        if not failure:
            self._parts.notices.say("said", t("restore.done"))
        self._then(failure)


def _remove(prepared: list[Path]) -> None:
    from storage.copying import remove

    for path in prepared:
        with suppress(OSError):
            remove(path)


def _told(kind: str) -> str:
    known = (troubles.DISK_FULL, troubles.DAMAGED, troubles.NEWER_VERSION, troubles.LOCKED)
    return kind if kind in known else "other"
