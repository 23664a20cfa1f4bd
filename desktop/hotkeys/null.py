"""No global hotkeys; the keys work inside the window."""

from __future__ import annotations

from desktop.hotkeys.backend import Outcome
from desktop.hotkeys.chord import Chord


class NullHotkeys:
    """Says of every key that it is off. Why, the chooser knows."""

    def register(self, hotkey_id: str, chord: Chord) -> Outcome:
        """Nothing is asked of the system."""
        del hotkey_id, chord
        return Outcome.OFF

    def unregister(self, hotkey_id: str) -> None:
        """There is nothing to give back."""

    def unregister_all(self) -> None:
        """There is nothing to give back."""

    def close(self) -> None:
        """There is nothing to let go of."""
