"""Typed words put into Japanese quotation marks, with what they quote themselves kept right."""

from __future__ import annotations

_OUTER, _INNER = "「」", "『』"
_OPENING = _OUTER[0] + _INNER[0]
_CLOSING = _OUTER[1] + _INNER[1]


def quoted(text: str) -> str:
    """``text`` in one line between 「 and 」; quotation marks in it alternate with their depth.

    A pair around all of it and the full stop at its end go: 「…。」 reads as a slip in a sentence.
    """
    words = _bare(" ".join(text.split()))
    depth, pieces = 0, []
    for char in words:
        if char in _OPENING:
            depth += 1
            pieces.append(_marks(depth)[0])
        elif char in _CLOSING:
            pieces.append(_marks(max(depth, 1))[1])
            depth = max(0, depth - 1)
        else:
            pieces.append(char)
    return _OUTER[0] + "".join(pieces) + _OUTER[1]


def _marks(depth: int) -> str:
    return _INNER if depth % 2 else _OUTER


def _bare(words: str) -> str:
    """Without the one pair that holds everything, and without a full stop at the end."""
    words = words.removesuffix("。")
    while words[:1] in tuple(_OPENING) and _end_of_first_pair(words) == len(words) - 1:
        words = words[1:-1].removesuffix("。")
    return words


def _end_of_first_pair(words: str) -> int:
    """Where the pair that ``words`` begin with is closed, or -1."""
    depth = 0
    for place, char in enumerate(words):
        depth += (char in _OPENING) - (char in _CLOSING)
        if depth == 0:
            return place
    return -1
