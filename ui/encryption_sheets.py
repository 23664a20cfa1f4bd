"""The encryption joined to the window: a quiet row while waiting, the sheet, and its print."""

from __future__ import annotations

from typing import TYPE_CHECKING

from ui.port.encryption import EncryptionState
from ui.port.workplace import Workplace

if TYPE_CHECKING:
    from ui.sheet import Sheet
    from ui.sidebar import Sidebar


class EncryptionSheets:
    """Opens the sheet, and shows in it whatever comes from beside the window."""

    def __init__(self, workplace: Workplace, window: Sidebar) -> None:
        self._port = workplace.encryption
        self._window = window
        self._sheet: Sheet | None = None
        self._port.listen(self._show)
        window.waiting.encryption.clicked.connect(self.open)
        self._show()

    def open(self) -> None:
        """How it stands, and what can be done about it."""
        # Here: most days nobody opens it, and start-up is measured.
        from ui.encryption_sheet import EncryptionSheet

        sheet = EncryptionSheet(self._port, self._window.look)
        sheet.print_asked.connect(self._print)
        sheet.left.connect(self._on_left)
        self._sheet = sheet
        self._window.open_sheet(sheet, is_large=True)
        # What is typed next is a recovery key: it must not go to another program.
        self._window.take_keyboard()
        self._port.look()

    def _show(self) -> None:
        is_locked = self._port.view.state is EncryptionState.LOCKED
        self._window.waiting.offer_encryption(self._port.is_offered, is_locked=is_locked)
        if self._sheet is not None and self._window.sheet is self._sheet:
            self._sheet.refresh()

    def _on_left(self) -> None:
        """A recovery key that was not proved counts for nothing."""
        if self._port.view.state is EncryptionState.PROPOSED:
            self._port.give_up()

    def _print(self, groups: tuple[str, ...]) -> None:
        # Here: nobody who prints nothing should wait for it.
        from ui.recovery_print import print_recovery

        print_recovery(groups, self._window)
