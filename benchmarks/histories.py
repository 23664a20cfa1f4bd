"""Data folders with a history: one long call that still runs, or many open cases.

Recorded by the desks of the program from commands, on a clock that is moved by hand, and written by
its journal; in large batches, which is all that differs from a desk that has done it.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta
from itertools import count, cycle
from pathlib import Path

from app.case_desks import CaseDesks, Rules
from app.case_numbers import CaseNumbers
from app.rule_layers import load_layers
from app.settings import load
from call import commands as c
from call.case import summarize
from call.clock import SimulatedClock
from call.desk import CaseDesk, DeskIdentity
from call.events import Envelope
from desktop.paths import Places
from scripts_ja.model import NoteKind
from storage.batch import Batch
from storage.journal_file import JournalFile

NOON = datetime(2026, 4, 1, 3, 0, tzinfo=UTC)
_TEXTS = (
    "洗濯機から水が漏れる",
    "床がぬれて張り替えを希望",
    "折り返しは午後を希望",
    "返金を希望されている",
)
_CASES_PER_COMMIT = 500


class History:
    """Fills a data folder; what happens begins at noon."""

    def __init__(self, folder: Path) -> None:
        places = Places(folder)
        folder.mkdir(parents=True, exist_ok=True)
        settings, _ = load(places.settings)
        book = load_layers(places, None).book
        self._rules = Rules(book, settings.limits(), settings.text("flow.first"))
        self.clock = SimulatedClock(NOON)
        self.file = JournalFile(places.database, 2.0, lambda: self.clock.now().wall, lambda _: None)
        opening = self.file.read_opening()
        while self.file.index_some():
            pass
        identity = DeskIdentity(opening.desk_id, opening.last_seq + 1)
        self._desks = CaseDesks(identity, CaseNumbers(opening.desk_code, opening.case_nos))
        self._batch = Batch()

    def begin_call(self) -> CaseDesk:
        """A call that has just begun."""
        desk = self._desks.for_new_case(self._rules, self.clock.now())
        self._do(desk, c.StartCall("0312345678"))
        return desk

    def go_on(self, desk: CaseDesk, events: int) -> None:
        """Let the call go on until its case has so many events."""
        doings = cycle(_doings())
        for number in count():
            if len(desk.history) >= events:
                return
            self.clock.advance(5)
            self._do(desk, next(doings)(number))

    def leave_open(self, desk: CaseDesk, number: int) -> None:
        """The call is over, with a note and a callback that is owed."""
        due_at = NOON + timedelta(minutes=30 + 7 * number)
        self._do(desk, c.TakeNote(NoteKind.MEMO, _TEXTS[number % len(_TEXTS)]))
        self._do(desk, c.CommitCallback("鈴木", due_at))
        self.clock.advance(5)
        self._do(desk, c.EndCall())
        self._do(desk, c.FinishWrapUp())

    def keep(self, desk: CaseDesk) -> None:
        """Put the case into the next commit."""
        line = summarize(desk.case, self.clock.now())
        self._batch.absorb(Batch.of_append(desk.history, [line], (), 0.0))

    def commit(self) -> None:
        """Write what was kept."""
        self.file.write(self._batch)
        self._batch = Batch()

    def _do(self, desk: CaseDesk, command: c.Command) -> tuple[Envelope, ...]:
        done = desk.do(command, self.clock.now())
        assert isinstance(done, tuple), done
        return done


@contextmanager
def history(folder: Path) -> Iterator[History]:
    """A history to be written; the file is let go of at the end."""
    made = History(folder)
    try:
        yield made
    finally:
        made.file.close()


def long_call(folder: Path, events: int) -> tuple[Envelope, ...]:
    """A call of that many events that still runs; the events."""
    with history(folder) as made:
        desk = made.begin_call()
        made.go_on(desk, events)
        made.keep(desk)
        made.commit()
    return tuple(desk.history)


def open_cases(folder: Path, cases: int) -> None:
    """That many cases, each with a callback that is owed."""
    with history(folder) as made:
        for number in range(cases):
            desk = made.begin_call()
            made.leave_open(desk, number)
            made.keep(desk)
            if number % _CASES_PER_COMMIT == 0:
                made.commit()
        made.commit()


def closed_calls(folder: Path, calls: int, events: int) -> int:
    """So many cases of one call each, of about that many events; how many events there are."""
    kept = 0
    with history(folder) as made:
        for number in range(calls):
            desk = made.begin_call()
            made.go_on(desk, events)
            made.leave_open(desk, number)
            made.keep(desk)
            kept += len(desk.history)
            if number % _CASES_PER_COMMIT == 0:
                made.commit()
        made.commit()
    return kept


def _doings() -> tuple[Callable[[int], c.Command], ...]:
    """What an agent does again and again: mostly notes."""

    def note(number: int) -> c.Command:
        text = f"{_TEXTS[number % len(_TEXTS)]}({number}回目)"
        return c.TakeNote(NoteKind.MEMO, text)

    def temperature(number: int) -> c.Command:
        return c.SetTemperature(number % 5 + 1)

    def onward(_: int) -> c.Command:
        return c.AdvanceStage()

    def back(_: int) -> c.Command:
        return c.GoBack()

    return (note, note, note, temperature, onward, note, note, back)
