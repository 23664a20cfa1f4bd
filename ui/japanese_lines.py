"""Breaking Japanese lines where a reader would: between phrases, no lone 「か。」 at the end."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from functools import lru_cache
from typing import Protocol

Measure = Callable[[str], float]


class Parser(Protocol):
    """What is used of BudouX, which ships no types."""

    def parse(self, sentence: str) -> list[str]:
        """Cut a sentence into phrases."""
        ...


# Characters that never begin a line (the usual kinsoku set) and those that never end one.
_NOT_FIRST = "、。，．・：；？！゛゜ヽヾゝゞ々ー’”）〕］｝〉》」』】ぁぃぅぇぉっゃゅょゎァィゥェォッャュョヮ!?),.:;]}"
_NOT_LAST = "‘“（〔［｛〈《「『【([{"
_LONELY = 4
_TAILS = ("せいただ", "せくださ", "せ願")
# What is longer than this is not measured in one piece: somebody may paste a whole mail.
_MUCH = 64


@lru_cache(maxsize=512)
def chunks(text: str) -> tuple[str, ...]:
    """``text`` cut where a line may end. Loads its model on first use."""
    return _glued(_parser().parse(text)) if text else ()


@lru_cache(maxsize=1)
def _parser() -> Parser:
    # A model of some 20 ms that the first frame can do without.
    from budoux import load_default_japanese_parser

    parser: Parser = load_default_japanese_parser()
    return parser


def _glued(pieces: Sequence[str]) -> tuple[str, ...]:
    """The model tears 「お聞か／せください」 apart; such tails stay with their verb."""
    whole: list[str] = []
    for piece in pieces:
        if whole and piece.startswith(_TAILS):
            whole[-1] += piece
        else:
            whole.append(piece)
    return tuple(whole)


def break_lines(
    text: str, width: float, measure: Measure, pieces: Sequence[str] | None = None
) -> list[str]:
    """Lines of ``text`` no wider than ``width``, newlines of the text kept.

    ``pieces`` are the places where a line may end; a piece wider than a line is cut between
    characters. A very short last line takes the piece before it along.
    """
    lines: list[str] = []
    for paragraph in text.split("\n"):
        parts = list(pieces) if pieces is not None and "\n" not in text else list(chunks(paragraph))
        lines += _fill(parts, width, measure)
    return lines


def _fill(parts: list[str], width: float, measure: Measure) -> list[str]:
    lines: list[list[str]] = [[]]
    for part in _joined(parts):
        if len(part) <= _MUCH and measure("".join([*lines[-1], part])) <= width:
            lines[-1].append(part)
            continue  # nearly all do: each measure is a call of Qt's
        for piece in _cut(part, width, measure):
            if lines[-1] and measure("".join([*lines[-1], piece])) > width:
                lines.append([])
            lines[-1].append(piece)
    _keep_company(lines, width, measure)
    return ["".join(line) for line in lines]


def _joined(parts: Iterable[str]) -> list[str]:
    """The parts, those made one that no line may end between."""
    whole: list[str] = []
    for part in parts:
        if whole and part and not _may_part(whole[-1][-1], part[0]):
            whole[-1] += part
        elif part:
            whole.append(part)
    return whole


def _cut(part: str, width: float, measure: Measure) -> list[str]:
    """The part itself where it fits, else pieces that do, by the rules of line ends."""
    pieces: list[str] = []
    while part:
        end = _fitting(part, width, measure)
        if end < len(part):
            end = _good_end(part, end)
        pieces.append(part[:end])
        part = part[end:]
    return pieces


def _fitting(part: str, width: float, measure: Measure) -> int:
    """How many characters fit, at least one. Never measures much more than a line of them."""
    if len(part) <= _MUCH and measure(part) <= width:
        return len(part)
    most = 8
    while most < len(part) and measure(part[:most]) <= width:
        most *= 2
    fits, too_many = 1, min(most, len(part)) + 1
    while too_many - fits > 1:
        middle = (fits + too_many) // 2
        if measure(part[:middle]) <= width:
            fits = middle
        else:
            too_many = middle
    return fits


def _good_end(part: str, end: int) -> int:
    """The last place up to ``end`` where a line may end; ``end`` where there is none."""
    places = (at for at in range(end, 0, -1) if _may_part(part[at - 1], part[at]))
    return next(places, end)


def _may_part(last: str, first: str) -> bool:
    return first not in _NOT_FIRST and last not in _NOT_LAST


def _keep_company(lines: list[list[str]], width: float, measure: Measure) -> None:
    """Let a very short last line take the piece before it along."""
    if len(lines) < 2 or len("".join(lines[-1])) >= _LONELY or len(lines[-2]) < 2:
        return
    if measure("".join([lines[-2][-1], *lines[-1]])) <= width:
        lines[-1].insert(0, lines[-2].pop())
