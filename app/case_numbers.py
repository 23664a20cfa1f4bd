"""The number a customer is given (受付番号): the day, the desk, and a count."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable
from datetime import datetime


class CaseNumbers:
    """Hands out numbers such as ``261121-K7Q2-07``, unique across desks by the desk's code.

    ``chosen`` tells the code that the agent has set instead, empty for none: asked for each number.
    """

    def __init__(
        self, desk_code: str, taken: Iterable[str] = (), chosen: Callable[[], str] = str
    ) -> None:
        self._desk_code = desk_code
        self._chosen = chosen
        self._last: Counter[str] = Counter()
        for case_no in taken:
            day, _, serial = case_no.rpartition("-")
            if serial.isdecimal():
                self._last[day] = max(self._last[day], int(serial))

    def next(self, local_time: datetime) -> str:
        """The next number of that day."""
        day = f"{local_time:%y%m%d}-{self._chosen() or self._desk_code}"
        self._last[day] += 1
        return f"{day}-{self._last[day]:02d}"
