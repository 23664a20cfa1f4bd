"""The setting ``start.at_login``, kept the same as what the system has.

A person may turn the start off in the system's own list: then that counts, and the setting follows.
"""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

from app.background import Background
from app.notice_board import NoticeBoard
from app.own_settings import OwnSettings
from scripts_ja.texts import t

if TYPE_CHECKING:
    from desktop.autostart import Autostart

_NAME = "start.at_login"


class LoginStart:
    """Reads and writes beside the window. ``open_entry`` is the system's; the tests name theirs."""

    def __init__(
        self,
        settings: OwnSettings,
        data: Path,
        background: Background,
        notices: NoticeBoard,
        open_entry: Callable[[Path], Autostart] | None = None,
    ) -> None:
        self._settings = settings
        self._data = data
        self._background = background
        self._notices = notices
        self._open_entry = open_entry
        self._is_on = self._wanted
        self._is_changed = False
        settings.listen(self._follow)

    def begin(self) -> None:
        """See what the system has."""
        self._is_changed = False
        self._background.run(self._renew, self._on_seen, lambda _: None)

    @property
    def _wanted(self) -> bool:
        return self._settings.get(_NAME) == "on"

    def _on_seen(self, is_on: bool) -> None:
        if not self._is_changed:  # else somebody was faster than the disk
            self._adopt(is_on=is_on)

    def _adopt(self, *, is_on: bool) -> None:
        self._is_on = is_on
        if self._wanted is not is_on:
            self._settings.change({_NAME: "on" if is_on else "off"})

    def _follow(self) -> None:
        if self._wanted is self._is_on:
            return
        self._is_on, self._is_changed = self._wanted, True
        apply = self._turn_on if self._is_on else self._turn_off
        self._background.run(
            apply, lambda _: self._notices.say("login_start", ""), lambda _: self._on_failed()
        )

    def _on_failed(self) -> None:
        """Say it; the setting shows again what is so."""
        self._notices.say("login_start", t("start.failed"), "warn")
        self._adopt(is_on=not self._is_on)

    # -- beside the window --------------------------------------------------------------------

    def _renew(self) -> bool:
        """Whether it is on; the program may have been moved since the entry was written."""
        entry = self._entry()
        is_on = entry.is_on()
        if is_on:
            self._turn_on()
        return is_on

    def _turn_on(self) -> None:
        from desktop.autostart import own_command

        self._entry().turn_on(own_command(self._data))

    def _turn_off(self) -> None:
        self._entry().turn_off()

    def _entry(self) -> Autostart:
        # Imported here: nobody waits for it before the first paint.
        from desktop.autostart import open_autostart

        return (self._open_entry or open_autostart)(self._data)
