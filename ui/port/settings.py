"""The settings, in use and in their window."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Protocol

from msgspec import Struct


class SettingView(Struct, frozen=True):
    """A setting in a form.

    ``kind``: ``text``, ``number`` (``low`` to ``high``), ``choice`` (``choices``: value and word),
    ``date`` or ``folder``. ``about`` is an example or a remark, ``source`` where a limit comes
    from, ``unit`` what a number counts. ``is_locked``: the department decides it.
    """

    name: str
    label: str
    kind: str
    value: str | int
    default: str | int
    low: int = 0
    high: int = 0
    choices: tuple[tuple[str, str], ...] = ()
    about: str = ""
    source: str = ""
    unit: str = ""
    is_locked: bool = False


class SettingsPort(Protocol):
    """The settings by name."""

    def get(self, name: str) -> str:
        """A setting as text."""
        ...

    def change(self, changes: dict[str, str | int]) -> None:
        """Change settings now and in the file."""
        ...

    def listen(self, listener: Callable[[], None]) -> None:
        """Hear that something was changed."""
        ...


class SettingsFormPort(Protocol):
    """The settings one by one, for the window in which they are changed."""

    def all(self) -> tuple[SettingView, ...]:
        """Every setting but the keys of actions."""
        ...

    def try_value(self, name: str, value: str | int) -> str:
        """Bring a value into force, or say in one sentence why not; empty where it is."""
        ...

    def snapshot(self) -> Mapping[str, str | int]:
        """One's own values, keys of actions too, to be put back later."""
        ...

    def restore(self, snapshot: Mapping[str, str | int]) -> None:
        """Put back what has changed since."""
        ...

    def listen(self, changed: Callable[[], None]) -> None:
        """Hear of every change, whoever made it."""
        ...
