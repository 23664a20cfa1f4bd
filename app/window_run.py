"""The life of the window: opened once per data folder, closed with everything on the disk."""

from __future__ import annotations

import sys

from app.control import RAISE, Control
from app.opening import open_workplace
from app.system_clock import SystemClock
from app.trace_log import keep_running_on_mistakes, start_log
from desktop.ending import EndWatch
from desktop.folder_watch import FolderWatch
from desktop.instance import SingleInstance
from desktop.paths import Places, make_private
from desktop.screen import prefer_xwayland
from scripts_ja.texts import t
from ui.application import Application
from ui.ending import end_program


def run_window(where: Places) -> int:
    """Show the sidebar until it is closed; a second start raises the first instead."""
    make_private(where.data)
    start_log(where.logs)
    keep_running_on_mistakes()
    prefer_xwayland()
    application = Application(sys.argv)
    instance = SingleInstance(where.data, where.lock)
    if not instance.is_first():
        was_raised = instance.ask_first(RAISE)
        key = "instance.running" if was_raised else "instance.unreachable"
        sys.stdout.write(t(key) + "\n")
        return 0
    workplace, notices = open_workplace(where, SystemClock(), application.post)
    window = application.show(workplace, notices)
    workplace.start()
    workplace.settings.lay_out_file()
    instance.listen(Control(workplace, window.controller.carry_out, window.raise_window))
    make_private(where.inbox)
    watch = FolderWatch(where.inbox, workplace.arrivals.look)
    ending = EndWatch(lambda: end_program(window.window))
    application.after_first_paint(workplace.hotkeys.begin)
    application.after_first_paint(workplace.login_start.begin)
    application.after_first_paint(workplace.backups.begin)
    code = application.run()
    ending.stop()
    watch.stop()
    workplace.close()
    instance.release()
    workplace.backups.at_end()  # nobody waits for it, not even the next start
    return code
