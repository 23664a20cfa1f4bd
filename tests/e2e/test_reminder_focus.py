"""A callback comes near while the agent types elsewhere: it is shown, and the keyboard stays there.

For real: another window has the focus, the clock is the machine's, and the reminder comes by itself.
"""

from __future__ import annotations

import queue
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from itertools import cycle
from pathlib import Path

import pytest

from app.opening import open_workplace
from app.system_clock import SystemClock
from call import commands as c
from desktop.paths import Places
from tests.e2e.desktop import Desktop, Program, wait_until
from tests.e2e.test_hotkeys import Terminal, XfceDesktop, managed  # noqa: F401 - a fixture

pytestmark = [pytest.mark.e2e, pytest.mark.timeout(120)]

_SETTINGS = '[desk]\nname = "Suzuki"\ncompany = "Hidamari"\n'
_PATIENCE_SECONDS = 20.0
# Long enough for the program to be there first; where it is slower the reminder greets it.
_AHEAD = timedelta(seconds=12)


def owe_a_callback(data: Path, due_at: datetime) -> None:
    """A case of yesterday's colleague, in the data folder before the program starts."""
    data.mkdir()
    (data / "settings.toml").write_text(_SETTINGS, encoding="utf-8")
    posted: queue.Queue[Callable[[], object]] = queue.Queue()
    work, _ = open_workplace(Places(data), SystemClock(), posted.put)
    work.start()
    while not work.session.is_open:
        posted.get(timeout=_PATIENCE_SECONDS)()
    for command in (
        c.StartCall("0312345678"),
        c.FillField("customer", "Yamada"),
        c.CommitCallback("Sato", due_at),
        c.AnswerCallback(accepted=True),
        c.RecordHandoff("text", "a.txt"),
        c.EndCall(),
        c.FinishWrapUp(),
    ):
        assert work.do(command).refusal is None, command
    assert work.close()


@pytest.mark.parametrize(
    ("managed", "minutes", "prompt"),
    [(Desktop, 15, "callback_first"), (XfceDesktop, 5, "callback_last")],
    indirect=["managed"],
)
def test_a_reminder_is_shown_and_the_keyboard_stays_where_it_is(
    managed: Desktop,  # noqa: F811
    minutes: int,
    prompt: str,
) -> None:
    data = managed.folder / "data"
    owe_a_callback(data, datetime.now(UTC) + timedelta(minutes=minutes) + _AHEAD)
    terminal = Terminal(managed)
    program = Program(managed, data)
    program.wait_painted()
    terminal.focus()
    typed = []

    def is_shown() -> bool:
        """Type on while it is waited for."""
        letter = next(letters)
        managed.type(letter)
        typed.append(letter)
        assert terminal.has_focus()
        return program.report.latest.get("advice") == prompt

    letters = cycle("the crm is typed into all the while ")
    wait_until(is_shown, "the reminder", seconds=60)
    managed.type("after")
    assert terminal.has_focus()
    assert not program.has_focus()
    expected = ("".join(typed) + "after").encode()
    wait_until(lambda: terminal.typed() == expected, "all of it came to the xterm")
    assert program.field == ""
    assert program.sheet == ""
