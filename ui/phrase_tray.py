"""Phrases that were gathered to be read or copied one after the other; forgotten with the call."""

from __future__ import annotations

from ui.port.phrases import PhraseKey


class PhraseTray:
    """The gathered phrases, in their order."""

    def __init__(self) -> None:
        self.keys: list[PhraseKey] = []

    def toggle(self, key: PhraseKey) -> bool:
        """Put a phrase at the end, or take it out; whether it is in now."""
        if key in self.keys:
            self.keys.remove(key)
            return False
        self.keys.append(key)
        return True

    def move(self, place: int, by: int) -> int:
        """Move the phrase at ``place`` up or down; where it is then."""
        target = place + by
        if not (0 <= place < len(self.keys) and 0 <= target < len(self.keys)):
            return place
        self.keys.insert(target, self.keys.pop(place))
        return target

    def clear(self) -> None:
        """Forget all of them."""
        self.keys = []
