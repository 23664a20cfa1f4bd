"""Killed at any moment, the program loses nothing that it had shown to be there.

A call goes on over all kills, on one data folder. YORISOI_KILLS says how many (50); YORISOI_SEED
repeats the choices of an earlier run, though not its timing.
"""

from __future__ import annotations

import os
import random
import re
import shutil
import signal
import sqlite3
import statistics
import threading
import time
from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import closing
from pathlib import Path
from typing import NamedTuple
from urllib.parse import unquote

import pytest

from call.case import Case
from call.fold_times import CallPhase
from storage import reading
from tests.e2e.desktop import Desktop, Program, State

pytestmark = [pytest.mark.e2e, pytest.mark.timeout(0 if "YORISOI_KILLS" in os.environ else 290)]

KILLS = int(os.environ.get("YORISOI_KILLS") or 50)
# What was shown for so long is on the disk; what was typed may be so far behind what is shown.
SHOWN_SECONDS = 0.25
TYPED_SECONDS = 1.0
_WORDS = (
    "mizumore",
    "sentakuki",
    "kaidan",
    "denwa",
    "yakusoku",
    "shuuri",
    "nando mo",
    "okyakusama",
)
_SETTINGS = '[desk]\nname = "Suzuki"\ncompany = "Hidamari"\n'


class Hand:
    """Does things until the program is killed under it."""

    def __init__(self, desktop: Desktop, program: Program, choose: random.Random) -> None:
        self._desktop = desktop
        self._choose = choose
        self._text = program.field
        self.typed: list[str] = []
        self.over = threading.Event()

    def nothing(self) -> Iterator[None]:
        """Wait for the kill."""
        self.over.wait()
        yield

    def typing(self) -> Iterator[None]:
        """Notes of some words, saved or left off in the middle; serial numbers tell them apart."""
        while True:
            yield from self._word(f"n{self._choose.randrange(10**6)}-")
            for _ in range(self._choose.choice([2, 5, 40])):
                yield from self._word(self._choose.choice(_WORDS) + " ")
            if self._choose.random() < 0.3:
                yield from self._keys(f"ctrl+{self._choose.randint(1, 3)}")
            yield from self._keys("Return")
            self._text = ""

    def stages(self) -> Iterator[None]:
        """On and back."""
        while True:
            yield from self._keys(self._choose.choice(["ctrl+alt+n"] * 2 + ["ctrl+alt+b"]))

    def holds(self) -> Iterator[None]:
        """On hold, minutes announced, and back."""
        while True:
            yield from self._keys("ctrl+alt+w", f"alt+{self._choose.randint(1, 9)}")
            yield from self._keys("ctrl+alt+7")
            yield from self._keys("ctrl+alt+w")

    def marks(self) -> Iterator[None]:
        """Temperature, same talk, new facts, safety, and taking them back."""
        keys = [*"12345ovqz"]
        while True:
            yield from self._keys(f"ctrl+alt+{self._choose.choice(keys)}")

    def export(self) -> Iterator[None]:
        """The handoff note, again and again."""
        while True:
            yield from self._keys("ctrl+alt+e")
            self.over.wait(self._choose.uniform(0, 0.4))
            yield from self._keys("Escape")

    def calls(self) -> Iterator[None]:
        """End the call, finish it or not, and take the next one."""
        while True:
            yield from self._keys(*["ctrl+alt+k"] * self._choose.randint(1, 2))
            yield from self._keys("ctrl+alt+s")
            yield from self._keys("ctrl+alt+3", "ctrl+alt+n")

    def _word(self, word: str) -> Iterator[None]:
        self._desktop.type(word, 6)
        self._text += word
        self.typed.append(self._text.strip())
        yield from self._pause(0.15)

    def _keys(self, *keys: str) -> Iterator[None]:
        self._desktop.key(*keys)
        yield from self._pause(0.12)

    def _pause(self, at_most: float) -> Iterator[None]:
        """Ends early when the program is gone."""
        self.over.wait(self._choose.uniform(0, at_most))
        yield


STARTING = "starting"
_ACTIVITIES: dict[str, Callable[[Hand], Iterator[None]]] = {
    STARTING: Hand.nothing,
    "typing": Hand.typing,
    "stages": Hand.stages,
    "holds": Hand.holds,
    "marks": Hand.marks,
    "export": Hand.export,
    "calls": Hand.calls,
}


