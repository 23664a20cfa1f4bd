"""The settings in force, and changing them: at once here, beside the window in the file."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from app.background import Background
from app.notice_board import NoticeBoard
from app.settings import Settings, Value
from scripts_ja.texts import t


class OwnSettings:
    """Holds the settings; who depends on them is told when they change."""

    def __init__(
        self, current: Settings, path: Path, background: Background, notices: NoticeBoard
    ) -> None:
        self.current = current
        self._path = path
        self._background = background
        self._notices = notices
        self._listeners: list[Callable[[], None]] = []

    def listen(self, listener: Callable[[], None]) -> None:
        """Hear that something was changed."""
        self._listeners.append(listener)

    def get(self, name: str) -> str:
        """A setting as text."""
        return str(self.current.value(name))

    def change(self, changes: dict[str, Value]) -> None:
        """Change settings now and in the file."""
        self.current = self.current.changed(changes)
        for listener in self._listeners:
            listener()
        self._background.run(
            lambda: _save(self._path, changes),
            lambda _: self._notices.say("settings_file", ""),
            lambda _: self._notices.say(
                "settings_file", t("settings.unwritable", path=self._path), "warn"
            ),
        )

    def lay_out_file(self) -> None:
        """Make the commented file where there is none, for a person to edit; what fails is left."""
        self._background.run(lambda: _ensure(self._path), lambda _: None, lambda _: None)


def _save(path: Path, changes: dict[str, Value]) -> None:
    # Imported when it is first needed: tomlkit costs as much as a font.
    from app.settings_file import save

    save(path, changes)


def _ensure(path: Path) -> None:
    from app.settings_file import ensure

    ensure(path)
