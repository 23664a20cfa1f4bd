"""A window with all that belongs to it, behind its first frame."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Qt

from ui.controller import Controller
from ui.look_keys import current_look
from ui.port.notices import Notice
from ui.port.workplace import Workplace
from ui.resuming import end_resuming
from ui.sidebar import Sidebar
from ui.trust_mark import TrustMark


class Desktop:
    """A window with all that belongs to it."""

    def __init__(
        self, workplace: Workplace, notices: Sequence[Notice], window: Sidebar | None = None
    ) -> None:
        self.workplace = workplace
        look = current_look(workplace)
        self.window = window or Sidebar(look)
        self.window.furnish(workplace)
        workplace.listen(lambda _: end_resuming(self.window))
        self.controller = Controller(workplace, self.window)
        self.trust = TrustMark(workplace, self.window)
        for notice in notices:
            self.window.notice.say(notice)
        if look == self.window.look:
            self.window.refresh()
        else:
            self.window.show_look(look)

    def raise_window(self) -> None:
        """Come forward: somebody started the program again."""
        self.window.setWindowState(self.window.windowState() & ~Qt.WindowState.WindowMinimized)
        self.window.show()
        self.window.raise_()
        self.window.take_keyboard()
