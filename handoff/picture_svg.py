"""The drawn time line of a call as SVG that fits any width: places in per cent, sizes in pixels.

It says nothing by colour alone: hold is hatched, stages have numbers, same talks are dots. Its
classes get their colours from the page (:mod:`handoff.html_style`).
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from html import escape
from itertools import pairwise

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


def call_svg(picture: CallPicture) -> str:
    """The picture of one call, to stand inside an HTML page."""
    scale = _Scale(picture.seconds)
    lanes = _lanes([scale.percent(stage.at) for stage in picture.stages])
    axis = _LANES_TOP + _LANE * (max(lanes, default=-1) + 1)
    name = f"hold{picture.number}"
    parts = [
        f'<svg class="call" role="img" width="100%" height="{axis + 22}">',
        f"<title>{escape(picture_words(picture))}</title>",
        _hatching(name),
        *_temperature(picture, scale),
        *_bar(picture, scale, name),
        *(_dot(scale.percent(at)) for at in picture.same_talks),
        *_stages(picture, scale, lanes),
        *_axis(picture.seconds, scale, axis),
        "</svg>",
    ]
    return "".join(parts)


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


class _Scale:
    """Seconds to places across the picture; a margin keeps marks at the edges whole."""

    _MARGIN = 3.0

    def __init__(self, seconds: float) -> None:
        self._seconds = max(1.0, seconds)

    def percent(self, seconds: float) -> float:
        share = min(1.0, max(0.0, seconds / self._seconds))
        return self._MARGIN + share * (100 - 2 * self._MARGIN)


def _hatching(name: str) -> str:
    return (
        f'<defs><pattern id="{name}" width="6" height="6" patternUnits="userSpaceOnUse" '
        'patternTransform="rotate(45)"><rect class="hold-ground" width="6" height="6"/>'
        '<rect class="hold-line" width="2.5" height="6"/></pattern></defs>'
    )


def _temperature(picture: CallPicture, scale: _Scale) -> Iterator[str]:
    yield _text(scale.percent(0), 10, t("handoff.picture.temperature"), "start", "caption")
    for height in range(1, _HOTTEST + 1):
        y = _level_y(height)
        yield _line(scale.percent(0), y, scale.percent(picture.seconds), y, "grid")
    ends = [*picture.levels[1:], Level(picture.seconds, 0)]
    for level, after in zip(picture.levels, ends, strict=False):
        y, x = _level_y(level.value), scale.percent(level.at)
        yield _line(x, y, scale.percent(after.at), y, "heat")
        yield _text(x, y - 3, str(level.value), "end" if x > _RIGHT else "start", "level")
    for before, after in pairwise(picture.levels):
        x = scale.percent(after.at)
        yield _line(x, _level_y(before.value), x, _level_y(after.value), "heat")


def _bar(picture: CallPicture, scale: _Scale, name: str) -> Iterator[str]:
    for stretch in picture.stretches:
        x = scale.percent(stretch.start)
        width = scale.percent(stretch.end) - x
        fill = f' fill="url(#{name})"' if stretch.is_hold else ""
        yield (
            f'<rect class="{"hold" if stretch.is_hold else "talk"}" x="{x:.2f}%" y="{_BAR_TOP}" '
            f'width="{width:.2f}%" height="{_BAR_HEIGHT}"{fill}/>'
        )


def _dot(x: float) -> str:
    return f'<circle class="same-talk" cx="{x:.2f}%" cy="{_DOTS}" r="4"/>'


def _stages(picture: CallPicture, scale: _Scale, lanes: Sequence[int]) -> Iterator[str]:
    for number, (stage, lane) in enumerate(zip(picture.stages, lanes, strict=True), start=1):
        x, y = scale.percent(stage.at), _LANES_TOP + _LANE * lane + 12
        yield _line(x, _BAR_TOP, x, y - 11, "tick")
        yield _text(x, y, str(number), "middle", "stage")


def _axis(seconds: float, scale: _Scale, y: int) -> Iterator[str]:
    yield _line(scale.percent(0), y, scale.percent(seconds), y, "axis")
    step = 60 * next((m for m in _MINUTES if seconds / 60 / m <= _MOST_TICKS), 0)
    places = range(0, int(seconds) + 1, step) if step else (0, int(seconds))
    for at in places:
        x = scale.percent(at)
        yield _text(x, y + 15, clock_time(at), _anchor(x), "axis-text")


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


def _line(x1: float, y1: float, x2: float, y2: float, kind: str) -> str:
    return f'<line class="{kind}" x1="{x1:.2f}%" y1="{y1}" x2="{x2:.2f}%" y2="{y2}"/>'


def _text(x: float, y: float, text: str, anchor: str, kind: str) -> str:
    aside = {"start": 3, "end": -3}.get(anchor, 0)  # pixels, so that no line runs through it
    return (
        f'<text class="{kind}" x="{x:.2f}%" dx="{aside}" y="{y}" text-anchor="{anchor}">'
        f"{escape(text)}</text>"
    )
