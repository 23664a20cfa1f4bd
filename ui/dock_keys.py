"""Where the window stands, and its narrow form: each on one key."""

from __future__ import annotations

from collections.abc import Callable

from scripts_ja.texts import t
from ui.port.workplace import Workplace
from ui.sidebar import Sidebar

_PLACES = ("right", "left", "floating")


class DockKeys:
    """Changes the settings; ui/docking.py follows them."""

    def __init__(self, workplace: Workplace, window: Sidebar, say: Callable[..., None]) -> None:
        self._settings = workplace.settings
        self._window = window
        self._say = say

    def toggle_compact(self) -> None:
        """The narrow strip, or everything again."""
        is_on = self._settings.get("view.compact") == "on"
        self._settings.change({"view.compact": "off" if is_on else "on"})

    def next_place(self) -> None:
        """Right, left, floating."""
        place = self._settings.get("view.dock")
        following = _PLACES[(_PLACES.index(place) + 1) % len(_PLACES)]
        self._settings.change({"view.dock": following})
        self._say(t("edge.place", name=t(f"edge.place_{following}")))
