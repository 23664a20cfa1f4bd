"""A listener that remembers, a desk that makes events, journals that are closed in the end."""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest

from call.case import CaseSummary, Due
from call.clock import Reading
from call.events import Body, Envelope, TemperatureSet, UnknownEvent
from call.fold_times import CallPhase
from storage.archive import Archive
from storage.journal import Draft, Journal, Opening, Trouble

PATIENCE_SECONDS = 30.0
NOON = datetime(2026, 4, 1, 3, 0, tzinfo=UTC)


class Recorder:
    """Remembers what the journal told, in order, and lets a test wait for it."""

    def __init__(self) -> None:
        self._changed = threading.Condition()
        self.said: list[tuple[str, Any]] = []
        self.threads: set[str] = set()

    def _hear(self, name: str, value: Any = None) -> None:
        with self._changed:
            self.said.append((name, value))
            self.threads.add(threading.current_thread().name)
            self._changed.notify_all()

    def on_opened(self, opening: Opening) -> None:
        self._hear("opened", opening)

    def on_committed(self, event_ids: tuple[str, ...]) -> None:
        self._hear("committed", event_ids)

    def on_trouble(self, trouble: Trouble) -> None:
        self._hear("trouble", trouble)

    def on_recovered(self) -> None:
        self._hear("recovered")

    def all(self, name: str) -> list[Any]:
        with self._changed:
            return [value for said, value in self.said if said == name]

    def wait_for(self, name: str, count: int = 1) -> Any:
        """The `count`-th time that it was told, waited for."""
        with self._changed:
            came = self._changed.wait_for(
                lambda: sum(said == name for said, _ in self.said) >= count, PATIENCE_SECONDS
            )
            assert came, f"no {name} among {self.said}"
        return self.all(name)[count - 1]

    @property
    def committed_ids(self) -> list[str]:
        return [event_id for ids in self.all("committed") for event_id in ids]


class Desk:
    """Makes events and case lines as the core would."""

    def __init__(self, desk_id: str = "desk-a", seq: int = 0) -> None:
        self.desk_id = desk_id
        self.seq = seq

    def event(
        self, body: Body | UnknownEvent | None = None, case_id: str = "case-1", **fields: Any
    ) -> Envelope:
        self.seq += 1
        at = Reading(NOON + timedelta(seconds=self.seq), 100.0 + self.seq / 3, "boot-1")
        values = {"id": f"{self.desk_id}/{self.seq}", "call_id": "call-1", "at": at, **fields}
        return Envelope(
            desk_id=self.desk_id,
            case_id=case_id,
            seq=self.seq,
            body=body or TemperatureSet(self.seq % 5 + 1),
            **values,
        )

    def events(self, count: int, case_id: str = "case-1") -> list[Envelope]:
        return [self.event(case_id=case_id) for _ in range(count)]

    def summary(self, case_id: str = "case-1", **fields: Any) -> CaseSummary:
        values: dict[str, Any] = {
            "case_no": f"AB12-{case_id}",
            "status": "open",
            "opened_at": NOON,
            "touched_at": NOON + timedelta(seconds=self.seq),
            "phase": CallPhase.TALKING,
        }
        return CaseSummary(case_id=case_id, **{**values, **fields})


def due(target: str, minutes: int, kind: str = "promise") -> Due:
    return Due(kind, target, NOON + timedelta(minutes=minutes), "", f"owed {target}")


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "data" / "yorisoi.db"


@pytest.fixture
def desk() -> Desk:
    return Desk()


@pytest.fixture
def desk_of() -> Callable[..., Desk]:
    return Desk


@pytest.fixture
def due_in() -> Callable[..., Due]:
    return due


@pytest.fixture
def new_recorder() -> Callable[[], Recorder]:
    return Recorder


class Opener:
    """Opens journals on one file, one after the other or together."""

    def __init__(self, path: Path) -> None:
        self.path = path
        self._journals: list[Journal] = []

    def __call__(self, path: Path | None = None, **options: Any) -> tuple[Journal, Recorder]:
        recorder = Recorder()
        journal = Journal(path or self.path, recorder, **{"wall": lambda: NOON, **options})
        journal.start()
        self._journals.append(journal)
        return journal, recorder

    def opening(self) -> Opening:
        """What a start finds now."""
        journal, recorder = self()
        opening: Opening = recorder.wait_for("opened")
        assert journal.close(PATIENCE_SECONDS)
        return opening

    def events(self, case_id: str = "case-1") -> tuple[Envelope, ...]:
        with Archive(self.path) as archive:
            return archive.events_of(case_id)

    def close_all(self) -> None:
        for journal in self._journals:
            journal.close(PATIENCE_SECONDS)


@pytest.fixture
def open_journal(path: Path) -> Iterator[Opener]:
    opener = Opener(path)
    yield opener
    opener.close_all()


@pytest.fixture
def draft() -> Callable[..., Draft]:
    def make(text: str, field: str = "note", case_id: str = "case-1") -> Draft:
        return Draft(case_id, field, text, NOON)

    return make
