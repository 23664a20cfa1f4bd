"""Where Japanese phrases end, by BudouX's model.

BudouX's own reader of the model also reads HTML, and with it come the names of all of its signs:
half a megabyte that would stay in memory. A test compares the two.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from importlib.util import find_spec
from itertools import pairwise
from pathlib import Path

# The parts of the model: from where to where each looks, seen from a place between two characters.
_WINDOWS = {
    "UW1": (-3, -2), "UW2": (-2, -1), "UW3": (-1, 0), "UW4": (0, 1), "UW5": (1, 2), "UW6": (2, 3),
    "BW1": (-2, 0), "BW2": (-1, 1), "BW3": (0, 2),
    "TW1": (-3, 0), "TW2": (-2, 1), "TW3": (-1, 2), "TW4": (0, 3),
}  # fmt: skip


class PhraseEnds:
    """The model of one language: what is for an end between two phrases, and what against it."""

    def __init__(self, model: Mapping[str, Mapping[str, int]]) -> None:
        self._parts = [(*_WINDOWS[name], scores) for name, scores in model.items()]
        self._enough = sum(sum(scores.values()) for scores in model.values()) / 2

    def parse(self, sentence: str) -> list[str]:
        """Cut a sentence into phrases."""
        ends = [0, *self._ends(sentence), len(sentence)]
        return [sentence[a:b] for a, b in pairwise(ends) if a < b]

    def _ends(self, sentence: str) -> Iterator[int]:
        for place in range(1, len(sentence)):
            votes = (
                scores.get(sentence[place + begin : place + end], 0)
                for begin, end, scores in self._parts
                if place + begin >= 0
            )
            if sum(votes) > self._enough:
                yield place


def japanese() -> PhraseEnds:
    """As BudouX ships it, found without importing it.

    Raises:
        ModuleNotFoundError: it is not installed.
    """
    package = find_spec("budoux")
    if package is None or not package.submodule_search_locations:
        raise ModuleNotFoundError("budoux")
    path = Path(package.submodule_search_locations[0], "models", "ja.json")
    return PhraseEnds(json.loads(path.read_text("utf-8")))
