"""Keys from anywhere and the screen's edge."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Protocol

from msgspec import Struct

from ui.port.box import Box


class HotkeyView(Struct, frozen=True):
    """The key of one action, and whether it works while another window has the focus.

    ``state``: ``active``, ``taken``, ``absent``, ``pending``, ``refused``, ``off`` (no back
    end) or ``disabled``. ``offer``: for a taken key the next free one, empty where none is.
    """

    action: str
    key: str
    state: str
    offer: str = ""


class EdgePort(Protocol):
    """The edge of the screen, and whose the keyboard is."""

    @property
    def name(self) -> str:
        """The back end: ``x11``, ``windows`` or, where the window is an ordinary one, ``none``."""
        ...

    def reserve(
        self, window: int, side: str, place: Box, monitor: Box, other_monitors: Sequence[Box]
    ) -> Box | None:
        """Have others leave ``place`` free at the ``right`` or ``left`` of a monitor.

        Returns where the window is to stand; None where nothing is reserved, which was told.
        """
        ...

    def release(self) -> None:
        """Give the strip back."""
        ...

    def front_window(self) -> int:
        """The window that has the keyboard; 0 where nobody can say."""
        ...

    def bring_front(self, window: int) -> bool:
        """Give the keyboard to another program's window; False where it is gone."""
        ...

    def listen(self, moved: Callable[[], None]) -> None:
        """Hear that the strip has to be asked for anew."""
        ...


class HotkeysPort(Protocol):
    """Keys that work while another window has the focus."""

    @property
    def backend(self) -> str:
        """What hears them: ``windows``, ``x11``, ``portal``, ``macos``, ``keyboard``, ``none``."""
        ...

    @property
    def reason(self) -> str:
        """Why that one; its words are ``hotkeys.reason.<reason>``."""
        ...

    @property
    def is_exclusive(self) -> bool:
        """Whether a key that is brought never reaches the window as well."""
        ...

    def keys(self) -> dict[str, str]:
        """The key in force of every action, by its id."""
        ...

    def all(self) -> tuple[HotkeyView, ...]:
        """The actions that have a global key, in the order of their table."""
        ...

    def candidates(self, action: str) -> tuple[str, ...]:
        """Keys that no other action has, the likeliest first. Another program may have them."""
        ...

    def try_key(self, action: str, key: str) -> str:
        """Give an action another key, now and in the settings; empty: its default, ``none``: off.

        Returns what became of it: a state, ``unfit`` (no key that may be global) or ``ours``
        (another action has it). With ``unfit``, ``ours``, ``taken``, ``absent`` and ``refused``
        nothing has changed.
        """
        ...

    def listen(self, changed: Callable[[], None]) -> None:
        """Hear that keys, states or the back end are others now."""
        ...

    def listen_pressed(self, pressed: Callable[[str], None]) -> None:
        """Hear the id of the action whose key was pressed, wherever the focus is."""
        ...