class Disk(NamedTuple):
    """What a kill left behind."""

    event_ids: frozenset[str] = frozenset()
    case: Case | None = None
    draft: str = ""
    texts: tuple[str, ...] = ()

    @property
    def state(self) -> State:
        """What the next start has to show."""
        case = self.case
        if case is None:
            return State()
        stage = case.stages.current
        return State(
            case.phase.value,
            case.case_no,
            stage.stage_id if stage else "-",
            case.marks.temperature,
            case.holds_in_call,
            len(case.notes.notes),
        )

    @classmethod
    def read(cls, data: Path, folder: Path) -> Disk:
        """Read a copy: the files themselves are for the next start to mend."""
        folder.mkdir(exist_ok=True)
        copy = folder / "yorisoi.db"
        for suffix in ("", "-wal"):
            copied = folder / f"yorisoi.db{suffix}"
            copied.unlink(missing_ok=True)
            if (data / copied.name).exists():
                shutil.copy(data / copied.name, copied)
        if not copy.exists():
            return cls()
        with closing(sqlite3.connect(copy)) as connection:
            assert connection.execute("PRAGMA quick_check").fetchall() == [("ok",)]
            return cls._of(connection)

    @classmethod
    def _of(cls, connection: sqlite3.Connection) -> Disk:
        ids = frozenset(id_ for (id_,) in connection.execute("SELECT id FROM events"))
        running = [Case.of(*found) for found in reading.running_cases(connection)]
        in_hand = [case for case in running if case.phase is not CallPhase.PARKED]
        assert len(in_hand) <= 1, [case.phase for case in in_hand]
        case = in_hand[0] if in_hand else None
        drafts = reading.drafts(connection)
        here = ("", case.id if case else "")
        own = [d for d in drafts if d.case_id in here and d.field != "note-kind"]
        texts = [d.text for d in drafts] + [
            text
            for (text,) in connection.execute(
                "SELECT payload ->> 'text' FROM events WHERE kind = 'NoteTaken'"
            )
        ]
        return cls(ids, case, own[-1].text if own else "", tuple(texts))


