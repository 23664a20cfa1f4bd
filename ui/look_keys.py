"""Theme and text size, each on one key."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication

from scripts_ja.texts import t
from ui.port import Workplace
from ui.sidebar import Sidebar
from ui.theme import Look, look_for, next_text_step

_THEMES = ("system", "light", "dark")


class LookKeys:
    """Changes the look now and in the settings."""

    def __init__(self, workplace: Workplace, window: Sidebar, say: Callable[..., None]) -> None:
        self._work = workplace
        self._window = window
        self._say = say

    def next_text_size(self) -> None:
        """The text size that follows."""
        percent = next_text_step(int(self._work.settings.get("view.text_percent")))
        self._work.settings.change({"view.text_percent": percent})
        self.apply()
        self._say(t("look.text_size", percent=percent))

    def next_theme(self) -> None:
        """The theme that follows."""
        current = self._work.settings.get("view.theme")
        theme = _THEMES[(_THEMES.index(current) + 1) % len(_THEMES)]
        self._work.settings.change({"view.theme": theme})
        self.apply()
        self._say(t("look.theme", name=t(f"look.theme_{theme}")))

    def apply(self) -> None:
        """Show the window by the settings."""
        self._window.show_look(current_look(self._work))
        self._window.fit_text_size()


def current_look(workplace: Workplace) -> Look:
    """The look that the settings and the system ask for."""
    scheme = QGuiApplication.styleHints().colorScheme()
    return look_for(
        workplace.settings.get("view.theme"),
        int(workplace.settings.get("view.text_percent")),
        system_is_dark=scheme is Qt.ColorScheme.Dark,
    )
