"""Theme and text size, each on one key."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QObject
from PySide6.QtGui import QGuiApplication

from scripts_ja.texts import t
from ui.port.workplace import Workplace
from ui.sidebar import Sidebar
from ui.system_look import system_look
from ui.theme import Look, next_text_step

_THEMES = ("system", "light", "dark", "contrast")


class LookKeys:
    """Changes the look now and in the settings."""

    def __init__(self, workplace: Workplace, window: Sidebar, say: Callable[..., None]) -> None:
        self._work = workplace
        self._window = window
        self._say = say
        self._listeners: list[Callable[[Look], None]] = []
        self._follow_while_open()

    def listen(self, listener: Callable[[Look], None]) -> None:
        """Hear of another look, for what stands beside the window."""
        self._listeners.append(listener)

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

    def _follow_while_open(self) -> None:
        """The system may be made light, dark or of other colours at any time."""
        application = QGuiApplication.instance()
        assert isinstance(application, QGuiApplication)  # noqa: S101 - there is a window
        signals = application.paletteChanged, application.styleHints().colorSchemeChanged
        followed = [signal.connect(self._follow_system) for signal in signals]
        self._window.closing.connect(lambda: [QObject.disconnect(each) for each in followed])

    def _follow_system(self, _new: object) -> None:
        if current_look(self._work) != self._window.look:
            self.apply()

    def apply(self) -> None:
        """Show the window by the settings."""
        self._window.show_look(current_look(self._work))
        self._window.fit_text_size()
        for listener in self._listeners:
            listener(self._window.look)


def current_look(workplace: Workplace) -> Look:
    """The look that the settings and the system ask for."""
    theme = workplace.settings.get("view.theme")
    return system_look(theme, int(workplace.settings.get("view.text_percent")))
