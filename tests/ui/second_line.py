"""Hands and eyes for pages of rows, the second line's desk first, over a seat of conftest.py."""

from __future__ import annotations


class Desk:
    """The open desk of one seat, or other pages of rows."""

    def __init__(self, seat, desk=None) -> None:
        self.seat = seat
        self.desk = desk or seat.window.middle.desk

    @property
    def case(self):
        return self.seat.case

    @property
    def chosen(self):
        return self.desk.rows.chosen

    @property
    def asked(self) -> str:
        """The question that waits, or nothing."""
        return self.desk.ask.label.text() if self.desk.ask.is_open else ""

    @property
    def echo(self) -> str:
        return self.desk.ask.echo.text()

    def page(self, number: int) -> Desk:
        self.seat.press(str(number))
        return self

    def press(self, *keys: str) -> None:
        for key in keys:
            self.seat.press(key)

    def rows(self):
        """Everything that is shown, headings too."""
        return [view.row for view in self.desk.rows.body.views]

    def row(self, row_id: str):
        return next(row for row in self.rows() if row.id == row_id)

    def texts(self) -> str:
        return "\n".join(f"{row.heading} {row.text} {row.note}" for row in self.rows())

    def go_to(self, row_id: str) -> None:
        """By arrows alone."""
        for key in ("Up", "Down"):
            for _ in self.rows():
                if self.chosen and self.chosen.id == row_id:
                    return
                self.press(key)
        assert self.chosen
        assert self.chosen.id == row_id, (row_id, self.texts())

    def answer(self, *texts: str) -> None:
        """Type each text in place of what stands there, and Enter."""
        entry = self.desk.ask.entry
        for text in texts:
            assert entry.hasFocus(), "nothing is asked"
            entry.selectAll()
            if text:
                self.seat.type(text, entry)
            else:
                entry.clear()
            self.seat.press("Return", entry)
