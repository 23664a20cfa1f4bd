"""What the window says from its first frame on until the case that was in hand has been read."""

from __future__ import annotations

from typing import TYPE_CHECKING

from scripts_ja.texts import t

if TYPE_CHECKING:
    from ui.sidebar import Sidebar

_NOT_YET = "--:--"


def say_resuming(window: Sidebar) -> None:
    """Neither that nobody calls nor since when somebody does; the buttons are those of a call."""
    window.header.phase.set_text(t("resuming.phase"))
    window.head.say_resuming()
    window.clock.time.set_text(_NOT_YET)
    window.buttons.offer_stage()
    if window.is_compact:
        window.strip.show_first(window)


def end_resuming(window: Sidebar) -> None:
    """It has been read, or is not there any more; the next refresh shows the rest."""
    if window.is_resuming:
        window.is_resuming = False
        window.head.say_waiting()
