"""The drawn time line of a call as shapes: places across in per cent, all else in pixels.

It says nothing by colour alone: hold is hatched, stages have numbers, same talks are dots. Every
form that draws it draws these shapes (:mod:`handoff.picture_svg`, :mod:`handoff.printed`).
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import pairwise

from msgspec import Struct

from handoff.call_picture import CallPicture, Level
from scripts_ja.dates import clock_time
from scripts_ja.texts import t

_HOTTEST = 5
_LEVEL_TOP, _LEVEL_STEP = 28, 14
_BAR_TOP, _BAR_HEIGHT = 98, 18
_DOTS = 128
_LANES_TOP, _LANE = 142, 17
_MOST_LANES = 4
# Two numbers closer than this stand in different lanes; 4 % are 13 pixels of the narrowest page.
_NEAR_PERCENT = 5.0
_MOST_TICKS = 6
_RIGHT = 90.0
_MINUTES = (1, 2, 5, 10, 15, 30, 60, 120, 300, 600, 1440)


class Line(Struct, frozen=True):
    """``kind``: ``grid``, ``heat``, ``tick`` or ``axis``."""

    x1: float
    y1: float
    x2: float
    y2: float
    kind: str


class Text(Struct, frozen=True):
    """``anchor`` is ``start``, ``middle`` or ``end``; ``aside`` moves it by so many pixels.

    ``kind``: ``caption``, ``level``, ``stage`` or ``axis-text``. ``y`` is the base line.
    """

    x: float
    y: float
    text: str
    anchor: str
    kind: str

    @property
    def aside(self) -> int:
        """So that no line runs through it."""
        return {"start": 3, "end": -3}.get(self.anchor, 0)


class Bar(Struct, frozen=True):
    """A stretch of talk or hold."""

    x: float
    y: float
    width: float
    height: float
    is_hold: bool


class Dot(Struct, frozen=True):
    """The same was said again."""

    x: float
    y: float
    radius: float = 4


Shape = Line | Text | Bar | Dot


def shapes_of(picture: CallPicture) -> tuple[Sequence[Shape], float]:
    """What to draw, from the back to the front, and how high it is."""
    scale = _Scale(picture.seconds)
    lanes = _lanes([scale.percent(stage.at) for stage in picture.stages])
    axis = _LANES_TOP + _LANE * (max(lanes, default=-1) + 1)
    shapes: tuple[Shape, ...] = (
        *_temperature(picture, scale),
        *_bar(picture, scale),
        *(Dot(scale.percent(at), _DOTS) for at in picture.same_talks),
        *_stages(picture, scale, lanes),
        *_axis(picture.seconds, scale, axis),
    )
    return shapes, axis + 22


def picture_words(picture: CallPicture) -> str:
    """What the picture shows, for whoever cannot see it."""
    held = sum(stretch.end - stretch.start for stretch in picture.stretches if stretch.is_hold)
    return t(
        "handoff.picture.words",
        number=picture.number,
        length=clock_time(picture.seconds),
        hold=clock_time(held),
        stages=len(picture.stages),
        same_talks=len(picture.same_talks),
    )


def picture_caption(picture: CallPicture) -> str:
    """Which call it is, and how long."""
    direction = t(f"handoff.call.{picture.direction}")
    name = t("handoff.call.label", number=picture.number, direction=direction)
    return t("handoff.picture.caption", call=name, length=clock_time(picture.seconds))


def mark_legend(picture: CallPicture) -> Iterator[tuple[str, str]]:
    """The marks that stand in the picture (``talk``, ``hold``, ``same_talk``), with their words."""
    yield "talk", t("handoff.picture.talk")
    if any(stretch.is_hold for stretch in picture.stretches):
        yield "hold", t("handoff.picture.hold")
    if picture.same_talks:
        yield "same_talk", t("handoff.picture.same_talk")


def stage_legend(picture: CallPicture) -> list[str]:
    """The stages by the numbers that they have in the picture."""
    return [
        t("handoff.picture.stage", number=number, title=stage.title, at=clock_time(stage.at))
        for number, stage in enumerate(picture.stages, start=1)
    ]


class _Scale:
    """Seconds to places across the picture; a margin keeps marks at the edges whole."""

    _MARGIN = 3.0

    def __init__(self, seconds: float) -> None:
        self._seconds = max(1.0, seconds)

    def percent(self, seconds: float) -> float:
        share = min(1.0, max(0.0, seconds / self._seconds))
        return self._MARGIN + share * (100 - 2 * self._MARGIN)


def _temperature(picture: CallPicture, scale: _Scale) -> Iterator[Shape]:
    yield Text(scale.percent(0), 10, t("handoff.picture.temperature"), "start", "caption")
    for height in range(1, _HOTTEST + 1):
        y = _level_y(height)
        yield Line(scale.percent(0), y, scale.percent(picture.seconds), y, "grid")
    ends = [*picture.levels[1:], Level(picture.seconds, 0)]
    for level, after in zip(picture.levels, ends, strict=False):
        y, x = _level_y(level.value), scale.percent(level.at)
        yield Line(x, y, scale.percent(after.at), y, "heat")
        yield Text(x, y - 3, str(level.value), "end" if x > _RIGHT else "start", "level")
    for before, after in pairwise(picture.levels):
        x = scale.percent(after.at)
        yield Line(x, _level_y(before.value), x, _level_y(after.value), "heat")


def _bar(picture: CallPicture, scale: _Scale) -> Iterator[Shape]:
    for stretch in picture.stretches:
        x = scale.percent(stretch.start)
        width = scale.percent(stretch.end) - x
        yield Bar(x, _BAR_TOP, width, _BAR_HEIGHT, stretch.is_hold)


def _stages(picture: CallPicture, scale: _Scale, lanes: Sequence[int]) -> Iterator[Shape]:
    for number, (stage, lane) in enumerate(zip(picture.stages, lanes, strict=True), start=1):
        x, y = scale.percent(stage.at), _LANES_TOP + _LANE * lane + 12
        yield Line(x, _BAR_TOP, x, y - 11, "tick")
        yield Text(x, y, str(number), "middle", "stage")


def _axis(seconds: float, scale: _Scale, y: int) -> Iterator[Shape]:
    yield Line(scale.percent(0), y, scale.percent(seconds), y, "axis")
    step = 60 * next((m for m in _MINUTES if seconds / 60 / m <= _MOST_TICKS), 0)
    places = range(0, int(seconds) + 1, step) if step else (0, int(seconds))
    for at in places:
        x = scale.percent(at)
        yield Text(x, y + 15, clock_time(at), _anchor(x), "axis-text")


def _lanes(places: Sequence[float]) -> list[int]:
    """For each number the first lane in which it touches no other; the last where all are taken."""
    last_in = [-100.0] * _MOST_LANES
    found = []
    for place in places:
        free = (lane for lane, last in enumerate(last_in) if abs(place - last) >= _NEAR_PERCENT)
        lane = next(free, _MOST_LANES - 1)
        last_in[lane] = place
        found.append(lane)
    return found


def _level_y(level: int) -> int:
    return _LEVEL_TOP + _LEVEL_STEP * (_HOTTEST - min(_HOTTEST, max(0, level)))


def _anchor(x: float) -> str:
    return "start" if x < 100 - _RIGHT else "end" if x > _RIGHT else "middle"
