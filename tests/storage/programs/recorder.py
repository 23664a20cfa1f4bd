"""What the programs of these tests share: events, and a listener to wait for."""

from __future__ import annotations

import threading
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

from call.case import CaseSummary
from call.clock import Reading
from call.events import CaseOpened, Envelope, NoteTaken
from call.fold_times import CallPhase
from scripts_ja.model import NoteKind
from storage import keys
from storage.conversion import convert_all
from storage.journal import Opening, Trouble
from storage.key_record import ENCRYPTED, KeyRecord, write_record

WAIT = 30.0
NOON = datetime(2026, 4, 1, 3, 0, tzinfo=UTC)


class Recorder:
    """Remembers what the journal told, in order."""

    def __init__(self) -> None:
        self._changed = threading.Condition()
        self.said: list[tuple[str, Any]] = []

    def _hear(self, name: str, value: Any = None) -> None:
        with self._changed:
            self.said.append((name, value))
            self._changed.notify_all()

    def on_opened(self, opening: Opening) -> None:
        self._hear("opened", opening)

    def on_committed(self, event_ids: tuple[str, ...]) -> None:
        self._hear("committed", event_ids)

    def on_trouble(self, trouble: Trouble) -> None:
        self._hear("trouble", trouble.kind)

    def on_recovered(self) -> None:
        self._hear("recovered")

    def wait_for(self, name: str) -> None:
        with self._changed:
            if not self._changed.wait_for(lambda: any(said == name for said, _ in self.said), WAIT):
                raise SystemExit(f"no {name} among {[said for said, _ in self.said]}")

    @property
    def names(self) -> list[str]:
        """What was told, without repeats of what was committed; troubles by their kind."""
        told: list[str] = []
        for name, value in self.said:
            said = f"trouble {value}" if name == "trouble" else name
            if not (said == "committed" and told[-1:] == ["committed"]):
                told.append(said)
        return told


def event(desk_id: str, seq: int, text: str = "", name: str = "") -> Envelope:
    """A note where there is a text, else the opening of a case; its id is `name`/`seq`."""
    at = Reading(NOON + timedelta(seconds=seq), float(seq), "boot-1")
    body = NoteTaken(f"n{seq}", NoteKind.CLAIM, text, at) if text else CaseOpened(str(seq))
    return Envelope(
        id=f"{name or desk_id}/{seq}",
        desk_id=desk_id,
        case_id="case-1",
        call_id="call-1",
        seq=seq,
        at=at,
        body=body,
    )


def summary(seq: int) -> CaseSummary:
    """A case line that says in `issue` after which event it was true."""
    at = NOON + timedelta(seconds=seq)
    return CaseSummary("case-1", "N1", "open", NOON, at, issue=str(seq), phase=CallPhase.TALKING)


def encrypt(path: Path) -> None:
    """Encrypt a folder under a key that this process and its children know."""
    key = keys.new_key()
    keys.remember(key)
    record = KeyRecord(key.key_id, key.fingerprint, ENCRYPTED, is_settled=False)
    write_record(path.parent, record)
    convert_all(path, WAIT)
