"""Breaking Japanese lines where a reader would: between phrases, no lone 「か。」 at the end."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from functools import lru_cache
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from ui.phrase_ends import PhraseEnds

Measure = Callable[[str], float]


# Characters that never begin a line (the usual kinsoku set) and those that never end one.
_NOT_FIRST = "、。，．・：；？！゛゜ヽヾゝゞ々ー’”）〕］｝〉》」』】ぁぃぅぇぉっゃゅょゎァィゥェォッャュョヮ!?),.:;]}"
_NOT_LAST = "‘“（〔［｛〈《「『【([{"
_LONELY = 4
# What stands behind a number and is read with it: 「1時17／分」 is read as two numbers.
_COUNTERS = "年月日時分秒件回名人本枚円番丁階号歳度台個つ目％%"
_WEEKDAY = re.compile("[(（][月火水木金土日][)）]")
# What stands between things named in a row: a line may end behind it, and never begins with it.
_DOT = " ・ "
_BEHIND_DOT = re.compile(f"(?<={_DOT})")
# A wide blank parts items of a list; one as short as this is not torn.
_ITEM = 8
WIDE_BLANK = "\u3000"
_BLANKS = f" {WIDE_BLANK}"  # not the hard blank, which is part of a gap
# A longer piece is no value of a phrase but something pasted: it is cut anywhere.
_MOST_READ = 200
_TAILS = ("せいただ", "せくださ", "せ願")
# What is longer than this is not measured in one piece: somebody may paste a whole mail.
_MUCH = 64


@lru_cache(maxsize=512)
def chunks(text: str) -> tuple[str, ...]:
    """``text`` cut where a line may end. Loads its model on first use."""
    return _glued(_parser().parse(text)) if text else ()


@lru_cache(maxsize=1)
def _parser() -> PhraseEnds:
    from ui.phrase_ends import japanese  # with its model, which the first frame can do without

    return japanese()


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
    """The parts, those made one that no line may end between; blanks end a line, none begins with one."""
    whole: list[str] = []
    for part in _named(_items(parts)):
        bare = part.lstrip(_BLANKS)
        if whole and len(bare) < len(part):
            whole[-1] += part[: len(part) - len(bare)]
            part = bare  # noqa: PLW2901 - what is left of it
        if whole and part and not _may_meet(whole[-1], part):
            whole[-1] += part
        elif part:
            whole.append(part)
    return whole


def _named(parts: Iterable[str]) -> Iterator[str]:
    """The parts, those of things named in a row cut behind each dot."""
    for part in parts:
        yield from _BEHIND_DOT.split(part) if _DOT in part else (part,)


def _items(parts: Iterable[str]) -> Iterator[str]:
    """The parts, those of a short item of a list made one, no two items in one."""
    text = "".join(pieces := list(parts))
    if WIDE_BLANK not in text:
        yield from pieces
        return
    inside: set[int] = set()
    start = 0
    for item in text.split(WIDE_BLANK):
        if len(item) <= _ITEM:
            inside.update(range(start + 1, start + len(item)))
        start += len(item) + 1
    held, at = "", 0
    for piece in pieces:
        for part in re.split(f"(?={WIDE_BLANK})", piece):
            held, at = held + part, at + len(part)
            if held and at not in inside:
                yield held
                held = ""


def _may_meet(before: str, after: str) -> bool:
    """Whether a line may end between the two."""
    is_dated = before.endswith("日") and _WEEKDAY.match(after)
    may_part = _may_part((before.rstrip(_BLANKS) or before)[-1], after[0])
    return may_part and not is_dated and not _is_counted(before, after)


def _is_counted(before: str, after: str) -> bool:
    return before[-1].isdigit() and (after[0] in _COUNTERS or after[0].isdigit())


def _cut(part: str, width: float, measure: Measure) -> list[str]:
    """The part itself where it fits, else its phrases, else pieces that do, by the rules of line ends."""
    if _fitting(part, width, measure) >= len(part):
        return [part]
    phrases = _joined(chunks(part)) if len(part) <= _MOST_READ else []
    if len(phrases) > 1:
        return [piece for phrase in phrases for piece in _cut(phrase, width, measure)]
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
    places = [at for at in range(end, 0, -1) if _may_part(part[at - 1], part[at])]
    whole = (at for at in places if not _is_counted(part[:at], part[at:]))
    seen = (at for at in whole if part[at : at + len(_DOT)] != _DOT)  # a blank before it is no end
    return next(seen, next(iter(places), end))


def _may_part(last: str, first: str) -> bool:
    return first not in _NOT_FIRST and last not in _NOT_LAST


def _keep_company(lines: list[list[str]], width: float, measure: Measure) -> None:
    """Let a very short last line take the piece before it along."""
    if len(lines) < 2 or len("".join(lines[-1])) >= _LONELY or len(lines[-2]) < 2:
        return
    if measure("".join([lines[-2][-1], *lines[-1]])) <= width:
        lines[-1].insert(0, lines[-2].pop())
