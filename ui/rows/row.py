"""What a page shows and asks, as data: rows with their keys, and questions of one line."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from msgspec import Struct, field
from msgspec.structs import astuple

Act = Callable[[], object]


class Do(Struct, frozen=True):
    """What a key does, and its name on the screen; without a name it is not shown."""

    word: str
    act: Act


Keys = Mapping[str, Do]


class Row(Struct, frozen=True, eq=False):
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
    keys: Keys = field(default_factory=dict)
    move: Callable[[int], object] | None = None

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Row) and self._look() == other._look()

    def __hash__(self) -> int:
        return hash(self._look())

    def _look(self) -> tuple[object, ...]:
        """All but what its keys do."""
        return astuple(self)[:-2]


class Ask(Struct, frozen=True):
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
