"""Opening the settings, showing at once what they change, and putting it back on Esc."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import TYPE_CHECKING

from ui.folder_rows import FolderOpener
from ui.look_keys import LookKeys, current_look
from ui.port.workplace import Workplace
from ui.sidebar import Sidebar
from ui.theme import Look

if TYPE_CHECKING:
    from ui.settings_window import SettingsWindow


class SettingsDesk:
    """Holds the one settings window there is; a call goes on beside it."""

    def __init__(
        self,
        workplace: Workplace,
        window: Sidebar,
        looks: LookKeys,
        say: Callable[..., None],
        doors: Mapping[str, Callable[[], object]],
        open_encryption: Callable[[], None],
    ) -> None:
        self._doors = doors
        self._work = workplace
        self._window = window
        self._looks = looks
        self.folders = FolderOpener(workplace.folders, say)
        self._open_encryption = open_encryption
        self._settings: SettingsWindow | None = None
        workplace.settings_form.listen(self._show)
        workplace.hotkeys.listen(self._show)
        workplace.encryption.listen(self._show)
        workplace.desk_key.listen(self._show)
        looks.listen(self._show_look)
        window.closing.connect(self._close)

    @property
    def window(self) -> SettingsWindow | None:
        """The settings window, where it is open."""
        return self._settings

    def open(self) -> None:
        """Show the settings, or bring them forward."""
        if self._settings is None:
            from ui.settings_window import SettingsWindow  # here: it brings rows of all kinds

            look = current_look(self._work)
            self._settings = SettingsWindow(self._work, look, self.folders.open, self._doors)
            self._settings.gone.connect(self._forget)
            self._settings.encryption.asked.connect(self._open_encryption)
            self._work.encryption.look()
            self._work.desk_key.look()
            self._settings.show_beside(self._window.geometry())
        else:
            self._settings.raise_()
        self._settings.activateWindow()

    def record(self, action_id: str) -> bool:
        """Take its key where one is being recorded; whether it was."""
        return self._settings is not None and self._settings.record(action_id)

    def _show(self) -> None:
        """Something was changed, here or elsewhere."""
        if self._settings is None:
            return
        look = current_look(self._work)
        if look != self._window.look:
            self._looks.apply()
            return
        self._window.refresh()
        self._settings.refresh(look)

    def _show_look(self, look: Look) -> None:
        if self._settings is not None:
            self._settings.refresh(look)

    def _close(self) -> None:
        if self._settings is not None:
            self._settings.close()

    def _forget(self) -> None:
        self._settings = None
