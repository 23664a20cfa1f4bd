"""This desk's key, by which cases are signed and sealed, as the window shows and makes it."""

from __future__ import annotations

from collections.abc import Callable
from typing import Protocol

from msgspec import Struct


class DeskKeyView(Struct, frozen=True):
    """``public`` is the line to be handed to who keeps the department's file, empty without a key.

    ``spoken`` is its name in groups, to be compared. ``remark`` is what did not work.
    ``is_wanted``: there is a department, or a key. With ``is_busy`` the system is being asked.
    """

    public: str = ""
    spoken: str = ""
    remark: str = ""
    is_wanted: bool = False
    is_busy: bool = False


class DeskKeyPort(Protocol):
    """Asks and makes; whatever it is, the answer comes as another view."""

    @property
    def view(self) -> DeskKeyView:
        """What there is to show now."""
        ...

    def listen(self, listener: Callable[[], None]) -> None:
        """Hear that the view is another."""
        ...

    def look(self) -> None:
        """Find out whether there is one."""
        ...

    def make(self) -> None:
        """Make one; where there is one already, nothing."""
        ...
