"""What a page shows and asks, as data: rows with their keys, and questions of one line."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field

Act = Callable[[], object]


@dataclass(frozen=True)
class Do:
    """What a key does, and its name on the screen; without a name it is not shown."""

    word: str
    act: Act


Keys = Mapping[str, Do]


@dataclass(frozen=True)
class Row:
    """One line of a page. Two rows are equal where they look the same.

    ``tone`` and ``note_tone`` are tokens of the theme. ``lane`` is 0 for the whole width, 1 to 3
    for one of three columns beside each other. ``keys`` are named as :func:`ui.rows.row_list`
    names them: 「Y」, 「Space」, 「Enter」, 「Delete」. ``move`` is told by how many rows.
    """

    id: str
    text: str = ""
    heading: str = ""
    note: str = ""
    tone: str = "ink"
    note_tone: str = "muted"
    is_title: bool = False
    is_large: bool = False
    lane: int = 0
    keys: Keys = field(default_factory=dict, compare=False)
    move: Callable[[int], object] | None = field(default=None, compare=False)


@dataclass(frozen=True)
class Ask:
    """A question of one line.

    ``accept`` gets what was typed and returns the next question, or whether it was taken; what
    is not taken stays to be mended. ``echo`` says what is understood of a text.
    """

    label: str
    value: str
    accept: Callable[[str], Ask | bool]
    hint: str = ""
    echo: Callable[[str], str] | None = None


def title(row_id: str, text: str, *, tone: str = "muted", lane: int = 0) -> Row:
    """A heading between rows."""
    return Row(row_id, heading=text, tone=tone, is_title=True, lane=lane)
