"""Which row is chosen: the one that keys are for."""

from __future__ import annotations

from collections.abc import Sequence

from ui.rows.row import Row


class RowChoice:
    """Goes through rows; titles are passed over."""

    def __init__(self) -> None:
        self.rows: list[Row] = []
        self.id = ""
        self._place = 0  # among the rows that can be chosen

    @property
    def row(self) -> Row | None:
        """The row that keys are for."""
        return next((row for row in self.rows if row.id == self.id), None)

    @property
    def is_first(self) -> bool:
        """Whether nothing but titles stands above it."""
        return self._place == 0

    def show(self, rows: Sequence[Row]) -> None:
        """Choose among these; the chosen one stays while it is there, else what took its place."""
        self.rows = list(rows)
        ids = self._ids()
        if self.id not in ids:
            self._place = max(0, min(self._place, len(ids) - 1))
            self.id = ids[self._place] if ids else ""
        if self.id in ids:
            self._place = ids.index(self.id)

    def to_top(self) -> None:
        """Begin at the first row that does something."""
        first = next((row for row in self.rows if row.keys), None)
        self.id = first.id if first else ""
        self.show(self.rows)

    def step(self, by: int) -> bool:
        """Go down (up where negative) by so many rows; whether there is any."""
        ids = self._ids()
        if ids:
            place = ids.index(self.id) + by if self.id in ids else 0
            self._place = max(0, min(place, len(ids) - 1))
            self.id = ids[self._place]
        return bool(ids)

    def change_lane(self, by: int) -> bool:
        """Go to the first row of the lane beside; whether there is one."""
        row = self.row
        if row is None:
            return False
        wanted = max(1, row.lane + by)
        found = next((each for each in self._choices() if each.lane == wanted), None)
        if found is not None:
            self.id = found.id
        return found is not None

    def _choices(self) -> list[Row]:
        return [row for row in self.rows if not row.is_title]

    def _ids(self) -> list[str]:
        return [row.id for row in self._choices()]