class Run:
    """The kills of one run, and what they showed."""

    def __init__(self, desktop: Desktop, seed: int) -> None:
        self._desktop = desktop
        self._choose = random.Random(seed)
        self._data = desktop.folder / "data"
        self._data.mkdir()
        (self._data / "settings.toml").write_text(_SETTINGS, encoding="utf-8")
        self._painted: set[str] = set()
        self._committed: set[str] = set()
        self.kills: Counter[str] = Counter()
        self.gaps: list[float] = []
        self.starts: list[float] = []
        self.typing_behind = 0.0
        self.words: Counter[str] = Counter()

    def start(self, disk: Disk) -> Program:
        """Start, and check that what was there is there again."""
        begun = time.monotonic()
        program = Program(self._desktop, self._data)
        program.wait(lambda p: "state" in p.report.latest, "the window is painted")
        self.starts.append(time.monotonic() - begun)
        program.wait(lambda p: p.state == disk.state, f"the case is back: {disk.state}")
        if disk.case is not None:
            program.wait(lambda p: p.notice[0] == "recovered", "the line that says so")
            _check_line(program.notice[1], disk.case)
        if disk.draft:
            program.wait(lambda p: p.field == disk.draft, f"the text is back: {disk.draft!r}")
        program.wait_shown()
        return program

    def kill_during(self, activity: str, before: Disk) -> Disk:
        """Kill the program at some moment of an activity, and look what is on the disk."""
        if activity == STARTING:
            program, at_most = Program(self._desktop, self._data), 0.9
        else:
            program, at_most = self.start(before), 2.8
            self._begin_a_call(program)
        hand = Hand(self._desktop, program, self._choose)
        killed: list[float] = []

        def kill() -> None:
            killed.append(program.kill())
            hand.over.set()

        timer = threading.Timer(self._choose.uniform(0.05, at_most), kill)
        timer.start()
        for _ in _ACTIVITIES[activity](hand):
            if hand.over.is_set():
                break
        timer.join()
        assert program.wait_gone() == -signal.SIGKILL
        self.kills[activity] += 1
        disk = Disk.read(self._data, self._desktop.folder / "copy")
        self._check_events(program, killed[0], before, disk)
        self._check_typing(program, hand, killed[0], disk)
        return disk

    def _begin_a_call(self, program: Program) -> None:
        if program.state.phase == "idle":
            self._desktop.key("ctrl+alt+s")
            program.wait(lambda p: p.state.phase == "talking", "a call")

    def _check_events(self, program: Program, killed_at: float, before: Disk, disk: Disk) -> None:
        painted, committed = program.report.ids("painted"), program.report.ids("committed")
        self.gaps += [committed[i] - at for i, at in painted.items() if i in committed]
        self._committed |= set(committed)
        self._painted |= set(program.report.ids("painted", killed_at - SHOWN_SECONDS))
        lost = self._committed - disk.event_ids
        assert not lost, f"reported as committed and not there: {lost}"
        lost = self._painted - disk.event_ids
        assert not lost, f"shown {SHOWN_SECONDS} s before the kill and not there: {lost}"
        if painted and disk.case is not None and set(painted) == disk.event_ids - before.event_ids:
            assert program.state == disk.state

    def _check_typing(self, program: Program, hand: Hand, killed_at: float, disk: Disk) -> None:
        """From the moment it was shown: how long a key is on its way is the machine's affair."""
        shown = [
            (line.at, unquote(line.value)) for line in program.report.lines if line.word == "field"
        ]
        for text in hand.typed:
            at = next((at for at, field in shown if field.startswith(text)), killed_at)
            self.words["typed"] += 1
            self.words["shown"] += at < killed_at
            if not any(kept.strip().startswith(text) for kept in disk.texts):
                behind = killed_at - at
                self.typing_behind = max(self.typing_behind, behind)
                assert behind < TYPED_SECONDS, f"shown {behind:.2f} s before and lost: {text!r}"

    def __str__(self) -> str:
        kills = ", ".join(f"{name} {count}" for name, count in sorted(self.kills.items()))
        gaps = sorted(self.gaps) or [0.0]
        return (
            f"{self.kills.total()} kills ({kills}); {len(self._committed)} events committed, "
            f"{len(self._painted)} of them shown {SHOWN_SECONDS} s before a kill; paint to commit: "
            f"median {statistics.median(gaps) * 1000:.1f} ms, worst {gaps[-1] * 1000:.1f} ms; "
            f"{self.words['shown']} of {self.words['typed']} words shown, "
            f"typing at most {self.typing_behind:.2f} s behind; "
            f"start to first paint: median {statistics.median(self.starts or [0]):.2f} s"
        )


def test_kill_at_any_moment(desktop: Desktop, capsys: pytest.CaptureFixture[str]) -> None:
    seed = int(os.environ.get("YORISOI_SEED") or time.time())
    run, disk = Run(desktop, seed), Disk()
    try:
        for activity in _deck(random.Random(seed)):
            disk = run.kill_during(activity, disk)
        run.start(disk)
        assert run.words["shown"] >= run.words["typed"] / 2, "typing does not arrive"
    finally:
        with capsys.disabled():
            print(f"\nseed {seed}: {run}")  # noqa: T201 - what the run measured


def _deck(choose: random.Random) -> list[str]:
    """Every activity as often as any other, typing twice as often."""
    deck = [*_ACTIVITIES, "typing"] * (KILLS // len(_ACTIVITIES) + 1)
    chosen = deck[:KILLS]
    choose.shuffle(chosen)
    return chosen


def _check_line(line: str, case: Case) -> None:
    """「前回の続きから…（経過 1:23）」, and the clock goes on from the call's start."""
    found = re.fullmatch(r"前回の続きから再開しました（経過 (?:(\d+):)?(\d+):(\d+)）", line)
    assert found, line
    assert case.call is not None
    hours, minutes, seconds = (int(part or 0) for part in found.groups())
    began = case.call.spans[0].start.wall.timestamp()
    if case.phase.is_live:
        shown = hours * 3600 + minutes * 60 + seconds
        assert abs(time.time() - began - shown) < 5, line
