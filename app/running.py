"""All that works behind the window, put together when its first frame is painted."""

from __future__ import annotations

from app.control import Control
from app.made_ready import MadeReady
from app.opening import open_workplace
from app.system_clock import SystemClock
from desktop.ending import EndWatch
from desktop.folder_watch import FolderWatch, LaterLook
from desktop.instance import SingleInstance
from desktop.paths import Places, make_private
from ui.application import Application
from ui.ending import end_program


class Running:
    """From the opened journal to the closed one."""

    def __init__(self, where: Places, application: Application, instance: SingleInstance) -> None:
        workplace, notices = open_workplace(where, SystemClock(), application.post)
        window = application.show(workplace, notices)
        workplace.start()
        workplace.settings.lay_out_file()
        instance.listen(Control(workplace, window.controller.carry_out, window.raise_window))
        make_private(where.inbox)
        self._watch = FolderWatch(where.inbox, workplace.arrivals.look)
        self._later = LaterLook(workplace.arrivals.look_for_waiting)
        workplace.arrivals.come_back = self._later.begin
        self._ending = EndWatch(lambda: end_program(window.window))
        self._workplace = workplace
        self._ready = MadeReady(workplace.session)
        application.after_next_paint(workplace.hotkeys.begin)
        application.after_next_paint(workplace.login_start.begin)
        application.after_next_paint(workplace.backups.begin)

    def close(self) -> None:
        """Write what waits and let go of everything."""
        self._ending.stop()
        self._watch.stop()
        self._later.stop()
        self._ready.stop()
        self._workplace.close()

    def back_up(self) -> None:
        """The backup of the day, when the next window may already open."""
        self._workplace.backups.at_end()
