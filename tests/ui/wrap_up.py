"""Hands and eyes for the wrap-up sheet, over a seat of tests/ui/conftest.py."""

from __future__ import annotations

from tests.ui.second_line import Desk
from ui.wrap_up_sheet import WrapUpSheet


class WrapUp(Desk):
    """The sheet that is open; another one after it was closed and opened again."""

    def __init__(self, seat) -> None:
        self.seat = seat

    @property
    def desk(self) -> WrapUpSheet:
        assert isinstance(self.seat.window.sheet, WrapUpSheet)
        return self.seat.window.sheet

    def reopen(self) -> WrapUp:
        self.seat.window.close_sheet()
        self.seat.act("wrap_up")
        return self

    def fill(self, row_id: str, *texts: str) -> None:
        """Enter on a row, then what it asks."""
        self.go_to(row_id)
        self.press("Return")
        self.answer(*texts)
