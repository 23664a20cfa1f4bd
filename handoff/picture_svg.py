"""The drawn time line of a call as SVG that fits any width: places in per cent, sizes in pixels.

Its classes get their colours from the page (:mod:`handoff.html_style`).
"""

from __future__ import annotations

from html import escape

from handoff.call_picture import CallPicture
from handoff.picture_shapes import Bar, Dot, Line, Shape, Text, picture_words, shapes_of


def call_svg(picture: CallPicture) -> str:
    """The picture of one call, to stand inside an HTML page."""
    shapes, height = shapes_of(picture)
    name = f"hold{picture.number}"
    parts = [
        f'<svg class="call" role="img" width="100%" height="{height}">',
        f"<title>{escape(picture_words(picture))}</title>",
        _hatching(name),
        *(_svg(shape, name) for shape in shapes),
        "</svg>",
    ]
    return "".join(parts)


def _hatching(name: str) -> str:
    return (
        f'<defs><pattern id="{name}" width="6" height="6" patternUnits="userSpaceOnUse" '
        'patternTransform="rotate(45)"><rect class="hold-ground" width="6" height="6"/>'
        '<rect class="hold-line" width="2.5" height="6"/></pattern></defs>'
    )


def _svg(shape: Shape, hatching: str) -> str:
    match shape:
        case Line():
            return (
                f'<line class="{shape.kind}" x1="{shape.x1:.2f}%" y1="{shape.y1}" '
                f'x2="{shape.x2:.2f}%" y2="{shape.y2}"/>'
            )
        case Bar():
            fill = f' fill="url(#{hatching})"' if shape.is_hold else ""
            return (
                f'<rect class="{"hold" if shape.is_hold else "talk"}" x="{shape.x:.2f}%" '
                f'y="{shape.y}" width="{shape.width:.2f}%" height="{shape.height}"{fill}/>'
            )
        case Dot():
            place = f'cx="{shape.x:.2f}%" cy="{shape.y}"'
            return f'<circle class="same-talk" {place} r="{shape.radius:g}"/>'
        case Text():
            return (
                f'<text class="{shape.kind}" x="{shape.x:.2f}%" dx="{shape.aside}" y="{shape.y}" '
                f'text-anchor="{shape.anchor}">{escape(shape.text)}</text>'
            )
