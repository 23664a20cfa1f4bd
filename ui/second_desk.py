"""The key of the second line's desk, and which page fits the stage."""

from __future__ import annotations

from collections.abc import Callable
from itertools import pairwise

from call.events import StageEntered
from ui.port.change import Change
from ui.port.workplace import Workplace
from ui.sidebar import Sidebar
from ui.tab_order import put_after

# The page of each stage (flows.md F3, F4).
_PAGE_OF = {
    "F3-S0": "preparation",
    "F3-S1": "reception",
    "F3-S2": "facts",
    "F3-S3": "columns",
    "F3-S4": "actions",
    "F3-S5": "actions",
    "F4-S1": "preparation",
    "F4-S2": "concession",
    "F4-S3": "concession",
    "F4-S4": "concession",
    "F4-S5": "actions",
}


class SecondDeskKey:
    """Opens and closes the desk, and turns to the page of a stage when that is entered."""

    def __init__(self, workplace: Workplace, window: Sidebar, say: Callable[[str], None]) -> None:
        self._work = workplace
        self._window = window
        self._place = window.middle
        self._say = say
        self._place.made.connect(self._join)
        workplace.listen(self._on_change)

    def press(self) -> None:
        """Open it; where it is open, give it the keys; where it has them, close it."""
        place = self._place
        if place.is_open and (place.desk.has_keys() and self._window.sheet is None):
            self._close()
            return
        self._window.close_sheet()
        is_new = not place.is_open
        place.open(self._window.width(), self._window.look)
        if is_new and not place.desk.is_typing:
            self._turn_to_stage()
        self._window.refresh()
        desk = place.desk
        for before, page in pairwise((self._window.marks, desk.head, desk.rows, desk.foot)):
            put_after(before, page)
        place.desk.begin()

    def _join(self) -> None:
        desk = self._place.desk
        desk.left.connect(self._window.input.focus)
        desk.said.connect(self._say)
        desk.close_asked.connect(self._close)

    def _close(self) -> None:
        self._place.close_desk()
        self._window.refresh()
        self._window.input.focus()

    def _on_change(self, change: Change) -> None:
        """Nobody who types is taken elsewhere."""
        is_entered = any(isinstance(event.body, StageEntered) for event in change.events)
        # One that nobody has opened yet turns to the stage when it is.
        if is_entered and self._place.is_made and not self._place.desk.is_typing:
            self._turn_to_stage()

    def _turn_to_stage(self) -> None:
        case = self._work.case
        stage = case.stages.current if case else None
        page = _PAGE_OF.get(stage.stage_id) if stage else None
        if page is not None:
            self._place.desk.show_page(page)
