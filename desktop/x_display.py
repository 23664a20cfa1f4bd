"""A connection to the X server that knows no extensions of the protocol.

python-xlib asks the server for its extensions and imports a module for each that it knows: a
megabyte that stays, for what neither struts nor grabs have a use for.
"""

from __future__ import annotations

from Xlib.display import Display


class PlainDisplay(Display):  # type: ignore[misc]  # python-xlib says nothing of types
    """The core protocol, which is all we speak."""

    def list_extensions(self) -> list[str]:
        """None: what is not there is not imported."""
        return []
