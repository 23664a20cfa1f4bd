"""A small SVG of lines over two logarithmic axes: how something grows."""

from __future__ import annotations

import math
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from xml.sax.saxutils import escape

_HEIGHT, _LEFT, _TOP, _BOTTOM = 360, 70, 40, 50
_RIGHT = 440  # of the field; the legend stands beside it
_LETTER = 7.2  # the widest mean advance of a name in the legend, in pixels
# Told apart by people who see few colours (Okabe and Ito), on light and on dark, and by their marks.
_COLOURS = ("#0072b2", "#d55e00", "#009e73", "#cc79a7", "#56b4e9", "#e69f00", "#808080")
# Points of a mark around its middle; the first is a circle.
_MARKS = ("", "-4,-4 4,-4 4,4 -4,4", "0,-5.5 5.5,0 0,5.5 -5.5,0", "0,-5 5,4 -5,4")
_STYLE = """<style>
text { fill: #1f2328; font: 12px sans-serif }
.title { font: bold 14px sans-serif }
.paper { fill: #fff }
.grid { stroke: #ddd }
@media (prefers-color-scheme: dark) {
  text { fill: #e6edf3 }
  .paper { fill: #0d1117 }
  .grid { stroke: #3d444d }
}
</style>"""


@dataclass(frozen=True)
class Curve:
    """Points (x, y) of one thing, both above zero."""

    name: str
    points: tuple[tuple[float, float], ...]


@dataclass(frozen=True)
class _Axis:
    """Whole powers of ten around the values, laid along a length."""

    first: int
    last: int
    start: float
    end: float

    @classmethod
    def around(cls, values: Sequence[float], start: float, end: float) -> _Axis:
        first = math.floor(math.log10(min(values)) + 1e-9)
        return cls(first, max(first + 1, math.ceil(math.log10(max(values)) - 1e-9)), start, end)

    def place(self, value: float) -> float:
        share = (math.log10(value) - self.first) / (self.last - self.first)
        return self.start + share * (self.end - self.start)

    def ticks(self) -> Iterator[tuple[float, str]]:
        for power in range(self.first, self.last + 1):
            yield self.place(10.0**power), f"{10**power:,}" if power >= 0 else f"{10.0**power:g}"


def chart(title: str, x_title: str, y_title: str, curves: Sequence[Curve]) -> str:
    """The SVG. A curve's name stands in the legend, in the order of the curves.

    Raises:
        ValueError: there is no point.
    """
    points = [point for curve in curves for point in curve.points]
    across = _Axis.around([x for x, _ in points], _LEFT, _RIGHT)
    up = _Axis.around([y for _, y in points], _HEIGHT - _BOTTOM, _TOP)
    width = math.ceil(_RIGHT + 40 + _LETTER * max(len(curve.name) for curve in curves))
    parts = [
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {width} {_HEIGHT}" '
        f'width="{width}" height="{_HEIGHT}" role="img">',
        f"<title>{escape(title)}</title>",
        _STYLE,
        f'<rect class="paper" width="{width}" height="{_HEIGHT}"/>',
        f'<text class="title" x="{_LEFT}" y="22">{escape(title)}</text>',
        *_grid(across, up),
        _text((_LEFT + _RIGHT) / 2, _HEIGHT - 12, x_title),
        f'<g transform="rotate(-90 16 {_HEIGHT / 2})">{_text(16, _HEIGHT / 2, y_title)}</g>',
    ]
    for number, curve in enumerate(curves):
        parts += _drawn(curve, number, across, up)
    return "\n".join([*parts, "</svg>", ""])


def _grid(across: _Axis, up: _Axis) -> Iterator[str]:
    for x, name in across.ticks():
        yield f'<path class="grid" d="M{x:.1f} {_TOP}V{_HEIGHT - _BOTTOM}"/>'
        yield _text(x, _HEIGHT - _BOTTOM + 18, name)
    for y, name in up.ticks():
        yield f'<path class="grid" d="M{_LEFT} {y:.1f}H{_RIGHT}"/>'
        yield _text(_LEFT - 8, y + 4, name, "end")


def _drawn(curve: Curve, number: int, across: _Axis, up: _Axis) -> Iterator[str]:
    colour = _COLOURS[number % len(_COLOURS)]
    places = [(across.place(x), up.place(y)) for x, y in curve.points]
    line = " ".join(f"{x:.1f},{y:.1f}" for x, y in places)
    yield f'<polyline points="{line}" fill="none" stroke="{colour}" stroke-width="2"/>'
    row = _TOP + 10 + 20 * number
    for x, y in [*places, (_RIGHT + 20, row)]:
        yield _mark(x, y, _MARKS[number % len(_MARKS)], colour)
    yield _text(_RIGHT + 32, row + 4, curve.name, "start")


def _mark(x: float, y: float, points: str, colour: str) -> str:
    if not points:
        return f'<circle cx="{x:.1f}" cy="{y:.1f}" r="4" fill="{colour}"/>'
    return f'<polygon transform="translate({x:.1f} {y:.1f})" points="{points}" fill="{colour}"/>'


def _text(x: float, y: float, text: str, anchor: str = "middle") -> str:
    return f'<text x="{x:.1f}" y="{y:.1f}" text-anchor="{anchor}">{escape(text)}</text>'
