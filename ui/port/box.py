"""A place on the screen, for whoever places windows. Alone here: the first frame is placed too."""

from __future__ import annotations

from typing import NamedTuple


class Box(NamedTuple):
    """A rectangle of the whole desktop, in device pixels."""

    left: int
    top: int
    width: int
    height: int
