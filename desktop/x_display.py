"""A connection to the X server that keeps in memory only what we speak.

python-xlib asks the server for its extensions and imports a module for each that it knows: a
megabyte that stays, for what neither struts nor grabs have a use for. It also keeps each way to
store a pixel that the server has, hundreds on some.
"""

from __future__ import annotations

import platform

from Xlib.display import Display

# python-xlib asks for the system's name by its place, and Python then starts `uname -p` to know the
# whole row. Nobody here asks for the processor.
vars(platform.uname()).setdefault("processor", "")


class PlainDisplay(Display):  # type: ignore[misc]  # python-xlib says nothing of types
    """The core protocol, which is all we speak, and nothing is drawn."""

    def __init__(self, display: str | None = None) -> None:
        super().__init__(display)
        for screen in self.display.info.roots:
            screen["allowed_depths"] = []

    def list_extensions(self) -> list[str]:
        """None: what is not there is not imported."""
        return []
