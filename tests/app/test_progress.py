"""What takes over a second says at a terminal how far it is; nothing of it stands in the output."""

import io
import json
import sys
import threading
from datetime import UTC, datetime, timedelta

import pytest

from app.command_line import run
from app.commands import purge, restore
from app.progress_bar import ProgressBar
from app.sidebar_asked import wait_until
from storage.archive import Archive
from storage.backups import Backups
from storage.journal_file import JournalFile
from storage.purge import Purge
from tests.app.test_beside_sidebar import a_case

NOW = datetime(2026, 4, 1, 3, 0, tzinfo=UTC)
PATIENCE_SECONDS = 60.0
CLEARED = "\r\x1b[K"


class Terminal(io.StringIO):
    """Standard error as a person has it."""

    def __init__(self):
        super().__init__()
        self.is_moving = threading.Event()

    def write(self, text):
        if "░" in text:
            self.is_moving.set()
        return super().write(text)

    def isatty(self):
        return True


@pytest.fixture
def folder(tmp_path):
    file = JournalFile(tmp_path / "data" / "yorisoi.db", 2.0, lambda: NOW, lambda trouble: None)
    file.write(a_case(1, datetime.now(UTC) - timedelta(days=400), "水が漏れた"))
    file.close()
    Backups(tmp_path / "data" / "yorisoi.db").make("asked", NOW)
    return tmp_path / "data"


@pytest.fixture
def sit_at_terminal(monkeypatch):
    """Every second is over at once. Called in the test: pytest sets standard error before it."""

    def sit():
        terminal = Terminal()
        monkeypatch.setattr("app.progress_bar._PATIENCE_SECONDS", 0.0)
        monkeypatch.setattr(sys, "stderr", terminal)
        return terminal

    return sit


@pytest.mark.parametrize("command", ["backup", "restore", "purge", "doctor", "encrypt", "decrypt"])
def test_each_long_command_says_how_far_it_is(folder, sit_at_terminal, capsys, key_store, command):
    arguments = [command, "--json"]
    if command == "restore":
        arguments.insert(1, Backups(folder / "yorisoi.db").all()[0].path.name)
    if command == "decrypt":
        assert run(["--data-dir", str(folder), "encrypt", "--json"]) == 0
        capsys.readouterr()
    terminal = sit_at_terminal()
    assert run(["--data-dir", str(folder), *arguments]) == 0
    shown = terminal.getvalue()
    assert "%" in shown
    assert shown.endswith(CLEARED)
    json.loads(capsys.readouterr().out)


def test_a_purge_never_goes_back(folder):
    drawn = []
    now = datetime.now(UTC)
    Purge(folder / "yorisoi.db", on_done=drawn.append).overdue(["case-1"], now, now)
    assert drawn == sorted(drawn)
    assert 0.0 <= drawn[0] <= drawn[-1] <= 1.0
    assert len(drawn) > 1


@pytest.mark.parametrize(
    ("command", "where", "step"),
    [
        (["cases", "水"], Archive, "find"),
        (["restore"], restore, "views_of"),
        (["purge", "--dry-run"], purge, "view_of"),
    ],
    ids=["cases", "restore", "purge"],
)
def test_a_step_that_says_nothing_is_seen_to_go_on(
    folder, sit_at_terminal, monkeypatch, command, where, step
):
    monkeypatch.setattr("app.progress_bar._TICK_SECONDS", 0.001)
    terminal, original = sit_at_terminal(), getattr(where, step)

    def wait_for_the_bar(*arguments):
        assert terminal.is_moving.wait(PATIENCE_SECONDS)
        return original(*arguments)

    monkeypatch.setattr(where, step, wait_for_the_bar)
    assert run(["--data-dir", str(folder), *command]) == 0
    assert CLEARED in terminal.getvalue()


def test_something_moves_where_nobody_knows_how_far_it_is():
    terminal = Terminal()
    now = [0.0]
    with ProgressBar("消去しています", terminal, lambda: now[0]) as bar:
        bar.tick()
        assert terminal.getvalue() == ""
        now[0] = 1.0
        bar.tick()
        bar.tick()
    lines = terminal.getvalue().split("\r")
    assert lines[1].startswith("消去しています ░░█")
    assert lines[2].startswith("消去しています ░░░█")
    assert terminal.getvalue().endswith(CLEARED)
    bar.tick()
    assert terminal.getvalue().endswith(CLEARED), "over is over"


def test_patience_with_the_sidebar_has_an_end(monkeypatch, capsys):
    monkeypatch.setattr("app.sidebar_asked.WAIT_SECONDS", -1.0)
    assert not wait_until(lambda: False, "")
    assert capsys.readouterr().err == ""
