"""The settings in force, and changing them: at once here, beside the window in the file.

What the department has locked stands over one's own values, which stay in the file.
"""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

from scripts_ja.texts import t

if TYPE_CHECKING:
    from app.background import Background
    from app.department_limits import Locks
    from app.notice_board import NoticeBoard
    from app.settings import Settings, Value


class OwnSettings:
    """Holds the settings; who depends on them is told when they change."""

    def __init__(
        self,
        own: Settings,
        path: Path,
        background: Background,
        notices: NoticeBoard,
        locks: Locks,
    ) -> None:
        self._own = own
        self._locks = locks
        self.current = own.changed(locks)
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

    @property
    def locks(self) -> Locks:
        """What the department has locked, by name."""
        return self._locks

    def own_value(self, name: str) -> Value:
        """One's own value, be it in force or not."""
        return self._own.value(name)

    def lock(self, locks: Locks) -> None:
        """Let these values of the department stand over one's own from now on."""
        before, self._locks = overridden(self._own, self._locks), locks
        if (after := overridden(self._own, locks)) != before:
            self._notices.say("overridden", after)
        self._bring_into_force()

    def change(self, changes: dict[str, Value]) -> None:
        """Change settings now and in the file; what is locked stays in force as it is."""
        self._own = self._own.changed(changes)
        if set(changes) & set(self._locks):
            self._notices.say("overridden", overridden(self._own, self._locks))
        self._bring_into_force()
        self._background.run(
            lambda: _save(self._path, changes),
            self._on_saved,
            lambda _: self._notices.say(
                "settings_file", t("settings.unwritable", path=self._path), "warn"
            ),
        )

    def _on_saved(self, broken: Path | None) -> None:
        self._notices.say("settings_file", "")
        if broken is not None:
            said = t("settings.kept_broken", path=broken)
            self._notices.say("settings_broken", said, "warn")

    def _bring_into_force(self) -> None:
        self.current = self._own.changed(self._locks)
        for listener in self._listeners:
            listener()

    def lay_out_file(self) -> None:
        """Make the commented file where there is none, for a person to edit; what fails is left."""
        self._background.run(lambda: _ensure(self._path), lambda _: None, lambda _: None)


def overridden(own: Settings, locks: Locks) -> str:
    """One sentence that names the values of one's own that are not in force; empty for none."""
    given = own.given_values()
    names = [name for name in locks if given.get(name, locks[name]) != locks[name]]
    items = [
        t("department.overridden_item", label=t(f"settings.label.{name}"), value=locks[name])
        for name in names
    ]
    return t("department.overridden", names="、".join(items)) if items else ""


def _save(path: Path, changes: dict[str, Value]) -> Path | None:
    # Imported when it is first needed: tomlkit costs as much as a font.
    from app.settings_file import save

    return save(path, changes)


def _ensure(path: Path) -> None:
    if path.exists():
        return  # the usual case: what writes it is not even imported
    from app.settings_file import ensure

    ensure(path)
