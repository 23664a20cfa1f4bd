"""Backups in the window: their list, and the question before going back to one."""

from __future__ import annotations

from collections.abc import Callable

from scripts_ja.texts import t
from ui.port.backups import BackupView
from ui.port.workplace import Workplace
from ui.sidebar import Sidebar

Say = Callable[..., None]


class BackupSheets:
    """Opens them over the stage; not over a call, which has the window for itself."""

    def __init__(self, workplace: Workplace, window: Sidebar, say: Say) -> None:
        self._work = workplace
        self._window = window
        self._say = say

    def open(self) -> None:
        """List what there is."""
        if self._work.phase.is_live:
            self._say(t("restore.in_call"))
            return
        from ui.backup_sheet import BackupSheet  # when it is first asked for

        sheet = BackupSheet(self._work.backups, self._window.look)
        sheet.chosen.connect(self._ask)
        self._window.open_sheet(sheet, is_large=True)
        self._window.take_keyboard()

    def _ask(self, row: BackupView) -> None:
        from ui.backup_sheet import RestoreSheet

        sheet = RestoreSheet(row, self._window.look)
        sheet.agreed.connect(lambda: self._restore(row))
        self._window.open_sheet(sheet, is_large=True)

    def _restore(self, row: BackupView) -> None:
        self._window.close_sheet()
        refusal = self._work.backups.restore(row.name)
        if refusal:
            self._say(refusal, "info")
