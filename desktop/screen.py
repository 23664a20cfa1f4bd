"""Whether there is a screen to open a window on."""

from __future__ import annotations

import os
import sys
from collections.abc import Mapping, MutableMapping

_OFF_SCREEN = ("offscreen", "minimal")


def has_screen(environ: Mapping[str, str] = os.environ, platform: str = sys.platform) -> bool:
    """Whether Qt would find a display.

    Asked before Qt is: without one its xcb plugin aborts the process instead of raising. An
    off-screen platform that was asked for counts as a screen, for the tests.
    """
    if environ.get("QT_QPA_PLATFORM", "").split(":")[0] in _OFF_SCREEN:
        return True
    if platform in ("win32", "darwin"):
        return True
    return bool(environ.get("DISPLAY") or environ.get("WAYLAND_DISPLAY"))


def prefer_xwayland(environ: MutableMapping[str, str] = os.environ) -> None:
    """Have Qt go through XWayland in a Wayland session, before Qt is asked for anything.

    A window of Wayland itself can neither stay above others nor reserve an edge nor say where it
    stands. Where XWayland does not answer after all, Qt takes Wayland. What somebody chose stays.
    """
    is_wayland = bool(environ.get("WAYLAND_DISPLAY"))
    if is_wayland and environ.get("DISPLAY") and not environ.get("QT_QPA_PLATFORM"):
        environ["QT_QPA_PLATFORM"] = "xcb;wayland"
