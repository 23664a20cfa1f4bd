"""For the tests in tests/e2e: says on a pipe what the window shows and what is committed.

A process that is killed cannot be asked afterwards what it had shown. Written only where the
environment names a descriptor (ui/paint_pipe.py); nothing of it reaches a file. Each line is a word, the seconds of
the monotonic clock and a value, percent-encoded where it is text:

    first       once, when the first frame is on the screen: the CPU seconds spent until then
    painted     id of an event that the window now shows
    committed   id of an event that is on the disk
    state       phase, case number, stage, temperature, holds and notes of the case in hand
    field       the text of the note field
    sheet       the class of the sheet that is open, or nothing
    desk        the page of the second line's desk that is open, or nothing
    notice      the key and the text of the notice that stands
    advice      the id of the prompt that stands, or nothing
    marked      the words that are underlined in the note field
    entry       where on the screen a click goes into the text field that waits for typing
    composing   1 while the input method composes in the note field, or nothing
    typing      1 while keys go into a text field of the window, or nothing

The last nine come after a repaint, each only where it changed.
"""

from __future__ import annotations

import os
import time
from collections.abc import Iterable
from typing import TYPE_CHECKING
from urllib.parse import quote

from PySide6.QtCore import QObject
from PySide6.QtWidgets import QLineEdit, QPlainTextEdit, QWidget

if TYPE_CHECKING:
    from ui.port.change import Change
    from ui.port.workplace import Workplace
    from ui.sidebar import Sidebar


class PaintReport(QObject):
    """Writes the lines, those about the window after each repaint."""

    def __init__(self, workplace: Workplace, window: Sidebar, descriptor: int) -> None:
        super().__init__(window)
        self._work = workplace
        self._window = window
        self._descriptor = descriptor
        self._waiting: list[str] = []
        self._said: dict[str, str] = {}
        workplace.listen(self._on_change)
        workplace.listen_committed(self._on_committed)
        window.painted.connect(self._on_painted)

    def say(self, lines: Iterable[tuple[str, str]]) -> None:
        """Write words with their values, each with the time it became true, in one go."""
        now = time.monotonic()
        text = "".join(f"{word} {now:.6f} {value}\n" for word, value in lines)
        if text:
            os.write(self._descriptor, text.encode("ascii"))

    def _on_change(self, change: Change) -> None:
        self._waiting += [event.id for event in change.events]

    def _on_committed(self, event_ids: tuple[str, ...]) -> None:
        self.say(("committed", event_id) for event_id in event_ids)

    def _on_painted(self) -> None:
        painted, self._waiting = self._waiting, []
        before, self._said = self._said, self._shown()
        changed = [pair for pair in self._said.items() if before.get(pair[0]) != pair[1]]
        self.say([("painted", event_id) for event_id in painted] + changed)

    def _shown(self) -> dict[str, str]:
        window = self._window
        notice, prompt = window.notice.shown, window.advice.prompt
        return {
            "state": self._state(),
            "field": quote(window.input.text()),
            "sheet": type(window.sheet).__name__ if window.sheet else "",
            "desk": window.middle.desk.page.id if window.middle.is_open else "",
            "notice": f"{notice.key} {quote(notice.text)}" if notice else "",
            "advice": prompt.id if prompt else "",
            "marked": quote(" ".join(word.mark.found for word in window.input.edit.marked)),
            "entry": self._entry(),
            "composing": "1" if window.input.edit.is_composing else "",
            "typing": "1" if window.has_keyboard and self._is_field(window.focusWidget()) else "",
        }

    def _entry(self) -> str:
        focus = self._window.focusWidget()
        field = focus if isinstance(focus, QLineEdit) else self._window.input.edit
        place = field.mapToGlobal(field.rect().center())
        return f"{place.x()},{place.y()}"

    @staticmethod
    def _is_field(focus: QWidget | None) -> bool:
        return isinstance(focus, QLineEdit | QPlainTextEdit)

    def _state(self) -> str:
        case = self._work.case
        if case is None:
            return "idle"
        stage = case.stages.current
        return (
            f"{case.phase.value} {quote(case.case_no)} {stage.stage_id if stage else '-'}"
            f" {case.marks.temperature} {case.holds_in_call} {len(case.notes.notes)}"
        )
