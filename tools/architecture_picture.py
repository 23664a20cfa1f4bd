"""Draws who imports whom among the rooms, from the imports themselves.

Usage: python tools/architecture_picture.py          (writes docs/pictures/architecture.svg)

The rows are the layers of ``[tool.importlinter]`` in pyproject.toml. An arrow goes from who knows
to who is known, and is as thick as there are imports. No number stands on it: the picture changes
when a room begins or ceases to know another, or the order of magnitude does, not with each import.
"""

from __future__ import annotations

import sys
import tomllib
from collections import Counter
from pathlib import Path
from typing import NamedTuple

import grimp

ROOT = Path(__file__).resolve().parents[1]
PICTURE = ROOT / "docs" / "pictures" / "architecture.svg"
WHAT_FOR = {
    "app": "joins the parts",
    "ui": "the window",
    "storage": "journal and archive",
    "handoff": "papers and bundles",
    "desktop": "what differs by system",
    "call": "what happens in a case",
    "scripts_ja": "flows, cards, texts",
}
_WIDTH, _ROW, _BOX_WIDTH, _BOX_HEIGHT, _TOP = 860, 120, 180, 54, 24


class Box(NamedTuple):
    """Where a room stands: the middle of its upper edge, in pixels."""

    x: float
    y: float


def layers() -> list[list[str]]:
    """The rooms, from the uppermost layer down."""
    project = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))
    contracts = project["tool"]["importlinter"]["contracts"]
    rows = next(each["layers"] for each in contracts if each["type"] == "layers")
    return [row.split(" : ") for row in rows]


def imports() -> Counter[tuple[str, str]]:
    """How many imports lead from one room into another."""
    sys.path.insert(0, str(ROOT))
    rooms = [room for row in layers() for room in row]
    graph = grimp.build_graph(*rooms, cache_dir=None)
    found: Counter[tuple[str, str]] = Counter()
    for module in graph.modules:
        for known in graph.find_modules_directly_imported_by(module):
            pair = module.split(".")[0], known.split(".")[0]
            if pair[0] != pair[1]:
                found[pair] += 1
    return found


def picture(found: Counter[tuple[str, str]]) -> str:
    """The drawing as SVG."""
    rows = layers()
    boxes = {
        room: Box(_WIDTH * (place + 0.5) / len(row), _TOP + _ROW * number)
        for number, row in enumerate(rows)
        for place, room in enumerate(row)
    }
    height = _TOP + _ROW * (len(rows) - 1) + _BOX_HEIGHT + _TOP
    lines = [
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {_WIDTH} {height}" '
        'font-family="sans-serif" text-anchor="middle">',
        "<title>Who imports whom: an arrow goes from who knows to who is known</title>",
        '<defs><marker id="tip" viewBox="0 0 8 8" refX="7" refY="4" markerWidth="9" '
        'markerHeight="9" markerUnits="userSpaceOnUse" orient="auto">'
        '<path d="M0 0 8 4 0 8z" fill="#0b6e6e"/></marker></defs>',
        f'<rect width="{_WIDTH}" height="{height}" fill="#fff"/>',
        *(_arrow(boxes[a], boxes[b], count) for (a, b), count in sorted(found.items())),
        *(_room(name, box) for name, box in boxes.items()),
    ]
    return "\n".join([*lines, "</svg>", ""])


def _arrow(start: Box, end: Box, count: int) -> str:
    thickness = 1 + len(str(count)) * 0.8
    bottom, top = start.y + _BOX_HEIGHT, end.y - 1
    # Each ends a little to the side it comes from, so that the heads do not lie on each other.
    goal = end.x + (start.x - end.x) * 0.15
    if end.y - start.y <= 2 * _ROW:
        side = start.x if end.y - start.y > _ROW else (start.x + goal) / 2
        bend = f"Q{side:.0f} {(bottom + top) / 2 + (top - bottom) / 4:.0f}"
    else:  # between the boxes of the row below, then around the one after it
        goal = end.x + 60
        bend = f"C{start.x:.0f} {bottom + 190:.0f} {start.x + 260:.0f} {top - 150:.0f}"
    return (
        f'<path d="M{start.x:.0f} {bottom:.0f} {bend} {goal:.0f} {top:.0f}" fill="none" '
        'stroke="#0b6e6e" stroke-opacity=".6" '
        f'stroke-width="{thickness:.1f}" marker-end="url(#tip)"/>'
    )


def _room(name: str, box: Box) -> str:
    left = box.x - _BOX_WIDTH / 2
    return (
        f'<rect x="{left:.0f}" y="{box.y:.0f}" width="{_BOX_WIDTH}" height="{_BOX_HEIGHT}" '
        'rx="8" fill="#e3f1f1" stroke="#0b6e6e"/>'
        f'<text x="{box.x:.0f}" y="{box.y + 23:.0f}" font-size="16" font-weight="bold">{name}/</text>'
        f'<text x="{box.x:.0f}" y="{box.y + 42:.0f}" font-size="13">{WHAT_FOR[name]}</text>'
    )


if __name__ == "__main__":
    PICTURE.write_text(picture(imports()), encoding="utf-8", newline="\n")
