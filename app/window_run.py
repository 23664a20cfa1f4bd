"""The life of the window: its first frame, opened once per data folder, and all that fills it."""

from __future__ import annotations

import gc
import os
import sys
from typing import TYPE_CHECKING

from app.first_choices import first_choices
from app.trace_log import keep_running_on_mistakes, start_log
from desktop.instance import SingleInstance
from desktop.paths import Places, make_private
from desktop.screen import prefer_xwayland
from scripts_ja.texts import t
from ui.application import Application

if TYPE_CHECKING:
    from app.running import Running


def run_window(where: Places) -> int:
    """Show the sidebar until it is closed; a second start raises the first instead."""
    make_private(where.data)
    log = start_log(where.logs)
    keep_running_on_mistakes()
    prefer_xwayland()
    application = Application(sys.argv)
    instance = SingleInstance(where.data, where.lock)
    if not instance.is_first():
        from app.control import RAISE

        # Where it was a command that had the lock, it is ours when that is done.
        was_raised = instance.ask(RAISE, or_lock=True) is not None
        if was_raised or not instance.is_first():
            key = "instance.running" if was_raised else "instance.unreachable"
            sys.stdout.write(t(key) + "\n")
            return 0
    running: list[Running] = []

    def fill() -> None:
        gc.enable()
        log.begin()
        from app.running import Running  # the whole program: behind the first frame

        running.append(Running(where, application, instance))

    is_resuming = os.path.exists(where.in_hand)  # noqa: PTH110 - raises nothing
    application.open(first_choices(where.settings)._replace(is_resuming=is_resuming))
    code = application.run(fill)
    for each in running:
        each.close()
    instance.release()
    for each in running:
        each.back_up()  # nobody waits for it, not even the next start
    return code
